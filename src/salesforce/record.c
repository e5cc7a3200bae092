#include "salesforce/record.h"

#include <stdio.h>

#include "crypto/seal.h"

#define PREFIX "sft1."
#define VERSION 1
#define HEAD (1 + SF_RECORD_OWNER + 8)
#define TEXTS 3

void sf_record_free(struct sf_record *record)
{
	sf_secret_free(&record->memory);
	memset(record, 0, sizeof(*record));
}

static void put_be(unsigned char *p, uint64_t value, size_t n)
{
	while (n--) {
		p[n] = (unsigned char)value;
		value >>= 8;
	}
}

static uint64_t get_be(const unsigned char *p, size_t n)
{
	uint64_t value = 0;

	while (n--) {
		value = value << 8 | *p++;
	}
	return value;
}

/* The one place where lengths are checked: the texts fill what is left, exactly. */
static bool take_apart(struct sf_record *record, struct sf_span texts[TEXTS])
{
	const unsigned char *p = record->memory.p, *end = p + record->memory.n;

	if (record->memory.n < HEAD || p[0] != VERSION) {
		return false;
	}
	memcpy(record->owner, p + 1, SF_RECORD_OWNER);
	record->leased_until = (int64_t)get_be(p + 1 + SF_RECORD_OWNER, 8);
	p += HEAD;
	for (size_t i = 0; i < TEXTS; i++) {
		uint64_t n;

		if (end - p < 4 || (n = get_be(p, 4)) > (uint64_t)(end - p - 4)) {
			return false;
		}
		texts[i] = (struct sf_span){ (const char *)p + 4, (size_t)n };
		p += 4 + n;
	}
	return p == end;
}

bool sf_record_open(const struct sf_token_store *store, struct sf_span id, struct sf_span text, struct sf_arena *arena, struct sf_record *record)
{
	struct sf_span texts[TEXTS];

	memset(record, 0, sizeof(*record));
	if (!text.p || !sf_unseal(store->key, store->ring, PREFIX, id, text, arena, &record->memory)) {
		return false;
	}
	if (!take_apart(record, texts) || (texts[0].n > 0 && !sf_origin_parse(texts[1], &record->instance))) {
		sf_record_free(record);
		return false;
	}
	record->access = texts[0];
	record->refresh = texts[2];
	return true;
}

static unsigned char *put_text(unsigned char *p, struct sf_span text)
{
	put_be(p, text.n, 4);
	if (text.n) {
		memcpy(p + 4, text.p, text.n);
	}
	return p + 4 + text.n;
}

bool sf_record_seal(const struct sf_token_store *store, struct sf_span id, const struct sf_record *record, struct sf_arena *arena, struct sf_span *text)
{
	char origin[SF_HOST_MAX + 8] = "";
	struct sf_secret plain;
	unsigned char *p;
	bool ok;

	if (record->access.n) {
		snprintf(origin, sizeof(origin), "%s:%u", record->instance.host, record->instance.port);
	}
	if (!sf_secret_new(&plain, HEAD + 3 * 4 + record->access.n + strlen(origin) + record->refresh.n)) {
		return false;
	}
	plain.p[0] = VERSION;
	memcpy(plain.p + 1, record->owner, SF_RECORD_OWNER);
	put_be(plain.p + 1 + SF_RECORD_OWNER, (uint64_t)record->leased_until, 8);
	p = put_text(plain.p + HEAD, record->access);
	p = put_text(p, sf_span_of(origin));
	put_text(p, record->refresh);
	ok = sf_seal(store->key, PREFIX, id, (struct sf_span){ (const char *)plain.p, plain.n }, arena, text);
	sf_secret_free(&plain);
	return ok;
}
