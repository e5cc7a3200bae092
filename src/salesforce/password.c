#include "salesforce/password.h"

#include <stdio.h>

#include "base/json.h"
#include "salesforce/soql.h"

#define ANSWER_MAX ((size_t)64 * 1024)
#define ID_MAX 18

/* Six blanks after the object, which JSON allows: with its two last characters they are the SF_HTTP_TAIL bytes that say nothing. */
static const char body_start[] = "{\"NewPassword\":\"";
static const char body_end[] = "\"}      ";
_Static_assert(sizeof(body_end) - 1 == SF_HTTP_TAIL, "the tail of a secret body must hold nothing of the secret");

struct user {
	size_t count;
	char id[ID_MAX + 1];
	bool active;
};

static bool take_id(const struct sf_json *j, char out[ID_MAX + 1])
{
	if (j->raw.n != 15 && j->raw.n != ID_MAX) {
		return false;
	}
	for (size_t i = 0; i < j->raw.n; i++) {
		char c = j->raw.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
			return false;
		}
		out[i] = c;
	}
	out[j->raw.n] = '\0';
	return true;
}

/* After the { of a record. */
static bool read_record(struct sf_json *j, struct user *user)
{
	enum sf_json_token token;

	user->count++;
	while ((token = sf_json_next(j)) == SF_JSON_NAME) {
		bool is_id = sf_json_is(j, "Id"), is_active = sf_json_is(j, "IsActive");

		token = sf_json_next(j);
		if (is_id && (token != SF_JSON_STRING || !take_id(j, user->id))) {
			return false;
		}
		if (is_active) {
			user->active = token == SF_JSON_TRUE;
		}
		if (!sf_json_skip(j, token)) {
			return false;
		}
	}
	return token == SF_JSON_OBJECT_END;
}

static bool read_records(struct sf_json *j, struct user *user)
{
	enum sf_json_token token;

	while ((token = sf_json_next(j)) == SF_JSON_OBJECT) {
		if (!read_record(j, user)) {
			return false;
		}
	}
	return token == SF_JSON_ARRAY_END;
}

/* {"totalSize":1,"done":true,"records":[{"attributes":{…},"Id":"005…","IsActive":true}]} */
static bool read_users(struct sf_span body, struct user *user)
{
	enum sf_json_token token;
	bool seen = false;
	struct sf_json j;

	memset(user, 0, sizeof(*user));
	sf_json_init(&j, body);
	if (sf_json_next(&j) != SF_JSON_OBJECT) {
		return false;
	}
	while ((token = sf_json_next(&j)) == SF_JSON_NAME) {
		bool records = sf_json_is(&j, "records");

		token = sf_json_next(&j);
		if (records && token == SF_JSON_ARRAY && !seen) {
			seen = true;
			if (!read_records(&j, user)) {
				return false;
			}
		} else if (records || !sf_json_skip(&j, token)) {
			return false;
		}
	}
	return seen && token == SF_JSON_OBJECT_END && sf_json_next(&j) == SF_JSON_END && (user->count == 0 || user->id[0]);
}

static bool lookup_path(const struct sf_password_call *call, struct sf_arena *arena, struct sf_span *path)
{
	struct sf_buf query, buf;
	struct sf_span soql;

	sf_buf_init(&query, arena, SF_HTTP_PATH_MAX);
	sf_buf_str(&query, "SELECT Id, IsActive FROM User WHERE Username = ");
	if (!sf_soql_quote(&query, call->username)) {
		return false;
	}
	sf_buf_str(&query, " LIMIT 2");
	if (!sf_buf_done(&query, &soql)) {
		return false;
	}
	sf_buf_init(&buf, arena, SF_HTTP_PATH_MAX);
	sf_buf_str(&buf, "/services/data/v");
	sf_buf_span(&buf, call->api_version);
	sf_buf_str(&buf, "/query?q=");
	sf_buf_url(&buf, soql);
	return sf_buf_done(&buf, path);
}

static bool find_user(struct sf_api *api, const struct sf_password_call *call, struct sf_arena *arena, struct user *user, struct sf_failure *failure)
{
	struct sf_api_call lookup = { .credentials = call->credentials, .method = "GET", .repeatable = true, .timeout_ms = call->timeout_ms };
	struct sf_http_answer answer;

	if (!lookup_path(call, arena, &lookup.path)) {
		return sf_failure_set(failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The user name is not UTF-8, or too long");
	}
	if (!sf_api_send(api, &lookup, arena, &answer, failure)) {
		failure->ambiguous = false; /* nothing was changed */
		return false;
	}
	if (!read_users(answer.body, user)) {
		return sf_failure_set(failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer to the look-up of the User is not what its documentation says");
	}
	if (user->count == 0) {
		return sf_failure_set(failure, SF_REASON_NOT_FOUND, SF_ACTION_TELL_PERSON, "Salesforce has no User of that Username, or the integration user may not see it");
	}
	if (user->count > 1) {
		return sf_failure_set(failure, SF_REASON_NOT_FOUND, SF_ACTION_TELL_PERSON, "Salesforce has more than one User of that Username");
	}
	if (!user->active) {
		return sf_failure_set(failure, SF_REASON_REFUSED, SF_ACTION_TELL_PERSON, "The User is not active in Salesforce; activate it before it gets its password");
	}
	return true;
}

static bool make_body(const struct sf_secret *password, struct sf_secret *body)
{
	char *p;

	if (!sf_secret_new(body, sizeof(body_start) + SF_JSON_ESCAPED(password->n) + sizeof(body_end))) {
		return false;
	}
	p = (char *)body->p;
	memcpy(p, body_start, sizeof(body_start) - 1);
	p += sizeof(body_start) - 1;
	p += sf_json_escape((struct sf_span){ (const char *)password->p, password->n }, p);
	memcpy(p, body_end, sizeof(body_end) - 1);
	body->n = (size_t)(p + sizeof(body_end) - 1 - (char *)body->p);
	return true;
}

/* Whatever Salesforce answers, nobody shall read the password in an error message: it is overwritten before that is read. */
static bool send_password(struct sf_api *api, struct sf_api_call *post, struct sf_password_call const *call, struct sf_arena *arena, struct sf_failure *failure)
{
	struct sf_secret password = { 0 }, body = { 0 }, answer_memory = { 0 };
	struct sf_http_answer answer;
	bool ok = false;

	if (!call->open(call->open_arg, &password, failure)) {
		goto cleanup;
	}
	if (!sf_secret_new(&answer_memory, ANSWER_MAX) || !make_body(&password, &body)) {
		sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, "The locked memory failed");
		goto cleanup;
	}
	post->body = (struct sf_span){ (const char *)body.p, body.n };
	post->redact[0] = (struct sf_span){ post->body.p + sizeof(body_start) - 1, body.n - (sizeof(body_start) - 1) - (sizeof(body_end) - 1) };
	post->redact[1] = (struct sf_span){ (const char *)password.p, password.n };
	post->into = &answer_memory;
	ok = sf_api_send(api, post, arena, &answer, failure);
cleanup:
	post->body = post->redact[0] = post->redact[1] = SF_SPAN_NONE; /* all of them point into what goes now */
	post->into = NULL;
	sf_secret_free(&password);
	sf_secret_free(&body);
	sf_secret_free(&answer_memory);
	sf_wipe_stack();
	return ok;
}

bool sf_api_set_password(struct sf_api *api, const struct sf_password_call *call, struct sf_arena *arena, struct sf_failure *failure)
{
	/* not repeated here, since Salesforce may refuse the same password a second time; the caller may, and judge by that */
	struct sf_api_call post = { .credentials = call->credentials, .method = "POST", .secret = true, .unsure = SF_ACTION_RETRY };
	int64_t deadline = sf_api_clock() + call->timeout_ms;
	struct sf_buf buf;
	struct user user;

	if (!find_user(api, call, arena, &user, failure)) {
		return false;
	}
	sf_buf_init(&buf, arena, SF_HTTP_PATH_MAX);
	sf_buf_str(&buf, "/services/data/v");
	sf_buf_span(&buf, call->api_version);
	sf_buf_str(&buf, "/sobjects/User/");
	sf_buf_str(&buf, user.id);
	sf_buf_str(&buf, "/password");
	post.timeout_ms = (long)(deadline - sf_api_clock());
	if (!sf_buf_done(&buf, &post.path) || post.timeout_ms <= 0) {
		return sf_failure_set(failure, SF_REASON_TIMED_OUT, SF_ACTION_RETRY, "The time limit of the call was over before the password could be sent");
	}
	return send_password(api, &post, call, arena, failure);
}
