<?php
/**
 * A person of the journey chooses another password in WordPress: Salesforce gets it too.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Password_Change {

	/** Sealed by the checks, entered when WordPress has taken the password. @var array<int, string> */
	private array $sealed = array();

	/** A check has judged it, by its own setting: what WordPress then says of the same password is no second change. @var array<int, true> */
	private array $judged = array();

	public function register(): void {
		add_action( 'validate_password_reset', array( $this, 'check_reset' ), 9999, 2 );
		add_action( 'after_password_reset', array( $this, 'enter_reset' ) );
		add_action( 'user_profile_update_errors', array( $this, 'check_profile' ), 9999, 3 );
		add_action( 'profile_update', array( $this, 'enter' ) );
	}

	/** The page "Reset password": the form is shown with the same hook before anything was typed. */
	public function check_reset( $errors, $user ): void {
		// Slashed, like everywhere in WordPress where a password comes out of a form.
		if ( $errors instanceof \WP_Error && $user instanceof \WP_User && isset( $_POST['pass1'] ) && is_string( $_POST['pass1'] ) && '' !== $_POST['pass1'] ) { // phpcs:ignore WordPress.Security
			$this->check( 'change_by_reset', $user->ID, trim( wp_unslash( $_POST['pass1'] ) ), $errors ); // phpcs:ignore WordPress.Security
		}
	}

	public function enter_reset( $user ): void {
		if ( $user instanceof \WP_User ) {
			$this->enter( $user->ID );
		}
	}

	public function check_profile( $errors, $update, $user ): void {
		if ( $update && $errors instanceof \WP_Error && ! empty( $user->ID ) && ! empty( $user->user_pass ) ) {
			$this->check( 'change_by_profile', (int) $user->ID, wp_unslash( (string) $user->user_pass ), $errors );
		}
	}

	/** Before WordPress takes it: what is wrong goes into $errors, and nothing is changed then. */
	public function check( string $path, int $user_id, #[\SensitiveParameter] string $password, \WP_Error $errors ): void {
		$this->judged[ $user_id ] = true;
		if ( ! Password_Paths::is_on( $path ) || ! Account::is_ours( $user_id ) || $errors->has_errors() ) {
			return;
		}
		$username = Account::username( $user_id );
		foreach ( Password_Rules::broken_by( $password, $username ) as $code => $sentence ) {
			$errors->add( $code, '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html( $sentence ) );
		}
		if ( $errors->has_errors() ) {
			return;
		}
		try {
			$this->sealed[ $user_id ] = Sealed_Registration::token( $password, $username );
		} catch ( SamlforceException $e ) {
			$errors->add( 'samlforce_seal', '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html__( 'The new password could not be kept safely for Salesforce, so it was not changed. Please try again later, or tell the owner of this site.', 'samlforce' ) );
			error_log( 'Samlforce: a new password could not be sealed: ' . $e->getMessage() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
		}
	}

	/**
	 * When it can't be refused any more. What breaks Salesforce's rules is sealed nevertheless: Salesforce refuses it, and the person is asked
	 * for another, which is better than two passwords that nobody knows to differ.
	 *
	 * @param bool $written whether the account has it already; otherwise profile_update says when.
	 */
	public function seal_and_enter( string $path, int $user_id, #[\SensitiveParameter] string $password, bool $written ): void {
		if ( isset( $this->judged[ $user_id ] ) ) {
			unset( $this->judged[ $user_id ] );
			return;
		}
		if ( ! Password_Paths::is_on( $path ) || ! Account::is_ours( $user_id ) ) {
			return;
		}
		try {
			$this->sealed[ $user_id ] = Sealed_Registration::token( $password, Account::username( $user_id ) );
		} catch ( SamlforceException $e ) {
			error_log( 'Samlforce: the new password of user ' . $user_id . ' does not reach Salesforce, because it could not be sealed: ' . $e->getMessage() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
			return;
		}
		if ( $written ) {
			$this->enter( $user_id );
		}
	}

	public function enter( int $user_id ): void {
		$sealed = $this->sealed[ $user_id ] ?? null;
		if ( null === $sealed ) {
			return;
		}
		unset( $this->sealed[ $user_id ] );
		$outbox = new Outbox();
		if ( get_user_meta( $user_id, Account::ACTIVE_SINCE, true ) && 'done' === ( $outbox->row_of( $user_id, Outbox::ACTIVATE )->state ?? 'done' ) ) {
			$outbox->put( $user_id, Outbox::PASSWORD, 'pending', $sealed );
		} else {
			// Not there yet: the new password takes the place of the one that waits.
			$outbox->put( $user_id, Outbox::ACTIVATE, Account::is_unconfirmed( $user_id ) ? 'held' : 'pending', $sealed );
			// Confirmed between the question and the entry: nobody else would release it.
			wp_cache_delete( $user_id, 'user_meta' );
			if ( ! Account::is_unconfirmed( $user_id ) ) {
				$outbox->release_held( $user_id, Outbox::ACTIVATE );
			}
		}
		Schedule::run_after_response();
	}

	/** Salesforce did not take the password. */
	public static function ask_for_another( \WP_User $user ): void {
		$switched = switch_to_locale( get_user_locale( $user ) );
		$site     = wp_specialchars_decode( get_option( 'blogname' ), ENT_QUOTES );
		wp_mail(
			$user->user_email,
			sprintf(
				/* translators: %s: name of the site. */
				__( '[%s] Please choose another password', 'samlforce' ),
				$site
			),
			sprintf(
				/* translators: 1: name of the site, 2: address of a page. */
				__(
					'Hello,

your account at %1$s is active, but the portal could not take over your password. Please choose another one here:

%2$s

It then works in both places.',
					'samlforce'
				),
				$site,
				wp_lostpassword_url()
			)
		);
		if ( $switched ) {
			restore_previous_locale();
		}
	}
}
