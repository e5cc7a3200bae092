--TEST--
When the connection dies while the password is being sent, at whichever step, libcurl's own buffer holds nothing of it afterwards
--EXTENSIONS--
samlforce
openssl
posix
--CONFLICTS--
emulator
--SKIPIF--
<?php
require __DIR__ . '/../salesforce/skipif.inc';
if (posix_geteuid() !== 0) die('skip needs root: FPM reads the keys as root, and so is its memory read');
exec('cc --version 2>&1', $output, $code);
if ($code !== 0) die('skip needs a C compiler, for a send() that fails');
?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
require __DIR__ . '/../support/memory.inc';
require __DIR__ . '/../salesforce/emulator.inc';
Emulator::start();
[$jane] = Emulator::user(Emulator::client());
Emulator::ctl('set', 'policy_history', '0');
Emulator::ctl('set', 'policy_min_lifetime', '0');
$folder = sys_get_temp_dir() . '/samlforce-send-' . bin2hex(random_bytes(8));
mkdir($folder, 0755);
exec('cc -shared -fPIC -o ' . escapeshellarg("$folder/failing-send.so") . ' ' . escapeshellarg(__DIR__ . '/../support/failing-send.c') . ' -ldl 2>&1', $output, $code);
echo $code === 0 ? '' : implode("\n", $output);
file_put_contents("$folder/count", '-1      ');
chmod("$folder/count", 0666);
putenv("LD_PRELOAD=$folder/failing-send.so");
putenv("FAILING_SEND=$folder/count");
$settings = ['samlforce.keyring', 'samlforce.allowed_hosts', 'samlforce.ca_file'];
$fpm = new TestFpm(array_combine($settings, array_map(ini_get(...), $settings)));
putenv('LD_PRELOAD');
putenv('FAILING_SEND');

// The token and the connection are there; the count begins with the look-up of the User.
$code = 'use Samlforce\Salesforce\{Client, Credentials}; $sf = new Client(Credentials::jwtBearer(' . implode(', ', array_map(static fn ($v) => var_export($v, true), [Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'])) . '), timeoutMs: 4000); $sf->limits();'
    . 'file_put_contents($_POST["count"], sprintf("%-8d", $_POST["step"])); try { $sf->setPassword($_POST["who"], $_POST["token"]); echo "set"; } catch (Samlforce\SamlforceException $e) { echo $e->ambiguous ? "perhaps set" : "not set"; } file_put_contents($_POST["count"], "-1      ");';
[$pid] = $fpm->workers();
// The send() that fails takes the whole time limit for it, so that there is no second attempt, which would hide what the first one left.
foreach ([1 => 'the head', 'the body', 'the end of the body', 'none'] as $step => $what) {
    $password = 'S3cret-"ä%' . bin2hex(random_bytes(12));
    $out = $fpm->run($code, ['who' => $jane, 'token' => Emulator::seal($password, $jane), 'step' => (string) $step, 'count' => "$folder/count"]);
    $found = memory_search($pid, password_forms($password));
    echo "$what: $out; the password: ", places($found), Emulator::canSignIn($jane, $password) ? ', set' : '', "\n";
}
echo 'the same worker: ', $fpm->workers() === [$pid] ? 'yes' : 'no', "\n";
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
the head: not set; the password: nowhere
the body: not set; the password: nowhere
the end of the body: perhaps set; the password: nowhere
none: set; the password: nowhere, set
the same worker: yes
