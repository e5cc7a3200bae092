<?php
declare(strict_types=1);

namespace SalesforceEmulator;

final class Request
{
	/** @param array<string, string> $query @param array<string, string> $headers names in lower case */
	public function __construct(
		public readonly string $method,
		public readonly string $path,
		public readonly array $query,
		public readonly array $headers,
		public readonly string $body,
	) {
	}

	public static function fromServer(array $server): self
	{
		[$path, $queryString] = explode('?', $server['REQUEST_URI'], 2) + [1 => ''];
		$headers = [];
		foreach ($server as $name => $value) {
			if (str_starts_with($name, 'HTTP_')) {
				$headers[strtolower(strtr(substr($name, 5), '_', '-'))] = (string) $value;
			}
		}
		$headers['content-type'] = (string) ($server['CONTENT_TYPE'] ?? '');
		return new self($server['REQUEST_METHOD'], $path, self::parameters($queryString), $headers, preg_match('~/jobs/ingest/[^/]+/batches/?$~D', $path) === 1 ? '' : (string) file_get_contents('php://input'));
	}

	/** As PHP's own parsing, but dots and spaces in names stay and brackets make no arrays. */
	public static function parameters(string $encoded): array
	{
		$parameters = [];
		foreach (explode('&', $encoded) as $pair) {
			if ($pair !== '') {
				[$name, $value] = explode('=', $pair, 2) + [1 => ''];
				$parameters[urldecode($name)] = urldecode($value);
			}
		}
		return $parameters;
	}

	public function header(string $name): string
	{
		return $this->headers[$name] ?? '';
	}

	/** The media type without its parameters, in lower case. */
	public function mediaType(): string
	{
		return strtolower(trim(explode(';', $this->header('content-type'), 2)[0]));
	}
}
