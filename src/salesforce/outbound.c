#include "salesforce/outbound.h"

#include <stdlib.h>

#define NS_SOAP "http://schemas.xmlsoap.org/soap/envelope/"
#define NS_OUTBOUND "http://soap.sforce.com/2005/09/outbound"
#define NS_SOBJECT "urn:sobject.enterprise.soap.sforce.com"
#define NS_XSI "http://www.w3.org/2001/XMLSchema-instance"

/* One pass over the children of an element, in the order that the WSDL demands. */
struct reader {
	struct sf_xml_node *at; /* the next child, or NULL */
	struct sf_arena *arena;
	struct sf_error *error;
};

static bool open_element(struct reader *r, const struct sf_xml_node *node)
{
	r->at = sf_xml_first(node);
	return sf_xml_no_stray_text(node) || sf_fail_found(r->error, SF_UNEXPECTED_ELEMENT, "text", sf_xml_name(node));
}

static bool is_next(const struct reader *r, const char *name)
{
	return r->at && sf_xml_is(r->at, NS_OUTBOUND, name);
}

/* After the last child that is known. */
static bool at_end(const struct reader *r, const char *where)
{
	return !r->at || sf_fail_found(r->error, SF_UNEXPECTED_ELEMENT, where, sf_xml_name(r->at));
}

static bool missing(const struct reader *r, const char *name)
{
	return r->at ? sf_fail_both(r->error, SF_UNEXPECTED_ELEMENT, name, sf_xml_name(r->at), sf_span_of(name)) : sf_fail(r->error, SF_MISSING_ELEMENT, name);
}

static bool take_id(struct reader *r, const char *name, char id[SF_ID + 1])
{
	struct sf_span text;

	if (!is_next(r, name)) {
		return missing(r, name);
	}
	if (!sf_xml_text(r->at, SF_TEXT_WHOLE, r->arena, &text)) {
		return sf_fail(r->error, SF_UNEXPECTED_ELEMENT, name);
	}
	text = sf_span_trim(text);
	if (!sf_id_read(text, id)) {
		return sf_fail_found(r->error, SF_INVALID_ID, name, text);
	}
	r->at = sf_xml_next(r->at);
	return true;
}

/* What may be there once and is not looked into, but that no element hides in it. */
static bool pass_over(struct reader *r, const char *name)
{
	if (!is_next(r, name)) {
		return true;
	}
	if (sf_xml_first(r->at)) {
		return sf_fail(r->error, SF_UNEXPECTED_ELEMENT, name);
	}
	r->at = sf_xml_next(r->at);
	return true;
}

/* ---- an sObject ---- */

static bool is_api_name(struct sf_span s)
{
	if (s.n == 0 || s.n > SF_OUTBOUND_NAME_MAX || (s.p[0] >= '0' && s.p[0] <= '9') || s.p[0] == '_') {
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
			return false;
		}
	}
	return true;
}

struct marks {
	struct sf_span type; /* xsi:type */
	struct sf_span nil;  /* xsi:nil */
};

static bool take_mark(void *arg, struct sf_span ns, struct sf_span name, struct sf_span value)
{
	struct marks *marks = arg;

	if (!sf_span_is(ns, NS_XSI)) {
		return false;
	}
	if (sf_span_is(name, "type")) {
		marks->type = sf_span_trim(value);
	} else if (sf_span_is(name, "nil")) {
		marks->nil = sf_span_trim(value);
	} else {
		return false;
	}
	return true;
}

struct prefix {
	struct sf_span name;
	bool known; /* it means the namespace of sObjects */
};

static bool look_for_prefix(void *arg, struct sf_span prefix, struct sf_span name)
{
	struct prefix *wanted = arg;

	if (sf_span_eq(prefix, wanted->name)) {
		wanted->known = sf_span_is(name, NS_SOBJECT);
	}
	return true;
}

/* `sf:Contact`, whatever the prefix is called, as long as it means the namespace of sObjects there. */
static bool read_type(const struct sf_xml_node *node, struct sf_span *object, struct sf_error *error)
{
	struct marks marks = { 0 };
	struct prefix prefix = { 0 };
	const char *colon;

	if (!sf_xml_attributes(node, take_mark, &marks) || marks.nil.p || !marks.type.p) {
		return sf_fail(error, SF_OUTBOUND_TYPE, "sObject");
	}
	*object = marks.type;
	colon = memchr(marks.type.p, ':', marks.type.n);
	if (colon) {
		prefix.name = (struct sf_span){ marks.type.p, (size_t)(colon - marks.type.p) };
		*object = (struct sf_span){ colon + 1, marks.type.n - prefix.name.n - 1 };
	}
	if ((colon && prefix.name.n == 0) || !sf_xml_namespaces(node, look_for_prefix, &prefix) || !prefix.known || !is_api_name(*object)) {
		return sf_fail_found(error, SF_OUTBOUND_TYPE, "sObject", marks.type);
	}
	return true;
}

static bool read_field(const struct sf_xml_node *node, struct sf_arena *arena, struct sf_outbound_field *field, struct sf_error *error)
{
	struct marks marks = { 0 };

	field->name = sf_xml_name(node);
	if (!sf_xml_in(node, NS_SOBJECT) || !is_api_name(field->name)) {
		return sf_fail_found(error, SF_UNEXPECTED_ELEMENT, "sObject", field->name);
	}
	if (!sf_xml_attributes(node, take_mark, &marks)) {
		return sf_fail_found(error, SF_UNEXPECTED_ATTRIBUTE, "sObject", field->name);
	}
	if (!sf_xml_text(node, SF_TEXT_WHOLE, arena, &field->value)) {
		return sf_fail_found(error, SF_UNEXPECTED_ELEMENT, "sObject", field->name);
	}
	field->nil = sf_span_is(marks.nil, "true") || sf_span_is(marks.nil, "1");
	if ((marks.nil.p && !field->nil && !sf_span_is(marks.nil, "false") && !sf_span_is(marks.nil, "0")) || (field->nil && field->value.n)) {
		return sf_fail_found(error, SF_UNEXPECTED_ATTRIBUTE, "sObject", field->name);
	}
	return true;
}

static int compare_names(const void *a, const void *b)
{
	const struct sf_span *x = a, *y = b;
	int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return order ? order : (x->n > y->n) - (x->n < y->n);
}

/* Of two values of one field, one reader takes the first and another the last. By a sort: the message says how many there are. */
static bool no_field_twice(const struct sf_outbound_notification *n, struct sf_arena *arena, struct sf_error *error)
{
	struct sf_span *names = sf_arena_zalloc(arena, n->field_n, sizeof(*names));

	if (!names) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	for (size_t i = 0; i < n->field_n; i++) {
		names[i] = n->fields[i].name;
	}
	qsort(names, n->field_n, sizeof(*names), compare_names);
	for (size_t i = 1; i < n->field_n; i++) {
		if (sf_span_eq(names[i - 1], names[i])) {
			return sf_fail_found(error, SF_OUTBOUND_DUPLICATE_FIELD, "sObject", names[i]);
		}
	}
	return true;
}

static bool find_record_id(struct sf_outbound_notification *n, struct sf_error *error)
{
	for (size_t i = 0; i < n->field_n; i++) {
		if (sf_span_is(n->fields[i].name, "Id")) {
			return (!n->fields[i].nil && sf_id_read(n->fields[i].value, n->record_id)) || sf_fail_found(error, SF_INVALID_ID, "sObject", n->fields[i].value);
		}
	}
	return sf_fail(error, SF_MISSING_ELEMENT, "sObject/Id");
}

static bool read_sobject(const struct sf_xml_node *node, struct sf_arena *arena, struct sf_outbound_notification *n, struct sf_error *error)
{
	struct reader r = { .arena = arena, .error = error };
	struct sf_outbound_field *fields;

	if (!read_type(node, &n->object, error) || !open_element(&r, node)) {
		return false;
	}
	for (const struct sf_xml_node *at = r.at; at; at = sf_xml_next(at)) {
		n->field_n++;
	}
	fields = sf_arena_zalloc(arena, n->field_n, sizeof(*fields));
	if (!fields) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	n->fields = fields;
	for (; r.at; r.at = sf_xml_next(r.at)) {
		if (!read_field(r.at, arena, fields++, error)) {
			return false;
		}
	}
	return no_field_twice(n, arena, error) && find_record_id(n, error);
}

/* ---- the message ---- */

static bool read_notification(const struct sf_xml_node *node, struct sf_arena *arena, struct sf_outbound_notification *n, struct sf_error *error)
{
	struct reader r = { .arena = arena, .error = error };

	if (!open_element(&r, node) || !take_id(&r, "Id", n->id)) {
		return false;
	}
	if (!is_next(&r, "sObject")) {
		return missing(&r, "sObject");
	}
	if (!read_sobject(r.at, arena, n, error)) {
		return false;
	}
	r.at = sf_xml_next(r.at);
	return at_end(&r, "Notification");
}

static bool is_id_known(const struct sf_outbound *out, const char id[SF_ID + 1])
{
	for (size_t i = 0; i < out->n; i++) {
		if (memcmp(out->notifications[i].id, id, SF_ID) == 0) {
			return true;
		}
	}
	return false;
}

static bool read_notifications(struct reader *r, struct sf_outbound *out)
{
	if (!is_next(r, "Notification")) {
		return missing(r, "Notification");
	}
	for (; is_next(r, "Notification"); r->at = sf_xml_next(r->at)) {
		struct sf_outbound_notification *n;

		if (out->n == SF_OUTBOUND_NOTIFICATIONS_MAX) {
			return sf_fail(r->error, SF_OUTBOUND_TOO_MANY, "Notification");
		}
		n = &out->notifications[out->n];
		if (!read_notification(r->at, r->arena, n, r->error)) {
			return false;
		}
		if (is_id_known(out, n->id)) {
			return sf_fail_found(r->error, SF_DUPLICATE_ID, "Notification", sf_span_of(n->id));
		}
		out->n++;
	}
	return at_end(r, "notifications");
}

/* The one child of the one Body. Salesforce sends no Header, and one that had to be understood would not be. */
static bool open_envelope(struct sf_xml_doc *doc, struct sf_xml_node **message, struct sf_error *error)
{
	struct sf_xml_node *root = sf_xml_root(doc), *body = sf_xml_first(root);

	if (!sf_xml_is(root, NS_SOAP, "Envelope")) {
		return sf_fail_found(error, SF_SOAP_INVALID, "document", sf_xml_name(root));
	}
	if (!body || !sf_xml_is(body, NS_SOAP, "Body") || sf_xml_next(body) || !sf_xml_no_stray_text(root) || !sf_xml_no_stray_text(body)) {
		return sf_fail(error, SF_SOAP_INVALID, "Body");
	}
	*message = sf_xml_first(body);
	if (!*message || sf_xml_next(*message)) {
		return sf_fail(error, SF_SOAP_INVALID, "Body");
	}
	if (!sf_xml_is(*message, NS_OUTBOUND, "notifications")) {
		return sf_fail_both(error, SF_SOAP_INVALID, "Body", sf_xml_name(*message), SF_SPAN_LIT("notifications"));
	}
	return true;
}

static bool read_message(struct sf_xml_doc *doc, const char organization[SF_ID + 1], struct sf_arena *arena, struct sf_outbound *out, struct sf_error *error)
{
	struct reader r = { .arena = arena, .error = error };
	struct sf_xml_node *message = NULL;

	if (!open_envelope(doc, &message, error) || !open_element(&r, message) || !take_id(&r, "OrganizationId", out->organization_id)) {
		return false;
	}
	if (memcmp(out->organization_id, organization, SF_ID) != 0) {
		return sf_fail_both(error, SF_OUTBOUND_ORGANIZATION, "OrganizationId", sf_span_of(out->organization_id), sf_span_of(organization));
	}
	return take_id(&r, "ActionId", out->action_id) && pass_over(&r, "SessionId") && pass_over(&r, "EnterpriseUrl") && pass_over(&r, "PartnerUrl")
			&& read_notifications(&r, out);
}

bool sf_outbound_parse(struct sf_span soap, struct sf_span organization, const struct sf_xml_limits *limits, struct sf_arena *arena,
		struct sf_xml_doc **doc, struct sf_outbound *out, struct sf_error *error)
{
	char ours[SF_ID + 1];

	memset(out, 0, sizeof(*out));
	*doc = NULL;
	if (!sf_id_read(organization, ours) || memcmp(ours, "00D", 3) != 0) {
		return sf_fail_found(error, SF_INVALID_ID, "organization", organization);
	}
	if (!sf_xml_parse(soap, limits, doc, error)) {
		*doc = NULL;
		return false;
	}
	if (!read_message(*doc, ours, arena, out, error)) {
		sf_xml_free(*doc);
		*doc = NULL;
		return false;
	}
	return true;
}

#define ACKNOWLEDGEMENT(word) SF_SPAN_LIT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soapenv:Envelope xmlns:soapenv=\"" NS_SOAP "\"><soapenv:Body>" \
	"<notificationsResponse xmlns=\"" NS_OUTBOUND "\"><Ack>" word "</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>")

struct sf_span sf_outbound_acknowledgement(bool accepted)
{
	return accepted ? ACKNOWLEDGEMENT("true") : ACKNOWLEDGEMENT("false");
}
