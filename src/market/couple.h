/* couple.h - couples who go to the same slot or nowhere, placed together with everyone else.
 *
 * Each couple is split into two half people worth half the pair at every slot both can take. The
 * auction on the halves gives the exact value of the relaxation, hence a bound, and most couples
 * come out whole or nowhere. The others are edges between two slots (or a slot and nowhere);
 * walking these edges as trails and sending each trail the better of its two ways puts every couple
 * in one slot, loses nothing against the bound and asks a slot for at most ONE seat more (`ask`).
 * Without that seat, a slot over its seats by couples alone sends its cheapest couple home, the
 * single people are placed exactly around the others, and all look once more for what is better
 * (reseat.h; `slot_of`): nobody is left out of a slot that has room for them.
 *
 * Time: two auctions (batch.h) + a few passes over the edges. Nobody of a couple is ever placed
 * alone. */
#pragma once
#include "market/batch.h"

struct couple {
    int32_t a, b; /* people; nobody is in two couples */
};
struct couples_result {
    int32_t *slot_of; /* per person, within the seats */
    int64_t value;
    int64_t ub;     /* no assignment that keeps couples together is worth more */
    int64_t *price; /* per slot and seat, in 1/scale of a point: of the relaxation */
    int64_t scale;
    int32_t whole, nowhere, split; /* couples after the auction */
    int32_t together;              /* couples placed at the end */
    /* The answer if slots may be asked for one seat more. */
    int32_t *ask_slot_of;
    int64_t ask_value; /* 2 * ask_value >= lp_twice */
    int32_t ask_slots; /* slots to ask */
    int64_t lp_twice;  /* twice the value of the relaxation as found */
};

/* eps as for batch_solve. Scores up to BATCH_MAX / 2. */
struct couples_result batch_couples(struct arena *a, const struct batch *b, const struct couple *c,
                                    int32_t n, int32_t eps);
