#include "check.h"

#include "salesforce/error.h"

static struct sf_arena arena;

static struct sf_failure of(long status, const char *body, bool repeatable)
{
	struct sf_http_answer answer = { .status = status, .body = sf_span_of(body), .retry_after = -1 };
	struct sf_failure f;

	sf_failure_of_answer(&f, &answer, repeatable, &arena);
	return f;
}

static bool asks(const char *code, long status, enum sf_reason reason, enum sf_action action)
{
	char body[200];
	struct sf_failure f;

	snprintf(body, sizeof(body), "[{\"message\":\"m\",\"errorCode\":\"%s\"}]", code);
	f = of(status, body, true);
	return f.reason == reason && f.action == action && strcmp(f.code, code) == 0 && strcmp(f.message, "m") == 0 && f.http_status == status;
}

static void test_codes(void)
{
	static const char *const retry[] = { "SERVER_UNAVAILABLE", "REQUEST_RUNNING_TOO_LONG" };
	static const char *const pause[] = { "REQUEST_LIMIT_EXCEEDED", "LICENSE_LIMIT_EXCEEDED", "STORAGE_LIMIT_EXCEEDED", "API_CURRENTLY_DISABLED", "ORG_LOCKED" };
	static const char *const look_up[] = { "DUPLICATE_USERNAME", "DUPLICATE_COMM_NICKNAME", "DUPLICATE_VALUE", "PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT", "DUPLICATES_DETECTED" };
	static const char *const person[] = { "REQUIRED_FIELD_MISSING", "INVALID_EMAIL_ADDRESS", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "INVALID_CROSS_REFERENCE_KEY",
		"INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "INVALID_FIELD", "STRING_TOO_LONG", "ENTITY_IS_LOCKED", "INACTIVE_OWNER_OR_USER", "MIXED_DML_OPERATION", "INVALID_NEW_PASSWORD", "SOMETHING_NEW" };

	for (size_t i = 0; i < sizeof(retry) / sizeof(retry[0]); i++) {
		CHECK(asks(retry[i], 503, SF_REASON_SERVER_ERROR, SF_ACTION_RETRY));
	}
	CHECK(asks("UNABLE_TO_LOCK_ROW", 400, SF_REASON_REFUSED, SF_ACTION_RETRY));
	for (size_t i = 0; i < sizeof(pause) / sizeof(pause[0]); i++) {
		CHECK(asks(pause[i], 403, SF_REASON_REFUSED, SF_ACTION_PAUSE));
	}
	for (size_t i = 0; i < sizeof(look_up) / sizeof(look_up[0]); i++) {
		CHECK(asks(look_up[i], 400, SF_REASON_REFUSED, SF_ACTION_LOOK_UP));
	}
	for (size_t i = 0; i < sizeof(person) / sizeof(person[0]); i++) {
		CHECK(asks(person[i], 400, SF_REASON_REFUSED, SF_ACTION_TELL_PERSON));
	}
	CHECK(asks("ENTITY_IS_DELETED", 404, SF_REASON_NOT_FOUND, SF_ACTION_LOOK_UP));
	CHECK(asks("NOT_FOUND", 404, SF_REASON_NOT_FOUND, SF_ACTION_TELL_PERSON));
	CHECK(asks("INVALID_SESSION_ID", 401, SF_REASON_AUTHENTICATION, SF_ACTION_AUTHENTICATE));
}

static void test_status(void)
{
	struct sf_failure f = of(502, "<html>Bad Gateway</html>", true);

	CHECK(f.reason == SF_REASON_SERVER_ERROR && f.action == SF_ACTION_RETRY && f.code[0] == '\0' && !f.ambiguous);
	CHECK_SPAN(sf_span_of(f.message), "Salesforce answered HTTP 502");
	f = of(502, "<html>Bad Gateway</html>", false);
	CHECK(f.ambiguous); /* a gateway that gave up: nobody knows */
	f = of(503, "[{\"message\":\"m\",\"errorCode\":\"SERVER_UNAVAILABLE\"}]", false);
	CHECK(!f.ambiguous); /* Salesforce itself refused it */
	for (long status = 500; status <= 504; status += status == 500 ? 2 : 1) {
		f = of(status, "", true);
		CHECK(f.reason == SF_REASON_SERVER_ERROR && f.action == SF_ACTION_RETRY);
	}
	f = of(300, "[\"/services/data/v67.0/sobjects/Contact/1\"]", true);
	CHECK(f.reason == SF_REASON_NOT_FOUND && f.action == SF_ACTION_LOOK_UP);
	f = of(302, "", true);
	CHECK(f.reason == SF_REASON_SERVER_ERROR && f.action == SF_ACTION_TELL_PERSON);
	f = of(401, "", true);
	CHECK(f.reason == SF_REASON_AUTHENTICATION && f.action == SF_ACTION_AUTHENTICATE && !sf_failure_is_session(&f));
	f = of(429, "", true);
	CHECK(f.action == SF_ACTION_RETRY);
}

static void test_session(void)
{
	struct sf_failure f = of(401, "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]", true);

	CHECK(sf_failure_is_session(&f));
	f = of(401, "[{\"message\":\"This session is not valid for use with the REST API\",\"errorCode\":\"INVALID_SESSION_ID\"}]", true);
	CHECK(!sf_failure_is_session(&f));
	f = of(403, "[{\"message\":\"m\",\"errorCode\":\"INVALID_SESSION_ID\"}]", true);
	CHECK(!sf_failure_is_session(&f));
	f = of(401, "<?xml version=\"1.0\"?><LoginFault><exceptionCode>LOGIN_OAUTH_INVALID_TOKEN</exceptionCode></LoginFault>", true);
	CHECK(!sf_failure_is_session(&f));
}

static void test_shapes(void)
{
	struct sf_failure f = of(400, "{\"message\":\"bare\\nobject\",\"errorCode\":\"INVALID_FIELD\",\"fields\":[\"A__c\",\"B\",{\"x\":1},3]}", true);

	CHECK_SPAN(sf_span_of(f.message), "bare object");
	CHECK_SPAN(sf_span_of(f.code), "INVALID_FIELD");
	CHECK(f.field_n == 2);
	CHECK_SPAN(f.fields[0], "A__c");
	CHECK_SPAN(f.fields[1], "B");
	f = of(400, "[{\"statusCode\":\"INVALID_FIELD\",\"message\":7,\"fields\":null}]", true);
	CHECK_SPAN(sf_span_of(f.code), "INVALID_FIELD");
	CHECK_SPAN(sf_span_of(f.message), "Salesforce answered HTTP 400");
	f = of(400, "{\"exceptionCode\":\"InvalidBatch\",\"exceptionMessage\":\"of Bulk\"}", true);
	CHECK_SPAN(sf_span_of(f.code), "InvalidBatch");
	CHECK_SPAN(sf_span_of(f.message), "of Bulk");
	f = of(400, "[{\"message\":\"first\",\"errorCode\":\"A B\"}]", true); /* not a name: not taken */
	CHECK(f.code[0] == '\0');
	f = of(400, "[]", true);
	CHECK(f.reason == SF_REASON_REFUSED);
	f = of(400, "[{\"message\":\"cut", true);
	CHECK(f.reason == SF_REASON_REFUSED);
}

static void test_long_message(void)
{
	static char body[3000];
	struct sf_failure f;
	size_t n;

	/* each character of two bytes, so that the cut would fall into one */
	n = (size_t)sprintf(body, "[{\"message\":\"x");
	for (int i = 0; i < 1000; i++) {
		memcpy(body + n, "\xC3\xA9", 2);
		n += 2;
	}
	strcpy(body + n, "\",\"errorCode\":\"LONG\"}]");
	f = of(400, body, true);
	CHECK(strlen(f.message) == SF_FAILURE_MESSAGE - 2);
	CHECK_SPAN(sf_span_of(f.code), "LONG");
}

static void test_token(void)
{
	struct sf_http_answer answer = { .status = 400, .body = SF_SPAN_LIT("{\"error\":\"invalid_grant\",\"error_description\":\"user hasn't approved this consumer\"}"), .retry_after = -1 };
	struct sf_failure f;

	sf_failure_of_token(&f, &answer, &arena);
	CHECK(f.reason == SF_REASON_AUTHENTICATION && f.action == SF_ACTION_AUTHENTICATE);
	CHECK_SPAN(sf_span_of(f.code), "invalid_grant");
	CHECK_SPAN(sf_span_of(f.message), "user hasn't approved this consumer");
	answer.status = 503;
	sf_failure_of_token(&f, &answer, &arena);
	CHECK(f.reason == SF_REASON_SERVER_ERROR && f.action == SF_ACTION_RETRY);
}

static void test_transport(void)
{
	static const int codes[] = { SF_HTTP_INPUT, SF_HTTP_NOT_ALLOWED, SF_HTTP_UNREACHABLE, SF_HTTP_TLS, SF_HTTP_TIMED_OUT, SF_HTTP_BROKEN, SF_HTTP_TOO_LARGE, SF_HTTP_FAILED };
	struct sf_http_answer answer = { .retry_after = 7, .sent = true };
	struct sf_error error;
	struct sf_failure f;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		sf_fail(&error, codes[i], "sentence");
		sf_failure_of_http(&f, &error, &answer);
		CHECK(f.reason != SF_REASON_NONE && f.ambiguous && f.retry_after == 7 && strcmp(f.message, "sentence") == 0);
	}
}

int main(void)
{
	sf_arena_init(&arena, (size_t)1 << 20);
	test_codes();
	test_status();
	test_session();
	test_shapes();
	test_long_message();
	test_token();
	test_transport();
	sf_arena_free(&arena);
	return check_done();
}
