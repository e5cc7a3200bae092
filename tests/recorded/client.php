<?php
declare(strict_types=1);

// Run by judge.php: HOST RECORDED. Makes each call that was recorded, and says in a line of JSON what came of it.

use Samlforce\Salesforce\Client;
use Samlforce\Salesforce\Credentials;
use Samlforce\Salesforce\SalesforceException;

/** @return array{0: string, 1: callable(Client): mixed} how our client would ask for it */
function call(array $r): array
{
	$path = preg_replace_callback('/[^\x21-\x7e]|[#\\\\]/', static fn (array $m): string => rawurlencode($m[0]), $r['path']);
	$body = json_decode($r['sent'], true);
	$body = is_array($body) ? $body : null;
	$json = json_decode($r['body'], true);
	if (preg_match('~^/services/data/v[\d.]+/sobjects/(\w+)/?(?:(\w{15,18}))?$~D', $path, $m)) {
		if ($r['method'] === 'POST' && $body !== null && !isset($m[2])) {
			$fields = array_filter($body, static fn (mixed $v): bool => !is_array($v));
			return ['create', static fn (Client $c): string => $c->create($m[1], $fields)];
		}
		if ($r['method'] === 'PATCH' && isset($m[2])) {
			return ['update', static fn (Client $c) => $c->update($m[1], $m[2], array_filter($body ?? [], static fn (mixed $v): bool => !is_array($v)))];
		}
		if ($r['method'] === 'DELETE' && isset($m[2])) {
			return ['delete', static fn (Client $c) => $c->delete($m[1], $m[2])];
		}
		if ($r['method'] === 'GET' && isset($m[2])) {
			return ['retrieve', static fn (Client $c): array => $c->retrieve($m[1], $m[2])];
		}
	}
	// (an upsert that updates said nothing once, and our client would go and ask for the id)
	if ($r['method'] === 'PATCH' && $r['status'] !== 204 && preg_match('~^/services/data/v[\d.]+/sobjects/(\w+)/(\w+)/([^/]+)$~D', $path, $m)) {
		return ['upsert', static fn (Client $c): array => $c->upsert($m[1], $m[2], rawurldecode($m[3]), array_filter($body ?? [], static fn (mixed $v): bool => !is_array($v)))];
	}
	if ($r['method'] === 'GET' && preg_match('~/v[\d.]+/query/?\?~', $path) && ($json['done'] ?? false) === true) {
		return ['query', static fn (Client $c): array => $c->query('SELECT Id FROM Contact')];
	}
	return ['request', static fn (Client $c): mixed => $c->request($r['method'], $path, $body)];
}

/** What it must make of a success. */
function made(string $call, array $r, mixed $result): bool
{
	$json = $r['body'] === '' ? null : json_decode($r['body'], true);
	return match ($call) {
		'create' => $result === $json['id'],
		'upsert' => $result === ['id' => $json['id'], 'created' => $r['status'] === 201],
		'update', 'delete' => $result === null,
		'query' => $result === $json['records'],
		default => $result === $json,
	};
}

/** @return array{0: bool, 1: mixed} whether the failure says what was recorded, and what is to be done about it */
function told(array $r, SalesforceException $e): array
{
	$json = json_decode($r['body'], true);
	$error = is_array($json) ? $json[0] ?? $json : [];
	// by the meaning of the code, or of the status where there is none
	$action = ['ENTITY_IS_DELETED' => 'LookUp', 'INVALID_AUTH_HEADER' => 'Authenticate', 'NOT_FOUND' => 'LookUp'][$e->errorCode ?? ''] ?? null;
	$holds = $e->httpStatus === $r['status'] && $e->errorCode === ($error['errorCode'] ?? null) && $e->fields === ($error['fields'] ?? []) && ($action === null || $e->action->name === $action);
	return [$holds, [$e->httpStatus, $e->errorCode, $e->fields, $e->reason->name, $e->action->name, $e->getMessage()]];
}

[, $host, $file] = $argv;
$client = new Client(Credentials::jwtBearer($host, 'recorded', 'recorded@acme.example', 'salesforce'));
$client->limits();
foreach (json_decode(file_get_contents($file), true) as $r) {
	[$name, $call] = call($r);
	try {
		$result = $call($client);
		$line = [$r['status'] < 300 && made($name, $r, $result), $name, "{$r['from']}: {$r['method']} {$r['path']}", ['recorded' => substr($r['body'], 0, 300), 'result' => substr((string) json_encode($result), 0, 300)]];
	} catch (SalesforceException $e) {
		[$holds, $seen] = told($r, $e);
		$line = [$r['status'] >= 300 && $holds, $r['status'] >= 300 ? "refused $name" : $name, "{$r['from']}: {$r['method']} {$r['path']} {$r['status']}", $seen];
	} catch (Throwable $e) {
		$line = [false, $name, "{$r['from']}: {$r['method']} {$r['path']}", get_class($e) . ': ' . $e->getMessage()];
	}
	echo json_encode($line, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
	if (!$line[0]) {
		break; // who knows which answer is the next
	}
}
