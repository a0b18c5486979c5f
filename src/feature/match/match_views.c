/* match_views.c - the exposure floor (matching.md 6d): a small order is owed views by people who can take
 * it before its rank alone decides. Counted in RAM; a restart begins anew, which only shows it more. */
#include <stdatomic.h>

#include "feature/match/match_market.h"
#include "market/dice.h"
#include "market/fair.h"

/* Places of the table, the small orders remembered, and how many of them are tried for one list. */
enum { PLACES = 1 << 16, RING = 4096, TRIES = 48 };

struct views {
    struct {
        _Atomic int64_t id; /* of the shift, 0 = free */
        _Atomic int64_t n;
    } at[PLACES];
    _Atomic int64_t ring[RING]; /* the latest small orders */
    _Atomic uint64_t put, used, turn;
};

struct views *views_new(void)
{
    return xcalloc(1, sizeof(struct views));
}

void views_free(struct views *v)
{
    xfree(v);
}

/* Ids of shifts long over fill the table; then everybody is owed again. */
static void forget(struct views *v)
{
    if (atomic_load(&v->used) < PLACES / 2)
        return;
    for (size_t i = 0; i < PLACES; i++) {
        atomic_store(&v->at[i].n, 0);
        atomic_store(&v->at[i].id, 0);
    }
    atomic_store(&v->used, 0);
}

/* *ret_new: it was not known. The place of the shift; two ids on one way never share a place. A place is
 * always free: half of them at most are taken. */
static size_t place_of(struct views *v, int64_t id, bool *ret_new)
{
    forget(v);
    size_t i = (size_t)((uint64_t)id * 0x9e3779b97f4a7c15u >> 48);
    for (*ret_new = false;; i = (i + 1) % PLACES) {
        int64_t there = atomic_load_explicit(&v->at[i].id, memory_order_relaxed);
        if (there == id)
            return i;
        if (there == 0 && atomic_compare_exchange_strong(&v->at[i].id, &there, id)) {
            atomic_fetch_add(&v->used, 1);
            *ret_new = true;
            return i;
        }
        if (there == id)
            return i;
    }
}

void views_open(struct views *v, const struct slot *t)
{
    bool is_new;
    if (!fair_owed(t->cap, 0))
        return;
    place_of(v, t->id, &is_new);
    if (is_new)
        atomic_store(&v->ring[atomic_fetch_add(&v->put, 1) % RING], t->id);
}

bool views_owed(struct views *v, const struct slot *t)
{
    bool is_new;
    return fair_owed(t->cap, 0) && fair_owed(t->cap, atomic_load(&v->at[place_of(v, t->id, &is_new)].n));
}

void views_seen(struct views *v, const struct slot *t)
{
    bool is_new;
    if (fair_owed(t->cap, 0))
        atomic_fetch_add(&v->at[place_of(v, t->id, &is_new)].n, 1);
}

bool views_best_owed(struct views *v, struct finder *f, const struct market_params *p, const struct seeker *s,
                     const struct question *q, struct hit *ret)
{
    uint64_t n = atomic_load(&v->put), start = atomic_fetch_add(&v->turn, TRIES);
    bool found = false;
    n = n < RING ? n : RING;
    for (uint64_t k = 0; k < TRIES && k < n; k++) {
        const struct slot *t = market_slot(f, atomic_load(&v->ring[(start + k) % n]));
        bool asked = t && q->trades >> t->trade & 1 && t->start_min >= q->from_min && t->start_min < q->to_min && t->valid_to_day >= q->today;
        if (!asked || !views_owed(v, t))
            continue;
        struct fit fit = fit_of(p, s, t);
        if (fit.hard || !question_lets(q, p, t) || (found && fit.rank <= ret->fit.rank))
            continue;
        *ret = (struct hit){t, fit};
        found = true;
    }
    return found;
}
