/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: f5a38c1e19d8e5461e2c78c173ad75a04d9f849b */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_IdentityProvider___construct, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, entityId, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, certificates, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, loginUrl, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, logoutUrl, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowUnsolicited, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowSha1, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowInclusiveC14n, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowRootReference, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowRsa15, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, clockSkew, IS_LONG, 0, "60")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requireAuthenticatedEncryption, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, endpoints, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, wantsSignedRequests, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_IdentityProvider_fromMetadata, 0, 1, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_TYPE_INFO(0, xml, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, entityId, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowUnsolicited, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowSha1, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowInclusiveC14n, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowRootReference, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowRsa15, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, clockSkew, IS_LONG, 0, "60")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requireAuthenticatedEncryption, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_IdentityProvider_certificates, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_IdentityProvider, __construct);
ZEND_METHOD(Samlforce_Saml_IdentityProvider, fromMetadata);
ZEND_METHOD(Samlforce_Saml_IdentityProvider, certificates);


static const zend_function_entry class_Samlforce_Saml_IdentityProvider_methods[] = {
	ZEND_ME(Samlforce_Saml_IdentityProvider, __construct, arginfo_class_Samlforce_Saml_IdentityProvider___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_IdentityProvider, fromMetadata, arginfo_class_Samlforce_Saml_IdentityProvider_fromMetadata, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Saml_IdentityProvider, certificates, arginfo_class_Samlforce_Saml_IdentityProvider_certificates, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_IdentityProvider(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "IdentityProvider", class_Samlforce_Saml_IdentityProvider_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_entityId_default_value;
	ZVAL_UNDEF(&property_entityId_default_value);
	zend_string *property_entityId_name = zend_string_init("entityId", sizeof("entityId") - 1, 1);
	zend_declare_typed_property(class_entry, property_entityId_name, &property_entityId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_entityId_name);

	zval property_loginUrl_default_value;
	ZVAL_UNDEF(&property_loginUrl_default_value);
	zend_string *property_loginUrl_name = zend_string_init("loginUrl", sizeof("loginUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_loginUrl_name, &property_loginUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_loginUrl_name);

	zval property_logoutUrl_default_value;
	ZVAL_UNDEF(&property_logoutUrl_default_value);
	zend_string *property_logoutUrl_name = zend_string_init("logoutUrl", sizeof("logoutUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_logoutUrl_name, &property_logoutUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_logoutUrl_name);

	zval property_endpoints_default_value;
	ZVAL_UNDEF(&property_endpoints_default_value);
	zend_string *property_endpoints_name = zend_string_init("endpoints", sizeof("endpoints") - 1, 1);
	zend_declare_typed_property(class_entry, property_endpoints_name, &property_endpoints_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_endpoints_name);

	zval property_wantsSignedRequests_default_value;
	ZVAL_UNDEF(&property_wantsSignedRequests_default_value);
	zend_string *property_wantsSignedRequests_name = zend_string_init("wantsSignedRequests", sizeof("wantsSignedRequests") - 1, 1);
	zend_declare_typed_property(class_entry, property_wantsSignedRequests_name, &property_wantsSignedRequests_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_wantsSignedRequests_name);

	zval property_nameIdFormats_default_value;
	ZVAL_UNDEF(&property_nameIdFormats_default_value);
	zend_string *property_nameIdFormats_name = zend_string_init("nameIdFormats", sizeof("nameIdFormats") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameIdFormats_name, &property_nameIdFormats_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_nameIdFormats_name);

	zval property_displayNames_default_value;
	ZVAL_UNDEF(&property_displayNames_default_value);
	zend_string *property_displayNames_name = zend_string_init("displayNames", sizeof("displayNames") - 1, 1);
	zend_declare_typed_property(class_entry, property_displayNames_name, &property_displayNames_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_displayNames_name);

	zval property_allowUnsolicited_default_value;
	ZVAL_UNDEF(&property_allowUnsolicited_default_value);
	zend_string *property_allowUnsolicited_name = zend_string_init("allowUnsolicited", sizeof("allowUnsolicited") - 1, 1);
	zend_declare_typed_property(class_entry, property_allowUnsolicited_name, &property_allowUnsolicited_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_allowUnsolicited_name);

	zval property_allowSha1_default_value;
	ZVAL_UNDEF(&property_allowSha1_default_value);
	zend_string *property_allowSha1_name = zend_string_init("allowSha1", sizeof("allowSha1") - 1, 1);
	zend_declare_typed_property(class_entry, property_allowSha1_name, &property_allowSha1_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_allowSha1_name);

	zval property_allowInclusiveC14n_default_value;
	ZVAL_UNDEF(&property_allowInclusiveC14n_default_value);
	zend_string *property_allowInclusiveC14n_name = zend_string_init("allowInclusiveC14n", sizeof("allowInclusiveC14n") - 1, 1);
	zend_declare_typed_property(class_entry, property_allowInclusiveC14n_name, &property_allowInclusiveC14n_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_allowInclusiveC14n_name);

	zval property_allowRootReference_default_value;
	ZVAL_UNDEF(&property_allowRootReference_default_value);
	zend_string *property_allowRootReference_name = zend_string_init("allowRootReference", sizeof("allowRootReference") - 1, 1);
	zend_declare_typed_property(class_entry, property_allowRootReference_name, &property_allowRootReference_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_allowRootReference_name);

	zval property_allowRsa15_default_value;
	ZVAL_UNDEF(&property_allowRsa15_default_value);
	zend_string *property_allowRsa15_name = zend_string_init("allowRsa15", sizeof("allowRsa15") - 1, 1);
	zend_declare_typed_property(class_entry, property_allowRsa15_name, &property_allowRsa15_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_allowRsa15_name);

	zval property_clockSkew_default_value;
	ZVAL_UNDEF(&property_clockSkew_default_value);
	zend_string *property_clockSkew_name = zend_string_init("clockSkew", sizeof("clockSkew") - 1, 1);
	zend_declare_typed_property(class_entry, property_clockSkew_name, &property_clockSkew_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_clockSkew_name);

	zval property_requireAuthenticatedEncryption_default_value;
	ZVAL_UNDEF(&property_requireAuthenticatedEncryption_default_value);
	zend_string *property_requireAuthenticatedEncryption_name = zend_string_init("requireAuthenticatedEncryption", sizeof("requireAuthenticatedEncryption") - 1, 1);
	zend_declare_typed_property(class_entry, property_requireAuthenticatedEncryption_name, &property_requireAuthenticatedEncryption_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_requireAuthenticatedEncryption_name);

	return class_entry;
}
