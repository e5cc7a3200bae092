<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Address_Trust;
use Samlforce\WordPress\Attribute_Map;
use Samlforce\WordPress\Role_Map;

/** The plans: what would change and why, without an account. */
final class MapTest extends TestCase
{
	private const ROLES = ['administrator' => true, 'editor' => true, 'author' => false, 'contributor' => false, 'subscriber' => false];

	private function fields(array $rules, array $attributes, array $current = [], bool $creating = false, string $refusal = ''): array
	{
		return Attribute_Map::plan(Attribute_Map::clean($rules, 'wp_'), $attributes, $current, $creating, static fn (): string => $refusal);
	}

	private function roles(array $map, array $attributes, array $current = [], array $given = [], string $protected = '', bool $last = false): array
	{
		return Role_Map::plan(Role_Map::clean($map, array_keys(self::ROLES)), $attributes, $current, $given, self::ROLES, 'subscriber', $protected, $last);
	}

	/** @return array<string, string> role to what happens to it */
	private function changes(array $plan): array
	{
		return array_column($plan['lines'], 'change', 'role');
	}

	private static function rule(string $value, string $role, string $match = 'exact', string $attribute = 'groups'): array
	{
		return ['attribute' => $attribute, 'match' => $match, 'value' => $value, 'role' => $role];
	}

	/**
	 * @testWith ["wp_capabilities"]
	 *           ["wp_2_capabilities"]
	 *           ["other_capabilities"]
	 *           ["wp_user_level"]
	 *           ["session_tokens"]
	 *           ["_application_passwords"]
	 *           ["samlforce_status"]
	 *           ["my_samlforce_roles"]
	 *           ["user_pass"]
	 *           ["user_login"]
	 *           ["user_activation_key"]
	 *           ["primary_blog"]
	 *           ["wp_user-settings"]
	 *           ["googleauthenticator_secret"]
	 *           ["totp_key"]
	 *           ["_new_email"]
	 *           ["ID"]
	 *           ["role key"]
	 *           ["clé"]
	 *           ["x\n"]
	 *           ["a1234567890123456789012345678901234567890123456789012345678901234"]
	 */
	public function testNoMapWritesWhatDecidesRights(string $key): void
	{
		self::assertFalse(Attribute_Map::is_allowed_key($key, 'wp_'));
		if (trim($key) === $key) {
			$this->expectException(\InvalidArgumentException::class);
			Attribute_Map::clean([['attribute' => 'a', 'field' => $key]], 'wp_');
		}
	}

	public function testOtherKeysMayBeWritten(): void
	{
		foreach (['department', 'billing_phone', 'Cost-Centre', 'locale', 'x', 'a' . str_repeat('1', 63)] as $key) {
			self::assertTrue(Attribute_Map::is_allowed_key($key, 'wp_'), $key);
		}
		self::assertFalse(Attribute_Map::is_allowed_key('Shop_anything', 'shop_'), 'The prefix of the tables is where rights are kept.');
	}

	public function testTheMapHasItsLimits(): void
	{
		$rule = ['attribute' => 'a', 'field' => 'department'];
		self::assertCount(50, Attribute_Map::clean(array_fill(0, 50, $rule), 'wp_'));
		self::assertCount(1, Attribute_Map::clean([['attribute' => str_repeat('a', 255), 'field' => 'department'], ['attribute' => '', 'field' => '']], 'wp_'));
		foreach ([array_fill(0, 51, $rule), [['attribute' => str_repeat('a', 256), 'field' => 'department']], [['attribute' => '', 'field' => 'department']], 'x'] as $bad) {
			try {
				Attribute_Map::clean($bad, 'wp_');
				self::fail('It was taken.');
			} catch (\InvalidArgumentException $e) {
				self::assertNotSame('', $e->getMessage());
			}
		}
		self::assertCount(100, Role_Map::clean(['rules' => array_fill(0, 100, self::rule('v', 'author'))], ['author'])['rules']);
		foreach ([array_fill(0, 101, self::rule('v', 'author')), [self::rule('v', 'nobody')], [self::rule('', 'author')], [self::rule(str_repeat('v', 1025), 'author')]] as $bad) {
			try {
				Role_Map::clean(['rules' => $bad], ['author']);
				self::fail('It was taken.');
			} catch (\InvalidArgumentException $e) {
				self::assertNotSame('', $e->getMessage());
			}
		}
	}

	public function testFieldsArePlannedWithTheirReasons(): void
	{
		$plan = $this->fields([
			['attribute' => 'givenName', 'field' => 'first_name'],
			['attribute' => 'sn', 'field' => 'last_name'],
			['attribute' => 'cn', 'field' => 'last_name'],
			['attribute' => 'nick', 'field' => 'nickname', 'when' => 'creation'],
			['attribute' => 'absent', 'field' => 'description'],
			['attribute' => 'ou', 'field' => 'department', 'values' => 'joined'],
			['attribute' => 'ou', 'field' => 'departments', 'values' => 'list'],
			['attribute' => 'ou', 'field' => 'first_department'],
		], ['givenName' => ['Ada'], 'sn' => ['  ', 'Lovelace'], 'cn' => ['Other'], 'nick' => ['A'], 'ou' => ['One', 'Two']], ['first_name' => 'Ada', 'last_name' => 'Byron']);
		self::assertSame([false, true, false, false, false, true, true, true], array_column($plan, 'change'));
		self::assertSame(['Ada', 'Lovelace', null, null, null, 'One, Two', ['One', 'Two'], 'One'], array_column($plan, 'to'));
		self::assertStringContainsString('row above', $plan[2]['why']);
		self::assertStringContainsString('when the account is made', $plan[3]['why']);
		self::assertStringContainsString('did not send', $plan[4]['why']);
		self::assertStringContainsString('first of several', $plan[7]['why']);
		self::assertTrue($this->fields([['attribute' => 'nick', 'field' => 'nickname', 'when' => 'creation']], ['nick' => ['A']], [], true)[0]['change']);
	}

	public function testAMissingFirstRuleLeavesItToTheNext(): void
	{
		$plan = $this->fields([['attribute' => 'sn', 'field' => 'last_name'], ['attribute' => 'cn', 'field' => 'last_name']], ['cn' => ['Other']]);
		self::assertSame([false, true], array_column($plan, 'change'));
	}

	public function testValuesThatDoNotFitLeaveTheFieldAlone(): void
	{
		$rules = [['attribute' => 'a', 'field' => 'first_name'], ['attribute' => 'b', 'field' => 'user_url'], ['attribute' => 'c', 'field' => 'department'], ['attribute' => 'd', 'field' => 'nickname'], ['attribute' => 'e', 'field' => 'user_email']];
		$values = ['a' => [str_repeat('ä', 251)], 'b' => ['javascript:alert(1)'], 'c' => [str_repeat('x', 4001)], 'd' => ['<script></script>'], 'e' => ['boss@example.test']];
		foreach ($this->fields($rules, $values, [], false, 'not yours') as $line) {
			self::assertFalse($line['change'], $line['field']);
			self::assertNotSame('', $line['why']);
		}
		$plan = $this->fields($rules, ['a' => [str_repeat('ä', 250)], 'b' => ['https://example.test'], 'c' => [str_repeat('x', 4000)], 'd' => ['<b>A</b>'], 'e' => ['ada@example.test']]);
		self::assertSame([true, true, true, true, true], array_column($plan, 'change'));
		self::assertSame('A', $plan[3]['to']);
	}

	public function testRulesGiveRolesInTheirOrder(): void
	{
		$rules = [self::rule('writers', 'author'), self::rule('HELPERS', 'contributor', 'nocase'), self::rule('team-', 'subscriber', 'prefix')];
		$sent = ['groups' => ['helpers', 'team-blue', 'writers']];
		$plan = $this->roles(['rules' => $rules], $sent);
		self::assertSame(['author'], $plan['roles']);
		self::assertSame('passed over', $this->changes($plan)['contributor']);
		$plan = $this->roles(['rules' => $rules, 'several' => true], $sent);
		self::assertSame(['author', 'contributor', 'subscriber'], $plan['roles']);
		self::assertSame($plan['roles'], $plan['given']);
		self::assertSame(['subscriber', 'author'], $this->roles(['rules' => array_reverse($rules), 'several' => true], ['groups' => ['team-x', 'writers']])['roles']);
	}

	/** What an old plugin's regular expression would have let through. */
	public function testAValueFitsWholeOrNotAtAll(): void
	{
		foreach (['writers2', 'xwriters', 'Writers', 'writers ', "writers\n", '.*', 'write'] as $value) {
			$plan = $this->roles(['rules' => [self::rule('writers', 'author')]], ['groups' => [$value]]);
			self::assertNotContains('author', $plan['roles'], $value);
		}
		self::assertNotContains('author', $this->roles(['rules' => [self::rule('.*', 'author', 'prefix')]], ['groups' => ['anything']])['roles']);
		self::assertNotContains('author', $this->roles(['rules' => [self::rule('writers', 'author')]], ['other' => ['writers']])['roles']);
	}

	public function testSilenceChangesNothing(): void
	{
		$map = ['rules' => [self::rule('writers', 'author')]];
		foreach ([[], ['mail' => ['x']], ['groups' => []]] as $attributes) {
			$plan = $this->roles($map, $attributes, ['author'], ['author']);
			self::assertFalse($plan['change']);
			self::assertSame(['author'], $plan['roles']);
			self::assertSame(['author'], $plan['given']);
			self::assertStringContainsString('sent none', $plan['lines'][0]['why']);
		}
		self::assertFalse($this->roles(['rules' => []], ['groups' => ['writers']], ['author'])['change']);
	}

	public function testWhatTheMapGaveItTakesAwayAndNothingElse(): void
	{
		$map = ['rules' => [self::rule('writers', 'author')]];
		$plan = $this->roles($map, ['groups' => ['others']], ['contributor', 'author'], ['author']);
		self::assertSame(['contributor'], $plan['roles']);
		self::assertSame([], $plan['given']);
		self::assertSame('removed', $this->changes($plan)['author']);
		// With nothing left there is the role of whoever has none, which a rule replaces later.
		$plan = $this->roles($map, ['groups' => ['others']], ['author'], ['author']);
		self::assertSame(['subscriber'], $plan['roles']);
		self::assertSame(['author'], $this->roles($map, ['groups' => ['writers']], $plan['roles'], $plan['given'])['roles']);
		self::assertFalse($this->roles(['take_away' => false] + $map, ['groups' => ['others']], ['author'], ['author'])['change']);
	}

	public function testRolesGivenByHandStayOrGoAsIsSet(): void
	{
		$map = ['rules' => [self::rule('writers', 'author')]];
		self::assertSame(['author', 'contributor'], $this->roles($map, ['groups' => ['writers']], ['contributor'])['roles']);
		// A role that both gave is not the map's to take away.
		$plan = $this->roles($map, ['groups' => ['writers']], ['author']);
		self::assertSame([], $plan['given']);
		self::assertSame(['author'], $this->roles($map, ['groups' => ['others']], $plan['roles'], $plan['given'])['roles']);
		$plan = $this->roles(['keep_manual' => false] + $map, ['groups' => ['writers']], ['contributor']);
		self::assertSame(['author'], $plan['roles']);
		self::assertSame('removed', $this->changes($plan)['contributor']);
		// No rule fits: there is nothing that would take their place.
		self::assertSame(['contributor'], $this->roles(['keep_manual' => false] + $map, ['groups' => ['others']], ['contributor'])['roles']);
	}

	public function testTheFloor(): void
	{
		foreach (['administrator', 'editor'] as $role) {
			$map = ['rules' => [self::rule('bosses', $role), self::rule('bosses', 'author')]];
			$plan = $this->roles($map, ['groups' => ['bosses']]);
			self::assertSame(['author'], $plan['roles'], 'The rule after it counts.');
			self::assertSame('refused', $this->changes($plan)[$role]);
			self::assertSame([$role], $this->roles(['allow_privileged' => true] + $map, ['groups' => ['bosses']])['roles']);
		}
		// Only the word of the switch counts, not what merely looks like it.
		self::assertFalse(Role_Map::clean(['allow_privileged' => ['1']], [])['allow_privileged']);
	}

	public function testTheSwitchTurnedOffTakesTheRoleBack(): void
	{
		$map = ['rules' => [self::rule('bosses', 'administrator')]];
		$plan = $this->roles($map, ['groups' => ['bosses']], ['administrator'], ['administrator']);
		self::assertSame(['subscriber'], $plan['roles']);
	}

	public function testWhoManagesTheSiteByHandIsLeftAlone(): void
	{
		$map = ['rules' => [self::rule('writers', 'author')], 'keep_manual' => false, 'allow_privileged' => true];
		$plan = $this->roles($map, ['groups' => ['writers']], ['administrator']);
		self::assertFalse($plan['change']);
		self::assertSame(['administrator'], $plan['roles']);
		// Whom the map lifted, it lowers again.
		self::assertSame(['author'], $this->roles($map, ['groups' => ['writers']], ['administrator'], ['administrator'])['roles']);
		// Unless nobody would be left.
		$plan = $this->roles($map, ['groups' => ['writers']], ['administrator'], ['administrator'], '', true);
		self::assertSame(['administrator'], $plan['roles']);
		self::assertSame('super', $this->roles($map, ['groups' => ['writers']], [], [], 'super')['lines'][0]['why']);
	}

	public function testARoleThatIsGoneIsNotGiven(): void
	{
		$map = Role_Map::clean(['rules' => [self::rule('writers', 'author')]], ['author']);
		$plan = Role_Map::plan($map, ['groups' => ['writers']], [], [], ['subscriber' => false], 'subscriber');
		self::assertSame(['subscriber'], $plan['roles']);
		self::assertSame('refused', $this->changes($plan)['author']);
	}

	public function testDomains(): void
	{
		self::assertSame(['example.com', 'b.example', '*'], Address_Trust::clean("Example.com, @b.example\nexample.com *"));
		foreach (['exa mple', 'example', '*.example.com', 'a@b.example', 'https://x.example', 'bücher.example', str_repeat('a', 64) . '.example'] as $bad) {
			try {
				Address_Trust::clean($bad);
				self::fail("$bad was taken.");
			} catch (\InvalidArgumentException $e) {
				self::assertNotSame('', $e->getMessage());
			}
		}
		self::assertCount(500, Address_Trust::clean(implode(' ', array_map(static fn (int $n): string => "d$n.example", range(1, 500)))));
		$this->expectException(\InvalidArgumentException::class);
		Address_Trust::clean(implode(' ', array_map(static fn (int $n): string => "d$n.example", range(1, 501))));
	}

	public function testForWhichAddressesAProviderIsBelieved(): void
	{
		self::assertTrue(Address_Trust::covers(['acme.example'], 'Ada@ACME.example'));
		foreach (['ada@sub.acme.example', 'ada@acme.example.evil.example', 'ada@evilacme.example', '"ada@acme.example"@evil.example', 'acme.example', ''] as $address) {
			self::assertFalse(Address_Trust::covers(['acme.example'], $address), $address);
		}
		self::assertFalse(Address_Trust::covers([], 'ada@acme.example'));
		self::assertTrue(Address_Trust::covers(['*'], 'ada@acme.example'));
		self::assertFalse(Address_Trust::covers(['*'], 'ada@acme.example', ['acme.example']), 'Another one was named for it.');
		self::assertTrue(Address_Trust::covers(['*', 'acme.example'], 'ada@acme.example', ['acme.example']));
	}
}
