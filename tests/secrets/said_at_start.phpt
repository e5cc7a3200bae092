--TEST--
What is wrong with a key when FPM starts, and when it is reloaded, is said where somebody reads it, whether or not php.ini names an error log
--EXTENSIONS--
samlforce
posix
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root, to start FPM as root'); ?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
$ring = new TestKeyring();
$ring->put('vault.key', bin2hex(random_bytes(32)));
$ring->put('open.key', bin2hex(random_bytes(32)), 0644);
$said = fn (string $log): string => preg_match_all('~PHP Warning:  samlforce: \S+/(\S+) was refused: (.{0,40})~', $log, $m) ? implode(' | ', array_map(fn ($file, $why) => "$file: {$why}…", $m[1], $m[2])) : 'nothing';
foreach (['without an error log of PHP\'s' => [], 'with one' => ['error_log' => "$ring->folder/php.log"]] as $title => $ini) {
    @unlink("$ring->folder/php.log");
    $fpm = new TestFpm(['samlforce.keyring' => $ring->folder, 'display_errors' => '0', 'display_startup_errors' => '0', 'log_errors' => '1'] + $ini); // as in the php.ini of every package
    $log = fn (): string => $fpm->log() . @file_get_contents("$ring->folder/php.log");
    echo "$title: ", $said($log()), "\n";
    $fpm->reload();
    for ($i = 0; $i < 200 && substr_count($log(), 'was refused') < 2; $i++) {
        usleep(50000);
    }
    echo "  after a reload as well: ", substr_count($log(), 'was refused'), "\n";
}
?>
--EXPECT--
without an error log of PHP's: open.key: others may read or change it (mode 0644)…
  after a reload as well: 2
with one: open.key: others may read or change it (mode 0644)…
  after a reload as well: 2
