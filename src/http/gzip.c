#include "http/gzip.h"

#include <limits.h>

#include <zlib.h>

#define GZIP_FRAME (16 + MAX_WBITS) /* zlib's sign for gzip's header and trailer */
#define LEVEL 6
#define MEMORY 8

bool sf_gzip(struct sf_span body, struct sf_arena *arena, struct sf_span *zipped)
{
	z_stream z = { 0 };
	bool ok = false;
	char *out;

	if (body.n == 0 || body.n > INT_MAX || !(out = sf_arena_alloc(arena, body.n))
			|| deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP_FRAME, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
		return false;
	}
	z.next_in = (Bytef *)body.p; /* zlib only reads it */
	z.avail_in = (uInt)body.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)body.n;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
		*zipped = (struct sf_span){ out, body.n - z.avail_out };
		ok = true;
	}
	deflateEnd(&z);
	return ok;
}
