<?php
/**
 * How often something may be tried within an hour.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Rate_Limit {

	/** Counts one try; false if there were $limit already within the hour that began with the first. */
	public static function allows( string $what, int $limit ): bool {
		$name  = 'samlforce_n_' . substr( hash_hmac( 'sha256', $what, wp_salt( 'nonce' ) ), 0, 32 );
		$state = get_transient( $name );
		$state = is_array( $state ) ? $state : array( 0, time() + HOUR_IN_SECONDS );
		if ( $state[0] >= $limit ) {
			return false;
		}
		++$state[0];
		set_transient( $name, $state, max( 1, $state[1] - time() ) );
		return true;
	}

	public static function caller(): string {
		return is_string( $_SERVER['REMOTE_ADDR'] ?? null ) ? $_SERVER['REMOTE_ADDR'] : ''; // phpcs:ignore WordPress.Security
	}
}
