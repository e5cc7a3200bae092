/* An answer of Salesforce's CometD server: whatever it is, events are parts of it and each whole JSON. */
#include "forge.h"

#include "base/json.h"
#include "salesforce/bayeux.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take(void *arg, const struct sf_bayeux_event *event)
{
	const struct sf_span *body = arg;
	struct sf_json json;
	enum sf_json_token token;

	MUST(event->data.p >= body->p && event->data.p + event->data.n <= body->p + body->n && event->channel.n > 0 && event->replay_id >= INT64_MIN);
	sf_json_init(&json, event->data);
	token = sf_json_next(&json);
	MUST(token == SF_JSON_OBJECT && sf_json_skip(&json, token) && sf_json_next(&json) == SF_JSON_END);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span body = { (const char *)data, size };
	struct sf_bayeux_reply reply;
	struct sf_arena arena;

	sf_arena_init(&arena, 4 * size + 65536);
	if (sf_bayeux_read(body, "/meta/connect", SF_SPAN_NONE, &arena, &reply, take, &body)) {
		MUST(reply.interval_ms >= -1 && reply.timeout_ms >= -1 && (reply.seen || !reply.successful));
		MUST(sf_bayeux_code(reply.error) >= 0 && sf_bayeux_code(reply.error) <= 999);
	}
	sf_arena_free(&arena);
	return 0;
}
