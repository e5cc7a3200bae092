#include "forge.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"

const struct sf_xml_limits forge_limits = { .bytes = 512 * 1024, .depth = 32, .nodes = 20000, .attributes = 64, .namespaces = 2000 };
struct sf_idp forge_idp;
struct sf_sp forge_sp;
struct sf_key_cache *forge_cache;
const struct sf_key *forge_vault_key;

static EVP_PKEY *signing_key, *recipient_key;

_Noreturn void forge_broken(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: broken: %s\n", file, line, what);
	abort();
}

/* A P-256 key whose private number is the digest of a name. No secret, by intent. */
static EVP_PKEY *fixed_key(void)
{
	unsigned char scalar[32], point[65];
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	EC_POINT *q = EC_POINT_new(group);
	OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM *params;
	EVP_PKEY *key = NULL;
	BIGNUM *d;

	MUST(sf_digest(SF_SHA256, "samlforce fuzz", 14, scalar));
	d = BN_bin2bn(scalar, sizeof(scalar), NULL);
	MUST(EC_POINT_mul(group, q, d, NULL, NULL, NULL) == 1 && EC_POINT_point2oct(group, q, POINT_CONVERSION_UNCOMPRESSED, point, sizeof(point), NULL) == sizeof(point));
	MUST(OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, d)
			&& OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)));
	params = OSSL_PARAM_BLD_to_param(builder);
	MUST(EVP_PKEY_fromdata_init(ctx) == 1 && EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, params) == 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(builder);
	EVP_PKEY_CTX_free(ctx);
	EC_POINT_free(q);
	EC_GROUP_free(group);
	BN_free(d);
	return key;
}

static void report(void *arg, const char *file, const char *sentence)
{
	(void)arg;
	fprintf(stderr, "%s: %s\n", file, sentence);
}

/* The keyring is the only maker of a struct sf_key, so it gets files. */
static void load_ring(bool decryption)
{
	char folder[] = "/tmp/sf-fuzz-XXXXXX", pem[64], raw[64];
	struct sf_keyring *ring;
	FILE *f;

	MUST(mkdtemp(folder));
	snprintf(pem, sizeof(pem), "%s/sp.pem", folder);
	snprintf(raw, sizeof(raw), "%s/vault.key", folder);
	umask(077);
	f = fopen(raw, "w");
	MUST(f && fputs("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n", f) > 0 && fclose(f) == 0);
	if (decryption) {
		recipient_key = EVP_RSA_gen(2048);
		f = fopen(pem, "w");
		MUST(recipient_key && f && PEM_write_PrivateKey(f, recipient_key, NULL, NULL, 0, NULL, NULL) == 1 && fclose(f) == 0);
	}
	ring = sf_keyring_load(folder, NULL, report, NULL);
	unlink(pem);
	unlink(raw);
	rmdir(folder);
	forge_vault_key = sf_keyring_find(ring, SF_SPAN_LIT("vault"));
	MUST(forge_vault_key);
	if (decryption) {
		forge_sp.decryption_keys[0] = sf_keyring_find(ring, SF_SPAN_LIT("sp"));
		forge_sp.decryption_key_count = 1;
		MUST(forge_sp.decryption_keys[0]);
	}
}

static void quiet(void *arg, const char *message, ...)
{
	(void)arg;
	(void)message;
}

void forge_start(bool decryption)
{
	static unsigned char *spki; /* the key points into it */
	int n;

	xmlSetGenericErrorFunc(NULL, quiet);
	signing_key = fixed_key();
	n = i2d_PUBKEY(signing_key, &spki);
	MUST(n > 0 && sf_public_key_from_spki((struct sf_span){ (char *)spki, (size_t)n }, &forge_idp.keys[0]));
	forge_idp.key_count = 1;
	forge_idp.entity_id = SF_SPAN_LIT(FORGE_IDP);
	forge_idp.allow_sha1 = forge_idp.allow_inclusive_c14n = forge_idp.allow_root_reference = forge_idp.allow_rsa15 = true;
	forge_idp.allow_unsolicited = true;
	forge_idp.clock_skew = 60;
	forge_sp.entity_id = SF_SPAN_LIT(FORGE_SP);
	forge_sp.acs_url = SF_SPAN_LIT(FORGE_ACS);
	forge_cache = sf_key_cache_new();
	MUST(forge_cache);
	load_ring(decryption);
}

struct sf_login forge_login(bool pending)
{
	return (struct sf_login){
		.expected = { .idp = &forge_idp, .sp = &forge_sp, .request_id = pending ? SF_SPAN_LIT(FORGE_REQUEST) : SF_SPAN_NONE, .now = FORGE_NOW },
		.limits = &forge_limits,
		.cache = forge_cache,
	};
}

struct sf_span forge_base64(struct sf_span xml, struct sf_arena *arena)
{
	char *text = sf_arena_alloc(arena, SF_BASE64_ENCODED(xml.n));

	MUST(text);
	return (struct sf_span){ text, sf_base64_encode((const unsigned char *)xml.p, xml.n, text) };
}

/* ---- signing ---- */

static xmlNode *child_of(xmlNode *parent, const char *name)
{
	for (xmlNode *node = parent ? parent->children : NULL; node; node = node->next) {
		if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0) {
			return node;
		}
	}
	return NULL;
}

/* An element out of a text, for this document. */
static xmlNode *element_from(xmlDoc *doc, struct sf_span text)
{
	xmlDoc *made = xmlReadMemory(text.p, (int)text.n, NULL, "UTF-8", XML_PARSE_NONET);
	xmlNode *node;

	if (!made) {
		return NULL;
	}
	node = xmlDocCopyNode(xmlDocGetRootElement(made), doc, 1);
	xmlFreeDoc(made);
	return node;
}

/* By libxml2, so that what our verifier accepts is what another has signed. In place: a document whose only child is the element. */
static bool canonical(xmlDoc *doc, xmlNode *node, struct sf_arena *arena, struct sf_span *out)
{
	xmlOutputBuffer *buffer = xmlAllocOutputBuffer(NULL);
	xmlNode *children = doc->children, *next = node->next;
	bool ok;

	doc->children = node;
	node->next = NULL;
	ok = buffer && xmlC14NExecute(doc, NULL, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, buffer) >= 0
			&& sf_arena_copy(arena, (struct sf_span){ (const char *)xmlOutputBufferGetContent(buffer), xmlOutputBufferGetSize(buffer) }, out);
	doc->children = children;
	node->next = next;
	xmlOutputBufferClose(buffer);
	return ok;
}

static struct sf_span ecdsa(struct sf_span bytes, struct sf_arena *arena)
{
	unsigned char der[256], raw[64];
	size_t n = sizeof(der);
	const unsigned char *p = der;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	ECDSA_SIG *pair;

	MUST(EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, signing_key) == 1 && EVP_DigestSign(ctx, der, &n, (const unsigned char *)bytes.p, bytes.n) == 1);
	EVP_MD_CTX_free(ctx);
	pair = d2i_ECDSA_SIG(NULL, &p, (long)n);
	MUST(pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, 32) == 32 && BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw + 32, 32) == 32);
	ECDSA_SIG_free(pair);
	return forge_base64((struct sf_span){ (char *)raw, sizeof(raw) }, arena);
}

/* Puts a good Signature behind the Issuer of this element, or first in it. */
static void sign(xmlDoc *doc, xmlNode *parent, struct sf_arena *arena)
{
	xmlChar *id = xmlGetNoNsProp(parent, BAD_CAST "ID");
	unsigned char digest[SF_DIGEST_MAX];
	struct sf_span bytes, text, value;
	xmlNode *node = NULL, *info, *issuer = child_of(parent, "Issuer");
	struct sf_buf b;

	if (!id || !canonical(doc, parent, arena, &bytes) || !sf_digest(SF_SHA256, bytes.p, bytes.n, digest)) {
		xmlFree(id);
		return;
	}
	value = forge_base64((struct sf_span){ (char *)digest, 32 }, arena);
	sf_buf_init(&b, arena, 1 << 20);
	sf_buf_str(&b, "<ds:Signature xmlns:ds=\"" SF_NS_DS "\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"" SF_NS_EXC_C14N "\"/>"
			"<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\"/><ds:Reference URI=\"#");
	sf_buf_xml(&b, sf_span_of((const char *)id));
	sf_buf_str(&b, "\"><ds:Transforms><ds:Transform Algorithm=\"" SF_NS_DS "enveloped-signature\"/><ds:Transform Algorithm=\"" SF_NS_EXC_C14N "\"/></ds:Transforms>"
			"<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>");
	sf_buf_span(&b, value);
	sf_buf_str(&b, "</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>");
	xmlFree(id);
	if (sf_buf_done(&b, &text) && (node = element_from(doc, text))) {
		if (issuer) {
			xmlAddNextSibling(issuer, node);
		} else if (parent->children) {
			xmlAddPrevSibling(parent->children, node);
		} else {
			xmlAddChild(parent, node);
		}
		info = child_of(node, "SignedInfo");
		if (canonical(doc, info, arena, &bytes)) {
			value = ecdsa(bytes, arena);
			xmlNodeAddContentLen(child_of(node, "SignatureValue"), BAD_CAST value.p, (int)value.n);
		}
	}
}

/* ---- encrypting ---- */

#define XENC11 "http://www.w3.org/2009/xmlenc11#"

static const struct {
	const char *uri;
	const EVP_CIPHER *(*cipher)(void);
	int key, iv, tag; /* bytes */
} forge_ciphers[FORGE_CIPHERS] = {
	{ XENC11 "aes128-gcm", EVP_aes_128_gcm, 16, 12, 16 },
	{ XENC11 "aes192-gcm", EVP_aes_192_gcm, 24, 12, 16 },
	{ XENC11 "aes256-gcm", EVP_aes_256_gcm, 32, 12, 16 },
	{ SF_NS_XENC "aes128-cbc", EVP_aes_128_cbc, 16, 16, 0 },
	{ SF_NS_XENC "aes192-cbc", EVP_aes_192_cbc, 24, 16, 0 },
	{ SF_NS_XENC "aes256-cbc", EVP_aes_256_cbc, 32, 16, 0 },
};

static const struct {
	const char *method; /* EncryptionMethod, whole */
	bool rsa15;
	const EVP_MD *(*digest)(void); /* of OAEP, and of its MGF1 */
} forge_transports[FORGE_TRANSPORTS] = {
	{ "<xenc:EncryptionMethod Algorithm=\"" SF_NS_XENC "rsa-oaep-mgf1p\"/>", false, EVP_sha1 },
	{ "<xenc:EncryptionMethod Algorithm=\"" XENC11 "rsa-oaep\"><ds:DigestMethod Algorithm=\"" SF_NS_XENC "sha256\"/><x:MGF xmlns:x=\"" XENC11 "\" Algorithm=\"" XENC11
			"mgf1sha256\"/></xenc:EncryptionMethod>", false, EVP_sha256 },
	{ "<xenc:EncryptionMethod Algorithm=\"" SF_NS_XENC "rsa-1_5\"/>", true, NULL },
};

bool forge_is_authenticated(const struct forge_envelope *envelope)
{
	return forge_ciphers[envelope->cipher].tag > 0;
}

static struct sf_span wrap(const unsigned char *key, size_t n, unsigned transport, struct sf_arena *arena)
{
	unsigned char wrapped[512];
	size_t wrapped_n = sizeof(wrapped);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(recipient_key, NULL);

	MUST(EVP_PKEY_encrypt_init(ctx) == 1);
	if (forge_transports[transport].rsa15) {
		MUST(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1);
	} else {
		MUST(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) == 1 && EVP_PKEY_CTX_set_rsa_oaep_md(ctx, forge_transports[transport].digest()) == 1
				&& EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, forge_transports[transport].digest()) == 1);
	}
	MUST(EVP_PKEY_encrypt(ctx, wrapped, &wrapped_n, key, n) == 1);
	EVP_PKEY_CTX_free(ctx);
	return forge_base64((struct sf_span){ (char *)wrapped, wrapped_n }, arena);
}

static struct sf_span seal(struct sf_span plain, const struct forge_envelope *envelope, const unsigned char *key, struct sf_arena *arena)
{
	unsigned char *out = sf_arena_alloc(arena, plain.n + 64);
	int n = 0, last = 0, iv = forge_ciphers[envelope->cipher].iv, tag = forge_ciphers[envelope->cipher].tag;
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	size_t whole;

	MUST(out);
	memset(out, 7, (size_t)iv);
	MUST(EVP_EncryptInit_ex(ctx, forge_ciphers[envelope->cipher].cipher(), NULL, key, out) == 1
			&& EVP_EncryptUpdate(ctx, out + iv, &n, (const unsigned char *)plain.p, (int)plain.n) == 1 && EVP_EncryptFinal_ex(ctx, out + iv + n, &last) == 1);
	n += last;
	MUST(!tag || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, tag, out + iv + n) == 1);
	EVP_CIPHER_CTX_free(ctx);
	whole = (size_t)(iv + n + tag);
	if (envelope->flip) {
		out[(envelope->flip - 1) % whole] ^= (unsigned char)(1 << envelope->flip % 8);
	}
	return forge_base64((struct sf_span){ (char *)out, whole }, arena);
}

bool forge_seal(struct sf_span plain, const struct forge_envelope *envelope, struct sf_arena *arena, struct sf_span *out)
{
	static const unsigned char key[32] = "a content key that is not secret"; /* as much of it as the cipher takes */
	struct sf_buf b;

	sf_buf_init(&b, arena, 8 << 20);
	sf_buf_str(&b, "<saml:EncryptedAssertion xmlns:saml=\"" SF_NS_SAML "\"><xenc:EncryptedData xmlns:xenc=\"" SF_NS_XENC "\" Type=\"" SF_NS_XENC "Element\">"
			"<xenc:EncryptionMethod Algorithm=\"");
	sf_buf_str(&b, forge_ciphers[envelope->cipher].uri);
	sf_buf_str(&b, "\"/><ds:KeyInfo xmlns:ds=\"" SF_NS_DS "\"><xenc:EncryptedKey>");
	sf_buf_str(&b, forge_transports[envelope->transport].method);
	sf_buf_str(&b, "<xenc:CipherData><xenc:CipherValue>");
	sf_buf_span(&b, wrap(key, (size_t)forge_ciphers[envelope->cipher].key, envelope->transport, arena));
	sf_buf_str(&b, "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>");
	sf_buf_span(&b, seal(plain, envelope, key, arena));
	sf_buf_str(&b, "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>");
	return sf_buf_done(&b, out);
}

static void encrypt(xmlDoc *doc, xmlNode *assertion, bool cbc, struct sf_arena *arena)
{
	const struct forge_envelope envelope = { .cipher = cbc ? 3 : 0 };
	struct sf_span plain, text;
	xmlNode *node;

	if (!recipient_key || !canonical(doc, assertion, arena, &plain) || !forge_seal(plain, &envelope, arena, &text)) {
		return;
	}
	node = element_from(doc, text);
	if (node) {
		xmlReplaceNode(assertion, node);
		xmlFreeNode(assertion);
	}
}

bool forge_dress(struct sf_span xml, unsigned how, struct sf_arena *arena, struct sf_span *out)
{
	struct sf_xml_doc *parsed;
	xmlNode *root, *assertion;
	xmlChar *text;
	xmlDoc *doc;
	bool ok;
	int n;

	if (!sf_xml_parse(xml, &forge_limits, &parsed, NULL)) {
		return false;
	}
	sf_xml_free(parsed);
	doc = xmlReadMemory(xml.p, (int)xml.n, NULL, NULL, XML_PARSE_NONET);
	MUST(doc);
	root = xmlDocGetRootElement(doc);
	assertion = child_of(root, "Assertion");
	if (assertion && (how & FORGE_SIGN_ASSERTION)) {
		sign(doc, assertion, arena);
	}
	if (assertion && (how & FORGE_ENCRYPT)) {
		encrypt(doc, assertion, how & FORGE_CBC, arena);
	}
	if (how & FORGE_SIGN_RESPONSE) {
		sign(doc, root, arena);
	}
	xmlDocDumpMemoryEnc(doc, &text, &n, "UTF-8");
	ok = text && sf_arena_copy(arena, (struct sf_span){ (char *)text, (size_t)n }, out);
	xmlFree(text);
	xmlFreeDoc(doc);
	return ok;
}

void forge_check_login(const struct sf_login *login, const struct sf_login_result *result)
{
	const struct sf_assertion *a = &result->assertion;

	MUST(result->trusted);
	MUST(a->id.n && a->name_id.n && a->name_id.n <= SF_NAME_ID_MAX);
	MUST(sf_span_is(a->issuer, FORGE_IDP));
	MUST(a->not_on_or_after + login->expected.idp->clock_skew > login->expected.now);
	MUST(!login->expected.request_id.p || sf_span_is(a->in_response_to, FORGE_REQUEST));
	MUST(login->expected.request_id.p || !a->in_response_to.p);
	MUST(!a->sp_name_qualifier.p || sf_span_is(a->sp_name_qualifier, FORGE_SP));
	MUST(!a->has_session_not_on_or_after || a->session_not_on_or_after + login->expected.idp->clock_skew > login->expected.now);
	MUST(a->attribute_count <= SF_ATTRIBUTES_MAX && strlen(result->replay_id) == SF_REPLAY_ID);
	MUST(result->replay_until == a->not_on_or_after + login->expected.idp->clock_skew);
	MUST(sf_utf8_valid(a->name_id) && sf_utf8_valid(a->id));
	for (size_t i = 0; i < a->attribute_count; i++) {
		MUST(a->attributes[i].name.n && sf_utf8_valid(a->attributes[i].name) && sf_utf8_valid(a->attributes[i].value));
	}
}
