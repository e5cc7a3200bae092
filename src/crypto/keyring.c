#include "crypto/keyring.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/secret.h"
#include "crypto/der.h"
#include "crypto/ec.h"
#include "crypto/pkey.h"

#define FILE_MAX ((size_t)64 * 1024)
#define FILES_MAX 1024                      /* directory entries that are looked at */
#define REGION ((size_t)256 * 1024)         /* the locked memory of all keys together */
#define PUBLIC_MAX ((size_t)2 * 1024 * 1024) /* names, certificates, refusals */
#define SENTENCE 400

/* One number of a private key, in the byte order that OSSL_PARAM wants (the machine's). */
struct number {
	unsigned char *p;
	size_t n;
};

enum { RSA_N, RSA_E, RSA_D, RSA_P, RSA_Q, RSA_DP, RSA_DQ, RSA_QI, RSA_NUMBERS };

/* Lies in the locked region, with everything that it points to. */
struct sf_key_secret {
	struct number rsa[RSA_NUMBERS];
	struct number scalar; /* EC */
	struct number point;  /* EC, the public key as an octet string */
	const char *group;    /* EC */
	unsigned char raw[SF_VAULT_KEY_BYTES];
};

struct refusal {
	char name[SF_KEY_NAME_MAX + 1];
	char sentence[SENTENCE];
	struct refusal *next;
};

struct sf_keyring {
	struct sf_key keys[SF_KEYRING_MAX_KEYS];
	size_t count;
	struct refusal *refusals;
	struct sf_arena arena;
	struct sf_secret region;
	size_t used;
	pid_t pid; /* whose lock it is */
};

/* Where a key is being read from; scratch is one locked buffer for the file and its DER. */
struct loading {
	struct sf_keyring *ring;
	struct sf_secret file, der;
	char name[SF_KEY_NAME_MAX + 1];
	char path[512];
	sf_keyring_report report;
	void *arg;
};

static bool little_endian(void)
{
	const union {
		unsigned short s;
		unsigned char c[2];
	} probe = { 1 };

	return probe.c[0] == 1;
}

static void *region_take(struct sf_keyring *ring, size_t n)
{
	unsigned char *p = ring->region.p + ring->used;

	n = (n + 15) & ~(size_t)15;
	if (n > ring->region.n - ring->used) {
		return NULL;
	}
	ring->used += n;
	return p;
}

static bool refuse(struct loading *l, const char *why)
{
	struct refusal *r = sf_arena_zalloc(&l->ring->arena, 1, sizeof(*r));
	char sentence[SENTENCE];

	snprintf(sentence, sizeof(sentence), "%s", why);
	if (r) {
		memcpy(r->name, l->name, sizeof(r->name));
		memcpy(r->sentence, sentence, sizeof(sentence));
		r->next = l->ring->refusals;
		l->ring->refusals = r;
	}
	if (l->report) {
		l->report(l->arg, l->path, sentence);
	}
	return false;
}

/* ---- from DER to numbers ---- */

static bool keep_number(struct sf_keyring *ring, struct sf_span magnitude, struct number *to)
{
	to->n = magnitude.n;
	to->p = region_take(ring, magnitude.n ? magnitude.n : 1);
	if (!to->p || magnitude.n == 0) {
		return false;
	}
	for (size_t i = 0; i < magnitude.n; i++) {
		to->p[little_endian() ? magnitude.n - 1 - i : i] = (unsigned char)magnitude.p[i];
	}
	return true;
}

/* RFC 8017 §A.1.2: RSAPrivateKey, version two-prime. */
static bool read_rsa(struct sf_keyring *ring, struct sf_span der, struct sf_key *key, struct sf_key_secret *secret)
{
	struct sf_span seq, version, v;

	if (!sf_der_take(&der, SF_DER_SEQUENCE, &seq) || der.n || !sf_der_take_unsigned(&seq, &version) || version.n) {
		return false;
	}
	for (int i = 0; i < RSA_NUMBERS; i++) {
		if (!sf_der_take_unsigned(&seq, &v) || v.n > 1024 || !keep_number(ring, v, &secret->rsa[i])) {
			return false;
		}
	}
	key->kind = SF_KEY_RSA;
	return seq.n == 0;
}

/* RFC 5915 §3: ECPrivateKey. The curve stands here, or in the PKCS#8 around it. */
static bool read_ec(struct sf_keyring *ring, struct sf_span der, struct sf_span curve_oid, struct sf_key *key, struct sf_key_secret *secret)
{
	const struct sf_curve *curve;
	struct sf_span seq, version, scalar, parameters, wrapped, point;

	if (!sf_der_take(&der, SF_DER_SEQUENCE, &seq) || der.n || !sf_der_take_unsigned(&seq, &version) || version.n != 1 || version.p[0] != 1
			|| !sf_der_take(&seq, SF_DER_OCTET_STRING, &scalar)) {
		return false;
	}
	if (sf_der_next_is(seq, SF_DER_CONTEXT_0) && (!sf_der_take(&seq, SF_DER_CONTEXT_0, &parameters) || !sf_der_take(&parameters, SF_DER_OID, &curve_oid))) {
		return false;
	}
	curve = sf_curve_by_oid(curve_oid);
	if (!curve || !sf_der_take(&seq, SF_DER_CONTEXT_1, &wrapped) || !sf_der_take_bits(&wrapped, &point) || point.n != 1 + 2 * curve->bytes
			|| scalar.n != curve->bytes || !keep_number(ring, scalar, &secret->scalar)) {
		return false;
	}
	secret->point.n = point.n;
	secret->point.p = region_take(ring, point.n);
	if (!secret->point.p) {
		return false;
	}
	memcpy(secret->point.p, point.p, point.n);
	secret->group = curve->name;
	key->kind = SF_KEY_EC;
	key->bits = curve->bits;
	return true;
}

/* RFC 5958 §2: OneAsymmetricKey (PKCS#8). */
static bool read_pkcs8(struct sf_keyring *ring, struct sf_span der, struct sf_key *key, struct sf_key_secret *secret)
{
	static const struct sf_span oid_rsa = { "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", 9 };
	static const struct sf_span oid_ec = { "\x2a\x86\x48\xce\x3d\x02\x01", 7 };
	struct sf_span seq, version, algorithm, oid, curve = SF_SPAN_NONE, inner;

	if (!sf_der_take(&der, SF_DER_SEQUENCE, &seq) || der.n || !sf_der_take_unsigned(&seq, &version) || !sf_der_take(&seq, SF_DER_SEQUENCE, &algorithm)
			|| !sf_der_take(&algorithm, SF_DER_OID, &oid) || !sf_der_take(&seq, SF_DER_OCTET_STRING, &inner)) {
		return false;
	}
	if (sf_span_eq(oid, oid_rsa)) {
		return read_rsa(ring, inner, key, secret);
	}
	if (sf_span_eq(oid, oid_ec)) {
		(void)sf_der_take(&algorithm, SF_DER_OID, &curve);
		return read_ec(ring, inner, curve, key, secret);
	}
	return false;
}

/* ---- the private key at work ---- */

#define PARAM_BN(name, number) OSSL_PARAM_construct_BN((name), (number).p, (number).n)

/* Made for one operation; its caller frees it at once, and OpenSSL wipes its private numbers then. */
static EVP_PKEY *private_pkey(const struct sf_key *key)
{
	const struct sf_key_secret *s = key->secret;
	OSSL_PARAM params[RSA_NUMBERS + 1];
	EVP_PKEY_CTX *ctx;
	EVP_PKEY *pkey = NULL;

	if (key->kind == SF_KEY_RSA) {
		static const char *const names[RSA_NUMBERS] = {
			OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D, OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_FACTOR2,
			OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
		};

		for (int i = 0; i < RSA_NUMBERS; i++) {
			params[i] = PARAM_BN(names[i], s->rsa[i]);
		}
		params[RSA_NUMBERS] = OSSL_PARAM_construct_end();
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

	if (!info || info->pss || key->kind == SF_KEY_RAW || info->family != (key->kind == SF_KEY_RSA ? SF_FAMILY_RSA : SF_FAMILY_ECDSA)) {
		return false;
	}
	ERR_set_mark();
	pkey = private_pkey(key);
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
	bool ok = sf_digest(SF_SHA256, secret->rsa[RSA_D].p, secret->rsa[RSA_D].n, id)
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
	ready = fallback_key(key->secret, wrapped, fallback) && (pkey = private_pkey(key)) && (ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL))
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
	ERR_pop_to_mark();
	return ready;
}

const unsigned char *sf_key_raw(const struct sf_key *key)
{
	return key->kind == SF_KEY_RAW ? key->secret->raw : NULL;
}

/* ---- reading one file ---- */

static bool wipe_and_fail(struct loading *l, size_t used_before, const char *why)
{
	sf_wipe(l->ring->region.p + used_before, l->ring->used - used_before);
	l->ring->used = used_before;
	return refuse(l, why);
}

static bool read_file(struct loading *l, int folder, const char *file, size_t *n)
{
	int fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	char why[SENTENCE];
	struct stat st;
	ssize_t got = 0;

	*n = 0;
	if (fd < 0) {
		snprintf(why, sizeof(why), errno == ELOOP ? "it is a symbolic link; put the key file itself there" : "it can't be read: %s", strerror(errno));
		return refuse(l, why);
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return refuse(l, "it is not a plain file");
	}
	if (st.st_mode & 077) {
		close(fd);
		snprintf(why, sizeof(why), "others may read or change it (mode %04o): run chmod 600 on it", (unsigned)st.st_mode & 07777);
		return refuse(l, why);
	}
	if (st.st_uid != 0 && st.st_uid != geteuid()) {
		close(fd);
		return refuse(l, "it belongs to another user than root or the one who starts PHP: run chown root on it");
	}
	if (st.st_size < 1 || (size_t)st.st_size > FILE_MAX) {
		close(fd);
		return refuse(l, "its size is not between 1 byte and 64 kB");
	}
	while (*n < FILE_MAX && (got = read(fd, l->file.p + *n, FILE_MAX - *n)) > 0) {
		*n += (size_t)got;
	}
	close(fd);
	return got < 0 ? refuse(l, "reading it failed") : true;
}

static int hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_raw(struct loading *l, size_t n, struct sf_key *key, struct sf_key_secret *secret)
{
	struct sf_span text = sf_span_trim((struct sf_span){ (const char *)l->file.p, n });

	if (text.n != 2 * SF_VAULT_KEY_BYTES) {
		return false;
	}
	for (size_t i = 0; i < SF_VAULT_KEY_BYTES; i++) {
		int high = hex_value((unsigned char)text.p[2 * i]), low = hex_value((unsigned char)text.p[2 * i + 1]);

		if (high < 0 || low < 0) {
			return false;
		}
		secret->raw[i] = (unsigned char)(high << 4 | low);
	}
	key->kind = SF_KEY_RAW;
	key->bits = 8 * SF_VAULT_KEY_BYTES;
	return true;
}

/* The sections of a PEM file: one private key, and the first certificate. NULL if fine, or the sentence. */
static const char *read_pem(struct loading *l, size_t n, struct sf_key *key, struct sf_key_secret *secret)
{
	struct sf_span text = { (const char *)l->file.p, n }, label, body, der;
	size_t pos = 0, len;
	bool have = false, ok;

	while (sf_pem_next(text, &pos, &label, &body)) {
		bool certificate = sf_span_is(label, "CERTIFICATE");

		if (sf_span_is(label, "ENCRYPTED PRIVATE KEY") || (body.n > 11 && memmem(body.p, body.n, "Proc-Type:", 10))) {
			return "its private key is encrypted: write it without a passphrase (openssl pkey) into this folder, which root alone reads";
		}
		if (sf_span_is(label, "EC PARAMETERS") || (certificate && key->certificate.p)) {
			continue;
		}
		if (!sf_base64_secret(body, l->der.p, &len)) {
			return "a section of it is no base64";
		}
		der = (struct sf_span){ (const char *)l->der.p, len };
		if (certificate) {
			if (!sf_arena_copy(&l->ring->arena, der, &key->certificate)) {
				return "the keyring is full";
			}
			continue;
		}
		if (have) {
			return "it holds more than one private key: one key for each file";
		}
		if (sf_span_is(label, "PRIVATE KEY")) {
			ok = read_pkcs8(l->ring, der, key, secret);
		} else if (sf_span_is(label, "RSA PRIVATE KEY")) {
			ok = read_rsa(l->ring, der, key, secret);
		} else if (sf_span_is(label, "EC PRIVATE KEY")) {
			ok = read_ec(l->ring, der, SF_SPAN_NONE, key, secret);
		} else {
			return "it holds a section that is neither a private key nor a certificate";
		}
		if (!ok) {
			return "its private key can't be used: RSA of 2048 to 8192 bits, or EC on P-256, P-384 or P-521 with its public key";
		}
		have = true;
	}
	if (memmem(text.p + pos, text.n - pos, "-----BEGIN ", 11)) {
		return "a section of it has no end: the file was cut off";
	}
	return have ? NULL : "it holds no private key in PEM";
}

/* The public half; and a signature is made and verified, so that a damaged key shows now and not at the first login. */
static const char *finish_pair(struct sf_keyring *ring, struct sf_key *key)
{
	static const char probe[] = "samlforce";
	struct sf_public_key public, certified;
	unsigned char sig[SF_SIGNATURE_MAX], *der = NULL;
	size_t sig_n = sizeof(sig);
	enum sf_sig_alg alg;
	struct sf_key_cache *cache;
	EVP_PKEY *pkey;
	bool ok;
	int n;

	pkey = private_pkey(key);
	n = pkey ? i2d_PUBKEY(pkey, &der) : 0;
	EVP_PKEY_free(pkey);
	ok = n > 0 && sf_arena_copy(&ring->arena, (struct sf_span){ (const char *)der, (size_t)n }, &key->spki);
	OPENSSL_free(der);
	if (!ok || !sf_public_key_from_spki(key->spki, &public)) {
		return "its private key is damaged, or of a size that is not supported";
	}
	key->bits = public.bits;
	if (key->kind == SF_KEY_RSA && key->bits < 2048) {
		return "its RSA key is shorter than 2048 bits";
	}
	alg = key->kind == SF_KEY_RSA ? SF_RSA_SHA256 : SF_ECDSA_SHA256;
	cache = sf_key_cache_new();
	ok = cache && sf_key_sign(key, alg, probe, sizeof(probe), sig, &sig_n) && sf_verify(cache, &public, alg, probe, sizeof(probe), sig, sig_n);
	sf_key_cache_free(cache);
	if (!ok) {
		return "its private key is damaged: what it signs doesn't verify";
	}
	if (key->certificate.p && (!sf_public_key_from_certificate(key->certificate, &certified) || !sf_span_eq(certified.spki, key->spki))) {
		return "its certificate belongs to another key";
	}
	return NULL;
}

static bool load_file(struct loading *l, int folder, const char *file, bool raw)
{
	struct sf_keyring *ring = l->ring;
	struct sf_key key = { .kind = SF_KEY_RAW };
	struct sf_key_secret *secret;
	const char *why = NULL;
	size_t before = ring->used, n, at;

	if (sf_keyring_find(ring, sf_span_of(l->name))) {
		return refuse(l, "there is a .pem and a .key of this name: rename one");
	}
	if (ring->count == SF_KEYRING_MAX_KEYS) {
		return refuse(l, "there are more than 64 keys in the folder");
	}
	if (!read_file(l, folder, file, &n)) {
		return false;
	}
	secret = region_take(ring, sizeof(*secret));
	if (!secret) {
		return wipe_and_fail(l, before, "the keyring's locked memory is full");
	}
	key.secret = secret;
	memcpy(key.name, l->name, sizeof(key.name));
	ERR_set_mark();
	if (raw) {
		why = read_raw(l, n, &key, secret) ? NULL : "it is not 64 hexadecimal digits (openssl rand -hex 32 makes some)";
	} else {
		why = read_pem(l, n, &key, secret);
		if (!why) {
			why = finish_pair(ring, &key);
		}
	}
	ERR_pop_to_mark();
	sf_wipe(l->file.p, l->file.n);
	sf_wipe(l->der.p, l->der.n);
	if (why) {
		return wipe_and_fail(l, before, why);
	}
	for (at = ring->count; at > 0 && strcmp(ring->keys[at - 1].name, key.name) > 0; at--) {
		ring->keys[at] = ring->keys[at - 1];
	}
	ring->keys[at] = key;
	ring->count++;
	return true;
}

/* A file that ends in .pem or .key is meant to be one; anything else in the folder is not ours. */
static bool is_key_file(const char *file, bool *raw)
{
	size_t n = strlen(file);

	if (file[0] == '.' || n < 4) {
		return false;
	}
	*raw = strcmp(file + n - 4, ".key") == 0;
	return *raw || strcmp(file + n - 4, ".pem") == 0;
}

/* The file's name without its ending. False if it is none that a setting could name. */
static bool key_name(const char *file, char name[SF_KEY_NAME_MAX + 1])
{
	size_t n = strlen(file) - 4;

	memset(name, 0, SF_KEY_NAME_MAX + 1);
	if (n == 0 || n > SF_KEY_NAME_MAX) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		char c = file[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-')) {
			return false;
		}
	}
	memcpy(name, file, n);
	return true;
}

static int open_folder(struct loading *l, const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char why[SENTENCE];
	struct stat st;

	snprintf(l->path, sizeof(l->path), "%s", folder);
	if (fd < 0) {
		snprintf(why, sizeof(why), "the folder can't be opened: %s", strerror(errno));
		refuse(l, why);
		return -1;
	}
	if (fstat(fd, &st) != 0 || (st.st_mode & 022) || (st.st_uid != 0 && st.st_uid != geteuid())) {
		refuse(l, "others may write into the folder: make it root's, and run chmod 700 on it");
		close(fd);
		return -1;
	}
	return fd;
}

static void load_folder(struct loading *l, int fd, const char *folder)
{
	int copy = dup(fd);
	DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
	struct dirent *entry;
	bool raw;

	if (!dir) {
		if (copy >= 0) {
			close(copy);
		}
		refuse(l, "the folder can't be listed");
		return;
	}
	for (int i = 0; i < FILES_MAX && (entry = readdir(dir)); i++) {
		if (!is_key_file(entry->d_name, &raw)) {
			continue;
		}
		snprintf(l->path, sizeof(l->path), "%s/%s", folder, entry->d_name);
		if (key_name(entry->d_name, l->name)) {
			load_file(l, fd, entry->d_name, raw);
		} else {
			refuse(l, "its name must be 1 to 64 characters out of A-Z a-z 0-9 . _ - in front of the ending");
		}
	}
	closedir(dir);
}

struct sf_keyring *sf_keyring_load(const char *folder, sf_keyring_report report, void *arg)
{
	struct sf_keyring *ring = calloc(1, sizeof(*ring));
	struct loading l = { .ring = ring, .report = report, .arg = arg };
	bool ok = false;
	int fd;

	if (!ring) {
		return NULL;
	}
	sf_arena_init(&ring->arena, PUBLIC_MAX);
	fd = open_folder(&l, folder);
	if (fd >= 0) {
		if (sf_secret_new(&ring->region, REGION) && sf_secret_new(&l.file, FILE_MAX) && sf_secret_new(&l.der, FILE_MAX)) {
			load_folder(&l, fd, folder);
			ring->pid = getpid();
			ok = sf_secret_seal(&ring->region);
		} else {
			refuse(&l, "there is no memory for the keys");
		}
		close(fd);
	}
	sf_secret_free(&l.file);
	sf_secret_free(&l.der);
	if (!ok) {
		sf_keyring_free(ring);
		return NULL;
	}
	return ring;
}

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

const struct sf_key *sf_keyring_find(const struct sf_keyring *ring, struct sf_span name)
{
	for (size_t i = 0; ring && i < ring->count; i++) {
		if (sf_span_is(name, ring->keys[i].name)) {
			return &ring->keys[i];
		}
	}
	return NULL;
}

const char *sf_keyring_refusal(const struct sf_keyring *ring, struct sf_span name)
{
	for (const struct refusal *r = ring ? ring->refusals : NULL; r; r = r->next) {
		if (sf_span_is(name, r->name)) {
			return r->sentence;
		}
	}
	return NULL;
}

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
}
