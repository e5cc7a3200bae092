/* Enveloped XML signatures on documents that we wrote (saml-core-2.0-os §5.4); dsig.h is for those of others. */
#ifndef SF_XML_SIGN_H
#define SF_XML_SIGN_H

#include "crypto/keyring.h"
#include "xml/xml.h"

#define SF_SIGN_MAX ((size_t)1024 * 1024)

/*
 * Signs the root of a document, which has an ID: exclusive C14N, a SHA-256 digest, and the key's own signature algorithm
 * (sf_key_sig_alg). The Signature stands right behind a saml:Issuer that is the first child (saml-schema-protocol-2.0), otherwise as
 * the first child (saml-schema-metadata-2.0). Where the key has a certificate, KeyInfo holds it: a hint, which proves nothing.
 *
 * *out is in canonical form, so that what is sent is the very bytes that were hashed: without an XML declaration or comments. The arena
 * must hold some four times the document.
 */
bool sf_xml_sign(struct sf_span xml, const struct sf_key *key, struct sf_arena *arena, struct sf_span *out, struct sf_error *error);

#endif
