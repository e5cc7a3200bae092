/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 2ebb38d3edb1a5f8fdea6cfe7ac809a0e5dd614a */




static const zend_function_entry class_Samlforce_SamlforceException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_KeyringReason_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_KeyringException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_SamlforceException(zend_class_entry *class_entry_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce", "SamlforceException", class_Samlforce_SamlforceException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Exception);
	class_entry->ce_flags |= ZEND_ACC_ABSTRACT;

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_KeyringReason(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\KeyringReason", IS_STRING, class_Samlforce_KeyringReason_methods);

	zval enum_case_Unknown_value;
	zend_string *enum_case_Unknown_value_str = zend_string_init("unknown", strlen("unknown"), 1);
	ZVAL_STR(&enum_case_Unknown_value, enum_case_Unknown_value_str);
	zend_enum_add_case_cstr(class_entry, "Unknown", &enum_case_Unknown_value);

	zval enum_case_Refused_value;
	zend_string *enum_case_Refused_value_str = zend_string_init("refused", strlen("refused"), 1);
	ZVAL_STR(&enum_case_Refused_value, enum_case_Refused_value_str);
	zend_enum_add_case_cstr(class_entry, "Refused", &enum_case_Refused_value);

	zval enum_case_WrongKind_value;
	zend_string *enum_case_WrongKind_value_str = zend_string_init("wrong_kind", strlen("wrong_kind"), 1);
	ZVAL_STR(&enum_case_WrongKind_value, enum_case_WrongKind_value_str);
	zend_enum_add_case_cstr(class_entry, "WrongKind", &enum_case_WrongKind_value);

	zval enum_case_Failed_value;
	zend_string *enum_case_Failed_value_str = zend_string_init("failed", strlen("failed"), 1);
	ZVAL_STR(&enum_case_Failed_value, enum_case_Failed_value_str);
	zend_enum_add_case_cstr(class_entry, "Failed", &enum_case_Failed_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_KeyringException(zend_class_entry *class_entry_Samlforce_SamlforceException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce", "KeyringException", class_Samlforce_KeyringException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Samlforce_SamlforceException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zend_string *property_reason_class_Samlforce_KeyringReason = zend_string_init("Samlforce\\KeyringReason", sizeof("Samlforce\\KeyringReason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_KeyringReason, 0, 0));
	zend_string_release(property_reason_name);

	return class_entry;
}
