/* Samlforce\Saml\Binding and Comparison. */
#include "saml.h"

#include "zend_enum.h"

#include "binding_arginfo.h"

zend_class_entry *sf_ce_binding;
zend_class_entry *sf_ce_comparison;

bool sf_enum_is(zend_object *value, const char *name)
{
	return zend_string_equals_cstr(Z_STR_P(zend_enum_fetch_case_name(value)), name, strlen(name));
}

void sf_init_enum(zend_object *object, const char *property, zend_class_entry *ce, const char *name)
{
	zval zv;

	ZVAL_OBJ_COPY(&zv, zend_enum_get_case_cstr(ce, name));
	sf_init_property(object, property, &zv);
}

void sf_register_binding(void)
{
	sf_ce_binding = register_class_Samlforce_Saml_Binding();
	sf_ce_comparison = register_class_Samlforce_Saml_Comparison();
}
