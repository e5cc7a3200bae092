<?php
/**
 * Remembers which Assertions were used: a unique key of the database decides, for all workers and machines.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Replay_Guard implements \Samlforce\Saml\ReplayGuard {

	/**
	 * @throws \RuntimeException If the database can't tell: the login is then refused.
	 */
	public function claim( string $id, int $expiresAt ): bool { // phpcs:ignore WordPress.NamingConventions
		global $wpdb;
		$rows = $wpdb->query( $wpdb->prepare( 'INSERT IGNORE INTO ' . Database::replay() . ' ( id, expires_at ) VALUES ( %s, %d )', $id, $expiresAt ) ); // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- the interface's name, which callers may use.
		if ( false === $rows || '' !== $wpdb->last_error ) {
			throw new \RuntimeException( 'The table of used sign-ins could not be written to.' );
		}
		return 1 === $rows;
	}

	/** Only looks. */
	public function was_used( string $id ): bool {
		global $wpdb;
		return null !== $wpdb->get_var( $wpdb->prepare( 'SELECT id FROM ' . Database::replay() . ' WHERE id = %s', $id ) );
	}

	public function clean_up(): void {
		global $wpdb;
		// A day more than necessary costs nothing, and forgives a clock that was set back.
		$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . Database::replay() . ' WHERE expires_at < %d', time() - DAY_IN_SECONDS ) );
	}
}
