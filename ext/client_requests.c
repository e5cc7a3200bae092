/* Samlforce\Salesforce\Client: any other resource, and several at once. */
#include "client.h"

#include "zend_exceptions.h"

/* ---- any other resource ---- */

static const char *known_method(const zend_string *method)
{
	static const char *const known[] = { "GET", "POST", "PATCH", "PUT", "DELETE" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (zend_string_equals_cstr(method, known[i], strlen(known[i]))) {
			return known[i];
		}
	}
	return NULL;
}

/*
 * /services/oauth2/ is closed: whoever runs code here may use the token, but shall not be able to change it into
 * one that he can take away. The part behind /services/ must be plain, so that nothing is another spelling of it.
 */
static bool path_open(struct sf_span path)
{
	static const struct sf_span services = SF_SPAN_LIT("/services/");
	struct sf_span part;

	if (!sf_span_starts(path, services)) {
		return false;
	}
	part = (struct sf_span){ path.p + services.n, 0 };
	while (part.n < path.n - services.n && part.p[part.n] != '/' && part.p[part.n] != '?') {
		part.n++;
	}
	return sf_is_api_name(part) && !(part.n == 6 && strncasecmp(part.p, "oauth2", 6) == 0);
}

const char sf_any_path_rule[] = "must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/";

bool sf_call_any_path(struct sf_call *call, const zend_string *path)
{
	struct sf_span whole;

	sf_buf_init(&call->path, &call->arena, SF_HTTP_PATH_MAX);
	if (ZSTR_LEN(path) == 0 || ZSTR_VAL(path)[0] != '/') {
		sf_call_path(call, "");
	}
	sf_buf_span(&call->path, sf_span_zstr(path));
	return ZSTR_LEN(path) > 0 && sf_buf_done(&call->path, &whole) && path_open(whole);
}

ZEND_METHOD(Samlforce_Salesforce_Client, request)
{
	zend_string *method, *path, *json = NULL;
	const char *verb;
	struct sf_call call;
	zval *body = NULL;

	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_STR(method)
		Z_PARAM_STR(path)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_OR_NULL(body)
	ZEND_PARSE_PARAMETERS_END();
	if (!(verb = known_method(method))) {
		zend_argument_value_error(1, "must be GET, POST, PATCH, PUT or DELETE");
		RETURN_THROWS();
	}
	if (body && strcmp(verb, "GET") == 0) {
		zend_argument_value_error(3, "must be null for GET");
		RETURN_THROWS();
	}
	if (body && !(json = sf_encode_json(body, false, 3))) {
		RETURN_THROWS();
	}
	if (sf_call_begin(&call, ZEND_THIS)) {
		if (!sf_call_any_path(&call, path)) {
			zend_argument_value_error(2, "%s", sf_any_path_rule);
		} else if (sf_call_send(&call, verb, json, strcmp(verb, "GET") == 0) && call.answer.body.n > 0) {
			sf_call_decode(&call, return_value, strcmp(verb, "GET") != 0);
		}
		sf_call_end(&call);
	}
	if (json) {
		zend_string_release(json);
	}
}

/* ---- several at once ---- */

/* An element [method, path, body] of concurrently()'s array, without its body; a ValueError says which is wrong, and how. */
static bool read_entry(struct sf_call *call, zval *entry, struct sf_api_call *request, zval **body)
{
	zval *method = NULL, *path = NULL;

	*body = NULL;
	ZVAL_DEREF(entry);
	if (Z_TYPE_P(entry) == IS_ARRAY) {
		method = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 0);
		path = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 1);
		*body = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 2);
	}
	if (!method || Z_TYPE_P(method) != IS_STRING || !path || Z_TYPE_P(path) != IS_STRING || (*body && Z_TYPE_P(*body) != IS_ARRAY && Z_TYPE_P(*body) != IS_NULL)) {
		zend_argument_value_error(1, "must be a list of [method, path] or [method, path, body]");
		return false;
	}
	if (!(request->method = known_method(Z_STR_P(method)))) {
		zend_argument_value_error(1, "must have GET, POST, PATCH, PUT or DELETE as methods");
		return false;
	}
	if (!sf_call_any_path(call, Z_STR_P(path)) || !sf_buf_done(&call->path, &request->path)) {
		zend_argument_value_error(1, "must have paths below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/");
		return false;
	}
	if (*body && Z_TYPE_P(*body) == IS_ARRAY && strcmp(request->method, "GET") == 0) {
		zend_argument_value_error(1, "must have no body for GET");
		return false;
	}
	return true;
}

static bool prepare_item(struct sf_call *call, zval *entry, struct sf_api_item *item)
{
	struct sf_api_call *request = &item->call;
	zend_string *json;
	zval *body;
	bool ok;

	*request = (struct sf_api_call){ .credentials = call->credentials, .unsure = SF_ACTION_LOOK_UP, .timeout_ms = call->client->timeout_ms,
		.connect_ms = call->client->connect_ms, .first_byte_ms = call->client->first_byte_ms };
	if (!read_entry(call, entry, request, &body)) {
		return false;
	}
	request->repeatable = strcmp(request->method, "GET") == 0;
	request->gone_is_done = strcmp(request->method, "DELETE") == 0;
	if (!body || Z_TYPE_P(body) == IS_NULL) {
		request->body = request->repeatable || request->gone_is_done ? SF_SPAN_NONE : SF_SPAN_LIT("");
		return true;
	}
	if (!(json = sf_encode_json(body, false, 1))) {
		return false;
	}
	ok = sf_arena_copy(&call->arena, sf_span_zstr(json), &request->body);
	zend_string_release(json);
	if (!ok) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The bodies of the requests are too long together");
	}
	return ok;
}

/* What was thrown becomes a value. */
static void catch_into(zval *value)
{
	ZVAL_OBJ_COPY(value, EG(exception));
	zend_clear_exception();
}

static void take_item(struct sf_call *call, const struct sf_api_item *item, zval *value)
{
	ZVAL_NULL(value);
	call->answer = item->answer;
	call->repeatable = item->call.repeatable;
	if (!item->ok) {
		sf_throw_failure(&item->failure);
	} else if (item->answer.body.n > 0) {
		sf_call_decode(call, value, !item->call.repeatable);
	}
	if (EG(exception)) {
		catch_into(value);
	}
}

static void return_items(struct sf_call *call, HashTable *requests, const struct sf_api_item *items, zval *return_value)
{
	zend_string *name;
	zend_ulong index;
	size_t i = 0;
	zval value;

	array_init_size(return_value, zend_hash_num_elements(requests));
	ZEND_HASH_FOREACH_KEY(requests, index, name) {
		take_item(call, &items[i++], &value);
		if (name) {
			zend_hash_update(Z_ARRVAL_P(return_value), name, &value);
		} else {
			zend_hash_index_update(Z_ARRVAL_P(return_value), index, &value);
		}
	} ZEND_HASH_FOREACH_END();
}

static void send_items(struct sf_call *call, HashTable *requests, size_t limit, zval *return_value)
{
	size_t count = zend_hash_num_elements(requests), i = 0;
	struct sf_api_item *items = sf_arena_zalloc(&call->arena, count, sizeof(*items));
	struct sf_failure failure;
	zval *entry;

	if (!items) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "No memory is left");
		return;
	}
	ZEND_HASH_FOREACH_VAL(requests, entry) {
		if (!prepare_item(call, entry, &items[i++])) {
			return;
		}
	} ZEND_HASH_FOREACH_END();
	if (!sf_api_send_all(call->api, items, count, limit, &call->arena, &failure)) {
		sf_throw_failure(&failure);
		return;
	}
	return_items(call, requests, items, return_value);
}

ZEND_METHOD(Samlforce_Salesforce_Client, concurrently)
{
	zend_long limit = 20;
	HashTable *requests;
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_ARRAY_HT(requests)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(limit)
	ZEND_PARSE_PARAMETERS_END();
	if (zend_hash_num_elements(requests) > SF_API_CALLS) {
		zend_argument_value_error(1, "must have at most %d requests", SF_API_CALLS);
		RETURN_THROWS();
	}
	if (limit < 1 || limit > SF_HTTP_LANES) {
		zend_argument_value_error(2, "must be between 1 and %d", SF_HTTP_LANES);
		RETURN_THROWS();
	}
	if (zend_hash_num_elements(requests) == 0) {
		RETURN_EMPTY_ARRAY();
	}
	if (sf_call_begin(&call, ZEND_THIS)) {
		send_items(&call, requests, (size_t)limit, return_value);
		sf_call_end(&call);
	}
}
