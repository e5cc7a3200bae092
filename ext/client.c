/* Samlforce\Salesforce\Client */
#include "php_salesforce.h"

#include "ext/json/php_json.h"
#include "zend_attributes.h"
#include "zend_exceptions.h"
#include "zend_smart_str.h"

#include "base/buf.h"
#include "base/text.h"
#include "password/vault.h"
#include "php_soql.h"
#include "salesforce/password.h"

#include "client_arginfo.h"

#define ROWS_MAX 50000
#define NAME_MAX_BYTES 255
#define JSON_DEPTH 512
#define JSON_OPTIONS (PHP_JSON_UNESCAPED_SLASHES | PHP_JSON_UNESCAPED_UNICODE | PHP_JSON_PRESERVE_ZERO_FRACTION)

struct client {
	zend_object *credentials;
	char version[8]; /* NN.0 */
	zend_long timeout_ms;
	zend_long connect_ms;    /* 0: by the core's rule */
	zend_long first_byte_ms; /* 0: none of its own */
	zend_object std;
};

static zend_class_entry *ce_client;
static zend_object_handlers handlers;

static struct client *from_object(zend_object *object)
{
	return (struct client *)((char *)object - offsetof(struct client, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct client *client = zend_object_alloc(sizeof(*client), ce);

	zend_object_std_init(&client->std, ce);
	object_properties_init(&client->std, ce);
	client->std.handlers = &handlers;
	return &client->std;
}

static void free_object(zend_object *object)
{
	struct client *client = from_object(object);

	if (client->credentials) {
		OBJ_RELEASE(client->credentials);
	}
	zend_object_std_dtor(object);
}

static struct sf_span span_of(const zend_string *s)
{
	return (struct sf_span){ ZSTR_VAL(s), ZSTR_LEN(s) };
}

/* ---- what a caller may give ---- */

static bool is_name(struct sf_span s)
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

static bool check_name(const zend_string *name, uint32_t argument)
{
	if (!is_name(span_of(name))) {
		zend_argument_value_error(argument, "must be an API name: a letter, then letters, digits and underscores");
		return false;
	}
	return true;
}

static bool check_id(const zend_string *id, uint32_t argument)
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

static bool check_external_id(const zend_string *value, uint32_t argument)
{
	bool ok = ZSTR_LEN(value) > 0 && ZSTR_LEN(value) <= 255 && sf_utf8_valid(span_of(value)) && !zend_string_equals_literal(value, ".") && !zend_string_equals_literal(value, "..");

	for (size_t i = 0; ok && i < ZSTR_LEN(value); i++) {
		ok = (unsigned char)ZSTR_VAL(value)[i] >= 0x20 && ZSTR_VAL(value)[i] != 0x7F;
	}
	if (!ok) {
		zend_argument_value_error(argument, "must be 1 to 255 bytes of UTF-8 without control characters, and not \".\" or \"..\"");
	}
	return ok;
}

/* Names to scalars. */
static bool check_fields(HashTable *fields, uint32_t argument)
{
	zend_string *name;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(fields, name, value) {
		ZVAL_DEREF(value);
		if (!name || !is_name(span_of(name))) {
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
static zend_string *encode(zval *array, bool object, uint32_t argument)
{
	smart_str json = { 0 };

	if (object && zend_hash_num_elements(Z_ARRVAL_P(array)) == 0) {
		return zend_string_init("{}", 2, 0);
	}
	/* (a float that is not finite is a success, written as 0, and shows in the error code alone) */
	if (php_json_encode_ex(&json, array, JSON_OPTIONS, JSON_DEPTH) != SUCCESS || JSON_G(error_code) != PHP_JSON_ERROR_NONE || EG(exception)) {
		smart_str_free(&json);
		if (!EG(exception)) {
			zend_argument_value_error(argument, "can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than %d", JSON_DEPTH);
		}
		return NULL;
	}
	smart_str_0(&json);
	return json.s ? json.s : ZSTR_EMPTY_ALLOC();
}

/* ---- one call ---- */

struct call {
	struct client *client;
	const struct sf_credentials *credentials;
	struct sf_api *api;
	struct sf_arena arena;
	struct sf_buf path;
	struct sf_http_answer answer;
	bool repeatable;
};

static bool begin(struct call *call, zval *self)
{
	memset(call, 0, sizeof(*call));
	call->client = from_object(Z_OBJ_P(self));
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

static void end(struct call *call)
{
	sf_arena_free(&call->arena);
	sf_end_store_calls();
}

/* /services/data/vNN.N/ and what is relative to it */
static void start_path(struct call *call, const char *resource)
{
	sf_buf_str(&call->path, "/services/data/v");
	sf_buf_str(&call->path, call->client->version);
	sf_buf_char(&call->path, '/');
	sf_buf_str(&call->path, resource);
}

static void record_path(struct call *call, const zend_string *object, const zend_string *id)
{
	start_path(call, "sobjects/");
	sf_buf_span(&call->path, span_of(object));
	if (id) {
		sf_buf_char(&call->path, '/');
		sf_buf_span(&call->path, span_of(id));
	}
}

static void throw_set(enum sf_reason reason, enum sf_action action, const char *message)
{
	struct sf_failure failure;

	sf_failure_set(&failure, reason, action, message);
	sf_throw_failure(&failure);
}

/* Sends what call->path says; false, and an exception, for anything but a 2xx. */
static bool send_call(struct call *call, const char *method, const zend_string *body, bool repeatable)
{
	/* what may be there already must be looked for before it is made again */
	struct sf_api_call request = { .credentials = call->credentials, .method = method, .repeatable = repeatable, .unsure = SF_ACTION_LOOK_UP,
		.gone_is_done = strcmp(method, "DELETE") == 0, .timeout_ms = call->client->timeout_ms, .connect_ms = call->client->connect_ms,
		.first_byte_ms = call->client->first_byte_ms };
	struct sf_failure failure;

	call->repeatable = repeatable;
	if (!sf_buf_done(&call->path, &request.path)) {
		throw_set(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The path of the request is longer than 16384 bytes; a query that long needs a shorter list");
		return false;
	}
	if (body) {
		request.body = span_of(body);
	} else if (strcmp(method, "GET") != 0 && strcmp(method, "DELETE") != 0) {
		request.body = SF_SPAN_LIT("");
	}
	if (!sf_api_send(call->api, &request, &call->arena, &call->answer, &failure)) {
		sf_throw_failure(&failure);
		return false;
	}
	return true;
}

/* An answer that is not what the documentation says. What was asked for has been done, where it was to change something. */
static void throw_broken(const struct call *call, bool changed)
{
	struct sf_failure failure;

	sf_failure_set(&failure, SF_REASON_BROKEN_ANSWER, call->repeatable ? SF_ACTION_RETRY : SF_ACTION_LOOK_UP, "Salesforce's answer is not the JSON that its documentation says");
	failure.http_status = call->answer.status;
	failure.ambiguous = changed;
	sf_throw_failure(&failure);
}

static bool decode(struct call *call, zval *value, bool changed)
{
	int decoded = FAILURE;

	/* an answer that PHP's memory limit is too low for ends the request, and must not stay in the worker for ever */
	zend_try {
		decoded = php_json_decode_ex(value, call->answer.body.p, call->answer.body.n, PHP_JSON_OBJECT_AS_ARRAY, JSON_DEPTH);
	} zend_catch {
		end(call);
		zend_bailout();
	} zend_end_try();
	if (decoded != SUCCESS) {
		throw_broken(call, changed);
		return false;
	}
	return true;
}

static bool decode_array(struct call *call, zval *value, bool changed)
{
	if (!decode(call, value, changed)) {
		return false;
	}
	if (Z_TYPE_P(value) != IS_ARRAY) {
		zval_ptr_dtor(value);
		ZVAL_NULL(value);
		throw_broken(call, changed);
		return false;
	}
	return true;
}

/* A member of a decoded object, or NULL if there is none of that type. */
static zval *member(zval *object, const char *name, size_t n, uint8_t type)
{
	zval *value = zend_hash_str_find(Z_ARRVAL_P(object), name, n);

	return value && Z_TYPE_P(value) == type ? value : NULL;
}

#define MEMBER(object, name, type) member(object, name, sizeof(name) - 1, type)

static bool is_true(zval *object, const char *name, size_t n)
{
	return member(object, name, n, IS_TRUE) != NULL;
}

#define IS_TRUE_MEMBER(object, name) is_true(object, name, sizeof(name) - 1)

/* ---- the class ---- */

static bool read_version(const zend_string *version, char out[8])
{
	const char *p = ZSTR_VAL(version);
	size_t n = ZSTR_LEN(version);

	if (n < 4 || n > 5 || p[n - 2] != '.' || p[n - 1] != '0' || p[0] < '1' || p[0] > '9') {
		return false;
	}
	for (size_t i = 0; i < n - 2; i++) {
		if (p[i] < '0' || p[i] > '9') {
			return false;
		}
	}
	memcpy(out, p, n + 1);
	return n == 5 || p[0] >= '5';
}

static bool check_timeout(zend_long timeout, uint32_t argument)
{
	if (timeout < SF_HTTP_TIMEOUT_MIN || timeout > SF_HTTP_TIMEOUT_MAX) {
		zend_argument_value_error(argument, "must be between %d and %d", SF_HTTP_TIMEOUT_MIN, SF_HTTP_TIMEOUT_MAX);
		return false;
	}
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Client, __construct)
{
	struct client *client = from_object(Z_OBJ_P(ZEND_THIS));
	zend_string *version = NULL;
	zend_long timeout = 30000, connect_timeout = 0, first_byte_timeout = 0;
	bool no_connect_timeout = true, no_first_byte_timeout = true;
	zend_object *credentials;

	ZEND_PARSE_PARAMETERS_START(1, 5)
		Z_PARAM_OBJ_OF_CLASS(credentials, sf_ce_credentials)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(version)
		Z_PARAM_LONG(timeout)
		Z_PARAM_LONG_OR_NULL(connect_timeout, no_connect_timeout)
		Z_PARAM_LONG_OR_NULL(first_byte_timeout, no_first_byte_timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (client->credentials) {
		zend_throw_error(NULL, "The client has been constructed already");
		RETURN_THROWS();
	}
	if (!sf_credentials_of(credentials)) {
		RETURN_THROWS();
	}
	memcpy(client->version, "67.0", sizeof("67.0"));
	if (version && !read_version(version, client->version)) {
		zend_argument_value_error(2, "must be a version of Salesforce's API from 50.0 on, such as \"67.0\"");
		RETURN_THROWS();
	}
	if (!check_timeout(timeout, 3) || (!no_connect_timeout && !check_timeout(connect_timeout, 4)) || (!no_first_byte_timeout && !check_timeout(first_byte_timeout, 5))) {
		RETURN_THROWS();
	}
	client->timeout_ms = timeout;
	client->connect_ms = no_connect_timeout ? 0 : connect_timeout;
	client->first_byte_ms = no_first_byte_timeout ? 0 : first_byte_timeout;
	client->credentials = credentials;
	GC_ADDREF(credentials);
}

/* Moves the rows of one page to the end of rows; false, and an exception, if there are too many or none. */
static bool take_rows(const struct call *call, zval *page, zval *rows)
{
	zval *records = MEMBER(page, "records", IS_ARRAY), *total = MEMBER(page, "totalSize", IS_LONG), *row;

	if (!records) {
		throw_broken(call, false);
		return false;
	}
	if ((total && Z_LVAL_P(total) > ROWS_MAX) || zend_hash_num_elements(Z_ARRVAL_P(rows)) + zend_hash_num_elements(Z_ARRVAL_P(records)) > ROWS_MAX) {
		throw_set(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The query gives more than 50000 rows: narrow it down, or give it a LIMIT");
		return false;
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(records), row) {
		Z_TRY_ADDREF_P(row);
		zend_hash_next_index_insert_new(Z_ARRVAL_P(rows), row);
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* The path of the next page into call->path, if there is one. */
static bool next_page(struct call *call, zval *page, bool *more)
{
	static const struct sf_span data = SF_SPAN_LIT("/services/data/");
	zval *next = MEMBER(page, "nextRecordsUrl", IS_STRING), *records = MEMBER(page, "records", IS_ARRAY);

	*more = !IS_TRUE_MEMBER(page, "done");
	if (!*more) {
		return true;
	}
	/* a page without a row that promises another would go on for ever */
	if (!next || !sf_span_starts(span_of(Z_STR_P(next)), data) || !records || zend_hash_num_elements(Z_ARRVAL_P(records)) == 0) {
		throw_broken(call, false);
		return false;
	}
	sf_buf_init(&call->path, &call->arena, SF_HTTP_PATH_MAX);
	sf_buf_span(&call->path, span_of(Z_STR_P(next)));
	return true;
}

/* Each page in an arena of its own, so that many pages need the memory of one. */
static bool read_page(zval *self, zend_string **path, zval *rows, bool *more)
{
	struct call call;
	struct sf_span next;
	bool ok = false;
	zval page;

	if (!begin(&call, self)) {
		return false;
	}
	sf_buf_span(&call.path, span_of(*path));
	if (send_call(&call, "GET", NULL, true) && decode_array(&call, &page, false)) {
		ok = take_rows(&call, &page, rows) && next_page(&call, &page, more);
		zval_ptr_dtor(&page);
	}
	if (ok && *more && sf_buf_done(&call.path, &next)) {
		zend_string_release(*path);
		*path = zend_string_init(next.p, next.n, 0);
	}
	end(&call);
	return ok;
}

/* The path of the first page, or NULL and an exception. */
static zend_string *query_path(zval *self, zend_string *soql, HashTable *parameters)
{
	struct sf_span bound, path;
	zend_string *result = NULL;
	struct call call;

	if (!begin(&call, self)) {
		return NULL;
	}
	if (sf_soql_from_php(soql, parameters, &call.arena, &bound)) {
		start_path(&call, "query?q=");
		sf_buf_url(&call.path, bound);
		if (sf_buf_done(&call.path, &path)) {
			result = zend_string_init(path.p, path.n, 0);
		} else {
			zend_argument_value_error(1, "must be shorter: its URL is longer than %d bytes, and Salesforce takes no longer ones", SF_HTTP_PATH_MAX);
		}
	}
	end(&call);
	return result;
}

ZEND_METHOD(Samlforce_Salesforce_Client, query)
{
	HashTable *parameters = NULL;
	zend_string *soql, *path;
	bool more = true;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(soql)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(parameters)
	ZEND_PARSE_PARAMETERS_END();
	path = query_path(ZEND_THIS, soql, parameters);
	if (!path) {
		RETURN_THROWS();
	}
	array_init(return_value);
	while (more && read_page(ZEND_THIS, &path, return_value, &more)) {
	}
	zend_string_release(path);
}

/* `Name` or `Account.Name`, a path of API names */
static bool is_field_path(struct sf_span s)
{
	while (s.n > 0) {
		const char *dot = memchr(s.p, '.', s.n);
		struct sf_span one = { s.p, dot ? (size_t)(dot - s.p) : s.n };

		if (!is_name(one)) {
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

static bool add_field_list(struct call *call, HashTable *fields, uint32_t argument)
{
	const char *separator = "?fields=";
	zval *field;

	ZEND_HASH_FOREACH_VAL(fields, field) {
		ZVAL_DEREF(field);
		if (Z_TYPE_P(field) != IS_STRING || !is_field_path(span_of(Z_STR_P(field)))) {
			zend_argument_value_error(argument, "must be a list of fields' API names");
			return false;
		}
		sf_buf_str(&call->path, separator);
		sf_buf_span(&call->path, span_of(Z_STR_P(field)));
		separator = ",";
	} ZEND_HASH_FOREACH_END();
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Client, retrieve)
{
	zend_string *object, *id;
	HashTable *fields = NULL;
	struct call call;

	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_STR(object)
		Z_PARAM_STR(id)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(fields)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_name(object, 1) || !check_id(id, 2) || !begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	record_path(&call, object, id);
	if ((!fields || add_field_list(&call, fields, 3)) && send_call(&call, "GET", NULL, true)) {
		decode_array(&call, return_value, false);
	}
	end(&call);
}

/* {"id":"…","success":true,"errors":[]} */
static bool read_id(struct call *call, zval *id, bool *created)
{
	zval answer, *value;
	bool ok;

	if (!decode_array(call, &answer, true)) {
		return false;
	}
	value = MEMBER(&answer, "id", IS_STRING);
	ok = value && IS_TRUE_MEMBER(&answer, "success");
	if (ok) {
		ZVAL_COPY(id, value);
		*created = call->answer.status == 201 || IS_TRUE_MEMBER(&answer, "created");
	} else {
		throw_broken(call, true);
	}
	zval_ptr_dtor(&answer);
	return ok;
}

ZEND_METHOD(Samlforce_Salesforce_Client, create)
{
	zend_string *object, *body;
	struct call call;
	zval *fields;
	bool created;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(object)
		Z_PARAM_ARRAY(fields)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_name(object, 1) || !check_fields(Z_ARRVAL_P(fields), 2) || !(body = encode(fields, true, 2))) {
		RETURN_THROWS();
	}
	if (begin(&call, ZEND_THIS)) {
		record_path(&call, object, NULL);
		if (send_call(&call, "POST", body, false)) {
			read_id(&call, return_value, &created);
		}
		end(&call);
	}
	zend_string_release(body);
}

ZEND_METHOD(Samlforce_Salesforce_Client, update)
{
	zend_string *object, *id, *body;
	struct call call;
	zval *fields;

	ZEND_PARSE_PARAMETERS_START(3, 3)
		Z_PARAM_STR(object)
		Z_PARAM_STR(id)
		Z_PARAM_ARRAY(fields)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_name(object, 1) || !check_id(id, 2) || !check_fields(Z_ARRVAL_P(fields), 3) || !(body = encode(fields, true, 3))) {
		RETURN_THROWS();
	}
	if (begin(&call, ZEND_THIS)) {
		record_path(&call, object, id);
		send_call(&call, "PATCH", body, true);
		end(&call);
	}
	zend_string_release(body);
}

static void external_path(struct call *call, const zend_string *object, const zend_string *field, const zend_string *value)
{
	record_path(call, object, field);
	sf_buf_char(&call->path, '/');
	sf_buf_url(&call->path, span_of(value));
}

/* The id by the External ID: versions before 46.0 answer an update with 204 and no body, and nobody promises that later ones never do. */
static bool look_up_id(zval *self, const zend_string *object, const zend_string *field, const zend_string *value, zval *id)
{
	zval record, *found;
	struct call call;
	bool ok = false;

	if (!begin(&call, self)) {
		return false;
	}
	external_path(&call, object, field, value);
	sf_buf_str(&call.path, "?fields=Id");
	if (send_call(&call, "GET", NULL, true) && decode_array(&call, &record, true)) {
		found = MEMBER(&record, "Id", IS_STRING);
		ok = found != NULL;
		if (ok) {
			ZVAL_COPY(id, found);
		} else {
			throw_broken(&call, true);
		}
		zval_ptr_dtor(&record);
	}
	end(&call);
	return ok;
}

ZEND_METHOD(Samlforce_Salesforce_Client, upsert)
{
	zend_string *object, *field, *value, *body;
	bool created = false, ok = false;
	struct call call;
	zval *fields, id;

	ZEND_PARSE_PARAMETERS_START(4, 4)
		Z_PARAM_STR(object)
		Z_PARAM_STR(field)
		Z_PARAM_STR(value)
		Z_PARAM_ARRAY(fields)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_name(object, 1) || !check_name(field, 2) || !check_external_id(value, 3) || !check_fields(Z_ARRVAL_P(fields), 4)) {
		RETURN_THROWS();
	}
	if (zend_hash_exists(Z_ARRVAL_P(fields), field)) {
		zend_argument_value_error(4, "must not have %s: Salesforce takes it from the path alone", ZSTR_VAL(field));
		RETURN_THROWS();
	}
	if (!(body = encode(fields, true, 4))) {
		RETURN_THROWS();
	}
	if (begin(&call, ZEND_THIS)) {
		external_path(&call, object, field, value);
		if (send_call(&call, "PATCH", body, true)) {
			ok = call.answer.body.n > 0 ? read_id(&call, &id, &created) : look_up_id(ZEND_THIS, object, field, value, &id);
		}
		end(&call);
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
	struct call call;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(object)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_name(object, 1) || !check_id(id, 2) || !begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	record_path(&call, object, id);
	send_call(&call, "DELETE", NULL, false);
	end(&call);
}

static void set_active(INTERNAL_FUNCTION_PARAMETERS, const char *json)
{
	zend_string *id, *body;
	struct call call;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_id(id, 1) || !begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	body = zend_string_init(json, strlen(json), 0);
	start_path(&call, "sobjects/User/");
	sf_buf_span(&call.path, span_of(id));
	send_call(&call, "PATCH", body, true);
	zend_string_release(body);
	end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, activateUser)
{
	set_active(INTERNAL_FUNCTION_PARAM_PASSTHRU, "{\"IsActive\":true}");
}

ZEND_METHOD(Samlforce_Salesforce_Client, deactivateUser)
{
	set_active(INTERNAL_FUNCTION_PARAM_PASSTHRU, "{\"IsActive\":false}");
}

/* ---- the sealed password ---- */

struct opening {
	struct sf_span token;
	struct sf_span recipient;
	struct sf_arena *arena;
};

/* The one place outside of the vault's own tests where a token is opened. Only C calls it. */
static bool open_sealed(void *arg, struct sf_secret *password, struct sf_failure *failure)
{
	const struct opening *o = arg;
	const struct sf_key *key = sf_vault_key_of(sf_process_keyring, o->token, o->arena);
	const struct sf_vault_order order = { .purpose = SF_PURPOSE_SALESFORCE_PASSWORD, .site = sf_vault_site(), .recipient = o->recipient };
	struct sf_error error;

	if (sf_vault_open(key, o->token, &order, (int64_t)time(NULL), o->arena, password, &error)) {
		return true;
	}
	switch (error.code) {
	case SF_VAULT_EXPIRED:
		return sf_failure_set(failure, SF_REASON_SEAL_EXPIRED, SF_ACTION_TELL_PERSON, "The time of the sealed password is over; the person must choose one again");
	case SF_VAULT_FAILED:
		return sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, error.where);
	default:
		return sf_failure_set(failure, SF_REASON_SEAL_REFUSED, SF_ACTION_TELL_PERSON,
				"The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site");
	}
}

/* Judged first, and wiped at once: a token that would be refused shall cost no call, and send nothing. */
static bool judge_sealed(struct opening *opening, struct sf_failure *failure)
{
	struct sf_secret password = { 0 };
	bool ok = open_sealed(opening, &password, failure);

	sf_secret_free(&password);
	return ok;
}

ZEND_METHOD(Samlforce_Salesforce_Client, setPassword)
{
	struct sf_password_call request = { .open = open_sealed };
	zend_string *username, *sealed;
	struct sf_failure failure;
	struct opening opening;
	struct call call;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(username)
		Z_PARAM_STR(sealed)
	ZEND_PARSE_PARAMETERS_END();
	if (ZSTR_LEN(username) == 0) {
		zend_argument_value_error(1, "cannot be empty");
		RETURN_THROWS();
	}
	if (!begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	opening = (struct opening){ span_of(sealed), span_of(username), &call.arena };
	request.credentials = call.credentials;
	request.api_version = sf_span_of(call.client->version);
	request.username = span_of(username); /* open_sealed() takes it for no other recipient */
	request.timeout_ms = call.client->timeout_ms;
	request.open_arg = &opening;
	if (!judge_sealed(&opening, &failure) || !sf_api_set_password(call.api, &request, &call.arena, &failure)) {
		sf_throw_failure(&failure);
	}
	end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, isPasswordExpired)
{
	zval answer, *expired;
	struct call call;
	zend_string *id;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_id(id, 1) || !begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	start_path(&call, "sobjects/User/");
	sf_buf_span(&call.path, span_of(id));
	sf_buf_str(&call.path, "/password");
	if (send_call(&call, "GET", NULL, true) && decode_array(&call, &answer, false)) {
		expired = zend_hash_str_find(Z_ARRVAL(answer), "isExpired", sizeof("isExpired") - 1);
		if (expired && (Z_TYPE_P(expired) == IS_TRUE || Z_TYPE_P(expired) == IS_FALSE)) {
			RETVAL_BOOL(Z_TYPE_P(expired) == IS_TRUE);
		} else {
			throw_broken(&call, false);
		}
		zval_ptr_dtor(&answer);
	}
	end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, limits)
{
	struct call call;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	start_path(&call, "limits");
	if (send_call(&call, "GET", NULL, true)) {
		decode_array(&call, return_value, false);
	}
	end(&call);
}

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
	return is_name(part) && !(part.n == 6 && strncasecmp(part.p, "oauth2", 6) == 0);
}

/* From /services/ on, or relative; false if it may not be asked for. */
static bool take_path(struct call *call, const zend_string *path, struct sf_span *whole)
{
	sf_buf_init(&call->path, &call->arena, SF_HTTP_PATH_MAX);
	if (ZSTR_LEN(path) == 0 || ZSTR_VAL(path)[0] != '/') {
		start_path(call, "");
	}
	sf_buf_span(&call->path, span_of(path));
	return ZSTR_LEN(path) > 0 && sf_buf_done(&call->path, whole) && path_open(*whole);
}

ZEND_METHOD(Samlforce_Salesforce_Client, request)
{
	zend_string *method, *path, *json = NULL;
	struct sf_span whole;
	const char *verb;
	struct call call;
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
	if (body && !(json = encode(body, false, 3))) {
		RETURN_THROWS();
	}
	if (begin(&call, ZEND_THIS)) {
		if (!take_path(&call, path, &whole)) {
			zend_argument_value_error(2, "must be a path below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/");
		} else if (send_call(&call, verb, json, strcmp(verb, "GET") == 0) && call.answer.body.n > 0) {
			decode(&call, return_value, strcmp(verb, "GET") != 0);
		}
		end(&call);
	}
	if (json) {
		zend_string_release(json);
	}
}

/* ---- several at once ---- */

/* An element [method, path, body] of concurrently()'s array, without its body; a ValueError says which is wrong, and how. */
static bool read_entry(struct call *call, zval *entry, struct sf_api_call *request, zval **body)
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
	if (!take_path(call, Z_STR_P(path), &request->path)) {
		zend_argument_value_error(1, "must have paths below /services/ (and not /services/oauth2/), or relative to /services/data/vNN.N/");
		return false;
	}
	if (*body && Z_TYPE_P(*body) == IS_ARRAY && strcmp(request->method, "GET") == 0) {
		zend_argument_value_error(1, "must have no body for GET");
		return false;
	}
	return true;
}

static bool prepare_item(struct call *call, zval *entry, struct sf_api_item *item)
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
	if (!(json = encode(body, false, 1))) {
		return false;
	}
	ok = sf_arena_copy(&call->arena, span_of(json), &request->body);
	zend_string_release(json);
	if (!ok) {
		throw_set(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The bodies of the requests are too long together");
	}
	return ok;
}

/* What was thrown becomes a value. */
static void catch_into(zval *value)
{
	ZVAL_OBJ_COPY(value, EG(exception));
	zend_clear_exception();
}

static void take_item(struct call *call, const struct sf_api_item *item, zval *value)
{
	ZVAL_NULL(value);
	call->answer = item->answer;
	call->repeatable = item->call.repeatable;
	if (!item->ok) {
		sf_throw_failure(&item->failure);
	} else if (item->answer.body.n > 0) {
		decode(call, value, !item->call.repeatable);
	}
	if (EG(exception)) {
		catch_into(value);
	}
}

static void return_items(struct call *call, HashTable *requests, const struct sf_api_item *items, zval *return_value)
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

static void send_items(struct call *call, HashTable *requests, size_t limit, zval *return_value)
{
	size_t count = zend_hash_num_elements(requests), i = 0;
	struct sf_api_item *items = sf_arena_zalloc(&call->arena, count, sizeof(*items));
	struct sf_failure failure;
	zval *entry;

	if (!items) {
		throw_set(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "No memory is left");
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
	struct call call;

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
	if (begin(&call, ZEND_THIS)) {
		send_items(&call, requests, (size_t)limit, return_value);
		end(&call);
	}
}

void sf_register_client(void)
{
	sf_http_start();
	ce_client = register_class_Samlforce_Salesforce_Client();
	ce_client->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct client, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
