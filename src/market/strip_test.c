/* strip_test.c - what is not looked at is never an answer: no bound is below what it bounds. */
#include "market/strip.h"

#include <float.h>

#include "market/dice.h"
#include "market/tree.h"
#include "sample_town.h"
#include "test.h"

enum { QUESTIONS = 3000, SPREAD = 300000 };

/* What the order compares; the larger the better. */
static double key(const struct market_params *p, const struct seeker *s, const struct question *q, const struct slot *t)
{
    bool known = point_known(s->home) && point_known(t->place);
    switch (q->order) {
    case ORDER_NEAR:
        return known ? -point_m(s->home, t->place) : -2e9;
    case ORDER_SOON:
        return q->from_min - t->start_min;
    case ORDER_PAY:
        return t->hour_fen;
    case ORDER_FIT:
    default:
        return fit_score(p, s, t).rank;
    }
}

static struct question any_question(uint64_t *rnd)
{
    struct question q = sample_ask((enum order)dice_below(rnd, 4), 20);
    if (dice_below(rnd, 3) == 0)
        q.to_min = q.from_min + dice_below(rnd, 3000);
    return q;
}

static bool may_be_shown(const struct market_params *p, const struct seeker *s, const struct question *q, const struct slot *t)
{
    return t->start_min >= q->from_min && t->start_min < q->to_min && !fit_of(p, s, t).hard_all;
}

/* No bit of what does not really stand before it. */
static bool says_too_much(const struct market_params *p, const struct seeker *s, const struct question *q, const struct slot *t, uint32_t broken)
{
    bool begins = t->start_min >= q->from_min && t->start_min < q->to_min;
    return broken & ~(fit_of(p, s, t).hard_all | (uint32_t)!begins);
}

struct tally {
    int wrong, let_through, ruled_out;
    double loose; /* points between bound and rank, added up */
};

static void compare(struct tally *y, bool may, double key, float most)
{
    y->wrong += may && (double)most < key - 1e-3;
    y->let_through += most > -FLT_MAX;
    y->ruled_out += most <= -FLT_MAX;
    y->loose += may ? (double)most - key : 0;
}

TEST(a_strip_never_says_less_than_a_slot_is_worth)
{
    uint64_t rnd = 211;
    struct market_params p = sample_params();
    struct tally y = {.wrong = 0}, fits = {.wrong = 0};
    for (int i = 0; i < QUESTIONS; i++) {
        struct seeker s = sample_seeker(&rnd, 1, SPREAD);
        struct question q = any_question(&rnd);
        s.like_from_min = (int16_t)(dice_below(&rnd, 4) ? s.like_from_min : dice_below(&rnd, 1441));
        s.like_to_min = (int16_t)(dice_below(&rnd, 4) ? s.like_to_min : dice_below(&rnd, 1441));
        struct strip v = {.lon = {0}};
        struct slot t[STRIP];
        struct bounds b = {.n = 0};
        int32_t trade = dice_below(&rnd, 25);
        bool known = dice_below(&rnd, 10) > 0;
        p.usual_hour_fen = dice_below(&rnd, 4) ? 2500 : 0;
        s.outside = dice_below(&rnd, 5) ? s.outside : SCORE_ONE - dice_below(&rnd, 4);
        for (size_t k = 0; k < STRIP; k++) {
            t[k] = sample_slot(&rnd, (int64_t)k + 1, SPREAD);
            t[k].trade = (uint8_t)trade;
            t[k].place = !known ? (struct point){0, 0} : point_known(t[k].place) ? t[k].place : s.care;
            strip_set(&v, k, &t[k]);
            bounds_add(&b, &t[k]);
        }
        struct strip_ask a = strip_ask_of(&p, &s, &q);
        struct head h = head_of(&b, STRIP, false);
        struct strip_area l = strip_area_of(&a, trade, &h);
        float most[STRIP];
        uint32_t broken[STRIP];
        strip_most(&v, &a, &l, most);
        strip_broken(&v, &a, &l, broken);
        for (size_t k = 0; k < STRIP; k++)
            y.wrong += point_known(t[k].place) == known && says_too_much(&p, &s, &q, &t[k], broken[k]);
        for (size_t k = 0; k < STRIP; k++)
            if (point_known(t[k].place) == known)
                compare(q.order == ORDER_FIT && !point_known(s.with) ? &fits : &y, may_be_shown(&p, &s, &q, &t[k]), key(&p, &s, &q, &t[k]), most[k]);
    }
    CHECK_EQ(y.wrong + fits.wrong, 0);
    CHECK(fits.let_through > 1000 && fits.ruled_out > 1000);
    CHECK(fits.loose / fits.let_through < 2000); /* points of 100000; nearly all from what only the area knows: ties */
}

TEST(a_fan_never_says_less_than_the_best_below_is_worth)
{
    uint64_t rnd = 223;
    struct market_params p = sample_params();
    struct tally y = {.wrong = 0};
    for (int i = 0; i < QUESTIONS; i++) {
        struct seeker s = sample_seeker(&rnd, 1, SPREAD);
        struct question q = any_question(&rnd);
        s.like_from_min = (int16_t)(dice_below(&rnd, 4) ? s.like_from_min : dice_below(&rnd, 1441));
        s.like_to_min = (int16_t)(dice_below(&rnd, 4) ? s.like_to_min : dice_below(&rnd, 1441));
        int32_t trade = dice_below(&rnd, 25);
        struct bounds all = {.n = 0}, b[STRIP] = {{.n = 0}};
        struct fan fan = {.west = {0}};
        struct slot t[STRIP][3];
        for (size_t k = 0; k < STRIP; k++) {
            for (size_t j = 0; j < 3; j++) {
                t[k][j] = sample_slot(&rnd, 1, SPREAD);
                t[k][j].trade = (uint8_t)trade;
                t[k][j].place = point_known(t[k][j].place) ? t[k][j].place : (struct point){113300000, 23100000};
                bounds_add(&b[k], &t[k][j]);
                bounds_add(&all, &t[k][j]);
            }
            if (k == 5)
                b[k].n = 0; /* a leaf that lost its last slot */
            fan_set(&fan, k, &b[k]);
        }
        struct strip_ask a = strip_ask_of(&p, &s, &q);
        struct head h = head_of(&all, STRIP, true);
        struct strip_area l = strip_area_of(&a, trade, &h);
        float most[STRIP];
        uint32_t broken[STRIP];
        fan_most(&fan, &a, &l, most);
        fan_broken(&fan, &a, &l, broken);
        CHECK(most[5] <= -FLT_MAX && broken[5] & 1);
        for (size_t k = 0; k < STRIP; k++)
            for (size_t j = 0; k != 5 && j < 3; j++)
                y.wrong += says_too_much(&p, &s, &q, &t[k][j], broken[k]);
        for (size_t k = 0; k < STRIP; k++)
            for (size_t j = 0; k != 5 && j < 3; j++)
                compare(&y, may_be_shown(&p, &s, &q, &t[k][j]), key(&p, &s, &q, &t[k][j]), most[k]);
    }
    CHECK_EQ(y.wrong, 0);
    CHECK(y.let_through > 1000 && y.ruled_out > 1000);
}

TEST(pay_beyond_all_measure_is_still_the_highest)
{
    uint64_t rnd = 3;
    struct market_params p = sample_params();
    struct seeker s = {.seats = 1};
    struct question q = sample_ask(ORDER_PAY, 1);
    struct slot t = sample_slot(&rnd, 1, SPREAD);
    struct strip v = {.lon = {0}};
    struct head h = {.n = 1};
    float most[STRIP];
    t.left = 1;
    t.start_min = q.from_min;
    const int32_t fen[] = {0, 1, 2500, 1048576, 100000000};
    for (size_t k = 0; k < sizeof fen / sizeof *fen; k++) {
        t.hour_fen = fen[k];
        strip_set(&v, k, &t);
    }
    p.min_hour_fen = 0;
    struct strip_ask a = strip_ask_of(&p, &s, &q);
    struct strip_area l = strip_area_of(&a, 0, &h);
    strip_most(&v, &a, &l, most);
    for (size_t k = 0; k < sizeof fen / sizeof *fen; k++)
        CHECK(most[k] >= (float)fen[k]);
}
