--TEST--
Where an identity provider listens, by service and binding: from its metadata, or given by hand
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\SamlException;

$forge = new Forge();
$der = preg_replace('~-----[^-]+-----|\s~', '', $forge->certificate);
$binding = 'urn:oasis:names:tc:SAML:2.0:bindings:';
$metadata = <<<XML
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
            xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" entityID="urn:idp">
        <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" WantAuthnRequestsSigned=" true">
            <md:Extensions><mdui:UIInfo>
                <mdui:DisplayName xml:lang="en">Acme &lt;b&gt;</mdui:DisplayName><mdui:DisplayName xml:lang="de"> Akme </mdui:DisplayName>
                <mdui:DisplayName xml:lang="en">second</mdui:DisplayName><mdui:DisplayName>no language</mdui:DisplayName>
            </mdui:UIInfo></md:Extensions>
            <md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>$der</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
            <md:ArtifactResolutionService Binding="{$binding}SOAP" Location="https://idp.test/artifact" index="3" isDefault="true"/>
            <md:SingleLogoutService Binding="{$binding}HTTP-Redirect" Location="https://idp.test/slo" ResponseLocation="https://idp.test/slo-answer"/>
            <md:SingleLogoutService Binding="{$binding}SOAP" Location="https://idp.test/slo-soap"/>
            <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
            <md:SingleSignOnService Binding="{$binding}HTTP-POST" Location="https://idp.test/sso"/>
            <md:SingleSignOnService Binding="{$binding}SOAP" Location="https://idp.test/ecp"/>
        </md:IDPSSODescriptor>
        <md:Organization><md:OrganizationName xml:lang="en">x</md:OrganizationName>
            <md:OrganizationDisplayName xml:lang="en">organisation</md:OrganizationDisplayName>
            <md:OrganizationDisplayName xml:lang="fr">organisation, en français</md:OrganizationDisplayName></md:Organization>
    </md:EntityDescriptor>
    XML;

function show(IdentityProvider $idp): void
{
    foreach (['loginUrl', 'logoutUrl', 'endpoints', 'wantsSignedRequests', 'nameIdFormats', 'displayNames'] as $name) {
        echo "$name: ", json_encode($idp->$name, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
    }
}

function refused(callable $make): void
{
    try {
        $make();
        echo "accepted\n";
    } catch (SamlException|ValueError $e) {
        echo $e instanceof SamlException ? $e->reason->name . ': ' : '', $e->getMessage(), "\n";
    }
}

$idp = IdentityProvider::fromMetadata($metadata);
show($idp);
echo json_encode(IdentityProvider::fromMetadata(str_replace('" true"', '"1"', $metadata))->wantsSignedRequests), "\n";

echo "by hand\n";
$same = new IdentityProvider('urn:idp', [$forge->certificate], endpoints: $idp->endpoints, wantsSignedRequests: true);
var_dump($same->endpoints === $idp->endpoints);
show($same);
show(new IdentityProvider('urn:idp', [$forge->certificate], 'https://idp.test/in', 'https://idp.test/out', endpoints: ['login' => ['redirect' => 'https://idp.test/in'], 'artifact' => [65535 => 'https://idp.test/a']]));

$make = fn (array $endpoints, mixed ...$more) => fn () => new IdentityProvider('urn:idp', [$forge->certificate], ...$more, endpoints: $endpoints);
refused($make(['login' => ['redirect' => 'https://idp.test/in']], loginUrl: 'https://idp.test/other'));
refused($make(['logout' => ['redirect' => 'https://idp.test/in']], logoutUrl: 'https://idp.test/other'));
refused($make(['login' => ['soap' => 'https://idp.test/']]));
refused($make(['login' => ['https://idp.test/']]));
refused($make(['login' => ['post' => 1]]));
refused($make(['login' => 'https://idp.test/']));
refused($make(['signin' => []]));
refused($make([[]]));
refused($make(['logoutResponse' => ['post' => 'https://idp.test/']]));
refused($make(['artifact' => [65536 => 'https://idp.test/']]));
refused($make(['artifact' => [-1 => 'https://idp.test/']]));
refused($make(['artifact' => ['x' => 'https://idp.test/']]));
refused($make(['artifact' => array_fill(0, 8, 'https://idp.test/')]));
refused($make(['artifact' => array_fill(0, 9, 'https://idp.test/')]));
foreach ([['login', 'post'], ['logout', 'post'], ['logout', 'soap'], ['artifact', 0]] as [$part, $key]) {
    refused($make([$part => [$key => 'javascript:alert(1)']]));
}
refused($make(['logout' => ['soap' => 'https://idp.test/'], 'logoutResponse' => ['soap' => 'javascript:alert(1)']]));
?>
--EXPECT--
loginUrl: null
logoutUrl: "https://idp.test/slo"
endpoints: {"login":{"post":"https://idp.test/sso"},"logout":{"redirect":"https://idp.test/slo","soap":"https://idp.test/slo-soap"},"logoutResponse":{"redirect":"https://idp.test/slo-answer"},"artifact":{"3":"https://idp.test/artifact"}}
wantsSignedRequests: true
nameIdFormats: ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"]
displayNames: {"en":"Acme <b>","de":"Akme","fr":"organisation, en français"}
true
by hand
bool(true)
loginUrl: null
logoutUrl: "https://idp.test/slo"
endpoints: {"login":{"post":"https://idp.test/sso"},"logout":{"redirect":"https://idp.test/slo","soap":"https://idp.test/slo-soap"},"logoutResponse":{"redirect":"https://idp.test/slo-answer"},"artifact":{"3":"https://idp.test/artifact"}}
wantsSignedRequests: true
nameIdFormats: []
displayNames: []
loginUrl: "https://idp.test/in"
logoutUrl: "https://idp.test/out"
endpoints: {"login":{"redirect":"https://idp.test/in"},"logout":{"redirect":"https://idp.test/out"},"logoutResponse":[],"artifact":{"65535":"https://idp.test/a"}}
wantsSignedRequests: false
nameIdFormats: []
displayNames: []
Samlforce\Saml\IdentityProvider::__construct(): Argument #3 ($loginUrl) must be the same as what $endpoints says of the redirect binding
Samlforce\Saml\IdentityProvider::__construct(): Argument #4 ($logoutUrl) must be the same as what $endpoints says of the redirect binding
IdentityProvider: $endpoints must name the bindings redirect, post and (for a logout) soap alone
IdentityProvider: $endpoints must name the bindings redirect, post and (for a logout) soap alone
IdentityProvider: $endpoints must hold URLs, by binding or by index
IdentityProvider: $endpoints has the parts login, logout, logoutResponse and artifact alone, each an array
IdentityProvider: $endpoints has the parts login, logout, logoutResponse and artifact alone
IdentityProvider: $endpoints has the parts login, logout, logoutResponse and artifact alone, each an array
IdentityProvider: $endpoints must say where a logout request goes for each binding of logoutResponse
IdentityProvider: $endpoints must hold at most 8 artifact services, by their index of 0 to 65535
IdentityProvider: $endpoints must hold at most 8 artifact services, by their index of 0 to 65535
IdentityProvider: $endpoints must hold at most 8 artifact services, by their index of 0 to 65535
accepted
IdentityProvider: $endpoints must hold at most 8 artifact services, by their index of 0 to 65535
UrlRefused: An address is not an http or https URL that can be used (login: found "javascript:alert(1)").
UrlRefused: An address is not an http or https URL that can be used (logout: found "javascript:alert(1)").
UrlRefused: An address is not an http or https URL that can be used (logout: found "javascript:alert(1)").
UrlRefused: An address is not an http or https URL that can be used (artifact: found "javascript:alert(1)").
UrlRefused: An address is not an http or https URL that can be used (logoutResponse: found "javascript:alert(1)").
