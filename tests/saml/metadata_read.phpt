--TEST--
A metadata document of others: only what a pinned key signed is seen, what has expired is not there
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/metadata.inc';

use Samlforce\Saml\Metadata;

$federation = new Forge();
$ec = new Forge(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
$idp = new Forge();
$other = new Forge();
$trust = [$federation->certificate];
$until = fn (int $offset) => ' validUntil="' . Forge::time($offset) . '"';
$read = fn (string $xml, array $certificates = [], ?string $id = null) => Metadata::read($xml, $certificates, $id, Forge::NOW);
$ids = fn (Metadata $m) => implode(' ', array_column($m->entities(), 'entityId'));
$say = function (string $what, callable $call): void {
    echo "$what: ", answer($call), "\n";
};

$good = entities(entity('urn:a', idp_role([$idp])) . entities(entity('urn:b', idp_role([$other])), ' cacheDuration="PT6H"'), ' ID="_md"' . $until(86400) . ' cacheDuration="P1D"');
$signed = signed_metadata($federation, $good);

echo "signature\n";
$say('pinned', function () use ($read, $signed, $trust, $ids) {
    $m = $read($signed, $trust);
    return [$m->isSigned, $m->validUntil - Forge::NOW, $m->cacheDuration, $ids($m)];
});
$say('not looked at', fn () => [$read($signed)->isSigned, $ids($read($signed))]);
$say('one of two pinned, as base64', fn () => $ids($read($signed, [$other->certificate, der_text($federation)])));
$say('EC', fn () => $ids($read(signed_metadata($ec, $good), [$ec->certificate])));
$say('an EntityDescriptor', fn () => $ids($read(signed_metadata($federation, entity('urn:a', idp_role([$idp]), ' ID="_e"')), $trust)));
$say('unsigned', fn () => $ids($read($good, $trust)));
$say('wrong key', fn () => $ids($read($signed, [$other->certificate])));
$say('changed', fn () => $ids($read(str_replace('"urn:a"', '"urn:evil"', $signed), $trust)));
$say('SHA-1', fn () => $ids($read(signed_metadata($federation, $good, ['algorithm' => NS_DS . 'rsa-sha1', 'digest' => NS_DS . 'sha1']), $trust)));
$say('inclusive C14N', fn () => $ids($read(signed_metadata($federation, $good, ['c14n' => C14N]), $trust)));
$say('no ID', fn () => $ids($read(signed_metadata($federation, str_replace(' ID="_md"', '', $good), ['uri' => '']), $trust)));
$say('no certificate', fn () => $ids($read($signed, ['garbage'])));
$say('17 certificates', fn () => $ids($read($signed, array_fill(0, 17, $federation->certificate))));
$say('16 certificates', fn () => $ids($read($signed, array_fill(0, 16, $federation->certificate))));
$say('not strings', fn () => $ids($read($signed, [1])));

// what is signed is wrapped in something that isn't: the root's own signature counts, and no other
$inner = signed_metadata($federation, entity('urn:a', idp_role([$idp]), ' ID="_inner"'));
$say('only an entity in it is signed', fn () => $ids($read(entities(preg_replace('~<\?xml.*\?>~', '', $inner)), $trust)));
$doc = Forge::load($signed);
$evil = Forge::load(entities(entity('urn:evil', idp_role([$other])), ' ID="_evil"'));
$evil->documentElement->insertBefore($evil->importNode(Forge::element($doc, 'Signature'), true), $evil->documentElement->firstChild);
$say('a signature from elsewhere', fn () => $ids($read($evil->saveXML(), $trust)));
$evil->documentElement->setAttribute('ID', '_md');
$say('with the ID too', fn () => $ids($read($evil->saveXML(), $trust)));
$evil->documentElement->appendChild($evil->importNode($doc->documentElement, true));
$say('the original inside, the same ID twice', fn () => $ids($read($evil->saveXML(), $trust)));
$doc = Forge::load($signed);
$doc->documentElement->appendChild(Forge::element($doc, 'Signature'));
$say('the signature last', fn () => $ids($read($doc->saveXML(), $trust)));

echo "what is in it\n";
$both = entity('urn:both', idp_role([$idp]) . '<md:SPSSODescriptor protocolSupportEnumeration="' . NS_SAMLP . '"/><md:Organization><md:OrganizationDisplayName xml:lang="en">Both</md:OrganizationDisplayName></md:Organization>');
$say('an identity provider and service provider in one', fn () => $read($both)->entities());
$say('of it', fn () => $read($both)->identityProvider()->endpoints['login']);
$say('neither', fn () => $read(entity('urn:old', '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol"/>'))->entities());
$say('narrowest times', fn () => array_map(fn ($e) => [$e['entityId'], $e['validUntil'] - Forge::NOW, $e['cacheDuration']],
    $read(entities(entity('urn:a', idp_role([$idp], 'https://idp.test', $until(50)), $until(60) . ' cacheDuration="PT2H"') . entity('urn:b', idp_role([$idp])), $until(100) . ' cacheDuration="PT3H"'))->entities()));
$say('two roles', fn () => count($read(entity('urn:a', idp_role([$idp]) . idp_role([$other])))->identityProvider()->certificates()));
$say('RSA and EC, one without a use', fn () => array_column($read(entity('urn:a', idp_role([$idp], inside: key_descriptor($ec, '') . key_descriptor($other, 'encryption'))))->identityProvider()->certificates(), 'key'));
$say('one of them', fn () => $read($signed, $trust)->identityProvider('urn:b')->entityId);
$say('its switches', fn () => array_slice((array) $read($signed, $trust)->identityProvider('urn:b', true, true, true, true, true, 30, true), -7));
$say('which one', fn () => $read($signed, $trust)->identityProvider()->entityId);
$say('nobody', fn () => $read($signed, $trust)->identityProvider('urn:c')->entityId);
$say('the same entityID twice', fn () => $read(entities(entity('urn:a', idp_role([$idp])) . entity('urn:a', idp_role([$other]))))->identityProvider('urn:a')->entityId);
$say('clock skew', fn () => $read($good)->identityProvider('urn:a', clockSkew: 601)->entityId);

echo "what has expired\n";
$say('the root', fn () => $ids($read(entities(entity('urn:a', idp_role([$idp])), $until(0)))));
$say('the root, signed', fn () => $ids($read(signed_metadata($federation, entities(entity('urn:a', idp_role([$idp])), ' ID="_md"' . $until(0))), $trust)));
$say('a second before', fn () => $ids($read(entities(entity('urn:a', idp_role([$idp])), $until(1)))));
$old = entities(entities(entity('urn:group', idp_role([$idp])), $until(-1)) . entity('urn:entity', idp_role([$idp]), $until(-1)) . entity('urn:role', idp_role([$idp], 'https://idp.test', $until(-1))) . entity('urn:live', idp_role([$idp])));
$say('a group, an entity, a role', fn () => array_map(fn ($e) => [$e['entityId'], $e['isIdentityProvider']], $read($old)->entities()));
foreach (['urn:group', 'urn:entity', 'urn:role', 'urn:live'] as $id) {
    $say($id, fn () => $read($old)->identityProvider($id)->entityId);
}
$say('no time', fn () => $ids($read(entities('', ' validUntil="soon"'))));
foreach (['P1D', 'PT1.5S', 'P1Y1M', '-P1D', 'P', 'PT', 'P1H', '1D', 'P101Y', 'P99999999999999999999D'] as $duration) {
    $say($duration, fn () => $read(entities('', " cacheDuration=\"$duration\""))->cacheDuration);
}

echo "what is no metadata\n";
$say('DOCTYPE', fn () => $ids($read('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' . $good)));
$say('XXE', fn () => $ids($read('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' . entity('&e;', idp_role([$idp])))));
$say('another root', fn () => $ids($read('<html/>')));
$say('nothing', fn () => $ids($read('')));
$say('a Response', fn () => $ids($read(Forge::response()->saveXML())));
$say('an address that would become a script', fn () => $read(entity('urn:a', '<md:IDPSSODescriptor protocolSupportEnumeration="' . NS_SAMLP . '">' . key_descriptor($idp) . endpoint('SingleSignOnService', 'HTTP-POST', 'javascript:alert(1)') . '</md:IDPSSODescriptor>'))->identityProvider()->entityId);
$say('no entityID', fn () => $ids($read(entity('', idp_role([$idp])))));
$say('an entityID of 1024', fn () => strlen($ids($read(entity(str_repeat('x', 1024), '')))));
$say('an entityID of 1025', fn () => $ids($read(entity(str_repeat('x', 1025), ''))));
$say('128 namespaces in scope', fn () => $ids($read(scoped(128))));
$say('129 namespaces in scope', fn () => $ids($read(scoped(129))));

function scoped(int $count): string
{
    $declare = fn (int $from, int $to) => implode('', array_map(fn ($i) => " xmlns:n$i=\"urn:n$i\"", range($from, $to)));
    // one more is the group's own, two the entity's; what the sibling declares is out of scope again
    return entities(entity('urn:a', '<md:Extensions' . $declare(1, 30) . '/><md:Extensions' . $declare(90, $count - 3) . '/>', $declare(50, 89)), $declare(1, 49));
}

echo "a query for one\n";
$one = signed_metadata($federation, entity('urn:a', idp_role([$idp]), ' ID="_e"'));
$say('it', fn () => $read($one, $trust, 'urn:a')->identityProvider('urn:a')->entityId);
$say('another', fn () => $ids($read($one, $trust, 'urn:b')));
$say('more than it', fn () => $ids($read($signed, $trust, 'urn:a')));
foreach (['https://mdq.test', 'https://mdq.test/md/', 'https://mdq.test//', 'https://mdq.test/?q=1', 'file:///etc'] as $base) {
    $say($base, fn () => Metadata::queryUrl($base, 'http://example.org/idp?x=ü y'));
}
// the example of draft-young-md-query §3.2.2's form
$say('hashed', fn () => Metadata::queryUrl('https://mdq.test', 'http://example.org/service', true));
echo 'sha1 ', sha1('http://example.org/service'), "\n";
$say('nobody', fn () => Metadata::queryUrl('https://mdq.test', ''));
$say('too long', fn () => Metadata::queryUrl('https://mdq.test', str_repeat('x', 1025)));

echo "what is kept of it\n";
$kept = $read($signed, $trust)->extract('urn:b');
$say('one', fn () => array_map(fn ($e) => [$e['entityId'], $e['validUntil'] - Forge::NOW, $e['cacheDuration']], $read($kept)->entities()));
$login = Forge::response(['issuer' => '<saml:Issuer>urn:b</saml:Issuer>', 'assertionIssuer' => '<saml:Issuer>urn:b</saml:Issuer>']);
$other->sign($login->documentElement);
verdict('it signs people in', $read($kept)->identityProvider('urn:b'), $login);
$say('a signature of its own is left out', fn () => substr_count($read($one, $trust)->extract(), 'Signature'));
?>
--EXPECT--
signature
pinned: [true,86400,86400,"urn:a urn:b"]
not looked at: [false,"urn:a urn:b"]
one of two pinned, as base64: urn:a urn:b
EC: urn:a urn:b
an EntityDescriptor: urn:a
unsigned: NotSigned
wrong key: SignatureInvalid (found http://www.w3.org/2001/04/xmldsig-more#rsa-sha256)
changed: DigestMismatch
SHA-1: AlgorithmRefused (found http://www.w3.org/2000/09/xmldsig#rsa-sha1)
inclusive C14N: TransformRefused (found http://www.w3.org/TR/2001/REC-xml-c14n-20010315)
no ID: MissingAttribute
no certificate: CertificateInvalid
17 certificates: ValueError: Samlforce\Saml\Metadata::read(): Argument #2 ($trustedCertificates) must hold at most 16 certificates
16 certificates: urn:a urn:b
not strings: TypeError: Samlforce\Saml\Metadata::read(): Argument #2 ($trustedCertificates) must hold strings alone
only an entity in it is signed: NotSigned
a signature from elsewhere: ReferenceMismatch (found #_md)
with the ID too: DigestMismatch
the original inside, the same ID twice: DuplicateId (found _md)
the signature last: NotSigned
what is in it
an identity provider and service provider in one: [{"entityId":"urn:both","isIdentityProvider":true,"isServiceProvider":true,"displayNames":{"en":"Both"},"validUntil":null,"cacheDuration":null}]
of it: {"redirect":"https://idp.test/sso"}
neither: [{"entityId":"urn:old","isIdentityProvider":false,"isServiceProvider":false,"displayNames":[],"validUntil":null,"cacheDuration":null}]
narrowest times: [["urn:a",50,7200],["urn:b",100,10800]]
two roles: 1
RSA and EC, one without a use: ["EC-P256","RSA-2048"]
one of them: urn:b
its switches: {"allowUnsolicited":true,"allowSha1":true,"allowInclusiveC14n":true,"allowRootReference":true,"allowRsa15":true,"clockSkew":30,"requireAuthenticatedEncryption":true}
which one: EntityNotFound
nobody: EntityNotFound
the same entityID twice: EntityNotFound
clock skew: ValueError: Samlforce\Saml\Metadata::identityProvider(): Argument #7 ($clockSkew) must be between 0 and 600 seconds
what has expired
the root: MetadataExpired (found 2027-01-15T08:00:00Z)
the root, signed: MetadataExpired (found 2027-01-15T08:00:00Z)
a second before: urn:a
a group, an entity, a role: [["urn:role",false],["urn:live",true]]
urn:group: MetadataExpired (found 2027-01-15T07:59:59Z)
urn:entity: MetadataExpired (found 2027-01-15T07:59:59Z)
urn:role: MetadataExpired (found 2027-01-15T07:59:59Z)
urn:live: urn:live
no time: InvalidTime (found soon)
P1D: 86400
PT1.5S: 1
P1Y1M: 33955200
-P1D: InvalidTime (found -P1D)
P: InvalidTime (found P)
PT: InvalidTime (found PT)
P1H: InvalidTime (found P1H)
1D: InvalidTime (found 1D)
P101Y: InvalidTime (found P101Y)
P99999999999999999999D: InvalidTime (found P99999999999999999999D)
what is no metadata
DOCTYPE: Doctype
XXE: Doctype
another root: MetadataInvalid (found html)
nothing: NotWellFormed
a Response: MetadataInvalid (found Response)
an address that would become a script: UrlRefused (found javascript:alert(1))
no entityID: MetadataInvalid
an entityID of 1024: 1024
an entityID of 1025: MetadataInvalid
128 namespaces in scope: urn:a
129 namespaces in scope: TooManyNamespaces
a query for one
it: urn:a
another: EntityNotFound (found urn:a)
more than it: EntityNotFound
https://mdq.test: https://mdq.test/entities/http%3A%2F%2Fexample.org%2Fidp%3Fx%3D%C3%BC%20y
https://mdq.test/md/: https://mdq.test/md/entities/http%3A%2F%2Fexample.org%2Fidp%3Fx%3D%C3%BC%20y
https://mdq.test//: https://mdq.test/entities/http%3A%2F%2Fexample.org%2Fidp%3Fx%3D%C3%BC%20y
https://mdq.test/?q=1: UrlRefused (found https://mdq.test/?q=1)
file:///etc: UrlRefused (found file:///etc)
hashed: https://mdq.test/entities/%7Bsha1%7D11d72e8cf351eb6c75c721e838f469677ab41bdb
sha1 11d72e8cf351eb6c75c721e838f469677ab41bdb
nobody: ValueError: Samlforce\Saml\Metadata::queryUrl(): Argument #2 ($entityId) must be 1 to 1024 bytes of UTF-8
too long: ValueError: Samlforce\Saml\Metadata::queryUrl(): Argument #2 ($entityId) must be 1 to 1024 bytes of UTF-8
what is kept of it
one: [["urn:b",86400,21600]]
it signs people in: accepted "ada@example.org"
a signature of its own is left out: 0
