<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Account;
use Samlforce\WordPress\Activation;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Settings;
use Samlforce\WordPress\Settings_Page;
use Samlforce\WordPress\Sign_In_Log;
use Samlforce\WordPress\Status_Page;

/** Sign-in, registration and the settings as a browser sees them: statuses, headers, cookies, redirects. */
final class HttpTest extends HttpTestCase
{
	private function linked(string $login = 'ada'): int
	{
		$id = wp_insert_user(['user_login' => $login, 'user_pass' => 'x-password-1', 'user_email' => "$login@example.test", 'role' => 'subscriber']);
		Links::add(Provider::ENTITY_ID, $login, $id);
		return $id;
	}

	public function testTheLoginPageHasTheButton(): void
	{
		$page = $this->send('wp-login.php?redirect_to=' . rawurlencode(home_url('/?p=1')));
		self::assertStringContainsString('Sign in with Salesforce', $page['body']);
		self::assertStringContainsString('action=samlforce_login&#038;redirect_to=' . rawurlencode(home_url('/?p=1')), $page['body']);
		$this->settings(['metadata' => '']);
		self::assertStringNotContainsString('samlforce_login', $this->send('wp-login.php')['body']);
		self::assertStringNotContainsString('samlforce_login', $this->send('wp-login.php?action=register')['body']);
	}

	public function testThereAndBack(): void
	{
		$id = $this->linked();
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login&redirect_to=' . rawurlencode(home_url('/?p=1')));
		$post = ['SAMLResponse' => self::provider()->response($request, 'ada'), 'RelayState' => $relay];
		$answer = $this->send('wp-login.php?action=samlforce_acs', $post);
		self::assertSame(302, $answer['status'], $answer['body']);
		self::assertSame(home_url('/?p=1'), $answer['location']);
		self::assertStringContainsString('no-cache', implode($answer['headers']['cache-control']));
		self::assertSame($id, wp_validate_auth_cookie($this->cookies[LOGGED_IN_COOKIE], 'logged_in'));
		self::assertSame(200, $this->send('wp-admin/profile.php')['status']);
		self::assertSame('signed in', Sign_In_Log::page(1, 1)[0]->outcome);

		$again = $this->send('wp-login.php?action=samlforce_acs', $post);
		self::assertSame(403, $again['status']);
		$row = Sign_In_Log::page(1, 1)[0];
		self::assertSame('refused', $row->outcome);
		self::assertStringContainsString($row->reference, $again['body']);
		self::assertArrayNotHasKey('location', $again['headers']);
	}

	public function testAnOldSessionIsNotCarriedOver(): void
	{
		$this->linked();
		$this->logIn(1);
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		$before = $this->cookies[LOGGED_IN_COOKIE];
		$this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, 'ada'), 'RelayState' => $relay]);
		self::assertNotSame($before, $this->cookies[LOGGED_IN_COOKIE]);
		self::assertSame('ada', wp_parse_auth_cookie($this->cookies[LOGGED_IN_COOKIE], 'logged_in')['username']);
	}

	public function testTheSessionEndsWhenTheProviderSays(): void
	{
		$this->linked();
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		$this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, 'ada', [], time() + 1800), 'RelayState' => $relay]);
		self::assertEqualsWithDelta(time() + 1800, (int) wp_parse_auth_cookie($this->cookies[LOGGED_IN_COOKIE], 'logged_in')['expiration'], 20);
	}

	public function testAnotherBrowserGetsNothing(): void
	{
		$this->linked();
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		$this->cookies = [];
		$answer = $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, 'ada'), 'RelayState' => $relay]);
		self::assertSame(403, $answer['status']);
		self::assertStringContainsString('another browser', $answer['body']);
		self::assertArrayNotHasKey(LOGGED_IN_COOKIE, $this->cookies);
	}

	public function testLinkingNeedsASessionAndANonce(): void
	{
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_login&link=1')['status']);
		$this->logIn(1);
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_login&link=1&_wpnonce=0123456789')['status']);
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login&link=1&_wpnonce=' . wp_create_nonce('samlforce_link'));
		// Browsers leave WordPress's own cookies out of a POST from another site.
		$this->cookies = ['samlforce' => $this->cookies['samlforce']];
		$answer = $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => self::provider()->response($request, 'boss'), 'RelayState' => $relay]);
		self::assertSame(302, $answer['status'], $answer['body']);
		self::assertSame(1, Links::find(Provider::ENTITY_ID, 'boss'));
	}

	public function testOddRequestsAreAnswered(): void
	{
		self::assertSame(405, $this->send('wp-login.php?action=samlforce_acs')['status']);
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', [])['status']);
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => ['x'], 'RelayState' => ['y']])['status']);
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => 'PHg+'])['status']);
		self::assertSame(413, $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => str_repeat('A', 1100000)])['status']);
		self::assertSame(200, $this->send('wp-login.php?action=samlforce_activate&user[]=1&code[]=2')['status']);
		$this->settings(['metadata' => '']);
		self::assertSame(500, $this->send('wp-login.php?action=samlforce_login')['status']);
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', ['SAMLResponse' => 'PHg+'])['status']);
	}

	public function testMetadata(): void
	{
		$answer = $this->send('wp-login.php?action=samlforce_metadata');
		self::assertSame(200, $answer['status']);
		self::assertStringStartsWith('application/samlmetadata+xml', $answer['headers']['content-type'][array_key_last($answer['headers']['content-type'])]);
		$document = new \DOMDocument();
		self::assertTrue($document->loadXML($answer['body']));
		self::assertSame(Saml::entity_id(), $document->documentElement->getAttribute('entityID'));
		self::assertStringContainsString(htmlspecialchars(Saml::assertion_consumer_url()), $answer['body']);
		self::assertStringContainsString('attachment', $this->send('wp-login.php?action=samlforce_metadata&download=1')['headers']['content-disposition'][0]);
		self::assertStringNotContainsString('<ds:SignatureValue>', $answer['body']);
		self::assertStringContainsString('<ds:SignatureValue>', $this->send('wp-login.php?action=samlforce_metadata&signed=1')['body']);
	}

	public function testRegistrationToActivation(): void
	{
		$form = $this->send('wp-login.php?action=register')['body'];
		self::assertSame(2, substr_count($form, 'autocomplete="new-password"'));
		self::assertStringContainsString('password-hints.js', $form);
		$fields = ['user_login' => 'ada', 'user_email' => 'ada@example.test', 'samlforce_first_name' => 'Ada', 'samlforce_last_name' => 'L', 'samlforce_password' => 'short', 'samlforce_password_again' => 'short'];
		$refused = $this->send('wp-login.php?action=register', $fields);
		self::assertSame(200, $refused['status']);
		self::assertStringContainsString('at least 8 characters', $refused['body']);
		self::assertStringNotContainsString('value="short"', $refused['body']);

		$done = $this->send('wp-login.php?action=register', ['samlforce_password' => self::PASSWORD, 'samlforce_password_again' => self::PASSWORD] + $fields);
		self::assertSame(302, $done['status'], $done['body']);
		self::assertStringContainsString('mail with a link', $this->send('wp-login.php?checkemail=registered')['body']);

		$login = ['log' => 'ada', 'pwd' => self::PASSWORD, 'testcookie' => '1'];
		self::assertStringContainsString('not active yet', $this->send('wp-login.php', $login)['body']);
		$id = get_user_by('login', 'ada')->ID;
		$link = $this->link('ada@example.test');
		self::assertSame($id, (int) $link['user']);

		$page = $this->send('wp-login.php?action=samlforce_activate&' . http_build_query($link));
		self::assertStringContainsString('Activate my account', $page['body']);
		self::assertSame(['no-referrer'], $page['headers']['referrer-policy']);
		self::assertTrue(Account::is_unconfirmed($id), 'A scanner that opens the link must not activate.');

		$wrong = ['code' => str_repeat('0', 64)] + $link;
		self::assertStringContainsString('does not work', $this->send('wp-login.php?action=samlforce_activate', $wrong)['body']);
		self::assertTrue(Account::is_unconfirmed($id));
		self::assertStringContainsString('is active', $this->send('wp-login.php?action=samlforce_activate', $link)['body']);
		self::assertFalse(Account::is_unconfirmed($id));
		self::assertStringContainsString('used already', $this->send('wp-login.php?action=samlforce_activate&' . http_build_query($link))['body']);
		self::assertSame(302, $this->send('wp-login.php', $login)['status']);
	}

	public function testAskingForANewLinkTellsNothing(): void
	{
		$id = $this->registered();
		$known = $this->send('wp-login.php?action=samlforce_activate', ['samlforce_email' => 'ada@example.test']);
		$unknown = $this->send('wp-login.php?action=samlforce_activate', ['samlforce_email' => 'nobody@example.test']);
		self::assertSame($known['body'], $unknown['body']);
		self::assertSame($known['status'], $unknown['status']);
		self::assertCount(2, $this->mails('ada@example.test'));
		self::assertSame('valid', Activation::judge($id, $this->link('ada@example.test')['code']));
		self::assertSame([], $this->mails('nobody@example.test'));
		for ($i = 0; $i < 5; $i++) {
			self::assertSame($known['body'], $this->send('wp-login.php?action=samlforce_activate', ['samlforce_email' => 'ada@example.test'])['body']);
		}
		self::assertCount(4, $this->mails('ada@example.test'));
	}

	public function testLogoutSaysWhatItIs(): void
	{
		self::assertStringContainsString('still be signed in at the portal', $this->send('wp-login.php?loggedout=true')['body']);
	}

	public function testTheSettingsAreForAdministrators(): void
	{
		$page = 'wp-admin/options-general.php?page=samlforce';
		self::assertSame(302, $this->send($page)['status']);
		$this->logIn($this->linked());
		self::assertSame(403, $this->send($page)['status']);
		$this->logIn(1);
		$answer = $this->send($page);
		self::assertSame(200, $answer['status']);
		self::assertStringContainsString(Provider::ENTITY_ID, $answer['body']);
	}

	public function testMetadataByUpload(): void
	{
		$this->logIn(1);
		$this->settings(['metadata' => '', 'allow_unsolicited' => true]);
		$page = $this->send('wp-admin/options-general.php?page=samlforce&tab=sign-in&provider=main')['body'];
		self::assertSame(1, preg_match('/name="_wpnonce" value="(\w+)"/', $page, $nonce));
		$file = getenv('SAMLFORCE_WORK') . '/upload.xml';
		$post = static fn (): array => [
			'action' => 'samlforce_provider', 'what' => 'save', 'provider' => 'main', '_wpnonce' => $nonce[1], 'samlforce_enabled' => '1', 'samlforce_label' => ' <b>Portal</b> ',
			'samlforce_clock_skew' => '90', 'samlforce_default_role' => 'administrator', 'samlforce_domains' => '@Acme.example, acme.test', 'samlforce_metadata_file' => new \CURLFile($file, 'text/xml', 'idp.xml'),
		];
		file_put_contents($file, self::provider()->metadata());
		self::assertSame(302, $this->send('wp-admin/admin-post.php', $post(), true)['status']);
		wp_cache_flush();
		$provider = Providers::find('main');
		self::assertSame(self::provider()->metadata(), $provider->text('metadata'));
		self::assertSame(['Portal', '90', 'subscriber', 'acme.example acme.test'], array_map($provider->text(...), ['label', 'clock_skew', 'default_role', 'domains']));
		self::assertFalse($provider->on('allow_unsolicited'), 'A box without its tick.');
		$page = $this->send('wp-admin/options-general.php?page=samlforce&tab=sign-in&provider=main')['body'];
		self::assertStringContainsString('a role that manages the site is not given', $page);
		self::assertStringContainsString(Provider::ENTITY_ID, $page);
		file_put_contents($file, '<md:x xmlns:md="&lt;img src=x onerror=alert(1)&gt;"/>');
		$this->send('wp-admin/admin-post.php', $post(), true);
		wp_cache_flush();
		self::assertSame(self::provider()->metadata(), Providers::find('main')->text('metadata'));
		$page = $this->send('wp-admin/options-general.php?page=samlforce&tab=sign-in&provider=main')['body'];
		self::assertStringContainsString('was not changed', $page);
		self::assertStringNotContainsString('<img src=x', $page);
		self::assertSame(403, $this->send('wp-admin/admin-post.php', ['_wpnonce' => 'wrong'] + $post(), true)['status']);
	}

	public function testAnIdentityProviderCanBeTested(): void
	{
		$start = 'wp-admin/admin-post.php?action=samlforce_test_login&provider=main&_wpnonce=';
		$this->logIn($this->linked());
		self::assertSame(403, $this->send($start . wp_create_nonce('samlforce_test_login_main'))['status']);
		$this->logIn(1);
		self::assertSame(403, $this->send($start . '0123456789')['status']);
		self::assertSame(403, $this->send($start . wp_create_nonce('samlforce_test_login_other'))['status']);
		$go = $this->send($start . wp_create_nonce('samlforce_test_login_main'));
		self::assertSame(302, $go['status'], $go['body']);
		parse_str((string) parse_url($go['location'], PHP_URL_QUERY), $query);
		self::assertSame(1, preg_match('/\bID="([^"]+)"/', gzinflate(base64_decode($query['SAMLRequest'], true)), $match));
		// Browsers leave WordPress's own cookies out of a POST from another site.
		$administrator = $this->cookies;
		$this->cookies = [];
		$post = ['SAMLResponse' => self::provider()->response($match[1], 'ada', ['email' => 'ada@example.test']), 'RelayState' => $query['RelayState']];
		$answer = $this->send('wp-login.php?action=samlforce_acs', $post);
		self::assertSame(303, $answer['status'], $answer['body']);
		self::assertSame([TEST_COOKIE], array_keys($this->cookies), 'Nobody is signed in.');
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', $post)['status'], 'The second time it is a sign-in that nobody asked for.');
		$this->cookies = $administrator;
		$page = $this->send(strtok($answer['location'], '#'));
		self::assertStringContainsString('The answer is good', $page['body']);
		self::assertStringContainsString('ada@example.test', $page['body']);
	}

	public function testButtonsOfTheOutboxNeedTheirNonce(): void
	{
		$id = $this->registered();
		(new \Samlforce\WordPress\Outbox())->put($id, 'register', 'blocked');
		$row = (int) $this->row($id, 'register')->id;
		Emulator::touch();

		$this->logIn(1);
		foreach (['retry', 'discard'] as $what) {
			self::assertSame(403, $this->send("wp-admin/admin-post.php?action=samlforce_outbox&what=$what&id=$row")['status']);
		}
		self::assertSame('blocked', $this->row($id, 'register')->state);
		$retry = html_entity_decode(Status_Page::action_url('retry', $row));
		$wrong = str_replace("id=$row", 'id=' . ($row - 1), $retry);
		self::assertSame(403, $this->send($wrong)['status'], 'The nonce is good for its row only.');
		$answer = $this->send($retry);
		self::assertSame(302, $answer['status']);
		self::assertSame(Settings_Page::url('status'), $answer['location']);
		self::assertSame('done', $this->row($id, 'register')->state, (string) $this->row($id, 'register')->error);
		self::assertSame(302, $this->send(html_entity_decode(Status_Page::action_url('discard', $row)))['status']);
		self::assertNull((new \Samlforce\WordPress\Outbox())->row($row));

		$subscriber = $this->linked('bob');
		$this->logIn($subscriber);
		$held = (int) $this->row($id, 'activate')->id;
		self::assertSame(403, $this->send(html_entity_decode(Status_Page::action_url('discard', $held)))['status']);
		self::assertSame('held', $this->row($id, 'activate')->state);
	}

	public function testCronWorksThroughTheOutbox(): void
	{
		$id = $this->registered();
		Emulator::touch();
		Activation::confirm($id);
		wp_unschedule_hook('samlforce_run_outbox');
		wp_schedule_event(time() - 5, 'samlforce_minute', 'samlforce_run_outbox');
		delete_transient('doing_cron');
		self::assertSame(200, $this->send('wp-cron.php?doing_wp_cron')['status']);
		self::assertSame('done', $this->row($id, 'activate')->state, (string) $this->row($id, 'register')->error);
		self::assertTrue(Emulator::canLogIn('ada@example.test', self::PASSWORD));
	}
}
