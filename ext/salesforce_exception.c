/* Samlforce\Salesforce\SalesforceException, Reason and Action. */
#include "bulk.h"

#include "zend_attributes.h"
#include "zend_enum.h"

#include "salesforce_exception_arginfo.h"

static zend_class_entry *ce_exception, *ce_reason, *ce_action;

static const char *const reasons[] = {
	[SF_REASON_HOST_NOT_ALLOWED] = "HostNotAllowed",
	[SF_REASON_INVALID_INPUT] = "InvalidInput",
	[SF_REASON_KEY_UNUSABLE] = "KeyUnusable",
	[SF_REASON_SEAL_REFUSED] = "SealRefused",
	[SF_REASON_SEAL_EXPIRED] = "SealExpired",
	[SF_REASON_UNREACHABLE] = "Unreachable",
	[SF_REASON_TLS] = "Tls",
	[SF_REASON_TIMED_OUT] = "TimedOut",
	[SF_REASON_BROKEN_ANSWER] = "BrokenAnswer",
	[SF_REASON_AUTHENTICATION] = "Authentication",
	[SF_REASON_NOT_FOUND] = "NotFound",
	[SF_REASON_REFUSED] = "Refused",
	[SF_REASON_SERVER_ERROR] = "ServerError",
	[SF_REASON_TOKEN_STORE] = "TokenStore",
	[SF_REASON_REPLAY_EXPIRED] = "ReplayExpired",
};

static const char *const actions[] = {
	[SF_ACTION_RETRY] = "Retry",
	[SF_ACTION_PAUSE] = "Pause",
	[SF_ACTION_LOOK_UP] = "LookUp",
	[SF_ACTION_AUTHENTICATE] = "Authenticate",
	[SF_ACTION_TELL_PERSON] = "TellPerson",
};

static void init_long_or_null(zend_object *object, const char *property, bool known, long value)
{
	zval zv;

	if (known) {
		ZVAL_LONG(&zv, value);
	} else {
		ZVAL_NULL(&zv);
	}
	sf_init_property(object, property, &zv);
}

static void init_fields(zend_object *object, const struct sf_failure *failure)
{
	zval zv;

	array_init_size(&zv, (uint32_t)failure->field_n);
	for (size_t i = 0; i < failure->field_n; i++) {
		add_next_index_stringl(&zv, failure->fields[i].p, failure->fields[i].n);
	}
	sf_init_property(object, "fields", &zv);
}

static void reason_case(enum sf_reason reason, zval *value)
{
	ZVAL_OBJ_COPY(value, zend_enum_get_case_cstr(ce_reason, reasons[reason]));
}

static void action_case(enum sf_action action, zval *value)
{
	ZVAL_OBJ_COPY(value, zend_enum_get_case_cstr(ce_action, actions[action]));
}

void sf_failure_cases(const struct sf_failure *failure, zval *reason, zval *action)
{
	reason_case(failure->reason, reason);
	action_case(failure->action, action);
}

void sf_throw_failure(const struct sf_failure *failure)
{
	zend_object *object;
	zval zv;

	if (SF_G(bailed)) {
		return; /* the request is over: see sf_end_callbacks() */
	}
	object = sf_throw(ce_exception, ce_reason, reasons[failure->reason], "%s", failure->message);
	if (!object) {
		return;
	}
	action_case(failure->action, &zv);
	sf_init_property(object, "action", &zv);
	sf_init_string_or_null(object, "errorCode", failure->code[0] ? sf_span_of(failure->code) : SF_SPAN_NONE);
	init_fields(object, failure);
	init_long_or_null(object, "httpStatus", failure->http_status > 0, failure->http_status);
	init_long_or_null(object, "retryAfter", failure->retry_after >= 0, failure->retry_after);
	ZVAL_BOOL(&zv, failure->ambiguous);
	sf_init_property(object, "ambiguous", &zv);
}

void sf_register_salesforce_exception(void)
{
	ce_reason = register_class_Samlforce_Salesforce_Reason();
	ce_action = register_class_Samlforce_Salesforce_Action();
	ce_exception = register_class_Samlforce_Salesforce_SalesforceException(sf_ce_exception);
}
