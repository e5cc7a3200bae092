<?php
/** Prints every value of every table of an SQLite database, one a line: what stands in it by SQL, not by bytes. */

declare(strict_types=1);

$database = new PDO('sqlite:' . $argv[1], null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$database->exec('PRAGMA busy_timeout = 5000');
$tables = $database->query("SELECT name FROM sqlite_master WHERE type = 'table'")->fetchAll(PDO::FETCH_COLUMN);
foreach ($tables as $table) {
	foreach ($database->query('SELECT * FROM "' . str_replace('"', '""', $table) . '"', PDO::FETCH_NUM) as $row) {
		echo implode("\t", array_map(strval(...), $row)), "\n";
	}
}
