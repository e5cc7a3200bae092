<?php

/** @generate-class-entries */

namespace Samlforce;

/**
 * The keys that PHP may use and can never read.
 *
 * `samlforce.keyring` (php.ini only) names a folder; its files are read once, when PHP starts:
 *  - `NAME.pem`: an unencrypted private key (PKCS#8, PKCS#1 or SEC1; RSA of 2048 to 8192 bits or EC P-256/384/521),
 *    optionally followed by its X.509 certificate;
 *  - `NAME.key`: 32 random bytes for the vault, as 64 hexadecimal digits.
 * NAME is 1 to 64 characters out of `A-Z a-z 0-9 . _ -`. A file that its group or others may read, that belongs to
 * somebody else than root or the user who starts PHP, or that is a symbolic link, is refused, and the error log says so.
 */
final class Keyring
{
    private function __construct() {}

    /**
     * The names that were loaded, in alphabetical order.
     *
     * @return array
     */
    public static function names(): array {}

    public static function has(string $name): bool {}

    /**
     * The public half of a key, as PEM (SubjectPublicKeyInfo, RFC 5280 §4.1).
     *
     * @throws KeyringException if there is no such key, or it is a vault key.
     */
    public static function publicKey(string $name): string {}

    /**
     * The certificate that stood in the key's file, as PEM, or null.
     *
     * @throws KeyringException if there is no such key, or it is a vault key.
     */
    public static function certificate(string $name): ?string {}
}
