#include "crypto/der.h"

#include "crypto/pkey.h"
#include "tools.h"

static struct sf_arena arena;

/* One element of the given tag in exactly these bytes: its content's length, or -1. */
static long take(const char *bytes, size_t n, unsigned tag)
{
	struct sf_span copy = exact_copy(bytes, n), in = copy, content;
	bool ok = sf_der_take(&in, tag, &content);
	long length = ok ? (long)content.n : -1;

	CHECK(ok || (in.p == copy.p && in.n == n)); /* a refusal moves nothing */
	exact_free(copy);
	return length;
}

#define TAKE(bytes, tag) take((bytes), sizeof(bytes) - 1, (tag))

static void lengths(void)
{
	char big[70000];

	CHECK(TAKE("\x30\x00", SF_DER_SEQUENCE) == 0);
	CHECK(TAKE("\x30\x02xy", SF_DER_SEQUENCE) == 2);
	CHECK(TAKE("\x30\x02xyz", SF_DER_SEQUENCE) == 2);
	CHECK(TAKE("\x30\x02xy", SF_DER_INTEGER) == -1);
	CHECK(TAKE("", SF_DER_SEQUENCE) == -1 && TAKE("\x30", SF_DER_SEQUENCE) == -1 && TAKE("\x30\x01", SF_DER_SEQUENCE) == -1);
	CHECK(TAKE("\x30\x80\x00\x00", SF_DER_SEQUENCE) == -1);         /* indefinite: BER, not DER */
	CHECK(TAKE("\x30\x81\x02xy", SF_DER_SEQUENCE) == -1);           /* long form of a short length */
	CHECK(TAKE("\x30\x82\x00\x02xy", SF_DER_SEQUENCE) == -1);
	CHECK(TAKE("\x30\x81", SF_DER_SEQUENCE) == -1 && TAKE("\x30\x82\x01", SF_DER_SEQUENCE) == -1);
	CHECK(TAKE("\x30\x84\x00\x00\x00\x02xy", SF_DER_SEQUENCE) == -1);
	CHECK(TAKE("\x30\x84\xff\xff\xff\xffxy", SF_DER_SEQUENCE) == -1 && TAKE("\x30\xff\xff", SF_DER_SEQUENCE) == -1);
	CHECK(TAKE("\x3f\x21\x00", 0x3f) == -1); /* a tag of several bytes */

	memset(big, 'x', sizeof(big));
	memcpy(big, "\x30\x81\x80", 3);
	CHECK(take(big, 3 + 128, SF_DER_SEQUENCE) == 128 && take(big, 3 + 127, SF_DER_SEQUENCE) == -1);
	memcpy(big, "\x30\x82\x01\x00", 4);
	CHECK(take(big, 4 + 256, SF_DER_SEQUENCE) == 256 && take(big, 4 + 255, SF_DER_SEQUENCE) == -1);
	memcpy(big, "\x30\x83\x01\x00\x00", 5);
	CHECK(take(big, 5 + 65536, SF_DER_SEQUENCE) == 65536 && take(big, 5 + 65535, SF_DER_SEQUENCE) == -1);
}

static long unsigned_of(const char *bytes, size_t n)
{
	struct sf_span copy = exact_copy(bytes, n), in = copy, v;
	long length = sf_der_take_unsigned(&in, &v) ? (long)v.n : -1;

	CHECK(length >= 0 || in.n == n);
	exact_free(copy);
	return length;
}

static long bits_of(const char *bytes, size_t n)
{
	struct sf_span copy = exact_copy(bytes, n), in = copy, v;
	long length = sf_der_take_bits(&in, &v) ? (long)v.n : -1;

	CHECK(length >= 0 || in.n == n);
	exact_free(copy);
	return length;
}

static void numbers(void)
{
	CHECK(unsigned_of("\x02\x01\x00", 3) == 0);
	CHECK(unsigned_of("\x02\x01\x7f", 3) == 1);
	CHECK(unsigned_of("\x02\x02\x00\x80", 4) == 1);
	CHECK(unsigned_of("\x02\x01\x80", 3) == -1);         /* negative */
	CHECK(unsigned_of("\x02\x02\x00\x7f", 4) == -1);     /* not minimal */
	CHECK(unsigned_of("\x02\x02\x00\x00", 4) == -1);
	CHECK(unsigned_of("\x02\x00", 2) == -1);             /* no content */
	CHECK(unsigned_of("\x04\x01\x01", 3) == -1);
	CHECK(bits_of("\x03\x01\x00", 3) == 0);
	CHECK(bits_of("\x03\x02\x00\xff", 4) == 1);
	CHECK(bits_of("\x03\x02\x01\xfe", 4) == -1);         /* seven bits */
	CHECK(bits_of("\x03\x00", 2) == -1);

	struct sf_span in = { "\x02\x01\x05\x04\x01z\x30\x00", 8 }, v;
	CHECK(sf_der_next_is(in, SF_DER_INTEGER) && sf_der_skip(&in) && sf_der_take_whole(&in, SF_DER_OCTET_STRING, &v) && v.n == 3 && v.p[0] == 4);
	CHECK(!sf_der_take_whole(&in, SF_DER_INTEGER, &v) && in.n == 2 && sf_der_skip(&in) && in.n == 0 && !sf_der_skip(&in) && !sf_der_next_is(in, SF_DER_SEQUENCE));
}

/* A real certificate, cut at every byte and with every byte changed: never accepted when cut, never read out of its bounds. */
static void certificate_cut_and_changed(const char *kind)
{
	struct sf_span pem = read_file_into(&arena, "cert.pem"), der;
	struct sf_public_key key;
	size_t accepted = 0, same = 0;
	struct sf_span spki;

	if (!CHECK(sf_pem_or_base64(&arena, pem, "CERTIFICATE", &der) && sf_public_key_from_certificate(der, &key))) {
		return;
	}
	spki = key.spki;
	for (size_t cut = 0; cut < der.n; cut++) {
		struct sf_span copy = exact_copy(der.p, cut);

		accepted += sf_public_key_from_certificate(copy, &key);
		accepted += sf_public_key_from_spki(copy, &key);
		exact_free(copy);
	}
	CHECK(accepted == 0);
	for (size_t cut = 0; cut < spki.n; cut++) {
		struct sf_span copy = exact_copy(spki.p, cut);

		accepted += sf_public_key_from_spki(copy, &key);
		exact_free(copy);
	}
	CHECK(accepted == 0);
	/* one byte too many */
	struct sf_span longer = exact_copy(der.p, der.n);
	char *more = malloc(der.n + 1);
	memcpy(more, longer.p, der.n);
	more[der.n] = 0;
	CHECK(!sf_public_key_from_certificate((struct sf_span){ more, der.n + 1 }, &key));
	free(more);

	for (size_t at = 0; at < der.n; at++) {
		for (int bit = 0; bit < 8; bit++) {
			char *changed = (char *)(uintptr_t)longer.p;

			changed[at] ^= (char)(1 << bit);
			if (sf_public_key_from_certificate(longer, &key)) {
				bool inside = key.spki.p >= longer.p && key.spki.p + key.spki.n <= longer.p + longer.n && key.bits >= 256 && key.bits <= 8192;

				same += inside;
				accepted += !inside;
			}
			changed[at] ^= (char)(1 << bit);
		}
	}
	exact_free(longer);
	printf("%s: %zu of %zu changed certificates still give a key\n", kind, same, der.n * 8);
	CHECK(accepted == 0 && same > 0);
}

int main(void)
{
	sf_arena_init(&arena, (size_t)16 << 20);
	tools_enter_folder();
	need_program("openssl", "openssl");
	lengths();
	numbers();
	MUST_RUN("openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=test");
	certificate_cut_and_changed("RSA");
	MUST_RUN("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=test");
	certificate_cut_and_changed("EC");
	sf_arena_free(&arena);
	return check_done();
}
