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

/* JWT bearer. The texts belong to the caller. */
struct sf_credentials {
	struct sf_origin login;
	struct sf_span consumer_key;
	struct sf_span username;
	struct sf_span audience;
	const struct sf_key *key;
};

struct sf_api_call {
	const struct sf_credentials *credentials;
	const char *method;
	struct sf_span path;      /* from /services/ on, with a terminator */
	struct sf_span body;      /* JSON; p == NULL: none */
	bool secret;              /* of the body; its last SF_HTTP_TAIL bytes must say nothing */
	bool repeatable;          /* a second arrival does no harm */
	enum sf_action unsure;    /* what to do if it is not repeatable, and nobody knows whether it was carried out */
	long timeout_ms;          /* for all of it: token, repeats and pauses */
	struct sf_secret *into;   /* where the answer goes, or NULL for the arena */
	struct sf_span redact[2]; /* texts that are overwritten in the answer before anybody reads it; needs `into` */
};

struct sf_api;

struct sf_api *sf_api_new(const struct sf_http_settings *settings, struct sf_failure *failure);
void sf_api_free(struct sf_api *api);

/* Whether php.ini allows this host. */
bool sf_api_allowed(struct sf_api *api, const struct sf_origin *origin, struct sf_failure *failure);

/* True for a 2xx. The answer's body is in the arena or in call->into. */
bool sf_api_send(struct sf_api *api, const struct sf_api_call *call, struct sf_arena *arena, struct sf_http_answer *answer, struct sf_failure *failure);

struct sf_api_state {
	struct sf_http_state http;
	size_t tokens;
	bool tokens_locked; /* none of them lies in memory that could be swapped out */
	long api_used;      /* by the last answer that said so, or -1 */
	long api_limit;
};
void sf_api_inspect(const struct sf_api *api, struct sf_api_state *state);

/* Milliseconds of a clock that is never set. */
int64_t sf_api_clock(void);

#endif
