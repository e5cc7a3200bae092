/* Samlforce\Saml\ServiceProvider::acceptArtifact() and explainArtifact(). */
#include "php_salesforce.h"
#include "saml.h"

#include "saml/artifact.h"

struct call {
	zend_string *text;
	struct sf_artifact_call how;
};

static bool accept_artifact(struct sf_login *login, void *arg, struct sf_arena *arena, struct sf_login_result *result, struct sf_error *error)
{
	const struct call *call = arg;

	return sf_artifact_accept(sf_zstr_span(call->text), &call->how, login, arena, result, error);
}

/* False with an exception. */
static bool prepare(struct call *call, zend_object *sp, zend_long timeout, uint32_t timeout_number)
{
	struct sf_api *api;

	if (timeout < SF_HTTP_TIMEOUT_MIN || timeout > SF_HTTP_TIMEOUT_MAX) {
		zend_argument_value_error(timeout_number, "must be between %d and %d milliseconds", SF_HTTP_TIMEOUT_MIN, SF_HTTP_TIMEOUT_MAX);
		return false;
	}
	call->how.timeout_ms = (long)timeout;
	call->how.key = sf_sp_signing_key(sp, "ArtifactResolve");
	if (!call->how.key || !(api = sf_worker_api())) {
		return false;
	}
	call->how.http = sf_api_http(api);
	return true;
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, acceptArtifact)
{
	struct sf_answer answer = { .sp = ZEND_THIS, .now_is_null = true, .expectation_number = 6 };
	zend_long timeout = 10000;
	struct call call;

	ZEND_PARSE_PARAMETERS_START(4, 7)
		Z_PARAM_OBJECT_OF_CLASS(answer.idp, sf_ce_identity_provider)
		Z_PARAM_STR(call.text)
		Z_PARAM_STR_OR_NULL(answer.request_id)
		Z_PARAM_OBJECT_OF_CLASS(answer.guard, sf_ce_replay_guard)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(answer.now, answer.now_is_null)
		Z_PARAM_OBJECT_OF_CLASS_OR_NULL(answer.expectation, sf_ce_expectation)
		Z_PARAM_LONG(timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (!prepare(&call, Z_OBJ_P(ZEND_THIS), timeout, 7)) {
		RETURN_THROWS();
	}
	sf_accept(return_value, &answer, accept_artifact, &call);
}

ZEND_METHOD(Samlforce_Saml_ServiceProvider, explainArtifact)
{
	struct sf_answer answer = { .sp = ZEND_THIS, .now_is_null = true, .expectation_number = 5 };
	zend_long timeout = 10000;
	struct call call;

	ZEND_PARSE_PARAMETERS_START(3, 6)
		Z_PARAM_OBJECT_OF_CLASS(answer.idp, sf_ce_identity_provider)
		Z_PARAM_STR(call.text)
		Z_PARAM_STR_OR_NULL(answer.request_id)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(answer.now, answer.now_is_null)
		Z_PARAM_OBJECT_OF_CLASS_OR_NULL(answer.expectation, sf_ce_expectation)
		Z_PARAM_LONG(timeout)
	ZEND_PARSE_PARAMETERS_END();
	if (!prepare(&call, Z_OBJ_P(ZEND_THIS), timeout, 6)) {
		RETURN_THROWS();
	}
	sf_explain(return_value, &answer, accept_artifact, &call);
}
