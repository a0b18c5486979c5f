/* explain_test.c - what is said about a list is true: reasons recomputed, changes tried, near misses
 * counted by hand (B19). */
#include <math.h>
#include <string.h>

#include "market/dice.h"
#include "market/explain.h"
#include "sample_town.h"
#include "test.h"

enum { PAIRS = 20000, SPREAD = 150000 };

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
        bool may = r->points[k] > 0 && f->part[k] >= 60000;
        wrong += named && !may;
        wrong += may && !named && (r->good[1] < 0 || r->points[k] > r->points[r->good[1]]);
        wrong += r->points[k] < 0 && f->part[k] < 50000 && (r->bad < 0 || r->points[k] < r->points[r->bad]);
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

/* ---- what would change it ---- */

/* One step less would not do. */
static bool is_least(const struct market_params *p, const struct seeker *s, const struct slot *t, const struct what_if *w)
{
    static const int8_t less[EDITS] = {[EDIT_FROM] = 1, [EDIT_TO] = -1, [EDIT_DROP] = 1, [EDIT_PICK] = -1, [EDIT_REACH] = -1, [EDIT_FLOOR] = 1};
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
        size_t n = fit_what_if(&p, &s, &t, w);
        for (size_t k = 0; k < n; k++) {
            struct seeker other = seeker_edited(&s, w[k].edit, w[k].to);
            struct fit then = fit_of(&p, &other, &t);
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
    CHECK_EQ(fit_what_if(&p, &s, &t, w), 0); /* both ends are in the way */
    s.from_min = 0;
    CHECK_EQ(fit_what_if(&p, &s, &t, w), 1);
    CHECK_EQ(w[0].edit, EDIT_TO);
    s.to_min = 0;
    s.travel_max_min = 60;
    t.place = (struct point){-66700000, -23100000}; /* the other side of the earth */
    CHECK_EQ(fit_of(&p, &s, &t).hard, HARD_REACH);
    CHECK_EQ(fit_what_if(&p, &s, &t, w), 0);
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
    size_t opens[HARD_COUNT] = {[HARD_FULL] = 9, [HARD_CARE] = 4, [HARD_REACH] = 5};
    CHECK_EQ(near_best(opens), HARD_REACH);
    opens[HARD_CARE] = opens[HARD_REACH] = 0;
    CHECK_EQ(near_best(opens), HARD_NONE);
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
    t.place.lat += 1000000; /* 111 km */
    put_slot(m, &t);
    t = paying(6, 3000);
    t.place.lat += 1000000;
    put_slot(m, &t);
    t = paying(7, 2400);
    put_slot(m, &t);
    s.floor_fen = 2500;
    s.limits = 1;
    s.travel_max_min = 60;
    struct finder *f = market_read(m);
    struct near near = market_near_miss(f, &p, &s, &q);
    CHECK_EQ(near.opens[HARD_NONE], 1);
    CHECK_EQ(near.opens[HARD_PAY], 2); /* the third and the fifth have two reasons */
    CHECK_EQ(near.opens[HARD_REACH], 1);
    CHECK_EQ(near.soonest_id[HARD_PAY], 2);
    CHECK_EQ(near.opens[HARD_BODY], 0);
    CHECK_EQ(near.opens[HARD_FULL], 1);
    CHECK_EQ(near_best(near.opens), HARD_PAY);
    market_done(f);
    market_free(m);
}
