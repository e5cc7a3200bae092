<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Account;
use Samlforce\WordPress\Answer;
use Samlforce\WordPress\Activation;
use Samlforce\WordPress\Database;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Replay_Guard;
use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Sign_In;
use Samlforce\WordPress\Sign_In_Refused;

final class SignInTest extends TestCase
{
	private const BROWSER = 'a-browser';
	private const NAME_ID = 'ada@example.test.acme';

	/** @return array{string, string} the ID of the request, and RelayState */
	private function begin(string $target = '', int $link = 0): array
	{
		$url = (new Sign_In())->begin($target, self::BROWSER, $link)->url;
		parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
		$xml = gzinflate(base64_decode($query['SAMLRequest'], true));
		self::assertSame(1, preg_match('/\bID="([^"]+)"/', $xml, $match), $xml);
		self::assertLessThanOrEqual(80, strlen($query['RelayState']));
		return [$match[1], $query['RelayState']];
	}

	/** @return array{\WP_User, string} */
	private function accept(string $response, string $relayState = '', string $browser = self::BROWSER): array
	{
		return (new Sign_In())->accept(Answer::posted($response, $relayState), $browser);
	}

	private function assertRefused(string $reason, callable $do): Sign_In_Refused
	{
		try {
			$do();
		} catch (Sign_In_Refused $e) {
			self::assertSame($reason, $e->reason, $e->getMessage() . ' / ' . $e->detail);
			self::assertNotSame('', $e->getMessage());
			return $e;
		}
		self::fail('It was accepted.');
	}

	private function linked(string $role = 'subscriber'): int
	{
		$id = wp_insert_user(['user_login' => 'ada', 'user_pass' => 'x-password-1', 'user_email' => 'ada@example.test', 'role' => $role]);
		self::assertTrue(Links::add(Provider::ENTITY_ID, self::NAME_ID, $id));
		return $id;
	}

	public function testThePersonComesBackWhereSheWantedToGo(): void
	{
		$id = $this->linked();
		[$request, $relay] = $this->begin('https://elsewhere.example/evil');
		[$user, $target] = $this->accept(self::provider()->response($request, self::NAME_ID), $relay);
		self::assertSame($id, $user->ID);
		self::assertSame('https://elsewhere.example/evil', $target);

		$sign = new Sign_In();
		self::assertSame(admin_url('profile.php'), $sign->target_for($user, $target));
		self::assertSame(home_url('/?p=1'), $sign->target_for($user, home_url('/?p=1')));
		foreach (['//evil.example/', 'https:evil.example', 'javascript:alert(1)', '\\\\evil.example', '/\\evil.example', "https://evil.example\r\nX: y", ''] as $evil) {
			self::assertMatchesRegularExpression('~^(?:' . preg_quote(site_url(), '~') . ')?/(?![/\\\\])~', $sign->target_for($user, $evil), $evil);
		}
		self::assertSame(admin_url('profile.php'), $sign->target_for($user, admin_url()));
		self::assertSame(admin_url(), $sign->target_for(get_userdata(1), ''));
	}

	public function testTheSameResponseTwiceIsRefused(): void
	{
		$this->linked();
		[$request, $relay] = $this->begin();
		$response = self::provider()->response($request, self::NAME_ID);
		$this->accept($response, $relay);
		// The request is used up, and so is the Assertion, whoever brings it.
		$this->assertRefused('in_response_to_mismatch', fn () => $this->accept($response, $relay));

		$this->settings(['allow_unsolicited' => true]);
		$response = self::provider()->response(null, self::NAME_ID);
		$this->accept($response);
		$this->assertRefused('replayed', fn () => $this->accept($response));
	}

	public function testAnotherBrowserCannotUseIt(): void
	{
		$this->linked();
		[$request, $relay] = $this->begin();
		$response = self::provider()->response($request, self::NAME_ID);
		$this->assertRefused('in_response_to_mismatch', fn () => $this->accept($response, $relay, 'another-browser'));
		$this->assertRefused('in_response_to_mismatch', fn () => $this->accept($response, $relay, ''));
		// The one that started it still can.
		[$user] = $this->accept($response, $relay);
		self::assertSame('ada', $user->user_login);
	}

	public function testItEndsAfterTenMinutes(): void
	{
		global $wpdb;
		$this->linked();
		[$request, $relay] = $this->begin();
		$ends = (int) $wpdb->get_var('SELECT expires_at FROM ' . Database::logins());
		self::assertEqualsWithDelta(time() + 600, $ends, 3);
		$wpdb->query('UPDATE ' . Database::logins() . ' SET expires_at = ' . (time() - 1));
		$this->assertRefused('in_response_to_mismatch', fn () => $this->accept(self::provider()->response($request, self::NAME_ID), $relay));
		// The next one sweeps it away.
		$this->begin();
		self::assertSame('1', (string) $wpdb->get_var('SELECT COUNT(*) FROM ' . Database::logins()));
	}

	public function testTheTableHoldsHashesOnly(): void
	{
		[, $relay] = $this->begin();
		self::assertSame([], $this->inDatabase($relay));
		self::assertSame([], $this->inDatabase(self::BROWSER));
	}

	public function testNobodyAskedForIt(): void
	{
		$this->linked();
		$this->assertRefused('unsolicited', fn () => $this->accept(self::provider()->response(null, self::NAME_ID)));
		$this->settings(['allow_unsolicited' => true]);
		[$user, $target] = $this->accept(self::provider()->response(null, self::NAME_ID), home_url('/?p=2'));
		self::assertSame('ada', $user->user_login);
		self::assertSame(home_url('/?p=2'), $target);
		// An answer to some request is not "unsolicited".
		$this->assertRefused('in_response_to_mismatch', fn () => $this->accept(self::provider()->response('_0123456789012345678901234567890123456789', self::NAME_ID)));
	}

	public function testAStrangersSignatureIsRefused(): void
	{
		$this->linked();
		[$request, $relay] = $this->begin();
		$e = $this->assertRefused('signature_invalid', fn () => $this->accept((new Provider())->response($request, self::NAME_ID), $relay));
		self::assertStringNotContainsString('signature', strtolower($e->getMessage()), 'The person gets plain words.');
	}

	public function testAnotherAudienceIsRefused(): void
	{
		$this->linked();
		[$request, $relay] = $this->begin();
		$e = $this->assertRefused('audience_mismatch', fn () => $this->accept(self::provider()->response($request, self::NAME_ID, [], null, 'https://other.example'), $relay));
		self::assertSame('https://other.example', $e->found);
		self::assertSame(Saml::entity_id(), $e->expected);
	}

	public function testAChangedProviderIsNoticed(): void
	{
		$this->linked();
		[$request, $relay] = $this->begin();
		$this->settings(['metadata' => self::provider()->metadata('https://other.my.salesforce.test')]);
		$this->assertRefused('idp_changed', fn () => $this->accept(self::provider()->response($request, self::NAME_ID), $relay));
	}

	public function testWithoutItsTableNobodyIsSignedIn(): void
	{
		global $wpdb;
		$this->linked();
		[$request, $relay] = $this->begin();
		$wpdb->suppress_errors(true);
		$wpdb->query('DROP TABLE ' . Database::replay());
		try {
			$this->assertRefused('replay_guard_failed', fn () => $this->accept(self::provider()->response($request, self::NAME_ID), $relay));
		} finally {
			Database::install();
			$wpdb->suppress_errors(false);
		}
	}

	public function testTheGuardTellsTheFirstFromTheRest(): void
	{
		global $wpdb;
		$guard = new Replay_Guard();
		$id = str_repeat('ab', 32);
		self::assertTrue($guard->claim($id, time() + 60));
		self::assertFalse($guard->claim($id, time() + 60));
		self::assertTrue($guard->claim(str_repeat('cd', 32), 1));
		$guard->clean_up();
		self::assertSame([$id], $wpdb->get_col('SELECT id FROM ' . Database::replay()));
	}

	public function testNoAccountNoSession(): void
	{
		[$request, $relay] = $this->begin();
		$this->assertRefused('no_account', fn () => $this->accept(self::provider()->response($request, 'nobody', ['email' => 'nobody@example.test']), $relay));
		self::assertFalse(get_user_by('email', 'nobody@example.test'));
	}

	public function testTheAddressLinksWhenSwitchedOn(): void
	{
		$id = wp_insert_user(['user_login' => 'ada', 'user_pass' => 'x-password-1', 'user_email' => 'ada@example.test', 'role' => 'author']);
		[$request, $relay] = $this->begin();
		$this->assertRefused('no_account', fn () => $this->accept(self::provider()->response($request, self::NAME_ID, ['email' => 'ada@example.test']), $relay));

		$this->settings(['match_attribute' => 'email']);
		[$request, $relay] = $this->begin();
		[$user] = $this->accept(self::provider()->response($request, self::NAME_ID, ['email' => 'ADA@example.test']), $relay);
		self::assertSame($id, $user->ID);
		self::assertSame($id, Links::find(Provider::ENTITY_ID, self::NAME_ID));
		// From now on the address doesn't matter.
		[$request, $relay] = $this->begin();
		self::assertSame($id, $this->accept(self::provider()->response($request, self::NAME_ID), $relay)[0]->ID);
	}

	/**
	 * @testWith ["administrator"]
	 *           ["editor"]
	 *           ["samlforce_keeper"]
	 */
	public function testWhoManagesTheSiteIsNeverLinkedByAddress(string $role): void
	{
		add_role('samlforce_keeper', 'Keeper', ['read' => true, 'edit_users' => true]);
		$this->settings(['match_attribute' => 'email', 'create_accounts' => true]);
		$id = wp_insert_user(['user_login' => 'boss', 'user_pass' => 'x-password-1', 'user_email' => 'boss@example.test', 'role' => $role]);
		[$request, $relay] = $this->begin();
		$this->assertRefused('privileged', fn () => $this->accept(self::provider()->response($request, 'boss', ['email' => 'boss@example.test']), $relay));
		self::assertSame([], Links::of($id));

		// While signed in here, she can link it herself.
		[$request, $relay] = $this->begin('', $id);
		self::assertSame($id, $this->accept(self::provider()->response($request, 'boss'), $relay)[0]->ID);
		[$request, $relay] = $this->begin();
		self::assertSame($id, $this->accept(self::provider()->response($request, 'boss'), $relay)[0]->ID);
		remove_role('samlforce_keeper');
	}

	public function testALinkIsNotMoved(): void
	{
		$ada = $this->linked();
		$bob = wp_insert_user(['user_login' => 'bob', 'user_pass' => 'x-password-1', 'user_email' => 'bob@example.test']);
		[$request, $relay] = $this->begin('', $bob);
		$this->assertRefused('already_linked', fn () => $this->accept(self::provider()->response($request, self::NAME_ID), $relay));
		self::assertSame($ada, Links::find(Provider::ENTITY_ID, self::NAME_ID));
		self::assertFalse(Links::add(Provider::ENTITY_ID, self::NAME_ID, $bob));
		// Another issuer's person of the same name is another person.
		self::assertNull(Links::find('https://other.example', self::NAME_ID));
		self::assertTrue(Links::add('https://other.example', self::NAME_ID, $bob));
		self::assertFalse(Links::add(Provider::ENTITY_ID, str_repeat('x', 1025), $bob));
	}

	public function testAnUnconfirmedAccountStaysShut(): void
	{
		$this->settings(['match_attribute' => 'email', 'create_accounts' => true]);
		$id = $this->registered();
		[$request, $relay] = $this->begin();
		$this->assertRefused('unconfirmed', fn () => $this->accept(self::provider()->response($request, 'other-name', ['email' => 'ada@example.test']), $relay));
		self::assertSame([], Links::of($id), 'It must not even be linked.');

		$this->work();
		[$request, $relay] = $this->begin();
		$this->assertRefused('unconfirmed', fn () => $this->accept(self::provider()->response($request, 'ada@example.test'), $relay));
		Activation::confirm($id);
		[$request, $relay] = $this->begin();
		self::assertSame($id, $this->accept(self::provider()->response($request, 'ada@example.test'), $relay)[0]->ID);
	}

	public function testAccountsAreMadeWhenSwitchedOn(): void
	{
		$this->settings(['create_accounts' => true, 'default_role' => 'contributor']);
		[$request, $relay] = $this->begin();
		$this->assertRefused('no_address', fn () => $this->accept(self::provider()->response($request, 'new'), $relay));
		[$request, $relay] = $this->begin();
		[$user] = $this->accept(self::provider()->response($request, "o'new@example.test", ['email' => "o'new@example.test", 'first_name' => 'Néw', 'last_name' => "O'Person"]), $relay);
		self::assertSame(['contributor'], array_values($user->roles));
		self::assertSame("o'new@example.test", $user->user_email);
		self::assertSame("O'Person", $user->last_name);
		self::assertFalse(Account::is_unconfirmed($user->ID));
		// A second time it is the same account.
		[$request, $relay] = $this->begin();
		self::assertSame($user->ID, $this->accept(self::provider()->response($request, "o'new@example.test", ['email' => 'changed@example.test']), $relay)[0]->ID);
		// The address of somebody who has an account here does not open it.
		[$request, $relay] = $this->begin();
		$this->assertRefused('address_taken', fn () => $this->accept(self::provider()->response($request, 'intruder', ['email' => 'admin@example.test']), $relay));
	}

	public function testOtherPluginsMayRefuse(): void
	{
		$this->linked();
		$ban = static fn () => new \WP_Error('banned', '<strong>Banned</strong> for good.');
		add_filter('wp_authenticate_user', $ban);
		try {
			[$request, $relay] = $this->begin();
			$e = $this->assertRefused('refused_by_site', fn () => $this->accept(self::provider()->response($request, self::NAME_ID), $relay));
			self::assertSame('Banned for good.', $e->getMessage());
		} finally {
			remove_filter('wp_authenticate_user', $ban);
		}
	}

	public function testGarbageIsRefused(): void
	{
		[, $relay] = $this->begin();
		$this->assertRefused('no_response', fn () => $this->accept('', $relay));
		$this->assertRefused('not_base64', fn () => $this->accept('%%%', $relay));
		$this->assertRefused('not_well_formed', fn () => $this->accept(base64_encode('<x'), $relay));
	}

	public function testADeletedAccountIsNoAccount(): void
	{
		global $wpdb;
		$id = $this->linked();
		$wpdb->delete($wpdb->users, ['ID' => $id]);
		clean_user_cache($id);
		[$request, $relay] = $this->begin();
		$this->assertRefused('no_account', fn () => $this->accept(self::provider()->response($request, self::NAME_ID), $relay));
	}

	public function testTheAdministratorLinksAPerson(): void
	{
		$id = wp_insert_user(['user_login' => 'ada', 'user_pass' => 'x-password-1', 'user_email' => 'ada@example.test', 'role' => 'subscriber']);
		$form = ['email' => 'ada@example.test', 'nickname' => 'ada', 'first_name' => 'Ada', 'last_name' => 'L', 'url' => '', 'samlforce_name_id' => self::NAME_ID];
		wp_set_current_user($id);
		$this->post($form);
		edit_user($id);
		self::assertSame([], Links::of($id), 'Nobody may link herself with a name that she only typed.');
		wp_set_current_user(1);
		$this->post($form);
		self::assertSame($id, edit_user($id));
		self::assertSame($id, Links::find(Provider::ENTITY_ID, self::NAME_ID));
	}

	public function testTheLogShowsReasonsAndIsBounded(): void
	{
		global $wpdb;
		$reference = \Samlforce\WordPress\Sign_In_Log::add('refused', 'audience_mismatch', 'The Audience is another.', "bad \xff bytes", 'good');
		$row = \Samlforce\WordPress\Sign_In_Log::page(1, 5)[0];
		self::assertSame($reference, $row->reference);
		self::assertSame('good', $row->expected);
		self::assertStringContainsString('bytes', $row->found);
		$wpdb->update(Database::log(), ['id' => 100000], ['reference' => $reference]);
		for ($i = 0; $i < 3; $i++) {
			\Samlforce\WordPress\Sign_In_Log::add('refused', 'x', 'y');
		}
		self::assertLessThanOrEqual(500, \Samlforce\WordPress\Sign_In_Log::count());
	}

	public function testADatabaseThatDoesNotAnswerKeepsTheLink(): void
	{
		global $wpdb;
		$this->settings(['create_accounts' => true]);
		$id = $this->linked();
		clean_user_cache($id);
		[$request, $relay] = $this->begin();
		$break = static fn (string $query): string => str_contains($query, "FROM {$wpdb->users} WHERE") ? 'SELECT x FROM absent_table' : $query;
		add_filter('query', $break);
		$wpdb->suppress_errors(true);
		try {
			$this->assertRefused('database', fn () => $this->accept(self::provider()->response($request, self::NAME_ID, ['email' => 'new@example.test']), $relay));
		} finally {
			remove_filter('query', $break);
			$wpdb->suppress_errors(false);
		}
		self::assertSame($id, Links::find(Provider::ENTITY_ID, self::NAME_ID));
		self::assertFalse(get_user_by('email', 'new@example.test'));
	}

	public function testARoleThatGrewIsNotGivenAway(): void
	{
		$this->settings(['create_accounts' => true, 'default_role' => 'samlforce_grown']);
		add_role('samlforce_grown', 'Grown', ['read' => true, 'install_plugins' => true]);
		[$request, $relay] = $this->begin();
		[$user] = $this->accept(self::provider()->response($request, 'new', ['email' => 'new@example.test']), $relay);
		remove_role('samlforce_grown');
		self::assertSame(['subscriber'], array_values($user->roles));
	}
}
