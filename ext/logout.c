/* Single logout: the methods of Samlforce\Saml\ServiceProvider for it, and what they take and give. */
#include "saml.h"

#include "zend_enum.h"

#include "base/text.h"
#include "saml/logout.h"
#include "saml/post.h"
#include "xml/sign.h"

#include "logout_arginfo.h"

/* Of the messages that we write: the request, its canonical form, what is signed, and what goes out. */
#define OUT_ARENA ((size_t)8 * 1024 * 1024)

static zend_class_entry *ce_name_id;
static zend_class_entry *ce_status;
static zend_class_entry *ce_request;
static zend_class_entry *ce_response;

/* In the order of enum sf_binding and enum sf_logout_status. */
static const char *const bindings[] = { "Redirect", "Post", "Soap" };
static const char *const statuses[] = { "Success", "PartialLogout", "UnknownPrincipal", "RequestDenied", "Failed" };

/* -1 for a case that is none of these. */
static int case_index(zend_object *value, const char *const *names, int count)
{
	zval *name = zend_enum_fetch_case_name(value);

	for (int i = 0; i < count; i++) {
		if (zend_string_equals_cstr(Z_STR_P(name), names[i], strlen(names[i]))) {
			return i;
		}
	}
	return -1;
}

#define CASE_INDEX(value, names) case_index(value, names, (int)(sizeof(names) / sizeof(names[0])))

static void init_case(zend_object *object, const char *property, zend_class_entry *ce, const char *name)
{
	zval zv;

	ZVAL_OBJ_COPY(&zv, zend_enum_get_case_cstr(ce, name));
	sf_init_property(object, property, &zv);
}

/* A property of one of our objects, as it was made here; .p == NULL for null, and for an object that nobody made. */
static struct sf_span property(zval *object, const char *name)
{
	zval rv, *value = zend_read_property(Z_OBJCE_P(object), Z_OBJ_P(object), name, strlen(name), 1, &rv);

	ZVAL_DEREF(value);
	return Z_TYPE_P(value) == IS_STRING ? sf_zstr_span(Z_STR_P(value)) : SF_SPAN_NONE;
}

/* False with an exception for a binding by which no such message comes or goes. */
static bool binding_of(zval *value, uint32_t argument, bool browser, enum sf_binding *by)
{
	int index = CASE_INDEX(Z_OBJ_P(value), bindings);

	if (index < 0 || (browser && index == SF_BY_SOAP)) {
		zend_argument_value_error(argument, browser ? "must be Binding::Redirect or Binding::Post" : "must be Binding::Redirect, Binding::Post or Binding::Soap");
		return false;
	}
	*by = (enum sf_binding)index;
	return true;
}

static void throw_internal(const char *where)
{
	struct sf_error error;

	sf_fail(&error, SF_INTERNAL, where);
	sf_throw_saml(&error);
}

/* ---- NameId ---- */

static bool text_ok(const zend_string *text, uint32_t argument, size_t least, size_t most)
{
	if (text && (ZSTR_LEN(text) < least || ZSTR_LEN(text) > most || !sf_xml_text_valid(sf_zstr_span(text)))) {
		zend_argument_value_error(argument, "must be %zu to %zu bytes of UTF-8 that XML can hold", least, most);
		return false;
	}
	return true;
}

ZEND_METHOD(Samlforce_Saml_NameId, __construct)
{
	zend_string *value, *format = NULL, *qualifier = NULL, *sp_qualifier = NULL;
	zend_object *object = Z_OBJ_P(ZEND_THIS);

	ZEND_PARSE_PARAMETERS_START(1, 4)
		Z_PARAM_STR(value)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(format)
		Z_PARAM_STR_OR_NULL(qualifier)
		Z_PARAM_STR_OR_NULL(sp_qualifier)
	ZEND_PARSE_PARAMETERS_END();
	if (property(ZEND_THIS, "value").p) {
		zend_throw_error(NULL, "A NameId is immutable: make a new one");
		RETURN_THROWS();
	}
	if (!text_ok(value, 1, 1, SF_NAME_ID_MAX) || !text_ok(format, 2, 0, SF_ENTITY_ID_MAX) || !text_ok(qualifier, 3, 0, SF_ENTITY_ID_MAX)
			|| !text_ok(sp_qualifier, 4, 0, SF_ENTITY_ID_MAX)) {
		RETURN_THROWS();
	}
	sf_init_string(object, "value", sf_zstr_span(value));
	sf_init_string_or_null(object, "format", sf_zstr_span(format));
	sf_init_string_or_null(object, "nameQualifier", sf_zstr_span(qualifier));
	sf_init_string_or_null(object, "spNameQualifier", sf_zstr_span(sp_qualifier));
}

static void name_id_to_zval(zval *zv, const struct sf_name_id *name)
{
	object_init_ex(zv, ce_name_id);
	sf_init_string(Z_OBJ_P(zv), "value", name->value);
	sf_init_string_or_null(Z_OBJ_P(zv), "format", name->format);
	sf_init_string_or_null(Z_OBJ_P(zv), "nameQualifier", name->name_qualifier);
	sf_init_string_or_null(Z_OBJ_P(zv), "spNameQualifier", name->sp_name_qualifier);
}

/* ---- out ---- */

/* The names of sessions; false with an exception. */
static bool session_indexes(HashTable *given, struct sf_logout_request *request)
{
	zval *one;

	if (zend_hash_num_elements(given) > SF_SESSION_INDEXES_MAX) {
		zend_argument_value_error(3, "must hold at most %d", SF_SESSION_INDEXES_MAX);
		return false;
	}
	ZEND_HASH_FOREACH_VAL(given, one) {
		ZVAL_DEREF(one);
		if (Z_TYPE_P(one) != IS_STRING) {
			zend_argument_type_error(3, "must hold strings alone");
			return false;
		}
		if (!text_ok(Z_STR_P(one), 3, 1, SF_SESSION_INDEX_MAX)) {
			return false;
		}
		request->session_indexes[request->session_index_count++] = sf_zstr_span(Z_STR_P(one));
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* A message of ours on its way to the browser. */
struct going {
	enum sf_binding by;
	bool response;
	struct sf_span destination, relay_state;
	const struct sf_key *key;
	char id[SF_REQUEST_ID + 1];
};

/* Where it goes; with `only`, by that binding or not at all. An answer may have an address of its own (saml-metadata-2.0-os §2.2.2). */
static bool choose_endpoint(struct going *out, const struct sf_idp *idp, bool only)
{
	const struct sf_span *urls = out->response ? idp->endpoints.logout_response : idp->endpoints.logout;
	enum sf_binding other = out->by == SF_BY_REDIRECT ? SF_BY_POST : SF_BY_REDIRECT;
	struct sf_error error;

	if (!urls[out->by].p && !only) {
		out->by = other;
	}
	out->destination = urls[out->by];
	if (!out->destination.p) {
		sf_fail(&error, SF_URL_REFUSED, only ? "the provider has no SingleLogoutService with this binding" : "the provider has no SingleLogoutService with the Redirect or POST binding");
		sf_throw_saml(&error);
	}
	return out->destination.p != NULL;
}

/* All that can be known before the message is written. False with an exception. */
static bool prepare(struct going *out, zval *sp, zval *idp, bool only)
{
	if (!choose_endpoint(out, &sf_idp_object(Z_OBJ_P(idp))->idp, only)) {
		return false;
	}
	out->key = sf_sp_signing_key(Z_OBJ_P(sp), out->response ? "LogoutResponse" : "LogoutRequest");
	if (!out->key) {
		return false;
	}
	if (!sf_message_id(out->id)) {
		throw_internal("random numbers");
		return false;
	}
	return true;
}

/* When PHP's memory limit ends the request here, what isn't PHP's memory goes too: a worker lives on. */
static void message_to_zval(zval *return_value, const struct sf_outgoing *message, struct sf_arena *arena)
{
	zend_try {
		sf_message_to_zval(return_value, message, NULL);
	} zend_catch {
		sf_arena_free(arena);
		zend_bailout();
	} zend_end_try();
}

/* Signs it by its binding, and makes the Message. */
static bool dispatch(zval *return_value, const struct going *out, struct sf_span xml, struct sf_arena *arena, struct sf_error *error)
{
	struct sf_outgoing message = { .id = sf_span_of(out->id), .url = out->destination, .relay_state = out->relay_state };
	struct sf_redirect_message redirect = { .destination = out->destination, .response = out->response, .xml = xml, .relay_state = out->relay_state, .key = out->key };

	if (out->by == SF_BY_POST) {
		message.field = out->response ? "SAMLResponse" : "SAMLRequest";
		if (!sf_xml_sign(xml, out->key, arena, &xml, error)) {
			return false;
		}
		if (!sf_post_field(xml, arena, &message.value)) {
			return sf_fail(error, SF_INTERNAL, "memory");
		}
	} else if (!sf_redirect_write(&redirect, arena, &message.url, error)) {
		return false;
	}
	message_to_zval(return_value, &message, arena);
	return true;
}

/*
 * What PHP code gains by these methods: a signed request to end sessions at a provider of its choice, or the signed statement that ours have
 * ended. Whoever runs code here can sign people out here anyway, and there as long as he has their names; he learns nothing by it.
 */
ZEND_METHOD(Samlforce_Saml_ServiceProvider, requestLogout)
{
	zend_string *relay_state = NULL, *reason = NULL;
	struct going out = { .by = SF_BY_REDIRECT };
	struct sf_logout_request request = { .has_not_on_or_after = true };
	int64_t now = (int64_t)time(NULL);
	HashTable *indexes = NULL;
	struct sf_arena arena;
	struct sf_error error;
	struct sf_span xml;
	zval *zidp, *zname, *zbinding = NULL;

	ZEND_PARSE_PARAMETERS_START(2, 6)
		Z_PARAM_OBJECT_OF_CLASS(zidp, sf_ce_identity_provider)
		Z_PARAM_OBJECT_OF_CLASS(zname, ce_name_id)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(indexes)
		Z_PARAM_STR_OR_NULL(relay_state)
		Z_PARAM_STR_OR_NULL(reason)
		Z_PARAM_OBJECT_OF_CLASS_OR_NULL(zbinding, sf_ce_binding)
	ZEND_PARSE_PARAMETERS_END();
	if ((zbinding && !binding_of(zbinding, 6, true, &out.by)) || (indexes && !session_indexes(indexes, &request)) || !text_ok(reason, 5, 1, SF_LOGOUT_REASON_MAX)) {
		RETURN_THROWS();
	}
	if (relay_state && ZSTR_LEN(relay_state) > SF_RELAY_STATE_MAX) {
		zend_argument_value_error(4, "must be at most %d bytes", SF_RELAY_STATE_MAX);
		RETURN_THROWS();
	}
	request.name_id = (struct sf_name_id){
		.value = property(zname, "value"),
		.format = property(zname, "format"),
		.name_qualifier = property(zname, "nameQualifier"),
		.sp_name_qualifier = property(zname, "spNameQualifier"),
	};
	if (!request.name_id.value.p) {
		zend_argument_value_error(2, "must be a name");
		RETURN_THROWS();
	}
	request.reason = sf_zstr_span(reason);
	request.not_on_or_after = now + SF_LOGOUT_LIFETIME;
	out.relay_state = sf_zstr_span(relay_state);
	if (!prepare(&out, ZEND_THIS, zidp, zbinding != NULL)) {
		RETURN_THROWS();
	}
	sf_arena_init(&arena, OUT_ARENA);
	if (!sf_logout_request_write(sf_sp_of(Z_OBJ_P(ZEND_THIS)), &request, out.destination, out.id, now, &arena, &xml, &error)
			|| !dispatch(return_value, &out, xml, &arena, &error)) {
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

/* What of a LogoutRequest its answer needs; false with an exception where it is nobody's. */
static bool request_id(zval *request, struct sf_span *id)
{
	*id = property(request, "id");
	if (!id->p) {
		zend_throw_error(NULL, "This LogoutRequest was made by nobody");
	}
	return id->p != NULL;
}

static enum sf_binding came_by(zval *request)
{
	zval rv, *binding = zend_read_property(ce_request, Z_OBJ_P(request), "binding", sizeof("binding") - 1, 1, &rv);
	int index = Z_TYPE_P(binding) == IS_OBJECT ? CASE_INDEX(Z_OBJ_P(binding), bindings) : -1;

	return index < 0 ? SF_BY_REDIRECT : (enum sf_binding)index;
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, respondLogout)
{
	struct going out = { .response = true };
	zend_string *relay_state = NULL;
	enum sf_logout_status status = SF_LOGOUT_SUCCESS;
	zval *zidp, *zrequest, *zstatus = NULL;
	struct sf_span answers, xml;
	struct sf_arena arena;
	struct sf_error error;

	ZEND_PARSE_PARAMETERS_START(2, 4)
		Z_PARAM_OBJECT_OF_CLASS(zidp, sf_ce_identity_provider)
		Z_PARAM_OBJECT_OF_CLASS(zrequest, ce_request)
		Z_PARAM_OPTIONAL
		Z_PARAM_OBJECT_OF_CLASS(zstatus, ce_status)
		Z_PARAM_STR_OR_NULL(relay_state)
	ZEND_PARSE_PARAMETERS_END();
	if (!request_id(zrequest, &answers)) {
		RETURN_THROWS();
	}
	if (!sf_span_eq(property(zrequest, "issuer"), sf_idp_object(Z_OBJ_P(zidp))->idp.entity_id)) {
		zend_argument_value_error(1, "must be the provider that the request came from");
		RETURN_THROWS();
	}
	out.by = came_by(zrequest);
	if (out.by == SF_BY_SOAP) {
		zend_argument_value_error(2, "came by SOAP, and is answered by respondLogoutBySoap()");
		RETURN_THROWS();
	}
	if (relay_state && ZSTR_LEN(relay_state) > SF_RELAY_STATE_RECEIVED_MAX) {
		zend_argument_value_error(4, "must be at most %d bytes", SF_RELAY_STATE_RECEIVED_MAX);
		RETURN_THROWS();
	}
	if (zstatus) {
		status = (enum sf_logout_status)CASE_INDEX(Z_OBJ_P(zstatus), statuses);
	}
	out.relay_state = relay_state ? sf_zstr_span(relay_state) : property(zrequest, "relayState");
	if (!prepare(&out, ZEND_THIS, zidp, false)) {
		RETURN_THROWS();
	}
	sf_arena_init(&arena, OUT_ARENA);
	if (!sf_logout_response_write(sf_sp_of(Z_OBJ_P(ZEND_THIS)), answers, status, out.destination, out.id, (int64_t)time(NULL), &arena, &xml, &error)
			|| !dispatch(return_value, &out, xml, &arena, &error)) {
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, respondLogoutBySoap)
{
	enum sf_logout_status status = SF_LOGOUT_SUCCESS;
	zval *zrequest, *zstatus = NULL;
	char id[SF_REQUEST_ID + 1];
	struct sf_span answers, xml;
	const struct sf_key *key;
	struct sf_arena arena;
	struct sf_error error;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_OBJECT_OF_CLASS(zrequest, ce_request)
		Z_PARAM_OPTIONAL
		Z_PARAM_OBJECT_OF_CLASS(zstatus, ce_status)
	ZEND_PARSE_PARAMETERS_END();
	if (!request_id(zrequest, &answers)) {
		RETURN_THROWS();
	}
	if (came_by(zrequest) != SF_BY_SOAP) {
		zend_argument_value_error(1, "came by the browser, and is answered by respondLogout()");
		RETURN_THROWS();
	}
	if (zstatus) {
		status = (enum sf_logout_status)CASE_INDEX(Z_OBJ_P(zstatus), statuses);
	}
	key = sf_sp_signing_key(Z_OBJ_P(ZEND_THIS), "LogoutResponse");
	if (!key) {
		RETURN_THROWS();
	}
	if (!sf_message_id(id)) {
		throw_internal("random numbers");
		RETURN_THROWS();
	}
	sf_arena_init(&arena, OUT_ARENA);
	sf_fail(&error, SF_INTERNAL, "memory");
	if (sf_logout_response_write(sf_sp_of(Z_OBJ_P(ZEND_THIS)), answers, status, SF_SPAN_NONE, id, (int64_t)time(NULL), &arena, &xml, &error)
			&& sf_xml_sign(xml, key, &arena, &xml, &error) && sf_soap_wrap(xml, &arena, &xml)) {
		sf_return_text(return_value, xml, &arena);
	} else {
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

/* ---- in ---- */

static void init_common(zend_object *object, const struct sf_logout *logout, const struct sf_logout_result *result)
{
	zval warnings;

	sf_init_string(object, "id", result->id);
	sf_init_string(object, "issuer", logout->idp->entity_id);
	sf_init_string_or_null(object, "relayState", result->relay_state);
	sf_warnings_to_zval(result->warnings, &warnings);
	sf_init_property(object, "warnings", &warnings);
}

static void request_to_zval(zval *return_value, enum sf_binding binding, const struct sf_logout *logout, const struct sf_logout_result *result)
{
	const struct sf_logout_request *request = &result->request;
	zend_object *object;
	zval zv;

	object_init_ex(return_value, ce_request);
	object = Z_OBJ_P(return_value);
	init_common(object, logout, result);
	name_id_to_zval(&zv, &request->name_id);
	sf_init_property(object, "nameId", &zv);
	array_init(&zv);
	for (size_t i = 0; i < request->session_index_count; i++) {
		add_next_index_stringl(&zv, request->session_indexes[i].p, request->session_indexes[i].n);
	}
	sf_init_property(object, "sessionIndexes", &zv);
	sf_init_string_or_null(object, "reason", request->reason);
	init_case(object, "binding", sf_ce_binding, bindings[binding]);
}

static void response_to_zval(zval *return_value, const struct sf_logout *logout, const struct sf_logout_result *result)
{
	const struct sf_logout_response *response = &result->response;
	zend_object *object;

	object_init_ex(return_value, ce_response);
	object = Z_OBJ_P(return_value);
	init_common(object, logout, result);
	sf_init_string(object, "inResponseTo", response->in_response_to);
	init_case(object, "status", ce_status, statuses[result->status]);
	sf_init_string(object, "statusCode", response->code);
	sf_init_string_or_null(object, "secondStatusCode", response->second_code);
	sf_init_string_or_null(object, "statusMessage", response->message);
}

/* When PHP's memory limit ends the request here, what isn't PHP's memory goes too: a worker lives on. */
static void to_zval(zval *return_value, enum sf_binding binding, const struct sf_logout *logout, struct sf_logout_result *result, struct sf_arena *arena)
{
	zend_try {
		if (result->is_response) {
			response_to_zval(return_value, logout, result);
		} else {
			request_to_zval(return_value, binding, logout, result);
		}
	} zend_catch {
		sf_logout_result_free(result);
		sf_arena_free(arena);
		zend_bailout();
	} zend_end_try();
}

/* Judges and makes the object; the claim comes after it, when nothing is held that PHP doesn't free. False with an exception. */
static bool judge(zval *return_value, const struct sf_logout *logout, enum sf_binding binding, zend_string *message, struct sf_logout_result *result)
{
	struct sf_error error = { 0 };
	struct sf_arena arena;
	bool accepted;

	sf_arena_init(&arena, SF_ARENA_FOR(logout->limits));
	accepted = sf_logout_accept(logout, binding, sf_zstr_span(message), &arena, result, &error);
	if (accepted) {
		to_zval(return_value, binding, logout, result, &arena);
		sf_logout_result_free(result);
	}
	sf_arena_free(&arena);
	if (!accepted) {
		sf_throw_saml(&error);
	}
	return accepted;
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, acceptLogout)
{
	const struct sf_sp *sp = sf_sp_of(Z_OBJ_P(ZEND_THIS));
	struct sf_xml_limits limits = sf_saml_limits();
	zval *zidp, *zbinding, *guard;
	zend_string *message, *request = NULL;
	struct sf_logout_result result;
	bool now_is_null = true;
	struct sf_logout logout;
	enum sf_binding by;
	zend_long now = 0;

	ZEND_PARSE_PARAMETERS_START(5, 6)
		Z_PARAM_OBJECT_OF_CLASS(zidp, sf_ce_identity_provider)
		Z_PARAM_OBJECT_OF_CLASS(zbinding, sf_ce_binding)
		Z_PARAM_STR(message)
		Z_PARAM_STR_OR_NULL(request)
		Z_PARAM_OBJECT_OF_CLASS(guard, sf_ce_replay_guard)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(now, now_is_null)
	ZEND_PARSE_PARAMETERS_END();
	if (!binding_of(zbinding, 2, false, &by)) {
		RETURN_THROWS();
	}
	if (request && ZSTR_LEN(request) == 0) {
		zend_argument_value_error(4, "must be the id of a request, or null if nothing is pending");
		RETURN_THROWS();
	}
	if (!sf_saml_key_cache()) {
		RETURN_THROWS();
	}
	logout = (struct sf_logout){
		.idp = &sf_idp_object(Z_OBJ_P(zidp))->idp,
		.sp = sp,
		.request_id = sf_zstr_span(request),
		.now = now_is_null ? (int64_t)time(NULL) : now,
		.limits = &limits,
		.cache = SF_G(key_cache),
	};
	if (sp->decryption_key_count) {
		sf_keyring_enter(sf_process_keyring);
	}
	if (!judge(return_value, &logout, by, message, &result)) {
		RETURN_THROWS();
	}
	if (!result.is_response && !sf_replay_claim(guard, "LogoutRequest", result.replay_id, result.replay_until)) {
		zval_ptr_dtor(return_value);
		ZVAL_NULL(return_value);
	}
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, claimedIssuer)
{
	struct sf_xml_limits limits = sf_saml_limits();
	struct sf_error error = { 0 };
	struct sf_arena arena;
	struct sf_span issuer;
	zend_string *message;
	enum sf_binding by;
	zval *zbinding;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_OBJECT_OF_CLASS(zbinding, sf_ce_binding)
		Z_PARAM_STR(message)
	ZEND_PARSE_PARAMETERS_END();
	if (!binding_of(zbinding, 1, false, &by)) {
		RETURN_THROWS();
	}
	sf_arena_init(&arena, SF_ARENA_FOR(&limits));
	if (sf_message_claimed_issuer(by, sf_zstr_span(message), &limits, &arena, &issuer, &error)) {
		sf_return_text(return_value, issuer, &arena);
	} else {
		sf_throw_saml(&error);
	}
	sf_arena_free(&arena);
}

ZEND_METHOD(Samlforce_Saml_LogoutRequest, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Saml_LogoutResponse, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

void sf_register_logout(void)
{
	ce_name_id = register_class_Samlforce_Saml_NameId();
	ce_status = register_class_Samlforce_Saml_LogoutStatus();
	ce_request = register_class_Samlforce_Saml_LogoutRequest();
	ce_response = register_class_Samlforce_Saml_LogoutResponse();
}
