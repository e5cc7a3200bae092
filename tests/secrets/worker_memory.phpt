--TEST--
When the request is over, an FPM worker holds no password but where PHP itself left one, and its keys in locked memory alone; a core dump holds neither
--EXTENSIONS--
samlforce
openssl
posix
--CONFLICTS--
emulator
--SKIPIF--
<?php
require __DIR__ . '/../salesforce/skipif.inc';
if (posix_geteuid() !== 0) die('skip needs root: FPM reads the keys as root, and so is its memory read');
?>
--FILE--
<?php
require __DIR__ . '/../support/fpm.inc';
require __DIR__ . '/../support/memory.inc';
require __DIR__ . '/../salesforce/emulator.inc';
Emulator::start();
[$jane] = Emulator::user(Emulator::client());
Emulator::ctl('set', 'policy_history', '0');
Emulator::ctl('set', 'policy_min_lifetime', '0');

$ring = new TestKeyring();
$passphrase = 'passphrase-' . bin2hex(random_bytes(12));
$ring->put('passphrase', $passphrase);
$keyring = ini_get('samlforce.keyring');
$ring->put('salesforce.pem', file_get_contents("$keyring/salesforce.pem"));
$ring->put('vault.key', file_get_contents("$keyring/vault.key"));
foreach (['sp', 'sp~1'] as $name) {
    $ring->pair($name);
}
$ring->pair('ec', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
$ring->put('app.secret', $clientSecret = 'client-secret-' . bin2hex(random_bytes(12)));
openssl_pkey_export($key = openssl_pkey_new(['private_key_bits' => 2048]), $plainPem);
openssl_pkey_export($key, $encryptedPem, $passphrase, ['encrypt_key_cipher' => OPENSSL_CIPHER_AES_256_CBC]);
$ring->put('encrypted.pem', $encryptedPem . TestKeyring::certificate($key));

$keys = key_forms('encrypted', $plainPem) + raw_key_forms('vault', hex2bin(trim(file_get_contents("$keyring/vault.key"))));
foreach (['salesforce', 'sp', 'sp~1', 'ec'] as $name) {
    $keys += key_forms($name, file_get_contents("$ring->folder/$name.pem"));
}
$keys += ['client secret' => $clientSecret, 'passphrase' => $passphrase];

$fpm = new TestFpm(['samlforce.keyring' => $ring->folder, 'samlforce.keyring_passphrase' => "$ring->folder/passphrase", 'samlforce.allowed_hosts' => ini_get('samlforce.allowed_hosts'),
    'samlforce.ca_file' => ini_get('samlforce.ca_file'), 'memory_limit' => '64M']);
$client = 'use Samlforce\Keyring; use Samlforce\Password\Vault; use Samlforce\Saml\{IdentityProvider, ServiceProvider}; use Samlforce\Salesforce\{Client, Credentials}; ini_set("display_errors", "0");'
    . '$sf = new Client(Credentials::jwtBearer(' . implode(', ', array_map(fn ($v) => var_export($v, true), [Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], Emulator::$env['SF_USERNAME'], 'salesforce'])) . '), timeoutMs: 3000);';
$worker = function () use ($fpm): int {
    [$pid] = $fpm->workers();
    return $pid;
};
$show = function (string $what, array $forms, string ...$mayBe) use ($worker): void {
    $found = memory_search($worker(), $forms);
    $bad = array_diff_key($found, array_flip($mayBe));
    echo "$what: ", $bad === [] ? 'clean' : 'FOUND ' . json_encode($bad), isset($found['locked']) ? ', in locked memory' : '', "\n";
};

echo "the keys, after the worker was forked:\n";
echo $fpm->run($client . 'echo implode(" ", Keyring::names()), "\n";');
$show('keys', $keys, 'locked');

echo "after each key was used:\n";
echo $fpm->run($client . '$idp = new IdentityProvider("urn:idp", [Keyring::certificate("sp")], "https://idp.test/");'
    . 'echo $sf->limits() ? "signed in\n" : "";'
    . 'foreach (["sp", "ec", "encrypted", "salesforce", "sp~0"] as $key) { strlen((new ServiceProvider("urn:sp", "https://sp.test/acs", $key))->requestLogin($idp)->url) > 500 or print("not signed\n"); }');
$show('keys', $keys, 'locked');

echo "after seal(), of a password whose own variable was overwritten:\n";
$password = 'S3cret-"ä%' . bin2hex(random_bytes(12));
$overwrite = 'for ($i = 0; $i < strlen($p); $i++) { $p[$i] = "."; }';
echo $fpm->run($client . '$p = strrev($_POST["p"]); $token = (new Vault("vault"))->seal($p, "jane@example.org", 60);' . $overwrite . 'echo strlen($token) > 100 ? "sealed\n" : "";', ['p' => strrev($password)]);
$show('password', password_forms($password));
$show('keys', $keys, 'locked');

$outcomes = [
    'setPassword()' => ['', [], ''],
    'setPassword(), refused by Salesforce' => ['', ['error', '--code', 'INVALID_NEW_PASSWORD', '--message', 'no', '--match', 'password$'], ''],
    'setPassword(), and no answer' => ['', ['timeout', '--match', 'password$'], ''],
    'setPassword(), and the connection is closed' => ['', ['close', '--match', 'password$'], ''],
    'setPassword(), and the session ends in between' => ['', ['401', '--times', '1', '--match', 'password$'], ''],
    'setPassword(), then an exception that nobody catches' => ['throw new Exception("x");', [], ''],
    'setPassword(), then the memory limit' => ['str_repeat("x", 1 << 30);', [], ''],
    'setPassword(), then the time limit' => ['set_time_limit(1); while (true);', [], ''],
    'setPassword(), then exit' => ['exit("bye\n");', [], ''],
    'reseal()' => ['', [], '$token = (new Vault("vault"))->reseal($_POST["token"]); echo "done\n"; return;'],
];
foreach ($outcomes as $what => [$then, $fault, $first]) {
    echo "$what:\n";
    $password = 'S3cret-"ä%' . bin2hex(random_bytes(12));
    $fault === [] || Emulator::ctl('fault', ...$fault);
    echo $fpm->run($client . $first . 'try { $sf->setPassword($_POST["who"], $_POST["token"]); echo "set\n"; } catch (Samlforce\SamlforceException $e) { echo $e->reason->name, "\n"; } ' . $then,
        ['who' => $jane, 'token' => Emulator::seal($password, $jane)]);
    Emulator::ctl('fault', 'clear');
    $show('password', password_forms($password));
}
$show('keys', $keys, 'locked');

echo "what PHP itself keeps of a form that was sent (it can't be wiped from here), and nothing else:\n";
$password = 'S3cret-"ä%' . bin2hex(random_bytes(12));
foreach (['sealed and forgotten' => '', 'an exception' => 'throw new Exception("x");', 'the memory limit' => '$m = str_repeat("x", 1 << 30);'] as $what => $then) {
    $fpm->run($client . '(new Vault("vault"))->seal($_POST["p"], "jane@example.org", 60); unset($_POST, $_REQUEST);' . $then, ['p' => $password]);
    $show($what, password_forms($password), 'anonymous');
}
$control = memory_search($worker(), password_forms($password));
echo isset($control['anonymous']['plain']) ? "the search finds what is there\n" : "the search finds nothing\n";

echo "a core dump of it:\n";
$found = core_search($worker(), $keys + ['locked password' => 'never there']);
echo 'keys: ', $found === [] ? 'clean' : json_encode($found), "\n";
echo 'the search of a core dump ', core_search($worker(), ['plain' => $password]) ? "finds what is there\n" : "finds nothing\n";
echo preg_match_all('~(ERROR|WARNING).*(signal|exited)~', $fpm->log()), " workers crashed\n";
?>
--EXPECT--
the keys, after the worker was forked:
app ec encrypted salesforce sp vault
keys: clean, in locked memory
after each key was used:
signed in
keys: clean, in locked memory
after seal(), of a password whose own variable was overwritten:
sealed
password: clean
keys: clean, in locked memory
setPassword():
set
password: clean
setPassword(), refused by Salesforce:
Refused
password: clean
setPassword(), and no answer:
TimedOut
password: clean
setPassword(), and the connection is closed:
BrokenAnswer
password: clean
setPassword(), and the session ends in between:
set
password: clean
setPassword(), then an exception that nobody catches:
set
password: clean
setPassword(), then the memory limit:
set
password: clean
setPassword(), then the time limit:
set
password: clean
setPassword(), then exit:
set
bye
password: clean
reseal():
done
password: clean
keys: clean, in locked memory
what PHP itself keeps of a form that was sent (it can't be wiped from here), and nothing else:
sealed and forgotten: clean
an exception: clean
the memory limit: clean
the search finds what is there
a core dump of it:
keys: clean
the search of a core dump finds what is there
0 workers crashed
