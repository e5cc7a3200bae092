--TEST--
What PHP code puts into the environment makes OpenSSL load no library and trust no certificate
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
$folder = sys_get_temp_dir() . '/samlforce-env-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
// a library that leaves a file behind when it is loaded, and a configuration of OpenSSL that names it
file_put_contents("$folder/evil.c", "#include <fcntl.h>\n__attribute__((constructor)) static void loaded(void) { open(\"$folder/loaded\", O_CREAT | O_WRONLY, 0600); }\n");
exec('cc -shared -fPIC -o ' . escapeshellarg("$folder/evil.so") . ' ' . escapeshellarg("$folder/evil.c") . ' 2>&1', $output, $code);
echo implode("\n", $output);
file_put_contents("$folder/openssl.cnf", "openssl_conf = s\n[s]\nproviders = p\n[p]\nevil = e\ndefault = d\n[d]\nactivate = 1\n[e]\nmodule = $folder/evil.so\nactivate = 1\n");
$call = 'foreach (%s as $name => $value) putenv("$name=$value"); Emulator::client()->limits(); Emulator::seal("x", "y");';
$environment = ['OPENSSL_CONF' => "$folder/openssl.cnf", 'OPENSSL_MODULES' => $folder];
foreach (['in the environment of the process' => [[], $environment], 'put there by PHP code' => [$environment, []]] as $title => [$put, $given]) {
    echo Emulator::php(sprintf($call, var_export($put, true)), environment: $given);
    echo "$title: ", is_file("$folder/loaded") ? "loaded\n" : "not loaded\n";
    @unlink("$folder/loaded");
}
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);

// a CA that only the environment names is not trusted
$ca = Emulator::$env['SF_CA'];
echo Emulator::php('putenv("SSL_CERT_FILE=' . $ca . '"); putenv("CURL_CA_BUNDLE=' . $ca . '"); putenv("SSL_CERT_DIR=' . dirname($ca) . '"); echo told(fn () => Emulator::client(3000)->limits()), "\n";', ['samlforce.ca_file' => ''],
    ['SSL_CERT_FILE' => $ca, 'CURL_CA_BUNDLE' => $ca]);
?>
--EXPECT--
in the environment of the process: loaded
put there by PHP code: not loaded
Tls Retry - -
