<?php
/**
 * The plugin's tables. All times in them are Unix times.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Database {

	private const VERSION = '6';
	private const OPTION  = 'samlforce_db_version';

	public static function outbox(): string {
		return $GLOBALS['wpdb']->prefix . 'samlforce_outbox';
	}

	public static function replay(): string {
		return $GLOBALS['wpdb']->prefix . 'samlforce_replay';
	}

	public static function logins(): string {
		return $GLOBALS['wpdb']->prefix . 'samlforce_logins';
	}

	public static function links(): string {
		return Network::prefix() . 'samlforce_links';
	}

	public static function log(): string {
		return $GLOBALS['wpdb']->prefix . 'samlforce_log';
	}

	public static function tokens(): string {
		return $GLOBALS['wpdb']->prefix . 'samlforce_tokens';
	}

	/** Sessions are good on all sites of a network, so they have one table. */
	public static function sessions(): string {
		return $GLOBALS['wpdb']->base_prefix . 'samlforce_sessions';
	}

	/** @return list<string> */
	public static function tables(): array {
		return array( self::outbox(), self::replay(), self::logins(), self::links(), self::log(), self::tokens(), self::sessions() );
	}

	public static function install_if_needed(): void {
		if ( get_option( self::OPTION ) !== self::VERSION && ! wp_installing() ) {
			self::install();
		}
	}

	public static function install(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';

		$collate = $wpdb->get_charset_collate();
		$outbox  = self::outbox();
		$tokens  = self::tokens();
		$replay  = self::replay();
		$logins  = self::logins();
		$links   = self::links();
		$log     = self::log();
		$session = self::sessions();

		// One row a person and kind: that is what makes a repeat of the hook harmless.
		dbDelta(
			"CREATE TABLE $outbox (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				user_id bigint(20) unsigned NOT NULL,
				kind varchar(20) NOT NULL,
				state varchar(10) NOT NULL,
				sealed text,
				attempts int(11) NOT NULL DEFAULT 0,
				ambiguous_at bigint(20) NOT NULL DEFAULT 0,
				next_attempt_at bigint(20) NOT NULL DEFAULT 0,
				lease_token varchar(32) NOT NULL DEFAULT '',
				lease_until bigint(20) NOT NULL DEFAULT 0,
				error_code varchar(80) NOT NULL DEFAULT '',
				error text,
				created_at bigint(20) NOT NULL DEFAULT 0,
				updated_at bigint(20) NOT NULL DEFAULT 0,
				PRIMARY KEY  (id),
				UNIQUE KEY user_kind (user_id,kind),
				KEY due (state,next_attempt_at)
			) $collate;
			CREATE TABLE $replay (
				id char(64) NOT NULL,
				expires_at bigint(20) NOT NULL,
				PRIMARY KEY  (id),
				KEY expires_at (expires_at)
			) $collate;
			CREATE TABLE $logins (
				id char(64) NOT NULL,
				browser char(64) NOT NULL,
				request_id varchar(100) NOT NULL,
				idp varchar(1024) NOT NULL,
				target text NOT NULL,
				link_user bigint(20) unsigned NOT NULL DEFAULT 0,
				expectation text NOT NULL,
				expires_at bigint(20) NOT NULL,
				PRIMARY KEY  (id),
				KEY expires_at (expires_at)
			) $collate;
			CREATE TABLE $links (
				id char(64) NOT NULL,
				user_id bigint(20) unsigned NOT NULL,
				issuer varchar(1024) NOT NULL,
				name_id varchar(1024) NOT NULL,
				created_at bigint(20) NOT NULL,
				PRIMARY KEY  (id),
				KEY user_id (user_id)
			) $collate;
			CREATE TABLE $tokens (
				id char(64) NOT NULL,
				hash char(64) NOT NULL,
				sealed mediumtext NOT NULL,
				PRIMARY KEY  (id)
			) $collate;
			CREATE TABLE $log (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				at bigint(20) NOT NULL,
				reference varchar(12) NOT NULL,
				outcome varchar(10) NOT NULL,
				reason varchar(80) NOT NULL,
				message text NOT NULL,
				found text,
				expected text,
				user_id bigint(20) unsigned NOT NULL DEFAULT 0,
				PRIMARY KEY  (id)
			) $collate;
			CREATE TABLE $session (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				verifier char(64) NOT NULL,
				user_id bigint(20) unsigned NOT NULL,
				site bigint(20) unsigned NOT NULL,
				subject char(64) NOT NULL,
				issuer varchar(1024) NOT NULL,
				name_id varchar(1024) NOT NULL,
				name_id_format text,
				name_qualifier text,
				sp_name_qualifier text,
				session_index text,
				ends_at bigint(20) NOT NULL DEFAULT 0,
				expires_at bigint(20) NOT NULL,
				PRIMARY KEY  (id),
				UNIQUE KEY verifier (verifier),
				KEY subject (subject),
				KEY user_id (user_id),
				KEY expires_at (expires_at)
			) $collate;"
		);

		if ( ! get_option( 'samlforce_site_id' ) ) {
			add_option( 'samlforce_site_id', bin2hex( random_bytes( 4 ) ) );
		}
		self::keep_the_one_provider();
		update_option( self::OPTION, self::VERSION );
	}

	/** There used to be one identity provider, and it was trusted for every address where accounts were found or made by them. */
	private static function keep_the_one_provider(): void {
		$before   = (int) get_option( self::OPTION );
		$settings = get_option( Settings::OPTION );
		if ( $before < 1 || $before > 3 || ! is_array( $settings ) || ! array_key_exists( 'idp_metadata', $settings ) ) {
			return;
		}
		update_option( Settings::OPTION, Providers::take_over( $settings ) );
		$provider = Providers::find( Provider::FIRST );
		$issuer   = $provider ? $provider->issuer() : '';
		if ( '' !== $issuer && ( $provider->on( 'create_accounts' ) || '' !== $provider->text( 'match_attribute' ) ) && ! isset( Rules::stored()[ $issuer ] ) ) {
			Rules::save( $issuer, array( 'trusted' => Address_Trust::EVERY ) );
		}
	}
}
