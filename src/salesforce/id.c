#include "salesforce/id.h"

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_id_character(char c)
{
	return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool sf_id_read(struct sf_span text, char id[SF_ID + 1])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

	if (text.n != SF_ID_SHORT && text.n != SF_ID) {
		return false;
	}
	for (size_t i = 0; i < text.n; i++) {
		if (!is_id_character(text.p[i])) {
			return false;
		}
	}
	memcpy(id, text.p, SF_ID_SHORT);
	for (size_t part = 0; part < 3; part++) {
		unsigned capitals = 0;

		for (size_t i = 0; i < 5; i++) {
			capitals |= (unsigned)is_upper(text.p[part * 5 + i]) << i;
		}
		id[SF_ID_SHORT + part] = digits[capitals];
	}
	id[SF_ID] = '\0';
	return text.n == SF_ID_SHORT || memcmp(id + SF_ID_SHORT, text.p + SF_ID_SHORT, 3) == 0;
}
