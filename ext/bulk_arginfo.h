/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 49e76c02d58edcbe3da5de66d82e3bd129fed5c3 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkJob___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkJob_state, 0, 0, Samlforce\\Salesforce\\BulkState, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkJob_counts, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkJob_wait, 0, 0, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "3600000")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, progress, IS_CALLABLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkJob_successful, 0, 0, Samlforce\\Salesforce\\BulkRows, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_BulkJob_failed arginfo_class_Samlforce_Salesforce_BulkJob_successful

#define arginfo_class_Samlforce_Salesforce_BulkJob_unprocessed arginfo_class_Samlforce_Salesforce_BulkJob_successful

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkJob_abort, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_BulkJob_delete arginfo_class_Samlforce_Salesforce_BulkJob_abort

#define arginfo_class_Samlforce_Salesforce_BulkRows___construct arginfo_class_Samlforce_Salesforce_BulkJob___construct

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkRows_current, 0, 0, IS_ARRAY, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_MASK_EX(arginfo_class_Samlforce_Salesforce_BulkRows_key, 0, 0, MAY_BE_STRING|MAY_BE_LONG|MAY_BE_NULL)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_BulkRows_next arginfo_class_Samlforce_Salesforce_BulkJob_abort

#define arginfo_class_Samlforce_Salesforce_BulkRows_rewind arginfo_class_Samlforce_Salesforce_BulkJob_abort

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_BulkRows_valid, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Salesforce_BulkJob, __construct);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, state);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, counts);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, wait);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, successful);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, failed);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, unprocessed);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, abort);
ZEND_METHOD(Samlforce_Salesforce_BulkJob, delete);
ZEND_METHOD(Samlforce_Salesforce_BulkRows, __construct);
ZEND_METHOD(Samlforce_Salesforce_BulkRows, current);
ZEND_METHOD(Samlforce_Salesforce_BulkRows, key);
ZEND_METHOD(Samlforce_Salesforce_BulkRows, next);
ZEND_METHOD(Samlforce_Salesforce_BulkRows, rewind);
ZEND_METHOD(Samlforce_Salesforce_BulkRows, valid);


static const zend_function_entry class_Samlforce_Salesforce_Operation_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_BulkState_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_BulkJob_methods[] = {
	ZEND_ME(Samlforce_Salesforce_BulkJob, __construct, arginfo_class_Samlforce_Salesforce_BulkJob___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_BulkJob, state, arginfo_class_Samlforce_Salesforce_BulkJob_state, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkJob, counts, arginfo_class_Samlforce_Salesforce_BulkJob_counts, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkJob, wait, arginfo_class_Samlforce_Salesforce_BulkJob_wait, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkJob, successful, arginfo_class_Samlforce_Salesforce_BulkJob_successful, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkJob, failed, arginfo_class_Samlforce_Salesforce_BulkJob_failed, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkJob, unprocessed, arginfo_class_Samlforce_Salesforce_BulkJob_unprocessed, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkJob, abort, arginfo_class_Samlforce_Salesforce_BulkJob_abort, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkJob, delete, arginfo_class_Samlforce_Salesforce_BulkJob_delete, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_BulkRows_methods[] = {
	ZEND_ME(Samlforce_Salesforce_BulkRows, __construct, arginfo_class_Samlforce_Salesforce_BulkRows___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_BulkRows, current, arginfo_class_Samlforce_Salesforce_BulkRows_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkRows, key, arginfo_class_Samlforce_Salesforce_BulkRows_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkRows, next, arginfo_class_Samlforce_Salesforce_BulkRows_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkRows, rewind, arginfo_class_Samlforce_Salesforce_BulkRows_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_BulkRows, valid, arginfo_class_Samlforce_Salesforce_BulkRows_valid, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_Operation(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Salesforce\\Operation", IS_STRING, class_Samlforce_Salesforce_Operation_methods);

	zval enum_case_Insert_value;
	zend_string *enum_case_Insert_value_str = zend_string_init("insert", strlen("insert"), 1);
	ZVAL_STR(&enum_case_Insert_value, enum_case_Insert_value_str);
	zend_enum_add_case_cstr(class_entry, "Insert", &enum_case_Insert_value);

	zval enum_case_Update_value;
	zend_string *enum_case_Update_value_str = zend_string_init("update", strlen("update"), 1);
	ZVAL_STR(&enum_case_Update_value, enum_case_Update_value_str);
	zend_enum_add_case_cstr(class_entry, "Update", &enum_case_Update_value);

	zval enum_case_Upsert_value;
	zend_string *enum_case_Upsert_value_str = zend_string_init("upsert", strlen("upsert"), 1);
	ZVAL_STR(&enum_case_Upsert_value, enum_case_Upsert_value_str);
	zend_enum_add_case_cstr(class_entry, "Upsert", &enum_case_Upsert_value);

	zval enum_case_Delete_value;
	zend_string *enum_case_Delete_value_str = zend_string_init("delete", strlen("delete"), 1);
	ZVAL_STR(&enum_case_Delete_value, enum_case_Delete_value_str);
	zend_enum_add_case_cstr(class_entry, "Delete", &enum_case_Delete_value);

	zval enum_case_HardDelete_value;
	zend_string *enum_case_HardDelete_value_str = zend_string_init("hardDelete", strlen("hardDelete"), 1);
	ZVAL_STR(&enum_case_HardDelete_value, enum_case_HardDelete_value_str);
	zend_enum_add_case_cstr(class_entry, "HardDelete", &enum_case_HardDelete_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_BulkState(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Salesforce\\BulkState", IS_STRING, class_Samlforce_Salesforce_BulkState_methods);

	zval enum_case_Open_value;
	zend_string *enum_case_Open_value_str = zend_string_init("Open", strlen("Open"), 1);
	ZVAL_STR(&enum_case_Open_value, enum_case_Open_value_str);
	zend_enum_add_case_cstr(class_entry, "Open", &enum_case_Open_value);

	zval enum_case_UploadComplete_value;
	zend_string *enum_case_UploadComplete_value_str = zend_string_init("UploadComplete", strlen("UploadComplete"), 1);
	ZVAL_STR(&enum_case_UploadComplete_value, enum_case_UploadComplete_value_str);
	zend_enum_add_case_cstr(class_entry, "UploadComplete", &enum_case_UploadComplete_value);

	zval enum_case_InProgress_value;
	zend_string *enum_case_InProgress_value_str = zend_string_init("InProgress", strlen("InProgress"), 1);
	ZVAL_STR(&enum_case_InProgress_value, enum_case_InProgress_value_str);
	zend_enum_add_case_cstr(class_entry, "InProgress", &enum_case_InProgress_value);

	zval enum_case_JobComplete_value;
	zend_string *enum_case_JobComplete_value_str = zend_string_init("JobComplete", strlen("JobComplete"), 1);
	ZVAL_STR(&enum_case_JobComplete_value, enum_case_JobComplete_value_str);
	zend_enum_add_case_cstr(class_entry, "JobComplete", &enum_case_JobComplete_value);

	zval enum_case_Failed_value;
	zend_string *enum_case_Failed_value_str = zend_string_init("Failed", strlen("Failed"), 1);
	ZVAL_STR(&enum_case_Failed_value, enum_case_Failed_value_str);
	zend_enum_add_case_cstr(class_entry, "Failed", &enum_case_Failed_value);

	zval enum_case_Aborted_value;
	zend_string *enum_case_Aborted_value_str = zend_string_init("Aborted", strlen("Aborted"), 1);
	ZVAL_STR(&enum_case_Aborted_value, enum_case_Aborted_value_str);
	zend_enum_add_case_cstr(class_entry, "Aborted", &enum_case_Aborted_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_BulkJob(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "BulkJob", class_Samlforce_Salesforce_BulkJob_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_id_name);

	zval property_key_default_value;
	ZVAL_UNDEF(&property_key_default_value);
	zend_string *property_key_name = zend_string_init("key", sizeof("key") - 1, 1);
	zend_declare_typed_property(class_entry, property_key_name, &property_key_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_key_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_BulkRows(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "BulkRows", class_Samlforce_Salesforce_BulkRows_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}
