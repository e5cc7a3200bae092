<?php
declare(strict_types=1);

// Part of tests/emulator/run: several records in one request, and what else the REST API has for them.

/** @var Http $http */
/** @var callable $ctl */
/** @var callable $query */
/** @var callable $part */
/** @var string $account */

// ---------------------------------------------------------------------------------------------------------------
section('collections');

$ctl('reset');
$contact = static fn (array $fields): array => ['attributes' => ['type' => 'Contact']] + $fields;
$accountRow = static fn (string $name): array => ['attributes' => ['type' => 'Account'], 'Name' => $name];
$rows = static fn (string $method, array $records, bool $allOrNone = false, string $path = ''): Answer => $http->ask($method, "composite/sobjects$path", ['allOrNone' => $allOrNone, 'records' => $records]);
$codes = static fn (Answer $answer): array => array_map(static fn (array $r): string => $r['success'] ? 'ok' : $r['errors'][0]['statusCode'], $answer->json());

$answer = $rows('POST', [$contact(['LastName' => 'One']), $contact(['FirstName' => 'Two']), $contact(['LastName' => 'Three', 'Email' => 'no'])]);
same('one by one, in order', [200, ['ok', 'REQUIRED_FIELD_MISSING', 'INVALID_EMAIL_ADDRESS']], [$answer->status, $codes($answer)]);
same('a row tells its fields', [['LastName'], 'Required fields are missing: [LastName]'], [$answer->json()[1]['errors'][0]['fields'], $answer->json()[1]['errors'][0]['message']]);
same('what is good stays', 1, $query("SELECT COUNT() FROM Contact WHERE LastName IN ('One', 'Three')")->json()['totalSize']);
$one = $answer->json()[0]['id'];
$answer = $rows('POST', [$contact(['LastName' => 'Four']), $contact([])], true);
same('all or none', ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'], $codes($answer));
same('and nothing stays', 0, $query("SELECT COUNT() FROM Contact WHERE LastName = 'Four'")->json()['totalSize']);
$many = array_map(static fn (int $i): array => $contact(['LastName' => "Many $i"]), range(1, 201));
same('200 are enough', 200, count($rows('POST', array_slice($many, 0, 200))->json()));
same('201 are too many', [400, 'EXCEEDED_ID_LIMIT'], [$rows('POST', $many)->status, $rows('POST', $many)->code()]);
$mixed = [];
for ($i = 0; $i < 5; $i++) {
	array_push($mixed, $contact(['LastName' => "Chunk $i"]), $accountRow("Chunk $i"));
}
same('10 chunks', array_fill(0, 10, 'ok'), $codes($rows('POST', $mixed)));
same('11 chunks', [400, 'LIMIT_EXCEEDED'], [$rows('POST', [...$mixed, $contact(['LastName' => 'Chunk'])])->status, $rows('POST', [...$mixed, $contact(['LastName' => 'Chunk'])])->code()]);
same('update', ['ok', 'MISSING_ARGUMENT', 'MALFORMED_ID'], $codes($rows('PATCH', [$contact(['Id' => $one, 'FirstName' => 'Changed']), $contact(['FirstName' => 'x']), $contact(['id' => $account, 'FirstName' => 'x'])])));
same('the first has changed', 'Changed', $http->ask('GET', "sobjects/Contact/$one?fields=FirstName")->json()['FirstName']);
$answer = $rows('PATCH', [$contact(['WP_User_Id__c' => 'c-1', 'LastName' => 'Up']), $contact(['WP_User_Id__c' => 'c-1', 'LastName' => 'Again']), $contact(['LastName' => 'None'])], false, '/Contact/WP_User_Id__c');
same('upsert', [['ok', 'ok', 'MISSING_ARGUMENT'], [true, false]], [$codes($answer), [$answer->json()[0]['created'], $answer->json()[1]['created']]]);
same('it is one record', $answer->json()[0]['id'], $answer->json()[1]['id']);
same('upsert by a field that is no External ID', 404, $rows('PATCH', [$contact(['LastName' => 'x'])], false, '/Contact/LastName')->status);
$up = $answer->json()[0]['id'];
$delete = static fn (array $ids, string $allOrNone = 'false'): Answer => $http->ask('DELETE', 'composite/sobjects?ids=' . implode(',', $ids) . "&allOrNone=$allOrNone");
same('delete, all or none', ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'MALFORMED_ID'], $codes($delete([$up, 'x'], 'true')));
same('delete', ['ok', 'ok', 'ENTITY_IS_DELETED'], $codes($delete([$up, $one, $one])));
same('201 ids', 400, $delete(array_fill(0, 201, $one))->status);
same('no ids', 400, $delete([])->status);
same('a User beside a Contact', ['ok', 'MIXED_DML_OPERATION'], $codes($rows('PATCH', [$contact(['Id' => $rows('POST', [$contact(['LastName' => 'Beside'])])->json()[0]['id'], 'Title' => 'x']), ['attributes' => ['type' => 'User'], 'Id' => $query("SELECT Id FROM User WHERE Username = 'integration@acme.example'")->json()['records'][0]['Id'], 'IsActive' => true]])));
foreach (['no type' => [['LastName' => 'x']], 'an unknown type' => [['attributes' => ['type' => 'Nothing']]], 'none' => []] as $what => $records) {
	same("collections refused: $what", 400, $rows('POST', $records)->status);
}
same('GET of a collection', 405, $http->ask('GET', 'composite/sobjects?ids=' . $one)->status);

// ---------------------------------------------------------------------------------------------------------------
section('graphs');

$graphs = static fn (array $all): Answer => $http->ask('POST', 'composite/graph', ['graphs' => array_map(static fn (string $id, array $parts): array => ['graphId' => $id, 'compositeRequest' => $parts], array_keys($all), $all)]);
$good = [$part('POST', 'sobjects/Account', 'acc', ['Name' => 'Graph']), $part('POST', 'sobjects/Contact', 'con', ['LastName' => 'Graph', 'AccountId' => '@{acc.id}'])];
$bad = [$good[0], $part('POST', 'sobjects/Contact', 'con', ['AccountId' => '@{acc.id}'])];
$answer = $graphs(['good' => $good, 'bad' => $bad]);
same('each graph for itself', [200, [true, false], ['good', 'bad']], [$answer->status, array_column($answer->json()['graphs'], 'isSuccessful'), array_column($answer->json()['graphs'], 'graphId')]);
same('a failed one says which was the cause', ['PROCESSING_HALTED', 'REQUIRED_FIELD_MISSING'], array_map(static fn (array $r): string => $r['body'][0]['errorCode'], $answer->json()['graphs'][1]['graphResponse']['compositeResponse']));
same('and nothing of it stays', 1, $query("SELECT COUNT() FROM Account WHERE Name = 'Graph'")->json()['totalSize']);
$reads = static fn (int $n): array => array_map(static fn (int $i): array => $part('GET', "sobjects/Account/$account?fields=Id", "r$i"), range(1, $n));
same('500 nodes', 200, $graphs(['a' => $reads(250), 'b' => $reads(250)])->status);
same('501 nodes', [400, 'LIMIT_EXCEEDED'], [$graphs(['a' => $reads(250), 'b' => $reads(251)])->status, $graphs(['a' => $reads(250), 'b' => $reads(251)])->code()]);
same('75 graphs', 200, $graphs(array_combine(array_map(static fn (int $i): string => "g$i", range(1, 75)), array_fill(0, 75, $reads(1))))->status);
same('76 graphs', 400, $graphs(array_combine(array_map(static fn (int $i): string => "g$i", range(1, 76)), array_fill(0, 76, $reads(1))))->status);
$chain = static fn (int $n): array => array_map(static fn (int $i): array => $part('GET', $i === 1 ? "sobjects/Account/$account?fields=Id" : 'sobjects/Account/@{r' . ($i - 1) . '.Id}?fields=Id', "r$i"), range(1, $n));
same('15 deep', 200, $graphs(['a' => $chain(15)])->status);
same('16 deep', 400, $graphs(['a' => $chain(16)])->status);

// ---------------------------------------------------------------------------------------------------------------
section('trees');

$tree = static fn (array $records, string $object = 'Account'): Answer => $http->ask('POST', "composite/tree/$object", ['records' => $records]);
$node = static fn (string $type, string $id, array $fields): array => ['attributes' => ['type' => $type, 'referenceId' => $id]] + $fields;
$answer = $tree([$node('Account', 'a1', ['Name' => 'Tree', 'Contacts' => ['records' => [$node('Contact', 'c1', ['LastName' => 'Leaf']), $node('Contact', 'c2', ['LastName' => 'Leaf'])]]])]);
same('a tree', [201, false, ['a1', 'c1', 'c2']], [$answer->status, $answer->json()['hasErrors'], array_column($answer->json()['results'], 'referenceId')]);
same('the children belong to it', 2, $query("SELECT COUNT() FROM Contact WHERE AccountId = '{$answer->json()['results'][0]['id']}'")->json()['totalSize']);
$answer = $tree([$node('Account', 'a1', ['Name' => 'Felled', 'Contacts' => ['records' => [$node('Contact', 'c1', ['LastName' => 'x', 'Email' => '123'])]]])]);
same('all or nothing', [400, ['hasErrors' => true, 'results' => [['referenceId' => 'c1', 'errors' => [['statusCode' => 'INVALID_EMAIL_ADDRESS', 'message' => 'Email: invalid email address: 123', 'fields' => ['Email']]]]]]], [$answer->status, $answer->json()]);
same('nothing stays', 0, $query("SELECT COUNT() FROM Account WHERE Name = 'Felled'")->json()['totalSize']);
$leaves = static fn (int $n): array => array_map(static fn (int $i): array => $node('Account', "a$i", ['Name' => "Leaf $i"]), range(1, $n));
same('200 records', 201, $tree($leaves(200))->status);
same('201 records', 400, $tree($leaves(201))->status);
foreach (['the same reference twice' => [$node('Account', 'a', ['Name' => 'x']), $node('Account', 'a', ['Name' => 'x'])], 'no reference' => [['attributes' => ['type' => 'Account'], 'Name' => 'x']], 'another type' => [$node('Contact', 'a', ['LastName' => 'x'])],
	'no such relationship' => [$node('Account', 'a', ['Name' => 'x', 'Things' => ['records' => []]])], 'none' => []] as $what => $records) {
	same("tree refused: $what", 400, $tree($records)->status);
}

// ---------------------------------------------------------------------------------------------------------------
section('descriptions and replication');

$answer = $http->ask('GET', 'sobjects/Contact/describe');
$modified = $answer->headers['last-modified'] ?? '';
same('a description says since when', [200, true], [$answer->status, strtotime($modified) > 0]);
same('and is not sent again', 304, $http->ask('GET', 'sobjects/Contact/describe', null, ['If-Modified-Since' => $modified])->status);
same('but to who has an older one', 200, $http->ask('GET', 'sobjects/Contact/describe', null, ['If-Modified-Since' => gmdate('D, d M Y H:i:s', strtotime($modified) - 1) . ' GMT'])->status);
same('the list of objects too', 304, $http->ask('GET', 'sobjects', null, ['If-Modified-Since' => $modified])->status);
$range = static fn (string $object, string $what, int $start, int $end): Answer => $http->ask('GET', "sobjects/$object/$what/?start=" . urlencode(gmdate('c', $start)) . '&end=' . urlencode(gmdate('c', $end)));
$kept = $rows('POST', [$contact(['LastName' => 'Kept']), $contact(['LastName' => 'Gone'])])->json();
$delete([$kept[1]['id']]);
$answer = $range('Contact', 'updated', time() - 3600, time() + 120);
same('updated', [200, true, false], [$answer->status, in_array($kept[0]['id'], $answer->json()['ids'], true), in_array($kept[1]['id'], $answer->json()['ids'], true)]);
check('the date covered is no later than now', strtotime($answer->json()['latestDateCovered']) <= time());
$answer = $range('Contact', 'deleted', time() - 3600, time() + 120);
same('deleted', [200, true], [$answer->status, in_array($kept[1]['id'], array_column($answer->json()['deletedRecords'], 'id'), true)]);
foreach ([['updated', -29 * 86400, 0, 200], ['updated', -31 * 86400, 0, 400], ['deleted', -14 * 86400, 0, 200], ['deleted', -16 * 86400, 0, 400], ['updated', -60, 0, 200], ['updated', -59, 0, 400], ['updated', 0, -3600, 400]] as [$what, $start, $end, $status]) {
	$answer = $range('Contact', $what, time() + $start, time() + $end);
	same("$what from $start to $end", [$status, $status === 200 ? null : 'INVALID_REPLICATION_DATE'], [$answer->status, $answer->json()[0]['errorCode'] ?? null]);
}
same('deleted Users', 400, $range('User', 'deleted', time() - 3600, time())->status);
same('counts', [['count' => $query('SELECT COUNT() FROM Contact')->json()['totalSize'], 'name' => 'Contact']], $http->ask('GET', 'limits/recordCount?sObjects=Contact,Nothing')->json()['sObjects']);
