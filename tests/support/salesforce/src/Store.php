<?php
declare(strict_types=1);

namespace SalesforceEmulator;

use PDO;

/** The org's state, in one SQLite file that several workers share. Whatever writes does so inside transaction(). */
final class Store
{
	public readonly PDO $pdo;
	/** @var array<string, string>|null */
	private ?array $settings = null;
	/** @var array<string, \PDOStatement> */
	private array $statements = [];
	/** @var resource|false Writers queue here, so that none is passed over for ever by one that comes back at once. */
	private $queue;
	/** PDO knows only of transactions that it began itself, and those can't be IMMEDIATE. */
	private bool $open = false;

	public const DEFAULTS = [
		// The licences of "Customer Community" that the org has bought.
		'licences' => '20',
		// API calls in 24 hours.
		'daily_limit' => '15000',
		'api_used' => '0',
		// Password policies of the external profile.
		'policy_min_length' => '8',
		'policy_complexity' => '1',
		'policy_history' => '3',
		'policy_min_lifetime' => '0',
		'policy_max_attempts' => '10',
		'policy_lockout_minutes' => '15',
		'policy_expires_days' => '90',
		// The session setting of the integration user's profile.
		'session_seconds' => '7200',
		// Is "Rotate Refresh Tokens" on in the app's policies?
		'rotate_refresh_tokens' => '1',
		// Has the integration user "Manage External Users" and "Reset User Passwords"?
		'password_permission' => '1',
		// Is WP_User_Id__c marked Unique?
		'external_id_unique' => '1',
		// Is the standard duplicate rule of contacts active?
		'duplicate_rule' => '0',
		// Is the external profile a member of the site, and does the site send its welcome mail?
		'site_member' => '1',
		'welcome_mail' => '1',
		// When somebody last changed an object's fields, in seconds since the beginning of 2025.
		'described_at' => '86400',
		// The most rows that a page of a query holds, below batchSize.
		'query_page' => '2000',
		// Has the integration user "Send Outbound Messages"? And, as some orgs send them: ids of 15 characters, a byte order mark.
		'send_outbound' => '1',
		'outbound_short_ids' => '0',
		'outbound_bom' => '0',
		// Bulk API 2.0: the bytes of a job, in base64; the rows of a page of results, of a query and (0: all of them) of an ingest job;
		// how long a job waits in the queue, and how much longer than its rows it takes, in milliseconds; the permission "Bulk API Hard Delete".
		'bulk_max_bytes' => '150000000',
		'bulk_query_page' => '250000',
		'bulk_result_page' => '0',
		'bulk_queue_ms' => '0',
		'bulk_work_ms' => '0',
		'hard_delete_permission' => '0',
		// How long a connect of CometD is held, how long a session waits for the next one, events in one answer; whether a handshake
		// without authentication is a 401 of HTTP too; whether a connect that asks to be held for less is.
		'cometd_timeout_ms' => '110000',
		'cometd_session_seconds' => '40',
		'cometd_batch' => '100',
		'cometd_http_401' => '0',
		'cometd_hold_as_asked' => '1',
		// host:port that a token's instance_url names; start sets it.
		'instance_host' => '',
	];

	public function __construct(private readonly string $path, bool $create = false)
	{
		if (!$create && !is_file($path)) {
			throw new \RuntimeException("there is no emulator here: $path does not exist; start it first");
		}
		$this->pdo = new PDO('sqlite:' . $path, null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC, PDO::ATTR_TIMEOUT => 10]);
		$this->pdo->exec('PRAGMA busy_timeout = 10000');
		if ($create) {
			$this->pdo->exec('PRAGMA journal_mode = WAL');
		}
		$this->queue = @fopen("$path-queue", 'c');
		$this->pdo->exec('PRAGMA synchronous = OFF');
		$this->pdo->exec('PRAGMA foreign_keys = ON');
	}

	public function folder(): string
	{
		return dirname($this->path);
	}

	private function statement(string $sql): \PDOStatement
	{
		if (count($this->statements) > 200) {
			$this->statements = [];
		}
		return $this->statements[$sql] ??= $this->pdo->prepare($sql);
	}

	public function begin(): void
	{
		$this->queue === false || flock($this->queue, LOCK_EX);
		// IMMEDIATE: a check ("is this Username free?") and the write that follows it must be one.
		$this->pdo->exec('BEGIN IMMEDIATE');
		$this->open = true;
	}

	public function end(bool $keep): void
	{
		$this->open = false;
		$this->pdo->exec($keep ? 'COMMIT' : 'ROLLBACK');
		$this->queue === false || flock($this->queue, LOCK_UN);
		$this->settings = null;
	}

	public function isOpen(): bool
	{
		return $this->open;
	}

	/** @template T @param callable(): T $work @return T */
	public function transaction(callable $work): mixed
	{
		if ($this->open) {
			return $work();
		}
		$this->begin();
		try {
			$result = $work();
		} catch (\Throwable $e) {
			$this->end(false);
			throw $e;
		}
		$this->end(true);
		return $result;
	}

	/** A piece of a transaction that can fail by itself. */
	public function savepoint(callable $work): mixed
	{
		$this->pdo->exec('SAVEPOINT piece');
		try {
			$result = $work();
			$this->pdo->exec('RELEASE piece');
			return $result;
		} catch (\Throwable $e) {
			$this->pdo->exec('ROLLBACK TO piece');
			$this->pdo->exec('RELEASE piece');
			throw $e;
		}
	}

	public function run(string $sql, array $parameters = []): int
	{
		$statement = $this->statement($sql);
		$statement->execute($parameters);
		return $statement->rowCount();
	}

	/** @return list<array<string, mixed>> */
	public function all(string $sql, array $parameters = []): array
	{
		$statement = $this->statement($sql);
		$statement->execute($parameters);
		return $statement->fetchAll();
	}

	/** @return array<string, mixed>|null */
	public function row(string $sql, array $parameters = []): ?array
	{
		$statement = $this->statement($sql);
		$statement->execute($parameters);
		$row = $statement->fetch();
		$statement->closeCursor();
		return $row === false ? null : $row;
	}

	public function value(string $sql, array $parameters = []): mixed
	{
		$row = $this->row($sql, $parameters);
		return $row === null ? null : array_values($row)[0];
	}

	public function setting(string $key): string
	{
		$this->settings ??= array_column($this->all('SELECT key, value FROM settings'), 'value', 'key');
		return $this->settings[$key] ?? self::DEFAULTS[$key];
	}

	public function number(string $key): int
	{
		return (int) $this->setting($key);
	}

	public function set(string $key, string $value): void
	{
		$this->run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [$key, $value]);
		$this->settings = null;
	}

	public function nextId(string $prefix): string
	{
		$number = $this->value('INSERT INTO sequences (prefix, number) VALUES (?, 1001) ON CONFLICT (prefix) DO UPDATE SET number = number + 1 RETURNING number', [$prefix]);
		return RecordId::make($prefix, (int) $number);
	}

	/** Salesforce's date and time: milliseconds and an offset without a colon, always UTC. */
	public static function now(): string
	{
		return gmdate('Y-m-d\TH:i:s') . '.000+0000';
	}
}
