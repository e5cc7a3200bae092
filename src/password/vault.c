#include "password/vault.h"

#include <openssl/evp.h>

#include "base/base64.h"
#include "base/text.h"

#define PREFIX_BYTES (sizeof(SF_VAULT_PREFIX) - 1)
#define NONCE_BYTES 12
#define TAG_BYTES 16
#define LENGTH_BYTES 2
#define PAD_TO 64

/* Where things stand, counted from the first byte after the prefix. */
#define AT_VERSION 0
#define AT_KEY_ID 1
#define AT_EXPIRY (AT_KEY_ID + SF_VAULT_KEY_ID)
#define AT_PURPOSE (AT_EXPIRY + 8)
#define AT_RECIPIENT_LENGTH (AT_PURPOSE + 1)
#define AT_RECIPIENT (AT_RECIPIENT_LENGTH + 2)

#define PADDED(n) (((n) + LENGTH_BYTES + PAD_TO - 1) / PAD_TO * PAD_TO)
#define MAX_PADDED PADDED(SF_VAULT_MAX_PASSWORD)
#define MAX_BYTES (AT_RECIPIENT + SF_VAULT_MAX_RECIPIENT + NONCE_BYTES + MAX_PADDED + TAG_BYTES)
#define MIN_BYTES (AT_RECIPIENT + 1 + NONCE_BYTES + PAD_TO + TAG_BYTES)

_Static_assert(PREFIX_BYTES + (MAX_BYTES * 4 + 2) / 3 == SF_VAULT_MAX_TOKEN, "the longest token");

static const char refused[] = "The token is not genuine, or is not for this";

const char *sf_vault_purpose_name(enum sf_vault_purpose purpose)
{
	return purpose == SF_PURPOSE_SALESFORCE_PASSWORD ? "salesforce-password" : NULL;
}

static void put_be(unsigned char *p, uint64_t value, size_t n)
{
	while (n--) {
		p[n] = (unsigned char)value;
		value >>= 8;
	}
}

static uint64_t get_be(const unsigned char *p, size_t n)
{
	uint64_t value = 0;

	while (n--) {
		value = value << 8 | *p++;
	}
	return value;
}

/*
 * SHA-256 over a label and the key, cut to 8 bytes: enough to find the key among 64, and of no help in guessing 32 random
 * bytes. The label keeps it apart from any other hash that somebody may publish of the same key.
 */
static bool key_id(const struct sf_key *key, unsigned char id[SF_VAULT_KEY_ID])
{
	static const char label[] = "samlforce vault key id, version 1";
	const unsigned char *raw = sf_key_raw(key);
	unsigned char hash[SF_DIGEST_MAX];
	struct sf_secret input;
	bool ok;

	if (!raw || !sf_secret_new(&input, sizeof(label) + SF_VAULT_KEY_BYTES)) {
		return false;
	}
	memcpy(input.p, label, sizeof(label)); /* with its terminator, which ends the label */
	memcpy(input.p + sizeof(label), raw, SF_VAULT_KEY_BYTES);
	ok = sf_digest(SF_SHA256, input.p, input.n, hash);
	sf_secret_free(&input);
	memcpy(id, hash, SF_VAULT_KEY_ID);
	return ok;
}

/* What the tag is over besides the ciphertext: the prefix, the head of the token (which says itself how long it is), and the site. */
struct context {
	const unsigned char *head;
	size_t head_n;
	struct sf_span site;
};

static bool feed_additional(EVP_CIPHER_CTX *ctx, const struct context *context, bool sealing)
{
	int (*update)(EVP_CIPHER_CTX *, unsigned char *, int *, const unsigned char *, int) = sealing ? EVP_EncryptUpdate : EVP_DecryptUpdate;
	int n;

	return update(ctx, NULL, &n, (const unsigned char *)SF_VAULT_PREFIX, (int)PREFIX_BYTES) == 1 && update(ctx, NULL, &n, context->head, (int)context->head_n) == 1
			&& (context->site.n == 0 || update(ctx, NULL, &n, (const unsigned char *)context->site.p, (int)context->site.n) == 1);
}

/* Writes n bytes of ciphertext and the tag behind them. */
static bool encrypt(const struct sf_key *key, const struct context *context, const unsigned char *nonce, const struct sf_secret *plain, unsigned char *out)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	bool ok = false;
	int n, last;

	if (!ctx || EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, sf_key_raw(key), nonce) != 1 || !feed_additional(ctx, context, true)
			|| EVP_EncryptUpdate(ctx, out, &n, plain->p, (int)plain->n) != 1 || EVP_EncryptFinal_ex(ctx, out + n, &last) != 1
			|| (size_t)n + (size_t)last != plain->n || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, out + plain->n) != 1) {
		goto cleanup;
	}
	ok = true;
cleanup:
	EVP_CIPHER_CTX_free(ctx); /* cleanses the key schedule */
	return ok;
}

/* GCM gives bytes before it has judged the tag: plain is to be looked at only after true. */
static bool decrypt(const struct sf_key *key, const struct context *context, const unsigned char *nonce, const unsigned char *in, struct sf_secret *plain)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	unsigned char tag[TAG_BYTES];
	bool ok = false;
	int n, last;

	memcpy(tag, in + plain->n, TAG_BYTES);
	if (!ctx || EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, sf_key_raw(key), nonce) != 1 || !feed_additional(ctx, context, false)
			|| EVP_DecryptUpdate(ctx, plain->p, &n, in, (int)plain->n) != 1 || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag) != 1
			|| EVP_DecryptFinal_ex(ctx, plain->p + n, &last) != 1 || (size_t)n + (size_t)last != plain->n) {
		goto cleanup;
	}
	ok = true;
cleanup:
	EVP_CIPHER_CTX_free(ctx);
	return ok;
}

static bool has_control(struct sf_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F) {
			return true;
		}
	}
	return false;
}

static bool check_input(struct sf_span password, struct sf_span recipient, struct sf_error *error)
{
	if (password.n == 0 || password.n > SF_VAULT_MAX_PASSWORD || !sf_utf8_valid(password)) {
		return sf_fail(error, SF_VAULT_INPUT, "A password must be 1 to 1024 bytes of UTF-8");
	}
	if (recipient.n == 0 || recipient.n > SF_VAULT_MAX_RECIPIENT || !sf_utf8_valid(recipient) || has_control(recipient)) {
		return sf_fail(error, SF_VAULT_INPUT, "A recipient must be 1 to 255 bytes of UTF-8 without control characters");
	}
	return true;
}

/* Writes the head, all that is authenticated and not secret, and returns its length. */
static size_t write_head(unsigned char *out, const unsigned char id[SF_VAULT_KEY_ID], enum sf_vault_purpose purpose, struct sf_span recipient,
		int64_t expires_at)
{
	out[AT_VERSION] = SF_VAULT_VERSION;
	memcpy(out + AT_KEY_ID, id, SF_VAULT_KEY_ID);
	put_be(out + AT_EXPIRY, (uint64_t)expires_at, 8);
	out[AT_PURPOSE] = (unsigned char)purpose;
	put_be(out + AT_RECIPIENT_LENGTH, recipient.n, 2);
	memcpy(out + AT_RECIPIENT, recipient.p, recipient.n);
	return AT_RECIPIENT + recipient.n;
}

static bool encode_token(const unsigned char *bytes, size_t n, struct sf_arena *arena, struct sf_span *token)
{
	char *text = sf_arena_alloc(arena, PREFIX_BYTES + SF_BASE64_ENCODED(n));

	if (!text) {
		return false;
	}
	memcpy(text, SF_VAULT_PREFIX, PREFIX_BYTES);
	token->p = text;
	token->n = PREFIX_BYTES + sf_base64url_encode(bytes, n, text + PREFIX_BYTES);
	return true;
}

/* Seals what is padded already. */
static bool seal_padded(const struct sf_key *key, const struct sf_vault_order *order, const struct sf_secret *plain, struct sf_arena *arena, struct sf_span *token)
{
	unsigned char bytes[MAX_BYTES], id[SF_VAULT_KEY_ID], *nonce;
	size_t head_n;

	if (!sf_vault_purpose_name(order->purpose) || order->expires_at < 0 || order->site.n > SF_VAULT_MAX_SITE || !key_id(key, id)) {
		return false;
	}
	head_n = write_head(bytes, id, order->purpose, order->recipient, order->expires_at);
	nonce = bytes + head_n;
	/*
	 * 96 random bits a token: after 2^32 tokens with one key the chance of one repeated nonce is 2^-33, which is the limit
	 * that NIST SP 800-38D §8.3 sets for random nonces.
	 */
	return sf_random(nonce, NONCE_BYTES) && encrypt(key, &(struct context){ bytes, head_n, order->site }, nonce, plain, nonce + NONCE_BYTES)
			&& encode_token(bytes, head_n + NONCE_BYTES + plain->n + TAG_BYTES, arena, token);
}

static const char failed[] = "The key, the random source, OpenSSL or the locked memory failed";

bool sf_vault_seal(const struct sf_key *key, const struct sf_vault_order *order, struct sf_span password, struct sf_arena *arena, struct sf_span *token,
		struct sf_error *error)
{
	struct sf_secret plain = { 0 };
	bool ok = false;

	if (!check_input(password, order->recipient, error)) {
		return false;
	}
	if (sf_secret_new(&plain, PADDED(password.n))) {
		put_be(plain.p, password.n, LENGTH_BYTES);
		memcpy(plain.p + LENGTH_BYTES, password.p, password.n);
		ok = seal_padded(key, order, &plain, arena, token);
	}
	sf_secret_free(&plain);
	sf_wipe_stack();
	return ok || sf_fail(error, SF_VAULT_FAILED, failed);
}

/* A token taken apart; nothing of it is believed yet. */
struct parts {
	const unsigned char *head;
	size_t head_n;
	const unsigned char *nonce;
	const unsigned char *cipher;
	size_t cipher_n; /* without the tag, which follows */
	struct sf_vault_claims claims;
};

/* The one place where lengths are checked. */
static bool take_apart(struct sf_span token, struct sf_arena *arena, struct parts *parts)
{
	size_t n, recipient_n, rest;
	unsigned char *bytes;

	if (!sf_span_starts(token, SF_SPAN_LIT(SF_VAULT_PREFIX)) || token.n - PREFIX_BYTES > SF_BASE64_ENCODED(MAX_BYTES)) {
		return false;
	}
	token.p += PREFIX_BYTES;
	token.n -= PREFIX_BYTES;
	bytes = sf_arena_alloc(arena, SF_BASE64_DECODED(token.n));
	if (!bytes || !sf_base64url_decode(token, bytes, &n) || n < MIN_BYTES || n > MAX_BYTES || bytes[AT_VERSION] != SF_VAULT_VERSION) {
		return false;
	}
	recipient_n = (size_t)get_be(bytes + AT_RECIPIENT_LENGTH, 2);
	if (recipient_n == 0 || recipient_n > SF_VAULT_MAX_RECIPIENT || n < MIN_BYTES - 1 + recipient_n) {
		return false;
	}
	rest = n - AT_RECIPIENT - recipient_n - NONCE_BYTES - TAG_BYTES;
	if (rest % PAD_TO != 0 || rest > MAX_PADDED || get_be(bytes + AT_EXPIRY, 8) > INT64_MAX) {
		return false;
	}
	parts->head = bytes;
	parts->head_n = AT_RECIPIENT + recipient_n;
	parts->nonce = bytes + parts->head_n;
	parts->cipher = parts->nonce + NONCE_BYTES;
	parts->cipher_n = rest;
	parts->claims.version = bytes[AT_VERSION];
	memcpy(parts->claims.key_id, bytes + AT_KEY_ID, SF_VAULT_KEY_ID);
	parts->claims.purpose = bytes[AT_PURPOSE];
	parts->claims.recipient = (struct sf_span){ (const char *)bytes + AT_RECIPIENT, recipient_n };
	parts->claims.expires_at = (int64_t)get_be(bytes + AT_EXPIRY, 8);
	return true;
}

/* The length that stands in front, if it fits and nothing but zeros follows the password. */
static bool password_length(const struct sf_secret *plain, size_t *n)
{
	unsigned char rest = 0;

	*n = (size_t)get_be(plain->p, LENGTH_BYTES);
	if (*n == 0 || *n > SF_VAULT_MAX_PASSWORD || PADDED(*n) != plain->n) {
		return false;
	}
	for (size_t i = LENGTH_BYTES + *n; i < plain->n; i++) {
		rest |= plain->p[i];
	}
	return rest == 0;
}

/* Judges a token and decrypts it: plain is the padded plaintext, n the length of the password in it. */
static bool unseal(const struct sf_key *key, struct sf_span site, struct sf_span token, struct sf_arena *arena, struct parts *parts, struct sf_secret *plain, size_t *n,
		struct sf_error *error)
{
	unsigned char id[SF_VAULT_KEY_ID];

	memset(plain, 0, sizeof(*plain));
	if (!key || site.n > SF_VAULT_MAX_SITE || !take_apart(token, arena, parts)) {
		return sf_fail(error, SF_VAULT_REFUSED, refused);
	}
	if (!key_id(key, id) || !sf_secret_new(plain, parts->cipher_n)) {
		return sf_fail(error, SF_VAULT_FAILED, failed);
	}
	if (memcmp(id, parts->claims.key_id, SF_VAULT_KEY_ID) != 0 || !decrypt(key, &(struct context){ parts->head, parts->head_n, site }, parts->nonce, parts->cipher, plain)
			|| !password_length(plain, n)) {
		sf_secret_free(plain);
		return sf_fail(error, SF_VAULT_REFUSED, refused);
	}
	return true;
}

bool sf_vault_inspect(const struct sf_key *key, struct sf_span site, struct sf_span token, struct sf_arena *arena, struct sf_vault_claims *claims, struct sf_error *error)
{
	struct sf_secret plain;
	struct parts parts;
	size_t n;

	if (!unseal(key, site, token, arena, &parts, &plain, &n, error)) {
		return false;
	}
	sf_secret_free(&plain);
	sf_wipe_stack();
	*claims = parts.claims;
	return true;
}

static const char expired[] = "The time of the sealed password is over";

bool sf_vault_open(const struct sf_key *key, struct sf_span token, const struct sf_vault_order *order, int64_t now, struct sf_arena *arena,
		struct sf_secret *password, struct sf_error *error)
{
	struct parts parts;
	size_t n;

	if (!unseal(key, order->site, token, arena, &parts, password, &n, error)) {
		return false;
	}
	if (parts.claims.purpose != order->purpose || !sf_span_eq(parts.claims.recipient, order->recipient)) {
		sf_secret_free(password);
		return sf_fail(error, SF_VAULT_REFUSED, refused);
	}
	if (now >= parts.claims.expires_at) {
		sf_secret_free(password);
		return sf_fail(error, SF_VAULT_EXPIRED, expired);
	}
	/* in place: no second copy */
	memmove(password->p, password->p + LENGTH_BYTES, n);
	sf_wipe(password->p + n, password->n - n);
	password->n = n;
	return true;
}

bool sf_vault_reseal(const struct sf_key *key, const struct sf_key *to, struct sf_span site, struct sf_span token, int64_t now, struct sf_arena *arena,
		struct sf_span *resealed, struct sf_error *error)
{
	struct sf_vault_order order;
	struct sf_secret plain;
	struct parts parts;
	bool ok = true;
	size_t n;

	if (!unseal(key, site, token, arena, &parts, &plain, &n, error)) {
		return false;
	}
	order = (struct sf_vault_order){ parts.claims.purpose, site, parts.claims.recipient, parts.claims.expires_at };
	if (now >= order.expires_at) {
		ok = sf_fail(error, SF_VAULT_EXPIRED, expired);
	} else if (!sf_vault_purpose_name(order.purpose)) {
		ok = sf_fail(error, SF_VAULT_REFUSED, refused);
	} else if (key == to) {
		*resealed = token;
	} else if (!seal_padded(to, &order, &plain, arena, resealed)) { /* the padding goes along: there is no second copy */
		ok = sf_fail(error, SF_VAULT_FAILED, failed);
	}
	sf_secret_free(&plain);
	sf_wipe_stack();
	return ok;
}

static bool names(const struct parts *parts, const struct sf_key *key)
{
	unsigned char id[SF_VAULT_KEY_ID];

	return key->kind == SF_KEY_RAW && key_id(key, id) && memcmp(id, parts->claims.key_id, SF_VAULT_KEY_ID) == 0;
}

const struct sf_key *sf_vault_generation_of(const struct sf_key *newest, struct sf_span token, struct sf_arena *arena)
{
	struct parts parts;

	if (!take_apart(token, arena, &parts)) {
		return NULL;
	}
	while (newest && !names(&parts, newest)) {
		newest = newest->older;
	}
	return newest;
}

const struct sf_key *sf_vault_key_of(const struct sf_keyring *ring, struct sf_span token, struct sf_arena *arena)
{
	const struct sf_key *key;
	struct parts parts;

	if (!take_apart(token, arena, &parts)) {
		return NULL;
	}
	for (size_t i = 0; (key = sf_keyring_at(ring, i)); i++) {
		if (names(&parts, key)) {
			return key;
		}
	}
	return NULL;
}
