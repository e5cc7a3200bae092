/*
 * For LD_PRELOAD: send() fails with ECONNRESET once, after 4 seconds, when the number in the file that FAILING_SEND names has been counted
 * down to zero, as if the connection had died at that moment. Without the file, or with -1 in it, nothing is changed.
 *
 * PHP opens extensions with RTLD_DEEPBIND, by which libcurl would find the C library's send() before this one: that flag is taken away.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int counted_down(void)
{
	const char *path = getenv("FAILING_SEND");
	char text[16] = "";
	int left = -1, fd = path ? open(path, O_RDWR) : -1;

	if (fd < 0) {
		return 0;
	}
	if (pread(fd, text, sizeof(text) - 1, 0) > 0) {
		left = atoi(text);
	}
	if (left >= 0) {
		snprintf(text, sizeof(text), "%-8d", left - 1);
		if (pwrite(fd, text, 8, 0) != 8) {
			left = -1;
		}
	}
	close(fd);
	return left == 0;
}

ssize_t send(int fd, const void *data, size_t n, int flags)
{
	ssize_t (*real)(int, const void *, size_t, int) = dlsym(RTLD_NEXT, "send");

	if (counted_down()) {
		sleep(4);
		errno = ECONNRESET;
		return -1;
	}
	return real(fd, data, n, flags);
}

void *dlopen(const char *file, int flags)
{
	void *(*real)(const char *, int) = dlsym(RTLD_NEXT, "dlopen");

	return real(file, flags & ~RTLD_DEEPBIND);
}
