--TEST--
PHP-FPM that is reloaded again and again, and then told to end gracefully: no request is lost
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
$fpm = new TestFpm(Mix::settings(), workers: 3);
$page = Mix::page();
$master = $fpm->pid();
$seen = [];
echo Mix::said(Mix::load(fn (array $post): string => $fpm->run($page, $post), function () use ($fpm, &$seen): void {
    for ($i = 0; $i < 3; $i++) {
        sleep(1);
        $before = $fpm->workers();
        $fpm->reload();
        for ($end = microtime(true) + 60; (array_intersect($before, $fpm->workers()) !== [] || count($fpm->workers()) < 3) && microtime(true) < $end; usleep(50000));
        $seen[] = array_intersect($before, $fpm->workers()) === [] && count($fpm->workers()) === 3;
    }
}), 24);
echo 'reloads that gave new workers: ', array_sum($seen), ', the master ', $fpm->pid() === $master ? 'is the same' : 'is another', ', ', preg_match_all('~exited on signal (?!15|3)~', $fpm->log()), " workers crashed\n";

// SIGQUIT: what is under way comes to its end.
$file = "$fpm->folder/slow-answer";
$child = pcntl_fork();
if ($child === 0) {
    file_put_contents($file, $fpm->run('touch("' . "$fpm->folder/begun" . '"); sleep(3); ' . str_replace('namespace Mixed;', '', $page), Mix::posts()['query']));
    posix_kill(posix_getpid(), SIGKILL);
}
chmod($fpm->folder, 0777);
for ($end = microtime(true) + 60; !file_exists("$fpm->folder/begun") && microtime(true) < $end; usleep(50000)) {
    clearstatcache();
}
posix_kill($fpm->pid(), SIGQUIT);
pcntl_waitpid($child, $status);
echo 'a slow request when FPM is told to end: ', file_get_contents($file), "\n";
?>
--EXPECT--
every request had its answer
reloads that gave new workers: 3, the master is the same, 0 workers crashed
a slow request when FPM is told to end: integration@acme.example
