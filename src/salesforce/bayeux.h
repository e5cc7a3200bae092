/*
 * The messages of Bayeux 1.0 (CometD) by long polling, as far as Salesforce's Streaming API speaks it: those that are sent, and what comes back.
 */
#ifndef SF_SALESFORCE_BAYEUX_H
#define SF_SALESFORCE_BAYEUX_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define SF_BAYEUX_CLIENT_ID 128 /* bytes, at most */
#define SF_BAYEUX_CHANNEL 255
#define SF_BAYEUX_ERROR 400 /* of an error's text, cut */

enum sf_bayeux_reconnect {
	SF_BAYEUX_UNSAID = 0,
	SF_BAYEUX_RETRY,
	SF_BAYEUX_HANDSHAKE,
	SF_BAYEUX_NONE,
};

/* What answers one meta message. The texts are in the arena. */
struct sf_bayeux_reply {
	bool seen;
	bool successful;
	struct sf_span client_id;
	struct sf_span error;          /* `403::Unknown client`; p == NULL: none */
	struct sf_span failure_reason; /* ext.sfdc.failureReason, what is behind a handshake that was denied */
	enum sf_bayeux_reconnect reconnect;
	long interval_ms; /* -1: not said */
	long timeout_ms;
};

/* An event. Both are parts of the answer: the channel is decoded into the arena, data is JSON. */
struct sf_bayeux_event {
	struct sf_span channel;
	struct sf_span data;
	int64_t replay_id; /* data.event.replayId, or -1 if there is none */
};

/* False ends the reading; nothing else is made of it. */
typedef bool (*sf_bayeux_take)(void *arg, const struct sf_bayeux_event *event);

/*
 * An answer: the reply to a message on `channel` (and, for a subscription, to that of this name), and the events beside it, in their order.
 * False if it is not JSON of that shape. (No arena can be too small: then it is false too.)
 */
bool sf_bayeux_read(struct sf_span body, const char *channel, struct sf_span subscription, struct sf_arena *arena, struct sf_bayeux_reply *reply,
		sf_bayeux_take take, void *arg);

/* The three digits at the front of an error, or 0. */
int sf_bayeux_code(struct sf_span error);

/* Each appends a whole body: a list of one message. The texts are ASCII without quotes and backslashes. */
void sf_bayeux_handshake(struct sf_buf *buf, unsigned long id);
void sf_bayeux_subscribe(struct sf_buf *buf, unsigned long id, struct sf_span client_id, struct sf_span channel, int64_t replay);
void sf_bayeux_connect(struct sf_buf *buf, unsigned long id, struct sf_span client_id, long timeout_ms);
void sf_bayeux_disconnect(struct sf_buf *buf, unsigned long id, struct sf_span client_id);

/* `/data/ContactChangeEvent`, `/event/Order__e`: two or more names of letters, digits and underscores. */
bool sf_bayeux_channel_valid(struct sf_span channel);

#endif
