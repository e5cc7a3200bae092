/* A body that comes out of a stream of PHP's, or goes into one. What is behind the stream may be PHP code. */
#include "client.h"

struct piece {
	php_stream *stream;
	char *to;
	const char *from;
	size_t n;
	ssize_t done;
};

static void run_read(void *arg)
{
	struct piece *p = arg;

	p->done = php_stream_read(p->stream, p->to, p->n);
}

/* A stream that gives nothing so often, and has no end either, never will. */
#define EMPTY_READS 100

/* Closed by the code behind it, say. */
static bool is_open(const struct sf_stream_body *body)
{
	return body->resource->ptr == body->stream;
}

/* 0 only at the stream's end. */
static bool read_stream(struct sf_stream_body *body, char *into, size_t room, size_t *n)
{
	struct piece p = { .stream = body->stream, .to = into, .n = room };

	for (int i = 0; i < EMPTY_READS; i++) {
		if (!is_open(body) || !sf_run_php(run_read, &p) || p.done < 0 || !is_open(body)) {
			return false;
		}
		if (p.done > 0 || php_stream_eof(body->stream)) {
			*n = (size_t)p.done;
			return true;
		}
	}
	return false;
}

static size_t take_text(struct sf_span text, size_t *given, char *into, size_t room)
{
	size_t n = MIN(room, text.n - *given);

	memcpy(into, text.p + *given, n);
	*given += n;
	return n;
}

/* A stream that has less than it said, or more, is no file to be sent. */
static bool read_body(void *arg, char *into, size_t room, size_t *n)
{
	struct sf_stream_body *body = arg;
	char extra;

	if (body->head_given < body->head.n) {
		*n = take_text(body->head, &body->head_given, into, room);
		return true;
	}
	if (body->tail_given == 0 && (body->length < 0 || body->given < body->length)) {
		room = body->length < 0 ? room : (size_t)MIN((int64_t)room, body->length - body->given);
		if (!read_stream(body, into, room, n)) {
			return false;
		}
		body->given += (int64_t)*n;
		if (*n > 0 || body->length >= 0) {
			return *n > 0;
		}
	}
	if (body->tail_given == 0 && body->length >= 0 && (!read_stream(body, &extra, 1, n) || *n > 0)) {
		return false;
	}
	*n = take_text(body->tail, &body->tail_given, into, room);
	return true;
}

static void run_seek(void *arg)
{
	struct sf_stream_body *body = arg;

	body->given = php_stream_seek(body->stream, body->start, SEEK_SET);
}

static bool rewind_body(void *arg)
{
	struct sf_stream_body *body = arg;

	if (body->start < 0 || !is_open(body) || !sf_run_php(run_seek, body) || body->given != 0) {
		return false;
	}
	body->head_given = body->tail_given = 0;
	return true;
}

/* A file or memory of PHP's own, with nothing between it and who reads it. Of any other nobody knows how long it is, or whether it can go back. */
static bool is_plain(const php_stream *stream)
{
	return !stream->readfilters.head && (stream->ops == &php_stream_stdio_ops || stream->ops == &php_stream_memory_ops || stream->ops == &php_stream_temp_ops);
}

static int64_t length_of(php_stream *stream)
{
	php_stream_statbuf stat;

	if (php_stream_stat(stream, &stat) != 0 || !S_ISREG(stat.sb.st_mode) || stat.sb.st_size < php_stream_tell(stream)) {
		return -1;
	}
	return (int64_t)stat.sb.st_size - (int64_t)php_stream_tell(stream);
}

void sf_stream_source(struct sf_stream_body *body, php_stream *stream, struct sf_span head, struct sf_span tail)
{
	int64_t length = is_plain(stream) ? length_of(stream) : -1;

	*body = (struct sf_stream_body){ .stream = stream, .resource = stream->res, .start = length < 0 ? -1 : php_stream_tell(stream), .length = length, .head = head,
		.tail = tail };
	body->source = (struct sf_http_source){ .arg = body, .read = read_body, .rewind = length < 0 ? NULL : rewind_body,
		.length = length < 0 ? -1 : length + (int64_t)(head.n + tail.n) };
}

static void run_write(void *arg)
{
	struct piece *p = arg;

	p->done = php_stream_write(p->stream, p->from, p->n);
}

static bool write_body(void *arg, struct sf_span text)
{
	struct sf_stream_body *body = arg;

	while (text.n > 0) {
		struct piece p = { .stream = body->stream, .from = text.p, .n = text.n };

		if (!is_open(body) || !sf_run_php(run_write, &p) || p.done <= 0) {
			return false;
		}
		text.p += p.done;
		text.n -= (size_t)p.done;
		body->given += p.done;
	}
	return true;
}

void sf_stream_sink(struct sf_stream_body *body, php_stream *stream, uint64_t max)
{
	*body = (struct sf_stream_body){ .stream = stream, .resource = stream->res, .start = -1, .length = -1 };
	body->sink = (struct sf_http_sink){ .arg = body, .write = write_body, .max = max };
}
