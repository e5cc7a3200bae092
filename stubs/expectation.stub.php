<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * What a login request asked for, to hold the answer to. It comes with the {@see Message}, is kept as a string (in the session, beside the request's
 * ID: where the browser can't change it) until the answer comes, and goes to {@see ServiceProvider::acceptLogin()}. Immutable.
 *
 * @strict-properties
 * @not-serializable
 */
final class Expectation implements \Stringable
{
    /** The ID of the request. */
    public readonly string $requestId;
    /** The entityID of the provider that was asked. */
    public readonly string $provider;
    /** Where the answer must come. */
    public readonly string $assertionConsumerUrl;
    /** When the request was made, as Unix time. */
    public readonly int $sentAt;
    /** The person must have authenticated after the request was made. */
    public readonly bool $forceAuthn;
    public readonly ?string $nameIdFormat;
    public readonly ?string $spNameQualifier;
    /** @var array */
    public readonly array $authnContexts;
    public readonly Comparison $comparison;
    /** @var array */
    public readonly array $authnContextOrder;
    /** Seconds since the person authenticated. */
    public readonly ?int $maxAge;

    private function __construct() {}

    /** JSON, some hundred bytes. */
    public function __toString(): string {}

    /** @throws \ValueError for a string that is not one of {@see __toString()}. */
    public static function fromString(string $text): Expectation {}
}
