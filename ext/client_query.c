/* Samlforce\Salesforce\Client: queries. */
#include "client.h"

#include "zend_exceptions.h"

#include "php_soql.h"

#define ROWS_MAX 50000

/* Moves the rows of one page to the end of rows; false, and an exception, if there are too many or none. */
static bool take_rows(const struct sf_call *call, zval *page, zval *rows)
{
	zval *records = SF_MEMBER(page, "records", IS_ARRAY), *total = SF_MEMBER(page, "totalSize", IS_LONG), *row;

	if (!records) {
		sf_throw_broken(call, false);
		return false;
	}
	if ((total && Z_LVAL_P(total) > ROWS_MAX) || zend_hash_num_elements(Z_ARRVAL_P(rows)) + zend_hash_num_elements(Z_ARRVAL_P(records)) > ROWS_MAX) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The query gives more than 50000 rows: narrow it down, or give it a LIMIT");
		return false;
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(records), row) {
		Z_TRY_ADDREF_P(row);
		zend_hash_next_index_insert_new(Z_ARRVAL_P(rows), row);
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* The path of the next page into call->path, if there is one. */
static bool next_page(struct sf_call *call, zval *page, bool *more)
{
	static const struct sf_span data = SF_SPAN_LIT("/services/data/");
	zval *next = SF_MEMBER(page, "nextRecordsUrl", IS_STRING), *records = SF_MEMBER(page, "records", IS_ARRAY);

	*more = !SF_IS_TRUE(page, "done");
	if (!*more) {
		return true;
	}
	/* a page without a row that promises another would go on for ever */
	if (!next || !sf_span_starts(sf_span_zstr(Z_STR_P(next)), data) || !records || zend_hash_num_elements(Z_ARRVAL_P(records)) == 0) {
		sf_throw_broken(call, false);
		return false;
	}
	sf_buf_init(&call->path, &call->arena, SF_HTTP_PATH_MAX);
	sf_buf_span(&call->path, sf_span_zstr(Z_STR_P(next)));
	return true;
}

/* Each page in an arena of its own, so that many pages need the memory of one. */
static bool read_page(zval *self, zend_string **path, zval *rows, bool *more)
{
	struct sf_call call;
	struct sf_span next;
	bool ok = false;
	zval page;

	if (!sf_call_begin(&call, self)) {
		return false;
	}
	sf_buf_span(&call.path, sf_span_zstr(*path));
	if (sf_call_send(&call, "GET", NULL, true) && sf_call_decode_array(&call, &page, false)) {
		ok = take_rows(&call, &page, rows) && next_page(&call, &page, more);
		zval_ptr_dtor(&page);
	}
	if (ok && *more && sf_buf_done(&call.path, &next)) {
		zend_string_release(*path);
		*path = zend_string_init(next.p, next.n, 0);
	}
	sf_call_end(&call);
	return ok;
}

/* The path of the first page, or NULL and an exception. */
static zend_string *query_path(zval *self, zend_string *soql, HashTable *parameters)
{
	struct sf_span bound, path;
	zend_string *result = NULL;
	struct sf_call call;

	if (!sf_call_begin(&call, self)) {
		return NULL;
	}
	if (sf_soql_from_php(soql, parameters, &call.arena, &bound)) {
		sf_call_path(&call, "query?q=");
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
