/* sim_test.c - when the invented day steps; what it comes to is asked in hall_day_test.c. */
#include "market/sim.h"
#include "test.h"

TEST(after_a_refusal_the_next_step_of_the_day_is_five_seconds_later)
{
    enum { MIN = 60 };
    struct arena a, scratch;
    arena_init(&a, 0);
    arena_init(&scratch, 0);
    struct sim_params p = {.seed = 16, .people = 300, .orders = 30, .spread_km = 4, .accept_pct = 10, .hall = hall_usual};
    struct sim *s = sim_new(&a, &p);
    while (sim_step(s, &scratch))
        arena_reset(&scratch);
    arena_done(&scratch);
    const struct hall *h = sim_log(s);
    int64_t at_s = 0;
    int bad = 0, again = 0;
    bool refused = false;
    for (int32_t k = 0; k < h->logged; k++) {
        const struct hall_event *e = &h->log[k];
        if (e->what == HALL_STEP) {
            bool same = at_s && e->at_s / MIN == at_s / MIN;
            bad += same ? !refused || e->at_s != at_s + 5 : e->at_s % MIN != 0 || (refused && at_s % MIN != 55);
            again += same;
            at_s = e->at_s;
            refused = false;
        }
        refused |= e->what == HALL_NO;
    }
    CHECK_EQ(bad, 0);
    CHECK(again > 100);
    arena_done(&a);
}
