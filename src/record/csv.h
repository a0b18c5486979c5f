/* csv.h - RFC 4180, in and out. Reading takes UTF-8 (with or without BOM) and GB18030 (what Excel
 * in China calls CSV); writing puts a BOM first and disarms formulas. */
#pragma once
#include "base/buf.h"

struct csv {
    struct arena *a;
    struct str rest; /* UTF-8 */
    int64_t line;    /* of the row last read, from 1 */
    int64_t next_line;
    size_t width; /* cells of the first row, 0 before it */
    bool was_gb18030;
};

enum { CSV_COLUMNS = 256, CSV_CELL = 64 << 10 };

/* Detects and converts the encoding once. False with a sentence when neither fits; where a few bytes of a text are bad
 * their rows are. A file without a line feed has lines that end in CR. */
bool csv_open(struct csv *c, struct arena *a, struct str bytes, struct str *ret_why);
enum csv_result { CSV_ROW, CSV_END, CSV_BAD };
/* Next row into cells[0..*n), borrowed from or built in the arena. CSV_BAD: *ret_why says what is
 * wrong in c->line; reading may go on with the next line. Empty lines are passed over. A quote that was never closed
 * closes at the next one, rows behind: so a row over several lines counts only when it has as many cells as the first row and
 * its lines do not look like rows; else its first line alone is bad. */
enum csv_result csv_next(struct csv *c, struct str cells[CSV_COLUMNS], size_t *n,
                         struct str *ret_why);

void csv_cell(struct buf *b, struct str s,
              bool first); /* with the comma before, quoted if needed */
