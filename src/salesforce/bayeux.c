#include "salesforce/bayeux.h"

#include <stdlib.h>

#include "base/json.h"

#define NUMBER_MAX 24

/* ---- reading ---- */

struct reader {
	struct sf_json json;
	struct sf_arena *arena;
};

static bool text(struct reader *r, struct sf_span *out)
{
	char *p = sf_arena_alloc(r->arena, r->json.raw.n + 1);

	if (!p) {
		return false;
	}
	*out = (struct sf_span){ p, sf_json_decode(&r->json, p) };
	p[out->n] = '\0';
	return true;
}

/* A whole number; false for any other, so that no id is ever rounded. */
static bool whole(struct sf_span raw, int64_t *out)
{
	char copy[NUMBER_MAX], *end;

	if (raw.n == 0 || raw.n >= 20) {
		return false;
	}
	for (size_t i = 0; i < raw.n; i++) {
		if (!(raw.p[i] >= '0' && raw.p[i] <= '9') && !(i == 0 && raw.p[i] == '-')) {
			return false;
		}
	}
	memcpy(copy, raw.p, raw.n);
	copy[raw.n] = '\0';
	*out = strtoll(copy, &end, 10); /* (19 digits can be too many: that gives the largest there is) */
	return *end == '\0';
}

static long milliseconds(struct sf_span raw)
{
	int64_t n;

	return whole(raw, &n) && n >= 0 && n <= 86400000 ? (long)n : -1;
}

/* What a text member is, or nothing if it is of another type. */
static bool text_or_skip(struct reader *r, struct sf_span *out)
{
	enum sf_json_token token = sf_json_next(&r->json);

	return token == SF_JSON_STRING ? text(r, out) : sf_json_skip(&r->json, token);
}

typedef bool (*member_fn)(struct reader *r, void *arg);

/* Calls back for each member of the object that was just entered, with its name as the token just read. */
static bool members(struct reader *r, member_fn fn, void *arg)
{
	enum sf_json_token token;

	while ((token = sf_json_next(&r->json)) == SF_JSON_NAME) {
		if (!fn(r, arg)) {
			return false;
		}
	}
	return token == SF_JSON_OBJECT_END;
}

/* The same for a member that should be an object, and is passed over if it isn't. */
static bool nested(struct reader *r, member_fn fn, void *arg)
{
	enum sf_json_token token = sf_json_next(&r->json);

	return token == SF_JSON_OBJECT ? members(r, fn, arg) : sf_json_skip(&r->json, token);
}

static bool skip(struct reader *r)
{
	return sf_json_skip(&r->json, sf_json_next(&r->json));
}

static bool advice_member(struct reader *r, void *arg)
{
	struct sf_bayeux_reply *reply = arg;
	enum sf_json_token token;
	struct sf_span word;
	long *number = NULL;

	if (sf_json_is(&r->json, "reconnect")) {
		word = SF_SPAN_NONE;
		if (!text_or_skip(r, &word)) {
			return false;
		}
		reply->reconnect = sf_span_is(word, "retry") ? SF_BAYEUX_RETRY : sf_span_is(word, "handshake") ? SF_BAYEUX_HANDSHAKE : sf_span_is(word, "none") ? SF_BAYEUX_NONE : SF_BAYEUX_UNSAID;
		return true;
	}
	if (sf_json_is(&r->json, "interval")) {
		number = &reply->interval_ms;
	} else if (sf_json_is(&r->json, "timeout")) {
		number = &reply->timeout_ms;
	}
	token = sf_json_next(&r->json);
	if (number && token == SF_JSON_NUMBER) {
		*number = milliseconds(r->json.raw);
		return true;
	}
	return sf_json_skip(&r->json, token);
}

static bool sfdc_member(struct reader *r, void *arg)
{
	struct sf_bayeux_reply *reply = arg;

	return sf_json_is(&r->json, "failureReason") ? text_or_skip(r, &reply->failure_reason) : skip(r);
}

static bool ext_member(struct reader *r, void *arg)
{
	return sf_json_is(&r->json, "sfdc") ? nested(r, sfdc_member, arg) : skip(r);
}

static bool replay_member(struct reader *r, void *arg)
{
	int64_t *replay = arg;
	enum sf_json_token token;
	bool is_id = sf_json_is(&r->json, "replayId");

	token = sf_json_next(&r->json);
	if (is_id && token == SF_JSON_NUMBER) {
		return whole(r->json.raw, replay);
	}
	return sf_json_skip(&r->json, token);
}

static bool data_member(struct reader *r, void *arg)
{
	return sf_json_is(&r->json, "event") ? nested(r, replay_member, arg) : skip(r);
}

struct message {
	struct sf_bayeux_reply reply;
	struct sf_bayeux_event event;
	struct sf_span subscription;
};

static bool read_data(struct reader *r, struct sf_bayeux_event *event)
{
	enum sf_json_token token = sf_json_next(&r->json);
	const char *start = r->json.p - 1;

	if (token != SF_JSON_OBJECT) {
		return sf_json_skip(&r->json, token);
	}
	if (!members(r, data_member, &event->replay_id)) {
		return false;
	}
	event->data = (struct sf_span){ start, (size_t)(r->json.p - start) };
	return true;
}

static bool message_member(struct reader *r, void *arg)
{
	struct message *m = arg;
	enum sf_json_token token;

	if (sf_json_is(&r->json, "channel")) {
		return text_or_skip(r, &m->event.channel);
	}
	if (sf_json_is(&r->json, "clientId")) {
		return text_or_skip(r, &m->reply.client_id);
	}
	if (sf_json_is(&r->json, "error")) {
		return text_or_skip(r, &m->reply.error);
	}
	if (sf_json_is(&r->json, "subscription")) {
		return text_or_skip(r, &m->subscription);
	}
	if (sf_json_is(&r->json, "advice")) {
		return nested(r, advice_member, &m->reply);
	}
	if (sf_json_is(&r->json, "ext")) {
		return nested(r, ext_member, &m->reply);
	}
	if (sf_json_is(&r->json, "data")) {
		return read_data(r, &m->event);
	}
	if (sf_json_is(&r->json, "successful")) {
		token = sf_json_next(&r->json);
		m->reply.successful = token == SF_JSON_TRUE;
		return sf_json_skip(&r->json, token);
	}
	return skip(r);
}

bool sf_bayeux_read(struct sf_span body, const char *channel, struct sf_span subscription, struct sf_arena *arena, struct sf_bayeux_reply *reply,
		sf_bayeux_take take, void *arg)
{
	struct reader r = { .arena = arena };
	enum sf_json_token token;
	bool list;

	*reply = (struct sf_bayeux_reply){ .interval_ms = -1, .timeout_ms = -1 };
	sf_json_init(&r.json, body);
	token = sf_json_next(&r.json);
	list = token == SF_JSON_ARRAY;
	if (list) {
		token = sf_json_next(&r.json);
	}
	for (; token == SF_JSON_OBJECT; token = sf_json_next(&r.json)) {
		struct message m = { .reply = { .interval_ms = -1, .timeout_ms = -1 }, .event = { .replay_id = -1 } };

		if (!members(&r, message_member, &m)) {
			return false;
		}
		if (m.event.data.p && m.event.channel.p && !sf_span_starts(m.event.channel, SF_SPAN_LIT("/meta/"))) {
			if (!take(arg, &m.event)) {
				return true;
			}
		} else if (!reply->seen && m.event.channel.p && sf_span_is(m.event.channel, channel)
				&& (!subscription.p || (m.subscription.p && sf_span_eq(m.subscription, subscription)))) {
			*reply = m.reply;
			reply->seen = true;
		} else if (!reply->seen && !m.event.channel.p && m.reply.error.p) {
			reply->error = m.reply.error; /* it could not even be told what was asked */
		}
	}
	if (list && token == SF_JSON_ARRAY_END) {
		token = sf_json_next(&r.json);
	}
	return token == SF_JSON_END;
}

int sf_bayeux_code(struct sf_span error)
{
	int code = 0;

	if (error.n < 3) {
		return 0;
	}
	for (size_t i = 0; i < 3; i++) {
		if (error.p[i] < '0' || error.p[i] > '9') {
			return 0;
		}
		code = code * 10 + error.p[i] - '0';
	}
	return error.n == 3 || error.p[3] == ':' ? code : 0;
}

/* ---- writing ---- */

static void begin(struct sf_buf *buf, const char *channel, unsigned long id)
{
	sf_buf_str(buf, "[{\"channel\":\"/meta/");
	sf_buf_str(buf, channel);
	sf_buf_str(buf, "\",\"id\":\"");
	sf_buf_int(buf, (int64_t)id);
	sf_buf_char(buf, '"');
}

static void client(struct sf_buf *buf, struct sf_span client_id)
{
	sf_buf_str(buf, ",\"clientId\":\"");
	sf_buf_span(buf, client_id);
	sf_buf_char(buf, '"');
}

void sf_bayeux_handshake(struct sf_buf *buf, unsigned long id)
{
	begin(buf, "handshake", id);
	sf_buf_str(buf, ",\"version\":\"1.0\",\"minimumVersion\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"],\"ext\":{\"replay\":true}}]");
}

void sf_bayeux_subscribe(struct sf_buf *buf, unsigned long id, struct sf_span client_id, struct sf_span channel, int64_t replay)
{
	begin(buf, "subscribe", id);
	client(buf, client_id);
	sf_buf_str(buf, ",\"subscription\":\"");
	sf_buf_span(buf, channel);
	sf_buf_str(buf, "\",\"ext\":{\"replay\":{\"");
	sf_buf_span(buf, channel);
	sf_buf_str(buf, "\":");
	sf_buf_int(buf, replay);
	sf_buf_str(buf, "}}}]");
}

void sf_bayeux_connect(struct sf_buf *buf, unsigned long id, struct sf_span client_id, long timeout_ms)
{
	begin(buf, "connect", id);
	client(buf, client_id);
	sf_buf_str(buf, ",\"connectionType\":\"long-polling\",\"advice\":{\"timeout\":");
	sf_buf_int(buf, timeout_ms);
	sf_buf_str(buf, "}}]");
}

void sf_bayeux_disconnect(struct sf_buf *buf, unsigned long id, struct sf_span client_id)
{
	begin(buf, "disconnect", id);
	client(buf, client_id);
	sf_buf_str(buf, "}]");
}

bool sf_bayeux_channel_valid(struct sf_span channel)
{
	size_t names = 0;

	if (channel.n < 4 || channel.n > SF_BAYEUX_CHANNEL || channel.p[0] != '/' || channel.p[channel.n - 1] == '/' || sf_span_starts(channel, SF_SPAN_LIT("/meta/"))) {
		return false;
	}
	for (size_t i = 0; i < channel.n; i++) {
		char c = channel.p[i];

		if (c == '/') {
			names++;
			if (channel.p[i + 1] == '/') {
				return false;
			}
		} else if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
			return false;
		}
	}
	return names >= 2;
}
