/* Samlforce\Salesforce\Client: one record at a time, and the org's limits. */
#include "client.h"

#include "ext/date/php_date.h"
#include "zend_exceptions.h"

/* `Name` or `Account.Name`, a path of API names */
static bool is_field_path(struct sf_span s)
{
	while (s.n > 0) {
		const char *dot = memchr(s.p, '.', s.n);
		struct sf_span one = { s.p, dot ? (size_t)(dot - s.p) : s.n };

		if (!sf_is_api_name(one)) {
			return false;
		}
		if (!dot) {
			return true;
		}
		s.p = dot + 1;
		s.n -= one.n + 1;
	}
	return false;
}

static bool add_field_list(struct sf_call *call, HashTable *fields, uint32_t argument)
{
	const char *separator = "?fields=";
	zval *field;

	ZEND_HASH_FOREACH_VAL(fields, field) {
		ZVAL_DEREF(field);
		if (Z_TYPE_P(field) != IS_STRING || !is_field_path(sf_span_zstr(Z_STR_P(field)))) {
			zend_argument_value_error(argument, "must be a list of fields' API names");
			return false;
		}
		sf_buf_str(&call->path, separator);
		sf_buf_span(&call->path, sf_span_zstr(Z_STR_P(field)));
		separator = ",";
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* Null for a 304. */
static void retrieve(struct sf_call *call, const char *condition, zval *return_value)
{
	struct sf_api_call request;

	if (!sf_call_request(call, "GET", true, &request)) {
		return;
	}
	request.headers = &condition;
	request.header_count = condition != NULL;
	request.conditional = condition != NULL;
	if (sf_call_send_request(call, &request) && call->answer.status != 304) {
		sf_call_decode_array(call, return_value, false);
	}
}

ZEND_METHOD(Samlforce_Salesforce_Client, retrieve)
{
	zend_object *since = NULL;
	zend_string *object, *id;
	HashTable *fields = NULL;
	struct sf_call call;
	int64_t seconds;
	char line[64];

	ZEND_PARSE_PARAMETERS_START(2, 4)
		Z_PARAM_STR(object)
		Z_PARAM_STR(id)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(fields)
		Z_PARAM_OBJ_OF_CLASS_OR_NULL(since, php_date_get_interface_ce())
	ZEND_PARSE_PARAMETERS_END();
	if (since && (!sf_unix_time(since, &seconds) || !sf_http_date(seconds, "If-Modified-Since", line, sizeof(line)))) {
		if (!EG(exception)) {
			zend_argument_value_error(4, "must be of the years 1970 to 9999");
		}
		RETURN_THROWS();
	}
	if (!sf_check_api_name(object, 1) || !sf_check_id(id, 2) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_record_path(&call, object, id);
	if (!fields || add_field_list(&call, fields, 3)) {
		retrieve(&call, since ? line : NULL, return_value);
	}
	sf_call_end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, create)
{
	zend_string *object, *body;
	struct sf_call call;
	zval *fields;
	bool created;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(object)
		Z_PARAM_ARRAY(fields)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_api_name(object, 1) || !sf_check_fields(Z_ARRVAL_P(fields), 2) || !(body = sf_encode_json(fields, true, 2))) {
		RETURN_THROWS();
	}
	if (sf_call_begin(&call, ZEND_THIS)) {
		sf_call_record_path(&call, object, NULL);
		if (sf_call_send(&call, "POST", body, false)) {
			sf_call_read_id(&call, return_value, &created);
		}
		sf_call_end(&call);
	}
	zend_string_release(body);
}

ZEND_METHOD(Samlforce_Salesforce_Client, update)
{
	zend_string *object, *id, *body;
	struct sf_call call;
	zval *fields;

	ZEND_PARSE_PARAMETERS_START(3, 3)
		Z_PARAM_STR(object)
		Z_PARAM_STR(id)
		Z_PARAM_ARRAY(fields)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_api_name(object, 1) || !sf_check_id(id, 2) || !sf_check_fields(Z_ARRVAL_P(fields), 3) || !(body = sf_encode_json(fields, true, 3))) {
		RETURN_THROWS();
	}
	if (sf_call_begin(&call, ZEND_THIS)) {
		sf_call_record_path(&call, object, id);
		sf_call_send(&call, "PATCH", body, true);
		sf_call_end(&call);
	}
	zend_string_release(body);
}

static void external_path(struct sf_call *call, const zend_string *object, const zend_string *field, const zend_string *value)
{
	sf_call_record_path(call, object, field);
	sf_buf_char(&call->path, '/');
	sf_buf_url(&call->path, sf_span_zstr(value));
}

/* The id by the External ID: versions before 46.0 answer an update with 204 and no body, and nobody promises that later ones never do. */
static bool look_up_id(zval *self, const zend_string *object, const zend_string *field, const zend_string *value, zval *id)
{
	zval record, *found;
	struct sf_call call;
	bool ok = false;

	if (!sf_call_begin(&call, self)) {
		return false;
	}
	external_path(&call, object, field, value);
	sf_buf_str(&call.path, "?fields=Id");
	if (sf_call_send(&call, "GET", NULL, true) && sf_call_decode_array(&call, &record, true)) {
		found = SF_MEMBER(&record, "Id", IS_STRING);
		ok = found != NULL;
		if (ok) {
			ZVAL_COPY(id, found);
		} else {
			sf_throw_broken(&call, true);
		}
		zval_ptr_dtor(&record);
	}
	sf_call_end(&call);
	return ok;
}

ZEND_METHOD(Samlforce_Salesforce_Client, upsert)
{
	zend_string *object, *field, *value, *body;
	bool created = false, ok = false;
	struct sf_call call;
	zval *fields, id;

	ZEND_PARSE_PARAMETERS_START(4, 4)
		Z_PARAM_STR(object)
		Z_PARAM_STR(field)
		Z_PARAM_STR(value)
		Z_PARAM_ARRAY(fields)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_api_name(object, 1) || !sf_check_api_name(field, 2) || !sf_check_external_id(value, 3) || !sf_check_fields(Z_ARRVAL_P(fields), 4)) {
		RETURN_THROWS();
	}
	if (zend_hash_exists(Z_ARRVAL_P(fields), field)) {
		zend_argument_value_error(4, "must not have %s: Salesforce takes it from the path alone", ZSTR_VAL(field));
		RETURN_THROWS();
	}
	if (!(body = sf_encode_json(fields, true, 4))) {
		RETURN_THROWS();
	}
	if (sf_call_begin(&call, ZEND_THIS)) {
		external_path(&call, object, field, value);
		if (sf_call_send(&call, "PATCH", body, true)) {
			ok = call.answer.body.n > 0 ? sf_call_read_id(&call, &id, &created) : look_up_id(ZEND_THIS, object, field, value, &id);
		}
		sf_call_end(&call);
	}
	zend_string_release(body);
	if (ok) {
		array_init(return_value);
		add_assoc_zval(return_value, "id", &id);
		add_assoc_bool(return_value, "created", created);
	}
}

ZEND_METHOD(Samlforce_Salesforce_Client, delete)
{
	zend_string *object, *id;
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(object)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_api_name(object, 1) || !sf_check_id(id, 2) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_record_path(&call, object, id);
	sf_call_send(&call, "DELETE", NULL, false);
	sf_call_end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, limits)
{
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_path(&call, "limits");
	if (sf_call_send(&call, "GET", NULL, true)) {
		sf_call_decode_array(&call, return_value, false);
	}
	sf_call_end(&call);
}
