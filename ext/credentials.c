/* Samlforce\Salesforce\Credentials: how the site signs in. It names a key and holds none; var_dump() shows nothing of it. */
#include "php_salesforce.h"

#include "zend_attributes.h"
#include "zend_exceptions.h"

#include "base/text.h"

#include "credentials_arginfo.h"

#define CONSUMER_KEY_MAX 1024
#define USERNAME_MAX 255
#define AUDIENCE_MAX 512

struct credentials {
	struct sf_credentials core; /* its texts are those of the strings below */
	zend_string *consumer_key;
	zend_string *username;
	zend_string *audience;
	zend_object std;
};

zend_class_entry *sf_ce_credentials;
static zend_object_handlers handlers;

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
	zend_object_std_dtor(object);
}

const struct sf_credentials *sf_credentials_of(zend_object *object)
{
	const struct credentials *c = from_object(object);

	if (!c->core.key) {
		zend_throw_error(NULL, "The credentials were not made by Credentials::jwtBearer()");
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

static const struct sf_key *signing_key(zend_string *name)
{
	const struct sf_key *key = sf_keyring_use(name);
	struct sf_failure failure;

	if (!key) {
		zval rv, *message = zend_read_property(zend_ce_exception, EG(exception), "message", sizeof("message") - 1, true, &rv);

		sf_failure_set(&failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_AUTHENTICATE, Z_TYPE_P(message) == IS_STRING ? Z_STRVAL_P(message) : "");
		zend_clear_exception();
		sf_throw_failure(&failure);
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
	object_init_ex(return_value, sf_ce_credentials);
	c = from_object(Z_OBJ_P(return_value));
	c->consumer_key = zend_string_copy(consumer_key);
	c->username = zend_string_copy(username);
	c->audience = audience ? zend_string_copy(audience) : default_audience(&login);
	c->core = (struct sf_credentials){ login, span_of(c->consumer_key), span_of(c->username), span_of(c->audience), key };
}

void sf_register_credentials(void)
{
	sf_ce_credentials = register_class_Samlforce_Salesforce_Credentials();
	sf_ce_credentials->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct credentials, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
