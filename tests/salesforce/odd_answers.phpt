--TEST--
What a good server never says: redirects, endless and broken answers, tokens that are none, old TLS
--EXTENSIONS--
samlforce
openssl
zlib
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/server.inc';
Emulator::start();

/** Asks once; what the call says, and what reached the server. */
function ask(string $title, array $answers, array $ini = [], string $call = 'limits()', ...$server): void
{
    $odd = new OddServer($answers, ...$server);
    echo "$title: ", Emulator::php(
        'echo told(fn () => print(json_encode((new Samlforce\Salesforce\Client(Emulator::credentials(["loginHost" => "' . $odd->host . '"]), timeoutMs: 15000))->' . $call . ') . " "), true), "\n";',
        $ini + ['samlforce.allowed_hosts' => $odd->host]);
    foreach ($odd->asked() as $line) {
        echo "  $line\n";
    }
}
$answer = OddServer::answer(...);

ask('well', ['{token}', $answer('{"a":[1.0,2]}')]);
ask('compressed', ['{token}', $answer(gzencode('{"a":1}'), "HTTP/1.1 200 OK\r\nContent-Encoding: gzip")]);
ask('redirected', ['{token}', $answer('', "HTTP/1.1 302 Found\r\nLocation: https://{host}/elsewhere")]);
ask('the sign-in redirected', [$answer('', "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://{host}/elsewhere")]);

$limit = ['samlforce.http.max_response_bytes' => '1000'];
ask('as long as allowed', ['{token}', $answer('[]' . str_repeat(' ', 998))], $limit);
ask('one byte longer', ['{token}', $answer('[]' . str_repeat(' ', 999))], $limit);
ask('one byte longer, after a create', ['{token}', $answer(str_repeat('x', 1001))], $limit, 'create("Contact", [])');
ask('one byte longer, and its length not said', ['{token}', "!HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" . str_repeat('x', 1001)], $limit, 'create("Contact", [])');
ask('small, until it is unpacked', ['{token}', $answer(gzencode(str_repeat('x', 1000000)), "HTTP/1.1 200 OK\r\nContent-Encoding: gzip")], $limit, 'create("Contact", [])');

ask('a limit of all that there is', ['{token}', $answer('{"a":1}')], ['samlforce.http.max_response_bytes' => (string) PHP_INT_MAX]);

ask('no JSON', ['{token}', $answer('<html>')]);
ask('no JSON after a create', ['{token}', $answer('<html>', 'HTTP/1.1 201 Created')], [], 'create("Contact", [])');
ask('no success after a create', ['{token}', $answer('{"id":"003","success":false}', 'HTTP/1.1 201 Created')], [], 'create("Contact", [])');
ask('another type', ['{token}', $answer('"text"')]);
ask('no HTTP', ['{token}', "!SSH-2.0-OpenSSH\r\n"], [], 'create("Contact", [])');
ask('an upsert without a body', ['{token}', "HTTP/1.1 204 No Content\r\n\r\n", $answer('{"Id":"003000000000001"}')], [], 'upsert("Contact", "X__c", "1", [])');
ask('not unique', ['{token}', $answer('["/services/data/v67.0/sobjects/Contact/1"]', 'HTTP/1.1 300 Multiple Choices')], [], 'upsert("Contact", "X__c", "1", [])');
ask('pages that lead away', ['{token}', $answer('{"totalSize":2,"done":false,"nextRecordsUrl":"https://evil.example/services/data/x","records":[{}]}')], [], 'query("SELECT Id FROM Contact")');
ask('two pages', ['{token}', '!' . $answer('{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v67.0/query/01g-1","records":[{"a":1}]}'), $answer('{"totalSize":2,"done":true,"records":[{"a":2}]}')], [], 'query("SELECT Id FROM Contact")->valid()');
ask('pages without end, and without a row', ['{token}', $answer('{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v67.0/query/01g-1","records":[]}')], [], 'query("SELECT Id FROM Contact")');


foreach (['two tokens' => '{"access_token":"a","access_token":"b","instance_url":"https://{host}"}', 'no token' => '{"instance_url":"https://{host}"}',
    'no instance' => '{"access_token":"a"}', 'a token that breaks a header' => '{"access_token":"a\r\nX: y","instance_url":"https://{host}"}', 'an empty token' => '{"access_token":"","instance_url":"https://{host}"}',
    'a number' => '{"access_token":1,"instance_url":"https://{host}"}', 'http' => '{"access_token":"a","instance_url":"http://{host}"}',
    'a user in the address' => '{"access_token":"a","instance_url":"https://{host}@evil.example"}', 'a path in the address' => '{"access_token":"a","instance_url":"https://{host}/x"}',
    'something behind it' => '{"access_token":"a","instance_url":"https://{host}"} x'] as $title => $body) {
    ask("sign-in, $title", ["!HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n$body"] + array_fill(1, 2, "!HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n$body"));
}
ask('sign-in, refused', [$answer('{"error":"invalid_grant","error_description":"user hasn\'t approved this consumer"}', 'HTTP/1.1 400 Bad Request')]);
ask('TLS 1.1', ['{token}'], tls: STREAM_CRYPTO_METHOD_TLSv1_1_SERVER);
ask('TLS 1.2', ['{token}', $answer('[]')], tls: STREAM_CRYPTO_METHOD_TLSv1_2_SERVER);
?>
--EXPECTF--
well: {"a":[1,2]} done
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
compressed: {"a":1} done
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
redirected: ServerError TellPerson - 302: Salesforce answered HTTP 302
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
the sign-in redirected: Authentication Authenticate - 307: Salesforce answered HTTP 307
  POST /services/oauth2/token HTTP/1.1
as long as allowed: [] done
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
one byte longer: BrokenAnswer TellPerson - 200 ambiguous: The answer of odd.my.salesforce.localhost is longer than the 1000 bytes that are allowed
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
one byte longer, after a create: BrokenAnswer TellPerson - 200 ambiguous: The answer of odd.my.salesforce.localhost is longer than the 1000 bytes that are allowed
  POST /services/oauth2/token HTTP/1.1
  POST /services/data/v67.0/sobjects/Contact HTTP/1.1
one byte longer, and its length not said: BrokenAnswer TellPerson - 200 ambiguous: The answer of odd.my.salesforce.localhost is longer than the 1000 bytes that are allowed
  POST /services/oauth2/token HTTP/1.1
  POST /services/data/v67.0/sobjects/Contact HTTP/1.1
small, until it is unpacked: BrokenAnswer TellPerson - 200 ambiguous: The answer of odd.my.salesforce.localhost is longer than the 1000 bytes that are allowed
  POST /services/oauth2/token HTTP/1.1
  POST /services/data/v67.0/sobjects/Contact HTTP/1.1
a limit of all that there is: {"a":1} done
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
no JSON: BrokenAnswer Retry - 200: Salesforce's answer is not the JSON that its documentation says
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
no JSON after a create: BrokenAnswer LookUp - 201 ambiguous: Salesforce's answer is not the JSON that its documentation says
  POST /services/oauth2/token HTTP/1.1
  POST /services/data/v67.0/sobjects/Contact HTTP/1.1
no success after a create: BrokenAnswer LookUp - 201 ambiguous: Salesforce's answer is not the JSON that its documentation says
  POST /services/oauth2/token HTTP/1.1
  POST /services/data/v67.0/sobjects/Contact HTTP/1.1
another type: BrokenAnswer Retry - 200: Salesforce's answer is not the JSON that its documentation says
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
no HTTP: BrokenAnswer LookUp - - ambiguous: odd.my.salesforce.localhost gave no whole answer: %s
  POST /services/oauth2/token HTTP/1.1
  POST /services/data/v67.0/sobjects/Contact HTTP/1.1
an upsert without a body: {"id":"003000000000001","created":false} done
  POST /services/oauth2/token HTTP/1.1
  PATCH /services/data/v67.0/sobjects/Contact/X__c/1 HTTP/1.1
  GET /services/data/v67.0/sobjects/Contact/X__c/1?fields=Id HTTP/1.1
not unique: NotFound LookUp - 300: More than one record has this External ID (HTTP 300)
  POST /services/oauth2/token HTTP/1.1
  PATCH /services/data/v67.0/sobjects/Contact/X__c/1 HTTP/1.1
pages that lead away: BrokenAnswer Retry - 200: Salesforce's answer is not the JSON that its documentation says
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/query?q=SELECT%20Id%20FROM%20Contact HTTP/1.1
two pages: true done
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/query?q=SELECT%20Id%20FROM%20Contact HTTP/1.1
  GET /services/data/v67.0/query/01g-1 HTTP/1.1
pages without end, and without a row: BrokenAnswer Retry - 200: Salesforce's answer is not the JSON that its documentation says
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/query?q=SELECT%20Id%20FROM%20Contact HTTP/1.1
sign-in, two tokens: BrokenAnswer Retry - 200: Salesforce's answer to the sign-in holds no usable access_token and instance_url
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
sign-in, no token: BrokenAnswer Retry - 200: Salesforce's answer to the sign-in holds no usable access_token and instance_url
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
sign-in, no instance: BrokenAnswer Retry - 200: Salesforce's answer to the sign-in holds no usable access_token and instance_url
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
sign-in, a token that breaks a header: BrokenAnswer Retry - 200: Salesforce's answer to the sign-in holds no usable access_token and instance_url
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
sign-in, an empty token: BrokenAnswer Retry - 200: Salesforce's answer to the sign-in holds no usable access_token and instance_url
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
sign-in, a number: BrokenAnswer Retry - 200: Salesforce's answer to the sign-in holds no usable access_token and instance_url
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
sign-in, http: HostNotAllowed TellPerson - -: Salesforce gave an instance_url that is not https://host or https://host:port
  POST /services/oauth2/token HTTP/1.1
sign-in, a user in the address: HostNotAllowed TellPerson - -: Salesforce gave an instance_url that is not https://host or https://host:port
  POST /services/oauth2/token HTTP/1.1
sign-in, a path in the address: HostNotAllowed TellPerson - -: Salesforce gave an instance_url that is not https://host or https://host:port
  POST /services/oauth2/token HTTP/1.1
sign-in, something behind it: BrokenAnswer Retry - 200: Salesforce's answer to the sign-in holds no usable access_token and instance_url
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
  POST /services/oauth2/token HTTP/1.1
sign-in, refused: Authentication Authenticate invalid_grant 400: user hasn't approved this consumer
  POST /services/oauth2/token HTTP/1.1
TLS 1.1: Tls Retry - -: No trusted TLS connection to odd.my.salesforce.localhost:%d: %sprotocol version
TLS 1.2: [] done
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
