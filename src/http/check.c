#include "http/transfer.h"

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

static bool is_token(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

/* What this room sets, or what would say where the request ends or who sends it. */
static bool is_ours(struct sf_span name)
{
	static const char *const ours[] = { "host", "content-length", "content-type", "content-encoding", "transfer-encoding", "connection", "upgrade", "te", "trailer",
		"expect", "accept", "accept-encoding", "authorization", "proxy-authorization", "cookie", "user-agent" };

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		if (strlen(ours[i]) == name.n && strncasecmp(ours[i], name.p, name.n) == 0) {
			return true;
		}
	}
	return false;
}

/* `Name: value` (RFC 9110 §5), the value in printable ASCII and not empty. */
bool sf_http_header_valid(struct sf_span line)
{
	struct sf_span name = { line.p, 0 };

	while (name.n < line.n && is_token(line.p[name.n])) {
		name.n++;
	}
	if (name.n == 0 || line.n < name.n + 3 || line.p[name.n] != ':' || line.p[name.n + 1] != ' ' || is_ours(name)) {
		return false;
	}
	for (size_t i = name.n + 2; i < line.n; i++) {
		if ((unsigned char)line.p[i] < 0x20 || (unsigned char)line.p[i] > 0x7E) {
			return false;
		}
	}
	return true;
}

/* Printable ASCII and no more; what it says is for the server that gave it. */
static bool cookie_valid(const char *line)
{
	size_t n = strlen(line);

	if (n <= 8 || n > SF_HTTP_HEADER_BYTES || strncmp(line, "Cookie: ", 8) != 0) {
		return false;
	}
	for (size_t i = 8; i < n; i++) {
		if (line[i] < 0x20 || line[i] > 0x7E) {
			return false;
		}
	}
	return true;
}

static bool headers_valid(const struct sf_http_request *request)
{
	size_t bytes = 0;

	if (request->cookie && !cookie_valid(request->cookie)) {
		return false;
	}

	for (size_t i = 0; i < request->header_count && request->header_count <= SF_HTTP_HEADERS; i++) {
		struct sf_span line = sf_span_of(request->headers[i]);

		bytes += line.n;
		if (bytes > SF_HTTP_HEADER_BYTES || !sf_http_header_valid(line)) {
			return false;
		}
	}
	return request->header_count <= SF_HTTP_HEADERS;
}

static bool body_valid(const struct sf_http_request *request)
{
	if (request->source) {
		return !request->body.p && !request->secret && request->source->length >= -1;
	}
	return !request->secret || (request->body.n > SF_HTTP_TAIL && !request->gzipped);
}

bool sf_http_check(struct sf_http *http, const struct sf_http_request *request, struct sf_error *error)
{
	if (!sf_http_allowed(http, &request->to, error)) {
		return false;
	}
	if (!sf_http_path_valid(request->path)) {
		return sf_http_fail(error, SF_HTTP_INPUT, "%s", sf_http_path_rule);
	}
	if (!headers_valid(request)) {
		return sf_http_fail(error, SF_HTTP_INPUT, "A header of the request is outside its limits: at most 16, of 16384 bytes together, printable ASCII, none that the client sets itself");
	}
	if (request->timeout_ms < 1 || request->timeout_ms > SF_HTTP_TIMEOUT_MAX || !body_valid(request)) {
		return sf_http_fail(error, SF_HTTP_INPUT, "The time limit or the body is outside its limits");
	}
	return true;
}
