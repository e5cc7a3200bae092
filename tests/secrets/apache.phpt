--TEST--
Apache with mod_php: its children have the keys in locked memory alone, can't read it, and a graceful restart takes up the next generation
--EXTENSIONS--
samlforce
openssl
posix
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root, to start Apache as root'); ?>
--FILE--
<?php
require __DIR__ . '/../support/apache.inc';
require __DIR__ . '/../support/memory.inc';
$ring = new TestKeyring();
$vault = random_bytes(32);
$ring->put('vault.key', bin2hex($vault));
$ring->pair('sp');
$apache = new TestApache(['samlforce.keyring' => $ring->folder]);
$out = $apache->run(<<<'CODE'
echo PHP_SAPI, ', ', posix_geteuid() === 0 ? 'root' : 'not root', ', ', implode(' ', Samlforce\Keyring::generations('vault')), '; /proc/self/mem: ', @fopen('/proc/self/mem', 'r') ? 'OPEN' : 'closed';
try { FFI::cdef('int getpid(void);')->getpid(); echo '; FFI: OPEN'; } catch (Throwable) { echo '; FFI: closed'; }
ob_start(); phpinfo(INFO_MODULES); preg_match('~Memory closed to PHP code.*?<td class="v">(.*?)\s*</td>~', ob_get_clean(), $m);
echo '; phpinfo: ', $m[1] ?? '?', "\n";
CODE);
echo $out;
echo 'the files: ', $apache->run("echo @file_get_contents('$ring->folder/vault.key') === false ? 'closed' : 'OPEN';"), "\n";

echo "after a password was sealed, and something signed:\n";
$password = 'S3cret-"ä%' . bin2hex(random_bytes(12));
echo $apache->run('$p = strrev($_POST["p"]); $t = (new Samlforce\Password\Vault("vault"))->seal($p, "jane@example.org", 60); for ($i = 0; $i < strlen($p); $i++) { $p[$i] = "."; } echo strlen($t) > 100 ? "sealed\n" : ""; '
    . '$idp = new Samlforce\Saml\IdentityProvider("urn:idp", [Samlforce\Keyring::certificate("sp")], "https://idp.test/"); echo strlen((new Samlforce\Saml\ServiceProvider("urn:sp", "https://sp.test/acs", "sp"))->requestLogin($idp)->url) > 500 ? "signed\n" : "";', ['p' => strrev($password)]);
$keys = key_forms('sp', file_get_contents("$ring->folder/sp.pem")) + raw_key_forms('vault', $vault);
foreach ($apache->children() as $pid) {
    echo 'password: ', places(memory_search($pid, password_forms($password))), '; keys: ', places(memory_search($pid, $keys)), "\n";
}

$ring->put('vault~1.key', bin2hex(random_bytes(32)));
$apache->graceful();
for ($i = 0; $i < 100 && ($now = $apache->run('echo implode(" ", Samlforce\Keyring::generations("vault"));')) === 'vault~0'; $i++) {
    usleep(100000);
}
echo "after a graceful restart: $now\n";
?>
--EXPECT--
apache2handler, not root, vault~0; /proc/self/mem: closed; FFI: closed; phpinfo: yes
the files: closed
after a password was sealed, and something signed:
sealed
signed
password: nowhere; keys: locked
after a graceful restart: vault~1 vault~0
