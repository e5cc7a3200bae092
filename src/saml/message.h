/* What messages of every kind have in common: how they come, who says that he sent them, and how their signatures are judged. */
#ifndef SF_SAML_MESSAGE_H
#define SF_SAML_MESSAGE_H

#include "saml/provider.h"
#include "xml/dsig.h"
#include "xml/xmlenc.h"

/* The form field of the POST binding (saml-bindings-2.0-os §3.5.4). */
bool sf_message_from_base64(struct sf_span base64, const struct sf_xml_limits *limits, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error);

/* The same, into bytes for sf_xml_take. */
bool sf_message_take_base64(struct sf_span base64, const struct sf_xml_limits *limits, struct sf_xml_bytes *xml, struct sf_error *error);

/*
 * The one element in the Body of a SOAP 1.1 envelope (saml-bindings-2.0-os §3.2.2). A Fault is a refusal that says why; so is a
 * header that must be understood, since none is.
 */
bool sf_soap_open(struct sf_xml_doc *doc, struct sf_arena *arena, struct sf_xml_node **message, struct sf_error *error);
bool sf_soap_wrap(struct sf_span message, struct sf_arena *arena, struct sf_span *envelope);

/*
 * Who a message says that it is from, as it came by a binding. Nothing is verified: good for choosing the provider to judge it by, and for
 * nothing else. *issuer is in the arena, which must be of SF_ARENA_FOR(limits).
 */
bool sf_message_claimed_issuer(enum sf_binding binding, struct sf_span message, const struct sf_xml_limits *limits, struct sf_arena *arena,
		struct sf_span *issuer, struct sf_error *error);

/* The Signature of a message or an Assertion, where it must stand: right behind the Issuer (saml-schema-protocol-2.0). NULL if it isn't there. */
struct sf_xml_node *sf_message_signature(const struct sf_xml_node *message);

struct sf_dsig_policy sf_message_policy(const struct sf_idp *idp, struct sf_key_cache *cache, const struct sf_xml_limits *limits);
struct sf_xmlenc sf_message_decryption(const struct sf_idp *idp, const struct sf_sp *sp, const struct sf_xml_limits *limits, bool covered, unsigned budget);

/* What a person should look at although the message is good. */
enum sf_message_warning {
	SF_WARN_CERTIFICATE_EXPIRED = 1,
	SF_WARN_SHORT_KEY = 2,
	SF_WARN_SHA1 = 4,
};
unsigned sf_message_warnings(const struct sf_idp *idp, size_t key, bool sha1, int64_t now);

#define SF_REPLAY_ID 64

/* What is claimed of a message that may be used once: hexadecimal SHA-256 of issuer, a zero byte and its ID. */
bool sf_replay_id(struct sf_span issuer, struct sf_span id, struct sf_arena *arena, char out[SF_REPLAY_ID + 1], struct sf_error *error);

#endif
