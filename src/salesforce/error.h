/*
 * What went wrong at Salesforce, and what it asks for. The names and their meaning are those of
 * stubs/salesforce_exception.stub.php; which errorCode asks for what stands in one table in error.c.
 */
#ifndef SF_SALESFORCE_ERROR_H
#define SF_SALESFORCE_ERROR_H

#include "base/arena.h"
#include "base/error.h"
#include "http/http.h"

enum sf_reason {
	SF_REASON_NONE = 0,
	SF_REASON_HOST_NOT_ALLOWED,
	SF_REASON_INVALID_INPUT,
	SF_REASON_KEY_UNUSABLE,
	SF_REASON_SEAL_REFUSED,
	SF_REASON_SEAL_EXPIRED,
	SF_REASON_UNREACHABLE,
	SF_REASON_TLS,
	SF_REASON_TIMED_OUT,
	SF_REASON_BROKEN_ANSWER,
	SF_REASON_AUTHENTICATION,
	SF_REASON_NOT_FOUND,
	SF_REASON_REFUSED,
	SF_REASON_SERVER_ERROR,
	SF_REASON_TOKEN_STORE,
	SF_REASON_REPLAY_EXPIRED,
};

enum sf_action {
	SF_ACTION_RETRY,
	SF_ACTION_PAUSE,
	SF_ACTION_LOOK_UP,
	SF_ACTION_AUTHENTICATE,
	SF_ACTION_TELL_PERSON,
};

#define SF_FAILURE_MESSAGE 601
#define SF_FAILURE_CODE 81
#define SF_FAILURE_FIELDS 16

struct sf_failure {
	enum sf_reason reason;
	enum sf_action action;
	char message[SF_FAILURE_MESSAGE]; /* a sentence for a person */
	char code[SF_FAILURE_CODE];       /* Salesforce's errorCode or OAuth's error; empty if there is none */
	struct sf_span fields[SF_FAILURE_FIELDS]; /* in the arena of the call */
	size_t field_n;
	long http_status; /* 0: no answer */
	long retry_after; /* -1: none */
	bool ambiguous;
};

/* Each returns false. */
bool sf_failure_set(struct sf_failure *f, enum sf_reason reason, enum sf_action action, const char *message);

/* From a failure of the transport: what it is called here, and whether the call may have been carried out. */
bool sf_failure_of_http(struct sf_failure *f, const struct sf_error *error, const struct sf_http_answer *answer);

/* From an answer of the REST API that is not a success. `repeatable`: whether a second arrival would do no harm. */
bool sf_failure_of_answer(struct sf_failure *f, const struct sf_http_answer *answer, bool repeatable, struct sf_arena *arena);

/* From an answer of the token endpoint that is not a success (RFC 6749 §5.2). */
bool sf_failure_of_token(struct sf_failure *f, const struct sf_http_answer *answer, struct sf_arena *arena);

/* From an errorCode alone, as bulk results have it; p == NULL: none. */
void sf_failure_of_code(struct sf_failure *f, struct sf_span code);

/* The sentence, cut at a character's edge, control characters made harmless. */
void sf_failure_message(struct sf_failure *f, struct sf_span text);

/* From one part of an answer, read by somebody else: code and message as they stand there. status: the part's own, or 0. Always false. */
bool sf_failure_of_part(struct sf_failure *f, struct sf_span code, struct sf_span message, long status);

/* 401 INVALID_SESSION_ID, and no other 401: the one error that a new token mends. */
bool sf_failure_is_session(const struct sf_failure *f);

/* The same failure, from an answer that says it in other words. */
bool sf_failure_session(struct sf_failure *f, const struct sf_http_answer *answer);

#endif
