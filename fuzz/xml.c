/*
 * The scan and the parser: what libxml2 takes the scan takes too; what stands in an element can be read; and the canonical form of a
 * canonical form is itself.
 */
#include "xml/xml.h"

#include <libxml/parser.h>

#include "base/text.h"
#include "forge.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sf_xml_limits wide = { .bytes = (size_t)64 << 20, .depth = 200, .nodes = 1 << 20, .attributes = 1 << 20, .namespaces = 1 << 20 };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(false);
	return 0;
}

static void note(void *arg, xmlErrorPtr error)
{
	(void)error;
	((xmlParserCtxt *)arg)->_private = arg;
}

/* Well-formed for libxml2, in UTF-8, with nothing in it that the scan is there to refuse. */
static bool harmless(const char *p, size_t n)
{
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	xmlDoc *doc;
	bool ok;

	ctxt->sax->serror = note;
	doc = xmlCtxtReadMemory(ctxt, p, (int)n, NULL, "UTF-8", XML_PARSE_NONET);
	ok = doc && ctxt->wellFormed && ctxt->nsWellFormed && !ctxt->_private && !doc->intSubset && sf_utf8_valid((struct sf_span){ p, n });
	/* no declaration, which may say more there than here, and nothing that looks like an instruction */
	ok = ok && !memmem(p, n, "<?", 2) && !memchr(p, 0, n);
	xmlFreeDoc(doc);
	xmlFreeParserCtxt(ctxt);
	return ok;
}

static void canonical_is_stable(struct sf_xml_doc *doc, enum sf_c14n method)
{
	const struct sf_c14n_how how = { .method = method };
	struct sf_xml_bytes first, second;
	struct sf_xml_doc *again;
	struct sf_error error = { 0 };

	if (!sf_xml_canonicalize(sf_xml_root(doc), NULL, &how, &first, &error)) {
		MUST(error.code == SF_CANONICALIZATION_FAILED);
		return;
	}
	MUST(sf_xml_parse(first.span, &wide, &again, &error));
	MUST(sf_xml_canonicalize(sf_xml_root(again), NULL, &how, &second, &error));
	MUST(sf_span_eq(first.span, second.span));
	sf_xml_bytes_free(&first);
	sf_xml_bytes_free(&second);
	sf_xml_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span in = { (const char *)data, size };
	struct sf_xml_doc *doc;
	struct sf_error error = { 0 };
	struct sf_span body, text;
	struct sf_arena arena;

	if (harmless(in.p, in.n)) {
		MUST(sf_xml_scan(in, &wide, &body, &error));
	}
	if (!sf_xml_parse(in, &forge_limits, &doc, &error)) {
		MUST(error.code != 0);
		return 0;
	}
	sf_arena_init(&arena, 4 * size + 65536);
	for (struct sf_xml_node *node = sf_xml_root(doc); node; node = sf_xml_walk(node, sf_xml_root(doc))) {
		for (enum sf_xml_text_kind kind = SF_TEXT_PLAIN; kind <= SF_TEXT_WHOLE; kind++) {
			MUST(!sf_xml_text(node, kind, &arena, &text) || sf_utf8_valid(text));
		}
		(void)sf_xml_no_stray_text(node);
	}
	MUST(sf_xml_text(sf_xml_root(doc), SF_TEXT_DEEP, &arena, &text) && text.n <= size);
	canonical_is_stable(doc, SF_C14N_EXCLUSIVE);
	canonical_is_stable(doc, SF_C14N_INCLUSIVE);
	canonical_is_stable(doc, SF_C14N_INCLUSIVE_11);
	for (struct sf_xml_node *child = sf_xml_first(sf_xml_root(doc)); child; child = sf_xml_next(child)) {
		const struct sf_c14n_how how = { .method = SF_C14N_EXCLUSIVE, .prefixes = { "#default", "a", "ds" } };
		struct sf_xml_bytes bytes;

		if (sf_xml_canonicalize(sf_xml_root(doc), child, &how, &bytes, &error)) {
			sf_xml_bytes_free(&bytes);
		}
	}
	sf_arena_free(&arena);
	sf_xml_free(doc);
	return 0;
}
