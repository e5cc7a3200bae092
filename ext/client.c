/* Samlforce\Salesforce\Client: the class itself. Its methods are in client_*.c, what they share in client_call.c. */
#include "client.h"

#include "zend_attributes.h"
#include "zend_exceptions.h"

#include "client_arginfo.h"

static zend_class_entry *ce_client;
static zend_object_handlers handlers;

struct sf_client *sf_client_from(zend_object *object)
{
	return (struct sf_client *)((char *)object - offsetof(struct sf_client, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct sf_client *client = zend_object_alloc(sizeof(*client), ce);

	zend_object_std_init(&client->std, ce);
	object_properties_init(&client->std, ce);
	client->std.handlers = &handlers;
	return &client->std;
}

static void free_object(zend_object *object)
{
	struct sf_client *client = sf_client_from(object);

	if (client->credentials) {
		OBJ_RELEASE(client->credentials);
	}
	zval_ptr_dtor(&client->described);
	zend_object_std_dtor(object);
}

static bool read_version(const zend_string *version, char out[8])
{
	const char *p = ZSTR_VAL(version);
	size_t n = ZSTR_LEN(version);

	if (n < 4 || n > 5 || p[n - 2] != '.' || p[n - 1] != '0' || p[0] < '1' || p[0] > '9') {
		return false;
	}
	for (size_t i = 0; i < n - 2; i++) {
		if (p[i] < '0' || p[i] > '9') {
			return false;
		}
	}
	memcpy(out, p, n + 1);
	return n == 5 || p[0] >= '5';
}

static bool check_timeout(zend_long timeout, uint32_t argument)
{
	if (timeout < SF_HTTP_TIMEOUT_MIN || timeout > SF_HTTP_TIMEOUT_MAX) {
		zend_argument_value_error(argument, "must be between %d and %d", SF_HTTP_TIMEOUT_MIN, SF_HTTP_TIMEOUT_MAX);
		return false;
	}
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Client, __construct)
{
	struct sf_client *client = sf_client_from(Z_OBJ_P(ZEND_THIS));
	zend_string *version = NULL;
	zend_long timeout = 30000, connect_timeout = 0, first_byte_timeout = 0;
	bool no_connect_timeout = true, no_first_byte_timeout = true;
	zend_object *credentials;

	ZEND_PARSE_PARAMETERS_START(1, 5)
		Z_PARAM_OBJ_OF_CLASS(credentials, sf_ce_credentials)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(version)
		Z_PARAM_LONG(timeout)
		Z_PARAM_LONG_OR_NULL(connect_timeout, no_connect_timeout)
		Z_PARAM_LONG_OR_NULL(first_byte_timeout, no_first_byte_timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (client->credentials) {
		zend_throw_error(NULL, "The client has been constructed already");
		RETURN_THROWS();
	}
	if (!sf_credentials_of(credentials)) {
		RETURN_THROWS();
	}
	memcpy(client->version, "67.0", sizeof("67.0"));
	if (version && !read_version(version, client->version)) {
		zend_argument_value_error(2, "must be a version of Salesforce's API from 50.0 on, such as \"67.0\"");
		RETURN_THROWS();
	}
	if (!check_timeout(timeout, 3) || (!no_connect_timeout && !check_timeout(connect_timeout, 4)) || (!no_first_byte_timeout && !check_timeout(first_byte_timeout, 5))) {
		RETURN_THROWS();
	}
	client->timeout_ms = timeout;
	client->connect_ms = no_connect_timeout ? 0 : connect_timeout;
	client->first_byte_ms = no_first_byte_timeout ? 0 : first_byte_timeout;
	client->credentials = credentials;
	GC_ADDREF(credentials);
}

void sf_register_client(void)
{
	sf_http_start();
	ce_client = register_class_Samlforce_Salesforce_Client();
	ce_client->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct sf_client, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
