--TEST--
A login request says all that was asked for, by both bindings, signed and not, as the schemas of SAML have it
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';
require __DIR__ . '/../support/keyring.inc';
require __DIR__ . '/../support/schemas.inc';

use Samlforce\Keyring;
use Samlforce\Saml\{Binding, Comparison, IdentityProvider, ServiceProvider};

if (!Keyring::has('rsa')) { // the keys must be there when PHP starts
    $ring = new TestKeyring();
    $ring->pair('rsa');
    $ring->pair('ec', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'secp384r1']);
    $ring->pair('bare', withCertificate: false);
    echo $ring->run('require $argv[1];', [], [__FILE__]);
    return;
}
$forge = new Forge();
$both = new IdentityProvider('urn:idp', [$forge->certificate], 'https://idp.test/redirect?a=1', endpoints: ['login' => ['post' => 'https://idp.test/post?a=1&b=2']]);
$post = new IdentityProvider('urn:idp', [$forge->certificate], endpoints: ['login' => ['post' => 'https://idp.test/post']]);
$redirect = new IdentityProvider('urn:idp', [$forge->certificate], 'https://idp.test/redirect');
$sp = fn (?string $key = null) => new ServiceProvider(Forge::SP, Forge::ACS, $key, furtherAssertionConsumerUrls: ['https://second.test/acs', 'https://third.test/acs']);

function xml(Samlforce\Saml\Message $message): string
{
    if ($message->binding === Binding::Post) {
        return base64_decode($message->fields['SAMLRequest'], true);
    }
    parse_str(parse_url($message->url, PHP_URL_QUERY), $query);
    return gzinflate(base64_decode($query['SAMLRequest'], true));
}

function same(string $xml): string
{
    return preg_replace(['~ID="_[0-9a-f]{40}"~', '~IssueInstant="[0-9T:Z-]{20}"~'], ['ID="ID"', 'IssueInstant="NOW"'], $xml);
}

function attempt(callable $try): void
{
    try {
        $try();
        echo "fine\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}

const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';
const PPT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const CARD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard';

echo "-- everything\n";
$everything = [
    'relayState' => 'a"<&', 'forceAuthn' => true, 'isPassive' => true, 'nameIdFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', 'authnContexts' => [PASSWORD, PPT],
    'comparison' => Comparison::Minimum, 'authnContextOrder' => [PASSWORD, PPT, CARD], 'maxAge' => 60, 'spNameQualifier' => 'urn:affiliation', 'allowCreate' => false,
    'assertionConsumerUrl' => 'https://third.test/acs', 'providerName' => 'Été "<&', 'proxyCount' => 0, 'idpList' => ['urn:one', 'urn:two'], 'requesterIds' => ['urn:portal'],
];
$message = $sp()->requestLogin($both, ...$everything);
echo $message->binding->name, ' ', json_encode($message->fields), ' ', strtok($message->url, '?'), "\n", same(xml($message)), "\n";
$posted = $sp()->requestLogin($both, ...$everything + ['binding' => Binding::Post]);
echo $posted->binding->name, ' ', implode(',', array_keys($posted->fields)), " {$posted->fields['RelayState']} $posted->url\n";
var_dump(same(xml($posted)) === str_replace('https://idp.test/redirect?a=1', 'https://idp.test/post?a=1&amp;b=2', same(xml($message))));
preg_match_all('~name="(\w+)" value="([^"]*)"~', $posted->form(), $m);
var_dump(array_combine($m[1], array_map(htmlspecialchars_decode(...), $m[2])) === $posted->fields);

echo "-- the binding\n";
foreach (['both' => $both, 'post' => $post, 'redirect' => $redirect] as $name => $idp) {
    foreach ([null, Binding::Redirect, Binding::Post] as $binding) {
        try {
            echo "$name, ", $binding->name ?? 'none', ': ', $sp()->requestLogin($idp, binding: $binding)->binding->name, "\n";
        } catch (Samlforce\Saml\SamlException $e) {
            echo "$name, ", $binding->name ?? 'none', ': ', $e->getMessage(), "\n";
        }
    }
}
attempt(fn () => $sp()->requestLogin($both, binding: Binding::Soap));

echo "-- the schemas, and whose signature\n";
foreach ([null, 'rsa', 'ec', 'bare'] as $key) {
    foreach ([[], $everything] as $wishes) {
        foreach ([Binding::Redirect, Binding::Post] as $binding) {
            $xml = xml($sp($key)->requestLogin($both, ...$wishes + ['binding' => $binding]));
            $errors = schema_errors($xml);
            echo $errors === '' ? '' : ($key ?? 'unsigned') . " $binding->name: $errors\n";
            $signed = str_contains($xml, '<ds:Signature ');
            if ($signed !== ($key !== null && $binding === Binding::Post)) {
                echo "$key $binding->name: is signed: $signed\n";
            }
            if ($signed) {
                file_put_contents($file = tempnam(sys_get_temp_dir(), 'samlforce'), $xml);
                file_put_contents("$file.pem", Keyring::publicKey($key));
                exec("xmlsec1 --verify --enabled-key-data key-name,rsa,ec --pubkey-pem $file.pem --id-attr:ID " . NS_SAMLP . ":AuthnRequest $file 2>&1", $said, $status);
                echo $status === 0 ? '' : implode("\n", $said) . "\n";
                array_map(unlink(...), [$file, "$file.pem"]);
            }
        }
    }
    echo $errors = schema_errors($sp($key)->metadata()), $errors === '' ? '' : "\n";
}
preg_match_all('~AssertionConsumerService .*~', $sp()->metadata(), $m);
echo implode("\n", $m[0]), "\n";
echo schema_errors(str_replace('<samlp:Scoping', '<samlp:Scope', xml($message))) === '' ? "a schema that finds nothing\n" : "the schemas find what is wrong\n";

echo "-- by index\n";
$index = fn (int $index, mixed ...$more) => $sp()->requestLogin($redirect, ...$more, assertionConsumerIndex: $index);
preg_match_all('~AssertionConsumerService Binding="[^"]*:(\w+-\w+)" Location="([^"]+)" index="(\d)"~', $sp()->metadata(artifact: true), $m, PREG_SET_ORDER);
foreach ($m as [, $how, $where, $number]) {
    $message = $index((int) $number);
    preg_match('~Destination="[^"]*"(.*?)>~', xml($message), $said);
    echo "$how $where:$said[1]", schema_errors(xml($message)), html_entity_decode($where) === $message->expectation->assertionConsumerUrl ? '' : ' ELSEWHERE', "\n";
}
attempt(fn () => $index(6));
attempt(fn () => $index(-1));
attempt(fn () => $index(0, assertionConsumerUrl: Forge::ACS));
attempt(fn () => $index(0, byArtifact: true));

echo "-- the page\n";
echo preg_replace('~(SAMLRequest" value=")[^"]+~', '$1…', $posted->form('bm9uY2U=', 'Weiter & "<los>"', 'de'));
var_dump(str_contains($posted->form(), "<script>document"));
attempt(fn () => $posted->form('"><script>'));
attempt(fn () => $posted->form(''));
attempt(fn () => $posted->form(str_repeat('a', 256)));
attempt(fn () => $posted->form(str_repeat('a', 257)));
attempt(fn () => $posted->form(button: str_repeat('a', 200)));
attempt(fn () => $posted->form(button: str_repeat('a', 201)));
attempt(fn () => $posted->form(button: "\xff"));
attempt(fn () => $posted->form(language: str_repeat('a', 36)));
attempt(fn () => $message->form());

echo "-- the caps\n";
$uris = fn (int $n) => array_map(fn (int $i) => "urn:$i", range(1, $n));
attempt(fn () => $sp()->requestLogin($post, authnContexts: $uris(16)));
attempt(fn () => $sp()->requestLogin($post, authnContexts: $uris(17)));
attempt(fn () => $sp()->requestLogin($post, authnContexts: ['urn:a', 'urn:a']));
attempt(fn () => $sp()->requestLogin($post, authnContexts: ['']));
attempt(fn () => $sp()->requestLogin($post, authnContexts: [1]));
attempt(fn () => $sp()->requestLogin($post, authnContexts: ["urn:\x01"]));
attempt(fn () => $sp()->requestLogin($post, authnContexts: [str_repeat('a', 1024)]));
attempt(fn () => $sp()->requestLogin($post, authnContexts: [str_repeat('a', 1025)]));
attempt(fn () => $sp()->requestLogin($post, authnContexts: [PPT], comparison: Comparison::Better));
attempt(fn () => $sp()->requestLogin($post, authnContexts: [PPT], comparison: Comparison::Better, authnContextOrder: [PASSWORD]));
attempt(fn () => $sp()->requestLogin($post, authnContexts: [PPT], comparison: Comparison::Better, authnContextOrder: [PASSWORD, PPT]));
attempt(fn () => $sp()->requestLogin($post, nameIdFormat: ' urn:a'));
attempt(fn () => $sp()->requestLogin($post, spNameQualifier: "\xff"));
attempt(fn () => $sp()->requestLogin($post, maxAge: 31536000));
attempt(fn () => $sp()->requestLogin($post, maxAge: 31536001));
attempt(fn () => $sp()->requestLogin($post, maxAge: -1));
attempt(fn () => $sp()->requestLogin($post, assertionConsumerUrl: 'https://other.test/acs'));
attempt(fn () => $sp()->requestLogin($post, providerName: str_repeat('a', 256)));
attempt(fn () => $sp()->requestLogin($post, providerName: str_repeat('a', 257)));
attempt(fn () => $sp()->requestLogin($post, proxyCount: 100));
attempt(fn () => $sp()->requestLogin($post, proxyCount: 101));
attempt(fn () => $sp()->requestLogin($post, idpList: $uris(32), requesterIds: $uris(32)));
attempt(fn () => $sp()->requestLogin($post, idpList: $uris(33)));
attempt(fn () => $sp()->requestLogin($post, requesterIds: $uris(33)));
// all of it as large as it may be, each character escaped
attempt(fn () => $sp('rsa')->requestLogin($post, idpList: array_fill(0, 32, str_repeat('&', 1024)), requesterIds: array_fill(0, 32, str_repeat('"', 1024)),
    authnContexts: array_map(fn (int $i) => str_repeat('"', 1023) . chr(65 + $i), range(0, 15)), providerName: str_repeat('"', 256), nameIdFormat: str_repeat('"', 1024)));
attempt(fn () => new ServiceProvider(Forge::SP, Forge::ACS, furtherAssertionConsumerUrls: array_fill(0, 15, 'https://sp.test/')));
attempt(fn () => new ServiceProvider(Forge::SP, Forge::ACS, furtherAssertionConsumerUrls: array_fill(0, 16, 'https://sp.test/')));
attempt(fn () => new ServiceProvider(Forge::SP, Forge::ACS, furtherAssertionConsumerUrls: ['javascript:alert(1)']));
attempt(fn () => new ServiceProvider(Forge::SP, Forge::ACS, furtherAssertionConsumerUrls: [1]));
attempt(fn () => new IdentityProvider('urn:idp', [$forge->certificate], endpoints: ['login' => ['post' => 'javascript:alert(1)']]));
?>
--EXPECT--
-- everything
Redirect [] https://idp.test/redirect
<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID" Version="2.0" IssueInstant="NOW" Destination="https://idp.test/redirect?a=1" ForceAuthn="true" IsPassive="true" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" AssertionConsumerServiceURL="https://third.test/acs" ProviderName="Été &quot;&lt;&amp;"><saml:Issuer>https://wordpress.test/metadata</saml:Issuer><samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" SPNameQualifier="urn:affiliation"/><samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></samlp:RequestedAuthnContext><samlp:Scoping ProxyCount="0"><samlp:IDPList><samlp:IDPEntry ProviderID="urn:one"/><samlp:IDPEntry ProviderID="urn:two"/></samlp:IDPList><samlp:RequesterID>urn:portal</samlp:RequesterID></samlp:Scoping></samlp:AuthnRequest>
Post SAMLRequest,RelayState a"<& https://idp.test/post?a=1&b=2
bool(true)
bool(true)
-- the binding
both, none: Redirect
both, Redirect: Redirect
both, Post: Post
post, none: Post
post, Redirect: post, Redirect: An address is not an http or https URL that can be used (the provider has no SingleSignOnService with this binding).
post, Post: Post
redirect, none: Redirect
redirect, Redirect: Redirect
redirect, Post: redirect, Post: An address is not an http or https URL that can be used (the provider has no SingleSignOnService with this binding).
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #6 ($binding) must be Binding::Redirect or Binding::Post
-- the schemas, and whose signature
AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://wordpress.test/wp-login.php?action=samlforce_acs" index="0" isDefault="true"/>
AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://second.test/acs" index="1"/>
AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://third.test/acs" index="2"/>
the schemas find what is wrong
-- by index
HTTP-POST https://wordpress.test/wp-login.php?action=samlforce_acs: AssertionConsumerServiceIndex="0"
HTTP-POST https://second.test/acs: AssertionConsumerServiceIndex="1"
HTTP-POST https://third.test/acs: AssertionConsumerServiceIndex="2"
HTTP-Artifact https://wordpress.test/wp-login.php?action=samlforce_acs: AssertionConsumerServiceIndex="3"
HTTP-Artifact https://second.test/acs: AssertionConsumerServiceIndex="4"
HTTP-Artifact https://third.test/acs: AssertionConsumerServiceIndex="5"
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #19 ($assertionConsumerIndex) must be between 0 and 5, as in our metadata
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #19 ($assertionConsumerIndex) must be between 0 and 5, as in our metadata
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #19 ($assertionConsumerIndex) must be null where $assertionConsumerUrl or $byArtifact is given: it says both
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #19 ($assertionConsumerIndex) must be null where $assertionConsumerUrl or $byArtifact is given: it says both
-- the page
<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Weiter &amp; &quot;&lt;los&gt;&quot;</title>
</head>
<body>
<form method="post" action="https://idp.test/post?a=1&amp;b=2">
<input type="hidden" name="SAMLRequest" value="…">
<input type="hidden" name="RelayState" value="a&quot;&lt;&amp;">
<button>Weiter &amp; &quot;&lt;los&gt;&quot;</button>
</form>
<script nonce="bm9uY2U=">document.forms[0].submit();</script>
</body>
</html>
bool(true)
ValueError: Samlforce\Saml\Message::form(): Argument #1 ($nonce) must be 1 to 256 characters of base64
ValueError: Samlforce\Saml\Message::form(): Argument #1 ($nonce) must be 1 to 256 characters of base64
fine
ValueError: Samlforce\Saml\Message::form(): Argument #1 ($nonce) must be 1 to 256 characters of base64
fine
ValueError: Samlforce\Saml\Message::form(): Argument #2 ($button) must be 1 to 200 bytes of UTF-8
ValueError: Samlforce\Saml\Message::form(): Argument #2 ($button) must be 1 to 200 bytes of UTF-8
ValueError: Samlforce\Saml\Message::form(): Argument #3 ($language) must be 1 to 35 bytes of UTF-8
Error: A message by the Redirect binding has no form: send the browser to its $url
-- the caps
fine
ValueError: $authnContexts and $authnContextOrder must be at most 16 strings each
ValueError: $authnContexts must be URIs of 1 to 1024 bytes, none of them twice
ValueError: $authnContexts must be URIs of 1 to 1024 bytes, none of them twice
ValueError: $authnContexts and $authnContextOrder must be at most 16 strings each
ValueError: $authnContexts must be URIs of 1 to 1024 bytes, none of them twice
fine
ValueError: $authnContexts must be URIs of 1 to 1024 bytes, none of them twice
ValueError: $authnContextOrder must hold all of $authnContexts, for what is stronger can't be told without it
ValueError: $authnContextOrder must hold all of $authnContexts, for what is stronger can't be told without it
fine
ValueError: $nameIdFormat must be a URI of 1 to 1024 bytes
ValueError: $spNameQualifier must be an entityID of 1 to 1024 bytes
fine
ValueError: $maxAge must be between 0 and 31536000 seconds
ValueError: $maxAge must be between 0 and 31536000 seconds
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #13 ($assertionConsumerUrl) must be one of this service provider's
fine
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #14 ($providerName) must be 1 to 256 bytes of UTF-8
fine
ValueError: Samlforce\Saml\ServiceProvider::requestLogin(): Argument #15 ($proxyCount) must be between 0 and 100
fine
ValueError: $idpList and $requesterIds must be at most 32 entityIDs each, of 1 to 1024 bytes of UTF-8
ValueError: $idpList and $requesterIds must be at most 32 entityIDs each, of 1 to 1024 bytes of UTF-8
fine
fine
ValueError: Samlforce\Saml\ServiceProvider::__construct(): Argument #6 ($furtherAssertionConsumerUrls) must hold at most 15 addresses
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (furtherAssertionConsumerUrls: found "javascript:alert(1)").
TypeError: Samlforce\Saml\ServiceProvider::__construct(): Argument #6 ($furtherAssertionConsumerUrls) must hold strings alone
Samlforce\Saml\SamlException: An address is not an http or https URL that can be used (login: found "javascript:alert(1)").
