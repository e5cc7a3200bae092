/* An Assertion that was verified: what it says, and whether it says it to us, now (saml-core-2.0-os §2, saml-profiles-2.0-os §4.1.4). */
#ifndef SF_SAML_ASSERTION_H
#define SF_SAML_ASSERTION_H

#include "saml/asked.h"
#include "saml/provider.h"
#include "xml/trace.h"
#include "xml/xmlenc.h"

#define SF_ATTRIBUTES_MAX 2000
#define SF_NAME_ID_MAX 1024

/* A name as its provider wrote it (saml-core-2.0-os §2.2.3); .p == NULL for what isn't there. */
struct sf_name_id {
	struct sf_span value, format, name_qualifier, sp_name_qualifier;
	bool encrypted; /* it came as an EncryptedID */
};

struct sf_attribute {
	struct sf_span name;
	struct sf_span value;
	bool has_value; /* an Attribute without any AttributeValue is one of these without */
};

/* Strings point into the trusted document or the arena (what was decrypted, into the arena alone); .p == NULL where there is none. */
struct sf_assertion {
	struct sf_span id, issuer;
	struct sf_span name_id, name_id_format, name_qualifier, sp_name_qualifier;
	struct sf_span session_index, authn_context, in_response_to;
	int64_t not_on_or_after; /* of the bearer confirmation */
	int64_t authn_instant;
	bool has_session_not_on_or_after;
	int64_t session_not_on_or_after;
	struct sf_attribute *attributes; /* name by name as they stand */
	size_t attribute_count;
};

struct sf_expectation {
	const struct sf_idp *idp;
	const struct sf_sp *sp;
	struct sf_span request_id;     /* .p == NULL: nothing is pending */
	const struct sf_asked *asked; /* by that request; NULL: nothing that is looked at */
	int64_t now;
	struct sf_trace *trace; /* NULL: nobody looks on */
};

/* Where the answer must come: Destination and Recipient. */
struct sf_span sf_expected_acs(const struct sf_expectation *expected);

/*
 * Reads and judges. `answers` is the InResponseTo of the Response around it, if the Response was signed (.p == NULL if not, or
 * if it has none); the one in SubjectConfirmationData is always looked at. `decryption` is for an EncryptedID or EncryptedAttribute.
 */
bool sf_assertion_judge(struct sf_xml_node *assertion, const struct sf_expectation *expected, struct sf_span answers, struct sf_xmlenc *decryption,
		struct sf_arena *arena, struct sf_assertion *out, struct sf_error *error);

/* Shared with the messages: Issuer must be the provider that was asked, in the entity format. */
bool sf_issuer_judge(struct sf_xml_node *issuer, const struct sf_idp *idp, struct sf_arena *arena, struct sf_error *error);

/*
 * A NameID or EncryptedID, that names somebody to us, in no other namespace than `qualifier` (where its SPNameQualifier says one): of what may stand in the latter, only a NameID does (saml-core-2.0-os §2.2.4). What was
 * decrypted is copied into the arena.
 */
bool sf_name_id_judge(struct sf_xml_node *node, struct sf_span qualifier, struct sf_xmlenc *decryption, struct sf_arena *arena, struct sf_name_id *out,
		struct sf_error *error);

/* A time that lies on the wrong side of now. */
bool sf_fail_time(struct sf_error *error, int reason, const char *where, int64_t found, int64_t now);

/* Shared too: Version="2.0", an ID, and an IssueInstant that is a time. */
bool sf_message_head_judge(struct sf_xml_node *node, struct sf_span *id, struct sf_error *error);

#endif
