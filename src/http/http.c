#include "http/http.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "http/transfer.h"

#define PROXY_PORT 3128U

bool sf_http_fail(struct sf_error *error, int code, const char *format, ...)
{
	char text[SF_ERROR_TEXT];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return sf_fail(error, code, text);
}

void sf_http_start(void)
{
	OPENSSL_init_ssl(OPENSSL_INIT_LOAD_CONFIG, NULL); /* if it fails, so will every later use, and say so */
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode global_result;

/* Counted by libcurl: PHP's own ext/curl does the same and neither ends the other's. */
static void global_init(void)
{
	global_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static bool libcurl_suits(struct sf_error *error)
{
	const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);

	if (!info->ssl_version || strncmp(info->ssl_version, "OpenSSL/", 8) != 0) {
		/* sf_http_forget_session_keys() needs it */
		return sf_http_fail(error, SF_HTTP_FAILED, "libcurl was built with %s; it must be the one with OpenSSL", info->ssl_version ? info->ssl_version : "no TLS");
	}
	return true;
}

/*
 * Where SSLKEYLOGFILE is in the environment when libcurl is started, it writes the session keys of every connection to
 * that file, and PHP code can set the environment. Whoever has the file can read the passwords.
 */
CURLcode sf_http_forget_session_keys(CURL *handle, void *ctx, void *arg)
{
	(void)handle;
	(void)arg;
	SSL_CTX_set_keylog_callback(ctx, NULL);
	return CURLE_OK;
}

/* No user and password: php.ini is open to PHP code (ini_get()). */
static bool take_proxy(struct sf_http *http, const char *proxy, struct sf_error *error)
{
	const struct sf_span scheme = SF_SPAN_LIT("http://");
	struct sf_span text = sf_span_of(proxy);
	struct sf_origin origin;
	int n;

	if (text.n == 0) {
		return true;
	}
	if (!sf_span_starts(text, scheme) || !sf_origin_parse((struct sf_span){ text.p + scheme.n, text.n - scheme.n }, &origin)) {
		return sf_http_fail(error, SF_HTTP_NOT_ALLOWED, "samlforce.http.proxy must be http://host or http://host:port, without a user and a path");
	}
	n = asprintf(&http->proxy, "http://%s:%u", origin.host, memchr(text.p + scheme.n, ':', text.n - scheme.n) ? origin.port : PROXY_PORT);
	if (n < 0) {
		http->proxy = NULL;
		return sf_http_fail(error, SF_HTTP_FAILED, "No memory is left");
	}
	return true;
}

struct sf_http *sf_http_new(const struct sf_http_settings *settings, struct sf_error *error)
{
	struct sf_http *http;

	pthread_once(&once, global_init);
	if (global_result != CURLE_OK) {
		sf_http_fail(error, SF_HTTP_FAILED, "libcurl could not be started: %s", curl_easy_strerror(global_result));
		return NULL;
	}
	if (!libcurl_suits(error)) {
		return NULL;
	}
	http = calloc(1, sizeof(*http));
	if (!http) {
		goto failed;
	}
	http->pid = getpid();
	http->max_response = settings->max_response;
	http->user_agent = strdup(settings->user_agent);
	if (!http->user_agent) {
		goto failed;
	}
	if (settings->ca_file && *settings->ca_file) {
		http->ca_file = strdup(settings->ca_file);
		if (!http->ca_file) {
			goto failed;
		}
	}
	if (!take_proxy(http, settings->proxy, error)) {
		sf_http_free(http);
		return NULL;
	}
	sf_hosts_parse(sf_span_of(settings->allowed_hosts), &http->hosts, &http->hosts_error);
	return http;
failed:
	sf_http_free(http);
	sf_http_fail(error, SF_HTTP_FAILED, "No memory is left");
	return NULL;
}

/* In a child of the process that made them: forget, don't close. The sockets end with the child. */
void sf_http_disown(struct sf_http *http)
{
	if (http->pid == getpid()) {
		return;
	}
	memset(http->slots, 0, sizeof(http->slots));
	http->pid = getpid();
	http->requests = http->handshakes = 0;
}

static void clear_slot(struct sf_http_slot *slot)
{
	curl_easy_cleanup(slot->handle);
	curl_multi_cleanup(slot->multi);
	memset(slot, 0, sizeof(*slot));
}

void sf_http_free(struct sf_http *http)
{
	if (!http) {
		return;
	}
	sf_http_disown(http);
	for (size_t i = 0; i < SF_HTTP_CONNECTIONS; i++) {
		clear_slot(&http->slots[i]);
	}
	free(http->ca_file);
	free(http->proxy);
	free(http->user_agent);
	free(http);
}

bool sf_http_allowed(struct sf_http *http, const struct sf_origin *origin, struct sf_error *error)
{
	if (http->hosts_error.code) {
		return sf_http_fail(error, SF_HTTP_NOT_ALLOWED, "samlforce.allowed_hosts is refused as a whole, because this is no host: %.80s", http->hosts_error.found);
	}
	if (!sf_hosts_has(&http->hosts, origin)) {
		return sf_http_fail(error, SF_HTTP_NOT_ALLOWED, "The host %.110s:%u is not in samlforce.allowed_hosts (php.ini)", origin->host, origin->port);
	}
	return true;
}

static bool in_use(const struct sf_http_slot *slot)
{
	return slot->busy || slot->multi_busy || slot->pins > 0;
}

struct sf_http_slot *sf_http_slot_for(struct sf_http *http, const struct sf_http_request *request)
{
	static const unsigned char none[SF_HTTP_PARTITION];
	const unsigned char *partition = request->partition ? request->partition : none;
	struct sf_http_slot *oldest = NULL;

	for (size_t i = 0; i < SF_HTTP_CONNECTIONS; i++) {
		struct sf_http_slot *slot = &http->slots[i];

		if (slot->taken && sf_origin_same(&slot->origin, &request->to) && memcmp(slot->partition, partition, SF_HTTP_PARTITION) == 0) {
			slot->used = http->requests + 1;
			return slot;
		}
		if (!in_use(slot) && (!oldest || (oldest->taken && (!slot->taken || slot->used < oldest->used)))) {
			oldest = slot;
		}
	}
	if (!oldest) {
		return NULL;
	}
	clear_slot(oldest);
	oldest->taken = true;
	oldest->origin = request->to;
	memcpy(oldest->partition, partition, SF_HTTP_PARTITION);
	oldest->used = http->requests + 1;
	return oldest;
}

void sf_http_init_answer(struct sf_http_answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	answer->retry_after = answer->api_used = answer->api_limit = -1;
}

/* The handle that is kept, or one for this request alone where that is in use. *slot is NULL for the latter. */
static CURL *take_handle(struct sf_http *http, const struct sf_http_request *request, struct sf_http_slot **slot)
{
	*slot = sf_http_slot_for(http, request);
	if (!*slot || (*slot)->busy) {
		*slot = NULL;
		return curl_easy_init();
	}
	if (!(*slot)->handle) {
		(*slot)->handle = curl_easy_init();
	}
	(*slot)->busy = (*slot)->handle != NULL;
	return (*slot)->handle;
}

static void give_back(CURL *handle, struct sf_http_slot *slot)
{
	if (slot) {
		slot->busy = false;
	} else {
		curl_easy_cleanup(handle);
	}
}

bool sf_http_send(struct sf_http *http, const struct sf_http_request *request, struct sf_arena *arena, struct sf_secret *into,
		struct sf_http_answer *answer, struct sf_error *error)
{
	struct sf_http_slot *slot;
	struct sf_transfer t;
	CURL *handle;
	bool ok;

	sf_http_init_answer(answer);
	sf_http_disown(http);
	if (!sf_http_check(http, request, error)) {
		return false;
	}
	handle = take_handle(http, request, &slot);
	if (!handle) {
		return sf_http_fail(error, SF_HTTP_FAILED, "No memory is left");
	}
	ok = sf_transfer_init(http, &t, request, handle, SF_TRANSFER_SINGLE, arena, into, error)
			&& sf_transfer_result(http, &t, curl_easy_perform(handle), answer, error);
	give_back(handle, slot);
	return ok;
}

void sf_http_inspect(const struct sf_http *http, struct sf_http_state *state)
{
	memset(state, 0, sizeof(*state));
	state->allowed = http->hosts.n;
	state->requests = http->requests;
	state->handshakes = http->handshakes;
	state->proxy = http->proxy != NULL;
	for (size_t i = 0; i < SF_HTTP_CONNECTIONS; i++) {
		state->connections += (http->slots[i].handle != NULL) + (http->slots[i].multi != NULL);
	}
}
