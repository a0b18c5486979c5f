/* sim.c - the day of sim.h: who comes when, the hall's answers, greedy and hindsight. */
#include "market/sim.h"
#include "market/dice.h"

#include <stdlib.h>

#include "market/city.h"

enum { MIN_S = 60, AGAIN_S = 5, STARVE_S = 90 * MIN_S, EDGES = 400, AT_OPENING_PCT = 30, Q16 = 65536 };

struct stay {
    int64_t from_s, to_s;
    bool real, ghost; /* both false: not of this day */
};
struct sim {
    struct sim_params p;
    struct batch world;
    struct stay *person, *order;
    int32_t *partner;
    struct hall hall;
    struct hall_ghost *ghost_person, *ghost_order;
    int32_t ghost_people, ghost_orders;
    struct hall_event *event; /* of the real day, by time */
    int32_t events, next;
    int64_t now_s, minute_s, last_s;
    int64_t *placed_s; /* per person, -1 = not yet */
    bool *starved;
};

/* log2(u) in Q16, u > 0. */
static int64_t log2_q16(uint32_t u)
{
    int64_t r = 0;
    uint64_t z = u;
    while (z >> (r + 1))
        r++;
    z = (z << 31) >> r; /* in [1, 2), Q31 */
    for (int k = 0; k < 16; k++) {
        z = z * z >> 31;
        r = 2 * r + (int64_t)(z >> 32);
        z >>= z >> 32;
    }
    return r;
}

/* Exponential with the given mean: -ln(u) * mean. */
static int64_t stay_s(uint64_t *rnd, int64_t mean_s)
{
    uint32_t u = (uint32_t)(dice_next(rnd) >> 32) | 1;
    int64_t log2_u = 32 * Q16 - log2_q16(u);
    return 1 + log2_u * mean_s / Q16 * 45426 / Q16; /* ln 2 in Q16 */
}

static int64_t triangular(uint64_t *rnd, int32_t day_s)
{
    return dice_below(rnd, day_s / 2) + dice_below(rnd, day_s - day_s / 2);
}

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 31) * 0x9E3779B97F4A7C15ULL;
    return (x ^ x >> 29) * 0xBF58476D1CE4E5B9ULL;
}

/* The first of a couple decides for both. */
static bool accepts(const struct sim *s, int32_t i, int32_t j)
{
    int32_t who = s->partner[i] >= 0 && s->partner[i] < i ? s->partner[i] : i;
    uint64_t x = mix(s->p.seed ^ mix((uint64_t)who << 32 | (uint32_t)j));
    return (int32_t)((x >> 33) % 100) < s->p.accept_pct;
}

static int32_t share(int32_t n, int32_t pct)
{
    return pct < 0 ? 0 : (int32_t)((int64_t)n * (pct ? pct : 100) / 100);
}

static void draw_people(struct sim *s, uint64_t *rnd, int32_t ghosts)
{
    int32_t n[2] = {0, 0}, want[2] = {s->p.people, ghosts};
    for (int32_t i = 0; i < s->world.people; i++) {
        bool other = city_other(i), second = i % 2 && s->partner[i - 1] == i;
        int64_t from = triangular(rnd, s->p.day_s);
        s->person[i] = (struct stay){from, from + stay_s(rnd, s->p.patience_s), false, false};
        s->partner[i] = -1;
        if (second) {
            s->person[i] = s->person[i - 1];
            s->partner[i] = i - 1;
        }
        if (n[other]++ >= want[other])
            continue;
        *(other ? &s->person[i].ghost : &s->person[i].real) = true;
        if (i % 2 == 0 && n[other] < (int64_t)want[other] * s->p.couple_pct / 100)
            s->partner[i] = i + 1;
    }
}

/* Slots lie by place: those of the day are drawn evenly from all, lest they are all of one end of the city. */
static void draw_orders(struct sim *s, uint64_t *rnd, const bool *other, int32_t ghosts)
{
    int32_t n[2] = {0, 0}, want[2] = {s->p.orders, ghosts};
    for (int32_t j = 0; j < s->world.slots; j++) {
        bool late = dice_below(rnd, 100) >= AT_OPENING_PCT;
        int64_t from = triangular(rnd, s->p.day_s), life = 20 + dice_below(rnd, 71);
        from = late ? from : 0;
        s->order[j] = (struct stay){from, from + life * MIN_S, false, false};
        int64_t k = n[other[j]]++, of = s->world.slots / 2;
        if ((k + 1) * want[other[j]] / of > k * want[other[j]] / of)
            *(other[j] ? &s->order[j].ghost : &s->order[j].real) = true;
    }
}

static int by_time(const void *x, const void *y)
{
    const struct hall_event *p = x, *q = y;
    if (p->at_s != q->at_s)
        return p->at_s < q->at_s ? -1 : 1;
    if (p->what != q->what)
        return p->what - q->what;
    return p->person != q->person ? p->person - q->person : p->order - q->order;
}

static void make_events(struct arena *a, struct sim *s)
{
    const struct batch *w = &s->world;
    s->event = NEW_N(a, (size_t)w->people * 2 + (size_t)w->slots + 1, struct hall_event);
    for (int32_t i = 0; i < w->people; i++) {
        const struct stay *t = &s->person[i];
        if (!t->real || (s->partner[i] >= 0 && s->partner[i] < i))
            continue;
        s->event[s->events++] =
            (struct hall_event){t->from_s, 0, HALL_ARRIVE, i, s->partner[i], -1};
        s->event[s->events++] = (struct hall_event){t->to_s, 0, HALL_LEAVE, i, -1, -1};
    }
    for (int32_t j = 0; j < w->slots; j++) {
        const struct stay *t = &s->order[j];
        if (t->real)
            s->event[s->events++] = (struct hall_event){t->from_s, t->to_s, HALL_OPEN, -1, -1, j};
    }
    qsort(s->event, (size_t)s->events, sizeof *s->event, by_time);
}

static int ghost_by_time(const void *x, const void *y)
{
    const struct hall_ghost *p = x, *q = y;
    return p->at_s != q->at_s ? (p->at_s < q->at_s ? -1 : 1) : p->id - q->id;
}

static int32_t make_ghosts(const struct stay *stay, const int32_t *partner, int32_t n,
                           struct hall_ghost *g)
{
    int32_t k = 0;
    for (int32_t i = 0; i < n; i++)
        if (stay[i].ghost)
            g[k++] =
                (struct hall_ghost){stay[i].from_s, stay[i].to_s, i, partner ? partner[i] : -1};
    qsort(g, (size_t)k, sizeof *g, ghost_by_time);
    return k;
}

struct hall sim_fresh(struct arena *a, const struct sim *s)
{
    struct hall h = hall_new(a, &s->p.hall, &s->world);
    hall_ghosts(&h, s->ghost_person, s->ghost_people, s->ghost_order, s->ghost_orders);
    return h;
}

static int32_t larger(int32_t x, int32_t y)
{
    return x > y ? x : y;
}

struct sim *sim_new(struct arena *a, const struct sim_params *p)
{
    struct sim *s = NEW(a, struct sim);
    s->p = *p;
    s->p.day_s = p->day_s ? p->day_s : 240 * MIN_S;
    s->p.patience_s = p->patience_s ? p->patience_s : 40 * MIN_S;
    s->p.accept_pct = p->accept_pct ? p->accept_pct : 70;
    int32_t ghosts = share(p->people, p->ghost_people_pct);
    int32_t ghost_orders = share(p->orders, p->ghost_orders_pct);
    struct city_params cp = {.seed = p->seed,
                             .people = 2 * larger(p->people, ghosts) + 4,
                             .slots = 2 * larger(p->orders, ghost_orders) + 2,
                             .couple_pct = p->couple_pct,
                             .degree = EDGES,
                             .spread_km = p->spread_km,
                             .clusters = p->clusters,
                             .hall = true,
                             .other_law = p->other_law};
    struct city c = city_make(a, &cp);
    uint64_t rnd = mix(p->seed + 1) | 1;
    size_t people = (size_t)c.b.people + 1, orders = (size_t)c.b.slots + 1;
    s->world = c.b;
    s->person = NEW_N(a, people, struct stay);
    s->order = NEW_N(a, orders, struct stay);
    s->partner = NEW_N(a, people, int32_t);
    s->placed_s = NEW_N(a, people, int64_t);
    s->starved = NEW_N(a, people, bool);
    s->ghost_person = NEW_N(a, people, struct hall_ghost);
    s->ghost_order = NEW_N(a, orders, struct hall_ghost);
    for (int32_t i = 0; i < c.b.people; i++)
        s->placed_s[i] = s->partner[i] = -1;
    draw_people(s, &rnd, ghosts);
    draw_orders(s, &rnd, c.other, ghost_orders);
    make_events(a, s);
    s->ghost_people = make_ghosts(s->person, s->partner, c.b.people, s->ghost_person);
    s->ghost_orders = make_ghosts(s->order, NULL, c.b.slots, s->ghost_order);
    s->last_s = s->events ? s->event[s->events - 1].at_s : 0;
    s->hall = sim_fresh(a, s);
    return s;
}

/* i has an edge to j. */
static int64_t score_at(const struct batch *w, int32_t i, int32_t j)
{
    int32_t from = w->row[i], to = w->row[i + 1];
    while (from < to) {
        int32_t mid = from + (to - from) / 2;
        if (w->slot[mid] < j)
            from = mid + 1;
        else
            to = mid;
    }
    return w->score[from];
}

/* Of a person, or of a couple together: what one of the two can do, both can (city.h). */
static int64_t worth(const struct sim *s, int32_t i, int32_t j)
{
    int64_t one = score_at(&s->world, i, j);
    return s->partner[i] < 0 ? one : one + score_at(&s->world, s->partner[i], j);
}

static int32_t size_of(const struct sim *s, int32_t i)
{
    return s->partner[i] < 0 ? 1 : 2;
}

/* Points of a seat with what waiting adds. */
static int64_t total(const struct sim *s, int32_t i, int32_t j)
{
    int64_t waited = s->now_s - s->person[i].from_s, hour = 60 * MIN_S;
    return worth(s, i, j) / size_of(s, i) + s->p.hall.aging * (waited < hour ? waited : hour) / hour;
}

static void find_starved(struct sim *s, int32_t from)
{
    const struct hall *h = &s->hall;
    for (int32_t i = 0; i < s->world.people; i++) {
        bool long_here =
            h->person[i].state == HALL_WAITING && s->now_s - h->person[i].since_s > STARVE_S;
        for (int32_t k = from; long_here && k < h->logged; k++) {
            const struct hall_event *e = &h->log[k];
            if (e->what != HALL_PROPOSE || size_of(s, i) > size_of(s, e->person))
                continue;
            int32_t j = e->order, x = s->world.row[i];
            while (x < s->world.row[i + 1] && s->world.slot[x] != j)
                x++;
            if (x < s->world.row[i + 1] && !h->refused[x] &&
                total(s, i, j) > total(s, e->person, j))
                s->starved[i] = true;
        }
    }
}

/* Whether anybody refused. */
static bool answer(struct sim *s, int32_t from)
{
    int32_t to = s->hall.logged;
    bool refused = false;
    for (int32_t k = from; k < to; k++) {
        struct hall_event e = s->hall.log[k];
        if (e.what != HALL_PROPOSE)
            continue;
        bool yes = accepts(s, e.person, e.order);
        hall_apply(&s->hall,
                   &(struct hall_event){s->now_s, 0, yes ? HALL_YES : HALL_NO, e.person, -1, -1});
        refused |= !yes;
        if (yes)
            s->placed_s[e.person] = s->now_s;
        if (yes && e.partner >= 0)
            s->placed_s[e.partner] = s->now_s;
    }
    return refused;
}

/* Everybody has come until then; whether anybody refused. */
static bool place_all(struct sim *s, struct arena *scratch)
{
    while (s->next < s->events && s->event[s->next].at_s <= s->now_s)
        hall_apply(&s->hall, &s->event[s->next++]);
    int32_t from = hall_step(&s->hall, scratch, s->now_s);
    find_starved(s, from);
    return answer(s, from);
}

bool sim_step(struct sim *s, struct arena *scratch)
{
    s->minute_s += MIN_S;
    s->now_s = s->minute_s;
    while (place_all(s, scratch) && s->now_s + AGAIN_S < s->minute_s + MIN_S)
        s->now_s += AGAIN_S;
    return s->minute_s < s->last_s;
}

const struct hall *sim_log(const struct sim *s)
{
    return &s->hall;
}

static int by_number(const void *x, const void *y)
{
    const int64_t *p = x, *q = y;
    return (*p > *q) - (*p < *q);
}

/* at[i]: order or -1, when_s[i]: the moment. */
static struct sim_day count(struct arena *a, const struct sim *s, const int32_t *at,
                            const int64_t *when_s)
{
    struct sim_day d = {0};
    int64_t *wait = NEW_N(a, (size_t)s->world.people + 1, int64_t), sum = 0;
    int32_t *used = NEW_N(a, (size_t)s->world.slots + 1, int32_t);
    for (int32_t j = 0; j < s->world.slots; j++)
        d.seats += s->order[j].real ? s->world.cap[j] : 0;
    for (int32_t i = 0; i < s->world.people; i++) {
        d.people += s->person[i].real;
        d.apart += at[i] != at[larger(i, s->partner[i])];
        if (at[i] < 0)
            continue;
        d.over += ++used[at[i]] == s->world.cap[at[i]] + 1;
        d.value += score_at(&s->world, i, at[i]);
        sum += wait[d.placed++] = when_s[i] - s->person[i].from_s;
    }
    if (!d.placed)
        return d;
    qsort(wait, (size_t)d.placed, sizeof *wait, by_number);
    d.mean_s = (int32_t)(sum / d.placed);
    d.p90_s = (int32_t)wait[(int64_t)d.placed * 90 / 100];
    d.p99_s = (int32_t)wait[(int64_t)d.placed * 99 / 100];
    return d;
}

struct sim_day sim_hall(struct arena *a, const struct sim *s)
{
    int32_t *at = NEW_N(a, (size_t)s->world.people + 1, int32_t);
    for (int32_t i = 0; i < s->world.people; i++)
        at[i] = s->hall.person[i].state == HALL_PLACED ? s->hall.person[i].order : -1;
    struct sim_day d = count(a, s, at, s->placed_s);
    for (int32_t i = 0; i < s->world.people; i++)
        d.starved += s->starved[i];
    return d;
}

/* Whether i and order j met and would have agreed. */
static bool met(const struct sim *s, int32_t i, int32_t j)
{
    const struct stay *p = &s->person[i], *o = &s->order[j];
    return p->real && o->real && o->from_s < p->to_s && p->from_s < o->to_s && accepts(s, i, j);
}

struct greedy {
    const struct sim *s;
    int32_t *left, *at;
    int64_t *when_s;
    int32_t *col, *who; /* people of an order */
};

static void take(struct greedy *g, int32_t i, int32_t j, int64_t now_s)
{
    int32_t mate = g->s->partner[i];
    g->left[j] -= size_of(g->s, i);
    g->at[i] = j;
    g->when_s[i] = now_s;
    if (mate >= 0) {
        g->at[mate] = j;
        g->when_s[mate] = now_s;
    }
}

/* Takes the best that is free. */
static void greedy_person(struct greedy *g, int32_t i, int64_t now_s)
{
    const struct sim *s = g->s;
    int32_t best = -1;
    int64_t most = 0;
    for (int32_t e = s->world.row[i]; e < s->world.row[i + 1]; e++) {
        int32_t j = s->world.slot[e];
        const struct stay *o = &s->order[j];
        if (o->from_s > now_s || o->to_s <= now_s || g->left[j] < size_of(s, i) ||
            worth(s, i, j) <= most || !met(s, i, j))
            continue;
        best = j;
        most = worth(s, i, j);
    }
    if (best >= 0)
        take(g, i, best, now_s);
}

struct waiting {
    int64_t worth;
    int32_t who;
};

static int best_first(const void *x, const void *y)
{
    const struct waiting *p = x, *q = y;
    return p->worth != q->worth ? (p->worth < q->worth ? 1 : -1) : p->who - q->who;
}

/* Takes the best who wait. */
static void greedy_order(struct greedy *g, int32_t j, int64_t now_s, struct waiting *w)
{
    const struct sim *s = g->s;
    int32_t n = 0;
    for (int32_t k = g->col[j]; k < g->col[j + 1]; k++) {
        int32_t i = g->who[k];
        const struct stay *p = &s->person[i];
        if (g->at[i] < 0 && p->from_s <= now_s && p->to_s > now_s && met(s, i, j))
            w[n++] = (struct waiting){worth(s, i, j) / size_of(s, i), i};
    }
    qsort(w, (size_t)n, sizeof *w, best_first);
    for (int32_t k = 0; k < n; k++)
        if (g->at[w[k].who] < 0 && g->left[j] >= size_of(s, w[k].who))
            take(g, w[k].who, j, now_s);
}

static void make_columns(struct arena *a, struct greedy *g)
{
    const struct batch *w = &g->s->world;
    g->col = NEW_N(a, (size_t)w->slots + 2, int32_t);
    g->who = NEW_N(a, (size_t)w->row[w->people] + 1, int32_t);
    for (int32_t e = 0; e < w->row[w->people]; e++)
        g->col[w->slot[e] + 2]++;
    for (int32_t j = 0; j < w->slots; j++)
        g->col[j + 2] += g->col[j + 1];
    for (int32_t i = 0; i < w->people; i++)
        for (int32_t e = w->row[i]; e < w->row[i + 1]; e++)
            g->who[g->col[w->slot[e] + 1]++] = i;
}

struct sim_day sim_greedy(struct arena *a, const struct sim *s)
{
    size_t people = (size_t)s->world.people + 1, orders = (size_t)s->world.slots + 1;
    struct greedy g = {.s = s};
    struct waiting *w = NEW_N(a, people, struct waiting);
    g.left = NEW_N(a, orders, int32_t);
    g.at = NEW_N(a, people, int32_t);
    g.when_s = NEW_N(a, people, int64_t);
    make_columns(a, &g);
    for (int32_t j = 0; j < s->world.slots; j++)
        g.left[j] = s->world.cap[j];
    for (int32_t i = 0; i < s->world.people; i++)
        g.at[i] = -1;
    for (int32_t k = 0; k < s->events; k++) {
        const struct hall_event *e = &s->event[k];
        if (e->what == HALL_ARRIVE)
            greedy_person(&g, e->person, e->at_s);
        if (e->what == HALL_OPEN)
            greedy_order(&g, e->order, e->at_s, w);
    }
    return count(a, s, g.at, g.when_s);
}

int64_t sim_hindsight(struct arena *a, const struct sim *s, int32_t *ret_placed)
{
    const struct batch *w = &s->world;
    size_t edges = (size_t)w->row[w->people] + 1;
    int32_t *row = NEW_N(a, (size_t)w->people + 1, int32_t), n = 0, couples = 0;
    int32_t *slot = NEW_N(a, edges, int32_t), *score = NEW_N(a, edges, int32_t);
    struct couple *of = NEW_N(a, (size_t)w->people + 1, struct couple);
    for (int32_t i = 0; i < w->people; i++) {
        for (int32_t e = w->row[i]; e < w->row[i + 1]; e++) {
            slot[n] = w->slot[e];
            score[n] = w->score[e];
            n += met(s, i, w->slot[e]);
        }
        row[i + 1] = n;
        if (s->person[i].real && s->partner[i] > i)
            of[couples++] = (struct couple){i, s->partner[i]};
    }
    struct batch all = {w->people, w->slots, row, slot, score, w->cap};
    const int32_t *at;
    int64_t ub;
    if (couples) {
        struct couples_result r = batch_couples(a, &all, of, couples, 0);
        at = r.slot_of;
        ub = r.ub;
    } else {
        struct batch_result r = batch_solve(a, &all, 0);
        at = r.slot_of;
        ub = r.value;
    }
    *ret_placed = 0;
    for (int32_t i = 0; i < w->people; i++)
        *ret_placed += at[i] >= 0;
    return ub;
}
