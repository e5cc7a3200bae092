/*
 * xmlsec1 in a plain loop: base64, parse, register the IDs, verify the signature with a key that is kept. The signature alone, no check of SAML's.
 *
 * xmlsec MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem
 */
#include <libxml/parser.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/crypto.h>

#include "base/base64.h"
#include "subject.h"

static char *message;
static size_t message_n;
static unsigned char *decoded;
static xmlSecKey *key;

static void work(void)
{
	static const xmlChar *ids[] = { (const xmlChar *)"ID", NULL };
	xmlSecDSigCtx *ctx;
	xmlNode *node;
	xmlDoc *doc;
	size_t n;

	must(sf_base64_decode((struct sf_span){ message, message_n }, decoded, &n), "base64");
	doc = xmlReadMemory((const char *)decoded, (int)n, NULL, "UTF-8", XML_PARSE_NONET);
	must(doc != NULL, "parsing");
	xmlSecAddIDs(doc, xmlDocGetRootElement(doc), ids);
	node = xmlSecFindNode(xmlDocGetRootElement(doc), xmlSecNodeSignature, xmlSecDSigNs);
	ctx = xmlSecDSigCtxCreate(NULL);
	must(node && ctx, "the signature");
	ctx->signKey = xmlSecKeyDuplicate(key);
	must(xmlSecDSigCtxVerify(ctx, node) == 0 && ctx->status == xmlSecDSigStatusSucceeded, "verifying");
	xmlSecDSigCtxDestroy(ctx);
	xmlFreeDoc(doc);
}

int main(int argc, char **argv)
{
	must(argc == 4, "xmlsec MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem");
	xmlInitParser();
	must(xmlSecInit() == 0 && xmlSecCryptoAppInit(NULL) == 0 && xmlSecCryptoInit() == 0, "xmlsec1");
	message = read_all(argv[1], &message_n);
	decoded = malloc(SF_BASE64_DECODED(message_n));
	key = xmlSecCryptoAppKeyLoad(argv[2], xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
	must(key != NULL, "the certificate");
	serve(work);
	return 0;
}
