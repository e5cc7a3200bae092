/* Samlforce\Salesforce\Client: the life of a User. */
#include "client.h"

#include "zend_attributes.h"
#include "zend_exceptions.h"

#include "password/vault.h"
#include "salesforce/password.h"

static void set_active(INTERNAL_FUNCTION_PARAMETERS, const char *json)
{
	zend_string *id, *body;
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_id(id, 1) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	body = zend_string_init(json, strlen(json), 0);
	sf_call_path(&call, "sobjects/User/");
	sf_buf_span(&call.path, sf_span_zstr(id));
	sf_call_send(&call, "PATCH", body, true);
	zend_string_release(body);
	sf_call_end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, activateUser)
{
	set_active(INTERNAL_FUNCTION_PARAM_PASSTHRU, "{\"IsActive\":true}");
}

ZEND_METHOD(Samlforce_Salesforce_Client, deactivateUser)
{
	set_active(INTERNAL_FUNCTION_PARAM_PASSTHRU, "{\"IsActive\":false}");
}

#define RESET_ANSWER_MAX 16384

/* ---- the sealed password ---- */

struct opening {
	struct sf_span token;
	struct sf_span recipient;
	struct sf_arena *arena;
};

/* The one place outside of the vault's own tests where a token is opened. Only C calls it. */
static bool open_sealed(void *arg, struct sf_secret *password, struct sf_failure *failure)
{
	const struct opening *o = arg;
	const struct sf_key *key = sf_vault_key_of(sf_process_keyring, o->token, o->arena);
	const struct sf_vault_order order = { .purpose = SF_PURPOSE_SALESFORCE_PASSWORD, .site = sf_vault_site(), .recipient = o->recipient };
	struct sf_error error;

	if (sf_vault_open(key, o->token, &order, (int64_t)time(NULL), o->arena, password, &error)) {
		return true;
	}
	switch (error.code) {
	case SF_VAULT_EXPIRED:
		return sf_failure_set(failure, SF_REASON_SEAL_EXPIRED, SF_ACTION_TELL_PERSON, "The time of the sealed password is over; the person must choose one again");
	case SF_VAULT_FAILED:
		return sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, error.where);
	default:
		return sf_failure_set(failure, SF_REASON_SEAL_REFUSED, SF_ACTION_TELL_PERSON,
				"The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site");
	}
}

/* Judged first, and wiped at once: a token that would be refused shall cost no call, and send nothing. */
static bool judge_sealed(struct opening *opening, struct sf_failure *failure)
{
	struct sf_secret password = { 0 };
	bool ok = open_sealed(opening, &password, failure);

	sf_secret_free(&password);
	return ok;
}

ZEND_METHOD(Samlforce_Salesforce_Client, setPassword)
{
	struct sf_password_call request = { .open = open_sealed };
	zend_string *username, *sealed;
	struct sf_failure failure;
	struct opening opening;
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(username)
		Z_PARAM_STR(sealed)
	ZEND_PARSE_PARAMETERS_END();
	if (ZSTR_LEN(username) == 0) {
		zend_argument_value_error(1, "cannot be empty");
		RETURN_THROWS();
	}
	if (!sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	opening = (struct opening){ sf_span_zstr(sealed), sf_span_zstr(username), &call.arena };
	request.credentials = call.credentials;
	request.api_version = sf_span_of(call.client->version);
	request.username = sf_span_zstr(username); /* open_sealed() takes it for no other recipient */
	request.timeout_ms = call.client->timeout_ms;
	request.open_arg = &opening;
	if (!judge_sealed(&opening, &failure) || !sf_api_set_password(call.api, &request, &call.arena, &failure)) {
		sf_throw_failure(&failure);
	}
	sf_call_end(&call);
}

/*
 * The answer holds the temporary password that Salesforce has made: it goes into locked memory, nobody reads it, and it is wiped. The User gets a mail
 * with a link, and chooses a password of his own.
 */
ZEND_METHOD(Samlforce_Salesforce_Client, resetPassword)
{
	struct sf_secret answer = { 0 };
	struct sf_api_call request;
	struct sf_call call;
	zend_string *id;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_id(id, 1) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_path(&call, "sobjects/User/");
	sf_buf_span(&call.path, sf_span_zstr(id));
	sf_buf_str(&call.path, "/password");
	if (!sf_secret_new(&answer, RESET_ANSWER_MAX)) {
		sf_throw_reason(SF_REASON_UNREACHABLE, SF_ACTION_RETRY, "No memory is left");
	} else if (sf_call_request(&call, "DELETE", false, &request)) {
		request.gone_is_done = false; /* a second one would be a second mail */
		request.into = &answer;
		sf_call_send_request(&call, &request);
	}
	sf_secret_free(&answer);
	sf_call_end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, isPasswordExpired)
{
	zval answer, *expired;
	struct sf_call call;
	zend_string *id;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_id(id, 1) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_path(&call, "sobjects/User/");
	sf_buf_span(&call.path, sf_span_zstr(id));
	sf_buf_str(&call.path, "/password");
	if (sf_call_send(&call, "GET", NULL, true) && sf_call_decode_array(&call, &answer, false)) {
		expired = zend_hash_str_find(Z_ARRVAL(answer), "isExpired", sizeof("isExpired") - 1);
		if (expired && (Z_TYPE_P(expired) == IS_TRUE || Z_TYPE_P(expired) == IS_FALSE)) {
			RETVAL_BOOL(Z_TYPE_P(expired) == IS_TRUE);
		} else {
			sf_throw_broken(&call, false);
		}
		zval_ptr_dtor(&answer);
	}
	sf_call_end(&call);
}
