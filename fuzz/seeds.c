/* Writes the seeds of a target into a folder: small, good inputs of each kind, so that a fuzzer starts from where it matters. */
#include <stdio.h>
#include <stdlib.h>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/base64.h"
#include "base/buf.h"
#include "forge.h"
#include "password/vault.h"
#include "saml/redirect.h"

static struct sf_arena arena;
static const char *folder;
static int made;

static void seed(int first, struct sf_span s)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/seed-%03d", folder, made++);
	f = fopen(path, "wb");
	MUST(f && (first < 0 || fputc(first, f) == first) && fwrite(s.p, 1, s.n, f) == s.n && fclose(f) == 0);
}

static void seed_text(int first, const char *text)
{
	seed(first, sf_span_of(text));
}

/* ---- responses ---- */

#define ASSERTION_NS " xmlns:saml=\"" SF_NS_SAML "\""
#define HEAD(ns, id, more) "<" ns " ID=\"" id "\" Version=\"2.0\" IssueInstant=\"2027-01-15T08:00:00Z\"" more ">"
#define ISSUER "<saml:Issuer>" FORGE_IDP "</saml:Issuer>"
#define STATUS "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>"
#define BEARER(data) "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData " data "/></saml:SubjectConfirmation>"
#define GOOD_DATA "NotOnOrAfter=\"2027-01-15T08:05:00Z\" Recipient=\"" FORGE_ACS "\""
#define SUBJECT(nameid, confirmation) "<saml:Subject>" nameid confirmation "</saml:Subject>"
#define NAME_ID "<saml:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\" SPNameQualifier=\"" FORGE_SP "\">a@b.example</saml:NameID>"
#define CONDITIONS "<saml:Conditions NotBefore=\"2027-01-15T07:59:00Z\" NotOnOrAfter=\"2027-01-15T08:05:00Z\"><saml:AudienceRestriction><saml:Audience>" FORGE_SP \
	"</saml:Audience></saml:AudienceRestriction><saml:OneTimeUse/></saml:Conditions>"
#define AUTHN "<saml:AuthnStatement AuthnInstant=\"2027-01-15T08:00:00Z\" SessionIndex=\"_s\" SessionNotOnOrAfter=\"2027-01-15T16:00:00Z\"><saml:AuthnContext>" \
	"<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
#define ATTRIBUTES "<saml:AttributeStatement><saml:Attribute Name=\"email\" NameFormat=\"urn:x\"><saml:AttributeValue xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " \
	"xsi:type=\"xs:string\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">a@b.example</saml:AttributeValue><saml:AttributeValue/></saml:Attribute>" \
	"<saml:Attribute Name=\"n\"><saml:AttributeValue><saml:NameID>x<!-- -->y</saml:NameID></saml:AttributeValue></saml:Attribute><saml:Attribute Name=\"none\"/></saml:AttributeStatement>"
#define ASSERTION(ns, subject, rest) HEAD("saml:Assertion" ns, "_a", "") ISSUER subject rest "</saml:Assertion>"
#define RESPONSE(more, inner) "<samlp:Response xmlns:samlp=\"" SF_NS_SAMLP "\"" ASSERTION_NS " ID=\"_r\" Version=\"2.0\" IssueInstant=\"2027-01-15T08:00:00Z\"" more ">" inner "</samlp:Response>"
#define DESTINATION " Destination=\"" FORGE_ACS "\""
#define ANSWERS " InResponseTo=\"" FORGE_REQUEST "\""
#define GOOD_ASSERTION ASSERTION("", SUBJECT(NAME_ID, BEARER(GOOD_DATA)), CONDITIONS AUTHN ATTRIBUTES)
#define ANSWERING_ASSERTION ASSERTION("", SUBJECT(NAME_ID, BEARER(GOOD_DATA " InResponseTo=\"" FORGE_REQUEST "\"")), CONDITIONS AUTHN ATTRIBUTES)

static const char *const responses[] = {
	RESPONSE(DESTINATION, ISSUER STATUS GOOD_ASSERTION),
	RESPONSE("", STATUS GOOD_ASSERTION),
	RESPONSE(DESTINATION ANSWERS, ISSUER STATUS GOOD_ASSERTION),
	RESPONSE(DESTINATION ANSWERS, ISSUER STATUS ANSWERING_ASSERTION),
	RESPONSE(DESTINATION, ISSUER "<samlp:Extensions><x xmlns=\"urn:x\"/></samlp:Extensions>" STATUS
			ASSERTION(" xmlns:ds=\"" SF_NS_DS "\"", SUBJECT(NAME_ID, BEARER("Recipient=\"https://other.example\"") BEARER(GOOD_DATA)),
			CONDITIONS "<saml:Advice><saml:AssertionURIRef>urn:x</saml:AssertionURIRef></saml:Advice>" AUTHN AUTHN ATTRIBUTES)),
	RESPONSE("", ISSUER "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/>"
			"</samlp:StatusCode><samlp:StatusMessage>no</samlp:StatusMessage></samlp:Status>"),
	RESPONSE(DESTINATION, ISSUER STATUS ASSERTION("", SUBJECT("<saml:NameID> a<!-- -->b\n<![CDATA[c]]>&#13;&amp;</saml:NameID>", BEARER(GOOD_DATA)), CONDITIONS AUTHN)),
	RESPONSE(DESTINATION, ISSUER STATUS "<saml:EncryptedAssertion/>"),
	RESPONSE(DESTINATION, ISSUER STATUS GOOD_ASSERTION GOOD_ASSERTION),
};

static void make_responses(bool dressed)
{
	static const unsigned hows[] = { FORGE_SIGN_ASSERTION, FORGE_SIGN_RESPONSE, FORGE_SIGN_ASSERTION | FORGE_SIGN_RESPONSE, FORGE_SIGN_ASSERTION | FORGE_ENCRYPT,
		FORGE_SIGN_RESPONSE | FORGE_ENCRYPT, FORGE_SIGN_ASSERTION | FORGE_ENCRYPT | FORGE_CBC };
	size_t accepted = 0;

	for (size_t i = 0; i < sizeof(responses) / sizeof(responses[0]); i++) {
		for (size_t k = 0; k < sizeof(hows) / sizeof(hows[0]); k++) {
			for (unsigned pending = 0; pending < 2; pending++) {
				struct sf_login login = forge_login(pending);
				struct sf_login_result result;
				struct sf_error error;
				struct sf_span xml;

				MUST(forge_dress(sf_span_of(responses[i]), hows[k], &arena, &xml));
				if (sf_response_accept(&login, forge_base64(xml, &arena), &arena, &result, &error)) {
					accepted++;
					forge_check_login(&login, &result);
					sf_login_result_free(&result);
				}
				if (dressed && !pending) {
					seed(-1, xml);
				} else if (!dressed) {
					seed_text((int)(hows[k] | pending << 4), responses[i]);
				}
			}
		}
		seed_text(dressed ? -1 : 1, responses[i]);
	}
	/* seeds that nobody accepts would leave the greater part of the verifier in the dark */
	fprintf(stderr, "%zu of the seeds sign somebody in\n", accepted);
	MUST(accepted >= 30);
}

/* ---- decryption ---- */

static void make_decrypt(void)
{
	static const char *const plain[] = {
		GOOD_ASSERTION, ASSERTION(ASSERTION_NS, SUBJECT(NAME_ID, BEARER(GOOD_DATA)), CONDITIONS AUTHN ATTRIBUTES), "<saml:Assertion/>", "<saml:Assertion/> <!-- -->\n",
		"<saml:Assertion/><saml:Assertion/>", "<?xml version=\"1.0\"?><saml:Assertion/>", "</w><w><saml:Assertion/>", "<saml:NameID>x</saml:NameID>", "x",
	};

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		for (unsigned how = 0; how < 32; how++) {
			struct forge_envelope envelope = { .cipher = (how & 7) % FORGE_CIPHERS, .transport = (how >> 3) % FORGE_TRANSPORTS };
			struct sf_span xml, two;
			struct sf_buf b;

			if ((how & 7) >= FORGE_CIPHERS || how >> 3 >= FORGE_TRANSPORTS || (i > 1 && how % 7)) {
				continue;
			}
			MUST(forge_seal(sf_span_of(plain[i]), &envelope, &arena, &xml));
			for (int whole = 0; whole < 2; whole++) {
				sf_buf_init(&b, &arena, 1 << 20);
				sf_buf_char(&b, 0);
				sf_buf_span(&b, whole ? xml : sf_span_of(plain[i]));
				MUST(sf_buf_done(&b, &two));
				seed((int)(how | (whole ? 128U : 0U)), two);
			}
		}
	}
}

/* ---- keys ---- */

static struct sf_span certificate_of(EVP_PKEY *key)
{
	X509 *x = X509_new();
	X509_NAME *name;
	struct sf_span out;
	unsigned char *der = NULL;
	int n;

	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), 0);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400);
	name = X509_get_subject_name(x);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"seed", -1, -1, 0);
	X509_set_issuer_name(x, name);
	X509_set_pubkey(x, key);
	MUST(X509_sign(x, key, EVP_sha256()) > 0 && (n = i2d_X509(x, &der)) > 0 && sf_arena_copy(&arena, (struct sf_span){ (char *)der, (size_t)n }, &out));
	OPENSSL_free(der);
	X509_free(x);
	return out;
}

static struct sf_span pem_of(struct sf_span der, const char *label)
{
	struct sf_buf b;
	struct sf_span out;

	sf_buf_init(&b, &arena, 100000);
	sf_buf_str(&b, "-----BEGIN ");
	sf_buf_str(&b, label);
	sf_buf_str(&b, "-----\n");
	sf_buf_span(&b, forge_base64(der, &arena));
	sf_buf_str(&b, "\n-----END ");
	sf_buf_str(&b, label);
	sf_buf_str(&b, "-----\n");
	MUST(sf_buf_done(&b, &out));
	return out;
}

static EVP_PKEY *make_key(int i)
{
	static const char *const curves[] = { "P-256", "P-384", "P-521" };

	return i < 3 ? EVP_EC_gen(curves[i]) : EVP_RSA_gen(i == 3 ? 1024 : 2048);
}

static void make_certificates(void)
{
	for (int i = 0; i < 5; i++) {
		EVP_PKEY *key = make_key(i);
		unsigned char *spki = NULL;
		struct sf_span der = certificate_of(key);
		int n = i2d_PUBKEY(key, &spki);

		seed(-1, der);
		seed(-1, pem_of(der, "CERTIFICATE"));
		seed(-1, forge_base64(der, &arena));
		seed(-1, (struct sf_span){ (char *)spki, (size_t)n });
		seed(-1, pem_of((struct sf_span){ (char *)spki, (size_t)n }, "PUBLIC KEY"));
		OPENSSL_free(spki);
		EVP_PKEY_free(key);
	}
}

/* ---- metadata ---- */

static void make_metadata(void)
{
	static const char *const shapes[] = {
		"<md:EntityDescriptor xmlns:md=\"" SF_NS_MD "\" entityID=\"" FORGE_IDP "\" validUntil=\"2030-01-01T00:00:00Z\" cacheDuration=\"P1DT2H\">%s</md:EntityDescriptor>",
		"<md:EntitiesDescriptor xmlns:md=\"" SF_NS_MD "\"><md:EntityDescriptor entityID=\"urn:other\"/><md:EntityDescriptor entityID=\"" FORGE_IDP "\">%s</md:EntityDescriptor></md:EntitiesDescriptor>",
		"<md:EntitiesDescriptor xmlns:md=\"" SF_NS_MD "\"><md:EntitiesDescriptor validUntil=\"2020-01-01T00:00:00Z\"><md:EntityDescriptor entityID=\"" FORGE_IDP "\">%s</md:EntityDescriptor>"
		"</md:EntitiesDescriptor></md:EntitiesDescriptor>",
	};
	static const char *const uses[] = { "", " use=\"signing\"", " use=\"encryption\"" };
	EVP_PKEY *key = make_key(0);
	struct sf_span certificate = forge_base64(certificate_of(key), &arena);

	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < 3; k++) {
			char *role = sf_arena_alloc(&arena, 8192), *whole = sf_arena_alloc(&arena, 16384);

			snprintf(role, 8192, "<md:IDPSSODescriptor protocolSupportEnumeration=\"urn:x " SF_NS_SAMLP "\"><md:KeyDescriptor%s><ds:KeyInfo xmlns:ds=\"" SF_NS_DS
					"\"><ds:X509Data><ds:X509Certificate>%.*s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding=\""
					SF_BINDING_REDIRECT "\" Location=\"https://idp.example/out\"/><md:SingleSignOnService Binding=\"" SF_BINDING_REDIRECT "\" Location=\"https://idp.example/in?x=1\"/>"
					"</md:IDPSSODescriptor>", uses[k], (int)certificate.n, certificate.p);
			snprintf(whole, 16384, shapes[i], role);
			seed_text(-1, whole);
		}
	}
	EVP_PKEY_free(key);
}

/* ---- queries ---- */

static void make_queries(void)
{
	static const char *const behind[] = { "", "&RelayState=a%20b", "&SigAlg=http%3a%2f%2fwww.w3.org%2f2001%2f04%2fxmldsig-more%23ecdsa-sha256&Signature=AAAA%2B",
		"&RelayState=&SAMLEncoding=urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE", "&SAML%52equest=x", "&x=%zz&y&=" };

	for (int response = 0; response < 2; response++) {
		struct sf_redirect_message message = { .destination = SF_SPAN_LIT("https://i"), .response = response != 0, .xml = sf_span_of(responses[0]) };
		struct sf_error error;
		struct sf_span url;

		MUST(sf_redirect_write(&message, &arena, &url, &error));
		for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
			struct sf_buf b;
			struct sf_span query;

			sf_buf_init(&b, &arena, 1 << 16);
			sf_buf_str(&b, url.p + message.destination.n + 1);
			sf_buf_str(&b, behind[i]);
			MUST(sf_buf_done(&b, &query));
			seed(-1, query);
		}
	}
}

/* ---- the rest ---- */

static void make_base64(void)
{
	static const char *const texts[] = { "", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy", "Zm9v\r\nYmE=", "-_-_", "Zm9vYg", "+/+/", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		seed_text(-1, texts[i]);
	}
}

static void make_json(void)
{
	static const char *const texts[] = {
		"{}", "[]", "null", "true", "false", "-0.5e+10", "\"\\u00e9\\ud83d\\ude00\\n\\\\\"", "{\"a\":[1,2,{\"b\":null}],\"access_token\":\"x!y\",\"expires_in\":7200}",
		"[[[[[[[[[[]]]]]]]]]]", " { \"a\" : \"\xc3\xa9\" , \"b\" : [ ] } ", "[{\"message\":\"duplicate value found\",\"errorCode\":\"DUPLICATE_VALUE\",\"fields\":[\"X__c\"]}]",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		seed_text(-1, texts[i]);
	}
}

static void make_csv(void)
{
	static const char *const texts[] = {
		"Id,Name\n", "\"sf__Id\",\"sf__Created\",\"LastName\"\n\"003\",\"true\",\"O\"\"Hara, \n\"\n", "\xef\xbb\xbfz,b\r\n\xc3\xa9,\r\n,\"\"\r\n", "a\n\n\"\"\n", ",,,\n,,,",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		seed_text((int)i, texts[i]);
	}
}

static void make_documents(int first)
{
	static const char *const texts[] = {
		"<a/>", "<a xmlns=\"urn:a\" xmlns:b='urn:b' b:x='>' y = \"&lt;\"><b:c/><!-- x --><![CDATA[<d>]]>&#13;\r\n<e xmlns=\"\"/></a>",
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<p:a xmlns:p=\"http://x.example/y\" xml:lang=\"en\" ID=\"i\">\xc3\xa9<p:b xmlns:p=\"urn:q\" p:c=\"&#9;\"/></p:a>\n",
		"<a><a><a><a b='1' c='2' d='3' e='4'/></a></a></a>",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		seed_text(first, texts[i]);
	}
	for (size_t i = 0; i < sizeof(responses) / sizeof(responses[0]); i++) {
		seed_text(first, responses[i]);
	}
}

static void make_xml(void)
{
	make_documents(-1);
}

/* The first byte is the PrefixList. */
static void make_c14n(void)
{
	static const char *const texts[] = {
		"<a:r xmlns:a=\"urn:1\" xmlns=\"urn:2\" xml:lang=\"en\"><e xmlns=\"\" a:x=\"1\" x=\"2\"><b:e xmlns:b=\"urn:1\" xmlns:a=\"urn:3\" b:z=\"\" a:z=\"\" z=\"\"/></e><e/></a:r>",
		"<r xmlns:b=\"urn:b\" xmlns:a=\"urn:a\" xml:space=\"preserve\" xml:base=\"http://x/\"><s xmlns:a=\"urn:b\"><a:t b:c=\"1\" a:d=\"2\"> &amp;&#38;&lt;]]&gt;&#13;\r\n\t\"' </a:t></s></r>",
	};

	for (int first = 0; first < 256; first += 85) {
		make_documents(first);
		for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
			seed_text(first, texts[i]);
		}
	}
}

#define OUTBOUND(before, sobject, after) "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body>" \
	"<notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\"><OrganizationId>00Dx00000000001EAA</OrganizationId><ActionId>04kx00000000001AAA</ActionId>" before \
	"<Notification><Id>04lx00000000001AAA</Id>" sobject "</Notification>" after "</notifications></e:Body></e:Envelope>"
#define OUTBOUND_SOBJECT(fields) "<sObject xsi:type=\"sf:Contact\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"><sf:Id>003x00000000001AAA</sf:Id>" fields "</sObject>"

static void make_outbound(void)
{
	static const char *const texts[] = {
		OUTBOUND("", OUTBOUND_SOBJECT(""), ""),
		"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" OUTBOUND("<SessionId xsi:nil=\"true\"/><EnterpriseUrl>https://a</EnterpriseUrl><PartnerUrl>https://b</PartnerUrl>",
				OUTBOUND_SOBJECT("<sf:LastName>A &amp; B</sf:LastName><sf:Title xsi:nil=\"true\"/>"), ""),
		OUTBOUND("<SessionId>x</SessionId>", "<sObject xsi:type=\"Contact\" xmlns=\"urn:sobject.enterprise.soap.sforce.com\"><Id>003x00000000001</Id></sObject>", ""),
		OUTBOUND("", OUTBOUND_SOBJECT("<sf:A__c><![CDATA[<x>]]></sf:A__c><sf:B/>"), "<Notification><Id>04lx00000000002AAA</Id>" OUTBOUND_SOBJECT("") "</Notification>"),
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		seed_text(-1, texts[i]);
	}
}

static void make_bayeux(void)
{
	static const char *const texts[] = {
		"[{\"ext\":{\"replay\":true,\"payload.format\":true},\"minimumVersion\":\"1.0\",\"clientId\":\"1x\",\"supportedConnectionTypes\":[\"long-polling\"],\"channel\":\"/meta/connect\",\"id\":\"1\",\"successful\":true}]",
		"[{\"data\":{\"schema\":\"x\",\"payload\":{\"Name\":{\"LastName\":\"a\"},\"ChangeEventHeader\":{\"recordIds\":[\"003\"]}},\"event\":{\"replayId\":80}},\"channel\":\"/data/ContactChangeEvent\"},"
		"{\"clientId\":\"a\",\"advice\":{\"interval\":0,\"timeout\":110000,\"reconnect\":\"retry\"},\"channel\":\"/meta/connect\",\"id\":\"2\",\"successful\":true}]",
		"{\"ext\":{\"sfdc\":{\"failureReason\":\"401::Authentication invalid\"}},\"advice\":{\"reconnect\":\"none\"},\"channel\":\"/meta/connect\",\"error\":\"403::Handshake denied\",\"successful\":false}",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		seed_text(-1, texts[i]);
	}
}

static void make_vault(void)
{
	static const char *const passwords[] = { "p", "correct horse battery staple", "\xc3\xa9" };

	for (size_t i = 0; i < 3; i++) {
		unsigned char *bytes;
		struct sf_error error;
		struct sf_span token;
		size_t n;

		MUST(sf_vault_seal(forge_vault_key, &(struct sf_vault_order){ SF_PURPOSE_SALESFORCE_PASSWORD, SF_SPAN_NONE, SF_SPAN_LIT("a@b.example"), FORGE_NOW }, sf_span_of(passwords[i]), &arena, &token, &error));
		seed(0, token);
		bytes = sf_arena_alloc(&arena, SF_BASE64_DECODED(token.n));
		MUST(bytes && sf_base64url_decode((struct sf_span){ token.p + 5, token.n - 5 }, bytes, &n));
		seed(1, (struct sf_span){ (char *)bytes, n });
		seed_text(2, "\x0b" "a@b.examplethe password");
	}
}

/* ---- the back channel, and logouts ---- */

#define LOGOUT(kind, more, inner) "<samlp:" kind " xmlns:samlp=\"" SF_NS_SAMLP "\"" ASSERTION_NS " ID=\"_l\" Version=\"2.0\" IssueInstant=\"2027-01-15T08:00:00Z\"" more ">" ISSUER inner "</samlp:" kind ">"
#define LOGOUT_TO " Destination=\"https://sp.example/slo\""
#define ENVELOPE(header, inner) "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">" header "<s:Body>" inner "</s:Body></s:Envelope>"

static void make_back_channel(void)
{
	static const char *const logouts[] = {
		LOGOUT("LogoutRequest", LOGOUT_TO " NotOnOrAfter=\"2027-01-15T08:05:00Z\" Reason=\"urn:oasis:names:tc:SAML:2.0:logout:user\"",
				NAME_ID "<samlp:SessionIndex>_s</samlp:SessionIndex><samlp:SessionIndex>_t</samlp:SessionIndex>"),
		LOGOUT("LogoutRequest", "", "<samlp:Extensions><x xmlns=\"urn:x\"/></samlp:Extensions><saml:NameID>a<!-- -->b</saml:NameID>"),
		LOGOUT("LogoutRequest", LOGOUT_TO, "<saml:EncryptedID/>"),
		LOGOUT("LogoutResponse", LOGOUT_TO ANSWERS, STATUS),
		LOGOUT("LogoutResponse", LOGOUT_TO ANSWERS, "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"><samlp:StatusCode "
				"Value=\"urn:oasis:names:tc:SAML:2.0:status:PartialLogout\"/></samlp:StatusCode><samlp:StatusMessage>some</samlp:StatusMessage></samlp:Status>"),
		ENVELOPE("<s:Header><x xmlns=\"urn:x\" s:mustUnderstand=\"0\"/></s:Header>", LOGOUT("LogoutRequest", "", NAME_ID)),
		ENVELOPE("", "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>"),
	};
	static const char *const answers[] = {
		LOGOUT("ArtifactResponse", " InResponseTo=\"_resolve\"", STATUS RESPONSE(ANSWERS, ISSUER STATUS ANSWERING_ASSERTION)),
		LOGOUT("ArtifactResponse", " InResponseTo=\"_resolve\"", STATUS RESPONSE("", ISSUER STATUS GOOD_ASSERTION)),
		LOGOUT("ArtifactResponse", " InResponseTo=\"_resolve\"", "<samlp:Extensions><x xmlns=\"urn:x\"/></samlp:Extensions>" STATUS),
		LOGOUT("ArtifactResponse", " InResponseTo=\"_resolve\"", "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Requester\"/></samlp:Status>"),
	};

	for (int how = 0; how < 4; how++) { /* signed or not, pending or not */
		for (size_t i = 0; i < sizeof(logouts) / sizeof(logouts[0]); i++) {
			seed_text(how | 4, logouts[i]);
			seed_text(how | 16, logouts[i]);
			seed_text(how, logouts[i]);
		}
		for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
			seed_text(how | 8 | 16, answers[i]);
			seed_text(how | 8, answers[i]);
		}
	}
}

int main(int argc, char **argv)
{
	static const struct {
		const char *target;
		void (*make)(void);
	} makers[] = { { "metadata", make_metadata }, { "certificate", make_certificates }, { "base64", make_base64 }, { "json", make_json }, { "csv", make_csv }, { "xml", make_xml }, { "c14n", make_c14n }, { "vault", make_vault },
		{ "redirect", make_queries }, { "decrypt", make_decrypt }, { "outbound", make_outbound }, { "back_channel", make_back_channel }, { "bayeux", make_bayeux } };

	if (argc != 3) {
		fprintf(stderr, "usage: seeds TARGET DIR\n");
		return 2;
	}
	folder = argv[2];
	sf_arena_init(&arena, (size_t)256 << 20);
	forge_start(true);
	if (strcmp(argv[1], "response") == 0) {
		make_responses(true);
	} else if (strcmp(argv[1], "response_resigned") == 0) {
		make_responses(false);
	} else {
		for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
			if (strcmp(argv[1], makers[i].target) == 0) {
				makers[i].make();
			}
		}
	}
	sf_arena_free(&arena);
	return made ? 0 : 1;
}
