<?php
/**
 * The last sign-ins and why they failed, for the administrator. Never a message itself, nor anything secret.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Sign_In_Log {

	private const KEPT = 500;
	private const DAYS = 30;

	/** @return string the reference that the person is shown. */
	public static function add( string $outcome, string $reason, string $message, ?string $found = null, ?string $expected = null, int $user_id = 0 ): string {
		global $wpdb;
		$reference = strtoupper( bin2hex( random_bytes( 4 ) ) );
		$wpdb->insert(
			Database::log(),
			array(
				'at'        => time(),
				'reference' => $reference,
				'outcome'   => $outcome,
				'reason'    => substr( $reason, 0, 80 ),
				'message'   => self::clean( $message ),
				'found'     => null === $found ? null : self::clean( $found ),
				'expected'  => null === $expected ? null : self::clean( $expected ),
				'user_id'   => $user_id,
			)
		);
		if ( $wpdb->insert_id > self::KEPT ) {
			$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . Database::log() . ' WHERE id <= %d', $wpdb->insert_id - self::KEPT ) );
		}
		return $reference;
	}

	/** @return list<object> newest first. */
	public static function page( int $number, int $size ): array {
		global $wpdb;
		return (array) $wpdb->get_results( $wpdb->prepare( 'SELECT * FROM ' . Database::log() . ' ORDER BY id DESC LIMIT %d OFFSET %d', $size, ( $number - 1 ) * $size ) );
	}

	public static function count(): int {
		global $wpdb;
		return (int) $wpdb->get_var( 'SELECT COUNT(*) FROM ' . Database::log() );
	}

	public static function remove_user( int $user_id ): void {
		global $wpdb;
		$wpdb->delete( Database::log(), array( 'user_id' => $user_id ) );
	}

	public static function clean_up(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . Database::log() . ' WHERE at < %d', time() - self::DAYS * DAY_IN_SECONDS ) );
	}

	/** What came from outside may be cut in the middle of a character; the database would refuse the whole row. */
	private static function clean( string $text ): string {
		return mb_substr( mb_scrub( $text, 'UTF-8' ), 0, 500, 'UTF-8' );
	}
}
