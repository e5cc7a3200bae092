<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Configuration;
use Samlforce\WordPress\Outbox;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Rules;
use Samlforce\WordPress\Settings;

/** `wp samlforce`, by the real wp-cli, in a process of its own. */
final class CommandTest extends TestCase
{
	/** @return array{int, string, string} exit code, output and errors. */
	private function wp(array $words, string $input = '', string $of = 'samlforce'): array
	{
		$command = [PHP_BINARY, getenv('SAMLFORCE_WP_CLI'), '--path=' . getenv('SAMLFORCE_WP'), '--allow-root', '--no-color', $of, ...$words];
		$process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
		fwrite($pipes[0], $input);
		fclose($pipes[0]);
		$out = stream_get_contents($pipes[1]);
		// wp-cli and what comes with it is older than this PHP
		$errors = preg_replace('~^(PHP )?Deprecated: .*/wp-cli/vendor/.*\n~m', '', stream_get_contents($pipes[2]));
		$code = proc_close($process);
		wp_cache_flush();
		return [$code, $out, $errors];
	}

	private function json(array $words): array
	{
		[$code, $out, $errors] = $this->wp([...$words, '--format=json']);
		self::assertSame([0, ''], [$code, $errors], $out);
		return json_decode($out, true, 16, JSON_THROW_ON_ERROR);
	}

	public function testStatusEndsWithOneWhereAPersonIsNeeded(): void
	{
		Emulator::touch();
		self::assertSame(['good'], array_values(array_unique(array_column($this->json(['status']), 'status'))));
		$this->settings(['vault_key' => 'absent']);
		[$code, $out] = $this->wp(['status']);
		self::assertSame(1, $code);
		self::assertStringContainsString('absent', $out);
	}

	public function testIdentityProviders(): void
	{
		Providers::save('empty', ['enabled' => false]);
		[$main, $empty] = $this->json(['idp-list']);
		self::assertSame(['main', Provider::ENTITY_ID, 'yes', ''], [$main['name'], $main['entity_id'], $main['enabled'], $main['trouble']]);
		self::assertMatchesRegularExpression('/^\d{4}-\d\d-\d\d$/', $main['certificate']);
		self::assertSame(['empty', 'no', 'has no metadata'], [$empty['name'], $empty['enabled'], $empty['trouble']]);
	}

	public function testTheOutboxIsWorkedThrough(): void
	{
		$id = $this->registered();
		$rows = $this->json(['outbox-list']);
		self::assertEqualsCanonicalizing([Outbox::REGISTER, Outbox::ACTIVATE], array_column($rows, 'kind'));
		self::assertSame([$id], array_values(array_unique(array_column($rows, 'user'))));
		Emulator::touch();
		[$code, $out] = $this->wp(['outbox-run']);
		self::assertSame(0, $code, $out);
		self::assertStringContainsString('1 done', $out);
		self::assertSame([Outbox::REGISTER], array_column($this->json(['outbox-list', '--state=done']), 'kind'));
		self::assertSame(1, $this->wp(['outbox-list', '--state=gone'])[0]);
		self::assertSame(1, $this->wp(['outbox-run', '--seconds=0'])[0]);
	}

	public function testWhatNeedsAPersonIsSaidAndTriedAgain(): void
	{
		$this->registered();
		$outbox = new Outbox();
		$outbox->block($outbox->claim(), 'DUPLICATE_USERNAME', 'The name is taken.');
		[$code, $out] = $this->wp(['outbox-run']);
		self::assertSame(1, $code);
		self::assertStringContainsString('1 need a person', $out);
		$id = $this->wp(['outbox-list', '--state=blocked', '--format=ids'])[1];
		self::assertSame(0, $this->wp(['outbox-retry', trim($id)])[0]);
		self::assertSame([], $this->json(['outbox-list', '--state=blocked']));
		[$code, , $errors] = $this->wp(['outbox-retry', '999999', 'x']);
		self::assertSame(1, $code);
		self::assertStringContainsString('999999, x', $errors);
	}

	public function testAConfigurationGoesThereAndBack(): void
	{
		$this->settings(['label' => 'Portal „x“', 'create_accounts' => true, 'sf_locale' => 'it_IT', 'lock_profile' => true]);
		Rules::save(Provider::ENTITY_ID, ['trusted' => 'acme.example', 'fields' => [['attribute' => 'givenName', 'field' => 'first_name']]]);
		[$code, $text] = $this->wp(['config-export']);
		self::assertSame(0, $code);
		$before = Configuration::export();
		self::assertSame(json_decode(json_encode($before), true), json_decode($text, true));

		delete_option(Settings::OPTION);
		delete_option(Providers::OPTION);
		delete_option(Rules::OPTION);
		[$code, $out] = $this->wp(['config-import', '-', '--dry-run'], $text);
		self::assertSame(0, $code);
		self::assertStringContainsString('main, label: — → Portal', $out);
		self::assertSame([], Providers::all(), 'That was a dry run.');
		self::assertSame(0, $this->wp(['config-import', '-'], $text)[0]);
		self::assertSame($before, Configuration::export());
		self::assertStringContainsString('0 changes', $this->wp(['config-import', '-'], $text)[1]);
	}

	/** One value that can't be right, and nothing is changed. */
	public function testABadConfigurationChangesNothing(): void
	{
		$before = Configuration::export();
		$bad = [
			['settings' => ['sf_login_host' => 'not a host', 'sf_locale' => 'fr_FR']],
			['settings' => ['unknown' => 1, 'sf_locale' => 'fr_FR']],
			['settings' => ['sf_locale' => ['x']]],
			['providers' => ['A B' => []], 'settings' => ['sf_locale' => 'fr_FR']],
			['providers' => ['main' => ['metadata' => '<x/>', 'label' => 'x']]],
			['providers' => ['main' => ['default_role' => 'administrator', 'label' => 'x']]],
			['providers' => ['main' => ['metadata_url' => 'http://idp.example/metadata', 'label' => 'x']]],
			['rules' => [Provider::ENTITY_ID => ['trusted' => 'no domain!']], 'settings' => ['sf_locale' => 'fr_FR']],
		];
		foreach ($bad as $document) {
			try {
				Configuration::import(['format' => 'samlforce-configuration-1'] + $document, false);
				self::fail(json_encode($document));
			} catch (\InvalidArgumentException $e) {
				self::assertNotSame('', $e->getMessage());
			}
			self::assertSame($before, Configuration::export(), json_encode($document));
		}
		foreach (['', '[]', '{"format":"x"}', 'null'] as $text) {
			[$code, , $errors] = $this->wp(['config-import', '-'], $text);
			self::assertSame(1, $code);
			self::assertStringContainsString('Nothing was changed', $errors);
		}
		self::assertSame(1, $this->wp(['config-import', '/nowhere/file.json'])[0]);
	}

	public function testNoSecretIsExported(): void
	{
		\Samlforce\WordPress\Local_Login::make();
		$this->registered();
		$text = json_encode(Configuration::export());
		foreach (['sfv1.', 'PRIVATE', self::PASSWORD] as $secret) {
			self::assertStringNotContainsString($secret, $text);
		}
	}

	public function testAResponseIsExplained(): void
	{
		Providers::save('main', ['allow_unsolicited' => true]);
		$response = self::provider()->response(null, 'ada');
		$file = getenv('SAMLFORCE_WORK') . '/response';
		file_put_contents($file, $response);
		$checks = $this->json(['explain', $file]);
		self::assertContains('signature_value', array_column($checks, 'name'));
		self::assertSame([], array_filter($checks, fn (array $check): bool => $check['result'] === 'failed'));
		file_put_contents($file, base64_decode($response));
		[$code, $out] = $this->wp(['explain', $file, '--format=json', '--at=' . (time() + 86400)]);
		self::assertSame(1, $code);
		$failed = array_values(array_filter(json_decode($out, true), fn (array $check): bool => $check['result'] === 'failed'));
		self::assertCount(1, $failed);
		self::assertNotSame('', $failed[0]['advice']);
		[$code, $out] = $this->wp(['explain', '-', '--idp=main', '--format=json'], 'no response at all');
		self::assertSame(1, $code);
		self::assertContains('failed', array_column(json_decode($out, true), 'result'));
		self::assertSame(1, $this->wp(['explain', $file, '--idp=nobody'])[0]);
		self::assertSame(1, $this->wp(['explain', $file, '--at=tomorrow'])[0]);
	}

	public function testARefreshSaysWhatIsWrong(): void
	{
		self::assertSame(1, $this->wp(['idp-refresh'])[0], 'No address.');
		Providers::save('main', ['metadata_url' => 'https://127.0.0.1:9/metadata']);
		[$code, $out] = $this->wp(['idp-refresh', 'main']);
		self::assertSame(1, $code);
		self::assertStringContainsString('main: refused (', $out);
		self::assertSame(1, $this->wp(['idp-refresh', 'nobody'])[0]);
	}

	/** The very commands that administrators type: the password goes to Salesforce, sealed, and is in no table. */
	public function testPasswordsThatWpUserIsGiven(): void
	{
		update_option(Settings::OPTION, ['create_by_cli' => true] + get_option(Settings::OPTION));
		[$code, $out, $errors] = $this->wp(['create', 'cora', 'cora@example.test', '--user_pass=N3w-password', '--first_name=Cora', '--last_name=Lee', '--porcelain'], '', 'user');
		self::assertSame(0, $code, $errors);
		$id = (int) $out;
		self::assertTrue(\Samlforce\WordPress\Account::is_unconfirmed($id));
		$kinds = array_column($this->json(['outbox-list']), 'kind', 'id');
		self::assertEqualsCanonicalizing([Outbox::REGISTER, Outbox::ACTIVATE], $kinds);
		\Samlforce\WordPress\Activation::confirm($id);
		$this->work();
		self::assertTrue(Emulator::canLogIn('cora@example.test', 'N3w-password'));
		if (version_compare(get_bloginfo('version'), '6.3', '>=')) {
			[$code, , $errors] = $this->wp(['update', (string) $id, '--user_pass=An0ther-password', '--skip-email'], '', 'user');
			self::assertSame(0, $code, $errors);
			$this->work();
			self::assertTrue(Emulator::canLogIn('cora@example.test', 'An0ther-password'));
		}
		foreach (['N3w-password', 'An0ther-password'] as $password) {
			self::assertSame([], $this->inDatabase($password));
		}
	}
}
