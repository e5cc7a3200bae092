/*
 * Values in a SOQL text. `:name` outside of a string literal is replaced by the value of that name, quoted and escaped as
 * SOQL demands (SOQL and SOSL Reference, "Quoted String Escape Sequences"): a client that escapes the quote alone
 * can be broken out of with a backslash at the end.
 */
#ifndef SF_SALESFORCE_SOQL_H
#define SF_SALESFORCE_SOQL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

#define SF_SOQL_MAX 100000 /* characters, Salesforce's own limit */

enum sf_soql_kind {
	SF_SOQL_NULL,
	SF_SOQL_TRUE,
	SF_SOQL_FALSE,
	SF_SOQL_NUMBER, /* text is the number, as JSON writes it */
	SF_SOQL_STRING, /* text is UTF-8 */
	SF_SOQL_TIME,   /* seconds of Unix time; written in UTC, unquoted */
};

struct sf_soql_value {
	enum sf_soql_kind kind;
	struct sf_span text;
	int64_t time;
};

struct sf_soql_parameter {
	struct sf_span name;
	const struct sf_soql_value *values;
	size_t n;
	bool list; /* written as (a, b, c), for IN */
	bool used;
};

/* Unknown names, unused ones and an empty list are errors: each is a mistake in the query. error->where is a sentence. */
bool sf_soql_bind(struct sf_span soql, struct sf_soql_parameter *parameters, size_t n, struct sf_arena *arena, struct sf_span *out, struct sf_error *error);

/*
 * The same for SOSL: `FIND :name` becomes `FIND {…}`, in which the reserved characters of a search mean nothing; what follows, the conditions of
 * RETURNING, is as in SOQL.
 */
bool sf_sosl_bind(struct sf_span sosl, struct sf_soql_parameter *parameters, size_t n, struct sf_arena *arena, struct sf_span *out, struct sf_error *error);

/* Appends 'text', quoted and escaped. False if it is not UTF-8 or has a NUL. */
bool sf_soql_quote(struct sf_buf *buf, struct sf_span text);

#endif
