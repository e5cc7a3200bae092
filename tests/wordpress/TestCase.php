<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Database;
use Samlforce\WordPress\Outbox;
use Samlforce\WordPress\Outbox_Worker;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Rules;
use Samlforce\WordPress\Settings;

abstract class TestCase extends \PHPUnit\Framework\TestCase
{
	/** With a quote, since WordPress treats quotes in passwords in a way of its own, and with a letter that is two bytes long. */
	protected const PASSWORD = "Corr3ct-h'örse battery";

	private static ?Provider $provider = null;

	protected static function provider(): Provider
	{
		return self::$provider ??= new Provider();
	}

	/** Every test begins with an empty site and an empty Salesforce. */
	protected function setUp(): void
	{
		global $wpdb;
		foreach (Database::tables() as $table) {
			$wpdb->query("DELETE FROM $table");
		}
		foreach (get_users(['exclude' => [1], 'fields' => 'ID', 'blog_id' => 0]) as $id) {
			is_multisite() ? wpmu_delete_user((int) $id) : wp_delete_user((int) $id);
		}
		$wpdb->query("DELETE FROM {$wpdb->usermeta} WHERE meta_key LIKE 'samlforce%'");
		$wpdb->query("DELETE FROM {$wpdb->options} WHERE option_name LIKE '%transient%samlforce%'");
		wp_cache_flush();
		delete_option(Outbox_Worker::PAUSE);
		update_option('users_can_register', 1);
		$this->settings([]);
		delete_option(Rules::OPTION);
		Rules::save(Provider::ENTITY_ID, ['trusted' => '*']);
		wp_set_current_user(0);
		$_POST = $_GET = $_REQUEST = $_COOKIE = [];
		file_put_contents(SAMLFORCE_TEST_MAIL, '');
		Emulator::reset();
	}

	/** The settings of a site that is all set up, its one identity provider's among them, and what is different in this test. */
	protected function settings(array $changes): void
	{
		delete_option(Settings::OPTION);
		delete_option(Providers::OPTION);
		Providers::save(\Samlforce\WordPress\Provider::FIRST, array_intersect_key($changes, \Samlforce\WordPress\Provider::DEFAULTS) + ['metadata' => self::provider()->metadata()]);
		update_option(Settings::OPTION, array_diff_key($changes, \Samlforce\WordPress\Provider::DEFAULTS) + [
			'sp_key' => 'sp',
			'registration' => true,
			'sf_login_host' => getenv('SF_HOST'),
			'sf_consumer_key' => getenv('SF_CONSUMER_KEY'),
			'sf_username' => getenv('SF_USERNAME'),
			'sf_key' => 'salesforce',
			'sf_account_id' => getenv('SF_ACCOUNT_ID'),
			'sf_profile_id' => getenv('SF_PROFILE_ID'),
			'vault_key' => 'vault',
		]);
	}

	/** Registers as the form on wp-login.php does. */
	protected function register(string $login = 'ada', array $fields = []): int|\WP_Error
	{
		$this->post($fields + [
			'samlforce_first_name' => 'Ada',
			'samlforce_last_name' => "O'Lovelace",
			'samlforce_password' => self::PASSWORD,
			'samlforce_password_again' => self::PASSWORD,
		]);
		do_action('login_form_register');
		return register_new_user($login, "$login@example.test");
	}

	protected function registered(string $login = 'ada', array $fields = []): int
	{
		$id = $this->register($login, $fields);
		self::assertIsInt($id, is_wp_error($id) ? implode(' ', $id->get_error_messages()) : '');
		return $id;
	}

	/** As WordPress sees a form: with slashes. */
	protected function post(array $fields): void
	{
		$_POST = wp_slash($fields);
		$_REQUEST = $_POST;
	}

	protected function row(int $user, string $kind): object
	{
		$row = (new Outbox())->row_of($user, $kind);
		self::assertNotNull($row, "There is no row $kind.");
		return $row;
	}

	/** Lets time pass for what waits in the outbox. */
	protected function makeDue(): void
	{
		global $wpdb;
		$wpdb->query('UPDATE ' . Database::outbox() . ' SET next_attempt_at = 1');
	}

	protected function work(): int
	{
		Emulator::touch();
		return (new Outbox_Worker())->run();
	}

	/** @return list<array{to: string, subject: string, message: string}> */
	protected function mails(string $to): array
	{
		$lines = array_filter(explode("\n", (string) file_get_contents(SAMLFORCE_TEST_MAIL)));
		return array_values(array_filter(
			array_map(static fn (string $line): array => json_decode($line, true, 8, JSON_THROW_ON_ERROR), $lines),
			static fn (array $mail): bool => $mail['to'] === $to
		));
	}

	/** @return array{user: string, code: string} what the link in the newest mail carries */
	protected function link(string $to): array
	{
		$mails = $this->mails($to);
		self::assertNotEmpty($mails, "$to got no mail.");
		self::assertSame(1, preg_match('~https?://\S+action=samlforce_activate\S+~', end($mails)['message'], $match), 'There is no link in the mail.');
		parse_str((string) parse_url($match[0], PHP_URL_QUERY), $query);
		return ['user' => $query['user'], 'code' => $query['code']];
	}

	/** Everything in the database that holds this text. */
	protected function inDatabase(string $text): array
	{
		global $wpdb;
		$found = [];
		foreach ($wpdb->get_col('SHOW TABLES') as $table) {
			foreach ($wpdb->get_results("SELECT * FROM $table", ARRAY_A) as $row) {
				foreach ($row as $column => $value) {
					foreach ([$text, base64_encode($text), bin2hex($text), addslashes($text), rawurlencode($text)] as $form) {
						if (is_string($value) && str_contains($value, $form)) {
							$found[] = "$table.$column";
						}
					}
				}
			}
		}
		return array_values(array_unique($found));
	}
}
