<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/jobs/ingest` and `/jobs/query`, the resources of Bulk API 2.0. BulkWork does what a job asks for, after the answer. */
final class Bulk
{
	private const OPERATIONS = ['insert' => 'create', 'update' => 'update', 'upsert' => 'create', 'delete' => 'delete', 'hardDelete' => 'delete'];
	private const DELIMITERS = ['BACKQUOTE' => '`', 'CARET' => '^', 'COMMA' => ',', 'PIPE' => '|', 'SEMICOLON' => ';', 'TAB' => "\t"];
	private const ENDED = ['JobComplete', 'Failed', 'Aborted'];
	private const LIST_PAGE = 1000;

	private readonly Store $store;

	public function __construct(private readonly Context $context)
	{
		$this->store = $context->store;
	}

	/** Where the rows of a job lie: what came, and what became of it. */
	public static function file(Store $store, string $id, string $what): string
	{
		return $store->folder() . "/bulk/$id.$what";
	}

	public static function delimiter(array $job): string
	{
		return self::DELIMITERS[$job['column_delimiter']];
	}

	/** @param list<string> $parts after `jobs/` */
	public function handle(Request $request, array $parts): Response
	{
		$kind = $parts[0] ?? '';
		if (!in_array($kind, ['ingest', 'query'], true) || count($parts) > 3 || $this->context->major() < ($kind === 'ingest' ? 41 : 47)) {
			throw ApiError::notFound();
		}
		if (!isset($parts[1])) {
			Api::only($request, ['HEAD', 'GET', 'POST']);
			return match (true) {
				$request->method !== 'POST' => $this->jobs($request, $kind),
				$kind === 'ingest' => $this->createIngest(Api::json($request)),
				default => $this->createQuery(Api::json($request)),
			};
		}
		$job = $this->job($kind, $parts[1]);
		if (!isset($parts[2])) {
			Api::only($request, ['HEAD', 'GET', 'PATCH', 'DELETE']);
			return match ($request->method) {
				'PATCH' => $this->change($job, Api::json($request)),
				'DELETE' => $this->remove($job),
				default => Response::json(200, $this->info($job, true)),
			};
		}
		if ($kind === 'ingest' && $parts[2] === 'batches') {
			Api::only($request, ['PUT']);
			return $this->upload($request, $job);
		}
		Api::only($request, ['HEAD', 'GET']);
		return match (true) {
			$kind === 'query' && $parts[2] === 'results' => $this->queryResults($request, $job),
			$kind === 'ingest' && $parts[2] === 'successfulResults' => $this->results($request, $job, 'successful'),
			$kind === 'ingest' && $parts[2] === 'failedResults' => $this->results($request, $job, 'failed'),
			$kind === 'ingest' && strcasecmp($parts[2], 'unprocessedrecords') === 0 => $this->unprocessed($job),
			default => throw ApiError::notFound(),
		};
	}

	private function job(string $kind, string $given): array
	{
		$id = RecordId::normalize($given);
		$job = $id === null ? null : $this->store->row('SELECT * FROM bulk_jobs WHERE id = ? AND kind = ?', [$id, $kind]);
		return $job ?? throw ApiError::notFound();
	}

	private static function refuse(string $code, string $message, int $status = 400): ApiError
	{
		return ApiError::of($status, $code, $message);
	}

	/** @param list<string> $known the properties that this kind of job has */
	private function settings(array $body, array $known): array
	{
		foreach ($body as $name => $value) {
			if (!in_array((string) $name, $known, true)) {
				throw self::refuse('JSON_PARSER_ERROR', "Unrecognized field \"$name\" at [line:1, column:1]");
			}
			if (!is_string($value)) {
				throw self::refuse('JSON_PARSER_ERROR', "Cannot deserialize the value of \"$name\" at [line:1, column:1]");
			}
		}
		$body += ['contentType' => 'CSV', 'lineEnding' => 'LF', 'columnDelimiter' => 'COMMA', 'operation' => ''];
		foreach (['contentType' => ['CSV'], 'lineEnding' => ['LF', 'CRLF'], 'columnDelimiter' => array_keys(self::DELIMITERS)] as $name => $allowed) {
			if (!in_array($body[$name], $allowed, true)) {
				throw self::refuse('JSON_PARSER_ERROR', "Cannot deserialize the value of \"$name\" from '{$body[$name]}': it is none of [" . implode(', ', $allowed) . '] at [line:1, column:1]');
			}
		}
		return $body;
	}

	private function createIngest(array $body): Response
	{
		$body = $this->settings($body, ['object', 'operation', 'externalIdFieldName', 'contentType', 'lineEnding', 'columnDelimiter', 'assignmentRuleId']);
		if (!isset(self::OPERATIONS[$body['operation']])) {
			throw self::refuse('JSON_PARSER_ERROR', "Cannot deserialize the value of \"operation\" from '{$body['operation']}': it is none of [" . implode(', ', array_keys(self::OPERATIONS)) . '] at [line:1, column:1]');
		}
		if (!isset($body['object'])) {
			throw self::refuse('INVALIDJOB', 'InvalidJob : Must specify an object');
		}
		$object = Schema::find($body['object']);
		if ($object === null || !Schema::objects()[$object][self::OPERATIONS[$body['operation']]]) {
			throw self::refuse('INVALIDENTITY', "InvalidEntity : Entity '{$body['object']}' is not supported by the Bulk API.");
		}
		if ($body['operation'] === 'hardDelete' && $this->store->number('hard_delete_permission') !== 1) {
			throw self::refuse('FEATURENOTENABLED', 'FeatureNotEnabled : hardDelete operation requires special user profile permission, please contact your system administrator');
		}
		$external = null;
		if ($body['operation'] === 'upsert') {
			$given = $body['externalIdFieldName'] ?? '';
			if ($given === '') {
				throw self::refuse('INVALIDJOB', 'InvalidJob : External ID was blank for ' . $object . '. An External ID must be specified for upsert.');
			}
			$external = Schema::field($object, $given);
			if ($external === null || ($external !== 'Id' && !isset(Schema::objects()[$object]['fields'][$external]['lookup']))) {
				throw self::refuse('INVALIDJOB', "InvalidJob : Field name provided, $given does not match an External ID, Salesforce Id, or indexed field for $object");
			}
		}
		return Response::json(200, $this->info($this->create('ingest', 'Open', $object, $body, ['external_id' => $external]), false));
	}

	private function createQuery(array $body): Response
	{
		$body = $this->settings($body, ['operation', 'query', 'contentType', 'lineEnding', 'columnDelimiter']);
		if (!in_array($body['operation'], ['query', 'queryAll'], true)) {
			throw self::refuse('JSON_PARSER_ERROR', "Cannot deserialize the value of \"operation\" from '{$body['operation']}': it is none of [query, queryAll] at [line:1, column:1]");
		}
		if (trim($body['query'] ?? '') === '') {
			throw self::refuse('API_ERROR', 'The query must not be empty');
		}
		$query = Soql::parse($body['query'], $this->store);
		if ($query->isCount() || $query->skips()) {
			throw self::refuse('API_ERROR', $query->isCount() ? 'Aggregate Relationships not supported in Bulk Query' : 'OFFSET clause not supported in Bulk Query');
		}
		$job = $this->create('query', 'UploadComplete', $query->object(), $body, ['query' => $body['query']]);
		return $this->afterwards(Response::json(200, $this->info($job, false)), $job);
	}

	private function create(string $kind, string $state, string $object, array $body, array $more): array
	{
		return $this->store->transaction(function () use ($kind, $state, $object, $body, $more): array {
			$now = Store::now();
			$job = ['id' => $this->store->nextId('750'), 'kind' => $kind, 'state' => $state, 'object' => $object, 'operation' => $body['operation'], 'line_ending' => $body['lineEnding'], 'column_delimiter' => $body['columnDelimiter'], 'version' => $this->context->version, 'user_id' => $this->context->userId, 'created' => $now, 'changed' => $now] + $more;
			$this->store->run('INSERT INTO bulk_jobs (' . implode(', ', array_keys($job)) . ') VALUES (' . implode(', ', array_fill(0, count($job), '?')) . ')', array_values($job));
			return $this->store->row('SELECT * FROM bulk_jobs WHERE id = ?', [$job['id']]);
		});
	}

	/** What Salesforce tells of a job; the counts only where somebody asks for it. */
	private function info(array $job, bool $counts): array
	{
		$info = ['id' => $job['id'], 'operation' => $job['operation'], 'object' => $job['object'], 'createdById' => $job['user_id'], 'createdDate' => $job['created'], 'systemModstamp' => $job['changed'], 'state' => $job['state']]
			+ ($job['external_id'] === null ? [] : ['externalIdFieldName' => $job['external_id']])
			+ ['concurrencyMode' => 'Parallel', 'contentType' => 'CSV', 'apiVersion' => (float) $job['version']];
		if ($job['kind'] === 'ingest' && $job['state'] === 'Open') {
			$info['contentUrl'] = "services/data/v{$job['version']}/jobs/ingest/{$job['id']}/batches";
		}
		if ($counts) {
			$info['jobType'] = $job['kind'] === 'ingest' ? 'V2Ingest' : 'V2Query';
		}
		$info += ['lineEnding' => $job['line_ending'], 'columnDelimiter' => $job['column_delimiter']];
		if ($counts) {
			$info += ['numberRecordsProcessed' => $job['processed']] + ($job['kind'] === 'ingest' ? ['numberRecordsFailed' => $job['failed']] : []) + ['retries' => 0, 'totalProcessingTime' => $job['milliseconds']]
				+ ($job['kind'] === 'ingest' ? ['apiActiveProcessingTime' => $job['milliseconds'], 'apexProcessingTime' => 0] : []);
			if ($job['error'] !== null) {
				$info['errorMessage'] = $job['error'];
			}
		}
		return $info;
	}

	private function jobs(Request $request, string $kind): Response
	{
		$from = $request->query['queryLocator'] ?? '';
		if ($from !== '' && RecordId::normalize($from) === null) {
			throw self::refuse('INVALID_QUERY_LOCATOR', 'invalid query locator');
		}
		$jobs = $this->store->all('SELECT * FROM bulk_jobs WHERE kind = ? AND id > ? ORDER BY id LIMIT ' . (self::LIST_PAGE + 1), [$kind, $from]);
		$more = count($jobs) > self::LIST_PAGE;
		$jobs = array_slice($jobs, 0, self::LIST_PAGE);
		return Response::json(200, ['done' => !$more, 'records' => array_map(fn (array $job): array => $this->info($job, false), $jobs), 'nextRecordsUrl' => $more ? $this->context->url("jobs/$kind?queryLocator=" . end($jobs)['id']) : null]);
	}

	/** 150 MB, counted as they are once Salesforce has encoded them in base64. */
	private function upload(Request $request, array $job): Response
	{
		if ($request->mediaType() !== 'text/csv') {
			throw ApiError::of(415, 'UNSUPPORTED_MEDIA_TYPE', $request->mediaType() === '' ? 'Content-Type header is required' : "MediaType of '{$request->mediaType()}' is not supported by this resource");
		}
		if ($job['state'] !== 'Open') {
			throw self::refuse('INVALIDJOBSTATE', "Data can be uploaded to a job in the state Open; this one is {$job['state']}");
		}
		$file = self::file($this->store, $job['id'], 'csv');
		if (is_file($file)) {
			throw self::refuse('CLIENT_INPUT_ERROR', "Found multiple contents for job: <{$job['id']}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.");
		}
		is_dir(dirname($file)) || @mkdir(dirname($file));
		$into = fopen("$file.part", 'w');
		$bytes = $this->copy($request, $into, intdiv($this->store->number('bulk_max_bytes'), 4) * 3);
		fclose($into);
		if ($bytes === null || $bytes === 0) {
			unlink("$file.part");
			throw $bytes === 0 ? self::refuse('CLIENT_INPUT_ERROR', 'The request has no content') : self::refuse('CLIENT_INPUT_ERROR', 'The content of a job is at most 150 MB, encoded in base64', 413);
		}
		rename("$file.part", $file);
		return Response::empty(201);
	}

	/** @param resource $into @return int|null how many bytes, after inflation; null: more than there may be */
	private function copy(Request $request, $into, int $most): ?int
	{
		$from = fopen('php://input', 'r');
		$encoding = strtolower($request->header('content-encoding'));
		$inflate = match ($encoding) {
			'', 'identity' => null,
			'gzip' => inflate_init(ZLIB_ENCODING_GZIP),
			default => throw ApiError::of(415, 'UNSUPPORTED_MEDIA_TYPE', "Content-Encoding '$encoding' is not supported"),
		};
		$bytes = 0;
		while (($piece = fread($from, 65536)) !== false && $piece !== '') {
			$piece = $inflate === null ? $piece : @inflate_add($inflate, $piece);
			if ($piece === false) {
				throw ApiError::of(400, 'INVALID_INPUT', "The body is not valid $encoding");
			}
			$bytes += strlen($piece);
			if ($bytes > $most) {
				return null;
			}
			fwrite($into, $piece);
		}
		if ($inflate !== null && inflate_get_status($inflate) !== ZLIB_STREAM_END) {
			throw ApiError::of(400, 'INVALID_INPUT', "The body is not valid $encoding");
		}
		return $bytes;
	}

	private function change(array $job, array $body): Response
	{
		$state = $body['state'] ?? null;
		$ways = $job['kind'] === 'ingest' ? ['UploadComplete' => ['Open'], 'Aborted' => ['Open', 'UploadComplete', 'InProgress']] : ['Aborted' => ['UploadComplete', 'InProgress']];
		if (array_keys($body) !== ['state'] || !is_string($state) || !isset($ways[$state])) {
			throw self::refuse('INVALIDJOBSTATE', 'The state of a job can be changed to ' . implode(' or ', array_keys($ways)));
		}
		if ($state === 'UploadComplete' && $job['state'] === 'Open' && !is_file(self::file($this->store, $job['id'], 'csv'))) {
			throw self::refuse('CLIENT_INPUT_ERROR', 'There is no content to process: upload the data first');
		}
		$places = implode(', ', array_fill(0, count($ways[$state]), '?'));
		$changed = $this->store->transaction(fn (): int => $this->store->run("UPDATE bulk_jobs SET state = ?, changed = ? WHERE id = ? AND state IN ($places)", [$state, Store::now(), $job['id'], ...$ways[$state]]));
		if ($changed !== 1) {
			throw self::refuse('INVALIDJOBSTATE', "The state of this job can't be changed from {$job['state']} to $state");
		}
		$response = Response::json(200, $this->info($this->job($job['kind'], $job['id']), false));
		return $state === 'UploadComplete' ? $this->afterwards($response, $job) : $response;
	}

	private function afterwards(Response $response, array $job): Response
	{
		$response->after = fn () => (new BulkWork($this->store, $job['id']))->run();
		return $response;
	}

	private function remove(array $job): Response
	{
		if (!in_array($job['state'], ['UploadComplete', ...self::ENDED], true)) {
			throw self::refuse('INVALIDJOBSTATE', "A job can be deleted once it is UploadComplete, JobComplete, Aborted or Failed; this one is {$job['state']}");
		}
		$this->store->transaction(fn (): int => $this->store->run('DELETE FROM bulk_jobs WHERE id = ?', [$job['id']]));
		foreach (glob(self::file($this->store, $job['id'], '*')) as $file) {
			unlink($file);
		}
		return Response::empty();
	}

	private function ended(array $job): void
	{
		if (!in_array($job['state'], self::ENDED, true)) {
			throw self::refuse('INVALIDJOBSTATE', "There are results once the job has ended; this one is {$job['state']}");
		}
	}

	private function results(Request $request, array $job, string $what): Response
	{
		$this->ended($job);
		$page = $this->store->number('bulk_result_page');
		return $this->page($request, self::file($this->store, $job['id'], $what), $page > 0 ? $page : PHP_INT_MAX, $page > 0);
	}

	private function queryResults(Request $request, array $job): Response
	{
		if ($job['state'] !== 'JobComplete') {
			throw self::refuse('INVALIDJOBSTATE', "There are results once the job is JobComplete; this one is {$job['state']}");
		}
		if ($job['version'] !== $this->context->version) {
			throw ApiError::of(409, 'API_VERSION_MISMATCH', "The job was created in version {$job['version']}");
		}
		return $this->page($request, self::file($this->store, $job['id'], 'rows'), $this->store->number('bulk_query_page'), true);
	}

	/** The header and some rows of a file whose index says where each row begins. */
	private function page(Request $request, string $file, int $most, bool $locators): Response
	{
		$from = 0;
		$locator = $request->query['locator'] ?? '';
		if ($locator !== '') {
			$from = preg_match('/^\d{1,9}$/D', (string) base64_decode($locator, true)) === 1 ? (int) base64_decode($locator, true) : -1;
		}
		$records = $request->query['maxRecords'] ?? '';
		if ($records !== '') {
			if (preg_match('/^[1-9]\d{0,8}$/D', $records) !== 1) {
				throw self::refuse('INVALID_INPUT', 'maxRecords must be a positive whole number');
			}
			$most = min($most, (int) $records);
		}
		$index = is_file("$file.index") ? "$file.index" : null;
		$rows = $index === null ? 0 : intdiv(filesize($index), 8) - 2;
		if ($from < 0 || ($from > 0 && $from >= $rows)) {
			throw self::refuse('INVALID_QUERY_LOCATOR', 'invalid query locator');
		}
		$response = new Response(200, '', ['Content-Type' => 'text/csv']);
		if ($index !== null) {
			// the index: where the header begins, then each row, then the end
			$to = min($rows, $most === PHP_INT_MAX ? $rows : $from + $most);
			$header = self::place($index, 1);
			$response->pieces = [[$file, 0, $header], [$file, self::place($index, 1 + $from), self::place($index, 1 + $to) - self::place($index, 1 + $from)]];
		} else {
			$to = 0;
		}
		if ($locators) {
			$response->headers['Sforce-NumberOfRecords'] = (string) ($to - $from);
			$response->headers['Sforce-Locator'] = $to < $rows ? base64_encode((string) $to) : 'null';
		}
		return $response;
	}

	private static function place(string $index, int $i): int
	{
		return unpack('J', file_get_contents($index, false, null, 8 * $i, 8))[1];
	}

	/** The header as it came, and the rows that nobody has looked at. */
	private function unprocessed(array $job): Response
	{
		$this->ended($job);
		$file = self::file($this->store, $job['id'], 'csv');
		$response = new Response(200, '', ['Content-Type' => 'text/csv']);
		if (is_file($file)) {
			$header = strlen((string) fgets(fopen($file, 'r')));
			$from = $job['state'] === 'JobComplete' ? filesize($file) : max($header, (int) $job['read_to']);
			$response->pieces = [[$file, 0, $header], [$file, $from, filesize($file) - $from]];
		}
		return $response;
	}
}
