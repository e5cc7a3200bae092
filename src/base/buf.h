/*
 * A text under construction, in an arena. The first append that does not fit marks the buffer as failed, and all
 * later ones do nothing: callers append freely and look once, at the end.
 */
#ifndef SF_BASE_BUF_H
#define SF_BASE_BUF_H

#include <stdint.h>

#include "base/arena.h"

struct sf_buf {
	struct sf_arena *arena;
	char *p;
	size_t n;
	size_t room;
	size_t cap; /* most bytes that it may hold */
	bool failed;
};

void sf_buf_init(struct sf_buf *b, struct sf_arena *arena, size_t cap);
void sf_buf_add(struct sf_buf *b, const void *p, size_t n);
void sf_buf_str(struct sf_buf *b, const char *s);
void sf_buf_span(struct sf_buf *b, struct sf_span s);
void sf_buf_char(struct sf_buf *b, char c);
void sf_buf_int(struct sf_buf *b, int64_t n);

/* Escaped for an XML text or a double-quoted attribute value. */
void sf_buf_xml(struct sf_buf *b, struct sf_span s);

/* Percent-encoded: all but A-Z a-z 0-9 - . _ ~ (RFC 3986 §2.3). */
void sf_buf_url(struct sf_buf *b, struct sf_span s);

/* False if anything did not fit. The span has a terminator behind it. */
bool sf_buf_done(struct sf_buf *b, struct sf_span *out);

#endif
