--TEST--
Workers of one parent share a token without any store: one sign-in for twenty that begin at once, one after all sessions have ended
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/token_store.inc';
Emulator::start();
// a parent that never called, as FPM's master, and twenty children
$code = <<<'CODE'
$at = (float) $argv[1];
for ($i = 0; $i < 20; $i++) {
    if (pcntl_fork() === 0) {
        $out = '';
        foreach ([$at, $at + 5] as $time) {
            usleep((int) max(0, ($time - microtime(true)) * 1e6));
            $out .= told(fn () => Emulator::client()->limits()) . ' ';
        }
        echo "$out\n";
        exit;
    }
}
usleep((int) max(0, ($at + 4 - microtime(true)) * 1e6));
Emulator::ctl('expire-tokens');
while (pcntl_wait($status) > 0);
CODE;
Emulator::ctl('fault', 'slow', '--seconds', '1', '--match', 'oauth2/token');
$lines = array_count_values(array_filter(explode("\n", Emulator::php($code, arguments: [(string) (microtime(true) + 1)]))));
echo json_encode($lines), "\n";
Emulator::ctl('fault', 'clear');
$paths = array_count_values(array_map(static fn ($r) => basename($r['path']) . " {$r['status']}", Emulator::requests()));
ksort($paths);
echo json_encode($paths), "\n";

echo "a child that is killed while it signs in holds nobody up for ever:\n";
$code = <<<'CODE'
Emulator::ctl('fault', 'timeout', '--times', '1', '--match', 'oauth2/token');
if (($child = pcntl_fork()) === 0) {
    Emulator::client()->limits();
    exit;
}
sleep(2);
posix_kill($child, SIGKILL);
pcntl_wait($status);
$from = microtime(true);
echo told(fn () => Emulator::client(5000)->limits()), "\n", told(fn () => Emulator::client(60000)->limits()), ', ', microtime(true) - $from < 35 ? "after its lease\n" : "LATE\n";
CODE;
echo Emulator::php($code);
?>
--EXPECT--
{"done done ":20}
{"limits 200":40,"limits 401":20,"token 200":2}
a child that is killed while it signs in holds nobody up for ever:
TimedOut Retry - -
done, after its lease
