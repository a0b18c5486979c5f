/* town.h - an invented town with all the facts of score.h: what fairness and the terms of policy cost is
 * measured in it with the score, the search and the auction of the program. Integers, seeded: same seed,
 * same bytes.
 *
 * It is unequal as real ones are. Women often have the school run and other trades than men; older people have
 * limits, but long experience; people from elsewhere live in quarters of their own and are newer. Some employers
 * blame the older and those from elsewhere for days they did not miss. Who is in which group stands beside the
 * people, not in them. */
#pragma once
#include "market/batch.h"
#include "market/market.h"

enum town_group { TOWN_WOMAN, TOWN_OLDER, TOWN_AWAY, TOWN_GROUPS };
struct town_params {
    uint64_t seed;
    int32_t people, slots;       /* about 8 seats a slot */
    int32_t spread_km, clusters; /* 0 = 30 and 25 */
    int32_t blame_pct;           /* of their days noted as missed for nothing, beside the 6 % of everybody */
};
struct town {
    int32_t people, slots, seats;
    struct seeker *person; /* ids 1 .. people */
    struct slot *slot;     /* ids 1 .. slots, all of one day */
    uint8_t *groups;       /* per person: bits by enum town_group */
    struct market_params params;
};
struct town town_make(struct arena *a, const struct town_params *p);
/* Everybody's best MARKET_TOP shifts, with their totals. O(people x market_top). */
struct batch town_pairs(struct arena *a, const struct town *t);

/* Everybody placed at once over the pairs of `b`. `left_out`: a term of policy that does not count, or TERMS.
 * served[k]: of the placed, those whom term k is for. One batch_solve. */
struct town_day {
    int32_t placed, served[TERMS];
    int64_t value; /* points of the placed without what policy adds */
    const int32_t *slot_of;
};
struct town_day town_place(struct arena *a, const struct town *t, const struct batch *b, enum term left_out);
/* How many people a term is for, placed or not; TERM_GROUP: who has a partner at work. O(people) */
int32_t town_for(const struct town *t, enum term k);
