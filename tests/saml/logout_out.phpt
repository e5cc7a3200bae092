--TEST--
What we send for a logout: the name as it was received, signed by the binding, and nothing without a key
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/logout.inc';
require __DIR__ . '/../support/keyring.inc';

use Samlforce\Saml\Binding;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\LogoutStatus;
use Samlforce\Saml\NameId;
use Samlforce\Saml\ServiceProvider;

const SLS = 'https://idp.test/slo?tenant=a';

if (!Samlforce\Keyring::has('rsa')) {
    $ring = new TestKeyring();
    $ring->pair('rsa');
    $ring->pair('p256', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
    $ring->put('vault.key', bin2hex(random_bytes(32)));
    echo $ring->run('require $argv[1];', [], [__FILE__]);
    return;
}

function plain(string $xml): string
{
    return preg_replace(['~ ID="_[0-9a-f]{40}"~', '~(IssueInstant|NotOnOrAfter)="[0-9T:Z-]{20}"~', '~(URI="#)[^"]*~', '~(Value|X509Certificate)>[^<]{20,}<~'], [' ID="ID"', '$1="TIME"', '$1ID', '$1>...<'], $xml);
}

function query(string $url): array
{
    parse_str(parse_url($url, PHP_URL_QUERY), $query);
    return $query;
}

$forge = new LogoutForge(new Forge());
$idp = new IdentityProvider(Forge::IDP, [$forge->idp->certificate], null, SLS);
$sp = new ServiceProvider(Forge::SP, Forge::ACS, 'rsa', [], singleLogoutUrl: SLO);
var_dump($sp->singleLogoutUrl);

echo "-- a request\n";
$name = new NameId('a & "b"', 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', 'urn:q', Forge::SP);
$message = $sp->requestLogout($idp, $name, ['_s1', '<s2>'], 'opaque & odd', 'urn:oasis:names:tc:SAML:2.0:logout:user');
$query = query($message->url);
echo strtok($message->url, '?'), ' ', implode(' ', array_keys($query)), " $query[RelayState]\n", plain($xml = gzinflate(base64_decode($query['SAMLRequest']))), "\n";
preg_match('~ ID="([^"]+)".* IssueInstant="([^"]+)".* NotOnOrAfter="([^"]+)"~', $xml, $m);
var_dump($m[1] === $message->id, strtotime($m[3]) - strtotime($m[2]));
echo plain(gzinflate(base64_decode(query($sp->requestLogout($idp, new NameId('a'))->url)['SAMLRequest']))), "\n";

echo "-- by a form\n";
$both = new IdentityProvider(Forge::IDP, [$forge->idp->certificate], endpoints: ['logout' => ['redirect' => SLS, 'post' => 'https://idp.test/post'], 'logoutResponse' => ['redirect' => 'https://idp.test/back', 'post' => 'https://idp.test/post-back']]);
$post_only = new IdentityProvider(Forge::IDP, [$forge->idp->certificate], endpoints: ['logout' => ['post' => 'https://idp.test/post']]);
$message = $sp->requestLogout($both, $name, ['_s1'], 'r&"', binding: Binding::Post);
echo $message->binding->name, " $message->url ", implode(' ', array_keys($message->fields)), " {$message->fields['RelayState']}\n", plain($xml = base64_decode($message->fields['SAMLRequest'])), "\n";
var_dump(str_contains($xml, " ID=\"$message->id\""), str_contains($message->form(), 'value="r&amp;&quot;"'), $message->expectation);
echo $sp->requestLogout($both, $name)->binding->name, ' ', $sp->requestLogout($post_only, $name)->binding->name, "\n";

echo "-- read by the other side\n";
foreach (['rsa', 'p256'] as $key) {
    $sp = new ServiceProvider(Forge::SP, Forge::ACS, $key, [], singleLogoutUrl: SLO);
    // a provider, in the part of a service provider
    $us = new IdentityProvider(Forge::SP, [Samlforce\Keyring::certificate($key)]);
    $them = new ServiceProvider(Forge::IDP, Forge::ACS, null, [], singleLogoutUrl: SLS);
    $message = $sp->requestLogout($idp, new NameId('a', null, null, Forge::IDP), ['_s1'], 'r');
    [, $raw] = explode('?tenant=a&', $message->url);
    $read = $them->acceptLogout($us, Binding::Redirect, $raw, null, new MemoryGuard());
    echo json_encode([$read->id === $message->id, $read->nameId, $read->sessionIndexes, $read->relayState]), "\n";
    $message = $sp->requestLogout($post_only, new NameId('a', null, null, Forge::IDP), ['_s1']);
    $them_post = new ServiceProvider(Forge::IDP, Forge::ACS, null, [], singleLogoutUrl: 'https://idp.test/post');
    $read = $them_post->acceptLogout($us, Binding::Post, $message->fields['SAMLRequest'], null, new MemoryGuard());
    echo json_encode([$read->id === $message->id, $read->nameId->value, $read->sessionIndexes, $read->relayState]), "\n";
}

echo "-- the answers\n";
$sp = new ServiceProvider(Forge::SP, Forge::ACS, 'rsa', [], singleLogoutUrl: SLO);
$us = new IdentityProvider(Forge::SP, [Samlforce\Keyring::certificate('rsa')]);
$request = fn (Binding $binding, string $message) => $sp->acceptLogout($forge->idp->provider(), $binding, $message, null, new MemoryGuard(), Forge::NOW);
$redirect = $request(Binding::Redirect, $forge->redirect(LogoutForge::request(), ['relayState' => str_repeat('r', 1024)]));
$post = $request(Binding::Post, $forge->post(LogoutForge::request()));
$soap = $request(Binding::Soap, $forge->soap(LogoutForge::request()));
foreach (LogoutStatus::cases() as $status) {
    $url = $sp->respondLogout($idp, $redirect, $status)->url;
    $back = $them->acceptLogout($us, Binding::Redirect, parse_url($url, PHP_URL_QUERY), '_logout1', new MemoryGuard());
    $body = $sp->respondLogoutBySoap($soap, $status);
    $also = $them->acceptLogout($us, Binding::Soap, $body, '_logout1', new MemoryGuard());
    echo "$status->name: ", $back->status->name, ' ', $also->status->name, ' ', strlen($back->relayState), " $back->statusCode $back->secondStatusCode\n";
}
foreach (['both' => $both, 'post' => $post_only] as $which => $provider) {
    foreach (['redirect' => $redirect, 'post' => $post] as $came => $asked) {
        $message = $sp->respondLogout($provider, $asked, LogoutStatus::Success, 'r');
        echo "$came to one that takes $which: {$message->binding->name} ", strtok($message->url, '?'), ' ', $message->binding === Binding::Post ? implode(' ', array_keys($message->fields)) : query($message->url)['RelayState'], "\n";
        if ($message->binding === Binding::Post) {
            $their = new ServiceProvider(Forge::IDP, Forge::ACS, null, [], singleLogoutUrl: $message->url);
            echo '  ', $their->acceptLogout($us, Binding::Post, $message->fields['SAMLResponse'], '_logout1', new MemoryGuard())->status->name, "\n";
        }
    }
}
echo plain(gzinflate(base64_decode(query($sp->respondLogout($idp, $post)->url)['SAMLResponse']))), "\n", plain($body = $sp->respondLogoutBySoap($soap)), "\n";
var_dump(query($sp->respondLogout($idp, $post, LogoutStatus::Success, 'posted')->url)['RelayState'], isset(query($sp->respondLogout($idp, $post)->url)['RelayState']));

echo "-- xmlsec1 verifies what we sign\n";
$dir = dirname(__DIR__, 2) . '/build';
$file = tempnam(sys_get_temp_dir(), 'slo');
file_put_contents($file, $body);
file_put_contents("$file.pem", Samlforce\Keyring::certificate('rsa'));
exec('xmlsec1 --verify --id-attr:ID ' . NS_SAMLP . ':LogoutResponse --pubkey-cert-pem ' . escapeshellarg("$file.pem") . ' ' . escapeshellarg($file) . ' 2>&1', $said, $status);
echo $status === 0 ? "OK\n" : implode("\n", $said);
array_map('unlink', [$file, "$file.pem"]);

echo "-- what can't be sent\n";
$show = function (callable $try): void {
    try {
        $try();
        echo "fine\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
};
$unsigned = new ServiceProvider(Forge::SP, Forge::ACS, null, [], singleLogoutUrl: SLO);
$show(fn () => $unsigned->requestLogout($idp, $name));
$show(fn () => $unsigned->respondLogout($idp, $redirect));
$show(fn () => $unsigned->respondLogoutBySoap($soap));
$show(fn () => new ServiceProvider(Forge::SP, Forge::ACS, 'vault', [], singleLogoutUrl: SLO));
$show(fn () => $sp->requestLogout($forge->idp->provider(), $name));
$show(fn () => $sp->requestLogout($idp, $name, binding: Binding::Post));
$show(fn () => $sp->requestLogout($both, $name, binding: Binding::Soap));
$show(fn () => $sp->respondLogout($us, $redirect));
$show(fn () => $sp->respondLogout($idp, $soap));
$show(fn () => $sp->respondLogoutBySoap($redirect));
$show(fn () => $sp->respondLogout($idp, $post, LogoutStatus::Success, str_repeat('r', 1024)));
$show(fn () => $sp->respondLogout($idp, $post, LogoutStatus::Success, str_repeat('r', 1025)));
$show(fn () => $sp->requestLogout($idp, $name, [], str_repeat('r', 80)));
$show(fn () => $sp->requestLogout($idp, $name, [], str_repeat('r', 81)));
$show(fn () => $sp->requestLogout($idp, $name, array_fill(0, 100, 's')));
$show(fn () => $sp->requestLogout($idp, $name, array_fill(0, 101, 's')));
$show(fn () => $sp->requestLogout($idp, $name, [str_repeat('s', 1024)]));
$show(fn () => $sp->requestLogout($idp, $name, [str_repeat('s', 1025)]));
$show(fn () => $sp->requestLogout($idp, $name, ['']));
$show(fn () => $sp->requestLogout($idp, $name, [1]));
$show(fn () => $sp->requestLogout($idp, $name, [], null, "\x01"));
$show(fn () => new NameId(str_repeat('a', 1024)));
$show(fn () => new NameId(str_repeat('a', 1025)));
$show(fn () => new NameId(''));
$show(fn () => new NameId("a\0"));
$show(fn () => new NameId('a', "\xff"));
$show(fn () => $name->__construct('another'));
$show(fn () => new ServiceProvider(Forge::SP, Forge::ACS, null, [], singleLogoutUrl: 'javascript:alert(1)'));
$empty = fn (string $class) => (new ReflectionClass("Samlforce\\Saml\\$class"))->newInstanceWithoutConstructor();
$show(fn () => $sp->requestLogout($idp, $empty('NameId')));
$show(fn () => $sp->respondLogout($idp, $empty('LogoutRequest')));
$show(fn () => $sp->respondLogoutBySoap($empty('LogoutRequest')));
$show(fn () => serialize($redirect));
$show(fn () => $redirect->added = 1);
?>
--EXPECT--
string(56) "https://wordpress.test/wp-login.php?action=samlforce_slo"
-- a request
https://idp.test/slo tenant SAMLRequest RelayState SigAlg Signature opaque & odd
<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID" Version="2.0" IssueInstant="TIME" Destination="https://idp.test/slo?tenant=a" NotOnOrAfter="TIME" Reason="urn:oasis:names:tc:SAML:2.0:logout:user"><saml:Issuer>https://wordpress.test/metadata</saml:Issuer><saml:NameID NameQualifier="urn:q" SPNameQualifier="https://wordpress.test/metadata" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">a &amp; &quot;b&quot;</saml:NameID><samlp:SessionIndex>_s1</samlp:SessionIndex><samlp:SessionIndex>&lt;s2&gt;</samlp:SessionIndex></samlp:LogoutRequest>
bool(true)
int(300)
<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID" Version="2.0" IssueInstant="TIME" Destination="https://idp.test/slo?tenant=a" NotOnOrAfter="TIME"><saml:Issuer>https://wordpress.test/metadata</saml:Issuer><saml:NameID>a</saml:NameID></samlp:LogoutRequest>
-- by a form
Post https://idp.test/post SAMLRequest RelayState r&"
<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="https://idp.test/post" ID="ID" IssueInstant="TIME" NotOnOrAfter="TIME" Version="2.0"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://wordpress.test/metadata</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#ID"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>...</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>...</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>...</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature><saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" NameQualifier="urn:q" SPNameQualifier="https://wordpress.test/metadata">a &amp; "b"</saml:NameID><samlp:SessionIndex>_s1</samlp:SessionIndex></samlp:LogoutRequest>
bool(true)
bool(true)
NULL
Redirect Post
-- read by the other side
[true,{"value":"a","format":null,"nameQualifier":null,"spNameQualifier":"https:\/\/acme.my.salesforce.test"},["_s1"],"r"]
[true,"a",["_s1"],null]
[true,{"value":"a","format":null,"nameQualifier":null,"spNameQualifier":"https:\/\/acme.my.salesforce.test"},["_s1"],"r"]
[true,"a",["_s1"],null]
-- the answers
Success: Success Success 1024 urn:oasis:names:tc:SAML:2.0:status:Success 
PartialLogout: PartialLogout PartialLogout 1024 urn:oasis:names:tc:SAML:2.0:status:Responder urn:oasis:names:tc:SAML:2.0:status:PartialLogout
UnknownPrincipal: UnknownPrincipal UnknownPrincipal 1024 urn:oasis:names:tc:SAML:2.0:status:Requester urn:oasis:names:tc:SAML:2.0:status:UnknownPrincipal
RequestDenied: RequestDenied RequestDenied 1024 urn:oasis:names:tc:SAML:2.0:status:Requester urn:oasis:names:tc:SAML:2.0:status:RequestDenied
Failed: Failed Failed 1024 urn:oasis:names:tc:SAML:2.0:status:Responder 
redirect to one that takes both: Redirect https://idp.test/back r
post to one that takes both: Post https://idp.test/post-back SAMLResponse RelayState
  Success
redirect to one that takes post: Post https://idp.test/post SAMLResponse RelayState
  Success
post to one that takes post: Post https://idp.test/post SAMLResponse RelayState
  Success
<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID" Version="2.0" IssueInstant="TIME" Destination="https://idp.test/slo?tenant=a" InResponseTo="_logout1"><saml:Issuer>https://wordpress.test/metadata</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:LogoutResponse>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="ID" InResponseTo="_logout1" IssueInstant="TIME" Version="2.0"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://wordpress.test/metadata</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#ID"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>...</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>...</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>...</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status></samlp:LogoutResponse></soap:Body></soap:Envelope>
string(6) "posted"
bool(false)
-- xmlsec1 verifies what we sign
OK
-- what can't be sent
Samlforce\Saml\SamlException: This message has to be signed, and the service provider names no key to sign with: name one of the keyring (LogoutRequest).
Samlforce\Saml\SamlException: This message has to be signed, and the service provider names no key to sign with: name one of the keyring (LogoutResponse).
Samlforce\Saml\SamlException: This message has to be signed, and the service provider names no key to sign with: name one of the keyring (LogoutResponse).
Samlforce\KeyringException: The key "vault" is a vault key: it can't sign
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (the provider has no SingleLogoutService with the Redirect or POST binding).
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (the provider has no SingleLogoutService with this binding).
ValueError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #6 ($binding) must be Binding::Redirect or Binding::Post
ValueError: Samlforce\Saml\ServiceProvider::respondLogout(): Argument #1 ($idp) must be the provider that the request came from
ValueError: Samlforce\Saml\ServiceProvider::respondLogout(): Argument #2 ($request) came by SOAP, and is answered by respondLogoutBySoap()
ValueError: Samlforce\Saml\ServiceProvider::respondLogoutBySoap(): Argument #1 ($request) came by the browser, and is answered by respondLogout()
fine
ValueError: Samlforce\Saml\ServiceProvider::respondLogout(): Argument #4 ($relayState) must be at most 1024 bytes
fine
ValueError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #4 ($relayState) must be at most 80 bytes
fine
ValueError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #3 ($sessionIndexes) must hold at most 100
fine
ValueError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #3 ($sessionIndexes) must be 1 to 1024 bytes of UTF-8 that XML can hold
ValueError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #3 ($sessionIndexes) must be 1 to 1024 bytes of UTF-8 that XML can hold
TypeError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #3 ($sessionIndexes) must hold strings alone
ValueError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #5 ($reason) must be 1 to 1024 bytes of UTF-8 that XML can hold
fine
ValueError: Samlforce\Saml\NameId::__construct(): Argument #1 ($value) must be 1 to 1024 bytes of UTF-8 that XML can hold
ValueError: Samlforce\Saml\NameId::__construct(): Argument #1 ($value) must be 1 to 1024 bytes of UTF-8 that XML can hold
ValueError: Samlforce\Saml\NameId::__construct(): Argument #1 ($value) must be 1 to 1024 bytes of UTF-8 that XML can hold
ValueError: Samlforce\Saml\NameId::__construct(): Argument #2 ($format) must be 0 to 1024 bytes of UTF-8 that XML can hold
Error: A NameId is immutable: make a new one
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (singleLogoutUrl: found "javascript:alert(1)").
ValueError: Samlforce\Saml\ServiceProvider::requestLogout(): Argument #2 ($nameId) must be a name
Error: This LogoutRequest was made by nobody
Error: This LogoutRequest was made by nobody
Exception: Serialization of 'Samlforce\Saml\LogoutRequest' is not allowed
Error: Cannot create dynamic property Samlforce\Saml\LogoutRequest::$added
