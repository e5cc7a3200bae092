/* Tokens, as text and as the bytes in them; and every password that is sealed comes out as it went in, for its account alone. */
#include "password/vault.h"

#include <stdlib.h>

#include "base/base64.h"
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

static bool open_as(struct sf_span token, enum sf_vault_purpose purpose, struct sf_span recipient, int64_t now, struct sf_arena *arena,
		struct sf_secret *password, struct sf_error *error)
{
	struct sf_vault_order order = { .purpose = purpose, .recipient = recipient };

	return sf_vault_open(forge_vault_key, token, &order, now, arena, password, error);
}

static void judge(struct sf_span token, struct sf_arena *arena)
{
	struct sf_vault_claims claims;
	struct sf_error error = { 0 };
	struct sf_secret password = { 0 };

	if (!sf_vault_inspect(forge_vault_key, SF_SPAN_NONE, token, arena, &claims, &error)) {
		MUST(error.code != 0 && !error.has_found);
		MUST(!open_as(token, SF_PURPOSE_SALESFORCE_PASSWORD, SF_SPAN_LIT("somebody"), 0, arena, &password, &error) && !password.p);
		return;
	}
	MUST(claims.version == SF_VAULT_VERSION && claims.recipient.n && claims.recipient.n <= SF_VAULT_MAX_RECIPIENT && sf_vault_purpose_name(claims.purpose));
	MUST(!open_as(token, claims.purpose, SF_SPAN_LIT("somebody else than anybody"), claims.expires_at - 1, arena, &password, &error) && !password.p);
	MUST(!open_as(token, claims.purpose, claims.recipient, claims.expires_at, arena, &password, &error) && error.code == SF_VAULT_EXPIRED && !password.p);
	MUST(open_as(token, claims.purpose, claims.recipient, claims.expires_at - 1, arena, &password, &error) && password.p);
	sf_secret_free(&password);
}

static void round_trip(const uint8_t *data, size_t size, struct sf_arena *arena)
{
	size_t recipient_n = size ? data[0] : 0;
	struct sf_span recipient, password, token;
	struct sf_error error = { 0 };
	struct sf_secret out = { 0 };

	if (!size) {
		return;
	}
	data++;
	size--;
	recipient_n = recipient_n > size ? size : recipient_n;
	recipient = (struct sf_span){ (const char *)data, recipient_n };
	password = (struct sf_span){ (const char *)data + recipient_n, size - recipient_n };
	if (!sf_vault_seal(forge_vault_key, &(struct sf_vault_order){ SF_PURPOSE_SALESFORCE_PASSWORD, SF_SPAN_NONE, recipient, FORGE_NOW + 100 }, password, arena, &token, &error)) {
		MUST(error.code == SF_VAULT_INPUT);
		return;
	}
	MUST(open_as(token, SF_PURPOSE_SALESFORCE_PASSWORD, recipient, FORGE_NOW, arena, &out, &error));
	MUST(out.n == password.n && memcmp(out.p, password.p, out.n) == 0);
	sf_secret_free(&out);
	judge(token, arena);
	MUST(sf_vault_reseal(forge_vault_key, forge_vault_key, SF_SPAN_NONE, token, FORGE_NOW, arena, &token, &error));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_arena arena;
	char *text;

	if (!size) {
		return -1;
	}
	sf_arena_init(&arena, 16 * size + 65536);
	switch (data[0] & 3) {
	case 0:
		judge((struct sf_span){ (const char *)data + 1, size - 1 }, &arena);
		break;
	case 1: /* the bytes: this gets past the base64 */
		text = sf_arena_alloc(&arena, SF_BASE64_ENCODED(size) + 8);
		MUST(text);
		memcpy(text, SF_VAULT_PREFIX, strlen(SF_VAULT_PREFIX));
		judge((struct sf_span){ text, strlen(SF_VAULT_PREFIX) + sf_base64url_encode(data + 1, size - 1, text + strlen(SF_VAULT_PREFIX)) }, &arena);
		break;
	default:
		round_trip(data + 1, size - 1, &arena);
	}
	sf_arena_free(&arena);
	return 0;
}
