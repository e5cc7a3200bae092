<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Account;
use Samlforce\WordPress\Activation;

/** The pages where a password is typed, and those that could show one: as a browser sees them. */
final class PasswordPagesTest extends HttpTestCase
{
	private const TYPED = "Typ3d-n'ot kept \"here\"";

	/** Neither as it was typed, nor as HTML, as JSON, in an address, or as base64. */
	private static function assertNowhere(string $text, string $page): void
	{
		foreach ([$text, htmlspecialchars($text, ENT_QUOTES), esc_attr($text), substr((string) json_encode($text), 1, -1), rawurlencode($text), urlencode($text), addslashes($text), base64_encode($text)] as $form) {
			self::assertStringNotContainsString($form, $page);
		}
	}

	private static function assertNotKept(array $answer): void
	{
		$control = implode(', ', $answer['headers']['cache-control'] ?? []);
		self::assertStringContainsString('no-store', $control);
		self::assertStringContainsString('private', $control);
	}

	public function testRegistrationIsNotEchoedAndNotKept(): void
	{
		self::assertNotKept($this->send('wp-login.php?action=register'));
		$fields = ['user_login' => 'ada', 'user_email' => 'ada@example.test', 'samlforce_first_name' => 'Ada', 'samlforce_last_name' => ''];
		$answer = $this->send('wp-login.php?action=register', ['samlforce_password' => self::TYPED, 'samlforce_password_again' => self::TYPED] + $fields);
		self::assertSame(200, $answer['status']);
		self::assertStringContainsString('last name is missing', $answer['body']);
		self::assertStringContainsString('value="ada@example.test"', $answer['body'], 'What is no secret is shown again.');
		self::assertNowhere(self::TYPED, $answer['body'] . json_encode($answer['headers']));
		self::assertNotKept($answer);
	}

	public function testResetShowsTheRulesAndIsNotEchoed(): void
	{
		$id = $this->registered();
		Activation::confirm($id);
		$key = get_password_reset_key(get_userdata($id));
		$page = $this->send("wp-login.php?action=rp&key=$key&login=ada");
		$page = $this->send($page['location']);
		self::assertStringContainsString('data-field="pass1"', $page['body']);
		self::assertStringContainsString('password-hints.js', $page['body']);
		self::assertStringContainsString('data-check="digit"', $page['body']);
		self::assertNotKept($page);
		$wrong = 'Typed-n\'ot kept "here"';
		$answer = $this->send('wp-login.php?action=resetpass', ['pass1' => $wrong, 'pass2' => $wrong, 'rp_key' => $key]);
		self::assertStringContainsString('needs a digit', $answer['body']);
		self::assertNowhere($wrong, $answer['body'] . json_encode($answer['headers']));
		self::assertNotKept($answer);
		self::assertTrue(wp_check_password(wp_slash(self::PASSWORD), get_userdata($id)->user_pass));
	}

	public function testTheProfileAndAddUserShowTheRulesAndEchoNothing(): void
	{
		$id = $this->registered();
		$this->logIn(1);
		$page = $this->send("wp-admin/user-edit.php?user_id=$id");
		self::assertStringContainsString('data-field="pass1"', $page['body']);
		self::assertNotKept($page);
		$wrong = 'Typed-n\'ot kept "here"';
		$user = get_userdata($id);
		$answer = $this->send("wp-admin/user-edit.php?user_id=$id", ['_wpnonce' => wp_create_nonce("update-user_$id"), 'action' => 'update', 'user_id' => $id, 'email' => $user->user_email,
			'nickname' => 'ada', 'first_name' => 'Ada', 'last_name' => 'L', 'url' => '', 'pass1' => $wrong, 'pass2' => $wrong, 'role' => 'subscriber', 'display_name' => 'Ada']);
		self::assertStringContainsString('needs a digit', $answer['body']);
		self::assertNowhere($wrong, $answer['body']);
		self::assertNotKept($answer);
		$page = $this->send('wp-admin/user-new.php');
		self::assertStringContainsString('data-field="pass1"', $page['body']);
		self::assertNotKept($page);
		// Of somebody who is not in the journey the rules are not asked for.
		self::assertStringNotContainsString('data-field="pass1"', $this->send('wp-admin/profile.php')['body']);
	}

	/** Everything that shows something about a person whose password waits: the page, the list, the REST API, the log, the export. */
	public function testNoPageShowsAPasswordOrWhatWasSealed(): void
	{
		$id = $this->registered();
		$sealed = $this->row($id, 'activate')->sealed;
		$this->logIn(1);
		$pages = ['options-general.php?page=samlforce', 'options-general.php?page=samlforce&tab=salesforce', 'options-general.php?page=samlforce&tab=registration', 'options-general.php?page=samlforce&tab=status',
			"user-edit.php?user_id=$id", 'users.php', 'site-health.php', 'site-health.php?tab=debug', 'export-personal-data.php'];
		foreach ($pages as $page) {
			$answer = $this->send("wp-admin/$page");
			self::assertSame(200, $answer['status'], $page);
			self::assertNowhere(self::PASSWORD, $answer['body']);
			self::assertStringNotContainsString($sealed, $answer['body'], $page);
			self::assertStringNotContainsString(substr($sealed, 5, 40), $answer['body'], $page);
		}
		wp_set_current_user(1);
		foreach (["/wp/v2/users/$id", '/wp/v2/users'] as $route) {
			$request = new \WP_REST_Request('GET', $route);
			$request->set_param('context', 'edit');
			$data = (string) json_encode(rest_do_request($request)->get_data());
			self::assertStringContainsString('ada@example.test', $data);
			self::assertNowhere(self::PASSWORD, $data);
			self::assertStringNotContainsString(substr($sealed, 5, 40), $data);
			self::assertStringNotContainsString('samlforce_activation', $data);
		}
		$export = '';
		foreach (apply_filters('wp_privacy_personal_data_exporters', []) as $exporter) {
			$export .= json_encode(($exporter['callback'])('ada@example.test', 1));
		}
		self::assertNowhere(self::PASSWORD, $export);
		self::assertStringNotContainsString(substr($sealed, 5, 40), $export);
		// The object cache of this process, which another one would share by memcached or Redis.
		get_userdata($id);
		get_user_meta($id);
		$cache = $GLOBALS['wp_object_cache'];
		$cached = serialize((fn () => $this->cache)->call($cache));
		self::assertStringContainsString('ada@example.test', $cached);
		self::assertNowhere(self::PASSWORD, $cached);
		self::assertNowhere(self::PASSWORD, (string) file_get_contents(SAMLFORCE_TEST_MAIL));
	}

	/** Whatever breaks while a password is on its way: the log says what and where, and not with what. */
	public function testNoTraceShowsAPassword(): void
	{
		$old = [ini_set('zend.exception_ignore_args', '0'), ini_set('zend.exception_string_param_max_len', '1000000'), ini_set('error_log', $log = getenv('SAMLFORCE_WORK') . '/trace.log')];
		$break = static function (): void {
			throw new \RuntimeException('broken on purpose');
		};
		$seen = '';
		foreach (['samlforce_test_seal', 'added_user_meta', 'password_reset'] as $hook) {
			add_action($hook, $break);
		}
		foreach ([
			fn () => $this->register(),
			fn () => \Samlforce\WordPress\Sealed_Registration::token(self::PASSWORD, str_repeat('x', 300)),
			fn () => \Samlforce\WordPress\Sealed_Registration::seal(self::PASSWORD, [], '', '', new \WP_Error()),
			fn () => \Samlforce\WordPress\Password_Rules::broken_by(self::PASSWORD, []),
			fn () => (new \Samlforce\WordPress\Password_Change())->check('change_by_rest', [], self::PASSWORD, new \WP_Error()),
			fn () => (new \Samlforce\WordPress\Password_Change())->seal_and_enter('change_by_rest', [], self::PASSWORD, true),
		] as $i => $call) {
			try {
				$call();
				self::fail("Nothing was thrown by call $i.");
			} catch (\Exception|\TypeError $e) {
				$seen .= $e;
				foreach ($e->getTrace() as $frame) {
					foreach ($frame['args'] ?? [] as $argument) {
						$seen .= is_string($argument) ? "$argument\n" : (is_object($argument) ? $argument::class . "\n" : '');
					}
				}
				error_log((string) $e);
			}
		}
		foreach (['samlforce_test_seal', 'added_user_meta', 'password_reset'] as $hook) {
			remove_action($hook, $break);
		}
		[$args, $length, $file] = $old;
		ini_set('zend.exception_ignore_args', (string) $args);
		ini_set('zend.exception_string_param_max_len', (string) $length);
		ini_set('error_log', (string) $file);
		self::assertStringContainsString('SensitiveParameterValue', $seen);
		self::assertNowhere(self::PASSWORD, $seen);
		self::assertNowhere(self::PASSWORD, (string) file_get_contents($log));
	}
}
