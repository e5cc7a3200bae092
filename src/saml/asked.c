#include "saml/asked.h"

#include "base/text.h"

/* The place of a context, from 0; -1 if it has none. */
static int place(const struct sf_contexts *contexts, struct sf_span uri)
{
	for (size_t i = 0; i < contexts->count; i++) {
		if (sf_span_eq(contexts->uris[i], uri)) {
			return (int)i;
		}
	}
	return -1;
}

static bool uri_ok(struct sf_span uri)
{
	return uri.n > 0 && uri.n <= SF_URI_MAX && sf_xml_text_valid(uri) && sf_span_trim(uri).n == uri.n;
}

static bool contexts_ok(const struct sf_contexts *contexts)
{
	for (size_t i = 0; i < contexts->count; i++) {
		if (!uri_ok(contexts->uris[i]) || place(contexts, contexts->uris[i]) != (int)i) {
			return false;
		}
	}
	return true;
}

const char *sf_asked_fault(const struct sf_asked *asked)
{
	if (asked->name_id_format.p && !uri_ok(asked->name_id_format)) {
		return "$nameIdFormat must be a URI of 1 to 1024 bytes";
	}
	if (asked->sp_name_qualifier.p && !uri_ok(asked->sp_name_qualifier)) {
		return "$spNameQualifier must be an entityID of 1 to 1024 bytes";
	}
	if (!contexts_ok(&asked->contexts)) {
		return "$authnContexts must be URIs of 1 to 1024 bytes, none of them twice";
	}
	if (!contexts_ok(&asked->order)) {
		return "$authnContextOrder must be URIs of 1 to 1024 bytes, none of them twice";
	}
	for (size_t i = 0; asked->comparison != SF_COMPARISON_EXACT && i < asked->contexts.count; i++) {
		if (place(&asked->order, asked->contexts.uris[i]) < 0) {
			return "$authnContextOrder must hold all of $authnContexts, for what is stronger can't be told without it";
		}
	}
	return asked->has_max_age && (asked->max_age < 0 || asked->max_age > SF_AUTHN_AGE_MAX) ? "$maxAge must be between 0 and 31536000 seconds" : NULL;
}

bool sf_asked_context_ok(const struct sf_asked *asked, struct sf_span context)
{
	int found = place(&asked->order, context), weakest = SF_CONTEXTS_MAX, strongest = -1;

	if (asked->contexts.count == 0) {
		return true;
	}
	if (asked->comparison == SF_COMPARISON_EXACT) {
		return place(&asked->contexts, context) >= 0;
	}
	for (size_t i = 0; i < asked->contexts.count; i++) {
		int at = place(&asked->order, asked->contexts.uris[i]);

		if (at < 0) {
			return false; /* its strength is unknown, and with it what would satisfy it */
		}
		weakest = at < weakest ? at : weakest;
		strongest = at > strongest ? at : strongest;
	}
	if (found < 0) {
		return false;
	}
	switch (asked->comparison) {
	case SF_COMPARISON_MINIMUM: return found >= weakest;
	case SF_COMPARISON_MAXIMUM: return found <= strongest;
	case SF_COMPARISON_BETTER: return found > strongest; /* "stronger than any one of" them */
	default: return false;
	}
}
