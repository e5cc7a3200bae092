--TEST--
A bulk load whose script ends in the middle, in any way, has loaded nothing; and rows that make calls of their own
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';

use Samlforce\Salesforce\Operation;

Emulator::start();
$client = Emulator::client();
$client->limits();
$count = static fn (string $name): int => count($client->query('SELECT Id FROM Contact WHERE LastName = :n', ['n' => $name]));
$load = <<<'PHP'
    function rows(string $how): Generator
    {
        for ($i = 0; $i < 40; $i++) {
            if ($i === 35) {
                match ($how) {
                    'exit' => exit("gone\n"),
                    'fatal' => str_repeat('x', PHP_INT_MAX >> 8),
                    'error' => nothing(),
                };
            }
            yield ['LastName' => $how, 'Description' => str_repeat('x', 100)];
        }
    }
    Emulator::client()->ingest('Contact', Samlforce\Salesforce\Operation::Insert, rows($argv[1]), splitBytes: 2000);
    PHP;
foreach (['exit', 'fatal', 'error'] as $how) {
    $said = Emulator::php($load, ['memory_limit' => '64M'], [], [$how]);
    echo "$how: ", preg_match('/gone|Allowed memory size|undefined function/', $said, $m) ? $m[0] : $said, ', ', $count($how), "\n";
}
$states = array_count_values(array_column($client->request('GET', 'jobs/ingest')['records'], 'state'));
ksort($states);
echo json_encode(array_keys($states)), "\n";

$rows = static function () use ($client): Generator {
    for ($i = 0; $i < 30; $i++) {
        $found = $client->query('SELECT Id FROM Contact WHERE WP_User_Id__c = :id', ['id' => "inner$i"]);
        if (count($found) === 0) {
            $client->create('Contact', ['LastName' => 'Inner', 'WP_User_Id__c' => "inner$i"]);
        }
        yield ['LastName' => 'Outer', 'Description' => str_repeat('y', 100)];
    }
};
$job = $client->ingest('Contact', Operation::Insert, $rows(), splitBytes: 2000);
$job->wait();
echo $job->counts()['jobs'], ' ', $count('Inner'), ' ', $count('Outer'), "\n";

$outer = $client->bulkQuery("SELECT Id FROM Contact WHERE LastName = 'Outer'", pageRows: 10);
$n = 0;
foreach ($outer as $row) {
    foreach ($client->bulkQuery('SELECT LastName FROM Contact WHERE Id = :id', ['id' => $row['Id']]) as $inner) {
        $n += $inner['LastName'] === 'Outer';
    }
    if ($n === 12) {
        break; // the rest is left where it is
    }
}
echo $n, "\n";
?>
--EXPECT--
exit: gone, 0
fatal: Allowed memory size, 0
error: undefined function, 0
["Aborted","Open"]
2 30 30
12
