/*
 * XML signatures, in the one form in which SAML uses them: enveloped, on the element that holds them (saml-core-2.0-os §5.4).
 *
 * The order is the point (xmldsig-core §3.2 leaves it open): SignedInfo is canonicalised and its signature verified first;
 * those bytes are parsed again, and only from them come the Reference and its digest; the element is canonicalised, its
 * digest compared, and the bytes that were hashed are what the caller gets. Nothing that was not hashed is handed on.
 * KeyInfo is never read.
 */
#ifndef SF_XML_DSIG_H
#define SF_XML_DSIG_H

#include "crypto/pkey.h"
#include "xml/trace.h"
#include "xml/xml.h"

struct sf_dsig_policy {
	const struct sf_public_key *keys;
	size_t key_count;
	struct sf_key_cache *cache;
	const struct sf_xml_limits *limits;
	bool allow_sha1;
	bool allow_inclusive_c14n;
	bool allow_root_reference; /* Reference URI="" where the signed element is the root */
	struct sf_trace *trace;    /* NULL: nobody looks on */
};

struct sf_dsig_result {
	struct sf_xml_bytes bytes; /* the signed element, canonical, without this signature; free with sf_xml_bytes_free */
	size_t key;                /* which of the keys */
	bool sha1;                 /* in the signature or the digest */
};

/* Whether no two elements have the same ID, and nothing else poses as one. Call before any signature of the document. */
bool sf_dsig_check_ids(struct sf_xml_doc *doc, struct sf_error *error);

/* The same for a document with more IDs than that takes, of which only the root's matters: whether it is no other element's. */
bool sf_dsig_check_root_id(struct sf_xml_doc *doc, struct sf_error *error);

/* signature is a ds:Signature that is a child of parent; where it may stand is the caller's question. */
bool sf_dsig_verify(struct sf_xml_doc *doc, struct sf_xml_node *parent, struct sf_xml_node *signature, const struct sf_dsig_policy *policy,
		struct sf_arena *arena, struct sf_dsig_result *result, struct sf_error *error);

#endif
