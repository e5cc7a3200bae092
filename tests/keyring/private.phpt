--TEST--
No private byte comes out: not by var_dump, serialize, reflection, exceptions, phpinfo or debug output; its memory is locked and kept out of dumps
--EXTENSIONS--
samlforce
openssl
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
$rsa = $ring->pair('sp');
$vault = random_bytes(32);
$ring->put('vault.key', bin2hex($vault));
$out = $ring->run(<<<'CODE'
use Samlforce\Keyring;
use Samlforce\Password\Vault;
ini_set('zend.exception_ignore_args', '0');
$sp = new Samlforce\Saml\ServiceProvider('urn:sp', 'https://sp.test/acs', 'sp');
$safe = new Vault('vault');
foreach ([$sp, $safe] as $object) {
    var_dump($object);
    show($object);
}

function show($o) { debug_zval_dump($o); print_r($o); var_export($o); echo json_encode($o); print_r((array) $o); print_r(get_object_vars($o)); }
foreach ([$sp, $safe] as $object) {
    foreach (['serialize', 'igbinary_serialize'] as $f) {
        try { if (function_exists($f)) echo $f($object); } catch (Throwable $e) { echo get_class($e), ': ', $e->getMessage(), "\n"; }
    }
    try { clone $object; } catch (Throwable $e) { echo get_class($e), ': ', $e->getMessage(), "\n"; }
}
echo new ReflectionClass(Keyring::class), new ReflectionObject($safe);
try { Keyring::publicKey('vault'); } catch (Throwable $e) { echo $e; }
phpinfo();
print_r(ini_get_all('samlforce'));
CODE);
$needles = ['the vault key' => $vault, 'its hexadecimal form' => bin2hex($vault), 'its base64 form' => base64_encode($vault)];
foreach (openssl_pkey_get_details($rsa)['rsa'] as $part => $bytes) {
    if (!in_array($part, ['n', 'e'], true)) {
        $needles["$part of the RSA key"] = $bytes;
        $needles["$part of the RSA key in hexadecimal"] = bin2hex($bytes);
        $needles["$part of the RSA key in base64"] = substr(base64_encode($bytes), 0, 40);
    }
}
foreach ($needles as $what => $bytes) {
    if (str_contains($out, $bytes) || str_contains($out, strtoupper($bytes))) {
        echo "LEAKED: $what\n";
    }
}
echo count($needles), " forms searched in ", strlen($out) > 5000 ? 'the output' : 'too little output', "\n";
preg_match_all('~^(?:Exception|Error): .*$~m', $out, $m);
echo implode("\n", $m[0]), "\n";

// the pages of the keyring, and of the key to the tokens that workers share: `dd` is VM_DONTDUMP, `lo` is VM_LOCKED, and they can't be written
echo $ring->run(<<<'CODE'
preg_match_all('~^[0-9a-f]+-[0-9a-f]+ (\S+) .*\n(?:.+\n)*?VmFlags: (.*)$~m', file_get_contents('/proc/self/smaps'), $m, PREG_SET_ORDER);
foreach ($m as [, $rights, $flags]) {
    if (str_contains(" $flags ", ' dd ') && str_contains(" $flags ", ' lo ')) {
        echo "locked and kept out of dumps: $rights\n";
    }
}
CODE);
?>
--EXPECT--
21 forms searched in the output
Exception: Serialization of 'Samlforce\Saml\ServiceProvider' is not allowed
Error: Trying to clone an uncloneable object of class Samlforce\Saml\ServiceProvider
Exception: Serialization of 'Samlforce\Password\Vault' is not allowed
Error: Trying to clone an uncloneable object of class Samlforce\Password\Vault
locked and kept out of dumps: r--p
locked and kept out of dumps: r--p
