/*
 * CSV as RFC 4180 has it, written and read as streams, in UTF-8 (RFC 3629) and with commas.
 *
 * The reader is fed pieces that may be cut anywhere and gives one row at a time. It is strict: what RFC 4180 §2 doesn't allow is an
 * error with the number of its row, never a guess, since a guess here puts one person's value into another person's field.
 */
#ifndef SF_BASE_CSV_H
#define SF_BASE_CSV_H

#include <stdint.h>

#include "base/buf.h"

/* ---- writing ---- */

struct sf_csv_writer {
	struct sf_buf *out; /* the caller empties it between rows as he likes */
	size_t fields;      /* of the row under way */
	bool blank;         /* nothing of this row has been written but one empty field */
};

void sf_csv_writer_init(struct sf_csv_writer *w, struct sf_buf *out);

/* The next field of the row. False, and nothing is written, if it is not UTF-8. Whether there was room says the buffer. */
bool sf_csv_write(struct sf_csv_writer *w, struct sf_span field);

/* Ends the row, by a line feed. */
void sf_csv_write_end(struct sf_csv_writer *w);

/* ---- reading ---- */

enum sf_csv_token {
	SF_CSV_ERROR = 0, /* and so is every later token; see sf_csv_reader.error */
	SF_CSV_MORE,      /* the piece is used up: feed the next one */
	SF_CSV_ROW,       /* sf_csv_field() gives its fields until the next call */
	SF_CSV_END,
};

enum sf_csv_error {
	SF_CSV_QUOTE = 1,     /* a quotation mark in a field without any around it, or something behind the closing one */
	SF_CSV_UNTERMINATED,  /* the text ended inside of quotes */
	SF_CSV_RETURN,        /* a carriage return without its line feed, outside of quotes */
	SF_CSV_COLUMNS,       /* not as many fields as the first row has */
	SF_CSV_UTF8,
	SF_CSV_FIELD_LENGTH,
	SF_CSV_ROW_LENGTH,
	SF_CSV_COLUMN_COUNT,
	SF_CSV_MEMORY,
};

struct sf_csv_limits {
	size_t field_bytes;
	size_t row_bytes; /* of all fields, with one byte more for each */
	size_t columns;
};

struct sf_csv_reader {
	struct sf_arena *arena;
	struct sf_csv_limits limits;
	const char *p; /* the rest of the piece */
	const char *end;
	bool last;
	int state;
	size_t mark; /* bytes of a byte order mark seen so far */
	char *row;   /* the fields, each with a terminator behind it */
	size_t n;
	size_t room;
	size_t *ends; /* of each field in row */
	size_t fields;
	size_t fields_room;
	size_t columns; /* of the first row; 0: there was none yet */
	uint64_t number; /* of the row under way or just given, from 1 */
	enum sf_csv_error error;
};

/* The arena must have room for twice row_bytes and 16 bytes a column. */
void sf_csv_reader_init(struct sf_csv_reader *r, const struct sf_csv_limits *limits, struct sf_arena *arena);

/* Only after SF_CSV_MORE, or first. The piece must stay until SF_CSV_MORE comes again. */
void sf_csv_feed(struct sf_csv_reader *r, struct sf_span piece, bool last);
enum sf_csv_token sf_csv_next(struct sf_csv_reader *r);

/* A field of the row that was just given; i < r->fields. It has a terminator behind it. */
struct sf_span sf_csv_field(const struct sf_csv_reader *r, size_t i);

/* What is wrong, as the end of a sentence about row number r->number. */
const char *sf_csv_error_text(enum sf_csv_error error);

#endif
