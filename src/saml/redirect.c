#include "saml/redirect.h"

#include <zlib.h>

#include "base/base64.h"
#include "base/buf.h"

#define DEFLATE "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE"

#define QUERY_MAX ((size_t)64 * 1024) /* of ours */
#define ALGORITHM_TEXT_MAX 256
#define SIGNATURE_TEXT_MAX 4096
#define SIGNATURE_BYTES_MAX 1024 /* RSA of 8192 bits */

/* ---- out ---- */

/* Raw DEFLATE (RFC 1951), as saml-bindings-2.0-os §3.4.4.1 has it, then base64. */
static bool deflate_base64(struct sf_span xml, struct sf_arena *arena, struct sf_span *out)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)xml.p, .avail_in = (uInt)xml.n };
	uLong room;
	Bytef *packed;
	char *text;
	int status;

	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
		return false;
	}
	room = deflateBound(&z, (uLong)xml.n);
	packed = sf_arena_alloc(arena, room);
	text = sf_arena_alloc(arena, SF_BASE64_ENCODED(room));
	z.next_out = packed;
	z.avail_out = (uInt)room;
	status = packed && text ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
	deflateEnd(&z);
	if (status != Z_STREAM_END) {
		return false;
	}
	*out = (struct sf_span){ text, sf_base64_encode(packed, z.total_out, text) };
	return true;
}

/* SAMLRequest or SAMLResponse, RelayState, SigAlg in this order are what is signed, as they stand in the URL. */
static bool sign_query(const struct sf_key *key, struct sf_buf *query)
{
	enum sf_sig_alg alg = sf_key_sig_alg(key);
	unsigned char sig[SF_SIGNATURE_MAX];
	char text[SF_BASE64_ENCODED(SF_SIGNATURE_MAX)];
	size_t sig_n = sizeof(sig);

	if (alg == SF_SIG_NONE) {
		return false;
	}
	sf_buf_str(query, "&SigAlg=");
	sf_buf_url(query, sf_span_of(sf_sig_by_alg(alg)->uri));
	if (query->failed || !sf_key_sign(key, alg, query->p, query->n, sig, &sig_n)) {
		return false;
	}
	sf_buf_str(query, "&Signature=");
	sf_buf_url(query, (struct sf_span){ text, sf_base64_encode(sig, sig_n, text) });
	return true;
}

bool sf_redirect_write(const struct sf_redirect_message *message, struct sf_arena *arena, struct sf_span *url, struct sf_error *error)
{
	struct sf_span packed, query_text;
	struct sf_buf query, whole;

	if (!deflate_base64(message->xml, arena, &packed)) {
		return sf_fail(error, SF_INTERNAL, "DEFLATE");
	}
	if (packed.n > QUERY_MAX / 4) { /* whose every character may become three */
		return sf_fail(error, SF_TOO_LARGE, "address");
	}
	sf_buf_init(&query, arena, QUERY_MAX);
	sf_buf_str(&query, message->response ? "SAMLResponse=" : "SAMLRequest=");
	sf_buf_url(&query, packed);
	if (message->relay_state.p) {
		sf_buf_str(&query, "&RelayState=");
		sf_buf_url(&query, message->relay_state);
	}
	if (message->key && !sign_query(message->key, &query)) {
		return sf_fail(error, SF_KEY_UNUSABLE, "SigAlg");
	}
	if (!sf_buf_done(&query, &query_text)) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	sf_buf_init(&whole, arena, QUERY_MAX * 2);
	sf_buf_span(&whole, message->destination);
	sf_buf_char(&whole, memchr(message->destination.p, '?', message->destination.n) ? '&' : '?');
	sf_buf_span(&whole, query_text);
	return sf_buf_done(&whole, url) || sf_fail(error, SF_INTERNAL, "memory");
}

/* ---- in ---- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* application/x-www-form-urlencoded, decoded. out has room for raw.n bytes. False for a % without two digits behind it. */
static bool decode_into(struct sf_span raw, char *out, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = raw.n - i > 2 ? hex_digit(raw.p[i + 1]) : -1, low = raw.n - i > 2 ? hex_digit(raw.p[i + 2]) : -1;

			if (high < 0 || low < 0) {
				return false;
			}
			c = (char)(high << 4 | low);
			i += 2;
		}
		out[(*n)++] = c;
	}
	return true;
}

/* A parameter's value, which may have max bytes; more of them are refused for this reason. */
static bool decode(struct sf_span raw, const char *name, size_t max, int reason, struct sf_arena *arena, struct sf_span *out, struct sf_error *error)
{
	char *p;

	if (raw.n > 3 * max) {
		return sf_fail(error, reason, name);
	}
	p = sf_arena_alloc(arena, raw.n);
	if (!p) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	out->p = p;
	if (!decode_into(raw, p, &out->n)) {
		return sf_fail(error, SF_INVALID_QUERY, name);
	}
	return out->n <= max || sf_fail(error, reason, name);
}

/* The parameters that mean something here, by number. */
enum parameter { REQUEST, RESPONSE, RELAY_STATE, SIG_ALG, SIGNATURE, ENCODING, PARAMETERS };
static const char *const names[PARAMETERS] = { "SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLEncoding" };

/* Takes `name=value` for what it is, if it is one of ours. Anybody else's is passed over. */
static bool take(struct sf_span name, struct sf_span value, struct sf_span found[PARAMETERS], struct sf_error *error)
{
	char decoded[3 * 16];
	size_t n;

	if (name.n > sizeof(decoded)) {
		return true; /* longer than the longest of ours with every character escaped */
	}
	if (!decode_into(name, decoded, &n)) {
		return sf_fail_found(error, SF_INVALID_QUERY, "name", name);
	}
	for (int i = 0; i < PARAMETERS; i++) {
		if (!sf_span_is((struct sf_span){ decoded, n }, names[i])) {
			continue;
		}
		if (!sf_span_is(name, names[i]) || found[i].p) {
			return sf_fail_found(error, SF_DUPLICATE_PARAMETER, names[i], name);
		}
		found[i] = value;
		return true;
	}
	return true;
}

static bool is_deflate(struct sf_span raw)
{
	char text[3 * sizeof(DEFLATE)];
	size_t n;

	return !raw.p || (raw.n <= sizeof(text) && decode_into(raw, text, &n) && sf_span_is((struct sf_span){ text, n }, DEFLATE));
}

bool sf_redirect_split(struct sf_span query, struct sf_redirect *out, struct sf_error *error)
{
	struct sf_span found[PARAMETERS] = { { NULL, 0 } };

	while (query.n) {
		const char *end = memchr(query.p, '&', query.n), *equals;
		struct sf_span one = { query.p, end ? (size_t)(end - query.p) : query.n };

		query.p += one.n + (end ? 1 : 0);
		query.n -= one.n + (end ? 1 : 0);
		equals = one.n ? memchr(one.p, '=', one.n) : NULL;
		if (!take((struct sf_span){ one.p, equals ? (size_t)(equals - one.p) : one.n },
					equals ? (struct sf_span){ equals + 1, one.n - (size_t)(equals + 1 - one.p) } : (struct sf_span){ one.p + one.n, 0 }, found, error)) {
			return false;
		}
	}
	if (found[REQUEST].p && found[RESPONSE].p) {
		return sf_fail(error, SF_DUPLICATE_PARAMETER, "SAMLRequest and SAMLResponse");
	}
	if (!found[REQUEST].p && !found[RESPONSE].p) {
		return sf_fail(error, SF_MISSING_PARAMETER, "SAMLRequest or SAMLResponse");
	}
	if (!is_deflate(found[ENCODING])) {
		return sf_fail_both(error, SF_ENCODING_REFUSED, "SAMLEncoding", found[ENCODING], SF_SPAN_LIT(DEFLATE));
	}
	*out = (struct sf_redirect){
		.response = found[RESPONSE].p != NULL,
		.message = found[RESPONSE].p ? found[RESPONSE] : found[REQUEST],
		.relay_state = found[RELAY_STATE],
		.sig_alg = found[SIG_ALG],
		.signature = found[SIGNATURE],
	};
	return true;
}

/* What its sender hashed (saml-bindings-2.0-os §3.4.4.1): these three in this order, whatever the order in the URL, as he wrote them. */
static bool signed_bytes(const struct sf_redirect *in, struct sf_arena *arena, struct sf_span *out)
{
	struct sf_buf b;

	sf_buf_init(&b, arena, in->message.n + in->relay_state.n + in->sig_alg.n + 64);
	sf_buf_str(&b, in->response ? "SAMLResponse=" : "SAMLRequest=");
	sf_buf_span(&b, in->message);
	if (in->relay_state.p) {
		sf_buf_str(&b, "&RelayState=");
		sf_buf_span(&b, in->relay_state);
	}
	sf_buf_str(&b, "&SigAlg=");
	sf_buf_span(&b, in->sig_alg);
	return sf_buf_done(&b, out);
}

/* There is no default: what is not said is not known (saml-bindings-2.0-os §3.4.4.1). */
static const struct sf_sig_info *algorithm(const struct sf_redirect *in, const struct sf_idp *idp, struct sf_error *error)
{
	const struct sf_sig_info *info;
	char text[ALGORITHM_TEXT_MAX];
	struct sf_span uri = { text, 0 };

	if (!in->sig_alg.p || in->sig_alg.n > sizeof(text) || !decode_into(in->sig_alg, text, &uri.n)) {
		sf_fail_found(error, SF_ALGORITHM_REFUSED, "SigAlg", in->sig_alg);
		return NULL;
	}
	info = sf_sig_by_uri(uri);
	if (!info || (info->digest == SF_SHA1 && !idp->allow_sha1)) {
		sf_fail_found(error, SF_ALGORITHM_REFUSED, "SigAlg", uri);
		return NULL;
	}
	return info;
}

bool sf_redirect_verify(const struct sf_redirect *in, const struct sf_idp *idp, struct sf_key_cache *cache, struct sf_arena *arena, size_t *key, bool *sha1,
		struct sf_error *error)
{
	unsigned char signature[SF_BASE64_DECODED(SIGNATURE_TEXT_MAX)];
	const struct sf_sig_info *info;
	struct sf_span text, bytes;
	size_t n;

	if (!in->signature.p) {
		return sf_fail(error, SF_NOT_SIGNED, "Signature");
	}
	info = algorithm(in, idp, error);
	if (!info) {
		return false;
	}
	if (!decode(in->signature, "Signature", SIGNATURE_TEXT_MAX, SF_SIGNATURE_SHAPE, arena, &text, error)) {
		return false;
	}
	if (!sf_base64_decode(text, signature, &n) || n == 0 || n > SIGNATURE_BYTES_MAX) {
		return sf_fail(error, SF_SIGNATURE_SHAPE, "Signature");
	}
	if (!signed_bytes(in, arena, &bytes)) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	for (size_t i = 0; i < idp->key_count; i++) {
		if (idp->keys[i].family == info->family && sf_verify(cache, &idp->keys[i], info->alg, bytes.p, bytes.n, signature, n)) {
			*key = i;
			*sha1 = info->digest == SF_SHA1;
			return true;
		}
	}
	return sf_fail_found(error, SF_SIGNATURE_INVALID, "Signature", sf_span_of(info->uri));
}

/* At most limit bytes come out, whatever goes in. The stream must end where its bytes do. */
static bool inflate_into(const unsigned char *in, size_t in_n, size_t limit, struct sf_arena *arena, struct sf_span *out, struct sf_error *error)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)in, .avail_in = (uInt)in_n };
	Bytef *p = sf_arena_alloc(arena, limit + 1);
	int status;

	if (!p || inflateInit2(&z, -MAX_WBITS) != Z_OK) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	z.next_out = p;
	z.avail_out = (uInt)(limit + 1); /* the one byte over tells a message that is too large from one of just that size */
	status = inflate(&z, Z_FINISH);
	*out = (struct sf_span){ (const char *)p, z.total_out };
	inflateEnd(&z);
	if (z.total_out > limit) {
		return sf_fail(error, SF_TOO_LARGE, "message");
	}
	return (status == Z_STREAM_END && z.avail_in == 0 && z.total_out > 0) || sf_fail(error, SF_NOT_DEFLATED, "message");
}

bool sf_redirect_inflate(const struct sf_redirect *in, const struct sf_xml_limits *limits, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error)
{
	struct sf_span text;
	unsigned char *packed;
	size_t n;

	/* base64, in lines perhaps, is a little more than four thirds; and DEFLATE makes nothing larger by more than a few bytes */
	if (!decode(in->message, "message", limits->bytes / 2 * 3, SF_TOO_LARGE, arena, &text, error)) {
		return false;
	}
	packed = sf_arena_alloc(arena, SF_BASE64_DECODED(text.n));
	if (!packed) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	if (!sf_base64_decode(text, packed, &n) || n == 0) {
		return sf_fail(error, SF_NOT_BASE64, "message");
	}
	return inflate_into(packed, n, limits->bytes, arena, xml, error);
}

bool sf_redirect_relay_state(const struct sf_redirect *in, struct sf_arena *arena, struct sf_span *relay_state, struct sf_error *error)
{
	*relay_state = SF_SPAN_NONE;
	return !in->relay_state.p || decode(in->relay_state, "RelayState", SF_RELAY_STATE_RECEIVED_MAX, SF_INVALID_QUERY, arena, relay_state, error);
}
