<?php
/**
 * Salesforce's password policy, in sentences.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Password\Policy;
use Samlforce\Password\Violation;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Password_Rules {

	public static function minimum_length(): int {
		return min( 50, max( 5, Settings::number( 'policy_min_length' ) ) );
	}

	public static function complexity(): int {
		return min( 4, max( 0, Settings::number( 'policy_complexity' ) ) );
	}

	/**
	 * Why this password can't be taken; none means that it can.
	 *
	 * @return array<string, string> code and sentence
	 */
	public static function broken_by( #[\SensitiveParameter] string $password, string $username ): array {
		if ( '' === $password ) {
			return array( 'samlforce_password_empty' => __( 'Please choose a password.', 'samlforce' ) );
		}
		$broken = array();
		// WordPress trims what is typed at its login, Salesforce does not: the two would not be the same password.
		if ( trim( $password ) !== $password ) {
			$broken['samlforce_password_space'] = __( 'The password can’t begin or end with a space.', 'samlforce' );
		}
		// WordPress's own rule, on every page where a password is set.
		if ( str_contains( $password, '\\' ) ) {
			$broken['samlforce_password_backslash'] = __( 'The password can’t contain a backslash.', 'samlforce' );
		}
		try {
			$violations = Policy::salesforce( self::minimum_length(), self::complexity() )->violations( $password, $username );
		} catch ( SamlforceException $e ) {
			error_log( 'Samlforce: ' . $e->getMessage() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
			return array( 'samlforce_password_unjudged' => __( 'The password could not be checked, so it was not taken. Please try again later, or tell the owner of this site.', 'samlforce' ) );
		}
		foreach ( $violations as $violation ) {
			$broken[ 'samlforce_password_' . $violation->value ] = self::sentence( $violation );
		}
		return $broken;
	}

	public static function sentence( Violation $violation ): string {
		return match ( $violation ) {
			Violation::TooShort         => sprintf(
				/* translators: %d: number of characters. */
				_n( 'The password needs at least %d character.', 'The password needs at least %d characters.', self::minimum_length(), 'samlforce' ),
				self::minimum_length()
			),
			Violation::TooLong          => __( 'The password is too long.', 'samlforce' ),
			Violation::NeedsLetter      => __( 'The password needs a letter.', 'samlforce' ),
			Violation::NeedsDigit       => __( 'The password needs a digit.', 'samlforce' ),
			Violation::NeedsUpper       => __( 'The password needs a capital letter.', 'samlforce' ),
			Violation::NeedsLower       => __( 'The password needs a small letter.', 'samlforce' ),
			/* translators: the characters themselves stay as they are. */
			Violation::NeedsSpecial     => __( 'The password needs one of these characters: ! # $ % - _ = + < >', 'samlforce' ),
			Violation::ContainsUsername => __( 'The password can’t contain your user name or address.', 'samlforce' ),
			Violation::InvalidCharacter => __( 'The password contains a character that can’t be used.', 'samlforce' ),
			Violation::Common           => __( 'This password is known to be used by many: please choose another one.', 'samlforce' ),
		};
	}

	/**
	 * The rules as the page shows them while one types. The server's word counts, not the browser's.
	 *
	 * @return array<string, string> the name of a check in password-hints.js, and its words
	 */
	public static function hints(): array {
		$complexity = self::complexity();
		$hints      = array(
			'length' => sprintf(
				/* translators: %d: number of characters. */
				_n( 'at least %d character', 'at least %d characters', self::minimum_length(), 'samlforce' ),
				self::minimum_length()
			),
		);
		if ( in_array( $complexity, array( 1, 2 ), true ) ) {
			$hints['letter'] = __( 'a letter', 'samlforce' );
		}
		if ( $complexity >= 1 ) {
			$hints['digit'] = __( 'a digit', 'samlforce' );
		}
		if ( $complexity >= 3 ) {
			$hints['upper'] = __( 'a capital letter', 'samlforce' );
			$hints['lower'] = __( 'a small letter', 'samlforce' );
		}
		if ( in_array( $complexity, array( 2, 4 ), true ) ) {
			/* translators: the characters themselves stay as they are. */
			$hints['special'] = __( 'one of ! # $ % - _ = + < >', 'samlforce' );
		}
		$hints['name'] = __( 'not your user name or address', 'samlforce' );
		return $hints;
	}
}
