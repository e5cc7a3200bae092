/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: e8c188b29bbd3e531f7b6479e162b685483fcd78 */




static const zend_function_entry class_Samlforce_Salesforce_Reason_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_Action_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_SalesforceException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_Reason(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Salesforce\\Reason", IS_STRING, class_Samlforce_Salesforce_Reason_methods);

	zval enum_case_HostNotAllowed_value;
	zend_string *enum_case_HostNotAllowed_value_str = zend_string_init("host_not_allowed", strlen("host_not_allowed"), 1);
	ZVAL_STR(&enum_case_HostNotAllowed_value, enum_case_HostNotAllowed_value_str);
	zend_enum_add_case_cstr(class_entry, "HostNotAllowed", &enum_case_HostNotAllowed_value);

	zval enum_case_InvalidInput_value;
	zend_string *enum_case_InvalidInput_value_str = zend_string_init("invalid_input", strlen("invalid_input"), 1);
	ZVAL_STR(&enum_case_InvalidInput_value, enum_case_InvalidInput_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidInput", &enum_case_InvalidInput_value);

	zval enum_case_KeyUnusable_value;
	zend_string *enum_case_KeyUnusable_value_str = zend_string_init("key_unusable", strlen("key_unusable"), 1);
	ZVAL_STR(&enum_case_KeyUnusable_value, enum_case_KeyUnusable_value_str);
	zend_enum_add_case_cstr(class_entry, "KeyUnusable", &enum_case_KeyUnusable_value);

	zval enum_case_SealRefused_value;
	zend_string *enum_case_SealRefused_value_str = zend_string_init("seal_refused", strlen("seal_refused"), 1);
	ZVAL_STR(&enum_case_SealRefused_value, enum_case_SealRefused_value_str);
	zend_enum_add_case_cstr(class_entry, "SealRefused", &enum_case_SealRefused_value);

	zval enum_case_SealExpired_value;
	zend_string *enum_case_SealExpired_value_str = zend_string_init("seal_expired", strlen("seal_expired"), 1);
	ZVAL_STR(&enum_case_SealExpired_value, enum_case_SealExpired_value_str);
	zend_enum_add_case_cstr(class_entry, "SealExpired", &enum_case_SealExpired_value);

	zval enum_case_Unreachable_value;
	zend_string *enum_case_Unreachable_value_str = zend_string_init("unreachable", strlen("unreachable"), 1);
	ZVAL_STR(&enum_case_Unreachable_value, enum_case_Unreachable_value_str);
	zend_enum_add_case_cstr(class_entry, "Unreachable", &enum_case_Unreachable_value);

	zval enum_case_Tls_value;
	zend_string *enum_case_Tls_value_str = zend_string_init("tls", strlen("tls"), 1);
	ZVAL_STR(&enum_case_Tls_value, enum_case_Tls_value_str);
	zend_enum_add_case_cstr(class_entry, "Tls", &enum_case_Tls_value);

	zval enum_case_TimedOut_value;
	zend_string *enum_case_TimedOut_value_str = zend_string_init("timed_out", strlen("timed_out"), 1);
	ZVAL_STR(&enum_case_TimedOut_value, enum_case_TimedOut_value_str);
	zend_enum_add_case_cstr(class_entry, "TimedOut", &enum_case_TimedOut_value);

	zval enum_case_BrokenAnswer_value;
	zend_string *enum_case_BrokenAnswer_value_str = zend_string_init("broken_answer", strlen("broken_answer"), 1);
	ZVAL_STR(&enum_case_BrokenAnswer_value, enum_case_BrokenAnswer_value_str);
	zend_enum_add_case_cstr(class_entry, "BrokenAnswer", &enum_case_BrokenAnswer_value);

	zval enum_case_Authentication_value;
	zend_string *enum_case_Authentication_value_str = zend_string_init("authentication", strlen("authentication"), 1);
	ZVAL_STR(&enum_case_Authentication_value, enum_case_Authentication_value_str);
	zend_enum_add_case_cstr(class_entry, "Authentication", &enum_case_Authentication_value);

	zval enum_case_NotFound_value;
	zend_string *enum_case_NotFound_value_str = zend_string_init("not_found", strlen("not_found"), 1);
	ZVAL_STR(&enum_case_NotFound_value, enum_case_NotFound_value_str);
	zend_enum_add_case_cstr(class_entry, "NotFound", &enum_case_NotFound_value);

	zval enum_case_Refused_value;
	zend_string *enum_case_Refused_value_str = zend_string_init("refused", strlen("refused"), 1);
	ZVAL_STR(&enum_case_Refused_value, enum_case_Refused_value_str);
	zend_enum_add_case_cstr(class_entry, "Refused", &enum_case_Refused_value);

	zval enum_case_ServerError_value;
	zend_string *enum_case_ServerError_value_str = zend_string_init("server_error", strlen("server_error"), 1);
	ZVAL_STR(&enum_case_ServerError_value, enum_case_ServerError_value_str);
	zend_enum_add_case_cstr(class_entry, "ServerError", &enum_case_ServerError_value);

	zval enum_case_TokenStore_value;
	zend_string *enum_case_TokenStore_value_str = zend_string_init("token_store", strlen("token_store"), 1);
	ZVAL_STR(&enum_case_TokenStore_value, enum_case_TokenStore_value_str);
	zend_enum_add_case_cstr(class_entry, "TokenStore", &enum_case_TokenStore_value);

	zval enum_case_ReplayExpired_value;
	zend_string *enum_case_ReplayExpired_value_str = zend_string_init("replay_expired", strlen("replay_expired"), 1);
	ZVAL_STR(&enum_case_ReplayExpired_value, enum_case_ReplayExpired_value_str);
	zend_enum_add_case_cstr(class_entry, "ReplayExpired", &enum_case_ReplayExpired_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_Action(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Salesforce\\Action", IS_STRING, class_Samlforce_Salesforce_Action_methods);

	zval enum_case_Retry_value;
	zend_string *enum_case_Retry_value_str = zend_string_init("retry", strlen("retry"), 1);
	ZVAL_STR(&enum_case_Retry_value, enum_case_Retry_value_str);
	zend_enum_add_case_cstr(class_entry, "Retry", &enum_case_Retry_value);

	zval enum_case_Pause_value;
	zend_string *enum_case_Pause_value_str = zend_string_init("pause", strlen("pause"), 1);
	ZVAL_STR(&enum_case_Pause_value, enum_case_Pause_value_str);
	zend_enum_add_case_cstr(class_entry, "Pause", &enum_case_Pause_value);

	zval enum_case_LookUp_value;
	zend_string *enum_case_LookUp_value_str = zend_string_init("look_up", strlen("look_up"), 1);
	ZVAL_STR(&enum_case_LookUp_value, enum_case_LookUp_value_str);
	zend_enum_add_case_cstr(class_entry, "LookUp", &enum_case_LookUp_value);

	zval enum_case_Authenticate_value;
	zend_string *enum_case_Authenticate_value_str = zend_string_init("authenticate", strlen("authenticate"), 1);
	ZVAL_STR(&enum_case_Authenticate_value, enum_case_Authenticate_value_str);
	zend_enum_add_case_cstr(class_entry, "Authenticate", &enum_case_Authenticate_value);

	zval enum_case_TellPerson_value;
	zend_string *enum_case_TellPerson_value_str = zend_string_init("tell_person", strlen("tell_person"), 1);
	ZVAL_STR(&enum_case_TellPerson_value, enum_case_TellPerson_value_str);
	zend_enum_add_case_cstr(class_entry, "TellPerson", &enum_case_TellPerson_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_SalesforceException(zend_class_entry *class_entry_Samlforce_SamlforceException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "SalesforceException", class_Samlforce_Salesforce_SalesforceException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Samlforce_SamlforceException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zend_string *property_reason_class_Samlforce_Salesforce_Reason = zend_string_init("Samlforce\\Salesforce\\Reason", sizeof("Samlforce\\Salesforce\\Reason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Salesforce_Reason, 0, 0));
	zend_string_release(property_reason_name);

	zend_string *property_action_class_Samlforce_Salesforce_Action = zend_string_init("Samlforce\\Salesforce\\Action", sizeof("Samlforce\\Salesforce\\Action")-1, 1);
	zval property_action_default_value;
	ZVAL_UNDEF(&property_action_default_value);
	zend_string *property_action_name = zend_string_init("action", sizeof("action") - 1, 1);
	zend_declare_typed_property(class_entry, property_action_name, &property_action_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_action_class_Samlforce_Salesforce_Action, 0, 0));
	zend_string_release(property_action_name);

	zval property_errorCode_default_value;
	ZVAL_UNDEF(&property_errorCode_default_value);
	zend_string *property_errorCode_name = zend_string_init("errorCode", sizeof("errorCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_errorCode_name, &property_errorCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_errorCode_name);

	zval property_fields_default_value;
	ZVAL_UNDEF(&property_fields_default_value);
	zend_string *property_fields_name = zend_string_init("fields", sizeof("fields") - 1, 1);
	zend_declare_typed_property(class_entry, property_fields_name, &property_fields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_fields_name);

	zval property_httpStatus_default_value;
	ZVAL_UNDEF(&property_httpStatus_default_value);
	zend_string *property_httpStatus_name = zend_string_init("httpStatus", sizeof("httpStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_httpStatus_name, &property_httpStatus_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_httpStatus_name);

	zval property_retryAfter_default_value;
	ZVAL_UNDEF(&property_retryAfter_default_value);
	zend_string *property_retryAfter_name = zend_string_init("retryAfter", sizeof("retryAfter") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryAfter_name, &property_retryAfter_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_retryAfter_name);

	zval property_ambiguous_default_value;
	ZVAL_UNDEF(&property_ambiguous_default_value);
	zend_string *property_ambiguous_name = zend_string_init("ambiguous", sizeof("ambiguous") - 1, 1);
	zend_declare_typed_property(class_entry, property_ambiguous_name, &property_ambiguous_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_ambiguous_name);

	return class_entry;
}
