<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

/** The Salesforce emulator, by its command. */
final class Emulator
{
	/** @return array{int, string} */
	private static function command(array $arguments, string $input = ''): array
	{
		$process = proc_open(
			[PHP_BINARY, getenv('SALESFORCE_CTL'), getenv('SALESFORCE_DIR'), ...$arguments],
			[['pipe', 'r'], ['pipe', 'w'], STDERR],
			$pipes,
			null,
			// Not our own php.ini files: it needs no extension of ours.
			['PATH' => (string) getenv('PATH')]
		);
		fwrite($pipes[0], $input);
		fclose($pipes[0]);
		$output = (string) stream_get_contents($pipes[1]);
		fclose($pipes[1]);
		return [proc_close($process), $output];
	}

	public static function ctl(string ...$arguments): string
	{
		self::touch();
		[$code, $output] = self::command($arguments);
		if ($code !== 0) {
			throw new \RuntimeException('ctl ' . implode(' ', $arguments) . " ended with $code.");
		}
		return $output;
	}

	private static bool $untouched = false;

	/** Something is sent there: the next test must begin anew. */
	public static function touch(): void
	{
		self::$untouched = false;
	}

	/** A command takes a while: it is given only where the test before left something. */
	public static function reset(): void
	{
		if (!self::$untouched) {
			self::ctl('reset');
			self::$untouched = true;
		}
	}

	public static function fault(string ...$arguments): void
	{
		self::ctl('fault', ...$arguments);
	}

	/** Whether this person could sign in at Salesforce now. */
	public static function canLogIn(string $username, string $password): bool
	{
		return self::command(['login', $username], $password)[0] === 0;
	}

	/** @return list<array<string, mixed>> */
	public static function contacts(string $email): array
	{
		return self::records('contacts', 'Email', $email);
	}

	/** @return list<array<string, mixed>> */
	public static function users(string $email): array
	{
		return self::records('users', 'Email', $email);
	}

	private static function records(string $what, string $field, string $value): array
	{
		$dump = json_decode(self::ctl('dump'), true, 32, JSON_THROW_ON_ERROR);
		return array_values(array_filter($dump[$what], static fn (array $record): bool => ($record[$field] ?? null) === $value));
	}

	/** @return list<array<string, mixed>> */
	public static function requests(): array
	{
		return array_map(static fn (string $line): array => json_decode($line, true, 16, JSON_THROW_ON_ERROR), array_filter(explode("\n", self::ctl('requests'))));
	}
}
