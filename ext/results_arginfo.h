/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 083ea5c1afcbfc4bf3ae916397b0c73e98483d3b */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Salesforce_RowResult___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_RowResults___construct arginfo_class_Samlforce_Salesforce_RowResult___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_RowResults_current, 0, 0, Samlforce\\Salesforce\\RowResult, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_RowResults_key, 0, 0, IS_MIXED, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_RowResults_next, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_RowResults_rewind arginfo_class_Samlforce_Salesforce_RowResults_next

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_RowResults_valid, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_SubResult___construct arginfo_class_Samlforce_Salesforce_RowResult___construct

#define arginfo_class_Samlforce_Salesforce_GraphResult___construct arginfo_class_Samlforce_Salesforce_RowResult___construct

#define arginfo_class_Samlforce_Salesforce_QueryRows___construct arginfo_class_Samlforce_Salesforce_RowResult___construct

#define arginfo_class_Samlforce_Salesforce_QueryRows_current arginfo_class_Samlforce_Salesforce_RowResults_key

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_QueryRows_key, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_QueryRows_next arginfo_class_Samlforce_Salesforce_RowResults_next

#define arginfo_class_Samlforce_Salesforce_QueryRows_rewind arginfo_class_Samlforce_Salesforce_RowResults_next

#define arginfo_class_Samlforce_Salesforce_QueryRows_valid arginfo_class_Samlforce_Salesforce_RowResults_valid

#define arginfo_class_Samlforce_Salesforce_QueryRows_count arginfo_class_Samlforce_Salesforce_QueryRows_key


ZEND_METHOD(Samlforce_Salesforce_RowResult, __construct);
ZEND_METHOD(Samlforce_Salesforce_RowResults, __construct);
ZEND_METHOD(Samlforce_Salesforce_RowResults, current);
ZEND_METHOD(Samlforce_Salesforce_RowResults, key);
ZEND_METHOD(Samlforce_Salesforce_RowResults, next);
ZEND_METHOD(Samlforce_Salesforce_RowResults, rewind);
ZEND_METHOD(Samlforce_Salesforce_RowResults, valid);
ZEND_METHOD(Samlforce_Salesforce_SubResult, __construct);
ZEND_METHOD(Samlforce_Salesforce_GraphResult, __construct);
ZEND_METHOD(Samlforce_Salesforce_QueryRows, __construct);
ZEND_METHOD(Samlforce_Salesforce_QueryRows, current);
ZEND_METHOD(Samlforce_Salesforce_QueryRows, key);
ZEND_METHOD(Samlforce_Salesforce_QueryRows, next);
ZEND_METHOD(Samlforce_Salesforce_QueryRows, rewind);
ZEND_METHOD(Samlforce_Salesforce_QueryRows, valid);
ZEND_METHOD(Samlforce_Salesforce_QueryRows, count);


static const zend_function_entry class_Samlforce_Salesforce_RowResult_methods[] = {
	ZEND_ME(Samlforce_Salesforce_RowResult, __construct, arginfo_class_Samlforce_Salesforce_RowResult___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_RowResults_methods[] = {
	ZEND_ME(Samlforce_Salesforce_RowResults, __construct, arginfo_class_Samlforce_Salesforce_RowResults___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_RowResults, current, arginfo_class_Samlforce_Salesforce_RowResults_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_RowResults, key, arginfo_class_Samlforce_Salesforce_RowResults_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_RowResults, next, arginfo_class_Samlforce_Salesforce_RowResults_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_RowResults, rewind, arginfo_class_Samlforce_Salesforce_RowResults_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_RowResults, valid, arginfo_class_Samlforce_Salesforce_RowResults_valid, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_SubResult_methods[] = {
	ZEND_ME(Samlforce_Salesforce_SubResult, __construct, arginfo_class_Samlforce_Salesforce_SubResult___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_GraphResult_methods[] = {
	ZEND_ME(Samlforce_Salesforce_GraphResult, __construct, arginfo_class_Samlforce_Salesforce_GraphResult___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_QueryRows_methods[] = {
	ZEND_ME(Samlforce_Salesforce_QueryRows, __construct, arginfo_class_Samlforce_Salesforce_QueryRows___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_QueryRows, current, arginfo_class_Samlforce_Salesforce_QueryRows_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_QueryRows, key, arginfo_class_Samlforce_Salesforce_QueryRows_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_QueryRows, next, arginfo_class_Samlforce_Salesforce_QueryRows_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_QueryRows, rewind, arginfo_class_Samlforce_Salesforce_QueryRows_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_QueryRows, valid, arginfo_class_Samlforce_Salesforce_QueryRows_valid, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_QueryRows, count, arginfo_class_Samlforce_Salesforce_QueryRows_count, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_RowResult(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "RowResult", class_Samlforce_Salesforce_RowResult_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_success_default_value;
	ZVAL_UNDEF(&property_success_default_value);
	zend_string *property_success_name = zend_string_init("success", sizeof("success") - 1, 1);
	zend_declare_typed_property(class_entry, property_success_name, &property_success_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_success_name);

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_id_name);

	zval property_created_default_value;
	ZVAL_UNDEF(&property_created_default_value);
	zend_string *property_created_name = zend_string_init("created", sizeof("created") - 1, 1);
	zend_declare_typed_property(class_entry, property_created_name, &property_created_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_created_name);

	zend_string *property_reason_class_Samlforce_Salesforce_Reason = zend_string_init("Samlforce\\Salesforce\\Reason", sizeof("Samlforce\\Salesforce\\Reason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Salesforce_Reason, 0, MAY_BE_NULL));
	zend_string_release(property_reason_name);

	zend_string *property_action_class_Samlforce_Salesforce_Action = zend_string_init("Samlforce\\Salesforce\\Action", sizeof("Samlforce\\Salesforce\\Action")-1, 1);
	zval property_action_default_value;
	ZVAL_UNDEF(&property_action_default_value);
	zend_string *property_action_name = zend_string_init("action", sizeof("action") - 1, 1);
	zend_declare_typed_property(class_entry, property_action_name, &property_action_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_action_class_Samlforce_Salesforce_Action, 0, MAY_BE_NULL));
	zend_string_release(property_action_name);

	zval property_errorCode_default_value;
	ZVAL_UNDEF(&property_errorCode_default_value);
	zend_string *property_errorCode_name = zend_string_init("errorCode", sizeof("errorCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_errorCode_name, &property_errorCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_errorCode_name);

	zval property_message_default_value;
	ZVAL_UNDEF(&property_message_default_value);
	zend_string *property_message_name = zend_string_init("message", sizeof("message") - 1, 1);
	zend_declare_typed_property(class_entry, property_message_name, &property_message_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_message_name);

	zval property_fields_default_value;
	ZVAL_UNDEF(&property_fields_default_value);
	zend_string *property_fields_name = zend_string_init("fields", sizeof("fields") - 1, 1);
	zend_declare_typed_property(class_entry, property_fields_name, &property_fields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_fields_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_RowResults(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "RowResults", class_Samlforce_Salesforce_RowResults_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_SubResult(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "SubResult", class_Samlforce_Salesforce_SubResult_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_success_default_value;
	ZVAL_UNDEF(&property_success_default_value);
	zend_string *property_success_name = zend_string_init("success", sizeof("success") - 1, 1);
	zend_declare_typed_property(class_entry, property_success_name, &property_success_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_success_name);

	zval property_httpStatus_default_value;
	ZVAL_UNDEF(&property_httpStatus_default_value);
	zend_string *property_httpStatus_name = zend_string_init("httpStatus", sizeof("httpStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_httpStatus_name, &property_httpStatus_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_httpStatus_name);

	zval property_body_default_value;
	ZVAL_UNDEF(&property_body_default_value);
	zend_string *property_body_name = zend_string_init("body", sizeof("body") - 1, 1);
	zend_declare_typed_property(class_entry, property_body_name, &property_body_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_body_name);

	zend_string *property_reason_class_Samlforce_Salesforce_Reason = zend_string_init("Samlforce\\Salesforce\\Reason", sizeof("Samlforce\\Salesforce\\Reason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Salesforce_Reason, 0, MAY_BE_NULL));
	zend_string_release(property_reason_name);

	zend_string *property_action_class_Samlforce_Salesforce_Action = zend_string_init("Samlforce\\Salesforce\\Action", sizeof("Samlforce\\Salesforce\\Action")-1, 1);
	zval property_action_default_value;
	ZVAL_UNDEF(&property_action_default_value);
	zend_string *property_action_name = zend_string_init("action", sizeof("action") - 1, 1);
	zend_declare_typed_property(class_entry, property_action_name, &property_action_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_action_class_Samlforce_Salesforce_Action, 0, MAY_BE_NULL));
	zend_string_release(property_action_name);

	zval property_errorCode_default_value;
	ZVAL_UNDEF(&property_errorCode_default_value);
	zend_string *property_errorCode_name = zend_string_init("errorCode", sizeof("errorCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_errorCode_name, &property_errorCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_errorCode_name);

	zval property_message_default_value;
	ZVAL_UNDEF(&property_message_default_value);
	zend_string *property_message_name = zend_string_init("message", sizeof("message") - 1, 1);
	zend_declare_typed_property(class_entry, property_message_name, &property_message_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_message_name);

	zval property_fields_default_value;
	ZVAL_UNDEF(&property_fields_default_value);
	zend_string *property_fields_name = zend_string_init("fields", sizeof("fields") - 1, 1);
	zend_declare_typed_property(class_entry, property_fields_name, &property_fields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_fields_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_GraphResult(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "GraphResult", class_Samlforce_Salesforce_GraphResult_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_success_default_value;
	ZVAL_UNDEF(&property_success_default_value);
	zend_string *property_success_name = zend_string_init("success", sizeof("success") - 1, 1);
	zend_declare_typed_property(class_entry, property_success_name, &property_success_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_success_name);

	zval property_cause_default_value;
	ZVAL_UNDEF(&property_cause_default_value);
	zend_string *property_cause_name = zend_string_init("cause", sizeof("cause") - 1, 1);
	zend_declare_typed_property(class_entry, property_cause_name, &property_cause_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_cause_name);

	zval property_results_default_value;
	ZVAL_UNDEF(&property_results_default_value);
	zend_string *property_results_name = zend_string_init("results", sizeof("results") - 1, 1);
	zend_declare_typed_property(class_entry, property_results_name, &property_results_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_results_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_QueryRows(zend_class_entry *class_entry_Iterator, zend_class_entry *class_entry_Countable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "QueryRows", class_Samlforce_Salesforce_QueryRows_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 2, class_entry_Iterator, class_entry_Countable);

	return class_entry;
}
