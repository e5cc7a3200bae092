/*
 * Record ids: 15 letters and digits of which the case counts, or 18, where the last three say which of the fifteen are capitals
 * (a letter or digit for five of them, the first one lowest).
 */
#ifndef SF_SALESFORCE_ID_H
#define SF_SALESFORCE_ID_H

#include "base/span.h"

#define SF_ID 18
#define SF_ID_SHORT 15

/* The 18 characters of an id that is given as 15 or 18, with a terminator. False if it is none, or if its last three don't fit the rest. */
bool sf_id_read(struct sf_span text, char id[SF_ID + 1]);

#endif
