/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: d7701f98fa2a51689e2ca4cc934561afafa505db */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_Assertion___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_Assertion_attribute, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_Assertion, __construct);
ZEND_METHOD(Samlforce_Saml_Assertion, attribute);


static const zend_function_entry class_Samlforce_Saml_Assertion_methods[] = {
	ZEND_ME(Samlforce_Saml_Assertion, __construct, arginfo_class_Samlforce_Saml_Assertion___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Saml_Assertion, attribute, arginfo_class_Samlforce_Saml_Assertion_attribute, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_Assertion(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "Assertion", class_Samlforce_Saml_Assertion_methods);
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

	zval property_nameId_default_value;
	ZVAL_UNDEF(&property_nameId_default_value);
	zend_string *property_nameId_name = zend_string_init("nameId", sizeof("nameId") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameId_name, &property_nameId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_nameId_name);

	zval property_nameIdFormat_default_value;
	ZVAL_UNDEF(&property_nameIdFormat_default_value);
	zend_string *property_nameIdFormat_name = zend_string_init("nameIdFormat", sizeof("nameIdFormat") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameIdFormat_name, &property_nameIdFormat_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_nameIdFormat_name);

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

	zval property_sessionIndex_default_value;
	ZVAL_UNDEF(&property_sessionIndex_default_value);
	zend_string *property_sessionIndex_name = zend_string_init("sessionIndex", sizeof("sessionIndex") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionIndex_name, &property_sessionIndex_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_sessionIndex_name);

	zval property_inResponseTo_default_value;
	ZVAL_UNDEF(&property_inResponseTo_default_value);
	zend_string *property_inResponseTo_name = zend_string_init("inResponseTo", sizeof("inResponseTo") - 1, 1);
	zend_declare_typed_property(class_entry, property_inResponseTo_name, &property_inResponseTo_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_inResponseTo_name);

	zval property_notOnOrAfter_default_value;
	ZVAL_UNDEF(&property_notOnOrAfter_default_value);
	zend_string *property_notOnOrAfter_name = zend_string_init("notOnOrAfter", sizeof("notOnOrAfter") - 1, 1);
	zend_declare_typed_property(class_entry, property_notOnOrAfter_name, &property_notOnOrAfter_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_notOnOrAfter_name);

	zval property_sessionNotOnOrAfter_default_value;
	ZVAL_UNDEF(&property_sessionNotOnOrAfter_default_value);
	zend_string *property_sessionNotOnOrAfter_name = zend_string_init("sessionNotOnOrAfter", sizeof("sessionNotOnOrAfter") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionNotOnOrAfter_name, &property_sessionNotOnOrAfter_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_sessionNotOnOrAfter_name);

	zval property_authnInstant_default_value;
	ZVAL_UNDEF(&property_authnInstant_default_value);
	zend_string *property_authnInstant_name = zend_string_init("authnInstant", sizeof("authnInstant") - 1, 1);
	zend_declare_typed_property(class_entry, property_authnInstant_name, &property_authnInstant_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_authnInstant_name);

	zval property_authnContext_default_value;
	ZVAL_UNDEF(&property_authnContext_default_value);
	zend_string *property_authnContext_name = zend_string_init("authnContext", sizeof("authnContext") - 1, 1);
	zend_declare_typed_property(class_entry, property_authnContext_name, &property_authnContext_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_authnContext_name);

	zval property_attributes_default_value;
	ZVAL_UNDEF(&property_attributes_default_value);
	zend_string *property_attributes_name = zend_string_init("attributes", sizeof("attributes") - 1, 1);
	zend_declare_typed_property(class_entry, property_attributes_name, &property_attributes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_attributes_name);

	zval property_warnings_default_value;
	ZVAL_UNDEF(&property_warnings_default_value);
	zend_string *property_warnings_name = zend_string_init("warnings", sizeof("warnings") - 1, 1);
	zend_declare_typed_property(class_entry, property_warnings_name, &property_warnings_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_warnings_name);

	return class_entry;
}
