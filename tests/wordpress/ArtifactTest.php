<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Answer;
use Samlforce\WordPress\Links;
use Samlforce\WordPress\Login_Test;
use Samlforce\WordPress\Providers;
use Samlforce\WordPress\Rate_Limit;
use Samlforce\WordPress\Sign_In;
use Samlforce\WordPress\Sign_In_Log;
use Samlforce\WordPress\Sign_In_Refused;
use Samlforce\WordPress\Site_Health;

/** The answer comes as an artifact: the browser brings a reference, and the extension fetches what it stands for over TLS. */
final class ArtifactTest extends HttpTestCase
{
	/** @var resource */
	private static $service;

	private static string $folder = '';

	public static function setUpBeforeClass(): void
	{
		parent::setUpBeforeClass();
		self::$folder = getenv('SAMLFORCE_WORK') . '/artifacts';
		mkdir(self::$folder);
		$port = (int) getenv('SAMLFORCE_ARTIFACT_PORT');
		$log = ['file', getenv('SAMLFORCE_WORK') . '/artifacts.log', 'a'];
		self::$service = proc_open([PHP_BINARY, '-n', ...self::openssl(), __DIR__ . '/artifact-service.php', (string) $port, getenv('SAMLFORCE_ARTIFACT_CERTIFICATE'), self::$folder, Provider::ENTITY_ID], [['file', '/dev/null', 'r'], $log, $log], $pipes);
		for ($i = 0; $i < 200 && !@fsockopen('127.0.0.1', $port); $i++) {
			usleep(50000);
		}
	}

	/** @return list<string> */
	private static function openssl(): array
	{
		return is_file(ini_get('extension_dir') . '/openssl.so') ? ['-d', 'extension=openssl'] : [];
	}

	public static function tearDownAfterClass(): void
	{
		proc_terminate(self::$service);
		proc_close(self::$service);
		parent::tearDownAfterClass();
	}

	protected function setUp(): void
	{
		parent::setUp();
		array_map('unlink', glob(self::$folder . '/*'));
		$this->provide(['by_artifact' => true]);
	}

	private static function metadata(?string $service = null): string
	{
		$service ??= 'https://idp.samlforce.localhost:' . getenv('SAMLFORCE_ARTIFACT_PORT') . '/artifact';
		return str_replace('<md:SingleLogoutService', '<md:ArtifactResolutionService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="' . $service . '" index="1"/><md:SingleLogoutService', self::provider()->metadata());
	}

	private function provide(array $changes, ?string $metadata = null): void
	{
		Providers::save('main', $changes + ['metadata' => $metadata ?? self::metadata()]);
	}

	private function linked(): int
	{
		$id = wp_insert_user(['user_login' => 'ada', 'user_pass' => 'x-password-1', 'user_email' => 'ada@example.test', 'role' => 'subscriber']);
		Links::add(Provider::ENTITY_ID, 'ada', $id);
		return $id;
	}

	private static function artifact(string $of = Provider::ENTITY_ID, int $endpoint = 1): string
	{
		return base64_encode("\0\4" . pack('n', $endpoint) . sha1($of, true) . random_bytes(20));
	}

	/** What the service will answer the next one who asks. */
	private function keep(string $response): void
	{
		file_put_contents(self::$folder . '/message.xml', base64_decode($response, true));
	}

	private static function asked(): int
	{
		return is_file(self::$folder . '/asked') ? count(file(self::$folder . '/asked')) : 0;
	}

	private function bring(string $artifact, string $relay, bool $post = false): array
	{
		$fields = ['SAMLart' => $artifact, 'RelayState' => $relay];
		return $post ? $this->send('wp-login.php?action=samlforce_acs', $fields) : $this->send('wp-login.php?action=samlforce_acs&' . http_build_query($fields));
	}

	/** @dataProvider ways */
	public function testThereAndBack(bool $post): void
	{
		$id = $this->linked();
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login&redirect_to=' . rawurlencode(home_url('/?p=1')));
		$this->keep(self::provider()->response($request, 'ada'));
		$artifact = self::artifact();
		$answer = $this->bring($artifact, $relay, $post);
		self::assertSame(302, $answer['status'], $answer['body']);
		self::assertSame(home_url('/?p=1'), $answer['location']);
		self::assertStringContainsString('no-store', implode($answer['headers']['cache-control']));
		self::assertSame($id, wp_validate_auth_cookie($this->cookies[LOGGED_IN_COOKIE], 'logged_in'));
		$question = (string) file_get_contents(self::$folder . '/asked');
		self::assertStringContainsString("<samlp:Artifact>$artifact</samlp:Artifact>", $question);
		self::assertStringContainsString('<ds:SignatureValue>', $question);
		// The pending sign-in is used up: nobody is asked for the same thing twice.
		self::assertSame(403, $this->bring($artifact, $relay, $post)['status']);
		self::assertSame(1, self::asked());
	}

	/** @return array<string, list<bool>> */
	public function ways(): array
	{
		return ['by a link' => [false], 'by a form' => [true]];
	}

	public function testItIsAskedForAndOffered(): void
	{
		$asks = static function (): string {
			parse_str((string) parse_url(Providers::find('main')->request_login('x')->url, PHP_URL_QUERY), $query);
			return (string) gzinflate(base64_decode($query['SAMLRequest'], true));
		};
		self::assertStringContainsString('ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"', $asks());
		$offer = '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"';
		self::assertStringContainsString($offer, $this->send('wp-login.php?action=samlforce_metadata')['body']);
		$this->provide(['by_index' => true]);
		self::assertStringContainsString(' AssertionConsumerServiceIndex="1"', $asks());
		self::assertStringNotContainsString('ProtocolBinding', $asks());
		$this->provide(['by_artifact' => false]);
		self::assertStringContainsString(' AssertionConsumerServiceIndex="0"', $asks());
		self::assertStringNotContainsString($offer, $this->send('wp-login.php?action=samlforce_metadata')['body']);
	}

	public function testAnotherBrowserGetsNothingAndNobodyIsAsked(): void
	{
		$this->linked();
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		$this->keep(self::provider()->response($request, 'ada'));
		$this->cookies = [];
		self::assertSame(403, $this->bring(self::artifact(), $relay)['status']);
		self::assertArrayNotHasKey(LOGGED_IN_COOKIE, $this->cookies);
		self::assertSame(0, self::asked());
	}

	private function refused(Answer $answer): string
	{
		try {
			(new Sign_In())->accept($answer, 'browser');
		} catch (Sign_In_Refused $e) {
			return $e->reason;
		}
		return 'accepted';
	}

	public function testWhatNobodyAskedForIsAskedAboutOnlyWhereItMayBe(): void
	{
		$this->linked();
		self::assertSame('unsolicited', $this->refused(Answer::by_artifact(self::artifact())));
		$this->provide(['allow_unsolicited' => true]);
		self::assertSame('issuer_mismatch', $this->refused(Answer::by_artifact(self::artifact('https://other.example'))));
		self::assertSame('artifact_service_unknown', $this->refused(Answer::by_artifact(self::artifact(endpoint: 2))));
		self::assertSame('artifact_invalid', $this->refused(Answer::by_artifact('%%%')));
		self::assertSame(0, self::asked());
		$response = self::provider()->response(null, 'ada');
		$this->keep($response);
		self::assertSame('accepted', $this->refused(Answer::by_artifact(self::artifact())));
		$this->keep($response);
		self::assertSame('replayed', $this->refused(Answer::by_artifact(self::artifact())));
		self::assertSame('artifact_unresolved', $this->refused(Answer::by_artifact(self::artifact())), 'It is known once.');
		self::assertSame(3, self::asked());
		while (Rate_Limit::allows('artifact ' . Rate_Limit::caller(), 60)) {
			continue;
		}
		self::assertSame('too_many', $this->refused(Answer::by_artifact(self::artifact())));
		self::assertSame(3, self::asked());
	}

	public function testTheResponseIsJudgedLikeOneThatWasPosted(): void
	{
		$this->linked();
		foreach (['signature_invalid' => [new Provider(), null], 'in_response_to_mismatch' => [self::provider(), '_another'], 'audience_mismatch' => [self::provider(), null]] as $reason => [$provider, $other]) {
			[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
			$this->keep($provider->response($other ?? $request, 'ada', [], null, $reason === 'audience_mismatch' ? 'https://other.example' : null));
			$answer = $this->bring(self::artifact(), $relay);
			self::assertSame(403, $answer['status']);
			self::assertSame($reason, Sign_In_Log::page(1, 1)[0]->reason);
			self::assertArrayNotHasKey(LOGGED_IN_COOKIE, $this->cookies);
		}
		[$request, $relay] = $this->start('wp-login.php?action=samlforce_login');
		file_put_contents(self::$folder . '/status', '404 Not Found');
		$answer = $this->bring(self::artifact(), $relay);
		self::assertStringContainsString('could not be asked', $answer['body']);
		self::assertSame('back_channel_failed', Sign_In_Log::page(1, 1)[0]->reason);
	}

	public function testATestOfItShowsTheBackChannelToo(): void
	{
		foreach ([true, false] as $known) {
			parse_str((string) parse_url(Login_Test::begin(Providers::find('main'), 1)->url, PHP_URL_QUERY), $query);
			self::assertSame(1, preg_match('/\bID="([^"]+)"/', gzinflate(base64_decode($query['SAMLRequest'], true)), $match));
			if ($known) {
				$this->keep(self::provider()->response($match[1], 'ada', ['email' => 'ada@example.test']));
			}
			$answer = $this->bring(self::artifact(), $query['RelayState']);
			self::assertSame(303, $answer['status'], $answer['body']);
			self::assertArrayNotHasKey(LOGGED_IN_COOKIE, $this->cookies);
			wp_set_current_user(1);
			ob_start();
			Login_Test::print_section(Providers::find('main'));
			$html = html_entity_decode((string) ob_get_clean(), ENT_QUOTES);
			self::assertStringContainsString('artifact service can be asked', $html);
			self::assertStringContainsString($known ? 'The answer is good' : 'artifact_unresolved', $html);
			self::assertSame($known, str_contains($html, 'ada@example.test'));
			self::assertSame(!$known, str_contains($html, 'Give the identity provider our metadata anew'));
		}
		self::assertSame(2, self::asked(), 'Once each: an artifact can be asked about only once.');
		self::assertSame(0, Sign_In_Log::count());
	}

	public function testWhatIsMissingIsSaid(): void
	{
		$trouble = static fn (): string => Providers::find('main')->artifact_trouble();
		self::assertSame('', $trouble());
		self::assertSame('good', (new Site_Health())->artifacts()['status']);
		$this->provide([], self::metadata('https://elsewhere.test/artifact'));
		self::assertStringContainsString('elsewhere.test', $trouble());
		self::assertSame('critical', (new Site_Health())->artifacts()['status']);
		$this->provide([], self::metadata('http://idp.samlforce.localhost/artifact'));
		self::assertStringContainsString('must be an https address', $trouble());
		$this->provide([], self::provider()->metadata());
		self::assertStringContainsString('names no artifact service', $trouble());
		$this->settings(['sp_key' => '', 'by_artifact' => true, 'metadata' => self::metadata()]);
		self::assertStringContainsString('needs a key', $trouble());
		$this->provide(['by_artifact' => false]);
		self::assertSame('', $trouble());
	}

	public function testOddOnesAreRefused(): void
	{
		foreach (['SAMLart=', 'SAMLart[]=x', 'RelayState=x', 'SAMLart=' . str_repeat('A', 129), 'SAMLResponse=PHg+'] as $query) {
			self::assertSame(405, $this->send("wp-login.php?action=samlforce_acs&$query")['status'], $query);
		}
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs', ['SAMLart' => str_repeat('A', 129)])['status']);
		self::assertSame(403, $this->send('wp-login.php?action=samlforce_acs&SAMLart=%00')['status']);
		self::assertSame(0, self::asked());
	}
}
