/* IdentityProvider::$endpoints: an array of arrays of URLs, by binding or by index. */
#include "saml.h"

#include "base/text.h"

const char *const sf_binding_names[SF_BINDINGS] = { [SF_BY_REDIRECT] = "redirect", [SF_BY_POST] = "post", [SF_BY_SOAP] = "soap" };

/* ---- to PHP ---- */

static void add_urls(zval *array, const char *name, const struct sf_span urls[SF_BINDINGS], const struct sf_span but[SF_BINDINGS])
{
	zval list;

	array_init(&list);
	for (int by = 0; by < SF_BINDINGS; by++) {
		if (urls[by].p && !(but && sf_span_eq(urls[by], but[by]))) {
			add_assoc_stringl(&list, sf_binding_names[by], urls[by].p, urls[by].n);
		}
	}
	add_assoc_zval(array, name, &list);
}

void sf_endpoints_to_zval(const struct sf_endpoints *endpoints, zval *array)
{
	zval list;

	array_init(array);
	add_urls(array, "login", endpoints->login, NULL);
	add_urls(array, "logout", endpoints->logout, NULL);
	add_urls(array, "logoutResponse", endpoints->logout_response, endpoints->logout);
	array_init(&list);
	for (size_t i = 0; i < endpoints->artifact_count; i++) {
		add_index_stringl(&list, endpoints->artifact[i].index, endpoints->artifact[i].url.p, endpoints->artifact[i].url.n);
	}
	add_assoc_zval(array, "artifact", &list);
}

/* ---- from PHP ---- */

static bool wrong(const char *what)
{
	zend_value_error("IdentityProvider: $endpoints %s", what);
	return false;
}

static zend_string *url_of(zval *value)
{
	ZVAL_DEREF(value);
	return Z_TYPE_P(value) == IS_STRING ? Z_STR_P(value) : NULL;
}

static bool read_urls(HashTable *list, bool soap, struct sf_span urls[SF_BINDINGS])
{
	zend_string *key, *url;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(list, key, value) {
		int by = 0;

		while (key && by < SF_BINDINGS && !zend_string_equals_cstr(key, sf_binding_names[by], strlen(sf_binding_names[by]))) {
			by++;
		}
		if (!key || by == SF_BINDINGS || (by == SF_BY_SOAP && !soap)) {
			return wrong("must name the bindings redirect, post and (for a logout) soap alone");
		}
		if (!(url = url_of(value))) {
			return wrong("must hold URLs, by binding or by index");
		}
		urls[by] = sf_zstr_span(url);
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool read_artifact(HashTable *list, struct sf_endpoints *endpoints)
{
	zend_string *key, *url;
	zend_ulong index;
	zval *value;

	ZEND_HASH_FOREACH_KEY_VAL(list, index, key, value) {
		if (key || index > 65535 || endpoints->artifact_count == SF_ARTIFACT_SERVICES_MAX) {
			return wrong("must hold at most " ZEND_TOSTR(SF_ARTIFACT_SERVICES_MAX) " artifact services, by their index of 0 to 65535");
		}
		if (!(url = url_of(value))) {
			return wrong("must hold URLs, by binding or by index");
		}
		endpoints->artifact[endpoints->artifact_count++] = (struct sf_artifact_service){ (unsigned)index, sf_zstr_span(url) };
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool read_part(zend_string *name, HashTable *list, struct sf_endpoints *endpoints)
{
	if (zend_string_equals_literal(name, "login")) {
		return read_urls(list, false, endpoints->login);
	}
	if (zend_string_equals_literal(name, "logout")) {
		return read_urls(list, true, endpoints->logout);
	}
	if (zend_string_equals_literal(name, "logoutResponse")) {
		return read_urls(list, true, endpoints->logout_response);
	}
	if (zend_string_equals_literal(name, "artifact")) {
		return read_artifact(list, endpoints);
	}
	return wrong("has the parts login, logout, logoutResponse and artifact alone");
}

bool sf_endpoints_from_array(HashTable *array, struct sf_endpoints *endpoints)
{
	zend_string *name;
	zval *list;

	ZEND_HASH_FOREACH_STR_KEY_VAL(array, name, list) {
		ZVAL_DEREF(list);
		if (!name || Z_TYPE_P(list) != IS_ARRAY) {
			return wrong("has the parts login, logout, logoutResponse and artifact alone, each an array");
		}
		if (!read_part(name, Z_ARRVAL_P(list), endpoints)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	for (int by = 0; by < SF_BINDINGS; by++) {
		if (endpoints->logout_response[by].p && !endpoints->logout[by].p) {
			return wrong("must say where a logout request goes for each binding of logoutResponse");
		}
	}
	return true;
}

/* ---- in the core's hands ---- */

static bool check_url(struct sf_span url, const char *where, struct sf_error *error)
{
	return !url.p || sf_url_valid(url, SF_URL_MAX) || sf_fail_found(error, SF_URL_REFUSED, where, url);
}

bool sf_endpoints_check(const struct sf_endpoints *endpoints, struct sf_error *error)
{
	for (int by = 0; by < SF_BINDINGS; by++) {
		if (!check_url(endpoints->login[by], by == SF_BY_REDIRECT ? "loginUrl" : "login", error)
				|| !check_url(endpoints->logout[by], by == SF_BY_REDIRECT ? "logoutUrl" : "logout", error)
				|| !check_url(endpoints->logout_response[by], "logoutResponse", error)) {
			return false;
		}
	}
	for (size_t i = 0; i < endpoints->artifact_count; i++) {
		if (!check_url(endpoints->artifact[i].url, "artifact", error)) {
			return false;
		}
	}
	return true;
}

static bool copy(struct sf_span from, struct sf_arena *arena, struct sf_span *to)
{
	*to = SF_SPAN_NONE;
	return !from.p || sf_arena_copy(arena, from, to);
}

bool sf_endpoints_copy(const struct sf_endpoints *from, struct sf_arena *arena, struct sf_endpoints *to)
{
	bool ok = true;

	memset(to, 0, sizeof(*to));
	for (int by = 0; by < SF_BINDINGS; by++) {
		const struct sf_span *response = from->logout_response[by].p ? &from->logout_response[by] : &from->logout[by];

		ok = ok && copy(from->login[by], arena, &to->login[by]) && copy(from->logout[by], arena, &to->logout[by])
				&& copy(*response, arena, &to->logout_response[by]);
	}
	for (size_t i = 0; i < from->artifact_count; i++) {
		to->artifact[i].index = from->artifact[i].index;
		ok = ok && copy(from->artifact[i].url, arena, &to->artifact[i].url);
	}
	to->artifact_count = from->artifact_count;
	return ok;
}
