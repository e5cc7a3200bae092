<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Account;
use Samlforce\WordPress\Activation;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Outbox_Worker;

/** From the outbox into Salesforce: everything here goes over HTTPS to the emulator. */
final class WorkerTest extends TestCase
{
	private const EMAIL = 'ada@example.test';

	private function user(): array
	{
		$users = Emulator::users(self::EMAIL);
		self::assertCount(1, $users);
		return $users[0];
	}

	/** Registered, confirmed, and both rows due. */
	private function confirmed(string $login = 'ada', array $fields = []): int
	{
		$id = $this->registered($login, $fields);
		Activation::confirm($id);
		return $id;
	}

	public function testTheJourney(): void
	{
		$id = $this->registered();
		self::assertSame(1, $this->work());

		$contact = Emulator::contacts(self::EMAIL);
		self::assertCount(1, $contact);
		self::assertSame("O'Lovelace", $contact[0]['LastName']);
		self::assertSame(getenv('SF_ACCOUNT_ID'), $contact[0]['AccountId']);
		self::assertSame(Account::external_id($id), $contact[0]['WP_User_Id__c']);
		$user = $this->user();
		self::assertFalse((bool) $user['IsActive']);
		self::assertSame($contact[0]['Id'], $user['ContactId']);
		self::assertSame(self::EMAIL, $user['Username']);
		self::assertSame(Account::external_id($id), $user['WP_User_Id__c']);
		self::assertFalse(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
		self::assertSame($id, Links::find(Provider::ENTITY_ID, self::EMAIL));

		self::assertSame(0, $this->work(), 'Nothing more may happen before the address is confirmed.');
		Activation::confirm($id);
		self::assertSame(1, $this->work());

		self::assertTrue((bool) $this->user()['IsActive']);
		self::assertTrue(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
		self::assertFalse(Emulator::canLogIn(self::EMAIL, self::PASSWORD . 'x'));
		self::assertNull($this->row($id, 'activate')->sealed);
		self::assertSame([], $this->inDatabase('sfv1.'));
		self::assertSame([], $this->inDatabase(self::PASSWORD));
		self::assertNull(Outbox_Worker::pause());
	}

	public function testBothAtOnceGoInOrder(): void
	{
		$id = $this->confirmed();
		self::assertSame(2, $this->work());
		self::assertTrue(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
		$methods = array_values(array_filter(array_map(static fn (array $r): string => $r['method'] . ' ' . preg_replace('~^.*/sobjects/(\w+).*?(/password)?$~', '$1$2', $r['path']), Emulator::requests()), static fn (string $line): bool => !str_starts_with($line, 'GET') && !str_contains($line, 'oauth')));
		self::assertSame(['PATCH Contact', 'PATCH User', 'PATCH User', 'POST User/password'], $methods);
	}

	/** @return array<string, array{list<string>}> */
	public function passingFaults(): array
	{
		return [
			'no answer from the server' => [['503', '--times', '3', '--match', 'sobjects']],
			'a locked row' => [['lock', '--times', '1']],
			'half an answer' => [['half', '--times', '1', '--match', 'sobjects/Contact']],
			'half an answer for the user' => [['half', '--times', '1', '--match', 'sobjects/User']],
			'a closed connection' => [['close', '--times', '3', '--match', 'sobjects', '--carried-out']],
			'busy' => [['error', '--times', '3', '--code', 'SERVER_UNAVAILABLE', '--status', '503', '--match', 'sobjects']],
		];
	}

	/** @dataProvider passingFaults */
	public function testAFaultThatPassesLosesAndDoublesNothing(array $fault): void
	{
		$id = $this->confirmed();
		Emulator::fault(...$fault);
		for ($run = 0; $run < 8 && $this->row($id, 'activate')->state !== 'done'; $run++) {
			$this->work();
			self::assertContains($this->row($id, 'register')->state, ['pending', 'done'], (string) $this->row($id, 'register')->error);
			self::assertContains($this->row($id, 'activate')->state, ['pending', 'done'], (string) $this->row($id, 'activate')->error);
			Outbox_Worker::resume();
			$this->makeDue();
		}
		self::assertCount(1, Emulator::contacts(self::EMAIL));
		self::assertCount(1, Emulator::users(self::EMAIL));
		self::assertTrue(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
		self::assertSame('done', $this->row($id, 'activate')->state);
	}

	public function testWaitsLongerAfterEachFailure(): void
	{
		$id = $this->registered();
		Emulator::fault('error', '--code', 'SERVER_UNAVAILABLE', '--status', '503', '--match', 'sobjects');
		self::assertSame(0, $this->work());
		$row = $this->row($id, 'register');
		self::assertSame('pending', $row->state);
		self::assertSame('SERVER_UNAVAILABLE', $row->error_code);
		self::assertNotSame('', (string) $row->error);
		self::assertGreaterThan(time(), (int) $row->next_attempt_at);
		self::assertSame(0, $this->work(), 'It is not due yet.');
		self::assertSame(1, (int) $this->row($id, 'register')->attempts);
		$this->makeDue();
		$this->work();
		self::assertSame(2, (int) $this->row($id, 'register')->attempts);
		Emulator::fault('clear');
		$this->makeDue();
		self::assertSame(1, $this->work());
		self::assertSame('', $this->row($id, 'register')->error_code);
	}

	public function testASessionThatEndsIsRenewedAtOnce(): void
	{
		$id = $this->confirmed();
		Emulator::fault('401', '--times', '1', '--match', 'sobjects');
		self::assertSame(2, $this->work());
		self::assertSame('done', $this->row($id, 'activate')->state);
	}

	public function testWhileSalesforceIsUnreachableEverythingIsKept(): void
	{
		$this->settings(['sf_login_host' => 'nobody.salesforce.localhost:9']);
		$id = $this->confirmed();
		self::assertSame(0, $this->work());
		self::assertContains($this->row($id, 'register')->state, ['pending']);
		self::assertNotEmpty($this->row($id, 'activate')->sealed);
		$this->settings([]);
		Outbox_Worker::resume();
		$this->makeDue();
		self::assertSame(2, $this->work());
		self::assertTrue(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
	}

	public function testALimitPausesTheWholeQueueAndSaysSo(): void
	{
		$ada = $this->registered('ada');
		$bob = $this->registered('bob');
		Emulator::fault('error', '--code', 'REQUEST_LIMIT_EXCEEDED', '--status', '403', '--match', 'sobjects');
		$this->work();
		$pause = Outbox_Worker::pause();
		self::assertSame('REQUEST_LIMIT_EXCEEDED', $pause['code']);
		self::assertStringContainsString('24 hours', $pause['sentence']);
		self::assertGreaterThanOrEqual(time() + 890, $pause['until']);
		self::assertSame('pending', $this->row($ada, 'register')->state);
		self::assertSame(0, (int) $this->row($ada, 'register')->attempts);
		self::assertSame(0, (int) $this->row($bob, 'register')->attempts, 'The second one must not have been tried.');

		$before = count(Emulator::requests());
		self::assertSame(0, $this->work());
		self::assertCount($before, Emulator::requests(), 'While paused nothing is sent.');

		wp_set_current_user(1);
		ob_start();
		(new \Samlforce\WordPress\Status_Page())->print_pause();
		self::assertStringContainsString('REQUEST_LIMIT_EXCEEDED', ob_get_clean());
		wp_set_current_user(0);
		ob_start();
		(new \Samlforce\WordPress\Status_Page())->print_pause();
		self::assertSame('', ob_get_clean());

		Emulator::fault('clear');
		Outbox_Worker::resume();
		self::assertSame(2, $this->work());
		self::assertNull(Outbox_Worker::pause());
	}

	public function testNoLicenceIsLeft(): void
	{
		Emulator::ctl('set', 'licences', '0');
		$id = $this->confirmed();
		$this->work();
		self::assertSame('done', $this->row($id, 'register')->state);
		self::assertSame('LICENSE_LIMIT_EXCEEDED', Outbox_Worker::pause()['code']);
		self::assertNotEmpty($this->row($id, 'activate')->sealed);
		Emulator::ctl('set', 'licences', '10');
		Outbox_Worker::resume();
		self::assertSame(1, $this->work());
		self::assertTrue(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
	}

	/** @return array<string, array{array<string, string>}> */
	public function wrongSettings(): array
	{
		return [
			'an app that Salesforce does not know' => [['sf_consumer_key' => 'unknown']],
			'the key of another app' => [['sf_key' => 'stranger']],
			'a key that is not there' => [['sf_key' => 'absent']],
			'a host that php.ini does not allow' => [['sf_login_host' => 'login.salesforce.example']],
			'no account' => [['sf_account_id' => '']],
		];
	}

	/** @dataProvider wrongSettings */
	public function testWrongSettingsPauseAndBlockNobody(array $changes): void
	{
		$id = $this->confirmed();
		$this->settings($changes);
		$this->work();
		self::assertNotNull(Outbox_Worker::pause(), 'error: ' . $this->row($id, 'register')->error);
		self::assertNotSame('', Outbox_Worker::pause()['sentence']);
		self::assertSame('pending', $this->row($id, 'register')->state);
		$this->settings([]);
		Outbox_Worker::resume();
		$this->makeDue();
		self::assertSame(2, $this->work());
	}

	public function testATakenUsernameNeedsASuffix(): void
	{
		Emulator::ctl('taken', self::EMAIL);
		$id = $this->confirmed();
		$this->work();
		$row = $this->row($id, 'register');
		self::assertSame('blocked', $row->state);
		self::assertSame('DUPLICATE_USERNAME', $row->error_code);
		self::assertStringContainsString('suffix', $row->error);
		self::assertNull(Links::find(Provider::ENTITY_ID, self::EMAIL), 'Somebody else owns that name.');

		$this->settings(['sf_username_suffix' => '.acme']);
		(new \Samlforce\WordPress\Outbox())->retry_now((int) $row->id);
		$this->work();
		self::assertSame('done', $this->row($id, 'register')->state);
		self::assertSame(self::EMAIL . '.acme', $this->user()['Username']);
		self::assertSame(self::EMAIL . '.acme', Account::username($id));
		// The password was sealed for the other name, and can't be moved: the person chooses again.
		self::assertSame('blocked', $this->row($id, 'activate')->state);
		self::assertNull($this->row($id, 'activate')->sealed);
		self::assertStringContainsString('lostpassword', $this->mails(self::EMAIL)[1]['message']);
		$this->resetPassword($id, 'An0ther-horse');
		self::assertSame(1, $this->work());
		self::assertTrue(Emulator::canLogIn(self::EMAIL . '.acme', 'An0ther-horse'));
	}

	public function testATakenNicknameGetsASuffix(): void
	{
		Emulator::fault('error', '--times', '1', '--code', 'DUPLICATE_COMM_NICKNAME', '--match', 'sobjects/User');
		$id = $this->registered();
		self::assertSame(1, $this->work());
		self::assertMatchesRegularExpression('/^ada-[0-9a-f]{8}$/', $this->user()['CommunityNickname']);
	}

	public function testWhatAPersonMustMendIsBlockedWithItsReason(): void
	{
		Emulator::fault('error', '--code', 'FIELD_CUSTOM_VALIDATION_EXCEPTION', '--message', 'Please ask the sales team', '--match', 'sobjects/Contact');
		$id = $this->registered();
		$other = $this->registered('bob');
		$this->work();
		self::assertSame('blocked', $this->row($id, 'register')->state);
		self::assertSame('FIELD_CUSTOM_VALIDATION_EXCEPTION', $this->row($id, 'register')->error_code);
		self::assertSame('blocked', $this->row($other, 'register')->state, 'One blocked row does not stop the next.');
		self::assertNull(Outbox_Worker::pause());
	}

	private function resetPassword(int $id, string $password): void
	{
		$user = get_userdata($id);
		$this->post(['pass1' => $password, 'pass2' => $password]);
		$errors = new \WP_Error();
		do_action('validate_password_reset', $errors, $user);
		self::assertFalse($errors->has_errors(), implode(' ', $errors->get_error_messages()));
		reset_password($user, $_POST['pass1']);
	}

	public function testAPasswordThatSalesforceRefusesIsAskedForAgain(): void
	{
		Emulator::ctl('set', 'policy_min_length', '30');
		$id = $this->confirmed();
		$this->work();
		$row = $this->row($id, 'activate');
		self::assertSame('blocked', $row->state);
		self::assertSame('INVALID_NEW_PASSWORD', $row->error_code);
		self::assertNull($row->sealed);
		self::assertTrue((bool) $this->user()['IsActive']);
		$mails = $this->mails(self::EMAIL);
		self::assertCount(2, $mails);
		self::assertStringContainsString('lostpassword', $mails[1]['message']);

		$new = 'A-much-l0nger-horse, with a "quote" and a café';
		$this->resetPassword($id, $new);
		self::assertSame(1, $this->work());
		self::assertTrue(Emulator::canLogIn(self::EMAIL, $new));
		self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', wp_slash($new)));
		self::assertSame([], $this->inDatabase($new));
	}

	public function testANewPasswordFollowsThePolicyAndGoesToSalesforce(): void
	{
		$id = $this->confirmed();
		$this->work();
		$errors = new \WP_Error();
		$this->post(['pass1' => 'short', 'pass2' => 'short']);
		do_action('validate_password_reset', $errors, get_userdata($id));
		self::assertContains('samlforce_password_too_short', $errors->get_error_codes());

		$this->resetPassword($id, 'An0ther-horse');
		self::assertSame('pending', $this->row($id, 'password')->state);
		self::assertSame(1, $this->work());
		self::assertTrue(Emulator::canLogIn(self::EMAIL, 'An0ther-horse'));
		self::assertFalse(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
	}

	public function testANewPasswordBeforeConfirmationReplacesTheOldOne(): void
	{
		$id = $this->registered();
		$this->resetPassword($id, 'An0ther-horse');
		self::assertSame('held', $this->row($id, 'activate')->state);
		self::assertTrue(Account::is_unconfirmed($id));
		Activation::confirm($id);
		$this->work();
		self::assertTrue(Emulator::canLogIn(self::EMAIL, 'An0ther-horse'));
		self::assertFalse(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
	}

	public function testANewPasswordOnTheProfilePageGoesToSalesforce(): void
	{
		$id = $this->confirmed();
		$this->work();
		wp_set_current_user($id);
		$this->post(['email' => self::EMAIL, 'nickname' => 'ada', 'first_name' => 'Ada', 'last_name' => 'L', 'url' => '', 'pass1' => "An0ther-h'orse", 'pass2' => "An0ther-h'orse"]);
		$result = edit_user($id);
		self::assertSame($id, $result, is_wp_error($result) ? implode($result->get_error_messages()) : '');
		self::assertSame(1, $this->work());
		self::assertTrue(Emulator::canLogIn(self::EMAIL, "An0ther-h'orse"));
		self::assertInstanceOf(\WP_User::class, wp_authenticate('ada', wp_slash("An0ther-h'orse")));
	}

	public function testWhomSalesforceSwitchedOffStaysOff(): void
	{
		$id = $this->confirmed();
		$this->work();
		\Samlforce\WordPress\Connection::client()->deactivateUser($this->user()['Id']);
		$this->resetPassword($id, 'An0ther-horse');
		$this->work();
		self::assertFalse((bool) $this->user()['IsActive']);
	}

	public function testAnExpiredPasswordIsAskedForAgain(): void
	{
		$id = $this->confirmed();
		$sealed = (new \Samlforce\Password\Vault('vault'))->seal(self::PASSWORD, self::EMAIL, 1);
		(new \Samlforce\WordPress\Outbox())->put($id, 'activate', 'pending', $sealed);
		sleep(2);
		$this->work();
		self::assertSame('blocked', $this->row($id, 'activate')->state);
		self::assertSame('SEAL_EXPIRED', $this->row($id, 'activate')->error_code);
		self::assertStringContainsString('lostpassword', $this->mails(self::EMAIL)[1]['message']);
	}

	public function testATokenOfAnotherPersonOpensNothing(): void
	{
		$ada = $this->confirmed('ada');
		$bob = $this->confirmed('bob', ['samlforce_password' => 'B0bs-password', 'samlforce_password_again' => 'B0bs-password']);
		$stolen = $this->row($bob, 'activate')->sealed;
		(new \Samlforce\WordPress\Outbox())->put($ada, 'activate', 'pending', $stolen);
		$this->work();
		self::assertFalse(Emulator::canLogIn(self::EMAIL, 'B0bs-password'));
		self::assertSame('blocked', $this->row($ada, 'activate')->state);
	}

	/** Salesforce gave the password and the answer was lost; the repeat is refused as one that was used before. */
	public function testALostAnswerToThePasswordIsNoRefusal(): void
	{
		$id = $this->registered();
		$this->work();
		Activation::confirm($id);
		Emulator::fault('close', '--times', '1', '--carried-out', '--match', '/password');
		for ($run = 0; $run < 3 && $this->row($id, 'activate')->state !== 'done'; $run++) {
			$this->work();
			$this->makeDue();
		}
		self::assertSame('done', $this->row($id, 'activate')->state, (string) $this->row($id, 'activate')->error);
		self::assertCount(1, $this->mails(self::EMAIL));
		self::assertTrue(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
	}

	public function testADeletedPersonsRowIsDropped(): void
	{
		(new \Samlforce\WordPress\Outbox())->put(99999, 'register', 'pending');
		self::assertSame(0, $this->work());
		self::assertSame(0, array_sum((new \Samlforce\WordPress\Outbox())->counts()));
		self::assertSame([], Emulator::requests());
	}

	public function testTheTestButtonSaysInOneSentenceWhatIsWrong(): void
	{
		[$works, $sentence] = \Samlforce\WordPress\Connection::test();
		self::assertTrue($works, $sentence);
		self::assertMatchesRegularExpression('/\d/', $sentence);
		foreach ([['sf_key' => 'absent'], ['sf_consumer_key' => 'unknown'], ['sf_login_host' => 'login.salesforce.example'], ['sf_profile_id' => '']] as $changes) {
			$this->settings($changes);
			[$works, $sentence] = \Samlforce\WordPress\Connection::test();
			self::assertFalse($works, json_encode($changes));
			self::assertGreaterThan(20, strlen($sentence));
		}
		$this->settings([]);
		Emulator::fault('503', '--match', 'limits');
		self::assertFalse(\Samlforce\WordPress\Connection::test()[0]);
	}

	/** Salesforce mails a new password to the address that it has: the mistyped one may be a stranger's. */
	public function testACorrectedAddressReachesSalesforceBeforeTheAccountIsActive(): void
	{
		$id = $this->registered();
		$this->work();
		self::assertSame($id, Links::find(Provider::ENTITY_ID, self::EMAIL));
		wp_update_user(['ID' => $id, 'user_email' => 'lovelace@example.test']);
		self::assertNull(Links::find(Provider::ENTITY_ID, self::EMAIL), 'That name can become somebody else\'s.');
		self::assertSame('lovelace@example.test', Account::username($id));
		Activation::confirm($id);
		$this->work();

		self::assertSame([], Emulator::users(self::EMAIL));
		self::assertSame([], Emulator::contacts(self::EMAIL));
		self::assertSame('lovelace@example.test', Emulator::users('lovelace@example.test')[0]['Username']);
		self::assertSame($id, Links::find(Provider::ENTITY_ID, 'lovelace@example.test'));
		// What was sealed for the old name can't be moved.
		self::assertSame('SEAL_REFUSED', $this->row($id, 'activate')->error_code);
		$this->resetPassword($id, 'An0ther-horse');
		self::assertSame(1, $this->work());
		self::assertTrue(Emulator::canLogIn('lovelace@example.test', 'An0ther-horse'));
	}

	public function testAPasswordGoesToOurOwnUserOnly(): void
	{
		$ada = $this->confirmed('ada');
		$bob = $this->confirmed('bob', ['samlforce_password' => 'B0bs-password', 'samlforce_password_again' => 'B0bs-password']);
		$this->work();
		// In Salesforce the names were changed: ada's is bob's now.
		$client = \Samlforce\WordPress\Connection::client();
		$client->update('User', $this->user()['Id'], ['Username' => 'countess@example.test']);
		$client->update('User', Emulator::users('bob@example.test')[0]['Id'], ['Username' => self::EMAIL]);
		$this->resetPassword($ada, 'An0ther-horse');
		$this->work();
		self::assertFalse(Emulator::canLogIn(self::EMAIL, 'An0ther-horse'), 'That is bob.');
		self::assertTrue(Emulator::canLogIn(self::EMAIL, 'B0bs-password'));
		self::assertSame('blocked', $this->row($ada, 'password')->state);
		self::assertStringContainsString('another username', $this->row($ada, 'password')->error);
	}

	public function testWhileTheKeyOfTheVaultIsMissingNothingIsThrownAway(): void
	{
		$id = $this->confirmed();
		$this->settings(['vault_key' => 'absent']);
		$this->work();
		self::assertSame('KEYRING', Outbox_Worker::pause()['code']);
		self::assertSame('pending', $this->row($id, 'activate')->state);
		self::assertNotEmpty($this->row($id, 'activate')->sealed);
		self::assertCount(1, $this->mails(self::EMAIL), 'Nobody is asked for another password.');
		$this->settings([]);
		Outbox_Worker::resume();
		$this->work();
		self::assertTrue(Emulator::canLogIn(self::EMAIL, self::PASSWORD));
	}

	public function testADatabaseThatDoesNotAnswerLosesNoWork(): void
	{
		global $wpdb;
		$id = $this->registered();
		clean_user_cache($id);
		$break = static fn (string $query): string => str_contains($query, "FROM {$wpdb->users} WHERE") ? 'SELECT x FROM absent_table' : $query;
		add_filter('query', $break);
		$wpdb->suppress_errors(true);
		try {
			self::assertSame(0, $this->work());
		} finally {
			remove_filter('query', $break);
			$wpdb->suppress_errors(false);
		}
		self::assertNotNull((new \Samlforce\WordPress\Outbox())->row_of($id, 'register'));
	}

	/** A restored backup: the number is given to another person, and Salesforce knows it as the first one's. */
	public function testANumberThatIsGivenAgainTakesNobodysRecords(): void
	{
		$bob = $this->registered('bob');
		$this->work();
		$before = [Emulator::contacts('bob@example.test'), Emulator::users('bob@example.test')];
		foreach (Account::ALL as $key) {
			delete_user_meta($bob, $key);
		}
		(new \Samlforce\WordPress\Outbox())->discard_user($bob);
		wp_update_user(['ID' => $bob, 'user_email' => self::EMAIL]);
		update_user_meta($bob, Account::STATUS, 'confirmed');
		(new \Samlforce\WordPress\Outbox())->put($bob, 'register', 'pending');
		$this->work();
		self::assertSame('blocked', $this->row($bob, 'register')->state);
		self::assertStringContainsString(Account::external_id($bob), $this->row($bob, 'register')->error);
		self::assertSame($before, [Emulator::contacts('bob@example.test'), Emulator::users('bob@example.test')]);
		self::assertSame([], Emulator::users(self::EMAIL));
	}

	public function testWhoIsDeletedWhileSalesforceAnswersGetsNoLink(): void
	{
		$id = $this->registered();
		$gone = static function ($object, $user, $key) use (&$gone, $id): void {
			if ($user === $id && $key === Account::USER_ID) {
				remove_action('added_user_meta', $gone);
				wp_delete_user($id);
			}
		};
		add_action('added_user_meta', $gone, 10, 3);
		$this->work();
		self::assertFalse(get_userdata($id));
		self::assertSame([], Links::of($id));
		self::assertNull((new \Samlforce\WordPress\Outbox())->row_of($id, 'register'));
	}

	public function testAPasswordThatMeetsTheConfirmationIsNotForgotten(): void
	{
		global $wpdb;
		$id = $this->registered();
		// At the moment of the entry the person confirms, in another process.
		$meanwhile = static function (string $query) use (&$meanwhile, $wpdb, $id): string {
			if (str_contains($query, 'samlforce_outbox') && str_starts_with($query, 'UPDATE')) {
				remove_filter('query', $meanwhile);
				$wpdb->query("UPDATE {$wpdb->usermeta} SET meta_value = 'confirmed' WHERE user_id = $id AND meta_key = 'samlforce_status'");
			}
			return $query;
		};
		add_filter('query', $meanwhile);
		$this->resetPassword($id, 'An0ther-horse');
		remove_filter('query', $meanwhile);
		self::assertSame('pending', $this->row($id, 'activate')->state);
	}
}
