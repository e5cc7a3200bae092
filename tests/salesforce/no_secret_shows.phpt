--TEST--
Neither password, token, assertion nor credentials show in a message, a trace, a dump, phpinfo or another's hands
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--INI--
zend.exception_ignore_args=0
zend.exception_string_param_max_len=1000000
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
Emulator::start();
$sf = Emulator::client();
[$jane] = Emulator::user($sf);
const PASSWORD = 'do-not-show-me-1';
$vault = new Samlforce\Password\Vault('vault');
$token = $vault->seal(PASSWORD, $jane, 3600);

ob_start();
$secret = Samlforce\Salesforce\ClientSecret::text('client-secret-0123456789');
$objects = [$sf, Emulator::credentials(), $vault, Samlforce\Password\Policy::salesforce(), $secret, Samlforce\Salesforce\Credentials::clientCredentials(Emulator::$env['SF_HOST'], 'app', $secret)];
unset($secret);
foreach ($objects as $object) {
    var_dump($object);
    print_r($object);
    var_export($object);
    debug_zval_dump($object);
    echo json_encode($object), print_r((array) $object, true), print_r(get_mangled_object_vars($object), true), new ReflectionObject($object);
    foreach ((new ReflectionObject($object))->getProperties() as $property) {
        var_dump($property->isInitialized($object) ? $property->getValue($object) : null);
    }
}
$dump = ob_get_clean();

$thrown = [];
$throw = function (callable $f) use (&$thrown) { try { $f(); echo "no exception\n"; } catch (Throwable $e) { $thrown[] = $e; } };
$throw(fn () => $vault->seal(PASSWORD, '', 3600));
$throw(fn () => $vault->seal(PASSWORD, $jane, 0));
$throw(fn () => $vault->seal(PASSWORD . "\xFF", $jane, 1));
$throw(fn () => $vault->seal(PASSWORD));
$throw(fn () => $vault->inspect("$token."));
$throw(fn () => $vault->reseal("$token."));
$response = base64_encode('<Response>do-not-show-me-2</Response>');
$sp = new Samlforce\Saml\ServiceProvider('urn:sp', 'https://sp.test/acs');
$idp = new Samlforce\Saml\IdentityProvider('urn:idp', [Samlforce\Keyring::certificate('sp')]);
$guard = new class implements Samlforce\Saml\ReplayGuard { public function claim(string $id, int $expiresAt): bool { return true; } };
$throw(fn () => $sp->acceptLogin($idp, $GLOBALS['response'], null, $guard));
$throw(fn () => $sp->acceptLogin($idp, $GLOBALS['response']));
$throw(fn () => Samlforce\Salesforce\ClientSecret::text("client-secret-\n"));
$throw(fn () => Samlforce\Password\Policy::salesforce()->violations(PASSWORD, []));
$throw(fn () => $sf->setPassword('somebody@example.org', $token));
Emulator::ctl('fault', 'error', '--code', 'INVALID_NEW_PASSWORD', '--message', 'not ' . PASSWORD, '--match', 'password$');
$throw(fn () => $sf->setPassword($jane, $token));
Emulator::ctl('fault', 'close', '--match', 'password$');
$throw(fn () => $sf->setPassword($jane, $token));
Emulator::ctl('fault', 'clear');
foreach ($thrown as $e) {
    $dump .= $e . print_r($e, true) . var_export($e->getMessage(), true) . serialize($e->getMessage());
    ob_start();
    var_dump($e);
    $dump .= ob_get_clean();
}
ob_start();
phpinfo(INFO_MODULES);
$dump .= ob_get_clean();

foreach (['the password' => PASSWORD, 'its base64' => base64_encode(PASSWORD), 'the access token' => '00D', 'a header' => 'Authorization:', 'an assertion' => 'eyJ', 'a client secret' => 'client-secret-', 'a response' => substr(base64_encode('<Response>'), 0, 12)] as $what => $needle) {
    // (the org's id begins an access token, and is in nothing else here)
    echo "$what: ", str_contains(str_replace('00000000', '', $dump), $needle) ? "SHOWN\n" : "not shown\n";
}
$shown = array_filter($thrown, fn ($e) => str_contains((string) $e, $token));
echo "the sealed token in a trace: ", count($shown), "\n";
preg_match_all('~^Salesforce .*~m', $dump, $m);
echo implode("\n", $m[0]), "\n";

foreach ($objects as $object) {
    foreach ([fn () => serialize($object), fn () => clone $object, fn () => $object->x = 1, fn () => unserialize('O:' . strlen(get_class($object)) . ':"' . get_class($object) . '":0:{}')] as $f) {
        try { $f(); echo "ALLOWED\n"; } catch (Throwable $e) { echo $e->getMessage(), "\n"; }
    }
}
foreach ($objects as $object) {
    try { (new ReflectionClass($object))->newInstanceWithoutConstructor(); echo "ALLOWED\n"; } catch (ReflectionException $e) { echo "not without its constructor\n"; }
}
?>
--EXPECTF--
the password: not shown
its base64: not shown
the access token: not shown
a header: not shown
an assertion: not shown
a client secret: not shown
a response: not shown
the sealed token in a trace: 0
Salesforce connections of this worker => 1, for %d requests with 1 handshakes
Salesforce tokens of this worker => 1, locked in memory
Salesforce calls of this worker => %d repeated, 0 slowed down
Salesforce API calls used today => %d of 15000
Serialization of 'Samlforce\Salesforce\Client' is not allowed
Trying to clone an uncloneable object of class Samlforce\Salesforce\Client
Cannot create dynamic property Samlforce\Salesforce\Client::$x
Unserialization of 'Samlforce\Salesforce\Client' is not allowed
Serialization of 'Samlforce\Salesforce\Credentials' is not allowed
Trying to clone an uncloneable object of class Samlforce\Salesforce\Credentials
Cannot create dynamic property Samlforce\Salesforce\Credentials::$x
Unserialization of 'Samlforce\Salesforce\Credentials' is not allowed
Serialization of 'Samlforce\Password\Vault' is not allowed
Trying to clone an uncloneable object of class Samlforce\Password\Vault
Cannot create dynamic property Samlforce\Password\Vault::$x
Unserialization of 'Samlforce\Password\Vault' is not allowed
Serialization of 'Samlforce\Password\Policy' is not allowed
Trying to clone an uncloneable object of class Samlforce\Password\Policy
Cannot create dynamic property Samlforce\Password\Policy::$x
Unserialization of 'Samlforce\Password\Policy' is not allowed
Serialization of 'Samlforce\Salesforce\ClientSecret' is not allowed
Trying to clone an uncloneable object of class Samlforce\Salesforce\ClientSecret
Cannot create dynamic property Samlforce\Salesforce\ClientSecret::$x
Unserialization of 'Samlforce\Salesforce\ClientSecret' is not allowed
Serialization of 'Samlforce\Salesforce\Credentials' is not allowed
Trying to clone an uncloneable object of class Samlforce\Salesforce\Credentials
Cannot create dynamic property Samlforce\Salesforce\Credentials::$x
Unserialization of 'Samlforce\Salesforce\Credentials' is not allowed
not without its constructor
not without its constructor
not without its constructor
not without its constructor
not without its constructor
not without its constructor
