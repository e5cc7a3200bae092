/* The JSON reader: it ends, two ways of reading agree, and what it decodes can be escaped and read again. */
#include "base/json.h"

#include <stdlib.h>

#include "base/text.h"
#include "forge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void string_again(const struct sf_json *j)
{
	char *decoded = malloc(j->raw.n + 1), *quoted, *twice;
	struct sf_json again;
	size_t n = sf_json_decode(j, decoded), m;

	MUST(n <= j->raw.n && sf_utf8_valid((struct sf_span){ decoded, n }));
	quoted = malloc(SF_JSON_ESCAPED(n) + 2);
	twice = malloc(SF_JSON_ESCAPED(n) + 1);
	quoted[0] = '"';
	m = sf_json_escape((struct sf_span){ decoded, n }, quoted + 1);
	MUST(m <= SF_JSON_ESCAPED(n));
	quoted[m + 1] = '"';
	sf_json_init(&again, (struct sf_span){ quoted, m + 2 });
	MUST(sf_json_next(&again) == SF_JSON_STRING);
	MUST(sf_json_decode(&again, twice) == n && memcmp(twice, decoded, n) == 0);
	MUST(sf_json_next(&again) == SF_JSON_END);
	decoded[n] = '\0';
	if (!memchr(decoded, '\0', n)) {
		bool ascii = true;

		for (size_t i = 0; i < n; i++) {
			ascii = ascii && (unsigned char)decoded[i] < 0x80;
		}
		MUST(!ascii || sf_json_is(j, decoded));
	}
	MUST(!sf_json_is(j, "this is not what stands there, for it is much longer than that"));
	free(decoded);
	free(quoted);
	free(twice);
}

static bool read_all(struct sf_span text)
{
	enum sf_json_token token;
	size_t tokens = 0, depth = 0;
	struct sf_json j;

	sf_json_init(&j, text);
	do {
		token = sf_json_next(&j);
		MUST(++tokens <= text.n + 2);
		depth += token == SF_JSON_OBJECT || token == SF_JSON_ARRAY;
		depth -= token == SF_JSON_OBJECT_END || token == SF_JSON_ARRAY_END;
		MUST(token == SF_JSON_ERROR || (depth == j.depth && depth <= SF_JSON_DEPTH));
		if (token == SF_JSON_STRING || token == SF_JSON_NAME) {
			string_again(&j);
		}
	} while (token != SF_JSON_ERROR && token != SF_JSON_END);
	if (token == SF_JSON_ERROR) {
		MUST(sf_json_next(&j) == SF_JSON_ERROR);
	}
	return token == SF_JSON_END;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size ? size : 1);
	struct sf_span text = { copy, size };
	struct sf_json j;
	bool ok;

	memcpy(copy, data, size);
	ok = read_all(text);
	sf_json_init(&j, text);
	MUST((sf_json_skip(&j, sf_json_next(&j)) && sf_json_next(&j) == SF_JSON_END) == ok);
	free(copy);
	return 0;
}
