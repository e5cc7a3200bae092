/* Samlforce\Salesforce\RowResult, SubResult, GraphResult */
#include "result.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "results_arginfo.h"

static zend_class_entry *ce_row_result, *ce_sub_result, *ce_graph_result;
zend_class_entry *sf_ce_row_results;

static zend_object_handlers handlers;

static zend_object *create(zend_class_entry *ce)
{
	zend_object *object = zend_objects_new(ce);

	object_properties_init(object, ce);
	object->handlers = &handlers;
	return object;
}

zval *sf_first_error(zval *body)
{
	zval *first = body;

	if (Z_TYPE_P(body) == IS_ARRAY && zend_array_is_list(Z_ARRVAL_P(body))) {
		first = zend_hash_index_find(Z_ARRVAL_P(body), 0);
	}
	return first && Z_TYPE_P(first) == IS_ARRAY && zend_hash_num_elements(Z_ARRVAL_P(first)) > 0 ? first : NULL;
}

static struct sf_span text_of(zval *error, const char *name, const char *other)
{
	zval *value = sf_member(error, name, strlen(name), IS_STRING);

	if (!value && other) {
		value = sf_member(error, other, strlen(other), IS_STRING);
	}
	return value ? sf_span_zstr(Z_STR_P(value)) : SF_SPAN_NONE;
}

void sf_failure_of_zval(struct sf_failure *failure, zval *error, long status)
{
	struct sf_span code = SF_SPAN_NONE, message = SF_SPAN_NONE;

	if (error) {
		code = text_of(error, "statusCode", "errorCode");
		message = text_of(error, "message", NULL);
	}
	sf_failure_of_part(failure, code, message, status);
}

/* The five properties that tell of a failure. */
static void init_failure(zend_object *object, const struct sf_failure *failure, zval *fields)
{
	zval reason, action, list;

	ZVAL_NULL(&reason);
	ZVAL_NULL(&action);
	if (failure) {
		sf_failure_cases(failure, &reason, &action);
	}
	sf_init_property(object, "reason", &reason);
	sf_init_property(object, "action", &action);
	sf_init_string_or_null(object, "errorCode", failure && failure->code[0] ? sf_span_of(failure->code) : SF_SPAN_NONE);
	sf_init_string_or_null(object, "message", failure ? sf_span_of(failure->message) : SF_SPAN_NONE);
	if (failure && fields && Z_TYPE_P(fields) == IS_ARRAY) {
		ZVAL_COPY(&list, fields);
	} else {
		ZVAL_EMPTY_ARRAY(&list);
	}
	sf_init_property(object, "fields", &list);
}

static void init_bool(zend_object *object, const char *name, bool value)
{
	zval zv;

	ZVAL_BOOL(&zv, value);
	sf_init_property(object, name, &zv);
}

void sf_row_result(zval *result, zval *id, bool created, const struct sf_failure *failure, zval *fields)
{
	object_init_ex(result, ce_row_result);
	init_bool(Z_OBJ_P(result), "success", !failure);
	sf_init_string_or_null(Z_OBJ_P(result), "id", id && Z_TYPE_P(id) == IS_STRING ? sf_span_zstr(Z_STR_P(id)) : SF_SPAN_NONE);
	init_bool(Z_OBJ_P(result), "created", created && !failure);
	init_failure(Z_OBJ_P(result), failure, fields);
}

void sf_sub_result(zval *result, zend_long status, zval *body, const struct sf_failure *failure, zval *fields)
{
	zval zv;

	object_init_ex(result, ce_sub_result);
	init_bool(Z_OBJ_P(result), "success", !failure);
	ZVAL_LONG(&zv, status);
	sf_init_property(Z_OBJ_P(result), "httpStatus", &zv);
	if (body) {
		ZVAL_COPY(&zv, body);
	} else {
		ZVAL_NULL(&zv);
	}
	sf_init_property(Z_OBJ_P(result), "body", &zv);
	init_failure(Z_OBJ_P(result), failure, fields);
}

void sf_graph_result(zval *result, zval *results, const zend_string *cause)
{
	zval zv;

	object_init_ex(result, ce_graph_result);
	init_bool(Z_OBJ_P(result), "success", !cause);
	sf_init_string_or_null(Z_OBJ_P(result), "cause", cause ? sf_span_zstr(cause) : SF_SPAN_NONE);
	ZVAL_COPY(&zv, results);
	sf_init_property(Z_OBJ_P(result), "results", &zv);
}

bool sf_is_setup_object(struct sf_span name)
{
	static const char *const setup[] = { "User", "UserRole", "Group", "GroupMember", "PermissionSet", "PermissionSetAssignment", "PermissionSetGroup", "PermissionSetLicenseAssign",
		"FieldPermissions", "ObjectPermissions", "SetupEntityAccess", "QueueSObject", "Territory2", "Territory2Model", "ObjectTerritory2Association",
		"UserTerritory2Association", "UserTerritory", "Territory", "UserPackageLicense", "UserProfileSkill", "RuleTerritory2Association", "AuthSession" };

	for (size_t i = 0; i < sizeof(setup) / sizeof(setup[0]); i++) {
		if (strlen(setup[i]) == name.n && strncasecmp(setup[i], name.p, name.n) == 0) {
			return true;
		}
	}
	return false;
}

ZEND_METHOD(Samlforce_Salesforce_RowResult, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Salesforce_SubResult, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Salesforce_GraphResult, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Salesforce_RowResults, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}


void sf_register_results(void)
{
	ce_row_result = register_class_Samlforce_Salesforce_RowResult();
	ce_sub_result = register_class_Samlforce_Salesforce_SubResult();
	ce_graph_result = register_class_Samlforce_Salesforce_GraphResult();
	sf_ce_row_results = register_class_Samlforce_Salesforce_RowResults(zend_ce_iterator);
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.clone_obj = NULL;
	ce_row_result->create_object = ce_sub_result->create_object = ce_graph_result->create_object = create;
	sf_register_row_results();
	sf_register_query_rows(register_class_Samlforce_Salesforce_QueryRows(zend_ce_iterator, zend_ce_countable));
}
