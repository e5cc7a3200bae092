<?php
/**
 * Fills in the plugin's settings, as an administrator would. Environment: SITE, IDP_METADATA, SF_*.
 * Arguments: key=value pairs that are changed on top (true and false are booleans).
 */

declare(strict_types=1);

$_SERVER['HTTP_HOST'] = 'localhost';
require getenv('SITE') . '/wp-load.php';

$settings = (array) get_option('samlforce_settings', []);
if (getenv('IDP_METADATA') !== false) {
	$settings = array_merge($settings, [
		'sp_key' => 'sp',
		'registration' => true,
		'sf_login_host' => getenv('SF_HOST'),
		'sf_consumer_key' => getenv('SF_CONSUMER_KEY'),
		'sf_username' => getenv('SF_USERNAME'),
		'sf_key' => 'salesforce',
		'sf_account_id' => getenv('SF_ACCOUNT_ID'),
		'sf_profile_id' => getenv('SF_PROFILE_ID'),
		'vault_key' => 'vault',
	]);
}
$providers = (array) get_option('samlforce_providers', []);
if (getenv('IDP_METADATA') !== false) {
	$providers['main'] = ['metadata' => getenv('IDP_METADATA'), 'preset' => 'salesforce'];
}
foreach (array_slice($argv, 1) as $pair) {
	[$key, $value] = explode('=', $pair, 2);
	$value = match ($value) {
		'true' => true,
		'false' => false,
		default => $value,
	};
	// with the name of an identity provider and a dot in front it is one of its settings
	if (str_contains($key, '.')) {
		[$slug, $key] = explode('.', $key, 2);
		$providers[$slug][$key] = $value;
	} else {
		$settings[$key] = $value;
	}
}
update_option('samlforce_settings', $settings);
update_option('samlforce_providers', $providers, false);
