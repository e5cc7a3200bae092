/*
 * The gzip format (RFC 1952) of an answer that streams, undone while it comes. libcurl's own takes a body that ends too early for a whole one:
 * where it is written away piece by piece, nobody would notice.
 */
#ifndef SF_HTTP_INFLATE_H
#define SF_HTTP_INFLATE_H

#include <zlib.h>

#include "base/span.h"

struct sf_inflate {
	z_stream z;
	bool active;
	bool whole; /* a member has ended, and nothing has come since */
};

/* Called for each piece; false ends it. */
typedef bool (*sf_inflate_taker)(void *arg, struct sf_span piece);

bool sf_inflate_init(struct sf_inflate *in);
void sf_inflate_free(struct sf_inflate *in);

/* False if the piece is not what it says, or the taker said no. */
bool sf_inflate_add(struct sf_inflate *in, struct sf_span piece, sf_inflate_taker take, void *arg);

#endif
