#include "salesforce/share.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/shared.h"
#include "crypto/seal.h"

#define ID 64

struct slot {
	char id[ID];
	uint64_t used;
	size_t n; /* 0: free */
	char text[SF_SHARE_TEXT];
};

struct common {
	uint64_t clock;
	struct slot slots[SF_SHARE_SLOTS];
};

struct sf_share {
	struct sf_token_store store;
	struct sf_secret key;
	struct sf_shared *memory; /* a struct common */
	_Atomic(pid_t) pid; /* whose lock the key has; any of its threads may take it anew after a fork */
};

static struct slot *find(struct common *common, struct sf_span id)
{
	for (size_t i = 0; i < SF_SHARE_SLOTS; i++) {
		if (common->slots[i].n && id.n == ID && memcmp(common->slots[i].id, id.p, ID) == 0) {
			common->slots[i].used = ++common->clock;
			return &common->slots[i];
		}
	}
	return NULL;
}

/* A free one, or the one that rested longest. */
static struct slot *make_room(struct common *common)
{
	struct slot *oldest = &common->slots[0];

	for (size_t i = 0; i < SF_SHARE_SLOTS; i++) {
		struct slot *slot = &common->slots[i];

		if (oldest->n && (!slot->n || slot->used < oldest->used)) {
			oldest = slot;
		}
	}
	return oldest;
}

static bool lost(struct sf_failure *failure)
{
	return sf_failure_set(failure, SF_REASON_TOKEN_STORE, SF_ACTION_RETRY, "The memory that the workers share is out of order; restart PHP");
}

static bool load(void *arg, struct sf_span id, struct sf_arena *arena, struct sf_span *text, struct sf_failure *failure)
{
	struct sf_share *share = arg;
	struct common *common;
	struct slot *slot;
	bool ok = true;

	if (share->pid != getpid()) {
		sf_secret_relock(&share->key);
		share->pid = getpid();
	}
	*text = SF_SPAN_NONE;
	common = sf_shared_enter(share->memory);
	if (!common) {
		return lost(failure);
	}
	slot = find(common, id);
	if (slot) {
		ok = sf_arena_copy(arena, (struct sf_span){ slot->text, slot->n }, text);
	}
	sf_shared_leave(share->memory);
	return ok || sf_failure_set(failure, SF_REASON_TOKEN_STORE, SF_ACTION_RETRY, "No memory is left");
}

static void write_slot(struct slot *slot, struct common *common, struct sf_span id, struct sf_span text)
{
	memset(slot, 0, sizeof(*slot));
	if (text.n > 0 && text.n <= SF_SHARE_TEXT) {
		memcpy(slot->id, id.p, ID);
		memcpy(slot->text, text.p, text.n);
		slot->n = text.n;
		slot->used = ++common->clock;
	}
}

static bool replace(void *arg, struct sf_span id, struct sf_span expected, struct sf_span text, bool *done, struct sf_failure *failure)
{
	struct sf_share *share = arg;
	struct common *common = sf_shared_enter(share->memory);
	struct slot *slot;

	if (!common) {
		return lost(failure);
	}
	slot = find(common, id);
	*done = slot ? sf_span_eq((struct sf_span){ slot->text, slot->n }, expected) : !expected.p;
	if (*done) {
		write_slot(slot ? slot : make_room(common), common, id, text);
	}
	sf_shared_leave(share->memory);
	return true;
}

struct sf_share *sf_share_new(void)
{
	struct sf_share *share = calloc(1, sizeof(*share));

	if (!share) {
		return NULL;
	}
	share->pid = getpid();
	share->memory = sf_shared_new(sizeof(struct common));
	if (!share->memory || !sf_secret_new(&share->key, SF_SEAL_KEY_BYTES) || !sf_random(share->key.p, SF_SEAL_KEY_BYTES) || !sf_secret_seal(&share->key)) {
		sf_share_free(share);
		return NULL;
	}
	share->store = (struct sf_token_store){ .arg = share, .key = share->key.p, .load = load, .replace = replace };
	return share;
}

void sf_share_free(struct sf_share *share)
{
	if (share) {
		sf_shared_free(share->memory);
		sf_secret_free(&share->key);
		free(share);
	}
}

const struct sf_token_store *sf_share_store(struct sf_share *share)
{
	return share ? &share->store : NULL;
}
