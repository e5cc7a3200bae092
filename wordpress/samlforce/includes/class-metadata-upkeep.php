<?php
/**
 * Keeps the metadata of identity providers up to date, from the addresses that they publish it at.
 *
 * The extension judges what was fetched (Saml\MetadataRefresh); here it is fetched, kept, and told. Whatever goes wrong, what is known
 * stays; and what an attacker would do, a person must say yes to.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\Metadata;
use Samlforce\Saml\MetadataChange;
use Samlforce\Saml\MetadataHold;
use Samlforce\Saml\MetadataOutcome;
use Samlforce\Saml\MetadataRefresh;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Metadata_Upkeep {

	/** By name of the provider: {checked, next, good, problem, valid_until, clock, changed, change, held}. */
	public const OPTION = 'samlforce_metadata_state';

	private const EVENT = 'samlforce_refresh_metadata';

	private const NEW_STATE = array(
		'checked'     => 0,
		'next'        => 0,
		'good'        => 0,
		'problem'     => '',
		'valid_until' => null,
		// Seconds by which the other side's clock was ahead; null if it did not say.
		'clock'       => null,
		'changed'     => 0,
		'change'      => array(),
		// what waits for a person: its fingerprint, the change, why it waits, and whether it was refused
		'held'        => null,
	);

	public function register(): void {
		add_action( 'init', array( $this, 'schedule' ) );
		add_action( self::EVENT, array( $this, 'run' ) );
		register_deactivation_hook( SAMLFORCE_FILE, array( self::class, 'clear' ) );
	}

	public function schedule(): void {
		if ( ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time() + 5 * MINUTE_IN_SECONDS, 'hourly', self::EVENT );
		}
	}

	public static function clear(): void {
		wp_clear_scheduled_hook( self::EVENT );
	}

	/** Those whose time has come. */
	public function run(): void {
		foreach ( Providers::all() as $provider ) {
			if ( self::has_source( $provider ) && '' !== $provider->text( 'metadata' ) && self::state( $provider->slug )['next'] <= time() ) {
				self::refresh( $provider );
			}
		}
	}

	/** Whether its metadata comes from an address, and may be changed here. */
	public static function has_source( Provider $provider ): bool {
		return $provider->on( 'enabled' ) && '' !== $provider->text( 'metadata_url' ) && ! $provider->is_fixed( 'metadata' );
	}

	/** @return array<string, mixed> of the shape of NEW_STATE. */
	public static function state( string $slug ): array {
		$all = Network::get( self::OPTION );
		return ( is_array( $all ) && is_array( $all[ $slug ] ?? null ) ? $all[ $slug ] : array() ) + self::NEW_STATE;
	}

	private static function keep( string $slug, array $state ): void {
		$all          = Network::get( self::OPTION );
		$all          = array_intersect_key( is_array( $all ) ? $all : array(), Providers::all() );
		$all[ $slug ] = array_intersect_key( $state, self::NEW_STATE );
		Network::set( self::OPTION, $all, false );
	}

	/** It begins anew: another address, or metadata that a person gave. */
	public static function forget( string $slug ): void {
		$all = Network::get( self::OPTION );
		if ( is_array( $all ) && isset( $all[ $slug ] ) ) {
			unset( $all[ $slug ] );
			Network::set( self::OPTION, $all, false );
		}
	}

	/**
	 * The first metadata of a provider, for the person who has given the address.
	 *
	 * @return string what to keep.
	 * @throws \RuntimeException With the sentence for the administrator.
	 */
	public static function first( Provider $provider ): string {
		try {
			[ $body, $date ] = Metadata_Source::fetch( self::address( $provider ) );
			$metadata        = Metadata::read( $body, self::pinned( $provider ), self::asked_entity( $provider ) );
			$wanted          = $provider->text( 'entity_id' );
			$xml             = $metadata->extract( '' !== $wanted ? $wanted : null );
		} catch ( SamlforceException $e ) {
			/* translators: %s: a sentence that says what is wrong. */
			throw new \RuntimeException( sprintf( __( 'What was fetched can’t be used: %s', 'samlforce' ), $e->getMessage() ) );
		}
		$trouble = Providers_Page::trouble_with( $provider, $xml );
		if ( '' !== $trouble ) {
			throw new \RuntimeException( $trouble );
		}
		self::keep(
			$provider->slug,
			array(
				'checked'     => time(),
				'good'        => time(),
				'next'        => time() + min( DAY_IN_SECONDS, max( HOUR_IN_SECONDS, $metadata->cacheDuration ?? DAY_IN_SECONDS ) ),
				'valid_until' => $metadata->validUntil,
				'clock'       => null === $date ? null : $date - time(),
			) + self::NEW_STATE
		);
		return $xml;
	}

	/**
	 * Fetches it now.
	 *
	 * @param string|null $approved the fingerprint of what a person has said yes to.
	 */
	public static function refresh( Provider $provider, ?string $approved = null ): MetadataOutcome {
		$state = array( 'checked' => time() ) + self::state( $provider->slug );
		$known = $provider->text( 'metadata' );
		$body  = '';
		$why   = '';
		try {
			[ $body, $date ] = Metadata_Source::fetch( self::address( $provider ) );
			$state['clock']  = null === $date ? null : $date - time();
		} catch ( SamlforceException | \RuntimeException $e ) {
			$why = $e->getMessage();
		}
		try {
			// The known one may have expired meanwhile: its keys are what the next one is compared with.
			$idp    = IdentityProvider::fromMetadata( $known, now: 1 );
			$result = MetadataRefresh::decide( $known, $body, $idp->entityId, self::trusted( $provider, $idp ), $approved, DAY_IN_SECONDS );
		} catch ( SamlforceException $e ) {
			self::keep( $provider->slug, array( 'problem' => $e->getMessage(), 'next' => time() + DAY_IN_SECONDS ) + $state ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
			return MetadataOutcome::Refused;
		}
		$state['next']        = $result->nextRefresh;
		$state['valid_until'] = $result->validUntil;
		$state['problem']     = '' !== $why ? $why : (string) $result->problem?->getMessage();
		if ( MetadataOutcome::Refused !== $result->outcome ) {
			$state['good'] = time();
		}
		return self::settle( $provider, $result, $state );
	}

	private static function settle( Provider $provider, MetadataRefresh $result, array $state ): MetadataOutcome {
		$sentences = $result->change ? self::sentences( $result->change ) : array();
		if ( MetadataOutcome::Held === $result->outcome ) {
			$known         = is_array( $state['held'] ) && $state['held']['fingerprint'] === $result->fingerprint ? $state['held'] : null;
			$state['held'] = $known ?? array(
				'fingerprint' => $result->fingerprint,
				'why'         => array_map( static fn ( MetadataHold $hold ): string => $hold->value, $result->holds ),
				'change'      => $sentences,
				'refused'     => false,
			);
			self::keep( $provider->slug, $state );
			if ( ! $known ) {
				self::mail( $provider, __( 'New metadata of an identity provider needs you', 'samlforce' ), array_merge( array_map( array( self::class, 'why_sentence' ), $state['held']['why'] ), $sentences ), __( 'Nothing was changed. Look at it, and accept or refuse it, here:', 'samlforce' ) );
			}
			return $result->outcome;
		}
		// Refused: what was held before is still what a person should see.
		if ( MetadataOutcome::Refused !== $result->outcome ) {
			$state['held'] = null;
			if ( $result->xml !== $provider->text( 'metadata' ) && ! Providers::save( $provider->slug, array( 'metadata' => $result->xml ) ) ) {
				$state['problem'] = __( 'The new metadata could not be saved: the database refused.', 'samlforce' );
				self::keep( $provider->slug, $state );
				return MetadataOutcome::Refused;
			}
		}
		if ( MetadataOutcome::Replaced === $result->outcome && $sentences ) {
			$state['changed'] = time();
			$state['change']  = $sentences;
			self::mail( $provider, __( 'An identity provider has new metadata', 'samlforce' ), $sentences, __( 'It was taken over. You need to do nothing if the identity provider announced it:', 'samlforce' ) );
		}
		self::keep( $provider->slug, $state );
		return $result->outcome;
	}

	/** A person has looked at what is held and does not want it: it is not asked about again. */
	public static function refuse( string $slug ): void {
		$state = self::state( $slug );
		if ( is_array( $state['held'] ) ) {
			$state['held']['refused'] = true;
			self::keep( $slug, $state );
		}
	}

	/**
	 * @throws SamlforceException
	 * @throws \RuntimeException
	 */
	private static function address( Provider $provider ): string {
		$url = $provider->text( 'metadata_url' );
		if ( ! $provider->on( 'metadata_query' ) ) {
			return $url;
		}
		if ( '' === $provider->text( 'entity_id' ) ) {
			throw new \RuntimeException( __( 'A metadata query server is asked for an entity ID: give the identity provider’s.', 'samlforce' ) );
		}
		return Metadata::queryUrl( $url, $provider->text( 'entity_id' ) );
	}

	/** A query server must answer for the entity that it was asked for, and nothing more. */
	private static function asked_entity( Provider $provider ): ?string {
		return $provider->on( 'metadata_query' ) ? $provider->text( 'entity_id' ) : null;
	}

	/** @return list<string> the certificates of whoever publishes the metadata. */
	private static function pinned( Provider $provider ): array {
		$pem = $provider->text( 'metadata_key' );
		return '' !== $pem ? self::certificates( $pem ) : array();
	}

	/** @return list<string> */
	public static function certificates( string $pem ): array {
		preg_match_all( '/-----BEGIN ([A-Z ]+)-----.*?-----END \1-----/s', $pem, $matches );
		// One that is not written so is given to the extension as it is, which says what is wrong with it.
		return $matches[0] ? $matches[0] : array( $pem );
	}

	/** @return list<string> whose signature the metadata must bear; none: TLS alone vouches for it. */
	private static function trusted( Provider $provider, IdentityProvider $known ): array {
		$pinned = self::pinned( $provider );
		return $pinned || ! $provider->on( 'metadata_own_key' ) ? $pinned : array_column( $known->certificates(), 'pem' );
	}

	public static function why_sentence( string $hold ): string {
		return match ( $hold ) {
			MetadataHold::DropsEveryKey->value => __( 'None of the keys that are known would be left: whoever made it may be somebody else.', 'samlforce' ),
			MetadataHold::NewHost->value       => __( 'Nobody has signed it, and it sends people to a host where the identity provider was not before.', 'samlforce' ),
			MetadataHold::Older->value         => __( 'It is valid for a shorter time than what is known: it may be an older one.', 'samlforce' ),
			default                            => $hold,
		};
	}

	/** @return list<string> what changed, a line each. */
	private static function sentences( MetadataChange $change ): array {
		$lines = array();
		foreach ( $change->keysAdded as $key ) {
			/* translators: 1: kind of a key, 2: its certificate's fingerprint. */
			$lines[] = sprintf( __( 'A key is new: %1$s, SHA-256 %2$s', 'samlforce' ), $key['key'], $key['sha256'] );
		}
		foreach ( $change->keysDropped as $key ) {
			/* translators: 1: kind of a key, 2: its certificate's fingerprint. */
			$lines[] = sprintf( __( 'A key is gone: %1$s, SHA-256 %2$s', 'samlforce' ), $key['key'], $key['sha256'] );
		}
		foreach ( $change->endpoints as $endpoint ) {
			/* translators: 1: name of a service, 2: name of a binding, 3: address before, 4: address now. */
			$lines[] = sprintf( __( 'The address of %1$s (%2$s): %3$s → %4$s', 'samlforce' ), $endpoint['service'], $endpoint['binding'], $endpoint['from'] ?? '—', $endpoint['to'] ?? '—' );
		}
		return $lines;
	}

	/** @param list<string> $lines */
	private static function mail( Provider $provider, string $subject, array $lines, string $last ): void {
		$switched = switch_to_locale( get_locale() );
		wp_mail(
			(string) get_option( 'admin_email' ),
			/* translators: 1: name of the site, 2: what it is about. */
			sprintf( __( '[%1$s] %2$s', 'samlforce' ), wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ), $subject ),
			$provider->label() . ' (' . $provider->issuer() . ")\n\n" . implode( "\n", $lines ) . "\n\n" . $last . "\n" . Providers_Page::url( $provider->slug ) . "\n"
		);
		if ( $switched ) {
			restore_previous_locale();
		}
	}
}
