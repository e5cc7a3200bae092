--TEST--
phpinfo() shows the libraries, compiled and running, and the state of the keyring and of the connections
--EXTENSIONS--
samlforce
openssl
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
$ring->put('vault.key', bin2hex(random_bytes(32)));
$page = $ring->run('phpinfo(INFO_MODULES);');
$from = strpos($page, "\nsamlforce\n");
echo substr($page, $from + 1, strpos($page, "\nsamlforce.", $from) - $from);
?>
--EXPECTF--
samlforce

samlforce => enabled
Version => %d.%d.%d
Library => Compiled => Running
OpenSSL => 3.%d.%d%S => 3.%d.%d%S
libxml2 => 2.%d.%d%S => 2.%d.%d%S
libcurl => %d.%d.%d%S => %d.%d.%d%S
zlib => 1.%d.%d%S => 1.%d.%d%S

Keyring => 1 key
Key files refused => none
Keyring memory locked => yes
Keyring memory kept out of core dumps => yes
Memory closed to PHP code => no: PHP runs as root here and can read the keys by /proc/self/mem; the workers of a web server need a user of their own
Salesforce connections of this worker => none yet

Directive => Local Value => Master Value
