--TEST--
A fork makes connections of its own and leaves its parent's alone; the token goes along
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php
require __DIR__ . '/skipif.inc';
if (!extension_loaded('pcntl') && !is_file(ini_get('extension_dir') . '/pcntl.so')) die('skip needs the extension pcntl');
?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
Emulator::start();
echo Emulator::php(<<<'CODE'
$sf = Emulator::client();
$sf->limits();
foreach ([1, 2] as $child) {
    if (!pcntl_fork()) {
        $sf->limits();
        $sf->limits();
        exit;
    }
    pcntl_wait($status);
    echo pcntl_wexitstatus($status), "\n";
}
$sf->limits();
// a child that never calls must not close its parent's connection either
if (!pcntl_fork()) {
    exit;
}
pcntl_wait($status);
$sf->limits();
CODE);
$names = [];
foreach (Emulator::requests() as $r) {
    $names[$r['connection']] ??= 'connection ' . count($names) + 1;
    echo "$r[path] on {$names[$r['connection']]}\n";
}
?>
--EXPECT--
0
0
/services/oauth2/token on connection 1
/services/data/v67.0/limits on connection 1
/services/data/v67.0/limits on connection 2
/services/data/v67.0/limits on connection 2
/services/data/v67.0/limits on connection 3
/services/data/v67.0/limits on connection 3
/services/data/v67.0/limits on connection 1
/services/data/v67.0/limits on connection 1
