<?php
declare(strict_types=1);

// What the emulator's tests share: a check, a shell, and a client that knows nothing but HTTP.

$passed = 0;
$failed = 0;

function check(string $what, bool $holds, mixed $seen = null): void
{
	global $passed, $failed;
	if ($holds) {
		$passed++;
		return;
	}
	$failed++;
	echo "FAIL: $what\n";
	if ($seen !== null) {
		echo '      seen: ', is_string($seen) ? $seen : json_encode($seen, JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR), "\n";
	}
}

function same(string $what, mixed $expected, mixed $seen): void
{
	check($what, $expected === $seen, $expected === $seen ? null : ['expected' => $expected, 'seen' => $seen]);
}

function section(string $name): void
{
	echo "-- $name\n";
}

/** @return array{0: int, 1: string, 2: string} exit code, standard output, standard error */
function sh(array $command, string $input = '', array $environment = []): array
{
	$out = tmpfile();
	$err = tmpfile();
	$process = proc_open($command, [['pipe', 'r'], $out, $err], $pipes, null, $environment === [] ? null : $environment + getenv());
	fwrite($pipes[0], $input);
	fclose($pipes[0]);
	$code = proc_close($process);
	rewind($out);
	rewind($err);
	return [$code, stream_get_contents($out), stream_get_contents($err)];
}

function base64Url(string $bytes): string
{
	return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

final class Answer
{
	public function __construct(public int $status, public array $headers, public string $body, public int $errno, public string $error, public array $info)
	{
	}

	public function json(): mixed
	{
		return json_decode($this->body, true);
	}

	public function code(): ?string
	{
		$json = $this->json();
		return is_array($json) ? $json[0]['errorCode'] ?? $json['error'] ?? null : null;
	}

	public function message(): ?string
	{
		$json = $this->json();
		return is_array($json) ? $json[0]['message'] ?? $json['error_description'] ?? null : null;
	}

	public function brief(): array
	{
		return [$this->status, substr($this->body, 0, 600), $this->error];
	}
}

final class Http
{
	public string $token = '';
	public string $base = '';
	private ?CurlHandle $handle = null;

	public function __construct(private readonly string $ca)
	{
	}

	/** A new connection from here on. */
	public function forget(): void
	{
		$this->handle = null;
	}

	public function handle(string $method, string $path, string|array|null $body = null, array $headers = [], array $options = []): CurlHandle
	{
		$curl = curl_init();
		$this->prepare($curl, $method, $path, $body, $headers, $options);
		return $curl;
	}

	private function prepare(CurlHandle $curl, string $method, string $path, string|array|null $body, array $headers, array $options): void
	{
		$headers += ['Authorization' => 'Bearer ' . $this->token];
		if (is_array($body)) {
			$body = $body === [] ? '{}' : json_encode($body, JSON_THROW_ON_ERROR);
			$headers += ['Content-Type' => 'application/json'];
		}
		$lines = [];
		foreach ($headers as $name => $value) {
			$lines[] = $value === null ? "$name:" : "$name: $value";
		}
		curl_setopt_array($curl, $options + [
			CURLOPT_URL => str_starts_with($path, 'https://') ? $path : $this->base . (str_starts_with($path, '/') ? $path : '/services/data/v67.0/' . $path),
			CURLOPT_CUSTOMREQUEST => $method,
			CURLOPT_HTTPHEADER => $lines,
			CURLOPT_CAINFO => $this->ca,
			CURLOPT_RETURNTRANSFER => true,
			CURLOPT_TIMEOUT => 20,
			CURLOPT_NOBODY => $method === 'HEAD',
		]);
		if ($body !== null) {
			curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
		}
	}

	public function ask(string $method, string $path, string|array|null $body = null, array $headers = [], array $options = []): Answer
	{
		if ($this->handle === null) {
			$this->handle = curl_init();
		} else {
			curl_reset($this->handle);
		}
		$this->prepare($this->handle, $method, $path, $body, $headers, $options);
		$received = [];
		curl_setopt($this->handle, CURLOPT_HEADERFUNCTION, static function (CurlHandle $_, string $line) use (&$received): int {
			if (str_contains($line, ':')) {
				[$name, $value] = explode(':', $line, 2);
				$name = strtolower($name);
				if ($name === 'set-cookie') {
					$received[$name][] = trim($value); // the one that may come more than once
				} else {
					$received[$name] = trim($value);
				}
			}
			return strlen($line);
		});
		$text = curl_exec($this->handle);
		return new Answer(curl_getinfo($this->handle, CURLINFO_RESPONSE_CODE), $received, (string) $text, curl_errno($this->handle), curl_error($this->handle), curl_getinfo($this->handle));
	}

	/** @param list<CurlHandle> $handles @return list<Answer> */
	public static function together(array $handles): array
	{
		$multi = curl_multi_init();
		foreach ($handles as $handle) {
			curl_multi_add_handle($multi, $handle);
		}
		do {
			curl_multi_exec($multi, $running);
			curl_multi_select($multi, 0.2);
		} while ($running > 0);
		return array_map(static fn (CurlHandle $h): Answer => new Answer(curl_getinfo($h, CURLINFO_RESPONSE_CODE), [], (string) curl_multi_getcontent($h), curl_errno($h), curl_error($h), curl_getinfo($h)), $handles);
	}
}
