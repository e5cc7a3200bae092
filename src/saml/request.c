#include "saml/request.h"

#include <zlib.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"

#define XML_MAX ((size_t)16 * 1024)
#define QUERY_MAX ((size_t)64 * 1024)

/* xs:ID must not begin with a digit, hence the `_`. */
static bool make_id(char id[SF_REQUEST_ID + 1])
{
	unsigned char random[20];

	if (!sf_random(random, sizeof(random))) {
		return false;
	}
	id[0] = '_';
	sf_hex_encode(random, sizeof(random), id + 1);
	id[SF_REQUEST_ID] = '\0';
	return true;
}

static bool build(const struct sf_sp *sp, const struct sf_authn_request *request, const char *id, struct sf_arena *arena, struct sf_span *xml)
{
	char instant[SF_TIME_TEXT];
	struct sf_buf b;

	if (!sf_time_format(request->now, instant)) {
		return false;
	}
	sf_buf_init(&b, arena, XML_MAX);
	sf_buf_str(&b, "<samlp:AuthnRequest xmlns:samlp=\"" SF_NS_SAMLP "\" xmlns:saml=\"" SF_NS_SAML "\" ID=\"");
	sf_buf_str(&b, id);
	sf_buf_str(&b, "\" Version=\"2.0\" IssueInstant=\"");
	sf_buf_str(&b, instant);
	sf_buf_str(&b, "\" Destination=\"");
	sf_buf_xml(&b, request->destination);
	sf_buf_str(&b, request->force_authn ? "\" ForceAuthn=\"true" : "");
	sf_buf_str(&b, request->is_passive ? "\" IsPassive=\"true" : "");
	sf_buf_str(&b, "\" ProtocolBinding=\"" SF_BINDING_POST "\" AssertionConsumerServiceURL=\"");
	sf_buf_xml(&b, sp->acs_url);
	sf_buf_str(&b, "\"><saml:Issuer>");
	sf_buf_xml(&b, sp->entity_id);
	sf_buf_str(&b, "</saml:Issuer>");
	if (request->name_id_format.p) {
		sf_buf_str(&b, "<samlp:NameIDPolicy Format=\"");
		sf_buf_xml(&b, request->name_id_format);
		sf_buf_str(&b, "\" AllowCreate=\"true\"/>");
	}
	sf_buf_str(&b, "</samlp:AuthnRequest>");
	return sf_buf_done(&b, xml);
}

/* Raw DEFLATE (RFC 1951), as saml-bindings-2.0-os §3.4.4.1 has it, then base64. */
static bool deflate_base64(struct sf_span xml, struct sf_arena *arena, struct sf_span *out)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)xml.p, .avail_in = (uInt)xml.n };
	uLong room;
	Bytef *packed;
	char *text;
	int status;

	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
		return false;
	}
	room = deflateBound(&z, (uLong)xml.n);
	packed = sf_arena_alloc(arena, room);
	text = sf_arena_alloc(arena, SF_BASE64_ENCODED(room));
	z.next_out = packed;
	z.avail_out = (uInt)room;
	status = packed && text ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
	deflateEnd(&z);
	if (status != Z_STREAM_END) {
		return false;
	}
	*out = (struct sf_span){ text, sf_base64_encode(packed, z.total_out, text) };
	return true;
}

/* SAMLRequest, RelayState, SigAlg in this order are what is signed, as they stand in the URL. */
static bool sign_query(const struct sf_key *key, struct sf_buf *query)
{
	enum sf_sig_alg alg = sf_key_sig_alg(key);
	unsigned char sig[SF_SIGNATURE_MAX];
	char text[SF_BASE64_ENCODED(SF_SIGNATURE_MAX)];
	size_t sig_n = sizeof(sig);

	if (alg == SF_SIG_NONE) {
		return false;
	}
	sf_buf_str(query, "&SigAlg=");
	sf_buf_url(query, sf_span_of(sf_sig_by_alg(alg)->uri));
	if (query->failed || !sf_key_sign(key, alg, query->p, query->n, sig, &sig_n)) {
		return false;
	}
	sf_buf_str(query, "&Signature=");
	sf_buf_url(query, (struct sf_span){ text, sf_base64_encode(sig, sig_n, text) });
	return true;
}

bool sf_authn_request_redirect(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_span *url, struct sf_error *error)
{
	struct sf_span xml, packed, query_text;
	struct sf_buf query, whole;

	if (!make_id(id)) {
		return sf_fail(error, SF_INTERNAL, "random numbers");
	}
	if (!build(sp, request, id, arena, &xml) || !deflate_base64(xml, arena, &packed)) {
		return sf_fail(error, SF_INTERNAL, "AuthnRequest");
	}
	sf_buf_init(&query, arena, QUERY_MAX);
	sf_buf_str(&query, "SAMLRequest=");
	sf_buf_url(&query, packed);
	if (request->relay_state.p) {
		sf_buf_str(&query, "&RelayState=");
		sf_buf_url(&query, request->relay_state);
	}
	if (request->key && !sign_query(request->key, &query)) {
		return sf_fail(error, SF_KEY_UNUSABLE, "SigAlg");
	}
	if (!sf_buf_done(&query, &query_text)) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	sf_buf_init(&whole, arena, QUERY_MAX * 2);
	sf_buf_span(&whole, request->destination);
	sf_buf_char(&whole, memchr(request->destination.p, '?', request->destination.n) ? '&' : '?');
	sf_buf_span(&whole, query_text);
	return sf_buf_done(&whole, url) || sf_fail(error, SF_INTERNAL, "memory");
}
