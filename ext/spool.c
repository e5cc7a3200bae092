#include "spool.h"

#include <errno.h>
#include <unistd.h>

#include "php_open_temporary_file.h"

#define RESULTS_MAX ((uint64_t)4 << 30) /* of one page; Salesforce gives at most 1 GB */

bool sf_spool_open(struct sf_spool *spool)
{
	zend_string *path = NULL;

	*spool = (struct sf_spool){ .fd = php_open_temporary_fd(NULL, "samlforce-", &path) };
	if (spool->fd >= 0 && path) {
		unlink(ZSTR_VAL(path)); /* from here on nobody else finds it */
	}
	if (path) {
		zend_string_release(path);
	}
	if (spool->fd < 0) {
		struct sf_failure failure;

		sf_failure_set(&failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "No temporary file can be made for the rows: see sys_temp_dir in php.ini");
		sf_throw_failure(&failure);
	}
	return spool->fd >= 0;
}

void sf_spool_close(struct sf_spool *spool)
{
	if (spool->fd >= 0) {
		close(spool->fd);
	}
	spool->fd = -1;
}

bool sf_spool_clear(struct sf_spool *spool)
{
	spool->n = spool->given = 0;
	return ftruncate(spool->fd, 0) == 0 && lseek(spool->fd, 0, SEEK_SET) == 0;
}

bool sf_spool_write(struct sf_spool *spool, struct sf_span text)
{
	while (text.n > 0) {
		ssize_t n = write(spool->fd, text.p, text.n);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			snprintf(spool->trouble, sizeof(spool->trouble), "The rows can't be kept in a temporary file: %s", strerror(errno));
			return false;
		}
		text.p += n;
		text.n -= (size_t)n;
		spool->n += n;
	}
	return true;
}

void sf_spool_rewind(struct sf_spool *spool)
{
	spool->given = 0;
}

ssize_t sf_spool_read(struct sf_spool *spool, char *into, size_t room)
{
	ssize_t n;

	do {
		n = pread(spool->fd, into, room, (off_t)spool->given);
	} while (n < 0 && errno == EINTR);
	if (n > 0) {
		spool->given += n;
	}
	return n;
}

static bool read_source(void *arg, char *into, size_t room, size_t *n)
{
	ssize_t got = sf_spool_read(arg, into, room);

	*n = got > 0 ? (size_t)got : 0;
	return got >= 0;
}

static bool rewind_source(void *arg)
{
	sf_spool_rewind(arg);
	return true;
}

struct sf_http_source sf_spool_source(struct sf_spool *spool)
{
	return (struct sf_http_source){ .arg = spool, .read = read_source, .rewind = rewind_source, .length = spool->n };
}

static bool write_sink(void *arg, struct sf_span piece)
{
	return sf_spool_write(arg, piece);
}

static bool restart_sink(void *arg)
{
	return sf_spool_clear(arg);
}

struct sf_bulk_sink sf_spool_sink(struct sf_spool *spool)
{
	return (struct sf_bulk_sink){ .sink = { .arg = spool, .write = write_sink, .max = RESULTS_MAX }, .restart = restart_sink };
}
