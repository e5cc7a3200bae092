#include "xml/scan.h"

#include <strings.h>

#include "base/text.h"

struct scan {
	const char *p, *end;
	const struct sf_xml_limits *limits;
	struct sf_error *error;
	size_t depth, nodes, namespaces, scope;
	size_t others; /* texts, CDATA sections and comments */
	size_t declared[SF_XML_DEPTH_MAX + 1]; /* by the open element of each depth */
};

static bool starts(const struct scan *s, const char *prefix)
{
	return sf_span_starts((struct sf_span){ s->p, (size_t)(s->end - s->p) }, sf_span_of(prefix));
}

static bool malformed(struct scan *s)
{
	return sf_fail(s->error, SF_NOT_WELL_FORMED, "XML");
}

/* Moves behind the next occurrence of a terminator. */
static bool skip_past(struct scan *s, const char *terminator)
{
	size_t n = strlen(terminator);

	while ((size_t)(s->end - s->p) >= n) {
		const char *hit = memchr(s->p, terminator[0], (size_t)(s->end - s->p) - n + 1);

		if (!hit) {
			break;
		}
		if (memcmp(hit, terminator, n) == 0) {
			s->p = hit + n;
			return true;
		}
		s->p = hit + 1;
	}
	return malformed(s);
}

/*
 * The XML declaration, if there is one. Every other encoding than UTF-8 is refused, not converted: two readers that disagree
 * about the encoding disagree about what was signed.
 */
static bool declaration(struct scan *s)
{
	const char *start = s->p, *at;
	struct sf_span text, value;

	if (!starts(s, "<?xml") || s->end - s->p < 6 || !sf_is_space(s->p[5])) {
		return true;
	}
	if (!skip_past(s, "?>")) {
		return false;
	}
	text = (struct sf_span){ start, (size_t)(s->p - start) };
	if (text.n > 120) {
		return sf_fail_found(s->error, SF_NOT_WELL_FORMED, "XML declaration", text);
	}
	if (!memmem(text.p, text.n, "version=\"1.0\"", 13) && !memmem(text.p, text.n, "version='1.0'", 13)) {
		return sf_fail_both(s->error, SF_NOT_WELL_FORMED, "XML declaration", text, SF_SPAN_LIT("version=\"1.0\""));
	}
	at = memmem(text.p, text.n, "encoding", 8);
	if (!at) {
		return true;
	}
	value = sf_span_trim((struct sf_span){ at + 8, (size_t)(text.p + text.n - at - 8) });
	if (value.n == 0 || value.p[0] != '=') {
		return malformed(s);
	}
	value = sf_span_trim((struct sf_span){ value.p + 1, value.n - 1 });
	if (value.n < 7 || (value.p[0] != '"' && value.p[0] != '\'') || strncasecmp(value.p + 1, "UTF-8", 5) != 0 || value.p[6] != value.p[0]) {
		return sf_fail_both(s->error, SF_NOT_UTF8, "XML declaration", text, SF_SPAN_LIT("encoding=\"UTF-8\""));
	}
	return true;
}

/* At the name of an attribute: counts it, and moves behind its value. */
static bool attribute(struct scan *s, size_t *attributes)
{
	const char *close;
	char quote;

	if (starts(s, "xmlns") && s->end - s->p > 5 && (s->p[5] == ':' || s->p[5] == '=' || sf_is_space(s->p[5]))) {
		s->namespaces++;
	} else {
		s->nodes++;
	}
	if (++*attributes > s->limits->attributes) {
		return sf_fail(s->error, SF_TOO_MANY_ATTRIBUTES, "element");
	}
	if (s->namespaces > s->limits->namespaces) {
		return sf_fail(s->error, SF_TOO_MANY_NAMESPACES, "document");
	}
	while (s->p < s->end && *s->p != '=' && *s->p != '>' && *s->p != '<') {
		s->p++;
	}
	if (s->p == s->end || *s->p != '=') {
		return malformed(s);
	}
	s->p++;
	while (s->p < s->end && sf_is_space(*s->p)) {
		s->p++;
	}
	if (s->p == s->end || (*s->p != '"' && *s->p != '\'')) {
		return malformed(s);
	}
	quote = *s->p++;
	close = memchr(s->p, quote, (size_t)(s->end - s->p));
	if (!close) {
		return malformed(s);
	}
	s->p = close + 1;
	return true;
}

/* Behind the last attribute of a start tag. */
static bool enter(struct scan *s, size_t namespaces_before)
{
	s->declared[s->depth] = s->namespaces - namespaces_before;
	s->scope += s->declared[s->depth];
	if (s->limits->scope && s->scope > s->limits->scope) {
		return sf_fail(s->error, SF_TOO_MANY_NAMESPACES, "element");
	}
	return s->nodes <= s->limits->nodes || sf_fail(s->error, SF_TOO_MANY_NODES, "document");
}

static void leave(struct scan *s)
{
	s->scope -= s->declared[s->depth--];
}

/* At the `<` of a start tag. */
static bool start_tag(struct scan *s)
{
	size_t attributes = 0, namespaces = s->namespaces;

	if (++s->depth > s->limits->depth || s->depth > SF_XML_DEPTH_MAX) {
		return sf_fail(s->error, SF_TOO_DEEP, "document");
	}
	s->nodes++;
	s->p++;
	while (s->p < s->end && !sf_is_space(*s->p) && *s->p != '>' && *s->p != '/') {
		s->p++;
	}
	while (s->p < s->end) {
		char c = *s->p;

		if (sf_is_space(c)) {
			s->p++;
		} else if (c == '>') {
			s->p++;
			return enter(s, namespaces);
		} else if (c == '/') {
			if (s->end - s->p < 2 || s->p[1] != '>') {
				return malformed(s);
			}
			s->p += 2;
			if (!enter(s, namespaces)) {
				return false;
			}
			leave(s);
			return true;
		} else if (!attribute(s, &attributes)) {
			return false;
		}
	}
	return malformed(s);
}

/* At a `<`. */
static bool markup(struct scan *s)
{
	if (s->end - s->p < 2) {
		return malformed(s);
	}
	switch (s->p[1]) {
	case '/':
		if (s->depth == 0) {
			return malformed(s);
		}
		leave(s);
		return skip_past(s, ">");
	case '?':
		return sf_fail(s->error, SF_PROCESSING_INSTRUCTION, "document");
	case '!':
		s->others++;
		if (starts(s, "<!--")) {
			s->p += 4;
			return skip_past(s, "-->");
		}
		if (starts(s, "<![CDATA[")) {
			s->p += 9;
			return skip_past(s, "]]>");
		}
		return sf_fail(s->error, SF_DOCTYPE, "document");
	default:
		return start_tag(s);
	}
}

bool sf_xml_scan(struct sf_span bytes, const struct sf_xml_limits *limits, struct sf_span *body, struct sf_error *error)
{
	size_t ignored;

	return sf_xml_measure(bytes, limits, body, &ignored, error);
}

bool sf_xml_measure(struct sf_span bytes, const struct sf_xml_limits *limits, struct sf_span *body, size_t *parts, struct sf_error *error)
{
	struct scan s = { .limits = limits, .error = error };

	if (bytes.n > limits->bytes) {
		return sf_fail(error, SF_TOO_LARGE, "document");
	}
	if (bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0) {
		bytes.p += 3;
		bytes.n -= 3;
	}
	if (bytes.n == 0) {
		return sf_fail(error, SF_NOT_WELL_FORMED, "document");
	}
	if (memchr(bytes.p, '\0', bytes.n) || !sf_utf8_valid(bytes)) {
		return sf_fail(error, SF_NOT_UTF8, "document");
	}
	*body = bytes;
	s.p = bytes.p;
	s.end = bytes.p + bytes.n;
	if (!declaration(&s)) {
		return false;
	}
	while (s.p < s.end) {
		const char *hit = memchr(s.p, '<', (size_t)(s.end - s.p));

		if (hit != s.p) {
			s.others++; /* what stands between two pieces of markup is one text at most */
		}
		if (!hit) {
			break;
		}
		s.p = hit;
		if (!markup(&s)) {
			return false;
		}
	}
	*parts = s.nodes + s.namespaces + s.others;
	return s.depth == 0 || malformed(&s);
}
