--TEST--
Every attack on encryption is refused, and what concerns a ciphertext for one and the same reason, in the same words
--EXTENSIONS--
samlforce
dom
openssl
mbstring
--FILE--
<?php
require_once __DIR__ . '/../support/attacks.inc';
if (!within_keyring(__FILE__)) {
    return;
}

use Samlforce\Saml\SamlException;

$idp = new Forge();
$judged = ['accept' => 0, 'DecryptionFailed' => 0, 'another reason' => 0];
$words = [];
foreach (encryption_attacks($idp) as $attack) {
    try {
        $assertion = open_login($idp->provider(...$attack->switches), $attack->message);
        // whoever comes in is who was signed: the whole of the name, and never the attacker's
        $got = in_array($assertion->nameId, ['ada@example.org', 'ada@example.org.evil.test'], true) ? 'accept' : "accept $assertion->nameId";
    } catch (SamlException $e) {
        $got = $e->reason->name;
        if ($got === 'DecryptionFailed') {
            $words[$e->getMessage()] = true;
            if ($e->found !== null || $e->expected !== null || $e->getPrevious() !== null) {
                echo "$attack->number $attack->what: says more than that it failed\n";
            }
        }
    }
    if ($got === $attack->expected) {
        $judged[isset($judged[$got]) ? $got : 'another reason']++;
    } else {
        echo "$attack->number $attack->what: expected $attack->expected, got $got\n";
    }
}
print_r($judged);
ksort($words);
print_r(array_keys($words));
?>
--EXPECT--
Array
(
    [accept] => 5
    [DecryptionFailed] => 206
    [another reason] => 31
)
Array
(
    [0] => What the provider encrypted can't be opened, or isn't what belongs there: it must encrypt a signed Assertion for the certificate in our metadata, with AES in GCM (or CBC, unless it is refused for this provider) and RSA-OAEP (EncryptedAssertion).
    [1] => What the provider encrypted can't be opened, or isn't what belongs there: it must encrypt a signed Assertion for the certificate in our metadata, with AES in GCM (or CBC, unless it is refused for this provider) and RSA-OAEP (EncryptedAttribute).
    [2] => What the provider encrypted can't be opened, or isn't what belongs there: it must encrypt a signed Assertion for the certificate in our metadata, with AES in GCM (or CBC, unless it is refused for this provider) and RSA-OAEP (EncryptedID).
)
