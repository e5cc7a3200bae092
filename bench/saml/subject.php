<?php
/*
 * The subjects in PHP, which do as subject.h says: `php subject.php NAME FOLDER MESSAGE.b64`. The folder holds what the message was made
 * with, and the Composer packages of those that are not ours.
 */

declare(strict_types=1);

[, $name, $folder, $file] = $argv;
$message = file_get_contents($file);
$settings = json_decode(file_get_contents("$folder/settings.json"), true);
$certificate = file_get_contents("$folder/idp.crt");

$subjects = [
    // with the objects made anew each time, as a request does
    'samlforce' => function () use ($message, $settings, $certificate): callable {
        $guard = new class implements Samlforce\Saml\ReplayGuard {
            public function claim(string $id, int $expiresAt): bool
            {
                return true;
            }
        };
        $keys = Samlforce\Keyring::has('sp') ? ['sp'] : [];
        return function () use ($message, $settings, $certificate, $guard, $keys): void {
            $idp = new Samlforce\Saml\IdentityProvider($settings['idp'], [$certificate]);
            $sp = new Samlforce\Saml\ServiceProvider($settings['sp'], $settings['acs'], null, $keys);
            $assertion = $sp->acceptLogin($idp, $message, $settings['request'], $guard, $settings['now']);
            $assertion->nameId === $settings['nameId'] || exit(1);
        };
    },
    'samlforce-kept' => function () use ($message, $settings, $certificate): callable {
        $guard = new class implements Samlforce\Saml\ReplayGuard {
            public function claim(string $id, int $expiresAt): bool
            {
                return true;
            }
        };
        $idp = new Samlforce\Saml\IdentityProvider($settings['idp'], [$certificate]);
        $sp = new Samlforce\Saml\ServiceProvider($settings['sp'], $settings['acs'], null, Samlforce\Keyring::has('sp') ? ['sp'] : []);
        return function () use ($idp, $sp, $message, $settings, $guard): void {
            $sp->acceptLogin($idp, $message, $settings['request'], $guard, $settings['now'])->nameId === $settings['nameId'] || exit(1);
        };
    },
    // as samlforce-kept, with a provider each time whose key was forgotten since its last login: the difference is what a new key costs
    'samlforce-new-key' => function () use ($settings, $folder): callable {
        $guard = new class implements Samlforce\Saml\ReplayGuard {
            public function claim(string $id, int $expiresAt): bool
            {
                return true;
            }
        };
        $sp = new Samlforce\Saml\ServiceProvider($settings['sp'], $settings['acs']);
        $logins = [];
        foreach (glob("$folder/provider-*.b64") as $file) {
            $logins[] = [new Samlforce\Saml\IdentityProvider($settings['idp'], [file_get_contents(substr($file, 0, -3) . 'crt')]), file_get_contents($file)];
        }
        $next = 0;
        return function () use ($sp, $logins, $settings, $guard, &$next): void {
            [$idp, $message] = $logins[$next++ % count($logins)];
            $sp->acceptLogin($idp, $message, $settings['request'], $guard, $settings['now'])->nameId === $settings['nameId'] || exit(1);
        };
    },
    'php-saml' => function () use ($message, $settings, $certificate, $folder): callable {
        require getenv('BENCH_PACKAGES') . '/vendor/autoload.php';
        $parts = parse_url($settings['acs']);
        $_SERVER = ['HTTPS' => 'on', 'HTTP_HOST' => $parts['host'], 'SERVER_NAME' => $parts['host'], 'SERVER_PORT' => '443', 'SCRIPT_NAME' => $parts['path'], 'PHP_SELF' => $parts['path'], 'REQUEST_URI' => $parts['path'], 'REQUEST_METHOD' => 'POST'] + $_SERVER;
        $config = [
            'strict' => true,
            'sp' => ['entityId' => $settings['sp'], 'assertionConsumerService' => ['url' => $settings['acs']], 'privateKey' => file_get_contents("$folder/sp.key"), 'x509cert' => file_get_contents("$folder/sp.crt")],
            'idp' => ['entityId' => $settings['idp'], 'singleSignOnService' => ['url' => 'https://idp.test/sso'], 'x509cert' => $certificate],
            'security' => ['wantXMLValidation' => getenv('BENCH_SCHEMA') !== '0', 'wantAssertionsSigned' => false, 'wantNameId' => true],
        ];
        return function () use ($config, $message, $settings): void {
            $response = new OneLogin\Saml2\Response(new OneLogin\Saml2\Settings($config), $message);
            $response->isValid($settings['request']) || exit(fwrite(STDERR, $response->getError() . "\n"));
            $response->getNameId() === $settings['nameId'] || exit(1);
            $response->getAttributes();
        };
    },
    'simplesamlphp-saml2' => function () use ($message, $settings, $certificate, $folder): callable {
        require getenv('BENCH_PACKAGES') . '/vendor/autoload.php';
        SAML2\Compat\ContainerSingleton::setContainer(new class extends SAML2\Compat\MockContainer {
            public function debugMessage($message, string $type): void
            {
            }
        });
        $key = new RobRichards\XMLSecLibs\XMLSecurityKey(RobRichards\XMLSecLibs\XMLSecurityKey::RSA_SHA256, ['type' => 'public']);
        $key->loadKey($certificate, false, true);
        return function () use ($key, $message, $settings): void {
            $doc = SAML2\DOMDocumentFactory::fromString(base64_decode($message));
            $response = new SAML2\Response($doc->documentElement);
            $assertion = $response->getAssertions()[0];
            ($assertion->validate($key) && $assertion->getNameId()->getValue() === $settings['nameId']) || exit(1);
            $assertion->getAttributes();
        };
    },
];
if (!isset($subjects[$name])) {
    fwrite(STDERR, 'the subjects are ' . implode(', ', array_keys($subjects)) . "\n");
    exit(2);
}
$work = $subjects[$name]();
$work();
echo "ready\n";
while (($line = fgets(STDIN)) !== false) {
    $from = hrtime(true);
    for ($n = (int) $line; $n > 0; $n--) {
        $work();
    }
    echo hrtime(true) - $from, "\n";
}
