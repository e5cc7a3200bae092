/*
 * Access tokens: kept by the worker in locked memory, each for one set of credentials, and behind that in a store that
 * others share. Of all who need a new one at the same time, one asks Salesforce for it.
 */
#ifndef SF_SALESFORCE_TOKEN_H
#define SF_SALESFORCE_TOKEN_H

#include <sys/types.h>

#include "salesforce/oauth.h"

#define SF_TOKEN_ID 32
#define SF_TOKEN_MARK 16

struct sf_token {
	unsigned char id[SF_TOKEN_ID];     /* SHA-256 over what makes the credentials */
	unsigned char mark[SF_TOKEN_MARK]; /* of a hash over the token: tells it from the one that came before */
	struct sf_secret header;           /* the whole line `Authorization: Bearer …`, terminated; p == NULL: free */
	struct sf_origin instance;         /* where it is good */
	long api_used;                     /* of the org's calls of the last 24 hours, by the last answer that said so; 0: none did */
	long api_limit;
	unsigned long used;
	char *unsaved[2]; /* sealed texts: what the store would not take, and what it had then. With a refresh token that is not lost for it. */
};

/* Salesforce took a JWT of the generation before the newest: the next one is asked for with that. */
struct sf_older_key {
	unsigned char id[SF_TOKEN_ID];
	bool taken;
};

struct sf_tokens {
	struct sf_token list[SF_API_TOKENS];
	struct sf_older_key older[SF_API_TOKENS];
	size_t older_next; /* which one is written over */
	unsigned long clock;
	pid_t pid; /* whose locks the secrets have */
};

/* Whoever needs a token, and until when. */
struct sf_token_request {
	struct sf_tokens *tokens;
	struct sf_http *http;
	const struct sf_credentials *credentials;
	const struct sf_token_store *store; /* or NULL */
	unsigned char id[SF_TOKEN_ID];
	struct sf_arena *arena;
	int64_t deadline; /* by sf_api_clock() */
	long connect_ms;  /* as in sf_http_request */
};

bool sf_token_id(const struct sf_credentials *credentials, struct sf_arena *arena, unsigned char id[SF_TOKEN_ID]);

/* The token that is kept for these, or NULL. */
struct sf_token *sf_token_find(struct sf_tokens *tokens, const unsigned char id[SF_TOKEN_ID]);
void sf_token_drop(struct sf_token *token);
void sf_tokens_free(struct sf_tokens *tokens);

/*
 * From the store, or from Salesforce (*fresh is true then), but never the one with the mark `refused` (NULL: any). It is
 * kept. NULL, and the failure says why.
 */
struct sf_token *sf_token_get(const struct sf_token_request *r, const unsigned char *refused, bool *fresh, struct sf_failure *failure);

/* Where the store would not take a refresh token when it came: tries again. True if nothing is left to be saved. */
bool sf_token_save(const struct sf_token_request *r, struct sf_failure *failure);

/* Puts what the token endpoint gave into the store, whatever is there. */
bool sf_token_put(const struct sf_token_request *r, const struct sf_grant_answer *answer, struct sf_failure *failure);

/* Puts a refresh token there, if there is none. */
bool sf_token_plant(const struct sf_token_request *r, struct sf_span refresh, struct sf_failure *failure);

/* Revokes what is kept, here and in the store, and forgets it. */
bool sf_token_revoke(const struct sf_token_request *r, struct sf_failure *failure);

/* Milliseconds until the deadline, and no less than 0. */
long sf_token_time_left(const struct sf_token_request *r);

/* What a request to /services/oauth2/ needs, with the time that is left. */
struct sf_oauth_call sf_token_call(const struct sf_token_request *r);

#endif
