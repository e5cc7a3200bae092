/*
 * The tree and its canonical form against libxml2's own: whatever both parse, every element of it has the same bytes in all three
 * methods, with every PrefixList that its first bytes stand for, and without each of its children.
 */
#include "forge.h"

#include <stdio.h>

#include "../tests/support/libxml_c14n.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sf_xml_limits wide = { .bytes = 65536, .depth = 100, .nodes = 5000, .attributes = 100, .namespaces = 1000 };

/* Comparing all of a document with all of it takes the square of the time. */
#define ELEMENTS_MAX 60
#define CHILDREN_MAX 4

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(false);
	return 0;
}

/* libxml2's canonical form writes the ampersand of a namespace's name as its tree has it: that one is not to be compared with. */
static bool has_ampersand(const xmlNode *node)
{
	for (; node; node = node->next) {
		for (const xmlNs *ns = node->type == XML_ELEMENT_NODE ? node->nsDef : NULL; ns; ns = ns->next) {
			if (ns->href && strchr((const char *)ns->href, '&')) {
				return true;
			}
		}
		if (node->type == XML_ELEMENT_NODE && has_ampersand(node->children)) {
			return true;
		}
	}
	return false;
}

static void compare(const struct sf_xml_node *node, const struct sf_xml_node *without, xmlDoc *doc, const xmlNode *theirs, const xmlNode *theirs_without,
		const struct sf_c14n_how *how)
{
	struct sf_error error = { 0 };
	struct sf_xml_bytes ours;
	struct sf_span expected;

	if (!sf_xml_canonicalize(node, without, how, &ours, &error)) {
		MUST(how->method == SF_C14N_INCLUSIVE_11 && libxml_inherits_base(theirs));
		return;
	}
	expected = libxml_canonical(doc, theirs, theirs_without, how);
	if (!sf_span_eq(ours.span, expected)) {
		fprintf(stderr, "method %d\nours:   %.*s\nlibxml: %.*s\n", (int)how->method, (int)ours.span.n, ours.span.p, (int)expected.n, expected.p);
	}
	MUST(expected.p && sf_span_eq(ours.span, expected));
	xmlFree((char *)(uintptr_t)expected.p);
	sf_xml_bytes_free(&ours);
}

/* The same name, attributes and text. */
static void compare_reading(const struct sf_xml_node *node, xmlNode *theirs, struct sf_arena *arena)
{
	xmlChar *content = xmlNodeGetContent(theirs);
	struct sf_span text, value;

	MUST(sf_xml_is(node, theirs->ns ? (const char *)theirs->ns->href : "", (const char *)theirs->name) || (!theirs->ns && sf_span_is(sf_xml_name(node), (const char *)theirs->name)));
	MUST(sf_xml_text(node, SF_TEXT_DEEP, arena, &text) && sf_span_is(text, (const char *)content));
	xmlFree(content);
	for (const xmlAttr *a = theirs->properties; a; a = a->next) {
		if (!a->ns) {
			content = xmlNodeListGetString(theirs->doc, a->children, 1);
			MUST(sf_xml_attribute(node, (const char *)a->name, &value) && sf_span_is(value, content ? (const char *)content : ""));
			xmlFree(content);
		}
	}
}

static void compare_element(const struct sf_xml_node *node, xmlDoc *doc, xmlNode *theirs, const char *const *prefixes)
{
	const struct sf_xml_node *child = sf_xml_first(node);
	xmlNode *their_child = libxml_element_from(theirs->children);

	for (enum sf_c14n method = SF_C14N_EXCLUSIVE; method <= SF_C14N_INCLUSIVE_11; method++) {
		struct sf_c14n_how how = { .method = method };

		compare(node, NULL, doc, theirs, NULL, &how);
		memcpy(how.prefixes, prefixes, method == SF_C14N_EXCLUSIVE ? sizeof(how.prefixes) : 0);
		compare(node, child, doc, theirs, their_child, &how);
	}
	for (int i = 0; child && i < CHILDREN_MAX; i++) {
		const struct sf_c14n_how how = { .method = SF_C14N_EXCLUSIVE };

		MUST(their_child);
		compare(node, child, doc, theirs, their_child, &how);
		child = sf_xml_next(child);
		their_child = libxml_element_from(their_child->next);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const all[] = { "#default", "a", "b", "ds", "saml", "samlp", "xs", "xml" };
	const char *prefixes[SF_C14N_PREFIXES_MAX + 1] = { NULL };
	const struct sf_xml_node *node;
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;
	struct sf_arena arena;
	struct sf_span in;
	xmlNode *theirs;
	xmlDoc *tree;
	size_t n = 0;

	if (size < 1) {
		return -1;
	}
	for (unsigned i = 0; i < 8; i++) {
		if (data[0] & 1u << i) {
			prefixes[n++] = all[i];
		}
	}
	in = (struct sf_span){ (const char *)data + 1, size - 1 };
	if (!sf_xml_parse(in, &wide, &doc, &error)) {
		MUST(error.code != 0);
		return 0;
	}
	tree = libxml_tree(in);
	MUST(tree);
	sf_arena_init(&arena, (size_t)64 << 20);
	theirs = xmlDocGetRootElement(tree);
	node = has_ampersand(theirs) ? NULL : sf_xml_root(doc);
	for (n = 0; node && n < ELEMENTS_MAX; n++) {
		MUST(theirs);
		compare_reading(node, theirs, &arena);
		compare_element(node, tree, theirs, prefixes);
		node = sf_xml_walk(node, sf_xml_root(doc));
		theirs = libxml_next(theirs);
	}
	MUST(n < 1 || node || !theirs);
	xmlFreeDoc(tree);
	sf_arena_free(&arena);
	sf_xml_free(doc);
	return 0;
}
