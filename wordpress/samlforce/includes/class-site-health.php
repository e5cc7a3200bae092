<?php
/**
 * Site Health: what an administrator should know before a person complains.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Keyring;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Site_Health {

	private const WARN_BEFORE_EXPIRY = 30 * DAY_IN_SECONDS;
	private const BACKLOG            = HOUR_IN_SECONDS;
	/** Without a good refresh, and before its end. */
	private const OLD_METADATA       = 7 * DAY_IN_SECONDS;
	private const METADATA_ENDS      = 3 * DAY_IN_SECONDS;
	/** Seconds that are worth a word, though within what is allowed. */
	private const CLOCK_OFF          = 20;

	public function register(): void {
		add_filter( 'site_status_tests', array( $this, 'add_tests' ) );
		add_filter( 'debug_information', array( $this, 'add_information' ) );
		// The page makes the action's name out of the test's by replacing the first underscore.
		add_action( 'wp_ajax_health-check-samlforce-salesforce', array( $this, 'answer_salesforce' ) );
	}

	public function add_tests( $tests ) {
		foreach ( array(
			'keys'        => __( 'Samlforce: keys', 'samlforce' ),
			'certificate' => __( 'Samlforce: certificates', 'samlforce' ),
			'metadata'    => __( 'Samlforce: metadata', 'samlforce' ),
			'clock'       => __( 'Samlforce: clock', 'samlforce' ),
			'artifacts'   => __( 'Samlforce: artifacts', 'samlforce' ),
			'outbox'      => __( 'Samlforce: outbox', 'samlforce' ),
			'memory'      => __( 'Samlforce: protection of keys', 'samlforce' ),
		) as $name => $label ) {
			$tests['direct'][ 'samlforce_' . $name ] = array(
				'label' => $label,
				'test'  => array( $this, $name ),
			);
		}
		$tests['async']['samlforce_salesforce'] = array(
			'label'             => __( 'Samlforce: Salesforce', 'samlforce' ),
			'test'              => 'samlforce_salesforce',
			'has_rest'          => false,
			'async_direct_test' => array( $this, 'salesforce' ),
		);
		return $tests;
	}

	/** Every key that the settings name is there. */
	public function keys(): array {
		$missing = array();
		foreach ( array( 'sp_key', 'sp_decryption_key', 'sf_key', 'vault_key' ) as $setting ) {
			$name = Settings::text( $setting );
			if ( '' !== $name && ! Keyring::has( $name ) ) {
				/* translators: 1: name of a key, 2: name of a setting. */
				$missing[] = sprintf( __( '"%1$s" (%2$s)', 'samlforce' ), $name, Settings_Fields::label( $setting ) );
			}
		}
		if ( $missing ) {
			/* translators: %s: list of keys. */
			return $this->result( 'keys', 'critical', __( 'A key that Samlforce needs is missing', 'samlforce' ), sprintf( __( 'PHP has not loaded %s. Look into the folder that samlforce.keyring in php.ini names, and into PHP’s error log, which says what was refused and why. Then restart PHP.', 'samlforce' ), implode( ', ', $missing ) ) );
		}
		if ( Registration::is_on() && '' === Settings::text( 'vault_key' ) ) {
			return $this->result( 'keys', 'critical', __( 'Nobody can register', 'samlforce' ), __( 'Registration is switched on, but no key is chosen that seals passwords: see Settings, Samlforce, Registration.', 'samlforce' ) );
		}
		return $this->result( 'keys', 'good', __( 'Samlforce has its keys', 'samlforce' ), __( 'Every key that the settings name was loaded by PHP.', 'samlforce' ) );
	}

	public function certificate(): array {
		if ( ! Saml::is_configured() ) {
			return $this->result( 'certificate', 'recommended', __( 'No identity provider is set up', 'samlforce' ), __( 'Nobody can sign in by SAML before the metadata of the identity provider is given under Settings, Samlforce.', 'samlforce' ) );
		}
		$first = null;
		foreach ( Providers::usable() as $provider ) {
			try {
				$certificates = $provider->identity_provider()->certificates();
			} catch ( SamlforceException $e ) {
				/* translators: 1: the words on an identity provider's button, 2: a sentence that says what is wrong. */
				return $this->result( 'certificate', 'critical', __( 'Nobody can sign in by SAML', 'samlforce' ), sprintf( __( '%1$s: %2$s', 'samlforce' ), $provider->label(), $e->getMessage() ) );
			}
			$ends = array_filter( array_column( $certificates, 'notAfter' ), 'is_int' );
			$last = $ends && count( $ends ) === count( $certificates ) ? max( $ends ) : null;
			if ( null !== $last && ( null === $first || $last < $first[0] ) ) {
				$first = array( $last, $provider->label() );
			}
		}
		if ( null !== $first && $first[0] < time() + self::WARN_BEFORE_EXPIRY ) {
			/* translators: 1: the words on an identity provider's button, 2: when the certificate ends. */
			return $this->result( 'certificate', 'recommended', __( 'An identity provider’s certificate ends soon', 'samlforce' ), sprintf( __( '%1$s: the last certificate is %2$s. Its key stays trusted, but the identity provider will change it: give the new metadata under Settings, Samlforce when there is one, or nobody can sign in from then on.', 'samlforce' ), $first[1], Settings_Page::expiry( $first[0] ) ) );
		}
		return $this->result(
			'certificate',
			'good',
			__( 'The identity providers’ certificates are in order', 'samlforce' ),
			/* translators: %s: when the certificate ends. */
			null === $first ? __( 'None of them has an end.', 'samlforce' ) : sprintf( __( 'The first that ends: %s.', 'samlforce' ), Settings_Page::expiry( $first[0] ) )
		);
	}

	/** Of the identity providers whose metadata is fetched. */
	public function metadata(): array {
		foreach ( array_filter( Providers::usable(), array( Metadata_Upkeep::class, 'has_source' ) ) as $provider ) {
			$state = Metadata_Upkeep::state( $provider->slug );
			if ( is_array( $state['held'] ) && ! $state['held']['refused'] ) {
				/* translators: %s: the words on an identity provider's button. */
				return $this->result( 'metadata', 'critical', __( 'New metadata of an identity provider waits for you', 'samlforce' ), sprintf( __( '%s publishes metadata that changes something which a person should see. Accept or refuse it on its page under Settings, Samlforce.', 'samlforce' ), $provider->label() ) );
			}
			if ( null !== $state['valid_until'] && $state['valid_until'] < time() + self::METADATA_ENDS ) {
				/* translators: 1: the words on an identity provider's button, 2: what went wrong last. */
				return $this->result( 'metadata', 'critical', __( 'The metadata of an identity provider ends soon', 'samlforce' ), sprintf( __( '%1$s: nobody can sign in when it has ended and no newer one could be fetched. %2$s', 'samlforce' ), $provider->label(), $state['problem'] ) );
			}
			if ( $state['checked'] > 0 && $state['good'] < time() - self::OLD_METADATA ) {
				/* translators: 1: the words on an identity provider's button, 2: what went wrong last. */
				return $this->result( 'metadata', 'recommended', __( 'The metadata of an identity provider could not be renewed for long', 'samlforce' ), sprintf( __( '%1$s: what is known stays in use, but a new key would not be noticed. %2$s', 'samlforce' ), $provider->label(), $state['problem'] ) );
			}
		}
		return $this->result( 'metadata', 'good', __( 'The identity providers’ metadata is up to date', 'samlforce' ), __( 'What comes from an address was fetched in time, and nothing waits for a person.', 'samlforce' ) );
	}

	/** What this server has to ask identity providers itself. */
	public function artifacts(): array {
		foreach ( Providers::usable() as $provider ) {
			$trouble = $provider->artifact_trouble();
			if ( '' !== $trouble ) {
				/* translators: 1: the words on an identity provider's button, 2: a sentence that says what is wrong. */
				return $this->result( 'artifacts', 'critical', __( 'Nobody can sign in by an artifact', 'samlforce' ), sprintf( __( '%1$s: %2$s', 'samlforce' ), $provider->label(), $trouble ) );
			}
		}
		return $this->result( 'artifacts', 'good', __( 'Artifacts can be resolved, or none are asked for', 'samlforce' ), __( 'Every artifact service that is needed is one that this server may ask.', 'samlforce' ) );
	}

	/** By what the servers of the metadata said the time is: nobody else is asked. */
	public function clock(): array {
		foreach ( array_filter( Providers::usable(), array( Metadata_Upkeep::class, 'has_source' ) ) as $provider ) {
			$off = Metadata_Upkeep::state( $provider->slug )['clock'];
			if ( null === $off || abs( $off ) < self::CLOCK_OFF ) {
				continue;
			}
			/* translators: 1: number of seconds, 2: the words on an identity provider's button. */
			$sentence = sprintf( __( 'This server’s clock and the one at %2$s differ by %1$d seconds. An answer is refused where it is too old or from the future: set the clock by NTP.', 'samlforce' ), abs( $off ), $provider->label() );
			return abs( $off ) > (int) $provider->text( 'clock_skew' )
				? $this->result( 'clock', 'critical', __( 'The clock of this server is wrong', 'samlforce' ), $sentence )
				: $this->result( 'clock', 'recommended', __( 'The clock of this server is a little off', 'samlforce' ), $sentence );
		}
		return $this->result( 'clock', 'good', __( 'The clock of this server is right', 'samlforce' ), __( 'No server that metadata is fetched from shows another time.', 'samlforce' ) );
	}

	public function outbox(): array {
		$counts = ( new Outbox() )->counts();
		$since  = ( new Outbox() )->waiting_since();
		$pause  = Outbox_Worker::pause();
		if ( $pause ) {
			return $this->result( 'outbox', 'critical', __( 'Samlforce sends nothing to Salesforce at the moment', 'samlforce' ), $pause['sentence'] );
		}
		if ( $counts['blocked'] ) {
			/* translators: %d: number of entries. */
			return $this->result( 'outbox', 'critical', __( 'Something for Salesforce needs you', 'samlforce' ), sprintf( _n( '%d entry can’t go on without a person: see Settings, Samlforce, Status.', '%d entries can’t go on without a person: see Settings, Samlforce, Status.', $counts['blocked'], 'samlforce' ), $counts['blocked'] ) );
		}
		if ( null !== $since && $since < time() - self::BACKLOG ) {
			/* translators: %s: a span of time. */
			return $this->result( 'outbox', 'recommended', __( 'Something has been waiting for Salesforce for long', 'samlforce' ), sprintf( __( 'The oldest entry has waited for %s. If WP-Cron is off on this site (DISABLE_WP_CRON), let the server’s cron call wp-cron.php every minute.', 'samlforce' ), human_time_diff( $since ) ) );
		}
		return $this->result( 'outbox', 'good', __( 'Nothing is stuck on its way to Salesforce', 'samlforce' ), __( 'No entry of the outbox waits for a person, and none has waited for long.', 'samlforce' ) );
	}

	/** Keys are safe from PHP only where the worker gave up its rights: then the kernel hides its memory from itself. */
	public function memory(): array {
		$handle = @fopen( '/proc/self/mem', 'rb' ); // phpcs:ignore
		if ( $handle ) {
			fclose( $handle ); // phpcs:ignore WordPress.WP.AlternativeFunctions
			return $this->result( 'memory', 'recommended', __( 'PHP code can read the memory of its own process', 'samlforce' ), __( 'Code that was smuggled into the site could look for the keys in memory. Start PHP-FPM’s master as root, let its workers run as another user, and keep process.dumpable = no.', 'samlforce' ) );
		}
		if ( extension_loaded( 'ffi' ) && filter_var( ini_get( 'ffi.enable' ), FILTER_VALIDATE_BOOLEAN ) ) {
			return $this->result( 'memory', 'recommended', __( 'FFI is switched on for this site', 'samlforce' ), __( 'With FFI, code that was smuggled into the site can read any memory, and with it the keys. Take ffi.enable out of php.ini, whose default (preload) shuts it for web requests, and restart PHP.', 'samlforce' ) );
		}
		return $this->result( 'memory', 'good', __( 'The keys are out of reach of PHP code', 'samlforce' ), __( 'The kernel does not let PHP open the memory of its own process.', 'samlforce' ) );
	}

	public function salesforce(): array {
		if ( ! Connection::is_configured() && ! Registration::is_on() ) {
			return $this->result( 'salesforce', 'good', __( 'The connection to Salesforce is not used', 'samlforce' ), __( 'Registration is switched off.', 'samlforce' ) );
		}
		[ $works, $sentence ] = Connection::test();
		return $works
			? $this->result( 'salesforce', 'good', __( 'Salesforce can be reached', 'samlforce' ), $sentence )
			: $this->result( 'salesforce', 'critical', __( 'Salesforce can’t be reached', 'samlforce' ), $sentence );
	}

	public function answer_salesforce(): void {
		check_ajax_referer( 'health-check-site-status' );
		if ( ! current_user_can( 'view_site_health_checks' ) ) {
			wp_send_json_error();
		}
		wp_send_json_success( $this->salesforce() );
	}

	private function result( string $test, string $status, string $label, string $sentence ): array {
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Samlforce', 'samlforce' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( $sentence ) . '</p>',
			'actions'     => sprintf( '<p><a href="%s">%s</a></p>', esc_url( Settings_Page::url( 'outbox' === $test ? 'status' : 'sign-in' ) ), esc_html__( 'Samlforce settings', 'samlforce' ) ),
			'test'        => 'samlforce_' . $test,
		);
	}

	public function add_information( $information ) {
		$counts = ( new Outbox() )->counts();
		$fields = array(
			'plugin'    => array( __( 'Plugin', 'samlforce' ), SAMLFORCE_VERSION, false ),
			'extension' => array( __( 'Extension', 'samlforce' ), (string) phpversion( 'samlforce' ), false ),
			'keys'      => array( __( 'Keys', 'samlforce' ), implode( ', ', Keyring::names() ), true ),
			'issuer'    => array( __( 'Identity providers', 'samlforce' ), implode( ', ', array_map( static fn ( Provider $provider ): string => $provider->issuer(), Providers::usable() ) ), true ),
			'metadata'  => array( __( 'Metadata of identity providers', 'samlforce' ), implode( '; ', array_map( array( Metadata_Panel::class, 'summary' ), Providers::all() ) ), true ),
			'entity'    => array( __( 'Entity ID of this site', 'samlforce' ), Saml::entity_id(), true ),
			'host'      => array( __( 'Login host', 'samlforce' ), Settings::text( 'sf_login_host' ), true ),
			'user'      => array( __( 'Integration user', 'samlforce' ), Settings::text( 'sf_username' ), true ),
			'consumer'  => array( __( 'Consumer key', 'samlforce' ), '' !== Settings::text( 'sf_consumer_key' ) ? __( 'set', 'samlforce' ) : __( 'not set', 'samlforce' ), false ),
			'journey'   => array( __( 'Registration', 'samlforce' ), Registration::is_on() ? __( 'on', 'samlforce' ) : __( 'off', 'samlforce' ), false ),
			'outbox'    => array( __( 'Outbox', 'samlforce' ), implode( ', ', array_map( static fn ( $state, $n ) => "$state: $n", array_keys( $counts ), $counts ) ), false ),
		);
		$information['samlforce'] = array(
			'label'  => __( 'Samlforce', 'samlforce' ),
			'fields' => array_map(
				static fn ( array $field ): array => array(
					'label'   => $field[0],
					'value'   => $field[1],
					'private' => $field[2],
				),
				$fields
			),
		);
		return $information;
	}
}
