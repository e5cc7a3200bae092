/* Rows on their way, in a file without a name: too many for the memory, and perhaps to be sent a second time. */
#ifndef SPOOL_H
#define SPOOL_H

#include "php_salesforce.h"

#include "salesforce/bulk.h"

struct sf_spool {
	int fd; /* -1: none */
	int64_t n;
	int64_t given; /* to the source, or read */
	char trouble[96]; /* why a write failed */
};

/* Where PHP puts temporary files (sys_temp_dir); readable by this user alone, and gone with the process. False, and an exception. */
bool sf_spool_open(struct sf_spool *spool);
void sf_spool_close(struct sf_spool *spool);

/* Empties it. */
bool sf_spool_clear(struct sf_spool *spool);

bool sf_spool_write(struct sf_spool *spool, struct sf_span text);
void sf_spool_rewind(struct sf_spool *spool);

/* The next bytes, at most `room`; 0 at the end, -1 if the system can't. */
ssize_t sf_spool_read(struct sf_spool *spool, char *into, size_t room);

struct sf_http_source sf_spool_source(struct sf_spool *spool);
struct sf_bulk_sink sf_spool_sink(struct sf_spool *spool);

#endif
