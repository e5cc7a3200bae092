<?php
/**
 * Which session of WordPress came out of which sign-in at the identity provider.
 *
 * WordPress keeps of a session only the hash of its token, and so does this table: enough to end that session and no other,
 * and to keep it from outliving the one at the identity provider when its cookie is made anew.
 *
 * Sessions of a network are good on all its sites, so there is one table for all of them; a row knows the site that signed in.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Assertion;

defined( 'ABSPATH' ) || exit;

final class Sessions {

	/** The session that is being opened: whose, and when the identity provider ends it. @var array{int, ?int}|null */
	private static ?array $opening = null;

	/** Whose password was checked in this request: a new session, which no identity provider speaks for. */
	private static int $by_password = 0;

	public function register(): void {
		add_filter( 'auth_cookie_expiration', array( $this, 'cap' ), PHP_INT_MAX, 2 );
		add_filter( 'authenticate', array( $this, 'note_password' ), PHP_INT_MAX );
		add_action( 'set_auth_cookie', array( $this, 'carry_over' ), 10, 6 );
	}

	/**
	 * A new session: whatever cookies the browser had before are worth nothing.
	 *
	 * @throws Sign_In_Refused If the session could not be remembered: nobody could end it from outside then.
	 */
	public static function open( \WP_User $user, Assertion $assertion ): void {
		wp_clear_auth_cookie();
		wp_set_current_user( $user->ID );
		self::$opening = array( $user->ID, $assertion->sessionNotOnOrAfter );
		$manager       = \WP_Session_Tokens::get_instance( $user->ID );
		/** This filter is documented in wp-includes/pluggable.php */
		$expiration = time() + (int) apply_filters( 'auth_cookie_expiration', 2 * DAY_IN_SECONDS, $user->ID, false );
		$token      = $manager->create( $expiration );
		if ( ! self::remember( $token, $user->ID, $assertion, $expiration ) ) {
			$manager->destroy( $token );
			wp_set_current_user( 0 );
			self::$opening = null;
			throw new Sign_In_Refused( __( 'Signing in is not possible at the moment. Please try again in a minute.', 'samlforce' ), 'database', __( 'The session could not be written to the table of sessions.', 'samlforce' ), null, null, $user->ID );
		}
		wp_set_auth_cookie( $user->ID, false, is_ssl(), $token );
		self::$opening = null;
	}

	/** The session of this browser, if it came from an identity provider. */
	public static function current( int $user_id ): ?object {
		return self::row( wp_get_session_token(), $user_id );
	}

	/** The same, which is over: WordPress has ended it. */
	public static function take_current( int $user_id ): ?object {
		global $wpdb;
		$row = self::current( $user_id );
		if ( $row ) {
			$wpdb->delete( Database::sessions(), array( 'verifier' => $row->verifier ) );
		}
		return $row;
	}

	/**
	 * Ends what a LogoutRequest names: of one person at one issuer all sessions of this service provider, or those of its list only.
	 *
	 * @param list<string> $session_indexes none: all.
	 * @return int how many were ended.
	 * @throws \RuntimeException If the database did not say which there are.
	 */
	public static function end( string $issuer, string $name_id, array $session_indexes ): int {
		global $wpdb;
		$ended = 0;
		// Sites that share an entity ID are one service provider, whose logout address is that of any of them.
		$everywhere = Network::is_shared() && '' !== Settings::text( 'sp_entity_id' );
		$rows        = (array) $wpdb->get_results( $wpdb->prepare( 'SELECT * FROM ' . Database::sessions() . ' WHERE subject = %s', Links::id( $issuer, $name_id ) ) );
		if ( '' !== $wpdb->last_error ) {
			throw new \RuntimeException( 'The table of sessions could not be read.' );
		}
		foreach ( $rows as $row ) {
			if ( ! $everywhere && get_current_blog_id() !== (int) $row->site ) {
				continue;
			}
			if ( $session_indexes && ! in_array( (string) $row->session_index, $session_indexes, true ) ) {
				continue;
			}
			$manager = \WP_Session_Tokens::get_instance( (int) $row->user_id );
			$token   = $row->verifier;
			// Of WordPress's classes for sessions each takes the hash here, but says so to its own kind only.
			( function () use ( $token ): void {
				$this->update_session( $token, null );
			} )->call( $manager );
			$wpdb->delete( Database::sessions(), array( 'id' => $row->id ) );
			++$ended;
		}
		return $ended;
	}

	public static function remove_user( int $user_id ): void {
		global $wpdb;
		$wpdb->delete( Database::sessions(), array( 'user_id' => $user_id ) );
	}

	public static function clean_up(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . Database::sessions() . ' WHERE expires_at < %d', time() ) );
	}

	/** No cookie lives longer than the identity provider said, whoever makes it, and when. */
	public function cap( $seconds, $user_id ) {
		$ends = null;
		if ( self::$opening && self::$opening[0] === (int) $user_id ) {
			$ends = self::$opening[1];
		} elseif ( self::$by_password !== (int) $user_id ) {
			$row  = self::current( (int) $user_id );
			$ends = $row && $row->ends_at ? (int) $row->ends_at : null;
		}
		// "Not on or after": the second itself is one too many.
		return null === $ends ? $seconds : max( 1, min( (int) $seconds, $ends - 1 - time() ) );
	}

	public function note_password( $user ) {
		if ( $user instanceof \WP_User ) {
			self::$by_password = $user->ID;
		}
		return $user;
	}

	/** A cookie that is made anew with a token of its own goes on with the same sign-in. */
	public function carry_over( $cookie, $expire, $expiration, $user_id, $scheme = '', $token = '' ): void {
		global $wpdb;
		if ( self::$opening || self::$by_password === (int) $user_id || '' === (string) $token || self::row( (string) $token, (int) $user_id ) ) {
			return;
		}
		$row = self::current( (int) $user_id );
		if ( $row ) {
			unset( $row->id );
			$row->verifier   = self::verifier( (string) $token );
			$row->expires_at = (int) $expiration;
			$wpdb->insert( Database::sessions(), (array) $row );
		}
	}

	private static function remember( string $token, int $user_id, Assertion $assertion, int $expiration ): bool {
		global $wpdb;
		return 1 === $wpdb->insert(
			Database::sessions(),
			array(
				'verifier'          => self::verifier( $token ),
				'user_id'           => $user_id,
				'site'              => get_current_blog_id(),
				'subject'           => Links::id( $assertion->issuer, $assertion->nameId ),
				'issuer'            => $assertion->issuer,
				'name_id'           => $assertion->nameId,
				'name_id_format'    => $assertion->nameIdFormat,
				'name_qualifier'    => $assertion->nameQualifier,
				'sp_name_qualifier' => $assertion->spNameQualifier,
				'session_index'     => $assertion->sessionIndex,
				'ends_at'           => $assertion->sessionNotOnOrAfter ?? 0,
				'expires_at'        => $expiration,
			)
		);
	}

	private static function row( string $token, int $user_id ): ?object {
		global $wpdb;
		return '' === $token ? null : $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . Database::sessions() . ' WHERE verifier = %s AND user_id = %d', self::verifier( $token ), $user_id ) );
	}

	/** As WP_Session_Tokens does it. */
	private static function verifier( string $token ): string {
		return hash( 'sha256', $token );
	}
}
