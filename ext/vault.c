/* Samlforce\Password\Vault and its exception. There is no way here to open a token: see client.c, setPassword(). */
#include "php_samlforce.h"

#include "zend_attributes.h"
#include "zend_enum.h"

#include "base/arena.h"
#include "base/base64.h"
#include "password/vault.h"

#include "vault_arginfo.h"

/* One token is 1.9 kB at most; the arena takes its memory in blocks of 16 kB. */
#define ARENA_BYTES ((size_t)64 * 1024)

struct vault {
	const struct sf_key *key; /* of the process's keyring, which lives as long as the process */
	zend_object std;
};

static zend_class_entry *ce_vault, *ce_exception, *ce_reason;
static zend_object_handlers handlers;

static struct vault *from_object(zend_object *object)
{
	return (struct vault *)((char *)object - offsetof(struct vault, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct vault *vault = zend_object_alloc(sizeof(*vault), ce);

	zend_object_std_init(&vault->std, ce);
	object_properties_init(&vault->std, ce);
	vault->std.handlers = &handlers;
	return &vault->std;
}

static void throw_error(const struct sf_error *error)
{
	static const char *const names[] = {
		[SF_VAULT_INPUT] = "InvalidInput",
		[SF_VAULT_REFUSED] = "Refused",
		[SF_VAULT_EXPIRED] = "Expired",
		[SF_VAULT_FAILED] = "Failed",
	};

	sf_throw(ce_exception, ce_reason, names[error->code], "%s", error->where);
}

ZEND_METHOD(Samlforce_Password_Vault, __construct)
{
	struct vault *vault = from_object(Z_OBJ_P(ZEND_THIS));
	const struct sf_key *key;
	zend_string *name;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	key = sf_keyring_use(name);
	if (!key) {
		RETURN_THROWS();
	}
	if (key->kind != SF_KEY_RAW) {
		sf_throw(sf_ce_keyring_exception, sf_ce_keyring_reason, "WrongKind", "The key \"%s\" is %s; a vault needs a vault key (NAME.key)", ZSTR_VAL(name),
				sf_key_kind_name(key));
		RETURN_THROWS();
	}
	vault->key = key;
}

struct sf_span sf_vault_site(void)
{
	return SF_G(site) ? sf_span_of(SF_G(site)) : SF_SPAN_NONE;
}

/* The vault of a subclass or of reflection, whose constructor never ran, has no key. */
static const struct sf_key *key_or_throw(zval *self)
{
	const struct sf_key *key = from_object(Z_OBJ_P(self))->key;

	if (!key) {
		zend_throw_error(NULL, "The vault has not been constructed");
		return NULL;
	}
	sf_keyring_enter(sf_process_keyring);
	return key;
}

/*
 * Where PHP's memory limit is reached it ends the request at once, by a jump: so what PHP gives is asked for before the arena is there, which
 * nobody would free then.
 */
static zend_string *token_room(void)
{
	return zend_string_alloc(SF_VAULT_MAX_TOKEN, false);
}

static void return_token(zend_string *room, struct sf_span token, zval *return_value)
{
	memcpy(ZSTR_VAL(room), token.p, token.n);
	ZSTR_VAL(room)[token.n] = '\0';
	ZSTR_LEN(room) = token.n;
	RETVAL_NEW_STR(room);
}

ZEND_METHOD(Samlforce_Password_Vault, seal)
{
	struct sf_vault_order order = { .purpose = SF_PURPOSE_SALESFORCE_PASSWORD, .site = sf_vault_site() };
	zend_string *password, *recipient, *result;
	const struct sf_key *key;
	struct sf_error error;
	struct sf_arena arena;
	struct sf_span token;
	zend_long seconds;

	ZEND_PARSE_PARAMETERS_START(3, 3)
		Z_PARAM_STR(password)
		Z_PARAM_STR(recipient)
		Z_PARAM_LONG(seconds)
	ZEND_PARSE_PARAMETERS_END();
	if (!(key = key_or_throw(ZEND_THIS))) {
		RETURN_THROWS();
	}
	if (seconds < 1 || seconds > SF_VAULT_MAX_SECONDS) {
		zend_argument_value_error(3, "must be between 1 and %d", SF_VAULT_MAX_SECONDS);
		RETURN_THROWS();
	}
	order.recipient = (struct sf_span){ ZSTR_VAL(recipient), ZSTR_LEN(recipient) };
	order.expires_at = (int64_t)time(NULL) + seconds;
	result = token_room();
	sf_arena_init(&arena, ARENA_BYTES);
	if (sf_vault_seal(key, &order, (struct sf_span){ ZSTR_VAL(password), ZSTR_LEN(password) }, &arena, &token, &error)) {
		return_token(result, token, return_value);
	} else {
		zend_string_efree(result);
		throw_error(&error);
	}
	sf_arena_free(&arena);
}

static void claims_to_array(const struct sf_vault_claims *claims, zval *array)
{
	char id[2 * SF_VAULT_KEY_ID];

	sf_hex_encode(claims->key_id, SF_VAULT_KEY_ID, id);
	array_init(array);
	add_assoc_long(array, "version", claims->version);
	add_assoc_stringl(array, "keyId", id, sizeof(id));
	add_assoc_string(array, "purpose", sf_vault_purpose_name(claims->purpose) ? sf_vault_purpose_name(claims->purpose) : "unknown");
	add_assoc_stringl(array, "recipient", claims->recipient.p, claims->recipient.n);
	add_assoc_long(array, "expiresAt", (zend_long)claims->expires_at);
}

ZEND_METHOD(Samlforce_Password_Vault, inspect)
{
	char recipient[SF_VAULT_MAX_RECIPIENT];
	struct sf_vault_claims claims;
	const struct sf_key *key;
	struct sf_error error;
	struct sf_arena arena;
	struct sf_span token;
	zend_string *text;
	bool ok;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(text)
	ZEND_PARSE_PARAMETERS_END();
	if (!(key = key_or_throw(ZEND_THIS))) {
		RETURN_THROWS();
	}
	token = (struct sf_span){ ZSTR_VAL(text), ZSTR_LEN(text) };
	sf_arena_init(&arena, ARENA_BYTES);
	ok = sf_vault_inspect(sf_vault_generation_of(key, token, &arena), sf_vault_site(), token, &arena, &claims, &error);
	if (ok) { /* out of the arena, which goes before PHP's memory is asked for */
		memcpy(recipient, claims.recipient.p, claims.recipient.n);
		claims.recipient.p = recipient;
	}
	sf_arena_free(&arena);
	if (ok) {
		claims_to_array(&claims, return_value);
	} else {
		throw_error(&error);
	}
}

ZEND_METHOD(Samlforce_Password_Vault, reseal)
{
	struct sf_span token, resealed;
	zend_string *text, *result;
	const struct sf_key *key;
	struct sf_error error;
	struct sf_arena arena;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(text)
	ZEND_PARSE_PARAMETERS_END();
	if (!(key = key_or_throw(ZEND_THIS))) {
		RETURN_THROWS();
	}
	token = (struct sf_span){ ZSTR_VAL(text), ZSTR_LEN(text) };
	result = token_room();
	sf_arena_init(&arena, ARENA_BYTES);
	if (sf_vault_reseal(sf_vault_generation_of(key, token, &arena), key, sf_vault_site(), token, (int64_t)time(NULL), &arena, &resealed, &error)) {
		return_token(result, resealed, return_value);
	} else {
		zend_string_efree(result);
		throw_error(&error);
	}
	sf_arena_free(&arena);
}

void sf_register_vault(void)
{
	ce_reason = register_class_Samlforce_Password_VaultReason();
	ce_exception = register_class_Samlforce_Password_VaultException(sf_ce_exception);
	ce_vault = register_class_Samlforce_Password_Vault();
	ce_vault->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct vault, std);
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
