/* The body of a request in the gzip format (RFC 1952), which Salesforce takes for every REST call. */
#ifndef SF_HTTP_GZIP_H
#define SF_HTTP_GZIP_H

#include "base/arena.h"

/* False if it would be no shorter, or the memory failed: then it is sent as it is. */
bool sf_gzip(struct sf_span body, struct sf_arena *arena, struct sf_span *zipped);

#endif
