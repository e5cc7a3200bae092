/* The assertion of the JWT bearer flow (RFC 7523 §2.1, RFC 7515 §3.1), RS256. */
#ifndef SF_SALESFORCE_JWT_H
#define SF_SALESFORCE_JWT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/secret.h"
#include "crypto/keyring.h"

#define SF_JWT_SECONDS 180 /* the longest that Salesforce takes */

struct sf_jwt_claims {
	struct sf_span issuer;
	struct sf_span subject;
	struct sf_span audience;
	int64_t now;
};

/*
 * The whole form that is posted for a token, in locked memory that the caller frees: for three minutes the assertion is as
 * good as the key. It ends with the grant type, since the last bytes of a secret body must not be secret (http.h).
 */
bool sf_jwt_form(const struct sf_key *key, const struct sf_jwt_claims *claims, struct sf_arena *arena, struct sf_secret *form);

#endif
