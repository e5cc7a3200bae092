--TEST--
A new token is asked for once, and the call goes to the instance that it names; and not where a new token would change nothing
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/server.inc';
Emulator::start();
// the org moves to another host while we have a token for the old one
[$name, $port] = explode(':', Emulator::$env['SF_HOST']);
$new = "acme2.my.salesforce.localhost:$port";
$move = '$sf = Emulator::client(); $sf->limits(); Emulator::ctl("set", "instance_host", "' . $new . '"); Emulator::ctl("expire-tokens"); echo told(fn () => $sf->limits(), true), "\n";';
echo 'the org moves: ', Emulator::php($move, ['samlforce.allowed_hosts' => Emulator::$env['SF_HOST'] . " $new"]), Emulator::log();
Emulator::ctl('set', 'instance_host', Emulator::$env['SF_HOST']);
echo 'to where php.ini allows nothing: ', str_replace($port, 'PORT', Emulator::php($move)), Emulator::log();
Emulator::ctl('set', 'instance_host', Emulator::$env['SF_HOST']);

$sf = Emulator::client();
$sf->limits();
Emulator::requests();
Emulator::ctl('fault', 'error', '--code', 'INVALID_SESSION_ID', '--status', '401', '--message', 'This session is not valid for use with the REST API', '--match', 'limits');
echo 'no right to use the API: ', told(fn () => $sf->limits()), "\n", Emulator::log();
Emulator::ctl('fault', 'clear');

$odd = new OddServer(['{token}', OddServer::answer('<?xml version="1.0"?><LoginFault><exceptionCode>LOGIN_OAUTH_INVALID_TOKEN</exceptionCode></LoginFault>', "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/xml"), '{token}']);
echo 'XML: ', Emulator::php('echo told(fn () => (new Samlforce\Salesforce\Client(Emulator::credentials(["loginHost" => $argv[1]])))->limits()), "\n";', ['samlforce.allowed_hosts' => $odd->host], arguments: [$odd->host]);
echo '  ', implode("\n  ", $odd->asked()), "\n";
?>
--EXPECT--
the org moves: done
  POST /services/oauth2/token 200
  GET limits 200
  GET limits 401
  POST /services/oauth2/token 200
  GET limits 200
to where php.ini allows nothing: HostNotAllowed TellPerson - -: Salesforce gave a token for another host (instance_url). The host acme2.my.salesforce.localhost:PORT is not in samlforce.allowed_hosts (php.ini)
  POST /services/oauth2/token 200
  GET limits 200
  GET limits 401
  POST /services/oauth2/token 200
no right to use the API: Authentication Authenticate INVALID_SESSION_ID 401
  GET limits 401
XML: Authentication Authenticate - 401
  POST /services/oauth2/token HTTP/1.1
  GET /services/data/v67.0/limits HTTP/1.1
