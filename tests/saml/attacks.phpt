--TEST--
Every construction of the catalogue of attacks is refused, for its own reason; what only looks odd is accepted
--EXTENSIONS--
samlforce
dom
openssl
mbstring
--FILE--
<?php
require __DIR__ . '/../support/attacks.inc';

use Samlforce\Saml\SamlException;

$idp = new Forge();
$judged = ['accept' => 0, 'refuse' => 0];
foreach (all_attacks($idp) as $attack) {
    try {
        $assertion = accept($attack->provider ?? $idp->provider(...$attack->switches), $attack->message, $attack->request, null, $attack->now);
        $got = 'accept';
        // whoever comes in is who was signed: the whole of the name, and never the attacker's
        if (!in_array($assertion->nameId, ['ada@example.org', 'admin@example.org.evil.test'], true)) {
            $got = "accept $assertion->nameId";
        }
    } catch (SamlException $e) {
        $got = $e->reason->name;
    }
    if ($got === $attack->expected) {
        $judged[$got === 'accept' ? 'accept' : 'refuse']++;
    } else {
        echo "$attack->number $attack->what: expected $attack->expected, got $got\n";
    }
}
print_r($judged);
?>
--EXPECT--
Array
(
    [accept] => 30
    [refuse] => 169
)
