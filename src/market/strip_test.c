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
    struct fit f = fit_of(p, s, t);
    uint32_t all = f.hard_all;
    bool beyond = all >> HARD_REACH & 1 && f.way_min > REACH_MOST_MIN;
    bool taken = !begins || all & (1u << HARD_AWAY | 1u << HARD_BETWEEN | 1u << HARD_REST | 1u << HARD_DAY);
    return broken & ~(all | (uint32_t)(!begins || beyond) | (uint32_t)taken << HARD_OVERLAP);
}

/* As much of a node, which says HARD_NONE too where age or a shift taken bars each, and nothing of the run of days that are not asked for. */
static bool node_says_too_much(const struct market_params *p, const struct seeker *s, const struct question *q, const struct slot *t, uint32_t broken)
{
    const uint32_t by_start = 1u << HARD_AGE | 1u << HARD_OVERLAP | 1u << HARD_AWAY | 1u << HARD_BETWEEN | 1u << HARD_REST | 1u << HARD_DAY;
    bool begins = t->start_min >= q->from_min && t->start_min < q->to_min;
    uint32_t let = (fit_of(p, s, t).hard_all & by_start ? 1u << HARD_NONE : 0) | (uint32_t)!begins << HARD_CARE;
    return says_too_much(p, s, q, t, broken & ~let);
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
        s.from_min = (int16_t)(dice_below(&rnd, 4) ? s.from_min : dice_below(&rnd, 1441)); /* also over midnight */
        s.to_min = (int16_t)(dice_below(&rnd, 4) ? s.to_min : dice_below(&rnd, 1441));
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
        s.from_min = (int16_t)(dice_below(&rnd, 4) ? s.from_min : dice_below(&rnd, 1441)); /* also over midnight */
        s.to_min = (int16_t)(dice_below(&rnd, 4) ? s.to_min : dice_below(&rnd, 1441));
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
        uint32_t broken[STRIP], shut[STRIP];
        fan_most(&fan, &a, &l, most);
        fan_broken(&fan, &a, &l, broken);
        fan_shut(&fan, &a, &l, shut);
        CHECK(most[5] <= -FLT_MAX && broken[5] & 1 && shut[5]);
        for (size_t k = 0; k < STRIP; k++)
            for (size_t j = 0; k != 5 && j < 3; j++)
                y.wrong += node_says_too_much(&p, &s, &q, &t[k][j], broken[k]) || (shut[k] && may_be_shown(&p, &s, &q, &t[k][j]));
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
    t.end_min = t.start_min + 480;
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

/* ---- shifts taken ---- */

static struct seeker booked_up(uint64_t *rnd)
{
    struct seeker s = sample_seeker(rnd, 1, SPREAD);
    int32_t today = sample_ask(ORDER_FIT, 1).today;
    s.n_busy = (uint8_t)dice_below(rnd, MAX_BUSY + 1);
    for (int i = 0; i < s.n_busy; i++) {
        int32_t day = dice_below(rnd, 20) ? today - 1 + dice_below(rnd, 6) : INT32_MAX / 1440 - 9; /* or when nobody lives any more */
        int32_t from = day * 1440 + dice_below(rnd, 1440), min = dice_below(rnd, 700);
        struct point place = {s.home.lon + dice_below(rnd, 6000000), s.home.lat};
        s.busy[i] = (struct busy){from, from + min, min, dice_below(rnd, 3) ? s.home : place};
        if (dice_below(rnd, 5) == 0) /* no shift: he has no time */
            s.busy[i] = (struct busy){.from_min = from, .to_min = from + (dice_below(rnd, 3) || from > INT32_MAX / 2 ? min : dice_below(rnd, AWAY_MOST_DAYS * 1440))};
    }
    return s;
}

static struct market_params any_law(uint64_t *rnd)
{
    struct market_params p = sample_params();
    p.rest_h = dice_below(rnd, 4) ? p.rest_h : dice_below(rnd, 40);
    p.day_max_h = dice_below(rnd, 4) ? p.day_max_h : dice_below(rnd, 9);
    return p;
}

/* In the columns of a city all that stands between two shifts but the way is known. */
TEST(columns_know_what_the_shifts_taken_bar)
{
    const uint32_t certain = 1u << HARD_OVERLAP | 1u << HARD_AWAY | 1u << HARD_REST | 1u << HARD_DAY;
    uint64_t rnd = 227;
    int missed = 0, wrong = 0, barred = 0, open = 0, by_way = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        struct seeker s = booked_up(&rnd);
        struct question q = any_question(&rnd);
        struct market_params p = any_law(&rnd);
        struct strip v = {.lon = {0}};
        struct slot t[STRIP];
        struct bounds b = {.n = 0};
        uint32_t broken[STRIP];
        for (size_t k = 0; k < STRIP; k++) {
            t[k] = sample_slot(&rnd, (int64_t)k + 1, SPREAD);
            t[k].end_min += dice_below(&rnd, 20) ? 0 : 4320 - (t[k].end_min - t[k].start_min);
            t[k].place = point_known(t[k].place) ? t[k].place : (struct point){113300000, 23100000};
            strip_set(&v, k, &t[k]);
            bounds_add(&b, &t[k]);
        }
        struct strip_ask a = strip_ask_of(&p, &s, &q);
        struct head h = head_of(&b, STRIP, false);
        struct strip_area l = strip_area_of(&a, 1, &h);
        strip_broken(&v, &a, &l, broken);
        for (size_t k = 0; k < STRIP; k++) {
            uint32_t all = fit_of(&p, &s, &t[k]).hard_all;
            wrong += says_too_much(&p, &s, &q, &t[k], broken[k]);
            if (broken[k] & 1)
                continue;
            missed += all & certain && !(broken[k] & certain);
            barred += (all & certain) != 0;
            open += !(all & certain);
            by_way += !(all & certain) && broken[k] & 1u << HARD_OVERLAP;
        }
    }
    CHECK_EQ(wrong, 0);
    CHECK_EQ(missed, 0);
    CHECK(barred > 1000 && open > 1000 && by_way > 10);
}

/* Of six slots a node: what bars each of them bars the node often enough that whole trees are left out. */
TEST(nodes_know_what_the_shifts_taken_bar)
{
    uint64_t rnd = 229;
    int wrong = 0, barred = 0, seen = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        struct seeker s = booked_up(&rnd);
        struct question q = any_question(&rnd);
        struct market_params p = any_law(&rnd);
        struct bounds all = {.n = 0}, b[STRIP] = {{.n = 0}};
        struct fan fan = {.west = {0}};
        struct slot t[STRIP][6];
        float most[STRIP];
        uint32_t broken[STRIP];
        for (size_t k = 0; k < STRIP; k++) {
            for (size_t j = 0; j < 6; j++) {
                t[k][j] = sample_slot(&rnd, 1, SPREAD);
                t[k][j].trade = 1;
                t[k][j].place = point_known(t[k][j].place) ? t[k][j].place : (struct point){113300000, 23100000};
                bounds_add(&b[k], &t[k][j]);
                bounds_add(&all, &t[k][j]);
            }
            fan_set(&fan, k, &b[k]);
        }
        struct strip_ask a = strip_ask_of(&p, &s, &q);
        struct head h = head_of(&all, STRIP, true);
        struct strip_area l = strip_area_of(&a, 1, &h);
        fan_broken(&fan, &a, &l, broken);
        fan_most(&fan, &a, &l, most);
        for (size_t k = 0; k < STRIP; k++) {
            bool none = true;
            for (size_t j = 0; j < 6; j++) {
                uint32_t hard = fit_of(&p, &s, &t[k][j]).hard_all;
                bool begins = t[k][j].start_min >= q.from_min && t[k][j].start_min < q.to_min;
                none &= !begins || hard & (1u << HARD_OVERLAP | 1u << HARD_AWAY | 1u << HARD_REST | 1u << HARD_DAY);
                wrong += node_says_too_much(&p, &s, &q, &t[k][j], broken[k]);
                wrong += begins && !hard && (double)most[k] < key(&p, &s, &q, &t[k][j]) - 1e-3;
            }
            seen += none;
            barred += none && broken[k] & (1u << HARD_NONE | 1u << HARD_DAY);
        }
    }
    CHECK_EQ(wrong, 0);
    CHECK(seen > 1000 && barred * 3 > seen);
}

/* Whoever works beside a partner is worth more only where that is. */
TEST(bounds_add_what_the_partner_adds_only_near_and_at_the_time)
{
    struct market_params p = sample_params();
    struct seeker s = {.seats = 1, .with = {113300000, 23100000}};
    struct question q = sample_ask(ORDER_FIT, 1);
    uint64_t rnd = 7;
    struct strip v = {.lon = {0}};
    struct bounds b[3] = {{.n = 0}}, all = {.n = 0};
    struct fan fan = {.west = {0}};
    float slot[STRIP], node[STRIP];
    s.with_from_min = q.from_min;
    s.with_to_min = q.from_min + 300;
    struct slot t = sample_slot(&rnd, 1, SPREAD);
    t.start_min = q.from_min;
    t.end_min = t.start_min + 300;
    t.left = t.cap = 2;
    for (size_t k = 0; k < 3; k++) { /* the same shift: there; ten kilometres away; there, when the partner is home again */
        t.place = (struct point){k == 1 ? 113400000 : 113300000, 23100000};
        t.start_min += k == 2 ? 1440 : 0;
        t.end_min += k == 2 ? 1440 : 0;
        strip_set(&v, k, &t);
        bounds_add(&b[k], &t);
        bounds_add(&all, &t);
        fan_set(&fan, k, &b[k]);
    }
    struct strip_ask a = strip_ask_of(&p, &s, &q);
    struct head h = head_of(&all, 3, true);
    struct strip_area l = strip_area_of(&a, t.trade, &h);
    strip_most(&v, &a, &l, slot);
    fan_most(&fan, &a, &l, node);
    float site = (float)p.term[TERM_GROUP];
    CHECK(slot[0] >= slot[1] + site - 1 && slot[0] >= slot[2] + site - 1 && node[0] >= node[1] + site - 1 && node[0] >= node[2] + site - 1);
}

/* Where the school run ends far from all work, no shift leaves time for it. */
TEST(a_school_out_of_town_bars_the_town)
{
    struct market_params p = sample_params();
    struct seeker s = {.seats = 1, .home = {116300000, 23100000}, .drop_min = 480, .care_days = CARE_DAYS};
    struct question q = sample_ask(ORDER_FIT, 1);
    uint64_t rnd = 11;
    struct strip v = {.lon = {0}};
    struct bounds b = {.n = 0};
    struct fan fan = {.west = {0}};
    uint32_t slots[STRIP], nodes[STRIP];
    for (size_t k = 0; k < STRIP; k++) {
        struct slot t = sample_slot(&rnd, (int64_t)k + 1, SPREAD);
        t.place = (struct point){113300000, 23100000};
        strip_set(&v, k, &t);
        bounds_add(&b, &t);
    }
    for (size_t k = 0; k < STRIP; k++)
        fan_set(&fan, k, &b);
    struct strip_ask a = strip_ask_of(&p, &s, &q);
    struct head h = head_of(&b, STRIP, false);
    struct strip_area l = strip_area_of(&a, 1, &h);
    strip_broken(&v, &a, &l, slots);
    fan_broken(&fan, &a, &l, nodes);
    for (size_t k = 0; k < STRIP; k++)
        CHECK(slots[k] >> HARD_CARE & 1 && nodes[k] >> HARD_CARE & 1);
}

/* A short shift too early and a long one in time: neither the latest beginning nor the shortest work of the node says it. */
TEST(a_node_is_left_out_where_what_is_short_enough_begins_at_the_wrong_time)
{
    struct market_params p = sample_params();
    struct question q = sample_ask(ORDER_FIT, 1);
    int32_t today = q.today * 1440, day = today + 1440;
    const struct busy nine_to_six = {day + 540, day + 1080, 480, {0, 0}};
    const struct {
        struct seeker s;
        int32_t early, late, in_time, hours; /* minutes of the day; the last: the long shift */
    } cases[] = {
        {{.from_min = 1080, .to_min = 1380}, 600, 1080, 1140, 8},
        {{.from_min = 1080, .to_min = 240}, 600, 1260, 1320, 12},
        {{.night_from_day = FOREVER}, 180, 1020, 420, 8},
        {{.drop_min = 500, .care_days = CARE_DAYS}, 420, 380, 540, 8},
        {{.pick_min = 960, .care_days = CARE_DAYS}, 900, 840, 600, 8},
        {{.n_busy = 1, .busy = {nine_to_six}}, 720, 1080, 1140, 8},
    };
    q.from_min = day;
    q.to_min = day + 1440;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct fan fan = {.west = {0}};
        struct bounds b[3] = {{.n = 0}};
        struct seeker s = cases[k].s;
        uint64_t rnd = 19;
        struct slot t = sample_slot(&rnd, 1, SPREAD);
        float most[STRIP];
        uint32_t shut[STRIP];
        s.seats = 1;
        s.skills = UINT64_MAX;
        t.place = (struct point){113300000, 23100000};
        t.break_min = 0;
        t.hour_fen = 5000;
        for (size_t i = 0; i < 3; i++) { /* both; the short one in time besides; the short one in time alone */
            t.start_min = day + cases[k].late;
            t.end_min = t.start_min + cases[k].hours * 60;
            if (i < 2)
                bounds_add(&b[i], &t);
            t.start_min = day + (i ? cases[k].in_time : cases[k].early);
            t.end_min = t.start_min + 180;
            bounds_add(&b[i], &t);
            fan_set(&fan, i, &b[i]);
        }
        struct strip_ask a = strip_ask_of(&p, &s, &q);
        struct head h = head_of(&b[0], 3, true);
        struct strip_area l = strip_area_of(&a, t.trade, &h);
        fan_most(&fan, &a, &l, most);
        fan_shut(&fan, &a, &l, shut);
        CHECK(most[0] <= -FLT_MAX && shut[0]);
        CHECK(most[1] > 0 && !shut[1] && most[2] > 0 && !shut[2]);
    }
}

/* What stands in the middle of the run on school days is left out as a whole, and so it is beside Saturdays that nobody asks for. */
TEST(a_node_is_left_out_for_the_school_run_unless_it_has_work_on_a_day_without)
{
    struct market_params p = sample_params();
    struct seeker s = {.seats = 1, .home = {113300000, 23100000}, .drop_min = 500, .pick_min = 960, .care_days = SCHOOL_DAYS, .skills = UINT64_MAX};
    int32_t monday = (sample_ask(ORDER_FIT, 1).today + 7) * 1440;
    uint64_t rnd = 31;
    struct slot t = sample_slot(&rnd, 1, SPREAD);
    struct bounds b[3] = {{.n = 0}}; /* on Thursday and Friday; on Saturday; on all three */
    struct fan fan = {.west = {0}};
    monday -= (cal_weekday(monday / 1440) - 1) * 1440;
    t.place = s.home;
    t.needs = 0;
    t.left = 1;
    t.hour_fen = 5000;
    for (int32_t day = 3; day < 6; day++) {
        t.start_min = monday + day * 1440 + 480;
        t.end_min = t.start_min + 540;
        bounds_add(&b[2], &t);
        bounds_add(&b[day == 5], &t);
    }
    for (size_t i = 0; i < 3; i++)
        fan_set(&fan, i, &b[i]);
    for (int32_t days = 5; days < 8; days++) { /* Monday to Friday, to Saturday, to Sunday */
        struct question q = sample_ask(ORDER_FIT, 1);
        uint32_t broken[STRIP], shut[STRIP];
        q.from_min = monday;
        q.to_min = monday + days * 1440;
        struct strip_ask a = strip_ask_of(&p, &s, &q);
        struct head h = head_of(&b[2], 3, true);
        struct strip_area l = strip_area_of(&a, t.trade, &h);
        fan_broken(&fan, &a, &l, broken);
        fan_shut(&fan, &a, &l, shut);
        CHECK(broken[0] >> HARD_CARE & 1 && shut[0]);
        CHECK_EQ(shut[1] != 0, days == 5);
        CHECK_EQ(broken[2] >> HARD_CARE & 1, days == 5);
        CHECK_EQ(shut[2] != 0, days == 5);
    }
}

TEST(hours_of_a_day_are_found_at_the_end_of_time_too)
{
    struct market_params p = sample_params();
    struct seeker s = {.seats = 1};
    struct question q = sample_ask(ORDER_FIT, 1);
    q.from_min = INT32_MAX - 100;
    q.to_min = INT32_MAX;
    struct strip_ask a = strip_ask_of(&p, &s, &q);
    CHECK(a.bound && __builtin_popcount(a.begins[0]) == 3); /* all there are */
}

/* By hour, so that a node with one shift this morning and one in three days is not asked about tonight. */
TEST(a_node_says_how_soon_the_next_of_it_begins)
{
    struct market_params p = sample_params();
    struct question q = sample_ask(ORDER_SOON, 1);
    p.min_hour_fen = 0;
    const int32_t hours[] = {1, 40, 63, 64, 65, 80, 100}, *const last = hours + sizeof hours / sizeof *hours;
    uint64_t rnd = 13;
    for (int32_t late = 0; late < 7000; late += 777)
        for (const int32_t *h = hours; h < last; h++) {
            struct slot t = sample_slot(&rnd, 1, SPREAD);
            struct bounds b = {.n = 0};
            struct fan fan = {.west = {0}};
            struct seeker s = {.seats = 1};
            float most[STRIP];
            q.from_min = t.start_min + 120 + late;
            q.to_min = INT32_MAX;
            t.start_min = q.from_min - 120;
            bounds_add(&b, &t);
            t.start_min = q.from_min + *h * 60;
            bounds_add(&b, &t);
            t.start_min = q.from_min + 126 * 60;
            bounds_add(&b, &t);
            fan_set(&fan, 0, &b);
            struct strip_ask a = strip_ask_of(&p, &s, &q);
            struct head head = head_of(&b, 1, true);
            struct strip_area l = strip_area_of(&a, t.trade, &head);
            fan_most(&fan, &a, &l, most);
            CHECK(most[0] >= (float)-*h * 60 && most[0] <= (float)-*h * 60 + 59);
        }
}

TEST(what_begins_at_the_end_of_time_is_bounded_too)
{
    struct market_params p = sample_params();
    struct seeker s = {.seats = 1};
    struct question q = sample_ask(ORDER_SOON, 1);
    uint64_t rnd = 17;
    struct bounds b = {.n = 0};
    struct fan fan = {.west = {0}};
    float most[STRIP];
    p.min_hour_fen = 0;
    q.from_min = INT32_MAX - 6000;
    q.to_min = INT32_MAX;
    for (int32_t start = q.from_min - 120; start < INT32_MAX - 1440; start += 2000) {
        struct slot t = sample_slot(&rnd, 1, SPREAD);
        t.start_min = start;
        t.end_min = start + 60;
        bounds_add(&b, &t);
    }
    fan_set(&fan, 0, &b);
    struct strip_ask a = strip_ask_of(&p, &s, &q);
    struct head h = head_of(&b, 1, true);
    struct strip_area l = strip_area_of(&a, 1, &h);
    fan_most(&fan, &a, &l, most);
    CHECK(most[0] >= -1880);
}
