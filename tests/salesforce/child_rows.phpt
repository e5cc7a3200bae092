--TEST--
The rows of a child subquery have pages of their own, which are read when they are asked for
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
require __DIR__ . '/server.inc';
Emulator::start();
$account = fn (string $name, ?array $contacts): array => ['attributes' => ['type' => 'Account'], 'Name' => $name, 'Contacts' => $contacts];
$odd = new OddServer(['{token}',
    '!' . OddServer::answer(json_encode(['totalSize' => 3, 'done' => true, 'records' => [
        $account('none', null),
        $account('one page', ['totalSize' => 2, 'done' => true, 'records' => [['LastName' => 'a'], ['LastName' => 'b']]]),
        $account('two pages', ['totalSize' => 3, 'done' => false, 'nextRecordsUrl' => '/services/data/v67.0/query/01gX-2', 'records' => [['LastName' => 'c'], ['LastName' => 'd']]]),
    ]])),
    '!' . OddServer::answer(json_encode(['totalSize' => 3, 'done' => true, 'records' => [['LastName' => 'e']]])),
    OddServer::answer(json_encode(['totalSize' => 1, 'done' => true, 'records' => [$account('broken', ['totalSize' => 3, 'done' => false, 'nextRecordsUrl' => 'https://evil.example/', 'records' => [['LastName' => 'c']]])]])),
]);
echo Emulator::php(<<<'CODE'
$sf = new Samlforce\Salesforce\Client(Emulator::credentials(['loginHost' => $argv[1]]), timeoutMs: 15000);
foreach ($sf->query('SELECT Name, (SELECT LastName FROM Contacts) FROM Account') as $row) {
    echo $row['Name'], ': ', $row['Contacts'] === null ? 'null' : count($row['Contacts']) . ' are ' . implode(',', array_column(iterator_to_array($row['Contacts']), 'LastName')), "\n";
}
unset($row);
echo told(fn () => $sf->query('SELECT Name, (SELECT LastName FROM Contacts) FROM Account')), "\n";
CODE, ['samlforce.allowed_hosts' => $odd->host], arguments: [$odd->host]);
foreach ($odd->asked() as $line) {
    echo preg_replace('~\?.*~', '', $line), "\n";
}
?>
--EXPECT--
none: null
one page: 2 are a,b
two pages: 3 are c,d,e
BrokenAnswer Retry - 200
POST /services/oauth2/token HTTP/1.1
GET /services/data/v67.0/query
GET /services/data/v67.0/query/01gX-2 HTTP/1.1
GET /services/data/v67.0/query
