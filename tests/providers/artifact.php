<?php
/*
 * A login of lasso by an artifact: it is asked for one, and resolves it over TLS.
 *
 *   php -d extension=samlforce.so -d samlforce.keyring=FOLDER -d samlforce.allowed_hosts=lasso.localhost:PORT -d samlforce.ca_file=FILE
 *       artifact.php PROVIDER DIR PORT COMMAND...
 *
 * DIR holds artifact.crt and artifact.key for the host lasso.localhost. `COMMAND artifact DIR` does what DIR/artifact.json says. judge.php comes first.
 */

declare(strict_types=1);

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;

require __DIR__ . '/../support/saml.inc';

[, $provider, $dir, $port] = $argv;
$passed = $failed = 0;
$line = function (bool $good, string $text) use (&$passed, &$failed, $provider): bool {
    $good ? $passed++ : $failed++;
    printf("%-6s  %s: artifact, %s\n", $good ? 'ok' : 'FAILED', $provider, $text);
    return $good;
};
$sp = new ServiceProvider(Forge::SP, Forge::ACS, 'sp', ['sp-encryption']);
$consumer = '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="' . htmlspecialchars(Forge::ACS) . '" index="1"/>';
file_put_contents("$dir/sp.xml", str_replace('</md:SPSSODescriptor>', "$consumer</md:SPSSODescriptor>", $sp->metadata()));
$known = IdentityProvider::fromMetadata(file_get_contents("$dir/idp.xml"));
$line(($known->endpoints['artifact'][0] ?? '') === 'https://lasso.localhost/artifact', 'its metadata says where');
$request = $sp->requestLogin($known, byArtifact: true);
file_put_contents("$dir/artifact.json", json_encode(['request' => $request->url, 'port' => (int) $port], JSON_THROW_ON_ERROR));
$process = proc_open([...array_slice($argv, 4), 'artifact', $dir], [1 => STDERR, 2 => STDERR], $pipes);
for ($i = 0; $i < 200 && !is_file("$dir/artifact-answers.json") && proc_get_status($process)['running']; $i++) {
    usleep(100000);
}
$answer = is_file("$dir/artifact-answers.json") ? json_decode(file_get_contents("$dir/artifact-answers.json"), true, 4, JSON_THROW_ON_ERROR) : ['url' => ''];
parse_str((string) parse_url($answer['url'], PHP_URL_QUERY), $query);
if ($line(str_starts_with($answer['url'], Forge::ACS) && isset($query['SAMLart']), 'it sends the browser back with one')) {
    $idp = new IdentityProvider($known->entityId, array_column($known->certificates(), 'pem'), endpoints: ['artifact' => [0 => "https://lasso.localhost:$port/artifact"]]);
    try {
        $assertion = $sp->acceptArtifact($idp, $query['SAMLart'], $request->id, new MemoryGuard(), null, $request->expectation);
        $line($assertion->nameId === 'ada@example.org', "it is resolved: $assertion->nameId");
    } catch (SamlException $e) {
        $line(false, "it is resolved: {$e->getMessage()}");
    }
}
proc_terminate($process);
proc_close($process);
echo "$passed $failed\n";
