/* bundle.h - units that take several seats together or not at all: a couple at one site in two
 * roles, a crew, one person with two half-day shifts. A unit takes at most one of its options; an
 * option takes seats of one or more slots. Finds a good choice for all and proves how good.
 *
 * 1. Prices of the slots by subgradient steps with momentum (Polyak; Held, Wolfe, Crowder 1974):
 *    for any p >= 0, ub(p) = sum cap * p + sum over units of max(0, max over options of (value -
 *    price of its seats)) bounds every choice.
 * 2. Units in the order of what the second best option would cost them take the best that is left.
 * 3. Chains: a unit takes an option, whoever sits in its seats goes and looks for another, and so
 * on a few steps; the chain stands if the sum grows, or falls by less than a random allowance that
 * shrinks (simulated annealing; Kirkpatrick 1983). Prices say where to look.
 * 4. Everybody who takes one seat or none is placed anew, exactly (batch.h), around the others.
 *
 * Time O(rounds * uses + moves * options of a unit); memory about 24 bytes a use, 32 an option, 60
 * a unit. Integers only; same input and seed, same bytes.
 *
 * An example (bundle_test.c): kitchen 2 seats at a price of 75, warehouse 1 at 70. A couple may take
 * one of each (150) or two in the kitchen (145), Zhou the kitchen (80), Chen the warehouse (70). Taken:
 * one of each, and Zhou: 230 = 2 x 75 + 70 + (150 - 145) + (80 - 75) + 0, so nothing better exists. */
#pragma once
#include "market/batch.h"

struct bundle {
    int32_t units, options, slots;
    const int32_t *unit;  /* units + 1: the options of u are unit[u] .. unit[u + 1] - 1 */
    const int32_t *value; /* per option, at most BATCH_MAX; <= 0 is never taken */
    const int32_t *use;   /* options + 1: the uses of o are use[o] .. use[o + 1] - 1 */
    const int32_t *slot;  /* per use, distinct within an option */
    const int32_t *seats; /* per use, 1 .. BUNDLE_SEATS */
    const int32_t *cap;   /* per slot: seats, any number >= 0 */
};
enum { BUNDLE_SEATS = 1000000 };

/* How long to work; 0 = the default. */
struct bundle_effort {
    uint64_t seed;
    int32_t rounds; /* of prices: 300 */
    int32_t moves;  /* chains per unit: 1.4 million for all, but 60 to 5000 each */
};

struct bundle_result {
    int32_t *option_of; /* per unit: option or BATCH_OUT */
    int64_t *price;     /* per slot and seat, in 1/scale of a point: a bound and a guide */
    int64_t scale;
    int64_t value;         /* sum of the values taken */
    int64_t ub;            /* no choice is worth more; ub - value is the proven gap */
    int64_t greedy, chain; /* value after step 2 and after step 3 */
    int32_t placed;
};

/* All memory from `a`; beyond the result it is given back only with the arena. */
struct bundle_result bundle_solve(struct arena *a, const struct bundle *b,
                                  const struct bundle_effort *e);

/* The certificate for any prices >= 0 (in 1/scale): floor(ub). O(uses). */
int64_t bundle_bound(const struct bundle *b, const int64_t *price, int64_t scale);
/* True when every unit is out or takes an own option with value > 0 and no slot is over its seats.
 */
bool bundle_valid(struct arena *a, const struct bundle *b, const int32_t *option_of);

/* Peers for comparison, as batch_greedy and batch_first_come. */
int64_t bundle_greedy(struct arena *a, const struct bundle *b);
int64_t bundle_first_come(struct arena *a, const struct bundle *b);
