--TEST--
A login request: what it says, that its ID can't be guessed, and that its signature is good
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';
require __DIR__ . '/../support/keyring.inc';

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\ServiceProvider;

$idp = new Forge();
$sp = new ServiceProvider(Forge::SP, Forge::ACS);

function request(string $url): string
{
    parse_str(parse_url($url, PHP_URL_QUERY), $query);
    $xml = gzinflate(base64_decode($query['SAMLRequest']));
    return preg_replace(['~ID="_[0-9a-f]{40}"~', '~IssueInstant="[0-9T:Z-]{20}"~'], ['ID="ID"', 'IssueInstant="NOW"'], $xml);
}

$message = $sp->requestLogin($idp->provider(), 'opaque & odd', true, true, 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress');
echo strtok($message->url, '?'), "\n", request($message->url), "\n";
parse_str(parse_url($message->url, PHP_URL_QUERY), $query);
var_dump(array_keys($query), $query['RelayState'], preg_match('~^_[0-9a-f]{40}$~', $message->id));
$plain = $sp->requestLogin(new IdentityProvider('urn:idp', [$idp->certificate], 'https://idp.test/sso?tenant=a'));
echo preg_replace('~SAMLRequest=.*~', '...', $plain->url), "\n", request($plain->url), "\n";
var_dump($plain->id !== $message->id);

$show = function (callable $try): void {
    try {
        $try();
        echo "fine\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
};
$show(fn () => $sp->requestLogin($idp->provider(), str_repeat('a', 80)));
$show(fn () => $sp->requestLogin($idp->provider(), str_repeat('a', 81)));
$show(fn () => $sp->requestLogin(new IdentityProvider('urn:idp', [$idp->certificate])));
$show(fn () => new ServiceProvider('', Forge::ACS));
$show(fn () => new ServiceProvider('urn:sp', 'wordpress.test'));

$ring = new TestKeyring();
$keys = [
    'rsa' => $ring->pair('rsa'),
    'p256' => $ring->pair('p256', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']),
    'p384' => $ring->pair('p384', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'secp384r1']),
    'p521' => $ring->pair('p521', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'secp521r1']),
];
$ring->put('vault.key', bin2hex(random_bytes(32)));
$code = <<<'CODE'
[, $name, $certificate] = $argv;
$sp = new Samlforce\Saml\ServiceProvider('urn:sp', 'https://sp.test/acs', $name);
$idp = new Samlforce\Saml\IdentityProvider('urn:idp', [$certificate], 'https://idp.test/sso');
echo $sp->requestLogin($idp, 'relay')->url, "\n", base64_encode($sp->metadata());
CODE;
foreach ($keys as $name => $key) {
    [$url, $metadata] = explode("\n", $ring->run($code, arguments: [$name, $idp->certificate]));
    [$signed, $signature] = explode('&Signature=', parse_url($url, PHP_URL_QUERY));
    parse_str($signed, $query);
    $signature = base64_decode(urldecode($signature));
    if ($name !== 'rsa') {
        // r || s, as XML signatures have it, to the DER that PHP's openssl wants
        $integer = fn (string $n) => "\x02" . chr(strlen($n = (ord($n = ltrim($n, "\0")) & 0x80 ? "\0$n" : $n))) . $n;
        $pair = implode('', array_map($integer, str_split($signature, strlen($signature) / 2)));
        $signature = "\x30" . (strlen($pair) > 127 ? "\x81" : '') . chr(strlen($pair)) . $pair;
    }
    preg_match('~sha\d+$~', $query['SigAlg'], $hash);
    echo $name, ' ', basename($query['SigAlg']), ' ', implode(',', array_keys($query)), ' ', openssl_verify($signed, $signature, openssl_pkey_get_details($key)['key'], $hash[0]), "\n";
    $published = Forge::element(Forge::load(base64_decode($metadata)), 'X509Certificate')->textContent;
    var_dump(openssl_pkey_get_details(openssl_pkey_get_public("-----BEGIN CERTIFICATE-----\n" . chunk_split($published, 64, "\n") . "-----END CERTIFICATE-----\n"))['key'] === openssl_pkey_get_details($key)['key']);
}
foreach (['vault', 'nobody'] as $name) {
    echo $ring->run('try { new Samlforce\Saml\ServiceProvider("urn:sp", "https://sp.test/acs", $argv[1]); } catch (Samlforce\KeyringException $e) { echo $e->getMessage(), "\n"; }', arguments: [$name]);
}
?>
--EXPECT--
https://portal.salesforce.test/idp/endpoint/HttpRedirect
<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID" Version="2.0" IssueInstant="NOW" Destination="https://portal.salesforce.test/idp/endpoint/HttpRedirect" ForceAuthn="true" IsPassive="true" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" AssertionConsumerServiceURL="https://wordpress.test/wp-login.php?action=samlforce_acs"><saml:Issuer>https://wordpress.test/metadata</saml:Issuer><samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" AllowCreate="true"/></samlp:AuthnRequest>
array(2) {
  [0]=>
  string(11) "SAMLRequest"
  [1]=>
  string(10) "RelayState"
}
string(12) "opaque & odd"
int(1)
https://idp.test/sso?tenant=a&...
<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID" Version="2.0" IssueInstant="NOW" Destination="https://idp.test/sso?tenant=a" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" AssertionConsumerServiceURL="https://wordpress.test/wp-login.php?action=samlforce_acs"><saml:Issuer>https://wordpress.test/metadata</saml:Issuer></samlp:AuthnRequest>
bool(true)
fine
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #2 ($relayState) must be at most 80 bytes
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (the provider has no SingleSignOnService with the Redirect or POST binding).
ValueError: Samlforce\Saml\ServiceProvider::__construct(): Argument #1 ($entityId) must be 1 to 1024 bytes of UTF-8
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (assertionConsumerUrl: found "wordpress.test").
rsa xmldsig-more#rsa-sha256 SAMLRequest,RelayState,SigAlg 1
bool(true)
p256 xmldsig-more#ecdsa-sha256 SAMLRequest,RelayState,SigAlg 1
bool(true)
p384 xmldsig-more#ecdsa-sha384 SAMLRequest,RelayState,SigAlg 1
bool(true)
p521 xmldsig-more#ecdsa-sha512 SAMLRequest,RelayState,SigAlg 1
bool(true)
The key "vault" is a vault key: it can't sign
There is no key "nobody": put nobody.pem, nobody.key or nobody.secret into the folder that samlforce.keyring names, and restart PHP
