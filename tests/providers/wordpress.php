<?php
/*
 * The plugin in a real WordPress with SimpleSAMLphp as its identity provider, both over TLS: a login by artifact, an encrypted one, and single logout
 * over two service providers, of which the site is one, from every side. Then a logout by SOAP of lasso.
 *
 *   php -d extension=curl -d extension=samlforce.so -d samlforce.keyring=FOLDER wordpress.php STACK COMMAND...
 *
 * STACK is what `tests/support/stack up` made, whose environment is set; STACK/lasso holds the key of lasso, which is `COMMAND`. The last
 * line is two numbers, of what passed and what failed.
 */

declare(strict_types=1);

use Samlforce\Saml\Binding;
use Samlforce\Saml\IdentityProvider;
use Samlforce\Saml\LogoutRequest;
use Samlforce\Saml\LogoutStatus;
use Samlforce\Saml\SamlException;

require __DIR__ . '/parties.inc';

const NAME = 'ada@example.org';
const LASSO = 'https://lasso.test/metadata';

$passed = $failed = 0;
$line = function (bool $good, string $text) use (&$passed, &$failed): bool {
    $good ? $passed++ : $failed++;
    printf("%-6s  wordpress: %s\n", $good ? 'ok' : 'FAILED', $text);
    return $good;
};
/** @param callable(): void $try */
$part = function (string $what, callable $try) use ($line): void {
    try {
        $try();
    } catch (SamlException | RuntimeException $e) {
        $line(false, "$what: {$e->getMessage()}");
    }
};

final class Site
{
    public function __construct(private string $stack)
    {
    }

    /** @return list<array<string, mixed>> */
    private function command(string ...$arguments): array
    {
        exec(implode(' ', array_map('escapeshellarg', [__DIR__ . '/../support/stack', array_shift($arguments), $this->stack, ...$arguments])) . ' 2>&1', $out, $code);
        return $code === 0 ? array_map(fn (string $row) => json_decode($row, true), $out) : throw new RuntimeException(implode("\n", $out));
    }

    public function set(string ...$pairs): void
    {
        $this->command('set', ...$pairs);
    }

    public function sql(string $query): array
    {
        return $this->command('sql', $query);
    }

    public function link(string $issuer): void
    {
        $id = hash('sha256', strlen($issuer) . ':' . $issuer . NAME);
        $this->sql("INSERT INTO wp_samlforce_links (id, user_id, issuer, name_id, created_at) VALUES ('$id', 1, '$issuer', '" . NAME . "', 1)");
    }

    /** Why the last sign-in or logout was refused. */
    public function reason(): string
    {
        return (string) ($this->sql('SELECT reason FROM wp_samlforce_log ORDER BY id DESC LIMIT 1')[0]['reason'] ?? '');
    }
}

[, $stack] = $argv;
[$wp, $portal, $ca] = [getenv('WP_URL'), getenv('IDP_URL'), getenv('STACK_CA')];
$issuer = getenv('IDP_ENTITY_ID');
$site = new Site($stack);
$new_browser = fn (): Browser => new Browser($ca, "$wp/", "$portal/");
$password = bin2hex(random_bytes(16));

// SimpleSAMLphp, with a person of its own, a store for artifacts, and settings that each case may change
$people = new PDO("sqlite:$stack/idp/people.sqlite");
$people->exec('CREATE TABLE users (Id, Username, Email, FirstName, LastName, IsActive, FederationIdentifier, ContactId, password_hash)');
$people->prepare("INSERT INTO users VALUES ('006', ?, ?, 'Ada', 'L', 1, NULL, '004', ?)")->execute([NAME, NAME, password_hash($password, PASSWORD_BCRYPT, ['cost' => 4])]);
$idp_settings = function (array $changes) use ($stack): void {
    file_put_contents("$stack/idp/case.json", json_encode($changes + ['auth' => 'people', 'saml20.sendartifact' => true, 'sign.logout' => true, 'validate.logout' => true,
        'SingleLogoutServiceBinding' => [Binding::Redirect->value, Binding::Post->value]], JSON_THROW_ON_ERROR));
};
$idp_settings([]);
array_map(fn (string $file) => chmod($file, 0644), ["$stack/idp/people.sqlite", "$stack/idp/case.json"]);
$add = fn (string $file, string $code) => file_put_contents("$stack/idp/$file", "\n$code\n", FILE_APPEND);
$add('config/authsources.php', sprintf("\$config['people'] = ['SalesforceUsers', 'database' => %s];", var_export("$stack/idp/people.sqlite", true)));
$add('config/config.php', sprintf("\$config['store.type'] = 'sql';\n\$config['store.sql.dsn'] = %s;", var_export("sqlite:$stack/idp/tmp/store.sqlite", true)));
$add('metadata/saml20-idp-hosted.php', sprintf("\$metadata[%1\$s] = array_replace_recursive(\$metadata[%1\$s], json_decode(file_get_contents(%2\$s), true, 16, JSON_THROW_ON_ERROR));", var_export($issuer, true), var_export("$stack/idp/case.json", true)));
for ($i = 0, $metadata = ''; $i < 100 && !str_contains($metadata, 'ArtifactResolutionService'); $i++) {
    $metadata = $new_browser()->go("$portal/simplesaml/saml2/idp/metadata.php", refused: true)['page'];
    usleep(200000);
}
$idp = IdentityProvider::fromMetadata($metadata);
$line(isset($idp->endpoints['artifact']), 'SimpleSAMLphp says where artifacts are resolved');

$site->set("main.metadata=$metadata", 'main.by_artifact=true', 'single_logout=true', 'sp_decryption_key=sp');
$site->link($issuer);
$two = new Party('two');
$exchange = function (Binding $binding) use ($stack, $wp, $new_browser, $two): string {
    $ours = $new_browser()->go("$wp/wp-login.php?action=samlforce_metadata")['page'];
    file_put_contents("$stack/idp/sp.xml", '<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">' . with_logout_by($binding, $ours) . $two->metadata($binding) . '</md:EntitiesDescriptor>');
    return $ours;
};
$ours = $exchange(Binding::Redirect);
$line(str_contains($ours, 'bindings:HTTP-Artifact') && str_contains($ours, 'use="encryption"'), 'its metadata offers artifacts, and has a key to encrypt for');

$sign_in = function (Browser $browser) use ($wp, $password): array {
    $at = $browser->go("$wp/wp-login.php?action=samlforce_login&idp=main&redirect_to=" . rawurlencode("$wp/wp-admin/profile.php"));
    return isset($at['fields']['AuthState']) ? $browser->go($at['url'], ['username' => NAME, 'password' => $password, 'AuthState' => $at['fields']['AuthState']]) : $at;
};
$is_in = fn (Browser $browser): bool => str_contains($browser->go("$wp/wp-admin/profile.php", refused: true)['page'], 'id="your-profile"');
$log_out = function (Browser $browser) use ($wp): array {
    preg_match('~href=["\']([^"\']*action=logout[^"\']*)~', $browser->go("$wp/wp-admin/profile.php")['page'], $link);
    return $browser->go(html_entity_decode($link[1] ?? throw new RuntimeException('there is no link to log out by')));
};
$by = fn (Browser $browser, string $what): array => array_values(array_filter($browser->visited, fn (string $url): bool => str_contains($url, $what)));

$part('artifact', function () use ($new_browser, $sign_in, $is_in, $by, $line, $site): void {
    $browser = $new_browser();
    $sign_in($browser);
    $brought = $by($browser, 'SAMLart=');
    $line(count($brought) === 1 && $is_in($browser), 'artifact, SimpleSAMLphp sends the browser back with one, and it is resolved: signed in');
    $other = $new_browser();
    $line($other->go($brought[0] ?? '', refused: true)['status'] === 403 && !$is_in($other), 'artifact, another browser that has it gets nothing');
    $line($browser->go($brought[0] ?? '', refused: true)['status'] === 403, 'artifact, nor does the same one a second time: ' . $site->reason());
});
$part('artifact of another', function () use ($new_browser, $sign_in, $is_in, $line, $site, $wp, $issuer): void {
    $browser = $new_browser();
    $at = $browser->go("$wp/wp-login.php?action=samlforce_login&idp=main");
    parse_str((string) parse_url(array_values(array_filter($browser->visited, fn (string $url): bool => str_contains($url, 'RelayState=')))[0] ?? '', PHP_URL_QUERY), $query);
    $made_up = base64_encode("\0\4\0\0" . sha1($issuer, true) . random_bytes(20));
    $answer = $browser->go("$wp/wp-login.php?action=samlforce_acs&" . http_build_query(['SAMLart' => $made_up, 'RelayState' => $query['RelayState']]), refused: true);
    $line($answer['status'] === 403 && !$is_in($browser), 'artifact, one that was made up gets nothing: ' . $site->reason());
});

$site->set('main.by_artifact=false');
$exchange(Binding::Redirect);
$part('encrypted', function () use ($new_browser, $sign_in, $is_in, $by, $line, $idp_settings): void {
    foreach (['assertion.encryption', 'nameid.encryption'] as $what) {
        $idp_settings([$what => true]);
        $browser = $new_browser();
        $sign_in($browser);
        $line($by($browser, 'SAMLart=') === [] && $is_in($browser), "$what, what SimpleSAMLphp has encrypted for the site is opened: signed in");
    }
    $idp_settings([]);
});

$keeps = $new_browser();
$keeps->go("$wp/wp-login.php");
$keeps->go("$wp/wp-login.php", ['log' => getenv('WP_ADMIN'), 'pwd' => getenv('WP_ADMIN_PASSWORD'), 'testcookie' => '1']);
foreach ([Binding::Redirect, Binding::Post] as $binding) {
    $exchange($binding);
    $both = function () use ($new_browser, $sign_in, $two, $idp, $is_in): Browser {
        $browser = $new_browser();
        $sign_in($browser);
        $two->login($browser, $idp, '');
        return $is_in($browser) ? $browser : throw new RuntimeException('nobody is signed in');
    };
    foreach ([LogoutStatus::Success, LogoutStatus::RequestDenied] as $status) {
        $what = "logout by $binding->name, from the site, the other answers $status->name";
        $part($what, function () use ($what, $both, $log_out, $two, $idp, $status, $is_in, $line): void {
            $browser = $both();
            $at = $log_out($browser);
            $asked = $two->read($at, $idp, null);
            $line($two->isAsked($asked), "$what: the other is asked for its own name and session");
            $at = $browser->send($two->sp->respondLogout($idp, $asked, $status, $at['fields']['RelayState'] ?? null));
            $words = $status === LogoutStatus::Success ? 'logged out' : 'not everywhere';
            $line(str_contains($at['page'], $words), "$what: the site says \"$words\"");
            $line(!$is_in($browser) && !$two->stillIn($browser, $idp), "$what: nobody is signed in, here or there");
        });
    }
    $what = "logout by $binding->name, from SimpleSAMLphp";
    $part($what, function () use ($what, $both, $two, $idp, $is_in, $line, $portal): void {
        $browser = $both();
        $at = $browser->go("$portal/simplesaml/saml2/idp/SingleLogoutService.php?ReturnTo=" . rawurlencode("$portal/simplesaml/logout.php"), refused: true);
        for ($i = 0; $i < 2 && str_starts_with($at['url'], 'https://two.test/'); $i++) {
            $asked = $two->read($at, $idp, null);
            $line($two->isAsked($asked), "$what: the other is asked for its own name and session");
            $at = $browser->send($two->sp->respondLogout($idp, $asked, LogoutStatus::Success, $at['fields']['RelayState'] ?? null));
        }
        $line(str_starts_with($at['url'], $portal), "$what: and it ends there");
        $line(!$is_in($browser), "$what: the site's session is over");
    });
    $what = "logout by $binding->name, from the other service provider";
    $part($what, function () use ($what, $both, $two, $idp, $is_in, $line): void {
        $browser = $both();
        $request = $two->sp->requestLogout($idp, $two->name, [$two->session], 'back', binding: Binding::Redirect);
        $answer = $two->read($browser->send($request), $idp, $request->id);
        $line($answer->status === LogoutStatus::Success, "$what: it is told {$answer->status->name}");
        $line(!$is_in($browser), "$what: the site's session is over");
    });
}
$line($is_in($keeps), 'logout, and a session of the same account that began with a password goes on');

$part('SOAP', function () use ($stack, $argv, $site, $new_browser, $wp, $is_in, $line): void {
    $folder = "$stack/lasso";
    $lasso = function (string ...$arguments) use ($argv, $folder): void {
        $process = proc_open([...array_slice($argv, 2), ...$arguments, $folder], [1 => STDERR, 2 => STDERR], $pipes);
        proc_close($process) === 0 || throw new RuntimeException('lasso ended with an error');
    };
    $step = function (array $step) use ($lasso, $folder): array {
        file_put_contents("$folder/logout.json", json_encode([$step], JSON_THROW_ON_ERROR));
        $lasso('logout');
        return json_decode(file_get_contents("$folder/logout-answers.json"), true, 16, JSON_THROW_ON_ERROR)[0];
    };
    $lasso('metadata');
    $site->set('lasso.metadata=' . file_get_contents("$folder/idp.xml"));
    $site->link(LASSO);
    file_put_contents("$folder/sp.xml", $new_browser()->go("$wp/wp-login.php?action=samlforce_metadata")['page']);
    $browsers = [$new_browser(), $new_browser()];
    foreach ($browsers as $browser) {
        $request = $browser->go("$wp/wp-login.php?action=samlforce_login&idp=lasso")['url'];
        parse_str((string) parse_url($request, PHP_URL_QUERY), $query);
        $answer = $step(['do' => 'login', 'name' => 'wordpress', 'request' => $request, 'sign' => 'both', 'nameId' => NAME, 'attributes' => (object) []]);
        $browser->go("$wp/wp-login.php?action=samlforce_acs", ['SAMLResponse' => $answer['response'] ?? throw new RuntimeException(json_encode($answer)), 'RelayState' => $query['RelayState']]);
        $is_in($browser) || throw new RuntimeException('nobody is signed in: ' . $site->reason());
    }
    $asked = $step(['do' => 'write', 'binding' => 'soap', 'sp' => getenv('SP_ENTITY_ID')]);
    $spoiled = preg_replace_callback('~(<SignatureValue>\s*.{20})(.)~s', fn ($m) => $m[1] . ($m[2] === 'A' ? 'B' : 'A'), $asked['body'], 1);
    $said = $new_browser()->go($asked['url'], $spoiled, refused: true);
    $line($said['status'] === 500 && $is_in($browsers[1]), 'logout by SOAP, of lasso with a letter of its signature changed: nobody hears it: ' . $site->reason());
    $said = $new_browser()->go($asked['url'], $asked['body']);
    $read = $step(['do' => 'check', 'binding' => 'soap', 'message' => $said['page']]);
    $line(str_ends_with($read['status'] ?? '', ':Success'), 'logout by SOAP, lasso takes the answer: ' . ($read['status'] ?? json_encode($read)));
    $line(!$is_in($browsers[1]) && $is_in($browsers[0]), 'logout by SOAP, the session that it named is over, and the other one is not');
});
echo "$passed $failed\n";
