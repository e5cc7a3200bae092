--TEST--
A vault seals for one account, shows what is not secret, and opens for nobody
--EXTENSIONS--
samlforce
openssl
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
$ring->put('vault.key', str_repeat('0123456789abcdef', 4));
$ring->put('other.key', str_repeat('fedcba9876543210', 4));
$ring->pair('pair');
echo $ring->run(<<<'CODE'
use Samlforce\Password\{Vault, VaultException};
use Samlforce\KeyringException;
function told(callable $f): void {
    try { $f(); echo "done\n"; }
    catch (VaultException | KeyringException $e) { echo (new ReflectionClass($e))->getShortName(), ' ', $e->reason->name, ': ', $e->getMessage(), "\n"; }
    catch (Throwable $e) { echo get_class($e), ': ', $e->getMessage(), "\n"; }
}
$vault = new Vault('vault');
$token = $vault->seal('correct horse', 'jane@example.org', 60);
var_dump(preg_match('~^sfv1\.[A-Za-z0-9_-]+$~D', $token), str_contains($token, 'horse'), $token !== $vault->seal('correct horse', 'jane@example.org', 60));
$claims = $vault->inspect($token);
echo json_encode(['expiresAt' => $claims['expiresAt'] - time() <=> 58] + $claims), "\n";
echo "expired ones can be looked at:\n";
$short = $vault->seal('correct horse', 'jane@example.org', 1);
sleep(2);
var_dump($vault->inspect($short)['expiresAt'] < time());
echo "refused:\n";
$other = new Vault('other');
told(fn () => $other->inspect($token));
for ($i = 0, $accepted = 0; $i < strlen($token); $i++) {
    $changed = $token;
    $changed[$i] = $changed[$i] === 'A' ? 'B' : 'A';
    try { $vault->inspect($changed); $accepted++; } catch (VaultException $e) { $e->reason->name === 'Refused' or print($e->reason->name); }
}
echo strlen($token) > 100 ? 'each character changed' : '', ": $accepted accepted\n";
foreach (['', 'sfv1.', 'sfv2.' . substr($token, 5), substr($token, 5), $token . 'A', $token . '=', $token . "\n", " $token", str_repeat('A', 100000), 'sfv1.' . str_repeat('A', 100000)] as $bad) {
    told(fn () => $vault->inspect($bad));
}
echo "limits:\n";
foreach ([['x', 'y', 1], [str_repeat('x', 1024), str_repeat('y', 255), 31536000], ['', 'y', 1], [str_repeat('x', 1025), 'y', 1], ["\xFF", 'y', 1], ['x', '', 1], ['x', str_repeat('y', 256), 1],
    ['x', "y\n", 1], ['x', "\xFF", 1], ['x', 'y', 0], ['x', 'y', -1], ['x', 'y', 31536001]] as $arguments) {
    told(fn () => $vault->seal(...$arguments));
}
told(fn () => new Vault('nobody'));
told(fn () => new Vault('pair'));
told(fn () => new Vault(''));
echo "there is no way to open it:\n";
echo implode(' ', array_map(fn ($m) => $m->name, (new ReflectionClass(Vault::class))->getMethods())), "\n";
CODE);
?>
--EXPECT--
int(1)
bool(false)
bool(true)
{"expiresAt":1,"version":1,"keyId":"bef9306732556a04","purpose":"salesforce-password","recipient":"jane@example.org"}
expired ones can be looked at:
bool(true)
refused:
VaultException Refused: The token is not genuine, or is not for this
each character changed: 0 accepted
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
VaultException Refused: The token is not genuine, or is not for this
limits:
done
done
VaultException InvalidInput: A password must be 1 to 1024 bytes of UTF-8
VaultException InvalidInput: A password must be 1 to 1024 bytes of UTF-8
VaultException InvalidInput: A password must be 1 to 1024 bytes of UTF-8
VaultException InvalidInput: A recipient must be 1 to 255 bytes of UTF-8 without control characters
VaultException InvalidInput: A recipient must be 1 to 255 bytes of UTF-8 without control characters
VaultException InvalidInput: A recipient must be 1 to 255 bytes of UTF-8 without control characters
VaultException InvalidInput: A recipient must be 1 to 255 bytes of UTF-8 without control characters
ValueError: Samlforce\Password\Vault::seal(): Argument #3 ($secondsToLive) must be between 1 and 31536000
ValueError: Samlforce\Password\Vault::seal(): Argument #3 ($secondsToLive) must be between 1 and 31536000
ValueError: Samlforce\Password\Vault::seal(): Argument #3 ($secondsToLive) must be between 1 and 31536000
KeyringException Unknown: There is no key "nobody": put nobody.pem, nobody.key or nobody.secret into the folder that samlforce.keyring names, and restart PHP
KeyringException WrongKind: The key "pair" is a private key; a vault needs a vault key (NAME.key)
KeyringException Unknown: There is no key "": put .pem, .key or .secret into the folder that samlforce.keyring names, and restart PHP
there is no way to open it:
__construct seal inspect reseal
