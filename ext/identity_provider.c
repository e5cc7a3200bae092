/* Samlforce\Saml\IdentityProvider. */
#include "saml.h"

#include "base/base64.h"
#include "base/text.h"

#include "identity_provider_arginfo.h"

zend_class_entry *sf_ce_identity_provider;
static zend_object_handlers handlers;

/* What a caller says; the same for the constructor and for metadata. */
struct settings {
	struct sf_idp_metadata about; /* without its certificates, which are in the object */
	struct sf_idp_switches switches;
};

static zend_object *create(zend_class_entry *ce)
{
	struct sf_idp_object *idp = zend_object_alloc(sizeof(*idp), ce);

	sf_arena_init(&idp->arena, (size_t)1024 * 1024);
	zend_object_std_init(&idp->std, ce);
	object_properties_init(&idp->std, ce);
	idp->std.handlers = &handlers;
	return &idp->std;
}

static void free_object(zend_object *object)
{
	sf_arena_free(&sf_idp_object(object)->arena);
	zend_object_std_dtor(object);
}

bool sf_trusted_key(struct sf_arena *arena, struct sf_span text, struct sf_public_key *key, struct sf_span *der, bool *bare, struct sf_error *error)
{
	if (text.n > 64 * 1024) {
		return sf_fail(error, SF_CERTIFICATE_INVALID, "certificates");
	}
	*bare = false;
	if (sf_pem_or_base64(arena, text, "CERTIFICATE", der) && sf_public_key_from_certificate(*der, key)) {
		return true;
	}
	*bare = true;
	return (sf_pem_or_base64(arena, text, "PUBLIC KEY", der) && sf_public_key_from_spki(*der, key)) || sf_fail(error, SF_CERTIFICATE_INVALID, "certificates");
}

static bool add_certificate(struct sf_idp_object *idp, struct sf_span text, struct sf_error *error)
{
	size_t i = idp->idp.key_count;

	if (i == SF_IDP_KEYS_MAX) {
		return sf_fail(error, SF_CERTIFICATE_INVALID, "certificates");
	}
	if (!sf_trusted_key(&idp->arena, text, &idp->idp.keys[i], &idp->certificates[i], &idp->bare[i], error)) {
		return false;
	}
	idp->idp.key_count++;
	return true;
}

static bool check(const struct settings *s, struct sf_error *error)
{
	struct sf_span entity_id = s->about.entity_id;

	if (entity_id.n == 0 || entity_id.n > SF_ENTITY_ID_MAX || !sf_utf8_valid(entity_id)) {
		return sf_fail(error, SF_METADATA_INVALID, "entityID");
	}
	return sf_endpoints_check(&s->about.endpoints, error);
}

static void init_bool(zend_object *object, const char *property, bool value)
{
	zval zv;

	ZVAL_BOOL(&zv, value);
	sf_init_property(object, property, &zv);
}

static void init_about(zend_object *object, const struct sf_idp *idp, const struct sf_idp_metadata *about)
{
	zval zv;

	sf_init_string(object, "entityId", idp->entity_id);
	sf_init_string_or_null(object, "loginUrl", idp->endpoints.login[SF_BY_REDIRECT]);
	sf_init_string_or_null(object, "logoutUrl", idp->endpoints.logout[SF_BY_REDIRECT]);
	sf_endpoints_to_zval(&idp->endpoints, &zv);
	sf_init_property(object, "endpoints", &zv);
	init_bool(object, "wantsSignedRequests", idp->wants_signed_requests);
	array_init(&zv);
	for (size_t i = 0; i < about->name_id_format_count; i++) {
		add_next_index_stringl(&zv, about->name_id_formats[i].p, about->name_id_formats[i].n);
	}
	sf_init_property(object, "nameIdFormats", &zv);
	array_init(&zv);
	for (size_t i = 0; i < about->name_count; i++) {
		const struct sf_localized *name = &about->names[i];

		add_assoc_stringl_ex(&zv, name->lang.p, name->lang.n, name->text.p, name->text.n);
	}
	sf_init_property(object, "displayNames", &zv);
}

static bool settle(struct sf_idp_object *idp, const struct settings *s, struct sf_error *error)
{
	zend_object *object = &idp->std;
	zval zv;

	if (!check(s, error)) {
		return false;
	}
	if (!sf_arena_copy(&idp->arena, s->about.entity_id, &idp->idp.entity_id) || !sf_endpoints_copy(&s->about.endpoints, &idp->arena, &idp->idp.endpoints)) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	idp->idp.wants_signed_requests = s->about.wants_signed_requests;
	idp->idp.allow_unsolicited = s->switches.allow_unsolicited;
	idp->idp.allow_sha1 = s->switches.allow_sha1;
	idp->idp.allow_inclusive_c14n = s->switches.allow_inclusive_c14n;
	idp->idp.allow_root_reference = s->switches.allow_root_reference;
	idp->idp.allow_rsa15 = s->switches.allow_rsa15;
	idp->idp.require_authenticated_encryption = s->switches.require_authenticated_encryption;
	idp->idp.clock_skew = s->switches.clock_skew;

	init_about(object, &idp->idp, &s->about);
	init_bool(object, "allowUnsolicited", s->switches.allow_unsolicited);
	init_bool(object, "allowSha1", s->switches.allow_sha1);
	init_bool(object, "allowInclusiveC14n", s->switches.allow_inclusive_c14n);
	init_bool(object, "allowRootReference", s->switches.allow_root_reference);
	init_bool(object, "allowRsa15", s->switches.allow_rsa15);
	init_bool(object, "requireAuthenticatedEncryption", s->switches.require_authenticated_encryption);
	ZVAL_LONG(&zv, s->switches.clock_skew);
	sf_init_property(object, "clockSkew", &zv);
	idp->constructed = true;
	return true;
}

/* $loginUrl and $logoutUrl are what $endpoints may say too, and then must say alike. */
static bool short_form(zend_string *url, struct sf_span *endpoint, uint32_t argument)
{
	if (url && endpoint->p && !sf_span_eq(*endpoint, sf_zstr_span(url))) {
		zend_argument_value_error(argument, "must be the same as what $endpoints says of the redirect binding");
		return false;
	}
	if (url) {
		*endpoint = sf_zstr_span(url);
	}
	return true;
}

ZEND_METHOD(Samlforce_Saml_IdentityProvider, __construct)
{
	struct sf_idp_object *idp = sf_idp_object(Z_OBJ_P(ZEND_THIS));
	zend_string *entity_id, *login_url = NULL, *logout_url = NULL;
	struct settings s = { .switches = SF_IDP_SWITCHES_DEFAULT };
	struct sf_error error;
	HashTable *certificates, *endpoints = NULL;
	bool ok = true;
	zval *one;

	ZEND_PARSE_PARAMETERS_START(2, 13)
		Z_PARAM_STR(entity_id)
		Z_PARAM_ARRAY_HT(certificates)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(login_url)
		Z_PARAM_STR_OR_NULL(logout_url)
		Z_PARAM_BOOL(s.switches.allow_unsolicited)
		Z_PARAM_BOOL(s.switches.allow_sha1)
		Z_PARAM_BOOL(s.switches.allow_inclusive_c14n)
		Z_PARAM_BOOL(s.switches.allow_root_reference)
		Z_PARAM_BOOL(s.switches.allow_rsa15)
		Z_PARAM_LONG(s.switches.clock_skew)
		Z_PARAM_BOOL(s.switches.require_authenticated_encryption)
		Z_PARAM_ARRAY_HT(endpoints)
		Z_PARAM_BOOL(s.about.wants_signed_requests)
	ZEND_PARSE_PARAMETERS_END();
	if (idp->constructed) {
		zend_throw_error(NULL, "An IdentityProvider is immutable: make a new one");
		RETURN_THROWS();
	}
	if (!sf_clock_skew_ok(s.switches.clock_skew, 10)) {
		RETURN_THROWS();
	}
	if (zend_hash_num_elements(certificates) == 0) {
		zend_argument_value_error(2, "must hold a certificate at least");
		RETURN_THROWS();
	}
	s.about.entity_id = sf_zstr_span(entity_id);
	if ((endpoints && !sf_endpoints_from_array(endpoints, &s.about.endpoints)) || !short_form(login_url, &s.about.endpoints.login[SF_BY_REDIRECT], 3)
			|| !short_form(logout_url, &s.about.endpoints.logout[SF_BY_REDIRECT], 4)) {
		RETURN_THROWS();
	}
	ZEND_HASH_FOREACH_VAL(certificates, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_STRING) {
			zend_argument_type_error(2, "must hold strings alone");
			RETURN_THROWS();
		}
		ok = ok && add_certificate(idp, sf_zstr_span(Z_STR_P(one)), &error);
	} ZEND_HASH_FOREACH_END();
	if (!ok || !settle(idp, &s, &error)) {
		sf_throw_saml(&error);
	}
}

bool sf_clock_skew_ok(zend_long seconds, uint32_t argument)
{
	if (seconds < 0 || seconds > SF_CLOCK_SKEW_MAX) {
		zend_argument_value_error(argument, "must be between 0 and %d seconds", SF_CLOCK_SKEW_MAX);
		return false;
	}
	return true;
}

bool sf_idp_to_zval(zval *return_value, const struct sf_idp_metadata *found, const struct sf_idp_switches *switches)
{
	const struct settings s = { .about = *found, .switches = *switches };
	struct sf_idp_object *idp;
	struct sf_error error;
	bool ok = true;

	object_init_ex(return_value, sf_ce_identity_provider);
	idp = sf_idp_object(Z_OBJ_P(return_value));
	for (size_t i = 0; ok && i < found->certificate_count; i++) {
		ok = add_certificate(idp, found->certificates[i], &error);
	}
	if (ok && settle(idp, &s, &error)) {
		return true;
	}
	zval_ptr_dtor(return_value);
	ZVAL_UNDEF(return_value);
	sf_throw_saml(&error);
	return false;
}

ZEND_METHOD(Samlforce_Saml_IdentityProvider, fromMetadata)
{
	struct sf_idp_switches switches = SF_IDP_SWITCHES_DEFAULT;
	struct sf_xml_limits limits = sf_metadata_limits();
	zend_string *xml, *entity_id = NULL;
	struct sf_xml_doc *doc = NULL;
	struct sf_idp_metadata found;
	bool now_is_null = true;
	struct sf_arena arena;
	struct sf_error error;
	zend_long now = 0;

	ZEND_PARSE_PARAMETERS_START(1, 10)
		Z_PARAM_STR(xml)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(entity_id)
		Z_PARAM_BOOL(switches.allow_unsolicited)
		Z_PARAM_BOOL(switches.allow_sha1)
		Z_PARAM_BOOL(switches.allow_inclusive_c14n)
		Z_PARAM_BOOL(switches.allow_root_reference)
		Z_PARAM_BOOL(switches.allow_rsa15)
		Z_PARAM_LONG(switches.clock_skew)
		Z_PARAM_LONG_OR_NULL(now, now_is_null)
		Z_PARAM_BOOL(switches.require_authenticated_encryption)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_clock_skew_ok(switches.clock_skew, 8)) {
		RETURN_THROWS();
	}
	sf_arena_init(&arena, SF_ARENA_FOR(&limits));
	if (sf_metadata_read(sf_zstr_span(xml), &limits, sf_zstr_span(entity_id), now_is_null ? (int64_t)time(NULL) : now, &arena, &found, &doc, &error)) {
		sf_idp_to_zval(return_value, &found, &switches);
	} else {
		sf_throw_saml(&error);
	}
	sf_xml_free(doc);
	sf_arena_free(&arena);
}

void sf_idp_key_to_zval(const struct sf_idp_object *idp, size_t i, zval *row)
{
	const struct sf_public_key *key = &idp->idp.keys[i];
	char text[SF_KEY_TEXT], hex[65] = "";
	unsigned char hash[SF_DIGEST_MAX];

	if (sf_digest(SF_SHA256, idp->certificates[i].p, idp->certificates[i].n, hash)) {
		sf_hex_encode(hash, 32, hex);
	}
	sf_public_key_text(key, text);
	array_init(row);
	add_assoc_string(row, "sha256", hex);
	add_assoc_string(row, "key", text);
	if (key->has_not_after) {
		add_assoc_long(row, "notAfter", (zend_long)key->not_after);
	} else {
		add_assoc_null(row, "notAfter");
	}
	add_assoc_str(row, "pem", sf_pem(idp->certificates[i], idp->bare[i] ? "PUBLIC KEY" : "CERTIFICATE"));
}

ZEND_METHOD(Samlforce_Saml_IdentityProvider, certificates)
{
	const struct sf_idp_object *idp = sf_idp_object(Z_OBJ_P(ZEND_THIS));

	ZEND_PARSE_PARAMETERS_NONE();
	array_init(return_value);
	for (size_t i = 0; i < idp->idp.key_count; i++) {
		zval row;

		sf_idp_key_to_zval(idp, i, &row);
		add_next_index_zval(return_value, &row);
	}
}

void sf_register_identity_provider(void)
{
	sf_ce_identity_provider = register_class_Samlforce_Saml_IdentityProvider();
	sf_ce_identity_provider->create_object = create;
	memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
	handlers.offset = offsetof(struct sf_idp_object, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
}
