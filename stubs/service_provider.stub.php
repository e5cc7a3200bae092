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
 * This site, as a SAML 2.0 service provider.
 *
 * @strict-properties
 * @not-serializable
 */
final class ServiceProvider
{
    public readonly string $entityId;
    /** Where answers come unless a request asks otherwise. */
    public readonly string $assertionConsumerUrl;
    /** Where logout messages come in, or null: there is no single logout then. */
    public readonly ?string $singleLogoutUrl;
    /**
     * The other addresses that a request may ask the answer to come to.
     *
     * @var array
     */
    public readonly array $furtherAssertionConsumerUrls;
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
     * @param array $furtherAssertionConsumerUrls at most 15 more, as the one above. They are in our metadata, with the indexes 1, 2, 3 and so on.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function __construct(
        string $entityId,
        string $assertionConsumerUrl,
        ?string $key = null,
        array $decryptionKeys = [],
        ?string $singleLogoutUrl = null,
        array $furtherAssertionConsumerUrls = []
    ) {}

    /**
     * Our metadata (saml-metadata-2.0-os), as an XML document. With a key whose file holds a certificate it carries that certificate and
     * AuthnRequestsSigned="true", and those of its other generations, so that a provider knows the next one before it is used; with
     * decryption keys, the certificates that their files hold.
     *
     * Each list has at most 64 entries; texts are of 1 to 1024 bytes, addresses http or https.
     *
     * @param bool $signed sign the document (enveloped, exclusive C14N, SHA-256) with this service provider's key.
     * @param bool $artifact answers may also come as an artifact, to the same addresses.
     * @param array $nameIdFormats list<string>, at most 16: the formats that are wanted, the best first.
     * @param array $attributes what is asked for: list<array{name: string, nameFormat?: string, friendlyName?: string, isRequired?: bool}>.
     * @param array $contacts list<array{type: string, company?: string, givenName?: string, surName?: string, email?: string, phone?: string}>; type is
     *                           technical, support, administrative, billing or other.
     * @param array $organization array{name: array<string, string>, displayName: array<string, string>, url: array<string, string>}, each by
     *                           language (`en`, `pt-BR`).
     * @param array $ui what a provider shows people: array{displayName?, description?, informationUrl?, privacyStatementUrl?, logos?}; the first four
     *                           by language, logos list<array{url: string, width: int, height: int, lang?: string}>.
     * @param array|null $logoutBindings list<Binding> by which logout messages may come to $singleLogoutUrl; null: all of them.
     * @param int|null $validFor seconds until validUntil, 3600 or more; null: it has none.
     * @param int|null $cacheDuration seconds, 60 or more; null: none.
     * @param bool $wantAssertionsSigned WantAssertionsSigned. What is accepted doesn't depend on it: the Response or the Assertion must be signed.
     * @param int|null $now Unix time to count from; the clock's when null.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function metadata(
        bool $signed = false,
        bool $artifact = false,
        array $nameIdFormats = [],
        array $attributes = [],
        array $contacts = [],
        array $organization = [],
        array $ui = [],
        ?array $logoutBindings = null,
        ?int $validFor = null,
        ?int $cacheDuration = null,
        bool $wantAssertionsSigned = true,
        ?int $now = null
    ): string {}

    /**
     * A login request (saml-core-2.0-os §3.4.1), signed when this service provider has a key: by the query (Redirect), or in the XML (Post).
     *
     * What is asked for here is what the answer is held to, if the {@see Message}'s `$expectation` is given to {@see acceptLogin()}.
     * URIs are 1 to 1024 bytes.
     *
     * @param string|null $relayState at most 80 bytes (saml-bindings-2.0-os §3.4.3): an opaque reference, never a URL.
     * @param bool $forceAuthn the person must authenticate anew.
     * @param bool $isPassive the provider must not show itself; where it would have to, its answer is the status NoPassive.
     * @param string|null $nameIdFormat a NameIDPolicy Format to ask for. `…:unspecified` leaves it to the provider; with `…:encrypted` the
     *                                  NameID must come encrypted.
     * @param Binding|null $binding Redirect or Post; null takes Redirect where the provider has it, and Post otherwise.
     * @param array $authnContexts at most 16 class references, for RequestedAuthnContext.
     * @param Comparison $comparison other than Exact it needs $authnContextOrder: SAML doesn't say which context is stronger.
     * @param array $authnContextOrder at most 16 class references, the weakest first, all of $authnContexts among them. It is no part of the request.
     * @param int|null $maxAge seconds since the person authenticated, 0 to 31536000. No part of the request either: SAML has no words for it.
     * @param string|null $spNameQualifier the affiliation, or other service provider, in whose namespace the NameID is to be.
     * @param bool $allowCreate of the NameIDPolicy: the provider may make a new NameID for the person.
     * @param string|null $assertionConsumerUrl one of this service provider's; null for the first one.
     * @param string|null $providerName our name for people, 1 to 256 bytes of UTF-8.
     * @param int|null $proxyCount Scoping: over how many proxies the request may go, 0 to 100.
     * @param array $idpList Scoping: at most 32 entityIDs of identity providers behind a proxy that may answer.
     * @param array $requesterIds Scoping: at most 32 entityIDs of those that we ask for.
     * @param bool $byArtifact the answer shall come as an artifact, for {@see acceptArtifact()}, and not by POST. The provider must know from our metadata
     *                         that artifacts come here.
     * @param int|null $assertionConsumerIndex one of the indexes in our metadata, which says where and how the answer comes: instead of
     *                         $assertionConsumerUrl and $byArtifact, for a provider that takes no address from a request. 0 is $assertionConsumerUrl
     *                         by POST, 1, 2 and so on are the further ones; the same order follows for artifacts.
     * @throws SamlException
     * @throws \ValueError
     */
    public function requestLogin(
        IdentityProvider $idp,
        ?string $relayState = null,
        bool $forceAuthn = false,
        bool $isPassive = false,
        ?string $nameIdFormat = null,
        ?Binding $binding = null,
        array $authnContexts = [],
        Comparison $comparison = Comparison::Exact,
        array $authnContextOrder = [],
        ?int $maxAge = null,
        ?string $spNameQualifier = null,
        bool $allowCreate = true,
        ?string $assertionConsumerUrl = null,
        ?string $providerName = null,
        ?int $proxyCount = null,
        array $idpList = [],
        array $requesterIds = [],
        bool $byArtifact = false,
        ?int $assertionConsumerIndex = null
    ): Message {}

    /**
     * Judges a Response that the browser posted. Only what was signed is seen; whatever is not certain is refused.
     *
     * @param string $samlResponse the form field as it was posted (base64).
     * @param string|null $requestId the `$id` of the {@see Message} that this browser was sent to this provider with, or null
     *                           if nothing is pending. Where the provider started the login ($allowUnsolicited) it must come to the first address,
     *                           which is the default in our metadata; one that came to another is judged by a ServiceProvider that has that one
     *                           first, so that an answer counts where it was sent and nowhere else.
     * @param int|null $now Unix time to judge by; the clock's when null.
     * @param Expectation|null $expectation of the same {@see Message}: what the answer is held to beyond that. Without it, a fresh authentication,
     *                           a context or a format that was asked for is only a wish.
     * @throws SamlException
     * @throws \ValueError if $expectation is not the one of $requestId.
     */
    public function acceptLogin(
        IdentityProvider $idp,
        #[\SensitiveParameter] string $samlResponse,
        ?string $requestId,
        ReplayGuard $guard,
        ?int $now = null,
        ?Expectation $expectation = null
    ): Assertion {}

    /**
     * Judges a Response as {@see acceptLogin()} does, by the same code, and tells of every check. Nobody is signed in, and nothing is claimed: a message
     * that was used already can be explained as often as one likes.
     *
     * For administrators: what it tells of a message that the provider signed is what that says of a person. What was encrypted is shown
     * where acceptLogin() would act on it, after its signature was verified; a message that can't be decrypted gets the one answer that
     * acceptLogin() has for it.
     *
     * @throws \ValueError if $expectation is not the one of $requestId.
     */
    public function explainLogin(
        IdentityProvider $idp,
        #[\SensitiveParameter] string $samlResponse,
        ?string $requestId,
        ?int $now = null,
        ?Expectation $expectation = null
    ): Report {}

    /**
     * Fetches the Response that an artifact stands for from the provider's artifact service, by SOAP on TLS (saml-bindings-2.0-os §3.6), and judges it
     * as {@see acceptLogin()} judges one that was posted. The Response, its Assertion, or the ArtifactResponse around it must be signed.
     *
     * The service's host must be in samlforce.allowed_hosts, its address https, and this service provider must have a key. Anybody who can open the
     * address where artifacts come makes this call out to that host: call it only where a login is pending in the browser. Without a
     * $requestId nobody is asked, unless the provider may start logins ($allowUnsolicited).
     *
     * @param string $artifact the parameter SAMLart as it came, at most 128 bytes: type 4, of this provider.
     * @param int $timeoutMs 100 to 600000.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function acceptArtifact(
        IdentityProvider $idp,
        #[\SensitiveParameter] string $artifact,
        ?string $requestId,
        ReplayGuard $guard,
        ?int $now = null,
        ?Expectation $expectation = null,
        int $timeoutMs = 10000
    ): Assertion {}

    /**
     * Resolves and judges as {@see acceptArtifact()} does, by the same code, and tells of every check as {@see explainLogin()} does. The artifact is
     * used up by it; what it stood for is not claimed, and {@see Report::assertion()} still gives the login.
     *
     * @throws SamlException KeyMissing.
     * @throws \Samlforce\KeyringException
     * @throws \ValueError if $expectation is not the one of $requestId.
     */
    public function explainArtifact(
        IdentityProvider $idp,
        #[\SensitiveParameter] string $artifact,
        ?string $requestId,
        ?int $now = null,
        ?Expectation $expectation = null,
        int $timeoutMs = 10000
    ): Report {}

    /**
     * Who a message says that it is from. NOTHING is verified: it is for choosing the {@see IdentityProvider} to judge the message by
     * where there are several, and says nothing else.
     *
     * @param string $message as for {@see acceptLogout()}; a SAMLResponse of a login is one of Binding::Post.
     * @throws SamlException
     */
    public static function claimedIssuer(Binding $binding, string $message): string {}

    /**
     * A LogoutRequest for the browser. It is always signed (saml-profiles-2.0-os §4.4.3.1), by the query or in the XML, so that this
     * service provider must have a key.
     *
     * @param NameId $nameId as the login gave it.
     * @param array $sessionIndexes the SessionIndex of the login, and of others of the same name that end with it (list<string>, at most 100 of
     *                              at most 1024 bytes). None ends all of that name's sessions at the provider.
     * @param string|null $relayState at most 80 bytes.
     * @param string|null $reason a URI, `urn:oasis:names:tc:SAML:2.0:logout:user` for somebody who asked for it himself; at most 1024 bytes.
     * @param Binding|null $binding Redirect or Post; null takes Redirect where the provider has it, and Post otherwise.
     * @throws SamlException
     * @throws \Samlforce\KeyringException
     */
    public function requestLogout(
        IdentityProvider $idp,
        NameId $nameId,
        array $sessionIndexes = [],
        ?string $relayState = null,
        ?string $reason = null,
        ?Binding $binding = null
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
     * The answer to a LogoutRequest that came by the browser, with its RelayState, signed. It goes by the binding of the request, or by the other
     * one where the provider takes no answers by that.
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
