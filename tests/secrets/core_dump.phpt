--TEST--
A core dump that the kernel makes of a worker that crashes holds no key and no password on its way
--EXTENSIONS--
samlforce
openssl
posix
pcntl
--CONFLICTS--
all
--INI--
memory_limit=1G
--SKIPIF--
<?php
require __DIR__ . '/../salesforce/skipif.inc';
if (posix_geteuid() !== 0) die('skip needs root: FPM reads the keys as root, and the kernel is told where to dump');
?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
require __DIR__ . '/../support/memory.inc';
require __DIR__ . '/../salesforce/emulator.inc';
Emulator::start();
[$jane] = Emulator::user(Emulator::client());
$keyring = ini_get('samlforce.keyring');
$keys = raw_key_forms('vault', hex2bin(trim(file_get_contents("$keyring/vault.key"))));
foreach (['salesforce', 'sp'] as $name) {
    $keys += key_forms($name, file_get_contents("$keyring/$name.pem"));
}
// A dump of the kernel's is large, and the limit of most systems is 0: the pool raises it, as who looks for a crash would.
$pool = "user = nobody\ngroup = nogroup\nrlimit_core = unlimited\n";
$settings = ['samlforce.keyring', 'samlforce.allowed_hosts', 'samlforce.ca_file'];
$ini = array_combine($settings, array_map(ini_get(...), $settings));
$code = 'use Samlforce\Salesforce\{Client, Credentials}; $marker = strrev($_POST["marker"]); $sf = new Client(Credentials::jwtBearer(' . implode(', ', array_map(static fn ($v) => var_export($v, true), [Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'])) . '), timeoutMs: 20000);'
    . '$sf->limits(); $idp = new Samlforce\Saml\IdentityProvider("urn:idp", [Samlforce\Keyring::certificate("sp")], "https://idp.test/"); (new Samlforce\Saml\ServiceProvider("urn:sp", "https://sp.test/acs", "sp"))->requestLogin($idp);'
    . 'try { $sf->setPassword($_POST["who"], $_POST["token"]); } catch (Throwable) {}';

/*
 * The worker dies by SIGABRT (as OpenSSL's or the C library's own checks end it) while it waits for Salesforce's answer to the password. What the
 * dump must have is a string of PHP's, so that an empty one doesn't pass.
 */
function crash(string $what, string $pool, bool $changedUser, int $signal = SIGABRT): void
{
    global $ini, $code, $jane, $keys;
    $cores = new KernelCores($changedUser);
    $fpm = new TestFpm($ini, $pool);
    [$pid] = $fpm->workers();
    $password = 'S3cret-"ä%' . bin2hex(random_bytes(12));
    $marker = 'marker-' . bin2hex(random_bytes(12));
    $forms = ['PHP\'s own string' => $marker] + password_forms($password) + $keys;
    Emulator::ctl('fault', 'timeout', '--match', 'password$');
    $request = ['who' => $jane, 'token' => Emulator::seal($password, $jane), 'marker' => strrev($marker)];
    $child = pcntl_fork();
    if ($child === 0) {
        $fpm->run($code, $request);
        posix_kill(posix_getpid(), SIGKILL);
    }
    for ($i = 0; $i < 100 && !isset(($there = memory_search($pid, $forms))['locked']['plain']); $i++) {
        usleep(100000);
    }
    echo "$what, ", $signal === SIGABRT ? 'SIGABRT' : 'SIGSEGV', ":\n  in the worker's locked memory: ", implode(', ', array_intersect(['plain', 'vault', 'sp.d reversed @0'], array_keys($there['locked'] ?? [])));
    $found = $cores->search($pid, $signal, $forms);
    echo "\n  in its dump: ", $cores->trouble ?? ($found === null ? 'there is none' : implode(', ', $found)), "\n";
    posix_kill($child, SIGKILL);
    pcntl_waitpid($child, $status);
    Emulator::ctl('fault', 'clear');
}

crash('FPM as it comes', $pool, false);
crash('on a system that dumps whoever changed its user too', $pool, true);
crash('the same', $pool, true, SIGSEGV);
crash('process.dumpable = yes', "{$pool}process.dumpable = yes\n", false);
?>
--EXPECT--
FPM as it comes, SIGABRT:
  in the worker's locked memory: plain, vault, sp.d reversed @0
  in its dump: there is none
on a system that dumps whoever changed its user too, SIGABRT:
  in the worker's locked memory: plain, vault, sp.d reversed @0
  in its dump: PHP's own string
the same, SIGSEGV:
  in the worker's locked memory: plain, vault, sp.d reversed @0
  in its dump: PHP's own string
process.dumpable = yes, SIGABRT:
  in the worker's locked memory: plain, vault, sp.d reversed @0
  in its dump: PHP's own string
