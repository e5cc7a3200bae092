/* Samlforce\Salesforce\TokenStore: a store that is PHP code, as the core calls it. */
#include "php_salesforce.h"

#include "zend_exceptions.h"

#define TEXT_MAX ((size_t)128 * 1024)

zend_class_entry *sf_ce_token_store;

static bool store_failed(struct sf_failure *failure, const char *message)
{
	return sf_failure_set(failure, SF_REASON_TOKEN_STORE, SF_ACTION_RETRY, message);
}

struct store_call {
	zend_object *store;
	const char *method;
	zval *result;
	uint32_t count;
	zval *arguments;
};

static void run_call(void *arg)
{
	const struct store_call *c = arg;
	zend_function *function = zend_hash_str_find_ptr(&c->store->ce->function_table, c->method, strlen(c->method));

	zend_call_known_function(function, c->store, c->store->ce, c->result, c->count, c->arguments, NULL);
}

static bool call(zend_object *store, const char *method, zval *result, uint32_t count, zval *arguments)
{
	struct store_call c = { store, method, result, count, arguments };

	ZVAL_UNDEF(result);
	return sf_run_php(run_call, &c);
}

static void span_to_zval(zval *zv, struct sf_span span)
{
	if (span.p) {
		ZVAL_STRINGL(zv, span.p, span.n);
	} else {
		ZVAL_NULL(zv);
	}
}

static bool load(void *arg, struct sf_span id, struct sf_arena *arena, struct sf_span *text, struct sf_failure *failure)
{
	zval argument, result;
	bool ok;

	*text = SF_SPAN_NONE;
	ZVAL_STRINGL(&argument, id.p, id.n);
	ok = call(arg, "load", &result, 1, &argument);
	if (!ok) {
		store_failed(failure, "The token store could not be read");
	} else if (Z_TYPE(result) == IS_STRING) {
		ok = (Z_STRLEN(result) <= TEXT_MAX && sf_arena_copy(arena, (struct sf_span){ Z_STRVAL(result), Z_STRLEN(result) }, text))
				|| store_failed(failure, "The token store gave more than was ever put there");
	}
	if (!SF_G(bailed)) {
		zval_ptr_dtor(&result);
		zval_ptr_dtor(&argument);
	}
	return ok;
}

static bool replace(void *arg, struct sf_span id, struct sf_span expected, struct sf_span text, bool *done, struct sf_failure *failure)
{
	zval arguments[3], result;
	bool ok;

	*done = false;
	ZVAL_STRINGL(&arguments[0], id.p, id.n);
	span_to_zval(&arguments[1], expected);
	span_to_zval(&arguments[2], text);
	ok = call(arg, "replace", &result, 3, arguments);
	if (ok) {
		*done = Z_TYPE(result) == IS_TRUE;
	} else {
		store_failed(failure, "The token store could not be written");
	}
	if (!SF_G(bailed)) {
		zval_ptr_dtor(&result);
		for (size_t i = 0; i < 3; i++) {
			zval_ptr_dtor(&arguments[i]);
		}
	}
	return ok;
}

void sf_token_store_init(struct sf_token_store *store, zend_object *object, const struct sf_key *key)
{
	*store = (struct sf_token_store){ .arg = object, .key = sf_key_raw(key), .ring = sf_process_keyring, .load = load, .replace = replace };
}
