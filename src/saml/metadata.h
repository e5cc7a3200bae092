/* Metadata: theirs, read; ours, written (saml-metadata-2.0-os). */
#ifndef SF_SAML_METADATA_H
#define SF_SAML_METADATA_H

#include "saml/provider.h"

#define SF_NAME_ID_FORMATS_MAX 16
#define SF_NAME_ID_FORMAT_MAX 256
#define SF_DISPLAY_NAMES_MAX 64
#define SF_DISPLAY_NAME_MAX 256 /* bytes; a longer name is left out */

struct sf_localized {
	struct sf_span lang; /* xml:lang */
	struct sf_span text;
};

/* Points into the document, or the arena. */
struct sf_idp_metadata {
	struct sf_span entity_id;
	struct sf_endpoints endpoints; /* the first one of each binding */
	bool wants_signed_requests;
	struct sf_span certificates[SF_IDP_KEYS_MAX]; /* base64 as it stands */
	size_t certificate_count;
	struct sf_span name_id_formats[SF_NAME_ID_FORMATS_MAX];
	size_t name_id_format_count;
	struct sf_localized names[SF_DISPLAY_NAMES_MAX]; /* one a language: mdui:DisplayName, where there is none OrganizationDisplayName */
	size_t name_count;
};

/*
 * Finds the identity provider in an EntityDescriptor, or in an EntitiesDescriptor where entity_id says which (.p == NULL: the
 * document must have exactly one identity provider). Certificates for encryption alone are left out. The document's
 * signature is not looked at. *doc must be freed after *out has been read.
 */
bool sf_metadata_read(struct sf_span xml, const struct sf_xml_limits *limits, struct sf_span entity_id, int64_t now, struct sf_arena *arena,
		struct sf_idp_metadata *out, struct sf_xml_doc **doc, struct sf_error *error);

#define SF_METADATA_MAX ((size_t)1024 * 1024)

/*
 * Ours. certificate is DER, or empty; with one, requests are said to be signed. The certificates of the decryption keys (of two generations, the newer) are in it, the
 * first one first; a key without one can't be (its provider would need it by other ways). The arena must hold 4 * SF_METADATA_MAX.
 */
bool sf_metadata_write(const struct sf_sp *sp, struct sf_span certificate, struct sf_arena *arena, struct sf_span *xml);

#endif
