--TEST--
Connection and token outlive the request: a web server's worker signs in once
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
$folder = sys_get_temp_dir() . '/samlforce-web-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
file_put_contents("$folder/index.php", '<?php require ' . var_export(__DIR__ . '/emulator.inc', true) . ';
    Emulator::$env = parse_ini_file(getenv("SAMLFORCE_EMULATOR") . "/env", false, INI_SCANNER_RAW);
    echo getmypid(), " ", told(fn () => Emulator::client()->limits());');
$server = proc_open([...Emulator::phpCommand(), '-S', '127.0.0.1:0', '-t', $folder], [2 => ['pipe', 'w']], $pipes);
// "PHP 8.2.0 Development Server (http://127.0.0.1:37229) started"
preg_match('~http://127\.0\.0\.1:\d+~', fgets($pipes[2]), $match);
$answers = [];
for ($i = 0; $i < 4; $i++) {
    $answers[] = file_get_contents("$match[0]/");
}
proc_terminate($server);
proc_close($server);
unlink("$folder/index.php");
rmdir($folder);
[$pid, $what] = explode(' ', $answers[0]);
echo count(array_unique($answers)), ' worker, each request: ', $what, "\n";
$log = Emulator::requests();
echo count(array_unique(array_column($log, 'connection'))), " connection\n";
foreach ($log as $r) {
    echo "  $r[method] $r[path], $r[request_on_connection]\n";
}
?>
--EXPECT--
1 worker, each request: done
1 connection
  POST /services/oauth2/token, 1
  GET /services/data/v67.0/limits, 2
  GET /services/data/v67.0/limits, 3
  GET /services/data/v67.0/limits, 4
  GET /services/data/v67.0/limits, 5
