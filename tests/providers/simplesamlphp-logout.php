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
use Samlforce\Saml\LogoutStatus;
use Samlforce\Saml\SamlException;

require __DIR__ . '/parties.inc';

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
$read = (new Browser('', $home))->go("$home/saml2/idp/metadata.php")['page'];
$idp = IdentityProvider::fromMetadata($read);
$line($idp->logoutUrl !== null, 'its metadata says where');

$start = function (Binding $binding) use ($dir, $home, $idp, $password): array {
    [$one, $two] = [new Party('one'), new Party('two')];
    file_put_contents("$dir/sp.xml", "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{$one->metadata($binding)}{$two->metadata($binding)}</md:EntitiesDescriptor>");
    $browser = new Browser('', $home);
    $one->login($browser, $idp, $password);
    $two->login($browser, $idp, '');
    return [$browser, $one, $two];
};
foreach ([Binding::Redirect, Binding::Post] as $binding) {
    foreach ([LogoutStatus::Success, LogoutStatus::RequestDenied] as $status) {
        $what = "{$binding->name}, the other answers {$status->name}";
        try {
            [$browser, $one, $two] = $start($binding);
            $request = $one->sp->requestLogout($idp, $one->name, [$one->session], 'back', binding: $binding);
            $at = $browser->send($request);
            $asked = $two->read($at, $idp, null);
            $line($two->isAsked($asked), "$what: the other is asked for its own name and session");
            $at = $browser->send($two->sp->respondLogout($idp, $asked, $status, $at['fields']['RelayState'] ?? null));
            $answer = $one->read($at, $idp, $request->id);
            $wanted = $status === LogoutStatus::Success ? LogoutStatus::Success : LogoutStatus::PartialLogout;
            $line($answer->status === $wanted && ($answer->relayState ?? $at['fields']['RelayState']) === 'back', "$what: we are told {$answer->status->name}, with our RelayState");
            $line(!$one->stillIn($browser, $idp), "$what: nobody is signed in there any more");
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
            $line($party->isAsked($asked), "$what: $party->id is asked for its own name and session");
            $at = $browser->send($party->sp->respondLogout($idp, $asked, LogoutStatus::Success, $at['fields']['RelayState'] ?? null));
        }
        $line(str_starts_with($at['url'], $home), "$what: and it ends there");
        $line(!$two->stillIn($browser, $idp), "$what: nobody is signed in there any more");
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
$line($at === $spoiled && $one->stillIn($browser, $idp), 'a letter of our signature: it goes no further, and who was signed in still is');
echo "$passed $failed\n";
