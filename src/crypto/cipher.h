/*
 * Content encryption (xmlenc-core1 §5.2): AES in GCM and in CBC, and nothing else. The one table of what exists and how
 * long its keys, vectors and tags are.
 */
#ifndef SF_CRYPTO_CIPHER_H
#define SF_CRYPTO_CIPHER_H

#include "base/span.h"

struct sf_cipher {
	const char *uri;
	const char *name; /* as OpenSSL calls it */
	size_t key;       /* bytes */
	size_t iv;        /* bytes in front of the ciphertext */
	size_t tag;       /* bytes behind it; 0: nothing tells whether it was changed */
};

#define SF_CONTENT_KEY_MAX 32

/* NULL for everything else, Triple DES among it. */
const struct sf_cipher *sf_cipher_by_uri(struct sf_span uri);

/* Whether n bytes can be an IV, at least one block or byte of ciphertext, and a whole tag. Says nothing that the sender doesn't know. */
bool sf_cipher_fits(const struct sf_cipher *cipher, size_t n);

/*
 * Opens what sf_cipher_fits(); out has room for as many bytes, and must not overlap. False if the tag is wrong (*n is then 0
 * and out is wiped), the padding is, or OpenSSL failed.
 *
 * A wrong padding is found without a branch, and *n and out are then as if the padding were one byte, so that the caller can
 * go on with what a good one would have cost, before it fails.
 */
bool sf_cipher_open(const struct sf_cipher *cipher, const unsigned char *key, struct sf_span sealed, unsigned char *out, size_t *n);

#endif
