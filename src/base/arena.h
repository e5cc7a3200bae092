/*
 * Memory that is given back all at once. Whoever calls the core makes an arena, with a cap on what the whole
 * call may use, and frees it when the results have been read.
 */
#ifndef SF_BASE_ARENA_H
#define SF_BASE_ARENA_H

#include "base/span.h"

struct sf_arena_block;

struct sf_arena {
	struct sf_arena_block *blocks; /* newest first */
	size_t used;                   /* bytes had from the system */
	size_t cap;
};

void sf_arena_init(struct sf_arena *a, size_t cap);
void sf_arena_free(struct sf_arena *a);

/* 16-byte aligned and not zeroed; NULL when the cap is reached or the system has none left. n == 0 gives a valid pointer. */
void *sf_arena_alloc(struct sf_arena *a, size_t n);

/* The same, zeroed, for count items; NULL on overflow. */
void *sf_arena_zalloc(struct sf_arena *a, size_t count, size_t size);

/* A copy with a terminator behind it (not counted in n). False when the arena is full. */
bool sf_arena_copy(struct sf_arena *a, struct sf_span from, struct sf_span *to);

#endif
