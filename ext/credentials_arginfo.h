/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 3fbe9e86ebbb4394c308a5c016f0ecef5fbd403d */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_TokenStore_load, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_TokenStore_replace, 0, 3, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, expected, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, text, IS_STRING, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Salesforce_ClientSecret___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_ClientSecret_named, 0, 1, Samlforce\\Salesforce\\ClientSecret, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_ClientSecret_text, 0, 1, Samlforce\\Salesforce\\ClientSecret, 0)
	ZEND_ARG_TYPE_INFO(0, secret, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_AuthorizationRequest___construct arginfo_class_Samlforce_Salesforce_ClientSecret___construct

#define arginfo_class_Samlforce_Salesforce_Credentials___construct arginfo_class_Samlforce_Salesforce_ClientSecret___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_jwtBearer, 0, 4, Samlforce\\Salesforce\\Credentials, 0)
	ZEND_ARG_TYPE_INFO(0, loginHost, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, consumerKey, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, username, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, audience, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_clientCredentials, 0, 3, Samlforce\\Salesforce\\Credentials, 0)
	ZEND_ARG_TYPE_INFO(0, myDomainHost, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, consumerKey, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, clientSecret, Samlforce\\Salesforce\\ClientSecret, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_refreshToken, 0, 5, Samlforce\\Salesforce\\Credentials, 0)
	ZEND_ARG_TYPE_INFO(0, loginHost, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, consumerKey, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, clientSecret, Samlforce\\Salesforce\\ClientSecret, 1)
	ZEND_ARG_OBJ_INFO(0, store, Samlforce\\Salesforce\\TokenStore, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, grant, IS_STRING, 0, "\"default\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, refreshToken, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_authorizationUrl, 0, 3, Samlforce\\Salesforce\\AuthorizationRequest, 0)
	ZEND_ARG_TYPE_INFO(0, loginHost, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, consumerKey, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, redirectUri, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, scopes, IS_ARRAY, 0, "[\"api\", \"refresh_token\"]")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_authorizationCode, 0, 8, Samlforce\\Salesforce\\Credentials, 0)
	ZEND_ARG_TYPE_INFO(0, loginHost, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, consumerKey, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, clientSecret, Samlforce\\Salesforce\\ClientSecret, 1)
	ZEND_ARG_TYPE_INFO(0, redirectUri, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, code, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, codeVerifier, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, store, Samlforce\\Salesforce\\TokenStore, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, grant, IS_STRING, 0, "\"default\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "30000")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_sharedBy, 0, 2, Samlforce\\Salesforce\\Credentials, 0)
	ZEND_ARG_OBJ_INFO(0, store, Samlforce\\Salesforce\\TokenStore, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_introspect, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "30000")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_revoke, 0, 0, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "30000")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Salesforce_ClientSecret, __construct);
ZEND_METHOD(Samlforce_Salesforce_ClientSecret, named);
ZEND_METHOD(Samlforce_Salesforce_ClientSecret, text);
ZEND_METHOD(Samlforce_Salesforce_AuthorizationRequest, __construct);
ZEND_METHOD(Samlforce_Salesforce_Credentials, __construct);
ZEND_METHOD(Samlforce_Salesforce_Credentials, jwtBearer);
ZEND_METHOD(Samlforce_Salesforce_Credentials, clientCredentials);
ZEND_METHOD(Samlforce_Salesforce_Credentials, refreshToken);
ZEND_METHOD(Samlforce_Salesforce_Credentials, authorizationUrl);
ZEND_METHOD(Samlforce_Salesforce_Credentials, authorizationCode);
ZEND_METHOD(Samlforce_Salesforce_Credentials, sharedBy);
ZEND_METHOD(Samlforce_Salesforce_Credentials, introspect);
ZEND_METHOD(Samlforce_Salesforce_Credentials, revoke);


static const zend_function_entry class_Samlforce_Salesforce_TokenStore_methods[] = {
	ZEND_ABSTRACT_ME_WITH_FLAGS(Samlforce_Salesforce_TokenStore, load, arginfo_class_Samlforce_Salesforce_TokenStore_load, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Samlforce_Salesforce_TokenStore, replace, arginfo_class_Samlforce_Salesforce_TokenStore_replace, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_ClientSecret_methods[] = {
	ZEND_ME(Samlforce_Salesforce_ClientSecret, __construct, arginfo_class_Samlforce_Salesforce_ClientSecret___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_ClientSecret, named, arginfo_class_Samlforce_Salesforce_ClientSecret_named, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Salesforce_ClientSecret, text, arginfo_class_Samlforce_Salesforce_ClientSecret_text, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_AuthorizationRequest_methods[] = {
	ZEND_ME(Samlforce_Salesforce_AuthorizationRequest, __construct, arginfo_class_Samlforce_Salesforce_AuthorizationRequest___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_Credentials_methods[] = {
	ZEND_ME(Samlforce_Salesforce_Credentials, __construct, arginfo_class_Samlforce_Salesforce_Credentials___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_Credentials, jwtBearer, arginfo_class_Samlforce_Salesforce_Credentials_jwtBearer, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Salesforce_Credentials, clientCredentials, arginfo_class_Samlforce_Salesforce_Credentials_clientCredentials, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Salesforce_Credentials, refreshToken, arginfo_class_Samlforce_Salesforce_Credentials_refreshToken, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Salesforce_Credentials, authorizationUrl, arginfo_class_Samlforce_Salesforce_Credentials_authorizationUrl, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Salesforce_Credentials, authorizationCode, arginfo_class_Samlforce_Salesforce_Credentials_authorizationCode, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Salesforce_Credentials, sharedBy, arginfo_class_Samlforce_Salesforce_Credentials_sharedBy, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Credentials, introspect, arginfo_class_Samlforce_Salesforce_Credentials_introspect, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Credentials, revoke, arginfo_class_Samlforce_Salesforce_Credentials_revoke, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_TokenStore(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "TokenStore", class_Samlforce_Salesforce_TokenStore_methods);
	class_entry = zend_register_internal_interface(&ce);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_ClientSecret(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "ClientSecret", class_Samlforce_Salesforce_ClientSecret_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "text", sizeof("text") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_AuthorizationRequest(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "AuthorizationRequest", class_Samlforce_Salesforce_AuthorizationRequest_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_url_default_value;
	ZVAL_UNDEF(&property_url_default_value);
	zend_string *property_url_name = zend_string_init("url", sizeof("url") - 1, 1);
	zend_declare_typed_property(class_entry, property_url_name, &property_url_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_url_name);

	zval property_state_default_value;
	ZVAL_UNDEF(&property_state_default_value);
	zend_string *property_state_name = zend_string_init("state", sizeof("state") - 1, 1);
	zend_declare_typed_property(class_entry, property_state_name, &property_state_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_state_name);

	zval property_codeVerifier_default_value;
	ZVAL_UNDEF(&property_codeVerifier_default_value);
	zend_string *property_codeVerifier_name = zend_string_init("codeVerifier", sizeof("codeVerifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_codeVerifier_name, &property_codeVerifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_codeVerifier_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_Credentials(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "Credentials", class_Samlforce_Salesforce_Credentials_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "refreshtoken", sizeof("refreshtoken") - 1), 6, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "authorizationcode", sizeof("authorizationcode") - 1), 4, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "authorizationcode", sizeof("authorizationcode") - 1), 5, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
