/*
 * The HTTP-Artifact binding (saml-bindings-2.0-os §3.6): the browser brings a reference, and the message it stands for is fetched from the
 * provider, by an ArtifactResolve over SOAP 1.1 on TLS (saml-core-2.0-os §3.5).
 *
 * Who can make this worker call out: anybody who can open the address where artifacts come, as often as he likes; but only to the
 * ArtifactResolutionService of a provider that is trusted here, on a host that php.ini allows, by https, with an artifact of at most
 * 128 characters that names that provider. What he chooses of the request are 20 bytes in it. The caller should ask for a
 * login that is pending in the browser before he resolves anything, and must not where unsolicited logins are off.
 */
#ifndef SF_SAML_ARTIFACT_H
#define SF_SAML_ARTIFACT_H

#include "http/http.h"
#include "saml/message.h"
#include "saml/response.h"

#define SF_ARTIFACT_TEXT_MAX 128

/* An artifact of type 4 as it was received, and where it says that it is resolved. */
struct sf_artifact {
	struct sf_span text;
	const struct sf_artifact_service *service;
};

/*
 * Type 0x0004 alone, of this provider: its SourceID is the SHA-1 of the entityID (no signature, a name), and its EndpointIndex is that of
 * one of the provider's artifact services.
 */
bool sf_artifact_read(struct sf_span text, const struct sf_idp *idp, struct sf_artifact *artifact, struct sf_error *error);

struct sf_artifact_call {
	struct sf_http *http;
	const struct sf_key *key; /* signs the ArtifactResolve */
	long timeout_ms;
};

/*
 * Resolves the artifact and judges the Response in the answer as sf_response_accept() judges one that was posted; login->resolve_id is set
 * here. On a failure of the connection error->where holds a sentence.
 */
bool sf_artifact_accept(struct sf_span text, const struct sf_artifact_call *call, struct sf_login *login, struct sf_arena *arena,
		struct sf_login_result *result, struct sf_error *error);

#endif
