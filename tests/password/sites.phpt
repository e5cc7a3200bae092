--TEST--
A sealed password can't be moved to another site: the site is what php.ini says, and not what PHP code says
--EXTENSIONS--
samlforce
openssl
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
$ring->put('vault.key', str_repeat('0123456789abcdef', 4));
$run = fn (string $code, string $site, string ...$arguments): string => $ring->run('use Samlforce\Password\Vault; use Samlforce\Password\VaultException; ' . $code, $site === '' ? [] : ['samlforce.site' => $site], $arguments);
$seal = fn (string $site): string => $run('echo (new Vault("vault"))->seal("correct horse", "jane@example.org", 60);', $site);
$look = <<<'CODE'
ini_set('samlforce.site', $argv[2]);
foreach (['inspect', 'reseal'] as $method) {
    try { echo is_array($r = (new Vault('vault'))->$method($argv[1])) ? $r['recipient'] : ($r === $argv[1] ? 'the same' : 'another'), "\n"; } catch (VaultException $e) { echo $e->reason->name, "\n"; }
}
CODE;
foreach ([['a.example', 'a.example'], ['a.example', 'b.example'], ['a.example', ''], ['', 'a.example'], ['', '']] as [$from, $to]) {
    echo "from '$from' to '$to':\n", $run($look, $to, $seal($from), $from);
}
echo strlen($seal('a.example')) === strlen($seal('')) && !str_contains(base64_decode(strtr(substr($seal('a.example'), 5), '-_', '+/')), 'a.example') ? "the token does not name it\n" : "the token names it\n";
?>
--EXPECT--
from 'a.example' to 'a.example':
jane@example.org
the same
from 'a.example' to 'b.example':
Refused
Refused
from 'a.example' to '':
Refused
Refused
from '' to 'a.example':
Refused
Refused
from '' to '':
jane@example.org
the same
the token does not name it
