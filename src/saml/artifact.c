#include "saml/artifact.h"

#include <stdio.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"
#include "saml/request.h"
#include "xml/sign.h"

#define ARTIFACT_BYTES 44 /* TypeCode, EndpointIndex, SourceID, MessageHandle: 2 + 2 + 20 + 20 (saml-bindings-2.0-os §3.6.4) */
#define SOURCE_ID_BYTES 20
#define RESOLVE_MAX ((size_t)16 * 1024)

static const struct sf_artifact_service *service_by_index(const struct sf_endpoints *endpoints, unsigned index)
{
	for (size_t i = 0; i < endpoints->artifact_count; i++) {
		if (endpoints->artifact[i].index == index) {
			return &endpoints->artifact[i];
		}
	}
	return NULL;
}

bool sf_artifact_read(struct sf_span text, const struct sf_idp *idp, struct sf_artifact *artifact, struct sf_error *error)
{
	unsigned char bytes[SF_BASE64_DECODED(SF_ARTIFACT_TEXT_MAX)], source[SF_DIGEST_MAX];
	size_t n;

	if (text.n == 0 || text.n > SF_ARTIFACT_TEXT_MAX || !sf_base64_decode(text, bytes, &n) || n != ARTIFACT_BYTES || bytes[0] != 0 || bytes[1] != 4) {
		return sf_fail(error, SF_ARTIFACT_INVALID, "SAMLart");
	}
	if (!sf_digest(SF_SHA1, idp->entity_id.p, idp->entity_id.n, source)) {
		return sf_fail(error, SF_INTERNAL, "digest");
	}
	if (memcmp(bytes + 4, source, SOURCE_ID_BYTES) != 0) {
		return sf_fail_both(error, SF_ISSUER_MISMATCH, "SAMLart", SF_SPAN_NONE, idp->entity_id);
	}
	artifact->text = text;
	artifact->service = service_by_index(&idp->endpoints, (unsigned)bytes[2] << 8 | bytes[3]);
	return artifact->service || sf_fail(error, SF_ARTIFACT_SERVICE_UNKNOWN, "ArtifactResolutionService");
}

/* ---- the call ---- */

static bool write_resolve(const struct sf_sp *sp, const struct sf_artifact *artifact, const char *id, int64_t now, struct sf_arena *arena, struct sf_span *xml)
{
	char instant[SF_TIME_TEXT];
	struct sf_buf b;

	if (!sf_time_format(now, instant)) {
		return false;
	}
	sf_buf_init(&b, arena, RESOLVE_MAX);
	sf_buf_str(&b, "<samlp:ArtifactResolve xmlns:samlp=\"" SF_NS_SAMLP "\" xmlns:saml=\"" SF_NS_SAML "\" ID=\"");
	sf_buf_str(&b, id);
	sf_buf_str(&b, "\" Version=\"2.0\" IssueInstant=\"");
	sf_buf_str(&b, instant);
	sf_buf_str(&b, "\" Destination=\"");
	sf_buf_xml(&b, artifact->service->url);
	sf_buf_str(&b, "\"><saml:Issuer>");
	sf_buf_xml(&b, sp->entity_id);
	sf_buf_str(&b, "</saml:Issuer><samlp:Artifact>");
	sf_buf_xml(&b, artifact->text);
	sf_buf_str(&b, "</samlp:Artifact></samlp:ArtifactResolve>");
	return sf_buf_done(&b, xml);
}

/* https alone: the answer decides who somebody is. */
static bool split_url(struct sf_span url, struct sf_arena *arena, struct sf_http_request *request)
{
	const char *slash = url.n > 8 ? memchr(url.p + 8, '/', url.n - 8) : NULL;
	struct sf_span origin = { url.p, slash ? (size_t)(slash - url.p) : url.n };

	request->path = slash ? (struct sf_span){ slash, url.n - origin.n } : SF_SPAN_LIT("/");
	return sf_origin_of_url(origin, &request->to) && sf_arena_copy(arena, request->path, &request->path);
}

static bool send(const struct sf_artifact *artifact, const struct sf_artifact_call *call, const struct sf_xml_limits *limits, struct sf_span envelope,
		struct sf_arena *arena, struct sf_span *body, struct sf_error *error)
{
	static const char *const action = "SOAPAction: \"http://www.oasis-open.org/committees/security\"";
	struct sf_http_request request = { .method = "POST", .accept = "text/xml", .content_type = "text/xml; charset=utf-8",
		.headers = &action, .header_count = 1, .body = envelope, .max_response = limits->bytes,
		.repeatable = true, /* an artifact that was resolved already gives nothing the second time */
		.timeout_ms = call->timeout_ms };
	struct sf_http_answer answer;
	struct sf_error failure;
	char status[32];

	if (!split_url(artifact->service->url, arena, &request)) {
		return sf_fail_found(error, SF_URL_REFUSED, "ArtifactResolutionService", artifact->service->url);
	}
	if (!sf_http_send(call->http, &request, arena, NULL, &answer, &failure)) {
		return failure.code == SF_HTTP_TOO_LARGE ? sf_fail(error, SF_TOO_LARGE, "ArtifactResponse") : sf_fail(error, SF_BACK_CHANNEL_FAILED, failure.where);
	}
	if (answer.status != 200 && answer.status != 500) { /* SOAP 1.1 §6.2: a Fault comes with 500 */
		snprintf(status, sizeof(status), "%ld", answer.status);
		return sf_fail_found(error, SF_BACK_CHANNEL_FAILED, "HTTP status", sf_span_of(status));
	}
	*body = answer.body;
	return true;
}

/* What the service answers, and the ID of what it was asked. */
static bool resolve(const struct sf_artifact *artifact, const struct sf_artifact_call *call, const struct sf_login *login, struct sf_arena *arena,
		char id[SF_REQUEST_ID + 1], struct sf_span *body, struct sf_error *error)
{
	struct sf_span xml, envelope;

	if (!sf_message_id(id)) {
		return sf_fail(error, SF_INTERNAL, "random numbers");
	}
	if (!write_resolve(login->expected.sp, artifact, id, login->expected.now, arena, &xml)) {
		return sf_fail(error, SF_INTERNAL, "ArtifactResolve");
	}
	if (!sf_xml_sign(xml, call->key, arena, &xml, error)) {
		return false;
	}
	if (!sf_soap_wrap(xml, arena, &envelope)) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	return send(artifact, call, login->limits, envelope, arena, body, error);
}

/* All that is looked at before anybody is asked. */
static bool may_ask(struct sf_span text, const struct sf_login *login, struct sf_artifact *artifact, struct sf_error *error)
{
	const struct sf_expectation *expected = &login->expected;

	if (!sf_response_provider_asked(expected, error)) {
		return false;
	}
	sf_trace_check(expected->trace, SF_CHECK_ARTIFACT);
	if (!sf_artifact_read(text, expected->idp, artifact, error) || !artifact->service) {
		return false;
	}
	sf_trace_values(expected->trace, artifact->service->url, SF_SPAN_NONE);
	if (!expected->request_id.p && !expected->idp->allow_unsolicited) {
		sf_trace_check(expected->trace, SF_CHECK_SOLICITED);
		return sf_fail(error, SF_UNSOLICITED, "SAMLart");
	}
	sf_trace_check(expected->trace, SF_CHECK_BACK_CHANNEL);
	return true;
}

bool sf_artifact_accept(struct sf_span text, const struct sf_artifact_call *call, struct sf_login *login, struct sf_arena *arena,
		struct sf_login_result *result, struct sf_error *error)
{
	char id[SF_REQUEST_ID + 1];
	struct sf_artifact artifact = { .service = NULL };
	struct sf_span body;

	memset(result, 0, sizeof(*result));
	if (!may_ask(text, login, &artifact, error) || !resolve(&artifact, call, login, arena, id, &body, error)) {
		sf_trace_end(login->expected.trace, false, error);
		return false;
	}
	login->resolve_id = sf_span_of(id);
	return sf_response_accept_answer(login, body, arena, result, error);
}
