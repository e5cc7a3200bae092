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
    /** Where logout messages come in, or null: there is no single logout then. */
    public readonly ?string $singleLogoutUrl;
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
     * @param string|null $singleLogoutUrl https (or http): one address for all bindings of logout, compared byte by byte with Destination.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function __construct(
        string $entityId,
        string $assertionConsumerUrl,
        ?string $key = null,
        array $decryptionKeys = [],
        ?string $singleLogoutUrl = null
    ) {}

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

    /**
     * Who a message says that it is from. NOTHING is verified: it is for choosing the {@see IdentityProvider} to judge the message by
     * where there are several, and says nothing else.
     *
     * @param string $message as for {@see acceptLogout()}; a SAMLResponse of a login is one of Binding::Post.
     * @throws SamlException
     */
    public static function claimedIssuer(Binding $binding, string $message): string {}

    /**
     * A LogoutRequest for the browser, by the Redirect binding. It is always signed (saml-profiles-2.0-os §4.4.3.1), so that this
     * service provider must have a key.
     *
     * @param NameId $nameId as the login gave it.
     * @param array $sessionIndexes the SessionIndex of the login, and of others of the same name that end with it (list<string>, at most 100 of
     *                              at most 1024 bytes). None ends all of that name's sessions at the provider.
     * @param string|null $relayState at most 80 bytes.
     * @param string|null $reason a URI, `urn:oasis:names:tc:SAML:2.0:logout:user` for somebody who asked for it himself; at most 1024 bytes.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function requestLogout(
        IdentityProvider $idp,
        NameId $nameId,
        array $sessionIndexes = [],
        ?string $relayState = null,
        ?string $reason = null
    ): Message {}

    /**
     * Judges a LogoutRequest or LogoutResponse. It must be signed by the provider, for this address, and not older than five minutes.
     *
     * @param string $message by the binding: the query string as it was received (`$_SERVER['QUERY_STRING']`), never put together anew; the
     *                        form field SAMLRequest or SAMLResponse; or the body of the SOAP request.
     * @param string|null $requestId the `$id` of the LogoutRequest that this browser was sent to this provider with, or null if none is
     *                        pending: a LogoutResponse is then refused.
     * @param ReplayGuard $guard claims a LogoutRequest, so that nobody can end a later session with it.
     * @param int|null $now Unix time to judge by; the clock's when null.
     * @throws SamlException
     */
    public function acceptLogout(
        IdentityProvider $idp,
        Binding $binding,
        string $message,
        ?string $requestId,
        ReplayGuard $guard,
        ?int $now = null
    ): LogoutRequest|LogoutResponse {}

    /**
     * The answer to a LogoutRequest that came by the browser, with its RelayState, signed.
     *
     * @param string|null $relayState for a request that was posted: the form field RelayState as it came, at most 1024 bytes. Of one by Redirect it is
     *                        known already.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function respondLogout(
        IdentityProvider $idp,
        LogoutRequest $request,
        LogoutStatus $status = LogoutStatus::Success,
        ?string $relayState = null
    ): Message {}

    /**
     * The answer to a LogoutRequest that came by SOAP: the body to answer with, signed, as `text/xml`.
     *
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function respondLogoutBySoap(LogoutRequest $request, LogoutStatus $status = LogoutStatus::Success): string {}
}
