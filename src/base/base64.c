#include "base/base64.h"

#include <stdint.h>

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#define BAD 0xFF
#define SPACE 0xFE
#define PAD 0xFD

/* What a character is worth: 0 to 63, or one of the marks above. Indexed by the byte. */
#define ROW_BAD16 BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD
static const uint8_t worth[256] = {
	BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, SPACE, SPACE, BAD, BAD, SPACE, BAD, BAD,
	ROW_BAD16,
	SPACE, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, 62, BAD, BAD, BAD, 63,
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, BAD, BAD, BAD, PAD, BAD, BAD,
	BAD, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, BAD, BAD, BAD, BAD, BAD,
	BAD, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, BAD, BAD, BAD, BAD, BAD,
	ROW_BAD16, ROW_BAD16, ROW_BAD16, ROW_BAD16, ROW_BAD16, ROW_BAD16, ROW_BAD16, ROW_BAD16,
};

/* 1 if lo <= c <= hi, else 0, without a branch. */
static uint32_t in_range(uint32_t c, uint32_t lo, uint32_t hi)
{
	return ((lo - 1 - c) & (c - hi - 1)) >> 31;
}

static uint8_t worth_secret(uint8_t c)
{
	uint32_t upper = in_range(c, 'A', 'Z'), lower = in_range(c, 'a', 'z'), digit = in_range(c, '0', '9');
	uint32_t plus = in_range(c, '+', '+'), slash = in_range(c, '/', '/');
	uint32_t known = upper | lower | digit | plus | slash;
	uint32_t v = upper * (c - 'A') + lower * (c - 'a' + 26u) + digit * (c - '0' + 52u) + plus * 62 + slash * 63;

	return (uint8_t)(v | (known - 1)); /* known == 0 gives 0xFF */
}

typedef uint8_t (*worth_fn)(uint8_t c);

static uint8_t worth_plain(uint8_t c)
{
	return worth[c];
}

static uint8_t worth_url(uint8_t c)
{
	if (c == '-') {
		return 62;
	}
	if (c == '_') {
		return 63;
	}
	return worth[c] < 62 ? worth[c] : BAD;
}

static inline bool decode(struct sf_span in, unsigned char *out, size_t *n, worth_fn value, bool padded)
{
	uint32_t acc = 0;
	unsigned have = 0, pads = 0;
	unsigned char *o = out;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = (uint8_t)in.p[i], v;

		if (padded && sf_is_space((char)c)) {
			continue;
		}
		if (padded && c == '=') {
			pads++;
			continue;
		}
		v = value(c);
		if (v > 63 || pads) {
			return false;
		}
		acc = acc << 6 | v;
		if (++have == 4) {
			*o++ = (unsigned char)(acc >> 16);
			*o++ = (unsigned char)(acc >> 8);
			*o++ = (unsigned char)acc;
			have = 0;
			acc = 0;
		}
	}
	if (have == 1 || (padded ? pads != (4 - have) % 4 : pads != 0)) {
		return false;
	}
	if (have == 2) {
		if (acc & 0x0F) {
			return false;
		}
		*o++ = (unsigned char)(acc >> 4);
	} else if (have == 3) {
		if (acc & 0x03) {
			return false;
		}
		*o++ = (unsigned char)(acc >> 10);
		*o++ = (unsigned char)(acc >> 2);
	}
	*n = (size_t)(o - out);
	return true;
}

bool sf_base64_decode(struct sf_span in, unsigned char *out, size_t *n)
{
	unsigned char *o = out;
	size_t i = 0;

	/* whole groups of four, the common case, without a look at each character's kind */
	for (; in.n - i > 4; i += 4) {
		uint8_t a = worth[(uint8_t)in.p[i]], b = worth[(uint8_t)in.p[i + 1]], c = worth[(uint8_t)in.p[i + 2]], d = worth[(uint8_t)in.p[i + 3]];

		if ((a | b | c | d) > 63) {
			break;
		}
		*o++ = (unsigned char)(a << 2 | b >> 4);
		*o++ = (unsigned char)(b << 4 | c >> 2);
		*o++ = (unsigned char)(c << 6 | d);
	}
	if (!decode((struct sf_span){ in.p + i, in.n - i }, o, n, worth_plain, true)) {
		return false;
	}
	*n += (size_t)(o - out);
	return true;
}

bool sf_base64_secret(struct sf_span in, unsigned char *out, size_t *n)
{
	return decode(in, out, n, worth_secret, true);
}

bool sf_base64url_decode(struct sf_span in, unsigned char *out, size_t *n)
{
	return decode(in, out, n, worth_url, false);
}

static size_t encode(const unsigned char *in, size_t n, char *out, const char *alphabet, bool padded)
{
	char *o = out;

	for (; n >= 3; n -= 3, in += 3) {
		*o++ = alphabet[in[0] >> 2];
		*o++ = alphabet[(in[0] & 3) << 4 | in[1] >> 4];
		*o++ = alphabet[(in[1] & 15) << 2 | in[2] >> 6];
		*o++ = alphabet[in[2] & 63];
	}
	if (n) {
		unsigned second = n == 2 ? in[1] : 0;

		*o++ = alphabet[in[0] >> 2];
		*o++ = alphabet[(in[0] & 3) << 4 | second >> 4];
		if (n == 2) {
			*o++ = alphabet[(second & 15) << 2];
		}
		if (padded) {
			*o++ = '=';
			if (n == 1) {
				*o++ = '=';
			}
		}
	}
	return (size_t)(o - out);
}

size_t sf_base64_encode(const unsigned char *in, size_t n, char *out)
{
	return encode(in, n, out, standard, true);
}

size_t sf_base64url_encode(const unsigned char *in, size_t n, char *out)
{
	return encode(in, n, out, url, false);
}

void sf_hex_encode(const unsigned char *in, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[in[i] >> 4];
		out[2 * i + 1] = digits[in[i] & 15];
	}
}
