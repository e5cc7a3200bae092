<?php

/** @generate-class-entries */

namespace Samlforce\Password;

/** Why a sealed password could not be made, looked at or used. */
enum VaultReason: string
{
    /** An argument is outside its limits; nothing was sealed. */
    case InvalidInput = 'invalid_input';
    /** The token is not one, was changed, was sealed with another key, or is for another account, site or purpose. One reason for all. */
    case Refused = 'refused';
    /** The token is genuine and its time is over. */
    case Expired = 'expired';
    /** The key, the random source or the locked memory failed. */
    case Failed = 'failed';
}

final class VaultException extends \Samlforce\SamlforceException
{
    public readonly VaultReason $reason;
}

/**
 * Seals a password for one account. There is no way in PHP to open what was sealed: the only way out is
 * {@see \Samlforce\Salesforce\Client::setPassword()}, which opens it inside C.
 *
 * The token is printable ASCII, `sfv1.` and base64url; AES-256-GCM over the password (padded, so that its length
 * doesn't show), with version, key id, purpose, recipient, expiry and site authenticated. The site is `samlforce.site` in
 * php.ini (or the FPM pool), so that PHP code can't choose it: a token of one site is refused in another. docs/vault.md has the format.
 *
 * @strict-properties
 * @not-serializable
 */
final class Vault
{
    /**
     * @param string $key the name of a vault key (`NAME.key`) in the keyring.
     * @throws \Samlforce\KeyringException
     */
    public function __construct(string $key) {}

    /**
     * @param string $password 1 to 1024 bytes of UTF-8.
     * @param string $recipient the Salesforce Username that it is for, 1 to 255 bytes.
     * @param int $secondsToLive 1 to 31536000.
     * @throws VaultException
     */
    public function seal(#[\SensitiveParameter] string $password, string $recipient, int $secondsToLive): string {}

    /**
     * What a token says of itself, which is not secret: its authenticity is checked, its expiry is not.
     *
     * @return array{version: int, keyId: string, purpose: string, recipient: string, expiresAt: int}
     * @throws VaultException
     */
    public function inspect(#[\SensitiveParameter] string $token): array {}

    /**
     * The same password, for the same recipient and expiry, sealed with the newest generation of this vault's key; the token
     * itself if it was sealed with that. When all that is kept was resealed, the older generation can be taken away.
     *
     * @throws VaultException Refused if none of the generations sealed it, Expired if its time is over.
     */
    public function reseal(#[\SensitiveParameter] string $token): string {}
}
