/*
 * Sealed passwords. The token is `sfv1.` and base64url of the bytes that docs/vault.md lists one by one; AES-256-GCM
 * with everything that stands before the nonce, the prefix too, as additional data.
 *
 * The site is authenticated too, and does not stand in the token: whoever opens one says which site he is, by php.ini, and a token
 * that was sealed for another is as good as forged.
 *
 * A plaintext is only ever in an sf_secret. Opening gives one error for every way it can fail, so that nobody learns
 * from it which part of a forged token was right; only a token that is genuine is told to have expired.
 */
#ifndef SF_PASSWORD_VAULT_H
#define SF_PASSWORD_VAULT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/secret.h"
#include "crypto/keyring.h"

#define SF_VAULT_PREFIX "sfv1."
#define SF_VAULT_VERSION 1
#define SF_VAULT_KEY_ID 8
#define SF_VAULT_MAX_PASSWORD 1024
#define SF_VAULT_MAX_RECIPIENT 255
#define SF_VAULT_MAX_SITE 4096
#define SF_VAULT_MAX_TOKEN 1860 /* characters, as docs/vault.md has it */
#define SF_VAULT_MAX_SECONDS 31536000

enum sf_vault_code {
	SF_VAULT_INPUT = 1,
	SF_VAULT_REFUSED,
	SF_VAULT_EXPIRED,
	SF_VAULT_FAILED,
};

enum sf_vault_purpose {
	SF_PURPOSE_SALESFORCE_PASSWORD = 1,
};

const char *sf_vault_purpose_name(enum sf_vault_purpose purpose); /* NULL if there is no such purpose */

/* What a token says of itself; none of it is secret. The recipient lies in the caller's arena. */
struct sf_vault_claims {
	int version;
	unsigned char key_id[SF_VAULT_KEY_ID];
	enum sf_vault_purpose purpose;
	struct sf_span recipient;
	int64_t expires_at;
};

/* What a password is sealed for. */
struct sf_vault_order {
	enum sf_vault_purpose purpose;
	struct sf_span site; /* at most SF_VAULT_MAX_SITE bytes, may be empty */
	struct sf_span recipient;
	int64_t expires_at;
};

/* The key must be a raw one. The token lies in the arena. */
bool sf_vault_seal(const struct sf_key *key, const struct sf_vault_order *order, struct sf_span password, struct sf_arena *arena, struct sf_span *token,
		struct sf_error *error);

/* Checks that the token is genuine (its expiry is not judged). */
bool sf_vault_inspect(const struct sf_key *key, struct sf_span site, struct sf_span token, struct sf_arena *arena, struct sf_vault_claims *claims, struct sf_error *error);

/* The password, in locked memory that the caller frees; password->n is its exact length. The order's expires_at is not looked at. */
bool sf_vault_open(const struct sf_key *key, struct sf_span token, const struct sf_vault_order *order, int64_t now, struct sf_arena *arena,
		struct sf_secret *password, struct sf_error *error);

/*
 * The same password for the same purpose, recipient and expiry, sealed by another key; `to` is the newest generation of `key`, say. The
 * token itself if it was sealed by that one. An expired one is not sealed again.
 */
bool sf_vault_reseal(const struct sf_key *key, const struct sf_key *to, struct sf_span site, struct sf_span token, int64_t now, struct sf_arena *arena,
		struct sf_span *resealed, struct sf_error *error);

/* The generation of this key, or an older one, that a token names; NULL if none. The token is not judged by it. */
const struct sf_key *sf_vault_generation_of(const struct sf_key *newest, struct sf_span token, struct sf_arena *arena);

/* The key of the ring that a token names, or NULL. The token is not judged by it. */
const struct sf_key *sf_vault_key_of(const struct sf_keyring *ring, struct sf_span token, struct sf_arena *arena);

#endif
