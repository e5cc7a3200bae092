--TEST--
A file comes and goes as a stream: whole, or with an error that says what was wrong; only what nobody has had yet is asked for again
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/server.inc';
Emulator::start();
mt_srand(5);
$file = implode('', array_map(fn (): string => pack('N', mt_rand()), range(1, 500000)));
$binary = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream";
$zipped = OddServer::answer(gzencode($file), "$binary\r\nContent-Encoding: gzip");
$created = OddServer::answer('{"id":"068Qy0000000001AAA","success":true,"errors":[]}', "HTTP/1.1 201 Created\r\nContent-Type: application/json");
$void = OddServer::answer('[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]', "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json");
$limits = OddServer::answer('{"a":1}');
$code = <<<'CODE'
[, $host, $what, $input] = $argv;
final class Slow
{
    public $context;
    private int $at = 0;
    public static string $mode = '';
    public static string $data = '';
    public function stream_open(): bool { return true; }
    public function stream_read(int $n): string
    {
        if ($this->at > 100000 && self::$mode === 'throw') { throw new DomainException('the file is broken'); }
        if ($this->at > 100000 && self::$mode === 'exit') { echo "leaving\n"; exit; }
        if ($this->at === 0 && self::$mode === 'nest') { global $sf; echo 'inside: ', isset(Emulator::client()->limits()['DailyApiRequests']) ? 'done' : '', "\n"; }
        $piece = substr(self::$data, $this->at, $n);
        $this->at += strlen($piece);
        return $piece;
    }
    public function stream_write(string $piece): int
    {
        $this->at += strlen($piece);
        if ($this->at > 100000 && self::$mode === 'full') { return 0; }
        if ($this->at > 100000 && self::$mode === 'throw') { throw new DomainException('the disk is broken'); }
        return strlen($piece);
    }
    public function stream_eof(): bool { return $this->at >= strlen(self::$data); }
    public function stream_stat(): array { return []; }
}
stream_wrapper_register('slow', Slow::class);
Slow::$data = file_get_contents($input);
[$kind, Slow::$mode, $primed] = explode(' ', $what) + ['', '', ''];
$sf = new Samlforce\Salesforce\Client(Samlforce\Salesforce\Credentials::jwtBearer($host, Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'), timeoutMs: 5000);
$stream = Slow::$mode === '' || is_numeric(Slow::$mode) ? ($kind === 'up' ? fopen($input, 'r') : fopen('php://temp', 'w+')) : fopen('slow://x', 'r+');
if (Slow::$mode === 'filter') { stream_filter_append($stream, 'string.rot13'); }
if (Slow::$mode === 'half') { $stream = fopen($input, 'r'); fseek($stream, 1000000); }
if ($primed) { $sf->limits(); }
echo told($kind === 'up'
    ? fn () => print($sf->upload('ContentVersion', ['Title' => 'A "file"', 'PathOnClient' => 'a.bin'], 'VersionData', 'a"b.bin', $stream) . ' ')
    : fn () => print($sf->download('sobjects/ContentVersion/068Qy0000000001AAA/VersionData', $stream, ...(is_numeric(Slow::$mode) ? [(int) Slow::$mode] : [])) . ' '), true), "\n";
if ($kind === 'down' && (Slow::$mode === '' || is_numeric(Slow::$mode))) {
    rewind($stream);
    $got = stream_get_contents($stream);
    echo '  ', match (true) { $got === Slow::$data => 'the file', $got === '' => 'nothing', str_starts_with(Slow::$data, $got) => 'the beginning of it', default => 'something else' }, "\n";
}
CODE;
$input = tempnam(sys_get_temp_dir(), 'samlforce-stream-');
file_put_contents($input, $file);
$try = function (string $name, string $what, string ...$answers) use ($code, $input, $file): void {
    $odd = new OddServer(['{token}', ...$answers]);
    echo str_pad("$name: ", 26), strtr(Emulator::php($code, ['samlforce.allowed_hosts' => $odd->host . ' ' . Emulator::$env['SF_HOST']], arguments: [$odd->host, $what, $input]), [$odd->host => 'HOST']);
    $paths = array_map(fn (string $line): string => preg_replace('~^(\S+) (/services/data/v67.0/)?(\S+) .*~', '$1 $3', $line), $odd->asked());
    echo '  ', implode(', ', array_slice($paths, 1)), "\n";
    foreach ($odd->requests() as [$head, $body]) {
        if (preg_match('~^Content-Type: (multipart/form-data); boundary=(\w+)~mi', $head, $match)) {
            $length = preg_match('~^(?:Content-Length: \d+|Transfer-Encoding: chunked)~mi', $head, $m) ? "$m[0] | " : 'no length';
            echo '  ', $length, strtr(substr($body, 0, strpos($body, "octet-stream")), ["\r\n" => ' | ', $match[2] => 'B']), "\n";
            $content = substr($body, strpos($body, "octet-stream\r\n\r\n") + 16, -strlen("\r\n--$match[2]--\r\n"));
            echo '  ', match (true) { $content === $file => 'the file', $content === str_rot13($file) => 'the file through the filter', $content === substr($file, 1000000) => 'the second half', default => strlen($content) . ' other bytes' },
                str_ends_with($body, "\r\n--$match[2]--\r\n") ? ' and an end' : '', "\n";
        }
    }
};
$n = strlen($file);
$try('whole', 'down', OddServer::answer($file, $binary));
$try('in gzip', 'down', $zipped);
$try('in chunks', 'down', "$binary\r\nTransfer-Encoding: chunked\r\n\r\n" . implode('', array_map(fn (string $c): string => dechex(strlen($c)) . "\r\n$c\r\n", str_split($file, 70000))) . "0\r\n\r\n");
$try('empty', 'down', OddServer::answer('', $binary));
$try('at the cap', "down $n", $zipped);
$try('over the cap', 'down ' . $n - 1, $zipped);
$try('not there', 'down', OddServer::answer('[{"message":"none","errorCode":"NOT_FOUND"}]', "HTTP/1.1 404 Not Found\r\nContent-Type: application/json"));
$try('void token', 'down  primed', $limits, $void, '{token}', $zipped);
$try('void token twice', 'down  primed', $limits, $void, '{token}', $void);
$try('an error in gzip', 'down', OddServer::answer(gzencode('[{"message":"none","errorCode":"NOT_FOUND"}]'), "HTTP/1.1 404 Not Found\r\nContent-Encoding: gzip"));
$try('busy', 'down', OddServer::answer('[{"message":"busy","errorCode":"SERVER_UNAVAILABLE"}]', 'HTTP/1.1 503 Busy'), $zipped);
$try('cut', 'down', "!$binary\r\nContent-Length: $n\r\n\r\n" . substr($file, 0, 500000));
$try('cut at once', 'down', "!$binary\r\nContent-Length: $n\r\n\r\n", $zipped);
$try('too short a length', 'down', "$binary\r\nContent-Length: 1000\r\n\r\n" . $file);
$try('no gzip at all', 'down', OddServer::answer(str_repeat("\xFF", 4000), "$binary\r\nContent-Encoding: gzip"), $zipped);
$try('gzip with a fault', 'down', OddServer::answer(substr_replace(gzencode($file), "\0\0\0\0\0\0\0\0", 800000, 8), "$binary\r\nContent-Encoding: gzip"));
$try('gzip without an end', 'down', OddServer::answer(substr(gzencode($file), 0, -400000), "$binary\r\nContent-Encoding: gzip"));
$try('disk full', 'down full', $zipped);
$try('disk broken', 'down throw', $zipped);
echo "\n";
$try('up', 'up', $created);
$try('from half', 'up half', $created);
$try('of unknown length', 'up slow', $created);
$try('through a filter', 'up filter', $created);
$try('with a void token', 'up  primed', $limits, $void, '{token}', $created);
$try('void, and no way back', 'up slow primed', $limits, $void, '{token}', $created);
$try('calls of its own', 'up nest primed', $limits, $created);
$try('file broken', 'up throw', $created);
$try('end of the request', 'up exit', $created);
unlink($input);
?>
--EXPECT--
whole:                    2000000 done
  the file
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
in gzip:                  2000000 done
  the file
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
in chunks:                2000000 done
  the file
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
empty:                    0 done
  nothing
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
at the cap:               2000000 done
  the file
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
over the cap:             BrokenAnswer TellPerson - 200 ambiguous: The answer of odd.my.salesforce.localhost is longer than the 1999999 bytes that are allowed
  the beginning of it
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
not there:                NotFound TellPerson NOT_FOUND 404: none
  nothing
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
void token:               2000000 done
  the file
  GET limits, GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData, POST /services/oauth2/token, GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
void token twice:         Authentication Authenticate INVALID_SESSION_ID 401: Session expired or invalid
  nothing
  GET limits, GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData, POST /services/oauth2/token, GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
an error in gzip:         NotFound TellPerson NOT_FOUND 404: none
  nothing
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
busy:                     2000000 done
  the file
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData, GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
cut:                      BrokenAnswer Retry - 200 ambiguous: odd.my.salesforce.localhost gave no whole answer: Transferred a partial file
  the beginning of it
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
cut at once:              2000000 done
  the file
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData, GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
too short a length:       1000 done
  the beginning of it
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
no gzip at all:           2000000 done
  the file
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData, GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
gzip with a fault:        BrokenAnswer Retry - 200 ambiguous: odd.my.salesforce.localhost gave no whole answer: Unrecognized or bad HTTP Content or Transfer-Encoding
  something else
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
gzip without an end:      BrokenAnswer Retry - 200 ambiguous: odd.my.salesforce.localhost gave no whole answer: Transferred a partial file
  the beginning of it
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
disk full:                InvalidInput TellPerson - 200 ambiguous: What takes the answer of odd.my.salesforce.localhost stopped it
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData
disk broken:              DomainException: the disk is broken
  GET sobjects/ContentVersion/068Qy0000000001AAA/VersionData

up:                       068Qy0000000001AAA done
  POST sobjects/ContentVersion
  Content-Length: 2000376 | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the file and an end
from half:                068Qy0000000001AAA done
  POST sobjects/ContentVersion
  Content-Length: 1000376 | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the second half and an end
of unknown length:        068Qy0000000001AAA done
  POST sobjects/ContentVersion
  Transfer-Encoding: chunked | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the file and an end
through a filter:         068Qy0000000001AAA done
  POST sobjects/ContentVersion
  Transfer-Encoding: chunked | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the file through the filter and an end
with a void token:        068Qy0000000001AAA done
  GET limits, POST sobjects/ContentVersion, POST /services/oauth2/token, POST sobjects/ContentVersion
  Content-Length: 2000376 | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the file and an end
  Content-Length: 2000376 | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the file and an end
void, and no way back:    Authentication Authenticate INVALID_SESSION_ID 401: Session expired or invalid
  GET limits, POST sobjects/ContentVersion
  Transfer-Encoding: chunked | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the file and an end
calls of its own:         inside: done
068Qy0000000001AAA done
  GET limits, POST sobjects/ContentVersion
  Transfer-Encoding: chunked | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  the file and an end
file broken:              DomainException: the file is broken
  POST sobjects/ContentVersion
  Transfer-Encoding: chunked | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  106452 other bytes
end of the request:       leaving
  POST sobjects/ContentVersion
  Transfer-Encoding: chunked | --B | Content-Disposition: form-data; name="entity_content" | Content-Type: application/json |  | {"Title":"A \"file\"","PathOnClient":"a.bin"} | --B | Content-Disposition: form-data; name="VersionData"; filename="a%22b.bin" | Content-Type: application/
  106452 other bytes
