<?php
/**
 * Loads WordPress with the plugin, once for all tests.
 */

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

// PHPUnit reads this file inside a function, wp-config.php expects to be at the top.
global $table_prefix, $wpdb, $wp_version;

foreach (['SAMLFORCE_WP', 'SAMLFORCE_WORK', 'SALESFORCE_DIR', 'SALESFORCE_CTL', 'SF_HOST'] as $name) {
	if (getenv($name) === false) {
		fwrite(STDERR, "$name is not set; start the tests with tests/wordpress/run.\n");
		exit(1);
	}
}
$_SERVER += ['REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_NAME' => '127.0.0.1', 'HTTP_HOST' => getenv('SAMLFORCE_HOST') ?: '127.0.0.1', 'REMOTE_ADDR' => '127.0.0.1'];
// One setting is decided in wp-config.php, the others in the database.
define('SAMLFORCE_SF_LOCALE', 'de_DE');
define('WP_ADMIN', false);

require getenv('SAMLFORCE_WP') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

if (!class_exists(\Samlforce\WordPress\Plugin::class, false)) {
	fwrite(STDERR, 'The plugin is not active: ' . samlforce_missing() . "\n");
	exit(1);
}
// PHPUnit has printed something already: no header can be sent any more.
add_filter('send_auth_cookies', '__return_false');
require_once getenv('SAMLFORCE_WP') . '/wp-content/plugins/samlforce/includes/class-outbox-table.php';
require_once getenv('SAMLFORCE_WP') . '/wp-content/plugins/samlforce/includes/class-log-table.php';

require __DIR__ . '/TestCase.php';
require __DIR__ . '/Emulator.php';
require __DIR__ . '/Provider.php';
require __DIR__ . '/HttpTestCase.php';
