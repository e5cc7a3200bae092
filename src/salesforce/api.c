#include "salesforce/api.h"

#include <stdlib.h>
#include <time.h>

#include "http/gzip.h"
#include "salesforce/token.h"

/*
 * Repeats have a budget of their own, in tenths: each call adds one tenth of a repeat. Where all calls fail, ten of a hundred are repeated and
 * not all of them twice, so that we don't hold down a server that is about to get up.
 */
#define BUDGET_MAX 200
#define BUDGET_REPEAT 10
#define SLOWEST_MS 2000 /* between two calls when the limit is reached */

#define PAUSE_FIRST_MS 200
#define PAUSE_MAX_MS 10000
#define AHEAD_SPACE ((size_t)1 << 18)
#define LEFT_MIN_MS 50 /* less is not worth an attempt */

struct sf_api {
	struct sf_http *http;
	const struct sf_token_store *shared;
	struct sf_tokens tokens;
	size_t gzip_from;
	long slow_from;
	long budget;
	unsigned long repeats;
	unsigned long slowed;
	long api_used;
	long api_limit;
};

struct sf_api *sf_api_new(const struct sf_api_settings *settings, const struct sf_token_store *shared, struct sf_failure *failure)
{
	struct sf_api *api = calloc(1, sizeof(*api));
	struct sf_http_answer none = { .retry_after = -1 };
	struct sf_error error;

	if (!api) {
		sf_failure_set(failure, SF_REASON_UNREACHABLE, SF_ACTION_RETRY, "No memory is left");
		return NULL;
	}
	api->shared = shared;
	api->gzip_from = settings->gzip_from;
	api->slow_from = settings->slow_from;
	api->budget = BUDGET_MAX;
	api->api_used = api->api_limit = -1;
	api->http = sf_http_new(&settings->http, &error);
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

struct sf_http *sf_api_http(struct sf_api *api)
{
	return api->http;
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

void sf_api_sleep(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL); /* a signal shortens it, which is as well */
}

void sf_api_pause(long ms)
{
	sf_api_sleep(jitter(ms));
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
	struct sf_span body; /* as it is sent */
	bool gzipped;
	bool drawn;      /* something came out of the source since it was rewound */
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

/* Once a call, whatever its repeats. A secret is never compressed: how long it becomes would tell of it, and zlib keeps a copy. */
static void prepare_body(struct attempt *a)
{
	const struct sf_api_call *call = a->call;

	a->body = call->body;
	a->gzipped = a->api->gzip_from > 0 && call->body.n >= a->api->gzip_from && !call->secret && sf_gzip(call->body, a->arena, &a->body);
}

/* Nearer and nearer to the org's daily limit, up to two seconds before each call: whoever else uses the org can still do so. */
static void slow_down(struct attempt *a, const struct sf_token *token)
{
	long from = token->api_limit / 100 * a->api->slow_from, left = time_left(a) / 2, pause;

	if (token->api_limit <= 0 || token->api_used <= from || a->api->slow_from >= 100) {
		return;
	}
	pause = token->api_used >= token->api_limit ? SLOWEST_MS : (long)((int64_t)SLOWEST_MS * (token->api_used - from) / (token->api_limit - from));
	a->api->slowed++;
	sf_api_sleep(pause < left ? pause : left);
}

static struct sf_http_request request_of(const struct attempt *a, const struct sf_token *token)
{
	const struct sf_api_call *call = a->call;

	return (struct sf_http_request){ .to = token->instance, .partition = a->token.id, .method = call->method, .path = call->path,
		.authorization = (const char *)token->header.p, .cookie = call->cookie, .cookies = call->cookies, .headers = call->headers, .header_count = call->header_count, .accept = call->accept,
		.content_type = call->content_type ? call->content_type : "application/json", .body = a->body, .source = call->source, .sink = call->sink,
		.gzipped = a->gzipped, .secret = call->secret, .repeatable = call->repeatable, .timeout_ms = time_left(a), .connect_ms = call->connect_ms, .first_byte_ms = call->first_byte_ms };
}

/* "It is not there" is what a DELETE wanted, if an earlier attempt of ours may have been carried out. */
static bool is_gone(const struct attempt *a)
{
	return a->call->gone_is_done && a->unresolved && a->failure->reason == SF_REASON_NOT_FOUND;
}

static bool judge(struct attempt *a, struct sf_token *token, bool arrived, const struct sf_error *error)
{
	const struct sf_api_call *call = a->call;

	a->sent |= a->answer->sent;
	a->drawn |= a->answer->drawn;
	a->answer->unsure = a->unresolved;
	if (!arrived) {
		sf_failure_of_http(a->failure, error, a->answer);
		a->unresolved |= a->failure->ambiguous;
		return false;
	}
	if (a->answer->api_used >= 0) {
		a->api->api_used = a->answer->api_used;
		a->api->api_limit = a->answer->api_limit;
		if (token) {
			token->api_used = a->answer->api_used;
			token->api_limit = a->answer->api_limit;
		}
	}
	if (call->into) {
		redact(a->answer->body, call->redact[0]);
		redact(a->answer->body, call->redact[1]);
	}
	if (call->denied && call->denied(a->answer, a->arena)) {
		return sf_failure_session(a->failure, a->answer);
	}
	if ((a->answer->status >= 200 && a->answer->status <= 299) || (a->answer->status == 304 && call->conditional)) {
		return true;
	}
	sf_failure_of_answer(a->failure, a->answer, call->repeatable, a->arena);
	if (is_gone(a)) {
		return true;
	}
	a->unresolved |= a->failure->ambiguous;
	return false;
}

static bool streams(const struct sf_api_call *call)
{
	return call->source || call->sink;
}

/* From its beginning again, if anything was taken out of it. */
static bool rewind_source(struct attempt *a)
{
	const struct sf_http_source *source = a->call->source;

	if (source && a->drawn) {
		if (!source->rewind || !source->rewind(source->arg)) {
			return false;
		}
		a->drawn = false;
	}
	return true;
}

/*
 * The code behind a source or a sink may make calls of its own, by which a token is replaced: so the header that libcurl uses is a copy
 * (the caller frees it), and the token is looked for again when the call is over.
 */
static bool copy_header(const struct sf_token *token, struct sf_secret *header)
{
	if (!sf_secret_new(header, token->header.n)) {
		return false;
	}
	memcpy(header->p, token->header.p, header->n);
	return true;
}

/* The token of this mark, or NULL if it has gone. */
static struct sf_token *same_token(const struct attempt *a, const unsigned char mark[SF_TOKEN_MARK])
{
	struct sf_token *token = sf_token_find(&a->api->tokens, a->token.id);

	return token && memcmp(token->mark, mark, SF_TOKEN_MARK) == 0 ? token : NULL;
}

static bool send_stream(struct attempt *a, struct sf_token **token, struct sf_http_request *request, struct sf_error *error)
{
	unsigned char mark[SF_TOKEN_MARK];
	struct sf_secret header = { 0 };
	bool arrived;

	memcpy(mark, (*token)->mark, SF_TOKEN_MARK);
	if (!copy_header(*token, &header)) {
		*a->answer = (struct sf_http_answer){ .retry_after = -1, .api_used = -1, .api_limit = -1 };
		return sf_fail(error, SF_HTTP_FAILED, "No memory is left");
	}
	request->authorization = (const char *)header.p;
	arrived = sf_http_send(a->api->http, request, a->arena, a->call->into, a->answer, error);
	sf_secret_free(&header);
	*token = same_token(a, mark);
	a->token.deadline = sf_api_clock() + a->call->timeout_ms; /* it was not standing still */
	return arrived;
}

/* *token is NULL afterwards if it has gone meanwhile. */
static bool send_with(struct attempt *a, struct sf_token **token)
{
	struct sf_http_request request;
	struct sf_error error;
	bool arrived;

	if (out_of_time(a)) {
		return false;
	}
	slow_down(a, *token);
	request = request_of(a, *token);
	if (streams(a->call)) {
		arrived = send_stream(a, token, &request, &error);
	} else {
		arrived = sf_http_send(a->api->http, &request, a->arena, a->call->into, a->answer, &error);
	}
	return judge(a, *token, arrived, &error);
}

/* This one is not to be used again. */
static void refuse(struct attempt *a, struct sf_token *token)
{
	if (!token) {
		return;
	}
	memcpy(a->refused, token->mark, SF_TOKEN_MARK);
	a->has_refused = true;
	sf_token_drop(token);
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
		if (send_with(a, &token)) {
			return true;
		}
		if (fresh || !sf_failure_is_session(a->failure) || !rewind_source(a)) {
			return false;
		}
		refuse(a, token);
		a->sent = false;
	}
}

static bool is_repeatable(const struct attempt *a)
{
	if (a->failure->reason == SF_REASON_TOKEN_STORE) {
		return false; /* an exception of its own may be waiting to be thrown, and until then it can't be called again */
	}
	if (a->answer->delivered) {
		return false;
	}
	return a->failure->action == SF_ACTION_RETRY && (!a->sent || a->call->repeatable || a->call->gone_is_done);
}

/* Sleeps before the next repeat, if there may be one. */
static bool wait_for_repeat(const struct attempt *a, int repeats, long retry_after)
{
	long pause = jitter(repeats == 0 ? PAUSE_FIRST_MS : 4 * PAUSE_FIRST_MS);

	if (repeats >= SF_API_REPEATS || a->api->budget < BUDGET_REPEAT) {
		return false;
	}
	if (retry_after >= 0 && retry_after * 1000 > pause) {
		pause = retry_after * 1000;
	}
	if (pause > PAUSE_MAX_MS || pause + LEFT_MIN_MS > time_left(a)) {
		return false; /* the caller has the failure, and knows by it when to come back */
	}
	a->api->budget -= BUDGET_REPEAT;
	a->api->repeats++;
	sf_api_sleep(pause);
	return true;
}

/* It stays as it is: what is to be told of all attempts together. */
static bool give_up(struct attempt *a)
{
	a->failure->ambiguous |= a->unresolved; /* of an earlier attempt */
	if (a->failure->ambiguous && !a->call->repeatable && !a->call->gone_is_done && a->failure->action == SF_ACTION_RETRY) {
		a->failure->action = a->call->unsure;
	}
	return false;
}

static bool begin(struct attempt *a)
{
	if (!sf_http_path_valid(a->call->path)) { /* before a token is asked for */
		return sf_failure_set(a->failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, sf_http_path_rule);
	}
	if (a->api->budget < BUDGET_MAX) {
		a->api->budget++;
	}
	prepare_body(a);
	return true;
}

bool sf_api_send(struct sf_api *api, const struct sf_api_call *call, struct sf_arena *arena, struct sf_http_answer *answer, struct sf_failure *failure)
{
	struct attempt a = { .api = api, .call = call, .arena = arena, .answer = answer, .failure = failure };

	memset(answer, 0, sizeof(*answer));
	if (!prepare(&a.token, api, call->credentials, call->timeout_ms, arena, failure) || !begin(&a)) {
		return false;
	}
	a.token.connect_ms = call->connect_ms;
	for (int repeats = 0;; repeats++) {
		if (try_once(&a)) {
			return true;
		}
		if (!is_repeatable(&a) || !rewind_source(&a) || !wait_for_repeat(&a, repeats, failure->retry_after)) {
			return give_up(&a);
		}
	}
}

/* ---- several at once ---- */

struct many {
	struct attempt *attempts;
	bool *pending;
	struct sf_api_item *items;
	struct sf_http_item *requests; /* of this round */
	size_t *which;                 /* whose they are */
	size_t count;
	size_t lanes;
};

static bool begin_all(struct many *m, struct sf_api *api, struct sf_arena *arena)
{
	m->attempts = sf_arena_zalloc(arena, m->count, sizeof(*m->attempts));
	m->pending = sf_arena_zalloc(arena, m->count, sizeof(*m->pending));
	m->requests = sf_arena_zalloc(arena, m->count, sizeof(*m->requests));
	m->which = sf_arena_zalloc(arena, m->count, sizeof(*m->which));
	if (!m->attempts || !m->pending || !m->requests || !m->which) {
		return false;
	}
	for (size_t i = 0; i < m->count; i++) {
		struct attempt *a = &m->attempts[i];
		struct sf_api_item *item = &m->items[i];

		*a = (struct attempt){ .api = api, .call = &item->call, .arena = arena, .answer = &item->answer, .failure = &item->failure };
		item->ok = false;
		item->answer = (struct sf_http_answer){ .retry_after = -1 };
		m->pending[i] = begin(a);
	}
	return true;
}

static size_t gather_round(struct many *m, const struct attempt *common, const struct sf_token *token, bool *stream)
{
	size_t n = 0;

	*stream = false;
	for (size_t i = 0; i < m->count; i++) {
		if (m->pending[i]) {
			m->attempts[i].token = common->token;
			m->requests[n] = (struct sf_http_item){ .request = request_of(&m->attempts[i], token) };
			m->which[n++] = i;
			*stream |= streams(m->attempts[i].call);
		}
	}
	return n;
}

/* One round: all that is pending, over one token, which is NULL afterwards if it has gone meanwhile. False if there was no memory. */
static bool send_round(struct many *m, struct attempt *common, struct sf_token **token)
{
	unsigned char mark[SF_TOKEN_MARK];
	struct sf_secret header = { 0 };
	bool stream;
	size_t n = gather_round(m, common, *token, &stream);

	memcpy(mark, (*token)->mark, SF_TOKEN_MARK);
	if (stream && !copy_header(*token, &header)) {
		return sf_failure_set(common->failure, SF_REASON_UNREACHABLE, SF_ACTION_RETRY, "No memory is left");
	}
	for (size_t i = 0; stream && i < n; i++) {
		m->requests[i].request.authorization = (const char *)header.p;
	}
	sf_http_send_all(common->api->http, m->requests, n, m->lanes, common->arena);
	sf_secret_free(&header);
	*token = same_token(common, mark);
	if (stream) {
		common->token.deadline = sf_api_clock() + common->call->timeout_ms;
	}
	for (size_t i = 0; i < n; i++) {
		struct sf_api_item *item = &m->items[m->which[i]];

		item->answer = m->requests[i].answer;
		item->ok = judge(&m->attempts[m->which[i]], *token, m->requests[i].ok, &m->requests[i].error);
		m->pending[m->which[i]] = !item->ok;
	}
	return true;
}

static void fail_pending(struct many *m, const struct sf_failure *failure)
{
	for (size_t i = 0; i < m->count; i++) {
		if (m->pending[i]) {
			m->items[i].failure = *failure;
			give_up(&m->attempts[i]);
			m->pending[i] = false;
		}
	}
}

/* What is pending was refused for its token alone, or may be repeated; all else is over. Tells whether there is any of either kind. */
static void sort_pending(struct many *m, bool fresh, bool *refused, bool *repeat, long *retry_after)
{
	*refused = *repeat = false;
	*retry_after = -1;
	for (size_t i = 0; i < m->count; i++) {
		struct attempt *a = &m->attempts[i];

		if (!m->pending[i]) {
			continue;
		}
		if (!fresh && sf_failure_is_session(a->failure) && rewind_source(a)) {
			a->sent = false;
			*refused = true;
		} else if (is_repeatable(a) && rewind_source(a)) {
			*repeat = true;
			*retry_after = a->failure->retry_after > *retry_after ? a->failure->retry_after : *retry_after;
		} else {
			give_up(a);
			m->pending[i] = false;
		}
	}
}

/* Of those that may be repeated none is: only what was refused for its token stays. */
static void stop_repeats(struct many *m)
{
	for (size_t i = 0; i < m->count; i++) {
		if (m->pending[i] && !sf_failure_is_session(m->attempts[i].failure)) {
			give_up(&m->attempts[i]);
			m->pending[i] = false;
		}
	}
}

bool sf_api_send_all(struct sf_api *api, struct sf_api_item *items, size_t count, size_t lanes, struct sf_arena *arena, struct sf_failure *failure)
{
	struct many m = { .items = items, .count = count, .lanes = lanes };
	struct sf_http_answer answer = { .retry_after = -1 };
	struct attempt common = { .api = api, .call = &items[0].call, .arena = arena, .answer = &answer, .failure = failure };
	bool fresh, refused = false, repeat = true, any = false;
	struct sf_token *token;
	long retry_after;

	if (!prepare(&common.token, api, items[0].call.credentials, items[0].call.timeout_ms, arena, failure)) {
		return false;
	}
	common.token.connect_ms = items[0].call.connect_ms;
	if (!begin_all(&m, api, arena)) {
		return sf_failure_set(failure, SF_REASON_UNREACHABLE, SF_ACTION_RETRY, "No memory is left");
	}
	for (int repeats = 0; repeat || refused;) {
		token = token_for(&common, &fresh);
		if (!token && is_repeatable(&common) && wait_for_repeat(&common, repeats++, failure->retry_after)) {
			continue;
		}
		if (!token || out_of_time(&common)) {
			fail_pending(&m, failure);
			return any;
		}
		slow_down(&common, token);
		if (!send_round(&m, &common, &token)) {
			fail_pending(&m, failure);
			return any;
		}
		any = true;
		sort_pending(&m, fresh, &refused, &repeat, &retry_after);
		if (refused) {
			refuse(&common, token);
		}
		if (repeat && !wait_for_repeat(&common, repeats++, retry_after)) {
			stop_repeats(&m);
			repeat = false;
		}
	}
	return true;
}

struct sf_http_ahead *sf_api_ahead(struct sf_api *api, const struct sf_api_call *call)
{
	struct sf_http_ahead *ahead = NULL;
	struct sf_http_answer answer;
	struct sf_failure failure;
	struct sf_http_request request;
	struct sf_token *token;
	struct sf_arena arena;
	struct attempt a = { .api = api, .call = call, .arena = &arena, .answer = &answer, .failure = &failure };

	sf_arena_init(&arena, AHEAD_SPACE);
	if (prepare(&a.token, api, call->credentials, call->timeout_ms, &arena, &failure) && (token = sf_token_find(&api->tokens, a.token.id))
			&& !token->unsaved[0] && (token->api_limit <= 0 || token->api_used <= token->api_limit / 100 * api->slow_from)) {
		request = request_of(&a, token);
		ahead = sf_http_ahead_start(api->http, &request);
	}
	sf_arena_free(&arena);
	return ahead;
}

bool sf_api_ahead_take(struct sf_api *api, struct sf_http_ahead *ahead, long timeout_ms, const struct sf_http_answer **answer)
{
	if (!sf_http_ahead_take(ahead, timeout_ms, answer)) {
		return false;
	}
	if ((*answer)->api_used >= 0) {
		api->api_used = (*answer)->api_used;
		api->api_limit = (*answer)->api_limit;
	}
	return (*answer)->status >= 200 && (*answer)->status <= 299;
}

bool sf_api_exchange(struct sf_api *api, const struct sf_credentials *credentials, const struct sf_oauth_code *code, long timeout_ms, struct sf_arena *arena,
		struct sf_failure *failure)
{
	struct sf_grant_answer answer;
	struct sf_token_request r;
	struct sf_oauth_call call;
	bool ok;

	if (!prepare(&r, api, credentials, timeout_ms, arena, failure)) {
		return false;
	}
	call = sf_token_call(&r);
	if (!sf_oauth_exchange(&call, code, &answer, failure)) {
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
	struct sf_oauth_call call;
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
	call = sf_token_call(&r);
	return token && sf_oauth_introspect(&call, sf_oauth_token_of(&token->header), body, failure);
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
	state->repeats = api->repeats;
	state->slowed = api->slowed;
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
