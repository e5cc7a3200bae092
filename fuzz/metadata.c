/* A provider's metadata, from anywhere; and the keys in it. */
#include "forge.h"

#include "base/text.h"
#include "saml/change.h"
#include "saml/metadata.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(false);
	return 0;
}

static void check_endpoints(const struct sf_endpoints *e)
{
	MUST(!e->login[SF_BY_SOAP].p && e->artifact_count <= SF_ARTIFACT_SERVICES_MAX);
	for (int by = 0; by < SF_BINDINGS; by++) {
		MUST(!e->login[by].p || sf_url_valid(e->login[by], SF_URL_MAX));
		MUST(!e->logout[by].p || sf_url_valid(e->logout[by], SF_URL_MAX));
		MUST(!e->logout[by].p == !e->logout_response[by].p && (!e->logout[by].p || sf_url_valid(e->logout_response[by], SF_URL_MAX)));
	}
	for (size_t i = 0; i < e->artifact_count; i++) {
		MUST(e->artifact[i].index <= 65535 && sf_url_valid(e->artifact[i].url, SF_URL_MAX));
	}
}

static bool count_entity(void *arg, const struct sf_metadata_entity *entity)
{
	MUST(entity->entity_id.n && entity->entity_id.n <= SF_ENTITY_ID_MAX && entity->name_count <= SF_DISPLAY_NAMES_MAX);
	*(size_t *)arg += entity->identity_provider;
	return true;
}

/* The keys are those that can be read, in the arena. */
static void make_idp(const struct sf_idp_metadata *m, struct sf_arena *arena, struct sf_idp *idp)
{
	*idp = (struct sf_idp){ .entity_id = m->entity_id, .endpoints = m->endpoints };
	for (size_t k = 0; k < m->certificate_count; k++) {
		struct sf_public_key *key = &idp->keys[idp->key_count];
		struct sf_span der;

		if (sf_pem_or_base64(arena, m->certificates[k], "CERTIFICATE", &der) && sf_public_key_from_certificate(der, key)) {
			MUST(key->bits >= 256 && key->bits <= 8192 && key->spki.p >= der.p && key->spki.p + key->spki.n <= der.p + der.n);
			idp->key_count++;
		}
	}
}

/* What is kept of a document says what the document said, and goes on saying it. */
static void check_extract(const struct sf_idp_metadata *m, struct sf_arena *arena)
{
	char before[SF_FINGERPRINT + 1], after[SF_FINGERPRINT + 1];
	struct sf_xml_limits limits = forge_limits;
	struct sf_idp idp, again;
	struct sf_idp_change change;
	struct sf_idp_metadata kept;
	struct sf_error error;
	struct sf_xml_doc *own;
	struct sf_span xml;

	make_idp(m, arena, &idp);
	if (!sf_metadata_extract(m, arena, &xml, &error)) {
		return; /* a namespace prefix that exclusive C14N doesn't find */
	}
	limits.bytes *= 4;
	limits.depth++;
	limits.nodes += 3;
	limits.namespaces = limits.nodes;
	MUST(sf_metadata_read(xml, &limits, m->entity_id, FORGE_NOW, arena, &kept, &own, &error));
	MUST(kept.validity.has_until == m->validity.has_until && (!kept.validity.has_until || kept.validity.until == m->validity.until));
	MUST(kept.validity.has_duration == m->validity.has_duration && kept.validity.duration == m->validity.duration);
	make_idp(&kept, arena, &again);
	sf_idp_compare(&idp, &again, &change);
	MUST(!change.any && !change.new_host && change.endpoint_count == 0);
	MUST(sf_idp_fingerprint(&idp, arena, before) && sf_idp_fingerprint(&again, arena, after) && memcmp(before, after, SF_FINGERPRINT) == 0);
	sf_xml_free(own);
}

static void check_document(struct sf_span xml, struct sf_arena *arena)
{
	const struct sf_metadata_source unsigned_source = { .limits = &forge_limits, .now = FORGE_NOW };
	const struct sf_metadata_source source = { .limits = &forge_limits, .keys = forge_idp.keys, .key_count = forge_idp.key_count, .cache = forge_cache, .now = FORGE_NOW };
	struct sf_validity validity;
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;
	size_t providers = 0;

	if (sf_metadata_open(xml, &unsigned_source, arena, &doc, &validity, &error)) {
		MUST(sf_metadata_entities(doc, FORGE_NOW, arena, count_entity, &providers, &error) || error.code != 0);
		sf_xml_free(doc);
	}
	/* the key is known to nobody: nothing that a mutant can be is signed by it, but a seed */
	if (sf_metadata_open(xml, &source, arena, &doc, &validity, &error)) {
		sf_xml_free(doc);
	} else {
		MUST(error.code != 0 && !doc);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct sf_span wanted[] = { { NULL, 0 }, { FORGE_IDP, sizeof(FORGE_IDP) - 1 } };

	for (int i = 0; i < 2; i++) {
		struct sf_idp_metadata m;
		struct sf_error error = { 0 };
		struct sf_xml_doc *doc = NULL;
		struct sf_arena arena;

		sf_arena_init(&arena, 8 * SF_ARENA_FOR(&forge_limits));
		if (i == 0) {
			check_document((struct sf_span){ (const char *)data, size }, &arena);
		}
		if (sf_metadata_read((struct sf_span){ (const char *)data, size }, &forge_limits, wanted[i], FORGE_NOW, &arena, &m, &doc, &error)) {
			MUST(doc && m.entity_id.n && m.entity_id.n <= SF_ENTITY_ID_MAX && m.certificate_count > 0 && m.certificate_count <= SF_IDP_KEYS_MAX);
			MUST(!wanted[i].p || sf_span_eq(m.entity_id, wanted[i]));
			check_endpoints(&m.endpoints);
			MUST(m.name_id_format_count <= SF_NAME_ID_FORMATS_MAX && m.name_count <= SF_DISPLAY_NAMES_MAX);
			check_extract(&m, &arena);
			sf_xml_free(doc);
		} else {
			MUST(error.code != 0 && !doc);
		}
		sf_arena_free(&arena);
	}
	return 0;
}
