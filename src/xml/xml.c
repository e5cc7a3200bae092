#include "xml/xml.h"

#include <pthread.h>
#include <stdint.h>

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/uri.h>

struct sf_xml_doc {
	xmlDoc doc; /* never made: a name for libxml2's type, so that no caller needs its headers */
};

static xmlDoc *doc_of(struct sf_xml_doc *doc)
{
	return (xmlDoc *)doc;
}

static xmlNode *node_of(const struct sf_xml_node *node)
{
	return (xmlNode *)(uintptr_t)node;
}

static struct sf_xml_node *as_node(const xmlNode *node)
{
	return (struct sf_xml_node *)(uintptr_t)node;
}

static struct sf_span span_of(const xmlChar *s)
{
	return sf_span_of((const char *)s);
}

/* ---- parsing ---- */

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_arg;
#else
typedef xmlErrorPtr error_arg;
#endif

/* On the context's own SAX table, so that nothing reaches PHP's handlers. */
static void note_error(void *data, error_arg error)
{
	xmlParserCtxt *ctxt = data;

	(void)error;
	ctxt->_private = ctxt; /* any mark will do */
}

/*
 * A relative or non-ASCII namespace name makes canonicalisation fail, and what fails there leaves an empty output whose
 * digest anybody can know. So it is refused here, with every other name that libxml2 would not take as an absolute URI. A long
 * one is too: exclusive C14N writes it out anew in each sibling that uses it, however often the document itself has it.
 */
static bool namespace_ok(const xmlChar *href)
{
	static const char *const known[] = {
		SF_NS_SAML, SF_NS_SAMLP, SF_NS_DS, SF_NS_MD, SF_NS_XENC, SF_NS_EXC_C14N,
		"http://www.w3.org/2001/XMLSchema", "http://www.w3.org/2001/XMLSchema-instance",
	};
	xmlURI *uri;
	bool ok;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp((const char *)href, known[i]) == 0) {
			return true;
		}
	}
	for (const xmlChar *p = href; *p; p++) {
		if (*p <= 0x20 || *p >= 0x7F || p - href >= SF_XML_NAMESPACE_MAX) {
			return false;
		}
	}
	uri = xmlParseURI((const char *)href);
	ok = uri && uri->scheme && uri->scheme[0];
	xmlFreeURI(uri);
	return ok;
}

static bool element_ok(const xmlNode *node, struct sf_error *error)
{
	for (const xmlNs *ns = node->nsDef; ns; ns = ns->next) {
		/* xmlns="" takes the default namespace away */
		bool undeclared = !ns->prefix && (!ns->href || !*ns->href);

		if (!undeclared && (!ns->href || !namespace_ok(ns->href))) {
			return sf_fail_found(error, SF_INVALID_NAMESPACE, (const char *)node->name, span_of(ns->href));
		}
	}
	return true;
}

/* What the parser lets through and we don't. */
static bool tree_ok(xmlNode *root, struct sf_error *error)
{
	xmlNode *node = root;

	while (node) {
		switch (node->type) {
		case XML_ELEMENT_NODE:
			if (!element_ok(node, error)) {
				return false;
			}
			break;
		case XML_TEXT_NODE:
		case XML_CDATA_SECTION_NODE:
		case XML_COMMENT_NODE:
			break;
		default: /* an entity reference, a processing instruction: the scan has refused them before */
			return sf_fail(error, SF_UNEXPECTED_ELEMENT, "document");
		}
		if (node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			continue;
		}
		while (node != root && !node->next) {
			node = node->parent;
		}
		if (node == root) {
			break;
		}
		node = node->next;
	}
	return true;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

bool sf_xml_parse(struct sf_span bytes, const struct sf_xml_limits *limits, struct sf_xml_doc **out, struct sf_error *error)
{
	/* None of NOENT, DTDLOAD, DTDATTR, DTDVALID, HUGE, XINCLUDE, RECOVER. */
	const int options = XML_PARSE_NONET | XML_PARSE_COMPACT;
	xmlParserCtxt *ctxt;
	struct sf_span body;
	xmlNode *root;
	xmlDoc *doc;
	bool clean;

	if (!sf_xml_scan(bytes, limits, &body, error)) {
		return false;
	}
	/* two threads that both find libxml2 unused would set it up at the same time; PHP's own extension does so first, where there is one */
	pthread_once(&once, xmlInitParser);
	if (body.n > INT32_MAX || !(ctxt = xmlNewParserCtxt())) {
		return sf_fail(error, SF_INTERNAL, "libxml2");
	}
	ctxt->sax->serror = note_error;
	/* no encoding is named: the scan has seen to it that it is UTF-8, and libxml2 would convert it from that to that, in two more copies */
	doc = xmlCtxtReadMemory(ctxt, body.p, (int)body.n, NULL, NULL, options);
	clean = doc && ctxt->wellFormed && ctxt->nsWellFormed && !ctxt->_private;
	xmlFreeParserCtxt(ctxt);
	if (!clean) {
		sf_fail(error, SF_NOT_WELL_FORMED, "document");
		goto refuse;
	}
	root = xmlDocGetRootElement(doc);
	if (!root || doc->intSubset || doc->extSubset) {
		sf_fail(error, SF_DOCTYPE, "document");
		goto refuse;
	}
	if (!tree_ok(root, error)) {
		goto refuse;
	}
	*out = (struct sf_xml_doc *)doc;
	return true;

refuse:
	if (doc) {
		xmlFreeDoc(doc);
	}
	return false;
}

void sf_xml_free(struct sf_xml_doc *doc)
{
	if (doc) {
		xmlFreeDoc(doc_of(doc));
	}
}

/* ---- reading ---- */

struct sf_xml_node *sf_xml_root(struct sf_xml_doc *doc)
{
	return as_node(xmlDocGetRootElement(doc_of(doc)));
}

static struct sf_xml_node *element_from(const xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE) {
		node = node->next;
	}
	return as_node(node);
}

struct sf_xml_node *sf_xml_first(const struct sf_xml_node *node)
{
	return element_from(node_of(node)->children);
}

struct sf_xml_node *sf_xml_next(const struct sf_xml_node *node)
{
	return element_from(node_of(node)->next);
}

struct sf_xml_node *sf_xml_parent(const struct sf_xml_node *node)
{
	xmlNode *parent = node_of(node)->parent;

	return parent && parent->type == XML_ELEMENT_NODE ? as_node(parent) : NULL;
}

struct sf_xml_node *sf_xml_walk(const struct sf_xml_node *node, const struct sf_xml_node *within)
{
	struct sf_xml_node *next = sf_xml_first(node);

	while (!next && node != within) {
		next = sf_xml_next(node);
		node = sf_xml_parent(node);
	}
	return next;
}

struct sf_span sf_xml_name(const struct sf_xml_node *node)
{
	return span_of(node_of(node)->name);
}

bool sf_xml_in(const struct sf_xml_node *node, const char *ns)
{
	const xmlNs *own = node_of(node)->ns;

	return own && own->href && strcmp((const char *)own->href, ns) == 0;
}

bool sf_xml_is(const struct sf_xml_node *node, const char *ns, const char *name)
{
	return strcmp((const char *)node_of(node)->name, name) == 0 && sf_xml_in(node, ns);
}

/* Without entities, an attribute's value is one text node, or none when it is empty. */
static bool attribute_value(const xmlAttr *attr, struct sf_span *value)
{
	const xmlNode *text = attr->children;

	if (!text) {
		*value = SF_SPAN_LIT("");
		return true;
	}
	if (text->next || text->type != XML_TEXT_NODE || !text->content) {
		return false;
	}
	*value = span_of(text->content);
	return true;
}

bool sf_xml_attribute(const struct sf_xml_node *node, const char *name, struct sf_span *value)
{
	for (const xmlAttr *attr = node_of(node)->properties; attr; attr = attr->next) {
		if (!attr->ns && strcmp((const char *)attr->name, name) == 0) {
			return attribute_value(attr, value);
		}
	}
	return false;
}

bool sf_xml_attributes(const struct sf_xml_node *node, sf_xml_attribute_fn fn, void *arg)
{
	for (const xmlAttr *attr = node_of(node)->properties; attr; attr = attr->next) {
		struct sf_span value;

		if (!attribute_value(attr, &value) || !fn(arg, attr->ns ? span_of(attr->ns->href) : SF_SPAN_NONE, span_of(attr->name), value)) {
			return false;
		}
	}
	return true;
}

bool sf_xml_namespaces(const struct sf_xml_node *node, sf_xml_namespace_fn fn, void *arg)
{
	const xmlNs *seen[SF_XML_SCOPE_MAX];
	size_t count = 0;

	for (const xmlNode *at = node_of(node); at && at->type == XML_ELEMENT_NODE; at = at->parent) {
		for (const xmlNs *ns = at->nsDef; ns; ns = ns->next) {
			size_t i = 0;

			while (i < count && !xmlStrEqual(seen[i]->prefix, ns->prefix)) {
				i++;
			}
			if (i < count) {
				continue;
			}
			if (count == SF_XML_SCOPE_MAX) {
				return false;
			}
			seen[count++] = ns;
			if (ns->href && *ns->href && !fn(arg, span_of(ns->prefix), span_of(ns->href))) {
				return false;
			}
		}
	}
	return true;
}

static bool is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

/* The next node after `node` of those whose text counts, in document order; NULL at the end. */
static const xmlNode *next_text(const xmlNode *node, const xmlNode *top, bool deep)
{
	do {
		if (deep && node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
		} else {
			while (node != top && !node->next) {
				node = node->parent;
			}
			if (node == top) {
				return NULL;
			}
			node = node->next;
		}
	} while (!is_text(node));
	return node;
}

bool sf_xml_text(const struct sf_xml_node *node, enum sf_xml_text_kind kind, struct sf_arena *arena, struct sf_span *text)
{
	const xmlNode *top = node_of(node), *first = NULL;
	size_t n = 0, pieces = 0;
	char *out;

	for (const xmlNode *child = top->children; child && kind != SF_TEXT_DEEP; child = child->next) {
		if (child->type == XML_ELEMENT_NODE || (kind == SF_TEXT_PLAIN && child->type != XML_TEXT_NODE)) {
			return false;
		}
	}
	*text = SF_SPAN_LIT("");
	if (!top->children) {
		return true;
	}
	first = is_text(top->children) ? top->children : next_text(top->children, top, kind == SF_TEXT_DEEP);
	for (const xmlNode *t = first; t; t = next_text(t, top, kind == SF_TEXT_DEEP)) {
		n += strlen((const char *)t->content);
		pieces++;
	}
	if (pieces == 1) {
		*text = span_of(first->content);
	}
	if (pieces < 2) {
		return true;
	}
	out = sf_arena_alloc(arena, n + 1);
	if (!out) {
		return false;
	}
	*text = (struct sf_span){ out, n };
	for (const xmlNode *t = first; t; t = next_text(t, top, kind == SF_TEXT_DEEP)) {
		size_t len = strlen((const char *)t->content);

		memcpy(out, t->content, len);
		out += len;
	}
	*out = '\0';
	return true;
}

bool sf_xml_no_stray_text(const struct sf_xml_node *node)
{
	for (const xmlNode *child = node_of(node)->children; child; child = child->next) {
		if (is_text(child) && sf_span_trim(span_of(child->content)).n) {
			return false;
		}
	}
	return true;
}

/* ---- canonicalisation ---- */

/*
 * libxml2 canonicalises a document, or what a callback or node-set picks out of it, which costs a walk over all of it for
 * each signature. A document whose only child is the element, while the element keeps its parent, gives the same bytes in
 * the time of the element alone: namespaces in scope are looked up along the parents.
 */
struct shelf {
	xmlDoc *doc;
	xmlNode *node, *without;
	xmlNode *children, *next;             /* what stood in doc->children and node->next */
	xmlNode *before, *after, *first;      /* around `without`, and its parent's first child */
};

static void take_apart(struct shelf *s, xmlDoc *doc, xmlNode *node, xmlNode *without)
{
	*s = (struct shelf){ .doc = doc, .node = node, .without = without, .children = doc->children, .next = node->next };
	doc->children = node;
	node->next = NULL;
	if (without) {
		s->before = without->prev;
		s->after = without->next;
		s->first = node->children;
		if (s->before) {
			s->before->next = s->after;
		} else {
			node->children = s->after;
		}
	}
}

static void put_back(struct shelf *s)
{
	if (s->without) {
		if (s->before) {
			s->before->next = s->without;
		}
		s->node->children = s->first;
	}
	s->node->next = s->next;
	s->doc->children = s->children;
}

static int libxml_mode(enum sf_c14n method)
{
	switch (method) {
	case SF_C14N_EXCLUSIVE: return XML_C14N_EXCLUSIVE_1_0;
	case SF_C14N_INCLUSIVE: return XML_C14N_1_0;
	case SF_C14N_INCLUSIVE_11: return XML_C14N_1_1;
	default: return -1;
	}
}

bool sf_xml_canonicalize(struct sf_xml_doc *doc, struct sf_xml_node *node, struct sf_xml_node *without, const struct sf_c14n_how *how,
		struct sf_xml_bytes *out, struct sf_error *error)
{
	xmlOutputBuffer *buffer = xmlAllocOutputBuffer(NULL);
	int mode = libxml_mode(how->method);
	xmlChar **prefixes = NULL;
	struct shelf shelf;
	int written;

	out->handle = NULL;
	if (!buffer || mode < 0) {
		if (buffer) {
			xmlOutputBufferClose(buffer);
		}
		return sf_fail(error, SF_INTERNAL, "libxml2");
	}
	if (how->method == SF_C14N_EXCLUSIVE && how->prefixes[0]) {
		prefixes = (xmlChar **)(uintptr_t)how->prefixes; /* read only; libxml2's type says less */
	}
	take_apart(&shelf, doc_of(doc), node_of(node), node_of(without));
	written = xmlC14NExecute(doc_of(doc), NULL, NULL, mode, prefixes, 0, buffer);
	put_back(&shelf);

	out->span.p = (const char *)xmlOutputBufferGetContent(buffer);
	out->span.n = xmlOutputBufferGetSize(buffer);
	if (written < 0 || buffer->error || !out->span.p || out->span.n == 0) {
		xmlOutputBufferClose(buffer);
		return sf_fail(error, SF_CANONICALIZATION_FAILED, (const char *)node_of(node)->name);
	}
	out->handle = buffer;
	return true;
}

void sf_xml_bytes_free(struct sf_xml_bytes *bytes)
{
	if (bytes->handle) {
		xmlOutputBufferClose(bytes->handle);
		bytes->handle = NULL;
	}
	bytes->span = SF_SPAN_NONE;
}
