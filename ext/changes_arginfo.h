/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 0051dc9c329f9fd28d0880116f29148e09fdab15 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Salesforce_Change___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_ChangeStream___construct arginfo_class_Samlforce_Salesforce_Change___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_ChangeStream_current, 0, 0, Samlforce\\Salesforce\\Change, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_ChangeStream_key, 0, 0, IS_LONG, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_ChangeStream_next, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_ChangeStream_rewind arginfo_class_Samlforce_Salesforce_ChangeStream_next

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_ChangeStream_valid, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Salesforce_Change, __construct);
ZEND_METHOD(Samlforce_Salesforce_ChangeStream, __construct);
ZEND_METHOD(Samlforce_Salesforce_ChangeStream, current);
ZEND_METHOD(Samlforce_Salesforce_ChangeStream, key);
ZEND_METHOD(Samlforce_Salesforce_ChangeStream, next);
ZEND_METHOD(Samlforce_Salesforce_ChangeStream, rewind);
ZEND_METHOD(Samlforce_Salesforce_ChangeStream, valid);


static const zend_function_entry class_Samlforce_Salesforce_Change_methods[] = {
	ZEND_ME(Samlforce_Salesforce_Change, __construct, arginfo_class_Samlforce_Salesforce_Change___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_ChangeStream_methods[] = {
	ZEND_ME(Samlforce_Salesforce_ChangeStream, __construct, arginfo_class_Samlforce_Salesforce_ChangeStream___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_ChangeStream, current, arginfo_class_Samlforce_Salesforce_ChangeStream_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_ChangeStream, key, arginfo_class_Samlforce_Salesforce_ChangeStream_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_ChangeStream, next, arginfo_class_Samlforce_Salesforce_ChangeStream_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_ChangeStream, rewind, arginfo_class_Samlforce_Salesforce_ChangeStream_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_ChangeStream, valid, arginfo_class_Samlforce_Salesforce_ChangeStream_valid, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_Change(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "Change", class_Samlforce_Salesforce_Change_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_channel_default_value;
	ZVAL_UNDEF(&property_channel_default_value);
	zend_string *property_channel_name = zend_string_init("channel", sizeof("channel") - 1, 1);
	zend_declare_typed_property(class_entry, property_channel_name, &property_channel_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_channel_name);

	zval property_replayId_default_value;
	ZVAL_UNDEF(&property_replayId_default_value);
	zend_string *property_replayId_name = zend_string_init("replayId", sizeof("replayId") - 1, 1);
	zend_declare_typed_property(class_entry, property_replayId_name, &property_replayId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_replayId_name);

	zval property_object_default_value;
	ZVAL_UNDEF(&property_object_default_value);
	zend_string *property_object_name = zend_string_init("object", sizeof("object") - 1, 1);
	zend_declare_typed_property(class_entry, property_object_name, &property_object_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_object_name);

	zval property_recordIds_default_value;
	ZVAL_UNDEF(&property_recordIds_default_value);
	zend_string *property_recordIds_name = zend_string_init("recordIds", sizeof("recordIds") - 1, 1);
	zend_declare_typed_property(class_entry, property_recordIds_name, &property_recordIds_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_recordIds_name);

	zval property_changeType_default_value;
	ZVAL_UNDEF(&property_changeType_default_value);
	zend_string *property_changeType_name = zend_string_init("changeType", sizeof("changeType") - 1, 1);
	zend_declare_typed_property(class_entry, property_changeType_name, &property_changeType_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_changeType_name);

	zval property_changeOrigin_default_value;
	ZVAL_UNDEF(&property_changeOrigin_default_value);
	zend_string *property_changeOrigin_name = zend_string_init("changeOrigin", sizeof("changeOrigin") - 1, 1);
	zend_declare_typed_property(class_entry, property_changeOrigin_name, &property_changeOrigin_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_changeOrigin_name);

	zval property_transactionKey_default_value;
	ZVAL_UNDEF(&property_transactionKey_default_value);
	zend_string *property_transactionKey_name = zend_string_init("transactionKey", sizeof("transactionKey") - 1, 1);
	zend_declare_typed_property(class_entry, property_transactionKey_name, &property_transactionKey_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_transactionKey_name);

	zval property_sequenceNumber_default_value;
	ZVAL_UNDEF(&property_sequenceNumber_default_value);
	zend_string *property_sequenceNumber_name = zend_string_init("sequenceNumber", sizeof("sequenceNumber") - 1, 1);
	zend_declare_typed_property(class_entry, property_sequenceNumber_name, &property_sequenceNumber_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_sequenceNumber_name);

	zval property_commitTimestamp_default_value;
	ZVAL_UNDEF(&property_commitTimestamp_default_value);
	zend_string *property_commitTimestamp_name = zend_string_init("commitTimestamp", sizeof("commitTimestamp") - 1, 1);
	zend_declare_typed_property(class_entry, property_commitTimestamp_name, &property_commitTimestamp_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_commitTimestamp_name);

	zval property_commitNumber_default_value;
	ZVAL_UNDEF(&property_commitNumber_default_value);
	zend_string *property_commitNumber_name = zend_string_init("commitNumber", sizeof("commitNumber") - 1, 1);
	zend_declare_typed_property(class_entry, property_commitNumber_name, &property_commitNumber_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_commitNumber_name);

	zval property_commitUser_default_value;
	ZVAL_UNDEF(&property_commitUser_default_value);
	zend_string *property_commitUser_name = zend_string_init("commitUser", sizeof("commitUser") - 1, 1);
	zend_declare_typed_property(class_entry, property_commitUser_name, &property_commitUser_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_commitUser_name);

	zval property_changedFields_default_value;
	ZVAL_UNDEF(&property_changedFields_default_value);
	zend_string *property_changedFields_name = zend_string_init("changedFields", sizeof("changedFields") - 1, 1);
	zend_declare_typed_property(class_entry, property_changedFields_name, &property_changedFields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_changedFields_name);

	zval property_nulledFields_default_value;
	ZVAL_UNDEF(&property_nulledFields_default_value);
	zend_string *property_nulledFields_name = zend_string_init("nulledFields", sizeof("nulledFields") - 1, 1);
	zend_declare_typed_property(class_entry, property_nulledFields_name, &property_nulledFields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_nulledFields_name);

	zval property_diffFields_default_value;
	ZVAL_UNDEF(&property_diffFields_default_value);
	zend_string *property_diffFields_name = zend_string_init("diffFields", sizeof("diffFields") - 1, 1);
	zend_declare_typed_property(class_entry, property_diffFields_name, &property_diffFields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_diffFields_name);

	zval property_fields_default_value;
	ZVAL_UNDEF(&property_fields_default_value);
	zend_string *property_fields_name = zend_string_init("fields", sizeof("fields") - 1, 1);
	zend_declare_typed_property(class_entry, property_fields_name, &property_fields_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_fields_name);

	zval property_position_default_value;
	ZVAL_UNDEF(&property_position_default_value);
	zend_string *property_position_name = zend_string_init("position", sizeof("position") - 1, 1);
	zend_declare_typed_property(class_entry, property_position_name, &property_position_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_position_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_ChangeStream(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "ChangeStream", class_Samlforce_Salesforce_ChangeStream_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}
