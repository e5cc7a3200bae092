--TEST--
A few hundred operations under random faults: none is lost, none is done twice (tests/salesforce/soak does ten thousand)
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
$command = array_map(escapeshellarg(...), [PHP_BINARY, '-n', '-d', 'samlforce.keyring=' . ini_get('samlforce.keyring'), __DIR__ . '/soak', '--operations', '200', '--percent', '20', '--seed', (string) getmypid()]);
$module = preg_match('~ (/\S*samlforce\.so)$~m', file_get_contents('/proc/self/maps'), $m) ? $m[1] : '';
array_splice($command, 2, 0, ['-d', escapeshellarg("extension=$module")]);
echo shell_exec(implode(' ', $command) . ' 2>&1');
Emulator::start();
?>
--EXPECTF--
seed %d: 200 operations by 4 workers in %d s, %d requests, %d of them into a fault: {%s}
the callers were told: {%s}
records wanted %d, there %d; lost 0, twice 0, not wanted 0, with another value 0; workers that died 0
1 passed, 0 failed
