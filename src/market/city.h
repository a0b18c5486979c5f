/* city.h - invented cities for tests and benchmarks: clusters of jobs, people around them, trades,
 * shifts, wages and reaches; who goes together shares home and hours. Integers throughout, so that
 * a seed gives the same bytes on every machine. */
#pragma once
#include "market/bundle.h"

struct city_params {
    uint64_t seed;
    int32_t people, slots;
    int32_t couple_pct; /* of the people, in couples from the front */
    int32_t crew_pct;   /* of the people, in crews of CITY_CREW after the couples */
    int32_t roles;      /* slots at one site; 0 = one, and groups want the same slot */
    int32_t degree;     /* the best edges kept per person */
    int32_t spread_km;  /* side of the square, 0 = 30 */
    int32_t clusters;   /* 0 = 25 */
    bool hall;          /* everything is for today: no shifts, whoever comes has the time */
    bool other_law;     /* `other` people and slots draw from shuffled trades and new wages */
};
enum { CITY_CREW = 4 };
enum city_shift { SHIFT_DAY, SHIFT_MORNING, SHIFT_AFTERNOON, SHIFT_EVENING };

/* Couples and crews are neighbours by id. With roles = 0 the edges of a group are its best slots
 * with seats for all that all can take, the same for each. Half of the people and of the slots are
 * `other`: for worlds of two days (sim.h). O(people * jobs in reach). */
struct city {
    struct batch b;
    int32_t couples, crews, seats;
    int32_t *site;     /* per slot, ascending */
    int32_t *shift;    /* per slot: enum city_shift */
    const bool *other; /* per slot; people: city_other */
};
bool city_other(int32_t person);
struct city city_make(struct arena *a, const struct city_params *p);
/* How many go together from person i on, the first of the group: 2, CITY_CREW or 1. */
int32_t city_group(const struct city *c, int32_t i);

/* The units of a city whose groups want one site and one shift, any roles. Couples at even places
 * must stay together, the others would like to: 15,000 points more each, or each alone. Crews must.
 * Single people with a whole day also take a morning and an afternoon, at three quarters of both.
 * At most `most` options a unit, the best ones. Unit of person i ascends with i. */
struct bundle city_bundles(struct arena *a, const struct city *c, int32_t most);
