/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 89cea4494a4c6279be2e766717186a014b8da687 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_MetadataChange___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_MetadataChange_between, 0, 2, Samlforce\\Saml\\MetadataChange, 0)
	ZEND_ARG_OBJ_INFO(0, known, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_OBJ_INFO(0, newer, Samlforce\\Saml\\IdentityProvider, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Saml_MetadataRefresh___construct arginfo_class_Samlforce_Saml_MetadataChange___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_MetadataRefresh_decide, 0, 4, Samlforce\\Saml\\MetadataRefresh, 0)
	ZEND_ARG_TYPE_INFO(0, known, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, fetched, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, entityId, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, trustedCertificates, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, approved, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, interval, IS_LONG, 0, "86400")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_MetadataChange, __construct);
ZEND_METHOD(Samlforce_Saml_MetadataChange, between);
ZEND_METHOD(Samlforce_Saml_MetadataRefresh, __construct);
ZEND_METHOD(Samlforce_Saml_MetadataRefresh, decide);


static const zend_function_entry class_Samlforce_Saml_MetadataChange_methods[] = {
	ZEND_ME(Samlforce_Saml_MetadataChange, __construct, arginfo_class_Samlforce_Saml_MetadataChange___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Saml_MetadataChange, between, arginfo_class_Samlforce_Saml_MetadataChange_between, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_MetadataOutcome_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_MetadataHold_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_MetadataRefresh_methods[] = {
	ZEND_ME(Samlforce_Saml_MetadataRefresh, __construct, arginfo_class_Samlforce_Saml_MetadataRefresh___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Saml_MetadataRefresh, decide, arginfo_class_Samlforce_Saml_MetadataRefresh_decide, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_MetadataChange(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "MetadataChange", class_Samlforce_Saml_MetadataChange_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_keysAdded_default_value;
	ZVAL_UNDEF(&property_keysAdded_default_value);
	zend_string *property_keysAdded_name = zend_string_init("keysAdded", sizeof("keysAdded") - 1, 1);
	zend_declare_typed_property(class_entry, property_keysAdded_name, &property_keysAdded_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_keysAdded_name);

	zval property_keysDropped_default_value;
	ZVAL_UNDEF(&property_keysDropped_default_value);
	zend_string *property_keysDropped_name = zend_string_init("keysDropped", sizeof("keysDropped") - 1, 1);
	zend_declare_typed_property(class_entry, property_keysDropped_name, &property_keysDropped_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_keysDropped_name);

	zval property_keysKept_default_value;
	ZVAL_UNDEF(&property_keysKept_default_value);
	zend_string *property_keysKept_name = zend_string_init("keysKept", sizeof("keysKept") - 1, 1);
	zend_declare_typed_property(class_entry, property_keysKept_name, &property_keysKept_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_keysKept_name);

	zval property_dropsEveryKey_default_value;
	ZVAL_UNDEF(&property_dropsEveryKey_default_value);
	zend_string *property_dropsEveryKey_name = zend_string_init("dropsEveryKey", sizeof("dropsEveryKey") - 1, 1);
	zend_declare_typed_property(class_entry, property_dropsEveryKey_name, &property_dropsEveryKey_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_dropsEveryKey_name);

	zval property_endpoints_default_value;
	ZVAL_UNDEF(&property_endpoints_default_value);
	zend_string *property_endpoints_name = zend_string_init("endpoints", sizeof("endpoints") - 1, 1);
	zend_declare_typed_property(class_entry, property_endpoints_name, &property_endpoints_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_endpoints_name);

	zval property_namesNewHost_default_value;
	ZVAL_UNDEF(&property_namesNewHost_default_value);
	zend_string *property_namesNewHost_name = zend_string_init("namesNewHost", sizeof("namesNewHost") - 1, 1);
	zend_declare_typed_property(class_entry, property_namesNewHost_name, &property_namesNewHost_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_namesNewHost_name);

	zval property_isEmpty_default_value;
	ZVAL_UNDEF(&property_isEmpty_default_value);
	zend_string *property_isEmpty_name = zend_string_init("isEmpty", sizeof("isEmpty") - 1, 1);
	zend_declare_typed_property(class_entry, property_isEmpty_name, &property_isEmpty_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_isEmpty_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_MetadataOutcome(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\MetadataOutcome", IS_STRING, class_Samlforce_Saml_MetadataOutcome_methods);

	zval enum_case_Unchanged_value;
	zend_string *enum_case_Unchanged_value_str = zend_string_init("unchanged", strlen("unchanged"), 1);
	ZVAL_STR(&enum_case_Unchanged_value, enum_case_Unchanged_value_str);
	zend_enum_add_case_cstr(class_entry, "Unchanged", &enum_case_Unchanged_value);

	zval enum_case_Replaced_value;
	zend_string *enum_case_Replaced_value_str = zend_string_init("replaced", strlen("replaced"), 1);
	ZVAL_STR(&enum_case_Replaced_value, enum_case_Replaced_value_str);
	zend_enum_add_case_cstr(class_entry, "Replaced", &enum_case_Replaced_value);

	zval enum_case_Held_value;
	zend_string *enum_case_Held_value_str = zend_string_init("held", strlen("held"), 1);
	ZVAL_STR(&enum_case_Held_value, enum_case_Held_value_str);
	zend_enum_add_case_cstr(class_entry, "Held", &enum_case_Held_value);

	zval enum_case_Refused_value;
	zend_string *enum_case_Refused_value_str = zend_string_init("refused", strlen("refused"), 1);
	ZVAL_STR(&enum_case_Refused_value, enum_case_Refused_value_str);
	zend_enum_add_case_cstr(class_entry, "Refused", &enum_case_Refused_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_MetadataHold(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\MetadataHold", IS_STRING, class_Samlforce_Saml_MetadataHold_methods);

	zval enum_case_DropsEveryKey_value;
	zend_string *enum_case_DropsEveryKey_value_str = zend_string_init("drops_every_key", strlen("drops_every_key"), 1);
	ZVAL_STR(&enum_case_DropsEveryKey_value, enum_case_DropsEveryKey_value_str);
	zend_enum_add_case_cstr(class_entry, "DropsEveryKey", &enum_case_DropsEveryKey_value);

	zval enum_case_NewHost_value;
	zend_string *enum_case_NewHost_value_str = zend_string_init("new_host", strlen("new_host"), 1);
	ZVAL_STR(&enum_case_NewHost_value, enum_case_NewHost_value_str);
	zend_enum_add_case_cstr(class_entry, "NewHost", &enum_case_NewHost_value);

	zval enum_case_Older_value;
	zend_string *enum_case_Older_value_str = zend_string_init("older", strlen("older"), 1);
	ZVAL_STR(&enum_case_Older_value, enum_case_Older_value_str);
	zend_enum_add_case_cstr(class_entry, "Older", &enum_case_Older_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_MetadataRefresh(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "MetadataRefresh", class_Samlforce_Saml_MetadataRefresh_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zend_string *property_outcome_class_Samlforce_Saml_MetadataOutcome = zend_string_init("Samlforce\\Saml\\MetadataOutcome", sizeof("Samlforce\\Saml\\MetadataOutcome")-1, 1);
	zval property_outcome_default_value;
	ZVAL_UNDEF(&property_outcome_default_value);
	zend_string *property_outcome_name = zend_string_init("outcome", sizeof("outcome") - 1, 1);
	zend_declare_typed_property(class_entry, property_outcome_name, &property_outcome_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_outcome_class_Samlforce_Saml_MetadataOutcome, 0, 0));
	zend_string_release(property_outcome_name);

	zval property_xml_default_value;
	ZVAL_UNDEF(&property_xml_default_value);
	zend_string *property_xml_name = zend_string_init("xml", sizeof("xml") - 1, 1);
	zend_declare_typed_property(class_entry, property_xml_name, &property_xml_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_xml_name);

	zval property_validUntil_default_value;
	ZVAL_UNDEF(&property_validUntil_default_value);
	zend_string *property_validUntil_name = zend_string_init("validUntil", sizeof("validUntil") - 1, 1);
	zend_declare_typed_property(class_entry, property_validUntil_name, &property_validUntil_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_validUntil_name);

	zval property_nextRefresh_default_value;
	ZVAL_UNDEF(&property_nextRefresh_default_value);
	zend_string *property_nextRefresh_name = zend_string_init("nextRefresh", sizeof("nextRefresh") - 1, 1);
	zend_declare_typed_property(class_entry, property_nextRefresh_name, &property_nextRefresh_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_nextRefresh_name);

	zend_string *property_change_class_Samlforce_Saml_MetadataChange = zend_string_init("Samlforce\\Saml\\MetadataChange", sizeof("Samlforce\\Saml\\MetadataChange")-1, 1);
	zval property_change_default_value;
	ZVAL_UNDEF(&property_change_default_value);
	zend_string *property_change_name = zend_string_init("change", sizeof("change") - 1, 1);
	zend_declare_typed_property(class_entry, property_change_name, &property_change_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_change_class_Samlforce_Saml_MetadataChange, 0, MAY_BE_NULL));
	zend_string_release(property_change_name);

	zval property_holds_default_value;
	ZVAL_UNDEF(&property_holds_default_value);
	zend_string *property_holds_name = zend_string_init("holds", sizeof("holds") - 1, 1);
	zend_declare_typed_property(class_entry, property_holds_name, &property_holds_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_holds_name);

	zval property_fingerprint_default_value;
	ZVAL_UNDEF(&property_fingerprint_default_value);
	zend_string *property_fingerprint_name = zend_string_init("fingerprint", sizeof("fingerprint") - 1, 1);
	zend_declare_typed_property(class_entry, property_fingerprint_name, &property_fingerprint_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_fingerprint_name);

	zend_string *property_problem_class_Samlforce_Saml_SamlException = zend_string_init("Samlforce\\Saml\\SamlException", sizeof("Samlforce\\Saml\\SamlException")-1, 1);
	zval property_problem_default_value;
	ZVAL_UNDEF(&property_problem_default_value);
	zend_string *property_problem_name = zend_string_init("problem", sizeof("problem") - 1, 1);
	zend_declare_typed_property(class_entry, property_problem_name, &property_problem_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_problem_class_Samlforce_Saml_SamlException, 0, MAY_BE_NULL));
	zend_string_release(property_problem_name);

	return class_entry;
}
