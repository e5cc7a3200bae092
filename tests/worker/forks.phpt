--TEST--
A command line that forks while it has a connection, a token and the keys: parent and children go on, each over its own
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
// The namespace goes, since the page is run in a function; the guard is declared once.
$page = preg_replace('~^namespace Mixed;\s*~', '', Mix::page());
[$uses, $try] = [substr($page, 0, strpos($page, 'try {')), strstr($page, 'try {')];
Emulator::requests();
$out = Emulator::php($uses . '
    $posts = json_decode(file_get_contents($argv[1]), true);
    function one(array $post): string { $_POST = $post; ob_start(); ' . $try . ' return ob_get_clean(); }
    function all(string $who, array $posts): void { $answers = array_map(one(...), $posts); echo "$who: ", $answers == json_decode($GLOBALS["argv"][2], true) ? "right" : json_encode($answers), "\n"; }
    all("parent, before", $posts);
    for ($i = 0; $i < 3; $i++) {
        $pid = pcntl_fork();
        if ($pid === 0) {
            ob_start();
            all("child", $posts);
            // and a child of the child
            if (pcntl_fork() === 0) { ob_end_clean(); ob_start(); all("grandchild", $posts); file_put_contents("php://stdout", ob_get_clean()); exit; }
            pcntl_wait($status);
            file_put_contents("php://stdout", ob_get_clean());
            exit;
        }
        all("parent, meanwhile", $posts);
        pcntl_waitpid($pid, $status);
        echo pcntl_wifexited($status) ? "" : "a child crashed\n";
    }
    all("parent, after", $posts);', arguments: [(function (): string {
        file_put_contents($file = sys_get_temp_dir() . '/samlforce-posts-' . bin2hex(random_bytes(8)), json_encode(Mix::posts()));
        register_shutdown_function(static fn () => @unlink($file));
        return $file;
    })(), json_encode(Mix::ANSWERS)]);
// (who is first is chance)
$lines = explode("\n", trim($out));
sort($lines);
echo implode("\n", $lines), "\n";
$queries = array_filter(Emulator::requests(), static fn (array $r): bool => str_contains($r['path'], '/query'));
echo count($queries), ' queries over ', count(array_unique(array_column($queries, 'connection'))), " connections\n";
?>
--EXPECT--
child: right
child: right
child: right
grandchild: right
grandchild: right
grandchild: right
parent, after: right
parent, before: right
parent, meanwhile: right
parent, meanwhile: right
parent, meanwhile: right
11 queries over 7 connections
