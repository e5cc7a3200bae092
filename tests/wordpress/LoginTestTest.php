<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Answer;
use Samlforce\WordPress\Database;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Login_Test;
use Samlforce\WordPress\Provider as Identity_Provider;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Providers_Page;
use Samlforce\WordPress\Rules;
use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Sign_In_Log;

/** The answer to a test is explained, and nothing comes of it. */
final class LoginTestTest extends TestCase
{
	/** @return array{string, string} RelayState and the request's ID. */
	private function begin(int $user = 1): array
	{
		parse_str((string) parse_url(Login_Test::begin(Providers::find('main'), $user)->url, PHP_URL_QUERY), $query);
		self::assertSame(1, preg_match('/\bID="([^"]+)"/', gzinflate(base64_decode($query['SAMLRequest'], true)), $match));
		return [$query['RelayState'], $match[1]];
	}

	private function page(int $user = 1): string
	{
		wp_set_current_user($user);
		ob_start();
		Login_Test::print_section(Providers::find('main'));
		return html_entity_decode((string) ob_get_clean(), ENT_QUOTES);
	}

	private function nothingHappened(): void
	{
		global $wpdb;
		foreach ([Database::links(), Database::replay(), Database::logins(), Database::sessions()] as $table) {
			self::assertSame('0', (string) $wpdb->get_var("SELECT COUNT(*) FROM $table"), $table);
		}
		self::assertSame(0, Sign_In_Log::count());
		self::assertSame(['1'], get_users(['fields' => 'ID']));
	}

	public function testAGoodAnswerIsExplainedAndNotAccepted(): void
	{
		Providers::save('main', ['create_accounts' => true]);
		Rules::save(Provider::ENTITY_ID, ['trusted' => '*', 'fields' => [['attribute' => 'motto', 'field' => 'description', 'when' => 'login', 'values' => 'first']]]);
		[$relay, $request] = $this->begin();
		$response = self::provider()->response($request, 'ada', ['email' => 'ada@example.test', 'motto' => '<b>bold</b>']);
		self::assertSame('main', Login_Test::answer(Answer::posted($response, $relay)));
		$html = $this->page();
		self::assertStringContainsString('The answer is good. There is no account for this person: one would be made.', $html);
		self::assertStringContainsString('ada@example.test', $html);
		self::assertStringContainsString('description', $html, 'What the mapping would do.');
		ob_start();
		Login_Test::print_section(Providers::find('main'));
		self::assertStringNotContainsString('<b>bold', (string) ob_get_clean());
		$this->nothingHappened();
		self::assertNull(Login_Test::answer(Answer::posted($response, $relay)), 'A test is answered once.');
		self::assertNull(Login_Test::answer(Answer::posted($response)));
	}

	public function testOnlyWhoStartedItSeesIt(): void
	{
		$other = wp_insert_user(['user_login' => 'second', 'user_pass' => 'x-password-1', 'user_email' => 'second@example.test', 'role' => 'administrator']);
		[$relay, $request] = $this->begin($other);
		Login_Test::answer(Answer::posted(self::provider()->response($request, 'ada', ['secret' => 'of the second']), $relay));
		self::assertStringNotContainsString('of the second', $this->page(1));
		self::assertStringContainsString('of the second', $this->page($other));
	}

	public function testTheAccountThatItWouldBeIsNamed(): void
	{
		$id = wp_insert_user(['user_login' => 'ada', 'user_pass' => 'x-password-1', 'user_email' => 'ada@example.test']);
		$judge = static fn (array $attributes = []): array => Login_Test::judge(Providers::find('main'), Answer::posted(self::provider()->response(null, 'ada-there', $attributes)), null)['account'];
		Providers::save('main', ['allow_unsolicited' => true]);
		self::assertSame('no_account', $judge(['email' => 'ada@example.test'])['refused']['reason']);
		Providers::save('main', ['match_attribute' => 'email']);
		self::assertSame(['user' => $id, 'first' => 'link'], $judge(['email' => 'ada@example.test']));
		self::assertSame([], Links::of($id), 'Looking links nothing.');
		self::assertSame('privileged', $judge(['email' => 'admin@example.test'])['refused']['reason']);
		Links::add(Provider::ENTITY_ID, 'ada-there', $id);
		self::assertSame(['user' => $id, 'first' => ''], $judge());
		// Before it is put to use.
		Providers::save('main', ['enabled' => false]);
		self::assertSame(['user' => $id, 'first' => ''], $judge());
	}

	public function testARefusalSaysWhatToDo(): void
	{
		[$relay, $request] = $this->begin();
		Login_Test::answer(Answer::posted(self::provider()->response($request, 'ada', [], null, 'https://another.example'), $relay));
		$html = $this->page();
		self::assertStringContainsString('The answer is refused.', $html);
		self::assertStringContainsString('audience_mismatch', $html);
		self::assertStringContainsString('https://another.example', $html);
		self::assertStringContainsString(Saml::entity_id(), $html);
		self::assertStringContainsString('What to do: Give the identity provider the Entity ID', strip_tags($html));

		foreach ([[(new Provider())->response($request, 'ada'), 'signature_invalid'], ['%%%', 'not_base64'], ['', 'not_base64'], [base64_encode('<x'), 'not_well_formed'], [self::provider()->response('_another', 'ada'), 'in_response_to_mismatch']] as [$response, $reason]) {
			self::assertSame($reason, Login_Test::judge(Providers::find('main'), Answer::posted($response), $request)['refused']['reason']);
		}
		$this->nothingHappened();
	}

	public function testAnAssertionThatWasUsedIsSeenAsUsed(): void
	{
		Providers::save('main', ['allow_unsolicited' => true]);
		$response = self::provider()->response(null, 'ada');
		for ($i = 0; $i < 2; $i++) {
			self::assertArrayHasKey('person', Login_Test::judge(Providers::find('main'), Answer::posted($response), null), 'Looking at it uses nothing up.');
		}
		Saml::service_provider()->acceptLogin(Providers::find('main')->identity_provider(), $response, null, new \Samlforce\WordPress\Replay_Guard());
		self::assertSame('replayed', Login_Test::judge(Providers::find('main'), Answer::posted($response), null)['refused']['reason']);
	}

	public function testATestOfAProviderThatIsGoneShowsNothing(): void
	{
		[$relay, $request] = $this->begin();
		Providers::delete('main');
		self::assertSame('main', Login_Test::answer(Answer::posted(self::provider()->response($request, 'ada'), $relay)));
		Providers::save('main', ['metadata' => self::provider()->metadata()]);
		self::assertStringNotContainsString('The answer of', $this->page());
	}

	public function testWithoutMetadataThereIsNothingToTest(): void
	{
		Providers::save('main', ['metadata' => '']);
		self::assertStringNotContainsString('samlforce_test_login', $this->page());
	}
}
