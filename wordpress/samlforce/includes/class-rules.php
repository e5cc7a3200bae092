<?php
/**
 * What one identity provider may say about accounts here: kept under its entity ID, since that is what an Assertion is checked for.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Rules {

	public const OPTION = 'samlforce_rules';

	/**
	 * @param list<string> $trusted     domains of addresses that find or make an account; Address_Trust::EVERY stands for all.
	 * @param list<string> $admitted    domains of addresses that may sign in; none: all.
	 * @param array        $fields      rules of Attribute_Map.
	 * @param array        $roles       map of Role_Map.
	 * @param bool         $add_to_site in a network: whether who belongs to another of its sites is made a member of this one.
	 */
	private function __construct( public readonly string $issuer, public readonly array $trusted, public readonly array $admitted, public readonly array $fields, public readonly array $roles, public readonly bool $add_to_site ) {}

	/** Those of an identity provider; where nothing was decided, it is trusted with nothing. */
	public static function of( string $issuer ): self {
		$stored = self::stored()[ $issuer ] ?? array();
		$list   = static fn ( string $name ): array => is_array( $stored[ $name ] ?? null ) ? $stored[ $name ] : array();
		return new self( $issuer, $list( 'trusted' ), $list( 'admitted' ), $list( 'fields' ), $list( 'roles' ) + Role_Map::DEFAULTS, ! empty( $stored['add_to_site'] ) );
	}

	/**
	 * Takes what was typed or imported over what is stored for an identity provider.
	 *
	 * @param array $input trusted and admitted as text or lists, fields, roles, add_to_site.
	 * @throws \InvalidArgumentException With the sentence for the administrator: nothing was changed then.
	 */
	public static function save( string $issuer, array $input ): void {
		$rules          = self::check( $input );
		$all            = self::stored();
		$all[ $issuer ] = $rules;
		Network::set( self::OPTION, $all );
	}

	/**
	 * The same, made clean and not kept.
	 *
	 * @return array as it is stored.
	 * @throws \InvalidArgumentException With the sentence for the administrator.
	 */
	public static function check( array $input ): array {
		$domains = static fn ( string $name ): array => Address_Trust::clean( is_array( $input[ $name ] ?? '' ) ? implode( ' ', array_filter( $input[ $name ], 'is_string' ) ) : (string) ( $input[ $name ] ?? '' ) );
		return array(
			'trusted'     => $domains( 'trusted' ),
			'admitted'    => array_values( array_diff( $domains( 'admitted' ), array( Address_Trust::EVERY ) ) ),
			'fields'      => Attribute_Map::clean( $input['fields'] ?? array(), $GLOBALS['wpdb']->base_prefix ),
			'roles'       => Role_Map::clean( $input['roles'] ?? array(), array_keys( wp_roles()->roles ) ),
			'add_to_site' => ! empty( $input['add_to_site'] ),
		);
	}

	public static function remove( string $issuer ): void {
		$all = self::stored();
		unset( $all[ $issuer ] );
		Network::set( self::OPTION, $all );
	}

	/** @return array<string, array> as they are stored, for the export of the configuration. */
	public static function stored(): array {
		$stored = Network::get( self::OPTION );
		return is_array( $stored ) ? array_filter( $stored, 'is_array' ) : array();
	}

	/** Whether an address of this identity provider may find or make an account. */
	public function trusts( string $email ): bool {
		$others = array();
		foreach ( self::stored() as $issuer => $rules ) {
			if ( (string) $issuer !== $this->issuer ) {
				array_push( $others, ...array_diff( (array) ( $rules['trusted'] ?? array() ), array( Address_Trust::EVERY ) ) );
			}
		}
		return Address_Trust::covers( $this->trusted, $email, $others );
	}

	public function admits( string $email ): bool {
		return ! $this->admitted || Address_Trust::covers( $this->admitted, $email );
	}
}
