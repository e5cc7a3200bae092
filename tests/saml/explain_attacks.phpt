--TEST--
explainLogin() says of every attack what acceptLogin() says, and no more of a ciphertext
--EXTENSIONS--
samlforce
dom
openssl
mbstring
--FILE--
<?php
require_once __DIR__ . '/../support/attacks.inc';
require_once __DIR__ . '/../support/explain.inc';
if (!within_keyring(__FILE__)) {
    return;
}

use Samlforce\Saml\{CheckName, CheckResult, ServiceProvider};

$forge = new Forge();
$asked = new ServiceProvider(Forge::SP, Forge::ACS);
$opens = new ServiceProvider(Forge::SP, Forge::ACS, null, ['sp']);
$judged = 0;
$shown = $told = [];
$look = function (ServiceProvider $sp, Attack $attack) use ($forge, &$judged): void {
    $xml = $attack->message instanceof DOMDocument ? $attack->message->saveXML() : $attack->message;
    $why = disagreement($sp, $attack->provider ?? $forge->provider(...$attack->switches), base64_encode($xml), $attack->request, $attack->now);
    echo $why === '' ? '' : "$attack->number $attack->what: $why\n";
    $judged++;
};
foreach (all_attacks($forge) as $attack) {
    $look($asked, $attack);
}
foreach (encryption_attacks($forge) as $attack) {
    $look($opens, $attack);
    $xml = $attack->message instanceof DOMDocument ? $attack->message->saveXML() : $attack->message;
    $report = $opens->explainLogin($forge->provider(...$attack->switches), base64_encode($xml), $attack->request, $attack->now);
    if ($report->reason?->name === 'DecryptionFailed' && $report->checks[count($report->checks) - 1]->advice !== null) {
        $rows = array_filter($report->checks, fn ($check) => $check->result === CheckResult::Failed);
        $row = reset($rows);
        $shown["{$row->name->name}: $row->advice"] = true;
        // while nobody has signed the Response, all that is told is one and the same, whatever is in the ciphertext
        if ($row->name === CheckName::Decryption && !array_filter($report->checks, fn ($check) => $check->name === CheckName::SignatureDigest && $check->subject === 'Response')) {
            $told[serialize(array_map(fn ($check) => [$check->name->name, $check->subject, $check->result->name, $check->found, $check->expected, $check->where], $report->checks))] = true;
            $told['count'] = ($told['count'] ?? 0) + 1;
        }
    }
}
echo $judged > 400 ? "more than 400 judged\n" : "$judged judged\n";
echo $told['count'] > 100 ? 'of more than 100' : "of $told[count]", ' ciphertexts without a signature around them, ', count($told) - 1, " reports\n";
ksort($shown);
echo implode("\n", array_keys($shown)), "\n";
?>
--EXPECT--
more than 400 judged
of more than 100 ciphertexts without a signature around them, 1 reports
Attributes: Load our current metadata at the provider, and have it encrypt a signed Assertion with AES-GCM and RSA-OAEP.
Decryption: Load our current metadata at the provider, and have it encrypt a signed Assertion with AES-GCM and RSA-OAEP.
NameId: Load our current metadata at the provider, and have it encrypt a signed Assertion with AES-GCM and RSA-OAEP.
