--TEST--
The next generation of a key is taken up by a reload of FPM: no request fails, and the workers of before end what they are at
--EXTENSIONS--
samlforce
posix
pcntl
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root, who reads the keys'); ?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
$ring = new TestKeyring();
$ring->put('vault.key', bin2hex(random_bytes(32)));
$fpm = new TestFpm(['samlforce.keyring' => $ring->folder], workers: 4);
$seal = 'use Samlforce\Keyring; use Samlforce\Password\Vault; $vault = new Vault("vault");';
$old = $fpm->run($seal . 'echo $vault->seal("correct horse", "jane@example.org", 600);');

/** A process of its own; what it prints is in its file. */
function beside(string $file, callable $work): int
{
    $pid = pcntl_fork();
    if ($pid === 0) {
        file_put_contents($file, $work());
        posix_kill(posix_getpid(), SIGKILL); // nothing of the parent's is to be destroyed here
    }
    return $pid;
}

$children = [];
for ($i = 0; $i < 2; $i++) {
    $children[] = beside("$ring->folder/load-$i", function () use ($fpm, $seal): string {
        $answers = [];
        for ($end = microtime(true) + 7; microtime(true) < $end;) {
            $answers[] = $fpm->run($seal . 'echo $vault->inspect($vault->seal("x", "y", 9))["recipient"], count(Keyring::generations("vault"));');
        }
        return json_encode(array_count_values($answers));
    });
}
$children[] = beside("$ring->folder/slow", fn (): string => $fpm->run($seal . 'sleep(3); echo $vault->inspect($vault->seal("x", "y", 9))["recipient"], count(Keyring::generations("vault"));'));
usleep(1000000);
$master = $fpm->pid();
$workers = $fpm->workers();
$ring->put('vault~1.key', bin2hex(random_bytes(32)));
$fpm->reload();
foreach ($children as $child) {
    pcntl_waitpid($child, $status);
}
echo 'the slow request of a worker of before: ', file_get_contents("$ring->folder/slow"), "\n";
foreach ([0, 1] as $i) {
    $answers = json_decode(file_get_contents("$ring->folder/load-$i"), true);
    echo 'answers: ', implode(' ', array_keys($answers)), array_sum($answers) > 20 ? '' : ' too few: ' . array_sum($answers), "\n";
}
var_dump($fpm->pid() === $master, count($fpm->workers()), array_intersect($workers, $fpm->workers()));
echo $fpm->run($seal . '$new = $vault->reseal($_POST["old"]); echo $vault->inspect($_POST["old"])["recipient"], " ", $new !== $_POST["old"] ? "resealed" : "the same", "\n";', ['old' => $old]);
?>
--EXPECT--
the slow request of a worker of before: y1
answers: y1 y2
answers: y1 y2
bool(true)
int(4)
array(0) {
}
jane@example.org resealed
