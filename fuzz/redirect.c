/* Queries of the Redirect binding; and every message that is written to one comes out as it went in. */
#include "saml/redirect.h"

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

static bool within(struct sf_span part, struct sf_span whole)
{
	return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

static void judge(struct sf_span query, struct sf_arena *arena)
{
	struct sf_error error = { 0 };
	struct sf_redirect in;
	struct sf_span xml, relay_state;
	bool sha1;
	size_t key;

	if (!sf_redirect_split(query, &in, &error)) {
		MUST(error.code != 0);
		return;
	}
	MUST(within(in.message, query) && (!in.relay_state.p || within(in.relay_state, query)) && (!in.sig_alg.p || within(in.sig_alg, query))
			&& (!in.signature.p || within(in.signature, query)));
	if (sf_redirect_verify(&in, &forge_idp, forge_cache, arena, &key, &sha1, &error)) {
		MUST(key < forge_idp.key_count && in.sig_alg.p && in.signature.p);
	} else {
		MUST(error.code != 0);
	}
	if (sf_redirect_inflate(&in, &forge_limits, arena, &xml, &error)) {
		MUST(xml.n > 0 && xml.n <= forge_limits.bytes);
	} else {
		MUST(error.code != 0 && error.code != SF_INTERNAL);
	}
	if (sf_redirect_relay_state(&in, arena, &relay_state, &error)) {
		MUST((relay_state.p != NULL) == (in.relay_state.p != NULL) && relay_state.n <= SF_RELAY_STATE_RECEIVED_MAX);
	}
}

/* The first byte says how much of the rest is RelayState. */
static void round_trip(struct sf_span data, struct sf_arena *arena)
{
	static const struct sf_span to = { "https://idp.example/out", 23 };
	struct sf_redirect_message message = { .destination = to };
	struct sf_error error = { 0 };
	struct sf_span url, xml, relay_state;
	struct sf_redirect in;
	size_t n = (unsigned char)data.p[0] % 82;

	n = n > data.n - 1 ? data.n - 1 : n;
	message.relay_state = n ? (struct sf_span){ data.p + 1, n } : SF_SPAN_NONE;
	message.xml = (struct sf_span){ data.p + 1 + n, data.n - 1 - n };
	message.response = data.n & 1;
	if (!message.xml.n || !sf_redirect_write(&message, arena, &url, &error)) {
		return;
	}
	MUST(url.p[url.n] == '\0' && strlen(url.p) == url.n && sf_redirect_split((struct sf_span){ url.p + to.n + 1, url.n - to.n - 1 }, &in, &error));
	MUST(in.response == message.response && sf_redirect_inflate(&in, &forge_limits, arena, &xml, &error) && sf_span_eq(xml, message.xml));
	MUST(sf_redirect_relay_state(&in, arena, &relay_state, &error) && sf_span_eq(relay_state, message.relay_state));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span all = { (const char *)data, size };
	struct sf_arena arena;

	if (!size) {
		return -1;
	}
	sf_arena_init(&arena, SF_ARENA_FOR(&forge_limits));
	judge(all, &arena);
	sf_arena_free(&arena);
	sf_arena_init(&arena, SF_ARENA_FOR(&forge_limits));
	round_trip(all, &arena);
	sf_arena_free(&arena);
	return 0;
}
