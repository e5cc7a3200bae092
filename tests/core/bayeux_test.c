/* CometD's messages: what is read out of an answer, and what is sent. */
#include "salesforce/bayeux.h"
#include "salesforce/changes.h"

#include "tools.h"

static struct sf_arena arena;
static char seen[4096];
static int stop_after;

static bool note(void *arg, const struct sf_bayeux_event *event)
{
	size_t n = strlen(seen);

	(void)arg;
	snprintf(seen + n, sizeof(seen) - n, "%.*s %lld %.*s|", (int)event->channel.n, event->channel.p, (long long)event->replay_id, (int)event->data.n, event->data.p);
	return --stop_after != 0;
}

static bool read_as(const char *text, const char *channel, const char *subscription, struct sf_bayeux_reply *reply)
{
	struct sf_span copy = exact_copy(text, strlen(text));
	bool ok;

	seen[0] = '\0';
	ok = sf_bayeux_read(copy, channel, sf_span_of(subscription), &arena, reply, note, NULL);
	if (ok && reply->client_id.p) {
		CHECK(reply->client_id.p < copy.p || reply->client_id.p >= copy.p + copy.n); /* it outlives the answer */
	}
	exact_free(copy);
	return ok;
}

static void replies(void)
{
	struct sf_bayeux_reply r;

	CHECK(read_as("[{\"ext\":{\"replay\":true,\"payload.format\":true},\"minimumVersion\":\"1.0\",\"clientId\":\"1xz1\",\"supportedConnectionTypes\":[\"long-polling\"],"
			"\"channel\":\"/meta/handshake\",\"id\":\"1\",\"version\":\"1.0\",\"successful\":true}]", "/meta/handshake", NULL, &r));
	CHECK(r.seen && r.successful && r.reconnect == SF_BAYEUX_UNSAID && r.interval_ms == -1 && r.timeout_ms == -1 && !r.error.p);
	CHECK_SPAN(r.client_id, "1xz1");
	CHECK(read_as("[{\"clientId\":\"a\",\"advice\":{\"interval\":0,\"timeout\":110000,\"reconnect\":\"retry\"},\"channel\":\"/meta/connect\",\"id\":\"2\",\"successful\":true}]", "/meta/connect", NULL, &r));
	CHECK(r.successful && r.reconnect == SF_BAYEUX_RETRY && r.interval_ms == 0 && r.timeout_ms == 110000);
	CHECK(read_as("[{\"advice\":{\"interval\":0,\"reconnect\":\"handshake\"},\"channel\":\"/meta/connect\",\"id\":\"304\",\"error\":\"403::Unknown client\",\"successful\":false}]", "/meta/connect", NULL, &r));
	CHECK(r.seen && !r.successful && r.reconnect == SF_BAYEUX_HANDSHAKE && sf_bayeux_code(r.error) == 403);
	CHECK_SPAN(r.error, "403::Unknown client");
	CHECK(read_as("{\"ext\":{\"sfdc\":{\"failureReason\":\"401::Authentication invalid\"}},\"advice\":{\"reconnect\":\"none\"},\"channel\":\"/meta/handshake\",\"error\":\"403::Handshake denied\",\"successful\":false}",
			"/meta/handshake", NULL, &r));
	CHECK(r.seen && r.reconnect == SF_BAYEUX_NONE && sf_bayeux_code(r.failure_reason) == 401 && sf_bayeux_code(r.error) == 403);
	/* of two subscriptions, the one that was asked for */
	CHECK(read_as("[{\"channel\":\"/meta/subscribe\",\"subscription\":\"/a/b\",\"successful\":true},{\"channel\":\"/meta/subscribe\",\"subscription\":\"/a/c\",\"error\":\"400::no\",\"successful\":false}]",
			"/meta/subscribe", "/a/c", &r));
	CHECK(r.seen && !r.successful);
	CHECK_SPAN(r.error, "400::no");
	/* what isn't there is not seen; an error without a channel is */
	CHECK(read_as("[]", "/meta/connect", NULL, &r) && !r.seen);
	CHECK(read_as("[{\"error\":\"400::The message has no channel\",\"successful\":false}]", "/meta/connect", NULL, &r) && !r.seen);
	CHECK_SPAN(r.error, "400::The message has no channel");
	/* members of another type are passed over, and a success is true alone */
	CHECK(read_as("[{\"channel\":\"/meta/connect\",\"clientId\":7,\"advice\":[1],\"ext\":null,\"error\":{\"a\":1},\"successful\":\"true\",\"data\":3}]", "/meta/connect", NULL, &r));
	CHECK(r.seen && !r.successful && !r.client_id.p && !r.error.p && r.reconnect == SF_BAYEUX_UNSAID);
	CHECK(read_as("[{\"channel\":\"/meta/connect\",\"advice\":{\"interval\":-1,\"timeout\":1e9,\"reconnect\":7}}]", "/meta/connect", NULL, &r) && r.interval_ms == -1 && r.timeout_ms == -1);
	CHECK(read_as("[{\"channel\":\"/meta/connect\",\"advice\":{\"interval\":86400000,\"timeout\":86400001}}]", "/meta/connect", NULL, &r) && r.interval_ms == 86400000 && r.timeout_ms == -1);
	CHECK(!read_as("", "/meta/connect", NULL, &r));
	CHECK(!read_as("<html></html>", "/meta/connect", NULL, &r));
	CHECK(!read_as("[{\"channel\":\"/meta/connect\",\"successful\":true}", "/meta/connect", NULL, &r));
	CHECK(!read_as("[{\"channel\":\"/meta/connect\"}] x", "/meta/connect", NULL, &r));
	CHECK(!read_as("[1]", "/meta/connect", NULL, &r));
}

static void events(void)
{
	struct sf_bayeux_reply r;

	stop_after = -1;
	CHECK(read_as("[{\"data\":{\"schema\":\"x\",\"payload\":{\"event\":{\"replayId\":1}},\"event\":{\"replayId\":8052880}},\"channel\":\"/data/ContactChangeEvent\"},"
			"{\"channel\":\"\\/event\\/A__e\",\"data\":{ \"event\" : { \"x\" : 1 , \"replayId\":2 } , \"a\":\"\\u00e9}\" }},"
			"{\"clientId\":\"a\",\"channel\":\"/meta/connect\",\"id\":\"5\",\"successful\":true}]", "/meta/connect", NULL, &r));
	CHECK(r.seen && r.successful);
	CHECK_SPAN(sf_span_of(seen), "/data/ContactChangeEvent 8052880 {\"schema\":\"x\",\"payload\":{\"event\":{\"replayId\":1}},\"event\":{\"replayId\":8052880}}|"
			"/event/A__e 2 { \"event\" : { \"x\" : 1 , \"replayId\":2 } , \"a\":\"\\u00e9}\" }|");
	/* one without an id, and ids that would be rounded */
	CHECK(read_as("[{\"data\":{},\"channel\":\"/a/b\"},{\"data\":{\"event\":{\"replayId\":\"7\"}},\"channel\":\"/a/b\"}]", "/meta/connect", NULL, &r));
	CHECK_SPAN(sf_span_of(seen), "/a/b -1 {}|/a/b -1 {\"event\":{\"replayId\":\"7\"}}|");
	CHECK(!read_as("[{\"data\":{\"event\":{\"replayId\":1.5}},\"channel\":\"/a/b\"}]", "/meta/connect", NULL, &r));
	CHECK(!read_as("[{\"data\":{\"event\":{\"replayId\":12345678901234567890}},\"channel\":\"/a/b\"}]", "/meta/connect", NULL, &r));
	CHECK(read_as("[{\"data\":{\"event\":{\"replayId\":9223372036854775807}},\"channel\":\"/a/b\"}]", "/meta/connect", NULL, &r));
	CHECK_SPAN(sf_span_of(seen), "/a/b 9223372036854775807 {\"event\":{\"replayId\":9223372036854775807}}|");
	/* a meta message has no event in it */
	CHECK(read_as("[{\"data\":{\"event\":{\"replayId\":1}},\"channel\":\"/meta/connect\",\"successful\":true}]", "/meta/connect", NULL, &r) && r.successful && !seen[0]);
	/* who takes them can say that it is enough */
	stop_after = 1;
	CHECK(read_as("[{\"data\":{},\"channel\":\"/a/b\"},{\"data\":{},\"channel\":\"/a/c\"},{\"channel\":\"/meta/connect\",\"successful\":true}]", "/meta/connect", NULL, &r) && !r.seen);
	CHECK_SPAN(sf_span_of(seen), "/a/b -1 {}|");
	stop_after = -1;
}

static void small_arena(void)
{
	struct sf_bayeux_reply r;
	struct sf_arena full;

	sf_arena_init(&full, 0);
	CHECK(!sf_bayeux_read(SF_SPAN_LIT("[{\"channel\":\"/meta/connect\"}]"), "/meta/connect", SF_SPAN_NONE, &full, &r, note, NULL));
	sf_arena_free(&full);
}

static void messages(void)
{
	struct sf_buf buf;
	struct sf_span text;

	sf_buf_init(&buf, &arena, 4096);
	sf_bayeux_subscribe(&buf, 3, SF_SPAN_LIT("abc"), SF_SPAN_LIT("/data/ContactChangeEvent"), -2);
	CHECK(sf_buf_done(&buf, &text));
	CHECK_SPAN(text, "[{\"channel\":\"/meta/subscribe\",\"id\":\"3\",\"clientId\":\"abc\",\"subscription\":\"/data/ContactChangeEvent\",\"ext\":{\"replay\":{\"/data/ContactChangeEvent\":-2}}}]");
	sf_buf_init(&buf, &arena, 4096);
	sf_bayeux_connect(&buf, 4, SF_SPAN_LIT("abc"), 15000);
	CHECK(sf_buf_done(&buf, &text));
	CHECK_SPAN(text, "[{\"channel\":\"/meta/connect\",\"id\":\"4\",\"clientId\":\"abc\",\"connectionType\":\"long-polling\",\"advice\":{\"timeout\":15000}}]");
	sf_buf_init(&buf, &arena, 4096);
	sf_bayeux_handshake(&buf, 1);
	CHECK(sf_buf_done(&buf, &text));
	CHECK_SPAN(text, "[{\"channel\":\"/meta/handshake\",\"id\":\"1\",\"version\":\"1.0\",\"minimumVersion\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"],\"ext\":{\"replay\":true}}]");
	sf_buf_init(&buf, &arena, 4096);
	sf_bayeux_disconnect(&buf, 9, SF_SPAN_LIT("abc"));
	CHECK(sf_buf_done(&buf, &text));
	CHECK_SPAN(text, "[{\"channel\":\"/meta/disconnect\",\"id\":\"9\",\"clientId\":\"abc\"}]");
}

static void names(void)
{
	char longest[SF_BAYEUX_CHANNEL + 2];

	CHECK(sf_bayeux_channel_valid(SF_SPAN_LIT("/data/ContactChangeEvent")) && sf_bayeux_channel_valid(SF_SPAN_LIT("/event/Order__e")) && sf_bayeux_channel_valid(SF_SPAN_LIT("/a/b")));
	CHECK(!sf_bayeux_channel_valid(SF_SPAN_LIT("")) && !sf_bayeux_channel_valid(SF_SPAN_LIT("/data")) && !sf_bayeux_channel_valid(SF_SPAN_LIT("/data/")) && !sf_bayeux_channel_valid(SF_SPAN_LIT("data/x/y")));
	CHECK(!sf_bayeux_channel_valid(SF_SPAN_LIT("/meta/connect")) && !sf_bayeux_channel_valid(SF_SPAN_LIT("/data/a\"b")) && !sf_bayeux_channel_valid(SF_SPAN_LIT("/data/*")) && !sf_bayeux_channel_valid(SF_SPAN_LIT("/a//b")));
	memset(longest, 'a', sizeof(longest));
	memcpy(longest, "/data/", 6);
	CHECK(sf_bayeux_channel_valid((struct sf_span){ longest, SF_BAYEUX_CHANNEL }) && !sf_bayeux_channel_valid((struct sf_span){ longest, SF_BAYEUX_CHANNEL + 1 }));
	CHECK(sf_bayeux_code(SF_SPAN_LIT("403::x")) == 403 && sf_bayeux_code(SF_SPAN_LIT("403:a:b")) == 403 && sf_bayeux_code(SF_SPAN_LIT("401")) == 401);
	CHECK(sf_bayeux_code(SF_SPAN_LIT("40")) == 0 && sf_bayeux_code(SF_SPAN_LIT("4031::x")) == 0 && sf_bayeux_code(SF_SPAN_LIT("x")) == 0 && sf_bayeux_code(SF_SPAN_NONE) == 0);
	CHECK(sf_changes_origin_is(SF_SPAN_LIT("com/salesforce/api/rest/67.0;client=ours"), SF_SPAN_LIT("ours")));
	CHECK(sf_changes_origin_is(SF_SPAN_LIT("com/salesforce/api/soap/51.0;client=SfdcInternalAPI/"), SF_SPAN_LIT("SfdcInternalAPI")));
	CHECK(!sf_changes_origin_is(SF_SPAN_LIT("com/salesforce/api/rest/67.0;client=ours2"), SF_SPAN_LIT("ours")) && !sf_changes_origin_is(SF_SPAN_LIT("com/salesforce/api/rest/67.0"), SF_SPAN_LIT("ours")));
	CHECK(!sf_changes_origin_is(SF_SPAN_LIT(""), SF_SPAN_LIT("ours")) && !sf_changes_origin_is(SF_SPAN_NONE, SF_SPAN_LIT("")) && !sf_changes_origin_is(SF_SPAN_LIT("x;client=OURS"), SF_SPAN_LIT("ours")));
}

int main(void)
{
	sf_arena_init(&arena, (size_t)1 << 20);
	replies();
	events();
	small_arena();
	messages();
	names();
	sf_arena_free(&arena);
	return check_done();
}
