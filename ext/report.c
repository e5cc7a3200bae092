/* Samlforce\Saml\Report and Check, and the words for each check. */
#include "saml.h"

#include "zend_enum.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "ext/spl/spl_array.h"

#include "report_arginfo.h"

static zend_class_entry *ce_check_name;
static zend_class_entry *ce_check_result;
static zend_class_entry *ce_check;
static zend_class_entry *ce_report;
static zend_object_handlers handlers;

/* A Report, and what the login would be. */
struct report_object {
	zval assertion; /* undefined where it was refused: */
	struct sf_error refusal;
	char replay_id[SF_REPLAY_ID + 1];
	int64_t replay_until;
	zend_object std;
};

static struct report_object *report_object(zend_object *object)
{
	return (struct report_object *)((char *)object - offsetof(struct report_object, std));
}

static zend_object *create_report(zend_class_entry *ce)
{
	struct report_object *report = zend_object_alloc(sizeof(*report), ce);

	ZVAL_UNDEF(&report->assertion);
	zend_object_std_init(&report->std, ce);
	object_properties_init(&report->std, ce);
	report->std.handlers = &handlers;
	return &report->std;
}

static void free_report(zend_object *object)
{
	zval_ptr_dtor(&report_object(object)->assertion);
	zend_object_std_dtor(object);
}

static const char *const names[] = {
#define SF_NAME(name, php) php,
	SF_SAML_CHECKS(SF_NAME)
#undef SF_NAME
};

static const char *title(enum sf_check check)
{
	switch (check) {
	case SF_CHECK_PROVIDER: return "The answer is judged by the provider that was asked.";
	case SF_CHECK_ARTIFACT: return "The artifact is one of this provider's, and names an artifact service that it has.";
	case SF_CHECK_BACK_CHANNEL: return "The provider's artifact service can be asked, and answers.";
	case SF_CHECK_ARTIFACT_RESPONSE: return "The answer is the provider's, to our question, and holds a message.";
	case SF_CHECK_ENCODING: return "The form field is base64, and no larger than allowed.";
	case SF_CHECK_XML: return "It is XML in UTF-8, without a document type, within the limits.";
	case SF_CHECK_SHAPE: return "Every element stands where SAML has it, and none is missing.";
	case SF_CHECK_STATUS: return "The provider says that it succeeded.";
	case SF_CHECK_ASSERTION_COUNT: return "There is exactly one Assertion.";
	case SF_CHECK_IDS: return "No two elements have the same ID.";
	case SF_CHECK_WRAPPING: return "There is no second message, Assertion or Signature anywhere in it.";
	case SF_CHECK_SIGNED: return "The Response, the Assertion or what is encrypted is signed.";
	case SF_CHECK_DECRYPTION: return "What is encrypted can be opened with our key, and holds a signed Assertion.";
	case SF_CHECK_SIGNATURE_SHAPE: return "The Signature has the parts that SAML allows, and no others.";
	case SF_CHECK_SIGNATURE_ALGORITHM: return "The Signature's algorithms are allowed for this provider.";
	case SF_CHECK_SIGNATURE_VALUE: return "The Signature was made with a key of this provider's certificates.";
	case SF_CHECK_SIGNATURE_REFERENCE: return "The Signature covers the element that it stands in.";
	case SF_CHECK_SIGNATURE_DIGEST: return "What was signed has not been changed.";
	case SF_CHECK_CERTIFICATE: return "The provider's key is long enough and its certificate has not expired.";
	case SF_CHECK_HEAD: return "It is SAML 2.0, with an ID and the time at which it was made.";
	case SF_CHECK_ISSUER: return "It comes from this provider.";
	case SF_CHECK_DESTINATION: return "The Response is meant for this address.";
	case SF_CHECK_NAME_ID: return "The Assertion names somebody, to us, in the format that was asked for.";
	case SF_CHECK_CONFIRMATION: return "Whoever brings the Assertion is the person that it names (bearer).";
	case SF_CHECK_RECIPIENT: return "The Assertion is meant for this address.";
	case SF_CHECK_CONFIRMATION_TIME: return "The Assertion is brought in time.";
	case SF_CHECK_IN_RESPONSE_TO: return "It answers the request that this browser was sent with.";
	case SF_CHECK_VALIDITY: return "The Assertion is valid now.";
	case SF_CHECK_AUDIENCE: return "The Assertion is meant for this service provider.";
	case SF_CHECK_CONDITIONS: return "There is no condition that is not understood.";
	case SF_CHECK_AUTHN_STATEMENT: return "The Assertion says that the person signed in, and when.";
	case SF_CHECK_SESSION: return "The session at the provider goes on.";
	case SF_CHECK_FRESHNESS: return "The person signed in as recently as was asked for.";
	case SF_CHECK_AUTHN_CONTEXT: return "The person signed in in a way that was asked for.";
	case SF_CHECK_ATTRIBUTES: return "The attributes have names and can be read.";
	case SF_CHECK_SOLICITED: return "Somebody asked for this login, or the provider may start one.";
	case SF_CHECK_REPLAY: return "The Assertion was not used before.";
	default: return "";
	}
}

/* The next step, for what a login can be refused for. */
static const char *advice(int code)
{
	switch (code) {
	case SF_TOO_LARGE: return "Raise samlforce.saml.max_bytes in php.ini, or have the provider send fewer attributes.";
	case SF_TOO_DEEP:
	case SF_TOO_MANY_NODES:
	case SF_TOO_MANY_ATTRIBUTES:
	case SF_TOO_MANY_NAMESPACES: return "Have the provider send fewer attributes, or raise the limit of this name in php.ini (samlforce.saml.*).";
	case SF_NOT_BASE64: return "Copy the whole value of the form field SAMLResponse, or look for a proxy that cuts long forms.";
	case SF_NOT_UTF8:
	case SF_NOT_WELL_FORMED:
	case SF_DOCTYPE:
	case SF_PROCESSING_INSTRUCTION:
	case SF_INVALID_NAMESPACE: return "Take the message from the browser anew; if it is still so, ask the provider's support why it sends this.";
	case SF_UNEXPECTED_ELEMENT:
	case SF_MISSING_ELEMENT:
	case SF_UNEXPECTED_ATTRIBUTE:
	case SF_MISSING_ATTRIBUTE:
	case SF_INVALID_ID:
	case SF_INVALID_VERSION:
	case SF_INVALID_TIME: return "See that the provider sends a SAML 2.0 Response of the Web Browser SSO profile, and that nothing on the way changes it.";
	case SF_DUPLICATE_ID:
	case SF_SIGNATURE_PLACEMENT:
	case SF_REFERENCE_MISMATCH:
	case SF_DIGEST_MISMATCH: return "Find out who changed the message on its way: this is what a forgery looks like, or a proxy that rewrites forms.";
	case SF_ASSERTION_COUNT: return "Set the provider to send one Assertion for one person.";
	case SF_DECRYPTION_KEY_MISSING: return "Name a key to decrypt with in this site's settings, or switch encryption off at the provider.";
	case SF_DECRYPTION_FAILED: return "Load our current metadata at the provider, and have it encrypt a signed Assertion with AES-GCM and RSA-OAEP.";
	case SF_NOT_SIGNED: return "Switch the signing of the Response or the Assertion on at the provider.";
	case SF_SIGNATURE_SHAPE:
	case SF_TRANSFORM_REFUSED:
	case SF_CANONICALIZATION_FAILED: return "Set the provider to plain enveloped signatures with exclusive C14N.";
	case SF_ALGORITHM_REFUSED: return "Set the provider to RSA-SHA256 or ECDSA with SHA-256; only where it can't, allow the older one here for this provider.";
	case SF_SIGNATURE_INVALID: return "Load the provider's metadata here anew: it signs with another certificate than those that are stored.";
	case SF_ARTIFACT_INVALID: return "Copy the whole value of the parameter SAMLart; an artifact of SAML 2.0 has 60 characters or so.";
	case SF_ARTIFACT_SERVICE_UNKNOWN: return "Load the provider's metadata here anew: it has another ArtifactResolutionService than those that are stored.";
	case SF_ARTIFACT_UNRESOLVED: return "Start again from the login page: an artifact is good for a minute or so, and once. If it is always so, load our current metadata at the provider.";
	case SF_BACK_CHANNEL_FAILED: return "Name the service's host in samlforce.allowed_hosts in php.ini, see that this server may open connections to it, and that its certificate is good.";
	case SF_SOAP_INVALID:
	case SF_SOAP_FAULT: return "Look into the provider's own log: its artifact service did not answer as SAML has it.";
	case SF_URL_REFUSED: return "The artifact service must have an https address in the provider's metadata.";
	case SF_STATUS_NOT_SUCCESS: return "Look into the provider's own log: it refused this person, or the way in which it was asked.";
	case SF_ISSUER_MISMATCH: return "Compare the provider's entityID in its metadata with the one that is stored here, byte by byte.";
	case SF_DESTINATION_MISMATCH:
	case SF_RECIPIENT_MISMATCH: return "Set the Assertion Consumer Service URL at the provider to the one that is expected, byte by byte.";
	case SF_AUDIENCE_MISMATCH: return "Set the Audience (entityID of the service provider) at the provider to the one that is expected, byte by byte.";
	case SF_IN_RESPONSE_TO_MISMATCH: return "Start again from the login page, in one tab; if it is always so, see that the session's cookie survives the way back.";
	case SF_UNSOLICITED: return "Start at this site's login page, or allow logins that the provider starts for this provider.";
	case SF_NO_BEARER_CONFIRMATION: return "Set the provider to the Web Browser SSO profile, with a bearer confirmation that has NotOnOrAfter and no NotBefore.";
	case SF_NOT_YET_VALID: return "Set the clocks of both sides by NTP, or allow a larger difference for this provider.";
	case SF_EXPIRED: return "Set the clocks of both sides by NTP; a message that was kept is explained with the time at which it came.";
	case SF_CONDITION_REFUSED: return "Have the provider leave this condition out.";
	case SF_NO_AUTHN_STATEMENT: return "Set the provider to send an AuthnStatement.";
	case SF_SESSION_EXPIRED: return "Sign in at the provider anew.";
	case SF_NAME_ID_MISSING: return "Set the provider to send a NameID.";
	case SF_NAME_ID_MISMATCH: return "Have the provider leave SPNameQualifier out of the NameID, or set it to what is expected.";
	case SF_NAME_ID_FORMAT_MISMATCH: return "Set the format of the NameID at the provider to the one that is asked for, or ask for none.";
	case SF_ATTRIBUTE_INVALID: return "Give every attribute a name at the provider.";
	case SF_AUTHN_TOO_OLD: return "See that the provider asks for the password again when it is told to (ForceAuthn), or ask for less.";
	case SF_AUTHN_CONTEXT_MISMATCH: return "Have the provider offer the way of signing in that is asked for, or ask for another one.";
	default: return "Look into the error log of the server.";
	}
}

static const char *warning(unsigned warnings)
{
	if (warnings & SF_WARN_CERTIFICATE_EXPIRED) {
		return "Load the provider's metadata here anew: the stored certificate has expired, though its key is still the right one.";
	}
	if (warnings & SF_WARN_SHA1) {
		return "Have the provider sign with SHA-256, and switch SHA-1 off here.";
	}
	return "Have the provider sign with a longer key, of 2048 bits at least.";
}

static void init_text(zend_object *object, const char *property, const char *text)
{
	sf_init_string_or_null(object, property, sf_span_of(text));
}

static void init_null(zend_object *object, const char *property)
{
	zval none;

	ZVAL_NULL(&none);
	sf_init_property(object, property, &none);
}

static zend_object *add_check(zval *list, enum sf_check check, const char *result)
{
	zend_object *object;
	zval zv;

	object_init_ex(&zv, ce_check);
	object = Z_OBJ(zv);
	add_next_index_zval(list, &zv);
	sf_init_enum(object, "name", ce_check_name, names[check]);
	sf_init_enum(object, "result", ce_check_result, result);
	init_text(object, "title", title(check));
	return object;
}

/* Whether a check is about the message as it came, and not yet about an element of it. */
static bool is_of_the_whole(enum sf_check check)
{
	return check == SF_CHECK_PROVIDER || check == SF_CHECK_ARTIFACT || check == SF_CHECK_BACK_CHANNEL || check == SF_CHECK_ENCODING || check == SF_CHECK_XML || check == SF_CHECK_SOLICITED;
}

static void add_row(zval *list, const struct sf_trace_row *row)
{
	static const char *const results[] = { "Passed", "Warned", "Failed" };
	const struct sf_error *e = &row->error;
	zend_object *object = add_check(list, row->check, results[row->state]);

	init_text(object, "subject", is_of_the_whole(row->check) ? NULL : row->scope == SF_SCOPE_RESPONSE ? "Response" : "Assertion");
	sf_init_string_or_null(object, "found", e->has_found && e->found[0] ? sf_span_of(e->found) : SF_SPAN_NONE);
	sf_init_string_or_null(object, "expected", e->has_expected && e->expected[0] ? sf_span_of(e->expected) : SF_SPAN_NONE);
	if (row->state == SF_CHECK_FAILED) {
		sf_init_enum(object, "reason", sf_ce_saml_reason, sf_reason_name(e->code));
		init_text(object, "advice", advice(e->code));
		sf_init_string_or_null(object, "where", e->where[0] ? sf_span_of(e->where) : SF_SPAN_NONE);
	} else {
		init_null(object, "reason");
		init_null(object, "where");
		init_text(object, "advice", row->state == SF_CHECK_WARNED ? warning(row->warnings) : NULL);
	}
}

static void add_unreached(zval *list, enum sf_check check)
{
	zend_object *object = add_check(list, check, "NotReached");

	init_null(object, "subject");
	init_null(object, "reason");
	init_null(object, "found");
	init_null(object, "expected");
	init_null(object, "where");
	init_text(object, "advice", check == SF_CHECK_REPLAY ? "Nothing to do: an explanation claims nothing, so that the same message can be looked at again." : NULL);
}

static bool was_made(const struct sf_trace *trace, enum sf_check check)
{
	for (size_t i = 0; i < trace->count; i++) {
		if (trace->rows[i].check == check) {
			return true;
		}
	}
	return false;
}

/* Whether a check that was not made would have been: some are for some logins alone. */
static bool is_for(const struct sf_trace *trace, enum sf_check check)
{
	switch (check) {
	case SF_CHECK_PROVIDER:
	case SF_CHECK_DECRYPTION: return false;
	case SF_CHECK_ENCODING: return !was_made(trace, SF_CHECK_ARTIFACT);
	case SF_CHECK_ARTIFACT:
	case SF_CHECK_BACK_CHANNEL:
	case SF_CHECK_ARTIFACT_RESPONSE: return was_made(trace, SF_CHECK_ARTIFACT);
	default: return true;
	}
}

static void checks_to_zval(const struct sf_trace *trace, bool accepted, zval *list)
{
	array_init(list);
	for (size_t i = 0; i < trace->count; i++) {
		add_row(list, &trace->rows[i]);
	}
	for (int check = 0; !accepted && check < SF_CHECK_REPLAY; check++) {
		if (is_for(trace, (enum sf_check)check) && !was_made(trace, (enum sf_check)check)) {
			add_unreached(list, (enum sf_check)check);
		}
	}
	add_unreached(list, SF_CHECK_REPLAY);
}

void sf_report_to_zval(zval *return_value, bool accepted, const struct sf_trace *trace, const struct sf_login_result *result, const struct sf_error *error)
{
	zend_object *object;
	zval zv;

	object_init_ex(return_value, ce_report);
	object = Z_OBJ_P(return_value);
	ZVAL_BOOL(&zv, accepted);
	sf_init_property(object, "accepted", &zv);
	if (accepted) {
		struct report_object *report = report_object(object);

		sf_assertion_to_zval(&report->assertion, result);
		memcpy(report->replay_id, result->replay_id, sizeof(report->replay_id));
		report->replay_until = result->replay_until;
		init_null(object, "reason");
	} else {
		report_object(object)->refusal = *error;
		sf_init_enum(object, "reason", sf_ce_saml_reason, sf_reason_name(error->code));
	}
	sf_init_string_or_null(object, "issuer", result->assertion.issuer);
	sf_init_string_or_null(object, "nameId", result->assertion.name_id);
	sf_init_string_or_null(object, "nameIdFormat", result->assertion.name_id_format);
	sf_attributes_to_zval(&result->assertion, &zv);
	sf_init_property(object, "attributes", &zv);
	checks_to_zval(trace, accepted, &zv);
	sf_init_property(object, "checks", &zv);
}

ZEND_METHOD(Samlforce_Saml_Check, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Saml_Report, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

/* The list of checks; NULL with an exception for a Report that nobody made. */
static zval *checks_of(zend_object *object, zval *rv)
{
	zval *checks = zend_read_property(ce_report, object, "checks", sizeof("checks") - 1, 1, rv);

	if (Z_TYPE_P(checks) != IS_ARRAY) {
		zend_throw_error(NULL, "The Report was not made by explainLogin()");
		return NULL;
	}
	return checks;
}

ZEND_METHOD(Samlforce_Saml_Report, getIterator)
{
	zval rv, *checks;

	ZEND_PARSE_PARAMETERS_NONE();
	checks = checks_of(Z_OBJ_P(ZEND_THIS), &rv);
	if (!checks) {
		RETURN_THROWS();
	}
	object_init_ex(return_value, spl_ce_ArrayIterator);
	zend_call_known_instance_method_with_1_params(spl_ce_ArrayIterator->constructor, Z_OBJ_P(return_value), NULL, checks);
}

ZEND_METHOD(Samlforce_Saml_Report, count)
{
	zval rv, *checks;

	ZEND_PARSE_PARAMETERS_NONE();
	checks = checks_of(Z_OBJ_P(ZEND_THIS), &rv);
	if (!checks) {
		RETURN_THROWS();
	}
	RETURN_LONG(zend_hash_num_elements(Z_ARRVAL_P(checks)));
}

ZEND_METHOD(Samlforce_Saml_Report, assertion)
{
	struct report_object *report = report_object(Z_OBJ_P(ZEND_THIS));
	zval *guard;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_OBJECT_OF_CLASS(guard, sf_ce_replay_guard)
	ZEND_PARSE_PARAMETERS_END();
	if (Z_TYPE(report->assertion) != IS_OBJECT) {
		sf_throw_saml(&report->refusal);
		RETURN_THROWS();
	}
	if (sf_replay_claim(guard, "Assertion", report->replay_id, report->replay_until)) {
		RETURN_COPY(&report->assertion);
	}
}

void sf_register_report(void)
{
	ce_check_name = register_class_Samlforce_Saml_CheckName();
	ce_check_result = register_class_Samlforce_Saml_CheckResult();
	ce_check = register_class_Samlforce_Saml_Check();
	ce_report = register_class_Samlforce_Saml_Report(zend_ce_aggregate, zend_ce_countable);
	ce_report->create_object = create_report;
	memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
	handlers.offset = offsetof(struct report_object, std);
	handlers.free_obj = free_report;
	handlers.clone_obj = NULL;
}
