<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Database;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Sign_In_Log;

/** Single logout by each binding and in both directions, as browsers and the identity provider see it. */
final class LogoutTest extends HttpTestCase
{
	private const SLO = 'wp-login.php?action=samlforce_slo';

	protected function setUp(): void
	{
		parent::setUp();
		$this->settings(['single_logout' => true]);
		$this->cookies = [];
		foreach (['ada', 'bob'] as $login) {
			$id = wp_insert_user(['user_login' => $login, 'user_pass' => 'x-password-1', 'user_email' => "$login@example.test", 'role' => 'subscriber']);
			self::assertTrue(Links::add(Provider::ENTITY_ID, $login, $id));
		}
	}

	/** @return array<string, string> the cookies of a browser of its own */
	private function signIn(string $nameId, ?string $sessionIndex = null): array
	{
		$this->cookies = [];
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		self::assertSame(302, $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, $nameId, [], null, null, $sessionIndex), 'RelayState' => $relay])['status']);
		return $this->cookies;
	}

	/** @param array<string, string> $cookies */
	private function isSignedIn(array $cookies): bool
	{
		$this->cookies = $cookies;
		return $this->send('wp-admin/profile.php')['status'] === 200;
	}

	private function pressLogOut(string $target = ''): array
	{
		$page = $this->send('wp-admin/profile.php')['body'];
		self::assertSame(1, preg_match('~action=logout&(?:#038|amp);_wpnonce=(\w+)~', $page, $match));
		return $this->send("wp-login.php?action=logout&_wpnonce=$match[1]" . ($target === '' ? '' : '&redirect_to=' . rawurlencode($target)));
	}

	/** @return array{string, string, string} ID and XML of the LogoutRequest, and RelayState */
	private function requested(array $answer): array
	{
		self::assertSame(302, $answer['status'], $answer['body']);
		self::assertStringStartsWith('https://portal.salesforce.test/idp/logout?SAMLRequest=', $answer['location']);
		parse_str((string) parse_url($answer['location'], PHP_URL_QUERY), $query);
		self::assertArrayHasKey('Signature', $query);
		$xml = gzinflate(base64_decode($query['SAMLRequest'], true));
		self::assertSame(1, preg_match('/\bID="([^"]+)"/', $xml, $match));
		return [$match[1], $xml, $query['RelayState']];
	}

	public function testLoggingOutHereLogsOutThere(): void
	{
		$this->signIn('ada', 'index-1');
		$old = $this->cookies;
		$answer = $this->pressLogOut();
		[$id, $xml, $relay] = $this->requested($answer);
		self::assertStringContainsString('>ada</', $xml);
		self::assertStringContainsString('>index-1</', $xml);
		self::assertStringContainsString('logout:user', $xml);
		self::assertStringContainsString('nameid-format:unspecified', $xml, 'As it was received.');
		$now = $this->cookies;
		self::assertFalse($this->isSignedIn($old), 'Here it is over before the portal is asked.');

		$this->cookies = $now;
		$done = $this->send(self::SLO . '&' . self::provider()->query(self::provider()->logout('', [], $id, 'Success', false), 'SAMLResponse', $relay));
		self::assertSame(200, $done['status']);
		self::assertStringContainsString('logged out here and at the portal', $done['body']);
		self::assertStringContainsString('no-store', implode($done['headers']['cache-control']));
	}

	public function testTheTargetOfALogoutIsKeptAndLocal(): void
	{
		foreach ([home_url('/?p=3') => home_url('/?p=3'), 'https://evil.example/' => site_url('wp-login.php?loggedout=true')] as $wanted => $expected) {
			$this->signIn('ada', 'index-1');
			[$id, , $relay] = $this->requested($this->pressLogOut($wanted));
			$done = $this->send(self::SLO, ['SAMLResponse' => base64_encode(self::provider()->logout('', [], $id)), 'RelayState' => $relay]);
			self::assertSame(302, $done['status'], $done['body']);
			self::assertSame($expected, $done['location']);
		}
	}

	public function testAPartialLogoutIsSaid(): void
	{
		foreach (['PartialLogout', 'Responder'] as $status) {
			$this->signIn('ada', 'index-1');
			[$id, , $relay] = $this->requested($this->pressLogOut(home_url('/?p=3')));
			$xml = self::provider()->logout('', [], $id, $status, false);
			$done = $this->send(self::SLO . '&' . self::provider()->query($xml, 'SAMLResponse', $relay));
			self::assertSame(200, $done['status'], $done['body']);
			self::assertStringContainsString('not everywhere', $done['body']);
			self::assertStringContainsString(esc_url(home_url('/?p=3')), $done['body']);
			$row = Sign_In_Log::page(1, 1)[0];
			self::assertStringContainsString($row->reference, $done['body']);
			self::assertStringContainsString($status, $row->found);
		}
	}

	public function testAnAnswerThatNobodyAskedForIsRefused(): void
	{
		$this->signIn('ada', 'index-1');
		[$id, , $relay] = $this->requested($this->pressLogOut());
		$answer = self::SLO . '&' . self::provider()->query(self::provider()->logout('', [], $id, 'Success', false), 'SAMLResponse', $relay);
		$cookies = $this->cookies;
		$this->cookies = [];
		self::assertSame(403, $this->send($answer)['status'], 'Another browser.');
		$this->cookies = $cookies;
		self::assertSame(403, $this->send(self::SLO . '&' . self::provider()->query(self::provider()->logout('', [], '_other', 'Success', false), 'SAMLResponse', $relay))['status'], 'Another request.');
		$this->cookies = $cookies;
		self::assertSame(403, $this->send($answer)['status'], 'The RelayState was used up.');
	}

	/** What waits for a logout is no sign-in, nor the other way about. */
	public function testWhatIsPendingKeepsToItsKind(): void
	{
		$this->signIn('ada', 'index-1');
		[$id, , $relay] = $this->requested($this->pressLogOut());
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($id, 'ada'), 'RelayState' => $relay])['status']);
		[$login, $relay] = $this->start('wp-login.php?action=samlforce_login');
		self::assertSame(403, $this->send(self::SLO . '&' . self::provider()->query(self::provider()->logout('', [], $login, 'Success', false), 'SAMLResponse', $relay))['status']);
	}

	/** @return array<string, array{string}> */
	public static function bindings(): array
	{
		return ['Redirect' => ['Redirect'], 'POST' => ['POST'], 'SOAP' => ['SOAP']];
	}

	/** Sends a LogoutRequest as the identity provider does: a browser without our cookies, or its server. */
	private function ask(string $binding, string $nameId, array $indexes, ?Provider $provider = null): array
	{
		$provider ??= self::provider();
		$this->cookies = [];
		return match ($binding) {
			'Redirect' => $this->send(self::SLO . '&' . $provider->query($provider->logout($nameId, $indexes, null, '', false), 'SAMLRequest', 'their state')),
			'POST' => $this->send(self::SLO, ['SAMLRequest' => base64_encode($provider->logout($nameId, $indexes)), 'RelayState' => 'their state']),
			'SOAP' => $this->send(self::SLO, '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' . $provider->logout($nameId, $indexes) . '</soap:Body></soap:Envelope>'),
		};
	}

	/** @dataProvider bindings */
	public function testTheProviderEndsOneSessionAndNoOther(string $binding): void
	{
		$first = $this->signIn('ada', 'one');
		$second = $this->signIn('ada', 'two');
		$other = $this->signIn('bob', 'one');
		$answer = $this->ask($binding, 'ada', ['one']);
		if ($binding === 'SOAP') {
			self::assertSame(200, $answer['status'], $answer['body']);
			self::assertStringStartsWith('text/xml', end($answer['headers']['content-type']));
			$xml = $answer['body'];
			self::assertStringContainsString('Signature', $xml);
		} else {
			self::assertSame(302, $answer['status'], $answer['body']);
			self::assertStringStartsWith('https://portal.salesforce.test/idp/logout?SAMLResponse=', $answer['location']);
			parse_str((string) parse_url($answer['location'], PHP_URL_QUERY), $query);
			self::assertSame('their state', $query['RelayState']);
			self::assertArrayHasKey('Signature', $query);
			$xml = gzinflate(base64_decode($query['SAMLResponse'], true));
		}
		self::assertStringContainsString('status:Success', $xml);
		self::assertStringContainsString('no-store', implode($answer['headers']['cache-control']));
		self::assertFalse($this->isSignedIn($first));
		self::assertTrue($this->isSignedIn($second));
		self::assertTrue($this->isSignedIn($other));
		self::assertSame('signed out', Sign_In_Log::page(1, 1)[0]->outcome);

		// Without an index all of that person.
		$this->ask($binding, 'ada', []);
		self::assertFalse($this->isSignedIn($second));
		self::assertTrue($this->isSignedIn($other));
	}

	/** @dataProvider bindings */
	public function testAStrangerEndsNothing(string $binding): void
	{
		$session = $this->signIn('ada', 'one');
		$answer = $this->ask($binding, 'ada', ['one'], new Provider());
		self::assertSame($binding === 'SOAP' ? 500 : 403, $answer['status'], $answer['body']);
		self::assertSame('logout_signature_invalid', Sign_In_Log::page(1, 1)[0]->reason);
		self::assertStringNotContainsString('signature_invalid', $answer['body']);
		$answer = $this->ask($binding, 'ada', ['one'], new Provider('https://other.example'));
		self::assertSame($binding === 'SOAP' ? 500 : 403, $answer['status']);
		self::assertTrue($this->isSignedIn($session));
	}

	/**
	 * It is trusted, and speaks for the people that it signed in, not for those of another one with the same name.
	 *
	 * @dataProvider bindings
	 */
	public function testAnotherProviderEndsWhatIsItsOwn(string $binding): void
	{
		$other = new Provider('https://other.example');
		Providers::save('other', ['metadata' => $other->metadata()]);
		$session = $this->signIn('ada', 'one');
		$answer = $this->ask($binding, 'ada', [], $other);
		self::assertSame($binding === 'SOAP' ? 200 : 302, $answer['status'], $answer['body']);
		self::assertTrue($this->isSignedIn($session));
		Providers::save('other', ['enabled' => false]);
		$answer = $this->ask($binding, 'ada', [], $other);
		self::assertSame($binding === 'SOAP' ? 500 : 403, $answer['status']);
		self::assertSame('logout_unknown_provider', Sign_In_Log::page(1, 1)[0]->reason);
	}

	public function testARequestWorksOnce(): void
	{
		$this->signIn('ada', 'one');
		$url = self::SLO . '&' . self::provider()->query(self::provider()->logout('ada', [], null, '', false), 'SAMLRequest');
		$this->cookies = [];
		self::assertSame(302, $this->send($url)['status']);
		$later = $this->signIn('ada', 'two');
		$this->cookies = [];
		self::assertSame(403, $this->send($url)['status']);
		self::assertSame('logout_replayed', Sign_In_Log::page(1, 1)[0]->reason);
		self::assertTrue($this->isSignedIn($later));
	}

	public function testADatabaseThatDoesNotAnswerIsNoSuccess(): void
	{
		global $wpdb;
		$this->signIn('ada', 'one');
		$wpdb->query('DROP TABLE ' . Database::sessions());
		try {
			$answer = $this->ask('SOAP', 'ada', []);
		} finally {
			Database::install();
		}
		self::assertSame(200, $answer['status']);
		self::assertStringNotContainsString('status:Success', $answer['body']);
		self::assertStringContainsString('status:Responder', $answer['body']);
	}

	public function testOddMessagesAreAnswered(): void
	{
		self::assertSame(405, $this->send(self::SLO)['status']);
		self::assertSame(405, $this->send(self::SLO, [])['status']);
		self::assertSame(403, $this->send(self::SLO . '&SAMLRequest=x')['status']);
		self::assertSame(403, $this->send(self::SLO, ['SAMLRequest' => 'x'])['status']);
		self::assertSame(500, $this->send(self::SLO, '<x/>')['status']);
		self::assertSame(500, $this->send(self::SLO, str_repeat('x', 1048577))['status']);
		self::assertSame(405, $this->send(self::SLO, ['SAMLRequest' => ['x']])['status']);
		$this->settings(['metadata' => '']);
		self::assertSame(403, $this->send(self::SLO, ['SAMLRequest' => 'x'])['status']);
	}

	public function testLoggingOutStaysHereUnlessItIsOn(): void
	{
		$this->settings(['single_logout' => false]);
		$this->signIn('ada', 'index-1');
		self::assertStringStartsWith(site_url('wp-login.php?loggedout=true'), $this->pressLogOut()['location']);
		$this->settings(['single_logout' => true, 'sp_key' => '']);
		$this->logIn(get_user_by('login', 'ada')->ID);
		self::assertStringStartsWith(site_url('wp-login.php?loggedout=true'), $this->pressLogOut()['location'], 'A session of a password.');
		// The key is gone since: it is said that the portal could not be asked.
		$this->settings(['single_logout' => true]);
		$this->signIn('ada', 'index-1');
		$this->settings(['single_logout' => true, 'sp_key' => 'absent']);
		$answer = $this->pressLogOut();
		self::assertSame(200, $answer['status']);
		self::assertStringContainsString('not everywhere', $answer['body']);
		self::assertSame('0', (string) $GLOBALS['wpdb']->get_var('SELECT COUNT(*) FROM ' . Database::sessions()));
	}
}
