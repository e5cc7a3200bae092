/* Base64 (RFC 4648 §4 and §5), strict: one encoding, one text. Not constant time; see sf_base64_secret for keys. */
#ifndef SF_BASE_BASE64_H
#define SF_BASE_BASE64_H

#include "base/span.h"

/* Room that is enough for n characters of base64, or n bytes as base64. */
#define SF_BASE64_DECODED(n) ((n) / 4 * 3 + 3)
#define SF_BASE64_ENCODED(n) (((n) + 2) / 3 * 4)

/*
 * Decodes standard base64. XML white space between characters is skipped; padding must be there and be right, the
 * unused bits of the last character must be zero. out has room for SF_BASE64_DECODED(in.n). False leaves *n undefined.
 */
bool sf_base64_decode(struct sf_span in, unsigned char *out, size_t *n);

/* Decodes base64url without padding or white space. */
bool sf_base64url_decode(struct sf_span in, unsigned char *out, size_t *n);

/* Both write no terminator and return the number of characters. The url alphabet has no padding. */
size_t sf_base64_encode(const unsigned char *in, size_t n, char *out);
size_t sf_base64url_encode(const unsigned char *in, size_t n, char *out);

/* sf_base64_decode without a table look-up or a branch that depends on the secret (white space and padding are not secret). */
bool sf_base64_secret(struct sf_span in, unsigned char *out, size_t *n);

/* 2n lower-case digits, no terminator. */
void sf_hex_encode(const unsigned char *in, size_t n, char *out);

#endif
