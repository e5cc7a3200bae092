#include "salesforce/error.h"

#include <stdio.h>

#include "base/json.h"

/* What an errorCode asks for. Whatever is not here is for a person: a repeat gives the same. */
static const struct {
	const char *code;
	enum sf_reason reason;
	enum sf_action action;
} known[] = {
	/* the same again, later */
	{ "UNABLE_TO_LOCK_ROW", SF_REASON_REFUSED, SF_ACTION_RETRY },
	{ "SERVER_UNAVAILABLE", SF_REASON_SERVER_ERROR, SF_ACTION_RETRY },
	{ "REQUEST_RUNNING_TOO_LONG", SF_REASON_SERVER_ERROR, SF_ACTION_RETRY },
	{ "QUERY_TIMEOUT", SF_REASON_SERVER_ERROR, SF_ACTION_RETRY },
	/* everything stands still until the administrator has done something, or the day is over */
	{ "REQUEST_LIMIT_EXCEEDED", SF_REASON_REFUSED, SF_ACTION_PAUSE },
	{ "LICENSE_LIMIT_EXCEEDED", SF_REASON_REFUSED, SF_ACTION_PAUSE },
	{ "STORAGE_LIMIT_EXCEEDED", SF_REASON_REFUSED, SF_ACTION_PAUSE },
	{ "API_CURRENTLY_DISABLED", SF_REASON_REFUSED, SF_ACTION_PAUSE },
	{ "API_DISABLED_FOR_ORG", SF_REASON_REFUSED, SF_ACTION_PAUSE },
	{ "ORG_LOCKED", SF_REASON_REFUSED, SF_ACTION_PAUSE },
	/* nothing is wrong with it: another one of the same transaction failed */
	{ "ALL_OR_NONE_OPERATION_ROLLED_BACK", SF_REASON_REFUSED, SF_ACTION_RETRY },
	{ "PROCESSING_HALTED", SF_REASON_REFUSED, SF_ACTION_RETRY },
	/* it is there already, or no longer */
	{ "DUPLICATE_USERNAME", SF_REASON_REFUSED, SF_ACTION_LOOK_UP },
	{ "DUPLICATE_COMM_NICKNAME", SF_REASON_REFUSED, SF_ACTION_LOOK_UP },
	{ "DUPLICATE_VALUE", SF_REASON_REFUSED, SF_ACTION_LOOK_UP },
	{ "DUPLICATE_EXTERNAL_ID", SF_REASON_REFUSED, SF_ACTION_LOOK_UP },
	{ "PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT", SF_REASON_REFUSED, SF_ACTION_LOOK_UP },
	{ "DUPLICATES_DETECTED", SF_REASON_REFUSED, SF_ACTION_LOOK_UP },
	{ "ENTITY_IS_DELETED", SF_REASON_NOT_FOUND, SF_ACTION_LOOK_UP },
	{ "NOT_FOUND", SF_REASON_NOT_FOUND, SF_ACTION_TELL_PERSON },
	/* who we are */
	{ "INVALID_SESSION_ID", SF_REASON_AUTHENTICATION, SF_ACTION_AUTHENTICATE },
	{ "INVALID_AUTH_HEADER", SF_REASON_AUTHENTICATION, SF_ACTION_AUTHENTICATE },
};

#define KNOWN (sizeof(known) / sizeof(known[0]))

bool sf_failure_set(struct sf_failure *f, enum sf_reason reason, enum sf_action action, const char *message)
{
	memset(f, 0, sizeof(*f));
	f->reason = reason;
	f->action = action;
	f->retry_after = -1;
	snprintf(f->message, sizeof(f->message), "%s", message);
	return false;
}

bool sf_failure_of_http(struct sf_failure *f, const struct sf_error *error, const struct sf_http_answer *answer)
{
	static const struct {
		enum sf_reason reason;
		enum sf_action action;
	} classes[] = {
		[SF_HTTP_INPUT] = { SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON },
		[SF_HTTP_NOT_ALLOWED] = { SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON },
		[SF_HTTP_UNREACHABLE] = { SF_REASON_UNREACHABLE, SF_ACTION_RETRY },
		/* a refused certificate stays refused, but a reset in the handshake does not: retrying costs little */
		[SF_HTTP_TLS] = { SF_REASON_TLS, SF_ACTION_RETRY },
		[SF_HTTP_TIMED_OUT] = { SF_REASON_TIMED_OUT, SF_ACTION_RETRY },
		[SF_HTTP_BROKEN] = { SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY },
		[SF_HTTP_TOO_LARGE] = { SF_REASON_BROKEN_ANSWER, SF_ACTION_TELL_PERSON }, /* and will be the next time */
		[SF_HTTP_STOPPED] = { SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON },
		[SF_HTTP_FAILED] = { SF_REASON_UNREACHABLE, SF_ACTION_RETRY },
	};

	sf_failure_set(f, classes[error->code].reason, classes[error->code].action, error->where);
	f->http_status = answer->status;
	f->retry_after = answer->retry_after;
	f->ambiguous = answer->sent;
	return false;
}

/* Cut at a character's edge, control characters made harmless. */
static void put_text(struct sf_span text, char *out, size_t room)
{
	size_t n = text.n;

	if (n > room - 1) {
		n = room - 1;
		while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80) {
			n--;
		}
	}
	for (size_t i = 0; i < n; i++) {
		out[i] = (unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F ? ' ' : text.p[i];
	}
	out[n] = '\0';
}

/* Reads a string into a buffer of its own. */
static void take_text(const struct sf_json *j, struct sf_arena *arena, char *out, size_t room)
{
	char *text = sf_arena_alloc(arena, j->raw.n + 1);

	if (text) {
		put_text((struct sf_span){ text, sf_json_decode(j, text) }, out, room);
	}
}

/* An errorCode is a name and nothing else. */
static void take_code(const struct sf_json *j, char out[SF_FAILURE_CODE])
{
	if (j->raw.n == 0 || j->raw.n >= SF_FAILURE_CODE) {
		return;
	}
	for (size_t i = 0; i < j->raw.n; i++) {
		char c = j->raw.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
			return;
		}
	}
	memcpy(out, j->raw.p, j->raw.n);
	out[j->raw.n] = '\0';
}

static bool take_fields(struct sf_json *j, struct sf_failure *f, struct sf_arena *arena)
{
	enum sf_json_token token;

	while ((token = sf_json_next(j)) != SF_JSON_ARRAY_END) {
		if (token == SF_JSON_STRING && f->field_n < SF_FAILURE_FIELDS) {
			char *text = sf_arena_alloc(arena, j->raw.n + 1);

			if (text) {
				f->fields[f->field_n++] = (struct sf_span){ text, sf_json_decode(j, text) };
			}
		} else if (!sf_json_skip(j, token)) {
			return false;
		}
	}
	return true;
}

static bool take_first(struct sf_json *j, struct sf_failure *f, struct sf_arena *arena);

/* After the { of one error: {"message","errorCode","fields"?}; OAuth's {"error","error_description"?} has the same form. */
static bool take_error(struct sf_json *j, struct sf_failure *f, struct sf_arena *arena)
{
	enum sf_json_token token;

	while ((token = sf_json_next(j)) == SF_JSON_NAME) {
		bool message = sf_json_is(j, "message") || sf_json_is(j, "error_description") || sf_json_is(j, "exceptionMessage");
		bool code = sf_json_is(j, "errorCode") || sf_json_is(j, "statusCode") || sf_json_is(j, "error") || sf_json_is(j, "exceptionCode");
		bool fields = sf_json_is(j, "fields"), results = sf_json_is(j, "results");

		token = sf_json_next(j);
		if (results && token == SF_JSON_ARRAY) {
			return take_first(j, f, arena); /* a tree's, whose first failure is the whole story */
		}
		if (message && token == SF_JSON_STRING) {
			take_text(j, arena, f->message, sizeof(f->message));
		} else if (code && token == SF_JSON_STRING) {
			take_code(j, f->code);
		} else if (fields && token == SF_JSON_ARRAY) {
			if (!take_fields(j, f, arena)) {
				return false;
			}
		} else if (!sf_json_skip(j, token)) {
			return false;
		}
	}
	return token == SF_JSON_OBJECT_END;
}

/* After the { of one of a tree's results: {"referenceId","errors":[{"statusCode","message","fields"}]} */
static bool take_tree_result(struct sf_json *j, struct sf_failure *f, struct sf_arena *arena)
{
	while (sf_json_next(j) == SF_JSON_NAME) {
		bool errors = sf_json_is(j, "errors");
		enum sf_json_token token = sf_json_next(j);

		if (errors && token == SF_JSON_ARRAY) {
			return sf_json_next(j) == SF_JSON_OBJECT && take_error(j, f, arena);
		}
		if (!sf_json_skip(j, token)) {
			return false;
		}
	}
	return false;
}

static bool take_first(struct sf_json *j, struct sf_failure *f, struct sf_arena *arena)
{
	return sf_json_next(j) == SF_JSON_OBJECT && take_tree_result(j, f, arena);
}

/* The first error of the array, or the bare object. An answer that is neither (HTML of a proxy, say) leaves f as it is. */
static void take_body(struct sf_span body, struct sf_failure *f, struct sf_arena *arena)
{
	enum sf_json_token token;
	struct sf_json j;

	sf_json_init(&j, body);
	token = sf_json_next(&j);
	if (token == SF_JSON_ARRAY) {
		token = sf_json_next(&j);
	}
	if (token == SF_JSON_OBJECT) {
		take_error(&j, f, arena);
	}
}

/* By the status, where the errorCode says nothing more. */
static void judge_status(struct sf_failure *f, long status)
{
	f->reason = SF_REASON_REFUSED;
	f->action = SF_ACTION_TELL_PERSON;
	if (status == 300) {
		f->reason = SF_REASON_NOT_FOUND;
		f->action = SF_ACTION_LOOK_UP;
	} else if (status == 401) {
		f->reason = SF_REASON_AUTHENTICATION;
		f->action = SF_ACTION_AUTHENTICATE;
	} else if (status == 404 || status == 410) {
		f->reason = SF_REASON_NOT_FOUND;
	} else if (status == 408 || status == 429) {
		f->action = SF_ACTION_RETRY;
	} else if (status >= 500) {
		f->reason = SF_REASON_SERVER_ERROR;
		f->action = status == 501 || status == 505 ? SF_ACTION_TELL_PERSON : SF_ACTION_RETRY;
	} else if (status < 400) {
		f->reason = SF_REASON_SERVER_ERROR; /* a redirect, or a success that this call doesn't know */
	}
}

static bool judge_code(struct sf_failure *f)
{
	for (size_t i = 0; i < KNOWN; i++) {
		if (strcmp(known[i].code, f->code) == 0) {
			f->reason = known[i].reason;
			f->action = known[i].action;
			return true;
		}
	}
	return false;
}

void sf_failure_of_code(struct sf_failure *f, struct sf_span code)
{
	sf_failure_set(f, SF_REASON_REFUSED, SF_ACTION_TELL_PERSON, "");
	put_text(code, f->code, sizeof(f->code));
	judge_code(f);
}

void sf_failure_message(struct sf_failure *f, struct sf_span text)
{
	put_text(text, f->message, sizeof(f->message));
}

static void default_message(struct sf_failure *f, long status)
{
	if (f->message[0] == '\0') {
		snprintf(f->message, sizeof(f->message), status == 300 ? "More than one record has this External ID (HTTP %ld)" : "Salesforce answered HTTP %ld", status);
	}
}

static bool is_code(struct sf_span code)
{
	for (size_t i = 0; i < code.n; i++) {
		if (!((code.p[i] >= 'A' && code.p[i] <= 'Z') || (code.p[i] >= 'a' && code.p[i] <= 'z') || (code.p[i] >= '0' && code.p[i] <= '9') || code.p[i] == '_')) {
			return false;
		}
	}
	return code.n < SF_FAILURE_CODE;
}

bool sf_failure_of_part(struct sf_failure *f, struct sf_span code, struct sf_span message, long status)
{
	sf_failure_set(f, SF_REASON_REFUSED, SF_ACTION_TELL_PERSON, "");
	f->http_status = status;
	put_text(message, f->message, sizeof(f->message));
	if (is_code(code)) {
		put_text(code, f->code, sizeof(f->code));
	}
	if (status) {
		judge_status(f, status);
	}
	judge_code(f);
	default_message(f, status ? status : 400);
	return false;
}

bool sf_failure_of_answer(struct sf_failure *f, const struct sf_http_answer *answer, bool repeatable, struct sf_arena *arena)
{
	bool found;

	sf_failure_set(f, SF_REASON_REFUSED, SF_ACTION_TELL_PERSON, "");
	f->http_status = answer->status;
	f->retry_after = answer->retry_after;
	take_body(answer->body, f, arena);
	judge_status(f, answer->status);
	found = judge_code(f);
	/* a gateway that gives up does not know what became of the call; an errorCode comes from Salesforce, which does */
	f->ambiguous = !repeatable && !found && answer->status >= 500;
	default_message(f, answer->status);
	return false;
}

bool sf_failure_of_token(struct sf_failure *f, const struct sf_http_answer *answer, struct sf_arena *arena)
{
	sf_failure_set(f, SF_REASON_AUTHENTICATION, SF_ACTION_AUTHENTICATE, "");
	f->http_status = answer->status;
	f->retry_after = answer->retry_after;
	take_body(answer->body, f, arena);
	if (answer->status >= 500 || answer->status == 429) {
		judge_status(f, answer->status);
	}
	default_message(f, answer->status);
	return false;
}

bool sf_failure_session(struct sf_failure *f, const struct sf_http_answer *answer)
{
	sf_failure_set(f, SF_REASON_AUTHENTICATION, SF_ACTION_AUTHENTICATE, "Session expired or invalid");
	snprintf(f->code, sizeof(f->code), "INVALID_SESSION_ID");
	f->http_status = 401;
	f->retry_after = answer->retry_after;
	return false;
}

bool sf_failure_is_session(const struct sf_failure *f)
{
	/* a session without the right to use the API has the same code; a new one would have no more right */
	return f->http_status == 401 && strcmp(f->code, "INVALID_SESSION_ID") == 0 && !strstr(f->message, "not valid for use with the REST API");
}
