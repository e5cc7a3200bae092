/* Samlforce\Salesforce\OutboundMessage, OutboundMessageException and OutboundMessageReason. */
#include "php_samlforce.h"

#include "zend_attributes.h"
#include "zend_enum.h"
#include "zend_smart_str.h"

#include "salesforce/outbound.h"

#include "outbound_message_arginfo.h"

static zend_class_entry *ce_message, *ce_exception, *ce_reason;

/* ---- what is wrong with it ---- */

static const struct {
	int code;
	const char *name, *sentence;
} refusals[] = {
	{ SF_TOO_LARGE, "TooLarge", "The message is larger than allowed (samlforce.outbound.max_bytes)" },
	{ SF_NOT_UTF8, "NotUtf8", "The message is not UTF-8" },
	{ SF_NOT_WELL_FORMED, "NotWellFormed", "The message is not well-formed XML" },
	{ SF_DOCTYPE, "Doctype", "The message has a document type, which Salesforce never sends" },
	{ SF_PROCESSING_INSTRUCTION, "ProcessingInstruction", "The message has a processing instruction, which Salesforce never sends" },
	{ SF_TOO_DEEP, "TooDeep", "The message is nested deeper than an Outbound Message is" },
	{ SF_TOO_MANY_NODES, "TooManyNodes", "The message has more elements and attributes than allowed (samlforce.outbound.max_nodes)" },
	{ SF_TOO_MANY_ATTRIBUTES, "TooManyAttributes", "An element has more attributes than Salesforce ever sends" },
	{ SF_TOO_MANY_NAMESPACES, "TooManyNamespaces", "The message declares more namespaces than Salesforce ever sends" },
	{ SF_INVALID_NAMESPACE, "InvalidNamespace", "A namespace name is not an absolute URI" },
	{ SF_SOAP_INVALID, "SoapInvalid", "This is no SOAP 1.1 envelope around the notifications of an Outbound Message" },
	{ SF_UNEXPECTED_ELEMENT, "UnexpectedElement", "Something stands where it must not stand" },
	{ SF_UNEXPECTED_ATTRIBUTE, "UnexpectedAttribute", "An attribute stands where it must not stand" },
	{ SF_MISSING_ELEMENT, "MissingElement", "An element that every Outbound Message has is missing" },
	{ SF_INVALID_ID, "InvalidId", "This is no Salesforce id" },
	{ SF_DUPLICATE_ID, "DuplicateId", "Two notifications have the same Id" },
	{ SF_OUTBOUND_DUPLICATE_FIELD, "DuplicateField", "A record has the same field twice" },
	{ SF_OUTBOUND_TYPE, "TypeInvalid", "The record doesn't say which object it is of" },
	{ SF_OUTBOUND_TOO_MANY, "TooManyNotifications", "The message has more than 100 notifications" },
	{ SF_OUTBOUND_ORGANIZATION, "OrganizationMismatch", "The message comes from another Salesforce org than the one that may send here" },
	{ SF_INTERNAL, "Internal", "Something failed inside; the error log of the server may say more" },
};

static void throw_refusal(const struct sf_error *error)
{
	size_t i = 0, last = sizeof(refusals) / sizeof(refusals[0]) - 1;
	smart_str detail = { 0 };
	zend_object *object;

	while (i < last && refusals[i].code != error->code) {
		i++;
	}
	smart_str_appends(&detail, refusals[i].sentence);
	if (error->where[0]) {
		smart_str_append_printf(&detail, " (%s", error->where);
		if (error->has_found && error->found[0]) {
			smart_str_append_printf(&detail, ": found \"%s\"", error->found);
		}
		if (error->has_expected && error->expected[0]) {
			smart_str_append_printf(&detail, "%s expected \"%s\"", error->has_found && error->found[0] ? "," : ":", error->expected);
		}
		smart_str_appendc(&detail, ')');
	}
	smart_str_appendc(&detail, '.');
	smart_str_0(&detail);
	object = sf_throw(ce_exception, ce_reason, refusals[i].name, "%s", ZSTR_VAL(detail.s));
	smart_str_free(&detail);
	if (!object) {
		return;
	}
	sf_init_string_or_null(object, "found", error->has_found && error->found[0] ? sf_span_of(error->found) : SF_SPAN_NONE);
	sf_init_string_or_null(object, "expected", error->has_expected && error->expected[0] ? sf_span_of(error->expected) : SF_SPAN_NONE);
}

/* ---- what is in it ---- */

static void fields_to_zval(const struct sf_outbound_notification *n, zval *fields)
{
	array_init_size(fields, (uint32_t)n->field_n);
	for (size_t i = 0; i < n->field_n; i++) {
		const struct sf_outbound_field *field = &n->fields[i];
		zval value;

		if (field->nil) {
			ZVAL_NULL(&value);
		} else {
			ZVAL_STRINGL_FAST(&value, field->value.p, field->value.n);
		}
		/* (no name of a field is a number: it begins with a letter) */
		zend_hash_str_update(Z_ARRVAL_P(fields), field->name.p, field->name.n, &value);
	}
}

static void notifications_to_zval(const struct sf_outbound *message, zval *list)
{
	array_init_size(list, (uint32_t)message->n);
	for (size_t i = 0; i < message->n; i++) {
		const struct sf_outbound_notification *n = &message->notifications[i];
		zval row, fields;

		array_init_size(&row, 4);
		add_assoc_stringl(&row, "id", n->id, SF_ID);
		add_assoc_stringl(&row, "object", n->object.p, n->object.n);
		add_assoc_stringl(&row, "recordId", n->record_id, SF_ID);
		fields_to_zval(n, &fields);
		add_assoc_zval(&row, "fields", &fields);
		add_next_index_zval(list, &row);
	}
}

static void message_to_zval(zval *return_value, const struct sf_outbound *message)
{
	zend_object *object;
	zval list;

	object_init_ex(return_value, ce_message);
	object = Z_OBJ_P(return_value);
	sf_init_string(object, "organizationId", sf_span_of(message->organization_id));
	sf_init_string(object, "actionId", sf_span_of(message->action_id));
	notifications_to_zval(message, &list);
	sf_init_property(object, "notifications", &list);
}

/* ---- the class ---- */

static struct sf_xml_limits limits(void)
{
	/* The ceilings keep sums far from an overflow. What a message has of attributes and namespaces is Salesforce's choice, and little. */
	struct sf_xml_limits l = {
		.bytes = MIN((size_t)SF_G(outbound).max_bytes, (size_t)64 * 1024 * 1024),
		.depth = SF_OUTBOUND_DEPTH,
		.nodes = MIN((size_t)SF_G(outbound).max_nodes, (size_t)4 * 1024 * 1024),
		.attributes = 16,
		.namespaces = 2000,
		.scope = 64,
	};

	return l;
}

ZEND_METHOD(Samlforce_Salesforce_OutboundMessage, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Salesforce_OutboundMessage, parse)
{
	struct sf_xml_limits l = limits();
	zend_string *soap, *organization;
	struct sf_outbound *message;
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;
	struct sf_arena arena;
	char id[SF_ID + 1];

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(soap)
		Z_PARAM_STR(organization)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_id_read((struct sf_span){ ZSTR_VAL(organization), ZSTR_LEN(organization) }, id) || memcmp(id, "00D", 3) != 0) {
		zend_argument_value_error(2, "must be the id of an org: 15 or 18 letters and digits that begin with 00D, with the case as Salesforce shows it");
		RETURN_THROWS();
	}
	message = emalloc(sizeof(*message)); /* too much for the stack of a small thread */
	sf_arena_init(&arena, SF_OUTBOUND_ARENA(&l));
	if (sf_outbound_parse((struct sf_span){ ZSTR_VAL(soap), ZSTR_LEN(soap) }, sf_span_of(id), &l, &arena, &doc, message, &error)) {
		/* what PHP's memory limit is too low for ends the request, and must not stay in the worker for ever */
		zend_try {
			message_to_zval(return_value, message);
		} zend_catch {
			sf_xml_free(doc);
			sf_arena_free(&arena);
			zend_bailout();
		} zend_end_try();
		sf_xml_free(doc);
	} else {
		throw_refusal(&error);
	}
	sf_arena_free(&arena);
	efree(message);
}

ZEND_METHOD(Samlforce_Salesforce_OutboundMessage, acknowledgement)
{
	struct sf_span answer;
	bool accepted;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_BOOL(accepted)
	ZEND_PARSE_PARAMETERS_END();
	answer = sf_outbound_acknowledgement(accepted);
	RETURN_STRINGL(answer.p, answer.n);
}

void sf_register_outbound_message(void)
{
	ce_reason = register_class_Samlforce_Salesforce_OutboundMessageReason();
	ce_exception = register_class_Samlforce_Salesforce_OutboundMessageException(sf_ce_exception);
	ce_message = register_class_Samlforce_Salesforce_OutboundMessage();
}
