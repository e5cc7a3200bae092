--TEST--
Our metadata says all that was asked for, as the schemas have it; xmlsec1, lasso and our own reader take its signature for good, and a changed one for bad
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/schemas.inc';

use Samlforce\Keyring;
use Samlforce\KeyringException;
use Samlforce\Saml\Binding;
use Samlforce\Saml\ServiceProvider;

$name = array_values(array_filter(Keyring::names(), function (string $name): bool {
    try {
        return Keyring::certificate($name) !== null;
    } catch (KeyringException) {
        return false;
    }
}))[0];
$sp = new ServiceProvider('https://wordpress.test/metadata', 'https://wordpress.test/acs', $name, [], 'https://wordpress.test/slo', ['https://wordpress.test/acs2']);
$all = [
    'artifact' => true,
    'nameIdFormats' => ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
    'attributes' => [['name' => 'urn:oid:0.9.2342.19200300.100.1.3', 'nameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri', 'friendlyName' => 'mail', 'isRequired' => true], ['name' => 'givenName']],
    'contacts' => [['type' => 'technical', 'givenName' => 'Ada & "co" <x>', 'email' => 'ada@wordpress.test', 'phone' => '+1 2'], ['type' => 'support', 'company' => 'Acme']],
    'organization' => ['name' => ['en' => 'Acme'], 'displayName' => ['en' => 'Acme', 'de' => 'Äcme'], 'url' => ['en' => 'https://wordpress.test/']],
    'ui' => ['displayName' => ['en' => 'Portal'], 'description' => ['en' => 'Of Acme'], 'informationUrl' => ['en' => 'https://wordpress.test/i'], 'privacyStatementUrl' => ['en' => 'https://wordpress.test/p'], 'logos' => [['url' => 'https://wordpress.test/l.png', 'width' => 80, 'height' => 60]]],
    'validFor' => 86400,
    'cacheDuration' => 3600,
    'now' => 1800000000,
];

foreach (['nothing' => [], 'everything' => $all, 'signed' => $all + ['signed' => true], 'by POST alone' => ['logoutBindings' => [Binding::Post], 'wantAssertionsSigned' => false]] as $what => $arguments) {
    echo "$what: schema ", schema_errors($sp->metadata(...$arguments)) ?: 'good', "\n";
}
$doc = new DOMDocument();
$doc->loadXML($sp->metadata(...$all));
$md = 'urn:oasis:names:tc:SAML:2.0:metadata';
foreach (['SingleLogoutService', 'AssertionConsumerService'] as $service) {
    foreach ($doc->getElementsByTagNameNS($md, $service) as $at) {
        echo $service, ' ', substr(strrchr($at->getAttribute('Binding'), ':'), 1), ' ', $at->getAttribute('Location'), ' ', $at->getAttribute('index'), "\n";
    }
}
echo $doc->documentElement->getAttribute('validUntil'), ' ', $doc->documentElement->getAttribute('cacheDuration'), "\n";
foreach (['RequestedAttribute', 'ContactPerson', 'OrganizationDisplayName', 'NameIDFormat', 'Logo'] as $element) {
    echo $element, ' ', $doc->getElementsByTagNameNS('*', $element)->length, "\n";
}
echo $doc->getElementsByTagNameNS($md, 'GivenName')->item(0)->textContent, "\n";

// other people's software
$folder = sys_get_temp_dir() . '/samlforce-metadata-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
file_put_contents("$folder/public.pem", Keyring::publicKey($name));
$verify = function (string $xml) use ($folder): string {
    file_put_contents("$folder/in.xml", $xml);
    exec("xmlsec1 --verify --pubkey-pem $folder/public.pem --id-attr:ID EntityDescriptor $folder/in.xml 2>&1", $out, $code);
    return $code === 0 ? 'good' : 'bad';
};
$signed = $sp->metadata(...$all + ['signed' => true]);
echo 'xmlsec1 ', $verify($signed), ', changed ', $verify(str_replace('/acs2"', '/evil"', $signed)), "\n";
file_put_contents("$folder/in.xml", $signed);
$python = function (string $program): string {
    exec('/usr/bin/python3 -c ' . escapeshellarg($program) . ' 2>&1', $out, $code);
    return $code === 0 ? implode(' ', $out) : 'failed: ' . implode("\n", $out);
};
echo 'lasso ', $python("import lasso\ns = lasso.Server()\ns.addProvider(lasso.PROVIDER_ROLE_SP, '$folder/in.xml')\np = s.getProvider('https://wordpress.test/metadata')\nprint(p.getAssertionConsumerServiceUrl('1'))"), "\n";
echo 'pysaml2 ', $python("from saml2.mdstore import InMemoryMetaData\nm = InMemoryMetaData(None, open('$folder/in.xml').read())\nm.load()\ne = m.entity['https://wordpress.test/metadata']['spsso_descriptor'][0]\n"
    . "print(len(e['assertion_consumer_service']), len(e['single_logout_service']), [a['name'] for a in e['attribute_consuming_service'][0]['requested_attribute']])"), "\n";
array_map('unlink', glob("$folder/*"));
rmdir($folder);

// what can't be said
$refused = [
    ['attributes' => [['friendlyName' => 'x']]], ['contacts' => [['type' => 'boss']]], ['contacts' => ['x']], ['organization' => ['name' => ['en' => 'x']]], ['ui' => ['displayName' => ['not a language!' => 'x']]],
    ['ui' => ['logos' => [['url' => 'javascript:x', 'width' => 1, 'height' => 1]]]], ['nameIdFormats' => array_fill(0, 17, 'urn:x')], ['contacts' => array_fill(0, 65, ['type' => 'other'])], ['validFor' => 3599], ['cacheDuration' => 59],
    ['attributes' => [['name' => str_repeat('x', 1025)]]], ['attributes' => [['name' => "\x01"]]], ['logoutBindings' => ['post']],
];
foreach ($refused as $arguments) {
    try {
        $sp->metadata(...$arguments);
        echo json_encode($arguments), " was taken\n";
    } catch (Throwable $e) {
        echo $e::class, ': ', preg_replace('~^.*?\): ~', '', $e->getMessage()), "\n";
    }
}
try {
    (new ServiceProvider('urn:x', 'https://wordpress.test/acs'))->metadata(signed: true);
    echo "signed without a key\n";
} catch (Throwable $e) {
    echo $e::class, ': ', $e->getMessage(), "\n";
}
?>
--EXPECT--
nothing: schema good
everything: schema good
signed: schema good
by POST alone: schema good
SingleLogoutService HTTP-Redirect https://wordpress.test/slo 
SingleLogoutService HTTP-POST https://wordpress.test/slo 
SingleLogoutService SOAP https://wordpress.test/slo 
AssertionConsumerService HTTP-POST https://wordpress.test/acs 0
AssertionConsumerService HTTP-POST https://wordpress.test/acs2 1
AssertionConsumerService HTTP-Artifact https://wordpress.test/acs 2
AssertionConsumerService HTTP-Artifact https://wordpress.test/acs2 3
2027-01-16T08:00:00Z PT3600S
RequestedAttribute 2
ContactPerson 2
OrganizationDisplayName 2
NameIDFormat 1
Logo 1
Ada & "co" <x>
xmlsec1 good, changed bad
lasso https://wordpress.test/acs2
pysaml2 4 3 ['urn:oid:0.9.2342.19200300.100.1.3', 'givenName']
ValueError: Argument #4 ($attributes) must give each attribute a name
ValueError: Argument #5 ($contacts) must give each contact a type: technical, support, administrative, billing or other
ValueError: Argument #5 ($contacts) must be a list of arrays
ValueError: Argument #6 ($organization) must have a name, a displayName and a url
ValueError: Argument #7 ($ui) must have languages as keys, like en or pt-BR
ValueError: Argument #7 ($ui) has an address that is no http or https URL
ValueError: Argument #3 ($nameIdFormats) must have at most 16 entries
ValueError: Argument #5 ($contacts) must have at most 64 entries
ValueError: Argument #9 ($validFor) must be 3600 seconds at least, and a hundred years at most
ValueError: Argument #10 ($cacheDuration) must be 60 seconds at least, and a hundred years at most
ValueError: Argument #4 ($attributes) must hold texts of 1 to 1024 bytes and URLs of at most 2000
ValueError: Argument #4 ($attributes) must hold UTF-8 that XML can hold
TypeError: Argument #8 ($logoutBindings) must hold cases of Binding alone
ValueError: Samlforce\Saml\ServiceProvider::metadata(): Argument #1 ($signed) must be false: this service provider has no key
