#include "base/base64.h"

#include <stdint.h>

#include "tools.h"

/* A second implementation, as plain as can be: the definition in RFC 4648 §4, read aloud. */
static bool reference_decode(struct sf_span in, bool url, unsigned char *out, size_t *n)
{
	static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static const char url_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *alphabet = url ? url_alphabet : standard;
	unsigned char bits[8192];
	size_t count = 0, pads = 0;

	for (size_t i = 0; i < in.n; i++) {
		const char *at;

		if (!url && (in.p[i] == ' ' || in.p[i] == '\t' || in.p[i] == '\n' || in.p[i] == '\r')) {
			continue;
		}
		if (!url && in.p[i] == '=') {
			pads++;
			continue;
		}
		at = in.p[i] ? strchr(alphabet, in.p[i]) : NULL;
		if (!at || pads) {
			return false;
		}
		for (int bit = 5; bit >= 0; bit--) {
			bits[count++] = (unsigned char)((at - alphabet) >> bit & 1);
		}
	}
	if (!url && (count / 6 + pads) % 4 != 0) {
		return false;
	}
	if (pads > 2 || count % 24 == 6 || (pads && count % 24 == 0)) {
		return false;
	}
	for (size_t i = count / 8 * 8; i < count; i++) {
		if (bits[i]) {
			return false;
		}
	}
	*n = count / 8;
	for (size_t i = 0; i < *n; i++) {
		out[i] = 0;
		for (int bit = 0; bit < 8; bit++) {
			out[i] = (unsigned char)(out[i] << 1 | bits[i * 8 + (size_t)bit]);
		}
	}
	return true;
}

typedef bool (*decoder)(struct sf_span in, unsigned char *out, size_t *n);

static bool agrees_one(decoder decode, bool url, struct sf_span in)
{
	unsigned char *out = malloc(SF_BASE64_DECODED(in.n)), want[2048];
	size_t out_n = 0, want_n = 0;
	bool ok = decode(in, out, &out_n), want_ok = reference_decode(in, url, want, &want_n), same;

	same = ok == want_ok && (!ok || (out_n == want_n && memcmp(out, want, out_n) == 0));
	free(out);
	return same;
}

/* All three decoders against the reference. */
static bool agrees(const char *text, size_t n)
{
	struct sf_span in = exact_copy(text, n);
	bool all = agrees_one(sf_base64_decode, false, in) && agrees_one(sf_base64_secret, false, in) && agrees_one(sf_base64url_decode, true, in);

	exact_free(in);
	return all;
}

static bool decodes_to(const char *text, const char *bytes)
{
	unsigned char out[256];
	size_t n;

	return sf_base64_decode(sf_span_of(text), out, &n) && n == strlen(bytes) && memcmp(out, bytes, n) == 0 && agrees(text, strlen(text));
}

static bool refused(const char *text)
{
	unsigned char out[256];
	size_t n;

	return !sf_base64_decode(sf_span_of(text), out, &n) && !sf_base64_secret(sf_span_of(text), out, &n) && agrees(text, strlen(text));
}

static void rfc_vectors(void)
{
	static const char *const vectors[][2] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
	};

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		char text[SF_BASE64_ENCODED(8)];
		size_t n = sf_base64_encode((const unsigned char *)vectors[i][0], strlen(vectors[i][0]), text);

		CHECK_SPAN(((struct sf_span){ text, n }), vectors[i][1]);
		CHECK(decodes_to(vectors[i][1], vectors[i][0]));
	}
}

static void strictness(void)
{
	CHECK(decodes_to("Zm9v\r\n Ym\tFy", "foobar"));
	CHECK(decodes_to("  Z g = =  ", "f"));
	CHECK(decodes_to(" \t\r\n", ""));
	CHECK(refused("Z"));
	CHECK(refused("Zg"));
	CHECK(refused("Zg="));
	CHECK(refused("Zg==="));
	CHECK(refused("Zm8"));
	CHECK(refused("Zm8=="));
	CHECK(refused("Zm9v="));
	CHECK(refused("Zm9v===="));
	CHECK(refused("="));
	CHECK(refused("===="));
	CHECK(refused("Zg==Zg=="));
	CHECK(refused("Zm9vZg==x"));
	CHECK(refused("Zm9-"));
	CHECK(refused("Zm9_"));
	CHECK(refused("Zm9v\x0b"));
	CHECK(refused("Zm9v\xc2\xa0"));
	/* the same bytes in another spelling: the unused bits are not zero */
	CHECK(refused("Zh=="));
	CHECK(refused("Zm9="));
	CHECK(refused("Zm+="));
}

/* Every text of two and three significant characters: of the 4,096 and 262,144, exactly those with zero bits behind the last byte. */
static void unused_bits(void)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned char out[8];
	size_t n, one = 0, two = 0;
	char text[4];

	for (int a = 0; a < 64; a++) {
		for (int b = 0; b < 64; b++) {
			memcpy(text, (char[]){ alphabet[a], alphabet[b], '=', '=' }, 4);
			one += sf_base64_decode((struct sf_span){ text, 4 }, out, &n) && n == 1;
			for (int c = 0; c < 64; c++) {
				text[2] = alphabet[c];
				two += sf_base64_decode((struct sf_span){ text, 4 }, out, &n) && n == 2;
			}
		}
	}
	CHECK(one == 256);
	CHECK(two == 65536);
}

/* Every byte value at every place of texts of several lengths. */
static void single_byte_mutations(void)
{
	static const char *const texts[] = { "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy", "Zm9vYmE=", "Zm9vYmFyZm9vYmFyZm9vYg==", "Zm9vYmFy\nZm9vYmFy\nZm8=\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t n = strlen(texts[i]), wrong = 0;
		char text[64];

		for (size_t at = 0; at < n; at++) {
			memcpy(text, texts[i], n);
			for (int byte = 0; byte < 256; byte++) {
				text[at] = (char)byte;
				wrong += !agrees(text, n);
			}
		}
		for (size_t cut = 0; cut <= n; cut++) {
			wrong += !agrees(texts[i], cut);
		}
		CHECK(wrong == 0);
	}
}

static void round_trips(void)
{
	uint64_t seed = 4648;
	size_t wrong = 0;

	for (size_t n = 0; n < 400; n++) {
		unsigned char in[400], out[SF_BASE64_DECODED(SF_BASE64_ENCODED(400))];
		char text[SF_BASE64_ENCODED(400)];
		size_t text_n, out_n;

		for (size_t i = 0; i < n; i++) {
			in[i] = (unsigned char)random_next(&seed);
		}
		text_n = sf_base64_encode(in, n, text);
		wrong += text_n != SF_BASE64_ENCODED(n) || !sf_base64_decode((struct sf_span){ text, text_n }, out, &out_n) || out_n != n || memcmp(in, out, n) != 0;
		wrong += !agrees(text, text_n);
		text_n = sf_base64url_encode(in, n, text);
		wrong += text_n != (n * 4 + 2) / 3 || memchr(text, '=', text_n) || !sf_base64url_decode((struct sf_span){ text, text_n }, out, &out_n) || out_n != n
				|| memcmp(in, out, n) != 0;
	}
	CHECK(wrong == 0);
}

static void base64url(void)
{
	unsigned char out[16];
	char text[8];
	size_t n;

	CHECK(sf_base64url_decode(SF_SPAN_LIT("-_-_"), out, &n) && n == 3 && memcmp(out, "\xfb\xff\xbf", 3) == 0);
	CHECK_SPAN(((struct sf_span){ text, sf_base64url_encode((const unsigned char *)"\xfb\xff\xbf", 3, text) }), "-_-_");
	CHECK(!sf_base64url_decode(SF_SPAN_LIT("+/+/"), out, &n));
	CHECK(!sf_base64url_decode(SF_SPAN_LIT("Zg=="), out, &n));
	CHECK(!sf_base64url_decode(SF_SPAN_LIT("Zg "), out, &n));
	CHECK(!sf_base64url_decode(SF_SPAN_LIT("Zh"), out, &n));
	CHECK(sf_base64url_decode(SF_SPAN_LIT("Zg"), out, &n) && n == 1);
}

static void hex(void)
{
	char text[8];

	sf_hex_encode((const unsigned char *)"\x00\x0f\xa5\xff", 4, text);
	CHECK_SPAN(((struct sf_span){ text, 8 }), "000fa5ff");
}

int main(void)
{
	rfc_vectors();
	strictness();
	unused_bits();
	single_byte_mutations();
	round_trips();
	base64url();
	hex();
	return check_done();
}
