<?php
/**
 * A registration that has been checked and sealed: from here on nobody needs the password itself any more.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Password\Vault;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Sealed_Registration {

	/** How long a sealed password can be used: the link in the mail, a few new ones, and an outage of Salesforce fit in. */
	public const LIFETIME = 14 * DAY_IN_SECONDS;

	private function __construct(
		public readonly string $email,
		public readonly string $username,
		public readonly ?string $sealed,
		public readonly string $first_name,
		public readonly string $last_name
	) {}

	/**
	 * Checks everything that can be checked here, and seals. What is wrong goes into $errors, and null comes back.
	 *
	 * @param string $password as it was typed, without WordPress's slashes.
	 */
	public static function seal( #[\SensitiveParameter] string $password, string $email, string $first_name, string $last_name, \WP_Error $errors ): ?self {
		$username = Account::username_for( $email );

		if ( '' === $last_name ) {
			$errors->add( 'samlforce_last_name', self::error( __( 'The last name is missing: Salesforce needs one.', 'samlforce' ) ) );
		}
		if ( strlen( $username ) > 80 ) {
			$errors->add( 'samlforce_username_long', self::error( __( 'This email address is too long: Salesforce takes 80 characters.', 'samlforce' ) ) );
		}
		foreach ( Password_Rules::broken_by( $password, $username ) as $code => $sentence ) {
			$errors->add( $code, self::error( $sentence ) );
		}
		if ( $errors->has_errors() ) {
			return null;
		}
		try {
			return new self( $email, $username, self::token( $password, $username ), $first_name, $last_name );
		} catch ( SamlforceException $e ) {
			$errors->add( 'samlforce_seal', self::error( __( 'Your password could not be kept safely, so nothing was registered. Please try again later, or tell the owner of this site.', 'samlforce' ) ) );
			// The reason is for the administrator; the extension's sentences hold no secret.
			error_log( 'Samlforce: a registration was refused because the password could not be sealed: ' . $e->getMessage() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
			return null;
		}
	}

	/** An account that waits for a password: the person is asked for one by mail. */
	public static function without_password( string $email, string $first_name, string $last_name ): self {
		return new self( $email, Account::username_for( $email ), null, $first_name, $last_name );
	}

	/** @throws SamlforceException */
	public static function token( #[\SensitiveParameter] string $password, string $username ): string {
		return ( new Vault( Settings::text( 'vault_key' ) ) )->seal( $password, $username, self::LIFETIME );
	}

	private static function error( string $sentence ): string {
		return '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html( $sentence );
	}

	/**
	 * The account exists: everything that has to be done for it is entered.
	 *
	 * @param string $hash   of the password that was chosen, if the account doesn't have it yet.
	 * @param string $status 'confirmed' if the address is so already.
	 * @throws \RuntimeException If the database refuses.
	 */
	public function enter( int $user_id, string $hash = '', string $status = 'unconfirmed' ): void {
		global $wpdb;
		update_user_meta( $user_id, Account::STATUS, $status );
		if ( get_user_meta( $user_id, Account::STATUS, true ) !== $status ) {
			throw new \RuntimeException( 'The new account could not be marked as ' . $status . ': the database refused.' );
		}
		// Not a moment earlier, or there would be one in which the account is open.
		if ( '' !== $hash ) {
			$wpdb->update( $wpdb->users, array( 'user_pass' => $hash ), array( 'ID' => $user_id ) );
			clean_user_cache( $user_id );
		}
		update_user_meta( $user_id, Account::USERNAME, $this->username );
		update_user_meta( $user_id, 'first_name', wp_slash( $this->first_name ) );
		update_user_meta( $user_id, 'last_name', wp_slash( $this->last_name ) );

		$outbox = new Outbox();
		$outbox->put( $user_id, Outbox::ACTIVATE, 'confirmed' === $status ? 'pending' : 'held', $this->sealed );
		$outbox->put( $user_id, Outbox::REGISTER, 'pending' );
		Schedule::run_after_response();
	}
}
