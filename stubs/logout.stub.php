<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * The name by which a provider knows somebody (saml-core-2.0-os §2.2.3). Keep all of it with the session that a login starts: a logout
 * has to give it back as it was received.
 *
 * @strict-properties
 * @not-serializable
 */
final class NameId
{
    public readonly string $value;
    public readonly ?string $format;
    public readonly ?string $nameQualifier;
    public readonly ?string $spNameQualifier;

    /** @param string $value 1 to 1024 bytes; like the others (at most 1024 bytes each), UTF-8 that XML can hold. */
    public function __construct(string $value, ?string $format = null, ?string $nameQualifier = null, ?string $spNameQualifier = null) {}
}

/** What a logout came to, for the provider or for us. */
enum LogoutStatus: string
{
    case Success = 'success';
    /** Some sessions have ended and others have not: somebody has to be told to close the browser. */
    case PartialLogout = 'partial_logout';
    /** There is nobody of that name. */
    case UnknownPrincipal = 'unknown_principal';
    case RequestDenied = 'request_denied';
    case Failed = 'failed';
}

/**
 * A provider's LogoutRequest, verified: end the sessions it names.
 *
 * @strict-properties
 * @not-serializable
 */
final class LogoutRequest
{
    public readonly string $id;
    public readonly string $issuer;
    public readonly NameId $nameId;
    /**
     * The sessions to end, of this name at this issuer and of nobody else, as list<string>; none says: all of them.
     *
     * @var array
     */
    public readonly array $sessionIndexes;
    /** Why, as a URI or in words. Not to be believed further than that. */
    public readonly ?string $reason;
    /** What goes back with the answer, as it came. {@see ServiceProvider::respondLogout()} does it for the Redirect binding. */
    public readonly ?string $relayState;
    public readonly Binding $binding;
    /**
     * What a person should look at although the message is good (list<string>).
     *
     * @var array
     */
    public readonly array $warnings;

    private function __construct() {}
}

/**
 * A provider's answer to our LogoutRequest, verified.
 *
 * @strict-properties
 * @not-serializable
 */
final class LogoutResponse
{
    public readonly string $id;
    public readonly string $issuer;
    /** The ID of the request that it answers. */
    public readonly string $inResponseTo;
    /** Whether the provider did it. Only Success says that nobody is signed in anywhere any more. */
    public readonly LogoutStatus $status;
    /** The StatusCode as it stands, and the more specific one in it. */
    public readonly string $statusCode;
    public readonly ?string $secondStatusCode;
    public readonly ?string $statusMessage;
    public readonly ?string $relayState;
    /** @var array */
    public readonly array $warnings;

    private function __construct() {}
}
