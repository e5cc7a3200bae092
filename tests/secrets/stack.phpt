--TEST--
What OpenSSL leaves of an RSA key on the stack is overwritten
--EXTENSIONS--
samlforce
openssl
posix
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root: FPM reads the keys as root, and so is its memory read'); ?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
require __DIR__ . '/../support/memory.inc';
// In a worker that does just this, in this order, 16 bytes of d mod (p-1) outlived the request.
$ring = new TestKeyring();
$keys = [];
foreach (['sp', 'salesforce'] as $name) {
    $ring->pair($name);
    $keys += key_forms($name, file_get_contents("$ring->folder/$name.pem"));
}
$ring->pair('ec', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
$ring->put('vault.key', bin2hex(random_bytes(32)));
$fpm = new TestFpm(['samlforce.keyring' => $ring->folder]);
$fpm->run('echo json_encode(Samlforce\Keyring::names()), posix_geteuid(), "\n"; ');
echo $fpm->run('$p = strrev($_POST["p"]); $t = (new Samlforce\Password\Vault("vault"))->seal($p, "jane@example.org", 60); for ($i = 0; $i < strlen($p); $i++) { $p[$i] = "."; } echo strlen($t), "\n"; $sp = new Samlforce\Saml\ServiceProvider("urn:sp", "https://sp.test/acs", "sp"); $idp = new Samlforce\Saml\IdentityProvider("urn:idp", [Samlforce\Keyring::certificate("salesforce")], "https://idp.test/"); echo strlen($sp->requestLogin($idp)->url) > 500 ? "signed\n" : ""; $sp = new Samlforce\Saml\ServiceProvider("urn:sp", "https://sp.test/acs", "ec"); echo strlen($sp->requestLogin($idp)->url) > 500 ? "signed\n" : "";', ['p' => strrev('S3cret-"ä%0123456789abcdef')]);
foreach ($fpm->workers() as $pid) {
    echo places(memory_search($pid, $keys)), "\n";
}
?>
--EXPECT--
176
signed
signed
locked
