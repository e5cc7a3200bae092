/* PHP's values as SOQL's: a string, int, float, bool, null, \DateTimeInterface, or a list of these. */
#include "php_soql.h"

#include "ext/date/php_date.h"
#include "zend_smart_str.h"

#include "base/text.h"
#include "salesforce/soql.h"

#define PARAMETERS_MAX 1000

static bool copy_text(struct sf_arena *arena, const char *p, size_t n, struct sf_span *out)
{
	return sf_arena_copy(arena, (struct sf_span){ p, n }, out);
}

static bool number_value(zval *zv, struct sf_arena *arena, struct sf_soql_value *value)
{
	smart_str text = { 0 };
	bool ok;

	if (Z_TYPE_P(zv) == IS_DOUBLE) {
		if (!zend_finite(Z_DVAL_P(zv))) {
			return false;
		}
		smart_str_append_double(&text, Z_DVAL_P(zv), 17, false);
	} else {
		smart_str_append_long(&text, Z_LVAL_P(zv));
	}
	value->kind = SF_SOQL_NUMBER;
	ok = copy_text(arena, ZSTR_VAL(text.s), ZSTR_LEN(text.s), &value->text);
	smart_str_free(&text);
	return ok;
}

static bool time_value(zval *zv, struct sf_soql_value *value)
{
	zend_class_entry *ce = php_date_get_date_ce();
	zval seconds;

	if (!instanceof_function(Z_OBJCE_P(zv), php_date_get_interface_ce())) {
		return false;
	}
	/* DateTime's or DateTimeImmutable's own, of which every other is a child: no PHP code, which could change what is being read here */
	if (!instanceof_function(Z_OBJCE_P(zv), ce)) {
		ce = php_date_get_immutable_ce();
	}
	zend_call_known_instance_method_with_0_params(zend_hash_str_find_ptr(&ce->function_table, "gettimestamp", sizeof("gettimestamp") - 1), Z_OBJ_P(zv), &seconds);
	if (EG(exception) || Z_TYPE(seconds) != IS_LONG) {
		return false;
	}
	value->kind = SF_SOQL_TIME;
	value->time = Z_LVAL(seconds);
	return true;
}

/* shared: it is reached by a PHP reference, through which it could go away before it is used (by the handler of a signal, say). */
static bool scalar_value(zval *zv, bool shared, struct sf_arena *arena, struct sf_soql_value *value)
{
	shared |= Z_ISREF_P(zv);
	ZVAL_DEREF(zv);
	switch (Z_TYPE_P(zv)) {
	case IS_NULL: value->kind = SF_SOQL_NULL; return true;
	case IS_TRUE: value->kind = SF_SOQL_TRUE; return true;
	case IS_FALSE: value->kind = SF_SOQL_FALSE; return true;
	case IS_LONG:
	case IS_DOUBLE: return number_value(zv, arena, value);
	case IS_STRING:
		value->kind = SF_SOQL_STRING;
		value->text = (struct sf_span){ Z_STRVAL_P(zv), Z_STRLEN_P(zv) };
		return !shared || copy_text(arena, value->text.p, value->text.n, &value->text);
	case IS_OBJECT: return time_value(zv, value);
	default: return false;
	}
}

static bool list_values(zval *list, bool shared, struct sf_arena *arena, struct sf_soql_value *values)
{
	size_t i = 0;
	bool ok = true;
	zval held, *zv;

	ZVAL_COPY(&held, list); /* who changes it meanwhile changes a copy */
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL(held), zv) {
		ok = ok && scalar_value(zv, shared, arena, &values[i++]);
	} ZEND_HASH_FOREACH_END();
	zval_ptr_dtor(&held);
	return ok;
}

static bool one_parameter(zval *zv, struct sf_arena *arena, struct sf_soql_parameter *parameter)
{
	struct sf_soql_value *values;
	bool shared = Z_ISREF_P(zv);

	ZVAL_DEREF(zv);
	parameter->list = Z_TYPE_P(zv) == IS_ARRAY;
	parameter->n = parameter->list ? zend_hash_num_elements(Z_ARRVAL_P(zv)) : 1;
	values = sf_arena_zalloc(arena, parameter->n, sizeof(*values));
	parameter->values = values;
	if (!values) {
		return false;
	}
	return parameter->list ? list_values(zv, shared, arena, values) : scalar_value(zv, shared, arena, values);
}

static struct sf_soql_parameter *all_parameters(HashTable *parameters, struct sf_arena *arena, size_t *n)
{
	struct sf_soql_parameter *all = sf_arena_zalloc(arena, zend_hash_num_elements(parameters), sizeof(*all));
	zend_string *name;
	zval *zv;

	*n = 0;
	if (!all || zend_hash_num_elements(parameters) > PARAMETERS_MAX) {
		zend_argument_value_error(2, "must have at most %d parameters", PARAMETERS_MAX);
		return NULL;
	}
	ZEND_HASH_FOREACH_STR_KEY_VAL(parameters, name, zv) {
		if (!name) {
			zend_argument_value_error(2, "must have the parameters' names as keys, without the colon");
			return NULL;
		}
		all[*n].name = (struct sf_span){ ZSTR_VAL(name), ZSTR_LEN(name) };
		if (!one_parameter(zv, arena, &all[(*n)++])) {
			if (!EG(exception)) {
				zend_argument_value_error(2, "must have null, bool, int, a finite float, string, DateTimeInterface or a list of these as values; :%s is none of them", ZSTR_VAL(name));
			}
			return NULL;
		}
	} ZEND_HASH_FOREACH_END();
	return all;
}

typedef bool (*binder)(struct sf_span text, struct sf_soql_parameter *parameters, size_t n, struct sf_arena *arena, struct sf_span *out, struct sf_error *error);

static bool from_php(binder bind, const char *where, const char *language, zend_string *given, HashTable *parameters, struct sf_arena *arena, struct sf_span *out)
{
	struct sf_soql_parameter *all = NULL;
	struct sf_span text = { ZSTR_VAL(given), ZSTR_LEN(given) };
	struct sf_error error;
	size_t n = 0;

	if (text.n == 0 || !sf_utf8_valid(text)) {
		zend_argument_value_error(1, "must be %s in UTF-8", language);
		return false;
	}
	if (parameters && !(all = all_parameters(parameters, arena, &n))) {
		return false;
	}
	if (!bind(text, all, n, arena, out, &error)) {
		zend_value_error("Samlforce\\Salesforce\\Client::%s(): %s", where, error.where);
		return false;
	}
	return true;
}

bool sf_soql_from_php(zend_string *soql, HashTable *parameters, struct sf_arena *arena, struct sf_span *out)
{
	return from_php(sf_soql_bind, "query", "SOQL", soql, parameters, arena, out);
}

bool sf_sosl_from_php(zend_string *sosl, HashTable *parameters, struct sf_arena *arena, struct sf_span *out)
{
	return from_php(sf_sosl_bind, "search", "SOSL", sosl, parameters, arena, out);
}
