--TEST--
However a request ends while a password is being sealed or sent (memory limit, time limit, exit, fatal error, a kill from FPM), nothing of it stays
--EXTENSIONS--
samlforce
openssl
posix
pcntl
--CONFLICTS--
emulator
--SKIPIF--
<?php
require __DIR__ . '/../salesforce/skipif.inc';
if (posix_geteuid() !== 0) die('skip needs root: FPM reads the keys as root, and so is its memory read');
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

function fpm(string $pool = ''): TestFpm
{
    $settings = ['samlforce.keyring', 'samlforce.allowed_hosts', 'samlforce.ca_file'];
    return new TestFpm(array_combine($settings, array_map(ini_get(...), $settings)) + ['memory_limit' => '64M', 'display_errors' => '1', 'html_errors' => '0'], "user = nobody\ngroup = nogroup\n$pool");
}

/*
 * The token of the session is in a store of PHP code. Salesforce ends the session at the password, so that the store is asked again while the
 * password lies open in locked memory: there PHP code runs, and does what it likes.
 */
$code = 'use Samlforce\Salesforce\{Client, Credentials, TokenStore};
    class Store implements TokenStore {
        public static ?string $text = null;
        public static bool $armed = false;
        public function load(string $id): ?string { if (self::$armed) { self::$armed = false; act(); } return self::$text; }
        public function replace(string $id, ?string $expected, ?string $text): bool { self::$text = $text; return true; }
    }
    register_shutdown_function(function () { echo "\n", preg_replace("~ bytes exhausted.*~s", "", error_get_last()["message"] ?? "no error"), "\n"; });
    $sf = new Client(Credentials::jwtBearer(' . implode(', ', array_map(static fn ($v) => var_export($v, true), [Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'])) . ')->sharedBy(new Store(), "vault"), timeoutMs: 20000);
    $sf->limits();
    Store::$armed = true;
    try { $sf->setPassword($_POST["who"], $_POST["token"]); echo "set\n"; } catch (Samlforce\SamlforceException $e) { echo $e->reason->name, "\n"; }
    ';

/** Runs it in a process of its own, so that we can look into the worker meanwhile. */
function beside(callable $work): int
{
    $pid = pcntl_fork();
    if ($pid === 0) {
        $work();
        posix_kill(posix_getpid(), SIGKILL);
    }
    return $pid;
}

function password(): string
{
    return 'S3cret-"ä%' . bin2hex(random_bytes(12));
}

/** The mappings that are kept out of dumps: one that stays would be locked memory that nobody wipes. */
function locked_mappings(int $pid): int
{
    return substr_count(preg_replace('~VmFlags:(?=.* lo\b)(?=.* dd\b).*~', 'LOCKED', file_get_contents("/proc/$pid/smaps")), 'LOCKED');
}

$fpm = fpm();
$fpm->run($code . 'function act() {}', ['who' => $jane, 'token' => Emulator::seal(password(), $jane)]);
[$pid] = $fpm->workers();
$before = locked_mappings($pid);

echo "while PHP code runs in the middle of setPassword(): ";
$password = password();
Emulator::ctl('fault', '401', '--times', '1', '--match', 'password$');
$child = beside(fn () => $fpm->run("function act() { touch('$fpm->folder/now'); while (file_exists('$fpm->folder/now')) { usleep(20000); clearstatcache(); } } $code", ['who' => $jane, 'token' => Emulator::seal($password, $jane)]));
chmod($fpm->folder, 0777);
for ($i = 0; $i < 200 && !file_exists("$fpm->folder/now"); $i++) {
    usleep(50000);
    clearstatcache();
}
echo places(memory_search($pid, password_forms($password))), "\n";
unlink("$fpm->folder/now");
pcntl_waitpid($child, $status);
echo 'and then: ', places(memory_search($pid, password_forms($password))), "\n\n";
Emulator::ctl('fault', 'clear');

$ends = [
    'exit' => 'exit("bye");',
    'an exception' => 'throw new Exception("x");',
    'a fatal error' => 'trigger_error("fatal", E_USER_ERROR);',
    'the memory limit' => 'str_repeat("x", 1 << 30);',
    'the time limit' => 'set_time_limit(1); while (true);',
    'a fiber that is suspended' => '(new Fiber(fn () => Fiber::suspend()))->start(); Fiber::suspend();',
];
foreach ($ends as $what => $act) {
    $password = password();
    Emulator::ctl('fault', '401', '--times', '1', '--match', 'password$');
    $out = $fpm->run("function act() { $act } $code", ['who' => $jane, 'token' => Emulator::seal($password, $jane)]);
    Emulator::ctl('fault', 'clear');
    $lines = array_values(array_filter(array_map(trim(...), explode("\n", $out)), static fn (string $line): bool => $line !== '' && !preg_match('~^(PHP )?(Stack trace|#\d|Fatal error|Warning|thrown in|Next )~', $line)));
    echo "$what: ", implode(' | ', $lines), "\n  the password: ", places(memory_search($pid, password_forms($password))), ', set: ', Emulator::canSignIn($jane, $password) ? 'yes' : 'no', "\n";
}
echo 'the same worker: ', $fpm->workers() === [$pid] ? 'yes' : 'no', ', locked memory that was not given back: ', max(0, locked_mappings($pid) - $before), "\n\n";

// What seal() asks PHP for is asked for before it copies the password. The tokens are kept, until one is too many.
$password = password();
$all = $fpm->run(<<<'CODE'
    ini_set('memory_limit', '6M');
    register_shutdown_function(function () {
        $error = error_get_last();
        echo preg_match('~^Allowed memory size of \d+ bytes exhausted~', $error['message'] ?? '') ? 'reached' : 'not reached', $error['line'] === $GLOBALS['line'] ? ' in seal()' : " in line $error[line]", $GLOBALS['n'] > 500 ? ', after many tokens' : ", after $GLOBALS[n] tokens", "\n";
    });
    [$n, $p, $vault, $rows] = [0, strrev($_POST['p']), new Samlforce\Password\Vault('vault'), array_fill(0, 4096, null)];
    $line = __LINE__ + 3;
    foreach ($rows as &$row) {
        $row =
            $vault->seal($p, 'jane@example.org', 60);
        $n++;
    }
    CODE, ['p' => strrev($password)]);
echo 'seal(), and the memory limit: ', preg_match('~(not )?reached.*\n~', $all, $m) ? $m[0] : $all;
$found = memory_search($pid, password_forms($password));
unset($found['anonymous']); // PHP's own variable
echo '  the password, but for PHP\'s own variable: ', places($found), ', locked memory that was not given back: ', max(0, locked_mappings($pid) - $before), "\n\n";

// The time is over while libcurl waits: PHP says so when setPassword() has come to its end, and if that takes too long, ends the process.
foreach (['once' => 1, 'twice (hard_timeout)' => 2] as $what => $times) {
    $password = password();
    [$pid] = $fpm->workers();
    Emulator::ctl('fault', 'slow', '--seconds', '3', '--match', 'password$');
    $child = beside(fn () => file_put_contents("$fpm->folder/out", $fpm->run("function act() {} $code", ['who' => $jane, 'token' => Emulator::seal($password, $jane)])));
    for ($i = 0; $i < 100 && isset(memory_search($pid, password_forms($password))['locked']) === false; $i++) {
        usleep(100000);
    }
    echo "the signal of the time limit, $what, while the password is on its way (", places(memory_search($pid, password_forms($password))), ")\n";
    for ($i = 0; $i < $times; $i++) {
        posix_kill($pid, SIGPROF);
        usleep(200000);
    }
    pcntl_waitpid($child, $status);
    Emulator::ctl('fault', 'clear');
    $out = file_get_contents("$fpm->folder/out");
    echo '  ', preg_match('~Maximum execution time of \d+ seconds? exceeded~', $out) ? 'the time limit was said' : 'no word of it', ', the worker ', $fpm->workers() === [$pid] ? 'goes on' : 'is gone', "\n";
    for ($i = 0; $i < 50 && $fpm->workers() === []; $i++) {
        usleep(100000);
    }
    foreach ([...$fpm->workers(), $fpm->pid()] as $who) {
        echo '  the password in ', $who === $fpm->pid() ? 'the master' : 'the worker', ': ', places(memory_search($who, password_forms($password))), "\n";
    }
}
echo "\n";

// FPM ends a worker that takes too long, and writes down what it was at.
$fpm = fpm("request_terminate_timeout = 2s\nrequest_slowlog_timeout = 1s\nslowlog = /dev/stderr");
$fpm->run("function act() {} $code", ['who' => $jane, 'token' => Emulator::seal(password(), $jane)]);
[$pid] = $fpm->workers();
$password = password();
Emulator::ctl('fault', 'timeout', '--match', 'password$');
$fpm->run("function act() {} $code", ['who' => $jane, 'token' => Emulator::seal($password, $jane)]);
Emulator::ctl('fault', 'clear');
for ($i = 0; $i < 50 && in_array($fpm->workers()[0] ?? $pid, [$pid], true); $i++) {
    usleep(100000);
}
echo 'request_terminate_timeout: the worker ', in_array($pid, $fpm->workers(), true) ? 'goes on' : 'is gone', "\n";
foreach ([...$fpm->workers(), $fpm->pid()] as $who) {
    echo '  the password in ', $who === $fpm->pid() ? 'the master' : 'the next worker', ': ', places(memory_search($who, password_forms($password))), "\n";
}
$log = $fpm->log();
echo '  FPM\'s log ', preg_match('~terminating~', $log) ? 'says that it was ended' : 'is silent', '; the password in it: ', array_filter(password_forms($password), static fn (string $form): bool => str_contains($log, $form)) === [] ? 'no' : 'YES', "\n";
?>
--EXPECT--
while PHP code runs in the middle of setPassword(): locked
and then: nowhere

exit: bye | no error
  the password: nowhere, set: no
an exception: TokenStore | no error
  the password: nowhere, set: no
a fatal error: fatal
  the password: nowhere, set: no
the memory limit: Allowed memory size of 67108864
  the password: nowhere, set: no
the time limit: Maximum execution time of 1 second exceeded
  the password: nowhere, set: no
a fiber that is suspended: TokenStore | no error
  the password: nowhere, set: no
the same worker: yes, locked memory that was not given back: 0

seal(), and the memory limit: reached in seal(), after many tokens
  the password, but for PHP's own variable: nowhere, locked memory that was not given back: 0

the signal of the time limit, once, while the password is on its way (locked)
  the time limit was said, the worker goes on
  the password in the worker: nowhere
  the password in the master: nowhere
the signal of the time limit, twice (hard_timeout), while the password is on its way (locked)
  no word of it, the worker is gone
  the password in the worker: nowhere
  the password in the master: nowhere

request_terminate_timeout: the worker is gone
  the password in the next worker: nowhere
  the password in the master: nowhere
  FPM's log says that it was ended; the password in it: no
