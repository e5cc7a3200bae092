--TEST--
An Outbound Message: what is taken of it, what is refused and why, and an acknowledgement that Salesforce's WSDL describes
--EXTENSIONS--
samlforce
dom
--INI--
samlforce.outbound.max_bytes=200000
samlforce.outbound.max_nodes=2000
--FILE--
<?php
use Samlforce\Salesforce\OutboundMessage;
use Samlforce\Salesforce\OutboundMessageException;

const ORG = '00Dx00000000001EAA';

function envelope(string $inside, string $namespace = 'http://schemas.xmlsoap.org/soap/envelope/'): string
{
    return "<soapenv:Envelope xmlns:soapenv=\"$namespace\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>$inside</soapenv:Body></soapenv:Envelope>";
}

function notifications(string $inside, string $organization = ORG, string $session = '<SessionId xsi:nil="true"/>'): string
{
    return '<notifications xmlns="http://soap.sforce.com/2005/09/outbound">' . "<OrganizationId>$organization</OrganizationId><ActionId>04kx00000000001AAA</ActionId>"
        . "$session<EnterpriseUrl>https://a.example/services/Soap/c/67.0/00Dx00000000001</EnterpriseUrl><PartnerUrl>https://a.example/services/Soap/u/67.0/00Dx00000000001</PartnerUrl>$inside</notifications>";
}

function notification(int $number = 1, string $more = '', string $type = 'sf:Contact'): string
{
    return sprintf('<Notification><Id>04lx000000%05d</Id><sObject xsi:type="%s" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>003x00000000001AAA</sf:Id>%s</sObject></Notification>', $number, $type, $more);
}

function told(string $soap, string $organization = ORG): string
{
    try {
        return count(OutboundMessage::parse($soap, $organization)->notifications) . ' taken';
    } catch (OutboundMessageException $e) {
        return "{$e->reason->name}: {$e->getMessage()}";
    } catch (ValueError $e) {
        return 'ValueError: ' . $e->getMessage();
    }
}

$message = OutboundMessage::parse("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" . envelope(notifications(
    notification(1, '<sf:LastName>Ünal &amp; Söhne</sf:LastName><sf:HasOptedOutOfEmail>false</sf:HasOptedOutOfEmail><sf:Title/><sf:Email xsi:nil="true"/>')
    . notification(2, '', 'sf:Lead'))), '00Dx00000000001');
echo json_encode($message, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE), "\n";
foreach ([fn () => $message->actionId = '', fn () => serialize($message), fn () => new OutboundMessage()] as $try) {
    try {
        $try();
        echo "done\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}

echo "\n-- a session of an older org is not given out\n";
$message = OutboundMessage::parse(envelope(notifications(notification(), ORG, '<SessionId>00D!ARsecret</SessionId>')), ORG);
var_dump(str_contains(print_r($message, true) . json_encode($message), 'ARsecret'));

$one = envelope(notifications(notification()));
foreach ([
    'of another org' => envelope(notifications(notification(), '00Dx00000000002EAA')),
    'of the same org in other letters' => envelope(notifications(notification(), '00DX00000000001')),
    'with an org id that does not fit its own last letters' => envelope(notifications(notification(), '00Dx00000000001AAA')),
    'with two org ids' => envelope(notifications('', ORG, '<OrganizationId>' . ORG . '</OrganizationId>' . notification())),
    'with our org id hidden in a comment' => envelope(notifications(notification(), '00Dx0000000<!-- -->0002EAA')),
    'two bodies' => str_replace('</soapenv:Envelope>', '<soapenv:Body>' . notifications(notification(2)) . '</soapenv:Body></soapenv:Envelope>', $one),
    'two in one body' => envelope(notifications(notification()) . notifications(notification(2))),
    'a header before the body' => str_replace('<soapenv:Body>', '<soapenv:Header/><soapenv:Body>', $one),
    'SOAP 1.2' => envelope(notifications(notification()), 'http://www.w3.org/2003/05/soap-envelope'),
    'nested notifications' => envelope(notifications('<Notification>' . notification() . '</Notification>')),
    'notifications in the record' => envelope(notifications(notification(1, notification(2)))),
    'notifications in the session' => envelope(notifications(notification(), ORG, '<SessionId>' . notification(2) . '</SessionId>')),
    'a notification id twice' => envelope(notifications(notification() . notification())),
    'a field twice' => envelope(notifications(notification(1, '<sf:Email>a@example.org</sf:Email><sf:Email>b@example.org</sf:Email>'))),
    'a field in pieces' => envelope(notifications(notification(1, '<sf:Email>a<sf:b/>@example.org</sf:Email>'))),
    'a field of another namespace' => envelope(notifications(notification(1, '<Email>a@example.org</Email>'))),
    'a type of another namespace' => envelope(notifications(notification(1, '', 'xsi:Contact'))),
    'a type of no namespace' => envelope(notifications(notification(1, '', 'Contact'))),
    'a type that is a path' => envelope(notifications(notification(1, '', 'sf:../../User'))),
    'none' => envelope(notifications('')),
    'a fault' => envelope('<soapenv:Fault><faultcode>x</faultcode></soapenv:Fault>'),
    'a document type' => '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' . envelope(notifications(notification(1, '<sf:Email>&x;</sf:Email>'))),
    'an entity' => envelope(notifications(notification(1, '<sf:Email>&x;</sf:Email>'))),
    'a processing instruction' => envelope(notifications('<?x y?>' . notification())),
    'a relative namespace' => envelope(notifications(notification(1, '<sf:Email xmlns:x="y"/>'))),
    'UTF-16' => mb_or_iconv($one),
    'half' => substr($one, 0, 400),
    'nothing' => '',
    'JSON' => '{"OrganizationId": "' . ORG . '"}',
] as $what => $soap) {
    echo "$what: ", told($soap), "\n";
}

function mb_or_iconv(string $ascii): string
{
    return "\xFF\xFE" . implode('', array_map(static fn (string $c): string => "$c\0", str_split($ascii)));
}

echo "\n-- at the limit and one over\n";
$many = static fn (int $n): string => envelope(notifications(implode('', array_map('notification', range(1, $n)))));
echo told($many(100)), "\n", told($many(101)), "\n";
$padded = static fn (int $bytes): string => $one . str_repeat(' ', $bytes - strlen($one));
echo told($padded(200000)), "\n", told($padded(200001)), "\n";
// a message with a record that has nothing but its Id has 14 elements and attributes
$fields = static fn (int $n): string => envelope(notifications(notification(1, implode('', array_map(static fn (int $i): string => "<sf:F{$i}__c/>", range(1, $n))))));
echo told($fields(2000 - 14)), "\n", told($fields(2000 - 13)), "\n";
foreach (['', '001x00000000001', '00Dx00000000001EAB', '00Dx0000000000'] as $organization) {
    echo told($one, $organization), "\n";
}

echo "\n-- the acknowledgement, by the schema in the WSDL\n";
$schema = static fn (string $target, string $inside): string => '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="' . $target . '" targetNamespace="' . $target . '" elementFormDefault="qualified">' . $inside . '</xs:schema>';
$folder = sys_get_temp_dir() . '/samlforce-outbound-' . getmypid();
mkdir($folder);
file_put_contents("$folder/outbound.xsd", $schema('http://soap.sforce.com/2005/09/outbound', '<xs:element name="notificationsResponse"><xs:complexType><xs:sequence><xs:element name="Ack" type="xs:boolean"/></xs:sequence></xs:complexType></xs:element>'));
file_put_contents("$folder/soap.xsd", $schema('http://schemas.xmlsoap.org/soap/envelope/', '<xs:import namespace="http://soap.sforce.com/2005/09/outbound" schemaLocation="outbound.xsd"/>'
    . '<xs:element name="Envelope"><xs:complexType><xs:sequence><xs:element name="Body"><xs:complexType><xs:sequence><xs:any namespace="##other" processContents="strict"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>'));
foreach ([true, false] as $accepted) {
    $document = new DOMDocument();
    var_dump($document->loadXML(OutboundMessage::acknowledgement($accepted)) && $document->schemaValidate("$folder/soap.xsd"), trim($document->textContent));
}
array_map('unlink', glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
{
    "organizationId": "00Dx00000000001EAA",
    "actionId": "04kx00000000001AAA",
    "notifications": [
        {
            "id": "04lx00000000001AAA",
            "object": "Contact",
            "recordId": "003x00000000001AAA",
            "fields": {
                "Id": "003x00000000001AAA",
                "LastName": "Ünal & Söhne",
                "HasOptedOutOfEmail": "false",
                "Title": "",
                "Email": null
            }
        },
        {
            "id": "04lx00000000002AAA",
            "object": "Lead",
            "recordId": "003x00000000001AAA",
            "fields": {
                "Id": "003x00000000001AAA"
            }
        }
    ]
}
Error: Cannot modify readonly property Samlforce\Salesforce\OutboundMessage::$actionId
Exception: Serialization of 'Samlforce\Salesforce\OutboundMessage' is not allowed
Error: Call to private Samlforce\Salesforce\OutboundMessage::__construct() from global scope

-- a session of an older org is not given out
bool(false)
of another org: OrganizationMismatch: The message comes from another Salesforce org than the one that may send here (OrganizationId: found "00Dx00000000002EAA", expected "00Dx00000000001EAA").
of the same org in other letters: OrganizationMismatch: The message comes from another Salesforce org than the one that may send here (OrganizationId: found "00DX00000000001MAA", expected "00Dx00000000001EAA").
with an org id that does not fit its own last letters: InvalidId: This is no Salesforce id (OrganizationId: found "00Dx00000000001AAA").
with two org ids: UnexpectedElement: Something stands where it must not stand (Notification: found "OrganizationId", expected "Notification").
with our org id hidden in a comment: OrganizationMismatch: The message comes from another Salesforce org than the one that may send here (OrganizationId: found "00Dx00000000002EAA", expected "00Dx00000000001EAA").
two bodies: SoapInvalid: This is no SOAP 1.1 envelope around the notifications of an Outbound Message (Body).
two in one body: SoapInvalid: This is no SOAP 1.1 envelope around the notifications of an Outbound Message (Body).
a header before the body: SoapInvalid: This is no SOAP 1.1 envelope around the notifications of an Outbound Message (Body).
SOAP 1.2: SoapInvalid: This is no SOAP 1.1 envelope around the notifications of an Outbound Message (document: found "Envelope").
nested notifications: UnexpectedElement: Something stands where it must not stand (Id: found "Notification", expected "Id").
notifications in the record: UnexpectedElement: Something stands where it must not stand (sObject: found "Notification").
notifications in the session: UnexpectedElement: Something stands where it must not stand (SessionId).
a notification id twice: DuplicateId: Two notifications have the same Id (Notification: found "04lx00000000001AAA").
a field twice: DuplicateField: A record has the same field twice (sObject: found "Email").
a field in pieces: UnexpectedElement: Something stands where it must not stand (sObject: found "Email").
a field of another namespace: UnexpectedElement: Something stands where it must not stand (sObject: found "Email").
a type of another namespace: TypeInvalid: The record doesn't say which object it is of (sObject: found "xsi:Contact").
a type of no namespace: TypeInvalid: The record doesn't say which object it is of (sObject: found "Contact").
a type that is a path: TypeInvalid: The record doesn't say which object it is of (sObject: found "sf:../../User").
none: MissingElement: An element that every Outbound Message has is missing (Notification).
a fault: SoapInvalid: This is no SOAP 1.1 envelope around the notifications of an Outbound Message (Body: found "Fault", expected "notifications").
a document type: Doctype: The message has a document type, which Salesforce never sends (document).
an entity: NotWellFormed: The message is not well-formed XML (document).
a processing instruction: ProcessingInstruction: The message has a processing instruction, which Salesforce never sends (document).
a relative namespace: InvalidNamespace: A namespace name is not an absolute URI (Email: found "y").
UTF-16: NotUtf8: The message is not UTF-8 (document).
half: NotWellFormed: The message is not well-formed XML (XML).
nothing: NotWellFormed: The message is not well-formed XML (document).
JSON: NotWellFormed: The message is not well-formed XML (document).

-- at the limit and one over
100 taken
TooManyNotifications: The message has more than 100 notifications (Notification).
1 taken
TooLarge: The message is larger than allowed (samlforce.outbound.max_bytes) (document).
1 taken
TooManyNodes: The message has more elements and attributes than allowed (samlforce.outbound.max_nodes) (document).
ValueError: Samlforce\Salesforce\OutboundMessage::parse(): Argument #2 ($organizationId) must be the id of an org: 15 or 18 letters and digits that begin with 00D, with the case as Salesforce shows it
ValueError: Samlforce\Salesforce\OutboundMessage::parse(): Argument #2 ($organizationId) must be the id of an org: 15 or 18 letters and digits that begin with 00D, with the case as Salesforce shows it
ValueError: Samlforce\Salesforce\OutboundMessage::parse(): Argument #2 ($organizationId) must be the id of an org: 15 or 18 letters and digits that begin with 00D, with the case as Salesforce shows it
ValueError: Samlforce\Salesforce\OutboundMessage::parse(): Argument #2 ($organizationId) must be the id of an org: 15 or 18 letters and digits that begin with 00D, with the case as Salesforce shows it

-- the acknowledgement, by the schema in the WSDL
bool(true)
string(4) "true"
bool(true)
string(5) "false"
