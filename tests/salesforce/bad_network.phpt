--TEST--
A bad network: each of its faults is told as what it is, is got over where a repeat is safe, and doubles nothing where it is not
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/proxy.inc';
Emulator::start();
$proxy = new FaultProxy();
// each call in a PHP of its own, whose connection is there before the faults begin
$code = <<<'CODE'
[, $host, $account, $what] = $argv;
$sf = new Samlforce\Salesforce\Client(Samlforce\Salesforce\Credentials::jwtBearer(Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'), timeoutMs: 6000, firstByteTimeoutMs: 2000);
$sf->limits();
file_put_contents($argv[4] . '/faults', implode("\n", array_slice($argv, 5)));
@unlink("$argv[4]/log");
echo told(match ($what) {
    'read' => fn () => $sf->limits(),
    'read, and again' => fn () => print(told(fn () => $sf->limits()) . ' and ' . told(fn () => $sf->limits()) . ' '),
    'upsert' => fn () => $sf->upsert('Contact', 'WP_User_Id__c', 'bad-network-1', ['LastName' => 'Upserted', 'AccountId' => $account]),
    'create' => fn () => $sf->create('Contact', ['LastName' => 'Created', 'AccountId' => $account]),
    'delete' => fn () => $sf->delete('Contact', $sf->upsert('Contact', 'WP_User_Id__c', 'deleted-' . end($argv), ['LastName' => 'Deleted', 'AccountId' => $account])['id']),
});
CODE;
$ini = ['samlforce.allowed_hosts' => Emulator::$env['SF_HOST'] . ' ' . $proxy->host];
$try = function (string $what, string ...$faults) use ($proxy, $code, $ini): void {
    $out = Emulator::php($code, $ini, arguments: [$proxy->host, Emulator::$env['SF_ACCOUNT_ID'], $what, $proxy->folder, ...$faults]);
    echo str_pad(implode(' ', $faults), 24), str_pad($what, 7), $out, ' [', implode(', ', $proxy->log()), "]\n";
};
foreach (['hard-close', 'hard-reset', 'close', 'reset', 'head', 'cut', 'delay:1', 'delay:5', 'drip:2', 'longer', 'shorter', 'corrupt', 'bad-gzip', 'bomb', 'html', 'garbage'] as $fault) {
    $try('read', $fault);
}
foreach (['hard-reset', 'reset', 'cut', 'longer', 'html', 'garbage'] as $fault) {
    $try('upsert', $fault);
}
foreach (['hard-close', 'close', 'cut', 'corrupt', 'bad-gzip', 'html'] as $fault) {
    $try('create', $fault);
}
foreach (['hard-close', 'close', 'reset', 'html'] as $fault) {
    $try('delete', 'none', $fault);
}
$try('read, and again', 'shorter');
$try('read', 'reset', 'cut', 'html');
$names = array_count_values(array_map(fn (array $c): string => $c['LastName'] . ($c['IsDeleted'] ? ', and gone' : ''), json_decode(Emulator::ctl('dump'), true)['contacts']));
ksort($names);
echo json_encode($names), "\n";
?>
--EXPECT--
hard-close              read   done [hard-close GET limits, none GET limits]
hard-reset              read   done [hard-reset GET limits, none GET limits]
close                   read   done [close GET limits, none GET limits]
reset                   read   done [reset GET limits, none GET limits]
head                    read   done [head GET limits, none GET limits]
cut                     read   done [cut GET limits, none GET limits]
delay:1                 read   done [delay:1 GET limits]
delay:5                 read   done [delay:5 GET limits, none GET limits]
drip:2                  read   done [drip:2 GET limits]
longer                  read   done [longer GET limits, none GET limits]
shorter                 read   BrokenAnswer Retry - 200 [shorter GET limits]
corrupt                 read   done [corrupt GET limits, none GET limits]
bad-gzip                read   done [bad-gzip GET limits, none GET limits]
bomb                    read   BrokenAnswer TellPerson - 200 ambiguous [bomb GET limits]
html                    read   done [html GET limits, none GET limits]
garbage                 read   done [garbage GET limits, none GET limits]
hard-reset              upsert done [hard-reset PATCH sobjects/Contact/WP_User_Id__c/bad-network-1, none PATCH sobjects/Contact/WP_User_Id__c/bad-network-1]
reset                   upsert done [reset PATCH sobjects/Contact/WP_User_Id__c/bad-network-1, none PATCH sobjects/Contact/WP_User_Id__c/bad-network-1]
cut                     upsert done [cut PATCH sobjects/Contact/WP_User_Id__c/bad-network-1, none PATCH sobjects/Contact/WP_User_Id__c/bad-network-1]
longer                  upsert done [longer PATCH sobjects/Contact/WP_User_Id__c/bad-network-1, none PATCH sobjects/Contact/WP_User_Id__c/bad-network-1]
html                    upsert done [html PATCH sobjects/Contact/WP_User_Id__c/bad-network-1, none PATCH sobjects/Contact/WP_User_Id__c/bad-network-1]
garbage                 upsert done [garbage PATCH sobjects/Contact/WP_User_Id__c/bad-network-1, none PATCH sobjects/Contact/WP_User_Id__c/bad-network-1]
hard-close              create BrokenAnswer LookUp - - ambiguous [hard-close POST sobjects/Contact]
close                   create BrokenAnswer LookUp - - ambiguous [close POST sobjects/Contact]
cut                     create BrokenAnswer LookUp - 201 ambiguous [cut POST sobjects/Contact]
corrupt                 create BrokenAnswer LookUp - 201 ambiguous [corrupt POST sobjects/Contact]
bad-gzip                create BrokenAnswer LookUp - 201 ambiguous [bad-gzip POST sobjects/Contact]
html                    create ServerError LookUp - 502 ambiguous [html POST sobjects/Contact]
none hard-close         delete done [none PATCH sobjects/Contact/WP_User_Id__c/deleted-hard-close, hard-close DELETE sobjects/Contact/ID, none DELETE sobjects/Contact/ID]
none close              delete done [none PATCH sobjects/Contact/WP_User_Id__c/deleted-close, close DELETE sobjects/Contact/ID, none DELETE sobjects/Contact/ID]
none reset              delete done [none PATCH sobjects/Contact/WP_User_Id__c/deleted-reset, reset DELETE sobjects/Contact/ID, none DELETE sobjects/Contact/ID]
none html               delete done [none PATCH sobjects/Contact/WP_User_Id__c/deleted-html, html DELETE sobjects/Contact/ID, none DELETE sobjects/Contact/ID]
shorter                 read, and againBrokenAnswer Retry - 200 and done done [shorter GET limits, none GET limits]
reset cut html          read   done [reset GET limits, cut GET limits, html GET limits, none GET limits]
{"Created":5,"Deleted, and gone":4,"Upserted":1}
