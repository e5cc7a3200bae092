/* Several requests at once, by libcurl's multi interface. */
#include "http/transfer.h"

#define SPARE_CONNECTIONS 6L /* to a server that doesn't speak HTTP/2 */
#define POLL_MS 1000

/* One that is under way. */
struct lane {
	struct sf_http_item *item; /* NULL: free */
	struct sf_transfer transfer;
	CURL *handle;
};

struct batch {
	struct sf_http *http;
	CURLM *multi;
	struct sf_arena *arena;
	struct lane *lanes;
	size_t lane_n;
	struct sf_http_item *next;
	struct sf_http_item *end;
	size_t under_way;
};

static bool start(struct batch *b, struct lane *lane, struct sf_http_item *item)
{
	if (item->request.secret) {
		return sf_http_fail(&item->error, SF_HTTP_INPUT, "A secret body goes alone");
	}
	if (!sf_http_check(b->http, &item->request, &item->error)
			|| !sf_transfer_init(b->http, &lane->transfer, &item->request, lane->handle, SF_TRANSFER_LANE, b->arena, NULL, &item->error)) {
		return false;
	}
	if (curl_multi_add_handle(b->multi, lane->handle) != CURLM_OK) {
		return sf_http_fail(&item->error, SF_HTTP_FAILED, "libcurl refused a setting that this needs");
	}
	lane->item = item;
	b->under_way++;
	return true;
}

static void fill_lanes(struct batch *b)
{
	for (size_t i = 0; i < b->lane_n; i++) {
		while (!b->lanes[i].item && b->next < b->end) {
			start(b, &b->lanes[i], b->next++); /* what can't be started is over, and the next one has the lane */
		}
	}
}

static void end_lane(struct batch *b, struct lane *lane, CURLcode code)
{
	struct sf_http_item *item = lane->item;

	curl_multi_remove_handle(b->multi, lane->handle);
	item->ok = sf_transfer_result(b->http, &lane->transfer, code, &item->answer, &item->error);
	lane->item = NULL;
	b->under_way--;
}

void sf_transfer_collect(CURLM *multi)
{
	struct sf_transfer *t;
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(multi, &left))) {
		if (message->msg == CURLMSG_DONE && curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&t) == CURLE_OK && t) {
			t->done = true;
			t->code = message->data.result;
		}
	}
}

static void end_lanes(struct batch *b)
{
	sf_transfer_collect(b->multi);
	for (size_t i = 0; i < b->lane_n; i++) {
		if (b->lanes[i].item && b->lanes[i].transfer.done) {
			end_lane(b, &b->lanes[i], b->lanes[i].transfer.code);
		}
	}
}

static void drive(struct batch *b)
{
	CURLMcode code = CURLM_OK;
	int running;

	for (fill_lanes(b); b->under_way > 0 && code == CURLM_OK; fill_lanes(b)) {
		code = curl_multi_perform(b->multi, &running);
		end_lanes(b);
		/* as long as a lane is free and something waits for it there is no time to sleep */
		if (code == CURLM_OK && b->under_way > 0 && (b->under_way == b->lane_n || b->next == b->end)) {
			code = curl_multi_poll(b->multi, NULL, 0, POLL_MS, NULL);
		}
	}
	for (size_t i = 0; i < b->lane_n; i++) {
		if (b->lanes[i].item) {
			end_lane(b, &b->lanes[i], CURLE_FAILED_INIT); /* only if libcurl itself has given up */
		}
	}
}

static CURLM *new_multi(void)
{
	CURLM *multi = curl_multi_init();

	if (multi && curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX) == CURLM_OK
			&& curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, SPARE_CONNECTIONS) == CURLM_OK
			&& curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, SPARE_CONNECTIONS) == CURLM_OK) {
		return multi;
	}
	curl_multi_cleanup(multi);
	return NULL;
}

CURLM *sf_http_multi_of(struct sf_http_slot *slot)
{
	if (!slot->multi) {
		slot->multi = new_multi();
	}
	return slot->multi;
}

static bool open_lanes(struct batch *b, size_t lanes)
{
	b->lanes = sf_arena_zalloc(b->arena, lanes, sizeof(*b->lanes));
	for (; b->lanes && b->lane_n < lanes; b->lane_n++) {
		b->lanes[b->lane_n].handle = curl_easy_init();
		if (!b->lanes[b->lane_n].handle) {
			return false;
		}
	}
	return b->lanes != NULL;
}

/* Over the multi that is kept, or one for this batch alone where that is in use. */
static void send_batch(struct batch *b, const struct sf_http_request *first, size_t lanes)
{
	struct sf_http_slot *slot = sf_http_slot_for(b->http, first);

	if (slot && slot->multi_busy) {
		slot = NULL;
	}
	b->multi = slot ? sf_http_multi_of(slot) : new_multi();
	if (slot) {
		slot->multi_busy = true;
	}
	if (b->multi && open_lanes(b, lanes)) {
		drive(b);
	}
	for (size_t i = 0; i < b->lane_n; i++) {
		curl_easy_cleanup(b->lanes[i].handle);
	}
	if (slot) {
		slot->multi_busy = false;
	} else {
		curl_multi_cleanup(b->multi);
	}
}

void sf_http_send_all(struct sf_http *http, struct sf_http_item *items, size_t count, size_t lanes, struct sf_arena *arena)
{
	struct batch b = { .http = http, .arena = arena, .next = items, .end = items + count };

	sf_http_disown(http);
	for (size_t i = 0; i < count; i++) {
		sf_http_init_answer(&items[i].answer);
		items[i].ok = false;
		sf_http_fail(&items[i].error, SF_HTTP_FAILED, "No memory is left");
	}
	if (lanes > SF_HTTP_LANES) {
		lanes = SF_HTTP_LANES;
	}
	if (count > 0) {
		send_batch(&b, &items[0].request, lanes < count ? lanes : count);
	}
}
