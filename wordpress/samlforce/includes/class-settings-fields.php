<?php
/**
 * The fields of the settings page: what they are called, what they take, and how what was typed is checked.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Settings_Fields {

	public const TABS = array(
		'sign-in'      => array( 'sp_key', 'sp_decryption_key', 'sp_entity_id' ),
		'access'       => array( 'force', 'password_login', 'lock_profile', 'single_logout' ),
		'salesforce'   => array( 'sf_login_host', 'sf_consumer_key', 'sf_username', 'sf_key', 'sf_account_id', 'sf_profile_id', 'sf_external_id_field', 'sf_username_suffix', 'sf_timezone', 'sf_locale', 'sf_language', 'sf_encoding', 'sf_api_version', 'sf_audience' ),
		'registration' => array( 'registration', 'vault_key', 'policy_min_length', 'policy_complexity', 'create_by_admin', 'create_by_rest', 'create_by_cli', 'create_by_network', 'change_by_reset', 'change_by_profile', 'change_by_rest', 'change_by_cli', 'change_by_code' ),
	);

	/** How each is shown; a line of text where nothing stands here. */
	private const TYPES = array(
		'force'             => 'choice',
		'password_login'    => 'choice',
		'lock_profile'      => 'checkbox',
		'single_logout'     => 'checkbox',
		'sp_key'            => 'key',
		'sp_decryption_key' => 'key',
		'sf_key'            => 'key',
		'registration'      => 'checkbox',
		'create_by_admin'   => 'checkbox',
		'create_by_rest'    => 'checkbox',
		'create_by_cli'     => 'checkbox',
		'create_by_network' => 'checkbox',
		'change_by_reset'   => 'checkbox',
		'change_by_profile' => 'checkbox',
		'change_by_rest'    => 'checkbox',
		'change_by_cli'     => 'checkbox',
		'change_by_code'    => 'checkbox',
		'vault_key'         => 'key',
		'policy_min_length' => 'number',
		'policy_complexity' => 'complexity',
	);

	/** What a line of text must look like, where it isn't empty. */
	private const PATTERNS = array(
		'sf_login_host'        => '/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?$/D',
		'sf_api_version'       => '/^[0-9]{2,3}\.0$/D',
		'sf_account_id'        => '/^001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/D',
		'sf_profile_id'        => '/^00e[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/D',
		'sf_external_id_field' => '/^[A-Za-z][A-Za-z0-9_]{0,79}$/D',
		'sf_username_suffix'   => '/^[A-Za-z0-9._-]{0,40}$/D',
		'sf_audience'          => '~^https://[^\s]{1,250}$~D',
	);

	public static function type( string $key ): string {
		return self::TYPES[ $key ] ?? 'text';
	}

	public static function label( string $key ): string {
		return match ( $key ) {
			'sp_entity_id'         => __( 'Entity ID of this site', 'samlforce' ),
			'sp_key'               => __( 'Key that signs our requests', 'samlforce' ),
			'sp_decryption_key'    => __( 'Key that decrypts answers', 'samlforce' ),
			'force'                => __( 'Send people to the portal', 'samlforce' ),
			'password_login'       => __( 'WordPress passwords', 'samlforce' ),
			'lock_profile'         => __( 'Profile page', 'samlforce' ),
			'single_logout'        => __( 'Logging out', 'samlforce' ),
			'sf_login_host'        => __( 'Login host', 'samlforce' ),
			'sf_consumer_key'      => __( 'Consumer key', 'samlforce' ),
			'sf_username'          => __( 'Integration user', 'samlforce' ),
			'sf_key'               => __( 'Key of the connected app', 'samlforce' ),
			'sf_audience'          => __( 'Audience', 'samlforce' ),
			'sf_api_version'       => __( 'API version', 'samlforce' ),
			'sf_account_id'        => __( 'Account ID', 'samlforce' ),
			'sf_profile_id'        => __( 'Profile ID', 'samlforce' ),
			'sf_external_id_field' => __( 'External ID field', 'samlforce' ),
			'sf_username_suffix'   => __( 'Username suffix', 'samlforce' ),
			'sf_timezone'          => __( 'Time zone', 'samlforce' ),
			'sf_locale'            => __( 'Locale', 'samlforce' ),
			'sf_language'          => __( 'Language', 'samlforce' ),
			'sf_encoding'          => __( 'Email encoding', 'samlforce' ),
			'registration'         => __( 'Registration', 'samlforce' ),
			'create_by_admin'      => __( 'New account: Add User', 'samlforce' ),
			'create_by_rest'       => __( 'New account: REST API', 'samlforce' ),
			'create_by_cli'        => __( 'New account: WP-CLI', 'samlforce' ),
			'create_by_network'    => __( 'New account: network', 'samlforce' ),
			'change_by_reset'      => __( 'New password: reset', 'samlforce' ),
			'change_by_profile'    => __( 'New password: profile', 'samlforce' ),
			'change_by_rest'       => __( 'New password: REST API', 'samlforce' ),
			'change_by_cli'        => __( 'New password: WP-CLI', 'samlforce' ),
			'change_by_code'       => __( 'New password: other code', 'samlforce' ),
			'vault_key'            => __( 'Key that seals passwords', 'samlforce' ),
			'policy_min_length'    => __( 'Minimum length', 'samlforce' ),
			'policy_complexity'    => __( 'Complexity', 'samlforce' ),
			default                => $key,
		};
	}

	public static function help( string $key ): string {
		return match ( $key ) {
			'sp_entity_id'         => __( 'If empty: the address of our metadata. Change it only if the identity provider wants another name.', 'samlforce' ),
			'sp_key'               => __( 'Salesforce doesn’t need signed requests.', 'samlforce' ),
			'sp_decryption_key'    => __( 'Its certificate is in our metadata, and an identity provider that has it may encrypt what it says of people. Give it our metadata anew after a change here.', 'samlforce' ),
			'force'                => __( 'Where people are sent to the portal without pressing a button; with several identity providers to choose from, to the login page. The REST API, AJAX, cron and the command line are left alone. What stands after "#" in an address is lost on the way; everything else of it is kept. If a page cache serves your site, empty it after a change here.', 'samlforce' ),
			'password_login'       => __( 'Application passwords of the REST API are not touched by it. Whatever is chosen here, define( \'SAMLFORCE_LOCAL_LOGIN\', true ) in wp-config.php lets every password work, and sends nobody away.', 'samlforce' ),
			'lock_profile'         => __( 'Whoever is linked with the portal can’t change password and email address here, nor reset the password', 'samlforce' ),
			'single_logout'        => __( 'Who logs out here is logged out at the portal too, if its metadata names an address for it. Needs a key that signs our requests; logouts that come from the portal work wherever there is one.', 'samlforce' ),
			'sf_login_host'        => __( 'Your My Domain host, login.salesforce.com or test.salesforce.com. It must also stand in samlforce.allowed_hosts in php.ini.', 'samlforce' ),
			'sf_consumer_key'      => __( 'Of the connected app (or External Client App) in Salesforce.', 'samlforce' ),
			'sf_username'          => __( 'The Salesforce username that the calls are made as.', 'samlforce' ),
			'sf_key'               => __( 'The connected app must have the certificate of this key.', 'samlforce' ),
			'sf_audience'          => __( 'If empty: https:// and the login host.', 'samlforce' ),
			'sf_account_id'        => __( 'The Account that new Contacts belong to (begins with 001). Its owner needs a role.', 'samlforce' ),
			'sf_profile_id'        => __( 'The profile of new Users (begins with 00e). It must be a member of the Experience Cloud site.', 'samlforce' ),
			'sf_external_id_field' => __( 'A unique text field with this API name, marked as External ID, on Contact and on User.', 'samlforce' ),
			'sf_username_suffix'   => __( 'Is appended to the address to make the username, ".acme" say: usernames are unique over all of Salesforce.', 'samlforce' ),
			'sf_timezone'          => __( 'Of new Users, "Europe/Berlin" say. If empty: this site’s.', 'samlforce' ),
			'create_by_admin'      => __( 'On the page Add User, offer an account in Salesforce', 'samlforce' ),
			'create_by_rest'       => __( 'Whoever is added by the REST API (/wp/v2/users) gets an account in Salesforce. The last name is then required.', 'samlforce' ),
			'create_by_cli'        => __( 'Whoever is added by "wp user create" gets an account in Salesforce. The last name is then required, and WP-CLI must run as the user who may read the keys.', 'samlforce' ),
			'create_by_network'    => __( 'Whoever activates an account in a network of sites gets one in Salesforce, with the password that WordPress sends', 'samlforce' ),
			'change_by_reset'      => __( 'A password that is set by "Lost your password?" reaches Salesforce', 'samlforce' ),
			'change_by_profile'    => __( 'A password that is changed on the profile page, or by an administrator there, reaches Salesforce', 'samlforce' ),
			'change_by_rest'       => __( 'A password that is changed by the REST API reaches Salesforce', 'samlforce' ),
			'change_by_cli'        => __( 'A password that is changed by WP-CLI reaches Salesforce. WordPress shows it from version 6.3 on.', 'samlforce' ),
			'change_by_code'       => __( 'A password that another plugin changes reaches Salesforce. WordPress shows it from version 6.3 on.', 'samlforce' ),
			'registration'         => __( 'Whoever registers here chooses a password, and gets an account in Salesforce with the same one', 'samlforce' ),
			'vault_key'            => __( 'A file NAME.key in the keyring.', 'samlforce' ),
			'policy_min_length'    => __( 'As in Salesforce under Setup, Password Policies: 5 to 50.', 'samlforce' ),
			'policy_complexity'    => __( 'As in Salesforce under Setup, Password Policies.', 'samlforce' ),
			default                => '',
		};
	}

	/** @return array<string, string> */
	public static function choices( string $key ): array {
		return 'force' === $key
			? array(
				''      => __( 'nowhere', 'samlforce' ),
				'login' => __( 'from the login page', 'samlforce' ),
				'site'  => __( 'from every page of the site', 'samlforce' ),
			)
			: array(
				'allowed'   => __( 'work for everybody', 'samlforce' ),
				'unlinked'  => __( 'work for accounts that are not linked with the portal', 'samlforce' ),
				'emergency' => __( 'work by the emergency address only', 'samlforce' ),
			);
	}

	/** @return array<int, string> */
	public static function complexities(): array {
		return array(
			0 => __( 'no restriction', 'samlforce' ),
			1 => __( 'letters and digits', 'samlforce' ),
			2 => __( 'letters, digits and special characters', 'samlforce' ),
			3 => __( 'digits, capital and small letters', 'samlforce' ),
			4 => __( 'digits, capital and small letters, special characters', 'samlforce' ),
		);
	}

	/**
	 * What was typed into a field, made clean.
	 *
	 * @throws \InvalidArgumentException With the sentence for the administrator.
	 */
	public static function clean( string $key, mixed $value ): mixed {
		if ( is_bool( Settings::DEFAULTS[ $key ] ) ) {
			return (bool) filter_var( is_scalar( $value ) ? $value : false, FILTER_VALIDATE_BOOLEAN );
		}
		if ( ! is_scalar( $value ) ) {
			throw new \InvalidArgumentException( self::wrong( $key ) );
		}
		$value = trim( (string) $value );
		if ( 'policy_min_length' === $key || 'policy_complexity' === $key ) {
			$range = 'policy_min_length' === $key ? array( 5, 50 ) : array( 0, 4 );
			if ( ! ctype_digit( $value ) || (int) $value < $range[0] || (int) $value > $range[1] ) {
				throw new \InvalidArgumentException( self::wrong( $key ) );
			}
			return (int) $value;
		}
		$value = sanitize_text_field( $value );
		if ( 'sf_login_host' === $key ) {
			$value = strtolower( rtrim( (string) preg_replace( '~^https?://~i', '', $value ), '/' ) );
		}
		if ( '' !== $value && isset( self::PATTERNS[ $key ] ) && ! preg_match( self::PATTERNS[ $key ], $value ) ) {
			throw new \InvalidArgumentException( self::wrong( $key ) );
		}
		if ( 'choice' === self::type( $key ) && ! isset( self::choices( $key )[ $value ] ) ) {
			throw new \InvalidArgumentException( self::wrong( $key ) );
		}
		if ( 'password_login' === $key && 'emergency' === $value && 0 === Local_Login::made_at() ) {
			throw new \InvalidArgumentException( __( 'Passwords still work: make an emergency address first, and keep it where you find it when the portal is away.', 'samlforce' ) );
		}
		return '' === $value && in_array( $key, array( 'sf_api_version', 'sf_external_id_field', 'sf_locale', 'sf_language', 'sf_encoding' ), true ) ? Settings::DEFAULTS[ $key ] : $value;
	}

	/** A role that manages the site is not given to whoever signs in at the portal. */
	public static function is_allowed_role( string $role ): bool {
		$object = get_role( $role );
		return $object && ! array_filter( Account_Finder::PRIVILEGES, array( $object, 'has_cap' ) );
	}

	private static function wrong( string $key ): string {
		return sprintf(
			/* translators: 1: name of a setting, 2: its description. */
			__( '%1$s was not changed: what was typed can’t be right. %2$s', 'samlforce' ),
			self::label( $key ),
			self::help( $key )
		);
	}
}
