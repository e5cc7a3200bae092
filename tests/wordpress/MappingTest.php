<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Links;
use Samlforce\WordPress\Mapping;
use Samlforce\WordPress\Mapping_Page;
use Samlforce\WordPress\Rules;

/** The maps at work: at the sign-in, and on their page. */
final class MappingTest extends HttpTestCase
{
	private const PAGE = 'wp-admin/options-general.php?page=samlforce&tab=mapping';

	protected function setUp(): void
	{
		parent::setUp();
		$this->cookies = [];
	}

	private function rules(array $rules): void
	{
		Rules::save(Provider::ENTITY_ID, $rules + ['trusted' => '*']);
	}

	private static function role(string $value, string $role): array
	{
		return ['attribute' => 'groups', 'match' => 'exact', 'value' => $value, 'role' => $role];
	}

	private function account(string $role = 'subscriber', string $login = 'ada'): int
	{
		$id = wp_insert_user(['user_login' => $login, 'user_pass' => 'x-password-1', 'user_email' => "$login@example.test", 'role' => $role, 'first_name' => 'Before']);
		Links::add(Provider::ENTITY_ID, $login, $id);
		return $id;
	}

	/** @return list<string> the roles afterwards */
	private function signIn(array $attributes, string $nameId = 'ada'): array
	{
		$this->cookies = [];
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		$answer = $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, $nameId, $attributes), 'RelayState' => $relay]);
		self::assertSame(302, $answer['status'], $answer['body']);
		return array_values(get_userdata(Links::find(Provider::ENTITY_ID, $nameId))->roles);
	}

	public function testFieldsAreFilledAtTheSignIn(): void
	{
		$id = $this->account();
		$this->rules(['fields' => [
			['attribute' => 'givenName', 'field' => 'first_name'],
			['attribute' => 'cn', 'field' => 'display_name'],
			['attribute' => 'nick', 'field' => 'nickname', 'when' => 'creation'],
			['attribute' => 'ou', 'field' => 'departments', 'values' => 'list'],
			['attribute' => 'ou', 'field' => 'department', 'values' => 'joined'],
		]]);
		$this->signIn(['givenName' => "A'da \\ <b>L</b>", 'cn' => 'Countess', 'nick' => 'No', 'ou' => ["O'ne", 'Two']]);
		$user = get_userdata($id);
		self::assertSame("A'da \\ L", $user->first_name);
		self::assertSame('Countess', $user->display_name);
		self::assertSame('ada', $user->nickname);
		self::assertSame(["O'ne", 'Two'], get_user_meta($id, 'departments', true));
		self::assertSame("O'ne, Two", get_user_meta($id, 'department', true));
		// What is not sent stays.
		$this->signIn([]);
		self::assertSame('Countess', get_userdata($id)->display_name);
	}

	public function testANewAccountGetsWhatIsForNewOnesToo(): void
	{
		$this->settings(['create_accounts' => true]);
		$this->rules(['fields' => [['attribute' => 'nick', 'field' => 'nickname', 'when' => 'creation']], 'roles' => ['rules' => [self::role('writers', 'author')]]]);
		self::assertSame(['author'], $this->signIn(['email' => 'new@example.test', 'nick' => 'N', 'groups' => ['x', 'writers']], 'new'));
		self::assertSame('N', get_user_by('email', 'new@example.test')->nickname);
		self::assertSame(['subscriber'], $this->signIn(['email' => 'other@example.test'], 'other'));
		// The role of whoever has none is a stopgap.
		self::assertSame(['author'], $this->signIn(['groups' => 'writers'], 'other'));
	}

	public function testRolesFollowTheProvider(): void
	{
		$id = $this->account('contributor');
		$this->rules(['roles' => ['rules' => [self::role('writers', 'author')]]]);
		self::assertEqualsCanonicalizing(['contributor', 'author'], $this->signIn(['groups' => 'writers']));
		self::assertSame(['author'], Mapping::given($id, Provider::ENTITY_ID));
		self::assertEqualsCanonicalizing(['contributor', 'author'], $this->signIn([]), 'Silence changes nothing.');
		self::assertSame(['contributor'], $this->signIn(['groups' => 'others']));
		self::assertSame([], Mapping::given($id, Provider::ENTITY_ID));
	}

	public function testNobodyIsLiftedUnlessItIsSaid(): void
	{
		$this->account();
		$rules = ['rules' => [self::role('bosses', 'administrator')]];
		$this->rules(['roles' => $rules]);
		self::assertSame(['subscriber'], $this->signIn(['groups' => 'bosses']));
		$this->rules(['roles' => $rules + ['allow_privileged' => true]]);
		self::assertContains('administrator', $this->signIn(['groups' => 'bosses']));
		// It goes as it came.
		self::assertSame(['subscriber'], $this->signIn(['groups' => 'others']));
	}

	public function testWhoManagesTheSiteByHandStays(): void
	{
		$this->account('administrator', 'boss');
		$this->rules(['roles' => ['rules' => [self::role('writers', 'author')], 'keep_manual' => false, 'allow_privileged' => true]]);
		self::assertSame(['administrator'], $this->signIn(['groups' => 'writers'], 'boss'));
	}

	/** A role whose rights grew after the rule was made. */
	public function testARoleThatGrewIsNotGiven(): void
	{
		add_role('samlforce_grown', 'Grown', ['read' => true]);
		$this->account();
		$this->rules(['roles' => ['rules' => [self::role('x', 'samlforce_grown')]]]);
		get_role('samlforce_grown')->add_cap('install_plugins');
		try {
			self::assertSame(['subscriber'], $this->signIn(['groups' => 'x']));
		} finally {
			remove_role('samlforce_grown');
		}
	}

	public function testTheLastOneWhoManagesTheSiteStays(): void
	{
		$id = $this->account('administrator', 'boss');
		Mapping::note_given($id, Provider::ENTITY_ID, ['administrator']);
		$rules = ['rules' => [self::role('writers', 'author')], 'allow_privileged' => true];
		$this->rules(['roles' => $rules]);
		$plan = fn (): array => Mapping::plan(Rules::of(Provider::ENTITY_ID), ['groups' => ['writers']], get_userdata($id), false)['roles'];
		self::assertSame(['author'], $plan()['roles']);
		get_userdata(1)->set_role('subscriber');
		try {
			self::assertSame(['administrator'], $plan()['roles']);
		} finally {
			get_userdata(1)->set_role('administrator');
		}
	}

	public function testAPlanChangesNothing(): void
	{
		global $wpdb;
		$id = $this->account();
		$this->rules(['fields' => [['attribute' => 'givenName', 'field' => 'first_name'], ['attribute' => 'x', 'field' => 'department']], 'roles' => ['rules' => [self::role('writers', 'author')]]]);
		$before = $wpdb->get_results($wpdb->prepare("SELECT * FROM $wpdb->usermeta WHERE user_id = %d ORDER BY umeta_id", $id));
		$plan = Mapping::plan(Rules::of(Provider::ENTITY_ID), ['givenName' => ['New'], 'x' => ['y'], 'groups' => ['writers']], get_userdata($id), false);
		self::assertTrue($plan['fields'][0]['change']);
		self::assertSame('Before', $plan['fields'][0]['from']);
		self::assertTrue($plan['roles']['change']);
		self::assertEquals($before, $wpdb->get_results($wpdb->prepare("SELECT * FROM $wpdb->usermeta WHERE user_id = %d ORDER BY umeta_id", $id)));
	}

	public function testAttributesAreReadLineByLine(): void
	{
		self::assertSame(['groups' => ['staff', 'a = b'], 'urn:x=y' => ['z'], 'empty' => ['']], Mapping_Page::read("groups = staff\r\ngroups = a = b\nnonsense\n urn:x=y = z \nempty ="));
	}

	/** @return string the nonce of the form with this field */
	private function nonce(string $body, string $field): string
	{
		$form = array_values(array_filter(explode('<form ', $body), static fn (string $form): bool => str_contains($form, "name=\"$field\"")));
		self::assertCount(1, $form, $field);
		self::assertSame(1, preg_match('/name="_wpnonce" value="(\w+)"/', $form[0], $match));
		return $match[1];
	}

	public function testThePageSavesAndShowsWhatWouldChange(): void
	{
		$this->logIn(1);
		$page = $this->send(self::PAGE)['body'];
		$form = ['samlforce_rules' => Provider::ENTITY_ID, '_wpnonce' => $this->nonce($page, 'samlforce_rules'), 'rules' => [
			'trusted' => "Acme.example\n*", 'admitted' => '', 'fields' => [['attribute' => 'givenName', 'field' => 'first_name', 'when' => 'login', 'values' => 'first'], ['attribute' => '', 'field' => '']],
			'roles' => ['rules' => [['attribute' => 'groups', 'match' => 'prefix', 'value' => 'wri"', 'role' => 'author'], self::role('bosses', 'administrator')], 'several' => '1'],
		]];
		self::assertSame(403, $this->send(self::PAGE, ['_wpnonce' => '0123456789'] + $form)['status']);
		$answer = $this->send(self::PAGE, $form);
		self::assertStringContainsString('Saved.', $answer['body']);
		$rules = Rules::of(Provider::ENTITY_ID);
		self::assertSame(['acme.example', '*'], $rules->trusted);
		self::assertSame('wri"', $rules->roles['rules'][0]['value']);
		self::assertTrue($rules->roles['several']);
		self::assertFalse($rules->roles['keep_manual'], 'A box without its tick.');
		self::assertStringContainsString('value="wri&quot;"', $answer['body']);

		// What can't be right changes nothing, and is still there to be mended.
		$wrong = $form;
		$wrong['rules']['fields'][] = ['attribute' => 'x', 'field' => 'wp_capabilities'];
		$answer = $this->send(self::PAGE, $wrong);
		self::assertStringContainsString('Nothing was saved.', $answer['body']);
		self::assertStringContainsString('value="wp_capabilities"', $answer['body']);
		self::assertCount(1, Rules::of(Provider::ENTITY_ID)->fields);
		self::assertStringContainsString('changed or removed', $this->send(self::PAGE, ['samlforce_rules' => 'https://gone.example'] + $form)['body']);

		$id = $this->account();
		$run = ['samlforce_dry_run' => '1', '_wpnonce' => $this->nonce($page, 'samlforce_dry_run'), 'attributes' => "givenName = <i>\ngivenName = New\ngroups = wri\"ters\ngroups = bosses", 'account' => 'ada'];
		$body = $this->send(self::PAGE, $run)['body'];
		self::assertStringContainsString('Role Author', $body);
		self::assertStringContainsString('may not give such roles', $body);
		self::assertStringContainsString('would be given', $body);
		self::assertStringContainsString('Roles then: Author', $body);
		self::assertSame('Before', get_userdata($id)->first_name);
		self::assertStringContainsString('no account with this name', $this->send(self::PAGE, ['account' => 'nobody'] + $run)['body']);
		self::assertStringNotContainsString('Roles then', $this->send(self::PAGE, ['_wpnonce' => '0123456789'] + $run)['body']);

		$this->logIn($id);
		self::assertSame(403, $this->send(self::PAGE, $form)['status']);
	}

	public function testTheDryRunTakesTheAttributesOfTheLastTest(): void
	{
		wp_set_current_user(1);
		Mapping_Page::remember(['groups' => ['a</textarea>', 'b']]);
		$this->logIn(1);
		self::assertStringContainsString("groups = a&lt;/textarea&gt;\ngroups = b</textarea>", $this->send(self::PAGE)['body']);
	}
}
