--TEST--
Encrypted Assertions, NameIDs and Attributes are opened, in every algorithm and with the key in every place
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
$count = 0;
$expect = function (string $what, DOMDocument|string $message, array $switches = [], array $keys = ['sp'], string $name = 'ada@example.org') use ($idp, &$count) {
    try {
        $assertion = open_login($idp->provider(...$switches), $message, $keys);
        $good = $assertion->nameId === $name && $assertion->attributes === ['email' => ['ada@example.org'], 'group' => ['a', 'b']] && $assertion->inResponseTo === Forge::REQUEST;
        $good ? $count++ : print("$what: somebody else came in\n");
    } catch (Samlforce\Saml\SamlException $e) {
        echo "$what: {$e->reason->name} {$e->getMessage()}\n";
    }
};
$done = function (string $what) use (&$count) {
    echo "$what: $count accepted\n";
    $count = 0;
};

$data = [];
foreach ([128, 192, 256] as $bits) {
    $data[] = XENC11 . "aes$bits-gcm";
    $data[] = XENC . "aes$bits-cbc";
}
foreach ($data as $uri) {
    $expect("$uri, signed inside", $e->login($idp, ['data' => $uri]));
    $expect("$uri, signed inside and around", $e->login($idp, ['data' => $uri], both: true));
    $doc = $e->replace(Forge::element(Forge::response(), 'Assertion'), ['data' => $uri]);
    $idp->sign($doc->documentElement);
    $expect("$uri, signed around", $doc);
    if (str_ends_with($uri, 'cbc')) {
        $expect("$uri, PKCS#7", $e->login($idp, ['data' => $uri, 'padding' => 'pkcs7']));
    }
}
$done('content');

// every length of padding
for ($i = 0; $i < 16; $i++) {
    $expect("padding $i", $e->login($idp, ['data' => CBC, 'plain' => fn (string $xml) => $xml . str_repeat(' ', $i)]));
    $expect("GCM $i", $e->login($idp, ['data' => GCM, 'plain' => fn (string $xml) => $xml . str_repeat(' ', $i)]));
}
$done('lengths');

foreach ([['digest' => null], ['digest' => NS_DS . 'sha1'], ['digest' => XENC . 'sha256'], ['digest' => XENC . 'sha512'], ['label' => 'a label'], ['digest' => XENC . 'sha256', 'mgf' => XENC11 . 'mgf1sha1']] as $how) {
    $expect('OAEP ' . json_encode($how), $e->login($idp, $how));
}
foreach ([NS_DS . 'sha1', XENC . 'sha256', 'http://www.w3.org/2001/04/xmldsig-more#sha384', XENC . 'sha512', null] as $digest) {
    foreach ([XENC11 . 'mgf1sha1', XENC11 . 'mgf1sha256', null] as $mgf) {
        $expect("OAEP 1.1 $digest $mgf", $e->login($idp, ['transport' => OAEP11, 'digest' => $digest, 'mgf' => $mgf, 'data' => CBC]));
    }
}
$done('OAEP');
foreach ($data as $uri) {
    $expect("RSA 1.5 $uri", $e->login($idp, ['transport' => RSA15, 'data' => $uri]), ['allowRsa15' => true]);
}
$done('RSA 1.5');

foreach (['inside', 'beside', 'retrieved'] as $place) {
    $expect($place, $e->login($idp, ['place' => $place]));
    $expect("$place, signed around", $e->login($idp, ['place' => $place], both: true));
}
$expect('no Type', $e->login($idp, ['type' => null]));
$expect('our name as Recipient', $e->login($idp, ['recipient' => Forge::SP]));
$expect('an odd Recipient', $e->login($idp, ['recipient' => 'urn:odd']));
$done('places');

// several keys: of ours, and for several
$expect('the second key', $e->login($idp, ['keyName' => 'next']), keys: ['sp', 'next']);
$expect('the second key, RSA 1.5 and CBC', $e->login($idp, ['keyName' => 'next', 'transport' => RSA15, 'data' => CBC]), ['allowRsa15' => true], ['sp', 'next']);
$expect('two EncryptedKeys, ours last', $e->login($idp, ['keyName' => ['other', 'sp']]));
$expect('two EncryptedKeys, by their Recipients', $e->login($idp, ['keyName' => ['other' => ['recipient' => 'urn:other'], 'sp' => ['recipient' => Forge::SP]], 'data' => CBC]));
$expect('another of RSA 1.5, which is refused', $e->login($idp, ['keyName' => ['other' => ['transport' => RSA15], 'sp' => []]]));
$expect('seven others, ours last', $e->login($idp, ['keyName' => [...array_fill(0, 7, 'other'), 'sp']]));
$done('several keys');

// 66: namespaces
$own = fn (string $xml) => preg_replace('~^<saml:Assertion ~', '<saml:Assertion xmlns:saml="' . NS_SAML . '" ', $xml);
$expect('namespaces of its own', $e->login($idp, ['plain' => $own]));
$expect('namespaces of the document', $e->login($idp, ['plain' => fn (string $xml) => str_contains($xml, 'xmlns:saml=') ? 'not inherited' : $xml]));
$expect('a comment and white space around', $e->login($idp, ['plain' => fn (string $xml) => "\n<!-- who? -->\n$xml\n"]));
$doc = Forge::load(str_replace(['saml:', 'xmlns:saml='], ['', 'xmlns='], Forge::response()->saveXML()));
$idp->sign(Forge::element($doc, 'Assertion'));
$expect('the default namespace', $e->replace(Forge::element($doc, 'Assertion')));
// xsi that only the Response declares, and that the canonical form of the Response leaves out
$xsi = '<saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue xsi:type="xs:string">ada@example.org</saml:AttributeValue></saml:Attribute><saml:Attribute Name="group"><saml:AttributeValue>a</saml:AttributeValue><saml:AttributeValue>b</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>';
$scope = ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
foreach ([false, true] as $inner) {
    $xml = str_replace("<saml:Assertion$scope", '<saml:Assertion', Forge::response(['attributes' => '[here]'])->saveXML());
    $doc = Forge::load(str_replace(['<samlp:Response ', '[here]'], ["<samlp:Response$scope ", $xsi], $xml));
    if ($inner) {
        $idp->sign(Forge::element($doc, 'Assertion'), ['prefixes' => 'xs']);
    }
    $e->replace(Forge::element($doc, 'Assertion'));
    $idp->sign($doc->documentElement);
    $expect('xsi from around, ' . ($inner ? 'signed inside' : 'signed around'), $doc);
}
$done('namespaces');

// EncryptedID and EncryptedAttribute, in an Assertion that is signed, encrypted or not
foreach ([GCM, CBC] as $uri) {
    foreach ([false, true] as $encrypted) {
        $doc = Forge::response();
        $e->replace(Forge::element($doc, 'NameID'), ['data' => $uri]);
        $e->replace(Forge::element($doc, 'Attribute', 0), ['data' => $uri, 'place' => 'beside']);
        $e->replace(Forge::element($doc, 'Attribute', 0), ['data' => $uri]);
        $idp->sign(Forge::element($doc, 'Assertion'));
        if ($encrypted) {
            $e->replace(Forge::element($doc, 'Assertion'), ['data' => $uri]);
        }
        $expect("NameID and Attributes in $uri", $doc, $uri === GCM ? ['requireAuthenticatedEncryption' => true] : []);
    }
}
$done('parts');
foreach ([['data' => GCM], ['data' => CBC]] as $how) {
    $doc = $e->login($idp, $how, both: true);
    $expect('authenticated ' . json_encode($how), $doc, ['requireAuthenticatedEncryption' => true]);
}
$expect('GCM alone', $e->login($idp), ['requireAuthenticatedEncryption' => true]);
$done('authenticated');
?>
--EXPECT--
content: 21 accepted
lengths: 32 accepted
OAEP: 21 accepted
RSA 1.5: 6 accepted
places: 9 accepted
several keys: 6 accepted
namespaces: 6 accepted
parts: 4 accepted
authenticated: 3 accepted
