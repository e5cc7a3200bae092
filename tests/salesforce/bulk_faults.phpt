--TEST--
Bulk loads under faults: none lost, none twice; what can't be loaded leaves the org as it was
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';

use Samlforce\Salesforce\BulkJob;
use Samlforce\Salesforce\Operation;

Emulator::start();
$client = new Samlforce\Salesforce\Client(Emulator::credentials(), timeoutMs: 20000, firstByteTimeoutMs: 5000);
$client->limits();

function rows(string $name, int $n, ?int $throwAt = null): Generator
{
    for ($i = 0; $i < $n; $i++) {
        if ($i === $throwAt) {
            throw new DomainException("row $i is not to be had");
        }
        yield ['LastName' => $name, 'FirstName' => "n$i", 'Description' => str_repeat('x', 100)];
    }
}
$count = static fn (string $name): int => count($client->query('SELECT Id FROM Contact WHERE LastName = :n', ['n' => $name]));
echo "-- an insert of 40 rows in 3 jobs, each call of it disturbed in turn: 40 rows\n";
$faults = [
    'the job\'s creation is cut off' => ['close', '--method', 'POST', '--match', '/jobs/ingest$'],
    'it was created before' => ['close', '--carried-out', '--method', 'POST', '--match', '/jobs/ingest$'],
    'the upload is cut off' => ['close', '--method', 'PUT', '--match', '/batches$'],
    'it had arrived' => ['close', '--carried-out', '--method', 'PUT', '--match', '/batches$'],
    'the upload is not answered' => ['timeout', '--carried-out', '--method', 'PUT', '--match', '/batches$'],
    'a gateway gives up on it' => ['html', '--status', '504', '--method', 'PUT', '--match', '/batches$'],
    'the end is cut off' => ['close', '--method', 'PATCH', '--match', '/jobs/ingest/'],
    'it had been told' => ['close', '--carried-out', '--method', 'PATCH', '--match', '/jobs/ingest/'],
    'no answer to the end' => ['timeout', '--carried-out', '--method', 'PATCH', '--match', '/jobs/ingest/'],
    'the token ends' => ['401', '--method', 'PUT'],
    'unavailable' => ['503', '--method', 'PATCH'],
    'the state is not told' => ['close', '--method', 'GET', '--match', '/jobs/ingest/'],
    'results break off' => ['half', '--method', 'GET', '--match', 'successfulResults'],
];
$n = 0;
foreach ($faults as $what => $fault) {
    $name = 'f' . ++$n;
    Emulator::ctl('fault', ...$fault, ...['--times', '1']);
    $job = $client->ingest('Contact', Operation::Insert, rows($name, 40), key: 'FirstName', splitBytes: 2000);
    $job->wait();
    $keys = array_keys(iterator_to_array($job->successful()));
    Emulator::ctl('fault', 'clear');
    echo "$what: ", $job->counts()['jobs'], ' ', $job->counts()['processed'], ' ', count(array_unique($keys)), ' ', $count($name), "\n";
}

echo "-- an upload that never comes through is told, and nothing is loaded\n";
Emulator::ctl('fault', 'close', '--method', 'PUT', '--match', '/batches$');
echo told(fn () => $client->ingest('Contact', Operation::Insert, rows('never', 40), splitBytes: 2000)), ' ', $count('never'), "\n";
Emulator::ctl('fault', 'clear');

echo "-- rows that throw, after some have been sent\n";
$open = static fn (): int => array_count_values(array_column($client->request('GET', 'jobs/ingest')['records'], 'state'))['Open'] ?? 0;
$before = $open();
echo told(fn () => $client->ingest('Contact', Operation::Insert, rows('thrown', 40, 35), splitBytes: 2000)), ' ', $count('thrown'), "\n";
echo told(fn () => $client->ingest('Contact', Operation::Insert, rows('thrown', 40), splitBytes: 2000, progress: fn (array $counts) => $counts['jobs'] > 1 ? throw new DomainException('enough') : null)), ' ', $count('thrown'), "\n";
echo told(fn () => $client->ingest('Contact', Operation::Insert, [...rows('unknown', 30), ['LastName' => 'unknown', 'Title' => 'x']], splitBytes: 2000), true), ' ', $count('unknown'), "\n";
echo 'left open: ', $open() - $before, "\n";

echo "-- what a row may not be\n";
$bad = [
    'no array' => [Operation::Insert, ['x'], null],
    'no names' => [Operation::Insert, [['a', 'b']], null],
    'another type' => [Operation::Insert, [['LastName' => ['x']]], null],
    'not UTF-8' => [Operation::Insert, [['LastName' => 'ok'], ['LastName' => "\xFF"]], null],
    'no number' => [Operation::Insert, [['LastName' => NAN]], null],
    'the word for null' => [Operation::Update, [['Id' => '003000000000001AAA', 'LastName' => '#N/A']], null],
    'no key' => [Operation::Upsert, [['WP_User_Id__c' => '', 'LastName' => 'x']], 'WP_User_Id__c'],
    'no column for it' => [Operation::Upsert, [['LastName' => 'x']], 'WP_User_Id__c'],
    'no Id' => [Operation::Update, [['LastName' => 'x']], null],
    'more than an Id' => [Operation::Delete, [['Id' => '003000000000001AAA', 'LastName' => 'x']], null],
    'one name twice' => [Operation::Insert, [['LastName' => 'x', 'lastname' => 'y']], null],
    'no name' => [Operation::Insert, [['Last Name' => 'x']], null],
];
foreach ($bad as $what => [$operation, $rows, $field]) {
    echo "$what: ", told(fn () => $client->ingest('Contact', $operation, $rows, $field), true), "\n";
}
echo told(fn () => $client->ingest('Contact', Operation::Insert, [], 'WP_User_Id__c')), "\n";
echo told(fn () => $client->ingest('Contact', Operation::Upsert, [])), "\n";
echo told(fn () => $client->ingest('Contact', Operation::Insert, [], splitBytes: 999)), "\n";
echo told(fn () => $client->ingest('Contact', Operation::Insert, [], limit: 0)), "\n";
echo told(fn () => $client->ingest('Contact', Operation::Insert, [], columns: ['a b'])), "\n";
echo told(fn () => $client->bulkJob('7500')), "\n";

echo "-- the whole job fails; time is over; aborted\n";
$job = $client->ingest('Contact', Operation::Insert, [['LastName' => 'x', 'Nothing__c' => 'y']]);
echo told(fn () => $job->wait(), true), ' ', $job->state()->name, ' ', json_encode([...$job->unprocessed()]), ' ', $count('x'), "\n";
Emulator::ctl('set', 'bulk_queue_ms', '60000');
$job = $client->ingest('Contact', Operation::Insert, rows('late', 3));
echo told(fn () => $job->wait(300)), ' ', $job->state()->name, "\n";
$job->abort();
echo $job->state()->name, ' ', told(fn () => $job->wait()), ' ', count([...$job->unprocessed()]), ' ', $count('late'), "\n";
echo told(fn () => [...$client->bulkQuery('SELECT Id FROM Contact', timeoutMs: 300)]), "\n";
Emulator::ctl('set', 'bulk_queue_ms', '0');

echo "-- a query under faults\n";
foreach (['close' => ['close', '--match', '/jobs/query$'], 'half a page' => ['half', '--match', '/results$'], '503' => ['503', '--match', '/results$'], 'no state' => ['close', '--method', 'GET', '--match', '/jobs/query/']] as $what => $fault) {
    Emulator::ctl('fault', ...$fault, ...['--times', '1']);
    $rows = array_column([...$client->bulkQuery("SELECT FirstName FROM Contact WHERE LastName = 'f1'", pageRows: 15)], 'FirstName');
    Emulator::ctl('fault', 'clear');
    echo "$what: ", count($rows), ' ', count(array_unique($rows)), "\n";
}
?>
--EXPECT--
-- an insert of 40 rows in 3 jobs, each call of it disturbed in turn: 40 rows
the job's creation is cut off: 3 40 40 40
it was created before: 3 40 40 40
the upload is cut off: 3 40 40 40
it had arrived: 3 40 40 40
the upload is not answered: 3 40 40 40
a gateway gives up on it: 3 40 40 40
the end is cut off: 3 40 40 40
it had been told: 3 40 40 40
no answer to the end: 3 40 40 40
the token ends: 3 40 40 40
unavailable: 3 40 40 40
the state is not told: 3 40 40 40
results break off: 3 40 40 40
-- an upload that never comes through is told, and nothing is loaded
BrokenAnswer Retry - - 0
-- rows that throw, after some have been sent
DomainException: row 35 is not to be had 0
DomainException: enough 0
InvalidInput TellPerson - -: Row 31 has the column Title, which is none of the load's; nothing has been loaded 0
left open: 0
-- what a row may not be
no array: InvalidInput TellPerson - -: Row 1 is no array of column => value; nothing has been loaded
no names: InvalidInput TellPerson - -: Row 1 must have the fields' API names, each once (`Parent__r.Key__c` for a parent by its External ID), at most 5000; nothing has been loaded
another type: InvalidInput TellPerson - -: Row 1 can't be sent: LastName must be null, bool, int, a finite float, a text in UTF-8 other than #N/A, or a DateTimeInterface; nothing has been loaded
not UTF-8: InvalidInput TellPerson - -: Row 2 can't be sent: LastName must be null, bool, int, a finite float, a text in UTF-8 other than #N/A, or a DateTimeInterface; nothing has been loaded
no number: InvalidInput TellPerson - -: Row 1 can't be sent: LastName must be null, bool, int, a finite float, a text in UTF-8 other than #N/A, or a DateTimeInterface; nothing has been loaded
the word for null: InvalidInput TellPerson - -: Row 1 can't be sent: LastName must be null, bool, int, a finite float, a text in UTF-8 other than #N/A, or a DateTimeInterface; nothing has been loaded
no key: InvalidInput TellPerson - -: Row 1 has no value for WP_User_Id__c, by which this operation goes; nothing has been loaded
no column for it: InvalidInput TellPerson - -: Row 1 has no column WP_User_Id__c, by which this operation goes; nothing has been loaded
no Id: InvalidInput TellPerson - -: Row 1 has no column Id, by which this operation goes; nothing has been loaded
more than an Id: InvalidInput TellPerson - -: Row 1 has more than an Id, which is all that a deletion may have; nothing has been loaded
one name twice: InvalidInput TellPerson - -: Row 1 must have the fields' API names, each once (`Parent__r.Key__c` for a parent by its External ID), at most 5000; nothing has been loaded
no name: InvalidInput TellPerson - -: Row 1 must have the fields' API names, each once (`Parent__r.Key__c` for a parent by its External ID), at most 5000; nothing has been loaded
ValueError: Samlforce\Salesforce\Client::ingest(): Argument #4 ($externalIdField) must be null, but for an upsert
ValueError: Samlforce\Salesforce\Client::ingest(): Argument #4 ($externalIdField) must be given for an upsert
ValueError: Samlforce\Salesforce\Client::ingest(): Argument #7 ($splitBytes) must be between 1000 and 110000000
ValueError: Samlforce\Salesforce\Client::ingest(): Argument #8 ($limit) must be between 1 and 100
ValueError: Samlforce\Salesforce\Client::ingest(): Argument #6 ($columns) must have the fields' API names, each once (`Parent__r.Key__c` for a parent by its External ID), at most 5000
ValueError: Samlforce\Salesforce\Client::bulkJob(): Argument #1 ($id) must be what BulkJob::$id was: ids of 18 letters and digits, with commas between them
-- the whole job fails; time is over; aborted
Refused TellPerson InvalidBatch -: Field name not found : Nothing__c Failed [{"LastName":"x","Nothing__c":"y"}] 0
TimedOut Retry - - UploadComplete
Aborted Refused TellPerson - - 3 0
TimedOut Retry - -
-- a query under faults
close: 40 40
half a page: 40 40
503: 40 40
no state: 40 40
