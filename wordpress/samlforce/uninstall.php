<?php
/**
 * Takes away everything that the plugin put into the database. Users stay, and so does what is in Salesforce.
 *
 * Runs without the plugin and without the extension, on PHP 7.4 too.
 *
 * @package Samlforce
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** One site. */
function samlforce_uninstall_site() {
	global $wpdb;
	foreach ( array( 'outbox', 'replay', 'logins', 'links', 'log', 'tokens' ) as $table ) {
		$wpdb->query( "DROP TABLE IF EXISTS {$wpdb->prefix}samlforce_$table" ); // phpcs:ignore WordPress.DB, Samlforce.DB -- names of ours.
	}
	foreach ( array( 'settings', 'providers', 'db_version', 'site_id', 'pause', 'emergency', 'rules', 'metadata_state' ) as $option ) {
		delete_option( "samlforce_$option" );
	}
	wp_clear_scheduled_hook( 'samlforce_run_outbox' );
	wp_clear_scheduled_hook( 'samlforce_clean_up' );
	wp_clear_scheduled_hook( 'samlforce_refresh_metadata' );
}

global $wpdb;
delete_site_option( 'samlforce_shared' );
$wpdb->query( "DROP TABLE IF EXISTS {$wpdb->base_prefix}samlforce_sessions" ); // phpcs:ignore WordPress.DB

if ( is_multisite() ) {
	foreach ( get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	) as $samlforce_site ) {
		switch_to_blog( $samlforce_site );
		samlforce_uninstall_site();
		restore_current_blog();
	}
} else {
	samlforce_uninstall_site();
}

// Nothing keeps them out from now on: of an account whose address was never confirmed the password goes. A new one comes
// by "Lost your password?" into the mailbox that the address belongs to.
foreach ( get_users(
	array(
		'blog_id'    => 0,
		'fields'     => 'ID',
		'meta_key'   => 'samlforce_status', // phpcs:ignore WordPress.DB.SlowDBQuery
		'meta_value' => 'unconfirmed', // phpcs:ignore WordPress.DB.SlowDBQuery
	)
) as $samlforce_user ) {
	wp_set_password( wp_generate_password( 40, true, true ), (int) $samlforce_user );
}

// One a site: wp_samlforce_roles, wp_2_samlforce_roles, …
$wpdb->query( $wpdb->prepare( "DELETE FROM $wpdb->usermeta WHERE meta_key LIKE %s", $wpdb->esc_like( $wpdb->base_prefix ) . '%' . $wpdb->esc_like( 'samlforce_roles' ) ) ); // phpcs:ignore WordPress.DB

foreach ( array( 'status', 'username', 'contact_id', 'user_id', 'active_since', 'activation' ) as $samlforce_key ) {
	delete_metadata( 'user', 0, "samlforce_$samlforce_key", '', true );
}
