<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Settings;
use Samlforce\WordPress\Settings_Page;

final class SettingsTest extends TestCase
{
	private function sanitize(array $input): array
	{
		$GLOBALS['wp_settings_errors'] = [];
		return (new Settings_Page())->sanitize($input);
	}

	/** @return list<string> */
	private function complaints(): array
	{
		return array_column(get_settings_errors('samlforce'), 'code');
	}

	public function testWpConfigGoesBeforeTheDatabase(): void
	{
		$this->settings(['sf_locale' => 'fr_FR']);
		self::assertSame('de_DE', Settings::text('sf_locale'));
		self::assertTrue(Settings::is_fixed('sf_locale'));
		self::assertFalse(Settings::is_fixed('sf_language'));
		self::assertSame('fr_FR', $this->sanitize(['_tab' => 'salesforce', 'sf_locale' => 'it_IT'])['sf_locale'], 'The field is disabled: nothing may be saved from it.');
	}

	public function testATabSavesItsOwnFieldsOnly(): void
	{
		$this->settings(['lock_profile' => true, 'policy_min_length' => 12]);
		$saved = $this->sanitize(['_tab' => 'access', 'password_login' => 'allowed', 'registration' => '0']);
		self::assertFalse($saved['lock_profile'], 'A box without its tick.');
		self::assertTrue($saved['registration'], 'Of another tab.');
		self::assertSame(12, $saved['policy_min_length']);
		self::assertArrayNotHasKey('_tab', $saved);
		self::assertSame([], $this->complaints());
	}

	public function badValues(): array
	{
		return [
			['sf_login_host', 'login.salesforce.com/path'], ['sf_login_host', 'a b'], ['sf_login_host', ['x']], ['sf_api_version', '67'], ['sf_account_id', '003000000000000'],
			['sf_profile_id', 'nonsense'], ['sf_external_id_field', 'Id = 1 OR'], ['sf_username_suffix', '@x'], ['sf_audience', 'http://x'],
			['policy_min_length', '4'], ['policy_min_length', '51'], ['policy_min_length', '8.5'], ['policy_complexity', '5'], ['policy_complexity', '-1'],
		];
	}

	/** @dataProvider badValues */
	public function testAValueThatCannotBeRightKeepsTheLastOne(string $key, mixed $value): void
	{
		$before = Settings::stored()[$key];
		self::assertSame($before, $this->sanitize([$key => $value])[$key]);
		self::assertSame(["samlforce_$key"], $this->complaints());
	}

	public function testGoodValuesAreTidied(): void
	{
		self::assertSame('acme.my.salesforce.com', $this->sanitize(['sf_login_host' => ' https://Acme.my.salesforce.com/ '])['sf_login_host']);
		self::assertSame('67.0', $this->sanitize(['sf_api_version' => ''])['sf_api_version']);
		self::assertSame(10, $this->sanitize(['policy_min_length' => '10'])['policy_min_length']);
		// What update_option() was given as a whole stays as it is.
		$all = Settings::stored();
		self::assertSame($all, $this->sanitize($all));
		self::assertSame(Settings::stored(), (new Settings_Page())->sanitize('nonsense'));
	}

	/**
	 * @testWith ["sign-in"]
	 *           ["salesforce"]
	 *           ["registration"]
	 *           ["status"]
	 */
	public function testThePagesShow(string $tab): void
	{
		wp_set_current_user(1);
		$_GET['tab'] = $tab;
		set_current_screen('settings_page_samlforce');
		ob_start();
		(new Settings_Page())->print_page();
		$html = ob_get_clean();
		self::assertStringContainsString('nav-tab-active', $html);
		if ($tab === 'sign-in') {
			self::assertStringContainsString(Provider::ENTITY_ID, $html);
			self::assertStringContainsString(esc_attr(\Samlforce\WordPress\Saml::assertion_consumer_url()), $html);
			self::assertStringContainsString(Provider::ENTITY_ID, $html);
		}
		if ($tab === 'salesforce') {
			self::assertStringContainsString('disabled="disabled"', $html);
			self::assertStringContainsString('SAMLFORCE_SF_LOCALE', $html);
			self::assertStringContainsString('BEGIN CERTIFICATE', $html);
			self::assertStringNotContainsString('PRIVATE KEY', $html);
			self::assertStringNotContainsString('<option value="vault"', $html);
		}
		if ($tab === 'registration') {
			self::assertStringContainsString('<option value="vault" selected', str_replace("selected='selected'", 'selected', $html));
			self::assertStringNotContainsString('<option value="sp"', $html);
		}
	}

	public function testOthersSeeNothing(): void
	{
		wp_set_current_user(0);
		ob_start();
		(new Settings_Page())->print_page();
		self::assertSame('', ob_get_clean());
	}

	public function testSiteHealth(): void
	{
		Emulator::touch();
		$health = new \Samlforce\WordPress\Site_Health();
		foreach (['keys', 'certificate', 'outbox', 'salesforce'] as $test) {
			self::assertSame('good', $health->$test()['status'], $test);
		}
		self::assertContains($health->memory()['status'], ['good', 'recommended']);
		$this->settings(['vault_key' => 'absent', 'sf_consumer_key' => 'unknown', 'metadata' => '<x/>']);
		foreach (['keys', 'certificate', 'salesforce'] as $test) {
			self::assertSame('critical', $health->$test()['status'], $test);
		}
		(new \Samlforce\WordPress\Outbox())->put(1, 'register', 'blocked');
		self::assertSame('critical', $health->outbox()['status']);

		$information = $health->add_information([])['samlforce']['fields'];
		self::assertTrue($information['user']['private']);
		self::assertStringNotContainsString('unknown', json_encode($information), 'The consumer key is not shown.');
		$tests = $health->add_tests(['direct' => [], 'async' => []]);
		self::assertTrue(has_action('wp_ajax_health-check-' . preg_replace('/_/', '-', $tests['async']['samlforce_salesforce']['test'], 1)));
	}

	public function testPrivacy(): void
	{
		$id = $this->registered();
		$this->work();
		$privacy = new \Samlforce\WordPress\Privacy();
		$export = json_encode($privacy->export('ada@example.test'));
		self::assertStringContainsString('005', $export);
		self::assertStringNotContainsString('sfv1.', $export);
		$result = $privacy->erase('ada@example.test');
		self::assertTrue($result['items_removed']);
		self::assertSame([], \Samlforce\WordPress\Links::of($id));
		self::assertNull((new \Samlforce\WordPress\Outbox())->row_of($id, 'activate'));
		self::assertTrue(\Samlforce\WordPress\Account::is_unconfirmed($id), 'An account that was never confirmed must not become one that works.');
		self::assertFalse($privacy->erase('nobody@example.test')['items_removed']);
	}

	public function testComplaintsAreQuotedAsText(): void
	{
		(new \ReflectionMethod(Settings_Page::class, 'complain'))->invoke(new Settings_Page(), 'x', '<img src=x>');
		self::assertStringContainsString('&lt;img src=x&gt;', array_column(get_settings_errors('samlforce'), 'message', 'code')['samlforce_x']);
	}

	public function testNewAccountsGetNoRoleThatCanTakeOverTheSite(): void
	{
		self::assertTrue(\Samlforce\WordPress\Settings_Fields::is_allowed_role('author'));
		self::assertFalse(\Samlforce\WordPress\Settings_Fields::is_allowed_role('editor'), 'An editor may put scripts into pages.');
		add_role('samlforce_keeper', 'Keeper', ['read' => true, 'install_plugins' => true]);
		self::assertFalse(\Samlforce\WordPress\Settings_Fields::is_allowed_role('samlforce_keeper'));
		remove_role('samlforce_keeper');
	}

	/** What options.php asks is what the page asks. */
	public function testOneCapabilityForThePageAndForSaving(): void
	{
		(new Settings_Page())->register();
		self::assertSame(Settings_Page::capability(), apply_filters('option_page_capability_samlforce', 'manage_options'));
		self::assertSame(is_multisite() ? 'manage_network_options' : 'manage_options', Settings_Page::capability());
	}
}
