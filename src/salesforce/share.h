/*
 * The token store of one machine: memory that is made before the workers are forked, so that FPM's or Apache's share one token.
 * What is in it is sealed with a key that is made at the same time and that every worker inherits, in locked memory.
 */
#ifndef SF_SALESFORCE_SHARE_H
#define SF_SALESFORCE_SHARE_H

#include "salesforce/api.h"

#define SF_SHARE_SLOTS 16
#define SF_SHARE_TEXT 8000 /* a longer text is not shared: each worker then asks for a token of its own */

struct sf_share;

/* NULL if the memory fails: then nothing is shared, and nothing else is different. */
struct sf_share *sf_share_new(void);
void sf_share_free(struct sf_share *share);

const struct sf_token_store *sf_share_store(struct sf_share *share);

#endif
