/* pairs.c - see the header. */
#include "market/pairs.h"

#include <string.h>

/* Nobody needs more places than the two of a couple. */
enum { LEFT_MOST = 2 };
/* A pair that is kept is one word: how many shifts on from the one before, and the points. */
enum { POINT_BITS = 20, GAP_MOST = 4095 };
static const uint32_t point_mask = (1u << POINT_BITS) - 1;
_Static_assert(BATCH_MAX < 1 << POINT_BITS, "points fit");

/* All that points depend on, on either side; in whole words. */
struct who { /* 552 bytes */
    struct seeker s;
    int32_t wished_fen, idle_days;
};
struct where { /* 104 bytes */
    struct slot t;
    int64_t soon;
};
_Static_assert(sizeof(struct who) % sizeof(uint64_t) == 0 && sizeof(struct where) % sizeof(uint64_t) == 0, "keys are whole words");

/* Found by what they say; of equal ones the first. */
struct keys {
    const void *v; /* n of `size` bytes each */
    size_t size;
    int32_t n, *at; /* at: number + 1, 0 = free; mask + 1 of them */
    uint64_t mask;
};
struct edges {
    int32_t *row, *slot, *score;
    size_t n, room;
};
struct kept {
    struct arena a;
    struct market_params p; /* without what is in the keys */
    struct keys who, where;
    uint32_t *pair;
    size_t n, room;
    int32_t *row, people; /* row[i] .. row[i + 1] of person i; people: of whom pairs are kept, the first */
};
struct pairs {
    struct kept kept;
    int32_t most;
    int64_t scored;
};

struct pairs *pairs_new(int32_t most)
{
    struct pairs *m = xcalloc(1, sizeof *m);
    m->most = most;
    return m;
}

void pairs_free(struct pairs *m)
{
    if (m)
        arena_done(&m->kept.a);
    xfree(m);
}

int64_t pairs_scored(const struct pairs *m)
{
    return m->scored;
}

/* ---- the keys ---- */

static const char *key_at(const struct keys *k, int32_t i)
{
    return (const char *)k->v + (size_t)i * k->size;
}

static uint64_t hash(const char *key, size_t size)
{
    uint64_t h = 0, word;
    for (size_t at = 0; at < size; at += sizeof word) {
        memcpy(&word, key + at, sizeof word);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    return h;
}

/* Where the key is, or would be. */
static int32_t *home_of(const struct keys *k, const char *key)
{
    uint64_t at = hash(key, k->size) & k->mask;
    while (k->at[at] && memcmp(key_at(k, k->at[at] - 1), key, k->size))
        at = (at + 1) & k->mask;
    return &k->at[at];
}

static struct keys keys_of(struct arena *a, const void *v, size_t size, int32_t n)
{
    struct keys k = {v, size, n, NULL, 1};
    while (k.mask < 2 * (uint64_t)n)
        k.mask = 2 * k.mask + 1;
    k.at = NEW_N(a, k.mask + 1, int32_t);
    for (int32_t i = 0; i < n; i++) {
        int32_t *at = home_of(&k, key_at(&k, i));
        *at = *at ? *at : i + 1;
    }
    return k;
}

/* For each key of `now` its number among the first n of `was`, or n; and n behind them. */
static int32_t *find_all(struct arena *a, const struct keys *was, int32_t n, const struct keys *now)
{
    int32_t *ret = NEW_N(a, (size_t)now->n + 1, int32_t);
    for (int32_t i = 0; i < now->n; i++) {
        int32_t k = n ? *home_of(was, key_at(now, i)) : 0;
        ret[i] = k && k <= n ? k - 1 : n;
    }
    ret[now->n] = n;
    return ret;
}

static struct market_params own_params(const struct pairs_ask *q, const struct seeker *s)
{
    struct market_params own = *q->p;
    own.usual_hour_fen = q->usual_fen[s->trade];
    return own;
}

static struct keys people_keys(struct arena *a, const struct pairs_ask *q)
{
    struct who *v = NEW_N(a, (size_t)q->people + 1, struct who);
    for (int32_t i = 0; i < q->people; i++) {
        const struct seeker *s = &q->person[i];
        const struct market_params own = own_params(q, s);
        int32_t days = idle_days(q->p, s);
        v[i].s = *s;
        v[i].wished_fen = wished_fen(&own, s);
        v[i].idle_days = days < IDLE_LONG_DAYS ? days : IDLE_LONG_DAYS;
    }
    return keys_of(a, v, sizeof *v, q->people);
}

static struct keys slot_keys(struct arena *a, const struct pairs_ask *q)
{
    struct where *v = NEW_N(a, (size_t)q->slots + 1, struct where);
    for (int32_t j = 0; j < q->slots; j++) {
        struct slot *t = &v[j].t;
        *t = q->slot[j];
        t->left = t->left < LEFT_MOST ? t->left : LEFT_MOST;
        t->cap = 0;
        t->price = t->suitors = t->line = 0;
        v[j].soon = slot_is_soon(q->p, t);
    }
    return keys_of(a, v, sizeof *v, q->slots);
}

/* ---- the pairs ---- */

static void make_room(struct arena *a, struct edges *e, size_t more)
{
    struct edges old = *e;
    if (e->n + more <= e->room)
        return;
    e->room = 2 * (e->n + more);
    e->slot = NEW_N(a, e->room, int32_t);
    e->score = NEW_N(a, e->room, int32_t);
    if (!old.n)
        return;
    memcpy(e->slot, old.slot, old.n * sizeof *old.slot);
    memcpy(e->score, old.score, old.n * sizeof *old.score);
}

/* One time it is asked. */
struct turn {
    const struct pairs_ask *q;
    const struct kept *was;
    struct kept next;
    struct edges out;
    int32_t *was_who, *was_where; /* number in what was kept, or how many there were: new */
    int32_t *fresh, n_fresh;      /* new shifts */
    int32_t *all;                 /* every shift */
    int32_t *line;                /* points of one person at the shifts, */
    int32_t *before;              /* and at those that were kept; 0 behind them */
    int64_t scored;
};

static void score_some(struct turn *t, int32_t i, const int32_t *some, int32_t n)
{
    const struct seeker *s = &t->q->person[i];
    const struct where *v = t->next.where.v;
    const struct market_params own = own_params(t->q, s);
    for (int32_t k = 0; k < n; k++)
        t->line[some[k]] = s->id ? fit_points(&own, s, &v[some[k]].t) : 0;
    t->scored += s->id ? n : 0;
}

/* As before at the shifts that stood there before. */
static void score_new(struct turn *t, int32_t i)
{
    const struct kept *was = t->was;
    int32_t from = was->row[t->was_who[i]], to = was->row[t->was_who[i] + 1];
    for (int32_t k = from, at = 0; k < to; k++)
        t->before[at += (int32_t)(was->pair[k] >> POINT_BITS)] = (int32_t)(was->pair[k] & point_mask);
    for (int32_t j = 0; j < t->q->slots; j++)
        t->line[j] = t->before[t->was_where[j]];
    memset(t->before, 0, (size_t)was->where.n * sizeof *t->before);
    score_some(t, i, t->fresh, t->n_fresh);
}

static bool is_apart(const struct pairs_ask *q, int32_t i, int32_t j)
{
    return q->apart && q->some_apart[j] && q->apart(q->arg, i, j);
}

/* After a pair with shift `last`. A gap too wide for one word takes pairs of no points. */
static int32_t keep(struct kept *k, int32_t last, int32_t slot, int32_t points)
{
    for (; slot - last > GAP_MOST; last += GAP_MOST)
        k->pair[k->n++] = (uint32_t)GAP_MOST << POINT_BITS;
    k->pair[k->n++] = (uint32_t)(slot - last) << POINT_BITS | (uint32_t)points;
    return slot;
}

/* The line of person i to the answer, and to what is kept as far as there is room. */
static void take_line(struct turn *t, struct arena *a, int32_t i)
{
    struct edges *out = &t->out;
    struct kept *next = &t->next;
    bool kept = next->people == i && next->room - next->n >= (size_t)t->q->slots;
    int32_t last = 0;
    make_room(a, out, (size_t)t->q->slots);
    for (int32_t j = 0; j < t->q->slots; j++) {
        if (t->line[j] <= 0)
            continue;
        if (kept)
            last = keep(next, last, j, t->line[j]);
        if (is_apart(t->q, i, j))
            continue;
        out->slot[out->n] = j;
        out->score[out->n++] = t->line[j];
    }
    out->row[i + 1] = (int32_t)out->n;
    if (kept)
        next->row[++next->people] = (int32_t)next->n;
}

/* The facts of now, and room for their pairs. */
static struct kept begin(const struct pairs_ask *q, int32_t most)
{
    struct kept k = {.p = *q->p};
    size_t room = (size_t)q->people * (size_t)q->slots;
    arena_init(&k.a, 0);
    k.p.now_min = k.p.usual_hour_fen = 0;
    k.who = people_keys(&k.a, q);
    k.where = slot_keys(&k.a, q);
    k.room = room < (size_t)most ? room : (size_t)most;
    k.row = NEW_N(&k.a, (size_t)q->people + 1, int32_t);
    k.pair = NEW_N(&k.a, k.room + 1, uint32_t);
    return k;
}

static struct turn turn_of(struct arena *a, const struct kept *was, const struct pairs_ask *q, int32_t most)
{
    size_t people = (size_t)q->people, slots = (size_t)q->slots;
    struct turn t = {.q = q, .was = was, .next = begin(q, most), .out = {.row = NEW_N(a, people + 1, int32_t)}};
    bool same = !memcmp(&was->p, &t.next.p, sizeof was->p);
    t.was_who = find_all(a, &was->who, same ? was->people : 0, &t.next.who);
    t.was_where = find_all(a, &was->where, was->where.n, &t.next.where);
    t.fresh = NEW_N(a, slots + 1, int32_t);
    t.all = NEW_N(a, slots + 1, int32_t);
    t.line = NEW_N(a, slots + 1, int32_t);
    t.before = NEW_N(a, (size_t)was->where.n + 1, int32_t);
    for (int32_t j = 0; j < q->slots; j++) {
        t.all[j] = j;
        if (t.was_where[j] == was->where.n)
            t.fresh[t.n_fresh++] = j;
    }
    make_room(a, &t.out, was->n);
    return t;
}

struct batch pairs_points(struct pairs *m, struct arena *a, const struct pairs_ask *q)
{
    struct turn t = turn_of(a, &m->kept, q, m->most);
    int32_t none = t.was_who[q->people];
    for (int32_t i = 0; i < q->people; i++) {
        if (t.was_who[i] == none)
            score_some(&t, i, t.all, q->slots);
        else
            score_new(&t, i);
        take_line(&t, a, i);
    }
    arena_done(&m->kept.a);
    m->kept = t.next;
    m->scored = t.scored;
    return (struct batch){q->people, q->slots, t.out.row, t.out.slot, t.out.score, q->cap};
}
