<?php
/**
 * What this plugin remembers of a WordPress user, in user meta.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Account {

	/** 'unconfirmed' until the link in the mail was used; then 'confirmed'. Missing for everybody else. */
	public const STATUS = 'samlforce_status';
	/** The Salesforce Username. A sealed password is for this name and no other. */
	public const USERNAME = 'samlforce_username';
	/** Record ids in Salesforce. */
	public const CONTACT_ID = 'samlforce_contact_id';
	public const USER_ID    = 'samlforce_user_id';
	/** Unix time at which the Salesforce user was switched on by us. */
	public const ACTIVE_SINCE = 'samlforce_active_since';
	/** Hash and expiry of the key in the mail. */
	public const ACTIVATION = 'samlforce_activation';

	public const ALL = array( self::STATUS, self::USERNAME, self::CONTACT_ID, self::USER_ID, self::ACTIVE_SINCE, self::ACTIVATION );

	public function register(): void {
		add_action( 'delete_user', array( $this, 'forget' ) );
		add_action( 'wpmu_delete_user', array( $this, 'forget' ) );
	}

	public static function is_unconfirmed( int $user_id ): bool {
		return 'unconfirmed' === get_user_meta( $user_id, self::STATUS, true );
	}

	/** Whether this person is in the journey at all. */
	public static function is_ours( int $user_id ): bool {
		return '' !== (string) get_user_meta( $user_id, self::STATUS, true );
	}

	/** Salesforce keeps usernames in lower case, and what a password is sealed for is compared byte by byte. */
	public static function username_for( string $email ): string {
		return strtolower( $email . Settings::text( 'sf_username_suffix' ) );
	}

	public static function username( int $user_id ): string {
		return (string) get_user_meta( $user_id, self::USERNAME, true );
	}

	/** The same person always gets the same External ID, so that a repeat of an upsert finds what the first one made. */
	public static function external_id( int $user_id ): string {
		return get_option( 'samlforce_site_id' ) . '-' . $user_id;
	}

	/** Whoever is deleted here leaves nothing in the queue: neither a sealed password nor work to do. */
	public function forget( int $user_id ): void {
		( new Outbox() )->discard_user( $user_id );
		Links::remove_user( $user_id );
		Sessions::remove_user( $user_id );
	}
}
