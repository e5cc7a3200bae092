/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: f3b71337774a0fcb591cf98fa6306698240a75e9 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Salesforce_Client___construct, 0, 0, 1)
	ZEND_ARG_OBJ_INFO(0, credentials, Samlforce\\Salesforce\\Credentials, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, apiVersion, IS_STRING, 0, "\"67.0\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "30000")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, connectTimeoutMs, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, firstByteTimeoutMs, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_query, 0, 1, Samlforce\\Salesforce\\QueryRows, 0)
	ZEND_ARG_TYPE_INFO(0, soql, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, parameters, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, batchSize, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_Client_queryAll arginfo_class_Samlforce_Salesforce_Client_query

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_search, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, sosl, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, parameters, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_retrieve, 0, 2, IS_ARRAY, 1)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, fields, IS_ARRAY, 0, "[]")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, ifModifiedSince, DateTimeInterface, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_describe, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, object, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_updated, 0, 3, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, start, DateTimeInterface, 0)
	ZEND_ARG_OBJ_INFO(0, end, DateTimeInterface, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_Client_deleted arginfo_class_Samlforce_Salesforce_Client_updated

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_recordCounts, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, objects, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_create, 0, 2, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, fields, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_update, 0, 3, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, fields, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_upsert, 0, 4, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, externalIdField, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, externalId, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, fields, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_delete, 0, 2, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_createMany, 0, 2, Samlforce\\Salesforce\\RowResults, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 1)
	ZEND_ARG_OBJ_TYPE_MASK(0, rows, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allOrNone, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_Client_updateMany arginfo_class_Samlforce_Salesforce_Client_createMany

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_upsertMany, 0, 3, Samlforce\\Salesforce\\RowResults, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, externalIdField, IS_STRING, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, rows, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allOrNone, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_deleteMany, 0, 1, Samlforce\\Salesforce\\RowResults, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, ids, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allOrNone, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_composite, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, requests, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allOrNone, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_graph, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, graphs, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_tree, 0, 2, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, records, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_download, 0, 2, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, path, IS_STRING, 0)
	ZEND_ARG_INFO(0, into)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxBytes, IS_LONG, 0, "2147483648")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_upload, 0, 5, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, fields, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, fileField, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, fileName, IS_STRING, 0)
	ZEND_ARG_INFO(0, from)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_ingest, 0, 3, Samlforce\\Salesforce\\BulkJob, 0)
	ZEND_ARG_TYPE_INFO(0, object, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, operation, Samlforce\\Salesforce\\Operation, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, rows, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, externalIdField, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, key, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, columns, IS_ARRAY, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, splitBytes, IS_LONG, 0, "100000000")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, limit, IS_LONG, 0, "5")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, progress, IS_CALLABLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_bulkJob, 0, 1, Samlforce\\Salesforce\\BulkJob, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, key, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_bulkQuery, 0, 1, Samlforce\\Salesforce\\BulkRows, 0)
	ZEND_ARG_TYPE_INFO(0, soql, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, parameters, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, all, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, pageRows, IS_LONG, 0, "100000")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "3600000")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_activateUser, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, userId, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_Client_deactivateUser arginfo_class_Samlforce_Salesforce_Client_activateUser

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_setPassword, 0, 2, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, username, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, sealed, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Salesforce_Client_resetPassword arginfo_class_Samlforce_Salesforce_Client_activateUser

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_isPasswordExpired, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, userId, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_limits, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_request, 0, 2, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO(0, method, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, path, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, body, IS_ARRAY, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_Client_concurrently, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, requests, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, limit, IS_LONG, 0, "20")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_TYPE_MASK_EX(arginfo_class_Samlforce_Salesforce_Client_changes, 0, 1, Traversable, MAY_BE_ARRAY)
	ZEND_ARG_TYPE_MASK(0, channels, MAY_BE_STRING|MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, replayFrom, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, seconds, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, idleSeconds, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, stop, IS_CALLABLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, echoOf, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Salesforce_Client, __construct);
ZEND_METHOD(Samlforce_Salesforce_Client, query);
ZEND_METHOD(Samlforce_Salesforce_Client, queryAll);
ZEND_METHOD(Samlforce_Salesforce_Client, search);
ZEND_METHOD(Samlforce_Salesforce_Client, retrieve);
ZEND_METHOD(Samlforce_Salesforce_Client, describe);
ZEND_METHOD(Samlforce_Salesforce_Client, updated);
ZEND_METHOD(Samlforce_Salesforce_Client, deleted);
ZEND_METHOD(Samlforce_Salesforce_Client, recordCounts);
ZEND_METHOD(Samlforce_Salesforce_Client, create);
ZEND_METHOD(Samlforce_Salesforce_Client, update);
ZEND_METHOD(Samlforce_Salesforce_Client, upsert);
ZEND_METHOD(Samlforce_Salesforce_Client, delete);
ZEND_METHOD(Samlforce_Salesforce_Client, createMany);
ZEND_METHOD(Samlforce_Salesforce_Client, updateMany);
ZEND_METHOD(Samlforce_Salesforce_Client, upsertMany);
ZEND_METHOD(Samlforce_Salesforce_Client, deleteMany);
ZEND_METHOD(Samlforce_Salesforce_Client, composite);
ZEND_METHOD(Samlforce_Salesforce_Client, graph);
ZEND_METHOD(Samlforce_Salesforce_Client, tree);
ZEND_METHOD(Samlforce_Salesforce_Client, download);
ZEND_METHOD(Samlforce_Salesforce_Client, upload);
ZEND_METHOD(Samlforce_Salesforce_Client, ingest);
ZEND_METHOD(Samlforce_Salesforce_Client, bulkJob);
ZEND_METHOD(Samlforce_Salesforce_Client, bulkQuery);
ZEND_METHOD(Samlforce_Salesforce_Client, activateUser);
ZEND_METHOD(Samlforce_Salesforce_Client, deactivateUser);
ZEND_METHOD(Samlforce_Salesforce_Client, setPassword);
ZEND_METHOD(Samlforce_Salesforce_Client, resetPassword);
ZEND_METHOD(Samlforce_Salesforce_Client, isPasswordExpired);
ZEND_METHOD(Samlforce_Salesforce_Client, limits);
ZEND_METHOD(Samlforce_Salesforce_Client, request);
ZEND_METHOD(Samlforce_Salesforce_Client, concurrently);
ZEND_METHOD(Samlforce_Salesforce_Client, changes);


static const zend_function_entry class_Samlforce_Salesforce_Client_methods[] = {
	ZEND_ME(Samlforce_Salesforce_Client, __construct, arginfo_class_Samlforce_Salesforce_Client___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, query, arginfo_class_Samlforce_Salesforce_Client_query, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, queryAll, arginfo_class_Samlforce_Salesforce_Client_queryAll, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, search, arginfo_class_Samlforce_Salesforce_Client_search, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, retrieve, arginfo_class_Samlforce_Salesforce_Client_retrieve, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, describe, arginfo_class_Samlforce_Salesforce_Client_describe, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, updated, arginfo_class_Samlforce_Salesforce_Client_updated, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, deleted, arginfo_class_Samlforce_Salesforce_Client_deleted, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, recordCounts, arginfo_class_Samlforce_Salesforce_Client_recordCounts, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, create, arginfo_class_Samlforce_Salesforce_Client_create, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, update, arginfo_class_Samlforce_Salesforce_Client_update, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, upsert, arginfo_class_Samlforce_Salesforce_Client_upsert, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, delete, arginfo_class_Samlforce_Salesforce_Client_delete, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, createMany, arginfo_class_Samlforce_Salesforce_Client_createMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, updateMany, arginfo_class_Samlforce_Salesforce_Client_updateMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, upsertMany, arginfo_class_Samlforce_Salesforce_Client_upsertMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, deleteMany, arginfo_class_Samlforce_Salesforce_Client_deleteMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, composite, arginfo_class_Samlforce_Salesforce_Client_composite, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, graph, arginfo_class_Samlforce_Salesforce_Client_graph, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, tree, arginfo_class_Samlforce_Salesforce_Client_tree, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, download, arginfo_class_Samlforce_Salesforce_Client_download, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, upload, arginfo_class_Samlforce_Salesforce_Client_upload, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, ingest, arginfo_class_Samlforce_Salesforce_Client_ingest, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, bulkJob, arginfo_class_Samlforce_Salesforce_Client_bulkJob, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, bulkQuery, arginfo_class_Samlforce_Salesforce_Client_bulkQuery, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, activateUser, arginfo_class_Samlforce_Salesforce_Client_activateUser, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, deactivateUser, arginfo_class_Samlforce_Salesforce_Client_deactivateUser, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, setPassword, arginfo_class_Samlforce_Salesforce_Client_setPassword, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, resetPassword, arginfo_class_Samlforce_Salesforce_Client_resetPassword, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, isPasswordExpired, arginfo_class_Samlforce_Salesforce_Client_isPasswordExpired, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, limits, arginfo_class_Samlforce_Salesforce_Client_limits, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, request, arginfo_class_Samlforce_Salesforce_Client_request, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, concurrently, arginfo_class_Samlforce_Salesforce_Client_concurrently, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Salesforce_Client, changes, arginfo_class_Samlforce_Salesforce_Client_changes, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_Client(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "Client", class_Samlforce_Salesforce_Client_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "setpassword", sizeof("setpassword") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
