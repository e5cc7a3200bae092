#include "salesforce/bulk.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/json.h"

#define PAUSE_MS 500
#define CLOSES 4

/* ---- what Salesforce tells of a job ---- */

static const char *const states[] = {
	[SF_BULK_OPEN] = "Open",
	[SF_BULK_UPLOAD_COMPLETE] = "UploadComplete",
	[SF_BULK_IN_PROGRESS] = "InProgress",
	[SF_BULK_JOB_COMPLETE] = "JobComplete",
	[SF_BULK_FAILED] = "Failed",
	[SF_BULK_ABORTED] = "Aborted",
};

/* A name; one that is longer than any is as good as none. False if there is no memory. */
static bool take_name(const struct sf_json *j, struct sf_arena *arena, char *out, size_t room)
{
	char *text = sf_arena_alloc(arena, j->raw.n + 1);
	size_t n = text ? sf_json_decode(j, text) : 0;

	if (text && n < room && !memchr(text, '\0', n)) {
		memcpy(out, text, n);
		out[n] = '\0';
	}
	return text != NULL;
}

/* A sentence for a person. */
static bool take_sentence(const struct sf_json *j, struct sf_arena *arena, char out[SF_FAILURE_MESSAGE])
{
	char *text = sf_arena_alloc(arena, j->raw.n + 1);
	struct sf_failure cut;

	if (text) {
		sf_failure_message(&cut, (struct sf_span){ text, sf_json_decode(j, text) });
		memcpy(out, cut.message, SF_FAILURE_MESSAGE);
	}
	return text != NULL;
}

/* 18 letters and digits: it goes into paths. */
static bool take_id(const struct sf_json *j, char out[SF_BULK_ID + 1])
{
	if (j->raw.n != SF_BULK_ID) {
		return false;
	}
	for (size_t i = 0; i < SF_BULK_ID; i++) {
		char c = j->raw.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
			return false;
		}
	}
	memcpy(out, j->raw.p, SF_BULK_ID);
	out[SF_BULK_ID] = '\0';
	return true;
}

static bool take_state(const struct sf_json *j, enum sf_bulk_state *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (sf_json_is(j, states[i])) {
			*state = (enum sf_bulk_state)i;
			return true;
		}
	}
	return false;
}

static bool take_count(const struct sf_json *j, int64_t *count)
{
	*count = 0;
	for (size_t i = 0; i < j->raw.n; i++) {
		if (j->raw.p[i] < '0' || j->raw.p[i] > '9' || *count > INT64_C(1000000000000)) {
			return false;
		}
		*count = *count * 10 + (j->raw.p[i] - '0');
	}
	return j->raw.n > 0;
}

/* After the name of a member of this job. */
static bool take_member(struct sf_json *j, struct sf_arena *arena, struct sf_bulk_job *job, unsigned *seen)
{
	const struct sf_json name = *j;
	enum sf_json_token token = sf_json_next(j);

	if (token == SF_JSON_STRING && sf_json_is(&name, "id")) {
		*seen |= 1;
		return take_id(j, job->id);
	}
	if (token == SF_JSON_STRING && sf_json_is(&name, "state")) {
		*seen |= 2;
		return take_state(j, &job->state);
	}
	if (token == SF_JSON_STRING && sf_json_is(&name, "operation")) {
		return take_name(j, arena, job->operation, sizeof(job->operation));
	}
	if (token == SF_JSON_STRING && sf_json_is(&name, "externalIdFieldName")) {
		return take_name(j, arena, job->external_id, sizeof(job->external_id));
	}
	if (token == SF_JSON_STRING && sf_json_is(&name, "errorMessage")) {
		return take_sentence(j, arena, job->error);
	}
	if (token == SF_JSON_NUMBER && sf_json_is(&name, "numberRecordsProcessed")) {
		return take_count(j, &job->processed);
	}
	if (token == SF_JSON_NUMBER && sf_json_is(&name, "numberRecordsFailed")) {
		return take_count(j, &job->failed);
	}
	return sf_json_skip(j, token);
}

static bool read_job(const struct sf_bulk *b, const struct sf_http_answer *answer, struct sf_bulk_job *job)
{
	enum sf_json_token token;
	unsigned seen = 0;
	struct sf_json j;
	bool ok;

	memset(job, 0, sizeof(*job));
	sf_json_init(&j, answer->body);
	ok = sf_json_next(&j) == SF_JSON_OBJECT;
	while (ok && (token = sf_json_next(&j)) != SF_JSON_OBJECT_END) {
		ok = token == SF_JSON_NAME && take_member(&j, b->arena, job, &seen);
	}
	if (ok && seen == 3 && sf_json_next(&j) == SF_JSON_END) {
		return true;
	}
	sf_failure_set(b->failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "What Salesforce told of the bulk job is not what its documentation says");
	b->failure->http_status = answer->status;
	return false;
}

/* ---- calls ---- */

/* Of /services/data/vNN.N/jobs/KIND[/ID[/WHAT]]. */
static void start_path(const struct sf_bulk *b, struct sf_buf *path, const char *id, const char *what)
{
	sf_buf_init(path, b->arena, SF_HTTP_PATH_MAX);
	sf_buf_str(path, "/services/data/v");
	sf_buf_str(path, b->version);
	sf_buf_str(path, b->kind == SF_BULK_INGEST ? "/jobs/ingest" : "/jobs/query");
	if (id) {
		sf_buf_char(path, '/');
		sf_buf_str(path, id);
	}
	if (what) {
		sf_buf_char(path, '/');
		sf_buf_str(path, what);
	}
}

static bool send(const struct sf_bulk *b, struct sf_buf *path, struct sf_api_call *call, struct sf_http_answer *answer)
{
	call->credentials = b->credentials;
	call->unsure = SF_ACTION_RETRY; /* see above: there is nothing here that a repeat would do twice */
	call->timeout_ms = b->timeout_ms;
	call->connect_ms = b->connect_ms;
	call->first_byte_ms = b->first_byte_ms;
	if (!sf_buf_done(path, &call->path)) {
		return sf_failure_set(b->failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The path of the request is too long");
	}
	return sf_api_send(b->api, call, b->arena, answer, b->failure);
}

bool sf_bulk_create(const struct sf_bulk *b, struct sf_span json, struct sf_bulk_job *job)
{
	/* a second job would be an open one without data, which does nothing and goes away by itself, or a query more */
	struct sf_api_call call = { .method = "POST", .body = json, .repeatable = true };
	struct sf_http_answer answer = { 0 };
	struct sf_buf path;

	start_path(b, &path, NULL, NULL);
	return send(b, &path, &call, &answer) && read_job(b, &answer, job);
}

bool sf_bulk_look(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job)
{
	struct sf_api_call call = { .method = "GET", .repeatable = true };
	struct sf_http_answer answer = { 0 };
	struct sf_buf path;

	start_path(b, &path, id, NULL);
	return send(b, &path, &call, &answer) && read_job(b, &answer, job);
}

bool sf_bulk_delete(const struct sf_bulk *b, const char *id)
{
	struct sf_api_call call = { .method = "DELETE", .gone_is_done = true };
	struct sf_http_answer answer = { 0 };
	struct sf_buf path;

	start_path(b, &path, id, NULL);
	return send(b, &path, &call, &answer);
}

/* One attempt: a repeat would be told that the job is in this state already. */
static bool change(const struct sf_bulk *b, const char *id, struct sf_span json, struct sf_bulk_job *job)
{
	struct sf_api_call call = { .method = "PATCH", .body = json };
	struct sf_http_answer answer = { 0 };
	struct sf_buf path;

	start_path(b, &path, id, NULL);
	return send(b, &path, &call, &answer) && read_job(b, &answer, job);
}

/* Until the job is in that state or behind it. What was answered to an attempt counts less than the state that the job is in. */
static bool bring_to(const struct sf_bulk *b, const char *id, struct sf_span json, enum sf_bulk_state state, struct sf_bulk_job *job)
{
	for (int i = 0;; i++) {
		struct sf_failure first;

		if (change(b, id, json, job)) {
			return true;
		}
		first = *b->failure;
		if (sf_bulk_look(b, id, job) && job->state >= state) {
			return true;
		}
		*b->failure = first;
		if (first.action != SF_ACTION_RETRY || i + 1 == CLOSES) {
			return false;
		}
		sf_api_pause(PAUSE_MS << i);
	}
}

bool sf_bulk_close(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job)
{
	return bring_to(b, id, SF_SPAN_LIT("{\"state\":\"UploadComplete\"}"), SF_BULK_UPLOAD_COMPLETE, job);
}

bool sf_bulk_abort(const struct sf_bulk *b, const char *id, struct sf_bulk_job *job)
{
	return bring_to(b, id, SF_SPAN_LIT("{\"state\":\"Aborted\"}"), SF_BULK_JOB_COMPLETE, job);
}

/* ---- rows up ---- */

static bool upload(const struct sf_bulk *b, const char *id, const struct sf_http_source *rows)
{
	struct sf_api_call call = { .method = "PUT", .content_type = "text/csv", .source = rows };
	struct sf_http_answer answer = { 0 };
	struct sf_buf path;

	start_path(b, &path, id, "batches");
	return send(b, &path, &call, &answer);
}

bool sf_bulk_load(const struct sf_bulk *b, struct sf_span json, const struct sf_http_source *rows, struct sf_bulk_job *job)
{
	for (int i = 0;; i++) {
		struct sf_bulk_job ignored;
		struct sf_failure first;

		if (!sf_bulk_create(b, json, job)) {
			return false;
		}
		if (upload(b, job->id, rows)) {
			return true;
		}
		/* whether it can be aborted or not: it is open, and nobody will ever say that it is complete */
		first = *b->failure;
		sf_bulk_abort(b, job->id, &ignored);
		*b->failure = first;
		b->failure->ambiguous = false;
		if (first.action != SF_ACTION_RETRY || i + 1 == SF_BULK_UPLOADS || !rows->rewind(rows->arg)) {
			return false;
		}
		sf_api_pause(PAUSE_MS << i);
	}
}

/* ---- results down ---- */

static void results_path(const struct sf_bulk *b, struct sf_buf *path, const char *id, const char *what, long max_records, const char *locator)
{
	start_path(b, path, id, what);
	if (max_records > 0) {
		sf_buf_str(path, "?maxRecords=");
		sf_buf_int(path, max_records);
	}
	if (locator[0]) {
		sf_buf_str(path, max_records > 0 ? "&locator=" : "?locator=");
		sf_buf_url(path, sf_span_of(locator));
	}
}

/* The last page's Sforce-Locator is the word null. */
static bool take_locator(const struct sf_bulk *b, const struct sf_http_answer *answer, char locator[SF_BULK_LOCATOR])
{
	char before[SF_BULK_LOCATOR];

	memcpy(before, locator, sizeof(before));
	locator[0] = '\0';
	if (!answer->locator.p || sf_span_is(answer->locator, "null")) {
		return true;
	}
	if (answer->locator.n > 0 && answer->locator.n < SF_BULK_LOCATOR && !memchr(answer->locator.p, '\0', answer->locator.n)) {
		memcpy(locator, answer->locator.p, answer->locator.n);
		locator[answer->locator.n] = '\0';
		if (strcmp(locator, before) != 0) {
			return true;
		}
	}
	/* the page that this one is would come again for ever */
	sf_failure_set(b->failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer doesn't say where the next results are");
	b->failure->http_status = answer->status;
	return false;
}

bool sf_bulk_fetch(const struct sf_bulk *b, const char *id, const char *what, long max_records, const struct sf_bulk_sink *sink, char locator[SF_BULK_LOCATOR])
{
	for (int i = 0;; i++) {
		struct sf_api_call call = { .method = "GET", .accept = "text/csv", .repeatable = true, .sink = &sink->sink };
		struct sf_http_answer answer = { 0 };
		struct sf_buf path;

		results_path(b, &path, id, what, max_records, locator);
		if (send(b, &path, &call, &answer)) {
			return take_locator(b, &answer, locator);
		}
		if (b->failure->action != SF_ACTION_RETRY || !answer.delivered || i + 1 == SF_BULK_FETCHES || !sink->restart(sink->sink.arg)) {
			return false;
		}
		sf_api_pause(PAUSE_MS << i);
	}
}

/* ---- what went wrong with a row, or with a job ---- */

static bool is_code(struct sf_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) {
			return false;
		}
	}
	return s.n > 0 && s.n < SF_FAILURE_CODE;
}

/* Names of fields, with commas between them. */
static bool are_fields(struct sf_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ',' || (c == ' ' && i > 0 && s.p[i - 1] == ','))) {
			return false;
		}
	}
	return true;
}

static void take_fields(struct sf_span s, struct sf_arena *arena, struct sf_failure *f)
{
	while (s.n > 0 && f->field_n < SF_FAILURE_FIELDS) {
		size_t n = 0;

		while (n < s.n && s.p[n] != ',' && s.p[n] != ' ') {
			n++;
		}
		if (n > 0 && sf_arena_copy(arena, (struct sf_span){ s.p, n }, &f->fields[f->field_n])) {
			f->field_n++;
		}
		n = n < s.n ? n + 1 : n;
		s.p += n;
		s.n -= n;
	}
}

static bool ends_with(struct sf_span *s, const char *end)
{
	size_t n = strlen(end);

	if (s->n < n || memcmp(s->p + s->n - n, end, n) != 0) {
		return false;
	}
	s->n -= n;
	return true;
}

void sf_bulk_row_failure(struct sf_span text, struct sf_arena *arena, struct sf_failure *failure)
{
	const char *colon = text.n ? memchr(text.p, ':', text.n) : NULL;
	struct sf_span code = SF_SPAN_NONE, message = text;
	size_t last;

	if (colon && is_code((struct sf_span){ text.p, (size_t)(colon - text.p) })) {
		code = (struct sf_span){ text.p, (size_t)(colon - text.p) };
		message = (struct sf_span){ colon + 1, text.n - code.n - 1 };
	}
	sf_failure_of_code(failure, code);
	if (code.p && (ends_with(&message, " --") || ends_with(&message, "--"))) {
		for (last = message.n; last > 0 && message.p[last - 1] != ':'; last--) {
		}
		if (last > 0 && are_fields((struct sf_span){ message.p + last, message.n - last })) {
			take_fields((struct sf_span){ message.p + last, message.n - last }, arena, failure);
			message.n = last - 1;
		}
	}
	sf_failure_message(failure, message);
}

void sf_bulk_job_failure(const struct sf_bulk_job *job, struct sf_failure *failure)
{
	struct sf_span text = { job->error, strlen(job->error) }, code = SF_SPAN_NONE;
	const char *colon = strstr(job->error, " : ");

	if (colon && colon > job->error && colon - job->error < SF_FAILURE_CODE && !memchr(job->error, ' ', (size_t)(colon - job->error))) {
		code = (struct sf_span){ job->error, (size_t)(colon - job->error) };
		text = sf_span_of(colon + 3);
	}
	sf_failure_of_code(failure, code);
	if (job->state == SF_BULK_ABORTED) {
		sf_failure_message(failure, SF_SPAN_LIT("The bulk job was aborted before all of its rows were looked at"));
	} else {
		sf_failure_message(failure, text.n ? text : SF_SPAN_LIT("The bulk job failed, and Salesforce doesn't say why"));
	}
}
