--TEST--
Keys to decrypt with: which ones a ServiceProvider takes, what its metadata says of them, and that no other is used
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require_once __DIR__ . '/../support/encryption.inc';
if (!within_keyring(__FILE__)) {
    return;
}

use Samlforce\Keyring;
use Samlforce\Saml\ServiceProvider;

$try = function (mixed ...$arguments): void {
    try {
        $sp = new ServiceProvider(Forge::SP, Forge::ACS, ...$arguments);
        echo json_encode([$sp->key, $sp->decryptionKeys]), "\n";
    } catch (Throwable $e) {
        echo $e::class, ' ', $e->reason->name ?? '', ': ', $e->getMessage(), "\n";
    }
};
$try();
$try(null, []);
$try('sp', ['sp', 'next']);
$try(decryptionKeys: ['bare']);
$try(decryptionKeys: ['nobody']);
$try(decryptionKeys: ['vault']);
$try(decryptionKeys: ['sp', 'ec']);
$try(decryptionKeys: [1]);
$try(decryptionKeys: ['sp', 'sp', 'sp', 'sp']);
$try(decryptionKeys: ['sp', 'sp', 'sp', 'sp', 'sp']);
try {
    $sp = new ServiceProvider(Forge::SP, Forge::ACS, null, ['sp']);
    $sp->decryptionKeys = ['next'];
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}

$idp = new Forge();
$e = new Encryptor();
opened('no key', $idp, $e->login($idp), []);
try {
    open_login($idp, $e->login($idp), []);
} catch (Samlforce\Saml\SamlException $x) {
    echo $x->getMessage(), "\n";
}
opened('no key, and a NameID', $idp, $e->replace(Forge::element(Forge::response(), 'NameID')), []);
opened('another key', $idp, $e->login($idp, ['keyName' => 'next']), ['sp']);
opened('a key without a certificate', $idp, $e->login($idp, ['keyName' => 'bare']), ['bare']);
try {
    // the key that signs is not one that decrypts
    (new ServiceProvider(Forge::SP, Forge::ACS, 'sp'))->acceptLogin($idp->provider(), base64_encode($e->login($idp)->saveXML()), Forge::REQUEST, new MemoryGuard(), Forge::NOW);
} catch (Samlforce\Saml\SamlException $x) {
    echo "the signing key: {$x->reason->name}\n";
}

$body = fn (string $name) => preg_replace('~-----.*?-----|\s~', '', Keyring::certificate($name));
$metadata = (new ServiceProvider(Forge::SP, Forge::ACS, 'sp', ['next', 'bare', 'sp']))->metadata();
echo str_replace([$body('sp'), $body('next')], ['SP', 'NEXT'], $metadata);
?>
--EXPECT--
[null,[]]
[null,[]]
["sp",["sp","next"]]
[null,["bare"]]
Samlforce\KeyringException Unknown: There is no key "nobody": put nobody.pem, nobody.key or nobody.secret into the folder that samlforce.keyring names, and restart PHP
Samlforce\KeyringException WrongKind: The key "vault" is no RSA key: it can't decrypt
Samlforce\KeyringException WrongKind: The key "ec" is no RSA key: it can't decrypt
TypeError : Samlforce\Saml\ServiceProvider::__construct(): Argument #4 ($decryptionKeys) must hold strings alone
[null,["sp","sp","sp","sp"]]
ValueError : Samlforce\Saml\ServiceProvider::__construct(): Argument #4 ($decryptionKeys) must hold at most 4 names
Cannot modify readonly property Samlforce\Saml\ServiceProvider::$decryptionKeys
no key: DecryptionKeyMissing
The provider encrypts, and this service provider names no key to decrypt with: name one (decryptionKeys), or switch encryption off there (EncryptedAssertion).
no key, and a NameID: NotSigned
another key: DecryptionFailed
a key without a certificate: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
the signing key: DecryptionKeyMissing
<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://wordpress.test/metadata">
	<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
		<md:KeyDescriptor use="signing">
			<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>SP</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
		</md:KeyDescriptor>
		<md:KeyDescriptor use="encryption">
			<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>NEXT</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>
		</md:KeyDescriptor>
		<md:KeyDescriptor use="encryption">
			<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>SP</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
			<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>
		</md:KeyDescriptor>
		<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://wordpress.test/wp-login.php?action=samlforce_acs" index="0" isDefault="true"/>
	</md:SPSSODescriptor>
</md:EntityDescriptor>
