--TEST--
IdentityProvider takes certificates in every usual form, and says what it can't take
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\IdentityProvider;

$idp = new Forge();
$der = preg_replace('~-----[^-]+-----|\s~', '', $idp->certificate);
$forms = [
    'PEM' => $idp->certificate,
    'base64 of DER' => $der,
    'base64 in lines, with spaces' => '  ' . chunk_split($der, 64, "\r\n   "),
    'PEM behind text' => "subject=CN = idp\n" . $idp->certificate,
    'a public key' => openssl_pkey_get_details($idp->key)['key'],
];
foreach ($forms as $what => $text) {
    $one = (new IdentityProvider('urn:idp', [$text]))->certificates()[0];
    echo $what, ': ', $one['key'], ' ', $one['notAfter'] === null ? 'no end' : gmdate('Y', $one['notAfter']) - gmdate('Y'), ' ', openssl_pkey_get_public($one['pem']) ? 'usable' : 'broken', "\n";
}
$one = (new IdentityProvider('urn:idp', [$idp->certificate]))->certificates()[0];
var_dump($one['sha256'] === openssl_x509_fingerprint($idp->certificate, 'sha256'));
var_dump($one['notAfter'] === openssl_x509_parse($idp->certificate)['validTo_time_t']);

function show(callable $try): void
{
    try {
        $try();
        echo "fine\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
show(fn () => new IdentityProvider('urn:idp', []));
show(fn () => new IdentityProvider('urn:idp', [1]));
show(fn () => new IdentityProvider('urn:idp', ['x']));
show(fn () => new IdentityProvider('urn:idp', [substr($der, 0, 400)]));
show(fn () => new IdentityProvider('urn:idp', array_fill(0, 17, $der)));
show(fn () => new IdentityProvider('', [$der]));
show(fn () => new IdentityProvider(str_repeat('a', 1024), [$der]));
show(fn () => new IdentityProvider(str_repeat('a', 1025), [$der]));
show(fn () => new IdentityProvider('urn:idp', [$der], 'javascript:alert(1)'));
show(fn () => new IdentityProvider('urn:idp', [$der], 'https://user@host/'));
show(fn () => new IdentityProvider('urn:idp', [$der], "https://host/\"onload="));
show(fn () => new IdentityProvider('urn:idp', [$der], logoutUrl: 'ftp://host/'));
show(fn () => new IdentityProvider('urn:idp', [$der], clockSkew: 601));
show(fn () => new IdentityProvider('urn:idp', [$der], clockSkew: -1));
$good = new IdentityProvider('urn:idp', [$der], 'https://idp.test/sso', allowSha1: true);
show(fn () => $good->__construct('urn:other', [$der]));
show(function () use ($good) { $good->entityId = 'urn:other'; });
show(function () use ($good) { $good->other = 1; });
show(fn () => clone $good);
show(fn () => serialize($good));
var_dump(get_object_vars($good));
?>
--EXPECT--
PEM: RSA-2048 10 usable
base64 of DER: RSA-2048 10 usable
base64 in lines, with spaces: RSA-2048 10 usable
PEM behind text: RSA-2048 10 usable
a public key: RSA-2048 no end usable
bool(true)
bool(true)
ValueError: Samlforce\Saml\IdentityProvider::__construct(): Argument #2 ($certificates) must hold a certificate at least
TypeError: Samlforce\Saml\IdentityProvider::__construct(): Argument #2 ($certificates) must hold strings alone
Samlforce\Saml\SamlException: A certificate can't be used: it must be an X.509 certificate or a public key, of RSA, EC or Ed25519 (certificates).
Samlforce\Saml\SamlException: A certificate can't be used: it must be an X.509 certificate or a public key, of RSA, EC or Ed25519 (certificates).
Samlforce\Saml\SamlException: A certificate can't be used: it must be an X.509 certificate or a public key, of RSA, EC or Ed25519 (certificates).
Samlforce\Saml\SamlException: This is no SAML 2.0 metadata (entityID).
fine
Samlforce\Saml\SamlException: This is no SAML 2.0 metadata (entityID).
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (loginUrl: found "javascript:alert(1)").
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (loginUrl: found "https://user@host/").
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (loginUrl: found "https://host/"onload=").
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (logoutUrl: found "ftp://host/").
ValueError: Samlforce\Saml\IdentityProvider::__construct(): Argument #10 ($clockSkew) must be between 0 and 600 seconds
ValueError: Samlforce\Saml\IdentityProvider::__construct(): Argument #10 ($clockSkew) must be between 0 and 600 seconds
Error: An IdentityProvider is immutable: make a new one
Error: Cannot modify readonly property Samlforce\Saml\IdentityProvider::$entityId
Error: Cannot create dynamic property Samlforce\Saml\IdentityProvider::$other
Error: Trying to clone an uncloneable object of class Samlforce\Saml\IdentityProvider
Exception: Serialization of 'Samlforce\Saml\IdentityProvider' is not allowed
array(14) {
  ["entityId"]=>
  string(7) "urn:idp"
  ["loginUrl"]=>
  string(20) "https://idp.test/sso"
  ["logoutUrl"]=>
  NULL
  ["endpoints"]=>
  array(4) {
    ["login"]=>
    array(1) {
      ["redirect"]=>
      string(20) "https://idp.test/sso"
    }
    ["logout"]=>
    array(0) {
    }
    ["logoutResponse"]=>
    array(0) {
    }
    ["artifact"]=>
    array(0) {
    }
  }
  ["wantsSignedRequests"]=>
  bool(false)
  ["nameIdFormats"]=>
  array(0) {
  }
  ["displayNames"]=>
  array(0) {
  }
  ["allowUnsolicited"]=>
  bool(false)
  ["allowSha1"]=>
  bool(true)
  ["allowInclusiveC14n"]=>
  bool(false)
  ["allowRootReference"]=>
  bool(false)
  ["allowRsa15"]=>
  bool(false)
  ["clockSkew"]=>
  int(60)
  ["requireAuthenticatedEncryption"]=>
  bool(false)
}
