/* column.c - see the header. */
#include "market/column.h"

#include <string.h>

struct edges {
    int32_t *row, *slot, *score;
};

/* What is left to the person at the prices, 0 for staying out. */
static int64_t content(const struct batch *b, const struct batch_result *r, int32_t i)
{
    int64_t most = 0;
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
        int64_t v = b->score[e] * r->scale - r->price[b->slot[e]];
        most = v > most ? v : most;
    }
    return most;
}

/* Writes edge x into its place among edges from .. to - 1, which ascend by slot. */
static void insert(struct edges *m, int32_t from, int32_t to, struct column x)
{
    for (; to > from && m->slot[to - 1] > x.slot; to--) {
        m->slot[to] = m->slot[to - 1];
        m->score[to] = m->score[to - 1];
    }
    m->slot[to] = x.slot;
    m->score[to] = x.score;
}

struct batch column_add(struct arena *a, const struct batch *b, const int32_t *from, const struct column *more)
{
    size_t n = (size_t)b->people, edges = (size_t)(b->row[n] + from[n]) + 1;
    struct edges m = {NEW_N(a, n + 1, int32_t), NEW_N(a, edges, int32_t), NEW_N(a, edges, int32_t)};
    for (int32_t i = 0; i < b->people; i++) {
        int32_t had = b->row[i + 1] - b->row[i], first = m.row[i], to = first + had;
        memcpy(m.slot + first, b->slot + b->row[i], sizeof *m.slot * (size_t)had);
        memcpy(m.score + first, b->score + b->row[i], sizeof *m.score * (size_t)had);
        for (int32_t k = from[i]; k < from[i + 1]; k++)
            insert(&m, first, to++, more[k]);
        m.row[i + 1] = to;
    }
    return (struct batch){b->people, b->slots, m.row, m.slot, m.score, b->cap};
}

/* b with every edge that somebody would rather have at these prices. */
static struct batch widen(struct arena *a, const struct batch *b, const struct batch_result *r,
                          const struct column_source *s)
{
    size_t n = (size_t)b->people;
    struct column *more = NEW_N(a, n * (size_t)s->room + 1, struct column);
    int32_t *from = NEW_N(a, n + 1, int32_t);
    for (int32_t i = 0; i < b->people; i++) {
        struct column_ask ask = {i, r->price, r->scale, content(b, r, i)};
        from[i + 1] = from[i] + s->find(s->all, &ask, more + from[i]);
    }
    return column_add(a, b, from, more);
}

struct column_result batch_columns(struct arena *a, const struct batch *b,
                                   const struct column_source *s, int32_t eps)
{
    struct column_result c = {.b = *b, .r = batch_solve(a, b, eps), .rounds = 1};
    for (;;) {
        struct batch wide = widen(a, &c.b, &c.r, s);
        int32_t added = wide.row[b->people] - c.b.row[b->people];
        if (!added)
            return c;
        c.b = wide;
        c.r = batch_solve(a, &c.b, eps);
        c.rounds++;
        c.added += added;
    }
}

struct ranked {
    int64_t left;
    struct column edge;
};

/* Puts x among the n best, best first; at most `most` are kept. Returns how many there are. */
static int32_t rank(struct ranked *best, int32_t n, int32_t most, struct ranked x)
{
    int32_t k = n < most ? n : most - 1;
    if (n == most && best[k].left >= x.left)
        return n;
    for (; k > 0 && best[k - 1].left < x.left; k--)
        best[k] = best[k - 1];
    best[k] = x;
    return n < most ? n + 1 : n;
}

static int32_t find_best(const void *all, const struct column_ask *ask, struct column *out)
{
    const struct batch *b = all;
    struct ranked best[COLUMN_ROOM];
    int32_t n = 0;
    for (int32_t e = b->row[ask->person]; e < b->row[ask->person + 1]; e++) {
        int64_t v = b->score[e] * ask->scale - ask->price[b->slot[e]];
        if (v > ask->more)
            n = rank(best, n, COLUMN_ROOM, (struct ranked){v, {b->slot[e], b->score[e]}});
    }
    for (int32_t k = 0; k < n; k++)
        out[k] = best[k].edge;
    return n;
}

struct column_source column_from(const struct batch *all)
{
    return (struct column_source){all, find_best, COLUMN_ROOM};
}

struct batch column_best(struct arena *a, const struct batch *all, int32_t most)
{
    size_t n = (size_t)all->people, edges = n * (size_t)most + 1;
    struct edges m = {NEW_N(a, n + 1, int32_t), NEW_N(a, edges, int32_t), NEW_N(a, edges, int32_t)};
    struct ranked *best = NEW_N(a, (size_t)most, struct ranked);
    for (int32_t i = 0; i < all->people; i++) {
        int32_t kept = 0;
        for (int32_t e = all->row[i]; e < all->row[i + 1]; e++)
            kept = rank(best, kept, most,
                        (struct ranked){all->score[e], {all->slot[e], all->score[e]}});
        for (int32_t k = 0; k < kept; k++)
            insert(&m, m.row[i], m.row[i] + k, best[k].edge);
        m.row[i + 1] = m.row[i] + kept;
    }
    return (struct batch){all->people, all->slots, m.row, m.slot, m.score, all->cap};
}

struct batch_result batch_wide(struct arena *a, const struct batch *b, int32_t eps)
{
    struct column_source all = column_from(b);
    if (b->row[b->people] <= (int64_t)b->people * COLUMN_MANY)
        return batch_solve(a, b, eps);
    struct batch few = column_best(a, b, COLUMN_FEW);
    return batch_columns(a, &few, &all, eps).r;
}
