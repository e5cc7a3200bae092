/* Memory that a process shares with those that it forks later, under one lock. */
#ifndef SF_BASE_SHARED_H
#define SF_BASE_SHARED_H

#include "base/span.h"

struct sf_shared;

/* n bytes, zeroed; NULL if the system has none, or no lock that works between processes. */
struct sf_shared *sf_shared_new(size_t n);

/* Of this process; the others keep theirs. */
void sf_shared_free(struct sf_shared *shared);

/*
 * The memory, which is the caller's until sf_shared_leave(). Zeroed, if a process was killed while it had it: what it was writing may
 * be half there. NULL if the lock is out of order.
 */
void *sf_shared_enter(struct sf_shared *shared);
void sf_shared_leave(struct sf_shared *shared);

#endif
