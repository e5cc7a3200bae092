<?php
declare(strict_types=1);

namespace SalesforceEmulator;

final class Response
{
	/** @var list<array{0: string, 1: int, 2: int}>|null in place of a body: of files, from where and how many bytes */
	public ?array $pieces = null;
	/** @var (callable(): void)|null what is done once the answer has gone */
	public $after = null;

	/** @param array<string, string|list<string>> $headers */
	public function __construct(public int $status, public ?string $body = null, public array $headers = [], public ?string $error = null)
	{
	}

	public static function json(int $status, mixed $value, array $headers = []): self
	{
		return new self($status, json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR), $headers + ['Content-Type' => 'application/json;charset=UTF-8']);
	}

	public static function error(ApiError $error): self
	{
		$response = self::json($error->status, $error->errors, $error->headers);
		$response->error = $error->errors[0]['errorCode'];
		return $response;
	}

	public static function empty(int $status = 204, array $headers = []): self
	{
		return new self($status, null, $headers);
	}
}
