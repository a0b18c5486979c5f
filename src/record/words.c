/* words.c - see the header. */
#include "record/words.h"

#include "base/arena.h"

enum { SHORTEST = 2, LONGEST = 16, SLOTS = 1 << 16, MOST = SLOTS / 2 }; /* code points; words */

struct entry {
    struct str word, code;
};
struct gazetteer {
    struct entry v[SLOTS];
    size_t n;
};

static struct entry *slot_of(struct gazetteer *g, struct str word)
{
    size_t at = str_hash(word) % SLOTS;
    while (g->v[at].word.n && !str_eq(g->v[at].word, word))
        at = (at + 1) % SLOTS;
    return &g->v[at];
}

struct gazetteer *gazetteer_new(struct arena *a)
{
    return NEW(a, struct gazetteer);
}

void gazetteer_add(struct gazetteer *g, struct str word, struct str code)
{
    size_t count = utf8_count(word);
    if (count < SHORTEST || count > LONGEST || g->n == MOST)
        return;
    struct entry *e = slot_of(g, word);
    if (e->word.n)
        return; /* the first who names it keeps it */
    *e = (struct entry){word, code};
    g->n++;
}

struct str gazetteer_find(const struct gazetteer *g, struct str text)
{
    struct str best = S("");
    size_t longest = 0;
    for (struct str from = text; from.n; utf8_next(&from)) {
        struct str rest = from;
        for (size_t n = 1; n <= LONGEST && rest.n; n++) {
            utf8_next(&rest);
            if (n < SHORTEST || n < longest)
                continue;
            const struct entry *e = slot_of((struct gazetteer *)(uintptr_t)g, str_sub(from, 0, from.n - rest.n));
            if (!e->word.n)
                continue;
            best = e->code;
            longest = n;
        }
    }
    return best;
}

bool table_open(struct arena *a, struct table *t, struct str bytes, const char *const columns[4], struct str *ret_why)
{
    size_t n;
    if (!csv_open(&t->csv, a, bytes, ret_why) || csv_next(&t->csv, t->cells, &n, ret_why) != CSV_ROW)
        return false;
    for (int c = 0; c < 4; c++) {
        t->at[c] = -1;
        for (size_t i = 0; i < n; i++)
            if (str_eq(str_trim(t->cells[i]), str_c(columns[c])))
                t->at[c] = (int)i;
        if (t->at[c] < 0) {
            *ret_why = str_fmt(a, "there is no column %s", columns[c]);
            return false;
        }
    }
    return true;
}

bool table_next(struct table *t, struct str row[4], struct str *ret_why)
{
    size_t n;
    enum csv_result r = csv_next(&t->csv, t->cells, &n, ret_why);
    for (int c = 0; c < 4; c++)
        row[c] = r == CSV_ROW && (size_t)t->at[c] < n ? str_trim(t->cells[t->at[c]]) : S("");
    return r != CSV_END;
}
