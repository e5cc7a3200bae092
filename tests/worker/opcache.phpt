--TEST--
FPM with opcache, a preloaded script that uses the extension before any worker is there, and JIT: every request is answered, from each worker's own connections
--EXTENSIONS--
samlforce
dom
openssl
posix
pcntl
--CONFLICTS--
emulator
--SKIPIF--
<?php
require __DIR__ . '/../salesforce/skipif.inc';
if (posix_geteuid() !== 0) die('skip needs root, to start servers as root');
?>
--FILE--
<?php
require __DIR__ . '/mix.inc';
Emulator::start();
Emulator::ctl('set', 'daily_limit', '10000000');
$preload = sys_get_temp_dir() . '/samlforce-preload-' . bin2hex(random_bytes(8)) . '.php';
// A class that lives in the shared memory from the start, and a use of each room in the process that preloads.
$page = Mix::page();
file_put_contents($preload, "<?php\n" . '
    final class Preloaded {
        public const GRANT = Samlforce\Saml\Binding::Redirect;
        public static function seal(string $who): string { return (new Samlforce\Password\Vault("vault"))->seal("S3cret-password", $who, 60); }
    }
    Preloaded::seal("x");
    (new Samlforce\Salesforce\Client(Samlforce\Salesforce\Credentials::jwtBearer(' . implode(', ', array_map(static fn ($v) => var_export($v, true), [Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'])) . ')))->limits();');
$opcache = ['zend_extension' => 'opcache', 'opcache.enable' => '1', 'opcache.preload' => $preload, 'opcache.preload_user' => 'nobody', 'opcache.jit' => 'tracing', 'opcache.jit_buffer_size' => '32M', 'opcache.jit_hot_func' => '2', 'opcache.jit_hot_loop' => '2'];
Emulator::requests();
$fpm = new TestFpm($opcache + Mix::settings(), workers: 2);
echo $fpm->run('$s = opcache_get_status(); echo $s["jit"]["on"] ? "JIT is on" : "JIT is off", ", preloaded: ", implode(" ", $s["preload_statistics"]["classes"] ?? []), ", ", Preloaded::GRANT->name, ", ", (new Samlforce\Password\Vault("vault"))->inspect(Preloaded::seal("jane@example.org"))["recipient"], "\n";');
$asked = array_unique(array_column(Emulator::requests(), 'connection'));
echo 'the process that preloads has asked Salesforce over ', count($asked), " connection\n";
echo Mix::said(Mix::load(fn (array $post): string => $fpm->run($page, $post), fn () => sleep(4)), 24);
$connections = array_unique(array_column(Emulator::requests(), 'connection'));
echo 'and the workers over ', array_intersect($connections, $asked) === [] ? 'others' : 'THE SAME', ', ', count($connections) <= 2 ? 'no more than there are workers' : count($connections), "\n";
echo preg_match_all('~exited on signal~', $fpm->log()), " workers crashed\n";
unlink($preload);
?>
--EXPECT--
JIT is on, preloaded: Preloaded, Redirect, jane@example.org
the process that preloads has asked Salesforce over 1 connection
every request had its answer
and the workers over others, no more than there are workers
0 workers crashed
