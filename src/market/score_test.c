/* score_test.c - the score by hand, by its metamorphic properties, and the constraints one by one. */
#include <math.h>

#include "market/dice.h"
#include "market/curve.h"
#include "market/score.h"
#include "sample_town.h"
#include "test.h"

enum { PAIRS = 20000, SPREAD = 150000, DAY = 20781, DAY_MIN = 1440 };

/* 09:00-18:00 tomorrow with an hour's break, at the seeker's door. */
static struct slot plain_slot(void)
{
    int32_t from = (DAY + 1) * DAY_MIN + 540;
    return (struct slot){.id = 7, .employer_id = 3, .trade = 1, .place = {113300000, 23100000}, .start_min = from,
                         .end_min = from + 540, .break_min = 60, .valid_to_day = DAY + 9, .shift_fen = 24000,
                         .hour_fen = 3000, .left = 3, .cap = 3, .verified = true};
}

static struct seeker plain_seeker(void)
{
    return (struct seeker){.id = 1, .trade = 1, .home = {113300000, 23100000}, .outside = 35000, .seats = 1, .done = 9};
}

static enum hard hard_now(const struct seeker *s, const struct slot *t)
{
    struct market_params p = sample_params();
    return fit_of(&p, s, t).hard;
}

TEST(curves_follow_the_formulas_as_closely_as_the_header_says)
{
    for (int32_t x = -800000; x <= 800000; x += 137)
        CHECK(fabs(curve_sigmoid(x) - 1e5 / (1 + exp(-x / 1e5))) <= 3);
    for (int32_t x = 800000; x < INT32_MAX / 2; x *= 2) {
        CHECK_EQ(curve_sigmoid(x), 99966);
        CHECK_EQ(curve_sigmoid(-x), 34);
    }
    CHECK_EQ(curve_sigmoid(INT32_MAX), 99966);
    CHECK_EQ(curve_sigmoid(INT32_MIN), 34);
    for (int32_t scale = 1; scale < 2000; scale += scale / 4 + 1)
        for (int32_t n = 0; n <= 8 * scale; n += scale / 50 + 1)
            CHECK(fabs(curve_saturate(n, scale) - 1e5 * (1 - exp(-n / (double)scale))) <= 6);
    CHECK_EQ(curve_saturate(-5, 60), 0);
    CHECK_EQ(curve_saturate(481, 60), 99966);
    CHECK_EQ(curve_saturate(INT32_MAX, 60), 99966);
    for (int32_t a = 1; a < 300; a += 7)
        for (int32_t b = 1; b < 300; b += 3)
            CHECK(fabs(curve_ln_ratio(a, b) - 1e5 * log((double)a / b)) <= 10);
    CHECK(fabs(curve_ln_ratio(INT32_MAX, -3) - 1e5 * log(INT32_MAX)) <= 10);
}

TEST(a_score_by_hand)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct fit f = fit_of(&p, &s, &t);
    CHECK_EQ(f.hard, HARD_NONE);
    CHECK_EQ(f.net_hour_fen, 3000);
    CHECK_EQ(f.part[PART_WAGE], 66666); /* (30 - 22.5) / 11.25 */
    CHECK_EQ(f.part[PART_WAY], SCORE_ONE);
    CHECK_EQ(f.part[PART_WISHES], 50000);
    CHECK_EQ(f.u, 82499);      /* .3 x .667 + .2 + .15 + .2 + .05 + .025 */
    CHECK_EQ(f.f, 55000);      /* .45 x .7 + 0 + .2 x .8 + .15 x .5 = .55 */
    CHECK_EQ(f.surplus, 65845); /* .6 x (.825 - .35) / .65 + .4 x .55 */
    CHECK(fabs(f.q - 1e5 / (1 + exp(0.6 - 2.2 * 0.32499 - 1.6 * 0.05))) < 4);
    CHECK_EQ(f.q, 54858);
    CHECK_EQ(f.total, 36121);
    CHECK_EQ(f.policy, 0);
    t.price = 12345;
    CHECK_EQ(fit_of(&p, &s, &t).rank, f.total - 12345);
    p.gamma = 0;
    CHECK_EQ(fit_of(&p, &s, &t).rank, f.total);
}

TEST(weights_add_up_and_no_single_field_decides)
{
    int32_t sum[2] = {0, 0};
    for (int k = 0; k < PARTS; k++) {
        sum[part_weights[k].employer] += part_weights[k].weight;
        CHECK(part_weights[k].employer || part_weights[k].weight <= 30000);
    }
    CHECK_EQ(sum[0], SCORE_ONE);
    CHECK_EQ(sum[1], SCORE_ONE);
}

TEST(policy_terms_are_bounded_and_only_add)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    CHECK_EQ(policy_terms(&p, &s), 0);
    s.idle_since_min = p.now_min - 7 * DAY_MIN;
    CHECK_EQ(policy_terms(&p, &s), 5000);
    s.idle_since_min = p.now_min - 20 * DAY_MIN;
    CHECK_EQ(policy_terms(&p, &s), 10000);
    s.support = true;
    CHECK_EQ(policy_terms(&p, &s), 15000);
    s.done = 0;
    CHECK_EQ(policy_terms(&p, &s), 18000);
}

TEST(near_the_partner_counts_only_at_the_same_time)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.with = t.place;
    s.with_from_min = t.start_min + 60;
    s.with_to_min = t.end_min + 60;
    CHECK_EQ(fit_of(&p, &s, &t).policy, 15000);
    s.with.lat += 9000; /* one kilometre */
    CHECK_EQ(fit_of(&p, &s, &t).policy, 8000);
    s.with.lat += 9000;
    CHECK_EQ(fit_of(&p, &s, &t).policy, 0);
    s.with = t.place;
    s.with_from_min = t.end_min;
    CHECK_EQ(fit_of(&p, &s, &t).policy, 0);
}

TEST(the_law_is_asked_with_the_days_of_the_shift)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.work_from_day = DAY + 2;
    CHECK_EQ(hard_now(&s, &t), HARD_AGE);
    s.work_from_day = DAY + 1;
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    t.end_min += 360; /* until midnight */
    s.night_from_day = DAY + 2;
    CHECK_EQ(hard_now(&s, &t), HARD_NIGHT);
    s.night_from_day = FOREVER;
    CHECK_EQ(hard_now(&s, &t), HARD_BORN);
    t = plain_slot();
    t.papers = 1u << 2;
    CHECK_EQ(hard_now(&s, &t), HARD_PAPERS);
    s.paper_to_day[2] = DAY; /* ends the day before */
    CHECK_EQ(hard_now(&s, &t), HARD_PAPERS);
    s.paper_to_day[2] = DAY + 1;
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    t.hour_fen = 1999;
    CHECK_EQ(hard_now(&s, &t), HARD_MINPAY);
}

TEST(trust_blocks_and_skills_are_hard)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    t.verified = false;
    CHECK_EQ(hard_now(&s, &t), HARD_TRUST);
    t.verified = true;
    t.risk = 80;
    CHECK_EQ(hard_now(&s, &t), HARD_TRUST);
    t.risk = 79;
    s.n_ties = 1;
    s.ties[0] = (struct tie){.employer_id = 3, .blocked = true};
    CHECK_EQ(hard_now(&s, &t), HARD_BLOCKED);
    s.ties[0].blocked = false;
    t.skills = 2u << 4; /* level 2 of skill 2 */
    s.skills = 1u << 4;
    CHECK_EQ(hard_now(&s, &t), HARD_SKILL);
    s.skills = 3u << 4;
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
}

TEST(the_school_run_needs_the_way_between_school_and_work)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.care = s.home;
    s.care_days = CARE_DAYS;
    s.care.lat += 9000; /* 1 km, 18 minutes on foot */
    s.drop_min = 522;
    CHECK_EQ(care_way_min(&s, &t), 18);
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.drop_min = 523;
    CHECK_EQ(hard_now(&s, &t), HARD_CARE);
    s.drop_min = 0;
    s.pick_min = 1080 + 18;
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.pick_min = 1080 + 17;
    CHECK_EQ(hard_now(&s, &t), HARD_CARE);
    s.pick_min = 521; /* before the shift */
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    t.start_min = (DAY + 1) * DAY_MIN + 1320; /* a night over the morning's school run */
    t.end_min = t.start_min + 660;
    s.pick_min = 0;
    s.drop_min = 480;
    CHECK_EQ(hard_now(&s, &t), HARD_CARE);
}

/* What begins on one day and ends on another meets the runs of both. */
TEST(the_school_run_stands_on_school_days_only)
{
    const struct {
        int32_t weekday, from_min, hours; /* 0 = Monday */
        enum hard hard;
    } cases[] = {
        {4, 540, 8, HARD_CARE},   /* Friday at nine: the child is fetched at four */
        {5, 540, 8, HARD_NONE},   /* Saturday */
        {6, 540, 8, HARD_NONE},   /* Sunday */
        {4, 1320, 10, HARD_NONE}, /* Friday at ten in the evening to Saturday at eight */
        {3, 1320, 11, HARD_CARE}, /* Thursday night: Friday's run */
        {6, 1320, 11, HARD_CARE}, /* Sunday night: Monday's */
        {6, 1320, 8, HARD_NONE},  /* home again on Monday at six */
        {5, 1020, 36, HARD_NONE}, /* Saturday at five to Monday at five */
        {5, 1020, 40, HARD_CARE}, /* Saturday at five to Monday at nine */
    };
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.drop_min = 500;
    s.pick_min = 960;
    s.care_days = SCHOOL_DAYS;
    int32_t monday = DAY - (cal_weekday(DAY) - 1);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        t.start_min = (monday + cases[k].weekday) * DAY_MIN + cases[k].from_min;
        t.end_min = t.start_min + cases[k].hours * 60;
        uint32_t all = hard_all(&market_defaults, &s, &t, -1);
        CHECK_EQ(all >> HARD_CARE & 1, cases[k].hard == HARD_CARE);
    }
}

TEST(rest_overlap_and_long_days)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.n_busy = 1;
    s.busy[0] = (struct busy){t.end_min - 1, t.end_min + 60, 60, {0, 0}};
    CHECK_EQ(hard_now(&s, &t), HARD_OVERLAP);
    s.busy[0] = (struct busy){t.end_min, t.end_min + 180, 180, {0, 0}}; /* 8 + 3 hours */
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.busy[0].work_min = 181;
    CHECK_EQ(hard_now(&s, &t), HARD_DAY);
    s.busy[0] = (struct busy){t.start_min - 900, t.start_min - 660, 240, {0, 0}}; /* the evening before, 11 hours of rest */
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.busy[0].to_min++;
    CHECK_EQ(hard_now(&s, &t), HARD_REST);
}

TEST(a_time_away_bars_what_overlaps_it_and_nothing_around_it)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    const int32_t minutes[][2] = {{t.end_min - 1, t.end_min + 600}, {t.start_min - 600, t.start_min + 1}, {t.start_min + 60, t.start_min + 120},
                                  {t.start_min - 40 * DAY_MIN, t.start_min + 40 * DAY_MIN}};
    s.n_busy = 1;
    for (size_t i = 0; i < 4; i++) {
        s.busy[0] = (struct busy){.from_min = minutes[i][0], .to_min = minutes[i][1]};
        CHECK_EQ(fit_of(&market_defaults, &s, &t).hard_all, 1u << HARD_AWAY);
    }
    s.busy[0] = (struct busy){.from_min = t.end_min, .to_min = t.end_min + 600}; /* at once afterwards: no way, no rest */
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.busy[0] = (struct busy){.from_min = t.start_min - 2 * DAY_MIN, .to_min = t.start_min};
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    CHECK_STR(str_c(hard_key(HARD_AWAY)), S("away"));
    CHECK(!(NEAR_LIFTS >> HARD_AWAY & 1)); /* to let him change it is not the engine's to propose */
}

TEST(between_two_shifts_there_is_time_for_the_way)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct point far = {t.place.lon, t.place.lat + 90000}; /* 10 km, 52 minutes */
    int32_t way = geo_travel_min(point_m(far, t.place));
    s.n_busy = 1;
    s.busy[0] = (struct busy){t.end_min + way, t.end_min + way + 60, 60, far};
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.busy[0].from_min--;
    CHECK_EQ(hard_now(&s, &t), HARD_BETWEEN);
    s.busy[0].place = t.place; /* no way at all */
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.busy[0] = (struct busy){t.start_min - way - 60, t.start_min - way, 60, far};
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.busy[0].to_min++;
    CHECK_EQ(hard_now(&s, &t), HARD_BETWEEN);
    s.busy[0].place = (struct point){0, 0}; /* nobody is refused for what is not known */
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.busy[0] = (struct busy){t.start_min - 3000, t.start_min - 1441, 60, {far.lon - 66700000, far.lat}};
    CHECK(geo_travel_min(point_m(s.busy[0].place, t.place)) > 3000);
    CHECK_EQ(hard_now(&s, &t), HARD_NONE); /* with a day between one gets anywhere */
}

TEST(a_day_of_one_shift_is_as_long_as_the_law_allows_and_no_longer)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    t.end_min = t.start_min + 12 * 60; /* 11 hours of work and one of break */
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    t.end_min++;
    CHECK_EQ(hard_now(&s, &t), HARD_DAY);
}

TEST(a_city_without_a_limit_of_hours_or_of_risk_asks_for_neither)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.n_busy = 1;
    s.busy[0] = (struct busy){t.end_min, t.end_min + 300, 300, {0, 0}};
    t.risk = 500;
    CHECK_EQ(fit_of(&p, &s, &t).hard_all, 1u << HARD_DAY | 1u << HARD_TRUST);
    p.day_max_h = p.risk_max = 0;
    CHECK_EQ(fit_of(&p, &s, &t).hard_all, 0);
    t.verified = false;
    CHECK_EQ(fit_of(&p, &s, &t).hard_all, 1u << HARD_TRUST);
}

TEST(hours_may_go_over_midnight)
{
    static const struct {
        int16_t from, to;
        int32_t begins, ends;
        enum hard hard;
    } table[] = {
        {1200, 360, 1200, 1800, HARD_NONE}, /* 20:00 to 6:00, the whole of it */
        {1200, 360, 1320, 1440, HARD_NONE},  {1200, 360, 0, 360, HARD_NONE},      {1200, 360, 60, 300, HARD_NONE},
        {1200, 360, 1199, 1800, HARD_HOURS}, {1200, 360, 1200, 1801, HARD_HOURS}, {1200, 360, 0, 361, HARD_HOURS},
        {1200, 360, 540, 1080, HARD_HOURS},  {360, 1200, 60, 300, HARD_HOURS},    {1200, 0, 1200, 1800, HARD_NONE},
        {1200, 0, 60, 300, HARD_HOURS},      {0, 360, 60, 300, HARD_NONE},        {0, 360, 1380, 1500, HARD_HOURS}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct seeker s = plain_seeker();
        struct slot t = plain_slot();
        s.from_min = table[i].from;
        s.to_min = table[i].to;
        t.end_min = t.start_min - slot_from(&t) + table[i].ends;
        t.start_min += table[i].begins - slot_from(&t);
        CHECK_EQ(hard_now(&s, &t), table[i].hard);
    }
}

TEST(what_a_person_states_is_hard_and_the_rest_is_not)
{
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.from_min = 541;
    CHECK_EQ(hard_now(&s, &t), HARD_HOURS);
    s.from_min = 0;
    s.to_min = 1079;
    CHECK_EQ(hard_now(&s, &t), HARD_HOURS);
    s.to_min = 1080;
    s.travel_max_min = 5;
    t.place.lat += 9000;
    CHECK_EQ(hard_now(&s, &t), HARD_REACH);
    s.travel_max_min = 0;
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.floor_fen = 3001;
    CHECK_EQ(hard_now(&s, &t), HARD_PAY);
    s.floor_fen = 3000;
    s.limits = t.needs = 4;
    CHECK_EQ(hard_now(&s, &t), HARD_BODY);
    s.limits = 3;
    t.left = 1;
    CHECK_EQ(hard_now(&s, &t), HARD_NONE);
    s.seats = 2;
    CHECK_EQ(hard_now(&s, &t), HARD_FULL);
}

TEST(parts_follow_preferences_skills_and_ties)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.like_from_min = 540;
    s.like_to_min = 810; /* half of the shift */
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_TIME], 50000);
    s.like_from_min = 0;
    s.like_to_min = 100;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_TIME], 0);
    s.like_to_min = s.like_from_min = 600;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_TIME], 0);
    t.skills_wanted = 2 | 2 << 2; /* two skills at level 2 */
    s.skills = 1 | 3 << 2;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_SKILL], 75000);
    s.n_ties = 2;
    s.ties[1] = (struct tie){.employer_id = 3, .liked = -1, .rated = 1};
    struct fit f = fit_of(&p, &s, &t);
    CHECK_EQ(f.part[PART_AGAIN], 0);
    CHECK_EQ(f.part[PART_KNOWN], SCORE_ONE);
    s.trade = 2;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_TRADE], 60000);
    s.days_in[1] = 60;
    f = fit_of(&p, &s, &t);
    CHECK_EQ(f.part[PART_TRADE], 90000);
    CHECK(f.part[PART_EXPERIENCE] > 63000 && f.part[PART_EXPERIENCE] < 63300);
    s.trade = 11;
    s.days_in[1] = 0;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_TRADE], 25000);
    s.trade = 0;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_TRADE], 50000);
    t.trade = 200;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_EXPERIENCE], 0);
}

/* Every day, and over midnight when they end before they begin. */
TEST(preferred_hours_hold_on_the_day_after_as_well)
{
    static const struct {
        int32_t from_h, to_h, like_from_h, like_to_h, part;
    } known[] = {{22, 30, 0, 6, 75000},  {22, 30, 22, 6, 100000}, {0, 6, 22, 6, 100000},
                 {20, 28, 22, 6, 75000}, {6, 22, 22, 6, 0},       {6, 54, 8, 20, 50000},
                 {22, 30, 20, 24, 25000}};
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        int32_t day_min = t.start_min - t.start_min % 1440;
        t.start_min = day_min + known[k].from_h * 60;
        t.end_min = day_min + known[k].to_h * 60;
        s.like_from_min = (int16_t)(known[k].like_from_h * 60);
        s.like_to_min = (int16_t)(known[k].like_to_h * 60);
        CHECK_EQ(fit_of(&p, &s, &t).part[PART_TIME], known[k].part);
    }
}

TEST(without_a_wish_and_without_a_usual_pay_the_wage_counts_half)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    p.usual_hour_fen = 0;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_WAGE], 50000);
    s.floor_fen = 2000;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_WAGE], SCORE_ONE);
    t.shift_fen = t.hour_fen = 0;
    CHECK_EQ(fit_of(&p, &s, &t).part[PART_WAGE], 50000);
}

TEST(competition_shows_in_the_chance_and_not_in_the_score)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot(), crowded = t;
    crowded.suitors = 31;
    struct fit f = fit_of(&p, &s, &t), g = fit_of(&p, &s, &crowded);
    CHECK_EQ(f.total, g.total);
    CHECK(fit_chance(&p, &t, &f) > fit_chance(&p, &crowded, &g));
    int32_t among = fit_chance(&p, &crowded, &g);
    crowded.suitors = INT32_MAX - 1;
    CHECK(fit_chance(&p, &crowded, &g) < among);
    among = fit_chance(&p, &crowded, &g);
    crowded.suitors = INT32_MAX;
    CHECK_EQ(fit_chance(&p, &crowded, &g), among);
    p.now_min = t.start_min - 60;
    CHECK(fit_of(&p, &s, &t).q < f.q);
}

/* More pay never lowers, a longer way never raises; the bounds of the score. */
TEST(more_pay_never_lowers_and_farther_never_raises)
{
    uint64_t rnd = 5;
    struct market_params p = sample_params();
    int wrong = 0;
    for (int i = 0; i < PAIRS; i++) {
        struct seeker s = sample_seeker(&rnd, i + 1, SPREAD);
        struct slot t = sample_slot(&rnd, i + 1, SPREAD), better = t, farther = t;
        struct fit f = fit_of(&p, &s, &t);
        better.shift_fen += t.shift_fen ? 1 + dice_below(&rnd, 5000) : 0;
        wrong += fit_of(&p, &s, &better).total < f.total;
        farther.place.lat += (farther.place.lat > s.home.lat ? 1 : -1) * dice_below(&rnd, 100000);
        wrong += point_known(t.place) && !point_known(s.with) && fit_of(&p, &s, &farther).total > f.total;
        wrong += f.total < 0 || f.total > SCORE_ONE + 18000 + 15000 || f.q < 0 || f.q > SCORE_ONE;
    }
    CHECK_EQ(wrong, 0);
}

/* The quick look and the list of all that fails are two readings of the same constraints. */
TEST(the_quick_look_refuses_what_a_constraint_without_a_way_refuses_and_nothing_else)
{
    const uint32_t ways = 1u << HARD_CARE | 1u << HARD_REACH;
    uint64_t rnd = 17;
    struct market_params p = sample_params();
    int wrong = 0, refused = 0;
    for (int i = 0; i < PAIRS; i++) {
        struct seeker s = sample_seeker(&rnd, i + 1, SPREAD);
        struct slot t = sample_slot(&rnd, i + 1, SPREAD);
        struct fit f = fit_of(&p, &s, &t);
        bool want = f.hard_all & ~ways;
        wrong += hard_rules_out(&p, &s, &t) != want;
        wrong += hard_too_far(&s, &t, f.way_min) != ((f.hard_all & ways) != 0);
        wrong += fit_points(&p, &s, &t) != (f.hard ? 0 : f.total);
        refused += want;
    }
    CHECK_EQ(wrong, 0);
    CHECK(refused > PAIRS / 10 && refused < PAIRS);
}

TEST(any_values_give_a_defined_answer)
{
    uint64_t rnd = 11;
    int wrong = 0;
    for (int i = 0; i < PAIRS; i++) {
        struct seeker s;
        struct slot t;
        struct market_params p = sample_params();
        for (size_t k = 0; k < sizeof s; k++)
            ((unsigned char *)&s)[k] = (unsigned char)dice_below(&rnd, 256);
        for (size_t k = 0; k < sizeof t; k++)
            ((unsigned char *)&t)[k] = (unsigned char)dice_below(&rnd, 256);
        s.support = t.verified = true;
        s.n_busy %= MAX_BUSY + 1;
        s.n_ties %= MAX_TIES + 1;
        for (int k = 0; k < MAX_TIES; k++)
            s.ties[k].blocked = false;
        struct fit f = fit_of(&p, &s, &t);
        wrong += f.total < 0 || f.q < 0 || f.q > SCORE_ONE || fit_chance(&p, &t, &f) < 0;
    }
    CHECK_EQ(wrong, 0);
}
