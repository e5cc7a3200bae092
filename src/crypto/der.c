#include "crypto/der.h"

static bool header(struct sf_span in, unsigned *tag, size_t *head, size_t *length)
{
	const unsigned char *p = (const unsigned char *)in.p;
	size_t n = 0, bytes;

	if (in.n < 2 || (p[0] & 0x1F) == 0x1F) {
		return false;
	}
	*tag = p[0];
	if (p[1] < 0x80) {
		*head = 2;
		*length = p[1];
	} else {
		bytes = p[1] & 0x7F;
		if (bytes == 0 || bytes > 3 || in.n < 2 + bytes) {
			return false;
		}
		for (size_t i = 0; i < bytes; i++) {
			n = n << 8 | p[2 + i];
		}
		/* minimal: no leading zero byte, and the long form only where the short one is too short */
		if (p[2] == 0 || n < 0x80) {
			return false;
		}
		*head = 2 + bytes;
		*length = n;
	}
	return *length <= in.n - *head;
}

static void advance(struct sf_span *in, size_t n)
{
	in->p += n;
	in->n -= n;
}

bool sf_der_take(struct sf_span *in, unsigned tag, struct sf_span *content)
{
	size_t head, length;
	unsigned found;

	if (!header(*in, &found, &head, &length) || found != tag) {
		return false;
	}
	*content = (struct sf_span){ in->p + head, length };
	advance(in, head + length);
	return true;
}

bool sf_der_take_whole(struct sf_span *in, unsigned tag, struct sf_span *whole)
{
	size_t head, length;
	unsigned found;

	if (!header(*in, &found, &head, &length) || found != tag) {
		return false;
	}
	*whole = (struct sf_span){ in->p, head + length };
	advance(in, head + length);
	return true;
}

bool sf_der_skip(struct sf_span *in)
{
	size_t head, length;
	unsigned found;

	if (!header(*in, &found, &head, &length)) {
		return false;
	}
	advance(in, head + length);
	return true;
}

bool sf_der_next_is(struct sf_span in, unsigned tag)
{
	return in.n > 0 && (unsigned char)in.p[0] == tag;
}

bool sf_der_take_unsigned(struct sf_span *in, struct sf_span *magnitude)
{
	struct sf_span rest = *in, v;

	if (!sf_der_take(&rest, SF_DER_INTEGER, &v) || v.n == 0 || (v.p[0] & 0x80)) {
		return false;
	}
	if (v.p[0] == 0) {
		if (v.n > 1 && !(v.p[1] & 0x80)) {
			return false; /* not minimal */
		}
		advance(&v, 1);
	}
	*magnitude = v;
	*in = rest;
	return true;
}

bool sf_der_take_bits(struct sf_span *in, struct sf_span *bytes)
{
	struct sf_span rest = *in, v;

	if (!sf_der_take(&rest, SF_DER_BIT_STRING, &v) || v.n == 0 || v.p[0] != 0) {
		return false;
	}
	advance(&v, 1);
	*bytes = v;
	*in = rest;
	return true;
}
