/* Samlforce\Saml\Reason, SamlException, and the sentence for each reason. */
#include "saml.h"

#include "zend_enum.h"
#include "zend_smart_str.h"

#include "saml_exception_arginfo.h"

zend_class_entry *sf_ce_saml_exception;
zend_class_entry *sf_ce_saml_reason;

const char *sf_reason_name(int code)
{
	switch (code) {
#define SF_CASE(name, php) case SF_##name: return php;
	SF_SAML_REASONS(SF_CASE)
#undef SF_CASE
	default: return "Internal";
	}
}

/* What is wrong, and what to do about it. */
static const char *sentence(int code)
{
	switch (code) {
	case SF_TOO_LARGE: return "The message is larger than allowed (samlforce.saml.max_bytes)";
	case SF_NOT_BASE64: return "The message is not base64: it was cut or changed on its way";
	case SF_INVALID_QUERY: return "The query of the address can't be read: it was cut or changed on its way";
	case SF_MISSING_PARAMETER: return "The address holds no SAML message: it was cut on its way, or somebody opened it by hand";
	case SF_DUPLICATE_PARAMETER: return "The address holds a part of the SAML message twice, so that it can't be told which one counts";
	case SF_ENCODING_REFUSED: return "The message in the address is in another encoding than DEFLATE: set the provider to the HTTP-Redirect binding as SAML has it";
	case SF_NOT_DEFLATED: return "The message in the address can't be inflated: it was cut or changed on its way";
	case SF_SOAP_INVALID: return "This is no SOAP 1.1 envelope around one SAML message";
	case SF_SOAP_FAULT: return "The provider answered that it could not process the message: its log says why";
	case SF_ARTIFACT_INVALID: return "This is no artifact of SAML 2.0 (type 4): it was cut or changed on its way";
	case SF_ARTIFACT_SERVICE_UNKNOWN: return "The artifact names an artifact service that the provider's metadata doesn't have: get the metadata anew";
	case SF_ARTIFACT_UNRESOLVED: return "The provider doesn't know this artifact, or not any more: start again from the login page";
	case SF_BACK_CHANNEL_FAILED: return "The provider's artifact service could not be asked";
	case SF_NOT_UTF8: return "The message is not UTF-8";
	case SF_NOT_WELL_FORMED: return "The message is not well-formed XML";
	case SF_DOCTYPE: return "The message has a document type, which SAML forbids";
	case SF_PROCESSING_INSTRUCTION: return "The message has a processing instruction, which SAML has no use for";
	case SF_TOO_DEEP: return "The message is nested deeper than allowed (samlforce.saml.max_depth)";
	case SF_TOO_MANY_NODES: return "The message has more elements, attributes or IDs than allowed (samlforce.saml.max_nodes)";
	case SF_TOO_MANY_ATTRIBUTES: return "An element has more attributes than allowed (samlforce.saml.max_attributes)";
	case SF_TOO_MANY_NAMESPACES: return "The message declares more namespaces than allowed (samlforce.saml.max_namespaces)";
	case SF_INVALID_NAMESPACE: return "A namespace name is not an absolute URI";
	case SF_UNEXPECTED_ELEMENT: return "Something stands where it must not stand";
	case SF_MISSING_ELEMENT: return "An element that SAML demands is missing";
	case SF_UNEXPECTED_ATTRIBUTE: return "An attribute stands where it must not stand";
	case SF_MISSING_ATTRIBUTE: return "An attribute that SAML demands is missing";
	case SF_INVALID_ID: return "Something other than a plain ID attribute poses as an ID, or the ID is empty";
	case SF_DUPLICATE_ID: return "Two elements have the same ID";
	case SF_INVALID_VERSION: return "The message is not SAML 2.0";
	case SF_INVALID_TIME: return "A time is not written as xs:dateTime with a time zone";
	case SF_ASSERTION_COUNT: return "The Response must hold exactly one Assertion";
	case SF_DECRYPTION_KEY_MISSING: return "The provider encrypts, and this service provider names no key to decrypt with: name one (decryptionKeys), or switch encryption off there";
	case SF_DECRYPTION_FAILED:
		return "What the provider encrypted can't be opened, or isn't what belongs there: it must encrypt a signed Assertion for the certificate in our metadata, "
			   "with AES in GCM (or CBC, unless it is refused for this provider) and RSA-OAEP";
	case SF_NOT_SIGNED: return "The message is not signed: have the provider sign it (of a login, the Response or the Assertion)";
	case SF_SIGNATURE_PLACEMENT: return "A signature stands where it must not stand";
	case SF_SIGNATURE_SHAPE: return "The signature is not of the form that SAML allows";
	case SF_REFERENCE_MISMATCH: return "The signature covers another element than the one that holds it";
	case SF_TRANSFORM_REFUSED: return "The signature asks for a transform that is not allowed";
	case SF_ALGORITHM_REFUSED: return "The signature uses an algorithm that is not allowed for this provider";
	case SF_CANONICALIZATION_FAILED: return "The signed element can't be brought into canonical form";
	case SF_SIGNATURE_INVALID: return "The signature was not made with a key of this provider's certificates: compare them with those that the provider uses now";
	case SF_DIGEST_MISMATCH: return "What was signed was changed afterwards";
	case SF_STATUS_NOT_SUCCESS: return "The provider did not sign the person in";
	case SF_ISSUER_MISMATCH: return "The message comes from another provider than the one that was asked";
	case SF_DESTINATION_MISMATCH: return "The message is meant for another address: correct our address at the provider (for a login, the Assertion Consumer Service URL)";
	case SF_RECIPIENT_MISMATCH: return "The Assertion is meant for another recipient: correct the Assertion Consumer Service URL at the provider";
	case SF_AUDIENCE_MISMATCH: return "The Assertion is meant for another service provider: correct the Audience (entityID) at the provider";
	case SF_IN_RESPONSE_TO_MISMATCH: return "The message answers another request than the one that this browser was sent with: start again";
	case SF_UNSOLICITED: return "Nobody asked for this answer (a login that the provider starts on its own has to be allowed for it)";
	case SF_NO_BEARER_CONFIRMATION: return "The Assertion has no valid bearer confirmation";
	case SF_NOT_YET_VALID: return "The message is not valid yet: compare the clocks of both sides";
	case SF_EXPIRED: return "The message has expired: compare the clocks of both sides, or start again";
	case SF_CONDITION_REFUSED: return "The Assertion has a condition that is not understood";
	case SF_NO_AUTHN_STATEMENT: return "The Assertion doesn't say that the person signed in";
	case SF_SESSION_EXPIRED: return "The session at the provider has ended";
	case SF_NAME_ID_MISSING: return "The message names nobody";
	case SF_NAME_ID_MISMATCH: return "The name in the message is meant for another service provider";
	case SF_SESSION_INDEX_INVALID: return "A SessionIndex is empty, or longer than 1024 bytes";
	case SF_ATTRIBUTE_INVALID: return "An attribute of the Assertion has no name";
	case SF_AUTHN_TOO_OLD: return "The person signed in at the provider longer ago than was asked for: see that it asks for the password again when it is told to (ForceAuthn)";
	case SF_AUTHN_CONTEXT_MISMATCH: return "The person signed in at the provider in another way than was asked for: have the provider offer that way, or ask for another";
	case SF_NAME_ID_FORMAT_MISMATCH: return "The name in the Assertion is of another format than was asked for: set that format at the provider, or ask for none";
	case SF_REPLAYED: return "This message was used before: start again";
	case SF_REPLAY_GUARD_FAILED: return "Whether this message was used before can't be told, so it is refused";
	case SF_CERTIFICATE_INVALID: return "A certificate can't be used: it must be an X.509 certificate or a public key, of RSA, EC or Ed25519";
	case SF_METADATA_INVALID: return "This is no SAML 2.0 metadata";
	case SF_METADATA_EXPIRED: return "The metadata has expired: get it anew from the provider";
	case SF_ENTITY_NOT_FOUND: return "The metadata must have exactly one identity provider of that entityID";
	case SF_URL_REFUSED: return "An address is not an http or https URL that can be used";
	case SF_KEY_MISSING: return "This message has to be signed, and the service provider names no key to sign with: name one of the keyring";
	case SF_KEY_UNUSABLE: return "The signing key can't be used";
	default: return "Something failed inside; the error log of the server may say more";
	}
}

void sf_throw_saml(const struct sf_error *error)
{
	smart_str detail = { 0 };
	zend_object *object;

	smart_str_appends(&detail, sentence(error->code));
	if (error->where[0]) {
		smart_str_append_printf(&detail, " (%s", error->where);
		if (error->has_found && error->found[0]) {
			smart_str_append_printf(&detail, ": found \"%s\"", error->found);
		}
		if (error->has_expected && error->expected[0]) {
			smart_str_append_printf(&detail, "%s expected \"%s\"", error->found[0] ? "," : ":", error->expected);
		}
		smart_str_appendc(&detail, ')');
	}
	smart_str_appendc(&detail, '.');
	smart_str_0(&detail);
	object = sf_throw(sf_ce_saml_exception, sf_ce_saml_reason, sf_reason_name(error->code), "%s", ZSTR_VAL(detail.s));
	smart_str_free(&detail);
	if (!object) {
		return;
	}
	sf_init_string_or_null(object, "found", error->has_found && error->found[0] ? sf_span_of(error->found) : SF_SPAN_NONE);
	sf_init_string_or_null(object, "expected", error->has_expected && error->expected[0] ? sf_span_of(error->expected) : SF_SPAN_NONE);
}

struct sf_xml_limits sf_saml_limits(void)
{
	/* the ceiling keeps sums of it far from an overflow; libxml2 takes no text of more than 10 MB anyway */
	return (struct sf_xml_limits){
		.bytes = MIN((size_t)SF_G(saml).max_bytes, (size_t)16 * 1024 * 1024),
		.depth = (size_t)SF_G(saml).max_depth,
		.nodes = (size_t)SF_G(saml).max_nodes,
		.attributes = (size_t)SF_G(saml).max_attributes,
		.namespaces = (size_t)SF_G(saml).max_namespaces,
	};
}

struct sf_xml_limits sf_metadata_limits(void)
{
	struct sf_xml_limits limits = sf_saml_limits();

	/* libxml2's lengths are ints */
	limits.bytes = MIN((size_t)SF_G(saml).metadata_max_bytes, (size_t)256 * 1024 * 1024);
	limits.nodes = (size_t)SF_G(saml).metadata_max_nodes;
	limits.namespaces = (size_t)SF_G(saml).metadata_max_namespaces;
	limits.scope = SF_METADATA_SCOPE_MAX;
	return limits;
}

struct sf_key_cache *sf_saml_key_cache(void)
{
	struct sf_error error;

	if (!SF_G(key_cache) && !(SF_G(key_cache) = sf_key_cache_new())) {
		sf_fail(&error, SF_INTERNAL, "memory");
		sf_throw_saml(&error);
	}
	return SF_G(key_cache);
}

void sf_register_saml(void)
{
	sf_ce_saml_reason = register_class_Samlforce_Saml_Reason();
	sf_ce_saml_exception = register_class_Samlforce_Saml_SamlException(sf_ce_exception);
}
