--TEST--
What stands in the site's own list is refused; a list that can't be read is no permission
--EXTENSIONS--
samlforce
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';
$ring = new TestKeyring();
$ring->put('list', "Password1\ncorrect horse 1\n", 0644);
$code = <<<'CODE'
use Samlforce\Password\{Policy, PolicyException, Violation};
ini_set('samlforce.password_deny_list', '');
ini_set('zend.exception_ignore_args', '0');
foreach (['password1', 'Correct Horse 1', 'another one 1', 'short', ''] as $password) {
    try {
        echo implode(' ', array_map(fn (Violation $v) => $v->name, Policy::salesforce()->violations($password))) ?: 'fine', "\n";
    } catch (PolicyException $e) {
        echo $e->reason->value, ': ', $e->getMessage(), str_contains((string) $e, "'$password'") && $password !== '' ? ' SHOWN' : '', "\n";
    }
}
CODE;
echo $ring->run($code, ['samlforce.password_deny_list' => "$ring->folder/list"]);
echo $ring->run($code, ['samlforce.password_deny_list' => "$ring->folder/nowhere"]);
?>
--EXPECT--
Common
Common
fine
TooShort NeedsDigit
TooShort NeedsLetter NeedsDigit
deny_list_unreadable: The password was not judged: samlforce.password_deny_list in php.ini must name a plain file of at most 16 MiB that PHP may read
deny_list_unreadable: The password was not judged: samlforce.password_deny_list in php.ini must name a plain file of at most 16 MiB that PHP may read
deny_list_unreadable: The password was not judged: samlforce.password_deny_list in php.ini must name a plain file of at most 16 MiB that PHP may read
deny_list_unreadable: The password was not judged: samlforce.password_deny_list in php.ini must name a plain file of at most 16 MiB that PHP may read
deny_list_unreadable: The password was not judged: samlforce.password_deny_list in php.ini must name a plain file of at most 16 MiB that PHP may read
