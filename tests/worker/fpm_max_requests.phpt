--TEST--
PHP-FPM whose workers end after some requests: no request is lost, and none of the workers crashes
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
$fpm = new TestFpm(Mix::settings(), "user = nobody\ngroup = nogroup\npm.max_requests = 5", workers: 2);
$page = Mix::page();
$workers = [];
echo Mix::said(Mix::load(fn (array $post): string => $fpm->run($page, $post), function () use ($fpm, &$workers): void {
    for ($end = microtime(true) + 60; count($workers) < 12 && microtime(true) < $end; usleep(50000)) {
        $workers += array_flip($fpm->workers());
    }
}), 24);
echo count($workers) >= 12 ? 'many workers' : count($workers) . ' workers', ', ', preg_match_all('~exited on signal~', $fpm->log()), " of them crashed\n";
?>
--EXPECT--
every request had its answer
many workers, 0 of them crashed
