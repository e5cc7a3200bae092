<?php
/**
 * Asks WordPress's database: sql.php QUERY; a row is a line of JSON. Environment: SITE.
 */

declare(strict_types=1);

$_SERVER['HTTP_HOST'] = 'localhost';
require getenv('SITE') . '/wp-load.php';

$rows = $wpdb->get_results($argv[1], ARRAY_A);
if ($wpdb->last_error !== '') {
	fwrite(STDERR, "sql.php: $wpdb->last_error\n");
	exit(1);
}
foreach ($rows as $row) {
	echo json_encode($row, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE), "\n";
}
