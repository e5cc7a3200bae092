/* What a request may say of its own, and the gzip of an answer that streams. */
#include "check.h"

#include <stdlib.h>

#include "http/gzip.h"
#include "http/http.h"
#include "http/inflate.h"

static void header_lines(void)
{
	static const char *const good[] = { "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT", "Sforce-Call-Options: client=x", "X: y", "SOAPAction: \"\"" };
	static const char *const bad[] = { "", "X", "X:", "X: ", "X:y", ": y", " X: y", "X : y", "X\t: y", "X: a\r\nHost: b", "X: a\nb", "X: a\rb", "X: \x7f", "X: \xc3\xa4", "X: a\tb",
		"Host: a", "hOsT: a", "Content-Length: 1", "Transfer-Encoding: chunked", "Authorization: Bearer x", "Cookie: a=b", "Content-Encoding: gzip", "Connection: close",
		"Expect: 100-continue", "Accept-Encoding: br", "Proxy-Authorization: x", "User-Agent: x" };

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CHECK(sf_http_header_valid(sf_span_of(good[i])));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK(!sf_http_header_valid(sf_span_of(bad[i])));
	}
}

struct got {
	char *p;
	size_t n;
	size_t max;
};

static bool take(void *arg, struct sf_span piece)
{
	struct got *got = arg;

	if (piece.n > got->max - got->n) {
		return false;
	}
	memcpy(got->p + got->n, piece.p, piece.n);
	got->n += piece.n;
	return true;
}

/* In pieces of that size; whether it was taken, and *whole whether it was all of it. */
static bool unpack(struct sf_span zipped, size_t size, struct got *got, bool *whole)
{
	struct sf_inflate in;
	bool ok = sf_inflate_init(&in);

	got->n = 0;
	for (size_t i = 0; ok && i < zipped.n; i += size) {
		ok = sf_inflate_add(&in, (struct sf_span){ zipped.p + i, zipped.n - i < size ? zipped.n - i : size }, take, got);
	}
	*whole = ok && in.whole;
	sf_inflate_free(&in);
	return ok;
}

static void inflation(void)
{
	enum { N = 200000 };
	struct got got = { malloc(2 * N), 0, 2 * N };
	char *text = malloc(N), *twice = malloc(2 * N);
	struct sf_arena arena;
	struct sf_span zipped;
	bool whole;

	for (size_t i = 0; i < N; i++) {
		text[i] = (char)('a' + (i * i / 7) % 26);
	}
	sf_arena_init(&arena, 4 * N);
	CHECK(sf_gzip((struct sf_span){ text, N }, &arena, &zipped));
	for (size_t size = 1; size <= N; size = size * 7 + 1) {
		CHECK(unpack(zipped, size, &got, &whole) && whole && got.n == N && memcmp(got.p, text, N) == 0);
	}
	for (size_t cut = 1; cut < zipped.n; cut = cut * 2 + 1) {
		CHECK(unpack((struct sf_span){ zipped.p, zipped.n - cut }, 1000, &got, &whole) && !whole);
	}
	memcpy(twice, zipped.p, zipped.n);
	memcpy(twice + zipped.n, zipped.p, zipped.n);
	CHECK(unpack((struct sf_span){ twice, 2 * zipped.n }, 999, &got, &whole) && whole && got.n == 2 * N && memcmp(got.p + N, text, N) == 0);
	CHECK(unpack((struct sf_span){ twice, 2 * zipped.n - 9 }, 999, &got, &whole) && !whole);
	twice[zipped.n] = 'x'; /* what follows is no gzip */
	CHECK(!unpack((struct sf_span){ twice, 2 * zipped.n }, 999, &got, &whole) && !whole);
	memcpy(twice, zipped.p, zipped.n);
	twice[zipped.n - 6] ^= 1; /* the checksum */
	CHECK(!unpack((struct sf_span){ twice, zipped.n }, 999, &got, &whole) && !whole);
	got.max = N - 1; /* the taker says no */
	CHECK(!unpack(zipped, 999, &got, &whole));
	CHECK(!unpack(SF_SPAN_LIT("no gzip at all, and long enough"), 5, &got, &whole));
	sf_arena_free(&arena);
	free(text);
	free(twice);
	free(got.p);
}

int main(void)
{
	header_lines();
	inflation();
	return check_done();
}
