<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

/** A web server with the site, and a browser that keeps cookies. */
abstract class HttpTestCase extends TestCase
{
	/** @var resource|null */
	private static $server;

	/** What a web server would rewrite, as a script of PHP's own; null: nothing. */
	protected static ?string $router = null;

	/** @var array<string, string> */
	protected array $cookies = [];

	public static function setUpBeforeClass(): void
	{
		$url = parse_url(site_url());
		self::assertSame(['http', '127.0.0.1'], [$url['scheme'], $url['host']], 'These tests serve the site themselves, so its address must be http://127.0.0.1:PORT.');
		$log = getenv('SAMLFORCE_WORK') . '/server.log';
		self::$server = proc_open([PHP_BINARY, '-d', 'display_errors=0', '-d', 'log_errors=1', '-S', "127.0.0.1:$url[port]", '-t', getenv('SAMLFORCE_WP'), ...(static::$router === null ? [] : [static::$router])], [['file', '/dev/null', 'r'], ['file', $log, 'a'], ['file', $log, 'a']], $pipes);
		for ($i = 0; $i < 100 && !@fsockopen('127.0.0.1', $url['port']); $i++) {
			usleep(50000);
		}
	}

	public static function tearDownAfterClass(): void
	{
		proc_terminate(self::$server);
		proc_close(self::$server);
		$log = (string) file_get_contents(getenv('SAMLFORCE_WORK') . '/server.log');
		self::assertDoesNotMatchRegularExpression('~PHP (Warning|Notice|Deprecated|Fatal).*plugins/samlforce~i', $log);
		self::assertStringNotContainsString(self::PASSWORD, $log);
	}

	/** @return array{status: int, headers: array<string, list<string>>, body: string, location: string} */
	protected function send(string $url, array|string|null $post = null, bool $multipart = false): array
	{
		$headers = [];
		$curl = curl_init(str_starts_with($url, 'http') ? $url : site_url($url));
		curl_setopt_array($curl, [
			CURLOPT_RETURNTRANSFER => true,
			CURLOPT_TIMEOUT => 60,
			CURLOPT_HTTPHEADER => [...(is_string($post) ? ['Content-Type: text/xml; charset=utf-8'] : []), 'Expect:', 'Cookie: ' . http_build_query($this->cookies, '', '; ', PHP_QUERY_RFC3986)],
			CURLOPT_HEADERFUNCTION => static function ($curl, string $line) use (&$headers): int {
				if (str_contains($line, ':')) {
					[$name, $value] = explode(':', $line, 2);
					$headers[strtolower($name)][] = trim($value);
				}
				return strlen($line);
			},
		]);
		if ($post !== null) {
			curl_setopt($curl, CURLOPT_POSTFIELDS, $multipart || is_string($post) ? $post : http_build_query($post));
		}
		$body = curl_exec($curl);
		self::assertIsString($body, curl_error($curl));
		foreach ($headers['set-cookie'] ?? [] as $cookie) {
			[$name, $value] = explode('=', explode(';', $cookie)[0], 2);
			$this->cookies[$name] = rawurldecode($value);
		}
		wp_cache_flush();
		return ['status' => curl_getinfo($curl, CURLINFO_RESPONSE_CODE), 'headers' => $headers, 'body' => $body, 'location' => $headers['location'][0] ?? ''];
	}

	/** A session, without the login page. */
	protected function logIn(int $user): void
	{
		$token = \WP_Session_Tokens::get_instance($user)->create(time() + 3600);
		foreach ([AUTH_COOKIE => 'auth', LOGGED_IN_COOKIE => 'logged_in'] as $name => $scheme) {
			$this->cookies[$name] = wp_generate_auth_cookie($user, time() + 3600, $scheme, $token);
		}
		wp_set_current_user($user);
		$_COOKIE = $this->cookies;
	}

	/** @return array{string, string} the ID of the request, and RelayState */
	protected function start(string $url): array
	{
		$answer = $this->send($url);
		self::assertSame(302, $answer['status'], $answer['body']);
		self::assertStringStartsWith('https://portal.salesforce.test/idp/login?', $answer['location']);
		self::assertStringContainsString('no-cache', implode($answer['headers']['cache-control']));
		$cookie = array_values(array_filter($answer['headers']['set-cookie'], static fn (string $line): bool => str_starts_with($line, 'samlforce=')));
		self::assertCount(1, $cookie);
		self::assertStringContainsString('HttpOnly', $cookie[0]);
		self::assertStringContainsString('path=/;', $cookie[0]);
		parse_str((string) parse_url($answer['location'], PHP_URL_QUERY), $query);
		self::assertArrayHasKey('Signature', $query);
		self::assertSame(1, preg_match('/\bID="([^"]+)"/', gzinflate(base64_decode($query['SAMLRequest'], true)), $match));
		return [$match[1], $query['RelayState']];
	}
}
