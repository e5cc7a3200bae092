/* What the glue files share. Only files in ext/ include this, or any header of PHP. */
#ifndef PHP_SAMLFORCE_H
#define PHP_SAMLFORCE_H

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php_compat.h"

#include "base/error.h"
#include "crypto/keyring.h"
#include "crypto/pkey.h"

#define PHP_SAMLFORCE_VERSION "0.1.0"

extern zend_module_entry samlforce_module_entry;
#define phpext_samlforce_ptr &samlforce_module_entry

ZEND_BEGIN_MODULE_GLOBALS(samlforce)
	char *keyring_folder;
	char *keyring_passphrase;
	char *site;
	char *password_deny_list;
	char *allowed_hosts;
	char *ca_file;
	struct {
		zend_long max_bytes;
		zend_long max_depth;
		zend_long max_nodes;
		zend_long max_attributes;
		zend_long max_namespaces;
		zend_long metadata_max_bytes;
		zend_long metadata_max_nodes;
		zend_long metadata_max_namespaces;
	} saml;
	struct {
		zend_long max_response_bytes;
		zend_long gzip_min_bytes;
		zend_long slow_down_percent;
		char *proxy;
	} http;
	struct {
		zend_long max_bytes;
		zend_long max_nodes;
	} outbound;
	struct sf_key_cache *key_cache; /* what OpenSSL made of the identity providers' keys; NULL until the first login */
	bool bailed; /* PHP code that the core called has ended the request; the core is still to be unwound */
	void *worker; /* ext/client.c: the connections and tokens of this worker; NULL until the first call */
ZEND_END_MODULE_GLOBALS(samlforce)

ZEND_EXTERN_MODULE_GLOBALS(samlforce)
#define SF_G(v) ZEND_MODULE_GLOBALS_ACCESSOR(samlforce, v)

#if defined(ZTS) && defined(COMPILE_DL_SAMLFORCE)
ZEND_TSRMLS_CACHE_EXTERN()
#endif

/* The keyring of the process, read in MINIT; NULL when samlforce.keyring is empty or unusable. */
extern struct sf_keyring *sf_process_keyring;

/* What the workers of this machine share; NULL if the memory for it failed. */
extern struct sf_share *sf_process_share;

/* Why there is none, in one sentence. */
extern char sf_keyring_trouble[512];

/* One for each file of ext/: registers its classes. Called in MINIT in the order of samlforce.c. */
void sf_register_exceptions(void);
void sf_register_keyring(void);
void sf_register_saml(void);
void sf_register_identity_provider(void);
void sf_register_metadata(void);
void sf_register_metadata_change(void);
void sf_register_assertion(void);
void sf_register_binding(void);
void sf_register_expectation(void);
void sf_register_message(void);
void sf_register_report(void);
void sf_register_service_provider(void);
void sf_register_logout(void);
void sf_register_vault(void);
void sf_register_policy(void);
void sf_register_salesforce_exception(void);
void sf_register_credentials(void);
void sf_register_bulk(void);
void sf_register_client(void);
void sf_register_results(void);
void sf_register_row_results(void);
void sf_register_query_rows(zend_class_entry *ce);
void sf_register_changes(void);
void sf_register_outbound_message(void);

/* End of the worker (or thread): closes the connections that this process made, wipes the tokens. */
void sf_client_worker_free(void *worker);
/* Rows of phpinfo() about the worker's connections. */
void sf_client_info(void);

extern zend_class_entry *sf_ce_exception;
extern zend_class_entry *sf_ce_keyring_exception;
extern zend_class_entry *sf_ce_keyring_reason;

/* Looks a key up for use, or throws KeyringException with the sentence that says what is wrong. */
const struct sf_key *sf_keyring_use(zend_string *name);

/* samlforce.site: what sealed passwords are bound to. PHP code can't choose it. */
struct sf_span sf_vault_site(void);

/* What kind of thing a key is, for a sentence: "a private key", "a vault key", "a client secret". */
const char *sf_key_kind_name(const struct sf_key *key);

/* DER as PEM. */
zend_string *sf_pem(struct sf_span der, const char *label);

/*
 * Throws ce with this message; `reason` is the NAME of the enum case (of reason_ce), stored in the property $reason.
 * Returns the exception object, so that a caller can set more of its properties; NULL, and nothing is thrown, where PHP code that
 * was called has ended the request.
 */
zend_object *sf_throw(zend_class_entry *ce, zend_class_entry *reason_ce, const char *reason, const char *format, ...) ZEND_ATTRIBUTE_FORMAT(printf, 4, 5);

/* Sets a declared property of an object that is being made, readonly or not. */
void sf_init_string(zend_object *object, const char *property, struct sf_span value);
void sf_init_string_or_null(zend_object *object, const char *property, struct sf_span value); /* value.p == NULL gives null */
void sf_init_property(zend_object *object, const char *property, zval *value);                  /* takes over the reference */

#endif
