/* Samlforce\Saml\Message. */
#include "saml.h"

#include "zend_exceptions.h"

#include "base/text.h"
#include "saml/post.h"

#include "message_arginfo.h"

static zend_class_entry *ce_message;

void sf_message_to_zval(zval *return_value, const struct sf_outgoing *message, zval *expectation)
{
	zend_object *object;
	zval fields, none;

	object_init_ex(return_value, ce_message);
	object = Z_OBJ_P(return_value);
	sf_init_string(object, "id", message->id);
	sf_init_string(object, "url", message->url);
	sf_init_enum(object, "binding", sf_ce_binding, message->field ? "Post" : "Redirect");
	if (message->field) {
		array_init(&fields);
		add_assoc_stringl(&fields, message->field, message->value.p, message->value.n);
		if (message->relay_state.p) {
			add_assoc_stringl(&fields, "RelayState", message->relay_state.p, message->relay_state.n);
		}
	} else {
		ZVAL_EMPTY_ARRAY(&fields);
	}
	sf_init_property(object, "fields", &fields);
	ZVAL_NULL(&none);
	sf_init_property(object, "expectation", expectation ? expectation : &none);
}

ZEND_METHOD(Samlforce_Saml_Message, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

/* The fields of a Message as they were made; false for one by the Redirect binding. */
static bool read_fields(zend_object *object, struct sf_post_page *page)
{
	zval rv, *url = zend_read_property(object->ce, object, "url", sizeof("url") - 1, 1, &rv), rv2;
	zval *fields = zend_read_property(object->ce, object, "fields", sizeof("fields") - 1, 1, &rv2), *value;
	zend_string *name;

	if (Z_TYPE_P(url) != IS_STRING || Z_TYPE_P(fields) != IS_ARRAY) {
		return false;
	}
	page->action = sf_zstr_span(Z_STR_P(url));
	ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(fields), name, value) {
		if (zend_string_equals_literal(name, "RelayState")) {
			page->relay_state = sf_zstr_span(Z_STR_P(value));
		} else {
			page->name = sf_zstr_span(name);
			page->value = sf_zstr_span(Z_STR_P(value));
		}
	} ZEND_HASH_FOREACH_END();
	return page->name.p != NULL;
}

ZEND_METHOD(Samlforce_Saml_Message, form)
{
	zend_string *nonce = NULL, *button = NULL, *language = NULL;
	struct sf_post_page page = { .button = SF_SPAN_LIT("Continue"), .language = SF_SPAN_LIT("en") };
	struct sf_arena arena;
	struct sf_error error;
	struct sf_span html;

	ZEND_PARSE_PARAMETERS_START(0, 3)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(nonce)
		Z_PARAM_STR(button)
		Z_PARAM_STR(language)
	ZEND_PARSE_PARAMETERS_END();
	if (nonce && !sf_post_nonce_valid(sf_zstr_span(nonce))) {
		zend_argument_value_error(1, "must be 1 to 256 characters of base64");
		RETURN_THROWS();
	}
	if (button && (ZSTR_LEN(button) == 0 || ZSTR_LEN(button) > 200 || !sf_utf8_valid(sf_zstr_span(button)))) {
		zend_argument_value_error(2, "must be 1 to 200 bytes of UTF-8");
		RETURN_THROWS();
	}
	if (language && (ZSTR_LEN(language) == 0 || ZSTR_LEN(language) > 35 || !sf_utf8_valid(sf_zstr_span(language)))) {
		zend_argument_value_error(3, "must be 1 to 35 bytes of UTF-8");
		RETURN_THROWS();
	}
	if (!read_fields(Z_OBJ_P(ZEND_THIS), &page)) {
		zend_throw_error(NULL, "A message by the Redirect binding has no form: send the browser to its $url");
		RETURN_THROWS();
	}
	page.nonce = sf_zstr_span(nonce);
	page.button = button ? sf_zstr_span(button) : page.button;
	page.language = language ? sf_zstr_span(language) : page.language;
	sf_arena_init(&arena, 8 * page.value.n + (size_t)1024 * 1024);
	if (sf_post_page(&page, &arena, &html)) {
		sf_return_text(return_value, html, &arena);
	} else {
		sf_fail(&error, SF_INTERNAL, "memory");
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

void sf_register_message(void)
{
	ce_message = register_class_Samlforce_Saml_Message();
}
