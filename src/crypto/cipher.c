#include "crypto/cipher.h"

#include <limits.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/secret.h"

#define XENC "http://www.w3.org/2001/04/xmlenc#"
#define XENC11 "http://www.w3.org/2009/xmlenc11#"
#define BLOCK 16
#define TAG 16

static const struct sf_cipher ciphers[] = {
	{ XENC11 "aes256-gcm", "AES-256-GCM", 32, 12, TAG },
	{ XENC11 "aes128-gcm", "AES-128-GCM", 16, 12, TAG },
	{ XENC11 "aes192-gcm", "AES-192-GCM", 24, 12, TAG },
	{ XENC "aes256-cbc", "AES-256-CBC", 32, BLOCK, 0 },
	{ XENC "aes128-cbc", "AES-128-CBC", 16, BLOCK, 0 },
	{ XENC "aes192-cbc", "AES-192-CBC", 24, BLOCK, 0 },
};

const struct sf_cipher *sf_cipher_by_uri(struct sf_span uri)
{
	for (size_t i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++) {
		if (sf_span_is(uri, ciphers[i].uri)) {
			return &ciphers[i];
		}
	}
	return NULL;
}

bool sf_cipher_fits(const struct sf_cipher *cipher, size_t n)
{
	if (n <= cipher->iv + cipher->tag || n > INT_MAX) {
		return false;
	}
	return cipher->tag || (n - cipher->iv) % BLOCK == 0;
}

/*
 * xmlenc-core1 §5.2.1: the last byte says how many to take off, 1 to 16; what the others are is the sender's affair (ISO
 * 10126 fills them with random bytes, PKCS#7 with the same number). Neither the branch taken nor the memory read depends on it.
 */
static bool unpad(const unsigned char *plain, size_t *n)
{
	unsigned pad = plain[*n - 1];
	unsigned over = (pad - 1) >> 4;                     /* zero for 1 to 16, and for nothing else */
	unsigned good = ((over | (0U - over)) >> 31) - 1;   /* all ones then, or none */

	*n -= (pad & good) | (1U & ~good);
	return good != 0;
}

bool sf_cipher_open(const struct sf_cipher *cipher, const unsigned char *key, struct sf_span sealed, unsigned char *out, size_t *n)
{
	const unsigned char *in = (const unsigned char *)sealed.p;
	unsigned char tag[TAG];
	EVP_CIPHER *method;
	EVP_CIPHER_CTX *ctx;
	int first = 0, rest = 0;
	size_t length;
	bool ok;

	*n = 0;
	if (!sf_cipher_fits(cipher, sealed.n)) {
		return false;
	}
	length = sealed.n - cipher->iv - cipher->tag;
	ERR_set_mark();
	method = EVP_CIPHER_fetch(NULL, cipher->name, NULL);
	ctx = EVP_CIPHER_CTX_new();
	/* the IV's length is the cipher's own: 12 bytes for GCM, a block for CBC */
	ok = method && ctx && EVP_DecryptInit_ex2(ctx, method, key, in, NULL) == 1 && EVP_CIPHER_CTX_set_padding(ctx, 0) == 1;
	if (ok && cipher->tag) {
		memcpy(tag, in + cipher->iv + length, TAG); /* OpenSSL's parameter isn't const */
		ok = EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG, tag) == 1;
	}
	ok = ok && EVP_DecryptUpdate(ctx, out, &first, in + cipher->iv, (int)length) == 1 && EVP_DecryptFinal_ex(ctx, out + first, &rest) == 1
			&& (size_t)first + (size_t)rest == length;
	EVP_CIPHER_CTX_free(ctx);
	EVP_CIPHER_free(method);
	ERR_pop_to_mark();
	if (!ok) {
		sf_wipe(out, length); /* what GCM gives before it has looked at the tag */
		return false;
	}
	*n = length;
	return cipher->tag || unpad(out, n);
}
