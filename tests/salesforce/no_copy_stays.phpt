--TEST--
After setPassword() no copy of the password is left anywhere in the memory of the process
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
$sf = Emulator::client();
[$jane] = Emulator::user($sf);

/*
 * Another PHP gets the sealed token and the password spelt backwards, sets the password, and then searches all that
 * it can read and write of itself. What it looks for is therefore never in its memory but by way of the vault.
 */
$code = <<<'CODE'
[, $jane, $sealed, $backwards, $times] = $argv;
function copies(string $backwards): int
{
    $memory = fopen('/proc/self/mem', 'r');
    $found = 0;
    foreach (file('/proc/self/maps') as $line) {
        if (!preg_match('~^([0-9a-f]+)-([0-9a-f]+) rw~', $line, $m)) {
            continue;
        }
        [$at, $end] = [hexdec($m[1]), hexdec($m[2])];
        for (; $at < $end; $at += 1 << 20) {
            // (a little more than a piece, for what lies across its edge)
            if (@fseek($memory, $at) === 0 && ($piece = @fread($memory, min((1 << 20) + 100, $end - $at))) !== false) {
                $found += substr_count(strrev($piece), $backwards);
            }
        }
    }
    return $found;
}
$control = strrev($backwards);
$with = copies($backwards);
$control = str_repeat('.', strlen($control));
unset($control);
$before = copies($backwards);
for ($i = 0; $i < (int) $times; $i++) {
    echo told(fn () => Emulator::client()->setPassword($jane, $sealed)), "\n";
}
echo $with > $before ? "the search finds one that is there\n" : "the search finds nothing\n";
echo 'more than before: ', copies($backwards) - $before, "\n";
CODE;

Emulator::ctl('set', 'policy_history', '0');
$password = 'S3cret-' . bin2hex(random_bytes(12));
$run = fn (int $times) => Emulator::php($code, arguments: [$jane, Emulator::seal($password, $jane), strrev($password), (string) $times]);
echo $run(1), $run(3);
var_dump(Emulator::canSignIn($jane, $password));
echo "refused by Salesforce:\n";
$password = 'R3fused-' . bin2hex(random_bytes(12));
Emulator::ctl('fault', 'error', '--code', 'INVALID_NEW_PASSWORD', '--message', 'not this one', '--match', 'password$');
echo $run(1);
Emulator::ctl('fault', 'clear');
?>
--EXPECT--
done
the search finds one that is there
more than before: 0
done
done
done
the search finds one that is there
more than before: 0
bool(true)
refused by Salesforce:
Refused TellPerson INVALID_NEW_PASSWORD 400
the search finds one that is there
more than before: 0
