/* tree_test.c - the pages a search looks at, where a city grows lopsidedly and shrinks again. */
#include "market/tree.h"

#include <stdlib.h>

#include "market/dice.h"
#include "market/market.h"
#include "sample_town.h"
#include "test.h"

enum { SLOTS = 4000, LONELY = 8 };

/* A few slots far in the west, all others in one street, so that one side of the first plane stays a
 * single leaf; now and then pay far above the others. */
static struct slot lopsided(uint64_t *rnd, int64_t id)
{
    struct slot t = sample_slot(rnd, id, 20000);
    t.trade = 3;
    t.place.lon -= id <= LONELY ? 3000000 : 0;
    t.place.lat = 23100000;
    t.hour_fen = id % 50 ? t.hour_fen : 90000;
    return t;
}

TEST(pages_stay_sound_where_all_grows_on_one_side)
{
    uint64_t rnd = 17;
    struct market *m = market_new();
    for (int64_t id = 1; id <= SLOTS; id++) {
        struct slot t = lopsided(&rnd, id);
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = t}));
        if (id % 100 == 0)
            CHECK(!market_check(m));
    }
    for (int64_t id = SLOTS; id > 0; id -= id % 7 ? 1 : 2) {
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT_GONE, .id = id}));
        if (id % 100 == 0)
            CHECK(!market_check(m));
    }
    CHECK(!market_check(m));
    market_free(m);
}

TEST(the_usual_pay_is_right_to_half_a_yuan_or_four_thousandths)
{
    int wrong = 0;
    for (int32_t fen = 0, last = 0; fen <= 100000000; fen += fen / 300 + 1) {
        int32_t bin = pay_bin(fen), off = abs(pay_bin_middle(bin) - fen);
        wrong += bin < last || bin >= PAY_BINS || off > (fen < 6400 ? 25 : fen / 250);
        last = bin;
    }
    CHECK_EQ(wrong, 0);
    CHECK(pay_bin(100000000) < PAY_BINS);
    uint64_t rnd = 19;
    struct market *m = market_new();
    for (int64_t id = 1; id <= 20; id++) {
        struct slot t = sample_slot(&rnd, id, 20000);
        t.trade = 3;
        t.hour_fen = 30000;
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = t}));
    }
    struct finder *f = market_read(m);
    CHECK(abs(market_usual_fen(f, 3) - 30000) <= 120);
    market_done(f);
    market_free(m);
}
