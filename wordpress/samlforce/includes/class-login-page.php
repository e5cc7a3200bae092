<?php
/**
 * A page in the frame of the login page, with one sentence on it.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Message;

defined( 'ABSPATH' ) || exit;

final class Login_Page {

	/** Something did not work. */
	public static function refuse( string $title, string $sentence, int $status ): never {
		self::show( $title, '', new \WP_Error( 'samlforce', esc_html( $sentence ) ), $status, wp_login_url(), __( 'To the login page', 'samlforce' ) );
	}

	/** Something worked; or, with a warning, only in part. */
	public static function tell( string $title, string $sentence, string $next, bool $warning = false ): never {
		self::show( $title, '<p class="message' . ( $warning ? ' samlforce-partly' : '' ) . '">' . esc_html( $sentence ) . '</p>', null, 200, $next, __( 'Continue', 'samlforce' ) );
	}

	/** To the identity provider with a message: by its address, or by a form that the browser sends by itself. */
	public static function go( Message $message ): never {
		Caches::keep_off();
		if ( array() === $message->fields ) {
			wp_redirect( $message->url, 302, 'Samlforce' ); // phpcs:ignore WordPress.Security.SafeRedirect -- the provider's address, from the metadata that the administrator gave.
			exit;
		}
		$nonce = base64_encode( random_bytes( 16 ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
		header( 'Content-Type: text/html; charset=UTF-8' );
		header( "Content-Security-Policy: default-src 'none'; script-src 'nonce-$nonce'; base-uri 'none'" );
		header( 'X-Content-Type-Options: nosniff' );
		echo $message->form( $nonce, __( 'Continue', 'samlforce' ), get_bloginfo( 'language' ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- a whole page, escaped by the extension.
		exit;
	}

	private static function show( string $title, string $message, ?\WP_Error $error, int $status, string $next, string $words ): never {
		status_header( $status );
		login_header( $title, $message, $error );
		printf( '<p id="nav"><a class="wp-login-log-in" href="%s">%s</a></p>', esc_url( $next ), esc_html( $words ) );
		login_footer();
		exit;
	}

	public static function with_reference( string $sentence, string $reference ): string {
		return sprintf(
			/* translators: 1: a sentence, 2: a code of letters and digits. */
			__( '%1$s Reference: %2$s', 'samlforce' ),
			$sentence,
			$reference
		);
	}
}
