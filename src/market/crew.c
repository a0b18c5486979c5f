/* crew.c - see the header: weights for the bound, targets and exchanges for the line. */
#include "market/crew.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200, ONE = 1 << 20, STEP = 16 };

struct line {
    const struct crew_line *l;
    int32_t *at;
    int64_t *made; /* per operation: sum of the skills of those there */
    int32_t heads; /* in the crew */
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
    const int64_t *p = x, *q = y;
    return (*p < *q) - (*p > *q);
}

/* Everybody at the operation worth most at the weights; returns the bound, rounded up. */
static int64_t weigh(const struct crew_line *l, const int64_t *weight, int64_t *worth,
                     int64_t *made)
{
    int64_t all = 0, sum = 0;
    memset(made, 0, sizeof *made * (size_t)l->operations);
    for (int32_t k = 0; k < l->operations; k++)
        all += weight[k];
    for (int32_t i = 0; i < l->people; i++) {
        int32_t best = 0;
        worth[i] = 0;
        for (int32_t k = 0; k < l->operations; k++) {
            int64_t v = (weight[k] * 6000 * skill(l, i, k) + l->minutes[k] - 1) / l->minutes[k];
            if (v <= worth[i])
                continue;
            worth[i] = v;
            best = k;
        }
        made[best] += skill(l, i, best);
    }
    qsort(worth, (size_t)l->people, sizeof *worth, most_first);
    for (int32_t i = 0; i < l->people && i < l->heads; i++)
        sum += worth[i];
    return (sum + all - 1) / all;
}

static int64_t bound(struct arena *a, const struct crew_line *l)
{
    size_t ops = (size_t)l->operations + 1;
    int64_t *weight = NEW_N(a, ops, int64_t), *made = NEW_N(a, ops, int64_t), ub = INT64_MAX;
    int64_t *worth = NEW_N(a, (size_t)l->people + 1, int64_t);
    for (int32_t k = 0; k < l->operations; k++)
        weight[k] = ONE;
    for (int32_t t = 0; t < ROUNDS; t++) {
        int64_t now = weigh(l, weight, worth, made), sum = 0, all = 0;
        ub = now < ub ? now : ub;
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

/* The move to k, or the exchange with one of k, that comes closest to the target; false: none. */
static bool help(struct line *s, int32_t k, int64_t target)
{
    int32_t who = -1, other = -1;
    int64_t most = 0;
    for (int32_t i = 0; i < s->l->people; i++) {
        if (s->at[i] == k || skill(s->l, i, k) == 0)
            continue;
        bool room = s->at[i] >= 0 || s->heads < s->l->heads;
        for (int32_t j = room ? -1 : 0; j < s->l->people; j++) {
            int64_t v = j < 0 || s->at[j] == k ? closer(s, i, j, k, target) : 0;
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
    put(s, who, k);
    if (other >= 0)
        put(s, other, from);
    return true;
}

/* Changes the line until it meets the target or nothing helps; the rate it has then. */
static int64_t aim(struct line *s, int64_t target)
{
    int32_t k;
    for (bool helped = true; helped;) {
        helped = false;
        for (k = 0; k < s->l->operations; k++)
            helped |= lack(s, k, 0, target) > 0 && help(s, k, target);
    }
    return slowest(s->l, s->made, &k);
}

/* The best line found from this one on, between its rate and the bound. */
static int64_t search(struct arena *a, struct line *s, int64_t ub)
{
    size_t bytes = sizeof *s->at * (size_t)s->l->people;
    int32_t *best = NEW_N(a, (size_t)s->l->people + 1, int32_t);
    int64_t rate = 0, top = ub + 1; /* no target from top on is met */
    memcpy(best, s->at, bytes);
    while (rate + 1 < top) {
        int64_t target = rate + (top - rate) / 2, now = aim(s, target);
        if (now < target)
            top = target;
        if (now <= rate)
            continue;
        rate = now;
        memcpy(best, s->at, bytes);
    }
    memcpy(s->at, best, bytes);
    return rate;
}

static int64_t solve(struct arena *a, const struct crew_line *l, struct crew *r)
{
    struct line s = {.l = l, .at = NEW_N(a, (size_t)l->people + 1, int32_t)};
    s.made = NEW_N(a, (size_t)l->operations + 1, int64_t);
    for (int32_t i = 0; i < l->people; i++)
        s.at[i] = CREW_OUT;
    r->at = s.at;
    r->bottleneck = -1;
    if (l->operations == 0)
        return 0;
    r->ub = bound(a, l);
    r->rate = search(a, &s, r->ub);
    return crew_rate(a, l, s.at, &r->bottleneck);
}

struct crew crew_best(struct arena *a, const struct crew_line *l)
{
    struct crew r = {0}, more = {0};
    r.rate = solve(a, l, &r);
    if (r.bottleneck < 0)
        return r;
    size_t old = (size_t)l->people * (size_t)l->operations;
    int32_t *skills = NEW_N(a, old + (size_t)l->operations, int32_t);
    memcpy(skills, l->skill, old * sizeof *skills);
    skills[old + (size_t)r.bottleneck] = 100;
    struct crew_line wide = {l->people + 1, l->operations, l->heads + 1, skills, l->minutes};
    r.one_more = solve(a, &wide, &more);
    return r;
}
