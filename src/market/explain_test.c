/* explain_test.c - what is said about a list is true: reasons recomputed, changes tried, near misses
 * counted by hand (B19). */
#include <math.h>
#include <string.h>

#include "market/dice.h"
#include "market/explain.h"
#include "sample_town.h"
#include "test.h"

enum { PAIRS = 20000, SPREAD = 150000, THERE_FEN = 3100 };

/* 09:00-18:00 tomorrow with an hour's break, at the seeker's door. */
static struct slot plain_slot(void)
{
    int32_t from = sample_ask(ORDER_FIT, 1).today * 1440 + 1440 + 540;
    return (struct slot){.id = 7, .employer_id = 3, .trade = 1, .place = {113300000, 23100000}, .start_min = from,
                         .end_min = from + 540, .break_min = 60, .valid_to_day = FOREVER, .shift_fen = 24000,
                         .hour_fen = 3000, .left = 3, .cap = 3, .verified = true};
}

static struct seeker plain_seeker(void)
{
    return (struct seeker){.id = 1, .trade = 1, .home = {113300000, 23100000}, .outside = 35000, .seats = 1, .done = 9};
}

static void put_slot(struct market *m, const struct slot *t)
{
    CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = *t}));
}

/* ---- reasons ---- */

static double weight_of(const struct seeker *s, int k)
{
    double w = part_weights[k].weight / 1e5;
    return part_weights[k].employer ? 0.4 * w : 0.6 * w / (1 - s->outside / 1e5);
}

/* The reasons once more, by the definition in the header and in floating point. */
static int reasons_wrong(const struct seeker *s, const struct fit *f, const struct usual *u, const struct reasons *r)
{
    double sum = 0;
    int wrong = 0;
    for (int k = 0; k < PARTS; k++) {
        double mean = u->n < 2 ? 5e4 : (double)u->part[k] / (double)u->n, c = weight_of(s, k) * (f->part[k] - mean);
        sum += c;
        wrong += fabs(c - r->points[k]) > 1.01;
        bool named = k == r->good[0] || k == r->good[1];
        bool may = r->points[k] > 0 && (k == PART_SKILL ? f->part[k] > SKILL_NONE_WANTED : f->part[k] >= 60000);
        wrong += named && !may;
        wrong += may && !named && (r->good[1] < 0 || r->points[k] > r->points[r->good[1]]);
        bool little = k != PART_WAGE || u->n > 1 || (s->floor_fen > 0 && f->net_hour_fen <= s->floor_fen);
        wrong += r->points[k] < 0 && f->part[k] < 50000 && little && (r->bad < 0 || r->points[k] < r->points[r->bad]);
    }
    wrong += r->good[0] == r->good[1] && r->good[0] >= 0;
    wrong += r->good[1] >= 0 && r->points[r->good[1]] > r->points[r->good[0]];
    double mean_u = 0, mean_f = 0;
    for (int k = 0; k < PARTS; k++)
        *(part_weights[k].employer ? &mean_f : &mean_u) +=
            part_weights[k].weight / 1e5 * (u->n < 2 ? 5e4 : (double)u->part[k] / (double)u->n);
    double mean = 0.6 * (mean_u - s->outside) / (1 - s->outside / 1e5) + 0.4 * mean_f;
    if (f->u > s->outside) /* they add up to the difference of the surplus */
        wrong += fabs(f->surplus - mean - sum) > 12 / (1 - s->outside / 1e5);
    return wrong;
}

TEST(every_reason_recomputes_from_the_record)
{
    uint64_t rnd = 17;
    struct market_params p = sample_params();
    int wrong = 0, named = 0;
    for (int i = 0; i < PAIRS; i++) {
        struct seeker s = sample_seeker(&rnd, i + 1, SPREAD);
        s.outside = s.outside > 95000 ? 95000 : s.outside;
        struct usual u = {.n = dice_below(&rnd, 40)};
        struct slot t = sample_slot(&rnd, 1, SPREAD);
        for (int64_t k = 0; k < u.n; k++) {
            struct slot other = sample_slot(&rnd, 2 + k, SPREAD);
            struct fit o = fit_of(&p, &s, &other);
            for (int part = 0; part < PARTS; part++)
                u.part[part] += o.part[part];
        }
        struct fit f = fit_of(&p, &s, &t);
        struct reasons r = fit_reasons(&s, &f, &u);
        wrong += reasons_wrong(&s, &f, &u, &r);
        named += (r.good[0] >= 0) + (r.bad >= 0);
    }
    CHECK_EQ(wrong, 0);
    CHECK(named > PAIRS);
}

TEST(a_whole_city_to_compare_with_is_not_too_many)
{
    uint64_t rnd = 19;
    struct market_params p = sample_params();
    struct seeker s = sample_seeker(&rnd, 1, SPREAD);
    struct slot t = sample_slot(&rnd, 1, SPREAD), other = sample_slot(&rnd, 2, SPREAD);
    struct fit f = fit_of(&p, &s, &t), o = fit_of(&p, &s, &other);
    struct usual few = {.n = 2}, many = {.n = 2000000};
    for (int k = 0; k < PARTS; k++) {
        few.part[k] = few.n * o.part[k];
        many.part[k] = many.n * o.part[k];
    }
    struct reasons a = fit_reasons(&s, &f, &few), b = fit_reasons(&s, &f, &many);
    CHECK(memcmp(&a, &b, sizeof a) == 0);
}

TEST(a_skill_is_a_reason_only_where_one_is_wanted)
{
    struct market_params p = sample_params();
    uint64_t rnd = 5;
    struct seeker s = sample_seeker(&rnd, 1, SPREAD);
    struct slot t = sample_slot(&rnd, 1, SPREAD);
    struct usual poor = {.n = 2}; /* everything else is worse, so that whatever may be a reason is one */
    for (int wanted = 0; wanted < 2; wanted++) {
        t.skills_wanted = wanted ? 1 : 0;
        s.skills = wanted ? UINT64_MAX : 0;
        struct fit f = {.part = {[PART_SKILL] = fit_score(&p, &s, &t).part[PART_SKILL]}};
        CHECK_EQ(fit_reasons(&s, &f, &poor).good[0], wanted ? PART_SKILL : -1);
    }
}

TEST(pay_above_ones_wish_is_a_shortcoming_only_beside_work_that_brings_more)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    s.floor_fen = 2500; /* it brings 30 yuan an hour */
    struct fit f = fit_of(&p, &s, &t);
    struct usual alone = {.n = 0}, beside = {.n = 2};
    CHECK(f.part[PART_WAGE] > 0 && f.part[PART_WAGE] < SCORE_ONE / 2);
    CHECK(fit_reasons(&s, &f, &alone).bad != PART_WAGE);
    for (int k = 0; k < PARTS; k++)
        beside.part[k] = k == PART_WAGE ? SCORE_ONE : 2 * f.part[k];
    CHECK_EQ(fit_reasons(&s, &f, &beside).bad, PART_WAGE);
    CHECK(!wage_under(&s, &f));
    s.floor_fen = 3000;
    f = fit_of(&p, &s, &t);
    CHECK(wage_under(&s, &f));
    CHECK_EQ(fit_reasons(&s, &f, &alone).bad, PART_WAGE);
}

/* ---- what would change it ---- */

/* No time nearer to what he has now would do. */
static bool nothing_nearer(const struct market_params *p, const struct seeker *s, const struct slot *t, const struct what_if *w, int32_t now)
{
    int32_t far = w->to > now ? w->to - now : now - w->to;
    for (int32_t at = now - far + 1; at < now + far; at++) {
        struct seeker other = seeker_edited(s, w->edit, at);
        if (at > 0 && at <= 1440 && !fit_of(p, &other, t).hard)
            return false;
    }
    return w->later == (w->to > now);
}

/* One step less would not do. */
static bool is_least(const struct market_params *p, const struct seeker *s, const struct slot *t, const struct what_if *w)
{
    static const int8_t less[EDITS] = {[EDIT_FROM] = 1, [EDIT_TO] = -1, [EDIT_REACH] = -1, [EDIT_FLOOR] = 1};
    if (w->edit == EDIT_DROP || w->edit == EDIT_PICK)
        return nothing_nearer(p, s, t, w, w->edit == EDIT_DROP ? s->drop_min : s->pick_min);
    if (!less[w->edit] || (w->edit == EDIT_TO && w->to == 0))
        return true;
    struct seeker other = seeker_edited(s, w->edit, w->to + less[w->edit]);
    return fit_of(p, &other, t).hard != HARD_NONE;
}

TEST(every_counterfactual_is_true_and_the_least_change)
{
    uint64_t rnd = 23;
    struct market_params p = sample_params();
    int wrong = 0, seen[EDITS] = {0};
    for (int i = 0; i < 20 * PAIRS; i++) {
        struct seeker s = sample_seeker(&rnd, i + 1, SPREAD);
        struct slot t = sample_slot(&rnd, 1, SPREAD);
        struct what_if w[EDITS];
        struct fit now = fit_of(&p, &s, &t);
        size_t n = fit_what_if(&p, &s, &t, THERE_FEN, w);
        for (size_t k = 0; k < n; k++) {
            struct seeker other = seeker_edited(&s, w[k].edit, w[k].to);
            struct market_params as_then = p;
            as_then.usual_hour_fen = w[k].edit == EDIT_TRADE ? THERE_FEN : p.usual_hour_fen;
            struct fit then = fit_of(&as_then, &other, &t);
            seen[w[k].edit]++;
            wrong += then.hard || then.total != w[k].fit.total || then.rank != w[k].fit.rank;
            wrong += !now.hard && then.total <= now.total;
            wrong += now.hard && !is_least(&p, &s, &t, &w[k]);
            wrong += memcmp(&other, &s, sizeof s) == 0;
        }
    }
    CHECK_EQ(wrong, 0);
    for (int e = 0; e < EDITS; e++)
        CHECK(seen[e] > 20);
}

TEST(a_school_run_is_moved_to_the_nearer_side_of_the_shift)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct what_if w[EDITS];
    int32_t care = care_way_min(&s, &t);
    s.care_days = CARE_DAYS;
    s.pick_min = (int16_t)(t.start_min % 1440 - care + 5); /* five minutes sooner would do */
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK(w[0].edit == EDIT_PICK && !w[0].later);
    CHECK_EQ(w[0].to, s.pick_min - 5);
    s.drop_min = (int16_t)(t.end_min % 1440 + care - 5); /* and five minutes later, but one alone is not enough */
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0);
    s.pick_min = 0;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK(w[0].edit == EDIT_DROP && w[0].later);
    CHECK_EQ(w[0].to, s.drop_min + 5);
}

TEST(what_has_begun_no_change_opens)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct what_if w[EDITS];
    t.papers = 1;
    p.now_min = t.start_min - 1;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    p.now_min = t.start_min;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0);
}

/* What bars a night is the run of the morning after, which no hour of the evening before opens; and where no run is, none is moved. */
TEST(a_school_run_is_moved_only_where_it_bars)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct what_if w[EDITS];
    int32_t day = t.start_min / 1440, monday = day - (cal_weekday(day) - 1);
    s.care_days = SCHOOL_DAYS;
    s.pick_min = (int16_t)(t.start_min % 1440 + 60);
    t.end_min += (monday + 4 - day) * 1440;
    t.start_min += (monday + 4 - day) * 1440; /* Friday */
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK(w[0].edit == EDIT_PICK && !w[0].later);
    t.start_min += 1440;
    t.end_min += 1440;
    CHECK_EQ(fit_of(&p, &s, &t).hard, HARD_NONE);
    for (size_t n = fit_what_if(&p, &s, &t, THERE_FEN, w), i = 0; i < n; i++)
        CHECK(w[i].edit != EDIT_PICK && w[i].edit != EDIT_DROP);
    s.pick_min = 0;
    s.drop_min = 500;
    t.start_min = (monday + 6) * 1440 + 1320; /* from Sunday evening to Monday at nine */
    t.end_min = t.start_min + 660;
    CHECK_EQ(fit_of(&p, &s, &t).hard, HARD_CARE);
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0);
}

TEST(whom_staying_out_is_worth_nothing_or_everything_still_gets_reasons)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct usual u = {.n = 0};
    static const int32_t outside[][2] = {{-5, 0}, {SCORE_ONE, SCORE_ONE - 1}};
    for (int k = 0; k < 2; k++) {
        struct reasons r[2];
        for (int i = 0; i < 2; i++) {
            s.outside = outside[k][i];
            struct fit f = fit_of(&p, &s, &t);
            r[i] = fit_reasons(&s, &f, &u);
        }
        CHECK(r[0].good[0] >= 0 && memcmp(&r[0], &r[1], sizeof *r) == 0);
    }
}

TEST(no_single_change_is_named_where_one_is_not_enough)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct what_if w[EDITS];
    s.from_min = 600;
    s.to_min = 1000;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0); /* both ends are in the way */
    s.from_min = 0;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].edit, EDIT_TO);
    s.to_min = 0;
    s.travel_max_min = 60;
    t.place = (struct point){-66700000, -23100000}; /* the other side of the earth */
    CHECK_EQ(fit_of(&p, &s, &t).hard, HARD_REACH);
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0);
    s.travel_max_min = 0;
    t.papers = 5;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0); /* two certificates are two changes, */
    s.paper_to_day[0] = FOREVER;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].edit, EDIT_PAPERS);
    CHECK_EQ(w[0].to, 2);
    t.papers = 0;
    t.needs = s.limits = 3;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0); /* and two limits, */
    s.limits = 2;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].edit, EDIT_LIMITS);
    CHECK_EQ(w[0].to, 1);
    t.needs = 0;
    t.skills = 1 | 2 << 6;
    s.skills = 1 << 6;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 0); /* and two skills */
    s.skills |= 1;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].edit, EDIT_SKILLS);
    CHECK_EQ(w[0].to, 4 * 3 + 2); /* skill 3, practised */
    CHECK_EQ(seeker_edited(&s, w[0].edit, w[0].to).skills, t.skills);
}

TEST(beyond_midnight_only_no_latest_hour_at_all_is_late_enough)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct what_if w[EDITS];
    s.from_min = 480;
    s.to_min = 1380;
    t.start_min += 540; /* 18:00 to 3:00 */
    t.end_min += 540;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].edit, EDIT_TO);
    CHECK_EQ(w[0].to, 0);
    t.end_min = t.start_min + 360; /* midnight is still an hour of that day */
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].to, 1440);
}

TEST(to_whom_works_over_midnight_the_latest_hour_is_one_of_the_morning)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct slot t = plain_slot();
    struct what_if w[EDITS];
    s.from_min = 1080;
    s.to_min = 120;
    t.start_min += 540; /* 18:00 to 3:00 */
    t.end_min += 540;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].edit, EDIT_TO);
    CHECK_EQ(w[0].to, 180);
    t.end_min = t.start_min + 1440; /* round the clock */
    t.break_min = 900;
    CHECK_EQ(fit_what_if(&p, &s, &t, THERE_FEN, w), 1);
    CHECK_EQ(w[0].to, 0);
}

TEST(another_trade_is_scored_with_the_pay_that_is_usual_there)
{
    struct market_params p = sample_params();
    struct seeker s = plain_seeker(), other = s;
    struct slot t = plain_slot();
    struct what_if w[EDITS];
    s.trade = 7;
    p.usual_hour_fen = 2400;
    CHECK_EQ(fit_what_if(&p, &s, &t, 2600, w), 1);
    CHECK_EQ(w[0].edit, EDIT_TRADE);
    p.usual_hour_fen = 2600;
    CHECK_EQ(w[0].fit.rank, fit_of(&p, &other, &t).rank);
    p.usual_hour_fen = 2400;
    s.days_in[1] = 30; /* almost as good as wanted: what is lost in the wage weighs more */
    CHECK_EQ(fit_what_if(&p, &s, &t, 4000, w), 0);
}

TEST(every_constraint_and_every_change_has_a_name)
{
    for (int h = 0; h < HARD_COUNT; h++)
        CHECK(hard_key((enum hard)h)[0]);
    for (int e = 0; e < EDITS; e++)
        CHECK(edit_key((enum edit)e)[0]);
}

TEST(the_nearest_miss_is_one_that_a_person_can_lift)
{
    struct near near = {.of = {[HARD_FULL] = {{.opens = 9}}, [HARD_CARE] = {{.opens = 4}}, [HARD_REACH] = {{.opens = 5}}}};
    CHECK_EQ(near_best(&near).hard, HARD_REACH);
    near.of[HARD_SKILL][3].opens = 6;
    CHECK_EQ(near_best(&near).hard, HARD_SKILL);
    CHECK_EQ(near_best(&near).which, 3);
    near = (struct near){.of = {[HARD_FULL] = {{.opens = 9}}}};
    CHECK_EQ(near_best(&near).hard, HARD_NONE);
}

/* ---- near misses ---- */

static struct slot paying(int64_t id, int32_t fen)
{
    struct slot t = plain_slot();
    t.id = id;
    t.hour_fen = fen;
    return t;
}

TEST(near_misses_count_what_one_change_alone_would_open)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct question q = sample_ask(ORDER_FIT, 10);
    struct slot t = paying(1, 3000);
    put_slot(m, &t);
    t = paying(2, 2400);
    put_slot(m, &t);
    t = paying(3, 2400);
    t.needs = 1;
    put_slot(m, &t);
    t = paying(4, 3000);
    t.left = 0;
    put_slot(m, &t);
    t = paying(5, 2400);
    t.place.lat += 400000; /* 44 km */
    put_slot(m, &t);
    t = paying(6, 3000);
    t.place.lat += 400000;
    put_slot(m, &t);
    t = paying(7, 2400);
    put_slot(m, &t);
    s.floor_fen = 2500;
    s.limits = 1;
    s.travel_max_min = 60;
    struct finder *f = market_read(m);
    struct near near = market_near_miss(f, &p, &s, &q);
    CHECK_EQ(near.of[HARD_NONE][0].opens, 1);
    CHECK_EQ(near.of[HARD_PAY][0].opens, 2); /* the third and the fifth have two reasons */
    CHECK_EQ(near.of[HARD_REACH][0].opens, 1);
    CHECK_EQ(near.of[HARD_PAY][0].soonest_id, 2);
    CHECK_EQ(near.of[HARD_BODY][0].opens, 0);
    CHECK_EQ(near.of[HARD_FULL][0].opens, 0); /* nothing that he could change */
    CHECK_EQ(near_best(&near).hard, HARD_PAY);
    CHECK(!near_best(&near).more);
    CHECK_EQ(near_best(&near).miss.opens, 2);
    market_done(f);
    market_free(m);
}

TEST(what_opens_very_many_shifts_is_counted_so_far_that_it_is_the_most)
{
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct question q = sample_ask(ORDER_FIT, 10);
    for (int64_t id = 1; id <= 4 * NEAR_LOOKS; id++) {
        struct slot t = paying(id, id % 4 ? 2400 : 3000);
        t.needs = id % 4 ? 0 : 1;
        t.place.lon += (int32_t)(id * 7919 % 10000); /* of both kinds everywhere */
        put_slot(m, &t);
    }
    struct slot t = paying(4 * NEAR_LOOKS + 1, 3000);
    t.place.lat += 400000;
    put_slot(m, &t);
    s.floor_fen = 2500;
    s.limits = 1;
    s.travel_max_min = 60;
    struct finder *f = market_read(m);
    struct near near = market_near_miss(f, &p, &s, &q);
    struct near_change best = near_best(&near);
    CHECK_EQ(best.hard, HARD_PAY);
    CHECK(best.more && best.miss.opens > NEAR_MANY && best.miss.opens < 3 * NEAR_LOOKS);
    CHECK_EQ(near.more, 1u << HARD_PAY | 1u << HARD_BODY);
    CHECK_EQ(near.of[HARD_REACH][0].opens, 1); /* what opens few is counted to the end */
    CHECK_EQ(near.of[HARD_REACH][0].soonest_id, 4 * NEAR_LOOKS + 1);
    near = market_near_miss_scan(f, &p, &s, &q);
    CHECK_EQ(near.of[HARD_PAY][0].opens, 3 * NEAR_LOOKS);
    CHECK(!near.more);
    market_done(f);
    market_free(m);
}

/* Puts n shifts that demand what `demand` does. */
static void put_many(struct market *m, int n, const struct slot *demand)
{
    static int64_t last;
    for (int i = 0; i < n; i++) {
        struct slot t = paying(++last, 3000);
        t.papers = demand->papers;
        t.needs = demand->needs;
        t.skills = demand->skills;
        put_slot(m, &t);
    }
}

TEST(certificates_limits_and_skills_are_counted_one_by_one)
{
    static const struct {
        enum hard hard;
        int which[2];
        struct slot one, other, both;
    } of[] = {{HARD_PAPERS, {0, 4}, {.papers = 1}, {.papers = 16}, {.papers = 17}},
              {HARD_BODY, {1, 3}, {.needs = 2}, {.needs = 8}, {.needs = 10}},
              {HARD_SKILL, {0, 15}, {.skills = 1}, {.skills = 1 << 30}, {.skills = 1 | 1 << 30}}};
    struct market_params p = sample_params();
    struct seeker s = plain_seeker();
    struct question q = sample_ask(ORDER_FIT, 10);
    s.limits = 10;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        struct market *m = market_new();
        put_many(m, 3, &of[i].one);
        put_many(m, 4, &of[i].other);
        put_many(m, 5, &of[i].both); /* two things are missing: no single change opens it */
        struct finder *f = market_read(m);
        struct near near = market_near_miss(f, &p, &s, &q);
        CHECK_EQ(near.of[of[i].hard][of[i].which[0]].opens, 3);
        CHECK_EQ(near.of[of[i].hard][of[i].which[1]].opens, 4);
        struct near_change best = near_best(&near);
        CHECK_EQ(best.hard, of[i].hard);
        CHECK_EQ(best.which, of[i].which[1]);
        CHECK_EQ(best.miss.opens, 4);
        struct what_if w[EDITS];
        const struct slot *t = market_slot(f, best.miss.soonest_id);
        CHECK_EQ(fit_what_if(&p, &s, t, THERE_FEN, w), 1);
        struct seeker then = seeker_edited(&s, w[0].edit, w[0].to);
        const struct hit *hits;
        CHECK_EQ(market_top(f, &p, &then, &q, &hits), 4); /* and it opens as many as was said */
        market_done(f);
        market_free(m);
    }
}

/* What stands on an employer's list. */
static struct usual sum_of(const struct fit *f, int n)
{
    struct usual u = {.n = n};
    for (int i = 0; i < n; i++)
        for (int k = 0; k < PARTS; k++)
            u.part[k] += f[i].part[k];
    return u;
}

TEST(the_reasons_of_a_list_recompute_from_the_parts_of_the_others)
{
    uint64_t rnd = 97;
    struct market_params p = sample_params();
    struct fit f[20];
    int wrong = 0, named = 0;
    struct slot t = sample_slot(&rnd, 1, 100000);
    t.skills_wanted = 5;
    for (int i = 0; i < 20; i++) {
        struct seeker s = sample_seeker(&rnd, i + 1, 100000);
        f[i] = fit_score(&p, &s, &t);
    }
    struct usual list = sum_of(f, 20);
    for (int i = 0; i < 20; i++) {
        struct reasons r = list_reasons(&f[i], &list, LIST_PARTS);
        for (int k = 0; k < PARTS; k++) {
            double mean = (double)(list.part[k] - f[i].part[k]) / 19, a = part_weights[k].employer ? 0.4 : 0.6;
            double points = LIST_PARTS >> k & 1 ? a * part_weights[k].weight / SCORE_ONE * (f[i].part[k] - mean) : 0;
            wrong += points - r.points[k] > 1 || r.points[k] - points > 1;
            bool spoken = k == r.good[0] || k == r.good[1] || k == r.bad;
            wrong += spoken && !(LIST_PARTS >> k & 1);
            named += spoken;
        }
        wrong += r.good[0] >= 0 && r.points[r.good[0]] < 1000;
        wrong += r.good[1] >= 0 && r.points[r.good[1]] > r.points[r.good[0]];
        wrong += r.bad >= 0 && (r.points[r.bad] > -1000 || f[i].part[r.bad] >= SCORE_ONE / 2);
    }
    CHECK_EQ(wrong, 0);
    CHECK(named > 20);
}

TEST(on_a_list_nothing_is_said_of_what_is_not_asked_for)
{
    struct fit f[2] = {{.part = {[PART_WAGE] = SCORE_ONE, [PART_RELIABLE] = SCORE_ONE, [PART_KNOWN] = SCORE_ONE}}, {.part = {[PART_WAGE] = 0}}};
    struct usual list = sum_of(f, 2);
    struct reasons r = list_reasons(&f[0], &list, LIST_PARTS & ~(1u << PART_RELIABLE));
    CHECK_EQ(r.good[0], PART_KNOWN);
    CHECK_EQ(r.good[1], -1);
    CHECK_EQ(r.points[PART_RELIABLE], 0);
    CHECK_EQ(r.points[PART_WAGE], 0);
    struct usual alone = sum_of(f, 1); /* with nobody to compare with: one half */
    CHECK_EQ(list_reasons(&f[0], &alone, LIST_PARTS).points[PART_KNOWN], 3000);
}

TEST(what_holds_of_nearly_everybody_on_a_list_is_no_reason)
{
    struct fit f[60] = {{.part = {[PART_SKILL] = SCORE_ONE}}}; /* one knows it, the others do not */
    struct usual list = sum_of(f, 60);
    CHECK_EQ(list_reasons(&f[0], &list, LIST_PARTS).good[0], PART_SKILL);
    CHECK_EQ(list_reasons(&f[1], &list, LIST_PARTS).points[PART_SKILL], -305);
    CHECK_EQ(list_reasons(&f[1], &list, LIST_PARTS).bad, -1);
}
