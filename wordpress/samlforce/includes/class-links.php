<?php
/**
 * Which person at the identity provider (issuer and NameID) is which user here. The key of the table allows one user each.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Links {

	/** The longest that fits in the table whole; a cut name could be somebody else's. */
	private const LONGEST = 1024;

	/** True if the link is there now, false if it belongs to another user. */
	public static function add( string $issuer, string $name_id, int $user_id ): bool {
		global $wpdb;
		if ( '' === $issuer || '' === $name_id || strlen( $issuer ) > self::LONGEST || strlen( $name_id ) > self::LONGEST ) {
			return false;
		}
		$wpdb->query(
			$wpdb->prepare(
				'INSERT IGNORE INTO ' . Database::links() . ' ( id, user_id, issuer, name_id, created_at ) VALUES ( %s, %d, %s, %s, %d )',
				self::id( $issuer, $name_id ),
				$user_id,
				$issuer,
				$name_id,
				time()
			)
		);
		return self::find( $issuer, $name_id ) === $user_id;
	}

	public static function find( string $issuer, string $name_id ): ?int {
		global $wpdb;
		$user_id = $wpdb->get_var( $wpdb->prepare( 'SELECT user_id FROM ' . Database::links() . ' WHERE id = %s', self::id( $issuer, $name_id ) ) );
		return null === $user_id ? null : (int) $user_id;
	}

	/** @return list<object> */
	public static function of( int $user_id ): array {
		global $wpdb;
		return (array) $wpdb->get_results( $wpdb->prepare( 'SELECT * FROM ' . Database::links() . ' WHERE user_id = %d ORDER BY created_at', $user_id ) );
	}

	public static function remove( string $id, int $user_id ): void {
		global $wpdb;
		$wpdb->delete(
			Database::links(),
			array(
				'id'      => $id,
				'user_id' => $user_id,
			)
		);
	}

	/** The name is somebody else's from now on, or nobody's. */
	public static function remove_name( string $issuer, string $name_id, int $user_id ): void {
		self::remove( self::id( $issuer, $name_id ), $user_id );
	}

	public static function remove_user( int $user_id ): void {
		global $wpdb;
		$wpdb->delete( Database::links(), array( 'user_id' => $user_id ) );
	}

	/** The length keeps the two parts apart. */
	public static function id( string $issuer, string $name_id ): string {
		return hash( 'sha256', strlen( $issuer ) . ':' . $issuer . $name_id );
	}
}
