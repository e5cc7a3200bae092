--TEST--
The answer is held to what was asked for, whatever lies between the two requests
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\{Assertion, Comparison, Expectation, IdentityProvider, SamlException, ServiceProvider};

const CLASSES = 'urn:oasis:names:tc:SAML:2.0:ac:classes:';
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
$forge = new Forge();
$sp = new ServiceProvider(Forge::SP, Forge::ACS, furtherAssertionConsumerUrls: ['https://second.test/acs']);
$idp = $forge->provider();

/** What was asked, kept as a string; the times are the test's. */
function asked(mixed ...$wishes): Expectation
{
    global $sp, $idp;
    $kept = (string) $sp->requestLogin($idp, ...$wishes)->expectation;
    $json = json_decode($kept, true);
    return Expectation::fromString(json_encode(['requestId' => Forge::REQUEST, 'sentAt' => Forge::NOW] + $json));
}

/** @param array<string, mixed> $with of Forge::response() */
function judged(string $what, Expectation $expectation, array $with = [], ?IdentityProvider $from = null, int $now = Forge::NOW): void
{
    global $sp, $idp, $forge;
    try {
        $sp->acceptLogin($from ?? $idp, base64_encode($forge->signed($with)->saveXML()), Forge::REQUEST, new MemoryGuard(), $now, $expectation);
        echo "$what: accepted\n";
    } catch (SamlException $e) {
        echo "$what: {$e->reason->name}", $e->found === null ? '' : " found $e->found", $e->expected === null ? '' : " expected $e->expected", "\n";
    }
}

function authn(int $offset = 0, ?string $class = 'PasswordProtectedTransport'): array
{
    $context = $class === null ? '<saml:AuthnContextDeclRef>urn:x</saml:AuthnContextDeclRef>' : '<saml:AuthnContextClassRef>' . CLASSES . "$class</saml:AuthnContextClassRef>";
    return ['authn' => '<saml:AuthnStatement AuthnInstant="' . Forge::time($offset) . "\"><saml:AuthnContext>$context</saml:AuthnContext></saml:AuthnStatement>"];
}

function name(string $attributes): array
{
    return ['nameId' => "<saml:NameID$attributes>ada</saml:NameID>"];
}

echo "-- nothing in particular\n";
judged('an old authentication', asked(), authn(-86400, 'InternetProtocol'));

echo "-- ForceAuthn\n";
judged('at once', asked(forceAuthn: true), authn());
judged('as early as the clocks may differ', asked(forceAuthn: true), authn(-60));
judged('a second before', asked(forceAuthn: true), authn(-61));

echo "-- the greatest age\n";
judged('as old as may be', asked(maxAge: 100), authn(-160));
judged('a second older', asked(maxAge: 100), authn(-161));
judged('no age at all', asked(maxAge: 0), authn(-60), now: Forge::NOW);
judged('fresh for the request, and too old since', asked(forceAuthn: true, maxAge: 30), authn(), now: Forge::NOW + 91);

echo "-- contexts\n";
$card = CLASSES . 'Smartcard';
$ppt = CLASSES . 'PasswordProtectedTransport';
$password = CLASSES . 'Password';
$order = [$password, $ppt, $card];
foreach (['Password', 'PasswordProtectedTransport', 'Smartcard', 'Unknown', null] as $class) {
    $name = $class ?? 'none';
    judged("$name, of two", asked(authnContexts: [$password, $card]), authn(0, $class));
    judged("$name, at least", asked(authnContexts: [$ppt, $card], comparison: Comparison::Minimum, authnContextOrder: $order), authn(0, $class));
    judged("$name, at most", asked(authnContexts: [$password, $ppt], comparison: Comparison::Maximum, authnContextOrder: $order), authn(0, $class));
    judged("$name, better", asked(authnContexts: [$password, $ppt], comparison: Comparison::Better, authnContextOrder: $order), authn(0, $class));
}

echo "-- the NameID\n";
judged('the format', asked(nameIdFormat: PERSISTENT), name(' Format="' . PERSISTENT . '"'));
judged('another format', asked(nameIdFormat: PERSISTENT), name(' Format="urn:other"'));
judged('no format', asked(nameIdFormat: PERSISTENT), name(''));
judged('any format', asked(nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'), name(' Format="urn:other"'));
judged('not encrypted', asked(nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted'), name(''));
judged('the affiliation', asked(spNameQualifier: 'urn:affiliation'), name(' SPNameQualifier="urn:affiliation"'));
judged('our own namespace', asked(spNameQualifier: 'urn:affiliation'), name(' SPNameQualifier="' . Forge::SP . '"'));
judged('no namespace', asked(spNameQualifier: 'urn:affiliation'), name(''));
judged('an affiliation that nobody asked for', asked(), name(' SPNameQualifier="urn:affiliation"'));

echo "-- where it comes, and from whom\n";
$second = ['responseAttributes' => ' ID="_response1" Version="2.0" IssueInstant="' . Forge::time() . '" Destination="https://second.test/acs" InResponseTo="' . Forge::REQUEST . '"', 'confirmation' => Forge::confirmation(['Recipient' => 'https://second.test/acs'])];
judged('to the second address', asked(assertionConsumerUrl: 'https://second.test/acs'), $second);
judged('to the first address', asked(assertionConsumerUrl: 'https://second.test/acs'));
judged('to the second address, unasked', asked(), $second);
judged('to the second address, by its Recipient alone', asked(), ['confirmation' => Forge::confirmation(['Recipient' => 'https://second.test/acs'])]);
judged('of another provider', asked(), [], new IdentityProvider('urn:other', [$forge->certificate]));

echo "-- as a string\n";
$e = asked(forceAuthn: true, nameIdFormat: PERSISTENT, authnContexts: [$ppt], comparison: Comparison::Minimum, authnContextOrder: $order, maxAge: 5, spNameQualifier: 'urn:é');
echo $e, "\n";
var_dump((string) Expectation::fromString((string) $e) === (string) $e, $e->comparison, $e->authnContextOrder === $order);
$try = function (string $what, callable $do): void {
    try {
        $do();
        echo "$what: fine\n";
    } catch (Throwable $t) {
        echo "$what: ", get_class($t), ': ', $t->getMessage(), "\n";
    }
};
$json = json_decode((string) $e, true);
$changed = [
    'nothing' => [], 'requestId' => ['requestId' => ''], 'provider' => ['provider' => null], 'address' => ['assertionConsumerUrl' => 'javascript:x'], 'time' => ['sentAt' => -1],
    'late time' => ['sentAt' => 253402300800], 'last time' => ['sentAt' => 253402300799], 'text for a number' => ['sentAt' => '1'], 'number for a truth' => ['forceAuthn' => 1],
    'format' => ['nameIdFormat' => 7], 'contexts' => ['authnContexts' => [[]]], 'comparison' => ['comparison' => 'worse'], 'order' => ['authnContextOrder' => []],
    'age' => ['maxAge' => -1], 'more' => ['x' => 1],
];
foreach ($changed as $what => $with) {
    $try($what, fn () => Expectation::fromString(json_encode($with + $json)));
}
foreach (array_keys($json) as $name) {
    try {
        Expectation::fromString(json_encode(array_diff_key($json, [$name => 0])));
        echo "$name may be missing\n";
    } catch (ValueError) {
    }
}
foreach (['', 'null', '[]', '{}', '1', str_repeat('[', 600)] as $text) {
    $try($text === '' ? 'empty' : substr($text, 0, 5), fn () => Expectation::fromString($text));
}
$try('of another request', fn () => $sp->acceptLogin($idp, 'AAAA', '_other', new MemoryGuard(), Forge::NOW, $e));
$try('of no request', fn () => $sp->acceptLogin($idp, 'AAAA', null, new MemoryGuard(), Forge::NOW, $e));
$try('made by hand', fn () => (new ReflectionClass(Expectation::class))->newInstanceWithoutConstructor());
$try('cloned', fn () => clone $e);
$try('serialized', fn () => serialize($e));
?>
--EXPECT--
-- nothing in particular
an old authentication: accepted
-- ForceAuthn
at once: accepted
as early as the clocks may differ: accepted
a second before: AuthnTooOld found 2027-01-15T07:58:59Z expected 2027-01-15T07:59:00Z or later
-- the greatest age
as old as may be: accepted
a second older: AuthnTooOld found 2027-01-15T07:57:19Z expected 2027-01-15T07:57:20Z or later
no age at all: accepted
fresh for the request, and too old since: AuthnTooOld found 2027-01-15T08:00:00Z expected 2027-01-15T08:00:01Z or later
-- contexts
Password, of two: accepted
Password, at least: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:Password expected at least urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard
Password, at most: accepted
Password, better: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:Password expected better than urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
PasswordProtectedTransport, of two: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport expected urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard
PasswordProtectedTransport, at least: accepted
PasswordProtectedTransport, at most: accepted
PasswordProtectedTransport, better: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport expected better than urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
Smartcard, of two: accepted
Smartcard, at least: accepted
Smartcard, at most: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard expected at most urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
Smartcard, better: accepted
Unknown, of two: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:Unknown expected urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard
Unknown, at least: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:Unknown expected at least urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard
Unknown, at most: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:Unknown expected at most urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
Unknown, better: AuthnContextMismatch found urn:oasis:names:tc:SAML:2.0:ac:classes:Unknown expected better than urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
none, of two: AuthnContextMismatch expected urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard
none, at least: AuthnContextMismatch expected at least urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard
none, at most: AuthnContextMismatch expected at most urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
none, better: AuthnContextMismatch expected better than urn:oasis:names:tc:SAML:2.0:ac:classes:Password urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
-- the NameID
the format: accepted
another format: NameIdFormatMismatch found urn:other expected urn:oasis:names:tc:SAML:2.0:nameid-format:persistent
no format: NameIdFormatMismatch expected urn:oasis:names:tc:SAML:2.0:nameid-format:persistent
any format: accepted
not encrypted: NameIdFormatMismatch found NameID expected EncryptedID
the affiliation: accepted
our own namespace: NameIdMismatch found https://wordpress.test/metadata expected urn:affiliation
no namespace: NameIdMismatch expected urn:affiliation
an affiliation that nobody asked for: NameIdMismatch found urn:affiliation expected https://wordpress.test/metadata
-- where it comes, and from whom
to the second address: accepted
to the first address: DestinationMismatch found https://wordpress.test/wp-login.php?action=samlforce_acs expected https://second.test/acs
to the second address, unasked: DestinationMismatch found https://second.test/acs expected https://wordpress.test/wp-login.php?action=samlforce_acs
to the second address, by its Recipient alone: RecipientMismatch found https://second.test/acs expected https://wordpress.test/wp-login.php?action=samlforce_acs
of another provider: IssuerMismatch found urn:other expected https://acme.my.salesforce.test
-- as a string
{"requestId":"_request1","provider":"https://acme.my.salesforce.test","assertionConsumerUrl":"https://wordpress.test/wp-login.php?action=samlforce_acs","sentAt":1800000000,"forceAuthn":true,"nameIdFormat":"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent","spNameQualifier":"urn:é","authnContexts":["urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"],"comparison":"minimum","authnContextOrder":["urn:oasis:names:tc:SAML:2.0:ac:classes:Password","urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport","urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"],"maxAge":5}
bool(true)
enum(Samlforce\Saml\Comparison::Minimum)
bool(true)
nothing: fine
requestId: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
provider: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
address: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
time: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
late time: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
last time: fine
text for a number: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
number for a truth: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
format: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
contexts: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
comparison: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
order: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
age: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
more: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
empty: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
null: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
[]: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
{}: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
1: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
[[[[[: ValueError: Samlforce\Saml\Expectation::fromString(): Argument #1 ($text) must be an expectation as a string
of another request: ValueError: Samlforce\Saml\ServiceProvider::acceptLogin(): Argument #6 ($expectation) must be of the request that $requestId names
of no request: ValueError: Samlforce\Saml\ServiceProvider::acceptLogin(): Argument #6 ($expectation) must be of the request that $requestId names
made by hand: ReflectionException: Class Samlforce\Saml\Expectation is an internal class marked as final that cannot be instantiated without invoking its constructor
cloned: Error: Trying to clone an uncloneable object of class Samlforce\Saml\Expectation
serialized: Exception: Serialization of 'Samlforce\Saml\Expectation' is not allowed
