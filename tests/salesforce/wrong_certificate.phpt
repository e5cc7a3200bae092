--TEST--
A certificate of another CA, of the system's CAs, or of another name is refused before anything is sent; no host is reached that isn't there
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
require __DIR__ . '/server.inc';
Emulator::start();
$other = tempnam(sys_get_temp_dir(), 'sf-ca-');
$key = openssl_pkey_new(['private_key_bits' => 2048]);
openssl_x509_export(openssl_csr_sign(openssl_csr_new(['commonName' => 'another CA'], $key), null, $key, 30), $pem);
file_put_contents($other, $pem);
$call = 'echo told(fn () => Emulator::client(3000)->limits(), true), "\n";';
echo 'another CA: ', Emulator::php($call, ['samlforce.ca_file' => $other]);
echo 'the CAs of the system: ', Emulator::php($call, ['samlforce.ca_file' => '']);
echo 'no such file: ', Emulator::php($call, ['samlforce.ca_file' => '/nonexistent/ca.pem']);
$where = 'echo told(fn () => (new Samlforce\Salesforce\Client(Emulator::credentials(["loginHost" => "%s"]), timeoutMs: 3000))->limits(), true), "\n";';
$odd = new OddServer(['{token}']);
$wrong = 'wrong.localhost:' . explode(':', $odd->host)[1];
echo 'another name: ', Emulator::php(sprintf($where, $wrong), ['samlforce.allowed_hosts' => $wrong]);
echo 'nobody listens: ', Emulator::php(sprintf($where, 'nobody.localhost:1'), ['samlforce.allowed_hosts' => 'nobody.localhost:1']);
echo 'the handshake is refused: ';
Emulator::ctl('fault', 'refuse-tls');
echo Emulator::php($call);
Emulator::ctl('fault', 'clear');
echo 'all is well: ', Emulator::php($call);
echo Emulator::log();
unlink($other);
?>
--EXPECTF--
another CA: Tls Retry - -: No trusted TLS connection to acme.my.salesforce.localhost:%d: SSL certificate problem: unable to get local issuer certificate
the CAs of the system: Tls Retry - -: No trusted TLS connection to acme.my.salesforce.localhost:%d: SSL certificate problem: unable to get local issuer certificate
no such file: Tls Retry - -: No trusted TLS connection to acme.my.salesforce.localhost:%d: error setting certificate file: /nonexistent/ca.pem
another name: Tls Retry - -: No trusted TLS connection to wrong.localhost:%d: SSL: no alternative certificate subject name matches target host%Sname 'wrong.localhost'
nobody listens: Unreachable Retry - -: nobody.localhost:1 can't be reached: Could%sconnect to server
the handshake is refused: Tls Retry - -: No trusted TLS connection to acme.my.salesforce.localhost:%d: %s
all is well: done
  POST /services/oauth2/token 200
  GET limits 200
