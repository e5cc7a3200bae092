/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 1703ca62f074efce65c6dce0a586fc7a44ee681d */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Credentials_jwtBearer, 0, 4, Samlforce\\Salesforce\\Credentials, 0)
	ZEND_ARG_TYPE_INFO(0, loginHost, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, consumerKey, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, username, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, audience, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Salesforce_Credentials, __construct);
ZEND_METHOD(Samlforce_Salesforce_Credentials, jwtBearer);


static const zend_function_entry class_Samlforce_Salesforce_Credentials_methods[] = {
	ZEND_ME(Samlforce_Salesforce_Credentials, __construct, arginfo_class_Samlforce_Salesforce_Credentials___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_Credentials, jwtBearer, arginfo_class_Samlforce_Salesforce_Credentials_jwtBearer, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_Credentials(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "Credentials", class_Samlforce_Salesforce_Credentials_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
