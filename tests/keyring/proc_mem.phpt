--TEST--
PHP code that runs without root can't read the keys through /proc/self/mem, even where the keyring is its own
--EXTENSIONS--
samlforce
openssl
posix
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
$vault = random_bytes(32);
$ring->put('vault.key', bin2hex($vault));
$nobody = posix_getpwnam('nobody');
chown($ring->folder, $nobody['uid']);
chown("$ring->folder/vault.key", $nobody['uid']);
// becomes nobody before PHP starts, as an FPM without root does
$code = <<<'CODE'
echo json_encode(Samlforce\Keyring::names()), ' ', posix_geteuid() !== 0 ? 'not root' : 'root', "\n";
foreach (['mem', 'environ'] as $file) {
    echo $file, ': ', @fopen("/proc/self/$file", 'r') ? 'OPEN' : 'closed', "\n";
}
ob_start(); phpinfo(INFO_MODULES); echo preg_match('~Memory closed to PHP code => (\w+)~', ob_get_clean(), $m) ? $m[1] : '?', "\n";
CODE;
echo $ring->run($code, as: 'nobody');
?>
--EXPECT--
["vault"] not root
mem: closed
environ: closed
yes
