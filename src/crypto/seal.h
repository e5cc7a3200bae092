/*
 * Secrets that others keep for us: AES-256-GCM under a 32 byte key, as text.
 *
 *   PREFIX base64url( key id (8) | nonce (12) | ciphertext | tag (16) )
 *
 * The additional data is the prefix, a zero byte and the context, which says what the text is for: one that is sealed for
 * another context does not open. All that can go wrong with a text is one failure.
 */
#ifndef SF_CRYPTO_SEAL_H
#define SF_CRYPTO_SEAL_H

#include "base/arena.h"
#include "base/secret.h"
#include "crypto/keyring.h"

#define SF_SEAL_KEY_BYTES SF_VAULT_KEY_BYTES
#define SF_SEAL_MAX ((size_t)64 * 1024) /* of the plaintext */

/* False if the random source, OpenSSL or the memory failed, or the plaintext is empty or too long. */
bool sf_seal(const unsigned char key[SF_SEAL_KEY_BYTES], const char *prefix, struct sf_span context, struct sf_span plain, struct sf_arena *arena,
		struct sf_span *text);

/*
 * Opens with this key, or with the key of the ring that it was sealed with: a text outlives the rotation of its key. ring may be
 * NULL. plain is the caller's to free.
 */
bool sf_unseal(const unsigned char key[SF_SEAL_KEY_BYTES], const struct sf_keyring *ring, const char *prefix, struct sf_span context, struct sf_span text,
		struct sf_arena *arena, struct sf_secret *plain);

#endif
