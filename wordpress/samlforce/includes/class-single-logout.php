<?php
/**
 * Single logout: from here to the identity provider, and from there to the sessions that it began here.
 *
 * Logging out here always ends the session here first; whatever becomes of the rest is said. A LogoutRequest ends the sessions of
 * the person and the SessionIndexes that it names, and no others. It comes by the browser (Redirect, POST) or from server to
 * server (SOAP), all to one address.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Binding;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\LogoutRequest;
use Samlforce\Saml\LogoutResponse;
use Samlforce\Saml\LogoutStatus;
use Samlforce\Saml\Message;
use Samlforce\Saml\NameId;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Single_Logout {

	private const MAX_BYTES = 1048576;

	/** saml-core-2.0-os §8.3: who asked for it. */
	private const BY_USER = 'urn:oasis:names:tc:SAML:2.0:logout:user';

	/** Keeps what is pending apart from sign-ins, whose table it shares. */
	private const PENDING = 'logout:';

	public function register(): void {
		// After everybody else who has to do something at a logout: this is where the request ends.
		add_action( 'wp_logout', array( $this, 'leave' ), PHP_INT_MAX );
		add_action( 'login_form_samlforce_slo', array( $this, 'receive' ) );
	}

	/** WordPress has ended the session of this browser. */
	public function leave( $user_id ): void {
		$session = Sessions::take_current( (int) $user_id );
		// Only where a person pressed "Log out": other code that ends a session goes on with its own work.
		if ( ! $session || ! Settings::on( 'single_logout' ) || ! doing_action( 'wp_logout' ) || ! did_action( 'login_form_logout' ) ) {
			return;
		}
		$target = isset( $_REQUEST['redirect_to'] ) && is_string( $_REQUEST['redirect_to'] ) ? wp_unslash( $_REQUEST['redirect_to'] ) : ''; // phpcs:ignore WordPress.Security -- checked by WordPress before, and as a target when it is used.
		try {
			$message = $this->begin( $session, $target, Browser::mark() );
		} catch ( \Throwable $e ) {
			$reference = Sign_In_Log::add( 'warning', $e instanceof SamlException ? $e->reason->value : 'logout', $e->getMessage(), null, null, (int) $user_id );
			Caches::keep_off();
			Login_Page::tell( __( 'Logged out here only', 'samlforce' ), Login_Page::with_reference( self::partly(), $reference ), self::target( $target ), true );
		}
		if ( null !== $message ) {
			Login_Page::go( $message );
		}
	}

	/**
	 * Remembers the request and gives the message to send the browser away with, or null if the identity provider takes no logouts, or is
	 * not in use any more.
	 *
	 * @throws SamlforceException
	 * @throws \RuntimeException
	 */
	public function begin( object $session, string $target, string $browser ): ?Message {
		$idp = Providers::by_issuer( $session->issuer )?->identity_provider();
		if ( ! $idp || ! self::takes_browsers( $idp ) || '' === Settings::text( 'sp_key' ) ) {
			return null;
		}
		$relay_state = bin2hex( random_bytes( 32 ) );
		$message     = Saml::service_provider()->requestLogout(
			$idp,
			new NameId( $session->name_id, $session->name_id_format, $session->name_qualifier, $session->sp_name_qualifier ),
			null !== $session->session_index ? array( $session->session_index ) : array(),
			$relay_state,
			self::BY_USER
		);
		( new Pending_Logins() )->add( self::PENDING . $relay_state, $browser, $message->id, $idp->entityId, $target );
		return $message;
	}

	/** Whether its metadata names an address of logout for browsers. */
	private static function takes_browsers( IdentityProvider $idp ): bool {
		return array() !== array_intersect_key( $idp->endpoints['logout'] ?? array(), array( 'redirect' => '', 'post' => '' ) );
	}

	/** A message from the identity provider, of whatever kind and by whatever binding. */
	public function receive(): void {
		Caches::keep_off();
		$binding = $this->binding();
		try {
			if ( (int) ( $_SERVER['CONTENT_LENGTH'] ?? 0 ) > self::MAX_BYTES ) { // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- a number.
				throw new \LengthException( 'The message was over 1 MiB.' );
			}
			[ $message, $relay_state ] = $this->message( $binding );
			if ( '' === $message ) {
				Login_Page::refuse( __( 'Logging out', 'samlforce' ), __( 'This address takes the logout messages of the portal. To log out, use the link on this site.', 'samlforce' ), 405 );
			}
			$idp     = $this->sender( $binding, $message );
			$pending = ( new Pending_Logins() )->take( self::PENDING . $relay_state, Browser::current() );
			$pending = $pending && $pending->idp === $idp->entityId ? $pending : null;
			$result  = Saml::service_provider()->acceptLogout( $idp, $binding, $message, $pending?->request_id, new Replay_Guard() );
			foreach ( $result->warnings as $warning ) {
				Sign_In_Log::add( 'warning', 'warning', (string) $warning );
			}
			if ( $result instanceof LogoutResponse ) {
				$this->finish( $result, (string) $pending?->target );
			}
			$this->answer( $idp, $result, $relay_state );
		} catch ( SamlforceException | \LengthException | \UnexpectedValueException $e ) {
			$this->refuse( $binding, $e );
		}
	}

	/**
	 * By whose keys the message is judged. Its own word is enough for that: what another one signed does not fit them.
	 *
	 * @throws SamlforceException
	 * @throws \UnexpectedValueException
	 */
	private function sender( Binding $binding, string $message ): IdentityProvider {
		$issuer = ServiceProvider::claimedIssuer( $binding, $message );
		return Providers::by_issuer( $issuer )?->identity_provider() ?? throw new \UnexpectedValueException( 'No identity provider of this name is in use here: ' . $issuer );
	}

	private function binding(): Binding {
		if ( ! Input::is_post() ) {
			return Binding::Redirect;
		}
		$type = is_string( $_SERVER['CONTENT_TYPE'] ?? null ) ? strtolower( trim( strtok( $_SERVER['CONTENT_TYPE'], ';' ) ) ) : ''; // phpcs:ignore WordPress.Security
		return 'text/xml' === $type ? Binding::Soap : Binding::Post;
	}

	/** @return array{string, string} the message and RelayState, as they came. */
	private function message( Binding $binding ): array {
		switch ( $binding ) {
			case Binding::Soap:
				return array( (string) file_get_contents( 'php://input', false, null, 0, self::MAX_BYTES + 1 ), '' );
			case Binding::Post:
				$request = Input::post( 'SAMLRequest', self::MAX_BYTES );
				return array( '' !== $request ? $request : Input::post( 'SAMLResponse', self::MAX_BYTES ), Input::post( 'RelayState' ) );
			default:
				$given = '' !== Input::get( 'SAMLRequest', self::MAX_BYTES ) || '' !== Input::get( 'SAMLResponse', self::MAX_BYTES );
				return array( $given && is_string( $_SERVER['QUERY_STRING'] ?? null ) ? $_SERVER['QUERY_STRING'] : '', Input::get( 'RelayState' ) ); // phpcs:ignore WordPress.Security -- the very bytes are what was signed.
		}
	}

	/** The identity provider asks: its sessions end. */
	private function answer( IdentityProvider $idp, LogoutRequest $request, string $relay_state ): never {
		try {
			$ended  = Sessions::end( $request->issuer, $request->nameId->value, $request->sessionIndexes );
			$status = LogoutStatus::Success;
			/* translators: %d: a number. */
			$words  = sprintf( _n( 'The portal ended %d session.', 'The portal ended %d sessions.', $ended, 'samlforce' ), $ended );
		} catch ( \RuntimeException $e ) {
			$status = LogoutStatus::Failed;
			$words  = $e->getMessage();
		}
		$user_id = Links::find( $request->issuer, $request->nameId->value ) ?? 0;
		Sign_In_Log::add( LogoutStatus::Success === $status ? 'signed out' : 'warning', 'logout', $words, null, null, $user_id );
		if ( Binding::Soap === $request->binding ) {
			$body = Saml::service_provider()->respondLogoutBySoap( $request, $status );
			header( 'Content-Type: text/xml; charset=UTF-8' );
			header( 'X-Content-Type-Options: nosniff' );
			echo $body; // phpcs:ignore WordPress.Security.EscapeOutput -- an XML document, not HTML.
			exit;
		}
		if ( ! self::takes_browsers( $idp ) ) {
			Login_Page::tell( __( 'Logged out', 'samlforce' ), __( 'You are logged out here.', 'samlforce' ), home_url( '/' ) );
		}
		Login_Page::go( Saml::service_provider()->respondLogout( $idp, $request, $status, Binding::Post === $request->binding && '' !== $relay_state ? $relay_state : null ) );
	}

	/** The identity provider answers what was asked here. */
	private function finish( LogoutResponse $response, string $target ): never {
		if ( LogoutStatus::Success === $response->status ) {
			if ( '' !== $target ) {
				wp_safe_redirect( self::target( $target ), 302, 'Samlforce' );
				exit;
			}
			Login_Page::tell( __( 'Logged out', 'samlforce' ), __( 'You are logged out here and at the portal.', 'samlforce' ), home_url( '/' ) );
		}
		$reference = Sign_In_Log::add( 'warning', 'logout_' . $response->status->value, __( 'The portal did not end every session.', 'samlforce' ), trim( $response->statusCode . ' ' . $response->secondStatusCode . ' ' . $response->statusMessage ), LogoutStatus::Success->value );
		Login_Page::tell( __( 'Logged out here only', 'samlforce' ), Login_Page::with_reference( self::partly(), $reference ), self::target( $target ), true );
	}

	private static function partly(): string {
		return __( 'You are logged out here, but not everywhere: the portal, or another site that you reached through it, still knows you. Close all windows of your browser, above all on a shared computer.', 'samlforce' );
	}

	private static function target( string $wanted ): string {
		return wp_validate_redirect( wp_sanitize_redirect( $wanted ), add_query_arg( 'loggedout', 'true', site_url( 'wp-login.php', 'login' ) ) );
	}

	private function refuse( Binding $binding, \Exception $e ): never {
		$reason    = $e instanceof SamlException ? $e->reason->value : match ( $e::class ) {
			\LengthException::class => 'too_large',
			\UnexpectedValueException::class => 'unknown_provider',
			default => 'key',
		};
		$reference = Sign_In_Log::add( 'refused', 'logout_' . $reason, $e->getMessage(), $e instanceof SamlException ? $e->found : null, $e instanceof SamlException ? $e->expected : null );
		if ( Binding::Soap !== $binding ) {
			Login_Page::refuse( __( 'Not logged out', 'samlforce' ), Login_Page::with_reference( __( 'The logout message of the portal could not be accepted. Close all windows of your browser to be sure that nobody goes on with your sessions.', 'samlforce' ), $reference ), 403 );
		}
		// SOAP 1.1 §4.4 and §6.2: a fault is sent with 500. What was wrong stands in our log only.
		status_header( 500 );
		header( 'Content-Type: text/xml; charset=UTF-8' );
		printf( '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>The message was refused. Reference: %s</faultstring></soap:Fault></soap:Body></soap:Envelope>', esc_html( $reference ) );
		exit;
	}
}
