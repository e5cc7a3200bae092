/* Gives a User a password that nobody has seen. */
#ifndef SF_SALESFORCE_PASSWORD_H
#define SF_SALESFORCE_PASSWORD_H

#include "salesforce/api.h"

/*
 * Opens the sealed password. It is called when the User has been found and is active, right before the password
 * is sent, so that the plaintext lives for one round trip. (The vault is another room; whoever calls both hands it in.)
 */
typedef bool (*sf_password_opener)(void *arg, struct sf_secret *password, struct sf_failure *failure);

struct sf_password_call {
	const struct sf_credentials *credentials;
	struct sf_span api_version; /* NN.0 */
	struct sf_span username;    /* that the password was sealed for */
	long timeout_ms;            /* for all of it */
	sf_password_opener open;
	void *open_arg;
};

bool sf_api_set_password(struct sf_api *api, const struct sf_password_call *call, struct sf_arena *arena, struct sf_failure *failure);

#endif
