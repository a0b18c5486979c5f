/* column_test.c - few edges repaired by prices are as good as all edges. */
#include "market/column.h"


#include "market/city.h"
#include "test.h"

enum { ROOM = 3 };

/* The source is a market with all edges. */
static int32_t find(const void *all, const struct column_ask *ask, struct column *out)
{
    const struct batch *b = all;
    int64_t left[ROOM + 1];
    int32_t n = 0;
    for (int32_t e = b->row[ask->person]; e < b->row[ask->person + 1]; e++) {
        int64_t v = b->score[e] * ask->scale - ask->price[b->slot[e]];
        int32_t k = n;
        if (v <= ask->more)
            continue;
        for (; k > 0 && left[k - 1] < v; k--) {
            left[k] = left[k - 1];
            if (k < ROOM)
                out[k] = out[k - 1];
        }
        left[k] = v;
        if (k < ROOM)
            out[k] = (struct column){b->slot[e], b->score[e]};
        n += n < ROOM;
    }
    return n;
}

/* Each person's first `most` edges. */
static struct batch pruned(struct arena *a, const struct batch *b, int32_t most)
{
    size_t edges = (size_t)b->row[b->people] + 1;
    int32_t *row = NEW_N(a, (size_t)b->people + 1, int32_t), n = 0;
    int32_t *slot = NEW_N(a, edges, int32_t), *score = NEW_N(a, edges, int32_t);
    for (int32_t i = 0; i < b->people; i++) {
        for (int32_t e = b->row[i]; e < b->row[i + 1] && e < b->row[i] + most; e++) {
            slot[n] = b->slot[e];
            score[n++] = b->score[e];
        }
        row[i + 1] = n;
    }
    return (struct batch){b->people, b->slots, row, slot, score, b->cap};
}

TEST(columns_make_few_edges_worth_as_much_as_all_of_them)
{
    struct city_params p = {
        .seed = 12, .people = 3000, .slots = 270, .degree = 200, .spread_km = 8, .clusters = 3};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct column_source all = {&c.b, find, ROOM};
    for (int32_t most = 0; most <= 12; most += 6) {
        struct batch few = pruned(&a, &c.b, most);
        struct batch_result full = batch_solve(&a, &c.b, 0), less = batch_solve(&a, &few, 0);
        struct column_result r = batch_columns(&a, &few, &all, 0);
        CHECK(less.value < full.value);
        CHECK_EQ(r.r.value, full.value);
        CHECK_EQ(batch_bound(&c.b, r.r.price, r.r.scale), full.value);
        CHECK(batch_valid(&a, &c.b, r.r.slot_of));
        CHECK(r.rounds > 1);
        CHECK_EQ(r.b.row[p.people], few.row[p.people] + r.added);
        CHECK(r.b.row[p.people] * 2 < c.b.row[p.people]);
    }
    arena_done(&a);
}

TEST(columns_of_a_rough_solution_prove_it_within_its_eps_on_all_edges)
{
    struct city_params p = {.seed = 13, .people = 1000, .slots = 90, .degree = 200, .spread_km = 5};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct batch few = pruned(&a, &c.b, 10);
    struct column_result r = batch_columns(&a, &few, &(struct column_source){&c.b, find, ROOM}, 50);
    int64_t ub = batch_bound(&c.b, r.r.price, r.r.scale);
    CHECK_EQ(ub, r.r.ub);
    CHECK(ub - r.r.value <= 50 * p.people);
    CHECK_EQ(batch_columns(&a, &c.b, &(struct column_source){&c.b, find, ROOM}, 0).rounds, 1);
    arena_done(&a);
}
