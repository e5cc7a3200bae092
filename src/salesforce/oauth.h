/*
 * OAuth 2.0 at Salesforce's /services/oauth2/ (RFC 6749, 7009, 7523, 7636, 7662): each function is one request. Every body
 * carries a secret, so it is written into locked memory and sent as http.h says; so is every answer that holds one.
 */
#ifndef SF_SALESFORCE_OAUTH_H
#define SF_SALESFORCE_OAUTH_H

#include "salesforce/api.h"

#define SF_OAUTH_URL_MAX 512

/* What the token endpoint gave. */
struct sf_grant_answer {
	struct sf_secret header;  /* the whole line `Authorization: Bearer …`, terminated */
	struct sf_secret refresh; /* p == NULL: none came */
	struct sf_origin instance;
};

void sf_grant_answer_free(struct sf_grant_answer *answer);

/* The access token in such a header. */
struct sf_span sf_oauth_token_of(const struct sf_secret *header);

/* Makes such a header; false too if the token can't stand in one. */
bool sf_oauth_header(struct sf_span token, struct sf_secret *header);

/* What each request needs. */
struct sf_oauth_call {
	struct sf_http *http;
	const struct sf_credentials *credentials;
	const unsigned char *partition; /* the id of the credentials: see sf_http_request */
	long timeout_ms;
	long connect_ms; /* as in sf_http_request */
	struct sf_arena *arena;
};

/* With a refresh token for SF_GRANT_REFRESH_TOKEN, and SF_SPAN_NONE for the others. */
bool sf_oauth_token(const struct sf_oauth_call *call, struct sf_span refresh, struct sf_grant_answer *answer, struct sf_failure *failure);

/*
 * Whether Salesforce refused a JWT because it does not know the certificate of the key. "invalid assertion" says that the signature is not good
 * for the app, or that the assertion is malformed; a wrong audience and a wrong user have words of their own.
 */
bool sf_oauth_key_unknown(const struct sf_failure *failure);

/* The end of the web server flow. */
struct sf_oauth_code {
	struct sf_span code;
	struct sf_span redirect_uri;
	struct sf_span verifier;
};
bool sf_oauth_exchange(const struct sf_oauth_call *call, const struct sf_oauth_code *code, struct sf_grant_answer *answer, struct sf_failure *failure);

bool sf_oauth_revoke(const struct sf_oauth_call *call, struct sf_span token, bool is_refresh, struct sf_failure *failure);

/* The answer's body goes into the arena: it says everything of the token but the token. */
bool sf_oauth_introspect(const struct sf_oauth_call *call, struct sf_span token, struct sf_span *body, struct sf_failure *failure);

#endif
