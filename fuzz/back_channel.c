/*
 * Messages of a logout, posted or by SOAP, and what an artifact service answers: with anything in them, and signed by the provider after they were
 * mutated, or not. The first byte says which, and how.
 */
#include "base/text.h"
#include "saml/logout.h"

#include "forge.h"

#define SLO "https://sp.example/slo"
#define RESOLVE "_resolve"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(true);
	forge_sp.slo_url = SF_SPAN_LIT(SLO);
	return 0;
}

static void check_logout(const struct sf_logout *logout, const struct sf_logout_result *result)
{
	const struct sf_logout_request *request = &result->request;

	MUST(result->trusted && result->id.n && sf_utf8_valid(result->id));
	if (result->is_response) {
		MUST(logout->request_id.p && sf_span_eq(result->response.in_response_to, logout->request_id));
		MUST(result->status == SF_LOGOUT_SUCCESS || !sf_span_is(result->response.code, "urn:oasis:names:tc:SAML:2.0:status:Success") || result->response.second_code.p);
		return;
	}
	MUST(request->name_id.value.n && request->name_id.value.n <= SF_NAME_ID_MAX && sf_utf8_valid(request->name_id.value));
	MUST(!request->name_id.sp_name_qualifier.p || sf_span_is(request->name_id.sp_name_qualifier, FORGE_SP));
	MUST(request->session_index_count <= SF_SESSION_INDEXES_MAX && strlen(result->replay_id) == SF_REPLAY_ID && result->replay_until > logout->now);
	for (size_t i = 0; i < request->session_index_count; i++) {
		MUST(request->session_indexes[i].n && request->session_indexes[i].n <= SF_SESSION_INDEX_MAX);
	}
}

static void judge_logout(struct sf_span message, enum sf_binding binding, bool pending, bool is_signed, struct sf_arena *arena)
{
	struct sf_logout logout = { .idp = &forge_idp, .sp = &forge_sp, .request_id = pending ? SF_SPAN_LIT(FORGE_REQUEST) : SF_SPAN_NONE, .now = FORGE_NOW,
		.limits = &forge_limits, .cache = forge_cache };
	struct sf_logout_result result;
	struct sf_error error = { 0 };

	if (sf_logout_accept(&logout, binding, message, arena, &result, &error)) {
		MUST(is_signed);
		check_logout(&logout, &result);
		sf_logout_result_free(&result);
	} else {
		MUST(error.code != 0);
	}
}

static void judge_answer(struct sf_span message, bool pending, bool is_signed, struct sf_arena *arena)
{
	struct sf_login login = forge_login(pending);
	struct sf_login_result result;
	struct sf_error error = { 0 };

	login.resolve_id = SF_SPAN_LIT(RESOLVE);
	if (sf_response_accept_answer(&login, message, arena, &result, &error)) {
		MUST(is_signed);
		forge_check_login(&login, &result);
		sf_login_result_free(&result);
	} else {
		MUST(error.code != 0 && !result.trusted);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span xml = { (const char *)data + 1, size ? size - 1 : 0 };
	bool is_signed, pending;
	struct sf_arena arena;

	if (size < 2) {
		return -1;
	}
	is_signed = data[0] & 1;
	pending = data[0] & 2;
	sf_arena_init(&arena, SF_ARENA_FOR(&forge_limits) + 16 * size);
	if (is_signed && !forge_dress(xml, FORGE_SIGN_RESPONSE, &arena, &xml)) {
		sf_arena_free(&arena);
		return -1;
	}
	is_signed = is_signed || memmem(data, size, "SignatureValue", 14);
	if (data[0] & 4) {
		judge_logout(forge_base64(xml, &arena), SF_BY_POST, pending, is_signed, &arena);
	} else {
		struct sf_span start = SF_SPAN_LIT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), envelope = xml;

		/* what is signed is written with a declaration, which has no place within an envelope */
		if (xml.n > start.n && memcmp(xml.p, start.p, start.n) == 0) {
			xml = (struct sf_span){ xml.p + start.n, xml.n - start.n };
		}
		if (data[0] & 16) {
			MUST(sf_soap_wrap(xml, &arena, &envelope)); /* otherwise the mutant has its own */
		}
		if (data[0] & 8) {
			judge_answer(envelope, pending, is_signed, &arena);
		} else {
			judge_logout(envelope, SF_BY_SOAP, pending, is_signed, &arena);
		}
	}
	sf_arena_free(&arena);
	return 0;
}
