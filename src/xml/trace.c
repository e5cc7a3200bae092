#include "xml/trace.h"

void sf_trace_check(struct sf_trace *trace, enum sf_check check)
{
	struct sf_trace_row *row;

	if (!trace) {
		return;
	}
	for (size_t i = 0; i < trace->count; i++) {
		if (trace->rows[i].check == check && trace->rows[i].scope == trace->scope) {
			row = &trace->rows[i];
			goto open;
		}
	}
	/* a row for each check of each scope: there is room */
	row = &trace->rows[trace->count++];
open:
	memset(row, 0, sizeof(*row));
	row->check = check;
	row->scope = trace->scope;
	trace->open = row;
}

void sf_trace_values(struct sf_trace *trace, struct sf_span found, struct sf_span expected)
{
	struct sf_error *e;

	if (!trace || !trace->open) {
		return;
	}
	e = &trace->open->error;
	e->has_found = found.p != NULL;
	e->has_expected = expected.p != NULL;
	sf_error_text(e->found, found);
	sf_error_text(e->expected, expected);
}

void sf_trace_warn(struct sf_trace *trace, unsigned warnings)
{
	if (trace && trace->open && warnings) {
		trace->open->state = SF_CHECK_WARNED;
		trace->open->warnings = warnings;
	}
}

void sf_trace_scope(struct sf_trace *trace, enum sf_scope scope)
{
	if (trace) {
		trace->scope = scope;
	}
}

size_t sf_trace_mark(const struct sf_trace *trace)
{
	return trace ? trace->count : 0;
}

void sf_trace_rewind(struct sf_trace *trace, size_t mark)
{
	if (trace) {
		trace->count = mark;
		trace->open = NULL;
	}
}

void sf_trace_end(struct sf_trace *trace, bool ok, const struct sf_error *error)
{
	if (trace && trace->open && !ok) {
		trace->open->state = SF_CHECK_FAILED;
		trace->open->error = *error;
	}
}
