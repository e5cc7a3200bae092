<?php
// Run by bench/salesforce/run: FOLDER MILLISECONDS. A server of HTTP/1.1 and HTTP/2 that takes so long for each request. Prints its port.
declare(strict_types=1);

[, $folder, $ms] = $argv;
$context = stream_context_create(['ssl' => ['local_cert' => "$folder/bench.localhost.crt", 'local_pk' => "$folder/bench.localhost.key", 'alpn_protocols' => 'h2,http/1.1']]);
$listener = stream_socket_server('tcp://127.0.0.1:0', $code, $message, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
$port = substr(strrchr(stream_socket_get_name($listener, false), ':'), 1);
echo "$port\n";
pcntl_signal(SIGCHLD, SIG_IGN);

/** RFC 9113 §4.1 */
function frame(int $type, int $flags, int $stream, string $payload): string
{
    return substr(pack('N', strlen($payload)), 1) . chr($type) . chr($flags) . pack('N', $stream) . $payload;
}

function http1($client, string $port, int $ms): void
{
    while (($head = stream_get_line($client, 65536, "\r\n\r\n")) !== false && $head !== '') {
        if (preg_match('/^Content-Length: (\d+)/mi', $head, $m) === 1 && (int) $m[1] > 0) {
            stream_get_contents($client, (int) $m[1]);
        }
        $token = str_contains($head, '/oauth2/token');
        $token || usleep($ms * 1000);
        $body = $token ? '{"access_token":"00Dbench!token","instance_url":"https://bench.localhost:' . $port . '"}' : '{"slow":true}';
        fwrite($client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " . strlen($body) . "\r\n\r\n$body");
    }
}

function http2($client, int $ms): void
{
    stream_get_contents($client, 24); // the preface, RFC 9113 §3.4
    fwrite($client, frame(4, 0, 0, ''));
    stream_set_blocking($client, false);
    $in = '';
    $due = [];
    while (!feof($client)) {
        $read = [$client];
        $none = null;
        $wait = $due === [] ? 1000000 : (int) max(0, (reset($due) - microtime(true)) * 1e6);
        stream_select($read, $none, $none, intdiv($wait, 1000000), $wait % 1000000);
        $in .= (string) fread($client, 65536);
        while (strlen($in) >= 9 && strlen($in) >= 9 + ($n = unpack('N', "\0" . substr($in, 0, 3))[1])) {
            [$type, $flags, $stream] = [ord($in[3]), ord($in[4]), unpack('N', substr($in, 5, 4))[1] & 0x7FFFFFFF];
            $in = substr($in, 9 + $n);
            $type === 4 && ($flags & 1) === 0 && fwrite($client, frame(4, 1, 0, ''));
            $type === 1 && $due[$stream] = microtime(true) + $ms / 1000;
        }
        foreach ($due as $stream => $time) {
            if ($time > microtime(true)) {
                break;
            }
            unset($due[$stream]);
            // :status 200 is number 8 of the static table (RFC 7541, Appendix A)
            fwrite($client, frame(1, 4, $stream, "\x88") . frame(0, 1, $stream, '{"slow":true}'));
        }
    }
}

while (true) {
    $client = @stream_socket_accept($listener, 600);
    if ($client !== false && pcntl_fork() === 0) {
        fclose($listener);
        if (@stream_socket_enable_crypto($client, true, STREAM_CRYPTO_METHOD_ANY_SERVER)) {
            (stream_get_meta_data($client)['crypto']['alpn_protocol'] ?? '') === 'h2' ? http2($client, (int) $ms) : http1($client, $port, (int) $ms);
        }
        exit;
    }
    $client === false || fclose($client);
}
