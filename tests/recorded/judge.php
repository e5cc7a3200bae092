<?php
declare(strict_types=1);

// Run by tests/recorded/run: RECORDED.jsonl. Each recorded answer goes to the client, byte for byte in its body, by way of a server that
// replays them; then the emulator is asked for the same things, and its answers are compared with the recorded ones in shape.

require __DIR__ . '/../salesforce/emulator.inc';
require __DIR__ . '/../salesforce/server.inc';

$passed = $failed = 0;
function check(string $what, bool $holds, mixed $seen = null): void
{
	global $passed, $failed;
	if ($holds) {
		$passed++;
		return;
	}
	$failed++;
	echo "FAIL: $what\n      ", substr(is_string($seen) ? $seen : (string) json_encode($seen, JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_UNESCAPED_SLASHES), 0, 600), "\n";
}

Emulator::start();
$recorded = array_map(static fn (string $line): array => json_decode($line, true, 512, JSON_THROW_ON_ERROR), file($argv[1], FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES));

// ---- what the client makes of them ----

/**
 * The answer as it went over the wire; what the recorder undid (chunks, gzip) is left out. The connection ends with it: the client takes a new
 * one for some calls, and the server has one at a time.
 */
function bytes(array $r): string
{
	$head = "HTTP/1.1 {$r['status']} Recorded";
	foreach ($r['headers'] as $name => $value) {
		if (!in_array($name, ['transfer-encoding', 'content-encoding', 'content-length', 'connection', 'set-cookie'], true) && is_string($value) && preg_match('/^[\x20-\x7e]*$/D', $value)) {
			$head .= "\r\n$name: $value";
		}
	}
	$head .= "\r\nConnection: close";
	return '!' . (in_array($r['status'], [204, 304], true) ? "$head\r\n\r\n" : OddServer::answer($r['body'], $head));
}

/** What the client made of these answers: one line each, [whether it is as it must be, the call, what was asked, what is wrong]. */
function client(array $answers, array $recorded): array
{
	// the token, and a first call on the same connection, which ends with it
	$server = new OddServer(['{token}', '!' . OddServer::answer('{}', "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close"), ...$answers]);
	$file = tempnam(sys_get_temp_dir(), 'recorded');
	file_put_contents($file, json_encode(array_values($recorded)));
	$process = proc_open([...Emulator::phpCommand(['samlforce.allowed_hosts' => $server->host]), __DIR__ . '/client.php', $server->host, $file], [1 => ['pipe', 'w'], 2 => STDERR], $pipes);
	$lines = explode("\n", trim(stream_get_contents($pipes[1])));
	proc_close($process);
	unlink($file);
	return array_map(static fn (string $line): array => json_decode($line, true) ?? [false, '?', $line, $line], $lines);
}

$good = array_filter($recorded, static fn (array $r): bool => $r['status'] < 300 && !str_contains($r['path'], '/oauth2/') && ($r['body'] === '' || json_decode($r['body']) !== null));
$bad = array_filter($recorded, static fn (array $r): bool => $r['status'] >= 300);
$other = count($recorded) - count($good) - count($bad);
$calls = [];
$note = static function (array $lines) use (&$calls): void {
	foreach ($lines as [$holds, $call, $what, $seen]) {
		$calls[$call] = ($calls[$call] ?? 0) + 1;
		check("$call: $what", $holds, $seen);
	}
};
for ($good = array_values($good); $good !== []; $good = array_slice($good, count($lines))) {
	$part = array_slice($good, 0, 100);
	$note($lines = client(array_map(bytes(...), $part), $part)); // up to the first that is not as it must be
}
foreach ($bad as $r) {
	$note(client([bytes($r), bytes($r), bytes($r)], [$r])); // once more where it is repeated
}
ksort($calls);
echo 'the client: ', implode(', ', array_map(static fn (string $n, int $c): string => "$c $n", array_keys($calls), $calls)), "; $other others\n";

// ---- what the emulator says in the same place ----

/** Keys and types; the elements of a list as one. */
function shape(mixed $value): mixed
{
	if (!is_array($value)) {
		return get_debug_type($value);
	}
	if (array_is_list($value)) {
		return ['[]' => array_reduce($value, static fn (mixed $all, mixed $one): mixed => merge($all, shape($one)))];
	}
	return array_map(shape(...), $value);
}

function merge(mixed $a, mixed $b): mixed
{
	if ($a === null || $a === 'null') {
		return $b ?? $a;
	}
	return is_array($a) && is_array($b) ? array_merge($b, array_combine(array_keys($a), array_map(static fn (string|int $k): mixed => merge($a[$k], $b[$k] ?? null), array_keys($a)))) : $a;
}

/** What the emulator has and no org had, or has of another type. $all: and what every org has and the emulator has not. */
function differences(mixed $ours, mixed $theirs, bool $all, string $at = ''): array
{
	if ($ours === null || $theirs === null || $ours === 'null' || $theirs === 'null' || (in_array($ours, ['int', 'float'], true) && in_array($theirs, ['int', 'float'], true))) {
		return [];
	}
	if (!is_array($ours) || !is_array($theirs)) {
		return $ours === $theirs ? [] : ["$at: " . json_encode($ours) . ' and not ' . json_encode($theirs)];
	}
	$found = [];
	foreach ($ours as $key => $value) {
		$found = [...$found, ...(array_key_exists($key, $theirs) ? differences($value, $theirs[$key], $all, "$at/$key") : ["$at/$key: no org has it"])];
	}
	return $all ? [...$found, ...array_map(static fn (string|int $k): string => "$at/$k: is missing", array_keys(array_diff_key($theirs, $ours)))] : $found;
}

$client = Emulator::client();
$raw = static function (string $method, string $path, ?array $body = null, array $headers = []): array {
	static $token = null;
	$env = Emulator::$env;
	if ($token === null) {
		$b64 = static fn (string $s): string => rtrim(strtr(base64_encode($s), '+/', '-_'), '=');
		$in = $b64('{"alg":"RS256"}') . '.' . $b64(json_encode(['iss' => $env['SF_CONSUMER_KEY'], 'sub' => $env['SF_USERNAME'], 'aud' => 'https://login.salesforce.com', 'exp' => time() + 180]));
		openssl_sign($in, $signature, file_get_contents(ini_get('samlforce.keyring') . '/salesforce.pem'), 'sha256');
		$token = ['curl' => curl_init(), 'answer' => null];
		curl_setopt_array($token['curl'], [CURLOPT_URL => "https://{$env['SF_HOST']}/services/oauth2/token", CURLOPT_CAINFO => $env['SF_CA'], CURLOPT_RETURNTRANSFER => true,
			CURLOPT_POSTFIELDS => http_build_query(['grant_type' => 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'assertion' => "$in." . $b64($signature)])]);
		$token['answer'] = json_decode(curl_exec($token['curl']), true);
	}
	if ($path === 'token') {
		return [200, $token['answer'], []];
	}
	$curl = curl_init();
	$received = [];
	curl_setopt_array($curl, [CURLOPT_URL => "https://{$env['SF_HOST']}/services/data/v67.0/$path", CURLOPT_CAINFO => $env['SF_CA'], CURLOPT_RETURNTRANSFER => true, CURLOPT_CUSTOMREQUEST => $method,
		CURLOPT_HTTPHEADER => $headers + ['Authorization: Bearer ' . $token['answer']['access_token'], 'Content-Type: application/json'],
		CURLOPT_HEADERFUNCTION => static function (CurlHandle $_, string $line) use (&$received): int {
			$received[strtolower(strtok($line, ':'))] = trim((string) strtok(''));
			return strlen($line);
		}] + ($body === null ? [] : [CURLOPT_POSTFIELDS => json_encode($body)]));
	$text = curl_exec($curl);
	return [curl_getinfo($curl, CURLINFO_RESPONSE_CODE), json_decode((string) $text, true), $received];
};
$theirs = static fn (callable $which): array => array_values(array_filter($recorded, $which));
$compare = static function (string $what, array $ours, array $recorded, bool $all, array $but = []): void {
	if ($recorded === []) {
		echo "no org was recorded: $what\n";
		return;
	}
	$shape = array_reduce($recorded, static fn (mixed $sum, array $r): mixed => merge($sum, shape(json_decode($r['body'], true))));
	$statuses = array_unique(array_column($recorded, 'status'));
	$found = array_values(array_filter(differences(shape($ours[1]), $shape, $all), static fn (string $d): bool => !array_filter($but, static fn (string $b): bool => str_starts_with($d, $b))));
	check("the emulator, as " . count($recorded) . " recorded: $what", $found === [] && in_array($ours[0], $statuses, true), ['status' => $ours[0], 'recorded' => $statuses, 'differences' => $found]);
	foreach (['content-type', 'sforce-limit-info', 'location'] as $header) {
		$has = array_filter($recorded, static fn (array $r): bool => isset($r['headers'][$header]));
		if (count($has) === count($recorded) && $what !== 'token') {
			$kind = static fn (string $v): string => match ($header) {
				'location' => preg_replace('~^/services/data/[^/]+/sobjects/\w+/\w{15,18}$~D', 'of the record', $v),
				'sforce-limit-info' => preg_replace('/\d+/', '9', $v),
				default => strtolower($v),
			};
			check("the emulator's $header of $what", isset($ours[2][$header]) && $kind($ours[2][$header]) === $kind(reset($has)['headers'][$header]), [$ours[2][$header] ?? null, reset($has)['headers'][$header]]);
		}
	}
};
$is = static fn (string $method, string $pattern, int $status): callable => static fn (array $r): bool => $r['method'] === $method && $r['status'] === $status && preg_match($pattern, $r['path']) === 1 && is_array(json_decode($r['body'] === '' ? '[]' : $r['body'], true));

$compare('token', $raw('GET', 'token'), $theirs(static fn (array $r): bool => str_contains($r['path'], '/oauth2/token')), false, ['/api_instance_url', '/scope', '/sfdc_']);
$created = $raw('POST', 'sobjects/Contact', ['LastName' => 'Recorded', 'Email' => 'r@example.org', 'AccountId' => Emulator::$env['SF_ACCOUNT_ID']]);
$compare('a record is created', $created, $theirs($is('POST', '~/sobjects/\w+/?$~', 201)), true);
$id = $created[1]['id'];
$compare('a query', $raw('GET', 'query?q=' . urlencode("SELECT Id, Email, LastName FROM Contact WHERE Id = '$id'")), $theirs($is('GET', '~/query\?.*FROM\+?(%20)?Contact~i', 200)), false, ['/records/[]/LastName']);
$compare('an empty query', $raw('GET', 'query?q=' . urlencode("SELECT Id FROM Contact WHERE LastName = 'nobody'")), array_values(array_filter($theirs($is('GET', '~/query\?~i', 200)), static fn (array $r): bool => (json_decode($r['body'], true)['totalSize'] ?? 1) === 0)), true);
$compare('an upsert that creates', $raw('PATCH', 'sobjects/Contact/WP_User_Id__c/recorded', ['LastName' => 'Upserted']), $theirs($is('PATCH', '~/sobjects/\w+/\w+__c/~', 201)), false, ['/created']);
$compare('a description', $raw('GET', 'sobjects/Contact/describe'), $theirs($is('GET', '~/sobjects/Contact/describe~', 200)), false);
$compare('an update', $raw('PATCH', "sobjects/Contact/$id", ['LastName' => 'Changed']), $theirs($is('PATCH', '~/sobjects/\w+/\w{15,18}$~', 204)), false);
$compare('a deletion', $raw('DELETE', "sobjects/Contact/$id"), $theirs($is('DELETE', '~/sobjects/\w+/\w{15,18}$~', 204)), false);
$compare('a deletion of what is deleted', $raw('DELETE', "sobjects/Contact/$id"), $theirs($is('DELETE', '~/sobjects/\w+/\w{15,18}$~', 404)), true);
$compare('the list of objects', $raw('GET', 'sobjects'), $theirs($is('GET', '~/sobjects/?$~', 200)), false);
$compare('the resources', $raw('GET', ''), $theirs($is('GET', '~/services/data/v[\d.]+/$~', 200)), false, ['/queryAll', '/limits', '/composite']);
$compare('composite', $raw('POST', 'composite', ['compositeRequest' => [['method' => 'GET', 'url' => '/services/data/v67.0/sobjects/Contact/003000000000000AAA', 'referenceId' => 'a']]]), $theirs($is('POST', '~/composite$~', 200)), false);
$compare('a header that is none', $raw('GET', 'limits', null, ['Authorization: nonsense']), $theirs(static fn (array $r): bool => $r['status'] === 401), true);

echo "$passed passed, $failed failed\n";
exit($failed === 0 && $passed > 0 ? 0 : 1);
