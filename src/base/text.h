/* Checks and readings of texts that come from outside. */
#ifndef SF_BASE_TEXT_H
#define SF_BASE_TEXT_H

#include <stdint.h>

#include "base/span.h"

/* UTF-8 as RFC 3629 has it: no surrogates, nothing overlong, nothing over U+10FFFF. */
bool sf_utf8_valid(struct sf_span s);

/* UTF-8 of characters that XML 1.0 can hold (§2.2): no control characters but tab and the ends of lines, no U+FFFE and U+FFFF. */
bool sf_xml_text_valid(struct sf_span s);

/* xs:dateTime of the years 1970 to 9999 with an offset (XML Schema 2 §3.2.7), to whole seconds, rounded down. */
bool sf_time_parse(struct sf_span s, int64_t *unix_time);

#define SF_TIME_TEXT 21 /* 2026-01-31T23:59:59Z and the terminator */
bool sf_time_format(int64_t unix_time, char out[SF_TIME_TEXT]);

/*
 * xs:duration (XML Schema 2 §3.2.6) that is not negative, in seconds, of at most SF_DURATION_MAX. A year counts as 365 days and a month as 28: never
 * longer than it can be.
 */
#define SF_DURATION_MAX (INT64_C(100) * 365 * 86400)
bool sf_duration_parse(struct sf_span s, int64_t *seconds);

/* An absolute http or https URL of at most max bytes: printable ASCII, a host, no white space, quotes, <, >, fragment or user information. */
bool sf_url_valid(struct sf_span s, size_t max);

#endif
