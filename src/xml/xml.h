/*
 * XML, as far as SAML needs it. This header is the only door to libxml2, and parse.c the only file that includes it:
 * one parser context for each document, no network, no entities, no DTD, no global handler or loader touched.
 *
 * A document that sf_xml_parse() gave has passed sf_xml_scan(); its namespaces are absolute ASCII URIs, and it has no
 * processing instruction. It is read-only. Nodes, and the texts and values that are read from them, live as long as their document;
 * a text or a value has no terminator.
 */
#ifndef SF_XML_XML_H
#define SF_XML_XML_H

#include "base/arena.h"
#include "base/error.h"
#include "xml/scan.h"

#define SF_NS_SAML "urn:oasis:names:tc:SAML:2.0:assertion"
#define SF_NS_SAMLP "urn:oasis:names:tc:SAML:2.0:protocol"
#define SF_NS_MD "urn:oasis:names:tc:SAML:2.0:metadata"
#define SF_NS_MDUI "urn:oasis:names:tc:SAML:metadata:ui"
#define SF_NS_XML "http://www.w3.org/XML/1998/namespace"
#define SF_NS_DS "http://www.w3.org/2000/09/xmldsig#"
#define SF_NS_XENC "http://www.w3.org/2001/04/xmlenc#"
#define SF_NS_EXC_C14N "http://www.w3.org/2001/10/xml-exc-c14n#"

#define SF_XML_NAMESPACE_MAX 200 /* bytes of a namespace's name */

struct sf_xml_doc;
struct sf_xml_node; /* always an element */

/* Bytes with an owner: from sf_xml_bytes_room or sf_xml_canonicalize, freed by sf_xml_bytes_free or handed on to sf_xml_take. */
struct sf_xml_bytes {
	struct sf_span span;
	void *handle; /* NULL: there are none */
};

/* Room for n bytes at span.p, and a terminator; span.n is for the caller to set. NULL if there is none. */
char *sf_xml_bytes_room(struct sf_xml_bytes *bytes, size_t n);
void sf_xml_bytes_free(struct sf_xml_bytes *bytes);

/* Any parser error, and any namespace warning, is a refusal. *doc is freed with sf_xml_free. The bytes are copied. */
bool sf_xml_parse(struct sf_span bytes, const struct sf_xml_limits *limits, struct sf_xml_doc **doc, struct sf_error *error);

/* The same without the copy: the document is made over these bytes, and has them from then on; a refusal frees them. */
bool sf_xml_take(struct sf_xml_bytes *bytes, const struct sf_xml_limits *limits, struct sf_xml_doc **doc, struct sf_error *error);
void sf_xml_free(struct sf_xml_doc *doc);

struct sf_xml_node *sf_xml_root(const struct sf_xml_doc *doc);
struct sf_xml_node *sf_xml_first(const struct sf_xml_node *node); /* the first child element, or NULL */
struct sf_xml_node *sf_xml_next(const struct sf_xml_node *node);  /* the next sibling element, or NULL */
struct sf_xml_node *sf_xml_parent(const struct sf_xml_node *node);

struct sf_span sf_xml_name(const struct sf_xml_node *node); /* the local name */
bool sf_xml_is(const struct sf_xml_node *node, const char *ns, const char *name);
bool sf_xml_in(const struct sf_xml_node *node, const char *ns);

/* The next element in document order within `within`, or NULL. */
struct sf_xml_node *sf_xml_walk(const struct sf_xml_node *node, const struct sf_xml_node *within);

/* An attribute in no namespace. False if it isn't there. */
bool sf_xml_attribute(const struct sf_xml_node *node, const char *name, struct sf_span *value);

/* Calls back for every attribute (no namespace declarations): its namespace or an empty span, local name and value. */
typedef bool (*sf_xml_attribute_fn)(void *arg, struct sf_span ns, struct sf_span name, struct sf_span value);
bool sf_xml_attributes(const struct sf_xml_node *node, sf_xml_attribute_fn fn, void *arg);

/*
 * Calls back once for every namespace in scope of an element: the prefix (empty for the default one) and its name. A prefix that
 * is declared anew further in counts as that. False if the callback was, or more than SF_XML_SCOPE_MAX prefixes are in scope.
 */
#define SF_XML_SCOPE_MAX 64
typedef bool (*sf_xml_namespace_fn)(void *arg, struct sf_span prefix, struct sf_span name);
bool sf_xml_namespaces(const struct sf_xml_node *node, sf_xml_namespace_fn fn, void *arg);

enum sf_xml_text_kind {
	SF_TEXT_PLAIN, /* characters alone: a comment or CDATA is a refusal */
	SF_TEXT_WHOLE, /* characters and CDATA, all of them; comments are passed over, never a place to cut */
	SF_TEXT_DEEP,  /* the same, of all descendants */
};

/* What stands in an element; a child element is a refusal but for SF_TEXT_DEEP. The arena is used where it is in pieces. */
bool sf_xml_text(const struct sf_xml_node *node, enum sf_xml_text_kind kind, struct sf_arena *arena, struct sf_span *text);

/* True if there is nothing but white space and comments between the child elements. */
bool sf_xml_no_stray_text(const struct sf_xml_node *node);

enum sf_c14n {
	SF_C14N_NONE = 0,
	SF_C14N_EXCLUSIVE,
	SF_C14N_INCLUSIVE,
	SF_C14N_INCLUSIVE_11,
};

#define SF_C14N_PREFIXES_MAX 20

struct sf_c14n_how {
	enum sf_c14n method;
	const char *prefixes[SF_C14N_PREFIXES_MAX + 1]; /* NULL ends it; "#default" is the default namespace (exc-c14n §3) */
};

/*
 * Canonical form, without comments, of one element in the context of its document, leaving out one of its children (or
 * NULL). An error is a failure, and so is xml:base on an ancestor in C14N 1.1, where it would have to be joined (§2.4).
 */
bool sf_xml_canonicalize(const struct sf_xml_node *node, const struct sf_xml_node *without, const struct sf_c14n_how *how, struct sf_xml_bytes *out,
		struct sf_error *error);

#endif
