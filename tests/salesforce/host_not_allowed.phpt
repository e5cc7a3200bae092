--TEST--
Nothing goes to a host that php.ini doesn't name: not a sign-in, not a call to the instance_url, not a password
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
Emulator::start();
$host = Emulator::$env['SF_HOST'];
[$name, $port] = explode(':', $host);
foreach (['login.salesforce.com', "$name:" . ($port + 1), $name, "evil.$name:$port", 'localhost:' . $port] as $other) {
    echo told(fn () => Emulator::credentials(['loginHost' => $other])), "\n";
}
var_dump(Emulator::credentials(['loginHost' => strtoupper($host)]) !== null);

echo "no list, an empty one, and one with a wildcard in it:\n";
foreach (['', ' , ', "$host, *.my.salesforce.com"] as $list) {
    echo Emulator::php('echo told(fn () => Emulator::credentials(), true), "\n";', ['samlforce.allowed_hosts' => $list]);
}
echo "php.ini alone decides:\n";
var_dump(ini_set('samlforce.allowed_hosts', 'evil.example'), ini_set('samlforce.ca_file', '/tmp/x'));

echo "the instance_url is another host:\n";
Emulator::requests();
foreach (["other.my.salesforce.localhost:$port", 'acme.my.salesforce.localhost'] as $instance) {
    Emulator::ctl('set', 'instance_host', $instance);
    Emulator::ctl('expire-tokens');
    echo told(fn () => (new Samlforce\Salesforce\Client(Emulator::credentials(['audience' => 'https://login.salesforce.com'])))->limits(), true), "\n";
}
echo Emulator::log();
Emulator::ctl('set', 'instance_host', $host);
?>
--EXPECTF--
HostNotAllowed TellPerson - -
HostNotAllowed TellPerson - -
HostNotAllowed TellPerson - -
HostNotAllowed TellPerson - -
HostNotAllowed TellPerson - -
bool(true)
no list, an empty one, and one with a wildcard in it:
HostNotAllowed TellPerson - -: The host acme.my.salesforce.localhost:%d is not in samlforce.allowed_hosts (php.ini)
HostNotAllowed TellPerson - -: The host acme.my.salesforce.localhost:%d is not in samlforce.allowed_hosts (php.ini)
HostNotAllowed TellPerson - -: samlforce.allowed_hosts is refused as a whole, because this is no host: *.my.salesforce.com
php.ini alone decides:
bool(false)
bool(false)
the instance_url is another host:
HostNotAllowed TellPerson - -: Salesforce gave a token for another host (instance_url). The host other.my.salesforce.localhost:%d is not in samlforce.allowed_hosts (php.ini)
HostNotAllowed TellPerson - -: Salesforce gave a token for another host (instance_url). The host acme.my.salesforce.localhost:443 is not in samlforce.allowed_hosts (php.ini)
  POST /services/oauth2/token 200
  POST /services/oauth2/token 200
