--TEST--
Metadata: theirs is read, with its keys and addresses; ours says who we are
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;

$old = new Forge();
$new = new Forge();
$encryption = new Forge();
$key = fn (Forge $f, string $use) => "<md:KeyDescriptor $use><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n" . preg_replace('~-----[^-]+-----~', '', $f->certificate) . '</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>';
$role = fn (string $keys, string $services = '', string $attributes = '') => '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol urn:oasis:names:tc:SAML:2.0:protocol" ' . "$attributes>$keys$services</md:IDPSSODescriptor>";
$entity = fn (string $id, string $role, string $attributes = '') => '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="' . NS_DS . "\" entityID=\"$id\" $attributes>$role</md:EntityDescriptor>";
$sso = fn (string $binding, string $url) => "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:$binding\" Location=\"$url\"/>";
$services = $sso('HTTP-POST', 'https://portal.test/post') . $sso('HTTP-Redirect', 'https://portal.test/redirect?a=1&amp;b=2') . $sso('HTTP-Redirect', 'https://portal.test/second');

function show(string $xml, mixed ...$arguments): void
{
    try {
        $idp = IdentityProvider::fromMetadata($xml, ...$arguments);
        echo $idp->entityId, ' ', $idp->loginUrl ?? 'no login', ' ', count($idp->certificates()), " keys\n";
    } catch (SamlException $e) {
        echo $e->reason->name, ': ', $e->getMessage(), "\n";
    }
}

$good = $entity('https://acme.my.salesforce.test', $role($key($old, 'use="signing"') . $key($new, '') . $key($encryption, 'use="encryption"'), $services));
show($good);
show($good, 'https://acme.my.salesforce.test');
show($good, 'https://other.test');
// both keys sign people in, the encryption key doesn't
$idp = IdentityProvider::fromMetadata($good);
verdict('old key', $idp, $old->signed());
verdict('new key', $idp, $new->signed());
verdict('encryption key', $idp, $encryption->signed());

$all = '<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">' . $good . $entity('https://sp.test', '<md:SPSSODescriptor protocolSupportEnumeration="x"/>') . '%s</md:EntitiesDescriptor>';
show(sprintf($all, ''));
show(sprintf($all, $entity('https://second.test', $role($key($old, '')))));
show(sprintf($all, $entity('https://second.test', $role($key($old, '')))), 'https://second.test');
show($entity('urn:x', $role('', $services)));
show($entity('urn:x', $role($key($old, ''), $sso('HTTP-Redirect', 'javascript:alert(1)'))));
show($entity('urn:x', $role($key($old, ''), $services), 'validUntil="2020-01-01T00:00:00Z"'));
show($entity('urn:x', $role($key($old, ''), $services), 'validUntil="2020-01-01T00:00:00Z"'), now: 1500000000);
show($entity('urn:x', $role($key($old, ''), $services), 'validUntil="soon"'));
show($entity('', $role($key($old, ''))));
show($entity('urn:x', '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol"/>'));
show('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' . $good);
show('<html/>');
show('');
show(str_repeat('<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">', 6) . $good . str_repeat('</md:EntitiesDescriptor>', 6));

echo (new ServiceProvider('https://wordpress.test/"><x', 'https://wordpress.test/wp-login.php?action=acs&x=1'))->metadata();
?>
--EXPECT--
https://acme.my.salesforce.test https://portal.test/redirect?a=1&b=2 2 keys
https://acme.my.salesforce.test https://portal.test/redirect?a=1&b=2 2 keys
EntityNotFound: The metadata must have exactly one identity provider of that entityID (IDPSSODescriptor: expected "https://other.test").
old key: accepted "ada@example.org"
new key: accepted "ada@example.org"
encryption key: SignatureInvalid
https://acme.my.salesforce.test https://portal.test/redirect?a=1&b=2 2 keys
EntityNotFound: The metadata must have exactly one identity provider of that entityID (more than one IDPSSODescriptor).
https://second.test no login 1 keys
CertificateInvalid: A certificate can't be used: it must be an X.509 certificate or a public key, of RSA, EC or Ed25519 (KeyDescriptor).
UrlRefused: An address is not an http or https URL that can be used (Location: found "javascript:alert(1)").
MetadataExpired: The metadata has expired: get it anew from the provider (validUntil: found "2020-01-01T00:00:00Z").
urn:x https://portal.test/redirect?a=1&b=2 1 keys
InvalidTime: A time is not written as xs:dateTime with a time zone (validUntil: found "soon").
MetadataInvalid: This is no SAML 2.0 metadata (entityID).
EntityNotFound: The metadata must have exactly one identity provider of that entityID (IDPSSODescriptor).
Doctype: The message has a document type, which SAML forbids (document).
MetadataInvalid: This is no SAML 2.0 metadata (document: found "html", expected "EntityDescriptor").
NotWellFormed: The message is not well-formed XML (document).
MetadataInvalid: This is no SAML 2.0 metadata (document: found "EntitiesDescriptor", expected "EntityDescriptor").
<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://wordpress.test/&quot;&gt;&lt;x">
	<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
		<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://wordpress.test/wp-login.php?action=acs&amp;x=1" index="0" isDefault="true"/>
	</md:SPSSODescriptor>
</md:EntityDescriptor>
