/* match_test.c - what is pure: slots, seekers, sorting, the words of a reason. */
#include "feature/match/match.h"
#include "test.h"

static const struct job sewing = {.id = 7, .employer_id = 3, .trade = 1, .place = {113.33, 23.09}, .pay_unit = PAY_DAY,
                                  .pay_fen = 26000, .level = LEVEL_VISITED, .verified_ms = 20000LL * DAY_MS,
                                  .shift_id = 9, .start_ms = 20003LL * DAY_MS, .end_ms = 20003LL * DAY_MS + 9 * HOUR_MS,
                                  .break_min = 60, .cap = 5, .taken = 2, .left = 3, .offers = 1u << OFFER_MEALS};

TEST(a_slot_has_the_pay_of_the_shift_and_the_days_since_the_visit)
{
    struct slot s = match_slot(&sewing, cal_day(20000LL * DAY_MS) + 3);
    CHECK_EQ(s.id, 9);
    CHECK_EQ(s.left, 3);
    CHECK_EQ(s.shift_fen, 26000);
    CHECK_EQ(s.hour_fen, 3250);
    CHECK_EQ(s.verified_days, 3);
    struct job phoned = sewing;
    phoned.level = LEVEL_PHONED;
    CHECK_EQ(match_slot(&phoned, cal_day(phoned.start_ms)).verified_days, -1);
}

TEST(a_seeker_is_busy_with_what_is_active_and_ahead_only)
{
    int64_t now = 20003LL * DAY_MS;
    struct hire h[3] = {
        {.job_id = 7, .state = HIRE_TAKEN, .start_ms = now + HOUR_MS, .end_ms = now + 9 * HOUR_MS},
        {.job_id = 7, .state = HIRE_CANCELLED_WORKER, .start_ms = now + HOUR_MS, .end_ms = now + 9 * HOUR_MS},
        {.job_id = 7, .state = HIRE_SETTLED, .start_ms = now - 4LL * DAY_MS, .end_ms = now - 3LL * DAY_MS, .out_ms = now - 3LL * DAY_MS}};
    struct person p = {.id = 1, .trade = 2, .born = cal_day(now) - 366 * 52, .made_ms = now - 30LL * DAY_MS, .floor_fen = 2500};
    struct seeker s = match_seeker(&p, h, 3, &sewing, 1, now);
    CHECK_EQ(s.n_busy, 1);
    CHECK_EQ(s.busy[0].from_ms, now + HOUR_MS);
    CHECK_EQ(s.past_trades, 2);
    CHECK_EQ(s.idle_days, 3);
    CHECK_EQ(s.age, 52);
    CHECK_EQ(s.floor_fen, 2500);
}

TEST(an_age_that_is_not_stated_stays_unknown)
{
    struct person p = {.id = 1};
    struct seeker s = match_seeker(&p, NULL, 0, NULL, 0, 20003LL * DAY_MS);
    CHECK_EQ(s.age, 0);
    CHECK_EQ(s.idle_days, 0);
}

TEST(the_sort_is_one_of_four_words)
{
    CHECK_EQ(match_order(S("near"), ORDER_FIT), ORDER_NEAR);
    CHECK_EQ(match_order(S("pay"), ORDER_FIT), ORDER_PAY);
    CHECK_EQ(match_order(S("soon"), ORDER_FIT), ORDER_SOON);
    CHECK_EQ(match_order(S("fit"), ORDER_SOON), ORDER_FIT);
    CHECK_EQ(match_order(S("x' OR 1"), ORDER_SOON), ORDER_SOON);
}

TEST(the_usual_pay_is_the_median_of_those_that_state_one)
{
    struct arena a;
    arena_init(&a, 0);
    struct slot v[] = {{.hour_fen = 3000}, {.hour_fen = 0}, {.hour_fen = 2000}, {.hour_fen = 9000}};
    CHECK_EQ(match_usual_fen(&a, v, 4), 3000);
    CHECK_EQ(match_usual_fen(&a, v, 0), 0);
    arena_done(&a);
}

TEST(a_reason_knows_its_words_and_what_fills_them)
{
    struct fit f = {.part = {[PART_TRADE] = SCORE_ONE, [PART_TIME] = SCORE_ONE * 7 / 10}};
    CHECK_STR(str_c(match_why(PART_WAGE, true, &f).key), S("match.why.wage.good"));
    CHECK_EQ(match_why(PART_WAGE, true, &f).arg, WHY_NET_HOUR);
    CHECK_EQ(match_why(PART_WAY, false, &f).arg, WHY_MINUTES);
    CHECK_STR(str_c(match_why(PART_TRADE, true, &f).key), S("match.why.trade.same"));
    CHECK_STR(str_c(match_why(PART_TIME, true, &f).key), S("match.why.time.night"));
    CHECK_EQ(match_why(PART_WISHES, false, &f).arg, WHY_MISSING);
    CHECK(!match_why(-1, true, &f).key);
    CHECK(!match_why(PARTS, false, &f).key);
}

TEST(every_near_miss_has_a_sentence)
{
    CHECK_STR(str_c(match_near_key(HARD_CARE)), S("match.near.care"));
    CHECK_STR(str_c(match_near_key(HARD_NONE)), S("match.near.none"));
    CHECK_STR(str_c(match_near_key(HARD_FULL)), S("match.near.none"));
}

TEST(more_hires_than_fit_do_not_write_past_the_end)
{
    int64_t now = 20003LL * DAY_MS;
    struct hire h[MAX_BUSY + 4] = {{0}};
    for (int i = 0; i < MAX_BUSY + 4; i++)
        h[i] = (struct hire){.state = HIRE_TAKEN, .start_ms = now + i * HOUR_MS, .end_ms = now + (i + 1) * HOUR_MS};
    struct person p = {.id = 1};
    CHECK_EQ(match_seeker(&p, h, MAX_BUSY + 4, NULL, 0, now).n_busy, MAX_BUSY);
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
