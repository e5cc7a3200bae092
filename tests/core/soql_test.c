#include "check.h"

#include <stdlib.h>

#include "salesforce/soql.h"

static struct sf_arena arena;
static struct sf_error error;

static bool bind(const char *soql, struct sf_soql_parameter *parameters, size_t n, struct sf_span *out)
{
	return sf_soql_bind(sf_span_of(soql), parameters, n, &arena, out, &error);
}

static bool bind_string(const char *soql, struct sf_span value, struct sf_span *out)
{
	struct sf_soql_value v = { .kind = SF_SOQL_STRING, .text = value };
	struct sf_soql_parameter p = { .name = SF_SPAN_LIT("p"), .values = &v, .n = 1 };

	return bind(soql, &p, 1, out);
}

static void test_strings(void)
{
	struct sf_span out;

	CHECK(bind_string("A = :p", SF_SPAN_LIT("x"), &out));
	CHECK_SPAN(out, "A = 'x'");
	CHECK(bind_string("A = :p", SF_SPAN_LIT("O'Neil \\ \"q\" \n\r\t\b\f"), &out));
	CHECK_SPAN(out, "A = 'O\\'Neil \\\\ \\\"q\\\" \\n\\r\\t\\b\\f'");
	/* the backslash at the end, by which a client that escapes the quote alone can be broken out of */
	CHECK(bind_string("A = :p AND B = 'z'", SF_SPAN_LIT("x\\"), &out));
	CHECK_SPAN(out, "A = 'x\\\\' AND B = 'z'");
	CHECK(bind_string("A = :p", SF_SPAN_LIT("\xC3\xA9%_"), &out));
	CHECK_SPAN(out, "A = '\xC3\xA9%_'");
	CHECK(bind_string("A = :p", SF_SPAN_LIT(""), &out));
	CHECK_SPAN(out, "A = ''");
	CHECK(!bind_string("A = :p", SF_SPAN_LIT("a\0b"), &out));
	CHECK(!bind_string("A = :p", SF_SPAN_LIT("\xC3"), &out));
}

/* Whatever the value is, what comes out is one literal: this reads it back by SOQL's own rules. */
static void test_every_string_stays_inside(void)
{
	static const char alphabet[] = "'\\\"a\n:";
	struct sf_span out;

	for (unsigned n = 0; n < 6 * 6 * 6 * 6; n++) {
		char value[4];
		size_t i;
		unsigned rest = n;

		for (i = 0; i < 4; i++) {
			value[i] = alphabet[rest % 6];
			rest /= 6;
		}
		CHECK(bind_string("X=:p AND Y='end'", (struct sf_span){ value, 4 }, &out));
		for (i = 3; i < out.n && out.p[i] != '\''; i++) {
			i += out.p[i] == '\\';
		}
		CHECK(out.n - i == strlen("' AND Y='end'") && memcmp(out.p + i, "' AND Y='end'", out.n - i) == 0);
	}
}

static void test_names(void)
{
	struct sf_soql_value v = { .kind = SF_SOQL_NUMBER, .text = SF_SPAN_LIT("7") };
	struct sf_soql_parameter two[] = { { .name = SF_SPAN_LIT("a"), .values = &v, .n = 1 }, { .name = SF_SPAN_LIT("ab_1"), .values = &v, .n = 1 } };
	struct sf_span out;

	CHECK(bind("X = :a AND Y=:ab_1 AND Z=:a", two, 2, &out));
	CHECK_SPAN(out, "X = 7 AND Y=7 AND Z=7");
	two[0].used = two[1].used = false;
	CHECK(!bind("X = :a", two, 2, &out)); /* an unused one */
	CHECK(strstr(error.where, ":ab_1"));
	CHECK(!bind("X = :c", two, 2, &out)); /* an unknown one */
	CHECK(strstr(error.where, ":c"));
	CHECK(bind("CreatedDate = LAST_N_DAYS:30 AND T > 2026-01-01T00:00:00Z", NULL, 0, &out));
	CHECK_SPAN(out, "CreatedDate = LAST_N_DAYS:30 AND T > 2026-01-01T00:00:00Z");
	CHECK(bind("A = ':a \\' :a' AND B = 1", NULL, 0, &out)); /* not in a literal */
	CHECK_SPAN(out, "A = ':a \\' :a' AND B = 1");
	CHECK(!bind("A = 'open", NULL, 0, &out));
	CHECK(!bind("A = 'open\\'", NULL, 0, &out));
	CHECK(bind("A = :", NULL, 0, &out));
}

static void test_kinds(void)
{
	struct sf_soql_value v[] = { { .kind = SF_SOQL_NULL }, { .kind = SF_SOQL_TRUE }, { .kind = SF_SOQL_FALSE }, { .kind = SF_SOQL_NUMBER, .text = SF_SPAN_LIT("-1.5") },
		{ .kind = SF_SOQL_TIME, .time = 1767225599 }, { .kind = SF_SOQL_STRING, .text = SF_SPAN_LIT("s") } };
	struct sf_soql_parameter p = { .name = SF_SPAN_LIT("p"), .values = v, .n = 6, .list = true };
	struct sf_span out;

	CHECK(bind("A IN :p", &p, 1, &out));
	CHECK_SPAN(out, "A IN (null,true,false,-1.5,2025-12-31T23:59:59Z,'s')");
	p.n = 0;
	CHECK(!bind("A IN :p", &p, 1, &out));
	v[4].time = -1;
	p = (struct sf_soql_parameter){ .name = SF_SPAN_LIT("p"), .values = &v[4], .n = 1 };
	CHECK(!bind("A > :p", &p, 1, &out));
}

static void test_limit(void)
{
	char *text = malloc(SF_SOQL_MAX + 2);
	struct sf_span out;

	memset(text, 'x', SF_SOQL_MAX + 1);
	text[SF_SOQL_MAX] = '\0';
	CHECK(bind(text, NULL, 0, &out) && out.n == SF_SOQL_MAX);
	text[SF_SOQL_MAX] = 'x';
	text[SF_SOQL_MAX + 1] = '\0';
	CHECK(!bind(text, NULL, 0, &out));
	free(text);
}

/* What is searched for stays inside its braces. */
static void searches(void)
{
	static const struct {
		const char *sosl;
		const char *value;
		const char *expected; /* NULL: refused */
	} cases[] = {
		{ "FIND :x IN NAME FIELDS RETURNING Contact(Id)", "Bob", "FIND {Bob} IN NAME FIELDS RETURNING Contact(Id)" },
		{ "find   :x", "a} RETURNING User(Id) {", "FIND {a\\} RETURNING User\\(Id\\) \\{}" },
		{ "FIND :x", "back\\", "FIND {back\\\\}" },
		{ "FIND :x", "*?&|!{}[]()^~:\\\"'+-", "FIND {\\*\\?\\&\\|\\!\\{\\}\\[\\]\\(\\)\\^\\~\\:\\\\\\\"\\'\\+\\-}" },
		{ "FIND {a:x} RETURNING Contact(Id WHERE Name = :x)", "O'Neil", "FIND {a:x} RETURNING Contact(Id WHERE Name = 'O\\'Neil')" },
		{ "FIND :x", "a", NULL },
		{ "FIND :x", "a\nb", NULL },
		{ "FIND :x", "a\xff" "b", NULL },
		{ "FIND :y", "Bob", NULL },
		{ "FIND {a}", "Bob", NULL },
		{ "FIND {a\\}", "Bob", NULL },
		{ "FIND x", "Bob", NULL },
		{ "SELECT Id FROM Contact WHERE Name = :x", "Bob", NULL },
		{ "", "Bob", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sf_soql_value value = { .kind = SF_SOQL_STRING, .text = sf_span_of(cases[i].value) };
		struct sf_soql_parameter parameter = { .name = SF_SPAN_LIT("x"), .values = &value, .n = 1 };
		struct sf_arena room;
		struct sf_error why;
		struct sf_span out = SF_SPAN_NONE;
		bool ok;

		sf_arena_init(&room, 1 << 20);
		ok = sf_sosl_bind(sf_span_of(cases[i].sosl), &parameter, 1, &room, &out, &why);
		CHECK(ok == (cases[i].expected != NULL));
		if (ok) {
			CHECK_SPAN(out, cases[i].expected);
		}
		sf_arena_free(&room);
	}
}

int main(void)
{
	sf_arena_init(&arena, (size_t)64 << 20);
	test_strings();
	test_every_string_stays_inside();
	test_names();
	test_kinds();
	test_limit();
	sf_arena_free(&arena);
	searches();
	return check_done();
}
