<?php
/**
 * Which attribute of the identity provider fills which field of an account.
 *
 * Nothing here reads or writes: plan() is given everything and gives back what would change, and why. Rights are never a
 * field: what decides them in user meta can't be named by a map.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Attribute_Map {

	public const MAX_RULES = 50;

	/** The longest name of an attribute, in bytes. */
	public const MAX_NAME = 255;

	/** Fields of an account, and the longest value that WordPress's tables take, in characters. Everything else is user meta. */
	public const FIELDS = array(
		'first_name'   => 250,
		'last_name'    => 250,
		'display_name' => 250,
		'nickname'     => 250,
		'user_email'   => 100,
		'user_url'     => 100,
		'description'  => 4000,
	);

	/** The longest value of user meta, in bytes, all values of a list together. */
	private const MAX_META = 4000;

	/** The most values of one attribute that are looked at. */
	private const MAX_VALUES = 100;

	/**
	 * What no map may write: rights, sessions, what signs a person in, and what WordPress and this plugin keep for themselves.
	 * Searched for anywhere in the key: in a network rights are called wp_2_capabilities, with a prefix of the administrator's.
	 */
	private const FORBIDDEN = '/capabilit|user_level|session|password|passwd|secret|token|totp|2fa|two.?factor|otp|samlforce|source_domain|primary_blog|user.settings|meta.?box|new_email/i';

	/** Whether a map may write this key of user meta. */
	public static function is_allowed_key( string $key, string $table_prefix ): bool {
		return 1 === preg_match( '/^[A-Za-z][A-Za-z0-9_-]{0,63}$/D', $key )
			&& ! preg_match( self::FORBIDDEN, $key )
			&& ! preg_match( '/^wp_|^user_|^ID$/i', $key )
			&& ( '' === $table_prefix || 0 !== stripos( $key, $table_prefix ) );
	}

	/**
	 * What was typed or imported, made clean.
	 *
	 * @param mixed $rules list of array{attribute: string, field: string, when: 'login'|'creation', values: 'first'|'joined'|'list'}
	 * @return list<array{attribute: string, field: string, when: string, values: string}>
	 * @throws \InvalidArgumentException With the sentence for the administrator.
	 */
	public static function clean( mixed $rules, string $table_prefix ): array {
		if ( ! is_array( $rules ) || count( $rules ) > self::MAX_RULES ) {
			/* translators: %d: a number. */
			throw new \InvalidArgumentException( sprintf( __( 'The map of attributes may have %d rows at most.', 'samlforce' ), self::MAX_RULES ) );
		}
		$clean = array();
		foreach ( $rules as $rule ) {
			$rule      = is_array( $rule ) ? array_map( static fn ( $value ): string => is_scalar( $value ) ? trim( (string) $value ) : '', $rule ) : array();
			$attribute = $rule['attribute'] ?? '';
			$field     = $rule['field'] ?? '';
			if ( '' === $attribute && '' === $field ) {
				continue;
			}
			if ( '' === $attribute || '' === $field || strlen( $attribute ) > self::MAX_NAME ) {
				throw new \InvalidArgumentException( __( 'Each row of the map of attributes needs the name of an attribute (255 bytes at most) and a field.', 'samlforce' ) );
			}
			if ( ! isset( self::FIELDS[ $field ] ) && ! self::is_allowed_key( $field, $table_prefix ) ) {
				/* translators: %s: name of a field. */
				throw new \InvalidArgumentException( sprintf( __( 'The field "%s" can’t be filled by the identity provider: rights, sessions, passwords and what begins with "wp_" or "user_" stay with this site. Choose another name of letters, digits, "_" and "-".', 'samlforce' ), $field ) );
			}
			$values = in_array( $rule['values'] ?? '', array( 'first', 'joined', 'list' ), true ) ? $rule['values'] : 'first';
			$clean[] = array(
				'attribute' => $attribute,
				'field'     => $field,
				'when'      => 'creation' === ( $rule['when'] ?? '' ) ? 'creation' : 'login',
				'values'    => isset( self::FIELDS[ $field ] ) && 'list' === $values ? 'joined' : $values,
			);
		}
		return $clean;
	}

	/**
	 * What would change. The first rule of a field whose attribute was sent decides it.
	 *
	 * @param list<array{attribute: string, field: string, when: string, values: string}> $rules clean ones.
	 * @param array<string, list<string>> $attributes what the identity provider sent.
	 * @param array<string, mixed>        $current    what the account holds now; empty for one that is to be made.
	 * @param bool                        $creating   whether the account is to be made.
	 * @param callable(string): string    $refuse     why an address may not become this account's, '' if it may.
	 * @return list<array{field: string, attribute: string, from: mixed, to: mixed, change: bool, why: string}>
	 */
	public static function plan( array $rules, array $attributes, array $current, bool $creating, callable $refuse ): array {
		$plan    = array();
		$decided = array();
		foreach ( $rules as $rule ) {
			$field = $rule['field'];
			$line  = array(
				'field'     => $field,
				'attribute' => $rule['attribute'],
				'from'      => $current[ $field ] ?? '',
				'to'        => null,
				'change'    => false,
				'why'       => '',
			);
			$sent  = self::values( $attributes[ $rule['attribute'] ] ?? array() );
			if ( ! $creating && 'creation' === $rule['when'] ) {
				$line['why'] = __( 'is only filled when the account is made', 'samlforce' );
			} elseif ( isset( $decided[ $field ] ) ) {
				$line['why'] = __( 'a row above has decided this field', 'samlforce' );
			} elseif ( ! $sent ) {
				$line['why'] = __( 'the identity provider did not send this attribute, so the field is left alone', 'samlforce' );
			} else {
				$decided[ $field ] = true;
				$line              = self::judge( $line, self::combine( $field, $rule['values'], $sent ), count( $sent ), $refuse );
			}
			$plan[] = $line;
		}
		return $plan;
	}

	/** The values that hold something. */
	private static function values( array $sent ): array {
		return array_values(
			array_filter(
				array_map( static fn ( $value ): string => trim( (string) $value ), array_slice( $sent, 0, self::MAX_VALUES ) ),
				static fn ( string $value ): bool => '' !== $value
			)
		);
	}

	private static function combine( string $field, string $values, array $sent ): string|array {
		$sent = array_map( 'description' === $field ? 'sanitize_textarea_field' : 'sanitize_text_field', $sent );
		return match ( $values ) {
			'list'   => $sent,
			'joined' => implode( ', ', $sent ),
			default  => $sent[0],
		};
	}

	private static function judge( array $line, string|array $value, int $count, callable $refuse ): array {
		$line['to'] = $value;
		$text       = is_array( $value ) ? implode( '', $value ) : $value;
		$longest    = self::FIELDS[ $line['field'] ] ?? null;
		if ( '' === $text ) {
			$line['why'] = __( 'nothing is left of the value when markup is taken away, so the field is left alone', 'samlforce' );
		} elseif ( null !== $longest ? mb_strlen( $text ) > $longest : strlen( $text ) > self::MAX_META ) {
			$line['why'] = __( 'the value is too long for this field, so it is left alone', 'samlforce' );
		} elseif ( 'user_url' === $line['field'] && ! preg_match( '~^https?://~i', $text ) ) {
			$line['why'] = __( 'this is no address of a web page, so the field is left alone', 'samlforce' );
		} elseif ( $value === $line['from'] ) {
			$line['why'] = __( 'is so already', 'samlforce' );
		} elseif ( 'user_email' === $line['field'] && '' !== $refuse( $text ) ) {
			$line['why'] = $refuse( $text );
		} else {
			$line['change'] = true;
			$line['why']    = $count > 1 && is_string( $value ) && ! str_contains( $value, ', ' )
				? __( 'the first of several values', 'samlforce' )
				: __( 'as the identity provider says', 'samlforce' );
		}
		return $line;
	}
}
