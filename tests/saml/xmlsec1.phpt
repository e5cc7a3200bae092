--TEST--
xmlsec1 and we agree: it verifies what the tests sign, and we accept what it signs
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

$folder = sys_get_temp_dir() . '/samlforce-xmlsec-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
$run = function (string ...$arguments) use ($folder): string {
    $process = proc_open(['xmlsec1', ...$arguments], [1 => ['pipe', 'w'], 2 => ['file', "$folder/errors", 'w']], $pipes);
    if (!$process) {
        exit("xmlsec1 is not installed\n");
    }
    $out = stream_get_contents($pipes[1]);
    return proc_close($process) === 0 ? ($out === '' ? 'good' : $out) : 'bad: ' . file_get_contents("$folder/errors");
};
$ids = ['--id-attr:ID', NS_SAML . ':Assertion', '--id-attr:ID', NS_SAMLP . ':Response'];

foreach (['RSA' => new Forge(), 'EC' => new Forge(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1'])] as $kind => $idp) {
    file_put_contents("$folder/public.pem", openssl_pkey_get_details($idp->key)['key']);
    openssl_pkey_export_to_file($idp->key, "$folder/private.pem");
    foreach (['Assertion' => $idp->signed(), 'Response' => $idp->signedResponse(), 'PrefixList' => $idp->signed(how: ['prefixes' => 'xs xsi'])] as $what => $doc) {
        $doc->save("$folder/in.xml");
        echo "$kind $what: xmlsec1 ", $run('--verify', '--pubkey-pem', "$folder/public.pem", ...$ids, ...["$folder/in.xml"]), "\n";
    }
    $doc->getElementsByTagNameNS(NS_SAML, 'NameID')->item(0)->nodeValue = 'changed';
    $doc->save("$folder/in.xml");
    echo "$kind changed: xmlsec1 ", strtok($run('--verify', '--pubkey-pem', "$folder/public.pem", ...$ids, ...["$folder/in.xml"]), ':'), "\n";

    // a template of ours, filled in by xmlsec1
    foreach (['Assertion' => $idp->signed(), 'Response' => $idp->signedResponse()] as $what => $doc) {
        foreach (['DigestValue', 'SignatureValue'] as $name) {
            $doc->getElementsByTagNameNS(NS_DS, $name)->item(0)->nodeValue = '';
        }
        $doc->save("$folder/template.xml");
        verdict("$kind $what signed by xmlsec1", $idp, $run('--sign', '--privkey-pem', "$folder/private.pem", ...$ids, ...["$folder/template.xml"]));
    }
}
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
RSA Assertion: xmlsec1 good
RSA Response: xmlsec1 good
RSA PrefixList: xmlsec1 good
RSA changed: xmlsec1 bad
RSA Assertion signed by xmlsec1: accepted "ada@example.org"
RSA Response signed by xmlsec1: accepted "ada@example.org"
EC Assertion: xmlsec1 good
EC Response: xmlsec1 good
EC PrefixList: xmlsec1 good
EC changed: xmlsec1 bad
EC Assertion signed by xmlsec1: accepted "ada@example.org"
EC Response signed by xmlsec1: accepted "ada@example.org"
