/* Samlforce\Salesforce\BulkJob, Operation and BulkState */
#include "bulk.h"

#include "zend_enum.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "bulk_arginfo.h"

#define PAUSE_FIRST_MS 500
#define PAUSE_MAX_MS 30000
#define WAIT_MIN_MS 100
#define WAIT_MAX_MS 86400000

zend_class_entry *sf_ce_operation;
static zend_class_entry *ce_job, *ce_state;
static zend_object_handlers handlers;

void sf_register_bulk_rows(zend_class_entry *ce);

static const char *const state_names[] = { "Open", "UploadComplete", "InProgress", "JobComplete", "Failed", "Aborted" };

static struct sf_bulk_load *from_object(zend_object *object)
{
	return (struct sf_bulk_load *)((char *)object - offsetof(struct sf_bulk_load, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct sf_bulk_load *load = zend_object_alloc(sizeof(*load), ce);

	zend_object_std_init(&load->std, ce);
	object_properties_init(&load->std, ce);
	load->std.handlers = &handlers;
	ZVAL_UNDEF(&load->client);
	return &load->std;
}

static void free_object(zend_object *object)
{
	struct sf_bulk_load *load = from_object(object);

	zval_ptr_dtor(&load->client);
	if (load->key) {
		zend_string_release(load->key);
	}
	if (load->jobs) {
		efree(load->jobs);
	}
	if (load->feed) {
		sf_bulk_feed_free(load->feed);
	}
	zend_object_std_dtor(object);
}

struct sf_bulk sf_bulk_of(struct sf_call *call, enum sf_bulk_kind kind, struct sf_failure *failure)
{
	return (struct sf_bulk){ .api = call->api, .credentials = call->credentials, .kind = kind, .version = call->client->version, .timeout_ms = call->client->timeout_ms,
		.connect_ms = call->client->connect_ms, .first_byte_ms = call->client->first_byte_ms, .arena = &call->arena, .failure = failure };
}

struct sf_bulk_load *sf_bulk_load_new(zval *object, zval *client, zend_string *key)
{
	struct sf_bulk_load *load;

	object_init_ex(object, ce_job);
	load = from_object(Z_OBJ_P(object));
	ZVAL_COPY(&load->client, client);
	load->key = key ? zend_string_copy(key) : NULL;
	return load;
}

void sf_bulk_load_add(struct sf_bulk_load *load, const struct sf_bulk_job *job)
{
	if (load->count == load->room) {
		load->room = load->room ? 2 * load->room : 4;
		load->jobs = safe_erealloc(load->jobs, load->room, sizeof(*load->jobs), 0);
	}
	load->jobs[load->count++] = *job;
}

void sf_bulk_load_done(struct sf_bulk_load *load)
{
	zend_string *id = zend_string_alloc(load->count ? load->count * (SF_BULK_ID + 1) - 1 : 0, 0);

	for (size_t i = 0; i < load->count; i++) {
		memcpy(ZSTR_VAL(id) + i * (SF_BULK_ID + 1), load->jobs[i].id, SF_BULK_ID);
		ZSTR_VAL(id)[i * (SF_BULK_ID + 1) + SF_BULK_ID] = ',';
	}
	ZSTR_VAL(id)[ZSTR_LEN(id)] = '\0';
	sf_init_string(&load->std, "id", sf_span_zstr(id));
	sf_init_string_or_null(&load->std, "key", load->key ? sf_span_zstr(load->key) : SF_SPAN_NONE);
	zend_string_release(id);
}

size_t sf_bulk_load_ended(const struct sf_bulk_load *load)
{
	size_t ended = 0;

	for (size_t i = 0; i < load->count; i++) {
		ended += sf_bulk_ended(&load->jobs[i]);
	}
	return ended;
}

void sf_bulk_load_counts(const struct sf_bulk_load *load, zval *counts)
{
	int64_t processed = 0, failed = 0;

	for (size_t i = 0; i < load->count; i++) {
		processed += load->jobs[i].processed;
		failed += load->jobs[i].failed;
	}
	array_init(counts);
	add_assoc_long(counts, "jobs", (zend_long)load->count);
	add_assoc_long(counts, "ended", (zend_long)sf_bulk_load_ended(load));
	add_assoc_long(counts, "processed", (zend_long)processed);
	add_assoc_long(counts, "failed", (zend_long)failed);
}

/* One step of one job, in a call of its own. What was known of the job before is not lost to an answer that says less. */
static bool step(struct sf_bulk_load *load, size_t i, bool (*what)(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job), struct sf_failure *failure)
{
	struct sf_bulk_job job;
	struct sf_call call;
	struct sf_bulk b;
	bool ok;

	sf_failure_set(failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "");
	if (!sf_call_begin(&call, &load->client)) {
		return false;
	}
	b = sf_bulk_of(&call, SF_BULK_INGEST, failure);
	ok = what(&b, load->jobs[i].id, &job);
	if (ok) {
		job.processed = MAX(job.processed, load->jobs[i].processed);
		job.failed = MAX(job.failed, load->jobs[i].failed);
		load->jobs[i] = job;
	} else if (!EG(exception)) {
		sf_throw_failure(failure); /* while the arena has the names of its fields */
	}
	sf_call_end(&call);
	return ok;
}

bool sf_bulk_load_look(struct sf_bulk_load *load, bool *again)
{
	struct sf_failure failure;

	*again = false;
	for (size_t i = 0; i < load->count; i++) {
		if (!sf_bulk_ended(&load->jobs[i]) && !step(load, i, sf_bulk_look, &failure)) {
			*again = failure.action == SF_ACTION_RETRY && failure.reason != SF_REASON_TOKEN_STORE;
			return false;
		}
	}
	return true;
}

bool sf_bulk_load_close(struct sf_bulk_load *load, size_t i)
{
	struct sf_failure failure;

	return step(load, i, sf_bulk_close, &failure);
}

void sf_bulk_load_abort(struct sf_bulk_load *load, bool quietly)
{
	struct sf_failure failure;

	for (size_t i = 0; i < load->count; i++) {
		if (sf_bulk_ended(&load->jobs[i]) || (quietly && load->jobs[i].state != SF_BULK_OPEN) || step(load, i, sf_bulk_abort, &failure)) {
			continue;
		}
		if (!quietly) {
			return;
		}
		zend_clear_exception();
	}
}

void sf_bulk_pause(long *pause_ms, int64_t deadline)
{
	int64_t left = deadline - sf_api_clock();

	*pause_ms = *pause_ms ? MIN(*pause_ms * 3 / 2, PAUSE_MAX_MS) : PAUSE_FIRST_MS;
	sf_api_pause((long)MAX(MIN(*pause_ms, left * 2 / 3), 1));
}

/* ---- the class ---- */

static struct sf_bulk_load *self_of(zval *self)
{
	return from_object(Z_OBJ_P(self));
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, __construct)
{
	ZEND_PARSE_PARAMETERS_NONE();
	(void)return_value;
}

static enum sf_bulk_state state_of(const struct sf_bulk_load *load)
{
	enum sf_bulk_state least = SF_BULK_JOB_COMPLETE, worst = SF_BULK_JOB_COMPLETE;
	bool begun = false;

	for (size_t i = 0; i < load->count; i++) {
		least = MIN(least, load->jobs[i].state);
		worst = worst == SF_BULK_FAILED ? worst : MAX(worst, load->jobs[i].state);
		worst = load->jobs[i].state == SF_BULK_FAILED ? SF_BULK_FAILED : worst;
		begun |= load->jobs[i].state > SF_BULK_UPLOAD_COMPLETE;
	}
	if (least == SF_BULK_UPLOAD_COMPLETE && begun) {
		return SF_BULK_IN_PROGRESS;
	}
	return least < SF_BULK_JOB_COMPLETE ? least : worst;
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, state)
{
	bool again;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!sf_bulk_load_look(self_of(ZEND_THIS), &again)) {
		RETURN_THROWS();
	}
	RETURN_OBJ_COPY(zend_enum_get_case_cstr(ce_state, state_names[state_of(self_of(ZEND_THIS))]));
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, counts)
{
	ZEND_PARSE_PARAMETERS_NONE();
	sf_bulk_load_counts(self_of(ZEND_THIS), return_value);
}

static void tell_end(const struct sf_bulk_load *load)
{
	for (size_t i = 0; i < load->count; i++) {
		if (load->jobs[i].state == SF_BULK_FAILED || load->jobs[i].state == SF_BULK_ABORTED) {
			struct sf_failure failure;

			sf_bulk_job_failure(&load->jobs[i], &failure);
			sf_throw_failure(&failure);
			return;
		}
	}
}

/* False if the callback has thrown. */
static bool tell_progress(const struct sf_bulk_load *load, zend_fcall_info *fci, zend_fcall_info_cache *fcc)
{
	zval counts, result;

	if (!ZEND_FCI_INITIALIZED(*fci)) {
		return true;
	}
	sf_bulk_load_counts(load, &counts);
	fci->retval = &result;
	fci->params = &counts;
	fci->param_count = 1;
	ZVAL_UNDEF(&result);
	zend_call_function(fci, fcc);
	zval_ptr_dtor(&result);
	zval_ptr_dtor(&counts);
	return !EG(exception);
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, wait)
{
	zend_fcall_info fci = empty_fcall_info;
	zend_fcall_info_cache fcc = empty_fcall_info_cache;
	struct sf_bulk_load *load = self_of(ZEND_THIS);
	zend_long timeout = 3600000;
	int64_t deadline;
	long pause = 0;
	bool again;

	ZEND_PARSE_PARAMETERS_START(0, 2)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(timeout)
		Z_PARAM_FUNC_OR_NULL(fci, fcc)
	ZEND_PARSE_PARAMETERS_END();
	if (timeout < WAIT_MIN_MS || timeout > WAIT_MAX_MS) {
		zend_argument_value_error(1, "must be between %d and %d", WAIT_MIN_MS, WAIT_MAX_MS);
		RETURN_THROWS();
	}
	deadline = sf_api_clock() + timeout;
	for (;;) {
		if (!sf_bulk_load_look(load, &again)) {
			if (!again || sf_api_clock() >= deadline) {
				RETURN_THROWS();
			}
			zend_clear_exception(); /* what can be asked again is asked again, as long as there is time */
		} else if (!tell_progress(load, &fci, &fcc)) {
			RETURN_THROWS();
		}
		if (sf_bulk_load_ended(load) == load->count) {
			tell_end(load);
			return;
		}
		if (sf_api_clock() >= deadline) {
			sf_throw_reason(SF_REASON_TIMED_OUT, SF_ACTION_RETRY, "The bulk load has not ended yet; it goes on, and can be waited for again");
			RETURN_THROWS();
		}
		sf_bulk_pause(&pause, deadline);
	}
}

static void give_rows(zval *self, enum sf_bulk_what what, zval *return_value)
{
	struct sf_bulk_load *load = self_of(self);

	sf_bulk_rows_new(return_value, &load->client, what, load->jobs, load->count, load->key, 0, 0);
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, successful)
{
	ZEND_PARSE_PARAMETERS_NONE();
	give_rows(ZEND_THIS, SF_BULK_SUCCESSFUL, return_value);
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, failed)
{
	ZEND_PARSE_PARAMETERS_NONE();
	give_rows(ZEND_THIS, SF_BULK_FAILED_ROWS, return_value);
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, unprocessed)
{
	ZEND_PARSE_PARAMETERS_NONE();
	give_rows(ZEND_THIS, SF_BULK_UNPROCESSED, return_value);
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, abort)
{
	ZEND_PARSE_PARAMETERS_NONE();
	(void)return_value;
	sf_bulk_load_abort(self_of(ZEND_THIS), false);
}

static bool delete_job(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job)
{
	memset(job, 0, sizeof(*job));
	memcpy(job->id, id, SF_BULK_ID);
	job->state = SF_BULK_ABORTED;
	return sf_bulk_delete(b, id);
}

ZEND_METHOD(Samlforce_Salesforce_BulkJob, delete)
{
	struct sf_bulk_load *load = self_of(ZEND_THIS);
	struct sf_failure failure;

	ZEND_PARSE_PARAMETERS_NONE();
	(void)return_value;
	for (size_t i = 0; i < load->count; i++) {
		struct sf_bulk_job before = load->jobs[i];

		if (!step(load, i, delete_job, &failure)) {
			RETURN_THROWS();
		}
		load->jobs[i] = before;
	}
}

void sf_register_bulk(void)
{
	sf_ce_operation = register_class_Samlforce_Salesforce_Operation();
	ce_state = register_class_Samlforce_Salesforce_BulkState();
	ce_job = register_class_Samlforce_Salesforce_BulkJob();
	ce_job->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct sf_bulk_load, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
	sf_register_bulk_rows(register_class_Samlforce_Salesforce_BulkRows(zend_ce_iterator));
}
