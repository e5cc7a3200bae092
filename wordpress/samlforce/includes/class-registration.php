<?php
/**
 * Registration on wp-login.php and on the administrator's Add User page.
 *
 * The password is looked at in one method a page, sealed there, and forgotten: nothing that runs later in the request,
 * this plugin's code or another's, finds it in the form.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Registration {

	private ?Sealed_Registration $sealed = null;

	/** WordPress's own hash of the password that was chosen. */
	private string $hash = '';

	public static function is_on(): bool {
		return Settings::on( 'registration' ) && ! is_multisite();
	}

	public function register(): void {
		// Only on the page itself: whatever else calls register_new_user() has no password to give.
		add_action( 'login_form_register', array( $this, 'on_registration_page' ) );
		add_filter( 'wp_login_errors', array( $this, 'say_check_your_mail' ) );

		add_action( 'user_new_form', array( $this, 'print_add_user_fields' ) );
		add_action( 'user_profile_update_errors', array( $this, 'check_added_user' ), 9999, 3 );
		add_action( 'edit_user_created_user', array( $this, 'send_mail' ) );

		add_action( 'user_register', array( $this, 'enter' ), 1 );
		add_filter( 'wp_send_new_user_notification_to_user', array( $this, 'replace_notification' ), 10, 2 );
	}

	public function on_registration_page(): void {
		if ( ! self::is_on() ) {
			return;
		}
		add_action( 'register_form', array( $this, 'print_fields' ) );
		add_action( 'login_enqueue_scripts', array( $this, 'enqueue' ) );
		add_filter( 'registration_errors', array( $this, 'check' ), 9999, 3 );
		add_action( 'register_new_user', array( $this, 'send_mail' ), 5 );
	}

	public function enqueue(): void {
		Password_Page::enqueue( array( 'login', 'dashicons' ) );
	}

	public function print_fields(): void {
		?>
		<p>
			<label for="samlforce_first_name"><?php esc_html_e( 'First name', 'samlforce' ); ?></label>
			<input type="text" name="samlforce_first_name" id="samlforce_first_name" class="input" value="<?php echo esc_attr( Input::post( 'samlforce_first_name', 200 ) ); ?>" size="25" maxlength="40" autocomplete="given-name" />
		</p>
		<p>
			<label for="samlforce_last_name"><?php esc_html_e( 'Last name', 'samlforce' ); ?></label>
			<input type="text" name="samlforce_last_name" id="samlforce_last_name" class="input" value="<?php echo esc_attr( Input::post( 'samlforce_last_name', 400 ) ); ?>" size="25" maxlength="80" autocomplete="family-name" required="required" />
		</p>
		<div class="user-pass-wrap">
			<label for="samlforce_password"><?php esc_html_e( 'Password', 'samlforce' ); ?></label>
			<div class="wp-pwd">
				<input type="password" name="samlforce_password" id="samlforce_password" class="input password-input" value="" size="20" maxlength="1024" autocomplete="new-password" spellcheck="false" aria-describedby="samlforce-hints" required="required" />
				<button type="button" class="button button-secondary wp-hide-pw hide-if-no-js" id="samlforce-reveal" aria-pressed="false" aria-label="<?php esc_attr_e( 'Show password', 'samlforce' ); ?>">
					<span class="dashicons dashicons-visibility" aria-hidden="true"></span>
				</button>
			</div>
		</div>
		<?php Password_Page::print_hints( 'samlforce_password' ); ?>
		<div class="user-pass-wrap">
			<label for="samlforce_password_again"><?php esc_html_e( 'The same password again', 'samlforce' ); ?></label>
			<div class="wp-pwd">
				<input type="password" name="samlforce_password_again" id="samlforce_password_again" class="input password-input" value="" size="20" maxlength="1024" autocomplete="new-password" spellcheck="false" aria-describedby="samlforce-differs" required="required" />
			</div>
		</div>
		<p class="samlforce-differs" id="samlforce-differs" aria-live="polite" hidden><?php esc_html_e( 'The two passwords differ.', 'samlforce' ); ?></p>
		<?php
	}

	/**
	 * The last filter before WordPress makes the account: everything else has had its say.
	 *
	 * @param mixed $errors
	 */
	public function check( $errors, $login, $email ) {
		$errors   = $errors instanceof \WP_Error ? $errors : new \WP_Error();
		$password = Input::post( 'samlforce_password', 4096 );
		$again    = Input::post( 'samlforce_password_again', 4096 );
		Input::forget_post( 'samlforce_password', 'samlforce_password_again' );

		if ( ! hash_equals( $password, $again ) ) {
			$errors->add( 'samlforce_password_differs', '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html__( 'The two passwords differ. Please type the same one twice.', 'samlforce' ) );
		}
		$this->sealed = Sealed_Registration::seal(
			$password,
			(string) $email,
			sanitize_text_field( Input::post( 'samlforce_first_name', 200 ) ),
			sanitize_text_field( Input::post( 'samlforce_last_name', 400 ) ),
			$errors
		);
		// WordPress hashes passwords with the slashes that it puts before quotes, at the login too.
		$this->hash = $this->sealed ? wp_hash_password( wp_slash( $password ) ) : '';
		return $errors;
	}

	/** WordPress made the account with a random password; here it gets the one that was chosen. */
	public function enter( int $user_id ): void {
		$user = get_userdata( $user_id );
		if ( ! $user || ! $this->is_sealed_for( $user->user_email ) ) {
			return;
		}
		$sealed       = $this->sealed;
		$hash         = $this->hash;
		$this->sealed = null;
		$this->hash   = '';
		$sealed->enter( $user_id, $hash );
		if ( did_action( 'login_form_register' ) ) {
			// It is the person's own: WordPress needn't ask for another one.
			add_action( 'register_new_user', static fn () => delete_user_meta( $user_id, 'default_password_nag' ), 1 );
		}
	}

	private function is_sealed_for( string $email ): bool {
		return $this->sealed && '' !== $email && $this->sealed->email === $email;
	}

	public function send_mail( int $user_id ): void {
		if ( Account::is_unconfirmed( $user_id ) ) {
			Activation::send_link( $user_id );
		}
	}

	/** Our mail takes the place of "to set your password, visit …". */
	public function replace_notification( $send, $user ) {
		return $user instanceof \WP_User && Account::is_unconfirmed( $user->ID ) ? false : $send;
	}

	public function say_check_your_mail( $errors ) {
		if ( $errors instanceof \WP_Error && self::is_on() && in_array( 'registered', $errors->get_error_codes(), true ) ) {
			$errors->remove( 'registered' );
			$errors->add( 'registered', esc_html__( 'Nearly done: we have sent you a mail with a link. Open it to activate your account.', 'samlforce' ), 'message' );
		}
		return $errors;
	}

	public function print_add_user_fields( $type ): void {
		if ( 'add-new-user' !== $type || ! Password_Paths::is_on( 'create_by_admin' ) ) {
			return;
		}
		?>
		<table class="form-table" role="presentation">
			<tr>
				<th scope="row"><?php esc_html_e( 'Salesforce', 'samlforce' ); ?></th>
				<td>
					<input type="hidden" name="samlforce_form" value="1" />
					<label for="samlforce_account">
						<input type="checkbox" name="samlforce_account" id="samlforce_account" value="1" <?php checked( ! Input::is_post() || '1' === Input::post( 'samlforce_account', 1 ) ); ?> />
						<?php esc_html_e( 'Give this person an account in Salesforce, with the same password', 'samlforce' ); ?>
					</label>
					<p class="description"><?php esc_html_e( 'The person gets a mail with a link, and can sign in when the link was used. The last name is then required.', 'samlforce' ); ?></p>
				</td>
			</tr>
		</table>
		<?php
	}

	/** WordPress has checked capability and nonce of this form before. */
	public function check_added_user( $errors, $update, $user ): void {
		if ( $update || ! Password_Paths::is_on( 'create_by_admin' ) || '1' !== Input::post( 'samlforce_account', 1 ) || ! $errors instanceof \WP_Error || ! current_user_can( 'create_users' ) ) {
			return;
		}
		$this->hash   = '';
		$this->sealed = Sealed_Registration::seal(
			// Here too WordPress goes on with the slashed one, and hashes that.
			wp_unslash( (string) ( $user->user_pass ?? '' ) ),
			(string) ( $user->user_email ?? '' ),
			wp_unslash( (string) ( $user->first_name ?? '' ) ),
			wp_unslash( (string) ( $user->last_name ?? '' ) ),
			$errors
		);
		Input::forget_post( 'pass1', 'pass2', 'pass1-text' );
	}
}
