--TEST--
A signed Response, a signed Assertion, and both: each signs the right person in
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';
$idp = new Forge();
verdict('Assertion signed', $idp, $idp->signed());
verdict('Response signed', $idp, $idp->signedResponse());
verdict('both signed', $idp, $idp->signed(both: true));
verdict('PrefixList', $idp, $idp->signed(both: true, how: ['prefixes' => 'xs xsi']));
verdict('a BOM', $idp, "\xEF\xBB\xBF" . $idp->signed()->saveXML());
$assertion = accept($idp, $idp->signed());
print_r(get_object_vars($assertion));
var_dump($assertion->attribute('email'), $assertion->attribute('nobody'));
foreach (['prime256v1' => '256', 'secp384r1' => '384', 'secp521r1' => '512'] as $curve => $hash) {
    $ec = new Forge(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => $curve]);
    verdict($curve, $ec, $ec->signed(how: ['algorithm' => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha$hash"]));
}
foreach (['384', '512'] as $hash) {
    verdict("RSA and SHA-$hash", $idp, $idp->signed(how: ['algorithm' => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha$hash"]));
}
?>
--EXPECT--
Assertion signed: accepted "ada@example.org"
Response signed: accepted "ada@example.org"
both signed: accepted "ada@example.org"
PrefixList: accepted "ada@example.org"
a BOM: accepted "ada@example.org"
Array
(
    [id] => _assertion1
    [issuer] => https://acme.my.salesforce.test
    [nameId] => ada@example.org
    [nameIdFormat] => urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified
    [nameQualifier] => 
    [spNameQualifier] => 
    [sessionIndex] => _s1
    [inResponseTo] => _request1
    [notOnOrAfter] => 1800000300
    [sessionNotOnOrAfter] => 
    [authnInstant] => 1800000000
    [authnContext] => urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
    [attributes] => Array
        (
            [email] => Array
                (
                    [0] => ada@example.org
                )

            [group] => Array
                (
                    [0] => a
                    [1] => b
                )

        )

    [warnings] => Array
        (
        )

)
string(15) "ada@example.org"
NULL
prime256v1: accepted "ada@example.org"
secp384r1: accepted "ada@example.org"
secp521r1: accepted "ada@example.org"
RSA and SHA-384: accepted "ada@example.org"
RSA and SHA-512: accepted "ada@example.org"
