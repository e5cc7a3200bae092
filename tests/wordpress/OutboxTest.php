<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Database;
use Samlforce\WordPress\Outbox;
use Samlforce\WordPress\Outbox_Worker;

final class OutboxTest extends TestCase
{
	/** The key got its next generation: what waits is sealed anew, arrives as it was, and needs the old one no more. */
	public function testSealsAnewWithTheNewestGeneration(): void
	{
		$this->settings(['vault_key' => 'rolled~0']);
		$id = $this->registered();
		$other = $this->registered('bob');
		$old = $this->row($id, 'activate')->sealed;
		$this->settings(['vault_key' => 'rolled']);
		$vault = new \Samlforce\Password\Vault('rolled');
		self::assertSame(2, (new Outbox())->reseal($vault));
		self::assertSame(0, (new Outbox())->reseal($vault));
		$new = $this->row($id, 'activate')->sealed;
		self::assertNotSame($old, $new);
		self::assertNotSame($vault->inspect($old)['keyId'], $vault->inspect($new)['keyId']);
		self::assertSame($vault->inspect($old)['expiresAt'], $vault->inspect($new)['expiresAt']);
		$this->settings(['vault_key' => 'rolled~1']);
		\Samlforce\WordPress\Activation::confirm($id);
		$this->work();
		self::assertTrue(Emulator::canLogIn('ada@example.test', self::PASSWORD));
		self::assertSame('held', $this->row($other, 'activate')->state);
	}

	public function testTheHourlyWorkSealsAnew(): void
	{
		$this->settings(['vault_key' => 'rolled~0']);
		$id = $this->registered();
		$old = $this->row($id, 'activate')->sealed;
		do_action('samlforce_clean_up');
		self::assertSame($old, $this->row($id, 'activate')->sealed);
		$this->settings(['vault_key' => 'rolled']);
		do_action('samlforce_clean_up');
		self::assertNotSame($old, $this->row($id, 'activate')->sealed);
		$this->settings(['vault_key' => '']);
		do_action('samlforce_clean_up');
	}

	private Outbox $outbox;

	protected function setUp(): void
	{
		parent::setUp();
		$this->outbox = new Outbox();
	}

	public function testARowIsTakenOnce(): void
	{
		$this->outbox->put(7, 'register', 'pending');
		$first = $this->outbox->claim();
		self::assertSame('working', $first->state);
		self::assertSame(1, (int) $first->attempts);
		self::assertNull($this->outbox->claim());
	}

	/** Two workers have read the same row; the update of one of them finds it changed. */
	public function testTwoWorkersOfOneRow(): void
	{
		global $wpdb;
		$this->outbox->put(7, 'register', 'pending');
		$update = 'UPDATE ' . Database::outbox() . " SET state = 'working', lease_token = %s WHERE user_id = 7 AND state = 'pending' AND lease_token = ''";
		self::assertSame(1, $wpdb->query($wpdb->prepare($update, 'one')));
		self::assertSame(0, $wpdb->query($wpdb->prepare($update, 'two')));
	}

	public function testOnlyOneRowAPersonAndKind(): void
	{
		global $wpdb;
		$this->outbox->put(7, 'register', 'pending');
		$this->outbox->put(7, 'register', 'pending');
		self::assertSame(1, array_sum($this->outbox->counts()));
		$wpdb->suppress_errors(true);
		self::assertFalse($wpdb->insert(Database::outbox(), ['user_id' => 7, 'kind' => 'register', 'state' => 'pending']));
		$wpdb->suppress_errors(false);
	}

	public function testACrashedWorkersRowComesBack(): void
	{
		global $wpdb;
		$this->outbox->put(7, 'register', 'pending');
		$crashed = $this->outbox->claim();
		$wpdb->query('UPDATE ' . Database::outbox() . ' SET lease_until = ' . (time() - 1));
		$second = $this->outbox->claim();
		self::assertNotNull($second);
		self::assertSame(2, (int) $second->attempts);
		// If it wasn't dead but slow: it has nothing to say any more.
		self::assertFalse($this->outbox->done($crashed));
		self::assertFalse($this->outbox->block($crashed, 'X', 'x', true));
		self::assertSame('working', $this->row(7, 'register')->state);
		self::assertTrue($this->outbox->done($second));
	}

	public function testActivationWaitsForRegistration(): void
	{
		$this->outbox->put(7, 'activate', 'pending', 'sealed');
		$this->outbox->put(7, 'register', 'pending');
		$this->outbox->put(8, 'activate', 'pending', 'sealed');
		$kinds = [];
		while ($row = $this->outbox->claim()) {
			$kinds[] = "$row->user_id $row->kind";
		}
		sort($kinds);
		self::assertSame(['7 register', '8 activate'], $kinds);
		$this->outbox->done($this->row(7, 'register'));
		self::assertSame('activate', $this->outbox->claim()->kind);
		self::assertNull($this->outbox->claim());
	}

	public function testABlockedRegistrationHoldsItsActivationOnly(): void
	{
		$this->outbox->put(7, 'register', 'blocked');
		$this->outbox->put(7, 'activate', 'pending', 'sealed');
		$this->outbox->put(8, 'register', 'pending');
		self::assertSame('8', (string) $this->outbox->claim()->user_id);
		self::assertNull($this->outbox->claim());
	}

	public function testDoneErasesTheToken(): void
	{
		$this->outbox->put(7, 'activate', 'pending', 'sealed-token');
		$this->outbox->done($this->outbox->claim());
		self::assertSame('done', $this->row(7, 'activate')->state);
		self::assertNull($this->row(7, 'activate')->sealed);
		self::assertSame([], $this->inDatabase('sealed-token'));
	}

	public function testWhoeverChoosesANewPasswordMeanwhileWins(): void
	{
		$this->outbox->put(7, 'activate', 'pending', 'old');
		$working = $this->outbox->claim();
		$this->outbox->put(7, 'activate', 'pending', 'new');
		self::assertFalse($this->outbox->done($working));
		self::assertSame('new', $this->row(7, 'activate')->sealed);
		self::assertSame('new', $this->outbox->claim()->sealed);
	}

	public function testAHeldRowIsReleasedOnce(): void
	{
		$this->outbox->put(7, 'activate', 'held', 'x');
		self::assertNull($this->outbox->claim());
		self::assertTrue($this->outbox->release_held(7, 'activate'));
		self::assertFalse($this->outbox->release_held(7, 'activate'));
	}

	public function testRetryIsForWhatWaitsOnly(): void
	{
		foreach (['held' => false, 'pending' => true, 'working' => false, 'blocked' => true, 'done' => false] as $state => $expected) {
			$this->outbox->put(7, 'register', $state);
			self::assertSame($expected, $this->outbox->retry_now((int) $this->row(7, 'register')->id), $state);
		}
	}

	public function testAFailingDatabaseIsNoSuccess(): void
	{
		global $wpdb;
		$wpdb->suppress_errors(true);
		$prefix = $wpdb->prefix;
		$wpdb->prefix = 'absent_';
		try {
			$this->outbox->put(7, 'register', 'pending');
			self::fail('It was taken for written.');
		} catch (\RuntimeException $e) {
			self::assertStringContainsString('outbox', $e->getMessage());
		} finally {
			$wpdb->prefix = $prefix;
			$wpdb->suppress_errors(false);
		}
	}

	public function testCleaningErasesOldTokens(): void
	{
		global $wpdb;
		$this->outbox->put(7, 'activate', 'held', 'old');
		$wpdb->query('UPDATE ' . Database::outbox() . ' SET created_at = 1, updated_at = 1');
		$this->outbox->put(8, 'activate', 'held', 'new');
		$this->outbox->put(9, 'register', 'done');
		$wpdb->query('UPDATE ' . Database::outbox() . ' SET updated_at = 1 WHERE user_id = 9');
		$this->outbox->clean_up();
		self::assertNull($this->row(7, 'activate')->sealed);
		self::assertSame('new', $this->row(8, 'activate')->sealed);
		self::assertNull($this->outbox->row_of(9, 'register'));
	}

	public function testTheBackoffGrowsAndHonoursRetryAfter(): void
	{
		for ($i = 0; $i < 50; $i++) {
			$first = Outbox_Worker::backoff(1, null);
			self::assertTrue($first >= 7 && $first <= 23, (string) $first);
			$fifth = Outbox_Worker::backoff(5, null);
			self::assertTrue($fifth >= 120 && $fifth <= 360, (string) $fifth);
			$late = Outbox_Worker::backoff(500, null);
			self::assertTrue($late >= 1800 && $late <= 5400, (string) $late);
			self::assertSame(7200, Outbox_Worker::backoff(1, 7200));
		}
	}

	public function testThePageShowsTheRows(): void
	{
		$user = $this->registered();
		$this->outbox->put($user, 'activate', 'blocked', 'x');
		global $wpdb;
		$wpdb->update(Database::outbox(), ['error_code' => 'SOME_CODE', 'error' => '<script>alert(1)</script>'], ['user_id' => $user, 'kind' => 'activate']);
		wp_set_current_user(1);
		ob_start();
		\Samlforce\WordPress\Status_Page::print_content();
		$html = ob_get_clean();
		self::assertStringContainsString('ada@example.test', $html);
		self::assertStringContainsString('SOME_CODE', $html);
		self::assertStringContainsString('&lt;script&gt;alert(1)', $html);
		self::assertStringNotContainsString('<script>alert', $html);
		self::assertStringContainsString('what=retry', $html);
		self::assertStringNotContainsString('sfv1.', $html);
	}

	public function testADeletedPersonLeavesNothing(): void
	{
		$id = $this->registered();
		wp_delete_user($id);
		self::assertSame(0, array_sum($this->outbox->counts()));
	}

	/** WordPress refuses an update with a value that its column can't hold: the row would stay "in progress", and nobody would learn why. */
	public function testWhateverSalesforceSaysCanBeKept(): void
	{
		foreach (['postpone', 'block'] as $i => $end) {
			$this->outbox->put(7 + $i, 'register', 'pending');
			$row = $this->outbox->claim();
			$words = "bad \xff bytes " . str_repeat('\u{1F600}', 40000);
			self::assertTrue($end === 'block' ? $this->outbox->block($row, str_repeat('X', 200), $words) : $this->outbox->postpone($row, time() + 99, str_repeat('X', 200), $words));
			self::assertSame(str_repeat('X', 80), $this->row(7 + $i, 'register')->error_code);
			self::assertStringContainsString('bytes', $this->row(7 + $i, 'register')->error);
		}
	}
}
