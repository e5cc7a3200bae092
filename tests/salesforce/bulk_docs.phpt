--TEST--
The examples of docs/bulk.md
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';

Emulator::start();
$client = Emulator::client();
preg_match_all('/^```php\n(.*?)^```/ms', file_get_contents(__DIR__ . '/../../docs/bulk.md'), $m);
[$in, $again, $out] = $m[1];
$folder = sys_get_temp_dir() . '/samlforce-docs-' . getmypid();
mkdir($folder);
chdir($folder);
file_put_contents('members.csv', "WP_User_Id__c,LastName,FirstName\nu1,Adams,Ada\nu2,Abel,\nu3,,Nameless\n");
eval($in);
$id = $job->id;
eval($again);
eval($out);
unlink('members.csv');
rmdir($folder);
?>
--EXPECT--
u3: REQUIRED_FIELD_MISSING: Required fields are missing: [LastName]
3 rows, 1 failed
Adams: no account
Abel: no account
