--TEST--
xmlsec1 and we agree on encryption: we open what it encrypts, and it opens what the tests encrypt
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require_once __DIR__ . '/../support/encryption.inc';
if (!within_keyring(__FILE__)) {
    return;
}
$folder = sys_get_temp_dir() . '/samlforce-xmlsec-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
$run = function (string ...$arguments) use ($folder): string {
    $process = proc_open(['xmlsec1', ...$arguments], [1 => ['pipe', 'w'], 2 => ['file', "$folder/errors", 'w']], $pipes);
    if (!$process) {
        exit("xmlsec1 is not installed\n");
    }
    $out = stream_get_contents($pipes[1]);
    return proc_close($process) === 0 ? $out : 'bad: ' . file_get_contents("$folder/errors");
};
file_put_contents("$folder/public.pem", Samlforce\Keyring::publicKey('sp'));
$idp = new Forge();
$e = new Encryptor();
$holder = function (DOMDocument $doc, string $name, string $holder): void {
    $element = Forge::element($doc, $name);
    $around = $doc->createElementNS(NS_SAML, "saml:$holder");
    $element->parentNode->replaceChild($around, $element);
    $around->appendChild($element);
};
/** Replaces the element by what xmlsec1 makes of it. */
$encrypt = function (DOMDocument $doc, string $name, string $data, string $transport) use ($run, $folder): DOMDocument {
    preg_match('~aes(\d+)~', $data, $m);
    file_put_contents("$folder/template.xml", '<xenc:EncryptedData xmlns:xenc="' . XENC . '" Type="' . XENC . "Element\"><xenc:EncryptionMethod Algorithm=\"$data\"/><ds:KeyInfo xmlns:ds=\"" . NS_DS
        . "\"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\"$transport\"/><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>"
        . '<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>');
    $doc->save("$folder/in.xml");
    return Forge::load($run('--encrypt', '--pubkey-pem', "$folder/public.pem", '--session-key', "aes-$m[1]", '--xml-data', "$folder/in.xml", '--node-name', NS_SAML . ":$name", "$folder/template.xml"));
};
foreach ([RSA15, OAEP] as $transport) {
    foreach ([XENC11 . 'aes128-gcm', XENC11 . 'aes192-gcm', XENC11 . 'aes256-gcm', XENC . 'aes128-cbc', XENC . 'aes192-cbc', XENC . 'aes256-cbc'] as $data) {
        foreach ([false, true] as $both) {
            $doc = $idp->signed();
            $holder($doc, 'Assertion', 'EncryptedAssertion');
            $doc = $encrypt($doc, 'Assertion', $data, $transport);
            if ($both) {
                $idp->sign($doc->documentElement);
            }
            $name = preg_replace('~[^ ]*#~', '', "$transport $data") . ($both ? ', signed around' : '');
            opened($name, $idp->provider(allowRsa15: true), $doc);
        }
    }
}
$doc = Forge::response();
$holder($doc, 'NameID', 'EncryptedID');
$doc = $encrypt($doc, 'NameID', GCM, OAEP);
$idp->sign(Forge::element($doc, 'Assertion'));
opened('NameID', $idp, $doc);

// and the other way
foreach ([RSA15, OAEP] as $transport) {
    foreach ([GCM, CBC] as $data) {
        $doc = $e->login($idp, ['data' => $data, 'transport' => $transport]);
        $doc->save("$folder/in.xml");
        $out = $run('--decrypt', '--privkey-pem', ini_get('samlforce.keyring') . '/sp.pem', "$folder/in.xml");
        echo 'xmlsec1 opens ', preg_replace('~[^ ]*#~', '', "$transport $data"), ': ', preg_match('~<saml:NameID[^>]*>([^<]*)~', $out, $m) ? $m[1] : $out, "\n";
    }
}
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
rsa-1_5 aes128-gcm: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes128-gcm, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes192-gcm: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes192-gcm, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes256-gcm: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes256-gcm, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes128-cbc: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes128-cbc, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes192-cbc: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes192-cbc, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes256-cbc: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-1_5 aes256-cbc, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes128-gcm: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes128-gcm, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes192-gcm: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes192-gcm, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes256-gcm: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes256-gcm, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes128-cbc: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes128-cbc, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes192-cbc: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes192-cbc, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes256-cbc: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
rsa-oaep-mgf1p aes256-cbc, signed around: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
NameID: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
xmlsec1 opens rsa-1_5 aes256-gcm: ada@example.org
xmlsec1 opens rsa-1_5 aes256-cbc: ada@example.org
xmlsec1 opens rsa-oaep-mgf1p aes256-gcm: ada@example.org
xmlsec1 opens rsa-oaep-mgf1p aes256-cbc: ada@example.org
