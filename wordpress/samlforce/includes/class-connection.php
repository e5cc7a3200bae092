<?php
/**
 * The way to Salesforce's API, as the settings describe it.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Keyring;
use Samlforce\KeyringException;
use Samlforce\SamlforceException;
use Samlforce\Salesforce\Client;
use Samlforce\Salesforce\Credentials;
use Samlforce\Salesforce\Reason;
use Samlforce\Salesforce\SalesforceException;

defined( 'ABSPATH' ) || exit;

final class Connection {

	/** What must be filled in before a call can be made. */
	private const NEEDED = array( 'sf_login_host', 'sf_consumer_key', 'sf_username', 'sf_key' );

	/** What registration needs besides. */
	private const NEEDED_TO_REGISTER = array( 'sf_account_id', 'sf_profile_id', 'sf_external_id_field' );

	public static function is_configured(): bool {
		return ! self::missing( self::NEEDED );
	}

	/** What is still to be filled in before people can be registered, as one sentence, or ''. */
	public static function what_is_missing(): string {
		$missing = self::missing( array_merge( self::NEEDED, self::NEEDED_TO_REGISTER ) );
		if ( ! $missing ) {
			return '';
		}
		return sprintf(
			/* translators: %s: comma-separated list of names of settings. */
			__( 'The connection to Salesforce is not set up yet. Fill in under Settings, Samlforce, Salesforce: %s.', 'samlforce' ),
			implode( ', ', array_map( array( Settings_Fields::class, 'label' ), $missing ) )
		);
	}

	/** @throws SamlforceException */
	public static function client( int $timeout_ms = 15000 ): Client {
		return new Client( self::credentials(), Settings::text( 'sf_api_version' ), $timeout_ms );
	}

	/** With one token for all workers and machines, where there is a key to seal it with. */
	private static function credentials(): Credentials {
		$audience    = Settings::text( 'sf_audience' );
		$credentials = Credentials::jwtBearer(
			Settings::text( 'sf_login_host' ),
			Settings::text( 'sf_consumer_key' ),
			Settings::text( 'sf_username' ),
			Settings::text( 'sf_key' ),
			'' !== $audience ? $audience : null
		);
		$key = Settings::text( 'vault_key' );
		return '' !== $key && Keyring::has( $key ) ? $credentials->sharedBy( new Token_Store(), $key ) : $credentials;
	}

	/** Calls Salesforce once and says in one sentence how that went. @return array{bool, string} */
	public static function test(): array {
		$missing = self::what_is_missing();
		if ( '' !== $missing ) {
			return array( false, $missing );
		}
		try {
			$limits = self::client( 10000 )->limits();
		} catch ( SamlforceException $e ) {
			return array( false, self::explain( $e ) );
		} catch ( \Throwable $e ) {
			return array( false, $e->getMessage() );
		}
		$daily = is_array( $limits['DailyApiRequests'] ?? null ) ? $limits['DailyApiRequests'] : array();
		if ( ! isset( $daily['Max'], $daily['Remaining'] ) ) {
			return array( true, __( 'Salesforce answered: the connection works.', 'samlforce' ) );
		}
		return array(
			true,
			sprintf(
				/* translators: 1: number of calls left, 2: number of calls a day. */
				__( 'Salesforce answered: the connection works. Today %1$s of %2$s API requests are left.', 'samlforce' ),
				number_format_i18n( (int) $daily['Remaining'] ),
				number_format_i18n( (int) $daily['Max'] )
			),
		);
	}

	/** The extension's own sentence, and where it helps the one thing to do. */
	public static function explain( SamlforceException $e ): string {
		$next = '';
		if ( $e instanceof SalesforceException ) {
			$limit = match ( $e->errorCode ) {
				'REQUEST_LIMIT_EXCEEDED'  => __( 'The org has used up its API requests of the last 24 hours.', 'samlforce' ),
				'LICENSE_LIMIT_EXCEEDED'  => __( 'The org has no user licence left: free one, or buy more.', 'samlforce' ),
				'STORAGE_LIMIT_EXCEEDED'  => __( 'The org’s storage is full.', 'samlforce' ),
				'API_CURRENTLY_DISABLED'  => __( 'The API is switched off for the org or for the integration user.', 'samlforce' ),
				'ORG_LOCKED'              => __( 'Salesforce has locked the org.', 'samlforce' ),
				default                   => '',
			};
			if ( '' !== $limit ) {
				/* translators: 1: our own sentence, 2: Salesforce's words. */
				return sprintf( __( '%1$s (Salesforce says: %2$s)', 'samlforce' ), $limit, $e->getMessage() );
			}
			$next = match ( $e->reason ) {
				Reason::HostNotAllowed => __( 'Add the host to samlforce.allowed_hosts in php.ini and restart PHP.', 'samlforce' ),
				Reason::Tls            => __( 'Check the host name, and that the server has up-to-date CA certificates.', 'samlforce' ),
				Reason::Unreachable    => __( 'Check the host name, and that this server may open connections to it.', 'samlforce' ),
				Reason::Authentication => __( 'Check the consumer key, the user and that the connected app has the certificate of this key and admits this user.', 'samlforce' ),
				default                => '',
			};
		} elseif ( $e instanceof KeyringException ) {
			$next = __( 'Choose a key that PHP loaded from samlforce.keyring.', 'samlforce' );
		}
		return trim( rtrim( $e->getMessage() ) . ' ' . $next );
	}

	/** @return list<string> */
	private static function missing( array $keys ): array {
		return array_values( array_filter( $keys, static fn ( string $key ): bool => '' === Settings::text( $key ) ) );
	}
}
