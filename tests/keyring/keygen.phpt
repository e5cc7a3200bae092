--TEST--
bin/keygen makes a folder that PHP takes as it is, and the next generation beside it; it overwrites nothing, and says what is wrong
--EXTENSIONS--
samlforce
openssl
posix
--SKIPIF--
<?php if (posix_geteuid() !== 0) die('skip needs root: a file of another user'); ?>
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
rmdir($ring->folder);
$work = sys_get_temp_dir() . '/samlforce-keygen-' . bin2hex(random_bytes(6));
mkdir($work, 0755);

function keygen(string $input, string ...$arguments): string
{
    global $ring, $work;
    $process = proc_open([__DIR__ . '/../../bin/keygen', ...$arguments], [['pipe', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes, $work);
    fwrite($pipes[0], $input);
    fclose($pipes[0]);
    $output = stream_get_contents($pipes[1]);
    $code = proc_close($process);
    return strtr($output, [$ring->folder => 'FOLDER', $work => 'WORK']) . "exit $code\n";
}
$loaded = fn (array $ini = []): string => $ring->run('foreach (Samlforce\Keyring::names() as $n) echo implode(",", Samlforce\Keyring::generations($n)), " ", Samlforce\Keyring::kind($n), "; "; echo "\n";', $ini);
$first = fn (string $output, int $lines): string => implode("\n", array_slice(explode("\n", $output), 0, $lines)) . "\n";

echo "--help: ", $first(keygen('', '--help'), 1);
echo "called wrongly: ", substr(keygen(''), -7), substr(keygen('', '--nonsense'), -7);
echo "a dry run:\n", keygen('', '--dry-run', $ring->folder), is_dir($ring->folder) ? "MADE\n" : "nothing was made\n";
echo "all in one command:\n", keygen('', '--subject', 'www.example.org', $ring->folder, 'salesforce', 'sp:ec', 'vault');
echo $loaded();
clearstatcache();
printf("%o %o %o %o\n", fileperms($ring->folder) & 0777, fileperms("$ring->folder/salesforce.pem") & 0777, fileperms("$ring->folder/vault.key") & 0777, fileperms("$work/salesforce.crt") & 0777);
$certificate = openssl_x509_parse(file_get_contents("$work/salesforce.crt"));
echo $certificate['subject']['CN'], ' ', round(($certificate['validTo_time_t'] - time()) / 86400), " days\n";
var_dump(openssl_x509_check_private_key(file_get_contents("$work/salesforce.crt"), file_get_contents("$ring->folder/salesforce.pem")));

echo "again: nothing is overwritten\n";
$before = sha1_file("$ring->folder/salesforce.pem") . sha1_file("$ring->folder/vault.key");
echo keygen('', $ring->folder);
var_dump(sha1_file("$ring->folder/salesforce.pem") . sha1_file("$ring->folder/vault.key") === $before);
echo "not the certificate of somebody else either:\n";
touch("$work/other.crt");
echo keygen('', $ring->folder, 'other');

echo "the next generation, and a client secret:\n";
echo $first(keygen('', '--next', $ring->folder, 'vault', 'salesforce'), 4);
echo $first(keygen('', '--next', $ring->folder, 'vault'), 2);
echo $first(keygen("p\u{e4}ss \"word\"", $ring->folder, 'app:secret'), 2);
echo $loaded();

echo "encrypted:\n";
$ring->put('passphrase', "open sesame\n");
echo $first(keygen('', '--passphrase', "$ring->folder/passphrase", $ring->folder, 'safe'), 2);
echo preg_match('~^-----BEGIN ENCRYPTED PRIVATE KEY-----~', file_get_contents("$ring->folder/safe.pem")), ' ', $loaded(['samlforce.keyring_passphrase' => "$ring->folder/passphrase"]);

echo "--check:\n", keygen('', '--check', $ring->folder);
chmod("$ring->folder/vault.key", 0640);
chown("$ring->folder/sp.pem", 'nobody');
symlink('vault.key', "$ring->folder/link.key");
touch("$ring->folder/wrong name.pem");
chmod($ring->folder, 0755);
echo keygen('', '--check', $ring->folder);
foreach (['relative' => ['ring'], 'a bad name' => [$ring->folder, 'a b'], 'a bad kind' => [$ring->folder, 'a:rot13'], 'no days' => ['--days', '0', $ring->folder], 'no passphrase' => ['--passphrase', '/nowhere', $ring->folder]] as $what => $arguments) {
    echo "$what: ", keygen('', ...$arguments);
}
mkdir("$work/open", 0777);
chmod("$work/open", 0777);
symlink($work, "$work/link");
echo keygen('', "$work/open/ring"), keygen('', "$work/link/ring");
foreach (['a secret that is empty' => "\n", 'one that is too long' => str_repeat('a', 1025)] as $what => $input) {
    echo "$what: ", keygen($input, $ring->folder, 'bad:secret');
}
exec('rm -rf ' . escapeshellarg($work));
?>
--EXPECT--
--help: usage: bin/keygen [OPTION...] FOLDER [KEY...]
called wrongly: exit 2
exit 2
a dry run:
would make FOLDER (mode 0700)
would make FOLDER/salesforce.pem
would make FOLDER/vault.key
exit 0
nothing was made
all in one command:
made:
  FOLDER/salesforce.pem
  ./salesforce.crt
  FOLDER/sp.pem
  ./sp.crt
  FOLDER/vault.key
next:
  1. php.ini: samlforce.keyring = FOLDER
  2. reload PHP (systemctl reload php-fpm), and look at phpinfo(): it counts the keys that were taken and those that were refused
  - give WORK/salesforce.crt to Salesforce (the connected app: Use digital signatures) or to the identity provider
  - give WORK/sp.crt to Salesforce (the connected app: Use digital signatures) or to the identity provider
  - keep a copy of FOLDER where your other secrets are: without a vault key what was sealed with it is lost
exit 0
salesforce~0 rsa; sp~0 ec; vault~0 vault; 
700 600 600 644
www.example.org-salesforce 730 days
bool(true)
again: nothing is overwritten
kept: FOLDER has salesforce already, generation 0 is its newest; --next makes the next one
kept: FOLDER has vault already, generation 0 is its newest; --next makes the next one
exit 0
bool(true)
not the certificate of somebody else either:
keygen: ./other.crt is there already: move it away, or name another folder by --certificates
exit 1
the next generation, and a client secret:
made:
  FOLDER/vault~1.key
  FOLDER/salesforce~1.pem
  ./salesforce~1.crt
made:
  FOLDER/vault~2.key
made:
  FOLDER/app.secret
app~0 secret; salesforce~1,salesforce~0 rsa; sp~0 ec; vault~2,vault~1,vault~0 vault; 
encrypted:
made:
  FOLDER/safe.pem
1 app~0 secret; safe~0 rsa; salesforce~1,salesforce~0 rsa; sp~0 ec; vault~2,vault~1,vault~0 vault; 
--check:
FOLDER:
  nothing is wrong
exit 0
FOLDER:
  others may look into FOLDER or change it: chmod 700 FOLDER
  sp.pem belongs to somebody else: chown root FOLDER/sp.pem
  wrong name.pem: PHP takes no such name
  others may read or change wrong name.pem: chmod 600 FOLDER/wrong name.pem
  link.key is a symbolic link: put the file itself there
  others may read or change vault.key: chmod 600 FOLDER/vault.key
exit 1
relative: keygen: ring: give the whole path, from the root; samlforce.keyring in php.ini wants it so
exit 1
a bad name: keygen: a b: a name is 1 to 64 characters out of A-Z a-z 0-9 . _ -
exit 1
a bad kind: keygen: a:rot13: after the colon stands ec, vault or secret
exit 1
no days: keygen: --days must be a number from 1 to 99999
exit 1
no passphrase: keygen: /nowhere: there is no such file, or it is empty
exit 1
keygen: WORK/open can be changed by others, who could replace what is in it: chmod go-w WORK/open
exit 1
keygen: WORK/link is a symbolic link: give the path that it leads to, WORK
exit 1
a secret that is empty: keygen: a secret is 1 to 1024 bytes
exit 1
one that is too long: keygen: a secret is 1 to 1024 bytes
exit 1
