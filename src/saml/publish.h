/* Our metadata, written (saml-metadata-2.0-os §2.4.4, sstc-saml-metadata-ui-v1.0). */
#ifndef SF_SAML_PUBLISH_H
#define SF_SAML_PUBLISH_H

#include "saml/metadata.h"

#define SF_PUBLISHED_MAX 64 /* entries of each list */

struct sf_localized_list {
	struct sf_localized items[SF_PUBLISHED_MAX];
	size_t count;
};

struct sf_requested_attribute {
	struct sf_span name, name_format, friendly_name; /* .p == NULL but for name: left out */
	bool required;
};

struct sf_contact {
	struct sf_span type; /* of the schema: technical, support, administrative, billing, other */
	struct sf_span company, given_name, sur_name, email, phone;
};

struct sf_logo {
	struct sf_span url, lang; /* lang.p == NULL: of every language */
	int64_t width, height;
};

/* What is said beside what a struct sf_sp knows. All texts are sf_xml_text_valid(), URLs sf_url_valid(). */
struct sf_publication {
	struct sf_span certificate; /* DER of the key that signs; empty: requests are said not to be signed */
	const struct sf_key *key;   /* signs the document; NULL: it isn't */
	bool artifact;              /* answers may come as an artifact too */
	bool want_assertions_signed;
	bool logout[SF_BINDINGS];   /* by which logout messages may come, where there is an address for them */
	struct sf_span name_id_formats[SF_NAME_ID_FORMATS_MAX];
	size_t name_id_format_count;
	struct sf_requested_attribute attributes[SF_PUBLISHED_MAX];
	size_t attribute_count;
	struct sf_contact contacts[SF_PUBLISHED_MAX];
	size_t contact_count;
	struct sf_localized_list organization_name, organization_display_name, organization_url;
	struct sf_localized_list display_name, description, information_url, privacy_url;
	struct sf_logo logos[SF_PUBLISHED_MAX];
	size_t logo_count;
	int64_t valid_until;    /* 0: none */
	int64_t cache_duration; /* seconds; 0: none */
};

#define SF_METADATA_MAX ((size_t)768 * 1024)
#define SF_PUBLISH_ARENA ((size_t)16 * 1024 * 1024)

/*
 * The certificates of the decryption keys are in it, the first one first; a key without one can't be (its provider would need it by other
 * ways). The arena is of SF_PUBLISH_ARENA.
 */
bool sf_metadata_write(const struct sf_sp *sp, const struct sf_publication *publication, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error);

#endif
