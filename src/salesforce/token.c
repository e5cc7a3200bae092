#include "salesforce/token.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/buf.h"
#include "salesforce/record.h"

/*
 * Who asks for a token takes a lease first, and everybody else waits for his. He gives up before it ends, so that no two ask at
 * the same time; clocks of machines that share a store may differ by the difference of the two.
 */
#define LEASE_MS 30000
#define REQUEST_MS 20000
#define POLL_MS 100
#define TURN_BYTES ((size_t)1 << 20)
#define PUT_TRIES 8

static void add_field(struct sf_buf *buf, struct sf_span field)
{
	sf_buf_int(buf, (int64_t)field.n);
	sf_buf_char(buf, ':');
	sf_buf_span(buf, field);
}

/*
 * What a token may be used with. The client secret is a part of it, so that who doesn't know it doesn't get the token either; but not
 * of a refresh token's, which outlives the secret's rotation.
 */
static bool add_secret(struct sf_buf *buf, const struct sf_credentials *c)
{
	unsigned char hash[SF_DIGEST_MAX];

	if (!sf_digest(SF_SHA256, c->client_secret.p, c->client_secret.n, hash)) {
		return false;
	}
	add_field(buf, (struct sf_span){ (const char *)hash, sf_digest_size(SF_SHA256) });
	return true;
}

bool sf_token_id(const struct sf_credentials *c, struct sf_arena *arena, unsigned char id[SF_TOKEN_ID])
{
	unsigned char hash[SF_DIGEST_MAX];
	struct sf_span text;
	struct sf_buf buf;

	sf_buf_init(&buf, arena, (size_t)64 * 1024);
	sf_buf_int(&buf, c->grant);
	add_field(&buf, sf_span_of(c->login.host));
	sf_buf_int(&buf, c->login.port);
	add_field(&buf, c->consumer_key);
	add_field(&buf, c->username);
	add_field(&buf, c->audience);
	if (c->key) {
		add_field(&buf, sf_span_of(c->key->name));
		add_field(&buf, c->key->spki);
	}
	if (c->grant == SF_GRANT_CLIENT_CREDENTIALS && !add_secret(&buf, c)) {
		return false;
	}
	if (!sf_buf_done(&buf, &text) || !sf_digest(SF_SHA256, text.p, text.n, hash)) {
		return false;
	}
	memcpy(id, hash, SF_TOKEN_ID);
	return true;
}

/* ---- what the worker keeps ---- */

/* A fork inherits the tokens, but not their locks. */
static void relock(struct sf_tokens *tokens)
{
	if (tokens->pid == getpid()) {
		return;
	}
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		sf_secret_relock(&tokens->list[i].header);
	}
	tokens->pid = getpid();
}

struct sf_token *sf_token_find(struct sf_tokens *tokens, const unsigned char id[SF_TOKEN_ID])
{
	relock(tokens);
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		struct sf_token *token = &tokens->list[i];

		if (token->header.p && memcmp(token->id, id, SF_TOKEN_ID) == 0) {
			token->used = ++tokens->clock;
			return token;
		}
	}
	return NULL;
}

void sf_token_drop(struct sf_token *token)
{
	sf_secret_free(&token->header);
	free(token->unsaved[0]);
	free(token->unsaved[1]);
	memset(token, 0, sizeof(*token));
}

void sf_tokens_free(struct sf_tokens *tokens)
{
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		sf_token_drop(&tokens->list[i]);
	}
}

static struct sf_token *make_room(struct sf_tokens *tokens, const unsigned char *id)
{
	struct sf_token *oldest = sf_token_find(tokens, id);

	if (!oldest) {
		oldest = &tokens->list[0];
		for (size_t i = 0; i < SF_API_TOKENS && oldest->header.p; i++) {
			if (!tokens->list[i].header.p || tokens->list[i].used < oldest->used) {
				oldest = &tokens->list[i];
			}
		}
	}
	sf_token_drop(oldest);
	return oldest;
}

static bool mark_of(struct sf_span access, unsigned char mark[SF_TOKEN_MARK])
{
	unsigned char hash[SF_DIGEST_MAX];

	if (!sf_digest(SF_SHA256, access.p, access.n, hash)) {
		return false;
	}
	memcpy(mark, hash, SF_TOKEN_MARK);
	return true;
}

/* Takes over the header. */
static struct sf_token *keep(const struct sf_token_request *r, struct sf_secret *header, const struct sf_origin *instance, struct sf_failure *failure)
{
	struct sf_token *token = make_room(r->tokens, r->id);

	if (!mark_of(sf_oauth_token_of(header), token->mark)) {
		sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, "OpenSSL or the memory failed");
		return NULL;
	}
	memcpy(token->id, r->id, SF_TOKEN_ID);
	token->header = *header;
	token->instance = *instance;
	token->used = ++r->tokens->clock;
	memset(header, 0, sizeof(*header)); /* it has moved */
	return token;
}

long sf_token_time_left(const struct sf_token_request *r)
{
	int64_t left = r->deadline - sf_api_clock();

	return left > 0 ? (long)left : 0;
}

struct sf_oauth_call sf_token_call(const struct sf_token_request *r)
{
	return (struct sf_oauth_call){ r->http, r->credentials, r->id, sf_token_time_left(r), r->connect_ms, r->arena };
}

/* ---- which generation of the key signs ---- */

static struct sf_older_key *find_older(const struct sf_token_request *r)
{
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		struct sf_older_key *older = &r->tokens->older[i];

		if (older->taken && memcmp(older->id, r->id, SF_TOKEN_ID) == 0) {
			return older;
		}
	}
	return NULL;
}

static void remember_older(const struct sf_token_request *r, bool is_older)
{
	struct sf_older_key *older = find_older(r);

	if (older) {
		older->taken = is_older;
	} else if (is_older) {
		older = &r->tokens->older[r->tokens->older_next++ % SF_API_TOKENS];
		memcpy(older->id, r->id, SF_TOKEN_ID);
		older->taken = true;
	}
}

/* A second request has the time that the first one has left. */
static bool ask_with(struct sf_oauth_call *call, struct sf_span refresh, int64_t until, struct sf_grant_answer *answer, struct sf_failure *failure)
{
	int64_t left = until - sf_api_clock();

	if (left <= 0) {
		return sf_failure_set(failure, SF_REASON_TIMED_OUT, SF_ACTION_RETRY, "The time limit of the call was over before Salesforce could be asked for a token");
	}
	call->timeout_ms = (long)left;
	return sf_oauth_token(call, refresh, answer, failure);
}

/*
 * A connected app has one certificate, and a keyring gets its next generation before or after Salesforce does. So that neither order stops
 * anybody: where the certificate of the one is not known, the other one of the two newest is tried, once, and what worked comes first
 * from then on. What is told in the end is of the first.
 */
static bool sign_in(const struct sf_token_request *r, struct sf_oauth_call *call, struct sf_span refresh, struct sf_grant_answer *answer, struct sf_failure *failure)
{
	const struct sf_credentials *named = r->credentials;
	const struct sf_key *older = named->key && !named->key_alone && named->key->older && named->key->older->kind == SF_KEY_RSA ? named->key->older : NULL;
	struct sf_credentials with = *named;
	bool is_older = older && find_older(r);
	int64_t until = sf_api_clock() + call->timeout_ms;
	struct sf_failure second;
	bool ok;

	call->credentials = &with;
	with.key = is_older ? older : named->key;
	ok = ask_with(call, refresh, until, answer, failure);
	if (!ok && older && sf_oauth_key_unknown(failure)) {
		with.key = is_older ? named->key : older;
		ok = ask_with(call, refresh, until, answer, &second);
		if (ok) {
			remember_older(r, !is_older);
		}
	}
	call->credentials = named;
	return ok;
}

/* ---- what the store keeps ---- */

static int64_t wall_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool failed(struct sf_failure *failure)
{
	return sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, "OpenSSL, the random source or the locked memory failed");
}

/* One look at the store. Its memory goes when it is over, since somebody who waits takes many. */
struct turn {
	const struct sf_token_request *r;
	struct sf_arena arena;
	char id[2 * SF_TOKEN_ID];
	struct sf_span text; /* what the store has */
	struct sf_record record;
	struct sf_failure *failure;
};

static struct sf_span id_of(const struct turn *t)
{
	return (struct sf_span){ t->id, sizeof(t->id) };
}

static bool begin_turn(struct turn *t, const struct sf_token_request *r, struct sf_failure *failure)
{
	memset(t, 0, sizeof(*t));
	t->r = r;
	t->failure = failure;
	sf_hex_encode(r->id, SF_TOKEN_ID, t->id);
	sf_arena_init(&t->arena, TURN_BYTES);
	if (!r->store->load(r->store->arg, id_of(t), &t->arena, &t->text, failure)) {
		return false;
	}
	/* what doesn't open is as good as nothing, and is written over */
	sf_record_open(r->store, id_of(t), t->text, &t->arena, &t->record);
	return true;
}

static void end_turn(struct turn *t)
{
	sf_record_free(&t->record);
	sf_arena_free(&t->arena);
}

/* Puts next in the place of what is there, which *text is; and *text is next then. */
static bool replace(struct turn *t, struct sf_span *text, const struct sf_record *next, bool *done)
{
	const struct sf_token_store *store = t->r->store;
	struct sf_span sealed;

	*done = false;
	if (!sf_record_seal(store, id_of(t), next, &t->arena, &sealed)) {
		return failed(t->failure);
	}
	if (!store->replace(store->arg, id_of(t), *text, sealed, done, t->failure)) {
		return false;
	}
	if (*done) {
		*text = sealed;
	}
	return true;
}

/* The store would not take what holds the only copy of a refresh token: the worker keeps it, sealed, and tries again. */
static void keep_unsaved(struct turn *t, struct sf_token *token, const struct sf_record *next)
{
	struct sf_span sealed;

	if (token && sf_record_seal(t->r->store, id_of(t), next, &t->arena, &sealed)) {
		token->unsaved[0] = strndup(sealed.p, sealed.n);
		token->unsaved[1] = strndup(t->text.p, t->text.n);
	}
}

bool sf_token_save(const struct sf_token_request *r, struct sf_failure *failure)
{
	struct sf_token *token = sf_token_find(r->tokens, r->id);
	char id[2 * SF_TOKEN_ID];
	bool done, ok;

	if (!token || !token->unsaved[0] || !token->unsaved[1] || !r->store) {
		return true;
	}
	sf_hex_encode(r->id, SF_TOKEN_ID, id);
	ok = r->store->replace(r->store->arg, (struct sf_span){ id, sizeof(id) }, sf_span_of(token->unsaved[1]), sf_span_of(token->unsaved[0]), &done, failure);
	token = sf_token_find(r->tokens, r->id); /* the store may have called us, and what was found is elsewhere */
	if (ok && token) {
		free(token->unsaved[0]);
		free(token->unsaved[1]);
		token->unsaved[0] = token->unsaved[1] = NULL;
	}
	return ok;
}

/* Without a lease from here on. */
static bool put_back(struct turn *t, struct sf_record *next, bool *done)
{
	next->leased_until = 0;
	memset(next->owner, 0, sizeof(next->owner));
	return replace(t, &t->text, next, done);
}

/* What may be written over. */
struct put {
	struct sf_record record;
	bool if_none;         /* nothing, where a refresh token is there */
	struct sf_span spent; /* only this refresh token; p == NULL: any */
};

/* Until nobody comes between the look and the replacement. */
static bool put(const struct sf_token_request *r, struct put *p, struct sf_failure *failure)
{
	bool ok = true, done = false;
	struct turn t;

	for (int i = 0; i < PUT_TRIES && ok && !done; i++) {
		ok = begin_turn(&t, r, failure);
		if (ok && ((p->if_none && t.record.refresh.n > 0) || (p->spent.p && !sf_span_eq(p->spent, t.record.refresh)))) {
			done = true;
		} else if (ok) {
			ok = put_back(&t, &p->record, &done);
		}
		end_turn(&t);
	}
	if (ok && !done) {
		sf_failure_set(failure, SF_REASON_TOKEN_STORE, SF_ACTION_RETRY, "The token store took nothing: it says each time that another process was faster");
	}
	return ok && done;
}

/*
 * What came is written down before anybody uses it. Where our lease was over, and somebody else has it now, his tokens stay unless
 * he too has only the refresh token that we have spent.
 */
static bool write_down(struct turn *t, const struct sf_grant_answer *answer, struct sf_record *next)
{
	struct put late = { .spent = t->record.refresh };
	bool done;

	next->access = sf_oauth_token_of(&answer->header);
	next->instance = answer->instance;
	if (answer->refresh.p) {
		next->refresh = sf_span_of((const char *)answer->refresh.p);
	}
	if (!put_back(t, next, &done)) {
		return false;
	}
	late.record = *next;
	return done || !answer->refresh.p || put(t->r, &late, t->failure);
}

/* We have the lease. */
static struct sf_token *ask(struct turn *t)
{
	struct sf_oauth_call call = sf_token_call(t->r);
	struct sf_grant_answer answer;
	struct sf_token *token = NULL;
	struct sf_record next = t->record;
	struct sf_failure refused;
	bool done, written;

	if (call.timeout_ms > REQUEST_MS) {
		call.timeout_ms = REQUEST_MS;
	}
	if (!sign_in(t->r, &call, t->record.refresh, &answer, &refused)) {
		put_back(t, &next, &done); /* if that fails the lease ends by itself: what went wrong before is what to tell */
		*t->failure = refused;
		return NULL;
	}
	written = write_down(t, &answer, &next);
	if (written || answer.refresh.p) {
		token = keep(t->r, &answer.header, &answer.instance, t->failure);
	}
	if (!written && token) {
		keep_unsaved(t, token, &next);
		token = NULL;
	}
	sf_grant_answer_free(&answer);
	return token;
}

/* The token of the record, if it is not the refused one. */
static bool usable(const struct turn *t, const unsigned char *refused)
{
	unsigned char mark[SF_TOKEN_MARK];

	return t->record.access.n > 0 && (!refused || (mark_of(t->record.access, mark) && memcmp(mark, refused, SF_TOKEN_MARK) != 0));
}

static struct sf_token *keep_record(struct turn *t)
{
	struct sf_secret header = { 0 };
	struct sf_token *token = NULL;
	struct sf_error error;

	/* php.ini may have changed since it was written */
	if (!sf_http_allowed(t->r->http, &t->record.instance, &error)) {
		sf_failure_set(t->failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, error.where);
	} else if (!sf_oauth_header(t->record.access, &header)) {
		failed(t->failure);
	} else {
		token = keep(t->r, &header, &t->record.instance, t->failure);
	}
	sf_secret_free(&header);
	return token;
}

static bool lease(struct turn *t, bool *done)
{
	struct sf_record leased = t->record;

	leased.leased_until = wall_clock() + LEASE_MS;
	if (!sf_random(leased.owner, sizeof(leased.owner))) {
		return failed(t->failure);
	}
	return replace(t, &t->text, &leased, done);
}

/* True when it is over, with a token or a failure; false: somebody else is at it, look again. */
static bool take_turn(struct turn *t, const unsigned char *refused, struct sf_token **token, bool *fresh)
{
	int64_t now = wall_clock();
	bool leased = false;

	*token = NULL;
	if (usable(t, refused)) {
		*token = keep_record(t);
		return true;
	}
	/* a lease that ends later than any could is a clock that was set back, and binds nobody */
	if (t->record.leased_until > now && t->record.leased_until <= now + 2 * LEASE_MS) {
		return false;
	}
	if (t->r->credentials->grant == SF_GRANT_REFRESH_TOKEN && t->record.refresh.n == 0) {
		sf_failure_set(t->failure, SF_REASON_AUTHENTICATION, SF_ACTION_AUTHENTICATE, "The token store holds no refresh token for these credentials: a person must grant access again");
		return true;
	}
	if (!lease(t, &leased)) {
		return true;
	}
	if (leased) {
		*fresh = true;
		*token = ask(t);
	}
	return leased;
}

static struct sf_token *get_shared(const struct sf_token_request *r, const unsigned char *refused, bool *fresh, struct sf_failure *failure)
{
	struct sf_token *token = NULL;
	struct turn t;
	bool over;

	for (;;) {
		over = !begin_turn(&t, r, failure) || take_turn(&t, refused, &token, fresh);
		end_turn(&t);
		if (over) {
			return token;
		}
		if (sf_token_time_left(r) < 2 * POLL_MS) {
			sf_failure_set(failure, SF_REASON_TIMED_OUT, SF_ACTION_RETRY, "Another process is signing in to Salesforce, and has not come to an end within the time limit");
			return NULL;
		}
		sf_api_pause(POLL_MS);
	}
}

struct sf_token *sf_token_get(const struct sf_token_request *r, const unsigned char *refused, bool *fresh, struct sf_failure *failure)
{
	struct sf_oauth_call call = sf_token_call(r);
	struct sf_grant_answer answer;
	struct sf_token *token;

	*fresh = false;
	if (r->store) {
		return get_shared(r, refused, fresh, failure);
	}
	*fresh = true;
	if (!sign_in(r, &call, SF_SPAN_NONE, &answer, failure)) {
		return NULL;
	}
	token = keep(r, &answer.header, &answer.instance, failure);
	sf_grant_answer_free(&answer);
	return token;
}

bool sf_token_put(const struct sf_token_request *r, const struct sf_grant_answer *answer, struct sf_failure *failure)
{
	struct put over = { .record = { .access = sf_oauth_token_of(&answer->header), .refresh = sf_span_of((const char *)answer->refresh.p), .instance = answer->instance } };
	struct sf_token *old = sf_token_find(r->tokens, r->id);

	if (old) {
		sf_token_drop(old);
	}
	return put(r, &over, failure);
}

bool sf_token_plant(const struct sf_token_request *r, struct sf_span refresh, struct sf_failure *failure)
{
	struct put first = { .record = { .refresh = refresh }, .if_none = true };

	return put(r, &first, failure);
}

/* Salesforce first: a token that nobody keeps could not be revoked any more. */
static bool revoke_shared(const struct sf_token_request *r, struct sf_failure *failure)
{
	struct sf_oauth_call call = sf_token_call(r);
	bool ok, done = false, is_refresh;
	struct turn t;

	ok = begin_turn(&t, r, failure);
	is_refresh = t.record.refresh.n > 0;
	if (ok && (is_refresh || t.record.access.n > 0)) {
		ok = sf_oauth_revoke(&call, is_refresh ? t.record.refresh : t.record.access, is_refresh, failure);
	}
	ok = ok && (!t.text.p || r->store->replace(r->store->arg, id_of(&t), t.text, SF_SPAN_NONE, &done, failure));
	if (ok && t.text.p && !done) {
		ok = sf_failure_set(failure, SF_REASON_TOKEN_STORE, SF_ACTION_RETRY, "Another process has changed the token at this moment");
	}
	end_turn(&t);
	return ok;
}

bool sf_token_revoke(const struct sf_token_request *r, struct sf_failure *failure)
{
	struct sf_oauth_call call = sf_token_call(r);
	struct sf_token *token;
	bool ok = true;

	if (r->store) {
		ok = revoke_shared(r, failure);
	} else if ((token = sf_token_find(r->tokens, r->id))) {
		ok = sf_oauth_revoke(&call, sf_oauth_token_of(&token->header), false, failure);
	}
	token = sf_token_find(r->tokens, r->id);
	if (ok && token) {
		sf_token_drop(token);
	}
	return ok;
}
