/* Reads key files into the keyring: what stands in them, and one sentence for whatever is wrong. */
#include "crypto/keyring_parts.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "base/base64.h"
#include "base/text.h"
#include "crypto/der.h"
#include "crypto/ec.h"
#include "crypto/pkey.h"

#define FILES_MAX 256                        /* key files in the folder, and one more to see that there are too many */
#define REGION ((size_t)512 * 1024)          /* the locked memory of all keys together, before it is cut to what they need */
#define PUBLIC_MAX ((size_t)2 * 1024 * 1024) /* names, certificates, refusals */
#define PASSPHRASE_MAX 1024

enum ending { ENDS_PEM, ENDS_KEY, ENDS_SECRET };

/* A file whose name says that it is a key. */
struct found {
	char file[256]; /* d_name */
	char name[SF_KEY_NAME_MAX + 1];
	unsigned generation;
	enum ending ending;
};

/* Where a key is being read from; file and der are one locked buffer each, for a file and its DER. */
struct loading {
	struct sf_keyring *ring;
	struct sf_secret file, der, passphrase;
	size_t passphrase_n;
	char name[SF_KEY_NAME_MAX + 1];
	unsigned generation;
	char path[768];
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
	struct sf_key_refusal *r = sf_arena_zalloc(&l->ring->arena, 1, sizeof(*r));
	char sentence[SF_KEYRING_SENTENCE];

	snprintf(sentence, sizeof(sentence), "%s", why);
	if (r) {
		memcpy(r->name, l->name, sizeof(r->name));
		r->generation = l->generation;
		memcpy(r->sentence, sentence, sizeof(sentence));
		r->next = l->ring->refusals;
		l->ring->refusals = r;
	}
	l->ring->refused++;
	if (l->report) {
		l->report(l->arg, l->path, sentence);
	}
	return false;
}

/* ---- from DER to numbers ---- */

static bool keep_number(struct sf_keyring *ring, struct sf_span magnitude, struct sf_number *to)
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
	for (int i = 0; i < SF_RSA_NUMBERS; i++) {
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

/* ---- reading one file ---- */

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

/* A text that was given to us: one line of UTF-8, the end of the line not counted. */
static bool read_text(struct loading *l, size_t n, struct sf_key *key, struct sf_key_secret *secret)
{
	struct sf_span text = { (const char *)l->file.p, n };

	while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r')) {
		text.n--;
	}
	if (text.n == 0 || text.n > SF_KEY_SECRET_MAX || !sf_utf8_valid(text)) {
		return false;
	}
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F) {
			return false;
		}
	}
	secret->text.n = text.n;
	secret->text.p = region_take(l->ring, text.n);
	if (!secret->text.p) {
		return false;
	}
	memcpy(secret->text.p, text.p, text.n);
	key->kind = SF_KEY_SECRET;
	return true;
}

/* RFC 5958 §3: EncryptedPrivateKeyInfo, by OpenSSL (PBES2). What it holds in between it wipes; the result lies in our buffer, over the ciphertext. */
static const char *decrypt(struct loading *l, struct sf_span *der)
{
	const unsigned char *in = l->der.p;
	unsigned char *out = l->der.p;
	PKCS8_PRIV_KEY_INFO *info = NULL;
	X509_SIG *sealed;
	int n;

	if (!l->passphrase_n) {
		return "its private key is encrypted, and there is no passphrase: name it by samlforce.keyring_passphrase in php.ini";
	}
	sealed = d2i_X509_SIG(NULL, &in, (long)der->n);
	if (sealed && in == l->der.p + der->n) {
		info = PKCS8_decrypt(sealed, (const char *)l->passphrase.p, (int)l->passphrase_n);
	}
	n = info ? i2d_PKCS8_PRIV_KEY_INFO(info, NULL) : 0;
	if (n > 0 && ((size_t)n > der->n || i2d_PKCS8_PRIV_KEY_INFO(info, &out) != n)) {
		n = 0;
	}
	PKCS8_PRIV_KEY_INFO_free(info);
	X509_SIG_free(sealed);
	if (n <= 0) {
		return "its private key can't be decrypted: it was encrypted with another passphrase than the one that samlforce.keyring_passphrase names";
	}
	der->n = (size_t)n;
	return NULL;
}

/* The sections of a PEM file: one private key, and the first certificate. NULL if fine, or the sentence. */
static const char *read_pem(struct loading *l, size_t n, struct sf_key *key, struct sf_key_secret *secret)
{
	struct sf_span text = { (const char *)l->file.p, n }, label, body, der;
	size_t pos = 0, len;
	bool have = false, ok;

	while (sf_pem_next(text, &pos, &label, &body)) {
		bool certificate = sf_span_is(label, "CERTIFICATE");

		if (body.n > 11 && memmem(body.p, body.n, "Proc-Type:", 10)) {
			return "its private key is encrypted in the old way of PEM, with MD5: write it anew with openssl pkcs8 -topk8";
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
		if (sf_span_is(label, "ENCRYPTED PRIVATE KEY")) {
			const char *why = decrypt(l, &der);

			if (why) {
				return why;
			}
			ok = read_pkcs8(l->ring, der, key, secret);
		} else if (sf_span_is(label, "PRIVATE KEY")) {
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

	pkey = sf_key_private(key);
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

static const char *read_key(struct loading *l, const struct found *file, size_t n, struct sf_key *key, struct sf_key_secret *secret)
{
	const char *why;

	switch (file->ending) {
	case ENDS_KEY:
		return read_raw(l, n, key, secret) ? NULL : "it is not 64 hexadecimal digits (openssl rand -hex 32 makes some)";
	case ENDS_SECRET:
		return read_text(l, n, key, secret) ? NULL : "it is not one line of 1 to 1024 bytes of UTF-8";
	default:
		why = read_pem(l, n, key, secret);
		return why ? why : finish_pair(l->ring, key);
	}
}

/* The files come by name, and of a name the newest first; so what was loaded last is the generation before, or another name. */
static const char *check_place(const struct sf_keyring *ring, const struct found *file, const struct found *before)
{
	if (ring->count == SF_KEYRING_MAX_KEYS) {
		return "there are more than 64 keys in the folder";
	}
	if (!before || strcmp(before->name, file->name) != 0) {
		return NULL;
	}
	if (before->ending != file->ending) {
		return before->generation == file->generation ? "there are two files of this name with different endings: rename one"
													   : "another generation of this name has another ending: rename one";
	}
	return NULL;
}

static bool load_file(struct loading *l, int folder, const struct found *file, const struct found *before)
{
	struct sf_keyring *ring = l->ring;
	struct sf_key *key = &ring->keys[ring->count];
	struct sf_key_secret *secret;
	char sentence[SF_KEYRING_SENTENCE];
	const char *why = check_place(ring, file, before);
	size_t at = ring->used, n;

	if (why) {
		return refuse(l, why);
	}
	if (!sf_keyring_read_file(folder, file->file, SF_FILE_KEY, &l->file, &n, sentence)) {
		return refuse(l, sentence);
	}
	memset(key, 0, sizeof(*key));
	memcpy(key->name, file->name, sizeof(key->name));
	key->generation = file->generation;
	secret = region_take(ring, sizeof(*secret));
	key->secret = secret;
	ERR_set_mark();
	why = secret ? read_key(l, file, n, key, secret) : "the keyring's locked memory is full";
	ERR_pop_to_mark();
	sf_wipe(l->file.p, l->file.n);
	sf_wipe(l->der.p, l->der.n);
	if (why) {
		sf_wipe(ring->region.p + at, ring->used - at);
		ring->used = at;
		return refuse(l, why);
	}
	if (ring->count && strcmp(key[-1].name, key->name) == 0) {
		key[-1].older = key;
	}
	ring->count++;
	return true;
}

/* ---- the folder ---- */

/* A file that ends in .pem, .key or .secret is meant to be one; anything else in the folder is not ours. */
static bool key_ending(const char *file, enum ending *ending, size_t *stem)
{
	static const char *const endings[] = { [ENDS_PEM] = ".pem", [ENDS_KEY] = ".key", [ENDS_SECRET] = ".secret" };
	size_t n = strlen(file);

	for (size_t i = 0; file[0] != '.' && i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t m = strlen(endings[i]);

		if (n >= m && strcmp(file + n - m, endings[i]) == 0) {
			*ending = (enum ending)i;
			*stem = n - m;
			return true;
		}
	}
	return false;
}

/* NAME or NAME~G out of a file's name without its ending. False if it is none that a setting could name. */
static bool key_name(const char *file, size_t stem, char name[SF_KEY_NAME_MAX + 1], unsigned *generation)
{
	const char *mark = memchr(file, '~', stem);
	size_t n = mark ? (size_t)(mark - file) : stem;

	*generation = 0;
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
	/* generation 0 is written without a number: one key must not have two names */
	return !mark || (sf_key_generation((struct sf_span){ mark + 1, stem - n - 1 }, generation) && *generation > 0);
}

static int by_name_newest_first(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int names = strcmp(x->name, y->name);

	if (names != 0) {
		return names;
	}
	return x->generation != y->generation ? (x->generation < y->generation ? 1 : -1) : (int)x->ending - (int)y->ending;
}

/* The key files of the folder, sorted: what is loaded, and what is refused, must not depend on the order of a directory. */
static size_t find_files(struct loading *l, DIR *dir, const char *folder, struct found *list)
{
	struct dirent *entry;
	size_t count = 0;

	while ((entry = readdir(dir))) {
		struct found *file = &list[count];
		size_t stem;

		if (!key_ending(entry->d_name, &file->ending, &stem)) {
			continue;
		}
		snprintf(l->path, sizeof(l->path), "%s/%s", folder, entry->d_name);
		if (!key_name(entry->d_name, stem, file->name, &file->generation)) {
			refuse(l, "its name must be 1 to 64 characters out of A-Z a-z 0-9 . _ - in front of the ending, or of ~ and the number of a newer generation (1 to 999999999)");
			continue;
		}
		snprintf(file->file, sizeof(file->file), "%s", entry->d_name);
		if (++count == FILES_MAX) {
			snprintf(l->path, sizeof(l->path), "%s", folder);
			refuse(l, "the folder holds more than 255 key files: what comes behind them was not looked at");
			count--;
			break;
		}
	}
	qsort(list, count, sizeof(*list), by_name_newest_first);
	return count;
}

static void load_folder(struct loading *l, int fd, const char *folder)
{
	struct found *list = sf_arena_zalloc(&l->ring->arena, FILES_MAX, sizeof(*list)), *before = NULL;
	int copy = dup(fd);
	DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
	size_t count;

	if (!dir || !list) {
		if (dir) {
			closedir(dir);
		} else if (copy >= 0) {
			close(copy);
		}
		refuse(l, "the folder can't be listed");
		return;
	}
	count = find_files(l, dir, folder, list);
	closedir(dir);
	for (size_t i = 0; i < count; i++) {
		snprintf(l->path, sizeof(l->path), "%s/%s", folder, list[i].file);
		memcpy(l->name, list[i].name, sizeof(l->name));
		l->generation = list[i].generation;
		if (load_file(l, fd, &list[i], before)) {
			before = &list[i];
		}
	}
}

/* A passphrase that can't be read is reported once; the files that need it are then refused, each with its own sentence. */
static void load_passphrase(struct loading *l, const char *setting)
{
	char why[SF_KEYRING_SENTENCE];

	if (!sf_keyring_read_passphrase(setting, l->path, sizeof(l->path), &l->passphrase, &l->passphrase_n, why)) {
		l->passphrase_n = 0;
		refuse(l, why);
	}
}

/* No more is locked than the keys need, and nothing writes to them from here on. */
static bool finish(struct sf_keyring *ring)
{
	ring->pid = getpid();
	return sf_secret_shrink(&ring->region, ring->used ? ring->used : 1) && sf_secret_seal(&ring->region);
}

struct sf_keyring *sf_keyring_load(const char *folder, const char *passphrase, sf_keyring_report report, void *arg)
{
	struct sf_keyring *ring = calloc(1, sizeof(*ring));
	struct loading l = { .ring = ring, .report = report, .arg = arg };
	char why[SF_KEYRING_SENTENCE];
	bool ok = false;
	int fd;

	if (!ring) {
		return NULL;
	}
	sf_arena_init(&ring->arena, PUBLIC_MAX);
	snprintf(l.path, sizeof(l.path), "%s", folder);
	fd = sf_keyring_open_folder(folder, why);
	if (fd < 0) {
		refuse(&l, why);
	} else if (!sf_secret_new(&ring->region, REGION) || !sf_secret_new(&l.file, SF_KEYRING_FILE_MAX) || !sf_secret_new(&l.der, SF_KEYRING_FILE_MAX)
			|| !sf_secret_new(&l.passphrase, PASSPHRASE_MAX)) {
		refuse(&l, "there is no memory for the keys");
	} else {
		if (passphrase && *passphrase) {
			load_passphrase(&l, passphrase);
		}
		load_folder(&l, fd, folder);
		ok = finish(ring);
	}
	if (fd >= 0) {
		close(fd);
	}
	sf_secret_free(&l.file);
	sf_secret_free(&l.der);
	sf_secret_free(&l.passphrase);
	sf_wipe_stack();
	if (!ok) {
		sf_keyring_free(ring);
		return NULL;
	}
	return ring;
}
