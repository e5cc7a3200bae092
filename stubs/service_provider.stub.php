<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * Remembers which Assertions were used. `claim()` must be atomic over all workers and machines (a unique key in a
 * database does it), and must throw, or return false, where it cannot know: a login is then refused.
 */
interface ReplayGuard
{
    /**
     * @param string $id what is claimed: 64 hexadecimal digits, SHA-256 over issuer and Assertion ID.
     * @param int $expiresAt Unix time after which the claim may be forgotten.
     * @return bool true if nobody claimed this id before.
     */
    public function claim(string $id, int $expiresAt): bool;
}

/**
 * A message that goes to the identity provider by the browser. Keep `$id` bound to the browser that is sent
 * there, and to the provider, and give it to {@see ServiceProvider::acceptLogin()}.
 *
 * @strict-properties
 * @not-serializable
 */
final class Message
{
    /** The ID of the request, `_` and 40 hexadecimal digits out of a good random source. */
    public readonly string $id;
    /** Where to send the browser (HTTP-Redirect binding, saml-bindings-2.0-os §3.4). */
    public readonly string $url;

    private function __construct() {}
}

/**
 * This site, as a SAML 2.0 service provider.
 *
 * @strict-properties
 * @not-serializable
 */
final class ServiceProvider
{
    public readonly string $entityId;
    public readonly string $assertionConsumerUrl;
    /** The name of the signing key in the keyring, or null: requests are then not signed. */
    public readonly ?string $key;
    /**
     * The names of the keys that decrypt, in the order in which they are tried.
     *
     * @var array
     */
    public readonly array $decryptionKeys;

    /**
     * @param string $assertionConsumerUrl https (or http), compared byte by byte with Destination and Recipient.
     * @param string|null $key the name of a private key in the keyring. It signs; it decrypts only where $decryptionKeys name it too.
     * @param array $decryptionKeys the names of at most 4 RSA keys in the keyring, for encrypted Assertions, NameIDs and Attributes.
     *                              The first one is what a provider should use; the others are for the time in which it changes.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function __construct(string $entityId, string $assertionConsumerUrl, ?string $key = null, array $decryptionKeys = []) {}

    /**
     * Our metadata (saml-metadata-2.0-os), as an XML document. With a key whose file holds a certificate it carries
     * that certificate and AuthnRequestsSigned="true"; with decryption keys, the certificates that their files hold.
     */
    public function metadata(): string {}

    /**
     * A login request by the Redirect binding, signed when this service provider has a key.
     *
     * @param string|null $relayState at most 80 bytes (saml-bindings-2.0-os §3.4.3): an opaque reference, never a URL.
     * @param string|null $nameIdFormat a NameIDPolicy Format to ask for.
     * @throws SamlException
     */
    public function requestLogin(
        IdentityProvider $idp,
        ?string $relayState = null,
        bool $forceAuthn = false,
        bool $isPassive = false,
        ?string $nameIdFormat = null
    ): Message {}

    /**
     * Judges a Response that the browser posted. Only what was signed is seen; whatever is not certain is refused.
     *
     * @param string $samlResponse the form field as it was posted (base64).
     * @param string|null $requestId the `$id` of the {@see Message} that this browser was sent to this provider with, or null
     *                           if nothing is pending.
     * @param int|null $now Unix time to judge by; the clock's when null.
     * @throws SamlException
     */
    public function acceptLogin(
        IdentityProvider $idp,
        string $samlResponse,
        ?string $requestId,
        ReplayGuard $guard,
        ?int $now = null
    ): Assertion {}
}
