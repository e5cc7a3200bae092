#include "base/shared.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>

struct sf_shared {
	pthread_mutex_t lock;
	size_t n;
	_Alignas(16) unsigned char memory[];
};

static bool init_lock(pthread_mutex_t *lock)
{
	pthread_mutexattr_t attributes;
	bool ok;

	if (pthread_mutexattr_init(&attributes) != 0) {
		return false;
	}
	/* robust: a worker that is killed while it has the lock must not stop all the others */
	ok = pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0 && pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0
			&& pthread_mutex_init(lock, &attributes) == 0;
	pthread_mutexattr_destroy(&attributes);
	return ok;
}

struct sf_shared *sf_shared_new(size_t n)
{
	struct sf_shared *shared = mmap(NULL, sizeof(*shared) + n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if ((void *)shared == MAP_FAILED) {
		return NULL;
	}
	shared->n = n;
	if (!init_lock(&shared->lock)) {
		sf_shared_free(shared);
		return NULL;
	}
	return shared;
}

void sf_shared_free(struct sf_shared *shared)
{
	if (shared) {
		munmap(shared, sizeof(*shared) + shared->n);
	}
}

void *sf_shared_enter(struct sf_shared *shared)
{
	int result = pthread_mutex_lock(&shared->lock);

	if (result == EOWNERDEAD) {
		memset(shared->memory, 0, shared->n);
		result = pthread_mutex_consistent(&shared->lock);
	}
	return result == 0 ? shared->memory : NULL;
}

void sf_shared_leave(struct sf_shared *shared)
{
	pthread_mutex_unlock(&shared->lock);
}
