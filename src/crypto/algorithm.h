/* The signature and digest algorithms that exist here: one table, by XML-Security URI. */
#ifndef SF_CRYPTO_ALGORITHM_H
#define SF_CRYPTO_ALGORITHM_H

#include "base/span.h"

enum sf_digest {
	SF_DIGEST_NONE = 0,
	SF_SHA1,
	SF_SHA256,
	SF_SHA384,
	SF_SHA512,
};

enum sf_sig_family {
	SF_FAMILY_RSA, /* PKCS#1 v1.5, or PSS */
	SF_FAMILY_ECDSA,
	SF_FAMILY_ED25519,
};

enum sf_sig_alg {
	SF_SIG_NONE = 0,
	SF_RSA_SHA1,
	SF_RSA_SHA256,
	SF_RSA_SHA384,
	SF_RSA_SHA512,
	SF_ECDSA_SHA256,
	SF_ECDSA_SHA384,
	SF_ECDSA_SHA512,
	SF_RSA_PSS_SHA256,
	SF_RSA_PSS_SHA384,
	SF_RSA_PSS_SHA512,
	SF_ED25519,
};

struct sf_sig_info {
	enum sf_sig_alg alg;
	enum sf_sig_family family;
	enum sf_digest digest; /* none for Ed25519, which hashes as a part of itself */
	const char *uri;
	bool pss; /* RFC 8017 §8.1: MGF1 with the same digest, a salt as long as the digest, trailer 1 (RFC 9231 §2.3.10) */
};

#define SF_DIGEST_MAX 64

const struct sf_sig_info *sf_sig_by_uri(struct sf_span uri);
const struct sf_sig_info *sf_sig_by_alg(enum sf_sig_alg alg);

enum sf_digest sf_digest_by_uri(struct sf_span uri);
size_t sf_digest_size(enum sf_digest digest);
const char *sf_digest_name(enum sf_digest digest); /* as OpenSSL calls it */

/* One pass over data; out has room for SF_DIGEST_MAX. False if OpenSSL failed. */
bool sf_digest(enum sf_digest digest, const void *data, size_t n, unsigned char *out);

#endif
