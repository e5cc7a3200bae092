--TEST--
The time limit of a call holds for all of it, and after it nobody claims to know what became of a create
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
Emulator::start();
Emulator::client()->limits();
$account = Emulator::$env['SF_ACCOUNT_ID'];
$timed = function (callable $call): void {
    $start = microtime(true);
    echo told($call);
    $seconds = microtime(true) - $start;
    echo $seconds > 0.6 && $seconds < 1.6 ? ", in time\n" : ", after $seconds s\n";
};
Emulator::ctl('fault', 'timeout', '--times', '2');
$timed(fn () => Emulator::client(800)->limits());
$timed(fn () => Emulator::client(800)->create('Contact', ['LastName' => 'T', 'AccountId' => $account]));
Emulator::ctl('fault', 'clear');
echo told(fn () => Emulator::client(800)->limits()), "\n";
Emulator::ctl('fault', 'slow', '--seconds', '1', '--times', '1');
echo told(fn () => Emulator::client(5000)->limits()), "\n";
// repeats stop where the time is too short for them
Emulator::ctl('fault', '503', '--seconds', '1');
$start = microtime(true);
echo told(fn () => Emulator::client(900)->limits()), microtime(true) - $start < 0.7 ? ", at once\n" : ", too late\n";
?>
--EXPECT--
TimedOut Retry - - ambiguous, in time
TimedOut LookUp - - ambiguous, in time
done
done
ServerError Retry SERVER_UNAVAILABLE 503 retryAfter=1, at once
