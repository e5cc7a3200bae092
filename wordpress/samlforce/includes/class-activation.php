<?php
/**
 * The link that confirms an address, its page, and the gate before the login.
 *
 * The link only shows a button: what scans mails opens links, but presses nothing.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Activation {

	private const LIFETIME = 2 * DAY_IN_SECONDS;

	/** New links within an hour: for one address, and for one caller. */
	private const RESENDS_PER_ADDRESS = 3;
	private const RESENDS_PER_CALLER  = 10;

	public function register(): void {
		add_action( 'login_form_samlforce_activate', array( $this, 'page' ) );
		// After everything else: only who has shown the right password learns that the account waits.
		add_filter( 'authenticate', array( $this, 'refuse_unconfirmed' ), 99 );
		add_action( 'profile_update', array( $this, 'confirm_new_address' ), 10, 2 );
		add_filter( 'wp_is_application_passwords_available_for_user', array( $this, 'no_application_passwords' ), 10, 2 );
	}

	public function refuse_unconfirmed( $user ) {
		if ( ! $user instanceof \WP_User || ! Account::is_unconfirmed( $user->ID ) ) {
			return $user;
		}
		return new \WP_Error(
			'samlforce_unconfirmed',
			sprintf(
				/* translators: %s: address of a page. */
				__( '<strong>Your account is not active yet.</strong> Open the link in the mail that we sent you, or <a href="%s">ask for a new link</a>.', 'samlforce' ),
				esc_url( self::url() )
			)
		);
	}

	/**
	 * The address was corrected before it was confirmed: the link in the old mailbox must not confirm the new one, and
	 * Salesforce must not keep the old one, to which it would send a new password to whoever asks for it.
	 */
	public function confirm_new_address( int $user_id, $before ): void {
		$user = get_userdata( $user_id );
		if ( ! $user || ! $before instanceof \WP_User || $before->user_email === $user->user_email || ! Account::is_unconfirmed( $user_id ) ) {
			return;
		}
		$old = Account::username( $user_id );
		$new = Account::username_for( $user->user_email );
		if ( $old !== $new ) {
			Links::remove_name( Saml::portal_issuer(), $old, $user_id );
			update_user_meta( $user_id, Account::USERNAME, $new );
		}
		// The User isn't active yet, so the same upsert as before may be made again. Activation waits for it.
		( new Outbox() )->put( $user_id, Outbox::REGISTER, 'pending' );
		Schedule::run_after_response();
		self::send_link( $user_id );
	}

	public function no_application_passwords( $available, $user ) {
		return $user instanceof \WP_User && Account::is_unconfirmed( $user->ID ) ? false : $available;
	}

	public static function url( array $arguments = array() ): string {
		return add_query_arg( array( 'action' => 'samlforce_activate' ) + $arguments, site_url( 'wp-login.php', 'login' ) );
	}

	/** Makes a new key, which replaces the one before, and mails it. */
	public static function send_link( int $user_id ): bool {
		$user = get_userdata( $user_id );
		if ( ! $user ) {
			return false;
		}
		$key = bin2hex( random_bytes( 32 ) );
		update_user_meta(
			$user_id,
			Account::ACTIVATION,
			array(
				'hash'    => self::hash( $key, $user->user_email ),
				'expires' => time() + self::LIFETIME,
			)
		);

		$switched = switch_to_locale( get_user_locale( $user ) );
		$site     = wp_specialchars_decode( get_option( 'blogname' ), ENT_QUOTES );
		$name     = trim( $user->first_name . ' ' . $user->last_name );
		// Anybody can make us write to anybody: their words don't go into the mail, nor an address of a page.
		if ( mb_strlen( $name ) > 60 || preg_match( '~[/:@\\\\]|www|\.\w~iu', $name ) ) {
			$name = '';
		}
		$message  = sprintf(
			/* translators: 1: name of the person, 2: name of the site, 3: address of a page, 4: number of hours. */
			__(
				'Hello %1$s,

somebody, probably you, has registered with this address at %2$s.

To activate the account, open this link and press the button there:

%3$s

The link works once, for %4$d hours. If it wasn’t you, do nothing: without the link the account stays switched off.',
				'samlforce'
			),
			'' !== $name ? $name : $user->user_login,
			$site,
			self::url(
				array(
					'user' => $user_id,
					// Not "key": WordPress takes any page of its login with that for a password reset.
					'code' => $key,
				)
			),
			self::LIFETIME / HOUR_IN_SECONDS
		);
		$sent = wp_mail(
			$user->user_email,
			sprintf(
				/* translators: %s: name of the site. */
				__( '[%s] Please confirm your address', 'samlforce' ),
				$site
			),
			$message
		);
		if ( $switched ) {
			restore_previous_locale();
		}
		return (bool) $sent;
	}

	/**
	 * What a link is worth: 'valid', 'done' (used before, and the account is active), 'expired' or 'invalid'.
	 */
	public static function judge( int $user_id, string $key ): string {
		$user   = get_userdata( $user_id );
		$stored = get_user_meta( $user_id, Account::ACTIVATION, true );
		if ( ! $user || ! is_array( $stored ) || ! isset( $stored['hash'], $stored['expires'] ) || ! hash_equals( (string) $stored['hash'], self::hash( $key, $user->user_email ) ) ) {
			return 'invalid';
		}
		if ( ! Account::is_unconfirmed( $user_id ) ) {
			return 'done';
		}
		return $stored['expires'] >= time() ? 'valid' : 'expired';
	}

	/**
	 * The address is confirmed. Each step may be repeated: after a crash in the middle the link still works.
	 */
	public static function confirm( int $user_id ): void {
		$outbox = new Outbox();
		if ( ! $outbox->release_held( $user_id, Outbox::ACTIVATE ) && ! $outbox->row_of( $user_id, Outbox::ACTIVATE ) ) {
			// The rows got lost (a restored backup, a full disk): without a sealed password the person is asked for one by mail.
			$outbox->put( $user_id, Outbox::ACTIVATE, 'pending' );
			if ( ! $outbox->row_of( $user_id, Outbox::REGISTER ) && ! get_user_meta( $user_id, Account::USER_ID, true ) ) {
				$outbox->put( $user_id, Outbox::REGISTER, 'pending' );
			}
		}
		// The last step, and the hash stays: so a second visit can be told that all is well.
		update_user_meta( $user_id, Account::STATUS, 'confirmed' );
		Schedule::run_after_response();

		/** After a person has confirmed the address. */
		do_action( 'samlforce_confirmed', $user_id );
	}

	public function page(): void {
		Caches::keep_off();
		header( 'Referrer-Policy: no-referrer' );

		if ( Input::is_post() && '' !== Input::post( 'samlforce_email' ) ) {
			$this->resend( Input::post( 'samlforce_email', 200 ) );
			return;
		}

		$user_id = (int) ( Input::is_post() ? Input::post( 'user', 20 ) : Input::get( 'user', 20 ) );
		$key     = Input::is_post() ? Input::post( 'code', 64 ) : Input::get( 'code', 64 );
		if ( 0 === $user_id && '' === $key ) {
			$this->show_resend_form( __( 'Ask for a new link', 'samlforce' ), '', __( 'Type the address that you registered with, and we send you a new link.', 'samlforce' ) );
			return;
		}

		switch ( self::judge( $user_id, $key ) ) {
			case 'valid':
				if ( ! Input::is_post() ) {
					$this->show_button( $user_id, $key );
					return;
				}
				self::confirm( $user_id );
				$this->show_done( __( 'Your account is active.', 'samlforce' ) );
				return;
			case 'done':
				$this->show_done( __( 'This link has been used already: your account is active.', 'samlforce' ) );
				return;
			case 'expired':
				$this->show_resend_form( __( 'This link has expired', 'samlforce' ), __( 'This link has expired: it works for 48 hours.', 'samlforce' ), __( 'Type the address that you registered with, and we send you a new link.', 'samlforce' ) );
				return;
			default:
				$this->show_resend_form( __( 'This link does not work', 'samlforce' ), __( 'This link does not work: it is incomplete, or a newer one has replaced it.', 'samlforce' ), __( 'Type the address that you registered with, and we send you a new link.', 'samlforce' ) );
		}
	}

	/** One answer for every address, and the mail after the answer: neither shows whether there is an account. */
	private function resend( string $email ): void {
		$answer = __( 'If an account with this address waits for its activation, a new link is on its way. Please look into your mailbox.', 'samlforce' );
		self::resend_to( $email );
		login_header( __( 'A new link', 'samlforce' ), '<p class="message">' . esc_html( $answer ) . '</p>' );
		$this->print_nav();
		login_footer();
		exit;
	}

	/** Whether it was within the limits. */
	private static function resend_to( string $email ): bool {
		$user = get_user_by( 'email', $email );
		// The database finds an address in many spellings (capitals, accents, spaces around it): what counts is whose mailbox it is.
		if ( ! self::may_resend( $user ? $user->user_email : trim( $email ) ) ) {
			return false;
		}
		if ( $user && Account::is_unconfirmed( $user->ID ) ) {
			Schedule::after_response( static fn () => self::send_link( $user->ID ) );
		}
		return true;
	}

	public static function may_resend( string $email ): bool {
		// The caller first: who has asked too often neither uses up what others may ask for, nor fills the table of options.
		return Rate_Limit::allows( 'c' . Rate_Limit::caller(), self::RESENDS_PER_CALLER ) && Rate_Limit::allows( 'a' . strtolower( $email ), self::RESENDS_PER_ADDRESS );
	}

	/** Over the address too: the key confirms that one and no other. */
	private static function hash( string $key, string $email ): string {
		return hash( 'sha256', $key . $email );
	}

	private function show_button( int $user_id, string $key ): never {
		login_header( __( 'Activate your account', 'samlforce' ), '<p class="message">' . esc_html__( 'One more step: press the button to activate your account.', 'samlforce' ) . '</p>' );
		?>
		<form name="samlforce_activate" id="samlforce_activate" action="<?php echo esc_url( self::url() ); ?>" method="post">
			<input type="hidden" name="user" value="<?php echo esc_attr( (string) $user_id ); ?>" />
			<input type="hidden" name="code" value="<?php echo esc_attr( $key ); ?>" />
			<p><?php echo esc_html( sprintf( /* translators: %s: an email address. */ __( 'Your address: %s', 'samlforce' ), get_userdata( $user_id )->user_email ) ); ?></p>
			<br class="clear" />
			<p class="submit">
				<input type="submit" class="button button-primary button-large" value="<?php esc_attr_e( 'Activate my account', 'samlforce' ); ?>" />
			</p>
		</form>
		<?php
		login_footer();
		exit;
	}

	private function show_done( string $sentence ): never {
		login_header( __( 'Your account is active', 'samlforce' ), '<p class="message">' . esc_html( $sentence ) . ' ' . esc_html__( 'You can sign in now. At the portal it may take a minute.', 'samlforce' ) . '</p>' );
		printf( '<p class="samlforce-next"><a class="button button-primary button-large" href="%s">%s</a></p>', esc_url( wp_login_url() ), esc_html__( 'Log in', 'samlforce' ) );
		login_footer();
		exit;
	}

	private function show_resend_form( string $title, string $error, string $message ): never {
		login_header( $title, '<p class="message">' . esc_html( $message ) . '</p>', '' !== $error ? new \WP_Error( 'samlforce_link', esc_html( $error ) ) : null );
		?>
		<form name="samlforce_resend" id="samlforce_resend" action="<?php echo esc_url( self::url() ); ?>" method="post">
			<p>
				<label for="samlforce_email"><?php esc_html_e( 'Email', 'samlforce' ); ?></label>
				<input type="email" name="samlforce_email" id="samlforce_email" class="input" value="" size="25" maxlength="200" autocomplete="email" required="required" />
			</p>
			<p class="submit">
				<input type="submit" class="button button-primary button-large" value="<?php esc_attr_e( 'Send me a new link', 'samlforce' ); ?>" />
			</p>
		</form>
		<?php
		$this->print_nav();
		login_footer( 'samlforce_email' );
		exit;
	}

	private function print_nav(): void {
		printf( '<p id="nav"><a class="wp-login-log-in" href="%s">%s</a></p>', esc_url( wp_login_url() ), esc_html__( 'Log in', 'samlforce' ) );
	}
}
