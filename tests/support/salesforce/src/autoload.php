<?php
declare(strict_types=1);

// The stand-in for Salesforce. It is written from Salesforce's documentation alone and knows no client.

spl_autoload_register(static function (string $class): void {
	$prefix = 'SalesforceEmulator\\';
	if (str_starts_with($class, $prefix)) {
		$file = __DIR__ . '/' . strtr(substr($class, strlen($prefix)), '\\', '/') . '.php';
		if (is_file($file)) {
			require $file;
		}
	}
});
