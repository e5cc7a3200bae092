#include "http/transfer.h"

#include <stdio.h>

#define CONNECT_MAX_MS 10000
#define RETRY_AFTER_MAX 86400
#define IDLE_SECONDS 60L      /* Salesforce closes an idle connection by itself; don't send into one that is about to go */
#define LIFETIME_SECONDS 900L /* so that a change in DNS is followed */

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
	struct sf_transfer *t = arg;
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
	t->detail[0] = '\0'; /* what stands there from now on went wrong after this */
	return n;
}

/*
 * The connection has died with a secret body in libcurl's buffer, which is freed as it is. Before that libcurl writes the text of the error,
 * and calls for the progress a last time (multi_done(), from 7.88 to 8.x): the buffer is still there, and will not be sent from any more.
 */
static void scrub_unsent(struct sf_transfer *t)
{
	if (t->request->secret && t->base && !t->scrubbed && t->detail[0]) {
		sf_wipe(t->base, t->given);
		t->scrubbed = true;
	}
}

/* From the source. What it promised and does not give ends the transfer: a shorter body must not look like a whole one. */
static size_t give_source(char *to, size_t size, size_t count, void *arg)
{
	struct sf_transfer *t = arg;
	const struct sf_http_source *source = t->request->source;
	size_t room = size * count, n = 0;

	if (t->ended) {
		return 0;
	}
	if (source->length >= 0 && room > (uint64_t)source->length - t->given) {
		room = (size_t)((uint64_t)source->length - t->given);
	}
	if (!source->read(source->arg, to, room, &n) || n > room || (n == 0 && source->length >= 0 && t->given < (uint64_t)source->length)) {
		t->stopped = true;
		return CURL_READFUNC_ABORT;
	}
	t->given += n;
	t->ended = n == 0 || (source->length >= 0 && t->given == (uint64_t)source->length);
	return n;
}

/* libcurl wants to send the body again, since a kept connection died under it. Only set for what may arrive twice. */
static int rewind_body(void *arg, curl_off_t offset, int origin)
{
	struct sf_transfer *t = arg;
	const struct sf_http_source *source = t->request->source;

	if (origin != SEEK_SET || offset != 0 || (source && t->given > 0 && !source->rewind(source->arg))) {
		return CURL_SEEKFUNC_FAIL;
	}
	t->given = 0;
	t->ended = false;
	t->base = NULL;
	t->scrubbed = false;
	return CURL_SEEKFUNC_OK;
}

static bool give_sink(void *arg, struct sf_span piece)
{
	struct sf_transfer *t = arg;
	const struct sf_http_sink *sink = t->request->sink;

	if (piece.n > sink->max - t->delivered) {
		t->too_large = true;
		return false;
	}
	t->delivered += piece.n;
	t->stopped = piece.n > 0 && !sink->write(sink->arg, piece);
	return !t->stopped;
}

static bool is_gzip(CURL *h)
{
	struct curl_header *header;

	return curl_easy_header(h, "Content-Encoding", 0, CURLH_HEADER, -1, &header) == CURLHE_OK && strcasecmp(header->value, "identity") != 0;
}

/* Into the arena, or the secret that was given. */
static bool keep(void *arg, struct sf_span piece)
{
	struct sf_transfer *t = arg;
	size_t have = t->into ? t->into_n : t->buf.n;

	if (piece.n > t->max - have) {
		t->too_large = true;
		return false;
	}
	if (t->into) {
		memcpy(t->into->p + t->into_n, piece.p, piece.n);
		t->into_n += piece.n;
		return true;
	}
	sf_buf_add(&t->buf, piece.p, piece.n);
	t->too_large = t->buf.failed;
	return !t->too_large;
}

static bool begin_body(struct sf_transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->handle, CURLINFO_RESPONSE_CODE, &status);
	t->begun = true;
	t->delivering = status >= 200 && status <= 299;
	t->zipped = is_gzip(t->handle);
	return !t->zipped || sf_inflate_init(&t->inflate);
}

static size_t take_body(const char *from, size_t size, size_t count, void *arg)
{
	struct sf_transfer *t = arg;
	struct sf_span piece = { from, size * count };
	sf_inflate_taker take = keep;
	bool ok;

	if (t->request->sink) {
		if (!t->begun && !begin_body(t)) {
			return CURL_WRITEFUNC_ERROR;
		}
		take = t->delivering ? give_sink : keep;
	}
	ok = t->zipped ? sf_inflate_add(&t->inflate, piece, take, t) : take(t, piece);
	t->broken = !ok && !t->stopped && !t->too_large;
	return ok ? piece.n : CURL_WRITEFUNC_ERROR;
}

/* Whether the server may have got the whole request: its head went out, and libcurl has had the whole body. */
static bool may_be_sent(CURL *h, const struct sf_transfer *t)
{
	long bytes = 0;

	curl_easy_getinfo(h, CURLINFO_REQUEST_SIZE, &bytes);
	if (t->request->source) {
		return bytes > 0 && t->ended;
	}
	return bytes > 0 && (!t->request->body.p || t->given == t->request->body.n);
}

static size_t take_header(const char *from, size_t size, size_t count, void *arg)
{
	struct sf_transfer *t = arg;

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
	struct sf_transfer *t = arg;

	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	scrub_unsent(t);
	if (t->request->first_byte_ms <= 0 || t->answered || !may_be_sent(t->handle, t)) {
		return 0;
	}
	if (!t->waiting) {
		t->waiting = true;
		clock_gettime(CLOCK_MONOTONIC, &t->since);
	}
	t->late = milliseconds_since(&t->since) > t->request->first_byte_ms;
	return t->late;
}

/* All options of every request are set anew, so that none is left from the last; the connection and the CA store stay. */
static bool set_security(CURL *h, const struct sf_http *http)
{
	const char *bundle = NULL;
	bool ok = true;

	ok &= curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_SSL_CTX_FUNCTION, sf_http_forget_session_keys) == CURLE_OK;
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
	if (request->source || request->sink) {
		/* how long it may take depends on how much there is: it must keep moving */
		ok &= curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, SF_HTTP_STREAM_MS) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, SF_HTTP_STREAM_SLOW) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, (request->timeout_ms + 999) / 1000) == CURLE_OK;
	} else {
		ok &= curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, request->timeout_ms) == CURLE_OK;
	}
	/*
	 * When a kept connection dies before an answer came, libcurl sends the request again by itself. One that must not arrive
	 * twice has no function to rewind its body with, and fails instead; if it has no body either, it takes a new
	 * connection, for which libcurl doesn't do that.
	 */
	ok &= curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, !request->repeatable && request->body.n == 0 && !request->source ? 1L : 0L) == CURLE_OK;
	return ok;
}

static bool set_single(CURL *h)
{
	return curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK && curl_easy_setopt(h, CURLOPT_MAXCONNECTS, 1L) == CURLE_OK;
}

/* Waits for the connection that another is making, to see whether it takes several at once, rather than to make one of its own. */
static bool set_lane(CURL *h, struct sf_transfer *t)
{
	return curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK && curl_easy_setopt(h, CURLOPT_PIPEWAIT, 1L) == CURLE_OK
			&& curl_easy_setopt(h, CURLOPT_PRIVATE, t) == CURLE_OK;
}

static void add_header(struct sf_transfer *t, const char *line)
{
	struct curl_slist *item = &t->list[t->list_n];

	item->data = (char *)line; /* libcurl reads it only */
	item->next = NULL;
	if (t->list_n > 0) {
		item[-1].next = item;
	}
	t->list_n++;
}

static void fill_headers(struct sf_transfer *t, const struct sf_http_request *request)
{
	snprintf(t->accept, sizeof(t->accept), "Accept: %s", request->accept ? request->accept : "application/json");
	add_header(t, t->accept);
	add_header(t, "Expect:"); /* no waiting for "100 Continue" */
	if (request->authorization) {
		add_header(t, request->authorization);
	}
	if (request->cookie) {
		add_header(t, request->cookie);
	}
	for (size_t i = 0; i < request->header_count; i++) {
		add_header(t, request->headers[i]);
	}
	if (request->body.p || request->source) {
		snprintf(t->content_type, sizeof(t->content_type), "Content-Type: %s", request->content_type);
		add_header(t, t->content_type);
	}
	if (request->gzipped) {
		add_header(t, "Content-Encoding: gzip");
	}
	if (request->sink) {
		add_header(t, "Accept-Encoding: gzip"); /* and it is undone here: see http/inflate.h */
	}
}

static bool set_body(CURL *h, struct sf_transfer *t)
{
	const struct sf_http_request *request = t->request;
	bool ok = true;

	if (request->source) { /* without a length it goes in chunks, or in the frames of HTTP/2 */
		ok &= curl_easy_setopt(h, CURLOPT_UPLOAD, 1L) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->source->length) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_READFUNCTION, give_source) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_SEEKFUNCTION, request->repeatable && request->source->rewind ? rewind_body : NULL) == CURLE_OK;
	} else {
		ok &= curl_easy_setopt(h, CURLOPT_POST, 1L) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.n) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_READFUNCTION, give_body) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_SEEKFUNCTION, request->repeatable ? rewind_body : NULL) == CURLE_OK;
	}
	ok &= curl_easy_setopt(h, CURLOPT_READDATA, t) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_SEEKDATA, t) == CURLE_OK;
	return ok;
}

static bool set_request(CURL *h, const struct sf_http *http, struct sf_transfer *t, const char *url)
{
	const struct sf_http_request *request = t->request;
	bool ok = true;

	fill_headers(t, request);
	ok &= curl_easy_setopt(h, CURLOPT_URL, url) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_USERAGENT, http->user_agent) == CURLE_OK;
	ok &= request->sink || curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_HTTPHEADER, t->list) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_ERRORBUFFER, t->detail) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK;
	ok &= curl_easy_setopt(h, CURLOPT_WRITEDATA, t) == CURLE_OK;
	if (request->first_byte_ms > 0) {
		ok &= curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_HEADERDATA, t) == CURLE_OK;
	}
	if (request->first_byte_ms > 0 || request->secret) {
		ok &= curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, watch) == CURLE_OK;
		ok &= curl_easy_setopt(h, CURLOPT_XFERINFODATA, t) == CURLE_OK;
	}
	if (request->body.p || request->source) {
		ok &= set_body(h, t);
	}
	ok &= curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, request->method) == CURLE_OK;
	return ok;
}

static int class_of(CURLcode code, CURL *h)
{
	curl_off_t connected = 0;
	long bytes = 0;

	switch (code) {
	case CURLE_ABORTED_BY_CALLBACK: /* watch(), or a source: see explain() */
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
static bool explain(struct sf_error *error, CURLcode code, CURL *h, const struct sf_transfer *t)
{
	const struct sf_origin *to = &t->request->to;
	int class = class_of(code, h);

	if (t->too_large) {
		return sf_http_fail(error, SF_HTTP_TOO_LARGE, "The answer of %.80s is longer than the %ju bytes that are allowed", to->host, (uintmax_t)(t->delivering ? t->request->sink->max : t->max));
	}
	if (t->stopped) {
		return sf_http_fail(error, SF_HTTP_STOPPED, t->delivering ? "What takes the answer of %.80s stopped it" : "What gives the body for %.80s stopped it, or gave less than it had said", to->host);
	}
	switch (class) {
	case SF_HTTP_UNREACHABLE:
		return sf_http_fail(error, class, "%.80s:%u can't be reached: %s", to->host, to->port, curl_easy_strerror(code));
	case SF_HTTP_TLS:
		return sf_http_fail(error, class, "No trusted TLS connection to %.60s:%u: %s", to->host, to->port, *t->detail ? t->detail : curl_easy_strerror(code));
	case SF_HTTP_TIMED_OUT:
		if (!t->late && (t->request->source || t->request->sink)) {
			return sf_http_fail(error, class, "The transfer with %.80s stood still for %ld ms, or took more than two hours", to->host, t->request->timeout_ms);
		}
		return sf_http_fail(error, class, "%.80s gave no %s within %ld ms", to->host, t->late ? "first byte of an answer" : "answer", t->late ? t->request->first_byte_ms : t->request->timeout_ms);
	case SF_HTTP_FAILED:
		return sf_http_fail(error, class, "libcurl failed: %s", curl_easy_strerror(code));
	default:
		return sf_http_fail(error, class, "%.80s gave no whole answer: %s", to->host, curl_easy_strerror(code));
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

/* With a terminator. */
static struct sf_span field(const struct sf_transfer *t, const char *name)
{
	struct sf_span copy = SF_SPAN_NONE;
	struct curl_header *header;

	if (curl_easy_header(t->handle, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK && strlen(header->value) <= SF_HTTP_FIELD_MAX) {
		sf_arena_copy(t->arena, sf_span_of(header->value), &copy); /* where there is no memory it has not come */
	}
	return copy;
}

static bool is_cookie_octet(char c)
{
	return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\'; /* RFC 6265 §4.1.1 */
}

/* The pair at the front of a Set-Cookie; nothing if it is none, or if it is taken back. */
static struct sf_span cookie_pair(const char *value)
{
	struct sf_span pair = { value, 0 };
	const char *equals = NULL;

	for (; is_cookie_octet(value[pair.n]); pair.n++) {
		if (value[pair.n] == '=' && !equals) {
			equals = value + pair.n;
		}
	}
	return equals && equals > value && equals < value + pair.n - 1 ? pair : SF_SPAN_NONE;
}

static struct sf_span read_cookies(const struct sf_transfer *t)
{
	struct sf_span cookies = SF_SPAN_NONE;
	struct curl_header *header;
	struct sf_buf buf;

	sf_buf_init(&buf, t->arena, SF_HTTP_FIELD_MAX);
	for (size_t i = 0; curl_easy_header(t->handle, "Set-Cookie", i, CURLH_HEADER, -1, &header) == CURLHE_OK; i++) {
		struct sf_span pair = cookie_pair(header->value);

		if (pair.n > 0) {
			sf_buf_str(&buf, buf.n > 0 ? "; " : "");
			sf_buf_span(&buf, pair);
		}
	}
	return buf.n > 0 && sf_buf_done(&buf, &cookies) ? cookies : SF_SPAN_NONE;
}

static void read_fields(const struct sf_transfer *t, struct sf_http_answer *answer)
{
	if (t->request->cookies) {
		answer->cookies = read_cookies(t);
	}
	answer->content_type = field(t, "Content-Type");
	answer->etag = field(t, "ETag");
	answer->last_modified = field(t, "Last-Modified");
	answer->location = field(t, "Location");
	answer->locator = field(t, "Sforce-Locator");
	answer->records = field(t, "Sforce-NumberOfRecords");
}

static void read_answer(const struct sf_transfer *t, struct sf_http_answer *answer)
{
	curl_off_t seconds = 0;
	CURL *h = t->handle;
	long connects = 0;

	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &answer->status);
	curl_easy_getinfo(h, CURLINFO_NUM_CONNECTS, &connects);
	answer->reused = connects == 0;
	if (curl_easy_getinfo(h, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0) {
		answer->retry_after = (long)(seconds < RETRY_AFTER_MAX ? seconds : RETRY_AFTER_MAX);
	}
	answer->drawn = t->request->source && (t->given > 0 || t->ended || t->stopped);
	answer->delivered = t->delivered > 0;
	read_limit(h, answer);
	read_fields(t, answer);
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

static bool set_kind(struct sf_transfer *t, enum sf_transfer_kind kind)
{
	return kind == SF_TRANSFER_SINGLE ? set_single(t->handle) : set_lane(t->handle, t);
}

bool sf_transfer_init(struct sf_http *http, struct sf_transfer *t, const struct sf_http_request *request, CURL *handle, enum sf_transfer_kind kind,
		struct sf_arena *arena, struct sf_secret *into, struct sf_error *error)
{
	struct sf_span url;

	memset(t, 0, sizeof(*t));
	t->request = request;
	t->handle = handle;
	t->arena = arena;
	t->into = into;
	t->max = into ? into->n : http->max_response;
	if (request->max_response && request->max_response < t->max) {
		t->max = request->max_response;
	}
	sf_buf_init(&t->buf, arena, http->max_response);
	if (!make_url(request, arena, &url)) {
		return sf_http_fail(error, SF_HTTP_FAILED, "No memory is left");
	}
	curl_easy_reset(handle);
	return (set_security(handle, http) && set_connection(handle, request) && set_request(handle, http, t, url.p) && set_kind(t, kind))
			|| sf_http_fail(error, SF_HTTP_FAILED, "libcurl refused a setting that this needs");
}

bool sf_transfer_result(struct sf_http *http, struct sf_transfer *t, CURLcode code, struct sf_http_answer *answer, struct sf_error *error)
{
	http->requests++;
	answer->sent = may_be_sent(t->handle, t);
	answer->scrubbed = t->scrubbed;
	read_answer(t, answer);
	http->handshakes += !answer->reused;
	if (code == CURLE_OK && t->zipped && !t->inflate.whole) {
		code = CURLE_PARTIAL_FILE;
	} else if (t->broken) {
		code = CURLE_BAD_CONTENT_ENCODING;
	}
	sf_inflate_free(&t->inflate);
	if (code != CURLE_OK) {
		explain(error, code, t->handle, t);
	}
	curl_easy_reset(t->handle);
	if (code != CURLE_OK) {
		return false;
	}
	if (t->into && !t->delivering) {
		answer->body = (struct sf_span){ (const char *)t->into->p, t->into_n };
		return true;
	}
	return sf_buf_done(&t->buf, &answer->body) || sf_http_fail(error, SF_HTTP_FAILED, "No memory is left");
}
