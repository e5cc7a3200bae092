#include <stdint.h>
#include <stdlib.h>

#include "xml/tree.h"

/* ---- bytes ---- */

char *sf_xml_bytes_room(struct sf_xml_bytes *bytes, size_t n)
{
	char *p = n < SIZE_MAX ? malloc(n + 1) : NULL;

	*bytes = (struct sf_xml_bytes){ { p, 0 }, p };
	return p;
}

void sf_xml_bytes_free(struct sf_xml_bytes *bytes)
{
	free(bytes->handle);
	*bytes = (struct sf_xml_bytes){ .handle = NULL };
}

/* ---- elements ---- */

/* What a caller may hold on to is never written again; that they get it without const is for the shortness of their code alone. */
static struct sf_xml_node *element_from(const struct sf_xml_node *cell, const struct sf_xml_node *end)
{
	while (cell < end && cell->kind != SF_CELL_ELEMENT) {
		cell++;
	}
	return cell < end ? (struct sf_xml_node *)(uintptr_t)cell : NULL;
}

struct sf_xml_node *sf_xml_root(const struct sf_xml_doc *doc)
{
	return (struct sf_xml_node *)(uintptr_t)&doc->cells[0];
}

struct sf_xml_node *sf_xml_first(const struct sf_xml_node *node)
{
	return element_from(node + 1, sf_end_of(node));
}

struct sf_xml_node *sf_xml_parent(const struct sf_xml_node *node)
{
	return node->up ? (struct sf_xml_node *)(uintptr_t)(node - node->up) : NULL;
}

struct sf_xml_node *sf_xml_next(const struct sf_xml_node *node)
{
	return node->up ? element_from(sf_end_of(node), sf_end_of(node - node->up)) : NULL;
}

struct sf_xml_node *sf_xml_walk(const struct sf_xml_node *node, const struct sf_xml_node *within)
{
	return element_from(node + 1, sf_end_of(within));
}

struct sf_span sf_xml_name(const struct sf_xml_node *node)
{
	const struct sf_xml_name *name = sf_name_of(sf_doc_of(node), node);

	return (struct sf_span){ name->local, name->local_n };
}

bool sf_xml_in(const struct sf_xml_node *node, const char *ns)
{
	const struct sf_xml_name *name = sf_name_of(sf_doc_of(node), node);

	return name->uri_n && strcmp(name->uri, ns) == 0;
}

bool sf_xml_is(const struct sf_xml_node *node, const char *ns, const char *local)
{
	const struct sf_xml_name *name = sf_name_of(sf_doc_of(node), node);

	return name->local[0] == local[0] && strcmp(name->local, local) == 0 && name->uri_n && strcmp(name->uri, ns) == 0;
}

/* ---- attributes and namespaces ---- */

static const struct sf_xml_node *attributes_of(const struct sf_xml_node *node)
{
	const struct sf_xml_node *cell = node + 1, *end = sf_end_of(node);

	while (cell < end && cell->kind == SF_CELL_NAMESPACE) {
		cell++;
	}
	return cell;
}

bool sf_xml_attribute(const struct sf_xml_node *node, const char *local, struct sf_span *value)
{
	const struct sf_xml_doc *doc = sf_doc_of(node);
	const struct sf_xml_node *end = sf_end_of(node);

	for (const struct sf_xml_node *cell = attributes_of(node); cell < end && cell->kind == SF_CELL_ATTRIBUTE; cell++) {
		const struct sf_xml_name *name = sf_name_of(doc, cell);

		if (name->local[0] == local[0] && !name->uri_n && strcmp(name->local, local) == 0) {
			*value = sf_value_of(doc, cell);
			return true;
		}
	}
	return false;
}

bool sf_xml_attributes(const struct sf_xml_node *node, sf_xml_attribute_fn fn, void *arg)
{
	const struct sf_xml_doc *doc = sf_doc_of(node);
	const struct sf_xml_node *end = sf_end_of(node);

	for (const struct sf_xml_node *cell = attributes_of(node); cell < end && cell->kind == SF_CELL_ATTRIBUTE; cell++) {
		const struct sf_xml_name *name = sf_name_of(doc, cell);

		if (!fn(arg, (struct sf_span){ name->uri, name->uri_n }, (struct sf_span){ name->local, name->local_n }, sf_value_of(doc, cell))) {
			return false;
		}
	}
	return true;
}

bool sf_xml_namespaces(const struct sf_xml_node *node, sf_xml_namespace_fn fn, void *arg)
{
	const struct sf_xml_doc *doc = sf_doc_of(node);
	struct sf_span seen[SF_XML_SCOPE_MAX];
	size_t count = 0;

	for (const struct sf_xml_node *at = node; at; at = sf_xml_parent(at)) {
		const struct sf_xml_node *end = sf_end_of(at);

		for (const struct sf_xml_node *cell = at + 1; cell < end && cell->kind == SF_CELL_NAMESPACE; cell++) {
			const struct sf_xml_name *name = sf_name_of(doc, cell);
			struct sf_span prefix = { name->prefix, name->prefix_n };
			size_t i = 0;

			while (i < count && !sf_span_eq(seen[i], prefix)) {
				i++;
			}
			if (i < count) {
				continue;
			}
			if (count == SF_XML_SCOPE_MAX) {
				return false;
			}
			seen[count++] = prefix;
			if (name->uri_n && !fn(arg, prefix, (struct sf_span){ name->uri, name->uri_n })) {
				return false;
			}
		}
	}
	return true;
}

/* ---- text ---- */

static bool is_text(const struct sf_xml_node *cell)
{
	return cell->kind == SF_CELL_TEXT || cell->kind == SF_CELL_CDATA;
}

static bool in_pieces(const struct sf_xml_node *from, const struct sf_xml_node *end, size_t n, struct sf_arena *arena, struct sf_span *text)
{
	const struct sf_xml_doc *doc = sf_doc_of(from);
	char *out = sf_arena_alloc(arena, n + 1);

	if (!out) {
		return false;
	}
	*text = (struct sf_span){ out, n };
	for (const struct sf_xml_node *cell = from + 1; cell < end; cell++) {
		if (is_text(cell)) {
			struct sf_span piece = sf_value_of(doc, cell);

			memcpy(out, piece.p, piece.n);
			out += piece.n;
		}
	}
	*out = '\0';
	return true;
}

bool sf_xml_text(const struct sf_xml_node *node, enum sf_xml_text_kind kind, struct sf_arena *arena, struct sf_span *text)
{
	const struct sf_xml_node *end = sf_end_of(node), *last = NULL;
	size_t n = 0, pieces = 0;

	for (const struct sf_xml_node *cell = sf_content_of(node); cell < end; cell++) {
		if (is_text(cell)) {
			last = cell;
			n += cell->n;
			pieces++;
		}
		if ((cell->kind == SF_CELL_ELEMENT && kind != SF_TEXT_DEEP) || (kind == SF_TEXT_PLAIN && cell->kind != SF_CELL_TEXT)) {
			return false;
		}
	}
	if (pieces > 1) {
		return in_pieces(node, end, n, arena, text);
	}
	*text = last ? sf_value_of(sf_doc_of(node), last) : SF_SPAN_LIT("");
	return true;
}

bool sf_xml_no_stray_text(const struct sf_xml_node *node)
{
	const struct sf_xml_doc *doc = sf_doc_of(node);
	const struct sf_xml_node *end = sf_end_of(node);

	for (const struct sf_xml_node *cell = sf_content_of(node); cell < end; cell = sf_after(cell)) {
		if (is_text(cell) && sf_span_trim(sf_value_of(doc, cell)).n) {
			return false;
		}
	}
	return true;
}
