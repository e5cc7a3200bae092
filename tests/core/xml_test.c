/* The scan before the parser, the parser's refusals, texts, and what canonicalisation leaves behind. */
#include "xml/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/text.h"
#include "tools.h"

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_arg;
#else
typedef xmlErrorPtr error_arg;
#endif

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

static void ignore_error(void *arg, error_arg error)
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

/* ---- texts as libxml2 gives them: in pieces, decoded, or as they stand ---- */

static void pieces_of_text(void)
{
	static const struct {
		const char *xml, *text; /* of the element, and of its attribute b */
	} all[] = {
		{ "<a b='x&amp;y'>x&amp;y</a>", "x&y" },
		{ "<a b='&amp;'>&amp;</a>", "&" },
		{ "<a b='&#38;&#38;#38;'>&#38;&#38;#38;</a>", "&&#38;" }, /* once, not twice */
		{ "<a b='&amp;amp;&amp;#38;'>&amp;amp;&amp;#38;</a>", "&amp;&#38;" },
		{ "<a b='&lt;&gt;&quot;&apos;'>&lt;&gt;&quot;&apos;</a>", "<>\"'" },
		{ "<a b='1&#xe9;\xc3\xa9&#x1F600;'>1&#xe9;\xc3\xa9&#x1F600;</a>", "1\xc3\xa9\xc3\xa9\xf0\x9f\x98\x80" },
		{ "<a b='&#13;&#10;&#9;'>&#13;\r\n&#9;</a>", "\r\n\t" },
		{ "<a b='p&#10;q&#10;r'>p\r\nq\rr</a>", "p\nq\nr" },
		{ "<a b=']]&gt;'>]]&gt;</a>", "]]>" },
		{ "<a b=''></a>", "" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct sf_xml_doc *doc = must_parse(all[i].xml);
		struct sf_xml_node *root = sf_xml_root(doc);
		struct sf_span text, value;

		/* one text, whatever it was made of */
		CHECK(sf_xml_text(root, SF_TEXT_PLAIN, &arena, &text) && sf_span_is(text, all[i].text));
		CHECK(sf_xml_attribute(root, "b", &value) && sf_span_is(value, all[i].text));
		sf_xml_free(doc);
	}
	CHECK(text_is("<a>1<![CDATA[&amp;]]>&amp;<![CDATA[]]>2</a>", SF_TEXT_WHOLE, "1&amp;&2") && text_is("<a><![CDATA[]]></a>", SF_TEXT_PLAIN, NULL));
	CHECK(text_is("<a><![CDATA[\r\n\r]]></a>", SF_TEXT_WHOLE, "\n\n"));
	CHECK(text_is("<!-- x --><a><!---->1</a><!-- y -->", SF_TEXT_WHOLE, "1"));
}

/* As long as libxml2's buffers and longer, of characters that it passes on in other ways than it does letters. */
static void long_texts(void)
{
	static const char *const units[] = { "a", "\xc3\xa9", "&amp;", "&#65;", "\r\n", "]", "x\ny", "a&lt;\xe2\x82\xac" }, *const meant[] = { "a", "\xc3\xa9", "&", "A", "\n", "]", "x\ny", "a<\xe2\x82\xac" };
	size_t room = 12 * 5000;
	char *xml = sf_arena_alloc(&arena, room), *text = sf_arena_alloc(&arena, room);

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		for (size_t count = 1; count <= 5000; count = count * 3 + 1) {
			size_t n = (size_t)sprintf(xml, "<a>"), text_n = 0;

			for (size_t k = 0; k < count; k++) {
				memcpy(xml + n, units[i], strlen(units[i]));
				n += strlen(units[i]);
				memcpy(text + text_n, meant[i], strlen(meant[i]));
				text_n += strlen(meant[i]);
			}
			memcpy(xml + n, "</a>", 5);
			text[text_n] = '\0';
			CHECK(text_is(xml, SF_TEXT_PLAIN, text));
		}
	}
}

/* More names than there is place for at first, and each of them found again. */
static void many_names(void)
{
	size_t room = 400000, n;
	char *xml = sf_arena_alloc(&arena, room);
	struct sf_xml_node *root, *node;
	struct sf_xml_doc *doc;
	size_t count = 0;

	n = (size_t)sprintf(xml, "<r>");
	for (int i = 0; i < 3000; i++) {
		n += (size_t)sprintf(xml + n, "<n%d:e%d xmlns:n%d='urn:n%d' a%d='%d' n%d:b='%d'/>", i % 700, i, i % 700, i % 900, i, i, i % 700, i);
	}
	sprintf(xml + n, "</r>");
	struct sf_xml_limits more = wide;
	struct sf_error error;
	more.namespaces = 3000;
	if (!CHECK(sf_xml_parse(sf_span_of(xml), &more, &doc, &error))) {
		return;
	}
	root = sf_xml_root(doc);
	for (node = sf_xml_first(root); node; node = sf_xml_next(node)) {
		char name[16], uri[16], value[16];
		struct sf_span got;

		snprintf(name, sizeof(name), "a%zu", count);
		snprintf(value, sizeof(value), "%zu", count);
		snprintf(uri, sizeof(uri), "urn:n%zu", count % 900);
		if (!CHECK(sf_xml_in(node, uri) && sf_xml_attribute(node, name, &got) && sf_span_is(got, value) && !sf_xml_attribute(node, "b", &got) && sf_xml_parent(node) == root)) {
			break;
		}
		count++;
	}
	CHECK(count == 3000);
	sf_xml_free(doc);
}

/* libxml2 gives these names with &#38; in them, and its own canonicalisation writes that. */
static void ampersand_in_namespace(void)
{
	static const char *const written[] = { "<p:a xmlns:p='urn:a?b&amp;c'><p:b p:d=''/></p:a>", "<p:a xmlns:p='urn:a?b&#38;c'><p:b p:d=''/></p:a>", "<p:a xmlns:p='urn:a?b&#x26;c'><p:b p:d=''/></p:a>" };

	for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
		struct sf_xml_doc *doc = must_parse(written[i]), *again;
		struct sf_c14n_how how = { .method = SF_C14N_EXCLUSIVE };
		struct sf_xml_bytes bytes;
		struct sf_error error = { 0 };

		CHECK(sf_xml_is(sf_xml_root(doc), "urn:a?b&c", "a") && sf_xml_is(sf_xml_first(sf_xml_root(doc)), "urn:a?b&c", "b"));
		CHECK(sf_xml_canonicalize(sf_xml_root(doc), NULL, &how, &bytes, &error) && sf_span_is(bytes.span, "<p:a xmlns:p=\"urn:a?b&amp;c\"><p:b p:d=\"\"></p:b></p:a>"));
		CHECK(sf_xml_take(&bytes, &wide, &again, &error) && sf_xml_is(sf_xml_root(again), "urn:a?b&c", "a"));
		sf_xml_free(again);
		sf_xml_free(doc);
	}
}

/* Bytes that the document takes, and frees, whatever becomes of them. */
static void bytes_taken(void)
{
	struct sf_xml_bytes bytes;
	struct sf_xml_doc *doc;
	struct sf_error error = { 0 };
	struct sf_span value;
	char *room = sf_xml_bytes_room(&bytes, 32);

	bytes.span.n = (size_t)sprintf(room, "\xEF\xBB\xBF<a b='1'>2</a>");
	CHECK(sf_xml_take(&bytes, &wide, &doc, &error) && !bytes.handle && sf_xml_attribute(sf_xml_root(doc), "b", &value) && sf_span_is(value, "1"));
	sf_xml_free(doc);
	room = sf_xml_bytes_room(&bytes, 32);
	bytes.span.n = (size_t)sprintf(room, "<a>");
	CHECK(!sf_xml_take(&bytes, &wide, &doc, &error) && error.code == SF_NOT_WELL_FORMED && !bytes.handle); /* the scan's */
	room = sf_xml_bytes_room(&bytes, 32);
	bytes.span.n = (size_t)sprintf(room, "<a>&x;</a>");
	CHECK(!sf_xml_take(&bytes, &wide, &doc, &error) && error.code == SF_NOT_WELL_FORMED && !bytes.handle); /* the parser's */
	CHECK(!sf_xml_bytes_room(&bytes, SIZE_MAX) && !bytes.handle);
	sf_xml_bytes_free(&bytes);
}

/* The global error handlers and entity loader belong to PHP. */
static int called;

static void global_handler(void *arg, error_arg error)
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
	pieces_of_text();
	long_texts();
	many_names();
	ampersand_in_namespace();
	bytes_taken();
	globals_untouched();
	sf_arena_free(&arena);
	return check_done();
}
