/* near_test.c - what one change would open is counted exactly as by a look at every slot, and is in
 * anybody's power. */
#include "market/dice.h"
#include "market/explain.h"
#include "sample_town.h"
#include "test.h"

enum { SLOTS = 3000, SPREAD = 400000 };

static int near_differs(struct market *m, const struct seeker *s, const struct question *q, size_t *opens)
{
    struct market_params p = sample_params();
    struct finder *f = market_read(m);
    struct near a = market_near_miss(f, &p, s, q), b = market_near_miss_scan(f, &p, s, q);
    int wrong = a.more != b.more;
    for (int h = 0; h < HARD_COUNT; h++)
        for (int k = 0; k < NEAR_WHICH; k++) {
            struct miss x = a.of[h][k], y = b.of[h][k];
            wrong += x.opens != y.opens || x.soonest_id != y.soonest_id || x.soonest_min != y.soonest_min;
            opens[h] += x.opens;
        }
    market_done(f);
    return wrong;
}

TEST(near_misses_are_exactly_those_of_a_full_scan)
{
    static const int32_t spreads[] = {0, 3000, SPREAD, 5000000};
    uint64_t rnd = 43;
    size_t opens[HARD_COUNT] = {0};
    int wrong = 0;
    for (size_t k = 0; k < sizeof spreads / sizeof *spreads; k++) {
        struct market *m = market_new();
        for (int64_t id = 1; id <= SLOTS; id++)
            CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(&rnd, id, spreads[k])}));
        for (int i = 0; i < 200; i++) {
            struct seeker s = sample_seeker(&rnd, 1, spreads[k]);
            struct question q = sample_ask(ORDER_FIT, 10);
            q.trades = dice_below(&rnd, 3) ? ALL_TRADES : (int32_t)(1u << dice_below(&rnd, 25));
            q.to_min = dice_below(&rnd, 3) ? q.to_min : q.from_min + dice_below(&rnd, 3000);
            s.paper_to_day[i % PAPERS_MAX] = dice_below(&rnd, 2) ? 0 : s.paper_to_day[i % PAPERS_MAX];
            s.night_from_day = dice_below(&rnd, 4) ? s.night_from_day : FOREVER;
            wrong += near_differs(m, &s, &q, opens);
            CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(&rnd, 1 + dice_below(&rnd, SLOTS), spreads[k])}));
        }
        market_free(m);
    }
    CHECK_EQ(wrong, 0);
    for (int h = 0; h < HARD_COUNT; h++)
        CHECK_EQ(opens[h] > 0, !h || NEAR_LIFTS >> h & 1); /* of every kind that a person can lift there are some */
}

/* Ways of about three hours and of seven, to homes far from all work as people from elsewhere register them. */
TEST(no_way_longer_than_anybody_may_state_is_one_change_away)
{
    uint64_t rnd = 47;
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct question q = sample_ask(ORDER_FIT, 10);
    struct seeker s = {.id = 1, .home = {113300000, 23100000}, .travel_max_min = 30, .outside = 35000, .seats = 1, .skills = UINT64_MAX};
    struct what_if w[EDITS];
    for (int k = 0; k < PAPERS_MAX; k++)
        s.paper_to_day[k] = FOREVER;
    for (int64_t id = 1; id <= 40; id++) {
        struct slot t = sample_slot(&rnd, id, 0);
        t.place = (struct point){s.home.lon, s.home.lat + (id % 2 ? 360000 : 900000)};
        t.start_min = q.from_min + 600;
        t.end_min = t.start_min + 480;
        t.valid_to_day = FOREVER;
        t.hour_fen = t.shift_fen / 8;
        t.cap = t.left = 1;
        t.risk = 0;
        t.verified = true;
        p.min_hour_fen = 0;
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = t}));
        size_t n = fit_what_if(&p, &s, &t, 0, w);
        CHECK_EQ(n, id % 2 ? 1 : 0);
        CHECK(!n || (w[0].edit == EDIT_REACH && w[0].to <= REACH_MOST_MIN));
    }
    struct finder *f = market_read(m);
    struct near a = market_near_miss(f, &p, &s, &q), b = market_near_miss_scan(f, &p, &s, &q);
    CHECK_EQ(a.of[HARD_REACH][0].opens, 20);
    CHECK_EQ(b.of[HARD_REACH][0].opens, 20);
    market_done(f);
    market_free(m);
}
