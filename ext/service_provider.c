/* Samlforce\Saml\ServiceProvider and ReplayGuard. */
#include "publication.h"

#include "zend_attributes.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "base/text.h"
#include "saml/request.h"

#include "service_provider_arginfo.h"

static zend_class_entry *ce_service_provider;
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

/* The addresses of $furtherAssertionConsumerUrls; *urls is what the property gets. False with an exception. */
static bool further_consumers(struct sp_object *sp, HashTable *given, zval *urls)
{
	struct sf_error error;
	zval *one;

	if (zend_hash_num_elements(given) > SF_FURTHER_ACS_MAX) {
		zend_argument_value_error(6, "must hold at most %d addresses", SF_FURTHER_ACS_MAX);
		return false;
	}
	array_init(urls);
	ZEND_HASH_FOREACH_VAL(given, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_STRING) {
			zend_argument_type_error(6, "must hold strings alone");
			return false;
		}
		if (!sf_url_valid(sf_zstr_span(Z_STR_P(one)), SF_URL_MAX)) {
			sf_fail_found(&error, SF_URL_REFUSED, "furtherAssertionConsumerUrls", sf_zstr_span(Z_STR_P(one)));
			sf_throw_saml(&error);
			return false;
		}
		if (!sf_arena_copy(&sp->arena, sf_zstr_span(Z_STR_P(one)), &sp->sp.further_acs_urls[sp->sp.further_acs_count])) {
			sf_fail(&error, SF_INTERNAL, "memory");
			sf_throw_saml(&error);
			return false;
		}
		sp->sp.further_acs_count++;
		add_next_index_str(urls, zend_string_copy(Z_STR_P(one)));
	} ZEND_HASH_FOREACH_END();
	return true;
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, __construct)
{
	struct sp_object *sp = sp_object(Z_OBJ_P(ZEND_THIS));
	zend_string *entity_id, *acs, *key = NULL, *slo = NULL;
	HashTable *decryption = NULL, *further = NULL;
	struct sf_error error;
	zval names, urls;

	ZEND_PARSE_PARAMETERS_START(2, 6)
		Z_PARAM_STR(entity_id)
		Z_PARAM_STR(acs)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(key)
		Z_PARAM_ARRAY_HT(decryption)
		Z_PARAM_STR_OR_NULL(slo)
		Z_PARAM_ARRAY_HT(further)
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
	ZVAL_EMPTY_ARRAY(&urls);
	if ((decryption && !decryption_keys(sp, decryption, &names)) || (further && !further_consumers(sp, further, &urls))) {
		zval_ptr_dtor(&names);
		zval_ptr_dtor(&urls);
		sp->sp.decryption_key_count = sp->sp.further_acs_count = 0;
		RETURN_THROWS();
	}
	sp->key = key ? zend_string_copy(key) : NULL;
	sp->constructed = true;
	sf_init_string(&sp->std, "entityId", sp->sp.entity_id);
	sf_init_string(&sp->std, "assertionConsumerUrl", sp->sp.acs_url);
	sf_init_string_or_null(&sp->std, "singleLogoutUrl", sp->sp.slo_url);
	sf_init_string_or_null(&sp->std, "key", sf_zstr_span(key));
	sf_init_property(&sp->std, "decryptionKeys", &names);
	sf_init_property(&sp->std, "furtherAssertionConsumerUrls", &urls);
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

/* The arrays of metadata(), in the order of its parameters; false with an exception. */
static bool read_publication(HashTable *formats, HashTable *attributes, HashTable *contacts, HashTable *organization, HashTable *ui, HashTable *logout,
		struct sf_publication *p)
{
	return (!formats || sf_publication_name_id_formats(formats, p)) && (!attributes || sf_publication_attributes(attributes, p))
			&& (!contacts || sf_publication_contacts(contacts, p)) && (!organization || sf_publication_organization(organization, p))
			&& (!ui || sf_publication_ui(ui, p)) && (!logout || sf_publication_logout(logout, p));
}

/* The times are seconds from now. */
static bool read_times(zend_long valid_for, bool for_ever, zend_long cache_for, bool no_cache, zend_long now, struct sf_publication *p)
{
	if (!for_ever && (valid_for < 3600 || valid_for > SF_DURATION_MAX)) {
		zend_argument_value_error(9, "must be 3600 seconds at least, and a hundred years at most");
		return false;
	}
	if (!no_cache && (cache_for < 60 || cache_for > SF_DURATION_MAX)) {
		zend_argument_value_error(10, "must be 60 seconds at least, and a hundred years at most");
		return false;
	}
	p->valid_until = for_ever ? 0 : now + valid_for;
	p->cache_duration = no_cache ? 0 : cache_for;
	return true;
}

/* The signing key and its certificates; false with an exception. */
static bool read_signing(struct sp_object *sp, bool is_signed, struct sf_sp *ours, struct sf_publication *p)
{
	const struct sf_key *key;

	if (!sp->key) {
		if (is_signed) {
			zend_argument_value_error(1, "must be false: this service provider has no key");
		}
		return !is_signed;
	}
	key = signing_key(sp->key);
	if (!key) {
		return false;
	}
	p->key = is_signed ? key : NULL;
	p->certificate = key->certificate;
	if (p->certificate.n) {
		add_other_certificates(ours, key);
	}
	return true;
}

/*
 * What PHP code gains by the signature: whoever runs code here can have any addresses signed as ours, and a provider who takes a signed document
 * from him will send people's Assertions there. So one that pins our key should fetch from our address alone.
 */
ZEND_METHOD(Samlforce_Saml_ServiceProvider, metadata)
{
	struct sp_object *sp = sp_object(Z_OBJ_P(ZEND_THIS));
	HashTable *formats = NULL, *attributes = NULL, *contacts = NULL, *organization = NULL, *ui = NULL, *logout = NULL;
	struct sf_publication p = { .want_assertions_signed = true, .logout = { true, true, true } };
	bool is_signed = false, for_ever = true, no_cache = true, now_is_null = true;
	zend_long valid_for = 0, cache_for = 0, now = 0;
	struct sf_sp ours = sp->sp;
	struct sf_arena arena;
	struct sf_error error;
	struct sf_span xml;

	ZEND_PARSE_PARAMETERS_START(0, 12)
		Z_PARAM_OPTIONAL
		Z_PARAM_BOOL(is_signed)
		Z_PARAM_BOOL(p.artifact)
		Z_PARAM_ARRAY_HT(formats)
		Z_PARAM_ARRAY_HT(attributes)
		Z_PARAM_ARRAY_HT(contacts)
		Z_PARAM_ARRAY_HT(organization)
		Z_PARAM_ARRAY_HT(ui)
		Z_PARAM_ARRAY_HT_OR_NULL(logout)
		Z_PARAM_LONG_OR_NULL(valid_for, for_ever)
		Z_PARAM_LONG_OR_NULL(cache_for, no_cache)
		Z_PARAM_BOOL(p.want_assertions_signed)
		Z_PARAM_LONG_OR_NULL(now, now_is_null)
	ZEND_PARSE_PARAMETERS_END();
	if (logout) {
		memset(p.logout, 0, sizeof(p.logout));
	}
	if (!read_publication(formats, attributes, contacts, organization, ui, logout, &p)
			|| !read_times(valid_for, for_ever, cache_for, no_cache, now_is_null ? (zend_long)time(NULL) : now, &p) || !read_signing(sp, is_signed, &ours, &p)) {
		RETURN_THROWS();
	}
	sf_arena_init(&arena, SF_PUBLISH_ARENA);
	if (sf_metadata_write(&ours, &p, &arena, &xml, &error)) {
		sf_return_text(return_value, xml, &arena);
	} else {
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

/* What requestLogin() was told, beside what goes straight into the request. */
struct wishes {
	zend_string *relay_state, *name_id_format, *sp_name_qualifier, *acs, *provider_name;
	zend_object *binding, *comparison;
	HashTable *contexts, *order, *idps, *requesters;
	zend_long max_age, proxy_count, acs_index;
	bool max_age_is_null, proxy_count_is_null, acs_index_is_null;
};

/* The strings of an array of entityIDs. */
static bool entities(HashTable *list, struct sf_entities *out)
{
	zval *one;

	ZEND_HASH_FOREACH_VAL(list, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_STRING || out->count == SF_SCOPING_MAX || Z_STRLEN_P(one) == 0 || Z_STRLEN_P(one) > SF_ENTITY_ID_MAX
				|| !sf_xml_text_valid(sf_zstr_span(Z_STR_P(one)))) {
			return false;
		}
		out->ids[out->count++] = sf_zstr_span(Z_STR_P(one));
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* One of ours, or the first one where none is named. */
static bool consumer(const struct sf_sp *sp, zend_string *named, struct sf_span *url)
{
	*url = sp->acs_url;
	if (!named || sf_span_eq(sf_zstr_span(named), sp->acs_url)) {
		return true;
	}
	for (size_t i = 0; i < sp->further_acs_count; i++) {
		if (sf_span_eq(sf_zstr_span(named), sp->further_acs_urls[i])) {
			*url = sp->further_acs_urls[i];
			return true;
		}
	}
	return false;
}

/*
 * Where the answer comes, and how: by what the provider is told, or by the index that our metadata has for both (write_consumers() in
 * saml/publish.c). False with an exception.
 */
static bool read_consumer(const struct sf_sp *sp, const struct wishes *w, struct sf_authn_request *request)
{
	size_t urls = 1 + sp->further_acs_count;

	if (!consumer(sp, w->acs, &request->asked.acs_url)) {
		zend_argument_value_error(13, "must be one of this service provider's");
		return false;
	}
	if (w->acs_index_is_null) {
		return true;
	}
	if (w->acs || request->by_artifact) {
		zend_argument_value_error(19, "must be null where $assertionConsumerUrl or $byArtifact is given: it says both");
		return false;
	}
	if (w->acs_index < 0 || (zend_ulong)w->acs_index >= 2 * urls) {
		zend_argument_value_error(19, "must be between 0 and %zu, as in our metadata", 2 * urls - 1);
		return false;
	}
	request->has_acs_index = true;
	request->acs_index = w->acs_index;
	request->by_artifact = (size_t)w->acs_index >= urls;
	if ((size_t)w->acs_index % urls > 0) {
		request->asked.acs_url = sp->further_acs_urls[(size_t)w->acs_index % urls - 1];
	}
	return true;
}

/* False with an exception. The numbers are those of requestLogin()'s parameters. */
static bool fill_request(const struct sf_sp *sp, const struct wishes *w, struct sf_authn_request *request)
{
	struct sf_asked *asked = &request->asked;
	const char *fault;

	if (w->relay_state && ZSTR_LEN(w->relay_state) > SF_RELAY_STATE_MAX) {
		zend_argument_value_error(2, "must be at most %d bytes", SF_RELAY_STATE_MAX);
		return false;
	}
	if ((w->contexts && !sf_contexts_read(w->contexts, &asked->contexts)) || (w->order && !sf_contexts_read(w->order, &asked->order))) {
		zend_value_error("$authnContexts and $authnContextOrder must be at most %d strings each", SF_CONTEXTS_MAX);
		return false;
	}
	if (!read_consumer(sp, w, request)) {
		return false;
	}
	if (w->provider_name && (ZSTR_LEN(w->provider_name) == 0 || ZSTR_LEN(w->provider_name) > SF_PROVIDER_NAME_MAX || !sf_xml_text_valid(sf_zstr_span(w->provider_name)))) {
		zend_argument_value_error(14, "must be 1 to %d bytes of UTF-8", SF_PROVIDER_NAME_MAX);
		return false;
	}
	if (!w->proxy_count_is_null && (w->proxy_count < 0 || w->proxy_count > SF_PROXY_COUNT_MAX)) {
		zend_argument_value_error(15, "must be between 0 and %d", SF_PROXY_COUNT_MAX);
		return false;
	}
	if ((w->idps && !entities(w->idps, &request->idps)) || (w->requesters && !entities(w->requesters, &request->requesters))) {
		zend_value_error("$idpList and $requesterIds must be at most %d entityIDs each, of 1 to %d bytes of UTF-8", SF_SCOPING_MAX, SF_ENTITY_ID_MAX);
		return false;
	}
	asked->sent = (int64_t)time(NULL);
	asked->name_id_format = sf_zstr_span(w->name_id_format);
	asked->sp_name_qualifier = sf_zstr_span(w->sp_name_qualifier);
	asked->comparison = w->comparison ? sf_comparison_of(w->comparison) : SF_COMPARISON_EXACT;
	asked->has_max_age = !w->max_age_is_null;
	asked->max_age = w->max_age;
	request->relay_state = sf_zstr_span(w->relay_state);
	request->provider_name = sf_zstr_span(w->provider_name);
	request->has_proxy_count = !w->proxy_count_is_null;
	request->proxy_count = w->proxy_count;
	fault = sf_asked_fault(asked);
	if (fault) {
		zend_value_error("%s", fault);
	}
	return !fault;
}

/* Where the request goes, and how. False with an exception. */
static bool choose_binding(const struct sf_endpoints *endpoints, zend_object *wanted, struct sf_span *destination, bool *post)
{
	struct sf_error error;

	if (wanted && !sf_enum_is(wanted, "Redirect") && !sf_enum_is(wanted, "Post")) {
		zend_argument_value_error(6, "must be Binding::Redirect or Binding::Post");
		return false;
	}
	*post = wanted ? sf_enum_is(wanted, "Post") : !endpoints->login[SF_BY_REDIRECT].p;
	*destination = endpoints->login[*post ? SF_BY_POST : SF_BY_REDIRECT];
	if (!destination->p) {
		sf_fail(&error, SF_URL_REFUSED, wanted ? "the provider has no SingleSignOnService with this binding" : "the provider has no SingleSignOnService with the Redirect or POST binding");
		sf_throw_saml(&error);
	}
	return destination->p != NULL;
}

static bool write_request(const struct sf_sp *sp, const struct sf_authn_request *request, bool post, struct sf_arena *arena, char id[SF_REQUEST_ID + 1],
		struct sf_outgoing *out, struct sf_error *error)
{
	if (!post) {
		return sf_authn_request_redirect(sp, request, arena, id, &out->url, error);
	}
	out->url = request->destination;
	out->field = "SAMLRequest";
	out->relay_state = request->relay_state;
	return sf_authn_request_post(sp, request, arena, id, &out->value, error);
}

/* When PHP's memory limit ends the request here, what isn't PHP's memory goes too: a worker lives on. */
static void request_to_zval(zval *return_value, struct sf_outgoing *message, const struct sf_asked *asked, struct sf_arena *arena)
{
	struct sf_error error;
	zval expectation;

	zend_try {
		if (sf_expectation_to_zval(&expectation, asked, message->id)) {
			sf_message_to_zval(return_value, message, &expectation);
		} else {
			sf_fail(&error, SF_INTERNAL, "memory");
			sf_throw_saml(&error);
		}
	} zend_catch {
		sf_arena_free(arena);
		zend_bailout();
	} zend_end_try();
}

void sf_return_text(zval *return_value, struct sf_span text, struct sf_arena *arena)
{
	zend_try {
		RETVAL_STRINGL(text.p, text.n);
	} zend_catch {
		sf_arena_free(arena);
		zend_bailout();
	} zend_end_try();
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, requestLogin)
{
	struct sp_object *sp = sp_object(Z_OBJ_P(ZEND_THIS));
	struct wishes w = { .max_age_is_null = true, .proxy_count_is_null = true, .acs_index_is_null = true };
	struct sf_authn_request request = { .allow_create = true };
	struct sf_outgoing message = { .field = NULL };
	struct sf_idp_object *idp;
	char id[SF_REQUEST_ID + 1];
	struct sf_arena arena;
	struct sf_error error;
	zval *zidp;
	bool post;

	ZEND_PARSE_PARAMETERS_START(1, 19)
		Z_PARAM_OBJECT_OF_CLASS(zidp, sf_ce_identity_provider)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(w.relay_state)
		Z_PARAM_BOOL(request.asked.force_authn)
		Z_PARAM_BOOL(request.is_passive)
		Z_PARAM_STR_OR_NULL(w.name_id_format)
		Z_PARAM_OBJ_OF_CLASS_OR_NULL(w.binding, sf_ce_binding)
		Z_PARAM_ARRAY_HT(w.contexts)
		Z_PARAM_OBJ_OF_CLASS(w.comparison, sf_ce_comparison)
		Z_PARAM_ARRAY_HT(w.order)
		Z_PARAM_LONG_OR_NULL(w.max_age, w.max_age_is_null)
		Z_PARAM_STR_OR_NULL(w.sp_name_qualifier)
		Z_PARAM_BOOL(request.allow_create)
		Z_PARAM_STR_OR_NULL(w.acs)
		Z_PARAM_STR_OR_NULL(w.provider_name)
		Z_PARAM_LONG_OR_NULL(w.proxy_count, w.proxy_count_is_null)
		Z_PARAM_ARRAY_HT(w.idps)
		Z_PARAM_ARRAY_HT(w.requesters)
		Z_PARAM_BOOL(request.by_artifact)
		Z_PARAM_LONG_OR_NULL(w.acs_index, w.acs_index_is_null)
	ZEND_PARSE_PARAMETERS_END();
	idp = sf_idp_object(Z_OBJ_P(zidp));
	request.asked.provider = idp->idp.entity_id;
	if (!fill_request(&sp->sp, &w, &request) || !choose_binding(&idp->idp.endpoints, w.binding, &request.destination, &post) || (sp->key && !(request.key = signing_key(sp->key)))) {
		RETURN_THROWS();
	}
	sf_arena_init(&arena, (size_t)8 * 1024 * 1024);
	if (write_request(&sp->sp, &request, post, &arena, id, &message, &error)) {
		message.id = sf_span_of(id);
		request_to_zval(return_value, &message, &request.asked, &arena);
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

/* False with an exception. */
static bool prepare_login(const struct sf_answer *a, const struct sf_xml_limits *limits, struct sf_login *login)
{
	const struct sf_expectation_object *asked = a->expectation ? sf_expectation_object(Z_OBJ_P(a->expectation)) : NULL;
	const struct sp_object *sp = sp_object(Z_OBJ_P(a->sp));

	if (a->request_id && ZSTR_LEN(a->request_id) == 0) {
		zend_argument_value_error(3, "must be the id of a request, or null if nothing is pending");
		return false;
	}
	if (asked && !sf_span_eq(asked->request_id, sf_zstr_span(a->request_id))) {
		zend_argument_value_error(a->expectation_number, "must be of the request that $requestId names");
		return false;
	}
	if (!sf_saml_key_cache()) {
		return false;
	}
	*login = (struct sf_login){
		.expected = {
			.idp = &sf_idp_object(Z_OBJ_P(a->idp))->idp,
			.sp = &sp->sp,
			.request_id = sf_zstr_span(a->request_id),
			.asked = asked ? &asked->asked : NULL,
			.now = a->now_is_null ? (int64_t)time(NULL) : a->now,
		},
		.limits = limits,
		.cache = SF_G(key_cache),
	};
	if (sp->sp.decryption_key_count) {
		sf_keyring_enter(sf_process_keyring);
	}
	return true;
}

void sf_accept(zval *return_value, const struct sf_answer *answer, sf_accept_fn accept, void *arg)
{
	struct sf_xml_limits limits = sf_saml_limits();
	struct sf_login_result result;
	struct sf_login login;
	struct sf_arena arena;
	struct sf_error error = { 0 };
	bool accepted;

	if (!prepare_login(answer, &limits, &login)) {
		return;
	}
	sf_arena_init(&arena, SF_ARENA_FOR(&limits));
	accepted = accept(&login, arg, &arena, &result, &error);
	if (accepted) {
		to_zval(return_value, &result, &arena);
		sf_login_result_free(&result);
	}
	sf_arena_free(&arena);
	if (!accepted) {
		sf_throw_saml(&error);
		return;
	}
	/* last of all: the guard is PHP code, and may never come back (a time limit, a fiber). Nothing waits for it that PHP doesn't free. */
	if (!sf_replay_claim(answer->guard, "Assertion", result.replay_id, result.replay_until)) {
		zval_ptr_dtor(return_value);
		ZVAL_NULL(return_value);
	}
}

static bool accept_posted(struct sf_login *login, void *arg, struct sf_arena *arena, struct sf_login_result *result, struct sf_error *error)
{
	return sf_response_accept(login, sf_zstr_span(arg), arena, result, error);
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, acceptLogin)
{
	struct sf_answer answer = { .sp = ZEND_THIS, .now_is_null = true, .expectation_number = 6 };
	zend_string *response;

	ZEND_PARSE_PARAMETERS_START(4, 6)
		Z_PARAM_OBJECT_OF_CLASS(answer.idp, sf_ce_identity_provider)
		Z_PARAM_STR(response)
		Z_PARAM_STR_OR_NULL(answer.request_id)
		Z_PARAM_OBJECT_OF_CLASS(answer.guard, sf_ce_replay_guard)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(answer.now, answer.now_is_null)
		Z_PARAM_OBJECT_OF_CLASS_OR_NULL(answer.expectation, sf_ce_expectation)
	ZEND_PARSE_PARAMETERS_END();
	sf_accept(return_value, &answer, accept_posted, response);
}

void sf_explain(zval *return_value, const struct sf_answer *answer, sf_accept_fn accept, void *arg)
{
	struct sf_xml_limits limits = sf_saml_limits();
	struct sf_login_result result;
	struct sf_login login;
	struct sf_arena arena;
	struct sf_error error = { 0 };
	bool accepted;

	if (!prepare_login(answer, &limits, &login)) {
		return;
	}
	login.expected.trace = ecalloc(1, sizeof(*login.expected.trace));
	sf_arena_init(&arena, SF_ARENA_FOR(&limits));
	accepted = accept(&login, arg, &arena, &result, &error);
	zend_try {
		sf_report_to_zval(return_value, accepted, login.expected.trace, &result, &error);
	} zend_catch {
		sf_login_result_free(&result);
		sf_arena_free(&arena);
		zend_bailout();
	} zend_end_try();
	sf_login_result_free(&result);
	sf_arena_free(&arena);
	efree(login.expected.trace);
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, explainLogin)
{
	struct sf_answer answer = { .sp = ZEND_THIS, .now_is_null = true, .expectation_number = 5 };
	zend_string *response;

	ZEND_PARSE_PARAMETERS_START(3, 5)
		Z_PARAM_OBJECT_OF_CLASS(answer.idp, sf_ce_identity_provider)
		Z_PARAM_STR(response)
		Z_PARAM_STR_OR_NULL(answer.request_id)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(answer.now, answer.now_is_null)
		Z_PARAM_OBJECT_OF_CLASS_OR_NULL(answer.expectation, sf_ce_expectation)
	ZEND_PARSE_PARAMETERS_END();
	sf_explain(return_value, &answer, accept_posted, response);
}

void sf_register_service_provider(void)
{
	sf_ce_replay_guard = register_class_Samlforce_Saml_ReplayGuard();
	ce_service_provider = register_class_Samlforce_Saml_ServiceProvider();
	ce_service_provider->create_object = create;
	memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
	handlers.offset = offsetof(struct sp_object, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
}
