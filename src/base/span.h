/* A run of bytes that belongs to somebody else. No terminator is promised. */
#ifndef SF_BASE_SPAN_H
#define SF_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct sf_span {
	const char *p;
	size_t n;
};

#define SF_SPAN_LIT(s) ((struct sf_span){ (s), sizeof(s) - 1 })
#define SF_SPAN_NONE ((struct sf_span){ NULL, 0 })

static inline struct sf_span sf_span_of(const char *s)
{
	return s ? (struct sf_span){ s, strlen(s) } : SF_SPAN_NONE;
}

static inline bool sf_span_eq(struct sf_span a, struct sf_span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool sf_span_is(struct sf_span a, const char *s)
{
	return sf_span_eq(a, sf_span_of(s));
}

static inline bool sf_span_starts(struct sf_span a, struct sf_span prefix)
{
	return a.n >= prefix.n && (prefix.n == 0 || memcmp(a.p, prefix.p, prefix.n) == 0);
}

static inline bool sf_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Without the XML white space (XML 1.0 §2.3, S) at both ends. */
static inline struct sf_span sf_span_trim(struct sf_span a)
{
	while (a.n > 0 && sf_is_space(a.p[0])) {
		a.p++;
		a.n--;
	}
	while (a.n > 0 && sf_is_space(a.p[a.n - 1])) {
		a.n--;
	}
	return a;
}

#endif
