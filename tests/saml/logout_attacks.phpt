--TEST--
Every attack on a logout, and on the query that it comes by, is refused for its own reason
--EXTENSIONS--
samlforce
dom
openssl
mbstring
--FILE--
<?php
require __DIR__ . '/../support/attacks.inc';

use Samlforce\Saml\LogoutRequest;
use Samlforce\Saml\SamlException;

$idp = new Forge();
$forge = new LogoutForge($idp);
$judged = ['accept' => 0, 'refuse' => 0];
foreach ([...query_attacks($idp), ...logout_attacks($idp)] as $attack) {
    try {
        $said = $forge->accept($attack->binding, $attack->message, $attack->request, null, $attack->now, $attack->switches);
        $got = 'accept';
        // whoever is signed out is who was named: the whole of the name, and never the attacker's
        if (!$said instanceof LogoutRequest || !in_array($said->nameId->value, ['ada@example.org', 'ada@example.org.evil.test'], true)) {
            $got = 'accept somebody else';
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
    [accept] => 22
    [refuse] => 137
)
