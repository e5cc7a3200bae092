--TEST--
The keyring shows names, public keys and certificates, and nothing private
--EXTENSIONS--
samlforce
openssl
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
$rsa = $ring->pair('sp');
$ec = $ring->pair('ec', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1'], false);
$ring->put('vault.key', bin2hex(random_bytes(32)) . "\n");
$ring->put('notes.txt', 'not a key', 0644);
$out = $ring->run(<<<'CODE'
use Samlforce\Keyring;
echo json_encode([
    'names' => Keyring::names(),
    'has' => [Keyring::has('sp'), Keyring::has('nobody'), Keyring::has('notes'), Keyring::has("sp\0")],
    'public' => Keyring::publicKey('sp'),
    'ec' => Keyring::publicKey('ec'),
    'certificate' => Keyring::certificate('sp'),
    'none' => Keyring::certificate('ec'),
]);
CODE);
$got = json_decode($out, true) ?? exit($out);
var_dump($got['names'], $got['has'], $got['none']);
var_dump($got['public'] === openssl_pkey_get_details($rsa)['key']);
var_dump($got['ec'] === openssl_pkey_get_details($ec)['key']);
var_dump(openssl_x509_check_private_key($got['certificate'], $rsa));

foreach (["publicKey('vault')", "certificate('vault')", "publicKey('nobody')"] as $call) {
    echo $ring->run("try { Samlforce\\Keyring::$call; } catch (Samlforce\\KeyringException \$e) { echo \$e->reason->value, ': ', \$e->getMessage(), \"\\n\"; }");
}
echo $ring->run("try { new Samlforce\\Keyring; } catch (Error \$e) { echo \$e->getMessage(), \"\\n\"; }");
?>
--EXPECT--
array(3) {
  [0]=>
  string(2) "ec"
  [1]=>
  string(2) "sp"
  [2]=>
  string(5) "vault"
}
array(4) {
  [0]=>
  bool(true)
  [1]=>
  bool(false)
  [2]=>
  bool(false)
  [3]=>
  bool(false)
}
NULL
bool(true)
bool(true)
bool(true)
wrong_kind: The key "vault" is a vault key: it has no public half
wrong_kind: The key "vault" is a vault key: it has no public half
unknown: There is no key "nobody": put nobody.pem, nobody.key or nobody.secret into the folder that samlforce.keyring names, and restart PHP
Call to private Samlforce\Keyring::__construct() from global scope
