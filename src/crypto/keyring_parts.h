/* What the three files of the keyring share: the ring itself, and how a private key lies in it. Nobody else includes this. */
#ifndef SF_CRYPTO_KEYRING_PARTS_H
#define SF_CRYPTO_KEYRING_PARTS_H

#include <sys/types.h>

#include <openssl/types.h>

#include "base/arena.h"
#include "base/secret.h"
#include "crypto/keyring.h"

#define SF_KEYRING_FILE_MAX ((size_t)64 * 1024)
#define SF_KEYRING_SENTENCE 400

/* One number of a private key, in the byte order that OSSL_PARAM wants (the machine's). */
struct sf_number {
	unsigned char *p;
	size_t n;
};

enum { SF_RSA_N, SF_RSA_E, SF_RSA_D, SF_RSA_P, SF_RSA_Q, SF_RSA_DP, SF_RSA_DQ, SF_RSA_QI, SF_RSA_NUMBERS };

/* Lies in the locked region, with everything that it points to. */
struct sf_key_secret {
	struct sf_number rsa[SF_RSA_NUMBERS];
	struct sf_number scalar; /* EC */
	struct sf_number point;  /* EC, the public key as an octet string */
	const char *group;       /* EC */
	unsigned char raw[SF_VAULT_KEY_BYTES];
	struct sf_number text; /* a client secret, its characters in their order */
};

struct sf_key_refusal {
	char name[SF_KEY_NAME_MAX + 1];
	unsigned generation;
	char sentence[SF_KEYRING_SENTENCE];
	struct sf_key_refusal *next;
};

struct sf_keyring {
	struct sf_key keys[SF_KEYRING_MAX_KEYS]; /* by name, of a name the newest first */
	size_t count;
	struct sf_key_refusal *refusals;
	size_t refused;
	struct sf_arena arena;
	struct sf_secret region;
	size_t used;
	_Atomic(pid_t) pid; /* whose lock it is; any of its threads may take it anew after a fork */
};

/* ---- keyring.c ---- */

/* Made for one operation; its caller frees it at once, and OpenSSL wipes its private numbers then. */
EVP_PKEY *sf_key_private(const struct sf_key *key);

/* One to nine digits without a leading zero. */
bool sf_key_generation(struct sf_span digits, unsigned *generation);

/* ---- keyring_files.c: what may be read at all ---- */

/* The folder, open for reading; or -1 with the sentence. */
int sf_keyring_open_folder(const char *path, char why[SF_KEYRING_SENTENCE]);

enum sf_keyring_file { SF_FILE_KEY, SF_FILE_CREDENTIAL };

/* A whole file of the folder, at most into->n bytes. False with the sentence. */
bool sf_keyring_read_file(int folder, const char *file, enum sf_keyring_file kind, struct sf_secret *into, size_t *n, char why[SF_KEYRING_SENTENCE]);

/*
 * The passphrase that samlforce.keyring_passphrase names: a path, or the name of a credential of the systemd service
 * (systemd.exec(5), $CREDENTIALS_DIRECTORY). Its path is written to `path` for the report. False with the sentence.
 */
bool sf_keyring_read_passphrase(const char *setting, char *path, size_t path_n, struct sf_secret *into, size_t *n, char why[SF_KEYRING_SENTENCE]);

#endif
