/*
 * Outbound Messages: what a flow or a workflow rule of Salesforce posts to an address of ours when records change (SOAP API Developer
 * Guide, "Outbound Messaging"; the shape is that of its WSDL), and the answer that it waits for.
 *
 * Nothing in the message is signed. It says which org it comes from, and that is compared; that it really does is for the web server
 * (Salesforce's client certificate) or a secret in the address to say.
 */
#ifndef SF_SALESFORCE_OUTBOUND_H
#define SF_SALESFORCE_OUTBOUND_H

#include "base/arena.h"
#include "salesforce/id.h"
#include "xml/xml.h"

#define SF_OUTBOUND_NOTIFICATIONS_MAX 100 /* by the WSDL */
#define SF_OUTBOUND_DEPTH 8               /* a field of an sObject is at 6 */
#define SF_OUTBOUND_NAME_MAX 255          /* bytes of an object's or a field's name */

/* Besides those of xml/reason.h. */
enum sf_outbound_code {
	SF_OUTBOUND_ORGANIZATION = 1000, /* of another org */
	SF_OUTBOUND_TOO_MANY,            /* notifications */
	SF_OUTBOUND_TYPE,                /* the sObject says no type, or one of another namespace */
	SF_OUTBOUND_DUPLICATE_FIELD,
};

struct sf_outbound_field {
	struct sf_span name;
	struct sf_span value; /* as XML Schema writes it */
	bool nil;             /* said to be null; most often a field that is null isn't there at all */
};

struct sf_outbound_notification {
	char id[SF_ID + 1];        /* the same when it comes again */
	char record_id[SF_ID + 1]; /* the sObject's Id */
	struct sf_span object;     /* its API name */
	const struct sf_outbound_field *fields; /* Id is one of them */
	size_t field_n;
};

struct sf_outbound {
	char organization_id[SF_ID + 1];
	char action_id[SF_ID + 1];
	struct sf_outbound_notification notifications[SF_OUTBOUND_NOTIFICATIONS_MAX];
	size_t n;
};

/* The arena that any message within the limits can do with. */
#define SF_OUTBOUND_ARENA(limits) (2 * (limits)->bytes + 128 * (limits)->nodes + ((size_t)64 << 10))

/*
 * The spans point into *doc, which is freed with sf_xml_free(), and the arena. The organization is ours, 15 or 18 characters. The
 * SessionId and the addresses to call back to are passed over: nothing in an unsigned message is a reason to send a token anywhere.
 */
bool sf_outbound_parse(struct sf_span soap, struct sf_span organization, const struct sf_xml_limits *limits, struct sf_arena *arena,
		struct sf_xml_doc **doc, struct sf_outbound *out, struct sf_error *error);

/* The answer: true takes a message off Salesforce's queue, and everything else brings it again. */
struct sf_span sf_outbound_acknowledgement(bool accepted);

#endif
