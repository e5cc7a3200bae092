/* Samlforce\Saml\Metadata. */
#include "metadata.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"

#include "metadata_arginfo.h"

static zend_class_entry *ce_metadata;
static zend_object_handlers handlers;

static zend_object *create(zend_class_entry *ce)
{
	struct sf_metadata_object *m = zend_object_alloc(sizeof(*m), ce);

	sf_arena_init(&m->arena, 0);
	zend_object_std_init(&m->std, ce);
	object_properties_init(&m->std, ce);
	m->std.handlers = &handlers;
	return &m->std;
}

static void free_object(zend_object *object)
{
	struct sf_metadata_object *m = sf_metadata_object(object);

	sf_xml_free(m->doc);
	sf_arena_free(&m->arena);
	zend_object_std_dtor(object);
}

struct sf_metadata_object *sf_metadata_new(zval *zv)
{
	object_init_ex(zv, ce_metadata);
	return sf_metadata_object(Z_OBJ_P(zv));
}

bool sf_trusted_ok(HashTable *trusted, uint32_t argument)
{
	zval *one;

	if (zend_hash_num_elements(trusted) > SF_IDP_KEYS_MAX) {
		zend_argument_value_error(argument, "must hold at most %d certificates", SF_IDP_KEYS_MAX);
		return false;
	}
	ZEND_HASH_FOREACH_VAL(trusted, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_STRING) {
			zend_argument_type_error(argument, "must hold strings alone");
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* A new start for the arena: nothing of an earlier call is needed. */
static void begin(struct sf_metadata_object *m)
{
	struct sf_xml_limits limits = sf_metadata_limits();

	sf_arena_free(&m->arena);
	sf_arena_init(&m->arena, SF_ARENA_FOR(&limits));
}

bool sf_metadata_load(struct sf_metadata_object *m, zend_string *xml, HashTable *trusted, int64_t now, struct sf_error *error)
{
	struct sf_public_key keys[SF_IDP_KEYS_MAX];
	struct sf_xml_limits limits = sf_metadata_limits();
	struct sf_metadata_source source = { .limits = &limits, .keys = keys, .cache = SF_G(key_cache), .now = now };
	struct sf_span der;
	bool bare;
	zval *one;

	begin(m);
	if (trusted) {
		ZEND_HASH_FOREACH_VAL(trusted, one) {
			ZVAL_DEREF(one);
			if (!sf_trusted_key(&m->arena, sf_zstr_span(Z_STR_P(one)), &keys[source.key_count++], &der, &bare, error)) {
				return false;
			}
		} ZEND_HASH_FOREACH_END();
	}
	m->now = now;
	return sf_metadata_open(sf_zstr_span(xml), &source, &m->arena, &m->doc, &m->validity, error);
}

static void init_validity(zend_object *object, const struct sf_validity *v)
{
	zval zv;

	ZVAL_NULL(&zv);
	if (v->has_until) {
		ZVAL_LONG(&zv, (zend_long)v->until);
	}
	sf_init_property(object, "validUntil", &zv);
	ZVAL_NULL(&zv);
	if (v->has_duration) {
		ZVAL_LONG(&zv, (zend_long)v->duration);
	}
	sf_init_property(object, "cacheDuration", &zv);
}

ZEND_METHOD(Samlforce_Saml_Metadata, read)
{
	zend_string *xml, *entity_id = NULL;
	struct sf_metadata_object *m;
	bool now_is_null = true;
	struct sf_error error;
	HashTable *trusted;
	zend_long now = 0;
	zval is_signed;

	ZEND_PARSE_PARAMETERS_START(2, 4)
		Z_PARAM_STR(xml)
		Z_PARAM_ARRAY_HT(trusted)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(entity_id)
		Z_PARAM_LONG_OR_NULL(now, now_is_null)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_trusted_ok(trusted, 2) || !sf_saml_key_cache()) {
		RETURN_THROWS();
	}
	m = sf_metadata_new(return_value);
	if (!sf_metadata_load(m, xml, trusted, now_is_null ? (int64_t)time(NULL) : now, &error)
			|| (entity_id && !sf_metadata_is_entity(m->doc, sf_zstr_span(entity_id), &error))) {
		zval_ptr_dtor(return_value);
		ZVAL_UNDEF(return_value);
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	ZVAL_BOOL(&is_signed, zend_hash_num_elements(trusted) > 0);
	sf_init_property(&m->std, "isSigned", &is_signed);
	init_validity(&m->std, &m->validity);
}

static void add_long_or_null(zval *array, const char *name, bool has, int64_t value)
{
	if (has) {
		add_assoc_long(array, name, (zend_long)value);
	} else {
		add_assoc_null(array, name);
	}
}

static bool add_entity(void *arg, const struct sf_metadata_entity *entity)
{
	zval row, names;

	array_init(&names);
	for (size_t i = 0; i < entity->name_count; i++) {
		const struct sf_localized *name = &entity->names[i];

		add_assoc_stringl_ex(&names, name->lang.p, name->lang.n, name->text.p, name->text.n);
	}
	array_init(&row);
	add_assoc_stringl(&row, "entityId", entity->entity_id.p, entity->entity_id.n);
	add_assoc_bool(&row, "isIdentityProvider", entity->identity_provider);
	add_assoc_bool(&row, "isServiceProvider", entity->service_provider);
	add_assoc_zval(&row, "displayNames", &names);
	add_long_or_null(&row, "validUntil", entity->validity.has_until, entity->validity.until);
	add_long_or_null(&row, "cacheDuration", entity->validity.has_duration, entity->validity.duration);
	add_next_index_zval(arg, &row);
	return true;
}

/* What read() gave; with an exception if nobody called it. */
static struct sf_metadata_object *opened(zend_object *object)
{
	struct sf_metadata_object *m = sf_metadata_object(object);

	if (!m->doc) {
		zend_throw_error(NULL, "A Metadata is made by Metadata::read()");
		return NULL;
	}
	begin(m);
	return m;
}

ZEND_METHOD(Samlforce_Saml_Metadata, entities)
{
	struct sf_metadata_object *m;
	struct sf_error error;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!(m = opened(Z_OBJ_P(ZEND_THIS)))) {
		RETURN_THROWS();
	}
	array_init(return_value);
	if (!sf_metadata_entities(m->doc, m->now, &m->arena, add_entity, return_value, &error)) {
		sf_throw_saml(&error);
	}
}

ZEND_METHOD(Samlforce_Saml_Metadata, identityProvider)
{
	struct sf_idp_switches switches = SF_IDP_SWITCHES_DEFAULT;
	struct sf_metadata_object *m;
	struct sf_idp_metadata found;
	zend_string *entity_id = NULL;
	struct sf_error error;

	ZEND_PARSE_PARAMETERS_START(0, 8)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(entity_id)
		Z_PARAM_BOOL(switches.allow_unsolicited)
		Z_PARAM_BOOL(switches.allow_sha1)
		Z_PARAM_BOOL(switches.allow_inclusive_c14n)
		Z_PARAM_BOOL(switches.allow_root_reference)
		Z_PARAM_BOOL(switches.allow_rsa15)
		Z_PARAM_LONG(switches.clock_skew)
		Z_PARAM_BOOL(switches.require_authenticated_encryption)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_clock_skew_ok(switches.clock_skew, 7) || !(m = opened(Z_OBJ_P(ZEND_THIS)))) {
		RETURN_THROWS();
	}
	if (sf_metadata_find(m->doc, sf_zstr_span(entity_id), m->now, &m->arena, &found, &error)) {
		sf_idp_to_zval(return_value, &found, &switches);
	} else {
		sf_throw_saml(&error);
	}
}

ZEND_METHOD(Samlforce_Saml_Metadata, extract)
{
	struct sf_metadata_object *m;
	struct sf_idp_metadata found;
	zend_string *entity_id = NULL;
	struct sf_error error;
	struct sf_span xml;

	ZEND_PARSE_PARAMETERS_START(0, 1)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(entity_id)
	ZEND_PARSE_PARAMETERS_END();
	if (!(m = opened(Z_OBJ_P(ZEND_THIS)))) {
		RETURN_THROWS();
	}
	if (!sf_metadata_find(m->doc, sf_zstr_span(entity_id), m->now, &m->arena, &found, &error) || !sf_metadata_extract(&found, &m->arena, &xml, &error)) {
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	RETURN_STRINGL(xml.p, xml.n);
}

/* {sha1} is a name, no protection: whoever answers is held to the entityID that was asked for. */
static bool transformed(struct sf_span entity_id, char out[sizeof("{sha1}") + 40])
{
	unsigned char hash[SF_DIGEST_MAX];

	if (!sf_digest(SF_SHA1, entity_id.p, entity_id.n, hash)) {
		return false;
	}
	memcpy(out, "{sha1}", 6);
	sf_hex_encode(hash, 20, out + 6);
	out[46] = '\0';
	return true;
}

ZEND_METHOD(Samlforce_Saml_Metadata, queryUrl)
{
	char digest[sizeof("{sha1}") + 40];
	zend_string *base, *entity_id;
	struct sf_span root, id, url;
	struct sf_arena arena;
	struct sf_error error;
	bool hashed = false;
	struct sf_buf b;

	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_STR(base)
		Z_PARAM_STR(entity_id)
		Z_PARAM_OPTIONAL
		Z_PARAM_BOOL(hashed)
	ZEND_PARSE_PARAMETERS_END();
	root = sf_zstr_span(base);
	id = sf_zstr_span(entity_id);
	if (!sf_url_valid(root, SF_URL_MAX) || memchr(root.p, '?', root.n)) {
		sf_fail_found(&error, SF_URL_REFUSED, "base", root);
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	if (id.n == 0 || id.n > SF_ENTITY_ID_MAX || !sf_utf8_valid(id)) {
		zend_argument_value_error(2, "must be 1 to %d bytes of UTF-8", SF_ENTITY_ID_MAX);
		RETURN_THROWS();
	}
	while (root.p[root.n - 1] == '/') {
		root.n--;
	}
	sf_arena_init(&arena, (size_t)64 * 1024);
	sf_buf_init(&b, &arena, (size_t)16 * 1024);
	sf_buf_span(&b, root);
	sf_buf_str(&b, "/entities/");
	if (!hashed || transformed(id, digest)) {
		sf_buf_url(&b, hashed ? sf_span_of(digest) : id);
	} else {
		b.failed = true;
	}
	if (sf_buf_done(&b, &url)) {
		RETVAL_STRINGL(url.p, url.n);
	} else {
		sf_fail(&error, SF_INTERNAL, "memory");
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

ZEND_METHOD(Samlforce_Saml_Metadata, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

void sf_register_metadata(void)
{
	ce_metadata = register_class_Samlforce_Saml_Metadata();
	ce_metadata->create_object = create;
	memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
	handlers.offset = offsetof(struct sf_metadata_object, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
}
