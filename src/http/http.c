#include "http/http.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>
#include <openssl/ssl.h>

#include "base/buf.h"

#define CONNECT_MAX_MS 10000
#define RETRY_AFTER_MAX 86400
#define IDLE_SECONDS 60L     /* Salesforce closes an idle connection by itself; don't send into one that is about to go */
#define LIFETIME_SECONDS 900L /* so that a change in DNS is followed */
#define SPARE_CONNECTIONS 6L  /* for several requests at once, to a server that doesn't speak HTTP/2 */
#define POLL_MS 1000
#define PROXY_PORT 3128U

struct slot {
	struct sf_origin origin;
	unsigned char partition[SF_HTTP_PARTITION];
	bool taken;
	CURL *handle; /* the connection for one request at a time; NULL: none yet */
	CURLM *multi; /* the connection for several; NULL: none yet */
	unsigned long used;
};

struct sf_http {
	pid_t pid; /* whose the handles are */
	struct sf_hosts hosts;
	struct sf_error hosts_error; /* code 0: the list is good */
	char *ca_file;
	char *proxy; /* NULL: none */
	char *user_agent;
	size_t max_response;
	struct slot slots[SF_HTTP_CONNECTIONS];
	unsigned long requests;
	unsigned long handshakes;
};

/* What the callbacks of one request share. */
struct transfer {
	const struct sf_http_request *request;
	CURL *handle;
	size_t given;     /* bytes of the body that libcurl has had */
	const char *base; /* where libcurl's buffer began in the first call for a secret body */
	bool scrubbed;
	struct sf_buf *buf;     /* the answer's body goes here */
	struct sf_secret *into; /* or here */
	size_t into_n;
	size_t max;
	bool too_large;
	struct timespec since; /* when the whole request was first seen to be sent */
	bool waiting;
	bool answered; /* the first byte is there */
	bool late;
	char detail[CURL_ERROR_SIZE];
};

static bool fail(struct sf_error *error, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

static bool fail(struct sf_error *error, int code, const char *format, ...)
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
		/* forget_session_keys() needs it */
		return fail(error, SF_HTTP_FAILED, "libcurl was built with %s; it must be the one with OpenSSL", info->ssl_version ? info->ssl_version : "no TLS");
	}
	return true;
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
		return fail(error, SF_HTTP_NOT_ALLOWED, "samlforce.http.proxy must be http://host or http://host:port, without a user and a path");
	}
	n = asprintf(&http->proxy, "http://%s:%u", origin.host, memchr(text.p + scheme.n, ':', text.n - scheme.n) ? origin.port : PROXY_PORT);
	if (n < 0) {
		http->proxy = NULL;
		return fail(error, SF_HTTP_FAILED, "No memory is left");
	}
	return true;
}

struct sf_http *sf_http_new(const struct sf_http_settings *settings, struct sf_error *error)
{
	struct sf_http *http;

	pthread_once(&once, global_init);
	if (global_result != CURLE_OK) {
		fail(error, SF_HTTP_FAILED, "libcurl could not be started: %s", curl_easy_strerror(global_result));
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
	fail(error, SF_HTTP_FAILED, "No memory is left");
	return NULL;
}

/* In a child of the process that made them: forget, don't close. The sockets end with the child. */
static void disown(struct sf_http *http)
{
	if (http->pid == getpid()) {
		return;
	}
	memset(http->slots, 0, sizeof(http->slots));
	http->pid = getpid();
	http->requests = http->handshakes = 0;
}

static void clear_slot(struct slot *slot)
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
	disown(http);
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
		return fail(error, SF_HTTP_NOT_ALLOWED, "samlforce.allowed_hosts is refused as a whole, because this is no host: %.80s", http->hosts_error.found);
	}
	if (!sf_hosts_has(&http->hosts, origin)) {
		return fail(error, SF_HTTP_NOT_ALLOWED, "The host %.110s:%u is not in samlforce.allowed_hosts (php.ini)", origin->host, origin->port);
	}
	return true;
}

/* Where the connections for such requests are, or shall be: the place of those that rested longest is cleared. */
static struct slot *slot_for(struct sf_http *http, const struct sf_http_request *request)
{
	static const unsigned char none[SF_HTTP_PARTITION];
	const unsigned char *partition = request->partition ? request->partition : none;
	struct slot *oldest = &http->slots[0];

	for (size_t i = 0; i < SF_HTTP_CONNECTIONS; i++) {
		struct slot *slot = &http->slots[i];

		if (slot->taken && sf_origin_same(&slot->origin, &request->to) && memcmp(slot->partition, partition, SF_HTTP_PARTITION) == 0) {
			slot->used = http->requests + 1;
			return slot;
		}
		if (oldest->taken && (!slot->taken || slot->used < oldest->used)) {
			oldest = slot;
		}
	}
	clear_slot(oldest);
	oldest->taken = true;
	oldest->origin = request->to;
	memcpy(oldest->partition, partition, SF_HTTP_PARTITION);
	oldest->used = http->requests + 1;
	return oldest;
}

/*
 * libcurl asks for the next piece of the body, which it sends from the buffer that it hands over here.
 *
 * By a callback there is one copy, in that buffer (CURLOPT_POSTFIELDS would make two: one in the text of the request and
 * one in this same buffer). To be rid of it: all but the last SF_HTTP_TAIL bytes of a secret body are given in the
 * first call. libcurl asks again when it has sent them, with the same buffer, and a callback may write to the whole of
 * it: so it is overwritten before the rest, which says nothing, is given.
 *
 * Where only a part could be sent, libcurl moves what is left to the buffer's front and hands over what lies
 * behind it; then the tail goes byte by byte until the buffer is ours from its beginning again.
 */
static size_t give_body(char *to, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	struct sf_span body = t->request->body;
	size_t room = size * count, left = body.n - t->given, n = left;

	if (t->request->secret) {
		sf_wipe(to, room);
		if (!t->base) {
			t->base = to;
		}
		if (left > SF_HTTP_TAIL) {
			n = left - SF_HTTP_TAIL;
		} else if (to == t->base) {
			t->scrubbed = true;
		} else if (left > 0) {
			n = 1;
		}
	}
	if (n > room) {
		n = room;
	}
	memcpy(to, body.p + t->given, n);
	t->given += n;
	return n;
}

/* libcurl wants to send the body again, since a kept connection died under it. Only set for what may arrive twice. */
static int rewind_body(void *arg, curl_off_t offset, int origin)
{
	struct transfer *t = arg;

	if (origin != SEEK_SET || offset != 0) {
		return CURL_SEEKFUNC_FAIL;
	}
	t->given = 0;
	t->base = NULL;
	t->scrubbed = false;
	return CURL_SEEKFUNC_OK;
}

static size_t take_body(char *from, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = size * count, have = t->into ? t->into_n : t->buf->n;

	if (n > t->max - have) {
		t->too_large = true;
		return CURL_WRITEFUNC_ERROR;
	}
	if (t->into) {
		memcpy(t->into->p + t->into_n, from, n);
		t->into_n += n;
		return n;
	}
	sf_buf_add(t->buf, from, n);
	t->too_large = t->buf->failed;
	return t->buf->failed ? CURL_WRITEFUNC_ERROR : n;
}

/* Whether the server may have got the whole request: its head went out, and libcurl has had the whole body. */
static bool may_be_sent(CURL *h, const struct transfer *t)
{
	long bytes = 0;

	curl_easy_getinfo(h, CURLINFO_REQUEST_SIZE, &bytes);
	return bytes > 0 && (!t->request->body.p || t->given == t->request->body.n);
}

static size_t take_header(const char *from, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;

	(void)from;
	t->answered = true;
	return size * count;
}

static long milliseconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - then->tv_sec) * 1000 + (now.tv_nsec - then->tv_nsec) / 1000000;
}

/* libcurl calls this once a second, or more often while something moves. Its own time limits know no first byte of HTTP. */
static int watch(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	struct transfer *t = arg;

	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	if (t->answered || !may_be_sent(t->handle, t)) {
		return 0;
	}
	if (!t->waiting) {
		t->waiting = true;
		clock_gettime(CLOCK_MONOTONIC, &t->since);
	}
	t->late = milliseconds_since(&t->since) > t->request->first_byte_ms;
	return t->late;
}

/*
 * Where SSLKEYLOGFILE is in the environment when libcurl is started, it writes the session keys of every connection to
 * that file, and PHP code can set the environment. Whoever has the file can read the passwords.
 */
static CURLcode forget_session_keys(CURL *handle, void *ctx, void *arg)
{
	(void)handle;
	(void)arg;
	SSL_CTX_set_keylog_callback(ctx, NULL);
	return CURLE_OK;
}

/* All options of every request are set anew, so that none is left from the last; the connection and the CA store stay. */
static bool set_security(CURL *h, const struct sf_http *http)
{
	const char *bundle = NULL;
	bool ok = true;

	ok &= curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_SSL_CTX_FUNCTION, forget_session_keys) == CURLE_OK;
	if (http->ca_file) {
		ok &= curl_easy_setopt(h, CURLOPT_CAINFO, http->ca_file) == CURLE_OK;
	}
	/* with a folder of certificates beside the bundle, libcurl would parse the bundle again for each connection */
	if (curl_easy_getinfo(h, CURLINFO_CAINFO, &bundle) == CURLE_OK && (http->ca_file || bundle)) {
		ok &= curl_easy_setopt(h, CURLOPT_CAPATH, NULL) == CURLE_OK;
	}
#if LIBCURL_VERSION_NUM >= 0x075500
	ok &= curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK;
#else
	ok &= curl_easy_setopt(h, CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTPS) == CURLE_OK;
#endif
	ok &= curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK;
	/* an empty name: none, and none of the environment's (https_proxy, no_proxy), which PHP code can set */
	ok &= curl_easy_setopt(h, CURLOPT_PROXY, http->proxy ? http->proxy : "") == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_NOPROXY, "") == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE) == CURLE_OK; /* the proxy gets none of our headers */
	ok &= curl_easy_setopt(h, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) == CURLE_OK;
	return ok;
}

static long connect_limit(const struct sf_http_request *request)
{
	long third = request->timeout_ms / 3;

	if (request->connect_ms > 0) {
		return request->connect_ms;
	}
	return third < CONNECT_MAX_MS ? third : CONNECT_MAX_MS;
}

static bool set_connection(CURL *h, const struct sf_http_request *request)
{
	bool ok = true;

	ok &= curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_MAXAGE_CONN, IDLE_SECONDS) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_MAXLIFETIME_CONN, LIFETIME_SECONDS) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, connect_limit(request)) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, request->timeout_ms) == CURLE_OK;
	/*
	 * When a kept connection dies before an answer came, libcurl sends the request again by itself. One that must not arrive
	 * twice has no function to rewind its body with, and fails instead; if it has no body either, it takes a new
	 * connection, for which libcurl doesn't do that.
	 */
	ok &= curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, !request->repeatable && request->body.n == 0 ? 1L : 0L) == CURLE_OK;
	return ok;
}

static bool set_single(CURL *h)
{
	return curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK && curl_easy_setopt(h, CURLOPT_MAXCONNECTS, 1L) == CURLE_OK;
}

/* Waits for the connection that another is making, to see whether it takes several at once, rather than to make one of its own. */
static bool set_lane(CURL *h, struct transfer *t)
{
	return curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK && curl_easy_setopt(h, CURLOPT_PIPEWAIT, 1L) == CURLE_OK
			&& curl_easy_setopt(h, CURLOPT_PRIVATE, t) == CURLE_OK;
}

/* The headers lie where they are: no curl_slist_append(), which would copy the token. */
struct headers {
	struct curl_slist list[6];
	size_t n;
	char accept[128];
	char content_type[128];
};

static void add_header(struct headers *headers, const char *line)
{
	struct curl_slist *item = &headers->list[headers->n];

	item->data = (char *)line; /* libcurl reads it only */
	item->next = NULL;
	if (headers->n > 0) {
		item[-1].next = item;
	}
	headers->n++;
}

static void fill_headers(struct headers *headers, const struct sf_http_request *request)
{
	headers->n = 0;
	snprintf(headers->accept, sizeof(headers->accept), "Accept: %s", request->accept ? request->accept : "application/json");
	add_header(headers, headers->accept);
	add_header(headers, "Expect:"); /* no waiting for "100 Continue" */
	if (request->authorization) {
		add_header(headers, request->authorization);
	}
	if (request->header) {
		add_header(headers, request->header);
	}
	if (request->body.p) {
		snprintf(headers->content_type, sizeof(headers->content_type), "Content-Type: %s", request->content_type);
		add_header(headers, headers->content_type);
	}
	if (request->gzipped) {
		add_header(headers, "Content-Encoding: gzip");
	}
}

static bool set_request(CURL *h, const struct sf_http *http, struct transfer *t, const char *url, struct headers *headers)
{
	const struct sf_http_request *request = t->request;
	bool ok = true;

	fill_headers(headers, request);
	ok &= curl_easy_setopt(h, CURLOPT_URL, url) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_USERAGENT, http->user_agent) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers->list) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_ERRORBUFFER, t->detail) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_WRITEDATA, t) == CURLE_OK;
	if (request->first_byte_ms > 0) {
		ok &= curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_HEADERDATA, t) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, watch) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_XFERINFODATA, t) == CURLE_OK;
	}
	if (request->body.p) {
		ok &= curl_easy_setopt(h, CURLOPT_POST, 1L) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.n) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_READFUNCTION, give_body) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_READDATA, t) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_SEEKFUNCTION, request->repeatable ? rewind_body : NULL) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_SEEKDATA, t) == CURLE_OK;
	}
	ok &= curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, request->method) == CURLE_OK;
	return ok;
}

static int class_of(CURLcode code, CURL *h)
{
	curl_off_t connected = 0;
	long bytes = 0;

	switch (code) {
	case CURLE_ABORTED_BY_CALLBACK: /* watch() */
		return SF_HTTP_TIMED_OUT;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_PROXY:
		return SF_HTTP_UNREACHABLE;
	case CURLE_OPERATION_TIMEDOUT:
		curl_easy_getinfo(h, CURLINFO_CONNECT_TIME_T, &connected); /* 0 too for a connection that was kept */
		curl_easy_getinfo(h, CURLINFO_REQUEST_SIZE, &bytes);
		return connected || bytes ? SF_HTTP_TIMED_OUT : SF_HTTP_UNREACHABLE;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CRL_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_USE_SSL_FAILED:
		return SF_HTTP_TLS;
	case CURLE_OUT_OF_MEMORY:
	case CURLE_FAILED_INIT:
	case CURLE_BAD_FUNCTION_ARGUMENT:
	case CURLE_URL_MALFORMAT:
		return SF_HTTP_FAILED;
	default:
		return SF_HTTP_BROKEN;
	}
}

/* libcurl's own text only where it says what to mend, and no more than it: others may name a proxy with its password. */
static bool explain(struct sf_error *error, CURLcode code, CURL *h, const struct transfer *t)
{
	const struct sf_origin *to = &t->request->to;
	int class = class_of(code, h);

	if (t->too_large) {
		return fail(error, SF_HTTP_TOO_LARGE, "The answer of %.80s is longer than the %zu bytes that are allowed", to->host, t->max);
	}
	switch (class) {
	case SF_HTTP_UNREACHABLE:
		return fail(error, class, "%.80s:%u can't be reached: %s", to->host, to->port, curl_easy_strerror(code));
	case SF_HTTP_TLS:
		return fail(error, class, "No trusted TLS connection to %.60s:%u: %s", to->host, to->port, *t->detail ? t->detail : curl_easy_strerror(code));
	case SF_HTTP_TIMED_OUT:
		return fail(error, class, "%.80s gave no %s within %ld ms", to->host, t->late ? "first byte of an answer" : "answer", t->late ? t->request->first_byte_ms : t->request->timeout_ms);
	case SF_HTTP_FAILED:
		return fail(error, class, "libcurl failed: %s", curl_easy_strerror(code));
	default:
		return fail(error, class, "%.80s gave no whole answer: %s", to->host, curl_easy_strerror(code));
	}
}

static void read_limit(CURL *h, struct sf_http_answer *answer)
{
	struct curl_header *header;
	long used, limit;

	if (curl_easy_header(h, "Sforce-Limit-Info", 0, CURLH_HEADER, -1, &header) == CURLHE_OK
			&& sscanf(header->value, "api-usage=%9ld/%9ld", &used, &limit) == 2) {
		answer->api_used = used;
		answer->api_limit = limit;
	}
}

static void read_answer(CURL *h, struct sf_http_answer *answer)
{
	curl_off_t seconds = 0;
	long connects = 0;

	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &answer->status);
	curl_easy_getinfo(h, CURLINFO_NUM_CONNECTS, &connects);
	answer->reused = connects == 0;
	if (curl_easy_getinfo(h, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0) {
		answer->retry_after = (long)(seconds < RETRY_AFTER_MAX ? seconds : RETRY_AFTER_MAX);
	}
	read_limit(h, answer);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character at *i, decoded if it is %XX; moves *i behind it. */
static int decoded_at(struct sf_span path, size_t *i)
{
	char c = path.p[(*i)++];

	if (c == '%' && path.n - *i >= 2 && hex_digit(path.p[*i]) >= 0 && hex_digit(path.p[*i + 1]) >= 0) {
		*i += 2;
		return hex_digit(path.p[*i - 2]) << 4 | hex_digit(path.p[*i - 1]);
	}
	return (unsigned char)c;
}

/* A segment of one or two dots, in any spelling that a server may take for it: the path that is judged must be the one that is served. */
static bool has_dot_segment(struct sf_span path)
{
	size_t dots = 0, others = 0;

	for (size_t i = 0; i < path.n && path.p[i] != '?';) {
		int c = decoded_at(path, &i);

		if (c == '/' || c == '\\') {
			if (others == 0 && (dots == 1 || dots == 2)) {
				return true;
			}
			dots = others = 0;
		} else if (c == '.') {
			dots++;
		} else {
			others++;
		}
	}
	return others == 0 && (dots == 1 || dots == 2);
}

const char sf_http_path_rule[] = "The path must begin with a slash, be at most 16384 bytes of printable ASCII without # and backslash, and have no dot segments";

bool sf_http_path_valid(struct sf_span path)
{
	if (path.n == 0 || path.n > SF_HTTP_PATH_MAX || path.p[0] != '/' || has_dot_segment(path)) {
		return false;
	}
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] <= 0x20 || path.p[i] >= 0x7F || path.p[i] == '#' || path.p[i] == '\\') {
			return false;
		}
	}
	return true;
}

/* The one place where a request is judged. */
static bool check_request(struct sf_http *http, const struct sf_http_request *request, struct sf_error *error)
{
	if (!sf_http_allowed(http, &request->to, error)) {
		return false;
	}
	if (!sf_http_path_valid(request->path)) {
		return fail(error, SF_HTTP_INPUT, "%s", sf_http_path_rule);
	}
	if (request->timeout_ms < 1 || request->timeout_ms > SF_HTTP_TIMEOUT_MAX || (request->secret && (request->body.n <= SF_HTTP_TAIL || request->gzipped))) {
		return fail(error, SF_HTTP_INPUT, "The time limit or the body is outside its limits");
	}
	return true;
}

static bool make_url(const struct sf_http_request *request, struct sf_arena *arena, struct sf_span *url)
{
	struct sf_buf buf;

	sf_buf_init(&buf, arena, SF_HTTP_PATH_MAX + SF_HOST_MAX + 32);
	sf_buf_str(&buf, "https://");
	sf_buf_str(&buf, request->to.host);
	if (request->to.port != 443) {
		sf_buf_char(&buf, ':');
		sf_buf_int(&buf, request->to.port);
	}
	sf_buf_span(&buf, request->path);
	return sf_buf_done(&buf, url);
}

static bool set_all(struct sf_http *http, struct transfer *t, const char *url, struct headers *headers, struct sf_error *error)
{
	CURL *h = t->handle;

	curl_easy_reset(h);
	return (set_security(h, http) && set_connection(h, t->request) && set_request(h, http, t, url, headers))
			|| fail(error, SF_HTTP_FAILED, "libcurl refused a setting that this needs");
}

/* What became of it. Nothing of its frame, and no pointer to a token, stays in the handle. */
static bool take_result(struct sf_http *http, struct transfer *t, CURLcode code, struct sf_http_answer *answer, struct sf_error *error)
{
	http->requests++;
	answer->sent = may_be_sent(t->handle, t);
	answer->scrubbed = t->scrubbed;
	read_answer(t->handle, answer);
	http->handshakes += !answer->reused;
	if (code != CURLE_OK) {
		explain(error, code, t->handle, t);
	}
	curl_easy_reset(t->handle);
	return code == CURLE_OK;
}

static void init_answer(struct sf_http_answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	answer->retry_after = answer->api_used = answer->api_limit = -1;
}

bool sf_http_send(struct sf_http *http, const struct sf_http_request *request, struct sf_arena *arena, struct sf_secret *into,
		struct sf_http_answer *answer, struct sf_error *error)
{
	struct transfer t = { .request = request, .into = into };
	struct headers headers;
	struct sf_buf buf;
	struct sf_span url;
	struct slot *slot;

	init_answer(answer);
	disown(http);
	if (!check_request(http, request, error)) {
		return false;
	}
	sf_buf_init(&buf, arena, http->max_response);
	t.buf = &buf;
	t.max = into ? into->n : http->max_response;
	if (request->max_response && request->max_response < t.max) {
		t.max = request->max_response;
	}
	slot = slot_for(http, request);
	if (!slot->handle) {
		slot->handle = curl_easy_init();
	}
	t.handle = slot->handle;
	if (!slot->handle || !make_url(request, arena, &url)) {
		return fail(error, SF_HTTP_FAILED, "No memory is left");
	}
	if (!set_all(http, &t, url.p, &headers, error)) {
		return false;
	}
	if (!set_single(t.handle)) {
		return fail(error, SF_HTTP_FAILED, "libcurl refused a setting that this needs");
	}
	if (!take_result(http, &t, curl_easy_perform(t.handle), answer, error)) {
		return false;
	}
	if (into) {
		answer->body = (struct sf_span){ (const char *)into->p, t.into_n };
		return true;
	}
	return sf_buf_done(&buf, &answer->body) || fail(error, SF_HTTP_FAILED, "No memory is left");
}

/* ---- several at once ---- */

/* One that is under way. */
struct lane {
	struct sf_http_item *item; /* NULL: free */
	struct transfer transfer;
	struct headers headers;
	struct sf_buf buf;
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
	struct sf_span url;

	if (item->request.secret) {
		return fail(&item->error, SF_HTTP_INPUT, "A secret body goes alone");
	}
	if (!check_request(b->http, &item->request, &item->error)) {
		return false;
	}
	sf_buf_init(&lane->buf, b->arena, b->http->max_response);
	lane->transfer = (struct transfer){ .request = &item->request, .handle = lane->handle, .buf = &lane->buf, .max = b->http->max_response };
	if (!make_url(&item->request, b->arena, &url)) {
		return fail(&item->error, SF_HTTP_FAILED, "No memory is left");
	}
	if (!set_all(b->http, &lane->transfer, url.p, &lane->headers, &item->error)) {
		return false;
	}
	if (!set_lane(lane->handle, &lane->transfer) || curl_multi_add_handle(b->multi, lane->handle) != CURLM_OK) {
		return fail(&item->error, SF_HTTP_FAILED, "libcurl refused a setting that this needs");
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
	item->ok = take_result(b->http, &lane->transfer, code, &item->answer, &item->error);
	if (item->ok && !sf_buf_done(&lane->buf, &item->answer.body)) {
		item->ok = fail(&item->error, SF_HTTP_FAILED, "No memory is left");
	}
	lane->item = NULL;
	b->under_way--;
}

static void take_messages(struct batch *b)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(b->multi, &left))) {
		CURLcode code = message->data.result; /* the message goes with its handle */
		CURL *handle = message->easy_handle;

		for (size_t i = 0; message->msg == CURLMSG_DONE && i < b->lane_n; i++) {
			if (b->lanes[i].item && b->lanes[i].handle == handle) {
				end_lane(b, &b->lanes[i], code);
				break;
			}
		}
	}
}

static void drive(struct batch *b)
{
	CURLMcode code = CURLM_OK;
	int running;

	for (fill_lanes(b); b->under_way > 0 && code == CURLM_OK; fill_lanes(b)) {
		code = curl_multi_perform(b->multi, &running);
		take_messages(b);
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

static bool open_lanes(struct batch *b, struct slot *slot, size_t lanes)
{
	if (!slot->multi) {
		slot->multi = curl_multi_init();
		if (!slot->multi || curl_multi_setopt(slot->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX) != CURLM_OK
				|| curl_multi_setopt(slot->multi, CURLMOPT_MAX_HOST_CONNECTIONS, SPARE_CONNECTIONS) != CURLM_OK
				|| curl_multi_setopt(slot->multi, CURLMOPT_MAXCONNECTS, SPARE_CONNECTIONS) != CURLM_OK) {
			return false;
		}
	}
	b->multi = slot->multi;
	b->lanes = sf_arena_zalloc(b->arena, lanes, sizeof(*b->lanes));
	for (; b->lanes && b->lane_n < lanes; b->lane_n++) {
		b->lanes[b->lane_n].handle = curl_easy_init();
		if (!b->lanes[b->lane_n].handle) {
			return false;
		}
	}
	return b->lanes != NULL;
}

void sf_http_send_all(struct sf_http *http, struct sf_http_item *items, size_t count, size_t lanes, struct sf_arena *arena)
{
	struct batch b = { .http = http, .arena = arena, .next = items, .end = items + count };

	disown(http);
	for (size_t i = 0; i < count; i++) {
		init_answer(&items[i].answer);
		items[i].ok = false;
		fail(&items[i].error, SF_HTTP_FAILED, "No memory is left");
	}
	if (lanes > SF_HTTP_LANES) {
		lanes = SF_HTTP_LANES;
	}
	if (count > 0 && open_lanes(&b, slot_for(http, &items[0].request), lanes < count ? lanes : count)) {
		drive(&b);
	}
	for (size_t i = 0; i < b.lane_n; i++) {
		curl_easy_cleanup(b.lanes[i].handle);
	}
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
