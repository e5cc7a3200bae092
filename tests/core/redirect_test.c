/* The Redirect binding: what we write is read back, and what was changed, doubled, left out or blown up is refused for its own reason. */
#include "saml/redirect.h"

#include <zlib.h>

#include "base/base64.h"
#include "base/buf.h"
#include "tools.h"

static struct sf_arena arena;
static struct sf_keyring *ring;
static struct sf_key_cache *cache;
static struct sf_idp idp = { .entity_id = SF_SPAN_LIT("urn:idp") };

static const struct sf_xml_limits limits = { .bytes = 8192, .depth = 32, .nodes = 20000, .attributes = 64, .namespaces = 2000 };
static const char message[] = "<samlp:LogoutRequest xmlns:samlp=\"" SF_NS_SAMLP "\" ID=\"_1\"/>";

/* The query of a URL that we wrote. */
static struct sf_span query_of(struct sf_span url)
{
	const char *at = memchr(url.p, '?', url.n);

	return (struct sf_span){ at + 1, (size_t)(url.p + url.n - at - 1) };
}

static struct sf_span written(const char *key, bool response, const char *relay_state)
{
	struct sf_redirect_message m = { .destination = SF_SPAN_LIT("https://i/out"), .response = response, .xml = SF_SPAN_LIT(message),
		.relay_state = sf_span_of(relay_state), .key = key ? sf_keyring_find(ring, sf_span_of(key)) : NULL };
	struct sf_error error = { 0 };
	struct sf_span url = SF_SPAN_LIT("?");

	CHECK(sf_redirect_write(&m, &arena, &url, &error));
	return query_of(url);
}

/* 0, or the reason; *xml and *relay are what was read. */
static int read_query(struct sf_span query, struct sf_span *xml, struct sf_span *relay)
{
	struct sf_span exact = exact_copy(query.p, query.n);
	struct sf_error error = { 0 };
	struct sf_redirect in;
	bool sha1 = true, ok;
	size_t key = 99;

	ok = sf_redirect_split(exact, &in, &error) && sf_redirect_verify(&in, &idp, cache, &arena, &key, &sha1, &error)
			&& sf_redirect_inflate(&in, &limits, &arena, xml, &error) && sf_redirect_relay_state(&in, &arena, relay, &error);
	CHECK(!ok || (key < idp.key_count && sha1 == (sf_span_eq(in.sig_alg, SF_SPAN_LIT("http%3A%2F%2Fwww.w3.org%2F2000%2F09%2Fxmldsig%23rsa-sha1")))));
	exact_free(exact);
	return ok ? 0 : error.code;
}

static int reason_of(struct sf_span query)
{
	struct sf_span xml, relay;

	return read_query(query, &xml, &relay);
}

/* The query with the first occurrence of a text replaced. */
static struct sf_span changed(struct sf_span query, const char *from, const char *to)
{
	const char *at = memmem(query.p, query.n, from, strlen(from));
	struct sf_span out = query;
	struct sf_buf b;

	if (!CHECK(at != NULL)) {
		return query;
	}
	sf_buf_init(&b, &arena, 1 << 20);
	sf_buf_add(&b, query.p, (size_t)(at - query.p));
	sf_buf_str(&b, to);
	sf_buf_add(&b, at + strlen(from), (size_t)(query.p + query.n - at) - strlen(from));
	CHECK(sf_buf_done(&b, &out));
	return out;
}

static struct sf_span joined(const char *before, struct sf_span query, const char *behind)
{
	struct sf_span out = query;
	struct sf_buf b;

	sf_buf_init(&b, &arena, 1 << 20);
	sf_buf_str(&b, before);
	sf_buf_span(&b, query);
	sf_buf_str(&b, behind);
	CHECK(sf_buf_done(&b, &out));
	return out;
}

static void round_trips(void)
{
	static const char *const keys[] = { "rsa", "p256", "p384" }, *const relays[] = { NULL, "", "a b&c=d+\xc3\xa9%" };
	struct sf_span xml, relay, query;

	for (size_t k = 0; k < 3; k++) {
		for (size_t r = 0; r < 3; r++) {
			query = written(keys[k], r % 2, relays[r]);
			CHECK(read_query(query, &xml, &relay) == 0);
			CHECK_SPAN(xml, message);
			CHECK((relay.p != NULL) == (relays[r] != NULL) && (!relay.p || sf_span_is(relay, relays[r])));
			CHECK(read_query(joined("action=slo&x&=&&", query, "&y=%zz&SAMLxyz=1"), &xml, &relay) == 0); /* the address's own parameters */
		}
	}
	CHECK(reason_of(written(NULL, false, "r")) == SF_NOT_SIGNED);
}

static void changes(void)
{
	struct sf_span query = written("rsa", false, "state"), other = written("rsa", false, "state2");
	const char *alg = "SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256";

	CHECK(reason_of(query) == 0);
	CHECK(reason_of(changed(query, "RelayState=state", "RelayState=other")) == SF_SIGNATURE_INVALID);
	CHECK(reason_of(changed(query, "&RelayState=state", "")) == SF_SIGNATURE_INVALID);
	CHECK(reason_of(changed(query, "RelayState=state", "RelayState=%73tate")) == SF_SIGNATURE_INVALID); /* the same to who decodes, and not what was signed */
	CHECK(reason_of(changed(query, "%3A%2F%2F", "%3a%2f%2f")) == SF_SIGNATURE_INVALID);
	CHECK(reason_of(changed(query, "SAMLRequest=", "SAMLResponse=")) == SF_SIGNATURE_INVALID);
	CHECK(reason_of(changed(query, "&SigAlg=", "&sigalg=")) == SF_ALGORITHM_REFUSED);
	CHECK(reason_of(changed(query, alg, "SigAlg=")) == SF_ALGORITHM_REFUSED);
	CHECK(reason_of(changed(query, "rsa-sha256", "rsa-md5")) == SF_ALGORITHM_REFUSED);
	CHECK(reason_of(changed(query, "rsa-sha256", "ecdsa-sha256")) == SF_SIGNATURE_INVALID);
	CHECK(reason_of(changed(query, "2001%2F04%2Fxmldsig-more%23rsa-sha256", "2000%2F09%2Fxmldsig%23rsa-sha1")) == SF_ALGORITHM_REFUSED);
	CHECK(reason_of(changed(query, "&Signature=", "&NoSignature=")) == SF_NOT_SIGNED);
	CHECK(reason_of(changed(query, "&Signature=", "&Signature=&x=")) == SF_SIGNATURE_SHAPE);
	CHECK(reason_of(changed(query, "&Signature=", "&Signature=!&x=")) == SF_SIGNATURE_SHAPE);
	CHECK(reason_of(changed(query, "&Signature=", "&Signature=%4&x=")) == SF_INVALID_QUERY);
	CHECK(reason_of(changed(query, "SAMLRequest=", "SAMLRequest=A")) == SF_SIGNATURE_INVALID);

	/* the order in the URL is not the order in what was signed */
	{
		const char *relay = memmem(query.p, query.n, "&RelayState=state", 17);
		struct sf_buf b;
		struct sf_span moved;

		sf_buf_init(&b, &arena, 1 << 20);
		sf_buf_str(&b, "RelayState=state&");
		sf_buf_add(&b, query.p, (size_t)(relay - query.p));
		sf_buf_add(&b, relay + 17, (size_t)(query.p + query.n - relay - 17));
		CHECK(sf_buf_done(&b, &moved) && reason_of(moved) == 0);
	}

	/* twice */
	CHECK(reason_of(joined("", query, "&SAMLRequest=x")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("SAMLRequest=x&", query, "")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("", query, "&SAMLRequest")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("", query, "&SAMLResponse=x")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("SAMLResponse=&", query, "")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("", query, "&RelayState=state")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("", query, "&SigAlg=x")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("", query, "&Signature=x")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("", query, "&SAML%52equest=x")) == SF_DUPLICATE_PARAMETER); /* PHP would read this one */
	CHECK(reason_of(joined("%53%41%4D%4C%52%65%71%75%65%73%74=x&", query, "")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(changed(query, "RelayState", "Relay%53tate")) == SF_DUPLICATE_PARAMETER);
	CHECK(reason_of(joined("", query, "&a%=1")) == SF_INVALID_QUERY);
	CHECK(reason_of(joined("", query, "&%2")) == SF_INVALID_QUERY);

	/* none */
	CHECK(reason_of(SF_SPAN_LIT("")) == SF_MISSING_PARAMETER);
	CHECK(reason_of(SF_SPAN_LIT("a=b&RelayState=x&Signature=y")) == SF_MISSING_PARAMETER);

	/* saml-bindings-2.0-os §3.4.4.1: the encoding may be named */
	CHECK(reason_of(joined("SAMLEncoding=urn%3Aoasis:names%3atc:SAML:2.0:bindings:URL-Encoding:DEFLATE&", query, "")) == 0);
	CHECK(reason_of(joined("SAMLEncoding=urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:GZIP&", query, "")) == SF_ENCODING_REFUSED);
	CHECK(reason_of(joined("SAMLEncoding=&", query, "")) == SF_ENCODING_REFUSED);
	CHECK(reason_of(joined("SAMLEncoding&", query, "")) == SF_ENCODING_REFUSED);

	/* another's key; and the signature of another message */
	CHECK(reason_of(written("other", false, "state")) == SF_SIGNATURE_INVALID);
	{
		const char *sig = memmem(other.p, other.n, "&Signature=", 11), *own = memmem(query.p, query.n, "&Signature=", 11);
		struct sf_buf b;
		struct sf_span mixed;

		sf_buf_init(&b, &arena, 1 << 20);
		sf_buf_add(&b, query.p, (size_t)(own - query.p));
		sf_buf_add(&b, sig, (size_t)(other.p + other.n - sig));
		CHECK(sf_buf_done(&b, &mixed) && reason_of(mixed) == SF_SIGNATURE_INVALID);
	}
}

/* Signs any parameters as a provider would. */
static struct sf_span signed_query(const char *parameters)
{
	static const char alg[] = "&SigAlg=http%3a%2f%2fwww.w3.org%2f2001%2f04%2fxmldsig-more%23rsa-sha256"; /* in lower case, as ADFS has it */
	unsigned char sig[SF_SIGNATURE_MAX];
	char text[SF_BASE64_ENCODED(SF_SIGNATURE_MAX)];
	size_t n = sizeof(sig);
	struct sf_span out = SF_SPAN_NONE;
	struct sf_buf b;

	sf_buf_init(&b, &arena, 1 << 20);
	sf_buf_str(&b, parameters);
	sf_buf_str(&b, alg);
	CHECK(!b.failed && sf_key_sign(sf_keyring_find(ring, SF_SPAN_LIT("rsa")), SF_RSA_SHA256, b.p, b.n, sig, &n));
	sf_buf_str(&b, "&Signature=");
	sf_buf_url(&b, (struct sf_span){ text, sf_base64_encode(sig, n, text) });
	CHECK(sf_buf_done(&b, &out));
	return out;
}

/* `SAMLRequest=` and some bytes in DEFLATE, with more bytes behind it. */
static const char *packed(const void *p, size_t n, int level, const char *behind, int window)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)p, .avail_in = (uInt)n };
	size_t room = n + n / 100 + 4096;
	unsigned char *raw = sf_arena_alloc(&arena, room + strlen(behind));
	char *text = sf_arena_alloc(&arena, SF_BASE64_ENCODED(room + strlen(behind)) + 1);
	struct sf_span out = SF_SPAN_NONE;
	struct sf_buf b;

	CHECK(deflateInit2(&z, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_out = raw;
	z.avail_out = (uInt)room;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&z);
	memcpy(raw + z.total_out, behind, strlen(behind));
	sf_buf_init(&b, &arena, 1 << 22);
	sf_buf_str(&b, "SAMLRequest=");
	sf_buf_url(&b, (struct sf_span){ text, sf_base64_encode(raw, z.total_out + strlen(behind), text) });
	CHECK(sf_buf_done(&b, &out));
	return out.p;
}

static void bytes(void)
{
	char *large = sf_arena_alloc(&arena, 64 << 20);
	struct sf_span xml, relay;

	memset(large, 'a', 64 << 20);
	/* the cap, and one over it, however well it was packed */
	CHECK(read_query(signed_query(packed(large, limits.bytes, 9, "", -15)), &xml, &relay) == 0 && xml.n == limits.bytes && memcmp(xml.p, large, xml.n) == 0);
	CHECK(reason_of(signed_query(packed(large, limits.bytes + 1, 9, "", -15))) == SF_TOO_LARGE);
	CHECK(read_query(signed_query(packed(large, limits.bytes, 0, "", -15)), &xml, &relay) == 0 && xml.n == limits.bytes);
	CHECK(reason_of(signed_query(packed(large, 64 << 20, 9, "", -15))) == SF_TOO_LARGE); /* 64 MB in 64 kB, which are more than the cap themselves */
	CHECK(reason_of(signed_query(packed(large, 8 << 20, 9, "", -15))) == SF_TOO_LARGE);  /* 8 MB in 8 kB: the bomb proper */
	CHECK(reason_of(signed_query(packed(message, 20, 9, "x", -15))) == SF_NOT_DEFLATED);  /* something behind it */
	CHECK(reason_of(signed_query(packed(message, 20, 9, "", 15))) == SF_NOT_DEFLATED);    /* zlib's form, RFC 1950 */
	CHECK(reason_of(signed_query(packed(message, 20, 9, "", 31))) == SF_NOT_DEFLATED);    /* gzip's */
	CHECK(reason_of(signed_query(packed("", 0, 9, "", -15))) == SF_NOT_DEFLATED);         /* nothing */
	CHECK(reason_of(signed_query("SAMLRequest=PGE%2b")) == SF_NOT_DEFLATED);              /* base64 of what was not deflated */
	CHECK(reason_of(signed_query("SAMLRequest=")) == SF_NOT_BASE64);
	CHECK(reason_of(signed_query("SAMLRequest=%21")) == SF_NOT_BASE64);
	CHECK(reason_of(signed_query("SAMLRequest=%4")) == SF_INVALID_QUERY);
	CHECK(reason_of(signed_query("SAMLRequest=%00")) == SF_NOT_BASE64);
	{ /* a stream that ends before its end */
		struct sf_span whole = sf_span_of(packed(large, 1000, 9, "", -15));

		CHECK(reason_of(signed_query(joined("", (struct sf_span){ whole.p, 12 + 8 }, "").p)) == SF_NOT_DEFLATED);
	}
	{ /* RelayState at its cap, and one over it */
		struct sf_span good = joined(packed(message, sizeof(message) - 1, 9, "", -15), SF_SPAN_LIT("&RelayState="), "");

		CHECK(read_query(signed_query(joined("", good, joined("", (struct sf_span){ large, SF_RELAY_STATE_RECEIVED_MAX }, "").p).p), &xml, &relay) == 0);
		CHECK(relay.n == SF_RELAY_STATE_RECEIVED_MAX);
		CHECK(reason_of(signed_query(joined("", good, joined("", (struct sf_span){ large, SF_RELAY_STATE_RECEIVED_MAX + 1 }, "").p).p)) == SF_INVALID_QUERY);
	}
}

static void algorithms(void)
{
	struct sf_span query = signed_query(packed(message, sizeof(message) - 1, 9, "", -15)), sha1;
	unsigned char sig[SF_SIGNATURE_MAX];
	char text[SF_BASE64_ENCODED(SF_SIGNATURE_MAX)];
	size_t n = sizeof(sig);
	struct sf_buf b;

	CHECK(reason_of(query) == 0);
	sf_buf_init(&b, &arena, 1 << 20);
	sf_buf_str(&b, packed(message, sizeof(message) - 1, 9, "", -15));
	sf_buf_str(&b, "&SigAlg=http%3A%2F%2Fwww.w3.org%2F2000%2F09%2Fxmldsig%23rsa-sha1");
	CHECK(!b.failed && sf_key_sign(sf_keyring_find(ring, SF_SPAN_LIT("rsa")), SF_RSA_SHA1, b.p, b.n, sig, &n));
	sf_buf_str(&b, "&Signature=");
	sf_buf_url(&b, (struct sf_span){ text, sf_base64_encode(sig, n, text) });
	CHECK(sf_buf_done(&b, &sha1));
	CHECK(reason_of(sha1) == SF_ALGORITHM_REFUSED);
	idp.allow_sha1 = true;
	CHECK(reason_of(sha1) == 0);
	idp.allow_sha1 = false;
}

/* Whatever stands in a query, it is read or refused. */
static void noise(void)
{
	static const char *const pieces[] = { "SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLEncoding", "=", "&", "%", "%3", "%3D", "+", "a", ";", "\0" };
	uint64_t state = 20260131;

	for (int i = 0; i < 20000; i++) {
		struct sf_span query = SF_SPAN_NONE;
		struct sf_arena small;
		struct sf_buf b;

		sf_arena_init(&small, 1 << 16);
		sf_buf_init(&b, &small, 4096);
		for (unsigned k = random_below(&state, 16); k > 0; k--) {
			sf_buf_str(&b, pieces[random_below(&state, sizeof(pieces) / sizeof(pieces[0]))]);
		}
		CHECK(sf_buf_done(&b, &query) && reason_of(query) != 0);
		sf_arena_free(&small);
	}
}

int main(void)
{
	static const char *const trusted[] = { "p256", "p384", "rsa" };

	sf_arena_init(&arena, (size_t)512 << 20);
	tools_enter_folder();
	need_program("openssl", "openssl");
	umask(077);
	MUST_RUN("mkdir ring && openssl genrsa -out ring/rsa.pem 2048 && openssl genrsa -out ring/other.pem 2048 && openssl ecparam -genkey -name prime256v1 -noout -out ring/p256.pem"
			" && openssl ecparam -genkey -name secp384r1 -noout -out ring/p384.pem");
	ring = sf_keyring_load(in_folder("ring"), NULL, NULL, NULL);
	cache = sf_key_cache_new();
	if (!CHECK(ring && cache && sf_keyring_at(ring, 3))) {
		return check_done();
	}
	for (size_t i = 0; i < 3; i++) {
		CHECK(sf_public_key_from_spki(sf_keyring_find(ring, sf_span_of(trusted[i]))->spki, &idp.keys[idp.key_count++]));
	}
	round_trips();
	changes();
	bytes();
	algorithms();
	noise();
	sf_key_cache_free(cache);
	sf_keyring_free(ring);
	sf_arena_free(&arena);
	return check_done();
}
