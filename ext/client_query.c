/*
 * Samlforce\Salesforce\Client: queries, and Samlforce\Salesforce\QueryRows. One page of rows is in memory at a time; the next is on its way while
 * this one is read.
 */
#include "client.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "php_soql.h"

#define BATCH_MIN 200
#define BATCH_MAX 2000
#define SEARCH_MAX 20000

struct query_rows {
	zval client;
	zval rows; /* of this page */
	uint32_t at;
	zend_long before; /* rows of the pages before it */
	zend_long total;
	zend_string *next; /* the path of the next page; NULL: there is none */
	struct sf_http_ahead *ahead;
	zend_object std;
};

static zend_class_entry *ce_query_rows;
static zend_object_handlers handlers;

static struct query_rows *from_object(zend_object *object)
{
	return (struct query_rows *)((char *)object - offsetof(struct query_rows, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct query_rows *q = zend_object_alloc(sizeof(*q), ce);

	zend_object_std_init(&q->std, ce);
	object_properties_init(&q->std, ce);
	q->std.handlers = &handlers;
	return &q->std;
}

static void forget_next(struct query_rows *q)
{
	sf_http_ahead_drop(q->ahead);
	q->ahead = NULL;
	if (q->next) {
		zend_string_release(q->next);
		q->next = NULL;
	}
}

static void free_object(zend_object *object)
{
	struct query_rows *q = from_object(object);

	forget_next(q);
	zval_ptr_dtor(&q->rows);
	zval_ptr_dtor(&q->client);
	zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *n)
{
	struct query_rows *q = from_object(object);
	zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

	zend_get_gc_buffer_add_zval(buffer, &q->client);
	zend_get_gc_buffer_add_zval(buffer, &q->rows);
	zend_get_gc_buffer_use(buffer, table, n);
	return zend_std_get_properties(object);
}

/* ---- pages ---- */

static bool take_page(struct query_rows *q, zval *page);

/* A child subquery's, with a done and a nextRecordsUrl of its own, becomes rows of the same kind. */
static bool wrap_children(const struct query_rows *q, HashTable *row)
{
	struct query_rows *child;
	zval *value, page;

	ZEND_HASH_FOREACH_VAL(row, value) {
		if (Z_TYPE_P(value) != IS_ARRAY || !SF_MEMBER(value, "records", IS_ARRAY) || !zend_hash_str_exists(Z_ARRVAL_P(value), "done", sizeof("done") - 1)) {
			continue;
		}
		ZVAL_COPY_VALUE(&page, value);
		object_init_ex(value, ce_query_rows);
		child = from_object(Z_OBJ_P(value));
		ZVAL_COPY(&child->client, &q->client);
		if (!take_page(child, &page)) {
			zval_ptr_dtor(&page);
			return false;
		}
		zval_ptr_dtor(&page);
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool wrap_rows(const struct query_rows *q, zval *records)
{
	zval *row;

	SEPARATE_ARRAY(records);
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(records), row) {
		if (Z_TYPE_P(row) == IS_ARRAY) {
			SEPARATE_ARRAY(row);
			if (!wrap_children(q, Z_ARRVAL_P(row))) {
				return false;
			}
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool take_next(struct query_rows *q, zval *page, zval *records)
{
	static const struct sf_span data = SF_SPAN_LIT("/services/data/");
	zval *next = SF_MEMBER(page, "nextRecordsUrl", IS_STRING);

	if (SF_IS_TRUE(page, "done")) {
		return true;
	}
	/* a page without a row that promises another would go on for ever */
	if (!next || !sf_span_starts(sf_span_zstr(Z_STR_P(next)), data) || zend_hash_num_elements(Z_ARRVAL_P(records)) == 0) {
		return false;
	}
	q->next = zend_string_copy(Z_STR_P(next));
	return true;
}

/* {"totalSize","done","nextRecordsUrl","records"} takes the place of the page before. */
static bool take_page(struct query_rows *q, zval *page)
{
	zval *records = SF_MEMBER(page, "records", IS_ARRAY), *total = SF_MEMBER(page, "totalSize", IS_LONG);

	if (Z_TYPE(q->rows) == IS_ARRAY) {
		q->before += zend_hash_num_elements(Z_ARRVAL(q->rows));
		zval_ptr_dtor(&q->rows);
		ZVAL_UNDEF(&q->rows);
	}
	if (!records || !take_next(q, page, records)) {
		return false;
	}
	if (total) {
		q->total = Z_LVAL_P(total);
	}
	ZVAL_COPY(&q->rows, records);
	zend_hash_str_del(Z_ARRVAL_P(page), "records", sizeof("records") - 1);
	q->at = 0;
	return wrap_rows(q, &q->rows);
}

/* What was sent ahead. False, and no exception, if it is to be asked for in the usual way. */
static bool take_ahead(struct query_rows *q, struct sf_call *call)
{
	const struct sf_http_answer *answer;

	if (!q->ahead || !sf_api_ahead_take(call->api, q->ahead, (long)call->client->timeout_ms, &answer)) {
		return false;
	}
	call->answer = *answer;
	return true;
}

static void send_ahead(struct query_rows *q)
{
	struct sf_api_call request;
	struct sf_call call;

	if (!q->next || !sf_call_begin(&call, &q->client)) {
		return;
	}
	sf_buf_span(&call.path, sf_span_zstr(q->next));
	if (sf_call_request(&call, "GET", true, &request)) {
		q->ahead = sf_api_ahead(call.api, &request);
	}
	sf_call_end(&call);
}

/* Each page in an arena of its own, so that many pages need the memory of one. `options`: a header of the first page's request, or NULL. */
static bool load(struct query_rows *q, zend_string *path, const char *options)
{
	struct sf_api_call request;
	struct sf_call call;
	bool ok = false;
	zval page;

	if (!sf_call_begin(&call, &q->client)) {
		return false;
	}
	sf_buf_span(&call.path, sf_span_zstr(path));
	if (sf_call_request(&call, "GET", true, &request)) {
		request.headers = &options;
		request.header_count = options != NULL;
		if ((take_ahead(q, &call) || sf_call_send_request(&call, &request)) && sf_call_decode_array(&call, &page, false)) {
			forget_next(q);
			ok = take_page(q, &page);
			if (!ok) {
				sf_throw_broken(&call, false);
			}
			zval_ptr_dtor(&page);
		}
	}
	sf_call_end(&call);
	if (ok) {
		send_ahead(q);
	}
	return ok;
}

/* Where the page is over, the next. */
static bool ready(struct query_rows *q)
{
	zend_string *path;
	bool ok;

	while (q->next && Z_TYPE(q->rows) == IS_ARRAY && q->at >= zend_hash_num_elements(Z_ARRVAL(q->rows))) {
		path = zend_string_copy(q->next);
		ok = load(q, path, NULL);
		zend_string_release(path);
		if (!ok) {
			forget_next(q);
			return false;
		}
	}
	return true;
}

static zval *current(struct query_rows *q)
{
	return Z_TYPE(q->rows) == IS_ARRAY ? zend_hash_index_find(Z_ARRVAL(q->rows), q->at) : NULL;
}

ZEND_METHOD(Samlforce_Salesforce_QueryRows, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Salesforce_QueryRows, current)
{
	struct query_rows *q = from_object(Z_OBJ_P(ZEND_THIS));
	zval *row;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!ready(q)) {
		RETURN_THROWS();
	}
	row = current(q);
	if (row) {
		RETURN_COPY(row);
	}
}

ZEND_METHOD(Samlforce_Salesforce_QueryRows, key)
{
	struct query_rows *q = from_object(Z_OBJ_P(ZEND_THIS));

	ZEND_PARSE_PARAMETERS_NONE();
	if (!ready(q)) {
		RETURN_THROWS();
	}
	RETURN_LONG(q->before + q->at);
}

ZEND_METHOD(Samlforce_Salesforce_QueryRows, next)
{
	struct query_rows *q = from_object(Z_OBJ_P(ZEND_THIS));

	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
	if (ready(q) && current(q)) {
		q->at++;
	}
}

ZEND_METHOD(Samlforce_Salesforce_QueryRows, rewind)
{
	struct query_rows *q = from_object(Z_OBJ_P(ZEND_THIS));

	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
	if (q->before > 0) {
		zend_throw_error(NULL, "The first rows are no longer in memory: query again");
		RETURN_THROWS();
	}
	q->at = 0;
}

ZEND_METHOD(Samlforce_Salesforce_QueryRows, valid)
{
	struct query_rows *q = from_object(Z_OBJ_P(ZEND_THIS));

	ZEND_PARSE_PARAMETERS_NONE();
	if (!ready(q)) {
		RETURN_THROWS();
	}
	RETURN_BOOL(current(q) != NULL);
}

ZEND_METHOD(Samlforce_Salesforce_QueryRows, count)
{
	ZEND_PARSE_PARAMETERS_NONE();
	RETURN_LONG(from_object(Z_OBJ_P(ZEND_THIS))->total);
}

/* ---- the methods of the Client ---- */

/* The path of the first page, or NULL and an exception. */
static zend_string *query_path(zval *self, const char *resource, zend_string *text, HashTable *parameters, bool sosl)
{
	struct sf_span bound, path;
	zend_string *result = NULL;
	struct sf_call call;

	if (!sf_call_begin(&call, self)) {
		return NULL;
	}
	if (sosl ? sf_sosl_from_php(text, parameters, &call.arena, &bound) : sf_soql_from_php(text, parameters, &call.arena, &bound)) {
		sf_call_path(&call, resource);
		sf_buf_url(&call.path, bound);
		if (sf_buf_done(&call.path, &path)) {
			result = zend_string_init(path.p, path.n, 0);
		} else {
			zend_argument_value_error(1, "must be shorter: its URL is longer than %d bytes, and Salesforce takes no longer ones", SF_HTTP_PATH_MAX);
		}
	}
	sf_call_end(&call);
	return result;
}

static void query(INTERNAL_FUNCTION_PARAMETERS, const char *resource)
{
	HashTable *parameters = NULL;
	zend_string *soql, *path;
	bool no_batch = true;
	zend_long batch = 0;
	char options[64];

	ZEND_PARSE_PARAMETERS_START(1, 3)
		Z_PARAM_STR(soql)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(parameters)
		Z_PARAM_LONG_OR_NULL(batch, no_batch)
	ZEND_PARSE_PARAMETERS_END();
	if (!no_batch && (batch < BATCH_MIN || batch > BATCH_MAX)) {
		zend_argument_value_error(3, "must be between %d and %d", BATCH_MIN, BATCH_MAX);
		RETURN_THROWS();
	}
	path = query_path(ZEND_THIS, resource, soql, parameters, false);
	if (!path) {
		RETURN_THROWS();
	}
	snprintf(options, sizeof(options), "Sforce-Query-Options: batchSize=" ZEND_LONG_FMT, batch);
	object_init_ex(return_value, ce_query_rows);
	ZVAL_COPY(&from_object(Z_OBJ_P(return_value))->client, ZEND_THIS);
	load(from_object(Z_OBJ_P(return_value)), path, no_batch ? NULL : options);
	zend_string_release(path);
}

ZEND_METHOD(Samlforce_Salesforce_Client, query)
{
	query(INTERNAL_FUNCTION_PARAM_PASSTHRU, "query?q=");
}

ZEND_METHOD(Samlforce_Salesforce_Client, queryAll)
{
	query(INTERNAL_FUNCTION_PARAM_PASSTHRU, "queryAll?q=");
}

/* {"searchRecords":[…]} */
ZEND_METHOD(Samlforce_Salesforce_Client, search)
{
	HashTable *parameters = NULL;
	zend_string *sosl, *path;
	zval answer, *records;
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(sosl)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(parameters)
	ZEND_PARSE_PARAMETERS_END();
	if (ZSTR_LEN(sosl) > SEARCH_MAX) {
		zend_argument_value_error(1, "must be at most %d bytes", SEARCH_MAX);
		RETURN_THROWS();
	}
	path = query_path(ZEND_THIS, "search?q=", sosl, parameters, true);
	if (!path) {
		RETURN_THROWS();
	}
	if (sf_call_begin(&call, ZEND_THIS)) {
		sf_buf_span(&call.path, sf_span_zstr(path));
		if (sf_call_send(&call, "GET", NULL, true) && sf_call_decode_array(&call, &answer, false)) {
			records = SF_MEMBER(&answer, "searchRecords", IS_ARRAY);
			if (records) {
				ZVAL_COPY(return_value, records);
			} else {
				sf_throw_broken(&call, false);
			}
			zval_ptr_dtor(&answer);
		}
		sf_call_end(&call);
	}
	zend_string_release(path);
}

void sf_register_query_rows(zend_class_entry *ce)
{
	ce_query_rows = ce;
	ce->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct query_rows, std);
	handlers.free_obj = free_object;
	handlers.get_gc = get_gc;
	handlers.clone_obj = NULL;
}
