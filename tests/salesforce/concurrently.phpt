--TEST--
Several calls at once go over one connection of HTTP/2, each with its own result under its key; a lost token, a fault and GOAWAY hinder none of the others
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
use Samlforce\Salesforce\SalesforceException;

Emulator::start();
$sf = Emulator::client();
$account = Emulator::$env['SF_ACCOUNT_ID'];
$show = function (array $results): string {
    $kinds = array_map(fn ($r) => $r instanceof SalesforceException ? $r->reason->name . ' ' . $r->httpStatus : get_debug_type($r), $results);
    $counts = array_count_values($kinds);
    ksort($counts);
    return json_encode(count($kinds) > 6 ? $counts : $kinds);
};
$asked = function (): string {
    $log = array_filter(Emulator::requests(), fn ($r) => !str_contains($r['path'], 'oauth2'));
    $counts = array_count_values(array_map(static fn ($r) => "{$r['method']} {$r['status']}", $log));
    ksort($counts);
    return json_encode($counts) . ' ' . implode(', ', array_unique(array_column($log, 'protocol'))) . ', ' . count(array_unique(array_column($log, 'connection'))) . ' connection';
};
echo $show($sf->concurrently(['limits' => ['GET', 'limits'], 7 => ['GET', 'sobjects/Contact/003000000000001AAA'], 'new' => ['POST', 'sobjects/Contact', ['LastName' => 'One', 'AccountId' => $account]], 'none' => ['GET', '/services/data/v67.0/nothing', null]])), "\n  ", $asked(), "\n";
echo $show([$sf->concurrently([])]), " for none\n";

$lots = [];
for ($i = 0; $i < 100; $i++) {
    $lots["n$i"] = ['POST', 'sobjects/Contact', ['LastName' => "N $i", 'AccountId' => $account, 'WP_User_Id__c' => "n-$i"]];
}
$results = $sf->concurrently($lots, 10);
echo 'a hundred: ', $show($results), ', in order: ', array_keys($results) === array_keys($lots) ? 'yes' : 'no', "\n  ", $asked(), "\n";
$ids = array_column($results, 'id');
echo 'read again: ', $show($sf->concurrently(array_map(fn ($id) => ['GET', "sobjects/Contact/$id?fields=LastName"], $ids), 100)), ', and it is theirs: ';
echo array_column($sf->concurrently(array_map(fn ($id) => ['GET', "sobjects/Contact/$id?fields=LastName"], $ids), 100), 'LastName') === array_map(fn ($i) => "N $i", range(0, 99)) ? "yes\n" : "no\n";
Emulator::requests();
Emulator::ctl('expire-tokens');
echo 'all sessions end: ', $show($sf->concurrently(array_fill(0, 30, ['GET', 'limits']))), "\n  ", $asked(), "\n";
Emulator::ctl('fault', '503', '--times', '5', '--seconds', '1');
echo 'five times 503: ', $show($sf->concurrently(array_fill(0, 30, ['GET', 'limits']))), "\n  ", $asked(), "\n";
Emulator::ctl('fault', '503', '--times', '5', '--seconds', '1');
echo 'five times 503 for creations: ', $show($sf->concurrently(array_fill(0, 30, ['POST', 'sobjects/Contact', ['LastName' => 'X', 'AccountId' => $account]]), 5)), "\n  ", $asked(), "\n";
Emulator::ctl('fault', 'timeout', '--times', '1');
echo 'one never answers: ', $show(Emulator::client(1500)->concurrently(array_fill(0, 10, ['GET', 'limits']))), "\n  ", $asked(), "\n";
Emulator::ctl('fault', 'clear');
Emulator::ctl('fault', 'slow', '--seconds', '0.5');
$from = microtime(true);
$sf->concurrently(array_fill(0, 20, ['GET', 'limits']), 20);
echo 'twenty that take half a second each, together: ', microtime(true) - $from < 5 ? "less than half of ten\n" : "TOO LONG\n";
Emulator::ctl('fault', 'clear');

foreach (['goaway-refuse', 'goaway-after'] as $fault) {
    $proxy = new FaultProxy();
    $proxy->faults($fault);
    echo "$fault: ", Emulator::php('$r = Emulator::client(10000)->concurrently(array_fill(0, 8, ["GET", "limits"])); echo count(array_filter($r, "is_array")), " answers";', ['samlforce.allowed_hosts' => Emulator::$env['SF_HOST'] . ' ' . $proxy->host]);
    $log = array_count_values(preg_replace('/stream \d+/', 'stream', $proxy->log()));
    echo ', each asked for once: ', $log['none stream answered'] + ($log["$fault stream answered"] ?? 0), ", refused: ", $log["$fault stream refused"], "\n";
    unset($proxy);
}

echo 'no token: ', told(fn () => (new Samlforce\Salesforce\Client(Emulator::credentials(['username' => 'nobody@example.org'])))->concurrently([['GET', 'limits'], ['GET', 'limits']])), "\n";
foreach ([
    [[['GET']]], [['GET limits']], [[['TRACE', 'limits']]], [[['GET', 'limits', []]]], [[['GET', '/services/oauth2/userinfo']]], [[['POST', 'x', 'text']]], [[['POST', 'x', ["\xFF"]]]],
    [array_fill(0, 1001, ['GET', 'limits'])], [[['GET', 'limits']], 0], [[['GET', 'limits']], 101],
] as $arguments) {
    echo told(fn () => $sf->concurrently(...$arguments)), "\n";
}
Emulator::requests();
echo 'a thousand is the most: ', $show($sf->concurrently(array_fill(0, 1000, ['GET', '/services/data']), 100)), "\n";
?>
--EXPECT--
{"limits":"array","7":"NotFound 404","new":"array","none":"NotFound 404"}
  {"GET 200":1,"GET 404":2,"POST 201":1} HTTP/2.0, 1 connection
["array"] for none
a hundred: {"array":100}, in order: yes
  {"POST 201":100} HTTP/2.0, 1 connection
read again: {"array":100}, and it is theirs: yes
all sessions end: {"array":30}
  {"GET 200":30,"GET 401":30} HTTP/2.0, 1 connection
five times 503: {"array":30}
  {"GET 200":30,"GET 503":5} HTTP/2.0, 1 connection
five times 503 for creations: {"ServerError 503":5,"array":25}
  {"POST 201":25,"POST 503":5} HTTP/2.0, 1 connection
one never answers: {"TimedOut ":1,"array":9}
  {"GET 0":1,"GET 200":9} HTTP/2.0, 1 connection
twenty that take half a second each, together: less than half of ten
goaway-refuse: 8 answers, each asked for once: 8, refused: 1
goaway-after: 8 answers, each asked for once: 8, refused: 1
no token: Authentication Authenticate invalid_grant 400
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) must be a list of [method, path] or [method, path, body]
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) must be a list of [method, path] or [method, path, body]
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) must have GET, POST, PATCH, PUT or DELETE as methods
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) must have no body for GET
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) must have paths below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) must be a list of [method, path] or [method, path, body]
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than 512
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #1 ($requests) must have at most 1000 requests
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #2 ($limit) must be between 1 and 100
ValueError: Samlforce\Salesforce\Client::concurrently(): Argument #2 ($limit) must be between 1 and 100
a thousand is the most: {"array":1000}
