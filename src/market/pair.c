/* pair.c - see the header. */
#include "market/pair.h"

#include <stdlib.h>

enum { DAY_MIN = 1440 };

struct look {
    const struct market_params *p;
    const struct seeker *s;
    const struct pair_list *one, *other;
    bool (*go_together)(const struct look *l, const struct slot *a, const struct slot *b);
};

static int32_t length_min(const struct slot *t)
{
    return slot_to(t) - slot_from(t);
}

bool slot_is_half(const struct slot *t)
{
    return length_min(t) <= HALF_DAY_MIN;
}

static bool same_day(const struct slot *a, const struct slot *b)
{
    return a->start_min / DAY_MIN == b->start_min / DAY_MIN;
}

/* Whether b is possible for who has taken a; then a is for who has taken b, for what two shifts do to each other is the same
 * from both sides. */
static bool possible_after(const struct look *l, const struct slot *a, const struct slot *b)
{
    struct seeker s = *l->s;
    s.busy[s.n_busy++] = (struct busy){a->start_min, a->end_min, slot_work_min(a), a->place};
    return !hard_all(l->p, &s, b, way_min(&s, b));
}

/* -1 = unknown. */
static int32_t way_between(const struct slot *a, const struct slot *b)
{
    return point_known(a->place) && point_known(b->place) ? geo_travel_min(point_m(a->place, b->place)) : -1;
}

static bool in_reach(const struct seeker *s, const struct slot *a, const struct slot *b)
{
    return way_between(a, b) <= (s->travel_max_min ? s->travel_max_min : PAIR_WAY_MIN);
}

static bool are_a_day(const struct look *l, const struct slot *a, const struct slot *b)
{
    return same_day(a, b) && a->end_min <= b->start_min && slot_is_half(a) && slot_is_half(b) && in_reach(l->s, a, b) &&
           possible_after(l, a, b);
}

bool slots_at_a_place(const struct slot *a, const struct slot *b)
{
    return a->id != b->id && same_day(a, b) && abs(a->start_min - b->start_min) <= PAIR_HOURS_MIN &&
           abs(a->end_min - b->end_min) <= PAIR_HOURS_MIN && point_known(a->place) && point_known(b->place) &&
           point_m(a->place, b->place) <= PAIR_PLACE_M;
}

static bool are_at_a_place(const struct look *l, const struct slot *a, const struct slot *b)
{
    (void)l;
    return slots_at_a_place(a, b);
}

static int64_t worth(const struct pair *x)
{
    return (int64_t)x->first->fit.rank + x->second->fit.rank;
}

/* Whether a comes before b. */
static bool better(const struct pair *a, const struct pair *b)
{
    int64_t more = worth(a) - worth(b);
    if (more)
        return more > 0;
    if (a->first->slot->id != b->first->slot->id)
        return a->first->slot->id < b->first->slot->id;
    return a->second->slot->id < b->second->slot->id;
}

static bool used(const struct pair *v, size_t n, const struct hit *x)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].first->slot->id == x->slot->id || v[i].second->slot->id == x->slot->id)
            return true;
    return false;
}

/* The best that shares no shift with those before; false when there is none. */
static bool next_best(const struct look *l, const struct pair *before, size_t n, struct pair *ret)
{
    bool found = false;
    for (size_t i = 0; i < l->one->n; i++) {
        struct pair x = {.first = &l->one->v[i]};
        if (used(before, n, x.first))
            continue;
        for (size_t k = 0; k < l->other->n; k++) {
            x.second = &l->other->v[k];
            if ((found && !better(&x, ret)) || !l->go_together(l, x.first->slot, x.second->slot) || used(before, n, x.second))
                continue;
            *ret = x;
            found = true;
        }
    }
    return found;
}

static size_t best_pairs(const struct look *l, struct pair ret[PAIRS_MOST])
{
    size_t n = 0;
    while (n < PAIRS_MOST && next_best(l, ret, n, &ret[n])) {
        ret[n].between_min = way_between(ret[n].first->slot, ret[n].second->slot);
        n++;
    }
    return n;
}

size_t pairs_of_day(const struct market_params *p, const struct seeker *s, const struct pair_list *list,
                    struct pair ret[PAIRS_MOST])
{
    const struct look l = {p, s, list, list, are_a_day};
    return s->seats > 1 || s->n_busy >= MAX_BUSY ? 0 : best_pairs(&l, ret);
}

size_t pairs_at_place(const struct pair_list *one, const struct pair_list *other, struct pair ret[PAIRS_MOST])
{
    const struct look l = {.one = one, .other = other, .go_together = are_at_a_place};
    return best_pairs(&l, ret);
}
