/* Samlforce\Salesforce\Credentials and ClientSecret: how the site signs in. var_dump() shows nothing of them. */
#include "php_salesforce.h"

#include "ext/json/php_json.h"
#include "zend_attributes.h"
#include "zend_exceptions.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"
#include "salesforce/oauth.h"

#include "credentials_arginfo.h"

#define CONSUMER_KEY_MAX 1024
#define USERNAME_MAX 255
#define AUDIENCE_MAX 512
#define SECRET_MAX 1024
#define CODE_MAX 4096
#define REFRESH_TOKEN_MAX 4096
#define SCOPES_MAX 16
#define SCOPE_MAX 64
#define URL_MAX 8192
#define ARENA_BYTES ((size_t)8 << 20)
#define JSON_DEPTH 64

struct client_secret {
	struct sf_secret text;    /* one that was given as a text, or */
	const struct sf_key *key; /* one of the keyring, where it lies */
	zend_object std;
};

struct credentials {
	struct sf_credentials core; /* its texts are those of the strings and of the secret below */
	struct sf_token_store store;
	zend_object *php_store;
	zend_object *secret;
	zend_string *consumer_key;
	zend_string *username;
	zend_string *audience;
	zend_object std;
};

zend_class_entry *sf_ce_credentials;
static zend_class_entry *ce_secret, *ce_request;
static zend_object_handlers handlers, secret_handlers;

static struct credentials *from_object(zend_object *object)
{
	return (struct credentials *)((char *)object - offsetof(struct credentials, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct credentials *c = zend_object_alloc(sizeof(*c), ce);

	zend_object_std_init(&c->std, ce);
	object_properties_init(&c->std, ce);
	c->std.handlers = &handlers;
	return &c->std;
}

static void release(zend_string *s)
{
	if (s) {
		zend_string_release(s);
	}
}

static void free_object(zend_object *object)
{
	struct credentials *c = from_object(object);

	release(c->consumer_key);
	release(c->username);
	release(c->audience);
	if (c->php_store) {
		OBJ_RELEASE(c->php_store);
	}
	if (c->secret) {
		OBJ_RELEASE(c->secret);
	}
	zend_object_std_dtor(object);
}

const struct sf_credentials *sf_credentials_of(zend_object *object)
{
	const struct credentials *c = from_object(object);

	if (!c->consumer_key) {
		zend_throw_error(NULL, "The credentials were not made by a method of Credentials");
		return NULL;
	}
	return &c->core;
}

/* Private: an object comes from the factories alone. */
ZEND_METHOD(Samlforce_Salesforce_Credentials, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

static struct sf_span span_of(const zend_string *s)
{
	return (struct sf_span){ ZSTR_VAL(s), ZSTR_LEN(s) };
}

static bool printable(const zend_string *s)
{
	for (size_t i = 0; i < ZSTR_LEN(s); i++) {
		if ((unsigned char)ZSTR_VAL(s)[i] < 0x20 || ZSTR_VAL(s)[i] == 0x7F) {
			return false;
		}
	}
	return sf_utf8_valid(span_of(s));
}

static bool check_text(const zend_string *s, uint32_t argument, size_t max)
{
	if (ZSTR_LEN(s) == 0 || ZSTR_LEN(s) > max || !printable(s)) {
		zend_argument_value_error(argument, "must be 1 to %zu bytes of UTF-8 without control characters", max);
		return false;
	}
	return true;
}

/* The keyring's own sentence, as an exception of this room. */
static void throw_key_unusable(const char *sentence)
{
	struct sf_failure failure;

	sf_failure_set(&failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_AUTHENTICATE, sentence);
	sf_throw_failure(&failure);
}

static const struct sf_key *find_key(zend_string *name)
{
	const struct sf_key *key = sf_keyring_use(name);
	struct sf_failure failure;

	if (!key) {
		zval rv, *message = zend_read_property(zend_ce_exception, EG(exception), "message", sizeof("message") - 1, true, &rv);

		sf_failure_set(&failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_AUTHENTICATE, Z_TYPE_P(message) == IS_STRING ? Z_STRVAL_P(message) : "");
		zend_clear_exception();
		sf_throw_failure(&failure);
	}
	return key;
}

static const struct sf_key *sealing_key(zend_string *name)
{
	const struct sf_key *key = find_key(name);

	if (key && !sf_key_raw(key)) {
		throw_key_unusable("The key for a token store must be one of 32 bytes (NAME.key)");
		return NULL;
	}
	return key;
}

static const struct sf_key *signing_key(zend_string *name)
{
	const struct sf_key *key = find_key(name);

	if (!key) {
		return NULL;
	}
	if (key->kind != SF_KEY_RSA) {
		throw_key_unusable("The key for Salesforce must be an RSA key (NAME.pem): its JWT bearer flow takes RS256 alone");
		return NULL;
	}
	return key;
}

static bool check_host(const struct sf_origin *login)
{
	struct sf_api *api = sf_worker_api();
	struct sf_failure failure;

	if (!api) {
		return false;
	}
	if (!sf_api_allowed(api, login, &failure)) {
		sf_throw_failure(&failure);
		return false;
	}
	return true;
}

static zend_string *default_audience(const struct sf_origin *login)
{
	return login->port == 443 ? zend_strpprintf(0, "https://%s", login->host) : zend_strpprintf(0, "https://%s:%u", login->host, login->port);
}

static bool check_audience(const zend_string *audience)
{
	if (audience && (ZSTR_LEN(audience) < 9 || memcmp(ZSTR_VAL(audience), "https://", 8) != 0 || !sf_url_valid(span_of(audience), AUDIENCE_MAX))) {
		zend_argument_value_error(5, "must be an https URL of at most %d bytes", AUDIENCE_MAX);
		return false;
	}
	return true;
}

/* ---- the client secret ---- */

static struct client_secret *secret_of(zend_object *object)
{
	return (struct client_secret *)((char *)object - offsetof(struct client_secret, std));
}

static zend_object *create_secret(zend_class_entry *ce)
{
	struct client_secret *secret = zend_object_alloc(sizeof(*secret), ce);

	zend_object_std_init(&secret->std, ce);
	object_properties_init(&secret->std, ce);
	secret->std.handlers = &secret_handlers;
	return &secret->std;
}

static void free_secret(zend_object *object)
{
	sf_secret_free(&secret_of(object)->text);
	zend_object_std_dtor(object);
}

ZEND_METHOD(Samlforce_Salesforce_ClientSecret, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

static bool is_token(struct sf_span s, size_t max)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] <= 0x20 || s.p[i] >= 0x7F) {
			return false;
		}
	}
	return s.n > 0 && s.n <= max;
}

static bool check_token(const zend_string *s, uint32_t argument, int max)
{
	if (!is_token(span_of(s), (size_t)max)) {
		zend_argument_value_error(argument, "must be 1 to %d bytes of printable ASCII without spaces", max);
		return false;
	}
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_ClientSecret, text)
{
	struct client_secret *secret;
	zend_string *text;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(text)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_token(text, 1, SECRET_MAX)) {
		RETURN_THROWS();
	}
	object_init_ex(return_value, ce_secret);
	secret = secret_of(Z_OBJ_P(return_value));
	if (!sf_secret_new(&secret->text, ZSTR_LEN(text))) {
		throw_key_unusable("The locked memory failed");
		RETURN_THROWS();
	}
	memcpy(secret->text.p, ZSTR_VAL(text), ZSTR_LEN(text));
}

ZEND_METHOD(Samlforce_Salesforce_ClientSecret, named)
{
	const struct sf_key *key;
	zend_string *name;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	if (!(key = find_key(name))) {
		RETURN_THROWS();
	}
	if (sf_key_text(key).n == 0) {
		throw_key_unusable("The key for a client secret must be a secret (NAME.secret)");
		RETURN_THROWS();
	}
	object_init_ex(return_value, ce_secret);
	secret_of(Z_OBJ_P(return_value))->key = key;
}

/* ---- the credentials ---- */

static bool check_login(const zend_string *host, struct sf_origin *login)
{
	if (!sf_origin_parse(span_of(host), login)) {
		zend_argument_value_error(1, "must be a host or host:port, without https://");
		return false;
	}
	return check_host(login);
}

static struct credentials *make(zval *return_value, enum sf_grant grant, const struct sf_origin *login, zend_string *consumer_key)
{
	struct credentials *c;

	object_init_ex(return_value, sf_ce_credentials);
	c = from_object(Z_OBJ_P(return_value));
	c->core.grant = grant;
	c->core.login = *login;
	c->consumer_key = zend_string_copy(consumer_key);
	c->core.consumer_key = span_of(c->consumer_key);
	return c;
}

static void set_username(struct credentials *c, zend_string *username)
{
	c->username = zend_string_copy(username);
	c->core.username = span_of(c->username);
}

static struct sf_span text_of(const struct client_secret *secret)
{
	return secret->key ? sf_key_text(secret->key) : (struct sf_span){ (const char *)secret->text.p, secret->text.n };
}

static void set_secret(struct credentials *c, zend_object *secret)
{
	if (secret) {
		c->secret = secret;
		GC_ADDREF(secret);
		c->core.client_secret = text_of(secret_of(secret));
	}
}

static void set_store(struct credentials *c, zend_object *store, const struct sf_key *key)
{
	c->php_store = store;
	GC_ADDREF(store);
	sf_token_store_init(&c->store, store, key);
	c->core.store = &c->store;
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, jwtBearer)
{
	zend_string *host, *consumer_key, *username, *key_name, *audience = NULL;
	const struct sf_key *key;
	struct sf_origin login;
	struct credentials *c;

	ZEND_PARSE_PARAMETERS_START(4, 5)
		Z_PARAM_STR(host)
		Z_PARAM_STR(consumer_key)
		Z_PARAM_STR(username)
		Z_PARAM_STR(key_name)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(audience)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_origin_parse(span_of(host), &login)) {
		zend_argument_value_error(1, "must be a host or host:port, without https://");
		RETURN_THROWS();
	}
	if (!check_text(consumer_key, 2, CONSUMER_KEY_MAX) || !check_text(username, 3, USERNAME_MAX) || !check_audience(audience) || !check_host(&login)) {
		RETURN_THROWS();
	}
	if (!(key = signing_key(key_name))) {
		RETURN_THROWS();
	}
	c = make(return_value, SF_GRANT_JWT_BEARER, &login, consumer_key);
	set_username(c, username);
	c->audience = audience ? zend_string_copy(audience) : default_audience(&login);
	c->core.audience = span_of(c->audience);
	c->core.key = key;
	c->core.key_alone = memchr(ZSTR_VAL(key_name), '~', ZSTR_LEN(key_name)) != NULL;
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, clientCredentials)
{
	zend_string *host, *consumer_key;
	struct sf_origin login;
	zend_object *secret;

	ZEND_PARSE_PARAMETERS_START(3, 3)
		Z_PARAM_STR(host)
		Z_PARAM_STR(consumer_key)
		Z_PARAM_OBJ_OF_CLASS(secret, ce_secret)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_text(consumer_key, 2, CONSUMER_KEY_MAX) || !check_login(host, &login)) {
		RETURN_THROWS();
	}
	set_secret(make(return_value, SF_GRANT_CLIENT_CREDENTIALS, &login, consumer_key), secret);
}

/* What the two ways to a refresh token have in common. */
struct refreshable {
	zend_string *host;
	zend_string *consumer_key;
	zend_object *secret;
	zend_object *store;
	zend_string *key_name;
	zend_string *grant; /* NULL: "default" */
};

static bool make_refreshable(zval *return_value, const struct refreshable *from, uint32_t grant_argument)
{
	const struct sf_key *key;
	struct sf_origin login;
	struct credentials *c;

	if (!check_text(from->consumer_key, 2, CONSUMER_KEY_MAX) || (from->grant && !check_text(from->grant, grant_argument, USERNAME_MAX)) || !check_login(from->host, &login)
			|| !(key = sealing_key(from->key_name))) {
		return false;
	}
	c = make(return_value, SF_GRANT_REFRESH_TOKEN, &login, from->consumer_key);
	if (from->grant) {
		set_username(c, from->grant);
	} else {
		c->core.username = SF_SPAN_LIT("default");
	}
	set_secret(c, from->secret);
	set_store(c, from->store, key);
	return true;
}

/* Whatever the core did with a store, here is where it ends; false, and an exception, if it failed. */
static bool finish(bool ok, struct sf_arena *arena, const struct sf_failure *failure)
{
	if (!ok) {
		sf_throw_failure(failure);
	}
	sf_arena_free(arena);
	sf_end_callbacks();
	return ok;
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, refreshToken)
{
	struct refreshable from = { 0 };
	zend_string *token = NULL;
	struct sf_failure failure;
	struct sf_arena arena;
	struct sf_api *api;
	bool ok;

	ZEND_PARSE_PARAMETERS_START(5, 7)
		Z_PARAM_STR(from.host)
		Z_PARAM_STR(from.consumer_key)
		Z_PARAM_OBJ_OF_CLASS_OR_NULL(from.secret, ce_secret)
		Z_PARAM_OBJ_OF_CLASS(from.store, sf_ce_token_store)
		Z_PARAM_STR(from.key_name)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(from.grant)
		Z_PARAM_STR_OR_NULL(token)
	ZEND_PARSE_PARAMETERS_END();
	if ((token && !check_token(token, 7, REFRESH_TOKEN_MAX)) || !make_refreshable(return_value, &from, 6) || !token || !(api = sf_worker_api())) {
		return;
	}
	sf_arena_init(&arena, ARENA_BYTES);
	ok = sf_api_plant(api, sf_credentials_of(Z_OBJ_P(return_value)), span_of(token), &arena, &failure);
	finish(ok, &arena, &failure);
}

static bool check_timeout(zend_long timeout, uint32_t argument)
{
	if (timeout < SF_HTTP_TIMEOUT_MIN || timeout > SF_HTTP_TIMEOUT_MAX) {
		zend_argument_value_error(argument, "must be between %d and %d", SF_HTTP_TIMEOUT_MIN, SF_HTTP_TIMEOUT_MAX);
		return false;
	}
	return true;
}

static bool check_redirect_uri(const zend_string *uri, uint32_t argument)
{
	if (ZSTR_LEN(uri) < 9 || !sf_url_valid(span_of(uri), AUDIENCE_MAX)) {
		zend_argument_value_error(argument, "must be an https or http URL of at most %d bytes", AUDIENCE_MAX);
		return false;
	}
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, authorizationCode)
{
	struct refreshable from = { 0 };
	zend_string *redirect_uri, *code, *verifier;
	zend_long timeout = 30000;
	struct sf_oauth_code exchange;
	struct sf_failure failure;
	struct sf_arena arena;
	struct sf_api *api;
	bool ok;

	ZEND_PARSE_PARAMETERS_START(8, 10)
		Z_PARAM_STR(from.host)
		Z_PARAM_STR(from.consumer_key)
		Z_PARAM_OBJ_OF_CLASS_OR_NULL(from.secret, ce_secret)
		Z_PARAM_STR(redirect_uri)
		Z_PARAM_STR(code)
		Z_PARAM_STR(verifier)
		Z_PARAM_OBJ_OF_CLASS(from.store, sf_ce_token_store)
		Z_PARAM_STR(from.key_name)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(from.grant)
		Z_PARAM_LONG(timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_redirect_uri(redirect_uri, 4) || !check_token(code, 5, CODE_MAX) || !check_token(verifier, 6, 128) || !check_timeout(timeout, 10)
			|| !(api = sf_worker_api()) || !make_refreshable(return_value, &from, 9)) {
		return;
	}
	exchange = (struct sf_oauth_code){ span_of(code), span_of(redirect_uri), span_of(verifier) };
	sf_arena_init(&arena, ARENA_BYTES);
	ok = sf_api_exchange(api, sf_credentials_of(Z_OBJ_P(return_value)), &exchange, timeout, &arena, &failure);
	finish(ok, &arena, &failure);
}

static bool add_scopes(struct sf_buf *buf, HashTable *scopes)
{
	size_t count = 0;
	zval *scope;

	ZEND_HASH_FOREACH_VAL(scopes, scope) {
		ZVAL_DEREF(scope);
		if (Z_TYPE_P(scope) != IS_STRING || !is_token((struct sf_span){ Z_STRVAL_P(scope), Z_STRLEN_P(scope) }, SCOPE_MAX) || count == SCOPES_MAX) {
			zend_argument_value_error(4, "must be at most %d scopes of 1 to %d bytes", SCOPES_MAX, SCOPE_MAX);
			return false;
		}
		sf_buf_str(buf, count++ ? "%20" : "&scope=");
		sf_buf_url(buf, (struct sf_span){ Z_STRVAL_P(scope), Z_STRLEN_P(scope) });
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* RFC 7636 §4.1 and §4.2: 43 characters of 32 random bytes, and the SHA-256 of them. */
struct challenge {
	char state[32];
	char verifier[43];
	char challenge[43];
};

static bool make_challenge(struct challenge *c)
{
	unsigned char random[24 + 32], hash[SF_DIGEST_MAX];

	if (!sf_random(random, sizeof(random))) {
		return false;
	}
	sf_base64url_encode(random, 24, c->state);
	sf_base64url_encode(random + 24, 32, c->verifier);
	if (!sf_digest(SF_SHA256, c->verifier, sizeof(c->verifier), hash)) {
		return false;
	}
	sf_base64url_encode(hash, 32, c->challenge);
	return true;
}

static bool make_authorize_url(const struct sf_origin *login, const zend_string *consumer_key, const zend_string *redirect_uri, const struct challenge *c,
		HashTable *scopes, struct sf_buf *buf, struct sf_span *url)
{
	zend_string *origin = default_audience(login);

	sf_buf_span(buf, span_of(origin));
	zend_string_release(origin);
	sf_buf_str(buf, "/services/oauth2/authorize?response_type=code&client_id=");
	sf_buf_url(buf, span_of(consumer_key));
	sf_buf_str(buf, "&redirect_uri=");
	sf_buf_url(buf, span_of(redirect_uri));
	sf_buf_str(buf, "&code_challenge_method=S256&code_challenge=");
	sf_buf_add(buf, c->challenge, sizeof(c->challenge));
	sf_buf_str(buf, "&state=");
	sf_buf_add(buf, c->state, sizeof(c->state));
	if (!add_scopes(buf, scopes)) {
		return false;
	}
	if (!sf_buf_done(buf, url)) {
		throw_key_unusable("No memory is left");
		return false;
	}
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, authorizationUrl)
{
	zend_string *host, *consumer_key, *redirect_uri;
	HashTable *scopes = NULL;
	struct challenge challenge;
	struct sf_origin login;
	struct sf_arena arena;
	struct sf_span url;
	struct sf_buf buf;
	zval standard;

	ZEND_PARSE_PARAMETERS_START(3, 4)
		Z_PARAM_STR(host)
		Z_PARAM_STR(consumer_key)
		Z_PARAM_STR(redirect_uri)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(scopes)
	ZEND_PARSE_PARAMETERS_END();
	if (!check_text(consumer_key, 2, CONSUMER_KEY_MAX) || !check_redirect_uri(redirect_uri, 3) || !check_login(host, &login)) {
		RETURN_THROWS();
	}
	if (!make_challenge(&challenge)) {
		throw_key_unusable("The random source or OpenSSL failed");
		RETURN_THROWS();
	}
	array_init(&standard);
	add_next_index_string(&standard, "api");
	add_next_index_string(&standard, "refresh_token");
	sf_arena_init(&arena, ARENA_BYTES);
	sf_buf_init(&buf, &arena, URL_MAX);
	if (make_authorize_url(&login, consumer_key, redirect_uri, &challenge, scopes ? scopes : Z_ARRVAL(standard), &buf, &url)) {
		object_init_ex(return_value, ce_request);
		sf_init_string(Z_OBJ_P(return_value), "url", url);
		sf_init_string(Z_OBJ_P(return_value), "state", (struct sf_span){ challenge.state, sizeof(challenge.state) });
		sf_init_string(Z_OBJ_P(return_value), "codeVerifier", (struct sf_span){ challenge.verifier, sizeof(challenge.verifier) });
	}
	sf_arena_free(&arena);
	zval_ptr_dtor(&standard);
}

ZEND_METHOD(Samlforce_Salesforce_AuthorizationRequest, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

static zend_string *copy_of(zend_string *s)
{
	return s ? zend_string_copy(s) : NULL;
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, sharedBy)
{
	struct credentials *old = from_object(Z_OBJ_P(ZEND_THIS)), *c;
	const struct sf_key *key;
	zend_string *key_name;
	zend_object *store;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_OBJ_OF_CLASS(store, sf_ce_token_store)
		Z_PARAM_STR(key_name)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_credentials_of(&old->std) || !(key = sealing_key(key_name))) {
		RETURN_THROWS();
	}
	object_init_ex(return_value, sf_ce_credentials);
	c = from_object(Z_OBJ_P(return_value));
	c->core = old->core; /* the strings are the same ones */
	c->consumer_key = copy_of(old->consumer_key);
	c->username = copy_of(old->username);
	c->audience = copy_of(old->audience);
	set_secret(c, old->secret);
	set_store(c, store, key);
}

static const struct sf_credentials *begin(zval *self, zend_long timeout, struct sf_api **api, struct sf_arena *arena)
{
	const struct sf_credentials *c = sf_credentials_of(Z_OBJ_P(self));

	if (!c || !check_timeout(timeout, 1) || !(*api = sf_worker_api())) {
		return NULL;
	}
	sf_keyring_enter(sf_process_keyring);
	sf_arena_init(arena, 6 * sf_max_response() + ARENA_BYTES);
	return c;
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, introspect)
{
	const struct sf_credentials *c;
	zend_string *json = NULL;
	zend_long timeout = 30000;
	struct sf_failure failure;
	struct sf_arena arena;
	struct sf_api *api;
	struct sf_span body;
	bool ok;

	ZEND_PARSE_PARAMETERS_START(0, 1)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (!(c = begin(ZEND_THIS, timeout, &api, &arena))) {
		RETURN_THROWS();
	}
	ok = sf_api_introspect(api, c, timeout, &arena, &body, &failure);
	if (ok && (body.n == 0 || body.n > URL_MAX)) {
		ok = sf_failure_set(&failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer about the token is empty or too long");
	} else if (ok) {
		json = zend_string_init(body.p, body.n, 0);
	}
	if (!finish(ok, &arena, &failure)) {
		RETURN_THROWS();
	}
	if (php_json_decode_ex(return_value, ZSTR_VAL(json), ZSTR_LEN(json), PHP_JSON_OBJECT_AS_ARRAY, JSON_DEPTH) != SUCCESS || Z_TYPE_P(return_value) != IS_ARRAY) {
		zval_ptr_dtor(return_value);
		ZVAL_NULL(return_value);
		sf_failure_set(&failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer about the token is not the JSON that its documentation says");
		sf_throw_failure(&failure);
	}
	zend_string_release(json);
}

ZEND_METHOD(Samlforce_Salesforce_Credentials, revoke)
{
	const struct sf_credentials *c;
	zend_long timeout = 30000;
	struct sf_failure failure;
	struct sf_arena arena;
	struct sf_api *api;
	bool ok;

	ZEND_PARSE_PARAMETERS_START(0, 1)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (!(c = begin(ZEND_THIS, timeout, &api, &arena))) {
		RETURN_THROWS();
	}
	ok = sf_api_revoke(api, c, timeout, &arena, &failure);
	finish(ok, &arena, &failure);
}

static void init_handlers(zend_object_handlers *h, size_t offset, zend_object_free_obj_t free_obj)
{
	memcpy(h, &std_object_handlers, sizeof(*h));
	h->offset = (int)offset;
	h->free_obj = free_obj;
	h->clone_obj = NULL;
	h->compare = zend_objects_not_comparable;
}

void sf_register_credentials(void)
{
	sf_ce_token_store = register_class_Samlforce_Salesforce_TokenStore();
	ce_secret = register_class_Samlforce_Salesforce_ClientSecret();
	ce_secret->create_object = create_secret;
	ce_request = register_class_Samlforce_Salesforce_AuthorizationRequest();
	sf_ce_credentials = register_class_Samlforce_Salesforce_Credentials();
	sf_ce_credentials->create_object = create;
	init_handlers(&handlers, offsetof(struct credentials, std), free_object);
	init_handlers(&secret_handlers, offsetof(struct client_secret, std), free_secret);
}
