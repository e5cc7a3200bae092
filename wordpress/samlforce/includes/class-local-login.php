<?php
/**
 * The way in when the identity provider is away: a secret address, and a constant in wp-config.php.
 *
 * The secret is shown once and kept as a hash. Who opens the address gets a cookie that makes the login form of WordPress work
 * for a quarter of an hour; the password is still asked for. A new address makes the old one, and its cookies, worthless.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Local_Login {

	public const OPTION    = 'samlforce_emergency';
	public const PARAMETER = 'samlforce_local';
	private const COOKIE   = 'samlforce_local';

	/** define( 'SAMLFORCE_LOCAL_LOGIN', true ): nobody is sent to the identity provider, and passwords work. */
	public const CONSTANT = 'SAMLFORCE_LOCAL_LOGIN';

	private const LIFETIME       = 15 * MINUTE_IN_SECONDS;
	private const TRIES_PER_HOUR = 10;

	public function register(): void {
		add_action( 'login_init', array( $this, 'open' ), 1 );
	}

	/** Whether this browser may use the login form, whatever is forced. */
	public static function is_open(): bool {
		return self::is_forced_off() || self::is_genuine( Input::cookie( self::COOKIE, 100 ) );
	}

	public static function is_forced_off(): bool {
		return defined( self::CONSTANT ) && filter_var( constant( self::CONSTANT ), FILTER_VALIDATE_BOOLEAN );
	}

	/** When the address was made, 0 if there is none. */
	public static function made_at(): int {
		$stored = Network::get( self::OPTION );
		return is_array( $stored ) && is_string( $stored['hash'] ?? null ) && '' !== $stored['hash'] ? (int) ( $stored['made_at'] ?? 0 ) : 0;
	}

	/** A new address, which replaces the one before. It can't be shown again. */
	public static function make(): string {
		$secret = bin2hex( random_bytes( 20 ) );
		Network::set(
			self::OPTION,
			array(
				'hash'    => hash( 'sha256', $secret ),
				'made_at' => time(),
			),
			false
		);
		return add_query_arg( self::PARAMETER, $secret, site_url( 'wp-login.php', 'login' ) );
	}

	public static function remove(): void {
		Network::set( self::OPTION, array() );
	}

	/** The address was opened. A wrong one is answered like any other page of the login. */
	public function open(): void {
		$secret = Input::get( self::PARAMETER, 40 );
		if ( '' === $secret ) {
			return;
		}
		Caches::keep_off();
		header( 'Referrer-Policy: no-referrer' );
		if ( ! Rate_Limit::allows( 'e' . Rate_Limit::caller(), self::TRIES_PER_HOUR ) || ! self::is_right( $secret ) ) {
			return;
		}
		Sign_In_Log::add( 'warning', 'emergency_address', __( 'The emergency address of the login page was opened.', 'samlforce' ), Rate_Limit::caller() );
		self::send_cookie( self::cookie_value() );
		// Without the secret in it: the page and what it loads need not know.
		wp_safe_redirect( site_url( 'wp-login.php', 'login' ), 302, 'Samlforce' );
		exit;
	}

	public static function is_right( string $secret ): bool {
		return '' !== self::hash() && hash_equals( self::hash(), hash( 'sha256', $secret ) );
	}

	public static function cookie_value(): string {
		$ends = time() + self::LIFETIME;
		return $ends . '.' . self::seal( $ends );
	}

	private static function is_genuine( string $cookie ): bool {
		$parts = explode( '.', $cookie );
		return 2 === count( $parts ) && '' !== self::hash() && ctype_digit( $parts[0] ) && hash_equals( self::seal( (int) $parts[0] ), $parts[1] ) && (int) $parts[0] >= time();
	}

	/** Over the hash of the address: a new one ends what the old one opened. */
	private static function seal( int $ends ): string {
		return hash_hmac( 'sha256', $ends . self::hash(), wp_salt( 'auth' ) );
	}

	private static function hash(): string {
		$stored = Network::get( self::OPTION );
		return is_array( $stored ) && is_string( $stored['hash'] ?? null ) ? $stored['hash'] : '';
	}

	private static function send_cookie( string $value ): void {
		setcookie(
			self::COOKIE,
			$value,
			array(
				'expires'  => 0,
				'path'     => '/',
				'secure'   => is_ssl(),
				'httponly' => true,
				'samesite' => 'Lax',
			)
		);
	}
}
