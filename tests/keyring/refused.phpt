--TEST--
A key file that others may read, or that is no key, is refused with the sentence that mends it
--EXTENSIONS--
samlforce
openssl
posix
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root: the keys of another user'); ?>
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';

function refusal(callable $prepare): void
{
    $ring = new TestKeyring();
    $prepare($ring);
    $out = $ring->run('echo json_encode(Samlforce\Keyring::names()), "\n"; try { Samlforce\Keyring::publicKey("k"); } catch (Samlforce\KeyringException $e) { echo $e->reason->value, ": ", $e->getMessage(), "\n"; }');
    echo str_replace($ring->folder, '%FOLDER', trim($out)), "\n\n";
}

function pem(array $options = ['private_key_bits' => 2048], ?string $passphrase = null): string
{
    openssl_pkey_export(openssl_pkey_new($options), $pem, $passphrase);
    return $pem;
}

refusal(fn ($ring) => $ring->put('k.pem', pem(), 0640));
refusal(fn ($ring) => $ring->put('k.key', bin2hex(random_bytes(32)), 0604));
refusal(fn ($ring) => $ring->put('k.key', 'too short'));
refusal(function ($ring) { $ring->put('k.pem', pem()); chown("$ring->folder/k.pem", 65534); });
refusal(function ($ring) { $ring->put('real', pem()); symlink("$ring->folder/real", "$ring->folder/k.pem"); });
refusal(fn ($ring) => mkdir("$ring->folder/k.pem", 0700));
refusal(fn ($ring) => $ring->put('k.pem', pem(passphrase: 'secret')));
refusal(fn ($ring) => $ring->put('k.pem', pem() . pem()));
refusal(fn ($ring) => $ring->put('k.pem', pem() . TestKeyring::certificate(openssl_pkey_new())));
refusal(fn ($ring) => $ring->put('k.pem', pem(['private_key_bits' => 1024])));
refusal(fn ($ring) => $ring->put('k.pem', substr(pem(), 0, 900)));
refusal(fn ($ring) => $ring->put('k.pem', str_repeat("\n", 70000)));
refusal(function ($ring) { $ring->put('k.pem', pem()); chmod($ring->folder, 0777); });
?>
--EXPECT--
Warning: samlforce: %FOLDER/k.pem was refused: others may read or change it (mode 0640): run chmod 600 on it in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: others may read or change it (mode 0640): run chmod 600 on it

Warning: samlforce: %FOLDER/k.key was refused: others may read or change it (mode 0604): run chmod 600 on it in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: others may read or change it (mode 0604): run chmod 600 on it

Warning: samlforce: %FOLDER/k.key was refused: it is not 64 hexadecimal digits (openssl rand -hex 32 makes some) in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: it is not 64 hexadecimal digits (openssl rand -hex 32 makes some)

Warning: samlforce: %FOLDER/k.pem was refused: it belongs to another user than root or the one who starts PHP: run chown root on it in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: it belongs to another user than root or the one who starts PHP: run chown root on it

Warning: samlforce: %FOLDER/k.pem was refused: it is a symbolic link; put the key file itself there in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: it is a symbolic link; put the key file itself there

Warning: samlforce: %FOLDER/k.pem was refused: it is not a plain file in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: it is not a plain file

Warning: samlforce: %FOLDER/k.pem was refused: its private key is encrypted, and there is no passphrase: name it by samlforce.keyring_passphrase in php.ini in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: its private key is encrypted, and there is no passphrase: name it by samlforce.keyring_passphrase in php.ini

Warning: samlforce: %FOLDER/k.pem was refused: it holds more than one private key: one key for each file in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: it holds more than one private key: one key for each file

Warning: samlforce: %FOLDER/k.pem was refused: its certificate belongs to another key in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: its certificate belongs to another key

Warning: samlforce: %FOLDER/k.pem was refused: its RSA key is shorter than 2048 bits in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: its RSA key is shorter than 2048 bits

Warning: samlforce: %FOLDER/k.pem was refused: a section of it has no end: the file was cut off in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: a section of it has no end: the file was cut off

Warning: samlforce: %FOLDER/k.pem was refused: its size is not between 1 byte and 64 kB in Unknown on line 0
[]
refused: The key "k" was refused when PHP started: its size is not between 1 byte and 64 kB

Warning: samlforce: %FOLDER was refused: others may look into the folder or change it (mode 0777): run chmod 700 on it in Unknown on line 0
[]
unknown: There is no key "k": %FOLDER: others may look into the folder or change it (mode 0777): run chmod 700 on it
