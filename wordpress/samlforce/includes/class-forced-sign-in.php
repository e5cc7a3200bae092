<?php
/**
 * Sends who is not signed in to the identity provider, and decides whether a password of WordPress is still good for anything.
 *
 * Only a person who opens the login page (or, where it is set, any page of the site) is sent away. Cron, the command line,
 * AJAX, REST, XML-RPC, the small login window, logout, lost passwords, and our own addresses are left alone.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Forced_Sign_In {

	/** Counts how often this browser was sent away; a browser that loses its session would else go round for ever. */
	private const COOKIE      = 'samlforce_tries';
	private const MAX_TRIES   = 4;
	private const TRIES_COUNT = 2 * MINUTE_IN_SECONDS;

	/** Who signed in by an application password, which is no password of a login page. */
	private int $by_application = 0;

	public function register(): void {
		add_action( 'login_form_login', array( $this, 'at_login_page' ), 5 );
		add_action( 'template_redirect', array( $this, 'at_site' ), 0 );
		add_action( 'init', array( $this, 'forget_tries' ) );

		add_action( 'application_password_did_authenticate', array( $this, 'note_application_password' ) );
		add_filter( 'authenticate', array( $this, 'begin_authentication' ), 0 );
		// After the check of the password: what is said here must not help anybody to guess one.
		add_filter( 'authenticate', array( $this, 'judge_password' ), 98, 3 );
		add_filter( 'login_body_class', array( $this, 'hide_form' ) );
		add_filter( 'wp_login_errors', array( $this, 'say_why_not_sent' ) );
	}

	/** Whether people are sent to the identity provider at all at the moment. */
	public static function is_on(): bool {
		return '' !== self::scope() && ! Local_Login::is_forced_off() && Saml::can_start();
	}

	/** '' nobody, 'login' from the login page, 'site' from every page. */
	private static function scope(): string {
		$scope = Settings::text( 'force' );
		return in_array( $scope, array( 'login', 'site' ), true ) ? $scope : '';
	}

	/** The hook of the action "login" alone: logout, lost passwords and our own addresses have hooks of their own. */
	public function at_login_page(): void {
		if ( ! self::is_on() || Input::is_post() || Local_Login::is_open() || ! self::is_a_visit() || isset( $_REQUEST['interim-login'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification
			return;
		}
		Caches::keep_off();
		// Who has just signed out is not signed in again at once.
		if ( '' !== Input::get( 'loggedout', 10 ) || '' !== Input::get( 'checkemail', 20 ) ) {
			return;
		}
		$target = Input::get( 'redirect_to' );
		if ( is_user_logged_in() && '' === Input::get( 'reauth', 5 ) ) {
			wp_safe_redirect( ( new Sign_In() )->target_for( wp_get_current_user(), $target ), 302, 'Samlforce' );
			exit;
		}
		if ( null !== self::only_one() ) {
			$this->send_away( self::address( $target ) );
		}
	}

	public function at_site(): void {
		if ( 'site' !== self::scope() || is_user_logged_in() || ! self::is_on() || ! self::is_a_visit() || is_robots() || is_favicon() ) {
			return;
		}
		/**
		 * Whether this page may only be read by who is signed in.
		 *
		 * @param bool $closed true.
		 */
		if ( ! apply_filters( 'samlforce_page_is_closed', true ) ) {
			return;
		}
		Caches::keep_off();
		$this->send_away( self::address( self::current_address() ) );
		wp_die(
			sprintf( '<p>%s</p><p><a href="%s">%s</a></p>', esc_html( self::loop_sentence() ), esc_url( self::address( self::current_address() ) ), esc_html__( 'Sign in', 'samlforce' ) ),
			esc_html__( 'Please sign in', 'samlforce' ),
			array( 'response' => 403 )
		);
	}

	/** Where people have no choice: the identity provider that they all sign in at. Where they have one, the login page shows it. */
	private static function only_one(): ?Provider {
		$all    = Providers::startable();
		$chosen = array_filter( $all, static fn ( Provider $provider ): bool => $provider->on( 'show_button' ) || array() !== $provider->domains() );
		$chosen = $chosen ? $chosen : $all;
		return 1 === count( $chosen ) ? reset( $chosen ) : null;
	}

	private static function address( string $target ): string {
		$provider = self::only_one();
		return $provider ? Saml::login_url( $target, Providers::first() === $provider ? '' : $provider->slug ) : wp_login_url( $target );
	}

	/** A browser that shows a page to a person. */
	private static function is_a_visit(): bool {
		return ! wp_doing_cron() && ! wp_doing_ajax() && 'cli' !== PHP_SAPI
			&& ! ( defined( 'REST_REQUEST' ) && REST_REQUEST ) && ! ( defined( 'XMLRPC_REQUEST' ) && XMLRPC_REQUEST ) && ! ( defined( 'WP_CLI' ) && WP_CLI );
	}

	/** Comes back only if this browser was sent away too often already. */
	private function send_away( string $address ): void {
		$tries = self::tries();
		if ( $tries >= self::MAX_TRIES ) {
			return;
		}
		self::send_cookie( (string) ( $tries + 1 ), time() + self::TRIES_COUNT );
		wp_safe_redirect( $address, 302, 'Samlforce' );
		exit;
	}

	private static function tries(): int {
		$value = Input::cookie( self::COOKIE, 4 );
		return ctype_digit( $value ) ? (int) $value : 0;
	}

	/** The session has arrived in the browser: there is no loop. */
	public function forget_tries(): void {
		if ( self::tries() > 0 && is_user_logged_in() && ! headers_sent() ) {
			self::send_cookie( '', 1 );
		}
	}

	private static function send_cookie( string $value, int $expires ): void {
		setcookie(
			self::COOKIE,
			$value,
			array(
				'expires'  => $expires,
				'path'     => '/',
				'secure'   => is_ssl(),
				'httponly' => true,
				'samesite' => 'Lax',
			)
		);
	}

	/** The page that was asked for. What stands after "#" in an address never reaches a server. */
	private static function current_address(): string {
		$home = wp_parse_url( home_url() );
		$path = is_string( $_SERVER['REQUEST_URI'] ?? null ) ? wp_unslash( $_SERVER['REQUEST_URI'] ) : '/'; // phpcs:ignore WordPress.Security -- checked as a target before it is used.
		return $home['scheme'] . '://' . $home['host'] . ( isset( $home['port'] ) ? ':' . $home['port'] : '' ) . '/' . ltrim( $path, '/' );
	}

	private static function loop_sentence(): string {
		return __( 'You were sent to the portal several times within two minutes, and your browser came back without a session. Allow cookies for this site, or press the button to try again.', 'samlforce' );
	}

	public function say_why_not_sent( $errors ) {
		if ( ! $errors instanceof \WP_Error || '' === self::scope() || Local_Login::is_open() ) {
			return $errors;
		}
		if ( self::tries() >= self::MAX_TRIES ) {
			$errors->add( 'samlforce_loop', esc_html( self::loop_sentence() ) );
		} elseif ( ! Saml::can_start() ) {
			$errors->add( 'samlforce_away', esc_html__( 'Signing in at the portal is not possible at the moment: its settings on this site are not complete, or have expired. Please tell the owner of this site.', 'samlforce' ) );
		}
		return $errors;
	}

	public function note_application_password( $user ): void {
		$this->by_application = $user instanceof \WP_User ? $user->ID : 0;
	}

	public function begin_authentication( $user ) {
		$this->by_application = 0;
		return $user;
	}

	/**
	 * Whether a password that WordPress has looked at counts.
	 *
	 * @param mixed $user what WordPress found: a user, or an error.
	 */
	public function judge_password( $user, $name = '', $password = '' ) {
		if ( '' === (string) $name || '' === (string) $password || Local_Login::is_open() ) {
			return $user;
		}
		if ( $user instanceof \WP_User && $this->by_application === $user->ID ) {
			return $user;
		}
		$rule = Settings::text( 'password_login' );
		if ( 'emergency' === $rule ) {
			// The same words for a right password and a wrong one.
			return new \WP_Error( 'samlforce_no_passwords', esc_html__( 'Passwords don’t work on this page. Please sign in at the portal.', 'samlforce' ) );
		}
		if ( 'unlinked' === $rule && $user instanceof \WP_User && Links::of( $user->ID ) ) {
			return new \WP_Error( 'samlforce_linked', esc_html__( 'This account signs in at the portal, so its password doesn’t work here. Please press the button below.', 'samlforce' ) );
		}
		return $user;
	}

	public function hide_form( $classes ) {
		if ( is_array( $classes ) && 'emergency' === Settings::text( 'password_login' ) && ! Local_Login::is_open() ) {
			$classes[] = 'samlforce-no-passwords';
		}
		return $classes;
	}
}
