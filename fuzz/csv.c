/*
 * The CSV reader and writer. A text cut into pieces gives what the whole gives, and what was read is written again and reads the same.
 */
#include "base/csv.h"

#include <stdlib.h>

#include "base/text.h"
#include "forge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sf_csv_limits limits = { 300, 1000, 12 };

/* All rows, each field with its length before it, each row with its number of fields; false for an error. */
static bool read_all(struct sf_span text, size_t step, struct sf_buf *rows, enum sf_csv_error *error, uint64_t *number, struct sf_csv_writer *again)
{
	enum sf_csv_token token;
	struct sf_csv_reader r;
	struct sf_arena arena;
	char *piece = NULL;
	size_t at = 0;

	sf_arena_init(&arena, 1 << 20);
	sf_csv_reader_init(&r, &limits, &arena);
	while ((token = sf_csv_next(&r)) == SF_CSV_MORE || token == SF_CSV_ROW) {
		if (token == SF_CSV_ROW) {
			MUST(r.fields > 0 && r.fields <= limits.columns && r.fields == r.columns && r.n <= limits.row_bytes);
			sf_buf_int(rows, (int64_t)r.fields);
			for (size_t i = 0; i < r.fields; i++) {
				struct sf_span field = sf_csv_field(&r, i);

				MUST(field.n <= limits.field_bytes && sf_utf8_valid(field) && field.p[field.n] == '\0');
				sf_buf_char(rows, ':');
				sf_buf_int(rows, (int64_t)field.n);
				sf_buf_char(rows, '=');
				sf_buf_span(rows, field);
				MUST(!again || sf_csv_write(again, field));
			}
			if (again) {
				sf_csv_write_end(again);
			}
		} else {
			size_t n = text.n - at < step ? text.n - at : step;

			free(piece);
			piece = malloc(n ? n : 1);
			memcpy(piece, text.p + at, n);
			at += n;
			sf_csv_feed(&r, (struct sf_span){ piece, n }, at == text.n);
		}
	}
	MUST(token == SF_CSV_END || (r.error && r.error != SF_CSV_MEMORY));
	*error = r.error;
	*number = r.number;
	free(piece);
	sf_arena_free(&arena);
	return token == SF_CSV_END;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span text = { (const char *)data + 1, size ? size - 1 : 0 }, whole, other, written;
	struct sf_buf rows, pieces, out;
	enum sf_csv_error error[2];
	struct sf_csv_writer w;
	struct sf_arena arena;
	uint64_t number[2];
	bool ok;

	if (size == 0) {
		return 0;
	}
	sf_arena_init(&arena, 64 * size + (1 << 20));
	sf_buf_init(&rows, &arena, 16 * size + 4096);
	sf_buf_init(&pieces, &arena, 16 * size + 4096);
	sf_buf_init(&out, &arena, 4 * size + 4096);
	sf_csv_writer_init(&w, &out);
	ok = read_all(text, text.n ? text.n : 1, &rows, &error[0], &number[0], &w);
	MUST(read_all(text, 1 + data[0] % 9, &pieces, &error[1], &number[1], NULL) == ok);
	MUST(sf_buf_done(&rows, &whole) && sf_buf_done(&pieces, &other) && sf_span_eq(whole, other) && error[0] == error[1] && number[0] == number[1]);
	if (ok) {
		MUST(sf_buf_done(&out, &written));
		sf_buf_init(&pieces, &arena, 16 * size + 4096);
		MUST(read_all(written, written.n ? written.n : 1, &pieces, &error[1], &number[1], NULL));
		MUST(sf_buf_done(&pieces, &other) && sf_span_eq(whole, other));
	}
	sf_arena_free(&arena);
	return 0;
}
