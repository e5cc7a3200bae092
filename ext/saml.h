/* What the files of Samlforce\Saml share. */
#ifndef SF_EXT_SAML_H
#define SF_EXT_SAML_H

#include "php_samlforce.h"

#include "saml/response.h"

extern zend_class_entry *sf_ce_saml_exception;
extern zend_class_entry *sf_ce_saml_reason;
extern zend_class_entry *sf_ce_identity_provider;
extern zend_class_entry *sf_ce_assertion;
extern zend_class_entry *sf_ce_replay_guard;

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

/* The limits of php.ini. */
struct sf_xml_limits sf_saml_limits(void);

static inline struct sf_span sf_zstr_span(const zend_string *s)
{
	return s ? (struct sf_span){ ZSTR_VAL(s), ZSTR_LEN(s) } : SF_SPAN_NONE;
}

/* Throws SamlException for an error of the core. */
void sf_throw_saml(const struct sf_error *error);

/* A ServiceProvider, as the core sees it; and the key it signs with, or NULL with an exception. `what` is what can't go unsigned. */
const struct sf_sp *sf_sp_of(zend_object *object);
const struct sf_key *sf_sp_signing_key(zend_object *object, const char *what);

/* Makes a Message of the Redirect binding. */
void sf_message_to_zval(zval *return_value, const char *id, struct sf_span url);

/* True if the guard says that nobody used this Assertion or message before. Otherwise an exception is pending. */
bool sf_replay_claim(zval *guard, const char *what, const char *replay_id, int64_t replay_until);

/* What a person should look at (enum sf_message_warning), in sentences. */
void sf_warnings_to_zval(unsigned warnings, zval *array);

/*
 * The shape of IdentityProvider::$endpoints, both ways. What is read from PHP points into its strings, and still has to pass
 * sf_endpoints_check(); false with an exception for what has another shape.
 */
void sf_endpoints_to_zval(const struct sf_endpoints *endpoints, zval *array);
bool sf_endpoints_from_array(HashTable *array, struct sf_endpoints *endpoints);
bool sf_endpoints_check(const struct sf_endpoints *endpoints, struct sf_error *error);
bool sf_endpoints_copy(const struct sf_endpoints *from, struct sf_arena *arena, struct sf_endpoints *to);

/* Fills return_value with an Assertion. */
void sf_assertion_to_zval(zval *return_value, const struct sf_login_result *result);

#endif
