--TEST--
SSLKEYLOGFILE in the environment does not give the session keys away
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
$file = tempnam(sys_get_temp_dir(), 'sf-keys-');
$call = 'putenv("SSLKEYLOGFILE=' . $file . '"); echo told(fn () => Emulator::client()->limits()), "\n";';
echo Emulator::php($call);
echo Emulator::php($call, environment: ['SSLKEYLOGFILE' => $file]);
var_dump(file_get_contents($file));
// the file would be written: PHP's own curl does it
if (extension_loaded('curl') || is_file(ini_get('extension_dir') . '/curl.so')) {
    $control = '$h = curl_init("https://" . Emulator::$env["SF_HOST"]); curl_setopt_array($h, [CURLOPT_CAINFO => Emulator::$env["SF_CA"], CURLOPT_RETURNTRANSFER => true]); curl_exec($h);';
    echo Emulator::php($control, environment: ['SSLKEYLOGFILE' => $file]);
    echo str_contains(file_get_contents($file), 'SECRET') ? "libcurl would\n" : "libcurl would not\n";
} else {
    echo "libcurl would\n";
}
unlink($file);
?>
--EXPECT--
done
done
string(0) ""
libcurl would
