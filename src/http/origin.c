#include "http/origin.h"

#define LABEL_MAX 63
#define HTTPS_PORT 443

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool label_valid(const char *p, size_t n)
{
	if (n == 0 || n > LABEL_MAX || !is_alnum(p[0]) || !is_alnum(p[n - 1])) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (!is_alnum(p[i]) && p[i] != '-') {
			return false;
		}
	}
	return true;
}

static bool read_host(struct sf_span text, char out[SF_HOST_MAX + 1])
{
	size_t label = 0;

	if (text.n == 0 || text.n > SF_HOST_MAX) {
		return false;
	}
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		out[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		if (c == '.') {
			if (!label_valid(out + label, i - label)) {
				return false;
			}
			label = i + 1;
		}
	}
	out[text.n] = '\0';
	return label_valid(out + label, text.n - label);
}

static bool read_port(struct sf_span text, unsigned *port)
{
	*port = 0;
	if (text.n == 0 || text.n > 5 || text.p[0] == '0') {
		return false;
	}
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9') {
			return false;
		}
		*port = *port * 10 + (unsigned)(text.p[i] - '0');
	}
	return *port <= 65535;
}

bool sf_origin_parse(struct sf_span text, struct sf_origin *origin)
{
	const char *colon = text.n ? memchr(text.p, ':', text.n) : NULL;
	struct sf_span host = text, port;

	memset(origin, 0, sizeof(*origin));
	origin->port = HTTPS_PORT;
	if (colon) {
		host.n = (size_t)(colon - text.p);
		port = (struct sf_span){ colon + 1, text.n - host.n - 1 };
		if (!read_port(port, &origin->port)) {
			return false;
		}
	}
	return read_host(host, origin->host);
}

bool sf_origin_of_url(struct sf_span url, struct sf_origin *origin)
{
	const struct sf_span scheme = SF_SPAN_LIT("https://");

	if (!sf_span_starts(url, scheme)) {
		return false;
	}
	url.p += scheme.n;
	url.n -= scheme.n;
	if (url.n > 0 && url.p[url.n - 1] == '/') {
		url.n--;
	}
	return sf_origin_parse(url, origin);
}

bool sf_origin_same(const struct sf_origin *a, const struct sf_origin *b)
{
	return a->port == b->port && strcmp(a->host, b->host) == 0;
}

static bool is_separator(char c)
{
	return c == ',' || sf_is_space(c);
}

bool sf_hosts_parse(struct sf_span text, struct sf_hosts *hosts, struct sf_error *error)
{
	size_t i = 0;

	hosts->n = 0;
	while (i < text.n) {
		struct sf_span entry = { text.p + i, 0 };

		while (i < text.n && !is_separator(text.p[i])) {
			i++;
		}
		entry.n = (size_t)(text.p + i - entry.p);
		i++;
		if (entry.n == 0) {
			continue;
		}
		if (hosts->n == SF_HOSTS_MAX || !sf_origin_parse(entry, &hosts->list[hosts->n])) {
			hosts->n = 0;
			return sf_fail_found(error, 1, "samlforce.allowed_hosts", entry);
		}
		hosts->n++;
	}
	return true;
}

bool sf_hosts_has(const struct sf_hosts *hosts, const struct sf_origin *origin)
{
	for (size_t i = 0; i < hosts->n; i++) {
		if (sf_origin_same(&hosts->list[i], origin)) {
			return true;
		}
	}
	return false;
}
