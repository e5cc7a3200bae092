/* AuthnRequest by the Redirect binding (saml-core-2.0-os §3.4.1, saml-bindings-2.0-os §3.4). */
#ifndef SF_SAML_REQUEST_H
#define SF_SAML_REQUEST_H

#include "crypto/keyring.h"
#include "saml/redirect.h"

#define SF_REQUEST_ID 41 /* `_` and 40 hexadecimal digits: 160 bits */

/* A fresh ID of a message; an xs:ID must not begin with a digit, hence the `_`. id has room for the terminator. False if there are no random numbers. */
bool sf_message_id(char id[SF_REQUEST_ID + 1]);

struct sf_authn_request {
	struct sf_span destination; /* the provider's URL, which may have a query */
	struct sf_span relay_state; /* .p == NULL: none */
	struct sf_span name_id_format;
	bool force_authn;
	bool is_passive;
	int64_t now;
	const struct sf_key *key; /* NULL: not signed */
};

/* *url has a terminator. id has room for SF_REQUEST_ID and the terminator. */
bool sf_authn_request_redirect(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_span *url, struct sf_error *error);

#endif
