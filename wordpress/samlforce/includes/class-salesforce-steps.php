<?php
/**
 * The calls behind each kind of row. Every one of them may be repeated.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Salesforce\Client;
use Samlforce\Salesforce\Reason;
use Samlforce\Salesforce\SalesforceException;

defined( 'ABSPATH' ) || exit;

final class Salesforce_Steps {

	public function __construct( private readonly Client $client ) {}

	/**
	 * @throws SalesforceException
	 * @throws Password_Needed
	 */
	public function perform( object $row, \WP_User $user ): void {
		match ( $row->kind ) {
			Outbox::REGISTER => $this->register( $user ),
			Outbox::ACTIVATE => $this->activate( $row, $user ),
			Outbox::PASSWORD => $this->password( $row, $user ),
		};
	}

	/** Contact and inactive User, in two calls: Salesforce refuses the two kinds of object in one transaction (MIXED_DML_OPERATION). */
	private function register( \WP_User $user ): void {
		$username = Account::username_for( $user->user_email );
		if ( Account::username( $user->ID ) !== $username ) {
			update_user_meta( $user->ID, Account::USERNAME, $username );
		}

		$contact_id = $this->upsert_contact( $user );
		update_user_meta( $user->ID, Account::CONTACT_ID, $contact_id );

		$user_id = $this->upsert_user( $user, $username, $contact_id );
		update_user_meta( $user->ID, Account::USER_ID, $user_id );

		// From here on the name is ours: Salesforce has the User under our External ID. Not earlier, since somebody else could own the name.
		// Nor if the person was deleted, or got another address, while we were calling.
		clean_user_cache( $user->ID );
		$issuer = Saml::portal_issuer();
		if ( '' !== $issuer && get_userdata( $user->ID ) && Account::username( $user->ID ) === $username ) {
			Links::add( $issuer, $username, $user->ID );
		}
	}

	private function upsert_contact( \WP_User $user ): string {
		$field = Settings::text( 'sf_external_id_field' );
		$this->demand_our_own( $user, $field );
		try {
			return $this->client->upsert(
				'Contact',
				$field,
				Account::external_id( $user->ID ),
				array(
					'FirstName' => $this->first_name( $user ),
					'LastName'  => $this->last_name( $user ),
					'Email'     => $user->user_email,
					'AccountId' => Settings::text( 'sf_account_id' ),
				)
			)['id'];
		} catch ( SalesforceException $e ) {
			if ( 'DUPLICATES_DETECTED' !== $e->errorCode ) {
				throw $e;
			}
		}

		// A duplicate rule stopped us. The one Contact with this address, in our Account and not another user's, is the person.
		// Its names stay as they are: the address is not confirmed yet, so nothing of the form may overwrite what is there.
		$found = $this->rows(
			"SELECT Id, $field FROM Contact WHERE Email = :email AND AccountId = :account",
			array(
				'email'   => $user->user_email,
				'account' => Settings::text( 'sf_account_id' ),
			)
		);
		if ( 1 !== count( $found ) || ! empty( $found[0][ $field ] ) ) {
			throw $e;
		}
		$this->client->update( 'Contact', $found[0]['Id'], array( $field => Account::external_id( $user->ID ) ) );
		return $found[0]['Id'];
	}

	/**
	 * After a restored backup WordPress gives the number of one person to the next: the upsert would then hand over the
	 * Contact and the User of the first. What our own first attempt made, without our hearing of it, has our address.
	 */
	private function demand_our_own( \WP_User $user, string $field ): void {
		if ( get_user_meta( $user->ID, Account::CONTACT_ID, true ) ) {
			return;
		}
		foreach ( $this->rows( "SELECT Id, Email FROM Contact WHERE $field = :id", array( 'id' => Account::external_id( $user->ID ) ) ) as $found ) {
			if ( strtolower( (string) ( $found['Email'] ?? '' ) ) !== strtolower( $user->user_email ) ) {
				throw new \RuntimeException(
					sprintf(
						/* translators: 1: an External ID, 2: a record id. */
						__( 'In Salesforce the External ID %1$s belongs to somebody with another address (Contact %2$s), so nothing was changed there. Was this site restored from a backup, or copied? Clear the field on that Contact and its User if they are not this person’s, then press Retry.', 'samlforce' ),
						Account::external_id( $user->ID ),
						(string) ( $found['Id'] ?? '' )
					)
				);
			}
		}
	}

	private function upsert_user( \WP_User $user, string $username, string $contact_id ): string {
		$nickname = substr( sanitize_user( $user->user_login, true ), 0, 40 );
		try {
			return $this->upsert_user_as( $user, $username, $contact_id, $nickname );
		} catch ( SalesforceException $e ) {
			if ( 'DUPLICATE_COMM_NICKNAME' === $e->errorCode ) {
				return $this->upsert_user_as( $user, $username, $contact_id, substr( $nickname, 0, 31 ) . '-' . bin2hex( random_bytes( 4 ) ) );
			}
			if ( 'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT' === $e->errorCode ) {
				return $this->adopt_user( $user, $username, $contact_id, $e );
			}
			throw $e;
		}
	}

	private function upsert_user_as( \WP_User $user, string $username, string $contact_id, string $nickname ): string {
		$zone = Settings::text( 'sf_timezone' );
		if ( '' === $zone ) {
			$zone = str_contains( wp_timezone_string(), '/' ) ? wp_timezone_string() : 'GMT';
		}
		return $this->client->upsert(
			'User',
			Settings::text( 'sf_external_id_field' ),
			Account::external_id( $user->ID ),
			array(
				'Username'             => $username,
				'Email'                => $user->user_email,
				'FirstName'            => $this->first_name( $user ),
				'LastName'             => $this->last_name( $user ),
				'Alias'                => substr( sanitize_user( $user->user_login, true ), 0, 8 ),
				'CommunityNickname'    => $nickname,
				'ProfileId'            => Settings::text( 'sf_profile_id' ),
				'ContactId'            => $contact_id,
				'TimeZoneSidKey'       => $zone,
				'LocaleSidKey'         => Settings::text( 'sf_locale' ),
				'LanguageLocaleKey'    => Settings::text( 'sf_language' ),
				'EmailEncodingKey'     => Settings::text( 'sf_encoding' ),
				'FederationIdentifier' => Account::external_id( $user->ID ),
				'IsActive'             => false,
			)
		)['id'];
	}

	/**
	 * Our Contact has a User already. It is ours only if it bears our name and no other External ID, and is not in use:
	 * everything else would hand somebody's account to whoever registered here.
	 */
	private function adopt_user( \WP_User $user, string $username, string $contact_id, SalesforceException $e ): string {
		$field = Settings::text( 'sf_external_id_field' );
		$found = $this->rows( "SELECT Id, Username, IsActive, $field FROM User WHERE ContactId = :contact", array( 'contact' => $contact_id ) );
		$ours  = Account::external_id( $user->ID );
		if ( 1 !== count( $found ) || strtolower( $found[0]['Username'] ?? '' ) !== $username || ! in_array( $found[0][ $field ] ?? null, array( null, '', $ours ), true ) || ! empty( $found[0]['IsActive'] ) ) {
			throw $e;
		}
		$this->client->update( 'User', $found[0]['Id'], array( $field => $ours ) );
		return $found[0]['Id'];
	}

	/** IsActive first, in a transaction of its own; then the password, which an inactive User can't be given. */
	private function activate( object $row, \WP_User $user ): void {
		// Only once: whoever is switched off in Salesforce later must not be switched on again by a new password.
		if ( ! get_user_meta( $user->ID, Account::ACTIVE_SINCE, true ) ) {
			$this->client->activateUser( $this->salesforce_user_id( $user ) );
			update_user_meta( $user->ID, Account::ACTIVE_SINCE, time() );
		}
		$this->password( $row, $user );
	}

	private function password( object $row, \WP_User $user ): void {
		if ( null === $row->sealed || '' === $row->sealed ) {
			throw new Password_Needed( 'NO_PASSWORD', __( 'There is no sealed password: it expired before the address was confirmed, or the one that WordPress made up breaks Salesforce’s rules.', 'samlforce' ) );
		}
		// A name can pass to another person, here or in Salesforce; a password goes to our own User and to no other.
		$username = Account::username( $user->ID );
		$found    = $this->client->retrieve( 'User', $this->salesforce_user_id( $user ), array( 'Username' ) );
		if ( strtolower( (string) ( $found['Username'] ?? '' ) ) !== $username ) {
			throw new \RuntimeException( __( 'The User in Salesforce has another username now than the one that the password was sealed for. Correct it there and retry, or discard this entry.', 'samlforce' ) );
		}
		try {
			$this->client->setPassword( $username, $row->sealed );
		} catch ( SalesforceException $e ) {
			if ( in_array( $e->reason, array( Reason::SealExpired, Reason::SealRefused ), true ) ) {
				throw new Password_Needed( strtoupper( $e->reason->value ), $e->getMessage() );
			}
			if ( 'INVALID_NEW_PASSWORD' !== $e->errorCode ) {
				throw $e;
			}
			// The first attempt may have been carried out without an answer; a repeat is then refused as "used before" or "too soon".
			if ( $row->ambiguous_at && $this->password_changed_since( $user, (int) $row->ambiguous_at ) ) {
				return;
			}
			throw new Password_Needed( 'INVALID_NEW_PASSWORD', $e->getMessage() );
		}
	}

	private function password_changed_since( \WP_User $user, int $when ): bool {
		$found = $this->client->retrieve( 'User', $this->salesforce_user_id( $user ), array( 'LastPasswordChangeDate' ) );
		$at    = strtotime( (string) ( $found['LastPasswordChangeDate'] ?? '' ) );
		// The attempt began before its time-out was noticed.
		return false !== $at && $at >= $when - Outbox::LEASE_SECONDS;
	}

	private function salesforce_user_id( \WP_User $user ): string {
		$id = (string) get_user_meta( $user->ID, Account::USER_ID, true );
		if ( '' !== $id ) {
			return $id;
		}
		$found = $this->rows( 'SELECT Id FROM User WHERE ' . Settings::text( 'sf_external_id_field' ) . ' = :id', array( 'id' => Account::external_id( $user->ID ) ) );
		if ( 1 !== count( $found ) ) {
			throw new \RuntimeException( __( 'Salesforce has no User for this account any more. Discard this entry, or restore the User in Salesforce and retry.', 'samlforce' ) );
		}
		update_user_meta( $user->ID, Account::USER_ID, $found[0]['Id'] );
		return $found[0]['Id'];
	}

	/** @return list<array<string, mixed>> */
	private function rows( string $soql, array $parameters ): array {
		$rows = array();
		foreach ( $this->client->query( $soql, $parameters ) as $row ) {
			$rows[] = $row;
		}
		return $rows;
	}

	private function first_name( \WP_User $user ): string {
		return mb_substr( (string) $user->first_name, 0, 40 );
	}

	/** Salesforce demands one. */
	private function last_name( \WP_User $user ): string {
		$name = trim( (string) $user->last_name );
		return mb_substr( '' !== $name ? $name : $user->user_login, 0, 80 );
	}
}
