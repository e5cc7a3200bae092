--TEST--
The rest of the catalogue is refused too: replays, encrypted names in logouts, forms, metadata, artifacts; and every number of it is there
--EXTENSIONS--
samlforce
dom
openssl
mbstring
--FILE--
<?php
require_once __DIR__ . '/../support/further_attacks.inc';
if (!within_keyring(__FILE__)) {
    return;
}

$idp = new Forge();
$judged = ['accept' => 0, 'refuse' => 0];
foreach (further_families() as $family) {
    foreach (($family . '_attacks')($idp) as $attack) {
        $got = $attack->verdict();
        if ($got === $attack->expected) {
            $judged[$got === 'accept' ? 'accept' : 'refuse']++;
        } else {
            echo "$attack->number $attack->what: expected $attack->expected, got $got\n";
        }
    }
}
print_r($judged);

// 50 is not in the catalogue
preg_match_all('~^\| (\d+)[a-z]* \|~m', file_get_contents(__DIR__ . '/../../docs/attacks.md'), $m);
echo implode(' ', array_diff(range(1, 97), $m[1])), "\n";
foreach (site_attacks() as [, , $test]) {
    [$class, $method] = explode('::', $test);
    if (!preg_match("~function $method\\(~", (string) @file_get_contents(__DIR__ . "/../wordpress/$class.php"))) {
        echo "there is no test $test\n";
    }
}
?>
--EXPECT--
Array
(
    [accept] => 11
    [refuse] => 69
)
50
