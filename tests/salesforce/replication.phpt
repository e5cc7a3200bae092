--TEST--
What objects are like, and which records have changed: asked for again only if it is new, and never for more than Salesforce knows
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
echo "describe:\n";
$fields = fn (): string => count($sf->describe('Contact')['fields']) > 20 ? 'its fields' : 'NO FIELDS';
echo '  ', $fields(), ', ', $fields(), ', ', in_array('Contact', array_column($sf->describe()['sobjects'], 'name'), true) ? 'objects' : 'NO OBJECTS', "\n";
Emulator::ctl('set', 'described_at', (string) (time() - 5 - strtotime('2025-01-01 UTC')));
echo '  ', $fields(), ', ', $fields(), "\n";
echo '  ', told(fn () => $sf->describe('Nothing')), "\n", Emulator::log();

echo "retrieve:\n";
$id = $sf->create('Contact', ['LastName' => 'Replicated']);
$when = fn (string $when): string => ($record = $sf->retrieve('Contact', $id, ['LastName'], new DateTimeImmutable($when))) === null ? 'unchanged' : $record['LastName'];
echo '  ', $when('-1 hour'), ', ', $when('+1 hour'), ', ', $sf->retrieve('Contact', $id, ['LastName'])['LastName'], "\n";
echo '  ', told(fn () => $sf->retrieve('Contact', $id, [], new DateTime('1960-01-01'))), "\n", Emulator::log();

echo "updated and deleted:\n";
$gone = $sf->create('Contact', ['LastName' => 'Gone']);
$sf->delete('Contact', $gone);
$updated = $sf->updated('Contact', new DateTimeImmutable('-1 day'), new DateTimeImmutable('+2 minutes'));
$deleted = $sf->deleted('Contact', new DateTimeImmutable('-1 day'), new DateTimeImmutable('+2 minutes'));
echo '  ', in_array($id, $updated['ids'], true) && !in_array($gone, $updated['ids'], true) ? 'updated' : 'NOT THERE', ', covered to ', get_class($updated['latestDateCovered']), $updated['latestDateCovered']->getTimestamp() % 60, "\n";
echo '  ', array_keys($deleted['deleted']) === [$gone] ? 'deleted' : 'NOT THERE', abs($deleted['deleted'][$gone]->getTimestamp() - time()) < 600 ? ' now' : ' SOME DAY', ', from ', $deleted['earliestDateAvailable']->format('e'), "\n", preg_replace('~\?.*? ~', ' ', Emulator::log());
foreach ([['updated', '-29 days 23 hours', 'now'], ['updated', '-31 days', 'now'], ['deleted', '-14 days 23 hours', 'now'], ['deleted', '-16 days', 'now'], ['updated', '-61 seconds', 'now'], ['updated', '-59 seconds', 'now'], ['updated', 'now', '-1 day']] as [$what, $start, $end]) {
    echo "  $what $start: ", told(fn () => $sf->$what('Contact', new DateTimeImmutable($start), new DateTimeImmutable($end))), "\n";
}
echo '  a User: ', told(fn () => $sf->deleted('User', new DateTimeImmutable('-1 day'), new DateTimeImmutable())), "\n";
Emulator::log();
echo "counts: ";
$counts = $sf->recordCounts(['Contact', 'Account', 'Nothing']);
echo json_encode(['Contact' => $counts['Contact'] === count($sf->query('SELECT Id FROM Contact')), 'all' => array_keys($counts)]), ', ', told(fn () => $sf->recordCounts([])), ', ', told(fn () => $sf->recordCounts(['a,b'])), "\n", Emulator::log();

echo "a password is reset:\n";
[, $user] = Emulator::user($sf);
Emulator::log();
$mails = fn (): int => count(array_filter(explode("\n", Emulator::ctl('mails'))));
$before = $mails();
echo '  ', json_encode($sf->resetPassword($user)), ', mails: ', $mails() - $before, "\n  ", told(fn () => $sf->resetPassword('005000000000001')), "\n", Emulator::log();
Emulator::ctl('fault', 'close', '--times', '1', '--match', 'password', '--carried-out');
echo '  without an answer: ', told(fn () => $sf->resetPassword($user)), "\n", Emulator::log();
?>
--EXPECT--
describe:
  its fields, its fields, objects
  its fields, its fields
  NotFound TellPerson NOT_FOUND 404
  POST /services/oauth2/token 200
  GET sobjects/Contact/describe 200
  GET sobjects/Contact/describe 304
  GET sobjects 200
  GET sobjects/Contact/describe 200
  GET sobjects/Contact/describe 304
  GET sobjects/Nothing/describe 404
retrieve:
  Replicated, unchanged, Replicated
  ValueError: Samlforce\Salesforce\Client::retrieve(): Argument #4 ($ifModifiedSince) must be of the years 1970 to 9999
  POST sobjects/Contact 201
  GET sobjects/Contact/ID 200
  GET sobjects/Contact/ID 304
  GET sobjects/Contact/ID 200
updated and deleted:
  updated, covered to DateTimeImmutable0
  deleted now, from +00:00
  POST sobjects/Contact 201
  DELETE sobjects/Contact/ID 204
  GET sobjects/Contact/updated/ 200
  GET sobjects/Contact/deleted/ 200
  updated -29 days 23 hours: done
  updated -31 days: ValueError: Samlforce\Salesforce\Client::updated(): Argument #2 ($start) must be at most 30 days ago: Salesforce knows no more of older changes. Compare all records instead
  deleted -14 days 23 hours: done
  deleted -16 days: ValueError: Samlforce\Salesforce\Client::deleted(): Argument #2 ($start) must be at most 15 days ago: Salesforce knows no more of older changes. Compare all records instead
  updated -61 seconds: done
  updated -59 seconds: ValueError: Samlforce\Salesforce\Client::updated(): Argument #3 ($end) must be at least a minute after the start
  updated now: ValueError: Samlforce\Salesforce\Client::updated(): Argument #3 ($end) must be at least a minute after the start
  a User: Refused TellPerson INVALID_TYPE_FOR_OPERATION 400
counts: {"Contact":true,"all":["Contact","Account"]}, ValueError: Samlforce\Salesforce\Client::recordCounts(): Argument #1 ($objects) must have 1 to 200 objects, ValueError: Samlforce\Salesforce\Client::recordCounts(): Argument #1 ($objects) must be a list of API names
  GET limits/recordCount 200
  GET query 200
a password is reset:
  null, mails: 1
  NotFound TellPerson NOT_FOUND 404
  DELETE sobjects/User/ID/password 200
  DELETE sobjects/User/ID/password 404
  without an answer: BrokenAnswer LookUp - - ambiguous
  DELETE sobjects/User/ID/password 0
