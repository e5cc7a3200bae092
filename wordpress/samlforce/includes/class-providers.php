<?php
/**
 * The identity providers of this site: one option, and the constant SAMLFORCE_PROVIDERS of wp-config.php, an array of the
 * same shape (name => setting => value) that goes before it.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Providers {

	public const OPTION = 'samlforce_providers';

	public const CONSTANT = 'SAMLFORCE_PROVIDERS';

	/** Each is read for the login page. */
	public const MOST = 50;

	/** @var array{array, array<string, Provider>}|null what was stored, and what was made of it: an object parses its metadata once. */
	private static ?array $made = null;

	/** @return array<string, Provider> by name, in the order of the login page. */
	public static function all(): array {
		$stored  = self::stored();
		$decided = self::decided();
		if ( null === self::$made || self::$made[0] !== $stored ) {
			$all = array();
			foreach ( array_keys( $stored + $decided ) as $slug ) {
				$all[ $slug ] = Provider::of( (string) $slug, $stored[ $slug ] ?? array(), $decided[ $slug ] ?? array() );
			}
			self::$made = array( $stored, $all );
		}
		return self::$made[1];
	}

	/** @return array<string, Provider> those by which somebody can sign in. */
	public static function usable(): array {
		return array_filter( self::all(), static fn ( Provider $provider ): bool => $provider->is_configured() );
	}

	/** @return array<string, Provider> those that people can be sent to. */
	public static function startable(): array {
		return array_filter( self::all(), static fn ( Provider $provider ): bool => $provider->can_start() );
	}

	public static function find( string $slug ): ?Provider {
		return self::all()[ $slug ] ?? null;
	}

	/** The one that people are sent to when nobody chose another. */
	public static function first(): ?Provider {
		$startable = self::startable();
		return $startable ? reset( $startable ) : null;
	}

	/** Of those that are in use, the one with this entity ID; two of the same name are a mistake, and the first one counts. */
	public static function by_issuer( string $issuer ): ?Provider {
		foreach ( '' !== $issuer ? self::usable() : array() as $provider ) {
			if ( $provider->issuer() === $issuer ) {
				return $provider;
			}
		}
		return null;
	}

	/** Where the owner of an address signs in, if a provider has its domain. */
	public static function by_address( string $address ): ?Provider {
		$at     = strrpos( $address, '@' );
		$domain = false !== $at ? strtolower( substr( $address, $at + 1 ) ) : '';
		foreach ( '' !== $domain ? self::startable() : array() as $provider ) {
			if ( in_array( $domain, $provider->domains(), true ) ) {
				return $provider;
			}
		}
		return null;
	}

	public static function is_configured(): bool {
		return array() !== self::usable();
	}

	/**
	 * Adds one, or takes the given settings over those that it has.
	 *
	 * @param array<string, mixed> $values
	 */
	public static function save( string $slug, array $values ): bool {
		$stored = self::stored();
		if ( ! Provider::is_slug( $slug ) || ( ! isset( $stored[ $slug ] ) && count( $stored ) >= self::MOST ) ) {
			return false;
		}
		$stored[ $slug ] = array_merge( $stored[ $slug ] ?? array(), array_intersect_key( $values, Provider::DEFAULTS ) );
		return self::store( $stored );
	}

	public static function delete( string $slug ): void {
		self::store( array_diff_key( self::stored(), array( $slug => true ) ) );
	}

	/** Whether wp-config.php has it, so that it can't be deleted here. */
	public static function is_fixed( string $slug ): bool {
		return isset( self::decided()[ $slug ] );
	}

	/**
	 * The settings of the one identity provider that there used to be.
	 *
	 * @param array<string, mixed> $settings the option as it is stored.
	 * @return array<string, mixed> the same without them.
	 */
	public static function take_over( array $settings ): array {
		$names = array(
			'idp_metadata'      => 'metadata',
			'idp_label'         => 'label',
			'allow_unsolicited' => 'allow_unsolicited',
			'allow_sha1'        => 'allow_sha1',
			'match_attribute'   => 'match_attribute',
			'create_accounts'   => 'create_accounts',
			'default_role'      => 'default_role',
		);
		$values = array();
		foreach ( $names as $old => $new ) {
			if ( array_key_exists( $old, $settings ) ) {
				$values[ $new ] = $settings[ $old ];
				unset( $settings[ $old ] );
			}
		}
		if ( '' !== ( $values['metadata'] ?? '' ) && null === self::find( Provider::FIRST ) ) {
			self::save( Provider::FIRST, $values );
		}
		return $settings;
	}

	/** @return array<string, array> */
	private static function stored(): array {
		return self::clean( Network::get( self::OPTION ) );
	}

	/** @return array<string, array> */
	private static function decided(): array {
		return self::clean( defined( self::CONSTANT ) ? constant( self::CONSTANT ) : array() );
	}

	/** @return array<string, array> */
	private static function clean( mixed $list ): array {
		return is_array( $list ) ? array_slice( array_filter( $list, static fn ( $values, $slug ): bool => is_array( $values ) && Provider::is_slug( (string) $slug ), ARRAY_FILTER_USE_BOTH ), 0, self::MOST, true ) : array();
	}

	/** Read on the login page and in the settings alone: it holds the metadata, which is long. */
	private static function store( array $list ): bool {
		self::$made = null;
		return Network::set( self::OPTION, $list, false );
	}
}
