--TEST--
The plugin's presets fit the documents of their products: names, formats, switches, and what is refused without them
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require_once __DIR__ . '/../support/presets.inc';
if (!within_keyring(__FILE__)) {
    return;
}

use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;
use Samlforce\WordPress\Presets;

define('ABSPATH', '/');
function __(string $text, string $domain): string
{
    return $text;
}
require __DIR__ . '/../../wordpress/samlforce/includes/class-presets.php';

/** allow_sha1 as IdentityProvider calls it. @param array<string, mixed> $switches */
function arguments(array $switches): array
{
    return array_combine(array_map(fn ($name) => lcfirst(str_replace('_', '', ucwords($name, '_'))), array_keys($switches)), $switches);
}

/** @param list<string> $keys */
function login(IdentityProvider $idp, DOMDocument $message, ?string $request = Forge::REQUEST, array $keys = []): Samlforce\Saml\Assertion|string
{
    try {
        return (new ServiceProvider(Forge::SP, Forge::ACS, null, $keys))->acceptLogin($idp, base64_encode($message->saveXML()), $request, new MemoryGuard(), Forge::NOW);
    } catch (SamlException $e) {
        return $e->reason->name;
    }
}

$values = ['email' => ['ada@example.org'], 'first_name' => ['Ada'], 'last_name' => ['Lovelace'], 'groups' => ['Editors', 'Staff']];
$products = Product::all();
$presets = Presets::all();
$wrong = array_merge(array_diff(array_keys($presets), array_keys($products)), array_diff(array_keys($products), array_keys($presets)));
echo count($presets), ' presets, ', $wrong ? 'and no product or preset for ' . implode(' ', $wrong) : 'each with its product', "\n";

$forge = new Forge();
$next = new Forge();
$sha1 = ['algorithm' => NS_DS . 'rsa-sha1', 'digest' => NS_DS . 'sha1'];
foreach ($products as $slug => $product) {
    $preset = Presets::find($slug);
    $problems = [];
    $must = function (bool $ok, string $what) use (&$problems): void {
        $ok || $problems[] = $what;
    };
    $provider = fn (array $switches = []) => IdentityProvider::fromMetadata($product->metadata($forge, $next), ...(['now' => Forge::NOW] + arguments($switches + $preset['switches'])));
    $idp = $provider();
    $must(Presets::guess($idp->entityId, (string) $idp->loginUrl) === $slug, 'guessed as ' . Presets::guess($idp->entityId, (string) $idp->loginUrl));
    $must($idp->loginUrl !== null && count($idp->certificates()) === 2, 'metadata');

    $sent = [];
    foreach (array_filter($preset['attributes']) as $what => $name) {
        $sent[$name] = $values[$what];
    }
    $assertion = login($idp, $product->response($forge, $sent));
    $must(is_object($assertion), 'refused: ' . json_encode($assertion));
    if (is_object($assertion)) {
        foreach ($sent as $name => $texts) {
            $must(implode(',', $assertion->attributes[$name] ?? []) === implode(',', $texts), "$name is " . json_encode($assertion->attributes[$name] ?? null));
        }
        $must(($assertion->nameIdFormat ?? FORMAT . 'unspecified') === $preset['name_id_format'], "NameID format $assertion->nameIdFormat");
    }
    $must(is_object(login($idp, $product->response($next, $sent))), 'the next key is not taken');
    $changed = $product->response($forge, $sent);
    Forge::element($changed, 'NameID')->nodeValue = 'admin@example.org';
    $must(login($idp, $changed) === 'DigestMismatch', 'changed: ' . json_encode(login($idp, $changed)));

    // each switch that may be needed: what it is for is refused without it, and accepted with it
    foreach ($preset['only_if'] as $switch => $sentence) {
        [$message, $request, $reason] = match ($switch) {
            'allow_unsolicited' => [fn () => $product->response($forge, $sent, null), null, 'Unsolicited'],
            'allow_sha1' => [fn () => $product->response($forge, $sent, Forge::REQUEST, $sha1), Forge::REQUEST, 'AlgorithmRefused'],
        };
        $must(login($idp, $message(), $request) === $reason, "without $switch: " . json_encode(login($idp, $message(), $request)));
        $must(is_object(login($provider([$switch => true]), $message(), $request)), "with $switch: " . json_encode(login($provider([$switch => true]), $message(), $request)));
        $must($sentence !== '', "$switch has no sentence");
    }
    $encrypts = isset($product->how['encrypt']);
    if ($encrypts) {
        $sealed = fn () => $product->response($forge, $sent, Forge::REQUEST, [], new Encryptor());
        $must(is_object(login($idp, $sealed(), Forge::REQUEST, ['sp'])), 'encrypted: ' . json_encode(login($idp, $sealed(), Forge::REQUEST, ['sp'])));
        $must(login($idp, $sealed()) === 'DecryptionKeyMissing', 'encrypted, without a key: ' . json_encode(login($idp, $sealed())));
    }
    $must(!$preset['decryption'] || $encrypts, 'is said to encrypt');

    // every place that a step leaves open is one that the page fills in
    preg_match_all('~\{\w+\}~', implode(' ', $preset['steps']), $places);
    $must(!array_diff($places[0], ['{acs}', '{entity_id}', '{metadata}', '{logout}']), 'places ' . implode(' ', $places[0]));
    $must(in_array('{acs}', $places[0], true) || in_array('{metadata}', $places[0], true), 'no step says where answers go');
    $must(array_is_list($preset['steps']) && count($preset['steps']) >= 3 && array_keys($preset['attributes']) === ['email', 'first_name', 'last_name', 'groups'], 'shape');
    echo str_pad($preset['name'], 20), ' ', $problems ? implode('; ', $problems) : 'fits' . ($encrypts ? ', encrypted too' : '') . ', ' . implode(' ', array_keys($preset['only_if'])), "\n";
}

echo "what tells nothing\n";
echo json_encode([Presets::guess('https://idp.example.org/'), Presets::guess('urn:x', 'https://okta.example.org/'), Presets::guess('https://evil.test/?https://sts.windows.net/00000000-1111-4222-8333-444444444444/'), Presets::guess(''), Presets::find('nobody')]), "\n";
?>
--EXPECT--
15 presets, each with its product
Salesforce           fits, allow_unsolicited
Microsoft Entra ID   fits, allow_unsolicited
Azure AD B2C         fits, allow_sha1
Okta                 fits, encrypted too, allow_unsolicited allow_sha1
AD FS                fits, encrypted too, allow_unsolicited allow_sha1
Google Workspace     fits, allow_unsolicited
Keycloak             fits, allow_unsolicited
Auth0                fits, allow_unsolicited allow_sha1
OneLogin             fits, allow_unsolicited allow_sha1
PingOne              fits, allow_unsolicited
PingFederate         fits, allow_unsolicited allow_sha1
JumpCloud            fits, allow_unsolicited allow_sha1
CyberArk Identity    fits, allow_unsolicited
Shibboleth           fits, encrypted too, allow_unsolicited
SimpleSAMLphp        fits, encrypted too, allow_unsolicited allow_sha1
what tells nothing
["","","","",null]
