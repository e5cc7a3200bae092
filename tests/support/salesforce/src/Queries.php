<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/query?q=` and the pages that follow. */
final class Queries
{
	private const SMALLEST = 200;
	private const LARGEST = 2000;

	public function __construct(private readonly Context $context)
	{
	}

	public function handle(Request $request, string $resource, ?string $locator): Response
	{
		if ($locator !== null) {
			return $this->next($locator, $resource);
		}
		$text = $request->query['q'] ?? '';
		if (trim($text) === '') {
			throw ApiError::of(400, 'MALFORMED_QUERY', 'unexpected token: <EOF>');
		}
		if (strlen($text) > 100000) {
			throw ApiError::of(400, 'QUERY_TOO_COMPLICATED', 'SOQL statements cannot be longer than 100000 characters.');
		}
		$query = Soql::parse($text, $this->context->store);
		$records = $query->execute($this->context, $resource === 'queryAll');
		if (is_int($records)) {
			return Response::json(200, ['totalSize' => $records, 'done' => true, 'records' => []]);
		}
		$size = $this->pageSize($request->header('sforce-query-options'));
		if (count($records) <= $size) {
			return Response::json(200, ['totalSize' => count($records), 'done' => true, 'records' => $records]);
		}
		$store = $this->context->store;
		$id = $store->transaction(function () use ($store, $records, $size): string {
			$id = $store->nextId('01g');
			$store->run('INSERT INTO query_cursors (id, user_id, rows) VALUES (?, ?, ?)', [$id, $this->context->userId, json_encode(['size' => $size, 'rows' => $records], JSON_THROW_ON_ERROR)]);
			return $id;
		});
		return $this->page($id, $resource, $records, 0, $size);
	}

	/** `batchSize=N`: a wish, kept within the limits. */
	private function pageSize(string $header): int
	{
		$size = self::LARGEST;
		if (preg_match('/\bbatchSize\s*=\s*(\d+)/i', $header, $m) === 1) {
			$size = max(self::SMALLEST, min(self::LARGEST, (int) $m[1]));
		}
		return max(1, min($size, $this->context->store->number('query_page')));
	}

	private function next(string $locator, string $resource): Response
	{
		if (preg_match('/^(01g[A-Za-z0-9]{15})-(\d{1,6})$/D', $locator, $m) !== 1) {
			throw ApiError::of(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
		}
		$cursor = $this->context->store->row('SELECT * FROM query_cursors WHERE id = ? AND user_id = ?', [$m[1], $this->context->userId]);
		$kept = $cursor === null ? null : json_decode($cursor['rows'], true);
		if ($kept === null || (int) $m[2] < 1 || (int) $m[2] >= count($kept['rows'])) {
			throw ApiError::of(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
		}
		return $this->page($m[1], $resource, $kept['rows'], (int) $m[2], $kept['size']);
	}

	private function page(string $id, string $resource, array $records, int $from, int $size): Response
	{
		$end = $from + $size;
		$done = $end >= count($records);
		$answer = ['totalSize' => count($records), 'done' => $done];
		if (!$done) {
			$answer['nextRecordsUrl'] = $this->context->url("$resource/$id-$end");
		}
		return Response::json(200, $answer + ['records' => array_slice($records, $from, $size)]);
	}
}
