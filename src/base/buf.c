#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>

void sf_buf_init(struct sf_buf *b, struct sf_arena *arena, size_t cap)
{
	memset(b, 0, sizeof(*b));
	b->arena = arena;
	b->cap = cap;
}

/* Room for n more bytes and the terminator. */
static bool reserve(struct sf_buf *b, size_t n)
{
	size_t room = b->room ? b->room : 256;
	char *p;

	if (b->failed || n > b->cap - b->n || b->cap >= SIZE_MAX / 2 - 1) {
		b->failed = true;
		return false;
	}
	if (b->n + n + 1 <= b->room) {
		return true;
	}
	while (room < b->n + n + 1) {
		room *= 2;
	}
	p = sf_arena_alloc(b->arena, room);
	if (!p) {
		b->failed = true;
		return false;
	}
	if (b->n) {
		memcpy(p, b->p, b->n);
	}
	b->p = p;
	b->room = room;
	return true;
}

void sf_buf_add(struct sf_buf *b, const void *p, size_t n)
{
	if (!reserve(b, n)) {
		return;
	}
	if (n) {
		memcpy(b->p + b->n, p, n);
	}
	b->n += n;
}

void sf_buf_str(struct sf_buf *b, const char *s)
{
	sf_buf_add(b, s, strlen(s));
}

void sf_buf_span(struct sf_buf *b, struct sf_span s)
{
	sf_buf_add(b, s.p, s.n);
}

void sf_buf_char(struct sf_buf *b, char c)
{
	sf_buf_add(b, &c, 1);
}

void sf_buf_int(struct sf_buf *b, int64_t n)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%" PRId64, n);

	sf_buf_add(b, text, (size_t)len);
}

void sf_buf_xml(struct sf_buf *b, struct sf_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&': sf_buf_str(b, "&amp;"); break;
		case '<': sf_buf_str(b, "&lt;"); break;
		case '>': sf_buf_str(b, "&gt;"); break;
		case '"': sf_buf_str(b, "&quot;"); break;
		case '\t': sf_buf_str(b, "&#9;"); break;
		case '\n': sf_buf_str(b, "&#10;"); break;
		case '\r': sf_buf_str(b, "&#13;"); break;
		default: sf_buf_char(b, s.p[i]);
		}
	}
}

void sf_buf_url(struct sf_buf *b, struct sf_span s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
			sf_buf_char(b, (char)c);
		} else {
			const char triple[3] = { '%', hex[c >> 4], hex[c & 15] };
			sf_buf_add(b, triple, 3);
		}
	}
}

bool sf_buf_done(struct sf_buf *b, struct sf_span *out)
{
	if (!reserve(b, 0)) {
		return false;
	}
	b->p[b->n] = '\0';
	out->p = b->p;
	out->n = b->n;
	return true;
}
