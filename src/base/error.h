/*
 * Errors are values: a code, and what stood there and what was expected, where that is safe to show.
 * Which codes there are is each room's own affair (xml/reason.h, salesforce/error.h); 0 is never a code.
 */
#ifndef SF_BASE_ERROR_H
#define SF_BASE_ERROR_H

#include "base/span.h"

#define SF_ERROR_TEXT 201 /* 200 bytes and the terminator */

struct sf_error {
	int code;
	bool has_found;
	bool has_expected;
	char found[SF_ERROR_TEXT];
	char expected[SF_ERROR_TEXT];
	char where[SF_ERROR_TEXT]; /* the element, attribute, file or setting that it is about */
};

/* Each returns false, so that a function can end with `return sf_fail(...)`. A NULL error is fine. */
bool sf_fail(struct sf_error *e, int code, const char *where);
bool sf_fail_found(struct sf_error *e, int code, const char *where, struct sf_span found);
bool sf_fail_both(struct sf_error *e, int code, const char *where, struct sf_span found, struct sf_span expected);

/* Copies at most SF_ERROR_TEXT - 1 bytes, cut at a character's edge; control characters become `?`. */
void sf_error_text(char out[SF_ERROR_TEXT], struct sf_span text);

#endif
