--TEST--
One token and one connection for all calls of all clients with the same credentials; one new token after a 401, once
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
Emulator::start();
for ($i = 0; $i < 3; $i++) {
    Emulator::client()->limits();
}
$log = Emulator::requests();
echo count($log), ' requests, ', count(array_unique(array_column($log, 'connection'))), " connection\n";
echo $log[0]['path'], "\n";
echo implode(', ', array_unique(array_column($log, 'protocol'))), ', ', implode(', ', array_unique(array_column($log, 'tls'))), "\n";

echo "the session ends:\n";
Emulator::ctl('expire-tokens');
Emulator::client()->limits();
echo Emulator::log();

echo "a create is replayed too, for what was refused for its token was not carried out:\n";
Emulator::ctl('expire-tokens');
Emulator::client()->create('Contact', ['LastName' => 'Once', 'AccountId' => Emulator::$env['SF_ACCOUNT_ID']]);
echo Emulator::log();

echo "every token is refused at once:\n";
Emulator::ctl('fault', '401');
echo told(fn () => Emulator::client()->limits()), "\n";
echo Emulator::log();
Emulator::ctl('fault', 'clear');

echo "other credentials have another token:\n";
Emulator::client()->limits();
Emulator::requests();
$other = new Samlforce\Salesforce\Client(Emulator::credentials(['audience' => 'https://login.salesforce.com']));
$other->limits();
Emulator::client()->limits();
$other->limits();
echo Emulator::log();

echo "more credentials than a worker keeps tokens for:\n";
foreach (range(1, 12) as $i) {
    $clients[] = new Samlforce\Salesforce\Client(Emulator::credentials(['audience' => 'https://login.salesforce.com' . str_repeat('/', $i)]));
    echo preg_replace('~: .*~', '', told(fn () => end($clients)->limits())), ' ';
}
echo "\n";
?>
--EXPECT--
4 requests, 1 connection
/services/oauth2/token
HTTP/1.1, TLSv1.3
the session ends:
  GET limits 401
  POST /services/oauth2/token 200
  GET limits 200
a create is replayed too, for what was refused for its token was not carried out:
  POST sobjects/Contact 401
  POST /services/oauth2/token 200
  POST sobjects/Contact 201
every token is refused at once:
Authentication Authenticate INVALID_SESSION_ID 401
  GET limits 401
  POST /services/oauth2/token 200
  GET limits 401
other credentials have another token:
  POST /services/oauth2/token 200
  GET limits 200
  GET limits 200
  GET limits 200
more credentials than a worker keeps tokens for:
done done done done done done done done done done done done
