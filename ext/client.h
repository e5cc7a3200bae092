/* What the files of Samlforce\Salesforce\Client share: making a call, telling a failure, reading an answer. */
#ifndef CLIENT_H
#define CLIENT_H

#include "php_salesforce.h"

#include "base/buf.h"

struct sf_client {
	zend_object *credentials;
	char version[8]; /* NN.0 */
	zend_long timeout_ms;
	zend_long connect_ms;    /* 0: by the core's rule */
	zend_long first_byte_ms; /* 0: none of its own */
	zval described;          /* see client_replication.c */
	zend_object std;
};

/* One call. It begins with sf_call_begin() and, if that was true, ends with sf_call_end(). */
struct sf_call {
	struct sf_client *client;
	const struct sf_credentials *credentials;
	struct sf_api *api;
	struct sf_arena arena;
	struct sf_buf path;
	struct sf_http_answer answer;
	bool repeatable;
};

static inline struct sf_span sf_span_zstr(const zend_string *s)
{
	return (struct sf_span){ ZSTR_VAL(s), ZSTR_LEN(s) };
}

/* The Client behind an object of the class. */
struct sf_client *sf_client_from(zend_object *object);

/* ---- what a caller may give: each throws a ValueError for that argument, and is false then ---- */

bool sf_is_api_name(struct sf_span s); /* a letter, then letters, digits and underscores */
bool sf_check_api_name(const zend_string *name, uint32_t argument);
bool sf_check_id(const zend_string *id, uint32_t argument);
bool sf_check_external_id(const zend_string *value, uint32_t argument);
bool sf_check_fields(HashTable *fields, uint32_t argument); /* API names to scalars */

/* An array that becomes a JSON text, or NULL. `object`: an empty one is {}. argument 0: it was made of several. The text is the caller's. */
zend_string *sf_encode_json(zval *array, bool object, uint32_t argument);

/* ---- one call ---- */

bool sf_call_begin(struct sf_call *call, zval *self);
void sf_call_end(struct sf_call *call);

/* call->path becomes /services/data/vNN.N/ and what is relative to it. More may be added to it. */
void sf_call_path(struct sf_call *call, const char *resource);

/* The same for `sobjects/OBJECT` or, with an id, `sobjects/OBJECT/ID`. */
void sf_call_record_path(struct sf_call *call, const zend_string *object, const zend_string *id);

/*
 * The request for call->path, with what the client says of time limits. More may be set in it before it is sent. False, and an
 * exception, if the path is too long.
 */
bool sf_call_request(struct sf_call *call, const char *method, bool repeatable, struct sf_api_call *request);

/* False, and an exception, for anything but a success. The answer is in call->answer. */
bool sf_call_send_request(struct sf_call *call, const struct sf_api_call *request);

/* Both in one, for a body of JSON or (NULL) none. */
bool sf_call_send(struct sf_call *call, const char *method, const zend_string *body, bool repeatable);

/* Of a DateTimeInterface; false, and an exception, if that fails. */
bool sf_unix_time(zend_object *time, int64_t *seconds);

/* `NAME: Mon, 01 Jan 2024 00:00:00 GMT` */
bool sf_http_date(int64_t seconds, const char *name, char *line, size_t room);

/* Below /services/ and not /services/oauth2/, or relative to /services/data/vNN.N/: into call->path. False if it may not be asked for. */
bool sf_call_any_path(struct sf_call *call, const zend_string *path);
extern const char sf_any_path_rule[]; /* "must be …" */

/* ---- a body that streams from or into a stream of PHP's ---- */

struct sf_stream_body {
	php_stream *stream;
	zend_resource *resource; /* the caller holds a reference to it */
	zend_off_t start;    /* where it stood; -1: it can't go back */
	int64_t length;      /* from there to its end, or -1 */
	int64_t given;
	struct sf_span head; /* what comes before the stream, and behind it */
	struct sf_span tail;
	size_t head_given;
	size_t tail_given;
	struct sf_http_source source;
	struct sf_http_sink sink;
};

/* For reading from where it stands, with two texts around it. The body must stay where it is. */
void sf_stream_source(struct sf_stream_body *body, php_stream *stream, struct sf_span head, struct sf_span tail);

/* For writing to. */
void sf_stream_sink(struct sf_stream_body *body, php_stream *stream, uint64_t max);

/* ---- its failure and its answer ---- */

void sf_throw_reason(enum sf_reason reason, enum sf_action action, const char *message);

/* An answer that is not what the documentation says. `changed`: what was asked for has been done, and was to change something. */
void sf_throw_broken(const struct sf_call *call, bool changed);

/* The answer's JSON. */
bool sf_call_decode(struct sf_call *call, zval *value, bool changed);
bool sf_call_decode_array(struct sf_call *call, zval *value, bool changed);

/* {"id":"…","success":true,"errors":[]}, of what has been created or changed. */
bool sf_call_read_id(struct sf_call *call, zval *id, bool *created);

/* A member of a decoded object, or NULL if there is none of that type. */
zval *sf_member(zval *object, const char *name, size_t n, uint8_t type);
#define SF_MEMBER(object, name, type) sf_member(object, name, sizeof(name) - 1, type)
#define SF_IS_TRUE(object, name) (sf_member(object, name, sizeof(name) - 1, IS_TRUE) != NULL)

#endif
