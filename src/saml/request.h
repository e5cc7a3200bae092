/* AuthnRequest (saml-core-2.0-os §3.4.1) by the Redirect and the POST binding (saml-bindings-2.0-os §3.4, §3.5). */
#ifndef SF_SAML_REQUEST_H
#define SF_SAML_REQUEST_H

#include "crypto/keyring.h"
#include "saml/asked.h"
#include "saml/redirect.h"

#define SF_REQUEST_ID 41 /* `_` and 40 hexadecimal digits: 160 bits */
#define SF_SCOPING_MAX 32
#define SF_PROVIDER_NAME_MAX 256
#define SF_PROXY_COUNT_MAX 100

/* A fresh ID of a message; an xs:ID must not begin with a digit, hence the `_`. id has room for the terminator. False if there are no random numbers. */
bool sf_message_id(char id[SF_REQUEST_ID + 1]);

/* entityIDs. */
struct sf_entities {
	struct sf_span ids[SF_SCOPING_MAX];
	size_t count;
};

struct sf_authn_request {
	struct sf_span destination; /* the provider's URL, which may have a query */
	struct sf_span relay_state; /* .p == NULL: none */
	struct sf_asked asked;
	bool is_passive;
	bool allow_create;
	bool by_artifact; /* the answer shall come as an artifact; otherwise by POST */
	bool has_acs_index;
	int64_t acs_index; /* says in our metadata what by_artifact and asked.acs_url say here, and goes out instead of both */
	struct sf_span provider_name; /* .p == NULL: none */
	/* Scoping (§3.4.1.2) */
	bool has_proxy_count;
	int64_t proxy_count;
	struct sf_entities idps, requesters;
	const struct sf_key *key; /* NULL: not signed */
};

/* *url has a terminator. id has room for SF_REQUEST_ID and the terminator. */
bool sf_authn_request_redirect(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_span *url, struct sf_error *error);

/* *field is the value of the form field SAMLRequest; RelayState is one of its own, and the caller's. */
bool sf_authn_request_post(const struct sf_sp *sp, const struct sf_authn_request *request, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_span *field, struct sf_error *error);

#endif
