/* hall_day_test.c - invented days in the hall: what ghosts gain and what they may not cost. */
#include <string.h>

#include "market/sim.h"
#include "test.h"

static struct sim_day run(struct arena *a, struct sim *s)
{
    struct arena scratch;
    arena_init(&scratch, 0);
    while (sim_step(s, &scratch))
        arena_reset(&scratch);
    arena_done(&scratch);
    return sim_hall(a, s);
}

TEST(a_day_unlike_the_ghosts_is_placed_without_them)
{
    struct arena a;
    struct sim_params p = {.seed = 5, .people = 400, .orders = 40, .hall = hall_usual};
    arena_init(&a, 0);
    p.ghost_people_pct = p.ghost_orders_pct = 300;
    struct sim *busy = sim_new(&a, &p);
    p.ghost_people_pct = p.ghost_orders_pct = 100;
    struct sim *usual = sim_new(&a, &p);
    for (int k = 0; k < 100; k++) {
        sim_step(busy, &a);
        sim_step(usual, &a);
    }
    CHECK(!hall_trusts(sim_log(busy), 100 * 60));
    CHECK(hall_trusts(sim_log(usual), 100 * 60));
    arena_done(&a);
}

TEST(ghosts_beat_plain_batches_and_greedy_on_any_seed_and_keep_every_promise)
{
    static const uint64_t seeds[] = {11, 12, 13};
    for (size_t k = 0; k < 3; k++) {
        struct arena a;
        int32_t n;
        arena_init(&a, 0);
        struct sim_params p = {.seed = seeds[k],
                               .people = 1000,
                               .orders = 80,
                               .spread_km = 12,
                               .couple_pct = 10,
                               .hall = hall_usual};
        struct sim *s = sim_new(&a, &p);
        struct sim_day d = run(&a, s), g = sim_greedy(&a, s);
        int64_t best = sim_hindsight(&a, s, &n);
        p.hall.horizon_s = 0;
        struct sim_day plain = run(&a, sim_new(&a, &p));
        CHECK(d.value > g.value && d.value > plain.value && d.value <= best);
        CHECK(d.value * 100 >= best * 85);
        CHECK(d.placed <= d.seats && g.placed <= g.seats);
        CHECK_EQ(d.apart + g.apart + plain.apart, 0);
        CHECK_EQ(d.over + g.over + plain.over, 0);
        CHECK_EQ(d.starved + plain.starved, 0);
        arena_done(&a);
    }
}

TEST(ghosts_of_another_law_or_none_and_hours_of_ones_own_still_make_a_day)
{
    struct arena a;
    int32_t n;
    arena_init(&a, 0);
    struct sim_params p = {.seed = 14, .people = 1200, .orders = 100, .spread_km = 10, .other_law = true,
                           .day_s = 7200, .patience_s = 1800, .accept_pct = 100, .hall = hall_usual};
    struct sim *s = sim_new(&a, &p);
    struct sim_day d = run(&a, s), g = sim_greedy(&a, s);
    int64_t best = sim_hindsight(&a, s, &n);
    CHECK(d.value > g.value && d.value <= best);
    CHECK_EQ(d.starved + d.apart + d.over, 0);
    CHECK(sim_log(s)->log[sim_log(s)->logged - 1].at_s < 7200 + 20 * 1800);
    for (int32_t k = 0; k < sim_log(s)->logged; k++)
        CHECK(sim_log(s)->log[k].what != HALL_NO); /* all accept */
    p.ghost_people_pct = p.ghost_orders_pct = -1;
    s = sim_new(&a, &p);
    d = run(&a, s);
    for (int32_t k = 0; k < sim_log(s)->logged; k++)
        CHECK(sim_log(s)->log[k].what != HALL_WAIT); /* there is nothing to wait for */
    CHECK(d.placed > 0);
    p.people = p.orders = 0;
    CHECK_EQ(run(&a, sim_new(&a, &p)).seats, 0);
    arena_done(&a);
}

TEST(without_its_guard_rails_the_hall_starves_people_and_the_day_says_so)
{
    struct arena a;
    arena_init(&a, 0);
    struct sim_params p = {.seed = 15, .people = 800, .orders = 70, .spread_km = 8, .patience_s = 4 * 3600,
                           .ghost_people_pct = 60, .ghost_orders_pct = 190, .hall = hall_usual};
    p.hall.patience_s = p.patience_s;
    struct sim_day d = run(&a, sim_new(&a, &p));
    CHECK_EQ(d.starved, 0);
    p.hall.hold_s = p.hall.long_s = INT32_MAX;
    p.hall.theta_pct = 100;
    d = run(&a, sim_new(&a, &p));
    CHECK(d.starved > 0);
    arena_done(&a);
}

TEST(the_log_of_a_day_replays_to_the_same_bytes)
{
    struct arena a;
    arena_init(&a, 0);
    struct sim_params p = {.seed = 21,
                           .people = 800,
                           .orders = 70,
                           .spread_km = 10,
                           .couple_pct = 20,
                           .hall = hall_usual};
    struct sim *s = sim_new(&a, &p), *twin = sim_new(&a, &p);
    run(&a, s);
    run(&a, twin);
    const struct hall *h = sim_log(s), *t = sim_log(twin);
    struct hall again = sim_fresh(&a, s);
    CHECK(h->logged > 1000);
    CHECK(h->logged == t->logged && !memcmp(h->log, t->log, (size_t)h->logged * sizeof *h->log));
    CHECK(hall_replay(&again, h->log, h->logged));
    int32_t k = h->logged / 2;
    while (h->log[k].what != HALL_PROPOSE)
        k++;
    h->log[k].order++;
    struct hall wrong = sim_fresh(&a, s);
    CHECK(!hall_replay(&wrong, h->log, h->logged));
    arena_done(&a);
}

TEST(ghosts_beyond_the_limit_of_the_machine_are_left_out_and_the_day_goes_on)
{
    struct arena a;
    int32_t n;
    arena_init(&a, 0);
    struct sim_params p = {
        .seed = 31, .people = 500, .orders = 50, .spread_km = 8, .hall = hall_usual};
    struct sim_day full = run(&a, sim_new(&a, &p));
    p.hall.crowd_max = 1;
    struct sim *narrow = sim_new(&a, &p);
    struct sim_day d = run(&a, narrow);
    p.hall = hall_usual;
    p.hall.horizon_s = 0;
    struct sim_day plain = run(&a, sim_new(&a, &p));
    CHECK_EQ(d.value, plain.value); /* none left: plain batches */
    CHECK(full.value > plain.value);
    CHECK(sim_hindsight(&a, narrow, &n) >= full.value && n >= d.placed);
    p.people = 0;
    CHECK_EQ(run(&a, sim_new(&a, &p)).placed, 0);
    arena_done(&a);
}

TEST(a_day_of_fewer_orders_than_ghosts_has_them_from_the_whole_city)
{
    struct arena a;
    arena_init(&a, 0);
    struct sim_params p = {.seed = 6, .people = 300, .orders = 60, .ghost_orders_pct = 300, .hall = hall_usual};
    struct sim *s = sim_new(&a, &p);
    run(&a, s);
    const struct hall *h = sim_log(s);
    int32_t south = 0;
    for (int32_t k = 0; k < h->logged; k++) /* slots lie by place */
        south += h->log[k].what == HALL_OPEN && h->log[k].order < h->world->slots / 2;
    CHECK(south >= 20 && south <= 40);
    arena_done(&a);
}
