<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Account;
use Samlforce\WordPress\Activation;

final class ActivationTest extends TestCase
{
	public function testTheLinkIsGoodOnceAndOnlyForItsPerson(): void
	{
		$ada = $this->registered('ada');
		$bob = $this->registered('bob');
		['user' => $user, 'code' => $code] = $this->link('ada@example.test');
		self::assertSame($ada, (int) $user);
		self::assertSame(64, strlen($code));

		self::assertSame('valid', Activation::judge($ada, $code));
		self::assertSame('invalid', Activation::judge($bob, $code));
		self::assertSame('invalid', Activation::judge($ada, substr($code, 0, -1) . 'g'));
		self::assertSame('invalid', Activation::judge($ada, ''));
		self::assertSame('invalid', Activation::judge(0, $code));
		self::assertSame('invalid', Activation::judge(1, $code));

		Activation::confirm($ada);
		self::assertSame('done', Activation::judge($ada, $code));
		self::assertSame('valid', Activation::judge($bob, $this->link('bob@example.test')['code']));
	}

	public function testOnlyAHashOfTheCodeIsStored(): void
	{
		$this->registered();
		self::assertSame([], $this->inDatabase($this->link('ada@example.test')['code']));
	}

	public function testTheLinkEndsAfterTwoDays(): void
	{
		$id = $this->registered();
		$code = $this->link('ada@example.test')['code'];
		$stored = get_user_meta($id, Account::ACTIVATION, true);
		self::assertEqualsWithDelta(time() + 48 * HOUR_IN_SECONDS, $stored['expires'], 5);
		$stored['expires'] = time() - 1;
		update_user_meta($id, Account::ACTIVATION, $stored);
		self::assertSame('expired', Activation::judge($id, $code));
	}

	public function testANewLinkReplacesTheOldOne(): void
	{
		$id = $this->registered();
		$old = $this->link('ada@example.test')['code'];
		Activation::send_link($id);
		$new = $this->link('ada@example.test')['code'];
		self::assertNotSame($old, $new);
		self::assertSame('invalid', Activation::judge($id, $old));
		self::assertSame('valid', Activation::judge($id, $new));
	}

	public function testALinkConfirmsTheAddressThatItWasSentTo(): void
	{
		$id = $this->registered();
		$old = $this->link('ada@example.test')['code'];
		wp_update_user(['ID' => $id, 'user_email' => 'lovelace@example.test']);
		self::assertSame('invalid', Activation::judge($id, $old));
		self::assertSame('valid', Activation::judge($id, $this->link('lovelace@example.test')['code']));
		// A change that leaves the address alone sends nothing.
		wp_update_user(['ID' => $id, 'user_url' => 'https://example.test']);
		self::assertCount(1, array_filter($this->mails('lovelace@example.test'), static fn (array $mail): bool => str_contains($mail['message'], 'samlforce_activate')));
	}

	public function testWithoutItNobodyLogsIn(): void
	{
		$id = $this->registered();
		$right = wp_authenticate('ada', wp_slash(self::PASSWORD));
		self::assertInstanceOf(\WP_Error::class, $right);
		self::assertSame('samlforce_unconfirmed', $right->get_error_code());
		self::assertStringContainsString('samlforce_activate', $right->get_error_message());
		// Who doesn't know the password learns nothing of it.
		self::assertSame('incorrect_password', wp_authenticate('ada', 'wrong')->get_error_code());
		self::assertFalse(wp_is_application_passwords_available_for_user($id));
		Activation::confirm($id);
		self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', wp_slash(self::PASSWORD)));
	}

	public function testOthersLogInAsEver(): void
	{
		$id = wp_create_user('old', 'old-password-1', 'old@example.test');
		self::assertInstanceOf(\WP_User::class, wp_authenticate('old', 'old-password-1'));
		self::assertFalse(Account::is_unconfirmed($id));
	}

	public function testConfirmingReleasesTheWork(): void
	{
		$id = $this->registered();
		Activation::confirm($id);
		self::assertSame('pending', $this->row($id, 'activate')->state);
		self::assertNotEmpty($this->row($id, 'activate')->sealed);
	}

	public function testConfirmingTwiceIsHarmless(): void
	{
		$id = $this->registered();
		Activation::confirm($id);
		$this->work();
		self::assertSame('done', $this->row($id, 'activate')->state);
		Activation::confirm($id);
		self::assertSame('done', $this->row($id, 'activate')->state);
	}

	public function testLostRowsAreMadeAgainAndThePersonIsAskedForAPassword(): void
	{
		$id = $this->registered();
		(new \Samlforce\WordPress\Outbox())->discard_user($id);
		Activation::confirm($id);
		$this->work();
		self::assertSame('done', $this->row($id, 'register')->state);
		self::assertSame('NO_PASSWORD', $this->row($id, 'activate')->error_code);
		$mails = $this->mails('ada@example.test');
		self::assertStringContainsString('action=lostpassword', end($mails)['message']);
	}

	public function testNewLinksAreLimited(): void
	{
		$_SERVER['REMOTE_ADDR'] = '192.0.2.1';
		foreach ([true, true, true, false, false] as $expected) {
			self::assertSame($expected, Activation::may_resend('ada@example.test'));
		}
		self::assertFalse(Activation::may_resend('ADA@example.test'));
		self::assertTrue(Activation::may_resend('bob@example.test'));
		for ($i = 0; $i < 20; $i++) {
			$last = Activation::may_resend("person$i@example.test");
		}
		self::assertFalse($last);
		$_SERVER['REMOTE_ADDR'] = '192.0.2.2';
		self::assertTrue(Activation::may_resend('somebody@example.test'));
	}

	public function testSpellingsOfOneAddressCountAsOne(): void
	{
		$this->registered();
		$_SERVER['REMOTE_ADDR'] = '192.0.2.3';
		$page = new \ReflectionMethod(Activation::class, 'resend_to');
		foreach (['ada@example.test', ' ada@example.test', "ada@example.test\t", 'ADA@example.test ', '  ada@example.test'] as $i => $spelling) {
			self::assertSame($i < 3, $page->invoke(null, $spelling), $spelling);
		}
	}

	/** Who is over the limit must not use up what the owner of an address may ask for. */
	public function testWhoAsksTooOftenTakesNothingFromOthers(): void
	{
		$_SERVER['REMOTE_ADDR'] = '192.0.2.4';
		for ($i = 0; $i < 10; $i++) {
			Activation::may_resend("person$i@example.test");
		}
		for ($i = 0; $i < 5; $i++) {
			self::assertFalse(Activation::may_resend('ada@example.test'));
		}
		$_SERVER['REMOTE_ADDR'] = '192.0.2.5';
		self::assertTrue(Activation::may_resend('ada@example.test'));
	}

	public function testAnUnreadableOutboxConfirmsNothing(): void
	{
		global $wpdb;
		$id = $this->registered();
		$break = static fn (string $query): string => str_contains($query, "SET state = 'pending'") ? 'UPDATE absent_table SET x = 1' : $query;
		add_filter('query', $break);
		$wpdb->suppress_errors(true);
		try {
			Activation::confirm($id);
			self::fail('It was taken for released.');
		} catch (\RuntimeException $e) {
			self::assertStringContainsString('outbox', $e->getMessage());
		} finally {
			remove_filter('query', $break);
			$wpdb->suppress_errors(false);
		}
		self::assertTrue(Account::is_unconfirmed($id), 'The link must still work.');
		Activation::confirm($id);
		self::assertSame('pending', $this->row($id, 'activate')->state);
	}

	/** @testWith ["Win at http://evil.example/", "L"]
	 *            ["Go to", "evil.example now"]
	 *            ["You were chosen by us today to get a free present worth", "a lot of money, call this number"]
	 */
	public function testNobodySendsWordsToOthersByOurMail(string $first, string $last): void
	{
		$this->registered('ada', ['samlforce_first_name' => $first, 'samlforce_last_name' => $last]);
		$mail = $this->mails('ada@example.test')[0]['message'];
		self::assertStringStartsWith('Hello ada,', $mail);
		self::assertStringNotContainsString($first, $mail);
		$this->registered('bob', ['samlforce_first_name' => 'J. R. R.', 'samlforce_last_name' => "O'Tolkien-Čapek"]);
		self::assertStringStartsWith("Hello J. R. R. O'Tolkien-Čapek,", $this->mails('bob@example.test')[0]['message']);
	}
}
