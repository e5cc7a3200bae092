--TEST--
PHP's own web server with several workers: they share no connection, and no request is lost
--EXTENSIONS--
samlforce
dom
openssl
posix
pcntl
--CONFLICTS--
emulator
--SKIPIF--
<?php
require __DIR__ . '/../salesforce/skipif.inc';
if (posix_geteuid() !== 0) die('skip needs root, to start servers as root');
?>
--FILE--
<?php
require __DIR__ . '/mix.inc';
Emulator::start();
Emulator::ctl('set', 'daily_limit', '10000000');
$folder = sys_get_temp_dir() . '/samlforce-server-' . bin2hex(random_bytes(8));
mkdir($folder);
file_put_contents("$folder/index.php", "<?php\n" . Mix::page());
$socket = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($socket, false);
fclose($socket);
$server = proc_open(['setsid', ...Emulator::phpCommand(), '-S', $address, '-t', $folder], [['file', '/dev/null', 'r'], ['file', "$folder/log", 'a'], ['file', "$folder/log", 'a']], $pipes, null, ['PHP_CLI_SERVER_WORKERS' => '3'] + getenv());
for ($i = 0; $i < 200 && !@stream_socket_client("tcp://$address"); $i++) {
    usleep(50000);
}
Emulator::requests();
echo Mix::said(Mix::load(fn (array $post): string => Mix::http("http://$address/", $post), fn () => sleep(4)), 24);
$log = Emulator::requests();
$connections = array_unique(array_column($log, 'connection'));
echo 'Salesforce was asked ', count($log) > 6 ? 'often' : count($log) . ' times', ', over ', count($connections) <= 4 ? 'no more connections than there are processes (three workers and their parent)' : count($connections) . ' connections', "\n";
posix_kill(-proc_get_status($server)['pid'], SIGTERM);
proc_close($server);
echo preg_match_all('~(?i)segfault|signal 11|fatal error~', file_get_contents("$folder/log")), " crashes\n";
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
every request had its answer
Salesforce was asked often, over no more connections than there are processes (three workers and their parent)
0 crashes
