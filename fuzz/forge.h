/*
 * What the targets share: an identity provider whose key is a fixed number, so that a seed and a reproducer mean the same
 * at every run; a service provider with a key to decrypt with; and the signing and encrypting of documents, so that mutants
 * get past the cryptography to what comes behind it.
 */
#ifndef SF_FUZZ_FORGE_H
#define SF_FUZZ_FORGE_H

#include <stdint.h>

#include "saml/response.h"

#define FORGE_NOW 1800000000
#define FORGE_IDP "https://idp.example"
#define FORGE_SP "https://sp.example/metadata"
#define FORGE_ACS "https://sp.example/acs"
#define FORGE_REQUEST "_request"

/* Ends the process, which the fuzzer reports with its input. */
#define MUST(condition) ((condition) ? (void)0 : forge_broken(#condition, __FILE__, __LINE__))
_Noreturn void forge_broken(const char *what, const char *file, int line);

extern const struct sf_xml_limits forge_limits;
extern struct sf_idp forge_idp;
extern struct sf_sp forge_sp;
extern struct sf_key_cache *forge_cache;
extern const struct sf_key *forge_vault_key;

/* Call first. Keys, and with decryption an RSA key, which takes a moment. */
void forge_start(bool decryption);

struct sf_login forge_login(bool pending);

enum {
	FORGE_SIGN_ASSERTION = 1,
	FORGE_SIGN_RESPONSE = 2,
	FORGE_ENCRYPT = 4, /* the Assertion, after it was signed */
	FORGE_CBC = 8,     /* with this instead of GCM */
};

/* The document, signed and encrypted as told, as far as it has what that needs. False if it is not well-formed. */
bool forge_dress(struct sf_span xml, unsigned how, struct sf_arena *arena, struct sf_span *out);

/* How a text becomes an EncryptedAssertion. */
struct forge_envelope {
	unsigned cipher;    /* of forge_ciphers, by its place */
	unsigned transport; /* of forge_transports */
	size_t flip;        /* a bit of this byte of the sealed text is changed, counted from 1; 0: none */
};

#define FORGE_CIPHERS 6
#define FORGE_TRANSPORTS 3
bool forge_is_authenticated(const struct forge_envelope *envelope);

/* An EncryptedAssertion with this in it, whatever it is. Needs forge_start(true). */
bool forge_seal(struct sf_span plain, const struct forge_envelope *envelope, struct sf_arena *arena, struct sf_span *out);

/* xml as it would be posted. */
struct sf_span forge_base64(struct sf_span xml, struct sf_arena *arena);

/* What must be true of every login that is accepted. */
void forge_check_login(const struct sf_login *login, const struct sf_login_result *result);

#endif
