<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** What the REST API answers instead of a result: a status and one or more `{message, errorCode, fields?}`. */
final class ApiError extends \RuntimeException
{
	/** @param list<array{message: string, errorCode: string, fields?: list<string>}> $errors */
	public function __construct(public readonly int $status, public readonly array $errors, public readonly array $headers = [])
	{
		parent::__construct($errors[0]['errorCode'] ?? 'UNKNOWN_EXCEPTION');
	}

	public static function of(int $status, string $code, string $message, array $headers = []): self
	{
		return new self($status, [['message' => $message, 'errorCode' => $code]], $headers);
	}

	/** An error of a record carries the list of its fields, which may be empty. */
	public static function record(string $code, string $message, array $fields = [], int $status = 400): self
	{
		return new self($status, [['message' => $message, 'errorCode' => $code, 'fields' => array_values($fields)]]);
	}

	public static function notFound(string $message = 'The requested resource does not exist'): self
	{
		return new self(404, [['errorCode' => 'NOT_FOUND', 'message' => $message]]);
	}

	/** @param list<string> $allowed */
	public static function method(string $method, array $allowed): self
	{
		return new self(405, [['message' => "HTTP Method '$method' not allowed. Allowed are " . implode(',', $allowed), 'errorCode' => 'METHOD_NOT_ALLOWED']], ['Allow' => implode(',', $allowed)]);
	}
}
