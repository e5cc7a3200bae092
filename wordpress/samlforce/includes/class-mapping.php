<?php
/**
 * The maps of an identity provider and an account: what would change, and the change itself.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Mapping {

	/** Which roles a map gave, by issuer: user meta of this site (with its prefix, in a network). */
	public const GIVEN = 'samlforce_roles';

	/**
	 * What a sign-in with these attributes would change, and why.
	 *
	 * @param array<string, list<string>> $attributes
	 * @param \WP_User|null               $user       null: for somebody who has no account yet.
	 * @param bool                        $creating   whether the account was made by this sign-in.
	 * @return array{fields: list<array>, roles: array}
	 */
	public static function plan( Rules $rules, array $attributes, ?\WP_User $user, bool $creating ): array {
		$roles = array();
		foreach ( array_keys( wp_roles()->roles ) as $role ) {
			$roles[ $role ] = ! Settings_Fields::is_allowed_role( (string) $role );
		}
		$current = $user ? array_values( $user->roles ) : array();
		return array(
			'fields' => Attribute_Map::plan( $rules->fields, $attributes, $user ? self::current_fields( $rules, $user ) : array(), $creating, static fn ( string $email ): string => self::refusal( $rules, $email, $user ) ),
			'roles'  => Role_Map::plan(
				$rules->roles,
				$attributes,
				$current,
				$user ? self::given( $user->ID, $rules->issuer ) : array(),
				$roles,
				Account_Finder::default_role( $rules->issuer ),
				$user && is_multisite() && is_super_admin( $user->ID ) ? __( 'super admins of a network are never touched', 'samlforce' ) : '',
				$user && self::is_last( $user )
			),
		);
	}

	/**
	 * Makes it so. Whatever can't be written is logged: it is no reason to keep the person out.
	 *
	 * @param array{fields: list<array>, roles: array} $plan
	 */
	public static function apply( array $plan, \WP_User $user, string $issuer ): void {
		$fields = array();
		foreach ( array_filter( $plan['fields'], static fn ( array $line ): bool => $line['change'] ) as $line ) {
			if ( isset( Attribute_Map::FIELDS[ $line['field'] ] ) ) {
				$fields[ $line['field'] ] = $line['to'];
			} else {
				update_user_meta( $user->ID, $line['field'], wp_slash( $line['to'] ) );
			}
		}
		if ( $fields ) {
			$done = wp_update_user( wp_slash( array( 'ID' => $user->ID ) + $fields ) );
			if ( is_wp_error( $done ) ) {
				Sign_In_Log::add( 'warning', 'map', $done->get_error_message(), null, null, $user->ID );
			}
		}
		self::apply_roles( $plan['roles'], $user, $issuer );

		/**
		 * After the maps of an identity provider were applied to an account.
		 *
		 * @param int    $user_id
		 * @param array  $plan    what was planned, and why.
		 * @param string $issuer  entity ID of the identity provider.
		 */
		do_action( 'samlforce_mapped', $user->ID, $plan, $issuer );
	}

	private static function apply_roles( array $plan, \WP_User $user, string $issuer ): void {
		if ( $plan['change'] ) {
			// Added first: at no time is the account without a role.
			foreach ( array_diff( $plan['roles'], $user->roles ) as $role ) {
				$user->add_role( $role );
			}
			foreach ( array_diff( $user->roles, $plan['roles'] ) as $role ) {
				$user->remove_role( $role );
			}
		}
		if ( self::given( $user->ID, $issuer ) !== $plan['given'] ) {
			self::note_given( $user->ID, $issuer, $plan['given'] );
		}
	}

	/** @return list<string> */
	public static function given( int $user_id, string $issuer ): array {
		$stored = get_user_option( self::GIVEN, $user_id );
		return is_array( $stored ) && is_array( $stored[ $issuer ] ?? null ) ? array_values( array_filter( $stored[ $issuer ], 'is_string' ) ) : array();
	}

	/** @param list<string> $roles */
	public static function note_given( int $user_id, string $issuer, array $roles ): void {
		$stored            = get_user_option( self::GIVEN, $user_id );
		$stored            = is_array( $stored ) ? $stored : array();
		$stored[ $issuer ] = $roles;
		update_user_option( $user_id, self::GIVEN, array_filter( $stored ) );
	}

	/** @return array<string, mixed> */
	private static function current_fields( Rules $rules, \WP_User $user ): array {
		$current = array();
		foreach ( array_column( $rules->fields, 'field' ) as $field ) {
			// WP_User keeps the two that are columns and meta at once under one name.
			$current[ $field ] = isset( Attribute_Map::FIELDS[ $field ] ) ? (string) $user->get( $field ) : get_user_meta( $user->ID, $field, true );
		}
		return $current;
	}

	/** Why an address may not become the one of this account: whoever reads its mailbox can take the account. */
	private static function refusal( Rules $rules, string $email, ?\WP_User $user ): string {
		if ( '' === Address_Trust::domain( $email ) ) {
			return __( 'this is no email address, so the field is left alone', 'samlforce' );
		}
		if ( ! $rules->trusts( $email ) ) {
			return __( 'this identity provider is not trusted for addresses of that domain', 'samlforce' );
		}
		if ( $user && Account_Finder::is_privileged( $user->ID ) ) {
			return __( 'this account manages the site, so its address is left alone', 'samlforce' );
		}
		$owner = email_exists( $email );
		return $owner && ( ! $user || $owner !== $user->ID ) ? __( 'another account here has this address', 'samlforce' ) : '';
	}

	/** Whether this account manages the site and no other does. */
	private static function is_last( \WP_User $user ): bool {
		if ( is_multisite() || ! $user->has_cap( 'manage_options' ) ) {
			return false;
		}
		$managing = array_keys( array_filter( wp_roles()->roles, static fn ( array $role ): bool => ! empty( $role['capabilities']['manage_options'] ) ) );
		return ! get_users(
			array(
				'role__in' => $managing,
				'exclude'  => array( $user->ID ), // phpcs:ignore WordPressVIPMinimum.Performance.WPQueryParams
				'number'   => 1,
				'fields'   => 'ID',
			)
		);
	}
}
