/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 82fcbad57df442296278731d506e572ce5071a7c */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Password_Vault___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Password_Vault_seal, 0, 3, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, password, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, recipient, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, secondsToLive, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Password_Vault_inspect, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, token, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Password_Vault_reseal, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, token, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Password_Vault, __construct);
ZEND_METHOD(Samlforce_Password_Vault, seal);
ZEND_METHOD(Samlforce_Password_Vault, inspect);
ZEND_METHOD(Samlforce_Password_Vault, reseal);


static const zend_function_entry class_Samlforce_Password_VaultReason_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Password_VaultException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Password_Vault_methods[] = {
	ZEND_ME(Samlforce_Password_Vault, __construct, arginfo_class_Samlforce_Password_Vault___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Password_Vault, seal, arginfo_class_Samlforce_Password_Vault_seal, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Password_Vault, inspect, arginfo_class_Samlforce_Password_Vault_inspect, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Password_Vault, reseal, arginfo_class_Samlforce_Password_Vault_reseal, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Password_VaultReason(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Password\\VaultReason", IS_STRING, class_Samlforce_Password_VaultReason_methods);

	zval enum_case_InvalidInput_value;
	zend_string *enum_case_InvalidInput_value_str = zend_string_init("invalid_input", strlen("invalid_input"), 1);
	ZVAL_STR(&enum_case_InvalidInput_value, enum_case_InvalidInput_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidInput", &enum_case_InvalidInput_value);

	zval enum_case_Refused_value;
	zend_string *enum_case_Refused_value_str = zend_string_init("refused", strlen("refused"), 1);
	ZVAL_STR(&enum_case_Refused_value, enum_case_Refused_value_str);
	zend_enum_add_case_cstr(class_entry, "Refused", &enum_case_Refused_value);

	zval enum_case_Expired_value;
	zend_string *enum_case_Expired_value_str = zend_string_init("expired", strlen("expired"), 1);
	ZVAL_STR(&enum_case_Expired_value, enum_case_Expired_value_str);
	zend_enum_add_case_cstr(class_entry, "Expired", &enum_case_Expired_value);

	zval enum_case_Failed_value;
	zend_string *enum_case_Failed_value_str = zend_string_init("failed", strlen("failed"), 1);
	ZVAL_STR(&enum_case_Failed_value, enum_case_Failed_value_str);
	zend_enum_add_case_cstr(class_entry, "Failed", &enum_case_Failed_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Password_VaultException(zend_class_entry *class_entry_Samlforce_SamlforceException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Password", "VaultException", class_Samlforce_Password_VaultException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Samlforce_SamlforceException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zend_string *property_reason_class_Samlforce_Password_VaultReason = zend_string_init("Samlforce\\Password\\VaultReason", sizeof("Samlforce\\Password\\VaultReason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Password_VaultReason, 0, 0));
	zend_string_release(property_reason_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Password_Vault(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Password", "Vault", class_Samlforce_Password_Vault_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "seal", sizeof("seal") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "inspect", sizeof("inspect") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "reseal", sizeof("reseal") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
