/* fair.h - two bounded promises on top of a ranking, each with its price: nobody's group vanishes
 * from the front of an employer's list, and no small order goes unseen. Pure; integers. */
#pragma once
#include "base/arena.h"

enum { FAIR_GROUPS = 8, FAIR_SMALL_SEATS = 3, FAIR_VIEWS = 20 };

/* Representation guard (Geyik et al. 2019, detconstsort family): list[0 .. n) is ranked best first;
 * group[k] in 0 .. groups - 1 is the group of the k-th. Every prefix of length k of the new order
 * has at least floor((share - delta) * k) of each group, or all of it; share is that of the whole
 * list, which must hold only qualified people. The group is used for nothing else. Where no group
 * is known with consent, use "first time here" or idle days. O(n^2 groups). */
struct fair_cost {
    int32_t moved;    /* places that changed */
    int64_t lost_top; /* points that the first `top` have less than before */
};
/* order: n indices into the list, the new ranking. delta_pct: 10 is usual. */
struct fair_cost fair_guard(struct arena *a, const int64_t *points, const int8_t *group, int32_t n,
                            int32_t delta_pct, int32_t top, int32_t *order);
/* The same for the first `top` places of a list that was chosen from a larger pool: share is that of the pool, whose
 * qualified people pool[] counts by group. list[0 .. n) holds the best of the pool, and of each group `top` or all of it.
 * order: the smaller of top and n indices. O(top x (n + top x groups)) */
struct fair_list {
    const int64_t *points; /* best first */
    const int8_t *group;
    int32_t n, pool[FAIR_GROUPS];
};
struct fair_cost fair_first(struct arena *a, const struct fair_list *l, int32_t delta_pct, int32_t top, int32_t *order);
/* Whether every prefix keeps the promise. O(n groups). */
bool fair_keeps(const int8_t *group, const int32_t *order, int32_t n, int32_t delta_pct);

/* Exposure floor (FairRec): an order of at most FAIR_SMALL_SEATS seats is owed FAIR_VIEWS views by
 * people who can take it, a seat, before its rank alone decides. Lists give their last place to the
 * best of the owed. O(1). */
bool fair_owed(int32_t seats, int64_t views);
