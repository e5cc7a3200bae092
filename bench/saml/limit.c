/*
 * The limit: what no verifier can leave out. Base64 of the message, SHA-256 over as many bytes as the message has, and over
 * a SignedInfo; one RSA-2048 verification with a key and a context that are kept.
 *
 * limit MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem
 */
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/base64.h"
#include "subject.h"

static char *message;
static size_t message_n;
static unsigned char *decoded, hash[32], sig[512];
static size_t sig_n = sizeof(sig);
static EVP_PKEY_CTX *verifier;

static void work(void)
{
	unsigned char digest[32];
	size_t n, digest_n;

	must(sf_base64_decode((struct sf_span){ message, message_n }, decoded, &n), "base64");
	must(EVP_Q_digest(NULL, "SHA256", NULL, decoded, n, digest, &digest_n) == 1, "SHA-256");
	must(EVP_Q_digest(NULL, "SHA256", NULL, decoded, n < 900 ? n : 900, digest, &digest_n) == 1, "SHA-256");
	must(EVP_PKEY_verify(verifier, sig, sig_n, hash, sizeof(hash)) == 1, "RSA");
}

int main(int argc, char **argv)
{
	EVP_PKEY_CTX *signer;
	EVP_PKEY *key;
	FILE *f;

	must(argc == 4, "limit MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem");
	message = read_all(argv[1], &message_n);
	decoded = malloc(SF_BASE64_DECODED(message_n));
	f = fopen(argv[3], "r");
	must(f && (key = PEM_read_PrivateKey(f, NULL, NULL, NULL)), "the private key");
	fclose(f);
	signer = EVP_PKEY_CTX_new(key, NULL);
	must(EVP_PKEY_sign_init(signer) == 1 && EVP_PKEY_CTX_set_signature_md(signer, EVP_sha256()) == 1 && EVP_PKEY_sign(signer, sig, &sig_n, hash, sizeof(hash)) == 1, "signing");
	verifier = EVP_PKEY_CTX_new(key, NULL);
	must(EVP_PKEY_verify_init(verifier) == 1 && EVP_PKEY_CTX_set_signature_md(verifier, EVP_sha256()) == 1, "the verifier");
	serve(work);
	return 0;
}
