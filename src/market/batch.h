/* batch.h - who goes where when everyone is placed at once: n people, m slots with seats, a score
 * per possible pair; finds the assignment of the largest sum and a price per slot that proves it.
 *
 * Auction with similar objects and eps scaling (Bertsekas, Castanon 1989); where a phase leaves an
 * empty seat with a price, the slot drops it and pulls people in (reverse step of the asymmetric
 * auction, Bertsekas, Castanon 1992), so that at the end only full slots have a price.
 *
 * At the end, for every person and every slot k of theirs (v = score - price of the own slot, or
 * 0): v + eps >= score(k) - price(k),  v >= -eps,  price = 0 where a seat is empty. Hence optimum -
 * value <= n * eps. The certificate does not trust this: it computes ub = sum cap * price + sum
 * over people of max(0, max(score - price)) which bounds every assignment whatever the prices are.
 *
 * Where the gap is 0 the prices are then lowered to the lowest that prove it. These are unique, whole
 * points, do not depend on the order of the input, and say exactly what one seat more would add.
 *
 * Time O((bids + people * phases) * degree + pulls * people of a slot), phases = log8(top score *
 * people); in cities about 6 bids a person. Memory: 8 bytes an edge, 16 a seat, 28 a person and
 * slot. Integers only, ties by id: same input, same bytes.
 *
 * An example (market_test.c); scores in points, prices as found:
 *
 *                  kitchen, 2 seats   warehouse, 1 seat
 *     Wang               90                 60            first come: Wang, Li -> kitchen, Zhou ->
 *     Li                 80                 75            warehouse, Chen out: 210
 *     Chen               70                  -
 *     Zhou               66                 40            auction: Wang, Chen -> kitchen, Li ->
 *     price              66                 40            warehouse, Zhou out: 235
 *     ub      2 x 66 + 40 + (90 - 66) + (75 - 40) + (70 - 66) + 0 = 235
 *
 * What may be said with exact prices: nobody who was left out of a slot has a higher score there than
 * anyone who got in, so the least score that got in is true to name. Not true is "with 67 you would
 * have got it": a price is what one seat more adds, and Chen, with 70, would have to go first. With
 * eps > 0, or couples, this holds within eps, or not at all: for lists, not for refusals. */
#pragma once
#include "base/arena.h"

struct batch {
    int32_t people, slots;
    const int32_t *row;   /* people + 1: the edges of i are row[i] .. row[i + 1] - 1 */
    const int32_t *slot;  /* per edge, ascending and distinct within a person */
    const int32_t *score; /* per edge, -BATCH_MAX .. BATCH_MAX; <= 0 is never taken */
    const int32_t *cap;   /* per slot: seats, >= 0 */
};
enum { BATCH_MAX = 1000000, BATCH_OUT = -1 };

struct batch_result {
    int32_t *slot_of;    /* per person: slot or BATCH_OUT */
    int64_t *price;      /* per slot, in 1/scale of a point */
    int64_t scale;       /* prices and eps are multiples of 1/scale */
    int64_t value;       /* sum of the scores taken */
    int64_t ub;          /* no assignment is worth more; ub - value is the proven gap */
    int64_t bids, pulls; /* work done: forward and reverse */
    int32_t placed;
};

/* eps in points; 0 = exact: eps is 1/(people + 1) point, value == ub. All memory from `a`; beyond
 * the result it is given back only with the arena. */
struct batch_result batch_solve(struct arena *a, const struct batch *b, int32_t eps);

/* The edge of person i to slot j, or -1. O(log edges of a person). */
int32_t batch_edge(const struct batch *b, int32_t i, int32_t j);
/* The certificate for any prices >= 0 (in 1/scale): floor(ub). O(edges). */
int64_t batch_bound(const struct batch *b, const int64_t *price, int64_t scale);
/* True when nobody is twice, no slot over its seats, every person on an own edge with score > 0. */
bool batch_valid(struct arena *a, const struct batch *b, const int32_t *slot_of);

/* Peers for comparison. Greedy: the best pairs of the whole city first. First come: in order of id
 * each takes the best slot still open. O(edges log edges), O(edges). */
int64_t batch_greedy(struct arena *a, const struct batch *b);
int64_t batch_first_come(struct arena *a, const struct batch *b);
