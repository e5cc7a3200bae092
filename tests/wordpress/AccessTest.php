<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Links;
use Samlforce\WordPress\Local_Login;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Settings;
use Samlforce\WordPress\Settings_Page;
use Samlforce\WordPress\Sign_In_Log;

/** Who is sent to the identity provider, whose password still works, and the way in when the identity provider is away. */
final class AccessTest extends HttpTestCase
{
	private const LOCAL_PASSWORD = 'a-local-password-1';

	protected function setUp(): void
	{
		parent::setUp();
		Local_Login::remove();
		$this->cookies = [];
	}

	private function account(string $login, string $role = 'subscriber', bool $linked = false): int
	{
		$id = wp_insert_user(['user_login' => $login, 'user_pass' => self::LOCAL_PASSWORD, 'user_email' => "$login@example.test", 'role' => $role]);
		if ($linked) {
			self::assertTrue(Links::add(Provider::ENTITY_ID, $login, $id));
		}
		return $id;
	}

	private function assertSentAway(string $url, string $target): void
	{
		$answer = $this->send($url);
		self::assertSame(302, $answer['status'], $url);
		self::assertSame($target === '' ? Saml::login_url() : Saml::login_url($target), $answer['location'], $url);
		self::assertStringContainsString('no-store', implode($answer['headers']['cache-control']));
		self::assertContains('Cookie', $answer['headers']['vary'] ?? []);
	}

	private function assertNotSentAway(string $url, ?array $post = null): array
	{
		$answer = $this->send($url, $post);
		self::assertStringNotContainsString('samlforce_login', $answer['location'], $url);
		return $answer;
	}

	public function testTheLoginPageSendsPeopleAway(): void
	{
		self::assertSame(200, $this->send('wp-login.php')['status']);
		$this->settings(['force' => 'login']);
		$this->assertSentAway('wp-login.php', '');
		$this->cookies = [];
		$this->assertSentAway('wp-login.php?action=login&redirect_to=' . rawurlencode(admin_url('edit.php?a=b&c=d')), admin_url('edit.php?a=b&c=d'));
		// The front page stays open, and WordPress sends who wants the dashboard to the login page.
		self::assertSame(200, $this->send('')['status']);
		$this->cookies = [];
		$answer = $this->send('wp-admin/profile.php');
		$this->assertSentAway($answer['location'], admin_url('profile.php'));
	}

	public function testWhatIsLeftAlone(): void
	{
		$this->settings(['force' => 'site']);
		foreach ([
			'wp-login.php?loggedout=true', 'wp-login.php?action=lostpassword', 'wp-login.php?action=register', 'wp-login.php?action=logout', 'wp-login.php?interim-login=1',
			'wp-login.php?action=samlforce_metadata', 'wp-login.php?action=samlforce_acs', 'wp-login.php?action=samlforce_activate', 'wp-login.php?checkemail=confirm',
			'wp-cron.php', 'wp-admin/admin-ajax.php?action=x', '?rest_route=/wp/v2/types', 'robots.txt', '?robots=1',
		] as $url) {
			$this->assertNotSentAway($url);
		}
		$this->assertNotSentAway('xmlrpc.php', ['x' => 'y']);
		$this->assertNotSentAway('wp-login.php', ['log' => 'x', 'pwd' => 'y']);
	}

	public function testTheWholeSiteIsClosed(): void
	{
		$this->settings(['force' => 'site']);
		$this->assertSentAway('?p=1&x=%C3%A4', home_url('/?p=1&x=%C3%A4'));
		$this->assertSentAway('?feed=rss2', home_url('/?feed=rss2'));
		$this->logIn($this->account('ada'));
		self::assertSame(200, $this->send('')['status']);
		// Signed in already: the login page leads on.
		$answer = $this->send('wp-login.php?redirect_to=' . rawurlencode(home_url('/?p=1')));
		self::assertSame(home_url('/?p=1'), $answer['location']);
		self::assertSame(admin_url('profile.php'), $this->send('wp-login.php?redirect_to=https%3A%2F%2Fevil.example')['location']);
	}

	public function testALoopEnds(): void
	{
		$this->settings(['force' => 'site']);
		for ($i = 0; $i < 4; $i++) {
			$this->assertSentAway('?p=1', home_url('/?p=1'));
		}
		$answer = $this->assertNotSentAway('?p=1');
		self::assertSame(403, $answer['status']);
		self::assertStringContainsString('Allow cookies', $answer['body']);
		self::assertStringNotContainsString('Hello world', $answer['body'], 'Closed it stays.');
		$answer = $this->assertNotSentAway('wp-login.php');
		self::assertStringContainsString('Allow cookies', $answer['body']);
		self::assertStringContainsString('action=samlforce_login', $answer['body']);
		// A session that arrives ends the counting.
		$this->logIn($this->account('ada'));
		$this->send('');
		self::assertSame('deleted', $this->cookies['samlforce_tries']);
	}

	public function testAChoiceIsLeftToThePerson(): void
	{
		$this->settings(['force' => 'site', 'password_login' => 'emergency']);
		$other = new Provider('https://other.example');
		Providers::save('other', ['metadata' => $other->metadata(), 'label' => 'Sign in with Acme']);
		$answer = $this->send('?p=1');
		self::assertSame(302, $answer['status']);
		self::assertSame(wp_login_url(home_url('/?p=1')), $answer['location']);
		$page = $this->assertNotSentAway($answer['location']);
		self::assertSame(200, $page['status']);
		self::assertStringContainsString('Sign in with Acme', $page['body']);
		self::assertStringContainsString('samlforce-no-passwords', $page['body']);
		// One that is only reached by its own link is no choice.
		Providers::save('other', ['show_button' => false]);
		$this->cookies = [];
		$this->assertSentAway('?p=1', home_url('/?p=1'));
		Providers::save('other', ['show_button' => true]);
		Providers::save('main', ['show_button' => false]);
		$this->cookies = [];
		self::assertSame(Saml::login_url('', 'other'), $this->send('wp-login.php')['location']);
	}

	public function testWithoutAProviderNobodyIsSentAway(): void
	{
		$this->settings(['force' => 'login', 'metadata' => '']);
		$answer = $this->assertNotSentAway('wp-login.php');
		self::assertStringContainsString('not complete, or have expired', $answer['body']);
	}

	public function testTheEmergencyAddress(): void
	{
		$this->account('ada', 'subscriber', true);
		$this->settings(['force' => 'login', 'password_login' => 'emergency']);
		$address = Local_Login::make();
		self::assertSame([], $this->inDatabase(explode('=', $address)[1]));
		self::assertStringContainsString('don’t work', $this->send('wp-login.php', ['log' => 'ada', 'pwd' => self::LOCAL_PASSWORD])['body']);

		$answer = $this->send($address);
		self::assertSame(site_url('wp-login.php'), $answer['location']);
		self::assertSame(['no-referrer'], $answer['headers']['referrer-policy']);
		self::assertSame('emergency_address', Sign_In_Log::page(1, 1)[0]->reason);
		$form = $this->send($answer['location']);
		self::assertSame(200, $form['status']);
		self::assertStringNotContainsString('samlforce-no-passwords', $form['body']);
		$done = $this->send('wp-login.php', ['log' => 'ada', 'pwd' => self::LOCAL_PASSWORD, 'testcookie' => '1']);
		self::assertSame(302, $done['status'], $done['body']);
		self::assertArrayHasKey(LOGGED_IN_COOKIE, $this->cookies);
		// The password is still asked for.
		unset($this->cookies[LOGGED_IN_COOKIE]);
		self::assertSame(200, $this->send('wp-login.php', ['log' => 'ada', 'pwd' => 'wrong', 'testcookie' => '1'])['status']);

		// A new address ends what the old one opened.
		Local_Login::make();
		$this->assertNotSentAway($address);
		self::assertStringContainsString('don’t work', $this->send('wp-login.php', ['log' => 'ada', 'pwd' => self::LOCAL_PASSWORD, 'testcookie' => '1'])['body']);
	}

	public function testAWrongEmergencyAddressOpensNothing(): void
	{
		$this->settings(['force' => 'login']);
		// Without an address there is no right one either.
		foreach (['', str_repeat('0', 40), hash('sha256', '')] as $secret) {
			$this->cookies = [];
			$this->assertSentAway('wp-login.php?samlforce_local=' . $secret, '');
		}
		$address = Local_Login::make();
		$this->cookies = ['samlforce_local' => (time() + 600) . '.' . str_repeat('0', 64)];
		$this->assertSentAway('wp-login.php', '');
		$value = Local_Login::cookie_value();
		[$ends, $seal] = explode('.', $value);
		$this->cookies = ['samlforce_local' => ($ends + 1) . '.' . $seal];
		$this->assertSentAway('wp-login.php', '');
		$this->cookies = ['samlforce_local' => $value];
		$this->assertNotSentAway('wp-login.php');
		self::assertEqualsWithDelta(time() + 900, (int) $ends, 5);
		self::assertTrue(Local_Login::is_right(explode('=', $address)[1]));
		self::assertFalse(Local_Login::is_right(strtoupper(explode('=', $address)[1]) . ' '));
	}

	public function testGuessingTheEmergencyAddressIsLimited(): void
	{
		$this->settings(['force' => 'login']);
		$address = Local_Login::make();
		for ($i = 0; $i < 9; $i++) {
			$this->send('wp-login.php?samlforce_local=' . bin2hex(random_bytes(20)));
		}
		self::assertArrayNotHasKey('samlforce_local', $this->cookies);
		$this->send($address);
		self::assertArrayHasKey('samlforce_local', $this->cookies, 'The tenth try.');
		$this->cookies = [];
		$this->send($address);
		self::assertArrayNotHasKey('samlforce_local', $this->cookies, 'The eleventh.');
	}

	public function testTheSwitchInTheConfigurationFile(): void
	{
		$this->account('ada', 'subscriber', true);
		Local_Login::make();
		$this->settings(['force' => 'site', 'password_login' => 'emergency', 'lock_profile' => true]);
		$this->assertSentAway('?p=1', home_url('/?p=1'));
		$file = getenv('SAMLFORCE_WP') . '/wp-content/mu-plugins/samlforce-switch.php';
		try {
			file_put_contents($file, "<?php define( 'SAMLFORCE_LOCAL_LOGIN', true );");
			self::assertSame(200, $this->assertNotSentAway('')['status']);
			self::assertSame(200, $this->assertNotSentAway('wp-login.php')['status']);
			self::assertSame(302, $this->send('wp-login.php', ['log' => 'ada', 'pwd' => self::LOCAL_PASSWORD, 'testcookie' => '1'])['status']);
			file_put_contents($file, "<?php define( 'SAMLFORCE_LOCAL_LOGIN', false );");
			$this->cookies = [];
			$this->assertSentAway('?p=1', home_url('/?p=1'));
		} finally {
			unlink($file);
		}
	}

	public function testWhosePasswordWorks(): void
	{
		$this->account('ada', 'subscriber', true);
		$this->account('bob');
		$try = static fn (string $login, string $password) => wp_authenticate($login, $password);
		self::assertInstanceOf(\WP_User::class, $try('ada', self::LOCAL_PASSWORD));
		$this->settings(['password_login' => 'unlinked']);
		self::assertSame('samlforce_linked', $try('ada', self::LOCAL_PASSWORD)->get_error_code());
		self::assertSame('samlforce_linked', $try('ada@example.test', self::LOCAL_PASSWORD)->get_error_code());
		self::assertSame('incorrect_password', $try('ada', 'wrong')->get_error_code(), 'Who guesses learns nothing about the link.');
		self::assertInstanceOf(\WP_User::class, $try('bob', self::LOCAL_PASSWORD));
		$this->settings(['password_login' => 'emergency']);
		$right = $try('bob', self::LOCAL_PASSWORD);
		self::assertSame('samlforce_no_passwords', $right->get_error_code());
		self::assertEquals($right, $try('bob', 'wrong'), 'The same words for a right password and a wrong one.');
		self::assertEquals($right, $try('nobody', 'wrong'));
	}

	public function testApplicationPasswordsAreNotTouched(): void
	{
		add_filter('wp_is_application_passwords_available', '__return_true');
		add_filter('application_password_is_api_request', '__return_true');
		try {
			$id = $this->account('ada', 'subscriber', true);
			[$password] = \WP_Application_Passwords::create_new_application_password($id, ['name' => 'x']);
			$this->settings(['password_login' => 'emergency']);
			self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', $password));
			self::assertInstanceOf(\WP_Error::class, wp_authenticate('ada', self::LOCAL_PASSWORD), 'The one before must not open it for the other.');
		} finally {
			remove_filter('application_password_is_api_request', '__return_true');
			remove_filter('wp_is_application_passwords_available', '__return_true');
		}
	}

	public function testPasswordsAreNotShutWithoutAnEmergencyAddress(): void
	{
		$clean = static fn () => (new Settings_Page())->sanitize(['_tab' => 'access', 'force' => 'login', 'password_login' => 'emergency']);
		self::assertSame('allowed', $clean()['password_login']);
		Local_Login::make();
		self::assertSame('emergency', $clean()['password_login']);
		self::assertSame('', (new Settings_Page())->sanitize(['_tab' => 'access', 'force' => 'everything'])['force']);
	}

	public function testTheAddressIsShownOnce(): void
	{
		$this->logIn(1);
		$page = 'wp-admin/options-general.php?page=samlforce&tab=access';
		$form = $this->send($page)['body'];
		self::assertSame(1, preg_match('~name="_wpnonce" value="(\w+)".*name="_wpnonce" value="(\w+)"~s', $form, $nonces), 'Two forms, each with its own.');
		self::assertSame(403, $this->send($page, ['samlforce_emergency' => 'make', '_wpnonce' => '0123456789'])['status']);
		self::assertSame(0, Local_Login::made_at());
		$made = $this->send($page, ['samlforce_emergency' => 'make', '_wpnonce' => $nonces[2]]);
		self::assertSame(1, preg_match('~samlforce_local=([0-9a-f]{40})"~', $made['body'], $secret), $made['body']);
		self::assertStringContainsString('no-store', implode($made['headers']['cache-control']));
		self::assertTrue(Local_Login::is_right($secret[1]));
		self::assertStringNotContainsString($secret[1], $this->send($page)['body']);
		$this->settings(['password_login' => 'emergency']);
		$this->send($page, ['samlforce_emergency' => 'remove', '_wpnonce' => $nonces[2]]);
		self::assertGreaterThan(0, Local_Login::made_at());
		$this->settings([]);
		$this->send($page, ['samlforce_emergency' => 'remove', '_wpnonce' => $nonces[2]]);
		self::assertSame(0, Local_Login::made_at());
		$this->logIn($this->account('ada'));
		self::assertSame(403, $this->send($page, ['samlforce_emergency' => 'make', '_wpnonce' => $nonces[2]])['status']);
	}

	public function testPasswordAndAddressStayAtThePortal(): void
	{
		$ada = $this->account('ada', 'subscriber', true);
		$bob = $this->account('bob');
		$form = static fn (string $login, array $changes): array => $changes + ['email' => "$login@example.test", 'nickname' => $login, 'first_name' => 'New', 'last_name' => 'L', 'url' => ''];
		$edit = function (int $id, array $fields): int|\WP_Error {
			$this->post($fields);
			return edit_user($id);
		};
		wp_set_current_user($ada);
		self::assertIsInt($edit($ada, $form('ada', ['pass1' => 'another-password-1', 'pass2' => 'another-password-1'])));

		$this->settings(['lock_profile' => true]);
		self::assertIsInt($edit($ada, $form('ada', [])));
		foreach ([['pass1' => 'another-password-2', 'pass2' => 'another-password-2'], ['email' => 'new@example.test']] as $change) {
			$result = $edit($ada, $form('ada', $change));
			self::assertInstanceOf(\WP_Error::class, $result);
			self::assertContains('samlforce_locked', $result->get_error_codes());
		}
		self::assertSame('ada@example.test', get_userdata($ada)->user_email);
		self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', 'another-password-1'));
		self::assertFalse(apply_filters('show_password_fields', true, get_userdata($ada)));
		self::assertInstanceOf(\WP_Error::class, get_password_reset_key(get_userdata($ada)));
		self::assertIsString(get_password_reset_key(get_userdata($bob)));

		foreach ([['password' => 'another-password-3'], ['email' => 'new@example.test']] as $change) {
			foreach (['/wp/v2/users/me', '/wp/v2/Users/ME', "/wp/v2/users/$ada"] as $route) {
				$request = new \WP_REST_Request('POST', $route);
				$request->set_body_params($change);
				self::assertSame('samlforce_locked', rest_do_request($request)->as_error()?->get_error_code(), $route);
			}
		}

		// Who is not linked, and who manages users, is not held back.
		wp_set_current_user($bob);
		self::assertIsInt($edit($bob, $form('bob', ['pass1' => 'another-password-4', 'pass2' => 'another-password-4'])));
		wp_set_current_user(1);
		self::assertIsInt($edit($ada, $form('ada', ['role' => 'subscriber', 'pass1' => 'another-password-5', 'pass2' => 'another-password-5'])));
		self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', 'another-password-5'));
	}

	public function testNoMailGoesToANewAddressOfALockedAccount(): void
	{
		$this->settings(['lock_profile' => true]);
		$this->logIn($this->account('ada', 'subscriber', true));
		$page = $this->send('wp-admin/profile.php')['body'];
		self::assertStringContainsString('f.readOnly = true', $page);
		self::assertStringNotContainsString('id="pass1"', $page);
		preg_match('/name="_wpnonce" value="(\w+)"/', $page, $nonce);
		$this->send('wp-admin/profile.php', ['_wpnonce' => $nonce[1], 'action' => 'update', 'user_id' => get_current_user_id(), 'checkuser_id' => get_current_user_id(), 'nickname' => 'ada', 'email' => 'new@example.test', 'url' => '']);
		self::assertSame([], $this->mails('new@example.test'));
		self::assertSame('ada@example.test', get_userdata(get_current_user_id())->user_email);
	}
}
