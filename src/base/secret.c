#include "base/secret.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

void sf_wipe(void *p, size_t n)
{
	if (p && n) {
		memset(p, 0, n);
		__asm__ __volatile__("" : : "r"(p) : "memory");
	}
}

#define STACK_BYTES ((size_t)32 * 1024) /* a thread of musl has 128 kB */

__attribute__((noinline)) void sf_wipe_stack(void)
{
	unsigned char frames[STACK_BYTES];

	sf_wipe(frames, sizeof(frames));
}

bool sf_equal_secret(const void *a, const void *b, size_t n)
{
	const volatile unsigned char *x = a, *y = b;
	unsigned char diff = 0;

	for (size_t i = 0; i < n; i++) {
		diff |= x[i] ^ y[i];
	}
	return diff == 0;
}

bool sf_random(void *p, size_t n)
{
	unsigned char *o = p;

	while (n) {
		ssize_t got = getrandom(o, n, 0);

		if (got < 0) {
			if (errno == EINTR) {
				continue;
			}
			return false;
		}
		o += got;
		n -= (size_t)got;
	}
	return true;
}

bool sf_secret_new(struct sf_secret *s, size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t pages = (n + page - 1) / page * page;
	char *base;

	memset(s, 0, sizeof(*s));
	if (n == 0 || n > SF_SECRET_MAX) {
		return false;
	}
	base = mmap(NULL, pages + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (base == MAP_FAILED) {
		return false;
	}
	if (mprotect(base + page, pages, PROT_READ | PROT_WRITE) != 0) {
		munmap(base, pages + 2 * page);
		return false;
	}
	s->p = (unsigned char *)base + page;
	s->n = n;
	s->pages = pages;
#ifdef MADV_DONTDUMP
	s->undumpable = madvise(s->p, pages, MADV_DONTDUMP) == 0;
#endif
	s->locked = mlock(s->p, pages) == 0;
	return true;
}

bool sf_secret_relock(struct sf_secret *s)
{
	s->locked = s->p && mlock(s->p, s->pages) == 0;
	return s->locked;
}

bool sf_secret_shrink(struct sf_secret *s, size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t pages = (n + page - 1) / page * page;

	if (!s->p || n == 0 || n > s->n) {
		return false;
	}
	s->n = n;
	if (pages < s->pages) {
		sf_wipe(s->p + pages, s->pages - pages);
		/* its first page is the new guard; the others go, with the old guard */
		munlock(s->p + pages, page);
		if (mprotect(s->p + pages, page, PROT_NONE) != 0 || munmap(s->p + pages + page, s->pages - pages) != 0) {
			return false;
		}
		s->pages = pages;
	}
	sf_secret_relock(s);
	return true;
}

bool sf_secret_seal(struct sf_secret *s)
{
	return s->p && mprotect(s->p, s->pages, PROT_READ) == 0;
}

void sf_secret_free(struct sf_secret *s)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	if (!s->p) {
		return;
	}
	if (mprotect(s->p, s->pages, PROT_READ | PROT_WRITE) == 0) {
		sf_wipe(s->p, s->pages);
	}
	munmap(s->p - page, s->pages + 2 * page);
	memset(s, 0, sizeof(*s));
}
