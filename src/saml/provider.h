/* The two sides of a login, as the core sees them. */
#ifndef SF_SAML_PROVIDER_H
#define SF_SAML_PROVIDER_H

#include "crypto/keyring.h"
#include "crypto/pkey.h"
#include "xml/xml.h"

#define SF_ENTITY_ID_MAX 1024 /* saml-metadata-2.0-os §2.2.1 */
#define SF_URL_MAX 2000
#define SF_IDP_KEYS_MAX 16
#define SF_FURTHER_ACS_MAX 15
#define SF_CLOCK_SKEW_MAX 600
#define SF_OTHER_CERTIFICATES_MAX 3
#define SF_DECRYPTION_NAMES_MAX 4                           /* the one in use, the next and the last one, and one to spare */
#define SF_DECRYPTION_KEYS_MAX (2 * SF_DECRYPTION_NAMES_MAX) /* of each name the newest generation and the one before */

#define SF_BINDING_REDIRECT "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
#define SF_BINDING_POST "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
#define SF_BINDING_ARTIFACT "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
#define SF_BINDING_SOAP "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"

/* The bindings by which a message can go or come (saml-bindings-2.0-os §3); an artifact only stands for one. */
enum sf_binding {
	SF_BY_REDIRECT,
	SF_BY_POST,
	SF_BY_SOAP,
};
#define SF_BINDINGS 3

#define SF_ARTIFACT_SERVICES_MAX 8

/* Where a provider listens: http or https URLs that sf_url_valid(); .p == NULL where it doesn't. */
struct sf_endpoints {
	struct sf_span login[SF_BINDINGS];           /* SingleSignOnService; SOAP (ECP) is never taken */
	struct sf_span logout[SF_BINDINGS];          /* SingleLogoutService */
	struct sf_span logout_response[SF_BINDINGS]; /* where a LogoutResponse goes: ResponseLocation, or that of logout (saml-metadata-2.0-os §2.2.2) */
	struct sf_artifact_service {
		unsigned index; /* by which an artifact names it (saml-bindings-2.0-os §3.6.4); no index is there twice */
		struct sf_span url; /* SOAP */
	} artifact[SF_ARTIFACT_SERVICES_MAX];
	size_t artifact_count;
};

struct sf_idp {
	struct sf_span entity_id;
	struct sf_public_key keys[SF_IDP_KEYS_MAX];
	size_t key_count;
	struct sf_endpoints endpoints;
	bool wants_signed_requests; /* WantAuthnRequestsSigned */
	bool allow_unsolicited;
	bool allow_sha1;
	bool allow_inclusive_c14n;
	bool allow_root_reference;
	bool allow_rsa15;
	bool require_authenticated_encryption;
	int64_t clock_skew;
};

struct sf_sp {
	struct sf_span entity_id;
	struct sf_span acs_url;                              /* where answers come */
	struct sf_span further_acs_urls[SF_FURTHER_ACS_MAX]; /* where they may be asked to come instead */
	size_t further_acs_count;
	struct sf_span slo_url; /* where logout messages come in, by whatever binding; .p == NULL: nowhere */
	const struct sf_key *decryption_keys[SF_DECRYPTION_KEYS_MAX]; /* RSA; tried in this order */
	size_t decryption_key_count;

	/* for the metadata: of other generations of the key that signs, so that the provider knows one before it is used and after */
	struct sf_span other_certificates[SF_OTHER_CERTIFICATES_MAX];
	size_t other_certificate_count;
};

/* What a message may cost; the same for all of them. */
#define SF_ARENA_FOR(limits) ((limits)->bytes * 6 + (size_t)1024 * 1024)

#endif
