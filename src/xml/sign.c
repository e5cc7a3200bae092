#include "xml/sign.h"

#include "base/base64.h"
#include "base/buf.h"

#define ENVELOPED SF_NS_DS "enveloped-signature"

/* Of what our own writers make: far over all of it. */
static const struct sf_xml_limits limits = { .bytes = SF_SIGN_MAX, .depth = 32, .nodes = 20000, .attributes = 64, .namespaces = 2000 };
static const struct sf_c14n_how exclusive = { .method = SF_C14N_EXCLUSIVE };

static void add_base64(struct sf_buf *b, const void *p, size_t n)
{
	char *text = sf_arena_alloc(b->arena, SF_BASE64_ENCODED(n));

	if (!text) {
		b->failed = true;
		return;
	}
	sf_buf_add(b, text, sf_base64_encode(p, n, text));
}

/* *signed_info is in canonical form: it is what is signed, and what is sent. */
static bool make_signed_info(struct sf_span id, struct sf_span bytes, enum sf_sig_alg alg, struct sf_arena *arena, struct sf_xml_bytes *signed_info,
		struct sf_error *error)
{
	unsigned char digest[SF_DIGEST_MAX];
	struct sf_xml_doc *doc;
	struct sf_span text;
	struct sf_buf b;
	bool ok;

	if (!sf_digest(SF_SHA256, bytes.p, bytes.n, digest)) {
		return sf_fail(error, SF_INTERNAL, "digest");
	}
	sf_buf_init(&b, arena, SF_SIGN_MAX);
	sf_buf_str(&b, "<ds:SignedInfo xmlns:ds=\"" SF_NS_DS "\"><ds:CanonicalizationMethod Algorithm=\"" SF_NS_EXC_C14N "\"/><ds:SignatureMethod Algorithm=\"");
	sf_buf_str(&b, sf_sig_by_alg(alg)->uri);
	sf_buf_str(&b, "\"/><ds:Reference URI=\"#");
	sf_buf_xml(&b, id);
	sf_buf_str(&b, "\"><ds:Transforms><ds:Transform Algorithm=\"" ENVELOPED "\"/><ds:Transform Algorithm=\"" SF_NS_EXC_C14N "\"/></ds:Transforms>"
			"<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>");
	add_base64(&b, digest, sf_digest_size(SF_SHA256));
	sf_buf_str(&b, "</ds:DigestValue></ds:Reference></ds:SignedInfo>");
	if (!sf_buf_done(&b, &text)) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	if (!sf_xml_parse(text, &limits, &doc, error)) {
		return false;
	}
	ok = sf_xml_canonicalize(sf_xml_root(doc), NULL, &exclusive, signed_info, error);
	sf_xml_free(doc);
	return ok;
}

static bool write_signature(struct sf_buf *b, struct sf_span id, struct sf_span bytes, const struct sf_key *key, struct sf_error *error)
{
	enum sf_sig_alg alg = sf_key_sig_alg(key);
	struct sf_xml_bytes signed_info;
	unsigned char sig[SF_SIGNATURE_MAX];
	size_t sig_n = sizeof(sig);

	if (alg == SF_SIG_NONE) {
		return sf_fail(error, SF_KEY_UNUSABLE, "Signature");
	}
	if (!make_signed_info(id, bytes, alg, b->arena, &signed_info, error)) {
		return false;
	}
	sf_buf_str(b, "<ds:Signature xmlns:ds=\"" SF_NS_DS "\">");
	sf_buf_span(b, signed_info.span);
	if (!sf_key_sign(key, alg, signed_info.span.p, signed_info.span.n, sig, &sig_n)) {
		sf_xml_bytes_free(&signed_info);
		return sf_fail(error, SF_KEY_UNUSABLE, "Signature");
	}
	sf_xml_bytes_free(&signed_info);
	sf_buf_str(b, "<ds:SignatureValue>");
	add_base64(b, sig, sig_n);
	sf_buf_str(b, "</ds:SignatureValue>");
	if (key->certificate.n) {
		sf_buf_str(b, "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>");
		add_base64(b, key->certificate.p, key->certificate.n);
		sf_buf_str(b, "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>");
	}
	sf_buf_str(b, "</ds:Signature>");
	return true;
}

/*
 * Where the Signature goes. In canonical form an attribute's value stands in double quotes and has none in it, a text has no `<`, and
 * every element has an end tag (xml-c14n §2.3): so the first `>` outside of quotes ends the root's start tag, and an Issuer ends with the
 * first end tag behind that.
 */
static bool find_place(struct sf_span canonical, struct sf_xml_node *root, size_t *place)
{
	const struct sf_xml_node *first = sf_xml_first(root);
	bool quoted = false;
	const char *end;
	size_t at = 0;

	while (at < canonical.n && (quoted || canonical.p[at] != '>')) {
		quoted ^= canonical.p[at++] == '"';
	}
	if (at == canonical.n) {
		return false;
	}
	at++;
	if (first && sf_xml_is(first, SF_NS_SAML, "Issuer")) {
		if (sf_xml_first(first) || !(end = memmem(canonical.p + at, canonical.n - at, "</", 2)) || !(end = memchr(end, '>', canonical.n - (size_t)(end - canonical.p)))) {
			return false;
		}
		at = (size_t)(end - canonical.p) + 1;
	}
	*place = at;
	return true;
}

static bool sign_root(struct sf_xml_node *root, struct sf_span canonical, const struct sf_key *key, struct sf_arena *arena, struct sf_span *out, struct sf_error *error)
{
	struct sf_span id;
	struct sf_buf b;
	size_t place;

	if (!sf_xml_attribute(root, "ID", &id) || id.n == 0) {
		return sf_fail(error, SF_MISSING_ATTRIBUTE, "ID");
	}
	if (!find_place(canonical, root, &place)) {
		return sf_fail(error, SF_SIGNATURE_PLACEMENT, "Signature");
	}
	sf_buf_init(&b, arena, 2 * SF_SIGN_MAX);
	sf_buf_add(&b, canonical.p, place);
	if (!write_signature(&b, id, canonical, key, error)) {
		return false;
	}
	sf_buf_add(&b, canonical.p + place, canonical.n - place);
	return sf_buf_done(&b, out) || sf_fail(error, SF_INTERNAL, "memory");
}

bool sf_xml_sign(struct sf_span xml, const struct sf_key *key, struct sf_arena *arena, struct sf_span *out, struct sf_error *error)
{
	struct sf_xml_bytes canonical;
	struct sf_xml_doc *doc;
	bool ok;

	if (!sf_xml_parse(xml, &limits, &doc, error)) {
		return false;
	}
	ok = sf_xml_canonicalize(sf_xml_root(doc), NULL, &exclusive, &canonical, error);
	if (ok) {
		ok = sign_root(sf_xml_root(doc), canonical.span, key, arena, out, error);
		sf_xml_bytes_free(&canonical);
	}
	sf_xml_free(doc);
	return ok;
}
