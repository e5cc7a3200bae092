/*
 * Single logout: LogoutRequest and LogoutResponse, in both directions (saml-core-2.0-os §3.7, saml-profiles-2.0-os §4.4).
 *
 * A message that comes in must be signed, whatever it came by: by the query (Redirect), or as XML (POST and SOAP), where its fields are
 * read from the bytes that were hashed and from nothing else.
 */
#ifndef SF_SAML_LOGOUT_H
#define SF_SAML_LOGOUT_H

#include "crypto/keyring.h"
#include "saml/assertion.h"
#include "saml/message.h"
#include "saml/redirect.h"
#include "saml/request.h"

#define SF_SESSION_INDEXES_MAX 100
#define SF_SESSION_INDEX_MAX 1024
#define SF_LOGOUT_REASON_MAX 1024

/* A message is good for this long after its IssueInstant, whatever its NotOnOrAfter; a claim of its ID is kept as long. */
#define SF_LOGOUT_LIFETIME 300

/* Of a request, in either direction; .p == NULL for a text that isn't there. */
struct sf_logout_request {
	struct sf_name_id name_id;
	struct sf_span session_indexes[SF_SESSION_INDEXES_MAX]; /* none: all sessions of that NameID at that issuer */
	size_t session_index_count;
	struct sf_span reason;
	bool has_not_on_or_after;
	int64_t not_on_or_after;
};

/* Of a response that came in. */
struct sf_logout_response {
	struct sf_span in_response_to;
	struct sf_span code, second_code; /* the StatusCode, and the one in it */
	struct sf_span message;
};

/* What a logout came to. */
enum sf_logout_status {
	SF_LOGOUT_SUCCESS,
	SF_LOGOUT_PARTIAL,
	SF_LOGOUT_UNKNOWN_PRINCIPAL, /* Requester, UnknownPrincipal */
	SF_LOGOUT_DENIED,            /* Requester, RequestDenied */
	SF_LOGOUT_FAILED,            /* Responder */
};

/* ---- in ---- */

struct sf_logout {
	const struct sf_idp *idp;
	const struct sf_sp *sp;    /* with a slo_url */
	struct sf_span request_id; /* of the LogoutRequest that an answer is awaited to; .p == NULL: none */
	int64_t now;
	const struct sf_xml_limits *limits;
	struct sf_key_cache *cache;
};

/* Valid until sf_logout_result_free. */
struct sf_logout_result {
	bool is_response; /* which of the two is filled */
	struct sf_logout_request request;
	struct sf_logout_response response;
	enum sf_logout_status status; /* of a response */
	struct sf_span id, relay_state;
	char replay_id[SF_REPLAY_ID + 1]; /* of a request; as for a login, its claim is the caller's next step */
	int64_t replay_until;
	unsigned warnings; /* enum sf_message_warning */
	struct sf_xml_doc *trusted;
};

/*
 * True if the message counts, but for the replay check of a request. By the binding it is the query string as it was received, without the `?`;
 * the form field that was posted; or the body of the SOAP request. The arena must be of SF_ARENA_FOR(limits), and outlive the result.
 */
bool sf_logout_accept(const struct sf_logout *logout, enum sf_binding binding, struct sf_span message, struct sf_arena *arena,
		struct sf_logout_result *result, struct sf_error *error);

void sf_logout_result_free(struct sf_logout_result *result);

/* ---- out ---- */

#define SF_LOGOUT_XML_MAX ((size_t)256 * 1024)

/* A LogoutRequest or the answer to one, unsigned. Texts are UTF-8 that XML can hold. */
bool sf_logout_request_write(const struct sf_sp *sp, const struct sf_logout_request *request, struct sf_span destination, const char *id, int64_t now,
		struct sf_arena *arena, struct sf_span *xml, struct sf_error *error);
bool sf_logout_response_write(const struct sf_sp *sp, struct sf_span in_response_to, enum sf_logout_status status, struct sf_span destination, const char *id,
		int64_t now, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error);

#endif
