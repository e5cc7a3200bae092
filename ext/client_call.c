/* What every method of the Client needs: the checks of its arguments, the call, its failure and its answer. */
#include "client.h"

#include "ext/json/php_json.h"
#include "zend_exceptions.h"
#include "zend_smart_str.h"

#include "base/text.h"

#define NAME_MAX_BYTES 255
#define JSON_DEPTH 512
#define JSON_OPTIONS (PHP_JSON_UNESCAPED_SLASHES | PHP_JSON_UNESCAPED_UNICODE | PHP_JSON_PRESERVE_ZERO_FRACTION)

/* ---- what a caller may give ---- */

bool sf_is_api_name(struct sf_span s)
{
	if (s.n == 0 || s.n > NAME_MAX_BYTES || !((s.p[0] >= 'A' && s.p[0] <= 'Z') || (s.p[0] >= 'a' && s.p[0] <= 'z'))) {
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
			return false;
		}
	}
	return true;
}

bool sf_check_api_name(const zend_string *name, uint32_t argument)
{
	if (!sf_is_api_name(sf_span_zstr(name))) {
		zend_argument_value_error(argument, "must be an API name: a letter, then letters, digits and underscores");
		return false;
	}
	return true;
}

bool sf_check_id(const zend_string *id, uint32_t argument)
{
	bool ok = ZSTR_LEN(id) == 15 || ZSTR_LEN(id) == 18;

	for (size_t i = 0; ok && i < ZSTR_LEN(id); i++) {
		char c = ZSTR_VAL(id)[i];

		ok = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	}
	if (!ok) {
		zend_argument_value_error(argument, "must be a Salesforce id of 15 or 18 letters and digits");
	}
	return ok;
}

bool sf_check_external_id(const zend_string *value, uint32_t argument)
{
	bool ok = ZSTR_LEN(value) > 0 && ZSTR_LEN(value) <= 255 && sf_utf8_valid(sf_span_zstr(value)) && !zend_string_equals_literal(value, ".") && !zend_string_equals_literal(value, "..");

	for (size_t i = 0; ok && i < ZSTR_LEN(value); i++) {
		ok = (unsigned char)ZSTR_VAL(value)[i] >= 0x20 && ZSTR_VAL(value)[i] != 0x7F;
	}
	if (!ok) {
		zend_argument_value_error(argument, "must be 1 to 255 bytes of UTF-8 without control characters, and not \".\" or \"..\"");
	}
	return ok;
}

/* Names to scalars. */
bool sf_check_fields(HashTable *fields, uint32_t argument)
{
	zend_string *name;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(fields, name, value) {
		ZVAL_DEREF(value);
		if (!name || !sf_is_api_name(sf_span_zstr(name))) {
			zend_argument_value_error(argument, "must have the fields' API names as keys");
			return false;
		}
		if (Z_TYPE_P(value) > IS_STRING) {
			zend_argument_value_error(argument, "must have null, bool, int, float or string as values; %s is none of these", ZSTR_VAL(name));
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* An array that becomes a JSON text, or a ValueError. The text is the caller's. */
zend_string *sf_encode_json(zval *array, bool object, uint32_t argument)
{
	smart_str json = { 0 };

	if (object && zend_hash_num_elements(Z_ARRVAL_P(array)) == 0) {
		return zend_string_init("{}", 2, 0);
	}
	/* (a float that is not finite is a success, written as 0, and shows in the error code alone) */
	if (php_json_encode_ex(&json, array, JSON_OPTIONS, JSON_DEPTH) != SUCCESS || SF_PHP_JSON_ERROR != PHP_JSON_ERROR_NONE || EG(exception)) {
		smart_str_free(&json);
		if (!EG(exception) && argument == 0) {
			zend_value_error("What is to be sent can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than %d", JSON_DEPTH);
		} else if (!EG(exception)) {
			zend_argument_value_error(argument, "can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than %d", JSON_DEPTH);
		}
		return NULL;
	}
	smart_str_0(&json);
	return json.s ? json.s : ZSTR_EMPTY_ALLOC();
}

/* ---- one call ---- */

bool sf_call_begin(struct sf_call *call, zval *self)
{
	memset(call, 0, sizeof(*call));
	call->client = sf_client_from(Z_OBJ_P(self));
	if (!call->client->credentials) {
		zend_throw_error(NULL, "The client has not been constructed");
		return false;
	}
	call->credentials = sf_credentials_of(call->client->credentials);
	call->api = sf_worker_api();
	if (!call->credentials || !call->api) {
		return false;
	}
	sf_keyring_enter(sf_process_keyring);
	/* a growing answer is moved to twice the room each time, and at most three answers of one call are that long */
	sf_arena_init(&call->arena, 6 * sf_max_response() + ((size_t)4 << 20));
	sf_buf_init(&call->path, &call->arena, SF_HTTP_PATH_MAX);
	return true;
}

void sf_call_end(struct sf_call *call)
{
	sf_arena_free(&call->arena);
	sf_end_callbacks();
}

/* /services/data/vNN.N/ and what is relative to it */
void sf_call_path(struct sf_call *call, const char *resource)
{
	sf_buf_str(&call->path, "/services/data/v");
	sf_buf_str(&call->path, call->client->version);
	sf_buf_char(&call->path, '/');
	sf_buf_str(&call->path, resource);
}

void sf_call_record_path(struct sf_call *call, const zend_string *object, const zend_string *id)
{
	sf_call_path(call, "sobjects/");
	sf_buf_span(&call->path, sf_span_zstr(object));
	if (id) {
		sf_buf_char(&call->path, '/');
		sf_buf_span(&call->path, sf_span_zstr(id));
	}
}

void sf_throw_reason(enum sf_reason reason, enum sf_action action, const char *message)
{
	struct sf_failure failure;

	sf_failure_set(&failure, reason, action, message);
	sf_throw_failure(&failure);
}

bool sf_call_request(struct sf_call *call, const char *method, bool repeatable, struct sf_api_call *request)
{
	/* what may be there already must be looked for before it is made again */
	*request = (struct sf_api_call){ .credentials = call->credentials, .method = method, .repeatable = repeatable, .unsure = SF_ACTION_LOOK_UP,
		.gone_is_done = strcmp(method, "DELETE") == 0, .timeout_ms = call->client->timeout_ms, .connect_ms = call->client->connect_ms,
		.first_byte_ms = call->client->first_byte_ms };
	call->repeatable = repeatable;
	if (!sf_buf_done(&call->path, &request->path)) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The path of the request is longer than 16384 bytes; a query that long needs a shorter list");
		return false;
	}
	return true;
}

bool sf_call_send_request(struct sf_call *call, const struct sf_api_call *request)
{
	struct sf_failure failure;

	if (!sf_api_send(call->api, request, &call->arena, &call->answer, &failure)) {
		/* what the code that gives or takes a body has thrown says more; a token store's becomes the previous one */
		if (!EG(exception) || failure.reason == SF_REASON_TOKEN_STORE) {
			sf_throw_failure(&failure);
		}
		return false;
	}
	return true;
}

bool sf_call_send(struct sf_call *call, const char *method, const zend_string *body, bool repeatable)
{
	struct sf_api_call request;

	if (!sf_call_request(call, method, repeatable, &request)) {
		return false;
	}
	if (body) {
		request.body = sf_span_zstr(body);
	} else if (strcmp(method, "GET") != 0 && strcmp(method, "DELETE") != 0) {
		request.body = SF_SPAN_LIT("");
	}
	return sf_call_send_request(call, &request);
}

/* An answer that is not what the documentation says. What was asked for has been done, where it was to change something. */
void sf_throw_broken(const struct sf_call *call, bool changed)
{
	struct sf_failure failure;

	sf_failure_set(&failure, SF_REASON_BROKEN_ANSWER, call->repeatable ? SF_ACTION_RETRY : SF_ACTION_LOOK_UP, "Salesforce's answer is not the JSON that its documentation says");
	failure.http_status = call->answer.status;
	failure.ambiguous = changed;
	sf_throw_failure(&failure);
}

bool sf_call_decode(struct sf_call *call, zval *value, bool changed)
{
	int decoded = FAILURE;

	/* an answer that PHP's memory limit is too low for ends the request, and must not stay in the worker for ever */
	zend_try {
		decoded = php_json_decode_ex(value, call->answer.body.p, call->answer.body.n, PHP_JSON_OBJECT_AS_ARRAY, JSON_DEPTH);
	} zend_catch {
		sf_call_end(call);
		zend_bailout();
	} zend_end_try();
	if (decoded != SUCCESS) {
		sf_throw_broken(call, changed);
		return false;
	}
	return true;
}

bool sf_call_decode_array(struct sf_call *call, zval *value, bool changed)
{
	if (!sf_call_decode(call, value, changed)) {
		return false;
	}
	if (Z_TYPE_P(value) != IS_ARRAY) {
		zval_ptr_dtor(value);
		ZVAL_NULL(value);
		sf_throw_broken(call, changed);
		return false;
	}
	return true;
}

/* A member of a decoded object, or NULL if there is none of that type. */
zval *sf_member(zval *object, const char *name, size_t n, uint8_t type)
{
	zval *value = zend_hash_str_find(Z_ARRVAL_P(object), name, n);

	return value && Z_TYPE_P(value) == type ? value : NULL;
}

/* {"id":"…","success":true,"errors":[]} */
bool sf_call_read_id(struct sf_call *call, zval *id, bool *created)
{
	zval answer, *value;
	bool ok;

	if (!sf_call_decode_array(call, &answer, true)) {
		return false;
	}
	value = SF_MEMBER(&answer, "id", IS_STRING);
	ok = value && SF_IS_TRUE(&answer, "success");
	if (ok) {
		ZVAL_COPY(id, value);
		*created = call->answer.status == 201 || SF_IS_TRUE(&answer, "created");
	} else {
		sf_throw_broken(call, true);
	}
	zval_ptr_dtor(&answer);
	return ok;
}
