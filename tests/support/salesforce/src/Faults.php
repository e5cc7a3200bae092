<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** What a test switches on to see a client cope. A fault with a number of times wears off; one without lasts until cleared. */
final class Faults
{
	public const KINDS = ['timeout', '401', '503', 'lock', 'half', 'refuse-tls', 'slow', 'close', 'error', 'html', 'bayeux'];

	/** @return array{kind: string, seconds: float, carried_out: bool, code: ?string, status: int, message: string, bare: bool}|null the fault that this request runs into; it is used up by it */
	public static function take(Store $store, string $method, string $path): ?array
	{
		// Most requests meet no fault: they should not wait for the lock.
		if ($store->value('SELECT COUNT(*) FROM faults') === 0) {
			return null;
		}
		return $store->transaction(static function () use ($store, $method, $path): ?array {
			foreach ($store->all("SELECT * FROM faults WHERE kind NOT IN ('refuse-tls', 'bayeux') ORDER BY id") as $fault) {
				$fits = ($fault['path'] === null || preg_match(self::pattern($fault['path']), $path) === 1)
					&& ($fault['method'] === null || strcasecmp($fault['method'], $method) === 0)
					&& self::applies($fault['kind'], $method, $path);
				if (!$fits) {
					continue;
				}
				if ($fault['remaining'] !== null) {
					$store->run($fault['remaining'] <= 1 ? 'DELETE FROM faults WHERE id = ?' : 'UPDATE faults SET remaining = remaining - 1 WHERE id = ?', [$fault['id']]);
				}
				return ['kind' => $fault['kind'], 'seconds' => (float) $fault['seconds'], 'carried_out' => (bool) $fault['carried_out'], 'code' => $fault['code'], 'status' => (int) $fault['status'], 'message' => (string) $fault['message'], 'bare' => (bool) $fault['bare']];
			}
			return null;
		});
	}

	public static function pattern(string $regex): string
	{
		return '~' . str_replace('~', '\~', $regex) . '~';
	}

	private static function applies(string $kind, string $method, string $path): bool
	{
		return match ($kind) {
			// Only what bears a token can be told that it is void.
			'401' => str_starts_with($path, '/services/data/v'),
			// A row is locked for those who write.
			'lock' => str_contains($path, '/sobjects/') && in_array($method, ['POST', 'PATCH', 'DELETE'], true) || str_contains($path, '/composite'),
			default => true,
		};
	}
}
