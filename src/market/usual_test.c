/* usual_test.c - what a person is told to compare with is what they could have instead. */
#include <string.h>

#include "market/dice.h"
#include "market/explain.h"
#include "sample_town.h"
#include "test.h"

enum { PEOPLE = 20, SHOWN = 5, FEW = 64, SPREAD = 300000 };

static struct market *town(uint64_t *rnd, int32_t slots, int32_t spread)
{
    struct market *m = market_new();
    for (int64_t id = 1; id <= slots; id++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(rnd, id, spread)}));
    return m;
}

/* Over every slot that is open to the person. */
static struct usual full_mean(const struct finder *f, int32_t slots, const struct seeker *s, const struct question *q)
{
    struct usual u = {.n = 0};
    struct market_params p = sample_params();
    for (int64_t id = 1; id <= slots; id++) {
        const struct slot *t = market_slot(f, id);
        if (t->start_min < q->from_min || t->start_min >= q->to_min || t->valid_to_day < q->today)
            continue;
        struct fit fit = fit_of(&p, s, t);
        for (int k = 0; k < PARTS && !fit.hard; k++)
            u.part[k] += fit.part[k];
        u.n += !fit.hard;
    }
    return u;
}

static bool same_named(const struct reasons *a, const struct reasons *b)
{
    bool straight = a->good[0] == b->good[0] && a->good[1] == b->good[1], crossed = a->good[0] == b->good[1] && a->good[1] == b->good[0];
    return a->bad == b->bad && (straight || crossed);
}

TEST(reasons_are_those_against_all_that_is_open_to_the_person_on_nine_cards_of_ten)
{
    static const int32_t sizes[] = {500, 5000, 40000};
    struct market_params p = sample_params();
    uint64_t rnd = 73;
    for (size_t z = 0; z < sizeof sizes / sizeof *sizes; z++) {
        struct market *m = town(&rnd, sizes[z], SPREAD);
        struct finder *f = market_read(m);
        int cards = 0, same = 0;
        for (int i = 0; i < PEOPLE; i++) {
            struct seeker s = sample_seeker(&rnd, 1, SPREAD);
            struct question q = sample_ask(ORDER_FIT, SHOWN);
            struct usual u = market_usual(f, &p, &s, &q), all = full_mean(f, sizes[z], &s, &q);
            const struct hit *v;
            size_t n = market_top(f, &p, &s, &q, &v);
            for (size_t k = 0; k < n; k++, cards++) {
                struct reasons a = fit_reasons(&s, &v[k].fit, &u), b = fit_reasons(&s, &v[k].fit, &all);
                same += same_named(&a, &b);
            }
        }
        CHECK(cards > 2 * PEOPLE && same * 10 >= cards * 9);
        market_done(f);
        market_free(m);
    }
}

/* Who goes only a few minutes has few, all of them nearby. */
TEST(few_that_are_open_are_all_compared_with)
{
    struct market_params p = sample_params();
    enum { MANY = 20000 };
    uint64_t rnd = 79;
    struct market *m = town(&rnd, MANY, SPREAD);
    struct finder *f = market_read(m);
    int wrong = 0, few = 0;
    for (int i = 0; i < PEOPLE; i++) {
        struct seeker s = sample_seeker(&rnd, 1, SPREAD);
        struct question q = sample_ask(ORDER_FIT, 1);
        s.travel_max_min = (int16_t)(10 + i % 15);
        s.home = (struct point){113300000 + dice_below(&rnd, SPREAD), 23100000};
        struct usual u = market_usual(f, &p, &s, &q), all = full_mean(f, MANY, &s, &q);
        few += all.n > 0 && all.n < FEW;
        wrong += all.n < FEW && memcmp(&u, &all, sizeof u) != 0;
    }
    CHECK_EQ(wrong, 0);
    CHECK(few * 5 > PEOPLE);
    market_done(f);
    market_free(m);
}

/* Scattered over the whole town they are not all looked for: what the sample has is an honest part. */
TEST(few_that_lie_everywhere_are_compared_with_as_far_as_the_sample_has_them)
{
    struct market_params p = sample_params();
    enum { MANY = 60000 };
    uint64_t rnd = 83;
    struct market *m = town(&rnd, MANY, SPREAD);
    struct finder *f = market_read(m);
    struct question q = sample_ask(ORDER_FIT, 1);
    int few = 0, wrong = 0;
    for (int16_t to = 760; to < 1100; to += 20) { /* the longer the hours, the more are open */
        struct seeker s = {.seats = 1, .limits = 15, .from_min = 540, .to_min = to};
        struct usual u = market_usual(f, &p, &s, &q), all = full_mean(f, MANY, &s, &q);
        few += u.n < FEW && u.n < all.n;
        wrong += u.n > all.n || (u.n < FEW && all.n > 20 * FEW);
    }
    CHECK_EQ(wrong, 0);
    CHECK(few > 2);
    market_done(f);
    market_free(m);
}
