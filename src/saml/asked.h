/* What a login request asked for, and whether the answer gives it (saml-core-2.0-os §3.4.1, §3.3.2.2.1). */
#ifndef SF_SAML_ASKED_H
#define SF_SAML_ASKED_H

#include <stdint.h>

#include "base/error.h"

#define SF_CONTEXTS_MAX 16
#define SF_URI_MAX 1024
#define SF_AUTHN_AGE_MAX 31536000 /* a year */

#define SF_FORMAT_UNSPECIFIED "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
#define SF_FORMAT_ENCRYPTED "urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted"

enum sf_comparison {
	SF_COMPARISON_EXACT, /* SAML's own default */
	SF_COMPARISON_MINIMUM,
	SF_COMPARISON_MAXIMUM,
	SF_COMPARISON_BETTER,
};

/* Authentication context classes, as URIs. */
struct sf_contexts {
	struct sf_span uris[SF_CONTEXTS_MAX];
	size_t count;
};

/* .p == NULL, no contexts, or false: not asked for. */
struct sf_asked {
	struct sf_span provider; /* the entityID of who was asked */
	struct sf_span acs_url;  /* where the answer must come */
	int64_t sent;
	bool force_authn;
	struct sf_span name_id_format;
	struct sf_span sp_name_qualifier;
	struct sf_contexts contexts;
	enum sf_comparison comparison;
	struct sf_contexts order; /* all that are known, the weakest first; SAML has none of its own */
	bool has_max_age;
	int64_t max_age; /* of the authentication, in seconds; no part of the request */
};

/*
 * Whether it can be told of every answer if it gives what was asked: texts are URIs of a usable length, no context is there twice, and
 * for a comparison other than exact each of the contexts has its place in the order. NULL, or the sentence that says what is wrong, with the names that requestLogin() has.
 */
const char *sf_asked_fault(const struct sf_asked *asked);

/* Whether a context (.p == NULL: none was given) satisfies what was asked. */
bool sf_asked_context_ok(const struct sf_asked *asked, struct sf_span context);

#endif
