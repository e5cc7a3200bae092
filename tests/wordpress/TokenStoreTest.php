<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Connection;
use Samlforce\WordPress\Database;
use Samlforce\WordPress\Token_Store;

/** One token for all workers: a table of the database decides who gets it. */
final class TokenStoreTest extends TestCase
{
	public function testOnlyWhatIsThereIsReplaced(): void
	{
		$store = new Token_Store();
		$id = str_repeat('a', 64);
		self::assertNull($store->load($id));
		self::assertFalse($store->replace($id, 'sft1.x', 'sft1.y'));
		self::assertFalse($store->replace($id, 'sft1.x', null));
		self::assertTrue($store->replace($id, null, 'sft1.Aa'));
		self::assertFalse($store->replace($id, null, 'sft1.B'), 'Somebody was faster.');
		self::assertFalse($store->replace($id, 'sft1.aA', 'sft1.C'), 'That is another text.');
		self::assertSame('sft1.Aa', $store->load($id));
		self::assertTrue($store->replace($id, 'sft1.Aa', $long = 'sft1.' . str_repeat('x', 60000)));
		self::assertSame($long, $store->load($id));
		self::assertNull($store->load(str_repeat('b', 64)));
		self::assertFalse($store->replace($id, 'sft1.Aa', null));
		self::assertTrue($store->replace($id, $long, null));
		self::assertNull($store->load($id));
	}

	public function testADatabaseThatFailsIsNoAnswer(): void
	{
		global $wpdb;
		$break = static fn (string $query): string => str_contains($query, 'samlforce_tokens') ? 'SELECT x FROM absent_table' : $query;
		add_filter('query', $break);
		$wpdb->suppress_errors(true);
		try {
			foreach ([static fn () => (new Token_Store())->load('a'), static fn () => (new Token_Store())->replace('a', null, 'x'), static fn () => (new Token_Store())->replace('a', 'x', 'y')] as $call) {
				try {
					$call();
					self::fail('It must not be taken for an answer.');
				} catch (\RuntimeException $e) {
					self::assertStringContainsString('tokens', $e->getMessage());
				}
			}
		} finally {
			remove_filter('query', $break);
			$wpdb->suppress_errors(false);
			$wpdb->last_error = '';
		}
	}

	public function testWhatTheDatabaseHoldsIsSealed(): void
	{
		global $wpdb;
		Emulator::ctl('expire-tokens');
		Connection::client()->limits();
		$rows = $wpdb->get_col('SELECT sealed FROM ' . Database::tokens());
		self::assertCount(1, $rows);
		self::assertMatchesRegularExpression('/^sft1\.[A-Za-z0-9_-]+$/D', $rows[0]);
		self::assertStringNotContainsString('00D', base64_decode(strtr(substr($rows[0], 5), '-_', '+/')));
	}

	/** Twenty PHP processes with WordPress in each, at the same moment: without a token, and again when all sessions have ended. */
	public function testTwentyWorkersAskForOneToken(): void
	{
		Emulator::ctl('expire-tokens');
		Emulator::fault('slow', '--seconds', '1', '--match', 'oauth2/token');
		$code = '$_SERVER += ["REQUEST_METHOD" => "GET", "REQUEST_URI" => "/", "SERVER_NAME" => "127.0.0.1", "HTTP_HOST" => "127.0.0.1", "REMOTE_ADDR" => "127.0.0.1"];
			require getenv("SAMLFORCE_WP") . "/wp-load.php";
			foreach ([1, 2] as $round) {
				echo "ready\n";
				fgets(STDIN);
				try {
					\Samlforce\WordPress\Connection::client(30000)->limits();
					echo "done\n";
				} catch (\Throwable $e) {
					echo get_class($e), ": ", $e->getMessage(), "\n";
				}
			}';
		$workers = [];
		for ($i = 0; $i < 20; $i++) {
			$process = proc_open([PHP_BINARY, '-r', $code], [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
			$workers[] = [$process, $pipes];
		}
		$told = [];
		foreach ([1, 2] as $round) {
			foreach ($workers as [, $pipes]) {
				self::assertSame("ready\n", fgets($pipes[1]));
			}
			if ($round === 2) {
				Emulator::ctl('expire-tokens');
			}
			foreach ($workers as [, $pipes]) {
				fwrite($pipes[0], "go\n");
			}
			foreach ($workers as [, $pipes]) {
				$told[] = fgets($pipes[1]);
			}
			$asked = array_filter(Emulator::requests(), static fn (array $r): bool => str_ends_with($r['path'], '/oauth2/token'));
			self::assertCount($round, $asked, 'Each time one of them signs in, and the others wait for it.');
		}
		foreach ($workers as [$process, $pipes]) {
			fclose($pipes[0]);
			proc_close($process);
		}
		self::assertSame(["done\n" => 40], array_count_values($told));
	}
}
