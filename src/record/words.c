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

bool gazetteer_next(const struct gazetteer *g, size_t *at, struct str *ret_word, struct str *ret_code)
{
    while (*at < SLOTS && !g->v[*at].word.n)
        ++*at;
    if (*at == SLOTS)
        return false;
    *ret_word = g->v[*at].word;
    *ret_code = g->v[(*at)++].code;
    return true;
}

/* Letters of the word that stand in the text in the order of the word. */
static size_t common(struct str word, struct str text)
{
    uint32_t letter[LONGEST];
    size_t n = 0, row[LONGEST + 1] = {0};
    while (word.n)
        letter[n++] = utf8_next(&word);
    while (text.n) {
        uint32_t c = utf8_next(&text);
        for (size_t i = n; i > 0; i--)
            if (letter[i - 1] == c && row[i - 1] + 1 > row[i])
                row[i] = row[i - 1] + 1;
        for (size_t i = 1; i <= n; i++)
            row[i] = row[i] > row[i - 1] ? row[i] : row[i - 1];
    }
    return row[n];
}

static struct str last_of(struct str word)
{
    struct str last = word;
    while (word.n) {
        last = word;
        utf8_next(&word);
    }
    return last;
}

size_t gazetteer_alike(const struct gazetteer *g, struct str text, struct str *ret, size_t most)
{
    size_t n = 0, rank[ALIKE_MOST + 1];
    struct str word, code;
    BUG_ON(most > ALIKE_MOST);
    for (size_t at = 0; gazetteer_next(g, &at, &word, &code);) {
        size_t length = utf8_count(word), same = common(word, text), i = n;
        if (2 * same < length)
            continue;
        size_t r = 2 * (same * (LONGEST + 1) - length) + str_ends(text, last_of(word));
        for (; i > 0 && rank[i - 1] < r; i--) {
            rank[i] = rank[i - 1];
            if (i < most)
                ret[i] = ret[i - 1];
        }
        if (i == most)
            continue;
        ret[i] = word;
        rank[i] = r;
        n += n < most;
    }
    return n;
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
