--TEST--
Values in SOQL: each kind of them, what stays inside its quotes, and what is refused
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
$sf = Emulator::client();
$names = ["O'Neil", 'back\\', "x' OR Name != '", 'quote"', "tab\tline\nend", 'ü😀%_', ':name'];
foreach ($names as $i => $name) {
    $sf->create('Contact', ['LastName' => "n$i", 'Title' => $name, 'AccountId' => Emulator::$env['SF_ACCOUNT_ID']]);
}
foreach ($names as $i => $name) {
    $rows = $sf->query('SELECT LastName FROM Contact WHERE Title = :name', ['name' => $name]);
    echo json_encode($name), ': ', implode(',', array_column($rows, 'LastName')), "\n";
}
$all = fn (string $soql, array $parameters = []) => print(implode(',', array_column($sf->query("SELECT LastName FROM Contact WHERE LastName LIKE 'n%' AND $soql ORDER BY LastName", $parameters), 'LastName')) . "\n");
$all('Title IN :names', ['names' => [$names[0], $names[1]]]);
$all('IsDeleted = :no AND Email = :nothing AND CreatedDate > :then', ['no' => false, 'nothing' => null, 'then' => new DateTimeImmutable('2020-02-03 04:05:06+02:00')]);
$all('CreatedDate > :then', ['then' => new DateTime('+1 day')]);
$all("Title != ':name'");
$reference = 'n1';
$all('LastName = :n', ['n' => &$reference]);

echo "paged:\n";
Emulator::ctl('set', 'query_page', '3');
Emulator::requests();
echo count($sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'n%'")), "\n";
echo count(Emulator::requests()), " requests\n";

echo "refused:\n";
foreach ([['SELECT Id FROM Contact WHERE A = :a', []], ['SELECT Id FROM Contact', ['a' => 1]], ['SELECT Id FROM Contact WHERE A = :a', [1]], ['SELECT Id FROM Contact WHERE A IN :a', ['a' => []]],
    ["SELECT Id FROM Contact WHERE A = 'open", []], ['SELECT Id FROM Contact WHERE A = :a', ['a' => new stdClass()]], ['SELECT Id FROM Contact WHERE A = :a', ['a' => [[1]]]],
    ['SELECT Id FROM Contact WHERE A = :a', ['a' => NAN]], ['SELECT Id FROM Contact WHERE A = :a', ['a' => "\xFF"]], ['SELECT Id FROM Contact WHERE A = :a', ['a' => "a\0b"]], ['', []],
    ["\xFF", []], ['SELECT Id FROM Contact WHERE A = :a', ['a' => str_repeat('x', 20000)]], ['SELECT Id FROM Contact WHERE A = :a', ['a' => str_repeat('x', 200000)]]] as [$soql, $parameters]) {
    echo told(fn () => $sf->query($soql, $parameters)), "\n";
}
echo count(Emulator::requests()), " requests\n";
echo told(fn () => $sf->query('SELECT Nothing FROM Contact'), true), "\n";
?>
--EXPECT--
"O'Neil": n0
"back\\": n1
"x' OR Name != '": n2
"quote\"": n3
"tab\tline\nend": n4
"\u00fc\ud83d\ude00%_": n5
":name": n6
n0,n1
n0,n1,n2,n3,n4,n5,n6

n0,n1,n2,n3,n4,n5
n1
paged:
7
3 requests
refused:
ValueError: Samlforce\Salesforce\Client::query(): The SOQL has :a, and there is no parameter of that name
ValueError: Samlforce\Salesforce\Client::query(): The parameter :a does not occur in the SOQL
ValueError: Samlforce\Salesforce\Client::query(): Argument #2 ($parameters) must have the parameters' names as keys, without the colon
ValueError: Samlforce\Salesforce\Client::query(): The parameter :a is an empty list, which SOQL has no IN () for
ValueError: Samlforce\Salesforce\Client::query(): A string in the SOQL has no closing quote
ValueError: Samlforce\Salesforce\Client::query(): Argument #2 ($parameters) must have null, bool, int, a finite float, string, DateTimeInterface or a list of these as values; :a is none of them
ValueError: Samlforce\Salesforce\Client::query(): Argument #2 ($parameters) must have null, bool, int, a finite float, string, DateTimeInterface or a list of these as values; :a is none of them
ValueError: Samlforce\Salesforce\Client::query(): Argument #2 ($parameters) must have null, bool, int, a finite float, string, DateTimeInterface or a list of these as values; :a is none of them
ValueError: Samlforce\Salesforce\Client::query(): The parameter :a is not UTF-8, has a NUL, or is a time before 1970
ValueError: Samlforce\Salesforce\Client::query(): The parameter :a is not UTF-8, has a NUL, or is a time before 1970
ValueError: Samlforce\Salesforce\Client::query(): Argument #1 ($soql) must be SOQL in UTF-8
ValueError: Samlforce\Salesforce\Client::query(): Argument #1 ($soql) must be SOQL in UTF-8
ValueError: Samlforce\Salesforce\Client::query(): Argument #1 ($soql) must be shorter: its URL is longer than 16384 bytes, and Salesforce takes no longer ones
ValueError: Samlforce\Salesforce\Client::query(): The SOQL is longer than 100000 characters
0 requests
Refused TellPerson INVALID_FIELD 400:  SELECT Nothing FROM Contact        ^ ERROR at Row:1:Column:8 No such column 'Nothing' on entity 'Contact'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.
