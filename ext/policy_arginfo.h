/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: b3f0bb437b0f9aa3f3a802a89c90bf32b589139d */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Password_Violation_sentence, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Password_Policy___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Password_Policy_salesforce, 0, 0, Samlforce\\Password\\Policy, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, minimumLength, IS_LONG, 0, "8")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, complexity, IS_LONG, 0, "1")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Password_Policy_violations, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, password, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, username, IS_STRING, 0, "\'\'")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Password_Violation, sentence);
ZEND_METHOD(Samlforce_Password_Policy, __construct);
ZEND_METHOD(Samlforce_Password_Policy, salesforce);
ZEND_METHOD(Samlforce_Password_Policy, violations);


static const zend_function_entry class_Samlforce_Password_Violation_methods[] = {
	ZEND_ME(Samlforce_Password_Violation, sentence, arginfo_class_Samlforce_Password_Violation_sentence, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Password_PolicyReason_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Password_PolicyException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Password_Policy_methods[] = {
	ZEND_ME(Samlforce_Password_Policy, __construct, arginfo_class_Samlforce_Password_Policy___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Password_Policy, salesforce, arginfo_class_Samlforce_Password_Policy_salesforce, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Password_Policy, violations, arginfo_class_Samlforce_Password_Policy_violations, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Password_Violation(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Password\\Violation", IS_STRING, class_Samlforce_Password_Violation_methods);

	zval enum_case_TooShort_value;
	zend_string *enum_case_TooShort_value_str = zend_string_init("too_short", strlen("too_short"), 1);
	ZVAL_STR(&enum_case_TooShort_value, enum_case_TooShort_value_str);
	zend_enum_add_case_cstr(class_entry, "TooShort", &enum_case_TooShort_value);

	zval enum_case_TooLong_value;
	zend_string *enum_case_TooLong_value_str = zend_string_init("too_long", strlen("too_long"), 1);
	ZVAL_STR(&enum_case_TooLong_value, enum_case_TooLong_value_str);
	zend_enum_add_case_cstr(class_entry, "TooLong", &enum_case_TooLong_value);

	zval enum_case_NeedsLetter_value;
	zend_string *enum_case_NeedsLetter_value_str = zend_string_init("needs_letter", strlen("needs_letter"), 1);
	ZVAL_STR(&enum_case_NeedsLetter_value, enum_case_NeedsLetter_value_str);
	zend_enum_add_case_cstr(class_entry, "NeedsLetter", &enum_case_NeedsLetter_value);

	zval enum_case_NeedsDigit_value;
	zend_string *enum_case_NeedsDigit_value_str = zend_string_init("needs_digit", strlen("needs_digit"), 1);
	ZVAL_STR(&enum_case_NeedsDigit_value, enum_case_NeedsDigit_value_str);
	zend_enum_add_case_cstr(class_entry, "NeedsDigit", &enum_case_NeedsDigit_value);

	zval enum_case_NeedsUpper_value;
	zend_string *enum_case_NeedsUpper_value_str = zend_string_init("needs_upper", strlen("needs_upper"), 1);
	ZVAL_STR(&enum_case_NeedsUpper_value, enum_case_NeedsUpper_value_str);
	zend_enum_add_case_cstr(class_entry, "NeedsUpper", &enum_case_NeedsUpper_value);

	zval enum_case_NeedsLower_value;
	zend_string *enum_case_NeedsLower_value_str = zend_string_init("needs_lower", strlen("needs_lower"), 1);
	ZVAL_STR(&enum_case_NeedsLower_value, enum_case_NeedsLower_value_str);
	zend_enum_add_case_cstr(class_entry, "NeedsLower", &enum_case_NeedsLower_value);

	zval enum_case_NeedsSpecial_value;
	zend_string *enum_case_NeedsSpecial_value_str = zend_string_init("needs_special", strlen("needs_special"), 1);
	ZVAL_STR(&enum_case_NeedsSpecial_value, enum_case_NeedsSpecial_value_str);
	zend_enum_add_case_cstr(class_entry, "NeedsSpecial", &enum_case_NeedsSpecial_value);

	zval enum_case_ContainsUsername_value;
	zend_string *enum_case_ContainsUsername_value_str = zend_string_init("contains_username", strlen("contains_username"), 1);
	ZVAL_STR(&enum_case_ContainsUsername_value, enum_case_ContainsUsername_value_str);
	zend_enum_add_case_cstr(class_entry, "ContainsUsername", &enum_case_ContainsUsername_value);

	zval enum_case_InvalidCharacter_value;
	zend_string *enum_case_InvalidCharacter_value_str = zend_string_init("invalid_character", strlen("invalid_character"), 1);
	ZVAL_STR(&enum_case_InvalidCharacter_value, enum_case_InvalidCharacter_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidCharacter", &enum_case_InvalidCharacter_value);

	zval enum_case_Common_value;
	zend_string *enum_case_Common_value_str = zend_string_init("common", strlen("common"), 1);
	ZVAL_STR(&enum_case_Common_value, enum_case_Common_value_str);
	zend_enum_add_case_cstr(class_entry, "Common", &enum_case_Common_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Password_PolicyReason(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Password\\PolicyReason", IS_STRING, class_Samlforce_Password_PolicyReason_methods);

	zval enum_case_DenyListUnreadable_value;
	zend_string *enum_case_DenyListUnreadable_value_str = zend_string_init("deny_list_unreadable", strlen("deny_list_unreadable"), 1);
	ZVAL_STR(&enum_case_DenyListUnreadable_value, enum_case_DenyListUnreadable_value_str);
	zend_enum_add_case_cstr(class_entry, "DenyListUnreadable", &enum_case_DenyListUnreadable_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Password_PolicyException(zend_class_entry *class_entry_Samlforce_SamlforceException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Password", "PolicyException", class_Samlforce_Password_PolicyException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Samlforce_SamlforceException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zend_string *property_reason_class_Samlforce_Password_PolicyReason = zend_string_init("Samlforce\\Password\\PolicyReason", sizeof("Samlforce\\Password\\PolicyReason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Password_PolicyReason, 0, 0));
	zend_string_release(property_reason_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Password_Policy(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Password", "Policy", class_Samlforce_Password_Policy_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "violations", sizeof("violations") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
