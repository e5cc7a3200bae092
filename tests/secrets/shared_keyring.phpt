--TEST--
One keyring for two FPM pools with users of their own: both use it, neither reads it, and samlforce.site keeps their tokens apart
--EXTENSIONS--
samlforce
openssl
posix
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root, to start FPM as root'); ?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
require __DIR__ . '/../support/memory.inc';
$ring = new TestKeyring();
$vault = random_bytes(32);
$ring->put('vault.key', bin2hex($vault));
$ring->pair('sp');
$fpm = new TestFpm(['samlforce.keyring' => $ring->folder], "user = nobody\ngroup = nogroup\nphp_admin_value[samlforce.site] = https://one.example\n"
    . "[two]\nlisten = {folder}/socket-two\nlisten.mode = 0666\npm = static\npm.max_children = 1\nuser = www-data\ngroup = www-data\nphp_admin_value[samlforce.site] = https://two.example");
for ($i = 0; $i < 100 && count($fpm->workers()) < 2; $i++) {
    usleep(50000);
}
$code = 'try { echo posix_getpwuid(posix_geteuid())["name"], ": ", $_POST["token"] ? (new Samlforce\Password\Vault("vault"))->inspect($_POST["token"])["recipient"] : (new Samlforce\Password\Vault("vault"))->seal("S3cret-password", "jane@example.org", 60); } catch (Samlforce\SamlforceException $e) { echo get_class($e), " ", $e->reason->name; }';
$attack = 'echo posix_getpwuid(posix_geteuid())["name"], ": the other pool\'s and the own memory: "; foreach (explode(" ", $_POST["pids"] . " self") as $pid) { echo @fopen("/proc/$pid/mem", "r") ? "OPEN " : "closed "; }'
    . 'echo "the files: ", @file_get_contents($_POST["file"]) === false ? "closed" : "OPEN", ", signing: ", strlen((new Samlforce\Saml\ServiceProvider("urn:sp", "https://sp.test/acs", "sp"))->requestLogin(new Samlforce\Saml\IdentityProvider("urn:idp", [Samlforce\Keyring::certificate("sp")], "https://idp.test/"))->url) > 500 ? "done" : "not done", "\n";';
$tokens = [];
foreach (['socket', 'socket-two'] as $socket) {
    echo $fpm->run($attack, ['pids' => implode(' ', $fpm->workers()), 'file' => "$ring->folder/vault.key"], socket: $socket);
    [$who, $tokens[$socket]] = explode(': ', $fpm->run($code, ['token' => ''], socket: $socket)) + ['', ''];
    echo strlen($tokens[$socket]) > 100 ? '' : "not sealed: $who\n";
}
foreach (['socket', 'socket-two'] as $socket) {
    foreach ($tokens as $of => $token) {
        echo "a token of $of in $socket: ", $fpm->run($code, ['token' => $token], socket: $socket), "\n";
    }
}
$keys = key_forms('sp', file_get_contents("$ring->folder/sp.pem")) + raw_key_forms('vault', $vault);
foreach ($fpm->workers() as $pid) {
    echo 'the keys in a worker: ', places(memory_search($pid, $keys)), "\n";
}
?>
--EXPECT--
nobody: the other pool's and the own memory: closed closed closed the files: closed, signing: done
www-data: the other pool's and the own memory: closed closed closed the files: closed, signing: done
a token of socket in socket: nobody: jane@example.org
a token of socket-two in socket: nobody: Samlforce\Password\VaultException Refused
a token of socket in socket-two: www-data: Samlforce\Password\VaultException Refused
a token of socket-two in socket-two: www-data: jane@example.org
the keys in a worker: locked
the keys in a worker: locked
