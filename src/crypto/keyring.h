/*
 * The keyring: key files that are read once, before anything else runs, into one region of locked memory that is
 * read-only from then on. A private key is kept as the numbers it consists of; an EVP_PKEY is made of them for one
 * operation and freed, because OpenSSL's own copies (and what it derives from them, Montgomery contexts that hold p and q)
 * lie in ordinary memory.
 *
 * Format: see stubs/keyring.stub.php.
 */
#ifndef SF_CRYPTO_KEYRING_H
#define SF_CRYPTO_KEYRING_H

#include "base/span.h"
#include "crypto/algorithm.h"

#define SF_KEYRING_MAX_KEYS 64 /* files, so each generation counts */
#define SF_KEY_NAME_MAX 64
#define SF_KEY_GENERATION_MAX 999999999
#define SF_KEY_REFERENCE_MAX (SF_KEY_NAME_MAX + 10) /* NAME~999999999 */
#define SF_VAULT_KEY_BYTES 32
#define SF_KEY_SECRET_MAX 1024

struct sf_keyring;

enum sf_key_kind {
	SF_KEY_RSA,
	SF_KEY_EC,
	SF_KEY_RAW,  /* 32 bytes for the vault */
	SF_KEY_SECRET, /* a secret that was given to us, an OAuth client secret say */
};

/*
 * What is public of a key. The private part is reachable through the functions below alone.
 *
 * A name may have several generations: NAME.pem is generation 0, NAME~G.pem is generation G, and the highest is the newest.
 * What is made (a signature, a sealed password) is made with the newest; what comes in may still be meant for an older one.
 */
struct sf_key {
	char name[SF_KEY_NAME_MAX + 1];
	unsigned generation;
	const struct sf_key *older; /* the generation before this one, or NULL */
	enum sf_key_kind kind;
	int bits;                   /* of the modulus or the curve; 256 for a raw key, 0 for a text */
	struct sf_span spki;        /* SubjectPublicKeyInfo in DER; empty where there is no public half */
	struct sf_span certificate; /* X.509 in DER, or empty */
	const struct sf_key_secret *secret;
};

/* Told once for each file that is not taken, with one sentence that says why and what mends it. */
typedef void (*sf_keyring_report)(void *arg, const char *file, const char *sentence);

/*
 * Reads the folder. NULL only if the folder itself can't be used (reported too); a file that is refused is
 * reported and remembered by name. The passphrase (of encrypted PEM files) is a path, the name of a systemd credential, or NULL.
 */
struct sf_keyring *sf_keyring_load(const char *folder, const char *passphrase, sf_keyring_report report, void *arg);
void sf_keyring_free(struct sf_keyring *ring);

/* By name, and of each name the newest first; NULL past the end. */
const struct sf_key *sf_keyring_at(const struct sf_keyring *ring, size_t i);

/* NAME is its newest generation, NAME~G exactly that one. */
const struct sf_key *sf_keyring_find(const struct sf_keyring *ring, struct sf_span name);

/* Whether nothing newer of its name was loaded. */
bool sf_keyring_is_newest(const struct sf_keyring *ring, const struct sf_key *key);

/* The sentence with which a file of that name (or of that generation, if it says one) was refused, or NULL. */
const char *sf_keyring_refusal(const struct sf_keyring *ring, struct sf_span name);

/* Locks again after a fork; call before use in a worker. Cheap when it is done already. */
void sf_keyring_enter(struct sf_keyring *ring);

struct sf_keyring_state {
	size_t bytes; /* of locked memory */
	bool locked;
	bool undumpable;
	size_t refused; /* files */
};
void sf_keyring_inspect(const struct sf_keyring *ring, struct sf_keyring_state *state);

#define SF_SIGNATURE_MAX 1024

/* What a key of the keyring signs SAML with: SHA-256 for RSA, the digest that fits the curve for EC. SF_SIG_NONE for a raw key. */
enum sf_sig_alg sf_key_sig_alg(const struct sf_key *key);

/*
 * Signs data. *n is the room on entry (SF_SIGNATURE_MAX does for all) and the length after it. ECDSA comes out as
 * r || s, each of the curve's size (RFC 4050 §3.3, RFC 7518 §3.4). False if the algorithm doesn't fit the key, or OpenSSL failed.
 */
bool sf_key_sign(const struct sf_key *key, enum sf_sig_alg alg, const void *data, size_t data_n, unsigned char *sig, size_t *n);

/* Key transport (xmlenc-core1 §5.5). */
struct sf_key_transport {
	bool rsa15;            /* PKCS#1 v1.5; otherwise OAEP, with: */
	enum sf_digest digest; /* over the label */
	enum sf_digest mgf;    /* inside MGF1 */
	struct sf_span label;  /* OAEPparams, at most SF_OAEP_LABEL_MAX */
};

#define SF_OAEP_LABEL_MAX 256
#define SF_UNWRAP_SCRATCH 1024 /* the longest modulus */

/*
 * Takes a content key of exactly n bytes (at most 32) out of its wrapping. content_key and scratch (SF_UNWRAP_SCRATCH bytes) are
 * locked memory of the caller, which he wipes.
 *
 * False only for what anybody can see: the key is no RSA key, the ciphertext isn't as long as its modulus, n or the label is
 * out of range, or OpenSSL has no memory. Where the ciphertext does not hold such a key, content_key gets bytes that depend on the
 * ciphertext and the private key (as RFC-to-be draft-irtf-cfrg-rsa-guidance §7 has it): what is decrypted with them is
 * garbage, always the same, and nobody learns at which step it went wrong.
 */
bool sf_key_unwrap(const struct sf_key *key, const struct sf_key_transport *how, struct sf_span wrapped, unsigned char *content_key, size_t n,
		unsigned char *scratch);

/* The 32 bytes of a raw key, in locked memory; NULL for any other kind. Never copy them. */
const unsigned char *sf_key_raw(const struct sf_key *key);

/* The characters of a text, 1 to SF_KEY_SECRET_MAX, in locked memory; none for any other kind. They go into locked memory alone, and never to PHP. */
struct sf_span sf_key_text(const struct sf_key *key);

/* Whether it has a private and a public half. */
static inline bool sf_key_is_pair(const struct sf_key *key)
{
	return key->kind == SF_KEY_RSA || key->kind == SF_KEY_EC;
}

#endif
