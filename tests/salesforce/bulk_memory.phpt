--TEST--
Bulk: 30 MB of rows go in and come out in little memory, and none of it stays
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
$text = str_repeat('many words ', 900);
function rss(string $which): int
{
    preg_match("/^$which:\s+(\d+) kB/m", file_get_contents('/proc/self/status'), $m);
    return (int) $m[1];
}
$rows = static function () use ($text): Generator {
    for ($i = 0; $i < 3000; $i++) {
        yield ['WP_User_Id__c' => "m$i", 'LastName' => 'Memory', 'Description' => "$i $text"];
    }
};
file_put_contents('/proc/self/clear_refs', '5');
$before = rss('VmRSS');
$job = $client->ingest('Contact', Operation::Upsert, $rows(), 'WP_User_Id__c', splitBytes: 10000000);
$job->wait();
$n = 0;
foreach ($job->successful() as $key => $result) {
    $n += $result['row']['Description'] === substr($key, 1) . " $text" || $result['row']['Description'] === substr($key, 1) . ' ' . trim($text);
}
echo $job->counts()['jobs'], ' jobs, ', $n, " rows\n";
$m = 0;
foreach ($client->bulkQuery("SELECT WP_User_Id__c, Description FROM Contact WHERE LastName = 'Memory'", pageRows: 1000) as $row) {
    $m += strlen($row['Description']) > 9000;
}
echo $m, " rows\n";
$grown = rss('VmHWM') - $before;
echo $grown < 16 * 1024 ? "less than 16 MB\n" : "$grown kB\n";
echo glob(sys_get_temp_dir() . '/samlforce-??????') === [] ? "no file is left\n" : "files are left\n";
echo count(array_filter(glob('/proc/self/fd/*'), static fn (string $fd): bool => str_contains((string) @readlink($fd), 'samlforce-'))), " are open\n";
?>
--EXPECT--
3 jobs, 3000 rows
3000 rows
less than 16 MB
no file is left
0 are open
