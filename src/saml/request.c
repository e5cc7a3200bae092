#include "saml/request.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"
#include "saml/post.h"
#include "xml/sign.h"

#define XML_MAX ((size_t)768 * 1024) /* over what the caps of a request's parts add up to, with every character escaped */

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

static void attribute(struct sf_buf *b, const char *name, struct sf_span value)
{
	sf_buf_char(b, ' ');
	sf_buf_str(b, name);
	sf_buf_str(b, "=\"");
	sf_buf_xml(b, value);
	sf_buf_char(b, '"');
}

static void element(struct sf_buf *b, const char *name, struct sf_span text)
{
	sf_buf_char(b, '<');
	sf_buf_str(b, name);
	sf_buf_char(b, '>');
	sf_buf_xml(b, text);
	sf_buf_str(b, "</");
	sf_buf_str(b, name);
	sf_buf_char(b, '>');
}

static void name_id_policy(struct sf_buf *b, const struct sf_authn_request *request)
{
	if (!request->asked.name_id_format.p && !request->asked.sp_name_qualifier.p) {
		return;
	}
	sf_buf_str(b, "<samlp:NameIDPolicy");
	if (request->asked.name_id_format.p) {
		attribute(b, "Format", request->asked.name_id_format);
	}
	if (request->asked.sp_name_qualifier.p) {
		attribute(b, "SPNameQualifier", request->asked.sp_name_qualifier);
	}
	sf_buf_str(b, request->allow_create ? " AllowCreate=\"true\"/>" : "/>");
}

static void requested_context(struct sf_buf *b, const struct sf_asked *asked)
{
	static const char *const comparisons[] = { "exact", "minimum", "maximum", "better" };

	if (asked->contexts.count == 0) {
		return;
	}
	sf_buf_str(b, "<samlp:RequestedAuthnContext");
	attribute(b, "Comparison", sf_span_of(comparisons[asked->comparison]));
	sf_buf_char(b, '>');
	for (size_t i = 0; i < asked->contexts.count; i++) {
		element(b, "saml:AuthnContextClassRef", asked->contexts.uris[i]);
	}
	sf_buf_str(b, "</samlp:RequestedAuthnContext>");
}

static void scoping(struct sf_buf *b, const struct sf_authn_request *request)
{
	if (!request->has_proxy_count && request->idps.count == 0 && request->requesters.count == 0) {
		return;
	}
	sf_buf_str(b, "<samlp:Scoping");
	if (request->has_proxy_count) {
		sf_buf_str(b, " ProxyCount=\"");
		sf_buf_int(b, request->proxy_count);
		sf_buf_char(b, '"');
	}
	sf_buf_char(b, '>');
	if (request->idps.count) {
		sf_buf_str(b, "<samlp:IDPList>");
		for (size_t i = 0; i < request->idps.count; i++) {
			sf_buf_str(b, "<samlp:IDPEntry");
			attribute(b, "ProviderID", request->idps.ids[i]);
			sf_buf_str(b, "/>");
		}
		sf_buf_str(b, "</samlp:IDPList>");
	}
	for (size_t i = 0; i < request->requesters.count; i++) {
		element(b, "samlp:RequesterID", request->requesters.ids[i]);
	}
	sf_buf_str(b, "</samlp:Scoping>");
}

static bool build(const struct sf_sp *sp, const struct sf_authn_request *request, const char *id, struct sf_arena *arena, struct sf_span *xml)
{
	char instant[SF_TIME_TEXT];
	struct sf_buf b;

	if (!sf_time_format(request->asked.sent, instant)) {
		return false;
	}
	sf_buf_init(&b, arena, XML_MAX);
	sf_buf_str(&b, "<samlp:AuthnRequest xmlns:samlp=\"" SF_NS_SAMLP "\" xmlns:saml=\"" SF_NS_SAML "\"");
	attribute(&b, "ID", sf_span_of(id));
	sf_buf_str(&b, " Version=\"2.0\"");
	attribute(&b, "IssueInstant", sf_span_of(instant));
	attribute(&b, "Destination", request->destination);
	sf_buf_str(&b, request->asked.force_authn ? " ForceAuthn=\"true\"" : "");
	sf_buf_str(&b, request->is_passive ? " IsPassive=\"true\"" : "");
	if (request->has_acs_index) { /* saml-core-2.0-os §3.4.1: the one or the others */
		sf_buf_str(&b, " AssertionConsumerServiceIndex=\"");
		sf_buf_int(&b, request->acs_index);
		sf_buf_char(&b, '"');
	} else {
		attribute(&b, "ProtocolBinding", request->by_artifact ? SF_SPAN_LIT(SF_BINDING_ARTIFACT) : SF_SPAN_LIT(SF_BINDING_POST));
		attribute(&b, "AssertionConsumerServiceURL", request->asked.acs_url);
	}
	if (request->provider_name.p) {
		attribute(&b, "ProviderName", request->provider_name);
	}
	sf_buf_char(&b, '>');
	element(&b, "saml:Issuer", sp->entity_id);
	name_id_policy(&b, request);
	requested_context(&b, &request->asked);
	scoping(&b, request);
	sf_buf_str(&b, "</samlp:AuthnRequest>");
	return sf_buf_done(&b, xml);
}

static bool make(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1], struct sf_span *xml,
		struct sf_error *error)
{
	if (!sf_message_id(id)) {
		return sf_fail(error, SF_INTERNAL, "random numbers");
	}
	return build(sp, request, id, arena, xml) || sf_fail(error, SF_INTERNAL, "AuthnRequest");
}

bool sf_authn_request_redirect(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_span *url, struct sf_error *error)
{
	struct sf_redirect_message message = { .destination = request->destination, .relay_state = request->relay_state, .key = request->key };

	return make(sp, request, arena, id, &message.xml, error) && sf_redirect_write(&message, arena, url, error);
}

bool sf_authn_request_post(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_span *field, struct sf_error *error)
{
	struct sf_span xml;

	if (!make(sp, request, arena, id, &xml, error) || (request->key && !sf_xml_sign(xml, request->key, arena, &xml, error))) {
		return false;
	}
	return sf_post_field(xml, arena, field) || sf_fail(error, SF_INTERNAL, "memory");
}
