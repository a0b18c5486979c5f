/* city.h - invented cities for tests and benchmarks: clusters of jobs, people around them, trades,
 * shifts, wages and reaches; couples share a home. Integers throughout, so that a seed gives the
 * same bytes on every machine. */
#pragma once
#include "market/batch.h"

struct city_params {
    uint64_t seed;
    int32_t people, slots;
    int32_t couple_pct; /* of the people, in must couples (2k, 2k + 1) from the front */
    int32_t degree;     /* the best edges kept per person */
    int32_t spread_km;  /* side of the square, 0 = 30 */
    int32_t clusters;   /* 0 = 25 */
    bool hall;          /* everything is for today: no shifts, whoever comes has the time */
    bool other_law;     /* `other` people and slots draw from shuffled trades and new wages */
};

/* Person 2k and 2k + 1 are a couple for k < couples. Half of the people and of the slots are
 * `other`: for worlds of two days (sim.h). O(people * jobs in reach). */
struct city {
    struct batch b;
    int32_t couples, seats;
    const bool *other; /* per slot; people: city_other */
};
bool city_other(int32_t person);
struct city city_make(struct arena *a, const struct city_params *p);

/* xorshift64*: the next number, and one below n. State must not be 0. */
uint64_t city_random(uint64_t *state);
int32_t city_below(uint64_t *state, int32_t n);
