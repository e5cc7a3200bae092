#include "crypto/pkey.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

#include "base/base64.h"
#include "base/text.h"
#include "crypto/der.h"
#include "crypto/ec.h"

#define RSA_BITS_MIN 1024
#define RSA_BITS_MAX 8192
#define RSA_EXPONENT_BYTES 8

/* 1.2.840.113549.1.1.1 rsaEncryption and 1.2.840.10045.2.1 id-ecPublicKey (RFC 3279 §2.3) */
static const struct sf_span oid_rsa = { "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", 9 };
static const struct sf_span oid_ec = { "\x2a\x86\x48\xce\x3d\x02\x01", 7 };
/* 1.3.101.112 id-Ed25519 (RFC 8410 §3) */
static const struct sf_span oid_ed25519 = { "\x2b\x65\x70", 3 };

const struct sf_curve sf_curves[] = {
	{ "P-256", 256, 32, { "\x2a\x86\x48\xce\x3d\x03\x01\x07", 8 } },
	{ "P-384", 384, 48, { "\x2b\x81\x04\x00\x22", 5 } },
	{ "P-521", 521, 66, { "\x2b\x81\x04\x00\x23", 5 } },
};

const struct sf_curve *sf_curve_by_oid(struct sf_span oid)
{
	for (size_t i = 0; i < SF_CURVES; i++) {
		if (sf_span_eq(oid, sf_curves[i].oid)) {
			return &sf_curves[i];
		}
	}
	return NULL;
}

const struct sf_curve *sf_curve_by_bits(int bits)
{
	for (size_t i = 0; i < SF_CURVES; i++) {
		if (sf_curves[i].bits == bits) {
			return &sf_curves[i];
		}
	}
	return NULL;
}

static int bit_length(struct sf_span magnitude)
{
	int bits = (int)magnitude.n * 8;

	for (unsigned top = magnitude.n ? (unsigned char)magnitude.p[0] : 0xFF; !(top & 0x80); top <<= 1) {
		bits--;
	}
	return bits;
}

static bool read_rsa(struct sf_span bits, struct sf_public_key *key)
{
	struct sf_span seq;

	if (!sf_der_take(&bits, SF_DER_SEQUENCE, &seq) || bits.n || !sf_der_take_unsigned(&seq, &key->n) || !sf_der_take_unsigned(&seq, &key->e) || seq.n) {
		return false;
	}
	if (key->n.n == 0 || key->n.n > RSA_BITS_MAX / 8 || key->e.n == 0 || key->e.n > RSA_EXPONENT_BYTES) {
		return false;
	}
	key->family = SF_FAMILY_RSA;
	key->bits = bit_length(key->n);
	return key->bits >= RSA_BITS_MIN && (key->n.p[key->n.n - 1] & 1) && (key->e.p[key->e.n - 1] & 1) && !(key->e.n == 1 && key->e.p[0] == 1);
}

static bool read_ec(struct sf_span parameters, struct sf_span bits, struct sf_public_key *key)
{
	const struct sf_curve *curve;
	struct sf_span oid;

	if (!sf_der_take(&parameters, SF_DER_OID, &oid) || parameters.n || !(curve = sf_curve_by_oid(oid))) {
		return false;
	}
	/* 04: uncompressed (SEC 1 §2.3.3); whether the point is on the curve is checked by OpenSSL when it takes the key */
	if (bits.n != 1 + 2 * curve->bytes || bits.p[0] != 4) {
		return false;
	}
	key->family = SF_FAMILY_ECDSA;
	key->bits = curve->bits;
	key->group = curve->name;
	key->point = bits;
	return true;
}

static bool read_ed25519(struct sf_span parameters, struct sf_span bits, struct sf_public_key *key)
{
	if (parameters.n || bits.n != 32) {
		return false;
	}
	key->family = SF_FAMILY_ED25519;
	key->bits = 256;
	key->point = bits;
	return true;
}

bool sf_public_key_from_spki(struct sf_span der, struct sf_public_key *key)
{
	struct sf_span whole, seq, algorithm, oid, bits;

	memset(key, 0, sizeof(*key));
	if (!sf_der_take_whole(&der, SF_DER_SEQUENCE, &whole) || der.n) {
		return false;
	}
	key->spki = whole;
	if (!sf_der_take(&whole, SF_DER_SEQUENCE, &seq) || !sf_der_take(&seq, SF_DER_SEQUENCE, &algorithm) || !sf_der_take_bits(&seq, &bits) || seq.n
			|| !sf_der_take(&algorithm, SF_DER_OID, &oid)) {
		return false;
	}
	if (sf_span_eq(oid, oid_rsa)) {
		return read_rsa(bits, key);
	}
	if (sf_span_eq(oid, oid_ec)) {
		return read_ec(algorithm, bits, key);
	}
	if (sf_span_eq(oid, oid_ed25519)) {
		return read_ed25519(algorithm, bits, key);
	}
	return false;
}

/* UTCTime or GeneralizedTime, in the one form that RFC 5280 §4.1.2.5 allows. */
static bool read_time(struct sf_span *in, int64_t *unix_time)
{
	struct sf_span v;
	char iso[32];
	int n;

	if (sf_der_take(in, SF_DER_UTC_TIME, &v) && v.n == 13) {
		const char *century = v.p[0] >= '5' ? "19" : "20";

		n = snprintf(iso, sizeof(iso), "%s%.2s-%.2s-%.2sT%.2s:%.2s:%.2sZ", century, v.p, v.p + 2, v.p + 4, v.p + 6, v.p + 8, v.p + 10);
	} else if (sf_der_take(in, SF_DER_GENERALIZED_TIME, &v) && v.n == 15) {
		n = snprintf(iso, sizeof(iso), "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", v.p, v.p + 4, v.p + 6, v.p + 8, v.p + 10, v.p + 12);
	} else {
		return false;
	}
	return n > 0 && v.p[v.n - 1] == 'Z' && sf_time_parse((struct sf_span){ iso, (size_t)n }, unix_time);
}

/* RFC 5280 §4.1: TBSCertificate up to subjectPublicKeyInfo. */
bool sf_public_key_from_certificate(struct sf_span der, struct sf_public_key *key)
{
	struct sf_span certificate, tbs, version, validity, spki;
	int64_t not_after = 0;
	bool has_not_after;

	if (!sf_der_take(&der, SF_DER_SEQUENCE, &certificate) || der.n || !sf_der_take(&certificate, SF_DER_SEQUENCE, &tbs)) {
		return false;
	}
	if (sf_der_next_is(tbs, SF_DER_CONTEXT_0) && !sf_der_take(&tbs, SF_DER_CONTEXT_0, &version)) {
		return false;
	}
	if (!sf_der_skip(&tbs) /* serialNumber */ || !sf_der_skip(&tbs) /* signature */ || !sf_der_skip(&tbs) /* issuer */
			|| !sf_der_take(&tbs, SF_DER_SEQUENCE, &validity) || !sf_der_skip(&tbs) /* subject */
			|| !sf_der_take_whole(&tbs, SF_DER_SEQUENCE, &spki)) {
		return false;
	}
	has_not_after = sf_der_skip(&validity) && read_time(&validity, &not_after);
	if (!sf_public_key_from_spki(spki, key)) {
		return false;
	}
	key->has_not_after = has_not_after;
	key->not_after = not_after;
	return true;
}

void sf_public_key_text(const struct sf_public_key *key, char out[SF_KEY_TEXT])
{
	if (key->family == SF_FAMILY_RSA) {
		snprintf(out, SF_KEY_TEXT, "RSA-%d", key->bits);
	} else if (key->family == SF_FAMILY_ED25519) {
		snprintf(out, SF_KEY_TEXT, "Ed25519");
	} else {
		snprintf(out, SF_KEY_TEXT, "EC-P%d", key->bits);
	}
}

static const char *find(struct sf_span text, size_t from, const char *needle)
{
	size_t n = strlen(needle);

	for (size_t i = from; i + n <= text.n; i++) {
		if (text.p[i] == needle[0] && memcmp(text.p + i, needle, n) == 0) {
			return text.p + i;
		}
	}
	return NULL;
}

bool sf_pem_next(struct sf_span text, size_t *pos, struct sf_span *label, struct sf_span *body)
{
	const char *begin = find(text, *pos, "-----BEGIN "), *dashes, *end;
	const char *last = text.p + text.n;

	if (!begin) {
		return false;
	}
	label->p = begin + 11;
	dashes = find(text, (size_t)(label->p - text.p), "-----");
	if (!dashes || dashes - label->p > 64) {
		return false;
	}
	label->n = (size_t)(dashes - label->p);
	body->p = dashes + 5;
	end = find(text, (size_t)(body->p - text.p), "-----END ");
	if (!end || (size_t)(last - end) < 9 + label->n + 5 || memcmp(end + 9, label->p, label->n) != 0 || memcmp(end + 9 + label->n, "-----", 5) != 0) {
		return false;
	}
	body->n = (size_t)(end - body->p);
	*pos = (size_t)(end - text.p) + 9 + label->n + 5;
	return true;
}

bool sf_pem_or_base64(struct sf_arena *a, struct sf_span text, const char *label, struct sf_span *der)
{
	struct sf_span found, body = text;
	unsigned char *out;
	size_t pos = 0, n;

	if (find(text, 0, "-----BEGIN ")) {
		do {
			if (!sf_pem_next(text, &pos, &found, &body)) {
				return false;
			}
		} while (!sf_span_is(found, label));
	}
	out = sf_arena_alloc(a, SF_BASE64_DECODED(body.n));
	if (!out || !sf_base64_decode(body, out, &n) || n == 0) {
		return false;
	}
	der->p = (const char *)out;
	der->n = n;
	return true;
}

/* ---- verification ---- */

#define CACHE_SLOTS 16
#define CACHE_SPKI_MAX 1200 /* an RSA key of 8192 bits takes 1,062 */

struct slot {
	unsigned char spki[CACHE_SPKI_MAX];
	size_t spki_n; /* 0: the slot is free */
	enum sf_sig_alg alg;
	EVP_PKEY *pkey;
	EVP_PKEY_CTX *ctx; /* ready to verify alg; NULL for Ed25519, which takes the data and no digest */
};

struct sf_key_cache {
	struct slot slots[CACHE_SLOTS];
	unsigned next;           /* the slot to give up next */
	EVP_PKEY_CTX *rsa_maker; /* ready to make an RSA key out of its numbers: OpenSSL takes longer to look that up than to do it */
};

struct sf_key_cache *sf_key_cache_new(void)
{
	return calloc(1, sizeof(struct sf_key_cache));
}

static void slot_clear(struct slot *s)
{
	EVP_PKEY_CTX_free(s->ctx);
	EVP_PKEY_free(s->pkey);
	memset(s, 0, sizeof(*s));
}

void sf_key_cache_free(struct sf_key_cache *cache)
{
	if (!cache) {
		return;
	}
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		slot_clear(&cache->slots[i]);
	}
	EVP_PKEY_CTX_free(cache->rsa_maker);
	free(cache);
}

static EVP_PKEY_CTX *make_maker(const char *type)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);

	if (ctx && EVP_PKEY_fromdata_init(ctx) != 1) {
		EVP_PKEY_CTX_free(ctx);
		ctx = NULL;
	}
	return ctx;
}

/* A number in the machine's own order of bytes, which is how OSSL_PARAM has it. */
static OSSL_PARAM number(const char *name, struct sf_span magnitude, unsigned char *room)
{
	for (size_t i = 0; i < magnitude.n; i++) {
		room[i] = (unsigned char)magnitude.p[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? magnitude.n - 1 - i : i];
	}
	return OSSL_PARAM_construct_BN(name, room, magnitude.n);
}

static EVP_PKEY *make_rsa(struct sf_key_cache *cache, const struct sf_public_key *key)
{
	unsigned char n[RSA_BITS_MAX / 8], e[RSA_EXPONENT_BYTES];
	OSSL_PARAM params[] = { number(OSSL_PKEY_PARAM_RSA_N, key->n, n), number(OSSL_PKEY_PARAM_RSA_E, key->e, e), OSSL_PARAM_construct_end() };
	EVP_PKEY *pkey = NULL;

	if (!cache->rsa_maker) {
		cache->rsa_maker = make_maker("RSA");
	}
	return cache->rsa_maker && EVP_PKEY_fromdata(cache->rsa_maker, &pkey, EVP_PKEY_PUBLIC_KEY, params) == 1 ? pkey : NULL;
}

/* OSSL_PARAM has no const, but nobody writes to what is only read from. */
static void *unchanged(const void *p)
{
	return (void *)(uintptr_t)p;
}

static EVP_PKEY *make_ec(const struct sf_public_key *key)
{
	OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, unchanged(key->group), 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, unchanged(key->point.p), key->point.n), OSSL_PARAM_construct_end() };
	EVP_PKEY_CTX *maker = make_maker("EC");
	EVP_PKEY *pkey = NULL;
	bool ok = maker && EVP_PKEY_fromdata(maker, &pkey, EVP_PKEY_PUBLIC_KEY, params) == 1;

	EVP_PKEY_CTX_free(maker);
	return ok ? pkey : NULL;
}

static EVP_PKEY *make_pkey(struct sf_key_cache *cache, const struct sf_public_key *key)
{
	switch (key->family) {
	case SF_FAMILY_RSA: return make_rsa(cache, key);
	case SF_FAMILY_ED25519: return EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, (const unsigned char *)key->point.p, key->point.n);
	default: return make_ec(key);
	}
}

static EVP_PKEY_CTX *make_ctx(EVP_PKEY *pkey, const struct sf_sig_info *info)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
	void *digest = unchanged(sf_digest_name(info->digest));
	OSSL_PARAM params[5], *p = params;

	*p++ = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_DIGEST, digest, 0);
	if (info->family == SF_FAMILY_RSA) {
		*p++ = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, unchanged(info->pss ? OSSL_PKEY_RSA_PAD_MODE_PSS : OSSL_PKEY_RSA_PAD_MODE_PKCSV15), 0);
	}
	if (info->pss) {
		*p++ = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_MGF1_DIGEST, digest, 0);
		*p++ = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_PSS_SALTLEN, unchanged(OSSL_PKEY_RSA_PSS_SALT_LEN_DIGEST), 0);
	}
	*p = OSSL_PARAM_construct_end();
	if (!ctx || EVP_PKEY_verify_init_ex(ctx, params) != 1) {
		EVP_PKEY_CTX_free(ctx);
		return NULL;
	}
	return ctx;
}

static const struct slot *cached(struct sf_key_cache *cache, const struct sf_public_key *key, const struct sf_sig_info *info)
{
	struct slot *s;

	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		s = &cache->slots[i];
		if (s->alg == info->alg && s->spki_n == key->spki.n && memcmp(s->spki, key->spki.p, key->spki.n) == 0) {
			return s;
		}
	}
	if (key->spki.n == 0 || key->spki.n > CACHE_SPKI_MAX) {
		return NULL;
	}
	s = &cache->slots[cache->next];
	cache->next = (cache->next + 1) % CACHE_SLOTS;
	slot_clear(s);
	s->pkey = make_pkey(cache, key);
	s->ctx = s->pkey && info->digest != SF_DIGEST_NONE ? make_ctx(s->pkey, info) : NULL;
	if (!s->pkey || (!s->ctx && info->digest != SF_DIGEST_NONE)) {
		slot_clear(s);
		return NULL;
	}
	memcpy(s->spki, key->spki.p, key->spki.n);
	s->spki_n = key->spki.n;
	s->alg = info->alg;
	return s;
}

/* r || s to the SEQUENCE that OpenSSL wants. *der is freed by the caller with OPENSSL_free. */
static int ecdsa_to_der(const struct sf_public_key *key, const unsigned char *sig, size_t n, unsigned char **der)
{
	size_t half = sf_curve_by_bits(key->bits)->bytes;
	ECDSA_SIG *pair;
	BIGNUM *r, *s;
	int length;

	*der = NULL;
	if (n != 2 * half) {
		return 0;
	}
	pair = ECDSA_SIG_new();
	r = BN_bin2bn(sig, (int)half, NULL);
	s = BN_bin2bn(sig + half, (int)half, NULL);
	if (!pair || !r || !s || ECDSA_SIG_set0(pair, r, s) != 1) {
		BN_free(r);
		BN_free(s);
		ECDSA_SIG_free(pair);
		return 0;
	}
	length = i2d_ECDSA_SIG(pair, der);
	ECDSA_SIG_free(pair);
	return length > 0 ? length : 0;
}

static bool verify_digest(EVP_PKEY_CTX *ctx, const struct sf_public_key *key, const struct sf_sig_info *info, const unsigned char *hash, const unsigned char *sig,
		size_t sig_n)
{
	size_t hash_n = sf_digest_size(info->digest);
	unsigned char *der = NULL;
	bool ok;
	int n;

	if (info->family == SF_FAMILY_RSA) {
		return EVP_PKEY_verify(ctx, sig, sig_n, hash, hash_n) == 1;
	}
	n = ecdsa_to_der(key, sig, sig_n, &der);
	ok = n > 0 && EVP_PKEY_verify(ctx, der, (size_t)n, hash, hash_n) == 1;
	OPENSSL_free(der);
	return ok;
}

/* RFC 8032 §5.1.7: over the data itself. */
static bool verify_ed25519(EVP_PKEY *pkey, const void *data, size_t data_n, const unsigned char *sig, size_t sig_n)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = ctx && sig_n == 64 && EVP_DigestVerifyInit_ex(ctx, NULL, NULL, NULL, NULL, pkey, NULL) == 1 && EVP_DigestVerify(ctx, sig, sig_n, data, data_n) == 1;

	EVP_MD_CTX_free(ctx);
	return ok;
}

bool sf_verify(struct sf_key_cache *cache, const struct sf_public_key *key, enum sf_sig_alg alg, const void *data, size_t data_n,
		const unsigned char *sig, size_t sig_n)
{
	const struct sf_sig_info *info = sf_sig_by_alg(alg);
	unsigned char hash[SF_DIGEST_MAX];
	const struct slot *slot;
	bool ok = false;

	if (!info || info->family != key->family || sig_n == 0) {
		return false;
	}
	ERR_set_mark(); /* what fails here is our affair, not that of the next who looks at OpenSSL's error queue */
	slot = cached(cache, key, info);
	if (slot && info->family == SF_FAMILY_ED25519) {
		ok = verify_ed25519(slot->pkey, data, data_n, sig, sig_n);
	} else if (slot) {
		ok = sf_digest(info->digest, data, data_n, hash) && verify_digest(slot->ctx, key, info, hash, sig, sig_n);
	}
	ERR_pop_to_mark();
	return ok;
}
