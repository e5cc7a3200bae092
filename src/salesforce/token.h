/* Access tokens: got by the JWT bearer flow, kept in locked memory, each for one set of credentials. */
#ifndef SF_SALESFORCE_TOKEN_H
#define SF_SALESFORCE_TOKEN_H

#include <sys/types.h>

#include "salesforce/api.h"

#define SF_TOKEN_ID 32

struct sf_token {
	unsigned char id[SF_TOKEN_ID]; /* SHA-256 over all fields of the credentials */
	struct sf_secret header;       /* the whole line `Authorization: Bearer …`, terminated; p == NULL: free */
	struct sf_origin instance;     /* where it is good */
	unsigned long used;
};

struct sf_tokens {
	struct sf_token list[SF_API_TOKENS];
	unsigned long clock;
	pid_t pid; /* whose locks the secrets have */
};

bool sf_token_id(const struct sf_credentials *credentials, struct sf_arena *arena, unsigned char id[SF_TOKEN_ID]);

/* The token that is kept for these, or NULL. */
struct sf_token *sf_token_find(struct sf_tokens *tokens, const unsigned char id[SF_TOKEN_ID]);
void sf_token_drop(struct sf_token *token);
void sf_tokens_free(struct sf_tokens *tokens);

/* Asks Salesforce for one and keeps it. NULL, and the failure says why. */
struct sf_token *sf_token_get(struct sf_tokens *tokens, struct sf_http *http, const struct sf_credentials *credentials, const unsigned char id[SF_TOKEN_ID],
		long timeout_ms, struct sf_arena *arena, struct sf_failure *failure);

#endif
