<?php
/**
 * One access token for all workers and machines of the site: what is kept is sealed by the extension, and the database decides
 * who may replace it.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Token_Store implements \Samlforce\Salesforce\TokenStore {

	/**
	 * @throws \RuntimeException If the database can't tell.
	 */
	public function load( string $id ): ?string {
		global $wpdb;
		$sealed = $wpdb->get_var( $wpdb->prepare( 'SELECT sealed FROM ' . Database::tokens() . ' WHERE id = %s', $id ) );
		$this->check();
		return is_string( $sealed ) ? $sealed : null;
	}

	/**
	 * Each way is one statement, whose number of rows says whether it was us. Texts are compared by a hash, since a column of text may
	 * take upper and lower case for the same.
	 *
	 * @throws \RuntimeException If the database can't tell.
	 */
	public function replace( string $id, ?string $expected, ?string $text ): bool {
		global $wpdb;
		$table = Database::tokens();
		// phpcs:disable Samlforce.DB.PreparedSQL -- the table's name is ours.
		if ( null === $text ) {
			$rows = null === $expected ? 0 : $wpdb->query( $wpdb->prepare( "DELETE FROM $table WHERE id = %s AND hash = %s", $id, hash( 'sha256', $expected ) ) );
		} elseif ( null === $expected ) {
			$rows = $wpdb->query( $wpdb->prepare( "INSERT IGNORE INTO $table ( id, hash, sealed ) VALUES ( %s, %s, %s )", $id, hash( 'sha256', $text ), $text ) );
		} else {
			$rows = $wpdb->query( $wpdb->prepare( "UPDATE $table SET hash = %s, sealed = %s WHERE id = %s AND hash = %s", hash( 'sha256', $text ), $text, $id, hash( 'sha256', $expected ) ) );
		}
		// phpcs:enable Samlforce.DB.PreparedSQL
		$this->check();
		return 1 === $rows;
	}

	private function check(): void {
		global $wpdb;
		if ( '' !== $wpdb->last_error ) {
			throw new \RuntimeException( 'The table of Salesforce tokens could not be read or written.' );
		}
	}
}
