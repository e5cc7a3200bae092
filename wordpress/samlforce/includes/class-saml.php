<?php
/**
 * This site as a service provider, and its addresses.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\ServiceProvider;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Saml {

	/** @throws SamlforceException */
	public static function service_provider(): ServiceProvider {
		$key        = Settings::text( 'sp_key' );
		$decryption = Settings::text( 'sp_decryption_key' );
		return new ServiceProvider(
			self::entity_id(),
			self::assertion_consumer_url(),
			'' !== $key ? $key : null,
			'' !== $decryption ? array( $decryption ) : array(),
			// Logout messages are always signed: without a key there is no single logout.
			'' !== $key ? self::single_logout_url() : null
		);
	}

	/**
	 * Our metadata.
	 *
	 * @throws SamlforceException
	 */
	public static function metadata( bool $signed ): string {
		return self::service_provider()->metadata( signed: $signed, artifact: self::takes_artifacts() );
	}

	/** Whether an identity provider is to answer by artifacts; ours are asked for with a signature. */
	private static function takes_artifacts(): bool {
		return '' !== Settings::text( 'sp_key' ) && array() !== array_filter( Providers::all(), static fn ( Provider $provider ): bool => $provider->on( 'by_artifact' ) );
	}

	public static function is_configured(): bool {
		return Providers::is_configured();
	}

	/** Whether a person can be sent to an identity provider. */
	public static function can_start(): bool {
		return null !== Providers::first();
	}

	/**
	 * The entity ID of the Salesforce that this site makes people's accounts in, '' if it is none of the identity providers here.
	 * Only there does a username of ours name the person whom we made it for.
	 */
	public static function portal_issuer(): string {
		$all = Providers::usable();
		foreach ( $all as $provider ) {
			if ( 'salesforce' === $provider->text( 'preset' ) ) {
				return $provider->issuer();
			}
		}
		$only = 1 === count( $all ) ? reset( $all ) : null;
		return $only && '' === $only->text( 'preset' ) ? $only->issuer() : '';
	}

	public static function entity_id(): string {
		$own = Settings::text( 'sp_entity_id' );
		return '' !== $own ? $own : self::metadata_url();
	}

	/** These addresses are compared byte by byte elsewhere: no filter of wp_login_url() may touch them. */
	public static function metadata_url(): string {
		return site_url( 'wp-login.php?action=samlforce_metadata' );
	}

	public static function assertion_consumer_url(): string {
		return site_url( 'wp-login.php?action=samlforce_acs' );
	}

	public static function single_logout_url(): string {
		return site_url( 'wp-login.php?action=samlforce_slo' );
	}

	/** @param string $provider its name; '': the first one. */
	public static function login_url( string $redirect_to = '', string $provider = '' ): string {
		$url = site_url( 'wp-login.php?action=samlforce_login' );
		if ( '' !== $provider ) {
			$url = add_query_arg( 'idp', $provider, $url );
		}
		return '' !== $redirect_to ? add_query_arg( 'redirect_to', rawurlencode( $redirect_to ), $url ) : $url;
	}
}
