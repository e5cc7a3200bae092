<?php
/**
 * The cookie that ties what was started here, a sign-in or a logout, to the browser that started it; several tabs share it.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Browser {

	/** What this browser brought, '' if nothing. */
	public static function current(): string {
		return Input::cookie( self::cookie_name() );
	}

	/** What this browser is known by from now on. */
	public static function mark(): string {
		$value = Input::cookie( self::cookie_name(), 64 );
		if ( ! preg_match( '/^[0-9a-f]{64}$/D', $value ) ) {
			$value = bin2hex( random_bytes( 32 ) );
		}
		setcookie(
			self::cookie_name(),
			$value,
			array(
				'expires'  => time() + Pending_Logins::LIFETIME,
				'path'     => '/',
				'secure'   => is_ssl(),
				'httponly' => true,
				// The Response is a POST from another site. Browsers take None only with Secure.
				'samesite' => is_ssl() ? 'None' : 'Lax',
			)
		);
		return $value;
	}

	/** With the prefix, no other host of the domain can plant it. */
	private static function cookie_name(): string {
		return is_ssl() ? '__Host-samlforce' : 'samlforce';
	}
}
