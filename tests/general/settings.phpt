--TEST--
Every setting can be made in php.ini alone
--EXTENSIONS--
samlforce
--FILE--
<?php
foreach (ini_get_all('samlforce') as $name => $setting) {
    echo $name, ' ', $setting['access'] === INI_SYSTEM ? 'php.ini' : 'OPEN', ' ', var_export(ini_set($name, '1'), true), "\n";
}
?>
--EXPECT--
samlforce.allowed_hosts php.ini false
samlforce.ca_file php.ini false
samlforce.http.gzip_min_bytes php.ini false
samlforce.http.max_response_bytes php.ini false
samlforce.http.proxy php.ini false
samlforce.http.slow_down_percent php.ini false
samlforce.keyring php.ini false
samlforce.keyring_passphrase php.ini false
samlforce.outbound.max_bytes php.ini false
samlforce.outbound.max_nodes php.ini false
samlforce.password_deny_list php.ini false
samlforce.saml.max_attributes php.ini false
samlforce.saml.max_bytes php.ini false
samlforce.saml.max_depth php.ini false
samlforce.saml.max_namespaces php.ini false
samlforce.saml.max_nodes php.ini false
samlforce.saml.metadata_max_bytes php.ini false
samlforce.saml.metadata_max_namespaces php.ini false
samlforce.saml.metadata_max_nodes php.ini false
samlforce.site php.ini false
