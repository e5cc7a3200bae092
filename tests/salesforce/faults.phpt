--TEST--
Each fault of the network and of Salesforce: what it is called, what to do, what was sent again, and what must not be
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
$sf = Emulator::client();
$sf->limits();
$account = Emulator::$env['SF_ACCOUNT_ID'];
$upsert = fn () => Emulator::client(4000)->upsert('Contact', 'WP_User_Id__c', '0a1b2c3d-1', ['LastName' => 'A', 'AccountId' => $account]);
$create = fn () => Emulator::client(4000)->create('Contact', ['LastName' => 'B', 'AccountId' => $account]);
$read = fn () => Emulator::client(4000)->limits();
$contacts = fn () => count(json_decode(Emulator::ctl('dump'), true)['contacts']);

function try_with(string $title, callable $call, string ...$fault): void
{
    Emulator::requests();
    Emulator::ctl('fault', ...$fault);
    echo "$title: ", told($call), "\n", Emulator::log();
    Emulator::ctl('fault', 'clear');
}

try_with('503 once, upsert', $upsert, '503', '--times', '1');
try_with('503 with a long Retry-After, upsert', $upsert, '503', '--times', '1', '--seconds', '30');
try_with('503 for good, read', $read, '503');
try_with('503, create', $create, '503');
try_with('lock once, upsert', $upsert, 'lock', '--times', '1');
try_with('lock, create', $create, 'lock');
try_with('half an answer once, read', $read, 'half', '--times', '1', '--match', 'limits');
$before = $contacts();
try_with('half an answer, create (it is carried out)', $create, 'half', '--times', '1');
echo "  contacts made: ", $contacts() - $before, "\n";
try_with('hung up, create', $create, 'close', '--times', '1');
try_with('hung up once after it was done, upsert', $upsert, 'close', '--times', '1', '--carried-out');
echo "  contacts made: ", $contacts() - $before, "\n";
try_with('the limit is reached', $upsert, 'error', '--code', 'REQUEST_LIMIT_EXCEEDED', '--status', '403');
try_with('a proxy in between', $read, 'error', '--code', 'X', '--status', '502', '--times', '1');
try_with('the sign-in is down once', function () use ($create) { Emulator::ctl('expire-tokens'); $create(); }, '503', '--times', '1', '--match', 'oauth2');
?>
--EXPECT--
503 once, upsert: done
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 503
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 201
503 with a long Retry-After, upsert: ServerError Retry SERVER_UNAVAILABLE 503 retryAfter=30
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 503
503 for good, read: ServerError Retry SERVER_UNAVAILABLE 503 retryAfter=1
  GET limits 503
  GET limits 503
  GET limits 503
503, create: ServerError Retry SERVER_UNAVAILABLE 503 retryAfter=1
  POST sobjects/Contact 503
lock once, upsert: done
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 400
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 200
lock, create: Refused Retry UNABLE_TO_LOCK_ROW 400
  POST sobjects/Contact 400
half an answer once, read: done
  GET limits 200
  GET limits 200
half an answer, create (it is carried out): BrokenAnswer LookUp - 201 ambiguous
  POST sobjects/Contact 201
  contacts made: 1
hung up, create: BrokenAnswer LookUp - - ambiguous
  POST sobjects/Contact 0
hung up once after it was done, upsert: done
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 0
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 200
  contacts made: 1
the limit is reached: Refused Pause REQUEST_LIMIT_EXCEEDED 403
  PATCH sobjects/Contact/WP_User_Id__c/0a1b2c3d-1 403
a proxy in between: done
  GET limits 502
  GET limits 200
the sign-in is down once: done
  POST sobjects/Contact 401
  POST /services/oauth2/token 503
  POST /services/oauth2/token 200
  POST sobjects/Contact 201
