/* One request on its way through libcurl, as http.c, many.c and ahead.c share it. For this room only. */
#ifndef SF_HTTP_TRANSFER_H
#define SF_HTTP_TRANSFER_H

#include <sys/types.h>
#include <time.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "http/http.h"
#include "http/inflate.h"

struct sf_http_slot {
	struct sf_origin origin;
	unsigned char partition[SF_HTTP_PARTITION];
	bool taken;
	CURL *handle; /* the connection for one request at a time; NULL: none yet */
	CURLM *multi; /* the connection for several; NULL: none yet */
	bool busy;       /* the handle is in use: the body of its request comes from code that may itself want to send one */
	bool multi_busy; /* the same of the multi */
	size_t pins;     /* requests that are under way on the multi while nobody waits for them */
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
	struct sf_http_slot slots[SF_HTTP_CONNECTIONS];
	unsigned long requests;
	unsigned long handshakes;
};

/* What the callbacks of one request share. */
struct sf_transfer {
	const struct sf_http_request *request;
	CURL *handle;
	struct sf_arena *arena;
	size_t given;     /* bytes of the body that libcurl has had */
	bool ended;       /* the source has given all */
	char *base;       /* where libcurl's buffer began in the first call for a secret body */
	bool scrubbed;
	struct sf_buf buf;      /* the answer's body goes here */
	struct sf_secret *into; /* or here */
	size_t into_n;
	uint64_t delivered; /* or into the sink: so many bytes */
	bool begun;         /* with a sink: the first byte of the body has come */
	bool delivering;    /* and it is the sink's */
	bool zipped;        /* and goes through this first */
	bool broken;        /* and is not what it says */
	struct sf_inflate inflate;
	uint64_t max;
	bool too_large;
	bool stopped; /* the source or the sink said no */
	struct timespec since; /* when the whole request was first seen to be sent */
	bool waiting;
	bool answered; /* the first byte is there */
	bool late;
	bool done;     /* on a multi: it is over, with this code */
	CURLcode code;
	char detail[CURL_ERROR_SIZE];
	/* The headers lie where they are: no curl_slist_append(), which would copy the token. */
	struct curl_slist list[8 + SF_HTTP_HEADERS];
	size_t list_n;
	char accept[128];
	char content_type[192];
};

bool sf_http_fail(struct sf_error *error, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The one place where a request is judged. */
bool sf_http_check(struct sf_http *http, const struct sf_http_request *request, struct sf_error *error);

/* After a fork: forgets the parent's handles. */
void sf_http_disown(struct sf_http *http);

/* Where the connections for such requests are, or shall be: the place of those that rested longest is cleared. NULL if all are in use. */
struct sf_http_slot *sf_http_slot_for(struct sf_http *http, const struct sf_http_request *request);

/* For CURLOPT_SSL_CTX_FUNCTION. */
CURLcode sf_http_forget_session_keys(CURL *handle, void *ctx, void *arg);

void sf_http_init_answer(struct sf_http_answer *answer);

/* The multi of this slot, made if there is none yet; NULL if libcurl refuses. */
CURLM *sf_http_multi_of(struct sf_http_slot *slot);

/* For one at a time, or for a multi. False, and an error, if libcurl refuses a setting. */
enum sf_transfer_kind {
	SF_TRANSFER_SINGLE,
	SF_TRANSFER_LANE,
};
bool sf_transfer_init(struct sf_http *http, struct sf_transfer *t, const struct sf_http_request *request, CURL *handle, enum sf_transfer_kind kind,
		struct sf_arena *arena, struct sf_secret *into, struct sf_error *error);

/* Marks those that are over, whosever they are. */
void sf_transfer_collect(CURLM *multi);

/* What became of it. Nothing of its frame, and no pointer to a token, stays in the handle. */
bool sf_transfer_result(struct sf_http *http, struct sf_transfer *t, CURLcode code, struct sf_http_answer *answer, struct sf_error *error);

#endif
