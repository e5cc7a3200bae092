<?php

/** @generate-class-entries */

namespace Samlforce\Password;

/** One rule of the policy that a password breaks. */
enum Violation: string
{
    case TooShort = 'too_short';
    case TooLong = 'too_long';
    case NeedsLetter = 'needs_letter';
    case NeedsDigit = 'needs_digit';
    case NeedsUpper = 'needs_upper';
    case NeedsLower = 'needs_lower';
    /** One of `! # $ % - _ = + < >` is missing. */
    case NeedsSpecial = 'needs_special';
    case ContainsUsername = 'contains_username';
    /** Not UTF-8, or with control characters. */
    case InvalidCharacter = 'invalid_character';
    /** It stands in the site's own list, `samlforce.password_deny_list`. */
    case Common = 'common';

    /** What the person should do, in one English sentence. */
    public function sentence(): string {}
}

/** Why a password could not be judged. */
enum PolicyReason: string
{
    /** The file that `samlforce.password_deny_list` names can't be read, is no plain file, or has more than 16 MiB. */
    case DenyListUnreadable = 'deny_list_unreadable';
}

final class PolicyException extends \Samlforce\SamlforceException
{
    public readonly PolicyReason $reason;
}

/**
 * The password rules of a Salesforce org (Setup, Password Policies), checked before anything is sent. What Salesforce alone
 * knows (the history, its own list of simple passwords) it refuses itself, with INVALID_NEW_PASSWORD.
 *
 * The length is counted in Unicode code points: never more than Salesforce counts.
 *
 * With `samlforce.password_deny_list` (php.ini only: a file of at most 16 MiB with a password in each line, compared without regard to
 * capitals of ASCII; read each time, so a change counts at once) what stands there is refused too.
 *
 * @strict-properties
 * @not-serializable
 */
final class Policy
{
    private function __construct() {}

    /**
     * @param int $minimumLength 5 to 50.
     * @param int $complexity 0 any; 1 letter and digit; 2 letter, digit and special; 3 digit, upper and lower case; 4 the same and special.
     */
    public static function salesforce(int $minimumLength = 8, int $complexity = 1): Policy {}

    /**
     * The rules that this password breaks, in the order of the enum; none means that it is fine.
     *
     * @return list<Violation>
     * @throws PolicyException if the deny list can't be read: then nothing may be taken for allowed.
     */
    public function violations(#[\SensitiveParameter] string $password, string $username = ''): array {}
}
