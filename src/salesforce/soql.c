#include "salesforce/soql.h"

#include <stdio.h>

#include "base/text.h"

static bool fail(struct sf_error *error, const char *format, struct sf_span name)
{
	char text[SF_ERROR_TEXT];

	snprintf(text, sizeof(text), format, (int)(name.n < 60 ? name.n : 60), name.n ? name.p : "");
	return sf_fail(error, 1, text);
}

bool sf_soql_quote(struct sf_buf *buf, struct sf_span text)
{
	static const char from[] = "\\'\"\n\r\t\b\f", to[] = "\\'\"nrtbf";

	if (!sf_utf8_valid(text) || (text.n && memchr(text.p, '\0', text.n))) {
		return false;
	}
	sf_buf_char(buf, '\'');
	for (size_t i = 0; i < text.n; i++) {
		const char *special = strchr(from, text.p[i]);

		if (special) {
			sf_buf_char(buf, '\\');
			sf_buf_char(buf, to[special - from]);
		} else {
			sf_buf_char(buf, text.p[i]);
		}
	}
	sf_buf_char(buf, '\'');
	return true;
}

static bool write_value(struct sf_buf *buf, const struct sf_soql_value *value)
{
	char time[SF_TIME_TEXT];

	switch (value->kind) {
	case SF_SOQL_NULL: sf_buf_str(buf, "null"); return true;
	case SF_SOQL_TRUE: sf_buf_str(buf, "true"); return true;
	case SF_SOQL_FALSE: sf_buf_str(buf, "false"); return true;
	case SF_SOQL_NUMBER: sf_buf_span(buf, value->text); return true;
	case SF_SOQL_STRING: return sf_soql_quote(buf, value->text);
	case SF_SOQL_TIME:
		if (!sf_time_format(value->time, time)) {
			return false;
		}
		sf_buf_str(buf, time);
		return true;
	}
	return false;
}

static bool write_parameter(struct sf_buf *buf, struct sf_soql_parameter *parameter, struct sf_error *error)
{
	parameter->used = true;
	if (parameter->n == 0) {
		return fail(error, "The parameter :%.*s is an empty list, which SOQL has no IN () for", parameter->name);
	}
	if (parameter->list) {
		sf_buf_char(buf, '(');
	}
	for (size_t i = 0; i < parameter->n; i++) {
		if (i > 0) {
			sf_buf_char(buf, ',');
		}
		if (!write_value(buf, &parameter->values[i])) {
			return fail(error, "The parameter :%.*s is not UTF-8, has a NUL, or is a time before 1970", parameter->name);
		}
	}
	if (parameter->list) {
		sf_buf_char(buf, ')');
	}
	return true;
}

static bool starts_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t name_length(struct sf_span s)
{
	size_t n = 0;

	while (n < s.n && (starts_name(s.p[n]) || (s.p[n] >= '0' && s.p[n] <= '9'))) {
		n++;
	}
	return n;
}

static struct sf_soql_parameter *find(struct sf_soql_parameter *parameters, size_t n, struct sf_span name)
{
	for (size_t i = 0; i < n; i++) {
		if (sf_span_eq(parameters[i].name, name)) {
			return &parameters[i];
		}
	}
	return NULL;
}

/* The length of the string literal that s begins with, quotes and all, or 0 if it has no end. */
static size_t literal_length(struct sf_span s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '\\') {
			i++;
		} else if (s.p[i] == '\'') {
			return i + 1;
		}
	}
	return 0;
}

/* From `i` on. */
static bool bind_from(size_t i, struct sf_buf *buf, struct sf_span soql, struct sf_soql_parameter *parameters, size_t n, struct sf_span *out, struct sf_error *error)
{
	size_t step;

	for (; i < soql.n; i += step) {
		struct sf_span rest = { soql.p + i, soql.n - i };

		step = 1;
		if (rest.p[0] == '\'') {
			step = literal_length(rest);
			if (step == 0) {
				return fail(error, "A string in the SOQL has no closing quote%.*s", SF_SPAN_NONE);
			}
			sf_buf_add(buf, rest.p, step);
		} else if (rest.p[0] == ':' && rest.n > 1 && starts_name(rest.p[1])) { /* not the colon of LAST_N_DAYS:30 or of a time */
			struct sf_span name = { rest.p + 1, rest.n - 1 };
			struct sf_soql_parameter *parameter;

			name.n = name_length(name);
			parameter = find(parameters, n, name);
			if (!parameter) {
				return fail(error, "The SOQL has :%.*s, and there is no parameter of that name", name);
			}
			if (!write_parameter(buf, parameter, error)) {
				return false;
			}
			step = name.n + 1;
		} else {
			sf_buf_char(buf, rest.p[0]);
		}
	}
	for (size_t k = 0; k < n; k++) {
		if (!parameters[k].used) {
			return fail(error, "The parameter :%.*s does not occur in the SOQL", parameters[k].name);
		}
	}
	return sf_buf_done(buf, out) || fail(error, "The SOQL is longer than 100000 characters%.*s", SF_SPAN_NONE);
}

bool sf_soql_bind(struct sf_span soql, struct sf_soql_parameter *parameters, size_t n, struct sf_arena *arena, struct sf_span *out, struct sf_error *error)
{
	struct sf_buf buf;

	sf_buf_init(&buf, arena, SF_SOQL_MAX);
	return bind_from(0, &buf, soql, parameters, n, out, error);
}

/* SOQL and SOSL Reference, "FIND {SearchQuery}", "Reserved Characters". */
static bool write_search(struct sf_buf *buf, const struct sf_soql_parameter *parameter)
{
	static const char reserved[] = "?&|!{}[]()^~*:\\\"'+-";
	struct sf_span text = parameter->values[0].text;

	if (parameter->list || parameter->values[0].kind != SF_SOQL_STRING || !sf_utf8_valid(text) || text.n < 2) {
		return false;
	}
	sf_buf_char(buf, '{');
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] < 0x20) {
			return false;
		}
		if (strchr(reserved, text.p[i])) {
			sf_buf_char(buf, '\\');
		}
		sf_buf_char(buf, text.p[i]);
	}
	sf_buf_char(buf, '}');
	return true;
}

/* The length of {…}, or 0 if it has no end. */
static size_t braces_length(struct sf_span s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '\\') {
			i++;
		} else if (s.p[i] == '}') {
			return i + 1;
		}
	}
	return 0;
}

bool sf_sosl_bind(struct sf_span sosl, struct sf_soql_parameter *parameters, size_t n, struct sf_arena *arena, struct sf_span *out, struct sf_error *error)
{
	struct sf_soql_parameter *parameter;
	struct sf_buf buf;
	size_t i = 4;

	sf_buf_init(&buf, arena, SF_SOQL_MAX);
	if (sosl.n < 6 || strncasecmp(sosl.p, "FIND", 4) != 0) {
		return fail(error, "The SOSL must begin with FIND%.*s", SF_SPAN_NONE);
	}
	while (i < sosl.n && sf_is_space(sosl.p[i])) {
		i++;
	}
	sf_buf_str(&buf, "FIND ");
	if (i + 1 < sosl.n && sosl.p[i] == ':' && starts_name(sosl.p[i + 1])) {
		struct sf_span name = { sosl.p + i + 1, sosl.n - i - 1 };

		name.n = name_length(name);
		parameter = find(parameters, n, name);
		if (!parameter) {
			return fail(error, "The SOSL has :%.*s, and there is no parameter of that name", name);
		}
		parameter->used = true;
		if (!write_search(&buf, parameter)) {
			return fail(error, "The parameter :%.*s must be a text of UTF-8 to search for, at least two characters long and without control characters", name);
		}
		i += name.n + 1;
	} else if (i < sosl.n && sosl.p[i] == '{') {
		size_t length = braces_length((struct sf_span){ sosl.p + i, sosl.n - i });

		if (length == 0) {
			return fail(error, "The text to search for has no closing brace%.*s", SF_SPAN_NONE);
		}
		sf_buf_add(&buf, sosl.p + i, length);
		i += length;
	} else {
		return fail(error, "The SOSL must begin with FIND :name or FIND {text}%.*s", SF_SPAN_NONE);
	}
	return bind_from(i, &buf, sosl, parameters, n, out, error);
}
