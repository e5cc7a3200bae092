/* Two generations of what is known of one identity provider: what a person should see of the difference, and when he should be asked. */
#ifndef SF_SAML_CHANGE_H
#define SF_SAML_CHANGE_H

#include "saml/provider.h"

enum sf_service {
	SF_SERVICE_LOGIN,
	SF_SERVICE_LOGOUT,
	SF_SERVICE_LOGOUT_RESPONSE,
	SF_SERVICE_ARTIFACT,
};

struct sf_endpoint_change {
	enum sf_service service;
	unsigned which;          /* enum sf_binding, or the index of an artifact service */
	struct sf_span from, to; /* .p == NULL: it was not there, or isn't any more */
	bool new_host;           /* `to` is at a scheme, host and port where nothing of this provider was before */
};

#define SF_ENDPOINT_CHANGES_MAX (3 * SF_BINDINGS + 2 * SF_ARTIFACT_SERVICES_MAX)

struct sf_idp_change {
	bool kept[SF_IDP_KEYS_MAX];  /* for each key of the known one: the other has it too, in whatever certificate */
	bool added[SF_IDP_KEYS_MAX]; /* for each key of the other: the known one hasn't */
	bool drops_every_key;
	struct sf_endpoint_change endpoints[SF_ENDPOINT_CHANGES_MAX];
	size_t endpoint_count;
	bool new_host;
	bool any; /* anything of the above */
};

/* Points into both. */
void sf_idp_compare(const struct sf_idp *known, const struct sf_idp *other, struct sf_idp_change *out);

/*
 * SHA-256 over entityID, keys in any order, and endpoints, in hexadecimal: the same for two documents that say the same of the
 * provider. What a person has said yes to.
 */
#define SF_FINGERPRINT 64
bool sf_idp_fingerprint(const struct sf_idp *idp, struct sf_arena *arena, char out[SF_FINGERPRINT + 1]);

#endif
