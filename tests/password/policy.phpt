--TEST--
Salesforce's password rules
--EXTENSIONS--
samlforce
--FILE--
<?php
use Samlforce\Password\Policy;
use Samlforce\Password\Violation;
$show = fn (array $violations) => print(($violations ? implode(' ', array_map(fn (Violation $v) => $v->name, $violations)) : 'fine') . "\n");
$show(Policy::salesforce()->violations('abcdefg1'));
$show(Policy::salesforce()->violations('abc'));
foreach (range(0, 4) as $complexity) {
    echo "$complexity: ";
    $show(Policy::salesforce(8, $complexity)->violations("\n", ''));
}
foreach (['Abcdef1!', 'abcdefgh', 'ABCDEFG1', '12345678', 'abcdef!!'] as $password) {
    echo "$password: ";
    $show(Policy::salesforce(8, 4)->violations($password));
}
$show(Policy::salesforce()->violations('1-Jane@Example.org', 'jane@example.ORG'));
$show(Policy::salesforce(50, 0)->violations(str_repeat('ä', 50)));
$show(Policy::salesforce(50, 0)->violations(str_repeat('ä', 49)));
$show(Policy::salesforce()->violations(str_repeat('a1', 513)));
$show(Policy::salesforce()->violations("abcdefg1\xFF"));
var_dump(Policy::salesforce()->violations('short1') === [Violation::TooShort]);
foreach ([[4], [51], [8, -1], [8, 5]] as $bad) {
    try { Policy::salesforce(...$bad); } catch (ValueError $e) { echo $e->getMessage(), "\n"; }
}
// every case is one that the core can tell, in the order of the enum
$all = array_unique([...Policy::salesforce(50, 4)->violations("u\n", 'u'), ...Policy::salesforce(8, 1)->violations(str_repeat('-', 2000)), ...Policy::salesforce(8, 4)->violations('-')], SORT_REGULAR);
echo count($all) + 1, ' of ', count(Violation::cases()), ", the other one needs a list\n";
foreach (Violation::cases() as $case) {
    echo $case->value, ': ', $case->sentence(), "\n";
}
?>
--EXPECT--
fine
TooShort NeedsDigit
0: TooShort InvalidCharacter
1: TooShort NeedsLetter NeedsDigit InvalidCharacter
2: TooShort NeedsLetter NeedsDigit NeedsSpecial InvalidCharacter
3: TooShort NeedsDigit NeedsUpper NeedsLower InvalidCharacter
4: TooShort NeedsDigit NeedsUpper NeedsLower NeedsSpecial InvalidCharacter
Abcdef1!: fine
abcdefgh: NeedsDigit NeedsUpper NeedsSpecial
ABCDEFG1: NeedsLower NeedsSpecial
12345678: NeedsUpper NeedsLower NeedsSpecial
abcdef!!: NeedsDigit NeedsUpper
ContainsUsername
fine
TooShort
TooLong
InvalidCharacter
bool(true)
Samlforce\Password\Policy::salesforce(): Argument #1 ($minimumLength) must be between 5 and 50
Samlforce\Password\Policy::salesforce(): Argument #1 ($minimumLength) must be between 5 and 50
Samlforce\Password\Policy::salesforce(): Argument #2 ($complexity) must be between 0 and 4
Samlforce\Password\Policy::salesforce(): Argument #2 ($complexity) must be between 0 and 4
10 of 10, the other one needs a list
too_short: Choose a longer password.
too_long: Choose a shorter password: it may have 1024 bytes.
needs_letter: Put a letter (a to z) into the password.
needs_digit: Put a digit (0 to 9) into the password.
needs_upper: Put a capital letter (A to Z) into the password.
needs_lower: Put a small letter (a to z) into the password.
needs_special: Put one of these characters into the password: ! # $ % - _ = + < >
contains_username: Choose a password that doesn't contain your user name.
invalid_character: Choose a password without control characters: one of its characters can't be used.
common: Choose another password: this one is known to be used by many.
