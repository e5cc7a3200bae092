<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Metadata_Upkeep;
use Samlforce\WordPress\Presets;
use Samlforce\WordPress\Provider as Identity_Provider;
use Samlforce\WordPress\Provider_Fields;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Providers_Page;

/** The page of an identity provider as an administrator's browser sees it: what is saved, and metadata that waits for a person. */
final class ProviderPageTest extends HttpTestCase
{
	/** @var resource */
	private static $publisher;

	private static string $document = '';
	private static string $url = '';
	private static string $allow = '';

	public static function setUpBeforeClass(): void
	{
		parent::setUpBeforeClass();
		self::$document = getenv('SAMLFORCE_WORK') . '/published.php';
		$port = (int) explode(':', stream_socket_get_name(stream_socket_server('tcp://127.0.0.1:0'), false))[1];
		self::$url = "http://127.0.0.1:$port/metadata";
		$log = ['file', getenv('SAMLFORCE_WORK') . '/published.log', 'a'];
		file_put_contents(self::$document, '');
		self::$publisher = proc_open([PHP_BINARY, '-n', '-S', "127.0.0.1:$port", self::$document], [['file', '/dev/null', 'r'], $log, $log], $pipes);
		for ($i = 0; $i < 100 && !@fsockopen('127.0.0.1', $port); $i++) {
			usleep(50000);
		}
		// The site may not ask its own network, but for this test's server.
		self::$allow = WPMU_PLUGIN_DIR . '/samlforce-test-publisher.php';
		file_put_contents(self::$allow, "<?php add_filter( 'samlforce_metadata_from_inside', static fn ( \$allowed, \$host ) => '127.0.0.1' === \$host, 10, 2 );");
	}

	public static function tearDownAfterClass(): void
	{
		unlink(self::$allow);
		proc_terminate(self::$publisher);
		proc_close(self::$publisher);
		parent::tearDownAfterClass();
	}

	protected function setUp(): void
	{
		parent::setUp();
		delete_option(Metadata_Upkeep::OPTION);
		$this->logIn(1);
	}

	private function publish(Provider ...$keys): void
	{
		$descriptors = '';
		foreach ($keys as $key) {
			self::assertSame(1, preg_match('~<md:KeyDescriptor.*?</md:KeyDescriptor>~', $key->metadata(), $match));
			$descriptors .= $match[0];
		}
		file_put_contents(self::$document, preg_replace('~<md:KeyDescriptor.*</md:KeyDescriptor>~', $descriptors, self::provider()->metadata()));
	}

	private function page(): string
	{
		return $this->send('wp-admin/options-general.php?page=samlforce&tab=sign-in&provider=main')['body'];
	}

	private static function button(string $page, string $what): string
	{
		self::assertSame(1, preg_match('~href="([^"]*action=samlforce_metadata[^"]*what=' . $what . '[^"]*)"~', $page, $match), "There is no button \"$what\".");
		return html_entity_decode($match[1]);
	}

	private function press(string $link): string
	{
		$answer = $this->send($link);
		self::assertSame(302, $answer['status'], $answer['body']);
		self::assertSame(Providers_Page::url('main'), $answer['location']);
		return $this->page();
	}

	private static function stored(): string
	{
		return Providers::find('main')->text('metadata');
	}

	public function testMetadataIsFetchedHeldRefusedAndAccepted(): void
	{
		Providers::save('main', ['metadata_url' => self::$url]);
		$this->publish(self::provider());
		$fetch = self::button($this->page(), 'fetch');
		self::assertStringContainsString('it says what is known', $this->press($fetch));
		$before = self::stored();

		$this->publish(new Provider());
		$page = $this->press($fetch);
		self::assertStringContainsString('changes something that you should look at first', $page);
		self::assertStringContainsString('New metadata waits for you', $page);
		self::assertSame($before, self::stored());
		$accept = self::button($page, 'accept');
		$page = $this->press(self::button($page, 'refuse'));
		self::assertStringContainsString('It was refused', $page);
		self::assertStringContainsString('You have refused this metadata', $page);
		self::assertSame($before, self::stored());

		// What the page showed is no longer what is published: the button is not good for that.
		$this->publish(new Provider());
		$page = $this->press($accept);
		self::assertStringContainsString('should look at first', $page);
		self::assertSame($before, self::stored());
		$page = $this->press(self::button($page, 'accept'));
		self::assertStringContainsString('the new one is in use', $page);
		self::assertStringNotContainsString('waits for you', $page);
		self::assertNotSame($before, self::stored());
	}

	public function testTheButtonsAreForAdministratorsWithTheirNonce(): void
	{
		Providers::save('main', ['metadata_url' => self::$url]);
		$this->publish(new Provider());
		$page = $this->press(self::button($this->page(), 'fetch'));
		$links = array_map(static fn (string $what): string => self::button($page, $what), ['fetch', 'accept', 'refuse']);
		$before = self::stored();
		foreach ($links as $link) {
			self::assertSame(403, $this->send(preg_replace('~_wpnonce=[^&]+~', '_wpnonce=0123456789', $link))['status']);
			self::assertSame(403, $this->send(preg_replace('~what=\w+~', 'what=accept', preg_replace('~fingerprint=[^&]*~', 'fingerprint=' . str_repeat('0', 64), $link)))['status']);
		}
		$this->logIn(wp_insert_user(['user_login' => 'ada', 'user_pass' => 'x-password-1', 'user_email' => 'ada@example.test', 'role' => 'editor']));
		foreach ($links as $link) {
			self::assertSame(403, $this->send($link)['status']);
		}
		self::assertSame($before, self::stored());
		self::assertFalse(Metadata_Upkeep::state('main')['held']['refused']);
	}

	/** The form of the page as it is shown, with some of its fields filled in anew. */
	private function save(array $fields): string
	{
		$page = new \DOMDocument();
		@$page->loadHTML('<?xml encoding="UTF-8">' . $this->page());
		$xpath = new \DOMXPath($page);
		$form = $xpath->query('//form[.//input[@name="what" and @value="save"]]')->item(0);
		self::assertNotNull($form);
		$post = [];
		foreach ($xpath->query('.//input[@name]|.//textarea[@name]', $form) as $input) {
			if ($input->getAttribute('type') === 'checkbox' ? $input->hasAttribute('checked') : !in_array($input->getAttribute('type'), ['file', 'submit'], true)) {
				$post[$input->getAttribute('name')] = $input->nodeName === 'textarea' ? $input->textContent : $input->getAttribute('value');
			}
		}
		foreach ($xpath->query('.//select[@name]', $form) as $select) {
			$post[$select->getAttribute('name')] = $xpath->evaluate('string(.//option[@selected]/@value)', $select);
		}
		foreach ($fields as $name => $value) {
			self::assertNotSame(0, $xpath->query(".//*[@name='samlforce_$name']", $form)->length, "The form has no field $name.");
			$post["samlforce_$name"] = $value;
		}
		$answer = $this->send('wp-admin/admin-post.php', array_filter($post, static fn ($value): bool => $value !== null), true);
		self::assertSame(302, $answer['status'], $answer['body']);
		return $this->page();
	}

	public function testAPresetSetsItsSwitchesAndShowsItsSteps(): void
	{
		self::assertFalse(Providers::find('main')->on('require_authenticated_encryption'));
		$page = $this->save(['preset' => 'shibboleth', 'label' => 'Staff']);
		self::assertStringContainsString('Settings saved.', $page);
		$provider = Providers::find('main');
		self::assertSame(['shibboleth', 'Staff'], [$provider->text('preset'), $provider->text('label')]);
		foreach (Presets::find('shibboleth')['switches'] as $key => $value) {
			self::assertSame($value, $provider->values()[$key], $key);
		}
		self::assertStringContainsString('At ' . Presets::find('shibboleth')['name'], $page);
		// A switch that is then changed by hand stays as it was put.
		$this->save(['require_authenticated_encryption' => null]);
		self::assertFalse(Providers::find('main')->on('require_authenticated_encryption'));
		self::assertSame(self::provider()->metadata(), self::stored());
		self::assertStringContainsString('was not changed', $this->save(['preset' => 'nonsense']));
		self::assertSame('shibboleth', Providers::find('main')->text('preset'));
	}

	public function testWhatIsSavedUnchangedStaysAsItIs(): void
	{
		$before = Providers::find('main')->values();
		$this->save([]);
		self::assertSame($before, Providers::find('main')->values());
	}

	public function testWhatIsAskedForIsSavedAndAskedFor(): void
	{
		[$password, $mfa, $card] = ['urn:oasis:names:tc:SAML:2.0:ac:classes:Password', 'https://refeds.org/profile/mfa', 'urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard'];
		$page = $this->save([
			'request_binding' => 'redirect', 'force_authn' => '1', 'max_age' => '30', 'authn_contexts' => $mfa, 'authn_comparison' => 'minimum', 'authn_order' => "$password $mfa $card",
			'name_id_format' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', 'provider_name' => 'Café <b>', 'idp_list' => 'https://one.example urn:two', 'proxy_count' => '2',
		]);
		self::assertStringContainsString('Settings saved.', $page);
		$message = Providers::find('main')->request_login('relay');
		parse_str((string) parse_url($message->url, PHP_URL_QUERY), $query);
		$xml = (string) gzinflate(base64_decode($query['SAMLRequest'], true));
		foreach (['ForceAuthn="true"', 'Comparison="minimum"', ">$mfa<", 'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"', 'ProviderName="Café"', 'ProxyCount="2"', 'ProviderID="https://one.example"', 'ProviderID="urn:two"'] as $part) {
			self::assertStringContainsString($part, $xml);
		}
		self::assertSame([1800, [$password, $mfa, $card]], [$message->expectation->maxAge, $message->expectation->authnContextOrder]);

		$before = Providers::find('main')->values();
		foreach (['max_age' => '525601', 'proxy_count' => '101', 'authn_contexts' => 'no-uri', 'name_id_format' => 'urn:a urn:b', 'authn_comparison' => 'nonsense', 'request_binding' => 'soap', 'idp_list' => implode(' ', array_map(static fn (int $i): string => "urn:$i", range(1, 33)))] as $key => $value) {
			self::assertStringContainsString('was not changed', $this->save([$key => $value]), $key);
		}
		self::assertStringContainsString('it can’t be told what is stronger', html_entity_decode($this->save(['authn_order' => $password])));
		self::assertSame($before, Providers::find('main')->values());
		foreach (['max_age' => ['525600', 525600], 'proxy_count' => ['0', 0], 'clock_skew' => ['600', 600]] as $key => [$typed, $kept]) {
			self::assertSame($kept, Provider_Fields::clean($key, $typed));
		}
		self::assertSame('', Provider_Fields::clean('max_age', ''));
		self::assertSame(array_keys(Identity_Provider::DEFAULTS), array_keys($before));
	}

	public function testTheKeyThatDecryptsIsInOurMetadata(): void
	{
		self::assertStringNotContainsString('use="encryption"', $this->send('wp-login.php?action=samlforce_metadata')['body']);
		$this->settings(['sp_decryption_key' => 'sp']);
		self::assertStringContainsString('use="encryption"', $this->send('wp-login.php?action=samlforce_metadata')['body']);
		self::assertStringContainsString('value="sp" selected', preg_replace("~'~", '"', $this->send('wp-admin/options-general.php?page=samlforce&tab=sign-in')['body']));
	}

	public function testSiteHealthTellsHowTheMetadataIs(): void
	{
		$said = static fn (): array => (new \Samlforce\WordPress\Site_Health())->add_information([])['samlforce']['fields']['metadata'];
		self::assertTrue($said()['private'], 'Names of other organisations are not for a forum.');
		self::assertSame('main: ' . Provider::ENTITY_ID . ', given by hand', $said()['value']);
		Providers::save('main', ['metadata_url' => self::$url]);
		self::assertStringContainsString('last fetched: never', $said()['value']);
		$this->publish(new Provider());
		$this->press(self::button($this->page(), 'fetch'));
		self::assertStringContainsString('new metadata waits for a person', $said()['value']);
		Metadata_Upkeep::refuse('main');
		self::assertStringContainsString('new metadata was refused', $said()['value']);
	}
}
