--TEST--
LogoutRequest and LogoutResponse are accepted by the query, by a form and by SOAP, and say what they say
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/logout.inc';

use Samlforce\Saml\Binding;
use Samlforce\Saml\LogoutRequest;

$forge = new LogoutForge(new Forge());
$full = LogoutForge::request([
    'more' => ' NotOnOrAfter="' . Forge::time(300) . '" Reason="urn:oasis:names:tc:SAML:2.0:logout:user" Consent="urn:x"',
    'nameId' => '<saml:NameID NameQualifier="urn:q" SPNameQualifier="' . Forge::SP . '" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"> a&amp;b<!-- x -->c </saml:NameID>',
    'sessionIndexes' => '<samlp:SessionIndex> _s1 </samlp:SessionIndex><samlp:SessionIndex>_s2</samlp:SessionIndex>',
    'extensions' => '<samlp:Extensions><x xmlns="urn:x"/></samlp:Extensions>',
]);
$partial = LogoutForge::response(['status' => LogoutForge::status('Success', 'PartialLogout', '<samlp:StatusMessage>one is left</samlp:StatusMessage>')]);

foreach (['Redirect' => $forge->redirect(...), 'Post' => $forge->post(...), 'Soap' => $forge->soap(...)] as $name => $make) {
    echo "-- $name\n";
    $binding = constant(Binding::class . "::$name");
    $got = $forge->accept($binding, $make($full));
    var_dump($got->id, $got->issuer === Forge::IDP, $got->binding === $binding, $got->relayState, $got->warnings);
    echo json_encode([$got->nameId, $got->sessionIndexes, $got->reason], JSON_UNESCAPED_SLASHES), "\n";
    $forge->verdict('no SessionIndex', $binding, $make(LogoutForge::request(['sessionIndexes' => ''])));
    $got = $forge->accept($binding, $make($partial));
    echo json_encode([$got->status, $got->statusCode, $got->secondStatusCode, $got->statusMessage, $got->inResponseTo, $got->id], JSON_UNESCAPED_SLASHES), "\n";
    foreach ([['Success'], ['Responder', 'PartialLogout'], ['Requester', 'UnknownPrincipal'], ['Requester', 'RequestDenied'], ['Responder'], ['VersionMismatch', 'RequestVersionTooLow']] as $status) {
        $forge->verdict(implode(' ', $status), $binding, $make(LogoutForge::response(['status' => LogoutForge::status(...$status)])));
    }
}

echo "-- RelayState, and how a query may be written\n";
foreach ([null, '', 'a b&c=d', "\xff"] as $relay) {
    var_dump($forge->accept(Binding::Redirect, $forge->redirect($full, ['relayState' => $relay]))->relayState === $relay);
}
$lower = fn (string $text) => preg_replace_callback('~%[0-9A-F]{2}~', fn ($m) => strtolower($m[0]), rawurlencode($text));
$query = $forge->redirect($full, ['relayState' => 'a/b', 'encode' => $lower]);
$forge->verdict('lower case, as it was signed', Binding::Redirect, $query);
$forge->verdict('and as it was not', Binding::Redirect, str_replace('%2f', '%2F', $query));
$forge->verdict('among other parameters', Binding::Redirect, "action=samlforce_slo&$query&x");
parse_str($query, $parts);
$forge->verdict('put together anew', Binding::Redirect, http_build_query($parts));
$forge->verdict('SHA-1', Binding::Redirect, $sha1 = $forge->redirect($full, ['alg' => NS_DS . 'rsa-sha1']));
$got = $forge->accept(Binding::Redirect, $sha1, switches: ['allowSha1' => true]);
echo implode(' ', $got->warnings), "\n";

echo "-- a SOAP header that may be passed over\n";
$forge->verdict('header', Binding::Soap, $forge->soap($full, '<s:Header><x xmlns="urn:x" s:mustUnderstand="0"/></s:Header>'));

echo "-- twice\n";
$guard = new MemoryGuard();
$forge->verdict('the first time', Binding::Post, $message = $forge->post($full), guard: $guard);
$forge->verdict('the second time', Binding::Post, $message, guard: $guard);
$forge->verdict('by another binding', Binding::Redirect, $forge->redirect($full), guard: $guard);
echo count($guard->seen), ' claim until ', current($guard->seen) - Forge::NOW, "\n";

echo "-- who it says it is from\n";
use Samlforce\Saml\ServiceProvider;
foreach (['Redirect' => $forge->redirect(...), 'Post' => $forge->post(...), 'Soap' => $forge->soap(...)] as $name => $make) {
    echo ServiceProvider::claimedIssuer(constant(Binding::class . "::$name"), $make($full)), "\n";
}
echo ServiceProvider::claimedIssuer(Binding::Post, base64_encode($forge->idp->signed()->saveXML())), "\n";
?>
--EXPECT--
-- Redirect
string(8) "_logout1"
bool(true)
bool(true)
NULL
array(0) {
}
[{"value":"a&bc","format":"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent","nameQualifier":"urn:q","spNameQualifier":"https://wordpress.test/metadata"},["_s1","_s2"],"urn:oasis:names:tc:SAML:2.0:logout:user"]
no SessionIndex: ada@example.org []
["partial_logout","urn:oasis:names:tc:SAML:2.0:status:Success","urn:oasis:names:tc:SAML:2.0:status:PartialLogout","one is left","_request1","_logout1"]
Success: Success
Responder PartialLogout: PartialLogout
Requester UnknownPrincipal: UnknownPrincipal
Requester RequestDenied: RequestDenied
Responder: Failed
VersionMismatch RequestVersionTooLow: Failed
-- Post
string(8) "_logout1"
bool(true)
bool(true)
NULL
array(0) {
}
[{"value":"a&bc","format":"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent","nameQualifier":"urn:q","spNameQualifier":"https://wordpress.test/metadata"},["_s1","_s2"],"urn:oasis:names:tc:SAML:2.0:logout:user"]
no SessionIndex: ada@example.org []
["partial_logout","urn:oasis:names:tc:SAML:2.0:status:Success","urn:oasis:names:tc:SAML:2.0:status:PartialLogout","one is left","_request1","_logout1"]
Success: Success
Responder PartialLogout: PartialLogout
Requester UnknownPrincipal: UnknownPrincipal
Requester RequestDenied: RequestDenied
Responder: Failed
VersionMismatch RequestVersionTooLow: Failed
-- Soap
string(8) "_logout1"
bool(true)
bool(true)
NULL
array(0) {
}
[{"value":"a&bc","format":"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent","nameQualifier":"urn:q","spNameQualifier":"https://wordpress.test/metadata"},["_s1","_s2"],"urn:oasis:names:tc:SAML:2.0:logout:user"]
no SessionIndex: ada@example.org []
["partial_logout","urn:oasis:names:tc:SAML:2.0:status:Success","urn:oasis:names:tc:SAML:2.0:status:PartialLogout","one is left","_request1","_logout1"]
Success: Success
Responder PartialLogout: PartialLogout
Requester UnknownPrincipal: UnknownPrincipal
Requester RequestDenied: RequestDenied
Responder: Failed
VersionMismatch RequestVersionTooLow: Failed
-- RelayState, and how a query may be written
bool(true)
bool(true)
bool(true)
bool(true)
lower case, as it was signed: a&bc ["_s1","_s2"]
and as it was not: SignatureInvalid
among other parameters: a&bc ["_s1","_s2"]
put together anew: SignatureInvalid
SHA-1: AlgorithmRefused
The provider signs with SHA-1. Have it sign with SHA-256, and switch SHA-1 off here.
-- a SOAP header that may be passed over
header: a&bc ["_s1","_s2"]
-- twice
the first time: a&bc ["_s1","_s2"]
the second time: Replayed
by another binding: Replayed
1 claim until 360
-- who it says it is from
https://acme.my.salesforce.test
https://acme.my.salesforce.test
https://acme.my.salesforce.test
https://acme.my.salesforce.test
