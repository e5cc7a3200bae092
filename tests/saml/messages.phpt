--TEST--
A refusal says in one sentence what is wrong, with the value found and the value expected
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\SamlException;

$idp = new Forge();

function show(callable $try): void
{
    try {
        $try();
        echo "accepted\n";
    } catch (SamlException $e) {
        echo $e->reason->name, ' ', json_encode([$e->found, $e->expected], JSON_UNESCAPED_SLASHES), "\n  ", $e->getMessage(), "\n";
    }
}

show(fn () => accept($idp, $idp->signed(['conditions' => '<saml:Conditions><saml:AudienceRestriction><saml:Audience>https://other.test</saml:Audience></saml:AudienceRestriction></saml:Conditions>'])));
show(fn () => accept($idp, $idp->signed(), now: Forge::NOW + 3600));
show(fn () => accept($idp, $idp->signed(), '_other'));
show(fn () => accept($idp, (new Forge())->signed()));
show(fn () => accept($idp, $idp->signed(['assertionIssuer' => '<saml:Issuer>' . str_repeat("\u{e4}", 300) . '</saml:Issuer>'])));
show(fn () => accept($idp, $idp->signed(['assertionIssuer' => "<saml:Issuer>line\nbreak\u{7f}</saml:Issuer>"])));
show(fn () => accept($idp, $idp->signed(['status' => '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:NoPassive"/></samlp:StatusCode></samlp:Status>'])));

// libxml's own error handling and OpenSSL's queue, which belong to PHP code, hear nothing of it
libxml_use_internal_errors(true);
while (openssl_error_string() !== false) {
    // what PHP itself left when it made the keys
}
show(fn () => accept($idp, '<a'));
show(fn () => accept($idp, '<a xmlns:b="1"><b:c/><d></a>'));
var_dump(libxml_get_errors(), openssl_error_string());
?>
--EXPECT--
AudienceMismatch ["https://other.test","https://wordpress.test/metadata"]
  The Assertion is meant for another service provider: correct the Audience (entityID) at the provider (Audience: found "https://other.test", expected "https://wordpress.test/metadata").
Expired ["2027-01-15T08:05:00Z","after 2027-01-15T09:00:00Z"]
  The message has expired: compare the clocks of both sides, or start again (SubjectConfirmationData: found "2027-01-15T08:05:00Z", expected "after 2027-01-15T09:00:00Z").
InResponseToMismatch ["_request1","_other"]
  The message answers another request than the one that this browser was sent with: start again (InResponseTo: found "_request1", expected "_other").
SignatureInvalid ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",null]
  The signature was not made with a key of this provider's certificates: compare them with those that the provider uses now (SignatureValue: found "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256").
IssuerMismatch ["\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4","https://acme.my.salesforce.test"]
  The message comes from another provider than the one that was asked (Issuer: found "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää", expected "https://acme.my.salesforce.test").
IssuerMismatch ["line?break?","https://acme.my.salesforce.test"]
  The message comes from another provider than the one that was asked (Issuer: found "line?break?", expected "https://acme.my.salesforce.test").
StatusNotSuccess ["urn:oasis:names:tc:SAML:2.0:status:NoPassive","urn:oasis:names:tc:SAML:2.0:status:Success"]
  The provider did not sign the person in (Status: found "urn:oasis:names:tc:SAML:2.0:status:NoPassive", expected "urn:oasis:names:tc:SAML:2.0:status:Success").
NotWellFormed [null,null]
  The message is not well-formed XML (XML).
NotWellFormed [null,null]
  The message is not well-formed XML (XML).
array(0) {
}
bool(false)
