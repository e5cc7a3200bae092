/*
 * What a document is in memory: cells of 16 bytes, one behind the other in the order of the document. For xml/ alone; others see xml.h.
 *
 * An element's cell is followed by those of its namespace declarations, then those of its attributes, then its content. All of it is
 * written once, by parse.c, and read-only from then on. A text or a value is a place in the document's own bytes, wherever it stands
 * there as it is; what had to be decoded (a reference, a line ending) stands in the document's `decoded`.
 */
#ifndef SF_XML_TREE_H
#define SF_XML_TREE_H

#include <stdint.h>

#include "xml/xml.h"

enum sf_cell_kind {
	SF_CELL_ELEMENT,
	SF_CELL_NAMESPACE, /* its name has the prefix, and as uri what it stands for: empty for xmlns="" */
	SF_CELL_ATTRIBUTE,
	SF_CELL_TEXT,
	SF_CELL_CDATA,
	SF_CELL_COMMENT, /* that there was one; what it says is nobody's affair */
};

struct sf_xml_node {
	uint32_t kind : 3;
	uint32_t decoded : 1; /* the value is in `decoded`, not in the document's bytes */
	uint32_t name : 28;   /* its place in `names` */
	union {
		struct {
			uint32_t index; /* of this cell: the way to the document */
			uint32_t up;    /* so many cells before stands the parent; 0: the root */
			uint32_t size;  /* cells of the element and all that is in it */
		};
		struct {
			uint32_t at, n; /* the value */
		};
	};
};

/* A name as it was written, and what its prefix stood for: one for each that the document has. All strings are libxml2's, in its dictionary. */
struct sf_xml_name {
	const char *local, *prefix, *uri; /* "" where there is none */
	uint32_t local_n, prefix_n, uri_n;
};

struct sf_xml_doc {
	struct sf_xml_bytes bytes; /* what was parsed */
	const char *body;          /* where its first byte is, behind a BOM */
	char *decoded;
	struct sf_xml_name *names;
	void *dictionary;
	uint32_t count;
	struct sf_xml_node cells[]; /* the root first */
};

static inline const struct sf_xml_doc *sf_doc_of(const struct sf_xml_node *element)
{
	return (const struct sf_xml_doc *)(const void *)((const char *)(element - element->index) - offsetof(struct sf_xml_doc, cells));
}

static inline const struct sf_xml_name *sf_name_of(const struct sf_xml_doc *doc, const struct sf_xml_node *cell)
{
	return &doc->names[cell->name];
}

static inline struct sf_span sf_value_of(const struct sf_xml_doc *doc, const struct sf_xml_node *cell)
{
	return (struct sf_span){ (cell->decoded ? doc->decoded : doc->body) + cell->at, cell->n };
}

/* Behind the last cell of an element. */
static inline const struct sf_xml_node *sf_end_of(const struct sf_xml_node *element)
{
	return element + element->size;
}

/* Behind a cell and all that is in it. */
static inline const struct sf_xml_node *sf_after(const struct sf_xml_node *cell)
{
	return cell->kind == SF_CELL_ELEMENT ? cell + cell->size : cell + 1;
}

/* The first cell of an element's content, or the element's end. */
static inline const struct sf_xml_node *sf_content_of(const struct sf_xml_node *element)
{
	const struct sf_xml_node *cell = element + 1, *end = sf_end_of(element);

	while (cell < end && (cell->kind == SF_CELL_NAMESPACE || cell->kind == SF_CELL_ATTRIBUTE)) {
		cell++;
	}
	return cell;
}

#endif
