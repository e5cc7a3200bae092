--TEST--
Where nothing may be locked (RLIMIT_MEMLOCK 0, as in a container): keys and passwords are used nevertheless, kept out of dumps and wiped, and it is said
--EXTENSIONS--
samlforce
openssl
posix
--CONFLICTS--
emulator
--SKIPIF--
<?php
require __DIR__ . '/../salesforce/skipif.inc';
if (posix_geteuid() !== 0) die('skip needs root, to start FPM as root');
?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
require __DIR__ . '/../support/memory.inc';
require __DIR__ . '/../salesforce/emulator.inc';
Emulator::start();
[$jane] = Emulator::user(Emulator::client());
$ring = new TestKeyring();
$vault = file_get_contents(ini_get('samlforce.keyring') . '/vault.key');
$ring->put('vault.key', $vault);
$ring->put('salesforce.pem', file_get_contents(ini_get('samlforce.keyring') . '/salesforce.pem'));
// Without CAP_IPC_LOCK, since root may lock whatever he likes.
$fpm = new TestFpm(['samlforce.keyring' => $ring->folder, 'samlforce.allowed_hosts' => ini_get('samlforce.allowed_hosts'), 'samlforce.ca_file' => ini_get('samlforce.ca_file'), 'display_errors' => '0', 'display_startup_errors' => '0', 'log_errors' => '1'],
    before: ['prlimit', '--memlock=0:0', 'setpriv', '--bounding-set=-ipc_lock', '--inh-caps=-ipc_lock']);
[$pid] = $fpm->workers();
preg_match('~^Max locked memory\s+(\S+)~m', file_get_contents("/proc/$pid/limits"), $limit);
echo "the limit: $limit[1]\n";
echo $fpm->run('ob_start(); phpinfo(INFO_MODULES); $info = html_entity_decode(strip_tags(str_replace("</td>", " ", ob_get_clean()))); echo preg_match("~^Keyring memory (?!kept).*~m", $info, $m) ? rtrim($m[0]) : "phpinfo says nothing of it", "\n";');
echo 'the error log: ', preg_match('~samlforce: .* could not be locked .* raise RLIMIT_MEMLOCK~', $fpm->log()) ? 'says it' : 'is silent', "\n";
$password = 'S3cret-"ä%' . bin2hex(random_bytes(12));
echo $fpm->run('$sf = new Samlforce\Salesforce\Client(Samlforce\Salesforce\Credentials::jwtBearer(' . implode(', ', array_map(static fn ($v) => var_export($v, true), [Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'])) . '));'
    . '$sf->setPassword($_POST["who"], $_POST["token"]); echo "set, ", (new Samlforce\Password\Vault("vault"))->inspect($_POST["token"])["recipient"] === $_POST["who"] ? "inspected" : "?", "\n";', ['who' => $jane, 'token' => Emulator::seal($password, $jane)]);
echo 'the password afterwards: ', places(memory_search($pid, password_forms($password))), "\n";
$keys = key_forms('salesforce', file_get_contents("$ring->folder/salesforce.pem")) + raw_key_forms('vault', hex2bin(trim($vault)));
echo 'the keys: ', places(memory_search($pid, $keys)) === 'locked' ? 'LOCKED' : 'in memory that is not locked', ', in a core dump: ', core_search($pid, $keys) === [] ? 'nowhere' : 'FOUND', "\n";
?>
--EXPECT--
the limit: 0
Keyring memory locked  no: raise RLIMIT_MEMLOCK
the error log: says it
set, inspected
the password afterwards: nowhere
the keys: in memory that is not locked, in a core dump: nowhere
