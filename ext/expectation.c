/* Samlforce\Saml\Expectation. */
#include "saml.h"

#include "zend_enum.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"
#include "zend_smart_str.h"

#include "ext/json/php_json.h"

#include "base/text.h"

#include "expectation_arginfo.h"

zend_class_entry *sf_ce_expectation;
static zend_object_handlers handlers;

#define TEXT_MAX ((size_t)256 * 1024)   /* of the JSON */
#define SENT_MAX INT64_C(253402300799) /* the end of the year 9999 */

static const char *const comparisons[] = { "Exact", "Minimum", "Maximum", "Better" };

static zend_object *create(zend_class_entry *ce)
{
	struct sf_expectation_object *e = zend_object_alloc(sizeof(*e), ce);

	sf_arena_init(&e->arena, (size_t)128 * 1024);
	zend_object_std_init(&e->std, ce);
	object_properties_init(&e->std, ce);
	e->std.handlers = &handlers;
	return &e->std;
}

static void free_object(zend_object *object)
{
	sf_arena_free(&sf_expectation_object(object)->arena);
	zend_object_std_dtor(object);
}

enum sf_comparison sf_comparison_of(zend_object *value)
{
	for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++) {
		if (sf_enum_is(value, comparisons[i])) {
			return (enum sf_comparison)i;
		}
	}
	return SF_COMPARISON_EXACT;
}

/* ---- from what was asked ---- */

static bool own(struct sf_expectation_object *e, struct sf_span *text)
{
	return !text->p || sf_arena_copy(&e->arena, *text, text);
}

static bool own_contexts(struct sf_expectation_object *e, struct sf_contexts *contexts)
{
	for (size_t i = 0; i < contexts->count; i++) {
		if (!own(e, &contexts->uris[i])) {
			return false;
		}
	}
	return true;
}

static void init_contexts(zend_object *object, const char *property, const struct sf_contexts *contexts)
{
	zval list;

	array_init(&list);
	for (size_t i = 0; i < contexts->count; i++) {
		add_next_index_stringl(&list, contexts->uris[i].p, contexts->uris[i].n);
	}
	sf_init_property(object, property, &list);
}

static void init_properties(struct sf_expectation_object *e)
{
	const struct sf_asked *asked = &e->asked;
	zend_object *object = &e->std;
	zval zv;

	sf_init_string(object, "requestId", e->request_id);
	sf_init_string(object, "provider", asked->provider);
	sf_init_string(object, "assertionConsumerUrl", asked->acs_url);
	ZVAL_LONG(&zv, (zend_long)asked->sent);
	sf_init_property(object, "sentAt", &zv);
	ZVAL_BOOL(&zv, asked->force_authn);
	sf_init_property(object, "forceAuthn", &zv);
	sf_init_string_or_null(object, "nameIdFormat", asked->name_id_format);
	sf_init_string_or_null(object, "spNameQualifier", asked->sp_name_qualifier);
	init_contexts(object, "authnContexts", &asked->contexts);
	sf_init_enum(object, "comparison", sf_ce_comparison, comparisons[asked->comparison]);
	init_contexts(object, "authnContextOrder", &asked->order);
	ZVAL_NULL(&zv);
	if (asked->has_max_age) {
		ZVAL_LONG(&zv, (zend_long)asked->max_age);
	}
	sf_init_property(object, "maxAge", &zv);
}

bool sf_expectation_to_zval(zval *return_value, const struct sf_asked *asked, struct sf_span request_id)
{
	struct sf_expectation_object *e;

	object_init_ex(return_value, sf_ce_expectation);
	e = sf_expectation_object(Z_OBJ_P(return_value));
	e->asked = *asked;
	e->request_id = request_id;
	if (!own(e, &e->request_id) || !own(e, &e->asked.provider) || !own(e, &e->asked.acs_url) || !own(e, &e->asked.name_id_format) || !own(e, &e->asked.sp_name_qualifier)
			|| !own_contexts(e, &e->asked.contexts) || !own_contexts(e, &e->asked.order)) {
		zval_ptr_dtor(return_value);
		ZVAL_UNDEF(return_value);
		return false;
	}
	init_properties(e);
	return true;
}

ZEND_METHOD(Samlforce_Saml_Expectation, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

/* ---- as a string ---- */

/* The properties by their names; enums are written by their values. */
ZEND_METHOD(Samlforce_Saml_Expectation, __toString)
{
	zval properties;
	smart_str json = { 0 };

	ZEND_PARSE_PARAMETERS_NONE();
	ZVAL_ARR(&properties, zend_std_build_object_properties_array(Z_OBJ_P(ZEND_THIS)));
	if (php_json_encode(&json, &properties, PHP_JSON_UNESCAPED_SLASHES | PHP_JSON_UNESCAPED_UNICODE) != SUCCESS || !json.s) {
		smart_str_free(&json);
		zval_ptr_dtor(&properties);
		zend_throw_error(NULL, "The expectation can't be written as JSON");
		RETURN_THROWS();
	}
	zval_ptr_dtor(&properties);
	RETVAL_STR(smart_str_extract(&json));
}

/* The value of a name if it is of this type; false otherwise. What may be null is *value = NULL then. */
static bool member(HashTable *json, const char *name, zend_uchar type, bool may_be_null, zval **value)
{
	*value = zend_hash_str_find(json, name, strlen(name));
	if (*value && may_be_null && Z_TYPE_P(*value) == IS_NULL) {
		*value = NULL;
		return true;
	}
	return *value && Z_TYPE_P(*value) == type;
}

static bool read_text(HashTable *json, const char *name, bool may_be_null, size_t max, struct sf_span *text)
{
	zval *value;

	*text = SF_SPAN_NONE;
	if (!member(json, name, IS_STRING, may_be_null, &value)) {
		return false;
	}
	if (value) {
		*text = sf_zstr_span(Z_STR_P(value));
	}
	return !value || (text->n > 0 && text->n <= max);
}

bool sf_contexts_read(HashTable *list, struct sf_contexts *contexts)
{
	zval *one;

	contexts->count = 0;
	ZEND_HASH_FOREACH_VAL(list, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_STRING || contexts->count == SF_CONTEXTS_MAX) {
			return false;
		}
		contexts->uris[contexts->count++] = sf_zstr_span(Z_STR_P(one));
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool read_number(HashTable *json, const char *name, bool may_be_null, bool *has, int64_t *number)
{
	zval *value;

	if (!member(json, name, IS_LONG, may_be_null, &value)) {
		return false;
	}
	*has = value != NULL;
	*number = value ? Z_LVAL_P(value) : 0;
	return true;
}

static bool read_comparison(HashTable *json, enum sf_comparison *comparison)
{
	zend_object *found = NULL;
	zval *value;

	if (!member(json, "comparison", IS_STRING, false, &value) || zend_enum_get_case_by_value(&found, sf_ce_comparison, 0, Z_STR_P(value), true) != SUCCESS || !found) {
		return false;
	}
	*comparison = sf_comparison_of(found);
	return true;
}

/* Every member there is, and no other. */
static bool read_json(HashTable *json, struct sf_asked *asked, struct sf_span *request_id)
{
	zval *force, *contexts, *order;
	bool has_sent;

	return zend_hash_num_elements(json) == (uint32_t)sf_ce_expectation->default_properties_count
			&& read_text(json, "requestId", false, 256, request_id) && read_text(json, "provider", false, SF_ENTITY_ID_MAX, &asked->provider)
			&& read_text(json, "assertionConsumerUrl", false, SF_URL_MAX, &asked->acs_url) && sf_url_valid(asked->acs_url, SF_URL_MAX)
			&& read_number(json, "sentAt", false, &has_sent, &asked->sent) && asked->sent >= 0 && asked->sent <= SENT_MAX
			&& (member(json, "forceAuthn", IS_TRUE, false, &force) || member(json, "forceAuthn", IS_FALSE, false, &force))
			&& ((asked->force_authn = Z_TYPE_P(force) == IS_TRUE), true)
			&& read_text(json, "nameIdFormat", true, SF_URI_MAX, &asked->name_id_format) && read_text(json, "spNameQualifier", true, SF_URI_MAX, &asked->sp_name_qualifier)
			&& member(json, "authnContexts", IS_ARRAY, false, &contexts) && sf_contexts_read(Z_ARRVAL_P(contexts), &asked->contexts)
			&& read_comparison(json, &asked->comparison)
			&& member(json, "authnContextOrder", IS_ARRAY, false, &order) && sf_contexts_read(Z_ARRVAL_P(order), &asked->order)
			&& read_number(json, "maxAge", true, &asked->has_max_age, &asked->max_age) && !sf_asked_fault(asked);
}

ZEND_METHOD(Samlforce_Saml_Expectation, fromString)
{
	struct sf_asked asked = { .sent = 0 };
	struct sf_span request_id;
	zend_string *text;
	zval json;
	bool ok;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(text)
	ZEND_PARSE_PARAMETERS_END();
	ZVAL_UNDEF(&json);
	ok = ZSTR_LEN(text) <= TEXT_MAX && php_json_decode_ex(&json, ZSTR_VAL(text), ZSTR_LEN(text), PHP_JSON_OBJECT_AS_ARRAY, 3) == SUCCESS
			&& Z_TYPE(json) == IS_ARRAY && read_json(Z_ARRVAL(json), &asked, &request_id)
			&& sf_expectation_to_zval(return_value, &asked, request_id);
	zval_ptr_dtor(&json);
	if (!ok) {
		zend_argument_value_error(1, "must be an expectation as a string");
	}
}

void sf_register_expectation(void)
{
	sf_ce_expectation = register_class_Samlforce_Saml_Expectation(zend_ce_stringable);
	sf_ce_expectation->create_object = create;
	memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
	handlers.offset = offsetof(struct sf_expectation_object, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
