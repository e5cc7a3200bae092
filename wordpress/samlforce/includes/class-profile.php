<?php
/**
 * The profile page: with which person at the identity provider this account is linked.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Profile {

	public function register(): void {
		add_action( 'show_user_profile', array( $this, 'print_section' ) );
		add_action( 'edit_user_profile', array( $this, 'print_section' ) );
		add_action( 'admin_post_samlforce_unlink', array( $this, 'unlink' ) );
		add_action( 'user_profile_update_errors', array( $this, 'link_by_administrator' ), 9999, 3 );
	}

	public function print_section( $user ): void {
		if ( ! $user instanceof \WP_User || ! Saml::is_configured() ) {
			return;
		}
		$own   = get_current_user_id() === $user->ID;
		$links = Links::of( $user->ID );
		?>
		<h2><?php esc_html_e( 'Sign-in at the portal', 'samlforce' ); ?></h2>
		<table class="form-table" role="presentation">
			<tr>
				<th scope="row"><?php esc_html_e( 'Linked with', 'samlforce' ); ?></th>
				<td>
					<?php if ( ! $links ) : ?>
						<p><?php esc_html_e( 'This account is not linked yet.', 'samlforce' ); ?></p>
					<?php endif; ?>
					<?php foreach ( $links as $link ) : ?>
						<p>
							<strong><?php echo esc_html( $link->name_id ); ?></strong> (<?php echo esc_html( $link->issuer ); ?>)
							<a class="button button-small" href="<?php echo esc_url( self::unlink_url( $link->id, $user->ID ) ); ?>"><?php esc_html_e( 'Unlink', 'samlforce' ); ?></a>
						</p>
					<?php endforeach; ?>
					<?php foreach ( $own ? Providers::startable() : array() as $provider ) : ?>
						<p>
							<a class="button" href="<?php echo esc_url( self::link_url( $provider ) ); ?>"><?php echo esc_html( self::link_label( $provider ) ); ?></a>
						</p>
					<?php endforeach; ?>
				</td>
			</tr>
			<?php if ( current_user_can( 'promote_users' ) && current_user_can( 'edit_users' ) ) : ?>
				<tr>
					<th scope="row"><label for="samlforce_name_id"><?php esc_html_e( 'Link with NameID', 'samlforce' ); ?></label></th>
					<td>
						<input type="text" class="regular-text" autocomplete="off" spellcheck="false" maxlength="1024" id="samlforce_name_id" name="samlforce_name_id" value="" />
						<?php self::print_choice(); ?>
						<p class="description"><?php esc_html_e( 'At Salesforce the username. Whoever signs in there with it is this account here.', 'samlforce' ); ?></p>
					</td>
				</tr>
			<?php endif; ?>
			<?php if ( Account::is_ours( $user->ID ) ) : ?>
				<tr>
					<th scope="row"><?php esc_html_e( 'Salesforce', 'samlforce' ); ?></th>
					<td><?php echo esc_html( self::state( $user->ID ) ); ?></td>
				</tr>
			<?php endif; ?>
		</table>
		<?php
	}

	private static function state( int $user_id ): string {
		$username = Account::username( $user_id );
		if ( Account::is_unconfirmed( $user_id ) ) {
			/* translators: %s: a user name. */
			return sprintf( __( '%s: waits until the address is confirmed', 'samlforce' ), $username );
		}
		if ( get_user_meta( $user_id, Account::ACTIVE_SINCE, true ) ) {
			/* translators: %s: a user name. */
			return sprintf( __( '%s: active', 'samlforce' ), $username );
		}
		/* translators: %s: a user name. */
		return sprintf( __( '%s: on its way, see Settings, Samlforce, Status', 'samlforce' ), $username );
	}

	private static function link_label( Provider $provider ): string {
		if ( 1 === count( Providers::startable() ) ) {
			return __( 'Link by signing in at the portal', 'samlforce' );
		}
		/* translators: %s: the words on an identity provider's button. */
		return sprintf( __( 'Link: %s', 'samlforce' ), $provider->label() );
	}

	/** At which identity provider the NameID is, where there are several. */
	private static function print_choice(): void {
		$usable = Providers::usable();
		if ( count( $usable ) < 2 ) {
			return;
		}
		printf( '<select name="samlforce_idp" aria-label="%s">', esc_attr__( 'Identity provider', 'samlforce' ) );
		foreach ( $usable as $provider ) {
			printf( '<option value="%s">%s</option>', esc_attr( $provider->slug ), esc_html( $provider->label() ) );
		}
		echo '</select>';
	}

	private static function link_url( Provider $provider ): string {
		return add_query_arg(
			array(
				'link'     => '1',
				'_wpnonce' => wp_create_nonce( 'samlforce_link' ),
			),
			Saml::login_url( admin_url( 'profile.php' ), $provider->slug )
		);
	}

	private static function unlink_url( string $id, int $user_id ): string {
		return wp_nonce_url(
			add_query_arg(
				array(
					'action' => 'samlforce_unlink',
					'link'   => $id,
					'user'   => $user_id,
				),
				admin_url( 'admin-post.php' )
			),
			'samlforce_unlink_' . $id
		);
	}

	public function unlink(): void {
		$id      = Input::get( 'link', 64 );
		$user_id = (int) Input::get( 'user', 20 );
		if ( ! current_user_can( 'edit_user', $user_id ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		check_admin_referer( 'samlforce_unlink_' . $id );
		Links::remove( $id, $user_id );
		wp_safe_redirect( get_edit_user_link( $user_id ) );
		exit;
	}

	/** WordPress has checked the form's nonce, and that the editor may edit this user. */
	public function link_by_administrator( $errors, $update, $user ): void {
		$name_id = trim( Input::post( 'samlforce_name_id', 1024 ) );
		if ( ! $update || '' === $name_id || ! $errors instanceof \WP_Error || $errors->has_errors() || ! current_user_can( 'promote_users' ) || ! current_user_can( 'edit_user', (int) $user->ID ) ) {
			return;
		}
		$usable   = Providers::usable();
		$provider = 1 === count( $usable ) ? reset( $usable ) : ( $usable[ Input::post( 'samlforce_idp', 40 ) ] ?? null );
		if ( ! $provider || '' === $provider->issuer() ) {
			$errors->add( 'samlforce_name_id', '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html__( 'The NameID was not linked: choose the identity provider that it belongs to.', 'samlforce' ) );
			return;
		}
		if ( ! Links::add( $provider->issuer(), $name_id, (int) $user->ID ) ) {
			$errors->add( 'samlforce_name_id', '<strong>' . esc_html__( 'Error:', 'samlforce' ) . '</strong> ' . esc_html__( 'This NameID is linked with another account already.', 'samlforce' ) );
		}
	}
}
