--TEST--
Bulk loads and queries: rows of every kind in and out, results by their keys, several jobs, resumed in another process
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';

use Samlforce\Salesforce\BulkState;
use Samlforce\Salesforce\Operation;

Emulator::start();
$client = Emulator::client();
$client->limits();
Emulator::log();

function rows(int $from, int $to): Generator
{
    for ($i = $from; $i < $to; $i++) {
        yield ['WP_User_Id__c' => "u$i", 'LastName' => "Last $i", 'FirstName' => null, 'Description' => "Line 1\nLine \"2\", ünd $i", 'HasOptedOutOfEmail' => $i % 2 === 0];
    }
}
/** What was asked, without the repeats of asking how far it is. */
function calls(): string
{
    return preg_replace(['~/750\w{15}~', '~^(  GET jobs/(ingest|query)/ID 200\n)+~m'], ['/ID', '$1'], Emulator::log());
}
$of = static fn (string $where): array => array_map(static fn (array $r): array => array_diff_key($r, ['attributes' => 1, 'Id' => 1]), [...$client->query("SELECT WP_User_Id__c, LastName, FirstName, Email, Description, HasOptedOutOfEmail FROM Contact WHERE $where ORDER BY WP_User_Id__c")]);

echo "-- insert\n";
$job = $client->ingest('Contact', Operation::Insert, rows(0, 5), key: 'WP_User_Id__c');
echo preg_match('/^750[A-Za-z0-9]{15}$/D', $job->id), ' ', $job->key, "\n";
$job->wait();
echo $job->state()->name, ' ', json_encode($job->counts()), "\n";
$good = iterator_to_array($job->successful());
ksort($good);
echo implode(' ', array_keys($good)), "\n";
var_dump($good['u3']['created'], $good['u3']['row']);
echo count([...$job->failed()]), ' ', count([...$job->unprocessed()]), "\n";
echo $good['u3']['id'] === $client->query("SELECT Id FROM Contact WHERE WP_User_Id__c = 'u3'")->current()['Id'] ? "the record's id\n" : "another id\n";
echo calls();

echo "-- upsert: null empties, nothing and an empty text leave; rows that fail say why\n";
$client->update('Contact', $good['u1']['id'], ['FirstName' => 'Una', 'Email' => 'una@example.com']);
$job = $client->ingest('Contact', Operation::Upsert, [
    ['WP_User_Id__c' => 'u1', 'LastName' => 'Changed', 'FirstName' => '', 'Email' => null],
    ['WP_User_Id__c' => 'u2', 'Email' => 'not an address'],
    ['WP_User_Id__c' => 'u9', 'LastName' => 'New', 'Email' => 'new@example.com'],
    ['WP_User_Id__c' => 'u10', 'FirstName' => 'Nameless'],
], 'WP_User_Id__c');
$job->wait();
foreach ($job->successful() as $key => $result) {
    $made[$key] = $result['created'];
}
ksort($made);
echo json_encode($made), "\n";
$failed = iterator_to_array($job->failed());
ksort($failed);
foreach ($failed as $key => $result) {
    echo "$key: {$result['errorCode']} {$result['reason']->name} {$result['action']->name} ", json_encode($result['fields']), " {$result['message']}; ", json_encode($result['id']), ' ', json_encode($result['row']), "\n";
}
echo json_encode($of("WP_User_Id__c IN ('u1', 'u9', 'u10')"), JSON_UNESCAPED_UNICODE), "\n";

echo "-- update and delete go by Id\n";
$job = $client->ingest('Contact', Operation::Update, [['Id' => $good['u4']['id'], 'LastName' => 'Four', 'Description' => new DateTimeImmutable('2026-01-02 03:04:05+02:00')], ['Id' => '003000000000001AAA', 'LastName' => 'x']]);
$job->wait();
echo $job->key, ' ', json_encode($job->counts()), ' ', array_key_first(iterator_to_array($job->successful())) === $good['u4']['id'] ? 'by id' : '?', ' ', iterator_to_array($job->failed())['003000000000001AAA']['errorCode'], "\n";
echo $of("WP_User_Id__c = 'u4'")[0]['Description'], "\n";
$job = $client->ingest('Contact', Operation::Delete, [['Id' => $good['u4']['id']], ['Id' => $good['u3']['id']]]);
$job->wait();
echo count($of("WP_User_Id__c IN ('u3', 'u4')")), "\n";

echo "-- several jobs, two at a time\n";
Emulator::ctl('set', 'bulk_work_ms', '1500');
$told = [];
$most = 0;
Emulator::log();
$job = $client->ingest('Contact', Operation::Upsert, rows(100, 200), 'WP_User_Id__c', splitBytes: 2000, limit: 2, progress: function (array $counts) use (&$told, &$most, $client): void {
    $told[] = $counts;
    $states = array_count_values(array_column($client->request('GET', 'jobs/ingest')['records'], 'state'));
    $most = max($most, ($states['UploadComplete'] ?? 0) + ($states['InProgress'] ?? 0));
});
$rows = array_column($told, 'rows');
$sorted = $rows;
sort($sorted);
echo count(explode(',', $job->id)), ' jobs, ', $job->counts()['jobs'], ', sent ', end($rows), ' rows, ', $rows === $sorted && count(array_unique($rows)) > 2 ? 'more and more' : 'confused', ", at most $most under way\n";
$log = Emulator::requests();
$firstClose = array_search('PATCH', array_column($log, 'method'), true);
$lastPut = array_search('PUT', array_reverse(array_column($log, 'method'), true), true);
echo 'nothing was closed before all had been sent: ';
var_dump($firstClose > $lastPut);
$there = 'use Samlforce\Salesforce\Client; $job = Emulator::client()->bulkJob($argv[1]); $job->wait(); echo $job->state()->name, " ", $job->key, " ", json_encode($job->counts()), " ", count(iterator_to_array($job->successful())), "\n"; $job->delete(); try { Emulator::client()->bulkJob($argv[1]); } catch (Samlforce\Salesforce\SalesforceException $e) { echo $e->reason->name, "\n"; }';
echo 'in another process: ', Emulator::php($there, [], [], [$job->id]);
Emulator::ctl('set', 'bulk_work_ms', '0');

echo "-- columns that are told beforehand; a load without rows\n";
$job = $client->ingest('Contact', Operation::Upsert, [['WP_User_Id__c' => 'c1', 'LastName' => 'One'], ['WP_User_Id__c' => 'c2', 'LastName' => 'Two', 'FirstName' => 'Z']], 'WP_User_Id__c', columns: ['LastName', 'FirstName', 'WP_User_Id__c', 'Account.Name']);
echo told(fn () => $job->wait(), true), "\n", $job->state()->name, ' ', json_encode(iterator_to_array($job->unprocessed())), "\n";
$job = $client->ingest('Contact', Operation::Insert, new ArrayIterator([]));
$job->wait();
echo '"', $job->id, '" ', $job->state()->name, ' ', json_encode($job->counts()), ' ', count([...$job->successful()]), "\n";

echo "-- a query, in pages\n";
Emulator::log();
$rows = $client->bulkQuery("SELECT WP_User_Id__c, LastName, FirstName, Account.Name, HasOptedOutOfEmail, Description FROM Contact WHERE WP_User_Id__c LIKE :like ORDER BY LastName", ['like' => 'u1%'], pageRows: 30);
foreach ($rows as $n => $row) {
    if ($n === 2) {
        var_dump($row);
    }
}
echo $n + 1, " rows\n", calls();
echo count([...$rows]), " again\n";
echo count([...$client->bulkQuery("SELECT Id FROM Contact WHERE LastName = 'Nobody'")]), ' ', count([...$client->bulkQuery("SELECT Id FROM Contact WHERE WP_User_Id__c IN ('u3', 'u4')", all: true)]), "\n";
echo told(fn () => $client->bulkQuery('SELECT Nothing__c FROM Contact')), "\n";
?>
--EXPECT--
-- insert
1 WP_User_Id__c
JobComplete {"jobs":1,"ended":1,"processed":5,"failed":0}
u0 u1 u2 u3 u4
bool(true)
array(5) {
  ["Description"]=>
  string(23) "Line 1
Line "2", ünd 3"
  ["FirstName"]=>
  string(0) ""
  ["HasOptedOutOfEmail"]=>
  string(5) "false"
  ["LastName"]=>
  string(6) "Last 3"
  ["WP_User_Id__c"]=>
  string(2) "u3"
}
0 0
the record's id
  POST jobs/ingest 200
  PUT jobs/ingest/ID/batches 201
  PATCH jobs/ingest/ID 200
  GET jobs/ingest/ID 200
  GET jobs/ingest/ID/successfulResults 200
  GET jobs/ingest/ID/failedResults 200
  GET jobs/ingest/ID/unprocessedrecords 200
  GET query 200
-- upsert: null empties, nothing and an empty text leave; rows that fail say why
{"u1":false,"u9":true}
u10: REQUIRED_FIELD_MISSING Refused TellPerson ["LastName"] Required fields are missing: [LastName]; null {"Email":"","FirstName":"Nameless","LastName":"","WP_User_Id__c":"u10"}
u2: INVALID_EMAIL_ADDRESS Refused TellPerson ["Email"] Email: invalid email address: not an address; null {"Email":"not an address","FirstName":"","LastName":"","WP_User_Id__c":"u2"}
[{"WP_User_Id__c":"u1","LastName":"Changed","FirstName":"Una","Email":null,"Description":"Line 1\nLine \"2\", ünd 1","HasOptedOutOfEmail":false},{"WP_User_Id__c":"u9","LastName":"New","FirstName":null,"Email":"new@example.com","Description":null,"HasOptedOutOfEmail":false}]
-- update and delete go by Id
Id {"jobs":1,"ended":1,"processed":2,"failed":1} by id INVALID_CROSS_REFERENCE_KEY
2026-01-02T01:04:05Z
0
-- several jobs, two at a time
3 jobs, 3, sent 100 rows, more and more, at most 2 under way
nothing was closed before all had been sent: bool(true)
in another process: JobComplete WP_User_Id__c {"jobs":3,"ended":3,"processed":100,"failed":0} 100
NotFound
-- columns that are told beforehand; a load without rows
Refused TellPerson InvalidBatch -: Field name not found : Account.Name
Failed {"c1":{"LastName":"One","FirstName":"","WP_User_Id__c":"c1","Account.Name":""},"c2":{"LastName":"Two","FirstName":"Z","WP_User_Id__c":"c2","Account.Name":""}}
"" JobComplete {"jobs":0,"ended":0,"processed":0,"failed":0} 0
-- a query, in pages
array(6) {
  ["WP_User_Id__c"]=>
  string(4) "u101"
  ["LastName"]=>
  string(8) "Last 101"
  ["FirstName"]=>
  NULL
  ["Account.Name"]=>
  NULL
  ["HasOptedOutOfEmail"]=>
  string(5) "false"
  ["Description"]=>
  string(25) "Line 1
Line "2", ünd 101"
}
101 rows
  POST jobs/query 200
  GET jobs/query/ID 200
  GET jobs/query/ID/results 200
  GET jobs/query/ID/results 200
  GET jobs/query/ID/results 200
  GET jobs/query/ID/results 200
101 again
0 2
Refused TellPerson INVALID_FIELD 400
