/*
 * libxml2's own canonicalisation over its own tree, to compare ours with: of one element in its document, by a callback that says what is
 * visible, which is how it does subsets of a document by the letter (and far too slowly for anything but a test).
 */
#ifndef TESTS_LIBXML_C14N_H
#define TESTS_LIBXML_C14N_H

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "xml/xml.h"

struct libxml_subset {
	const xmlNode *apex, *without;
};

static int libxml_is_visible(void *arg, xmlNode *node, xmlNode *parent)
{
	const struct libxml_subset *s = arg;
	const xmlNode *at = node && node->type == XML_NAMESPACE_DECL ? parent : node;

	for (; at; at = at->parent) {
		if (at == s->without) {
			return 0;
		}
		if (at == s->apex) {
			return 1;
		}
	}
	return 0;
}

#if LIBXML_VERSION >= 21200
static void libxml_ignore(void *arg, const xmlError *error)
#else
static void libxml_ignore(void *arg, xmlErrorPtr error)
#endif
{
	(void)arg;
	(void)error;
}

/* The tree, or NULL. With the options that ours has. */
static xmlDoc *libxml_tree(struct sf_span bytes)
{
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	xmlDoc *doc;

	ctxt->sax->serror = libxml_ignore;
	doc = xmlCtxtReadMemory(ctxt, bytes.p, (int)bytes.n, NULL, NULL, XML_PARSE_NONET);
	xmlFreeParserCtxt(ctxt);
	return doc;
}

static xmlNode *libxml_element_from(xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE) {
		node = node->next;
	}
	return node;
}

/* The next element in the order of the document, or NULL. */
static xmlNode *libxml_next(xmlNode *node)
{
	xmlNode *next = libxml_element_from(node->children);

	while (!next && node && node->type == XML_ELEMENT_NODE) {
		next = libxml_element_from(node->next);
		node = node->parent;
	}
	return next;
}

/* .p == NULL: it failed. Free what .p is with xmlFree. */
static struct sf_span libxml_canonical(xmlDoc *doc, const xmlNode *apex, const xmlNode *without, const struct sf_c14n_how *how)
{
	struct libxml_subset subset = { apex, without };
	xmlOutputBuffer *buffer = xmlAllocOutputBuffer(NULL);
	int mode = how->method == SF_C14N_EXCLUSIVE ? XML_C14N_EXCLUSIVE_1_0 : how->method == SF_C14N_INCLUSIVE ? XML_C14N_1_0 : XML_C14N_1_1;
	xmlChar **prefixes = how->method == SF_C14N_EXCLUSIVE && how->prefixes[0] ? (xmlChar **)(uintptr_t)how->prefixes : NULL;
	struct sf_span out = SF_SPAN_NONE;

	if (buffer && xmlC14NExecute(doc, libxml_is_visible, &subset, mode, prefixes, 0, buffer) >= 0) {
		out.n = xmlOutputBufferGetSize(buffer);
		out.p = (char *)xmlStrndup(xmlOutputBufferGetContent(buffer), (int)out.n);
	}
	xmlOutputBufferClose(buffer);
	return out;
}

/* Whether an ancestor has an xml:base, which in C14N 1.1 is no business of ours. */
static bool libxml_inherits_base(const xmlNode *apex)
{
	for (const xmlNode *at = apex->parent; at && at->type == XML_ELEMENT_NODE; at = at->parent) {
		if (xmlHasNsProp((xmlNode *)(uintptr_t)at, BAD_CAST "base", XML_XML_NAMESPACE)) {
			return true;
		}
	}
	return false;
}

#endif
