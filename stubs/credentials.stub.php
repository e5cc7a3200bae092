<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/**
 * Where several workers, or several machines, share one token: a table of a database with a unique key, Redis, and the like.
 *
 * It keeps one text for each id. The text is sealed by the extension (AES-256-GCM) for that id: a store can neither read it nor
 * make one, and an old or a strange one costs a sign-in and nothing else, except that a lost refresh token must be granted again.
 *
 * All that an implementation must guarantee is that {@see replace()} is one atomic step, for all processes that use the store,
 * and that what it has replaced is what every later load() gives, also after a crash where there is a refresh token in it.
 * (No cache that some of them don't see; no "last write wins".) The extension builds on that: before it asks Salesforce it replaces the
 * text by one that holds its lease of 30 seconds, and who finds such a lease waits. Clocks may differ by 10 seconds.
 *
 * Both methods are called in the middle of a call to Salesforce: an exception ends it with {@see Reason::TokenStore}, and a Fiber
 * can't be suspended in them.
 */
interface TokenStore
{
    /**
     * @param string $id 64 hexadecimal digits
     * @return string|null what is there; null if there is nothing
     */
    public function load(string $id): ?string;

    /**
     * Puts $text there if exactly $expected is there now, and changes nothing otherwise.
     *
     * @param string|null $expected what load() gave; null: only if there is nothing
     * @param string|null $text printable ASCII, 100 bytes to 64 kB, usually below 1 kB; null: it is deleted
     * @return bool whether it was replaced; false: something else was there
     */
    public function replace(string $id, ?string $expected, ?string $text): bool;
}

/**
 * A connected app's client secret, in locked memory of the extension. Nothing shows it again.
 *
 * @strict-properties
 * @not-serializable
 */
final class ClientSecret
{
    private function __construct() {}

    /**
     * One that PHP never sees: a secret of the keyring (NAME.secret).
     *
     * @throws SalesforceException
     */
    public static function named(string $name): ClientSecret {}

    /** @param string $secret 1 to 1024 bytes of printable ASCII. PHP's own copy of it stays PHP's. */
    public static function text(#[\SensitiveParameter] string $secret): ClientSecret {}
}

/**
 * The first half of the web server flow: where the browser is sent, and what must be kept for its return.
 *
 * @strict-properties
 * @not-serializable
 */
final class AuthorizationRequest
{
    /** The address for the browser. */
    public readonly string $url;
    /** Keep it in the person's session: the `state` that comes back with the code must be the same (compare by hash_equals()). */
    public readonly string $state;
    /** Keep it there too: {@see Credentials::authorizationCode()} needs it (RFC 7636). It is good for this one code. */
    public readonly string $codeVerifier;

    private function __construct() {}
}

/**
 * How this site signs in to Salesforce's API. Holds the name of a key, never a key.
 *
 * Without a store of its own, a token is shared by the workers that one FPM or Apache has forked; with one (see sharedBy())
 * by all that use the store. Either way one of them signs in, and the others wait for it.
 *
 * @strict-properties
 * @not-serializable
 */
final class Credentials
{
    private function __construct() {}

    /**
     * OAuth 2.0 JWT bearer flow (RFC 7523), RS256, without a person.
     *
     * @param string $loginHost where the token comes from, `host` or `host:port` without a scheme: `login.salesforce.com`,
     *                          `test.salesforce.com` or the My Domain host. It must stand in samlforce.allowed_hosts.
     * @param string $consumerKey the connected app's consumer key (claim `iss`).
     * @param string $username the integration user (claim `sub`).
     * @param string $key the name of an RSA key in the keyring; its certificate is the connected app's. `NAME` is the newest
     *                    generation; where Salesforce does not know its certificate ("invalid assertion"), the one before it
     *                    is tried, once, and the worker begins with what worked from then on. `NAME~G` is that one alone.
     * @param string|null $audience the claim `aud`; `https://` and the login host when null.
     * @throws SalesforceException
     */
    public static function jwtBearer(string $loginHost, string $consumerKey, string $username, string $key, ?string $audience = null): Credentials {}

    /**
     * OAuth 2.0 client credentials flow (RFC 6749 §4.4), without a person: Salesforce runs it as the user that the app names.
     *
     * @param string $myDomainHost the My Domain host; Salesforce offers this flow at no other.
     * @throws SalesforceException
     */
    public static function clientCredentials(string $myDomainHost, string $consumerKey, ClientSecret $clientSecret): Credentials {}

    /**
     * A refresh token that is in the store (RFC 6749 §6). Where Salesforce rotates it, the new one is in the store before it or its
     * access token is used; one process alone refreshes. A store that fails then is tried again by the worker's next calls.
     *
     * @param ClientSecret|null $clientSecret null for an app that needs none to refresh.
     * @param string $key the name of a 32 byte key in the keyring, with which the store's texts are sealed.
     * @param string $grant a name of yours, 1 to 255 bytes, for this grant among those of the app: a person, say.
     * @param string|null $refreshToken one that came by another way: it goes into the store if that has none.
     * @throws SalesforceException
     */
    public static function refreshToken(string $loginHost, string $consumerKey, ?ClientSecret $clientSecret, TokenStore $store, string $key, string $grant = "default", #[\SensitiveParameter] ?string $refreshToken = null): Credentials {}

    /**
     * Begins the web server flow with PKCE (RFC 6749 §4.1, RFC 7636 S256): a person allows the app to act for her.
     *
     * @param string $redirectUri a callback URL of the app, at most 512 bytes.
     * @param array $scopes at most 16; refresh_token must be among them if access is to last.
     * @throws SalesforceException
     */
    public static function authorizationUrl(string $loginHost, string $consumerKey, string $redirectUri, array $scopes = ["api", "refresh_token"]): AuthorizationRequest {}

    /**
     * Ends the web server flow: exchanges the code that came back for tokens, which go into the store, over any that are there. From
     * then on {@see refreshToken()} with the same host, consumer key, store, key and grant gives the same credentials.
     *
     * @param string $redirectUri the same as in authorizationUrl().
     * @throws SalesforceException
     */
    public static function authorizationCode(string $loginHost, string $consumerKey, ?ClientSecret $clientSecret, string $redirectUri, #[\SensitiveParameter] string $code, #[\SensitiveParameter] string $codeVerifier, TokenStore $store, string $key, string $grant = "default", int $timeoutMs = 30000): Credentials {}

    /**
     * The same credentials, with their token in this store.
     *
     * @param string $key the name of a 32 byte key in the keyring, with which the store's texts are sealed.
     * @throws SalesforceException
     */
    public function sharedBy(TokenStore $store, string $key): Credentials {}

    /**
     * What Salesforce says about the access token (RFC 7662): `{"active": true, "scope": …, "username": …, "exp": …}`. Asks for
     * one first where there is none. Needs a client secret.
     *
     * @throws SalesforceException
     */
    public function introspect(int $timeoutMs = 30000): array {}

    /**
     * Makes the refresh token and its access tokens void at Salesforce, or else the access token (RFC 7009), and forgets them, here and
     * in the store. Does nothing where none is kept.
     *
     * @throws SalesforceException
     */
    public function revoke(int $timeoutMs = 30000): void {}
}
