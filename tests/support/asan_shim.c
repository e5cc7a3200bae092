/*
 * PHP loads its extensions with RTLD_DEEPBIND, and the address sanitizer refuses that: an extension would call the C library's malloc()
 * past it. To be preloaded, so that a PHP that was not built with the sanitizer can load an extension that was.
 */
#define _GNU_SOURCE
#include <dlfcn.h>

void *dlopen(const char *file, int flags)
{
	void *(*next)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");

	return next(file, flags & ~RTLD_DEEPBIND);
}
