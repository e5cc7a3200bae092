<?php
/**
 * Which user here an Assertion speaks of.
 *
 * Five rules keep accounts where they belong. An account whose address is not confirmed is never signed in to nor linked:
 * whoever registered it may not be who owns the address. An address finds or makes an account only if its domain was named for
 * the identity provider that says it. An account that is linked with one person of an identity provider is not linked with
 * another one by its address. A privileged account is never found by an attribute, only by a link that its owner made while
 * signed in, or an administrator. And a link, once made, is not moved.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Assertion;

defined( 'ABSPATH' ) || exit;

final class Account_Finder {

	/** Whether the account was made just now. */
	public bool $created = false;

	private readonly Rules $rules;

	private readonly Provider $provider;

	/** @param Provider|null $provider null: the one in use that has this entity ID. */
	public function __construct( private readonly string $issuer, ?Provider $provider = null ) {
		$this->rules    = Rules::of( $issuer );
		$this->provider = $provider ?? Providers::by_issuer( $issuer ) ?? Provider::of( '', array() );
	}

	/** @throws Sign_In_Refused */
	public function find( Assertion $assertion ): \WP_User {
		$this->forget_deleted( $assertion );
		[ $user, $first ] = $this->look( $assertion );
		if ( 'create' === $first ) {
			return $this->create( $assertion );
		}
		if ( 'link' === $first && ! Links::add( $assertion->issuer, $assertion->nameId, $user->ID ) ) {
			throw new Sign_In_Refused( __( 'Your account could not be linked. Please try again, or tell the owner of this site.', 'samlforce' ), 'link_failed', '', $assertion->nameId, null, $user->ID );
		}
		return $user;
	}

	/**
	 * Which account it would be. Nothing is changed.
	 *
	 * @return array{\WP_User|null, string} the account, and what has to be done first: nothing (''), 'link' it, or 'create' it (then null).
	 * @throws Sign_In_Refused
	 */
	public function look( Assertion $assertion ): array {
		$this->demand_domain( $this->address( $assertion ) );
		$user = $this->linked( $assertion );
		if ( $user ) {
			$this->demand_domain( '' !== $this->address( $assertion ) ? $this->address( $assertion ) : $user->user_email );
			return array( $this->admit( $user ), '' );
		}
		$user = $this->by_attribute( $assertion );
		if ( $user ) {
			return array( $user, 'link' );
		}
		$this->demand_creation( $assertion );
		return array( null, 'create' );
	}

	/** @throws Sign_In_Refused */
	private function linked( Assertion $assertion ): ?\WP_User {
		$linked = Links::find( $assertion->issuer, $assertion->nameId );
		$this->demand_an_answer();
		$user = null !== $linked ? get_userdata( $linked ) : false;
		$this->demand_an_answer();
		return $user ? $user : null;
	}

	/**
	 * Where a user was deleted while our hook could not run, the link is still there.
	 *
	 * @throws Sign_In_Refused
	 */
	private function forget_deleted( Assertion $assertion ): void {
		$linked = Links::find( $assertion->issuer, $assertion->nameId );
		if ( null !== $linked && null === $this->linked( $assertion ) ) {
			Links::remove_user( $linked );
		}
	}

	/**
	 * For somebody who is signed in here and wants to sign in by the identity provider from now on.
	 *
	 * @throws Sign_In_Refused
	 */
	public function link( Assertion $assertion, int $user_id ): \WP_User {
		$user = get_userdata( $user_id );
		if ( ! $user ) {
			throw new Sign_In_Refused( __( 'The account that was to be linked does not exist any more.', 'samlforce' ), 'link_user_gone' );
		}
		$this->demand_domain( '' !== $this->address( $assertion ) ? $this->address( $assertion ) : $user->user_email );
		$this->admit( $user );
		if ( ! Links::add( $assertion->issuer, $assertion->nameId, $user_id ) ) {
			throw new Sign_In_Refused( __( 'This account of the portal is already linked with another account here.', 'samlforce' ), 'already_linked', '', $assertion->nameId, null, $user_id );
		}
		return $user;
	}

	/** Each of them is enough to take over the site; unfiltered_html by a script in a page that an administrator opens. */
	public const PRIVILEGES = array( 'manage_options', 'edit_users', 'promote_users', 'create_users', 'delete_users', 'edit_plugins', 'install_plugins', 'activate_plugins', 'update_plugins', 'edit_themes', 'install_themes', 'unfiltered_html' );

	/** In a network on any of its sites: a session is good on all of them. */
	public static function is_privileged( int $user_id ): bool {
		if ( is_multisite() && is_super_admin( $user_id ) ) {
			return true;
		}
		$sites = is_multisite() ? array_keys( get_blogs_of_user( $user_id, true ) ) : array( get_current_blog_id() );
		foreach ( $sites as $site ) {
			$user = new \WP_User( $user_id, '', (int) $site );
			foreach ( self::PRIVILEGES as $capability ) {
				if ( $user->has_cap( $capability ) ) {
					return true;
				}
			}
		}
		return false;
	}

	/** @throws Sign_In_Refused */
	private function by_attribute( Assertion $assertion ): ?\WP_User {
		$email = $this->address( $assertion );
		// Before anything is looked up: of other addresses it is not even said whether there is an account.
		$user = $this->rules->trusts( $email ) ? get_user_by( 'email', $email ) : false;
		// The database takes more spellings for the same than a mail server does.
		if ( ! $user || 0 !== strcasecmp( $user->user_email, $email ) ) {
			return null;
		}
		if ( '' === $this->provider->text( 'match_attribute' ) ) {
			if ( ! $this->provider->on( 'create_accounts' ) ) {
				return null;
			}
			throw new Sign_In_Refused( __( 'There is an account with your address here that is not linked with the portal. Sign in with its password, and link it on your profile page.', 'samlforce' ), 'address_taken', '', $assertion->nameId, null, $user->ID );
		}
		if ( self::is_privileged( $user->ID ) ) {
			throw new Sign_In_Refused( __( 'This account manages the site, so it is not linked by its address alone. Sign in with its password, and link it on your profile page.', 'samlforce' ), 'privileged', '', $assertion->nameId, null, $user->ID );
		}
		if ( in_array( $assertion->issuer, array_column( Links::of( $user->ID ), 'issuer' ), true ) ) {
			throw new Sign_In_Refused( __( 'The account here with your address is linked with another account of the portal. Sign in with its password and link this one on your profile page, or ask the owner of this site.', 'samlforce' ), 'linked_otherwise', '', $assertion->nameId, null, $user->ID );
		}
		return $this->admit( $user );
	}

	/** @throws Sign_In_Refused If no account may be made for this person. */
	private function demand_creation( Assertion $assertion ): void {
		if ( ! $this->provider->on( 'create_accounts' ) ) {
			throw new Sign_In_Refused( __( 'You are signed in at the portal, but there is no account for you on this site. Please register here first, or ask the owner of this site.', 'samlforce' ), 'no_account', __( 'No account is linked with this NameID, none matched, and accounts are not made on sign-in.', 'samlforce' ), $assertion->nameId );
		}
		$email = $this->address( $assertion );
		if ( '' === $email ) {
			throw new Sign_In_Refused( __( 'The portal did not say your email address, so no account could be made. Please tell the owner of this site.', 'samlforce' ), 'no_address', __( 'The Assertion carries no usable email address: add an attribute "email" at the identity provider.', 'samlforce' ), implode( ', ', array_keys( $assertion->attributes ) ), $this->address_attribute() );
		}
		if ( ! $this->rules->trusts( $email ) ) {
			throw new Sign_In_Refused( __( 'Your address does not belong to those that the portal speaks for on this site. Please ask the owner of this site.', 'samlforce' ), 'address_not_trusted', __( 'Name the domain under Addresses of this identity provider, if it checks the addresses that it says.', 'samlforce' ), $email, implode( ', ', $this->rules->trusted ) );
		}
	}

	/** @throws Sign_In_Refused */
	private function create( Assertion $assertion ): \WP_User {
		$login = sanitize_user( $assertion->nameId, true );
		// Nor one that somebody else types as an address.
		if ( '' === $login || strlen( $login ) > 60 || username_exists( $login ) || email_exists( $login ) ) {
			$login = 'portal-' . bin2hex( random_bytes( 5 ) );
		}
		$role    = self::default_role( $this->issuer );
		$user_id = wp_insert_user(
			wp_slash(
				array(
					'user_login' => $login,
					'user_pass'  => wp_generate_password( 40, true, true ),
					'user_email' => $this->address( $assertion ),
					'first_name' => $this->first_of( $assertion, array( 'first_name', 'firstName', 'FirstName', 'givenName', 'urn:oid:2.5.4.42' ) ),
					'last_name'  => $this->first_of( $assertion, array( 'last_name', 'lastName', 'LastName', 'sn', 'urn:oid:2.5.4.4' ) ),
					'role'       => $role,
				)
			)
		);
		if ( is_wp_error( $user_id ) ) {
			throw new Sign_In_Refused( __( 'Your account could not be made. Please tell the owner of this site.', 'samlforce' ), 'create_failed', $user_id->get_error_message(), $assertion->nameId );
		}
		if ( ! Links::add( $assertion->issuer, $assertion->nameId, $user_id ) ) {
			// Two sign-ins at once: the other one made the account.
			require_once ABSPATH . 'wp-admin/includes/user.php';
			if ( is_multisite() ) {
				require_once ABSPATH . 'wp-admin/includes/ms.php';
				wpmu_delete_user( $user_id );
			} else {
				wp_delete_user( $user_id );
			}
			throw new Sign_In_Refused( __( 'Your account is just being made. Please sign in again.', 'samlforce' ), 'create_raced', '', $assertion->nameId );
		}
		$this->created = true;
		// A stopgap, which a map of roles may replace.
		Mapping::note_given( $user_id, $this->issuer, array( $role ) );
		return get_userdata( $user_id );
	}

	/** @throws Sign_In_Refused */
	private function demand_domain( string $email ): void {
		if ( '' !== $email && ! $this->rules->admits( $email ) ) {
			throw new Sign_In_Refused( __( 'Only addresses of certain organisations may sign in here, and yours is not one of them. Please ask the owner of this site.', 'samlforce' ), 'domain', '', $email, implode( ', ', $this->rules->admitted ) );
		}
	}

	/** @throws Sign_In_Refused */
	private function admit( \WP_User $user ): \WP_User {
		if ( Account::is_unconfirmed( $user->ID ) ) {
			throw new Sign_In_Refused( __( 'Your account here is not active yet. Please open the link in the mail that we sent you first.', 'samlforce' ), 'unconfirmed', '', null, null, $user->ID );
		}
		if ( is_multisite() && is_user_spammy( $user ) ) {
			throw new Sign_In_Refused( __( 'Your account has been switched off. Please ask the owner of this site.', 'samlforce' ), 'spammer', '', null, null, $user->ID );
		}
		if ( is_multisite() && ! is_user_member_of_blog( $user->ID ) && ! is_super_admin( $user->ID ) && ! $this->rules->add_to_site ) {
			throw new Sign_In_Refused( __( 'Your account does not belong to this site. Please ask its owner.', 'samlforce' ), 'not_a_member', '', null, null, $user->ID );
		}
		return $user;
	}

	/** What the identity provider says of an account that nobody has refused. */
	public function settle( Assertion $assertion, \WP_User $user ): \WP_User {
		if ( is_multisite() && $this->rules->add_to_site && ! is_user_member_of_blog( $user->ID ) && ! is_super_admin( $user->ID ) ) {
			$role = self::default_role( $this->issuer );
			add_user_to_blog( get_current_blog_id(), $user->ID, $role );
			Mapping::note_given( $user->ID, $this->issuer, array( $role ) );
			$user = get_userdata( $user->ID );
		}
		Mapping::apply( Mapping::plan( $this->rules, $assertion->attributes, $user, $this->created ), $user, $this->issuer );
		return get_userdata( $user->ID );
	}

	/**
	 * A database that did not answer has not said that there is no link, or no user.
	 *
	 * @throws Sign_In_Refused
	 */
	private function demand_an_answer(): void {
		global $wpdb;
		if ( '' !== $wpdb->last_error ) {
			throw new Sign_In_Refused( __( 'Signing in is not possible at the moment. Please try again in a minute.', 'samlforce' ), 'database', __( 'The database did not answer.', 'samlforce' ) );
		}
	}

	/** The role of whoever has no other: never one that manages the site, whatever became of it since it was chosen. */
	public static function default_role( string $issuer ): string {
		$role = ( Providers::by_issuer( $issuer ) ?? Provider::of( '', array() ) )->text( 'default_role' );
		return Settings_Fields::is_allowed_role( $role ) ? $role : 'subscriber';
	}

	private function address_attribute(): string {
		$name = $this->provider->text( 'match_attribute' );
		return '' !== $name ? $name : 'email';
	}

	private function address( Assertion $assertion ): string {
		$email = trim( (string) $assertion->attribute( $this->address_attribute() ) );
		return is_email( $email ) ? $email : '';
	}

	private function first_of( Assertion $assertion, array $names ): string {
		foreach ( $names as $name ) {
			$value = sanitize_text_field( (string) $assertion->attribute( $name ) );
			if ( '' !== $value ) {
				return $value;
			}
		}
		return '';
	}
}
