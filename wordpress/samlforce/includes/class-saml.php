<?php
/**
 * This site and its identity provider, as the settings describe them.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\ServiceProvider;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Saml {

	/** @throws SamlforceException If there is no metadata, or it has expired. */
	public static function identity_provider(): IdentityProvider {
		return self::read( Settings::text( 'idp_metadata' ) );
	}

	/** @throws SamlforceException */
	public static function read( string $metadata ): IdentityProvider {
		return IdentityProvider::fromMetadata(
			$metadata,
			allowUnsolicited: Settings::on( 'allow_unsolicited' ),
			allowSha1: Settings::on( 'allow_sha1' )
		);
	}

	/** @throws SamlforceException */
	public static function service_provider(): ServiceProvider {
		$key = Settings::text( 'sp_key' );
		return new ServiceProvider( self::entity_id(), self::assertion_consumer_url(), '' !== $key ? $key : null );
	}

	public static function is_configured(): bool {
		return '' !== Settings::text( 'idp_metadata' );
	}

	/** Whether a person can be sent to the identity provider. */
	public static function can_start(): bool {
		try {
			return self::is_configured() && null !== self::identity_provider()->loginUrl;
		} catch ( SamlforceException ) {
			return false;
		}
	}

	/** The identity provider's name, '' if there is none. */
	public static function issuer(): string {
		try {
			return self::is_configured() ? self::identity_provider()->entityId : '';
		} catch ( SamlforceException ) {
			return '';
		}
	}

	public static function entity_id(): string {
		$own = Settings::text( 'sp_entity_id' );
		return '' !== $own ? $own : self::metadata_url();
	}

	/** The three addresses are compared byte by byte elsewhere: no filter of wp_login_url() may touch them. */
	public static function metadata_url(): string {
		return site_url( 'wp-login.php?action=samlforce_metadata' );
	}

	public static function assertion_consumer_url(): string {
		return site_url( 'wp-login.php?action=samlforce_acs' );
	}

	public static function login_url( string $redirect_to = '' ): string {
		$url = site_url( 'wp-login.php?action=samlforce_login' );
		return '' !== $redirect_to ? add_query_arg( 'redirect_to', rawurlencode( $redirect_to ), $url ) : $url;
	}
}
