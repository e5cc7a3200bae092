--TEST--
Signing in by client credentials, by the web server flow with PKCE and by refresh tokens that are rotated; introspection and revocation
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
const SECRET = 'A-client-secret-of-the-app+/=0123456789';
const CALLBACK = 'https://www.example.org/callback?a=1&b=2';
Emulator::secret(SECRET, CALLBACK);
$host = Emulator::$env['SF_HOST'];
$app = Emulator::$env['SF_CONSUMER_KEY'];
$secret = ClientSecret::text(SECRET);
$call = fn (Credentials $c) => fn () => (new Client($c, timeoutMs: 5000))->limits();

echo "client credentials: ", told($call($c = Credentials::clientCredentials($host, $app, $secret))), "\n";
$info = $c->introspect();
echo "  introspect: ", json_encode(array_intersect_key($info, ['active' => 1, 'username' => 1, 'token_type' => 1])), "\n", Emulator::log();
echo "  a wrong secret: ", told($call(Credentials::clientCredentials($host, $app, ClientSecret::text('wrong'))), true), "\n", Emulator::log();
echo "  revoke: ", told(fn () => $c->revoke()), ", and again, with nothing left: ", told(fn () => $c->revoke()), "\n", Emulator::log();
echo "  and then: ", told($call($c)), "\n", Emulator::log();

// one that PHP never sees, but that this test may read
Emulator::secret(trim(file_get_contents(ini_get('samlforce.keyring') . '/app.secret')), CALLBACK);
$named = Credentials::clientCredentials($host, $app, ClientSecret::named('app'));
echo "a secret of the keyring: ", told($call($named)), ', ', $named->introspect()['active'] ? 'active' : 'NOT ACTIVE', "\n";
Emulator::secret(SECRET, CALLBACK);
Emulator::requests();
foreach (['vault', 'absent'] as $name) {
    echo "  $name: ", told(fn () => ClientSecret::named($name), true), "\n";
}

$store = FileStore::make();
$refresh = fn (?string $token = null, string $grant = 'default') => Credentials::refreshToken($host, $app, $secret, $store, 'vault', $grant, $token);
echo "no refresh token yet: ", told($call($refresh()), true), "\n";
$handle = curl_init();
curl_setopt_array($handle, [CURLOPT_RETURNTRANSFER => true, CURLOPT_CAINFO => Emulator::$env['SF_CA']]);
// what the person's browser does, and what comes back
$browse = function (string $url) use ($handle): array {
    curl_setopt($handle, CURLOPT_URL, $url);
    curl_exec($handle);
    $back = curl_getinfo($handle, CURLINFO_REDIRECT_URL);
    echo str_starts_with($back, CALLBACK . '&') ? '' : "NOT SENT BACK: $back\n";
    parse_str(parse_url($back, PHP_URL_QUERY), $answer);
    return $answer;
};
$exchange = fn (string $code, string $verifier, string $grant = 'default') => Credentials::authorizationCode($host, $app, $secret, CALLBACK, $code, $verifier, $store, 'vault', $grant);
$request = Credentials::authorizationUrl($host, $app, CALLBACK);
$answer = $browse($request->url);
echo "the person comes back with our state: ", $answer['state'] === $request->state ? 'yes' : 'no', ', and a verifier has ', strlen($request->codeVerifier), " characters\n";
Emulator::requests();
$c = $exchange($answer['code'], $request->codeVerifier);
echo "the code is exchanged, and its token used: ", told($call($c)), "\n", Emulator::log();
echo "the code again: ", told(fn () => $exchange($answer['code'], $request->codeVerifier), true), "\n";
$answer = $browse(Credentials::authorizationUrl($host, $app, CALLBACK)->url);
echo "another's verifier: ", told(fn () => $exchange($answer['code'], str_repeat('x', 43)), true), "\n";
$request = Credentials::authorizationUrl($host, $app, CALLBACK, ['api']);
$answer = $browse($request->url);
echo "no scope refresh_token: ", told(fn () => $exchange($answer['code'], $request->codeVerifier), true), "\n";

Emulator::requests();
echo "rotation, five times:";
for ($i = 0; $i < 5; $i++) {
    Emulator::ctl('expire-tokens');
    echo ' ', told($call($refresh()));
    $texts[] = $store->texts()[0];
}
echo ', ', asked(), " tokens\n";
echo "an old text of the store brings back a spent token, and that ends the grant: ";
file_put_contents(glob("$store->folder/[0-9a-f]*")[0], $texts[0]);
Emulator::ctl('expire-tokens');
echo told($call($refresh())), "\n";

$request = Credentials::authorizationUrl($host, $app, CALLBACK);
$c = $exchange($browse($request->url)['code'], $request->codeVerifier, 'ada');
echo "granted again, under a name: ", told($call($c)), "\n";
$c->revoke();
echo "revoked: ", told($call($refresh(null, 'ada')), true), "\n";
echo "a refresh token by another way, unknown to Salesforce: ", told($call($refresh('5Aep-unknown', 'eve'))), "\n";
echo "and it is not written over: ", told($call($refresh('5Aep-other', 'eve'))), "\n";

echo "what the store holds is sealed: ";
foreach ($texts as $text) {
    echo preg_match('/^sft1\.[A-Za-z0-9_-]+$/D', $text) && !str_contains($text, '00D') && !str_contains(base64_decode(strtr(substr($text, 5), '-_', '+/')), '00D') ? '.' : 'READABLE';
}
echo "\n";
$store->remove();

foreach ([
    fn () => ClientSecret::text(''), fn () => ClientSecret::text(str_repeat('x', 1025)), fn () => ClientSecret::text("a b"),
    fn () => Credentials::clientCredentials('evil.example.org', $app, $secret), fn () => Credentials::clientCredentials("https://$host", $app, $secret),
    fn () => Credentials::refreshToken($host, $app, $secret, $store, 'salesforce'), fn () => Credentials::refreshToken($host, $app, $secret, $store, 'vault', ''),
    fn () => Credentials::authorizationUrl($host, $app, 'javascript:x'), fn () => Credentials::authorizationUrl($host, $app, CALLBACK, ['a b']),
    fn () => Credentials::authorizationUrl($host, $app, CALLBACK, array_fill(0, 17, 'api')), fn () => Credentials::authorizationUrl($host, $app, CALLBACK, array_fill(0, 16, 'api')),
    fn () => Emulator::credentials()->introspect(),
] as $wrong) {
    echo told($wrong, true), "\n";
}
echo ClientSecret::text(str_repeat('x', 1024)) ? "1024 bytes are a secret\n" : '';
?>
--EXPECT--
client credentials: done
  introspect: {"active":true,"username":"integration@acme.example","token_type":"access_token"}
  POST /services/oauth2/token 200
  GET limits 200
  POST /services/oauth2/introspect 200
  a wrong secret: Authentication Authenticate invalid_client 400: invalid client credentials
  POST /services/oauth2/token 400
  revoke: done, and again, with nothing left: done
  POST /services/oauth2/revoke 200
  and then: done
  POST /services/oauth2/token 200
  GET limits 200
a secret of the keyring: done, active
  vault: KeyUnusable Authenticate - -: The key for a client secret must be a secret (NAME.secret)
  absent: KeyUnusable Authenticate - -: There is no key "absent": put absent.pem, absent.key or absent.secret into the folder that samlforce.keyring names, and restart PHP
no refresh token yet: Authentication Authenticate - -: The token store holds no refresh token for these credentials: a person must grant access again
the person comes back with our state: yes, and a verifier has 43 characters
the code is exchanged, and its token used: done
  POST /services/oauth2/token 200
  GET limits 200
the code again: Authentication Authenticate invalid_grant 400: invalid authorization code
another's verifier: Authentication Authenticate invalid_grant 400: invalid code verifier
no scope refresh_token: Authentication TellPerson - -: Salesforce gave no refresh token: ask for the scope refresh_token, and allow it to the app
rotation, five times: done done done done done, 5 tokens
an old text of the store brings back a spent token, and that ends the grant: Authentication Authenticate invalid_grant 400
granted again, under a name: done
revoked: Authentication Authenticate - -: The token store holds no refresh token for these credentials: a person must grant access again
a refresh token by another way, unknown to Salesforce: Authentication Authenticate invalid_grant 400
and it is not written over: Authentication Authenticate invalid_grant 400
what the store holds is sealed: .....
ValueError: Samlforce\Salesforce\ClientSecret::text(): Argument #1 ($secret) must be 1 to 1024 bytes of printable ASCII without spaces
ValueError: Samlforce\Salesforce\ClientSecret::text(): Argument #1 ($secret) must be 1 to 1024 bytes of printable ASCII without spaces
ValueError: Samlforce\Salesforce\ClientSecret::text(): Argument #1 ($secret) must be 1 to 1024 bytes of printable ASCII without spaces
HostNotAllowed TellPerson - -: The host evil.example.org:443 is not in samlforce.allowed_hosts (php.ini)
ValueError: Samlforce\Salesforce\Credentials::clientCredentials(): Argument #1 ($myDomainHost) must be a host or host:port, without https://
KeyUnusable Authenticate - -: The key for a token store must be one of 32 bytes (NAME.key)
ValueError: Samlforce\Salesforce\Credentials::refreshToken(): Argument #6 ($grant) must be 1 to 255 bytes of UTF-8 without control characters
ValueError: Samlforce\Salesforce\Credentials::authorizationUrl(): Argument #3 ($redirectUri) must be an https or http URL of at most 512 bytes
ValueError: Samlforce\Salesforce\Credentials::authorizationUrl(): Argument #4 ($scopes) must be at most 16 scopes of 1 to 64 bytes
ValueError: Samlforce\Salesforce\Credentials::authorizationUrl(): Argument #4 ($scopes) must be at most 16 scopes of 1 to 64 bytes
done
InvalidInput TellPerson - -: Salesforce tells about a token only to an app that shows its client secret, which these credentials don't have
1024 bytes are a secret
