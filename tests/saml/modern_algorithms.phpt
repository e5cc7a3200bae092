--TEST--
RSA-PSS and Ed25519, which PHP can't make itself: the openssl command signs, and we accept; other forms of them are refused
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\IdentityProvider;

$folder = sys_get_temp_dir() . '/samlforce-algorithms-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
function openssl(string ...$arguments): string
{
    $process = proc_open(['openssl', ...$arguments], [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
    $out = stream_get_contents($pipes[1]);
    if (proc_close($process) !== 0) {
        exit("openssl $arguments[0] failed\n");
    }
    return $out;
}
$signer = fn (string ...$command) => function (string $bytes) use ($folder, $command): string {
    file_put_contents("$folder/data", $bytes);
    return openssl(...[...$command, ...($command[0] === 'dgst' ? ["$folder/data"] : ['-in', "$folder/data"])]);
};

$idp = new Forge();
openssl_pkey_export_to_file($idp->key, "$folder/rsa.pem");
foreach (['256', '384', '512'] as $hash) {
    $pss = fn (string ...$options) => $signer('dgst', "-sha$hash", '-sigopt', 'rsa_padding_mode:pss', ...[...$options, '-sign', "$folder/rsa.pem"]);
    $how = ['algorithm' => "http://www.w3.org/2007/05/xmldsig-more#sha$hash-rsa-MGF1"];
    verdict("RSA-PSS with SHA-$hash", $idp, $idp->signed(how: $how + ['signer' => $pss('-sigopt', 'rsa_pss_saltlen:digest')]));
    verdict('  a shorter salt', $idp, $idp->signed(how: $how + ['signer' => $pss('-sigopt', 'rsa_pss_saltlen:8')]));
}
verdict('a PKCS#1 signature that calls itself RSA-PSS', $idp, $idp->signed(how: $how + ['signer' => $signer('dgst', '-sha512', '-sign', "$folder/rsa.pem")]));
verdict('RSA-PSS with parameters of its own', $idp, $idp->signed(how: ['algorithm' => 'http://www.w3.org/2007/05/xmldsig-more#rsa-pss']));

openssl('req', '-x509', '-newkey', 'ed25519', '-nodes', '-keyout', "$folder/ed.pem", '-out', "$folder/ed.crt", '-days', '1', '-subj', '/CN=idp');
$ed = new IdentityProvider(Forge::IDP, [file_get_contents("$folder/ed.crt")]);
echo $ed->certificates()[0]['key'], "\n";
$how = ['algorithm' => 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519', 'signer' => $signer('pkeyutl', '-sign', '-rawin', '-inkey', "$folder/ed.pem")];
verdict('Ed25519', $ed, $idp->signed(how: $how));
verdict('Ed25519, for a provider with an RSA key', $idp, $idp->signed(how: $how));
$changed = $idp->signed(how: $how);
$changed->getElementsByTagNameNS(NS_SAML, 'NameID')->item(0)->nodeValue = 'admin@example.org';
verdict('Ed25519, changed', $ed, $changed);
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
RSA-PSS with SHA-256: accepted "ada@example.org"
  a shorter salt: SignatureInvalid
RSA-PSS with SHA-384: accepted "ada@example.org"
  a shorter salt: SignatureInvalid
RSA-PSS with SHA-512: accepted "ada@example.org"
  a shorter salt: SignatureInvalid
a PKCS#1 signature that calls itself RSA-PSS: SignatureInvalid
RSA-PSS with parameters of its own: AlgorithmRefused
Ed25519
Ed25519: accepted "ada@example.org"
Ed25519, for a provider with an RSA key: SignatureInvalid
Ed25519, changed: DigestMismatch
