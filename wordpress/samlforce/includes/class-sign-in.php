<?php
/**
 * Sign-in by SAML: the button, the way there, and the Response that comes back.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Assertion;
use Samlforce\Saml\Expectation;
use Samlforce\Saml\Message;
use Samlforce\Saml\Reason;
use Samlforce\Saml\SamlException;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Sign_In {

	/** Artifacts that nobody asked for, and that this site so asks the identity provider about: of one address, in an hour. */
	private const MAX_UNASKED = 60;

	public function register(): void {
		add_action( 'login_form', array( $this, 'print_button' ) );
		add_action( 'login_enqueue_scripts', array( $this, 'enqueue' ) );
		add_filter( 'wp_login_errors', array( $this, 'say_portal_session' ) );
		add_action( 'login_form_samlforce_login', array( $this, 'start' ) );
		add_action( 'login_form_samlforce_acs', array( $this, 'finish' ) );
		add_action( 'login_form_samlforce_metadata', array( $this, 'print_metadata' ) );
	}

	public function enqueue(): void {
		wp_enqueue_style( 'samlforce-login', plugins_url( 'assets/login.css', SAMLFORCE_FILE ), array( 'login' ), SAMLFORCE_VERSION );
	}

	public function print_button(): void {
		$startable = Providers::startable();
		$buttons   = array_filter( $startable, static fn ( Provider $provider ): bool => $provider->on( 'show_button' ) );
		$by_domain = array_filter( $startable, static fn ( Provider $provider ): bool => array() !== $provider->domains() );
		if ( ! $buttons && ! $by_domain ) {
			return;
		}
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended, WordPress.Security.ValidatedSanitizedInput -- where to go, checked when it is used.
		$target  = isset( $_REQUEST['redirect_to'] ) && is_string( $_REQUEST['redirect_to'] ) ? wp_unslash( $_REQUEST['redirect_to'] ) : '';
		$interim = isset( $_REQUEST['interim-login'] ); // phpcs:ignore WordPress.Security.NonceVerification.Recommended
		printf( '<div class="samlforce-sign-in"><span class="samlforce-or">%s</span>', esc_html__( 'or', 'samlforce' ) );
		foreach ( $buttons as $provider ) {
			printf(
				'<a class="button button-large" href="%s"%s>%s</a>',
				esc_url( Saml::login_url( $target, count( $startable ) > 1 ? $provider->slug : '' ) ),
				// The identity provider's page doesn't show in the small window "your session has expired".
				$interim ? ' target="_blank" rel="noopener"' : '', // phpcs:ignore WordPress.Security.EscapeOutput -- one of two texts of ours.
				esc_html( $provider->label() )
			);
		}
		if ( $by_domain ) {
			printf( '<a class="samlforce-by-address" href="%s"%s>%s</a>', esc_url( add_query_arg( 'by', 'address', Saml::login_url( $target ) ) ), $interim ? ' target="_blank" rel="noopener"' : '', esc_html__( 'Sign in with the address of your organisation', 'samlforce' ) );
		}
		echo '</div>';
	}

	public function say_portal_session( $errors ) {
		if ( $errors instanceof \WP_Error && in_array( 'loggedout', $errors->get_error_codes(), true ) && Saml::is_configured() ) {
			$errors->add( 'samlforce_portal', esc_html__( 'You may still be signed in at the portal. On a shared computer, sign out there too.', 'samlforce' ), 'message' );
		}
		return $errors;
	}

	public function print_metadata(): void {
		Caches::keep_off();
		try {
			$xml = Saml::metadata( '1' === Input::get( 'signed', 1 ) && '' !== Settings::text( 'sp_key' ) );
		} catch ( SamlforceException $e ) {
			Login_Page::refuse( __( 'No metadata', 'samlforce' ), __( 'The metadata of this site can’t be shown at the moment: see Settings, Samlforce.', 'samlforce' ), 500 );
		}
		header( 'Content-Type: application/samlmetadata+xml; charset=UTF-8' );
		header( 'X-Content-Type-Options: nosniff' );
		header( 'Content-Disposition: ' . ( '1' === Input::get( 'download', 1 ) ? 'attachment' : 'inline' ) . '; filename="' . sanitize_file_name( (string) wp_parse_url( site_url(), PHP_URL_HOST ) ) . '-metadata.xml"' );
		echo $xml; // phpcs:ignore WordPress.Security.EscapeOutput -- an XML document, not HTML.
		exit;
	}

	/** To the identity provider. */
	public function start(): void {
		Caches::keep_off();
		$link_user = 0;
		if ( '1' === Input::get( 'link', 1 ) ) {
			if ( ! is_user_logged_in() || ! wp_verify_nonce( Input::get( '_wpnonce', 40 ), 'samlforce_link' ) ) {
				Login_Page::refuse( __( 'Not linked', 'samlforce' ), __( 'To link your account, press the button on your profile page again.', 'samlforce' ), 403 );
			}
			$link_user = get_current_user_id();
		}
		if ( 'address' === Input::get( 'by', 10 ) ) {
			$this->ask_for_address();
		}
		$slug     = Input::get( 'idp', 40 );
		$provider = '' !== $slug ? ( Providers::startable()[ $slug ] ?? null ) : Providers::first();
		if ( '' !== $slug && ! $provider ) {
			Login_Page::refuse( __( 'Sign-in is not possible', 'samlforce' ), __( 'This link names an identity provider that this site does not have. Please start at the login page.', 'samlforce' ), 404 );
		}
		try {
			$message = $this->begin( Input::get( 'redirect_to' ), Browser::mark(), $link_user, $provider );
		} catch ( \Throwable $e ) {
			$reference = Sign_In_Log::add( 'refused', $e instanceof SamlException ? $e->reason->value : 'start_failed', $e->getMessage() );
			Login_Page::refuse( __( 'Sign-in is not possible', 'samlforce' ), Login_Page::with_reference( __( 'Signing in at the portal is not possible at the moment.', 'samlforce' ), $reference ), 500 );
		}
		Login_Page::go( $message );
	}

	/** A form for an address, whose domain says where its owner signs in; goes on there when it was sent. */
	private function ask_for_address(): void {
		$target  = Input::get( 'redirect_to' );
		$address = Input::post( 'samlforce_address', 320 );
		$errors  = new \WP_Error();
		if ( '' !== $address ) {
			$provider = Providers::by_address( $address );
			if ( $provider ) {
				wp_safe_redirect( Saml::login_url( $target, $provider->slug ), 302, 'Samlforce' );
				exit;
			}
			$errors->add( 'samlforce', esc_html__( 'No organisation of this site has such addresses. Please check the address, or sign in with your password.', 'samlforce' ) );
		}
		login_header( __( 'Sign in', 'samlforce' ), '', $errors );
		?>
		<form action="<?php echo esc_url( add_query_arg( 'by', 'address', Saml::login_url( $target ) ) ); ?>" method="post">
			<p>
				<label for="samlforce_address"><?php esc_html_e( 'Your e-mail address', 'samlforce' ); ?></label>
				<input type="email" class="input" id="samlforce_address" name="samlforce_address" size="20" maxlength="320" autocomplete="email" required="required" value="<?php echo esc_attr( $address ); ?>" />
			</p>
			<p class="submit"><input type="submit" class="button button-primary button-large" value="<?php esc_attr_e( 'Continue', 'samlforce' ); ?>" /></p>
		</form>
		<p id="nav"><a href="<?php echo esc_url( wp_login_url( $target ) ); ?>"><?php esc_html_e( 'To the login page', 'samlforce' ); ?></a></p>
		<?php
		login_footer( 'samlforce_address' );
		exit;
	}

	/**
	 * Remembers the request and gives the message to send the browser with.
	 *
	 * @param Provider|null $provider null: the first one.
	 * @throws SamlforceException
	 * @throws \RuntimeException
	 */
	public function begin( string $target, string $browser, int $link_user = 0, ?Provider $provider = null ): Message {
		$provider ??= Providers::first() ?? throw new \RuntimeException( 'There is no identity provider that people can be sent to.' );
		$relay_state = bin2hex( random_bytes( 32 ) );
		$message     = $provider->request_login( $relay_state );
		( new Pending_Logins() )->add( $relay_state, $browser, $message->id, $provider->issuer(), $target, $link_user, (string) $message->expectation );
		return $message;
	}

	/** Back from the identity provider: a POST from another site, with no cookie but our own; or a link, where the answer is an artifact. */
	public function finish(): void {
		Caches::keep_off();
		$answer = Answer::received();
		if ( ! $answer ) {
			Login_Page::refuse( __( 'Sign-in', 'samlforce' ), __( 'This address takes the answer of the portal. To sign in, start at the login page.', 'samlforce' ), 405 );
		}
		if ( (int) ( $_SERVER['CONTENT_LENGTH'] ?? 0 ) > Answer::MAX_BYTES ) { // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- a number.
			$reference = Sign_In_Log::add( 'refused', Reason::TooLarge->value, 'The POST was over 1 MiB.' );
			Login_Page::refuse( __( 'Not signed in', 'samlforce' ), Login_Page::with_reference( __( 'The answer of the portal was too large.', 'samlforce' ), $reference ), 413 );
		}
		try {
			[ $user, $target, $assertion ] = $this->accept( $answer, Browser::current() );
			Sessions::open( $user, $assertion );
		} catch ( Sign_In_Refused $e ) {
			$reference = Sign_In_Log::add( 'refused', $e->reason, '' !== $e->detail ? $e->detail : $e->getMessage(), $e->found, $e->expected, $e->user_id );
			Login_Page::refuse( __( 'Not signed in', 'samlforce' ), Login_Page::with_reference( $e->getMessage(), $reference ), 403 );
		}
		/** This action is documented in wp-includes/user.php */
		do_action( 'wp_login', $user->user_login, $user );
		Sign_In_Log::add( 'signed in', '', __( 'Signed in.', 'samlforce' ), null, null, $user->ID );
		wp_safe_redirect( $this->target_for( $user, $target ), 302, 'Samlforce' );
		exit;
	}

	/**
	 * Judges an answer. Nobody is signed in here.
	 *
	 * @return array{\WP_User, string, Assertion} who it is, where that person wanted to go, and what the identity provider said.
	 * @throws Sign_In_Refused
	 */
	public function accept( Answer $answer, string $browser ): array {
		if ( $answer->is_empty() ) {
			throw new Sign_In_Refused( __( 'The portal’s answer was empty. Please start again at the login page.', 'samlforce' ), 'no_response' );
		}
		$pending = ( new Pending_Logins() )->take( $answer->relay_state, $browser );
		try {
			$assertion = $pending ? $this->accept_answer( $answer, $pending ) : $this->accept_unasked( $answer );
		} catch ( SamlException $e ) {
			throw new Sign_In_Refused( $this->sentence( $e, (bool) $pending ), $e->reason->value, $e->getMessage(), $e->found, $e->expected );
		} catch ( SamlforceException $e ) {
			throw new Sign_In_Refused( __( 'Signing in at the portal is not possible at the moment.', 'samlforce' ), 'key', $e->getMessage() );
		}

		$finder = new Account_Finder( $assertion->issuer );
		$user   = $pending && $pending->link_user ? $finder->link( $assertion, (int) $pending->link_user ) : $finder->find( $assertion );

		/** This filter is documented in wp-includes/user.php: it is where other plugins refuse an account. */
		$checked = apply_filters( 'wp_authenticate_user', $user, '' );
		if ( is_wp_error( $checked ) ) {
			throw new Sign_In_Refused( wp_strip_all_tags( $checked->get_error_message() ), 'refused_by_site', '', (string) $checked->get_error_code(), null, $user->ID );
		}
		$this->note( $assertion, $user );
		$user = $finder->settle( $assertion, $user );

		// Of a Response that nobody asked for, RelayState is at most a wish, which is checked like any other address.
		return array( $user, $pending ? $pending->target : $answer->relay_state, $assertion );
	}

	/**
	 * It must come from the identity provider that this browser was sent to, and from no other one that is trusted as well.
	 *
	 * @throws SamlforceException
	 * @throws Sign_In_Refused
	 */
	private function accept_answer( Answer $answer, object $pending ): Assertion {
		$provider = Providers::by_issuer( $pending->idp );
		if ( ! $provider ) {
			throw new Sign_In_Refused( __( 'The settings of this site changed meanwhile. Please start again at the login page.', 'samlforce' ), 'idp_changed', '', Providers::first()?->issuer(), $pending->idp );
		}
		// Nothing stands there if the sign-in was started before the plugin was updated: nothing was asked for then.
		return $answer->accept( $provider->identity_provider(), $pending->request_id, new Replay_Guard(), '' !== $pending->expectation ? Expectation::fromString( $pending->expectation ) : null );
	}

	/**
	 * Nobody asked for it: it is tried with each identity provider that may begin by itself. At most one of them can have signed it.
	 * What is said of a refusal is what the one says whose signature it bears, or the first one.
	 *
	 * @throws SamlforceException
	 * @throws Sign_In_Refused
	 */
	private function accept_unasked( Answer $answer ): Assertion {
		$usable = Providers::usable();
		if ( ! $usable ) {
			throw new Sign_In_Refused( __( 'Signing in at the portal is not possible at the moment.', 'samlforce' ), 'no_provider', __( 'No identity provider is set up and in use.', 'samlforce' ) );
		}
		$may_begin = array_filter( $usable, static fn ( Provider $provider ): bool => $provider->on( 'allow_unsolicited' ) && $answer->may_be_of( $provider->issuer() ) );
		if ( $may_begin && '' !== $answer->artifact && ! Rate_Limit::allows( 'artifact ' . Rate_Limit::caller(), self::MAX_UNASKED ) ) {
			throw new Sign_In_Refused( __( 'Signing in is not possible at the moment. Please try again in a minute.', 'samlforce' ), 'too_many', __( 'Too many artifacts that nobody asked for came from this address within an hour.', 'samlforce' ) );
		}
		$refusal = null;
		foreach ( $may_begin ? $may_begin : array_slice( $usable, 0, 1 ) as $provider ) {
			try {
				return $answer->accept( $provider->identity_provider(), null, new Replay_Guard() );
			} catch ( SamlException $e ) {
				$refusal ??= $e;
				if ( ! in_array( $e->reason, array( Reason::SignatureInvalid, Reason::AlgorithmRefused, Reason::IssuerMismatch, Reason::DecryptionFailed, Reason::MetadataExpired ), true ) ) {
					throw $e;
				}
			}
		}
		throw $refusal;
	}

	public function target_for( \WP_User $user, string $wanted ): string {
		$default = $user->has_cap( 'edit_posts' ) ? admin_url() : ( $user->has_cap( 'read' ) ? admin_url( 'profile.php' ) : home_url() );
		$target  = '' !== $wanted ? wp_validate_redirect( wp_sanitize_redirect( $wanted ), $default ) : $default;
		// Whom WordPress would send away from the dashboard is not sent there.
		if ( admin_url() === $target ) {
			$target = $default;
		}
		/** This filter is documented in wp-login.php */
		$target = apply_filters( 'login_redirect', $target, $wanted, $user );
		return is_string( $target ) && '' !== $target ? wp_validate_redirect( $target, $default ) : $default;
	}

	private function note( Assertion $assertion, \WP_User $user ): void {
		foreach ( $assertion->warnings as $warning ) {
			Sign_In_Log::add( 'warning', 'warning', (string) $warning, null, null, $user->ID );
		}
	}

	private function sentence( SamlException $e, bool $was_pending ): string {
		return match ( $e->reason ) {
			Reason::Replayed => __( 'This sign-in was used already. Please start again at the login page.', 'samlforce' ),
			Reason::Unsolicited, Reason::InResponseToMismatch => $was_pending
				? __( 'The portal’s answer belongs to another sign-in. Please start again at the login page.', 'samlforce' )
				: __( 'This sign-in took too long, or was started in another browser. Please start again at the login page.', 'samlforce' ),
			Reason::Expired, Reason::NotYetValid, Reason::SessionExpired => __( 'The portal’s answer is not valid at this time. Please start again at the login page.', 'samlforce' ),
			Reason::StatusNotSuccess => __( 'The portal did not sign you in. Please try again there.', 'samlforce' ),
			Reason::ArtifactUnresolved => __( 'The portal does not know of this sign-in any more. Please start again at the login page.', 'samlforce' ),
			Reason::BackChannelFailed => __( 'The portal could not be asked about this sign-in. Please try again in a minute.', 'samlforce' ),
			Reason::ReplayGuardFailed => __( 'Signing in is not possible at the moment. Please try again in a minute.', 'samlforce' ),
			default => __( 'The portal’s answer could not be accepted. Please try again, or tell the owner of this site.', 'samlforce' ),
		};
	}
}
