<?php
/**
 * Which values of attributes give which roles.
 *
 * Nothing here reads or writes: plan() is given everything and gives back what would change, and why. Three things hold
 * whatever the rules say:
 *
 *  - Silence changes nothing: if the identity provider sends none of the attributes that the rules name, roles stay.
 *  - The floor: a role that can take over the site is given only where the administrator has said so for this identity
 *    provider, and who is super admin in a network is never touched.
 *  - Who manages the site by a role that a person gave stays as she is: a slip at the identity provider must not shut the
 *    administrators out. A role that the map itself gave is taken away by it again, unless nobody would be left.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Role_Map {

	public const MAX_RULES = 100;

	private const MAX_VALUE = 1024;

	public const DEFAULTS = array(
		'rules'            => array(),
		// Every rule that fits counts ('all'), or the first one alone ('first').
		'several'          => false,
		// Roles that a person gave stay beside those of the map.
		'keep_manual'      => true,
		// The attribute was sent and no rule fits: take away what the map gave before.
		'take_away'        => true,
		'allow_privileged' => false,
	);

	/**
	 * What was typed or imported, made clean.
	 *
	 * @param list<string> $roles the names of this site's roles.
	 * @throws \InvalidArgumentException With the sentence for the administrator.
	 */
	public static function clean( mixed $map, array $roles ): array {
		$map   = is_array( $map ) ? $map : array();
		$rules = is_array( $map['rules'] ?? null ) ? $map['rules'] : array();
		if ( count( $rules ) > self::MAX_RULES ) {
			/* translators: %d: a number. */
			throw new \InvalidArgumentException( sprintf( __( 'The map of roles may have %d rows at most.', 'samlforce' ), self::MAX_RULES ) );
		}
		$clean = array();
		foreach ( $rules as $rule ) {
			$rule      = is_array( $rule ) ? array_map( static fn ( $value ): string => is_scalar( $value ) ? trim( (string) $value ) : '', $rule ) : array();
			$attribute = $rule['attribute'] ?? '';
			$value     = $rule['value'] ?? '';
			if ( '' === $attribute && '' === $value ) {
				continue;
			}
			if ( '' === $attribute || '' === $value || strlen( $attribute ) > Attribute_Map::MAX_NAME || strlen( $value ) > self::MAX_VALUE ) {
				throw new \InvalidArgumentException( __( 'Each row of the map of roles needs the name of an attribute (255 bytes at most) and a value (1024 bytes at most).', 'samlforce' ) );
			}
			if ( ! in_array( $rule['role'] ?? '', $roles, true ) ) {
				/* translators: %s: a value that an identity provider sends. */
				throw new \InvalidArgumentException( sprintf( __( 'The row with the value "%s" in the map of roles names a role that this site does not have. Choose another one.', 'samlforce' ), $value ) );
			}
			$clean[] = array(
				'attribute' => $attribute,
				'match'     => in_array( $rule['match'] ?? '', array( 'nocase', 'prefix' ), true ) ? $rule['match'] : 'exact',
				'value'     => $value,
				'role'      => $rule['role'],
			);
		}
		$map = array_intersect_key( $map, self::DEFAULTS );
		unset( $map['rules'] );
		return array( 'rules' => $clean ) + array_map( static fn ( $value ): bool => is_scalar( $value ) && filter_var( $value, FILTER_VALIDATE_BOOLEAN ), $map ) + self::DEFAULTS;
	}

	/**
	 * What would change.
	 *
	 * @param array                       $map        a clean one.
	 * @param array<string, list<string>> $attributes what the identity provider sent.
	 * @param list<string>                $current    the roles of the account now.
	 * @param list<string>                $given      those of them that this map gave.
	 * @param array<string, bool>         $roles      every role of this site; true where it can take over the site.
	 * @param string                      $default    the role of whoever would have none.
	 * @param string                      $protected  why this account is not touched at all, '' if it may be.
	 * @param bool                        $last       whether nobody else manages this site.
	 * @return array{roles: list<string>, given: list<string>, change: bool, lines: list<array{role: string, change: string, why: string}>}
	 */
	public static function plan( array $map, array $attributes, array $current, array $given, array $roles, string $default, string $protected = '', bool $last = false ): array {
		$given  = array_values( array_intersect( $given, $current ) );
		$manual = array_values( array_diff( $current, $given ) );
		$stay   = static fn ( string $why ): array => array(
			'roles'  => $current,
			'given'  => $given,
			'change' => false,
			'lines'  => array( self::line( '', 'stays', $why ) ),
		);
		if ( ! $map['rules'] ) {
			return $stay( __( 'there are no rules, so roles are left alone', 'samlforce' ) );
		}
		if ( '' !== $protected ) {
			return $stay( $protected );
		}
		if ( array_filter( $manual, static fn ( string $role ): bool => $roles[ $role ] ?? false ) ) {
			return $stay( __( 'this account manages the site by a role that was given here, so its roles are left alone', 'samlforce' ) );
		}
		if ( ! array_intersect_key( array_flip( array_column( $map['rules'], 'attribute' ) ), array_filter( $attributes ) ) ) {
			return $stay( __( 'the identity provider sent none of the attributes that the rules name, so roles are left alone', 'samlforce' ) );
		}

		[ $wanted, $lines ] = self::wanted( $map, $attributes, $roles );
		if ( ! $wanted && ! $map['take_away'] ) {
			return array( 'lines' => array( ...$lines, self::line( '', 'stays', __( 'no rule fits, so roles are left alone', 'samlforce' ) ) ) ) + $stay( '' );
		}
		// Without a rule that fits there is nothing to replace the roles by that a person gave.
		$kept = $map['keep_manual'] || ! $wanted ? array_diff( $manual, $wanted ) : array();
		if ( $last && ! self::manages( array( ...$wanted, ...$kept ), $roles ) ) {
			return array( 'lines' => array( ...$lines, self::line( '', 'stays', __( 'nobody else manages this site, so the roles of this account are left alone', 'samlforce' ) ) ) ) + $stay( '' );
		}
		// What a person gave is hers, also where a rule gives the same.
		return self::result( $current, $wanted, array_values( $kept ), $map['keep_manual'] ? $manual : $kept, $default, $lines );
	}

	/** @param list<string> $by_hand which of the roles afterwards the map must not take away later. */
	private static function result( array $current, array $wanted, array $kept, array $by_hand, string $default, array $lines ): array {
		$after = array_values( array_unique( array( ...$wanted, ...$kept ) ) );
		if ( ! $after && '' !== $default ) {
			$after   = array( $default );
			$lines[] = self::line( $default, in_array( $default, $current, true ) ? 'stays' : 'added', __( 'the role of whoever has no other', 'samlforce' ) );
		}
		foreach ( $kept as $role ) {
			$lines[] = self::line( $role, 'stays', __( 'it was given here', 'samlforce' ) );
		}
		foreach ( array_diff( $current, $after ) as $role ) {
			$lines[] = self::line( $role, 'removed', __( 'no rule gives it any more', 'samlforce' ) );
		}
		foreach ( $lines as $n => $line ) {
			if ( 'given' === $line['change'] ) {
				$lines[ $n ]['change'] = in_array( $line['role'], $current, true ) ? 'stays' : 'added';
			}
		}
		return array(
			'roles'  => $after,
			// The role of whoever has none is a stopgap: it goes when a rule fits again.
			'given'  => array_values( array_diff( $after, $by_hand ) ),
			'change' => array_diff( $after, $current ) || array_diff( $current, $after ),
			'lines'  => $lines,
		);
	}

	/** @return array{list<string>, list<array>} the roles that the rules give, in their order, and a line for each rule that fits. */
	private static function wanted( array $map, array $attributes, array $roles ): array {
		$wanted = array();
		$lines  = array();
		foreach ( $map['rules'] as $rule ) {
			$value = self::fitting( $rule, $attributes[ $rule['attribute'] ] ?? array() );
			if ( null === $value ) {
				continue;
			}
			/* translators: 1: name of an attribute, 2: its value. */
			$why = sprintf( __( '%1$s is "%2$s"', 'samlforce' ), $rule['attribute'], $value );
			if ( ! isset( $roles[ $rule['role'] ] ) ) {
				$lines[] = self::line( $rule['role'], 'refused', __( 'this site has no such role any more', 'samlforce' ) );
			} elseif ( $roles[ $rule['role'] ] && ! $map['allow_privileged'] ) {
				$lines[] = self::line( $rule['role'], 'refused', __( 'it can take over the site, and this identity provider may not give such roles', 'samlforce' ) );
			} elseif ( in_array( $rule['role'], $wanted, true ) ) {
				continue;
			} elseif ( $wanted && ! $map['several'] ) {
				$lines[] = self::line( $rule['role'], 'passed over', __( 'a rule above has decided', 'samlforce' ) );
			} else {
				$wanted[] = $rule['role'];
				$lines[]  = self::line( $rule['role'], 'given', $why );
			}
		}
		return array( $wanted, $lines );
	}

	/** The value that fits, or null. */
	private static function fitting( array $rule, array $values ): ?string {
		foreach ( $values as $value ) {
			$fits = match ( $rule['match'] ) {
				'nocase' => mb_strtolower( (string) $value, 'UTF-8' ) === mb_strtolower( $rule['value'], 'UTF-8' ),
				'prefix' => str_starts_with( (string) $value, $rule['value'] ),
				default  => $value === $rule['value'],
			};
			if ( $fits ) {
				return (string) $value;
			}
		}
		return null;
	}

	private static function manages( array $names, array $roles ): bool {
		return (bool) array_filter( $names, static fn ( string $role ): bool => $roles[ $role ] ?? false );
	}

	private static function line( string $role, string $change, string $why ): array {
		return array(
			'role'   => $role,
			'change' => $change,
			'why'    => $why,
		);
	}
}
