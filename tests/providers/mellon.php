<?php
/*
 * Our metadata in the hands of other service providers' software, which takes it as its own: mod_auth_mellon, in an Apache, sends the browser
 * to the provider as us and takes the answer at our address; python3-saml looks it over.
 *
 *   php -d extension=curl -d extension=samlforce.so -d samlforce.keyring=FOLDER mellon.php DIR APACHE PORT PYTHON
 *
 * DIR/sp.key is the private key of the pair "sp" in the keyring, APACHE the folder that Debian's packages are unpacked into. The last line is
 * two numbers, of what passed and what failed.
 */

declare(strict_types=1);

use Samlforce\Keyring;
use Samlforce\Saml\Binding;
use Samlforce\Saml\ServiceProvider;

require __DIR__ . '/../support/saml.inc';

/** An Apache with mod_auth_mellon in front of a page, and a browser. */
final class Mellon
{
    /** @var resource */
    private $process;
    private CurlHandle $browser;

    public function __construct(private string $dir, string $root, private int $port, string $metadata)
    {
        file_put_contents("$dir/sp.xml", $metadata);
        $modules = "$root/usr/lib/apache2/modules";
        $load = implode("\n", array_map(fn (string $name): string => "LoadModule {$name}_module $modules/mod_$name.so", ['mpm_prefork', 'authn_core', 'authz_core', 'authz_user', 'auth_mellon']));
        @mkdir("$dir/www");
        file_put_contents("$dir/www/index.html", 'the page');
        file_put_contents("$dir/apache.conf", <<<CONF
            ServerRoot $dir
            ServerName 127.0.0.1
            Listen 127.0.0.1:$port
            PidFile $dir/pid
            DefaultRuntimeDir $dir
            Mutex file:$dir default
            ErrorLog $dir/error.log
            $load
            MellonLockFile $dir/mellon.lock
            User nobody
            Group nogroup
            StartServers 1
            MinSpareServers 1
            DocumentRoot $dir/www
            <Location />
            AuthType Mellon
            Require valid-user
            MellonEnable auth
            MellonEndpointPath /mellon
            MellonSPMetadataFile $dir/sp.xml
            MellonSPPrivateKeyFile $dir/sp.key
            MellonIdPMetadataFile $dir/idp.xml
            MellonSecureCookie Off
            </Location>

            CONF);
        $log = ['file', "$dir/apache.log", 'a'];
        // in a process group of its own: Apache ends all of the one that it is in
        $this->process = proc_open(['setsid', "$root/usr/sbin/apache2", '-DFOREGROUND', '-f', "$dir/apache.conf"], [['file', '/dev/null', 'r'], $log, $log], $pipes, null,
            ['LD_LIBRARY_PATH' => glob("$root/usr/lib/*-linux-gnu*")[0]] + getenv());
        for ($i = 0; $i < 400 && !@stream_socket_client("tcp://127.0.0.1:$port") && proc_get_status($this->process)['running']; $i++) {
            usleep(50000);
        }
        $this->browser = curl_init();
        curl_setopt_array($this->browser, [CURLOPT_RETURNTRANSFER => true, CURLOPT_COOKIEFILE => '', CURLOPT_TIMEOUT => 60, CURLOPT_PROXY => '']);
    }

    public function __destruct()
    {
        proc_terminate($this->process);
        proc_close($this->process);
    }

    /** @return array{int, string, string} the status, where it sends the browser, and the page */
    public function visit(string $url, ?array $form = null): array
    {
        curl_setopt_array($this->browser, [CURLOPT_URL => $url, CURLOPT_CUSTOMREQUEST => null] + ($form === null ? [CURLOPT_HTTPGET => true] : [CURLOPT_POSTFIELDS => http_build_query($form)]));
        $page = (string) curl_exec($this->browser);
        return [curl_getinfo($this->browser, CURLINFO_RESPONSE_CODE), (string) curl_getinfo($this->browser, CURLINFO_REDIRECT_URL), $page];
    }

    /** Opens the page and follows what stays here. @return array{int, string, string} */
    public function open(): array
    {
        $at = $this->visit("http://127.0.0.1:$this->port/index.html");
        for ($i = 0; $i < 5 && str_starts_with($at[1], "http://127.0.0.1:$this->port/"); $i++) {
            $at = $this->visit($at[1]);
        }
        return $at;
    }

    public function log(): string
    {
        return (string) @file_get_contents("$this->dir/apache.log") . @file_get_contents("$this->dir/error.log");
    }
}

[, $dir, $root, $port, $python] = $argv;
$passed = $failed = 0;
$line = function (bool $good, string $text) use (&$passed, &$failed): bool {
    $good ? $passed++ : $failed++;
    printf("%-6s  %s\n", $good ? 'ok' : 'FAILED', $text);
    return $good;
};

$home = "http://127.0.0.1:$port/mellon";
$sp = new ServiceProvider("$home/metadata", "$home/postResponse", 'sp', ['sp'], "$home/logout");
$everything = ['artifact' => true, 'nameIdFormats' => ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'], 'attributes' => [['name' => 'email', 'isRequired' => true]],
    'contacts' => [['type' => 'technical', 'email' => 'ada@wordpress.test']], 'organization' => ['name' => ['en' => 'Acme'], 'displayName' => ['en' => 'Acme'], 'url' => ['en' => 'https://wordpress.test/']], 'validFor' => 86400];
$idp = new Forge();
file_put_contents("$dir/idp.xml", '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="' . Forge::IDP . '"><md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="' . NS_SAMLP . '">'
    . '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="' . NS_DS . '"><ds:X509Data><ds:X509Certificate>' . preg_replace('/-----[^-]+-----|\s/', '', $idp->certificate) . '</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>'
    . '<md:SingleLogoutService Binding="' . Binding::Redirect->value . '" Location="https://idp.test/logout"/><md:SingleSignOnService Binding="' . Binding::Redirect->value . '" Location="https://idp.test/login"/></md:IDPSSODescriptor></md:EntityDescriptor>');

/** What is signed of the query, and whether our key signed it. */
$signed = function (string $query): bool {
    [$text, $signature] = explode('&Signature=', $query, 2) + [1 => ''];
    $algorithm = preg_match('~SigAlg=[^&]*rsa-sha(\d+)~', urldecode($text), $m) ? (int) $m[1] : 0;
    return openssl_verify($text, base64_decode(urldecode($signature)), Keyring::publicKey('sp'), $algorithm === 1 ? OPENSSL_ALGO_SHA1 : "sha$algorithm") === 1;
};

foreach (['' => [], 'signed, and with everything, ' => $everything + ['signed' => true]] as $how => $arguments) {
    $mellon = new Mellon($dir, $root, (int) $port, $sp->metadata(...$arguments));
    [$status, $url] = $mellon->open();
    parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
    $request = (string) @gzinflate((string) base64_decode($query['SAMLRequest'] ?? '', true));
    preg_match('~ID="([^"]+)"~', $request, $id);
    if (!$line(str_starts_with($url, 'https://idp.test/login?') && isset($id[1]), "mod_auth_mellon: our metadata, {$how}is read, and the browser is sent to the provider (HTTP $status)")) {
        echo $mellon->log();
        continue;
    }
    $line(preg_match('~Issuer[^>]*>([^<]+)<~', $request, $m) === 1 && $m[1] === $sp->entityId, "mod_auth_mellon: as $m[1]");
    $line(str_contains($request, 'AssertionConsumerServiceURL="' . $sp->assertionConsumerUrl . '"'), 'mod_auth_mellon: the answer is to come to our address');
    $line($signed((string) parse_url($url, PHP_URL_QUERY)), 'mod_auth_mellon: and our key has signed it');
    $now = time();
    $time = fn (int $offset): string => gmdate('Y-m-d\TH:i:s\Z', $now + $offset);
    $xml = strtr(Forge::response()->saveXML(), [htmlspecialchars(Forge::ACS) => $sp->assertionConsumerUrl, Forge::SP => $sp->entityId, Forge::REQUEST => $id[1], Forge::time() => $time(0), Forge::time(-60) => $time(-60), Forge::time(300) => $time(300)]);
    foreach (['another audience' => str_replace(">$sp->entityId<", '>https://other.test<', $xml), '' => $xml] as $wrong => $text) {
        $doc = Forge::load($text);
        $idp->sign(Forge::element($doc, 'Assertion'));
        $mellon->visit($sp->assertionConsumerUrl, ['SAMLResponse' => base64_encode($doc->saveXML()), 'RelayState' => "http://127.0.0.1:$port/index.html"]);
        [$status, , $page] = $mellon->visit("http://127.0.0.1:$port/index.html");
        $line(($status === 200 && $page === 'the page') === ($wrong === ''), 'mod_auth_mellon: an answer to us' . ($wrong === '' ? ' signs in' : ", but for $wrong, does not"));
    }
    unset($mellon);
}
$mellon = new Mellon($dir, $root, (int) $port, preg_replace('~\s*<md:AssertionConsumerService[^>]*/>~', '', $sp->metadata()));
[, $url] = $mellon->open();
parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
$line(!str_contains((string) @gzinflate((string) base64_decode($query['SAMLRequest'] ?? '', true)), 'AssertionConsumerServiceURL'), 'mod_auth_mellon: without our addresses in it, it asks for none');
unset($mellon);

$validate = function (string $xml) use ($python, $dir): string {
    file_put_contents("$dir/validate.xml", $xml);
    $settings = ['strict' => true, 'sp' => ['entityId' => 'urn:x', 'assertionConsumerService' => ['url' => 'https://x.test/']], 'idp' => ['entityId' => 'urn:y', 'singleSignOnService' => ['url' => 'https://y.test/']]];
    $program = "import json, sys\nfrom onelogin.saml2.settings import OneLogin_Saml2_Settings\n"
        . "print(' '.join(OneLogin_Saml2_Settings(json.loads(sys.argv[1]), sp_validation_only=True).validate_metadata(open(sys.argv[2]).read())) or 'good')";
    exec(implode(' ', array_map('escapeshellarg', [$python, '-c', $program, json_encode($settings), "$dir/validate.xml"])) . ' 2>&1', $out);
    return implode(' ', $out);
};
foreach (['' => [], ', signed and with everything' => $everything + ['signed' => true]] as $how => $arguments) {
    $said = $validate($sp->metadata(...$arguments));
    $line($said === 'good', "python3-saml: our metadata$how: $said");
}
$said = $validate($sp->metadata(validFor: 3600, now: time() - 7200));
$line($said !== 'good', "python3-saml: and what is over: $said");
$said = $validate(str_replace('AssertionConsumerService', 'AssertionConsumerSevice', $sp->metadata()));
$line($said !== 'good', "python3-saml: and what is none: $said");
echo "$passed $failed\n";
