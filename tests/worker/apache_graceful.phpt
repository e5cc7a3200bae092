--TEST--
Apache prefork with mod_php, restarted gracefully under load, whose children end after some connections: no request is lost
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
require __DIR__ . '/../support/apache.inc';
Emulator::start();
Emulator::ctl('set', 'daily_limit', '10000000');
$apache = new TestApache(Mix::settings(), "MaxConnectionsPerChild 20\nMaxSpareServers 4\nServerLimit 8\nMaxRequestWorkers 8\nGracefulShutdownTimeout 30");
$page = Mix::page();
$apache->run($page, Mix::posts()['seal']);
$seen = [];
echo Mix::said(Mix::load(fn (array $post): string => $apache->run($page, $post), function () use ($apache, &$seen): void {
    for ($i = 0; $i < 2; $i++) {
        sleep(1);
        $before = $apache->children();
        $apache->graceful();
        for ($end = microtime(true) + 60; array_intersect($before, $apache->children()) !== [] && microtime(true) < $end; usleep(50000));
        $seen[] = array_intersect($before, $apache->children()) === [];
    }
}), 24);
echo 'restarts that gave new children: ', array_sum($seen), ', ', preg_match_all('~exit signal~', $apache->log()), " children crashed\n";
?>
--EXPECT--
every request had its answer
restarts that gave new children: 2, 0 children crashed
