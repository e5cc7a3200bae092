<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * What the identity provider said and signed. Times are Unix times.
 *
 * @strict-properties
 * @not-serializable
 */
final class Assertion
{
    public readonly string $id;
    public readonly string $issuer;
    public readonly string $nameId;
    public readonly ?string $nameIdFormat;
    public readonly ?string $nameQualifier;
    public readonly ?string $spNameQualifier;
    public readonly ?string $sessionIndex;
    /** The ID of the request that it answers, or null if it is unsolicited. */
    public readonly ?string $inResponseTo;
    /** When the bearer confirmation ends. */
    public readonly int $notOnOrAfter;
    public readonly ?int $sessionNotOnOrAfter;
    public readonly int $authnInstant;
    /** The AuthnContextClassRef, if there is one. */
    public readonly ?string $authnContext;
    /**
     * Attribute Name to its values in document order; several Attributes of one Name are merged.
     *
     * @var array
     */
    public readonly array $attributes;
    /**
     * What a person should look at although the login is good (the pinned certificate has expired, say).
     *
     * @var array
     */
    public readonly array $warnings;

    private function __construct() {}

    /** The first value of an attribute, or null. */
    public function attribute(string $name): ?string {}
}
