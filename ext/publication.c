/* The arguments of ServiceProvider::metadata(), as the core takes them. */
#include "publication.h"

#include "zend_enum.h"

#include "base/text.h"

/* Of ServiceProvider::metadata(). */
enum {
	ARG_NAME_ID_FORMATS = 3,
	ARG_ATTRIBUTES = 4,
	ARG_CONTACTS = 5,
	ARG_ORGANIZATION = 6,
	ARG_UI = 7,
	ARG_LOGOUT = 8,
};

#define TEXT_MAX 1024

static bool wrong(uint32_t argument, const char *what)
{
	zend_argument_value_error(argument, "%s", what);
	return false;
}

/* One entry of an array that is a text: its place in `names`, where *out goes; URLs are those whose name ends so. */
struct field {
	const char *name;
	struct sf_span *out;
	bool url;
};

static bool read_text(zval *value, bool url, uint32_t argument, struct sf_span *out)
{
	ZVAL_DEREF(value);
	if (Z_TYPE_P(value) != IS_STRING || Z_STRLEN_P(value) == 0 || Z_STRLEN_P(value) > (url ? SF_URL_MAX : TEXT_MAX)) {
		return wrong(argument, "must hold texts of 1 to 1024 bytes and URLs of at most 2000");
	}
	*out = sf_zstr_span(Z_STR_P(value));
	if (!sf_xml_text_valid(*out)) {
		return wrong(argument, "must hold UTF-8 that XML can hold");
	}
	return !url || sf_url_valid(*out, SF_URL_MAX) || wrong(argument, "has an address that is no http or https URL");
}

/* A map of these fields and of nothing else; what has a value of another kind is the caller's (`taken`). */
static bool read_fields(HashTable *map, const struct field *fields, size_t count, const char *taken, uint32_t argument)
{
	zend_string *key;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(map, key, value) {
		size_t i = 0;

		if (key && taken && zend_string_equals_cstr(key, taken, strlen(taken))) {
			continue;
		}
		while (key && i < count && !zend_string_equals_cstr(key, fields[i].name, strlen(fields[i].name))) {
			i++;
		}
		if (!key || i == count) {
			return wrong(argument, "has an entry of a name that isn't known");
		}
		if (!read_text(value, fields[i].url, argument, fields[i].out)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* xs:language, roughly: what may stand in xml:lang. */
static bool is_language(struct sf_span s)
{
	if (s.n == 0 || s.n > 35) {
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (i > 0 && ((c >= '0' && c <= '9') || c == '-')))) {
			return false;
		}
	}
	return s.p[s.n - 1] != '-';
}

/* array<language, text> */
static bool read_localized(zval *value, bool url, uint32_t argument, struct sf_localized_list *out)
{
	zend_string *lang;
	zval *text;

	ZVAL_DEREF(value);
	if (Z_TYPE_P(value) != IS_ARRAY || zend_hash_num_elements(Z_ARRVAL_P(value)) > SF_PUBLISHED_MAX) {
		return wrong(argument, "must hold arrays of at most 64 texts by language");
	}
	ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(value), lang, text) {
		struct sf_localized *one = &out->items[out->count];

		if (!lang || !is_language(sf_zstr_span(lang))) {
			return wrong(argument, "must have languages as keys, like en or pt-BR");
		}
		one->lang = sf_zstr_span(lang);
		if (!read_text(text, url, argument, &one->text)) {
			return false;
		}
		out->count++;
	} ZEND_HASH_FOREACH_END();
	return true;
}

struct localized_field {
	const char *name;
	struct sf_localized_list *out;
	bool url;
};

static bool read_localized_fields(HashTable *map, const struct localized_field *fields, size_t count, const char *taken, uint32_t argument)
{
	zend_string *key;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(map, key, value) {
		size_t i = 0;

		if (key && taken && zend_string_equals_cstr(key, taken, strlen(taken))) {
			continue;
		}
		while (key && i < count && !zend_string_equals_cstr(key, fields[i].name, strlen(fields[i].name))) {
			i++;
		}
		if (!key || i == count) {
			return wrong(argument, "has an entry of a name that isn't known");
		}
		if (!read_localized(value, fields[i].url, argument, fields[i].out)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* A list of at most SF_PUBLISHED_MAX maps, each read by fn. */
static bool read_list(HashTable *list, uint32_t argument, bool (*fn)(HashTable *map, struct sf_publication *p), struct sf_publication *p)
{
	zval *one;

	if (zend_hash_num_elements(list) > SF_PUBLISHED_MAX) {
		return wrong(argument, "must have at most 64 entries");
	}
	ZEND_HASH_FOREACH_VAL(list, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_ARRAY) {
			return wrong(argument, "must be a list of arrays");
		}
		if (!fn(Z_ARRVAL_P(one), p)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool read_attribute(HashTable *map, struct sf_publication *p)
{
	struct sf_requested_attribute *a = &p->attributes[p->attribute_count];
	const struct field fields[] = { { "name", &a->name, false }, { "nameFormat", &a->name_format, false }, { "friendlyName", &a->friendly_name, false } };
	zval *required = zend_hash_str_find(map, ZEND_STRL("isRequired"));

	if (!read_fields(map, fields, sizeof(fields) / sizeof(fields[0]), "isRequired", ARG_ATTRIBUTES)) {
		return false;
	}
	if (!a->name.p) {
		return wrong(ARG_ATTRIBUTES, "must give each attribute a name");
	}
	a->required = required && zend_is_true(required);
	p->attribute_count++;
	return true;
}

static bool read_contact(HashTable *map, struct sf_publication *p)
{
	static const char *const types[] = { "technical", "support", "administrative", "billing", "other" };
	struct sf_contact *c = &p->contacts[p->contact_count];
	const struct field fields[] = { { "type", &c->type, false }, { "company", &c->company, false }, { "givenName", &c->given_name, false },
		{ "surName", &c->sur_name, false }, { "email", &c->email, false }, { "phone", &c->phone, false } };
	size_t i = 0;

	if (!read_fields(map, fields, sizeof(fields) / sizeof(fields[0]), NULL, ARG_CONTACTS)) {
		return false;
	}
	while (i < 5 && !(c->type.p && sf_span_is(c->type, types[i]))) {
		i++;
	}
	if (i == 5) {
		return wrong(ARG_CONTACTS, "must give each contact a type: technical, support, administrative, billing or other");
	}
	if (c->email.p && (!memchr(c->email.p, '@', c->email.n) || memchr(c->email.p, ' ', c->email.n))) {
		return wrong(ARG_CONTACTS, "has an email that is no address");
	}
	p->contact_count++;
	return true;
}

static bool read_logo(HashTable *map, struct sf_publication *p)
{
	struct sf_logo *logo = &p->logos[p->logo_count];
	zval *width = zend_hash_str_find(map, ZEND_STRL("width")), *height = zend_hash_str_find(map, ZEND_STRL("height"));
	zval *url = zend_hash_str_find(map, ZEND_STRL("url")), *lang = zend_hash_str_find(map, ZEND_STRL("lang"));

	if (!url || !width || !height || Z_TYPE_P(width) != IS_LONG || Z_TYPE_P(height) != IS_LONG || Z_LVAL_P(width) < 1 || Z_LVAL_P(height) < 1) {
		return wrong(ARG_UI, "must give each logo a url, a width and a height");
	}
	if (!read_text(url, true, ARG_UI, &logo->url) || (lang && !read_text(lang, false, ARG_UI, &logo->lang))) {
		return false;
	}
	if (lang && !is_language(logo->lang)) {
		return wrong(ARG_UI, "must have languages like en or pt-BR");
	}
	logo->width = Z_LVAL_P(width);
	logo->height = Z_LVAL_P(height);
	p->logo_count++;
	return true;
}

bool sf_publication_name_id_formats(HashTable *list, struct sf_publication *p)
{
	zval *one;

	if (zend_hash_num_elements(list) > SF_NAME_ID_FORMATS_MAX) {
		return wrong(ARG_NAME_ID_FORMATS, "must have at most 16 entries");
	}
	ZEND_HASH_FOREACH_VAL(list, one) {
		if (!read_text(one, false, ARG_NAME_ID_FORMATS, &p->name_id_formats[p->name_id_format_count])) {
			return false;
		}
		p->name_id_format_count++;
	} ZEND_HASH_FOREACH_END();
	return true;
}

bool sf_publication_attributes(HashTable *list, struct sf_publication *p)
{
	return read_list(list, ARG_ATTRIBUTES, read_attribute, p);
}

bool sf_publication_contacts(HashTable *list, struct sf_publication *p)
{
	return read_list(list, ARG_CONTACTS, read_contact, p);
}

bool sf_publication_organization(HashTable *map, struct sf_publication *p)
{
	const struct localized_field fields[] = { { "name", &p->organization_name, false }, { "displayName", &p->organization_display_name, false },
		{ "url", &p->organization_url, true } };

	if (!read_localized_fields(map, fields, sizeof(fields) / sizeof(fields[0]), NULL, ARG_ORGANIZATION)) {
		return false;
	}
	if (zend_hash_num_elements(map) && !(p->organization_name.count && p->organization_display_name.count && p->organization_url.count)) {
		return wrong(ARG_ORGANIZATION, "must have a name, a displayName and a url"); /* saml-metadata-2.0-os §2.3.2.1 */
	}
	return true;
}

bool sf_publication_ui(HashTable *map, struct sf_publication *p)
{
	const struct localized_field fields[] = { { "displayName", &p->display_name, false }, { "description", &p->description, false },
		{ "informationUrl", &p->information_url, true }, { "privacyStatementUrl", &p->privacy_url, true } };
	zval *logos = zend_hash_str_find(map, ZEND_STRL("logos"));

	if (!read_localized_fields(map, fields, sizeof(fields) / sizeof(fields[0]), "logos", ARG_UI)) {
		return false;
	}
	if (logos && Z_TYPE_P(logos) != IS_ARRAY) {
		return wrong(ARG_UI, "must have logos in a list");
	}
	return !logos || read_list(Z_ARRVAL_P(logos), ARG_UI, read_logo, p);
}

bool sf_publication_logout(HashTable *list, struct sf_publication *p)
{
	static const char *const cases[SF_BINDINGS] = { [SF_BY_REDIRECT] = "Redirect", [SF_BY_POST] = "Post", [SF_BY_SOAP] = "Soap" };
	zval *one;

	ZEND_HASH_FOREACH_VAL(list, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_OBJECT || Z_OBJCE_P(one) != sf_ce_binding) {
			zend_argument_type_error(ARG_LOGOUT, "must hold cases of Binding alone");
			return false;
		}
		for (int by = 0; by < SF_BINDINGS; by++) {
			p->logout[by] |= sf_enum_is(Z_OBJ_P(one), cases[by]);
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}
