#include "http/inflate.h"

#include <limits.h>

#define GZIP_FRAME (16 + MAX_WBITS) /* zlib's sign for gzip's header and trailer */
#define ROOM 32768

bool sf_inflate_init(struct sf_inflate *in)
{
	memset(in, 0, sizeof(*in));
	in->active = inflateInit2(&in->z, GZIP_FRAME) == Z_OK;
	return in->active;
}

void sf_inflate_free(struct sf_inflate *in)
{
	if (in->active) {
		inflateEnd(&in->z);
		in->active = false;
	}
}

bool sf_inflate_add(struct sf_inflate *in, struct sf_span piece, sf_inflate_taker take, void *arg)
{
	unsigned char out[ROOM];
	int code;

	if (piece.n > INT_MAX) {
		return false;
	}
	in->z.next_in = (Bytef *)piece.p; /* zlib only reads it */
	in->z.avail_in = (uInt)piece.n;
	do {
		if (in->whole && in->z.avail_in > 0) { /* another member (RFC 1952 §2.2) */
			in->whole = false;
			if (inflateReset(&in->z) != Z_OK) {
				return false;
			}
		}
		in->z.next_out = out;
		in->z.avail_out = ROOM;
		code = inflate(&in->z, Z_NO_FLUSH);
		if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
			return false;
		}
		in->whole = code == Z_STREAM_END;
		if (in->z.avail_out < ROOM && !take(arg, (struct sf_span){ (const char *)out, ROOM - in->z.avail_out })) {
			return false;
		}
	} while (in->z.avail_in > 0 || in->z.avail_out == 0);
	return true;
}
