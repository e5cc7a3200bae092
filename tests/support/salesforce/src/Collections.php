<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/composite/sobjects`: up to 200 records in one request, each with a result of its own. */
final class Collections
{
	private const MOST = 200;
	private const CHUNKS = 10;

	public function __construct(private readonly Context $context)
	{
	}

	/** @param list<string> $parts after `composite/sobjects` */
	public function handle(Request $request, array $parts): Response
	{
		if (count($parts) === 2) {
			Api::only($request, ['PATCH']);
			$object = Schema::find($parts[0]) ?? throw ApiError::notFound();
			$field = Schema::field($object, $parts[1]);
			if ($field === null || (!isset(Schema::objects()[$object]['fields'][$field]['lookup']) && $field !== 'Id')) {
				throw ApiError::notFound("Provided external ID field does not exist or is not accessible: $parts[1]");
			}
			return $this->rows($request, fn (array $record): array => $this->upsert($object, $field, $record));
		}
		if ($parts !== []) {
			throw ApiError::notFound();
		}
		Api::only($request, ['POST', 'PATCH', 'DELETE']);
		return match ($request->method) {
			'POST' => $this->rows($request, $this->create(...)),
			'PATCH' => $this->rows($request, $this->update(...)),
			'DELETE' => $this->delete($request),
		};
	}

	private function rows(Request $request, callable $one): Response
	{
		$body = Api::json($request);
		$records = $body['records'] ?? null;
		if (!is_array($records) || !array_is_list($records) || $records === []) {
			throw ApiError::of(400, 'JSON_PARSER_ERROR', 'records is required and must be a list of sObjects');
		}
		$this->count(count($records));
		$types = [];
		foreach ($records as $record) {
			$type = is_array($record) ? $record['attributes']['type'] ?? null : null;
			if (!is_string($type) || Schema::find($type) === null) {
				throw ApiError::of(400, 'INVALID_TYPE', is_string($type) ? "sObject type '$type' is not supported." : 'The type of the object must be specified in its attributes');
			}
			if (end($types) !== $type) {
				$types[] = $type;
			}
		}
		if (count($types) > self::CHUNKS) {
			throw ApiError::of(400, 'LIMIT_EXCEEDED', 'Cannot have more than ' . self::CHUNKS . ' chunks in a single operation. Please rearrange the data to reduce chunking.');
		}
		return $this->carryOut($records, ($body['allOrNone'] ?? false) === true, $one);
	}

	private function count(int $n): void
	{
		if ($n > self::MOST) {
			throw ApiError::of(400, 'EXCEEDED_ID_LIMIT', 'record limit reached. cannot submit more than ' . self::MOST . ' records into this call');
		}
	}

	private function carryOut(array $records, bool $allOrNone, callable $one): Response
	{
		$store = $this->context->store;
		$inside = $store->isOpen(); // of a composite or graph, which has begun already
		if (!$inside) {
			$this->context->begin();
			$store->begin();
		}
		$store->pdo->exec('SAVEPOINT rows');
		try {
			$results = array_map(function (mixed $record) use ($one): array {
				try {
					return $this->context->store->savepoint(static fn (): array => $one($record)) + ['success' => true, 'errors' => []];
				} catch (ApiError $e) {
					return ['success' => false, 'errors' => array_map(self::row(...), $e->errors)];
				} catch (MultipleChoices) {
					return ['success' => false, 'errors' => [self::row(['errorCode' => 'DUPLICATE_EXTERNAL_ID', 'message' => 'External ID is not unique'])]];
				}
			}, $records);
		} catch (\Throwable $e) {
			$inside || $store->end(false);
			throw $e;
		}
		$failed = count(array_filter($results, static fn (array $r): bool => !$r['success'])) > 0;
		if ($allOrNone && $failed) {
			$store->pdo->exec('ROLLBACK TO rows');
			$results = array_map(static fn (array $r): array => $r['success'] ? ['success' => false, 'errors' => [self::row(['errorCode' => 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
				'message' => 'Record rolled back because not all records were valid and the request was using AllOrNone header'])]] : $r, $results);
		}
		$store->pdo->exec('RELEASE rows');
		$inside || $store->end(true);
		return Response::json(200, $results);
	}

	/** A row has its error's code under another name than a request has it. */
	private static function row(array $error): array
	{
		return ['statusCode' => $error['errorCode'], 'message' => $error['message'], 'fields' => $error['fields'] ?? []];
	}

	private function create(array $record): array
	{
		return ['id' => (new Records($this->context))->create(Schema::find($record['attributes']['type']), $record)];
	}

	private function update(array $record): array
	{
		$id = null;
		foreach ($record as $name => $value) {
			if (strcasecmp((string) $name, 'Id') === 0) {
				$id = RecordId::normalize((string) $value) ?? throw ApiError::record('MALFORMED_ID', "malformed id $value", ['Id']);
				unset($record[$name]);
			}
		}
		if ($id === null) {
			throw ApiError::record('MISSING_ARGUMENT', 'Id not specified in an update call');
		}
		$object = Schema::find($record['attributes']['type']);
		if (RecordId::prefix($id) !== Schema::objects()[$object]['prefix']) {
			throw ApiError::record('MALFORMED_ID', "$object ID: id value of incorrect type: $id", ['Id']);
		}
		(new Records($this->context))->update($object, $id, $record);
		return ['id' => $id];
	}

	private function upsert(string $object, string $field, array $record): array
	{
		if (Schema::find($record['attributes']['type']) !== $object) {
			throw ApiError::record('INVALID_TYPE', "The type of the record is not $object");
		}
		$value = null;
		foreach ($record as $name => $given) {
			if (strcasecmp((string) $name, $field) === 0) {
				$value = $given;
				unset($record[$name]);
			}
		}
		if (!is_scalar($value) || (string) $value === '') {
			throw ApiError::record('MISSING_ARGUMENT', "$field not specified");
		}
		$result = (new Records($this->context))->upsert($object, $field, (string) $value, $record);
		return ['id' => $result['id'], 'created' => $result['created']];
	}

	private function delete(Request $request): Response
	{
		$ids = array_values(array_filter(array_map('trim', explode(',', $request->query['ids'] ?? '')), static fn (string $id): bool => $id !== ''));
		if ($ids === []) {
			throw ApiError::of(400, 'MISSING_ARGUMENT', 'The ids parameter is required');
		}
		$this->count(count($ids));
		return $this->carryOut($ids, ($request->query['allOrNone'] ?? '') === 'true', function (string $given): array {
			$id = RecordId::normalize($given) ?? throw ApiError::record('MALFORMED_ID', "malformed id $given", []);
			$object = Schema::objectOfPrefix(RecordId::prefix($id));
			if ($object === null || !Schema::objects()[$object]['delete']) {
				throw ApiError::record('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
			}
			(new Records($this->context))->delete($object, $id);
			return ['id' => $id];
		});
	}
}
