#include "salesforce/api.h"

#include <stdlib.h>
#include <time.h>

#include "salesforce/token.h"

#define PAUSE_FIRST_MS 200
#define PAUSE_MAX_MS 10000
#define LEFT_MIN_MS 50 /* less is not worth an attempt */

struct sf_api {
	struct sf_http *http;
	const struct sf_token_store *shared;
	struct sf_tokens tokens;
	long api_used;
	long api_limit;
};

struct sf_api *sf_api_new(const struct sf_http_settings *settings, const struct sf_token_store *shared, struct sf_failure *failure)
{
	struct sf_api *api = calloc(1, sizeof(*api));
	struct sf_http_answer none = { .retry_after = -1 };
	struct sf_error error;

	if (!api) {
		sf_failure_set(failure, SF_REASON_UNREACHABLE, SF_ACTION_RETRY, "No memory is left");
		return NULL;
	}
	api->shared = shared;
	api->api_used = api->api_limit = -1;
	api->http = sf_http_new(settings, &error);
	if (!api->http) {
		sf_failure_of_http(failure, &error, &none);
		free(api);
		return NULL;
	}
	return api;
}

void sf_api_free(struct sf_api *api)
{
	if (api) {
		sf_tokens_free(&api->tokens);
		sf_http_free(api->http);
		free(api);
	}
}

bool sf_api_allowed(struct sf_api *api, const struct sf_origin *origin, struct sf_failure *failure)
{
	struct sf_error error;

	return sf_http_allowed(api->http, origin, &error) || sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, error.where);
}

int64_t sf_api_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Up to half more or less. */
static long jitter(long ms)
{
	uint32_t random = 0;

	sf_random(&random, sizeof(random)); /* if it fails there is no jitter, and no harm */
	return ms / 2 + (long)(random % (uint32_t)ms);
}

static void sleep_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL); /* a signal shortens it, which is as well */
}

void sf_api_pause(long ms)
{
	sleep_ms(jitter(ms));
}

static bool prepare(struct sf_token_request *r, struct sf_api *api, const struct sf_credentials *credentials, long timeout_ms, struct sf_arena *arena,
		struct sf_failure *failure)
{
	*r = (struct sf_token_request){ .tokens = &api->tokens, .http = api->http, .credentials = credentials, .arena = arena, .deadline = sf_api_clock() + timeout_ms };
	r->store = credentials->store || credentials->grant == SF_GRANT_REFRESH_TOKEN ? credentials->store : api->shared;
	return sf_token_id(credentials, arena, r->id) || sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, "OpenSSL or the memory failed");
}

/* One call on its way. */
struct attempt {
	struct sf_api *api;
	const struct sf_api_call *call;
	struct sf_arena *arena;
	struct sf_token_request token;
	bool has_refused; /* a token of this mark was, and must not come from the store again */
	unsigned char refused[SF_TOKEN_MARK];
	bool sent;       /* the call itself, and not only the request for a token */
	bool unresolved; /* it was sent, and nobody knows what became of it */
	struct sf_http_answer *answer;
	struct sf_failure *failure;
};

static long time_left(const struct attempt *a)
{
	return sf_token_time_left(&a->token);
}

static bool out_of_time(struct attempt *a)
{
	if (time_left(a) > 0) {
		return false;
	}
	sf_failure_set(a->failure, SF_REASON_TIMED_OUT, SF_ACTION_RETRY, "The time limit of the call was over before it could be sent");
	return true;
}

/* What the worker has, or else what the store or Salesforce gives; *fresh if it is just from there. */
static struct sf_token *token_for(struct attempt *a, bool *fresh)
{
	struct sf_token *token = sf_token_find(&a->api->tokens, a->token.id);

	*fresh = false;
	if (token && token->unsaved[0]) {
		return sf_token_save(&a->token, a->failure) ? sf_token_find(&a->api->tokens, a->token.id) : NULL;
	}
	if (token || out_of_time(a)) {
		return token;
	}
	return sf_token_get(&a->token, a->has_refused ? a->refused : NULL, fresh, a->failure);
}

static void redact(struct sf_span body, struct sf_span what)
{
	char *p = (char *)body.p, *end = p + body.n;

	while (what.n && p && (p = memmem(p, (size_t)(end - p), what.p, what.n))) {
		memset(p, '*', what.n);
		p += what.n;
	}
}

static bool send_with(struct attempt *a, const struct sf_token *token)
{
	const struct sf_api_call *call = a->call;
	struct sf_http_request request = { .to = token->instance, .method = call->method, .path = call->path, .authorization = (const char *)token->header.p,
		.content_type = "application/json", .body = call->body, .secret = call->secret, .repeatable = call->repeatable, .timeout_ms = time_left(a) };
	struct sf_error error;
	bool ok;

	if (out_of_time(a)) {
		return false;
	}
	ok = sf_http_send(a->api->http, &request, a->arena, call->into, a->answer, &error);
	a->sent |= a->answer->sent;
	if (!ok) {
		sf_failure_of_http(a->failure, &error, a->answer);
		a->unresolved |= a->failure->ambiguous;
		return false;
	}
	if (a->answer->api_used >= 0) {
		a->api->api_used = a->answer->api_used;
		a->api->api_limit = a->answer->api_limit;
	}
	if (call->into) {
		redact(a->answer->body, call->redact[0]);
		redact(a->answer->body, call->redact[1]);
	}
	if (a->answer->status >= 200 && a->answer->status <= 299) {
		return true;
	}
	sf_failure_of_answer(a->failure, a->answer, call->repeatable, a->arena);
	a->unresolved |= a->failure->ambiguous;
	return false;
}

/*
 * One attempt. A token that Salesforce no longer knows is replaced, and the call goes to wherever the new one is good. That
 * is no repeat: what was refused for its token was not carried out. What the store has may be void as well; but that a token is
 * refused which Salesforce has just given is final, which is what keeps a client whose every token is refused at once (an
 * integration user without rights, or whose password has expired) from going round.
 */
static bool try_once(struct attempt *a)
{
	struct sf_token *token;
	bool fresh;

	for (;;) {
		token = token_for(a, &fresh);
		if (!token) {
			return false;
		}
		if (send_with(a, token)) {
			return true;
		}
		if (fresh || !sf_failure_is_session(a->failure)) {
			return false;
		}
		memcpy(a->refused, token->mark, SF_TOKEN_MARK);
		a->has_refused = true;
		sf_token_drop(token);
		a->sent = false;
	}
}

/* Sleeps before the next repeat, if there may be one. */
static bool may_repeat(const struct attempt *a, int repeats)
{
	long pause = jitter(repeats == 0 ? PAUSE_FIRST_MS : 4 * PAUSE_FIRST_MS);

	if (repeats == SF_API_REPEATS || a->failure->action != SF_ACTION_RETRY || (a->sent && !a->call->repeatable)) {
		return false;
	}
	if (a->failure->reason == SF_REASON_TOKEN_STORE) {
		return false; /* an exception of its own may be waiting to be thrown, and until then it can't be called again */
	}
	if (a->failure->retry_after >= 0 && a->failure->retry_after * 1000 > pause) {
		pause = a->failure->retry_after * 1000;
	}
	if (pause > PAUSE_MAX_MS || pause + LEFT_MIN_MS > time_left(a)) {
		return false; /* the caller has the failure, and knows by it when to come back */
	}
	sleep_ms(pause);
	return true;
}

bool sf_api_send(struct sf_api *api, const struct sf_api_call *call, struct sf_arena *arena, struct sf_http_answer *answer, struct sf_failure *failure)
{
	struct attempt a = { .api = api, .call = call, .arena = arena, .answer = answer, .failure = failure };

	memset(answer, 0, sizeof(*answer));
	if (!sf_http_path_valid(call->path)) { /* before a token is asked for */
		return sf_failure_set(failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, sf_http_path_rule);
	}
	if (!prepare(&a.token, api, call->credentials, call->timeout_ms, arena, failure)) {
		return false;
	}
	for (int repeats = 0;; repeats++) {
		if (try_once(&a)) {
			return true;
		}
		if (!may_repeat(&a, repeats)) {
			failure->ambiguous |= a.unresolved; /* of an earlier attempt */
			if (failure->ambiguous && !call->repeatable && failure->action == SF_ACTION_RETRY) {
				failure->action = call->unsure;
			}
			return false;
		}
	}
}

bool sf_api_exchange(struct sf_api *api, const struct sf_credentials *credentials, const struct sf_oauth_code *code, long timeout_ms, struct sf_arena *arena,
		struct sf_failure *failure)
{
	struct sf_grant_answer answer;
	struct sf_token_request r;
	bool ok;

	if (!prepare(&r, api, credentials, timeout_ms, arena, failure) || !sf_oauth_exchange(api->http, credentials, code, timeout_ms, arena, &answer, failure)) {
		return false;
	}
	if (answer.refresh.p) {
		ok = sf_token_put(&r, &answer, failure);
	} else {
		ok = sf_failure_set(failure, SF_REASON_AUTHENTICATION, SF_ACTION_TELL_PERSON, "Salesforce gave no refresh token: ask for the scope refresh_token, and allow it to the app");
	}
	sf_grant_answer_free(&answer);
	return ok;
}

bool sf_api_plant(struct sf_api *api, const struct sf_credentials *credentials, struct sf_span refresh, struct sf_arena *arena, struct sf_failure *failure)
{
	struct sf_token_request r;

	return prepare(&r, api, credentials, 0, arena, failure) && sf_token_plant(&r, refresh, failure);
}

bool sf_api_introspect(struct sf_api *api, const struct sf_credentials *credentials, long timeout_ms, struct sf_arena *arena, struct sf_span *body,
		struct sf_failure *failure)
{
	struct sf_token_request r;
	struct sf_token *token;
	bool fresh;

	if (!credentials->client_secret.p) {
		return sf_failure_set(failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "Salesforce tells about a token only to an app that shows its client secret, which these credentials don't have");
	}
	if (!prepare(&r, api, credentials, timeout_ms, arena, failure)) {
		return false;
	}
	token = sf_token_find(&api->tokens, r.id);
	if (!token) {
		token = sf_token_get(&r, NULL, &fresh, failure);
	}
	return token && sf_oauth_introspect(api->http, credentials, sf_oauth_token_of(&token->header), sf_token_time_left(&r), arena, body, failure);
}

bool sf_api_revoke(struct sf_api *api, const struct sf_credentials *credentials, long timeout_ms, struct sf_arena *arena, struct sf_failure *failure)
{
	struct sf_token_request r;

	return prepare(&r, api, credentials, timeout_ms, arena, failure) && sf_token_revoke(&r, failure);
}

void sf_api_inspect(const struct sf_api *api, struct sf_api_state *state)
{
	memset(state, 0, sizeof(*state));
	sf_http_inspect(api->http, &state->http);
	state->api_used = api->api_used;
	state->api_limit = api->api_limit;
	state->tokens_locked = true;
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		if (api->tokens.list[i].header.p) {
			state->tokens++;
			state->tokens_locked &= api->tokens.list[i].header.locked;
		}
	}
}
