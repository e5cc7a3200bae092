/*
 * An observer of a verification: which checks were made, in their order, with what stood there and what was expected.
 *
 * The code that verifies says which check it begins, and that is all: a check that is followed by another has passed, and the last one has
 * what the verdict says (sf_trace_end). So nothing can be shown that was not judged, and without an observer (NULL, as for every login)
 * a check costs the look at a pointer.
 */
#ifndef SF_XML_TRACE_H
#define SF_XML_TRACE_H

#include "base/error.h"

/* The enum in C and the enum cases in PHP (stubs/report.stub.php); in the order in which a login makes them. */
#define SF_SAML_CHECKS(X) \
	X(PROVIDER, "Provider") \
	X(ARTIFACT, "Artifact") \
	X(BACK_CHANNEL, "BackChannel") \
	X(ENCODING, "Encoding") \
	X(XML, "Xml") \
	X(ARTIFACT_RESPONSE, "ArtifactResponse") \
	X(SHAPE, "Shape") \
	X(STATUS, "Status") \
	X(ASSERTION_COUNT, "AssertionCount") \
	X(IDS, "Ids") \
	X(WRAPPING, "Wrapping") \
	X(SIGNED, "Signed") \
	X(DECRYPTION, "Decryption") \
	X(SIGNATURE_SHAPE, "SignatureShape") \
	X(SIGNATURE_ALGORITHM, "SignatureAlgorithm") \
	X(SIGNATURE_VALUE, "SignatureValue") \
	X(SIGNATURE_REFERENCE, "SignatureReference") \
	X(SIGNATURE_DIGEST, "SignatureDigest") \
	X(CERTIFICATE, "Certificate") \
	X(HEAD, "Head") \
	X(ISSUER, "Issuer") \
	X(DESTINATION, "Destination") \
	X(NAME_ID, "NameId") \
	X(CONFIRMATION, "Confirmation") \
	X(RECIPIENT, "Recipient") \
	X(CONFIRMATION_TIME, "ConfirmationTime") \
	X(IN_RESPONSE_TO, "InResponseTo") \
	X(VALIDITY, "Validity") \
	X(AUDIENCE, "Audience") \
	X(CONDITIONS, "Conditions") \
	X(AUTHN_STATEMENT, "AuthnStatement") \
	X(SESSION, "Session") \
	X(FRESHNESS, "Freshness") \
	X(AUTHN_CONTEXT, "AuthnContext") \
	X(ATTRIBUTES, "Attributes") \
	X(SOLICITED, "Solicited") \
	X(REPLAY, "Replay")

enum sf_check {
#define SF_SAML_CHECK_ENUM(name, php) SF_CHECK_##name,
	SF_SAML_CHECKS(SF_SAML_CHECK_ENUM)
#undef SF_SAML_CHECK_ENUM
	SF_CHECK_COUNT
};

/* What a check is about. */
enum sf_scope {
	SF_SCOPE_RESPONSE,
	SF_SCOPE_ASSERTION,
};

enum sf_check_state {
	SF_CHECK_PASSED,
	SF_CHECK_WARNED,
	SF_CHECK_FAILED,
};

struct sf_trace_row {
	enum sf_check check;
	enum sf_scope scope;
	enum sf_check_state state;
	unsigned warnings;     /* of a warned one, as its caller numbers them */
	struct sf_error error; /* of a failed one; of the others found and expected alone */
};

#define SF_TRACE_ROWS (2 * SF_CHECK_COUNT)

struct sf_trace {
	struct sf_trace_row rows[SF_TRACE_ROWS];
	size_t count;
	struct sf_trace_row *open; /* the check that is being made */
	enum sf_scope scope;
};

/* A NULL trace is fine for all of these. */

/* Begins a check, and so says that the one before has passed. One that was made before, of the same scope, is made anew in its place. */
void sf_trace_check(struct sf_trace *trace, enum sf_check check);

/* What the check sees: either may have .p == NULL. */
void sf_trace_values(struct sf_trace *trace, struct sf_span found, struct sf_span expected);

void sf_trace_warn(struct sf_trace *trace, unsigned warnings);

/* From here on the checks are about this. */
void sf_trace_scope(struct sf_trace *trace, enum sf_scope scope);

/* Forgets every check that was first made after the mark. */
size_t sf_trace_mark(const struct sf_trace *trace);
void sf_trace_rewind(struct sf_trace *trace, size_t mark);

/* The verdict, which is that of the last check too. */
void sf_trace_end(struct sf_trace *trace, bool ok, const struct sf_error *error);

#endif
