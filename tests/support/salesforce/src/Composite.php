<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/composite`: up to 25 requests one after another, each may use the results of those before it, all or none if so wished. */
final class Composite
{
	private const MOST = 25;
	private const HEAVY = 5;
	private const GRAPHS = 75;
	private const NODES = 500;
	private const DEPTH = 15;

	public function __construct(private readonly Api $api, private readonly Context $context)
	{
	}

	public function handle(Request $request): Response
	{
		if ($request->method !== 'POST') {
			throw ApiError::method($request->method, ['POST']);
		}
		$body = Api::json($request);
		$requests = $body['compositeRequest'] ?? null;
		if (!is_array($requests) || !array_is_list($requests) || $requests === []) {
			throw ApiError::of(400, 'JSON_PARSER_ERROR', 'compositeRequest is required and must be a list of subrequests');
		}
		if (count($requests) > self::MOST) {
			throw ApiError::of(400, 'LIMIT_EXCEEDED', 'Limit exceeded: a composite request can have ' . self::MOST . ' subrequests at most');
		}
		self::checkReferences($requests);
		$heavy = array_filter($requests, static fn (array $one): bool => preg_match('~^/services/data/v\d+\.0/(?:query|queryAll|composite/sobjects)\b~', (string) ($one['url'] ?? '')) === 1);
		if (count($heavy) > self::HEAVY) {
			throw ApiError::of(400, 'LIMIT_EXCEEDED', 'Limit exceeded: up to ' . self::HEAVY . ' subrequests can be sObject Collections or query and queryAll operations');
		}
		$allOrNone = ($body['allOrNone'] ?? false) === true;
		$results = $allOrNone ? $this->together($requests) : $this->oneByOne($requests);
		return Response::json(200, ['compositeResponse' => $results]);
	}

	/** `/composite/graph`: each graph is carried out as a whole or not at all, whatever becomes of the others. */
	public function graphs(Request $request): Response
	{
		Api::only($request, ['POST']);
		$graphs = Api::json($request)['graphs'] ?? null;
		if (!is_array($graphs) || !array_is_list($graphs) || $graphs === []) {
			throw ApiError::of(400, 'JSON_PARSER_ERROR', 'graphs is required and must be a list of graphs');
		}
		if (count($graphs) > self::GRAPHS) {
			throw ApiError::of(400, 'LIMIT_EXCEEDED', 'Limit exceeded: a request can have ' . self::GRAPHS . ' graphs at most');
		}
		$nodes = 0;
		$ids = [];
		foreach ($graphs as $graph) {
			$id = $graph['graphId'] ?? null;
			$requests = $graph['compositeRequest'] ?? null;
			if (!is_string($id) || preg_match('/^[A-Za-z0-9][A-Za-z0-9_]*$/D', $id) !== 1 || isset($ids[$id])) {
				throw ApiError::of(400, 'INVALID_INPUT', 'graphId is required, must be unique, and has letters, digits and underscores only');
			}
			if (!is_array($requests) || !array_is_list($requests) || $requests === []) {
				throw ApiError::of(400, 'JSON_PARSER_ERROR', 'compositeRequest is required and must be a list of nodes');
			}
			$ids[$id] = true;
			self::checkReferences($requests);
			self::checkDepth($requests);
			$nodes += count($requests);
		}
		if ($nodes > self::NODES) {
			throw ApiError::of(400, 'LIMIT_EXCEEDED', 'Limit exceeded: a request can have ' . self::NODES . ' nodes at most');
		}
		return Response::json(200, ['graphs' => array_map(function (array $graph): array {
			$results = $this->together($graph['compositeRequest']);
			return [
				'graphId' => $graph['graphId'],
				'graphResponse' => ['compositeResponse' => $results],
				'isSuccessful' => array_filter($results, static fn (array $r): bool => $r['httpStatusCode'] >= 300) === [],
			];
		}, $graphs)]);
	}

	private static function checkReferences(array $requests): void
	{
		$seen = [];
		foreach ($requests as $one) {
			$reference = $one['referenceId'] ?? null;
			if (!is_string($reference) || preg_match('/^[A-Za-z0-9][A-Za-z0-9_]*$/D', $reference) !== 1) {
				throw ApiError::of(400, 'INVALID_INPUT', 'referenceId is required, and has letters, digits and underscores only');
			}
			if (isset($seen[$reference])) {
				throw ApiError::of(400, 'INVALID_INPUT', "Duplicate ReferenceId provided: $reference");
			}
			$seen[$reference] = true;
		}
	}

	private static function checkDepth(array $requests): void
	{
		$depths = [];
		foreach ($requests as $one) {
			preg_match_all('/@\{([A-Za-z0-9_]+)[.[]/', ($one['url'] ?? '') . json_encode($one['body'] ?? null), $m);
			$depths[$one['referenceId']] = 1 + max([0, ...array_map(static fn (string $id): int => $depths[$id] ?? 0, $m[1])]);
		}
		if (max($depths) > self::DEPTH) {
			throw ApiError::of(400, 'LIMIT_EXCEEDED', 'Limit exceeded: a graph can be ' . self::DEPTH . ' nodes deep at most');
		}
	}

	private function oneByOne(array $requests): array
	{
		$results = [];
		foreach ($requests as $one) {
			$this->context->begin();
			$results[$one['referenceId']] = $this->sub($one, $results);
		}
		return array_values($results);
	}

	private function together(array $requests): array
	{
		$results = [];
		$this->context->begin();
		$this->context->store->begin();
		$failed = null;
		foreach ($requests as $one) {
			$results[$one['referenceId']] = $this->sub($one, $results);
			if ($results[$one['referenceId']]['httpStatusCode'] >= 300) {
				$failed = $one['referenceId'];
				break;
			}
		}
		$this->context->store->end($failed === null);
		if ($failed === null) {
			return array_values($results);
		}
		$out = [];
		foreach ($requests as $one) {
			$out[] = $one['referenceId'] === $failed ? $results[$failed] : [
				'body' => [['errorCode' => 'PROCESSING_HALTED', 'message' => 'The transaction was rolled back since another operation in the same transaction failed.']],
				'httpHeaders' => (object) [],
				'httpStatusCode' => 400,
				'referenceId' => $one['referenceId'],
			];
		}
		return $out;
	}

	private function sub(array $one, array $results): array
	{
		try {
			$method = strtoupper((string) ($one['method'] ?? ''));
			$url = $this->substitute((string) ($one['url'] ?? ''), $results);
			if (!str_starts_with($url, $this->context->url(''))) {
				throw ApiError::of(400, 'INVALID_INPUT', 'The url of a subrequest must start with ' . $this->context->url(''));
			}
			[$path, $query] = explode('?', $url, 2) + [1 => ''];
			$sub = substr($path, strlen($this->context->url('')));
			if ((str_starts_with($sub, 'composite') && !str_starts_with($sub, 'composite/sobjects')) || $sub === '') {
				throw ApiError::of(400, 'INVALID_INPUT', 'This resource is not allowed in a composite request');
			}
			$body = array_key_exists('body', $one) ? json_encode($this->walk($one['body'], $results), JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES) : '';
			if ($body === '[]') {
				$body = '{}';
			}
			$request = new Request($method, $path, Request::parameters($query), ['content-type' => 'application/json'], $body);
			$response = $this->context->store->isOpen()
				? $this->context->store->savepoint(fn (): Response => $this->api->resource($request, $this->context, $sub))
				: $this->api->resource($request, $this->context, $sub);
		} catch (ApiError $e) {
			$response = Response::error($e);
		} catch (MultipleChoices $e) {
			$response = Response::json(300, $e->urls);
		}
		return [
			'body' => $response->body === null ? null : json_decode($response->body),
			'httpHeaders' => (object) array_intersect_key($response->headers, ['Location' => 1]),
			'httpStatusCode' => $response->status,
			'referenceId' => $one['referenceId'],
		];
	}

	private function walk(mixed $value, array $results): mixed
	{
		return match (true) {
			is_array($value) => array_map(fn (mixed $v): mixed => $this->walk($v, $results), $value),
			is_string($value) => $this->substitute($value, $results),
			default => $value,
		};
	}

	/** `@{reference.field.deeper}` and `@{reference.records[0].Id}` */
	private function substitute(string $text, array $results): string
	{
		return preg_replace_callback('/@\{([A-Za-z0-9_]+)((?:\.[A-Za-z0-9_]+|\[\d+\])+)\}/', function (array $m) use ($results): string {
			$value = $results[$m[1]] ?? null;
			$ok = $value !== null && $value['httpStatusCode'] < 300;
			$value = $ok ? $value['body'] : null;
			preg_match_all('/\.([A-Za-z0-9_]+)|\[(\d+)\]/', $m[2], $steps, PREG_SET_ORDER);
			foreach ($steps as $step) {
				$key = $step[2] ?? $step[1];
				$value = is_object($value) ? ($value->$key ?? null) : (is_array($value) ? ($value[(int) $key] ?? null) : null);
			}
			if (!is_scalar($value)) {
				throw ApiError::of(400, 'PROCESSING_HALTED', "Invalid reference specified. No value for {$m[1]}{$m[2]} found in {$m[1]}");
			}
			return is_bool($value) ? ($value ? 'true' : 'false') : (string) $value;
		}, $text);
	}
}
