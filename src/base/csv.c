#include "base/csv.h"

#include "base/text.h"

static const char mark[3] = { '\xEF', '\xBB', '\xBF' };

/* ---- writing ---- */

void sf_csv_writer_init(struct sf_csv_writer *w, struct sf_buf *out)
{
	w->out = out;
	w->fields = 0;
	w->blank = false;
}

/* What a reader would take for something else (RFC 4180 §2.6), or leave away: white space at an end, a byte order mark. */
static bool needs_quotes(struct sf_span s)
{
	if (s.n == 0) {
		return false;
	}
	if (s.p[0] == ' ' || s.p[0] == '\t' || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || sf_span_starts(s, (struct sf_span){ mark, sizeof(mark) })) {
		return true;
	}
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r') {
			return true;
		}
	}
	return false;
}

static void write_quoted(struct sf_buf *out, struct sf_span s)
{
	sf_buf_char(out, '"');
	while (s.n > 0) {
		const char *quote = memchr(s.p, '"', s.n);
		size_t n = quote ? (size_t)(quote - s.p) + 1 : s.n;

		sf_buf_add(out, s.p, n);
		if (quote) {
			sf_buf_char(out, '"');
		}
		s.p += n;
		s.n -= n;
	}
	sf_buf_char(out, '"');
}

bool sf_csv_write(struct sf_csv_writer *w, struct sf_span field)
{
	if (!sf_utf8_valid(field)) {
		return false;
	}
	if (w->fields > 0) {
		sf_buf_char(w->out, ',');
	}
	w->blank = w->fields == 0 && field.n == 0;
	w->fields++;
	if (needs_quotes(field)) {
		write_quoted(w->out, field);
	} else {
		sf_buf_span(w->out, field);
	}
	return true;
}

void sf_csv_write_end(struct sf_csv_writer *w)
{
	/* a line without anything is for some readers no row at all */
	sf_buf_str(w->out, w->blank ? "\"\"\n" : "\n");
	w->fields = 0;
	w->blank = false;
}

/* ---- reading ---- */

enum state {
	AT_START, /* of the text, where a byte order mark may stand */
	AT_ROW,   /* before the first byte of a row */
	AT_FIELD, /* behind a comma */
	PLAIN,    /* inside a field without quotes */
	QUOTED,
	BEHIND_QUOTE, /* inside of quotes a quotation mark was seen: the closing one, or the first of two */
	BEHIND_RETURN,
	FAILED,
	AT_END,
};

void sf_csv_reader_init(struct sf_csv_reader *r, const struct sf_csv_limits *limits, struct sf_arena *arena)
{
	memset(r, 0, sizeof(*r));
	r->arena = arena;
	r->limits = *limits;
	r->state = AT_START;
	r->number = 1;
}

void sf_csv_feed(struct sf_csv_reader *r, struct sf_span piece, bool last)
{
	r->p = piece.p;
	r->end = piece.n ? piece.p + piece.n : piece.p;
	r->last = last;
}

struct sf_span sf_csv_field(const struct sf_csv_reader *r, size_t i)
{
	size_t from = i > 0 ? r->ends[i - 1] + 1 : 0;

	return (struct sf_span){ r->row + from, r->ends[i] - from };
}

const char *sf_csv_error_text(enum sf_csv_error error)
{
	switch (error) {
	case SF_CSV_QUOTE: return "has a quotation mark where none may stand";
	case SF_CSV_UNTERMINATED: return "ends inside of quotation marks";
	case SF_CSV_RETURN: return "has a carriage return without a line feed";
	case SF_CSV_COLUMNS: return "has not as many fields as the first row";
	case SF_CSV_UTF8: return "is not UTF-8";
	case SF_CSV_FIELD_LENGTH: return "has a field that is too long";
	case SF_CSV_ROW_LENGTH: return "is too long";
	case SF_CSV_COLUMN_COUNT: return "has too many fields";
	case SF_CSV_MEMORY: break;
	}
	return "is more than the memory holds";
}

static bool fail(struct sf_csv_reader *r, enum sf_csv_error error)
{
	r->state = FAILED;
	r->error = error;
	return false;
}

/* Room for n more bytes in the row. */
static bool reserve(struct sf_csv_reader *r, size_t n)
{
	size_t room = r->room ? r->room : 1024;
	char *row;

	if (n > r->limits.row_bytes - r->n) {
		return fail(r, SF_CSV_ROW_LENGTH);
	}
	if (r->n + n <= r->room) {
		return true;
	}
	while (room < r->n + n) {
		room *= 2;
	}
	room = room < r->limits.row_bytes ? room : r->limits.row_bytes;
	if (!(row = sf_arena_alloc(r->arena, room))) {
		return fail(r, SF_CSV_MEMORY);
	}
	if (r->n) {
		memcpy(row, r->row, r->n);
	}
	r->row = row;
	r->room = room;
	return true;
}

static bool add(struct sf_csv_reader *r, const char *p, size_t n)
{
	size_t from = r->fields > 0 ? r->ends[r->fields - 1] + 1 : 0;

	if (n > r->limits.field_bytes - (r->n - from)) {
		return fail(r, SF_CSV_FIELD_LENGTH);
	}
	if (n == 0) {
		return true;
	}
	if (!reserve(r, n)) {
		return false;
	}
	memcpy(r->row + r->n, p, n);
	r->n += n;
	return true;
}

static bool end_field(struct sf_csv_reader *r)
{
	if (r->fields == (r->columns ? r->columns : r->limits.columns)) {
		return fail(r, r->columns ? SF_CSV_COLUMNS : SF_CSV_COLUMN_COUNT);
	}
	if (r->fields == r->fields_room) {
		size_t room = r->fields_room ? 2 * r->fields_room : 32;
		size_t *ends = sf_arena_zalloc(r->arena, room, sizeof(*ends));

		if (!ends) {
			return fail(r, SF_CSV_MEMORY);
		}
		if (r->fields) {
			memcpy(ends, r->ends, r->fields * sizeof(*ends));
		}
		r->ends = ends;
		r->fields_room = room;
	}
	if (!reserve(r, 1)) {
		return false;
	}
	r->ends[r->fields++] = r->n;
	r->row[r->n++] = '\0';
	return true;
}

static enum sf_csv_token end_row(struct sf_csv_reader *r)
{
	if (!end_field(r)) {
		return SF_CSV_ERROR;
	}
	if (r->columns && r->fields != r->columns) {
		fail(r, SF_CSV_COLUMNS);
		return SF_CSV_ERROR;
	}
	/* (a terminator stands between the fields, so that no character goes over their edge) */
	if (!sf_utf8_valid((struct sf_span){ r->row, r->n })) {
		fail(r, SF_CSV_UTF8);
		return SF_CSV_ERROR;
	}
	r->columns = r->fields;
	r->state = AT_ROW;
	return SF_CSV_ROW;
}

/* A comma or the end of a line. *token is SF_CSV_ROW if a row ended. False for every other character. */
static bool separator(struct sf_csv_reader *r, char c, enum sf_csv_token *token)
{
	if (c == ',') {
		r->state = AT_FIELD;
		*token = end_field(r) ? SF_CSV_MORE : SF_CSV_ERROR;
	} else if (c == '\n') {
		*token = end_row(r);
	} else if (c == '\r') {
		r->state = BEHIND_RETURN;
		*token = SF_CSV_MORE;
	} else {
		return false;
	}
	return true;
}

/* The bytes of a byte order mark, as long as it is one; what began like one and is none is text. */
static bool skip_mark(struct sf_csv_reader *r)
{
	while (r->mark < sizeof(mark) && r->p < r->end && *r->p == mark[r->mark]) {
		r->mark++;
		r->p++;
	}
	if (r->mark < sizeof(mark) && r->p == r->end && !r->last) {
		return true;
	}
	r->state = AT_ROW;
	if (r->mark > 0 && r->mark < sizeof(mark)) {
		r->state = PLAIN;
		return add(r, mark, r->mark);
	}
	return true;
}

static void read_plain(struct sf_csv_reader *r, enum sf_csv_token *token)
{
	const char *p = r->p;

	while (p < r->end && *p != ',' && *p != '\n' && *p != '\r' && *p != '"') {
		p++;
	}
	if (!add(r, r->p, (size_t)(p - r->p))) {
		*token = SF_CSV_ERROR;
		return;
	}
	r->p = p;
	if (p < r->end) {
		r->p++;
		if (!separator(r, *p, token)) {
			fail(r, SF_CSV_QUOTE);
			*token = SF_CSV_ERROR;
		}
	}
}

static void read_quoted(struct sf_csv_reader *r, enum sf_csv_token *token)
{
	const char *quote = memchr(r->p, '"', (size_t)(r->end - r->p));

	if (!add(r, r->p, (size_t)((quote ? quote : r->end) - r->p))) {
		*token = SF_CSV_ERROR;
		return;
	}
	r->p = quote ? quote + 1 : r->end;
	r->state = quote ? BEHIND_QUOTE : QUOTED;
}

static void read_behind_quote(struct sf_csv_reader *r, enum sf_csv_token *token)
{
	char c = *r->p++;

	if (c == '"') {
		r->state = QUOTED;
		*token = add(r, "\"", 1) ? SF_CSV_MORE : SF_CSV_ERROR;
	} else if (!separator(r, c, token)) {
		fail(r, SF_CSV_QUOTE);
		*token = SF_CSV_ERROR;
	}
}

/* One step over at least one byte or into another state. */
static enum sf_csv_token step(struct sf_csv_reader *r)
{
	enum sf_csv_token token = SF_CSV_MORE;

	switch (r->state) {
	case AT_START:
		return skip_mark(r) ? SF_CSV_MORE : SF_CSV_ERROR;
	case AT_ROW:
	case AT_FIELD:
		if (*r->p == '"') {
			r->p++;
			r->state = QUOTED;
		} else {
			r->state = PLAIN;
		}
		break;
	case PLAIN:
		read_plain(r, &token);
		break;
	case QUOTED:
		read_quoted(r, &token);
		break;
	case BEHIND_QUOTE:
		read_behind_quote(r, &token);
		break;
	default: /* BEHIND_RETURN */
		if (*r->p++ == '\n') {
			return end_row(r);
		}
		fail(r, SF_CSV_RETURN);
		return SF_CSV_ERROR;
	}
	return token;
}

/* The text is over: the last line may lack its end (RFC 4180 §2.2). */
static enum sf_csv_token finish(struct sf_csv_reader *r)
{
	switch (r->state) {
	case AT_START:
	case AT_ROW:
		r->state = AT_END;
		return SF_CSV_END;
	case QUOTED:
		fail(r, SF_CSV_UNTERMINATED);
		return SF_CSV_ERROR;
	case BEHIND_RETURN:
		fail(r, SF_CSV_RETURN);
		return SF_CSV_ERROR;
	default:
		return end_row(r);
	}
}

enum sf_csv_token sf_csv_next(struct sf_csv_reader *r)
{
	enum sf_csv_token token = SF_CSV_MORE;

	if (r->state == FAILED) {
		return SF_CSV_ERROR;
	}
	if (r->state == AT_END) {
		return SF_CSV_END;
	}
	if (r->state == AT_ROW && r->fields > 0) { /* the row that was given is the caller's no more */
		r->fields = 0;
		r->n = 0;
		r->number++;
	}
	while (token == SF_CSV_MORE && (r->p < r->end || (r->state == AT_START && r->last && r->mark > 0 && r->mark < sizeof(mark)))) {
		token = step(r);
	}
	return token == SF_CSV_MORE && r->last ? finish(r) : token;
}
