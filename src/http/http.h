/*
 * HTTPS for one worker, over libcurl: one kept connection an origin and credential, so that a call costs the call and not a
 * handshake and the parsing of 140 certificates (20 ms of CPU). What else a connection depends on, the CA file and the proxy, is
 * the same for the whole process. It is closed after a minute of rest or 15 minutes of life; libcurl looks whether it still lives
 * before it sends.
 *
 * Every request goes to a host of samlforce.allowed_hosts; TLS 1.2 or newer, always verified; no redirects, no
 * cookies but those that a caller carries from one answer to its next request, no
 * other protocol, no proxy but samlforce.http.proxy, whatever the environment says. HTTP/1.1: one request at a time gains nothing by
 * HTTP/2, whose framing would hold a further copy of a body. Several at once, none of them with a secret body, go over one
 * connection of HTTP/2.
 *
 * A handle belongs to the process that made it. After a fork the child forgets its parent's without closing
 * them, since a close would end the TLS session that the parent still uses.
 */
#ifndef SF_HTTP_HTTP_H
#define SF_HTTP_HTTP_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/secret.h"
#include "http/origin.h"

#define SF_HTTP_CONNECTIONS 8 /* kept at a time; the one that rested longest makes room */
#define SF_HTTP_PATH_MAX 16384
#define SF_HTTP_PARTITION 32
#define SF_HTTP_LANES 100 /* requests under way at the same time */
#define SF_HTTP_HEADERS 16 /* that a request may name, at most; and so many bytes of them all */
#define SF_HTTP_HEADER_BYTES 16384
#define SF_HTTP_FIELD_MAX 4096 /* a longer one of an answer is not told */
#define SF_HTTP_TIMEOUT_MIN 100
#define SF_HTTP_TIMEOUT_MAX 600000
#define SF_HTTP_STREAM_MS 7200000L /* for a whole body that streams; what is slower than SF_HTTP_STREAM_SLOW for the request's time limit ends before */
#define SF_HTTP_STREAM_SLOW 512L   /* bytes a second */

/* The last bytes of a secret body, which say nothing and may stay in libcurl's buffer. See give_body() in transfer.c. */
#define SF_HTTP_TAIL 8

enum sf_http_code {
	SF_HTTP_INPUT = 1,
	SF_HTTP_NOT_ALLOWED,
	SF_HTTP_UNREACHABLE,
	SF_HTTP_TLS,
	SF_HTTP_TIMED_OUT,
	SF_HTTP_BROKEN,
	SF_HTTP_TOO_LARGE,
	SF_HTTP_STOPPED, /* the source or the sink said no */
	SF_HTTP_FAILED,  /* libcurl or memory */
};

struct sf_http_settings {
	const char *allowed_hosts;
	const char *ca_file; /* replaces the system's certificates; NULL or empty: libcurl's own */
	const char *proxy;   /* `http://host` or `http://host:port`, asked to CONNECT; NULL or empty: none */
	size_t max_response; /* bytes, after inflation */
	const char *user_agent;
};

/*
 * Where a body comes from that is made while it is sent, and where one goes to that is read while it comes. Both are called while libcurl
 * works, and may send requests of their own.
 */
struct sf_http_source {
	void *arg;
	bool (*read)(void *arg, char *into, size_t room, size_t *n); /* 1 to room bytes; *n == 0: that was all; false ends the transfer */
	bool (*rewind)(void *arg);                                   /* to the beginning, for a repeat; NULL: it can't */
	int64_t length;                                              /* -1: nobody knows yet */
};

struct sf_http_sink {
	void *arg;
	bool (*write)(void *arg, struct sf_span piece); /* false ends the transfer */
	uint64_t max;                                   /* bytes, after inflation */
};

struct sf_http_request {
	struct sf_origin to;
	const unsigned char *partition; /* SF_HTTP_PARTITION bytes, or NULL: requests of different ones share no connection */
	const char *method;
	struct sf_span path;       /* from / on, printable ASCII; must end with a terminator, which is not counted */
	const char *authorization; /* a whole header line, or NULL. It is used where it lies, never copied by this room. */
	const char *cookie;        /* `Cookie: …`, a whole header line, or NULL: nothing is kept here between two requests */
	bool cookies;              /* tell those that the answer sets */
	const char *const *headers; /* more of them, each a whole line, none of those that this room sets */
	size_t header_count;
	const char *accept;        /* what may come back; NULL: JSON */
	const char *content_type;  /* of the body */
	struct sf_span body;       /* p == NULL: none */
	const struct sf_http_source *source; /* in place of a body */
	const struct sf_http_sink *sink;     /* takes the body of a 2xx; that of any other answer goes where it goes without a sink */
	bool gzipped;              /* the body is (http/gzip.h) */
	bool secret;               /* of the body: leave no copy that can be reached */
	bool repeatable;           /* whether a second arrival would do no harm */
	long timeout_ms;           /* for all of it; with a source or a sink: for as long as nothing moves */
	long connect_ms;           /* for the connection; 0: a third of the whole, at most 10 seconds */
	long first_byte_ms;        /* from the end of the request to the first byte of the answer, looked at once a second; 0: as long as the whole */
	size_t max_response;       /* of the answer's body, if less than the settings allow; 0: what they allow */
};

struct sf_http_answer {
	long status;
	struct sf_span body; /* in the arena, or in the secret that was given; with a terminator behind it in the arena */
	long retry_after;    /* seconds, or -1 */
	long api_used;       /* Sforce-Limit-Info: api-usage=USED/LIMIT, or -1 */
	long api_limit;
	struct sf_span content_type; /* these six as they came, in the arena; p == NULL: it did not come, or was too long */
	struct sf_span etag;
	struct sf_span last_modified;
	struct sf_span location;
	struct sf_span locator; /* Sforce-Locator */
	struct sf_span records; /* Sforce-NumberOfRecords */
	struct sf_span cookies; /* where the request asked for them: those that the answer sets, as `name=value; name=value` */
	bool unsure;    /* for whoever repeats, to say that an earlier attempt may have been carried out; false here */
	bool drawn;     /* something came out of the source */
	bool delivered; /* something went into the sink */
	bool sent;     /* true too for a failure, if the server may have got the whole request */
	bool reused;   /* went over a connection that was there already */
	bool scrubbed; /* a secret body was overwritten in libcurl's own buffer */
};

struct sf_http;

/*
 * When the process starts, before anybody's PHP code runs: OpenSSL reads its configuration now. It takes the file's name
 * from the environment, which PHP code can set, and the file can name a library to load: at its first use in a worker
 * that would be a way to the keys. Opens no socket and starts no thread.
 */
void sf_http_start(void);

/* NULL, and an error, if there is no memory or libcurl doesn't suit. A fault in allowed_hosts is no reason: it allows nothing. */
struct sf_http *sf_http_new(const struct sf_http_settings *settings, struct sf_error *error);
void sf_http_free(struct sf_http *http);

bool sf_http_allowed(struct sf_http *http, const struct sf_origin *origin, struct sf_error *error);

/* Checked for every request; here for who wants to know before he asks for a token. The rule is a sentence. */
bool sf_http_path_valid(struct sf_span path);
extern const char sf_http_path_rule[];
bool sf_http_header_valid(struct sf_span line);

/* In error->where stands a whole sentence. The body goes into `into`, if it is given, and otherwise into the arena. */
bool sf_http_send(struct sf_http *http, const struct sf_http_request *request, struct sf_arena *arena, struct sf_secret *into,
		struct sf_http_answer *answer, struct sf_error *error);

/* One of several. */
struct sf_http_item {
	struct sf_http_request request;
	struct sf_http_answer answer;
	struct sf_error error;
	bool ok;
};

/*
 * All of them, to one origin and of one partition, at most `lanes` at the same time, over one connection if the server speaks
 * HTTP/2. A secret body is refused. Each item says what became of it.
 */
void sf_http_send_all(struct sf_http *http, struct sf_http_item *items, size_t count, size_t lanes, struct sf_arena *arena);

/*
 * A request that is on its way while its caller does something else: one that is repeatable, with a token, without a body and headers of its
 * own. It is sent here; its answer waits until it is taken. NULL if nothing was sent. It must be dropped before the sf_http is freed.
 */
struct sf_http_ahead;
struct sf_http_ahead *sf_http_ahead_start(struct sf_http *http, const struct sf_http_request *request);

/* Waits for the answer, so long at most. It stays where it is until the drop. False: nobody knows more than if it had not been sent. */
bool sf_http_ahead_take(struct sf_http_ahead *ahead, long timeout_ms, const struct sf_http_answer **answer);
void sf_http_ahead_drop(struct sf_http_ahead *ahead);

/* For phpinfo(). */
struct sf_http_state {
	size_t connections;
	bool proxy;
	size_t allowed;
	unsigned long requests;
	unsigned long handshakes;
};
void sf_http_inspect(const struct sf_http *http, struct sf_http_state *state);

#endif
