/* bundle_chain.h - step 3 of bundle.h: a better choice by chains of units that push each other on.
 *
 * A chain: one unit takes another option; those who sit in its seats leave and look for the best
 * they can get, paying the price of seats that somebody else must leave, and so on; seats that
 * fell free are then offered to those who would mind least. At most LONGEST units move. The chain
 * stands if the sum grows or falls by less than a random allowance, else it is undone. The mean of
 * the allowance falls from what units usually lose by their second choice to a fiftieth of it.
 *
 * Time O(chains * LONGEST * options of a unit), in cities about 4 us a chain. */
#pragma once
#include "market/bundle.h"

enum { BUNDLE_SCALE = 1024 }; /* prices and profits are multiples of 1/BUNDLE_SCALE of a point */

/* What option o leaves of its value at these prices. */
static inline int64_t bundle_profit(const struct bundle *b, const int64_t *price, int32_t o)
{
    int64_t v = (int64_t)b->value[o] * BUNDLE_SCALE;
    for (int32_t k = b->use[o]; k < b->use[o + 1]; k++)
        v -= price[b->slot[k]] * b->seats[k];
    return v;
}

/* True when every slot of o has its seats left and o is worth something. */
static inline bool bundle_fits(const struct bundle *b, const int32_t *left, int32_t o)
{
    bool ok = b->value[o] > 0;
    for (int32_t k = b->use[o]; ok && k < b->use[o + 1]; k++)
        ok = b->seats[k] <= left[b->slot[k]];
    return ok;
}

/* Changes at[0 .. units), a valid choice, into another valid one. The value is nearly always
 * better, but need not be. */
void bundle_chains(struct arena *a, const struct bundle *b, const int64_t *price, int32_t *at,
                   const struct bundle_effort *e);
