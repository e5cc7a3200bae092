--TEST--
Every setting can be made in php.ini alone
--EXTENSIONS--
samlforce
--FILE--
<?php
foreach (ini_get_all('samlforce') as $name => $setting) {
    echo $name, ' ', json_encode($setting['global_value']), ' ', $setting['access'] === INI_SYSTEM ? 'php.ini' : 'OPEN', ' ', var_export(ini_set($name, '1'), true), "\n";
}
?>
--EXPECT--
samlforce.allowed_hosts "" php.ini false
samlforce.ca_file "" php.ini false
samlforce.http.max_response_bytes "16777216" php.ini false
samlforce.keyring "" php.ini false
samlforce.saml.max_attributes "64" php.ini false
samlforce.saml.max_bytes "524288" php.ini false
samlforce.saml.max_depth "32" php.ini false
samlforce.saml.max_namespaces "2000" php.ini false
samlforce.saml.max_nodes "20000" php.ini false
