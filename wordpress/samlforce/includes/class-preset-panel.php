<?php
/**
 * What to click at a product that is known, beside the fields of an identity provider.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Preset_Panel {

	/** @return array<string, string> the products to choose from. */
	public static function choices(): array {
		return array( '' => __( '— another one —', 'samlforce' ) ) + array_map( static fn ( array $preset ): string => $preset['name'], Presets::all() );
	}

	/**
	 * The switches that a product needs, for a provider that it was just chosen for.
	 *
	 * @return array<string, mixed> settings of Provider.
	 */
	public static function switches( string $slug ): array {
		return Presets::find( $slug )['switches'] ?? array();
	}

	public static function print_steps( Provider $provider ): void {
		$preset = Presets::find( $provider->text( 'preset' ) );
		if ( ! $preset ) {
			self::print_guess( $provider );
			return;
		}
		/* translators: %s: name of a product. */
		printf( '<div class="samlforce-steps"><h3>%s</h3><ol>', esc_html( sprintf( __( 'At %s', 'samlforce' ), $preset['name'] ) ) );
		foreach ( $preset['steps'] as $step ) {
			printf( '<li>%s</li>', self::filled( $step ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		}
		echo '</ol>';
		self::print_attributes( $preset['attributes'] );
		foreach ( $preset['only_if'] as $switch => $when ) {
			/* translators: 1: name of a setting, 2: when it is needed. */
			printf( '<p>%s</p>', esc_html( sprintf( __( '"%1$s" only if: %2$s', 'samlforce' ), Provider_Fields::label( $switch ), $when ) ) );
		}
		foreach ( $preset['notes'] as $note ) {
			printf( '<p class="description">%s</p>', esc_html( $note ) );
		}
		if ( $preset['decryption'] ) {
			printf( '<p class="description">%s</p>', esc_html__( 'It encrypts as it comes: this site needs a key that decrypts.', 'samlforce' ) );
		}
		echo '</div>';
	}

	private static function print_guess( Provider $provider ): void {
		if ( '' === $provider->issuer() ) {
			return;
		}
		$guess = Presets::find( Presets::guess( $provider->issuer(), (string) $provider->identity_provider()->loginUrl ) );
		if ( $guess ) {
			/* translators: %s: name of a product. */
			printf( '<div class="notice notice-info inline"><p>%s</p></div>', esc_html( sprintf( __( 'This looks like %s. Choose it under "Product", and what to click there is shown here.', 'samlforce' ), $guess['name'] ) ) );
		}
	}

	/** @param array<string, string|null> $attributes */
	private static function print_attributes( array $attributes ): void {
		$labels = array(
			'email'      => __( 'Address', 'samlforce' ),
			'first_name' => __( 'First name', 'samlforce' ),
			'last_name'  => __( 'Last name', 'samlforce' ),
			'groups'     => __( 'Groups', 'samlforce' ),
		);
		printf( '<p>%s</p><ul class="ul-disc">', esc_html__( 'Its attributes are then called:', 'samlforce' ) );
		foreach ( array_filter( $attributes ) as $what => $name ) {
			printf( '<li>%s: <code class="samlforce-print">%s</code></li>', esc_html( $labels[ $what ] ), esc_html( $name ) );
		}
		echo '</ul>';
	}

	/** A step as HTML, with this site's addresses in it. */
	private static function filled( string $step ): string {
		$values = array(
			'{acs}'       => Saml::assertion_consumer_url(),
			'{entity_id}' => Saml::entity_id(),
			'{metadata}'  => Saml::metadata_url(),
			'{logout}'    => Saml::single_logout_url(),
		);
		return strtr( esc_html( $step ), array_map( static fn ( string $value ): string => '<code class="samlforce-print">' . esc_html( $value ) . '</code>', $values ) );
	}
}
