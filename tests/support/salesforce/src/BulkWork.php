<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * Does what a job asks for, in the worker that took the last request about it, after its answer has gone. Every row goes through the same
 * checks as one over REST. As at Salesforce, 200 rows are one transaction, and the results come in no order that anybody promised.
 */
final class BulkWork
{
	private const CHUNK = 200;
	/** Results are mixed within so many rows. */
	private const BATCH = 10000;

	private array $job;
	private Context $context;
	private Records $records;
	/** @var list<array{name: string, field: ?string, reference: ?string, target: ?string}> of each column */
	private array $columns = [];
	/** The columns in the order in which results have them. */
	private array $order = [];
	/** @var array<string, list<string>> lines of results that are not in their file yet */
	private array $lines = ['successful' => [], 'failed' => []];
	private int $processed = 0;
	private int $failed = 0;
	private float $started;

	public function __construct(private readonly Store $store, private readonly string $id)
	{
	}

	public function run(): void
	{
		set_time_limit(0);
		ignore_user_abort(true);
		usleep(1000 * $this->store->number('bulk_queue_ms'));
		if (!$this->state('InProgress', ['UploadComplete'])) {
			return;
		}
		$this->started = microtime(true);
		$this->job = $this->store->row('SELECT * FROM bulk_jobs WHERE id = ?', [$this->id]);
		$this->context = new Context($this->store, $this->job['user_id'], $this->job['version']);
		$this->records = new Records($this->context);
		try {
			$this->job['kind'] === 'query' ? $this->query() : $this->ingest();
			usleep(1000 * $this->store->number('bulk_work_ms'));
			$this->state('JobComplete', ['InProgress']);
		} catch (\Throwable $e) {
			$this->fail($e instanceof ApiError ? $e->errors[0]['errorCode'] . ' : ' . $e->errors[0]['message'] : $e->getMessage());
			$e instanceof BulkFailure || $e instanceof ApiError || error_log('emulator: ' . $e::class . ' in ' . basename($e->getFile()) . ':' . $e->getLine() . ': ' . $e->getMessage());
		}
	}

	/** @param list<string> $from */
	private function state(string $state, array $from): bool
	{
		$places = implode(', ', array_fill(0, count($from), '?'));
		return $this->store->transaction(fn (): bool => $this->store->run("UPDATE bulk_jobs SET state = ?, changed = ? WHERE id = ? AND state IN ($places)", [$state, Store::now(), $this->id, ...$from]) === 1);
	}

	private function fail(string $why): void
	{
		$this->store->transaction(fn (): int => $this->store->run("UPDATE bulk_jobs SET state = 'Failed', error = ?, changed = ? WHERE id = ? AND state = 'InProgress'", [$why, Store::now(), $this->id]));
	}

	// ---- query ----

	private function query(): void
	{
		$delimiter = Bulk::delimiter($this->job);
		$end = $this->job['line_ending'] === 'CRLF' ? "\r\n" : "\n";
		$rows = Soql::parse($this->job['query'], $this->store)->rows($this->job['operation'] === 'queryAll');
		$file = new IndexedFile(Bulk::file($this->store, $this->id, 'rows'));
		$count = 0;
		foreach ($rows as $row) {
			$file->add(self::line($row, $delimiter, $end));
			$count++;
		}
		$file->close();
		$this->store->transaction(fn (): int => $this->store->run('UPDATE bulk_jobs SET processed = ?, milliseconds = ? WHERE id = ?', [$count - 1, $this->spent(), $this->id]));
	}

	/** @param list<string> $fields each of them in quotes, as Salesforce writes them */
	private static function line(array $fields, string $delimiter, string $end): string
	{
		return '"' . implode("\"$delimiter\"", str_replace('"', '""', $fields)) . '"' . $end;
	}

	private function spent(): int
	{
		return (int) ((microtime(true) - $this->started) * 1000);
	}

	// ---- ingest ----

	private function ingest(): void
	{
		$delimiter = Bulk::delimiter($this->job);
		$in = fopen(Bulk::file($this->store, $this->id, 'csv'), 'r');
		$first = (string) fgets($in);
		if (str_ends_with($first, "\r\n") !== ($this->job['line_ending'] === 'CRLF') && str_ends_with($first, "\n")) {
			throw new BulkFailure("ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {$this->job['line_ending']}");
		}
		rewind($in);
		$this->header(fgetcsv($in, null, $delimiter, '"', '') ?: []);
		$successful = new IndexedFile(Bulk::file($this->store, $this->id, 'successful'));
		$failed = new IndexedFile(Bulk::file($this->store, $this->id, 'failed'));
		$end = $this->job['line_ending'] === 'CRLF' ? "\r\n" : "\n";
		$names = implode($delimiter, array_map(fn (int $i): string => $this->columns[$i]['name'], $this->order));
		$successful->add("\"sf__Id\"$delimiter\"sf__Created\"$delimiter$names$end");
		$failed->add("\"sf__Id\"$delimiter\"sf__Error\"$delimiter$names$end");
		try {
			$this->rows($in, $delimiter, $end, $successful, $failed);
		} finally {
			$this->flush($successful, $failed);
			$successful->close();
			$failed->close();
		}
	}

	/** @param resource $in behind the header */
	private function rows($in, string $delimiter, string $end, IndexedFile $successful, IndexedFile $failed): void
	{
		$going = true;
		for ($read = 0, $chunk = []; $going;) {
			$row = fgetcsv($in, null, $delimiter, '"', '');
			if ($row !== false && $row !== [null]) {
				if (count($row) !== count($this->columns)) {
					throw new BulkFailure('InvalidBatch : The number of fields in a row is not that of the header, in row ' . ($read + count($chunk) + 1));
				}
				$chunk[] = $row;
			}
			if ($chunk !== [] && ($row === false || count($chunk) === self::CHUNK)) {
				$going = $this->chunk($chunk, $delimiter, $end, (int) ftell($in));
				$read += count($chunk);
				$chunk = [];
			}
			$going = $going && $row !== false;
			if ($chunk === [] && $read % self::BATCH === 0) {
				$this->flush($successful, $failed);
			}
		}
	}

	private function flush(IndexedFile $successful, IndexedFile $failed): void
	{
		foreach (['successful' => $successful, 'failed' => $failed] as $what => $file) {
			shuffle($this->lines[$what]);
			foreach ($this->lines[$what] as $line) {
				$file->add($line);
			}
			$this->lines[$what] = [];
		}
	}

	private function header(array $names): void
	{
		$object = $this->job['object'];
		if ($names === [] || $names === [null]) {
			throw new BulkFailure('InvalidBatch : Unable to find any header');
		}
		foreach ($names as $name) {
			$field = Schema::field($object, (string) $name);
			$reference = $target = null;
			if ($field === null && preg_match('/^(\w+)\.(\w+)$/D', (string) $name, $m) === 1 && ($reference = Schema::relationship($object, $m[1])) !== null) {
				$to = Schema::objects()[$object]['fields'][$reference]['to'];
				$target = Schema::field($to, $m[2]);
				$target = $target !== null && isset(Schema::objects()[$to]['fields'][$target]['lookup']) ? $target : null;
			}
			if ($field === null && $target === null) {
				throw new BulkFailure("InvalidBatch : Field name not found : $name");
			}
			foreach ($this->columns as $other) {
				if (strcasecmp($other['name'], (string) $name) === 0) {
					throw new BulkFailure("InvalidBatch : Duplicate field name : $name");
				}
			}
			$this->columns[] = ['name' => (string) $name, 'field' => $field, 'reference' => $target === null ? null : $m[1], 'target' => $target];
		}
		$fields = array_column($this->columns, 'field');
		$needed = match ($this->job['operation']) {
			'insert' => null,
			'upsert' => $this->job['external_id'],
			default => 'Id',
		};
		if ($needed !== null && !in_array($needed, $fields, true)) {
			throw new BulkFailure("InvalidBatch : Field name not found : $needed");
		}
		if (in_array($this->job['operation'], ['delete', 'hardDelete'], true) && count($fields) > 1) {
			throw new BulkFailure('InvalidBatch : Delete batch must contain only ids');
		}
		$this->order = array_keys($this->columns);
		usort($this->order, fn (int $a, int $b): int => strcmp($this->columns[$a]['name'], $this->columns[$b]['name']));
	}

	/** One transaction. False if somebody has ended the job meanwhile. */
	private function chunk(array $rows, string $delimiter, string $end, int $at): bool
	{
		$this->context->begin();
		$going = $this->store->transaction(function () use ($rows, $delimiter, $end, $at): bool {
			if ($this->store->value('SELECT state FROM bulk_jobs WHERE id = ?', [$this->id]) !== 'InProgress') {
				return false;
			}
			$seen = [];
			foreach ($rows as $row) {
				$this->row($row, $seen, $delimiter, $end);
			}
			$this->store->run('UPDATE bulk_jobs SET processed = ?, failed = ?, milliseconds = ?, read_to = ? WHERE id = ?', [$this->processed, $this->failed, $this->spent(), $at, $this->id]);
			return true;
		});
		usleep(200); // so that whoever waits for the store comes in
		return $going;
	}

	private function row(array $row, array &$seen, string $delimiter, string $end): void
	{
		$shown = array_map(static fn (int $i): string => (string) $row[$i], $this->order);
		$id = '';
		$this->processed++;
		try {
			if ($this->job['object'] === 'User') {
				[$id, $created] = $this->store->savepoint(fn (): array => $this->carryOut($row, $seen));
			} else {
				[$id, $created] = $this->carryOut($row, $seen);
			}
			$this->lines['successful'][] = self::line([$id, $created ? 'true' : 'false', ...$shown], $delimiter, $end);
		} catch (MultipleChoices $e) {
			$error = 'DUPLICATE_VALUE:' . $this->job['external_id'] . ': more than one record found for external id field: --';
		} catch (ApiError $e) {
			$first = $e->errors[0];
			$fields = implode(',', $first['fields'] ?? []);
			$error = "{$first['errorCode']}:{$first['message']}:" . ($fields === '' ? '--' : "$fields --");
		}
		if (isset($error)) {
			$this->failed++;
			$at = array_search('Id', array_column($this->columns, 'field'), true);
			$given = $at === false ? null : RecordId::normalize((string) $row[$at]);
			$this->lines['failed'][] = self::line([$given ?? '', $error, ...$shown], $delimiter, $end);
		}
	}

	/** @return array{0: string, 1: bool} the id, and whether it is new */
	private function carryOut(array $row, array &$seen): array
	{
		$object = $this->job['object'];
		$operation = $this->job['operation'];
		$body = [];
		$key = null;
		$keyField = match ($operation) {
			'insert' => null,
			'upsert' => $this->job['external_id'],
			default => 'Id',
		};
		foreach ($this->columns as $i => $column) {
			$value = (string) $row[$i];
			if (preg_match('//u', $value) !== 1) {
				throw ApiError::record('INVALID_FIELD', 'The text is not valid UTF-8', [$column['name']]);
			}
			if ($keyField !== null && $column['field'] === $keyField) {
				$key = trim($value);
			} elseif ($value === '#N/A') {
				$body[$column['field'] ?? $column['reference']] = $column['field'] === null ? [$column['target'] => null] : null;
			} elseif ($value !== '') { // an empty cell leaves the field as it is
				$body[$column['field'] ?? $column['reference']] = $column['field'] === null ? [$column['target'] => $value] : $value;
			}
		}
		if ($keyField === null) {
			return [$this->records->create($object, $body), true];
		}
		if ($key === null || $key === '') {
			throw ApiError::record('MISSING_ARGUMENT', $operation === 'upsert' ? "$keyField not specified" : "Id not specified in an $operation call");
		}
		if ($keyField === 'Id') {
			$id = RecordId::normalize($key);
			if ($id === null || RecordId::prefix($id) !== Schema::objects()[$object]['prefix']) {
				throw ApiError::record('MALFORMED_ID', "$object ID: id value of incorrect type: $key", ['Id']);
			}
			in_array($operation, ['update', 'upsert'], true) ? $this->records->update($object, $id, $body) : $this->records->delete($object, $id);
			return [$id, false];
		}
		$folded = strtolower($key);
		if (isset($seen[$folded])) {
			throw ApiError::record('DUPLICATE_VALUE', "Duplicate external id specified: $key", [$keyField]);
		}
		$seen[$folded] = true;
		$result = $this->records->upsert($object, $keyField, $key, $body);
		return [$result['id'], $result['created']];
	}
}

/** The whole job has failed, with a sentence for its errorMessage. */
final class BulkFailure extends \RuntimeException
{
}

/** Lines in a file, and beside it where each of them begins and the last one ends. */
final class IndexedFile
{
	/** @var resource */
	private $file;
	/** @var resource */
	private $index;
	private int $at = 0;
	private string $text = '';
	private string $places;

	public function __construct(private readonly string $path)
	{
		is_dir(dirname($path)) || @mkdir(dirname($path));
		$this->file = fopen($path, 'w');
		$this->index = fopen("$path.index", 'w');
		$this->places = pack('J', 0);
	}

	public function add(string $line): void
	{
		$this->at += strlen($line);
		$this->text .= $line;
		$this->places .= pack('J', $this->at);
		if (strlen($this->text) > 262144) {
			$this->flush();
		}
	}

	private function flush(): void
	{
		fwrite($this->file, $this->text);
		fwrite($this->index, $this->places);
		$this->text = $this->places = '';
	}

	public function close(): void
	{
		$this->flush();
		fclose($this->file);
		fclose($this->index);
	}
}
