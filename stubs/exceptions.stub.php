<?php

/** @generate-class-entries */

namespace Samlforce;

/**
 * What every exception of this extension is. Each subclass carries `$reason`, a backed enum that code can
 * switch on; the message is one sentence for a person. Neither ever holds a secret.
 */
abstract class SamlforceException extends \Exception
{
}

/** Why a key of the keyring could not be used. */
enum KeyringReason: string
{
    /** No such name was loaded when PHP started. */
    case Unknown = 'unknown';
    /** The file was there when PHP started, and was refused; the message says why and what mends it. */
    case Refused = 'refused';
    /** The key is of another kind than this use needs (a vault key where a private key is needed, say). */
    case WrongKind = 'wrong_kind';
    /** OpenSSL or the locked memory failed. */
    case Failed = 'failed';
}

final class KeyringException extends SamlforceException
{
    public readonly KeyringReason $reason;
}
