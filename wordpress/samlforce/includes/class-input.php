<?php
/**
 * What the browser sent, as strings and nothing else.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Input {

	/** A field of the form without WordPress's slashes; '' where it is missing, an array, or longer than $max bytes. */
	public static function post( string $name, int $max = 1000 ): string {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing, WordPress.Security.ValidatedSanitizedInput -- the callers check it where one is due; text() takes the slashes away.
		return self::text( $_POST[ $name ] ?? '', $max );
	}

	public static function get( string $name, int $max = 2000 ): string {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended, WordPress.Security.ValidatedSanitizedInput -- as above.
		return self::text( $_GET[ $name ] ?? '', $max );
	}

	public static function cookie( string $name, int $max = 1000 ): string {
		return self::text( $_COOKIE[ $name ] ?? '', $max ); // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- as above.
	}

	/** Takes a field out of reach of everything that runs later in this request. */
	public static function forget_post( string ...$names ): void {
		foreach ( $names as $name ) {
			unset( $_POST[ $name ], $_REQUEST[ $name ] ); // phpcs:ignore WordPress.Security.NonceVerification -- nothing is read.
		}
	}

	public static function is_post(): bool {
		return 'POST' === ( $_SERVER['REQUEST_METHOD'] ?? '' ); // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- compared, nothing else.
	}

	private static function text( mixed $value, int $max ): string {
		if ( ! is_string( $value ) ) {
			return '';
		}
		$value = wp_unslash( $value );
		return strlen( $value ) <= $max ? $value : '';
	}
}
