<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/services/data/`: authentication, limits, and the way to each resource. */
final class Api
{
	public const OLDEST = 31;
	public const NEWEST = 67;
	/** 2025-01-01 */
	private const DESCRIBED_SINCE = 1735689600;

	private bool $counted = false;

	public function __construct(private readonly Store $store, private readonly string $host)
	{
	}

	public function handle(Request $request): Response
	{
		try {
			$response = $this->route($request);
		} catch (ApiError $e) {
			$response = Response::error($e);
		} catch (MultipleChoices $e) {
			$response = Response::json(300, $e->urls);
			$response->error = 'MULTIPLE_CHOICES';
		}
		if ($this->counted) {
			$response->headers['Sforce-Limit-Info'] = 'api-usage=' . $this->store->number('api_used') . '/' . $this->store->number('daily_limit');
		}
		return $response;
	}

	private function route(Request $request): Response
	{
		if (preg_match('//u', rawurldecode($request->path) . implode($request->query)) !== 1) {
			throw ApiError::of(400, 'INVALID_INPUT', 'The address is not valid UTF-8');
		}
		if (preg_match('~^/services/data/?$~D', $request->path) === 1) {
			self::only($request, ['HEAD', 'GET']);
			return Response::json(200, self::versions());
		}
		if (preg_match('~^/services/data/v(\d{2}\.0)(?:/(.*))?$~Ds', $request->path, $m) !== 1) {
			throw ApiError::notFound();
		}
		$version = $m[1];
		if ((int) $version >= 21 && (int) $version < self::OLDEST) {
			throw new ApiError(410, [['message' => 'The requested resource has been retired or removed.', 'errorCode' => 'UNSUPPORTED_API_VERSION']]);
		}
		if ((int) $version < self::OLDEST || (int) $version > self::NEWEST) {
			throw ApiError::notFound();
		}
		$duplicates = preg_match('/\ballowSave\s*=\s*true\b/i', $request->header('sforce-duplicate-rule-header')) === 1;
		$context = new Context($this->store, $this->authenticate($request), $version, $duplicates, preg_match('/(?:^|[,;])\s*client\s*=\s*([^,;]+)/i', $request->header('sforce-call-options'), $m2) === 1 ? trim($m2[1]) : '');
		$this->count();
		$request = preg_match('~^jobs/ingest/[^/]+/batches/?$~D', $m[2] ?? '') === 1 ? $request : $this->inflated($request);
		// Clients that can send no PATCH say it in the address.
		if ($request->method === 'POST' && isset($request->query['_HttpMethod'])) {
			$request = new Request(strtoupper($request->query['_HttpMethod']), $request->path, $request->query, $request->headers, $request->body);
		}
		return $this->resource($request, $context, rtrim($m[2] ?? '', '/'));
	}

	/** @return string the user's id */
	private function authenticate(Request $request): string
	{
		$void = new ApiError(401, [['message' => 'Session expired or invalid', 'errorCode' => 'INVALID_SESSION_ID']], ['WWW-Authenticate' => 'Token']);
		$header = $request->header('authorization');
		if ($header === '') {
			throw $void;
		}
		if (preg_match('/^(?:Bearer|OAuth) +(\S+)$/Di', $header, $m) !== 1) {
			throw new ApiError(401, [['message' => 'INVALID_HEADER_TYPE', 'errorCode' => 'INVALID_AUTH_HEADER']], ['WWW-Authenticate' => 'Token']);
		}
		// A token belongs to the instance that it names; after a move to another one it is void on the old.
		if (self::authority($this->host) !== self::authority($this->store->setting('instance_host'))) {
			throw $void;
		}
		$digest = hash('sha256', $m[1]);
		$session = $this->store->row('SELECT s.user_id, s.expires_at FROM sessions s JOIN users u ON u.Id = s.user_id WHERE s.token_hash = ? AND u.IsActive = 1', [$digest]);
		if ($session === null || $session['expires_at'] <= time()) {
			throw $void;
		}
		// A session that is used in its second half lives on.
		$length = $this->store->number('session_seconds');
		if ($session['expires_at'] - time() < $length / 2) {
			$this->store->transaction(fn (): int => $this->store->run('UPDATE sessions SET expires_at = ? WHERE token_hash = ?', [time() + $length, $digest]));
		}
		return $session['user_id'];
	}

	/** A host without the port that https has anyway. */
	public static function authority(string $host): string
	{
		return preg_replace('/:443$/D', '', $host);
	}

	/** The call that goes over the limit is refused and not counted. */
	private function count(): void
	{
		$this->counted = true;
		$this->store->transaction(function (): void {
			$used = (int) ($this->store->value("SELECT value FROM settings WHERE key = 'api_used'") ?? 0);
			if ($used >= $this->store->number('daily_limit')) {
				throw ApiError::of(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
			}
			$this->store->set('api_used', (string) ($used + 1));
		});
	}

	private function inflated(Request $request): Request
	{
		$encoding = strtolower($request->header('content-encoding'));
		if ($encoding === '' || $encoding === 'identity') {
			return $request;
		}
		$body = match ($encoding) {
			'gzip' => @gzdecode($request->body, 52428800),
			'deflate' => @zlib_decode($request->body, 52428800),
			default => throw ApiError::of(415, 'UNSUPPORTED_MEDIA_TYPE', "Content-Encoding '$encoding' is not supported"),
		};
		if ($body === false) {
			throw ApiError::of(400, 'INVALID_INPUT', "The body is not valid $encoding");
		}
		return new Request($request->method, $request->path, $request->query, $request->headers, $body);
	}

	/** @param string $path below `/services/data/vXX.X/` */
	public function resource(Request $request, Context $context, string $path): Response
	{
		$parts = array_map('rawurldecode', explode('/', $path));
		switch ($parts[0]) {
			case '':
				self::only($request, ['HEAD', 'GET']);
				return Response::json(200, array_map($context->url(...), ['sobjects' => 'sobjects', 'query' => 'query', 'queryAll' => 'queryAll', 'limits' => 'limits', 'composite' => 'composite', 'jobs' => 'jobs']));
			case 'limits':
				if (count($parts) === 1) {
					self::only($request, ['HEAD', 'GET']);
					return $this->limits();
				}
				if (count($parts) === 2 && $parts[1] === 'recordCount' && $context->major() >= 40) {
					self::only($request, ['HEAD', 'GET']);
					return $this->recordCounts($request);
				}
				break;
			case 'query':
			case 'queryAll':
				if (count($parts) <= 2) {
					self::only($request, ['HEAD', 'GET']);
					return (new Queries($context))->handle($request, $parts[0], $parts[1] ?? null);
				}
				break;
			case 'composite':
				if (count($parts) === 1) {
					return (new Composite($this, $context))->handle($request);
				}
				if ($parts[1] === 'sobjects' && $context->major() >= 42) {
					return (new Collections($context))->handle($request, array_slice($parts, 2));
				}
				if ($parts[1] === 'graph' && count($parts) === 2 && $context->major() >= 50) {
					return (new Composite($this, $context))->graphs($request);
				}
				if ($parts[1] === 'tree' && count($parts) === 3) {
					return (new Tree($context))->handle($request, $parts[2]);
				}
				break;
			case 'jobs':
				return (new Bulk($context))->handle($request, array_slice($parts, 1));
			case 'sobjects':
				return $this->sobjects($request, $context, array_slice($parts, 1));
		}
		throw ApiError::notFound();
	}

	/** @param list<string> $parts after `sobjects/` */
	private function sobjects(Request $request, Context $context, array $parts): Response
	{
		if ($parts === []) {
			self::only($request, ['HEAD', 'GET']);
			return self::unlessOld($request, self::DESCRIBED_SINCE + $this->store->number('described_at'), static fn (): array => ['encoding' => 'UTF-8', 'maxBatchSize' => 200, 'sobjects' => array_map(static fn (string $o): array => Describe::brief($context, $o), array_keys(Schema::objects()))]);
		}
		$object = Schema::find($parts[0]) ?? throw ApiError::notFound();
		$definition = Schema::objects()[$object];
		$records = new Records($context);

		if (count($parts) === 1) {
			self::only($request, $definition['create'] ? ['HEAD', 'GET', 'POST'] : ['HEAD', 'GET']);
			if ($request->method === 'POST') {
				$id = $records->create($object, self::json($request));
				return Response::json(201, ['id' => $id, 'success' => true, 'errors' => []], ['Location' => $context->url("sobjects/$object/$id")]);
			}
			return Response::json(200, ['objectDescribe' => Describe::brief($context, $object), 'recentItems' => []]);
		}
		if (count($parts) === 2 && $parts[1] === 'describe') {
			self::only($request, ['HEAD', 'GET']);
			return self::unlessOld($request, self::DESCRIBED_SINCE + $this->store->number('described_at'), static fn (): array => Describe::full($context, $object));
		}
		if (count($parts) === 2 && in_array($parts[1], ['updated', 'deleted'], true)) {
			self::only($request, ['HEAD', 'GET']);
			return (new Replication($this->store))->handle($request, $object, $parts[1]);
		}
		if ($object === 'User' && count($parts) === 3 && $parts[2] === 'password') {
			return (new Passwords($this->store))->handle($request, $this->id($object, $parts[1]));
		}
		if (count($parts) === 3) {
			return $this->byExternalId($request, $context, $object, $parts[1], $parts[2]);
		}
		if (count($parts) > 3) {
			throw ApiError::notFound();
		}
		$allowed = array_merge(['HEAD', 'GET'], $definition['update'] ? ['PATCH'] : [], $definition['delete'] ? ['DELETE'] : []);
		self::only($request, $allowed);
		$id = $this->id($object, $parts[1]);
		return $this->record($request, $context, $object, $id);
	}

	private function record(Request $request, Context $context, string $object, string $id): Response
	{
		$records = new Records($context);
		switch ($request->method) {
			case 'PATCH':
				$records->update($object, $id, self::json($request));
				return Response::empty();
			case 'DELETE':
				$records->delete($object, $id);
				return Response::empty();
		}
		$fields = isset($request->query['fields']) ? array_map('trim', explode(',', $request->query['fields'])) : null;
		$record = $records->retrieve($object, $id, $fields);
		$modified = $this->store->value('SELECT ' . (isset(Schema::objects()[$object]['fields']['SystemModstamp']) ? 'SystemModstamp' : 'NULL') . ' FROM ' . Schema::objects()[$object]['table'] . ' WHERE Id = ?', [$id]);
		$headers = [];
		if ($modified !== null) {
			$time = strtotime($modified);
			$headers['Last-Modified'] = gmdate('D, d M Y H:i:s', $time) . ' GMT';
			$since = strtotime($request->header('if-modified-since'));
			if ($since !== false && $time <= $since) {
				return Response::empty(304, $headers);
			}
		}
		return Response::json(200, $record, $headers);
	}

	private function byExternalId(Request $request, Context $context, string $object, string $fieldName, string $value): Response
	{
		$definition = Schema::objects()[$object];
		$field = Schema::field($object, $fieldName);
		if ($field === null || (!isset($definition['fields'][$field]['lookup']) && $field !== 'Id')) {
			throw ApiError::notFound("Provided external ID field does not exist or is not accessible: $fieldName");
		}
		self::only($request, array_merge(['HEAD', 'GET'], $definition['update'] ? ['PATCH'] : [], $definition['delete'] ? ['DELETE'] : []));
		if ($field === 'Id') {
			$id = $this->id($object, $value);
			if ($request->method === 'PATCH') {
				(new Records($context))->update($object, $id, self::json($request));
				return $context->major() >= 46 ? Response::json(200, ['id' => $id, 'success' => true, 'errors' => [], 'created' => false]) : Response::empty();
			}
			return $this->record($request, $context, $object, $id);
		}
		if ($value === '') {
			throw ApiError::notFound();
		}
		$records = new Records($context);
		if ($request->method === 'PATCH') {
			$result = $records->upsert($object, $field, $value, self::json($request), ($request->query['updateOnly'] ?? '') === 'true');
			if (!$result['created'] && $context->major() < 46) {
				return Response::empty();
			}
			$headers = $result['created'] ? ['Location' => $context->url("sobjects/$object/{$result['id']}")] : [];
			return Response::json($result['created'] ? 201 : 200, ['id' => $result['id'], 'success' => true, 'errors' => [], 'created' => $result['created']], $headers);
		}
		$ids = $records->idsBy($object, $field, $value);
		if (count($ids) > 1) {
			throw new MultipleChoices(array_map(static fn (string $id): string => $context->url("sobjects/$object/$id"), $ids));
		}
		return $this->record($request, $context, $object, $ids[0] ?? throw ApiError::notFound());
	}

	private function id(string $object, string $given): string
	{
		$id = RecordId::normalize($given);
		if ($id === null) {
			if (strlen($given) === 15 || strlen($given) === 18) {
				throw ApiError::record('MALFORMED_ID', "malformed id $given", ['Id']);
			}
			throw ApiError::notFound("Provided external ID field does not exist or is not accessible: $given");
		}
		if (RecordId::prefix($id) !== Schema::objects()[$object]['prefix']) {
			throw ApiError::record('MALFORMED_ID', "$object ID: id value of incorrect type: $given", ['Id']);
		}
		return $id;
	}

	/** A description that has not changed since the client has it is not sent again. */
	private static function unlessOld(Request $request, int $changed, callable $describe): Response
	{
		$headers = ['Last-Modified' => gmdate('D, d M Y H:i:s', $changed) . ' GMT'];
		$since = strtotime($request->header('if-modified-since'));
		return $since !== false && $changed <= $since ? Response::empty(304, $headers) : Response::json(200, $describe(), $headers);
	}

	private function recordCounts(Request $request): Response
	{
		$counts = [];
		foreach (array_filter(explode(',', $request->query['sObjects'] ?? implode(',', array_keys(Schema::objects())))) as $name) {
			$object = Schema::find(trim($name));
			if ($object !== null) { // an unknown one is left out
				$alive = isset(Schema::objects()[$object]['fields']['IsDeleted']) ? ' WHERE IsDeleted = 0' : '';
				$counts[] = ['count' => (int) $this->store->value('SELECT COUNT(*) FROM ' . Schema::objects()[$object]['table'] . $alive), 'name' => $object];
			}
		}
		return Response::json(200, ['sObjects' => $counts]);
	}

	private function limits(): Response
	{
		$max = $this->store->number('daily_limit');
		return Response::json(200, [
			'DailyApiRequests' => ['Max' => $max, 'Remaining' => max(0, $max - $this->store->number('api_used'))],
			'DailyBulkApiBatches' => ['Max' => 15000, 'Remaining' => 15000],
			'DataStorageMB' => ['Max' => 1024, 'Remaining' => 1023],
			'FileStorageMB' => ['Max' => 1024, 'Remaining' => 1024],
			'SingleEmail' => ['Max' => 5000, 'Remaining' => 5000],
		]);
	}

	/** @param list<string> $allowed */
	public static function only(Request $request, array $allowed): void
	{
		if (!in_array($request->method, $allowed, true)) {
			throw ApiError::method($request->method, $allowed);
		}
	}

	/** The body of a request that must have one: a JSON object. */
	public static function json(Request $request): array
	{
		$type = $request->mediaType();
		if ($type !== 'application/json') {
			throw ApiError::of(415, 'UNSUPPORTED_MEDIA_TYPE', $type === '' ? 'Content-Type header is required' : "MediaType of '$type' is not supported by this resource");
		}
		if ($request->body === '') {
			throw ApiError::of(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required, but this request has no entity body.');
		}
		$value = json_decode($request->body, true, 64);
		if (json_last_error() !== JSON_ERROR_NONE) {
			throw ApiError::of(400, 'JSON_PARSER_ERROR', self::parserMessage($request->body));
		}
		if (!is_array($value) || (array_is_list($value) && !str_starts_with(ltrim($request->body), '{'))) {
			throw ApiError::of(400, 'JSON_PARSER_ERROR', 'Cannot deserialize instance of sobject from ' . (is_array($value) ? 'START_ARRAY value [' : 'VALUE_STRING value') . ' or request may be missing a required field at [line:1, column:1]');
		}
		return $value;
	}

	private static function parserMessage(string $body): string
	{
		if (json_last_error() === JSON_ERROR_UTF8) {
			return 'Invalid UTF-8 in the request body at [line:1, column:1]';
		}
		$first = ltrim($body)[0] ?? '';
		if ($first !== '{' && $first !== '[' && $first !== '') {
			return "Unexpected character ('$first' (code " . ord($first) . ')): expected a valid value (JSON String, Number, Array, Object or token \'null\', \'true\' or \'false\') at [line:1, column:2]';
		}
		return 'Unexpected end-of-input or character in the request body at [line:1, column:' . (strlen(strtok($body, "\n") ?: '') + 1) . ']';
	}

	/** @return list<array{label: string, url: string, version: string}> */
	private static function versions(): array
	{
		$list = [];
		for ($v = self::OLDEST; $v <= self::NEWEST; $v++) {
			// Three releases a year, counted from version 20, Winter '11.
			$label = ['Winter', 'Spring', 'Summer'][($v - 20) % 3] . " '" . (11 + intdiv($v - 20, 3));
			$list[] = ['label' => $label, 'url' => "/services/data/v$v.0", 'version' => "$v.0"];
		}
		return $list;
	}
}
