<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/sobjects/OBJECT/updated` and `/deleted`: the ids of what was changed, or deleted, between two points in time. */
final class Replication
{
	private const DAYS = ['updated' => 30, 'deleted' => 15];

	public function __construct(private readonly Store $store)
	{
	}

	public function handle(Request $request, string $object, string $what): Response
	{
		$start = self::time($request, 'start');
		$end = self::time($request, 'end');
		$oldest = time() - self::DAYS[$what] * 86400;
		if ($end - $start < 60) {
			throw ApiError::of(400, 'INVALID_REPLICATION_DATE', 'The endDate must be at least one minute greater than the startDate');
		}
		if ($start < $oldest) {
			throw ApiError::of(400, 'INVALID_REPLICATION_DATE', 'startDate cannot be more than ' . self::DAYS[$what] . ' days ago');
		}
		$definition = Schema::objects()[$object];
		$kept = isset($definition['fields']['IsDeleted']);
		if (!isset($definition['fields']['SystemModstamp']) || ($what === 'deleted' && !$kept)) {
			throw ApiError::of(400, 'INVALID_TYPE_FOR_OPERATION', "$object is not replicateable");
		}
		// Seconds are not looked at.
		[$from, $to] = array_map(static fn (int $t): string => gmdate('Y-m-d\TH:i:00', $t) . '.000+0000', [$start, $end]);
		$rows = $this->store->all("SELECT Id, SystemModstamp FROM {$definition['table']} WHERE SystemModstamp >= ? AND SystemModstamp < ?" . ($kept ? ' AND IsDeleted = ' . (int) ($what === 'deleted') : '') . ' ORDER BY Id', [$from, $to]);
		if (count($rows) > 600000) {
			throw ApiError::of(400, 'EXCEEDED_ID_LIMIT', 'Too many ids');
		}
		$covered = gmdate('Y-m-d\TH:i:00', min($end, time())) . '.000+0000';
		if ($what === 'updated') {
			return Response::json(200, ['ids' => array_column($rows, 'Id'), 'latestDateCovered' => $covered]);
		}
		return Response::json(200, [
			'deletedRecords' => array_map(static fn (array $row): array => ['deletedDate' => $row['SystemModstamp'], 'id' => $row['Id']], $rows),
			'earliestDateAvailable' => gmdate('Y-m-d\TH:i:00', $oldest) . '.000+0000',
			'latestDateCovered' => $covered,
		]);
	}

	private static function time(Request $request, string $name): int
	{
		$given = $request->query[$name] ?? '';
		if (preg_match('/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/D', $given) !== 1) {
			throw ApiError::of(400, 'INVALID_QUERY_FILTER_OPERATOR', "The parameter $name must be a date and time: $given");
		}
		return strtotime($given);
	}
}
