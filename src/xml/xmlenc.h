/*
 * XML encryption as SAML uses it (saml-core-2.0-os §6, xmlenc-core1): EncryptedAssertion, EncryptedID and EncryptedAttribute, each
 * with one EncryptedData, whose content key is wrapped for one of our RSA keys.
 *
 * Whatever goes wrong has one reason, SF_DECRYPTION_FAILED, without a detail, from the first look at the algorithms to the last
 * at the element inside: who sends ciphertexts and counts what becomes of them must learn nothing. What a sender can see for
 * himself may end early; what depends on a key takes the same way to its end: a content key that can't be unwrapped is replaced by
 * another (sf_key_unwrap), and CBC whose padding is wrong is scanned and parsed as if it weren't.
 *
 * One leak is CBC's own and stays: where nothing authenticates the ciphertext (CBC in an unsigned Response, the default of ADFS and
 * Entra), an attacker who holds somebody's message can change what the signature inside doesn't cover (its KeyInfo) and see by the
 * answer whether it is still XML; or change anything, and see it by the time that verifying a signature takes. Those
 * providers can be asked for GCM, or for a signature around it: require_authenticated.
 */
#ifndef SF_XML_XMLENC_H
#define SF_XML_XMLENC_H

#include "crypto/keyring.h"
#include "xml/xml.h"

/* RSA operations for what nobody has vouched for yet, and for what stands inside signed bytes. */
#define SF_XMLENC_BUDGET_OUTER 8
#define SF_XMLENC_BUDGET_INNER 64

/*
 * Whether xs and xsi are in scope, as XML Schema has them. The canonical form of a signature around the ciphertext drops them, for nothing
 * that can be read uses them; what is inside may need them, and may have been signed with them, or without. So it is the document as it
 * was sent that says so. That part of it is not signed: it can be wrong, but it can't make the two prefixes mean anything else.
 */
struct sf_xmlenc_scope {
	bool xs, xsi;
};

struct sf_xmlenc_scope sf_xmlenc_scope_of(const struct sf_xml_node *holder);

/* How to decrypt. */
struct sf_xmlenc {
	const struct sf_key *const *keys; /* RSA keys, tried in this order */
	size_t key_count;
	struct sf_span recipient; /* EncryptedKeys for this one are tried first */
	const struct sf_xml_limits *limits;
	bool allow_rsa15;
	bool require_authenticated; /* refuse CBC where covered is false */
	bool covered;               /* a verified signature covers the ciphertext */
	unsigned budget;            /* RSA operations that may still be made */
	struct sf_xmlenc_scope outside; /* what is in scope though the holder's document doesn't say so */
};

struct sf_xmlenc_opened {
	struct sf_xml_doc *doc;      /* free with sf_xml_free; its root is not of the message */
	struct sf_xml_node *element; /* the one element that was encrypted */
	bool authenticated;          /* by the cipher's tag, or the signature around it */
};

/*
 * holder is an EncryptedElementType (saml-core-2.0-os §2.2.4); name says which element of the SAML namespace must be in it. It is parsed
 * with the namespaces that are in scope in the holder, and those of `outside`, under the limits of a message of its own.
 */
bool sf_xmlenc_open(const struct sf_xml_node *holder, const char *name, struct sf_xmlenc *how, struct sf_arena *arena, struct sf_xmlenc_opened *opened,
		struct sf_error *error);

#endif
