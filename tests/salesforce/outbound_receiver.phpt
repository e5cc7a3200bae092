--TEST--
Outbound Messages from the emulator to a receiver over HTTP: each change arrives, and counts once, whatever goes wrong on the way
--EXTENSIONS--
samlforce
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--CONFLICTS--
emulator
--FILE--
<?php
require __DIR__ . '/emulator.inc';

Emulator::start();
$folder = sys_get_temp_dir() . '/samlforce-receiver-' . getmypid();
mkdir($folder);
$secret = bin2hex(random_bytes(16));
$socket = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($socket, false);
fclose($socket);
$server = proc_open([...Emulator::phpCommand(), '-S', $address, __DIR__ . '/receiver.php'], [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes, null,
    ['RECEIVER_FOLDER' => $folder, 'RECEIVER_SECRET' => $secret, 'RECEIVER_ORG' => Emulator::$env['SF_ORG_ID']] + getenv());
register_shutdown_function(static function () use ($server, $folder): void {
    proc_terminate($server);
    proc_close($server);
    array_map('unlink', glob("$folder/*"));
    rmdir($folder);
});
for ($until = microtime(true) + 10; !@fsockopen(...explode(':', $address)) && microtime(true) < $until;) {
    usleep(20000);
}

/** @return list<string> "status acknowledged count" of each message that went out */
$deliver = static function (string ...$how): array {
    $lines = array_filter(explode("\n", Emulator::ctl('deliver', ...$how)));
    return array_map(static function (string $line): string {
        $m = json_decode($line, true);
        return "{$m['status']} " . ($m['acknowledged'] ? 'acknowledged' : 'comes again') . ' ' . count($m['notifications']);
    }, $lines);
};
$kept = static fn (): array => array_map(static fn (string $file): array => json_decode(file_get_contents($file), true), glob("$folder/04l*.json"));
$waiting = static fn (): int => count(array_filter(explode("\n", Emulator::ctl('waiting'))));
$show = static function (string $what, mixed $value): void {
    echo "$what: ", json_encode($value, JSON_UNESCAPED_UNICODE), "\n";
};

$client = Emulator::client();
$action = trim(Emulator::ctl('outbound', 'Contact', "http://$address/$secret", 'LastName,FirstName,Email,HasOptedOutOfEmail'));
$ada = $client->create('Contact', ['LastName' => 'Lovelace & Söhne', 'FirstName' => 'Ada']);
$show('one change', $deliver());
[$one] = $kept();
$show('as it was kept', array_diff_key($one['fields'], ['Id' => 1]));
var_dump($one['object'] === 'Contact' && $one['recordId'] === $ada && $one['fields']['Id'] === $ada);
$show('nothing waits', [$waiting(), $deliver()]);

echo "\n-- what is not acknowledged comes again, later each time, with the newest values\n";
file_put_contents("$folder/moods", "plain 200\n500\nfalse");
$client->update('Contact', $ada, ['Email' => 'ada@example.org']);
$show('a plain 200', $deliver());
$show('at once', $deliver());
$client->update('Contact', $ada, ['Email' => 'countess@example.org', 'FirstName' => null]);
$show('a 500, whatever stands in it', $deliver('--later', '20'));
$show('Ack false, although it was kept', $deliver('--later', '100'));
$show('and the last', $deliver('--later', '1000'));
$show('kept', array_map(static fn (array $n): array => array_diff_key($n['fields'], ['Id' => 1]), $kept()));
$show('known already', count(file("$folder/known")));
$show('nothing waits', $waiting());

echo "\n-- at least once, in any order, many in one message\n";
$before = count($kept());
for ($i = 1; $i <= 12; $i++) {
    $ids[] = $client->create('Contact', ['LastName' => "Person $i"]);
}
$show('each message twice', $deliver('--twice', '--shuffle', '--most', '5'));
$new = array_slice($kept(), $before);
sort($ids);
$seen = array_column($new, 'recordId');
sort($seen);
var_dump($seen === $ids);

echo "\n-- ids of 15 characters, a byte order mark\n";
Emulator::ctl('set', 'outbound_short_ids', '1');
Emulator::ctl('set', 'outbound_bom', '1');
$client->update('Contact', $ada, ['Email' => 'a@example.org']);
$show('taken', $deliver());
var_dump(str_starts_with(file_get_contents("$folder/last.xml"), "\xEF\xBB\xBF"), str_contains(file_get_contents("$folder/last.xml"), '<OrganizationId>' . substr(Emulator::$env['SF_ORG_ID'], 0, 15) . '</OrganizationId>'));

echo "\n-- the changes of the integration user, when it may send none\n";
Emulator::ctl('set', 'send_outbound', '0');
$client->update('Contact', $ada, ['Email' => 'b@example.org']);
$show('waiting', $waiting());

echo "\n-- who doesn't know the address, and who knows it and is another org\n";
$post = static function (string $path, string $body) use ($address): string {
    file_get_contents("http://$address/$path", false, stream_context_create(['http' => ['method' => 'POST', 'header' => 'Content-Type: text/xml', 'content' => $body, 'ignore_errors' => true]]));
    return explode(' ', $http_response_header[0])[1];
};
$last = file_get_contents("$folder/last.xml");
$count = count($kept());
$show('status', [$post('', $last), $post(str_repeat('0', 32), $last), $post($secret, str_replace(substr(Emulator::$env['SF_ORG_ID'], 0, 15), '00D000000000062', $last))]);
$show('refused', trim(file_get_contents("$folder/refused")));
var_dump(count($kept()) === $count);
?>
--EXPECT--
one change: ["200 acknowledged 1"]
as it was kept: {"LastName":"Lovelace & Söhne","FirstName":"Ada","HasOptedOutOfEmail":"false"}
bool(true)
nothing waits: [0,[]]

-- what is not acknowledged comes again, later each time, with the newest values
a plain 200: ["200 comes again 1"]
at once: []
a 500, whatever stands in it: ["500 comes again 2"]
Ack false, although it was kept: ["200 comes again 2"]
and the last: ["200 acknowledged 2"]
kept: [{"LastName":"Lovelace & Söhne","FirstName":"Ada","HasOptedOutOfEmail":"false"},{"LastName":"Lovelace & Söhne","Email":"countess@example.org","HasOptedOutOfEmail":"false"},{"LastName":"Lovelace & Söhne","Email":"countess@example.org","HasOptedOutOfEmail":"false"}]
known already: 2
nothing waits: 0

-- at least once, in any order, many in one message
each message twice: ["200 acknowledged 5","200 acknowledged 5","200 acknowledged 5","200 acknowledged 5","200 acknowledged 2","200 acknowledged 2"]
bool(true)

-- ids of 15 characters, a byte order mark
taken: ["200 acknowledged 1"]
bool(true)
bool(true)

-- the changes of the integration user, when it may send none
waiting: 0

-- who doesn't know the address, and who knows it and is another org
status: ["404","404","400"]
refused: "organization_mismatch"
bool(true)
