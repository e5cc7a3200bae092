<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/composite/tree/OBJECT`: up to 200 new records with their children, all or none. */
final class Tree
{
	private const MOST = 200;
	private const DEPTH = 5;
	private const TYPES = 5;

	/** @var array<string, string> */
	private array $ids = [];
	/** @var array<string, true> */
	private array $seen = [];
	/** @var array<string, true> */
	private array $types = [];
	/** @var list<array{referenceId: string, errors: list<array>}> */
	private array $failed = [];

	public function __construct(private readonly Context $context)
	{
	}

	public function handle(Request $request, string $name): Response
	{
		Api::only($request, ['POST']);
		$object = Schema::find($name) ?? throw ApiError::notFound();
		$records = Api::json($request)['records'] ?? null;
		if (!is_array($records) || !array_is_list($records) || $records === []) {
			throw ApiError::of(400, 'JSON_PARSER_ERROR', 'records is required and must be a list of sObjects');
		}
		$this->check($object, $records, 1);
		$store = $this->context->store;
		$this->context->begin();
		$store->begin();
		$this->create($object, $records, []);
		$store->end($this->failed === []);
		if ($this->failed !== []) {
			return Response::json(400, ['hasErrors' => true, 'results' => $this->failed]);
		}
		return Response::json(201, ['hasErrors' => false, 'results' => array_map(static fn (string $id, string $reference): array => ['referenceId' => $reference, 'id' => $id], $this->ids, array_keys($this->ids))]);
	}

	/** All that is wrong with the tree itself, before anything is created. */
	private function check(string $object, array $records, int $depth): void
	{
		if ($depth > self::DEPTH) {
			throw ApiError::of(400, 'INVALID_INPUT', 'The tree is deeper than ' . self::DEPTH . ' levels');
		}
		foreach ($records as $record) {
			$attributes = is_array($record) ? $record['attributes'] ?? null : null;
			$reference = $attributes['referenceId'] ?? null;
			if (!is_array($attributes) || Schema::find((string) ($attributes['type'] ?? '')) !== $object) {
				throw ApiError::of(400, 'INVALID_INPUT', "Each record needs attributes of the type $object");
			}
			if (!is_string($reference) || preg_match('/^[A-Za-z0-9][A-Za-z0-9_]*$/D', $reference) !== 1) {
				throw ApiError::of(400, 'INVALID_INPUT', 'Include a reference ID for each record in the request. Use only alphanumeric characters');
			}
			if (isset($this->seen[$reference])) {
				throw ApiError::of(400, 'INVALID_INPUT', "Duplicate ReferenceId provided in the request: $reference");
			}
			$this->seen[$reference] = true;
			$this->types[$object] = true;
			if (count($this->seen) > self::MOST) {
				throw ApiError::of(400, 'INVALID_INPUT', 'The request has more than ' . self::MOST . ' records');
			}
			if (count($this->types) > self::TYPES) {
				throw ApiError::of(400, 'INVALID_INPUT', 'The request has more than ' . self::TYPES . ' types of objects');
			}
			foreach (self::children($object, $record) as [$child, , $below]) {
				$this->check($child, $below, $depth + 1);
			}
		}
	}

	/** @return iterable<array{string, string, list<array>}> object, the field that points up, records */
	private static function children(string $object, array $record): iterable
	{
		foreach ($record as $name => $value) {
			if (is_array($value) && array_key_exists('records', $value)) {
				$relationship = Schema::children($object, (string) $name) ?? throw ApiError::of(400, 'INVALID_FIELD', "No such column '$name' on sobject of type $object");
				if (!is_array($value['records']) || !array_is_list($value['records'])) {
					throw ApiError::of(400, 'JSON_PARSER_ERROR', 'records must be a list of sObjects');
				}
				yield [$relationship[0], $relationship[1], $value['records']];
			}
		}
	}

	private function create(string $object, array $records, array $preset): void
	{
		foreach ($records as $record) {
			$reference = $record['attributes']['referenceId'];
			$fields = array_filter($record, static fn (mixed $value): bool => !is_array($value) || !array_key_exists('records', $value));
			unset($fields['attributes']);
			try {
				$this->ids[$reference] = $this->context->store->savepoint(fn (): string => (new Records($this->context))->create($object, $fields + $preset));
			} catch (ApiError $e) {
				$this->failed[] = ['referenceId' => $reference, 'errors' => array_map(static fn (array $error): array => ['statusCode' => $error['errorCode'], 'message' => $error['message'], 'fields' => $error['fields'] ?? []], $e->errors)];
				continue;
			}
			foreach (self::children($object, $record) as [$child, $field, $below]) {
				$this->create($child, $below, [$field => $this->ids[$reference]]);
			}
		}
	}
}
