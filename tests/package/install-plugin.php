<?php
/** What "Plugins, Add New, Upload Plugin" does with the zip named on the command line. Environment: SITE. */

declare(strict_types=1);

$_SERVER['HTTP_HOST'] = 'localhost';
define('FS_METHOD', 'direct');
require getenv('SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';

wp_set_current_user(1);
$skin = new Automatic_Upgrader_Skin();
$result = (new Plugin_Upgrader($skin))->install($argv[1]);
if ($result !== true) {
    fwrite(STDERR, implode("\n", $skin->get_upgrade_messages()) . "\n" . (is_wp_error($result) ? $result->get_error_message() : '') . "\n");
    exit(1);
}
$error = activate_plugin('samlforce/samlforce.php');
if (is_wp_error($error)) {
    fwrite(STDERR, $error->get_error_message() . "\n");
    exit(1);
}
$plugins = get_plugins('/samlforce');
exit(is_plugin_active('samlforce/samlforce.php') && isset($plugins['samlforce.php']) ? 0 : 1);
