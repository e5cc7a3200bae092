--TEST--
Client::changes(): change events as they come, from where one wants, by several channels, without one's own, and for as long as one wants
--EXTENSIONS--
samlforce
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--CONFLICTS--
emulator
--FILE--
<?php
require __DIR__ . '/emulator.inc';

use Samlforce\Salesforce\Change;

Emulator::start();
Emulator::ctl('set', 'cometd_timeout_ms', '3000');
Emulator::ctl('capture', 'Contact', 'Account');
$client = Emulator::client();
const CONTACTS = '/data/ContactChangeEvent';
const ALL = '/data/ChangeEvents';

/** What came, in one line each. */
function lines(iterable $changes): array
{
    $lines = [];
    foreach ($changes as $key => $change) {
        $lines[] = "$change->object $change->changeType " . implode(',', array_map(static fn ($v) => is_array($v) ? implode(' ', $v) : $v, array_intersect_key($change->fields, ['Name' => 1, 'Email' => 1])));
        if ($key !== $change->replayId) {
            $lines[] = 'the key is not the replay id';
        }
    }
    return $lines;
}

echo "-- one record's life\n";
$id = $client->create('Contact', ['LastName' => 'Lovelace', 'FirstName' => 'Ada']);
$client->update('Contact', $id, ['FirstName' => null, 'Email' => 'ada@example.org']);
$client->delete('Contact', $id);
$seen = iterator_to_array($client->changes(CONTACTS, -2, idleSeconds: 1), false);
foreach ($seen as $change) {
    echo "$change->channel $change->object $change->changeType ", json_encode([$change->recordIds === [$id], $change->changedFields, $change->nulledFields, $change->diffFields, $change->fields['Name'] ?? null, $change->fields['Email'] ?? null]), "\n";
}
[$create, $update, $delete] = $seen;
var_dump($create->changeOrigin, $create->sequenceNumber, $create->transactionKey !== $update->transactionKey, abs($create->commitTimestamp / 1000 - time()) < 60,
    $create->commitNumber > 0, substr($create->commitUser, 0, 3), isset($create->fields['CreatedDate']), $create->position === [CONTACTS => $create->replayId]);

echo "\n-- from where one wants\n";
echo json_encode(lines($client->changes(CONTACTS, $create->replayId, idleSeconds: 1))), "\n";
echo json_encode(lines($client->changes($update->position, idleSeconds: 1))), "\n";
echo json_encode(lines($client->changes(CONTACTS, idleSeconds: 1))), " (only what is new)\n";

echo "\n-- as they happen\n";
$other = proc_open([...Emulator::phpCommand(), '-r', 'require ' . var_export(__DIR__ . '/emulator.inc', true) . '; Emulator::$env = parse_ini_file(getenv("SAMLFORCE_EMULATOR") . "/env", false, INI_SCANNER_RAW);
    usleep(1500000); $c = Emulator::client(); $id = $c->create("Contact", ["LastName" => "From elsewhere"]); usleep(700000); $c->update("Contact", $id, ["LastName" => "Again"]);'], [], $pipes);
$asked = 0;
$lines = [];
foreach ($client->changes(CONTACTS, stop: static function () use (&$asked, &$lines): bool { $asked++; return count($lines) === 2; }, seconds: 60) as $change) {
    $lines[] = $change->fields['Name']['LastName'];
}
proc_close($other);
echo json_encode($lines), ' ', $asked >= 3 ? 'asked' : $asked, "\n";

echo "\n-- two channels, each with its place\n";
$account = $client->create('Account', ['Name' => 'Acme']);
$ids = [];
foreach (['One', 'Two'] as $name) {
    $ids[] = $client->create('Contact', ['LastName' => $name]);
}
$seen = iterator_to_array($client->changes([CONTACTS => $change->replayId, ALL => $change->replayId], idleSeconds: 1), false);
echo json_encode(array_map(static fn (Change $c): string => "$c->channel $c->object", $seen)), "\n";
$last = end($seen);
var_dump(array_keys($last->position) === [CONTACTS, ALL], count(array_unique($last->position)) === 1);
echo json_encode(lines($client->changes($last->position, idleSeconds: 1))), "\n";
echo json_encode(lines($client->changes([CONTACTS, '/data/AccountChangeEvent'], -2, idleSeconds: 1))), "\n";

echo "\n-- several records that changed in the same way, a wildcard, and gaps\n";
Emulator::ctl('change', 'Contact', 'UPDATE', '003*');
Emulator::ctl('change', 'Contact', 'GAP_UPDATE', ...$ids);
Emulator::ctl('change', 'Contact', 'GAP_OVERFLOW', '000000000000000AAA');
foreach ($client->changes($last->position, idleSeconds: 1) as $change) {
    if ($change->channel === CONTACTS) {
        echo "$change->changeType ", json_encode([count($change->recordIds), $change->recordIds[0] === $ids[0] ? 'the first' : $change->recordIds[0], $change->fields]), "\n";
    }
}
$at = $change->position;

echo "\n-- without the echo of one's own\n";
$client->request('POST', 'composite', ['allOrNone' => true, 'compositeRequest' => [['method' => 'POST', 'url' => '/services/data/v67.0/sobjects/Contact', 'referenceId' => 'a', 'body' => ['LastName' => 'Twin']],
    ['method' => 'POST', 'url' => '/services/data/v67.0/sobjects/Contact', 'referenceId' => 'b', 'body' => ['LastName' => 'Twin']]]]);
Emulator::ctl('change', 'Contact', 'DELETE', $ids[0]);
Emulator::ctl('echo', 'ours');
$seen = iterator_to_array($client->changes([CONTACTS => $at[CONTACTS]], idleSeconds: 1, echoOf: 'ours'), false);
echo json_encode(array_map(static fn (Change $c): string => "$c->changeType of " . count($c->recordIds), $seen)), "\n";
$all = iterator_to_array($client->changes([CONTACTS => $at[CONTACTS]], idleSeconds: 1, echoOf: 'our'), false);
echo json_encode(array_map(static fn (Change $c): string => "$c->changeType of " . count($c->recordIds), $all)), " ", end($all)->changeOrigin, "\n";

echo "\n-- for as long as one wants\n";
$from = microtime(true);
echo json_encode(lines($client->changes(CONTACTS, seconds: 2))), ' ', (int) round(microtime(true) - $from) >= 2 && microtime(true) - $from < 12 ? 'two seconds' : microtime(true) - $from, "\n";
echo json_encode(lines($client->changes(CONTACTS, stop: static fn (): bool => true))), " stopped at once\n";
echo told(fn () => lines($client->changes(CONTACTS, stop: static fn () => throw new LogicException('by the stop')))), "\n";
$seen = 0;
foreach ($client->changes(CONTACTS, -2, seconds: 60) as $change) {
    if (++$seen === 3) {
        break;
    }
}
echo "$seen, and a break\n";
echo json_encode(count(lines($client->changes($change->position, idleSeconds: 1))) === count(lines($client->changes(CONTACTS, -2, idleSeconds: 1))) - 3), "\n";

echo "\n-- what Salesforce refuses\n";
echo told(fn () => lines($client->changes(CONTACTS, 1)), true), "\n";
Emulator::ctl('age-events', '259200');
echo told(fn () => lines($client->changes($at)), true), "\n";
echo told(fn () => lines($client->changes('/data/LeadChangeEvent')), true), "\n";
echo told(fn () => lines($client->changes('/data/UserChangeEvent'))), " (not captured)\n";
Emulator::ctl('fault', 'bayeux', '--match', '/meta/subscribe', '--times', '1', '--message', '403::Organization total events daily limit exceeded');
echo told(fn () => lines($client->changes(CONTACTS)), true), "\n";
Emulator::ctl('fault', 'bayeux', '--match', '/meta/subscribe', '--times', '1', '--message', '403:denied_by_security_policy:create_denied');
echo told(fn () => lines($client->changes(CONTACTS)), true), "\n";

echo "\n-- what is no channel, no time and no name\n";
foreach ([[''], ['ContactChangeEvent'], ['/meta/connect'], ['/data/a"b'], [[]], [[1]], [[CONTACTS => '1']], [[CONTACTS, CONTACTS]], [[CONTACTS => -3]], [CONTACTS, -3], [CONTACTS, null, 0], [CONTACTS, null, null, 0],
    [CONTACTS, null, null, null, null, ''], [array_map(static fn (int $i): string => "/data/A$i", range(1, 51))]] as $arguments) {
    echo told(fn () => $client->changes(...$arguments)), "\n";
}
$once = $client->changes(CONTACTS, seconds: 1);
echo get_class($once), ' ', json_encode(lines($once)), ' ', told(fn () => lines($once)), "\n";
echo told(fn () => clone $once), "\n", told(fn () => serialize($once)), "\n", told(fn () => $change->replayId = 1), "\n", told(fn () => new Change()), "\n";
?>
--EXPECT--
-- one record's life
/data/ContactChangeEvent Contact CREATE [true,[],[],[],{"LastName":"Lovelace","FirstName":"Ada"},null]
/data/ContactChangeEvent Contact UPDATE [true,["Name.FirstName","Email","LastModifiedDate"],["Name.FirstName"],[],{"FirstName":null},"ada@example.org"]
/data/ContactChangeEvent Contact DELETE [true,[],[],[],null,null]
string(28) "com/salesforce/api/rest/67.0"
int(1)
bool(true)
bool(true)
bool(true)
string(3) "005"
bool(true)
bool(true)

-- from where one wants
["Contact UPDATE ,ada@example.org","Contact DELETE "]
["Contact DELETE "]
[] (only what is new)

-- as they happen
["From elsewhere","Again"] asked

-- two channels, each with its place
["\/data\/ChangeEvents Account","\/data\/ChangeEvents Contact","\/data\/ChangeEvents Contact","\/data\/ContactChangeEvent Contact","\/data\/ContactChangeEvent Contact"]
bool(true)
bool(true)
[]
["Account CREATE Acme","Contact CREATE Lovelace Ada","Contact UPDATE ,ada@example.org","Contact DELETE ","Contact CREATE From elsewhere","Contact UPDATE Again","Contact CREATE One","Contact CREATE Two"]

-- several records that changed in the same way, a wildcard, and gaps
UPDATE [1,"003*",[]]
GAP_UPDATE [2,"the first",[]]
GAP_OVERFLOW [1,"000000000000000AAA",[]]

-- without the echo of one's own
["CREATE of 2","DELETE of 1"]
["CREATE of 2","DELETE of 1","UPDATE of 1"] com/salesforce/api/rest/67.0;client=ours

-- for as long as one wants
[] two seconds
[] stopped at once
LogicException: by the stop
3, and a break
true

-- what Salesforce refuses
ReplayExpired LookUp 400 200: Salesforce has no event of /data/ContactChangeEvent of that replay id any more (it keeps them for 72 hours): look up what changed meanwhile, and begin anew with -1
ReplayExpired LookUp 400 200: Salesforce has no event of /data/ContactChangeEvent of that replay id any more (it keeps them for 72 hours): look up what changed meanwhile, and begin anew with -1
NotFound TellPerson 400 200: 400::The channel you requested to subscribe to does not exist {/data/LeadChangeEvent}
NotFound TellPerson 400 200 (not captured)
Refused Pause 403 200: 403::Organization total events daily limit exceeded
Refused TellPerson 403 200: 403:denied_by_security_policy:create_denied

-- what is no channel, no time and no name
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must be channels such as "/data/ContactChangeEvent", at most 50
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must be channels such as "/data/ContactChangeEvent", at most 50
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must be channels such as "/data/ContactChangeEvent", at most 50
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must be channels such as "/data/ContactChangeEvent", at most 50
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must have a channel
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must be a list of channels, or a map of channels to replay ids
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must be a list of channels, or a map of channels to replay ids
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must not have a channel twice
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must have replay ids of 0 or more, or -1 or -2
ValueError: Samlforce\Salesforce\Client::changes(): Argument #2 ($replayFrom) must be a replay id, -1 or -2
ValueError: Samlforce\Salesforce\Client::changes(): Argument #3 ($seconds) must be between 1 and 31536000
ValueError: Samlforce\Salesforce\Client::changes(): Argument #4 ($idleSeconds) must be between 1 and 31536000
ValueError: Samlforce\Salesforce\Client::changes(): Argument #6 ($echoOf) must be 1 to 255 bytes
ValueError: Samlforce\Salesforce\Client::changes(): Argument #1 ($channels) must be channels such as "/data/ContactChangeEvent", at most 50
Samlforce\Salesforce\ChangeStream [] Error: Changes can be gone through once: call changes() again, with the position of the last one
Error: Trying to clone an uncloneable object of class Samlforce\Salesforce\ChangeStream
Exception: Serialization of 'Samlforce\Salesforce\ChangeStream' is not allowed
Error: Cannot modify readonly property Samlforce\Salesforce\Change::$replayId
Error: Call to private Samlforce\Salesforce\Change::__construct() from global scope
