--TEST--
An artifact is resolved over SOAP on TLS at the service that it names, and what comes is judged like what is posted
--EXTENSIONS--
samlforce
dom
openssl
pcntl
posix
--FILE--
<?php
require __DIR__ . '/../support/artifact.inc';
require __DIR__ . '/../support/schemas.inc';

use Samlforce\Keyring;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\ReplayGuard;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;

/** @return array<string, callable(string): string> what the provider answers, by the name of the case */
function cases(Forge $idp): array
{
    $bare = fn (DOMDocument $doc) => $doc->saveXML($doc->documentElement);
    $http = fn (string $answer) => ArtifactService::http(ArtifactService::envelope($answer));
    $answer = fn (string $id, string $inner, array $with = []) => $http(ArtifactService::response($id, $inner, $with));
    $sealed = function (string $id, string $inner, ?callable $change = null) use ($idp, $bare, $http): string {
        $doc = Forge::load(ArtifactService::response($id, $inner));
        $idp->sign($doc->documentElement);
        return $http($change === null ? $bare($doc) : $change($bare($doc)));
    };
    $evil = fn (string $xml) => str_replace('ada@example.org</saml:NameID>', 'eve@example.org</saml:NameID>', $xml);
    return [
        'the Assertion signed' => fn ($id) => $answer($id, $bare($idp->signed())),
        'the Response signed' => fn ($id) => $answer($id, $bare($idp->signedResponse())),
        'the Response signed, without a Destination' => fn ($id) => $answer($id, $bare($idp->signedResponse(['responseAttributes' => ' ID="_response1" Version="2.0" IssueInstant="' . Forge::time() . '" InResponseTo="' . Forge::REQUEST . '"']))),
        'the ArtifactResponse signed' => fn ($id) => $sealed($id, $bare(Forge::response())),
        'all signed' => fn ($id) => $sealed($id, $bare($idp->signed([], true))),
        'nothing signed' => fn ($id) => $answer($id, $bare(Forge::response())),
        'the ArtifactResponse signed, another name in it' => fn ($id) => $sealed($id, $bare(Forge::response()), $evil),
        'the ArtifactResponse signed, the Response by another key' => fn ($id) => $sealed($id, $bare((new Forge())->signedResponse())),
        'the ArtifactResponse signed by another key' => fn ($id) => (function () use ($id, $bare, $http, $idp) {
            $doc = Forge::load(ArtifactService::response($id, $bare($idp->signed())));
            (new Forge())->sign($doc->documentElement);
            return $http($bare($doc));
        })(),
        'the Assertion signed, another name in it' => fn ($id) => $answer($id, $evil($bare($idp->signed()))),
        'an answer to another request' => fn ($id) => $answer('_other', $bare($idp->signed())),
        'an answer to none' => fn ($id) => $answer($id, $bare($idp->signed()), ['attributes' => ' ID="_answer1" Version="2.0" IssueInstant="' . Forge::time() . '"']),
        'of another issuer' => fn ($id) => $answer($id, $bare($idp->signed()), ['issuer' => '<saml:Issuer>https://other.test</saml:Issuer>']),
        'of no issuer' => fn ($id) => $answer($id, $bare($idp->signed()), ['issuer' => '']),
        'a Status that is not Success' => fn ($id) => $answer($id, '', ['status' => LogoutForge::status('Requester', 'RequestDenied')]),
        'nothing in it' => fn ($id) => $answer($id, ''),
        'two Responses in it' => fn ($id) => $answer($id, $bare($idp->signed()) . $bare($idp->signed())),
        'a LogoutResponse in it' => fn ($id) => $answer($id, LogoutForge::response()),
        'a Response of a login that failed' => fn ($id) => $answer($id, $bare(Forge::response(['status' => LogoutForge::status('Responder', 'AuthnFailed'), 'assertion' => '']))),
        'a Response to another request' => fn ($id) => $answer($id, $bare($idp->signedResponse(['responseAttributes' => str_replace(Forge::REQUEST, '_other', ' ID="_response1" Version="2.0" IssueInstant="' . Forge::time() . '" Destination="' . htmlspecialchars(Forge::ACS) . '" InResponseTo="' . Forge::REQUEST . '"')]))),
        'a Response without an envelope' => fn ($id) => ArtifactService::http($bare($idp->signed())),
        'an ArtifactResponse without an envelope' => fn ($id) => ArtifactService::http(ArtifactService::response($id, $bare($idp->signed()))),
        'a Response in the envelope' => fn ($id) => $http($bare($idp->signed())),
        'the same ID on both' => fn ($id) => $answer($id, $bare($idp->signed(['responseAttributes' => ' ID="_answer1" Version="2.0" IssueInstant="' . Forge::time() . '"']))),
        'a Fault, with status 500' => fn ($id) => ArtifactService::http(ArtifactService::envelope('<s:Fault><faultcode>s:Server</faultcode><faultstring>we are closed</faultstring></s:Fault>'), '500 Internal Server Error'),
        'status 404' => fn ($id) => ArtifactService::http('no', '404 Not Found'),
        'a redirect' => fn ($id) => "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.test/\r\nContent-Length: 0\r\n\r\n",
        'no XML' => fn ($id) => ArtifactService::http('<html><p>hello'),
        'a DOCTYPE' => fn ($id) => ArtifactService::http('<!DOCTYPE x>' . ArtifactService::response($id, $bare($idp->signed()))),
        'one byte more than allowed' => fn ($id) => ArtifactService::http(str_pad(ArtifactService::envelope(ArtifactService::response($id, $bare($idp->signed()))), 65537)),
        'one that nobody asked for' => fn ($id) => $answer($id, $bare($idp->signed(['responseAttributes' => ' ID="_response1" Version="2.0" IssueInstant="' . Forge::time() . '"', 'confirmation' => Forge::confirmation(['InResponseTo' => null])]))),
        'as much as allowed' => fn ($id) => ArtifactService::http(str_pad(ArtifactService::envelope(ArtifactService::response($id, $bare($idp->signed()))), 65536)),
    ];
}

if (!Keyring::has('rsa')) {
    $idp = new Forge();
    $ring = new TestKeyring();
    $ring->pair('rsa');
    $folder = sys_get_temp_dir() . '/samlforce-artifact-' . bin2hex(random_bytes(8));
    mkdir($folder, 0700);
    exec(escapeshellarg(__DIR__ . '/../support/ca') . ' ' . escapeshellarg($folder) . ' idp.samlforce.localhost', $said, $status);
    $pem = "$folder/both.pem";
    file_put_contents($pem, file_get_contents("$folder/idp.samlforce.localhost.crt") . file_get_contents("$folder/idp.samlforce.localhost.key"));
    $answers = array_values(cases($idp));
    $service = new ArtifactService($pem, function (string $id, int $number, string $asked) use ($answers, $folder): string {
        file_put_contents("$folder/asked", $asked);
        file_put_contents("$folder/count", '.', FILE_APPEND);
        return $answers[$number]($id);
    });
    $host = "idp.samlforce.localhost:$service->port";
    echo $ring->run('require $argv[1];', ['max_execution_time' => '60', 'samlforce.allowed_hosts' => $host, 'samlforce.ca_file' => "$folder/ca.pem", 'samlforce.saml.max_bytes' => '65536'], [__FILE__, $host, $idp->certificate, $folder]);
    unset($service);
    array_map(unlink(...), array_filter(glob("$folder/*"), is_file(...)));
    @rmdir($folder);
    return;
}

[, , $host, $certificate, $folder] = $argv;
$provider = fn (string $url, mixed ...$more) => new IdentityProvider(Forge::IDP, [$certificate], ...$more, endpoints: ['artifact' => [3 => $url]]);
$idp = $provider("https://$host/artifact?a=b");
$sp = new ServiceProvider(Forge::SP, Forge::ACS, 'rsa');
$try = function (string $what, callable $login): void {
    try {
        $who = $login()->nameId;
        echo "$what: $who\n";
    } catch (SamlException $e) {
        echo "$what: {$e->reason->name}", $e->reason->name === 'BackChannelFailed' || $e->reason->name === 'SoapFault' ? ' ' . preg_replace('~:\d+~', '', $e->getMessage()) : '', "\n";
    } catch (Throwable $e) {
        echo "$what: ", get_class($e), ' ', $e->getMessage(), "\n";
    }
};
$count = fn (): int => is_file("$folder/count") ? filesize("$folder/count") + (int) clearstatcache() : 0;
foreach (array_keys(cases(new Forge())) as $number => $what) {
    $try($what, fn () => $sp->acceptArtifact($idp, artifact($number), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
    if ($number === 0) {
        [$head, $body] = explode("\r\n\r\n", file_get_contents("$folder/asked"), 2);
        echo preg_replace('~:\d+~', ':PORT', implode("\n", preg_grep('~^(POST|Host|Accept:|SOAPAction|Content-Type)~', explode("\r\n", $head)))), "\n";
        echo preg_replace(['~ ID="_[0-9a-f]{40}"~', '~IssueInstant="[^"]*"~', '~:\d{4,5}/~', '~<ds:Signature.*</ds:Signature>~'], [' ID="ID"', 'IssueInstant="NOW"', ':PORT/', '<ds:Signature/>'], $body), "\n";
        file_put_contents("$folder/body.xml", $body);
        echo 'schemas: ', schema_errors($body) ?: 'valid', "\n";
        file_put_contents("$folder/rsa.crt", Keyring::certificate('rsa'));
        exec('xmlsec1 --verify --id-attr:ID ' . NS_SAMLP . ':ArtifactResolve --pubkey-cert-pem ' . escapeshellarg("$folder/rsa.crt") . ' ' . escapeshellarg("$folder/body.xml") . ' 2>&1', $said, $status);
        echo $status === 0 ? "xmlsec1: OK\n" : implode("\n", $said);
    }
}

echo "-- twice\n";
$guard = new MemoryGuard();
$try('the first time', fn () => $sp->acceptArtifact($idp, artifact(0), Forge::REQUEST, $guard, Forge::NOW));
$try('the second time', fn () => $sp->acceptArtifact($idp, artifact(0), Forge::REQUEST, $guard, Forge::NOW));
$try('as another service', fn () => (new ServiceProvider('urn:other', Forge::ACS, 'rsa'))->acceptArtifact($idp, artifact(0), Forge::REQUEST, new MemoryGuard(), Forge::NOW));

echo "-- nobody is asked\n";
clearstatcache();
$before = $count();
$try('another provider', fn () => $sp->acceptArtifact($idp, artifact(0, 'https://other.test'), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
$try('an index that it does not have', fn () => $sp->acceptArtifact($idp, artifact(0, endpoint: 4), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
$try('another type', fn () => $sp->acceptArtifact($idp, artifact(0, type: 1), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
foreach (['', '!', base64_encode(str_repeat('a', 43)), base64_encode(str_repeat("\0\4", 22) . 'a'), str_repeat(' ', 70) . artifact(0)] as $text) {
    $try('no artifact', fn () => $sp->acceptArtifact($idp, $text, Forge::REQUEST, new MemoryGuard(), Forge::NOW));
}
$try('nothing is pending', fn () => $sp->acceptArtifact($idp, artifact(0), null, new MemoryGuard(), Forge::NOW));
$try('no key', fn () => (new ServiceProvider(Forge::SP, Forge::ACS))->acceptArtifact($idp, artifact(0), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
$try('http', fn () => $sp->acceptArtifact($provider("http://$host/artifact"), artifact(0), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
$try('a host that is not allowed', fn () => $sp->acceptArtifact($provider('https://elsewhere.test/artifact'), artifact(0), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
$try('another port', fn () => $sp->acceptArtifact($provider('https://idp.samlforce.localhost:1/artifact'), artifact(0), Forge::REQUEST, new MemoryGuard(), Forge::NOW));
$try('a time limit of nothing', fn () => $sp->acceptArtifact($idp, artifact(0), Forge::REQUEST, new MemoryGuard(), Forge::NOW, timeoutMs: 99));
clearstatcache();
var_dump($count() - $before);

echo "-- asked for\n";
foreach ([false, true] as $by) {
    parse_str(parse_url($sp->requestLogin($provider("https://$host/artifact", loginUrl: 'https://idp.test/in'), byArtifact: $by)->url, PHP_URL_QUERY), $query);
    preg_match('~ProtocolBinding="([^"]+)"~', gzinflate(base64_decode($query['SAMLRequest'])), $match);
    echo "$match[1]\n";
}

echo "-- where the provider may start it\n";
$unasked = artifact(array_search('one that nobody asked for', array_keys(cases(new Forge())), true));
$try('unsolicited', fn () => $sp->acceptArtifact($provider("https://$host/artifact", allowUnsolicited: true), $unasked, null, new MemoryGuard(), Forge::NOW));

echo "-- explained\n";
$names = fn (iterable $checks, bool $reached) => implode(' ', array_map(fn ($check) => $check->name->name, array_filter([...$checks], fn ($check) => $reached === ($check->result->name !== 'NotReached'))));
$report = $sp->explainArtifact($idp, artifact(1), Forge::REQUEST, Forge::NOW);
echo $names($report, true), "\n";
echo preg_replace('~:\d+~', ':PORT', json_encode([$report->accepted, $report->nameId, $report->checks[0]->found, count($report)], JSON_UNESCAPED_SLASHES)), "\n";
foreach (['an index that it does not have' => artifact(0, endpoint: 4), 'status 404' => artifact(array_search('status 404', array_keys(cases(new Forge())), true)), 'an answer to another request' => artifact(array_search('an answer to another request', array_keys(cases(new Forge())), true))] as $what => $text) {
    $report = $sp->explainArtifact($idp, $text, Forge::REQUEST, Forge::NOW);
    $failed = array_values(array_filter($report->checks, fn ($check) => $check->result->name === 'Failed'))[0];
    echo "$what: {$failed->name->name}, {$failed->reason->name}. $failed->advice\n";
}
echo $names($report, true), ' | ', $names($report, false), "\n";
$report = $sp->explainArtifact($idp, artifact(0), null, Forge::NOW);
echo $names($report, true), ': ', $report->reason->name, "\n";
foreach (array_keys(cases(new Forge())) as $number => $what) {
    $report = $sp->explainArtifact($idp, artifact($number), Forge::REQUEST, Forge::NOW);
    try {
        $accepted = $sp->acceptArtifact($idp, artifact($number), Forge::REQUEST, new MemoryGuard(), Forge::NOW);
        $same = $report->accepted && $report->assertion(new MemoryGuard()) == $accepted;
    } catch (SamlException $e) {
        $same = !$report->accepted && $report->reason === $e->reason;
    }
    echo $same ? '' : "$what: accepted and explained differ\n";
}
$guard = new MemoryGuard();
$report = $sp->explainArtifact($idp, artifact(0), Forge::REQUEST, Forge::NOW);
$try('the login after all', fn () => $report->assertion($guard));
$try('and again', fn () => $report->assertion($guard));
$try('what acceptLogin() would claim is the same', fn () => $sp->acceptArtifact($idp, artifact(0), Forge::REQUEST, $guard, Forge::NOW));
$try('of a refused one', fn () => $sp->explainArtifact($idp, artifact(0), '_other', Forge::NOW)->assertion($guard));
$try('a time limit of nothing', fn () => $sp->explainArtifact($idp, artifact(0), Forge::REQUEST, Forge::NOW, timeoutMs: 99)->assertion($guard));
$try('no key', fn () => (new ServiceProvider(Forge::SP, Forge::ACS))->explainArtifact($idp, artifact(0), Forge::REQUEST, Forge::NOW)->assertion($guard));
?>
--EXPECT--
the Assertion signed: ada@example.org
POST /artifact?a=b HTTP/1.1
Host: idp.samlforce.localhost:PORT
Accept: text/xml
SOAPAction: "http://www.oasis-open.org/committees/security"
Content-Type: text/xml; charset=utf-8
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><samlp:ArtifactResolve xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="https://idp.samlforce.localhost:PORT/artifact?a=b" ID="ID" IssueInstant="NOW" Version="2.0"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://wordpress.test/metadata</saml:Issuer><ds:Signature/><samlp:Artifact>AAQAAzFUcKV0CcZhzsgkoH4ineyLZqCgMC4uLi4uLi4uLi4uLi4uLi4uLi4=</samlp:Artifact></samlp:ArtifactResolve></soap:Body></soap:Envelope>
schemas: valid
xmlsec1: OK
the Response signed: ada@example.org
the Response signed, without a Destination: ada@example.org
the ArtifactResponse signed: ada@example.org
all signed: ada@example.org
nothing signed: NotSigned
the ArtifactResponse signed, another name in it: DigestMismatch
the ArtifactResponse signed, the Response by another key: SignatureInvalid
the ArtifactResponse signed by another key: SignatureInvalid
the Assertion signed, another name in it: DigestMismatch
an answer to another request: InResponseToMismatch
an answer to none: InResponseToMismatch
of another issuer: IssuerMismatch
of no issuer: MissingElement
a Status that is not Success: ArtifactUnresolved
nothing in it: ArtifactUnresolved
two Responses in it: UnexpectedElement
a LogoutResponse in it: UnexpectedElement
a Response of a login that failed: StatusNotSuccess
a Response to another request: InResponseToMismatch
a Response without an envelope: SoapInvalid
an ArtifactResponse without an envelope: SoapInvalid
a Response in the envelope: UnexpectedElement
the same ID on both: DuplicateId
a Fault, with status 500: SoapFault The provider answered that it could not process the message: its log says why (Fault: found "we are closed").
status 404: BackChannelFailed The provider's artifact service could not be asked (HTTP status: found "404").
a redirect: BackChannelFailed The provider's artifact service could not be asked (HTTP status: found "302").
no XML: NotWellFormed
a DOCTYPE: Doctype
one byte more than allowed: TooLarge
one that nobody asked for: Unsolicited
as much as allowed: ada@example.org
-- twice
the first time: ada@example.org
the second time: Replayed
as another service: AudienceMismatch
-- nobody is asked
another provider: IssuerMismatch
an index that it does not have: ArtifactServiceUnknown
another type: ArtifactInvalid
no artifact: ArtifactInvalid
no artifact: ArtifactInvalid
no artifact: ArtifactInvalid
no artifact: ArtifactInvalid
no artifact: ArtifactInvalid
nothing is pending: Unsolicited
no key: KeyMissing
http: UrlRefused
a host that is not allowed: BackChannelFailed The provider's artifact service could not be asked (The host elsewhere.test is not in samlforce.allowed_hosts (php.ini)).
another port: BackChannelFailed The provider's artifact service could not be asked (The host idp.samlforce.localhost is not in samlforce.allowed_hosts (php.ini)).
a time limit of nothing: ValueError Samlforce\Saml\ServiceProvider::acceptArtifact(): Argument #7 ($timeoutMs) must be between 100 and 600000 milliseconds
int(0)
-- asked for
urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST
urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact
-- where the provider may start it
unsolicited: ada@example.org
-- explained
Artifact BackChannel Xml ArtifactResponse Shape Status AssertionCount Ids Wrapping Signed SignatureShape SignatureAlgorithm SignatureValue SignatureReference SignatureDigest Certificate Head Issuer Destination InResponseTo Shape Head Issuer NameId Confirmation Recipient ConfirmationTime InResponseTo Validity Audience Conditions AuthnStatement Session Freshness AuthnContext Attributes Solicited
[true,"ada@example.org","https://idp.samlforce.localhost:PORT/artifact?a=b",38]
an index that it does not have: Artifact, ArtifactServiceUnknown. Load the provider's metadata here anew: it has another ArtifactResolutionService than those that are stored.
status 404: BackChannel, BackChannelFailed. Name the service's host in samlforce.allowed_hosts in php.ini, see that this server may open connections to it, and that its certificate is good.
an answer to another request: ArtifactResponse, InResponseToMismatch. Start again from the login page, in one tab; if it is always so, see that the session's cookie survives the way back.
Artifact BackChannel Xml ArtifactResponse | Shape Status AssertionCount Ids Wrapping Signed SignatureShape SignatureAlgorithm SignatureValue SignatureReference SignatureDigest Certificate Head Issuer Destination NameId Confirmation Recipient ConfirmationTime InResponseTo Validity Audience Conditions AuthnStatement Session Freshness AuthnContext Attributes Solicited Replay
Artifact Solicited: Unsolicited
the login after all: ada@example.org
and again: Replayed
what acceptLogin() would claim is the same: Replayed
of a refused one: InResponseToMismatch
a time limit of nothing: ValueError Samlforce\Saml\ServiceProvider::explainArtifact(): Argument #6 ($timeoutMs) must be between 100 and 600000 milliseconds
no key: KeyMissing
