<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * What differs between two generations of one identity provider. Pure: it compares, and decides nothing.
 *
 * @strict-properties
 * @not-serializable
 */
final class MetadataChange
{
    /**
     * Rows of {@see IdentityProvider::certificates()}: keys that only the newer one has, only the known one, and both (in the newer one's
     * certificates). A new certificate for the same key is no change.
     *
     * @var array
     */
    public readonly array $keysAdded;
    /**
     * @var array
     */
    public readonly array $keysDropped;
    /**
     * @var array
     */
    public readonly array $keysKept;
    /** No key that is known is in the newer one: whoever made it may be somebody else. */
    public readonly bool $dropsEveryKey;
    /**
     * Addresses that changed; `newHost` where something now is at a scheme, host and port at which nothing of this provider was.
     * `service` is a key of {@see IdentityProvider::$endpoints}, `binding` one of its parts; from or to is null where there was or is none.
     *
     * list<array{service: string, binding: string|int, from: ?string, to: ?string, newHost: bool}>
     *
     * @var array
     */
    public readonly array $endpoints;
    public readonly bool $namesNewHost;
    public readonly bool $isEmpty;

    private function __construct() {}

    /** Both must have the same entityID. */
    public static function between(IdentityProvider $known, IdentityProvider $newer): MetadataChange {}
}

/** What to do with metadata that was fetched. */
enum MetadataOutcome: string
{
    /** It says what is known. */
    case Unchanged = 'unchanged';
    /** It says something new, and is taken. */
    case Replaced = 'replaced';
    /** It says something that a person should see first. What is known stays. */
    case Held = 'held';
    /** It can't be used. What is known stays. */
    case Refused = 'refused';
}

/** Why metadata is held. */
enum MetadataHold: string
{
    /** No key that is known would be left. */
    case DropsEveryKey = 'drops_every_key';
    /** Nobody signed it, and it sends people to a host where the provider wasn't before. */
    case NewHost = 'new_host';
    /** It is valid for a shorter time than what is known: an older document, perhaps. */
    case Older = 'older';
}

/**
 * What became of one refresh. Whatever the outcome, keep `$xml` in place of what was kept before, and come again at `$nextRefresh`:
 * the last known good document is never lost, and never replaced by one that wasn't judged.
 *
 * @strict-properties
 * @not-serializable
 */
final class MetadataRefresh
{
    public readonly MetadataOutcome $outcome;
    /** What to keep: a document of this provider alone if the one that was fetched is taken ({@see Metadata::extract()}), or else $known as it was. */
    public readonly string $xml;
    /** validUntil of what is kept, which may have passed: then nobody can sign in until a refresh succeeds. */
    public readonly ?int $validUntil;
    /** Unix time; an hour from now or later. */
    public readonly int $nextRefresh;
    /** What differs from $known; null when refused. */
    public readonly ?MetadataChange $change;
    /**
     * Why it is held, as list<MetadataHold>; empty for any other outcome.
     *
     * @var array
     */
    public readonly array $holds;
    /**
     * 64 hexadecimal digits over what the fetched document says of the provider (its keys and addresses, not its times): to be given as $approved once
     * a person has said yes to it. Null when refused.
     */
    public readonly ?string $fingerprint;
    /** Why it is refused, or null. */
    public readonly ?SamlException $problem;

    private function __construct() {}

    /**
     * Judges what was fetched against what is known. Pure: it keeps nothing and fetches nothing.
     *
     * @param string $known what was kept at the last refresh, or was set up by a person. It isn't verified again, and may have expired.
     * @param string $fetched the body of the answer, as it came. Give '' when nothing came: it is then refused.
     * @param string $entityId the provider that this is about.
     * @param array $trustedCertificates as for {@see Metadata::read()}. A provider that signs its own metadata with the key it signs logins
     *                           with (ADFS, Entra ID) can be pinned to the keys that are known: those of $known's certificates.
     *                           With none, a document is as good as the TLS that it came by: a key that it adds is taken.
     * @param string|null $approved the fingerprint that a person has said yes to.
     * @param int $interval seconds from one refresh to the next, if the document doesn't ask for less; 3600 to a year.
     * @param int|null $now Unix time to judge by; the clock's when null.
     * @throws SamlException if $known can't be read
     */
    public static function decide(
        string $known,
        string $fetched,
        string $entityId,
        array $trustedCertificates,
        ?string $approved = null,
        int $interval = 86400,
        ?int $now = null
    ): MetadataRefresh {}
}
