/* The curves that exist here; shared by pkey.c and keyring.c. */
#ifndef SF_CRYPTO_EC_H
#define SF_CRYPTO_EC_H

#include "base/span.h"

struct sf_curve {
	const char *name; /* OpenSSL's group name */
	int bits;
	size_t bytes; /* of a coordinate */
	struct sf_span oid;
};

#define SF_CURVES 3
extern const struct sf_curve sf_curves[SF_CURVES];

const struct sf_curve *sf_curve_by_oid(struct sf_span oid);
const struct sf_curve *sf_curve_by_bits(int bits);

#endif
