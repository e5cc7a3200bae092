<?php

/** @generate-class-entries */

namespace Samlforce;

/**
 * The keys that PHP may use and can never read.
 *
 * `samlforce.keyring` (php.ini only) names a folder; its files are read once, when PHP starts:
 *  - `NAME.pem`: a private key (PKCS#8, encrypted or not; PKCS#1 or SEC1; RSA of 2048 to 8192 bits or EC P-256/384/521),
 *    optionally followed by its X.509 certificate;
 *  - `NAME.key`: 32 random bytes for the vault, as 64 hexadecimal digits;
 *  - `NAME.secret`: a text that somebody gave to us, an OAuth client secret say: one line of 1 to 1024 bytes of UTF-8.
 * NAME is 1 to 64 characters out of `A-Z a-z 0-9 . _ -`. The passphrase of encrypted ones is read from the file or the systemd
 * credential that `samlforce.keyring_passphrase` names.
 *
 * A key is replaced by putting its next generation beside it: `NAME~1.pem`, `NAME~2.pem`, and so on to 999999999. The highest
 * number is the newest. `NAME` is the newest generation wherever a key is named, `NAME~G` exactly that one (`NAME~0`
 * is the file without a number). What is signed or sealed is so with the newest; what was sealed or encrypted for an older
 * one can still be opened. docs/keys.md says how to change each key without a break.
 *
 * A file that its group or others may read, that belongs to somebody else than root or the user who starts PHP, or that is
 * a symbolic link, is refused, and so is a folder that others may look into, or that they could replace. The error log says so.
 */
final class Keyring
{
    private function __construct() {}

    /**
     * The names that were loaded, in alphabetical order, each once.
     *
     * @return array
     */
    public static function names(): array {}

    public static function has(string $name): bool {}

    /**
     * The generations of a key that were loaded, newest first: `['sp~2', 'sp~1', 'sp~0']`.
     *
     * @return list<string>
     * @throws KeyringException if there is no such key.
     */
    public static function generations(string $name): array {}

    /**
     * What it is: `rsa`, `ec`, `vault` (NAME.key) or `secret` (NAME.secret).
     *
     * @throws KeyringException if there is no such key.
     */
    public static function kind(string $name): string {}

    /**
     * The public half of a key, as PEM (SubjectPublicKeyInfo, RFC 5280 §4.1).
     *
     * @throws KeyringException if there is no such key, or it has no public half.
     */
    public static function publicKey(string $name): string {}

    /**
     * The certificate that stood in the key's file, as PEM, or null.
     *
     * @throws KeyringException if there is no such key, or it has no public half.
     */
    public static function certificate(string $name): ?string {}
}
