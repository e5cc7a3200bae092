/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 9f9b660138755d5431285552d637ff2a005c25ba */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_Metadata___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_Metadata_read, 0, 2, Samlforce\\Saml\\Metadata, 0)
	ZEND_ARG_TYPE_INFO(0, xml, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, trustedCertificates, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, entityId, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_Metadata_entities, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_Metadata_identityProvider, 0, 0, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, entityId, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowUnsolicited, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowSha1, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowInclusiveC14n, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowRootReference, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowRsa15, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, clockSkew, IS_LONG, 0, "60")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requireAuthenticatedEncryption, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_Metadata_extract, 0, 0, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, entityId, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_Metadata_queryUrl, 0, 2, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, base, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, entityId, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, hashed, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_Metadata, __construct);
ZEND_METHOD(Samlforce_Saml_Metadata, read);
ZEND_METHOD(Samlforce_Saml_Metadata, entities);
ZEND_METHOD(Samlforce_Saml_Metadata, identityProvider);
ZEND_METHOD(Samlforce_Saml_Metadata, extract);
ZEND_METHOD(Samlforce_Saml_Metadata, queryUrl);


static const zend_function_entry class_Samlforce_Saml_Metadata_methods[] = {
	ZEND_ME(Samlforce_Saml_Metadata, __construct, arginfo_class_Samlforce_Saml_Metadata___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Saml_Metadata, read, arginfo_class_Samlforce_Saml_Metadata_read, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Saml_Metadata, entities, arginfo_class_Samlforce_Saml_Metadata_entities, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_Metadata, identityProvider, arginfo_class_Samlforce_Saml_Metadata_identityProvider, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_Metadata, extract, arginfo_class_Samlforce_Saml_Metadata_extract, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_Metadata, queryUrl, arginfo_class_Samlforce_Saml_Metadata_queryUrl, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_Metadata(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "Metadata", class_Samlforce_Saml_Metadata_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_isSigned_default_value;
	ZVAL_UNDEF(&property_isSigned_default_value);
	zend_string *property_isSigned_name = zend_string_init("isSigned", sizeof("isSigned") - 1, 1);
	zend_declare_typed_property(class_entry, property_isSigned_name, &property_isSigned_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_isSigned_name);

	zval property_validUntil_default_value;
	ZVAL_UNDEF(&property_validUntil_default_value);
	zend_string *property_validUntil_name = zend_string_init("validUntil", sizeof("validUntil") - 1, 1);
	zend_declare_typed_property(class_entry, property_validUntil_name, &property_validUntil_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_validUntil_name);

	zval property_cacheDuration_default_value;
	ZVAL_UNDEF(&property_cacheDuration_default_value);
	zend_string *property_cacheDuration_name = zend_string_init("cacheDuration", sizeof("cacheDuration") - 1, 1);
	zend_declare_typed_property(class_entry, property_cacheDuration_name, &property_cacheDuration_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_cacheDuration_name);

	return class_entry;
}
