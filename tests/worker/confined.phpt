--TEST--
FPM with disable_functions, with open_basedir and in a chroot: the extension needs none of what they take away, and no file but the CA
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
$page = Mix::page();
/** Each request of the mixture, once. */
function each(TestFpm $fpm, string $title, callable $send): void
{
    $answers = array_map($send, Mix::posts());
    echo "$title: ", $answers === Mix::ANSWERS ? 'each request had its answer' : json_encode(array_diff_assoc($answers, Mix::ANSWERS)), ', ', preg_match_all('~exited on signal~', $fpm->log()), " workers crashed\n";
}

// Everything that PHP calls a function of the extensions that ours might be thought to use, and what runs programs.
$off = array_diff(array_merge(...array_map(static fn (string $name): array => get_extension_funcs($name) ?: [], ['openssl', 'json', 'hash', 'random', 'posix', 'pcntl', 'curl', 'dom', 'libxml'])),
    ['json_encode']);
$off = [...$off, 'exec', 'system', 'passthru', 'proc_open', 'popen', 'shell_exec', 'mail', 'putenv', 'ini_set', 'base64_decode', 'base64_encode', 'fopen', 'file_get_contents', 'stream_socket_client'];
$fpm = new TestFpm(['disable_functions' => implode(',', $off)] + Mix::settings());
echo $fpm->run('echo function_exists("openssl_sign") || function_exists("hash") || function_exists("file_get_contents") ? "not disabled\n" : "";');
each($fpm, 'disable_functions (' . (count($off) > 100 ? 'more than 100' : count($off)) . ')', fn (array $post): string => $fpm->run($page, $post));

$fpm = new TestFpm(Mix::settings(), "user = nobody\ngroup = nogroup\nphp_admin_value[open_basedir] = {folder}");
echo $fpm->run('echo @file_get_contents("/etc/passwd") === false ? "" : "open_basedir does not hold\n";');
each($fpm, 'open_basedir', fn (array $post): string => $fpm->run($page, $post));

// The keys were read before; the CA is read when the first connection is made, so it lies in the jail.
$fpm = new TestFpm(['samlforce.ca_file' => '/ca.pem'] + Mix::settings(), "user = nobody\ngroup = nogroup\nchroot = {folder}\nchdir = /");
copy(ini_get('samlforce.ca_file'), "$fpm->folder/ca.pem");
chmod("$fpm->folder/ca.pem", 0644);
$inside = fn (string $code, array $post = []): string => $fpm->run($code, $post, ['SCRIPT_FILENAME' => '/' . basename($fpm->script($code))]);
echo $inside('echo is_file("/ca.pem") && !is_dir("/etc") ? "" : "no chroot\n";');
each($fpm, 'a chroot with nothing in it but the CA', fn (array $post): string => $inside($page, $post));
rename("$fpm->folder/ca.pem", "$fpm->folder/elsewhere.pem");
$fpm->reload();
for ($end = microtime(true) + 60, $answer = ''; !str_contains($answer, 'ca.pem') && microtime(true) < $end; usleep(100000)) {
    $answer = $inside($page, Mix::posts()['query']);
}
echo 'a chroot without it: ', str_contains($answer, 'No trusted TLS connection') && str_contains($answer, '/ca.pem') ? 'the CA is named' : $answer, "\n";
?>
--EXPECT--
disable_functions (more than 100): each request had its answer, 0 workers crashed
open_basedir: each request had its answer, 0 workers crashed
a chroot with nothing in it but the CA: each request had its answer, 0 workers crashed
a chroot without it: the CA is named
