--TEST--
An encrypted Assertion that was signed with a PrefixList has the prefixes in scope that it had when it was signed, and no others
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require_once __DIR__ . '/../support/encryption.inc';
if (!within_keyring(__FILE__)) {
    return;
}
$idp = new Forge();
$e = new Encryptor();
$xs = ' xmlns:xs="http://www.w3.org/2001/XMLSchema"';
$xsi = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

// what the Response declares, the Assertion, and the AttributeValue
$cases = [
    'on the Response' => [$xs . $xsi, '', ''],
    'on the Response and the Assertion' => [$xs, $xsi, ''],
    'on the Assertion' => ['', $xs . $xsi, ''],
    'on the AttributeValue' => ['', '', $xs . $xsi],
    'on the Assertion and the AttributeValue' => ['', $xsi, $xs],
    'on the Response and the AttributeValue' => [$xsi, '', $xs],
    'xs nowhere' => ['', $xsi, ''],
];
$make = function (string $response, string $assertion, string $value): DOMDocument {
    $attributes = '<saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue[value] xsi:type="xs:string">ada@example.org</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>';
    $xml = str_replace(' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', $assertion, Forge::response(['attributes' => '[attributes]'])->saveXML());
    return Forge::load(str_replace(['<samlp:Response ', '[attributes]', '[value]'], ["<samlp:Response$response ", $attributes, $value], $xml));
};
foreach ($cases as $where => $declared) {
    $verdicts = [];
    foreach ([null, 'xs', 'xs xsi', 'xsi saml', '#default xs'] as $prefixes) {
        foreach ([false, true] as $around) {
            $doc = $make(...$declared);
            $idp->sign(Forge::element($doc, 'Assertion'), ['prefixes' => $prefixes]);
            $e->replace(Forge::element($doc, 'Assertion'));
            if ($around) {
                $idp->sign($doc->documentElement);
            }
            try {
                $verdict = open_login($idp, $doc)->attributes === ['email' => ['ada@example.org']] ? 'accepted' : 'somebody else came in';
            } catch (Samlforce\Saml\SamlException $refused) {
                $verdict = $refused->reason->name;
            }
            $verdicts[$verdict] = ($verdicts[$verdict] ?? 0) + 1;
        }
    }
    echo "$where: ", json_encode($verdicts), "\n";
}

// what isn't signed around it can't be changed either: a prefix that stands for something else is no xs, and the Assertion is what was signed
$doc = $make($xs . $xsi, '', '');
$idp->sign(Forge::element($doc, 'Assertion'), ['prefixes' => 'xs']);
$e->replace(Forge::element($doc, 'Assertion'));
$idp->sign($doc->documentElement);
$sent = $doc->saveXML();
opened('as it was sent', $idp, $sent);
opened('xs gone', $idp, str_replace($xs, '', $sent));
opened('another xs', $idp, str_replace($xs, ' xmlns:xs="urn:x"', $sent));
opened('xsi gone', $idp, str_replace($xsi, '', $sent));
?>
--EXPECT--
on the Response: {"accepted":10}
on the Response and the Assertion: {"accepted":10}
on the Assertion: {"accepted":10}
on the AttributeValue: {"accepted":10}
on the Assertion and the AttributeValue: {"accepted":10}
on the Response and the AttributeValue: {"accepted":10}
xs nowhere: {"accepted":10}
as it was sent: accepted ada@example.org {"email":["ada@example.org"]}
xs gone: DigestMismatch
another xs: DigestMismatch
xsi gone: DecryptionFailed
