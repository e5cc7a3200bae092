<?php
/**
 * The settings: one option, its defaults, and the constants of wp-config.php that go before both.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Settings {

	public const OPTION = 'samlforce_settings';

	public const DEFAULTS = array(
		// Sign-in.
		'sp_entity_id'         => '',
		'sp_key'               => '',
		'sp_decryption_key'    => '',
		// Access.
		'force'                => '',
		'password_login'       => 'allowed',
		'lock_profile'         => false,
		'single_logout'        => false,
		// Salesforce.
		'sf_login_host'        => '',
		'sf_consumer_key'      => '',
		'sf_username'          => '',
		'sf_key'               => '',
		'sf_audience'          => '',
		'sf_api_version'       => '67.0',
		'sf_account_id'        => '',
		'sf_profile_id'        => '',
		'sf_external_id_field' => 'WP_User_Id__c',
		'sf_username_suffix'   => '',
		'sf_timezone'          => '',
		'sf_locale'            => 'en_US',
		'sf_language'          => 'en_US',
		'sf_encoding'          => 'UTF-8',
		// Registration.
		'registration'         => false,
		'create_by_admin'      => true,
		'create_by_rest'       => false,
		'create_by_cli'        => false,
		'create_by_network'    => false,
		'change_by_reset'      => true,
		'change_by_profile'    => true,
		'change_by_rest'       => true,
		'change_by_cli'        => true,
		'change_by_code'       => true,
		'vault_key'            => '',
		'policy_min_length'    => 8,
		'policy_complexity'    => 1,
	);

	/** @return array<string, mixed> what the option holds, with the defaults under it. */
	public static function stored(): array {
		$stored = Network::get( self::OPTION );
		return array_merge( self::DEFAULTS, is_array( $stored ) ? array_intersect_key( $stored, self::DEFAULTS ) : array() );
	}

	public static function text( string $key ): string {
		$value = self::value( $key );
		return is_scalar( $value ) ? trim( (string) $value ) : '';
	}

	public static function on( string $key ): bool {
		return (bool) filter_var( self::value( $key ), FILTER_VALIDATE_BOOLEAN );
	}

	public static function number( string $key ): int {
		return (int) self::text( $key );
	}

	public static function constant_name( string $key ): string {
		return 'SAMLFORCE_' . strtoupper( $key );
	}

	/** Whether wp-config.php has decided it. */
	public static function is_fixed( string $key ): bool {
		return defined( self::constant_name( $key ) );
	}

	private static function value( string $key ): mixed {
		return self::is_fixed( $key ) ? constant( self::constant_name( $key ) ) : self::stored()[ $key ];
	}
}
