/* match_place.c - see the header: numbers, questions to the engine, the bound. */
#include "feature/match/match_place.h"

#include <stdlib.h>
#include <string.h>

enum { EDGES = 40, FIRST = 5, LOOK = 32, ROOM = 8, LOOKS_FOR_DAYS = 60, STRIDE = 4096, SUITORS_ENOUGH = 4 };

/* ---- numbers ---- */

static int by_id(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static int by_person(const void *x, const void *y)
{
    const struct placing_one *a = x, *b = y;
    return by_id(&a->id, &b->id);
}

int32_t placing_slot(const struct placing *pl, int64_t id)
{
    const int64_t *x = bsearch(&id, pl->slot_id, (size_t)pl->b.slots, sizeof id, by_id);
    return x ? (int32_t)(x - pl->slot_id) : -1;
}

/* At most k of more than `above` points. */
static struct question everything(const struct request *rq, size_t k, int32_t above)
{
    int32_t today = cal_day(rq->now_ms);
    return (struct question){.order = ORDER_FIT, .trades = ALL_TRADES, .from_min = cal_market_min(rq->now_ms),
                             .to_min = (today + MATCH_DAYS) * 1440, .today = today, .k = k, .strict = true, .above = above};
}

static void number_slots(struct placing *pl)
{
    struct market *m = pl->rq->app->market;
    struct finder *f = market_read(m);
    size_t n = market_slots(f);
    market_done(f);
    pl->slot_id = NEW_N(pl->rq->a, n + 1, int64_t);
    n = market_begun(m, everything(pl->rq, 0, 0).to_min, pl->slot_id, n);
    qsort(pl->slot_id, n, sizeof *pl->slot_id, by_id);
    int32_t *cap = NEW_N(pl->rq->a, n + 1, int32_t);
    f = market_read(m);
    for (size_t k = 0; k < n; k++) {
        const struct slot *t = market_slot(f, pl->slot_id[k]);
        cap[k] = t ? t->left : 0;
    }
    market_done(f);
    pl->b.slots = (int32_t)n;
    pl->b.cap = cap;
    pl->suitors = NEW_N(pl->rq->a, n + 1, int32_t);
    pl->price = NEW_N(pl->rq->a, n + 1, int32_t);
    pl->line = NEW_N(pl->rq->a, n + 1, int32_t);
    pl->asked = NEW_N(pl->rq->a, n + 1, int32_t);
}

static bool looks(const struct request *rq, const struct seeker *s)
{
    return idle_days(&(struct market_params){.now_min = cal_market_min(rq->now_ms)}, s) <= LOOKS_FOR_DAYS;
}

/* From the end: who goes leaves his place to the last, who then is met twice rather than never. */
static size_t gather(struct placing *pl)
{
    struct finder *f = market_read(pl->rq->app->market);
    size_t at = market_people(f), room = at + STRIDE, n = 0;
    market_done(f);
    pl->who = NEW_N(pl->rq->a, room, struct placing_one);
    while (at && n + STRIDE <= room) {
        f = market_read(pl->rq->app->market);
        size_t people = market_people(f), to;
        at = at < people ? at : people;
        to = at > STRIDE ? at - STRIDE : 0;
        while (at > to) {
            const struct seeker *s = market_person_at(f, --at);
            if (looks(pl->rq, s))
                pl->who[n++] = (struct placing_one){s->id, s->seats > 1 ? s->partner_id : 0, PLACED_ALONE};
        }
        market_done(f);
    }
    return n;
}

/* By id, each once; then who goes along with whom. */
static void number_people(struct placing *pl)
{
    size_t n = gather(pl), kept = 0;
    struct placing_one *v = pl->who;
    qsort(v, n, sizeof *v, by_person);
    for (size_t i = 0; i < n; i++)
        if (!kept || v[i].id != v[kept - 1].id)
            v[kept++] = v[i];
    pl->couples = NEW_N(pl->rq->a, kept / 2 + 1, struct couple);
    for (size_t i = 0; i < kept; i++) {
        struct placing_one key = {.id = v[i].partner_id};
        const struct placing_one *x = key.id ? bsearch(&key, v, kept, sizeof *v, by_person) : NULL;
        bool both = x && x != &v[i] && x->partner_id == v[i].id;
        v[i].other = both ? (int32_t)(x - v) : key.id ? PLACED_NOT : PLACED_ALONE;
        if (both && v[i].other > (int32_t)i)
            pl->couples[pl->n_couples++] = (struct couple){(int32_t)i, v[i].other};
    }
    pl->b.people = (int32_t)kept;
    pl->b.row = NEW_N(pl->rq->a, kept + 1, int32_t);
    pl->b.slot = pl->b.score = NEW(pl->rq->a, int32_t); /* no pair yet */
    pl->slot_of = NEW_N(pl->rq->a, kept + 1, int32_t);
}

/* ---- what the engine says of one person, or of two ---- */

struct look {
    const struct seeker *s;
    struct market_params p;
    struct hit v[MARKET_TOP];
    size_t n;
};

static void look_at(const struct placing *pl, struct finder *f, const struct seeker *s, struct question q, struct look *ret)
{
    const struct hit *hits;
    ret->s = s;
    ret->p = match_params(pl->rq, f, s->trade);
    ret->p.gamma = pl->rounds ? SCORE_ONE : 0;
    ret->n = market_top(f, &ret->p, s, &q, &hits);
    memcpy(ret->v, hits, ret->n * sizeof *hits);
}

/* A shift that somebody can take; worth: to them, or to both, above the price. */
struct option {
    struct column c;
    int64_t worth;
    bool crowded; /* enough others took it up in this round */
};
struct options {
    struct option v[2 * MARKET_TOP];
    int32_t n;
    int64_t most; /* no shift whatever is worth more; 0 = staying out */
};

/* A shift that came after the numbering counts for the bound only. */
static void add_option(const struct placing *pl, struct options *o, const struct slot *t, int32_t total, int64_t worth)
{
    int32_t k = placing_slot(pl, t->id);
    o->most = worth > o->most ? worth : o->most;
    for (int32_t i = 0; i < o->n && k >= 0; i++)
        k = o->v[i].c.slot == k ? -1 : k;
    if (k >= 0)
        o->v[o->n++] = (struct option){{k, total}, worth, pl->rounds && pl->asked[k] >= SUITORS_ENOUGH * pl->b.cap[k]};
}

/* Shifts with two seats that are in the list of x, and that y can take: `own` scores of one of the two, worth for both. */
static void options_in(const struct placing *pl, const struct look *x, const struct look *y, bool own, struct options *ret)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct fit *f = &x->v[i].fit, g = fit_of(&y->p, y->s, x->v[i].slot);
        if (!g.hard && x->v[i].slot->left > 1)
            add_option(pl, ret, x->v[i].slot, own ? f->total : g.total, (int64_t)f->rank + g.rank);
    }
}

/* What is worth more than `than` to both is worth more than that less the best of the other to each, and so in both lists.
 * Where both are full, what neither names is worth no more than the last of both. */
static void options_both(const struct placing *pl, struct finder *f, const struct seeker *s, const struct seeker *t, int64_t than, struct options *ret)
{
    struct look x, y;
    look_at(pl, f, s, everything(pl->rq, 1, INT32_MIN), &x);
    look_at(pl, f, t, everything(pl->rq, 1, INT32_MIN), &y);
    if (!x.n || !y.n)
        return;
    int64_t best_x = x.v[0].fit.rank, best_y = y.v[0].fit.rank;
    look_at(pl, f, s, everything(pl->rq, MARKET_TOP, (int32_t)(than - best_y)), &x);
    look_at(pl, f, t, everything(pl->rq, MARKET_TOP, (int32_t)(than - best_x)), &y);
    options_in(pl, &x, &y, true, ret);
    options_in(pl, &y, &x, false, ret);
    if (x.n == MARKET_TOP && y.n == MARKET_TOP) {
        int64_t unseen = (int64_t)x.v[MARKET_TOP - 1].fit.rank + y.v[MARKET_TOP - 1].fit.rank;
        ret->most = unseen > ret->most ? unseen : ret->most;
    }
}

static void options_alone(struct placing *pl, struct finder *f, const struct seeker *s, int64_t than, struct options *ret)
{
    struct look x;
    look_at(pl, f, s, everything(pl->rq, pl->rounds ? LOOK : EDGES, (int32_t)than), &x);
    for (size_t i = 0; i < x.n; i++)
        add_option(pl, ret, x.v[i].slot, x.v[i].fit.total, x.v[i].fit.rank);
}

/* Those worth more than `than` at the prices of the market, in the first round without prices. Who is gone, or goes only with
 * somebody who is, has none. */
static void options_of(struct placing *pl, int32_t i, int64_t than, struct options *ret)
{
    const struct placing_one *one = &pl->who[i];
    struct finder *f = market_read(pl->rq->app->market);
    const struct seeker *s = market_person(f, one->id), *t = one->other >= 0 ? market_person(f, pl->who[one->other].id) : NULL;
    ret->n = 0;
    ret->most = 0;
    if (s && t)
        options_both(pl, f, s, t, than, ret);
    else if (s && one->other == PLACED_ALONE)
        options_alone(pl, f, s, than, ret);
    market_done(f);
}

/* ---- the pairs that join in ---- */

static bool has_pair(const struct placing *pl, int32_t i, int32_t slot)
{
    int32_t from = pl->b.row[i], to = pl->b.row[i + 1];
    while (from < to) {
        int32_t mid = (from + to) / 2;
        if (pl->b.slot[mid] == slot)
            return true;
        if (pl->b.slot[mid] < slot)
            from = mid + 1;
        else
            to = mid;
    }
    return false;
}

static int calm_first(const void *x, const void *y)
{
    const struct option *a = x, *b = y;
    if (a->crowded != b->crowded)
        return a->crowded - b->crowded;
    return a->worth != b->worth ? (a->worth < b->worth) - (a->worth > b->worth) : a->c.slot - b->c.slot;
}

/* At most `room` that are worth more than what the person has: the best of all, then those that few others took up,
 * so that many who are alike do not all join in at the same few shifts. */
static void join(struct placing *pl, int32_t i, struct options *o, int64_t than, int32_t room)
{
    int32_t n = 0, best = 0;
    for (int32_t k = 0; k < o->n; k++) {
        if (o->v[k].worth <= than || has_pair(pl, i, o->v[k].c.slot))
            continue;
        o->v[n] = o->v[k];
        best = o->v[n].worth > o->v[best].worth ? n : best;
        n++;
    }
    o->v[best].crowded = false;
    qsort(o->v, (size_t)n, sizeof *o->v, calm_first);
    n = n < room ? n : room;
    for (int32_t k = 0; k < n; k++) {
        pl->more[pl->from[i] + k] = o->v[k].c;
        pl->asked[o->v[k].c.slot]++;
        if (!pl->rounds && k < FIRST)
            pl->suitors[o->v[k].c.slot]++;
    }
    pl->from[i + 1] = pl->from[i] + n;
}

static void make_room(struct placing *pl, int32_t room)
{
    size_t people = (size_t)pl->b.people;
    arena_reset(&pl->round);
    pl->more = NEW_N(&pl->round, people * (size_t)room + 1, struct column);
    pl->from = NEW_N(&pl->round, people + 1, int32_t);
    memset(pl->asked, 0, sizeof *pl->asked * (size_t)pl->b.slots);
}

bool placing_widen(struct placing *pl)
{
    if (!pl->from[pl->b.people])
        return false;
    struct arena next = pl->pairs[1];
    arena_reset(&next);
    pl->b = column_add(&next, &pl->b, pl->from, pl->more);
    pl->pairs[1] = pl->pairs[0];
    pl->pairs[0] = next;
    return true;
}

bool placing_begin(struct placing *pl, struct request *rq)
{
    struct options o;
    *pl = (struct placing){.rq = rq};
    arena_init(&pl->round, 0);
    arena_init(&pl->pairs[0], 0);
    arena_init(&pl->pairs[1], 0);
    number_slots(pl);
    number_people(pl);
    make_room(pl, EDGES);
    for (int32_t i = 0; i < pl->b.people && !rq->app->stopping; i++) {
        options_of(pl, i, 0, &o);
        join(pl, i, &o, 0, EDGES);
    }
    if (!rq->app->stopping)
        placing_widen(pl);
    return !rq->app->stopping;
}

void placing_done(struct placing *pl)
{
    arena_done(&pl->round);
    arena_done(&pl->pairs[0]);
    arena_done(&pl->pairs[1]);
}

/* Of person i at slot k, which is a pair. */
static int32_t score_at(const struct placing *pl, int32_t i, int32_t k)
{
    int32_t e = pl->b.row[i];
    while (pl->b.slot[e] != k)
        e++;
    return pl->b.score[e];
}

/* What person i got, of two the mean; 0 = nothing. */
static int32_t points_of(const struct placing *pl, int32_t i)
{
    int32_t k = pl->slot_of[i], other = pl->who[i].other;
    return k < 0 ? 0 : other < 0 ? score_at(pl, i, k) : (score_at(pl, i, k) + score_at(pl, other, k)) / 2;
}

/* Only where there is a price: elsewhere whoever comes gets in. */
static void draw_lines(struct placing *pl)
{
    memset(pl->line, 0, sizeof *pl->line * (size_t)pl->b.slots);
    for (int32_t i = 0; i < pl->b.people; i++) {
        int32_t k = pl->slot_of[i], points = points_of(pl, i);
        if (k >= 0 && pl->price[k] > 0 && (!pl->line[k] || points < pl->line[k]))
            pl->line[k] = points;
    }
}

void placing_solve(struct placing *pl)
{
    struct arena a;
    arena_init(&a, 0);
    struct couples_result r = batch_couples(&a, &pl->b, pl->couples, pl->n_couples, 0);
    for (int32_t k = 0; k < pl->b.slots; k++)
        pl->price[k] = (int32_t)(r.price[k] / r.scale);
    memcpy(pl->slot_of, r.slot_of, sizeof *pl->slot_of * (size_t)pl->b.people);
    pl->value = r.value;
    pl->rounds++;
    arena_done(&a);
    draw_lines(pl);
}

/* ---- the bound ---- */

/* What the pairs known so far leave to the person, or to both; 0 for staying out. */
static int64_t content(const struct placing *pl, int32_t i)
{
    const struct batch *b = &pl->b;
    int32_t other = pl->who[i].other >= 0 ? pl->who[i].other : i, x = b->row[i], y = b->row[other];
    int64_t most = 0;
    while (x < b->row[i + 1] && y < b->row[other + 1]) {
        int32_t j = b->slot[x], k = b->slot[y];
        int64_t v = b->score[x] - pl->price[j] + (other == i ? 0 : b->score[y] - pl->price[k]);
        most = j == k && v > most ? v : most;
        x += j <= k;
        y += k <= j;
    }
    return most;
}

bool placing_prove(struct placing *pl)
{
    struct options o;
    int64_t bound = 0;
    make_room(pl, ROOM);
    for (int32_t k = 0; k < pl->b.slots; k++)
        bound += (int64_t)pl->b.cap[k] * pl->price[k];
    for (int32_t i = 0; i < pl->b.people && !pl->rq->app->stopping; i++) {
        int64_t has = content(pl, i);
        options_of(pl, i, has, &o);
        join(pl, i, &o, has, ROOM);
        if (pl->who[i].other < 0 || pl->who[i].other > i) /* of two the first, for both */
            bound += o.most > has ? o.most : has;
    }
    pl->bound = bound;
    return !pl->rq->app->stopping;
}
