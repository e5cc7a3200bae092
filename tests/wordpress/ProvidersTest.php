<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Links;
use Samlforce\WordPress\Pending_Logins;
use Samlforce\WordPress\Provider as Identity_Provider;
use Samlforce\WordPress\Provider_Fields;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Providers_Page;
use Samlforce\WordPress\Rules;
use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Sign_In;
use Samlforce\WordPress\Sign_In_Refused;

/** Several identity providers at once: each answers for itself alone. */
final class ProvidersTest extends TestCase
{
	private const OTHER = 'https://other-idp.example';
	private const BROWSER = 'a-browser';

	private static ?Provider $other = null;

	private int $user = 0;

	protected function setUp(): void
	{
		parent::setUp();
		self::$other ??= new Provider(self::OTHER);
		Providers::save('other', ['metadata' => self::$other->metadata(), 'domains' => 'other.example']);
		$this->user = wp_insert_user(['user_login' => 'ada', 'user_pass' => 'x-password-1', 'user_email' => 'ada@example.test']);
		Links::add(Provider::ENTITY_ID, 'ada', $this->user);
	}

	/** @return array{string, string} RelayState and the request's ID. */
	private function begin(string $slug): array
	{
		global $wpdb;
		parse_str((string) parse_url((new Sign_In())->begin('', self::BROWSER, 0, Providers::find($slug))->url, PHP_URL_QUERY), $query);
		return [$query['RelayState'], $wpdb->get_var($wpdb->prepare('SELECT request_id FROM ' . \Samlforce\WordPress\Database::logins() . ' WHERE id = %s', hash('sha256', $query['RelayState'])))];
	}

	private function accept(string $response, string $relay = ''): \WP_User
	{
		return (new Sign_In())->accept(\Samlforce\WordPress\Answer::posted($response, $relay), self::BROWSER)[0];
	}

	private function refusal(callable $what): string
	{
		try {
			$what();
		} catch (Sign_In_Refused $e) {
			return $e->reason;
		}
		self::fail('Somebody is signed in.');
	}

	public function testTheAnswerMustComeFromTheOneThatWasAsked(): void
	{
		[$relay, $request] = $this->begin('main');
		self::assertSame('signature_invalid', $this->refusal(fn () => $this->accept(self::$other->response($request, 'ada'), $relay)), 'It has a key that is trusted, and it was not asked.');
		[$relay, $request] = $this->begin('other');
		self::assertSame('signature_invalid', $this->refusal(fn () => $this->accept(self::provider()->response($request, 'ada'), $relay)));
		[$relay, $request] = $this->begin('main');
		self::assertSame($this->user, $this->accept(self::provider()->response($request, 'ada'), $relay)->ID);
	}

	/** The same NameID at another identity provider is another person. */
	public function testALinkIsOfOneProvider(): void
	{
		[$relay, $request] = $this->begin('other');
		self::assertSame('no_account', $this->refusal(fn () => $this->accept(self::$other->response($request, 'ada'), $relay)));
	}

	public function testEachOneMayBeginByItselfOrNot(): void
	{
		Links::add(self::OTHER, 'ada-there', $this->user);
		Providers::save('other', ['allow_unsolicited' => true]);
		self::assertSame($this->user, $this->accept(self::$other->response(null, 'ada-there'))->ID);
		self::assertSame('signature_invalid', $this->refusal(fn () => $this->accept(self::provider()->response(null, 'ada'))), 'It may not.');
		Providers::save('main', ['allow_unsolicited' => true]);
		self::assertSame($this->user, $this->accept(self::provider()->response(null, 'ada'))->ID);
		self::assertSame($this->user, $this->accept(self::$other->response(null, 'ada-there'))->ID, 'The second one that is tried.');
		$used = self::$other->response(null, 'ada-there');
		$this->accept($used);
		self::assertSame('replayed', $this->refusal(fn () => $this->accept($used)));
		Providers::save('other', ['enabled' => false]);
		self::assertSame('signature_invalid', $this->refusal(fn () => $this->accept(self::$other->response(null, 'ada-there'))), 'Nobody comes by one that is switched off.');
	}

	public function testOneThatWasSwitchedOffMeanwhileDoesNotAnswer(): void
	{
		[$relay, $request] = $this->begin('other');
		Providers::save('other', ['enabled' => false]);
		self::assertSame('idp_changed', $this->refusal(fn () => $this->accept(self::$other->response($request, 'ada'), $relay)));
	}

	public function testEachHasItsOwnRulesForAccounts(): void
	{
		Rules::save(self::OTHER, ['trusted' => 'other.example']);
		Rules::save(Provider::ENTITY_ID, ['trusted' => 'example.test']);
		Providers::save('other', ['create_accounts' => true, 'match_attribute' => 'mail', 'default_role' => 'author']);
		[$relay, $request] = $this->begin('other');
		$made = $this->accept(self::$other->response($request, 'new', ['mail' => 'new@other.example', 'email' => 'ada@example.test']), $relay);
		self::assertSame(['new@other.example', ['author']], [$made->user_email, array_values($made->roles)]);
		[$relay, $request] = $this->begin('main');
		self::assertSame('no_account', $this->refusal(fn () => $this->accept(self::provider()->response($request, 'new', ['mail' => 'x@example.test', 'email' => 'x@example.test']), $relay)));
	}

	public function testTheWayIsFoundByTheDomainOfAnAddress(): void
	{
		self::assertSame('other', Providers::by_address('Ada@OTHER.example')->slug);
		foreach (['ada@example.test', 'ada@x.other.example', 'other.example', '@', ''] as $address) {
			self::assertNull(Providers::by_address($address), $address);
		}
	}

	public function testTheLoginPageOffersAll(): void
	{
		ob_start();
		(new Sign_In())->print_button();
		$html = (string) ob_get_clean();
		self::assertSame(1, substr_count($html, 'idp=main'));
		self::assertSame(1, substr_count($html, 'idp=other'));
		self::assertStringContainsString('by=address', $html);
		Providers::save('other', ['show_button' => false, 'domains' => '']);
		ob_start();
		(new Sign_In())->print_button();
		$html = (string) ob_get_clean();
		self::assertStringNotContainsString('idp=other', $html);
		self::assertStringNotContainsString('by=address', $html);
	}

	/** A username of ours is a NameID at Salesforce alone: elsewhere it could be anybody's. */
	public function testAccountsAreLinkedWithTheSalesforceThatTheyAreMadeIn(): void
	{
		self::assertSame('', Saml::portal_issuer(), 'Two, and nobody said which one is Salesforce.');
		Providers::save('main', ['preset' => 'salesforce']);
		self::assertSame(Provider::ENTITY_ID, Saml::portal_issuer());
		Providers::delete('main');
		self::assertSame(self::OTHER, Saml::portal_issuer(), 'The only one, of which nobody said anything.');
		Providers::save('other', ['preset' => 'okta']);
		self::assertSame('', Saml::portal_issuer());
	}

	public function testWhatCannotBeSavedIsNot(): void
	{
		foreach (['', 'A', 'a b', '-a', 'a-', str_repeat('a', 41), "a\n", '../a'] as $slug) {
			self::assertFalse(Providers::save($slug, []), $slug);
		}
		self::assertSame(['main', 'other'], array_keys(Providers::all()));
		for ($i = 2; $i < Providers::MOST; $i++) {
			self::assertTrue(Providers::save("p$i", []));
		}
		self::assertFalse(Providers::save('one-more', []));
		self::assertTrue(Providers::save('other', ['label' => 'changed']));
		$settings = Providers::find('other')->values();
		self::assertSame(array_keys(Identity_Provider::DEFAULTS), array_keys($settings));
	}

	public function testMetadataThatCannotBeUsedIsRefusedInASentence(): void
	{
		$main = Providers::find('main');
		foreach (['<x', '<x/>', 'plain words', '<!DOCTYPE x [<!ENTITY y "z">]>' . self::provider()->metadata(), str_replace('HTTP-Redirect', 'SOAP', self::provider()->metadata())] as $bad) {
			self::assertStringContainsString('was not changed', Providers_Page::trouble_with($main, $bad), $bad);
		}
		self::assertSame('', Providers_Page::trouble_with($main, (new Provider('https://third.example'))->metadata()));
		self::assertStringContainsString('same entity ID', Providers_Page::trouble_with($main, self::$other->metadata()));
		self::assertSame('', Providers_Page::trouble_with(Providers::find('other'), self::$other->metadata()));
	}

	public function testFieldsAreCleaned(): void
	{
		self::assertSame('acme.example acme.test', Provider_Fields::clean('domains', " @ACME.example,\nacme.test; acme.example "));
		foreach ([['domains', 'a b@c'], ['domains', '*'], ['clock_skew', '601'], ['clock_skew', '-1'], ['clock_skew', ''], ['default_role', 'administrator'], ['default_role', 'nobody']] as [$key, $value]) {
			try {
				Provider_Fields::clean($key, $value);
				self::fail("$key $value");
			} catch (\InvalidArgumentException $e) {
				self::assertStringContainsString('not', $e->getMessage());
			}
		}
		self::assertSame(600, Provider_Fields::clean('clock_skew', '600'));
	}

	public function testPendingSignInsNameTheirProvider(): void
	{
		[$relay] = $this->begin('other');
		self::assertSame(self::OTHER, (new Pending_Logins())->take($relay, self::BROWSER)->idp);
	}

	/** What was asked for is what the answer is held to, over the two requests of the browser. */
	public function testTheAnswerIsHeldToWhatWasAsked(): void
	{
		Providers::save('main', ['force_authn' => true]);
		[$relay, $request] = $this->begin('main');
		self::assertSame($this->user, $this->accept(self::provider()->response($request, 'ada'), $relay)->ID);
		[$relay, $request] = $this->begin('main');
		self::assertSame('authn_too_old', $this->refusal(fn () => $this->accept(self::provider()->response($request, 'ada', authenticated: time() - 3600), $relay)));
		Providers::save('main', ['force_authn' => false, 'authn_contexts' => 'https://refeds.org/profile/mfa']);
		[$relay, $request] = $this->begin('main');
		self::assertSame('authn_context_mismatch', $this->refusal(fn () => $this->accept(self::provider()->response($request, 'ada'), $relay)));
	}

	/** The update of the plugin comes while somebody is at the identity provider. */
	public function testASignInThatBeganBeforeTheUpdateEnds(): void
	{
		global $wpdb;
		[$relay, $request] = $this->begin('main');
		$wpdb->query('UPDATE ' . \Samlforce\WordPress\Database::logins() . " SET expectation = ''");
		self::assertSame($this->user, $this->accept(self::provider()->response($request, 'ada'), $relay)->ID);
	}

	/** A provider that takes requests by a form alone. */
	public function testARequestMayGoByAForm(): void
	{
		Providers::save('main', ['metadata' => str_replace('HTTP-Redirect', 'HTTP-POST', self::provider()->metadata())]);
		self::assertTrue(Providers::find('main')->can_start());
		$message = (new Sign_In())->begin('', self::BROWSER);
		self::assertSame(['SAMLRequest', 'RelayState'], array_keys($message->fields));
		self::assertSame('https://portal.salesforce.test/idp/login', $message->url);
		self::assertStringContainsString($message->fields['RelayState'], $message->form('nonce'));
	}
}
