#include "saml/request.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"

#define XML_MAX ((size_t)16 * 1024)

bool sf_message_id(char id[SF_REQUEST_ID + 1])
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

bool sf_authn_request_redirect(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_span *url, struct sf_error *error)
{
	struct sf_redirect_message message = { .destination = request->destination, .relay_state = request->relay_state, .key = request->key };

	if (!sf_message_id(id)) {
		return sf_fail(error, SF_INTERNAL, "random numbers");
	}
	if (!build(sp, request, id, arena, &message.xml)) {
		return sf_fail(error, SF_INTERNAL, "AuthnRequest");
	}
	return sf_redirect_write(&message, arena, url, error);
}
