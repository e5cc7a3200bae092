/* The metadata of others, read (saml-metadata-2.0-os); publish.h is for ours. */
#ifndef SF_SAML_METADATA_H
#define SF_SAML_METADATA_H

#include "saml/provider.h"
#include "xml/dsig.h"

#define SF_METADATA_SCOPE_MAX 128 /* namespace declarations in scope: libxml2 searches them for each name, of which an aggregate has millions */
#define SF_NAME_ID_FORMATS_MAX 16
#define SF_NAME_ID_FORMAT_MAX 256
#define SF_DISPLAY_NAMES_MAX 64
#define SF_DISPLAY_NAME_MAX 256 /* bytes; a longer name is left out */

struct sf_localized {
	struct sf_span lang; /* xml:lang */
	struct sf_span text;
};

/* How long what a document says holds: the narrowest of the role, its entity, and the groups around it (saml-metadata-2.0-os §2.3.1, §2.3.2). */
struct sf_validity {
	bool has_until, has_duration;
	int64_t until;    /* validUntil */
	int64_t duration; /* cacheDuration, in seconds */
};

/* Points into the document, or the arena. */
struct sf_idp_metadata {
	struct sf_span entity_id;
	struct sf_xml_node *entity; /* its EntityDescriptor */
	struct sf_validity validity;
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
 * The metadata of others. With keys, the root must be signed by one of them (xmldsig as for messages, without its laxer switches): *doc is
 * then what was hashed, parsed anew, and nothing else of the document is seen. Without keys no signature is looked at. Signatures
 * further in are never looked at: who signs the root vouches for all of it.
 *
 * A root whose validUntil has passed is refused. validity is the root's own; doc is freed with sf_xml_free.
 */
struct sf_metadata_source {
	const struct sf_xml_limits *limits;
	const struct sf_public_key *keys;
	size_t key_count;
	struct sf_key_cache *cache;
	int64_t now; /* SF_ANY_TIME: nothing expires */
};

#define SF_ANY_TIME INT64_MIN

bool sf_metadata_open(struct sf_span xml, const struct sf_metadata_source *source, struct sf_arena *arena, struct sf_xml_doc **doc, struct sf_validity *validity,
		struct sf_error *error);

/*
 * Finds the identity provider in an EntityDescriptor or EntitiesDescriptor; entity_id says which (.p == NULL: there must be exactly one).
 * What has expired doesn't count; certificates for encryption alone are left out.
 */
bool sf_metadata_find(struct sf_xml_doc *doc, struct sf_span entity_id, int64_t now, struct sf_arena *arena, struct sf_idp_metadata *out, struct sf_error *error);

/* The two in one. *doc must be freed after *out has been read. */
bool sf_metadata_read(struct sf_span xml, const struct sf_xml_limits *limits, struct sf_span entity_id, int64_t now, struct sf_arena *arena,
		struct sf_idp_metadata *out, struct sf_xml_doc **doc, struct sf_error *error);

/*
 * A document of the one entity that was found, as it stood, in a group that holds until the entity did where it stood: what to keep of an
 * aggregate. A signature is not in it that anybody could verify: it comes from a document that was.
 */
bool sf_metadata_extract(const struct sf_idp_metadata *found, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error);

struct sf_metadata_entity {
	struct sf_span entity_id;
	bool identity_provider, service_provider; /* in a role that speaks SAML 2.0 and hasn't expired */
	struct sf_validity validity;
	struct sf_localized names[SF_DISPLAY_NAMES_MAX];
	size_t name_count;
};

/* Calls back for each entity that hasn't expired, in the document's order; entity is good during the call. */
typedef bool (*sf_metadata_entity_fn)(void *arg, const struct sf_metadata_entity *entity);
bool sf_metadata_entities(struct sf_xml_doc *doc, int64_t now, struct sf_arena *arena, sf_metadata_entity_fn fn, void *arg, struct sf_error *error);

/* Whether the document is the EntityDescriptor of this entity, and nothing more. */
bool sf_metadata_is_entity(struct sf_xml_doc *doc, struct sf_span entity_id, struct sf_error *error);

#endif
