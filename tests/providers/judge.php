<?php
/*
 * Sends login requests to one identity provider, judges what it answers with ServiceProvider::acceptLogin(), and then the same
 * with one thing changed.
 *
 *   php -d extension=samlforce.so -d samlforce.keyring=FOLDER judge.php PROVIDER DIR COMMAND...
 *
 * The keyring holds the pairs sp, sp-encryption and other. `COMMAND metadata DIR` writes DIR/idp.xml, `COMMAND answer DIR` reads
 * DIR/sp.xml and DIR/cases.json and writes DIR/answers.json. The last line is two numbers, of what passed and what failed.
 */

declare(strict_types=1);

use Samlforce\Keyring;
use Samlforce\Saml\Assertion;
use Samlforce\Saml\Binding;
use Samlforce\Saml\Expectation;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\Reason;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;

require __DIR__ . '/../support/saml.inc';

const NAME = "zo\u{eb}.o'neil+1@example.org";
const ATTRIBUTES = ['e-mail' => [NAME], 'full-name' => ["Zo\u{eb} & <O'Neil>"], 'group' => ['readers', 'writers']];

final class Judge
{
    private int $passed = 0;
    private int $failed = 0;

    public function __construct(private string $provider)
    {
    }

    /**
     * One line. $expected is null where the login is to be accepted, or the reasons of which one is to be given.
     *
     * @param callable(): Assertion $login
     * @param list<Reason>|null $expected
     */
    public function case(string $what, callable $login, ?array $expected = null, string $name = NAME): bool
    {
        try {
            $assertion = $login();
            $good = $expected === null;
            $said = $assertion->nameId;
            $wrong = $good ? self::somebodyElse($assertion, $name) : '';
            if ($wrong !== '') {
                $good = false;
                $said .= ", but $wrong";
            }
        } catch (SamlException $e) {
            $good = $expected !== null && in_array($e->reason, $expected, true);
            $said = $e->reason->name . ($good ? '' : ": {$e->getMessage()}");
        }
        if (!$good && $expected !== null) {
            $said .= ' (and not ' . implode(' or ', array_map(fn (Reason $r) => $r->name, $expected)) . ')';
        }
        return $this->line($good, "$what: $said");
    }

    public function line(bool $good, string $text): bool
    {
        $good ? $this->passed++ : $this->failed++;
        printf("%-6s  %s: %s\n", $good ? 'ok' : 'FAILED', $this->provider, $text);
        return $good;
    }

    public function numbers(): string
    {
        return "$this->passed $this->failed\n";
    }

    private static function somebodyElse(Assertion $assertion, string $name): string
    {
        if ($assertion->nameId !== $name) {
            return "that is not the NameID $name";
        }
        foreach (ATTRIBUTES as $attribute => $values) {
            if (($assertion->attributes[$attribute] ?? null) !== $values) {
                return "the attributes are " . json_encode($assertion->attributes, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
            }
        }
        return '';
    }
}

/** Changes exactly one place of a text; a change that finds nothing is a mistake of the test. */
function change(string $pattern, string|callable $by, string $xml, int $limit = 1): string
{
    $new = is_string($by) ? preg_replace($pattern, $by, $xml, $limit, $count) : preg_replace_callback($pattern, $by, $xml, $limit, $count);
    if ($new === null || $count < 1 || $new === $xml) {
        throw new LogicException("$pattern changes nothing");
    }
    return $new;
}

/** Another letter in the middle of the text of the first or the last element of this name. */
function spoil(string $element, string $xml, bool $first = true): string
{
    if (!preg_match_all("~<(?:\w+:)?$element(?: [^>]*)?>([^<]+)<~", $xml, $matches, PREG_OFFSET_CAPTURE)) {
        throw new LogicException("no $element");
    }
    [$text, $at] = $matches[1][$first ? 0 : count($matches[1]) - 1];
    $middle = intdiv(strlen($text), 2);
    while (strspn($text, "\r\n\t &#;=", $middle, 1) === 1) {
        $middle++;
    }
    $xml[$at + $middle] = $text[$middle] === 'A' ? 'B' : 'A';
    return $xml;
}

function run_provider(array $command): void
{
    $process = proc_open($command, [1 => STDERR, 2 => STDERR], $pipes);
    $code = proc_close($process);
    if ($code !== 0) {
        fwrite(STDERR, 'judge.php: ' . implode(' ', $command) . " ended with $code\n");
        exit(1);
    }
}

[, $provider, $dir] = $argv;
$command = array_slice($argv, 3);
foreach (['sp', 'sp-encryption', 'other'] as $key) {
    if (!Keyring::has($key)) {
        fwrite(STDERR, "judge.php: the keyring has no key '$key'\n");
        exit(1);
    }
}

$judge = new Judge($provider);
$sp = new ServiceProvider(Forge::SP, Forge::ACS, 'sp', ['sp-encryption']);
file_put_contents("$dir/sp.xml", $sp->metadata());
run_provider([...$command, 'metadata', $dir]);
$metadata = file_get_contents("$dir/idp.xml");
try {
    $pinned = IdentityProvider::fromMetadata($metadata);
    $judge->line($pinned->loginUrl !== null, "its metadata: $pinned->entityId, login at " . ($pinned->loginUrl ?? 'no address'));
} catch (SamlException $e) {
    $judge->line(false, "its metadata: {$e->reason->name}: {$e->getMessage()}");
    echo $judge->numbers();
    exit(1);
}

$cases = require __DIR__ . '/cases.php';
$cases = $cases($provider);
// Not all that take a posted request say so in their metadata: the address is the same.
$posted = new IdentityProvider($pinned->entityId, array_column($pinned->certificates(), 'pem'), endpoints: ['login' => ['post' => $pinned->endpoints['login']['post'] ?? $pinned->loginUrl]]);
$requests = $expectations = [];
foreach ($cases as $i => $case) {
    $request = $sp->requestLogin(isset($case['post']) ? $posted : $pinned, ...$case['asks'] ?? []);
    $requests[$case['name']] = $request->id;
    $expectations[$case['name']] = isset($case['asks']) ? (string) $request->expectation : null;
    $cases[$i] += ['nameId' => NAME, 'attributes' => ATTRIBUTES, 'request' => $request->url];
    if ($request->binding === Binding::Post) {
        $xml = base64_decode($request->fields['SAMLRequest']);
        $cases[$i]['form'] = ['SAMLRequest' => base64_encode(isset($case['unanswered']) ? spoil('SignatureValue', $xml) : $xml)];
    } elseif (isset($case['unanswered'])) {
        $cases[$i]['request'] = change('~(&Signature=(?:%[0-9A-F]{2}|[^%&]){20}(?:%[0-9A-F]{2})*)([A-Za-z0-9])~', fn (array $m) => $m[1] . ($m[2] === 'A' ? 'B' : 'A'), $request->url);
    }
}
file_put_contents("$dir/cases.json", json_encode($cases, JSON_THROW_ON_ERROR));
run_provider([...$command, 'answer', $dir]);
$answers = json_decode(file_get_contents("$dir/answers.json"), true, 16, JSON_THROW_ON_ERROR);

// What fromMetadata() has no switch for is set as one does it by hand, from what it read.
$idp = fn (array $switches = [], ?string $entityId = null, ?array $certificates = null) => new IdentityProvider(
    $entityId ?? $pinned->entityId,
    $certificates ?? array_column($pinned->certificates(), 'pem'),
    $pinned->loginUrl,
    ...$switches
);

foreach ($cases as $case) {
    $name = $case['name'];
    $id = $requests[$name];
    $answer = $answers[$name] ?? ['error' => 'no answer'];
    if (isset($case['unanswered'])) {
        $why = strtok($answer['error'] ?? '', '(<');
        $judge->line($why !== false && preg_match('~signature|IncorrectlySigned~i', $why) === 1, "$name: " . ($why === false ? 'it answered' : "no Response: $why"));
        continue;
    }
    if (isset($answer['error'])) {
        $judge->line(false, "$name: it gave no Response: $answer[error]");
        continue;
    }
    if (isset($answer['destination']) && $answer['destination'] !== Forge::ACS) {
        $judge->line(false, "$name: it sends the browser to $answer[destination]");
        continue;
    }
    $message = $answer['response'];
    $xml = base64_decode($message);
    $switches = $case['switches'] ?? [];
    $trusted = $switches === [] ? $pinned : $idp($switches);

    // The provider did what the case says; otherwise the case would prove nothing.
    $encrypted = $case['encrypt'] ?? '';
    $response = (bool) preg_match('~<(\w+:)?Response [^>]*>\s*<(\w+:)?Issuer[^>]*>[^<]*</(\w+:)?Issuer>\s*<(\w+:)?Signature[ >]~', $xml);
    $assertion = (bool) preg_match('~<(\w+:)?Assertion [^>]*>\s*<(\w+:)?Issuer[^>]*>[^<]*</(\w+:)?Issuer>\s*<(\w+:)?Signature[ >]~', $xml);
    $wanted = [in_array($case['sign'], ['response', 'both'], true), $encrypted !== 'assertion' && in_array($case['sign'], ['assertion', 'both'], true)];
    $holder = ['assertion' => 'EncryptedAssertion', 'nameid' => 'EncryptedID'][$encrypted] ?? null;
    if ($wanted !== [$response, $assertion] || ($holder !== null && !str_contains($xml, $holder)) || ($holder === null && str_contains($xml, 'EncryptedData'))) {
        $judge->line(false, "$name: that is not what it sent: " . ($response ? 'Response signed, ' : '') . ($assertion ? 'Assertion signed, ' : '') . (preg_match('~Encrypted\w+~', $xml, $m) ? $m[0] : 'nothing encrypted'));
        continue;
    }
    foreach ($case['contains'] ?? [] as $part) {
        if (!str_contains($xml, $part)) {
            $judge->line(false, "$name: there is no $part in it");
            continue 2;
        }
    }

    $asked = $expectations[$name] === null ? null : Expectation::fromString($expectations[$name]);
    if (isset($case['refused'])) {
        $judge->case($name, fn () => $sp->acceptLogin($trusted, $message, $id, new MemoryGuard(), null, $asked), [$case['refused']]);
        continue;
    }
    if ($asked) {
        $judge->case($name, fn () => $sp->acceptLogin($trusted, $message, $id, new MemoryGuard(), null, $asked));
        $later = Expectation::fromString(json_encode(['sentAt' => time() + 300] + json_decode($expectations[$name], true)));
        $judge->case("$name, of before it was asked for", fn () => $sp->acceptLogin($trusted, $message, $id, new MemoryGuard(), null, $later), [Reason::AuthnTooOld]);
        continue;
    }
    $guard = new MemoryGuard();
    if (!$judge->case($name, fn () => $sp->acceptLogin($trusted, $message, $id, $guard), null, $answer['nameId'] ?? NAME)) {
        continue;
    }

    $refused = fn (string $what, callable $login, Reason ...$reasons) => $judge->case("$name, $what", $login, $reasons);
    $accept = fn (string $changed) => fn () => $sp->acceptLogin($trusted, base64_encode($changed), $id, new MemoryGuard());
    $inside = $encrypted === 'assertion' && $case['sign'] !== 'response';
    // CBC in an unsigned Response tells nobody whether it was the padding, the XML or the signature that was wrong
    $silent = $encrypted === 'assertion' && str_contains($xml, '-cbc"');

    // The message is the same, and somebody else's, or late.
    $refused('a second time', fn () => $sp->acceptLogin($trusted, $message, $id, $guard), Reason::Replayed);
    $refused('after a day', fn () => $sp->acceptLogin($trusted, $message, $id, new MemoryGuard(), time() + 86400), Reason::Expired);
    $refused('to another request', fn () => $sp->acceptLogin($trusted, $message, '_' . str_repeat('0', 40), new MemoryGuard()), Reason::InResponseToMismatch);
    $refused('to no request', fn () => $sp->acceptLogin($trusted, $message, null, new MemoryGuard()), Reason::Unsolicited, Reason::InResponseToMismatch);
    $other = new ServiceProvider('https://other.test/metadata', Forge::ACS, 'sp', ['sp-encryption']);
    $refused('at another service', fn () => $other->acceptLogin($trusted, $message, $id, new MemoryGuard()), Reason::AudienceMismatch, Reason::NameIdMismatch);
    $other = new ServiceProvider(Forge::SP, 'https://other.test/acs', 'sp', ['sp-encryption']);
    $refused('at another address', fn () => $other->acceptLogin($trusted, $message, $id, new MemoryGuard()), Reason::DestinationMismatch, Reason::RecipientMismatch);
    $refused('of another provider', fn () => $sp->acceptLogin($idp($switches, 'https://other.test/metadata'), $message, $id, new MemoryGuard()), Reason::IssuerMismatch);
    $refused('by another key', fn () => $sp->acceptLogin($idp($switches, null, [Keyring::certificate('other')]), $message, $id, new MemoryGuard()), $silent && !$response ? Reason::DecryptionFailed : Reason::SignatureInvalid);
    if ($encrypted !== '') {
        $other = new ServiceProvider(Forge::SP, Forge::ACS, 'sp', ['other']);
        $refused('with another key to decrypt', fn () => $other->acceptLogin($trusted, $message, $id, new MemoryGuard()), Reason::DecryptionFailed);
        // CBC has to stand in something that is signed where that is asked for; whatever else is encrypted stays good
        $strict = $idp(['requireAuthenticatedEncryption' => true] + $switches);
        $judge->case("$name, where encryption has to be authenticated", fn () => $sp->acceptLogin($strict, $message, $id, new MemoryGuard()), $silent && !$response ? [Reason::DecryptionFailed] : null, $answer['nameId'] ?? NAME);
        $other = new ServiceProvider(Forge::SP, Forge::ACS, 'sp');
        $refused('with no key to decrypt', fn () => $other->acceptLogin($trusted, $message, $id, new MemoryGuard()), Reason::DecryptionKeyMissing);
    }

    // One thing in the message is another.
    if ($response || $assertion) {
        $refused('a letter of the signature', $accept(spoil('SignatureValue', $xml)), Reason::SignatureInvalid);
        $refused('a letter of the digest', $accept(spoil('DigestValue', $xml)), Reason::SignatureInvalid);
        if (!$inside) {
            $refused('the signature gone', $accept(change('~<(?:\w+:)?Signature[ >].*?</(?:\w+:)?Signature>~s', '', $xml, -1)), $silent ? Reason::DecryptionFailed : Reason::NotSigned);
        }
        $refused('a DOCTYPE', $accept(change('~^(<\?xml[^>]*\?>)?\s*~', '$1<!DOCTYPE x>', $xml)), Reason::Doctype);
    }
    if ($encrypted === '') {
        $refused('the NameID', $accept(change('~(<(?:\w+:)?NameID[^>]*>)[^<]*~', '$1eve@example.org', $xml)), Reason::DigestMismatch);
        $refused('an attribute', $accept(change('~>readers<~', '>admins<', $xml)), Reason::DigestMismatch);
        preg_match('~<((?:\w+:)?)Assertion .*</\1Assertion>~s', $xml, $m);
        $evil = change('~ ID="[^"]*"~', ' ID="_evil"', change('~(<(?:\w+:)?NameID[^>]*>)[^<]*~', '$1eve@example.org', $m[0]));
        $refused('another Assertion before it', $accept(str_replace($m[0], $evil . $m[0], $xml)), Reason::AssertionCount);
        $refused('another Assertion behind it', $accept(str_replace($m[0], $m[0] . $evil, $xml)), Reason::AssertionCount);
    } else {
        $signed = $response || $encrypted === 'nameid';
        foreach (['first' => true, 'last' => false] as $which => $first) {
            $refused("a letter of the $which ciphertext", $accept(spoil('CipherValue', $xml, $first)), $signed ? Reason::DigestMismatch : Reason::DecryptionFailed);
        }
    }
}
echo $judge->numbers();
