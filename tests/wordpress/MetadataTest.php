<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\Saml\MetadataOutcome;
use Samlforce\WordPress\Metadata_Panel;
use Samlforce\WordPress\Metadata_Source;
use Samlforce\WordPress\Metadata_Upkeep;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Site_Health;

/** Metadata that is fetched from an address: from a server of this test, which the site is told to trust. */
final class MetadataTest extends TestCase
{
	/** @var resource */
	private static $server;

	private static string $folder = '';
	private static string $url = '';

	public static function setUpBeforeClass(): void
	{
		self::$folder = getenv('SAMLFORCE_WORK') . '/metadata';
		mkdir(self::$folder);
		// What a test puts into answer.json is the answer.
		file_put_contents(self::$folder . '/index.php', '<?php file_put_contents(__DIR__ . "/asked", $_SERVER["REQUEST_URI"]); $a = json_decode(file_get_contents(__DIR__ . "/answer.json"), true); http_response_code($a["status"]); foreach ($a["headers"] as $h) { header($h); } echo $a["zeros"] ? str_repeat("0", $a["zeros"]) : base64_decode($a["body"]);');
		$port = (int) explode(':', stream_socket_get_name(stream_socket_server('tcp://127.0.0.1:0'), false))[1];
		self::$url = "http://127.0.0.1:$port/metadata";
		$log = ['file', getenv('SAMLFORCE_WORK') . '/metadata.log', 'a'];
		self::$server = proc_open([PHP_BINARY, '-n', '-S', "127.0.0.1:$port", self::$folder . '/index.php'], [['file', '/dev/null', 'r'], $log, $log], $pipes);
		for ($i = 0; $i < 100 && !@fsockopen('127.0.0.1', $port); $i++) {
			usleep(50000);
		}
	}

	public static function tearDownAfterClass(): void
	{
		proc_terminate(self::$server);
		proc_close(self::$server);
	}

	protected function setUp(): void
	{
		parent::setUp();
		delete_option(Metadata_Upkeep::OPTION);
		add_filter('samlforce_metadata_from_inside', [self::class, 'isOurs'], 10, 2);
		Providers::save('main', ['metadata_url' => self::$url]);
		$this->serve(self::provider()->metadata());
	}

	protected function tearDown(): void
	{
		remove_filter('samlforce_metadata_from_inside', [self::class, 'isOurs']);
	}

	public static function isOurs(bool $allowed, string $host): bool
	{
		return $host === '127.0.0.1';
	}

	private function serve(string $body, int $status = 200, array $headers = [], int $zeros = 0): void
	{
		file_put_contents(self::$folder . '/answer.json', json_encode(['body' => base64_encode($body), 'status' => $status, 'headers' => $headers, 'zeros' => $zeros]));
	}

	private function refresh(?string $approved = null): MetadataOutcome
	{
		return Metadata_Upkeep::refresh(Providers::find('main'), $approved);
	}

	private function stored(): string
	{
		return Providers::find('main')->text('metadata');
	}

	/** The same provider with one certificate more, or another one alone. */
	private function with(Provider ...$providers): string
	{
		$keys = '';
		foreach ($providers as $provider) {
			self::assertSame(1, preg_match('~<md:KeyDescriptor.*?</md:KeyDescriptor>~', $provider->metadata(), $match));
			$keys .= $match[0];
		}
		return preg_replace('~<md:KeyDescriptor.*</md:KeyDescriptor>~', $keys, self::provider()->metadata());
	}

	public function testTheSameIsTheSame(): void
	{
		$before = Providers::find('main')->identity_provider()->certificates();
		self::assertSame(MetadataOutcome::Unchanged, $this->refresh());
		self::assertSame($before, Providers::find('main')->identity_provider()->certificates());
		$state = Metadata_Upkeep::state('main');
		self::assertEqualsWithDelta(time(), $state['good'], 5);
		self::assertGreaterThanOrEqual(time() + 3590, $state['next']);
		self::assertEqualsWithDelta(0, $state['clock'], 5);
		self::assertSame([], $this->mails((string) get_option('admin_email')));
	}

	public function testANewKeyBesideTheOldIsTakenAndTold(): void
	{
		$next = new Provider();
		$this->serve($this->with(self::provider(), $next));
		self::assertSame(MetadataOutcome::Replaced, $this->refresh());
		self::assertCount(2, Providers::find('main')->identity_provider()->certificates());
		$mails = $this->mails((string) get_option('admin_email'));
		self::assertCount(1, $mails);
		self::assertStringContainsString('A key is new', $mails[0]['message']);
		self::assertNotSame(0, Metadata_Upkeep::state('main')['changed']);
		self::assertSame(MetadataOutcome::Unchanged, $this->refresh());
		self::assertCount(1, $this->mails((string) get_option('admin_email')), 'It is told once.');
		// Then the old one goes: the one that is kept is known.
		$this->serve($this->with($next));
		self::assertSame(MetadataOutcome::Replaced, $this->refresh());
	}

	public function testWhatDropsEveryKeyWaitsForAPerson(): void
	{
		$before = $this->stored();
		$this->serve($this->with(new Provider()));
		self::assertSame(MetadataOutcome::Held, $this->refresh());
		self::assertSame(MetadataOutcome::Held, $this->refresh());
		self::assertSame($before, $this->stored());
		self::assertCount(1, $this->mails((string) get_option('admin_email')));
		$state = Metadata_Upkeep::state('main');
		self::assertSame(['drops_every_key'], $state['held']['why']);
		self::assertSame('critical', (new Site_Health())->metadata()['status']);

		wp_set_current_user(1);
		ob_start();
		Metadata_Panel::print_state(Providers::find('main'));
		(new Metadata_Panel())->print_notice();
		Metadata_Panel::print_summary();
		$html = (string) ob_get_clean();
		self::assertStringContainsString('Accept the new metadata', $html);
		self::assertStringContainsString('needs you before it is used', $html);

		// Something else is there by the time that the person says yes.
		$seen = $state['held']['fingerprint'];
		$evil = new Provider();
		$this->serve($this->with($evil));
		self::assertSame(MetadataOutcome::Held, $this->refresh($seen));
		self::assertSame($before, $this->stored());
		self::assertSame(MetadataOutcome::Replaced, $this->refresh(Metadata_Upkeep::state('main')['held']['fingerprint']));
		self::assertNull(Metadata_Upkeep::state('main')['held']);
		self::assertNotSame($before, $this->stored());
	}

	public function testWhatWasRefusedIsNotAskedAboutAgain(): void
	{
		$this->serve($this->with(new Provider()));
		$this->refresh();
		Metadata_Upkeep::refuse('main');
		$this->refresh();
		self::assertTrue(Metadata_Upkeep::state('main')['held']['refused']);
		wp_set_current_user(1);
		ob_start();
		(new Metadata_Panel())->print_notice();
		self::assertSame('', ob_get_clean());
		self::assertSame('good', (new Site_Health())->metadata()['status']);
		// Another one is.
		$this->serve($this->with(new Provider()));
		$this->refresh();
		self::assertFalse(Metadata_Upkeep::state('main')['held']['refused']);
		self::assertCount(2, $this->mails((string) get_option('admin_email')));
	}

	public function testOneThatSignsItselfMustGoOnSigning(): void
	{
		Providers::save('main', ['metadata_own_key' => true]);
		$before = $this->stored();
		self::assertSame(MetadataOutcome::Refused, $this->refresh(), 'It is not signed.');
		self::assertSame($before, $this->stored());
		self::assertNotSame('', Metadata_Upkeep::state('main')['problem']);
		self::assertSame(0, Metadata_Upkeep::state('main')['good']);
	}

	/** @return list<array{int, string, list<string>, string}> */
	public function badAnswers(): array
	{
		return [
			[500, '', [], 'status 500'], [404, 'no', [], 'status 404'], [302, '', ['Location: http://127.0.0.1/other'], 'redirects are not followed'],
			[200, '', [], ''], [200, '<x/>', [], ''], [200, '<!DOCTYPE x []><x/>', [], ''],
			[200, (new Provider('https://another.example'))->metadata(), [], ''],
		];
	}

	/** @dataProvider badAnswers */
	public function testWhateverComesTheLastGoodOneStays(int $status, string $body, array $headers, string $says): void
	{
		$before = $this->stored();
		$this->serve($body, $status, $headers);
		self::assertSame(MetadataOutcome::Refused, $this->refresh());
		self::assertSame($before, $this->stored());
		$state = Metadata_Upkeep::state('main');
		self::assertNotSame('', $state['problem']);
		self::assertStringContainsString($says, $state['problem']);
		self::assertGreaterThan(time(), $state['next']);
	}

	public function testTheSizeEndsSomewhere(): void
	{
		$most = min(16777216, ini_parse_quantity((string) ini_get('samlforce.saml.metadata_max_bytes')));
		$this->serve('', zeros: $most);
		self::assertSame($most, strlen(Metadata_Source::fetch(self::$url)[0]));
		$this->serve('', zeros: $most + 1);
		$this->expectExceptionMessage('larger than');
		Metadata_Source::fetch(self::$url);
	}

	/** @return list<list<string>> */
	public function addressesThatAreNotAsked(): array
	{
		return array_map(static fn (string $url): array => [$url], [
			'http://8.8.8.8/', 'https://127.0.0.2/', 'https://localhost/', 'https://10.0.0.1/', 'https://192.168.0.1/', 'https://169.254.169.254/latest', 'https://[::1]/', 'https://[fe80::1]/',
			'https://[::ffff:127.0.0.2]/', 'https://2130706434/', 'https://0x7f.0.0.2/', 'https://user@8.8.8.8/', 'ftp://8.8.8.8/', 'file:///etc/passwd', 'https://', 'nonsense', '//8.8.8.8/',
		]);
	}

	/** @dataProvider addressesThatAreNotAsked */
	public function testTheServerIsNotSentIntoItsOwnNetwork(string $url): void
	{
		$asked = false;
		$watch = static function () use (&$asked): bool {
			return $asked = true;
		};
		add_filter('pre_http_request', $watch);
		try {
			Metadata_Source::fetch($url);
			self::fail("$url was asked.");
		} catch (\RuntimeException $e) {
			self::assertFalse($asked, $e->getMessage());
		} finally {
			remove_filter('pre_http_request', $watch);
		}
	}

	public function testTheAddressesThatWereLookedAtAreTheOnesThatAreAsked(): void
	{
		self::assertSame('', Metadata_Source::pins('https://8.8.8.8/'), 'There is no name that could change.');
		foreach (['8.8.8.8', '2001:4860:4860::8888'] as $public) {
			self::assertTrue(Metadata_Source::is_public($public), $public);
		}
		foreach (['100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '2002:a00:1::', '64:ff9b::a00:1', 'fc00::1', '::'] as $other) {
			self::assertFalse(Metadata_Source::is_public($other), $other);
		}
	}

	public function testAQueryServerIsAskedForOneEntity(): void
	{
		Providers::save('main', ['metadata' => '', 'metadata_query' => true, 'entity_id' => Provider::ENTITY_ID]);
		$xml = Metadata_Upkeep::first(Providers::find('main'));
		self::assertStringContainsString(Provider::ENTITY_ID, $xml);
		self::assertSame('/metadata/entities/' . rawurlencode(Provider::ENTITY_ID), (string) file_get_contents(self::$folder . '/asked'));
		$this->serve((new Provider('https://another.example'))->metadata());
		$this->expectException(\RuntimeException::class);
		Metadata_Upkeep::first(Providers::find('main'));
	}

	public function testOneOfSeveralIsTakenByItsName(): void
	{
		$this->serve('<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">' . self::provider()->metadata() . (new Provider('https://another.example'))->metadata() . '</md:EntitiesDescriptor>');
		Providers::save('main', ['metadata' => '', 'entity_id' => 'https://another.example']);
		Providers::save('main', ['metadata' => Metadata_Upkeep::first(Providers::find('main'))]);
		self::assertSame('https://another.example', Providers::find('main')->issuer());
		Providers::save('main', ['metadata' => '', 'entity_id' => '']);
		$this->expectException(\RuntimeException::class);
		Metadata_Upkeep::first(Providers::find('main'));
	}

	public function testCronRefreshesWhatIsDue(): void
	{
		$upkeep = new Metadata_Upkeep();
		$upkeep->run();
		$state = Metadata_Upkeep::state('main');
		self::assertNotSame(0, $state['good']);
		unlink(self::$folder . '/asked');
		$upkeep->run();
		self::assertFileDoesNotExist(self::$folder . '/asked', 'It is not due.');
		Providers::save('main', ['enabled' => false]);
		update_option(Metadata_Upkeep::OPTION, []);
		$upkeep->run();
		self::assertFileDoesNotExist(self::$folder . '/asked', 'It is not in use.');
	}

	public function testSiteHealthKnowsHowOldItIs(): void
	{
		$health = new Site_Health();
		$this->refresh();
		self::assertSame('good', $health->metadata()['status']);
		self::assertSame('good', $health->clock()['status']);
		$state = Metadata_Upkeep::state('main');
		update_option(Metadata_Upkeep::OPTION, ['main' => ['good' => time() - 8 * DAY_IN_SECONDS, 'problem' => 'It is away.'] + $state]);
		self::assertSame('recommended', $health->metadata()['status']);
		update_option(Metadata_Upkeep::OPTION, ['main' => ['valid_until' => time() + DAY_IN_SECONDS] + $state]);
		self::assertSame('critical', $health->metadata()['status']);
		update_option(Metadata_Upkeep::OPTION, ['main' => ['clock' => -30] + $state]);
		self::assertSame('recommended', $health->clock()['status']);
		update_option(Metadata_Upkeep::OPTION, ['main' => ['clock' => 61] + $state]);
		self::assertSame('critical', $health->clock()['status']);
	}
}
