<?php
/**
 * What WordPress's installation page does. Environment: SITE, ADMIN, PLUGIN (a folder below plugins, or empty), NETWORK (HOST:PORT
 * of a network that is to be made around the site, or missing); the administrator's password on standard input.
 */

declare(strict_types=1);

define('WP_INSTALLING', true);
$site = (string) getenv('SITE');
$password = rtrim((string) stream_get_contents(STDIN), "\n");
if ($password === '') {
	fwrite(STDERR, "install.php: no password for the administrator on standard input.\n");
	exit(1);
}
require "$site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$installed = wp_install('Samlforce trial', (string) getenv('ADMIN'), 'admin@example.test', false, '', $password);
if (empty($installed['user_id'])) {
	fwrite(STDERR, "install.php: WordPress did not install.\n");
	exit(1);
}
update_option('users_can_register', 1);
update_option('permalink_structure', '/%postname%/');

// What the page Tools, Network Setup does.
$network = (string) getenv('NETWORK');
if ($network !== '') {
	foreach ($wpdb->tables('ms_global') as $table => $prefixed) {
		$wpdb->$table = $prefixed;
	}
	install_network();
	$made = populate_network(1, $network, 'admin@example.test', 'Samlforce network', '/', false);
	if (is_wp_error($made)) {
		fwrite(STDERR, 'install.php: ' . $made->get_error_message() . "\n");
		exit(1);
	}
}

// Activation runs in a request of its own, as it does on a real site: this one was started as "installing".
$plugin = (string) getenv('PLUGIN');
if ($plugin !== '') {
	$code = '$_SERVER["HTTP_HOST"] = "localhost"; require getenv("SITE") . "/wp-load.php";'
		. 'require_once ABSPATH . "wp-admin/includes/plugin.php";'
		. '$plugins = array_keys(get_plugins("/" . getenv("PLUGIN")));'
		. 'if (!$plugins) { fwrite(STDERR, "there is no plugin in " . getenv("PLUGIN") . "\n"); exit(1); }'
		. '$error = activate_plugin(getenv("PLUGIN") . "/" . $plugins[0]);'
		. 'if (is_wp_error($error)) { fwrite(STDERR, $error->get_error_message() . "\n"); exit(1); }';
	$process = proc_open(
		[PHP_BINARY, '-d', 'sys_temp_dir=' . ini_get('sys_temp_dir'), '-d', 'error_log=' . ini_get('error_log'), '-r', $code],
		[STDIN, STDOUT, STDERR],
		$pipes
	);
	if (proc_close($process) !== 0) {
		fwrite(STDERR, "install.php: the plugin $plugin could not be activated.\n");
		exit(1);
	}
}
