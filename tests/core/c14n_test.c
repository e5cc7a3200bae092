/*
 * Canonicalisation against three others. A generator makes documents out of a model and writes their canonical form from
 * that same model, by the letter of the specifications (xml-c14n §2.3, xml-exc-c14n §3); ours must be the same bytes. The
 * digest of the model's bytes is then signed into the document, where xmlsec1 and our own verifier must both find it good. And over more
 * documents, every element of each, libxml2's own canonicalisation must give what ours does.
 */
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/base64.h"
#include "base/buf.h"
#include "../support/libxml_c14n.h"
#include "tools.h"
#include "xml/dsig.h"
#include "xml/xml.h"

#define DOCUMENTS 600
#define LIBXML_DOCUMENTS 4000
#define EACH_RUN 100 /* files that xmlsec1 is given at once */

#define NS_TARGET "urn:sf:target"
#define DEPTH 4
#define MAX_CHILDREN 5
#define MAX_ATTRIBUTES 5

struct binding {
	const char *prefix, *uri;
};

struct attribute {
	const char *prefix, *local;
	struct sf_span value;
};

enum kind { ELEMENT, TEXT, COMMENT, SIGNATURE };

struct node {
	enum kind kind;
	struct node *parent, *children[MAX_CHILDREN + 2];
	size_t child_count;
	const char *prefix, *local;
	struct binding ns[4];
	size_t ns_count;
	struct attribute attributes[MAX_ATTRIBUTES + 1];
	size_t attribute_count;
	struct sf_span text;
};

static struct sf_arena arena;
static uint64_t seed;

/* In C14N 1.1 an xml:base of an ancestor would have to be joined with others (xml-c14n11 §2.4); ours refuses it, and says so. */
static bool xml_base;

static const char *const prefixes[] = { "", "a", "b", "ab", "z", "\xc3\xa9" };
/* None has an ampersand: libxml2 (2.9), and so xmlsec1, writes that of a namespace's name as it stands in its tree (tests/core/xml_test.c has one). */
static const char *const uris[] = { "urn:sf:1", "urn:sf:2", "http://example.org/a", "http://example.org/b?x=1%20;y='2'", NS_TARGET };
static const char *const locals[] = { "e", "b", "Element", "b.c", "x-1", "\xc3\xb6" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define PICK(a) ((a)[random_below(&seed, COUNT(a))])

static bool chance(unsigned percent)
{
	return random_below(&seed, 100) < percent;
}

/* ---- the model ---- */

static const char *bound(const struct node *node, const char *prefix)
{
	if (strcmp(prefix, "xml") == 0) {
		return "http://www.w3.org/XML/1998/namespace";
	}
	for (; node; node = node->parent) {
		for (size_t i = 0; i < node->ns_count; i++) {
			if (strcmp(node->ns[i].prefix, prefix) == 0) {
				return node->ns[i].uri;
			}
		}
	}
	return "";
}

static struct sf_span make_text(bool many)
{
	static const char *const atoms[] = { "a", "B", "7", " ", " ", "\n", "\t", "\r", "&", "<", ">", "]]>", "]", "\"", "'", "\xc3\xa9", "\xe2\x82\xac",
		"\xf0\x9f\x98\x80", "\xe2\x80\xa8", "\xc2\x85", "--", "#xD;", "\x7f" };
	struct sf_span out;
	struct sf_buf b;

	sf_buf_init(&b, &arena, 1000);
	for (unsigned n = random_below(&seed, many ? 12 : 6); n; n--) {
		sf_buf_str(&b, PICK(atoms));
	}
	sf_buf_done(&b, &out);
	return out;
}

static struct node *new_node(enum kind kind, struct node *parent)
{
	struct node *node = sf_arena_zalloc(&arena, 1, sizeof(*node));

	node->kind = kind;
	node->parent = parent;
	if (parent) {
		parent->children[parent->child_count++] = node;
	}
	return node;
}

static void add_namespaces(struct node *node)
{
	for (unsigned n = random_below(&seed, 4); n; n--) {
		const char *prefix = PICK(prefixes);
		bool taken = false;

		for (size_t i = 0; i < node->ns_count; i++) {
			taken = taken || strcmp(node->ns[i].prefix, prefix) == 0;
		}
		if (!taken) {
			node->ns[node->ns_count++] = (struct binding){ prefix, !*prefix && chance(40) ? "" : PICK(uris) };
		}
	}
}

/* A prefix that is bound here: never an unbound one, and none for an attribute only as "no namespace". */
static const char *usable_prefix(const struct node *node)
{
	for (int i = 0; i < 10; i++) {
		const char *prefix = PICK(prefixes);

		if (!*prefix || *bound(node, prefix)) {
			return prefix;
		}
	}
	return "";
}

static void add_attributes(struct node *node)
{
	for (unsigned n = random_below(&seed, MAX_ATTRIBUTES); n; n--) {
		struct attribute new = { usable_prefix(node), PICK(locals), make_text(false) };
		const char *uri;
		bool taken = false;

		if (chance(15)) {
			new.prefix = "xml";
			new.local = chance(50) ? "lang" : "space";
			new.value = chance(50) ? SF_SPAN_LIT("default") : SF_SPAN_LIT("preserve");
			if (xml_base && chance(30)) {
				new.local = "base";
				new.value = chance(50) ? SF_SPAN_LIT("http://example.org/a/") : SF_SPAN_LIT("../b?c");
			}
		}
		uri = *new.prefix ? bound(node, new.prefix) : "";
		for (size_t i = 0; i < node->attribute_count; i++) {
			const struct attribute *other = &node->attributes[i];

			taken = taken || (strcmp(other->local, new.local) == 0 && strcmp(*other->prefix ? bound(node, other->prefix) : "", uri) == 0);
		}
		if (!taken) {
			node->attributes[node->attribute_count++] = new;
		}
	}
}

static struct node *make_element(struct node *parent, int depth)
{
	struct node *node = new_node(ELEMENT, parent);

	add_namespaces(node);
	node->prefix = usable_prefix(node);
	node->local = PICK(locals);
	add_attributes(node);
	for (unsigned n = depth ? random_below(&seed, MAX_CHILDREN) : 0; n; n--) {
		switch (random_below(&seed, 5)) {
		case 0:
		case 1: new_node(TEXT, node)->text = make_text(true); break;
		case 2: new_node(COMMENT, node)->text = SF_SPAN_LIT(" <not> & an element "); break;
		default: make_element(node, depth - 1);
		}
	}
	return node;
}

/* Ancestors, the element that is signed, and in it its Signature among the rest. */
static struct node *make_document(struct node **target)
{
	struct node *root, *at;
	unsigned above = random_below(&seed, 4);

	root = at = make_element(NULL, above ? 1 : DEPTH);
	for (unsigned i = 0; i < above; i++) {
		if (at->child_count > MAX_CHILDREN) {
			at->child_count = MAX_CHILDREN;
		}
		at = make_element(at, i + 1 == above ? DEPTH : 1);
	}
	at->local = "target";
	if (strcmp(bound(at, at->prefix), NS_TARGET) != 0) {
		size_t i = 0;

		while (i < at->ns_count && strcmp(at->ns[i].prefix, "t") != 0) {
			i++;
		}
		if (i == COUNT(at->ns)) {
			i = at->ns_count = 0;
			at->attribute_count = 0;
			at->child_count = 0;
		}
		at->ns[i] = (struct binding){ "t", NS_TARGET };
		at->ns_count = i + 1;
		at->prefix = "t";
	}
	at->attributes[at->attribute_count++] = (struct attribute){ "", "ID", SF_SPAN_LIT("id-1") };
	new_node(SIGNATURE, at);
	if (at->child_count > 1 && chance(60)) { /* first, where SAML has it */
		struct node *signature = at->children[at->child_count - 1];

		memmove(at->children + 1, at->children, (at->child_count - 1) * sizeof(at->children[0]));
		at->children[0] = signature;
	}
	*target = at;
	return root;
}

/* ---- the document, written as unlike its canonical form as may be ---- */

static void write_space(struct sf_buf *b, bool needed)
{
	static const char *const spaces[] = { " ", "  ", "\n", "\t", " \r\n " };

	if (needed || chance(15)) {
		sf_buf_str(b, PICK(spaces));
	}
}

static size_t character(struct sf_span s, size_t at, uint32_t *c)
{
	unsigned char first = (unsigned char)s.p[at];
	size_t n = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

	*c = n == 1 ? first : first & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++) {
		*c = *c << 6 | (s.p[at + i] & 0x3F);
	}
	return n;
}

static void write_character(struct sf_buf *b, struct sf_span s, size_t at, size_t n, uint32_t c, char quote)
{
	char reference[16];

	if (c == '\r' || (quote && (c == '\t' || c == '\n' || c == (uint32_t)quote)) || c == '<' || c == '&' || (c == '>' && at && s.p[at - 1] == ']') || chance(10)) {
		if (c == '<' && chance(50)) {
			sf_buf_str(b, "&lt;");
		} else if (c == '&' && chance(50)) {
			sf_buf_str(b, "&amp;");
		} else {
			snprintf(reference, sizeof(reference), chance(50) ? "&#%u;" : chance(50) ? "&#x%X;" : "&#x0%x;", (unsigned)c);
			sf_buf_str(b, reference);
		}
	} else if (quote && c == ' ' && chance(30)) {
		sf_buf_str(b, chance(50) ? "\n" : "\t"); /* a parser makes blanks of them (XML 1.0 §3.3.3) */
	} else if (!quote && c == '\n' && chance(30)) {
		sf_buf_str(b, "\r\n"); /* and one line feed of this (§2.11) */
	} else {
		sf_buf_add(b, s.p + at, n);
	}
}

static void write_escaped(struct sf_buf *b, struct sf_span s, char quote)
{
	uint32_t c;

	for (size_t at = 0, n; at < s.n; at += n) {
		n = character(s, at, &c);
		write_character(b, s, at, n, c, quote);
	}
}

static void write_text_node(struct sf_buf *b, struct sf_span s)
{
	size_t half = s.n / 2;

	while (half < s.n && ((unsigned char)s.p[half] & 0xC0) == 0x80) {
		half++;
	}
	if (s.n > 1 && chance(20)) { /* in two pieces, with nothing or a comment between */
		write_text_node(b, (struct sf_span){ s.p, half });
		sf_buf_str(b, chance(50) ? "<!---->" : "<![CDATA[]]>");
		write_text_node(b, (struct sf_span){ s.p + half, s.n - half });
		return;
	}
	if (chance(25) && !memchr(s.p, '\r', s.n) && !memmem(s.p, s.n, "]]>", 3)) {
		sf_buf_str(b, "<![CDATA[");
		sf_buf_span(b, s);
		sf_buf_str(b, "]]>");
		return;
	}
	/* a `]` that ended the last piece must not meet a `>` here; write_character looks only within one */
	if (s.n && s.p[0] == '>') {
		sf_buf_str(b, "&gt;");
		s.p++;
		s.n--;
	}
	write_escaped(b, s, 0);
}

static void write_name(struct sf_buf *b, const char *prefix, const char *local)
{
	if (*prefix) {
		sf_buf_str(b, prefix);
		sf_buf_char(b, ':');
	}
	sf_buf_str(b, local);
}

static void write_attribute(struct sf_buf *b, const char *prefix, const char *local, struct sf_span value)
{
	char quote = chance(50) ? '"' : '\'';

	write_space(b, true);
	write_name(b, prefix, local);
	write_space(b, false);
	sf_buf_char(b, '=');
	write_space(b, false);
	sf_buf_char(b, quote);
	write_escaped(b, value, quote);
	sf_buf_char(b, quote);
}

static void write_start(struct sf_buf *b, const struct node *node)
{
	size_t order[16], n = node->ns_count + node->attribute_count;

	for (size_t i = 0; i < n; i++) {
		size_t k = random_below(&seed, (unsigned)i + 1);

		order[i] = order[k];
		order[k] = i;
	}
	write_name(b, node->prefix, node->local);
	for (size_t i = 0; i < n; i++) {
		if (order[i] < node->ns_count) {
			const struct binding *ns = &node->ns[order[i]];

			write_attribute(b, *ns->prefix ? "xmlns" : "", *ns->prefix ? ns->prefix : "xmlns", sf_span_of(ns->uri));
		} else {
			const struct attribute *a = &node->attributes[order[i] - node->ns_count];

			write_attribute(b, a->prefix, a->local, a->value);
		}
	}
	write_space(b, false);
}

static void write_node(struct sf_buf *b, const struct node *node, struct sf_span signature)
{
	switch (node->kind) {
	case TEXT: write_text_node(b, node->text); return;
	case SIGNATURE: sf_buf_span(b, signature); return;
	case COMMENT:
		sf_buf_str(b, "<!--");
		sf_buf_span(b, node->text);
		sf_buf_str(b, "-->");
		return;
	case ELEMENT: break;
	}
	sf_buf_char(b, '<');
	write_start(b, node);
	if (!node->child_count && chance(50)) {
		sf_buf_str(b, "/>");
		return;
	}
	sf_buf_char(b, '>');
	for (size_t i = 0; i < node->child_count; i++) {
		write_node(b, node->children[i], signature);
	}
	sf_buf_str(b, "</");
	write_name(b, node->prefix, node->local);
	write_space(b, false);
	sf_buf_char(b, '>');
}

/* ---- its canonical form ---- */

struct rendered {
	struct binding ns[64];
	size_t count;
};

static const char *rendered_uri(const struct rendered *r, const char *prefix)
{
	for (size_t i = r->count; i; i--) {
		if (strcmp(r->ns[i - 1].prefix, prefix) == 0) {
			return r->ns[i - 1].uri;
		}
	}
	return "";
}

static void canonical_text(struct sf_buf *b, struct sf_span s, bool attribute)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '&') {
			sf_buf_str(b, "&amp;");
		} else if (c == '<') {
			sf_buf_str(b, "&lt;");
		} else if (c == '>' && !attribute) {
			sf_buf_str(b, "&gt;");
		} else if (c == '"' && attribute) {
			sf_buf_str(b, "&quot;");
		} else if (c == '\r') {
			sf_buf_str(b, "&#xD;");
		} else if (c == '\t' && attribute) {
			sf_buf_str(b, "&#x9;");
		} else if (c == '\n' && attribute) {
			sf_buf_str(b, "&#xA;");
		} else {
			sf_buf_char(b, c);
		}
	}
}

static int by_prefix(const void *a, const void *b)
{
	return strcmp(((const struct binding *)a)->prefix, ((const struct binding *)b)->prefix);
}

struct sortable {
	const char *uri;
	const struct attribute *attribute;
};

static int by_name(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;
	int order = strcmp(x->uri, y->uri);

	return order ? order : strcmp(x->attribute->local, y->attribute->local);
}

static bool listed(const struct sf_c14n_how *how, const char *prefix)
{
	for (size_t i = 0; how->prefixes[i]; i++) {
		if (strcmp(how->prefixes[i], *prefix ? prefix : "#default") == 0) {
			return true;
		}
	}
	return false;
}

static bool used(const struct node *node, const char *prefix)
{
	if (strcmp(node->prefix, prefix) == 0) {
		return true;
	}
	for (size_t i = 0; i < node->attribute_count; i++) {
		if (*node->attributes[i].prefix && strcmp(node->attributes[i].prefix, prefix) == 0) {
			return true;
		}
	}
	return false;
}

static void canonical_namespaces(struct sf_buf *b, const struct node *node, const struct sf_c14n_how *how, struct rendered *r)
{
	static const char *const all[] = { "", "a", "b", "ab", "z", "\xc3\xa9", "t" };
	struct binding out[COUNT(all)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(all); i++) {
		const char *uri = bound(node, all[i]);
		bool wanted = how->method != SF_C14N_EXCLUSIVE || listed(how, all[i]) || used(node, all[i]);

		/* what is not bound is rendered only as xmlns="", where an ancestor in the output has bound the default */
		if (wanted && strcmp(rendered_uri(r, all[i]), uri) != 0 && (*uri || !*all[i])) {
			out[n++] = (struct binding){ all[i], uri };
		}
	}
	qsort(out, n, sizeof(out[0]), by_prefix);
	for (size_t i = 0; i < n; i++) {
		sf_buf_str(b, *out[i].prefix ? " xmlns:" : " xmlns");
		sf_buf_str(b, out[i].prefix);
		sf_buf_str(b, "=\"");
		canonical_text(b, sf_span_of(out[i].uri), true);
		sf_buf_char(b, '"');
		r->ns[r->count++] = out[i];
	}
}

/* xml-c14n §2.4: what ancestors outside of the output say of a language and the like is the apex's. */
static size_t inherit(const struct node *apex, struct sortable *attributes, size_t count)
{
	for (const struct node *up = apex->parent; up; up = up->parent) {
		for (size_t i = 0; i < up->attribute_count; i++) {
			const struct attribute *a = &up->attributes[i];
			bool has = strcmp(a->prefix, "xml") != 0;

			for (size_t k = 0; k < count; k++) {
				has = has || (strcmp(attributes[k].attribute->prefix, "xml") == 0 && strcmp(attributes[k].attribute->local, a->local) == 0);
			}
			if (!has) {
				attributes[count++] = (struct sortable){ bound(up, "xml"), a };
			}
		}
	}
	return count;
}

static void canonical_node(struct sf_buf *b, const struct node *node, const struct sf_c14n_how *how, struct rendered *r, bool apex)
{
	size_t outside = r->count;
	struct sortable attributes[MAX_ATTRIBUTES + 1 + 3];
	size_t attribute_count = node->attribute_count;

	if (node->kind == TEXT) {
		canonical_text(b, node->text, false);
	}
	if (node->kind != ELEMENT) {
		return; /* comments are left out, and so is the enveloped signature */
	}
	sf_buf_char(b, '<');
	write_name(b, node->prefix, node->local);
	canonical_namespaces(b, node, how, r);
	for (size_t i = 0; i < node->attribute_count; i++) {
		const char *prefix = node->attributes[i].prefix;

		attributes[i] = (struct sortable){ *prefix ? bound(node, prefix) : "", &node->attributes[i] };
	}
	if (apex && how->method != SF_C14N_EXCLUSIVE) {
		attribute_count = inherit(node, attributes, attribute_count);
	}
	qsort(attributes, attribute_count, sizeof(attributes[0]), by_name);
	for (size_t i = 0; i < attribute_count; i++) {
		sf_buf_char(b, ' ');
		write_name(b, attributes[i].attribute->prefix, attributes[i].attribute->local);
		sf_buf_str(b, "=\"");
		canonical_text(b, attributes[i].attribute->value, true);
		sf_buf_char(b, '"');
	}
	sf_buf_char(b, '>');
	for (size_t i = 0; i < node->child_count; i++) {
		canonical_node(b, node->children[i], how, r, false);
	}
	sf_buf_str(b, "</");
	write_name(b, node->prefix, node->local);
	sf_buf_char(b, '>');
	r->count = outside;
}

/* ---- signing and comparing ---- */

static EVP_PKEY *signing_key;
static struct sf_public_key public_key;
static struct sf_key_cache *cache;

static const struct sf_xml_limits limits = { .bytes = 1 << 20, .depth = 64, .nodes = 20000, .attributes = 64, .namespaces = 2000 };

static const char *uri_of(enum sf_c14n method)
{
	switch (method) {
	case SF_C14N_INCLUSIVE: return "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
	case SF_C14N_INCLUSIVE_11: return "http://www.w3.org/2006/12/xml-c14n11";
	default: return SF_NS_EXC_C14N;
	}
}

static struct sf_span signature_element(const struct sf_c14n_how *how, struct sf_span canonical, struct sf_span value)
{
	unsigned char digest[SF_DIGEST_MAX];
	char text[SF_BASE64_ENCODED(SF_DIGEST_MAX)];
	struct sf_span out;
	struct sf_buf b;

	sf_digest(SF_SHA256, canonical.p, canonical.n, digest);
	sf_buf_init(&b, &arena, 10000);
	sf_buf_str(&b, "<ds:Signature xmlns:ds=\"" SF_NS_DS "\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"");
	sf_buf_str(&b, uri_of(how->method));
	sf_buf_str(&b, "\"/><ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><ds:Reference URI=\"#id-1\"><ds:Transforms>"
			"<ds:Transform Algorithm=\"" SF_NS_DS "enveloped-signature\"/><ds:Transform Algorithm=\"");
	sf_buf_str(&b, uri_of(how->method));
	sf_buf_str(&b, "\">");
	if (how->prefixes[0]) {
		sf_buf_str(&b, "<ec:InclusiveNamespaces xmlns:ec=\"" SF_NS_EXC_C14N "\" PrefixList=\"");
		for (size_t i = 0; how->prefixes[i]; i++) {
			sf_buf_str(&b, i ? " " : "");
			sf_buf_str(&b, how->prefixes[i]);
		}
		sf_buf_str(&b, "\"/>");
	}
	sf_buf_str(&b, "</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>");
	sf_buf_add(&b, text, sf_base64_encode(digest, 32, text));
	sf_buf_str(&b, "</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>");
	sf_buf_span(&b, value);
	sf_buf_str(&b, "</ds:SignatureValue></ds:Signature>");
	sf_buf_done(&b, &out);
	return out;
}

static struct sf_xml_node *find(struct sf_xml_doc *doc, const char *ns, const char *name)
{
	struct sf_xml_node *root = sf_xml_root(doc), *node = root;

	while (node && !sf_xml_is(node, ns, name)) {
		node = sf_xml_walk(node, root);
	}
	return node;
}

static struct sf_xml_node *find_target(struct sf_xml_doc *doc)
{
	struct sf_xml_node *signature = find(doc, SF_NS_DS, "Signature");

	return signature ? sf_xml_parent(signature) : NULL;
}

static struct sf_span sign(struct sf_span bytes)
{
	unsigned char sig[1024];
	size_t n = sizeof(sig);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	char *text = sf_arena_alloc(&arena, SF_BASE64_ENCODED(sizeof(sig)));

	if (EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, signing_key) != 1 || EVP_DigestSign(ctx, sig, &n, (const unsigned char *)bytes.p, bytes.n) != 1) {
		abort();
	}
	EVP_MD_CTX_free(ctx);
	return (struct sf_span){ text, sf_base64_encode(sig, n, text) };
}

static struct sf_span document_of(const struct node *root, struct sf_span signature, uint64_t written_as)
{
	uint64_t kept = seed;
	struct sf_span out;
	struct sf_buf b;

	seed = written_as; /* the same choices each time it is written */
	sf_buf_init(&b, &arena, 1 << 20);
	if (chance(30)) {
		sf_buf_str(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- before -->");
	}
	write_node(&b, root, signature);
	sf_buf_done(&b, &out);
	seed = kept;
	return out;
}

static void choose(unsigned i, struct sf_c14n_how *how)
{
	memset(how, 0, sizeof(*how));
	how->method = i % 8 == 6 ? SF_C14N_INCLUSIVE : i % 8 == 7 ? SF_C14N_INCLUSIVE_11 : SF_C14N_EXCLUSIVE;
	if (how->method == SF_C14N_EXCLUSIVE && i % 2) {
		size_t n = 0;

		for (size_t k = 0; k < COUNT(prefixes); k++) {
			if (chance(40)) {
				how->prefixes[n++] = *prefixes[k] ? prefixes[k] : "#default";
			}
		}
		if (chance(20)) {
			how->prefixes[n++] = "nobody-has-this";
		}
	}
}

static bool differs(struct sf_span ours, struct sf_span model, unsigned i, const char *what, struct sf_span document)
{
	if (sf_span_eq(ours, model)) {
		return false;
	}
	printf("document %u, %s\n document: %.*s\n ours:     %.*s\n expected: %.*s\n", i, what, (int)document.n, document.p, (int)ours.n, ours.p, (int)model.n, model.p);
	return true;
}

/* One document: 0 if everything agrees. The finished one is written to the file. */
static int one_document(unsigned i, const char *file)
{
	struct sf_dsig_policy policy = { .keys = &public_key, .key_count = 1, .cache = cache, .limits = &limits, .allow_inclusive_c14n = true };
	struct sf_dsig_result result;
	struct node *target, *root;
	struct sf_xml_bytes bytes;
	struct rendered rendered = { .count = 0 };
	struct sf_span canonical, document, signature;
	struct sf_error error = { 0 };
	struct sf_c14n_how how;
	struct sf_xml_doc *doc;
	struct sf_buf b;
	uint64_t written_as;
	int wrong = 0;

	seed = 0x9E3779B97F4A7C15u * (i + 1);
	choose(i, &how);
	xml_base = how.method != SF_C14N_INCLUSIVE_11;
	root = make_document(&target);
	written_as = random_next(&seed);
	sf_buf_init(&b, &arena, 1 << 20);
	canonical_node(&b, target, &how, &rendered, true);
	sf_buf_done(&b, &canonical);

	document = document_of(root, signature_element(&how, canonical, SF_SPAN_LIT("")), written_as);
	if (!sf_xml_parse(document, &limits, &doc, &error)) {
		printf("document %u: not taken, %d %s %s\n %.*s\n", i, error.code, error.where, error.found, (int)document.n, document.p);
		return 1;
	}
	if (!sf_xml_canonicalize(find_target(doc), find(doc, SF_NS_DS, "Signature"), &how, &bytes, &error)) {
		printf("document %u: no canonical form\n", i);
		sf_xml_free(doc);
		return 1;
	}
	wrong += differs(bytes.span, canonical, i, "canonical form", document);
	sf_xml_bytes_free(&bytes);
	if (!sf_xml_canonicalize(find(doc, SF_NS_DS, "SignedInfo"), NULL, &(struct sf_c14n_how){ .method = how.method }, &bytes, &error)) {
		printf("document %u: SignedInfo has no canonical form\n", i);
		sf_xml_free(doc);
		return 1;
	}
	signature = signature_element(&how, canonical, sign(bytes.span));
	sf_xml_bytes_free(&bytes);
	sf_xml_free(doc);

	document = document_of(root, signature, written_as);
	write_file(file, document.p, document.n);
	if (!sf_xml_parse(document, &limits, &doc, &error)) {
		return wrong + 1;
	}
	if (sf_dsig_verify(doc, find_target(doc), find(doc, SF_NS_DS, "Signature"), &policy, &arena, &result, &error)) {
		struct sf_xml_doc *again;

		wrong += differs(result.bytes.span, canonical, i, "verified bytes", document);
		/* what was verified is a document, and its canonical form is itself */
		if (sf_xml_parse(result.bytes.span, &limits, &again, &error)) {
			if (sf_xml_canonicalize(sf_xml_root(again), NULL, &how, &bytes, &error)) {
				wrong += differs(bytes.span, canonical, i, "canonical form of the canonical form", document);
				sf_xml_bytes_free(&bytes);
			} else {
				wrong++;
			}
			sf_xml_free(again);
		} else {
			printf("document %u: its canonical form is not taken, %s\n", i, error.where);
			wrong++;
		}
		sf_xml_bytes_free(&result.bytes);
	} else {
		printf("document %u: our verifier says no, %d %s\n", i, error.code, error.where);
		wrong++;
	}
	sf_xml_free(doc);
	return wrong;
}

/* ---- libxml2 ---- */

static size_t compared;

/* 0 if it has the same bytes. */
static int one_element(const struct sf_xml_node *node, const struct sf_xml_node *without, xmlDoc *doc, const xmlNode *theirs, const xmlNode *theirs_without,
		const struct sf_c14n_how *how, unsigned i, struct sf_span document)
{
	struct sf_error error = { 0 };
	struct sf_xml_bytes ours;
	struct sf_span expected;
	int wrong;

	if (!sf_xml_canonicalize(node, without, how, &ours, &error)) {
		return !(how->method == SF_C14N_INCLUSIVE_11 && error.code == SF_CANONICALIZATION_FAILED && libxml_inherits_base(theirs));
	}
	expected = libxml_canonical(doc, theirs, theirs_without, how);
	wrong = differs(ours.span, expected, i, "libxml2's canonical form", document);
	xmlFree((char *)(uintptr_t)expected.p);
	sf_xml_bytes_free(&ours);
	compared++;
	return wrong;
}

/* Every element of a document, in each method, with a PrefixList and without, with and without each of its children. */
static int against_libxml(unsigned i, struct sf_span document)
{
	struct sf_error error = { 0 };
	struct sf_xml_node *node, *root;
	struct sf_xml_doc *doc;
	xmlDoc *tree = libxml_tree(document);
	xmlNode *theirs = tree ? xmlDocGetRootElement(tree) : NULL;
	struct sf_c14n_how hows[4] = { { .method = SF_C14N_EXCLUSIVE }, { .method = SF_C14N_EXCLUSIVE }, { .method = SF_C14N_INCLUSIVE }, { .method = SF_C14N_INCLUSIVE_11 } };
	int wrong = 0;

	choose(1, &hows[1]);
	if (!tree || !sf_xml_parse(document, &limits, &doc, &error)) {
		printf("document %u is not taken\n", i);
		return 1;
	}
	root = sf_xml_root(doc);
	for (node = root; node && theirs; node = sf_xml_walk(node, root), theirs = libxml_next(theirs)) {
		struct sf_xml_node *without = NULL;
		xmlNode *theirs_without = NULL;

		do {
			for (size_t m = 0; m < COUNT(hows); m++) {
				wrong += one_element(node, without, tree, theirs, theirs_without, &hows[m], i, document);
			}
			without = without ? sf_xml_next(without) : sf_xml_first(node);
			theirs_without = libxml_element_from(theirs_without ? theirs_without->next : theirs->children);
		} while (without && theirs_without && !wrong);
		wrong += without || theirs_without;
	}
	wrong += node || theirs;
	sf_xml_free(doc);
	xmlFreeDoc(tree);
	return wrong;
}

static void compare_with_libxml(void)
{
	int failed = 0;

	for (unsigned i = 0; i < LIBXML_DOCUMENTS && failed < 4; i++) {
		struct node *target;
		struct sf_span document;

		seed = 0xD1B54A32D192ED03u * (i + 1);
		xml_base = i % 4 == 0;
		document = document_of(make_document(&target), SF_SPAN_LIT("<s/>"), random_next(&seed));
		failed += against_libxml(i, document) != 0;
		checks_passed++;
		sf_arena_free(&arena);
		sf_arena_init(&arena, (size_t)16 << 20);
	}
	printf("%zu canonical forms compared with libxml2's\n", compared);
	CHECK(failed == 0 && compared > 100000);
}

/* ---- xmlsec1 ---- */

static void compare_with_xmlsec1(void)
{
	int accepted;

	for (unsigned from = 0; from < DOCUMENTS; from += EACH_RUN) {
		char count[32] = "";
		FILE *f;

		/* it ends at the first that fails, and names it */
		(void)run("seq -f 'd%%g.xml' %u %u | xargs xmlsec1 --verify --pubkey-pem pub.pem --id-attr:ID %s:target", from, from + EACH_RUN - 1, NS_TARGET);
		(void)!system("grep -c '^OK$' log >count");
		f = fopen("count", "r");
		accepted = f && fgets(count, sizeof(count), f) ? atoi(count) : -1;
		if (f) {
			fclose(f);
		}
		if (!CHECK(accepted == EACH_RUN)) {
			printf("  xmlsec1 takes %d of %d from document %u on\n", accepted, EACH_RUN, from);
			(void)!system("grep -v '^OK$\\|References (ok' log | head -n 5");
		}
	}
	/* and it can say no */
	MUST_RUN("sed 's/ID=\\(.\\)id-1/ID=\\1id-2/' \"$(grep -lE \"ID=['\\\"]id-1['\\\"]\" d?.xml | head -n 1)\" >bad.xml");
	CHECK(!run("xmlsec1 --verify --pubkey-pem pub.pem --id-attr:ID %s:target bad.xml", NS_TARGET));
	MUST_RUN("perl -pe 's{(DigestValue>)(.)}{$1 . ($2 eq \"A\" ? \"B\" : \"A\")}e' d0.xml >bad.xml");
	CHECK(!run("xmlsec1 --verify --pubkey-pem pub.pem --id-attr:ID %s:target bad.xml", NS_TARGET));
}

int main(void)
{
	struct sf_span der;
	int failed = 0;
	FILE *f;

	sf_arena_init(&arena, (size_t)16 << 20);
	tools_enter_folder();
	need_program("openssl", "openssl");
	need_program("xmlsec1", "xmlsec1");
	need_program("perl", "perl");
	MUST_RUN("openssl genrsa -out key.pem 2048 && openssl pkey -in key.pem -pubout -out pub.pem");
	f = fopen("key.pem", "r");
	signing_key = f ? PEM_read_PrivateKey(f, NULL, NULL, NULL) : NULL;
	fclose(f);
	cache = sf_key_cache_new();
	struct sf_arena keep;
	sf_arena_init(&keep, 1 << 20);
	if (!CHECK(signing_key && sf_pem_or_base64(&keep, read_file_into(&keep, "pub.pem"), "PUBLIC KEY", &der) && sf_public_key_from_spki(der, &public_key))) {
		return check_done();
	}
	for (unsigned i = 0; i < DOCUMENTS; i++) {
		char file[32];

		snprintf(file, sizeof(file), "d%u.xml", i);
		failed += one_document(i, file) != 0;
		checks_passed++;
		sf_arena_free(&arena);
		sf_arena_init(&arena, (size_t)16 << 20);
		if (failed > 3) {
			break;
		}
	}
	CHECK(failed == 0);
	compare_with_libxml();
	if (!failed) {
		compare_with_xmlsec1();
	}
	EVP_PKEY_free(signing_key);
	sf_key_cache_free(cache);
	sf_arena_free(&keep);
	sf_arena_free(&arena);
	return check_done();
}
