#include "check.h"

#include <stdlib.h>

#include "base/json.h"

/* Whether the whole text is read to its end. From memory of exactly its size, so that the sanitizer sees a read behind it. */
static bool reads(const char *p, size_t n)
{
	char *exact = malloc(n ? n : 1);
	enum sf_json_token token;
	struct sf_json j;

	if (n) {
		memcpy(exact, p, n);
	}
	sf_json_init(&j, (struct sf_span){ exact, n });
	do {
		token = sf_json_next(&j);
	} while (token != SF_JSON_ERROR && token != SF_JSON_END);
	free(exact);
	return token == SF_JSON_END;
}

static bool ok(const char *text)
{
	return reads(text, strlen(text));
}

static void test_accepts(void)
{
	CHECK(ok("{}"));
	CHECK(ok(" [ ] \r\n\t"));
	CHECK(ok("null") && ok("true") && ok("false") && ok("\"\"") && ok("0") && ok("-0"));
	CHECK(ok("[1,-2,3.5,4e5,6E+7,8.9e-10,0.1]"));
	CHECK(ok("{\"a\":{\"b\":[1,{\"c\":null}]},\"d\":\"e\"}"));
	CHECK(ok("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\""));
	CHECK(ok("\"\xC3\xA9\xF0\x9F\x98\x80\""));
	CHECK(ok("{\"\":1,\"\":2}"));
}

static void test_refuses(void)
{
	static const char *const bad[] = { "", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}",
		"{\"a\" 1}", "{1:2}", "[1}", "{\"a\":1]", "nul", "nulll", "tru", "True", "NaN", "Infinity", "01", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "0x10", "--1", "1 2", "{} {}", "[]]",
		"\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\uD800\"", "\"\\uD800x\"", "\"\\uD800\\u0041\"", "\"\\uDC00\"", "\"\\uD800\\uD800\"", "\"\n\"", "\"\t\"",
		"// comment\n1", "/**/1", "\xEF\xBB\xBF{}", "\"\xC3\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xFF\"", "[\"a\" \"b\"]", "\"a\"\"b\"" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (!CHECK(!ok(bad[i]))) {
			printf("  accepted: %s\n", bad[i]);
		}
	}
	CHECK(!reads("\"a\0b\"", 5));
	CHECK(!reads("{}\0", 3));
	CHECK(!reads(NULL, 0));
}

/* Every beginning of a good text is a bad one, and none reads behind its end. */
static void test_truncation(void)
{
	static const char text[] = "{\"a\\u00e9\":[1.5e-3,\"x\\uD83D\\uDE00y\",true,false,null,{\"b\":\"\\\\\"}],\"c\":-0}";

	CHECK(ok(text));
	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		CHECK(!reads(text, n));
	}
}

static void test_depth(void)
{
	char text[5 * SF_JSON_DEPTH];
	size_t n = 0;

	memset(text, '[', SF_JSON_DEPTH);
	memset(text + SF_JSON_DEPTH, ']', SF_JSON_DEPTH);
	CHECK(reads(text, 2 * SF_JSON_DEPTH));
	memset(text, '[', SF_JSON_DEPTH + 1);
	memset(text + SF_JSON_DEPTH + 1, ']', SF_JSON_DEPTH + 1);
	CHECK(!reads(text, 2 * SF_JSON_DEPTH + 2));
	/* arrays and objects in turn: on the way out each level is still known for what it is */
	for (size_t i = 0; i < SF_JSON_DEPTH / 2; i++, n += 5) {
		memcpy(text + n, "[{\"\":", 5);
	}
	text[n++] = '0';
	for (size_t i = 0; i < SF_JSON_DEPTH / 2; i++, n += 2) {
		memcpy(text + n, "}]", 2);
	}
	CHECK(reads(text, n));
	text[n - 1] = '}';
	CHECK(!reads(text, n));
}

static void test_tokens(void)
{
	static const struct sf_span text = SF_SPAN_LIT("{\"n\\u0061me\": \"v\\n\", \"list\": [1, {\"x\": [2]}], \"last\": null}");
	char out[64];
	struct sf_json j;

	sf_json_init(&j, text);
	CHECK(sf_json_next(&j) == SF_JSON_OBJECT);
	CHECK(sf_json_next(&j) == SF_JSON_NAME);
	CHECK(sf_json_is(&j, "name") && !sf_json_is(&j, "nam") && !sf_json_is(&j, "names") && !sf_json_is(&j, ""));
	CHECK(sf_json_next(&j) == SF_JSON_STRING);
	CHECK_SPAN(((struct sf_span){ out, sf_json_decode(&j, out) }), "v\n");
	CHECK(sf_json_next(&j) == SF_JSON_NAME && sf_json_is(&j, "list"));
	CHECK(sf_json_skip(&j, sf_json_next(&j)));
	CHECK(sf_json_next(&j) == SF_JSON_NAME && sf_json_is(&j, "last"));
	CHECK(sf_json_next(&j) == SF_JSON_NULL);
	CHECK(sf_json_next(&j) == SF_JSON_OBJECT_END);
	CHECK(sf_json_next(&j) == SF_JSON_END);
	CHECK(sf_json_next(&j) == SF_JSON_END); /* and stays there */
	sf_json_init(&j, SF_SPAN_LIT("[}"));
	CHECK(sf_json_next(&j) == SF_JSON_ARRAY);
	CHECK(sf_json_next(&j) == SF_JSON_ERROR);
	CHECK(sf_json_next(&j) == SF_JSON_ERROR);
}

static void test_decode(void)
{
	static const struct sf_span text = SF_SPAN_LIT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\uD83D\\uDE00\"");
	char out[128];
	struct sf_json j;

	sf_json_init(&j, text);
	CHECK(sf_json_next(&j) == SF_JSON_STRING);
	CHECK_SPAN(((struct sf_span){ out, sf_json_decode(&j, out) }), "\"\\/\b\f\n\r\tA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
	sf_json_init(&j, SF_SPAN_LIT("\"\\u0000\""));
	CHECK(sf_json_next(&j) == SF_JSON_STRING);
	CHECK(sf_json_decode(&j, out) == 1 && out[0] == '\0');
	CHECK(!sf_json_is(&j, ""));
}

static void test_escape(void)
{
	char out[SF_JSON_ESCAPED(64)], back[SF_JSON_ESCAPED(64)], quoted[SF_JSON_ESCAPED(64) + 2];
	char all[64];
	struct sf_json j;
	size_t n;

	n = sf_json_escape(SF_SPAN_LIT("a\"b\\c\nd\te\x01/\xC3\xA9"), out);
	CHECK_SPAN(((struct sf_span){ out, n }), "a\\\"b\\\\c\\nd\\te\\u0001/\xC3\xA9");
	for (size_t i = 0; i < sizeof(all); i++) {
		all[i] = (char)i;
	}
	n = sf_json_escape((struct sf_span){ all, sizeof(all) }, out);
	quoted[0] = '"';
	memcpy(quoted + 1, out, n);
	quoted[n + 1] = '"';
	sf_json_init(&j, (struct sf_span){ quoted, n + 2 });
	CHECK(sf_json_next(&j) == SF_JSON_STRING);
	n = sf_json_decode(&j, back);
	CHECK(n == sizeof(all) && memcmp(all, back, n) == 0);
	memset(all, 1, sizeof(all)); /* the worst case fills its room exactly */
	CHECK(sf_json_escape((struct sf_span){ all, sizeof(all) }, out) == SF_JSON_ESCAPED(sizeof(all)));
}

int main(void)
{
	test_accepts();
	test_refuses();
	test_truncation();
	test_depth();
	test_tokens();
	test_decode();
	test_escape();
	return check_done();
}
