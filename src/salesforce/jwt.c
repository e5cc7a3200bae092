#include "salesforce/jwt.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/json.h"

#define CLAIMS_MAX 16384

static const char form_start[] = "assertion=";
static const char form_end[] = "&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";
static const char header[] = "{\"alg\":\"RS256\"}";

static void add_string(struct sf_buf *buf, struct sf_arena *arena, const char *name, struct sf_span value)
{
	char *escaped = sf_arena_alloc(arena, SF_JSON_ESCAPED(value.n));

	if (!escaped) {
		buf->failed = true;
		return;
	}
	sf_buf_str(buf, name);
	sf_buf_add(buf, escaped, sf_json_escape(value, escaped));
	sf_buf_char(buf, '"');
}

static bool write_claims(const struct sf_jwt_claims *claims, struct sf_arena *arena, struct sf_span *out)
{
	struct sf_buf buf;

	sf_buf_init(&buf, arena, CLAIMS_MAX);
	add_string(&buf, arena, "{\"iss\":\"", claims->issuer);
	add_string(&buf, arena, ",\"sub\":\"", claims->subject);
	add_string(&buf, arena, ",\"aud\":\"", claims->audience);
	sf_buf_str(&buf, ",\"exp\":");
	sf_buf_int(&buf, claims->now + SF_JWT_SECONDS);
	sf_buf_char(&buf, '}');
	return sf_buf_done(&buf, out);
}

bool sf_jwt_form(const struct sf_key *key, const struct sf_jwt_claims *claims, struct sf_arena *arena, struct sf_secret *form)
{
	unsigned char signature[SF_SIGNATURE_MAX];
	size_t signature_n = sizeof(signature);
	struct sf_span payload;
	char *signed_text, *p;

	memset(form, 0, sizeof(*form));
	if (!write_claims(claims, arena, &payload)
			|| !sf_secret_new(form, sizeof(form_start) + SF_BASE64_ENCODED(sizeof(header)) + SF_BASE64_ENCODED(payload.n)
							+ SF_BASE64_ENCODED(SF_SIGNATURE_MAX) + sizeof(form_end))) {
		return false;
	}
	p = (char *)form->p;
	memcpy(p, form_start, sizeof(form_start) - 1);
	signed_text = p += sizeof(form_start) - 1;
	p += sf_base64url_encode((const unsigned char *)header, sizeof(header) - 1, p);
	*p++ = '.';
	p += sf_base64url_encode((const unsigned char *)payload.p, payload.n, p);
	if (!sf_key_sign(key, SF_RSA_SHA256, signed_text, (size_t)(p - signed_text), signature, &signature_n)) {
		sf_secret_free(form);
		return false;
	}
	*p++ = '.';
	p += sf_base64url_encode(signature, signature_n, p);
	sf_wipe(signature, sizeof(signature));
	memcpy(p, form_end, sizeof(form_end) - 1);
	form->n = (size_t)(p + sizeof(form_end) - 1 - (char *)form->p);
	return true;
}
