--TEST--
explainLogin() shows each check of a login, in words, and signs nobody in
--EXTENSIONS--
samlforce
dom
openssl
mbstring
--FILE--
<?php
require_once __DIR__ . '/../support/attacks.inc';
require_once __DIR__ . '/../support/explain.inc';
if (!within_keyring(__FILE__)) {
    return;
}

use Samlforce\Saml\{Check, CheckName, CheckResult, Expectation, Report, ServiceProvider};

$forge = new Forge();
$sp = new ServiceProvider(Forge::SP, Forge::ACS, null, ['sp']);

function show(Report $report): void
{
    foreach ($report as $check) {
        echo str_pad($check->result->name, 11), $check->name->name, $check->subject === null ? '' : " of the $check->subject", $check->reason ? ": {$check->reason->name}" : '',
            $check->where === null ? '' : " at $check->where", $check->found === null ? '' : ", found $check->found", $check->expected === null ? '' : ", expected $check->expected", "\n";
        if ($check->advice !== null && $check->name !== CheckName::Replay) {
            echo "           $check->advice\n";
        }
    }
    echo json_encode([$report->accepted, $report->reason, $report->issuer, $report->nameId, $report->attributes, count($report)], JSON_UNESCAPED_SLASHES), "\n";
}

$explain = fn (DOMDocument|string $message, ?Expectation $asked = null, array $switches = [], int $now = Forge::NOW) => $sp->explainLogin($forge->provider(...$switches), base64_encode($message instanceof DOMDocument ? $message->saveXML() : $message), Forge::REQUEST, $now, $asked);
echo "-- good\n";
show($explain($forge->signedResponse()));
echo "-- for somebody else\n";
show($explain($forge->signed(['conditions' => '<saml:Conditions><saml:AudienceRestriction><saml:Audience>urn:other</saml:Audience></saml:AudienceRestriction></saml:Conditions>'])));
echo "-- the second confirmation counts\n";
show($explain($forge->signed(['confirmation' => Forge::confirmation(['Recipient' => 'https://other.test/']) . Forge::confirmation()])));
echo "-- an authentication that is too old\n";
$request = json_decode((string) $sp->requestLogin($forge->provider(), forceAuthn: true)->expectation, true);
$asked = Expectation::fromString(json_encode(['requestId' => Forge::REQUEST, 'sentAt' => Forge::NOW + 100] + $request));
show($explain($forge->signed(), $asked));
echo "-- changed after signing\n";
$doc = $forge->signed();
$doc->getElementsByTagNameNS(NS_SAML, 'NameID')->item(0)->nodeValue = 'admin@example.org';
show($explain($doc));
echo "-- an old certificate\n";
$old = new Forge(days: 1);
$report = $sp->explainLogin($old->provider(), base64_encode($old->signed()->saveXML()), Forge::REQUEST, Forge::NOW);
foreach ($report as $check) {
    if ($check->result === CheckResult::Warned) {
        echo "{$check->name->name}: $check->advice\n";
    }
}
var_dump($report->accepted);
echo "-- no message at all\n";
show($explain(''));

echo "-- every check and every refusal has its words\n";
$seen = [];
foreach ([...all_attacks($forge)] as $attack) {
    $xml = $attack->message instanceof DOMDocument ? $attack->message->saveXML() : $attack->message;
    foreach ($sp->explainLogin($attack->provider ?? $forge->provider(...$attack->switches), base64_encode($xml), $attack->request, $attack->now) as $check) {
        $seen[$check->name->name] = true;
        if (!str_ends_with($check->title, '.') || ($check->result === CheckResult::Failed && (!str_ends_with((string) $check->advice, '.') || str_contains($check->advice, 'error log')))) {
            echo "{$check->name->name} {$check->reason?->name}: $check->title $check->advice\n";
        }
    }
}
echo implode(' ', array_diff(array_column(CheckName::cases(), 'name'), array_keys($seen))), "\n";

echo "-- what it isn't\n";
foreach ([fn () => $explain($forge->signed(), $asked)->accepted = true, fn () => clone $report, fn () => serialize($report), fn () => new Report(), fn () => new Check(),
    fn () => $sp->explainLogin($forge->provider(), 'AAAA', ''), fn () => $sp->explainLogin($forge->provider(), 'AAAA', '_other', null, $asked)] as $i => $try) {
    try {
        $try();
        echo "$i: fine\n";
    } catch (Throwable $e) {
        echo "$i: ", $e->getMessage(), "\n";
    }
}
foreach ([Report::class => fn ($o) => count($o), 'again' => fn ($o) => iterator_to_array($o)] as $name => $use) {
    try {
        $use((new ReflectionClass(Report::class))->newInstanceWithoutConstructor());
    } catch (Throwable $e) {
        echo "$name: ", $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
-- good
Passed     Encoding
Passed     Xml
Passed     Shape of the Response
Passed     Status of the Response, found urn:oasis:names:tc:SAML:2.0:status:Success, expected urn:oasis:names:tc:SAML:2.0:status:Success
Passed     AssertionCount of the Response
Passed     Ids of the Response
Passed     Wrapping of the Response
Passed     Signed of the Response
Passed     SignatureShape of the Response
Passed     SignatureAlgorithm of the Response, found http://www.w3.org/2001/04/xmldsig-more#rsa-sha256
Passed     SignatureValue of the Response
Passed     SignatureReference of the Response, found #_response1
Passed     SignatureDigest of the Response
Passed     Certificate of the Response
Passed     Head of the Response
Passed     Issuer of the Response, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     Destination of the Response, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     InResponseTo of the Response, found _request1, expected _request1
Passed     Shape of the Assertion
Passed     Head of the Assertion
Passed     Issuer of the Assertion, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     NameId of the Assertion, found ada@example.org
Passed     Confirmation of the Assertion, found urn:oasis:names:tc:SAML:2.0:cm:bearer, expected urn:oasis:names:tc:SAML:2.0:cm:bearer
Passed     Recipient of the Assertion, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     ConfirmationTime of the Assertion, found until 2027-01-15T08:05:00Z, expected 2027-01-15T08:00:00Z
Passed     InResponseTo of the Assertion, found _request1, expected _request1
Passed     Validity of the Assertion, found from 2027-01-15T07:59:00Z until 2027-01-15T08:05:00Z, expected 2027-01-15T08:00:00Z
Passed     Audience of the Assertion, found https://wordpress.test/metadata, expected https://wordpress.test/metadata
Passed     Conditions of the Assertion
Passed     AuthnStatement of the Assertion
Passed     Session of the Assertion
Passed     Freshness of the Assertion, found 2027-01-15T08:00:00Z
Passed     AuthnContext of the Assertion, found urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
Passed     Attributes of the Assertion
Passed     Solicited
NotReached Replay
[true,null,"https://acme.my.salesforce.test","ada@example.org",{"email":["ada@example.org"],"group":["a","b"]},36]
-- for somebody else
Passed     Encoding
Passed     Xml
Passed     Shape of the Response
Passed     Status of the Response, found urn:oasis:names:tc:SAML:2.0:status:Success, expected urn:oasis:names:tc:SAML:2.0:status:Success
Passed     AssertionCount of the Response
Passed     Ids of the Response
Passed     Wrapping of the Response
Passed     Signed of the Response
Passed     SignatureShape of the Assertion
Passed     SignatureAlgorithm of the Assertion, found http://www.w3.org/2001/04/xmldsig-more#rsa-sha256
Passed     SignatureValue of the Assertion
Passed     SignatureReference of the Assertion, found #_assertion1
Passed     SignatureDigest of the Assertion
Passed     Certificate of the Assertion
Passed     Head of the Response
Passed     Issuer of the Response, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     Destination of the Response, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     InResponseTo of the Response, found _request1, expected _request1
Passed     Shape of the Assertion
Passed     Head of the Assertion
Passed     Issuer of the Assertion, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     NameId of the Assertion, found ada@example.org
Passed     Confirmation of the Assertion, found urn:oasis:names:tc:SAML:2.0:cm:bearer, expected urn:oasis:names:tc:SAML:2.0:cm:bearer
Passed     Recipient of the Assertion, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     ConfirmationTime of the Assertion, found until 2027-01-15T08:05:00Z, expected 2027-01-15T08:00:00Z
Passed     InResponseTo of the Assertion, found _request1, expected _request1
Passed     Validity of the Assertion, expected 2027-01-15T08:00:00Z
Failed     Audience of the Assertion: AudienceMismatch at Audience, found urn:other, expected https://wordpress.test/metadata
           Set the Audience (entityID of the service provider) at the provider to the one that is expected, byte by byte.
NotReached Conditions
NotReached AuthnStatement
NotReached Session
NotReached Freshness
NotReached AuthnContext
NotReached Attributes
NotReached Solicited
NotReached Replay
[false,"audience_mismatch","https://acme.my.salesforce.test","ada@example.org",[],36]
-- the second confirmation counts
Passed     Encoding
Passed     Xml
Passed     Shape of the Response
Passed     Status of the Response, found urn:oasis:names:tc:SAML:2.0:status:Success, expected urn:oasis:names:tc:SAML:2.0:status:Success
Passed     AssertionCount of the Response
Passed     Ids of the Response
Passed     Wrapping of the Response
Passed     Signed of the Response
Passed     SignatureShape of the Assertion
Passed     SignatureAlgorithm of the Assertion, found http://www.w3.org/2001/04/xmldsig-more#rsa-sha256
Passed     SignatureValue of the Assertion
Passed     SignatureReference of the Assertion, found #_assertion1
Passed     SignatureDigest of the Assertion
Passed     Certificate of the Assertion
Passed     Head of the Response
Passed     Issuer of the Response, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     Destination of the Response, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     InResponseTo of the Response, found _request1, expected _request1
Passed     Shape of the Assertion
Passed     Head of the Assertion
Passed     Issuer of the Assertion, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     NameId of the Assertion, found ada@example.org
Passed     Confirmation of the Assertion, found urn:oasis:names:tc:SAML:2.0:cm:bearer, expected urn:oasis:names:tc:SAML:2.0:cm:bearer
Passed     Recipient of the Assertion, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     ConfirmationTime of the Assertion, found until 2027-01-15T08:05:00Z, expected 2027-01-15T08:00:00Z
Passed     InResponseTo of the Assertion, found _request1, expected _request1
Passed     Validity of the Assertion, found from 2027-01-15T07:59:00Z until 2027-01-15T08:05:00Z, expected 2027-01-15T08:00:00Z
Passed     Audience of the Assertion, found https://wordpress.test/metadata, expected https://wordpress.test/metadata
Passed     Conditions of the Assertion
Passed     AuthnStatement of the Assertion
Passed     Session of the Assertion
Passed     Freshness of the Assertion, found 2027-01-15T08:00:00Z
Passed     AuthnContext of the Assertion, found urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport
Passed     Attributes of the Assertion
Passed     Solicited
NotReached Replay
[true,null,"https://acme.my.salesforce.test","ada@example.org",{"email":["ada@example.org"],"group":["a","b"]},36]
-- an authentication that is too old
Passed     Provider, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     Encoding
Passed     Xml
Passed     Shape of the Response
Passed     Status of the Response, found urn:oasis:names:tc:SAML:2.0:status:Success, expected urn:oasis:names:tc:SAML:2.0:status:Success
Passed     AssertionCount of the Response
Passed     Ids of the Response
Passed     Wrapping of the Response
Passed     Signed of the Response
Passed     SignatureShape of the Assertion
Passed     SignatureAlgorithm of the Assertion, found http://www.w3.org/2001/04/xmldsig-more#rsa-sha256
Passed     SignatureValue of the Assertion
Passed     SignatureReference of the Assertion, found #_assertion1
Passed     SignatureDigest of the Assertion
Passed     Certificate of the Assertion
Passed     Head of the Response
Passed     Issuer of the Response, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     Destination of the Response, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     InResponseTo of the Response, found _request1, expected _request1
Passed     Shape of the Assertion
Passed     Head of the Assertion
Passed     Issuer of the Assertion, found https://acme.my.salesforce.test, expected https://acme.my.salesforce.test
Passed     NameId of the Assertion, found ada@example.org
Passed     Confirmation of the Assertion, found urn:oasis:names:tc:SAML:2.0:cm:bearer, expected urn:oasis:names:tc:SAML:2.0:cm:bearer
Passed     Recipient of the Assertion, found https://wordpress.test/wp-login.php?action=samlforce_acs, expected https://wordpress.test/wp-login.php?action=samlforce_acs
Passed     ConfirmationTime of the Assertion, found until 2027-01-15T08:05:00Z, expected 2027-01-15T08:00:00Z
Passed     InResponseTo of the Assertion, found _request1, expected _request1
Passed     Validity of the Assertion, found from 2027-01-15T07:59:00Z until 2027-01-15T08:05:00Z, expected 2027-01-15T08:00:00Z
Passed     Audience of the Assertion, found https://wordpress.test/metadata, expected https://wordpress.test/metadata
Passed     Conditions of the Assertion
Passed     AuthnStatement of the Assertion
Passed     Session of the Assertion
Failed     Freshness of the Assertion: AuthnTooOld at AuthnInstant, found 2027-01-15T08:00:00Z, expected 2027-01-15T08:00:40Z or later
           See that the provider asks for the password again when it is told to (ForceAuthn), or ask for less.
NotReached AuthnContext
NotReached Attributes
NotReached Solicited
NotReached Replay
[false,"authn_too_old","https://acme.my.salesforce.test","ada@example.org",[],37]
-- changed after signing
Passed     Encoding
Passed     Xml
Passed     Shape of the Response
Passed     Status of the Response, found urn:oasis:names:tc:SAML:2.0:status:Success, expected urn:oasis:names:tc:SAML:2.0:status:Success
Passed     AssertionCount of the Response
Passed     Ids of the Response
Passed     Wrapping of the Response
Passed     Signed of the Response
Passed     SignatureShape of the Assertion
Passed     SignatureAlgorithm of the Assertion, found http://www.w3.org/2001/04/xmldsig-more#rsa-sha256
Passed     SignatureValue of the Assertion
Passed     SignatureReference of the Assertion, found #_assertion1
Failed     SignatureDigest of the Assertion: DigestMismatch at DigestValue
           Find out who changed the message on its way: this is what a forgery looks like, or a proxy that rewrites forms.
NotReached Certificate
NotReached Head
NotReached Issuer
NotReached Destination
NotReached NameId
NotReached Confirmation
NotReached Recipient
NotReached ConfirmationTime
NotReached InResponseTo
NotReached Validity
NotReached Audience
NotReached Conditions
NotReached AuthnStatement
NotReached Session
NotReached Freshness
NotReached AuthnContext
NotReached Attributes
NotReached Solicited
NotReached Replay
[false,"digest_mismatch",null,null,[],32]
-- an old certificate
Certificate: Load the provider's metadata here anew: the stored certificate has expired, though its key is still the right one.
bool(true)
-- no message at all
Failed     Encoding: NotBase64 at message
           Copy the whole value of the form field SAMLResponse, or look for a proxy that cuts long forms.
NotReached Xml
NotReached Shape
NotReached Status
NotReached AssertionCount
NotReached Ids
NotReached Wrapping
NotReached Signed
NotReached SignatureShape
NotReached SignatureAlgorithm
NotReached SignatureValue
NotReached SignatureReference
NotReached SignatureDigest
NotReached Certificate
NotReached Head
NotReached Issuer
NotReached Destination
NotReached NameId
NotReached Confirmation
NotReached Recipient
NotReached ConfirmationTime
NotReached InResponseTo
NotReached Validity
NotReached Audience
NotReached Conditions
NotReached AuthnStatement
NotReached Session
NotReached Freshness
NotReached AuthnContext
NotReached Attributes
NotReached Solicited
NotReached Replay
[false,"not_base64",null,null,[],32]
-- every check and every refusal has its words
Provider Artifact BackChannel ArtifactResponse Decryption
-- what it isn't
0: Cannot modify readonly property Samlforce\Saml\Report::$accepted
1: Trying to clone an uncloneable object of class Samlforce\Saml\Report
2: Serialization of 'Samlforce\Saml\Report' is not allowed
3: Call to private Samlforce\Saml\Report::__construct() from global scope
4: Call to private Samlforce\Saml\Check::__construct() from global scope
5: Samlforce\Saml\ServiceProvider::explainLogin(): Argument #3 ($requestId) must be the id of a request, or null if nothing is pending
6: Samlforce\Saml\ServiceProvider::explainLogin(): Argument #5 ($expectation) must be of the request that $requestId names
Samlforce\Saml\Report: Class Samlforce\Saml\Report is an internal class marked as final that cannot be instantiated without invoking its constructor
again: Class Samlforce\Saml\Report is an internal class marked as final that cannot be instantiated without invoking its constructor
