<?php
/**
 * The emergency address on the tab "Access": it is shown in the answer to the button, and never again.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Access_Page {

	private const ACTION = 'samlforce_emergency';

	private const SHARE  = 'samlforce_share';

	/** The address that was made in this request. */
	private static string $address = '';

	public function register(): void {
		add_action( 'load-settings_page_' . Settings_Page::SLUG, array( $this, 'act' ) );
		add_action( 'load-settings_page_' . Settings_Page::SLUG, array( $this, 'share' ) );
	}

	/** Of the main site: whether its settings are good for the whole network. */
	public function share(): void {
		$what = Input::is_post() && is_multisite() && is_main_site() ? Input::post( self::SHARE, 3 ) : '';
		if ( '' === $what ) {
			return;
		}
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		check_admin_referer( self::SHARE );
		Network::share( 'yes' === $what );
	}

	/** The page itself takes the button: a redirect would have to keep the secret somewhere in between. */
	public function act(): void {
		$what = Input::is_post() ? Input::post( self::ACTION, 10 ) : '';
		if ( '' === $what ) {
			return;
		}
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		check_admin_referer( self::ACTION );
		Caches::keep_off();
		if ( 'make' === $what ) {
			self::$address = Local_Login::make();
		} elseif ( 'remove' === $what ) {
			$this->remove();
		}
	}

	/** Without the address nobody could sign in with a password that only works there. */
	private function remove(): void {
		if ( 'emergency' === Settings::text( 'password_login' ) ) {
			add_settings_error( 'samlforce', 'samlforce_emergency', esc_html__( 'The emergency address was not removed: passwords work by it only. Change that first.', 'samlforce' ) );
			return;
		}
		Local_Login::remove();
	}

	public static function print_tools(): void {
		$made_at = Local_Login::made_at();
		?>
		<h2 id="samlforce-emergency"><?php esc_html_e( 'Emergency address', 'samlforce' ); ?></h2>
		<p><?php esc_html_e( 'Opens the login form of WordPress in one browser for 15 minutes, even if everybody is sent to the portal. The password is still asked for. Keep the address where you find it when the portal is away.', 'samlforce' ); ?></p>
		<?php if ( Local_Login::is_forced_off() ) : ?>
			<div class="notice notice-warning inline"><p><?php esc_html_e( 'SAMLFORCE_LOCAL_LOGIN is set in wp-config.php: nobody is sent to the portal, and every password works. Remove it when the emergency is over.', 'samlforce' ); ?></p></div>
		<?php endif; ?>
		<?php if ( '' !== self::$address ) : ?>
			<div class="notice notice-success inline">
				<p><strong><label for="samlforce-emergency-address"><?php esc_html_e( 'The new address. It is shown this once only; the one before it does not work any more.', 'samlforce' ); ?></label></strong></p>
				<p>
					<input type="text" class="large-text code samlforce-copy" readonly="readonly" id="samlforce-emergency-address" value="<?php echo esc_attr( self::$address ); ?>" />
					<button type="button" class="button hide-if-no-js" data-samlforce-copy="samlforce-emergency-address" data-copied="<?php esc_attr_e( 'Copied', 'samlforce' ); ?>"><?php esc_html_e( 'Copy', 'samlforce' ); ?></button>
				</p>
			</div>
		<?php endif; ?>
		<p>
			<?php
			if ( 0 === $made_at ) {
				esc_html_e( 'There is no emergency address yet.', 'samlforce' );
			} else {
				/* translators: %s: a date and a time. */
				echo esc_html( sprintf( __( 'An address was made on %s. It can’t be shown again, only replaced.', 'samlforce' ), wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $made_at ) ) );
			}
			?>
		</p>
		<form action="<?php echo esc_url( Settings_Page::url( 'access' ) ); ?>#samlforce-emergency" method="post">
			<?php wp_nonce_field( self::ACTION ); ?>
			<button type="submit" class="button" name="<?php echo esc_attr( self::ACTION ); ?>" value="make"><?php echo esc_html( 0 === $made_at ? __( 'Make an emergency address', 'samlforce' ) : __( 'Replace it by a new one', 'samlforce' ) ); ?></button>
			<?php if ( 0 !== $made_at ) : ?>
				<button type="submit" class="button" name="<?php echo esc_attr( self::ACTION ); ?>" value="remove"><?php esc_html_e( 'Remove it', 'samlforce' ); ?></button>
			<?php endif; ?>
		</form>
		<?php
		if ( is_multisite() && is_main_site() ) {
			self::print_network();
		}
	}

	private static function print_network(): void {
		?>
		<h2><?php esc_html_e( 'Network', 'samlforce' ); ?></h2>
		<p>
			<?php
			echo esc_html(
				Network::is_shared()
					? __( 'All sites of the network go by the settings, the rules and the links of this one. What the others had decided before is kept, and counts again when you change this.', 'samlforce' )
					: __( 'Each site of the network has settings, rules and links of its own.', 'samlforce' )
			);
			?>
		</p>
		<form action="<?php echo esc_url( Settings_Page::url( 'access' ) ); ?>" method="post">
			<?php wp_nonce_field( self::SHARE ); ?>
			<button type="submit" class="button" name="<?php echo esc_attr( self::SHARE ); ?>" value="<?php echo Network::is_shared() ? 'no' : 'yes'; ?>"><?php echo esc_html( Network::is_shared() ? __( 'Let each site decide', 'samlforce' ) : __( 'Let this site decide for all', 'samlforce' ) ); ?></button>
		</form>
		<?php
	}
}
