<?php
/**
 * The configuration as one document that can be carried to another site, and back. There is no secret in it: keys are named, and
 * stay in the keyring; the emergency address is not part of it.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Configuration {

	private const FORMAT = 'samlforce-configuration-1';

	/** @return array{format: string, settings: array, providers: array, rules: array} */
	public static function export(): array {
		return array(
			'format'    => self::FORMAT,
			'settings'  => array_map( array( self::class, 'plain' ), Settings::stored() ),
			'providers' => array_map( static fn ( Provider $provider ): array => $provider->values(), Providers::all() ),
			'rules'     => Rules::stored(),
		);
	}

	/**
	 * Takes over what a document says; what it does not name stays as it is.
	 *
	 * Everything is looked at before anything is changed, by the rules of the settings pages: one value that can't be right, and
	 * nothing is.
	 *
	 * @param bool $dry_run whether to look alone.
	 * @return list<string> what changes, a line each.
	 * @throws \InvalidArgumentException With a sentence for each value that can't be right.
	 */
	public static function import( mixed $document, bool $dry_run ): array {
		if ( ! is_array( $document ) || self::FORMAT !== ( $document['format'] ?? null ) ) {
			/* translators: %s: a name. */
			throw new \InvalidArgumentException( sprintf( __( 'This is no configuration of Samlforce: "format" must be "%s".', 'samlforce' ), self::FORMAT ) );
		}
		$trouble   = array();
		$settings  = self::settings( self::part( $document, 'settings' ), $trouble );
		$providers = self::providers( self::part( $document, 'providers' ), $trouble );
		$rules     = self::part( $document, 'rules' );
		foreach ( $rules as $issuer => $rule ) {
			try {
				Rules::check( (array) $rule );
			} catch ( \InvalidArgumentException $e ) {
				$trouble[] = "$issuer: " . $e->getMessage();
			}
		}
		if ( $trouble ) {
			throw new \InvalidArgumentException( implode( "\n", $trouble ) );
		}
		$lines = self::lines( $settings, $providers, $rules );
		if ( ! $dry_run ) {
			Network::set( Settings::OPTION, array_merge( Settings::stored(), $settings ) );
			foreach ( $providers as $slug => $values ) {
				Providers::save( (string) $slug, $values );
			}
			foreach ( $rules as $issuer => $rule ) {
				Rules::save( (string) $issuer, $rule );
			}
		}
		return $lines;
	}

	private static function part( array $document, string $name ): array {
		return is_array( $document[ $name ] ?? null ) ? $document[ $name ] : array();
	}

	/** @param list<string> $trouble */
	private static function settings( array $given, array &$trouble ): array {
		$clean = array();
		foreach ( $given as $key => $value ) {
			if ( ! array_key_exists( $key, Settings::DEFAULTS ) ) {
				/* translators: %s: name of a setting. */
				$trouble[] = sprintf( __( 'There is no setting "%s".', 'samlforce' ), $key );
				continue;
			}
			try {
				$clean[ $key ] = Settings_Fields::clean( (string) $key, $value );
			} catch ( \InvalidArgumentException $e ) {
				$trouble[] = "$key: " . $e->getMessage();
			}
		}
		return $clean;
	}

	/** @param list<string> $trouble */
	private static function providers( array $given, array &$trouble ): array {
		$clean = array();
		foreach ( $given as $slug => $values ) {
			if ( ! Provider::is_slug( (string) $slug ) || ! is_array( $values ) ) {
				/* translators: %s: a name. */
				$trouble[] = sprintf( __( 'An identity provider can’t be called "%s".', 'samlforce' ), $slug );
				continue;
			}
			$clean[ $slug ] = array();
			foreach ( $values as $key => $value ) {
				try {
					$clean[ $slug ][ $key ] = self::provider_value( (string) $key, $value );
				} catch ( \InvalidArgumentException $e ) {
					$trouble[] = "$slug, $key: " . $e->getMessage();
				}
			}
			$before   = Providers::find( (string) $slug )?->values() ?? Provider::DEFAULTS;
			$why      = Provider_Fields::contradiction( array_merge( $before, $clean[ $slug ] ) );
			if ( '' !== $why ) {
				$trouble[] = "$slug: $why";
			}
			$metadata = $clean[ $slug ]['metadata'] ?? '';
			$why      = '' !== $metadata ? Providers_Page::trouble_with( Provider::of( (string) $slug, $clean[ $slug ] ), $metadata ) : '';
			if ( '' !== $why ) {
				$trouble[] = "$slug: $why";
			}
		}
		return $clean;
	}

	/** @throws \InvalidArgumentException */
	private static function provider_value( string $key, mixed $value ): mixed {
		if ( ! array_key_exists( $key, Provider::DEFAULTS ) || ! is_scalar( $value ) ) {
			throw new \InvalidArgumentException( __( 'There is no such setting of an identity provider.', 'samlforce' ) );
		}
		return 'metadata' === $key || 'metadata_key' === $key ? trim( (string) $value ) : Provider_Fields::clean( $key, is_bool( $value ) ? (string) (int) $value : (string) $value );
	}

	/** @return list<string> */
	private static function lines( array $settings, array $providers, array $rules ): array {
		$lines = array();
		foreach ( $settings as $key => $value ) {
			if ( Settings::stored()[ $key ] !== $value ) {
				$lines[] = sprintf( '%s: %s → %s', $key, self::shown( Settings::stored()[ $key ] ), self::shown( $value ) );
			}
		}
		foreach ( $providers as $slug => $values ) {
			$before = Providers::find( (string) $slug )?->values();
			foreach ( $values as $key => $value ) {
				if ( null === $before || $before[ $key ] !== $value ) {
					$lines[] = sprintf( '%s, %s: %s → %s', $slug, $key, null === $before ? '—' : self::shown( $before[ $key ] ), self::shown( $value ) );
				}
			}
		}
		foreach ( $rules as $issuer => $rule ) {
			if ( ( Rules::stored()[ $issuer ] ?? null ) !== $rule ) {
				/* translators: %s: entity ID of an identity provider. */
				$lines[] = sprintf( __( 'the rules of %s', 'samlforce' ), $issuer );
			}
		}
		return $lines;
	}

	private static function shown( mixed $value ): string {
		$text = is_bool( $value ) ? ( $value ? 'true' : 'false' ) : self::plain( $value );
		return is_string( $text ) && strlen( $text ) > 60 ? substr( $text, 0, 57 ) . '…' : (string) $text;
	}

	private static function plain( mixed $value ): mixed {
		return is_scalar( $value ) ? $value : '';
	}
}
