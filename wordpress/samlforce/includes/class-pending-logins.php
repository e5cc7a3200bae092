<?php
/**
 * The sign-ins that were started here and not answered yet.
 *
 * The browser carries two random values: RelayState (by way of the identity provider) and a cookie. Both are kept here as
 * hashes only, and a row can be taken once.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Pending_Logins {

	public const LIFETIME = 10 * MINUTE_IN_SECONDS;

	/**
	 * @param string $browser   the value of the cookie.
	 * @param int    $link_user whose account is to be linked, 0 for a plain sign-in.
	 * @param string $expectation what the answer is held to.
	 * @throws \RuntimeException If the database refuses.
	 */
	public function add( string $relay_state, string $browser, string $request_id, string $idp, string $target, int $link_user = 0, string $expectation = '' ): void {
		global $wpdb;
		$this->clean_up();
		$done = $wpdb->insert(
			Database::logins(),
			array(
				'id'          => hash( 'sha256', $relay_state ),
				'browser'     => hash( 'sha256', $browser ),
				'request_id'  => $request_id,
				'idp'         => $idp,
				'target'      => $target,
				'link_user'   => $link_user,
				'expectation' => $expectation,
				'expires_at'  => time() + self::LIFETIME,
			)
		);
		if ( 1 !== $done ) {
			throw new \RuntimeException( 'The sign-in could not be remembered: the database refused.' );
		}
	}

	/**
	 * The pending sign-in of this RelayState, which is thereby used up; null if there is none, or it is over.
	 * Of another browser than this one: it stays, and null comes back.
	 */
	public function take( string $relay_state, string $browser ): ?object {
		global $wpdb;
		if ( '' === $relay_state || '' === $browser ) {
			return null;
		}
		$id  = hash( 'sha256', $relay_state );
		$row = $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . Database::logins() . ' WHERE id = %s AND expires_at >= %d', $id, time() ) );
		if ( ! $row || ! hash_equals( $row->browser, hash( 'sha256', $browser ) ) ) {
			return null;
		}
		return 1 === $wpdb->delete( Database::logins(), array( 'id' => $id ) ) ? $row : null;
	}

	public function clean_up(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . Database::logins() . ' WHERE expires_at < %d', time() ) );
	}
}
