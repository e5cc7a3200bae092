<?php
/**
 * The identity providers on the tab "Sign-in": the list, and a page for each.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Providers_Page {

	private const ACTION = 'samlforce_provider';

	private const MAX_METADATA = 1048576;

	private const NOTICES = 'samlforce_provider_notices_';

	public function register(): void {
		add_action( 'admin_post_' . self::ACTION, array( $this, 'act' ) );
	}

	public static function url( string $slug ): string {
		return Settings_Page::url( 'sign-in', array( 'provider' => $slug ) );
	}

	private static function nonce( string $what, string $slug ): string {
		return self::ACTION . '_' . $what . '_' . $slug;
	}

	private static function action_url( string $what, string $slug ): string {
		return wp_nonce_url(
			add_query_arg(
				array(
					'action'   => self::ACTION,
					'what'     => $what,
					'provider' => $slug,
				),
				admin_url( 'admin-post.php' )
			),
			self::nonce( $what, $slug )
		);
	}

	/* ---- what the buttons do ---- */

	/** Each has a nonce of its own, for its provider alone. */
	public function act(): void {
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		$post = Input::is_post();
		$what = $post ? Input::post( 'what', 10 ) : Input::get( 'what', 10 );
		$slug = $post ? Input::post( 'provider', 40 ) : Input::get( 'provider', 40 );
		check_admin_referer( self::nonce( $what, 'add' === $what ? '' : $slug ) );
		$back = Settings_Page::url();
		switch ( $what ) {
			case 'add':
				$back = $this->add( $slug );
				break;
			case 'save':
				$back = $this->save( $slug );
				break;
			case 'on':
			case 'off':
				Providers::save( $slug, array( 'enabled' => 'on' === $what ) );
				break;
			case 'delete':
				Providers::delete( $slug );
				break;
		}
		wp_safe_redirect( $back );
		exit;
	}

	/** @return string where to go next. */
	private function add( string $slug ): string {
		$slug = strtolower( $slug );
		if ( ! Provider::is_slug( $slug ) ) {
			self::note( 'error', __( 'A short name has lower-case letters, digits and dashes, 40 at most: "okta", say.', 'samlforce' ) );
			return Settings_Page::url();
		}
		if ( Providers::find( $slug ) ) {
			self::note( 'error', __( 'There is an identity provider of this name already.', 'samlforce' ) );
			return self::url( $slug );
		}
		$preset = Input::post( 'preset', 40 );
		$known  = null !== Presets::find( $preset );
		if ( ! Providers::save( $slug, array( 'preset' => $known ? $preset : '' ) + ( $known ? Preset_Panel::switches( $preset ) : array() ) + array( 'enabled' => true ) ) ) {
			self::note( 'error', __( 'It could not be added: there are too many already, or the database refused.', 'samlforce' ) );
			return Settings_Page::url();
		}
		return self::url( $slug );
	}

	/** A field that can't be right keeps its last good value, and says so. */
	private function save( string $slug ): string {
		$provider = Providers::find( $slug );
		if ( ! $provider ) {
			self::note( 'error', __( 'This identity provider does not exist any more.', 'samlforce' ) );
			return Settings_Page::url();
		}
		$values = array();
		foreach ( array_merge( ...array_values( Provider_Fields::SECTIONS ) ) as $key ) {
			if ( $provider->is_fixed( $key ) ) {
				continue;
			}
			try {
				// A box without its tick is not sent at all.
				$values[ $key ] = Provider_Fields::clean( $key, Input::post( "samlforce_$key", 8000 ) );
			} catch ( \InvalidArgumentException $e ) {
				self::note( 'error', $e->getMessage() );
			}
		}
		$why = Provider_Fields::contradiction( array_merge( $provider->values(), $values ) );
		if ( '' !== $why ) {
			self::note( 'error', $why );
			$values = array_diff_key( $values, array_flip( array( 'authn_contexts', 'authn_comparison', 'authn_order' ) ) );
		}
		if ( ( $values['preset'] ?? '' ) !== $provider->text( 'preset' ) ) {
			$values = array_diff_key( Preset_Panel::switches( (string) ( $values['preset'] ?? '' ) ), array_flip( array_filter( array_keys( Provider::DEFAULTS ), array( $provider, 'is_fixed' ) ) ) ) + $values;
		}
		if ( ! $provider->is_fixed( 'metadata' ) ) {
			$new = $this->metadata( $provider );
			if ( null !== $new ) {
				$values['metadata'] = $new;
			}
		}
		if ( Providers::save( $slug, $values ) ) {
			self::note( 'success', __( 'Settings saved.', 'samlforce' ) );
			self::begin_upkeep( $provider, Providers::find( $slug ), isset( $values['metadata'] ) );
		} else {
			self::note( 'error', __( 'The settings were not saved: the database refused.', 'samlforce' ) );
		}
		return self::url( $slug );
	}

	/** A new address is tried at once, while the person who gave it is there. */
	private static function begin_upkeep( Provider $before, Provider $provider, bool $given ): void {
		$source = static fn ( Provider $of ): array => array( $of->text( 'metadata_url' ), $of->on( 'metadata_query' ), $of->text( 'entity_id' ), $of->on( 'metadata_own_key' ), $of->text( 'metadata_key' ) );
		if ( $given || $source( $before ) !== $source( $provider ) ) {
			Metadata_Upkeep::forget( $provider->slug );
		}
		if ( ! Metadata_Upkeep::has_source( $provider ) ) {
			return;
		}
		if ( '' === $provider->text( 'metadata' ) ) {
			try {
				Providers::save( $provider->slug, array( 'metadata' => Metadata_Upkeep::first( $provider ) ) );
			} catch ( \RuntimeException $e ) {
				self::note( 'error', $e->getMessage() );
			}
		} elseif ( ! $given && $source( $before ) !== $source( $provider ) ) {
			Metadata_Panel::fetch( $provider );
		}
	}

	/** The metadata that was pasted or uploaded, if it is good; null if nothing is to change. */
	private function metadata( Provider $provider ): ?string {
		$new  = trim( Input::post( 'samlforce_metadata', self::MAX_METADATA ) );
		$file = $_FILES['samlforce_metadata_file'] ?? null; // phpcs:ignore WordPress.Security
		if ( is_array( $file ) && is_int( $file['error'] ?? null ) && UPLOAD_ERR_NO_FILE !== $file['error'] ) {
			if ( UPLOAD_ERR_OK !== $file['error'] || ! is_string( $file['tmp_name'] ) || ! is_uploaded_file( $file['tmp_name'] ) || $file['size'] > self::MAX_METADATA ) {
				self::note( 'error', __( 'The file could not be read: it may be 1 MB large at most. The metadata was not changed.', 'samlforce' ) );
				return null;
			}
			$new = (string) file_get_contents( $file['tmp_name'] ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- a file that was uploaded.
		}
		if ( '' === $new ) {
			return null;
		}
		$trouble = self::trouble_with( $provider, $new );
		if ( '' !== $trouble ) {
			self::note( 'error', $trouble );
			return null;
		}
		return $new;
	}

	/** Why this metadata can't be given to a provider, in a sentence; '' if it can. */
	public static function trouble_with( Provider $provider, string $metadata ): string {
		try {
			$idp = $provider->read( $metadata );
		} catch ( SamlforceException $e ) {
			/* translators: %s: a sentence that says what is wrong. */
			return sprintf( __( 'This metadata can’t be used, so it was not changed: %s', 'samlforce' ), $e->getMessage() );
		}
		if ( ! Provider::takes_logins( $idp ) ) {
			return __( 'This metadata names no sign-in address, for the Redirect or the POST binding, so it was not changed.', 'samlforce' );
		}
		foreach ( Providers::all() as $other ) {
			if ( $other->slug !== $provider->slug && $other->issuer() === $idp->entityId ) {
				/* translators: %s: short name of an identity provider. */
				return sprintf( __( 'This metadata was not taken: the identity provider "%s" has the same entity ID, and an answer must be of one alone.', 'samlforce' ), $other->slug );
			}
		}
		return '';
	}

	/** Shown once, to this administrator, on the next page. */
	public static function note( string $kind, string $sentence ): void {
		$name    = self::NOTICES . get_current_user_id();
		$notices = get_transient( $name );
		$notices = is_array( $notices ) ? $notices : array();
		set_transient( $name, array_merge( $notices, array( array( $kind, $sentence ) ) ), MINUTE_IN_SECONDS );
	}

	/* ---- what is shown ---- */

	/** @return bool whether it was the page of one provider, and so all there is to show. */
	public static function print_content(): bool {
		$name    = self::NOTICES . get_current_user_id();
		$notices = get_transient( $name );
		delete_transient( $name );
		foreach ( is_array( $notices ) ? $notices : array() as [ $kind, $sentence ] ) {
			printf( '<div class="notice notice-%s"><p>%s</p></div>', esc_attr( $kind ), esc_html( $sentence ) );
		}
		$provider = Providers::find( Input::get( 'provider', 40 ) );
		if ( $provider ) {
			self::print_provider( $provider );
			return true;
		}
		self::print_list();
		return false;
	}

	private static function print_list(): void {
		?>
		<h2><?php esc_html_e( 'Identity providers', 'samlforce' ); ?></h2>
		<table class="widefat striped samlforce-providers">
			<thead>
				<tr>
					<th scope="col"><?php esc_html_e( 'Name', 'samlforce' ); ?></th>
					<th scope="col"><?php esc_html_e( 'Entity ID', 'samlforce' ); ?></th>
					<th scope="col"><?php esc_html_e( 'Certificate', 'samlforce' ); ?></th>
					<th scope="col"><?php esc_html_e( 'State', 'samlforce' ); ?></th>
				</tr>
			</thead>
			<tbody>
				<?php foreach ( Providers::all() as $provider ) : ?>
					<?php self::print_row( $provider ); ?>
				<?php endforeach; ?>
				<?php if ( ! Providers::all() ) : ?>
					<tr><td colspan="4"><?php esc_html_e( 'None yet: nobody can sign in by SAML. Add one, and give its metadata.', 'samlforce' ); ?></td></tr>
				<?php endif; ?>
			</tbody>
		</table>
		<form class="samlforce-add" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" method="post">
			<input type="hidden" name="action" value="<?php echo esc_attr( self::ACTION ); ?>" />
			<input type="hidden" name="what" value="add" />
			<?php wp_nonce_field( self::nonce( 'add', '' ) ); ?>
			<label for="samlforce-new-provider"><?php esc_html_e( 'Short name', 'samlforce' ); ?></label>
			<input type="text" id="samlforce-new-provider" name="provider" maxlength="40" autocomplete="off" spellcheck="false" value="<?php echo Providers::all() ? '' : esc_attr( Provider::FIRST ); ?>" />
			<label for="samlforce-new-preset"><?php esc_html_e( 'Product', 'samlforce' ); ?></label>
			<?php Settings_Page::print_select( 'samlforce-new-preset', 'preset', Preset_Panel::choices(), '', '' ); ?>
			<?php submit_button( __( 'Add an identity provider', 'samlforce' ), 'secondary', 'submit', false ); ?>
		</form>
		<?php
	}

	private static function print_row( Provider $provider ): void {
		$ends    = '—';
		$trouble = '';
		$issuer  = '' !== $provider->issuer() ? $provider->issuer() : '—';
		try {
			if ( '' !== $provider->text( 'metadata' ) ) {
				$known = array_column( $provider->identity_provider()->certificates(), 'notAfter' );
				$ends  = Settings_Page::expiry( in_array( null, $known, true ) ? null : max( $known ) );
			}
		} catch ( SamlforceException $e ) {
			$trouble = $e->getMessage();
		}
		if ( ! $provider->on( 'enabled' ) ) {
			$state = __( 'Off', 'samlforce' );
		} elseif ( '' === $provider->text( 'metadata' ) ) {
			$state = __( 'Needs its metadata', 'samlforce' );
		} else {
			$trouble = '' !== $trouble ? $trouble : $provider->artifact_trouble();
			$state   = '' !== $trouble ? $trouble : __( 'In use', 'samlforce' );
		}
		$actions = array( sprintf( '<span class="edit"><a href="%s">%s</a></span>', esc_url( self::url( $provider->slug ) ), esc_html__( 'Edit', 'samlforce' ) ) );
		if ( ! $provider->is_fixed( 'enabled' ) ) {
			$actions[] = $provider->on( 'enabled' )
				? sprintf( '<span><a href="%s">%s</a></span>', esc_url( self::action_url( 'off', $provider->slug ) ), esc_html__( 'Switch off', 'samlforce' ) )
				: sprintf( '<span><a href="%s">%s</a></span>', esc_url( self::action_url( 'on', $provider->slug ) ), esc_html__( 'Switch on', 'samlforce' ) );
		}
		if ( ! Providers::is_fixed( $provider->slug ) ) {
			$actions[] = sprintf( '<span class="delete"><a class="submitdelete" data-samlforce-confirm="%s" href="%s">%s</a></span>', esc_attr__( 'Delete this identity provider? Nobody can sign in by it any more; what accounts are linked with stays.', 'samlforce' ), esc_url( self::action_url( 'delete', $provider->slug ) ), esc_html__( 'Delete', 'samlforce' ) );
		}
		printf(
			'<tr><td><strong><a href="%s">%s</a></strong><br /><code>%s</code><div class="row-actions visible">%s</div></td><td><code class="samlforce-print">%s</code></td><td>%s</td><td>%s</td></tr>',
			esc_url( self::url( $provider->slug ) ),
			esc_html( $provider->label() ),
			esc_html( $provider->slug ),
			implode( ' | ', $actions ), // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
			esc_html( $issuer ),
			esc_html( $ends ),
			$state === $trouble ? '<span class="samlforce-warning">' . esc_html( $state ) . '</span>' : esc_html( $state ) // phpcs:ignore WordPress.Security.EscapeOutput
		);
	}

	private static function print_provider( Provider $provider ): void {
		?>
		<p><a href="<?php echo esc_url( Settings_Page::url() ); ?>">&larr; <?php esc_html_e( 'All identity providers', 'samlforce' ); ?></a> | <a href="#samlforce-test"><?php esc_html_e( 'Test', 'samlforce' ); ?></a> | <a href="#samlforce-our-side"><?php esc_html_e( 'For the identity provider', 'samlforce' ); ?></a></p>
		<h2><?php echo esc_html( $provider->label() ); ?> <code><?php echo esc_html( $provider->slug ); ?></code></h2>
		<?php Preset_Panel::print_steps( $provider ); ?>
		<form action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" method="post" enctype="multipart/form-data">
			<input type="hidden" name="action" value="<?php echo esc_attr( self::ACTION ); ?>" />
			<input type="hidden" name="what" value="save" />
			<input type="hidden" name="provider" value="<?php echo esc_attr( $provider->slug ); ?>" />
			<?php wp_nonce_field( self::nonce( 'save', $provider->slug ) ); ?>
			<h3><?php esc_html_e( 'Metadata', 'samlforce' ); ?></h3>
			<?php self::print_metadata( $provider ); ?>
			<?php Metadata_Panel::print_state( $provider ); ?>
			<?php foreach ( Provider_Fields::SECTIONS as $section => $keys ) : ?>
				<?php $is_folded = in_array( $section, Provider_Fields::FOLDED, true ); ?>
				<?php if ( $is_folded ) : ?>
					<details class="samlforce-section"<?php echo Provider_Fields::is_used( $provider, $section ) ? ' open="open"' : ''; ?>><summary><h3><?php echo esc_html( Provider_Fields::heading( $section ) ); ?></h3></summary>
				<?php else : ?>
					<h3><?php echo esc_html( Provider_Fields::heading( $section ) ); ?></h3>
				<?php endif; ?>
				<table class="form-table" role="presentation">
					<?php foreach ( $keys as $key ) : ?>
						<tr>
							<th scope="row"><?php self::print_label( $key ); ?></th>
							<td><?php self::print_field( $provider, $key ); ?></td>
						</tr>
					<?php endforeach; ?>
				</table>
				<?php echo $is_folded ? '</details>' : ''; ?>
			<?php endforeach; ?>
			<?php submit_button(); ?>
		</form>
		<?php
		Login_Test::print_section( $provider );
		/**
		 * Below the form of an identity provider, in a page of its administrator.
		 *
		 * @param Provider $provider
		 */
		do_action( 'samlforce_provider_page', $provider );
		Settings_Page::print_our_side();
	}

	private static function print_label( string $key ): void {
		if ( is_bool( Provider::DEFAULTS[ $key ] ) ) {
			echo esc_html( Provider_Fields::label( $key ) );
		} else {
			printf( '<label for="samlforce-%s">%s</label>', esc_attr( $key ), esc_html( Provider_Fields::label( $key ) ) );
		}
	}

	private static function print_field( Provider $provider, string $key ): void {
		$id       = 'samlforce-' . $key;
		$name     = "samlforce_$key";
		$disabled = $provider->is_fixed( $key ) ? ' disabled="disabled"' : '';
		$help     = Provider_Fields::help( $key );
		if ( is_bool( Provider::DEFAULTS[ $key ] ) ) {
			printf( '<label for="%1$s"><input type="checkbox" id="%1$s" name="%2$s" value="1"%3$s%4$s /> %5$s</label>', esc_attr( $id ), esc_attr( $name ), checked( $provider->on( $key ), true, false ), $disabled, esc_html( $help ) ); // phpcs:ignore WordPress.Security.EscapeOutput
			$help = '';
		} elseif ( 'default_role' === $key ) {
			$roles = array_filter( wp_roles()->get_names(), array( Settings_Fields::class, 'is_allowed_role' ), ARRAY_FILTER_USE_KEY );
			Settings_Page::print_select( $id, $name, array_map( 'translate_user_role', $roles ), $provider->text( $key ), $disabled );
		} elseif ( 'preset' === $key ) {
			Settings_Page::print_select( $id, $name, Preset_Panel::choices(), $provider->text( $key ), $disabled );
		} elseif ( 'metadata_key' === $key ) {
			printf( '<textarea class="large-text code" rows="3" spellcheck="false" id="%s" name="%s"%s>%s</textarea>', esc_attr( $id ), esc_attr( $name ), $disabled, esc_textarea( $provider->text( $key ) ) ); // phpcs:ignore WordPress.Security.EscapeOutput
		} elseif ( Provider_Fields::choices( $key ) ) {
			Settings_Page::print_select( $id, $name, Provider_Fields::choices( $key ), $provider->text( $key ), $disabled );
		} elseif ( null !== Provider_Fields::range( $key ) ) {
			[ $least, $most ] = Provider_Fields::range( $key );
			printf( '<input type="number" class="small-text" min="%d" max="%d" id="%s" name="%s" value="%s"%s />', (int) $least, (int) $most, esc_attr( $id ), esc_attr( $name ), esc_attr( $provider->text( $key ) ), $disabled ); // phpcs:ignore WordPress.Security.EscapeOutput
		} else {
			printf( '<input type="text" class="regular-text" autocomplete="off" spellcheck="false" id="%s" name="%s" value="%s"%s />', esc_attr( $id ), esc_attr( $name ), esc_attr( $provider->text( $key ) ), $disabled ); // phpcs:ignore WordPress.Security.EscapeOutput
		}
		if ( '' !== $help ) {
			printf( '<p class="description">%s</p>', esc_html( $help ) );
		}
		if ( 'by_artifact' === $key && '' !== $provider->artifact_trouble() ) {
			printf( '<p class="description samlforce-warning">%s</p>', esc_html( $provider->artifact_trouble() ) );
		}
		if ( '' !== $disabled ) {
			/* translators: %s: name of a PHP constant. */
			printf( '<p class="description">%s</p>', esc_html( sprintf( __( 'Set by %s in wp-config.php.', 'samlforce' ), Providers::CONSTANT ) ) );
		}
	}

	private static function print_metadata( Provider $provider ): void {
		$has = '' !== $provider->text( 'metadata' );
		if ( $has ) {
			try {
				self::print_facts( $provider );
			} catch ( SamlforceException $e ) {
				printf( '<div class="notice notice-error inline"><p>%s</p></div>', esc_html( $e->getMessage() ) );
			}
		}
		if ( $provider->is_fixed( 'metadata' ) ) {
			/* translators: %s: name of a PHP constant. */
			printf( '<p class="description">%s</p>', esc_html( sprintf( __( 'Set by %s in wp-config.php.', 'samlforce' ), Providers::CONSTANT ) ) );
			return;
		}
		$hint = $has ? __( 'To replace it, paste the new metadata (XML) here.', 'samlforce' ) : __( 'Paste the metadata of the identity provider (XML) here.', 'samlforce' );
		printf( '<textarea class="large-text code" rows="5" spellcheck="false" id="samlforce-metadata" name="samlforce_metadata" aria-label="%s" placeholder="%s"></textarea>', esc_attr__( 'Metadata', 'samlforce' ), esc_attr( $hint ) );
		printf( '<p><label for="samlforce-metadata-file">%s</label> <input type="file" id="samlforce-metadata-file" name="samlforce_metadata_file" accept=".xml,text/xml,application/xml,application/samlmetadata+xml" /></p>', esc_html__( 'or upload the file:', 'samlforce' ) );
		printf( '<p class="description">%s</p>', esc_html__( 'In Salesforce: Setup, Identity Provider, Download Metadata. It is checked before it is saved.', 'samlforce' ) );
	}

	/** @throws SamlforceException */
	private static function print_facts( Provider $provider ): void {
		$idp = $provider->identity_provider();
		?>
		<table class="widefat striped samlforce-facts">
			<tbody>
				<tr><th scope="row"><?php esc_html_e( 'Entity ID', 'samlforce' ); ?></th><td><code><?php echo esc_html( $idp->entityId ); ?></code></td></tr>
				<tr><th scope="row"><?php esc_html_e( 'Sign-in address', 'samlforce' ); ?></th><td><code><?php echo esc_html( $idp->loginUrl ?? $idp->endpoints['login']['post'] ?? __( 'none', 'samlforce' ) ); ?></code></td></tr>
				<?php foreach ( array_column( $idp->certificates(), null, 'sha256' ) as $certificate ) : ?>
					<tr>
						<th scope="row"><?php esc_html_e( 'Certificate', 'samlforce' ); ?></th>
						<td>
							<?php echo esc_html( $certificate['key'] ); ?>, <?php echo esc_html( Settings_Page::expiry( $certificate['notAfter'] ) ); ?>
							<br /><code class="samlforce-print">SHA-256 <?php echo esc_html( $certificate['sha256'] ); ?></code>
						</td>
					</tr>
				<?php endforeach; ?>
			</tbody>
		</table>
		<?php
	}
}
