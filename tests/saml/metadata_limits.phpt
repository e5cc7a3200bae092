--TEST--
Metadata has caps of its own: at each it is read, one over it is refused, and tens of megabytes cost time in proportion
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/metadata.inc';
require __DIR__ . '/../support/keyring.inc';

use Samlforce\Saml\Metadata;

$xml = entities(entity('urn:a', idp_role([new Forge()])) . entity('urn:b', ''));
$code = <<<'CODE'
    try {
        Samlforce\Saml\Metadata::read($argv[1], []);
        echo Samlforce\Saml\IdentityProvider::fromMetadata($argv[1])->entityId, "\n";
    } catch (Samlforce\Saml\SamlException $e) {
        echo $e->reason->name, "\n";
    }
    CODE;
$ring = new TestKeyring();
$under = fn (array $settings) => $ring->run($code, $settings, [$xml]);
$nodes = preg_match_all('~<[a-z]~', $xml) + preg_match_all('~ (?!xmlns)[a-zA-Z]+="~', $xml);
foreach (['metadata_max_bytes' => strlen($xml), 'metadata_max_nodes' => $nodes, 'metadata_max_namespaces' => substr_count($xml, 'xmlns')] as $name => $cap) {
    echo "$name: ", $under(["samlforce.saml.$name" => (string) $cap]);
    echo '  one less: ', $under(["samlforce.saml.$name" => (string) ($cap - 1)]);
}
echo 'the caps of messages are others: ', $under(['samlforce.saml.max_bytes' => '10', 'samlforce.saml.max_nodes' => '1', 'samlforce.saml.max_namespaces' => '1']);

// an aggregate of some 30 MB, signed; and a third of it
$federation = new Forge();
$idp = new Forge();
$aggregate = function (int $count) use ($federation, $idp): string {
    $one = idp_role([$idp, $idp], 'https://idp.test', '', '<md:Extensions><mdui:UIInfo xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui"><mdui:DisplayName xml:lang="en">Name</mdui:DisplayName></mdui:UIInfo></md:Extensions>');
    $xml = entities(implode('', array_map(fn ($i) => entity("https://idp$i.test/", $one), range(1, $count))), ' ID="_md"');
    // PHP canonicalises a document in proportion to its size, an element of it not: so the signature is made for a small one, and moved
    $canonical = Forge::load($xml)->C14N(true);
    $signature = Forge::element(Forge::load(signed_metadata($federation, entities('', ' ID="_md"'), ['before' => fn (string $info) => preg_replace(
        '~(?<=<ds:DigestValue>)[^<]+~', base64_encode(hash('sha256', $canonical, true)), $info)])), 'Signature');
    $start = strpos($canonical, '>') + 1;
    return substr_replace($canonical, $signature->ownerDocument->saveXML($signature), $start, 0);
};
$took = function (int $count) use ($aggregate, $federation): array {
    $xml = $aggregate($count);
    $best = INF;
    for ($i = 0; $i < 2; $i++) {
        $from = getrusage();
        $m = Metadata::read($xml, [$federation->certificate]);
        $entities = $m->entities();
        $idp = $m->identityProvider("https://idp$count.test/");
        $to = getrusage();
        $best = min($best, $to['ru_utime.tv_sec'] - $from['ru_utime.tv_sec'] + ($to['ru_utime.tv_usec'] - $from['ru_utime.tv_usec']) / 1e6);
    }
    return [strlen($xml), $best, count($entities), $idp->entityId];
};
ini_set('memory_limit', '2G');
[$size, $third] = $took(3000);
[$size, $whole, $count, $last] = $took(9000);
echo $size > 25_000_000 ? 'big' : "only $size bytes", ", $count entities, the last is $last\n";
echo $whole < 8 * $third ? "in proportion\n" : sprintf("%.1f s for a third, %.1f s for the whole\n", $third, $whole);
?>
--EXPECT--
metadata_max_bytes: urn:a
  one less: TooLarge
metadata_max_nodes: urn:a
  one less: TooManyNodes
metadata_max_namespaces: urn:a
  one less: TooManyNamespaces
the caps of messages are others: urn:a
big, 9000 entities, the last is https://idp9000.test/
in proportion
