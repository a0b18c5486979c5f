/* column_test.c - few edges repaired by prices are as good as all edges. */
#include "market/column.h"

#include "market/city.h"
#include "market/couple.h"
#include "market/dice.h"
#include "test.h"

TEST(columns_make_few_edges_worth_as_much_as_all_of_them)
{
    struct city_params p = {
        .seed = 12, .people = 3000, .slots = 270, .degree = 200, .spread_km = 8, .clusters = 3};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct column_source all = column_from(&c.b);
    struct batch_result full = batch_solve(&a, &c.b, 0);
    for (int32_t most = 1; most <= 13; most += 6) {
        struct batch few = column_best(&a, &c.b, most);
        struct column_result r = batch_columns(&a, &few, &all, 0);
        CHECK(few.row[p.people] <= most * p.people);
        CHECK(batch_solve(&a, &few, 0).value < full.value);
        CHECK_EQ(r.r.value, full.value);
        CHECK_EQ(batch_bound(&c.b, r.r.price, r.r.scale), full.value);
        CHECK(batch_valid(&a, &c.b, r.r.slot_of));
        CHECK(r.rounds > 1);
        CHECK_EQ(r.b.row[p.people], few.row[p.people] + r.added);
        CHECK(r.b.row[p.people] * 2 < c.b.row[p.people]);
    }
    CHECK_EQ(batch_columns(&a, &c.b, &all, 0).rounds, 1);
    arena_done(&a);
}

TEST(columns_of_a_rough_solution_prove_it_within_its_eps_on_all_edges)
{
    struct city_params p = {.seed = 13, .people = 1000, .slots = 90, .degree = 200, .spread_km = 5};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct column_source all = column_from(&c.b);
    struct batch few = column_best(&a, &c.b, 10);
    struct column_result r = batch_columns(&a, &few, &all, 50);
    int64_t ub = batch_bound(&c.b, r.r.price, r.r.scale);
    CHECK_EQ(ub, r.r.ub);
    CHECK(ub - r.r.value <= 50 * p.people);
    arena_done(&a);
}

/* Nearly everybody may go nearly everywhere. */
static struct batch crowded(struct arena *a, int32_t people, int32_t slots)
{
    uint64_t rnd = dice_seed(14);
    size_t n = 0, most = (size_t)people * (size_t)slots;
    int32_t *row = NEW_N(a, (size_t)people + 1, int32_t), *slot = NEW_N(a, most, int32_t), *score = NEW_N(a, most, int32_t);
    int32_t *cap = NEW_N(a, (size_t)slots, int32_t);
    for (int32_t j = 0; j < slots; j++)
        cap[j] = 1 + dice_below(&rnd, 2);
    for (int32_t i = 0; i < people; i++) {
        for (int32_t j = 0; j < slots; j++) {
            if (!dice_below(&rnd, 10))
                continue;
            slot[n] = j;
            score[n++] = 1 + dice_below(&rnd, 5000) + j * 50; /* all like the last ones best */
        }
        row[i + 1] = (int32_t)n;
    }
    return (struct batch){people, slots, row, slot, score, cap};
}

TEST(a_market_where_all_may_go_everywhere_is_solved_on_few_edges_and_proven_for_all)
{
    struct arena a;
    struct couple of[40];
    arena_init(&a, 0);
    struct batch b = crowded(&a, 500, 400), thin = crowded(&a, 200, 100);
    struct batch_result full = batch_solve(&a, &b, 0), wide = batch_wide(&a, &b, 0);
    CHECK(b.row[b.people] > COLUMN_MANY * b.people);
    CHECK_EQ(wide.value, full.value);
    CHECK_EQ(batch_bound(&b, wide.price, wide.scale), full.value);
    CHECK(batch_valid(&a, &b, wide.slot_of));
    CHECK(wide.bids != full.bids); /* another way */
    CHECK_EQ(batch_wide(&a, &thin, 0).bids, batch_solve(&a, &thin, 0).bids);
    for (int32_t u = 0; u < 40; u++)
        of[u] = (struct couple){2 * u, 2 * u + 1};
    struct couples_result r = batch_couples(&a, &b, of, 40, 0);
    CHECK(batch_valid(&a, &b, r.slot_of));
    CHECK(r.value <= r.ub && r.ub < full.value && r.value * 1000 > r.ub * 995);
    CHECK(r.together > 30);
    for (int32_t u = 0; u < 40; u++)
        CHECK_EQ(r.slot_of[2 * u], r.slot_of[2 * u + 1]);
    arena_done(&a);
}
