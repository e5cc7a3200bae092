<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Database;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Sessions;

/** What becomes of a session that an identity provider began: how long it lives, and who ends it. */
final class SessionsTest extends HttpTestCase
{
	protected function setUp(): void
	{
		parent::setUp();
		$this->cookies = [];
	}

	private function account(string $login): int
	{
		$id = wp_insert_user(['user_login' => $login, 'user_pass' => 'x-password-1', 'user_email' => "$login@example.test", 'role' => 'subscriber']);
		self::assertTrue(Links::add(Provider::ENTITY_ID, $login, $id));
		return $id;
	}

	/** A browser of its own signs in. @return array<string, string> its cookies */
	private function signIn(string $nameId, ?string $sessionIndex = null, ?int $ends = null): array
	{
		$this->cookies = [];
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		$answer = $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, $nameId, [], $ends, null, $sessionIndex), 'RelayState' => $relay]);
		self::assertSame(302, $answer['status'], $answer['body']);
		return $this->cookies;
	}

	/** @param array<string, string> $cookies */
	private function isSignedIn(array $cookies): bool
	{
		$this->cookies = $cookies;
		return $this->send('wp-admin/profile.php')['status'] === 200;
	}

	public function testOneSessionIsEndedAndNoOther(): void
	{
		$ada = $this->account('ada');
		$this->account('bob');
		$first = $this->signIn('ada', 'one');
		$second = $this->signIn('ada', 'two');
		$other = $this->signIn('bob', 'one');
		$this->cookies = [];
		$this->logIn($ada);
		$local = $this->cookies;

		self::assertSame(0, Sessions::end('https://other.example', 'ada', []));
		self::assertSame(0, Sessions::end(Provider::ENTITY_ID, 'ada', ['three']));
		self::assertSame(0, Sessions::end(Provider::ENTITY_ID, 'ad', []));
		self::assertTrue($this->isSignedIn($first));

		self::assertSame(1, Sessions::end(Provider::ENTITY_ID, 'ada', ['one', 'three']));
		self::assertFalse($this->isSignedIn($first));
		self::assertTrue($this->isSignedIn($second));
		self::assertTrue($this->isSignedIn($other));
		self::assertTrue($this->isSignedIn($local));

		// Without an index it is all of that person, as far as the identity provider began them.
		self::assertSame(1, Sessions::end(Provider::ENTITY_ID, 'ada', []));
		self::assertFalse($this->isSignedIn($second));
		self::assertTrue($this->isSignedIn($other));
		self::assertTrue($this->isSignedIn($local));
	}

	public function testTheTableHoldsNoToken(): void
	{
		$this->account('ada');
		$token = wp_parse_auth_cookie($this->signIn('ada', 'one')[LOGGED_IN_COOKIE], 'logged_in')['token'];
		self::assertSame([], $this->inDatabase($token));
	}

	public function testWithoutItsTableThereIsNoSession(): void
	{
		global $wpdb;
		$id = $this->account('ada');
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		$wpdb->query('DROP TABLE ' . Database::sessions());
		try {
			$answer = $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, 'ada'), 'RelayState' => $relay]);
		} finally {
			Database::install();
		}
		self::assertSame(403, $answer['status']);
		self::assertStringContainsString('not possible at the moment', $answer['body']);
		self::assertSame([], \WP_Session_Tokens::get_instance($id)->get_all());
		self::assertStringNotContainsString('%7C', $this->cookies[LOGGED_IN_COOKIE] ?? '');
	}

	/**
	 * @testWith [false]
	 *           [true]
	 */
	public function testACookieThatIsMadeAnewLivesNoLonger(bool $remember): void
	{
		$id = $this->account('ada');
		$_COOKIE = $this->signIn('ada', 'one', time() + 1800);
		wp_set_current_user($id);
		$before = Sessions::current($id);
		self::assertSame('one', $before->session_index);

		$made = null;
		$catch = static function (string $cookie, int $expire, int $expiration, int $user, string $scheme, string $token) use (&$made): void {
			$made = [$expiration, $token];
		};
		add_action('set_logged_in_cookie', $catch, 10, 6);
		wp_set_auth_cookie($id, $remember);
		remove_action('set_logged_in_cookie', $catch);
		self::assertEqualsWithDelta(time() + 1799, $made[0], 20);
		self::assertLessThan((int) $before->ends_at, $made[0], 'Not on or after.');
		self::assertEqualsWithDelta(time() + 1799, \WP_Session_Tokens::get_instance($id)->get($made[1])['expiration'], 20);
		// The new one ends with the old one.
		self::assertSame(2, Sessions::end(Provider::ENTITY_ID, 'ada', ['one']));
		self::assertSame([], \WP_Session_Tokens::get_instance($id)->get_all());
	}

	public function testAPasswordBeginsASessionOfItsOwn(): void
	{
		$id = $this->account('ada');
		$this->signIn('ada', 'one', time() + 1800);
		$answer = $this->send('wp-login.php', ['log' => 'ada', 'pwd' => 'x-password-1', 'rememberme' => 'forever', 'testcookie' => '1']);
		self::assertSame(302, $answer['status']);
		self::assertGreaterThan(time() + 13 * DAY_IN_SECONDS, (int) wp_parse_auth_cookie($this->cookies[LOGGED_IN_COOKIE], 'logged_in')['expiration']);
		self::assertSame(1, Sessions::end(Provider::ENTITY_ID, 'ada', []));
		self::assertTrue($this->isSignedIn($this->cookies));
	}

	public function testADeletedAccountLeavesNoSession(): void
	{
		global $wpdb;
		$id = $this->account('ada');
		$this->signIn('ada', 'one');
		self::assertSame('1', (string) $wpdb->get_var('SELECT COUNT(*) FROM ' . Database::sessions()));
		wp_delete_user($id);
		self::assertSame('0', (string) $wpdb->get_var('SELECT COUNT(*) FROM ' . Database::sessions()));
		$wpdb->insert(Database::sessions(), ['verifier' => 'x', 'user_id' => 1, 'site' => 1, 'subject' => 'x', 'issuer' => 'x', 'name_id' => 'x', 'expires_at' => time() - 1]);
		Sessions::clean_up();
		self::assertSame('0', (string) $wpdb->get_var('SELECT COUNT(*) FROM ' . Database::sessions()));
	}
}
