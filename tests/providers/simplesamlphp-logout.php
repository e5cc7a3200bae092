<?php
/*
 * Single logout with SimpleSAMLphp over two service providers, as a browser does it: started by one of them, and by SimpleSAMLphp; by the
 * query and by forms; where the other one does it, and where it doesn't.
 *
 *   php -d extension=curl -d extension=samlforce.so -d samlforce.keyring=FOLDER simplesamlphp-logout.php DIR
 *
 * DIR is what `simplesamlphp-idp set-up` made, being served. The last line is two numbers, of what passed and what failed.
 */

declare(strict_types=1);

use Samlforce\Saml\Binding;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\LogoutRequest;
use Samlforce\Saml\LogoutResponse;
use Samlforce\Saml\LogoutStatus;
use Samlforce\Saml\Message;
use Samlforce\Saml\NameId;
use Samlforce\Saml\Reason;
use Samlforce\Saml\SamlException;
use Samlforce\Saml\ServiceProvider;

require __DIR__ . '/../support/saml.inc';

/** Follows whatever stays at the provider, and stops where it is sent to a service provider. */
final class Browser
{
    private CurlHandle $curl;

    public function __construct(private string $home)
    {
        $this->curl = curl_init();
        // an empty name: cookies are kept, in memory
        curl_setopt_array($this->curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_COOKIEFILE => '', CURLOPT_TIMEOUT => 120, CURLOPT_PROXY => '']);
    }

    /** @return array{url: string, page: string, fields: array<string, string>} where it stops, and the form that it would post there */
    public function go(string $url, ?array $form = null): array
    {
        for ($i = 0; $i < 10 && str_starts_with($url, $this->home); $i++) {
            curl_setopt_array($this->curl, [CURLOPT_URL => $url, CURLOPT_CUSTOMREQUEST => null] + ($form === null ? [CURLOPT_HTTPGET => true] : [CURLOPT_POSTFIELDS => http_build_query($form)]));
            $page = (string) curl_exec($this->curl);
            $form = null;
            $next = curl_getinfo($this->curl, CURLINFO_REDIRECT_URL);
            if ($next) {
                $url = $next;
                continue;
            }
            if (curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE) !== 200) {
                preg_match('~<h2>(.*?)</h2>~s', $page, $title);
                throw new RuntimeException('HTTP ' . curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE) . ' ' . ($title[1] ?? ''));
            }
            $fields = [];
            preg_match_all('~<input type="hidden" name="([^"]+)" value="([^"]*)"~', $page, $inputs, PREG_SET_ORDER);
            foreach ($inputs as [, $name, $value]) {
                $fields[$name] = html_entity_decode($value, ENT_QUOTES | ENT_HTML5);
            }
            if (isset($fields['SAMLRequest']) || isset($fields['SAMLResponse'])) {
                preg_match('~<form[^>]* action="([^"]+)"~', $page, $action);
                $url = html_entity_decode($action[1], ENT_QUOTES | ENT_HTML5);
            }
            return ['url' => $url, 'page' => $page, 'fields' => $fields];
        }
        return ['url' => $url, 'page' => '', 'fields' => []];
    }

    public function send(Message $message): array
    {
        return $message->binding === Binding::Redirect ? $this->go($message->url) : $this->go($message->url, $message->fields);
    }
}

/** One of the two service providers, and whom it has signed in. */
final class Party
{
    public ServiceProvider $sp;
    public string $acs;
    public string $slo;
    public ?NameId $name = null;
    public ?string $session = null;

    public function __construct(public readonly string $id)
    {
        $this->acs = "https://$id.test/acs";
        $this->slo = "https://$id.test/slo?a=b";
        $this->sp = new ServiceProvider("https://$id.test/metadata", $this->acs, 'sp', ['sp-encryption'], singleLogoutUrl: $this->slo);
    }

    /** With logout by one binding alone. */
    public function metadata(Binding $only): string
    {
        return preg_replace_callback('~\s*<md:SingleLogoutService Binding="([^"]+)"[^>]*/>~', fn ($m) => $m[1] === $only->value ? $m[0] : '', preg_replace('~^<\?xml[^>]*\?>\s*~', '', $this->sp->metadata()));
    }

    public function login(Browser $browser, IdentityProvider $idp, string $password): void
    {
        $request = $this->sp->requestLogin($idp);
        $at = $browser->send($request);
        if (isset($at['fields']['AuthState'])) {
            $at = $browser->go($at['url'], ['username' => 'ada@example.org', 'password' => $password, 'AuthState' => $at['fields']['AuthState']]);
        }
        $assertion = $this->sp->acceptLogin($idp, $at['fields']['SAMLResponse'] ?? '', $request->id, new MemoryGuard());
        $this->name = new NameId($assertion->nameId, $assertion->nameIdFormat, $assertion->nameQualifier, $assertion->spNameQualifier);
        $this->session = $assertion->sessionIndex;
    }

    /** What came to this party, by whichever binding it came. */
    public function read(array $at, IdentityProvider $idp, ?string $request): LogoutRequest|LogoutResponse
    {
        $field = $at['fields']['SAMLRequest'] ?? $at['fields']['SAMLResponse'] ?? null;
        [$address, $query] = explode('?a=b', $at['url'], 2) + [1 => ''];
        if ("$address?a=b" !== $this->slo) {
            throw new RuntimeException("the browser is at $at[url]");
        }
        return $this->sp->acceptLogout($idp, $field === null ? Binding::Redirect : Binding::Post, $field ?? ltrim($query, '&'), $request, new MemoryGuard());
    }
}

$passed = $failed = 0;
$line = function (bool $good, string $text) use (&$passed, &$failed): bool {
    $good ? $passed++ : $failed++;
    printf("%-6s  simplesamlphp: logout, %s\n", $good ? 'ok' : 'FAILED', $text);
    return $good;
};

[, $dir] = $argv;
$home = file_get_contents("$dir/address");
file_put_contents("$dir/case.json", json_encode(['sign.logout' => true, 'validate.logout' => true, 'redirect.sign' => true, 'SingleLogoutServiceBinding' => [Binding::Redirect->value, Binding::Post->value]], JSON_THROW_ON_ERROR));
$password = bin2hex(random_bytes(16));
(new PDO("sqlite:$dir/users.sqlite"))->prepare("INSERT INTO users VALUES ('006', ?, ?, 'Ada', 'L', 1, NULL, '004', ?)")->execute(['ada@example.org', 'ada@example.org', password_hash($password, PASSWORD_BCRYPT, ['cost' => 4])]);
$read = (new Browser($home))->go("$home/saml2/idp/metadata.php")['page'];
$idp = IdentityProvider::fromMetadata($read);
$line($idp->logoutUrl !== null, 'its metadata says where');

$start = function (Binding $binding) use ($dir, $home, $idp, $password): array {
    [$one, $two] = [new Party('one'), new Party('two')];
    file_put_contents("$dir/sp.xml", "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{$one->metadata($binding)}{$two->metadata($binding)}</md:EntitiesDescriptor>");
    $browser = new Browser($home);
    $one->login($browser, $idp, $password);
    $two->login($browser, $idp, '');
    return [$browser, $one, $two];
};
$still_in = function (Browser $browser, Party $party) use ($idp): bool {
    $request = $party->sp->requestLogin($idp, isPassive: true);
    try {
        $party->sp->acceptLogin($idp, $browser->send($request)['fields']['SAMLResponse'] ?? '', $request->id, new MemoryGuard());
        return true;
    } catch (SamlException $e) {
        return $e->reason !== Reason::StatusNotSuccess;
    }
};

foreach ([Binding::Redirect, Binding::Post] as $binding) {
    foreach ([LogoutStatus::Success, LogoutStatus::RequestDenied] as $status) {
        $what = "{$binding->name}, the other answers {$status->name}";
        try {
            [$browser, $one, $two] = $start($binding);
            $request = $one->sp->requestLogout($idp, $one->name, [$one->session], 'back', binding: $binding);
            $at = $browser->send($request);
            $asked = $two->read($at, $idp, null);
            $line($asked instanceof LogoutRequest && $asked->nameId == $two->name && $asked->sessionIndexes === [$two->session], "$what: the other is asked for its own name and session");
            $at = $browser->send($two->sp->respondLogout($idp, $asked, $status, $at['fields']['RelayState'] ?? null));
            $answer = $one->read($at, $idp, $request->id);
            $wanted = $status === LogoutStatus::Success ? LogoutStatus::Success : LogoutStatus::PartialLogout;
            $line($answer->status === $wanted && ($answer->relayState ?? $at['fields']['RelayState']) === 'back', "$what: we are told {$answer->status->name}, with our RelayState");
            $line(!$still_in($browser, $one), "$what: nobody is signed in there any more");
        } catch (SamlException | RuntimeException $e) {
            $line(false, "$what: {$e->getMessage()}");
        }
    }
    $what = "{$binding->name}, it starts by itself";
    try {
        [$browser, $one, $two] = $start($binding);
        $at = $browser->go("$home/saml2/idp/SingleLogoutService.php?ReturnTo=" . rawurlencode("$home/logout.php"));
        foreach ([1, 2] as $turn) {
            $party = str_starts_with($at['url'], $one->slo) ? $one : $two;
            $asked = $party->read($at, $idp, null);
            $line($asked instanceof LogoutRequest && $asked->nameId == $party->name && $asked->sessionIndexes === [$party->session], "$what: $party->id is asked for its own name and session");
            $at = $browser->send($party->sp->respondLogout($idp, $asked, LogoutStatus::Success, $at['fields']['RelayState'] ?? null));
        }
        $line(str_starts_with($at['url'], $home), "$what: and it ends there");
        $line(!$still_in($browser, $two), "$what: nobody is signed in there any more");
    } catch (SamlException | RuntimeException $e) {
        $line(false, "$what: {$e->getMessage()}");
    }
}

// What was not signed by our key is not heard.
[$browser, $one, $two] = $start(Binding::Redirect);
$request = $one->sp->requestLogout($idp, $one->name, [$one->session]);
$spoiled = preg_replace_callback('~(&Signature=(?:%[0-9A-Fa-f]{2}|[^%&]){20}(?:%[0-9A-Fa-f]{2})*)([A-Za-z0-9])~', fn ($m) => $m[1] . ($m[2] === 'A' ? 'B' : 'A'), $request->url);
try {
    $at = $browser->go($spoiled)['url'];
} catch (RuntimeException) {
    $at = $spoiled;
}
$line($at === $spoiled && $still_in($browser, $one), 'a letter of our signature: it goes no further, and who was signed in still is');
echo "$passed $failed\n";
