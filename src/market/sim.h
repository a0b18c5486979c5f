/* sim.h - a day in the hall of an invented city, for benchmarks and `lingji match simulate`: the
 * hall of hall.h, minute by minute, beside greedy (who comes takes the best that is free, what
 * comes takes the best who wait) and hindsight (the best of all that could have been).
 *
 * People and orders arrive with a triangular density over `day_s`, 30 % of the orders at opening.
 * People stay Exp(patience), orders U(20, 90) minutes. A pair is accepted with accept_pct, decided
 * by the pair, so that all policies meet the same answers and hindsight knows them. Ghosts are an
 * independent day of the same law, or of another volume or law. No clock; same seed, same bytes. */
#pragma once
#include "market/hall.h"

struct sim_params {
    uint64_t seed;
    int32_t people, orders;                     /* about 8.2 seats an order */
    int32_t couple_pct, clusters, spread_km;    /* city.h */
    int32_t day_s, patience_s, accept_pct;      /* 0 = 4 h, 40 min, 70 */
    int32_t ghost_people_pct, ghost_orders_pct; /* of the real volume; 0 = 100, -1 = none */
    bool other_law;                             /* ghosts of shuffled trades and new wages */
    struct hall_params hall;
};

struct sim_day {
    int32_t people, seats, placed;
    int64_t value;                /* points */
    int32_t mean_s, p90_s, p99_s; /* wait of the placed */
    int32_t starved; /* waited 90 min while one of a lower total got an order they could have had */
    int32_t apart;   /* couples not at one order */
    int32_t over;    /* orders beyond their seats */
};

/* O(edges log events). */
struct sim *sim_new(struct arena *a, const struct sim_params *p);
/* One minute of the hall, and while somebody refused another step 5 s later; false when everybody is gone. Scratch is reset by the caller. */
bool sim_step(struct sim *s, struct arena *scratch);
/* Up to now. O(people log people + orders). */
struct sim_day sim_hall(struct arena *a, const struct sim *s);
const struct hall *sim_log(const struct sim *s);
/* A hall as it was before the first event, for hall_replay. */
struct hall sim_fresh(struct arena *a, const struct sim *s);
/* O(edges log people). */
struct sim_day sim_greedy(struct arena *a, const struct sim *s);
/* No policy reaches more points on this day (couples: bound of couple.h). *ret_placed: people
 * placed by it. O(edges log degree) and one batch_solve or batch_couples. */
int64_t sim_hindsight(struct arena *a, const struct sim *s, int32_t *ret_placed);
