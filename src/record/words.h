/* words.h - word lists: what is meant by the longest word of a list that stands in a text. Pure. */
#pragma once
#include "record/csv.h"

/* Words to codes: an open hash of the words' hashes, of 2 to 16 code points, at most 32,768 of them. Build
 * O(words), look up O(length of text * longest word). */
struct gazetteer;
struct gazetteer *gazetteer_new(struct arena *a);
/* Borrows both. Who names a word first keeps it; one that is too short or too long is passed over. */
void gazetteer_add(struct gazetteer *g, struct str word, struct str code);
/* The code of the longest word that stands in the text, of two equally long the later; or "". */
struct str gazetteer_find(const struct gazetteer *g, struct str text);

/* All of them, in an order of their own: *at is 0 before the first. False after the last. */
bool gazetteer_next(const struct gazetteer *g, size_t *at, struct str *ret_word, struct str *ret_code);
/* Words of which at least half stands in the text, its letters in their order: those with most in common first, of these
 * the shorter ones, of these the ones that end alike; at most `most` <= ALIKE_MOST. Returns how many. O(words * longest word * length of text). */
enum { ALIKE_MOST = 8 };
size_t gazetteer_alike(const struct gazetteer *g, struct str text, struct str *ret, size_t most);

/* Rows of a CSV with a head that has these columns, in any order and among others. False with a sentence
 * when one is missing; table_next: false at the end, and empty cells for a row that cannot be read. */
struct table {
    struct csv csv;
    struct str cells[CSV_COLUMNS];
    int at[4];
};
bool table_open(struct arena *a, struct table *t, struct str bytes, const char *const columns[4], struct str *ret_why);
bool table_next(struct table *t, struct str row[4], struct str *ret_why);
