<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\Saml\Assertion;
use Samlforce\Saml\IdentityProvider;
use Samlforce\WordPress\Account_Finder;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Replay_Guard;
use Samlforce\WordPress\Rules;
use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Settings;
use Samlforce\WordPress\Sign_In_Refused;

/**
 * Two identity providers: Acme's own, trusted for acme.example, and another one, at which the attacker may choose what it says.
 * Each test is an attempt to come into somebody else's account.
 */
final class LinkingTest extends TestCase
{
	private const OTHER = 'https://other-idp.example';

	private static ?Provider $other = null;

	protected function setUp(): void
	{
		parent::setUp();
		self::$other ??= new Provider(self::OTHER);
		$this->settings(['match_attribute' => 'email', 'create_accounts' => true]);
		Rules::save(Provider::ENTITY_ID, ['trusted' => 'acme.example']);
		Rules::save(self::OTHER, ['trusted' => 'other.example']);
		Providers::save('other', ['metadata' => self::$other->metadata(), 'match_attribute' => 'email', 'create_accounts' => true]);
	}

	private function said(bool $byOther, string $nameId, array $attributes = []): Assertion
	{
		$provider = $byOther ? self::$other : self::provider();
		return Saml::service_provider()->acceptLogin(IdentityProvider::fromMetadata($provider->metadata(), allowUnsolicited: true), $provider->response(null, $nameId, $attributes), null, new Replay_Guard());
	}

	private function find(Assertion $assertion): \WP_User
	{
		$finder = new Account_Finder($assertion->issuer);
		return $finder->settle($assertion, $finder->find($assertion));
	}

	private function assertKeptOut(string $reason, Assertion $assertion): void
	{
		global $wpdb;
		$links = $wpdb->get_col('SELECT id FROM ' . \Samlforce\WordPress\Database::links());
		$users = count_users()['total_users'];
		try {
			$this->find($assertion);
			self::fail('The attacker is in.');
		} catch (Sign_In_Refused $e) {
			self::assertSame($reason, $e->reason, $e->getMessage());
		}
		self::assertSame($links, $wpdb->get_col('SELECT id FROM ' . \Samlforce\WordPress\Database::links()));
		self::assertSame($users, count_users()['total_users']);
	}

	private function account(string $email, string $role = 'subscriber', string $nameId = ''): int
	{
		$id = wp_insert_user(['user_login' => strtok($email, '@'), 'user_pass' => 'x-password-1', 'user_email' => $email, 'role' => $role]);
		self::assertIsInt($id);
		if ($nameId !== '') {
			self::assertTrue(Links::add(Provider::ENTITY_ID, $nameId, $id));
		}
		return $id;
	}

	public function testEachSpeaksForItsOwnDomain(): void
	{
		$ada = $this->account('ada@acme.example');
		$bob = $this->account('bob@other.example');
		self::assertSame($ada, $this->find($this->said(false, 'a-1', ['email' => 'ada@acme.example']))->ID);
		self::assertSame($bob, $this->find($this->said(true, 'b-1', ['email' => 'bob@other.example']))->ID);
		// From now on by the NameID, whatever address is said.
		self::assertSame($ada, $this->find($this->said(false, 'a-1', ['email' => 'renamed@acme.example']))->ID);
		self::assertSame('new@acme.example', $this->find($this->said(false, 'n-1', ['email' => 'new@acme.example']))->user_email);
	}

	public function testTheOtherProviderSaysAnAddressOfAcme(): void
	{
		$this->account('ada@acme.example');
		foreach (['ada@acme.example', 'ADA@ACME.EXAMPLE', ' ada@acme.example '] as $address) {
			$this->assertKeptOut('address_not_trusted', $this->said(true, 'evil', ['email' => $address]));
		}
		// Nor does it make an account that Acme's provider would find later.
		$this->assertKeptOut('address_not_trusted', $this->said(true, 'evil', ['email' => 'new@acme.example']));
	}

	/** Whether there is an account with an address is not told to who is not trusted for it. */
	public function testItIsNotEvenToldWhetherThereIsAnAccount(): void
	{
		$this->account('ada@acme.example');
		$this->account('boss@acme.example', 'administrator');
		$words = [];
		foreach (['ada@acme.example', 'boss@acme.example', 'nobody@acme.example'] as $address) {
			try {
				$this->find($this->said(true, 'evil', ['email' => $address]));
			} catch (Sign_In_Refused $e) {
				$words[] = $e->getMessage();
			}
		}
		self::assertCount(3, $words);
		self::assertCount(1, array_unique($words));
	}

	public function testWhoIsTrustedForEveryDomainDoesNotSpeakForAcme(): void
	{
		$this->account('ada@acme.example');
		$bob = $this->account('bob@elsewhere.example');
		Rules::save(self::OTHER, ['trusted' => '*']);
		$this->assertKeptOut('address_not_trusted', $this->said(true, 'evil', ['email' => 'ada@acme.example']));
		self::assertSame($bob, $this->find($this->said(true, 'b-1', ['email' => 'bob@elsewhere.example']))->ID);
	}

	public function testWithoutADecisionAProviderIsTrustedWithNothing(): void
	{
		Rules::remove(Provider::ENTITY_ID);
		$this->account('ada@acme.example');
		$this->assertKeptOut('address_not_trusted', $this->said(false, 'a-1', ['email' => 'ada@acme.example']));
		$this->assertKeptOut('address_not_trusted', $this->said(false, 'a-1', ['email' => 'new@acme.example']));
	}

	public function testTheSameNameIdAtTheOtherProvider(): void
	{
		$this->account('ada@acme.example', 'subscriber', 'a-1');
		$this->assertKeptOut('address_not_trusted', $this->said(true, 'a-1', ['email' => 'ada@acme.example']));
		$this->assertKeptOut('no_address', $this->said(true, 'a-1'));
	}

	/** At one's own provider: an address is often a field that its owner may edit. */
	public function testAnAccountThatHasItsPersonIsNotLinkedWithAnotherByAddress(): void
	{
		$ada = $this->account('ada@acme.example', 'subscriber', 'a-1');
		$this->assertKeptOut('linked_otherwise', $this->said(false, 'mallory', ['email' => 'ada@acme.example']));
		self::assertCount(1, Links::of($ada));
	}

	public function testPrivilegedAccountsAreNotFoundByTheirAddress(): void
	{
		add_role('samlforce_keeper', 'Keeper', ['read' => true, 'promote_users' => true]);
		try {
			foreach (['administrator', 'editor', 'samlforce_keeper'] as $role) {
				$this->account("$role@acme.example", $role);
				$this->assertKeptOut('privileged', $this->said(false, "p-$role", ['email' => "$role@acme.example"]));
			}
		} finally {
			remove_role('samlforce_keeper');
		}
	}

	public function testUnconfirmedAccountsAreNeverOpenedNorLinked(): void
	{
		Rules::save(Provider::ENTITY_ID, ['trusted' => 'example.test']);
		$id = $this->registered();
		$this->assertKeptOut('unconfirmed', $this->said(false, 'a-1', ['email' => 'ada@example.test']));
		self::assertSame([], Links::of($id));
		Links::add(Provider::ENTITY_ID, 'a-1', $id);
		$this->assertKeptOut('unconfirmed', $this->said(false, 'a-1'));
	}

	public function testALoginNameThatIsSomebodysAddressIsNotTaken(): void
	{
		$this->account('ada@acme.example');
		$user = $this->find($this->said(true, 'ada@acme.example', ['email' => 'mallory@other.example']));
		self::assertStringStartsWith('portal-', $user->user_login, 'Else Ada, who types her address, would type her password for it.');
	}

	public function testTheMapDoesNotMoveAnAddress(): void
	{
		Rules::save(Provider::ENTITY_ID, ['trusted' => 'acme.example', 'fields' => [['attribute' => 'email', 'field' => 'user_email']]]);
		$ada = $this->account('ada@acme.example', 'subscriber', 'a-1');
		$this->account('victim@acme.example');
		foreach (['victim@acme.example', 'ada@other.example', 'no address'] as $address) {
			$this->find($this->said(false, 'a-1', ['email' => $address]));
			self::assertSame('ada@acme.example', get_userdata($ada)->user_email, $address);
		}
		$this->find($this->said(false, 'a-1', ['email' => 'ada.l@acme.example']));
		self::assertSame('ada.l@acme.example', get_userdata($ada)->user_email);
		// Of an account that manages the site it stays: a password could be asked for by the new mailbox.
		$boss = $this->account('boss@acme.example', 'administrator', 'b-1');
		$this->find($this->said(false, 'b-1', ['email' => 'evil@acme.example']));
		self::assertSame('boss@acme.example', get_userdata($boss)->user_email);
	}

	public function testOnlyAdmittedDomainsSignIn(): void
	{
		Rules::save(Provider::ENTITY_ID, ['trusted' => '*', 'admitted' => 'acme.example']);
		$ada = $this->account('ada@acme.example', 'subscriber', 'a-1');
		$bob = $this->account('bob@elsewhere.example', 'subscriber', 'b-1');
		self::assertSame($ada, $this->find($this->said(false, 'a-1'))->ID);
		$this->assertKeptOut('domain', $this->said(false, 'b-1'));
		$this->assertKeptOut('domain', $this->said(false, 'a-1', ['email' => 'ada@elsewhere.example']));
		$this->assertKeptOut('domain', $this->said(false, 'n-1', ['email' => 'new@sub.acme.example']));
		try {
			(new Account_Finder(Provider::ENTITY_ID))->link($this->said(false, 'b-2'), $bob);
			self::fail('It was linked.');
		} catch (Sign_In_Refused $e) {
			self::assertSame('domain', $e->reason);
		}
	}

	public function testASiteThatWasSetUpBeforeKeepsItsTrust(): void
	{
		$before = ['idp_metadata' => self::provider()->metadata(), 'idp_label' => 'Portal', 'allow_unsolicited' => true, 'match_attribute' => 'email', 'sf_locale' => 'it_IT'];
		delete_option(Rules::OPTION);
		delete_option(Providers::OPTION);
		delete_option(Settings::OPTION);
		add_option(Settings::OPTION, $before);
		update_option('samlforce_db_version', '3');
		\Samlforce\WordPress\Database::install_if_needed();
		self::assertSame(['main'], array_keys(Providers::all()));
		$provider = Providers::find('main');
		self::assertSame([self::provider()->metadata(), 'Portal', 'email'], [$provider->text('metadata'), $provider->text('label'), $provider->text('match_attribute')]);
		self::assertTrue($provider->on('allow_unsolicited'));
		self::assertArrayNotHasKey('idp_metadata', get_option(Settings::OPTION));
		self::assertSame('it_IT', get_option(Settings::OPTION)['sf_locale']);
		self::assertSame(['*'], Rules::of(Provider::ENTITY_ID)->trusted);
	}

	public function testANewSiteHasToDecideWhatItTrusts(): void
	{
		delete_option(Rules::OPTION);
		delete_option('samlforce_db_version');
		\Samlforce\WordPress\Database::install_if_needed();
		self::assertSame([], Rules::of(Provider::ENTITY_ID)->trusted);
	}
}
