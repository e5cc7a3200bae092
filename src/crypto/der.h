/* A reader for DER (X.690): definite, minimal lengths, one-byte tags. It walks certificates and keys to the numbers in them. */
#ifndef SF_CRYPTO_DER_H
#define SF_CRYPTO_DER_H

#include "base/span.h"

enum {
	SF_DER_INTEGER = 0x02,
	SF_DER_BIT_STRING = 0x03,
	SF_DER_OCTET_STRING = 0x04,
	SF_DER_OID = 0x06,
	SF_DER_UTC_TIME = 0x17,
	SF_DER_GENERALIZED_TIME = 0x18,
	SF_DER_SEQUENCE = 0x30,
	SF_DER_CONTEXT_0 = 0xA0,
	SF_DER_CONTEXT_1 = 0xA1,
};

/* Each takes one element off the front of *in. False leaves *in as it was. */
bool sf_der_take(struct sf_span *in, unsigned tag, struct sf_span *content);
bool sf_der_take_whole(struct sf_span *in, unsigned tag, struct sf_span *whole); /* with its tag and length */
bool sf_der_skip(struct sf_span *in);
bool sf_der_next_is(struct sf_span in, unsigned tag);

/* An INTEGER that is not negative, without its leading zero byte; zero gives no bytes. */
bool sf_der_take_unsigned(struct sf_span *in, struct sf_span *magnitude);

/* A BIT STRING of whole bytes. */
bool sf_der_take_bits(struct sf_span *in, struct sf_span *bytes);

#endif
