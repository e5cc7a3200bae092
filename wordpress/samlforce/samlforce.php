<?php
/**
 * Plugin Name:       Samlforce
 * Description:       Sign-in by SAML 2.0, and registration in a Salesforce Experience Cloud site with the very password that was chosen here. Needs the PHP extension "samlforce".
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            The Samlforce contributors
 * License:           GPL-3.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-3.0.html
 * Text Domain:       samlforce
 * Domain Path:       /languages
 *
 * This file must parse on PHP 7.4, so that an old server gets a sentence and not a white page. All the rest of the plugin is
 * loaded only where PHP 8.2 and the extension are there.
 *
 * @package Samlforce
 */

defined( 'ABSPATH' ) || exit;

define( 'SAMLFORCE_VERSION', '0.1.0' );
define( 'SAMLFORCE_FILE', __FILE__ );

/**
 * Why the plugin can't work on this server, as one sentence, or '' if it can.
 */
function samlforce_missing() {
	if ( PHP_VERSION_ID < 80200 ) {
		/* translators: %s: version of PHP. */
		return sprintf( __( 'Samlforce is switched off: it needs PHP 8.2 or newer, and this server runs PHP %s. Signing in with a WordPress password works as before.', 'samlforce' ), PHP_VERSION );
	}
	if ( ! class_exists( 'Samlforce\\Saml\\ServiceProvider', false ) ) {
		return __( 'Samlforce is switched off: the PHP extension "samlforce" is not loaded. Install it, add "extension=samlforce" to php.ini and restart PHP. Signing in with a WordPress password works as before.', 'samlforce' );
	}
	return '';
}

add_action(
	'init',
	function () {
		load_plugin_textdomain( 'samlforce', false, dirname( plugin_basename( SAMLFORCE_FILE ) ) . '/languages' );
	}
);

if ( PHP_VERSION_ID >= 80200 && class_exists( 'Samlforce\\Saml\\ServiceProvider', false ) ) {
	require __DIR__ . '/includes/class-plugin.php';
	\Samlforce\WordPress\Plugin::start();
} else {
	add_action(
		'admin_notices',
		function () {
			if ( current_user_can( 'activate_plugins' ) ) {
				printf( '<div class="notice notice-error"><p>%s</p></div>', esc_html( samlforce_missing() ) );
			}
		}
	);

	// Whose address is not confirmed stays out: that PHP lost its extension must not open these accounts.
	add_filter(
		'authenticate',
		function ( $user ) {
			if ( $user instanceof WP_User && 'unconfirmed' === get_user_meta( $user->ID, 'samlforce_status', true ) ) {
				return new WP_Error( 'samlforce_unconfirmed', __( '<strong>Your account is not active yet,</strong> and can’t be activated at the moment. Please tell the owner of this site.', 'samlforce' ) );
			}
			return $user;
		},
		99
	);
	add_filter(
		'wp_is_application_passwords_available_for_user',
		function ( $available, $user ) {
			return $user instanceof WP_User && 'unconfirmed' === get_user_meta( $user->ID, 'samlforce_status', true ) ? false : $available;
		},
		10,
		2
	);
}
