/*
 * Bulk API 2.0: jobs that load rows into Salesforce, or query them, as CSV. What is done here is one step of a job at a time, each safe to
 * be interrupted:
 *
 * Salesforce looks at no row before it is told that the upload is complete, and takes data once a job. So an upload that ended in doubt is
 * given up with its job, which is aborted, and goes to a new job: whatever of it had arrived is never looked at. No row is lost, and none
 * is loaded twice. Whether a job whose end was told in doubt has been closed can be asked, and is.
 */
#ifndef SF_SALESFORCE_BULK_H
#define SF_SALESFORCE_BULK_H

#include "salesforce/api.h"

#define SF_BULK_ID 18
#define SF_BULK_NAME 256
#define SF_BULK_UPLOADS 3  /* of the same rows, each to a job of its own */
#define SF_BULK_FETCHES 3  /* of the same results */
#define SF_BULK_LOCATOR 256

enum sf_bulk_kind {
	SF_BULK_INGEST,
	SF_BULK_QUERY,
};

/* In this order a job goes from one to the next; the last three are ends. */
enum sf_bulk_state {
	SF_BULK_OPEN,
	SF_BULK_UPLOAD_COMPLETE,
	SF_BULK_IN_PROGRESS,
	SF_BULK_JOB_COMPLETE,
	SF_BULK_FAILED,
	SF_BULK_ABORTED,
};

struct sf_bulk_job {
	char id[SF_BULK_ID + 1];
	enum sf_bulk_state state;
	int64_t processed; /* rows that Salesforce has looked at, the failed ones too */
	int64_t failed;
	char operation[SF_FAILURE_CODE];
	char external_id[SF_BULK_NAME]; /* the field that an upsert goes by, or empty */
	char error[SF_FAILURE_MESSAGE]; /* why it failed, or empty */
};

/* What all calls of one job share. */
struct sf_bulk {
	struct sf_api *api;
	const struct sf_credentials *credentials;
	enum sf_bulk_kind kind;
	const char *version; /* NN.0: the results of a query are given to the version that asked for them */
	long timeout_ms;     /* of one call; for data: of a standstill */
	long connect_ms;
	long first_byte_ms;
	struct sf_arena *arena;
	struct sf_failure *failure;
};

/* All of these are false, and set the failure, if Salesforce didn't do it. */

/* `json`: what the job is to be. */
bool sf_bulk_create(const struct sf_bulk *b, struct sf_span json, struct sf_bulk_job *job);

/* Creates a job and uploads its rows; it is open then. The source must have its rewind. */
bool sf_bulk_load(const struct sf_bulk *b, struct sf_span json, const struct sf_http_source *rows, struct sf_bulk_job *job);

/* Tells that the upload is complete. */
bool sf_bulk_close(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job);

/* True too if the job had ended before. */
bool sf_bulk_abort(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job);

bool sf_bulk_look(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job);
bool sf_bulk_delete(const struct sf_bulk *b, const char *id);

/* Where results go: write() as in sf_http_sink; restart() forgets what has been written. */
struct sf_bulk_sink {
	struct sf_http_sink sink;
	bool (*restart)(void *arg);
};

/* What "…/ID/WHAT" gives, from the locator on (empty: from the start), at most max_records rows (0: as many as Salesforce gives). locator becomes the next one, or empty. */
bool sf_bulk_fetch(const struct sf_bulk *b, const char *id, const char *what, long max_records, const struct sf_bulk_sink *sink, char locator[SF_BULK_LOCATOR]);

/* What sf__Error says of a row: `CODE:message:Field,Field --`, or `CODE:message:--`. */
void sf_bulk_row_failure(struct sf_span text, struct sf_arena *arena, struct sf_failure *failure);

/* What a job's errorMessage says: `InvalidBatch : Field name not found : X`. */
void sf_bulk_job_failure(const struct sf_bulk_job *job, struct sf_failure *failure);

#endif
