--TEST--
A token store: one sign-in for twenty processes, one refresh in a storm of 401s, and whatever the store's code does leaves the worker whole
--EXTENSIONS--
samlforce
curl
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/token_store.inc';
use Samlforce\Salesforce\Client;
use Samlforce\Salesforce\ClientSecret;
use Samlforce\Salesforce\Credentials;

Emulator::start();
const SECRET = 'A-client-secret-of-the-app-0123456789';
Emulator::secret(SECRET);
$store = FileStore::make();
$inc = var_export(__DIR__ . '/token_store.inc', true);
// each process waits for the same moment, twice
$code = "require $inc; " . <<<'CODE'
[, $folder, $kind, $times] = $argv;
$host = Emulator::$env['SF_HOST'];
$app = Emulator::$env['SF_CONSUMER_KEY'];
$secret = Samlforce\Salesforce\ClientSecret::text('A-client-secret-of-the-app-0123456789');
$c = $kind === 'refresh' ? Samlforce\Salesforce\Credentials::refreshToken($host, $app, $secret, new FileStore($folder), 'vault') : Emulator::credentials()->sharedBy(new FileStore($folder), 'vault');
foreach (explode(',', $times) as $time) {
    usleep((int) max(0, ($time - microtime(true)) * 1e6));
    echo told(fn () => (new Samlforce\Salesforce\Client($c))->limits()), ' ';
}
CODE;
function storm(string $title, string $code, FileStore $store, string $kind): void
{
    $at = microtime(true) + 3;
    // a token is slow to come, so that all of them are there before it is; and all sessions end between the two calls
    Emulator::ctl('fault', 'slow', '--seconds', '1', '--match', 'oauth2/token');
    Emulator::requests();
    $end = proc_open([PHP_BINARY, '-n', '-r', 'usleep((int) max(0, ($argv[2] - microtime(true)) * 1e6)); passthru($argv[1]);', __DIR__ . '/../support/salesforce/ctl ' . escapeshellarg(getenv('SAMLFORCE_EMULATOR')) . ' expire-tokens', (string) ($at + 5)], [], $pipes);
    $told = array_count_values(Emulator::together(array_fill(0, 20, $code), arguments: [$store->folder, $kind, $at . ',' . ($at + 6)]));
    proc_close($end);
    echo "$title: ", json_encode($told), "\n";
    $log = Emulator::requests();
    $paths = array_count_values(array_map(static fn ($r) => basename($r['path']) . " {$r['status']}", $log));
    ksort($paths);
    echo '  ', json_encode($paths), "\n";
    Emulator::ctl('fault', 'clear');
}
storm('JWT bearer, cold, and then all sessions end', $code, $store, 'jwt');

// a refresh token to begin with, which is rotated from then on
$request = Credentials::authorizationUrl(Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], 'https://www.example.org/callback');
$handle = curl_init($request->url);
curl_setopt_array($handle, [CURLOPT_RETURNTRANSFER => true, CURLOPT_CAINFO => Emulator::$env['SF_CA']]);
curl_exec($handle);
parse_str(parse_url(curl_getinfo($handle, CURLINFO_REDIRECT_URL), PHP_URL_QUERY), $answer);
Credentials::authorizationCode(Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], ClientSecret::text(SECRET), 'https://www.example.org/callback', $answer['code'], $request->codeVerifier, $store, 'vault');
Emulator::ctl('expire-tokens');
storm('refresh token, void, and then again', $code, $store, 'refresh');

// at the moment when the new refresh token is to be written down the database fails: the worker must not lose it
$failing = new class ($store->folder) extends FileStore {
    public int $left = 1;
    public function replace(string $id, ?string $expected, ?string $text): bool
    {
        if ($this->left-- === 0) {
            throw new RuntimeException('no database');
        }
        return parent::replace($id, $expected, $text);
    }
};
$c = Credentials::refreshToken(Emulator::$env['SF_HOST'], Emulator::$env['SF_CONSUMER_KEY'], ClientSecret::text(SECRET), $failing, 'vault');
Emulator::ctl('expire-tokens');
Emulator::requests();
echo "the store fails when the new refresh token is there: ", told(fn () => (new Client($c))->limits()), "\n";
echo '  the next call: ', told(fn () => (new Client($c))->limits()), ', ', asked(), " token in all\n";
Emulator::ctl('expire-tokens');
$again = 'require ' . $inc . '; $c = Samlforce\Salesforce\Credentials::refreshToken(Emulator::$env["SF_HOST"], Emulator::$env["SF_CONSUMER_KEY"], Samlforce\Salesforce\ClientSecret::text("' . SECRET . '"), new FileStore($argv[1]), "vault"); echo told(fn () => (new Samlforce\Salesforce\Client($c))->limits());';
echo '  and another process can go on from there: ', Emulator::php($again, arguments: [$store->folder]), "\n";
$store->remove();

echo "what a store may do:\n";
$with = fn (FileStore $store, string $audience) => new Client(Emulator::credentials(['audience' => $audience])->sharedBy($store, 'vault'), timeoutMs: 4000);
$own = FileStore::make();
$tries = 0;
$try = function (string $title, FileStore $store) use ($with, &$tries) {
    // other credentials each time, whose token the worker doesn't have
    $audience = 'https://login.salesforce.com' . str_repeat('/', ++$tries);
    echo "  $title: ", told(fn () => $with($store, $audience)->limits(), true), "\n";
};
$try('throws when it loads', new class ($own->folder) extends FileStore { public function load(string $id): ?string { throw new RuntimeException('no database'); } });
$try('throws when it replaces', new class ($own->folder) extends FileStore { public function replace(string $id, ?string $expected, ?string $text): bool { throw new RuntimeException('no database'); } });
$try('gives nonsense', new class ($own->folder) extends FileStore { public function load(string $id): ?string { return 'sft1.nonsense'; } public function replace(string $id, ?string $expected, ?string $text): bool { return true; } });
$try('gives far too much', new class ($own->folder) extends FileStore { public function load(string $id): ?string { return str_repeat('x', 128 * 1024 + 1); } });
$try('gives as much as it may', new class ($own->folder) extends FileStore { public function load(string $id): ?string { return str_repeat('x', 128 * 1024); } public function replace(string $id, ?string $expected, ?string $text): bool { return strlen($expected) === 128 * 1024 || str_starts_with($expected, 'sft1.'); } });
$try('never replaces', new class ($own->folder) extends FileStore { public function replace(string $id, ?string $expected, ?string $text): bool { return false; } });
$fiber = new Fiber(fn () => $try('suspends', new class ($own->folder) extends FileStore { public function load(string $id): ?string { Fiber::suspend(); return null; } }));
$fiber->start();
try {
    $with(new class ($own->folder) extends FileStore { public function load(string $id): ?string { throw new RuntimeException('no database'); } }, 'https://test.salesforce.com')->limits();
} catch (Samlforce\Salesforce\SalesforceException $e) {
    echo '  its own exception: ', get_class($e->getPrevious()), ' ', $e->getPrevious()->getMessage(), "\n";
}
// a text that is sealed for other credentials is as good as none
$with($own, 'https://test.salesforce.com')->limits();
[$text] = $own->texts();
Emulator::requests();
$with($own, 'https://test.salesforce.com/')->limits();
foreach (glob("$own->folder/[0-9a-f]*") as $file) {
    file_put_contents($file, $text);
}
echo '  ', asked(), " token for other credentials";
// (in another process, since this one has its token)
$inAnother = 'require ' . $inc . '; $c = Emulator::credentials(["audience" => "https://test.salesforce.com/"])->sharedBy(new FileStore($argv[1]), "vault"); echo told(fn () => (new Samlforce\Salesforce\Client($c))->limits());';
echo ', with a text of others: ', Emulator::php($inAnother, arguments: [$own->folder]), ' with ', asked(), ' token', ', and with its own: ', Emulator::php($inAnother, arguments: [$own->folder]), ' with ', asked(), "\n";
$own->remove();

echo "code that ends the request in a store:\n";
foreach (['exit("exit\n");', 'trigger_error("fatal", E_USER_ERROR);', 'str_repeat("x", 1 << 30);', 'set_time_limit(1); while (true);'] as $end) {
    $out = Emulator::php('require ' . $inc . '; register_shutdown_function(function () { echo "shut down, and the worker still calls: ", told(fn () => Emulator::client()->limits()), "\n"; });
        class Ending extends FileStore { public function load(string $id): ?string { ' . $end . ' return null; } }
        (new Samlforce\Salesforce\Client(Emulator::credentials()->sharedBy(new Ending("/nowhere"), "vault")))->limits(); echo "NOT REACHED";', ['memory_limit' => '64M']);
    echo '  ', preg_replace(['~ in \S+ on line \d+| in Command line code on line \d+~', '~\n+~'], ['', ' | '], trim($out)), "\n";
}
?>
--EXPECTF--
JWT bearer, cold, and then all sessions end: {"done done ":20}
  {"limits 200":40,"limits 401":20,"token 200":2}
refresh token, void, and then again: {"done done ":20}
  {"limits 200":40,"limits 401":40,"token 200":2}
the store fails when the new refresh token is there: TokenStore Retry - -
  the next call: done, 1 token in all
  and another process can go on from there: done
what a store may do:
  throws when it loads: TokenStore Retry - -: The token store could not be read
  throws when it replaces: TokenStore Retry - -: The token store could not be written
  gives nonsense: done
  gives far too much: TokenStore Retry - -: The token store gave more than was ever put there
  gives as much as it may: done
  never replaces: TimedOut Retry - -: Another process is signing in to Salesforce, and has not come to an end within the time limit
  suspends: TokenStore Retry - -: The token store could not be read
  its own exception: RuntimeException no database
  1 token for other credentials, with a text of others: done with 1 token, and with its own: done with 0
code that ends the request in a store:
  exit | shut down, and the worker still calls: done
  Fatal error: fatal | shut down, and the worker still calls: done
  Fatal error: Allowed memory size of 67108864 bytes exhausted (tried to allocate %d bytes) | shut down, and the worker still calls: done
  Fatal error: Maximum execution time of 1 second exceeded | shut down, and the worker still calls: done
