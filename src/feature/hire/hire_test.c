/* hire_test.c - the state table of a hire, every cell of it, and the pure questions around it. */
#include "feature/hire/hire_rules.h"

#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job.h"
#include "test.h"

TEST(a_hire_goes_only_along_its_table)
{
    /* state x event for worker and employer: 1 = may */
    static const char *const worker[] = {"100000010", "010000000", "001100000", "000000100", "000001100",
                                         "000000000", "000000000", "000000000", "000000000", "000000000"};
    static const char *const employer[] = {"000000011", "010000000", "001100000", "000010000", "000000000",
                                           "000000000", "000010000", "000000000", "000000000", "000000000"};
    for (int s = HIRE_TAKEN; s <= HIRE_NO_SHOW; s++)
        for (int e = EVENT_CHECK_IN; e <= EVENT_NO_SHOW; e++) {
            enum hire_state to = HIRE_NO_SHOW;
            CHECK_EQ(hire_next((enum hire_state)s, (enum hire_event)e, SIDE_WORKER, &to) == NULL, worker[s][e] == '1');
            CHECK_EQ(hire_next((enum hire_state)s, (enum hire_event)e, SIDE_EMPLOYER, &to) == NULL, employer[s][e] == '1');
        }
    for (int s = HIRE_TAKEN; s <= HIRE_CALLED_OFF; s++) {
        enum hire_state to;
        bool ends = s == HIRE_TAKEN, stays = s == HIRE_WORKING;
        const struct rule *broken = hire_next((enum hire_state)s, EVENT_CALL_OFF, SIDE_MARKET, &to);
        CHECK_EQ(broken == NULL, ends || stays);
        CHECK(broken || to == (ends ? HIRE_CALLED_OFF : HIRE_WORKING));
        CHECK(hire_next((enum hire_state)s, EVENT_CALL_OFF, SIDE_EMPLOYER, &to) && hire_next((enum hire_state)s, EVENT_CANCEL, SIDE_MARKET, &to));
    }
    enum hire_state to;
    CHECK(hire_next(HIRE_CALLED_OFF, EVENT_CANCEL, SIDE_WORKER, &to) == &off_by_market);
    CHECK(!hire_next(HIRE_TAKEN, EVENT_CANCEL, SIDE_EMPLOYER, &to) && to == HIRE_CANCELLED_EMPLOYER);
    CHECK(!hire_next(HIRE_PAID, EVENT_NO, SIDE_WORKER, &to) && to == HIRE_DISPUTED);
    to = HIRE_TAKEN;
    CHECK(!hire_next(HIRE_AGREED, EVENT_NO, SIDE_WORKER, &to) && to == HIRE_DISPUTED);
}

TEST(a_hire_is_called_off_where_a_post_or_firm_is_stopped_for_good)
{
    for (int s = JOB_SUBMITTED; s <= JOB_REFUSED; s++)
        CHECK_EQ(off_by_job(s), s == JOB_REFUSED ? OFF_POST : OFF_NONE);
    for (int s = EMPLOYER_NEW; s <= EMPLOYER_SUSPENDED; s++)
        CHECK_EQ(off_by_employer(s), s == EMPLOYER_SUSPENDED ? OFF_EMPLOYER : OFF_NONE);
}

TEST(check_in_opens_an_hour_before_and_closes_with_the_shift)
{
    int64_t start = cal_ms(20000, 510), end = cal_ms(20000, 1080);
    CHECK(check_in_time(start, end, start - HOUR_MS - 1) == &too_early);
    CHECK(check_in_time(start, end, start - HOUR_MS) == NULL);
    CHECK(check_in_time(start, end, end) == NULL);
    CHECK(check_in_time(start, end, end + 1) == &hire_moved);
}

TEST(cancelled_and_missed_hires_are_not_active)
{
    struct hire h = {.state = HIRE_DISPUTED};
    CHECK(hire_active(&h));
    h.state = HIRE_CANCELLED_WORKER;
    CHECK(!hire_active(&h));
}

TEST(a_shift_leaves_rest_and_a_day_of_legal_length)
{
    const struct calendar held = {{{cal_ms(20000, 480), cal_ms(20000, 720), 0, {0, 0}}}, 1}; /* 8:00 to 12:00 */
    const struct span touches = {cal_ms(20000, 719), cal_ms(20000, 800), 0, {0, 0}}, after = {cal_ms(20000, 720), cal_ms(20000, 1140), 0, {0, 0}},
                      too_long = {cal_ms(20000, 720), cal_ms(20000, 1141), 0, {0, 0}}, with_break = {cal_ms(20000, 720), cal_ms(20000, 1141), 1, {0, 0}},
                      night_before = {cal_ms(19999, 900), cal_ms(19999, 1261), 0, {0, 0}}, evening = {cal_ms(19999, 900), cal_ms(19999, 1260), 0, {0, 0}};
    CHECK(calendar_broken(&held, &touches, 11, 11) == &overlap);
    CHECK(calendar_broken(&held, &after, 11, 11) == NULL);
    CHECK(calendar_broken(&held, &too_long, 11, 11) == &day_long);
    CHECK(calendar_broken(&held, &with_break, 11, 11) == NULL);
    CHECK(calendar_broken(&held, &night_before, 11, 11) == &rest_short);
    CHECK(calendar_broken(&held, &evening, 11, 11) == NULL);
}

TEST(between_two_shifts_there_is_time_for_the_way_as_the_engine_asks_it)
{
    const struct point here = {113300000, 23100000}, far = {113300000, 23190000}; /* 10 km */
    int64_t way_ms = geo_travel_min(point_m(here, far)) * MIN_MS, end_ms = cal_ms(20000, 720);
    const struct calendar held = {{{cal_ms(20000, 480), end_ms, 0, here}}, 1};
    struct span next = {end_ms + way_ms, end_ms + way_ms + HOUR_MS, 0, far};
    CHECK(calendar_broken(&held, &next, 11, 11) == NULL);
    next.start_ms -= MIN_MS;
    CHECK(calendar_broken(&held, &next, 11, 11) == &between_short);
    next.place = here;
    CHECK(calendar_broken(&held, &next, 11, 11) == NULL);
    next.place = (struct point){0, 0};
    CHECK(calendar_broken(&held, &next, 11, 11) == NULL);
    const struct span before = {cal_ms(20000, 400), cal_ms(20000, 479), 0, far};
    CHECK(calendar_broken(&held, &before, 11, 11) == &between_short);
    const struct calendar abroad = {{{cal_ms(19998, 480), cal_ms(19998, 720), 0, {46600000, 23100000}}}, 1};
    CHECK(calendar_broken(&abroad, &held.v[0], 11, 11) == NULL); /* with a day between one gets anywhere */
}

TEST(a_day_of_one_shift_has_a_legal_length_too)
{
    const struct calendar free = {.n = 0};
    const struct span eleven = {cal_ms(20000, 480), cal_ms(20000, 1200), 60, {0, 0}}, longer = {cal_ms(20000, 480), cal_ms(20000, 1201), 60, {0, 0}};
    CHECK(calendar_broken(&free, &eleven, 11, 11) == NULL);
    CHECK(calendar_broken(&free, &longer, 11, 11) == &day_long);
    CHECK(calendar_broken(&free, &longer, 11, 0) == NULL); /* a city without a limit */
}

TEST(who_took_it_at_the_last_moment_has_time_to_come)
{
    struct hire h = {.start_ms = cal_ms(20000, 480), .made_ms = cal_ms(20000, 450)};
    CHECK_EQ(hire_expected_ms(&h), h.start_ms);
    CHECK_EQ(hire_missing_ms(&h), cal_ms(20000, 510));
    h.made_ms = cal_ms(20000, 451);
    CHECK_EQ(hire_expected_ms(&h), cal_ms(20000, 511));
    h.made_ms = cal_ms(20000, 520);
    CHECK_EQ(hire_missing_ms(&h), cal_ms(20000, 610));
}
