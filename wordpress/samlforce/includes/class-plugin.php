<?php
/**
 * Puts the parts together.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Plugin {

	private const PARTS = array(
		'input',
		'network',
		'settings',
		'settings-fields',
		'database',
		'rate-limit',
		'caches',
		'account',
		'outbox',
		'token-store',
		'connection',
		'password-needed',
		'salesforce-steps',
		'outbox-worker',
		'password-rules',
		'sealed-registration',
		'registration',
		'activation',
		'password-change',
		'presets',
		'provider',
		'providers',
		'provider-fields',
		'password-paths',
		'password-page',
		'preset-panel',
		'saml',
		'answer',
		'replay-guard',
		'login-page',
		'browser',
		'pending-logins',
		'links',
		'sessions',
		'sign-in-log',
		'sign-in-refused',
		'attribute-map',
		'role-map',
		'address-trust',
		'rules',
		'mapping',
		'account-finder',
		'local-login',
		'sign-in',
		'single-logout',
		'forced-sign-in',
		'sign-in-button',
		'profile-lock',
		'schedule',
		'profile',
		'privacy',
		'site-health',
		'access-page',
		'mapping-page',
		'settings-page',
		'providers-page',
		'configuration',
		'metadata-source',
		'metadata-upkeep',
		'metadata-panel',
		'login-test',
		'status-page',
	);

	public static function start(): void {
		foreach ( self::PARTS as $part ) {
			require_once __DIR__ . "/class-$part.php";
		}

		// Once a version and a site: this way it also reaches the sites of a network and plugins that were updated by copying files.
		add_action( 'plugins_loaded', array( Database::class, 'install_if_needed' ) );

		( new Schedule() )->register();
		( new Registration() )->register();
		( new Activation() )->register();
		$changes = new Password_Change();
		$changes->register();
		( new Password_Paths( $changes ) )->register();
		( new Password_Page() )->register();
		( new Sign_In() )->register();
		( new Login_Test() )->register();
		( new Metadata_Upkeep() )->register();
		( new Sign_In_Button() )->register();
		( new Sessions() )->register();
		( new Single_Logout() )->register();
		( new Local_Login() )->register();
		( new Forced_Sign_In() )->register();
		( new Profile_Lock() )->register();
		( new Account() )->register();
		( new Profile() )->register();
		( new Privacy() )->register();
		( new Site_Health() )->register();
		if ( is_admin() ) {
			( new Settings_Page() )->register();
			( new Providers_Page() )->register();
			( new Metadata_Panel() )->register();
			( new Access_Page() )->register();
			( new Mapping_Page() )->register();
			( new Status_Page() )->register();
		}

		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			require_once __DIR__ . '/class-command.php';
			\WP_CLI::add_command( 'samlforce', Command::class );
		}

		register_deactivation_hook( SAMLFORCE_FILE, array( Schedule::class, 'clear' ) );
	}
}
