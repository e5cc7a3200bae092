<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\Password\Vault;
use Samlforce\WordPress\Account;
use Samlforce\WordPress\Activation;
use Samlforce\WordPress\Outbox;
use Samlforce\WordPress\Settings;

/** Every way by which WordPress gets to see a password: it is sealed, nobody else keeps it, and Salesforce gets it; or the way is switched off. */
final class PasswordPathsTest extends TestCase
{
	private const NEW = "N3w-p'ässword battery";

	/** A person whose account is active in both places. */
	private function active(): int
	{
		$id = $this->registered();
		Activation::confirm($id);
		$this->work();
		self::assertTrue(Emulator::canLogIn('ada@example.test', self::PASSWORD));
		return $id;
	}

	/** Salesforce has the new password, the database has it in no form, and so has WordPress's own cache. */
	private function assertArrived(int $id, string $password = self::NEW): void
	{
		self::assertSame('pending', $this->row($id, 'password')->state);
		self::assertSame('ada@example.test', (new Vault('vault'))->inspect($this->row($id, 'password')->sealed)['recipient']);
		self::assertSame([], $this->inDatabase($password));
		self::assertSame([], $this->inCache($password));
		$this->work();
		self::assertTrue(Emulator::canLogIn('ada@example.test', $password));
		self::assertFalse(Emulator::canLogIn('ada@example.test', self::PASSWORD));
	}

	private function assertNotSent(int $id): void
	{
		self::assertNull((new Outbox())->row_of($id, 'password'));
		$this->work();
		self::assertTrue(Emulator::canLogIn('ada@example.test', self::PASSWORD));
	}

	/** @return list<string> */
	private function inCache(string $text): array
	{
		$found = [];
		foreach ((array) ($GLOBALS['wp_object_cache']->cache ?? (new \ReflectionProperty($GLOBALS['wp_object_cache'], 'cache'))->getValue($GLOBALS['wp_object_cache'])) as $group => $entries) {
			foreach ([$text, addslashes($text), base64_encode($text)] as $form) {
				if (str_contains(serialize($entries), $form)) {
					$found[] = (string) $group;
				}
			}
		}
		return array_values(array_unique($found));
	}

	private function reset(int $id, string $password): \WP_Error
	{
		$this->post(['pass1' => $password, 'pass2' => $password]);
		$errors = new \WP_Error();
		$user = get_userdata($id);
		do_action('validate_password_reset', $errors, $user);
		if (!$errors->has_errors()) {
			reset_password($user, $_POST['pass1']);
		}
		return $errors;
	}

	private function profile(int $id, string $password): int|\WP_Error
	{
		wp_set_current_user(1);
		$user = get_userdata($id);
		$this->post(['email' => $user->user_email, 'nickname' => $user->nickname, 'first_name' => 'Ada', 'last_name' => 'L', 'url' => '', 'pass1' => $password, 'pass2' => $password, 'display_name' => 'Ada', 'role' => 'subscriber']);
		return edit_user($id);
	}

	private function rest(string $method, string $path, array $body): \WP_REST_Response
	{
		$request = new \WP_REST_Request($method, $path);
		$request->set_header('Content-Type', 'application/json');
		$request->set_body((string) json_encode($body));
		return rest_do_request($request);
	}

	/** Code in a WordPress of its own that believes it is WP-CLI; what it prints. */
	private function cli(string $code): string
	{
		$process = proc_open(
			[PHP_BINARY, '-d', 'display_errors=stderr', '-r', 'define("WP_CLI", true); class WP_CLI { public static function warning($m) { echo "Warning: $m\n"; } public static function __callStatic($n, $a) {} }'
				. ' $_SERVER += ["REQUEST_METHOD" => "GET", "REQUEST_URI" => "/", "SERVER_NAME" => "127.0.0.1", "HTTP_HOST" => "127.0.0.1", "REMOTE_ADDR" => "127.0.0.1"];'
				. ' require getenv("SAMLFORCE_WP") . "/wp-load.php"; ' . $code],
			[['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]],
			$pipes
		);
		$output = (string) stream_get_contents($pipes[1]);
		proc_close($process);
		Emulator::touch();
		wp_cache_flush();
		return $output;
	}

	public function testReset(): void
	{
		$id = $this->active();
		self::assertFalse($this->reset($id, self::NEW)->has_errors());
		$this->assertArrived($id);
		self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', wp_slash(self::NEW)));
	}

	public function testProfile(): void
	{
		$id = $this->active();
		self::assertSame($id, $this->profile($id, self::NEW));
		$this->assertArrived($id);
	}

	public function testRestUpdate(): void
	{
		$id = $this->active();
		wp_set_current_user(1);
		self::assertSame(200, $this->rest('PUT', "/wp/v2/users/$id", ['password' => self::NEW])->get_status());
		$this->assertArrived($id);
		self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', wp_slash(self::NEW)));
	}

	public function testRestUpdateOfOneself(): void
	{
		$id = $this->active();
		wp_set_current_user($id);
		$answer = $this->rest('POST', '/wp/v2/users/me', ['password' => self::NEW]);
		self::assertSame(200, $answer->get_status());
		self::assertStringNotContainsString(self::NEW, (string) json_encode($answer->get_data(), JSON_UNESCAPED_UNICODE));
		$this->assertArrived($id);
	}

	public function testRestSaysWhatIsWrongAndChangesNothing(): void
	{
		$id = $this->active();
		wp_set_current_user(1);
		$answer = $this->rest('PUT', "/wp/v2/users/$id", ['password' => 'short1']);
		self::assertSame(400, $answer->get_status());
		self::assertStringContainsString('8', $answer->get_data()['message']);
		self::assertStringNotContainsString('short1', (string) json_encode($answer->get_data()));
		self::assertTrue(wp_check_password(wp_slash(self::PASSWORD), get_userdata($id)->user_pass));
		$this->assertNotSent($id);
	}

	/** Whoever may not change it learns nothing of the rules, and nothing is sealed. */
	public function testRestOfSomebodyElse(): void
	{
		$id = $this->active();
		wp_set_current_user(0);
		self::assertSame(401, $this->rest('PUT', "/wp/v2/users/$id", ['password' => 'short1'])->get_status());
		self::assertSame(401, $this->rest('PUT', "/wp/v2/users/$id", ['password' => self::NEW])->get_status());
		$this->assertNotSent($id);
	}

	public function testRestCreates(): void
	{
		$this->settings(['create_by_rest' => true]);
		wp_set_current_user(1);
		$answer = $this->rest('POST', '/wp/v2/users', ['username' => 'bob', 'email' => 'bob@example.test', 'password' => self::NEW, 'first_name' => 'Bob', 'last_name' => "O'Hara"]);
		self::assertSame(201, $answer->get_status(), (string) json_encode($answer->get_data()));
		$id = $answer->get_data()['id'];
		self::assertTrue(Account::is_unconfirmed($id));
		self::assertSame("O'Hara", get_userdata($id)->last_name);
		self::assertCount(1, array_filter($this->mails('bob@example.test'), static fn (array $mail): bool => str_contains($mail['message'], 'samlforce_activate')));
		self::assertSame([], $this->inDatabase(self::NEW));
		Activation::confirm($id);
		$this->work();
		self::assertTrue(Emulator::canLogIn('bob@example.test', self::NEW));
		self::assertInstanceOf(\WP_User::class, wp_authenticate('bob', wp_slash(self::NEW)));
	}

	public function testRestCreatesNothingThatIsWrong(): void
	{
		$this->settings(['create_by_rest' => true]);
		wp_set_current_user(1);
		foreach ([['password' => 'short'], ['last_name' => '']] as $wrong) {
			$answer = $this->rest('POST', '/wp/v2/users', $wrong + ['username' => 'bob', 'email' => 'bob@example.test', 'password' => self::NEW, 'last_name' => 'B']);
			self::assertSame(400, $answer->get_status());
			self::assertFalse(get_user_by('login', 'bob'));
		}
		self::assertSame([], $this->mails('bob@example.test'));
	}

	public function testRestCreatesAnAccountHereAloneByDefault(): void
	{
		wp_set_current_user(1);
		$answer = $this->rest('POST', '/wp/v2/users', ['username' => 'bob', 'email' => 'bob@example.test', 'password' => 'short']);
		self::assertSame(201, $answer->get_status());
		self::assertFalse(Account::is_ours($answer->get_data()['id']));
	}

	public function testWpCliCreates(): void
	{
		update_option(Settings::OPTION, ['create_by_cli' => true] + get_option(Settings::OPTION));
		$code = 'echo is_wp_error($id = wp_insert_user(["user_login" => "bob", "user_email" => "bob@example.test", "user_pass" => "N3w-password", "last_name" => %s, "role" => "subscriber"])) ? $id->get_error_code() : "made";';
		self::assertStringContainsString('Warning:', $out = $this->cli(sprintf($code, '""')));
		self::assertStringEndsWith('empty_data', $out);
		self::assertFalse(get_user_by('login', 'bob'));
		self::assertSame('made', $this->cli(sprintf($code, '"B"')));
		$id = get_user_by('login', 'bob')->ID;
		self::assertTrue(Account::is_unconfirmed($id));
		self::assertSame([], $this->inDatabase('N3w-password'));
		Activation::confirm($id);
		$this->work();
		self::assertTrue(Emulator::canLogIn('bob@example.test', 'N3w-password'));
	}

	/** `wp user update --user_pass` and `wp user reset-password` call this. */
	public function testWpCliUpdates(): void
	{
		$id = $this->active();
		self::assertSame('done', $this->cli("wp_update_user(['ID' => $id, 'user_pass' => 'N3w-password']); echo 'done';"));
		if ($this->showsUpdates()) {
			// WP-CLI's own end has worked through the outbox already.
			$this->work();
			self::assertTrue(Emulator::canLogIn('ada@example.test', 'N3w-password'));
		} else {
			$this->assertNotSent($id);
		}
		self::assertSame([], $this->inDatabase('N3w-password'));
	}

	private function showsUpdates(): bool
	{
		return version_compare(get_bloginfo('version'), '6.3', '>=');
	}

	private function showsSetting(): bool
	{
		return version_compare(get_bloginfo('version'), '6.2', '>=');
	}

	public function testOtherCodeUpdates(): void
	{
		$id = $this->active();
		wp_update_user(wp_slash(['ID' => $id, 'user_pass' => self::NEW]));
		$this->showsUpdates() ? $this->assertArrived($id) : $this->assertNotSent($id);
	}

	public function testOtherCodeSetsAPassword(): void
	{
		$id = $this->active();
		wp_set_password(wp_slash(self::NEW), $id);
		$this->showsSetting() ? $this->assertArrived($id) : $this->assertNotSent($id);
	}

	/** What can't be refused here is refused there, and the person is asked. */
	public function testOtherCodeSetsAPasswordThatSalesforceRefuses(): void
	{
		$id = $this->active();
		wp_set_password('short1', $id);
		if (!$this->showsSetting()) {
			$this->assertNotSent($id);
			return;
		}
		$this->work();
		self::assertSame(['blocked', 'INVALID_NEW_PASSWORD', null], [$this->row($id, 'password')->state, $this->row($id, 'password')->error_code, $this->row($id, 'password')->sealed]);
		$mails = $this->mails('ada@example.test');
		self::assertStringContainsString('choose another', end($mails)['subject']);
	}

	/** A login may make WordPress hash the same password anew: Salesforce would take that for a repeat, and refuse it. */
	public function testTheSamePasswordIsNoChange(): void
	{
		$id = $this->active();
		wp_set_password(wp_slash(self::PASSWORD), $id);
		if (version_compare(get_bloginfo('version'), '6.8', '>=')) {
			self::assertNull((new Outbox())->row_of($id, 'password'));
		}
		$this->work();
		self::assertTrue(Emulator::canLogIn('ada@example.test', self::PASSWORD));
	}

	public function testNetworkActivation(): void
	{
		$id = wp_insert_user(['user_login' => 'bob', 'user_email' => 'bob@example.test', 'user_pass' => 'S0me-password']);
		do_action('wpmu_activate_user', $id, 'S0me-password', []);
		self::assertFalse(Account::is_ours($id));
		$this->settings(['create_by_network' => true]);
		do_action('wpmu_activate_user', $id, 'S0me-password', []);
		self::assertTrue(Account::is_ours($id));
		self::assertFalse(Account::is_unconfirmed($id));
		self::assertSame([], $this->inDatabase('S0me-password'));
		$this->work();
		self::assertTrue(Emulator::canLogIn('bob@example.test', 'S0me-password'));
		do_action('wpmu_activate_user', $id, 'An0ther-password', []);
		self::assertSame('done', $this->row($id, 'activate')->state);
	}

	/** @return array<string, array{string, callable(self, int): mixed}> */
	public function ways(): array
	{
		return [
			'reset' => ['change_by_reset', static fn (self $t, int $id) => $t->reset($id, self::NEW)],
			'profile' => ['change_by_profile', static fn (self $t, int $id) => $t->profile($id, self::NEW)],
			'REST' => ['change_by_rest', static function (self $t, int $id): void { wp_set_current_user(1); $t->rest('PUT', "/wp/v2/users/$id", ['password' => self::NEW]); }],
			'other code, wp_update_user()' => ['change_by_code', static fn (self $t, int $id) => wp_update_user(wp_slash(['ID' => $id, 'user_pass' => self::NEW]))],
			'other code, wp_set_password()' => ['change_by_code', static fn (self $t, int $id) => wp_set_password(wp_slash(self::NEW), $id)],
		];
	}

	/** @dataProvider ways */
	public function testAWayThatIsSwitchedOff(string $setting, callable $change): void
	{
		$id = $this->active();
		update_option(Settings::OPTION, [$setting => false] + get_option(Settings::OPTION));
		$change($this, $id);
		self::assertTrue(wp_check_password(wp_slash(self::NEW), get_userdata($id)->user_pass), 'WordPress has it.');
		$this->assertNotSent($id);
	}

	/** @dataProvider ways */
	public function testWhoIsNotInTheJourneyIsLeftAlone(string $setting, callable $change): void
	{
		$id = wp_insert_user(['user_login' => 'bob', 'user_email' => 'bob@example.test', 'user_pass' => 'some password', 'role' => 'subscriber']);
		$change($this, $id);
		self::assertNull((new Outbox())->row_of($id, 'password'));
		self::assertNull((new Outbox())->row_of($id, 'activate'));
	}

	/** Somebody who can write to the database moves a token to another account, or the account to another name: nothing is set. */
	public function testATokenCannotBeMoved(): void
	{
		global $wpdb;
		$ada = $this->active();
		$bob = $this->registered('bob');
		Activation::confirm($bob);
		$this->work();
		$this->reset($ada, self::NEW);
		$token = $this->row($ada, 'password')->sealed;
		// Ada's new password into Bob's row
		(new Outbox())->put($bob, Outbox::PASSWORD, 'pending', $token);
		(new Outbox())->discard((int) $this->row($ada, 'password')->id);
		$this->work();
		self::assertSame(['blocked', 'SEAL_REFUSED'], [$this->row($bob, 'password')->state, $this->row($bob, 'password')->error_code]);
		self::assertFalse(Emulator::canLogIn('bob@example.test', self::NEW));
		self::assertTrue(Emulator::canLogIn('bob@example.test', self::PASSWORD));
		// Bob's row, and Bob's name changed to Ada's: the User in Salesforce that belongs to Bob has another name
		(new Outbox())->put($bob, Outbox::PASSWORD, 'pending', $token);
		$wpdb->update($wpdb->usermeta, ['meta_value' => 'ada@example.test'], ['user_id' => $bob, 'meta_key' => Account::USERNAME]);
		wp_cache_flush();
		$this->work();
		self::assertSame('blocked', $this->row($bob, 'password')->state);
		self::assertFalse(Emulator::canLogIn('bob@example.test', self::NEW));
		self::assertTrue(Emulator::canLogIn('ada@example.test', self::PASSWORD));
		// an expiry that was changed
		$bytes = base64_decode(strtr(substr($token, 5), '-_', '+/'));
		$longer = 'sfv1.' . rtrim(strtr(base64_encode(substr_replace($bytes, pack('J', time() + 10 * YEAR_IN_SECONDS), 9, 8)), '+/', '-_'), '=');
		(new Outbox())->put($ada, Outbox::PASSWORD, 'pending', $longer);
		$this->work();
		self::assertSame(['blocked', 'SEAL_REFUSED', null], [$this->row($ada, 'password')->state, $this->row($ada, 'password')->error_code, $this->row($ada, 'password')->sealed]);
		self::assertTrue(Emulator::canLogIn('ada@example.test', self::PASSWORD));
	}
}
