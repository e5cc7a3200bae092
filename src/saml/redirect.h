/*
 * The HTTP-Redirect binding (saml-bindings-2.0-os §3.4): a message in the query of a URL, deflated, base64, percent-encoded, and its
 * signature beside it. What is signed are the bytes of the query, as they were written: nothing here decodes and encodes again.
 */
#ifndef SF_SAML_REDIRECT_H
#define SF_SAML_REDIRECT_H

#include "saml/provider.h"

#define SF_RELAY_STATE_MAX 80            /* of ours: saml-bindings-2.0-os §3.4.3 */
#define SF_RELAY_STATE_RECEIVED_MAX 1024 /* of theirs, who don't keep to it; what came with a request goes back with the answer */

/* A message that goes out. */
struct sf_redirect_message {
	struct sf_span destination; /* the provider's URL, which may have a query */
	bool response;              /* SAMLResponse; otherwise SAMLRequest */
	struct sf_span xml;
	struct sf_span relay_state; /* .p == NULL: none */
	const struct sf_key *key;   /* NULL: not signed */
};

/* *url has a terminator. */
bool sf_redirect_write(const struct sf_redirect_message *message, struct sf_arena *arena, struct sf_span *url, struct sf_error *error);

/* The parameters of a query that came in, as they stand in it; .p == NULL for one that isn't there. */
struct sf_redirect {
	bool response;
	struct sf_span message, relay_state, sig_alg, signature;
};

/*
 * query is the query string, raw, without the `?`; it may have other parameters. Exactly one message, nothing twice, no name in another
 * spelling (which another reader may take for the same), and no encoding but DEFLATE.
 */
bool sf_redirect_split(struct sf_span query, struct sf_redirect *out, struct sf_error *error);

/* Whether one of the provider's keys made the signature. *key is which one, *sha1 whether it rests on SHA-1 (where that is allowed). */
bool sf_redirect_verify(const struct sf_redirect *in, const struct sf_idp *idp, struct sf_key_cache *cache, struct sf_arena *arena, size_t *key, bool *sha1,
		struct sf_error *error);

/* The message itself, inflated no further than limits->bytes. The arena must be of SF_ARENA_FOR(limits). */
bool sf_redirect_inflate(const struct sf_redirect *in, const struct sf_xml_limits *limits, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error);

/* RelayState, decoded; .p == NULL if there is none. */
bool sf_redirect_relay_state(const struct sf_redirect *in, struct sf_arena *arena, struct sf_span *relay_state, struct sf_error *error);

#endif
