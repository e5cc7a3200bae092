#include "saml/change.h"

#include <stdlib.h>
#include <strings.h>

#include "base/base64.h"
#include "base/buf.h"

/* Scheme, host and port of a URL that sf_url_valid(). */
static struct sf_span origin_of(struct sf_span url)
{
	const char *host = memmem(url.p, url.n, "://", 3);
	size_t n = host ? (size_t)(host - url.p) + 3 : 0;

	while (n < url.n && url.p[n] != '/' && url.p[n] != '?') {
		n++;
	}
	return (struct sf_span){ url.p, n };
}

static bool same_origin(struct sf_span a, struct sf_span b)
{
	a = origin_of(a);
	b = origin_of(b);
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static bool is_at(const struct sf_endpoints *known, struct sf_span url)
{
	for (int by = 0; by < SF_BINDINGS; by++) {
		if ((known->login[by].p && same_origin(known->login[by], url)) || (known->logout[by].p && same_origin(known->logout[by], url))
				|| (known->logout_response[by].p && same_origin(known->logout_response[by], url))) {
			return true;
		}
	}
	for (size_t i = 0; i < known->artifact_count; i++) {
		if (same_origin(known->artifact[i].url, url)) {
			return true;
		}
	}
	return false;
}

static void note(struct sf_idp_change *out, const struct sf_endpoints *known, enum sf_service service, unsigned which, struct sf_span from, struct sf_span to)
{
	struct sf_endpoint_change *change = &out->endpoints[out->endpoint_count];

	if (from.p && to.p ? sf_span_eq(from, to) : from.p == to.p) {
		return;
	}
	*change = (struct sf_endpoint_change){ service, which, from, to, to.p && !is_at(known, to) };
	out->endpoint_count++;
	out->new_host |= change->new_host;
}

static struct sf_span artifact_at(const struct sf_endpoints *endpoints, unsigned index)
{
	for (size_t i = 0; i < endpoints->artifact_count; i++) {
		if (endpoints->artifact[i].index == index) {
			return endpoints->artifact[i].url;
		}
	}
	return SF_SPAN_NONE;
}

static void compare_endpoints(const struct sf_endpoints *known, const struct sf_endpoints *other, struct sf_idp_change *out)
{
	for (unsigned by = 0; by < SF_BINDINGS; by++) {
		note(out, known, SF_SERVICE_LOGIN, by, known->login[by], other->login[by]);
		note(out, known, SF_SERVICE_LOGOUT, by, known->logout[by], other->logout[by]);
		note(out, known, SF_SERVICE_LOGOUT_RESPONSE, by, known->logout_response[by], other->logout_response[by]);
	}
	for (size_t i = 0; i < known->artifact_count; i++) {
		note(out, known, SF_SERVICE_ARTIFACT, known->artifact[i].index, known->artifact[i].url, artifact_at(other, known->artifact[i].index));
	}
	for (size_t i = 0; i < other->artifact_count; i++) {
		if (!artifact_at(known, other->artifact[i].index).p) {
			note(out, known, SF_SERVICE_ARTIFACT, other->artifact[i].index, SF_SPAN_NONE, other->artifact[i].url);
		}
	}
}

static bool has_key(const struct sf_idp *idp, struct sf_span spki)
{
	for (size_t i = 0; i < idp->key_count; i++) {
		if (sf_span_eq(idp->keys[i].spki, spki)) {
			return true;
		}
	}
	return false;
}

void sf_idp_compare(const struct sf_idp *known, const struct sf_idp *other, struct sf_idp_change *out)
{
	memset(out, 0, sizeof(*out));
	out->drops_every_key = true;
	for (size_t i = 0; i < known->key_count; i++) {
		out->kept[i] = has_key(other, known->keys[i].spki);
		out->any |= !out->kept[i];
		out->drops_every_key &= !out->kept[i];
	}
	for (size_t i = 0; i < other->key_count; i++) {
		out->added[i] = !has_key(known, other->keys[i].spki);
		out->any |= out->added[i];
	}
	compare_endpoints(&known->endpoints, &other->endpoints, out);
	out->any |= out->endpoint_count > 0;
}

/* ---- the fingerprint ---- */

#define HASH 32 /* of SHA-256 */

static int compare_hashes(const void *a, const void *b)
{
	return memcmp(a, b, HASH);
}

static void add_url(struct sf_buf *b, enum sf_service service, unsigned which, struct sf_span url)
{
	sf_buf_int(b, service);
	sf_buf_char(b, ' ');
	sf_buf_int(b, which);
	sf_buf_char(b, ' ');
	sf_buf_span(b, url);
	sf_buf_char(b, '\n'); /* which no URL has in it */
}

static void add_endpoints(struct sf_buf *b, const struct sf_endpoints *e)
{
	for (unsigned by = 0; by < SF_BINDINGS; by++) {
		add_url(b, SF_SERVICE_LOGIN, by, e->login[by]);
		add_url(b, SF_SERVICE_LOGOUT, by, e->logout[by]);
		add_url(b, SF_SERVICE_LOGOUT_RESPONSE, by, e->logout_response[by]);
	}
	for (unsigned index = 0, left = (unsigned)e->artifact_count; left > 0; index++) {
		struct sf_span url = artifact_at(e, index);

		if (url.p) {
			add_url(b, SF_SERVICE_ARTIFACT, index, url);
			left--;
		}
	}
}

bool sf_idp_fingerprint(const struct sf_idp *idp, struct sf_arena *arena, char out[SF_FINGERPRINT + 1])
{
	unsigned char keys[SF_IDP_KEYS_MAX][HASH], hash[SF_DIGEST_MAX];
	struct sf_span text;
	struct sf_buf b;

	for (size_t i = 0; i < idp->key_count; i++) {
		if (!sf_digest(SF_SHA256, idp->keys[i].spki.p, idp->keys[i].spki.n, hash)) {
			return false;
		}
		memcpy(keys[i], hash, HASH);
	}
	qsort(keys, idp->key_count, HASH, compare_hashes);
	sf_buf_init(&b, arena, (size_t)256 * 1024);
	sf_buf_int(&b, (int64_t)idp->entity_id.n);
	sf_buf_char(&b, ' ');
	sf_buf_span(&b, idp->entity_id);
	sf_buf_int(&b, (int64_t)idp->key_count);
	sf_buf_add(&b, keys, idp->key_count * HASH);
	add_endpoints(&b, &idp->endpoints);
	if (!sf_buf_done(&b, &text) || !sf_digest(SF_SHA256, text.p, text.n, hash)) {
		return false;
	}
	sf_hex_encode(hash, HASH, out);
	out[SF_FINGERPRINT] = '\0';
	return true;
}
