<?php
/**
 * The second site of a network, and the plugin for all of it. Environment: SITE, NETWORK (HOST:PORT), SLUG, PLUGIN (or empty).
 */

declare(strict_types=1);

$_SERVER['HTTP_HOST'] = (string) getenv('NETWORK');
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
require getenv('SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$made = wpmu_create_blog((string) getenv('NETWORK'), '/' . getenv('SLUG') . '/', 'Second site', 1, ['public' => 1]);
if (is_wp_error($made)) {
	fwrite(STDERR, 'install-network.php: ' . $made->get_error_message() . "\n");
	exit(1);
}
$plugin = (string) getenv('PLUGIN');
if ($plugin !== '') {
	$error = activate_plugin($plugin . '/' . array_key_first(get_plugins("/$plugin")), '', true);
	if (is_wp_error($error)) {
		fwrite(STDERR, 'install-network.php: ' . $error->get_error_message() . "\n");
		exit(1);
	}
}
