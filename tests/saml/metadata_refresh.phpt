--TEST--
A refresh of metadata: the last known good is kept, what is new is taken, what is doubtful waits for a person
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/metadata.inc';

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\MetadataChange;
use Samlforce\Saml\MetadataRefresh;

$federation = new Forge();
[$one, $two, $three] = [new Forge(), new Forge(), new Forge()];
$renewed = new Forge();
$renewed->key = $one->key;
openssl_x509_export(openssl_csr_sign(openssl_csr_new(['commonName' => 'renewed'], $one->key), null, $one->key, 30), $renewed->certificate);
$names = [];
foreach (['one' => $one, 'two' => $two, 'three' => $three, 'renewed' => $renewed] as $name => $forge) {
    $names[hash('sha256', base64_decode(der_text($forge)))] = $name;
}
$until = fn (int $offset) => ' validUntil="' . Forge::time($offset) . '"';
$document = fn (array $keys, string $host = 'https://idp.test', string $attributes = '') => entity('urn:idp', idp_role($keys, $host), " ID=\"_e\"$attributes");

function show(string $what, callable $decide): void
{
    global $names;
    try {
        $r = $decide();
    } catch (Throwable $e) {
        echo "$what: ", $e::class, ': ', $e->getMessage(), "\n";
        return;
    }
    $keys = fn (array $rows) => implode(' ', array_map(fn ($row) => $names[$row['sha256']], $rows));
    echo "$what: ", $r->outcome->name, $r->holds ? ' for ' . implode(' ', array_column($r->holds, 'name')) : '', $r->problem ? ' for ' . $r->problem->reason->name : '',
        ', next in ', $r->nextRefresh - Forge::NOW, ', until ', $r->validUntil === null ? 'whenever' : $r->validUntil - Forge::NOW, "\n";
    if ($r->change && !$r->change->isEmpty) {
        $c = $r->change;
        echo '  added (', $keys($c->keysAdded), ') dropped (', $keys($c->keysDropped), ') kept (', $keys($c->keysKept), ')';
        foreach ($c->endpoints as $e) {
            echo " $e[service] $e[binding]: ", $e['from'] ?? 'none', ' to ', $e['to'] ?? 'none', $e['newHost'] ? ', a new host' : '';
        }
        echo "\n";
    }
    // what is kept is either what was known, or says what was fetched
    $kept = IdentityProvider::fromMetadata($r->xml, now: 0);
    echo '  kept: ', $keys($kept->certificates()), ' ', $kept->loginUrl, "\n";
}

$decide = fn (string $known, string $fetched, array $trust = [], mixed ...$more) => fn () => MetadataRefresh::decide($known, $fetched, 'urn:idp', $trust, ...$more, now: Forge::NOW);
$known = $document([$one, $two]);
$trust = [$federation->certificate];

show('the same', $decide($known, $document([$two, $one])));
show('a new certificate for the same key', $decide($known, $document([$renewed, $two])));
show('one more key', $decide($known, $document([$one, $two, $three])));
show('one key less', $decide($known, $document([$two])));
show('one for another', $decide($known, $document([$two, $three])));
show('every key gone', $decide($known, $document([$three])));
show('every key gone, signed', $decide($known, signed_metadata($federation, $document([$three])), $trust));
show('another path', $decide($known, str_replace('/sso', '/login', $document([$one, $two]))));
show('another host', $decide($known, $document([$one, $two], 'https://evil.test')));
show('another host, signed', $decide($known, signed_metadata($federation, $document([$one, $two], 'https://new.test')), $trust));
show('another port', $decide($known, $document([$one, $two], 'https://idp.test:8443')));
show('no TLS any more', $decide($known, $document([$one, $two], 'http://idp.test')));
show('the host in capitals', $decide($known, $document([$one, $two], 'HTTPS://IDP.test')));
show('a host that begins so', $decide($known, $document([$one, $two], 'https://idp.test.evil.test')));
show('a logout at another host', $decide($known, str_replace('<md:SingleSignOn', endpoint('SingleLogoutService', 'SOAP', 'https://evil.test/slo') . endpoint('ArtifactResolutionService', 'SOAP', 'https://idp.test/a', ' index="4"') . '<md:SingleSignOn', $known)));
show('no address any more', $decide($known, preg_replace('~<md:SingleSignOn[^>]*>~', '', $known)));

echo "what can't be used\n";
show('nothing came', $decide($known, ''));
show('an error page', $decide($known, '<html/>'));
show('another entity', $decide($known, str_replace('urn:idp', 'urn:other', $known)));
show('not signed', $decide($known, $document([$one, $two]), $trust));
show('changed', $decide($known, str_replace('/sso', '/evil', signed_metadata($federation, $document([$one, $two]))), $trust));
show('expired', $decide($known, $document([$one, $two], 'https://idp.test', $until(0))));
show('a certificate that is none', $decide($known, str_replace(der_text($two), 'QUJD', $known)));

echo "times\n";
show('known until tomorrow, nothing came', $decide($document([$one], 'https://idp.test', $until(86400)), ''));
show('known has expired, nothing came', $decide($document([$one], 'https://idp.test', $until(-5)), ''));
show('known has expired, a new one came', $decide($document([$one], 'https://idp.test', $until(-5)), $document([$one], 'https://idp.test', $until(86400))));
show('two hours left', $decide($known, $document([$one, $two], 'https://idp.test', $until(7200))));
show('a day left', $decide($known, $document([$one, $two], 'https://idp.test', $until(86400))));
show('to be cached for six hours', $decide($known, $document([$one, $two], 'https://idp.test', ' cacheDuration="PT6H"')));
show('to be cached for a second', $decide($known, $document([$one, $two], 'https://idp.test', ' cacheDuration="PT1S"')));
show('weekly', $decide($known, $document([$one, $two]), [], null, 7 * 86400));
show('too often', $decide($known, $known, [], null, 3599));
show('too seldom', $decide($known, $known, [], null, 365 * 86400 + 1));
$long = $document([$one, $two], 'https://idp.test', $until(90000));
show('older, the same', $decide($long, $document([$two, $one], 'https://idp.test', $until(80000))));
show('older, with another key', $decide($long, $document([$one, $two, $three], 'https://idp.test', $until(80000))));

echo "a person says yes\n";
$dropped = $document([$three], 'https://new.test');
$print = $decide($known, $dropped)()->fingerprint;
echo preg_match('~^[0-9a-f]{64}$~', $print), "\n";
show('to what was held', $decide($known, $dropped, [], $print));
show('signed anew since', $decide($known, $document([$three], 'https://new.test', $until(86400)), [], $print));
show('to something else', $decide($known, $document([$three], 'https://evil.test'), [], $print));
show('to other keys', $decide($known, $document([$three, $one], 'https://new.test'), [], $print));
show('to nothing that came', $decide($known, '', [], $print));

echo "out of an aggregate\n";
$aggregate = signed_metadata($federation, entities(entity('urn:x', idp_role([$three])) . $document([$one, $two, $three]), ' ID="_md"' . $until(86400)));
$r = $decide($known, $aggregate, $trust)();
show('taken', fn () => $r);
echo substr_count($r->xml, 'urn:x'), ' ', substr_count($r->xml, 'validUntil'), "\n";
show('and again', $decide($r->xml, $aggregate, $trust));

echo "two providers\n";
$a = IdentityProvider::fromMetadata($known);
echo answer(fn () => MetadataChange::between($a, IdentityProvider::fromMetadata(str_replace('urn:idp', 'urn:other', $known)))), "\n";
echo answer(fn () => MetadataChange::between($a, new IdentityProvider('urn:idp', [$three->certificate]))->dropsEveryKey), "\n";
show('known is broken', $decide('<html/>', $known));
?>
--EXPECT--
the same: Unchanged, next in 86400, until whenever
  kept: two one https://idp.test/sso
a new certificate for the same key: Unchanged, next in 86400, until whenever
  kept: renewed two https://idp.test/sso
one more key: Replaced, next in 86400, until whenever
  added (three) dropped () kept (one two)
  kept: one two three https://idp.test/sso
one key less: Replaced, next in 86400, until whenever
  added () dropped (one) kept (two)
  kept: two https://idp.test/sso
one for another: Replaced, next in 86400, until whenever
  added (three) dropped (one) kept (two)
  kept: two three https://idp.test/sso
every key gone: Held for DropsEveryKey, next in 86400, until whenever
  added (three) dropped (one two) kept ()
  kept: one two https://idp.test/sso
every key gone, signed: Held for DropsEveryKey, next in 86400, until whenever
  added (three) dropped (one two) kept ()
  kept: one two https://idp.test/sso
another path: Replaced, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to https://idp.test/login
  kept: one two https://idp.test/login
another host: Held for NewHost, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to https://evil.test/sso, a new host
  kept: one two https://idp.test/sso
another host, signed: Replaced, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to https://new.test/sso, a new host
  kept: one two https://new.test/sso
another port: Held for NewHost, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to https://idp.test:8443/sso, a new host
  kept: one two https://idp.test/sso
no TLS any more: Held for NewHost, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to http://idp.test/sso, a new host
  kept: one two https://idp.test/sso
the host in capitals: Replaced, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to HTTPS://IDP.test/sso
  kept: one two HTTPS://IDP.test/sso
a host that begins so: Held for NewHost, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to https://idp.test.evil.test/sso, a new host
  kept: one two https://idp.test/sso
a logout at another host: Held for NewHost, next in 86400, until whenever
  added () dropped () kept (one two) logout soap: none to https://evil.test/slo, a new host logoutResponse soap: none to https://evil.test/slo, a new host artifact 4: none to https://idp.test/a
  kept: one two https://idp.test/sso
no address any more: Replaced, next in 86400, until whenever
  added () dropped () kept (one two) login redirect: https://idp.test/sso to none
  kept: one two 
what can't be used
nothing came: Refused for NotWellFormed, next in 21600, until whenever
  kept: one two https://idp.test/sso
an error page: Refused for MetadataInvalid, next in 21600, until whenever
  kept: one two https://idp.test/sso
another entity: Refused for EntityNotFound, next in 21600, until whenever
  kept: one two https://idp.test/sso
not signed: Refused for NotSigned, next in 21600, until whenever
  kept: one two https://idp.test/sso
changed: Refused for DigestMismatch, next in 21600, until whenever
  kept: one two https://idp.test/sso
expired: Refused for MetadataExpired, next in 21600, until whenever
  kept: one two https://idp.test/sso
a certificate that is none: Refused for CertificateInvalid, next in 21600, until whenever
  kept: one two https://idp.test/sso
times
known until tomorrow, nothing came: Refused for NotWellFormed, next in 10800, until 86400
  kept: one https://idp.test/sso
known has expired, nothing came: Refused for NotWellFormed, next in 3600, until -5
  kept: one https://idp.test/sso
known has expired, a new one came: Unchanged, next in 43200, until 86400
  kept: one https://idp.test/sso
two hours left: Unchanged, next in 3600, until 7200
  kept: one two https://idp.test/sso
a day left: Unchanged, next in 43200, until 86400
  kept: one two https://idp.test/sso
to be cached for six hours: Unchanged, next in 21600, until whenever
  kept: one two https://idp.test/sso
to be cached for a second: Unchanged, next in 3600, until whenever
  kept: one two https://idp.test/sso
weekly: Unchanged, next in 604800, until whenever
  kept: one two https://idp.test/sso
too often: ValueError: Samlforce\Saml\MetadataRefresh::decide(): Argument #6 ($interval) must be between 3600 seconds and a year
too seldom: ValueError: Samlforce\Saml\MetadataRefresh::decide(): Argument #6 ($interval) must be between 3600 seconds and a year
older, the same: Unchanged, next in 45000, until 90000
  kept: one two https://idp.test/sso
older, with another key: Held for Older, next in 45000, until 90000
  added (three) dropped () kept (one two)
  kept: one two https://idp.test/sso
a person says yes
1
to what was held: Replaced, next in 86400, until whenever
  added (three) dropped (one two) kept () login redirect: https://idp.test/sso to https://new.test/sso, a new host
  kept: three https://new.test/sso
signed anew since: Replaced, next in 43200, until 86400
  added (three) dropped (one two) kept () login redirect: https://idp.test/sso to https://new.test/sso, a new host
  kept: three https://new.test/sso
to something else: Held for DropsEveryKey NewHost, next in 86400, until whenever
  added (three) dropped (one two) kept () login redirect: https://idp.test/sso to https://evil.test/sso, a new host
  kept: one two https://idp.test/sso
to other keys: Held for NewHost, next in 86400, until whenever
  added (three) dropped (two) kept (one) login redirect: https://idp.test/sso to https://new.test/sso, a new host
  kept: one two https://idp.test/sso
to nothing that came: Refused for NotWellFormed, next in 21600, until whenever
  kept: one two https://idp.test/sso
out of an aggregate
taken: Replaced, next in 43200, until 86400
  added (three) dropped () kept (one two)
  kept: one two three https://idp.test/sso
0 1
and again: Unchanged, next in 43200, until 86400
  kept: one two three https://idp.test/sso
two providers
ValueError: Samlforce\Saml\MetadataChange::between(): Argument #2 ($newer) must have the entityID of the first
true
known is broken: Samlforce\Saml\SamlException: This is no SAML 2.0 metadata (document: found "html", expected "EntityDescriptor").
