/*
 * Canonical form (xml-c14n §2, xml-c14n11 §2.4, xml-exc-c14n §3) of one element and all that is in it, in one pass over its cells.
 *
 * What the parser has done already: line endings, references, the normalisation of attributes, and which namespace a prefix stands
 * for. What is left is which namespace declarations are written where, in what order, and how characters are escaped.
 */
#include <stdint.h>
#include <stdlib.h>

#include "xml/tree.h"

#define ATTRIBUTES_AT_FIRST 32
#define RENDERED_AT_FIRST 32

/* What was written so far, which grows; a failure lasts. */
struct out {
	char *p;
	size_t n, room;
	bool failed;
};

struct attribute {
	const struct sf_xml_name *name;
	const struct sf_xml_node *cell;
};

/* A declaration that was written: a name of which prefix and uri count. */
struct rendered {
	const struct sf_xml_name *ns;
};

struct c14n {
	const struct sf_xml_doc *doc;
	const struct sf_xml_node *apex;
	const struct sf_c14n_how *how;
	struct out out;
	struct rendered *rendered; /* those that are in force, the innermost last */
	size_t rendered_n, rendered_room;
	struct attribute *attributes; /* of one element, while it is written */
	size_t attribute_n, attribute_room;
	struct rendered first_rendered[RENDERED_AT_FIRST];
	struct attribute first_attributes[ATTRIBUTES_AT_FIRST];
	size_t outside[SF_XML_DEPTH_MAX + 1]; /* rendered_n before the open element of each depth */
};

/* ---- writing ---- */

static bool reserve(struct out *out, size_t n)
{
	size_t room;
	char *p;

	if (n <= out->room - out->n) {
		return !out->failed;
	}
	/* what was estimated first is about all of it */
	room = out->n + n + (out->room ? (out->n + n) / 4 + 256 : 0);
	p = out->failed ? NULL : realloc(out->p, room + 1);
	if (!p) {
		out->failed = true;
		return false;
	}
	out->p = p;
	out->room = room;
	return true;
}

static void write_bytes(struct out *out, const char *p, size_t n)
{
	if (reserve(out, n)) {
		memcpy(out->p + out->n, p, n);
		out->n += n;
	}
}

#define WRITE_LITERAL(out, s) write_bytes((out), (s), sizeof(s) - 1)

/* prefix:local, with something before it that is no name */
static void write_name(struct out *out, const char *before, size_t before_n, const struct sf_xml_name *name)
{
	char *p;

	if (!reserve(out, before_n + name->prefix_n + 1 + name->local_n)) {
		return;
	}
	p = out->p + out->n;
	memcpy(p, before, before_n);
	p += before_n;
	if (name->prefix_n) {
		memcpy(p, name->prefix, name->prefix_n);
		p += name->prefix_n;
		*p++ = ':';
	}
	memcpy(p, name->local, name->local_n);
	out->n = (size_t)(p - out->p) + name->local_n;
}

/* xml-c14n §2.3: what a text escapes is 1, what an attribute's value does is 2, both 3. */
static const unsigned char special[256] = { ['&'] = 3, ['<'] = 3, ['\r'] = 3, ['>'] = 1, ['"'] = 2, ['\t'] = 2, ['\n'] = 2 };

static void write_reference(struct out *out, char c)
{
	switch (c) {
	case '&': WRITE_LITERAL(out, "&amp;"); break;
	case '<': WRITE_LITERAL(out, "&lt;"); break;
	case '>': WRITE_LITERAL(out, "&gt;"); break;
	case '"': WRITE_LITERAL(out, "&quot;"); break;
	case '\t': WRITE_LITERAL(out, "&#x9;"); break;
	case '\n': WRITE_LITERAL(out, "&#xA;"); break;
	default: WRITE_LITERAL(out, "&#xD;");
	}
}

static void write_escaped(struct out *out, struct sf_span text, unsigned char which)
{
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		const char *from = p;

		while (p < end && !(special[(unsigned char)*p] & which)) {
			p++;
		}
		write_bytes(out, from, (size_t)(p - from));
		if (p < end) {
			write_reference(out, *p++);
		}
	}
}

static void write_value(struct out *out, struct sf_span value)
{
	WRITE_LITERAL(out, "=\"");
	write_escaped(out, value, 2);
	WRITE_LITERAL(out, "\"");
}

/* ---- namespaces ---- */

/* More room for a list that is full, of which the first part is in *first. NULL, and a failure, if there is none. */
static void *more_of(struct c14n *c, void *list, const void *first, size_t *room, size_t size)
{
	size_t n = *room * size;
	void *more = n ? realloc(list == first ? NULL : list, 2 * n) : NULL;

	if (!more) {
		c->out.failed = true;
		return NULL;
	}
	if (list == first) {
		memcpy(more, first, n);
	}
	*room *= 2;
	return more;
}

static bool more_rendered(struct c14n *c)
{
	struct rendered *more = more_of(c, c->rendered, c->first_rendered, &c->rendered_room, sizeof(*more));

	c->rendered = more ? more : c->rendered;
	return more != NULL;
}

static bool more_attributes(struct c14n *c)
{
	struct attribute *more = more_of(c, c->attributes, c->first_attributes, &c->attribute_room, sizeof(*more));

	c->attributes = more ? more : c->attributes;
	return more != NULL;
}

static bool same(const char *a, uint32_t a_n, const char *b, uint32_t b_n)
{
	return a_n == b_n && (a == b || memcmp(a, b, a_n) == 0);
}

static bool is_xml(const struct sf_xml_name *name)
{
	return name->prefix_n == 3 && memcmp(name->prefix, "xml", 3) == 0;
}

/* The declaration of that prefix that is in force in the output. */
static const struct sf_xml_name *in_force(const struct c14n *c, const struct sf_xml_name *ns)
{
	for (size_t i = c->rendered_n; i; i--) {
		const struct sf_xml_name *one = c->rendered[i - 1].ns;

		if (same(one->prefix, one->prefix_n, ns->prefix, ns->prefix_n)) {
			return one;
		}
	}
	return NULL;
}

/* A declaration that this element needs, unless the output has it in force. No default namespace is as good as xmlns="". */
static void render(struct c14n *c, const struct sf_xml_name *ns)
{
	const struct sf_xml_name *before = in_force(c, ns);

	if ((before ? same(before->uri, before->uri_n, ns->uri, ns->uri_n) : !ns->uri_n) || (c->rendered_n == c->rendered_room && !more_rendered(c))) {
		return;
	}
	c->rendered[c->rendered_n++].ns = ns;
}

static bool listed(const struct c14n *c, const struct sf_xml_name *ns)
{
	for (size_t i = 0; c->how->prefixes[i]; i++) {
		if (strcmp(c->how->prefixes[i], ns->prefix_n ? ns->prefix : "#default") == 0) {
			return true;
		}
	}
	return false;
}

/*
 * The declarations that count whether they are used or not: in exclusive form those of the PrefixList, otherwise all. Only those that an
 * element makes itself can be news, for what was in force outside has been written there; but the apex has those of its ancestors too, and
 * of two with the same prefix the inner.
 */
static void render_declared(struct c14n *c, const struct sf_xml_node *element)
{
	bool all = c->how->method != SF_C14N_EXCLUSIVE, default_seen = false;

	if (!all && !c->how->prefixes[0]) {
		return;
	}
	for (const struct sf_xml_node *at = element; at; at = element == c->apex ? sf_xml_parent(at) : NULL) {
		for (const struct sf_xml_node *cell = at + 1, *end = sf_end_of(at); cell < end && cell->kind == SF_CELL_NAMESPACE; cell++) {
			const struct sf_xml_name *ns = sf_name_of(c->doc, cell);

			if (at != element && (ns->prefix_n ? in_force(c, ns) != NULL : default_seen)) {
				continue;
			}
			default_seen = default_seen || !ns->prefix_n;
			if (all || listed(c, ns)) {
				render(c, ns);
			}
		}
	}
}

/* xml-exc-c14n §3: the declarations that an element uses visibly, in its own name or an attribute's. */
static void render_used(struct c14n *c, const struct sf_xml_node *element)
{
	const struct sf_xml_name *name = sf_name_of(c->doc, element);

	if (!is_xml(name)) {
		render(c, name);
	}
	for (size_t i = 0; i < c->attribute_n; i++) {
		name = c->attributes[i].name;
		if (name->prefix_n && !is_xml(name)) {
			render(c, name);
		}
	}
}

static int compare(const char *a, uint32_t a_n, const char *b, uint32_t b_n)
{
	int order = a == b ? 0 : memcmp(a, b, a_n < b_n ? a_n : b_n);

	return order ? order : (a_n > b_n) - (a_n < b_n);
}

static int by_prefix(const void *a, const void *b)
{
	const struct sf_xml_name *x = ((const struct rendered *)a)->ns, *y = ((const struct rendered *)b)->ns;

	return compare(x->prefix, x->prefix_n, y->prefix, y->prefix_n);
}

/* Those that were rendered since there were so many. */
static void write_namespaces(struct c14n *c, size_t from)
{
	if (c->rendered_n - from > 1) {
		qsort(c->rendered + from, c->rendered_n - from, sizeof(c->rendered[0]), by_prefix);
	}
	for (size_t i = from; i < c->rendered_n; i++) {
		const struct sf_xml_name *ns = c->rendered[i].ns;

		WRITE_LITERAL(&c->out, " xmlns");
		if (ns->prefix_n) {
			WRITE_LITERAL(&c->out, ":");
			write_bytes(&c->out, ns->prefix, ns->prefix_n);
		}
		write_value(&c->out, (struct sf_span){ ns->uri, ns->uri_n });
	}
}

/* ---- attributes ---- */

static void add_attribute(struct c14n *c, const struct sf_xml_name *name, const struct sf_xml_node *cell)
{
	if (c->attribute_n < c->attribute_room || more_attributes(c)) {
		c->attributes[c->attribute_n++] = (struct attribute){ name, cell };
	}
}

static const struct sf_xml_node *add_attributes(struct c14n *c, const struct sf_xml_node *element)
{
	const struct sf_xml_node *cell = element + 1, *end = sf_end_of(element);

	c->attribute_n = 0;
	for (; cell < end && cell->kind <= SF_CELL_ATTRIBUTE && cell->kind != SF_CELL_ELEMENT; cell++) {
		if (cell->kind == SF_CELL_ATTRIBUTE) {
			add_attribute(c, sf_name_of(c->doc, cell), cell);
		}
	}
	return cell;
}

static bool is_local(const struct sf_xml_name *name, const char *local)
{
	return strcmp(name->local, local) == 0;
}

/* Whether what an ancestor says in an attribute of the xml namespace is the apex's too. */
static bool inherited(struct c14n *c, const struct sf_xml_name *name)
{
	if (c->how->method == SF_C14N_INCLUSIVE_11) {
		/* xml-c14n11 §2.4: these two; an xml:base would have to be joined with those within, and no message of SAML has one */
		c->out.failed = c->out.failed || is_local(name, "base");
		if (!is_local(name, "lang") && !is_local(name, "space")) {
			return false;
		}
	}
	for (size_t i = 0; i < c->attribute_n; i++) {
		if (is_xml(c->attributes[i].name) && is_local(c->attributes[i].name, name->local)) {
			return false;
		}
	}
	return true;
}

/* xml-c14n §2.4: the apex has the attributes of the xml namespace that its ancestors have, the nearest first. */
static void add_inherited(struct c14n *c)
{
	for (const struct sf_xml_node *at = sf_xml_parent(c->apex); at; at = sf_xml_parent(at)) {
		for (const struct sf_xml_node *cell = at + 1, *end = sf_content_of(at); cell < end; cell++) {
			const struct sf_xml_name *name = sf_name_of(c->doc, cell);

			if (cell->kind == SF_CELL_ATTRIBUTE && is_xml(name) && inherited(c, name)) {
				add_attribute(c, name, cell);
			}
		}
	}
}

static int by_name(const void *a, const void *b)
{
	const struct sf_xml_name *x = ((const struct attribute *)a)->name, *y = ((const struct attribute *)b)->name;
	int order = compare(x->uri, x->uri_n, y->uri, y->uri_n);

	return order ? order : compare(x->local, x->local_n, y->local, y->local_n);
}

static void write_attributes(struct c14n *c)
{
	bool sorted = true;

	for (size_t i = 1; i < c->attribute_n && sorted; i++) {
		sorted = by_name(&c->attributes[i - 1], &c->attributes[i]) <= 0;
	}
	if (!sorted) {
		qsort(c->attributes, c->attribute_n, sizeof(c->attributes[0]), by_name);
	}
	for (size_t i = 0; i < c->attribute_n; i++) {
		write_name(&c->out, " ", 1, c->attributes[i].name);
		write_value(&c->out, sf_value_of(c->doc, c->attributes[i].cell));
	}
}

/* ---- elements ---- */

/* Gives the first cell of the content. */
static const struct sf_xml_node *write_start(struct c14n *c, const struct sf_xml_node *element)
{
	const struct sf_xml_node *content = add_attributes(c, element);
	size_t before = c->rendered_n;

	write_name(&c->out, "<", 1, sf_name_of(c->doc, element));
	render_declared(c, element);
	if (c->how->method == SF_C14N_EXCLUSIVE) {
		render_used(c, element);
	} else if (element == c->apex) {
		add_inherited(c);
	}
	write_namespaces(c, before);
	write_attributes(c);
	WRITE_LITERAL(&c->out, ">");
	return content;
}

static void write_end(struct c14n *c, const struct sf_xml_node *element)
{
	write_name(&c->out, "</", 2, sf_name_of(c->doc, element));
	WRITE_LITERAL(&c->out, ">");
}

static void write_apex(struct c14n *c, const struct sf_xml_node *without)
{
	const struct sf_xml_node *open = c->apex, *cell = write_start(c, c->apex);
	size_t depth = 1; /* before the apex nothing was rendered */

	for (;;) {
		while (cell == sf_end_of(open)) {
			write_end(c, open);
			c->rendered_n = c->outside[--depth];
			if (open == c->apex) {
				return;
			}
			open -= open->up;
		}
		if (cell->kind == SF_CELL_ELEMENT && cell != without) {
			c->outside[depth++] = c->rendered_n;
			open = cell;
			cell = write_start(c, cell);
		} else {
			if (cell->kind == SF_CELL_TEXT || cell->kind == SF_CELL_CDATA) {
				write_escaped(&c->out, sf_value_of(c->doc, cell), 1);
			}
			cell = sf_after(cell);
		}
	}
}

/* About what the canonical form takes: all of it but for references and repeated declarations. */
static size_t estimate(const struct c14n *c, const struct sf_xml_node *without)
{
	size_t n = 512;

	for (const struct sf_xml_node *cell = c->apex, *end = sf_end_of(c->apex); cell < end; cell = cell == without ? sf_end_of(cell) : cell + 1) {
		const struct sf_xml_name *name = sf_name_of(c->doc, cell);

		switch (cell->kind) {
		case SF_CELL_ELEMENT: n += 2 * (name->prefix_n + name->local_n + 1) + sizeof("<></>"); break;
		case SF_CELL_NAMESPACE: n += name->prefix_n + name->uri_n + sizeof(" xmlns:=\"\""); break;
		case SF_CELL_ATTRIBUTE: n += name->prefix_n + name->local_n + cell->n + sizeof(" :=\"\""); break;
		default: n += cell->n;
		}
	}
	return n;
}

bool sf_xml_canonicalize(const struct sf_xml_node *node, const struct sf_xml_node *without, const struct sf_c14n_how *how, struct sf_xml_bytes *out,
		struct sf_error *error)
{
	struct c14n c = { .doc = sf_doc_of(node), .apex = node, .how = how, .rendered_room = RENDERED_AT_FIRST, .attribute_room = ATTRIBUTES_AT_FIRST };

	*out = (struct sf_xml_bytes){ .handle = NULL };
	if (how->method != SF_C14N_EXCLUSIVE && how->method != SF_C14N_INCLUSIVE && how->method != SF_C14N_INCLUSIVE_11) {
		return sf_fail(error, SF_INTERNAL, "canonicalisation");
	}
	c.rendered = c.first_rendered;
	c.attributes = c.first_attributes;
	if (reserve(&c.out, estimate(&c, without))) {
		write_apex(&c, without);
	}
	if (c.rendered != c.first_rendered) {
		free(c.rendered);
	}
	if (c.attributes != c.first_attributes) {
		free(c.attributes);
	}
	if (c.out.failed || !c.out.n) {
		free(c.out.p);
		return sf_fail(error, SF_CANONICALIZATION_FAILED, sf_xml_name(node).p);
	}
	*out = (struct sf_xml_bytes){ { c.out.p, c.out.n }, c.out.p };
	return true;
}
