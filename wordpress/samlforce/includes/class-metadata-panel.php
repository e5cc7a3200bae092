<?php
/**
 * What the pages show of the upkeep of metadata, and the buttons for it.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\MetadataOutcome;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Metadata_Panel {

	private const ACTION = 'samlforce_metadata';

	public function register(): void {
		add_action( 'admin_post_' . self::ACTION, array( $this, 'act' ) );
		add_action( 'admin_notices', array( $this, 'print_notice' ) );
	}

	private static function nonce( string $what, string $slug, string $fingerprint ): string {
		return self::ACTION . "_{$what}_{$slug}_$fingerprint";
	}

	private static function url( string $what, string $slug, string $fingerprint = '' ): string {
		return wp_nonce_url(
			add_query_arg(
				array(
					'action'      => self::ACTION,
					'what'        => $what,
					'provider'    => $slug,
					'fingerprint' => $fingerprint,
				),
				admin_url( 'admin-post.php' )
			),
			self::nonce( $what, $slug, $fingerprint )
		);
	}

	/** Fetch, accept or refuse. A nonce is good for what its page showed: nobody says yes to what came later. */
	public function act(): void {
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		$what        = Input::get( 'what', 10 );
		$slug        = Input::get( 'provider', 40 );
		$fingerprint = Input::get( 'fingerprint', 64 );
		check_admin_referer( self::nonce( $what, $slug, $fingerprint ) );
		$provider = Providers::find( $slug );
		if ( $provider && 'refuse' === $what ) {
			Metadata_Upkeep::refuse( $slug );
			Providers_Page::note( 'success', __( 'It was refused: what was known stays.', 'samlforce' ) );
		} elseif ( $provider && Metadata_Upkeep::has_source( $provider ) ) {
			self::fetch( $provider, 'accept' === $what ? $fingerprint : null );
		}
		wp_safe_redirect( Providers_Page::url( $slug ) );
		exit;
	}

	/** Fetches it now, and says on the next page how that went. */
	public static function fetch( Provider $provider, ?string $approved = null ): void {
		$outcome = Metadata_Upkeep::refresh( $provider, $approved );
		$state   = Metadata_Upkeep::state( $provider->slug );
		[ $kind, $sentence ] = match ( $outcome ) {
			MetadataOutcome::Unchanged => array( 'success', __( 'The metadata was fetched: it says what is known.', 'samlforce' ) ),
			MetadataOutcome::Replaced  => array( 'success', __( 'The metadata was fetched, and the new one is in use.', 'samlforce' ) ),
			MetadataOutcome::Held      => array( 'warning', __( 'The metadata was fetched. It changes something that you should look at first: see below.', 'samlforce' ) ),
			/* translators: %s: a sentence that says what is wrong. */
			MetadataOutcome::Refused   => array( 'error', sprintf( __( 'The metadata could not be renewed, and what is known stays in use: %s', 'samlforce' ), $state['problem'] ) ),
		};
		Providers_Page::note( $kind, $sentence );
	}

	/** On the page of a provider: when its metadata was fetched, what changed, and what waits for a person. */
	public static function print_state( Provider $provider ): void {
		if ( ! Metadata_Upkeep::has_source( $provider ) ) {
			return;
		}
		$state = Metadata_Upkeep::state( $provider->slug );
		if ( is_array( $state['held'] ) ) {
			self::print_held( $provider, $state['held'] );
		}
		if ( '' !== $state['problem'] ) {
			printf( '<div class="notice notice-warning inline"><p>%s</p></div>', esc_html( $state['problem'] ) );
		}
		$rows = array(
			__( 'Last fetched', 'samlforce' )   => self::when( $state['good'] ),
			__( 'Last tried', 'samlforce' )     => $state['checked'] > $state['good'] ? self::when( $state['checked'] ) : '',
			__( 'Next time', 'samlforce' )      => $state['next'] > time() ? self::when( $state['next'] ) : '',
			__( 'Valid until', 'samlforce' )    => self::when( (int) $state['valid_until'] ),
			__( 'Last change', 'samlforce' )    => self::when( $state['changed'] ),
			__( 'What changed', 'samlforce' )   => implode( "\n", $state['change'] ),
		);
		echo '<table class="widefat striped samlforce-facts"><tbody>';
		foreach ( array_filter( $rows ) as $label => $value ) {
			printf( '<tr><th scope="row">%s</th><td>%s</td></tr>', esc_html( $label ), nl2br( esc_html( $value ) ) );
		}
		printf( '</tbody></table><p><a class="button" href="%s">%s</a></p>', esc_url( self::url( 'fetch', $provider->slug ) ), esc_html__( 'Fetch it now', 'samlforce' ) );
	}

	private static function print_held( Provider $provider, array $held ): void {
		printf(
			'<div class="notice notice-%s inline"><p><strong>%s</strong></p><ul class="ul-disc">',
			$held['refused'] ? 'info' : 'error', // phpcs:ignore WordPress.Security.EscapeOutput -- one of two words of ours.
			esc_html( $held['refused'] ? __( 'You have refused this metadata; the identity provider still publishes it:', 'samlforce' ) : __( 'New metadata waits for you. Ask whoever runs the identity provider, by another way than this address, whether it is theirs:', 'samlforce' ) )
		);
		foreach ( array_merge( array_map( array( Metadata_Upkeep::class, 'why_sentence' ), $held['why'] ), $held['change'] ) as $line ) {
			printf( '<li class="samlforce-print">%s</li>', esc_html( $line ) );
		}
		printf( '</ul><p><a class="button button-primary" href="%s">%s</a>', esc_url( self::url( 'accept', $provider->slug, (string) $held['fingerprint'] ) ), esc_html__( 'Accept the new metadata', 'samlforce' ) );
		if ( ! $held['refused'] ) {
			printf( ' <a class="button" href="%s">%s</a>', esc_url( self::url( 'refuse', $provider->slug, (string) $held['fingerprint'] ) ), esc_html__( 'Refuse it', 'samlforce' ) );
		}
		echo '</p></div>';
	}

	/** One provider's in one line, for whoever asks how the site is set up. */
	public static function summary( Provider $provider ): string {
		$words = array();
		try {
			$words[] = '' !== $provider->text( 'metadata' ) ? $provider->identity_provider()->entityId : __( 'Needs its metadata', 'samlforce' );
		} catch ( SamlforceException $e ) {
			$words[] = $e->getMessage();
		}
		if ( Metadata_Upkeep::has_source( $provider ) ) {
			$state = Metadata_Upkeep::state( $provider->slug );
			/* translators: %s: a date and time, or "never". */
			$words[] = sprintf( __( 'last fetched: %s', 'samlforce' ), $state['good'] > 0 ? self::when( $state['good'] ) : __( 'never', 'samlforce' ) );
			if ( null !== $state['valid_until'] ) {
				/* translators: %s: a date and time. */
				$words[] = sprintf( __( 'valid until %s', 'samlforce' ), self::when( (int) $state['valid_until'] ) );
			}
			if ( is_array( $state['held'] ) ) {
				$words[] = $state['held']['refused'] ? __( 'new metadata was refused', 'samlforce' ) : __( 'new metadata waits for a person', 'samlforce' );
			}
			$words[] = $state['problem'];
		} elseif ( '' !== $provider->text( 'metadata' ) ) {
			$words[] = __( 'given by hand', 'samlforce' );
		}
		return $provider->slug . ': ' . implode( ', ', array_filter( $words ) );
	}

	/** On the tab Status: all that come from an address. */
	public static function print_summary(): void {
		$providers = array_filter( Providers::all(), array( Metadata_Upkeep::class, 'has_source' ) );
		if ( ! $providers ) {
			return;
		}
		printf( '<h2>%s</h2><table class="widefat striped"><thead><tr>', esc_html__( 'Metadata of identity providers', 'samlforce' ) );
		foreach ( array( __( 'Identity provider', 'samlforce' ), __( 'Last fetched', 'samlforce' ), __( 'Last change', 'samlforce' ), __( 'State', 'samlforce' ) ) as $heading ) {
			printf( '<th scope="col">%s</th>', esc_html( $heading ) );
		}
		echo '</tr></thead><tbody>';
		foreach ( $providers as $provider ) {
			$state = Metadata_Upkeep::state( $provider->slug );
			$words = '' !== $state['problem'] ? $state['problem'] : __( 'In order', 'samlforce' );
			if ( is_array( $state['held'] ) && ! $state['held']['refused'] ) {
				$words = __( 'New metadata waits for you.', 'samlforce' );
			}
			printf(
				'<tr><td><a href="%s">%s</a></td><td>%s</td><td>%s</td><td>%s</td></tr>',
				esc_url( Providers_Page::url( $provider->slug ) ),
				esc_html( $provider->label() ),
				esc_html( self::when( $state['good'] ) ),
				nl2br( esc_html( trim( self::when( $state['changed'] ) . "\n" . implode( "\n", $state['change'] ) ) ) ),
				esc_html( $words )
			);
		}
		echo '</tbody></table>';
	}

	public function print_notice(): void {
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			return;
		}
		foreach ( array_filter( Providers::all(), array( Metadata_Upkeep::class, 'has_source' ) ) as $provider ) {
			$held = Metadata_Upkeep::state( $provider->slug )['held'];
			if ( is_array( $held ) && ! $held['refused'] ) {
				/* translators: %s: the words on an identity provider's button. */
				printf( '<div class="notice notice-warning"><p>%s <a href="%s">%s</a></p></div>', esc_html( sprintf( __( 'New metadata of "%s" needs you before it is used.', 'samlforce' ), $provider->label() ) ), esc_url( Providers_Page::url( $provider->slug ) ), esc_html__( 'Look at it', 'samlforce' ) );
			}
		}
	}

	private static function when( int $time ): string {
		return $time > 0 ? (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $time ) : '';
	}
}
