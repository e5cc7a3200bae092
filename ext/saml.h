/* What the files of Samlforce\Saml share. */
#ifndef SF_EXT_SAML_H
#define SF_EXT_SAML_H

#include "php_samlforce.h"

#include "saml/metadata.h"
#include "saml/response.h"

extern zend_class_entry *sf_ce_saml_exception;
extern zend_class_entry *sf_ce_saml_reason;
extern zend_class_entry *sf_ce_identity_provider;
extern zend_class_entry *sf_ce_assertion;
extern zend_class_entry *sf_ce_replay_guard;
extern zend_class_entry *sf_ce_binding;
extern zend_class_entry *sf_ce_comparison;
extern zend_class_entry *sf_ce_expectation;

struct sf_idp_object {
	struct sf_idp idp;
	struct sf_span certificates[SF_IDP_KEYS_MAX]; /* DER, as the keys in idp point into it */
	bool bare[SF_IDP_KEYS_MAX];                   /* it is a public key, and no certificate */
	struct sf_arena arena;
	bool constructed;
	zend_object std;
};

static inline struct sf_idp_object *sf_idp_object(zend_object *object)
{
	return (struct sf_idp_object *)((char *)object - offsetof(struct sf_idp_object, std));
}

struct sf_expectation_object {
	struct sf_asked asked;
	struct sf_span request_id; /* .p == NULL: it was not made by us */
	struct sf_arena arena;
	zend_object std;
};

static inline struct sf_expectation_object *sf_expectation_object(zend_object *object)
{
	return (struct sf_expectation_object *)((char *)object - offsetof(struct sf_expectation_object, std));
}

/* Fills return_value with an Expectation. False if there is no memory. */
bool sf_expectation_to_zval(zval *return_value, const struct sf_asked *asked, struct sf_span request_id);

/* A message that goes out, by the Redirect binding if field is NULL. */
struct sf_outgoing {
	struct sf_span id, url;
	const char *field; /* SAMLRequest or SAMLResponse */
	struct sf_span value, relay_state;
};

/* Fills return_value with a Message. expectation is NULL, or taken over. */
void sf_message_to_zval(zval *return_value, const struct sf_outgoing *message, zval *expectation);

/* Makes a string of what is in the arena. When PHP's memory limit ends the request here, the arena goes too: a worker lives on. */
void sf_return_text(zval *return_value, struct sf_span text, struct sf_arena *arena);

/* By the names of cases. */
bool sf_enum_is(zend_object *value, const char *name);
void sf_init_enum(zend_object *object, const char *property, zend_class_entry *ce, const char *name);
enum sf_comparison sf_comparison_of(zend_object *value);

/* The strings of an array, which own them; false if something else is in it, or too many. */
bool sf_contexts_read(HashTable *list, struct sf_contexts *contexts);

/* The limits of php.ini, for messages and for metadata. */
struct sf_xml_limits sf_saml_limits(void);
struct sf_xml_limits sf_metadata_limits(void);

/* This worker's; NULL with an exception if there is no memory. */
struct sf_key_cache *sf_saml_key_cache(void);

/* What is laxer than the default, or tighter, for one provider. */
struct sf_idp_switches {
	bool allow_unsolicited, allow_sha1, allow_inclusive_c14n, allow_root_reference, allow_rsa15, require_authenticated_encryption;
	zend_long clock_skew;
};

#define SF_IDP_SWITCHES_DEFAULT { .clock_skew = 60 }

/* Whether the clocks may differ so; otherwise with an exception. */
bool sf_clock_skew_ok(zend_long seconds, uint32_t argument);

/* An X.509 certificate or, by its label, a bare public key, which are 1 to SF_IDP_KEYS_MAX of a list; *der is what the key points into. */
bool sf_trusted_key(struct sf_arena *arena, struct sf_span text, struct sf_public_key *key, struct sf_span *der, bool *bare, struct sf_error *error);

/* Makes an IdentityProvider of what metadata says; false with an exception, and nothing made, if it can't be one. */
bool sf_idp_to_zval(zval *return_value, const struct sf_idp_metadata *found, const struct sf_idp_switches *switches);

/* A row of IdentityProvider::certificates(). */
void sf_idp_key_to_zval(const struct sf_idp_object *idp, size_t i, zval *row);

static inline struct sf_span sf_zstr_span(const zend_string *s)
{
	return s ? (struct sf_span){ ZSTR_VAL(s), ZSTR_LEN(s) } : SF_SPAN_NONE;
}

/* Throws SamlException for an error of the core. */
void sf_throw_saml(const struct sf_error *error);

/* A ServiceProvider, as the core sees it; and the key it signs with, or NULL with an exception. `what` is what can't go unsigned. */
const struct sf_sp *sf_sp_of(zend_object *object);
const struct sf_key *sf_sp_signing_key(zend_object *object, const char *what);

/* True if the guard says that nobody used this Assertion or message before. Otherwise an exception is pending. */
bool sf_replay_claim(zval *guard, const char *what, const char *replay_id, int64_t replay_until);

/* What acceptLogin(), explainLogin(), acceptArtifact() and explainArtifact() are told alike. */
struct sf_answer {
	zval *sp, *idp, *guard, *expectation; /* the last may be NULL; so is the guard of an explanation */
	zend_string *request_id; /* NULL: none is pending */
	zend_long now;
	bool now_is_null;
	uint32_t expectation_number; /* of that argument */
};

/* Judges by `accept`, makes the Assertion, and has it claimed last of all. Nothing, and an exception, if that fails. */
typedef bool (*sf_accept_fn)(struct sf_login *login, void *arg, struct sf_arena *arena, struct sf_login_result *result, struct sf_error *error);
void sf_accept(zval *return_value, const struct sf_answer *answer, sf_accept_fn accept, void *arg);

/* Judges by `accept` and makes a Report of it; nothing is claimed. */
void sf_explain(zval *return_value, const struct sf_answer *answer, sf_accept_fn accept, void *arg);

/* What a person should look at (enum sf_message_warning), in sentences. */
void sf_warnings_to_zval(unsigned warnings, zval *array);

/*
 * The shape of IdentityProvider::$endpoints, both ways. What is read from PHP points into its strings, and still has to pass
 * sf_endpoints_check(); false with an exception for what has another shape.
 */
extern const char *const sf_binding_names[SF_BINDINGS];
void sf_endpoints_to_zval(const struct sf_endpoints *endpoints, zval *array);
bool sf_endpoints_from_array(HashTable *array, struct sf_endpoints *endpoints);
bool sf_endpoints_check(const struct sf_endpoints *endpoints, struct sf_error *error);
bool sf_endpoints_copy(const struct sf_endpoints *from, struct sf_arena *arena, struct sf_endpoints *to);

/* Fills return_value with a Report. */
void sf_report_to_zval(zval *return_value, bool accepted, const struct sf_trace *trace, const struct sf_login_result *result, const struct sf_error *error);

/* Attribute names to lists of values. */
void sf_attributes_to_zval(const struct sf_assertion *assertion, zval *array);

/* The name of the enum case of a reason. */
const char *sf_reason_name(int code);

/* Fills return_value with an Assertion. */
void sf_assertion_to_zval(zval *return_value, const struct sf_login_result *result);

#endif
