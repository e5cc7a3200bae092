#include "crypto/algorithm.h"

#include <openssl/evp.h>

static const struct sf_sig_info signatures[] = {
	{ SF_RSA_SHA256, SF_FAMILY_RSA, SF_SHA256, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", false },
	{ SF_RSA_SHA384, SF_FAMILY_RSA, SF_SHA384, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", false },
	{ SF_RSA_SHA512, SF_FAMILY_RSA, SF_SHA512, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", false },
	{ SF_ECDSA_SHA256, SF_FAMILY_ECDSA, SF_SHA256, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", false },
	{ SF_ECDSA_SHA384, SF_FAMILY_ECDSA, SF_SHA384, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", false },
	{ SF_ECDSA_SHA512, SF_FAMILY_ECDSA, SF_SHA512, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", false },
	{ SF_RSA_PSS_SHA256, SF_FAMILY_RSA, SF_SHA256, "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", true },
	{ SF_RSA_PSS_SHA384, SF_FAMILY_RSA, SF_SHA384, "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", true },
	{ SF_RSA_PSS_SHA512, SF_FAMILY_RSA, SF_SHA512, "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", true },
	{ SF_ED25519, SF_FAMILY_ED25519, SF_DIGEST_NONE, "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", false },
	{ SF_RSA_SHA1, SF_FAMILY_RSA, SF_SHA1, "http://www.w3.org/2000/09/xmldsig#rsa-sha1", false },
};

static const struct {
	enum sf_digest digest;
	size_t size;
	const char *name;
	const char *uri;
} digests[] = {
	{ SF_SHA256, 32, "SHA256", "http://www.w3.org/2001/04/xmlenc#sha256" },
	{ SF_SHA384, 48, "SHA384", "http://www.w3.org/2001/04/xmldsig-more#sha384" },
	{ SF_SHA512, 64, "SHA512", "http://www.w3.org/2001/04/xmlenc#sha512" },
	{ SF_SHA1, 20, "SHA1", "http://www.w3.org/2000/09/xmldsig#sha1" },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const struct sf_sig_info *sf_sig_by_uri(struct sf_span uri)
{
	for (size_t i = 0; i < COUNT(signatures); i++) {
		if (sf_span_is(uri, signatures[i].uri)) {
			return &signatures[i];
		}
	}
	return NULL;
}

const struct sf_sig_info *sf_sig_by_alg(enum sf_sig_alg alg)
{
	for (size_t i = 0; i < COUNT(signatures); i++) {
		if (signatures[i].alg == alg) {
			return &signatures[i];
		}
	}
	return NULL;
}

enum sf_digest sf_digest_by_uri(struct sf_span uri)
{
	for (size_t i = 0; i < COUNT(digests); i++) {
		if (sf_span_is(uri, digests[i].uri)) {
			return digests[i].digest;
		}
	}
	return SF_DIGEST_NONE;
}

size_t sf_digest_size(enum sf_digest digest)
{
	for (size_t i = 0; i < COUNT(digests); i++) {
		if (digests[i].digest == digest) {
			return digests[i].size;
		}
	}
	return 0;
}

const char *sf_digest_name(enum sf_digest digest)
{
	for (size_t i = 0; i < COUNT(digests); i++) {
		if (digests[i].digest == digest) {
			return digests[i].name;
		}
	}
	return NULL;
}

bool sf_digest(enum sf_digest digest, const void *data, size_t n, unsigned char *out)
{
	const char *name = sf_digest_name(digest);
	size_t written = 0;

	return name && EVP_Q_digest(NULL, name, NULL, data, n, out, &written) == 1 && written == sf_digest_size(digest);
}
