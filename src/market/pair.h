/* pair.h - two shifts that belong together: a morning here and an afternoon there for one person, and two shifts at one
 * place at the same time for two who go only together (matching.md 4.2, 5.3). From the lists that market_top gave; whoever
 * is told of them takes both or neither. Pure; allocates nothing. */
#pragma once
#include "market/market.h"

enum { PAIRS_MOST = 3, PAIR_PLACE_M = 150, PAIR_HOURS_MIN = 60, PAIR_WAY_MIN = 45, HALF_DAY_MIN = 360 };
struct pair {
    const struct hit *first, *second; /* of a day: in this order; of a place: for the one and for the other */
    int32_t between_min;              /* the way from one place to the other; -1 = unknown */
};
/* A half-day shift: at most HALF_DAY_MIN from its begin to its end. */
bool slot_is_half(const struct slot *t);

/* Two shifts of one day at one place (PAIR_PLACE_M, both known), of which neither begin nor end lie more than PAIR_HOURS_MIN
 * apart. */
bool slots_at_a_place(const struct slot *a, const struct slot *b);

/* Hits of one person that break no hard constraint, in any order, none twice. */
struct pair_list {
    const struct hit *v;
    size_t n;
};
/* Two half-day shifts of one day, of which the second begins after the first: each breaks no hard constraint with the other
 * one taken, and the way between is within his reach, or PAIR_WAY_MIN where he states none (H3). None for who goes only together, and for who holds MAX_BUSY shifts. Up to PAIRS_MOST, best first: the first has
 * the highest sum of ranks of all there are in the list, each further one of those that share no shift with one before it;
 * ties by ids. O(PAIRS_MOST x n^2), the constraints only of those that would be the best so far. */
size_t pairs_of_day(const struct market_params *p, const struct seeker *s, const struct pair_list *list,
                    struct pair ret[PAIRS_MOST]);
/* Two shifts of slots_at_a_place: the first of the list of the one, the second of that of the other. Chosen and ordered likewise.
 * O(PAIRS_MOST x n x m) */
size_t pairs_at_place(const struct pair_list *one, const struct pair_list *other, struct pair ret[PAIRS_MOST]);
