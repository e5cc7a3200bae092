#include "base/csv.h"

#include "tools.h"

static const struct sf_csv_limits limits = { 1000, 4000, 20 };

/* Everything that a text gives, in a form that can be compared: `[a|b][c|d]`, and then `.` or `!code@row`. */
static void read_into(struct sf_span text, size_t cut, size_t cut2, const struct sf_csv_limits *lim, char *out, size_t room)
{
	size_t edges[4] = { 0, cut < text.n ? cut : text.n, cut2 < text.n ? cut2 : text.n, text.n }, n = 0;
	struct sf_csv_reader r;
	struct sf_arena arena;
	enum sf_csv_token token = SF_CSV_MORE;
	struct sf_span piece = SF_SPAN_NONE;
	int next = 0;

	sf_arena_init(&arena, 1 << 20);
	sf_csv_reader_init(&r, lim, &arena);
	for (;;) {
		token = sf_csv_next(&r);
		if (token == SF_CSV_MORE) {
			exact_free(piece);
			piece = exact_copy(text.p + edges[next], edges[next + 1] - edges[next]);
			next++;
			sf_csv_feed(&r, piece, next == 3);
		} else if (token == SF_CSV_ROW) {
			for (size_t i = 0; i < r.fields; i++) {
				struct sf_span f = sf_csv_field(&r, i);

				n += (size_t)snprintf(out + n, room - n, "%c%.*s", i ? '|' : '[', (int)f.n, f.p);
				CHECK(f.p[f.n] == '\0');
			}
			n += (size_t)snprintf(out + n, room - n, "]");
		} else {
			break;
		}
	}
	CHECK(sf_csv_next(&r) == token); /* and stays there */
	if (token == SF_CSV_END) {
		snprintf(out + n, room - n, ".");
	} else {
		snprintf(out + n, room - n, "!%d@%d", (int)r.error, (int)r.number);
	}
	exact_free(piece);
	sf_arena_free(&arena);
}

static bool gives_with(struct sf_span text, const struct sf_csv_limits *lim, const char *want)
{
	static char out[16384];
	bool ok = true;

	for (size_t a = 0; a <= text.n && ok; a++) {
		for (size_t b = a; b <= text.n && ok; b += text.n > 100 ? text.n : 1) {
			read_into(text, a, b, lim, out, sizeof(out));
			ok = strcmp(out, want) == 0;
			if (!ok) {
				printf("  cut at %d and %d of \"%.*s\"\n  gives  %s\n  wanted %s\n", (int)a, (int)b, (int)text.n, text.p, out, want);
			}
		}
	}
	return ok;
}

#define GIVES(text, want) CHECK(gives_with(SF_SPAN_LIT(text), &limits, (want)))

static void test_reads(void)
{
	GIVES("", ".");
	GIVES("a", "[a].");
	GIVES("a\n", "[a].");
	GIVES("a,b\nc,d\n", "[a|b][c|d].");
	GIVES("a,b\r\nc,d\r\n", "[a|b][c|d].");
	GIVES("a,b\nc,d\r\ne,f", "[a|b][c|d][e|f].");
	GIVES(",\n,\n", "[|][|].");
	GIVES("a,", "[a|].");
	GIVES("\n", "[].");
	GIVES("a\n\n\nb\n", "[a][][][b].");
	GIVES("\"\"\n", "[].");
	GIVES("\"a\",\"b\"\n\"c\",\"\"\n", "[a|b][c|].");
	GIVES("\"a\"\"b\",\"\"\"\",\"\"\"\"\"\"\n", "[a\"b|\"|\"\"].");
	GIVES("\"a,b\",\"c\nd\",\"e\r\nf\"\n", "[a,b|c\nd|e\r\nf].");
	GIVES("\"a\rb\",\"\r\"\r\n", "[a\rb|\r].");
	GIVES("\"a\"", "[a].");
	GIVES("\"a\"\"\"", "[a\"].");
	GIVES(" a , b\n", "[ a | b].");
	GIVES("a'b,'c,d'\n", "[a'b|'c|d'].");
	GIVES("\xC3\xA9,\xF0\x9F\x98\x80\n", "[\xC3\xA9|\xF0\x9F\x98\x80].");
}

static void test_mark(void)
{
	GIVES("\xEF\xBB\xBF", ".");
	GIVES("\xEF\xBB\xBF" "a,b\n", "[a|b].");
	GIVES("\xEF\xBB\xBF\"a\",b\n", "[a|b].");
	GIVES("\xEF\xBB\xBF\n", "[].");
	/* at the very beginning alone, and once */
	GIVES("a\n\xEF\xBB\xBF" "b\n", "[a][\xEF\xBB\xBF" "b].");
	GIVES("\xEF\xBB\xBF\xEF\xBB\xBF" "a\n", "[\xEF\xBB\xBF" "a].");
	/* what begins like one */
	GIVES("\xEF\xBB\xBE" "a,b\n", "[\xEF\xBB\xBE" "a|b].");
	GIVES("\xEF\xBC\x8C,b\n", "[\xEF\xBC\x8C|b].");
	GIVES("\xEF\xBB", "!5@1");
	GIVES("\xEF", "!5@1");
	GIVES("\xEF,\xBB\xBF\n", "!5@1");
}

static void test_refuses(void)
{
	GIVES("a\"\n", "!1@1");
	GIVES("a,b\"c\"\n", "!1@1");
	GIVES("a\nb\n \"c\"\n", "[a][b]!1@3");
	GIVES("\"a\"b\n", "!1@1");
	GIVES("\"a\" ,b\n", "!1@1");
	GIVES("\"a", "!2@1");
	GIVES("\"", "!2@1");
	GIVES("a,b\nc,\"d\n", "[a|b]!2@2");
	GIVES("\"a\"\"", "!2@1");
	GIVES("a\rb\n", "!3@1");
	GIVES("a\n\"b\"\r", "[a]!3@2");
	GIVES("a\r\r\n", "!3@1");
	GIVES("a,b\nc\n", "[a|b]!4@2");
	GIVES("a,b\nc,d,e\n", "[a|b]!4@2");
	GIVES("a,b\nc,d\n\n", "[a|b][c|d]!4@3");
	GIVES("a,b\nc,d\ne", "[a|b][c|d]!4@3");
	GIVES("a\xC3,\xA9\n", "!5@1");
	GIVES("a\n\xC0\x80\n", "[a]!5@2");
	GIVES("\"\xED\xA0\x80\"\n", "!5@1");
}

/* At each cap, and one over it. */
static void test_caps(void)
{
	static const struct sf_csv_limits small = { 4, 12, 3 };

	CHECK(gives_with(SF_SPAN_LIT("abcd,efg\n"), &small, "[abcd|efg]."));
	CHECK(gives_with(SF_SPAN_LIT("abcde,f\n"), &small, "!6@1"));
	CHECK(gives_with(SF_SPAN_LIT("\"ab\"\"d\",f\n"), &small, "[ab\"d|f]."));
	CHECK(gives_with(SF_SPAN_LIT("\"ab\"\"de\",f\n"), &small, "!6@1"));
	CHECK(gives_with(SF_SPAN_LIT("abc,def,ghi\n"), &small, "[abc|def|ghi]."));
	CHECK(gives_with(SF_SPAN_LIT("abc,def,ghij\n"), &small, "!7@1"));
	CHECK(gives_with(SF_SPAN_LIT("a\n,\n"), &small, "[a]!4@2"));
	CHECK(gives_with(SF_SPAN_LIT("a,b,c\nd,e,f\n"), &small, "[a|b|c][d|e|f]."));
	CHECK(gives_with(SF_SPAN_LIT("a,b,c,d\n"), &small, "!8@1"));
	CHECK(gives_with(SF_SPAN_LIT("a,b,c,\n"), &small, "!8@1"));
}

static void test_memory(void)
{
	static const struct sf_csv_limits large = { 100000, 200000, 5000 };
	static char text[100001];
	struct sf_csv_reader r;
	struct sf_arena arena;

	memset(text, 'a', sizeof(text));
	sf_arena_init(&arena, 50000);
	sf_csv_reader_init(&r, &large, &arena);
	sf_csv_feed(&r, (struct sf_span){ text, sizeof(text) - 1 }, true);
	CHECK(sf_csv_next(&r) == SF_CSV_ERROR && r.error == SF_CSV_MEMORY);
	sf_arena_free(&arena);
	/* what the header promises is enough */
	sf_arena_init(&arena, 2 * large.row_bytes + 16 * large.columns + 65536);
	sf_csv_reader_init(&r, &large, &arena);
	sf_csv_feed(&r, (struct sf_span){ text, sizeof(text) - 1 }, true);
	CHECK(sf_csv_next(&r) == SF_CSV_ROW && sf_csv_field(&r, 0).n == sizeof(text) - 1);
	sf_arena_free(&arena);
	sf_arena_init(&arena, 2 * large.row_bytes + 16 * large.columns + 65536);
	sf_csv_reader_init(&r, &large, &arena);
	memset(text, ',', 4999);
	sf_csv_feed(&r, (struct sf_span){ text, 4999 }, true);
	CHECK(sf_csv_next(&r) == SF_CSV_ROW && r.fields == 5000);
	sf_arena_free(&arena);
}

static void test_writes(void)
{
	struct sf_csv_writer w;
	struct sf_arena arena;
	struct sf_buf b;
	struct sf_span out;

	sf_arena_init(&arena, 1 << 20);
	sf_buf_init(&b, &arena, 4096);
	sf_csv_writer_init(&w, &b);
	CHECK(sf_csv_write(&w, SF_SPAN_LIT("a")) && sf_csv_write(&w, SF_SPAN_LIT("b,c")) && sf_csv_write(&w, SF_SPAN_LIT("d\"e\"")) && sf_csv_write(&w, SF_SPAN_NONE));
	sf_csv_write_end(&w);
	CHECK(sf_csv_write(&w, SF_SPAN_NONE));
	sf_csv_write_end(&w);
	CHECK(sf_csv_write(&w, SF_SPAN_NONE) && sf_csv_write(&w, SF_SPAN_NONE));
	sf_csv_write_end(&w);
	CHECK(sf_csv_write(&w, SF_SPAN_LIT("f\ng")) && sf_csv_write(&w, SF_SPAN_LIT("h\r")) && sf_csv_write(&w, SF_SPAN_LIT(" i")) && sf_csv_write(&w, SF_SPAN_LIT("j\t")));
	sf_csv_write_end(&w);
	CHECK(!sf_csv_write(&w, SF_SPAN_LIT("\xC3")) && !sf_csv_write(&w, SF_SPAN_LIT("a\xED\xA0\x80")));
	CHECK(sf_csv_write(&w, SF_SPAN_LIT("\xC3\xA9")) && sf_csv_write(&w, SF_SPAN_LIT("\xEF\xBB\xBFk")));
	sf_csv_write_end(&w);
	CHECK(sf_buf_done(&b, &out));
	CHECK_SPAN(out, "a,\"b,c\",\"d\"\"e\"\"\",\n\"\"\n,\n\"f\ng\",\"h\r\",\" i\",\"j\t\"\n\xC3\xA9,\"\xEF\xBB\xBFk\"\n");
	/* the buffer's cap is the row's, and holds */
	sf_buf_init(&b, &arena, 8);
	sf_csv_writer_init(&w, &b);
	CHECK(sf_csv_write(&w, SF_SPAN_LIT("abcdefg")));
	sf_csv_write_end(&w);
	CHECK(!b.failed && b.n == 8);
	sf_csv_write_end(&w);
	CHECK(b.failed);
	sf_arena_free(&arena);
}

/* ---- against Python's csv ---- */

#define ROWS 600

static void random_field(uint64_t *state, struct sf_buf *b)
{
	static const char *const parts[] = { ",", "\"", "\n", "\r\n", "\r", "a", "Zoe", " ", "\t", "'", ";", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\"\"", "#N/A", "0", "\\", "\\\"" };
	unsigned n = random_below(state, 6);

	while (n-- > 0) {
		sf_buf_str(b, parts[random_below(state, sizeof(parts) / sizeof(parts[0]))]);
	}
}

static void add_hex(struct sf_buf *b, struct sf_span s)
{
	static const char hex[] = "0123456789abcdef";

	sf_buf_char(b, '.');
	for (size_t i = 0; i < s.n; i++) {
		sf_buf_char(b, hex[(unsigned char)s.p[i] >> 4]);
		sf_buf_char(b, hex[(unsigned char)s.p[i] & 15]);
	}
}

static void make_rows(struct sf_arena *arena, uint64_t seed, size_t columns, struct sf_span *csv, struct sf_span *hex)
{
	struct sf_buf text, rows, field;
	struct sf_csv_writer w;
	struct sf_span s;

	sf_buf_init(&text, arena, 1 << 24);
	sf_buf_init(&rows, arena, 1 << 24);
	sf_csv_writer_init(&w, &text);
	for (int i = 0; i < ROWS; i++) {
		for (size_t c = 0; c < columns; c++) {
			sf_buf_init(&field, arena, 1024);
			random_field(&seed, &field);
			CHECK(sf_buf_done(&field, &s) && sf_csv_write(&w, s));
			add_hex(&rows, s);
		}
		sf_csv_write_end(&w);
		sf_buf_char(&rows, '\n');
	}
	CHECK(sf_buf_done(&text, csv) && sf_buf_done(&rows, hex));
}

static struct sf_span rows_of(struct sf_arena *arena, struct sf_span csv)
{
	struct sf_csv_reader r;
	enum sf_csv_token token;
	struct sf_span out;
	struct sf_buf b;

	sf_buf_init(&b, arena, 1 << 24);
	sf_csv_reader_init(&r, &limits, arena);
	sf_csv_feed(&r, csv, true);
	while ((token = sf_csv_next(&r)) == SF_CSV_ROW) {
		for (size_t i = 0; i < r.fields; i++) {
			add_hex(&b, sf_csv_field(&r, i));
		}
		sf_buf_char(&b, '\n');
	}
	CHECK(token == SF_CSV_END);
	CHECK(sf_buf_done(&b, &out));
	return out;
}

static void test_python(void)
{
	char oracle[2048];

	/* the script stands beside this file, wherever the test runs */
	snprintf(oracle, sizeof(oracle), "%.*s/csv_oracle.py", (int)(strrchr(__FILE__, '/') - __FILE__), __FILE__);
	need_program("python3", "python3");
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct sf_span csv, hex;
		struct sf_arena arena;

		sf_arena_init(&arena, (size_t)1 << 28);
		make_rows(&arena, seed, (size_t)seed * 2 - 1, &csv, &hex);
		write_file("ours.csv", csv.p, csv.n);
		write_file("rows", hex.p, hex.n);
		MUST_RUN("python3 %s read ours.csv theirs", oracle);
		CHECK(sf_span_eq(read_file_into(&arena, "theirs"), hex));
		MUST_RUN("python3 %s write rows theirs.csv", oracle);
		CHECK(sf_span_eq(rows_of(&arena, read_file_into(&arena, "theirs.csv")), hex));
		sf_arena_free(&arena);
	}
}

int main(void)
{
	tools_enter_folder();
	test_reads();
	test_mark();
	test_refuses();
	test_caps();
	test_memory();
	test_writes();
	test_python();
	return check_done();
}
