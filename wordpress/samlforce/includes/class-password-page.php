<?php
/**
 * The pages on which a password is typed: the rules while one types, and nothing of it in the browser's memory of pages.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Password_Page {

	public function register(): void {
		add_filter( 'nocache_headers', array( $this, 'keep_nothing' ), 9999 );
		add_action( 'resetpass_form', array( $this, 'on_reset' ) );
		add_action( 'show_user_profile', array( $this, 'on_profile' ) );
		add_action( 'edit_user_profile', array( $this, 'on_profile' ) );
		add_action( 'user_new_form', array( $this, 'on_add_user' ) );
	}

	/**
	 * "Back" shows a page as it was left, with what was typed, and a cache on the way may keep it. WordPress says no-store to people who
	 * are signed in, and not in every version; whoever registers or resets a password is not.
	 *
	 * @param mixed $headers
	 */
	public function keep_nothing( $headers ) {
		if ( is_array( $headers ) && in_array( $GLOBALS['pagenow'] ?? '', array( 'wp-login.php', 'profile.php', 'user-edit.php', 'user-new.php' ), true ) ) {
			$headers['Cache-Control'] = 'no-cache, must-revalidate, max-age=0, no-store, private';
		}
		return $headers;
	}

	/** @param string[] $styles */
	public static function enqueue( array $styles ): void {
		$url = plugins_url( 'assets/', SAMLFORCE_FILE );
		wp_enqueue_style( 'samlforce-login', $url . 'login.css', $styles, SAMLFORCE_VERSION );
		wp_enqueue_script( 'samlforce-password-hints', $url . 'password-hints.js', array(), SAMLFORCE_VERSION, true );
	}

	public function on_reset( $user ): void {
		if ( $user instanceof \WP_User && Account::is_ours( $user->ID ) && Password_Paths::is_on( 'change_by_reset' ) ) {
			self::enqueue( array( 'login', 'dashicons' ) );
			self::print_hints( 'pass1', true );
		}
	}

	public function on_profile( $user ): void {
		if ( $user instanceof \WP_User && Account::is_ours( $user->ID ) && Password_Paths::is_on( 'change_by_profile' ) ) {
			self::enqueue( array( 'dashicons' ) );
			self::print_hints( 'pass1', true );
		}
	}

	public function on_add_user( $type ): void {
		if ( 'add-new-user' === $type && Password_Paths::is_on( 'create_by_admin' ) ) {
			self::enqueue( array( 'dashicons' ) );
			self::print_hints( 'pass1', true );
		}
	}

	/**
	 * @param string $field  id of the field with the password.
	 * @param bool   $hidden where it stands in the wrong place: the script moves it to the field, and without a script nobody needs it.
	 */
	public static function print_hints( string $field, bool $hidden = false ): void {
		?>
		<div class="samlforce-hints" id="samlforce-hints" data-field="<?php echo esc_attr( $field ); ?>" data-minimum="<?php echo esc_attr( (string) Password_Rules::minimum_length() ); ?>" data-met="<?php esc_attr_e( 'met', 'samlforce' ); ?>" data-missing="<?php esc_attr_e( 'missing', 'samlforce' ); ?>"<?php echo $hidden ? ' hidden="hidden"' : ''; ?>>
			<?php esc_html_e( 'It needs:', 'samlforce' ); ?>
			<ul>
				<?php foreach ( Password_Rules::hints() as $check => $words ) : ?>
					<li data-check="<?php echo esc_attr( $check ); ?>"><?php echo esc_html( $words ); ?></li>
				<?php endforeach; ?>
			</ul>
		</div>
		<?php
	}
}
