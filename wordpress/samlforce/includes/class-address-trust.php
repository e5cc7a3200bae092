<?php
/**
 * For which addresses an identity provider is believed.
 *
 * An address finds or makes an account only if its domain was named for the identity provider that says it. "*" stands for
 * every domain but those that were named for another one: who is trusted for everything does not speak for acme.example when
 * Acme's own identity provider is known here.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Address_Trust {

	public const EVERY = '*';

	private const MAX_DOMAINS = 500;

	/**
	 * The domains in what was typed: separated by spaces, commas or lines.
	 *
	 * @return list<string>
	 * @throws \InvalidArgumentException With the sentence for the administrator.
	 */
	public static function clean( string $typed ): array {
		$domains = array();
		foreach ( preg_split( '/[\s,;]+/', strtolower( $typed ), -1, PREG_SPLIT_NO_EMPTY ) as $domain ) {
			$domain = ltrim( $domain, '@' );
			if ( self::EVERY !== $domain && ! preg_match( '/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/D', $domain ) ) {
				/* translators: %s: what was typed. */
				throw new \InvalidArgumentException( sprintf( __( '"%s" is no domain: write it as in the addresses, "example.com" say (with other letters than these in its xn-- form), without subdomains of it in one entry.', 'samlforce' ), mb_substr( $domain, 0, 80 ) ) );
			}
			$domains[] = $domain;
		}
		$domains = array_values( array_unique( $domains ) );
		if ( count( $domains ) > self::MAX_DOMAINS ) {
			/* translators: %d: a number. */
			throw new \InvalidArgumentException( sprintf( __( 'There may be %d domains at most.', 'samlforce' ), self::MAX_DOMAINS ) );
		}
		return $domains;
	}

	/** The domain of an address in small letters, '' if it is no address. */
	public static function domain( string $email ): string {
		return is_email( $email ) ? strtolower( substr( $email, (int) strrpos( $email, '@' ) + 1 ) ) : '';
	}

	/**
	 * @param list<string> $domains those of this identity provider.
	 * @param list<string> $others  those that are named for the other ones.
	 */
	public static function covers( array $domains, string $email, array $others = array() ): bool {
		$domain = self::domain( $email );
		if ( '' === $domain ) {
			return false;
		}
		return in_array( $domain, $domains, true ) || ( in_array( self::EVERY, $domains, true ) && ! in_array( $domain, $others, true ) );
	}
}
