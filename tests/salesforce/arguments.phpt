--TEST--
Arguments outside of their limits, and keys that can't be used, are refused before anything is sent
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
use Samlforce\Salesforce\Client;
Emulator::start();
$host = Emulator::$env['SF_HOST'];
$try = fn (callable $f) => print(str_replace('Samlforce\Salesforce\\', '', told($f, true)) . "\n");

echo "-- credentials\n";
foreach ([['loginHost' => ''], ['loginHost' => "https://$host"], ['loginHost' => "$host/x"], ['loginHost' => '*.salesforce.com'], ['consumerKey' => ''], ['consumerKey' => "a\nb"], ['consumerKey' => str_repeat('x', 1025)],
    ['username' => ''], ['username' => str_repeat('x', 256)], ['username' => "\xFF"], ['audience' => ''], ['audience' => 'http://login.salesforce.com'], ['audience' => 'login.salesforce.com'], ['key' => 'nobody'], ['key' => 'vault']] as $how) {
    $try(fn () => Emulator::credentials($how));
}
$ring = new TestKeyring();
$ring->pair('ec', ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
echo $ring->run('require ' . var_export(__DIR__ . '/emulator.inc', true) . '; echo told(fn () => Samlforce\Salesforce\Credentials::jwtBearer("a.example", "x", "y", "ec"), true), "\n";', ['samlforce.allowed_hosts' => 'a.example']);

echo "-- client\n";
$c = Emulator::credentials();
foreach (['67', '49.0', '67.1', '1000.0', '67.0/', '06.0', '', '67.0 '] as $version) {
    $try(fn () => new Client($c, $version));
}
$try(fn () => new Client($c, '50.0', 100) && new Client($c, '100.0', 600000));
$try(fn () => new Client($c, timeoutMs: 99));
$try(fn () => new Client($c, timeoutMs: 600001));
$sf = new Client($c);
$try(fn () => $sf->__construct($c));

echo "-- records\n";
$id = '003000000000001';
foreach (['', 'Contact/x', '1Contact', 'Con tact', '../x', 'Contact?', str_repeat('x', 256)] as $object) {
    $try(fn () => $sf->create($object, []));
}
foreach (['', '00300000000000', '0030000000000011', '00300000000000/', $id . '0000'] as $bad) {
    $try(fn () => $sf->update('Contact', $bad, []));
}
$try(fn () => $sf->retrieve('Contact', $id, ['Name,Id']));
$try(fn () => $sf->retrieve('Contact', $id, [1]));
$try(fn () => $sf->retrieve('Contact', $id, ['Account.']));
foreach ([['x'], ['a b' => 1], ['A' => []], ['A' => new stdClass()], ['A' => "\xFF"], ['A' => INF]] as $fields) {
    $try(fn () => $sf->create('Contact', $fields));
}
$try(fn () => $sf->upsert('Contact', 'X__c', '', []));
$try(fn () => $sf->upsert('Contact', 'X__c', '..', []));
$try(fn () => $sf->upsert('Contact', 'X__c', "a\nb", []));
$try(fn () => $sf->upsert('Contact', 'X__c', str_repeat('x', 256), []));
$try(fn () => $sf->upsert('Contact', 'X/c', 'x', []));
$try(fn () => $sf->upsert('Contact', 'X__c', 'x', ['X__c' => 'x']));
$try(fn () => $sf->delete('Contact', 'x'));
$try(fn () => $sf->activateUser('x'));
$try(fn () => $sf->isPasswordExpired('x'));
$try(fn () => $sf->setPassword('', 'x'));

echo "-- request\n";
foreach ([['get', 'limits'], ['TRACE', 'limits'], ['GET', ''], ['GET', '/'], ['GET', '/services'], ['GET', '/services/'], ['GET', '/services//oauth2/x'], ['GET', '/services/oauth2/userinfo'], ['POST', '/services/OAuth2/token'],
    ['GET', '/services/%6Fauth2/x'], ['GET', '/services/data/../oauth2/userinfo'], ['GET', '/services/data/./x'], ['GET', '/services/data/%2e%2E/oauth2/userinfo'], ['GET', '/services/data/x%2F..%2f..%2Foauth2/userinfo'], ['GET', '/services/data/.%2e'], ['GET', '/services/data/..?x'], ['GET', '/services/data/..\\oauth2'], ['GET', '../../oauth2/userinfo'], ['GET', '/secur/frontdoor.jsp'], ['GET', "limits\r\nX: y"], ['GET', 'a b'], ['GET', 'a#b'], ['GET', 'ü'],
    ['GET', str_repeat('x', 16400)], ['GET', '//evil.example/'], ['GET', 'limits', []], ['POST', 'x', ['a' => "\xFF"]]] as $arguments) {
    $try(fn () => $sf->request(...$arguments));
}
echo '-- ', count(Emulator::requests()), " requests\n";
?>
--EXPECT--
-- credentials
ValueError: Credentials::jwtBearer(): Argument #1 ($loginHost) must be a host or host:port, without https://
ValueError: Credentials::jwtBearer(): Argument #1 ($loginHost) must be a host or host:port, without https://
ValueError: Credentials::jwtBearer(): Argument #1 ($loginHost) must be a host or host:port, without https://
ValueError: Credentials::jwtBearer(): Argument #1 ($loginHost) must be a host or host:port, without https://
ValueError: Credentials::jwtBearer(): Argument #2 ($consumerKey) must be 1 to 1024 bytes of UTF-8 without control characters
ValueError: Credentials::jwtBearer(): Argument #2 ($consumerKey) must be 1 to 1024 bytes of UTF-8 without control characters
ValueError: Credentials::jwtBearer(): Argument #2 ($consumerKey) must be 1 to 1024 bytes of UTF-8 without control characters
ValueError: Credentials::jwtBearer(): Argument #3 ($username) must be 1 to 255 bytes of UTF-8 without control characters
ValueError: Credentials::jwtBearer(): Argument #3 ($username) must be 1 to 255 bytes of UTF-8 without control characters
ValueError: Credentials::jwtBearer(): Argument #3 ($username) must be 1 to 255 bytes of UTF-8 without control characters
ValueError: Credentials::jwtBearer(): Argument #5 ($audience) must be an https URL of at most 512 bytes
ValueError: Credentials::jwtBearer(): Argument #5 ($audience) must be an https URL of at most 512 bytes
ValueError: Credentials::jwtBearer(): Argument #5 ($audience) must be an https URL of at most 512 bytes
KeyUnusable Authenticate - -: There is no key "nobody": put nobody.pem, nobody.key or nobody.secret into the folder that samlforce.keyring names, and restart PHP
KeyUnusable Authenticate - -: The key for Salesforce must be an RSA key (NAME.pem): its JWT bearer flow takes RS256 alone
KeyUnusable Authenticate - -: The key for Salesforce must be an RSA key (NAME.pem): its JWT bearer flow takes RS256 alone
-- client
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
ValueError: Client::__construct(): Argument #2 ($apiVersion) must be a version of Salesforce's API from 50.0 on, such as "67.0"
done
ValueError: Client::__construct(): Argument #3 ($timeoutMs) must be between 100 and 600000
ValueError: Client::__construct(): Argument #3 ($timeoutMs) must be between 100 and 600000
Error: The client has been constructed already
-- records
ValueError: Client::create(): Argument #1 ($object) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::create(): Argument #1 ($object) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::create(): Argument #1 ($object) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::create(): Argument #1 ($object) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::create(): Argument #1 ($object) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::create(): Argument #1 ($object) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::create(): Argument #1 ($object) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::update(): Argument #2 ($id) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::update(): Argument #2 ($id) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::update(): Argument #2 ($id) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::update(): Argument #2 ($id) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::update(): Argument #2 ($id) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::retrieve(): Argument #3 ($fields) must be a list of fields' API names
ValueError: Client::retrieve(): Argument #3 ($fields) must be a list of fields' API names
ValueError: Client::retrieve(): Argument #3 ($fields) must be a list of fields' API names
ValueError: Client::create(): Argument #2 ($fields) must have the fields' API names as keys
ValueError: Client::create(): Argument #2 ($fields) must have the fields' API names as keys
ValueError: Client::create(): Argument #2 ($fields) must have null, bool, int, float or string as values; A is none of these
ValueError: Client::create(): Argument #2 ($fields) must have null, bool, int, float or string as values; A is none of these
ValueError: Client::create(): Argument #2 ($fields) can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than 512
ValueError: Client::create(): Argument #2 ($fields) can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than 512
ValueError: Client::upsert(): Argument #3 ($externalId) must be 1 to 255 bytes of UTF-8 without control characters, and not "." or ".."
ValueError: Client::upsert(): Argument #3 ($externalId) must be 1 to 255 bytes of UTF-8 without control characters, and not "." or ".."
ValueError: Client::upsert(): Argument #3 ($externalId) must be 1 to 255 bytes of UTF-8 without control characters, and not "." or ".."
ValueError: Client::upsert(): Argument #3 ($externalId) must be 1 to 255 bytes of UTF-8 without control characters, and not "." or ".."
ValueError: Client::upsert(): Argument #2 ($externalIdField) must be an API name: a letter, then letters, digits and underscores
ValueError: Client::upsert(): Argument #4 ($fields) must not have X__c: Salesforce takes it from the path alone
ValueError: Client::delete(): Argument #2 ($id) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::activateUser(): Argument #1 ($userId) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::isPasswordExpired(): Argument #1 ($userId) must be a Salesforce id of 15 or 18 letters and digits
ValueError: Client::setPassword(): Argument #1 ($username) cannot be empty
-- request
ValueError: Client::request(): Argument #1 ($method) must be GET, POST, PATCH, PUT or DELETE
ValueError: Client::request(): Argument #1 ($method) must be GET, POST, PATCH, PUT or DELETE
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
InvalidInput TellPerson - -: The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #2 ($path) must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/
ValueError: Client::request(): Argument #3 ($body) must be null for GET
ValueError: Client::request(): Argument #3 ($body) can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than 512
-- 0 requests
