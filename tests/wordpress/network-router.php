<?php
/**
 * What .htaccess does for a network with sites in folders: /two/wp-login.php is wp-login.php, and WordPress reads the site from the
 * address.
 */

declare(strict_types=1);

$path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = (string) preg_replace('~^/two(?=/)~', '', $path);
if (is_dir($_SERVER['DOCUMENT_ROOT'] . $file)) {
	$file = rtrim($file, '/') . '/index.php';
}
if (!is_file($_SERVER['DOCUMENT_ROOT'] . $file)) {
	$file = '/index.php';
} elseif (!str_ends_with($file, '.php')) {
	return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $file;
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . $file;
chdir(dirname($_SERVER['SCRIPT_FILENAME']));
require $_SERVER['SCRIPT_FILENAME'];
