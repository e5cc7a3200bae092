/* Certificates and public keys, as DER or as PEM, up to OpenSSL's own reading of their numbers. */
#include "forge.h"

#include "crypto/pkey.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(false);
	return 0;
}

static void use(struct sf_span der, bool certificate)
{
	static const unsigned char signature[1024] = { 1, 2, 3 };
	struct sf_public_key key;
	char text[SF_KEY_TEXT];

	if (!(certificate ? sf_public_key_from_certificate(der, &key) : sf_public_key_from_spki(der, &key))) {
		return;
	}
	MUST(key.spki.p >= der.p && key.spki.p + key.spki.n <= der.p + der.n);
	sf_public_key_text(&key, text);
	MUST(strlen(text) < SF_KEY_TEXT);
	/* a number that is not a prime's product is no reason to take this for its signature */
	if (key.family == SF_FAMILY_RSA) {
		MUST(key.bits >= 1024 && key.bits <= 8192);
		MUST(!sf_verify(forge_cache, &key, SF_RSA_SHA256, "x", 1, signature, (size_t)(key.bits + 7) / 8) || key.e.n == 1);
	} else {
		MUST(!sf_verify(forge_cache, &key, SF_ECDSA_SHA256, "x", 1, signature, key.bits == 256 ? 64 : key.bits == 384 ? 96 : 132));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span in = { (const char *)data, size }, der;
	struct sf_arena arena;

	use(in, true);
	use(in, false);
	sf_arena_init(&arena, size + 64 * 1024);
	if (sf_pem_or_base64(&arena, in, "CERTIFICATE", &der)) {
		use(der, true);
	}
	if (sf_pem_or_base64(&arena, in, "PUBLIC KEY", &der)) {
		use(der, false);
	}
	sf_arena_free(&arena);
	return 0;
}
