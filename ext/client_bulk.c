/* Samlforce\Salesforce\Client: bulk loads and bulk queries. */
#include "bulk.h"

#include "ext/date/php_date.h"
#include "zend_enum.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"
#include "zend_smart_str.h"

#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "php_soql.h"

#define COLUMNS_MAX 5000                  /* of a record, says Salesforce */
#define ROW_MAX ((size_t)4 << 20)         /* bytes; a record has at most 400000 characters */
#define FLUSH ((size_t)256 << 10)
#define SPLIT_MIN 1000
#define SPLIT_MAX 110000000               /* 150 MB once they are base64 */
#define JOBS_MAX 100
#define LIMIT_MAX 100
#define CLOSE_MS 86400000
#define JSON_MAX 4096

/* Rows on their way into jobs. It belongs to the BulkJob until all of them are there. */
struct sf_bulk_feed {
	struct sf_spool spool; /* of the job that is being filled */
	struct sf_arena arena;
	struct sf_buf text;    /* what comes next, before it goes to the spool */
	struct sf_csv_writer csv;
	zend_string **columns;
	size_t column_count;
	HashTable known; /* the columns, to their places */
	size_t header_n; /* bytes of the header, which every job begins with */
	zend_ulong rows; /* given so far, from 1 on */
	zend_ulong job_rows;
	zend_ulong bytes;
};

struct ingest {
	zval *self;
	zend_string *object;
	const char *operation;
	zend_string *external_id; /* or NULL */
	zend_string *row_key;     /* the column that no row may lack, or NULL */
	HashTable *columns;       /* as given, or NULL */
	zend_long split;
	zend_long limit;
	zend_fcall_info fci;
	zend_fcall_info_cache fcc;
	struct sf_bulk_load *load;
	struct sf_bulk_feed *feed;
};

void sf_bulk_feed_free(struct sf_bulk_feed *feed)
{
	sf_spool_close(&feed->spool);
	sf_arena_free(&feed->arena);
	for (size_t i = 0; i < feed->column_count; i++) {
		zend_string_release(feed->columns[i]);
	}
	if (feed->columns) {
		efree(feed->columns);
	}
	zend_hash_destroy(&feed->known);
	efree(feed);
}

static struct sf_bulk_feed *feed_new(void)
{
	struct sf_bulk_feed *feed = ecalloc(1, sizeof(*feed));

	feed->spool.fd = -1;
	sf_arena_init(&feed->arena, 4 * (ROW_MAX + FLUSH));
	sf_buf_init(&feed->text, &feed->arena, ROW_MAX + FLUSH);
	sf_csv_writer_init(&feed->csv, &feed->text);
	zend_hash_init(&feed->known, 16, NULL, NULL, 0);
	return feed;
}

static bool throw_row(zend_ulong row, const char *format, const char *name)
{
	struct sf_failure failure;
	char what[400], message[SF_FAILURE_MESSAGE];

	snprintf(what, sizeof(what), format, name);
	snprintf(message, sizeof(message), "Row " ZEND_ULONG_FMT " %s; nothing has been loaded", row, what);
	sf_failure_set(&failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, message);
	sf_throw_failure(&failure);
	return false;
}

/* ---- columns ---- */

/* `Field`, `Parent__r.Key__c` or, where a parent may be of several objects, `Type:Parent__r.Key__c`. */
static bool is_column(struct sf_span s)
{
	const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL, *dot;

	if (colon) {
		if (!sf_is_api_name((struct sf_span){ s.p, (size_t)(colon - s.p) })) {
			return false;
		}
		s.n -= (size_t)(colon + 1 - s.p);
		s.p = colon + 1;
	}
	dot = s.n ? memchr(s.p, '.', s.n) : NULL;
	if (!dot) {
		return !colon && sf_is_api_name(s);
	}
	return sf_is_api_name((struct sf_span){ s.p, (size_t)(dot - s.p) }) && sf_is_api_name((struct sf_span){ dot + 1, s.n - (size_t)(dot + 1 - s.p) });
}

static bool add_column(struct sf_bulk_feed *feed, zend_string *name)
{
	zval place;

	if (!name || !is_column(sf_span_zstr(name)) || feed->column_count == COLUMNS_MAX) {
		return false;
	}
	for (size_t i = 0; i < feed->column_count; i++) {
		if (zend_string_equals_ci(feed->columns[i], name)) {
			return false; /* Salesforce's names have no case */
		}
	}
	ZVAL_LONG(&place, (zend_long)feed->column_count);
	zend_hash_add(&feed->known, name, &place);
	feed->columns[feed->column_count++] = zend_string_copy(name);
	return true;
}

static const char columns_rule[] = "must have the fields' API names, each once (`Parent__r.Key__c` for a parent by its External ID), at most 5000";

/* Of the list that was given, or of the first row's keys. */
static bool take_columns(struct ingest *in, HashTable *row)
{
	struct sf_bulk_feed *feed = in->feed;
	HashTable *from = in->columns ? in->columns : row;
	zend_string *name;
	zval *value;

	feed->columns = safe_emalloc(zend_hash_num_elements(from), sizeof(*feed->columns), 1);
	ZEND_HASH_FOREACH_STR_KEY_VAL(from, name, value) {
		ZVAL_DEREF(value);
		if (!add_column(feed, in->columns ? (Z_TYPE_P(value) == IS_STRING ? Z_STR_P(value) : NULL) : name)) {
			if (in->columns) {
				zend_argument_value_error(6, "%s", columns_rule);
				return false;
			}
			return throw_row(1, "%s", columns_rule);
		}
	} ZEND_HASH_FOREACH_END();
	for (size_t i = 0; i < feed->column_count; i++) {
		sf_csv_write(&feed->csv, sf_span_zstr(feed->columns[i]));
	}
	sf_csv_write_end(&feed->csv);
	feed->header_n = feed->text.n;
	if (feed->column_count == 0) {
		return throw_row(1, "%s", "has no columns");
	}
	if (strcasecmp(in->operation, "delete") == 0 || strcmp(in->operation, "hardDelete") == 0) {
		if (feed->column_count > 1) {
			return throw_row(1, "%s", "has more than an Id, which is all that a deletion may have");
		}
	}
	if (in->row_key && !zend_hash_exists(&feed->known, in->row_key)) {
		return throw_row(1, "has no column %s, by which this operation goes", ZSTR_VAL(in->row_key));
	}
	if (in->load->key && !zend_hash_exists(&feed->known, in->load->key)) {
		return throw_row(1, "has no column %s, which was to be the key", ZSTR_VAL(in->load->key));
	}
	return true;
}

/* ---- values ---- */

static bool write_time(struct sf_bulk_feed *feed, zval *value)
{
	zend_class_entry *ce = php_date_get_date_ce();
	char text[SF_TIME_TEXT];
	zval seconds;

	if (!instanceof_function(Z_OBJCE_P(value), php_date_get_interface_ce())) {
		return false;
	}
	/* DateTime's or DateTimeImmutable's own, of which every other is a child */
	if (!instanceof_function(Z_OBJCE_P(value), ce)) {
		ce = php_date_get_immutable_ce();
	}
	zend_call_known_instance_method_with_0_params(zend_hash_str_find_ptr(&ce->function_table, "gettimestamp", sizeof("gettimestamp") - 1), Z_OBJ_P(value), &seconds);
	return !EG(exception) && Z_TYPE(seconds) == IS_LONG && sf_time_format(Z_LVAL(seconds), text) && sf_csv_write(&feed->csv, sf_span_of(text));
}

static bool write_number(struct sf_bulk_feed *feed, zval *value)
{
	smart_str text = { 0 };

	if (Z_TYPE_P(value) == IS_DOUBLE) {
		if (!zend_finite(Z_DVAL_P(value))) {
			return false;
		}
		smart_str_append_double(&text, Z_DVAL_P(value), 17, false);
	} else {
		smart_str_append_long(&text, Z_LVAL_P(value));
	}
	sf_csv_write(&feed->csv, sf_span_zstr(text.s));
	smart_str_free(&text);
	return true;
}

/* An empty cell leaves a field as it is; null empties it, by the word that Salesforce has for that. In an insert there is nothing to be emptied. */
static bool write_value(const struct ingest *in, zval *value)
{
	struct sf_csv_writer *csv = &in->feed->csv;
	bool insert = strcmp(in->operation, "insert") == 0;

	switch (Z_TYPE_P(value)) {
	case IS_NULL: return sf_csv_write(csv, insert ? SF_SPAN_NONE : SF_SPAN_LIT("#N/A"));
	case IS_TRUE: return sf_csv_write(csv, SF_SPAN_LIT("true"));
	case IS_FALSE: return sf_csv_write(csv, SF_SPAN_LIT("false"));
	case IS_LONG:
	case IS_DOUBLE: return write_number(in->feed, value);
	case IS_STRING:
		/* a text of somebody's that would empty the field */
		return !zend_string_equals_literal(Z_STR_P(value), "#N/A") && sf_csv_write(csv, sf_span_zstr(Z_STR_P(value)));
	case IS_OBJECT: return write_time(in->feed, value);
	default: return false;
	}
}

static bool is_nothing(const zval *value)
{
	return !value || Z_TYPE_P(value) == IS_NULL || (Z_TYPE_P(value) == IS_STRING && Z_STRLEN_P(value) == 0);
}

static bool find_unknown(struct ingest *in, HashTable *row)
{
	zend_string *name;

	ZEND_HASH_FOREACH_STR_KEY(row, name) {
		if (!name || !zend_hash_exists(&in->feed->known, name)) {
			return throw_row(in->feed->rows, name ? "has the column %s, which is none of the load's" : "has a value without a column's name%s", name ? ZSTR_VAL(name) : "");
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool write_row(struct ingest *in, HashTable *row)
{
	struct sf_bulk_feed *feed = in->feed;
	uint32_t found = 0;

	for (size_t i = 0; i < feed->column_count; i++) {
		zval *value = zend_hash_find(row, feed->columns[i]);

		found += value != NULL;
		if (value) {
			ZVAL_DEREF(value);
		}
		if (in->row_key && is_nothing(value) && zend_string_equals(feed->columns[i], in->row_key)) {
			return throw_row(feed->rows, "has no value for %s, by which this operation goes", ZSTR_VAL(in->row_key));
		}
		if (value ? !write_value(in, value) : !sf_csv_write(&feed->csv, SF_SPAN_NONE)) {
			return EG(exception) ? false : throw_row(feed->rows, "can't be sent: %s must be null, bool, int, a finite float, a text in UTF-8 other than #N/A, or a DateTimeInterface", ZSTR_VAL(feed->columns[i]));
		}
	}
	sf_csv_write_end(&feed->csv);
	if (feed->text.failed) {
		return throw_row(feed->rows, "is longer than %s", "4 MB");
	}
	return found == zend_hash_num_elements(row) || find_unknown(in, row);
}

/* ---- jobs ---- */

static bool job_json(struct ingest *in, struct sf_arena *arena, struct sf_span *json)
{
	struct sf_buf b;

	sf_buf_init(&b, arena, JSON_MAX);
	sf_buf_str(&b, "{\"object\":\"");
	sf_buf_span(&b, sf_span_zstr(in->object));
	sf_buf_str(&b, "\",\"operation\":\"");
	sf_buf_str(&b, in->operation);
	if (in->external_id) {
		sf_buf_str(&b, "\",\"externalIdFieldName\":\"");
		sf_buf_span(&b, sf_span_zstr(in->external_id));
	}
	sf_buf_str(&b, "\",\"contentType\":\"CSV\",\"lineEnding\":\"LF\",\"columnDelimiter\":\"COMMA\"}");
	return sf_buf_done(&b, json);
}

static bool tell_progress(struct ingest *in)
{
	zval counts, result;

	if (!ZEND_FCI_INITIALIZED(in->fci)) {
		return true;
	}
	sf_bulk_load_counts(in->load, &counts);
	add_assoc_long(&counts, "rows", (zend_long)in->feed->rows);
	add_assoc_long(&counts, "bytes", (zend_long)in->feed->bytes);
	in->fci.retval = &result;
	in->fci.params = &counts;
	in->fci.param_count = 1;
	ZVAL_UNDEF(&result);
	zend_call_function(&in->fci, &in->fcc);
	zval_ptr_dtor(&result);
	zval_ptr_dtor(&counts);
	return !EG(exception);
}

/* All but the last `keep` bytes of the text go to the spool. */
static bool flush(struct ingest *in, size_t keep)
{
	struct sf_bulk_feed *feed = in->feed;
	size_t n = feed->text.n - keep;

	if ((feed->spool.fd < 0 && !sf_spool_open(&feed->spool))) {
		return false;
	}
	if (!sf_spool_write(&feed->spool, (struct sf_span){ feed->text.p, n })) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, feed->spool.trouble);
		return false;
	}
	memmove(feed->text.p, feed->text.p + n, keep);
	feed->text.n = keep;
	return true;
}

/* What is in the spool becomes a job, which is open then. */
static bool upload(struct ingest *in)
{
	struct sf_http_source source = sf_spool_source(&in->feed->spool);
	struct sf_failure failure;
	struct sf_bulk_job job;
	struct sf_call call;
	struct sf_span json;
	struct sf_bulk b;
	bool ok;

	if (in->load->count == JOBS_MAX) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The rows are too many for 100 jobs; give them in several loads");
		return false;
	}
	if (!sf_call_begin(&call, in->self)) {
		return false;
	}
	b = sf_bulk_of(&call, SF_BULK_INGEST, &failure);
	sf_failure_set(&failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "No memory is left");
	ok = job_json(in, &call.arena, &json) && sf_bulk_load(&b, json, &source, &job);
	if (ok) {
		sf_bulk_load_add(in->load, &job);
		in->feed->bytes += (zend_ulong)in->feed->spool.n;
		in->feed->job_rows = 0;
		ok = sf_spool_clear(&in->feed->spool);
	} else if (!EG(exception)) {
		sf_throw_failure(&failure);
	}
	sf_call_end(&call);
	return ok && tell_progress(in);
}

/* The header once more, before a row that is in the text already. */
static bool begin_job(struct ingest *in)
{
	struct sf_bulk_feed *feed = in->feed;
	size_t row_n = feed->text.n;

	for (size_t i = 0; i < feed->column_count; i++) {
		sf_csv_write(&feed->csv, sf_span_zstr(feed->columns[i]));
	}
	sf_csv_write_end(&feed->csv);
	if (feed->text.failed || !sf_spool_write(&feed->spool, (struct sf_span){ feed->text.p + row_n, feed->header_n })) {
		return throw_row(feed->rows, "can't be kept in a temporary file%s", "");
	}
	feed->text.n = row_n;
	return true;
}

static bool feed_row(struct ingest *in, zval *row)
{
	struct sf_bulk_feed *feed = in->feed;
	size_t before, n;

	feed->rows++;
	ZVAL_DEREF(row);
	if (Z_TYPE_P(row) != IS_ARRAY) {
		return throw_row(feed->rows, "%s", "is no array of column => value");
	}
	if (!feed->columns && !take_columns(in, Z_ARRVAL_P(row))) {
		return false;
	}
	before = feed->text.n;
	if (!write_row(in, Z_ARRVAL_P(row))) {
		return false;
	}
	n = feed->text.n - before;
	if (n > ROW_MAX) {
		return throw_row(feed->rows, "is longer than %s", "4 MB");
	}
	if (feed->job_rows > 0 && feed->spool.n + (int64_t)feed->text.n > in->split && (!flush(in, n) || !upload(in) || !begin_job(in))) {
		return false;
	}
	feed->job_rows++;
	return feed->text.n < FLUSH || flush(in, 0);
}

static bool feed_array(struct ingest *in, zval *rows)
{
	bool ok = true;
	zval held, *row;

	ZVAL_COPY(&held, rows);
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL(held), row) {
		if (!(ok = feed_row(in, row))) {
			break;
		}
	} ZEND_HASH_FOREACH_END();
	zval_ptr_dtor(&held);
	return ok;
}

static bool feed_iterator(struct ingest *in, zval *rows)
{
	zend_object_iterator *it = Z_OBJCE_P(rows)->get_iterator(Z_OBJCE_P(rows), rows, 0);
	bool ok = it && !EG(exception);

	if (ok && it->funcs->rewind) {
		it->funcs->rewind(it);
		ok = !EG(exception);
	}
	while (ok && it->funcs->valid(it) == SUCCESS && !EG(exception)) {
		zval *row = it->funcs->get_current_data(it), held;

		if (!row || EG(exception)) {
			break;
		}
		ZVAL_COPY(&held, row);
		ok = feed_row(in, &held);
		zval_ptr_dtor(&held);
		if (ok) {
			it->funcs->move_forward(it);
			ok = !EG(exception);
		}
	}
	if (it) {
		zend_iterator_dtor(it);
	}
	return ok && !EG(exception);
}

static size_t running(const struct sf_bulk_load *load)
{
	size_t n = 0;

	for (size_t i = 0; i < load->count; i++) {
		n += load->jobs[i].state == SF_BULK_UPLOAD_COMPLETE || load->jobs[i].state == SF_BULK_IN_PROGRESS;
	}
	return n;
}

/* One after the other, as many at a time as were wanted. Until the first of them is closed nothing has happened in the org. */
static bool close_all(struct ingest *in)
{
	int64_t deadline = sf_api_clock() + CLOSE_MS;
	long pause = 0;

	for (size_t i = 0; i < in->load->count; i++) {
		while (running(in->load) >= (size_t)in->limit) {
			bool again;

			sf_bulk_pause(&pause, deadline);
			/* (an open job is asked about too, which does no harm) */
			if (!sf_bulk_load_look(in->load, &again)) {
				if (!again || sf_api_clock() >= deadline) {
					return false;
				}
				zend_clear_exception();
			} else if (!tell_progress(in)) {
				return false;
			}
		}
		pause = 0;
		if (!sf_bulk_load_close(in->load, i)) {
			return false;
		}
	}
	return true;
}

/* An exception waits while the jobs that have not been closed are aborted. One that ends the request doesn't: open jobs do nothing. */
static void give_up(struct ingest *in)
{
	zend_object *exception = EG(exception);

	if (!exception || zend_is_unwind_exit(exception)) {
		return;
	}
	EG(exception) = NULL;
	sf_bulk_load_abort(in->load, true);
	if (EG(exception)) {
		zend_clear_exception();
	}
	EG(exception) = exception;
}

static bool ingest(struct ingest *in, zval *rows)
{
	if (in->columns && !take_columns(in, NULL)) {
		return false;
	}
	if (!(Z_TYPE_P(rows) == IS_ARRAY ? feed_array(in, rows) : feed_iterator(in, rows))) {
		return false;
	}
	if (in->feed->job_rows > 0 && (!flush(in, 0) || !upload(in))) {
		return false;
	}
	/* what the object is called by must be known before anything is closed */
	sf_bulk_load_done(in->load);
	return close_all(in) && tell_progress(in);
}

static const char *operation_of(zval *operation)
{
	return Z_STRVAL_P(zend_enum_fetch_case_value(Z_OBJ_P(operation)));
}

static bool check_key(const struct ingest *in, const zend_string *external_id, const zend_string *key)
{
	bool upsert = strcmp(in->operation, "upsert") == 0;

	if (upsert != (external_id != NULL)) {
		zend_argument_value_error(4, upsert ? "must be given for an upsert" : "must be null, but for an upsert");
		return false;
	}
	if (external_id && !sf_check_api_name(external_id, 4)) {
		return false;
	}
	if (key && !is_column(sf_span_zstr(key))) {
		zend_argument_value_error(5, "must be the name of a column");
		return false;
	}
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Client, ingest)
{
	struct ingest in = { .self = ZEND_THIS, .split = 100000000, .limit = 5, .fci = empty_fcall_info, .fcc = empty_fcall_info_cache };
	zend_string *external_id = NULL, *key = NULL, *id = NULL;
	zval *operation, *rows;

	ZEND_PARSE_PARAMETERS_START(3, 9)
		Z_PARAM_STR(in.object)
		Z_PARAM_OBJECT_OF_CLASS(operation, sf_ce_operation)
		Z_PARAM_ITERABLE(rows)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(external_id)
		Z_PARAM_STR_OR_NULL(key)
		Z_PARAM_ARRAY_HT_OR_NULL(in.columns)
		Z_PARAM_LONG(in.split)
		Z_PARAM_LONG(in.limit)
		Z_PARAM_FUNC_OR_NULL(in.fci, in.fcc)
	ZEND_PARSE_PARAMETERS_END();
	in.operation = operation_of(operation);
	if (!sf_check_api_name(in.object, 1) || !check_key(&in, external_id, key)) {
		RETURN_THROWS();
	}
	if (in.split < SPLIT_MIN || in.split > SPLIT_MAX) {
		zend_argument_value_error(7, "must be between %d and %d", SPLIT_MIN, SPLIT_MAX);
		RETURN_THROWS();
	}
	if (in.limit < 1 || in.limit > LIMIT_MAX) {
		zend_argument_value_error(8, "must be between 1 and %d", LIMIT_MAX);
		RETURN_THROWS();
	}
	id = ZSTR_INIT_LITERAL("Id", 0);
	in.external_id = external_id;
	in.row_key = external_id ? external_id : strcmp(in.operation, "insert") == 0 ? NULL : id;
	in.load = sf_bulk_load_new(return_value, ZEND_THIS, key ? key : in.row_key);
	in.load->feed = in.feed = feed_new();
	if (!ingest(&in, rows)) {
		give_up(&in);
	}
	in.load->feed = NULL;
	sf_bulk_feed_free(in.feed);
	zend_string_release(id);
}

/* ---- a load that another process has begun ---- */

/* The job of this id, as Salesforce knows it now. */
static bool add_known(struct sf_bulk_load *load, zval *client, const char *id)
{
	struct sf_failure failure;
	struct sf_bulk_job job;
	struct sf_call call;
	struct sf_bulk b;
	bool ok;

	if (!sf_call_begin(&call, client)) {
		return false;
	}
	b = sf_bulk_of(&call, SF_BULK_INGEST, &failure);
	ok = sf_bulk_look(&b, id, &job);
	if (ok) {
		sf_bulk_load_add(load, &job);
		if (!load->key && strcmp(job.operation, "insert") != 0) {
			const char *key = job.external_id[0] ? job.external_id : "Id";

			load->key = zend_string_init(key, strlen(key), 0);
		}
	} else if (!EG(exception)) {
		sf_throw_failure(&failure);
	}
	sf_call_end(&call);
	return ok;
}

static bool check_ids(const zend_string *id)
{
	for (size_t i = 0; i < ZSTR_LEN(id); i++) {
		char c = ZSTR_VAL(id)[i];
		bool alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (i % (SF_BULK_ID + 1) == SF_BULK_ID ? c != ',' : !alnum) {
			return false;
		}
	}
	return ZSTR_LEN(id) == 0 || (ZSTR_LEN(id) % (SF_BULK_ID + 1) == SF_BULK_ID && ZSTR_LEN(id) / (SF_BULK_ID + 1) < JOBS_MAX);
}

ZEND_METHOD(Samlforce_Salesforce_Client, bulkJob)
{
	zend_string *id, *key = NULL;
	struct sf_bulk_load *load;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(id)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(key)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_ids(id)) {
		zend_argument_value_error(1, "must be what BulkJob::$id was: ids of 18 letters and digits, with commas between them");
		RETURN_THROWS();
	}
	if (key && !is_column(sf_span_zstr(key))) {
		zend_argument_value_error(2, "must be the name of a column");
		RETURN_THROWS();
	}
	load = sf_bulk_load_new(return_value, ZEND_THIS, key);
	for (size_t at = 0; at < ZSTR_LEN(id); at += SF_BULK_ID + 1) {
		char one[SF_BULK_ID + 1] = "";

		memcpy(one, ZSTR_VAL(id) + at, SF_BULK_ID);
		if (!add_known(load, ZEND_THIS, one)) {
			RETURN_THROWS();
		}
	}
	sf_bulk_load_done(load);
}

/* ---- queries ---- */

static bool query_json(struct sf_call *call, struct sf_span soql, bool all, struct sf_span *json)
{
	char *escaped = sf_arena_alloc(&call->arena, SF_JSON_ESCAPED(soql.n) + 1);
	struct sf_buf b;

	if (!escaped) {
		return false;
	}
	sf_buf_init(&b, &call->arena, SF_JSON_ESCAPED(soql.n) + 64);
	sf_buf_str(&b, all ? "{\"operation\":\"queryAll\",\"query\":\"" : "{\"operation\":\"query\",\"query\":\"");
	sf_buf_add(&b, escaped, sf_json_escape(soql, escaped));
	sf_buf_str(&b, "\"}");
	return sf_buf_done(&b, json);
}

static bool start_query(zval *self, zend_string *soql, HashTable *parameters, bool all, struct sf_bulk_job *job)
{
	struct sf_failure failure;
	struct sf_span bound, json;
	struct sf_call call;
	struct sf_bulk b;
	bool ok;

	if (!sf_call_begin(&call, self)) {
		return false;
	}
	b = sf_bulk_of(&call, SF_BULK_QUERY, &failure);
	sf_failure_set(&failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The query is too long");
	ok = sf_soql_from_php(soql, parameters, &call.arena, &bound) && query_json(&call, bound, all, &json) && sf_bulk_create(&b, json, job);
	if (!ok && !EG(exception)) {
		sf_throw_failure(&failure);
	}
	sf_call_end(&call);
	return ok;
}

ZEND_METHOD(Samlforce_Salesforce_Client, bulkQuery)
{
	zend_long page_rows = 100000, timeout = 3600000;
	HashTable *parameters = NULL;
	struct sf_bulk_job job;
	zend_string *soql;
	bool all = false;

	ZEND_PARSE_PARAMETERS_START(1, 5)
		Z_PARAM_STR(soql)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(parameters)
		Z_PARAM_BOOL(all)
		Z_PARAM_LONG(page_rows)
		Z_PARAM_LONG(timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (page_rows < 1 || page_rows > 10000000) {
		zend_argument_value_error(4, "must be between 1 and 10000000");
		RETURN_THROWS();
	}
	if (timeout < 100 || timeout > CLOSE_MS) {
		zend_argument_value_error(5, "must be between 100 and %d", CLOSE_MS);
		RETURN_THROWS();
	}
	if (start_query(ZEND_THIS, soql, parameters, all, &job)) {
		sf_bulk_rows_new(return_value, ZEND_THIS, SF_BULK_RESULTS, &job, 1, NULL, page_rows, timeout);
	}
}
