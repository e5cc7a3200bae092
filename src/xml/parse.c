/*
 * The only file that includes libxml2. It is the tokenizer, and the judge of what is well-formed: one parser context for each document,
 * with a SAX table of our own, so that no handler, loader or setting that the process shares is used or touched. The tree is ours.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>

#include "xml/tree.h"

/* ---- what differs from one version of libxml2 to another ---- */

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_arg;
#else
typedef xmlErrorPtr error_arg;
#endif

/*
 * Parses what lies in memory, where it lies: *terminated is followed by a NUL. A reader that made a copy first would still give the same
 * tree, for which of the callbacks' pointers are in our bytes is looked at, not assumed.
 */
static bool run_parser(xmlParserCtxt *ctxt, struct sf_span terminated)
{
	xmlParserInput *input;
#if LIBXML_VERSION >= 21400
	input = xmlNewInputFromMemory(NULL, terminated.p, terminated.n, XML_INPUT_BUF_STATIC | XML_INPUT_BUF_ZERO_TERMINATED);
	if (!input) {
		return false;
	}
	(void)xmlCtxtParseDocument(ctxt, input); /* gives no document, for nobody builds one */
#else
	input = xmlNewInputStream(ctxt);
	if (!input) {
		return false;
	}
	input->base = input->cur = (const xmlChar *)terminated.p;
	input->end = input->base + terminated.n;
	input->length = (int)terminated.n;
	if (inputPush(ctxt, input) < 0) {
		xmlFreeInputStream(input);
		return false;
	}
	(void)xmlParseDocument(ctxt);
#endif
	return ctxt->wellFormed && ctxt->nsWellFormed;
}

/* From 2.13 on the name of a namespace comes with its references resolved, whatever the options. The version that runs counts: it can replace 2.12 in place. */
static bool names_come_decoded(void)
{
	return strtol(xmlParserVersion, NULL, 10) >= 21300;
}

/* ---- names ---- */

#define SLOTS_AT_FIRST 128 /* a power of two, as every number of them */
#define NAMES_AT_FIRST 48
#define NAMES_MAX (((uint32_t)1 << 28) - 1)
#define NONE UINT32_MAX

struct builder {
	struct sf_xml_doc *doc;
	xmlDict *dictionary;
	struct sf_span body;
	uint32_t room;   /* cells that there is place for */
	uint32_t open;   /* the element that is open, or NONE */
	bool text_open;  /* the last cell is a text that what follows belongs to */
	char *decoded;   /* this and the names are the document's, when they are all there */
	size_t decoded_n, decoded_room;
	struct sf_xml_name *names;
	uint32_t name_count, name_room;
	uint32_t *slots, slot_count; /* places in names, by a hash of the three pointers; 0: free, so they count from 1 */
	bool complained;             /* libxml2 did, by an error or a warning */
	struct sf_error error;       /* ours, the first; code 0: none */
	uint32_t first_slots[SLOTS_AT_FIRST];
};

/* From here on the builder takes no more, and there will be no document. */
static void fail(struct builder *b, int code, const char *where)
{
	if (!b->error.code) {
		sf_fail(&b->error, code, where);
	}
}

static bool over(const struct builder *b)
{
	return b->error.code != 0;
}

/*
 * A relative or non-ASCII namespace name makes canonicalisation by others fail, and what fails there leaves an empty output whose
 * digest anybody can know. So it is refused here, with every other name that libxml2 would not take as an absolute URI. A long
 * one is too: exclusive C14N writes it out anew in each sibling that uses it, however often the document itself has it.
 */
static bool namespace_ok(const char *href)
{
	static const char *const known[] = {
		SF_NS_SAML, SF_NS_SAMLP, SF_NS_DS, SF_NS_MD, SF_NS_XENC, SF_NS_EXC_C14N,
		"http://www.w3.org/2001/XMLSchema", "http://www.w3.org/2001/XMLSchema-instance",
	};
	xmlURI *uri;
	bool ok;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(href, known[i]) == 0) {
			return true;
		}
	}
	for (const char *p = href; *p; p++) {
		if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F || p - href >= SF_XML_NAMESPACE_MAX) {
			return false;
		}
	}
	uri = xmlParseURI(href);
	ok = uri && uri->scheme && uri->scheme[0];
	xmlFreeURI(uri);
	return ok;
}

static size_t hash_of(const void *local, const void *prefix, const void *uri)
{
	uint64_t h = (uint64_t)(uintptr_t)local * 0x9E3779B97F4A7C15u + (uint64_t)(uintptr_t)prefix * 0xC2B2AE3D27D4EB4Fu + (uint64_t)(uintptr_t)uri * 0x165667B19E3779F9u;

	return (size_t)(h >> 32);
}

static bool same_name(const struct sf_xml_name *name, const char *local, const char *prefix, const char *uri)
{
	return name->local == local && name->prefix == prefix && name->uri == uri;
}

static bool more_slots(struct builder *b)
{
	uint32_t count = b->slot_count * 4, *slots = calloc(count, sizeof(*slots));

	if (!slots) {
		return false;
	}
	for (uint32_t i = 0; i < b->name_count; i++) {
		const struct sf_xml_name *name = &b->names[i];
		size_t at = hash_of(name->local, name->prefix, name->uri);

		while (slots[at & (count - 1)]) {
			at++;
		}
		slots[at & (count - 1)] = i + 1;
	}
	if (b->slots != b->first_slots) {
		free(b->slots);
	}
	b->slots = slots;
	b->slot_count = count;
	return true;
}

static bool more_names(struct builder *b)
{
	uint32_t room = b->name_room ? b->name_room * 2 : NAMES_AT_FIRST;
	struct sf_xml_name *names = realloc(b->names, room * sizeof(*names));

	if (!names) {
		return false;
	}
	b->names = names;
	b->name_room = room;
	return true;
}

/* While the dictionary lives, what it owns stays where it is: so a pointer that was its string once is that string for good. */
static bool owned(const struct builder *b, const char *s)
{
	return !*s || xmlDictOwns(b->dictionary, (const xmlChar *)s) == 1;
}

static uint32_t add_name(struct builder *b, const char *local, const char *prefix, const char *uri)
{
	if (!owned(b, local) || !owned(b, prefix) || !owned(b, uri)) {
		fail(b, SF_INTERNAL, "libxml2");
		return 0;
	}
	if (b->name_count == NAMES_MAX || (b->name_count == b->name_room && !more_names(b)) || (b->name_count >= b->slot_count / 2 && !more_slots(b))) {
		fail(b, SF_INTERNAL, "memory");
		return 0;
	}
	b->names[b->name_count] = (struct sf_xml_name){ local, prefix, uri, (uint32_t)strlen(local), (uint32_t)strlen(prefix), (uint32_t)strlen(uri) };
	return b->name_count++;
}

static const char none[] = "";

static const char *or_none(const xmlChar *s)
{
	return s && *s ? (const char *)s : none;
}

/* The place of a name, which is added if it is new. */
static uint32_t name_of(struct builder *b, const xmlChar *local_name, const xmlChar *its_prefix, const xmlChar *its_uri)
{
	const char *local = or_none(local_name), *prefix = or_none(its_prefix), *uri = or_none(its_uri);
	size_t hash = hash_of(local, prefix, uri), at;
	uint32_t i;

	for (at = hash; (i = b->slots[at & (b->slot_count - 1)]); at++) {
		if (same_name(&b->names[i - 1], local, prefix, uri)) {
			return i - 1;
		}
	}
	i = add_name(b, local, prefix, uri);
	if (over(b)) {
		return 0;
	}
	for (at = hash; b->slots[at & (b->slot_count - 1)]; at++) {
	}
	b->slots[at & (b->slot_count - 1)] = i + 1;
	return i;
}

/* ---- cells ---- */

/* The scan has counted them all; NULL if it counted wrong. */
static struct sf_xml_node *add_cell(struct builder *b, enum sf_cell_kind kind, uint32_t name)
{
	struct sf_xml_node *cell;

	b->text_open = false;
	if (b->doc->count == b->room) {
		fail(b, SF_INTERNAL, "document");
		return NULL;
	}
	cell = &b->doc->cells[b->doc->count++];
	memset(cell, 0, sizeof(*cell));
	cell->kind = (uint32_t)kind & 7;
	cell->name = name & NAMES_MAX;
	return cell;
}

static bool more_decoded(struct builder *b, size_t n)
{
	size_t room = b->decoded_room ? b->decoded_room : 256;
	char *p;

	while (room - b->decoded_n < n) {
		room *= 2;
	}
	/* nothing is longer decoded than it was */
	p = room > UINT32_MAX ? NULL : realloc(b->decoded, room);
	if (!p) {
		fail(b, SF_INTERNAL, "memory");
		return false;
	}
	b->decoded = p;
	b->decoded_room = room;
	return true;
}

/* Room for n more decoded bytes. */
static char *decode_room(struct builder *b, size_t n)
{
	if ((!b->decoded || n > b->decoded_room - b->decoded_n) && !more_decoded(b, n)) {
		return NULL;
	}
	return b->decoded + b->decoded_n;
}

static bool in_body(const struct builder *b, const char *p, size_t n)
{
	return p >= b->body.p && p <= b->body.p + b->body.n && n <= (size_t)(b->body.p + b->body.n - p);
}

static void put_value(struct builder *b, struct sf_xml_node *cell, const char *p, size_t n)
{
	char *room;

	if (in_body(b, p, n)) {
		cell->at = (uint32_t)(p - b->body.p);
		cell->n = (uint32_t)n;
		return;
	}
	if ((room = decode_room(b, n))) {
		memcpy(room, p, n);
		cell->decoded = 1;
		cell->at = (uint32_t)b->decoded_n;
		cell->n = (uint32_t)n;
		b->decoded_n += n;
	}
}

/*
 * As long as it isn't told to replace entities, libxml2 gives an ampersand in an attribute's value as the five characters &#38;, and every
 * other reference as what it stands for: so that is the one reference that there can be. Room for n bytes; gives how many were written.
 */
static size_t decode_ampersands(struct builder *b, const char *p, size_t n, char *room)
{
	static const char ampersand[] = "&#38;";
	const char *end = p + n, *hit;
	char *out = room;

	while ((hit = memchr(p, '&', (size_t)(end - p)))) {
		if ((size_t)(end - hit) < sizeof(ampersand) - 1 || memcmp(hit, ampersand, sizeof(ampersand) - 1) != 0) {
			fail(b, SF_NOT_WELL_FORMED, "attribute");
			return 0;
		}
		memcpy(out, p, (size_t)(hit - p) + 1);
		out += hit - p + 1;
		p = hit + sizeof(ampersand) - 1;
	}
	memcpy(out, p, (size_t)(end - p));
	return (size_t)(out - room) + (size_t)(end - p);
}

static void put_attribute_value(struct builder *b, struct sf_xml_node *cell, const char *p, size_t n)
{
	char *room;

	if (!n || !memchr(p, '&', n)) {
		put_value(b, cell, p, n);
		return;
	}
	room = decode_room(b, n);
	if (!room) {
		return;
	}
	cell->decoded = 1;
	cell->at = (uint32_t)b->decoded_n;
	cell->n = (uint32_t)decode_ampersands(b, p, n, room);
	b->decoded_n += cell->n;
}

/* The same for the names of namespaces where libxml2 doesn't, when all are there: until then a name is known by the string that libxml2 has. */
static void decode_names(struct builder *b)
{
	char decoded[SF_XML_NAMESPACE_MAX];

	if (names_come_decoded()) {
		return;
	}
	for (uint32_t i = 0; i < b->name_count && !over(b); i++) {
		struct sf_xml_name *name = &b->names[i];

		if (!memchr(name->uri, '&', name->uri_n)) {
			continue;
		}
		name->uri_n = name->uri_n > sizeof(decoded) ? 0 : (uint32_t)decode_ampersands(b, name->uri, name->uri_n, decoded);
		name->uri = (const char *)xmlDictLookup(b->dictionary, (const xmlChar *)decoded, (int)name->uri_n);
		if (!name->uri || !name->uri_n) {
			fail(b, SF_INTERNAL, "memory");
		}
	}
}

/* ---- what libxml2 calls ---- */

static void on_error(void *arg, error_arg error)
{
	(void)error;
	((struct builder *)arg)->complained = true;
}

static void add_namespace(struct builder *b, const xmlChar *element, const xmlChar *prefix, const xmlChar *uri)
{
	uint32_t before = b->name_count, name = name_of(b, NULL, prefix, uri);

	if (over(b)) {
		return;
	}
	/* xmlns="" takes the default namespace away; a name that was there before has been looked at */
	if (name == before && !(or_none(prefix) == none && or_none(uri) == none) && !namespace_ok(or_none(uri))) {
		sf_fail_found(&b->error, SF_INVALID_NAMESPACE, (const char *)element, sf_span_of(or_none(uri)));
		return;
	}
	(void)add_cell(b, SF_CELL_NAMESPACE, name);
}

static void on_start(void *arg, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
		int attribute_count, int defaulted, const xmlChar **attributes)
{
	struct builder *b = arg;
	struct sf_xml_node *cell;
	uint32_t index = b->doc->count;

	if (over(b)) {
		return;
	}
	if (defaulted) {
		fail(b, SF_DOCTYPE, "document"); /* only a DTD has defaults */
		return;
	}
	cell = add_cell(b, SF_CELL_ELEMENT, name_of(b, local, prefix, uri));
	if (!cell) {
		return;
	}
	cell->index = index;
	cell->up = b->open == NONE ? 0 : index - b->open;
	b->open = index;
	for (int i = 0; i < namespace_count && !over(b); i++) {
		add_namespace(b, local, namespaces[2 * i], namespaces[2 * i + 1]);
	}
	for (int i = 0; i < attribute_count && !over(b); i++) {
		const xmlChar **a = attributes + (size_t)5 * (size_t)i;

		cell = add_cell(b, SF_CELL_ATTRIBUTE, name_of(b, a[0], a[1], a[2]));
		if (cell) {
			put_attribute_value(b, cell, (const char *)a[3], (size_t)(a[4] - a[3]));
		}
	}
}

static void on_end(void *arg, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct builder *b = arg;
	struct sf_xml_node *element;

	(void)local;
	(void)prefix;
	(void)uri;
	if (over(b)) {
		return;
	}
	if (b->open == NONE) {
		fail(b, SF_INTERNAL, "libxml2");
		return;
	}
	element = &b->doc->cells[b->open];
	element->size = b->doc->count - b->open;
	b->open = element->up ? b->open - element->up : NONE;
	b->text_open = false;
}

/* More of a text that began before: libxml2 gives it in pieces. They are one where they stand together, and are put together where they don't. */
static void add_to_text(struct builder *b, struct sf_xml_node *cell, const char *p, size_t n)
{
	struct sf_span before = { (cell->decoded ? b->decoded : b->body.p) + cell->at, cell->n };
	char *room;

	if (!cell->decoded && in_body(b, p, n) && p == before.p + before.n) {
		cell->n += (uint32_t)n;
		return;
	}
	room = decode_room(b, (cell->decoded ? 0 : before.n) + n);
	if (!room) {
		return;
	}
	if (!cell->decoded) {
		memcpy(room, before.p, before.n);
		room += before.n;
		cell->decoded = 1;
		cell->at = (uint32_t)b->decoded_n;
		b->decoded_n += before.n;
	}
	memcpy(room, p, n);
	cell->n += (uint32_t)n;
	b->decoded_n += n;
}

static void on_text(void *arg, const xmlChar *text, int n)
{
	struct builder *b = arg;
	struct sf_xml_node *cell;

	if (over(b) || n <= 0) {
		return;
	}
	if (b->text_open) {
		add_to_text(b, &b->doc->cells[b->doc->count - 1], (const char *)text, (size_t)n);
		return;
	}
	cell = add_cell(b, SF_CELL_TEXT, 0);
	if (cell) {
		put_value(b, cell, (const char *)text, (size_t)n);
		b->text_open = true;
	}
}

static void on_cdata(void *arg, const xmlChar *text, int n)
{
	struct builder *b = arg;
	struct sf_xml_node *cell = over(b) ? NULL : add_cell(b, SF_CELL_CDATA, 0);

	if (cell) {
		put_value(b, cell, (const char *)text, n > 0 ? (size_t)n : 0);
	}
}

static void on_comment(void *arg, const xmlChar *text)
{
	struct builder *b = arg;

	(void)text;
	if (!over(b) && b->open != NONE) {
		(void)add_cell(b, SF_CELL_COMMENT, 0);
	}
}

/* The scan has refused these before. */
static void on_reference(void *arg, const xmlChar *name)
{
	(void)name;
	fail(arg, SF_UNEXPECTED_ELEMENT, "document");
}

static void on_instruction(void *arg, const xmlChar *target, const xmlChar *data)
{
	(void)target;
	(void)data;
	fail(arg, SF_UNEXPECTED_ELEMENT, "document");
}

static void on_doctype(void *arg, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
	(void)name;
	(void)external_id;
	(void)system_id;
	fail(arg, SF_DOCTYPE, "document");
}

/* What isn't named isn't called: nothing loads, declares or looks up an entity. */
static const xmlSAXHandler handlers = {
	.initialized = XML_SAX2_MAGIC,
	.startElementNs = on_start,
	.endElementNs = on_end,
	.characters = on_text,
	.ignorableWhitespace = on_text,
	.cdataBlock = on_cdata,
	.comment = on_comment,
	.reference = on_reference,
	.processingInstruction = on_instruction,
	.internalSubset = on_doctype,
	.externalSubset = on_doctype,
	.serror = on_error,
};

/* ---- the document ---- */

void sf_xml_free(struct sf_xml_doc *doc)
{
	if (doc) {
		sf_xml_bytes_free(&doc->bytes);
		free(doc->decoded);
		free(doc->names);
		if (doc->dictionary) {
			xmlDictFree(doc->dictionary);
		}
		free(doc);
	}
}

static bool parse_into(struct builder *b, xmlParserCtxt *ctxt, struct sf_error *error)
{
	bool clean;

	*ctxt->sax = handlers;
	ctxt->userData = b;
	b->dictionary = ctxt->dict;
	/* None of NOENT, DTDLOAD, DTDATTR, DTDVALID, HUGE, XINCLUDE, RECOVER. */
	(void)xmlCtxtUseOptions(ctxt, XML_PARSE_NONET);
	clean = run_parser(ctxt, b->body) && !b->complained;
	decode_names(b);
	/* the names are in it */
	xmlDictReference(ctxt->dict);
	b->doc->dictionary = ctxt->dict;
	if (!clean && b->error.code != SF_INTERNAL) {
		return sf_fail(error, SF_NOT_WELL_FORMED, "document");
	}
	if (over(b)) {
		if (error) {
			*error = b->error;
		}
		return false;
	}
	return (b->doc->count && b->open == NONE && b->doc->cells[0].size == b->doc->count) || sf_fail(error, SF_INTERNAL, "document");
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Of bytes that have been scanned, and that the document takes: it frees them, and so does a refusal. */
static bool build(struct sf_xml_bytes *bytes, struct sf_span body, size_t cells, struct sf_xml_doc **out, struct sf_error *error)
{
	struct builder b = { .body = body, .open = NONE, .slot_count = SLOTS_AT_FIRST };
	xmlParserCtxt *ctxt = NULL;
	bool ok = false;

	if (body.n <= INT32_MAX && cells < NONE && (b.doc = malloc(sizeof(*b.doc) + cells * sizeof(b.doc->cells[0])))) {
		memset(b.doc, 0, sizeof(*b.doc));
		/* two threads that both find libxml2 unused would set it up at the same time; PHP's own extension does so first, where there is one */
		pthread_once(&once, xmlInitParser);
		ctxt = xmlNewParserCtxt();
	}
	if (!ctxt) {
		sf_xml_bytes_free(bytes);
		free(b.doc);
		return sf_fail(error, SF_INTERNAL, "libxml2");
	}
	b.doc->bytes = *bytes;
	b.doc->body = body.p;
	*bytes = (struct sf_xml_bytes){ .handle = NULL };
	b.room = (uint32_t)cells;
	b.slots = b.first_slots;
	ok = parse_into(&b, ctxt, error);
	b.doc->names = b.names;
	b.doc->decoded = b.decoded;
	xmlFreeParserCtxt(ctxt);
	if (b.slots != b.first_slots) {
		free(b.slots);
	}
	if (!ok) {
		sf_xml_free(b.doc);
		return false;
	}
	*out = b.doc;
	return true;
}

bool sf_xml_take(struct sf_xml_bytes *bytes, const struct sf_xml_limits *limits, struct sf_xml_doc **doc, struct sf_error *error)
{
	struct sf_span body;
	size_t cells;

	((char *)bytes->handle)[bytes->span.n] = '\0'; /* the room is one more than was asked for */
	if (!sf_xml_measure(bytes->span, limits, &body, &cells, error)) {
		sf_xml_bytes_free(bytes);
		return false;
	}
	return build(bytes, body, cells, doc, error);
}

bool sf_xml_parse(struct sf_span bytes, const struct sf_xml_limits *limits, struct sf_xml_doc **doc, struct sf_error *error)
{
	struct sf_xml_bytes copy;
	struct sf_span body;
	size_t cells;
	char *room;

	if (!sf_xml_measure(bytes, limits, &body, &cells, error)) {
		return false;
	}
	room = sf_xml_bytes_room(&copy, body.n);
	if (!room) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	memcpy(room, body.p, body.n);
	room[body.n] = '\0';
	copy.span.n = body.n;
	return build(&copy, copy.span, cells, doc, error);
}
