/*
 * Public keys and verification. A key is read from a certificate or a SubjectPublicKeyInfo by a walk over its DER,
 * which costs a tenth of OpenSSL's X.509 parser; nothing else of the certificate is believed, but for its notAfter, as a hint.
 *
 * What OpenSSL makes of a key is kept in a cache that belongs to one worker.
 */
#ifndef SF_CRYPTO_PKEY_H
#define SF_CRYPTO_PKEY_H

#include <stdint.h>

#include "base/arena.h"
#include "crypto/algorithm.h"

struct sf_public_key {
	enum sf_sig_family family;
	int bits;
	const char *group;    /* EC: OpenSSL's name of the curve */
	struct sf_span spki;  /* all spans point into the DER that was read */
	struct sf_span n, e;  /* RSA */
	struct sf_span point; /* EC: uncompressed; Ed25519: the 32 bytes of the key */
	bool has_not_after;
	int64_t not_after;
};

/* RSA of 1024 to 8192 bits with an odd exponent of up to 64 bits, EC on P-256, P-384 or P-521, Ed25519. */
bool sf_public_key_from_spki(struct sf_span der, struct sf_public_key *key);
bool sf_public_key_from_certificate(struct sf_span der, struct sf_public_key *key);

/* `RSA-2048`, `EC-P256`, `Ed25519`. */
#define SF_KEY_TEXT 16
void sf_public_key_text(const struct sf_public_key *key, char out[SF_KEY_TEXT]);

/*
 * The first PEM section of the given label (`CERTIFICATE`, `PUBLIC KEY`) as DER in the arena. Where text has no
 * `-----BEGIN`, it is taken as base64 of the DER itself. False if there is none or it is no base64.
 */
bool sf_pem_or_base64(struct sf_arena *a, struct sf_span text, const char *label, struct sf_span *der);

/*
 * Finds the next `-----BEGIN label-----` section at or after *pos; label and body (its base64, and headers if there are
 * any) point into text, *pos moves behind it.
 */
bool sf_pem_next(struct sf_span text, size_t *pos, struct sf_span *label, struct sf_span *body);

struct sf_key_cache;
struct sf_key_cache *sf_key_cache_new(void);
void sf_key_cache_free(struct sf_key_cache *cache);

/*
 * True only if sig is this key's signature over data. ECDSA signatures are r || s (see keyring.h).
 * The algorithm must be of the key's family; whether it is allowed at all is the caller's question.
 */
bool sf_verify(struct sf_key_cache *cache, const struct sf_public_key *key, enum sf_sig_alg alg, const void *data, size_t data_n,
		const unsigned char *sig, size_t sig_n);

#endif
