/*
 * Where a request may go: a host and a port, always by https. samlforce.allowed_hosts is a list of these, separated by
 * commas or white space.
 *
 * There are no wildcards, on purpose: every customer of Salesforce has hosts below my.salesforce.com, so that
 * `*.my.salesforce.com` would let whoever runs code in a worker send a sealed password to an org of his own.
 */
#ifndef SF_HTTP_ORIGIN_H
#define SF_HTTP_ORIGIN_H

#include "base/error.h"

#define SF_HOST_MAX 253 /* RFC 1035 §2.3.4, without the trailing dot */
#define SF_HOSTS_MAX 64

struct sf_origin {
	char host[SF_HOST_MAX + 1]; /* lower case */
	unsigned port;
};

struct sf_hosts {
	struct sf_origin list[SF_HOSTS_MAX];
	size_t n;
};

/*
 * `host` or `host:port`: labels of letters, digits and hyphens (RFC 1123 §2.1; IDNs in their xn-- form), no trailing
 * dot, no address in brackets. Lower-cased; the port is 443 when absent.
 */
bool sf_origin_parse(struct sf_span text, struct sf_origin *origin);

/* `https://host`, `https://host:port`, and either with one slash behind it. Nothing else: no user, path or query. */
bool sf_origin_of_url(struct sf_span url, struct sf_origin *origin);

bool sf_origin_same(const struct sf_origin *a, const struct sf_origin *b);

/* All or nothing: an entry that is no host makes the whole list empty, and the error names it. */
bool sf_hosts_parse(struct sf_span text, struct sf_hosts *hosts, struct sf_error *error);
bool sf_hosts_has(const struct sf_hosts *hosts, const struct sf_origin *origin);

#endif
