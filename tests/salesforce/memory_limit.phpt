--TEST--
An answer that PHP's memory limit is too low for ends the request, and nothing of it stays in the worker
--EXTENSIONS--
samlforce
openssl
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/server.inc';
Emulator::start();
$odd = new OddServer(['{token}', OddServer::answer('[' . str_repeat('"0123456789abcdef",', 600000) . '1]')]);
echo Emulator::php('
    $client = new Samlforce\Salesforce\Client(Emulator::credentials(["loginHost" => "' . $odd->host . '"]), timeoutMs: 15000);
    $mapped = fn () => array_sum(array_map(fn ($line) => preg_match("/^(Rss|Swap):\s+(\d+)/", $line, $m) ? (int) $m[2] : 0, file("/proc/self/smaps_rollup")));
    $before = $mapped();
    register_shutdown_function(function () use ($mapped, $before) {
        $more = $mapped() - $before;
        echo $more < 24 * 1024 ? "little" : "$more kB", " is left\n";
    });
    $client->limits();
    ', ['samlforce.allowed_hosts' => $odd->host, 'memory_limit' => '16M']);
?>
--EXPECTF--
%AAllowed memory size of 16777216 bytes exhausted%A
little is left
