--TEST--
Each limit of php.ini lets a message through at the cap, and refuses it one over
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';
require __DIR__ . '/../support/keyring.inc';

$idp = new Forge();
$values = fn (int $n) => '<saml:AttributeStatement><saml:Attribute Name="a">' . str_repeat('<saml:AttributeValue>x</saml:AttributeValue>', $n) . '</saml:Attribute></saml:AttributeStatement>';
$message = $idp->signed(['attributes' => $values(5)])->saveXML();

/** What the message has of each: counted by PHP's DOM, not by us. */
$doc = Forge::load($message);
$path = new DOMXPath($doc);
$depth = 0;
$widest = 0;
foreach ($path->query('//*') as $element) {
    $depth = max($depth, $path->query('ancestor-or-self::*', $element)->length);
    preg_match_all('~\sxmlns(?::\w+)?=~', strstr($doc->saveXML($element), '>', true), $declared);
    $widest = max($widest, $element->attributes->length + count($declared[0]));
}
preg_match_all('~\sxmlns(?::\w+)?=~', $message, $namespaces);
$counts = [
    'max_bytes' => strlen($message),
    'max_depth' => $depth,
    'max_nodes' => $path->query('//* | //@*')->length,
    'max_attributes' => $widest,
    'max_namespaces' => count($namespaces[0]),
];

$code = 'require $argv[1]; $idp = new Samlforce\Saml\IdentityProvider(Forge::IDP, [$argv[2]]); verdict("", $idp, base64_decode($argv[3]));';
$ring = new TestKeyring();
foreach ($counts as $limit => $count) {
    foreach ([$count, $count - 1] as $cap) {
        echo $limit, $cap === $count ? ' at the cap' : ' one over', $ring->run($code, ["samlforce.saml.$limit" => (string) $cap], [realpath(__DIR__ . '/../support/saml.inc'), $idp->certificate, base64_encode($message)]);
    }
}
// a limit of nothing lets nothing in
echo $ring->run($code, ['samlforce.saml.max_bytes' => '0'], [realpath(__DIR__ . '/../support/saml.inc'), $idp->certificate, base64_encode($message)]);
?>
--EXPECT--
max_bytes at the cap: accepted "ada@example.org"
max_bytes one over: TooLarge
max_depth at the cap: accepted "ada@example.org"
max_depth one over: TooDeep
max_nodes at the cap: accepted "ada@example.org"
max_nodes one over: TooManyNodes
max_attributes at the cap: accepted "ada@example.org"
max_attributes one over: TooManyAttributes
max_namespaces at the cap: accepted "ada@example.org"
max_namespaces one over: TooManyNamespaces
: TooLarge
