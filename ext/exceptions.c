/* SamlforceException, KeyringException, and how the glue throws and fills in properties. */
#include "php_samlforce.h"

#include "zend_enum.h"
#include "zend_exceptions.h"

#include "exceptions_arginfo.h"

zend_class_entry *sf_ce_exception;
zend_class_entry *sf_ce_keyring_exception;
zend_class_entry *sf_ce_keyring_reason;

void sf_init_property(zend_object *object, const char *property, zval *value)
{
	zend_string *name = zend_string_init(property, strlen(property), 0);
	zend_property_info *info = zend_hash_find_ptr(&object->ce->properties_info, name);
	zval *slot;

	ZEND_ASSERT(info && !(info->flags & ZEND_ACC_STATIC));
	/* straight into the slot: a readonly property can be written from its own class's scope alone, and we are not in PHP code */
	slot = OBJ_PROP(object, info->offset);
	zval_ptr_dtor(slot);
	ZVAL_COPY_VALUE(slot, value);
	zend_string_release(name);
}

void sf_init_string(zend_object *object, const char *property, struct sf_span value)
{
	zval zv;

	ZVAL_STRINGL_FAST(&zv, value.n ? value.p : "", value.n);
	sf_init_property(object, property, &zv);
}

void sf_init_string_or_null(zend_object *object, const char *property, struct sf_span value)
{
	zval zv;

	if (value.p) {
		sf_init_string(object, property, value);
	} else {
		ZVAL_NULL(&zv);
		sf_init_property(object, property, &zv);
	}
}

zend_object *sf_throw(zend_class_entry *ce, zend_class_entry *reason_ce, const char *reason, const char *format, ...)
{
	zend_string *message;
	zend_object *object;
	va_list args;
	zval zv;

	/* exit() in PHP code that was called, or its fiber is given up: what unwinds the stack then is no exception that another may replace */
	if (EG(exception) && (zend_is_unwind_exit(EG(exception)) || zend_is_graceful_exit(EG(exception)))) {
		return NULL;
	}
	va_start(args, format);
	message = zend_vstrpprintf(0, format, args);
	va_end(args);
	object = zend_throw_exception(ce, ZSTR_VAL(message), 0);
	zend_string_release(message);

	ZVAL_OBJ_COPY(&zv, zend_enum_get_case_cstr(reason_ce, reason));
	sf_init_property(object, "reason", &zv);
	return object;
}

void sf_register_exceptions(void)
{
	sf_ce_exception = register_class_Samlforce_SamlforceException(zend_ce_exception);
	sf_ce_keyring_reason = register_class_Samlforce_KeyringReason();
	sf_ce_keyring_exception = register_class_Samlforce_KeyringException(sf_ce_exception);
}
