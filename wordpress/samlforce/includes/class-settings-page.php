<?php
/**
 * Settings, Samlforce.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Keyring;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Settings_Page {

	/** What a key must be for a use; an RSA or EC key where nothing stands here. Salesforce's JWT flow takes RS256 alone. */
	private const KEY_KINDS = array(
		'vault_key'         => array( 'vault' ),
		'sf_key'            => array( 'rsa' ),
		'sp_decryption_key' => array( 'rsa' ),
	);

	public const SLUG           = 'samlforce';
	private const GROUP         = 'samlforce';
	private const TEST_NOTICE   = 'samlforce_test_';

	public function register(): void {
		add_action( 'admin_menu', array( $this, 'add_page' ) );
		add_filter( 'option_page_capability_' . self::GROUP, array( self::class, 'capability' ) );
		add_action( 'admin_init', array( $this, 'register_setting' ) );
		add_action( 'admin_enqueue_scripts', array( $this, 'enqueue' ) );
		add_action( 'admin_post_samlforce_test', array( $this, 'test_connection' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( SAMLFORCE_FILE ), array( $this, 'add_link' ) );
	}

	/**
	 * Who decides which identity provider is believed can become everybody: a session is good in the whole network, so
	 * there it is not for the administrators of a single site.
	 */
	public static function capability(): string {
		return is_multisite() ? 'manage_network_options' : 'manage_options';
	}

	/** @return array<string, string> */
	public static function tabs(): array {
		return array(
			'sign-in'      => __( 'Sign-in', 'samlforce' ),
			'mapping'      => __( 'Mapping', 'samlforce' ),
			'access'       => __( 'Access', 'samlforce' ),
			'salesforce'   => __( 'Salesforce', 'samlforce' ),
			'registration' => __( 'Registration', 'samlforce' ),
			'status'       => __( 'Status', 'samlforce' ),
		);
	}

	public static function url( string $tab = 'sign-in', array $arguments = array() ): string {
		return add_query_arg(
			array(
				'page' => self::SLUG,
				'tab'  => $tab,
			) + $arguments,
			admin_url( 'options-general.php' )
		);
	}

	public function add_link( $links ) {
		array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( self::url() ), esc_html__( 'Settings', 'samlforce' ) ) );
		return $links;
	}

	public function add_page(): void {
		add_options_page( __( 'Samlforce', 'samlforce' ), __( 'Samlforce', 'samlforce' ), self::capability(), self::SLUG, array( $this, 'print_page' ) );
	}

	public function register_setting(): void {
		register_setting(
			self::GROUP,
			Settings::OPTION,
			array(
				'type'              => 'array',
				'sanitize_callback' => array( $this, 'sanitize' ),
			)
		);
	}

	public function enqueue( $hook ): void {
		if ( 'settings_page_' . self::SLUG === $hook ) {
			$url = plugins_url( 'assets/', SAMLFORCE_FILE );
			wp_enqueue_style( 'samlforce-admin', $url . 'admin.css', array(), SAMLFORCE_VERSION );
			wp_enqueue_script( 'samlforce-admin', $url . 'admin.js', array( 'wp-a11y' ), SAMLFORCE_VERSION, true );
		}
	}

	/**
	 * Takes the fields of one tab (or, without a tab, whatever is given) over what is stored. A field that can't be right
	 * keeps its last good value, and says so.
	 */
	public function sanitize( $input ): array {
		$settings = Settings::stored();
		if ( ! is_array( $input ) ) {
			return $settings;
		}
		$tab  = is_string( $input['_tab'] ?? null ) && isset( Settings_Fields::TABS[ $input['_tab'] ] ) ? $input['_tab'] : null;
		$keys = null !== $tab ? Settings_Fields::TABS[ $tab ] : array_keys( Settings::DEFAULTS );
		foreach ( $keys as $key ) {
			if ( Settings::is_fixed( $key ) ) {
				continue;
			}
			$present = array_key_exists( $key, $input );
			// A box without its tick is not sent at all.
			if ( ! $present && ! ( null !== $tab && is_bool( Settings::DEFAULTS[ $key ] ) ) ) {
				continue;
			}
			try {
				$settings[ $key ] = Settings_Fields::clean( $key, $present ? $input[ $key ] : false );
			} catch ( \InvalidArgumentException $e ) {
				$this->complain( $key, $e->getMessage() );
			}
		}
		return $settings;
	}

	private function complain( string $key, string $sentence ): void {
		if ( function_exists( 'add_settings_error' ) ) {
			// WordPress prints it as it is, and the sentence may quote the metadata.
			add_settings_error( self::GROUP, 'samlforce_' . $key, esc_html( $sentence ) );
		}
	}

	public function test_connection(): void {
		if ( ! current_user_can( self::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		check_admin_referer( 'samlforce_test' );
		$result = Connection::test();
		if ( $result[0] ) {
			Outbox_Worker::resume();
		}
		set_transient( self::TEST_NOTICE . get_current_user_id(), $result, MINUTE_IN_SECONDS );
		wp_safe_redirect( self::url( 'salesforce' ) );
		exit;
	}

	public function print_page(): void {
		if ( ! current_user_can( self::capability() ) ) {
			return;
		}
		$tab  = Input::get( 'tab', 20 );
		$tabs = self::tabs();
		$tab  = isset( $tabs[ $tab ] ) ? $tab : 'sign-in';
		?>
		<div class="wrap samlforce">
			<h1><?php esc_html_e( 'Samlforce', 'samlforce' ); ?></h1>
			<nav class="nav-tab-wrapper wp-clearfix" aria-label="<?php esc_attr_e( 'Secondary menu', 'samlforce' ); ?>">
				<?php foreach ( $tabs as $name => $title ) : ?>
					<a href="<?php echo esc_url( self::url( $name ) ); ?>" class="nav-tab<?php echo $name === $tab ? ' nav-tab-active' : ''; ?>"<?php echo $name === $tab ? ' aria-current="page"' : ''; ?>><?php echo esc_html( $title ); ?></a>
				<?php endforeach; ?>
			</nav>
			<?php
			if ( Network::decides_elsewhere() && 'status' !== $tab ) {
				self::print_elsewhere( $tab );
			} elseif ( 'status' === $tab ) {
				Status_Page::print_content();
			} elseif ( 'mapping' === $tab ) {
				Mapping_Page::print_content();
			} else {
				$this->print_form( $tab );
			}
			?>
		</div>
		<?php
	}

	private static function print_elsewhere( string $tab ): void {
		switch_to_blog( get_main_site_id() );
		$url = self::url( $tab );
		restore_current_blog();
		printf( '<p>%s</p><p><a class="button" href="%s">%s</a></p>', esc_html__( 'All sites of this network go by the settings of the main site.', 'samlforce' ), esc_url( $url ), esc_html__( 'Settings of the main site', 'samlforce' ) );
	}

	private function print_form( string $tab ): void {
		if ( 'sign-in' === $tab ) {
			if ( Providers_Page::print_content() ) {
				return;
			}
			printf( '<h2>%s</h2>', esc_html__( 'This site as a service provider', 'samlforce' ) );
		}
		if ( 'salesforce' === $tab ) {
			$this->print_test_result();
		}
		if ( 'registration' === $tab ) {
			$this->print_registration_hints();
		}
		?>
		<form action="options.php" method="post" enctype="multipart/form-data">
			<?php settings_fields( self::GROUP ); ?>
			<input type="hidden" name="<?php echo esc_attr( Settings::OPTION ); ?>[_tab]" value="<?php echo esc_attr( $tab ); ?>" />
			<table class="form-table" role="presentation">
				<?php foreach ( Settings_Fields::TABS[ $tab ] as $key ) : ?>
					<tr>
						<th scope="row"><?php $this->print_label( $key ); ?></th>
						<td><?php $this->print_field( $key ); ?></td>
					</tr>
				<?php endforeach; ?>
			</table>
			<?php submit_button(); ?>
		</form>
		<?php
		if ( 'sign-in' === $tab ) {
			self::print_our_side();
		}
		if ( 'access' === $tab ) {
			Access_Page::print_tools();
		}
		if ( 'salesforce' === $tab ) {
			$this->print_connection_tools();
		}
	}

	private function print_label( string $key ): void {
		if ( 'checkbox' === Settings_Fields::type( $key ) ) {
			echo esc_html( Settings_Fields::label( $key ) );
		} else {
			printf( '<label for="samlforce-%s">%s</label>', esc_attr( $key ), esc_html( Settings_Fields::label( $key ) ) );
		}
	}

	private function print_field( string $key ): void {
		$id       = 'samlforce-' . $key;
		$name     = Settings::OPTION . '[' . $key . ']';
		$disabled = Settings::is_fixed( $key ) ? ' disabled="disabled"' : '';
		$help     = Settings_Fields::help( $key );

		switch ( Settings_Fields::type( $key ) ) {
			case 'checkbox':
				printf( '<label for="%1$s"><input type="checkbox" id="%1$s" name="%2$s" value="1"%3$s%4$s /> %5$s</label>', esc_attr( $id ), esc_attr( $name ), checked( Settings::on( $key ), true, false ), $disabled, esc_html( $help ) ); // phpcs:ignore WordPress.Security.EscapeOutput
				$help = '';
				break;
			case 'number':
				printf( '<input type="number" class="small-text" min="5" max="50" id="%s" name="%s" value="%s"%s />', esc_attr( $id ), esc_attr( $name ), esc_attr( Settings::text( $key ) ), $disabled ); // phpcs:ignore WordPress.Security.EscapeOutput
				break;
			case 'complexity':
				self::print_select( $id, $name, Settings_Fields::complexities(), Settings::text( $key ), $disabled );
				break;
			case 'choice':
				self::print_select( $id, $name, Settings_Fields::choices( $key ), Settings::text( $key ), $disabled );
				break;
			case 'key':
				$this->print_key_field( $key, $id, $name, $disabled );
				break;
			default:
				printf( '<input type="text" class="regular-text" autocomplete="off" spellcheck="false" id="%s" name="%s" value="%s"%s />', esc_attr( $id ), esc_attr( $name ), esc_attr( Settings::text( $key ) ), $disabled ); // phpcs:ignore WordPress.Security.EscapeOutput
		}
		if ( '' !== $help ) {
			printf( '<p class="description">%s</p>', esc_html( $help ) );
		}
		if ( '' !== $disabled ) {
			/* translators: %s: name of a PHP constant. */
			printf( '<p class="description">%s</p>', esc_html( sprintf( __( 'Set by %s in wp-config.php.', 'samlforce' ), Settings::constant_name( $key ) ) ) );
		}
	}

	public static function print_select( string $id, string $name, array $choices, string $current, string $disabled ): void {
		printf( '<select id="%s" name="%s"%s>', esc_attr( $id ), esc_attr( $name ), $disabled ); // phpcs:ignore WordPress.Security.EscapeOutput
		foreach ( $choices as $value => $words ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( (string) $value ), selected( $current, (string) $value, false ), esc_html( $words ) );
		}
		echo '</select>';
	}

	/** The keys that fit the use. Of one that has several generations each can be chosen: the next can then be made known before it is used. */
	private function print_key_field( string $key, string $id, string $name, string $disabled ): void {
		$current = Settings::text( $key );
		$choices = array(
			'' => match ( $key ) {
				'sp_key'            => __( '— none: requests are not signed —', 'samlforce' ),
				'sp_decryption_key' => __( '— none: answers come in the open —', 'samlforce' ),
				default             => __( '— please choose —', 'samlforce' ),
			},
		);
		foreach ( Keyring::names() as $known ) {
			if ( ! in_array( Keyring::kind( $known ), self::KEY_KINDS[ $key ] ?? array( 'rsa', 'ec' ), true ) ) {
				continue;
			}
			$choices[ $known ] = $known;
			$generations       = Keyring::generations( $known );
			if ( 'vault_key' !== $key && count( $generations ) > 1 ) {
				/* translators: %s: name of a key. */
				$choices[ $known ] = sprintf( __( '%s (always the newest)', 'samlforce' ), $known );
				$choices          += array_combine( $generations, $generations );
			}
		}
		if ( '' !== $current && ! isset( $choices[ $current ] ) ) {
			/* translators: %s: name of a key. */
			$choices[ $current ] = sprintf( __( '%s (not in the keyring)', 'samlforce' ), $current );
		}
		self::print_select( $id, $name, $choices, $current, $disabled );
		if ( 1 === count( $choices ) ) {
			printf( '<p class="description samlforce-warning">%s</p>', esc_html__( 'PHP has loaded no key that fits. Put one into the folder that samlforce.keyring in php.ini names, and restart PHP; what was refused stands in PHP’s error log.', 'samlforce' ) );
		}
	}

	public static function expiry( ?int $not_after ): string {
		if ( null === $not_after ) {
			return __( 'without an end', 'samlforce' );
		}
		$date = wp_date( get_option( 'date_format' ), $not_after );
		if ( $not_after < time() ) {
			/* translators: %s: a date. */
			return sprintf( __( 'expired on %s (its key is still trusted)', 'samlforce' ), $date );
		}
		/* translators: 1: a date, 2: a span of time, "3 months" say. */
		return sprintf( __( 'valid until %1$s, for another %2$s', 'samlforce' ), $date, human_time_diff( time(), $not_after ) );
	}

	/** What the other side has to know. */
	public static function print_our_side(): void {
		?>
		<h2 id="samlforce-our-side"><?php esc_html_e( 'For the identity provider', 'samlforce' ); ?></h2>
		<p><?php esc_html_e( 'Give it these values; in Salesforce, to a connected app (or External Client App) with SAML.', 'samlforce' ); ?></p>
		<table class="form-table" role="presentation">
			<?php
			self::print_copy_row( 'entity', __( 'Entity ID', 'samlforce' ), Saml::entity_id() );
			self::print_copy_row( 'acs', __( 'ACS URL', 'samlforce' ), Saml::assertion_consumer_url() );
			if ( '' !== Settings::text( 'sp_key' ) ) {
				self::print_copy_row( 'slo', __( 'Single logout URL', 'samlforce' ), Saml::single_logout_url() );
			}
			self::print_copy_row( 'metadata', __( 'Metadata', 'samlforce' ), Saml::metadata_url() );
			?>
		</table>
		<p><a class="button" href="<?php echo esc_url( add_query_arg( 'download', '1', Saml::metadata_url() ) ); ?>"><?php esc_html_e( 'Download our metadata', 'samlforce' ); ?></a>
			<?php if ( '' !== Settings::text( 'sp_key' ) ) : ?>
				<a class="button" href="<?php echo esc_url( add_query_arg( array( 'download' => '1', 'signed' => '1' ), Saml::metadata_url() ) ); ?>"><?php esc_html_e( 'Download it signed', 'samlforce' ); ?></a>
			<?php endif; ?>
		</p>
		<?php
	}

	private static function print_copy_row( string $id, string $label, string $value ): void {
		?>
		<tr>
			<th scope="row"><label for="samlforce-copy-<?php echo esc_attr( $id ); ?>"><?php echo esc_html( $label ); ?></label></th>
			<td>
				<input type="text" class="large-text code samlforce-copy" readonly="readonly" id="samlforce-copy-<?php echo esc_attr( $id ); ?>" value="<?php echo esc_attr( $value ); ?>" />
				<button type="button" class="button hide-if-no-js" data-samlforce-copy="samlforce-copy-<?php echo esc_attr( $id ); ?>" data-copied="<?php esc_attr_e( 'Copied', 'samlforce' ); ?>"><?php esc_html_e( 'Copy', 'samlforce' ); ?></button>
			</td>
		</tr>
		<?php
	}

	private function print_connection_tools(): void {
		$key         = Settings::text( 'sf_key' );
		$certificate = null;
		try {
			$certificate = '' !== $key && Keyring::has( $key ) ? Keyring::certificate( $key ) : null;
		} catch ( SamlforceException ) {
			$certificate = null;
		}
		?>
		<h2><?php esc_html_e( 'Test', 'samlforce' ); ?></h2>
		<form action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" method="post">
			<input type="hidden" name="action" value="samlforce_test" />
			<?php wp_nonce_field( 'samlforce_test' ); ?>
			<p><?php esc_html_e( 'Calls Salesforce with the saved settings, and changes nothing there.', 'samlforce' ); ?></p>
			<?php submit_button( __( 'Test the connection', 'samlforce' ), 'secondary', 'submit', false ); ?>
		</form>
		<?php if ( null !== $certificate ) : ?>
			<h2><?php esc_html_e( 'Certificate for the connected app', 'samlforce' ); ?></h2>
			<p><?php esc_html_e( 'Save it as a file, and upload it in Salesforce under "Use digital signatures". It is public.', 'samlforce' ); ?></p>
			<textarea class="large-text code" rows="6" readonly="readonly" id="samlforce-certificate"><?php echo esc_textarea( $certificate ); ?></textarea>
			<p><button type="button" class="button hide-if-no-js" data-samlforce-copy="samlforce-certificate" data-copied="<?php esc_attr_e( 'Copied', 'samlforce' ); ?>"><?php esc_html_e( 'Copy', 'samlforce' ); ?></button></p>
		<?php endif; ?>
		<?php
	}

	private function print_test_result(): void {
		$name   = self::TEST_NOTICE . get_current_user_id();
		$result = get_transient( $name );
		if ( is_array( $result ) ) {
			delete_transient( $name );
			printf( '<div class="notice %s"><p>%s</p></div>', $result[0] ? 'notice-success' : 'notice-error', esc_html( $result[1] ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- one of two words of ours.
		}
	}

	private function print_registration_hints(): void {
		$hints = array();
		if ( is_multisite() ) {
			$hints[] = __( 'Registration with a password is for single sites: this one belongs to a network, where WordPress registers people in another way.', 'samlforce' );
		}
		if ( Settings::on( 'registration' ) ) {
			if ( ! get_option( 'users_can_register' ) ) {
				$hints[] = __( 'Registration on the login page is closed: under Settings, General, "Anyone can register" has no tick. The page Add User works all the same.', 'samlforce' );
			}
			if ( '' === Settings::text( 'vault_key' ) || ! Keyring::has( Settings::text( 'vault_key' ) ) ) {
				$hints[] = __( 'Nobody can register yet: choose the key that seals passwords.', 'samlforce' );
			}
			$hints[] = Connection::what_is_missing();
		}
		foreach ( array_filter( $hints ) as $hint ) {
			printf( '<div class="notice notice-warning inline"><p>%s</p></div>', esc_html( $hint ) );
		}
	}
}
