/* Samlforce\Saml\Assertion. */
#include "saml.h"

#include "assertion_arginfo.h"

zend_class_entry *sf_ce_assertion;

static void init_long(zend_object *object, const char *property, zend_long value)
{
	zval zv;

	ZVAL_LONG(&zv, value);
	sf_init_property(object, property, &zv);
}

void sf_attributes_to_zval(const struct sf_assertion *a, zval *array)
{
	array_init(array);
	for (size_t i = 0; i < a->attribute_count; i++) {
		const struct sf_attribute *attribute = &a->attributes[i];
		zend_string *name = zend_string_init(attribute->name.p, attribute->name.n, 0);
		zval *values = zend_symtable_find(Z_ARRVAL_P(array), name);

		if (!values) {
			zval list;

			array_init(&list);
			values = zend_symtable_update(Z_ARRVAL_P(array), name, &list);
		}
		if (attribute->has_value) {
			add_next_index_stringl(values, attribute->value.n ? attribute->value.p : "", attribute->value.n);
		}
		zend_string_release(name);
	}
}

void sf_warnings_to_zval(unsigned warnings, zval *array)
{
	array_init(array);
	if (warnings & SF_WARN_CERTIFICATE_EXPIRED) {
		add_next_index_string(array, "The provider's certificate has expired. Its key is pinned, so the login is good; get the new metadata.");
	}
	if (warnings & SF_WARN_SHORT_KEY) {
		add_next_index_string(array, "The provider signs with an RSA key shorter than 2048 bits.");
	}
	if (warnings & SF_WARN_SHA1) {
		add_next_index_string(array, "The provider signs with SHA-1. Have it sign with SHA-256, and switch SHA-1 off here.");
	}
}

void sf_assertion_to_zval(zval *return_value, const struct sf_login_result *result)
{
	const struct sf_assertion *a = &result->assertion;
	zend_object *object;
	zval zv;

	object_init_ex(return_value, sf_ce_assertion);
	object = Z_OBJ_P(return_value);
	sf_init_string(object, "id", a->id);
	sf_init_string(object, "issuer", a->issuer);
	sf_init_string(object, "nameId", a->name_id);
	sf_init_string_or_null(object, "nameIdFormat", a->name_id_format);
	sf_init_string_or_null(object, "nameQualifier", a->name_qualifier);
	sf_init_string_or_null(object, "spNameQualifier", a->sp_name_qualifier);
	sf_init_string_or_null(object, "sessionIndex", a->session_index);
	sf_init_string_or_null(object, "inResponseTo", a->in_response_to);
	sf_init_string_or_null(object, "authnContext", a->authn_context);
	init_long(object, "notOnOrAfter", (zend_long)a->not_on_or_after);
	init_long(object, "authnInstant", (zend_long)a->authn_instant);
	if (a->has_session_not_on_or_after) {
		init_long(object, "sessionNotOnOrAfter", (zend_long)a->session_not_on_or_after);
	} else {
		ZVAL_NULL(&zv);
		sf_init_property(object, "sessionNotOnOrAfter", &zv);
	}
	sf_attributes_to_zval(a, &zv);
	sf_init_property(object, "attributes", &zv);
	sf_warnings_to_zval(result->warnings, &zv);
	sf_init_property(object, "warnings", &zv);
}

ZEND_METHOD(Samlforce_Saml_Assertion, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Saml_Assertion, attribute)
{
	zend_string *name;
	zval rv, *attributes, *values, *first;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	attributes = zend_read_property(sf_ce_assertion, Z_OBJ_P(ZEND_THIS), "attributes", sizeof("attributes") - 1, 1, &rv);
	ZVAL_DEREF(attributes);
	values = Z_TYPE_P(attributes) == IS_ARRAY ? zend_symtable_find(Z_ARRVAL_P(attributes), name) : NULL;
	first = values && Z_TYPE_P(values) == IS_ARRAY ? zend_hash_index_find(Z_ARRVAL_P(values), 0) : NULL;
	if (first) {
		RETURN_COPY(first);
	}
}

void sf_register_assertion(void)
{
	sf_ce_assertion = register_class_Samlforce_Saml_Assertion();
}
