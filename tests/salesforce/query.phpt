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
    echo json_encode($name), ': ', implode(',', array_column([...$rows], 'LastName')), "\n";
}
$all = fn (string $soql, array $parameters = []) => print(implode(',', array_column([...$sf->query("SELECT LastName FROM Contact WHERE LastName LIKE 'n%' AND $soql ORDER BY LastName", $parameters)], 'LastName')) . "\n");
$all('Title IN :names', ['names' => [$names[0], $names[1]]]);
$all('IsDeleted = :no AND Email = :nothing AND CreatedDate > :then', ['no' => false, 'nothing' => null, 'then' => new DateTimeImmutable('2020-02-03 04:05:06+02:00')]);
$all('CreatedDate > :then', ['then' => new DateTime('+1 day')]);
$all("Title != ':name'");
$reference = 'n1';
$all('LastName = :n', ['n' => &$reference]);

echo "paged:\n";
Emulator::ctl('set', 'query_page', '3');
Emulator::requests();
$rows = $sf->query("SELECT Id, LastName FROM Contact WHERE LastName LIKE 'n%' ORDER BY LastName");
echo count($rows), " in all\n";
foreach ($rows as $key => $row) {
    echo "$key {$row['LastName']} ";
}
echo count(Emulator::requests()), " requests\n";
echo 'from the beginning: ', told(fn () => $rows->rewind(), true), "\n";
$rows = $sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'n%'");
echo count($rows), " in all\n";
usleep(300000);
echo count(Emulator::requests()), " requests, and no row was read\n";
unset($rows);
$rows = $sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'n%'");
Emulator::ctl('expire-tokens');
echo count(iterator_to_array($rows)), " rows, and the token was void after the first page\n", preg_replace('~/01g\w+~', '/LOCATOR', Emulator::log());
$rows = $sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'n%'");
Emulator::ctl('fault', '503', '--times', '1', '--match', 'query/');
echo count(iterator_to_array($rows)), " rows, with a fault on the way\n";
Emulator::ctl('fault', 'clear');
foreach ($sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'n%'") as $row) {
    break;
}
Emulator::log();
Emulator::ctl('set', 'query_page', '2000');
$one = $sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'n%'");
echo count(iterator_to_array($one)), ' and again ', count(iterator_to_array($one)), "\n";
echo json_encode($one->current()), "\n";
$sf->delete('Contact', $sf->query("SELECT Id FROM Contact WHERE LastName = 'n0'")->current()['Id']);
echo 'with the deleted: ', count($sf->queryAll("SELECT Id FROM Contact WHERE LastName LIKE 'n%'")), ', without: ', count($sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'n%'")), "\n";
echo 'counted: ', count($sf->query("SELECT COUNT() FROM Contact WHERE LastName LIKE 'n%'")), "\n";
$sf->createMany('Contact', [['LastName' => 'x']])->current();
foreach ($sf->createMany('Contact', array_map(fn (int $i): array => ['LastName' => "b$i"], range(1, 450))) as $result) {
}
Emulator::log();
$batches = 0;
foreach ($sf->query("SELECT Id FROM Contact WHERE LastName LIKE 'b%'", batchSize: 200) as $row) {
    $batches++;
}
echo "$batches in ", count(Emulator::requests()), " batches\n";
foreach ([199, 2001] as $size) {
    echo told(fn () => $sf->query('SELECT Id FROM Contact', batchSize: $size)), "\n";
}

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
7 in all
0 n0 1 n1 2 n2 3 n3 4 n4 5 n5 6 n6 3 requests
from the beginning: Error: The first rows are no longer in memory: query again
7 in all
2 requests, and no row was read
7 rows, and the token was void after the first page
  GET query 200
  GET query/LOCATOR-3 200
  GET query/LOCATOR-6 401
  GET query/LOCATOR-6 401
  POST /services/oauth2/token 200
  GET query/LOCATOR-6 200
7 rows, with a fault on the way
7 and again 7
null
with the deleted: 7, without: 6
counted: 6
450 in 3 batches
ValueError: Samlforce\Salesforce\Client::query(): Argument #3 ($batchSize) must be between 200 and 2000
ValueError: Samlforce\Salesforce\Client::query(): Argument #3 ($batchSize) must be between 200 and 2000
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
