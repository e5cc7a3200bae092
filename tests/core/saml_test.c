/* Metadata, read and written; and the AuthnRequest, taken apart again and its signature judged by openssl. */
#include "saml/publish.h"
#include "saml/request.h"

#include <zlib.h>

#include "base/base64.h"
#include "base/buf.h"
#include "tools.h"

static struct sf_arena arena;
static struct sf_keyring *ring;

static const struct sf_xml_limits limits = { .bytes = 1 << 20, .depth = 32, .nodes = 20000, .attributes = 64, .namespaces = 2000 };

#define NOW 1800000000 /* 2027-01-15T08:00:00Z */
#define MD "xmlns:md=\"" SF_NS_MD "\" xmlns:ds=\"" SF_NS_DS "\""
#define KEY(use, text) "<md:KeyDescriptor" use "><ds:KeyInfo><ds:X509Data><ds:X509Certificate>" text "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
#define SSO(binding, url) "<md:SingleSignOnService Binding=\"" binding "\" Location=\"" url "\"/>"
#define SLO(binding, url) "<md:SingleLogoutService Binding=\"" binding "\" Location=\"" url "\"/>"
#define ROLE(more, inner) "<md:IDPSSODescriptor protocolSupportEnumeration=\"" SF_NS_SAMLP "\"" more ">" inner "</md:IDPSSODescriptor>"
#define ENTITY(id, more, inner) "<md:EntityDescriptor " MD " entityID=\"" id "\"" more ">" inner "</md:EntityDescriptor>"
#define ENTITIES(more, inner) "<md:EntitiesDescriptor " MD more ">" inner "</md:EntitiesDescriptor>"
#define GOOD ROLE("", KEY("", " QUE= ") SSO(SF_BINDING_REDIRECT, "https://i/in"))

/* 0 and *m, or the reason. The document stays until the end, for the spans. */
static int read_metadata(const char *xml, const char *wanted, struct sf_idp_metadata *m)
{
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc = NULL;
	bool ok = sf_metadata_read(sf_span_of(xml), &limits, sf_span_of(wanted), NOW, &arena, m, &doc, &error);
	int reason = ok ? 0 : error.code;

	if (ok) {
		/* copies, so that the document can go */
		sf_arena_copy(&arena, m->entity_id, &m->entity_id);
		for (size_t i = 0; i < m->certificate_count; i++) {
			sf_arena_copy(&arena, m->certificates[i], &m->certificates[i]);
		}
		if (m->endpoints.login[SF_BY_REDIRECT].p) {
			sf_arena_copy(&arena, m->endpoints.login[SF_BY_REDIRECT], &m->endpoints.login[SF_BY_REDIRECT]);
		}
		if (m->endpoints.logout[SF_BY_REDIRECT].p) {
			sf_arena_copy(&arena, m->endpoints.logout[SF_BY_REDIRECT], &m->endpoints.logout[SF_BY_REDIRECT]);
		}
		sf_xml_free(doc);
	} else {
		CHECK(!doc && reason != 0);
	}
	return reason;
}

static int reason_of(const char *xml)
{
	struct sf_idp_metadata m;

	return read_metadata(xml, NULL, &m);
}

#define KEYED(inner) ENTITY("urn:i", "", ROLE("", KEY("", "QQ==") inner))
#define ARS(binding, index, url) "<md:ArtifactResolutionService Binding=\"" binding "\" index=\"" index "\" Location=\"" url "\"/>"

/* Looks at what it found while the document is there. */
static void endpoints(void)
{
	static const char xml[] = KEYED(SSO(SF_BINDING_SOAP, "https://i/ecp") SSO(SF_BINDING_POST, "https://i/post") SSO(SF_BINDING_POST, "https://i/post2")
			SLO(SF_BINDING_SOAP, "https://i/soap\" ResponseLocation=\"https://i/answer") SLO(SF_BINDING_POST, "https://i/out")
			ARS(SF_BINDING_SOAP, "7", "https://i/a7") ARS(SF_BINDING_POST, "x", "javascript:x") ARS(SF_BINDING_SOAP, "0", "https://i/a0")
			"<md:NameIDFormat> urn:f </md:NameIDFormat><md:NameIDFormat/>");
	struct sf_idp_metadata m;
	struct sf_error error;
	struct sf_xml_doc *doc;

	CHECK(sf_metadata_read(sf_span_of(xml), &limits, SF_SPAN_NONE, NOW, &arena, &m, &doc, &error));
	CHECK(!m.endpoints.login[SF_BY_REDIRECT].p && !m.endpoints.login[SF_BY_SOAP].p && !m.endpoints.logout[SF_BY_REDIRECT].p && !m.endpoints.logout_response[SF_BY_REDIRECT].p);
	CHECK_SPAN(m.endpoints.login[SF_BY_POST], "https://i/post");
	CHECK_SPAN(m.endpoints.logout[SF_BY_SOAP], "https://i/soap");
	CHECK_SPAN(m.endpoints.logout_response[SF_BY_SOAP], "https://i/answer");
	CHECK_SPAN(m.endpoints.logout[SF_BY_POST], "https://i/out");
	CHECK_SPAN(m.endpoints.logout_response[SF_BY_POST], "https://i/out");
	CHECK(m.endpoints.artifact_count == 2 && m.endpoints.artifact[0].index == 7 && m.endpoints.artifact[1].index == 0);
	CHECK_SPAN(m.endpoints.artifact[1].url, "https://i/a0");
	CHECK(m.name_id_format_count == 1 && !m.wants_signed_requests);
	CHECK_SPAN(m.name_id_formats[0], "urn:f");
	sf_xml_free(doc);

	CHECK(reason_of(KEYED(SSO(SF_BINDING_POST, "javascript:alert(1)"))) == SF_URL_REFUSED);
	CHECK(reason_of(KEYED(SSO("urn:other", "javascript:alert(1)"))) == 0);
	CHECK(reason_of(KEYED(SLO(SF_BINDING_POST, "https://i/\" ResponseLocation=\"javascript:alert(1)"))) == SF_URL_REFUSED);
	CHECK(reason_of(KEYED(ARS(SF_BINDING_SOAP, "0", "ftp://i/"))) == SF_URL_REFUSED);
	CHECK(reason_of(KEYED(ARS(SF_BINDING_SOAP, "65535", "https://i/"))) == 0);
	CHECK(reason_of(KEYED(ARS(SF_BINDING_SOAP, "65536", "https://i/"))) == SF_METADATA_INVALID);
	CHECK(reason_of(KEYED(ARS(SF_BINDING_SOAP, "", "https://i/"))) == SF_METADATA_INVALID && reason_of(KEYED(ARS(SF_BINDING_SOAP, "-1", "https://i/"))) == SF_METADATA_INVALID);
	CHECK(reason_of(KEYED(ARS(SF_BINDING_SOAP, "1", "https://i/") ARS(SF_BINDING_SOAP, "1", "https://j/"))) == SF_METADATA_INVALID);
#define EIGHT ARS(SF_BINDING_SOAP, "1", "https://i/") ARS(SF_BINDING_SOAP, "2", "https://i/") ARS(SF_BINDING_SOAP, "3", "https://i/") ARS(SF_BINDING_SOAP, "4", "https://i/") \
	ARS(SF_BINDING_SOAP, "5", "https://i/") ARS(SF_BINDING_SOAP, "6", "https://i/") ARS(SF_BINDING_SOAP, "7", "https://i/") ARS(SF_BINDING_SOAP, "8", "https://i/")
	CHECK(reason_of(KEYED(EIGHT)) == 0);
	CHECK(reason_of(KEYED(EIGHT ARS(SF_BINDING_SOAP, "9", "https://i/"))) == SF_METADATA_INVALID);
#undef EIGHT
}

static void metadata_reading(void)
{
	struct sf_idp_metadata m;

	CHECK(read_metadata(ENTITY("urn:i", "", GOOD), NULL, &m) == 0);
	CHECK_SPAN(m.entity_id, "urn:i");
	CHECK_SPAN(m.endpoints.login[SF_BY_REDIRECT], "https://i/in");
	CHECK(!m.endpoints.logout[SF_BY_REDIRECT].p && m.certificate_count == 1);
	CHECK_SPAN(m.certificates[0], "QUE=");

	/* two for signing, one for both, one for encryption alone, one twice */
	CHECK(read_metadata(ENTITY("urn:i", "", ROLE("", KEY(" use=\"signing\"", "QQ==") KEY(" use=\"encryption\"", "RQ==") KEY("", "Qg==") KEY("", "QQ==") KEY(" use=\"other\"", "Rg==")
			SLO(SF_BINDING_REDIRECT, "https://i/out") SSO(SF_BINDING_POST, "https://i/post") SSO(SF_BINDING_REDIRECT, "https://i/1") SSO(SF_BINDING_REDIRECT, "https://i/2"))), NULL, &m) == 0);
	CHECK(m.certificate_count == 2);
	CHECK_SPAN(m.certificates[0], "QQ==");
	CHECK_SPAN(m.certificates[1], "Qg==");
	CHECK_SPAN(m.endpoints.login[SF_BY_REDIRECT], "https://i/1");
	CHECK_SPAN(m.endpoints.logout[SF_BY_REDIRECT], "https://i/out");
	CHECK(reason_of(ENTITY("urn:i", "", ROLE("", KEY(" use=\"encryption\"", "RQ==")))) == SF_CERTIFICATE_INVALID);
	CHECK(reason_of(ENTITY("urn:i", "", ROLE("", ""))) == SF_CERTIFICATE_INVALID);

	/* which provider */
	CHECK(read_metadata(ENTITIES("", ENTITY("urn:a", "", GOOD) ENTITY("urn:b", "", GOOD)), "urn:b", &m) == 0);
	CHECK_SPAN(m.entity_id, "urn:b");
	CHECK(read_metadata(ENTITIES("", ENTITIES("", ENTITY("urn:a", "", GOOD)) ENTITY("urn:sp", "", "<md:SPSSODescriptor/>")), NULL, &m) == 0);
	CHECK_SPAN(m.entity_id, "urn:a");
	CHECK(reason_of(ENTITIES("", ENTITY("urn:a", "", GOOD) ENTITY("urn:b", "", GOOD))) == SF_ENTITY_NOT_FOUND);
	CHECK(read_metadata(ENTITIES("", ENTITY("urn:a", "", GOOD) ENTITY("urn:a", "", GOOD)), "urn:a", &m) == SF_ENTITY_NOT_FOUND);
	CHECK(read_metadata(ENTITY("urn:a", "", GOOD), "urn:", &m) == SF_ENTITY_NOT_FOUND && read_metadata(ENTITY("urn:a", "", GOOD), "urn:aa", &m) == SF_ENTITY_NOT_FOUND);
	CHECK(reason_of(ENTITY("urn:a", "", "<md:SPSSODescriptor/>")) == SF_ENTITY_NOT_FOUND);
	CHECK(reason_of(ENTITY("urn:a", "", "<md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:1.1:protocol\"/>")) == SF_ENTITY_NOT_FOUND);
	CHECK(reason_of(ENTITY("urn:a", "", "<md:IDPSSODescriptor/>")) == SF_ENTITY_NOT_FOUND);
	CHECK(reason_of(ENTITIES("", ENTITIES("", ENTITIES("", ENTITIES("", ENTITY("urn:a", "", GOOD)))))) == 0);
	CHECK(reason_of(ENTITIES("", ENTITIES("", ENTITIES("", ENTITIES("", ENTITIES("", ENTITY("urn:a", "", GOOD))))))) == SF_METADATA_INVALID);

	/* times */
	CHECK(reason_of(ENTITY("urn:i", " validUntil=\"2027-01-15T08:00:01Z\"", GOOD)) == 0);
	CHECK(reason_of(ENTITY("urn:i", " validUntil=\"2027-01-15T08:00:00Z\"", GOOD)) == SF_METADATA_EXPIRED);
	CHECK(reason_of(ENTITY("urn:i", "", ROLE(" validUntil=\"2020-01-01T00:00:00Z\"", KEY("", "QQ==")))) == SF_METADATA_EXPIRED);
	CHECK(reason_of(ENTITIES(" validUntil=\"2020-01-01T00:00:00Z\"", ENTITY("urn:i", "", GOOD))) == SF_METADATA_EXPIRED);
	CHECK(reason_of(ENTITIES("", ENTITIES(" validUntil=\"2020-01-01T00:00:00Z\"", ENTITY("urn:i", "", GOOD)))) == SF_METADATA_EXPIRED);
	CHECK(reason_of(ENTITY("urn:i", " validUntil=\"tomorrow\"", GOOD)) == SF_INVALID_TIME);

	/* what would become a link or a form */
	CHECK(reason_of(ENTITY("urn:i", "", ROLE("", KEY("", "QQ==") SSO(SF_BINDING_REDIRECT, "javascript:alert(1)")))) == SF_URL_REFUSED);
	CHECK(reason_of(ENTITY("urn:i", "", ROLE("", KEY("", "QQ==") SSO(SF_BINDING_REDIRECT, "https://i/&quot;&gt;&lt;script&gt;")))) == SF_URL_REFUSED);
	CHECK(reason_of(ENTITY("urn:i", "", ROLE("", KEY("", "QQ==") SLO(SF_BINDING_REDIRECT, "data:text/html,x")))) == SF_URL_REFUSED);
	CHECK(reason_of(ENTITY("urn:i", "", ROLE("", KEY("", "QQ==") SSO(SF_BINDING_REDIRECT, "")))) == SF_URL_REFUSED);

	endpoints();

	CHECK(reason_of("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" ENTITY("urn:i", "", GOOD)) == SF_DOCTYPE);
	CHECK(reason_of("<a/>") == SF_METADATA_INVALID && reason_of("") == SF_NOT_WELL_FORMED && reason_of("<md:EntityDescriptor " MD ">" GOOD "</md:EntityDescriptor>") == SF_METADATA_INVALID);
	CHECK(reason_of("<EntityDescriptor xmlns='urn:other' entityID='urn:i'/>") == SF_METADATA_INVALID);
	CHECK(reason_of(ENTITY("urn:i", "", ROLE("", KEY("", "QQ<x/>==")))) == SF_METADATA_INVALID);
}

/* 16 certificates, and 17; an entityID of 1,024 bytes, and one more. */
static void metadata_caps(void)
{
	for (int over = 0; over < 2; over++) {
		struct sf_idp_metadata m;
		struct sf_buf b;
		struct sf_span xml;

		sf_buf_init(&b, &arena, 100000);
		sf_buf_str(&b, "<md:EntityDescriptor " MD " entityID=\"urn:i\"><md:IDPSSODescriptor protocolSupportEnumeration=\"" SF_NS_SAMLP "\">");
		for (int i = 0; i < SF_IDP_KEYS_MAX + over; i++) {
			sf_buf_str(&b, "<md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>");
			sf_buf_int(&b, 1000 + i);
			sf_buf_str(&b, "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>");
		}
		sf_buf_str(&b, "</md:IDPSSODescriptor></md:EntityDescriptor>");
		CHECK(sf_buf_done(&b, &xml) && read_metadata(xml.p, NULL, &m) == (over ? SF_METADATA_INVALID : 0));

		sf_buf_init(&b, &arena, 100000);
		sf_buf_str(&b, "<md:EntityDescriptor " MD " entityID=\"");
		for (int i = 0; i < SF_ENTITY_ID_MAX + over; i++) {
			sf_buf_char(&b, 'x');
		}
		sf_buf_str(&b, "\">" GOOD "</md:EntityDescriptor>");
		CHECK(sf_buf_done(&b, &xml) && read_metadata(xml.p, NULL, &m) == (over ? SF_METADATA_INVALID : 0));
	}
}

static void metadata_writing(void)
{
	struct sf_sp sp = { .entity_id = SF_SPAN_LIT("https://sp/?a=1&b=\"<>"), .acs_url = SF_SPAN_LIT("https://sp/acs?x=1&y=2") };
	struct sf_span xml, value, certificate = sf_keyring_find(ring, SF_SPAN_LIT("rsa"))->certificate;
	struct sf_xml_doc *doc;
	struct sf_error error;

	for (int with = 0; with < 2; with++) {
		const struct sf_publication publication = { .certificate = with ? certificate : SF_SPAN_NONE };

		if (!CHECK(sf_metadata_write(&sp, &publication, &arena, &xml, &error) && sf_xml_parse(xml, &limits, &doc, &error))) {
			return;
		}
		CHECK(sf_xml_attribute(sf_xml_root(doc), "entityID", &value) && sf_span_eq(value, sp.entity_id)); /* escaped, and back again */
		CHECK((memmem(xml.p, xml.n, "X509Certificate", 15) != NULL) == with);
		CHECK(memmem(xml.p, xml.n, with ? "AuthnRequestsSigned=\"true\"" : "AuthnRequestsSigned=\"false\"", 26));
		sf_xml_free(doc);
	}
}

/* ---- AuthnRequest ---- */

static struct sf_span unescaped(struct sf_span s)
{
	char *out = sf_arena_alloc(&arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char hex[3] = { 0 };

		if (s.p[i] == '%' && i + 2 < s.n) {
			memcpy(hex, s.p + i + 1, 2);
			out[n++] = (char)strtol(hex, NULL, 16);
			i += 2;
		} else {
			out[n++] = s.p[i];
		}
	}
	return (struct sf_span){ out, n };
}

/* The value of a parameter of the query, as it stands; .p == NULL if it is not there. */
static struct sf_span parameter(struct sf_span url, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 1; i + n + 1 < url.n; i++) {
		if ((url.p[i - 1] == '?' || url.p[i - 1] == '&') && memcmp(url.p + i, name, n) == 0 && url.p[i + n] == '=') {
			const char *from = url.p + i + n + 1, *end = memchr(from, '&', (size_t)(url.p + url.n - from));

			return (struct sf_span){ from, (size_t)((end ? end : url.p + url.n) - from) };
		}
	}
	return SF_SPAN_NONE;
}

static struct sf_span inflated(struct sf_span packed)
{
	unsigned char *raw = sf_arena_alloc(&arena, SF_BASE64_DECODED(packed.n)), *out = sf_arena_alloc(&arena, 65536);
	z_stream z = { .next_out = out, .avail_out = 65536 };
	size_t n;

	if (!CHECK(sf_base64_decode(packed, raw, &n))) {
		return SF_SPAN_NONE;
	}
	z.next_in = raw;
	z.avail_in = (uInt)n;
	CHECK(inflateInit2(&z, -MAX_WBITS) == Z_OK && inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_in == 0); /* raw DEFLATE, no zlib head, nothing behind it */
	inflateEnd(&z);
	return (struct sf_span){ (char *)out, z.total_out };
}

static void request(const char *key_name, const char *alg, const char *digest, bool relay, bool query)
{
	struct sf_sp sp = { .entity_id = SF_SPAN_LIT("https://sp/?a=1&b=\"<>"), .acs_url = SF_SPAN_LIT("https://sp/acs?x=1&y=2") };
	struct sf_authn_request r = {
		.destination = query ? SF_SPAN_LIT("https://idp/in?tenant=1") : SF_SPAN_LIT("https://idp/in"),
		.relay_state = relay ? SF_SPAN_LIT("a b&c=d+\xc3\xa9") : SF_SPAN_NONE,
		.asked = {
			.acs_url = sp.acs_url, .sent = NOW, .force_authn = relay,
			.name_id_format = relay ? SF_SPAN_LIT("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent") : SF_SPAN_NONE,
		},
		.is_passive = query,
		.key = key_name ? sf_keyring_find(ring, sf_span_of(key_name)) : NULL,
	};
	char id[SF_REQUEST_ID + 1], other[SF_REQUEST_ID + 1];
	struct sf_span url, xml, value, again;
	struct sf_xml_doc *doc;
	struct sf_error error = { 0 };

	if (!CHECK(sf_authn_request_redirect(&sp, &r, &arena, id, &url, &error)) || !CHECK(sf_authn_request_redirect(&sp, &r, &arena, other, &again, &error))) {
		return;
	}
	CHECK(strlen(id) == SF_REQUEST_ID && id[0] == '_' && strspn(id + 1, "0123456789abcdef") == 40 && strcmp(id, other) != 0);
	CHECK(url.p[url.n] == '\0' && strlen(url.p) == url.n && sf_span_starts(url, r.destination) && url.p[r.destination.n] == (query ? '&' : '?'));
	xml = inflated(unescaped(parameter(url, "SAMLRequest")));
	CHECK(parameter(url, "RelayState").p ? relay && sf_span_eq(unescaped(parameter(url, "RelayState")), r.relay_state) : !relay);
	if (CHECK(sf_xml_parse(xml, &limits, &doc, &error))) {
		struct sf_xml_node *root = sf_xml_root(doc), *child = sf_xml_first(root);

		CHECK(sf_xml_is(root, SF_NS_SAMLP, "AuthnRequest") && sf_xml_attribute(root, "ID", &value) && sf_span_is(value, id));
		CHECK(sf_xml_attribute(root, "Destination", &value) && sf_span_eq(value, r.destination));
		CHECK(sf_xml_attribute(root, "AssertionConsumerServiceURL", &value) && sf_span_eq(value, sp.acs_url));
		CHECK(sf_xml_attribute(root, "IssueInstant", &value) && sf_span_is(value, "2027-01-15T08:00:00Z"));
		CHECK(sf_xml_attribute(root, "Version", &value) && sf_span_is(value, "2.0"));
		CHECK(sf_xml_attribute(root, "ForceAuthn", &value) == relay && sf_xml_attribute(root, "IsPassive", &value) == query);
		CHECK(sf_xml_is(child, SF_NS_SAML, "Issuer") && sf_xml_text(child, SF_TEXT_PLAIN, &arena, &value) && sf_span_eq(value, sp.entity_id));
		child = sf_xml_next(child);
		CHECK((child != NULL) == relay && (!child || (sf_xml_is(child, SF_NS_SAMLP, "NameIDPolicy") && sf_xml_attribute(child, "Format", &value) && sf_span_eq(value, r.asked.name_id_format))));
		sf_xml_free(doc);
	}
	if (!key_name) {
		CHECK(!parameter(url, "SigAlg").p && !parameter(url, "Signature").p);
		return;
	}
	CHECK_SPAN(unescaped(parameter(url, "SigAlg")), alg);
	{ /* what was signed is the query as it stands, up to the signature */
		const char *from = url.p + r.destination.n + 1, *to = strstr(url.p, "&Signature=");
		unsigned char sig[2000];
		size_t n;

		value = unescaped(parameter(url, "Signature"));
		if (!CHECK(to && sf_base64_decode(value, sig, &n))) {
			return;
		}
		if (!digest) { /* r || s, which the openssl command doesn't read; pkey_test.c holds sf_verify() against it */
			struct sf_key_cache *cache = sf_key_cache_new();
			struct sf_public_key public;

			CHECK(sf_public_key_from_spki(r.key->spki, &public));
			CHECK(sf_verify(cache, &public, sf_sig_by_uri(sf_span_of(alg))->alg, from, (size_t)(to - from), sig, n));
			CHECK(!sf_verify(cache, &public, sf_sig_by_uri(sf_span_of(alg))->alg, from, (size_t)(to - from) - 1, sig, n));
			sf_key_cache_free(cache);
		} else {
			write_file("query", from, (size_t)(to - from));
			write_file("sig", sig, n);
			CHECK(run("openssl dgst -%s -verify %s.pub -signature sig query", digest, key_name));
			write_file("query", from, (size_t)(to - from) - 1);
			CHECK(!run("openssl dgst -%s -verify %s.pub -signature sig query", digest, key_name));
		}
	}
}

static void requests(void)
{
	struct sf_sp sp = { .entity_id = SF_SPAN_LIT("urn:sp"), .acs_url = SF_SPAN_LIT("https://sp/acs") };
	struct sf_authn_request r = { .destination = SF_SPAN_LIT("https://idp/in"), .asked = { .acs_url = sp.acs_url, .sent = NOW }, .key = sf_keyring_find(ring, SF_SPAN_LIT("vault")) };
	struct sf_error error = { 0 };
	char id[SF_REQUEST_ID + 1];
	struct sf_span url;
	struct sf_arena small;

	request(NULL, NULL, NULL, false, false);
	request(NULL, NULL, NULL, true, true);
	request("rsa", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "sha256", false, false);
	request("rsa", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "sha256", true, true);
	request("p256", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", NULL, true, false);
	request("p384", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", NULL, false, true);

	CHECK(!sf_authn_request_redirect(&sp, &r, &arena, id, &url, &error) && error.code == SF_KEY_UNUSABLE); /* a raw key signs nothing */
	r.key = NULL;
	r.asked.sent = -1;
	CHECK(!sf_authn_request_redirect(&sp, &r, &arena, id, &url, &error) && error.code == SF_INTERNAL);
	r.asked.sent = NOW;
	for (size_t cap = 0; cap < 3 * 16384; cap += 16384) { /* whenever memory ends, it ends well */
		sf_arena_init(&small, cap);
		if (!sf_authn_request_redirect(&sp, &r, &small, id, &url, &error)) {
			CHECK(error.code == SF_INTERNAL);
		}
		sf_arena_free(&small);
	}
}

int main(void)
{
	sf_arena_init(&arena, (size_t)64 << 20);
	tools_enter_folder();
	need_program("openssl", "openssl");
	umask(077);
	MUST_RUN("mkdir ring && openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -out rsa.crt -days 1 -subj /CN=sp && cat rsa.key rsa.crt >ring/rsa.pem && openssl pkey -in rsa.key -pubout -out rsa.pub"
			" && openssl ecparam -genkey -name prime256v1 -noout -out ring/p256.pem && openssl ecparam -genkey -name secp384r1 -noout -out ring/p384.pem && openssl rand -hex 32 >ring/vault.key");
	ring = sf_keyring_load(in_folder("ring"), NULL, NULL, NULL);
	if (!CHECK(ring && sf_keyring_at(ring, 3))) {
		return check_done();
	}
	metadata_reading();
	metadata_caps();
	metadata_writing();
	requests();
	sf_keyring_free(ring);
	sf_arena_free(&arena);
	return check_done();
}
