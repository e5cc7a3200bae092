<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * A metadata document of others (saml-metadata-2.0-os): one EntityDescriptor, or an aggregate of them in EntitiesDescriptors, up to 4 deep.
 *
 * Fetching it is the caller's business. Who keeps a provider's metadata up to date calls {@see MetadataRefresh::decide()} with what he has
 * fetched, which does everything else.
 *
 * @strict-properties
 * @not-serializable
 */
final class Metadata
{
    /** Whether a certificate was given, and its key has signed the document. */
    public readonly bool $isSigned;
    /** validUntil of the document's root, as Unix time. */
    public readonly ?int $validUntil;
    /** cacheDuration of the document's root, in seconds (a year counts as 365 days, a month as 28). */
    public readonly ?int $cacheDuration;

    private function __construct() {}

    /**
     * With certificates, the document's root must be signed by one of them, as a message must be (enveloped, exclusive C14N, SHA-256 or better): only
     * the bytes that were signed are read. With none, no signature is looked at and the caller vouches for $xml.
     * Signatures further in are never looked at. A document whose root has expired is refused; what has expired in it isn't there.
     *
     * Caps: samlforce.saml.metadata_max_bytes, _nodes, _namespaces, and max_depth and max_attributes as for messages.
     *
     * @param array $trustedCertificates 0 to 16 of the publisher (of the federation, say), in the forms that {@see IdentityProvider} takes.
     * @param string|null $entityId the document must be the EntityDescriptor of this entity and nothing more: what a query for
     *                           one ({@see queryUrl()}) must have as its answer.
     * @param int|null $now Unix time to judge by; the clock's when null.
     * @throws SamlException
     */
    public static function read(string $xml, array $trustedCertificates, ?string $entityId = null, ?int $now = null): Metadata {}

    /**
     * All entities, in the document's order, to choose from. displayNames is by language, of the identity provider where an entity is both;
     * validUntil and cacheDuration are the narrowest of what stands on the entity, its role and the groups around it.
     *
     * @return list<array{entityId: string, isIdentityProvider: bool, isServiceProvider: bool, displayNames: array<string, string>, validUntil: ?int, cacheDuration: ?int}>
     */
    public function entities(): array {}

    /**
     * One of them, with the switches of {@see IdentityProvider}.
     *
     * @param string|null $entityId null: there must be exactly one. An entityID that two identity providers have is refused.
     * @throws SamlException
     */
    public function identityProvider(
        ?string $entityId = null,
        bool $allowUnsolicited = false,
        bool $allowSha1 = false,
        bool $allowInclusiveC14n = false,
        bool $allowRootReference = false,
        bool $allowRsa15 = false,
        int $clockSkew = 60,
        bool $requireAuthenticatedEncryption = false
    ): IdentityProvider {}

    /**
     * A document of this identity provider alone, out of what was verified: small, good for {@see IdentityProvider::fromMetadata()} and for
     * MetadataRefresh, and valid for as long as the provider was here. What to keep.
     *
     * @throws SamlException
     */
    public function extract(?string $entityId = null): string {}

    /**
     * Where a metadata query server has an entity (draft-young-md-query §3.2.1, draft-young-md-query-saml §2.2).
     *
     * @param string $base the server's base URL, http or https, without a query.
     * @param bool $hashed name the entity by `{sha1}` and the digest of its entityID, where a server knows that alone.
     * @throws SamlException
     */
    public static function queryUrl(string $base, string $entityId, bool $hashed = false): string {}
}
