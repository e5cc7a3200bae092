--TEST--
The replay guard has the last word: a second use, a guard that fails and a guard that throws all refuse the login
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\ReplayGuard;
use Samlforce\Saml\SamlException;

$idp = new Forge();
$login = $idp->signed();
$guard = new MemoryGuard();

function tryWith(Forge $idp, DOMDocument $login, ReplayGuard $guard): void
{
    try {
        $assertion = accept($idp, $login, guard: $guard);
        echo 'accepted ', $assertion->nameId, "\n";
    } catch (SamlException $e) {
        echo $e->reason->name, ': ', $e->getMessage(), $e->getPrevious() ? ' <- ' . $e->getPrevious()->getMessage() : '', "\n";
    }
}

tryWith($idp, $login, $guard);
tryWith($idp, $login, $guard);
// the same Assertion in a new envelope is the same Assertion
tryWith($idp, $idp->signed(['responseAttributes' => ' ID="_another" Version="2.0" IssueInstant="' . Forge::time() . '" InResponseTo="_request1"']), $guard);
var_dump($guard->seen === [hash('sha256', Forge::IDP . "\0_assertion1") => Forge::NOW + 300 + 60]);

tryWith($idp, $login, new class implements ReplayGuard {
    public function claim(string $id, int $expiresAt): bool { return false; }
});
tryWith($idp, $login, new class implements ReplayGuard {
    public function claim(string $id, int $expiresAt): bool { throw new RuntimeException('the database is away'); }
});

// a refused login claims nothing: otherwise an attacker could use up somebody's Assertion with a bad copy
$guard = new MemoryGuard();
try {
    accept($idp, $login, '_other', $guard);
} catch (SamlException) {
}
var_dump($guard->seen);
?>
--EXPECT--
accepted ada@example.org
Replayed: This message was used before: start again (Assertion).
Replayed: This message was used before: start again (Assertion).
bool(true)
Replayed: This message was used before: start again (Assertion).
ReplayGuardFailed: Whether this message was used before can't be told, so it is refused (ReplayGuard). <- the database is away
array(0) {
}
