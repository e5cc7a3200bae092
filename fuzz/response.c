/* What a browser may post: raw XML, as somebody without any key can make it. The seeds are signed. */
#include "forge.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	forge_start(false);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_login_result result;
	struct sf_error error = { 0 };
	struct sf_arena arena;

	for (int pending = 0; pending < 2; pending++) {
		struct sf_login login = forge_login(pending);

		sf_arena_init(&arena, SF_ARENA_FOR(&forge_limits) + 4 * size);
		if (sf_response_accept(&login, forge_base64((struct sf_span){ (const char *)data, size }, &arena), &arena, &result, &error)) {
			forge_check_login(&login, &result);
			sf_login_result_free(&result);
		} else {
			MUST(error.code != 0 && !result.trusted);
		}
		sf_arena_free(&arena);
	}
	return 0;
}
