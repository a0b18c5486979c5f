/* index_test.c - the index answers exactly as a look at every slot does, whatever happened before. */
#include <pthread.h>
#include <string.h>

#include "market/city.h"
#include "market/dice.h"
#include "market/market.h"
#include "sample_town.h"
#include "test.h"

enum { SLOTS = 3000, ROUNDS = 60, QUESTIONS = 20, SPREAD = 400000 };

static void put_slot(struct market *m, const struct slot *t)
{
    CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = *t}));
}

static struct market *town(uint64_t *rnd, int32_t slots, int32_t spread)
{
    struct market *m = market_new();
    for (int32_t i = 0; i < slots; i++) {
        struct slot t = sample_slot(rnd, i + 1, spread);
        put_slot(m, &t);
    }
    return m;
}

/* Search and scan give the same slots with the same fits. */
static int differs(struct market *m, const struct seeker *s, const struct question *q)
{
    struct market_params p = sample_params();
    struct finder *f = market_read(m);
    struct hit first[MARKET_TOP];
    const struct hit *v;
    size_t n = market_top(f, &p, s, q, &v);
    memcpy(first, v, n * sizeof *first);
    size_t k = market_top_scan(f, &p, s, q, &v);
    int wrong = n != k;
    for (size_t i = 0; i < n && i < k; i++)
        wrong += first[i].slot != v[i].slot || memcmp(&first[i].fit, &v[i].fit, sizeof v[i].fit) != 0;
    market_done(f);
    return wrong;
}

static int ask_everything(struct market *m, uint64_t *rnd, int questions)
{
    int wrong = 0;
    for (int i = 0; i < questions; i++) {
        struct seeker s = sample_seeker(rnd, 1, SPREAD);
        struct question q = sample_ask((enum order)dice_below(rnd, 4), (size_t)dice_below(rnd, MARKET_TOP + 2));
        if (dice_below(rnd, 3) == 0)
            q.trades = (int32_t)(1u << dice_below(rnd, 25));
        if (dice_below(rnd, 3) == 0)
            q.to_min = q.from_min + dice_below(rnd, 3000);
        q.strict = dice_below(rnd, 2);
        q.above = q.strict ? dice_below(rnd, 60000) - 20000 : 0;
        wrong += differs(m, &s, &q);
    }
    return wrong;
}

/* Any fact that may come. */
static void something_happens(struct market *m, uint64_t *rnd)
{
    int64_t id = 1 + dice_below(rnd, SLOTS);
    struct fact f = {.kind = (enum fact_kind)dice_below(rnd, FACT_KINDS), .id = id};
    if (f.kind == FACT_SLOT)
        f.slot = sample_slot(rnd, id, SPREAD);
    else if (f.kind == FACT_PERSON)
        f.person = sample_seeker(rnd, id, SPREAD);
    else if (f.kind == FACT_LEFT)
        f.left = dice_below(rnd, 8);
    else if (f.kind == FACT_PRICE)
        f.price = dice_below(rnd, 50000);
    market_apply(m, &f);
}

TEST(the_index_finds_exactly_what_a_full_scan_finds)
{
    uint64_t rnd = 31;
    struct market *m = town(&rnd, SLOTS, SPREAD);
    int wrong = ask_everything(m, &rnd, 300);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 150; i++)
            something_happens(m, &rnd);
        CHECK(!market_check(m));
        wrong += ask_everything(m, &rnd, QUESTIONS);
    }
    CHECK_EQ(wrong, 0);
    market_free(m);
}

TEST(the_index_is_exact_where_many_stand_in_one_place_and_where_few_do)
{
    uint64_t rnd = 37;
    static const int32_t spreads[] = {0, 3000, 5000000};
    for (int k = 0; k < 3; k++) {
        struct market *m = town(&rnd, 600, spreads[k]);
        CHECK_EQ(ask_everything(m, &rnd, 100), 0);
        CHECK(!market_check(m));
        market_free(m);
    }
}

TEST(an_empty_market_and_a_stranger_get_a_defined_answer)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker nobody = {.seats = 1};
    struct question q = sample_ask(ORDER_FIT, 20);
    const struct hit *hits;
    struct finder *f = market_read(m);
    CHECK_EQ(market_top(f, &p, &nobody, &q, &hits), 0);
    CHECK_EQ(market_usual(f, &p, &nobody, &q).n, 0);
    CHECK_EQ(market_usual_fen(f, 3), 0);
    CHECK(!market_slot(f, 1) && !market_slot(f, 0) && !market_person(f, 5));
    market_done(f);
    CHECK(!market_check(m));
    market_free(m);
    market_free(NULL);
}

#define REFUSED(field, value)                                                                      \
    do {                                                                                           \
        struct fact f = sound;                                                                     \
        f.field = value;                                                                           \
        CHECK(!market_apply(m, &f));                                                               \
    } while (0)

static void bad_slots(struct market *m, const struct slot *good)
{
    const struct fact sound = {.kind = FACT_SLOT, .slot = *good};
    REFUSED(slot.id, 0);
    REFUSED(slot.start_min, -1);
    REFUSED(slot.place.lon, -180000001);
    REFUSED(slot.end_min, good->start_min);
    REFUSED(slot.end_min, good->start_min + 3 * 1440 + 1);
    REFUSED(slot.shift_fen, -1);
    REFUSED(slot.hour_fen, 100000001);
    REFUSED(slot.extra_fen, -1);
    REFUSED(slot.price, 1000001);
    REFUSED(slot.suitors, -1);
    REFUSED(slot.line, 1000001);
    REFUSED(slot.break_min, -1);
    REFUSED(slot.left, -1);
    REFUSED(slot.cap, 4);
    REFUSED(slot.risk, -1);
    REFUSED(slot.trade, TRADES_MAX);
}

static void bad_people(struct market *m, const struct seeker *good)
{
    struct fact sound = {.kind = FACT_PERSON, .person = *good};
    sound.person.n_busy = 1;
    sound.person.busy[0] = (struct busy){600, 1200, 540, {0, 0}};
    REFUSED(person.id, 0);
    REFUSED(person.partner_id, -1);
    REFUSED(person.home.lon, 180000001);
    REFUSED(person.care.lat, -90000001);
    REFUSED(person.with.lat, 90000001);
    REFUSED(person.floor_fen, -1);
    REFUSED(person.outside, SCORE_ONE + 1);
    REFUSED(person.reliable, -1);
    REFUSED(person.work_from_day, -1);
    REFUSED(person.night_from_day, -1);
    REFUSED(person.done, -1);
    REFUSED(person.trade, TRADES_MAX);
    REFUSED(person.seats, 3);
    REFUSED(person.care_days, CARE_DAYS + 1);
    REFUSED(person.n_busy, MAX_BUSY + 1);
    REFUSED(person.n_ties, MAX_TIES + 1);
    REFUSED(person.from_min, -1);
    REFUSED(person.travel_max_min, 1441);
    REFUSED(person.busy[0].from_min, -1);
    REFUSED(person.busy[0].to_min, 599);
    REFUSED(person.busy[0].work_min, 3 * 1440 + 1);
    REFUSED(person.busy[0].place.lat, 90000001);
    REFUSED(person.busy[0].to_min, 601 + 3 * 1440);
}

TEST(facts_out_of_range_are_refused_and_change_nothing)
{
    uint64_t rnd = 41;
    struct market *m = market_new();
    struct slot good = sample_slot(&rnd, 1, SPREAD);
    struct seeker who = sample_seeker(&rnd, 1, SPREAD);
    good.cap = good.left = 5;
    const struct fact facts[] = {
        {.kind = FACT_SLOT_GONE, .id = 9},       {.kind = FACT_PERSON_GONE, .id = 9},          {.kind = FACT_LEFT, .id = 9, .left = 1},
        {.kind = FACT_LEFT, .id = 1, .left = 6}, {.kind = FACT_LEFT, .id = 1, .left = -1},     {.kind = FACT_PRICE, .id = 1, .price = -1},
        {.kind = FACT_PRICE, .id = 1, .price = 2000000}, {.kind = FACT_KINDS, .id = 1}};
    put_slot(m, &good);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        CHECK(!market_apply(m, &facts[i]));
    const struct fact mixed[] = {{.kind = FACT_LEFT, .id = 1, .left = 4}, facts[0], {.kind = FACT_LEFT, .id = 1, .left = 5}};
    CHECK_EQ(market_apply_all(m, mixed, 3), 2); /* one that is refused holds up no other */
    CHECK(!market_apply(m, &(struct fact){.kind = FACT_PRICE, .id = 1, .suitors = -1}));
    CHECK(!market_apply(m, &(struct fact){.kind = FACT_PRICE, .id = 1, .line = -1}));
    bad_slots(m, &good);
    bad_people(m, &who);
    struct finder *r = market_read(m);
    CHECK_EQ(market_slots(r), 1);
    CHECK_EQ(market_people(r), 0);
    CHECK_EQ(market_slot(r, 1)->left, 5);
    CHECK(!market_slot(r, 0) && !market_slot(r, -1));
    market_done(r);
    market_free(m);
}

TEST(people_come_change_and_go)
{
    uint64_t rnd = 43;
    struct market *m = market_new();
    for (int64_t id = 1; id <= 200; id++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_PERSON, .person = sample_seeker(&rnd, id, SPREAD)}));
    struct seeker again = sample_seeker(&rnd, 7, SPREAD);
    CHECK(market_apply(m, &(struct fact){.kind = FACT_PERSON, .person = again}));
    for (int64_t id = 2; id <= 200; id += 2)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_PERSON_GONE, .id = id}));
    CHECK(!market_check(m));
    struct finder *f = market_read(m);
    CHECK_EQ(market_people(f), 100);
    CHECK(memcmp(market_person(f, 7), &again, sizeof again) == 0);
    CHECK(!market_person(f, 8));
    CHECK(market_person_at(f, 99)->id % 2 == 1);
    market_done(f);
    market_free(m);
}

static struct slot at_noon(int64_t id, int64_t employer_id, uint8_t trade, int32_t fen)
{
    int32_t from = sample_ask(ORDER_FIT, 1).from_min + 1440;
    return (struct slot){.id = id, .employer_id = employer_id, .trade = trade, .place = {113300000, 23100000}, .start_min = from,
                         .end_min = from + 480, .valid_to_day = FOREVER, .shift_fen = fen * 8, .hour_fen = fen, .left = 2, .cap = 2, .verified = true};
}

static struct seeker tailor(void)
{
    return (struct seeker){.id = 1, .trade = 1, .home = {113300000, 23100000}, .outside = 35000, .seats = 1, .done = 9};
}

TEST(at_most_two_of_the_first_five_are_of_one_employer)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker s = tailor();
    struct question q = sample_ask(ORDER_FIT, 10);
    const struct hit *hits;
    for (int64_t id = 1; id <= 6; id++) {
        struct slot t = at_noon(id, 5, 1, 3000);
        put_slot(m, &t);
        t = at_noon(10 + id, 10 + id, 1, 2500); /* everybody else pays less */
        put_slot(m, &t);
    }
    struct finder *f = market_read(m);
    size_t n = market_top(f, &p, &s, &q, &hits);
    CHECK_EQ(n, 10);
    int of_five = 0;
    for (size_t i = 0; i < 5; i++)
        of_five += hits[i].slot->employer_id == 5;
    CHECK_EQ(of_five, 2);
    CHECK_EQ(hits[0].slot->id, 1);
    CHECK_EQ(hits[1].slot->id, 2);
    CHECK_EQ(hits[5].slot->id, 3); /* the third stands behind the fifth */
    q.strict = true;
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 10);
    for (int64_t id = 1; id <= 6; id++)
        CHECK_EQ(hits[id - 1].slot->id, id);
    q.above = hits[6].fit.rank;
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 6); /* the others are not above */
    q.above = hits[0].fit.rank;
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 0);
    market_done(f);
    q.above = INT32_MIN;
    CHECK_EQ(differs(m, &s, &q), 0);
    market_free(m);
}

TEST(where_there_is_only_one_employer_the_list_is_theirs)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker s = tailor();
    struct question q = sample_ask(ORDER_FIT, 10);
    const struct hit *hits;
    for (int64_t id = 1; id <= 4; id++) {
        struct slot t = at_noon(id, 5, 1, 3000);
        put_slot(m, &t);
    }
    struct finder *f = market_read(m);
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 4);
    for (int64_t id = 1; id <= 4; id++)
        CHECK_EQ(hits[id - 1].slot->id, id);
    market_done(f);
    market_free(m);
}

TEST(others_are_found_behind_an_employer_who_has_all_of_the_first)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker s = tailor();
    struct question q = sample_ask(ORDER_FIT, 5);
    const struct hit *hits;
    for (int64_t id = 1; id <= 20; id++) {
        struct slot t = at_noon(id, id <= 12 ? 5 : id, 1, id <= 12 ? 3600 : 2600);
        put_slot(m, &t);
    }
    struct finder *f = market_read(m);
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 5);
    int same = 0;
    for (int k = 0; k < 5; k++)
        same += hits[k].slot->employer_id == 5;
    CHECK_EQ(same, 2);
    market_done(f);
    CHECK_EQ(differs(m, &s, &q), 0);
    market_free(m);
}

TEST(pay_known_in_part_or_beyond_measure_is_found_all_the_same)
{
    struct market *m = market_new();
    struct seeker s = tailor();
    struct question q = sample_ask(ORDER_FIT, 10);
    for (int64_t id = 1; id <= 40; id++) {
        struct slot t = at_noon(id, id, 1, 3000);
        t.hour_fen = id % 2 ? 0 : t.hour_fen; /* the shift has a pay, the hour has none */
        put_slot(m, &t);
    }
    struct slot dear = at_noon(50, 50, 1, 3000);
    dear.end_min = dear.start_min + 1; /* a minute of work for two million yuan */
    dear.shift_fen = dear.extra_fen = dear.hour_fen = 100000000;
    put_slot(m, &dear);
    s.floor_fen = 2500;
    CHECK(!market_check(m));
    CHECK_EQ(differs(m, &s, &q), 0);
    q.k = MARKET_TOP;
    CHECK_EQ(differs(m, &s, &q), 0);
    struct market_params p = sample_params();
    const struct hit *hits;
    struct finder *f = market_read(m);
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 41);
    CHECK_EQ(hits[0].slot->id, 50);
    q = sample_ask(ORDER_PAY, 1);
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 1);
    CHECK_EQ(hits[0].slot->id, 50);
    market_done(f);
    market_free(m);
}

TEST(who_waits_longer_than_a_week_sees_a_neighbouring_trade)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker s = tailor();
    struct question q = sample_ask(ORDER_FIT, 10);
    const struct hit *hits;
    for (int64_t id = 1; id <= 80; id++) { /* more than the list holds */
        struct slot t = at_noon(id, id, 1, 3000);
        put_slot(m, &t);
    }
    struct slot ironing = at_noon(99, 99, 3, 2200), guard = at_noon(98, 98, 11, 9000);
    put_slot(m, &ironing);
    put_slot(m, &guard);
    for (int days = 7; days <= 8; days++) {
        s.idle_since_min = p.now_min - days * 1440;
        struct finder *f = market_read(m);
        CHECK_EQ(market_top(f, &p, &s, &q, &hits), 10);
        CHECK((hits[4].slot->id == 99) == (days > 7));
        market_done(f);
        CHECK_EQ(differs(m, &s, &q), 0);
    }
    for (q.k = 0; q.k <= 1; q.k++)
        CHECK_EQ(differs(m, &s, &q), 0);
    market_free(m);
}

static int of_first_five(const struct hit *hits, int64_t employer_id)
{
    int n = 0;
    for (size_t i = 0; i < 5; i++)
        n += hits[i].slot->employer_id == employer_id;
    return n;
}

TEST(the_neighbouring_trade_is_no_third_of_one_employer)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker s = tailor();
    struct question q = sample_ask(ORDER_FIT, 20);
    const struct hit *hits;
    s.idle_since_min = p.now_min - 20 * 1440;
    for (int64_t id = 1; id <= 10; id++) { /* the best two and the best neighbour are of employer 7 */
        struct slot t = at_noon(id, id <= 2 ? 7 : 10 + id, 1, id <= 2 ? 5000 : 3000);
        put_slot(m, &t);
    }
    struct slot ironing = at_noon(30, 7, 3, 2600), other = at_noon(31, 99, 3, 2500);
    put_slot(m, &ironing);
    put_slot(m, &other);
    struct finder *f = market_read(m);
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 12);
    CHECK_EQ(of_first_five(hits, 7), 2);
    CHECK_EQ(hits[4].slot->id, 31);
    market_done(f);
    CHECK_EQ(differs(m, &s, &q), 0);
    CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT_GONE, .id = 31}));
    f = market_read(m);
    CHECK_EQ(market_top(f, &p, &s, &q, &hits), 11); /* nobody else has one: the second best makes way */
    CHECK_EQ(of_first_five(hits, 7), 2);
    CHECK_EQ(hits[0].slot->id, 1);
    CHECK_EQ(hits[4].slot->id, 30);
    CHECK_EQ(hits[5].slot->id, 2);
    market_done(f);
    for (q.k = 1; q.k <= 12; q.k++)
        CHECK_EQ(differs(m, &s, &q), 0);
    market_free(m);
}

TEST(the_usual_pay_is_the_median_of_the_trade_or_of_all)
{
    struct market *m = market_new();
    for (int64_t id = 1; id <= 9; id++) {
        struct slot t = at_noon(id, 1, 1, 2000 + (int32_t)id * 100), u = at_noon(100 + id, 1, 2, 6000);
        put_slot(m, &t);
        if (id < 8)
            put_slot(m, &u);
    }
    struct finder *f = market_read(m);
    CHECK_EQ(market_usual_fen(f, 1), 2525);
    CHECK_EQ(market_usual_fen(f, 2), 2925); /* seven are too few: all sixteen */
    CHECK_EQ(market_usual_fen(f, 0), 2925);
    CHECK_EQ(market_usual_fen(f, TRADES_MAX), 2925); /* no such trade */
    market_done(f);
    market_free(m);
}

TEST(a_small_market_is_its_own_sample_and_a_large_one_keeps_a_part)
{
    uint64_t rnd = 47;
    struct market *m = town(&rnd, 150, SPREAD);
    struct market_params p = sample_params();
    struct seeker s = tailor();
    struct question q = sample_ask(ORDER_FIT, 1);
    struct finder *f = market_read(m);
    CHECK_EQ(market_usual(f, &p, &s, &q).n, market_near_miss(f, &p, &s, &q).of[HARD_NONE][0].opens);
    market_done(f);
    for (int64_t id = 151; id <= 9000; id++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(&rnd, id, SPREAD)}));
    for (int64_t id = 501; id <= 600; id++) /* of those in the sample and of others */
        CHECK(market_apply(m, &(struct fact){.kind = FACT_LEFT, .id = id, .left = 0}));
    CHECK(!market_check(m));
    for (int64_t id = 1; id <= 8990; id++) { /* the sample is drawn anew on the way down */
        market_apply(m, &(struct fact){.kind = FACT_SLOT_GONE, .id = id});
        if (id % 500 == 0)
            CHECK(!market_check(m));
    }
    CHECK(!market_check(m));
    f = market_read(m);
    CHECK_EQ(market_slots(f), 10);
    CHECK_EQ(market_usual(f, &p, &s, &q).n, market_near_miss(f, &p, &s, &q).of[HARD_NONE][0].opens);
    market_done(f);
    market_free(m);
}

TEST(a_market_that_empties_and_fills_again_stays_sound)
{
    uint64_t rnd = 67;
    struct market *m = town(&rnd, 400, SPREAD);
    for (int round = 0; round < 3; round++) {
        for (int64_t id = 5; id <= 400; id++)
            CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT_GONE, .id = id}));
        CHECK(!market_check(m));
        for (int64_t id = 5; id <= 400; id++) {
            struct slot t = sample_slot(&rnd, id, SPREAD);
            put_slot(m, &t);
        }
        CHECK(!market_check(m));
        CHECK_EQ(ask_everything(m, &rnd, QUESTIONS), 0);
    }
    market_free(m);
}

TEST(slots_may_go_in_any_order)
{
    uint64_t rnd = 79;
    for (int round = 0; round < 60; round++) {
        struct market *m = town(&rnd, 80, 3000);
        int64_t id[80];
        for (int32_t i = 0; i < 80; i++)
            id[i] = i + 1;
        for (int32_t n = 80; n; n--) {
            int32_t k = dice_below(&rnd, n);
            CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT_GONE, .id = id[k]}));
            CHECK(!market_check(m));
            id[k] = id[n - 1];
        }
        market_free(m);
    }
}

TEST(what_has_a_price_or_suitors_is_named)
{
    struct market *m = market_new();
    int64_t ids[4];
    for (int64_t id = 1; id <= 3; id++) {
        struct slot t = at_noon(id, 1, 1, 3000);
        put_slot(m, &t);
    }
    CHECK_EQ(market_priced(m, ids, 4), 0);
    CHECK(market_apply(m, &(struct fact){.kind = FACT_PRICE, .id = 2, .price = 7, .suitors = 3}));
    CHECK(market_apply(m, &(struct fact){.kind = FACT_PRICE, .id = 3, .suitors = 1}));
    CHECK_EQ(market_priced(m, ids, 4), 2);
    CHECK(market_apply(m, &(struct fact){.kind = FACT_PRICE, .id = 2, .price = 7, .suitors = 4, .line = 9}));
    struct finder *f = market_read(m);
    CHECK_EQ(market_slot(f, 2)->suitors, 4);
    CHECK_EQ(market_slot(f, 2)->line, 9);
    CHECK_EQ(market_slot(f, 2)->price, 7);
    market_done(f);
    market_free(m);
}

TEST(what_has_begun_is_named_up_to_the_room)
{
    struct market *m = market_new();
    int64_t ids[4];
    for (int64_t id = 1; id <= 6; id++) {
        struct slot t = at_noon(id, 1, 1, 3000);
        t.start_min -= id > 3 ? 1440 : 0;
        put_slot(m, &t);
    }
    CHECK_EQ(market_begun(m, at_noon(1, 1, 1, 1).start_min, ids, 4), 3);
    CHECK_EQ(market_begun(m, at_noon(1, 1, 1, 1).start_min, ids, 2), 2);
    CHECK(ids[0] > 3 && ids[1] > 3);
    market_free(m);
}

TEST(the_same_facts_give_the_same_answers)
{
    struct market *m[2];
    for (int k = 0; k < 2; k++) {
        uint64_t rnd = 53;
        m[k] = town(&rnd, 400, SPREAD);
        for (int i = 0; i < 2000; i++)
            something_happens(m[k], &rnd);
    }
    uint64_t rnd = 59;
    struct market_params p = sample_params();
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
        struct seeker s = sample_seeker(&rnd, 1, SPREAD);
        struct question q = sample_ask(ORDER_FIT, 20);
        struct finder *f = market_read(m[0]), *g = market_read(m[1]);
        const struct hit *a, *b;
        size_t n = market_top(f, &p, &s, &q, &a);
        wrong += n != market_top(g, &p, &s, &q, &b);
        struct usual u = market_usual(f, &p, &s, &q), v = market_usual(g, &p, &s, &q);
        wrong += memcmp(&u, &v, sizeof u) != 0;
        for (size_t k = 0; k < n; k++)
            wrong += a[k].slot->id != b[k].slot->id || memcmp(&a[k].fit, &b[k].fit, sizeof a[k].fit) != 0;
        market_done(f);
        market_done(g);
    }
    CHECK_EQ(wrong, 0);
    market_free(m[0]);
    market_free(m[1]);
}

/* ---- reading beside writing ---- */

struct reader {
    struct market *m;
    pthread_t thread;
    uint64_t seed;
    int wrong;
};

static void *keep_asking(void *arg)
{
    struct reader *r = arg;
    r->wrong = ask_everything(r->m, &r->seed, 60);
    return NULL;
}

TEST(readers_and_a_writer_side_by_side_agree)
{
    uint64_t rnd = 61;
    struct reader r[3];
    struct market *m = town(&rnd, 800, SPREAD);
    for (int k = 0; k < 3; k++) {
        r[k] = (struct reader){.m = m, .seed = 100u + (unsigned)k};
        CHECK(pthread_create(&r[k].thread, NULL, keep_asking, &r[k]) == 0);
    }
    for (int i = 0; i < 3000; i++)
        something_happens(m, &rnd);
    for (int k = 0; k < 3; k++)
        pthread_join(r[k].thread, NULL);
    CHECK(!market_check(m));
    market_free(m);
}
