/* Samlforce\Saml\ServiceProvider, Message and ReplayGuard. */
#include "saml.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "base/text.h"
#include "saml/metadata.h"
#include "saml/request.h"

#include "service_provider_arginfo.h"

static zend_class_entry *ce_service_provider;
static zend_class_entry *ce_message;
zend_class_entry *sf_ce_replay_guard;
static zend_object_handlers handlers;

struct sp_object {
	struct sf_sp sp; /* points into the arena */
	zend_string *key;
	struct sf_arena arena;
	bool constructed;
	zend_object std;
};

static struct sp_object *sp_object(zend_object *object)
{
	return (struct sp_object *)((char *)object - offsetof(struct sp_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct sp_object *sp = zend_object_alloc(sizeof(*sp), ce);

	sf_arena_init(&sp->arena, (size_t)64 * 1024);
	zend_object_std_init(&sp->std, ce);
	object_properties_init(&sp->std, ce);
	sp->std.handlers = &handlers;
	return &sp->std;
}

static void free_object(zend_object *object)
{
	struct sp_object *sp = sp_object(object);

	sf_arena_free(&sp->arena);
	if (sp->key) {
		zend_string_release(sp->key);
	}
	zend_object_std_dtor(object);
}

const struct sf_sp *sf_sp_of(zend_object *object)
{
	return &sp_object(object)->sp;
}

/* NULL with an exception if there is none of that name, or it can't sign. */
static const struct sf_key *signing_key(zend_string *name)
{
	const struct sf_key *key = sf_keyring_use(name);

	if (key && !sf_key_is_pair(key)) {
		sf_throw(sf_ce_keyring_exception, sf_ce_keyring_reason, "WrongKind", "The key \"%s\" is %s: it can't sign", ZSTR_VAL(name), sf_key_kind_name(key));
		return NULL;
	}
	return key;
}

const struct sf_key *sf_sp_signing_key(zend_object *object, const char *what)
{
	struct sf_error error;

	if (!sp_object(object)->key) {
		sf_fail_found(&error, SF_KEY_MISSING, what, SF_SPAN_NONE);
		sf_throw_saml(&error);
		return NULL;
	}
	return signing_key(sp_object(object)->key);
}

/*
 * What PHP code gains by naming a key here: it can have opened what was encrypted for it, if that is an Assertion, NameID or Attribute
 * and in a message that passes every check against a provider of its choice, so that whoever runs code in this PHP can read
 * what the provider tells us about people, as he could by waiting for them. It gets neither the key nor a decryption of
 * anything else, and no signature: the keys that sign are others unless they are named twice.
 *
 * The keys of $decryptionKeys; *names is what the property gets. False with an exception. */
static bool decryption_keys(struct sp_object *sp, HashTable *given, zval *names)
{
	zval *one;

	if (zend_hash_num_elements(given) > SF_DECRYPTION_NAMES_MAX) {
		zend_argument_value_error(4, "must hold at most %d names", SF_DECRYPTION_NAMES_MAX);
		return false;
	}
	array_init(names);
	ZEND_HASH_FOREACH_VAL(given, one) {
		const struct sf_key *key;

		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_STRING) {
			zend_argument_type_error(4, "must hold strings alone");
			return false;
		}
		key = sf_keyring_use(Z_STR_P(one));
		if (!key) {
			return false;
		}
		if (key->kind != SF_KEY_RSA) {
			sf_throw(sf_ce_keyring_exception, sf_ce_keyring_reason, "WrongKind", "The key \"%s\" is no RSA key: it can't decrypt", Z_STRVAL_P(one));
			return false;
		}
		/* the keyring lives as long as the process */
		sp->sp.decryption_keys[sp->sp.decryption_key_count++] = key;
		if (key->older && key->older->kind == SF_KEY_RSA) { /* a message may have been encrypted before the provider knew of the newest */
			sp->sp.decryption_keys[sp->sp.decryption_key_count++] = key->older;
		}
		add_next_index_str(names, zend_string_copy(Z_STR_P(one)));
	} ZEND_HASH_FOREACH_END();
	return true;
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, __construct)
{
	struct sp_object *sp = sp_object(Z_OBJ_P(ZEND_THIS));
	zend_string *entity_id, *acs, *key = NULL, *slo = NULL;
	HashTable *decryption = NULL;
	struct sf_error error;
	zval names;

	ZEND_PARSE_PARAMETERS_START(2, 5)
		Z_PARAM_STR(entity_id)
		Z_PARAM_STR(acs)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(key)
		Z_PARAM_ARRAY_HT(decryption)
		Z_PARAM_STR_OR_NULL(slo)
	ZEND_PARSE_PARAMETERS_END();
	if (sp->constructed) {
		zend_throw_error(NULL, "A ServiceProvider is immutable: make a new one");
		RETURN_THROWS();
	}
	if (ZSTR_LEN(entity_id) == 0 || ZSTR_LEN(entity_id) > SF_ENTITY_ID_MAX || !sf_utf8_valid(sf_zstr_span(entity_id))) {
		zend_argument_value_error(1, "must be 1 to %d bytes of UTF-8", SF_ENTITY_ID_MAX);
		RETURN_THROWS();
	}
	if (!sf_url_valid(sf_zstr_span(acs), SF_URL_MAX)) {
		sf_fail_found(&error, SF_URL_REFUSED, "assertionConsumerUrl", sf_zstr_span(acs));
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	if (slo && !sf_url_valid(sf_zstr_span(slo), SF_URL_MAX)) {
		sf_fail_found(&error, SF_URL_REFUSED, "singleLogoutUrl", sf_zstr_span(slo));
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	if (key && !signing_key(key)) {
		RETURN_THROWS();
	}
	if (!sf_arena_copy(&sp->arena, sf_zstr_span(entity_id), &sp->sp.entity_id) || !sf_arena_copy(&sp->arena, sf_zstr_span(acs), &sp->sp.acs_url)
			|| (slo && !sf_arena_copy(&sp->arena, sf_zstr_span(slo), &sp->sp.slo_url))) {
		sf_fail(&error, SF_INTERNAL, "memory");
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	ZVAL_EMPTY_ARRAY(&names);
	if (decryption && !decryption_keys(sp, decryption, &names)) {
		zval_ptr_dtor(&names);
		sp->sp.decryption_key_count = 0;
		RETURN_THROWS();
	}
	sp->key = key ? zend_string_copy(key) : NULL;
	sp->constructed = true;
	sf_init_string(&sp->std, "entityId", sp->sp.entity_id);
	sf_init_string(&sp->std, "assertionConsumerUrl", sp->sp.acs_url);
	sf_init_string_or_null(&sp->std, "singleLogoutUrl", sp->sp.slo_url);
	sf_init_string_or_null(&sp->std, "key", sf_zstr_span(key));
	sf_init_property(&sp->std, "decryptionKeys", &names);
}

/* Newer ones too: where the key is named with its generation, the next one can be made known before it is used. */
static void add_other_certificates(struct sf_sp *sp, const struct sf_key *signing)
{
	const struct sf_key *key = sf_keyring_find(sf_process_keyring, sf_span_of(signing->name));

	for (; key && sp->other_certificate_count < SF_OTHER_CERTIFICATES_MAX; key = key->older) {
		if (key != signing && key->certificate.n) {
			sp->other_certificates[sp->other_certificate_count++] = key->certificate;
		}
	}
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, metadata)
{
	struct sp_object *sp = sp_object(Z_OBJ_P(ZEND_THIS));
	struct sf_sp ours = sp->sp;
	struct sf_span certificate = SF_SPAN_NONE, xml;
	const struct sf_key *key;
	struct sf_arena arena;
	struct sf_error error;

	ZEND_PARSE_PARAMETERS_NONE();
	if (sp->key) {
		key = signing_key(sp->key);
		if (!key) {
			RETURN_THROWS();
		}
		certificate = key->certificate;
		if (certificate.n) {
			add_other_certificates(&ours, key);
		}
	}
	sf_arena_init(&arena, 4 * SF_METADATA_MAX);
	if (sf_metadata_write(&ours, certificate, &arena, &xml)) {
		RETVAL_STRINGL(xml.p, xml.n);
	} else {
		sf_fail(&error, SF_INTERNAL, "metadata");
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

void sf_message_to_zval(zval *return_value, const char *id, struct sf_span url)
{
	object_init_ex(return_value, ce_message);
	sf_init_string(Z_OBJ_P(return_value), "id", sf_span_of(id));
	sf_init_string(Z_OBJ_P(return_value), "url", url);
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, requestLogin)
{
	struct sp_object *sp = sp_object(Z_OBJ_P(ZEND_THIS));
	zend_string *relay_state = NULL, *name_id_format = NULL;
	bool force_authn = false, is_passive = false;
	char id[SF_REQUEST_ID + 1];
	struct sf_authn_request request;
	struct sf_idp_object *idp;
	struct sf_arena arena;
	struct sf_error error;
	struct sf_span url;
	zval *zidp;

	ZEND_PARSE_PARAMETERS_START(1, 5)
		Z_PARAM_OBJECT_OF_CLASS(zidp, sf_ce_identity_provider)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(relay_state)
		Z_PARAM_BOOL(force_authn)
		Z_PARAM_BOOL(is_passive)
		Z_PARAM_STR_OR_NULL(name_id_format)
	ZEND_PARSE_PARAMETERS_END();
	idp = sf_idp_object(Z_OBJ_P(zidp));
	if (relay_state && ZSTR_LEN(relay_state) > SF_RELAY_STATE_MAX) {
		zend_argument_value_error(2, "must be at most %d bytes", SF_RELAY_STATE_MAX);
		RETURN_THROWS();
	}
	if (!idp->idp.endpoints.login[SF_BY_REDIRECT].p) {
		sf_fail(&error, SF_URL_REFUSED, "the provider has no SingleSignOnService with the Redirect binding");
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	request = (struct sf_authn_request){
		.destination = idp->idp.endpoints.login[SF_BY_REDIRECT],
		.relay_state = sf_zstr_span(relay_state),
		.name_id_format = sf_zstr_span(name_id_format),
		.force_authn = force_authn,
		.is_passive = is_passive,
		.now = (int64_t)time(NULL),
	};
	if (sp->key && !(request.key = signing_key(sp->key))) {
		RETURN_THROWS();
	}
	sf_arena_init(&arena, (size_t)1024 * 1024);
	if (sf_authn_request_redirect(&sp->sp, &request, &arena, id, &url, &error)) {
		sf_message_to_zval(return_value, id, url);
	} else {
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

bool sf_replay_claim(zval *guard, const char *what, const char *replay_id, int64_t replay_until)
{
	struct sf_error error;
	zval id, expires, answer;
	bool first;

	ZVAL_STRINGL(&id, replay_id, SF_REPLAY_ID);
	ZVAL_LONG(&expires, (zend_long)replay_until);
	ZVAL_UNDEF(&answer);
	zend_call_method_with_2_params(Z_OBJ_P(guard), Z_OBJCE_P(guard), NULL, "claim", &answer, &id, &expires);
	zval_ptr_dtor(&id);
	first = Z_TYPE(answer) == IS_TRUE && !EG(exception);
	if (EG(exception)) {
		sf_fail(&error, SF_REPLAY_GUARD_FAILED, "ReplayGuard");
		sf_throw_saml(&error); /* the guard's own becomes its previous one */
	} else if (!first) {
		sf_fail(&error, SF_REPLAYED, what);
		sf_throw_saml(&error);
	}
	zval_ptr_dtor(&answer);
	return first;
}

/* When PHP's memory limit ends the request here, what isn't PHP's memory goes too: a worker lives on. */
static void to_zval(zval *return_value, struct sf_login_result *result, struct sf_arena *arena)
{
	zend_try {
		sf_assertion_to_zval(return_value, result);
	} zend_catch {
		sf_login_result_free(result);
		sf_arena_free(arena);
		zend_bailout();
	} zend_end_try();
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, acceptLogin)
{
	struct sp_object *sp = sp_object(Z_OBJ_P(ZEND_THIS));
	struct sf_xml_limits limits = sf_saml_limits();
	zend_string *response, *request_id;
	struct sf_login_result result;
	struct sf_login login;
	zend_long now = 0;
	bool now_is_null = true;
	struct sf_arena arena;
	struct sf_error error = { 0 };
	zval *zidp, *guard;
	bool accepted;

	ZEND_PARSE_PARAMETERS_START(4, 5)
		Z_PARAM_OBJECT_OF_CLASS(zidp, sf_ce_identity_provider)
		Z_PARAM_STR(response)
		Z_PARAM_STR_OR_NULL(request_id)
		Z_PARAM_OBJECT_OF_CLASS(guard, sf_ce_replay_guard)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(now, now_is_null)
	ZEND_PARSE_PARAMETERS_END();
	if (request_id && ZSTR_LEN(request_id) == 0) {
		zend_argument_value_error(3, "must be the id of a request, or null if nothing is pending");
		RETURN_THROWS();
	}
	if (!SF_G(key_cache) && !(SF_G(key_cache) = sf_key_cache_new())) {
		sf_fail(&error, SF_INTERNAL, "memory");
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	login = (struct sf_login){
		.expected = {
			.idp = &sf_idp_object(Z_OBJ_P(zidp))->idp,
			.sp = &sp->sp,
			.request_id = sf_zstr_span(request_id),
			.now = now_is_null ? (int64_t)time(NULL) : now,
		},
		.limits = &limits,
		.cache = SF_G(key_cache),
	};
	if (sp->sp.decryption_key_count) {
		sf_keyring_enter(sf_process_keyring);
	}
	sf_arena_init(&arena, SF_ARENA_FOR(&limits));
	accepted = sf_response_accept(&login, sf_zstr_span(response), &arena, &result, &error);
	if (accepted) {
		to_zval(return_value, &result, &arena);
		sf_login_result_free(&result);
	}
	sf_arena_free(&arena);
	if (!accepted) {
		sf_throw_saml(&error);
		RETURN_THROWS();
	}
	/* last of all: the guard is PHP code, and may never come back (a time limit, a fiber). Nothing waits for it that PHP doesn't free. */
	if (!sf_replay_claim(guard, "Assertion", result.replay_id, result.replay_until)) {
		zval_ptr_dtor(return_value);
		ZVAL_NULL(return_value);
	}
}

ZEND_METHOD(Samlforce_Saml_Message, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

void sf_register_service_provider(void)
{
	sf_ce_replay_guard = register_class_Samlforce_Saml_ReplayGuard();
	ce_message = register_class_Samlforce_Saml_Message();
	ce_service_provider = register_class_Samlforce_Saml_ServiceProvider();
	ce_service_provider->create_object = create;
	memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
	handlers.offset = offsetof(struct sp_object, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
}
