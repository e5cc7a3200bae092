<?php
/**
 * Writes SimpleSAMLphp's configuration. Environment: DIR, URL, DATABASE, ENTITY_ID.
 */

declare(strict_types=1);

$dir = (string) getenv('DIR');

/** A PHP file that sets one variable, as SimpleSAMLphp wants it. */
function write(string $path, string $variable, array $values, string $before = ''): void
{
	$code = "<?php\n$before\$$variable = " . var_export($values, true) . ";\n";
	if (file_put_contents($path, $code) === false) {
		fwrite(STDERR, "write-config.php: can't write $path\n");
		exit(1);
	}
}

write("$dir/config/config.php", 'config', [
	'baseurlpath' => getenv('URL') . '/simplesaml/',
	'certdir' => "$dir/cert/",
	'loggingdir' => "$dir/log/",
	'tempdir' => "$dir/tmp",
	'metadatadir' => "$dir/metadata",
	'secretsalt' => bin2hex(random_bytes(32)),
	'auth.adminpassword' => bin2hex(random_bytes(16)),
	'admin.protectindexpage' => true,
	'admin.checkforupdates' => false,
	'technicalcontact_name' => 'Nobody',
	'technicalcontact_email' => 'nobody@example.test',
	'timezone' => 'UTC',
	'logging.level' => 6, // SimpleSAML\Logger::INFO
	'logging.handler' => 'file',
	'errorreporting' => false,
	'enable.saml20-idp' => true,
	'session.duration' => 8 * 3600,
	'session.cookie.secure' => str_starts_with((string) getenv('URL'), 'https://'),
	'session.cookie.samesite' => 'None',
	'session.phpsession.savepath' => "$dir/sessions",
	'session.phpsession.httponly' => true,
	'store.type' => 'phpsession',
	'metadata.sources' => [
		['type' => 'flatfile'],
		['type' => 'xml', 'file' => "$dir/sp.xml"],
	],
]);

write(
	"$dir/config/authsources.php",
	'config',
	['salesforce' => ['SalesforceUsers', 'database' => getenv('DATABASE')]],
	"require_once __DIR__ . '/SalesforceUsers.php';\n"
);

$unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
write("$dir/metadata/saml20-idp-hosted.php", "metadata['" . getenv('ENTITY_ID') . "']", [
	'host' => '__DEFAULT__',
	'privatekey' => 'idp.key',
	'certificate' => 'idp.crt',
	'auth' => 'salesforce',
	// As Salesforce does: the Response is signed, the Assertion in it is not; the name is the Username.
	'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
	'saml20.sign.response' => true,
	'saml20.sign.assertion' => false,
	'NameIDFormat' => $unspecified,
	'authproc' => [
		10 => ['class' => 'saml:AttributeNameID', 'attribute' => 'username', 'Format' => $unspecified],
	],
	// A login request that is not signed by the key in the service provider's metadata is refused.
	'redirect.validate' => true,
]);
