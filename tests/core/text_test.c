#include "base/text.h"

#include <time.h>

#include "tools.h"

static bool utf8(const char *bytes)
{
	struct sf_span s = exact_copy(bytes, strlen(bytes));
	bool ok = sf_utf8_valid(s);

	exact_free(s);
	return ok;
}

/* RFC 3629 §3, the plain way: decode, then ask whether it had to be written like this. */
static bool reference_utf8(const unsigned char *p, size_t n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

	for (size_t i = 0; i < n;) {
		size_t length = p[i] < 0x80 ? 1 : (p[i] & 0xE0) == 0xC0 ? 2 : (p[i] & 0xF0) == 0xE0 ? 3 : (p[i] & 0xF8) == 0xF0 ? 4 : 0;
		uint32_t c;

		if (!length || n - i < length) {
			return false;
		}
		c = length == 1 ? p[i] : p[i] & (0x7Fu >> length);
		for (size_t k = 1; k < length; k++) {
			if ((p[i + k] & 0xC0) != 0x80) {
				return false;
			}
			c = c << 6 | (p[i + k] & 0x3F);
		}
		if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
			return false;
		}
		i += length;
	}
	return true;
}

static void utf8_edges(void)
{
	CHECK(utf8(""));
	CHECK(sf_utf8_valid(SF_SPAN_NONE));
	CHECK(sf_utf8_valid((struct sf_span){ "a\0b", 3 }));
	CHECK(utf8("\x7f") && utf8("\xc2\x80") && utf8("\xdf\xbf") && utf8("\xe0\xa0\x80") && utf8("\xef\xbf\xbf") && utf8("\xf0\x90\x80\x80") && utf8("\xf4\x8f\xbf\xbf"));
	CHECK(utf8("\xed\x9f\xbf") && utf8("\xee\x80\x80"));
	CHECK(!utf8("\xed\xa0\x80") && !utf8("\xed\xbf\xbf")); /* surrogates */
	CHECK(!utf8("\xc0\x80") && !utf8("\xc1\xbf") && !utf8("\xe0\x9f\xbf") && !utf8("\xf0\x8f\xbf\xbf")); /* overlong */
	CHECK(!utf8("\xf4\x90\x80\x80") && !utf8("\xf5\x80\x80\x80") && !utf8("\xff") && !utf8("\xfe")); /* over U+10FFFF */
	CHECK(!utf8("\x80") && !utf8("\xbf") && !utf8("a\x80"));
	/* the fast way over eight ASCII bytes must not run past what follows */
	CHECK(utf8("12345678\xc3\xa9") && !utf8("12345678\xc3") && !utf8("1234567\xc3") && !utf8("\xc3") && !utf8("\xe2\x82") && !utf8("\xf0\x9f\x98"));
	CHECK(!utf8("12345678" "abcdefg\x80"));
}

/* Every sequence of one, two and three bytes, and every four-byte one with the edges of its continuation bytes. */
static void utf8_exhaustive(void)
{
	static const unsigned char edges[] = { 0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF };
	size_t wrong = 0;
	char p[4];

	for (unsigned a = 0; a < 256; a++) {
		p[0] = (char)a;
		wrong += sf_utf8_valid((struct sf_span){ p, 1 }) != reference_utf8((unsigned char *)p, 1);
		for (unsigned b = 0; b < 256; b++) {
			p[1] = (char)b;
			wrong += sf_utf8_valid((struct sf_span){ p, 2 }) != reference_utf8((unsigned char *)p, 2);
			for (unsigned c = 0; c < 256; c++) {
				p[2] = (char)c;
				wrong += sf_utf8_valid((struct sf_span){ p, 3 }) != reference_utf8((unsigned char *)p, 3);
			}
			for (size_t c = 0; c < sizeof(edges); c++) {
				for (size_t d = 0; d < sizeof(edges); d++) {
					p[2] = (char)edges[c];
					p[3] = (char)edges[d];
					wrong += sf_utf8_valid((struct sf_span){ p, 4 }) != reference_utf8((unsigned char *)p, 4);
				}
			}
		}
	}
	CHECK(wrong == 0);
}

static bool time_is(const char *text, int64_t expected)
{
	struct sf_span s = exact_copy(text, strlen(text));
	int64_t t = -1;
	bool ok = sf_time_parse(s, &t) && t == expected;

	if (!ok) {
		printf("  %s gave %lld\n", text, (long long)t);
	}
	exact_free(s);
	return ok;
}

static bool no_time(const char *text)
{
	struct sf_span s = exact_copy(text, strlen(text));
	int64_t t;
	bool ok = !sf_time_parse(s, &t);

	if (!ok) {
		printf("  %s was taken\n", text);
	}
	exact_free(s);
	return ok;
}

static void times(void)
{
	CHECK(time_is("1970-01-01T00:00:00Z", 0));
	CHECK(time_is("2000-02-29T12:00:00Z", 951825600));
	CHECK(time_is("2024-02-29T23:59:59Z", 1709251199));
	CHECK(time_is("9999-12-31T23:59:59Z", INT64_C(253402300799)));
	CHECK(time_is("2026-01-31T10:00:00.9999999Z", 1769853600)); /* rounded down; seven digits are Azure's */
	CHECK(time_is("2026-01-31T10:00:00.0Z", 1769853600));
	CHECK(time_is("2026-01-31T12:00:00+02:00", 1769853600));
	CHECK(time_is("2026-01-31T04:30:00-05:30", 1769853600));
	CHECK(time_is("2026-01-31T10:00:00+00:00", 1769853600));
	CHECK(time_is("2026-01-31T10:00:00-00:00", 1769853600));
	CHECK(time_is("2026-02-01T00:00:00+14:00", 1769853600));
	CHECK(time_is("1970-01-01T00:00:00+14:00", -14 * 3600));

	CHECK(no_time("") && no_time("2026") && no_time("2026-01-31") && no_time("2026-01-31T10:00:00"));
	CHECK(no_time("2023-02-29T00:00:00Z") && no_time("2100-02-29T00:00:00Z") && no_time("2026-04-31T00:00:00Z") && no_time("2026-02-30T00:00:00Z"));
	CHECK(no_time("2026-00-10T00:00:00Z") && no_time("2026-13-10T00:00:00Z") && no_time("2026-01-00T00:00:00Z") && no_time("2026-01-32T00:00:00Z"));
	CHECK(no_time("2026-01-31T24:00:00Z") && no_time("2026-01-31T23:60:00Z") && no_time("2026-01-31T23:59:60Z"));
	CHECK(no_time("1969-12-31T23:59:59Z") && no_time("-2026-01-31T10:00:00Z") && no_time("12026-01-31T10:00:00Z"));
	CHECK(no_time("2026-01-31T10:00:00+14:01") && no_time("2026-01-31T10:00:00+15:00") && no_time("2026-01-31T10:00:00+02:60"));
	CHECK(no_time("2026-01-31T10:00:00+0200") && no_time("2026-01-31T10:00:00+02") && no_time("2026-01-31T10:00:00+") && no_time("2026-01-31T10:00:00z"));
	CHECK(no_time("2026-01-31t10:00:00Z") && no_time("2026-01-31 10:00:00Z") && no_time(" 2026-01-31T10:00:00Z") && no_time("2026-01-31T10:00:00Z "));
	CHECK(no_time("2026-01-31T10:00:00.Z") && no_time("2026-01-31T10:00:00,5Z") && no_time("2026-01-31T10:00Z") && no_time("2026-1-31T10:00:00Z"));
	CHECK(no_time("2026-01-31T10:00:00ZZ") && no_time("2026-01-31T10:00:00Z+01:00") && no_time("+026-01-31T10:00:00Z") && no_time("2026-01-31T1a:00:00Z"));
	CHECK(no_time("2026-01-31T10:00:00.00000000000000000000000000000000000000000000000000Z")); /* 70 bytes: over the cap */
	CHECK(!sf_time_parse((struct sf_span){ "2026-01-31T10:00:00Z\0", 21 }, &(int64_t){ 0 }));

	for (size_t cut = 0; cut < 25; cut++) {
		char text[32] = "2026-01-31T10:00:00+02:00";

		text[cut] = '\0';
		CHECK(no_time(text));
	}
}

/* Against the C library, both ways, over all the years there are. */
static void times_like_gmtime(void)
{
	size_t wrong = 0, count = 0;

	for (int64_t t = 0; t <= INT64_C(253402300799); t += 86399 * 37 + 11) {
		char ours[SF_TIME_TEXT], theirs[64];
		time_t clock = (time_t)t;
		int64_t back = -1;
		struct tm tm;

		gmtime_r(&clock, &tm);
		strftime(theirs, sizeof(theirs), "%Y-%m-%dT%H:%M:%SZ", &tm);
		wrong += !sf_time_format(t, ours) || strcmp(ours, theirs) != 0 || !sf_time_parse(sf_span_of(ours), &back) || back != t;
		count++;
	}
	CHECK(wrong == 0 && count > 75000);

	char text[SF_TIME_TEXT];
	CHECK(!sf_time_format(-1, text) && !sf_time_format(INT64_C(253402300800), text) && !sf_time_format(INT64_MAX, text) && !sf_time_format(INT64_MIN, text));
	CHECK(sf_time_format(INT64_C(253402300799), text) && strcmp(text, "9999-12-31T23:59:59Z") == 0);
}

static bool url(const char *text)
{
	struct sf_span s = exact_copy(text, strlen(text));
	bool ok = sf_url_valid(s, 2000);

	exact_free(s);
	return ok;
}

static void urls(void)
{
	char longest[2002];

	CHECK(url("https://a") && url("http://a") && url("HTTPS://Example.com") && url("https://example.com:8443/path?a=b&c=d") && url("https://[::1]:443/"));
	CHECK(url("https://example.com?@") && url("https://example.com/a@b"));
	CHECK(!url("") && !url("https://") && !url("http://") && !url("https:///path") && !url("https://?q") && !url("https://:443/") && !url("https://#"));
	CHECK(!url("javascript:alert(1)") && !url("javascript://a/%0aalert(1)") && !url("data:text/html,x") && !url("ftp://a") && !url("//a") && !url("/a") && !url("a"));
	CHECK(!url(" https://a") && !url("https://a ") && !url("https://a\n") && !url("https://a/\t") && !url("https://a/\x7f") && !url("https://\xc3\xa9/"));
	CHECK(!url("https://a/\"onclick=") && !url("https://a/'") && !url("https://a/<b>") && !url("https://a/\\b") && !url("https://a/`") && !url("https://a/#f"));
	CHECK(!url("https://user@a/") && !url("https://user:secret@a/") && !url("https://@a"));
	CHECK(!sf_url_valid((struct sf_span){ "https://a\0b", 11 }, 2000));
	CHECK(!sf_url_valid(SF_SPAN_NONE, 2000));

	memset(longest, 'a', sizeof(longest));
	memcpy(longest, "https://", 8);
	CHECK(sf_url_valid((struct sf_span){ longest, 2000 }, 2000));
	CHECK(!sf_url_valid((struct sf_span){ longest, 2001 }, 2000));
}

static int64_t duration(const char *text)
{
	int64_t seconds;

	return sf_duration_parse(sf_span_of(text), &seconds) ? seconds : -1;
}

static void durations(void)
{
	CHECK(duration("PT0S") == 0 && duration("PT1S") == 1 && duration("PT1M") == 60 && duration("PT1H") == 3600 && duration("P1D") == 86400);
	CHECK(duration("P1M") == 28 * 86400 && duration("P1Y") == 365 * 86400 && duration("P1Y2M3DT4H5M6S") == (365 + 56 + 3) * 86400 + 4 * 3600 + 5 * 60 + 6);
	CHECK(duration("PT0.999S") == 0 && duration("PT36H") == 36 * 3600 && duration("P0Y") == 0);
	CHECK(duration("P100Y") == SF_DURATION_MAX && duration("P101Y") == -1 && duration("PT3153600000S") == SF_DURATION_MAX && duration("PT3153600001S") == -1);
	CHECK(duration("P100YT1S") == -1 && duration("P99999999999999999999999D") == -1);
	CHECK(duration("") == -1 && duration("P") == -1 && duration("PT") == -1 && duration("P1") == -1 && duration("P1DT") == -1 && duration("1D") == -1);
	CHECK(duration("-P1D") == -1 && duration("P-1D") == -1 && duration("P1D1Y") == -1 && duration("P1S") == -1 && duration("PT1D") == -1 && duration("PS") == -1);
	CHECK(duration("P1.5D") == -1 && duration("PT1.S") == -1 && duration("PT.5S") == -1 && duration("P1D ") == -1 && duration("p1d") == -1);
	CHECK(duration("PT0000000000000000000000000000000000000000000000000000000000001S") == 1);  /* 64 bytes */
	CHECK(duration("PT00000000000000000000000000000000000000000000000000000000000001S") == -1);
}

int main(void)
{
	durations();
	utf8_edges();
	utf8_exhaustive();
	times();
	times_like_gmtime();
	urls();
	return check_done();
}
