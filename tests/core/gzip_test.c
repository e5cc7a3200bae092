#include "check.h"

#include <zlib.h>

#include "base/secret.h"
#include "http/gzip.h"

static struct sf_arena arena;

/* What zlib makes of it, as a server would. */
static bool inflates_to(struct sf_span zipped, struct sf_span plain)
{
	z_stream z = { .next_in = (Bytef *)zipped.p, .avail_in = (uInt)zipped.n };
	char *out = sf_arena_alloc(&arena, plain.n + 1);
	bool ok;

	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) {
		return false;
	}
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)plain.n + 1;
	ok = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == plain.n && memcmp(out, plain.p, plain.n) == 0;
	inflateEnd(&z);
	return ok;
}

int main(void)
{
	static char text[100000], noise[1000];
	struct sf_span zipped = SF_SPAN_NONE;

	sf_arena_init(&arena, (size_t)4 << 20);
	for (size_t i = 0; i < sizeof(text); i++) {
		text[i] = "{\"LastName\":\"Lovelace\"},"[i % 24];
	}
	CHECK(sf_gzip((struct sf_span){ text, sizeof(text) }, &arena, &zipped) && zipped.n < sizeof(text) / 10 && inflates_to(zipped, (struct sf_span){ text, sizeof(text) }));
	/* what can't be made shorter stays as it is */
	CHECK(sf_random(noise, sizeof(noise)) && !sf_gzip((struct sf_span){ noise, sizeof(noise) }, &arena, &zipped));
	CHECK(!sf_gzip(SF_SPAN_LIT(""), &arena, &zipped) && !sf_gzip(SF_SPAN_LIT("x"), &arena, &zipped));
	sf_arena_free(&arena);
	return check_done();
}
