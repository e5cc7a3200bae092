/* Signatures of ours, verified by xmlsec1 and by us, with keys of a keyring; then changed. */
#include "xml/dsig.h"
#include "xml/sign.h"

#include "tools.h"

static struct sf_arena arena;
static struct sf_key_cache *cache;
static struct sf_keyring *ring;

static const struct sf_xml_limits limits = { .bytes = 2 << 20, .depth = 32, .nodes = 20000, .attributes = 64, .namespaces = 2000 };

#define REQUEST \
	"<?xml version='1.0'?>\n<samlp:AuthnRequest xmlns:samlp=\"" SF_NS_SAMLP "\" xmlns:saml=\"" SF_NS_SAML "\" xmlns:unused=\"urn:unused\" Version=\"2.0\" ID=\"_a\" " \
	"Destination=\"https://idp.test/?a=1&amp;b=&gt;\">\n <saml:Issuer Format='x>y'>\xc3\xa9 &amp; &gt; &#13;</saml:Issuer><samlp:NameIDPolicy/></samlp:AuthnRequest>"
#define ENTITY "<md:EntityDescriptor xmlns:md=\"" SF_NS_MD "\" ID=\"_a\" entityID=\"urn:sp\">\n\t<md:SPSSODescriptor/>\n</md:EntityDescriptor>"

static struct sf_span sign(const char *xml, const char *key)
{
	struct sf_error error = { 0 };
	struct sf_span out = SF_SPAN_NONE;

	if (!CHECK(sf_xml_sign(sf_span_of(xml), sf_keyring_find(ring, sf_span_of(key)), &arena, &out, &error))) {
		printf("  reason %d at %s\n", error.code, error.where);
	}
	return out;
}

static int refusal(struct sf_span xml, const char *key)
{
	struct sf_error error = { 0 };
	struct sf_span out;

	return sf_xml_sign(xml, sf_keyring_find(ring, sf_span_of(key)), &arena, &out, &error) ? 0 : error.code;
}

/* 0 if it verifies with this key, else the reason. *before (if asked for) is the name of the element in front of the Signature. */
static int verify(struct sf_span xml, const char *key, struct sf_span *before)
{
	struct sf_xml_node *signature = NULL, *at;
	struct sf_public_key public;
	struct sf_error error = { 0 };
	struct sf_dsig_result result;
	struct sf_xml_doc *doc;
	int reason = SF_NOT_SIGNED;

	if (!sf_public_key_from_spki(sf_keyring_find(ring, sf_span_of(key))->spki, &public) || !sf_xml_parse(xml, &limits, &doc, &error)) {
		return error.code;
	}
	if (before) {
		*before = SF_SPAN_NONE;
	}
	for (at = sf_xml_first(sf_xml_root(doc)); at && !signature; at = sf_xml_next(at)) {
		if (sf_xml_is(at, SF_NS_DS, "Signature")) {
			signature = at;
		} else if (before) {
			sf_arena_copy(&arena, sf_xml_name(at), before);
		}
	}
	if (signature) {
		const struct sf_dsig_policy policy = { .keys = &public, .key_count = 1, .cache = cache, .limits = &limits };

		reason = sf_dsig_verify(doc, sf_xml_root(doc), signature, &policy, &arena, &result, &error) ? 0 : error.code;
		sf_xml_bytes_free(&result.bytes);
	}
	sf_xml_free(doc);
	return reason;
}

/* Whether xmlsec1 takes it too, as the same element with the same key. */
static bool xmlsec1(struct sf_span xml, const char *key)
{
	write_file("signed.xml", xml.p, xml.n);
	return run("xmlsec1 --verify --enabled-key-data key-name,ec,rsa --pubkey-pem %s.pub --id-attr:ID " SF_NS_SAMLP ":AuthnRequest --id-attr:ID " SF_NS_MD ":EntityDescriptor signed.xml", key);
}

static void keys_and_places(void)
{
	static const char *const keys[] = { "rsa", "bare", "p256", "p384", "p521" };
	struct sf_span xml, before;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		xml = sign(REQUEST, keys[i]);
		CHECK(verify(xml, keys[i], &before) == 0 && xmlsec1(xml, keys[i]));
		CHECK_SPAN(before, "Issuer");
		CHECK(verify(xml, i ? "rsa" : "bare", NULL) == SF_SIGNATURE_INVALID);
		CHECK(!memmem(xml.p, xml.n, "X509Certificate", 15) == (strcmp(keys[i], "rsa") != 0));
		xml = sign(ENTITY, keys[i]);
		CHECK(verify(xml, keys[i], &before) == 0 && xmlsec1(xml, keys[i]));
		CHECK(!before.p && sf_span_starts((struct sf_span){ memchr(xml.p, '>', xml.n), 15 }, SF_SPAN_LIT("><ds:Signature ")));
	}
	/* an empty root, an empty Issuer, a `>` in an attribute */
	CHECK(verify(sign("<a ID='x>\"y'/>", "p256"), "p256", NULL) == 0);
	CHECK(verify(sign("<a xmlns:s='" SF_NS_SAML "' ID='x'><s:Issuer/>t</a>", "p256"), "p256", &before) == 0);
	CHECK_SPAN(before, "Issuer");
	CHECK(verify(sign("<a ID='x'><Issuer xmlns='urn:other'/></a>", "p256"), "p256", &before) == 0 && !before.p);
}

/* What was signed can't be changed, nor can the signature. */
static void changes(void)
{
	static const char *const edits[][2] = { { "IDPolicy", "IDPol1cy" }, { "idp.test", "idp.tezt" }, { "&#xD;", "&#xA;" }, { "DigestValue>", "DigestValue>A" }, { "SignatureValue>", "SignatureValue>A" } };
	struct sf_span xml = sign(REQUEST, "rsa");

	for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++) {
		struct sf_span changed;
		char *at;

		CHECK(sf_arena_copy(&arena, xml, &changed));
		at = memmem(changed.p, changed.n, edits[i][0], strlen(edits[i][0]));
		if (!CHECK(at)) {
			printf("  %s is not there\n", edits[i][0]);
			continue;
		}
		memcpy(at, edits[i][1], strlen(edits[i][0]));
		if (edits[i][1][strlen(edits[i][0])]) { /* a character more: over the first one of the value */
			char *digit = at + strlen(edits[i][0]);

			*digit = *digit == 'A' ? 'B' : 'A';
		}
		CHECK(verify(changed, "rsa", NULL) != 0 && !xmlsec1(changed, "rsa"));
	}
}

static void refused(void)
{
	char *large = sf_arena_alloc(&arena, SF_SIGN_MAX + 64);
	size_t n;

	CHECK(refusal(SF_SPAN_LIT(REQUEST), "vault") == SF_KEY_UNUSABLE);
	CHECK(refusal(SF_SPAN_LIT("<a/>"), "rsa") == SF_MISSING_ATTRIBUTE && refusal(SF_SPAN_LIT("<a ID=''/>"), "rsa") == SF_MISSING_ATTRIBUTE);
	CHECK(refusal(SF_SPAN_LIT("<a ID='x'>"), "rsa") == SF_NOT_WELL_FORMED);
	CHECK(refusal(SF_SPAN_LIT("<a ID='x' xmlns:s='" SF_NS_SAML "'><s:Issuer><b/></s:Issuer></a>"), "rsa") == SF_SIGNATURE_PLACEMENT);
	/* as large as may be, and one byte more */
	for (size_t over = 0; over < 2; over++) {
		n = (size_t)sprintf(large, "<a ID='x'>");
		memset(large + n, ' ', SF_SIGN_MAX - n - 4 + over);
		memcpy(large + SF_SIGN_MAX - 4 + over, "</a>", 4);
		CHECK(refusal((struct sf_span){ large, SF_SIGN_MAX + over }, "rsa") == (over ? SF_TOO_LARGE : 0));
	}
	/* no memory is a refusal, not half a signature */
	for (size_t cap = 0; cap < 16384; cap += 256) {
		struct sf_error error = { 0 };
		struct sf_arena small;
		struct sf_span out;
		bool ok;

		sf_arena_init(&small, cap);
		ok = sf_xml_sign(SF_SPAN_LIT(REQUEST), sf_keyring_find(ring, SF_SPAN_LIT("p256")), &small, &out, &error);
		CHECK(ok ? verify(out, "p256", NULL) == 0 : error.code == SF_INTERNAL);
		sf_arena_free(&small);
	}
}

int main(void)
{
	sf_arena_init(&arena, (size_t)64 << 20);
	cache = sf_key_cache_new();
	tools_enter_folder();
	need_program("openssl", "openssl");
	need_program("xmlsec1", "xmlsec1");
	MUST_RUN("umask 077; mkdir ring && openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=sp -keyout ring/rsa.pem -out certificate && cat certificate >>ring/rsa.pem"
			" && openssl genrsa -out ring/bare.pem 2048 && openssl rand -hex 32 >ring/vault.key"
			" && for curve in 256:prime256v1 384:secp384r1 521:secp521r1; do openssl ecparam -genkey -name ${curve#*:} -noout -out ring/p${curve%%:*}.pem || exit 1; done"
			" && for key in ring/*.pem; do openssl pkey -in $key -pubout -out $(basename $key .pem).pub || exit 1; done");
	ring = sf_keyring_load(in_folder("ring"), NULL, NULL, NULL);
	if (CHECK(ring && sf_keyring_at(ring, 5))) {
		keys_and_places();
		changes();
		refused();
	}
	sf_keyring_free(ring);
	sf_key_cache_free(cache);
	sf_arena_free(&arena);
	return check_done();
}
