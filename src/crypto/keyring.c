#include "crypto/keyring.h"

#include <stdlib.h>
#include <unistd.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/secret.h"
#include "crypto/ec.h"
#include "crypto/keyring_parts.h"

/* ---- the private key at work ---- */

#define PARAM_BN(name, number) OSSL_PARAM_construct_BN((name), (number).p, (number).n)

EVP_PKEY *sf_key_private(const struct sf_key *key)
{
	const struct sf_key_secret *s = key->secret;
	OSSL_PARAM params[SF_RSA_NUMBERS + 1];
	EVP_PKEY_CTX *ctx;
	EVP_PKEY *pkey = NULL;

	if (key->kind == SF_KEY_RSA) {
		static const char *const names[SF_RSA_NUMBERS] = {
			OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D, OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_FACTOR2,
			OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
		};

		for (int i = 0; i < SF_RSA_NUMBERS; i++) {
			params[i] = PARAM_BN(names[i], s->rsa[i]);
		}
		params[SF_RSA_NUMBERS] = OSSL_PARAM_construct_end();
	} else {
		/* the cast is OSSL_PARAM's: it has one type for reading and writing, and EVP_PKEY_fromdata only reads */
		params[0] = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)(uintptr_t)s->group, 0);
		params[1] = PARAM_BN(OSSL_PKEY_PARAM_PRIV_KEY, s->scalar);
		params[2] = OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, s->point.p, s->point.n);
		params[3] = OSSL_PARAM_construct_end();
	}
	ctx = EVP_PKEY_CTX_new_from_name(NULL, key->kind == SF_KEY_RSA ? "RSA" : "EC", NULL);
	if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 || EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_KEYPAIR, params) != 1) {
		EVP_PKEY_free(pkey);
		pkey = NULL;
	}
	EVP_PKEY_CTX_free(ctx);
	return pkey;
}

/* The SEQUENCE of OpenSSL to r || s, each as wide as the curve. */
static bool ecdsa_to_raw(const unsigned char *der, size_t der_n, int bits, unsigned char *out, size_t *n)
{
	size_t half = sf_curve_by_bits(bits)->bytes;
	ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &der, (long)der_n);
	bool ok = pair && *n >= 2 * half && BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, (int)half) == (int)half
			&& BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + half, (int)half) == (int)half;

	ECDSA_SIG_free(pair);
	*n = 2 * half;
	return ok;
}

enum sf_sig_alg sf_key_sig_alg(const struct sf_key *key)
{
	if (key->kind == SF_KEY_RSA) {
		return SF_RSA_SHA256;
	}
	if (key->kind != SF_KEY_EC) {
		return SF_SIG_NONE;
	}
	return key->bits == 256 ? SF_ECDSA_SHA256 : key->bits == 384 ? SF_ECDSA_SHA384 : SF_ECDSA_SHA512;
}

bool sf_key_sign(const struct sf_key *key, enum sf_sig_alg alg, const void *data, size_t data_n, unsigned char *sig, size_t *n)
{
	const struct sf_sig_info *info = sf_sig_by_alg(alg);
	unsigned char raw[SF_SIGNATURE_MAX];
	size_t raw_n = sizeof(raw);
	EVP_PKEY *pkey = NULL;
	EVP_MD_CTX *ctx = NULL;
	bool ok = false;

	if (!info || info->pss || !sf_key_is_pair(key) || info->family != (key->kind == SF_KEY_RSA ? SF_FAMILY_RSA : SF_FAMILY_ECDSA)) {
		return false;
	}
	ERR_set_mark();
	pkey = sf_key_private(key);
	ctx = EVP_MD_CTX_new();
	if (pkey && ctx && EVP_DigestSignInit_ex(ctx, NULL, sf_digest_name(info->digest), NULL, NULL, pkey, NULL) == 1
			&& EVP_DigestSign(ctx, raw, &raw_n, data, data_n) == 1) {
		if (key->kind == SF_KEY_EC) {
			ok = ecdsa_to_raw(raw, raw_n, key->bits, sig, n);
		} else if (*n >= raw_n) {
			memcpy(sig, raw, raw_n);
			*n = raw_n;
			ok = true;
		}
	}
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(pkey);
	sf_wipe_stack();
	ERR_pop_to_mark();
	return ok;
}

/* ---- content keys ---- */

#define FALLBACK 32

/*
 * HMAC-SHA-256 of the ciphertext under SHA-256 of the private exponent. It costs a thousandth of the RSA operation and is made
 * whether it is needed or not.
 */
static bool fallback_key(const struct sf_key_secret *secret, struct sf_span wrapped, unsigned char out[FALLBACK])
{
	unsigned char id[SF_DIGEST_MAX];
	size_t written = 0;
	bool ok = sf_digest(SF_SHA256, secret->rsa[SF_RSA_D].p, secret->rsa[SF_RSA_D].n, id)
			&& EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, id, 32, (const unsigned char *)wrapped.p, wrapped.n, out, FALLBACK, &written) && written == FALLBACK;

	sf_wipe(id, sizeof(id));
	return ok;
}

/* All ones if a is zero, or none. */
static unsigned is_zero(unsigned a)
{
	return ((a | (0U - a)) >> 31) - 1;
}

/*
 * RFC 8017 §7.2.2, step 3, for a message of known length: 00 02, bytes other than zero, 00, the n bytes. With the length known
 * there is nothing to search for, so that neither a branch nor an address depends on what stands there. *at is where it is.
 */
static unsigned check_rsa15(const unsigned char *em, size_t k, size_t n, const unsigned char **at)
{
	unsigned good = is_zero(em[0]) & is_zero(em[1] ^ 2U) & is_zero(em[k - n - 1]);

	for (size_t i = 2; i < k - n - 1; i++) {
		good &= ~is_zero(em[i]);
	}
	*at = em + k - n;
	return good;
}

static bool transport_params(EVP_PKEY_CTX *ctx, const struct sf_key_transport *how)
{
	OSSL_PARAM params[5], *p = params;

	/* the casts are OSSL_PARAM's: EVP_PKEY_CTX_set_params only reads */
	if (how->rsa15) {
		/* bare RSA, and the padding is looked at above: OpenSSL's own check of it tells by its result whether it was right (before 3.2) */
		*p++ = OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_PAD_MODE, (char *)(uintptr_t)OSSL_PKEY_RSA_PAD_MODE_NONE, 0);
	} else {
		*p++ = OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_PAD_MODE, (char *)(uintptr_t)OSSL_PKEY_RSA_PAD_MODE_OAEP, 0);
		*p++ = OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_OAEP_DIGEST, (char *)(uintptr_t)sf_digest_name(how->digest), 0);
		*p++ = OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_MGF1_DIGEST, (char *)(uintptr_t)sf_digest_name(how->mgf), 0);
		if (how->label.n) {
			*p++ = OSSL_PARAM_construct_octet_string(OSSL_ASYM_CIPHER_PARAM_OAEP_LABEL, (void *)(uintptr_t)how->label.p, how->label.n);
		}
	}
	*p = OSSL_PARAM_construct_end();
	return EVP_PKEY_CTX_set_params(ctx, params) == 1;
}

bool sf_key_unwrap(const struct sf_key *key, const struct sf_key_transport *how, struct sf_span wrapped, unsigned char *content_key, size_t n,
		unsigned char *scratch)
{
	unsigned char fallback[FALLBACK];
	const unsigned char *found = scratch;
	size_t k = key->kind == SF_KEY_RSA ? ((size_t)key->bits + 7) / 8 : 0, got = SF_UNWRAP_SCRATCH;
	EVP_PKEY_CTX *ctx = NULL;
	EVP_PKEY *pkey = NULL;
	unsigned good = 0;
	bool ready;

	if (k == 0 || k > SF_UNWRAP_SCRATCH || wrapped.n != k || n == 0 || n > FALLBACK || how->label.n > SF_OAEP_LABEL_MAX
			|| (!how->rsa15 && (!sf_digest_name(how->digest) || !sf_digest_name(how->mgf)))) {
		return false;
	}
	ERR_set_mark();
	memset(scratch, 0, SF_UNWRAP_SCRATCH);
	ready = fallback_key(key->secret, wrapped, fallback) && (pkey = sf_key_private(key)) && (ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL))
			&& EVP_PKEY_decrypt_init(ctx) == 1 && transport_params(ctx, how);
	if (ready) {
		/* OpenSSL undoes OAEP in constant time (RFC 8017 §7.1.2, note to step 3g); its result is one bit, as ours is */
		good = (unsigned)(EVP_PKEY_decrypt(ctx, scratch, &got, (const unsigned char *)wrapped.p, wrapped.n) == 1);
		good = 0U - good;
		if (how->rsa15) {
			good &= check_rsa15(scratch, k, n, &found);
		} else {
			good &= is_zero((unsigned)(got ^ n));
		}
		for (size_t i = 0; i < n; i++) {
			content_key[i] = (unsigned char)((found[i] & good) | (fallback[i] & ~good));
		}
	}
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(pkey);
	sf_wipe(scratch, SF_UNWRAP_SCRATCH);
	sf_wipe(fallback, sizeof(fallback));
	sf_wipe_stack();
	ERR_pop_to_mark();
	return ready;
}

const unsigned char *sf_key_raw(const struct sf_key *key)
{
	return key->kind == SF_KEY_RAW ? key->secret->raw : NULL;
}

struct sf_span sf_key_text(const struct sf_key *key)
{
	return key->kind == SF_KEY_SECRET ? (struct sf_span){ (const char *)key->secret->text.p, key->secret->text.n } : SF_SPAN_NONE;
}

/* ---- the ring ---- */

void sf_keyring_free(struct sf_keyring *ring)
{
	if (!ring) {
		return;
	}
	sf_secret_free(&ring->region);
	sf_arena_free(&ring->arena);
	free(ring);
}

const struct sf_key *sf_keyring_at(const struct sf_keyring *ring, size_t i)
{
	return ring && i < ring->count ? &ring->keys[i] : NULL;
}

/* Takes ~G off a name. False if what stands there is no generation; *exact says whether one stood there at all. */
static bool take_generation(struct sf_span *name, unsigned *generation, bool *exact)
{
	const char *mark = name->n ? memchr(name->p, '~', name->n) : NULL;
	struct sf_span digits;

	*generation = 0;
	*exact = mark != NULL;
	if (!mark) {
		return true;
	}
	digits = (struct sf_span){ mark + 1, name->n - (size_t)(mark + 1 - name->p) };
	name->n = (size_t)(mark - name->p);
	return sf_key_generation(digits, generation);
}

bool sf_key_generation(struct sf_span digits, unsigned *generation)
{
	unsigned value = 0;

	if (digits.n == 0 || digits.n > 9 || (digits.p[0] == '0' && digits.n > 1)) {
		return false;
	}
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.p[i] < '0' || digits.p[i] > '9') {
			return false;
		}
		value = value * 10 + (unsigned)(digits.p[i] - '0');
	}
	*generation = value;
	return true;
}

const struct sf_key *sf_keyring_find(const struct sf_keyring *ring, struct sf_span name)
{
	unsigned generation;
	bool exact;

	if (!ring || !take_generation(&name, &generation, &exact)) {
		return NULL;
	}
	for (size_t i = 0; i < ring->count; i++) {
		if (sf_span_is(name, ring->keys[i].name) && (!exact || ring->keys[i].generation == generation)) {
			return &ring->keys[i];
		}
	}
	return NULL;
}

bool sf_keyring_is_newest(const struct sf_keyring *ring, const struct sf_key *key)
{
	return sf_keyring_find(ring, sf_span_of(key->name)) == key;
}

const char *sf_keyring_refusal(const struct sf_keyring *ring, struct sf_span name)
{
	unsigned generation;
	bool exact;

	if (!ring || !take_generation(&name, &generation, &exact)) {
		return NULL;
	}
	for (const struct sf_key_refusal *r = ring->refusals; r; r = r->next) {
		if (sf_span_is(name, r->name) && (!exact || r->generation == generation)) {
			return r->sentence;
		}
	}
	return NULL;
}

/* Two threads may come here at once after a fork: both lock, and to lock twice is to lock once (mlock(2)). */
void sf_keyring_enter(struct sf_keyring *ring)
{
	if (ring && ring->pid != getpid()) {
		sf_secret_relock(&ring->region);
		ring->pid = getpid();
	}
}

void sf_keyring_inspect(const struct sf_keyring *ring, struct sf_keyring_state *state)
{
	state->bytes = ring ? ring->region.pages : 0;
	state->locked = ring && ring->region.locked;
	state->undumpable = ring && ring->region.undumpable;
	state->refused = ring ? ring->refused : 0;
}
