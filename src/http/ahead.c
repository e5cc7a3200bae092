/* A request that is on its way while its caller does something else. */
#include <stdlib.h>
#include <unistd.h>

#include "http/transfer.h"

#define SEND_MS 500 /* to get it on its way; whatever is not sent then goes out when the answer is asked for */
#define POLL_MS 1000
#define SPACE ((size_t)1 << 20)

struct sf_http_ahead {
	struct sf_http *http;
	pid_t pid;
	struct sf_http_slot *slot;
	CURLM *multi;
	CURL *handle;
	struct sf_http_request request;
	struct sf_secret authorization;
	struct sf_arena arena;
	struct sf_transfer transfer;
	struct sf_http_answer answer;
	struct sf_error error;
	bool added;
};

/* What the caller's request points to may be gone before this is over: a copy of all of it. */
static bool copy_request(struct sf_http_ahead *a, const struct sf_http_request *request)
{
	size_t n = strlen(request->authorization) + 1;

	a->request = *request;
	if (!sf_arena_copy(&a->arena, request->path, &a->request.path) || !sf_secret_new(&a->authorization, n)) {
		return false;
	}
	memcpy(a->authorization.p, request->authorization, n);
	a->request.authorization = (const char *)a->authorization.p;
	a->request.partition = NULL; /* of no use once there is a connection */
	a->request.timeout_ms = SF_HTTP_TIMEOUT_MAX; /* the caller's work is no part of the time that he waits */
	a->request.first_byte_ms = 0;
	return true;
}

static bool is_over(struct sf_http_ahead *a, bool until_sent)
{
	long bytes = 0;

	sf_transfer_collect(a->multi);
	return a->transfer.done || (until_sent && curl_easy_getinfo(a->handle, CURLINFO_REQUEST_SIZE, &bytes) == CURLE_OK && bytes > 0);
}

static long elapsed(const struct timespec *from)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - from->tv_sec) * 1000 + (now.tv_nsec - from->tv_nsec) / 1000000;
}

static bool drive(struct sf_http_ahead *a, long ms, bool until_sent)
{
	struct timespec from;
	int running;
	long left;

	clock_gettime(CLOCK_MONOTONIC, &from);
	a->slot->multi_busy = true;
	for (;;) {
		if (curl_multi_perform(a->multi, &running) != CURLM_OK || is_over(a, until_sent)) {
			break;
		}
		left = ms - elapsed(&from);
		if (left <= 0 || curl_multi_poll(a->multi, NULL, 0, (int)(left < POLL_MS ? left : POLL_MS), NULL) != CURLM_OK) {
			break;
		}
	}
	a->slot->multi_busy = false;
	return a->transfer.done;
}

static bool launch(struct sf_http_ahead *a, const struct sf_http_request *request)
{
	a->slot = sf_http_slot_for(a->http, request);
	if (!a->slot || a->slot->multi_busy || !(a->multi = sf_http_multi_of(a->slot)) || !(a->handle = curl_easy_init())) {
		a->slot = NULL;
		return false;
	}
	a->slot->pins++;
	if (!copy_request(a, request) || !sf_http_check(a->http, &a->request, &a->error)
			|| !sf_transfer_init(a->http, &a->transfer, &a->request, a->handle, SF_TRANSFER_LANE, &a->arena, NULL, &a->error)) {
		return false;
	}
	a->added = curl_multi_add_handle(a->multi, a->handle) == CURLM_OK;
	if (a->added) {
		drive(a, SEND_MS, true);
	}
	return a->added;
}

struct sf_http_ahead *sf_http_ahead_start(struct sf_http *http, const struct sf_http_request *request)
{
	struct sf_http_ahead *a;

	sf_http_disown(http);
	if (!request->repeatable || request->body.p || request->source || request->sink || !request->authorization || request->header_count || !(a = calloc(1, sizeof(*a)))) {
		return NULL;
	}
	a->http = http;
	a->pid = getpid();
	sf_arena_init(&a->arena, 2 * http->max_response + SPACE);
	sf_http_init_answer(&a->answer);
	if (!launch(a, request)) {
		sf_http_ahead_drop(a);
		return NULL;
	}
	return a;
}

bool sf_http_ahead_take(struct sf_http_ahead *a, long timeout_ms, const struct sf_http_answer **answer)
{
	bool ok;

	*answer = &a->answer;
	if (a->pid != getpid() || !a->added || (!a->transfer.done && (a->slot->multi_busy || !drive(a, timeout_ms, false)))) {
		return false;
	}
	curl_multi_remove_handle(a->multi, a->handle);
	a->added = false;
	ok = sf_transfer_result(a->http, &a->transfer, a->transfer.code, &a->answer, &a->error);
	return ok;
}

void sf_http_ahead_drop(struct sf_http_ahead *a)
{
	if (!a) {
		return;
	}
	if (a->pid == getpid()) { /* in a child the connection is its parent's, and its memory goes with the child */
		if (a->added) {
			curl_multi_remove_handle(a->multi, a->handle);
		}
		curl_easy_cleanup(a->handle);
		if (a->slot) {
			a->slot->pins--;
		}
	}
	sf_secret_free(&a->authorization);
	sf_arena_free(&a->arena);
	free(a);
}
