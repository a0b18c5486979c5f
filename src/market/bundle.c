/* bundle.c - see the header: prices, priced greedy, the exact rest, certificate, peers. */
#include "market/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "market/bundle_chain.h"

enum { ROUNDS = 300, CHAINS = 1400000, MOVES_LEAST = 60, MOVES_MOST = 5000, PATIENCE = 15, CHECK_EVERY = 25, FULL_PACE = 1 << 16 };
enum { PRICE_MAX = BATCH_MAX * BUNDLE_SCALE }; /* nobody pays more for a seat */

struct solver {
    const struct bundle *b;
    struct arena *a;
    int64_t *price, *best_price; /* 1/BUNDLE_SCALE */
    int64_t *over;               /* per slot: seats wanted less seats there */
    int64_t *used;               /* per slot: seats wanted at the prices */
    int32_t *option;             /* scratch choice */
    int32_t *left;
    struct order *order;
    int64_t bound, value;
    int32_t *best;
};
struct order {
    int64_t regret;
    int32_t unit;
};

/* Seats without end at a price are worth more than a number holds. */
static int64_t held(__int128 sum)
{
    return sum < INT64_MAX ? (int64_t)sum : INT64_MAX;
}

/* The bound at the prices, in 1/BUNDLE_SCALE, and how many seats are wanted there. */
static int64_t relax(struct solver *s)
{
    const struct bundle *b = s->b;
    __int128 sum = 0;
    memset(s->used, 0, sizeof *s->used * (size_t)b->slots);
    for (int32_t u = 0; u < b->units; u++) {
        int64_t most = 0;
        int32_t best = -1;
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++) {
            int64_t v = bundle_profit(b, s->price, o);
            if (v > most) {
                most = v;
                best = o;
            }
        }
        sum += most;
        for (int32_t k = best < 0 ? 0 : b->use[best]; best >= 0 && k < b->use[best + 1]; k++)
            s->used[b->slot[k]] += b->seats[k];
    }
    for (int32_t j = 0; j < b->slots; j++)
        sum += b->cap[j] * s->price[j];
    return held(sum);
}

static int most_regret_first(const void *x, const void *y)
{
    const struct order *p = x, *q = y;
    if (p->regret != q->regret)
        return p->regret < q->regret ? 1 : -1;
    return (p->unit > q->unit) - (p->unit < q->unit);
}

static void occupy(const struct bundle *b, int32_t *left, int32_t o)
{
    for (int32_t k = b->use[o]; k < b->use[o + 1]; k++)
        left[b->slot[k]] -= b->seats[k];
}

static void rank(struct solver *s)
{
    const struct bundle *b = s->b;
    for (int32_t u = 0; u < b->units; u++) {
        int64_t first = 0, second = 0;
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++) {
            int64_t v = bundle_profit(b, s->price, o);
            second = v > first ? first : v > second ? v : second;
            first = v > first ? v : first;
        }
        s->order[u] = (struct order){first - second, u};
    }
    qsort(s->order, (size_t)b->units, sizeof *s->order, most_regret_first);
}

/* Everybody in the order of regret takes what is best at the prices among what is left. */
static void priced_greedy(struct solver *s)
{
    const struct bundle *b = s->b;
    int64_t value = 0;
    memcpy(s->left, b->cap, sizeof *s->left * (size_t)b->slots);
    rank(s);
    for (int32_t t = 0; t < b->units; t++) {
        int32_t u = s->order[t].unit, best = BATCH_OUT;
        int64_t most = INT64_MIN;
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++) {
            int64_t v = bundle_profit(b, s->price, o);
            if (v > most && bundle_fits(b, s->left, o)) {
                most = v;
                best = o;
            }
        }
        s->option[u] = best;
        if (best < 0)
            continue;
        occupy(b, s->left, best);
        value += b->value[best];
    }
    if (value <= s->value)
        return;
    s->value = value;
    memcpy(s->best, s->option, sizeof *s->best * (size_t)b->units);
}

static void step(struct solver *s, int64_t bound, int32_t pace)
{
    const struct bundle *b = s->b;
    __int128 length = 0;
    for (int32_t j = 0; j < b->slots; j++) {
        int64_t over = s->used[j] - b->cap[j];
        if (over < 0 && s->price[j] == 0)
            over = 0;
        s->over[j] = over;
        length += (__int128)over * over;
    }
    int64_t far = bound - s->value * BUNDLE_SCALE;
    for (int32_t j = 0; j < b->slots && length; j++) {
        __int128 price = s->price[j] + (__int128)far * s->over[j] * pace / length / FULL_PACE;
        s->price[j] = price < 0 ? 0 : price < PRICE_MAX ? (int64_t)price : PRICE_MAX;
    }
}

static void find_prices(struct solver *s, int32_t rounds)
{
    int32_t pace = FULL_PACE, stale = 0;
    s->bound = INT64_MAX;
    for (int32_t t = 0; t < rounds; t++) {
        int64_t bound = relax(s);
        if (bound < s->bound) {
            s->bound = bound;
            memcpy(s->best_price, s->price, sizeof *s->price * (size_t)s->b->slots);
            stale = 0;
        } else if (++stale == PATIENCE) {
            pace = (pace + 1) / 2;
            stale = 0;
            memcpy(s->price, s->best_price, sizeof *s->price * (size_t)s->b->slots);
            bound = relax(s);
        }
        if (t % CHECK_EVERY == 0)
            priced_greedy(s);
        step(s, bound, pace);
    }
    memcpy(s->price, s->best_price, sizeof *s->price * (size_t)s->b->slots);
    priced_greedy(s);
}

int64_t bundle_bound(const struct bundle *b, const int64_t *price, int64_t scale)
{
    __int128 sum = 0;
    for (int32_t j = 0; j < b->slots; j++)
        sum += (__int128)b->cap[j] * price[j];
    for (int32_t u = 0; u < b->units; u++) {
        __int128 most = 0;
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++) {
            __int128 v = (__int128)b->value[o] * scale;
            for (int32_t k = b->use[o]; k < b->use[o + 1]; k++)
                v -= (__int128)price[b->slot[k]] * b->seats[k];
            most = v > most ? v : most;
        }
        sum += most;
    }
    return held(sum / scale);
}

bool bundle_valid(struct arena *a, const struct bundle *b, const int32_t *option_of)
{
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    for (int32_t u = 0; u < b->units; u++) {
        int32_t o = option_of[u];
        if (o == BATCH_OUT)
            continue;
        if (o < b->unit[u] || o >= b->unit[u + 1] || !bundle_fits(b, left, o))
            return false;
        occupy(b, left, o);
    }
    return true;
}

static int64_t total(const struct bundle *b, const int32_t *at)
{
    int64_t sum = 0;
    for (int32_t u = 0; u < b->units; u++)
        sum += at[u] < 0 ? 0 : b->value[at[u]];
    return sum;
}

/* True when o, or staying out, takes at most one seat. */
static bool is_single(const struct bundle *b, int32_t o)
{
    return o < 0 || (b->use[o + 1] - b->use[o] == 1 && b->seats[b->use[o]] == 1);
}

struct pick {
    int32_t slot, option, value;
};

static int by_slot(const void *x, const void *y)
{
    const struct pick *p = x, *q = y;
    if (p->slot != q->slot)
        return p->slot < q->slot ? -1 : 1;
    if (p->value != q->value)
        return p->value < q->value ? 1 : -1;
    return (p->option > q->option) - (p->option < q->option);
}

/* The slots that one seat options of u lead to, ascending, each with the best option. */
static int32_t slots_of(const struct bundle *b, int32_t u, struct pick *out)
{
    int32_t n = 0, kept = 0;
    for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++)
        if (is_single(b, o))
            out[n++] = (struct pick){b->slot[b->use[o]], o, b->value[o]};
    qsort(out, (size_t)n, sizeof *out, by_slot);
    for (int32_t k = 0; k < n; k++)
        if (k == 0 || out[k].slot != out[k - 1].slot)
            out[kept++] = out[k];
    return kept;
}

/* Those who are out or take one seat choose anew among options of one seat: exactly, around the
 * others. Options of a unit for the same slot: the best counts. */
static void settle_singles(struct arena *a, const struct bundle *b, int32_t *at)
{
    size_t n = (size_t)b->units + 1, options = (size_t)b->options + 1;
    int32_t *row = NEW_N(a, n, int32_t), *cap = NEW_N(a, (size_t)b->slots + 1, int32_t);
    struct pick *pick = NEW_N(a, options, struct pick);
    int32_t edges = 0;
    memcpy(cap, b->cap, sizeof *cap * (size_t)b->slots);
    for (int32_t u = 0; u < b->units; u++) {
        if (is_single(b, at[u]))
            edges += slots_of(b, u, pick + edges);
        else
            occupy(b, cap, at[u]);
        row[u + 1] = edges;
    }
    int32_t *slot = NEW_N(a, options, int32_t), *score = NEW_N(a, options, int32_t);
    for (int32_t e = 0; e < edges; e++) {
        slot[e] = pick[e].slot;
        score[e] = b->value[pick[e].option];
    }
    struct batch rest = {b->units, b->slots, row, slot, score, cap};
    struct batch_result r = batch_solve(a, &rest, 0);
    for (int32_t u = 0; u < b->units; u++)
        if (is_single(b, at[u]))
            at[u] = BATCH_OUT;
    for (int32_t u = 0; u < b->units; u++)
        for (int32_t e = row[u]; e < row[u + 1]; e++)
            if (slot[e] == r.slot_of[u])
                at[u] = pick[e].option;
}

/* Few units take as long as some thousands: they leave more to find. */
static int32_t usual_moves(int32_t units)
{
    int32_t each = units > 0 ? CHAINS / units : 0;
    return each < MOVES_LEAST ? MOVES_LEAST : each > MOVES_MOST ? MOVES_MOST : each;
}

struct bundle_result bundle_solve(struct arena *a, const struct bundle *b,
                                  const struct bundle_effort *e)
{
    size_t n = (size_t)b->units + 1, m = (size_t)b->slots + 1;
    struct solver s = {.b = b, .a = a};
    s.price = NEW_N(a, m, int64_t);
    s.best_price = NEW_N(a, m, int64_t);
    s.over = NEW_N(a, m, int64_t);
    s.used = NEW_N(a, m, int64_t);
    s.left = NEW_N(a, m, int32_t);
    s.option = NEW_N(a, n, int32_t);
    s.best = NEW_N(a, n, int32_t);
    s.order = NEW_N(a, n, struct order);
    memset(s.best, -1, n * sizeof *s.best);
    struct bundle_effort effort = {e->seed, e->rounds ? e->rounds : ROUNDS,
                                   e->moves ? e->moves : usual_moves(b->units)};
    find_prices(&s, effort.rounds);
    struct bundle_result r = {.price = s.price, .scale = BUNDLE_SCALE};
    r.ub = bundle_bound(b, s.price, BUNDLE_SCALE);
    r.greedy = s.value;
    r.option_of = NEW_N(a, n, int32_t);
    memcpy(r.option_of, s.best, n * sizeof *s.best);
    bundle_chains(a, b, s.price, r.option_of, &effort);
    r.chain = total(b, r.option_of);
    if (r.chain < r.greedy)
        r.option_of = s.best;
    settle_singles(a, b, r.option_of);
    for (int32_t u = 0; u < b->units; u++)
        r.placed += r.option_of[u] >= 0;
    r.value = total(b, r.option_of);
    return r;
}

struct offer {
    int32_t value, unit, option;
};

static int best_first(const void *x, const void *y)
{
    const struct offer *p = x, *q = y;
    if (p->value != q->value)
        return p->value < q->value ? 1 : -1;
    return (p->option > q->option) - (p->option < q->option);
}

int64_t bundle_greedy(struct arena *a, const struct bundle *b)
{
    struct offer *all = NEW_N(a, (size_t)b->options + 1, struct offer);
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    bool *done = NEW_N(a, (size_t)b->units + 1, bool);
    int64_t value = 0;
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    for (int32_t u = 0; u < b->units; u++)
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++)
            all[o] = (struct offer){b->value[o], u, o};
    qsort(all, (size_t)b->options, sizeof *all, best_first);
    for (int32_t k = 0; k < b->options; k++) {
        if (done[all[k].unit] || !bundle_fits(b, left, all[k].option))
            continue;
        done[all[k].unit] = true;
        occupy(b, left, all[k].option);
        value += all[k].value;
    }
    return value;
}

int64_t bundle_first_come(struct arena *a, const struct bundle *b)
{
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    int64_t value = 0;
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    for (int32_t u = 0; u < b->units; u++) {
        int32_t best = -1;
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++)
            if (bundle_fits(b, left, o) && (best < 0 || b->value[o] > b->value[best]))
                best = o;
        if (best < 0)
            continue;
        occupy(b, left, best);
        value += b->value[best];
    }
    return value;
}
