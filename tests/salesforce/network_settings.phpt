--TEST--
Compressed requests, the time to the first byte, the proxy of php.ini, the daily limit, the budget of repeats, connections that are shared by nobody else
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
require __DIR__ . '/proxy.inc';
use Samlforce\Salesforce\Client;
Emulator::start();
$account = Emulator::$env['SF_ACCOUNT_ID'];

echo "a body is compressed from the length on that php.ini says, a password never:\n";
$bodies = <<<'CODE'
$sf = Emulator::client();
$make = function (int $bytes) use ($sf) {
    $body = ['LastName' => 'A', 'AccountId' => Emulator::$env['SF_ACCOUNT_ID'], 'Description' => ''];
    $body['Description'] = str_repeat('x', $bytes - strlen(json_encode($body)));
    return $sf->retrieve('Contact', $sf->create('Contact', $body), ['Description'])['Description'] === $body['Description'] ? 'whole' : 'NOT WHOLE';
};
echo $make(999), ', ', $make(1000), "\n";
CODE;
$encodings = fn () => implode(', ', array_map(fn ($r) => $r['content_encoding'] ?: 'plain', array_filter(Emulator::requests(), fn ($r) => $r['method'] === 'POST' && !str_contains($r['path'], 'oauth2'))));
echo '  from 1000: ', Emulator::php($bodies, ['samlforce.http.gzip_min_bytes' => '1000']), '    ', $encodings(), "\n";
echo '  never: ', Emulator::php($bodies, ['samlforce.http.gzip_min_bytes' => '0']), '    ', $encodings(), "\n";
Emulator::requests();
[$jane] = Emulator::user(Emulator::client());
echo '  a password: ', Emulator::php('Emulator::client()->setPassword($argv[1], $argv[2]);', ['samlforce.http.gzip_min_bytes' => '1'], arguments: [$jane, Emulator::seal('L0ng-' . str_repeat('a', 200), $jane)]), $encodings(), ', set: ', Emulator::canSignIn($jane, 'L0ng-' . str_repeat('a', 200)) ? "yes\n" : "NO\n";

echo "the first byte:\n";
Emulator::ctl('fault', 'slow', '--seconds', '6', '--times', '1');
$from = microtime(true);
echo '  ', told(fn () => (new Client(Emulator::credentials(), timeoutMs: 20000, firstByteTimeoutMs: 1000))->create('Contact', ['LastName' => 'Late', 'AccountId' => $account]), true), microtime(true) - $from < 5.5 ? "\n" : " LATE\n";
Emulator::ctl('fault', 'clear');
foreach ([[99, null], [600001, null], [null, 99], [null, 600001]] as [$connect, $first]) {
    echo '  ', told(fn () => new Client(Emulator::credentials(), connectTimeoutMs: $connect, firstByteTimeoutMs: $first)), "\n";
}
new Client(Emulator::credentials(), '67.0', 600000, 600000, 600000);
new Client(Emulator::credentials(), '67.0', 100, 100, 100);

echo "an address where nobody answers: ";
$listener = stream_socket_server('tcp://127.0.0.1:0', $code, $message, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, stream_context_create(['socket' => ['backlog' => 1]]));
$port = substr(strrchr(stream_socket_get_name($listener, false), ':'), 1);
// (it is connected to, but says nothing: TLS is a part of connecting)
echo Emulator::php('$from = microtime(true); echo told(fn () => (new Samlforce\Salesforce\Client(Emulator::credentials(["loginHost" => $argv[1]]), timeoutMs: 30000, connectTimeoutMs: 300))->limits()), microtime(true) - $from < 9 ? ", soon" : ", LATE", "\n";', ['samlforce.allowed_hosts' => "mute.localhost:$port"], arguments: ["mute.localhost:$port"]);

echo "the proxy:\n";
// one that notes what it is asked, and connects
$log = tempnam(sys_get_temp_dir(), 'sf-proxy-');
$code = <<<'CODE'
$listener = stream_socket_server('tcp://127.0.0.1:0');
echo substr(strrchr(stream_socket_get_name($listener, false), ':'), 1), "\n";
while ($client = stream_socket_accept($listener, 60)) {
    $head = stream_get_line($client, 65536, "\r\n\r\n");
    file_put_contents($argv[1], "$head\n", FILE_APPEND);
    preg_match('~^CONNECT \S+:(\d+) ~', $head, $m);
    $server = stream_socket_client("tcp://127.0.0.1:$m[1]");
    fwrite($client, "HTTP/1.1 200 OK\r\n\r\n");
    while (true) {
        $read = [$client, $server];
        $none = null;
        if (!stream_select($read, $none, $none, 60)) break;
        foreach ($read as $from) {
            $bytes = fread($from, 65536);
            if ($bytes === '' || $bytes === false) break 2;
            fwrite($from === $client ? $server : $client, $bytes);
        }
    }
    fclose($client);
}
CODE;
$process = proc_open([PHP_BINARY, '-n', '-r', $code, '--', $log], [1 => ['pipe', 'w']], $pipes);
$at = 'http://127.0.0.1:' . trim(fgets($pipes[1]));
$call = 'echo told(fn () => Emulator::client(4000)->limits(), true), "\n";';
echo '  set: ', Emulator::php($call, ['samlforce.http.proxy' => $at]);
$asked = file_get_contents($log);
echo '    asked to CONNECT: ', preg_match('~^CONNECT acme\.my\.salesforce\.localhost:\d+ HTTP~', $asked) ? 'yes' : "no: $asked", ', told a token: ', preg_match('/authorization|bearer/i', $asked) ? 'YES' : 'no', "\n";
file_put_contents($log, '');
echo '  in the environment: ', Emulator::php('putenv("https_proxy=' . $at . '"); putenv("HTTPS_PROXY=' . $at . '"); putenv("ALL_PROXY=' . $at . '");' . $call, environment: ['https_proxy' => $at, 'ALL_PROXY' => $at]);
echo '    asked: ', filesize($log) === 0 && file_get_contents($log) === '' ? "no\n" : "YES\n";
echo '  and nothing of it helps to go round the one of php.ini: ', Emulator::php('putenv("no_proxy=*"); putenv("NO_PROXY=*");' . $call, ['samlforce.http.proxy' => $at], ['no_proxy' => '*']), '    asked: ', file_get_contents($log) !== '' ? "yes\n" : "NO\n";
proc_terminate($process);
foreach (['http://user:secret@proxy.example:3128', 'https://proxy.example', 'proxy.example:3128', 'http://proxy.example/path', 'socks5://proxy.example'] as $bad) {
    echo '  ', Emulator::php($call, ['samlforce.http.proxy' => $bad]);
}
unlink($log);

echo "the daily limit:\n";
Emulator::ctl('set', 'daily_limit', '100');
Emulator::ctl('set', 'api_used', '40');
$slow = '$sf = Emulator::client(); $times = []; for ($i = 0; $i < 3; $i++) { $from = microtime(true); $sf->limits(); $times[] = microtime(true) - $from > 0.4 ? "slow" : "fast"; } echo implode(", ", $times), "\n";';
echo '  40 of 100, from 50 per cent on: ', Emulator::php($slow, ['samlforce.http.slow_down_percent' => '50']);
Emulator::ctl('set', 'api_used', '75');
echo '  75 of 100, from 50 per cent on: ', Emulator::php($slow, ['samlforce.http.slow_down_percent' => '50']);
Emulator::ctl('set', 'api_used', '90');
echo '  90 of 100, never: ', Emulator::php($slow, ['samlforce.http.slow_down_percent' => '100']);
Emulator::ctl('set', 'daily_limit', '15000');

echo "repeats have a budget: ";
Emulator::ctl('fault', 'error', '--code', 'SERVER_UNAVAILABLE', '--status', '503', '--match', 'limits');
Emulator::requests();
Emulator::php('$sf = Emulator::client(); for ($i = 0; $i < 30; $i++) told(fn () => $sf->limits());', ['samlforce.http.slow_down_percent' => '100']);
$requests = count(array_filter(Emulator::requests(), fn ($r) => str_ends_with($r['path'], 'limits')));
echo $requests >= 50 && $requests <= 55 ? "30 calls, and about 22 repeats\n" : "30 calls, and " . ($requests - 30) . " repeats\n";
Emulator::ctl('fault', 'clear');

echo "two credentials, ";
Emulator::requests();
foreach ([null, 'https://login.salesforce.com', null, 'https://login.salesforce.com'] as $audience) {
    (new Client(Emulator::credentials(['audience' => $audience])))->limits();
}
echo count(array_unique(array_column(Emulator::requests(), 'connection'))), " connections\n";

echo "a certificate that has expired: ";
$folder = sys_get_temp_dir() . '/samlforce-expired-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
$ca = dirname(Emulator::$env['SF_CA']);
$name = explode(':', Emulator::$env['SF_HOST'])[0];
$key = openssl_pkey_new(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
file_put_contents("$folder/cnf", "[req]\ndistinguished_name=dn\n[dn]\n[v3]\nsubjectAltName=DNS:$name\n");
$options = ['digest_alg' => 'sha256', 'config' => "$folder/cnf", 'x509_extensions' => 'v3'];
$request = openssl_csr_new(['organizationName' => 'Samlforce tests'], $key, $options);
openssl_x509_export_to_file(openssl_csr_sign($request, file_get_contents("$ca/ca.pem"), openssl_pkey_get_private(file_get_contents("$ca/ca.key")), 0, $options, 4711), "$folder/expired.crt");
openssl_pkey_export_to_file($key, "$folder/expired.key", null, $options);
sleep(2); // it is good until now
$proxy = new FaultProxy("$folder/expired");
echo str_replace($proxy->host, "$name:PORT", Emulator::php('echo told(fn () => Emulator::client(9000)->limits(), true), "\n";', ['samlforce.allowed_hosts' => Emulator::$env['SF_HOST'] . " $proxy->host"]));
unset($proxy);
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
a body is compressed from the length on that php.ini says, a password never:
  from 1000: whole, whole
    plain, gzip
  never: whole, whole
    plain, plain
  a password: plain, plain, set: yes
the first byte:
  TimedOut LookUp - - ambiguous: acme.my.salesforce.localhost gave no first byte of an answer within 1000 ms
  ValueError: Samlforce\Salesforce\Client::__construct(): Argument #4 ($connectTimeoutMs) must be between 100 and 600000
  ValueError: Samlforce\Salesforce\Client::__construct(): Argument #4 ($connectTimeoutMs) must be between 100 and 600000
  ValueError: Samlforce\Salesforce\Client::__construct(): Argument #5 ($firstByteTimeoutMs) must be between 100 and 600000
  ValueError: Samlforce\Salesforce\Client::__construct(): Argument #5 ($firstByteTimeoutMs) must be between 100 and 600000
an address where nobody answers: Unreachable Retry - -, soon
the proxy:
  set: done
    asked to CONNECT: yes, told a token: no
  in the environment: done
    asked: no
  and nothing of it helps to go round the one of php.ini: done
    asked: yes
  HostNotAllowed TellPerson - -: samlforce.http.proxy must be http://host or http://host:port, without a user and a path
  HostNotAllowed TellPerson - -: samlforce.http.proxy must be http://host or http://host:port, without a user and a path
  HostNotAllowed TellPerson - -: samlforce.http.proxy must be http://host or http://host:port, without a user and a path
  HostNotAllowed TellPerson - -: samlforce.http.proxy must be http://host or http://host:port, without a user and a path
  HostNotAllowed TellPerson - -: samlforce.http.proxy must be http://host or http://host:port, without a user and a path
the daily limit:
  40 of 100, from 50 per cent on: fast, fast, fast
  75 of 100, from 50 per cent on: fast, slow, slow
  90 of 100, never: fast, fast, fast
repeats have a budget: 30 calls, and about 22 repeats
two credentials, 2 connections
a certificate that has expired: Tls Retry - -: No trusted TLS connection to acme.my.salesforce.localhost:PORT: SSL certificate problem: certificate has expired
