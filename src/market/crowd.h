/* crowd.h - what lists do to a city: everybody sees a few slots, applies to some, and is hired or
 * not; then again. Lists that rank by fit alone send everybody to the same few; lists by fit less
 * the price of the slot do not. Pure, seeded; for benchmarks and `lingji match simulate`.
 *
 * 40,000 people, 30,000 seats, 5 shown, 2 applications each (`make bench`, B6):
 *
 *     list                            round 1   mean fit   round 5   applications
 *     by fit                           39.2 %      0.811    86.8 %        186,000
 *     score - price                    86.2 %      0.734    89.4 %         98,000
 *     and told (the program)           83.1 %      0.741    89.5 %         57,000
 *     and the best first (aim 84)      77.0 %      0.759    88.4 %         58,000 */
#pragma once
#include "market/batch.h"

enum crowd_list { CROWD_FIT, CROWD_RANDOM, CROWD_PRICE };
enum { CROWD_ROUNDS = 5, CROWD_SHOWN_MAX = 20, CROWD_AIM_PCT = 84 };

struct crowd_params {
    uint64_t seed;
    enum crowd_list list;
    int32_t gamma_pct;      /* how much of the price a list subtracts; 100 is usual */
    int32_t shown, applies; /* slots on a list, at most CROWD_SHOWN_MAX; how many from its top one
                               applies to */
    bool told;              /* with prices: nobody applies where their points are below the price */
    int32_t aim_pct;        /* with prices: the first round is for so many of the best matches, in parts
                               of the seats (about nine in ten come about; CROWD_AIM_PCT is usual); 0 = for all */
    bool floor;             /* exposure floor of fair.h */
};
/* After each round. */
struct crowd_round {
    int32_t placed;
    int64_t applications;
    int64_t value; /* points of the placed */
};
struct crowd_result {
    struct crowd_round round[CROWD_ROUNDS];
    int32_t never_shown, small_never_shown; /* slots with seats, in the first round */
    int32_t small_placed;                   /* at slots of FAIR_SMALL_SEATS or fewer, in the end */
};

/* A round: who has no place applies to slots with seats left; a slot asks its applicants best first
 * until it is full; who is asked twice takes the better, and the slot asks the next. Prices are
 * those of the exact auction among who and what is left. O(rounds * (auction + edges log shown)).
 */
struct crowd_result crowd_run(struct arena *a, const struct batch *city,
                              const struct crowd_params *p);
