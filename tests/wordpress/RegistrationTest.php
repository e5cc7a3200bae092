<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\Password\Vault;
use Samlforce\WordPress\Account;
use Samlforce\WordPress\Activation;

final class RegistrationTest extends TestCase
{
	public function testEntersEverythingAndKeepsNoPassword(): void
	{
		$id = $this->registered();

		self::assertTrue(Account::is_unconfirmed($id));
		self::assertSame('ada@example.test', Account::username($id));
		self::assertSame("O'Lovelace", get_userdata($id)->last_name);
		self::assertSame('Ada', get_userdata($id)->first_name);
		self::assertSame('', get_user_meta($id, 'default_password_nag', true));

		self::assertSame('pending', $this->row($id, 'register')->state);
		$activate = $this->row($id, 'activate');
		self::assertSame('held', $activate->state);
		$facts = (new Vault('vault'))->inspect($activate->sealed);
		self::assertSame('ada@example.test', $facts['recipient']);
		self::assertEqualsWithDelta(time() + 14 * DAY_IN_SECONDS, $facts['expiresAt'], 5);

		self::assertSame([], $this->inDatabase(self::PASSWORD));
		self::assertArrayNotHasKey('samlforce_password', $_POST);
		self::assertArrayNotHasKey('samlforce_password', $_REQUEST);
		self::assertArrayNotHasKey('samlforce_password_again', $_POST);
		self::assertStringNotContainsString(self::PASSWORD, (string) file_get_contents(SAMLFORCE_TEST_MAIL));
	}

	/** The search above can find something. */
	public function testTheSearchFindsAPassword(): void
	{
		update_option('samlforce_trap', ['x' => base64_encode(self::PASSWORD)]);
		self::assertNotSame([], $this->inDatabase(self::PASSWORD));
		delete_option('samlforce_trap');
	}

	public function testThePasswordIsTheOneOfWordPressToo(): void
	{
		$id = $this->registered();
		Activation::confirm($id);
		// As wp_signon() takes it from the login form.
		$user = wp_authenticate('ada', wp_slash(self::PASSWORD));
		self::assertInstanceOf(\WP_User::class, $user);
		self::assertSame($id, $user->ID);
		self::assertWPError(wp_authenticate('ada', 'another one 1'));
	}

	private static function assertWPError(mixed $value, string $code = ''): void
	{
		self::assertInstanceOf(\WP_Error::class, $value);
		if ($code !== '') {
			self::assertContains($code, $value->get_error_codes());
		}
	}

	/** @return array<string, array{array<string, mixed>, string}> */
	public function refusedForms(): array
	{
		$password = static fn (string $password): array => ['samlforce_password' => $password, 'samlforce_password_again' => $password];
		return [
			'too short' => [$password('ab1'), 'samlforce_password_too_short'],
			'no digit' => [$password('abcdefghijk'), 'samlforce_password_needs_digit'],
			'no letter' => [$password('1234567890'), 'samlforce_password_needs_letter'],
			'the user name' => [$password('ada@example.test1'), 'samlforce_password_contains_username'],
			'a space at the end' => [$password('Corr3ct-horse '), 'samlforce_password_space'],
			'in the list' => [$password('kn0wn-TO-many'), 'samlforce_password_common'],
			'a backslash' => [$password('Corr3ct\\horse'), 'samlforce_password_backslash'],
			'not UTF-8' => [$password("Corr3ct-horse\xff"), 'samlforce_password_invalid_character'],
			'empty' => [$password(''), 'samlforce_password_empty'],
			'too long' => [$password(str_repeat('ab1', 1000)), 'samlforce_password_too_long'],
			'much too long' => [$password(str_repeat('ab1', 10000)), 'samlforce_password_empty'],
			'an array' => [['samlforce_password' => ['Corr3ct-horse'], 'samlforce_password_again' => ['Corr3ct-horse']], 'samlforce_password_empty'],
			'two that differ' => [['samlforce_password_again' => 'Corr3ct-hors3'], 'samlforce_password_differs'],
			'no last name' => [['samlforce_last_name' => ' '], 'samlforce_last_name'],
			'a last name that is an array' => [['samlforce_last_name' => ['x']], 'samlforce_last_name'],
		];
	}

	/** @dataProvider refusedForms */
	public function testRefusesAndMakesNothing(array $fields, string $code): void
	{
		self::assertWPError($this->register('ada', $fields), $code);
		self::assertFalse(get_user_by('login', 'ada'));
		self::assertSame(0, array_sum((new \Samlforce\WordPress\Outbox())->counts()));
		self::assertSame([], Emulator::requests());
		self::assertArrayNotHasKey('samlforce_password', $_POST);
	}

	public function testWhereTheListCannotBeReadNobodyIsRegistered(): void
	{
		$list = getenv('SAMLFORCE_WORK') . '/deny-list';
		rename($list, "$list.away");
		$log = ini_set('error_log', '/dev/null');
		self::assertWPError($this->register(), 'samlforce_password_unjudged');
		ini_set('error_log', (string) $log);
		rename("$list.away", $list);
		self::assertFalse(get_user_by('login', 'ada'));
	}

	public function testFollowsThePolicyOfTheSettings(): void
	{
		$this->settings(['policy_min_length' => 12, 'policy_complexity' => 4]);
		$password = 'corr3cthors';
		$errors = $this->register('ada', ['samlforce_password' => $password, 'samlforce_password_again' => $password]);
		self::assertWPError($errors, 'samlforce_password_too_short');
		self::assertWPError($errors, 'samlforce_password_needs_upper');
		self::assertWPError($errors, 'samlforce_password_needs_special');
		self::assertStringContainsString('12', implode(' ', $errors->get_error_messages('samlforce_password_too_short')));
		self::assertSame(['length', 'digit', 'upper', 'lower', 'special', 'name'], array_keys(\Samlforce\WordPress\Password_Rules::hints()));
	}

	public function testRefusesAnAddressThatSalesforceCannotTake(): void
	{
		$this->post(['samlforce_last_name' => 'L', 'samlforce_password' => self::PASSWORD, 'samlforce_password_again' => self::PASSWORD]);
		do_action('login_form_register');
		self::assertWPError(register_new_user('ada', str_repeat('a', 60) . '@' . str_repeat('b', 20) . '.test'), 'samlforce_username_long');
	}

	/**
	 * @testWith [""]
	 *           ["absent"]
	 *           ["sp"]
	 */
	public function testWithoutTheVaultNobodyIsRegistered(string $key): void
	{
		$this->settings(['vault_key' => $key]);
		$log = ini_set('error_log', '/dev/null');
		self::assertWPError($this->register(), 'samlforce_seal');
		ini_set('error_log', (string) $log);
		self::assertFalse(get_user_by('login', 'ada'));
	}

	public function testTheSuffixIsPartOfTheUsername(): void
	{
		$this->settings(['sf_username_suffix' => '.Acme']);
		$id = $this->registered();
		self::assertSame('ada@example.test.acme', Account::username($id));
		self::assertSame('ada@example.test.acme', (new Vault('vault'))->inspect($this->row($id, 'activate')->sealed)['recipient']);
	}

	public function testIsWordPressOwnWhenSwitchedOff(): void
	{
		$this->settings(['registration' => false]);
		ob_start();
		do_action('user_new_form', 'add-new-user');
		self::assertSame('', ob_get_clean());
		self::assertFalse(\Samlforce\WordPress\Registration::is_on());
	}

	public function testSendsOneMailWithALinkAndNoneOfWordPress(): void
	{
		$this->registered();
		$mails = $this->mails('ada@example.test');
		self::assertCount(1, $mails);
		self::assertStringContainsString('samlforce_activate', $mails[0]['message']);
		self::assertStringNotContainsString('action=rp', $mails[0]['message']);
		// The administrator still learns of it.
		self::assertCount(1, $this->mails('admin@example.test'));
	}

	private function addUser(array $changes = []): int|\WP_Error
	{
		wp_set_current_user(1);
		$this->post($changes + [
			'user_login' => 'bob', 'email' => 'bob@example.test', 'first_name' => 'Bob', 'last_name' => "O'Hara", 'url' => '', 'role' => 'subscriber',
			'pass1' => self::PASSWORD, 'pass2' => self::PASSWORD, 'send_user_notification' => '1', 'samlforce_form' => '1', 'samlforce_account' => '1',
		]);
		return edit_user();
	}

	public function testTheAdministratorAddsAPerson(): void
	{
		$id = $this->addUser();
		self::assertIsInt($id, is_wp_error($id) ? implode($id->get_error_messages()) : '');
		self::assertTrue(Account::is_unconfirmed($id));
		self::assertSame("O'Hara", get_userdata($id)->last_name);
		self::assertSame('held', $this->row($id, 'activate')->state);
		self::assertSame([], $this->inDatabase(self::PASSWORD));
		self::assertArrayNotHasKey('pass1', $_POST);
		self::assertCount(1, $this->mails('bob@example.test'));
		self::assertStringContainsString('samlforce_activate', $this->mails('bob@example.test')[0]['message']);
		Activation::confirm($id);
		self::assertInstanceOf(\WP_User::class, wp_authenticate('bob', wp_slash(self::PASSWORD)));
		$this->work();
		self::assertTrue(Emulator::canLogIn('bob@example.test', self::PASSWORD));
	}

	public function testTheAdministratorsPasswordIsCheckedToo(): void
	{
		self::assertWPError($this->addUser(['pass1' => 'abcdefghijk', 'pass2' => 'abcdefghijk']), 'samlforce_password_needs_digit');
		self::assertWPError($this->addUser(['last_name' => '']), 'samlforce_last_name');
		self::assertFalse(get_user_by('login', 'bob'));
	}

	public function testTheAdministratorMayLeaveSalesforceOut(): void
	{
		$id = $this->addUser(['samlforce_account' => null, 'last_name' => '', 'pass1' => 'abcdefghijk', 'pass2' => 'abcdefghijk']);
		self::assertIsInt($id);
		self::assertFalse(Account::is_ours($id));
		self::assertNull((new \Samlforce\WordPress\Outbox())->row_of($id, 'register'));
	}

	/** Between the row of the user and its mark nobody gets in with the password that was chosen. */
	public function testTheAccountIsNeverOpen(): void
	{
		$seen = [];
		$look = static function ($id) use (&$seen): void {
			$seen[] = [Account::is_unconfirmed((int) $id), wp_check_password(wp_slash(self::PASSWORD), get_userdata((int) $id)->user_pass)];
		};
		add_action('set_user_role', $look);
		add_action('user_register', $look, 0);
		add_action('user_register', $look, 2);
		try {
			$this->registered();
		} finally {
			remove_action('set_user_role', $look);
			remove_action('user_register', $look, 0);
			remove_action('user_register', $look, 2);
		}
		self::assertSame([[false, false], [false, false], [true, true]], $seen);
	}
}
