<?php
/**
 * The sign-in button on a page of the site: the shortcode [samlforce_login] and the block are the same thing.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Sign_In_Button {

	public const SHORTCODE = 'samlforce_login';
	public const BLOCK     = 'samlforce/sign-in';

	public function register(): void {
		add_action( 'init', array( $this, 'register_both' ) );
		add_action( 'enqueue_block_editor_assets', array( $this, 'give_words' ) );
		add_action( 'template_redirect', array( $this, 'keep_caches_off' ) );
	}

	public function register_both(): void {
		add_shortcode( self::SHORTCODE, array( $this, 'shortcode' ) );
		register_block_type( dirname( SAMLFORCE_FILE ) . '/blocks/sign-in', array( 'render_callback' => array( $this, 'block' ) ) );
	}

	/** What the page shows depends on who looks at it. Once printing has begun it is too late for headers. */
	public function keep_caches_off(): void {
		$post = is_singular() ? get_post() : null;
		if ( $post && ( has_shortcode( $post->post_content, self::SHORTCODE ) || has_block( self::BLOCK, $post ) ) ) {
			Caches::keep_off();
		}
	}

	/** [samlforce_login idp="" label="" redirect="" signed_in="nothing|logout"] */
	public function shortcode( $attributes ): string {
		$attributes = shortcode_atts(
			array(
				'idp'       => '',
				'label'     => '',
				'redirect'  => '',
				'signed_in' => 'nothing',
			),
			is_array( $attributes ) ? $attributes : array(),
			self::SHORTCODE
		);
		$attributes = array_map( static fn ( $value ): string => is_scalar( $value ) ? (string) $value : '', $attributes );
		return self::html( $attributes['idp'], $attributes['label'], $attributes['redirect'], 'logout' === $attributes['signed_in'] );
	}

	public function block( $attributes ): string {
		$text = static fn ( string $name ): string => is_string( $attributes[ $name ] ?? null ) ? $attributes[ $name ] : '';
		$html = self::html( $text( 'idp' ), $text( 'label' ), $text( 'redirect' ), 'logout' === $text( 'signedIn' ) );
		return '' !== $html ? sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $html ) : '';
	}

	private static function html( string $idp, string $label, string $redirect, bool $offer_logout ): string {
		Caches::keep_off();
		// Where the person is now, unless another page of this site was named.
		$here = is_singular() ? (string) get_permalink() : home_url( '/' );
		$back = '' !== $redirect ? wp_validate_redirect( $redirect, $here ) : $here;
		if ( is_user_logged_in() ) {
			return $offer_logout ? self::button( wp_logout_url( $back ), __( 'Log out', 'samlforce' ) ) : '';
		}
		$provider = '' !== $idp ? ( Providers::startable()[ $idp ] ?? null ) : Providers::first();
		return $provider ? self::button( Saml::login_url( $back, $idp ), '' !== $label ? $label : $provider->label() ) : '';
	}

	/** With the classes that themes style buttons by. */
	private static function button( string $url, string $label ): string {
		return sprintf( '<div class="wp-block-button samlforce-button"><a class="wp-block-button__link wp-element-button" href="%s" rel="nofollow">%s</a></div>', esc_url( $url ), esc_html( $label ) );
	}

	/** The script of the block has no words of its own: they come from here, translated. */
	public function give_words(): void {
		$first     = Providers::first()?->label() ?? __( 'Sign in', 'samlforce' );
		$providers = array(
			array(
				'value'  => '',
				'label'  => __( 'the first one', 'samlforce' ),
				'button' => $first,
			),
		);
		foreach ( Providers::startable() as $provider ) {
			$providers[] = array(
				'value'  => $provider->slug,
				'label'  => $provider->label(),
				'button' => $provider->label(),
			);
		}
		$words = array(
			'panel'        => __( 'Sign-in', 'samlforce' ),
			'idp'          => __( 'Identity provider', 'samlforce' ),
			'label'        => __( 'Words on the button', 'samlforce' ),
			'redirect'     => __( 'Page after sign-in', 'samlforce' ),
			'redirectHelp' => __( 'An address of this site; the page with the button if empty.', 'samlforce' ),
			'signedIn'     => __( 'For people who are signed in', 'samlforce' ),
			'nothing'      => __( 'show nothing', 'samlforce' ),
			'logout'       => __( 'show "Log out"', 'samlforce' ),
			'button'       => $first,
			'providers'    => $providers,
		);
		wp_add_inline_script( 'samlforce-sign-in-editor-script', 'window.samlforceSignInBlock = ' . wp_json_encode( $words, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
	}
}
