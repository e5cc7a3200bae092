--TEST--
explainLogin() says of every document of the public test suites what acceptLogin() says
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
require_once __DIR__ . '/../support/explain.inc';
require_once __DIR__ . '/corpus.inc';

if (!Samlforce\Keyring::has('long')) { // the keys of the cases must be there when PHP starts
    $keyring = new TestKeyring();
    corpus_keys(corpus_folder(), $keyring);
    echo $keyring->run('require $argv[1];', [], [__FILE__]);
    return;
}
$judged = 0;
foreach (corpus_rows(corpus_folder()) as $row) {
    if ($row['kind'] !== 'Response') {
        continue;
    }
    corpus_judge(corpus_folder(), $row, function (...$arguments) use ($row, &$judged): void {
        $why = disagreement(...$arguments);
        echo $why === '' ? '' : "{$row['file']}: $why\n";
        $judged++;
    });
}
echo $judged > 200 ? "more than 200 judged\n" : "$judged judged\n";
?>
--EXPECT--
more than 200 judged
