<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/**
 * How this site signs in to Salesforce's API. Holds the name of a key, never a key.
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
     * @param string $key the name of an RSA key in the keyring; its certificate is the connected app's.
     * @param string|null $audience the claim `aud`; `https://` and the login host when null.
     * @throws SalesforceException
     */
    public static function jwtBearer(string $loginHost, string $consumerKey, string $username, string $key, ?string $audience = null): Credentials {}
}
