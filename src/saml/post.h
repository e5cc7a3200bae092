/* The HTTP-POST binding (saml-bindings-2.0-os §3.5): a message in a form that the browser sends. */
#ifndef SF_SAML_POST_H
#define SF_SAML_POST_H

#include "base/buf.h"

struct sf_post_page {
	struct sf_span action;      /* the provider's URL */
	struct sf_span name, value; /* of the message's field, SAMLRequest or SAMLResponse */
	struct sf_span relay_state; /* .p == NULL: none */
	struct sf_span nonce;       /* of the page's Content-Security-Policy; .p == NULL: none */
	struct sf_span button;      /* what is on it, and in the page's title */
	struct sf_span language;
};

/* The value of a message's field. */
bool sf_post_field(struct sf_span xml, struct sf_arena *arena, struct sf_span *field);

/*
 * A complete HTML page in UTF-8 whose form sends itself by its script, and by its button where no script runs: where there is none, or
 * where a policy without the nonce forbids it.
 */
bool sf_post_page(const struct sf_post_page *page, struct sf_arena *arena, struct sf_span *html);

/* Whether a text can be a nonce: 1 to 256 characters of base64 (CSP3 §2.3.1, base64-value). */
bool sf_post_nonce_valid(struct sf_span nonce);

#endif
