/*
 * What a token store keeps for one set of credentials: the tokens, and who is getting new ones, sealed as crypto/seal.h says
 * for the id of the credentials and for nothing else.
 *
 * The plaintext, numbers big-endian:
 *   version (1) | owner of the lease (16) | its end in ms since 1970 (8) | length (4), access token | length (4), origin | length (4), refresh token
 * An origin is host:port. Each of the three texts may be empty.
 */
#ifndef SF_SALESFORCE_RECORD_H
#define SF_SALESFORCE_RECORD_H

#include "salesforce/api.h"

#define SF_RECORD_OWNER 16

struct sf_record {
	struct sf_secret memory; /* what the spans point into; free it by sf_record_free() */
	unsigned char owner[SF_RECORD_OWNER];
	int64_t leased_until; /* 0: by nobody */
	struct sf_span access;
	struct sf_span refresh;
	struct sf_origin instance; /* host empty: no access token */
};

void sf_record_free(struct sf_record *record);

/* False for anything that we did not seal for these credentials; the record is then empty. */
bool sf_record_open(const struct sf_token_store *store, struct sf_span id, struct sf_span text, struct sf_arena *arena, struct sf_record *record);

bool sf_record_seal(const struct sf_token_store *store, struct sf_span id, const struct sf_record *record, struct sf_arena *arena, struct sf_span *text);

#endif
