#include "saml/message.h"

#include "base/base64.h"
#include "base/buf.h"
#include "saml/redirect.h"

#define NS_SOAP "http://schemas.xmlsoap.org/soap/envelope/"

/* base64 in lines of 64 is a little more than four thirds */
static bool fits(struct sf_span base64, const struct sf_xml_limits *limits, struct sf_error *error)
{
	return base64.n <= limits->bytes / 2 * 3 || sf_fail(error, SF_TOO_LARGE, "message");
}

static bool decode(struct sf_span base64, void *room, size_t *n, struct sf_error *error)
{
	if (!room) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	return (sf_base64_decode(base64, room, n) && *n) || sf_fail(error, SF_NOT_BASE64, "message");
}

bool sf_message_from_base64(struct sf_span base64, const struct sf_xml_limits *limits, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error)
{
	char *out;

	if (!fits(base64, limits, error)) {
		return false;
	}
	out = sf_arena_alloc(arena, SF_BASE64_DECODED(base64.n));
	xml->p = out;
	return decode(base64, out, &xml->n, error);
}

bool sf_message_take_base64(struct sf_span base64, const struct sf_xml_limits *limits, struct sf_xml_bytes *xml, struct sf_error *error)
{
	if (!fits(base64, limits, error)) {
		return false;
	}
	if (!decode(base64, sf_xml_bytes_room(xml, SF_BASE64_DECODED(base64.n)), &xml->span.n, error)) {
		sf_xml_bytes_free(xml);
		return false;
	}
	return true;
}

/* ---- SOAP ---- */

/* SOAP 1.1 §4.2.3. */
static bool need_not_be_understood(void *arg, struct sf_span ns, struct sf_span name, struct sf_span value)
{
	(void)arg;
	return !sf_span_is(ns, NS_SOAP) || !sf_span_is(name, "mustUnderstand") || sf_span_is(value, "0");
}

static bool fault(struct sf_xml_node *node, struct sf_arena *arena, struct sf_error *error)
{
	struct sf_span text;

	for (struct sf_xml_node *at = sf_xml_first(node); at; at = sf_xml_next(at)) {
		if (sf_span_is(sf_xml_name(at), "faultstring") && sf_xml_text(at, SF_TEXT_WHOLE, arena, &text)) {
			return sf_fail_found(error, SF_SOAP_FAULT, "Fault", sf_span_trim(text));
		}
	}
	return sf_fail(error, SF_SOAP_FAULT, "Fault");
}

bool sf_soap_open(struct sf_xml_doc *doc, struct sf_arena *arena, struct sf_xml_node **message, struct sf_error *error)
{
	struct sf_xml_node *root = sf_xml_root(doc), *at = sf_xml_first(root);

	if (!sf_xml_is(root, NS_SOAP, "Envelope")) {
		return sf_fail_both(error, SF_SOAP_INVALID, "document", sf_xml_name(root), SF_SPAN_LIT("Envelope"));
	}
	if (at && sf_xml_is(at, NS_SOAP, "Header")) {
		for (struct sf_xml_node *entry = sf_xml_first(at); entry; entry = sf_xml_next(entry)) {
			if (!sf_xml_attributes(entry, need_not_be_understood, NULL)) {
				return sf_fail_found(error, SF_SOAP_INVALID, "Header", sf_xml_name(entry));
			}
		}
		at = sf_xml_next(at);
	}
	if (!at || !sf_xml_is(at, NS_SOAP, "Body") || sf_xml_next(at) || !sf_xml_no_stray_text(root) || !sf_xml_no_stray_text(at)) {
		return sf_fail(error, SF_SOAP_INVALID, "Body");
	}
	at = sf_xml_first(at);
	if (!at || sf_xml_next(at)) {
		return sf_fail(error, SF_SOAP_INVALID, "Body");
	}
	if (sf_xml_is(at, NS_SOAP, "Fault")) {
		return fault(at, arena, error);
	}
	*message = at;
	return true;
}

bool sf_soap_wrap(struct sf_span message, struct sf_arena *arena, struct sf_span *envelope)
{
	struct sf_buf b;

	sf_buf_init(&b, arena, message.n + 256);
	sf_buf_str(&b, "<soap:Envelope xmlns:soap=\"" NS_SOAP "\"><soap:Body>");
	sf_buf_span(&b, message);
	sf_buf_str(&b, "</soap:Body></soap:Envelope>");
	return sf_buf_done(&b, envelope);
}

/* ---- who, and how it is judged ---- */

static bool issuer_of(struct sf_xml_node *message, struct sf_arena *arena, struct sf_span *issuer, struct sf_error *error)
{
	struct sf_xml_node *at = sf_xml_first(message);

	if (!sf_xml_in(message, SF_NS_SAMLP) || !at || !sf_xml_is(at, SF_NS_SAML, "Issuer")) {
		return sf_fail(error, SF_MISSING_ELEMENT, "Issuer");
	}
	if (!sf_xml_text(at, SF_TEXT_WHOLE, arena, issuer)) {
		return sf_fail(error, SF_UNEXPECTED_ELEMENT, "Issuer");
	}
	*issuer = sf_span_trim(*issuer);
	if (issuer->n == 0 || issuer->n > SF_ENTITY_ID_MAX) {
		return sf_fail_found(error, SF_ISSUER_MISMATCH, "Issuer", *issuer);
	}
	return sf_arena_copy(arena, *issuer, issuer) || sf_fail(error, SF_INTERNAL, "memory");
}

/* The XML in what came by a binding. */
static bool xml_of(enum sf_binding binding, struct sf_span message, const struct sf_xml_limits *limits, struct sf_arena *arena, struct sf_span *xml,
		struct sf_error *error)
{
	struct sf_redirect in;

	switch (binding) {
	case SF_BY_REDIRECT:
		return sf_redirect_split(message, &in, error) && sf_redirect_inflate(&in, limits, arena, xml, error);
	case SF_BY_POST:
		return sf_message_from_base64(message, limits, arena, xml, error);
	default:
		*xml = message;
		return true;
	}
}

bool sf_message_claimed_issuer(enum sf_binding binding, struct sf_span message, const struct sf_xml_limits *limits, struct sf_arena *arena,
		struct sf_span *issuer, struct sf_error *error)
{
	struct sf_xml_node *root;
	struct sf_xml_doc *doc;
	struct sf_span xml;
	bool ok;

	if (!xml_of(binding, message, limits, arena, &xml, error) || !sf_xml_parse(xml, limits, &doc, error)) {
		return false;
	}
	root = sf_xml_root(doc);
	ok = (binding != SF_BY_SOAP || sf_soap_open(doc, arena, &root, error)) && issuer_of(root, arena, issuer, error);
	sf_xml_free(doc);
	return ok;
}

struct sf_xml_node *sf_message_signature(const struct sf_xml_node *message)
{
	struct sf_xml_node *at = sf_xml_first(message);

	at = at && sf_xml_is(at, SF_NS_SAML, "Issuer") ? sf_xml_next(at) : NULL;
	return at && sf_xml_is(at, SF_NS_DS, "Signature") ? at : NULL;
}

struct sf_dsig_policy sf_message_policy(const struct sf_idp *idp, struct sf_key_cache *cache, const struct sf_xml_limits *limits)
{
	return (struct sf_dsig_policy){
		.keys = idp->keys,
		.key_count = idp->key_count,
		.cache = cache,
		.limits = limits,
		.allow_sha1 = idp->allow_sha1,
		.allow_inclusive_c14n = idp->allow_inclusive_c14n,
		.allow_root_reference = idp->allow_root_reference,
	};
}

struct sf_xmlenc sf_message_decryption(const struct sf_idp *idp, const struct sf_sp *sp, const struct sf_xml_limits *limits, bool covered, unsigned budget)
{
	return (struct sf_xmlenc){
		.keys = sp->decryption_keys,
		.key_count = sp->decryption_key_count,
		.recipient = sp->entity_id,
		.limits = limits,
		.allow_rsa15 = idp->allow_rsa15,
		.require_authenticated = idp->require_authenticated_encryption,
		.covered = covered,
		.budget = budget,
		.outside = { .xs = true, .xsi = true }, /* what is in signed bytes was cut out of more than they have, and no signature is inside */
	};
}

unsigned sf_message_warnings(const struct sf_idp *idp, size_t key, bool sha1, int64_t now)
{
	const struct sf_public_key *k = &idp->keys[key];
	unsigned warnings = 0;

	if (sha1) {
		warnings |= SF_WARN_SHA1;
	}
	if (k->has_not_after && k->not_after < now) {
		warnings |= SF_WARN_CERTIFICATE_EXPIRED;
	}
	if (k->family == SF_FAMILY_RSA && k->bits < 2048) {
		warnings |= SF_WARN_SHORT_KEY;
	}
	return warnings;
}

bool sf_replay_id(struct sf_span issuer, struct sf_span id, struct sf_arena *arena, char out[SF_REPLAY_ID + 1], struct sf_error *error)
{
	unsigned char hash[SF_DIGEST_MAX];
	size_t n = issuer.n + 1 + id.n;
	char *both = sf_arena_alloc(arena, n);

	if (!both) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	memcpy(both, issuer.p, issuer.n);
	both[issuer.n] = '\0';
	memcpy(both + issuer.n + 1, id.p, id.n);
	if (!sf_digest(SF_SHA256, both, n, hash)) {
		return sf_fail(error, SF_INTERNAL, "digest");
	}
	sf_hex_encode(hash, 32, out);
	out[SF_REPLAY_ID] = '\0';
	return true;
}
