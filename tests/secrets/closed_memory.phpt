--TEST--
Where PHP code can reach the memory of its own process, and that phpinfo() says so: FPM as root, as somebody else, with other settings, and the command line
--EXTENSIONS--
samlforce
posix
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root, to start FPM as root'); ?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
require __DIR__ . '/../support/memory.inc';
$vault = random_bytes(32);
function ring(?string $owner = null): TestKeyring
{
    global $vault;
    $ring = new TestKeyring();
    $ring->put('vault.key', bin2hex($vault));
    if ($owner !== null) {
        array_map(fn ($file) => chown($file, $owner), [$ring->folder, "$ring->folder/vault.key"]);
    }
    return $ring;
}

// What code that was injected would do: look through the memory of its own process, or read it by FFI. The key is given backwards, so that nothing is found but the key itself.
$attack = <<<'CODE'
function look(string $backwards): string
{
    $memory = @fopen('/proc/self/mem', 'r');
    if (!$memory) {
        return 'closed';
    }
    foreach (file('/proc/self/maps') as $line) {
        preg_match('~^([0-9a-f]+)-([0-9a-f]+) r--p 00000000 00:00 0~', $line, $m);
        for ($at = hexdec($m[1] ?? '0'), $end = hexdec($m[2] ?? '0'); $at < $end; $at += 4096) {
            if (@fseek($memory, $at) === 0 && str_contains(strrev((string) @fread($memory, 4096)), $backwards)) {
                return 'OPEN, and the key found';
            }
        }
    }
    return 'OPEN';
}
function ffi(): string
{
    try {
        return class_exists('FFI') ? (FFI::cdef('int getpid(void);')->getpid() === getmypid() ? 'OPEN' : '?') : 'not there';
    } catch (Throwable $e) {
        return 'closed';
    }
}
ob_start();
phpinfo(INFO_MODULES);
preg_match('~Memory closed to PHP code(?: =>|.*?<td class="v">)\s*(.*?)\s*(?:</td>|$)~m', ob_get_clean(), $said);
echo posix_geteuid() === 0 ? 'root' : 'not root', ', ', implode(' ', Samlforce\Keyring::names()) ?: 'no keys', "; /proc/self/mem: ", look(hex2bin($argv[1] ?? $_POST['key'])), '; FFI: ', ffi(), "; phpinfo: ", html_entity_decode($said[1] ?? '?'), "\n";
CODE;
$backwards = bin2hex(strrev($vault)); // an argument can't hold a zero byte
$key = ['key' => $backwards];
$owner = 'nobody';

$ring = ring();
echo 'FPM as root: ', (new TestFpm(['samlforce.keyring' => $ring->folder]))->run($attack, $key);
echo 'FPM as root, and the files: ', (new TestFpm(['samlforce.keyring' => $ring->folder]))->run("echo @file_get_contents('$ring->folder/vault.key') === false && @scandir('$ring->folder') === false ? \"closed\\n\" : \"OPEN\\n\";");
echo 'FPM as root, process.dumpable: ', (new TestFpm(['samlforce.keyring' => $ring->folder], "user = nobody\ngroup = nogroup\nprocess.dumpable = yes"))->run($attack, $key);
$cores = new KernelCores(changedUser: true);
echo 'FPM as root, where the kernel dumps whoever changed its user: ', $cores->trouble === null ? (new TestFpm(['samlforce.keyring' => $ring->folder]))->run($attack, $key) : "$cores->trouble\n";
unset($cores);
echo 'FPM as root, FFI on: ', (new TestFpm(['samlforce.keyring' => $ring->folder, 'ffi.enable' => '1']))->run($attack, $key);
$theirs = ring($owner);
echo 'FPM as nobody: ', (new TestFpm(['samlforce.keyring' => $theirs->folder], '', $owner))->run($attack, $key);
echo 'FPM as nobody, and the files: ', (new TestFpm(['samlforce.keyring' => $theirs->folder], '', $owner))->run("echo @file_get_contents('$theirs->folder/vault.key') === false ? \"closed\\n\" : \"OPEN\\n\";");
echo 'command line as root: ', $ring->run($attack, arguments: [$backwards]);
echo 'command line as nobody, whose keys they are: ', $theirs->run($attack, arguments: [$backwards], as: $owner);
echo 'command line as nobody, whose keys they are not: ', $ring->run($attack, arguments: [$backwards], as: $owner);
?>
--EXPECT--
FPM as root: not root, vault; /proc/self/mem: closed; FFI: closed; phpinfo: yes
FPM as root, and the files: closed
FPM as root, process.dumpable: not root, vault; /proc/self/mem: OPEN, and the key found; FFI: closed; phpinfo: no: PHP code here can read the keys by /proc/self/mem; take process.dumpable out of the FPM pool
FPM as root, where the kernel dumps whoever changed its user: not root, vault; /proc/self/mem: closed; FFI: closed; phpinfo: yes
FPM as root, FFI on: not root, vault; /proc/self/mem: closed; FFI: OPEN; phpinfo: no: FFI is on, and reads any memory; take ffi.enable out of php.ini
FPM as nobody: not root, vault; /proc/self/mem: closed; FFI: closed; phpinfo: yes
FPM as nobody, and the files: OPEN
command line as root: root, vault; /proc/self/mem: OPEN, and the key found; FFI: not there; phpinfo: no: PHP runs as root here and can read the keys by /proc/self/mem; the workers of a web server need a user of their own
command line as nobody, whose keys they are: not root, vault; /proc/self/mem: closed; FFI: not there; phpinfo: yes
command line as nobody, whose keys they are not: not root, no keys; /proc/self/mem: OPEN; FFI: not there; phpinfo: there are no keys in it
