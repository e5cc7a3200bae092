--TEST--
The next generation of the JWT key: neither the order in which keyring and Salesforce get it, nor the moment, keeps anybody from signing in
--EXTENSIONS--
samlforce
openssl
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/../support/keyring.inc';
Emulator::start();
const APP = 'an-app-whose-key-is-replaced';
$ring = new TestKeyring();
$files = [];
foreach (['jwt', 'jwt~1', 'jwt~2'] as $name) {
    $ring->pair($name);
    file_put_contents($files[$name] = "$ring->folder.$name.crt", preg_replace('~^.*(?=-----BEGIN CERTIFICATE)~s', '', file_get_contents("$ring->folder/$name.pem")));
    rename("$ring->folder/$name.pem", "$ring->folder.$name.pem");
}
/** The keyring has these, and a new PHP begins. */
function run(string $title, array $names, string $code): void
{
    global $ring, $files;
    array_map(unlink(...), glob("$ring->folder/*"));
    foreach ($names as $name) {
        copy("$ring->folder.$name.pem", "$ring->folder/$name.pem");
        chmod("$ring->folder/$name.pem", 0600);
    }
    $ring->put('vault.key', bin2hex(random_bytes(32)));
    echo "$title:\n", Emulator::php('function call(string $key = "jwt", array $more = []) { Emulator::requests(); echo "  ", $told = told(fn () => (new Samlforce\Salesforce\Client(Emulator::credentials($more + ["consumerKey" => $GLOBALS["argv"][1], "key" => $key])))->limits()), ", token: ", '
        . 'implode(" ", asked($told === "done")), "\n"; Emulator::ctl("expire-tokens"); } '
        // where it is slow, a call that is lost on its way is repeated, which is not what is looked at here
        . 'function asked(bool $once): array { $all = array_column(array_filter(Emulator::requests(), fn ($r) => str_ends_with($r["path"], "token")), "status"); return $once ? array_unique($all) : $all; } ' . $code, ['samlforce.keyring' => $ring->folder], arguments: [APP, ...array_values($files)]);
}
Emulator::ctl('app', APP, $files['jwt']);
run('the keyring has it first', ['jwt', 'jwt~1'], 'call(); call(); call();');
run('and then Salesforce gets it', ['jwt', 'jwt~1'], 'call(); Emulator::ctl("app", $argv[1], $argv[3]); call(); call();');
run('it has it already', ['jwt', 'jwt~1'], 'call(); call();');
run('Salesforce has it first', ['jwt'], 'call();');
run('two are new, and Salesforce knows the one before', ['jwt', 'jwt~1', 'jwt~2'], 'call(); call();');
Emulator::ctl('app', APP, $files['jwt']);
run('two are new, and Salesforce knows the first alone', ['jwt', 'jwt~1', 'jwt~2'], 'call();');
run('a generation that is named is meant alone', ['jwt', 'jwt~1'], 'call("jwt~1"); call("jwt~0");');
Emulator::ctl('app', APP, $files['jwt~1']);
run('what is not the key\'s fault is asked for once', ['jwt', 'jwt~1'], 'call(more: ["username" => "nobody@acme.example"]); call(more: ["audience" => "https://elsewhere.example"]); call(more: ["consumerKey" => "no-such-app"]);');
echo "with a token store of PHP code:\n";
Emulator::ctl('app', APP, $files['jwt']);
run('the keyring has it first', ['jwt', 'jwt~1'], 'class Store implements Samlforce\Salesforce\TokenStore { private ?string $text = null; public function load(string $id): ?string { return $this->text; } public function replace(string $id, ?string $expected, ?string $text): bool { $this->text = $text; return true; } }'
    . '$credentials = Emulator::credentials(["consumerKey" => $argv[1], "key" => "jwt"]); Emulator::requests(); echo "  ", told(fn () => (new Samlforce\Salesforce\Client($credentials->sharedBy(new Store(), "vault")))->limits()), ", token: ", implode(" ", asked(true)), "\n";');
foreach (glob("$ring->folder.*") as $file) {
    unlink($file);
}
?>
--EXPECT--
the keyring has it first:
  done, token: 400 200
  done, token: 200
  done, token: 200
and then Salesforce gets it:
  done, token: 400 200
  done, token: 400 200
  done, token: 200
it has it already:
  done, token: 200
  done, token: 200
Salesforce has it first:
  Authentication Authenticate invalid_grant 400, token: 400
two are new, and Salesforce knows the one before:
  done, token: 400 200
  done, token: 200
two are new, and Salesforce knows the first alone:
  Authentication Authenticate invalid_grant 400, token: 400 400
a generation that is named is meant alone:
  Authentication Authenticate invalid_grant 400, token: 400
  done, token: 200
what is not the key's fault is asked for once:
  Authentication Authenticate invalid_grant 400, token: 400
  Authentication Authenticate invalid_grant 400, token: 400
  Authentication Authenticate invalid_client_id 400, token: 400
with a token store of PHP code:
the keyring has it first:
  done, token: 400 200
