<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\Saml\Assertion;
use Samlforce\Saml\IdentityProvider;
use Samlforce\WordPress\Account;
use Samlforce\WordPress\Account_Finder;
use Samlforce\WordPress\Database;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Local_Login;
use Samlforce\WordPress\Network;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Replay_Guard;
use Samlforce\WordPress\Rules;
use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Sessions;
use Samlforce\WordPress\Sign_In_Refused;

/** A network of two sites with the plugin active on both. */
final class NetworkTest extends HttpTestCase
{
	protected static ?string $router = __DIR__ . '/network-router.php';

	protected function setUp(): void
	{
		Network::share(false);
		switch_to_blog(2);
		Database::install();
		foreach (Database::tables() as $table) {
			$GLOBALS['wpdb']->query("DELETE FROM $table");
		}
		delete_option('samlforce_settings');
		delete_option(Providers::OPTION);
		delete_option(Rules::OPTION);
		restore_current_blog();
		parent::setUp();
		$this->cookies = [];
	}

	/** Settings of a site that accepts the provider and finds people by their address. */
	private function setUpSite(array $rules = [], array $settings = []): void
	{
		$this->settings($settings + ['registration' => false, 'match_attribute' => 'email', 'create_accounts' => true]);
		Rules::save(Provider::ENTITY_ID, $rules + ['trusted' => '*']);
	}

	private function account(string $login, string $role = 'subscriber'): int
	{
		$id = wp_insert_user(['user_login' => $login, 'user_pass' => 'x-password-1', 'user_email' => "$login@example.test", 'role' => $role]);
		self::assertIsInt($id);
		return $id;
	}

	private function said(string $nameId, array $attributes = []): Assertion
	{
		return Saml::service_provider()->acceptLogin(IdentityProvider::fromMetadata(self::provider()->metadata(), allowUnsolicited: true), self::provider()->response(null, $nameId, $attributes), null, new Replay_Guard());
	}

	private function find(Assertion $assertion): \WP_User
	{
		$finder = new Account_Finder($assertion->issuer);
		return $finder->settle($assertion, $finder->find($assertion));
	}

	private function assertKeptOut(string $reason, string $nameId, array $attributes = []): void
	{
		try {
			$this->find($this->said($nameId, $attributes));
			self::fail('It was accepted.');
		} catch (Sign_In_Refused $e) {
			self::assertSame($reason, $e->reason, $e->getMessage());
		}
	}

	/** @template T @param callable(): T $do @return T */
	private static function onSite(int $site, callable $do): mixed
	{
		switch_to_blog($site);
		try {
			return $do();
		} finally {
			restore_current_blog();
		}
	}

	public function testEachSiteDecidesForItself(): void
	{
		$this->setUpSite();
		Links::add(Provider::ENTITY_ID, 'ada', 1);
		self::assertTrue(Saml::is_configured());
		self::onSite(2, static function (): void {
			self::assertFalse(Saml::is_configured());
			self::assertNull(Links::find(Provider::ENTITY_ID, 'ada'));
			self::assertSame([], Rules::of(Provider::ENTITY_ID)->trusted);
			self::assertStringContainsString('/two/', Saml::assertion_consumer_url());
		});
		$here = Database::tables();
		self::assertSame([Database::sessions()], array_values(array_intersect($here, self::onSite(2, static fn (): array => Database::tables()))), 'Sessions are good in the whole network.');
	}

	public function testTheMainSiteDecidesForAll(): void
	{
		$this->setUpSite();
		$id = $this->account('ada');
		Links::add(Provider::ENTITY_ID, 'ada', $id);
		$address = Local_Login::make();
		Network::share(true);
		self::onSite(2, static function () use ($id, $address): void {
			self::assertTrue(Saml::is_configured());
			self::assertSame($id, Links::find(Provider::ENTITY_ID, 'ada'));
			self::assertSame(['*'], Rules::of(Provider::ENTITY_ID)->trusted);
			self::assertTrue(Local_Login::is_right(explode('=', $address)[1]));
			// What is decided there is decided here.
			Rules::save(Provider::ENTITY_ID, ['trusted' => 'acme.example']);
			self::assertFalse(get_option(Rules::OPTION));
		});
		self::assertSame(['acme.example'], Rules::of(Provider::ENTITY_ID)->trusted);
		Network::share(false);
		self::onSite(2, static fn () => self::assertFalse(Saml::is_configured()));
	}

	public function testWhoBelongsToAnotherSiteJoinsIfThatIsSet(): void
	{
		$id = $this->account('ada');
		self::onSite(2, function () use ($id): void {
			$this->setUpSite();
			Links::add(Provider::ENTITY_ID, 'ada', $id);
			$this->assertKeptOut('not_a_member', 'ada');
			self::assertFalse(is_user_member_of_blog($id, 2));
			$this->setUpSite(['add_to_site' => true, 'roles' => ['rules' => [['attribute' => 'groups', 'value' => 'writers', 'role' => 'author']]]]);
			self::assertSame(['subscriber'], array_values($this->find($this->said('ada'))->roles));
			self::assertTrue(is_user_member_of_blog($id, 2));
			self::assertSame(['author'], array_values($this->find($this->said('ada', ['groups' => 'writers']))->roles), 'The first role was a stopgap.');
		});
		self::assertSame(['subscriber'], array_values((new \WP_User($id))->roles), 'The other site is not touched.');
	}

	public function testSuperAdminsAreNeverTouched(): void
	{
		$this->setUpSite(['add_to_site' => true, 'fields' => [['attribute' => 'email', 'field' => 'user_email']], 'roles' => ['rules' => [['attribute' => 'groups', 'value' => 'x', 'role' => 'subscriber']], 'keep_manual' => false]]);
		$this->assertKeptOut('privileged', 'boss', ['email' => 'admin@example.test']);
		$id = $this->account('super', 'subscriber');
		grant_super_admin($id);
		try {
			$this->assertKeptOut('privileged', 'super', ['email' => 'super@example.test']);
			Links::add(Provider::ENTITY_ID, 'super', $id);
			$user = $this->find($this->said('super', ['groups' => 'x', 'email' => 'other@example.test']));
			self::assertSame(['subscriber'], array_values($user->roles));
			self::assertSame('super@example.test', $user->user_email);
			self::assertTrue(is_super_admin($id));
			self::onSite(2, function () use ($id): void {
				$this->setUpSite(['add_to_site' => true]);
				Links::add(Provider::ENTITY_ID, 'super', $id);
				$this->find($this->said('super', ['email' => 'super@example.test']));
				self::assertFalse(is_user_member_of_blog($id, 2));
			});
		} finally {
			revoke_super_admin($id);
		}
	}

	/** A rule may give the role of the site's administrator if that is said; super admin it gives nobody. */
	public function testNoRuleMakesASuperAdmin(): void
	{
		$id = $this->account('ada');
		$this->setUpSite(['roles' => ['rules' => [['attribute' => 'groups', 'value' => 'x', 'role' => 'administrator']], 'allow_privileged' => true]]);
		Links::add(Provider::ENTITY_ID, 'ada', $id);
		self::assertContains('administrator', $this->find($this->said('ada', ['groups' => 'x']))->roles);
		self::assertFalse(is_super_admin($id));
		self::assertSame([], self::onSite(2, static fn (): array => array_values((new \WP_User($id, '', 2))->roles)));
	}

	/** Whoever may speak for addresses at one site must not come into another one that way. */
	public function testWhoManagesAnotherSiteIsNotFoundByAddressHere(): void
	{
		$id = $this->account('ada');
		add_user_to_blog(2, $id, 'administrator');
		$this->setUpSite();
		$this->assertKeptOut('privileged', 'mallory', ['email' => 'ada@example.test']);
		self::assertSame([], Links::of($id));
		remove_user_from_blog($id, 2);
		self::assertSame($id, $this->find($this->said('ada', ['email' => 'ada@example.test']))->ID);
	}

	public function testASessionOfTheSecondSite(): void
	{
		$this->setUpSite();
		[$id, $url] = self::onSite(2, function (): array {
			$this->setUpSite();
			$id = $this->account('ada');
			Links::add(Provider::ENTITY_ID, 'ada', $id);
			return [$id, site_url('wp-login.php')];
		});
		[$request, $relay] = $this->start("$url?action=samlforce_login");
		$response = self::onSite(2, static fn (): string => self::provider()->response($request, 'ada', [], time() + 1800, null, 'one'));
		// The answer for one site is not taken by the other.
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => $response, 'RelayState' => $relay])['status']);
		$answer = $this->send("$url?action=samlforce_acs", ['SAMLResponse' => $response, 'RelayState' => $relay]);
		self::assertSame(302, $answer['status'], $answer['body']);
		$_COOKIE = $this->cookies;
		self::assertSame($id, wp_validate_auth_cookie($this->cookies[LOGGED_IN_COOKIE], 'logged_in'));
		self::assertEqualsWithDelta(time() + 1799, (int) wp_parse_auth_cookie($this->cookies[LOGGED_IN_COOKIE], 'logged_in')['expiration'], 30);
		self::assertSame('2', (string) Sessions::current($id)->site);
		// Made anew on the other site it lives no longer.
		self::assertLessThan(1800, apply_filters('auth_cookie_expiration', 14 * DAY_IN_SECONDS, $id, true));

		// The logout address of the first site ends what began there, and nothing else.
		self::assertSame(0, Sessions::end(Provider::ENTITY_ID, 'ada', []));
		$this->cookies = [];
		$soap = static fn (string $xml): string => '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' . $xml . '</soap:Body></soap:Envelope>';
		$answer = $this->send("$url?action=samlforce_slo", self::onSite(2, static fn (): string => $soap(self::provider()->logout('ada', ['one']))));
		self::assertSame(200, $answer['status'], $answer['body']);
		self::assertFalse(wp_validate_auth_cookie($_COOKIE[LOGGED_IN_COOKIE], 'logged_in'));
	}

	/** Sites with one entity ID are one service provider. */
	public function testALogoutOfSitesThatShareAnEntityId(): void
	{
		$this->setUpSite([], ['sp_entity_id' => 'https://network.example/sp']);
		$id = $this->account('ada');
		Network::share(true);
		self::onSite(2, fn () => Sessions::open(get_userdata($id), $this->said('ada')));
		self::assertSame(1, Sessions::end(Provider::ENTITY_ID, 'ada', []));
		wp_set_current_user(0);
	}

	/** What the form has hidden in it. @return array<string, string> */
	private static function hidden(string $page): array
	{
		preg_match_all('~<input type=["\']hidden["\'][^>]*>~', $page, $inputs);
		$fields = [];
		foreach ($inputs[0] as $input) {
			if (preg_match('~ name=["\']([^"\']+)~', $input, $name) && preg_match('~ value=["\']([^"\']*)~', $input, $value)) {
				$fields[$name[1]] = html_entity_decode($value[1]);
			}
		}
		return $fields;
	}

	/**
	 * As a person does it: wp-signup.php, the mail, wp-activate.php, and the password in the mail after it.
	 *
	 * @param array<string, string> $site what is typed on the page that asks for a site, if one is wanted
	 * @return array{int, string} the account and the password
	 */
	private function signUp(string $name, array $site = []): array
	{
		update_site_option('registration', $site === [] ? 'user' : 'all');
		$this->cookies = [];
		$page = $this->send('wp-signup.php');
		self::assertStringContainsString('name="_signup_form"', $page['body']);
		$answer = $this->send('wp-signup.php', ['user_name' => $name, 'user_email' => "$name@example.test", 'signup_for' => $site === [] ? 'user' : 'blog'] + self::hidden($page['body']));
		if ($site !== []) {
			$answer = $this->send('wp-signup.php', $site + ['user_name' => $name, 'user_email' => "$name@example.test"] + self::hidden($answer['body']));
		}
		$mails = $this->mails("$name@example.test");
		self::assertCount(1, $mails, strip_tags($answer['body']));
		self::assertSame(1, preg_match('~https?://\S+wp-activate\.php\?\S+~', $mails[0]['message'], $link), $mails[0]['message']);
		self::assertFalse(get_user_by('login', $name), 'Nobody is there before the link was opened.');
		// (with a site, WordPress writes the address as if it stood in a page)
		$answer = $this->send(html_entity_decode($link[0]));
		if ($answer['status'] === 302) {
			$answer = $this->send($answer['location']);
		}
		$user = get_user_by('login', $name);
		self::assertNotFalse($user, strip_tags($answer['body']));
		$mails = $this->mails("$name@example.test");
		self::assertSame(1, preg_match('~Password: (\S{12})$~m', end($mails)['message'], $password), end($mails)['message']);
		self::assertTrue(wp_check_password($password[1], $user->user_pass));
		return [$user->ID, $password[1]];
	}

	/** Passes the 12 letters and digits that WordPress makes up when the policy asks for no digit. */
	private const MADE_UP_WILL_DO = ['create_by_network' => true, 'registration' => true, 'policy_complexity' => 0];

	public function testWhoSignsUpInTheNetworkHasAnAccountInSalesforceWithThePasswordOfTheMail(): void
	{
		$this->setUpSite([], self::MADE_UP_WILL_DO);
		Emulator::ctl('set', 'policy_complexity', '0');
		[$id, $password] = $this->signUp('adalovelace');
		self::assertTrue(Account::is_ours($id));
		self::assertFalse(Account::is_unconfirmed($id), 'The link has confirmed the address.');
		self::assertSame([], $this->inDatabase($password));
		$this->work();
		self::assertSame(['done', 'done', null], [$this->row($id, 'register')->state, $this->row($id, 'activate')->state, $this->row($id, 'activate')->sealed]);
		self::assertTrue(Emulator::canLogIn('adalovelace@example.test', $password));
	}

	public function testWhoSignsUpWithASiteToo(): void
	{
		$this->setUpSite([], self::MADE_UP_WILL_DO);
		Emulator::ctl('set', 'policy_complexity', '0');
		[$id, $password] = $this->signUp('gracehopper', ['blogname' => 'grace', 'blog_title' => 'Grace']);
		try {
			self::assertTrue(Account::is_ours($id));
			self::assertSame([], $this->inDatabase($password));
			$this->work();
			self::assertTrue(Emulator::canLogIn('gracehopper@example.test', $password));
		} finally {
			wp_delete_site((int) get_blog_id_from_url((string) parse_url(site_url(), PHP_URL_HOST) . ':' . parse_url(site_url(), PHP_URL_PORT), '/grace/'));
		}
	}

	/** What WordPress makes up has no special character, which this policy asks for. */
	public function testAMadeUpPasswordThatSalesforceWouldRefuse(): void
	{
		$this->setUpSite([], ['policy_complexity' => 4] + self::MADE_UP_WILL_DO);
		Emulator::ctl('set', 'policy_complexity', '4');
		[$id, $password] = $this->signUp('alanturing');
		self::assertTrue(Account::is_ours($id));
		$this->work();
		self::assertSame(['done', 'NO_PASSWORD'], [$this->row($id, 'register')->state, $this->row($id, 'activate')->error_code]);
		self::assertFalse(Emulator::canLogIn('alanturing@example.test', $password));
		$mails = $this->mails('alanturing@example.test');
		self::assertStringContainsString('action=lostpassword', end($mails)['message']);
		// And the one that is chosen then gets there.
		reset_password(get_userdata($id), wp_slash(self::PASSWORD));
		$this->work();
		self::assertTrue(Emulator::canLogIn('alanturing@example.test', self::PASSWORD));
	}

	public function testWhoWasThereBeforeAndActivatesASiteIsLeftAlone(): void
	{
		$this->setUpSite([], self::MADE_UP_WILL_DO);
		$id = $this->account('adalovelace');
		do_action('wpmu_activate_blog', 1, $id, 'made-up-for-nobody-1', 'A site', []);
		self::assertFalse(Account::is_ours($id));
	}

	public function testWhereThatIsOffNothingIsSealed(): void
	{
		$this->setUpSite([], ['create_by_network' => false] + self::MADE_UP_WILL_DO);
		[$id] = $this->signUp('adalovelace');
		self::assertFalse(Account::is_ours($id));
	}

	public function testTheSettingsAreForTheNetworksAdministrators(): void
	{
		$this->setUpSite();
		$page = 'wp-admin/options-general.php?page=samlforce&tab=access';
		$this->logIn($this->account('keeper', 'administrator'));
		self::assertSame(403, $this->send($page)['status']);
		$this->logIn(1);
		$body = $this->send($page)['body'];
		self::assertSame(1, preg_match('~.*name="_wpnonce" value="(\w+)".*Let this site decide for all~s', $body, $nonce), $body);
		self::assertSame(403, $this->send($page, ['samlforce_share' => 'yes', '_wpnonce' => '0123456789'])['status']);
		self::assertFalse(Network::is_shared());
		$this->send($page, ['samlforce_share' => 'yes', '_wpnonce' => $nonce[1]]);
		self::assertTrue(Network::is_shared());
		$second = $this->send(self::onSite(2, static fn (): string => admin_url('options-general.php?page=samlforce&tab=mapping')));
		self::assertSame(200, $second['status']);
		self::assertStringContainsString('go by the settings of the main site', $second['body']);
		self::assertStringNotContainsString('name="rules[trusted]"', $second['body']);
		self::assertStringContainsString(esc_url(admin_url('options-general.php?page=samlforce&tab=mapping')), $second['body']);
	}

	public function testNothingIsLeftWhenThePluginIsDeleted(): void
	{
		global $wpdb;
		$this->setUpSite(['roles' => ['rules' => [['attribute' => 'groups', 'value' => 'x', 'role' => 'author']]]]);
		$id = $this->account('ada');
		Links::add(Provider::ENTITY_ID, 'ada', $id);
		$this->find($this->said('ada', ['groups' => 'x']));
		self::onSite(2, function () use ($id): void {
			$this->setUpSite(['add_to_site' => true]);
			Links::add(Provider::ENTITY_ID, 'ada', $id);
			$this->find($this->said('ada'));
		});
		Network::share(true);
		define('WP_UNINSTALL_PLUGIN', true);
		require dirname(SAMLFORCE_FILE) . '/uninstall.php';
		try {
			self::assertSame([], preg_grep('/samlforce/', $wpdb->get_col('SHOW TABLES')));
			self::assertSame([], $wpdb->get_col("SELECT meta_key FROM $wpdb->usermeta WHERE meta_key LIKE '%samlforce%'"));
			self::assertSame([], $wpdb->get_col("SELECT meta_key FROM $wpdb->sitemeta WHERE meta_key LIKE 'samlforce%'"));
			foreach ([$wpdb->options, $wpdb->get_blog_prefix(2) . 'options'] as $table) {
				self::assertSame([], $wpdb->get_col("SELECT option_name FROM $table WHERE option_name LIKE 'samlforce%'"), $table);
			}
		} finally {
			wp_cache_flush();
			Database::install();
			self::onSite(2, static fn () => Database::install());
		}
	}
}
