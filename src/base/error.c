#include "base/error.h"

void sf_error_text(char out[SF_ERROR_TEXT], struct sf_span text)
{
	size_t n = text.n;

	if (n > SF_ERROR_TEXT - 1) {
		n = SF_ERROR_TEXT - 1;
		/* don't cut a UTF-8 character in two: PHP's json_encode would refuse the whole message */
		while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80) {
			n--;
		}
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		out[i] = (c < 0x20 || c == 0x7F) ? '?' : (char)c;
	}
	out[n] = '\0';
}

bool sf_fail(struct sf_error *e, int code, const char *where)
{
	if (e) {
		e->code = code;
		e->has_found = e->has_expected = false;
		e->found[0] = e->expected[0] = '\0';
		sf_error_text(e->where, sf_span_of(where));
	}
	return false;
}

bool sf_fail_found(struct sf_error *e, int code, const char *where, struct sf_span found)
{
	sf_fail(e, code, where);
	if (e) {
		e->has_found = true;
		sf_error_text(e->found, found);
	}
	return false;
}

bool sf_fail_both(struct sf_error *e, int code, const char *where, struct sf_span found, struct sf_span expected)
{
	sf_fail_found(e, code, where, found);
	if (e) {
		e->has_expected = true;
		sf_error_text(e->expected, expected);
	}
	return false;
}
