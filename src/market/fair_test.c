/* fair_test.c - lists and crowds: prices spread people, guards keep their promise at a known cost.
 */
#include <string.h>

#include "market/city.h"
#include "market/dice.h"
#include "market/crowd.h"
#include "market/fair.h"
#include "test.h"

static struct city town(struct arena *a, uint64_t seed)
{
    return city_make(a, &(struct city_params){.seed = seed,
                                              .people = 4000,
                                              .slots = 350,
                                              .degree = 200,
                                              .spread_km = 10,
                                              .clusters = 4});
}

static const struct crowd_params five_two = {.seed = 1, .shown = 5, .applies = 2, .gamma_pct = 100};

TEST(lists_that_subtract_the_price_fill_far_more_seats_at_the_first_try)
{
    for (uint64_t seed = 3; seed < 6; seed++) {
        struct arena a;
        arena_init(&a, 0);
        struct city c = town(&a, seed);
        struct crowd_params p = five_two;
        struct crowd_result fit = crowd_run(&a, &c.b, &p);
        p.list = CROWD_RANDOM;
        struct crowd_result random = crowd_run(&a, &c.b, &p);
        CHECK(random.round[0].value < fit.round[0].value * 3 / 2);
        CHECK(random.round[0].placed > fit.round[0].placed); /* blind is better than all to one */
        p.list = CROWD_PRICE;
        struct crowd_result price = crowd_run(&a, &c.b, &p);
        CHECK(price.round[0].placed * 2 > fit.round[0].placed * 3);
        CHECK(price.round[CROWD_ROUNDS - 1].applications <
              fit.round[CROWD_ROUNDS - 1].applications);
        CHECK(price.round[CROWD_ROUNDS - 1].value > fit.round[CROWD_ROUNDS - 1].value);
        CHECK(price.round[CROWD_ROUNDS - 1].placed <= c.seats);
        arena_done(&a);
    }
}

TEST(who_is_told_that_others_are_worth_more_applies_less_and_nothing_is_lost)
{
    for (uint64_t seed = 3; seed < 6; seed++) {
        struct arena a;
        arena_init(&a, 0);
        struct city c = town(&a, seed);
        struct crowd_params p = five_two;
        p.list = CROWD_PRICE;
        struct crowd_result blind = crowd_run(&a, &c.b, &p);
        p.told = true;
        struct crowd_result told = crowd_run(&a, &c.b, &p);
        const struct crowd_round *x = &blind.round[CROWD_ROUNDS - 1], *y = &told.round[CROWD_ROUNDS - 1];
        CHECK(y->applications * 10 < x->applications * 7);
        CHECK(y->value * 200 >= x->value * 199 && y->placed * 200 >= x->placed * 199);
        CHECK(told.round[0].value * blind.round[0].placed > blind.round[0].value * told.round[0].placed); /* mean */
        arena_done(&a);
    }
}

TEST(a_first_round_for_the_best_matches_has_better_ones_and_the_rest_follow)
{
    for (uint64_t seed = 3; seed < 6; seed++) {
        struct arena a;
        arena_init(&a, 0);
        struct city c = town(&a, seed);
        struct crowd_params p = five_two;
        p.list = CROWD_PRICE;
        p.told = true;
        struct crowd_result all = crowd_run(&a, &c.b, &p);
        p.aim_pct = 60;
        struct crowd_result best = crowd_run(&a, &c.b, &p);
        CHECK(best.round[0].placed * 10 > c.seats * 5 && best.round[0].placed * 100 <= c.seats * 61);
        CHECK(best.round[0].value * all.round[0].placed * 100 > all.round[0].value * best.round[0].placed * 103);
        CHECK(best.round[CROWD_ROUNDS - 1].placed * 100 > all.round[CROWD_ROUNDS - 1].placed * 96);
        p.aim_pct = 1000; /* more than there are matches: all of them */
        struct crowd_result same = crowd_run(&a, &c.b, &p);
        CHECK(memcmp(&same, &all, sizeof all) == 0);
        arena_done(&a);
    }
}

TEST(what_is_worth_nothing_or_has_no_seat_is_on_no_list)
{
    static const int32_t row[] = {0, 3, 5}, slot[] = {0, 1, 2, 0, 1}, score[] = {0, 50000, 60000, 40000, 40000}, cap[] = {1, 1, 0};
    const struct batch b = {2, 3, row, slot, score, cap};
    struct crowd_params p = {.seed = 1, .shown = 1, .applies = 1};
    struct arena a;
    arena_init(&a, 0);
    struct crowd_result r = crowd_run(&a, &b, &p);
    CHECK_EQ(r.round[0].placed, 2); /* one sees slot 1 only; of two equal ones the other sees the first */
    CHECK_EQ(r.round[0].value, 90000);
    CHECK_EQ(r.round[0].applications, 2);
    CHECK_EQ(r.never_shown, 0); /* a slot without seats is not missing */
    arena_done(&a);
}

TEST(the_exposure_floor_shows_small_orders_that_have_somebody)
{
    struct arena a;
    arena_init(&a, 0);
    struct city c = town(&a, 8);
    struct crowd_params p = five_two;
    struct crowd_result without = crowd_run(&a, &c.b, &p);
    p.floor = true;
    struct crowd_result with = crowd_run(&a, &c.b, &p);
    CHECK(with.small_never_shown < without.small_never_shown);
    CHECK(with.small_placed >= without.small_placed);
    CHECK(fair_owed(1, 19) && !fair_owed(1, 20) && fair_owed(3, 59) && !fair_owed(4, 0));
    arena_done(&a);
}

TEST(every_prefix_keeps_the_share_of_each_group_and_the_best_come_first_otherwise)
{
    uint64_t rnd = 5;
    int broken = 0, moved = 0, idle = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int k = 0; k < 2000; k++) {
        int32_t n = 1 + dice_below(&rnd, 60), groups = 1 + dice_below(&rnd, FAIR_GROUPS), order[60];
        int64_t points[60];
        int8_t group[60];
        for (int32_t i = 0; i < n; i++) {
            points[i] = 100000 - 1000 * i;
            group[i] =
                (int8_t)(dice_below(&rnd, n) < i ? 0 : dice_below(&rnd, groups)); /* biased */
        }
        struct fair_cost c = fair_guard(&a, points, group, n, 10, 10, order);
        bool seen[60] = {false};
        for (int32_t i = 0; i < n; i++)
            broken +=
                order[i] < 0 || order[i] >= n || seen[order[i]] || (seen[order[i]] = true, false);
        broken += !fair_keeps(group, order, n, 10) || c.lost_top < 0 || (!c.moved && c.lost_top);
        moved += c.moved > 0;
        for (int32_t i = 0; i < n; i++)
            order[i] = i;
        idle += fair_keeps(group, order, n, 10) != !c.moved;
        arena_reset(&a);
    }
    CHECK_EQ(broken, 0);
    CHECK(moved > 500);
    CHECK_EQ(idle, 0); /* a list that keeps the promise is left alone */
    arena_done(&a);
}

enum { POOL = 300, TOP = 20 };

/* The best TOP of each group of a ranked pool, as a list; the shares are those of the pool. */
static struct fair_list chosen(const int8_t *group, int32_t n, int64_t *points, int8_t *of)
{
    struct fair_list l = {.points = points, .group = of};
    for (int32_t i = 0; i < n; i++) {
        if (l.pool[group[i]]++ >= TOP)
            continue;
        points[l.n] = 100000 - i;
        of[l.n++] = group[i];
    }
    return l;
}

/* Prefixes of the first places that have fewer of a group than floor((share - 10 %) x length). */
static int short_of(const struct fair_list *l, const int32_t *order, int32_t n)
{
    int broken = 0;
    int32_t taken[FAIR_GROUPS] = {0};
    for (int32_t k = 1; k <= TOP && k <= l->n; k++) {
        taken[l->group[order[k - 1]]]++;
        for (int32_t x = 0; x < FAIR_GROUPS; x++)
            broken += taken[x] < (l->pool[x] * 100 - 10 * n) * k / (100 * n);
    }
    return broken;
}

TEST(the_first_places_keep_the_shares_of_a_pool_much_larger_than_the_list)
{
    uint64_t rnd = 6;
    int broken = 0, moved = 0, first = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int k = 0; k < 1000; k++) {
        int32_t n = 1 + dice_below(&rnd, POOL), groups = 1 + dice_below(&rnd, FAIR_GROUPS), order[FAIR_GROUPS * TOP];
        int64_t points[FAIR_GROUPS * TOP];
        int8_t group[POOL], of[FAIR_GROUPS * TOP];
        for (int32_t i = 0; i < n; i++)
            group[i] = (int8_t)(i * groups / n); /* one group after the other: the worst there is */
        struct fair_list l = chosen(group, n, points, of);
        struct fair_cost c = fair_first(&a, &l, 10, TOP, order);
        bool seen[FAIR_GROUPS * TOP] = {false};
        for (int32_t i = 0; i < TOP && i < l.n; i++)
            broken += order[i] < 0 || order[i] >= l.n || seen[order[i]] || (seen[order[i]] = true, false);
        broken += short_of(&l, order, n) || c.lost_top < 0;
        moved += c.moved > 0;
        first += order[0] == 0;
        arena_reset(&a);
    }
    CHECK_EQ(broken, 0);
    CHECK(moved > 500 && first > 900);
    arena_done(&a);
}
