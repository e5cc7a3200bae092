#include "base/text.h"

#include <stdio.h>
#include <strings.h>

bool sf_utf8_valid(struct sf_span s)
{
	const unsigned char *p = (const unsigned char *)s.p, *end = s.n ? p + s.n : p; /* not even 0 may be added to NULL */

	while (p < end) {
		uint64_t eight;
		unsigned c;

		if (end - p >= 8) {
			memcpy(&eight, p, 8);
			if (!(eight & UINT64_C(0x8080808080808080))) {
				p += 8;
				continue;
			}
		}
		c = *p;
		if (c < 0x80) {
			p++;
		} else if (c >= 0xC2 && c <= 0xDF) {
			if (end - p < 2 || (p[1] & 0xC0) != 0x80) {
				return false;
			}
			p += 2;
		} else if (c >= 0xE0 && c <= 0xEF) {
			if (end - p < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F)) {
				return false;
			}
			p += 3;
		} else if (c >= 0xF0 && c <= 0xF4) {
			if (end - p < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80 || (c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F)) {
				return false;
			}
			p += 4;
		} else {
			return false;
		}
	}
	return true;
}

bool sf_xml_text_valid(struct sf_span s)
{
	if (!sf_utf8_valid(s)) {
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && !sf_is_space(s.p[i])) || (c == 0xEF && (unsigned char)s.p[i + 1] == 0xBF && (unsigned char)s.p[i + 2] >= 0xBE)) {
			return false;
		}
	}
	return true;
}

/* Exactly n digits, at *p; moves *p behind them. */
static bool digits(const char **p, const char *end, int n, int *value)
{
	*value = 0;
	if (end - *p < n) {
		return false;
	}
	while (n--) {
		char c = *(*p)++;

		if (c < '0' || c > '9') {
			return false;
		}
		*value = *value * 10 + (c - '0');
	}
	return true;
}

static bool literal(const char **p, const char *end, char c)
{
	return *p < end && *(*p)++ == c;
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar. */
static int64_t days_from_civil(int y, int m, int d)
{
	y -= m <= 2;
	int64_t era = y / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

static int days_in_month(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 29 : days[m - 1];
}

static bool zone(const char **p, const char *end, int *offset)
{
	int sign, h, m;

	*offset = 0;
	if (*p >= end) {
		return false; /* a local time says nothing to another machine */
	}
	if (**p == 'Z') {
		(*p)++;
		return true;
	}
	if (**p != '+' && **p != '-') {
		return false;
	}
	sign = *(*p)++ == '-' ? -1 : 1;
	if (!digits(p, end, 2, &h) || !literal(p, end, ':') || !digits(p, end, 2, &m) || h > 14 || m > 59 || (h == 14 && m > 0)) {
		return false;
	}
	*offset = sign * (h * 60 + m) * 60;
	return true;
}

bool sf_time_parse(struct sf_span s, int64_t *unix_time)
{
	const char *p = s.p, *end = s.p + s.n;
	int y, mo, d, h, mi, sec, offset;

	if (s.n > 64 || !digits(&p, end, 4, &y) || !literal(&p, end, '-') || !digits(&p, end, 2, &mo) || !literal(&p, end, '-') || !digits(&p, end, 2, &d)
			|| !literal(&p, end, 'T') || !digits(&p, end, 2, &h) || !literal(&p, end, ':') || !digits(&p, end, 2, &mi) || !literal(&p, end, ':') || !digits(&p, end, 2, &sec)) {
		return false;
	}
	if (p < end && *p == '.') {
		const char *first = ++p;

		while (p < end && *p >= '0' && *p <= '9') {
			p++;
		}
		if (p == first) {
			return false;
		}
	}
	if (!zone(&p, end, &offset) || p != end) {
		return false;
	}
	if (y < 1970 || mo < 1 || mo > 12 || d < 1 || d > days_in_month(y, mo) || h > 23 || mi > 59 || sec > 59) {
		return false;
	}
	*unix_time = days_from_civil(y, mo, d) * 86400 + h * 3600 + mi * 60 + sec - offset;
	return true;
}

bool sf_time_format(int64_t t, char out[SF_TIME_TEXT])
{
	int64_t days = t / 86400, left = t % 86400;
	int64_t z, era, doe, yoe, doy, mp, y;
	int m, d;

	if (t < 0 || t > INT64_C(253402300799)) {
		return false;
	}
	z = days + 719468;
	era = z / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d = (int)(doy - (153 * mp + 2) / 5 + 1);
	m = (int)(mp < 10 ? mp + 3 : mp - 9);
	y = yoe + era * 400 + (m <= 2);
	return snprintf(out, SF_TIME_TEXT, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)d % 100,
			(unsigned)(left / 3600) % 100, (unsigned)(left / 60 % 60), (unsigned)(left % 60)) == SF_TIME_TEXT - 1;
}

/* Reads `<digits><unit>` if it stands here. False only for a number that is out of range or has no digits where its unit stands. */
static bool duration_part(const char **p, const char *end, char unit, int64_t seconds, int64_t *sum, bool *any)
{
	const char *at = *p;
	bool has_digits;
	int64_t n = 0;

	while (at < end && *at >= '0' && *at <= '9') {
		n = n * 10 + (*at++ - '0');
		if (n > SF_DURATION_MAX) {
			return false;
		}
	}
	has_digits = at > *p;
	if (at < end && unit == 'S' && *at == '.') { /* of seconds: the fraction is left out */
		do {
			at++;
		} while (at < end && *at >= '0' && *at <= '9');
		if (at[-1] == '.') {
			return false;
		}
	}
	if (at == end || *at != unit) {
		return true;
	}
	if (!has_digits || n > (SF_DURATION_MAX - *sum) / seconds) {
		return false;
	}
	*sum += n * seconds;
	*any = true;
	*p = at + 1;
	return true;
}

bool sf_duration_parse(struct sf_span s, int64_t *seconds)
{
	const char *p = s.p, *end = s.n ? s.p + s.n : s.p;
	bool any = false, any_time = false;
	int64_t sum = 0;

	if (s.n > 64 || !literal(&p, end, 'P') || !duration_part(&p, end, 'Y', 365 * 86400, &sum, &any) || !duration_part(&p, end, 'M', 28 * 86400, &sum, &any)
			|| !duration_part(&p, end, 'D', 86400, &sum, &any)) {
		return false;
	}
	if (p < end && *p == 'T') {
		p++;
		if (!duration_part(&p, end, 'H', 3600, &sum, &any_time) || !duration_part(&p, end, 'M', 60, &sum, &any_time)
				|| !duration_part(&p, end, 'S', 1, &sum, &any_time) || !any_time) {
			return false;
		}
	}
	*seconds = sum;
	return p == end && (any || any_time);
}

bool sf_url_valid(struct sf_span s, size_t max)
{
	size_t host;

	if (s.n > max) {
		return false;
	}
	if (s.n > 8 && strncasecmp(s.p, "https://", 8) == 0) {
		host = 8;
	} else if (s.n > 7 && strncasecmp(s.p, "http://", 7) == 0) {
		host = 7;
	} else {
		return false;
	}
	if (strchr("/?#:@[", s.p[host]) && s.p[host] != '[') {
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= 0x20 || c >= 0x7F || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\' || c == '`' || c == '#') {
			return false;
		}
	}
	for (size_t i = host; i < s.n && s.p[i] != '/' && s.p[i] != '?' && s.p[i] != '#'; i++) {
		if (s.p[i] == '@') {
			return false;
		}
	}
	return true;
}
