<?php
/**
 * One identity provider, as the administrator described it. Immutable.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Binding;
use Samlforce\Saml\Comparison;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\Message;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Provider {

	/** The name of the first one, which a site has that never asked for a second. */
	public const FIRST = 'main';

	public const DEFAULTS = array(
		'enabled'                          => true,
		'label'                            => '',
		'preset'                           => '',
		'metadata'                         => '',
		'metadata_url'                     => '',
		// Whether that is a metadata query server (MDQ), which is asked for the entity.
		'metadata_query'                   => false,
		// Which entity of the document it is, where there are several.
		'entity_id'                        => '',
		// The certificates that sign what is fetched from there, PEM; '': nobody vouches for it but TLS.
		'metadata_key'                     => '',
		// Whether it is signed by the keys that sign its answers, those that are known.
		'metadata_own_key'                 => false,
		'show_button'                      => true,
		// Domains of addresses whose owners sign in here: it picks the provider, and grants nothing.
		'domains'                          => '',
		'match_attribute'                  => '',
		'create_accounts'                  => false,
		'default_role'                     => 'subscriber',
		'allow_unsolicited'                => false,
		'allow_sha1'                       => false,
		'allow_inclusive_c14n'             => false,
		'allow_root_reference'             => false,
		'allow_rsa15'                      => false,
		'require_authenticated_encryption' => false,
		'clock_skew'                       => 60,
		// What a sign-in asks for.
		'request_binding'                  => '',
		'by_artifact'                      => false,
		'by_index'                         => false,
		'force_authn'                      => false,
		// Minutes; '': as long ago as it may be.
		'max_age'                          => '',
		'authn_contexts'                   => '',
		'authn_comparison'                 => 'exact',
		'authn_order'                      => '',
		'name_id_format'                   => '',
		'provider_name'                    => '',
		'idp_list'                         => '',
		'proxy_count'                      => '',
	);

	private ?IdentityProvider $read = null;

	/**
	 * @param string               $slug   lower-case letters, digits and dashes.
	 * @param array<string, mixed> $values with a value for each of DEFAULTS.
	 * @param list<string>         $fixed  which of them wp-config.php has decided.
	 */
	private function __construct( public readonly string $slug, private readonly array $values, private readonly array $fixed ) {}

	/** @param array<string, mixed> $stored @param array<string, mixed> $decided */
	public static function of( string $slug, array $stored, array $decided = array() ): self {
		$decided = array_intersect_key( $decided, self::DEFAULTS );
		return new self( $slug, array_merge( self::DEFAULTS, array_intersect_key( $stored, self::DEFAULTS ), $decided ), array_keys( $decided ) );
	}

	public static function is_slug( string $slug ): bool {
		return 1 === preg_match( '/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/D', $slug );
	}

	public function text( string $key ): string {
		$value = $this->values[ $key ];
		return is_scalar( $value ) ? trim( (string) $value ) : '';
	}

	public function on( string $key ): bool {
		return (bool) filter_var( $this->values[ $key ], FILTER_VALIDATE_BOOLEAN );
	}

	public function is_fixed( string $key ): bool {
		return in_array( $key, $this->fixed, true );
	}

	/** @return array<string, mixed> */
	public function values(): array {
		return $this->values;
	}

	/** @return list<string> in lower case. */
	public function domains(): array {
		return array_values( array_filter( preg_split( '/[\s,;]+/', strtolower( $this->text( 'domains' ) ) ) ) );
	}

	/** @throws SamlforceException If there is no metadata, or it has expired. */
	public function identity_provider(): IdentityProvider {
		return $this->read ??= $this->read( $this->text( 'metadata' ) );
	}

	/**
	 * Other metadata, with the switches of this provider.
	 *
	 * @throws SamlforceException
	 */
	public function read( string $metadata ): IdentityProvider {
		return IdentityProvider::fromMetadata(
			$metadata,
			allowUnsolicited: $this->on( 'allow_unsolicited' ),
			allowSha1: $this->on( 'allow_sha1' ),
			allowInclusiveC14n: $this->on( 'allow_inclusive_c14n' ),
			allowRootReference: $this->on( 'allow_root_reference' ),
			allowRsa15: $this->on( 'allow_rsa15' ),
			clockSkew: min( 600, max( 0, (int) $this->text( 'clock_skew' ) ) ),
			requireAuthenticatedEncryption: $this->on( 'require_authenticated_encryption' )
		);
	}

	public function is_configured(): bool {
		return $this->on( 'enabled' ) && '' !== $this->text( 'metadata' );
	}

	/** By its address, or by a form. */
	public static function takes_logins( IdentityProvider $idp ): bool {
		return null !== $idp->loginUrl || isset( $idp->endpoints['login']['post'] );
	}

	/** Whether a person can be sent there. */
	public function can_start(): bool {
		try {
			return $this->is_configured() && self::takes_logins( $this->identity_provider() );
		} catch ( SamlforceException ) {
			return false;
		}
	}

	/**
	 * A login request, with what this provider is asked for; the answer is held to it.
	 *
	 * @throws SamlforceException
	 */
	public function request_login( string $relay_state ): Message {
		$given       = fn ( string $key ): ?string => '' !== $this->text( $key ) ? $this->text( $key ) : null;
		$number      = fn ( string $key ): ?int => null !== $given( $key ) ? (int) $given( $key ) : null;
		$by_index    = $this->on( 'by_index' );
		$by_artifact = $this->on( 'by_artifact' );
		$max_age     = $number( 'max_age' );
		return Saml::service_provider()->requestLogin(
			$this->identity_provider(),
			$relay_state,
			forceAuthn: $this->on( 'force_authn' ),
			nameIdFormat: $given( 'name_id_format' ),
			binding: match ( $this->text( 'request_binding' ) ) {
				'redirect' => Binding::Redirect,
				'post'     => Binding::Post,
				default    => null,
			},
			authnContexts: $this->words( 'authn_contexts' ),
			comparison: Comparison::tryFrom( $this->text( 'authn_comparison' ) ) ?? Comparison::Exact,
			authnContextOrder: $this->words( 'authn_order' ),
			maxAge: null !== $max_age ? 60 * $max_age : null,
			providerName: $given( 'provider_name' ),
			proxyCount: $number( 'proxy_count' ),
			idpList: $this->words( 'idp_list' ),
			byArtifact: $by_artifact && ! $by_index,
			// As our metadata has them: there is one address.
			assertionConsumerIndex: $by_index ? (int) $by_artifact : null
		);
	}

	/** @return list<string> what stands in a setting, between its spaces. */
	private function words( string $key ): array {
		return array_values( array_filter( preg_split( '/\s+/', $this->text( $key ) ) ) );
	}

	/** Why an answer by artifact can't be asked about, in a sentence; '' if it can, or none is asked for. */
	public function artifact_trouble(): string {
		if ( ! $this->on( 'by_artifact' ) ) {
			return '';
		}
		if ( '' === Settings::text( 'sp_key' ) ) {
			return __( 'An artifact needs a key that signs our requests: this site asks the identity provider about it with a signature.', 'samlforce' );
		}
		try {
			$services = '' !== $this->text( 'metadata' ) ? $this->identity_provider()->endpoints['artifact'] ?? array() : null;
		} catch ( SamlforceException ) {
			$services = null;
		}
		if ( array() === $services ) {
			return __( 'The metadata of this identity provider names no artifact service: it does not answer by artifacts.', 'samlforce' );
		}
		$allowed = array_filter( preg_split( '/[\s,]+/', strtolower( (string) ini_get( 'samlforce.allowed_hosts' ) ) ) );
		foreach ( $services ?? array() as $url ) {
			$port = (int) ( wp_parse_url( $url, PHP_URL_PORT ) ?? 443 );
			$host = strtolower( (string) wp_parse_url( $url, PHP_URL_HOST ) );
			if ( 'https' !== wp_parse_url( $url, PHP_URL_SCHEME ) ) {
				/* translators: %s: an address. */
				return sprintf( __( 'Artifacts can’t be resolved at %s: it must be an https address.', 'samlforce' ), $url );
			}
			if ( ! array_intersect( 443 === $port ? array( $host, "$host:443" ) : array( "$host:$port" ), $allowed ) ) {
				/* translators: %s: name of a host. */
				return sprintf( __( 'Artifacts can’t be resolved: %s, the host of the artifact service, is not in samlforce.allowed_hosts in php.ini.', 'samlforce' ), 443 === $port ? $host : "$host:$port" );
			}
		}
		return '';
	}

	/** Its entity ID, '' if it can't be read. */
	public function issuer(): string {
		try {
			return '' !== $this->text( 'metadata' ) ? $this->identity_provider()->entityId : '';
		} catch ( SamlforceException ) {
			return '';
		}
	}

	/** What the button on the login page says. */
	public function label(): string {
		$label = $this->text( 'label' );
		if ( '' !== $label ) {
			return $label;
		}
		return self::FIRST === $this->slug
			? __( 'Sign in with Salesforce', 'samlforce' )
			/* translators: %s: short name of an identity provider. */
			: sprintf( __( 'Sign in with %s', 'samlforce' ), ucfirst( str_replace( '-', ' ', $this->slug ) ) );
	}
}
