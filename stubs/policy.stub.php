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
}

/**
 * The password rules of a Salesforce org (Setup, Password Policies), checked before anything is sent.
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
     */
    public function violations(#[\SensitiveParameter] string $password, string $username = ''): array {}
}
