#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#define BLOCK_MIN ((size_t)16 * 1024)
#define ALIGN ((size_t)16)

struct sf_arena_block {
	struct sf_arena_block *next;
	size_t size;
	size_t used;
	alignas(16) char data[];
};

void sf_arena_init(struct sf_arena *a, size_t cap)
{
	a->blocks = NULL;
	a->used = 0;
	a->cap = cap;
}

void sf_arena_free(struct sf_arena *a)
{
	struct sf_arena_block *b = a->blocks;

	while (b) {
		struct sf_arena_block *next = b->next;
		free(b);
		b = next;
	}
	a->blocks = NULL;
	a->used = 0;
}

void *sf_arena_alloc(struct sf_arena *a, size_t n)
{
	struct sf_arena_block *b = a->blocks;

	if (n > SIZE_MAX - ALIGN - sizeof(*b)) {
		return NULL;
	}
	n = (n + ALIGN - 1) & ~(ALIGN - 1);
	if (!b || b->size - b->used < n) {
		size_t size = n > BLOCK_MIN ? n : BLOCK_MIN;

		if (size > a->cap - a->used) {
			return NULL;
		}
		b = malloc(sizeof(*b) + size);
		if (!b) {
			return NULL;
		}
		b->next = a->blocks;
		b->size = size;
		b->used = 0;
		a->blocks = b;
		a->used += size;
	}
	void *p = b->data + b->used;
	b->used += n;
	return p;
}

void *sf_arena_zalloc(struct sf_arena *a, size_t count, size_t size)
{
	void *p;

	if (size != 0 && count > SIZE_MAX / size) {
		return NULL;
	}
	p = sf_arena_alloc(a, count * size);
	if (p) {
		memset(p, 0, count * size);
	}
	return p;
}

bool sf_arena_copy(struct sf_arena *a, struct sf_span from, struct sf_span *to)
{
	char *p;

	if (from.n == SIZE_MAX || !(p = sf_arena_alloc(a, from.n + 1))) {
		return false;
	}
	if (from.n) {
		memcpy(p, from.p, from.n);
	}
	p[from.n] = '\0';
	to->p = p;
	to->n = from.n;
	return true;
}
