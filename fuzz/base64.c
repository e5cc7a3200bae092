/* Our three decoders against the definition in RFC 4648, bit by bit; and what was decoded encodes to what there was. */
#include "base/base64.h"

#include <stdlib.h>

#include "forge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool reference(struct sf_span in, bool url, unsigned char *out, size_t *n)
{
	const char *alphabet = url ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned char *bits = malloc(in.n * 6 + 1);
	size_t count = 0, pads = 0;
	bool ok = true;

	for (size_t i = 0; i < in.n && ok; i++) {
		const char *at;

		if (!url && (in.p[i] == ' ' || in.p[i] == '\t' || in.p[i] == '\n' || in.p[i] == '\r')) {
			continue;
		}
		if (!url && in.p[i] == '=') {
			pads++;
			continue;
		}
		at = in.p[i] ? strchr(alphabet, in.p[i]) : NULL;
		ok = at && !pads;
		for (int bit = 5; ok && bit >= 0; bit--) {
			bits[count++] = (unsigned char)((at - alphabet) >> bit & 1);
		}
	}
	ok = ok && (url || (count / 6 + pads) % 4 == 0) && pads <= 2 && count % 24 != 6 && !(pads && count % 24 == 0);
	for (size_t i = count / 8 * 8; ok && i < count; i++) {
		ok = !bits[i];
	}
	*n = count / 8;
	for (size_t i = 0; ok && i < *n; i++) {
		out[i] = 0;
		for (size_t bit = 0; bit < 8; bit++) {
			out[i] = (unsigned char)(out[i] << 1 | bits[i * 8 + bit]);
		}
	}
	free(bits);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool (*const decoders[])(struct sf_span, unsigned char *, size_t *) = { sf_base64_decode, sf_base64_secret, sf_base64url_decode };
	struct sf_span in = { (const char *)data, size };
	unsigned char *want = malloc(size + 1), *got = malloc(SF_BASE64_DECODED(size));
	char *text = malloc(SF_BASE64_ENCODED(size) + 1);
	size_t want_n, got_n, n, k;

	for (int i = 0; i < 3; i++) {
		bool ok = reference(in, i == 2, want, &want_n);

		MUST(decoders[i](in, got, &got_n) == ok);
		MUST(!ok || (want_n == got_n && memcmp(want, got, got_n) == 0));
		if (ok) { /* one encoding, one text, but for the white space */
			n = i == 2 ? sf_base64url_encode(got, got_n, text) : sf_base64_encode(got, got_n, text);
			k = 0;
			for (size_t at = 0; at < size; at++) {
				if (i == 2 || !sf_is_space(in.p[at])) {
					MUST(k < n && text[k] == in.p[at]);
					k++;
				}
			}
			MUST(k == n);
		}
	}
	free(want);
	free(got);
	free(text);
	return 0;
}
