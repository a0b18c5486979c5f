/* column_test.c - few edges repaired by prices are as good as all edges. */
#include "market/column.h"

#include "market/city.h"
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
