/* crowd.c - see the header: prices, lists, applications, hiring. */
#include "market/crowd.h"
#include "market/dice.h"

#include <stdlib.h>
#include <string.h>

#include "market/city.h"
#include "market/fair.h"

struct pick {
    int64_t key;
    int32_t slot, score;
};
struct application {
    int32_t slot, who, score;
};
struct crowd {
    const struct batch *b;
    struct crowd_params p;
    uint64_t rnd;
    int32_t *at;    /* per person, BATCH_OUT = none */
    int32_t *left;  /* per slot */
    int64_t *views; /* per slot, of the first round and on */
    int64_t *price; /* in 1/scale, or NULL */
    int64_t scale;
    int32_t least; /* points for which one applies in this round */
    struct application *app; /* of this round */
    int32_t apps;
};

static int by_points(const void *x, const void *y)
{
    const int32_t *p = x, *q = y;
    return *q - *p;
}

/* The points of the last of the best matches that fill `aim_pct` of the seats; 0 when there are fewer. */
static int32_t reserve(const struct crowd *c, struct arena *a, const struct batch *b, const struct batch_result *best)
{
    int64_t seats = 0;
    int32_t *points = NEW_N(a, (size_t)best->placed + 1, int32_t), n = 0;
    for (int32_t j = 0; j < b->slots; j++)
        seats += b->cap[j];
    for (int32_t i = 0; i < b->people; i++)
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
            if (b->slot[e] == best->slot_of[i])
                points[n++] = b->score[e];
    qsort(points, (size_t)n, sizeof *points, by_points);
    int64_t k = seats * c->p.aim_pct / 100;
    return k > 0 && k < n ? points[k] : 0;
}

/* Prices among people without a place and slots with seats left. */
static void find_prices(struct crowd *c, struct arena *a, bool first)
{
    const struct batch *b = c->b;
    size_t edges = (size_t)b->row[b->people] + 1;
    int32_t *row = NEW_N(a, (size_t)b->people + 1, int32_t), n = 0;
    int32_t *slot = NEW_N(a, edges, int32_t), *score = NEW_N(a, edges, int32_t);
    for (int32_t i = 0; i < b->people; i++) {
        for (int32_t e = b->row[i]; c->at[i] < 0 && e < b->row[i + 1]; e++) {
            slot[n] = b->slot[e];
            score[n] = b->score[e];
            n += c->left[b->slot[e]] > 0;
        }
        row[i + 1] = n;
    }
    struct batch rest = {b->people, b->slots, row, slot, score, c->left};
    struct batch_result r = batch_solve(a, &rest, 0);
    c->price = r.price;
    c->scale = r.scale;
    c->least = first ? reserve(c, a, &rest, &r) : 0;
}

static int64_t key(struct crowd *c, int32_t e)
{
    if (c->p.list == CROWD_RANDOM)
        return dice_below(&c->rnd, INT32_MAX);
    int64_t less =
        c->p.list == CROWD_PRICE ? c->price[c->b->slot[e]] * c->p.gamma_pct / c->scale : 0;
    return (int64_t)c->b->score[e] * 100 - less;
}

/* Insertion into the best `max`, best first, of equal ones the earlier. Returns how many. */
static int32_t keep(struct pick *list, int32_t n, int32_t max, struct pick x)
{
    int32_t k = n < max ? n : max - 1;
    if (n == max && x.key <= list[k].key)
        return n;
    for (; k > 0 && x.key > list[k - 1].key; k--)
        list[k] = list[k - 1];
    list[k] = x;
    return n < max ? n + 1 : n;
}

static bool on(const struct pick *list, int32_t n, int32_t slot)
{
    while (n-- > 0)
        if (list[n].slot == slot)
            return true;
    return false;
}

/* The list of person i; the last place to the best small slot that is owed views. */
static int32_t show(struct crowd *c, int32_t i, struct pick *list)
{
    const struct batch *b = c->b;
    struct pick owed;
    int32_t n = 0, m = 0;
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
        int32_t j = b->slot[e];
        if (c->left[j] <= 0 || b->score[e] <= 0)
            continue;
        struct pick x = {key(c, e), j, b->score[e]};
        n = keep(list, n, c->p.shown, x);
        if (c->p.floor && fair_owed(b->cap[j], c->views[j]))
            m = keep(&owed, m, 1, x);
    }
    if (m && !on(list, n, owed.slot))
        list[n - 1] = owed;
    for (int32_t k = 0; k < n; k++)
        c->views[list[k].slot]++;
    return n;
}

static int by_slot_best_first(const void *x, const void *y)
{
    const struct application *p = x, *q = y;
    if (p->slot != q->slot)
        return p->slot - q->slot;
    return p->score != q->score ? q->score - p->score : p->who - q->who;
}

static bool wants(const struct crowd *c, struct pick x)
{
    return x.score >= c->least && !(c->p.told && x.score * c->scale < c->price[x.slot]);
}

static void apply(struct crowd *c)
{
    struct pick list[CROWD_SHOWN_MAX];
    c->apps = 0;
    for (int32_t i = 0; i < c->b->people; i++) {
        int32_t n = c->at[i] < 0 ? show(c, i, list) : 0;
        for (int32_t k = 0, sent = 0; k < n && sent < c->p.applies; k++) {
            if (!wants(c, list[k]))
                continue;
            c->app[c->apps++] = (struct application){list[k].slot, i, list[k].score};
            sent++;
        }
    }
    qsort(c->app, (size_t)c->apps, sizeof *c->app, by_slot_best_first);
}

/* Slots ask in order until full; a seat that comes free because somebody was asked for a better
 * one goes on to the next (slot-proposing deferred acceptance; the order of slots does not matter).
 * Returns the points that each person won. */
static const int32_t *hire(struct crowd *c, struct arena *a)
{
    int32_t m = c->b->slots, todo = 0;
    int32_t *next = NEW_N(a, (size_t)m + 1, int32_t), *end = NEW_N(a, (size_t)m + 1, int32_t);
    int32_t *score = NEW_N(a, (size_t)c->b->people + 1, int32_t);
    int32_t *stack = NEW_N(a, (size_t)m + (size_t)c->apps + 1, int32_t);
    for (int32_t k = 0; k < c->apps; k++) {
        int32_t j = c->app[k].slot;
        if (!end[j]) {
            next[j] = k;
            stack[todo++] = j;
        }
        end[j] = k + 1;
    }
    while (todo) {
        int32_t j = stack[--todo];
        while (c->left[j] > 0 && next[j] < end[j]) {
            struct application x = c->app[next[j]++];
            if (x.score <= score[x.who])
                continue;
            if (c->at[x.who] >= 0) {
                c->left[c->at[x.who]]++;
                stack[todo++] = c->at[x.who];
            }
            c->at[x.who] = j;
            c->left[j]--;
            score[x.who] = x.score;
        }
    }
    return score;
}

static void count_views(const struct crowd *c, struct crowd_result *r)
{
    for (int32_t j = 0; j < c->b->slots; j++) {
        bool unseen = c->b->cap[j] > 0 && !c->views[j];
        r->never_shown += unseen;
        r->small_never_shown += unseen && c->b->cap[j] <= FAIR_SMALL_SEATS;
    }
}

struct crowd_result crowd_run(struct arena *a, const struct batch *city,
                              const struct crowd_params *p)
{
    struct crowd_result r = {0};
    struct crowd c = {.b = city, .p = *p, .rnd = p->seed * 2 + 1};
    c.p.told &= p->list == CROWD_PRICE;
    size_t people = (size_t)city->people + 1, slots = (size_t)city->slots + 1;
    c.at = NEW_N(a, people, int32_t);
    c.left = NEW_N(a, slots, int32_t);
    c.views = NEW_N(a, slots, int64_t);
    c.app = NEW_N(a, people * (size_t)p->applies, struct application);
    memcpy(c.left, city->cap, sizeof *c.left * (size_t)city->slots);
    for (int32_t i = 0; i < city->people; i++)
        c.at[i] = BATCH_OUT;
    for (int32_t k = 0; k < CROWD_ROUNDS; k++) {
        struct arena scratch;
        arena_init(&scratch, 0);
        if (p->list == CROWD_PRICE)
            find_prices(&c, &scratch, k == 0);
        apply(&c);
        const int32_t *won = hire(&c, &scratch);
        r.round[k] = k ? r.round[k - 1] : (struct crowd_round){0};
        r.round[k].applications += c.apps;
        for (int32_t i = 0; i < city->people; i++) {
            r.round[k].placed += won[i] > 0;
            r.round[k].value += won[i];
        }
        if (!k)
            count_views(&c, &r);
        arena_done(&scratch);
    }
    for (int32_t i = 0; i < city->people; i++)
        r.small_placed += c.at[i] >= 0 && city->cap[c.at[i]] <= FAIR_SMALL_SEATS;
    return r;
}
