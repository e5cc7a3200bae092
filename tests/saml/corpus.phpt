--TEST--
Documents of the public test suites of eleven other toolkits are judged as their suites judge them
--EXTENSIONS--
samlforce
openssl
zlib
--SKIPIF--
<?php
require __DIR__ . '/corpus.inc';
if (!corpus_folder()) die('skip the collection of public SAML documents is not here: name its folder in SAMLFORCE_CORPUS');
?>
--FILE--
<?php
require_once __DIR__ . '/../support/keyring.inc';
require_once __DIR__ . '/corpus.inc';

if (!Samlforce\Keyring::has('long')) { // the keys of the cases must be there when PHP starts
    $keyring = new TestKeyring();
    corpus_keys(corpus_folder(), $keyring);
    echo $keyring->run('require $argv[1];', [], [__FILE__]);
    return;
}

/** Where we judge otherwise, and why. */
const EXCEPTIONS = [
    'An empty Destination names no place; php-saml, ruby-saml and python3-saml refuse it too.' => ['olgn09_response_50.b64', 'olgn09_response_155.b64'],
    'The key is pinned: when its certificate was issued says nothing (SAML V2.0 Metadata Interoperability Profile §2.6.1).' => ['olgn09_response_94.b64'],
    'Conditions need no NotBefore (saml-core-2.0-os §2.5.1).' => ['saml.oktadev.com/response_10'],
    'A bearer confirmation must not carry NotBefore (saml-profiles-2.0-os §4.1.4.2).' => ['TestSPRealWorldKeyInfoHasRSAPublicKeyNotX509Cert_response'],
    'Our own certificate is for the provider, and when it was issued says nothing about the key.' => ['olgn09_response_23.b64'],
    'Signed around the ciphertext, for a key of 1024 bits, which no keyring takes.' => ['TestSPCanHandleOktaSignedResponseEncryptedAssertion_response', 'response_with_retrieval_method.xml'],
    'The Assertion Consumer Service URL of the case is no URL.' => ['onelogin_sp_initiated/sp_initiated.xml', 'onelogin_idp_initiated/idp_initiated.xml', 'signed_response_with_undefined_recipient.xml.base64'],
    'A comment is no part of what was signed: the whole text is read, never a part of it.' => ['comment_in_attribute_value.xml', 'comment_in_nameid.xml', 'xml_comment_injection.xml'],
    'No such algorithm: SHA-1 and SHA-384 have other names (xmldsig-core §6.2, RFC 4051 §2.1.3).' => ['adfs_response_sha1.xml', 'adfs_response_sha384.xml'],
    'Attributes of one name are merged (saml-core-2.0-os §2.7.3.1 allows them).' => ['php-saml/tests/data/responses/invalids/duplicated_attributes.xml.base64'],
];

$judged = ['accept' => 0, 'reject' => 0];
$encrypted = $judged; // of these, the encrypted ones
foreach (corpus_rows(corpus_folder()) as $row) {
    if ($row['level'] !== 'full' || $row['kind'] !== 'Response') {
        continue;
    }
    [$accepted, $why] = corpus_judge(corpus_folder(), $row);
    $verdict = $accepted ? 'accept' : 'reject';
    foreach (EXCEPTIONS as $files) {
        foreach ($files as $file) {
            if (str_ends_with($row['file'], $file)) {
                if ($verdict === $row['verdict']) {
                    echo "no longer an exception: {$row['file']}\n";
                }
                continue 3;
            }
        }
    }
    if ($verdict !== $row['verdict'] || ($accepted && $row['nameid'] !== '' && $row['nameid'] !== $why)) {
        echo "{$row['file']} ({$row['reason']}): expected {$row['verdict']} {$row['nameid']}, got $verdict $why\n";
    } else {
        $judged[$verdict]++;
        $encrypted[$verdict] += (int) str_contains((string) base64_decode(corpus_posted(corpus_folder(), $row)), 'EncryptedData');
    }
}
echo json_encode(['judged alike' => $judged, 'encrypted' => $encrypted]), "\n";
?>
--EXPECT--
{"judged alike":{"accept":55,"reject":151},"encrypted":{"accept":14,"reject":15}}
