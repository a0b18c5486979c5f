/* str.h - text: a pointer and a length, borrowed, UTF-8 once it has been checked at the border.
 * Not NUL-terminated; str_z makes such a copy for C libraries. */
#pragma once
#include "base/arena.h"

struct str {
    const char *p;
    size_t n;
};

#define S(lit) ((struct str){"" lit, sizeof(lit) - 1})
#define SV(s) (int)(s).n, (s).p /* for "%.*s" */

struct str str_c(const char *z);            /* borrows; NULL gives the empty string */
char *str_z(struct arena *a, struct str s); /* NUL-terminated copy */
struct str str_dup(struct arena *a, struct str s);
struct str str_lower(struct arena *a, struct str s); /* ASCII only */
/* Text only: %.*s ends at a zero byte. Bytes are joined by str_cat. */
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str str_cat(struct arena *a, struct str x, struct str y);

bool str_eq(struct str x, struct str y);
bool str_eq_nocase(struct str x, struct str y); /* ASCII only */
int str_cmp(struct str x, struct str y);        /* bytewise, <0 0 >0 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
ptrdiff_t str_find(struct str s, struct str needle);     /* offset of the first, or -1 */
struct str str_trim(struct str s);                       /* ASCII blanks and U+3000 at both ends */
struct str str_sub(struct str s, size_t from, size_t n); /* clipped to s */

/* Cuts *s at the first `sep`; returns the part before it and leaves the part behind in *s.
 * When there is no `sep`, returns all and leaves *s empty with p == NULL. */
struct str str_cut(struct str *s, char sep);

/* Whole string is a decimal integer with optional '-'; false on anything else or overflow. */
bool str_i64(struct str s, int64_t *ret);
bool str_f64(struct str s, double *ret); /* plain decimal, no exponent, no hex, finite */

bool utf8_ok(struct str s);      /* valid UTF-8 without NUL and without C0 except \t \n \r */
size_t utf8_count(struct str s); /* code points */
/* Next code point of valid text, advancing *s; 0 at the end. */
uint32_t utf8_next(struct str *s);
bool utf8_breaks(uint32_t c); /* ends a line, or controls a device: C0, DEL, C1, U+2028, U+2029 */
bool utf8_shows(uint32_t c);  /* leaves something to see: no blank, joiner, mark of direction or the like */
/* Without the marks that turn the direction of all that follows them in a line, numbers of others too (UAX #9: embeddings,
 * overrides, isolates); phones wrap copied numbers in them. Marks of one letter's direction stay. */
struct str str_straight(struct arena *a, struct str s);
/* All in one line, straight: what breaks it becomes a blank. */
struct str str_line(struct arena *a, struct str s);
uint64_t str_hash(struct str s); /* FNV-1a, stable across runs */
