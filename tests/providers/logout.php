<?php
/*
 * A logout with one identity provider, from both sides and by every binding, and then the same with one thing changed. The arguments are
 * judge.php's, which comes first; `COMMAND logout DIR` takes the steps in DIR/logout.json and writes DIR/logout-answers.json.
 */

declare(strict_types=1);

use Samlforce\Saml\Assertion;
use Samlforce\Saml\Binding;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\LogoutRequest;
use Samlforce\Saml\LogoutResponse;
use Samlforce\Saml\LogoutStatus;
use Samlforce\Saml\NameId;
use Samlforce\Saml\Reason;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;

require __DIR__ . '/../support/logout.inc';

const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

final class LogoutJudge
{
    public int $passed = 0;
    public int $failed = 0;

    public function __construct(private string $provider, private string $dir, private array $command)
    {
    }

    public function line(bool $good, string $text): bool
    {
        $good ? $this->passed++ : $this->failed++;
        printf("%-6s  %s: logout, %s\n", $good ? 'ok' : 'FAILED', $this->provider, $text);
        return $good;
    }

    /** What we make of a message; a refusal has to be for this reason. */
    public function judge(string $what, callable $accept, ?Reason $refused = null): LogoutRequest|LogoutResponse|null
    {
        try {
            $said = $accept();
            $this->line($refused === null, "$what: " . ($said instanceof LogoutRequest ? "{$said->nameId->value} " . implode(' ', $said->sessionIndexes) : $said->status->name));
            return $said;
        } catch (SamlException $e) {
            $this->line($e->reason === $refused, "$what: " . ($e->reason === $refused ? $e->reason->name : $e->getMessage()));
            return null;
        }
    }

    /** @return list<array<string, mixed>> what came of each step */
    public function steps(array $steps): array
    {
        file_put_contents("{$this->dir}/logout.json", json_encode($steps, JSON_THROW_ON_ERROR));
        $process = proc_open([...$this->command, 'logout', $this->dir], [1 => STDERR, 2 => STDERR], $pipes);
        if (proc_close($process) !== 0) {
            $this->line(false, 'the provider ended with an error');
            $this->end();
        }
        return json_decode(file_get_contents("{$this->dir}/logout-answers.json"), true, 16, JSON_THROW_ON_ERROR);
    }

    public function end(): never
    {
        echo "$this->passed $this->failed\n";
        exit(0);
    }
}

/** What a provider sent, as a message of a binding: the query, the field or the envelope. */
function message(array $sent, string $binding): string
{
    return $binding === 'redirect' ? explode('?action=samlforce_slo&', $sent['url'], 2)[1] : $sent['body'];
}

function spoiled(string $message, string $binding): string
{
    $spoil = fn (string $xml) => preg_replace_callback('~(<(?:\w+:)?SignatureValue[^>]*>\s*.{20})(.)~s', fn ($m) => $m[1] . ($m[2] === 'A' ? 'B' : 'A'), $xml, 1);
    return match ($binding) {
        'redirect' => preg_replace_callback('~(&Signature=(?:%[0-9A-Fa-f]{2}|[^%&]){20}(?:%[0-9A-Fa-f]{2})*)([A-Za-z0-9])~', fn ($m) => $m[1] . ($m[2] === 'A' ? 'B' : 'A'), $message, 1),
        'post' => base64_encode($spoil(base64_decode($message))),
        'soap' => $spoil($message),
    };
}

[, $provider, $dir] = $argv;
$judge = new LogoutJudge($provider, $dir, array_slice($argv, 3));
$sp = new ServiceProvider(Forge::SP, Forge::ACS, 'sp', ['sp-encryption'], singleLogoutUrl: SLO);
file_put_contents("$dir/sp.xml", $sp->metadata());
$idp = IdentityProvider::fromMetadata(file_get_contents("$dir/idp.xml"));

// somebody signs in
$login = $sp->requestLogin($idp);
[$answer] = $judge->steps([['do' => 'login', 'request' => $login->url, 'sign' => 'both', 'nameId' => 'ada@example.org', 'attributes' => ['e-mail' => ['ada@example.org']]]]);
try {
    $assertion = $sp->acceptLogin($idp, $answer['response'] ?? '', $login->id, new MemoryGuard());
} catch (SamlException $e) {
    $judge->line(false, "the login before it: {$e->getMessage()} " . ($answer['error'] ?? ''));
    $judge->end();
}
$name = new NameId($assertion->nameId, $assertion->nameIdFormat, $assertion->nameQualifier, $assertion->spNameQualifier);

// we ask, it answers; and it asks, by each binding
$asked = $sp->requestLogout($idp, $name, [$assertion->sessionIndex], 'state', 'urn:oasis:names:tc:SAML:2.0:logout:user');
$query = parse_url($asked->url, PHP_URL_QUERY);
$common = ['sp' => Forge::SP, 'to' => SLO, 'nameId' => $name->value, 'format' => $name->format, 'sessionIndex' => $assertion->sessionIndex];
$steps = ['our request' => ['do' => 'read', 'binding' => 'redirect', 'message' => $query] + $common,
    'our request by post' => ['do' => 'read', 'binding' => 'post', 'message' => ($posted = $sp->requestLogout($idp, $name, [$assertion->sessionIndex], binding: Binding::Post))->fields['SAMLRequest']] + $common,
    'our request by post, a letter of the signature' => ['do' => 'read', 'binding' => 'post', 'message' => spoiled($posted->fields['SAMLRequest'], 'post')] + $common,
    'our request, a letter of the signature' => ['do' => 'read', 'binding' => 'redirect', 'message' => spoiled($query, 'redirect')] + $common];
foreach (['redirect', 'post', 'soap'] as $binding) {
    $steps[$binding] = ['do' => 'write', 'binding' => $binding, 'relayState' => $binding === 'soap' ? null : 'theirs'] + $common;
}
$answers = array_combine(array_keys($steps), $judge->steps(array_values($steps)));

$read = $answers['our request'];
if ($judge->line(($read['nameId'] ?? '') === $name->value && $read['sessionIndex'] === $assertion->sessionIndex && $read['relayState'] === 'state', 'our request: ' . ($read['error'] ?? "$read[nameId] $read[sessionIndex] $read[relayState]"))) {
    $answer = message($read, 'redirect');
    $accept = fn (string $message, ?string $id) => fn () => $sp->acceptLogout($idp, Binding::Redirect, $message, $id, new MemoryGuard());
    $said = $judge->judge('its answer', $accept($answer, $asked->id));
    $judge->line($said?->relayState === 'state' && $said->status === LogoutStatus::Success, 'its answer is Success, with our RelayState');
    $judge->judge('its answer to another request', $accept($answer, '_other'), Reason::InResponseToMismatch);
    $judge->judge('its answer to nothing', $accept($answer, null), Reason::Unsolicited);
    $judge->judge('its answer, a letter of the signature', $accept(spoiled($answer, 'redirect'), $asked->id), Reason::SignatureInvalid);
    $judge->judge('its answer, another RelayState', $accept(str_replace('RelayState=state', 'RelayState=other', $answer), $asked->id), Reason::SignatureInvalid);
}
$read = $answers['our request by post'];
if ($judge->line(($read['nameId'] ?? '') === $name->value && $read['sessionIndex'] === $assertion->sessionIndex, 'our request by post: ' . ($read['error'] ?? "$read[nameId] $read[sessionIndex]"))) {
    $judge->judge('its answer by post', fn () => $sp->acceptLogout($idp, Binding::Post, message($read, 'post'), $posted->id, new MemoryGuard()));
}
foreach (['our request, a letter of the signature', 'our request by post, a letter of the signature'] as $what) {
    $why = $answers[$what]['error'] ?? null;
    $judge->line($why !== null && stripos($why, 'sign') !== false, "$what: " . ($why ?? 'it answered'));
}

$steps = [];
foreach (['redirect', 'post', 'soap'] as $binding) {
    $case = constant(Binding::class . "::" . ucfirst($binding));
    if (isset($answers[$binding]['error'])) {
        $judge->line(false, "its request by $binding: {$answers[$binding]['error']}");
        continue;
    }
    $message = message($answers[$binding], $binding);
    $guard = new MemoryGuard();
    $accept = fn (string $message, ?int $now = null, ?MemoryGuard $g = null, ?ServiceProvider $as = null) => fn () => ($as ?? $sp)->acceptLogout($idp, $case, $message, null, $g ?? new MemoryGuard(), $now);
    $request = $judge->judge("its request by $binding", $accept($message, null, $guard));
    if ($request === null) {
        continue;
    }
    $judge->line($request instanceof LogoutRequest && $request->nameId->value === $name->value && $request->sessionIndexes === [$assertion->sessionIndex], "its request by $binding names who signed in, and the session");
    $judge->line(ServiceProvider::claimedIssuer($case, $message) === $idp->entityId, "its request by $binding says whose it is");
    $judge->judge("$binding, a second time", $accept($message, null, $guard), Reason::Replayed);
    $judge->judge("$binding, a letter of the signature", $accept(spoiled($message, $binding)), Reason::SignatureInvalid);
    $judge->judge("$binding, after ten minutes", $accept($message, time() + 600), Reason::Expired);
    $judge->judge("$binding, at another address", $accept($message, null, null, new ServiceProvider(Forge::SP, Forge::ACS, 'sp', [], singleLogoutUrl: 'https://other.test/slo')), Reason::DestinationMismatch);
    foreach ([LogoutStatus::PartialLogout, LogoutStatus::Success] as $status) {
        $back = $binding === 'soap' ? $sp->respondLogoutBySoap($request, $status) : $sp->respondLogout($idp, $request, $status);
        $judge->line(is_string($back) || strtolower($back->binding->name) === $binding, "our answer by $binding, $status->name, goes by it");
        $body = match ($binding) {
            'soap' => $back,
            'post' => $back->fields['SAMLResponse'] ?? '',
            'redirect' => parse_url($back->url, PHP_URL_QUERY),
        };
        $steps["our answer by $binding, $status->name"] = ['do' => 'finish', 'binding' => $binding, 'message' => $body] + $common;
    }
    $steps["our answer by $binding, a letter of the signature"] = ['do' => 'finish', 'binding' => $binding, 'message' => spoiled($body, $binding)] + $common;
}
foreach (array_combine(array_keys($steps), $judge->steps(array_values($steps))) as $what => $said) {
    $why = strtok($said['error'] ?? '', "\n");
    $good = match (true) {
        str_contains($what, 'signature') => stripos($why, 'signature') !== false,
        str_contains($what, 'Partial') => str_contains($why, 'PartialLogout'), // both of them say it by an exception
        default => ($said['status'] ?? '') === SUCCESS,
    };
    $judge->line($good, "$what: " . ($why ?: "$said[status] $said[second]"));
}
$judge->end();
