/*
 * Calls of the REST API, with the token and the repeats that they need. One sf_api belongs to one worker: it holds the
 * connections and the tokens, which outlive a request of PHP.
 */
#ifndef SF_SALESFORCE_API_H
#define SF_SALESFORCE_API_H

#include <stdint.h>

#include "crypto/keyring.h"
#include "http/http.h"
#include "salesforce/error.h"

#define SF_API_TOKENS 8  /* kept at a time; the one that rested longest makes room */
#define SF_API_REPEATS 2 /* of a call that may be repeated */
#define SF_API_CALLS 1000 /* of sf_api_send_all() */

enum sf_grant {
	SF_GRANT_JWT_BEARER,         /* RFC 7523 */
	SF_GRANT_CLIENT_CREDENTIALS, /* RFC 6749 §4.4 */
	SF_GRANT_REFRESH_TOKEN,      /* RFC 6749 §6; the refresh token is in the store */
};

/*
 * Where tokens are shared by several processes or machines. It keeps one text for each id (64 hexadecimal digits), and
 * replaces it only if it is still the one that was expected (p == NULL: none): that one atomic step is what makes sure that
 * one process alone refreshes. The text is sealed: a store can lose it, or give back an old one, but neither read nor make one.
 *
 * Both are false, and set the failure, if the store doesn't work. What load() gives lies in the arena.
 */
struct sf_token_store {
	void *arg;
	const unsigned char *key;      /* SF_SEAL_KEY_BYTES, locked: what the texts are sealed with */
	const struct sf_keyring *ring; /* where an older key may be, or NULL */
	bool (*load)(void *arg, struct sf_span id, struct sf_arena *arena, struct sf_span *text, struct sf_failure *failure);
	bool (*replace)(void *arg, struct sf_span id, struct sf_span expected, struct sf_span text, bool *done, struct sf_failure *failure);
};

/* The texts belong to the caller. */
struct sf_credentials {
	enum sf_grant grant;
	struct sf_origin login;
	struct sf_span consumer_key;
	struct sf_span username;      /* JWT: the claim sub; refresh token: the caller's name for the grant */
	struct sf_span audience;      /* JWT */
	const struct sf_key *key;     /* JWT */
	bool key_alone;               /* JWT: no other generation of the key may sign in its place */
	struct sf_span client_secret; /* in locked memory; p == NULL: none */
	const struct sf_token_store *store; /* NULL: what all workers of the machine share, if there is that, and not for a refresh token */
};

struct sf_api_call {
	const struct sf_credentials *credentials;
	const char *method;
	struct sf_span path;      /* from /services/ on, with a terminator */
	const char *cookie;         /* as in sf_http_request */
	bool cookies;
	const char *const *headers; /* as in sf_http_request */
	size_t header_count;
	const char *accept;       /* NULL: JSON */
	const char *content_type; /* NULL: JSON */
	struct sf_span body;      /* p == NULL: none */
	const struct sf_http_source *source; /* in place of a body; it is rewound for a repeat, and where it can't be there is none */
	const struct sf_http_sink *sink;     /* takes the body of a 2xx; once it has had a byte, nothing is repeated */
	bool conditional;         /* 304 is an outcome, and true */
	/* Whether an answer says in words of its own, whatever its status, that the token is void; or NULL. */
	bool (*denied)(const struct sf_http_answer *answer, struct sf_arena *arena);
	bool secret;              /* of the body; its last SF_HTTP_TAIL bytes must say nothing */
	bool repeatable;          /* a second arrival does no harm */
	enum sf_action unsure;    /* what to do if it is not repeatable, and nobody knows whether it was carried out */
	bool gone_is_done;        /* a DELETE: where an earlier attempt may have been carried out, "it is not there" says that it was */
	long timeout_ms;          /* for all of it: token, repeats and pauses; with a source or a sink: for the token, and for as long as nothing moves */
	long connect_ms;          /* of one attempt, as in sf_http_request */
	long first_byte_ms;
	struct sf_secret *into;   /* where the answer goes, or NULL for the arena */
	struct sf_span redact[2]; /* texts that are overwritten in the answer before anybody reads it; needs `into` */
};

struct sf_api;

struct sf_api_settings {
	struct sf_http_settings http;
	size_t gzip_from; /* bytes of a request's body; 0: never */
	long slow_from;   /* per cent of the daily limit from which on calls are slowed down; 100: never */
};

/* shared: for credentials without a store of their own, or NULL. It must outlive the sf_api. */
struct sf_api *sf_api_new(const struct sf_api_settings *settings, const struct sf_token_store *shared, struct sf_failure *failure);
void sf_api_free(struct sf_api *api);

/* The connections, for whoever else in the worker has somebody to call. */
struct sf_http *sf_api_http(struct sf_api *api);

/* Whether php.ini allows this host. */
bool sf_api_allowed(struct sf_api *api, const struct sf_origin *origin, struct sf_failure *failure);

/* True for a 2xx, and for a 304 where the call is conditional. The answer's body is in the arena or in call->into. */
bool sf_api_send(struct sf_api *api, const struct sf_api_call *call, struct sf_arena *arena, struct sf_http_answer *answer, struct sf_failure *failure);

/* Ends the web server flow: the tokens that this code is good for go into the store of the credentials, whose grant is a refresh token. */
struct sf_oauth_code;
bool sf_api_exchange(struct sf_api *api, const struct sf_credentials *credentials, const struct sf_oauth_code *code, long timeout_ms, struct sf_arena *arena,
		struct sf_failure *failure);

/* Puts a refresh token that came by another way into the store, if there is none yet. */
bool sf_api_plant(struct sf_api *api, const struct sf_credentials *credentials, struct sf_span refresh, struct sf_arena *arena, struct sf_failure *failure);

/* What Salesforce says about the access token (RFC 7662), as JSON. Needs a client secret. */
bool sf_api_introspect(struct sf_api *api, const struct sf_credentials *credentials, long timeout_ms, struct sf_arena *arena, struct sf_span *body,
		struct sf_failure *failure);

/* Ends the grant: the refresh token, or else the access token, is void from then on, and nobody keeps it. */
bool sf_api_revoke(struct sf_api *api, const struct sf_credentials *credentials, long timeout_ms, struct sf_arena *arena, struct sf_failure *failure);

/* One of several. */
struct sf_api_item {
	struct sf_api_call call; /* not secret, without `into`; credentials and time limit are those of the first */
	struct sf_http_answer answer;
	struct sf_failure failure;
	bool ok;
};

/*
 * All of them (at least one), at most `lanes` at the same time, each with the repeats that it may have. False, and the failure says why, if
 * there was no token, so that none of them was sent; otherwise each item says what became of it.
 */
bool sf_api_send_all(struct sf_api *api, struct sf_api_item *items, size_t count, size_t lanes, struct sf_arena *arena, struct sf_failure *failure);

/*
 * A GET that is sent now and whose answer is taken later, with the token that is at hand and without repeats: whoever gets false makes the call
 * in the usual way. NULL if nothing was sent, which also is so where calls are slowed down. The answer is a 2xx and stays until the drop.
 */
struct sf_http_ahead *sf_api_ahead(struct sf_api *api, const struct sf_api_call *call);
bool sf_api_ahead_take(struct sf_api *api, struct sf_http_ahead *ahead, long timeout_ms, const struct sf_http_answer **answer);

struct sf_api_state {
	struct sf_http_state http;
	unsigned long repeats;
	unsigned long slowed; /* calls that were slowed down */
	size_t tokens;
	bool tokens_locked; /* none of them lies in memory that could be swapped out */
	long api_used;      /* by the last answer that said so, or -1 */
	long api_limit;
};
void sf_api_inspect(const struct sf_api *api, struct sf_api_state *state);

/* Milliseconds of a clock that is never set. */
int64_t sf_api_clock(void);

/* Sleeps for about so long, up to half more or less, so that those who failed together don't come back together. */
void sf_api_pause(long ms);

/* Sleeps for so long; a signal shortens it. */
void sf_api_sleep(long ms);

#endif
