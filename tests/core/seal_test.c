#include "check.h"

#include "crypto/seal.h"
#include "salesforce/record.h"

static struct sf_arena arena;
static const unsigned char key[SF_SEAL_KEY_BYTES] = { 1, 2, 3 }, other[SF_SEAL_KEY_BYTES] = { 4, 5, 6 };
static const struct sf_span context = SF_SPAN_LIT("context");

static bool opens(const unsigned char *with, const char *prefix, struct sf_span in, struct sf_span text)
{
	struct sf_secret plain;
	bool ok = sf_unseal(with, NULL, prefix, in, text, &arena, &plain);

	CHECK(ok || !plain.p);
	sf_secret_free(&plain);
	return ok;
}

static void test_seal(void)
{
	struct sf_secret plain;
	struct sf_span text, again;
	char *changed;

	CHECK(sf_seal(key, "p1.", context, SF_SPAN_LIT("secret"), &arena, &text) && sf_seal(key, "p1.", context, SF_SPAN_LIT("secret"), &arena, &again));
	CHECK(!sf_span_eq(text, again)); /* a nonce of its own */
	CHECK(sf_unseal(key, NULL, "p1.", context, text, &arena, &plain));
	CHECK_SPAN(((struct sf_span){ (const char *)plain.p, plain.n }), "secret");
	sf_secret_free(&plain);
	CHECK(!opens(other, "p1.", context, text));
	CHECK(!opens(key, "p2.", context, text));
	CHECK(!opens(key, "p1.", SF_SPAN_LIT("contexts"), text));
	CHECK(!opens(key, "p1.", SF_SPAN_LIT(""), text));
	/* the edge between the two parts of the additional data can't be moved */
	CHECK(sf_seal(key, "p1.", SF_SPAN_LIT("ab"), SF_SPAN_LIT("secret"), &arena, &text));
	CHECK(!opens(key, "p1.", SF_SPAN_LIT("b"), text));
	changed = sf_arena_alloc(&arena, text.n);
	for (size_t i = 0; i < text.n; i++) {
		memcpy(changed, text.p, text.n);
		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		CHECK(!opens(key, "p1.", SF_SPAN_LIT("ab"), (struct sf_span){ changed, text.n }));
		CHECK(!opens(key, "p1.", SF_SPAN_LIT("ab"), (struct sf_span){ text.p, i }));
	}
}

static void test_lengths(void)
{
	static char big[SF_SEAL_MAX + 1];
	struct sf_span text;

	memset(big, 'x', sizeof(big));
	CHECK(!sf_seal(key, "p1.", context, SF_SPAN_LIT(""), &arena, &text));
	CHECK(sf_seal(key, "p1.", context, (struct sf_span){ big, SF_SEAL_MAX }, &arena, &text) && opens(key, "p1.", context, text));
	CHECK(!sf_seal(key, "p1.", context, (struct sf_span){ big, SF_SEAL_MAX + 1 }, &arena, &text));
}

static void test_record(void)
{
	struct sf_token_store store = { .key = key };
	struct sf_record record = { .leased_until = 1234567890123, .access = SF_SPAN_LIT("00D!token"), .refresh = SF_SPAN_LIT("refresh") }, back;
	struct sf_span text;

	memset(record.owner, 7, sizeof(record.owner));
	CHECK(sf_origin_parse(SF_SPAN_LIT("acme.my.salesforce.com:8443"), &record.instance));
	CHECK(sf_record_seal(&store, context, &record, &arena, &text));
	CHECK(!memmem(text.p, text.n, "token", 5));
	CHECK(sf_record_open(&store, context, text, &arena, &back));
	CHECK(back.leased_until == record.leased_until && memcmp(back.owner, record.owner, sizeof(back.owner)) == 0 && sf_origin_same(&back.instance, &record.instance));
	CHECK_SPAN(back.access, "00D!token");
	CHECK_SPAN(back.refresh, "refresh");
	sf_record_free(&back);
	CHECK(!sf_record_open(&store, SF_SPAN_LIT("other"), text, &arena, &back) && !back.memory.p);
	CHECK(!sf_record_open(&store, context, SF_SPAN_NONE, &arena, &back) && back.access.n == 0 && back.leased_until == 0);
	memset(&record, 0, sizeof(record));
	CHECK(sf_record_seal(&store, context, &record, &arena, &text) && sf_record_open(&store, context, text, &arena, &back) && back.access.n == 0);
	sf_record_free(&back);
	/* sealed by us, but no record */
	CHECK(sf_seal(key, "sft1.", context, SF_SPAN_LIT("\1too short"), &arena, &text) && !sf_record_open(&store, context, text, &arena, &back) && !back.memory.p);
}

int main(void)
{
	sf_arena_init(&arena, (size_t)4 << 20);
	test_seal();
	test_lengths();
	test_record();
	sf_arena_free(&arena);
	return check_done();
}
