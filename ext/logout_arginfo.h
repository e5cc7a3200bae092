/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: f52dc79dc13881bfc8420c8b5d94a28fdda11ca4 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_NameId___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, value, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, format, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, nameQualifier, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, spNameQualifier, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_LogoutRequest___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Saml_LogoutResponse___construct arginfo_class_Samlforce_Saml_LogoutRequest___construct


ZEND_METHOD(Samlforce_Saml_NameId, __construct);
ZEND_METHOD(Samlforce_Saml_LogoutRequest, __construct);
ZEND_METHOD(Samlforce_Saml_LogoutResponse, __construct);


static const zend_function_entry class_Samlforce_Saml_NameId_methods[] = {
	ZEND_ME(Samlforce_Saml_NameId, __construct, arginfo_class_Samlforce_Saml_NameId___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_LogoutStatus_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_LogoutRequest_methods[] = {
	ZEND_ME(Samlforce_Saml_LogoutRequest, __construct, arginfo_class_Samlforce_Saml_LogoutRequest___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_LogoutResponse_methods[] = {
	ZEND_ME(Samlforce_Saml_LogoutResponse, __construct, arginfo_class_Samlforce_Saml_LogoutResponse___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_NameId(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "NameId", class_Samlforce_Saml_NameId_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_value_default_value;
	ZVAL_UNDEF(&property_value_default_value);
	zend_string *property_value_name = zend_string_init("value", sizeof("value") - 1, 1);
	zend_declare_typed_property(class_entry, property_value_name, &property_value_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_value_name);

	zval property_format_default_value;
	ZVAL_UNDEF(&property_format_default_value);
	zend_string *property_format_name = zend_string_init("format", sizeof("format") - 1, 1);
	zend_declare_typed_property(class_entry, property_format_name, &property_format_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_format_name);

	zval property_nameQualifier_default_value;
	ZVAL_UNDEF(&property_nameQualifier_default_value);
	zend_string *property_nameQualifier_name = zend_string_init("nameQualifier", sizeof("nameQualifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameQualifier_name, &property_nameQualifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_nameQualifier_name);

	zval property_spNameQualifier_default_value;
	ZVAL_UNDEF(&property_spNameQualifier_default_value);
	zend_string *property_spNameQualifier_name = zend_string_init("spNameQualifier", sizeof("spNameQualifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_spNameQualifier_name, &property_spNameQualifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_spNameQualifier_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_LogoutStatus(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\LogoutStatus", IS_STRING, class_Samlforce_Saml_LogoutStatus_methods);

	zval enum_case_Success_value;
	zend_string *enum_case_Success_value_str = zend_string_init("success", strlen("success"), 1);
	ZVAL_STR(&enum_case_Success_value, enum_case_Success_value_str);
	zend_enum_add_case_cstr(class_entry, "Success", &enum_case_Success_value);

	zval enum_case_PartialLogout_value;
	zend_string *enum_case_PartialLogout_value_str = zend_string_init("partial_logout", strlen("partial_logout"), 1);
	ZVAL_STR(&enum_case_PartialLogout_value, enum_case_PartialLogout_value_str);
	zend_enum_add_case_cstr(class_entry, "PartialLogout", &enum_case_PartialLogout_value);

	zval enum_case_UnknownPrincipal_value;
	zend_string *enum_case_UnknownPrincipal_value_str = zend_string_init("unknown_principal", strlen("unknown_principal"), 1);
	ZVAL_STR(&enum_case_UnknownPrincipal_value, enum_case_UnknownPrincipal_value_str);
	zend_enum_add_case_cstr(class_entry, "UnknownPrincipal", &enum_case_UnknownPrincipal_value);

	zval enum_case_RequestDenied_value;
	zend_string *enum_case_RequestDenied_value_str = zend_string_init("request_denied", strlen("request_denied"), 1);
	ZVAL_STR(&enum_case_RequestDenied_value, enum_case_RequestDenied_value_str);
	zend_enum_add_case_cstr(class_entry, "RequestDenied", &enum_case_RequestDenied_value);

	zval enum_case_Failed_value;
	zend_string *enum_case_Failed_value_str = zend_string_init("failed", strlen("failed"), 1);
	ZVAL_STR(&enum_case_Failed_value, enum_case_Failed_value_str);
	zend_enum_add_case_cstr(class_entry, "Failed", &enum_case_Failed_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_LogoutRequest(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "LogoutRequest", class_Samlforce_Saml_LogoutRequest_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_id_name);

	zval property_issuer_default_value;
	ZVAL_UNDEF(&property_issuer_default_value);
	zend_string *property_issuer_name = zend_string_init("issuer", sizeof("issuer") - 1, 1);
	zend_declare_typed_property(class_entry, property_issuer_name, &property_issuer_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_issuer_name);

	zend_string *property_nameId_class_Samlforce_Saml_NameId = zend_string_init("Samlforce\\Saml\\\116ameId", sizeof("Samlforce\\Saml\\\116ameId")-1, 1);
	zval property_nameId_default_value;
	ZVAL_UNDEF(&property_nameId_default_value);
	zend_string *property_nameId_name = zend_string_init("nameId", sizeof("nameId") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameId_name, &property_nameId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_nameId_class_Samlforce_Saml_NameId, 0, 0));
	zend_string_release(property_nameId_name);

	zval property_sessionIndexes_default_value;
	ZVAL_UNDEF(&property_sessionIndexes_default_value);
	zend_string *property_sessionIndexes_name = zend_string_init("sessionIndexes", sizeof("sessionIndexes") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionIndexes_name, &property_sessionIndexes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_sessionIndexes_name);

	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_reason_name);

	zval property_relayState_default_value;
	ZVAL_UNDEF(&property_relayState_default_value);
	zend_string *property_relayState_name = zend_string_init("relayState", sizeof("relayState") - 1, 1);
	zend_declare_typed_property(class_entry, property_relayState_name, &property_relayState_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_relayState_name);

	zend_string *property_binding_class_Samlforce_Saml_Binding = zend_string_init("Samlforce\\Saml\\Binding", sizeof("Samlforce\\Saml\\Binding")-1, 1);
	zval property_binding_default_value;
	ZVAL_UNDEF(&property_binding_default_value);
	zend_string *property_binding_name = zend_string_init("binding", sizeof("binding") - 1, 1);
	zend_declare_typed_property(class_entry, property_binding_name, &property_binding_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_binding_class_Samlforce_Saml_Binding, 0, 0));
	zend_string_release(property_binding_name);

	zval property_warnings_default_value;
	ZVAL_UNDEF(&property_warnings_default_value);
	zend_string *property_warnings_name = zend_string_init("warnings", sizeof("warnings") - 1, 1);
	zend_declare_typed_property(class_entry, property_warnings_name, &property_warnings_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_warnings_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_LogoutResponse(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "LogoutResponse", class_Samlforce_Saml_LogoutResponse_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_id_name);

	zval property_issuer_default_value;
	ZVAL_UNDEF(&property_issuer_default_value);
	zend_string *property_issuer_name = zend_string_init("issuer", sizeof("issuer") - 1, 1);
	zend_declare_typed_property(class_entry, property_issuer_name, &property_issuer_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_issuer_name);

	zval property_inResponseTo_default_value;
	ZVAL_UNDEF(&property_inResponseTo_default_value);
	zend_string *property_inResponseTo_name = zend_string_init("inResponseTo", sizeof("inResponseTo") - 1, 1);
	zend_declare_typed_property(class_entry, property_inResponseTo_name, &property_inResponseTo_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_inResponseTo_name);

	zend_string *property_status_class_Samlforce_Saml_LogoutStatus = zend_string_init("Samlforce\\Saml\\LogoutStatus", sizeof("Samlforce\\Saml\\LogoutStatus")-1, 1);
	zval property_status_default_value;
	ZVAL_UNDEF(&property_status_default_value);
	zend_string *property_status_name = zend_string_init("status", sizeof("status") - 1, 1);
	zend_declare_typed_property(class_entry, property_status_name, &property_status_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_status_class_Samlforce_Saml_LogoutStatus, 0, 0));
	zend_string_release(property_status_name);

	zval property_statusCode_default_value;
	ZVAL_UNDEF(&property_statusCode_default_value);
	zend_string *property_statusCode_name = zend_string_init("statusCode", sizeof("statusCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_statusCode_name, &property_statusCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_statusCode_name);

	zval property_secondStatusCode_default_value;
	ZVAL_UNDEF(&property_secondStatusCode_default_value);
	zend_string *property_secondStatusCode_name = zend_string_init("secondStatusCode", sizeof("secondStatusCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_secondStatusCode_name, &property_secondStatusCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_secondStatusCode_name);

	zval property_statusMessage_default_value;
	ZVAL_UNDEF(&property_statusMessage_default_value);
	zend_string *property_statusMessage_name = zend_string_init("statusMessage", sizeof("statusMessage") - 1, 1);
	zend_declare_typed_property(class_entry, property_statusMessage_name, &property_statusMessage_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_statusMessage_name);

	zval property_relayState_default_value;
	ZVAL_UNDEF(&property_relayState_default_value);
	zend_string *property_relayState_name = zend_string_init("relayState", sizeof("relayState") - 1, 1);
	zend_declare_typed_property(class_entry, property_relayState_name, &property_relayState_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_relayState_name);

	zval property_warnings_default_value;
	ZVAL_UNDEF(&property_warnings_default_value);
	zend_string *property_warnings_name = zend_string_init("warnings", sizeof("warnings") - 1, 1);
	zend_declare_typed_property(class_entry, property_warnings_name, &property_warnings_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_warnings_name);

	return class_entry;
}
