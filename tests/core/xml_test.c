/* The scan before the parser, the parser's refusals, texts, and what canonicalisation leaves behind. */
#include "xml/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/text.h"
#include "tools.h"

static struct sf_arena arena;

static const struct sf_xml_limits wide = { .bytes = 1 << 20, .depth = 64, .nodes = 20000, .attributes = 64, .namespaces = 2000 };

/* 0 if the scan takes it, or the reason why not. */
static int scan_with(const struct sf_xml_limits *limits, const char *text, size_t n)
{
	struct sf_span copy = exact_copy(text, n), body;
	struct sf_error error = { 0 };
	bool ok = sf_xml_scan(copy, limits, &body, &error);

	if (ok) {
		CHECK(body.p >= copy.p && body.p + body.n == copy.p + copy.n && body.n);
	} else {
		CHECK(error.code != 0);
	}
	exact_free(copy);
	return ok ? 0 : error.code;
}

static int scan(const char *text)
{
	return scan_with(&wide, text, strlen(text));
}

static int parse(const char *text)
{
	struct sf_span copy = exact_copy(text, strlen(text));
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc = NULL;
	bool ok = sf_xml_parse(copy, &wide, &doc, &error);

	exact_free(copy);
	if (ok) {
		sf_xml_free(doc);
	}
	return ok ? 0 : error.code;
}

/* ---- limits ---- */

#define AT_AND_OVER(field, cap, at, over, reason) \
	do { \
		struct sf_xml_limits limits = wide; \
		limits.field = (cap); \
		CHECK(scan_with(&limits, (at), strlen(at)) == 0); \
		CHECK(scan_with(&limits, (over), strlen(over)) == (reason)); \
	} while (0)

static void limits_at_and_over(void)
{
	AT_AND_OVER(bytes, 10, "<a>123</a>", "<a>1234</a>", SF_TOO_LARGE);
	AT_AND_OVER(depth, 3, "<a><b><c/></b><b><c></c></b></a>", "<a><b><c><d/></c></b></a>", SF_TOO_DEEP);
	AT_AND_OVER(depth, 1, "<a/>", "<a><b/></a>", SF_TOO_DEEP);
	AT_AND_OVER(nodes, 4, "<a x='' y=''><b/></a>", "<a x='' y=''><b z=''/></a>", SF_TOO_MANY_NODES);
	AT_AND_OVER(nodes, 3, "<a xmlns='urn:a' xmlns:b='urn:b'><b/><c/></a>", "<a xmlns='urn:a'><b/><c/><d/></a>", SF_TOO_MANY_NODES);
	AT_AND_OVER(nodes, 1, "<a>text<!-- <b/> --><![CDATA[<c/>]]></a>", "<a><b></b></a>", SF_TOO_MANY_NODES);
	AT_AND_OVER(attributes, 3, "<a x='' y='' xmlns='urn:a'><b x='' y='' z=''/></a>", "<a x='' y='' z='' xmlns='urn:a'/>", SF_TOO_MANY_ATTRIBUTES);
	AT_AND_OVER(namespaces, 2, "<a xmlns='urn:a'><b xmlns:b='urn:b' xmlnsx='' xmlns.x=''/></a>", "<a xmlns='urn:a'><b xmlns:b='urn:b'><c xmlns = ''/></b></a>", SF_TOO_MANY_NAMESPACES);

	/* what goes out of scope no longer counts */
	AT_AND_OVER(scope, 2, "<a xmlns='urn:a'><b xmlns:b='urn:b'/><b xmlns:b='urn:b'><c/></b><d xmlns:b='urn:b'/></a>", "<a xmlns='urn:a'><b xmlns:b='urn:b'><c xmlns=''/></b></a>", SF_TOO_MANY_NAMESPACES);
	AT_AND_OVER(scope, 1, "<a><b xmlns='urn:a'/><b xmlns='urn:b'/></a>", "<a xmlns='urn:a' xmlns:b='urn:b'/>", SF_TOO_MANY_NAMESPACES);

	/* a bomb is refused by its first bytes, not after reading it all */
	struct sf_xml_limits small = { .bytes = 1 << 20, .depth = 8, .nodes = 100, .attributes = 8, .namespaces = 8 };
	size_t n = 0;
	char *many = sf_arena_alloc(&arena, 400000);

	while (n < 300000) {
		n += (size_t)sprintf(many + n, "<a b='' c=''>");
	}
	CHECK(scan_with(&small, many, n) == SF_TOO_DEEP);
	n = (size_t)sprintf(many, "<a");
	while (n < 300000) {
		n += (size_t)sprintf(many + n, " a%zu=''", n);
	}
	CHECK(scan_with(&small, many, n) == SF_TOO_MANY_ATTRIBUTES);
}

/* Exclusive C14N writes a namespace's name out as often as it is used. */
static void long_namespaces(void)
{
	char xml[SF_XML_NAMESPACE_MAX + 64];

	for (int n = SF_XML_NAMESPACE_MAX; n <= SF_XML_NAMESPACE_MAX + 1; n++) {
		snprintf(xml, sizeof(xml), "<a xmlns='urn:%0*d'/>", n - 4, 0);
		CHECK(parse(xml) == (n == SF_XML_NAMESPACE_MAX ? 0 : SF_INVALID_NAMESPACE));
	}
}

/* ---- tricks ---- */

static void tags_and_quotes(void)
{
	CHECK(scan("<a/>") == 0 && scan("<a></a>") == 0 && scan("\xEF\xBB\xBF<a/>") == 0 && scan(" \n<a/>\n ") == 0);
	CHECK(scan("<a b=\">\" c='/>'><d/></a>") == 0);
	CHECK(scan("<a b='\"' c=\"'\" d='--'/>") == 0);
	CHECK(scan("<a b = '>' c\n=\n\"'>'\"/>") == 0);
	CHECK(scan("<a><!-- > -- <b> --></a>") == 0); /* the parser refuses the two hyphens */
	CHECK(scan("<a><!-- <?pi?> <!DOCTYPE> --></a>") == 0);
	CHECK(scan("<a><![CDATA[<?pi?><!DOCTYPE a>]] ]>>]]></a>") == 0);
	CHECK(scan("<a><!----></a>") == 0 && scan("<a><![CDATA[]]></a>") == 0 && scan("<a><![CDATA[]]]></a>") == 0);
	CHECK(scan("<a b='--><c/>'><d>]]></d></a>") == 0);

	CHECK(scan("") == SF_NOT_WELL_FORMED && scan("\xEF\xBB\xBF") == SF_NOT_WELL_FORMED);
	CHECK(scan("<") == SF_NOT_WELL_FORMED && scan("<a") == SF_NOT_WELL_FORMED && scan("<a>") == SF_NOT_WELL_FORMED && scan("<a></a") == SF_NOT_WELL_FORMED);
	CHECK(scan("</a>") == SF_NOT_WELL_FORMED && scan("<a/></a>") == SF_NOT_WELL_FORMED && scan("<a><b></a>") == SF_NOT_WELL_FORMED);
	CHECK(scan("<a b='x/>") == SF_NOT_WELL_FORMED && scan("<a b=x/>") == SF_NOT_WELL_FORMED && scan("<a b>") == SF_NOT_WELL_FORMED && scan("<a b=") == SF_NOT_WELL_FORMED);
	CHECK(scan("<a / b=''>") == SF_NOT_WELL_FORMED && scan("<a/") == SF_NOT_WELL_FORMED && scan("<a b=''/ >") == SF_NOT_WELL_FORMED);
	CHECK(scan("<a><!-- ") == SF_NOT_WELL_FORMED && scan("<a><!-->") == SF_NOT_WELL_FORMED && scan("<a><!--->") == SF_NOT_WELL_FORMED && scan("<a><!--x--") == SF_NOT_WELL_FORMED);
	CHECK(scan("<a><![CDATA[") == SF_NOT_WELL_FORMED && scan("<a><![CDATA[]]") == SF_NOT_WELL_FORMED);

	CHECK(scan("<!DOCTYPE a><a/>") == SF_DOCTYPE && scan("<a/><!DOCTYPE a>") == SF_DOCTYPE && scan("<!doctype a><a/>") == SF_DOCTYPE);
	CHECK(scan("<a><!ENTITY x ''></a>") == SF_DOCTYPE && scan("<a><![INCLUDE[]]></a>") == SF_DOCTYPE && scan("<a><!></a>") == SF_DOCTYPE && scan("<a><!-x></a>") == SF_DOCTYPE);
	CHECK(scan("<?pi?><a/>") == SF_PROCESSING_INSTRUCTION && scan("<a><?pi?></a>") == SF_PROCESSING_INSTRUCTION && scan("<a/><?pi ?>") == SF_PROCESSING_INSTRUCTION);
	CHECK(scan("<?xml-stylesheet href=''?><a/>") == SF_PROCESSING_INSTRUCTION && scan(" <?xml version='1.0'?><a/>") == SF_PROCESSING_INSTRUCTION);
	CHECK(scan("<?xml version='1.0'?><?xml version='1.0'?><a/>") == SF_PROCESSING_INSTRUCTION);
}

static void encodings(void)
{
	CHECK(scan("<?xml version=\"1.0\"?><a/>") == 0 && scan("<?xml version='1.0' encoding='utf-8'?><a/>") == 0 && scan("<?xml version='1.0' encoding = \"UTF-8\" standalone='yes'?><a/>") == 0);
	CHECK(scan("<?xml version=\"1.1\"?><a/>") == SF_NOT_WELL_FORMED && scan("<?xml encoding='UTF-8'?><a/>") == SF_NOT_WELL_FORMED);
	CHECK(scan("<?xml version='1.0' encoding='ISO-8859-1'?><a/>") == SF_NOT_UTF8 && scan("<?xml version='1.0' encoding='UTF-16'?><a/>") == SF_NOT_UTF8);
	CHECK(scan("<?xml version='1.0' encoding='UTF-7'?><a/>") == SF_NOT_UTF8 && scan("<?xml version='1.0' encoding='UTF-8x'?><a/>") == SF_NOT_UTF8);
	CHECK(scan("<?xml version='1.0' encoding='utf8'?><a/>") == SF_NOT_UTF8 && scan("<?xml version='1.0' encoding=UTF-8?><a/>") != 0);
	CHECK(scan("<?xml version='1.0' encoding='UTF-8\"?><a/>") == SF_NOT_UTF8 && scan("<?xml version='1.0'") == SF_NOT_WELL_FORMED);
	CHECK(scan("<a>\xff</a>") == SF_NOT_UTF8 && scan("<a>\xed\xa0\x80</a>") == SF_NOT_UTF8 && scan("<a>\xc0\xbc</a>") == SF_NOT_UTF8);
	CHECK(scan_with(&wide, "<a>\0</a>", 8) == SF_NOT_UTF8 && scan_with(&wide, "<a/>\0", 5) == SF_NOT_UTF8);
	CHECK(scan_with(&wide, "\xff\xfe<\0a\0/\0>\0", 10) == SF_NOT_UTF8 && scan_with(&wide, "\0<\0a\0/\0>", 8) == SF_NOT_UTF8);
}

static void parser_refusals(void)
{
	CHECK(parse("<a xmlns='urn:a'/>") == 0 && parse("<a/>") == 0 && parse("<a xmlns:b='http://x/y'><b:c b:d=''/></a>") == 0 && parse("<a xmlns='urn:a'><b xmlns=''/></a>") == 0);
	CHECK(parse("<a/><b/>") == SF_NOT_WELL_FORMED && parse("<a/>x") == SF_NOT_WELL_FORMED && parse("x<a/>") == SF_NOT_WELL_FORMED && parse("<a></b>") == SF_NOT_WELL_FORMED);
	CHECK(parse("<a b='' b=''/>") == SF_NOT_WELL_FORMED && parse("<a xmlns:p='urn:a' xmlns:q='urn:a' p:x='' q:x=''/>") == SF_NOT_WELL_FORMED);
	CHECK(parse("<b:a/>") == SF_NOT_WELL_FORMED && parse("<a b:c=''/>") == SF_NOT_WELL_FORMED && parse("<a:b:c xmlns:a='urn:a'/>") == SF_NOT_WELL_FORMED && parse("<:a/>") == SF_NOT_WELL_FORMED);
	CHECK(parse("<a>&x;</a>") == SF_NOT_WELL_FORMED && parse("<a b='&x;'/>") == SF_NOT_WELL_FORMED && parse("<a>&#0;</a>") == SF_NOT_WELL_FORMED && parse("<a>&#x1;</a>") == SF_NOT_WELL_FORMED);
	CHECK(parse("<a>&#xD800;</a>") == SF_NOT_WELL_FORMED && parse("<a>&#x110000;</a>") == SF_NOT_WELL_FORMED && parse("<a>\x01</a>") == SF_NOT_WELL_FORMED && parse("<a>]]></a>") == SF_NOT_WELL_FORMED);
	CHECK(parse("<a><!-- -- --></a>") == SF_NOT_WELL_FORMED && parse("<a b='<'/>") == SF_NOT_WELL_FORMED && parse("<1/>") == SF_NOT_WELL_FORMED && parse("<a") == SF_NOT_WELL_FORMED);
	CHECK(parse("<a xmlns:b=''/>") == SF_NOT_WELL_FORMED && parse("<a xmlns:xml='urn:x'/>") != 0 && parse("<a xmlns:xmlns='urn:x'/>") != 0);

	/* names that canonicalisation would fail on, and so give the digest of nothing */
	CHECK(parse("<a xmlns:x='1'/>") != 0 && parse("<a xmlns='relative/uri'/>") != 0 && parse("<a xmlns='#x'/>") != 0 && parse("<a xmlns=' urn:a'/>") != 0);
	CHECK(parse("<a xmlns='urn:&#x80;'/>") != 0 && parse("<a xmlns='urn:\xc3\xa9'/>") != 0 && parse("<a><b><c xmlns='urn:&#x7f;'/></b></a>") != 0);
	CHECK(parse("<a xmlns='urn:a b'/>") != 0 && parse("<a xmlns='urn:a\"'/>") != 0);
	CHECK(parse("<a xmlns='urn:oasis:names:tc:SAML:2.0:assertion '/>") != 0);
}

/* ---- against libxml2 ---- */

struct shape {
	size_t depth, nodes, attributes, namespaces;
	bool foreign; /* a processing instruction, a DTD: what the scan is there to refuse */
};

static void measure(const xmlNode *node, size_t depth, struct shape *s)
{
	for (; node; node = node->next) {
		size_t attributes = 0;

		if (node->type == XML_PI_NODE || node->type == XML_DTD_NODE || node->type == XML_ENTITY_REF_NODE) {
			s->foreign = true;
		}
		if (node->type != XML_ELEMENT_NODE) {
			continue;
		}
		s->depth = depth > s->depth ? depth : s->depth;
		s->nodes++;
		for (const xmlAttr *a = node->properties; a; a = a->next) {
			s->nodes++;
			attributes++;
		}
		for (const xmlNs *ns = node->nsDef; ns; ns = ns->next) {
			s->namespaces++;
			attributes++;
		}
		s->attributes = attributes > s->attributes ? attributes : s->attributes;
		measure(node->children, depth + 1, s);
	}
}

static void ignore_error(void *arg, xmlErrorPtr error)
{
	bool *any = ((xmlParserCtxt *)arg)->_private;

	(void)error;
	*any = true;
}

static bool libxml_takes(const char *text, size_t n, struct shape *s)
{
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	bool any = false, ok;
	xmlDoc *doc;

	ctxt->_private = &any;
	ctxt->sax->serror = ignore_error;
	doc = xmlCtxtReadMemory(ctxt, text, (int)n, NULL, "UTF-8", XML_PARSE_NONET);
	ok = doc && ctxt->wellFormed && ctxt->nsWellFormed && !any;
	*s = (struct shape){ 0 };
	if (ok) {
		measure(doc->children, 1, s);
		ok = !s->foreign && !doc->intSubset;
	}
	xmlFreeDoc(doc);
	xmlFreeParserCtxt(ctxt);
	return ok;
}

/* Whatever libxml2 takes, the scan takes too, and it counts what the tree has: at exactly these limits it is taken, below any of them refused. */
static bool scan_agrees(const char *text, size_t n, size_t *taken)
{
	struct sf_xml_limits exact = wide;
	struct shape s;
	bool ok;

	if (!libxml_takes(text, n, &s) || memmem(text, n, "xmlns:xml", 9) || !sf_utf8_valid((struct sf_span){ text, n })) {
		return true; /* the declaration of xml itself is in no tree */
	}
	++*taken;
	exact.bytes = n;
	exact.depth = s.depth;
	exact.nodes = s.nodes;
	exact.attributes = s.attributes;
	exact.namespaces = s.namespaces;
	ok = scan_with(&exact, text, n) == 0;
	exact.depth--;
	ok = scan_with(&exact, text, n) == SF_TOO_DEEP && ok;
	exact.depth++;
	exact.nodes--;
	ok = scan_with(&exact, text, n) == SF_TOO_MANY_NODES && ok;
	exact.nodes++;
	if (s.attributes) {
		exact.attributes--;
		ok = scan_with(&exact, text, n) == SF_TOO_MANY_ATTRIBUTES && ok;
		exact.attributes++;
	}
	if (s.namespaces) {
		exact.namespaces--;
		ok = scan_with(&exact, text, n) == SF_TOO_MANY_NAMESPACES && ok;
		exact.namespaces++;
	}
	exact.bytes--;
	return scan_with(&exact, text, n) == SF_TOO_LARGE && ok;
}

static void scan_against_libxml(void)
{
	static const char *const bases[] = {
		"<a xmlns='urn:a' xmlns:b=\"urn:b\"><b:c d='>' e = \"'\"><!-- <x> --></b:c>text<![CDATA[ <y> ]]><f/>&amp;&#65;</a>",
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<p:R xmlns:p=\"urn:p\" ID=\"_1\"><p:S>\xc3\xa9</p:S><q xmlns=\"\" z='/>' y=\"<!--\"/></p:R>",
		"<a b=\">\" c='x=\"y\"'><d\n/><e  ></e\t><g a.b='1' _='2' -='3'/></a>",
	};
	static const char *const pieces[] = {
		"<", ">", "/", "/>", "\"", "'", "=", " ", "\n", "<!--", "-->", "<![CDATA[", "]]>", "<b/>", "<b>", "</b>", " x='1'", " xmlns='urn:n'", " xmlns:n='urn:n'", " xmlns:x=\"urn:>\"",
		"&lt;", "a", ":", "\xc3\xa9", "-", "]", "!", "?", " xmlnsy=''", " y=\"'/>'\"", "<c d='<!--'/>", "<e f=\"]]>\"></e>",
	};
	uint64_t seed = 20;
	size_t wrong = 0, taken = 0;
	char text[1024];

	for (int round = 0; round < 60000; round++) {
		const char *base = bases[random_below(&seed, 3)];
		size_t n = strlen(base);

		memcpy(text, base, n);
		for (unsigned edits = 1 + random_below(&seed, 3); edits; edits--) {
			const char *piece = pieces[random_below(&seed, sizeof(pieces) / sizeof(pieces[0]))];
			size_t at = random_below(&seed, (unsigned)n + 1), length = strlen(piece), gone = random_below(&seed, 3) ? 0 : random_below(&seed, 6);

			if (gone > n - at) {
				gone = n - at;
			}
			memmove(text + at + length, text + at + gone, n - at - gone);
			memcpy(text + at, piece, length);
			n = n + length - gone;
		}
		if (n > 60 && memcmp(text, "<?xml", 5) == 0 && memcmp(text, bases[1], 39) != 0) {
			continue; /* what the declaration may say is stricter here than there, by intent */
		}
		if (!scan_agrees(text, n, &taken)) {
			wrong++;
			printf("the scan differs: %.*s\n", (int)n, text);
		}
	}
	printf("%zu of 60000 documents were well-formed\n", taken);
	CHECK(wrong == 0 && taken > 1500);
}

/* ---- reading ---- */

static struct sf_xml_doc *must_parse(const char *text)
{
	struct sf_xml_doc *doc = NULL;
	struct sf_error error;

	if (!sf_xml_parse(sf_span_of(text), &wide, &doc, &error)) {
		printf("not taken: %s\n", text);
		exit(1);
	}
	return doc;
}

static bool text_is(const char *xml, enum sf_xml_text_kind kind, const char *expected)
{
	struct sf_xml_doc *doc = must_parse(xml);
	struct sf_span text;
	bool ok = sf_xml_text(sf_xml_root(doc), kind, &arena, &text);

	ok = expected ? ok && sf_span_is(text, expected) : !ok;
	if (!ok) {
		printf("  %s\n", xml);
	}
	sf_xml_free(doc);
	return ok;
}

static void texts(void)
{
	static const enum sf_xml_text_kind all[] = { SF_TEXT_PLAIN, SF_TEXT_WHOLE, SF_TEXT_DEEP };

	for (size_t i = 0; i < 3; i++) {
		CHECK(text_is("<a/>", all[i], "") && text_is("<a></a>", all[i], "") && text_is("<a>x</a>", all[i], "x") && text_is("<a> x&amp;&#13;\n</a>", all[i], " x&\r\n"));
	}
	CHECK(text_is("<a>admin<!-- -->@evil</a>", SF_TEXT_PLAIN, NULL) && text_is("<a><!-- -->x</a>", SF_TEXT_PLAIN, NULL) && text_is("<a>x<!-- --></a>", SF_TEXT_PLAIN, NULL));
	CHECK(text_is("<a><![CDATA[x]]></a>", SF_TEXT_PLAIN, NULL) && text_is("<a>x<b/></a>", SF_TEXT_PLAIN, NULL) && text_is("<a><!-- --></a>", SF_TEXT_PLAIN, NULL));
	CHECK(text_is("<a>admin<!-- -->@evil</a>", SF_TEXT_WHOLE, "admin@evil") && text_is("<a><!-- -->x</a>", SF_TEXT_WHOLE, "x") && text_is("<a><!-- --></a>", SF_TEXT_WHOLE, ""));
	CHECK(text_is("<a>1<![CDATA[2]]>3<!---->4<![CDATA[<5>]]></a>", SF_TEXT_WHOLE, "1234<5>") && text_is("<a>x<b/>y</a>", SF_TEXT_WHOLE, NULL) && text_is("<a><b>x</b></a>", SF_TEXT_WHOLE, NULL));
	CHECK(text_is("<a>1<b>2<c><!-- -->3</c></b><b/>4<d><![CDATA[5]]></d></a>", SF_TEXT_DEEP, "12345") && text_is("<a><b><c/></b></a>", SF_TEXT_DEEP, "") && text_is("<a><b>x</b></a>", SF_TEXT_DEEP, "x"));
	CHECK(text_is("<a><!-- no --><b><!-- no --></b></a>", SF_TEXT_DEEP, ""));

	struct sf_xml_doc *doc = must_parse("<a>1<!-- -->2</a>");
	struct sf_arena none;
	struct sf_span text;

	sf_arena_init(&none, 0);
	CHECK(!sf_xml_text(sf_xml_root(doc), SF_TEXT_WHOLE, &none, &text)); /* no memory is a failure, not a shorter text */
	sf_xml_free(doc);

	doc = must_parse("<r><a> \n<!-- x --><b/>\t</a><a>x<b/></a><a><![CDATA[ ]]></a><a><![CDATA[x]]></a><a><b>x</b></a></r>");
	struct sf_xml_node *a = sf_xml_first(sf_xml_root(doc));
	CHECK(sf_xml_no_stray_text(a));
	a = sf_xml_next(a);
	CHECK(!sf_xml_no_stray_text(a));
	a = sf_xml_next(a);
	CHECK(sf_xml_no_stray_text(a));
	a = sf_xml_next(a);
	CHECK(!sf_xml_no_stray_text(a));
	a = sf_xml_next(a);
	CHECK(sf_xml_no_stray_text(a) && !sf_xml_next(a));
	sf_xml_free(doc);
}

static bool count_attribute(void *arg, struct sf_span ns, struct sf_span name, struct sf_span value)
{
	size_t *count = arg;

	++*count;
	CHECK(name.n == 1 && (name.p[0] == 'n' ? sf_span_is(ns, "urn:n") : ns.n == 0));
	return !sf_span_is(value, "stop");
}

static void nodes_and_attributes(void)
{
	struct sf_xml_doc *doc = must_parse("<a xmlns='urn:a' xmlns:n='urn:n' x='1' n:n='2'><!-- c -->t<b/><n:c><d/></n:c><b y='' z='a&amp;b&#10;c'/></a>");
	struct sf_xml_node *root = sf_xml_root(doc), *node;
	struct sf_span value;
	char order[16] = "";
	size_t count = 0;

	for (node = root; node; node = sf_xml_walk(node, root)) {
		strncat(order, sf_xml_name(node).p, 1);
	}
	CHECK(strcmp(order, "abcdb") == 0);
	CHECK(!sf_xml_parent(root) && sf_xml_parent(sf_xml_first(root)) == root && sf_xml_is(root, "urn:a", "a") && sf_xml_in(root, "urn:a") && !sf_xml_is(root, "urn:n", "a") && !sf_xml_is(root, "urn:a", "b"));
	CHECK(sf_xml_attribute(root, "x", &value) && sf_span_is(value, "1") && !sf_xml_attribute(root, "n", &value) && !sf_xml_attribute(root, "xmlns", &value));
	CHECK(sf_xml_attributes(root, count_attribute, &count) && count == 2);
	node = sf_xml_next(sf_xml_first(root));
	CHECK(sf_xml_is(node, "urn:n", "c") && !sf_xml_walk(sf_xml_first(node), node)); /* not out of what it walks within */
	node = sf_xml_next(node);
	CHECK(sf_xml_attribute(node, "y", &value) && value.n == 0 && sf_xml_attribute(node, "z", &value) && sf_span_is(value, "a&b\nc") && !sf_xml_next(node));
	sf_xml_free(doc);
	doc = must_parse("<a x='stop' y=''/>");
	count = 0;
	CHECK(!sf_xml_attributes(sf_xml_root(doc), count_attribute, &count) && count == 1);
	CHECK(!sf_xml_in(sf_xml_root(doc), "") && !sf_xml_is(sf_xml_root(doc), "", "a"));
	sf_xml_free(doc);
	sf_xml_free(NULL);
}

/* ---- canonicalisation puts back what it took apart ---- */

static void links_ok(const xmlNode *parent)
{
	const xmlNode *before = NULL;

	for (const xmlNode *node = parent->children; node; node = node->next) {
		CHECK(node->prev == before && node->parent == parent);
		if (node->type == XML_ELEMENT_NODE) {
			links_ok(node);
		}
		before = node;
	}
	CHECK(parent->last == before);
}

static void tree_unchanged(void)
{
	static const enum sf_c14n methods[] = { SF_C14N_EXCLUSIVE, SF_C14N_INCLUSIVE, SF_C14N_INCLUSIVE_11, SF_C14N_NONE };
	struct sf_xml_doc *doc = must_parse("<!-- before --><a xmlns='urn:a' xmlns:n='urn:n' x='1'>t<b/><n:c>u<d/><!-- c --><e f=''>v</e>w</n:c><g/></a><!-- after -->");
	struct sf_xml_node *root = sf_xml_root(doc);
	xmlChar *before, *after;
	int before_n, after_n;
	size_t calls = 0;

	xmlDocDumpMemory((xmlDoc *)doc, &before, &before_n);
	for (struct sf_xml_node *node = root; node; node = sf_xml_walk(node, root)) {
		struct sf_xml_node *without = NULL;

		do {
			for (size_t m = 0; m < 4; m++) {
				struct sf_c14n_how how = { .method = methods[m] };
				struct sf_xml_bytes bytes;
				struct sf_error error;
				bool ok = sf_xml_canonicalize(doc, node, without, &how, &bytes, &error);

				CHECK(ok == (methods[m] != SF_C14N_NONE));
				if (ok) {
					sf_xml_bytes_free(&bytes);
					CHECK(!bytes.handle && !bytes.span.p);
				}
				xmlDocDumpMemory((xmlDoc *)doc, &after, &after_n);
				CHECK(after_n == before_n && memcmp(before, after, (size_t)before_n) == 0);
				xmlFree(after);
				links_ok((xmlNode *)doc);
				calls++;
			}
			without = without ? sf_xml_next(without) : sf_xml_first(node);
		} while (without);
	}
	CHECK(calls == 4 * (6 + 5));
	xmlFree(before);
	sf_xml_free(doc);
	sf_xml_bytes_free(&(struct sf_xml_bytes){ .handle = NULL });
}

/* The global error handlers and entity loader belong to PHP. */
static int called;

static void global_handler(void *arg, xmlErrorPtr error)
{
	(void)arg;
	(void)error;
	called++;
}

static void globals_untouched(void)
{
	xmlExternalEntityLoader loader = xmlGetExternalEntityLoader();

	xmlSetStructuredErrorFunc(&called, global_handler);
	CHECK(parse("<a>") != 0 && parse("<a b='' b=''/>") != 0 && parse("<a><b:c/></a>") != 0 && parse("<a/>") == 0);
	CHECK(called == 0 && xmlStructuredError == global_handler && xmlStructuredErrorContext == &called && xmlGetExternalEntityLoader() == loader);
	xmlSetStructuredErrorFunc(NULL, NULL);
}

int main(void)
{
	sf_arena_init(&arena, (size_t)16 << 20);
	limits_at_and_over();
	long_namespaces();
	tags_and_quotes();
	encodings();
	parser_refusals();
	scan_against_libxml();
	texts();
	nodes_and_attributes();
	tree_unchanged();
	globals_untouched();
	sf_arena_free(&arena);
	return check_done();
}
