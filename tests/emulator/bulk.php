<?php
declare(strict_types=1);

// Bulk API 2.0 of the emulator; `run` brings $http, with the integration user's token, and $ctl.

use SalesforceEmulator\RecordId;

section('Bulk 2.0: jobs');

$job = static fn (array $more = []): Answer => $http->ask('POST', 'jobs/ingest', $more + ['object' => 'Contact', 'operation' => 'insert', 'contentType' => 'CSV', 'lineEnding' => 'LF']);
$put = static fn (string $id, string $csv, array $headers = []): Answer => $http->ask('PUT', "jobs/ingest/$id/batches", $csv, $headers + ['Content-Type' => 'text/csv', 'Expect' => '']);
$state = static fn (string $id, string $state): Answer => $http->ask('PATCH', "jobs/ingest/$id", ['state' => $state]);
$info = static fn (string $id, string $kind = 'ingest'): array => $http->ask('GET', "jobs/$kind/$id")->json();
$end = static function (string $id, string $kind = 'ingest') use ($info): array {
	for ($until = microtime(true) + 120; microtime(true) < $until; usleep(20000)) {
		$now = $info($id, $kind);
		if (in_array($now['state'], ['JobComplete', 'Failed', 'Aborted'], true)) {
			return $now;
		}
	}
	return $now;
};
$load = static function (string $csv, array $more = []) use ($job, $put, $state, $end): array {
	$id = $job($more)->json()['id'];
	$put($id, $csv);
	$state($id, 'UploadComplete');
	return $end($id);
};
/** @return list<array<string, string>> */
$table = static function (string $text): array {
	$in = fopen('php://memory', 'r+');
	fwrite($in, $text);
	rewind($in);
	$names = fgetcsv($in, null, ',', '"', '');
	for ($rows = []; ($row = fgetcsv($in, null, ',', '"', '')) !== false;) {
		$rows[] = array_combine($names, $row);
	}
	return $rows;
};
$results = static fn (string $id, string $what): array => $table($http->ask('GET', "jobs/ingest/$id/$what")->body);

$answer = $job(['operation' => 'upsert', 'externalIdFieldName' => 'wp_user_id__c']);
$made = $answer->json();
same('a job is created', 200, $answer->status);
check('with an id of its own kind', RecordId::normalize($made['id']) === $made['id'] && str_starts_with($made['id'], '750'), $made);
same('and says how it stands', ['Open', 'upsert', 'Contact', 'WP_User_Id__c', 'Parallel', 'CSV', 'LF', 'COMMA', "services/data/v67.0/jobs/ingest/{$made['id']}/batches"], [$made['state'], $made['operation'], $made['object'], $made['externalIdFieldName'], $made['concurrencyMode'], $made['contentType'], $made['lineEnding'], $made['columnDelimiter'], $made['contentUrl']]);
check('the version is a number with a point', str_contains($answer->body, '"apiVersion":67.0'), $answer->body);
foreach (['an object that is none' => [['object' => 'Nothing__c'], 'INVALIDENTITY'], 'an object that nobody deletes' => [['object' => 'User', 'operation' => 'delete'], 'INVALIDENTITY'], 'no such operation' => [['operation' => 'merge'], 'JSON_PARSER_ERROR'], 'no such line ending' => [['lineEnding' => 'CR'], 'JSON_PARSER_ERROR'], 'no such delimiter' => [['columnDelimiter' => ';'], 'JSON_PARSER_ERROR'], 'JSON' => [['contentType' => 'JSON'], 'JSON_PARSER_ERROR'], 'no such property' => [['externalId' => 'X'], 'JSON_PARSER_ERROR'], 'an upsert without a key' => [['operation' => 'upsert'], 'INVALIDJOB'], 'by a field that is no key' => [['operation' => 'upsert', 'externalIdFieldName' => 'Phone'], 'INVALIDJOB'], 'hardDelete without the permission' => [['operation' => 'hardDelete'], 'FEATURENOTENABLED']] as $what => [$more, $code]) {
	$answer = $job($more);
	same("refused: $what", [400, $code], [$answer->status, $answer->code()]);
}
same('jobs exist from 41.0 on', 404, $http->ask('POST', '/services/data/v40.0/jobs/ingest', ['object' => 'Contact', 'operation' => 'insert'])->status);
same('a job that nobody made', 404, $http->ask('GET', 'jobs/ingest/7500000000000001AA')->status);

$id = $made['id'];
same('nothing can be closed without data', [400, 'CLIENT_INPUT_ERROR'], [($answer = $state($id, 'UploadComplete'))->status, $answer->code()]);
same('data that says it is JSON', 415, $put($id, "{}", ['Content-Type' => 'application/json'])->status);
same('no data', [400, 'CLIENT_INPUT_ERROR'], [($answer = $put($id, ''))->status, $answer->code()]);
same('data', [201, ''], [($answer = $put($id, "WP_User_Id__c,LastName\nbulk-1,Ada\n"))->status, $answer->body]);
same('once only', [400, 'CLIENT_INPUT_ERROR'], [($answer = $put($id, "WP_User_Id__c,LastName\nbulk-2,Bob\n"))->status, $answer->code()]);
same('an open job has no results', [400, 'INVALIDJOBSTATE'], [($answer = $http->ask('GET', "jobs/ingest/$id/successfulResults"))->status, $answer->code()]);
same('and is not deleted', [400, 'INVALIDJOBSTATE'], [($answer = $http->ask('DELETE', "jobs/ingest/$id"))->status, $answer->code()]);
same('nothing has been done yet', 0, $http->ask('GET', 'query?q=' . rawurlencode("SELECT COUNT() FROM Contact WHERE WP_User_Id__c LIKE 'bulk-%'"))->json()['totalSize']);
$answer = $state($id, 'UploadComplete');
same('closed', [200, 'UploadComplete'], [$answer->status, $answer->json()['state']]);
check('without a place for more', !isset($answer->json()['contentUrl']));
same('closed once only', [400, 'INVALIDJOBSTATE'], [($answer = $state($id, 'UploadComplete'))->status, $answer->code()]);
$now = $end($id);
same('and done', ['JobComplete', 'V2Ingest', 1, 0, 0], [$now['state'], $now['jobType'], $now['numberRecordsProcessed'], $now['numberRecordsFailed'], $now['retries']]);
$rows = $results($id, 'successfulResults');
same('the row comes back with its id', [1, 'true', 'Ada', 'bulk-1'], [count($rows), $rows[0]['sf__Created'], $rows[0]['LastName'], $rows[0]['WP_User_Id__c']]);
same('which is the record\'s', 'Ada', $http->ask('GET', "sobjects/Contact/{$rows[0]['sf__Id']}?fields=LastName")->json()['LastName']);
same('no row failed', ['"sf__Id","sf__Error",LastName,WP_User_Id__c' . "\n", 'text/csv'], [($answer = $http->ask('GET', "jobs/ingest/$id/failedResults"))->body, explode(';', $answer->headers['content-type'])[0]]);
same('none was left over', "WP_User_Id__c,LastName\n", $http->ask('GET', "jobs/ingest/$id/unprocessedrecords")->body);
same('an ended job takes no state', [400, 'INVALIDJOBSTATE'], [($answer = $state($id, 'Aborted'))->status, $answer->code()]);
same('an aborted one', 'Aborted', $state($other1 = $job()->json()['id'], 'Aborted')->json()['state']);
same('is aborted once', 400, $state($other1, 'Aborted')->status);
same('and takes no data', [400, 'INVALIDJOBSTATE'], [($answer = $put($other1, "LastName\nx\n"))->status, $answer->code()]);
$list = $http->ask('GET', 'jobs/ingest')->json();
check('all jobs can be listed', $list['done'] === true && $list['nextRecordsUrl'] === null && in_array($id, array_column($list['records'], 'id'), true));
same('a job is deleted', [204, 404], [$http->ask('DELETE', "jobs/ingest/$id")->status, $http->ask('GET', "jobs/ingest/$id")->status]);

section('Bulk 2.0: rows');

$now = $load("LastName,FirstName,Email,HasOptedOutOfEmail,WP_User_Id__c\n\"O\"\"Hara, \nthe 1st\",Zoë,a@example.com,true,b1\nLee,,,,b2\n,No,,,b3\nDup,,,,b1\nBad,,not-an-address,,b4\n");
same('good rows and bad ones in one job', ['JobComplete', 5, 3], [$now['state'], $now['numberRecordsProcessed'], $now['numberRecordsFailed']]);
$good = array_column($results($now['id'], 'successfulResults'), null, 'WP_User_Id__c');
$bad = array_column($results($now['id'], 'failedResults'), null, 'LastName');
same('quotes and line ends arrive', "O\"Hara, \nthe 1st", $http->ask('GET', "sobjects/Contact/{$good['b1']['sf__Id']}?fields=LastName")->json()['LastName']);
same('booleans too', true, $http->ask('GET', "sobjects/Contact/{$good['b1']['sf__Id']}?fields=HasOptedOutOfEmail")->json()['HasOptedOutOfEmail']);
same('an empty cell leaves the default', false, $http->ask('GET', "sobjects/Contact/{$good['b2']['sf__Id']}?fields=HasOptedOutOfEmail")->json()['HasOptedOutOfEmail']);
same('each bad row says why', ['REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --', 'INVALID_EMAIL_ADDRESS:Email: invalid email address: not-an-address:Email --'], [$bad['']['sf__Error'], $bad['Bad']['sf__Error']]);
check('also where no field is to blame', preg_match('/^DUPLICATE_VALUE:duplicate value found: WP_User_Id__c .*:--$/D', $bad['Dup']['sf__Error']) === 1, $bad['Dup']);
same('with the row as it was sent', ['', 'No', 'b3'], [$bad['']['sf__Id'], $bad['']['FirstName'], $bad['']['WP_User_Id__c']]);
$b1 = $good['b1']['sf__Id'];
$now = $load("Id,FirstName,Email\n$b1,,#N/A\n003000000000001AAA,x,\n$b1$b1,x,\n,x,\n", ['operation' => 'update']);
same('an update', [4, 3], [$now['numberRecordsProcessed'], $now['numberRecordsFailed']]);
$record = $http->ask('GET', "sobjects/Contact/$b1?fields=FirstName,Email")->json();
same('#N/A empties a field, an empty cell leaves it', ['Zoë', null], [$record['FirstName'], $record['Email']]);
same('each failure by its code', ['INVALID_CROSS_REFERENCE_KEY', 'MALFORMED_ID', 'MISSING_ARGUMENT'], array_values(array_unique((static function (array $codes): array { sort($codes); return $codes; })(array_map(static fn (array $r): string => explode(':', $r['sf__Error'])[0], $results($now['id'], 'failedResults'))))));
$now = $load("WP_User_Id__c,FirstName,LastName\nb1,Zoe,Hara\nb9,New,Person\nB9,Twice,Person\n,No,Key\n", ['operation' => 'upsert', 'externalIdFieldName' => 'WP_User_Id__c']);
same('an upsert makes and changes', ['b1' => 'false', 'b9' => 'true'], (static function (array $r): array { ksort($r); return $r; })(array_column($results($now['id'], 'successfulResults'), 'sf__Created', 'WP_User_Id__c')));
same('and takes no key twice at a time, and none that is empty', 2, $now['numberRecordsFailed']);
$now = $load("LastName,Account.Name\nx,y\n");
same('a parent is named by its key alone', ['Failed', 'InvalidBatch : Field name not found : Account.Name'], [$now['state'], $now['errorMessage']]);
$now = $load("LastName,Nothing__c\nx,y\n");
same('a column that is no field ends the job', ['Failed', 'InvalidBatch : Field name not found : Nothing__c', 0], [$now['state'], $now['errorMessage'], $now['numberRecordsProcessed']]);
same('its rows are all left over', "LastName,Nothing__c\nx,y\n", $http->ask('GET', "jobs/ingest/{$now['id']}/unprocessedrecords")->body);
same('a byte order mark is no part of a name', 'InvalidBatch : Field name not found : ' . "\u{FEFF}LastName", $load("\u{FEFF}LastName\nx\n")['errorMessage']);
same('the line ending must be the one that was said', 'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF', $load("LastName\r\nx\r\n")['errorMessage']);
$now = $load("LastName;FirstName\r\nSemi;Colon\r\n", ['lineEnding' => 'CRLF', 'columnDelimiter' => 'SEMICOLON']);
same('CRLF, semicolons', ['JobComplete', 1, 0], [$now['state'], $now['numberRecordsProcessed'], $now['numberRecordsFailed']]);
same('come back as they went', "\"sf__Id\";\"sf__Created\";FirstName;LastName\r\n", substr($http->ask('GET', "jobs/ingest/{$now['id']}/successfulResults")->body, 0, 43));
same('a row of another length ends the job', 'Failed', $load("LastName,FirstName\nx,y\nz\n")['state']);
$now = $load("Id,LastName\n$b1,x\n", ['operation' => 'delete']);
same('who deletes gives ids alone', 'InvalidBatch : Delete batch must contain only ids', $now['errorMessage']);
$now = $load("Id\n$b1\n$b1\n", ['operation' => 'delete']);
same('deleted, and not twice', [2, 1, 'ENTITY_IS_DELETED'], [$now['numberRecordsProcessed'], $now['numberRecordsFailed'], explode(':', $results($now['id'], 'failedResults')[0]['sf__Error'])[0]]);
$ctl('set', 'hard_delete_permission', '1');
same('hardDelete with the permission', ['JobComplete', 0], array_values(array_intersect_key($load("Id\n{$good['b2']['sf__Id']}\n", ['operation' => 'hardDelete']), ['state' => 1, 'numberRecordsFailed' => 1])));
$ctl('set', 'hard_delete_permission', '0');

section('Bulk 2.0: many rows, and the way there');

$csv = "LastName,WP_User_Id__c,Description\n";
for ($i = 0; $i < 25000; $i++) {
	$csv .= "Many,m$i,\"Row \"\"$i\"\", with a comma\"\n";
}
$id = $job()->json()['id'];
same('packed', 201, $put($id, gzencode($csv), ['Content-Encoding' => 'gzip'])->status);
$ctl('set', 'bulk_queue_ms', '300');
$state($id, 'UploadComplete');
same('it waits in the queue', 'UploadComplete', $info($id)['state']);
$seen = [];
$polls = [];
for ($until = microtime(true) + 120; microtime(true) < $until && ($now = $info($id))['state'] !== 'JobComplete'; usleep(30000)) {
	$seen[$now['state']] = true;
	$polls[] = $now['numberRecordsProcessed'];
}
$ctl('set', 'bulk_queue_ms', '0');
same('then it is under way', ['UploadComplete', 'InProgress'], array_keys($seen));
check('and the number of rows grows', count(array_unique($polls)) > 2, $polls);
same('all of them', [25000, 0], [$now['numberRecordsProcessed'], $now['numberRecordsFailed']]);
$rows = $results($id, 'successfulResults');
$order = array_column($rows, 'WP_User_Id__c');
check('each once, in another order', count(array_unique($order)) === 25000 && $order !== array_map(static fn (int $i): string => "m$i", range(0, 24999)));
same('with its text', 'Row "' . substr($order[7], 1) . '", with a comma', $rows[7]['Description']);
$ctl('set', 'bulk_result_page', '10000');
$first = $http->ask('GET', "jobs/ingest/$id/successfulResults");
$last = $http->ask('GET', "jobs/ingest/$id/successfulResults?locator=" . $http->ask('GET', "jobs/ingest/$id/successfulResults?locator={$first->headers['sforce-locator']}")->headers['sforce-locator']);
same('results may come in pages', [10000, 'null', 5000], [count($table($first->body)), $last->headers['sforce-locator'], count($table($last->body))]);
$ctl('set', 'bulk_result_page', '0');

$id = $job(['operation' => 'update'])->json()['id'];
$csv = "Id,FirstName\n";
foreach ($rows as $row) {
	$csv .= "{$row['sf__Id']},Changed\n";
}
$put($id, $csv);
$state($id, 'UploadComplete');
for ($until = microtime(true) + 60; microtime(true) < $until && $info($id)['numberRecordsProcessed'] === 0; usleep(10000)) {
}
same('a job is aborted while it works', 'Aborted', $state($id, 'Aborted')->json()['state']);
usleep(300000);
$now = $info($id);
$left = count($table($http->ask('GET', "jobs/ingest/$id/unprocessedrecords")->body));
check('what was done is done, the rest is left over', $now['numberRecordsProcessed'] > 0 && $now['numberRecordsProcessed'] < 25000 && $left === 25000 - $now['numberRecordsProcessed'], [$now, $left]);
same('and the records say the same', $now['numberRecordsProcessed'], $http->ask('GET', 'query?q=' . rawurlencode("SELECT COUNT() FROM Contact WHERE FirstName = 'Changed'"))->json()['totalSize']);

$id = $job()->json()['id'];
$ctl('set', 'bulk_max_bytes', '400');
same('at the limit of a job, in base64', 201, $put($id, str_pad("LastName\n", 300, 'x'))->status);
same('one more byte', 413, $put($job()->json()['id'], str_pad("LastName\n", 301, 'x'))->status);
$ctl('set', 'bulk_max_bytes', '150000000');
same('150 MB are no limit of the web server', 413, $put($job()->json()['id'], str_repeat('x', 113000000))->status);
same('data cut on its way is no data', [0, 201], [(static function () use ($http, $job, $ctl, &$cut): int {
	$cut = $job()->json()['id'];
	$ctl('fault', 'close', '--times', '1', '--match', '/batches');
	$status = $http->ask('PUT', "jobs/ingest/$cut/batches", "LastName\nx\n", ['Content-Type' => 'text/csv'])->status;
	$http->forget();
	return $status;
})(), $put($cut, "LastName\nx\n")->status]);

section('Bulk 2.0: queries');

$query = static fn (string $soql, array $more = []): Answer => $http->ask('POST', 'jobs/query', $more + ['operation' => 'query', 'query' => $soql]);
foreach (['no SOQL' => ['SELECT', 'MALFORMED_QUERY'], 'no such field' => ['SELECT Nothing__c FROM Contact', 'INVALID_FIELD'], 'no such object' => ['SELECT Id FROM Nothing__c', 'INVALID_TYPE'], 'a count' => ['SELECT COUNT() FROM Contact', 'API_ERROR'], 'an offset' => ['SELECT Id FROM Contact OFFSET 5', 'API_ERROR'], 'nothing' => ['', 'API_ERROR']] as $what => [$soql, $code]) {
	same("refused: $what", [400, $code], [($answer = $query($soql))->status, $answer->code()]);
}
same('refused: an insert', 400, $query('SELECT Id FROM Contact', ['operation' => 'insert'])->status);
$answer = $query("SELECT WP_User_Id__c, LastName, Account.Name, HasOptedOutOfEmail, Description FROM Contact WHERE WP_User_Id__c LIKE 'm%' ORDER BY WP_User_Id__c");
$id = $answer->json()['id'];
same('a query is a job', [200, 'UploadComplete', 'Contact', 'query'], [$answer->status, $answer->json()['state'], $answer->json()['object'], $answer->json()['operation']]);
$now = $end($id, 'query');
same('which ends', ['JobComplete', 'V2Query', 25000], [$now['state'], $now['jobType'], $now['numberRecordsProcessed']]);
$all = [];
$pages = 0;
for ($locator = ''; $locator !== 'null'; $locator = $answer->headers['sforce-locator']) {
	$answer = $http->ask('GET', "jobs/query/$id/results?maxRecords=9000" . ($locator === '' ? '' : "&locator=$locator"), null, ['Accept' => 'text/csv', 'Accept-Encoding' => $pages % 2 ? 'gzip' : 'identity'], [CURLOPT_ENCODING => 'gzip']);
	$part = $table($answer->body);
	same('a page says how many rows it has', (string) count($part), $answer->headers['sforce-numberofrecords']);
	array_push($all, ...$part);
	$pages++;
}
same('three pages, each row once', [3, 25000], [$pages, count(array_unique(array_column($all, 'WP_User_Id__c')))]);
same('as texts', ['m0', 'Many', '', 'false', 'Row "0", with a comma'], array_values($all[0]));
same('names as they are called', ['WP_User_Id__c', 'LastName', 'Account.Name', 'HasOptedOutOfEmail', 'Description'], array_keys($all[0]));
same('a page can be had again', $answer->body, $http->ask('GET', "jobs/query/$id/results?maxRecords=9000&locator=" . base64_encode('18000'))->body);
same('no such page', [400, 'INVALID_QUERY_LOCATOR'], [($answer = $http->ask('GET', "jobs/query/$id/results?locator=MTIzNDU2"))->status, $answer->code()]);
same('another version', 409, $http->ask('GET', "/services/data/v60.0/jobs/query/$id/results")->status);
$ctl('set', 'bulk_queue_ms', '2000');
$id = $query('SELECT Id FROM Contact')->json()['id'];
same('no results before the end', [400, 'INVALIDJOBSTATE'], [($answer = $http->ask('GET', "jobs/query/$id/results"))->status, $answer->code()]);
same('a query can be aborted', 'Aborted', $http->ask('PATCH', "jobs/query/$id", ['state' => 'Aborted'])->json()['state']);
$ctl('set', 'bulk_queue_ms', '0');
$id = $query("SELECT Id FROM Contact WHERE LastName = 'Nobody'")->json()['id'];
$end($id, 'query');
$answer = $http->ask('GET', "jobs/query/$id/results");
same('no rows', ["\"Id\"\n", '0', 'null'], [$answer->body, $answer->headers['sforce-numberofrecords'], $answer->headers['sforce-locator']]);
$ctl('fault', 'half', '--times', '1', '--match', '/results');
check('half an answer is no answer', in_array($http->ask('GET', "jobs/query/$id/results")->errno, [CURLE_PARTIAL_FILE, 92 /* CURLE_HTTP2_STREAM */], true));
$http->forget();
same('a query is no load', 404, $http->ask('GET', "jobs/ingest/$id")->status);
