#include "salesforce/changes.h"

#include <stdio.h>
#include <strings.h>

#define BODY_MAX 4096
#define FIRST_PAUSE_MS 500
#define LAST_PAUSE_MS 30000
#define INTERVAL_MAX_MS 60000
#define GRACE_MS 10000 /* for the way there and back, beyond what a request is held */
#define END_MS 3000

/* ---- one request ---- */

static bool drop_event(void *arg, const struct sf_bayeux_event *event)
{
	(void)arg;
	(void)event;
	return true;
}

/* 401, in the words of CometD or of HTTP: what a new token mends. */
static bool is_denied(const struct sf_http_answer *answer, struct sf_arena *arena)
{
	static const char *const channels[] = { "/meta/handshake", "/meta/connect", "/meta/subscribe" };
	struct sf_bayeux_reply reply;

	if (answer->status == 401) {
		return true;
	}
	for (size_t i = 0; answer->body.n < BODY_MAX && i < sizeof(channels) / sizeof(channels[0]); i++) {
		if (sf_bayeux_read(answer->body, channels[i], SF_SPAN_NONE, arena, &reply, drop_event, NULL)
				&& (sf_bayeux_code(reply.error) == 401 || sf_bayeux_code(reply.failure_reason) == 401)) {
			return true;
		}
	}
	return false;
}

static bool send_message(struct sf_changes *c, struct sf_buf *buf, bool repeatable, long timeout_ms, struct sf_arena *arena, struct sf_http_answer *answer,
		struct sf_failure *failure)
{
	struct sf_api_call call = { .credentials = c->credentials, .method = "POST", .path = sf_span_of(c->path), .cookie = *c->cookies ? c->cookies : NULL, .cookies = true,
		.repeatable = repeatable, .unsure = SF_ACTION_RETRY, .denied = is_denied, .timeout_ms = timeout_ms, .connect_ms = c->connect_ms };

	if (!sf_buf_done(buf, &call.body)) {
		return sf_failure_set(failure, SF_REASON_UNREACHABLE, SF_ACTION_RETRY, "No memory is left");
	}
	return sf_api_send(c->api, &call, arena, answer, failure);
}

/* ---- what an error asks for ---- */

static bool broken(struct sf_failure *failure, const struct sf_http_answer *answer)
{
	sf_failure_set(failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer is not the CometD message that its documentation says");
	failure->http_status = answer->status;
	return false;
}

static bool has_text(struct sf_span error, const char *words)
{
	size_t n = strlen(words);

	for (size_t i = 0; error.n >= n && i <= error.n - n; i++) {
		if (strncasecmp(error.p + i, words, n) == 0) {
			return true;
		}
	}
	return false;
}

static bool refused(const struct sf_changes *c, const struct sf_bayeux_reply *reply, struct sf_span channel, const struct sf_http_answer *answer, struct sf_failure *failure)
{
	char message[SF_FAILURE_MESSAGE];
	int code = sf_bayeux_code(reply->error);

	(void)c;
	if (!reply->error.p) {
		return broken(failure, answer);
	}
	snprintf(message, sizeof(message), "%.*s", (int)(reply->error.n < SF_BAYEUX_ERROR ? reply->error.n : SF_BAYEUX_ERROR), reply->error.p);
	if (code == 400 && has_text(reply->error, "replayId") && has_text(reply->error, "invalid")) {
		snprintf(message, sizeof(message), "Salesforce has no event of %.100s of that replay id any more (it keeps them for 72 hours): look up what changed meanwhile, and begin anew with -1",
				channel.p);
		sf_failure_set(failure, SF_REASON_REPLAY_EXPIRED, SF_ACTION_LOOK_UP, message);
	} else if (code == 400 && has_text(reply->error, "does not exist")) {
		sf_failure_set(failure, SF_REASON_NOT_FOUND, SF_ACTION_TELL_PERSON, message);
	} else if (code == 401) {
		sf_failure_set(failure, SF_REASON_AUTHENTICATION, SF_ACTION_AUTHENTICATE, message);
	} else if (has_text(reply->error, "limit exceeded")) {
		sf_failure_set(failure, SF_REASON_REFUSED, SF_ACTION_PAUSE, message);
	} else if (code >= 500 || code == 0) {
		sf_failure_set(failure, SF_REASON_SERVER_ERROR, SF_ACTION_RETRY, message);
	} else {
		sf_failure_set(failure, SF_REASON_REFUSED, SF_ACTION_TELL_PERSON, message);
	}
	if (code) {
		snprintf(failure->code, sizeof(failure->code), "%d", code);
	}
	failure->http_status = answer->status;
	return false;
}

/* ---- the session ---- */

static void forget(struct sf_changes *c)
{
	c->client_id[0] = '\0';
	c->cookies[0] = '\0';
	c->interval_ms = 0;
}

static bool is_token(struct sf_span s, const char *others)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (!((ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || strchr(others, ch))) {
			return false;
		}
	}
	return s.n > 0;
}

/* A session's cookies go back to where they came from, with the messages of this session alone. */
static void keep_cookies(struct sf_changes *c, struct sf_span cookies)
{
	if (cookies.n > 0 && cookies.n <= SF_CHANGES_COOKIES) {
		snprintf(c->cookies, sizeof(c->cookies), "Cookie: %.*s", (int)cookies.n, cookies.p);
	}
}

static bool handshake(struct sf_changes *c, struct sf_arena *arena, struct sf_failure *failure)
{
	struct sf_bayeux_reply reply;
	struct sf_http_answer answer;
	struct sf_buf buf;

	forget(c);
	sf_buf_init(&buf, arena, BODY_MAX);
	sf_bayeux_handshake(&buf, ++c->next_id);
	if (!send_message(c, &buf, true, c->timeout_ms, arena, &answer, failure)) {
		return false;
	}
	if (!sf_bayeux_read(answer.body, "/meta/handshake", SF_SPAN_NONE, arena, &reply, drop_event, NULL)) {
		return broken(failure, &answer);
	}
	if (!reply.seen || !reply.successful) {
		return refused(c, &reply, SF_SPAN_NONE, &answer, failure);
	}
	if (reply.client_id.n > SF_BAYEUX_CLIENT_ID || !is_token(reply.client_id, "_-.")) {
		return broken(failure, &answer);
	}
	memcpy(c->client_id, reply.client_id.p, reply.client_id.n);
	c->client_id[reply.client_id.n] = '\0';
	keep_cookies(c, answer.cookies);
	return true;
}

struct delivery {
	struct sf_changes *c;
	sf_changes_take take;
	void *arg;
	bool stopped;
	bool lost; /* an event that can't be told apart from others */
};

static struct sf_changes_channel *channel_of(struct sf_changes *c, struct sf_span name)
{
	for (size_t i = 0; i < c->channel_n; i++) {
		if (sf_span_is(name, c->channels[i].name)) {
			return &c->channels[i];
		}
	}
	return NULL;
}

static bool deliver(void *arg, const struct sf_bayeux_event *event)
{
	struct delivery *d = arg;
	struct sf_changes_channel *channel = channel_of(d->c, event->channel);

	if (!channel) {
		return true; /* nobody asked for it */
	}
	if (event->replay_id < 0) {
		d->lost = true;
		return true;
	}
	if (channel->replay >= 0 && event->replay_id <= channel->replay) {
		return true; /* it was there before */
	}
	if (!d->take(d->arg, event)) {
		d->stopped = true;
		return false;
	}
	channel->replay = event->replay_id;
	return true;
}

static bool subscribe(struct sf_changes *c, const struct sf_changes_channel *channel, struct delivery *d, struct sf_arena *arena, bool *unknown, struct sf_failure *failure)
{
	struct sf_bayeux_reply reply;
	struct sf_http_answer answer;
	struct sf_buf buf;

	sf_buf_init(&buf, arena, BODY_MAX);
	sf_bayeux_subscribe(&buf, ++c->next_id, sf_span_of(c->client_id), sf_span_of(channel->name), channel->replay);
	if (!send_message(c, &buf, true, c->timeout_ms, arena, &answer, failure)) {
		return false;
	}
	if (!sf_bayeux_read(answer.body, "/meta/subscribe", sf_span_of(channel->name), arena, &reply, deliver, d)) {
		return broken(failure, &answer);
	}
	if (d->stopped || (reply.seen && reply.successful)) {
		return true;
	}
	*unknown = reply.reconnect == SF_BAYEUX_HANDSHAKE || has_text(reply.error, "unknown client");
	return refused(c, &reply, sf_span_of(channel->name), &answer, failure);
}

/* A session with all of its subscriptions, each behind the last event that was taken. */
static bool open_session(struct sf_changes *c, struct delivery *d, struct sf_arena *arena, bool *unknown, struct sf_failure *failure)
{
	*unknown = false;
	if (!handshake(c, arena, failure)) {
		return false;
	}
	for (size_t i = 0; i < c->channel_n && !d->stopped; i++) {
		if (!subscribe(c, &c->channels[i], d, arena, unknown, failure)) {
			return false;
		}
	}
	return true;
}

/* ---- asking for events ---- */

/* How long a request may be held, and how long we wait for its answer then. */
static long hold_of(const struct sf_changes *c, long hold_ms, long *wait_ms)
{
	long held = c->holds_too_long && c->held_ms > hold_ms ? c->held_ms : hold_ms;

	*wait_ms = held + (c->timeout_ms < GRACE_MS ? c->timeout_ms : GRACE_MS);
	return hold_ms;
}

static bool connect(struct sf_changes *c, long hold_ms, struct delivery *d, struct sf_arena *arena, bool *unknown, struct sf_failure *failure)
{
	struct sf_bayeux_reply reply;
	struct sf_http_answer answer;
	struct sf_buf buf;
	long wait_ms;

	sf_buf_init(&buf, arena, BODY_MAX);
	sf_bayeux_connect(&buf, ++c->next_id, sf_span_of(c->client_id), hold_of(c, hold_ms, &wait_ms));
	/* not to be repeated: the server takes what it gave for delivered, and the answer that was lost may have had events in it */
	if (!send_message(c, &buf, false, wait_ms, arena, &answer, failure)) {
		c->holds_too_long |= failure->reason == SF_REASON_TIMED_OUT;
		return false;
	}
	keep_cookies(c, answer.cookies);
	if (!sf_bayeux_read(answer.body, "/meta/connect", SF_SPAN_NONE, arena, &reply, deliver, d) || d->lost) {
		return broken(failure, &answer);
	}
	if (d->stopped) {
		return true;
	}
	if (reply.timeout_ms > 0) {
		c->held_ms = reply.timeout_ms;
	}
	c->interval_ms = reply.interval_ms > 0 ? reply.interval_ms : 0;
	if (reply.seen && reply.successful && reply.reconnect != SF_BAYEUX_HANDSHAKE && reply.reconnect != SF_BAYEUX_NONE) {
		return true;
	}
	*unknown = reply.reconnect == SF_BAYEUX_HANDSHAKE || has_text(reply.error, "unknown client");
	return refused(c, &reply, SF_SPAN_NONE, &answer, failure);
}

/* ---- a round ---- */

static long pause_after(const struct sf_changes *c, const struct sf_failure *failure)
{
	long pause = FIRST_PAUSE_MS << (c->failed < 7 ? c->failed - 1 : 6);

	if (failure->retry_after > 0 && failure->retry_after * 1000 > pause) {
		pause = failure->retry_after * 1000;
	}
	return pause < LAST_PAUSE_MS ? pause : LAST_PAUSE_MS;
}

/*
 * A session that the server has forgotten is nothing: the next round makes another one at once. (But one that is forgotten as soon as it was
 * made, again and again, is.) What may pass by itself is tried again some times.
 */
static bool mend(struct sf_changes *c, bool unknown, long *pause_ms, const struct sf_failure *failure)
{
	forget(c);
	c->failed++;
	if (c->failed >= SF_CHANGES_TRIES || (!unknown && failure->action != SF_ACTION_RETRY)) {
		return false;
	}
	*pause_ms = unknown && c->failed == 1 ? 0 : pause_after(c, failure);
	return true;
}

bool sf_changes_poll(struct sf_changes *c, long hold_ms, sf_changes_take take, void *arg, struct sf_arena *arena, long *pause_ms, struct sf_failure *failure)
{
	struct delivery d = { .c = c, .take = take, .arg = arg };
	bool unknown = false;

	*pause_ms = 0;
	if (!*c->client_id && !open_session(c, &d, arena, &unknown, failure)) {
		return mend(c, unknown, pause_ms, failure);
	}
	if (!d.stopped && !connect(c, hold_ms, &d, arena, &unknown, failure)) {
		return mend(c, unknown, pause_ms, failure);
	}
	if (d.stopped) {
		forget(c); /* the server takes the rest for delivered */
	}
	c->failed = 0;
	*pause_ms = c->interval_ms < INTERVAL_MAX_MS ? c->interval_ms : INTERVAL_MAX_MS;
	return true;
}

void sf_changes_end(struct sf_changes *c, struct sf_arena *arena)
{
	struct sf_http_answer answer;
	struct sf_failure failure;
	struct sf_buf buf;

	if (*c->client_id) {
		sf_buf_init(&buf, arena, BODY_MAX);
		sf_bayeux_disconnect(&buf, ++c->next_id, sf_span_of(c->client_id));
		send_message(c, &buf, false, END_MS, arena, &answer, &failure);
		forget(c);
	}
}

bool sf_changes_origin_is(struct sf_span origin, struct sf_span client)
{
	static const struct sf_span mark = SF_SPAN_LIT(";client=");
	const char *at = origin.p ? memmem(origin.p, origin.n, mark.p, mark.n) : NULL;
	struct sf_span name;

	if (!at) {
		return false;
	}
	name = (struct sf_span){ at + mark.n, (size_t)(origin.p + origin.n - at) - mark.n };
	/* Salesforce's own clients end it with a slash */
	if (name.n > 0 && name.p[name.n - 1] == '/' && client.n + 1 == name.n) {
		name.n--;
	}
	return sf_span_eq(name, client);
}
