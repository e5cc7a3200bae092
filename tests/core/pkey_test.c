/* Public keys from what openssl makes, and verification of what openssl signs. */
#include "crypto/pkey.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>

#include "base/base64.h"
#include "crypto/ec.h"
#include "tools.h"

static struct sf_arena arena;
static struct sf_key_cache *cache;

#define SF_SIGNATURE_BYTES 1024

static const char message[] = "what is signed";

static void make_certificate(const char *options)
{
	MUST_RUN("openssl req -x509 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=test %s && openssl pkey -in key.pem -pubout -out pub.pem", options);
}

static bool load(const char *file, const char *label, struct sf_public_key *key)
{
	struct sf_span der;

	if (!sf_pem_or_base64(&arena, read_file_into(&arena, file), label, &der)) {
		return false;
	}
	return strcmp(label, "CERTIFICATE") == 0 ? sf_public_key_from_certificate(der, key) : sf_public_key_from_spki(der, key);
}

/* The signature of the openssl command over `message`, in the form that XML signatures have. */
static size_t signed_by_openssl(const struct sf_public_key *key, const char *digest, unsigned char *out)
{
	struct sf_span sig;

	write_text("message", message);
	MUST_RUN("openssl dgst -%s -sign key.pem -out sig message", digest);
	sig = read_file_into(&arena, "sig");
	if (key->family == SF_FAMILY_ECDSA) {
		const unsigned char *p = (const unsigned char *)sig.p;
		ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &p, (long)sig.n);
		int half = (int)sf_curve_by_bits(key->bits)->bytes;

		BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, half);
		BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + half, half);
		ECDSA_SIG_free(pair);
		return (size_t)half * 2;
	}
	memcpy(out, sig.p, sig.n);
	return sig.n;
}

static bool verifies(const struct sf_public_key *key, enum sf_sig_alg alg, const unsigned char *sig, size_t n)
{
	struct sf_span exact = exact_copy(sig, n);
	bool ok = sf_verify(cache, key, alg, message, strlen(message), (const unsigned char *)exact.p, n);

	exact_free(exact);
	return ok;
}

static void refuses_every_other(const struct sf_public_key *key, enum sf_sig_alg alg, unsigned char *sig, size_t n)
{
	unsigned char longer[SF_SIGNATURE_BYTES + 2] = { 0 };
	size_t accepted = 0;

	for (size_t at = 0; at < n; at++) {
		for (int bit = 0; bit < 8; bit++) {
			sig[at] ^= (unsigned char)(1 << bit);
			accepted += verifies(key, alg, sig, n);
			sig[at] ^= (unsigned char)(1 << bit);
		}
	}
	CHECK(accepted == 0);
	for (size_t cut = 0; cut < n; cut++) {
		accepted += verifies(key, alg, sig, cut);
		accepted += verifies(key, alg, sig + n - cut, cut);
	}
	CHECK(accepted == 0);
	memcpy(longer, sig, n);
	CHECK(!verifies(key, alg, longer, n + 1));
	CHECK(!verifies(key, alg, longer, n + 2));
	memmove(longer + 1, sig, n);
	longer[0] = 0;
	CHECK(!verifies(key, alg, longer, n + 1)); /* the same number, with a zero byte before it */
	memset(longer, 0, sizeof(longer));
	CHECK(!verifies(key, alg, longer, n)); /* r = s = 0 */
	memset(longer, 0xFF, sizeof(longer));
	CHECK(!verifies(key, alg, longer, n));
	CHECK(verifies(key, alg, sig, n)); /* and the good one is still good */
	CHECK(!sf_verify(cache, key, alg, message, strlen(message) - 1, sig, n));
	CHECK(!sf_verify(cache, key, alg, "", 0, sig, n));
}

struct kind {
	const char *options;
	const char *text;
	int bits;
	enum sf_sig_family family;
	bool thorough;
};

static void good_key(const struct kind *k)
{
	static const struct { const char *digest; enum sf_sig_alg rsa, ec; } algorithms[] = {
		{ "sha1", SF_RSA_SHA1, SF_SIG_NONE }, { "sha256", SF_RSA_SHA256, SF_ECDSA_SHA256 },
		{ "sha384", SF_RSA_SHA384, SF_ECDSA_SHA384 }, { "sha512", SF_RSA_SHA512, SF_ECDSA_SHA512 },
	};
	struct sf_public_key key, bare;
	char text[SF_KEY_TEXT];

	make_certificate(k->options);
	if (!CHECK(load("cert.pem", "CERTIFICATE", &key) && load("pub.pem", "PUBLIC KEY", &bare))) {
		printf("  %s\n", k->text);
		return;
	}
	sf_public_key_text(&key, text);
	CHECK(strcmp(text, k->text) == 0 && key.bits == k->bits && key.family == k->family);
	CHECK(sf_span_eq(key.spki, bare.spki) && key.has_not_after && !bare.has_not_after);
	CHECK(key.not_after > 1700000000 && key.not_after % 1 == 0);
	for (size_t i = 0; i < 4; i++) {
		enum sf_sig_alg alg = k->family == SF_FAMILY_RSA ? algorithms[i].rsa : algorithms[i].ec;
		unsigned char sig[SF_SIGNATURE_BYTES];
		size_t n;

		if (alg == SF_SIG_NONE) {
			continue;
		}
		n = signed_by_openssl(&key, algorithms[i].digest, sig);
		CHECK(verifies(&key, alg, sig, n));
		for (size_t other = 0; other < 4; other++) {
			if (other != i) {
				CHECK(!verifies(&key, algorithms[other].rsa, sig, n) && !verifies(&key, algorithms[other].ec, sig, n));
			}
		}
		CHECK(!verifies(&key, SF_SIG_NONE, sig, n) && !verifies(&key, (enum sf_sig_alg)99, sig, n));
		if (k->thorough && i == 1) {
			refuses_every_other(&key, alg, sig, n);
		}
	}
}

static void good_keys(void)
{
	static const struct kind kinds[] = {
		{ "-newkey rsa:1024", "RSA-1024", 1024, SF_FAMILY_RSA, false },
		{ "-newkey rsa:2048", "RSA-2048", 2048, SF_FAMILY_RSA, true },
		{ "-newkey rsa:2047", "RSA-2047", 2047, SF_FAMILY_RSA, false },
		{ "-newkey rsa:4096", "RSA-4096", 4096, SF_FAMILY_RSA, false },
		{ "-newkey rsa:2048 -pkeyopt rsa_keygen_pubexp:3", "RSA-2048", 2048, SF_FAMILY_RSA, false },
		{ "-newkey ec -pkeyopt ec_paramgen_curve:P-256", "EC-P256", 256, SF_FAMILY_ECDSA, true },
		{ "-newkey ec -pkeyopt ec_paramgen_curve:P-384", "EC-P384", 384, SF_FAMILY_ECDSA, false },
		{ "-newkey ec -pkeyopt ec_paramgen_curve:P-521", "EC-P521", 521, SF_FAMILY_ECDSA, true },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		good_key(&kinds[i]);
	}
}

/*
 * A key of 8192 bits takes minutes to make, and verification needs no secret primes: any odd number of that size will do
 * to see that it is read. DER written by openssl asn1parse.
 */
static void rsa_of_bits(int bits, bool accepted)
{
	char hex[2 * 1100], config[3000];
	struct sf_public_key key;
	size_t bytes = (size_t)(bits + 7) / 8;
	struct sf_span der;

	memset(hex, 'B', sizeof(hex));
	snprintf(hex, 3, "%02x", 1u << (bits + 7) % 8);
	hex[2] = 'B';
	hex[2 * bytes] = '\0';
	snprintf(config, sizeof(config), "asn1=SEQUENCE:spki\n[spki]\nalg=SEQUENCE:alg\nkey=BITWRAP,SEQUENCE:rsa\n[alg]\noid=OID:rsaEncryption\nnull=NULL\n"
			"[rsa]\nn=INTEGER:0x%s\ne=INTEGER:0x10001\n", hex);
	write_text("spki.cnf", config);
	MUST_RUN("openssl asn1parse -genconf spki.cnf -noout -out spki.der");
	der = read_file_into(&arena, "spki.der");
	CHECK(sf_public_key_from_spki(der, &key) == accepted);
	if (accepted) {
		CHECK(key.bits == bits);
		CHECK(!verifies(&key, SF_RSA_SHA256, (const unsigned char *)hex, bytes)); /* whatever it says, it must not fail */
	}
}

static void refused_key(const char *command, const char *what)
{
	struct sf_public_key key;

	MUST_RUN("%s", command);
	if (!CHECK(!load("pub.pem", "PUBLIC KEY", &key))) {
		printf("  %s was taken\n", what);
	}
}

static size_t read_signature(unsigned char *out)
{
	struct sf_span sig = read_file_into(&arena, "sig");

	memcpy(out, sig.p, sig.n);
	return sig.n;
}

static void ed25519(void)
{
	unsigned char sig[SF_SIGNATURE_BYTES];
	struct sf_public_key key, bare;
	char text[SF_KEY_TEXT];
	size_t n;

	MUST_RUN("openssl req -x509 -newkey ed25519 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=test && openssl pkey -in key.pem -pubout -out pub.pem");
	if (!CHECK(load("cert.pem", "CERTIFICATE", &key) && load("pub.pem", "PUBLIC KEY", &bare) && sf_span_eq(key.spki, bare.spki))) {
		return;
	}
	sf_public_key_text(&key, text);
	CHECK(strcmp(text, "Ed25519") == 0 && key.family == SF_FAMILY_ED25519);
	write_text("message", message);
	MUST_RUN("openssl pkeyutl -sign -rawin -inkey key.pem -in message -out sig");
	n = read_signature(sig);
	CHECK(n == 64 && verifies(&key, SF_ED25519, sig, n));
	CHECK(!verifies(&key, SF_RSA_SHA256, sig, n) && !verifies(&key, SF_ECDSA_SHA256, sig, n) && !verifies(&key, SF_RSA_PSS_SHA256, sig, n));
	refuses_every_other(&key, SF_ED25519, sig, n);
}

/* RFC 9231 §2.3.10: one digest for all of it, and a salt of its length; any other form is not what the name says. */
static void rsa_pss(void)
{
	static const struct { const char *digest; enum sf_sig_alg alg; } algorithms[] = {
		{ "sha256", SF_RSA_PSS_SHA256 }, { "sha384", SF_RSA_PSS_SHA384 }, { "sha512", SF_RSA_PSS_SHA512 },
	};
	unsigned char sig[SF_SIGNATURE_BYTES];
	struct sf_public_key key;
	size_t n;

	make_certificate("-newkey rsa:2048");
	if (!CHECK(load("cert.pem", "CERTIFICATE", &key))) {
		return;
	}
	write_text("message", message);
	for (size_t i = 0; i < 3; i++) {
		MUST_RUN("openssl dgst -%s -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -sign key.pem -out sig message", algorithms[i].digest);
		n = read_signature(sig);
		for (size_t other = 0; other < 3; other++) {
			CHECK(verifies(&key, algorithms[other].alg, sig, n) == (other == i));
		}
		CHECK(!verifies(&key, SF_RSA_SHA256, sig, n) && !verifies(&key, SF_ED25519, sig, n));
		if (i == 0) {
			refuses_every_other(&key, algorithms[i].alg, sig, n);
		}
	}
	MUST_RUN("openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 -sign key.pem -out sig message");
	CHECK(!verifies(&key, SF_RSA_PSS_SHA256, sig, read_signature(sig)));
	MUST_RUN("openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -sigopt rsa_mgf1_md:sha1 -sign key.pem -out sig message");
	CHECK(!verifies(&key, SF_RSA_PSS_SHA256, sig, read_signature(sig)));
	MUST_RUN("openssl dgst -sha256 -sign key.pem -out sig message");
	CHECK(!verifies(&key, SF_RSA_PSS_SHA256, sig, read_signature(sig)));
}

static void refused_keys(void)
{
	struct sf_public_key key;

	refused_key("openssl genrsa -out key.pem 512 && openssl pkey -in key.pem -pubout -out pub.pem", "RSA of 512 bits");
	refused_key("openssl genrsa -out key.pem 1023 && openssl pkey -in key.pem -pubout -out pub.pem", "RSA of 1023 bits");
	refused_key("openssl genpkey -algorithm ed448 -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem", "Ed448");
	refused_key("openssl genpkey -algorithm x25519 -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem", "X25519");
	refused_key("openssl genpkey -algorithm rsa-pss -pkeyopt rsa_keygen_bits:2048 -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem", "RSA-PSS alone");
	refused_key("openssl ecparam -genkey -name secp224r1 -noout -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem", "P-224");
	refused_key("openssl ecparam -genkey -name secp256k1 -noout -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem", "secp256k1");
	refused_key("openssl ecparam -genkey -name brainpoolP256r1 -noout -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem", "brainpool");
	refused_key("openssl ecparam -genkey -name prime256v1 -noout -out key.pem && openssl ec -in key.pem -pubout -conv_form compressed -out pub.pem", "a compressed point");
	refused_key("openssl ecparam -genkey -name prime256v1 -noout -out key.pem && openssl ec -in key.pem -pubout -conv_form hybrid -out pub.pem", "a hybrid point");
	refused_key("openssl ecparam -genkey -name prime256v1 -noout -param_enc explicit -out key.pem && openssl ec -in key.pem -pubout -param_enc explicit -out pub.pem", "explicit parameters");
	refused_key("openssl dsaparam -genkey -out key.pem 1024 && openssl dsa -in key.pem -pubout -out pub.pem", "DSA");
	MUST_RUN("openssl req -x509 -newkey ed448 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=test");
	CHECK(!load("cert.pem", "CERTIFICATE", &key));
	rsa_of_bits(8192, true);
	rsa_of_bits(8193, false);
	rsa_of_bits(1024, true);
	rsa_of_bits(1023, false);
}

static void odd_numbers(const char *n_end, const char *e, bool accepted)
{
	char config[1500], hex[600];
	struct sf_public_key key;

	memset(hex, 'C', 512);
	strcpy(hex + 511, n_end);
	snprintf(config, sizeof(config), "asn1=SEQUENCE:spki\n[spki]\nalg=SEQUENCE:alg\nkey=BITWRAP,SEQUENCE:rsa\n[alg]\noid=OID:rsaEncryption\nnull=NULL\n"
			"[rsa]\nn=INTEGER:0x%s\ne=INTEGER:%s\n", hex, e);
	write_text("spki.cnf", config);
	MUST_RUN("openssl asn1parse -genconf spki.cnf -noout -out spki.der");
	CHECK(sf_public_key_from_spki(read_file_into(&arena, "spki.der"), &key) == accepted);
}

static void rsa_numbers(void)
{
	odd_numbers("1", "0x10001", true);
	odd_numbers("1", "3", true);
	odd_numbers("1", "0xFFFFFFFFFFFFFFFF", true);   /* 64 bits: at the cap */
	odd_numbers("1", "0x10000000000000001", false); /* and one over */
	odd_numbers("1", "1", false);                   /* a signature would be its own hash */
	odd_numbers("1", "0", false);
	odd_numbers("1", "2", false);
	odd_numbers("1", "-3", false);
	odd_numbers("2", "0x10001", false); /* an even modulus */
}

/* A point that is not on its curve is read, for its length is right, but no signature is good with it. */
static void point_off_the_curve(void)
{
	unsigned char spki[256], sig[SF_SIGNATURE_BYTES];
	struct sf_public_key key, off;
	size_t n;

	make_certificate("-newkey ec -pkeyopt ec_paramgen_curve:P-256");
	CHECK(load("cert.pem", "CERTIFICATE", &key));
	n = signed_by_openssl(&key, "sha256", sig);
	CHECK(verifies(&key, SF_ECDSA_SHA256, sig, n));
	memcpy(spki, key.spki.p, key.spki.n);
	spki[key.spki.n - 1] ^= 1;
	CHECK(sf_public_key_from_spki((struct sf_span){ (char *)spki, key.spki.n }, &off));
	CHECK(!verifies(&off, SF_ECDSA_SHA256, sig, n));
	CHECK(!verifies(&off, SF_ECDSA_SHA256, sig, n));
}

/* More keys than the cache has slots, in turns: each answer stays right. */
static void cache_turns(void)
{
	enum { KEYS = 20 };
	static unsigned char sigs[KEYS][SF_SIGNATURE_BYTES];
	struct sf_public_key keys[KEYS];
	size_t n[KEYS], wrong = 0;

	for (int i = 0; i < KEYS; i++) {
		make_certificate("-newkey ec -pkeyopt ec_paramgen_curve:P-256");
		wrong += !load("cert.pem", "CERTIFICATE", &keys[i]);
		n[i] = signed_by_openssl(&keys[i], "sha256", sigs[i]);
	}
	CHECK(wrong == 0);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < KEYS; i++) {
			wrong += !verifies(&keys[i], SF_ECDSA_SHA256, sigs[i], n[i]);
			wrong += verifies(&keys[(i + 1) % KEYS], SF_ECDSA_SHA256, sigs[i], n[i]);
		}
	}
	CHECK(wrong == 0);
}

static bool der_is(const char *text, const char *label, const char *expected)
{
	struct sf_span copy = exact_copy(text, strlen(text)), der;
	bool ok = sf_pem_or_base64(&arena, copy, label, &der) && sf_span_is(der, expected);

	exact_free(copy);
	return ok;
}

static bool no_der(const char *text)
{
	struct sf_span copy = exact_copy(text, strlen(text)), der;
	bool ok = !sf_pem_or_base64(&arena, copy, "CERTIFICATE", &der);

	exact_free(copy);
	return ok;
}

static void pem(void)
{
	static const char two[] = "text before\n-----BEGIN A-----\nYQ==\n-----END A-----\nbetween\r\n-----BEGIN CERTIFICATE-----\r\nYmI=\r\n-----END CERTIFICATE-----\r\n";

	CHECK(der_is(two, "CERTIFICATE", "bb") && der_is(two, "A", "a"));
	CHECK(der_is("Ym\nI=", "CERTIFICATE", "bb"));
	CHECK(no_der("") && no_der("=") && no_der("not base64!") && no_der("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"));
	CHECK(no_der("-----BEGIN CERTIFICATE-----\nYmI=\n-----END CERT-----") && no_der("-----BEGIN CERTIFICATE-----\nYmI=\n") && no_der("-----BEGIN CERTIFICATE"));
	CHECK(no_der("-----BEGIN CERTIFICATE-----\nYmI=\n-----END CERTIFICATE") && no_der("-----BEGIN X-----\nYmI=\n-----END X-----"));
	CHECK(no_der("-----BEGIN CERTIFICATE-----\nY=I=\n-----END CERTIFICATE-----"));
	for (size_t cut = 0; cut < sizeof(two) - 3; cut++) {
		struct sf_span copy = exact_copy(two, cut), label, body;
		size_t pos = 0;

		while (sf_pem_next(copy, &pos, &label, &body)) {
			CHECK(label.p >= copy.p && label.p + label.n <= copy.p + copy.n && body.p >= copy.p && body.p + body.n <= copy.p + copy.n && pos <= cut);
		}
		exact_free(copy);
	}
}

/* Validity beyond 2049 is written as GeneralizedTime. */
static void not_after(void)
{
	struct sf_public_key key;

	MUST_RUN("openssl req -x509 -newkey rsa:1024 -nodes -keyout key.pem -out cert.pem -days 36500 -subj /CN=test && openssl x509 -in cert.pem -noout -enddate | grep -q ' 21[0-9][0-9] '");
	CHECK(load("cert.pem", "CERTIFICATE", &key) && key.has_not_after && key.not_after > INT64_C(4102444800));
}

static void algorithms(void)
{
	CHECK(sf_sig_by_uri(SF_SPAN_LIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"))->alg == SF_RSA_SHA256);
	CHECK(!sf_sig_by_uri(SF_SPAN_LIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha25")) && !sf_sig_by_uri(SF_SPAN_NONE));
	CHECK(!sf_sig_by_uri(SF_SPAN_LIT("http://www.w3.org/2000/09/xmldsig#hmac-sha1")) && !sf_sig_by_uri(SF_SPAN_LIT("http://www.w3.org/2001/04/xmldsig-more#rsa-md5")));
	CHECK(sf_digest_by_uri(SF_SPAN_LIT("http://www.w3.org/2001/04/xmlenc#sha256")) == SF_SHA256 && sf_digest_by_uri(SF_SPAN_NONE) == SF_DIGEST_NONE);
	CHECK(sf_digest_by_uri(SF_SPAN_LIT("http://www.w3.org/2001/04/xmldsig-more#md5")) == SF_DIGEST_NONE);

	unsigned char out[SF_DIGEST_MAX];
	char hex[2 * SF_DIGEST_MAX];
	CHECK(!sf_digest(SF_DIGEST_NONE, "", 0, out));
	for (enum sf_digest d = SF_SHA1; d <= SF_SHA512; d++) {
		char expected[200] = "";
		FILE *f;

		write_text("message", message);
		MUST_RUN("openssl dgst -r -%s message && cp log digest", sf_digest_name(d));
		f = fopen("log", "r");
		CHECK(f && fgets(expected, sizeof(expected), f));
		fclose(f);
		expected[2 * sf_digest_size(d)] = '\0';
		CHECK(sf_digest(d, message, strlen(message), out));
		sf_hex_encode(out, sf_digest_size(d), hex);
		CHECK_SPAN(((struct sf_span){ hex, 2 * sf_digest_size(d) }), expected);
	}
}

int main(void)
{
	sf_arena_init(&arena, (size_t)64 << 20);
	cache = sf_key_cache_new();
	tools_enter_folder();
	need_program("openssl", "openssl");
	good_keys();
	ed25519();
	rsa_pss();
	refused_keys();
	rsa_numbers();
	point_off_the_curve();
	cache_turns();
	pem();
	not_after();
	algorithms();
	sf_key_cache_free(cache);
	sf_arena_free(&arena);
	return check_done();
}
