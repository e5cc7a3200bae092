<?php
/**
 * What comes back from an identity provider at the end of a sign-in: a Response in a form, or an artifact that stands for one.
 *
 * An artifact (saml-bindings-2.0-os §3.6) comes by a link or by a form. The extension fetches the Response for it from the identity provider, server
 * to server, and judges that as it judges one that was posted.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Assertion;
use Samlforce\Saml\Expectation;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\ReplayGuard;
use Samlforce\Saml\Report;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Answer {

	/** A Response is 8 kB as a rule, 14 kB at most of those seen. */
	public const MAX_BYTES = 1048576;

	/** One of SAML 2.0 has 60 characters. */
	private const MAX_ARTIFACT = 128;

	private function __construct( private readonly string $response, public readonly string $artifact, public readonly string $relay_state ) {}

	/** The one of this request; null if it brings none. */
	public static function received(): ?self {
		if ( Input::is_post() ) {
			$response = Input::post( 'SAMLResponse', self::MAX_BYTES );
			return new self( $response, '' === $response ? Input::post( 'SAMLart', self::MAX_ARTIFACT ) : '', Input::post( 'RelayState' ) );
		}
		$artifact = Input::get( 'SAMLart', self::MAX_ARTIFACT );
		return '' !== $artifact ? new self( '', $artifact, Input::get( 'RelayState', 1000 ) ) : null;
	}

	/** @param string $response as it was posted, in base64. */
	public static function posted( string $response, string $relay_state = '' ): self {
		return new self( $response, '', $relay_state );
	}

	public static function by_artifact( string $artifact, string $relay_state = '' ): self {
		return new self( '', $artifact, $relay_state );
	}

	public function is_empty(): bool {
		return '' === $this->response && '' === $this->artifact;
	}

	/** Whether it can be of this identity provider: an artifact says whose it is, by the hash of the entity ID. */
	public function may_be_of( string $issuer ): bool {
		return '' === $this->artifact || substr( (string) base64_decode( $this->artifact, true ), 4, 20 ) === sha1( $issuer, true );
	}

	/**
	 * @param string|null $request_id the ID of the request that it must answer; null for one that nobody asked for.
	 * @throws SamlforceException
	 */
	public function accept( IdentityProvider $idp, ?string $request_id, ReplayGuard $guard, ?Expectation $expectation = null ): Assertion {
		return '' !== $this->artifact
			? Saml::service_provider()->acceptArtifact( $idp, $this->artifact, $request_id, $guard, expectation: $expectation )
			: Saml::service_provider()->acceptLogin( $idp, $this->response, $request_id, $guard, expectation: $expectation );
	}

	/**
	 * The same checks, each told of. An artifact is used up by it.
	 *
	 * @throws SamlforceException
	 */
	public function explain( IdentityProvider $idp, ?string $request_id, ?Expectation $expectation = null ): Report {
		return '' !== $this->artifact
			? Saml::service_provider()->explainArtifact( $idp, $this->artifact, $request_id, expectation: $expectation )
			: Saml::service_provider()->explainLogin( $idp, $this->response, $request_id, expectation: $expectation );
	}
}
