/* What the glue files of Samlforce\Salesforce share. */
#ifndef PHP_SALESFORCE_H
#define PHP_SALESFORCE_H

#include "php_samlforce.h"

#include "salesforce/api.h"

extern zend_class_entry *sf_ce_credentials;
extern zend_class_entry *sf_ce_token_store;

/* A store of the core's kind over an object of PHP's, which must outlive it. */
void sf_token_store_init(struct sf_token_store *store, zend_object *object, const struct sf_key *key);

/* Runs PHP code in the middle of a call of the core. False if it has thrown, or has ended the request. */
bool sf_run_php(void (*run)(void *arg), void *arg);

/* After every call of the core that may have run PHP code, when nothing but PHP's memory is held any more: where that code has ended the request, it ends here. */
void sf_end_callbacks(void);

/* Throws a SalesforceException with all that the failure says. */
void sf_throw_failure(const struct sf_failure *failure);

/* The connections and tokens of this worker, made at the first call; NULL, and an exception, if that fails. */
struct sf_api *sf_worker_api(void);

/* NULL, and an Error, for an object that Credentials' factories did not make. */
const struct sf_credentials *sf_credentials_of(zend_object *object);

/* samlforce.http.max_response_bytes; the ceiling keeps sums of it far from an overflow. */
static inline size_t sf_max_response(void)
{
	return MIN((size_t)SF_G(http).max_response_bytes, (size_t)1 << 30);
}

#endif
