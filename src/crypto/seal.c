#include "crypto/seal.h"

#include <openssl/evp.h>

#include "base/base64.h"

#define KEY_ID 8
#define NONCE 12
#define TAG 16
#define FRAME (KEY_ID + NONCE + TAG)

/* As the vault's: cut to 8 bytes it finds the key among 64, and helps nobody to guess 32 random bytes. The label keeps the two apart. */
static bool key_id(const unsigned char *key, unsigned char id[KEY_ID])
{
	static const char label[] = "samlforce seal key id, version 1";
	unsigned char hash[SF_DIGEST_MAX];
	struct sf_secret input;
	bool ok;

	if (!sf_secret_new(&input, sizeof(label) + SF_SEAL_KEY_BYTES)) {
		return false;
	}
	memcpy(input.p, label, sizeof(label)); /* with its terminator, which ends the label */
	memcpy(input.p + sizeof(label), key, SF_SEAL_KEY_BYTES);
	ok = sf_digest(SF_SHA256, input.p, input.n, hash);
	sf_secret_free(&input);
	memcpy(id, hash, KEY_ID);
	return ok;
}

static bool encrypt(EVP_CIPHER_CTX *ctx, const unsigned char *key, const unsigned char *nonce, struct sf_span prefix, struct sf_span context,
		struct sf_span plain, unsigned char *out)
{
	int n, last;

	return EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce) == 1
			&& EVP_EncryptUpdate(ctx, NULL, &n, (const unsigned char *)prefix.p, (int)prefix.n + 1) == 1
			&& EVP_EncryptUpdate(ctx, NULL, &n, (const unsigned char *)context.p, (int)context.n) == 1
			&& EVP_EncryptUpdate(ctx, out, &n, (const unsigned char *)plain.p, (int)plain.n) == 1 && EVP_EncryptFinal_ex(ctx, out + n, &last) == 1
			&& (size_t)n + (size_t)last == plain.n && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, TAG, out + plain.n) == 1;
}

/* GCM gives bytes before it has judged the tag: they are to be looked at only after true. */
static bool decrypt(EVP_CIPHER_CTX *ctx, const unsigned char *key, const unsigned char *nonce, struct sf_span prefix, struct sf_span context,
		const unsigned char *in, struct sf_secret *plain)
{
	unsigned char tag[TAG];
	int n, last;

	memcpy(tag, in + plain->n, TAG);
	return EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce) == 1
			&& EVP_DecryptUpdate(ctx, NULL, &n, (const unsigned char *)prefix.p, (int)prefix.n + 1) == 1
			&& EVP_DecryptUpdate(ctx, NULL, &n, (const unsigned char *)context.p, (int)context.n) == 1
			&& EVP_DecryptUpdate(ctx, plain->p, &n, in, (int)plain->n) == 1 && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, TAG, tag) == 1
			&& EVP_DecryptFinal_ex(ctx, plain->p + n, &last) == 1 && (size_t)n + (size_t)last == plain->n;
}

bool sf_seal(const unsigned char key[SF_SEAL_KEY_BYTES], const char *prefix, struct sf_span context, struct sf_span plain, struct sf_arena *arena, struct sf_span *text)
{
	struct sf_span start = { prefix, strlen(prefix) };
	size_t n = FRAME + plain.n;
	unsigned char *bytes;
	EVP_CIPHER_CTX *ctx;
	char *out;
	bool ok;

	if (plain.n == 0 || plain.n > SF_SEAL_MAX) {
		return false;
	}
	bytes = sf_arena_alloc(arena, n);
	out = sf_arena_alloc(arena, start.n + SF_BASE64_ENCODED(n) + 1);
	/* a random nonce: see sf_vault_seal() for how many texts one key is good for */
	if (!bytes || !out || !key_id(key, bytes) || !sf_random(bytes + KEY_ID, NONCE)) {
		return false;
	}
	ctx = EVP_CIPHER_CTX_new();
	ok = ctx && encrypt(ctx, key, bytes + KEY_ID, start, context, plain, bytes + KEY_ID + NONCE);
	EVP_CIPHER_CTX_free(ctx); /* cleanses the key schedule */
	if (!ok) {
		return false;
	}
	memcpy(out, start.p, start.n);
	text->p = out;
	text->n = start.n + sf_base64url_encode(bytes, n, out + start.n);
	out[text->n] = '\0';
	return true;
}

/* The key that these bytes name. */
static const unsigned char *find_key(const unsigned char *key, const struct sf_keyring *ring, const unsigned char wanted[KEY_ID])
{
	unsigned char id[KEY_ID];
	const struct sf_key *other;

	if (key_id(key, id) && memcmp(id, wanted, KEY_ID) == 0) {
		return key;
	}
	for (size_t i = 0; ring && (other = sf_keyring_at(ring, i)); i++) {
		const unsigned char *raw = sf_key_raw(other);

		if (raw && key_id(raw, id) && memcmp(id, wanted, KEY_ID) == 0) {
			return raw;
		}
	}
	return NULL;
}

bool sf_unseal(const unsigned char key[SF_SEAL_KEY_BYTES], const struct sf_keyring *ring, const char *prefix, struct sf_span context, struct sf_span text,
		struct sf_arena *arena, struct sf_secret *plain)
{
	struct sf_span start = { prefix, strlen(prefix) };
	const unsigned char *with;
	unsigned char *bytes;
	EVP_CIPHER_CTX *ctx;
	size_t n;
	bool ok;

	memset(plain, 0, sizeof(*plain));
	if (!sf_span_starts(text, start) || text.n - start.n > SF_BASE64_ENCODED(FRAME + SF_SEAL_MAX)) {
		return false;
	}
	text.p += start.n;
	text.n -= start.n;
	bytes = sf_arena_alloc(arena, SF_BASE64_DECODED(text.n));
	if (!bytes || !sf_base64url_decode(text, bytes, &n) || n <= FRAME || n > FRAME + SF_SEAL_MAX) {
		return false;
	}
	with = find_key(key, ring, bytes);
	if (!with || !sf_secret_new(plain, n - FRAME)) {
		return false;
	}
	ctx = EVP_CIPHER_CTX_new();
	ok = ctx && decrypt(ctx, with, bytes + KEY_ID, start, context, bytes + KEY_ID + NONCE, plain);
	EVP_CIPHER_CTX_free(ctx);
	if (!ok) {
		sf_secret_free(plain);
	}
	return ok;
}
