#include "password/policy.h"

#include "base/text.h"

enum kind {
	UPPER = 1 << 0,
	LOWER = 1 << 1,
	DIGIT = 1 << 2,
	SPECIAL = 1 << 3,
};

static unsigned kind_of(unsigned char c)
{
	if (c >= 'A' && c <= 'Z') {
		return UPPER;
	}
	if (c >= 'a' && c <= 'z') {
		return LOWER;
	}
	if (c >= '0' && c <= '9') {
		return DIGIT;
	}
	return c && strchr("!#$%-_=+<>", c) ? SPECIAL : 0;
}

struct survey {
	unsigned kinds;
	size_t characters; /* code points: all bytes but the continuation bytes of UTF-8 */
	bool controls;     /* C0, DEL, or C1 (U+0080 to U+009F, which are 0xC2 0x80 to 0xC2 0x9F) */
};

static void survey(struct sf_span s, struct survey *found)
{
	memset(found, 0, sizeof(*found));
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		found->kinds |= kind_of(c);
		found->characters += (c & 0xC0) != 0x80;
		found->controls |= c < 0x20 || c == 0x7F;
		found->controls |= c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0;
	}
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool same_letters(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (lower(a[i]) != lower(b[i])) {
			return false;
		}
	}
	return true;
}

static bool contains(struct sf_span text, struct sf_span part)
{
	for (size_t i = 0; part.n > 0 && i + part.n <= text.n; i++) {
		if (same_letters(text.p + i, part.p, part.n)) {
			return true;
		}
	}
	return false;
}

/* "Password complexity requirement", by its number in Setup. */
static unsigned missing_kinds(unsigned complexity, unsigned kinds)
{
	unsigned broken = 0;

	if ((complexity == 1 || complexity == 2) && !(kinds & (UPPER | LOWER))) {
		broken |= SF_NEEDS_LETTER;
	}
	if (complexity >= 1 && !(kinds & DIGIT)) {
		broken |= SF_NEEDS_DIGIT;
	}
	if (complexity >= 3 && !(kinds & UPPER)) {
		broken |= SF_NEEDS_UPPER;
	}
	if (complexity >= 3 && !(kinds & LOWER)) {
		broken |= SF_NEEDS_LOWER;
	}
	if ((complexity == 2 || complexity == 4) && !(kinds & SPECIAL)) {
		broken |= SF_NEEDS_SPECIAL;
	}
	return broken;
}

unsigned sf_policy_check(const struct sf_policy *policy, struct sf_span password, struct sf_span username)
{
	struct survey found;
	unsigned broken;

	survey(password, &found);
	broken = missing_kinds(policy->complexity, found.kinds);
	if (found.characters < policy->minimum_length) {
		broken |= SF_TOO_SHORT;
	}
	if (password.n > SF_PASSWORD_MAX_BYTES) {
		broken |= SF_TOO_LONG;
	}
	if (contains(password, username)) {
		broken |= SF_CONTAINS_USERNAME;
	}
	if (found.controls || !sf_utf8_valid(password)) {
		broken |= SF_INVALID_CHARACTER;
	}
	return broken;
}
