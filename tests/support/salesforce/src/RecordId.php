<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * Record ids: 15 characters in base 62, case-sensitive, of which the first three name the object; or 18, where three
 * more say which of the fifteen are capitals, so that the id survives a tool that ignores case.
 */
final class RecordId
{
	private const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
	private const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
	/** The pod that this org lives on. */
	private const POD = 'Qy0';

	public static function make(string $prefix, int $number): string
	{
		$tail = '';
		for ($i = 0; $i < 9; $i++) {
			$tail = self::BASE62[$number % 62] . $tail;
			$number = intdiv($number, 62);
		}
		return self::extend($prefix . self::POD . $tail);
	}

	public static function extend(string $id15): string
	{
		$suffix = '';
		for ($chunk = 0; $chunk < 3; $chunk++) {
			$bits = 0;
			for ($i = 0; $i < 5; $i++) {
				if (ctype_upper($id15[$chunk * 5 + $i])) {
					$bits |= 1 << $i;
				}
			}
			$suffix .= self::CHECK[$bits];
		}
		return $id15 . $suffix;
	}

	/** The 18 characters of an id given as 15 or 18, or null if it is none. A wrong suffix makes it none. */
	public static function normalize(string $id): ?string
	{
		if (strlen($id) === 15 && ctype_alnum($id)) {
			return self::extend($id);
		}
		if (strlen($id) !== 18 || !ctype_alnum($id)) {
			return null;
		}
		// The suffix has the last word on case: an 18-character id is insensitive to it.
		$suffix = strtoupper(substr($id, 15));
		$id15 = substr($id, 0, 15);
		for ($chunk = 0; $chunk < 3; $chunk++) {
			$bits = strpos(self::CHECK, $suffix[$chunk]);
			if ($bits === false) {
				return null;
			}
			for ($i = 0; $i < 5; $i++) {
				$at = $chunk * 5 + $i;
				$upper = ($bits >> $i & 1) === 1;
				if ($upper && !ctype_alpha($id15[$at])) {
					return null;
				}
				$id15[$at] = $upper ? strtoupper($id15[$at]) : strtolower($id15[$at]);
			}
		}
		return $id15 . $suffix;
	}

	public static function prefix(string $id): string
	{
		return substr($id, 0, 3);
	}
}
