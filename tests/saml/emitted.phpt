--TEST--
Every message of a logout that goes out is valid by the schemas of SAML and SOAP, and is verified by xmlsec1
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/logout.inc';
require __DIR__ . '/../support/keyring.inc';
require __DIR__ . '/../support/schemas.inc';

use Samlforce\Keyring;
use Samlforce\Saml\{Binding, IdentityProvider, LogoutStatus, Message, NameId, ServiceProvider};

if (!Keyring::has('rsa')) { // the keys must be there when PHP starts
    $ring = new TestKeyring();
    $ring->pair('rsa');
    $ring->pair('ec', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
    echo $ring->run('require $argv[1];', [], [__FILE__]);
    return;
}

/** The XML of a message, whichever way it goes. */
function xml(Message $message): string
{
    if ($message->binding === Binding::Post) {
        return base64_decode(current($message->fields), true);
    }
    parse_str(parse_url($message->url, PHP_URL_QUERY), $query);
    return gzinflate(base64_decode($query['SAMLRequest'] ?? $query['SAMLResponse'], true));
}

$judged = ['valid' => 0, 'verified' => 0];
$judge = function (string $what, string $xml, string $key, string $element) use (&$judged): void {
    $errors = schema_errors($xml);
    $judged['valid'] += (int) ($errors === '');
    echo $errors === '' ? '' : "$what: $errors\n$xml\n";
    if (!str_contains($xml, '<ds:Signature ')) {
        return;
    }
    $file = tempnam(sys_get_temp_dir(), 'samlforce');
    file_put_contents($file, $xml);
    file_put_contents("$file.pem", Keyring::publicKey($key));
    exec("xmlsec1 --verify --enabled-key-data key-name,rsa,ec --pubkey-pem $file.pem --id-attr:ID " . NS_SAMLP . ":$element $file 2>&1", $said, $status);
    $judged['verified'] += (int) ($status === 0);
    echo $status === 0 ? '' : "$what: " . implode("\n", $said) . "\n";
    array_map(unlink(...), [$file, "$file.pem"]);
};

$idp = new Forge();
$forge = new LogoutForge($idp);
$provider = new IdentityProvider(Forge::IDP, [$idp->certificate], endpoints: ['logout' => ['redirect' => 'https://idp.test/slo?a=1&b=%22', 'post' => 'https://idp.test/slo?a=1&b=2']]);
$odd = "Zoë & <O'Neil> \"x\"";
$names = [new NameId('ada'), new NameId($odd, 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', 'https://idp.test/&', 'https://sp.test/<')];
foreach (['rsa', 'ec'] as $key) {
    $sp = new ServiceProvider(Forge::SP, Forge::ACS, $key, singleLogoutUrl: SLO);
    foreach ([Binding::Redirect, Binding::Post] as $binding) {
        foreach ($names as $i => $name) {
            foreach ([[], ['_s1', $odd], array_fill(0, 100, str_repeat('s', 1024))] as $n => $indexes) {
                foreach ([null, 'urn:oasis:names:tc:SAML:2.0:logout:user'] as $reason) {
                    $judge("$key $binding->name request $i $n $reason", xml($sp->requestLogout($provider, $name, $indexes, 'state', $reason, $binding)), $key, 'LogoutRequest');
                }
            }
        }
        $asked = $sp->acceptLogout($provider, $binding, $forge->{strtolower($binding->name)}(LogoutForge::request()), null, new MemoryGuard(), Forge::NOW);
        foreach (LogoutStatus::cases() as $status) {
            $judge("$key $binding->name response $status->name", xml($sp->respondLogout($provider, $asked, $status, $binding === Binding::Post ? $odd : null)), $key, 'LogoutResponse');
        }
    }
    $asked = $sp->acceptLogout($provider, Binding::Soap, $forge->soap(LogoutForge::request()), null, new MemoryGuard(), Forge::NOW);
    foreach (LogoutStatus::cases() as $status) {
        $judge("$key Soap response $status->name", $sp->respondLogoutBySoap($asked, $status), $key, 'LogoutResponse');
    }
}
print_r($judged);
echo schema_errors(str_replace('samlp:Status>', 'samlp:Stat>', $sp->respondLogoutBySoap($asked))) === '' ? "a schema that finds nothing\n" : "the schemas find what is wrong\n";
?>
--EXPECT--
Array
(
    [valid] => 78
    [verified] => 44
)
the schemas find what is wrong
