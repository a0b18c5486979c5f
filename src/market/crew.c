/* crew.c - see the header: weights for the bound, targets and exchanges for the line. */
#include "market/crew.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200, ONE = 1 << 20, STEP = 16, LINKS = 6, NEAR = 6, SMALL = 64, NODES = 100000 };

/* Where somebody stood before a chain moved them. */
struct link {
    int32_t who, from;
};
struct line {
    const struct crew_line *l;
    int32_t *at;
    int64_t *made; /* per operation: sum of the skills of those there */
    int32_t heads; /* in the crew */
    bool *moved;   /* per person: by the chain that is tried */
    struct link chain[2 * LINKS];
    int32_t links;
};
/* What a person is worth at best at the weights of the operations. */
struct worth {
    int64_t points;
    int32_t who;
};

static int64_t skill(const struct crew_line *l, int32_t i, int32_t k)
{
    return k < 0 ? 0 : l->skill[(size_t)i * (size_t)l->operations + (size_t)k];
}

/* Hundredths of a piece an hour that this skill makes at operation k. */
static int64_t speed(const struct crew_line *l, int64_t sum, int32_t k)
{
    return 6000 * sum / l->minutes[k];
}

static void put(struct line *s, int32_t i, int32_t k)
{
    int32_t from = s->at[i];
    if (from >= 0)
        s->made[from] -= skill(s->l, i, from);
    if (k >= 0)
        s->made[k] += skill(s->l, i, k);
    s->heads += (k >= 0) - (from >= 0);
    s->at[i] = k;
}

static int64_t slowest(const struct crew_line *l, const int64_t *made, int32_t *ret_k)
{
    int64_t least = 0;
    int32_t at = -1;
    for (int32_t k = 0; k < l->operations; k++) {
        int64_t v = speed(l, made[k], k);
        if (at >= 0 && v >= least)
            continue;
        least = v;
        at = k;
    }
    *ret_k = at;
    return least;
}

int64_t crew_rate(struct arena *a, const struct crew_line *l, const int32_t *at,
                  int32_t *ret_bottleneck)
{
    int64_t *made = NEW_N(a, (size_t)l->operations + 1, int64_t);
    for (int32_t i = 0; i < l->people; i++)
        if (at[i] >= 0)
            made[at[i]] += skill(l, i, at[i]);
    return slowest(l, made, ret_bottleneck);
}

static int most_first(const void *x, const void *y)
{
    const struct worth *p = x, *q = y;
    if (p->points != q->points)
        return p->points < q->points ? 1 : -1;
    return p->who - q->who;
}

/* What person i is worth at operation k, rounded up. */
static int64_t points_at(const struct crew_line *l, const int64_t *weight, int32_t i, int32_t k)
{
    return (weight[k] * 6000 * skill(l, i, k) + l->minutes[k] - 1) / l->minutes[k];
}

/* Everybody at the operation worth most at the weights; returns the bound, rounded up. */
static int64_t weigh(const struct crew_line *l, const int64_t *weight, struct worth *worth,
                     int64_t *made)
{
    int64_t all = 0, sum = 0;
    memset(made, 0, sizeof *made * (size_t)l->operations);
    for (int32_t k = 0; k < l->operations; k++)
        all += weight[k];
    for (int32_t i = 0; i < l->people; i++) {
        int32_t best = 0;
        worth[i] = (struct worth){0, i};
        for (int32_t k = 0; k < l->operations; k++) {
            int64_t v = points_at(l, weight, i, k);
            if (v <= worth[i].points)
                continue;
            worth[i].points = v;
            best = k;
        }
        made[best] += skill(l, i, best);
    }
    qsort(worth, (size_t)l->people, sizeof *worth, most_first);
    for (int32_t i = 0; i < l->people && i < l->heads; i++)
        sum += worth[i].points;
    return (sum + all - 1) / all;
}

/* ret_weight: those of the bound. */
static int64_t bound(struct arena *a, const struct crew_line *l, int64_t *ret_weight)
{
    size_t ops = (size_t)l->operations + 1;
    int64_t *weight = NEW_N(a, ops, int64_t), *made = NEW_N(a, ops, int64_t), ub = INT64_MAX;
    struct worth *worth = NEW_N(a, (size_t)l->people + 1, struct worth);
    for (int32_t k = 0; k < l->operations; k++)
        weight[k] = ONE;
    for (int32_t t = 0; t < ROUNDS; t++) {
        int64_t now = weigh(l, weight, worth, made), sum = 0, all = 0;
        if (now < ub) {
            ub = now;
            memcpy(ret_weight, weight, ops * sizeof *weight);
        }
        for (int32_t k = 0; k < l->operations; k++)
            sum += speed(l, made[k], k);
        int64_t mean = sum / l->operations + 1, pace = STEP + t;
        for (int32_t k = 0; k < l->operations; k++) {
            int64_t v = speed(l, made[k], k), over = v < 2 * mean ? v - mean : mean;
            weight[k] -= weight[k] * over / mean / pace;
            weight[k] += weight[k] == 0;
            all += weight[k];
        }
        for (int32_t k = 0; k < l->operations; k++)
            weight[k] = weight[k] * ONE / all + 1;
    }
    return ub;
}

/* How far operation k stays behind the target with `more` skill. */
static int64_t lack(const struct line *s, int32_t k, int64_t more, int64_t target)
{
    int64_t v = k < 0 ? target : speed(s->l, s->made[k] + more, k);
    return v < target ? target - v : 0;
}

/* How far the whole line stays behind, and the operation that does most. */
static int64_t lacking(const struct line *s, int64_t target, int32_t *ret_most)
{
    int64_t sum = 0, most = 0;
    for (int32_t k = 0; k < s->l->operations; k++) {
        int64_t v = lack(s, k, 0, target);
        sum += v;
        if (v <= most)
            continue;
        most = v;
        *ret_most = k;
    }
    return sum;
}

/* By how much the line comes closer to the target when i goes to k, and j (if >= 0) from k to the
 * place of i. */
static int64_t closer(const struct line *s, int32_t i, int32_t j, int32_t k, int64_t target)
{
    const struct crew_line *l = s->l;
    int32_t from = s->at[i];
    int64_t there = skill(l, i, k), here = -skill(l, i, from);
    if (j >= 0) {
        there -= skill(l, j, k);
        here += skill(l, j, from);
    }
    return lack(s, from, 0, target) - lack(s, from, here, target) + lack(s, k, 0, target) -
           lack(s, k, there, target);
}

static void move(struct line *s, int32_t i, int32_t k)
{
    s->chain[s->links++] = (struct link){i, s->at[i]};
    s->moved[i] = true;
    put(s, i, k);
}

static bool is_swap(const struct line *s, int32_t i, int32_t j, int32_t k)
{
    return s->at[j] == k && !s->moved[j] && skill(s->l, j, k) < skill(s->l, i, k);
}

/* The move to k, or the exchange with one of k, that comes closest to the target or else loses
 * least, of people the chain has not moved; false: none does more at k. */
static bool help(struct line *s, int32_t k, int64_t target)
{
    int32_t who = -1, other = -1;
    int64_t most = INT64_MIN;
    for (int32_t i = 0; i < s->l->people; i++) {
        if (s->moved[i] || s->at[i] == k || skill(s->l, i, k) == 0)
            continue;
        bool room = s->at[i] >= 0 || s->heads < s->l->heads;
        for (int32_t j = room ? -1 : 0; j < s->l->people; j++) {
            int64_t v = j < 0 || is_swap(s, i, j, k) ? closer(s, i, j, k, target) : INT64_MIN;
            if (v <= most)
                continue;
            most = v;
            who = i;
            other = j;
        }
    }
    if (who < 0)
        return false;
    int32_t from = s->at[who];
    move(s, who, k);
    if (other >= 0)
        move(s, other, from);
    return true;
}

/* Helps operation k, then whichever lacks most, a few links far: stands as soon as the line is
 * closer to the target than before, else is undone. */
static bool chain(struct line *s, int32_t k, int64_t target)
{
    int32_t next = k;
    int64_t before = lacking(s, target, &next), now = before;
    next = k;
    s->links = 0;
    for (int32_t n = 0; n < LINKS && now >= before && help(s, next, target); n++)
        now = lacking(s, target, &next);
    for (int32_t n = 0; n < s->links; n++)
        s->moved[s->chain[n].who] = false;
    while (now >= before && s->links > 0) {
        s->links--;
        put(s, s->chain[s->links].who, s->chain[s->links].from);
    }
    return now < before;
}

/* Whoever the target does not need makes room for somebody else. */
static void spare(struct line *s, int64_t target)
{
    for (int32_t i = 0; i < s->l->people; i++)
        if (s->at[i] >= 0 && lack(s, s->at[i], -skill(s->l, i, s->at[i]), target) == 0)
            put(s, i, CREW_OUT);
}

/* Changes the line until it meets the target or nothing helps; the rate it has then. */
static int64_t aim(struct line *s, int64_t target)
{
    int32_t k;
    for (bool helped = true; helped;) {
        helped = false;
        spare(s, target);
        for (k = 0; k < s->l->operations; k++)
            helped |= lack(s, k, 0, target) > 0 && chain(s, k, target);
    }
    return slowest(s->l, s->made, &k);
}

static void stand(struct line *s, const int32_t *at)
{
    for (int32_t i = 0; i < s->l->people; i++)
        put(s, i, at[i]);
}

/* The best line found from this one on, between its rate and the bound: first wide targets, each
 * from where the last one ended, then narrow ones from the best. */
static int64_t search(struct arena *a, struct line *s, int64_t ub)
{
    size_t bytes = sizeof *s->at * (size_t)s->l->people;
    int32_t *best = NEW_N(a, (size_t)s->l->people + 1, int32_t), k;
    int64_t rate = slowest(s->l, s->made, &k), top = ub + 1; /* no target from top on is met */
    memcpy(best, s->at, bytes);
    for (int32_t near = 0; near < NEAR && rate < ub;) {
        bool wide = rate + 1 < top;
        int64_t target = wide ? rate + (top - rate) / 2 : rate + 1 + (rate >> (NEAR + 2 - near));
        if (!wide)
            stand(s, best);
        int64_t now = aim(s, target);
        if (wide && now < target)
            top = target;
        near = wide || now > rate ? 0 : near + 1;
        if (now <= rate)
            continue;
        rate = now;
        memcpy(best, s->at, bytes);
    }
    stand(s, best);
    return rate;
}

/* One more person for operation k, who leaves another only to somebody else. */
static bool reach(struct line *s, int32_t k)
{
    for (int32_t i = 0; i < s->l->people; i++) {
        if (s->moved[i] || skill(s->l, i, k) == 0)
            continue;
        s->moved[i] = true;
        if (s->at[i] >= 0 && !reach(s, s->at[i]))
            continue;
        put(s, i, k);
        return true;
    }
    return false;
}

/* One at every operation, wherever that can be: the line is not dead from the start. */
static void start(struct line *s)
{
    for (int32_t k = 0; k < s->l->operations && s->l->operations <= s->l->heads; k++) {
        reach(s, k);
        memset(s->moved, 0, sizeof *s->moved * (size_t)s->l->people);
    }
}

/* The search that misses nothing: people in the order of what they are worth at the weights. */
struct proof {
    struct line *s;
    const int64_t *weight;
    int64_t all;          /* sum of the weights */
    struct worth *person; /* the most first */
    int64_t *most;        /* before each in that order: sum of worth */
    int64_t *rest;        /* from each in that order on, per operation: sum of skill */
    int64_t rate;         /* to beat */
    int32_t *best;
    int32_t nodes;
};

/* True when the people from n-th on, as many as heads are left, cannot beat the rate. `got`: the
 * worth of those before. */
static bool is_vain(const struct proof *p, int32_t n, int64_t got)
{
    const struct crew_line *l = p->s->l;
    const int64_t *rest = p->rest + (size_t)n * (size_t)l->operations;
    int32_t left = l->heads - p->s->heads, end = left < l->people - n ? n + left : l->people;
    for (int32_t k = 0; k < l->operations; k++)
        if (left == 0 || speed(l, p->s->made[k] + rest[k], k) <= p->rate)
            return true;
    return got + p->most[end] - p->most[n] < (p->rate + 1) * p->all;
}

static void prove(struct proof *p, int32_t n, int64_t got)
{
    struct line *s = p->s;
    int32_t k;
    int64_t rate = slowest(s->l, s->made, &k);
    if (rate > p->rate) {
        p->rate = rate;
        memcpy(p->best, s->at, sizeof *s->at * (size_t)s->l->people);
    }
    if (++p->nodes > NODES || is_vain(p, n, got))
        return;
    int32_t i = p->person[n].who;
    for (k = 0; k < s->l->operations; k++) {
        if (skill(s->l, i, k) == 0)
            continue;
        put(s, i, k);
        prove(p, n + 1, got + points_at(s->l, p->weight, i, k));
        put(s, i, CREW_OUT);
    }
    prove(p, n + 1, got);
}

/* Beats the rate of the line by trying everybody everywhere, as far as NODES go. */
static int64_t beat(struct arena *a, struct line *s, const int64_t *weight, int64_t rate)
{
    const struct crew_line *l = s->l;
    size_t n = (size_t)l->people, ops = (size_t)l->operations;
    struct proof p = {.s = s, .weight = weight, .rate = rate};
    p.person = NEW_N(a, n + 1, struct worth);
    p.most = NEW_N(a, n + 1, int64_t);
    p.rest = NEW_N(a, (n + 1) * ops, int64_t);
    p.best = NEW_N(a, n + 1, int32_t);
    memcpy(p.best, s->at, sizeof *s->at * n);
    weigh(l, weight, p.person, NEW_N(a, ops, int64_t));
    for (size_t k = 0; k < ops; k++)
        p.all += weight[k];
    for (size_t t = 0; t < n; t++)
        p.most[t + 1] = p.most[t] + p.person[t].points;
    for (size_t t = n; t-- > 0;)
        for (size_t k = 0; k < ops; k++)
            p.rest[t * ops + k] = p.rest[(t + 1) * ops + k] + skill(l, p.person[t].who, (int32_t)k);
    for (int32_t i = 0; i < l->people; i++)
        put(s, i, CREW_OUT);
    prove(&p, 0, 0);
    for (int32_t i = 0; i < l->people; i++)
        put(s, i, p.best[i]);
    return p.rate;
}

/* The best line found; `from` is one to begin with, or NULL. */
static int64_t solve(struct arena *a, const struct crew_line *l, const int32_t *from,
                     struct crew *r)
{
    size_t n = (size_t)l->people + 1, ops = (size_t)l->operations + 1;
    struct line s = {.l = l, .at = NEW_N(a, n, int32_t), .made = NEW_N(a, ops, int64_t)};
    int64_t *weight = NEW_N(a, ops, int64_t);
    s.moved = NEW_N(a, n, bool);
    r->at = s.at;
    r->bottleneck = -1;
    for (int32_t i = 0; i < l->people; i++)
        s.at[i] = CREW_OUT;
    if (l->operations == 0)
        return 0;
    for (int32_t i = 0; from && i < l->people; i++)
        put(&s, i, from[i]);
    if (!from)
        start(&s);
    r->ub = bound(a, l, weight);
    r->rate = search(a, &s, r->ub);
    if (r->rate < r->ub && l->people <= SMALL)
        r->rate = beat(a, &s, weight, r->rate);
    return crew_rate(a, l, s.at, &r->bottleneck);
}

/* The rate with one more person who does only what the line lacks, at the norm. */
static int64_t with_one_more(struct arena *a, const struct crew_line *l, const struct crew *r)
{
    size_t n = (size_t)l->people, ops = (size_t)l->operations;
    int32_t *skills = NEW_N(a, (n + 1) * ops, int32_t), *from = NEW_N(a, n + 1, int32_t);
    struct crew more = {0};
    memcpy(skills, l->skill, n * ops * sizeof *skills);
    skills[n * ops + (size_t)r->bottleneck] = 100;
    memcpy(from, r->at, n * sizeof *from);
    from[n] = r->bottleneck;
    struct crew_line wide = {l->people + 1, l->operations, l->heads + 1, skills, l->minutes};
    return solve(a, &wide, r->rate > 0 ? from : NULL, &more);
}

struct crew crew_best(struct arena *a, const struct crew_line *l)
{
    struct crew r = {0};
    r.rate = solve(a, l, NULL, &r);
    if (r.bottleneck >= 0)
        r.one_more = with_one_more(a, l, &r);
    return r;
}
