<?php
/**
 * The tab "Mapping": what an identity provider may say about accounts, and a dry run of it.
 *
 * The page takes its own form, so that what was typed is still there when something of it can't be right.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Mapping_Page {

	private const SAVE     = 'samlforce_rules';
	private const DRY_RUN  = 'samlforce_dry_run';
	private const LAST     = 'samlforce_attributes_';
	private const NEW_ROWS = 3;

	/** The longest list of attributes for the dry run, in bytes and in lines. */
	private const MAX_TYPED = 20000;
	private const MAX_LINES = 200;

	/** What was typed and not saved. */
	private static ?array $typed = null;

	public function register(): void {
		add_action( 'load-settings_page_' . Settings_Page::SLUG, array( $this, 'act' ) );
	}

	/**
	 * Keeps the attributes of a sign-in that an administrator tested, for the dry run.
	 *
	 * @param array<string, list<string>> $attributes
	 */
	public static function remember( array $attributes ): void {
		set_transient( self::LAST . get_current_user_id(), $attributes, HOUR_IN_SECONDS );
	}

	public function act(): void {
		if ( ! Input::is_post() || '' === Input::post( self::SAVE, 2048 ) ) {
			return;
		}
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		check_admin_referer( self::SAVE );
		$issuer = Input::post( self::SAVE, 2048 );
		$input  = isset( $_POST['rules'] ) && is_array( $_POST['rules'] ) ? wp_unslash( $_POST['rules'] ) : array(); // phpcs:ignore WordPress.Security -- Rules::save() cleans it.
		// A box without its tick is not sent at all.
		$input['roles'] = ( is_array( $input['roles'] ?? null ) ? $input['roles'] : array() ) + array_fill_keys( array( 'several', 'keep_manual', 'take_away', 'allow_privileged' ), false );
		try {
			if ( ! isset( self::choices()[ $issuer ] ) ) {
				throw new \InvalidArgumentException( __( 'The identity provider was changed or removed meanwhile: nothing was saved.', 'samlforce' ) );
			}
			Rules::save( $issuer, $input );
			add_settings_error( 'samlforce', 'samlforce_rules', esc_html__( 'Saved.', 'samlforce' ), 'success' );
		} catch ( \InvalidArgumentException $e ) {
			self::$typed = $input;
			/* translators: %s: a sentence that says what is wrong. */
			add_settings_error( 'samlforce', 'samlforce_rules', esc_html( sprintf( __( 'Nothing was saved. %s', 'samlforce' ), $e->getMessage() ) ) );
		}
	}

	/** @return array<string, Provider> the identity providers whose name is known, by that. */
	private static function choices(): array {
		$choices = array();
		foreach ( Providers::all() as $provider ) {
			if ( '' !== $provider->issuer() ) {
				$choices += array( $provider->issuer() => $provider );
			}
		}
		return $choices;
	}

	/** The one that the page is about: as its address says, or the first one. */
	private static function provider(): ?Provider {
		$choices = self::choices();
		foreach ( $choices as $provider ) {
			if ( Input::get( 'provider', 40 ) === $provider->slug ) {
				return $provider;
			}
		}
		return $choices ? reset( $choices ) : null;
	}

	private static function print_choices( Provider $current ): void {
		$choices = self::choices();
		if ( count( $choices ) < 2 ) {
			return;
		}
		echo '<ul class="subsubsub">';
		foreach ( $choices as $provider ) {
			printf( '<li><a href="%s"%s>%s</a>%s</li>', esc_url( Settings_Page::url( 'mapping', array( 'provider' => $provider->slug ) ) ), $provider->slug === $current->slug ? ' class="current" aria-current="page"' : '', esc_html( $provider->label() ), end( $choices ) === $provider ? '' : ' | ' ); // phpcs:ignore WordPress.Security.EscapeOutput -- what isn't escaped is one of two texts of ours.
		}
		echo '</ul><br class="clear" />';
	}

	public static function print_content(): void {
		$provider = self::provider();
		if ( ! $provider ) {
			printf( '<p>%s</p>', esc_html__( 'Add an identity provider on the tab Sign-in first.', 'samlforce' ) );
			return;
		}
		$issuer = $provider->issuer();
		self::print_choices( $provider );
		$rules = Rules::of( $issuer );
		$shown = self::$typed ?? array(
			'trusted'     => implode( "\n", $rules->trusted ),
			'admitted'    => implode( "\n", $rules->admitted ),
			'fields'      => $rules->fields,
			'roles'       => $rules->roles,
			'add_to_site' => $rules->add_to_site,
		);
		?>
		<form action="<?php echo esc_url( Settings_Page::url( 'mapping', array( 'provider' => $provider->slug ) ) ); ?>" method="post">
			<?php wp_nonce_field( self::SAVE ); ?>
			<input type="hidden" name="<?php echo esc_attr( self::SAVE ); ?>" value="<?php echo esc_attr( $issuer ); ?>" />
			<p>
				<?php
				/* translators: %s: entity ID of an identity provider. */
				echo esc_html( sprintf( __( 'For the identity provider %s.', 'samlforce' ), $issuer ) );
				?>
			</p>
			<?php
			self::print_addresses( $shown );
			self::print_fields( is_array( $shown['fields'] ?? null ) ? array_values( $shown['fields'] ) : array() );
			self::print_roles( is_array( $shown['roles'] ?? null ) ? $shown['roles'] : array() );
			submit_button();
			?>
		</form>
		<?php
		self::print_dry_run( $rules, $provider );
	}

	private static function print_addresses( array $shown ): void {
		?>
		<h2><?php esc_html_e( 'Addresses', 'samlforce' ); ?></h2>
		<table class="form-table" role="presentation">
			<tr>
				<th scope="row"><label for="samlforce-trusted"><?php esc_html_e( 'Trusted for', 'samlforce' ); ?></label></th>
				<td>
					<textarea class="large-text code" rows="3" spellcheck="false" id="samlforce-trusted" name="rules[trusted]"><?php echo esc_textarea( self::text( $shown, 'trusted' ) ); ?></textarea>
					<p class="description"><?php esc_html_e( 'Domains, one a line. An address finds or makes an account here only if its domain stands in this list: whoever can choose an address at the identity provider could else take the account that has it here. Name only domains whose addresses this identity provider has checked. "*" stands for every domain that isn’t named for another identity provider.', 'samlforce' ); ?></p>
				</td>
			</tr>
			<tr>
				<th scope="row"><label for="samlforce-admitted"><?php esc_html_e( 'May sign in', 'samlforce' ); ?></label></th>
				<td>
					<textarea class="large-text code" rows="2" spellcheck="false" id="samlforce-admitted" name="rules[admitted]"><?php echo esc_textarea( self::text( $shown, 'admitted' ) ); ?></textarea>
					<p class="description"><?php esc_html_e( 'Only people with an address of these domains may sign in, linked or not. If empty: everybody.', 'samlforce' ); ?></p>
				</td>
			</tr>
			<?php if ( is_multisite() ) : ?>
				<tr>
					<th scope="row"><?php esc_html_e( 'Other sites of the network', 'samlforce' ); ?></th>
					<td><label><input type="checkbox" name="rules[add_to_site]" value="1" <?php checked( ! empty( $shown['add_to_site'] ) ); ?> /> <?php esc_html_e( 'Whoever signs in and belongs to another site only becomes a member of this one, with the role of new accounts', 'samlforce' ); ?></label></td>
				</tr>
			<?php endif; ?>
		</table>
		<?php
	}

	/** @param list<array> $rows */
	private static function print_fields( array $rows ): void {
		$whens  = array(
			'login'    => __( 'at every sign-in', 'samlforce' ),
			'creation' => __( 'when the account is made', 'samlforce' ),
		);
		$values = array(
			'first'  => __( 'the first value', 'samlforce' ),
			'joined' => __( 'all, with commas', 'samlforce' ),
			'list'   => __( 'all, as a list', 'samlforce' ),
		);
		?>
		<h2><?php esc_html_e( 'Attributes', 'samlforce' ); ?></h2>
		<p><?php esc_html_e( 'Which attribute fills which field. The first row of a field whose attribute is sent decides; a field is left alone if none is. Any other name than those proposed is a key of user meta; rights, sessions and passwords can’t be filled. To take a row away, empty it.', 'samlforce' ); ?></p>
		<datalist id="samlforce-fields">
			<?php foreach ( array_keys( Attribute_Map::FIELDS ) as $field ) : ?>
				<option value="<?php echo esc_attr( $field ); ?>"></option>
			<?php endforeach; ?>
		</datalist>
		<table class="widefat striped samlforce-map">
			<thead><tr><th scope="col"><?php esc_html_e( 'Attribute', 'samlforce' ); ?></th><th scope="col"><?php esc_html_e( 'Field', 'samlforce' ); ?></th><th scope="col"><?php esc_html_e( 'Filled', 'samlforce' ); ?></th><th scope="col"><?php esc_html_e( 'Of several values', 'samlforce' ); ?></th></tr></thead>
			<tbody>
				<?php foreach ( array_merge( $rows, array_fill( 0, self::NEW_ROWS, array() ) ) as $n => $row ) : ?>
					<?php $row = is_array( $row ) ? $row : array(); ?>
					<tr>
						<td><?php self::print_input( "rules[fields][$n][attribute]", self::text( $row, 'attribute' ), __( 'Attribute', 'samlforce' ) ); ?></td>
						<td><?php self::print_input( "rules[fields][$n][field]", self::text( $row, 'field' ), __( 'Field', 'samlforce' ), 'samlforce-fields' ); ?></td>
						<td><?php self::print_select( "rules[fields][$n][when]", $whens, self::text( $row, 'when' ), __( 'Filled', 'samlforce' ) ); ?></td>
						<td><?php self::print_select( "rules[fields][$n][values]", $values, self::text( $row, 'values' ), __( 'Of several values', 'samlforce' ) ); ?></td>
					</tr>
				<?php endforeach; ?>
			</tbody>
		</table>
		<?php
	}

	private static function print_roles( array $map ): void {
		$map    = $map + ( null === self::$typed ? Role_Map::DEFAULTS : array() );
		$rows   = is_array( $map['rules'] ?? null ) ? array_values( $map['rules'] ) : array();
		$match  = array(
			'exact'  => __( 'is', 'samlforce' ),
			'nocase' => __( 'is, in capitals or not,', 'samlforce' ),
			'prefix' => __( 'begins with', 'samlforce' ),
		);
		$roles  = array_map( 'translate_user_role', wp_roles()->get_names() );
		$boxes  = array(
			'several'     => __( 'Every rule that fits gives its role. Without this tick the first one that fits decides alone.', 'samlforce' ),
			'keep_manual' => __( 'Roles that were given here stay beside those of the rules.', 'samlforce' ),
			'take_away'   => __( 'If the attribute is sent and no rule fits, the roles that the rules gave before are taken away. If the attribute is not sent, roles are always left alone.', 'samlforce' ),
		);
		?>
		<h2><?php esc_html_e( 'Roles', 'samlforce' ); ?></h2>
		<p><?php esc_html_e( 'Which value of an attribute gives which role, from the top. Whoever manages the site by a role that was given here is left alone.', 'samlforce' ); ?></p>
		<table class="widefat striped samlforce-map">
			<thead><tr><th scope="col"><?php esc_html_e( 'If the attribute', 'samlforce' ); ?></th><th scope="col"><span class="screen-reader-text"><?php esc_html_e( 'Comparison', 'samlforce' ); ?></span></th><th scope="col"><?php esc_html_e( 'Value', 'samlforce' ); ?></th><th scope="col"><?php esc_html_e( 'Role', 'samlforce' ); ?></th></tr></thead>
			<tbody>
				<?php foreach ( array_merge( $rows, array_fill( 0, self::NEW_ROWS, array() ) ) as $n => $row ) : ?>
					<?php $row = is_array( $row ) ? $row : array(); ?>
					<tr>
						<td><?php self::print_input( "rules[roles][rules][$n][attribute]", self::text( $row, 'attribute' ), __( 'If the attribute', 'samlforce' ) ); ?></td>
						<td><?php self::print_select( "rules[roles][rules][$n][match]", $match, self::text( $row, 'match' ), __( 'Comparison', 'samlforce' ) ); ?></td>
						<td><?php self::print_input( "rules[roles][rules][$n][value]", self::text( $row, 'value' ), __( 'Value', 'samlforce' ) ); ?></td>
						<td><?php self::print_select( "rules[roles][rules][$n][role]", $roles, self::text( $row, 'role', 'subscriber' ), __( 'Role', 'samlforce' ) ); ?></td>
					</tr>
				<?php endforeach; ?>
			</tbody>
		</table>
		<fieldset class="samlforce-boxes">
			<legend class="screen-reader-text"><?php esc_html_e( 'Roles', 'samlforce' ); ?></legend>
			<?php foreach ( $boxes as $name => $words ) : ?>
				<p><label><input type="checkbox" name="rules[roles][<?php echo esc_attr( $name ); ?>]" value="1" <?php checked( ! empty( $map[ $name ] ) ); ?> /> <?php echo esc_html( $words ); ?></label></p>
			<?php endforeach; ?>
			<div class="notice notice-warning inline">
				<p><label><input type="checkbox" name="rules[roles][allow_privileged]" value="1" <?php checked( ! empty( $map['allow_privileged'] ) ); ?> /> <strong><?php esc_html_e( 'This identity provider may give roles that can take over this site.', 'samlforce' ); ?></strong></label></p>
				<p><?php esc_html_e( 'Whoever administers the identity provider, or breaks into it, then administers this site too. Without this tick rules for such roles (Administrator, Editor and whatever else may change users, plugins, themes or settings, or write scripts into pages) are passed over.', 'samlforce' ); ?></p>
			</div>
		</fieldset>
		<?php
	}

	private static function print_dry_run( Rules $rules, Provider $provider ): void {
		$asked = Input::is_post() && '' !== Input::post( self::DRY_RUN, 1 ) && wp_verify_nonce( Input::post( '_wpnonce', 40 ), self::DRY_RUN );
		$last  = get_transient( self::LAST . get_current_user_id() );
		$typed = $asked ? Input::post( 'attributes', self::MAX_TYPED ) : self::written( is_array( $last ) ? $last : array() );
		$name  = $asked ? Input::post( 'account', 200 ) : '';
		?>
		<h2 id="samlforce-dry-run"><?php esc_html_e( 'Dry run', 'samlforce' ); ?></h2>
		<p><?php esc_html_e( 'Shows what a sign-in with these attributes would change, by what is saved above. Nothing is changed.', 'samlforce' ); ?></p>
		<form action="<?php echo esc_url( Settings_Page::url( 'mapping', array( 'provider' => $provider->slug ) ) ); ?>#samlforce-dry-run" method="post">
			<?php wp_nonce_field( self::DRY_RUN ); ?>
			<input type="hidden" name="<?php echo esc_attr( self::DRY_RUN ); ?>" value="1" />
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="samlforce-attributes"><?php esc_html_e( 'Attributes', 'samlforce' ); ?></label></th>
					<td>
						<textarea class="large-text code" rows="6" spellcheck="false" id="samlforce-attributes" name="attributes" placeholder="givenName = Ada&#10;groups = staff&#10;groups = editors"><?php echo esc_textarea( $typed ); ?></textarea>
						<p class="description"><?php esc_html_e( 'A line for each value: name = value. After a test of the sign-in, what the identity provider sent stands here.', 'samlforce' ); ?></p>
					</td>
				</tr>
				<tr>
					<th scope="row"><label for="samlforce-account"><?php esc_html_e( 'Account', 'samlforce' ); ?></label></th>
					<td>
						<input type="text" class="regular-text" autocomplete="off" id="samlforce-account" name="account" value="<?php echo esc_attr( $name ); ?>" />
						<p class="description"><?php esc_html_e( 'A user name or an address of this site. If empty: an account that is just being made.', 'samlforce' ); ?></p>
					</td>
				</tr>
			</table>
			<?php submit_button( __( 'Show what would change', 'samlforce' ), 'secondary', 'submit', false ); ?>
		</form>
		<?php
		if ( ! $asked ) {
			return;
		}
		$user = '' !== $name ? get_user_by( 'login', $name ) : null;
		if ( false === $user ) {
			$user = get_user_by( 'email', $name );
		}
		if ( false === $user ) {
			printf( '<div class="notice notice-error inline"><p>%s</p></div>', esc_html__( 'There is no account with this name or address.', 'samlforce' ) );
			return;
		}
		self::print_plan( Mapping::plan( $rules, self::read( $typed ), $user, null === $user ) );
	}

	/** @param array{fields: list<array>, roles: array} $plan */
	public static function print_plan( array $plan ): void {
		$words = array(
			'added'       => __( 'would be given', 'samlforce' ),
			'removed'     => __( 'would be taken away', 'samlforce' ),
			'stays'       => __( 'stays', 'samlforce' ),
			'refused'     => __( 'is refused', 'samlforce' ),
			'passed over' => __( 'is passed over', 'samlforce' ),
		);
		?>
		<table class="widefat striped samlforce-plan">
			<thead><tr><th scope="col"><?php esc_html_e( 'What', 'samlforce' ); ?></th><th scope="col"><?php esc_html_e( 'Now', 'samlforce' ); ?></th><th scope="col"><?php esc_html_e( 'Then', 'samlforce' ); ?></th><th scope="col"><?php esc_html_e( 'Why', 'samlforce' ); ?></th></tr></thead>
			<tbody>
				<?php foreach ( $plan['fields'] as $line ) : ?>
					<tr>
						<td><code><?php echo esc_html( $line['field'] ); ?></code></td>
						<td><?php echo esc_html( self::shown( $line['from'] ) ); ?></td>
						<td><?php echo $line['change'] ? '<strong>' . esc_html( self::shown( $line['to'] ) ) . '</strong>' : esc_html__( 'the same', 'samlforce' ); ?></td>
						<td><?php echo esc_html( $line['attribute'] . ': ' . $line['why'] ); ?></td>
					</tr>
				<?php endforeach; ?>
				<?php foreach ( $plan['roles']['lines'] as $line ) : ?>
					<tr>
						<td><?php echo esc_html( '' !== $line['role'] ? sprintf( /* translators: %s: name of a role. */ __( 'Role %s', 'samlforce' ), self::role_name( $line['role'] ) ) : __( 'Roles', 'samlforce' ) ); ?></td>
						<td></td>
						<td><?php echo in_array( $line['change'], array( 'added', 'removed' ), true ) ? '<strong>' . esc_html( $words[ $line['change'] ] ) . '</strong>' : esc_html( $words[ $line['change'] ] ); ?></td>
						<td><?php echo esc_html( $line['why'] ); ?></td>
					</tr>
				<?php endforeach; ?>
			</tbody>
		</table>
		<p>
			<?php
			/* translators: %s: names of roles. */
			echo esc_html( sprintf( __( 'Roles then: %s', 'samlforce' ), implode( ', ', array_map( array( self::class, 'role_name' ), $plan['roles']['roles'] ) ) ) );
			?>
		</p>
		<?php
	}

	/** @return array<string, list<string>> */
	public static function read( string $typed ): array {
		$attributes = array();
		foreach ( array_slice( (array) preg_split( '/\R/', $typed ), 0, self::MAX_LINES ) as $line ) {
			// One with spaces around it goes before: names may hold "=" themselves.
			if ( preg_match( '/^\s*(\S.*?)\s+=\s+(.*?)\s*$/D', $line, $match ) || preg_match( '/^\s*([^=]+?)\s*=\s*(.*?)\s*$/D', $line, $match ) ) {
				$attributes[ $match[1] ][] = $match[2];
			}
		}
		return $attributes;
	}

	private static function written( array $attributes ): string {
		$lines = array();
		foreach ( $attributes as $name => $values ) {
			foreach ( (array) $values as $value ) {
				$lines[] = $name . ' = ' . preg_replace( '/\R/', ' ', (string) $value );
			}
		}
		return implode( "\n", $lines );
	}

	private static function role_name( string $role ): string {
		$names = wp_roles()->get_names();
		return isset( $names[ $role ] ) ? translate_user_role( $names[ $role ] ) : $role;
	}

	private static function shown( mixed $value ): string {
		$text = is_array( $value ) ? implode( ' | ', array_filter( $value, 'is_scalar' ) ) : ( is_scalar( $value ) ? (string) $value : '' );
		return '' !== $text ? $text : '—';
	}

	private static function text( array $values, string $name, string $otherwise = '' ): string {
		$value = is_scalar( $values[ $name ] ?? null ) ? (string) $values[ $name ] : '';
		return '' !== $value ? $value : $otherwise;
	}

	private static function print_input( string $name, string $value, string $label, string $list = '' ): void {
		printf( '<input type="text" class="large-text code" autocomplete="off" spellcheck="false" name="%s" value="%s" aria-label="%s"%s />', esc_attr( $name ), esc_attr( $value ), esc_attr( $label ), '' !== $list ? ' list="' . esc_attr( $list ) . '"' : '' );
	}

	private static function print_select( string $name, array $choices, string $current, string $label ): void {
		printf( '<select name="%s" aria-label="%s">', esc_attr( $name ), esc_attr( $label ) );
		foreach ( $choices as $value => $words ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( (string) $value ), selected( $current, (string) $value, false ), esc_html( $words ) );
		}
		echo '</select>';
	}
}
