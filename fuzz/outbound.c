/* Outbound Messages of Salesforce: whatever is taken keeps what the header promises. */
#include "forge.h"

#include "salesforce/outbound.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_notification(const struct sf_outbound *message, size_t i)
{
	const struct sf_outbound_notification *n = &message->notifications[i];
	char id[SF_ID + 1];
	bool has_id = false;

	MUST(sf_id_read(sf_span_of(n->id), id) && sf_id_read(sf_span_of(n->record_id), id) && n->object.n && n->object.n <= SF_OUTBOUND_NAME_MAX);
	for (size_t k = 0; k < i; k++) {
		MUST(memcmp(message->notifications[k].id, n->id, SF_ID) != 0);
	}
	for (size_t f = 0; f < n->field_n; f++) {
		MUST(n->fields[f].name.n && n->fields[f].name.n <= SF_OUTBOUND_NAME_MAX && (!n->fields[f].nil || n->fields[f].value.n == 0));
		has_id |= sf_span_is(n->fields[f].name, "Id");
		for (size_t g = 0; g < f; g++) {
			MUST(!sf_span_eq(n->fields[f].name, n->fields[g].name));
		}
	}
	MUST(has_id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct sf_xml_limits limits = { .bytes = 65536, .depth = SF_OUTBOUND_DEPTH, .nodes = 2000, .attributes = 16, .namespaces = 200, .scope = 32 };
	static struct sf_outbound message;
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;
	struct sf_arena arena;

	sf_arena_init(&arena, SF_OUTBOUND_ARENA(&limits));
	if (sf_outbound_parse((struct sf_span){ (const char *)data, size }, SF_SPAN_LIT("00Dx00000000001EAA"), &limits, &arena, &doc, &message, &error)) {
		MUST(doc && message.n >= 1 && message.n <= SF_OUTBOUND_NOTIFICATIONS_MAX && strcmp(message.organization_id, "00Dx00000000001EAA") == 0);
		for (size_t i = 0; i < message.n; i++) {
			check_notification(&message, i);
		}
		sf_xml_free(doc);
	} else {
		MUST(error.code != 0 && error.code != SF_INTERNAL && !doc);
	}
	sf_arena_free(&arena);
	return 0;
}
