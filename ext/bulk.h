/* What the files about bulk jobs share. */
#ifndef BULK_H
#define BULK_H

#include "client.h"
#include "spool.h"

extern zend_class_entry *sf_ce_operation;

/* The core's view of a call. `failure` is where it says what went wrong; sf_throw_failure() throws it. */
struct sf_bulk sf_bulk_of(struct sf_call *call, enum sf_bulk_kind kind, struct sf_failure *failure);

/* ---- ext/bulk_job.c ---- */

struct sf_bulk_load {
	zval client;
	struct sf_bulk_job *jobs;
	size_t count;
	size_t room;
	zend_string *key; /* or NULL */
	struct sf_bulk_feed *feed; /* ext/client_bulk.c: while rows are being sent */
	zend_object std;
};

/* A BulkJob without jobs. The client is kept, and the key (or NULL) copied. */
struct sf_bulk_load *sf_bulk_load_new(zval *object, zval *client, zend_string *key);
void sf_bulk_load_add(struct sf_bulk_load *load, const struct sf_bulk_job *job);

void sf_bulk_feed_free(struct sf_bulk_feed *feed);

/* The id and the key become readable: no more jobs will come. */
void sf_bulk_load_done(struct sf_bulk_load *load);

/* Asks about every job that has not ended. False, and an exception; *again: it may be asked again. */
bool sf_bulk_load_look(struct sf_bulk_load *load, bool *again);

/* Ends every job that has not ended, and says what goes wrong; or, quietly, those of which no row has been looked at. */
void sf_bulk_load_abort(struct sf_bulk_load *load, bool quietly);

/* Tells Salesforce that the upload of this job is complete. False, and an exception. */
bool sf_bulk_load_close(struct sf_bulk_load *load, size_t i);

size_t sf_bulk_load_ended(const struct sf_bulk_load *load);
void sf_bulk_load_counts(const struct sf_bulk_load *load, zval *counts);

static inline bool sf_bulk_ended(const struct sf_bulk_job *job)
{
	return job->state >= SF_BULK_JOB_COMPLETE;
}

/* A pause that grows from half a second to 30. */
void sf_bulk_pause(long *pause_ms, int64_t deadline);

/* ---- ext/bulk_rows.c ---- */

enum sf_bulk_what {
	SF_BULK_SUCCESSFUL,
	SF_BULK_FAILED_ROWS,
	SF_BULK_UNPROCESSED,
	SF_BULK_RESULTS, /* of a query */
};

/* The results of these jobs, of which it makes copies. deadline_ms: how long a query is waited for. */
void sf_bulk_rows_new(zval *object, zval *client, enum sf_bulk_what what, const struct sf_bulk_job *jobs, size_t count, zend_string *key, zend_long page_rows, zend_long wait_ms);

/* Into `reason` and `action`: the cases of the enums. */
void sf_failure_cases(const struct sf_failure *failure, zval *reason, zval *action);

#endif
