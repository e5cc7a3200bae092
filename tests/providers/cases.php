<?php
/*
 * What each provider is asked for. `sign`: response, assertion or both; `encrypt`: assertion or nameid. `contains` has to stand in
 * what it sends, so that a case is what it says; `refused` is the reason where we rightly refuse; `switches` are IdentityProvider's; `unanswered`: our request is changed,
 * and no Response may come; `post`: our request is posted, signed in its XML; `asks` are requestLogin()'s, and the answer is held to them.
 */

declare(strict_types=1);

use Samlforce\Saml\Reason;

return static function (string $provider): array {
    $aes = fn (int $bits, string $mode) => 'http://www.w3.org/' . ($mode === 'cbc' ? '2001/04/xmlenc' : '2009/xmlenc11') . "#aes$bits-$mode";
    $oaep = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
    $rsa15 = 'http://www.w3.org/2001/04/xmlenc#rsa-1_5';
    $des = 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc';
    $signs = ['response' => 'Response signed', 'assertion' => 'Assertion signed', 'both' => 'both signed'];
    $cases = [];

    foreach ($signs as $sign => $words) {
        $cases[] = ['name' => $words, 'sign' => $sign];
    }
    switch ($provider) {
        case 'lasso':
            foreach (['sha384', 'sha512'] as $hash) {
                $cases[] = ['name' => "Response signed, RSA-" . strtoupper($hash), 'sign' => 'response', 'hash' => $hash, 'contains' => ["#rsa-$hash"]];
            }
            $sha1 = ['sign' => 'response', 'hash' => 'sha1', 'contains' => ['#rsa-sha1']];
            $cases[] = ['name' => 'Response signed, RSA-SHA1', 'refused' => Reason::AlgorithmRefused] + $sha1;
            $cases[] = ['name' => 'Response signed, RSA-SHA1 where it is allowed', 'switches' => ['allowSha1' => true]] + $sha1;
            foreach ($signs as $sign => $words) {
                // lasso signs every Assertion that it encrypts
                foreach ($sign === 'response' ? [] : [128, 256] as $bits) {
                    $cases[] = ['name' => "$words, Assertion encrypted, AES-$bits-CBC", 'sign' => $sign, 'encrypt' => 'assertion', 'cipher' => "aes$bits", 'contains' => [$aes($bits, 'cbc'), $oaep]];
                }
                $cases[] = ['name' => "$words, NameID encrypted, AES-256-CBC", 'sign' => $sign, 'encrypt' => 'nameid', 'cipher' => 'aes256', 'contains' => [$aes(256, 'cbc'), $oaep]];
            }
            $cases[] = ['name' => 'both signed, Assertion encrypted, 3DES', 'sign' => 'both', 'encrypt' => 'assertion', 'cipher' => '3des', 'contains' => [$des], 'refused' => Reason::DecryptionFailed];
            $old = ['sign' => 'both', 'encrypt' => 'assertion', 'cipher' => 'aes256', 'transport' => 'rsa15', 'contains' => [$rsa15]];
            $cases[] = ['name' => 'both signed, Assertion encrypted, RSA 1.5', 'refused' => Reason::DecryptionFailed] + $old;
            $cases[] = ['name' => 'both signed, Assertion encrypted, RSA 1.5 where it is allowed', 'switches' => ['allowRsa15' => true]] + $old;
            break;
        case 'pysaml2':
            foreach (['sha384', 'sha512'] as $hash) {
                $cases[] = ['name' => 'both signed, RSA-' . strtoupper($hash), 'sign' => 'both', 'hash' => $hash, 'contains' => ["#rsa-$hash"]];
            }
            $sha1 = ['sign' => 'assertion', 'hash' => 'sha1', 'contains' => ['#rsa-sha1']];
            $cases[] = ['name' => 'Assertion signed, RSA-SHA1', 'refused' => Reason::AlgorithmRefused] + $sha1;
            $cases[] = ['name' => 'Assertion signed, RSA-SHA1 where it is allowed', 'switches' => ['allowSha1' => true]] + $sha1;
            foreach ($signs as $sign => $words) {
                $cases[] = ['name' => "$words, Assertion encrypted as it comes, 3DES", 'sign' => $sign, 'encrypt' => 'assertion', 'cipher' => 'default', 'contains' => [$des], 'refused' => Reason::DecryptionFailed];
                $cases[] = ['name' => "$words, Assertion encrypted, AES-128-CBC", 'sign' => $sign, 'encrypt' => 'assertion', 'cipher' => 'aes128-cbc', 'contains' => [$aes(128, 'cbc'), $oaep]];
                $cases[] = ['name' => "$words, Assertion encrypted, AES-256-GCM", 'sign' => $sign, 'encrypt' => 'assertion', 'cipher' => 'aes256-gcm', 'contains' => [$aes(256, 'gcm'), $oaep]];
            }
            foreach (['aes192-cbc', 'aes256-cbc', 'aes128-gcm', 'aes192-gcm'] as $cipher) {
                preg_match('~aes(\d+)-(\w+)~', $cipher, $m);
                $cases[] = ['name' => 'Assertion signed, Assertion encrypted, ' . strtoupper("AES-$m[1]-$m[2]"), 'sign' => 'assertion', 'encrypt' => 'assertion', 'cipher' => $cipher, 'contains' => [$aes((int) $m[1], $m[2])]];
            }
            $cases[] = ['name' => 'Assertion signed, Assertion encrypted with the namespaces of the Response, AES-256-GCM', 'sign' => 'assertion', 'encrypt' => 'assertion', 'cipher' => 'aes256-gcm', 'selfContained' => false, 'contains' => [$aes(256, 'gcm')]];
            $old = ['sign' => 'assertion', 'encrypt' => 'assertion', 'cipher' => 'aes256-cbc', 'transport' => 'rsa15', 'contains' => [$rsa15]];
            $cases[] = ['name' => 'Assertion signed, Assertion encrypted, RSA 1.5', 'refused' => Reason::DecryptionFailed] + $old;
            $cases[] = ['name' => 'Assertion signed, Assertion encrypted, RSA 1.5 where it is allowed', 'switches' => ['allowRsa15' => true]] + $old;
            break;
        case 'samlp':
            foreach ($signs as $sign => $words) {
                $cases[] = ['name' => "$words, with a prefix, types of attributes", 'sign' => $sign, 'prefix' => 'ds', 'typed' => true, 'contains' => ['<ds:Signature ']];
            }
            $sha1 = ['sign' => 'both', 'hash' => 'sha1', 'contains' => ['#rsa-sha1']];
            $cases[] = ['name' => 'both signed, RSA-SHA1', 'refused' => Reason::AlgorithmRefused] + $sha1;
            $cases[] = ['name' => 'both signed, RSA-SHA1 where it is allowed', 'switches' => ['allowSha1' => true]] + $sha1;
            foreach ($signs as $sign => $words) {
                $cases[] = ['name' => "$words, Assertion encrypted as it comes, AES-256-GCM", 'sign' => $sign, 'encrypt' => 'assertion', 'cipher' => 'default', 'contains' => [$aes(256, 'gcm'), $oaep]];
                foreach ([[128, 'gcm'], [128, 'cbc'], [256, 'cbc']] as [$bits, $mode]) {
                    $cases[] = ['name' => "$words, Assertion encrypted, " . strtoupper("AES-$bits-$mode"), 'sign' => $sign, 'encrypt' => 'assertion', 'cipher' => "aes$bits-$mode", 'contains' => [$aes($bits, $mode), $oaep]];
                }
                $cases[] = ['name' => "$words, Assertion encrypted, 3DES", 'sign' => $sign, 'encrypt' => 'assertion', 'cipher' => '3des', 'contains' => [$des], 'refused' => Reason::DecryptionFailed];
            }
            break;
        case 'simplesamlphp':
            foreach (['sha384', 'sha512'] as $hash) {
                $cases[] = ['name' => 'both signed, RSA-' . strtoupper($hash), 'sign' => 'both', 'hash' => $hash, 'contains' => ["#rsa-$hash"]];
            }
            $sha1 = ['sign' => 'response', 'hash' => 'sha1', 'contains' => ['#rsa-sha1']];
            $cases[] = ['name' => 'Response signed, RSA-SHA1', 'refused' => Reason::AlgorithmRefused] + $sha1;
            $cases[] = ['name' => 'Response signed, RSA-SHA1 where it is allowed', 'switches' => ['allowSha1' => true]] + $sha1;
            foreach ($signs as $sign => $words) {
                $cases[] = ['name' => "$words, Assertion encrypted, AES-128-CBC", 'sign' => $sign, 'encrypt' => 'assertion', 'contains' => [$aes(128, 'cbc'), $oaep]];
                $cases[] = ['name' => "$words, NameID encrypted, AES-128-CBC", 'sign' => $sign, 'encrypt' => 'nameid', 'contains' => [$aes(128, 'cbc'), $oaep]];
            }
            break;
    }
    // that the provider answers only what we signed is what it says of our requests and of the key in our metadata
    $cases[] = ['name' => 'a letter of our signature', 'sign' => 'response', 'unanswered' => true];
    $cases[] = ['name' => 'a letter of our signature, posted', 'sign' => 'response', 'unanswered' => true, 'post' => true];
    $class = 'urn:oasis:names:tc:SAML:2.0:ac:classes:';
    foreach (['redirected' => [], 'posted' => ['post' => true]] as $how => $post) {
        $cases[] = ['name' => "$how, a fresh login in a way that is offered", 'sign' => 'both', 'asks' => ['forceAuthn' => true, 'authnContexts' => [$class . 'PasswordProtectedTransport', $class . 'Password']]] + $post;
        $cases[] = ['name' => "$how, a login in a way that is not offered", 'sign' => 'both', 'asks' => ['authnContexts' => [$class . 'Smartcard']], 'refused' => Reason::AuthnContextMismatch] + $post;
    }
    return $cases;
};
