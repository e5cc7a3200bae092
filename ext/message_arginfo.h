/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 1b42e29166b278aaa202040c1ef35cf86b0af1d4 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_Message___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_Message_form, 0, 0, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, nonce, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, button, IS_STRING, 0, "\'Continue\'")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, language, IS_STRING, 0, "\'en\'")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_Message, __construct);
ZEND_METHOD(Samlforce_Saml_Message, form);


static const zend_function_entry class_Samlforce_Saml_Message_methods[] = {
	ZEND_ME(Samlforce_Saml_Message, __construct, arginfo_class_Samlforce_Saml_Message___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Saml_Message, form, arginfo_class_Samlforce_Saml_Message_form, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_Message(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "Message", class_Samlforce_Saml_Message_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_id_name);

	zend_string *property_binding_class_Samlforce_Saml_Binding = zend_string_init("Samlforce\\Saml\\Binding", sizeof("Samlforce\\Saml\\Binding")-1, 1);
	zval property_binding_default_value;
	ZVAL_UNDEF(&property_binding_default_value);
	zend_string *property_binding_name = zend_string_init("binding", sizeof("binding") - 1, 1);
	zend_declare_typed_property(class_entry, property_binding_name, &property_binding_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_binding_class_Samlforce_Saml_Binding, 0, 0));
	zend_string_release(property_binding_name);

	zval property_url_default_value;
	ZVAL_UNDEF(&property_url_default_value);
	zend_string *property_url_name = zend_string_init("url", sizeof("url") - 1, 1);
	zend_declare_typed_property(class_entry, property_url_name, &property_url_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_url_name);

	zval property_fields_default_value;
	ZVAL_UNDEF(&property_fields_default_value);
	zend_string *property_fields_name = zend_string_init("fields", sizeof("fields") - 1, 1);
	zend_declare_typed_property(class_entry, property_fields_name, &property_fields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_fields_name);

	zend_string *property_expectation_class_Samlforce_Saml_Expectation = zend_string_init("Samlforce\\Saml\\Expectation", sizeof("Samlforce\\Saml\\Expectation")-1, 1);
	zval property_expectation_default_value;
	ZVAL_UNDEF(&property_expectation_default_value);
	zend_string *property_expectation_name = zend_string_init("expectation", sizeof("expectation") - 1, 1);
	zend_declare_typed_property(class_entry, property_expectation_name, &property_expectation_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_expectation_class_Samlforce_Saml_Expectation, 0, MAY_BE_NULL));
	zend_string_release(property_expectation_name);

	return class_entry;
}
