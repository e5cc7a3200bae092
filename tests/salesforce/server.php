<?php
// Run by OddServer of server.inc: CERTIFICATE ANSWERS NAME TLS-METHOD. Prints its port.
declare(strict_types=1);

[, $certificate, $file, $name, $tls] = $argv;
$answers = unserialize(file_get_contents($file));
$context = stream_context_create(['ssl' => ['local_cert' => "$certificate.crt", 'local_pk' => "$certificate.key", 'crypto_method' => (int) $tls,
    'ciphers' => 'DEFAULT@SECLEVEL=0']]);
$server = stream_socket_server('tcp://127.0.0.1:0', $code, $message, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
$port = (int) substr(strrchr(stream_socket_get_name($server, false), ':'), 1);
echo "$port\n";
$token = json_encode(['access_token' => '00Dodd!token', 'instance_url' => "https://$name:$port", 'token_type' => 'Bearer']);
while ($answers && ($connection = stream_socket_accept($server, 60))) {
    if (!@stream_socket_enable_crypto($connection, true, (int) $tls)) {
        fclose($connection);
        continue;
    }
    while ($answers && ($head = stream_get_line($connection, 65536, "\r\n\r\n")) !== false && $head !== '') {
        $body = '';
        if (preg_match('~^Content-Length: (\d+)~mi', $head, $match)) {
            while (strlen($body) < (int) $match[1] && !feof($connection)) {
                $body .= fread($connection, (int) $match[1] - strlen($body));
            }
        } elseif (preg_match('~^Transfer-Encoding: chunked~mi', $head)) {
            while (($size = hexdec((string) stream_get_line($connection, 1024, "\r\n"))) > 0) {
                for ($chunk = ''; strlen($chunk) < $size + 2 && !feof($connection);) {
                    $chunk .= fread($connection, $size + 2 - strlen($chunk));
                }
                $body .= substr($chunk, 0, -2);
            }
            stream_get_line($connection, 1024, "\r\n");
        }
        file_put_contents("$file.requests", serialize([$head, $body]) . "\0\n\0", FILE_APPEND);
        file_put_contents("$file.log", strtok($head, "\r\n") . "\n", FILE_APPEND);
        $answer = array_shift($answers);
        $last = str_starts_with($answer, '!');
        $answer = str_replace(['{token}', '{host}'], ["HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " . strlen($token) . "\r\n\r\n$token", "$name:$port"], ltrim($answer, '!'));
        @fwrite($connection, $answer);
        fflush($connection);
        if ($last) {
            break;
        }
    }
    fclose($connection);
}
