<?php
/**
 * Keeps people who sign in at the identity provider from changing password and address here, where that is set: both would be
 * a second way in that the identity provider can't shut.
 *
 * Who may edit other people's accounts may still change theirs.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Profile_Lock {

	public function register(): void {
		add_filter( 'show_password_fields', array( $this, 'hide_password_fields' ), 10, 2 );
		add_filter( 'allow_password_reset', array( $this, 'refuse_reset' ), 10, 2 );
		// Before WordPress mails a link to the new address.
		add_action( 'personal_options_update', array( $this, 'keep_address' ), 1 );
		add_action( 'user_profile_update_errors', array( $this, 'refuse_change' ), 10, 3 );
		add_filter( 'rest_request_before_callbacks', array( $this, 'refuse_rest' ), 10, 3 );
		add_action( 'admin_footer-profile.php', array( $this, 'print_note' ) );
	}

	/** Whether password and address of this account are the identity provider's. */
	public static function holds( int $user_id ): bool {
		return Settings::on( 'lock_profile' ) && ! Local_Login::is_forced_off() && (bool) Links::of( $user_id );
	}

	/** Nobody but the person herself is held back. */
	private static function holds_editor( int $user_id ): bool {
		return get_current_user_id() === $user_id && self::holds( $user_id );
	}

	public static function sentence(): string {
		return __( 'Your password and your email address are kept at the portal. Please change them there.', 'samlforce' );
	}

	public function hide_password_fields( $show, $user = null ) {
		return $user instanceof \WP_User && self::holds_editor( $user->ID ) ? false : $show;
	}

	/** One answer, whoever asks: it says no more than that the account belongs to the portal. */
	public function refuse_reset( $allow, $user_id ) {
		return self::holds( (int) $user_id ) ? new \WP_Error( 'samlforce_locked', esc_html__( 'The password of this account is kept at the portal. Please change it there.', 'samlforce' ) ) : $allow;
	}

	public function keep_address( $user_id ): void {
		$user = get_userdata( (int) $user_id );
		if ( $user && self::holds_editor( $user->ID ) && isset( $_POST['email'] ) && Input::post( 'email', 200 ) !== $user->user_email ) { // phpcs:ignore WordPress.Security.NonceVerification
			$_POST['email'] = wp_slash( $user->user_email );
			add_action(
				'user_profile_update_errors',
				static function ( $errors ): void {
					if ( $errors instanceof \WP_Error ) {
						$errors->add( 'samlforce_locked', '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html( self::sentence() ) );
					}
				}
			);
		}
	}

	public function refuse_change( $errors, $update, $user ): void {
		if ( ! $update || ! $errors instanceof \WP_Error || empty( $user->ID ) || ! self::holds_editor( (int) $user->ID ) ) {
			return;
		}
		$before = get_userdata( (int) $user->ID );
		if ( ! empty( $user->user_pass ) || ( $before && isset( $user->user_email ) && wp_unslash( $user->user_email ) !== $before->user_email ) ) {
			unset( $user->user_pass );
			$errors->add( 'samlforce_locked', '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html( self::sentence() ) );
		}
	}

	/** The filter of the users' own route takes no refusal: this is the one before it. */
	public function refuse_rest( $response, $handler, $request ) {
		if ( is_wp_error( $response ) || ! $request instanceof \WP_REST_Request || 'GET' === $request->get_method() || ! preg_match( '~^/wp/v2/users/(me|\d+)$~Di', $request->get_route(), $match ) ) {
			return $response;
		}
		$user = get_userdata( 'me' === strtolower( $match[1] ) ? get_current_user_id() : (int) $match[1] );
		if ( ! $user || ! self::holds_editor( $user->ID ) ) {
			return $response;
		}
		if ( isset( $request['password'] ) || ( isset( $request['email'] ) && $request['email'] !== $user->user_email ) ) {
			return new \WP_Error( 'samlforce_locked', self::sentence(), array( 'status' => 403 ) );
		}
		return $response;
	}

	/** The field stays readable; why it can't be changed stands beside it. */
	public function print_note(): void {
		if ( ! self::holds_editor( get_current_user_id() ) ) {
			return;
		}
		printf(
			'<script>( function () { var f = document.getElementById( "email" ); if ( f ) { f.readOnly = true; var p = document.createElement( "p" ); p.className = "description"; p.textContent = %s; f.insertAdjacentElement( "afterend", p ); } }() );</script>',
			wp_json_encode( self::sentence(), JSON_HEX_TAG | JSON_HEX_AMP )
		);
	}
}
