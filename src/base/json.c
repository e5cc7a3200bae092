#include "base/json.h"

#include "base/text.h"

/* What may come next. */
enum state {
	WANT_VALUE,          /* at the start, after a colon, after a comma in an array */
	WANT_VALUE_OR_END,   /* after [ */
	WANT_NAME,           /* after a comma in an object */
	WANT_NAME_OR_END,    /* after { */
	WANT_COMMA_OR_END,   /* after a value inside of something */
	WANT_NOTHING,        /* after the outermost value */
	FAILED,
};

void sf_json_init(struct sf_json *j, struct sf_span text)
{
	memset(j, 0, sizeof(*j));
	j->p = text.p;
	j->end = text.p + text.n;
	/* once for the whole text, so that strings below need not look at it again */
	j->state = text.p && sf_utf8_valid(text) ? WANT_VALUE : FAILED;
}

static enum sf_json_token fail(struct sf_json *j)
{
	j->state = FAILED;
	j->raw = SF_SPAN_NONE;
	return SF_JSON_ERROR;
}

static bool in_object(const struct sf_json *j)
{
	return j->depth > 0 && (j->objects & 1);
}

static void skip_space(struct sf_json *j)
{
	while (j->p < j->end && sf_is_space(*j->p)) {
		j->p++;
	}
}

static void value_done(struct sf_json *j)
{
	j->state = j->depth ? WANT_COMMA_OR_END : WANT_NOTHING;
}

static enum sf_json_token enter(struct sf_json *j, bool object)
{
	if (j->depth == SF_JSON_DEPTH) {
		return fail(j);
	}
	j->depth++;
	j->objects = j->objects << 1 | object;
	j->state = object ? WANT_NAME_OR_END : WANT_VALUE_OR_END;
	return object ? SF_JSON_OBJECT : SF_JSON_ARRAY;
}

static enum sf_json_token leave(struct sf_json *j)
{
	bool object = in_object(j);

	j->depth--;
	j->objects >>= 1;
	value_done(j);
	return object ? SF_JSON_OBJECT_END : SF_JSON_ARRAY_END;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits of \uXXXX at p, or -1. */
static int32_t hex_unit(const char *p, const char *end)
{
	int32_t unit = 0;

	if (end - p < 4) {
		return -1;
	}
	for (int i = 0; i < 4; i++) {
		int digit = hex_digit(p[i]);

		if (digit < 0) {
			return -1;
		}
		unit = unit << 4 | digit;
	}
	return unit;
}

static bool is_high(int32_t unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(int32_t unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* The length of the escape at p (which points at the backslash), or 0 if it is none. */
static size_t escape_length(const char *p, const char *end)
{
	int32_t unit;

	if (end - p < 2) {
		return 0;
	}
	if (p[1] != 'u') {
		return p[1] && strchr("\"\\/bfnrt", p[1]) ? 2 : 0;
	}
	unit = hex_unit(p + 2, end);
	if (unit < 0 || is_low(unit)) {
		return 0;
	}
	if (!is_high(unit)) {
		return 6;
	}
	if (end - p < 12 || p[6] != '\\' || p[7] != 'u' || !is_low(hex_unit(p + 8, end))) {
		return 0;
	}
	return 12;
}

/* From behind the opening quote to behind the closing one; the escapes are checked here, once. */
static bool read_string(struct sf_json *j)
{
	const char *start = j->p;

	while (j->p < j->end) {
		unsigned char c = (unsigned char)*j->p;
		size_t n = 1;

		if (c == '"') {
			j->raw = (struct sf_span){ start, (size_t)(j->p - start) };
			j->p++;
			return true;
		}
		if (c < 0x20) {
			return false;
		}
		if (c == '\\' && !(n = escape_length(j->p, j->end))) {
			return false;
		}
		j->p += n;
	}
	return false;
}

static size_t skip_digits(struct sf_json *j)
{
	const char *start = j->p;

	while (j->p < j->end && *j->p >= '0' && *j->p <= '9') {
		j->p++;
	}
	return (size_t)(j->p - start);
}

/* RFC 8259 §6 */
static bool read_number(struct sf_json *j)
{
	const char *start = j->p;

	if (*j->p == '-') {
		j->p++;
	}
	if (j->p < j->end && *j->p == '0') {
		j->p++;
	} else if (!skip_digits(j)) {
		return false;
	}
	if (j->p < j->end && *j->p == '.') {
		j->p++;
		if (!skip_digits(j)) {
			return false;
		}
	}
	if (j->p < j->end && (*j->p == 'e' || *j->p == 'E')) {
		j->p++;
		if (j->p < j->end && (*j->p == '+' || *j->p == '-')) {
			j->p++;
		}
		if (!skip_digits(j)) {
			return false;
		}
	}
	j->raw = (struct sf_span){ start, (size_t)(j->p - start) };
	return true;
}

static enum sf_json_token read_word(struct sf_json *j, const char *word, enum sf_json_token token)
{
	size_t n = strlen(word);

	if ((size_t)(j->end - j->p) < n || memcmp(j->p, word, n) != 0) {
		return fail(j);
	}
	j->p += n;
	value_done(j);
	return token;
}

static enum sf_json_token read_value(struct sf_json *j)
{
	switch (*j->p) {
	case '{': j->p++; return enter(j, true);
	case '[': j->p++; return enter(j, false);
	case 't': return read_word(j, "true", SF_JSON_TRUE);
	case 'f': return read_word(j, "false", SF_JSON_FALSE);
	case 'n': return read_word(j, "null", SF_JSON_NULL);
	case '"':
		j->p++;
		if (!read_string(j)) {
			return fail(j);
		}
		value_done(j);
		return SF_JSON_STRING;
	default:
		if (!read_number(j)) {
			return fail(j);
		}
		value_done(j);
		return SF_JSON_NUMBER;
	}
}

static enum sf_json_token read_name(struct sf_json *j)
{
	if (*j->p != '"') {
		return fail(j);
	}
	j->p++;
	if (!read_string(j)) {
		return fail(j);
	}
	skip_space(j);
	if (j->p == j->end || *j->p != ':') {
		return fail(j);
	}
	j->p++;
	j->state = WANT_VALUE;
	return SF_JSON_NAME;
}

/* After a value: a comma and the next member or item, or the end of what encloses it. */
static enum sf_json_token read_separator(struct sf_json *j)
{
	if (*j->p == (in_object(j) ? '}' : ']')) {
		j->p++;
		return leave(j);
	}
	if (*j->p != ',') {
		return fail(j);
	}
	j->p++;
	j->state = in_object(j) ? WANT_NAME : WANT_VALUE;
	return sf_json_next(j); /* one level of recursion only: neither state comes back here */
}

enum sf_json_token sf_json_next(struct sf_json *j)
{
	j->raw = SF_SPAN_NONE;
	if (j->state == FAILED) {
		return SF_JSON_ERROR;
	}
	skip_space(j);
	if (j->p == j->end) {
		return j->state == WANT_NOTHING ? SF_JSON_END : fail(j);
	}
	switch (j->state) {
	case WANT_VALUE_OR_END:
		if (*j->p == ']') {
			j->p++;
			return leave(j);
		}
		return read_value(j);
	case WANT_VALUE:
		return read_value(j);
	case WANT_NAME_OR_END:
		if (*j->p == '}') {
			j->p++;
			return leave(j);
		}
		return read_name(j);
	case WANT_NAME:
		return read_name(j);
	case WANT_COMMA_OR_END:
		return read_separator(j);
	default:
		return fail(j); /* something follows the outermost value */
	}
}

bool sf_json_skip(struct sf_json *j, enum sf_json_token token)
{
	unsigned outside;

	if (token == SF_JSON_ERROR) {
		return false;
	}
	if (token != SF_JSON_OBJECT && token != SF_JSON_ARRAY) {
		return true;
	}
	outside = j->depth - 1;
	while (j->depth > outside) {
		if (sf_json_next(j) == SF_JSON_ERROR) {
			return false;
		}
	}
	return true;
}

static size_t put_utf8(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* One escape of a string that read_string() has checked. *p moves behind it; returns how many bytes out has got. */
static size_t put_escape(const char **p, const char *end, char *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *e = *p;
	int32_t unit;

	if (e[1] != 'u') {
		out[0] = to[strchr(from, e[1]) - from];
		*p += 2;
		return 1;
	}
	unit = hex_unit(e + 2, end);
	*p += 6;
	if (is_high(unit)) {
		unit = 0x10000 + ((unit - 0xD800) << 10) + (hex_unit(e + 8, end) - 0xDC00);
		*p += 6;
	}
	return put_utf8((uint32_t)unit, out);
}

size_t sf_json_decode(const struct sf_json *j, char *out)
{
	const char *p = j->raw.p, *end = j->raw.p + j->raw.n;
	size_t n = 0;

	while (p < end) {
		if (*p == '\\') {
			n += put_escape(&p, end, out + n);
		} else {
			out[n++] = *p++;
		}
	}
	return n;
}

bool sf_json_is(const struct sf_json *j, const char *text)
{
	const char *p = j->raw.p, *end = j->raw.p + j->raw.n;
	char one[4];

	while (p < end) {
		size_t n = 1;

		if (*p == '\\') {
			n = put_escape(&p, end, one);
		} else {
			one[0] = *p++;
		}
		if (n != 1 || *text == '\0' || *text++ != one[0]) {
			return false;
		}
	}
	return *text == '\0';
}

size_t sf_json_escape(struct sf_span text, char *out)
{
	static const char hex[] = "0123456789abcdef", from[] = "\b\f\n\r\t\"\\", to[] = "bfnrt\"\\";
	char *o = out;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		const char *short_form = c ? strchr(from, c) : NULL;

		if (short_form) {
			*o++ = '\\';
			*o++ = to[short_form - from];
		} else if (c < 0x20) {
			memcpy(o, "\\u00", 4);
			o[4] = hex[c >> 4];
			o[5] = hex[c & 15];
			o += 6;
		} else {
			*o++ = (char)c;
		}
	}
	return (size_t)(o - out);
}
