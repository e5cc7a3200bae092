/* The smallest test library that does: every CHECK counts, a failed one says where. */
#ifndef SF_TESTS_CHECK_H
#define SF_TESTS_CHECK_H

#include <stdio.h>

#include "base/span.h"

static int checks_passed, checks_failed;

#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_SPAN(span, text) check_span((span), (text), __FILE__, __LINE__)

static inline bool check_that(bool ok, const char *what, const char *file, int line)
{
	if (ok) {
		checks_passed++;
	} else {
		checks_failed++;
		printf("%s:%d: %s\n", file, line, what);
	}
	return ok;
}

static inline bool check_span(struct sf_span span, const char *text, const char *file, int line)
{
	bool ok = sf_span_is(span, text);

	check_that(ok, "the text is another", file, line);
	if (!ok) {
		printf("  found    \"%.*s\"\n  expected \"%s\"\n", (int)span.n, span.n ? span.p : "", text);
	}
	return ok;
}

static inline int check_done(void)
{
	printf("%d passed, %d failed\n", checks_passed, checks_failed);
	return checks_failed != 0 || checks_passed == 0;
}

#endif
