/*
 * A Response that the provider itself signed (and encrypted), but with anything in it: the mutant is signed after it was
 * mutated, so that everything behind the signature is reached. The first byte says how.
 */
#include "forge.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(true);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_login_result result;
	struct sf_error error = { 0 };
	struct sf_arena arena;
	struct sf_span xml;
	struct sf_login login;

	if (size < 2) {
		return -1;
	}
	login = forge_login(data[0] & 16);
	sf_arena_init(&arena, SF_ARENA_FOR(&forge_limits) + 16 * size);
	if (!forge_dress((struct sf_span){ (const char *)data + 1, size - 1 }, data[0] & 15, &arena, &xml)) {
		sf_arena_free(&arena);
		return -1;
	}
	if (sf_response_accept(&login, forge_base64(xml, &arena), &arena, &result, &error)) {
		forge_check_login(&login, &result);
		MUST(data[0] & 3 || memmem(data, size, "SignatureValue", 14));
		sf_login_result_free(&result);
	} else {
		MUST(error.code != 0 && !result.trusted);
	}
	sf_arena_free(&arena);
	return 0;
}
