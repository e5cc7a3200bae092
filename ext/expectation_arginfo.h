/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 0dfeab046a0125010074ef7a19f6223120197d26 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_Expectation___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_Expectation___toString, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_Expectation_fromString, 0, 1, Samlforce\\Saml\\Expectation, 0)
	ZEND_ARG_TYPE_INFO(0, text, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_Expectation, __construct);
ZEND_METHOD(Samlforce_Saml_Expectation, __toString);
ZEND_METHOD(Samlforce_Saml_Expectation, fromString);


static const zend_function_entry class_Samlforce_Saml_Expectation_methods[] = {
	ZEND_ME(Samlforce_Saml_Expectation, __construct, arginfo_class_Samlforce_Saml_Expectation___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Saml_Expectation, __toString, arginfo_class_Samlforce_Saml_Expectation___toString, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_Expectation, fromString, arginfo_class_Samlforce_Saml_Expectation_fromString, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_Expectation(zend_class_entry *class_entry_Stringable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "Expectation", class_Samlforce_Saml_Expectation_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Stringable);

	zval property_requestId_default_value;
	ZVAL_UNDEF(&property_requestId_default_value);
	zend_string *property_requestId_name = zend_string_init("requestId", sizeof("requestId") - 1, 1);
	zend_declare_typed_property(class_entry, property_requestId_name, &property_requestId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_requestId_name);

	zval property_provider_default_value;
	ZVAL_UNDEF(&property_provider_default_value);
	zend_string *property_provider_name = zend_string_init("provider", sizeof("provider") - 1, 1);
	zend_declare_typed_property(class_entry, property_provider_name, &property_provider_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_provider_name);

	zval property_assertionConsumerUrl_default_value;
	ZVAL_UNDEF(&property_assertionConsumerUrl_default_value);
	zend_string *property_assertionConsumerUrl_name = zend_string_init("assertionConsumerUrl", sizeof("assertionConsumerUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_assertionConsumerUrl_name, &property_assertionConsumerUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_assertionConsumerUrl_name);

	zval property_sentAt_default_value;
	ZVAL_UNDEF(&property_sentAt_default_value);
	zend_string *property_sentAt_name = zend_string_init("sentAt", sizeof("sentAt") - 1, 1);
	zend_declare_typed_property(class_entry, property_sentAt_name, &property_sentAt_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_sentAt_name);

	zval property_forceAuthn_default_value;
	ZVAL_UNDEF(&property_forceAuthn_default_value);
	zend_string *property_forceAuthn_name = zend_string_init("forceAuthn", sizeof("forceAuthn") - 1, 1);
	zend_declare_typed_property(class_entry, property_forceAuthn_name, &property_forceAuthn_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_forceAuthn_name);

	zval property_nameIdFormat_default_value;
	ZVAL_UNDEF(&property_nameIdFormat_default_value);
	zend_string *property_nameIdFormat_name = zend_string_init("nameIdFormat", sizeof("nameIdFormat") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameIdFormat_name, &property_nameIdFormat_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_nameIdFormat_name);

	zval property_spNameQualifier_default_value;
	ZVAL_UNDEF(&property_spNameQualifier_default_value);
	zend_string *property_spNameQualifier_name = zend_string_init("spNameQualifier", sizeof("spNameQualifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_spNameQualifier_name, &property_spNameQualifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_spNameQualifier_name);

	zval property_authnContexts_default_value;
	ZVAL_UNDEF(&property_authnContexts_default_value);
	zend_string *property_authnContexts_name = zend_string_init("authnContexts", sizeof("authnContexts") - 1, 1);
	zend_declare_typed_property(class_entry, property_authnContexts_name, &property_authnContexts_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_authnContexts_name);

	zend_string *property_comparison_class_Samlforce_Saml_Comparison = zend_string_init("Samlforce\\Saml\\Comparison", sizeof("Samlforce\\Saml\\Comparison")-1, 1);
	zval property_comparison_default_value;
	ZVAL_UNDEF(&property_comparison_default_value);
	zend_string *property_comparison_name = zend_string_init("comparison", sizeof("comparison") - 1, 1);
	zend_declare_typed_property(class_entry, property_comparison_name, &property_comparison_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_comparison_class_Samlforce_Saml_Comparison, 0, 0));
	zend_string_release(property_comparison_name);

	zval property_authnContextOrder_default_value;
	ZVAL_UNDEF(&property_authnContextOrder_default_value);
	zend_string *property_authnContextOrder_name = zend_string_init("authnContextOrder", sizeof("authnContextOrder") - 1, 1);
	zend_declare_typed_property(class_entry, property_authnContextOrder_name, &property_authnContextOrder_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_authnContextOrder_name);

	zval property_maxAge_default_value;
	ZVAL_UNDEF(&property_maxAge_default_value);
	zend_string *property_maxAge_name = zend_string_init("maxAge", sizeof("maxAge") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxAge_name, &property_maxAge_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_maxAge_name);

	return class_entry;
}
