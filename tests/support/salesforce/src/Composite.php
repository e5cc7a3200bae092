<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/composite`: up to 25 requests one after another, each may use the results of those before it, all or none if so wished. */
final class Composite
{
	private const MOST = 25;

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
		$allOrNone = ($body['allOrNone'] ?? false) === true;
		$results = $allOrNone ? $this->together($requests) : $this->oneByOne($requests);
		return Response::json(200, ['compositeResponse' => $results]);
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
			if (str_starts_with($sub, 'composite') || $sub === '') {
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
