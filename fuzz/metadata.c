/* A provider's metadata, from anywhere; and the keys in it. */
#include "forge.h"

#include "base/text.h"
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct sf_span wanted[] = { { NULL, 0 }, { FORGE_IDP, sizeof(FORGE_IDP) - 1 } };

	for (int i = 0; i < 2; i++) {
		struct sf_idp_metadata m;
		struct sf_error error = { 0 };
		struct sf_xml_doc *doc = NULL;
		struct sf_arena arena;

		sf_arena_init(&arena, SF_ARENA_FOR(&forge_limits));
		if (sf_metadata_read((struct sf_span){ (const char *)data, size }, &forge_limits, wanted[i], FORGE_NOW, &arena, &m, &doc, &error)) {
			MUST(doc && m.entity_id.n && m.entity_id.n <= SF_ENTITY_ID_MAX && m.certificate_count > 0 && m.certificate_count <= SF_IDP_KEYS_MAX);
			MUST(!wanted[i].p || sf_span_eq(m.entity_id, wanted[i]));
			check_endpoints(&m.endpoints);
			MUST(m.name_id_format_count <= SF_NAME_ID_FORMATS_MAX && m.name_count <= SF_DISPLAY_NAMES_MAX);
			for (size_t k = 0; k < m.certificate_count; k++) {
				struct sf_public_key key;
				struct sf_span der;

				if (sf_pem_or_base64(&arena, m.certificates[k], "CERTIFICATE", &der) && sf_public_key_from_certificate(der, &key)) {
					MUST(key.bits >= 256 && key.bits <= 8192 && key.spki.p >= der.p && key.spki.p + key.spki.n <= der.p + der.n);
				}
			}
			sf_xml_free(doc);
		} else {
			MUST(error.code != 0 && !doc);
		}
		sf_arena_free(&arena);
	}
	return 0;
}
