/* A Response that the browser posted, from base64 to a verified Assertion. */
#ifndef SF_SAML_RESPONSE_H
#define SF_SAML_RESPONSE_H

#include "saml/assertion.h"
#include "saml/message.h"

struct sf_login {
	struct sf_expectation expected;
	const struct sf_xml_limits *limits;
	struct sf_key_cache *cache;
	struct sf_span resolve_id; /* of the ArtifactResolve that the Response is awaited in the answer to; .p == NULL for one that was posted */
};

/* Valid until sf_login_result_free. */
struct sf_login_result {
	struct sf_assertion assertion;
	char replay_id[SF_REPLAY_ID + 1]; /* of the Assertion */
	int64_t replay_until;
	unsigned warnings; /* enum sf_message_warning */
	struct sf_xml_doc *trusted; /* parsed from the bytes that were hashed; everything in `assertion` points into it */
};

/*
 * True if the message signs somebody in, but for the replay check, which is its caller's next step. The arena must be of
 * SF_ARENA_FOR(limits), and outlive the result. Where it is false, there is none to be freed; but where somebody looks on (a trace) it is, and
 * holds in `assertion` what the provider had signed and was read before the check that failed.
 */
bool sf_response_accept(const struct sf_login *login, struct sf_span base64, struct sf_arena *arena, struct sf_login_result *result, struct sf_error *error);

/* The answer must come from the provider that was asked, so nobody else's keys are even tried, and nobody else is called. */
bool sf_response_provider_asked(const struct sf_expectation *expected, struct sf_error *error);

/* The same for the SOAP envelope that a provider answered an ArtifactResolve with; login->resolve_id says which. */
bool sf_response_accept_answer(const struct sf_login *login, struct sf_span envelope, struct sf_arena *arena, struct sf_login_result *result,
		struct sf_error *error);

void sf_login_result_free(struct sf_login_result *result);

#endif
