#include "saml/logout.h"

#include "base/buf.h"
#include "base/text.h"

#define STATUS(name) "urn:oasis:names:tc:SAML:2.0:status:" name

/* Everything a check needs, so that each check is one short function. */
struct judge {
	const struct sf_logout *logout;
	struct sf_arena *arena;
	struct sf_logout_result *out;
	struct sf_error *error;
};

static bool unexpected(struct judge *j, struct sf_xml_node *node)
{
	return sf_fail_found(j->error, SF_UNEXPECTED_ELEMENT, j->out->is_response ? "LogoutResponse" : "LogoutRequest", sf_xml_name(node));
}

static bool text_of(struct judge *j, struct sf_xml_node *node, struct sf_span *text)
{
	if (!sf_xml_text(node, SF_TEXT_WHOLE, j->arena, text)) {
		return unexpected(j, node);
	}
	*text = sf_span_trim(*text);
	return true;
}

/* ---- the head ---- */

static bool is_response(struct sf_xml_node *root, bool *response, struct sf_error *error)
{
	*response = sf_xml_is(root, SF_NS_SAMLP, "LogoutResponse");
	return *response || sf_xml_is(root, SF_NS_SAMLP, "LogoutRequest")
			|| sf_fail_both(error, SF_UNEXPECTED_ELEMENT, "document", sf_xml_name(root), SF_SPAN_LIT("LogoutRequest or LogoutResponse"));
}

/* A message that nobody answers in time is worth nothing; and without this, a claim of its ID would have to be kept for ever. */
static bool judge_times(struct judge *j, struct sf_xml_node *root)
{
	int64_t issued = 0, now = j->logout->now, skew = j->logout->idp->clock_skew;
	struct sf_logout_request *request = &j->out->request;
	struct sf_span text;

	if (!sf_xml_attribute(root, "IssueInstant", &text) || !sf_time_parse(text, &issued)) {
		return sf_fail(j->error, SF_INVALID_TIME, "IssueInstant");
	}
	if (issued > now + skew) {
		return sf_fail_time(j->error, SF_NOT_YET_VALID, "IssueInstant", issued, now);
	}
	if (now >= issued + SF_LOGOUT_LIFETIME + skew) {
		return sf_fail_time(j->error, SF_EXPIRED, "IssueInstant", issued, now);
	}
	j->out->replay_until = issued + SF_LOGOUT_LIFETIME + skew;
	if (j->out->is_response || !sf_xml_attribute(root, "NotOnOrAfter", &text)) {
		return true;
	}
	if (!sf_time_parse(text, &request->not_on_or_after)) {
		return sf_fail_found(j->error, SF_INVALID_TIME, "NotOnOrAfter", text);
	}
	request->has_not_on_or_after = true;
	return now < request->not_on_or_after + skew || sf_fail_time(j->error, SF_EXPIRED, "NotOnOrAfter", request->not_on_or_after, now);
}

/* saml-bindings-2.0-os §3.4.5.2 and §3.5.5.2: a signed message that a browser carries says where to. The back channel need not. */
static bool judge_destination(struct judge *j, struct sf_xml_node *root, enum sf_binding binding)
{
	struct sf_span found = SF_SPAN_NONE, ours = j->logout->sp->slo_url;

	if (!sf_xml_attribute(root, "Destination", &found) && binding == SF_BY_SOAP) {
		return true;
	}
	return (ours.p && sf_span_eq(found, ours)) || sf_fail_both(j->error, SF_DESTINATION_MISMATCH, "Destination", found, ours);
}

/* ---- a request ---- */

static bool judge_session_index(struct judge *j, struct sf_xml_node *node)
{
	struct sf_logout_request *request = &j->out->request;
	struct sf_span text;

	if (!sf_xml_is(node, SF_NS_SAMLP, "SessionIndex") || !text_of(j, node, &text)) {
		return unexpected(j, node);
	}
	if (text.n == 0 || text.n > SF_SESSION_INDEX_MAX) {
		/* one that says nothing must not be taken for "all of them" */
		return sf_fail_found(j->error, SF_SESSION_INDEX_INVALID, "SessionIndex", text);
	}
	if (request->session_index_count == SF_SESSION_INDEXES_MAX) {
		return sf_fail(j->error, SF_TOO_MANY_NODES, "SessionIndex");
	}
	request->session_indexes[request->session_index_count++] = text;
	return true;
}

/* saml-core-2.0-os §3.7.1: the name, then any number of SessionIndex. */
static bool judge_request(struct judge *j, struct sf_xml_node *root, struct sf_xml_node *at)
{
	const struct sf_logout *l = j->logout;
	struct sf_xmlenc decryption = sf_message_decryption(l->idp, l->sp, l->limits, true, SF_XMLENC_BUDGET_INNER);

	if (!at) {
		return sf_fail(j->error, SF_NAME_ID_MISSING, "NameID");
	}
	if (!sf_name_id_judge(at, l->sp->entity_id, &decryption, j->arena, &j->out->request.name_id, j->error)) {
		return false;
	}
	for (at = sf_xml_next(at); at; at = sf_xml_next(at)) {
		if (!judge_session_index(j, at)) {
			return false;
		}
	}
	if (sf_xml_attribute(root, "Reason", &j->out->request.reason) && j->out->request.reason.n > SF_LOGOUT_REASON_MAX) {
		return sf_fail(j->error, SF_TOO_LARGE, "Reason");
	}
	return sf_replay_id(l->idp->entity_id, j->out->id, j->arena, j->out->replay_id, j->error);
}

/* ---- a response ---- */

static enum sf_logout_status status_of(const struct sf_logout_response *r)
{
	/*
	 * saml-core-2.0-os §3.7.3.2: Success at the top speaks of the provider's own session; that not everybody else was reached, which is
	 * what a person wants to know, stands below it.
	 */
	if (sf_span_is(r->second_code, STATUS("PartialLogout"))) {
		return SF_LOGOUT_PARTIAL;
	}
	if (sf_span_is(r->code, STATUS("Success"))) {
		return SF_LOGOUT_SUCCESS;
	}
	if (sf_span_is(r->second_code, STATUS("UnknownPrincipal"))) {
		return SF_LOGOUT_UNKNOWN_PRINCIPAL;
	}
	return sf_span_is(r->second_code, STATUS("RequestDenied")) ? SF_LOGOUT_DENIED : SF_LOGOUT_FAILED;
}

static bool judge_status(struct judge *j, struct sf_xml_node *status)
{
	struct sf_logout_response *r = &j->out->response;
	struct sf_xml_node *code = sf_xml_first(status), *second, *message;

	if (!code || !sf_xml_is(code, SF_NS_SAMLP, "StatusCode") || !sf_xml_attribute(code, "Value", &r->code)) {
		return sf_fail(j->error, SF_MISSING_ELEMENT, "StatusCode");
	}
	second = sf_xml_first(code);
	if (second && (!sf_xml_is(second, SF_NS_SAMLP, "StatusCode") || !sf_xml_attribute(second, "Value", &r->second_code))) {
		return unexpected(j, second);
	}
	message = sf_xml_next(code);
	if (message && sf_xml_is(message, SF_NS_SAMLP, "StatusMessage") && !text_of(j, message, &r->message)) {
		return false;
	}
	j->out->status = status_of(r);
	return true;
}

static bool judge_response(struct judge *j, struct sf_xml_node *root, struct sf_xml_node *at)
{
	struct sf_span answers = SF_SPAN_NONE, asked = j->logout->request_id;

	if (!asked.p) {
		return sf_fail(j->error, SF_UNSOLICITED, "LogoutResponse");
	}
	if (!sf_xml_attribute(root, "InResponseTo", &answers) || !sf_span_eq(answers, asked)) {
		return sf_fail_both(j->error, SF_IN_RESPONSE_TO_MISMATCH, "InResponseTo", answers, asked);
	}
	j->out->response.in_response_to = answers;
	if (!at || !sf_xml_is(at, SF_NS_SAMLP, "Status")) {
		return sf_fail(j->error, SF_MISSING_ELEMENT, "Status");
	}
	return sf_xml_next(at) ? unexpected(j, sf_xml_next(at)) : judge_status(j, at);
}

/* root is a message of which every byte that is read was signed: its Signature, if it had one as XML, is not in it any more. */
static bool judge_message(struct judge *j, struct sf_xml_node *root, enum sf_binding binding)
{
	struct sf_xml_node *at = sf_xml_first(root);

	if (!is_response(root, &j->out->is_response, j->error)) {
		return false;
	}
	if (!sf_xml_no_stray_text(root)) {
		return unexpected(j, root);
	}
	if (!sf_message_head_judge(root, &j->out->id, j->error)) {
		return false;
	}
	if (!at || !sf_xml_is(at, SF_NS_SAML, "Issuer")) {
		return sf_fail(j->error, SF_MISSING_ELEMENT, "Issuer"); /* saml-profiles-2.0-os §4.4.4 */
	}
	if (!sf_issuer_judge(at, j->logout->idp, j->arena, j->error) || !judge_destination(j, root, binding) || !judge_times(j, root)) {
		return false;
	}
	at = sf_xml_next(at);
	if (at && sf_xml_is(at, SF_NS_SAMLP, "Extensions")) {
		at = sf_xml_next(at);
	}
	return j->out->is_response ? judge_response(j, root, at) : judge_request(j, root, at);
}

/* ---- by the query ---- */

static bool accept_redirect(struct judge *j, struct sf_span query)
{
	const struct sf_logout *l = j->logout;
	struct sf_xml_node *root;
	struct sf_redirect in;
	struct sf_span xml;
	bool sha1, response;
	size_t key;

	if (!sf_redirect_split(query, &in, j->error) || !sf_redirect_verify(&in, l->idp, l->cache, j->arena, &key, &sha1, j->error)
			|| !sf_redirect_inflate(&in, l->limits, j->arena, &xml, j->error) || !sf_redirect_relay_state(&in, j->arena, &j->out->relay_state, j->error)) {
		return false;
	}
	j->out->warnings = sf_message_warnings(l->idp, key, sha1, l->now);
	if (!sf_xml_parse(xml, l->limits, &j->out->trusted, j->error)) {
		j->out->trusted = NULL;
		return false;
	}
	root = sf_xml_root(j->out->trusted);
	if (!is_response(root, &response, j->error)) {
		return false;
	}
	if (response != in.response) {
		return sf_fail_found(j->error, SF_UNEXPECTED_ELEMENT, in.response ? "SAMLResponse" : "SAMLRequest", sf_xml_name(root));
	}
	if (sf_message_signature(root)) {
		/* saml-bindings-2.0-os §3.4.4.1: there must be none, and one that nobody looks at is worse than that */
		return sf_fail(j->error, SF_SIGNATURE_PLACEMENT, "document");
	}
	return judge_message(j, root, SF_BY_REDIRECT);
}

/* ---- as XML ---- */

/* Verifies the message in a document, and parses the bytes that were hashed anew. */
static bool verify(struct judge *j, struct sf_xml_doc *doc, struct sf_xml_node *message)
{
	const struct sf_logout *l = j->logout;
	const struct sf_dsig_policy policy = sf_message_policy(l->idp, l->cache, l->limits);
	struct sf_xml_node *signature = sf_message_signature(message);
	struct sf_dsig_result verified;
	bool response, ok;

	if (!is_response(message, &response, j->error) || !sf_dsig_check_ids(doc, j->error)) {
		return false;
	}
	if (!signature) {
		return sf_fail(j->error, SF_NOT_SIGNED, response ? "LogoutResponse" : "LogoutRequest");
	}
	if (!sf_dsig_verify(doc, message, signature, &policy, j->arena, &verified, j->error)) {
		return false;
	}
	j->out->warnings = sf_message_warnings(l->idp, verified.key, verified.sha1, l->now);
	ok = sf_xml_take(&verified.bytes, l->limits, &j->out->trusted, j->error);
	if (!ok) {
		j->out->trusted = NULL;
	}
	return ok;
}

static bool accept_xml(struct judge *j, enum sf_binding binding, struct sf_span xml)
{
	struct sf_xml_node *message;
	struct sf_xml_doc *doc;
	bool ok;

	if (!sf_xml_parse(xml, j->logout->limits, &doc, j->error)) {
		return false;
	}
	message = sf_xml_root(doc);
	ok = (binding != SF_BY_SOAP || sf_soap_open(doc, j->arena, &message, j->error)) && verify(j, doc, message);
	sf_xml_free(doc);
	return ok && judge_message(j, sf_xml_root(j->out->trusted), binding);
}

bool sf_logout_accept(const struct sf_logout *logout, enum sf_binding binding, struct sf_span message, struct sf_arena *arena,
		struct sf_logout_result *result, struct sf_error *error)
{
	struct judge j = { .logout = logout, .arena = arena, .out = result, .error = error };
	struct sf_span xml = message;
	bool ok;

	memset(result, 0, sizeof(*result));
	if (binding == SF_BY_REDIRECT) {
		ok = accept_redirect(&j, message);
	} else {
		ok = (binding == SF_BY_SOAP || sf_message_from_base64(message, logout->limits, arena, &xml, error)) && accept_xml(&j, binding, xml);
	}
	if (!ok) {
		sf_logout_result_free(result);
	}
	return ok;
}

void sf_logout_result_free(struct sf_logout_result *result)
{
	sf_xml_free(result->trusted);
	result->trusted = NULL;
}

/* ---- out ---- */

static void attribute(struct sf_buf *b, const char *name, struct sf_span value)
{
	if (value.p) {
		sf_buf_char(b, ' ');
		sf_buf_str(b, name);
		sf_buf_str(b, "=\"");
		sf_buf_xml(b, value);
		sf_buf_char(b, '"');
	}
}

/* Up to the end of Issuer, but for the `>` of the start tag, which comes after more attributes. */
static bool open_message(struct sf_buf *b, const char *name, struct sf_span destination, const char *id, int64_t now)
{
	char instant[SF_TIME_TEXT];

	if (!sf_time_format(now, instant)) {
		return false;
	}
	sf_buf_str(b, "<samlp:");
	sf_buf_str(b, name);
	sf_buf_str(b, " xmlns:samlp=\"" SF_NS_SAMLP "\" xmlns:saml=\"" SF_NS_SAML "\"");
	attribute(b, "ID", sf_span_of(id));
	attribute(b, "Version", SF_SPAN_LIT("2.0"));
	attribute(b, "IssueInstant", sf_span_of(instant));
	attribute(b, "Destination", destination);
	return true;
}

static void end_head(struct sf_buf *b, const struct sf_sp *sp)
{
	sf_buf_str(b, "><saml:Issuer>");
	sf_buf_xml(b, sp->entity_id);
	sf_buf_str(b, "</saml:Issuer>");
}

bool sf_logout_request_write(const struct sf_sp *sp, const struct sf_logout_request *request, struct sf_span destination, const char *id, int64_t now,
		struct sf_arena *arena, struct sf_span *xml, struct sf_error *error)
{
	char end[SF_TIME_TEXT];
	struct sf_buf b;

	sf_buf_init(&b, arena, SF_LOGOUT_XML_MAX);
	if (!open_message(&b, "LogoutRequest", destination, id, now) || !sf_time_format(request->not_on_or_after, end)) {
		return sf_fail(error, SF_INTERNAL, "IssueInstant");
	}
	attribute(&b, "NotOnOrAfter", sf_span_of(end));
	attribute(&b, "Reason", request->reason);
	end_head(&b, sp);
	sf_buf_str(&b, "<saml:NameID");
	attribute(&b, "NameQualifier", request->name_id.name_qualifier);
	attribute(&b, "SPNameQualifier", request->name_id.sp_name_qualifier);
	attribute(&b, "Format", request->name_id.format);
	sf_buf_char(&b, '>');
	sf_buf_xml(&b, request->name_id.value);
	sf_buf_str(&b, "</saml:NameID>");
	for (size_t i = 0; i < request->session_index_count; i++) {
		sf_buf_str(&b, "<samlp:SessionIndex>");
		sf_buf_xml(&b, request->session_indexes[i]);
		sf_buf_str(&b, "</samlp:SessionIndex>");
	}
	sf_buf_str(&b, "</samlp:LogoutRequest>");
	return sf_buf_done(&b, xml) || sf_fail(error, SF_TOO_LARGE, "LogoutRequest");
}

bool sf_logout_response_write(const struct sf_sp *sp, struct sf_span in_response_to, enum sf_logout_status status, struct sf_span destination, const char *id,
		int64_t now, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error)
{
	/* PartialLogout stands below an error here: of our own sessions, some are left */
	static const struct {
		const char *code, *second;
	} codes[] = {
		[SF_LOGOUT_SUCCESS] = { STATUS("Success"), NULL },
		[SF_LOGOUT_PARTIAL] = { STATUS("Responder"), STATUS("PartialLogout") },
		[SF_LOGOUT_UNKNOWN_PRINCIPAL] = { STATUS("Requester"), STATUS("UnknownPrincipal") },
		[SF_LOGOUT_DENIED] = { STATUS("Requester"), STATUS("RequestDenied") },
		[SF_LOGOUT_FAILED] = { STATUS("Responder"), NULL },
	};
	struct sf_buf b;

	sf_buf_init(&b, arena, SF_LOGOUT_XML_MAX);
	if (!open_message(&b, "LogoutResponse", destination, id, now)) {
		return sf_fail(error, SF_INTERNAL, "IssueInstant");
	}
	attribute(&b, "InResponseTo", in_response_to);
	end_head(&b, sp);
	sf_buf_str(&b, "<samlp:Status><samlp:StatusCode");
	attribute(&b, "Value", sf_span_of(codes[status].code));
	if (codes[status].second) {
		sf_buf_str(&b, "><samlp:StatusCode");
		attribute(&b, "Value", sf_span_of(codes[status].second));
		sf_buf_str(&b, "/></samlp:StatusCode>");
	} else {
		sf_buf_str(&b, "/>");
	}
	sf_buf_str(&b, "</samlp:Status></samlp:LogoutResponse>");
	return sf_buf_done(&b, xml) || sf_fail(error, SF_TOO_LARGE, "LogoutResponse");
}
