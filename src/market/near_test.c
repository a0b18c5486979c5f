/* near_test.c - what one change would open is counted exactly as by a look at every slot. */
#include "market/dice.h"
#include "market/market.h"
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
