<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * An identity provider that is trusted, by the keys of its certificates and nothing else. Immutable.
 *
 * A certificate is trusted for its key alone: an expired or self-signed one is fine (and said in {@see certificates()}).
 * Each switch that is laxer than the default is set for one provider.
 *
 * @strict-properties
 * @not-serializable
 */
final class IdentityProvider
{
    public readonly string $entityId;
    /** Where a login request goes (Redirect binding), or null if none is known. */
    public readonly ?string $loginUrl;
    public readonly ?string $logoutUrl;
    /**
     * Where it listens: by service, then by binding (`redirect`, `post`, for a logout also `soap`); artifact services (SOAP)
     * by their index. `logoutResponse` has a URL only where answers go elsewhere than requests. A binding that it doesn't have is not there.
     *
     * array{login: array<string, string>, logout: array<string, string>, logoutResponse: array<string, string>, artifact: array<int, string>}
     *
     * @var array
     */
    public readonly array $endpoints;
    /** WantAuthnRequestsSigned: it refuses login requests that are not signed. */
    public readonly bool $wantsSignedRequests;
    /**
     * The NameIDFormats that its metadata names, at most 16.
     *
     * @var array
     */
    public readonly array $nameIdFormats;
    /**
     * What it is called, by language (`en`, `pt-BR`): mdui:DisplayName, or else OrganizationDisplayName. For people, never to decide by; its text is
     * the provider's own, so escape it.
     *
     * @var array
     */
    public readonly array $displayNames;
    public readonly bool $allowUnsolicited;
    public readonly bool $allowSha1;
    public readonly bool $allowInclusiveC14n;
    public readonly bool $allowRootReference;
    public readonly bool $allowRsa15;
    /** Seconds by which the clocks may differ, 0 to 600. */
    public readonly int $clockSkew;
    public readonly bool $requireAuthenticatedEncryption;

    /**
     * @param string $entityId the provider's entityID, compared byte by byte with Issuer.
     * @param array $certificates 1 to 16: each an X.509 certificate as PEM or as base64 of DER, or a public key as PEM.
     * @param string|null $loginUrl http or https, at most 2000 bytes.
     * @param bool $allowUnsolicited accept a Response that nobody asked for (IdP-initiated).
     * @param bool $allowSha1 accept SHA-1 in signatures and digests.
     * @param bool $allowInclusiveC14n accept inclusive C14N 1.0 beside the exclusive one.
     * @param bool $allowRootReference accept Reference URI="" where the Response is what was signed.
     * @param bool $allowRsa15 accept RSA 1.5 key transport.
     * @param bool $requireAuthenticatedEncryption refuse an Assertion that is encrypted with AES-CBC in an unsigned Response (what ADFS and
     *                           Entra ID send as they come): who holds such a message can try to learn what is in it by posting changed ones.
     * @param array $endpoints of the shape of {@see $endpoints}, each part optional; $loginUrl and $logoutUrl are short for the
     *                           redirect binding of `login` and `logout`.
     * @throws SamlException
     */
    public function __construct(
        string $entityId,
        array $certificates,
        ?string $loginUrl = null,
        ?string $logoutUrl = null,
        bool $allowUnsolicited = false,
        bool $allowSha1 = false,
        bool $allowInclusiveC14n = false,
        bool $allowRootReference = false,
        bool $allowRsa15 = false,
        int $clockSkew = 60,
        bool $requireAuthenticatedEncryption = false,
        array $endpoints = [],
        bool $wantsSignedRequests = false
    ) {}

    /**
     * From SAML 2.0 metadata (saml-metadata-2.0-os §2.4.3): an EntityDescriptor, or an EntitiesDescriptor when
     * $entityId says which of its entities. The signature of the metadata is NOT checked here: the caller vouches for $xml.
     *
     * @throws SamlException
     */
    public static function fromMetadata(
        string $xml,
        ?string $entityId = null,
        bool $allowUnsolicited = false,
        bool $allowSha1 = false,
        bool $allowInclusiveC14n = false,
        bool $allowRootReference = false,
        bool $allowRsa15 = false,
        int $clockSkew = 60,
        ?int $now = null,
        bool $requireAuthenticatedEncryption = false
    ): IdentityProvider {}

    /**
     * The keys that are trusted: SHA-256 of the certificate's DER (of the SubjectPublicKeyInfo for a bare key) in hexadecimal,
     * the kind of key (`RSA-2048`, `EC-P256`), and the certificate's notAfter as Unix time or null.
     *
     * @return list<array{sha256: string, key: string, notAfter: ?int, pem: string}>
     */
    public function certificates(): array {}
}
