/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 4700f09d79a9bf752e931165a7ea51753c1a45b9 */




static const zend_function_entry class_Samlforce_Saml_Binding_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_Comparison_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_Binding(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\Binding", IS_STRING, class_Samlforce_Saml_Binding_methods);

	zval enum_case_Redirect_value;
	zend_string *enum_case_Redirect_value_str = zend_string_init("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", strlen("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"), 1);
	ZVAL_STR(&enum_case_Redirect_value, enum_case_Redirect_value_str);
	zend_enum_add_case_cstr(class_entry, "Redirect", &enum_case_Redirect_value);

	zval enum_case_Post_value;
	zend_string *enum_case_Post_value_str = zend_string_init("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", strlen("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"), 1);
	ZVAL_STR(&enum_case_Post_value, enum_case_Post_value_str);
	zend_enum_add_case_cstr(class_entry, "Post", &enum_case_Post_value);

	zval enum_case_Soap_value;
	zend_string *enum_case_Soap_value_str = zend_string_init("urn:oasis:names:tc:SAML:2.0:bindings:SOAP", strlen("urn:oasis:names:tc:SAML:2.0:bindings:SOAP"), 1);
	ZVAL_STR(&enum_case_Soap_value, enum_case_Soap_value_str);
	zend_enum_add_case_cstr(class_entry, "Soap", &enum_case_Soap_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_Comparison(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\Comparison", IS_STRING, class_Samlforce_Saml_Comparison_methods);

	zval enum_case_Exact_value;
	zend_string *enum_case_Exact_value_str = zend_string_init("exact", strlen("exact"), 1);
	ZVAL_STR(&enum_case_Exact_value, enum_case_Exact_value_str);
	zend_enum_add_case_cstr(class_entry, "Exact", &enum_case_Exact_value);

	zval enum_case_Minimum_value;
	zend_string *enum_case_Minimum_value_str = zend_string_init("minimum", strlen("minimum"), 1);
	ZVAL_STR(&enum_case_Minimum_value, enum_case_Minimum_value_str);
	zend_enum_add_case_cstr(class_entry, "Minimum", &enum_case_Minimum_value);

	zval enum_case_Maximum_value;
	zend_string *enum_case_Maximum_value_str = zend_string_init("maximum", strlen("maximum"), 1);
	ZVAL_STR(&enum_case_Maximum_value, enum_case_Maximum_value_str);
	zend_enum_add_case_cstr(class_entry, "Maximum", &enum_case_Maximum_value);

	zval enum_case_Better_value;
	zend_string *enum_case_Better_value_str = zend_string_init("better", strlen("better"), 1);
	ZVAL_STR(&enum_case_Better_value, enum_case_Better_value_str);
	zend_enum_add_case_cstr(class_entry, "Better", &enum_case_Better_value);

	return class_entry;
}
