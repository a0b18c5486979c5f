/* match_test.c - what is pure: slots, seekers, sorting, the words of a reason; and that nothing of a
 * person or post that must not count reaches the engine (B8). */
#include <string.h>

#include "feature/match/match_market.h"
#include "market/city.h"
#include "market/dice.h"
#include "test.h"

static const struct match_law law = {16, 18, 2};
static const struct job sewing = {.id = 7, .employer_id = 3, .trade = 1, .place = {113.33, 23.09}, .pay_unit = PAY_DAY,
                                  .pay_fen = 26000, .level = LEVEL_VISITED, .verified_ms = 20000LL * DAY_MS, .state = JOB_OPEN,
                                  .shift_id = 9, .start_ms = 20003LL * DAY_MS, .end_ms = 20003LL * DAY_MS + 9 * HOUR_MS,
                                  .break_min = 60, .cap = 5, .taken = 2, .left = 3, .offers = 1u << OFFER_MEALS};

TEST(a_slot_has_the_pay_of_the_shift_and_what_comes_with_it)
{
    struct slot s = match_slot(&sewing);
    CHECK_EQ(s.id, 9);
    CHECK_EQ(s.left, 3);
    CHECK_EQ(s.shift_fen, 26000);
    CHECK_EQ(s.hour_fen, 3250);
    CHECK_EQ(s.extra_fen, 1500);
    CHECK_EQ(s.end_min - s.start_min, 540);
    CHECK(s.verified);
    struct job held = sewing;
    held.state = JOB_HELD;
    CHECK(!match_slot(&held).verified);
}

TEST(a_seeker_is_busy_with_what_is_active_and_ahead_only)
{
    int64_t now = 20003LL * DAY_MS;
    struct match_work w[3] = {
        {.trade = 1, .h = {.start_ms = now + HOUR_MS, .end_ms = now + 9 * HOUR_MS, .break_min = 60}},
        {.trade = 1, .h = {.state = HIRE_CANCELLED_WORKER, .start_ms = now + HOUR_MS, .end_ms = now + 9 * HOUR_MS}},
        {.trade = 1, .h = {.state = HIRE_SETTLED, .start_ms = now - 4LL * DAY_MS, .end_ms = now - 3LL * DAY_MS, .out_ms = now - 3LL * DAY_MS}}};
    struct match_person p = {.p = {.id = 1, .trade = 2, .born = cal_date(cal_ymd(cal_day(now) - 366 * 52)), .made_ms = now - 30LL * DAY_MS, .floor_fen = 2500},
                             .works = w, .n_works = 3};
    struct seeker s = match_seeker(&p, law, now);
    CHECK_EQ(s.n_busy, 1);
    CHECK_EQ(s.busy[0].from_min, cal_market_min(now + HOUR_MS));
    CHECK_EQ(s.busy[0].work_min, 420);
    CHECK_EQ(s.days_in[1], 1);
    CHECK_EQ(s.done, 1);
    CHECK_EQ(s.idle_since_min, cal_market_min(now - 3LL * DAY_MS));
    CHECK_EQ(s.work_from_day, 0);
    CHECK_EQ(s.night_from_day, 0);
    CHECK_EQ(s.floor_fen, 2500);
}

TEST(of_the_age_only_the_days_of_the_law_are_left)
{
    int64_t now = 20003LL * DAY_MS;
    struct match_person p = {.p = {.id = 1}};
    struct seeker s = match_seeker(&p, law, now);
    CHECK_EQ(s.work_from_day, 0);
    CHECK_EQ(s.night_from_day, FOREVER); /* not stated: no night until it is */
    p.p.age_said = AGE_MINOR; /* not of age on any day to come, whatever the day of birth */
    s = match_seeker(&p, law, now);
    CHECK(s.night_from_day > 1000000 && s.night_from_day != FOREVER);
    CHECK_EQ(s.limits, 0);
    p.p.age_said = AGE_ADULT;
    s = match_seeker(&p, law, now);
    CHECK_EQ(s.night_from_day, FOREVER);
    CHECK_EQ(s.limits, 0);
    p.p.born = cal_date((struct ymd){2008, 2, 29});
    s = match_seeker(&p, law, now); /* 2024-10 */
    CHECK_EQ(s.work_from_day, 0);
    CHECK_EQ(s.night_from_day, cal_from_ymd((struct ymd){2026, 3, 1}));
    CHECK_EQ(s.limits, 0); /* what he himself says he cannot do */
}

TEST(the_partners_work_counts_only_for_who_would_rather_be_near)
{
    int64_t now = 20003LL * DAY_MS;
    struct match_work w = {.h = {.start_ms = now + HOUR_MS, .end_ms = now + 9 * HOUR_MS}, .place = {113.3, 23.1}};
    struct match_person p = {.p = {.id = 1, .partner_id = 2}, .partner_works = &w, .n_partner_works = 1};
    CHECK(!point_known(match_seeker(&p, law, now).with));
    p.partner_together = TOGETHER_PREFER;
    CHECK(point_known(match_seeker(&p, law, now).with));
    CHECK_EQ(match_seeker(&p, law, now).seats, 1);
    p.p.together = TOGETHER_MUST;
    CHECK_EQ(match_seeker(&p, law, now).seats, 2);
}

/* ---- B8: flips of what must not count ---- */

enum { FLIPS = 100000 };

static struct person some_person(uint64_t *rnd)
{
    return (struct person){.id = 1, .city = 440100, .trade = dice_below(rnd, 25), .born = cal_date(cal_ymd(1000 + dice_below(rnd, 12000))),
                           .home = {113.2 + dice_below(rnd, 200) / 1e3, 23 + dice_below(rnd, 200) / 1e3},
                           .from_min = dice_below(rnd, 600), .to_min = dice_below(rnd, 2) ? 0 : 1200, .limits = (uint32_t)dice_below(rnd, 32),
                           .wishes = (uint32_t)dice_below(rnd, 64), .skills = (uint32_t)dice_below(rnd, 1 << SKILLS),
                           .floor_fen = dice_below(rnd, 2) ? 0 : 2400, .made_ms = 20000LL * DAY_MS};
}

/* Sex and origin (both in the ID number), name, age of an adult, health and family notes, district. */
static void flip_person(uint64_t *rnd, struct person *p)
{
    static const struct str ids[] = {S("440105198001011234"), S("522401199902022345"), S("650102197703033456"), S("")};
    static const struct str names[] = {S("阿依古丽"), S("陈师傅"), S("王秀英"), S("")};
    switch (dice_below(rnd, 8)) {
    case 0:
        p->id_number = ids[dice_below(rnd, 4)];
        break;
    case 1:
        p->name = names[dice_below(rnd, 4)];
        break;
    case 2:
        p->born = cal_date(cal_ymd(1000 + dice_below(rnd, 12000))); /* of age either way */
        break;
    case 3:
        p->note = dice_below(rnd, 2) ? S("两个孩子,离异") : S("残疾证四级");
        break;
    case 4:
        p->district = 440100 + dice_below(rnd, 20);
        break;
    case 5:
        p->phone = dice_below(rnd, 2) ? S("13811112222") : S("+8613900000000");
        break;
    case 6:
        p->home_text = names[dice_below(rnd, 4)];
        break;
    default:
        p->by_id = dice_below(rnd, 100);
        p->need_by = dice_below(rnd, 30000);
        p->consent_ms = dice_below(rnd, 1000);
        p->papers = (uint32_t)dice_below(rnd, 32); /* what is said; what was seen counts */
    }
}

static void flip_job(uint64_t *rnd, struct job *j)
{
    static const struct str texts[] = {S("限女性,25至35岁"), S("男女不限"), S("只要本地人"), S("")};
    j->title = texts[dice_below(rnd, 4)];
    j->text = texts[dice_below(rnd, 4)];
    j->employer_name = texts[dice_below(rnd, 4)];
    j->source = texts[dice_below(rnd, 4)];
    j->verified_by = dice_below(rnd, 100);
}

TEST(a_hundred_thousand_flips_of_what_must_not_count_change_nothing)
{
    uint64_t rnd = 29;
    int64_t now = 20003LL * DAY_MS;
    struct market_params params = market_defaults;
    int changed = 0, alive = 0;
    params.usual_hour_fen = 2500;
    for (int i = 0; i < FLIPS; i++) {
        struct match_person p = {.p = some_person(&rnd)}, q = p;
        struct job j = sewing, k;
        j.trade = dice_below(&rnd, 25);
        j.needs = 1u << dice_below(&rnd, 5);
        k = j;
        for (int n = 1 + dice_below(&rnd, 3); n; n--)
            flip_person(&rnd, &q.p);
        flip_job(&rnd, &k);
        struct seeker s = match_seeker(&p, law, now), t = match_seeker(&q, law, now);
        struct slot a = match_slot(&j), b = match_slot(&k);
        struct fit f = fit_of(&params, &s, &a), g = fit_of(&params, &t, &b);
        changed += memcmp(&s, &t, sizeof s) != 0 || memcmp(&a, &b, sizeof a) != 0 || memcmp(&f, &g, sizeof f) != 0;
        q.p.trade = (p.p.trade + 1) % 25; /* the test can fail: a wish that counts changes something */
        t = match_seeker(&q, law, now);
        g = fit_of(&params, &t, &b);
        alive += g.total != f.total;
    }
    CHECK_EQ(changed, 0);
    CHECK(alive > FLIPS / 50);
}

TEST(the_sort_is_one_of_four_words)
{
    CHECK_EQ(match_order(S("near"), ORDER_FIT), ORDER_NEAR);
    CHECK_EQ(match_order(S("pay"), ORDER_FIT), ORDER_PAY);
    CHECK_EQ(match_order(S("soon"), ORDER_FIT), ORDER_SOON);
    CHECK_EQ(match_order(S("fit"), ORDER_SOON), ORDER_FIT);
    CHECK_EQ(match_order(S("x' OR 1"), ORDER_SOON), ORDER_SOON);
}

TEST(a_reason_knows_its_words_and_what_fills_them)
{
    struct seeker s = {.floor_fen = 2500};
    struct fit f = {.part = {[PART_TRADE] = SCORE_ONE, [PART_TIME] = SCORE_ONE * 7 / 10}};
    CHECK_STR(str_c(match_why(PART_WAGE, true, &s, &f).key), S("match.why.wage.good"));
    CHECK_EQ(match_why(PART_WAGE, true, &s, &f).arg, WHY_NET_HOUR);
    CHECK_STR(str_c(match_why(PART_WAGE, false, &s, &f).key), S("match.why.wage.bad"));
    f.part[PART_WAGE] = SCORE_ONE / 4; /* above what he wishes: little only beside what else there is */
    CHECK_STR(str_c(match_why(PART_WAGE, false, &s, &f).key), S("match.why.wage.less"));
    f.part[PART_WAGE] = 0;
    s.floor_fen = 0;
    CHECK_STR(str_c(match_why(PART_WAGE, false, &s, &f).key), S("match.why.wage.less"));
    f.way_min = -1;
    CHECK_STR(str_c(match_why(PART_WAGE, false, &s, &f).key), S("match.why.wage.guess_less"));
    s.floor_fen = 2500;
    /* then what comes of an hour is reckoned with a guess, and says so */
    CHECK_STR(str_c(match_why(PART_WAGE, false, &s, &f).key), S("match.why.wage.guess_bad"));
    f.way_min = 12;
    CHECK_EQ(match_why(PART_WAY, false, &s, &f).arg, WHY_MINUTES);
    CHECK_STR(str_c(match_why(PART_TRADE, true, &s, &f).key), S("match.why.trade.same"));
    CHECK_STR(str_c(match_why(PART_TIME, true, &s, &f).key), S("match.why.time.night"));
    CHECK_EQ(match_why(PART_WISHES, false, &s, &f).arg, WHY_MISSING);
    CHECK(!match_why(-1, true, &s, &f).key);
    CHECK(!match_why(PARTS, false, &s, &f).key);
}

TEST(an_employer_is_told_of_the_work_alone)
{
    for (int k = 0; k < PARTS; k++) {
        bool told = LIST_PARTS >> k & 1;
        CHECK_EQ(match_who(k, true).key != NULL, told);
        CHECK_EQ(match_who(k, false).key != NULL, told && k != PART_RELIABLE);
    }
    CHECK_EQ(match_who(PART_WAY, false).arg, WHY_MINUTES);
    CHECK(!match_who(-1, true).key && !match_who(PARTS, false).key);
}

TEST(every_near_miss_has_a_sentence)
{
    CHECK_STR(str_c(match_near_key(HARD_CARE)), S("match.near.care"));
    CHECK_STR(str_c(match_near_key(HARD_NONE)), S("match.near.none"));
    CHECK_STR(str_c(match_near_key(HARD_FULL)), S("match.near.none"));
    CHECK_STR(str_c(match_near_which_key(HARD_SKILL)), S("match.near.which.skill"));
    CHECK(!match_near_which_key(HARD_CARE) && !match_near_which_key(HARD_COUNT));
}

TEST(a_shift_stands_under_the_change_that_opens_most_only_where_it_is_opened_by_that)
{
    const struct near_change paper = {.hard = HARD_PAPERS, .which = 1}, skill = {.hard = HARD_SKILL, .which = 2}, hours = {.hard = HARD_HOURS};
    CHECK(match_of_change(&paper, &(struct what_if){.edit = EDIT_PAPERS, .to = 1}));
    CHECK(!match_of_change(&paper, &(struct what_if){.edit = EDIT_PAPERS, .to = 0}));
    CHECK(!match_of_change(&paper, &(struct what_if){.edit = EDIT_LIMITS, .to = 1}));
    CHECK(match_of_change(&skill, &(struct what_if){.edit = EDIT_SKILLS, .to = 9}));
    CHECK(!match_of_change(&skill, &(struct what_if){.edit = EDIT_SKILLS, .to = 2}));
    CHECK(match_of_change(&hours, &(struct what_if){.edit = EDIT_TO, .to = 1300}));
}

TEST(a_crowd_is_named_only_where_there_is_one)
{
    struct slot t = {.left = 3, .price = 100, .suitors = 23};
    CHECK_EQ(match_crowd(&t), 8);
    t.suitors = 5;
    CHECK_EQ(match_crowd(&t), 0);
    t.suitors = 50;
    t.price = 0;
    CHECK_EQ(match_crowd(&t), 0);
    t = (struct slot){.left = 0, .price = 1, .suitors = 2};
    CHECK_EQ(match_crowd(&t), 2);
}

TEST(a_chance_is_called_small_only_below_the_price)
{
    struct slot t = {.price = 30000};
    CHECK(match_slim(&t, &(struct fit){.total = 29999}));
    CHECK(!match_slim(&t, &(struct fit){.total = 30000}));
    t.line = 28000; /* "over the line: there is hope" would stand beside it */
    CHECK(!match_slim(&t, &(struct fit){.total = 28000}));
    CHECK(match_slim(&t, &(struct fit){.total = 27999}));
}

TEST(the_line_and_the_own_points_never_say_the_opposite_of_what_is)
{
    struct slot t = {.price = 40000, .line = 61800};
    struct match_line x;
    CHECK(match_line(&t, &(struct fit){.total = 61500}, &x));
    CHECK(!x.over && x.line == 62 && x.own == 61);
    CHECK(match_line(&t, &(struct fit){.total = 61800}, &x));
    CHECK(x.over && x.line == 61 && x.own == 61);
    CHECK(match_line(&t, &(struct fit){.total = 71200}, &x));
    CHECK(x.over && x.line == 61 && x.own == 71);
    t.line = 0;
    CHECK(!match_line(&t, &(struct fit){.total = 61500}, &x));
    t = (struct slot){.price = 0, .line = 61800};
    CHECK(!match_line(&t, &(struct fit){.total = 61500}, &x));
}

TEST(more_shifts_than_fit_do_not_write_past_the_end)
{
    int64_t now = 20003LL * DAY_MS;
    struct match_work w[MAX_BUSY + 4];
    for (int i = 0; i < MAX_BUSY + 4; i++) /* latest first, as the store gives them */
        w[i] = (struct match_work){.h = {.start_ms = now + (20 - i) * HOUR_MS, .end_ms = now + (21 - i) * HOUR_MS}};
    struct match_person p = {.p = {.id = 1}, .works = w, .n_works = MAX_BUSY + 4};
    struct seeker s = match_seeker(&p, law, now);
    CHECK_EQ(s.n_busy, MAX_BUSY);
    CHECK_EQ(s.busy[0].from_min, cal_market_min(now + 5 * HOUR_MS)); /* the soonest are kept */
}

TEST(only_a_couple_that_must_go_together_is_taken_as_two)
{
    struct person p = {.id = 1, .partner_id = 2, .together = TOGETHER_MUST};
    struct person q = {.id = 2, .partner_id = 1, .together = TOGETHER_PREFER};
    CHECK(couple_must(&p, &q) && couple_must(&q, &p)); /* either says so */
    p.together = TOGETHER_PREFER;
    CHECK(!couple_must(&p, &q));
    p = (struct person){.id = 1, .together = TOGETHER_MUST};
    q = (struct person){.id = 0};
    CHECK(!couple_must(&p, &q));
}

/* Every look at a small order takes a place in the table of views; a city has more of them than it has places. */
TEST(more_small_orders_than_the_table_has_places_are_owed_views_and_nobody_hangs)
{
    struct views *v = views_new();
    struct slot t = {.cap = 1};
    for (t.id = 1; t.id <= 200000; t.id++)
        views_seen(v, &t);
    CHECK(views_owed(v, &t));
    for (int i = 0; i < 20; i++)
        views_seen(v, &t);
    CHECK(!views_owed(v, &t));
    views_free(v);
}
