/* bundle_chain.c - the chains of bundle_chain.h. */
#include "market/bundle_chain.h"

#include <stdlib.h>
#include <string.h>

#include "market/dice.h"

enum {
    LONGEST = 20,
    GUESTS = 8,   /* who sits in a slot: looked at before one must leave */
    WILLING = 24, /* who would come to a slot: looked at before one is asked */
    BLIND = 6,    /* of 16 chains begin with any option, the others with a good one */
    COOL = 31,
    COLDEST = 50 /* the allowance shrinks by COOL/32 a step, to 1/COLDEST */
};

struct move {
    int32_t unit, from;
};
struct chains {
    const struct bundle *b;
    const int64_t *price;
    int32_t *at;                  /* per unit: option or BATCH_OUT */
    int32_t *left;                /* per slot: seats */
    int32_t *col;                 /* per slot: where its uses begin in `guest` and `willing` */
    int32_t *guests;              /* per slot: taken uses, in `guest` from col on */
    int32_t *guest, *willing;     /* uses; the willing are sorted, least loss first */
    int32_t *chair;               /* per taken use: its place in `guest` */
    int32_t *unit_of, *option_of; /* per use */
    int32_t *favourite;           /* per unit: the best option at the prices, or BATCH_OUT */
    int64_t *first, *second;      /* per unit: profit of the favourite and of the next, out is 0 */
    int64_t *moved;               /* per unit: the last chain that moved it */
    int64_t now;                  /* number of this chain */
    struct move log[LONGEST];
    int32_t moves;
    int32_t waiting[LONGEST], waiters;
    uint64_t dice;
    int64_t noise;
};

static void leave(struct chains *s, int32_t u)
{
    const struct bundle *b = s->b;
    int32_t o = s->at[u];
    if (o < 0)
        return;
    for (int32_t k = b->use[o]; k < b->use[o + 1]; k++) {
        int32_t j = b->slot[k], last = s->guest[s->col[j] + --s->guests[j]];
        s->guest[s->chair[k]] = last;
        s->chair[last] = s->chair[k];
        s->left[j] += b->seats[k];
    }
    s->at[u] = BATCH_OUT;
}

static void take(struct chains *s, int32_t u, int32_t o)
{
    const struct bundle *b = s->b;
    s->at[u] = o;
    if (o < 0)
        return;
    for (int32_t k = b->use[o]; k < b->use[o + 1]; k++) {
        int32_t j = b->slot[k];
        s->chair[k] = s->col[j] + s->guests[j]++;
        s->guest[s->chair[k]] = k;
        s->left[j] -= b->seats[k];
    }
}

/* Takes u out of its seats and notes where it was; false when the chain is long enough. */
static bool move_out(struct chains *s, int32_t u)
{
    if (s->moves == LONGEST)
        return false;
    s->log[s->moves++] = (struct move){u, s->at[u]};
    s->moved[u] = s->now;
    leave(s, u);
    return true;
}

static int64_t profit(const struct chains *s, int32_t o)
{
    return o < 0 ? 0 : bundle_profit(s->b, s->price, o);
}

static int64_t some_noise(struct chains *s)
{
    return (int64_t)(dice_next(&s->dice) % (uint64_t)s->noise);
}

/* Out of a few guests of slot j that have not moved yet, the one that loses least; -1: none. */
static int32_t weakest(struct chains *s, int32_t j)
{
    int32_t n = s->guests[j], weakest = -1;
    int32_t from = n > GUESTS ? dice_below(&s->dice, n) : 0;
    int64_t least = INT64_MAX;
    for (int32_t t = 0; t < n && t < GUESTS; t++) {
        int32_t k = from + t < n ? from + t : from + t - n;
        int32_t use = s->guest[s->col[j] + k], o = s->option_of[use], u = s->unit_of[use];
        int64_t loss = profit(s, o) - (o == s->favourite[u] ? s->second[u] : s->first[u]);
        if (s->moved[u] == s->now || loss >= least)
            continue;
        least = loss;
        weakest = u;
    }
    return weakest;
}

/* Value of option o less the price of the seats that somebody else must leave; INT64_MIN when it
 * cannot be had. */
static int64_t worth(const struct chains *s, int32_t o)
{
    const struct bundle *b = s->b;
    int64_t v = (int64_t)b->value[o] * BUNDLE_SCALE;
    for (int32_t k = b->use[o]; k < b->use[o + 1]; k++) {
        int32_t j = b->slot[k], lack = b->seats[k] - s->left[j];
        if (b->seats[k] > b->cap[j])
            return INT64_MIN;
        v -= lack > 0 ? s->price[j] * lack : 0;
    }
    return b->value[o] > 0 ? v : INT64_MIN;
}

/* How the chain begins: u takes an option other than the one it has. */
static int32_t begin_with(struct chains *s, int32_t u)
{
    const struct bundle *b = s->b;
    int32_t have = s->at[u], from = b->unit[u], many = b->unit[u + 1] - from, best = BATCH_OUT;
    int64_t most = have < 0 ? INT64_MIN : 0;
    if (dice_below(&s->dice, 16) < BLIND) {
        int32_t o = from + dice_below(&s->dice, many);
        return worth(s, o) > INT64_MIN ? o : BATCH_OUT;
    }
    for (int32_t o = from; o < from + many; o++) {
        int64_t v = o == have ? INT64_MIN : worth(s, o);
        if (v == INT64_MIN)
            continue;
        v += some_noise(s);
        if (v > most) {
            most = v;
            best = o;
        }
    }
    return best;
}

/* How it goes on: the best for u; with `push` false only where seats are free. */
static int32_t go_on_with(const struct chains *s, int32_t u, bool push)
{
    const struct bundle *b = s->b;
    int32_t best = BATCH_OUT;
    int64_t most = 0;
    for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++) {
        int64_t v = worth(s, o);
        if (v <= most || (!push && !bundle_fits(b, s->left, o)))
            continue;
        most = v;
        best = o;
    }
    return best;
}

/* Seats u in option o; who must leave for it waits. False when nobody can leave. */
static bool seat(struct chains *s, int32_t u, int32_t o)
{
    const struct bundle *b = s->b;
    int32_t from = o < 0 ? 0 : b->use[o], to = o < 0 ? 0 : b->use[o + 1];
    for (int32_t k = from; k < to; k++) {
        while (s->left[b->slot[k]] < b->seats[k]) {
            int32_t v = weakest(s, b->slot[k]);
            if (v < 0 || !move_out(s, v))
                return false;
            s->waiting[s->waiters++] = v;
        }
    }
    take(s, u, o);
    return true;
}

/* Offers the free seats of slot j to those who would lose least; true when one came. */
static bool offer(struct chains *s, int32_t j)
{
    int32_t best = -1, use = -1, to = s->col[j] + WILLING;
    int64_t most = -s->price[j];
    to = to < s->col[j + 1] ? to : s->col[j + 1];
    for (int32_t k = s->col[j]; k < to; k++) {
        int32_t o = s->option_of[s->willing[k]], u = s->unit_of[s->willing[k]];
        if (s->moved[u] == s->now || !bundle_fits(s->b, s->left, o))
            continue;
        int64_t v = profit(s, o) - profit(s, s->at[u]) + some_noise(s);
        if (v > most) {
            most = v;
            best = o;
            use = s->willing[k];
        }
    }
    if (best < 0 || !move_out(s, s->unit_of[use]))
        return false;
    take(s, s->unit_of[use], best);
    return true;
}

static void fill_up(struct chains *s)
{
    const struct bundle *b = s->b;
    for (int32_t t = 0; t < s->moves; t++) {
        int32_t o = s->log[t].from;
        int32_t from = o < 0 ? 0 : b->use[o], to = o < 0 ? 0 : b->use[o + 1];
        for (int32_t k = from; k < to; k++)
            while (s->left[b->slot[k]] > 0 && s->price[b->slot[k]] > 0 && offer(s, b->slot[k]))
                continue;
    }
}

static int64_t value_of(const struct chains *s, int32_t o)
{
    return o < 0 ? 0 : s->b->value[o];
}

static void undo(struct chains *s)
{
    for (int32_t k = 0; k < s->moves; k++)
        leave(s, s->log[k].unit);
    for (int32_t k = 0; k < s->moves; k++)
        take(s, s->log[k].unit, s->log[k].from);
}

static void chain(struct chains *s, int32_t u, int64_t allow)
{
    int64_t gain = 0;
    int32_t o = begin_with(s, u), push = dice_below(&s->dice, LONGEST - 1);
    s->now++;
    s->moves = s->waiters = 0;
    move_out(s, u);
    bool good = seat(s, u, o);
    while (good && s->waiters) {
        int32_t v = s->waiting[--s->waiters];
        good = seat(s, v, go_on_with(s, v, s->moves < push));
    }
    if (good)
        fill_up(s);
    for (int32_t k = 0; k < s->moves; k++)
        gain += value_of(s, s->at[s->log[k].unit]) - value_of(s, s->log[k].from);
    if (!good || gain * BUNDLE_SCALE < -allow)
        undo(s);
}

/* A number with the exponential distribution of this mean: -ln u, with log2 straight between powers
 * of two. */
static int64_t exponential(uint64_t *dice, int64_t mean)
{
    uint64_t x = dice_next(dice) | 1;
    int64_t zeros = __builtin_clzll(x);
    int64_t part = (int64_t)(x << zeros << 1 >> 48); /* behind the leading 1, in 1/65536 */
    return mean * (((zeros + 1) * 65536 - part) * 45426 >> 16) >> 16;
}

static void lay_out(struct arena *a, struct chains *s)
{
    const struct bundle *b = s->b;
    size_t m = (size_t)b->slots + 1, n = (size_t)b->units + 1;
    size_t uses = (size_t)b->use[b->options] + 1;
    s->left = NEW_N(a, m, int32_t);
    s->col = NEW_N(a, m, int32_t);
    s->guests = NEW_N(a, m, int32_t);
    s->guest = NEW_N(a, uses, int32_t);
    s->willing = NEW_N(a, uses, int32_t);
    s->chair = NEW_N(a, uses, int32_t);
    s->unit_of = NEW_N(a, uses, int32_t);
    s->option_of = NEW_N(a, uses, int32_t);
    s->favourite = NEW_N(a, n, int32_t);
    s->first = NEW_N(a, n, int64_t);
    s->second = NEW_N(a, n, int64_t);
    s->moved = NEW_N(a, n, int64_t);
    memcpy(s->left, b->cap, sizeof *s->left * (size_t)b->slots);
    for (int32_t k = 0; k < b->use[b->options]; k++)
        s->col[b->slot[k] + 1]++;
    for (int32_t j = 0; j < b->slots; j++)
        s->col[j + 1] += s->col[j];
}

static void look_around(struct chains *s)
{
    const struct bundle *b = s->b;
    for (int32_t u = 0; u < b->units; u++) {
        s->favourite[u] = BATCH_OUT;
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++) {
            int64_t v = profit(s, o);
            for (int32_t k = b->use[o]; k < b->use[o + 1]; k++) {
                s->unit_of[k] = u;
                s->option_of[k] = o;
            }
            if (v > s->first[u]) {
                s->second[u] = s->first[u];
                s->first[u] = v;
                s->favourite[u] = o;
            } else if (v > s->second[u]) {
                s->second[u] = v;
            }
        }
    }
}

struct wish {
    int64_t loss;
    int32_t slot, use;
};

static int least_loss_first(const void *x, const void *y)
{
    const struct wish *p = x, *q = y;
    if (p->slot != q->slot)
        return p->slot < q->slot ? -1 : 1;
    if (p->loss != q->loss)
        return p->loss < q->loss ? -1 : 1;
    return (p->use > q->use) - (p->use < q->use);
}

static void sort_willing(struct arena *a, struct chains *s)
{
    int32_t uses = s->b->use[s->b->options];
    struct wish *w = NEW_N(a, (size_t)uses + 1, struct wish);
    for (int32_t k = 0; k < uses; k++) {
        int64_t loss = s->first[s->unit_of[k]] - profit(s, s->option_of[k]);
        w[k] = (struct wish){loss, s->b->slot[k], k};
    }
    qsort(w, (size_t)uses, sizeof *w, least_loss_first);
    for (int32_t k = 0; k < uses; k++)
        s->willing[k] = w[k].use;
}

static int ascending(const void *x, const void *y)
{
    const int64_t *p = x, *q = y;
    return (*p > *q) - (*p < *q);
}

/* The median of what units lose by their second choice, where they lose anything. */
static int64_t usual_loss(struct arena *a, const struct chains *s)
{
    int64_t *loss = NEW_N(a, (size_t)s->b->units + 1, int64_t);
    int32_t n = 0;
    for (int32_t u = 0; u < s->b->units; u++)
        if (s->first[u] > s->second[u])
            loss[n++] = s->first[u] - s->second[u];
    qsort(loss, (size_t)n, sizeof *loss, ascending);
    return loss[n / 2];
}

/* Units that have options at all. */
static int32_t *active(struct arena *a, const struct bundle *b, int32_t *ret_n)
{
    int32_t *list = NEW_N(a, (size_t)b->units + 1, int32_t), n = 0;
    for (int32_t u = 0; u < b->units; u++)
        if (b->unit[u] < b->unit[u + 1])
            list[n++] = u;
    *ret_n = n;
    return list;
}

void bundle_chains(struct arena *a, const struct bundle *b, const int64_t *price, int32_t *at,
                   const struct bundle_effort *e)
{
    struct chains s = {.b = b, .price = price, .at = at, .dice = dice_seed(e->seed)};
    int32_t n, *who = active(a, b, &n), steps = 1;
    lay_out(a, &s);
    look_around(&s);
    sort_willing(a, &s);
    for (int32_t u = 0; u < b->units; u++)
        take(&s, u, at[u]);
    int64_t heat = usual_loss(a, &s), all = (int64_t)n * e->moves;
    for (int64_t h = heat; h > heat / COLDEST; h = h * COOL / 32)
        steps++;
    for (int64_t t = 0, step = 0; t < all; t++) {
        for (; step < t * steps / all; step++)
            heat = heat * COOL / 32;
        s.noise = heat + 1;
        chain(&s, who[dice_below(&s.dice, n)], exponential(&s.dice, heat));
    }
}
