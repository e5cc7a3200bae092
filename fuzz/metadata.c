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
			MUST(!m.login_url.p || sf_url_valid(m.login_url, SF_URL_MAX));
			MUST(!m.logout_url.p || sf_url_valid(m.logout_url, SF_URL_MAX));
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
