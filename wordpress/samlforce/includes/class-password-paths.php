<?php
/**
 * The other ways by which WordPress gets to see a password: its REST routes, WP-CLI, the activation in a network, and other code.
 *
 * On each it is sealed in the hook that shows it, and at once: nobody keeps it for later.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Password_Paths {

	/** The settings: on which way a new account gets one in Salesforce, and a new password gets there. */
	public const CREATE = array( 'create_by_admin', 'create_by_rest', 'create_by_cli', 'create_by_network' );
	public const CHANGE = array( 'change_by_reset', 'change_by_profile', 'change_by_rest', 'change_by_cli', 'change_by_code' );

	/** Sealed before the account is there, entered when it is. */
	private ?Sealed_Registration $created = null;

	public function __construct( private readonly Password_Change $changes ) {}

	public static function is_on( string $path ): bool {
		// Whoever registers in a network does so at its main site, by pages of their own.
		return Settings::on( 'registration' ) && Settings::on( $path ) && ( ! is_multisite() || 'create_by_network' === $path || in_array( $path, self::CHANGE, true ) );
	}

	public function register(): void {
		add_filter( 'rest_dispatch_request', array( $this, 'check_rest' ), 9999, 4 );
		add_filter( 'wp_pre_insert_user_data', array( $this, 'check_cli' ), 9999, 4 );
		add_action( 'user_register', array( $this, 'enter_created' ), 1 );
		add_action( 'wpmu_activate_user', array( $this, 'enter_activated' ), 10, 2 );
		// Instead of it, where the person has asked for a site too.
		add_action( 'wpmu_activate_blog', array( $this, 'enter_activated_with_site' ), 10, 3 );
		// WordPress 6.2 and later: wp_set_password(). 6.9 and later: also wp_insert_user() and wp_update_user().
		add_action( 'wp_set_password', array( $this, 'enter_set' ), 10, 3 );
		// WordPress 6.3 and later.
		add_action( 'wp_update_user', array( $this, 'enter_updated' ), 10, 3 );
	}

	/**
	 * POST, PUT and PATCH of /wp/v2/users and below: WordPress has checked who asks and what is asked; what we find wrong is the answer.
	 *
	 * @param mixed            $result  null, unless somebody else has answered.
	 * @param \WP_REST_Request $request
	 * @param string           $route
	 */
	public function check_rest( $result, $request, $route, $handler ) {
		if ( null !== $result || ! $request instanceof \WP_REST_Request || 0 !== strpos( (string) $route, '/wp/v2/users' ) || ! in_array( $request->get_method(), array( 'POST', 'PUT', 'PATCH' ), true ) ) {
			return $result;
		}
		$password = $request['password'];
		if ( ! is_string( $password ) || '' === $password ) {
			return $result;
		}
		$errors = new \WP_Error();
		$id     = '/wp/v2/users/me' === $route ? get_current_user_id() : (int) $request['id'];
		if ( $id ) {
			$this->changes->check( 'change_by_rest', $id, $password, $errors );
		} elseif ( self::is_on( 'create_by_rest' ) ) {
			$this->created = Sealed_Registration::seal( $password, (string) $request['email'], sanitize_text_field( (string) $request['first_name'] ), sanitize_text_field( (string) $request['last_name'] ), $errors );
		}
		return $errors->has_errors() ? self::as_rest_error( $errors ) : $result;
	}

	private static function as_rest_error( \WP_Error $errors ): \WP_Error {
		$sentences = array_map( 'wp_strip_all_tags', $errors->get_error_messages() );
		return new \WP_Error( (string) $errors->get_error_code(), implode( ' ', $sentences ), array( 'status' => 400 ) );
	}

	/**
	 * `wp user create`: the last filter that can stop it. Nothing in place of the data is WordPress's way of saying no; why, WP-CLI says.
	 *
	 * @param mixed $data     the row that shall be written.
	 * @param mixed $userdata what wp_insert_user() was called with.
	 */
	public function check_cli( $data, $update, $user_id, $userdata ) {
		if ( $update || ! self::is_cli() || ! self::is_on( 'create_by_cli' ) || ! is_array( $userdata ) || ! is_string( $userdata['user_pass'] ?? null ) ) {
			return $data;
		}
		$errors        = new \WP_Error();
		$this->created = Sealed_Registration::seal( $userdata['user_pass'], (string) ( $userdata['user_email'] ?? '' ), (string) ( $userdata['first_name'] ?? '' ), (string) ( $userdata['last_name'] ?? '' ), $errors );
		if ( ! $errors->has_errors() ) {
			return $data;
		}
		self::warn( $errors );
		return array();
	}

	private static function warn( \WP_Error $errors ): void {
		foreach ( $errors->get_error_messages() as $sentence ) {
			if ( class_exists( 'WP_CLI' ) ) {
				\WP_CLI::warning( wp_strip_all_tags( $sentence ) );
			}
		}
	}

	private static function change_path(): string {
		return self::is_cli() ? 'change_by_cli' : 'change_by_code';
	}

	private static function is_cli(): bool {
		return defined( 'WP_CLI' ) && WP_CLI;
	}

	public function enter_created( int $user_id ): void {
		$created = $this->created;
		$user    = get_userdata( $user_id );
		if ( ! $created || ! $user || $created->email !== $user->user_email ) {
			return;
		}
		$this->created = null;
		$created->enter( $user_id );
		Activation::send_link( $user_id );
	}

	/** In a network the person has opened the link of WordPress's own mail: the address is confirmed. The password is the one in the mail that follows. */
	public function enter_activated( $user_id, #[\SensitiveParameter] $password ): void {
		$user = get_userdata( (int) $user_id );
		// Whoever had an account before keeps his password: the one that WordPress has made up is nobody's then.
		if ( ! self::is_on( 'create_by_network' ) || ! $user || ! is_string( $password ) || Account::is_ours( $user->ID ) || ! wp_check_password( $password, $user->user_pass, $user->ID ) ) {
			return;
		}
		$errors    = new \WP_Error();
		$last_name = '' !== $user->last_name ? $user->last_name : $user->user_login;
		$created   = Sealed_Registration::seal( $password, $user->user_email, $user->first_name, $last_name, $errors );
		if ( ! $created && self::breaks_only_password_rules( $errors ) ) {
			// WordPress has made it up, and may have broken Salesforce's rules: the person is asked by mail for another one, and gets the account meanwhile.
			$created = Sealed_Registration::without_password( $user->user_email, $user->first_name, $last_name );
		}
		if ( $created ) {
			$created->enter( $user->ID, '', 'confirmed' );
			return;
		}
		error_log( 'Samlforce: the account of user ' . $user->ID . ' was not made in Salesforce: ' . wp_strip_all_tags( implode( ' ', $errors->get_error_messages() ) ) ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
	}

	private static function breaks_only_password_rules( \WP_Error $errors ): bool {
		return array() === preg_grep( '/^samlforce_password_/', $errors->get_error_codes(), PREG_GREP_INVERT );
	}

	public function enter_activated_with_site( $site_id, $user_id, #[\SensitiveParameter] $password ): void {
		$this->enter_activated( $user_id, $password );
	}

	/**
	 * Whatever sets a password by WordPress's functions. It can't be refused any more: what breaks Salesforce's rules is refused there, and
	 * the person is asked for another.
	 *
	 * @param mixed $password
	 * @param mixed $before   the user as it was; since WordPress 6.8.
	 */
	public function enter_set( #[\SensitiveParameter] $password, $user_id, $before = null ): void {
		$user_id = (int) $user_id;
		// A login makes WordPress hash the same password anew: nothing has changed then.
		if ( ! is_string( $password ) || ( $before instanceof \WP_User && wp_check_password( $password, $before->user_pass, $user_id ) ) ) {
			return;
		}
		$now = get_userdata( $user_id );
		$this->changes->seal_and_enter( self::change_path(), $user_id, wp_unslash( $password ), ! $before instanceof \WP_User || ! $now || $now->user_pass !== $before->user_pass );
	}

	/** @param mixed $raw what wp_update_user() was called with. */
	public function enter_updated( $user_id, $userdata, #[\SensitiveParameter] $raw ): void {
		$password = is_array( $raw ) ? $raw['user_pass'] ?? null : null;
		// Later versions have said it by the action above.
		if ( is_string( $password ) && '' !== $password && version_compare( get_bloginfo( 'version' ), '6.9', '<' ) && is_array( $userdata ) && ( $userdata['user_pass'] ?? '' ) !== $password ) {
			$this->changes->seal_and_enter( self::change_path(), (int) $user_id, wp_unslash( $password ), true );
		}
	}
}
