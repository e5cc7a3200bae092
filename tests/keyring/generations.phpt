--TEST--
A key is replaced by its next generation: new things are made with the newest, what was made for the one before still opens
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require_once __DIR__ . '/../support/encryption.inc';
if (!Samlforce\Keyring::has('bare')) {
    $ring = new TestKeyring();
    array_map($ring->pair(...), ['sp', 'sp~1', 'sp~2', 'bare']);
    $ring->put('vault.key', bin2hex(random_bytes(32)));
    $ring->put('app.secret', 'the-client-secret-1');
    $sealed = $ring->run('echo (new Samlforce\Password\Vault("vault"))->seal("correct horse", "jane@example.org", 60);');
    $ring->put('vault~1.key', bin2hex(random_bytes(32)));
    $out = $ring->run('require $argv[1];', [], [__FILE__, $sealed]);
    echo $out, str_contains($out, 'the-client-secret-1') ? "SHOWN\n" : '';
    return;
}

use Samlforce\Keyring;
use Samlforce\Password\Vault;
use Samlforce\Saml\ServiceProvider;

echo implode(' ', Keyring::names()), '; ', implode(' ', Keyring::generations('sp')), '; ', implode(' ', Keyring::generations('bare')), "\n";
var_dump(Keyring::publicKey('sp') === Keyring::publicKey('sp~2'), Keyring::publicKey('sp') === Keyring::publicKey('sp~1'), Keyring::has('sp~0'), Keyring::has('sp~3'));
echo implode(' ', array_map(Keyring::kind(...), Keyring::names())), "\n";

echo "signed with the newest, or the one that is named:\n";
$idp = new Forge();
$signer = function (string $key) use ($idp): string {
    $url = (new ServiceProvider(Forge::SP, Forge::ACS, $key))->requestLogin($idp->provider())->url;
    [$signed, $signature] = explode('&Signature=', substr($url, strpos($url, '?') + 1));
    foreach (['sp~0', 'sp~1', 'sp~2'] as $name) {
        if (openssl_verify($signed, base64_decode(urldecode($signature)), Keyring::publicKey($name), 'sha256') === 1) {
            return $name;
        }
    }
    return 'none';
};
echo $signer('sp'), ' ', $signer('sp~1'), "\n";

echo "its metadata names all of them, so that the provider can know the next one before it is used:\n";
$certificates = function (array $arguments, string $use): string {
    $doc = new DOMDocument();
    $doc->loadXML((new ServiceProvider(Forge::SP, Forge::ACS, ...$arguments))->metadata());
    $names = [];
    foreach ($doc->getElementsByTagNameNS('urn:oasis:names:tc:SAML:2.0:metadata', 'KeyDescriptor') as $key) {
        foreach (['sp~0', 'sp~1', 'sp~2', 'bare'] as $name) {
            if ($key->getAttribute('use') === $use && preg_replace('~-----.*?-----|\s~', '', Keyring::certificate($name)) === trim($key->textContent)) {
                $names[] = $name;
            }
        }
    }
    return implode(' ', $names);
};
echo 'signing: ', $certificates(['sp'], 'signing'), '; ', $certificates(['sp~0'], 'signing'), "\n";
echo 'encryption: ', $certificates([null, ['sp']], 'encryption'), '; ', $certificates([null, ['sp', 'bare']], 'encryption'), "\n";

echo "decrypted with the newest and the one before:\n";
$e = new Encryptor();
foreach (['sp~2', 'sp~1', 'sp~0'] as $name) {
    opened($name, $idp, $e->login($idp, ['keyName' => $name]), ['sp']);
}
opened('sp~0, which is named', $idp, $e->login($idp, ['keyName' => 'sp~0']), ['sp~0']);

echo "a sealed password moves to the newest:\n";
$vault = new Vault('vault');
$old = $vault->inspect($argv[2]);
$resealed = $vault->reseal($argv[2]);
$new = $vault->inspect($resealed);
var_dump($old['keyId'] !== $new['keyId'], $vault->inspect($vault->seal('x', 'y', 9))['keyId'] === $new['keyId'], array_diff_key($old, ['keyId' => 1]) === array_diff_key($new, ['keyId' => 1]));
var_dump($vault->reseal($resealed) === $resealed, (new Vault('vault~0'))->inspect($argv[2]) === $old);
foreach ([fn () => (new Vault('vault~0'))->inspect($resealed), fn () => $vault->reseal('sfv1.x'), fn () => $vault->reseal(substr_replace($argv[2], 'AAAA', -5, 4))] as $f) {
    try { $f(); echo "DONE\n"; } catch (Samlforce\Password\VaultException $x) { echo $x->reason->name, "\n"; }
}
$short = (new Vault('vault~0'))->seal('x', 'y', 1);
sleep(2);
try { $vault->reseal($short); echo "DONE\n"; } catch (Samlforce\Password\VaultException $x) { echo $x->reason->name, "\n"; }

echo "a client secret is for C alone:\n";
foreach ([fn () => Keyring::publicKey('app'), fn () => new Vault('app'), fn () => new ServiceProvider(Forge::SP, Forge::ACS, 'app'), fn () => new ServiceProvider(Forge::SP, Forge::ACS, null, ['app'])] as $f) {
    try { $f(); echo "DONE\n"; } catch (Samlforce\KeyringException $x) { echo $x->reason->name, ': ', $x->getMessage(), "\n"; }
}
ob_start();
phpinfo();
var_dump(ini_get_all('samlforce'), (new ReflectionExtension('samlforce'))->__toString());
echo str_contains(ob_get_clean(), 'the-client-secret-1') ? "SHOWN\n" : "not shown\n";
?>
--EXPECT--
app bare sp vault; sp~2 sp~1 sp~0; bare~0
bool(true)
bool(false)
bool(true)
bool(false)
secret rsa rsa vault
signed with the newest, or the one that is named:
sp~2 sp~1
its metadata names all of them, so that the provider can know the next one before it is used:
signing: sp~2 sp~1 sp~0; sp~0 sp~2 sp~1
encryption: sp~2; sp~2 bare
decrypted with the newest and the one before:
sp~2: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
sp~1: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
sp~0: DecryptionFailed
sp~0, which is named: accepted ada@example.org {"email":["ada@example.org"],"group":["a","b"]}
a sealed password moves to the newest:
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
Refused
Refused
Refused
Expired
a client secret is for C alone:
WrongKind: The key "app" is a client secret: it has no public half
WrongKind: The key "app" is a client secret; a vault needs a vault key (NAME.key)
WrongKind: The key "app" is a client secret: it can't sign
WrongKind: The key "app" is no RSA key: it can't decrypt
not shown
