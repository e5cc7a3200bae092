/*
 * Change events by long polling: a conversation with Salesforce's CometD server that finds its way back whatever happens to it. The server
 * forgets what it has given away, whether it arrived or not; so after anything that went wrong the session is given up, and a new one
 * begins behind the last event that was taken. What comes a second time then is passed over by its replay id.
 */
#ifndef SF_SALESFORCE_CHANGES_H
#define SF_SALESFORCE_CHANGES_H

#include "salesforce/api.h"
#include "salesforce/bayeux.h"

#define SF_CHANGES_CHANNELS 50
#define SF_CHANGES_COOKIES 4096 /* bytes of all of them */
#define SF_CHANGES_HOLD_MS 15000 /* how long one request is held at most: so late somebody notices that he should stop */
#define SF_CHANGES_TRIES 6      /* in a row, before a failure is told */
#define SF_REPLAY_NEW (-1)      /* only what comes from now on */
#define SF_REPLAY_ALL (-2)      /* whatever is still there */

struct sf_changes_channel {
	char name[SF_BAYEUX_CHANNEL + 1];
	int64_t replay; /* of the last event that was taken, or what was asked for */
};

struct sf_changes {
	struct sf_api *api;
	const struct sf_credentials *credentials;
	char path[16]; /* /cometd/NN.0 */
	long timeout_ms; /* of a request that is not held */
	long connect_ms;
	struct sf_changes_channel channels[SF_CHANGES_CHANNELS];
	size_t channel_n;

	/* the session; nothing of it is kept anywhere else */
	char client_id[SF_BAYEUX_CLIENT_ID + 1]; /* empty: none */
	char cookies[SF_CHANGES_COOKIES + 16];   /* the whole header line; empty: none */
	unsigned long next_id;
	bool holds_too_long;                      /* the server doesn't do as the connect says */
	long held_ms;                             /* what it says that it does */
	long interval_ms;                         /* to wait before the next connect */
	int failed;                               /* how often in a row */
};

/* False ends the delivery: what is left comes again with the next session. */
typedef bool (*sf_changes_take)(void *arg, const struct sf_bayeux_event *event);

/*
 * One round of at most hold_ms and what a handshake needs: makes a session if there is none, asks for events, and hands them over in order, each
 * once. True although nothing came, and although it went wrong in a way that the next round can mend; false when somebody must know.
 * *pause_ms is how long to wait before the next round.
 */
bool sf_changes_poll(struct sf_changes *c, long hold_ms, sf_changes_take take, void *arg, struct sf_arena *arena, long *pause_ms, struct sf_failure *failure);

/* Tells the server that it may forget the session; if that fails, it will forget it anyway. */
void sf_changes_end(struct sf_changes *c, struct sf_arena *arena);

/*
 * Of `com/salesforce/api/rest/67.0;client=NAME`, whether NAME is this one.
 */
bool sf_changes_origin_is(struct sf_span origin, struct sf_span client);

#endif
