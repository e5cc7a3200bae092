/*
 * The decryption path. Either the mutant is the whole EncryptedAssertion, as somebody without any key can make it; or it is the
 * plaintext, which is encrypted after it was mutated, in each way there is, and perhaps changed by a bit on its way.
 */
#include "forge.h"

#include "base/buf.h"
#include "xml/xmlenc.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(true);
	return 0;
}

/* What whoever sent it may learn: that it was opened, or that it was not. */
static bool open_holder(struct sf_span xml, bool demand_tag, struct sf_arena *arena, struct sf_xmlenc_opened *opened)
{
	struct sf_xmlenc how = {
		.keys = forge_sp.decryption_keys, .key_count = 1, .recipient = forge_sp.entity_id, .limits = &forge_limits,
		.allow_rsa15 = true, .require_authenticated = demand_tag, .budget = SF_XMLENC_BUDGET_OUTER, .outside = { true, true },
	};
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;
	bool ok;

	if (!sf_xml_parse(xml, &forge_limits, &doc, NULL)) {
		return false;
	}
	ok = sf_xmlenc_open(sf_xml_root(doc), "Assertion", &how, arena, opened, &error);
	if (ok) {
		MUST(opened->doc && sf_xml_is(opened->element, SF_NS_SAML, "Assertion") && !sf_xml_next(opened->element));
		MUST(!demand_tag || opened->authenticated);
	} else {
		MUST(!opened->doc && error.code == SF_DECRYPTION_FAILED && !error.has_found && !error.has_expected);
	}
	MUST(how.budget < SF_XMLENC_BUDGET_OUTER || !ok);
	sf_xml_free(doc); /* what was opened must not need it any more */
	return ok;
}

/* What is opened is what was sealed: the same canonical form as where it stands in the open. */
static void check_plain(struct sf_span plain, const struct sf_xmlenc_opened *opened, struct sf_arena *arena)
{
	const struct sf_c14n_how how = { .method = SF_C14N_EXCLUSIVE };
	struct sf_xml_bytes got, wanted;
	struct sf_span whole, body;
	struct sf_xml_doc *doc;
	struct sf_buf b;

	MUST(sf_xml_scan(plain, &forge_limits, &body, NULL));
	sf_buf_init(&b, arena, 8 << 20);
	sf_buf_str(&b, "<w xmlns:saml=\"" SF_NS_SAML "\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
	sf_buf_span(&b, plain);
	sf_buf_str(&b, "</w>");
	MUST(sf_buf_done(&b, &whole));
	if (!sf_xml_parse(whole, &forge_limits, &doc, NULL)) {
		return; /* at the edge of a limit, which one element more passes */
	}
	MUST(sf_xml_canonicalize(opened->element, NULL, &how, &got, NULL));
	MUST(sf_xml_canonicalize(sf_xml_first(sf_xml_root(doc)), NULL, &how, &wanted, NULL));
	MUST(sf_span_eq(got.span, wanted.span));
	sf_xml_bytes_free(&got);
	sf_xml_bytes_free(&wanted);
	sf_xml_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct forge_envelope envelope;
	struct sf_xmlenc_opened opened = { .doc = NULL };
	struct sf_arena arena;
	struct sf_span text, xml;
	bool demand_tag;

	if (size < 3) {
		return -1;
	}
	envelope = (struct forge_envelope){ .cipher = (data[0] & 7) % FORGE_CIPHERS, .transport = (data[0] >> 3 & 3) % FORGE_TRANSPORTS };
	envelope.flip = data[0] & 32 ? 1 + data[1] : 0;
	demand_tag = data[0] & 64;
	text = (struct sf_span){ (const char *)data + 2, size - 2 };
	sf_arena_init(&arena, SF_ARENA_FOR(&forge_limits) + 32 * size);
	if (data[0] & 128) {
		(void)open_holder(text, demand_tag, &arena, &opened);
	} else {
		MUST(forge_seal(text, &envelope, &arena, &xml));
		if (open_holder(xml, demand_tag, &arena, &opened)) {
			MUST(!envelope.flip || !forge_is_authenticated(&envelope));
			MUST(!demand_tag || forge_is_authenticated(&envelope));
			if (!envelope.flip) {
				check_plain(text, &opened, &arena);
			}
		}
	}
	sf_xml_free(opened.doc);
	sf_arena_free(&arena);
	return 0;
}
