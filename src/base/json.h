/*
 * A strict pull reader for JSON (RFC 8259), for the few answers that the core itself must understand, and the escaping
 * of strings that it writes. It makes no tree and has no memory of its own: the caller asks for the next token and
 * skips what it doesn't know.
 *
 * Stricter than the RFC in three points, as PHP's json_decode is: the text must be UTF-8 throughout, an escaped surrogate
 * must have its other half, and the depth has a cap.
 */
#ifndef SF_BASE_JSON_H
#define SF_BASE_JSON_H

#include <stdint.h>

#include "base/span.h"

#define SF_JSON_DEPTH 64

enum sf_json_token {
	SF_JSON_ERROR = 0, /* and so is every later token */
	SF_JSON_END,       /* the value is over, and nothing but white space follows */
	SF_JSON_OBJECT,
	SF_JSON_OBJECT_END,
	SF_JSON_ARRAY,
	SF_JSON_ARRAY_END,
	SF_JSON_NAME, /* of a member; its value is the next token */
	SF_JSON_STRING,
	SF_JSON_NUMBER,
	SF_JSON_TRUE,
	SF_JSON_FALSE,
	SF_JSON_NULL,
};

struct sf_json {
	const char *p;
	const char *end;
	uint64_t objects; /* a bit for each open level, innermost lowest: 1 is an object, 0 an array */
	unsigned depth;
	int state;
	struct sf_span raw; /* of a name or string: what stands between the quotes, escapes and all; of a number: its text */
};

void sf_json_init(struct sf_json *j, struct sf_span text);
enum sf_json_token sf_json_next(struct sf_json *j);

/* After a token that starts a value: skips the rest of it (nothing for a scalar). False if it is malformed. */
bool sf_json_skip(struct sf_json *j, enum sf_json_token token);

/* Whether the name or string that was just read is this ASCII text, however it was escaped. */
bool sf_json_is(const struct sf_json *j, const char *text);

/* Decodes the name or string that was just read. out has room for raw.n bytes, which is always enough; returns the length. */
size_t sf_json_decode(const struct sf_json *j, char *out);

/* The most that an escaped string of n bytes needs. */
#define SF_JSON_ESCAPED(n) (6 * (n))

/*
 * Escapes a text for a JSON string, without the quotes: " and \ and the control characters (RFC 8259 §7), and nothing
 * else. Writes at most SF_JSON_ESCAPED(text.n) bytes and returns how many.
 */
size_t sf_json_escape(struct sf_span text, char *out);

#endif
