<?php
/**
 * The fields of an identity provider's page: what they are called, and how what was typed is checked.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\IdentityProvider;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Provider_Fields {

	/** In the order of the page, under their headings. */
	public const SECTIONS = array(
		'source'   => array( 'metadata_url', 'metadata_query', 'entity_id', 'metadata_own_key', 'metadata_key' ),
		'provider' => array( 'preset', 'enabled', 'label', 'show_button', 'domains' ),
		'accounts' => array( 'match_attribute', 'create_accounts', 'default_role' ),
		'request'  => array( 'request_binding', 'by_artifact', 'by_index', 'force_authn', 'max_age', 'authn_contexts', 'authn_comparison', 'authn_order', 'name_id_format', 'provider_name', 'idp_list', 'proxy_count' ),
		'rules'    => array( 'allow_unsolicited', 'clock_skew', 'require_authenticated_encryption' ),
		'old'      => array( 'allow_sha1', 'allow_inclusive_c14n', 'allow_root_reference', 'allow_rsa15' ),
	);

	/** What few need, and so is folded away as long as nothing of it was changed. */
	public const FOLDED = array( 'source', 'request', 'old' );

	/** Whether something of a section is not as it comes. */
	public static function is_used( Provider $provider, string $section ): bool {
		foreach ( self::SECTIONS[ $section ] as $key ) {
			if ( is_bool( Provider::DEFAULTS[ $key ] ) ? $provider->on( $key ) !== Provider::DEFAULTS[ $key ] : $provider->text( $key ) !== (string) Provider::DEFAULTS[ $key ] ) {
				return true;
			}
		}
		return false;
	}

	/** The least and the most of a number. */
	private const NUMBERS = array(
		'clock_skew'  => array( 0, 600 ),
		'max_age'     => array( 0, 525600 ),
		'proxy_count' => array( 0, 100 ),
	);

	/** Of a list of URIs. */
	private const MOST_URIS = array(
		'authn_contexts' => 16,
		'authn_order'    => 16,
		'idp_list'       => 32,
	);

	/** @return array{int, int}|null the least and the most of a number, null of anything else. */
	public static function range( string $key ): ?array {
		return self::NUMBERS[ $key ] ?? null;
	}

	/** @return array<string, string> what can be chosen; none: it is no choice. */
	public static function choices( string $key ): array {
		return match ( $key ) {
			'request_binding'  => array(
				''         => __( 'as its metadata offers it', 'samlforce' ),
				'redirect' => __( 'by a link (Redirect)', 'samlforce' ),
				'post'     => __( 'by a form (POST)', 'samlforce' ),
			),
			'authn_comparison' => array(
				'exact'   => __( 'one of these', 'samlforce' ),
				'minimum' => __( 'one of these, or a stronger one', 'samlforce' ),
				'better'  => __( 'stronger than all of these', 'samlforce' ),
				'maximum' => __( 'no stronger than one of these', 'samlforce' ),
			),
			default            => array(),
		};
	}

	public static function heading( string $section ): string {
		return match ( $section ) {
			'source'   => __( 'Where its metadata is published', 'samlforce' ),
			'provider' => __( 'In general', 'samlforce' ),
			'accounts' => __( 'Accounts', 'samlforce' ),
			'request'  => __( 'What is asked for', 'samlforce' ),
			'rules'    => __( 'What is accepted', 'samlforce' ),
			default    => __( 'For old identity providers', 'samlforce' ),
		};
	}

	public static function label( string $key ): string {
		return match ( $key ) {
			'preset'                           => __( 'Product', 'samlforce' ),
			'metadata_url'                     => __( 'Address', 'samlforce' ),
			'metadata_query'                   => __( 'Query server', 'samlforce' ),
			'entity_id'                        => __( 'Entity ID', 'samlforce' ),
			'metadata_own_key'                 => __( 'Signed by itself', 'samlforce' ),
			'metadata_key'                     => __( 'Signed by', 'samlforce' ),
			'enabled'                          => __( 'In use', 'samlforce' ),
			'label'                            => __( 'Words on the button', 'samlforce' ),
			'show_button'                      => __( 'Button', 'samlforce' ),
			'domains'                          => __( 'Domains of addresses', 'samlforce' ),
			'match_attribute'                  => __( 'Attribute with the address', 'samlforce' ),
			'create_accounts'                  => __( 'New accounts', 'samlforce' ),
			'default_role'                     => __( 'Role of new accounts', 'samlforce' ),
			'request_binding'                  => __( 'People are sent there', 'samlforce' ),
			'by_artifact'                      => __( 'Artifact', 'samlforce' ),
			'by_index'                         => __( 'Where the answer comes', 'samlforce' ),
			'force_authn'                      => __( 'Always ask for the password', 'samlforce' ),
			'max_age'                          => __( 'Signed in at most', 'samlforce' ),
			'authn_contexts'                   => __( 'Ways of signing in', 'samlforce' ),
			'authn_comparison'                 => __( 'Which of them', 'samlforce' ),
			'authn_order'                      => __( 'The weakest first', 'samlforce' ),
			'name_id_format'                   => __( 'Format of the name', 'samlforce' ),
			'provider_name'                    => __( 'Name of this site', 'samlforce' ),
			'idp_list'                         => __( 'Behind a proxy', 'samlforce' ),
			'proxy_count'                      => __( 'Over proxies', 'samlforce' ),
			'allow_unsolicited'                => __( 'Start at the portal', 'samlforce' ),
			'clock_skew'                       => __( 'Clocks may differ by', 'samlforce' ),
			'require_authenticated_encryption' => __( 'Encryption', 'samlforce' ),
			'allow_sha1'                       => __( 'SHA-1', 'samlforce' ),
			'allow_inclusive_c14n'             => __( 'Inclusive canonicalisation', 'samlforce' ),
			'allow_root_reference'             => __( 'Reference without a name', 'samlforce' ),
			'allow_rsa15'                      => __( 'RSA 1.5', 'samlforce' ),
			default                            => $key,
		};
	}

	public static function help( string $key ): string {
		return match ( $key ) {
			'preset'                           => __( 'What to click there is then shown above, and the switches that it needs are set when you save.', 'samlforce' ),
			'metadata_url'                     => __( 'If it is given, the metadata is fetched from there every day or as often as it asks for, https only. A new key is taken over and told to you; what looks like somebody else’s waits until you accept it. If empty, you give new metadata here yourself.', 'samlforce' ),
			'metadata_query'                   => __( 'It is a metadata query server (MDQ): ask it for the entity ID below', 'samlforce' ),
			'entity_id'                        => __( 'Of the identity provider; needed for a query server and where the document has several.', 'samlforce' ),
			'metadata_own_key'                 => __( 'It must be signed by a key that is known already, as ADFS and Entra ID do', 'samlforce' ),
			'metadata_key'                     => __( 'The certificate of whoever publishes it, a federation say (PEM): only what it has signed is taken. If empty, TLS alone vouches for it.', 'samlforce' ),
			'enabled'                          => __( 'People can sign in by this identity provider', 'samlforce' ),
			'label'                            => __( 'What the button on the login page says.', 'samlforce' ),
			'show_button'                      => __( 'Show a button on the login page; without it, the link and the domains work all the same', 'samlforce' ),
			'domains'                          => __( 'Whoever types an address of one of these domains on the login page is sent here. Separated by spaces or commas. It only finds the way: what an address is worth is decided under the rules for accounts.', 'samlforce' ),
			'match_attribute'                  => __( 'An account here whose address stands in this attribute is linked at the first sign-in, "email" at Salesforce. Only if the identity provider has checked its addresses. If empty, only accounts that are linked already are found. Accounts that manage this site are never linked this way.', 'samlforce' ),
			'create_accounts'                  => __( 'Make an account here for whoever signs in at the portal and has none', 'samlforce' ),
			'default_role'                     => '',
			'force_authn'                      => __( 'Ask the identity provider to let people sign in anew each time (ForceAuthn), and refuse an answer that does not say so', 'samlforce' ),
			'request_binding'                  => '',
			'by_artifact'                      => __( 'The browser brings a reference alone, and this site fetches the answer itself, from server to server: give the identity provider our metadata anew, and name the host of its artifact service in samlforce.allowed_hosts in php.ini', 'samlforce' ),
			'by_index'                         => __( 'Say it by the index that our metadata has for it (AssertionConsumerServiceIndex), for an identity provider that takes no address from a request', 'samlforce' ),
			'max_age'                          => __( 'minutes ago. If not empty: an answer of somebody who typed the password longer ago is refused.', 'samlforce' ),
			'authn_contexts'                   => __( 'If not empty: the AuthnContextClassRef that an answer must carry; several are separated by spaces. "https://refeds.org/profile/mfa", say.', 'samlforce' ),
			'authn_comparison'                 => __( 'An answer is held to it.', 'samlforce' ),
			'authn_order'                      => __( 'For everything but "one of these": all ways of signing in that the identity provider has, separated by spaces, since SAML does not say which is stronger.', 'samlforce' ),
			'name_id_format'                   => __( 'If not empty: the format of the NameID, a URI, which an answer must have; "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", say.', 'samlforce' ),
			'provider_name'                    => __( 'If not empty: what the identity provider may call this site when it shows its page.', 'samlforce' ),
			'idp_list'                         => __( 'If it is a proxy: the entity IDs of the identity providers behind it that people may choose from, separated by spaces (Scoping).', 'samlforce' ),
			'proxy_count'                      => __( 'If not empty: over how many proxies the question may go, 0 to 100; 0 for none.', 'samlforce' ),
			'allow_unsolicited'                => __( 'Accept people who start at the portal and not here (IdP-initiated). It can’t be told then which browser asked for the sign-in.', 'samlforce' ),
			'clock_skew'                       => __( 'seconds, 0 to 600.', 'samlforce' ),
			'require_authenticated_encryption' => __( 'Refuse an encrypted answer that nothing authenticates (AES-CBC in an unsigned Response, which ADFS and Entra ID send as they come)', 'samlforce' ),
			'allow_sha1'                       => __( 'Accept signatures with SHA-1. Only for an old identity provider that can’t do better.', 'samlforce' ),
			'allow_inclusive_c14n'             => __( 'Accept inclusive canonicalisation beside the exclusive one.', 'samlforce' ),
			'allow_root_reference'             => __( 'Accept a signature that names no ID and means the whole message.', 'samlforce' ),
			'allow_rsa15'                      => __( 'Accept content keys that are wrapped by RSA 1.5.', 'samlforce' ),
			default                            => '',
		};
	}

	/**
	 * What was typed into a field, made clean.
	 *
	 * @throws \InvalidArgumentException With the sentence for the administrator.
	 */
	public static function clean( string $key, string $value ): mixed {
		if ( is_bool( Provider::DEFAULTS[ $key ] ) ) {
			return (bool) filter_var( $value, FILTER_VALIDATE_BOOLEAN );
		}
		if ( 'metadata_key' === $key ) {
			return self::certificates( trim( $value ) );
		}
		$value = sanitize_text_field( $value );
		if ( 'metadata_url' === $key && '' !== $value && ! preg_match( '~^https://[^\s/?#@]+(?:[/?][^\s#]*)?$~D', $value ) ) {
			throw new \InvalidArgumentException( __( 'The address of the metadata was not changed: it must begin with https://.', 'samlforce' ) );
		}
		$range = self::range( $key );
		if ( null !== $range && ( '' !== $value || '' !== Provider::DEFAULTS[ $key ] ) ) {
			if ( ! ctype_digit( $value ) || strlen( $value ) > 6 || (int) $value < $range[0] || (int) $value > $range[1] ) {
				/* translators: 1: name of a setting, 2: a number, 3: a number. */
				throw new \InvalidArgumentException( sprintf( __( '"%1$s" was not changed: it is a number from %2$d to %3$d.', 'samlforce' ), self::label( $key ), $range[0], $range[1] ) );
			}
			return (int) $value;
		}
		if ( self::choices( $key ) ) {
			$value = '' !== $value ? $value : Provider::DEFAULTS[ $key ];
			if ( ! isset( self::choices( $key )[ $value ] ) ) {
				/* translators: %s: name of a setting. */
				throw new \InvalidArgumentException( sprintf( __( '"%s" was not changed: there is no such choice.', 'samlforce' ), self::label( $key ) ) );
			}
			return $value;
		}
		if ( 'preset' === $key && '' !== $value && null === Presets::find( $value ) ) {
			throw new \InvalidArgumentException( __( 'The product was not changed: nothing is known of this one.', 'samlforce' ) );
		}
		if ( 'default_role' === $key && ! Settings_Fields::is_allowed_role( $value ) ) {
			throw new \InvalidArgumentException( __( 'The role of new accounts was not changed: a role that manages the site is not given to whoever signs in at the portal.', 'samlforce' ) );
		}
		if ( 'name_id_format' === $key || isset( self::MOST_URIS[ $key ] ) ) {
			return self::uris( $key, $value, self::MOST_URIS[ $key ] ?? 1 );
		}
		if ( 'provider_name' === $key ) {
			return mb_strcut( $value, 0, 256, 'UTF-8' );
		}
		if ( 'domains' === $key ) {
			return self::domains( $value );
		}
		return $value;
	}

	/** @throws \InvalidArgumentException */
	private static function certificates( string $value ): string {
		try {
			if ( '' !== $value ) {
				new IdentityProvider( 'https://metadata.example', Metadata_Upkeep::certificates( $value ) );
			}
		} catch ( SamlforceException $e ) {
			/* translators: %s: a sentence that says what is wrong. */
			throw new \InvalidArgumentException( sprintf( __( 'The certificate of the publisher was not changed: %s', 'samlforce' ), $e->getMessage() ) );
		}
		return $value;
	}

	/** @throws \InvalidArgumentException */
	private static function uris( string $key, string $value, int $most ): string {
		$uris = array_values( array_unique( array_filter( preg_split( '/\s+/', $value ) ) ) );
		foreach ( $uris as $uri ) {
			if ( strlen( $uri ) > 1024 || ! preg_match( '/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/D', $uri ) ) {
				/* translators: 1: name of a setting, 2: what was typed. */
				throw new \InvalidArgumentException( sprintf( __( '"%1$s" was not changed: "%2$s" is no URI.', 'samlforce' ), self::label( $key ), $uri ) );
			}
		}
		if ( count( $uris ) > $most ) {
			/* translators: 1: name of a setting, 2: a number. */
			throw new \InvalidArgumentException( sprintf( __( '"%1$s" was not changed: %2$d at most.', 'samlforce' ), self::label( $key ), $most ) );
		}
		return implode( ' ', $uris );
	}

	/**
	 * What of these settings can't be together, in a sentence; '' if all can.
	 *
	 * @param array<string, mixed> $values with a value for each of Provider::DEFAULTS.
	 */
	public static function contradiction( array $values ): string {
		$words   = static fn ( string $key ): array => array_filter( preg_split( '/\s+/', (string) $values[ $key ] ) );
		$unknown = array_diff( $words( 'authn_contexts' ), $words( 'authn_order' ) );
		if ( 'exact' === $values['authn_comparison'] || ! $unknown ) {
			return '';
		}
		/* translators: 1: name of a setting, 2: name of a setting, 3: a URI. */
		return sprintf( __( 'The ways of signing in were not changed: for "%1$s" the list "%2$s" must have %3$s too, or it can’t be told what is stronger.', 'samlforce' ), self::choices( 'authn_comparison' )[ $values['authn_comparison'] ] ?? '', self::label( 'authn_order' ), reset( $unknown ) );
	}

	/** @throws \InvalidArgumentException */
	private static function domains( string $value ): string {
		$domains = array();
		foreach ( array_filter( preg_split( '/[\s,;]+/', strtolower( $value ) ) ) as $typed ) {
			$domain = ltrim( $typed, '@' );
			if ( ! preg_match( '/^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/D', $domain ) ) {
				/* translators: %s: what was typed. */
				throw new \InvalidArgumentException( sprintf( __( 'The domains were not changed: "%s" is none. Write them like example.org.', 'samlforce' ), $typed ) );
			}
			$domains[ $domain ] = true;
		}
		return implode( ' ', array_keys( $domains ) );
	}
}
