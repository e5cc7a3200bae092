/*
 * The floor of libxml2: parse, canonicalise SignedInfo in place, verify it with a key that is kept, parse it again, take the
 * digest from there; canonicalise the signed Assertion in place, hash, compare, and parse the bytes that were hashed. No
 * check of SAML's at all. Written against libxml2 and OpenSSL alone, so that it owes nothing to what it is compared with.
 *
 * floor MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem
 */
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/base64.h"
#include "subject.h"

static char *message;
static size_t message_n;
static unsigned char *decoded;
static EVP_PKEY_CTX *verifier;
static xmlChar *prefixes[] = { (xmlChar *)"xs", NULL }; /* the PrefixList of the messages */

static xmlDoc *parse(const char *p, size_t n)
{
	xmlDoc *doc = xmlReadMemory(p, (int)n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);

	must(doc != NULL, "parsing");
	return doc;
}

static xmlNode *find(xmlNode *node, const char *name)
{
	for (xmlNode *at = node->children; at; at = at->next) {
		if (at->type == XML_ELEMENT_NODE && strcmp((const char *)at->name, name) == 0) {
			return at;
		}
	}
	must(0, name);
	return NULL;
}

static xmlOutputBuffer *canonical(xmlDoc *doc, xmlNode *node, xmlChar **prefixes)
{
	xmlOutputBuffer *out = xmlAllocOutputBuffer(NULL);
	xmlNode *children = doc->children, *next = node->next;

	doc->children = node;
	node->next = NULL;
	must(xmlC14NExecute(doc, NULL, NULL, XML_C14N_EXCLUSIVE_1_0, prefixes, 0, out) >= 0, "canonicalisation");
	doc->children = children;
	node->next = next;
	return out;
}

static void digest(xmlOutputBuffer *bytes, unsigned char hash[32])
{
	size_t n;

	must(EVP_Q_digest(NULL, "SHA256", NULL, xmlOutputBufferGetContent(bytes), xmlOutputBufferGetSize(bytes), hash, &n) == 1, "SHA-256");
}

static size_t decode(xmlNode *node, unsigned char *out)
{
	const char *text = (const char *)node->children->content;
	size_t n;

	must(sf_base64_decode((struct sf_span){ text, strlen(text) }, out, &n), "base64");
	return n;
}

static void work(void)
{
	unsigned char hash[32], wanted[64], sig[1024];
	xmlOutputBuffer *bytes;
	xmlNode *assertion, *signature, *info;
	xmlDoc *doc, *again;
	size_t n, sig_n;

	must(sf_base64_decode((struct sf_span){ message, message_n }, decoded, &n), "base64");
	doc = parse((const char *)decoded, n);
	assertion = find(xmlDocGetRootElement(doc), "Assertion");
	signature = find(assertion, "Signature");
	info = find(signature, "SignedInfo");

	bytes = canonical(doc, info, NULL);
	digest(bytes, hash);
	sig_n = decode(find(signature, "SignatureValue"), sig);
	must(EVP_PKEY_verify(verifier, sig, sig_n, hash, sizeof(hash)) == 1, "RSA");
	again = parse((const char *)xmlOutputBufferGetContent(bytes), xmlOutputBufferGetSize(bytes));
	decode(find(find(xmlDocGetRootElement(again), "Reference"), "DigestValue"), wanted);
	xmlFreeDoc(again);
	xmlOutputBufferClose(bytes);

	xmlUnlinkNode(signature);
	bytes = canonical(doc, assertion, prefixes);
	digest(bytes, hash);
	must(memcmp(hash, wanted, sizeof(hash)) == 0, "the digest");
	again = parse((const char *)xmlOutputBufferGetContent(bytes), xmlOutputBufferGetSize(bytes));
	xmlOutputBufferClose(bytes);
	xmlFreeDoc(again);
	xmlFreeNode(signature);
	xmlFreeDoc(doc);
}

int main(int argc, char **argv)
{
	X509 *certificate;
	FILE *f;

	must(argc == 4, "floor MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem");
	message = read_all(argv[1], &message_n);
	decoded = malloc(SF_BASE64_DECODED(message_n));
	f = fopen(argv[2], "r");
	must(f && (certificate = PEM_read_X509(f, NULL, NULL, NULL)), "the certificate");
	fclose(f);
	verifier = EVP_PKEY_CTX_new(X509_get0_pubkey(certificate), NULL);
	must(EVP_PKEY_verify_init(verifier) == 1 && EVP_PKEY_CTX_set_signature_md(verifier, EVP_sha256()) == 1, "the verifier");
	serve(work);
	return 0;
}
