/*
 * The password rules of a Salesforce org (Setup, Password Policies), so far as they can be judged here. What can't be
 * (the history, the person's names, a list of simple passwords) Salesforce itself refuses, with INVALID_NEW_PASSWORD.
 *
 * Wherever Salesforce's documentation leaves two readings, the stricter one is taken: a password that passes here must
 * not be refused after the person has gone. So the length is counted in Unicode code points (Salesforce, which is Java,
 * may count UTF-16 units, of which there are as many or more), and letters and digits are those of ASCII.
 */
#ifndef SF_PASSWORD_POLICY_H
#define SF_PASSWORD_POLICY_H

#include "base/span.h"

#define SF_POLICY_MIN_LENGTH 5
#define SF_POLICY_MAX_LENGTH 50
#define SF_POLICY_MAX_COMPLEXITY 4

/* What the vault takes. (Salesforce takes 16,000.) */
#define SF_PASSWORD_MAX_BYTES 1024

/* One bit for each rule, in the order in which they are told. */
enum sf_violation {
	SF_TOO_SHORT = 1 << 0,
	SF_TOO_LONG = 1 << 1,
	SF_NEEDS_LETTER = 1 << 2,
	SF_NEEDS_DIGIT = 1 << 3,
	SF_NEEDS_UPPER = 1 << 4,
	SF_NEEDS_LOWER = 1 << 5,
	SF_NEEDS_SPECIAL = 1 << 6,
	SF_CONTAINS_USERNAME = 1 << 7,
	SF_INVALID_CHARACTER = 1 << 8,
	SF_COMMON = 1 << 9, /* on the site's own list; see sf_policy_denied() */
};

struct sf_policy {
	unsigned minimum_length;
	unsigned complexity;
};

#define SF_DENY_LIST_MAX ((size_t)16 * 1024 * 1024)

enum sf_denied {
	SF_DENIED_NOT,
	SF_DENIED,
	SF_DENIED_UNREADABLE, /* no plain file, or too large: nobody may take that for "not denied" */
};

/*
 * Whether a line of this file is the password, capitals or not (of ASCII). The file is read from its beginning each time, so that a change
 * needs no restart: 100,000 lines take a millisecond, and a password is chosen once.
 */
enum sf_denied sf_policy_denied(const char *path, struct sf_span password);

/* The rules that the password breaks (but for SF_COMMON), or 0. An empty username is no rule. */
unsigned sf_policy_check(const struct sf_policy *policy, struct sf_span password, struct sf_span username);

#endif
