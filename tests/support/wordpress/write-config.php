<?php
/**
 * Prints a wp-config.php: write-config.php DIR URL sqlite|mariadb:SOCKET [network]
 */

declare(strict_types=1);

[, $dir, $url, $db] = $argv;
$constants = [
	'DB_CHARSET' => 'utf8mb4',
	'DB_COLLATE' => '',
	'WP_HOME' => $url,
	'WP_SITEURL' => $url,
	'FORCE_SSL_ADMIN' => str_starts_with($url, 'https://'),
	// Nothing goes out, nothing updates itself, and time passes only when a test says so.
	'WP_HTTP_BLOCK_EXTERNAL' => true,
	'DISABLE_WP_CRON' => true,
	'AUTOMATIC_UPDATER_DISABLED' => true,
	'DISALLOW_FILE_MODS' => true,
	'WP_DEBUG' => true,
	'WP_DEBUG_DISPLAY' => false,
	'WP_DEBUG_LOG' => "$dir/debug.log",
	'WP_TEMP_DIR' => "$dir/tmp",
	'SAMLFORCE_TEST_MAIL' => "$dir/mail.jsonl",
];
if (($argv[4] ?? '') === 'network') {
	// Each site of a network keeps its address in the database.
	unset($constants['WP_HOME'], $constants['WP_SITEURL']);
	$constants += [
		'MULTISITE' => true,
		'SUBDOMAIN_INSTALL' => false,
		'DOMAIN_CURRENT_SITE' => substr($url, strpos($url, '://') + 3),
		'PATH_CURRENT_SITE' => '/',
		'SITE_ID_CURRENT_SITE' => 1,
		'BLOG_ID_CURRENT_SITE' => 1,
	];
}
if ($db === 'sqlite') {
	$constants += [
		'DB_NAME' => 'wordpress',
		'DB_USER' => '',
		'DB_PASSWORD' => '',
		'DB_HOST' => '',
		'DB_DIR' => "$dir/db",
		'DB_FILE' => 'wordpress.sqlite',
	];
} else {
	$constants += [
		'DB_NAME' => 'wordpress',
		'DB_USER' => 'wordpress',
		'DB_PASSWORD' => 'wordpress',
		'DB_HOST' => 'localhost:' . substr($db, strlen('mariadb:')),
	];
}
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
	$constants["{$name}_KEY"] = bin2hex(random_bytes(32));
	$constants["{$name}_SALT"] = bin2hex(random_bytes(32));
}

echo "<?php\n";
foreach ($constants as $name => $value) {
	echo 'define( ', var_export($name, true), ', ', var_export($value, true), " );\n";
}
echo "\$table_prefix = 'wp_';\n";
echo "if ( ! defined( 'ABSPATH' ) ) {\n\tdefine( 'ABSPATH', __DIR__ . '/' );\n}\n";
echo "require_once ABSPATH . 'wp-settings.php';\n";
