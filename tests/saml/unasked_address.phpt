--TEST--
An answer that nobody asked for counts at the address that it was sent to: the first one of the service provider that judges it, and no other
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;

const SECOND = 'https://wordpress.test/second';
$forge = new Forge();
$idp = $forge->provider(allowUnsolicited: true);
$unasked = fn (string $url) => $forge->signed([
    'responseAttributes' => ' ID="_response1" Version="2.0" IssueInstant="' . Forge::time() . '" Destination="' . htmlspecialchars($url) . '"',
    'confirmation' => Forge::confirmation(['Recipient' => $url, 'InResponseTo' => null]),
]);
$providers = [
    'the first is first' => new ServiceProvider(Forge::SP, Forge::ACS, furtherAssertionConsumerUrls: [SECOND]),
    'the second is first' => new ServiceProvider(Forge::SP, SECOND, furtherAssertionConsumerUrls: [Forge::ACS]),
];
foreach ($providers as $what => $sp) {
    foreach (['the first' => Forge::ACS, 'the second' => SECOND, 'neither' => 'https://wordpress.test/third'] as $where => $url) {
        try {
            $name = $sp->acceptLogin($idp, base64_encode($unasked($url)->saveXML()), null, new MemoryGuard(), Forge::NOW)->nameId;
            echo "$what, sent to $where: $name\n";
        } catch (SamlException $e) {
            echo "$what, sent to $where: {$e->reason->name}\n";
        }
    }
}
?>
--EXPECT--
the first is first, sent to the first: ada@example.org
the first is first, sent to the second: DestinationMismatch
the first is first, sent to neither: DestinationMismatch
the second is first, sent to the first: DestinationMismatch
the second is first, sent to the second: ada@example.org
the second is first, sent to neither: DestinationMismatch
