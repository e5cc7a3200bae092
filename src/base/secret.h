/*
 * Memory for secrets: pages of their own between two guard pages, kept out of core dumps, locked where the system
 * allows it, and wiped before they go back.
 *
 * A lock is not inherited over fork (mlock(2)); MADV_DONTDUMP is. A worker that was forked after the keys were
 * read calls sf_secret_relock() before it uses them.
 */
#ifndef SF_BASE_SECRET_H
#define SF_BASE_SECRET_H

#include <stdatomic.h>

#include "base/span.h"

#define SF_SECRET_MAX ((size_t)1 << 20)

struct sf_secret {
	unsigned char *p; /* NULL when there is none */
	size_t n;         /* bytes asked for */
	size_t pages;     /* bytes mapped between the guards */
	atomic_bool locked; /* the threads of a process may relock what they share */
	bool undumpable; /* MADV_DONTDUMP was accepted */
};

/* 1 to SF_SECRET_MAX bytes, zeroed. False if there is no memory; a refused lock is not a failure, it shows in .locked. */
bool sf_secret_new(struct sf_secret *s, size_t n);
void sf_secret_free(struct sf_secret *s);
bool sf_secret_relock(struct sf_secret *s);

/* Gives back what lies behind the first n bytes, so that no more is locked than is used: RLIMIT_MEMLOCK may be 64 kB. The guards stay. */
bool sf_secret_shrink(struct sf_secret *s, size_t n);

/* Only reading from here on: a stray write then ends the process instead of changing a key. */
bool sf_secret_seal(struct sf_secret *s);

/* Overwrites, in a way that a compiler doesn't leave out. */
void sf_wipe(void *p, size_t n);

/*
 * Overwrites what the functions that were called before have left on the stack below their caller: OpenSSL cleanses its own
 * buffers, but not what the compiler spilled of an exponent or a key. Enough for the deepest of what is called here (RSA, 12 kB).
 */
void sf_wipe_stack(void);

/* Time depends on n alone. */
bool sf_equal_secret(const void *a, const void *b, size_t n);

/* From the kernel (getrandom(2)); false if it can't give any, which a caller must treat as fatal. */
bool sf_random(void *p, size_t n);

#endif
