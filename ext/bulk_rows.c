/* Samlforce\Salesforce\BulkRows: what a bulk job gives back, a row at a time. */
#include "bulk.h"

#include "zend_exceptions.h"

#include "base/csv.h"

#define PIECE ((size_t)64 * 1024)

/* A text field of Salesforce has at most 131072 characters, and a record 5000 fields. */
static const struct sf_csv_limits limits = { (size_t)1 << 20, (size_t)16 << 20, 5010 };

struct rows {
	zval client;
	enum sf_bulk_what what;
	struct sf_bulk_job *jobs;
	size_t count;
	zend_string *key;
	zend_long page_rows;
	zend_long wait_ms;

	bool started;
	bool busy; /* with a call, which may run PHP code of a token store */
	size_t job; /* whose page this is */
	char locator[SF_BULK_LOCATOR]; /* of the next page; empty: there is none */
	struct sf_spool spool;
	bool open; /* a page is being read */
	struct sf_arena arena;
	struct sf_csv_reader reader;
	char *piece;
	zend_string **names; /* of the page's columns */
	size_t columns;
	ssize_t key_at;
	zval current;
	zval current_key;
	zend_long number;
	zend_object std;
};

static zend_class_entry *ce_rows;
static zend_object_handlers handlers;

static struct rows *from_object(zend_object *object)
{
	return (struct rows *)((char *)object - offsetof(struct rows, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct rows *rows = zend_object_alloc(sizeof(*rows), ce);

	zend_object_std_init(&rows->std, ce);
	object_properties_init(&rows->std, ce);
	rows->std.handlers = &handlers;
	rows->spool.fd = -1;
	ZVAL_UNDEF(&rows->client);
	ZVAL_UNDEF(&rows->current);
	ZVAL_UNDEF(&rows->current_key);
	return &rows->std;
}

static void forget_current(struct rows *rows)
{
	zval_ptr_dtor(&rows->current);
	zval_ptr_dtor(&rows->current_key);
	ZVAL_UNDEF(&rows->current);
	ZVAL_UNDEF(&rows->current_key);
}

static void close_page(struct rows *rows)
{
	for (size_t i = 0; i < rows->columns; i++) {
		zend_string_release(rows->names[i]);
	}
	if (rows->names) {
		efree(rows->names);
	}
	rows->names = NULL;
	rows->columns = 0;
	if (rows->open) {
		sf_arena_free(&rows->arena);
	}
	rows->open = false;
}

static void free_object(zend_object *object)
{
	struct rows *rows = from_object(object);

	forget_current(rows);
	close_page(rows);
	sf_spool_close(&rows->spool);
	zval_ptr_dtor(&rows->client);
	if (rows->key) {
		zend_string_release(rows->key);
	}
	if (rows->jobs) {
		efree(rows->jobs);
	}
	if (rows->piece) {
		efree(rows->piece);
	}
	zend_object_std_dtor(object);
}

void sf_bulk_rows_new(zval *object, zval *client, enum sf_bulk_what what, const struct sf_bulk_job *jobs, size_t count, zend_string *key, zend_long page_rows, zend_long wait_ms)
{
	struct rows *rows;

	object_init_ex(object, ce_rows);
	rows = from_object(Z_OBJ_P(object));
	ZVAL_COPY(&rows->client, client);
	rows->what = what;
	rows->jobs = safe_emalloc(count, sizeof(*jobs), 1);
	if (count) {
		memcpy(rows->jobs, jobs, count * sizeof(*jobs));
	}
	rows->count = count;
	rows->key = key ? zend_string_copy(key) : NULL;
	rows->page_rows = page_rows;
	rows->wait_ms = wait_ms;
}

/* ---- pages ---- */

static const char *resource(enum sf_bulk_what what)
{
	switch (what) {
	case SF_BULK_SUCCESSFUL: return "successfulResults";
	case SF_BULK_FAILED_ROWS: return "failedResults";
	case SF_BULK_UNPROCESSED: return "unprocessedrecords";
	case SF_BULK_RESULTS: break;
	}
	return "results";
}

static enum sf_bulk_kind kind(const struct rows *rows)
{
	return rows->what == SF_BULK_RESULTS ? SF_BULK_QUERY : SF_BULK_INGEST;
}

/* The page that the locator names, into the spool. False, and an exception. */
static bool fetch(struct rows *rows)
{
	struct sf_failure failure;
	struct sf_bulk_sink sink;
	struct sf_call call;
	struct sf_bulk b;
	bool ok;

	if ((rows->spool.fd < 0 && !sf_spool_open(&rows->spool)) || !sf_spool_clear(&rows->spool) || !sf_call_begin(&call, &rows->client)) {
		return false;
	}
	rows->busy = true;
	b = sf_bulk_of(&call, kind(rows), &failure);
	sink = sf_spool_sink(&rows->spool);
	ok = sf_bulk_fetch(&b, rows->jobs[rows->job].id, resource(rows->what), rows->page_rows, &sink, rows->locator);
	if (!ok && !EG(exception)) {
		if (rows->spool.trouble[0]) {
			sf_failure_set(&failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, rows->spool.trouble);
		}
		sf_throw_failure(&failure);
	}
	rows->busy = false;
	sf_call_end(&call);
	return ok;
}

static bool open_page(struct rows *rows)
{
	if (!fetch(rows)) {
		return false;
	}
	sf_spool_rewind(&rows->spool);
	sf_arena_init(&rows->arena, 2 * limits.row_bytes + 16 * limits.columns + ((size_t)64 << 10));
	sf_csv_reader_init(&rows->reader, &limits, &rows->arena);
	rows->open = true;
	return true;
}

static bool same_name(struct sf_span a, const zend_string *b)
{
	return a.n == ZSTR_LEN(b) && zend_binary_strcasecmp(a.p, a.n, ZSTR_VAL(b), ZSTR_LEN(b)) == 0;
}

static void take_header(struct rows *rows)
{
	const struct sf_csv_reader *r = &rows->reader;

	rows->names = safe_emalloc(r->fields, sizeof(*rows->names), 0);
	rows->key_at = -1;
	for (size_t i = 0; i < r->fields; i++) {
		struct sf_span name = sf_csv_field(r, i);

		rows->names[i] = zend_string_init(name.p, name.n, 0);
		rows->columns = i + 1;
		if (rows->key && rows->key_at < 0 && same_name(name, rows->key)) {
			rows->key_at = (ssize_t)i;
		}
	}
}

/* ---- rows ---- */

static bool is_ours(const zend_string *name)
{
	return zend_string_equals_literal(name, "sf__Id") || zend_string_equals_literal(name, "sf__Created") || zend_string_equals_literal(name, "sf__Error");
}

static struct sf_span cell(const struct rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->columns && i < 2; i++) { /* Salesforce's own columns come first */
		if (zend_string_equals_cstr(rows->names[i], name, strlen(name))) {
			return sf_csv_field(&rows->reader, i);
		}
	}
	return SF_SPAN_NONE;
}

/* A text that Salesforce has is never empty, so that nothing is null; what was sent is told as it was sent. */
static void cells(const struct rows *rows, zval *row)
{
	bool results = rows->what == SF_BULK_RESULTS, own = rows->what == SF_BULK_SUCCESSFUL || rows->what == SF_BULK_FAILED_ROWS;

	array_init_size(row, (uint32_t)rows->columns);
	for (size_t i = 0; i < rows->columns; i++) {
		struct sf_span text = sf_csv_field(&rows->reader, i);
		zval value;

		if (own && i < 2 && is_ours(rows->names[i])) {
			continue;
		}
		if (text.n == 0 && results) {
			ZVAL_NULL(&value);
		} else {
			ZVAL_STRINGL_FAST(&value, text.p, text.n);
		}
		zend_symtable_update(Z_ARRVAL_P(row), rows->names[i], &value);
	}
}

static void add_text(zval *array, const char *name, struct sf_span text)
{
	if (text.n > 0) {
		add_assoc_stringl(array, name, text.p, text.n);
	} else {
		add_assoc_null(array, name);
	}
}

static void add_failure(const struct rows *rows, zval *result)
{
	struct sf_failure failure;
	struct sf_arena arena;
	zval fields, reason, action;

	sf_arena_init(&arena, (size_t)64 << 10);
	sf_bulk_row_failure(cell(rows, "sf__Error"), &arena, &failure);
	array_init(&fields);
	for (size_t i = 0; i < failure.field_n; i++) {
		add_next_index_stringl(&fields, failure.fields[i].p, failure.fields[i].n);
	}
	sf_arena_free(&arena);
	add_text(result, "errorCode", sf_span_of(failure.code));
	add_assoc_string(result, "message", failure.message);
	add_assoc_zval(result, "fields", &fields);
	sf_failure_cases(&failure, &reason, &action);
	add_assoc_zval(result, "reason", &reason);
	add_assoc_zval(result, "action", &action);
}

static void take_row(struct rows *rows)
{
	zval row;

	rows->number++;
	cells(rows, &row);
	if (rows->what == SF_BULK_UNPROCESSED || rows->what == SF_BULK_RESULTS) {
		ZVAL_COPY_VALUE(&rows->current, &row);
	} else {
		array_init_size(&rows->current, 8);
		add_text(&rows->current, "id", cell(rows, "sf__Id"));
		if (rows->what == SF_BULK_SUCCESSFUL) {
			add_assoc_bool(&rows->current, "created", sf_span_is(cell(rows, "sf__Created"), "true"));
		} else {
			add_failure(rows, &rows->current);
		}
		add_assoc_zval(&rows->current, "row", &row);
	}
	if (rows->key_at >= 0) {
		struct sf_span key = sf_csv_field(&rows->reader, (size_t)rows->key_at);

		ZVAL_STRINGL(&rows->current_key, key.p, key.n);
	} else {
		ZVAL_LONG(&rows->current_key, rows->number - 1);
	}
}

static bool throw_csv(const struct rows *rows)
{
	struct sf_failure failure;
	char message[200];

	snprintf(message, sizeof(message), "Row %llu of what the bulk job gave %s", (unsigned long long)rows->reader.number, sf_csv_error_text(rows->reader.error));
	sf_failure_set(&failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_TELL_PERSON, message);
	sf_throw_failure(&failure);
	return false;
}

static bool feed(struct rows *rows)
{
	ssize_t n;

	if (!rows->piece) {
		rows->piece = emalloc(PIECE);
	}
	n = sf_spool_read(&rows->spool, rows->piece, PIECE);
	if (n < 0) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The temporary file with the rows can't be read");
		return false;
	}
	sf_csv_feed(&rows->reader, (struct sf_span){ rows->piece, (size_t)n }, rows->spool.given == rows->spool.n);
	return true;
}

/* The next row of this page. False at its end, and with an exception. */
static bool next_of_page(struct rows *rows)
{
	for (;;) {
		switch (sf_csv_next(&rows->reader)) {
		case SF_CSV_ERROR:
			return throw_csv(rows);
		case SF_CSV_END:
			return false;
		case SF_CSV_MORE:
			if (!feed(rows)) {
				return false;
			}
			break;
		case SF_CSV_ROW:
			if (rows->names) {
				take_row(rows);
				return true;
			}
			take_header(rows);
			break;
		}
	}
}

/* The next row of all pages of all jobs, if there is one. */
static void advance(struct rows *rows)
{
	forget_current(rows);
	while (rows->job < rows->count && !EG(exception)) {
		if (!rows->open && !open_page(rows)) {
			break;
		}
		if (next_of_page(rows)) {
			return;
		}
		close_page(rows);
		if (!EG(exception) && !rows->locator[0]) {
			rows->job++;
		}
	}
	close_page(rows);
	sf_spool_close(&rows->spool);
	rows->job = rows->count;
}

/* Salesforce does a query in its own time. */
static bool wait_for_query(struct rows *rows)
{
	int64_t deadline = sf_api_clock() + rows->wait_ms;
	long pause = 0;

	for (;;) {
		struct sf_failure failure;
		struct sf_call call;
		struct sf_bulk b;
		bool ok;

		if (!sf_call_begin(&call, &rows->client)) {
			return false;
		}
		rows->busy = true;
		b = sf_bulk_of(&call, SF_BULK_QUERY, &failure);
		ok = sf_bulk_look(&b, rows->jobs[0].id, &rows->jobs[0]) || (failure.action == SF_ACTION_RETRY && !EG(exception) && sf_api_clock() < deadline);
		if (!ok && !EG(exception)) {
			sf_throw_failure(&failure);
		} else if (ok && (rows->jobs[0].state == SF_BULK_FAILED || rows->jobs[0].state == SF_BULK_ABORTED)) {
			sf_bulk_job_failure(&rows->jobs[0], &failure);
			sf_throw_failure(&failure);
		}
		rows->busy = false;
		sf_call_end(&call);
		if (!ok || EG(exception) || rows->jobs[0].state == SF_BULK_JOB_COMPLETE) {
			return ok && !EG(exception);
		}
		if (sf_api_clock() >= deadline) {
			sf_throw_reason(SF_REASON_TIMED_OUT, SF_ACTION_RETRY, "The bulk query has not ended yet");
			return false;
		}
		sf_bulk_pause(&pause, deadline);
	}
}

static void restart(struct rows *rows)
{
	close_page(rows);
	forget_current(rows);
	rows->started = true;
	rows->job = rows->count;
	rows->locator[0] = '\0';
	rows->number = 0;
	if (rows->what == SF_BULK_RESULTS && rows->jobs[0].state != SF_BULK_JOB_COMPLETE && !wait_for_query(rows)) {
		return;
	}
	rows->job = 0;
	advance(rows);
}

/* ---- the class ---- */

static struct rows *self_of(zval *self)
{
	struct rows *rows = from_object(Z_OBJ_P(self));

	if (rows->busy) {
		zend_throw_error(NULL, "These rows are being fetched already");
		return NULL;
	}
	return rows;
}

/* NULL, and an exception, if that fails. */
static struct rows *started(zval *self)
{
	struct rows *rows = self_of(self);

	if (rows && !rows->started) {
		restart(rows);
	}
	return EG(exception) ? NULL : rows;
}

ZEND_METHOD(Samlforce_Salesforce_BulkRows, __construct)
{
	ZEND_PARSE_PARAMETERS_NONE();
	(void)return_value;
}

ZEND_METHOD(Samlforce_Salesforce_BulkRows, current)
{
	struct rows *rows;

	ZEND_PARSE_PARAMETERS_NONE();
	rows = started(ZEND_THIS);
	if (rows && Z_TYPE(rows->current) != IS_UNDEF) {
		RETURN_COPY(&rows->current);
	}
}

ZEND_METHOD(Samlforce_Salesforce_BulkRows, key)
{
	struct rows *rows;

	ZEND_PARSE_PARAMETERS_NONE();
	rows = started(ZEND_THIS);
	if (rows && Z_TYPE(rows->current_key) != IS_UNDEF) {
		RETURN_COPY(&rows->current_key);
	}
}

ZEND_METHOD(Samlforce_Salesforce_BulkRows, next)
{
	struct rows *rows;

	ZEND_PARSE_PARAMETERS_NONE();
	(void)return_value;
	rows = started(ZEND_THIS);
	if (rows) {
		advance(rows);
	}
}

ZEND_METHOD(Samlforce_Salesforce_BulkRows, rewind)
{
	struct rows *rows = self_of(ZEND_THIS);

	ZEND_PARSE_PARAMETERS_NONE();
	(void)return_value;
	if (rows && (!rows->started || rows->number != 1)) { /* at the first row it is there already */
		restart(rows);
	}
}

ZEND_METHOD(Samlforce_Salesforce_BulkRows, valid)
{
	struct rows *rows;

	ZEND_PARSE_PARAMETERS_NONE();
	rows = started(ZEND_THIS);
	RETURN_BOOL(rows && Z_TYPE(rows->current) != IS_UNDEF);
}

void sf_register_bulk_rows(zend_class_entry *ce)
{
	ce_rows = ce;
	ce_rows->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct rows, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
